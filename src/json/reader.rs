//! The decoder's end of the codec: a cursor that reads JSON as RFC 8259 says and remembers where it failed.

use super::error::{DecodeError, DecodeErrorKind};
use super::object::{Fields, Key, Member, Progress};
use super::source::Source;
#[cfg(offline_push_small)]
use super::source::{Mark, pass_in_buffer};
use super::{SMALL, escape, mark, scan};
#[cfg(not(offline_push_small))]
use super::{object::Shape, resolved::resolve};

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

/// A container that is being read.
pub(super) struct Begun {
    start: usize,
    /// How texts around it are kept.
    #[cfg(offline_push_small)]
    around: Option<Mark>,
}

/// How strings are passed, and whether a key is a name: so that a program which reads buffers alone holds no code for text.
#[cfg(offline_push_small)]
#[derive(Clone, Copy)]
struct Strings {
    pass: fn(&mut Reader<'_>, text: bool) -> Option<()>,
    is: fn(key: &[u8], name: &str) -> bool,
}

#[cfg(offline_push_small)]
impl Strings {
    const TEXT: Self = Self { pass: pass_in_text, is: escape::equals };
    const BUFFER: Self = Self { pass: pass_in_buffer, is: is_same };
}

/// All strings are text's.
#[cfg(not(offline_push_small))]
#[derive(Clone, Copy)]
struct Strings;

#[cfg(not(offline_push_small))]
impl Strings {
    const TEXT: Self = Self;
}

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
    pub(super) escaped: bool,
    #[cfg(offline_push_small)]
    strings: Strings,
    /// Texts stay in the buffer, marked so, and are not given out: a container is checked, of which they are part.
    #[cfg(offline_push_small)]
    pub(super) keeps: Option<Mark>,
    /// Length of what was cut off in front.
    #[cfg(offline_push_small)]
    pub(super) taken: usize,
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
        let mut reader = Self::over(Source::text(text), Strings::TEXT);
        reader.resolved = resolved;
        reader.pass_space();
        reader
    }

    /// Reads a buffer that holds text, and resolves its escapes; stands on white space, if it begins with any.
    #[cfg(offline_push_small)]
    pub(super) fn over_buffer(buffer: &'a mut [u8]) -> Self {
        Self::over(Source::Buffer(buffer), Strings::BUFFER)
    }

    /// Passes values over, from an offset on; gives no text.
    #[cfg(not(offline_push_small))]
    #[inline]
    pub(super) fn over_bytes(bytes: &'a [u8], pos: usize) -> Self {
        let mut reader = Self::over(Source::bytes(bytes), Strings::TEXT);
        reader.pos = pos;
        reader.pass_space();
        reader
    }

    #[inline]
    const fn over(source: Source<'a>, #[allow(unused)] strings: Strings) -> Self {
        Self {
            source,
            pos: 0,
            resolved: 0,
            start: 0,
            end: 0,
            escaped: false,
            #[cfg(offline_push_small)]
            strings,
            #[cfg(offline_push_small)]
            keeps: None,
            #[cfg(offline_push_small)]
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

    /// The text from `start` to here.
    pub(super) fn text_since(&mut self, start: usize) -> Option<&'a str> {
        self.take(start, self.pos)
    }

    /// The string that was last passed.
    pub(super) fn passed(&mut self) -> Option<&'a str> {
        self.take(self.start, self.end)
    }

    /// Begins a container of open length, which is given out as a whole: the texts in it stay where they are, and what they
    /// read as meanwhile does not matter.
    #[inline]
    pub(super) fn begin(&mut self) -> Begun {
        Begun {
            start: self.pos,
            #[cfg(offline_push_small)]
            around: self.keeps.replace(mark::mark),
        }
    }

    /// The text of the container that ends here.
    #[inline]
    pub(super) fn end(&mut self, begun: Begun) -> Option<&'a str> {
        #[cfg(offline_push_small)]
        {
            self.keeps = begun.around;
        }
        self.text_since(begun.start)
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
        #[cfg(offline_push_small)]
        let at = self.taken + at;
        (self.kind, self.at) = (kind, at);
    }

    /// Names the field that the failure is in, unless an inner one is named already.
    #[cold]
    pub(crate) fn blame<T>(&mut self, members: &'static [Member], index: usize) -> Option<T> {
        if self.field.is_none() {
            self.field = members.get(index).map(|member| member.name);
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
    #[cfg_attr(offline_push_small, inline(never))]
    #[cfg_attr(not(offline_push_small), inline)]
    pub(super) fn pass_space(&mut self) {
        if SMALL {
            while matches!(self.here(), b' ' | b'\t' | b'\n' | b'\r') {
                self.pos += 1;
            }
        } else if self.source.byte(self.pos).is_some_and(|byte| byte <= b' ') {
            self.skip_space();
        }
    }

    #[inline(never)]
    fn skip_space(&mut self) {
        while matches!(self.here(), b' ' | b'\t' | b'\n' | b'\r') {
            self.pos += 1;
        }
    }

    /// Passes the token of one byte that the reader stands on.
    #[cfg_attr(offline_push_small, inline(never))]
    #[cfg_attr(not(offline_push_small), inline)]
    fn pass_byte(&mut self) {
        self.pos += 1;
        self.pass_space();
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
        let value = matches!(self.here(), b'{' | b'[' | b't' | b'f' | b'n');
        if value || self.at_number() || self.at_text() {
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
        if self.here() != open {
            return self.wrong_type();
        }
        self.pass_byte();
        if self.here() == close {
            self.pos += 1;
            return Some(false);
        }
        Some(true)
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
        let found = self.here();
        if found == b',' {
            self.pass_byte();
        } else if found == close {
            self.pos += 1;
        } else {
            return self.unexpected(self.pos);
        }
        Some(found == b',')
    }

    /// Takes the key and its colon if they stand here to the letter.
    #[inline]
    pub(crate) fn at_key(&mut self, key: Key) -> bool {
        let here = self.source.as_bytes().get(self.pos..).is_some_and(|rest| rest.starts_with(key.bare()));
        if here {
            self.pos += key.bare().len();
            self.pass_space();
        }
        here
    }

    /// Reads an object, its members in any order.
    #[inline(never)]
    pub(crate) fn object(
        &mut self,
        fields: &mut dyn Fields<'a>,
        members: &'static [Member],
        required: u32,
    ) -> Option<()> {
        let nothing = Progress { seen: 0, near: members.len() };
        let more = self.open(b'{', b'}')?;
        self.members(fields, members, required, nothing, more)
    }

    /// Reads an object from a member on, if one must follow.
    #[cfg_attr(not(offline_push_small), inline(never))]
    pub(crate) fn members(
        &mut self,
        fields: &mut dyn Fields<'a>,
        members: &'static [Member],
        required: u32,
        read: Progress,
        mut more: bool,
    ) -> Option<()> {
        let Progress { mut seen, mut near } = read;
        while more {
            let index = self.key(members, near)?;
            // An unknown key may come as often as it likes.
            let bit = if index < members.len() { 1u32 << (index & 31) } else { 0 };
            let read = if seen & bit != 0 {
                self.fail(DecodeErrorKind::DuplicateField, self.at)
            } else if SMALL && self.here() == b'n' && required & bit == 0 {
                self.word()
            } else {
                fields.read_field(index, self)
            };
            if read.is_none() {
                return self.blame(members, index);
            }
            (seen, near) = (seen | bit, index);
            more = self.more(b'}')?;
        }
        self.complete(members, required, seen)
    }

    /// The end of an object: all is well if no member is missing.
    #[inline]
    pub(crate) fn complete(&mut self, members: &'static [Member], required: u32, seen: u32) -> Option<()> {
        match required & !seen {
            0 => Some(()),
            missing => self.missing(members, missing),
        }
    }

    /// Fails at the end of an object that lacks members; `missing` has the bit of each.
    #[cold]
    fn missing<T>(&mut self, members: &'static [Member], missing: u32) -> Option<T> {
        self.fail::<T>(DecodeErrorKind::MissingField, self.pos.saturating_sub(1));
        self.blame(members, missing.trailing_zeros() as usize)
    }

    /// Reads any key and its colon; the index of the member it names, or their number for a key that none has. Senders
    /// that sort their keys either way find the next one beside the last, `near`.
    #[inline(never)]
    fn key(&mut self, members: &'static [Member], near: usize) -> Option<usize> {
        let open = self.pos;
        #[cfg(not(offline_push_small))]
        if let (b'"', Some(rest)) = (self.here(), self.source.as_bytes().get(open + 1..)) {
            if let Some((name, tail)) = rest.split_at_checked(scan::special(rest)) {
                if tail.starts_with(b"\":") {
                    // Where a fault with the key would be.
                    self.at = open;
                    self.pos = open + name.len() + 3;
                    self.pass_space();
                    return Some(search(members, name, near));
                }
            }
        }
        // White space before the colon, an escape, or no key at all.
        self.any_key(SMALL && self.source.is_buffer())?;
        self.at = open;
        let key = self.source.get(self.start, self.end)?;
        #[cfg(offline_push_small)]
        {
            let (is, _) = (self.strings.is, near);
            Some(members.iter().position(|member| is(key, member.name)).unwrap_or(members.len()))
        }
        #[cfg(not(offline_push_small))]
        Some(index_of(members, key, self.escaped, near))
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
        if self.here() != b':' {
            return self.unexpected(self.pos);
        }
        self.pass_byte();
        Some(())
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

    pub(super) fn literal(&mut self, word: &[u8]) -> Option<()> {
        for &wanted in word {
            if self.here() != wanted {
                return self.unexpected(self.pos);
            }
            self.pos += 1;
        }
        Some(())
    }

    /// `true`, `false` or `null`, whichever may be meant.
    #[inline(never)]
    pub(super) fn word(&mut self) -> Option<()> {
        let word: &[u8] = match self.here() {
            b't' => b"true",
            b'f' => b"false",
            _ => b"null",
        };
        self.literal(word)
    }

    pub(crate) fn boolean(&mut self) -> Option<bool> {
        let truth = self.here() == b't';
        if truth || self.here() == b'f' { self.word().map(|()| truth) } else { self.wrong_type() }
    }

    /// A string without escapes, or one whose escapes are resolved.
    #[inline]
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        if SMALL {
            return self.any_text();
        }
        match scan::plain_text(self.source.as_str(), self.pos) {
            Some(text) => {
                self.pos += text.len() + 2;
                Some(text)
            }
            None => self.any_text(),
        }
    }

    /// Passes plain strings as far as one is followed by another: their number.
    #[inline]
    pub(super) fn pass_texts(&mut self) -> usize {
        if SMALL {
            return 0;
        }
        let (count, at) = scan::plain_texts(self.source.as_bytes(), self.pos);
        self.pos = at;
        count
    }

    /// [`text`](Self::text) that was read before, so that a string has no escape in it.
    #[inline]
    pub(super) fn text_again(&mut self) -> Option<&'a str> {
        if SMALL || self.here() != b'"' {
            return self.any_text();
        }
        let text = scan::checked_text(self.source.as_str(), self.pos)?;
        self.pos += text.len() + 2;
        Some(text)
    }

    /// Text in either form, or the reason why there is none.
    #[inline(never)]
    pub(super) fn any_text(&mut self) -> Option<&'a str> {
        self.string(true)?;
        self.passed()
    }

    /// Passes the string that begins here, in either form. Text may have no escapes, but for those that can be resolved.
    #[inline]
    pub(super) fn string(&mut self, text: bool) -> Option<()> {
        #[cfg(offline_push_small)]
        return (self.strings.pass)(self, text);
        #[cfg(not(offline_push_small))]
        pass_in_text(self, text)
    }

    /// True if text begins here, in either form: where strings are resolved, a token that begins with a control character is
    /// one.
    #[inline]
    pub(super) fn at_text(&self) -> bool {
        let first = self.here();
        first == b'"' || (self.pos < self.resolved && (first < b' ' || first == mark::COUNTED))
    }
}

