//! The decoder's end of the codec: a cursor that reads JSON as RFC 8259 says and remembers where it failed.

use super::error::{DecodeError, DecodeErrorKind};
use super::object::{Key, Member};
use super::{escape, mark, scan};

/// How deep a value that nobody asked for, a [`Raw`](super::Raw) value or an ext may nest.
pub const MAX_DEPTH: usize = 32;

/// Bytes as text, by the fastest validator that the features allow.
#[inline]
pub(super) fn utf8(bytes: &[u8]) -> Option<&str> {
    #[cfg(feature = "simdutf8")]
    let text = simdutf8::basic::from_utf8(bytes);
    #[cfg(not(feature = "simdutf8"))]
    let text = core::str::from_utf8(bytes);
    text.ok()
}

/// A cursor over JSON. Every method gives `None` where the input is not as wanted; the reader then holds the reason.
pub struct Reader<'a> {
    pub(super) bytes: &'a [u8],
    /// The same bytes, known to be text; empty while they are not.
    pub(super) text: &'a str,
    pub(super) pos: usize,
    /// Up to here the in-place pass has read the input, and every resolved string is its work.
    pub(super) resolved: usize,
    kind: DecodeErrorKind,
    at: usize,
    field: Option<&'static str>,
    index: Option<u32>,
}

impl<'a> Reader<'a> {
    /// Reads text as it came.
    #[inline]
    pub(super) fn new(text: &'a str) -> Self {
        Self::with_resolved(text, 0)
    }

    /// Reads text whose strings are resolved up to an offset.
    #[inline]
    pub(super) fn with_resolved(text: &'a str, resolved: usize) -> Self {
        let mut reader = Self::over_bytes(text.as_bytes(), 0);
        reader.text = text;
        reader.resolved = resolved;
        reader
    }

    /// Passes values over, from an offset on; gives no text.
    #[inline]
    pub(super) fn over_bytes(bytes: &'a [u8], pos: usize) -> Self {
        let mut reader = Self {
            bytes,
            text: "",
            pos,
            resolved: 0,
            kind: DecodeErrorKind::EndOfInput,
            at: 0,
            field: None,
            index: None,
        };
        reader.pass_space();
        reader
    }

    pub(super) const fn position(&self) -> usize {
        self.pos
    }

