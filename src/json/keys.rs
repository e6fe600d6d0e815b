//! Objects of the input: keys, and the members that they lead to.

use super::SMALL;
use super::error::DecodeErrorKind;
use super::object::{Fields, Key, Names, Progress};
use super::reader::Reader;
#[cfg(not(feature = "small"))]
use super::{escape, scan};
use crate::work::compared;

impl<'a> Reader<'a> {
    /// Takes the key and its colon if they stand here to the letter.
    #[inline]
    pub(crate) fn at_key(&mut self, key: Key) -> bool {
        let here = self.source.as_bytes().get(self.pos..).is_some_and(|rest| {
            compared!(rest, key.bare());
            rest.starts_with(key.bare())
        });
        if here {
            self.pos += key.bare().len();
            self.pass_space();
        }
        here
    }

    /// Reads an object, its members in any order.
    #[inline(never)]
    pub(crate) fn object(&mut self, fields: &mut dyn Fields<'a>, names: Names, required: u64) -> Option<()> {
        let nothing = Progress { seen: 0, near: names.len() };
        let more = self.open(b'{', b'}')?;
        self.members(fields, names, required, nothing, more)
    }

    /// Reads an object from a member on, if one must follow.
    #[cfg_attr(not(feature = "small"), inline(never))]
    pub(crate) fn members(
        &mut self,
        fields: &mut dyn Fields<'a>,
        names: Names,
        required: u64,
        read: Progress,
        mut more: bool,
    ) -> Option<()> {
        let Progress { mut seen, mut near } = read;
        while more {
            let index = self.key(names, near)?;
            // An unknown key may come as often as it likes.
            let bit = if index < names.len() { 1u64 << (index & 63) } else { 0 };
            let read = if seen & bit != 0 {
                self.fail(DecodeErrorKind::DuplicateField, self.at)
            } else if SMALL && self.here() == b'n' && required & bit == 0 {
                self.word()
            } else {
                fields.read_field(index, self)
            };
            if read.is_none() {
                return self.blame(names, index);
            }
            (seen, near) = (seen | bit, index);
            more = self.more(b'}')?;
        }
        self.complete(names, required, seen)
    }

    /// The end of an object: all is well if no member is missing.
    #[inline]
    pub(crate) fn complete(&mut self, names: Names, required: u64, seen: u64) -> Option<()> {
        match required & !seen {
            0 => Some(()),
            missing => self.missing(names, missing),
        }
    }

    /// Fails at the end of an object that lacks members; `missing` has the bit of each.
    #[cold]
    fn missing<T>(&mut self, names: Names, missing: u64) -> Option<T> {
        self.fail::<T>(DecodeErrorKind::MissingField, self.pos.wrapping_sub(1));
        self.blame(names, missing.trailing_zeros() as usize)
    }

    /// Reads any key and its colon; the index of the member it names, or their number for a key that none has. Senders
    /// that sort their keys either way find the next one beside the last, `near`.
    #[inline(never)]
    fn key(&mut self, names: Names, near: usize) -> Option<usize> {
        let open = self.pos;
        #[cfg(not(feature = "small"))]
        if let (b'"', Some(rest)) = (self.here(), self.source.as_bytes().get(open + 1..)) {
            if let Some((name, tail)) = rest.split_at_checked(scan::special(rest)) {
                if tail.starts_with(b"\":") {
                    // Where a fault with the key would be.
                    self.at = open;
                    self.pos = open + name.len() + 3;
                    self.pass_space();
                    return Some(search(names, name, near));
                }
            }
        }
        // White space before the colon, an escape, or no key at all.
        self.any_key(SMALL && self.source.is_buffer())?;
        self.at = open;
        let key = self.source.get(self.start, self.end)?;
        #[cfg(feature = "small")]
        {
            let (is, _) = (self.strings.is, near);
            Some(names.iter().position(|name| is(key, name)).unwrap_or(names.len()))
        }
        #[cfg(not(feature = "small"))]
        Some(index_of(names, key, self.escaped, near))
    }

    /// Any key and its colon; resolved, if it is `text`.
    #[inline(never)]
    pub(super) fn any_key(&mut self, text: bool) -> Option<()> {
        if self.string(text).is_none() {
            if self.kind == DecodeErrorKind::WrongType {
                self.kind = DecodeErrorKind::UnexpectedByte;
            }
            return None;
        }
        self.colon()
    }

    pub(super) fn colon(&mut self) -> Option<()> {
        self.pass_space();
        if !self.accept(b':') {
            return self.unexpected(self.pos);
        }
        self.pass_space();
        Some(())
    }
}

/// Index of the member with this name, their number if none has it. Searched outwards from the last one found.
#[cfg(not(feature = "small"))]
#[inline]
fn search(names: &[&str], name: &[u8], near: usize) -> usize {
    let is = |index: usize| {
        names.get(index).is_some_and(|wanted| {
            compared!(wanted.as_bytes(), name);
            wanted.len() == name.len() && wanted.as_bytes() == name
        })
    };
    // From outside, or from another object: from the first one on.
    let near = if near < names.len() { near } else { usize::MAX };
    for step in 1..=names.len() {
        for index in [near.wrapping_add(step), near.wrapping_sub(step)] {
            if is(index) {
                return index;
            }
        }
    }
    // The last one again: a duplicate, which the caller refuses.
    if is(near) { near } else { names.len() }
}

/// [`search`] for a key that may have escapes.
#[cfg(not(feature = "small"))]
#[inline(never)]
pub(super) fn index_of(names: &[&str], key: &[u8], escaped: bool, near: usize) -> usize {
    if !escaped {
        return search(names, key, near);
    }
    names.iter().position(|name| escape::equals(key, name)).unwrap_or(names.len())
}
