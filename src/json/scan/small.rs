//! The least code: one loop, and no guess.

use super::{WORD, Word, find_from, is_special, marks};

/// Offset of the first special byte from an offset on; the length of `bytes` where there is none.
#[inline(never)]
pub(crate) fn special_from(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
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

/// Offset of the first quote from an offset on; the length of `bytes` where there is none.
pub(crate) fn quote_from(bytes: &[u8], from: usize) -> usize {
    find_from(bytes, from, b'"')
}

/// False: the caller then searches.
pub(crate) fn is_text_of(_: &[u8], _: usize, _: usize, _: bool) -> bool {
    false
}
