//! The decoder: a cursor that reads JSON in one pass, as RFC 8259 says, and remembers where it failed.
//!
//! The way of a string: [`Reader::text`] stands on the opening quote and asks [`scan`](super::scan) for the first byte that
//! matters. That is the closing quote for most strings: the [`Source`] gives the text out. Otherwise
//! [`Reader::any_text`] looks closer: a source that can be written resolves the escapes
//! ([`escape::resolve`](super::escape)), a text that was kept in a container is found by its [`mark`](super::mark), and the
//! rest is an error with its place.

use super::error::{DecodeError, DecodeErrorKind};
#[cfg(not(feature = "small"))]
use super::names::Table;
#[cfg(not(feature = "small"))]
use super::object::Key;
use super::object::{Fields, Names, Object};
#[cfg(not(feature = "small"))]
use super::plain::{self, Known};
use super::source::{Buffer, Bytes, Checked, Keep, Source, Text};
use super::tagged::Tag;
use super::value::ReadValue;
use super::{SMALL, escape, integer, mark, scan};

/// How deep an unknown value, a [`Raw`](super::Raw) value or an ext may nest.
pub const MAX_DEPTH: usize = 32;

/// After so many values in a row that were not plain, the next ones are not expected to be plain, either.
#[cfg(not(feature = "small"))]
const MAX_ODD: u32 = 4;

/// Reads JSON. Methods take the offset of a token, and give the offset of the next one: whoever passes a token passes the white
/// space behind it, too. They give `None` where the input is wrong; the reader then holds the reason.
///
/// The offset travels in a register, from call to call, and not in the reader: that is a third of the speed.
pub struct Reader<S> {
    source: S,
    /// Strings in front of this offset may be resolved and marked.
    marked: usize,
    /// Finds such a string. Small programs call it by this pointer, so that one without containers holds no code for it.
    span: Option<Span>,
    /// Length of the text that was read last, if it is read again: a guess for the next one.
    text_length: usize,
    kind: DecodeErrorKind,
    /// Offset of the error in the whole input.
    at: usize,
    field: Option<&'static str>,
    index: Option<u32>,
}

/// A reader that stands on a token: for iterators, and for the entry points.
pub struct Cursor<S> {
    pub(super) reader: Reader<S>,
    pub(super) at: usize,
    /// Values in a row that were not plain.
    #[cfg(not(feature = "small"))]
    odd: u32,
}

impl<'a> Cursor<Text<'a, false>> {
    /// Reads text for the first time.
    #[inline]
    pub(super) fn new(text: &'a str) -> Self {
        Self::over(Text::new(text), 0)
    }
}

impl<'a> Cursor<Checked<'a>> {
    /// Reads text again that was read as the same type before.
    #[inline]
    pub(super) fn again(text: &'a str) -> Self {
        let mut cursor = Self::over(Checked::new(text), text.len());
        cursor.reader.span = Some(mark::span);
        cursor
    }

    /// Reads a message that was read before, which cannot fail.
    #[inline]
    pub(crate) fn decode_again<T: ReadValue<'a>>(mut self) -> T {
        let mut message = T::empty();
        let end = message.fill(&mut self.reader, self.at);
        debug_assert!(end.is_some(), "what is kept was read before");
        message
    }

    /// Reads one of the values of a container that was kept.
    #[inline]
    pub(super) fn element<T: ReadValue<'a>>(&mut self) -> Option<T> {
        #[cfg(not(feature = "small"))]
        if !T::NAMES.is_empty() && self.odd < MAX_ODD {
            if let Some((value, next)) = T::plain(&Known(self.reader.source.text()), self.at) {
                self.odd = 0;
                self.at = next;
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
}

impl<'a> Cursor<Bytes<'a>> {
    /// Reads bytes with something else behind the message.
    #[inline]
    pub(super) fn over_bytes(bytes: &'a [u8]) -> Self {
        Self::over(Bytes::new(bytes), 0)
    }
}

impl<'a> Cursor<Buffer<'a>> {
    /// What follows the message.
    #[inline]
    pub(super) fn into_rest(self) -> &'a mut [u8] {
        self.reader.source.into_rest(self.at)
    }
}

