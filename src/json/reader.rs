//! The decoder's end of the codec: a cursor that reads JSON as RFC 8259 says and remembers where it failed.

use super::SMALL;
use super::error::{DecodeError, DecodeErrorKind};
use super::source::Source;

/// How deep a value that nobody asked for, a [`Raw`](super::Raw) value or an ext may nest.
pub const MAX_DEPTH: usize = 32;

/// How strings are passed, and whether a key is a name: so that a program which reads buffers alone holds no code for text.
#[cfg(feature = "small")]
#[derive(Clone, Copy)]
pub(super) struct Strings {
    pub(super) pass: fn(&mut Reader<'_>, text: bool) -> Option<()>,
    /// Said of the key that was last passed, resolved or not.
    pub(super) is: fn(key: &[u8], name: &str) -> bool,
}

/// Marks a resolved text that stays in the buffer: what opened there ends at `to` now, instead of before `end`.
#[cfg(feature = "small")]
pub(super) type Mark = fn(bytes: &mut [u8], open: usize, to: usize, end: usize);

/// A cursor over JSON. Every method gives `None` where the input is not as wanted; the reader then holds the reason.
pub struct Reader<'a> {
    pub(super) source: Source<'a>,
    pub(super) pos: usize,
    /// Up to here the in-place pass has read the input, and every resolved string is its work.
    pub(super) resolved: usize,
    /// What is between the quotes of the string that was last passed, unless that was done the fast way.
    pub(super) start: usize,
    pub(super) end: usize,
    /// As it stands there, it does not read as it means.
    #[cfg(not(feature = "small"))]
    pub(super) escaped: bool,
    #[cfg(feature = "small")]
    pub(super) strings: Strings,
    /// Texts stay in the buffer, marked so, and are not given out: a container is checked, of which they are part.
    #[cfg(feature = "small")]
    pub(super) keeps: Option<Mark>,
    /// Length of what was cut off in front.
    #[cfg(feature = "small")]
    pub(super) taken: usize,
    pub(super) kind: DecodeErrorKind,
    pub(super) at: usize,
    field: Option<&'static str>,
    index: Option<u32>,
}

impl<'a> Reader<'a> {
    #[inline]
    pub(super) const fn over(source: Source<'a>, #[cfg(feature = "small")] strings: Strings) -> Self {
        Self {
            source,
            pos: 0,
            resolved: 0,
            start: 0,
            end: 0,
            #[cfg(not(feature = "small"))]
            escaped: false,
            #[cfg(feature = "small")]
            strings,
            #[cfg(feature = "small")]
            keeps: None,
            #[cfg(feature = "small")]
            taken: 0,
            kind: DecodeErrorKind::EndOfInput,
            at: 0,
            field: None,
            index: None,
        }
    }

    pub(super) const fn position(&self) -> usize {
        self.pos
    }

    pub(super) fn error(&self) -> DecodeError {
        DecodeError { field: self.field, index: self.index, ..DecodeError::at(self.kind, self.at) }
    }

    #[inline]
    pub(crate) fn fail<T>(&mut self, kind: DecodeErrorKind, at: usize) -> Option<T> {
        self.note(kind, at);
        None
    }

    #[cold]
    #[inline(never)]
    fn note(&mut self, kind: DecodeErrorKind, at: usize) {
        #[cfg(feature = "small")]
        let at = self.taken + at;
        (self.kind, self.at) = (kind, at);
    }

    /// Names the field that the failure is in, unless an inner one is named already.
    #[cold]
    pub(crate) fn blame<T>(&mut self, names: &[&'static str], index: usize) -> Option<T> {
        if self.field.is_none() {
            self.field = names.get(index).copied();
        }
        None
    }

    #[cold]
    pub(super) fn blame_element(&mut self, index: usize) {
        if self.index.is_none() {
            self.index = u32::try_from(index).ok();
        }
    }

    /// The byte at an offset; behind the end a NUL, which nothing begins with.
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.source.byte(at).unwrap_or(0)
    }

