//! Copies text into JSON: one loop scans and copies it, sixteen bytes at a time if the machine has vector instructions.
//!
//! A byte is special if JSON requires an escape for it: `"`, `\` and the control characters.

#[cfg(not(feature = "small"))]
pub(super) use blocks::{copy_blocks, copy_text, escape_words, extra_len, extra_len_blocks, is_compact};

use crate::digits::hex_digit;

/// What follows the backslash in the escape of a special byte: `u` without a short form.
#[inline]
pub(super) fn letter(byte: u8) -> u8 {
    // From 8 to 13, all but 11 have a letter; so have the two whose escape is the character itself.
    let other = if byte < b' ' { b'u' } else { byte };
    b"btnufr".get(usize::from(byte.wrapping_sub(8))).copied().unwrap_or(other)
}

/// The escape of a control character without a short form.
pub(super) const fn unicode_escape(byte: u8) -> [u8; 6] {
    [b'\\', b'u', b'0', b'0', b'0' + (byte >> 4 & 1), hex_digit(byte & 0xf)]
}

#[cfg(not(feature = "small"))]
mod blocks {
    use super::super::scan::{BESIDE, is_special};
    use super::unicode_escape;
    use crate::bytes::store;

    /// Number of bytes that are examined together.
    const BLOCK: usize = 16;
    /// Number of bytes of a long text that are examined together.
    const STRIDE: usize = 2 * BLOCK;
    const WORD: usize = 8;
    const HALF: usize = 4;

    type Block = [u8; BLOCK];

