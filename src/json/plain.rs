//! The plain form of a message, in which most senders write the elements of long lists: members in the order of the
//! declaration, no white space, no escapes, no unknown members, no `null`, short unsigned integers.
//!
//! It is read without the [`Reader`](super::reader::Reader), by comparing whole keys with the comma before them, and the value is
//! returned, not filled in place. The reader reads any value that is not plain, from its start, and reports all errors.

use super::object::Key;
use super::scan;
use super::value::ReadValue;

/// Input from which plain values are read.
pub trait Plain<'a> {
    /// The whole input.
    fn bytes(&self) -> &[u8];

    /// The text that begins at an offset, and the offset of what follows it.
    fn text(&self, at: usize) -> Option<(&'a str, usize)>;

    /// The unsigned integer up to `max` that begins at an offset, and the offset of what follows it.
    fn integer(&self, at: usize, max: u64) -> Option<(u64, usize)>;

    /// The byte at an offset.
    #[inline(always)]
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes().get(at).copied()
    }

    /// The offset of a value, if the byte `before` and then the value's key are at an offset.
    #[inline(always)]
    fn after_key(&self, at: usize, before: u8, key: Key) -> Option<usize> {
        let (&first, rest) = self.bytes().get(at..)?.split_first()?;
        let name = key.bare();
        if first == before && rest.starts_with(name) { Some(at + 1 + name.len()) } else { None }
    }
}

/// Skips a plain value that is not used: an element of a list that is only checked. Returns the offset of what follows it.
#[inline(never)]
pub(super) fn skim<'a, T: ReadValue<'a>>(bytes: &[u8], at: usize) -> Option<usize> {
    T::plain(&Skimmed(bytes), at).map(|(_, next)| next)
}

/// Bytes whose values are not used.
struct Skimmed<'b>(&'b [u8]);

impl<'a> Plain<'a> for Skimmed<'_> {
    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.0
    }

    #[inline(always)]
    fn text(&self, at: usize) -> Option<(&'a str, usize)> {
        if self.byte(at) != Some(b'"') {
            return None;
        }
        let end = scan::special_from(self.0, at + 1);
        if self.byte(end) == Some(b'"') { Some(("", end + 1)) } else { None }
    }

    #[inline(always)]
    fn integer(&self, at: usize, max: u64) -> Option<(u64, usize)> {
        Some((0, scan::plain_digits(self.0, at, max)?))
    }
}

/// Text that was checked.
pub(super) struct Known<'a>(pub(super) &'a str);

impl<'a> Plain<'a> for Known<'a> {
    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    #[inline(always)]
    fn text(&self, at: usize) -> Option<(&'a str, usize)> {
        if self.byte(at) != Some(b'"') {
            return None;
        }
        let end = scan::quote_from(self.bytes(), at + 1);
        let text = self.0.get(..end).and_then(|text| text.get(at + 1..))?;
        Some((text, end + 1))
    }

    #[inline(always)]
    fn integer(&self, at: usize, max: u64) -> Option<(u64, usize)> {
        let (value, digits) = scan::plain_integer(self.bytes(), at);
        if digits != 0 && value <= max { Some((value, at + digits)) } else { None }
    }
}
