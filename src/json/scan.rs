//! Finding the bytes of a string that need care: sixteen at a time where the machine has vectors, a word at a time
//! otherwise.

use super::SMALL;
use crate::work::looked_at;

/// As many bytes as the machine moves at once; nothing here assumes more than two.
pub(crate) type Word = usize;
/// Bytes in a [`Word`].
pub(crate) const WORD: usize = size_of::<Word>();

/// Bytes that are looked at together. Machines with words of 64 bits have vectors of at least 128.
const BLOCK: usize = 16;
/// Bytes of a long text that are looked at together.
const STRIDE: usize = 2 * BLOCK;
const VECTORS: bool = WORD == 8;

const fn every(byte: u8) -> Word {
    Word::from_ne_bytes([byte; WORD])
}

/// Turns `"` into the byte beside the control characters, and these into one another: one comparison finds both.
const BESIDE: u8 = b'"' ^ 0x20;

/// The high bit of each byte that is `"`, `\` or a control character.
///
/// Bytes behind the first mark may be marked falsely (the subtractions borrow), so only "any?" and "the first" can
/// be read off the result.
#[inline]
fn marks(word: Word) -> Word {
    looked_at!(WORD);
    let quote_or_control = word ^ every(BESIDE);
    let backslash = word ^ every(b'\\');
    (quote_or_control.wrapping_sub(every(0x21)) | backslash.wrapping_sub(every(1))) & !word & every(0x80)
}

/// The high bit of each byte that is `"`, `\` or a control character, and no other bit: [`marks`] for those who need them
/// all.
#[inline]
pub(crate) fn exact_marks(word: Word) -> Word {
    const LOW: Word = every(0x7f);
    looked_at!(WORD);
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

/// The byte at an index of a word, and the word from behind it on.
#[inline]
pub(crate) const fn byte_and_rest(word: Word, index: usize) -> (u8, Word) {
    let from = word >> (8 * index);
    (from as u8, from >> 8)
}

/// Index of the first special byte of a word's bytes; their number where there is none.
#[inline]
fn special_in_word(bytes: [u8; WORD]) -> usize {
    // A word without a mark has as many trailing zeros as bits.
    marks(Word::from_le_bytes(bytes)).trailing_zeros() as usize / 8
}

/// True for what JSON wants escaped in a string and what ends one.
#[inline]
fn is_special(byte: u8) -> bool {
    looked_at!(1);
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// True if a block holds a special byte: one comparison with zero for all three kinds, without a branch, so that compilers
/// make vector code of it.
#[inline(always)]
fn has_special<const N: usize>(block: &[u8; N]) -> bool {
    looked_at!(N);
    block.iter().fold(false, |found, &byte| found | (distance(byte) == 0))
}

/// 0 for a special byte.
#[inline(always)]
const fn distance(byte: u8) -> u8 {
    let from_control = (byte ^ BESIDE).saturating_sub(0x20);
    let from_backslash = byte ^ b'\\';
    if from_control < from_backslash { from_control } else { from_backslash }
}

/// Index of the first special byte; the length of `bytes` where there is none.
#[inline]
pub(crate) fn special(bytes: &[u8]) -> usize {
    if SMALL {
        return special_small(bytes);
    }
    // Keys and short strings end within the first words.
    if let Some((word, tail)) = bytes.split_first_chunk::<WORD>() {
        let found = special_in_word(*word);
        return if found < WORD { found } else { WORD + special_far(tail) };
    }
    special_far(bytes)
}

/// [`special`], by words and then by bytes.
#[inline(never)]
fn special_small(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<WORD>) {
        if marks(Word::from_le_bytes(*word)) != 0 {
            break;
        }
        at += WORD;
    }
    while bytes.get(at).is_some_and(|&byte| !is_special(byte)) {
        at += 1;
    }
    at
}

/// Offset of the first special byte at or after an offset; the length of `bytes` where there is none.
#[inline]
pub(crate) fn special_from(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).map_or(bytes.len(), |rest| from + special(rest))
}

/// [`special`] for the rest of a text that is longer than most.
#[inline(never)]
fn special_far(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    if let Some((word, tail)) = rest.split_first_chunk::<WORD>() {
        let found = special_in_word(*word);
        if found < WORD {
            return found;
        }
        rest = tail;
    }
    if VECTORS {
        while let Some((block, tail)) = rest.split_first_chunk::<STRIDE>() {
            if has_special(block) {
                break;
            }
            rest = tail;
        }
        if let Some((_, tail)) = rest.split_first_chunk::<BLOCK>().filter(|(block, _)| !has_special(block)) {
            rest = tail;
        }
    }
    while let Some((word, tail)) = rest.split_first_chunk::<WORD>() {
        let found = special_in_word(*word);
        if found < WORD {
            return bytes.len() - rest.len() + found;
        }
        rest = tail;
    }
    let near = rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len());
    bytes.len() - rest.len() + near
}

