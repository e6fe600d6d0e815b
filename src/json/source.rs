//! What a decoder reads from: text, or a buffer that it may write to. Offsets are those of the input.
//!
//! The fast decoder has the input as text from the start, resolved by a pass before it. The small one resolves the escapes of a
//! text when it comes to it, cuts the text off the buffer and gives it away.

use super::error::DecodeErrorKind;
use super::escape::{self, Escape};

#[cfg(not(offline_push_small))]
pub(super) use fast::{Mark, Source};
#[cfg(offline_push_small)]
pub(super) use small::{Mark, Source};

impl Source<'_> {
    /// The escape whose backslash is at an offset.
    pub(super) fn escape(&self, at: usize) -> Result<Escape, DecodeErrorKind> {
        escape::read(self.as_bytes(), at - self.taken())
    }
}

#[cfg(not(offline_push_small))]
mod fast {
    /// Nothing needs marking.
    pub(in super::super) type Mark = core::convert::Infallible;

    /// Bytes, and the same as text where they are known to be.
    pub(in super::super) struct Source<'a> {
        bytes: &'a [u8],
        text: &'a str,
    }

    impl<'a> Source<'a> {
        #[inline]
        pub(in super::super) const fn text(text: &'a str) -> Self {
            Self { bytes: text.as_bytes(), text }
        }

        /// Gives no text.
        #[inline]
        pub(in super::super) const fn bytes(bytes: &'a [u8]) -> Self {
            Self { bytes, text: "" }
        }

        #[inline]
        pub(in super::super) const fn as_bytes(&self) -> &'a [u8] {
            self.bytes
        }

        #[inline]
        pub(in super::super) const fn as_str(&self) -> &'a str {
            self.text
        }

        /// Length of what was cut off.
        #[inline]
        pub(in super::super) const fn taken(&self) -> usize {
            0
        }

        /// Length of the input.
        #[inline]
        pub(in super::super) const fn len(&self) -> usize {
            self.bytes.len()
        }

        #[inline]
        pub(in super::super) fn byte(&self, at: usize) -> Option<u8> {
            self.bytes.get(at).copied()
        }

        #[inline]
        pub(in super::super) fn get(&self, start: usize, end: usize) -> Option<&'a [u8]> {
            self.bytes.get(start..end)
        }

        #[inline]
        pub(in super::super) fn take(&mut self, start: usize, end: usize) -> Option<&'a str> {
            self.text.get(start..end)
        }
    }
}

#[cfg(offline_push_small)]
mod small {
    use core::mem;

    use super::super::bytes::store;
    use super::super::reader::utf8;
    use super::super::{escape, scan};

    /// Marks a resolved text that stays in the buffer: what opened there ends at `to` now, instead of before `end`.
    pub(in super::super) type Mark = fn(bytes: &mut [u8], open: usize, to: usize, end: usize);

    /// What is left of the input.
    pub(in super::super) struct Source<'a> {
        rest: Rest<'a>,
        /// Length of what was cut off.
        taken: usize,
        /// Texts stay in the buffer, marked, and are not given out: a container is checked, of which they are part.
        keeps: Option<Mark>,
    }

    enum Rest<'a> {
        Text(&'a [u8]),
        Buffer(&'a mut [u8]),
    }

    impl<'a> Source<'a> {
        pub(in super::super) const fn text(text: &'a str) -> Self {
            Self { rest: Rest::Text(text.as_bytes()), taken: 0, keeps: None }
        }

        /// A buffer that holds text.
        pub(in super::super) const fn buffer(buffer: &'a mut [u8]) -> Self {
            Self { rest: Rest::Buffer(buffer), taken: 0, keeps: None }
        }

        pub(in super::super) const fn as_bytes(&self) -> &[u8] {
            match &self.rest {
                Rest::Text(text) => text,
                Rest::Buffer(buffer) => buffer,
            }
        }

        /// Nothing: text is taken piece by piece.
        pub(in super::super) const fn as_str(&self) -> &'a str {
            ""
        }

        /// Length of what was cut off.
        pub(in super::super) const fn taken(&self) -> usize {
            self.taken
        }

        /// Length of the input.
        pub(in super::super) const fn len(&self) -> usize {
            self.taken + self.as_bytes().len()
        }

        pub(in super::super) fn byte(&self, at: usize) -> Option<u8> {
            self.as_bytes().get(at.wrapping_sub(self.taken)).copied()
        }

        pub(in super::super) fn get(&self, start: usize, end: usize) -> Option<&[u8]> {
            self.as_bytes().get(start.wrapping_sub(self.taken)..end.wrapping_sub(self.taken))
        }

        /// Has texts stay in the buffer, marked so, or not; how it was.
        pub(in super::super) fn keep(&mut self, mark: Option<Mark>) -> Option<Mark> {
            mem::replace(&mut self.keeps, mark)
        }

        /// Moves a text down over its escapes, which are checked: where it ends now. There is none in text, which cannot be
        /// changed.
        pub(in super::super) fn resolve(&mut self, start: usize, end: usize) -> Option<usize> {
            let Rest::Buffer(buffer) = &mut self.rest else { return None };
            let (start, end) = (start - self.taken, end - self.taken);
            let (mut from, mut to) = (start, start);
            while from < end {
                let run = scan::special_from(buffer, from);
                while from < run {
                    let byte = buffer.get(from).copied().unwrap_or_default();
                    store(buffer, to, [byte]);
                    (from, to) = (from + 1, to + 1);
                }
                if let (true, Ok(escape)) = (from < end, escape::read(buffer, from)) {
                    from += usize::from(escape.length);
                    to = escape::store(escape.character, buffer, to);
                }
            }
            if let Some(mark) = self.keeps {
                mark(buffer, start.wrapping_sub(1), to, end + 1);
            }
            Some(to + self.taken)
        }

        /// Cuts the text from `start` to `end` off, and all before it.
        pub(in super::super) fn take(&mut self, start: usize, end: usize) -> Option<&'a str> {
            let (start, length) = (start.wrapping_sub(self.taken), end.wrapping_sub(self.taken));
            let text = match &mut self.rest {
                Rest::Text(text) => text.get(start..length)?,
                Rest::Buffer(_) if self.keeps.is_some() => return Some(""),
                Rest::Buffer(buffer) => {
                    let (text, rest) = mem::take(buffer).split_at_mut_checked(length)?;
                    (*buffer, self.taken) = (rest, end);
                    text.get(start..)?
                }
            };
            utf8(text)
        }
    }
}
