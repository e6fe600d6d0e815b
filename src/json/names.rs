//! Finds a key among the wire names of a message by a perfect hash, which is computed at compile time. So the order of members does
//! not matter.

/// Number of bytes of a key that the hash reads in one place. Eight are loaded, and the last one is dropped. So the code need not
/// look for a quote after them.
const PIECE: usize = 7;

/// A perfect hash table for the names of a message, in `SLOTS` slots.
///
/// It gives a guess: the only field that a key can name. The guess uses the first seven bytes of the key. If they do not distinguish the
/// names (`callback`, `callback.id`), it also uses seven bytes from an offset on, or it uses all bytes.
pub(crate) struct Table<const SLOTS: usize> {
    /// Offset of the other seven bytes; 0 if they are not used.
    second: usize,
    /// True if the hash uses all bytes.
    whole: bool,
    factor: u64,
    /// For each slot, the index of the name whose hash selects it.
    slots: [u8; SLOTS],
}

/// A number of slots for which a factor is found after a few tries.
pub(crate) const fn slots(names: usize) -> usize {
    let wanted = names * names / 4;
    if wanted < 16 { 16 } else { wanted.next_power_of_two() }
}

impl<const SLOTS: usize> Table<SLOTS> {
    /// The table of these names, which are all different.
    #[allow(clippy::panic, clippy::indexing_slicing)] // While compiling, never at run time.
    pub(crate) const fn new<const N: usize>(names: [&str; N]) -> Self {
        let mut hashes = [0; N];
        let (mut second, mut whole) = (0, false);
        loop {
            let mut i = 0;
            let mut usable = true;
            while i < N {
                let name = names[i].as_bytes();
                hashes[i] = if whole { hash_all(name) } else { hash_pieces(name, second) };
                // A second piece after the end of the name would read the value.
                usable &= whole || name.len() <= PIECE || name.len() >= second;
                i += 1;
            }
            if usable && are_distinct(&hashes) {
                break;
            }
            assert!(!whole, "the hash does not tell the wire names apart");
            second += 1;
            whole = second > 64;
        }
        let mut factor = 0x9e37_79b9_7f4a_7c15_u64;
        loop {
            let mut slots = [u8::MAX; SLOTS];
            let mut i = 0;
            while i < N {
                let slot = Self::slot(factor, hashes[i]);
                if slots[slot] != u8::MAX {
                    break;
                }
                slots[slot] = i as u8;
                i += 1;
            }
            if i == N {
                return Self { second, whole, factor, slots };
            }
            factor = factor.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f) | 1;
        }
    }

    #[inline(always)]
    const fn slot(factor: u64, hash: u64) -> usize {
        // The highest bits: as many as an index of a slot has.
        (hash.wrapping_mul(factor) >> (64 - SLOTS.trailing_zeros())) as usize
    }

    /// Index of the only field that a key can name. The key begins at an offset and has no escapes. If it can name no field, the
    /// index is one that no field has. `None` if too few bytes are left.
    #[inline(always)]
    pub(crate) fn guess(&self, bytes: &[u8], start: usize) -> Option<usize> {
        if self.whole {
            return Some(self.guess_whole(bytes, start));
        }
        let &first = chunk(bytes, start)?;
        let mut hash = up_to_quote(first);
        if self.second != 0 && quotes(first) == 0 {
            let &second = chunk(bytes, start + self.second)?;
            hash = fold(hash, up_to_quote(second));
        }
        Some(self.index(hash))
    }

    #[inline(never)]
    fn guess_whole(&self, bytes: &[u8], start: usize) -> usize {
        let end = super::scan::quote_from(bytes, start);
        self.index(hash_all(bytes.get(start..end).unwrap_or_default()))
    }

    #[inline(always)]
    fn index(&self, hash: u64) -> usize {
        usize::from(self.slots.get(Self::slot(self.factor, hash)).copied().unwrap_or(u8::MAX))
    }
}

#[inline(always)]
fn chunk(bytes: &[u8], start: usize) -> Option<&[u8; 8]> {
    bytes.get(start..)?.first_chunk()
}

/// The high bit of each byte that is a quote; bytes after the first may be marked falsely.
#[inline(always)]
const fn quotes(bytes: [u8; 8]) -> u64 {
    let other = u64::from_le_bytes(bytes) ^ 0x2222_2222_2222_2222;
    other.wrapping_sub(0x0101_0101_0101_0101) & !other & 0x8080_8080_8080_8080
}

/// The bytes before the first quote, at most seven.
#[inline(always)]
const fn up_to_quote(bytes: [u8; 8]) -> u64 {
    let found = quotes(bytes);
    // All bits up to the mark of the quote, or all bits if there is no quote.
    let mask = found ^ found.wrapping_sub(1);
    u64::from_le_bytes(bytes) & mask >> 8
}

#[inline(always)]
const fn fold(hash: u64, word: u64) -> u64 {
    hash.rotate_left(23) ^ word
}

/// The hash of a name, from the bytes that [`Table::guess`] uses.
const fn hash_pieces(name: &[u8], second: usize) -> u64 {
    let hash = piece(name, 0, PIECE);
    if second == 0 || name.len() <= PIECE { hash } else { fold(hash, piece(name, second, PIECE)) }
}

/// The hash of all bytes, a word at a time.
const fn hash_all(name: &[u8]) -> u64 {
    let mut hash = 0;
    let mut at = 0;
    while at < name.len() {
        hash = fold(hash, piece(name, at, 8));
        at += 8;
    }
    hash
}

/// At most `length` bytes from an offset on, with zeros after the end.
#[allow(clippy::indexing_slicing)] // Each index is checked.
const fn piece(name: &[u8], start: usize, length: usize) -> u64 {
    let mut word = 0;
    let mut i = 0;
    while i < length && start + i < name.len() {
        word |= (name[start + i] as u64) << (8 * i);
        i += 1;
    }
    word
}

#[allow(clippy::indexing_slicing)] // While compiling, never at run time.
const fn are_distinct(hashes: &[u64]) -> bool {
    let mut i = 0;
    while i < hashes.len() {
        let mut j = i + 1;
        while j < hashes.len() {
            if hashes[i] == hashes[j] {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}
