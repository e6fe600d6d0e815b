//! The decoder: a cursor that reads JSON in one pass, as RFC 8259 says, and remembers where it failed.
//!
//! How a string is read: [`Reader::text`] starts at the opening quote and asks [`scan`](super::scan) for the first special byte. For
//! most strings this is the closing quote, and the [`Source`] returns the text. Otherwise [`Reader::any_text`] continues. A
//! writable source resolves the escapes ([`escape::resolve`](super::escape)). A text that was kept in a container is found by its
//! [`mark`](super::mark). Anything else is an error with its place.

use super::error::{DecodeError, DecodeErrorKind};
#[cfg(not(feature = "small"))]
use super::names::Table;
#[cfg(feature = "small")]
use super::object::Bits;
#[cfg(not(feature = "small"))]
use super::object::Key;
use super::object::{Fields, MAX_FIELDS, MAX_NAME_LEN, Names, Object};
#[cfg(not(feature = "small"))]
use super::plain::{self, Known};
use super::source::{Buffer, Bytes, Checked, Keep, Source, Text};
use super::tagged::Tag;
use super::value::ReadValue;
use super::{SMALL, escape, integer, mark, scan};
#[cfg(feature = "small")]
use crate::bytes::store;

/// Maximum depth of an unknown value, a [`Raw`](super::Raw) value or an ext.
pub const MAX_DEPTH: usize = 32;

/// After this many values in a row that were not plain, the reader no longer tries the plain form.
#[cfg(not(feature = "small"))]
const MAX_ODD: u32 = 4;

/// The place of a token. Only the newest one is valid: passing a token returns a new one.
///
/// It is an offset, passed from call to call in a register, which makes reading a third faster. With feature `small` it is empty,
/// because the reader holds the offset: most results then fit in a register.
#[derive(Clone, Copy)]
pub struct At(#[cfg(not(feature = "small"))] usize);

#[cfg(feature = "small")]
impl At {
    const fn new(_: usize) -> Self {
        Self()
    }

    const fn offset(self, held: usize) -> usize {
        held
    }
}

#[cfg(not(feature = "small"))]
impl At {
    #[inline(always)]
    const fn new(offset: usize) -> Self {
        Self(offset)
    }

    #[inline(always)]
    const fn offset(self, _: usize) -> usize {
        self.0
    }
}

/// Reads JSON. Methods take the place of a token and return the place of the next one: passing a token also passes the white space
/// after it. They return `None` if the input is wrong; the reader then holds the reason.
// With feature `small`, the fields that are used most come first, where short instructions reach them.
#[cfg_attr(feature = "small", repr(C))]
pub struct Reader<S> {
    kind: DecodeErrorKind,
    /// Offset of the error; with feature `small` also of the current token.
    at: usize,
    source: S,
    /// Strings before this offset may be resolved and marked.
    marked: usize,
    /// Finds such a string. With feature `small` it is called through this pointer, so that a program without containers has no code
    /// for it.
    span: Option<Span>,
    /// Length of the last text of a second reading: a guess for the next one.
    text_length: usize,
    /// Index of the field after the last one: a guess for the next key.
    #[cfg(feature = "small")]
    guess: usize,
    field: Option<&'static str>,
    index: Option<u32>,
}

/// A reader with its current token: for iterators and entry points.
pub struct Cursor<S> {
    pub(super) reader: Reader<S>,
    pub(super) at: At,
    /// Values in a row that were not plain.
    #[cfg(not(feature = "small"))]
    odd: u32,
}

impl<'a> Cursor<Text<'a, false>> {
    /// Reads text for the first time.
    #[inline]
    pub(super) fn new(text: &'a str) -> Self {
        Self::over(Text::<false>::of(text), 0)
    }
}

impl<'a> Cursor<Checked<'a>> {
    /// Reads text that was read as the same type before.
    #[inline]
    pub(super) fn again(text: &'a str) -> Self {
        let mut cursor = Self::over(Checked::of(text), text.len());
        cursor.reader.span = Some(mark::span);
        cursor
    }

    /// Reads a message that was read before, which cannot fail.
    #[inline]
    pub(crate) fn decode_again<T: ReadValue<'a>>(mut self) -> T {
        self.start();
        let mut message = T::empty();
        let end = message.fill(&mut self.reader, self.at);
        debug_assert!(end.is_some(), "what is kept was read before");
        message
    }

    /// Reads one of the values of a kept container.
    #[inline]
    pub(super) fn element<T: ReadValue<'a>>(&mut self) -> Option<T> {
        #[cfg(not(feature = "small"))]
        if !T::NAMES.is_empty() && self.odd < MAX_ODD {
            if let Some((value, next)) = T::plain(&Known(self.reader.source.text()), self.offset()) {
                self.odd = 0;
                self.at = At::new(next);
                return Some(value);
            }
            self.odd += 1;
        }
        self.read()
    }
}

impl<'a> Cursor<Buffer<'a>> {
    /// Reads a buffer, and resolves its escapes.
    #[inline]
    pub(super) fn in_place(buffer: &'a mut [u8]) -> Self {
        Self::over(Buffer::new(buffer), 0)
    }

    /// What follows the message.
    #[inline]
    pub(super) fn into_rest(self) -> &'a mut [u8] {
        let at = self.reader.offset(self.at);
        self.reader.source.into_rest(at)
    }
}