    /// The text from `start` to here.
    pub(super) fn text_since(&self, start: usize) -> Option<&'a str> {
        self.text.get(start..self.pos)
    }

    pub(super) fn error(&self) -> DecodeError {
        DecodeError { field: self.field, index: self.index, ..DecodeError::at(self.kind, self.at) }
    }

    #[cold]
    pub(crate) fn fail<T>(&mut self, kind: DecodeErrorKind, at: usize) -> Option<T> {
        self.kind = kind;
        self.at = at;
        None
    }

    /// Names the field that the failure is in, unless an inner one is named already.
    #[cold]
    pub(crate) fn blame(&mut self, members: &'static [Member], index: usize) {
        if self.field.is_none() {
            self.field = members.get(index).map(|member| member.name);
        }
    }

    #[cold]
    pub(super) fn blame_element(&mut self, index: usize) {
        if self.index.is_none() {
            self.index = u32::try_from(index).ok();
        }
    }

    #[inline]
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Fails at a byte that must not be there, or at the end.
    #[cold]
    pub(super) fn unexpected<T>(&mut self, at: usize) -> Option<T> {
        let kind = match self.byte(at) {
            Some(_) => DecodeErrorKind::UnexpectedByte,
            None => DecodeErrorKind::EndOfInput,
        };
        self.fail(kind, at)
    }

    /// The byte that the reader stands on. Between calls that is the first byte of a token: whoever passes a token passes
    /// the white space behind it.
    #[inline]
    pub(super) fn here(&self) -> Option<u8> {
        self.byte(self.pos)
    }

    /// Goes on to the next token.
    #[inline]
    fn pass_space(&mut self) {
        if self.here().is_some_and(|byte| byte <= b' ') {
            self.skip_space();
        }
    }

    #[inline(never)]
    fn skip_space(&mut self) {
        while matches!(self.here(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.pos += 1;
        }
    }

    /// Fails over the value that begins here: it is no value at all, or one of another type.
    #[cold]
    pub(crate) fn wrong_type<T>(&mut self) -> Option<T> {
        let at = self.pos;
        match self.byte(at) {
            Some(b'"' | b'{' | b'[' | b't' | b'f' | b'n' | b'-' | b'0'..=b'9') => {
                self.fail(DecodeErrorKind::WrongType, at)
            }
            Some(mark) if self.is_resolved(mark) => self.fail(DecodeErrorKind::WrongType, at),
            _ => self.unexpected(at),
        }
    }

    /// The end of the input.
    pub(super) fn finish(&mut self) -> Option<()> {
        self.pass_space();
        match self.here() {
            None => Some(()),
            Some(_) => self.fail(DecodeErrorKind::TrailingText, self.pos),
        }
    }

    /// Enters a container; false if it is empty.
    #[inline]
    pub(crate) fn open(&mut self, open: u8, close: u8) -> Option<bool> {
        if self.here() != Some(open) {
            return self.wrong_type();
        }
        self.pos += 1;
        self.pass_space();
        if self.here() == Some(close) {
            self.pos += 1;
            return Some(false);
        }
        Some(true)
    }

    /// Behind a member or an element: true if another one follows.
    #[inline]
    pub(crate) fn more(&mut self, close: u8) -> Option<bool> {
        if self.here() == Some(b',') && self.byte(self.pos + 1).is_some_and(|byte| byte > b' ') {
            self.pos += 1;
            return Some(true);
        }
        self.more_far(close)
    }

    #[inline(never)]
    fn more_far(&mut self, close: u8) -> Option<bool> {
        self.pass_space();
        let found = self.here();
        if found == Some(close) {
            self.pos += 1;
            return Some(false);
        }
        if found != Some(b',') {
            return self.unexpected(self.pos);
        }
        self.pos += 1;
        self.pass_space();
        Some(true)
    }

    /// Takes the key and its colon if they stand here to the letter.
    #[inline]
    pub(crate) fn at_key(&mut self, key: Key) -> bool {
        let here = self.bytes.get(self.pos..).is_some_and(|rest| rest.starts_with(key.bare));
        if here {
            self.pos += key.bare.len();
            self.pass_space();
        }
        here
    }

    /// Reads any key and its colon; the index of the member it names, or their number for a key that none has. Senders
    /// that sort their keys either way find the next one beside the last, `near`.
    #[inline(never)]
    pub(crate) fn key(&mut self, members: &'static [Member], near: usize) -> Option<usize> {
        // Where a fault with the key would be.
        self.at = self.pos;
        let start = self.pos + 1;
        if let (Some(b'"'), Some(rest)) = (self.here(), self.bytes.get(start..)) {
            if let Some((name, tail)) = rest.split_at_checked(scan::special(rest)) {
                if tail.starts_with(b"\":") {
                    self.pos = start + name.len() + 2;
                    self.pass_space();
                    return Some(search(members, name, near));
                }
            }
        }
        // White space before the colon, an escape, or no key at all.
        let (start, end) = self.key_span()?;
        Some(index_of(members, self.bytes.get(start..end)?, near))
    }

    pub(super) fn colon(&mut self) -> Option<()> {
        self.pass_space();
        if self.here() != Some(b':') {
            return self.unexpected(self.pos);
        }
        self.pos += 1;
        self.pass_space();
        Some(())
    }

    /// Fails over the key that was just read: the object had it before.
    #[cold]
    pub(crate) fn duplicate<T>(&mut self) -> Option<T> {
        self.fail(DecodeErrorKind::DuplicateField, self.at)
    }

    /// Fails at the end of an object that lacks members; `missing` has the bit of each.
    #[cold]
    pub(crate) fn missing<T>(&mut self, members: &'static [Member], missing: u32) -> Option<T> {
        self.blame(members, missing.trailing_zeros() as usize);
        self.fail(DecodeErrorKind::MissingField, self.pos.saturating_sub(1))
    }

    /// Takes `null` if it stands here.
    #[inline]
    pub(crate) fn null(&mut self) -> Option<bool> {
        if self.here() != Some(b'n') {
            return Some(false);
        }
        self.literal(b"null")?;
        Some(true)
    }

    pub(super) fn literal(&mut self, word: &[u8]) -> Option<()> {
        for &wanted in word {
            if self.byte(self.pos) != Some(wanted) {
                return self.unexpected(self.pos);
            }
            self.pos += 1;
        }
        Some(())
    }

    pub(crate) fn boolean(&mut self) -> Option<bool> {
        match self.here() {
            Some(b't') => self.literal(b"true").map(|()| true),
            Some(b'f') => self.literal(b"false").map(|()| false),
            _ => self.wrong_type(),
        }
    }

    /// A string without escapes, or one whose escapes are resolved.
    #[inline]
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        match scan::plain_text(self.text, self.pos) {
            Some(text) => {
                self.pos += text.len() + 2;
                Some(text)
            }
            None => self.unusual_text(),
        }
    }

    /// Passes plain strings as far as one is followed by another: their number.
    #[inline]
    pub(super) fn pass_texts(&mut self) -> usize {
        let (count, at) = scan::plain_texts(self.bytes, self.pos);
        self.pos = at;
        count
    }

    /// [`text`](Self::text) that was read before, so that a string has no escape in it.
    #[inline]
    pub(super) fn text_again(&mut self) -> Option<&'a str> {
        if self.here() != Some(b'"') {
            return self.unusual_text();
        }
        let text = scan::checked_text(self.text, self.pos)?;
        self.pos += text.len() + 2;
        Some(text)
    }

    /// Resolved text, or the reason why there is none.
    #[inline(never)]
    fn unusual_text(&mut self) -> Option<&'a str> {
        match self.here() {
            Some(b'"') => {}
            Some(mark) if self.is_resolved(mark) => {
                let (start, end, next) = mark::span(self.bytes, self.pos, self.resolved);
                self.pos = next;
                return self.text.get(start..end);
            }
            _ => return self.wrong_type(),
        }
        let end = scan::special_from(self.bytes, self.pos + 1);
        let (kind, at) = match self.byte(end) {
            Some(b'\\') => match escape::check(self.bytes, end) {
                Ok(_) => (DecodeErrorKind::EscapedText, end),
                Err(failure) => failure,
            },
            Some(_) => (DecodeErrorKind::ControlCharacter, end),
            None => (DecodeErrorKind::EndOfInput, end),
        };
        self.fail(kind, at)
    }

    /// True if `mark`, which the reader stands on, opens a resolved string.
    #[inline]
    fn is_resolved(&self, mark: u8) -> bool {
        self.pos < self.resolved && mark::is_mark(mark)
    }

    /// True if text begins here, in either form.
    pub(super) fn at_text(&self) -> bool {
        self.here().is_some_and(|first| first == b'"' || self.is_resolved(first))
    }
}

/// Index of the member with this name, their number if none has it. Searched outwards from the last one found.
#[inline]
fn search(members: &[Member], name: &[u8], near: usize) -> usize {
    // From outside, or from another object: from the first one on.
    let near = if near < members.len() { near } else { usize::MAX };
    let is = |index: usize| {
        let member = members.get(index).map(|member| member.name.as_bytes());
        member.is_some_and(|member| member.len() == name.len() && member == name)
    };
    for step in 1..=members.len() {
        for index in [near.wrapping_add(step), near.wrapping_sub(step)] {
            if is(index) {
                return index;
            }
        }
    }
    // The last one again: a duplicate, which the caller refuses.
    if is(near) { near } else { members.len() }
}

/// [`search`] for a key that may have escapes.
#[inline(never)]
pub(super) fn index_of(members: &[Member], key: &[u8], near: usize) -> usize {
    if !key.contains(&b'\\') {
        return search(members, key, near);
    }
    members.iter().position(|member| escape::equals(key, member.name)).unwrap_or(members.len())
}

/// How many bytes from the start are UTF-8.
#[cold]
pub(super) fn valid_up_to(bytes: &[u8]) -> usize {
    match core::str::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    }
}
