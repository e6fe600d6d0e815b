//! What a decoder reads from: text, or a buffer that it may write to. Offsets are those of the input.
//!
//! The fast decoder has the input as text from the start, resolved by a pass before it. The small one resolves the escapes of a
//! text when it comes to it, cuts the text off the buffer and gives it away.

#[cfg(not(offline_push_small))]
pub(super) use fast::Source;
#[cfg(offline_push_small)]
pub(super) use small::{Mark, Source, pass_in_buffer};

#[cfg(not(offline_push_small))]
mod fast {
    use super::super::reader::Reader;

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

        #[allow(clippy::unused_self)]
        pub(in super::super) const fn is_buffer(&self) -> bool {
            false
        }

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
    }

    impl<'a> Reader<'a> {
        #[inline]
        pub(in super::super) fn take(&mut self, start: usize, end: usize) -> Option<&'a str> {
            self.source.text.get(start..end)
        }
    }
}

#[cfg(offline_push_small)]
mod small {
    use core::mem;

    use super::super::bytes::store;
    use super::super::error::DecodeErrorKind;
    use super::super::escape;
    use super::super::reader::Reader;
    use super::super::utf8::utf8;

    /// Marks a resolved text that stays in the buffer: what opened there ends at `to` now, instead of before `end`.
    pub(in super::super) type Mark = fn(bytes: &mut [u8], open: usize, to: usize, end: usize);

    /// What is left of the input; offsets count from its start.
    pub(in super::super) enum Source<'a> {
        Text(&'a [u8]),
        Buffer(&'a mut [u8]),
    }

    impl<'a> Source<'a> {
        pub(in super::super) const fn text(text: &'a str) -> Self {
            Self::Text(text.as_bytes())
        }

        pub(in super::super) const fn as_bytes(&self) -> &[u8] {
            match self {
                Self::Text(text) => text,
                Self::Buffer(buffer) => buffer,
            }
        }

        /// Nothing: text is taken piece by piece.
        pub(in super::super) const fn as_str(&self) -> &'a str {
            ""
        }

        pub(in super::super) const fn is_buffer(&self) -> bool {
            matches!(self, Self::Buffer(_))
        }

        pub(in super::super) const fn len(&self) -> usize {
            self.as_bytes().len()
        }

        pub(in super::super) fn byte(&self, at: usize) -> Option<u8> {
            self.as_bytes().get(at).copied()
        }

        pub(in super::super) fn get(&self, start: usize, end: usize) -> Option<&[u8]> {
            self.as_bytes().get(start..end)
        }
    }

    impl<'a> Reader<'a> {
        /// The text between two offsets. Out of a buffer it is cut off, with all before it.
        pub(in super::super) fn take(&mut self, start: usize, end: usize) -> Option<&'a str> {
            let text = match &mut self.source {
                Source::Text(text) => text.get(start..end)?,
                Source::Buffer(_) if self.keeps.is_some() => return Some(""),
                Source::Buffer(buffer) => {
                    let (text, rest) = mem::take(buffer).split_at_mut_checked(end)?;
                    *buffer = rest;
                    self.taken += end;
                    self.pos -= end;
                    text.get(start..)?
                }
            };
            utf8(text)
        }
    }

    /// Passes a string of a buffer. If it is text, its escapes are resolved.
    #[inline(never)]
    pub(in super::super) fn pass_in_buffer(reader: &mut Reader<'_>, text: bool) -> Option<()> {
        if reader.here() != b'"' {
            return reader.wrong_type();
        }
        let Source::Buffer(bytes) = &mut reader.source else { return None };
        let open = reader.pos;
        // What is no text is not written: behind the end.
        let (mut from, mut to) = (open + 1, if text { open + 1 } else { bytes.len() });
        // The first half of a pair, which waits for the second.
        let mut high = 0;
        let fault = loop {
            let Some(&byte) = bytes.get(from) else { break Some(DecodeErrorKind::EndOfInput) };
            let mut code = u32::from(byte);
            let mut length = 1;
            if byte == b'\\' {
                let unit = escape::unit(bytes, from);
                let Some(read) = unit.code() else {
                    if unit.ends(bytes) {
                        from = bytes.len();
                        break Some(DecodeErrorKind::EndOfInput);
                    }
                    break Some(DecodeErrorKind::InvalidEscape);
                };
                (code, length) = read;
            } else if high == 0 {
                if byte == b'"' {
                    break None;
                }
                if byte < 0x20 {
                    break Some(DecodeErrorKind::ControlCharacter);
                }
                store(bytes, to, [byte]);
                (from, to) = (from + 1, to + 1);
                continue;
            }
            if escape::is_second(code) != (high != 0) {
                from -= if high != 0 { 6 } else { 0 };
                break Some(DecodeErrorKind::LoneSurrogate);
            }
            from += length;
            if high != 0 {
                code = escape::pair(high, code);
                high = 0;
            } else if escape::is_half(code) {
                high = code;
                continue;
            }
            let (mut up, lead) = escape::lead(code);
            let mut next = lead | code >> up;
            loop {
                store(bytes, to, [next as u8]);
                to += 1;
                if up == 0 {
                    break;
                }
                up -= 6;
                next = 0x80 | code >> up & 0x3f;
            }
        };
        if let Some(kind) = fault {
            return reader.fail(kind, from);
        }
        // Nothing that continues it, if it is a number.
        store(bytes, to, [b'"']);
        let escaped = to < from;
        if let (Some(mark), true) = (reader.keeps, escaped) {
            mark(bytes, open, to, from + 1);
        }
        (reader.start, reader.end) = (open + 1, to);
        reader.pos = from + 1;
        Some(())
    }
}