impl<'a> Cursor<Bytes<'a>> {
    /// Reads bytes that may have anything after the message.
    #[inline]
    pub(super) fn over_bytes(bytes: &'a [u8]) -> Self {
        Self::over(Bytes::new(bytes), 0)
    }
}

impl<'a, S: Source<'a>> Cursor<S> {
    #[inline]
    fn over(source: S, marked: usize) -> Self {
        let kind = DecodeErrorKind::EndOfInput;
        let reader = Reader {
            source,
            marked,
            span: None,
            text_length: 0,
            #[cfg(feature = "small")]
            guess: 0,
            kind,
            at: 0,
            field: None,
            index: None,
        };
        Self {
            reader,
            at: At::new(0),
            #[cfg(not(feature = "small"))]
            odd: 0,
        }
    }

    /// Reads a message. With `whole`, nothing may follow it.
    #[inline]
    pub(crate) fn decode<T: ReadValue<'a>>(&mut self, whole: bool) -> Result<T, DecodeError> {
        // The message is built inside the result, so that it is not copied.
        let mut result = Ok(T::empty());
        if let Ok(message) = &mut result {
            self.start();
            let end = message.fill(&mut self.reader, self.at);
            match self.reader.outcome(end, whole) {
                Some(end) => self.at = end,
                None => result = Err(self.reader.error()),
            }
        }
        result
    }

    /// Passes the white space before everything.
    #[inline]
    pub(super) fn start(&mut self) {
        self.at = self.reader.token(0).0;
    }

    /// The offset of the token in the whole input.
    pub(super) fn offset(&self) -> usize {
        self.reader.source.taken() + self.reader.offset(self.at)
    }

    /// Reads one value.
    #[inline]
    pub(super) fn read<T: ReadValue<'a>>(&mut self) -> Option<T> {
        let mut value = T::empty();
        self.at = value.fill(&mut self.reader, self.at)?;
        Some(value)
    }

    /// Enters a container; false if it is empty.
    #[inline]
    pub(super) fn open(&mut self, open: u8) -> Option<bool> {
        let (more, at) = self.reader.open(self.at, open)?;
        self.at = at;
        Some(more)
    }

    /// After a member or an element: true if another one follows.
    #[inline]
    pub(super) fn more(&mut self, close: u8) -> Option<bool> {
        let (more, at) = self.reader.more(self.at, close)?;
        self.at = at;
        Some(more)
    }
}

impl<'a, S: Source<'a>> Reader<S> {
    // Errors.

    /// Why reading failed. Bytes that are not UTF-8 come before all other errors, as if all bytes were checked first.
    #[cold]
    #[inline(never)]
    pub(super) fn error(&mut self) -> DecodeError {
        let mut at = self.source.taken().wrapping_add(self.at);
        if self.kind != DecodeErrorKind::NotUtf8 {
            if let Some(place) = self.source.not_utf8() {
                (self.kind, at) = (DecodeErrorKind::NotUtf8, place);
            }
        }
        if self.kind == DecodeErrorKind::NotUtf8 {
            (self.field, self.index) = (None, None);
        }
        DecodeError { field: self.field, index: self.index, ..DecodeError::at(self.kind, at) }
    }

    #[inline]
    pub(crate) fn fail<T>(&mut self, kind: DecodeErrorKind, at: usize) -> Option<T> {
        self.note(kind, at);
        None
    }

    #[cfg_attr(feature = "small", inline(always))]
    #[cfg_attr(not(feature = "small"), cold, inline(never))]
    fn note(&mut self, kind: DecodeErrorKind, at: usize) {
        (self.kind, self.at) = (kind, at);
    }

    /// Stores the field that the error is in, unless an inner field is stored already.
    #[inline]
    pub(crate) fn blame<T>(&mut self, names: &[&'static str], index: usize) -> Option<T> {
        self.note_field(names, index);
        None
    }

    #[cold]
    #[inline(never)]
    fn note_field(&mut self, names: &[&'static str], index: usize) {
        if self.field.is_none() {
            self.field = names.get(index).copied();
        }
    }

    #[cold]
    pub(super) fn blame_element<T>(&mut self, index: usize) -> Option<T> {
        if self.index.is_none() {
            self.index = u32::try_from(index).ok();
        }
        None
    }

    /// Fails at an unexpected byte, or at the end.
    #[inline]
    pub(super) fn unexpected<T>(&mut self, at: usize) -> Option<T> {
        self.note_unexpected(at);
        None
    }

    #[cold]
    #[inline(never)]
    fn note_unexpected(&mut self, at: usize) {
        let ended = at >= self.source.bytes().len();
        self.note(if ended { DecodeErrorKind::EndOfInput } else { DecodeErrorKind::UnexpectedByte }, at);
    }

    /// Fails at this value: it is not JSON, or has another type.
    #[inline]
    pub(crate) fn wrong_type<T>(&mut self, at: At) -> Option<T> {
        self.note_wrong_type(at);
        None
    }

    #[cold]
    #[inline(never)]
    fn note_wrong_type(&mut self, at: At) {
        self.note_unexpected(self.offset(at));
        let first = self.first(at);
        // `contains` would search by words, which is more code.
        #[allow(clippy::manual_contains)]
        if self.is_text(at) || b"-0123456789[fnt{".iter().any(|begins| *begins == first) {
            self.kind = DecodeErrorKind::WrongType;
        }
    }

    // Places and bytes.

    /// The offset of the token.
    #[inline(always)]
    pub(crate) fn offset(&self, at: At) -> usize {
        at.offset(self.at)
    }

    /// Goes to the token at an offset.
    #[inline(always)]
    fn go(&mut self, offset: usize) -> At {
        if SMALL {
            self.at = offset;
        }
        At::new(offset)
    }

    /// The byte at an offset; after the end a NUL, with which no token begins.
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn byte(&self, offset: usize) -> u8 {
        self.source.bytes().get(offset).copied().unwrap_or(0)
    }

    /// The bytes from one offset to another.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    fn piece(&self, start: usize, end: usize) -> &[u8] {
        self.source.bytes().get(start..end).unwrap_or_default()
    }

    /// The first byte of a token.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn first(&self, at: At) -> u8 {
        self.byte(self.offset(at))
    }

