//! Finding the bytes that matter: sixteen at a time with vectors (feature `simd`), by words otherwise. Where the ways to scan
//! differ, they differ here.


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

/// True if both are the same: a loop that no call is made of.
#[inline(always)]
pub(crate) fn equal(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left == right)
}

/// Turns `"` into the byte beside the control characters, and these into one another: one comparison finds both.
const BESIDE: u8 = b'"' ^ 0x20;

/// The high bit of each byte that is `"`, `\` or a control character.
///
/// Bytes behind the first mark may be marked falsely (the subtractions borrow), so only "any?" and "the first" can
/// be read off the result.
#[inline(always)]
fn marks(word: Word) -> Word {
    let quote_or_control = word ^ every(BESIDE);
    let backslash = word ^ every(b'\\');
    (quote_or_control.wrapping_sub(every(0x21)) | backslash.wrapping_sub(every(1))) & !word & every(0x80)
}

/// The high bit of each byte that is `"`, `\` or a control character, and no other bit: [`marks`] for those who need them
/// all.
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
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// True if a block holds a special byte: one comparison with zero for all three kinds, without a branch, so that compilers
/// make vector code of it.
#[inline(always)]
fn has_special<const N: usize>(block: &[u8; N]) -> bool {
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
    special_from(bytes, 0)
}

/// A bit for each special byte of a block.
#[cfg(all(feature = "simd", not(feature = "small")))]
#[inline(always)]
fn special_bits(block: &[u8; BLOCK]) -> u32 {
    use wide::{CmpEq, u8x16};
    let bytes = u8x16::new(*block);
    // Control characters stay below 0x20, and the quote is put beside them.
    let beside = bytes ^ u8x16::splat(BESIDE);
    let quote_or_control = beside.min(u8x16::splat(0x20)).cmp_eq(beside);
    let backslash = bytes.cmp_eq(u8x16::splat(b'\\'));
    (quote_or_control | backslash).move_mask() as u32
}

/// A bit for each byte of a block that is the wanted one.
#[cfg(all(feature = "simd", not(feature = "small")))]
#[inline(always)]
fn bits_of(block: &[u8; BLOCK], wanted: u8) -> u32 {
    use wide::{CmpEq, u8x16};
    u8x16::new(*block).cmp_eq(u8x16::splat(wanted)).move_mask() as u32
}

/// Index of the first special byte from an offset on; the length of `bytes` where there is none.
#[cfg(feature = "small")]
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

/// Index of the first special byte from an offset on; the length of `bytes` where there is none.
#[cfg(all(feature = "simd", not(feature = "small")))]
#[inline(always)]
pub(crate) fn special_from(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>) {
        let found = special_bits(block);
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += BLOCK;
    }
    last_special(bytes, at)
}

/// [`special_from`] in the last bytes.
#[cfg(all(feature = "simd", not(feature = "small")))]
#[inline(never)]
fn last_special(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    if let Some(block) = bytes.last_chunk::<BLOCK>() {
        // The last block, without what is in front of the offset.
        let found = special_bits(block) >> (BLOCK - rest.len());
        return if found != 0 { from + found.trailing_zeros() as usize } else { bytes.len() };
    }
    from + rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

/// Index of the first special byte from an offset on; the length of `bytes` where there is none.
#[cfg(not(any(feature = "simd", feature = "small")))]
#[inline(always)]
pub(crate) fn special_from(bytes: &[u8], from: usize) -> usize {
    // Keys and short strings end within the first words.
    if let Some(word) = bytes.get(from..).and_then(<[u8]>::first_chunk::<WORD>) {
        let found = special_in_word(*word);
        if found < WORD {
            return from + found;
        }
        return special_far(bytes, from + WORD);
    }
    special_far(bytes, from)
}

#[cfg(not(any(feature = "simd", feature = "small")))]
#[inline(never)]
fn special_far(bytes: &[u8], from: usize) -> usize {
    let mut rest = bytes.get(from..).unwrap_or_default();
    for _ in 0..3 {
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
    let near = rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len());
    bytes.len() - rest.len() + near
}

/// Offset of the first quote from an offset on; the length of `bytes` where there is none.
#[inline(always)]
pub(crate) fn quote_from(bytes: &[u8], from: usize) -> usize {
    #[cfg(all(feature = "simd", not(feature = "small")))]
    {
        let mut at = from;
        while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>) {
            let found = bits_of(block, b'"');
            if found != 0 {
                return at + found.trailing_zeros() as usize;
            }
            at += BLOCK;
        }
        find_from(bytes, at, b'"')
    }
    #[cfg(not(all(feature = "simd", not(feature = "small"))))]
    find_from(bytes, from, b'"')
}