impl<'a, S: Source<'a>> Cursor<S> {
    #[inline]
    fn over(source: S, marked: usize) -> Self {
        let kind = DecodeErrorKind::EndOfInput;
        let reader =
            Reader { source, marked, span: None, text_length: 0, kind, at: 0, field: None, index: None };
        Self {
            at: reader.space(0),
            reader,
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
            let end = message.fill(&mut self.reader, self.at);
            let end = end.filter(|end| !whole || self.reader.finish(*end).is_some());
            match end {
                Some(end) => self.at = end,
                None => result = Err(self.reader.error()),
            }
        }
        result
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

    /// Behind a member or an element: true if another one follows.
    #[inline]
    pub(super) fn more(&mut self, close: u8) -> Option<bool> {
        let (more, at) = self.reader.more(self.at, close)?;
        self.at = at;
        Some(more)
    }
}

impl<'a, S: Source<'a>> Reader<S> {
    // Errors.

    /// Why reading failed. Bytes that are not UTF-8 come before all other faults, as where all are checked first.
    #[cold]
    #[inline(never)]
    pub(super) fn error(&self) -> DecodeError {
        if self.kind == DecodeErrorKind::NotUtf8 {
            return DecodeError::at(self.kind, self.at);
        }
        if let Some(at) = self.source.not_utf8() {
            return DecodeError::at(DecodeErrorKind::NotUtf8, at);
        }
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
        (self.kind, self.at) = (kind, self.source.taken().saturating_add(at));
    }

    /// Names the field that the failure is in, unless an inner one is named already.
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

    /// Fails at a byte that must not be there, or at the end.
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

    /// Fails over the value that begins here: it is no value at all, or one of another type.
    #[inline]
    pub(crate) fn wrong_type<T>(&mut self, at: usize) -> Option<T> {
        self.note_wrong_type(at);
        None
    }

    #[cold]
    #[inline(never)]
    fn note_wrong_type(&mut self, at: usize) {
        self.note_unexpected(at);
        if matches!(self.byte(at), b'"' | b'-' | b'0'..=b'9' | b'[' | b'f' | b'n' | b't' | b'{')
            || self.is_text(at)
        {
            self.kind = DecodeErrorKind::WrongType;
        }
    }

    // Bytes.

    /// The byte at an offset; behind the end a NUL, which nothing begins with.
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn byte(&self, at: usize) -> u8 {
        self.source.bytes().get(at).copied().unwrap_or(0)
    }

    /// Passes white space.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn space(&self, at: usize) -> usize {
        if !SMALL {
            if self.byte(at) > b' ' {
                return at;
            }
            // What `json.dumps` writes.
            if self.byte(at) == b' ' && self.byte(at + 1) > b' ' {
                return at + 1;
            }
        }
        pass_space(self.source.bytes(), at)
    }

    /// Fails if anything but white space follows.
    pub(super) fn finish(&mut self, at: usize) -> Option<()> {
        let end = self.space(at);
        if end < self.source.bytes().len() {
            return self.fail(DecodeErrorKind::TrailingText, end);
        }
        Some(())
    }

    // Containers.