    /// Passes white space: the offset of the token after it, and its first byte.
    #[inline(always)]
    fn space(&self, offset: usize) -> (usize, u8) {
        if !SMALL {
            let byte = self.byte(offset);
            if byte > b' ' {
                return (offset, byte);
            }
            // The form of `json.dumps`.
            let next = self.byte(offset + 1);
            if byte == b' ' && next > b' ' {
                return (offset + 1, next);
            }
        }
        let start = pass_space(self.source.bytes(), offset);
        (start, self.byte(start))
    }

    /// Passes white space and goes to the token after it: the token, and its first byte.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn token(&mut self, offset: usize) -> (At, u8) {
        let (start, byte) = self.space(offset);
        (self.go(start), byte)
    }

    /// The result of reading a message. With `whole`, nothing may follow it.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn outcome(&mut self, end: Option<At>, whole: bool) -> Option<At> {
        match end {
            Some(end) if whole => self.finish(end).map(|()| end),
            // With feature `small`, skipped bytes are checked when something after them is taken.
            Some(end) if SMALL => self.take(self.offset(end), self.offset(end), end).map(|(_, end)| end),
            end => end,
        }
    }

    /// Fails if anything but white space follows.
    pub(super) fn finish(&mut self, at: At) -> Option<()> {
        let (end, _) = self.token(self.offset(at));
        let end = self.offset(end);
        if end < self.source.bytes().len() {
            return self.fail(DecodeErrorKind::TrailingText, end);
        }
        // With feature `small`, skipped bytes are checked when something after them is taken, and here.
        if SMALL && self.source.not_utf8().is_some() { None } else { Some(()) }
    }

    // Containers.

    /// Enters a container; false if it is empty.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn open(&mut self, at: At, open: u8) -> Option<(bool, At)> {
        if !SMALL && self.first(at) == open {
            let (first, byte) = self.token(self.offset(at) + 1);
            let empty = byte == open + 2;
            return Some((!empty, self.go(self.offset(first) + usize::from(empty))));
        }
        self.any_open(at, open)
    }

    /// PHP writes an empty object as `[]`.
    #[cfg_attr(not(feature = "small"), cold, inline(never))]
    fn any_open(&mut self, at: At, open: u8) -> Option<(bool, At)> {
        let byte = self.first(at);
        if byte == open || byte == b'[' {
            let start = self.offset(at);
            let (first, next) = self.token(start + 1);
            if next == byte + 2 {
                return Some((false, self.go(self.offset(first) + 1)));
            }
            if byte == open {
                return Some((true, first));
            }
            self.go(start);
        }
        self.wrong_type(at)
    }

    /// After a member or an element: true if another one follows.
    #[inline(always)]
    pub(crate) fn more(&mut self, at: At, close: u8) -> Option<(bool, At)> {
        if !SMALL {
            let byte = self.first(at);
            if byte == b',' {
                return Some((true, self.token(self.offset(at) + 1).0));
            }
            if byte == close {
                return Some((false, self.go(self.offset(at) + 1)));
            }
        }
        self.separator(at, b',', close)
    }

    /// Passes a comma or a colon, and the white space around it, or what closes the container: false then.
    #[inline(never)]
    fn separator(&mut self, at: At, separator: u8, close: u8) -> Option<(bool, At)> {
        let (at, byte) = self.token(self.offset(at));
        let next = self.offset(at) + 1;
        if byte == separator {
            return Some((true, self.token(next).0));
        }
        if byte == close { Some((false, self.go(next))) } else { self.unexpected(self.offset(at)) }
    }

    /// Passes a colon, and the white space around it.
    #[inline]
    fn colon(&mut self, at: At) -> Option<At> {
        Some(self.separator(at, b':', b':')?.1)
    }

    /// Begins a list or map that will be taken as one text. Until [`release`](Self::release), strings stay in the buffer,
    /// and [`take`](Self::take) returns an empty text for each.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn keep(&mut self, at: At) -> Kept {
        self.span = Some(mark::span);
        Kept { before: self.source.keep(), start: self.offset(at) }
    }

    /// The text of the container that ends here.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn release(&mut self, kept: Kept, at: At) -> Option<(&'a str, At)> {
        self.source.release(kept.before);
        self.take(kept.start, self.offset(at), at)
    }

    /// The text of the whole input.
    pub(super) fn release_all(&mut self, kept: Kept, length: usize) -> Option<(&'a str, At)> {
        let end = self.go(length);
        self.release(Kept { start: 0, ..kept }, end)
    }

    // Objects.

    /// Reads an object with its members in any order.
    #[cfg(feature = "small")]
    #[inline(never)]
    pub(crate) fn object(
        &mut self,
        fields: &mut dyn Fields<'a, S>,
        object: &'static Object,
        at: At,
    ) -> Option<At> {
        let mut seen: Bits = [0; 2];
        let (mut more, mut at) = self.open(at, b'{')?;
        while more {
            let start = self.offset(at);
            let key = self.key(at)?;
            let text = self.piece(start + 1, key.end);
            let index = if key.escaped {
                find_escaped(object.names, text)
            } else {
                find(object.names, text, Some(self.guess))
            };
            self.guess = index + 1;
            let before = self.before_lenient(key.value);
            let (half, bit) = (index >> 5 & 1, 1 << (index & 31));
            let is_in = |set: &Bits| set.get(half).is_some_and(|word| word & bit != 0);
            let mut next = if index == MAX_FIELDS {
                self.check_utf8(start + 1, key.end).and_then(|()| self.skip(key.value))
            } else if is_in(&seen) {
                self.fail(DecodeErrorKind::DuplicateField, start)
            } else {
                if let Some(word) = seen.get_mut(half) {
                    *word |= bit;
                }
                if self.first(key.value) == b'n' && !is_in(&object.required) {
                    self.word(key.value)
                } else {
                    fields.read_field(index, self, key.value)
                }
            };
            if next.is_none() && index != MAX_FIELDS && is_in(&object.lenient) {
                next = self.skip_instead(before);
            }
            match next {
                Some(next) => (more, at) = self.more(next, b'}')?,
                None => return self.blame(object.names, index),
            }
        }
        for (half, (required, seen)) in object.required.iter().zip(&seen).enumerate() {
            let missing = required & !seen;
            if missing != 0 {
                self.fail::<()>(DecodeErrorKind::MissingField, self.offset(at).wrapping_sub(1));
                return self.blame(object.names, half * 32 + missing.trailing_zeros() as usize);
            }
        }
        Some(at)
    }

    /// Reads an object with its members in any order.
    #[cfg(not(feature = "small"))]
    #[cold]
    #[inline(never)]
    pub(crate) fn object(
        &mut self,
        fields: &mut dyn Fields<'a, S>,
        object: &'static Object,
        at: At,
    ) -> Option<At> {
        let (mut more, mut at) = self.open(at, b'{')?;
        let mut seen = 0;
        while more {
            let (next, all) = self.member(fields, object, None, seen, at)?;
            seen = all;
            (more, at) = self.more(next, b'}')?;
        }
        self.complete(object, seen, at)
    }

    /// Reads a member with any key. Returns the place after it, and the fields seen so far. If there is a `guess`, a key without escapes
    /// can name only that field, or none.
    #[cfg(not(feature = "small"))]
    #[inline(never)]
    pub(crate) fn member(
        &mut self,
        fields: &mut dyn Fields<'a, S>,
        object: &'static Object,
        guess: Option<usize>,
        seen: u64,
        at: At,
    ) -> Option<(At, u64)> {
        let start = self.offset(at);
        let key = self.key(at)?;
        let text = self.piece(start + 1, key.end);
        let names = object.names;
        let index = if key.escaped { find_escaped(names, text) } else { find(names, text, guess) };
        if index == MAX_FIELDS {
            self.check_utf8(start + 1, key.end)?;
        }
        let value = key.value;
        let next = if has(seen, index) {
            self.fail(DecodeErrorKind::DuplicateField, start)
        } else if self.first(value) == b'n' && !has(object.required, index) {
            self.word(value)
        } else {
            fields.read_field(index, self, value)
        };
        match next {
            Some(next) => Some((next, seen | bit(index))),
            None => self.blame(object.names, index),
        }
    }

    /// Passes a key and its colon, if exactly these bytes are here.
    #[cfg(not(feature = "small"))]
    #[inline(always)]
    pub(crate) fn at_key(&self, key: Key, at: At) -> Option<At> {
        let name = key.bare();
        let at = self.offset(at);
        let rest = self.source.bytes().get(at..)?;
        if !rest.starts_with(name) {
            return None;
        }
        Some(At::new(self.space(at + name.len()).0))
    }

    /// Index of the only field that the key can name if it has no escapes. The caller must compare the key.
    #[cfg(not(feature = "small"))]
    #[inline(always)]
    pub(crate) fn guess<const SLOTS: usize>(&self, table: &Table<SLOTS>, at: At) -> Option<usize> {
        table.guess(self.source.bytes(), self.offset(at) + 1)
    }

    /// Fails if a field is missing.
    #[cfg(not(feature = "small"))]
    #[inline(always)]
    pub(crate) fn complete(&mut self, object: &'static Object, seen: u64, at: At) -> Option<At> {
        let missing = object.missing(seen);
        if missing == 0 { Some(at) } else { self.incomplete(object.names, missing, at) }
    }

    #[cfg(not(feature = "small"))]
    #[cold]
    #[inline(never)]
    fn incomplete(&mut self, names: Names, missing: u64, at: At) -> Option<At> {
        self.fail::<()>(DecodeErrorKind::MissingField, self.offset(at).wrapping_sub(1));
        self.blame(names, missing.trailing_zeros() as usize)
    }

    /// Fails at a duplicate field.
    #[cfg(not(feature = "small"))]
    #[cold]
    #[inline(never)]
    pub(crate) fn duplicate<T>(&mut self, names: &[&'static str], index: usize, at: At) -> Option<T> {
        self.fail::<T>(DecodeErrorKind::DuplicateField, self.offset(at));
        self.blame(names, index)
    }

    /// Any key and its colon.
    #[cfg_attr(not(feature = "small"), inline(never))]
    fn key(&mut self, at: At) -> Option<WrittenKey> {
        let start = self.offset(at);
        if self.first(at) != b'"' {
            return self.unexpected(start);
        }
        let (plain, next) = self.string(start)?;
        let end = self.offset(next) - 1;
        Some(WrittenKey { end, escaped: plain < end, value: self.colon(next)? })
    }

    /// Any key and its colon: the key as it was written.
    pub(super) fn written_key(&mut self, at: At) -> Option<(&'a str, At)> {
        let start = self.offset(at);
        let key = self.key(at)?;
        self.take(start + 1, key.end, key.value)
    }

    /// Passes a key of an object that is kept, and its colon. Such keys often have the same length: the `length` of the last
    /// one is the guess for the next.
    #[inline(always)]
    pub(super) fn key_as_last(&mut self, at: At, length: &mut usize) -> Option<At> {
        if !SMALL {
            let bytes = self.source.bytes();
            let open = self.offset(at);
            if bytes.get(open) == Some(&b'"') {
                let start = open + 1;
                if !scan::is_text_of(bytes, start, *length, false) {
                    *length = scan::special_from(bytes, start) - start;
                }
                if let Some(b"\":") = bytes.get(start + *length..).and_then(<[u8]>::first_chunk) {
                    return Some(self.token(start + *length + 2).0);
                }
            }
        }
        Some(self.text_key(at)?.1)
    }

    /// A key that is text, and its colon.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn text_key(&mut self, at: At) -> Option<(&'a str, At)> {
        if !self.is_text(at) {
            return self.unexpected(self.offset(at));
        }
        let (key, at) = self.text(at)?;
        if !SMALL && self.first(at) == b':' {
            return Some((key, self.token(self.offset(at) + 1).0));
        }
        Some((key, self.colon(at)?))
    }

    /// Which of a tag's cases the object is that begins here; `None` if it is none of them.
    pub(crate) fn case(&self, tag: &Tag, at: At) -> Option<usize> {
        if self.first(at) != b'{' {
            return None;
        }
        tag.case(self.source.bytes(), self.offset(at), self.marked)
    }

    // Strings.

    /// True if text begins here, as it came or resolved.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn is_text(&self, at: At) -> bool {
        self.first(at) == b'"' || self.is_marked(at)
    }

    /// True if text begins here that was resolved.
    #[inline]
    fn is_marked(&self, at: At) -> bool {
        if SMALL {
            return self.marked_string(at).is_some();
        }
        self.offset(at) < self.marked && mark::is_mark(self.first(at))
    }

    /// Text without escapes, or with its escapes resolved.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn text(&mut self, at: At) -> Option<(&'a str, At)> {
        if !SMALL {
            let bytes = self.source.bytes();
            let open = self.offset(at);
            if bytes.get(open) == Some(&b'"') {
                let start = open + 1;
                let mut end = start + self.text_length;
                if !S::TRUSTED {
                    end = scan::special_from(bytes, start);
                } else if !scan::is_text_of(bytes, start, self.text_length, true) {
                    end = scan::quote_from(bytes, start);
                    self.text_length = end - start;
                }
                if bytes.get(end) == Some(&b'"') {
                    let next = self.go(end + 1);
                    return self.take(start, end, next);
                }
            }
        }
        self.any_text(at)
    }

    /// Start and end of the text of a marked string, and the offset after it, if one begins here.
    fn marked_string(&self, at: At) -> Option<(usize, usize, usize)> {
        let span = if SMALL { self.span? } else { mark::span };
        span(self.source.bytes(), self.offset(at), self.marked)
    }

    /// [`text`](Self::text), or nothing for `null`.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn optional_text(&mut self, at: At) -> Option<(Option<&'a str>, At)> {
        if !SMALL && self.first(at) == b'n' {
            return Some((None, self.word(at)?));
        }
        let (text, next) = self.text(at)?;
        Some((Some(text), next))
    }

    /// Text in either form, or an error.
    #[cfg_attr(not(feature = "small"), inline(never))]
    fn any_text(&mut self, at: At) -> Option<(&'a str, At)> {
        let open = self.offset(at);
        if self.first(at) == b'"' {
            let (end, next) = self.resolved_string(open)?;
            return self.take(open + 1, end, next);
        }
        match self.marked_string(at) {
            Some((start, end, next)) => {
                let next = self.go(next);
                self.take(start, end, next)
            }
            None => self.wrong_type(at),
        }
    }

    /// Takes text out of the source.
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn take(&mut self, start: usize, end: usize, next: At) -> Option<(&'a str, At)> {
        let mut next = self.offset(next);
        match self.source.take(start, end, &mut next) {
            Some(text) => Some((text, self.go(next))),
            None => self.fail(DecodeErrorKind::NotUtf8, next),
        }
    }

    /// Passes a string: the end of the part before its first escape.
    #[cfg(not(feature = "small"))]
    #[inline(never)]
    fn string(&mut self, open: usize) -> Option<(usize, At)> {
        let mut end = open + 1;
        let mut plain = usize::MAX;
        let (kind, place) = loop {
            let bytes = self.source.bytes();
            end = scan::special_from(bytes, end);
            match bytes.get(end) {
                Some(b'"') => return Some((plain.min(end), self.go(end + 1))),
                Some(b'\\') => {
                    let escape = escape::read(bytes, end);
                    let Some((_, length)) = escape.code() else { break escape.fault(bytes, end) };
                    plain = plain.min(end);
                    end += length;
                }
                Some(_) => break (DecodeErrorKind::ControlCharacter, end),
                None => break (DecodeErrorKind::EndOfInput, end),
            }
        };
        self.fail(kind, place)
    }

    /// Passes a string whose text is used: its escapes are resolved in place, and the end of its text is returned.
    #[cfg(not(feature = "small"))]
    #[inline(always)]
    fn resolved_string(&mut self, open: usize) -> Option<(usize, At)> {
        let first = scan::special_from(self.source.bytes(), open + 1);
        let (kind, place) = match self.source.bytes().get(first) {
            Some(b'"') => return Some((first, self.go(first + 1))),
            Some(b'\\') => match self.source.bytes_mut().map(|bytes| escape::resolve(bytes, first)) {
                Some(Ok((end, next))) => {
                    self.source.mark(open, end, next);
                    return Some((end, self.go(next)));
                }
                Some(Err(fault)) => fault,
                None => escape::refused(self.source.bytes(), first),
            },
            Some(_) => (DecodeErrorKind::ControlCharacter, first),
            None => (DecodeErrorKind::EndOfInput, first),
        };
        self.fail(kind, place)
    }

    #[cfg(feature = "small")]
    #[inline(always)]
    fn string(&mut self, open: usize) -> Option<(usize, At)> {
        self.any_string(open, false)
    }

    #[cfg(feature = "small")]
    #[inline(always)]
    fn resolved_string(&mut self, open: usize) -> Option<(usize, At)> {
        self.any_string(open, true)
    }

    /// Passes a string. With `text`, its escapes are resolved in place, and the end of its text is returned; otherwise the end of
    /// the part before its first escape.
    ///
    /// After a fault, the bytes that were moved are overwritten with `x`: what is left is still UTF-8 if the input was.
    #[cfg(feature = "small")]
    #[inline(never)]
    fn any_string(&mut self, open: usize, text: bool) -> Option<(usize, At)> {
        let mut from = scan::special_from(self.source.bytes(), open + 1);
        let mut to = from;
        let (kind, place) = loop {
            let (code, length) = match self.source.bytes().get(from) {
                Some(b'"') => {
                    if text && to < from {
                        self.source.mark(open, to, from + 1);
                    }
                    return Some((to, self.go(from + 1)));
                }
                Some(b'\\') => {
                    let escape = escape::read(self.source.bytes(), from);
                    let Some(found) = escape.code() else {
                        break escape.fault(self.source.bytes(), from);
                    };
                    found
                }
                Some(0..0x20) => break (DecodeErrorKind::ControlCharacter, from),
                Some(&byte) => (u32::from(byte), 1),
                None => break (DecodeErrorKind::EndOfInput, from),
            };
            if text {
                let Some(bytes) = self.source.bytes_mut() else {
                    break (DecodeErrorKind::EscapedText, from);
                };
                to = escape::push(bytes, to, code, length);
            }
            from += length;
        };
        if let Some(bytes) = self.source.bytes_mut().filter(|_| text) {
            for at in to..from {
                store(bytes, at, [b'x']);
            }
        }
        self.fail(kind, place)
    }

    /// Checks skipped bytes for UTF-8.
    #[inline]
    fn check_utf8(&mut self, start: usize, end: usize) -> Option<()> {
        match self.source.check_utf8(start, end) {
            Ok(()) => Some(()),
            Err(at) => self.fail(DecodeErrorKind::NotUtf8, at),
        }
    }

    /// Passes plain strings as far as one is followed by another: their number.
    #[inline]
    pub(super) fn pass_texts(&self, at: At) -> (usize, At) {
        if SMALL {
            return (0, at);
        }
        let (count, next) = scan::plain_texts(self.source.bytes(), self.offset(at));
        (count, At::new(next))
    }

    /// Passes one of the values of a container that is kept. `odd` counts values in a row that were not plain.
    #[inline(always)]
    pub(super) fn check<T: ReadValue<'a>>(&mut self, at: At, odd: &mut u32) -> Option<At> {
        #[cfg(not(feature = "small"))]
        if !T::NAMES.is_empty() && *odd < MAX_ODD {
            if let Some(next) = plain::skim::<T>(self.source.bytes(), self.offset(at)) {
                *odd = 0;
                return Some(self.go(next));
            }
            *odd += 1;
        }
        let _ = odd;
        T::empty().fill(self, at)
    }

    // Words.

    /// The place after `null`, if it is here.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn null(&mut self, at: At) -> Option<Option<At>> {
        if self.first(at) != b'n' {
            return Some(None);
        }
        self.word(at).map(Some)
    }

    /// Passes `true`, `false` or `null`, whichever may be meant.
    #[inline(never)]
    fn word(&mut self, at: At) -> Option<At> {
        let word: &[u8] = match self.first(at) {
            b't' => b"true",
            b'f' => b"false",
            _ => b"null",
        };
        let mut next = self.offset(at);
        for &byte in word {
            if self.byte(next) != byte {
                return self.unexpected(next);
            }
            next += 1;
        }
        Some(self.go(next))
    }

    pub(crate) fn boolean(&mut self, at: At) -> Option<(bool, At)> {
        match self.first(at) {
            first @ (b't' | b'f') => Some((first == b't', self.word(at)?)),
            _ => self.wrong_type(at),
        }
    }

    /// A flag: `true`, `false`, 1 or 0.
    pub(crate) fn flag(&mut self, at: At) -> Option<(bool, At)> {
        if matches!(self.first(at), b't' | b'f') {
            return self.boolean(at);
        }
        let (number, next) = self.integer(at, 1, false)?;
        Some((number != 0, next))
    }

    // Numbers.

    /// An integer, or one sent as a string, up to `max` and, if it is `signed`, down to `-max - 1`: its bits.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn integer(&mut self, at: At, max: u64, signed: bool) -> Option<(u64, At)> {
        if !SMALL {
            let start = self.offset(at);
            let minus = usize::from(signed && self.byte(start) == b'-');
            let (magnitude, digits) = scan::plain_integer(self.source.bytes(), start + minus);
            if digits != 0 && magnitude <= max {
                let bits = if minus != 0 { magnitude.wrapping_neg() } else { magnitude };
                return Some((bits, self.go(start + minus + digits)));
            }
        }
        let mut bits = 0;
        let next = self.any_integer(at, &mut bits, max, signed)?;
        Some((bits, next))
    }

    /// [`integer`](Self::integer) into a place.
    #[inline(never)]
    fn any_integer(&mut self, at: At, bits: &mut u64, max: u64, signed: bool) -> Option<At> {
        let start = self.offset(at);
        let (next, mut places, mut text, mut resolved);
        if self.first(at) == b'"' {
            next = self.string(start)?.1;
            text = self.piece(start + 1, self.offset(next) - 1);
            let mut end;
            (end, places) = integer::number(text, 0);
            if end < text.len() {
                // With resolved escapes it may be a number.
                resolved = [0; 32];
                text = escape::ascii(text, &mut resolved);
                (end, places) = integer::number(text, 0);
            }
            if end < text.len() || places == integer::MALFORMED {
                return self.fail(DecodeErrorKind::WrongType, start);
            }
        } else if self.is_number(at) {
            (places, next) = self.number(at)?;
            text = self.piece(start, self.offset(next));
        } else {
            return self.wrong_type(at);
        }
        let kind = match integer::magnitude(text, places) {
            Ok(magnitude) => {
                // There is one more negative number than positive ones, or none.
                let negative = text.first() == Some(&b'-');
                let limit = if !negative {
                    max
                } else if signed {
                    max + 1
                } else {
                    0
                };
                if magnitude <= limit {
                    *bits = if negative { magnitude.wrapping_neg() } else { magnitude };
                    return Some(next);
                }
                DecodeErrorKind::OutOfRange
            }
            Err(kind) => kind,
        };
        self.fail(kind, start)
    }

    /// An id: text, or an integer as it was written.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn id(&mut self, at: At) -> Option<(&'a str, At)> {
        if self.is_number(at) { self.number_id(at) } else { self.text(at) }
    }

    #[cfg_attr(not(feature = "small"), inline(never))]
    fn number_id(&mut self, at: At) -> Option<(&'a str, At)> {
        // Of any length: an id is not a quantity.
        let start = self.offset(at);
        let first = start + usize::from(self.first(at) == b'-');
        let (_, next) = self.number(at)?;
        let end = self.offset(next);
        if integer::digits(self.source.bytes(), first).0 == end {
            self.take(start, end, next)
        } else {
            self.fail(DecodeErrorKind::NotAnInteger, start)
        }
    }

    #[inline]
    fn is_number(&self, at: At) -> bool {
        matches!(self.first(at), b'-' | b'0'..=b'9')
    }

    /// Passes any number: how many digits are before its point.
    #[inline(never)]
    fn number(&mut self, at: At) -> Option<(isize, At)> {
        let (end, places) = integer::number(self.source.bytes(), self.offset(at));
        if places != integer::MALFORMED {
            return Some((places, self.go(end)));
        }
        let ended = end >= self.source.bytes().len();
        self.fail(if ended { DecodeErrorKind::EndOfInput } else { DecodeErrorKind::InvalidNumber }, end)
    }

    // Skipped values.

    /// Any value, unchanged.
    pub(super) fn raw(&mut self, at: At) -> Option<(&'a str, At)> {
        let start = self.offset(at);
        let end = self.skip(at)?;
        self.take(start, self.offset(end), end)
    }

    /// Skips any value, and checks it like all others. There is no recursion: one bit for each level says whether it is an object.
    #[inline(never)]
    pub(crate) fn skip(&mut self, at: At) -> Option<At> {
        let start = self.offset(at);
        let mut at = at;
        let mut depth = 0;
        let mut objects = 0u32;
        loop {
            let first = self.first(at);
            let mut more = false;
            if matches!(first, b'{' | b'[') {
                if depth == MAX_DEPTH {
                    return self.fail(DecodeErrorKind::TooDeep, self.offset(at));
                }
                depth += 1;
                objects = objects << 1 | u32::from(first == b'{');
                let byte;
                (at, byte) = self.token(self.offset(at) + 1);
                more = byte != closing(objects);
            } else if self.is_number(at) {
                at = self.number(at)?.1;
            } else if first.is_ascii_lowercase() {
                at = self.word(at)?;
            } else {
                at = self.skip_text(at)?;
            }
            // After a value: up, as long as containers end here.
            while !more {
                if depth == 0 {
                    self.check_utf8(start, self.offset(at))?;
                    return Some(at);
                }
                (more, at) = self.more(at, closing(objects))?;
                if !more {
                    depth -= 1;
                    objects >>= 1;
                }
            }
            if objects & 1 == 1 {
                at = self.skip_text(at)?;
                at = self.colon(at)?;
            }
        }
    }

    /// Passes a string in either form.
    fn skip_text(&mut self, at: At) -> Option<At> {
        let open = self.offset(at);
        if self.first(at) == b'"' {
            return Some(self.string(open)?.1);
        }
        match self.marked_string(at) {
            Some((_, _, next)) => Some(self.go(next)),
            None => self.unexpected(open),
        }
    }

    /// What [`skip_instead`](Self::skip_instead) has to know before a value of any type is read.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn before_lenient(&self, at: At) -> BeforeLenient {
        let kept = Kept { before: self.source.kept(), start: self.offset(at) };
        BeforeLenient { kept, taken: self.source.taken() }
    }

    /// Passes a value that was not of the expected type; fails as before if it is malformed.
    #[inline(always)]
    pub(crate) fn skip_instead(&mut self, before: BeforeLenient) -> Option<At> {
        // In parts, which need no memory for what is rarely used.
        self.skip_again(before.kept.before, before.kept.start, before.taken)
    }

    #[cold]
    #[inline(never)]
    fn skip_again(&mut self, keep: Keep, start: usize, taken: usize) -> Option<At> {
        use DecodeErrorKind::{MissingField, NotAnInteger, OutOfRange, WrongType};
        // A malformed string was overwritten, and text that was returned is no longer in the source: neither can be read again.
        if !matches!(self.kind, MissingField | NotAnInteger | OutOfRange | WrongType)
            || self.source.taken() != taken
        {
            return None;
        }
        self.source.release(keep);
        // The value was read without a fault up to here, so this code has written every mark in it. After the fault, none of the
        // marks is from this code.
        let marked = self.marked;
        self.marked = marked.max(self.at);
        (self.field, self.index) = (None, None);
        let at = self.go(start);
        let next = self.skip(at);
        self.marked = marked;
        next
    }
}

