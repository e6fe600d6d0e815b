//! The form of a string whose escapes were resolved in place: `mark text mark mark…` over the bytes that it had.
//!
//! The mark replaces the quotes and fills the bytes that the escapes freed, so every offset stays correct. Raw JSON has no
//! control character outside of white space, so one that the text does not hold makes an unmistakable mark, and the buffer stays
//! UTF-8. Text that holds every one of the marks has freed five bytes for each of them, which is enough room to write its length
//! before it instead.

use super::{SMALL, scan};
use crate::bytes::store;

/// The control characters that are not white space, as a set of bits: the marks.
const MARKS: u32 = !(1 << b'\t' | 1 << b'\n' | 1 << b'\r');
/// Opens a string whose text is preceded by its length, and fills its end.
const COUNTED: u8 = 0x7f;
/// Bytes of that length, seven bits in each.
const COUNT_LEN: usize = 10;

/// True for a byte that opens a resolved string.
pub(super) const fn is_mark(byte: u8) -> bool {
    byte == COUNTED || (byte < 0x20 && MARKS >> byte & 1 == 1)
}

/// Start of the text of the resolved string that opens at `open`.
pub(super) fn start(bytes: &[u8], open: usize) -> usize {
    if bytes.get(open) == Some(&COUNTED) { open + 1 + COUNT_LEN } else { open + 1 }
}

/// Start and end of the text of the resolved string that opens at `open`, and the offset after the string. Nothing after
/// `limit` was resolved, so all three stay before it. `None` if none opens there.
#[inline(never)]
pub(super) fn span(bytes: &[u8], open: usize, limit: usize) -> Option<(usize, usize, usize)> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(COUNTED);
    let mark = byte(open);
    if open >= limit || !is_mark(mark) {
        return None;
    }
    let mut start = open + 1;
    let mut end = start;
    if mark == COUNTED {
        let mut count = 0usize;
        start += COUNT_LEN;
        while end < start {
            count = count << 7 | usize::from(byte(end));
            end += 1;
        }
        end = end.saturating_add(count).min(limit);
    } else if SMALL {
        while end < limit && byte(end) != mark {
            end += 1;
        }
    } else {
        end = scan::find_from(bytes, start, mark).min(limit);
    }
    let mut next = end;
    while next < limit && bytes.get(next) == Some(&mark) {
        next += 1;
    }
    Some((start, end, next))
}

/// Marks the string that opened at `open`. Its text is `open + 1..to`, and the bytes `to..end` are free.
pub(super) fn mark_text(bytes: &mut [u8], open: usize, to: usize, end: usize) {
    let text = bytes.get(open + 1..to).unwrap_or_default();
    let controls = text.iter().fold(0, |set, &byte| set | control_bit(byte));
    mark(bytes, open, to, end, controls);
}

/// The bit of a control character in a set.
#[inline]
const fn control_bit(byte: u8) -> u32 {
    if byte < 0x20 { 1 << byte } else { 0 }
}

/// [`mark_text`] of a text with these control characters.
fn mark(bytes: &mut [u8], open: usize, to: usize, end: usize, controls: u32) {
    let free = MARKS & !controls;
    if free == 0 {
        return count(bytes, open, to, end);
    }
    let mark = free.trailing_zeros() as u8;
    store(bytes, open, [mark]);
    fill(bytes, to, end, mark);
}

/// Writes the length before a text that holds every mark.
#[cold]
fn count(bytes: &mut [u8], open: usize, to: usize, end: usize) {
    let start = open + 1;
    let mut length = to.saturating_sub(start);
    // The text moves up again, the last byte first.
    for at in (start..to).rev() {
        let byte = bytes.get(at).copied().unwrap_or_default();
        store(bytes, at + COUNT_LEN, [byte]);
    }
    fill(bytes, to + COUNT_LEN, end, COUNTED);
    store(bytes, open, [COUNTED]);
    for at in (start..start + COUNT_LEN).rev() {
        store(bytes, at, [(length & 0x7f) as u8]);
        length >>= 7;
    }
}

/// Overwrites what is from `start` to `end`.
fn fill(bytes: &mut [u8], start: usize, end: usize, byte: u8) {
    bytes.get_mut(start..end).unwrap_or_default().iter_mut().for_each(|place| *place = byte);
}