    /// Fails at a byte that must not be there, or at the end.
    #[inline]
    pub(super) fn unexpected<T>(&mut self, at: usize) -> Option<T> {
        self.note_unexpected(at);
        None
    }

    #[cold]
    #[inline(never)]
    fn note_unexpected(&mut self, at: usize) {
        let ended = at >= self.source.len();
        self.note(if ended { DecodeErrorKind::EndOfInput } else { DecodeErrorKind::UnexpectedByte }, at);
    }

    /// The byte that the reader stands on. Between calls that is the first byte of a token: whoever passes a token passes
    /// the white space behind it.
    #[inline]
    pub(super) fn here(&self) -> u8 {
        self.byte(self.pos)
    }

    /// Goes on to the next token.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    pub(super) fn pass_space(&mut self) {
        if SMALL || self.source.byte(self.pos).is_some_and(|byte| byte <= b' ') {
            self.skip_space();
        }
    }

    #[cfg_attr(not(feature = "small"), inline(never))]
    fn skip_space(&mut self) {
        while matches!(self.here(), b' ' | b'\t' | b'\n' | b'\r') {
            self.pos += 1;
        }
    }

    /// Passes the byte that the reader stands on, if it is the wanted one.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    pub(super) fn accept(&mut self, wanted: u8) -> bool {
        let is = self.source.byte(self.pos) == Some(wanted);
        if is {
            self.pos += 1;
        }
        is
    }

    /// Fails over the value that begins here: it is no value at all, or one of another type.
    #[inline]
    pub(crate) fn wrong_type<T>(&mut self) -> Option<T> {
        self.note_wrong_type();
        None
    }

    #[cold]
    #[inline(never)]
    fn note_wrong_type(&mut self) {
        self.note_unexpected(self.pos);
        let value = matches!(self.here(), b'"' | b'-' | b'0'..=b'9' | b'[' | b'f' | b'n' | b't' | b'{');
        // Where the small codec finds a resolved string, it was there before.
        if value || (!SMALL && self.at_text()) {
            self.kind = DecodeErrorKind::WrongType;
        }
    }

    /// The end of the input.
    pub(super) fn finish(&mut self) -> Option<()> {
        self.pass_space();
        if self.pos < self.source.len() {
            return self.fail(DecodeErrorKind::TrailingText, self.pos);
        }
        Some(())
    }

    /// Enters a container; false if it is empty.
    #[inline]
    pub(crate) fn open(&mut self, open: u8, close: u8) -> Option<bool> {
        if !self.accept(open) {
            return self.wrong_type();
        }
        self.pass_space();
        Some(!self.accept(close))
    }

    /// Behind a member or an element: true if another one follows.
    #[inline]
    pub(crate) fn more(&mut self, close: u8) -> Option<bool> {
        if !SMALL
            && self.source.byte(self.pos) == Some(b',')
            && self.source.byte(self.pos + 1).is_some_and(|byte| byte > b' ')
        {
            self.pos += 1;
            return Some(true);
        }
        self.more_far(close)
    }

    #[inline(never)]
    fn more_far(&mut self, close: u8) -> Option<bool> {
        self.pass_space();
        if self.accept(close) {
            return Some(false);
        }
        if !self.accept(b',') {
            return self.unexpected(self.pos);
        }
        self.pass_space();
        Some(true)
    }

    /// Takes `null` if it stands here.
    #[inline]
    pub(crate) fn null(&mut self) -> Option<bool> {
        if self.here() != b'n' {
            return Some(false);
        }
        self.word()?;
        Some(true)
    }

    /// `true`, `false` or `null`, whichever may be meant.
    #[inline(never)]
    pub(super) fn word(&mut self) -> Option<()> {
        let word: &[u8] = match self.here() {
            b't' => b"true",
            b'f' => b"false",
            _ => b"null",
        };
        if word.iter().all(|&byte| self.accept(byte)) { Some(()) } else { self.unexpected(self.pos) }
    }

    pub(crate) fn boolean(&mut self) -> Option<bool> {
        let truth = self.here() == b't';
        if truth || self.here() == b'f' { self.word().map(|()| truth) } else { self.wrong_type() }
    }
}
