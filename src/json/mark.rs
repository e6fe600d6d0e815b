//! The form of a string whose escapes were resolved in place: `mark text mark mark…` over the bytes that it had.
//!
//! The mark stands where the quotes were and fills what the escapes freed, so every offset stays true. Raw JSON has no
//! control character outside of white space, so one that the text does not hold makes an unmistakable mark, and the
//! buffer stays UTF-8. Text that holds every one of the marks has freed five bytes for each, room enough to write its
//! length in front instead.

use super::scan;

/// The control characters that are no white space, as a set of bits: the marks.
pub(super) const MARKS: u32 = !(1 << b'\t' | 1 << b'\n' | 1 << b'\r');
/// Opens a string whose text is preceded by its length, and fills its end.
pub(super) const COUNTED: u8 = 0x7f;
/// Bytes of that length, seven bits in each.
pub(super) const COUNT_LEN: usize = 10;

/// True for a byte that opens a resolved string.
pub(super) const fn is_mark(byte: u8) -> bool {
    byte == COUNTED || (byte < 0x20 && MARKS >> byte & 1 == 1)
}

/// Start and end of the text of the resolved string that opens at `open`, and what follows the string, which ends before
/// `limit`.
#[inline(never)]
pub(super) fn span(bytes: &[u8], open: usize, limit: usize) -> (usize, usize, usize) {
    let mark = bytes.get(open).copied().unwrap_or(COUNTED);
    let mut start = open + 1;
    let end;
    if mark == COUNTED {
        let mut count = 0usize;
        for &byte in bytes.get(start..).unwrap_or_default().iter().take(COUNT_LEN) {
            count = count << 7 | usize::from(byte);
        }
        start += COUNT_LEN;
        end = start.saturating_add(count);
    } else {
        end = start + bytes.get(start..).map_or(0, |rest| scan::find(rest, mark));
    }
    let mut next = end;
    while next < limit && bytes.get(next) == Some(&mark) {
        next += 1;
    }
    (start, end, next)
}
