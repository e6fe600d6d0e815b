//! Strings of the input: text, keys, and what is passed over.

#[cfg(feature = "small")]
use super::buffer::pass_in_buffer;
use super::error::DecodeErrorKind;
use super::reader::Reader;
#[cfg(feature = "small")]
use super::reader::{Mark, Strings};
use super::source::Source;
use super::{SMALL, escape, mark, scan};
#[cfg(feature = "small")]
use crate::work::compared;

#[cfg(feature = "small")]
impl Strings {
    const TEXT: Self = Self { pass: pass_in_text, is: escape::equals };
    const BUFFER: Self = Self { pass: pass_in_buffer, is: is_same };
}

/// A container that is being read.
pub(super) struct Begun {
    start: usize,
    /// How texts around it are kept.
    #[cfg(feature = "small")]
    around: Option<Mark>,
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
        let source = Source::text(text);
        #[cfg(feature = "small")]
        let mut reader = Self::over(source, Strings::TEXT);
        #[cfg(not(feature = "small"))]
        let mut reader = Self::over(source);
        reader.resolved = resolved;
        reader.pass_space();
        reader
    }

    /// Reads a buffer that holds text, and resolves its escapes; stands on white space, if it begins with any.
    #[cfg(feature = "small")]
    pub(super) fn over_buffer(buffer: &'a mut [u8]) -> Self {
        Self::over(Source::Buffer(buffer), Strings::BUFFER)
    }

    /// Passes values over, from an offset on; gives no text.
    #[cfg(not(feature = "small"))]
    #[inline]
    pub(super) fn over_bytes(bytes: &'a [u8], pos: usize) -> Self {
        let mut reader = Self::over(Source::bytes(bytes));
        reader.pos = pos;
        reader.pass_space();
        reader
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
            #[cfg(feature = "small")]
            around: self.keeps.replace(mark::mark_text),
        }
    }

    /// The text of the container that ends here.
    #[inline]
    pub(super) fn end(&mut self, begun: Begun) -> Option<&'a str> {
        #[cfg(feature = "small")]
        {
            self.keeps = begun.around;
        }
        self.text_since(begun.start)
    }

    /// The text between two offsets.
    #[cfg(not(feature = "small"))]
    #[inline]
    fn take(&self, start: usize, end: usize) -> Option<&'a str> {
        self.source.as_str().get(start..end)
    }

    /// The text between two offsets. Out of a buffer it is cut off, with all before it.
    #[cfg(feature = "small")]
    fn take(&mut self, start: usize, end: usize) -> Option<&'a str> {
        let text = match &mut self.source {
            Source::Text(text) => text.get(start..end)?,
            Source::Buffer(_) if self.keeps.is_some() => return Some(""),
            Source::Buffer(buffer) => {
                let (text, rest) = core::mem::take(buffer).split_at_mut_checked(end)?;
                *buffer = rest;
                self.taken += end;
                self.pos -= end;
                text.get(start..)?
            }
        };
        super::utf8::utf8(text)
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
        #[cfg(feature = "small")]
        return (self.strings.pass)(self, text);
        #[cfg(not(feature = "small"))]
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
    #[cfg(not(feature = "small"))]
    {
        reader.escaped = false;
    }
    let bytes = reader.source.as_bytes();
    let open = reader.pos;
    if reader.here() != b'"' {
        if !reader.at_text() {
            return reader.wrong_type();
        }
        (reader.start, reader.end, reader.pos) = mark::span(bytes, open, reader.resolved);
        #[cfg(feature = "small")]
        {
            reader.strings.is = is_same;
        }
        return Some(());
    }
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
                        #[cfg(not(feature = "small"))]
                        {
                            reader.escaped = true;
                        }
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
    #[cfg(feature = "small")]
    {
        reader.strings.is = escape::equals;
    }
    Some(())
}

/// True if a key that stands as it reads is the name.
#[cfg(feature = "small")]
fn is_same(key: &[u8], name: &str) -> bool {
    compared!(key, name.as_bytes());
    key.iter().eq(name.as_bytes())
}