/// Words of a string that are looked at one by one, before it counts as long.
const SHORT: usize = 4;

/// The string without escapes that opens at `open`.
///
/// Takes and gives registers only, so that a call costs the caller nothing but the call.
#[inline(never)]
pub(crate) fn plain_text(text: &str, open: usize) -> Option<&str> {
    let (quote, mut rest) = text.as_bytes().get(open..)?.split_first()?;
    if *quote != b'"' {
        return None;
    }
    for _ in 0..SHORT {
        let Some((word, tail)) = rest.split_first_chunk::<WORD>() else { break };
        let marks = marks(Word::from_le_bytes(*word));
        if marks != 0 {
            return up_to_quote(text, open + 1, text.len() - rest.len() + first_mark(marks));
        }
        rest = tail;
    }
    long_plain_text(text, open + 1, text.len() - rest.len())
}

/// [`plain_text`] whose bytes from `start` to `from` are known to be clean.
#[inline(never)]
fn long_plain_text(text: &str, start: usize, from: usize) -> Option<&str> {
    let end = from + special_far(text.as_bytes().get(from..)?);
    up_to_quote(text, start, end)
}

#[inline(always)]
fn up_to_quote(text: &str, start: usize, end: usize) -> Option<&str> {
    if text.as_bytes().get(end) == Some(&b'"') { text.get(start..end) } else { None }
}

/// Passes strings without escapes in a row, with nothing but a comma between: from the one that opens at `at`, how many
/// there are, and where the first string opens that is not followed so, or that is not plain.
#[inline(never)]
pub(crate) fn plain_texts(bytes: &[u8], at: usize) -> (usize, usize) {
    let (mut count, mut open) = (0, at);
    while bytes.get(open) == Some(&b'"') {
        let Some(mut rest) = bytes.get(open + 1..) else { break };
        if VECTORS {
            while let Some((block, tail)) = rest.split_first_chunk::<BLOCK>() {
                if has_special(block) {
                    break;
                }
                rest = tail;
            }
        }
        let end = loop {
            let Some((word, tail)) = rest.split_first_chunk::<WORD>() else { break rest.len() };
            let marks = marks(Word::from_le_bytes(*word));
            if marks != 0 {
                break first_mark(marks);
            }
            rest = tail;
        };
        let Some([b'"', b',', b'"', ..]) = rest.get(end..) else { break };
        open = bytes.len() - rest.len() + end + 2;
        count += 1;
    }
    (count, open)
}

/// The string that opens at `open`, in text that is known to have no escapes in it.
#[inline]
pub(crate) fn checked_text(text: &str, open: usize) -> Option<&str> {
    let start = open + 1;
    let length = find(text.as_bytes().get(start..)?, b'"');
    text.get(start..start + length)
}

/// The unsigned integer of at most 18 digits that begins at `start` and ends before a comma or a brace, with its number
/// of digits; none is 0 digits.
#[inline(never)]
pub(crate) fn plain_integer(bytes: &[u8], start: usize) -> (u64, usize) {
    let Some(rest) = bytes.get(start..) else { return (0, 0) };
    let mut value = 0u64;
    for (digits, &byte) in rest.iter().take(19).enumerate() {
        looked_at!(1);
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            continue;
        }
        let leading_zero = digits > 1 && rest.first() == Some(&b'0');
        if matches!(byte, b',' | b'}') && !leading_zero {
            return (value, digits);
        }
        break;
    }
    (0, 0)
}

/// Index of the first `wanted`; the length of `bytes` where there is none.
pub(crate) fn find(bytes: &[u8], wanted: u8) -> usize {
    let mut rest = bytes;
    while let Some((word, tail)) = rest.split_first_chunk::<WORD>() {
        looked_at!(WORD);
        let different = Word::from_le_bytes(*word) ^ every(wanted);
        let found = different.wrapping_sub(every(1)) & !different & every(0x80);
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = tail;
    }
    let near = rest.iter().position(|&byte| byte == wanted).unwrap_or(rest.len());
    looked_at!(near);
    bytes.len() - rest.len() + near
}