    const fn every(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; WORD])
    }

    /// The high bit of each byte of a word that is special, and no other bit.
    #[inline(always)]
    const fn marks(word: u64) -> u64 {
        below(word ^ every(BESIDE), word, 0x21) | below(word ^ every(b'\\'), word, 1)
    }

    /// The high bit of each byte that is below `bound`, if the byte of `word` is ASCII. A sum of two numbers below 128 does
    /// not carry into the next byte.
    #[inline(always)]
    const fn below(bytes: u64, word: u64, bound: u8) -> u64 {
        !(((bytes & every(0x7f)) + every(0x80 - bound)) | word) & every(0x80)
    }

    #[cfg(feature = "simd")]
    mod lanes {
        use wide::u8x16;

        use super::Block;

        /// A number for each byte of a block.
        pub(super) type Lanes = u8x16;

        #[inline(always)]
        pub(super) fn lanes(block: &Block) -> Lanes {
            u8x16::new(*block)
        }

        /// 0 for a byte that is at most `bound` after `turn`, and for one that is `other`.
        #[inline(always)]
        pub(super) fn distances(block: &Block, turn: u8, bound: u8, other: u8) -> Lanes {
            let bytes = lanes(block);
            let above = (bytes ^ u8x16::splat(turn)).saturating_sub(u8x16::splat(bound));
            above.min(bytes ^ u8x16::splat(other))
        }

        #[inline(always)]
        pub(super) fn least(one: Lanes, other: Lanes) -> Lanes {
            one.min(other)
        }

        #[inline(always)]
        pub(super) fn has_zero(lanes: Lanes) -> bool {
            lanes.cmp_eq(u8x16::splat(0)).any()
        }
    }

    /// Without [`wide`], arrays: compilers generate vector code for them if the machine has vector instructions.
    #[cfg(not(feature = "simd"))]
    mod lanes {
        use super::Block;

        /// A number for each byte of a block.
        pub(super) type Lanes = Block;

        /// 0 for a byte that is at most `bound` after `turn`, and for one that is `other`.
        #[inline(always)]
        pub(super) fn distances(block: &Block, turn: u8, bound: u8, other: u8) -> Lanes {
            let mut lanes = *block;
            lanes.iter_mut().for_each(|lane| *lane = (*lane ^ turn).saturating_sub(bound).min(*lane ^ other));
            lanes
        }

        #[inline(always)]
        pub(super) fn least(mut one: Lanes, other: Lanes) -> Lanes {
            one.iter_mut().zip(&other).for_each(|(one, other)| *one = (*one).min(*other));
            one
        }

        #[inline(always)]
        pub(super) fn has_zero(lanes: Lanes) -> bool {
            lanes.iter().fold(false, |found, &lane| found | (lane == 0))
        }
    }

    use lanes::{distances, has_zero, least};

    /// True if one of two blocks has a special byte.
    #[inline(always)]
    fn any_special(one: &Block, other: &Block) -> bool {
        let distances = |block| distances(block, BESIDE, 0x20, b'\\');
        has_zero(least(distances(one), distances(other)))
    }

    /// The last bytes. `last_chunk` contains a check that a compiler may not be able to remove: it is used only where the check
    /// is proven to disappear, and is faster there.
    #[inline(always)]
    fn ending<const N: usize>(bytes: &[u8]) -> Option<&[u8; N]> {
        bytes.get(bytes.len().checked_sub(N)?..)?.first_chunk()
    }

    /// The halves of a stride.
    #[inline(always)]
    fn halves(stride: &[u8; STRIDE]) -> Option<(&Block, &Block)> {
        Some((stride.first_chunk()?, ending(stride)?))
    }

    #[inline(always)]
    fn stride_has_special(stride: &[u8; STRIDE]) -> bool {
        halves(stride).is_none_or(|(one, other)| any_special(one, other))
    }

    /// True for JSON with neither white space nor a mark in it, not even in its strings.
    #[inline(never)]
    pub(in super::super) fn is_compact(json: &[u8]) -> bool {
        let mut rest = json;
        let distances = |block| distances(block, 0, b' ', 0x7f);
        while let Some((stride, tail)) = rest.split_first_chunk::<STRIDE>() {
            if halves(stride).is_none_or(|(one, other)| has_zero(least(distances(one), distances(other)))) {
                return false;
            }
            rest = tail;
        }
        rest.iter().all(|&byte| byte > b' ' && byte != 0x7f)
    }

    /// Copies text to the start of a room, and the end of its string after it, a quote and `tail`; returns the length of both. A
    /// smaller number is the length of the copied text: the next block has a special byte, or does not fit.
    ///
    /// The last block (word, half word) overlaps the one before it, so that there is no byte loop for the rest.
    #[inline(never)]
    pub(in super::super) fn copy_text(text: &[u8], room: &mut [u8], tail: u8) -> usize {
        let length = text.len();
        let Some(room) = room.get_mut(..length + 2) else { return 0 };
        let copied = match copy_blocks(text, room) {
            Some(copied) => copied,
            None if length > STRIDE => copy_strides(text, room).unwrap_or_default(),
            None => copy_short(text, room),
        };
        if copied < length {
            return copied;
        }
        store(room, length, [b'"', tail]);
        length + 2
    }

    /// Copies text of one or two blocks, as push tokens and ids are; 0 if it has a special byte.
    #[inline(always)]
    pub(in super::super) fn copy_blocks(text: &[u8], room: &mut [u8]) -> Option<usize> {
        if text.len() > STRIDE {
            return None;
        }
        let (first, last) = (*text.first_chunk::<BLOCK>()?, *text.last_chunk::<BLOCK>()?);
        store(room, 0, first);
        store(room, text.len() - BLOCK, last);
        Some(if any_special(&first, &last) { 0 } else { text.len() })
    }

    #[inline(always)]
    fn copy_strides(text: &[u8], room: &mut [u8]) -> Option<usize> {
        let (mut source, mut target) = (text, &mut *room);
        while let Some((&stride, rest)) = source.split_first_chunk::<STRIDE>() {
            let (place, behind) = target.split_first_chunk_mut::<STRIDE>()?;
            *place = stride;
            if stride_has_special(&stride) {
                return Some(text.len() - source.len());
            }
            (source, target) = (rest, behind);
        }
        let stride = *ending::<STRIDE>(text)?;
        store(room, text.len() - STRIDE, stride);
        Some(if stride_has_special(&stride) { text.len() - source.len() } else { text.len() })
    }

    #[inline(always)]
    fn copy_short(text: &[u8], room: &mut [u8]) -> usize {
        let length = text.len();
        let is_clean = if let (Some(&low), Some(&high)) = (text.first_chunk::<WORD>(), ending::<WORD>(text)) {
            store(room, 0, low);
            store(room, length - WORD, high);
            are_clean(low, high)
        } else if let (Some(&low), Some(&high)) = (text.first_chunk::<HALF>(), ending::<HALF>(text)) {
            store(room, 0, low);
            store(room, length - HALF, high);
            marks(joined(low, high)) == 0
        } else if let ([first, ..], Some(middle), [.., last]) = (text, text.get(length / 2), text) {
            store(room, 0, [*first]);
            store(room, length / 2, [*middle]);
            store(room, length - 1, [*last]);
            !(is_special(*first) | is_special(*middle) | is_special(*last))
        } else {
            true
        };
        if is_clean { length } else { 0 }
    }

    #[inline(always)]
    fn joined(low: [u8; HALF], high: [u8; HALF]) -> u64 {
        u64::from(u32::from_le_bytes(low)) | u64::from(u32::from_le_bytes(high)) << 32
    }

    /// True if two words have no special byte.
    #[inline(always)]
    fn are_clean(one: [u8; WORD], other: [u8; WORD]) -> bool {
        (marks(u64::from_le_bytes(one)) | marks(u64::from_le_bytes(other))) == 0
    }

    /// How many bytes longer a text is with its escapes.
    #[inline(never)]
    pub(in super::super) fn extra_len(text: &[u8]) -> usize {
        if let Some(extra) = extra_len_blocks(text) {
            return extra;
        }
        let is_clean = if let (Some(&low), Some(&high)) = (text.first_chunk::<WORD>(), ending::<WORD>(text)) {
            text.len() <= 2 * WORD && are_clean(low, high)
        } else if let (Some(&low), Some(&high)) = (text.first_chunk::<HALF>(), ending::<HALF>(text)) {
            marks(joined(low, high)) == 0
        } else {
            false
        };
        if is_clean {
            return 0;
        }
        let (mut rest, mut extra) = (text, 0);
        while let Some((stride, tail)) = rest.split_first_chunk::<STRIDE>() {
            if stride_has_special(stride) {
                let mut words = stride.as_slice();
                while let Some((word, others)) = words.split_first_chunk::<WORD>() {
                    extra += extra_of(u64::from_le_bytes(*word), u64::MAX);
                    words = others;
                }
            }
            rest = tail;
        }
        if ending(text).is_some_and(|last| !stride_has_special(last)) {
            return extra;
        }
        while let Some((word, tail)) = rest.split_first_chunk::<WORD>() {
            extra += extra_of(u64::from_le_bytes(*word), u64::MAX);
            rest = tail;
        }
        let (word, mask) = last_word(text, rest);
        extra + extra_of(word, mask)
    }

    /// The last bytes of a text, less than a word, in a word, and a mask of them.
    #[inline(always)]
    fn last_word(text: &[u8], last: &[u8]) -> (u64, u64) {
        let bits = 8 * last.len() as u32;
        let word = match ending::<WORD>(text) {
            Some(word) => u64::from_le_bytes(*word).unbounded_shr(u64::BITS - bits),
            None => last.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        };
        (word, u64::MAX.unbounded_shr(u64::BITS - bits))
    }

    /// How many bytes longer a word is with its escapes; bytes outside of the mask are not counted.
    #[inline(always)]
    fn extra_of(word: u64, mask: u64) -> usize {
        let special = marks(word) & mask;
        if special == 0 {
            return 0;
        }
        // The short forms of control characters are those of 8 to 13, without 11.
        let control = below(word, word, 0x20) & mask;
        let short = below(word, word, 14) & !below(word, word, 8) & !below(word ^ every(0x0b), word, 1);
        count(special) + 4 * count(control & !short)
    }

    /// How many marks there are.
    #[inline(always)]
    const fn count(marks: u64) -> usize {
        ((marks >> 7).wrapping_mul(every(1)) >> 56) as usize
    }

    /// [`extra_len`] of text of one or two blocks that needs no escape: 0.
    #[inline(always)]
    pub(in super::super) fn extra_len_blocks(text: &[u8]) -> Option<usize> {
        let (first, last) = (text.first_chunk::<BLOCK>()?, text.last_chunk::<BLOCK>()?);
        (text.len() <= STRIDE && !any_special(first, last)).then_some(0)
    }

    /// The escape of each byte up to the backslash, and after it, in the last byte, how many bytes it adds.
    static ESCAPES: [[u8; WORD]; 0x60] = {
        let mut escapes = [[0; WORD]; 0x60];
        let mut rest: &mut [[u8; WORD]] = &mut escapes;
        let mut byte = 0;
        while let Some((escape, tail)) = rest.split_first_mut() {
            let letter = match byte {
                b'\n' => b'n',
                b'\r' => b'r',
                b'\t' => b't',
                0x08 => b'b',
                0x0c => b'f',
                _ => byte,
            };
            let [a, b, c, d, e, f] = unicode_escape(byte);
            *escape =
                if letter < b' ' { [a, b, c, d, e, f, 0, 5] } else { [b'\\', letter, 0, 0, 0, 0, 0, 1] };
            rest = tail;
            byte += 1;
        }
        escapes
    };

    /// What a word may become, and a word that is stored after it; more than 64 bytes, see [`put`].
    const ROOM: usize = 64 + WORD;

    /// Writes a word at an index of at most 63. The index of an escape is less than 50; the mask shows the compiler the limit, so
    /// that it omits the checks.
    #[inline(always)]
    fn put(room: &mut [u8; ROOM], at: usize, word: u64) {
        store(room, at & 63, word.to_le_bytes());
    }

    /// Escapes a word at a time as long as there is room for the longest result. Returns how much of the text is written, and its
    /// length with escapes.
    #[inline(never)]
    pub(in super::super) fn escape_words(text: &[u8], out: &mut [u8]) -> (usize, usize) {
        let (mut rest, mut to) = (text, 0);
        while let Some(room) = out.get_mut(to..).and_then(<[u8]>::first_chunk_mut::<ROOM>) {
            if let Some((word, tail)) = rest.split_first_chunk::<WORD>() {
                let word = u64::from_le_bytes(*word);
                to += WORD + escape_word(word, marks(word), room);
                rest = tail;
                continue;
            }
            if rest.is_empty() {
                break;
            }
            // The zeros after the end are not bytes of the text.
            let (word, mask) = last_word(text, rest);
            to += rest.len() + escape_word(word, marks(word) & mask, room);
            rest = &[];
        }
        (text.len() - rest.len(), to)
    }

    /// Writes a word with the escapes for its marks; returns how many bytes they add.
    ///
    /// All escapes of a word are found together, so that none waits for the one before it.
    #[inline(always)]
    fn escape_word(word: u64, mut marks: u64, room: &mut [u8; ROOM]) -> usize {
        put(room, 0, word);
        let mut added = 0;
        while marks != 0 {
            let index = marks.trailing_zeros() as usize / 8;
            let behind = word >> (8 * index);
            let escape =
                ESCAPES.get(usize::from(behind as u8)).map_or(0, |escape| u64::from_le_bytes(*escape));
            put(room, index + added, escape);
            added += (escape >> 56) as usize;
            put(room, index + added + 1, behind >> 8);
            marks &= marks - 1;
        }
        added
    }
}
