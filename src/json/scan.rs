//! Finds special bytes in strings, and reads digits. A server and a microcontroller scan in different ways: sixteen bytes at a time
//! ([`vectors`], feature `simd`), by words ([`words`]), or with the least code ([`small`], feature `small`).

#[cfg(feature = "small")]
mod small;
#[cfg(all(feature = "simd", not(feature = "small")))]
mod vectors;
#[cfg(not(any(feature = "simd", feature = "small")))]
mod words;

#[cfg(feature = "small")]
pub(crate) use small::{is_text_of, quote_from, special_from};
#[cfg(all(feature = "simd", not(feature = "small")))]
pub(crate) use vectors::{is_text_of, quote_from, special_from};
#[cfg(not(any(feature = "simd", feature = "small")))]
pub(crate) use words::{is_text_of, quote_from, special_from};

/// As many bytes as the machine moves in one step. Nothing here needs more than two bytes.
pub(crate) type Word = usize;
/// Bytes in a [`Word`].
pub(crate) const WORD: usize = size_of::<Word>();

const fn every(byte: u8) -> Word {
    Word::from_ne_bytes([byte; WORD])
}

/// True if both are the same. Compilers do not replace the loop by a call.
#[cfg_attr(not(feature = "small"), inline(always))]
pub(crate) fn equal(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left == right)
}

/// True for a special byte: it ends a string, it begins an escape, or JSON does not permit it in a string without an escape.
#[cfg_attr(not(feature = "small"), inline(always))]
pub(crate) const fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// XOR with this maps `"` to the byte beside the control characters, and these to one another, so one comparison finds both.
pub(crate) const BESIDE: u8 = b'"' ^ 0x20;

/// The high bit of each byte that is special.
///
/// Bytes after the first mark may be marked falsely (the subtractions borrow). So the result shows only whether there is a special byte,
/// and which is the first.
#[cfg(not(all(feature = "simd", not(feature = "small"))))]
#[cfg_attr(not(feature = "small"), inline(always))]
fn marks(word: Word) -> Word {
    let quote_or_control = word ^ every(BESIDE);
    let backslash = word ^ every(b'\\');
    (quote_or_control.wrapping_sub(every(0x21)) | backslash.wrapping_sub(every(1))) & !word & every(0x80)
}

/// The high bit of each byte that is special, and no other bit: [`marks`] for callers that need all of them.
#[cfg(not(feature = "small"))]
#[inline]
pub(crate) fn exact_marks(word: Word) -> Word {
    const LOW: Word = every(0x7f);
    let quote_or_control = word ^ every(BESIDE);
    let backslash = word ^ every(b'\\');
    let neither = ((quote_or_control & LOW) + every(0x80 - 0x21)) | word;
    let no_backslash = ((backslash & LOW) + LOW) | word;
    !(neither & no_backslash) & every(0x80)
}

/// Index of the byte of the first mark.
#[inline]
pub(crate) const fn first_mark(marks: Word) -> usize {
    marks.trailing_zeros() as usize / 8
}

/// Offset of the first `wanted` byte at `from` or after it; the length of `bytes` if there is none.
#[inline(never)]
pub(crate) fn find_from(bytes: &[u8], from: usize, wanted: u8) -> usize {
    let mut rest = bytes.get(from..).unwrap_or_default();
    while let Some((word, tail)) = rest.split_first_chunk::<WORD>() {
        let different = Word::from_le_bytes(*word) ^ every(wanted);
        let found = different.wrapping_sub(every(1)) & !different & every(0x80);
        if found != 0 {
            return bytes.len() - rest.len() + first_mark(found);
        }
        rest = tail;
    }
    let place = rest.iter().position(|&byte| byte == wanted).unwrap_or(rest.len());
    bytes.len() - rest.len() + place
}

/// Passes consecutive strings without escapes, with nothing but a comma between them. Returns their count, and the offset of the
/// string where it stopped.
#[inline(never)]
pub(crate) fn plain_texts(bytes: &[u8], at: usize) -> (usize, usize) {
    let (mut count, mut open) = (0, at);
    let mut length = 0;
    while bytes.get(open) == Some(&b'"') {
        let start = open + 1;
        if !is_text_of(bytes, start, length, false) {
            length = special_from(bytes, start) - start;
        }
        let end = start + length;
        let Some([b'"', b',', b'"', ..]) = bytes.get(end..) else { break };
        open = end + 2;
        count += 1;
    }
    (count, open)
}