/// Passes a string of text, as it came or with its escapes resolved.
#[inline(never)]
fn pass_in_text(reader: &mut Reader<'_>, text: bool) -> Option<()> {
    let bytes = reader.source.as_bytes();
    let open = reader.pos;
    if reader.here() != b'"' {
        if !reader.at_text() {
            return reader.wrong_type();
        }
        reader.escaped = false;
        (reader.start, reader.end, reader.pos) = mark::span(bytes, open, reader.resolved);
        return Some(());
    }
    reader.escaped = false;
    let mut end = open + 1;
    loop {
        end = scan::special_from(bytes, end);
        let (kind, at) = match bytes.get(end) {
            Some(b'"') => break,
            Some(b'\\') => {
                let escape = escape::read(bytes, end);
                match escape.character() {
                    Some(_) if text => (DecodeErrorKind::EscapedText, end),
                    Some((_, length)) => {
                        reader.escaped = true;
                        end += length;
                        continue;
                    }
                    None => escape.failure(bytes, end),
                }
            }
            Some(_) => (DecodeErrorKind::ControlCharacter, end),
            None => (DecodeErrorKind::EndOfInput, end),
        };
        return reader.fail(kind, at);
    }
    (reader.start, reader.end) = (open + 1, end);
    reader.pos = end + 1;
    Some(())
}