    /// Enters a container; false if it is empty. PHP writes an empty object as `[]`.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn open(&mut self, at: usize, open: u8) -> Option<(bool, usize)> {
        if self.byte(at) != open {
            return self.open_other(at, open);
        }
        let first = self.space(at + 1);
        let empty = self.byte(first) == open + 2;
        Some((!empty, first + usize::from(empty)))
    }

    #[cold]
    #[inline(never)]
    fn open_other(&mut self, at: usize, open: u8) -> Option<(bool, usize)> {
        if open == b'{' && self.byte(at) == b'[' {
            let end = self.space(at + 1);
            if self.byte(end) == b']' {
                return Some((false, end + 1));
            }
        }
        self.wrong_type(at)
    }

    /// Behind a member or an element: true if another one follows.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn more(&mut self, at: usize, close: u8) -> Option<(bool, usize)> {
        if !SMALL {
            let byte = self.byte(at);
            if byte == b',' {
                return Some((true, self.space(at + 1)));
            }
            if byte == close {
                return Some((false, at + 1));
            }
        }
        self.any_more(at, close)
    }

    #[cfg_attr(not(feature = "small"), inline(never))]
    fn any_more(&mut self, at: usize, close: u8) -> Option<(bool, usize)> {
        let at = self.space(at);
        let byte = self.byte(at);
        if byte == close {
            return Some((false, at + 1));
        }
        if byte != b',' {
            return self.unexpected(at);
        }
        Some((true, self.space(at + 1)))
    }

    /// Begins a list or map that will be taken as one text. Until [`release`](Self::release), strings stay in the buffer,
    /// and [`take`](Self::take) gives an empty text for each.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn keep(&mut self) -> Keep {
        self.span = Some(mark::span);
        self.source.keep()
    }

    /// The text of the container from `start` to `end`.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn release(&mut self, before: Keep, start: usize, end: usize) -> Option<(&'a str, usize)> {
        self.source.release(before);
        self.take(start, end, end)
    }

    // Objects.

    /// Reads an object, its members in any order: the one way of feature `small`, and the other way of the rest.
    #[cfg_attr(not(feature = "small"), cold)]
    #[inline(never)]
    pub(crate) fn object(
        &mut self,
        fields: &mut dyn Fields<'a, S>,
        object: &'static Object,
        at: usize,
    ) -> Option<usize> {
        let (more, mut at) = self.open(at, b'{')?;
        let mut seen = 0;
        if more {
            loop {
                let (next, all) = self.member(fields, object, None, seen, at)?;
                seen = all;
                let (more, next) = self.more(next, b'}')?;
                at = next;
                if !more {
                    break;
                }
            }
        }
        self.complete(object, seen, at)
    }

    /// Reads a member, whatever its key looks like: what follows it, and the fields that were seen with it. A key without
    /// escapes names the field of the `guess`, if there is a guess, or none.
    #[cfg_attr(not(feature = "small"), inline(never))]
    pub(crate) fn member(
        &mut self,
        fields: &mut dyn Fields<'a, S>,
        object: &'static Object,
        guess: Option<usize>,
        seen: u64,
        at: usize,
    ) -> Option<(usize, u64)> {
        let (key, escaped, value) = self.key(at)?;
        let text = self.source.bytes().get(key.0..key.1).unwrap_or_default();
        let is = |name: &&str| {
            if escaped { escape::equals(text, name) } else { scan::equal(text, name.as_bytes()) }
        };
        let names = object.names;
        let index = match guess.filter(|_| !escaped) {
            Some(index) => names.get(index).filter(|name| is(name)).map_or(names.len(), |_| index),
            None => names.iter().position(is).unwrap_or(names.len()),
        };
        // An unknown key may come as often as it likes.
        let bit = if index < names.len() { 1u64 << (index & 63) } else { 0 };
        if bit == 0 {
            self.check_utf8(key.0, key.1)?;
        }
        let before = self.before_lenient();
        let mut next = if seen & bit != 0 {
            self.fail(DecodeErrorKind::DuplicateField, at)
        } else if self.byte(value) == b'n' && object.required & bit == 0 {
            self.word(value)
        } else {
            fields.read_field(index, self, value)
        };
        if SMALL && next.is_none() && object.lenient & bit != 0 {
            next = self.skip_instead(before, value);
        }
        match next {
            Some(next) => Some((next, seen | bit)),
            None => self.blame(names, index),
        }
    }

    /// Passes a key and its colon, if they stand here to the letter.
    #[cfg(not(feature = "small"))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn at_key(&self, key: Key, at: usize) -> Option<usize> {
        let name = key.bare();
        let rest = self.source.bytes().get(at..)?;
        if !rest.starts_with(name) {
            return None;
        }
        Some(self.space(at + name.len()))
    }

    /// Index of the only field that the key here can name if it has no escapes: whoever follows the guess compares the key.
    #[cfg(not(feature = "small"))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn guess<const SLOTS: usize>(&self, table: &Table<SLOTS>, at: usize) -> Option<usize> {
        table.guess(self.source.bytes(), at + 1)
    }

    /// Fails if a field is missing.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn complete(&mut self, object: &'static Object, seen: u64, at: usize) -> Option<usize> {
        let missing = object.missing(seen);
        if missing == 0 { Some(at) } else { self.incomplete(object.names, missing, at) }
    }

    #[cold]
    #[inline(never)]
    fn incomplete(&mut self, names: Names, missing: u64, at: usize) -> Option<usize> {
        self.fail::<()>(DecodeErrorKind::MissingField, at.saturating_sub(1));
        self.blame(names, missing.trailing_zeros() as usize)
    }

    /// Fails over a key of a field that was there before.
    #[cfg(not(feature = "small"))]
    #[cold]
    #[inline(never)]
    pub(crate) fn duplicate<T>(&mut self, names: &[&'static str], index: usize, at: usize) -> Option<T> {
        self.fail::<T>(DecodeErrorKind::DuplicateField, at);
        self.blame(names, index)
    }

    /// Any key and its colon: where the key stands as it was written, whether it has escapes, and where the value is.
    #[inline(never)]
    fn key(&mut self, at: usize) -> Option<((usize, usize), bool, usize)> {
        if self.byte(at) != b'"' {
            return self.unexpected(at);
        }
        let (end, escaped) = self.string(at)?;
        Some(((at + 1, end), escaped, self.colon(end + 1)?))
    }

    /// Any key and its colon: the key as it was written.
    pub(super) fn written_key(&mut self, at: usize) -> Option<(&'a str, usize)> {
        let ((start, end), _, value) = self.key(at)?;
        self.take(start, end, value)
    }

    /// Passes a key of an object that is kept, and its colon. Such keys often have the same length: the `length` of the last
    /// one is the guess for the next.
    #[inline(always)]
    pub(super) fn key_as_last(&mut self, at: usize, length: &mut usize) -> Option<usize> {
        if !SMALL {
            let bytes = self.source.bytes();
            if bytes.get(at) == Some(&b'"') {
                let start = at + 1;
                if !scan::is_text_of(bytes, start, *length, false) {
                    *length = scan::special_from(bytes, start) - start;
                }
                if let Some(b"\":") = bytes.get(start + *length..).and_then(<[u8]>::first_chunk) {
                    return Some(self.space(start + *length + 2));
                }
            }
        }
        Some(self.text_key(at)?.1)
    }

    /// A key that is text, and its colon.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn text_key(&mut self, at: usize) -> Option<(&'a str, usize)> {
        if !self.is_text(at) {
            return self.unexpected(at);
        }
        let (key, at) = self.text(at)?;
        if !SMALL && self.byte(at) == b':' {
            return Some((key, self.space(at + 1)));
        }
        Some((key, self.colon(at)?))
    }

    #[inline(never)]
    fn colon(&mut self, at: usize) -> Option<usize> {
        let at = self.space(at);
        if self.byte(at) != b':' {
            return self.unexpected(at);
        }
        Some(self.space(at + 1))
    }

    /// Which of a tag's cases the object is that begins here; `None` if it is none of them.
    pub(crate) fn case(&self, tag: &Tag, at: usize) -> Option<usize> {
        if self.byte(at) != b'{' {
            return None;
        }
        tag.case(self.source.bytes(), at, self.marked)
    }

    // Strings.

    /// True if text begins here, as it came or resolved.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn is_text(&self, at: usize) -> bool {
        let first = self.byte(at);
        first == b'"' || (at < self.marked && mark::is_mark(first))
    }

    /// Text; its escapes are resolved, or it has none.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn text(&mut self, at: usize) -> Option<(&'a str, usize)> {
        if !SMALL {
            let bytes = self.source.bytes();
            if bytes.get(at) == Some(&b'"') {
                let start = at + 1;
                let mut end = start + self.text_length;
                if !S::TRUSTED {
                    end = scan::special_from(bytes, start);
                } else if !scan::is_text_of(bytes, start, self.text_length, true) {
                    end = scan::quote_from(bytes, start);
                    self.text_length = end - start;
                }
                if bytes.get(end) == Some(&b'"') {
                    return self.take(start, end, end + 1);
                }
            }
        }
        self.any_text(at)
    }

    /// Start and end of the text of a marked string, and the offset behind it, if one begins here.
    fn marked_string(&self, at: usize) -> Option<(usize, usize, usize)> {
        let span = if SMALL { self.span? } else { mark::span };
        if self.is_text(at) { Some(span(self.source.bytes(), at, self.marked)) } else { None }
    }

    /// [`text`](Self::text), or nothing for `null`.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn optional_text(&mut self, at: usize) -> Option<(Option<&'a str>, usize)> {
        if !SMALL && self.byte(at) == b'n' {
            return Some((None, self.word(at)?));
        }
        let (text, next) = self.text(at)?;
        Some((Some(text), next))
    }

    /// Text in either form, or the reason why there is none.
    #[cfg_attr(not(feature = "small"), inline(never))]
    fn any_text(&mut self, at: usize) -> Option<(&'a str, usize)> {
        if self.byte(at) != b'"' {
            return match self.marked_string(at) {
                Some((start, end, next)) => self.take(start, end, next),
                None => self.wrong_type(at),
            };
        }
        let first = scan::special_from(self.source.bytes(), at + 1);
        match self.source.bytes().get(first) {
            Some(b'"') => self.take(at + 1, first, first + 1),
            Some(b'\\') => match self.source.resolve(at, first) {
                Ok((end, next)) => self.take(at + 1, end, next),
                Err((kind, place)) => self.fail(kind, place),
            },
            Some(_) => self.fail(DecodeErrorKind::ControlCharacter, first),
            None => self.fail(DecodeErrorKind::EndOfInput, first),
        }
    }

    /// Gives text out and goes on at `next`.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(super) fn take(&mut self, start: usize, end: usize, next: usize) -> Option<(&'a str, usize)> {
        match self.source.take(start, end, next) {
            Ok(taken) => Some(taken),
            Err(at) => {
                (self.kind, self.at) = (DecodeErrorKind::NotUtf8, at);
                None
            }
        }
    }

    /// Passes a string that stays as it is: where its closing quote is, and whether it has escapes.
    #[inline(never)]
    fn string(&mut self, at: usize) -> Option<(usize, bool)> {
        let mut end = at + 1;
        let mut escaped = false;
        let (kind, place) = loop {
            let bytes = self.source.bytes();
            end = scan::special_from(bytes, end);
            match bytes.get(end) {
                Some(b'"') => return Some((end, escaped)),
                Some(b'\\') => {
                    let escape = escape::read(bytes, end);
                    let Some((_, length)) = escape.code() else { break escape.fault(bytes, end) };
                    escaped = true;
                    end += length;
                }
                Some(_) => break (DecodeErrorKind::ControlCharacter, end),
                None => break (DecodeErrorKind::EndOfInput, end),
            }
        };
        self.fail(kind, place)
    }

    #[inline]
    fn check_utf8(&mut self, start: usize, end: usize) -> Option<()> {
        match self.source.check_utf8(start, end) {
            Ok(()) => Some(()),
            Err(at) => self.fail(DecodeErrorKind::NotUtf8, at),
        }
    }

    /// Passes plain strings as far as one is followed by another: their number.
    #[inline]
    pub(super) fn pass_texts(&self, at: usize) -> (usize, usize) {
        if SMALL { (0, at) } else { scan::plain_texts(self.source.bytes(), at) }
    }

    /// Passes one of the values of a container that is kept. `odd` counts values in a row that were not plain.
    #[inline(always)]
    pub(super) fn check<T: ReadValue<'a>>(&mut self, at: usize, odd: &mut u32) -> Option<usize> {
        #[cfg(not(feature = "small"))]
        if !T::NAMES.is_empty() && *odd < MAX_ODD {
            if let Some(next) = plain::skim::<T>(self.source.bytes(), at) {
                *odd = 0;
                return Some(next);
            }
            *odd += 1;
        }
        let _ = odd;
        T::empty().fill(self, at)
    }

    // Words.

    /// Behind `null`, if it stands here.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn null(&mut self, at: usize) -> Option<Option<usize>> {
        if self.byte(at) != b'n' {
            return Some(None);
        }
        self.word(at).map(Some)
    }

    /// Passes `true`, `false` or `null`, whichever may be meant.
    #[inline(never)]
    fn word(&mut self, at: usize) -> Option<usize> {
        let word: &[u8] = match self.byte(at) {
            b't' => b"true",
            b'f' => b"false",
            _ => b"null",
        };
        let mut next = at;
        for &byte in word {
            if self.byte(next) != byte {
                return self.unexpected(next);
            }
            next += 1;
        }
        Some(next)
    }

    pub(crate) fn boolean(&mut self, at: usize) -> Option<(bool, usize)> {
        match self.byte(at) {
            first @ (b't' | b'f') => Some((first == b't', self.word(at)?)),
            _ => self.wrong_type(at),
        }
    }

    /// A switch: `true`, `false`, 1 or 0.
    pub(crate) fn flag(&mut self, at: usize) -> Option<(bool, usize)> {
        if matches!(self.byte(at), b't' | b'f') {
            return self.boolean(at);
        }
        let (number, next) = self.integer(at, 1, false)?;
        Some((number != 0, next))
    }

    // Numbers.

    /// An integer, or one sent as a string, up to `max` and, if it is `signed`, down to `-max - 1`: its bits.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn integer(&mut self, at: usize, max: u64, signed: bool) -> Option<(u64, usize)> {
        if !SMALL {
            let minus = usize::from(signed && self.byte(at) == b'-');
            let (magnitude, digits) = scan::plain_integer(self.source.bytes(), at + minus);
            if digits != 0 && magnitude <= max {
                let bits = if minus != 0 { magnitude.wrapping_neg() } else { magnitude };
                return Some((bits, at + minus + digits));
            }
        }
        self.any_integer(at, max, signed)
    }

    #[inline(never)]
    fn any_integer(&mut self, at: usize, max: u64, signed: bool) -> Option<(u64, usize)> {
        let next;
        let number = if self.is_number(at) {
            next = self.number(at)?.0;
            integer::decimal(self.source.bytes().get(at..next).unwrap_or_default())
        } else if self.byte(at) == b'"' {
            let (end, escaped) = self.string(at)?;
            next = end + 1;
            let text = self.source.bytes().get(at + 1..end).unwrap_or_default();
            if escaped { escaped_decimal(text) } else { integer::decimal_text(text) }
        } else {
            return self.wrong_type(at);
        };
        // Below zero there is one more than above it, or none.
        let kind = match number {
            Ok((false, magnitude)) if magnitude <= max => return Some((magnitude, next)),
            Ok((true, magnitude)) if magnitude <= if signed { max + 1 } else { 0 } => {
                return Some((magnitude.wrapping_neg(), next));
            }
            Ok(_) => DecodeErrorKind::OutOfRange,
            Err(kind) => kind,
        };
        self.fail(kind, at)
    }

    /// Text, or an integer as the text it was written in: what an id field takes.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn id(&mut self, at: usize) -> Option<(&'a str, usize)> {
        if self.is_number(at) { self.number_id(at) } else { self.text(at) }
    }

    #[cfg_attr(not(feature = "small"), inline(never))]
    fn number_id(&mut self, at: usize) -> Option<(&'a str, usize)> {
        // Of any length: an id is no quantity.
        let (end, integer) = self.number(at)?;
        if integer { self.take(at, end, end) } else { self.fail(DecodeErrorKind::NotAnInteger, at) }
    }

    #[inline]
    fn is_number(&self, at: usize) -> bool {
        matches!(self.byte(at), b'-' | b'0'..=b'9')
    }

    /// Passes any number: what follows, and whether it has neither a fraction nor an exponent.
    #[inline(never)]
    fn number(&mut self, at: usize) -> Option<(usize, bool)> {
        let (end, kind) = integer::number(self.source.bytes(), at);
        match kind {
            Some(integer) => Some((end, integer)),
            None if end < self.source.bytes().len() => self.fail(DecodeErrorKind::InvalidNumber, end),
            None => self.fail(DecodeErrorKind::EndOfInput, end),
        }
    }

    // Values of no interest.

    /// Passes any value, checked like all others, without recursion: one bit a level says whether it is an object.
    #[inline(never)]
    pub(crate) fn skip(&mut self, start: usize) -> Option<usize> {
        let mut at = start;
        let mut depth = 0;
        let mut objects = 0u32;
        loop {
            let first = self.byte(at);
            let mut more = false;
            if matches!(first, b'{' | b'[') {
                if depth == MAX_DEPTH {
                    return self.fail(DecodeErrorKind::TooDeep, at);
                }
                depth += 1;
                objects = objects << 1 | u32::from(first == b'{');
                at = self.space(at + 1);
                more = self.byte(at) != closing(objects);
            } else if self.is_number(at) {
                at = self.number(at)?.0;
            } else if first.is_ascii_lowercase() {
                at = self.word(at)?;
            } else if self.is_text(at) {
                at = self.skip_text(at)?;
            } else {
                return self.wrong_type(at);
            }
            // Behind a value: up, as long as containers end here.
            while !more {
                if depth == 0 {
                    self.check_utf8(start, at)?;
                    return Some(at);
                }
                (more, at) = self.more(at, closing(objects))?;
                if !more {
                    depth -= 1;
                    objects >>= 1;
                }
            }
            if objects & 1 == 1 {
                if !self.is_text(at) {
                    return self.unexpected(at);
                }
                at = self.skip_text(at)?;
                at = self.colon(at)?;
            }
        }
    }

    /// Passes a string in either form.
    fn skip_text(&mut self, at: usize) -> Option<usize> {
        if self.byte(at) == b'"' {
            return Some(self.string(at)?.0 + 1);
        }
        Some(self.marked_string(at)?.2)
    }

    /// What [`skip_instead`](Self::skip_instead) has to know before a value is read that may be of any type.
    #[cfg_attr(not(feature = "small"), inline(always))]
    pub(crate) fn before_lenient(&mut self) -> (Keep, usize) {
        (self.source.kept(), self.source.taken())
    }

    /// Passes a value that was not of the wanted type; fails as before if it is malformed.
    #[cold]
    #[inline(never)]
    pub(crate) fn skip_instead(&mut self, (before, taken): (Keep, usize), at: usize) -> Option<usize> {
        use DecodeErrorKind::{MissingField, NotAnInteger, OutOfRange, WrongType};
        // A malformed string was overwritten, and text that was given out is gone: neither can be read again.
        if !matches!(self.kind, MissingField | NotAnInteger | OutOfRange | WrongType)
            || self.source.taken() != taken
        {
            return None;
        }
        self.source.release(before);
        // The value was read without a fault up to here, so every mark in it is one of ours. Behind the fault, none is.
        let marked = self.marked;
        self.marked = marked.max(self.at - taken);
        (self.field, self.index) = (None, None);
        let next = self.skip(at);
        self.marked = marked;
        next
    }
}

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

/// Start and end of the text of a marked string, and the offset behind it: [`mark::span`].
type Span = fn(bytes: &[u8], open: usize, limit: usize) -> (usize, usize, usize);

/// The integer that a text with escapes is, of at most 32 characters.
#[cold]
#[inline(never)]
fn escaped_decimal(text: &[u8]) -> Result<(bool, u64), DecodeErrorKind> {
    integer::decimal_text(escape::ascii(text, &mut [0; 32]))
}
