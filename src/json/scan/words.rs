//! By words, and in long texts by blocks of sixteen bytes, for which compilers generate vector code if the machine has vector
//! instructions.

use super::{BESIDE, WORD, Word, find_from, first_mark, is_special, marks};

/// Number of bytes that are examined together. Machines with words of 64 bits have vectors of at least 128.
const BLOCK: usize = 16;
/// Number of bytes of a long text that are examined together.
const STRIDE: usize = 2 * BLOCK;
const VECTORS: bool = WORD == 8;
/// Number of words that are examined before a text counts as long.
const SHORT: usize = 4;

/// Index of the first special byte of a word's bytes; their number where there is none.
#[inline(always)]
fn special_in_word(bytes: [u8; WORD]) -> usize {
    // A word without a mark has as many trailing zeros as bits.
    first_mark(marks(Word::from_le_bytes(bytes)))
}

/// True if a block holds a special byte: one comparison with zero for all three kinds, without a branch.
#[inline(always)]
fn has_special<const N: usize>(block: &[u8; N]) -> bool {
    block.iter().fold(false, |found, &byte| {
        let from_control = (byte ^ BESIDE).saturating_sub(0x20);
        found | (from_control.min(byte ^ b'\\') == 0)
    })
}

/// Offset of the first special byte from an offset on; the length of `bytes` where there is none.
#[inline(always)]
pub(crate) fn special_from(bytes: &[u8], from: usize) -> usize {
    // Keys and short strings end within the first word.
    if let Some(word) = bytes.get(from..).and_then(<[u8]>::first_chunk::<WORD>) {
        let found = special_in_word(*word);
        if found < WORD {
            return from + found;
        }
        return special_far(bytes, from + WORD);
    }
    special_far(bytes, from)
}

#[inline(never)]
fn special_far(bytes: &[u8], from: usize) -> usize {
    let mut rest = bytes.get(from..).unwrap_or_default();
    for _ in 1..SHORT {
        let Some((word, tail)) = rest.split_first_chunk::<WORD>() else { break };
        let found = special_in_word(*word);
        if found < WORD {
            return bytes.len() - rest.len() + found;
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
    let place = rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len());
    bytes.len() - rest.len() + place
}

/// Offset of the first quote from an offset on; the length of `bytes` where there is none.
#[inline(always)]
pub(crate) fn quote_from(bytes: &[u8], from: usize) -> usize {
    find_from(bytes, from, b'"')
}

/// True if text of this length is at `start`, followed by its closing quote. False if a quick look does not show it, which cannot
/// be for text of eight to 32 bytes.
///
/// Push tokens of one vendor have one length. With a guessed length, the processor starts with the next text before it has found
/// the end of this one. `checked` text has no special byte but its quote.
#[inline(always)]
pub(crate) fn is_text_of(bytes: &[u8], start: usize, length: usize, _: bool) -> bool {
    let end = start + length;
    if bytes.get(end) != Some(&b'"') || !(WORD..=SHORT * WORD).contains(&length) {
        return false;
    }
    let Some(text) = bytes.get(start..end) else { return false };
    let mut rest = text;
    let mut found = text.last_chunk().map_or(0, |word| marks(Word::from_le_bytes(*word)));
    while let Some((word, tail)) = rest.split_first_chunk() {
        found |= marks(Word::from_le_bytes(*word));
        rest = tail;
    }
    found == 0
}