/// A container that will be taken as one text.
pub(super) struct Kept {
    before: Keep,
    start: usize,
}

/// Where a value begins that may be of any type.
pub(crate) struct BeforeLenient {
    kept: Kept,
    taken: usize,
}

/// A key after its opening quote, and the value after its colon.
struct WrittenKey {
    end: usize,
    escaped: bool,
    value: At,
}

/// The bit of a field; none for an index that no field has.
#[cfg(not(feature = "small"))]
#[inline]
const fn bit(index: usize) -> u64 {
    if index < MAX_FIELDS { 1 << index } else { 0 }
}

/// True if the bit of a field is in a set.
#[cfg(not(feature = "small"))]
#[inline]
const fn has(set: u64, index: usize) -> bool {
    set & bit(index) != 0
}

/// Index of the field that a key names; [`MAX_FIELDS`], if it is none of them: an unknown key may occur any number of times. If
/// there is a guess, it is that field or none.
#[cfg(not(feature = "small"))]
#[inline]
fn find(names: Names, key: &[u8], guess: Option<usize>) -> usize {
    let is = |name: &&str| scan::equal(key, name.as_bytes());
    match guess {
        Some(index) => names.get(index).filter(|name| is(name)).map_or(MAX_FIELDS, |_| index),
        None => names.iter().position(is).unwrap_or(MAX_FIELDS),
    }
}

/// The same by a search that begins at the guess: most members come in the order of the declaration.
#[cfg(feature = "small")]
#[inline(never)]
fn find(names: Names, key: &[u8], guess: Option<usize>) -> usize {
    let mut index = guess.unwrap_or(0);
    for _ in names {
        if index >= names.len() {
            index = 0;
        }
        if names.get(index).is_some_and(|name| scan::equal(key, name.as_bytes())) {
            return index;
        }
        index += 1;
    }
    MAX_FIELDS
}

/// [`find`] for a key with escapes.
#[cold]
#[inline(never)]
fn find_escaped(names: Names, key: &[u8]) -> usize {
    find(names, escape::ascii(key, &mut [0; MAX_NAME_LEN]), None)
}

/// Without the reader: compilers then know that nothing else has changed.
#[cfg_attr(not(feature = "small"), inline(never))]
fn pass_space(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// What ends the innermost container.
const fn closing(objects: u32) -> u8 {
    // They differ in one bit.
    b']' | (objects as u8 & 1) << 5
}

/// Start and end of the text of a marked string, and the offset after it: [`mark::span`].
type Span = fn(bytes: &[u8], open: usize, limit: usize) -> Option<(usize, usize, usize)>;