/// Offset of the first `wanted` byte from an offset on; the length of `bytes` where there is none.
#[inline(never)]
pub(crate) fn find_from(bytes: &[u8], from: usize, wanted: u8) -> usize {
    let mut rest = bytes.get(from..).unwrap_or_default();
    #[cfg(all(feature = "simd", not(feature = "small")))]
    while let Some((block, tail)) = rest.split_first_chunk::<BLOCK>() {
        let found = bits_of(block, wanted);
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize;
        }
        rest = tail;
    }
    while let Some((word, tail)) = rest.split_first_chunk::<WORD>() {
        let different = Word::from_le_bytes(*word) ^ every(wanted);
        let found = different.wrapping_sub(every(1)) & !different & every(0x80);
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = tail;
    }
    let near = rest.iter().position(|&byte| byte == wanted).unwrap_or(rest.len());
    bytes.len() - rest.len() + near
}

/// Passes strings without escapes in a row, with nothing but a comma between: from the one that opens at `at`, how many
/// there are, and where the first string opens that is not followed so, or that is not plain.
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

/// True if text of this length stands at `start`, and its closing quote behind it; false where that is not seen at once.
///
/// Push tokens of one vendor have one length. Where the length is known before, the next text can be looked at while this one
/// is. Checked text has no special byte but its quote.
#[cfg(all(feature = "simd", not(feature = "small")))]
#[inline(always)]
pub(crate) fn is_text_of(bytes: &[u8], start: usize, length: usize, checked: bool) -> bool {
    let end = start + length;
    if bytes.get(end) != Some(&b'"') || length > 2 * BLOCK {
        return false;
    }
    let Some(first) = bytes.get(start..).and_then(<[u8]>::first_chunk) else { return false };
    let found = |block| if checked { bits_of(block, b'"') } else { special_bits(block) };
    if length < BLOCK {
        return found(first) & ((1 << length) - 1) == 0;
    }
    bytes.get(end - BLOCK..).and_then(<[u8]>::first_chunk).is_some_and(|last| found(first) | found(last) == 0)
}

#[cfg(not(all(feature = "simd", not(feature = "small"))))]
#[inline(always)]
pub(crate) fn is_text_of(_: &[u8], _: usize, _: usize, _: bool) -> bool {
    false
}

/// The unsigned integer that begins at `start` and ends before a comma or a closing brace, with its number of digits: at
/// most 15; 0 digits for any other.
#[inline(always)]
pub(crate) fn plain_integer(bytes: &[u8], start: usize) -> (u64, usize) {
    // Most numbers of the wire are codes of one digit.
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
        // Sixteen digits have nothing behind them here.
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

const ZEROS: u64 = 0x3030_3030_3030_3030;

/// How many of eight digits are some, from the lowest byte on.
#[inline(always)]
const fn digits(digits: u64) -> usize {
    // The high bit of each byte that is none.
    let others = (digits.wrapping_add(0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080;
    others.trailing_zeros() as usize / 8
}

/// The first digits alone, behind zeros; less than eight.
#[inline(always)]
const fn first_digits(digits: u64, count: usize) -> u64 {
    digits << 8 << (56 - 8 * (count & 7))
}

const POWERS: [u64; 8] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];

/// The number that eight digits make, the first in the lowest byte.
#[inline(always)]
const fn eight_digits(digits: u64) -> u64 {
    let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff
}
