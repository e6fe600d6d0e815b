//! Strings of the input: text, keys, and what is passed over.

use super::error::DecodeErrorKind;
#[cfg(offline_push_small)]
use super::keys::is_same;
use super::reader::Reader;
#[cfg(offline_push_small)]
use super::source::pass_in_buffer;
use super::{SMALL, escape, mark, scan};

/// How strings are passed, and whether a key is a name: so that a program which reads buffers alone holds no code for text.
#[cfg(offline_push_small)]
#[derive(Clone, Copy)]
pub(super) struct Strings {
    pub(super) pass: fn(&mut Reader<'_>, text: bool) -> Option<()>,
    pub(super) is: fn(key: &[u8], name: &str) -> bool,
}

#[cfg(offline_push_small)]
impl Strings {
    pub(super) const TEXT: Self = Self { pass: pass_in_text, is: escape::equals };
    pub(super) const BUFFER: Self = Self { pass: pass_in_buffer, is: is_same };
}

/// All strings are text's.
#[cfg(not(offline_push_small))]
#[derive(Clone, Copy)]
pub(super) struct Strings;

#[cfg(not(offline_push_small))]
impl Strings {
    pub(super) const TEXT: Self = Self;
}

impl<'a> Reader<'a> {
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
    #[cfg(not(offline_push_small))]
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
                        #[cfg(not(offline_push_small))]
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
    Some(())
}
