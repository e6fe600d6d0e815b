//! Sixteen bytes at a time, by the vector types of the crate `wide`. One mask says both whether there is one and where it is.

use wide::u8x16;

use super::{BESIDE, is_special};

/// Number of bytes that are examined together.
const BLOCK: usize = 16;

#[inline(always)]
fn block(bytes: &[u8], at: usize) -> Option<&[u8; BLOCK]> {
    bytes.get(at..)?.first_chunk()
}

/// A bit for each special byte of a block.
#[inline(always)]
fn specials(block: &[u8; BLOCK]) -> u32 {
    let bytes = u8x16::new(*block);
    let beside = bytes ^ u8x16::splat(BESIDE);
    let quote_or_control = beside.min(u8x16::splat(0x20)).cmp_eq(beside);
    let backslash = bytes.cmp_eq(u8x16::splat(b'\\'));
    (quote_or_control | backslash).move_mask() as u32
}

/// A bit for each quote of a block.
#[inline(always)]
fn quotes(block: &[u8; BLOCK]) -> u32 {
    u8x16::new(*block).cmp_eq(u8x16::splat(b'"')).move_mask() as u32
}

/// Offset of the first special byte from an offset on; the length of `bytes` where there is none.
#[inline(always)]
pub(crate) fn special_from(bytes: &[u8], from: usize) -> usize {
    first(bytes, from, specials)
}

/// Offset of the first quote from an offset on, in text where every special byte is a quote; the length of `bytes` where there is
/// none.
#[inline(always)]
pub(crate) fn quote_from(bytes: &[u8], from: usize) -> usize {
    first(bytes, from, quotes)
}

#[inline(always)]
fn first(bytes: &[u8], from: usize, find: impl Fn(&[u8; BLOCK]) -> u32) -> usize {
    let mut at = from;
    while let Some(block) = block(bytes, at) {
        let found = find(block);
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += BLOCK;
    }
    last_special(bytes, at)
}

/// [`special_from`] in the last bytes.
#[inline(never)]
fn last_special(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    if let Some(block) = bytes.last_chunk::<BLOCK>() {
        // The last block, without what is before the offset.
        let found = specials(block).checked_shr((BLOCK - rest.len()) as u32).unwrap_or(0);
        return if found != 0 { from + found.trailing_zeros() as usize } else { bytes.len() };
    }
    from + rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

/// True if text of this length is at `start`, followed by its closing quote. False if a quick look does not show it, which can be
/// only for text of more than 32 bytes.
///
/// Push tokens of one vendor have one length. With a guessed length, the processor starts with the next text before it has found
/// the end of this one. `checked` text has no special byte but its quote.
#[inline(always)]
pub(crate) fn is_text_of(bytes: &[u8], start: usize, length: usize, checked: bool) -> bool {
    let end = start + length;
    if bytes.get(end) != Some(&b'"') || length > 2 * BLOCK {
        return false;
    }
    let find = |block| if checked { quotes(block) } else { specials(block) };
    // One check of the length is enough for both blocks of a longer text.
    let Some(text) = bytes.get(start..end) else { return false };
    if let (Some(front), Some(back)) = (text.first_chunk(), text.last_chunk()) {
        return find(front) | find(back) == 0;
    }
    block(bytes, start).is_some_and(|front| find(front) & ((1 << length) - 1) == 0)
}