#[cfg(offline_push_small)]
fn is_same(key: &[u8], name: &str) -> bool {
    key.iter().eq(name.as_bytes())
}

/// Index of the member with this name, their number if none has it. Searched outwards from the last one found.
#[cfg(not(offline_push_small))]
#[inline]
fn search(members: &[Member], name: &[u8], near: usize) -> usize {
    let is = |index: usize| {
        let member = members.get(index).map(|member| member.name.as_bytes());
        member.is_some_and(|member| member.len() == name.len() && member == name)
    };
    // From outside, or from another object: from the first one on.
    let near = if near < members.len() { near } else { usize::MAX };
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
#[cfg(not(offline_push_small))]
#[inline(never)]
pub(super) fn index_of(members: &[Member], key: &[u8], escaped: bool, near: usize) -> usize {
    if !escaped {
        return search(members, key, near);
    }
    members.iter().position(|member| escape::equals(key, member.name)).unwrap_or(members.len())
}

#[cold]
pub(super) fn not_utf8(bytes: &[u8]) -> DecodeError {
    DecodeError::at(DecodeErrorKind::NotUtf8, valid_up_to(bytes))
}

/// Resolves the escapes of a message in its buffer: the text, and up to where it is resolved.
#[cfg(not(offline_push_small))]
#[inline]
pub(super) fn resolved<'a>(
    buffer: &'a mut [u8],
    shape: &'static Shape,
) -> Result<(&'a str, usize), DecodeError> {
    let mut until = 0;
    if scan::find(buffer, b'\\') < buffer.len() {
        // Before text is moved, so that the offset is the input's.
        if utf8(buffer).is_none() {
            return Err(not_utf8(buffer));
        }
        until = resolve(buffer, shape);
    }
    match utf8(buffer) {
        Some(text) => Ok((text, until)),
        None => Err(not_utf8(buffer)),
    }
}

/// How many bytes from the start are UTF-8.
#[cold]
pub(super) fn valid_up_to(bytes: &[u8]) -> usize {
    match core::str::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    }
}