/// The unsigned integer that begins at `start` and ends before a comma or a closing brace, and its number of digits, at most 15.
/// The number of digits is 0 for anything else.
#[cfg_attr(not(feature = "small"), inline(always))]
pub(crate) fn plain_integer(bytes: &[u8], start: usize) -> (u64, usize) {
    // Most numbers on the wire are codes of one digit.
    if let Some(&[first, second]) = bytes.get(start..).and_then(<[u8]>::first_chunk::<2>) {
        let digit = first.wrapping_sub(b'0');
        if digit < 10 && matches!(second, b',' | b'}') {
            return (u64::from(digit), 1);
        }
    }
    long_integer(bytes, start)
}

#[inline(never)]
fn long_integer(bytes: &[u8], start: usize) -> (u64, usize) {
    let Some(chunk) = bytes.get(start..).and_then(<[u8]>::first_chunk::<16>) else {
        return last_integer(bytes.get(start..).unwrap_or_default());
    };
    let all = u128::from_le_bytes(*chunk);
    let low = all as u64 ^ ZEROS;
    let mut count = digits(low);
    let value = if count < 8 {
        eight_digits(first_digits(low, count))
    } else {
        let high = (all >> 64) as u64 ^ ZEROS;
        let more = digits(high);
        count += more;
        // With sixteen digits, the value is wrong, but it is not used: no byte of the chunk is behind them.
        eight_digits(low) * POWERS.get(more).copied().unwrap_or(0) + eight_digits(first_digits(high, more))
    };
    let behind = chunk.get(count).copied().unwrap_or(0);
    let leading_zero = count > 1 && low as u8 == 0;
    if matches!(behind, b',' | b'}') && !leading_zero { (value, count) } else { (0, 0) }
}

/// [`long_integer`] in the last bytes of the input.
#[inline(never)]
fn last_integer(bytes: &[u8]) -> (u64, usize) {
    let mut value = 0;
    for (count, &byte) in bytes.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            value = value * 10 + u64::from(digit);
            continue;
        }
        let leading_zero = count > 1 && bytes.first() == Some(&b'0');
        return if matches!(byte, b',' | b'}') && !leading_zero { (value, count) } else { (0, 0) };
    }
    (0, 0)
}

/// What follows the unsigned integer that begins at `start`, if it is plain and has so few digits that it cannot exceed `max`.
#[cfg(not(feature = "small"))]
#[cfg_attr(not(feature = "small"), inline(always))]
pub(crate) fn plain_digits(bytes: &[u8], start: usize, max: u64) -> Option<usize> {
    let rest = bytes.get(start..)?;
    if let Some(&[first, second]) = rest.first_chunk::<2>() {
        if first.wrapping_sub(b'0') < 10 && matches!(second, b',' | b'}') {
            return Some(start + 1);
        }
    }
    let chunk = rest.first_chunk::<16>()?;
    let all = u128::from_le_bytes(*chunk);
    let mut count = digits(all as u64 ^ ZEROS);
    if count == 8 {
        count += digits((all >> 64) as u64 ^ ZEROS);
    }
    let behind = chunk.get(count).copied()?;
    let few =
        count != 0 && count <= max.checked_ilog10().unwrap_or(0) as usize && chunk.first() != Some(&b'0');
    if few && matches!(behind, b',' | b'}') { Some(start + count) } else { None }
}

const ZEROS: u64 = 0x3030_3030_3030_3030;

/// How many of eight bytes are digits, from the lowest byte to the first byte that is none.
#[cfg_attr(not(feature = "small"), inline(always))]
const fn digits(digits: u64) -> usize {
    // The high bit of each byte that is not a digit.
    let others = (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
    others.trailing_zeros() as usize / 8
}

/// The first `count` digits alone, with zeros before them. `count` is less than eight.
#[cfg_attr(not(feature = "small"), inline(always))]
const fn first_digits(digits: u64, count: usize) -> u64 {
    digits << 8 << (56 - 8 * (count & 7))
}

const POWERS: [u64; 8] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];

/// The number that eight digits make, the first in the lowest byte.
#[cfg_attr(not(feature = "small"), inline(always))]
const fn eight_digits(digits: u64) -> u64 {
    let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff
}
