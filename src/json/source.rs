//! What a decoder reads from: text, or a buffer that it may write to. Offsets are those of the input.
//!
//! The fast decoder has the input as text from the start, resolved by a pass before it. The small one resolves the escapes of a
//! text when it comes to it, cuts the text off the buffer and gives it away.

#[cfg(not(feature = "small"))]
pub(super) use fast::Source;
#[cfg(feature = "small")]
pub(super) use small::Source;

#[cfg(not(feature = "small"))]
mod fast {
    use crate::work::looked_at;

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
            looked_at!(1);
            self.bytes.get(at).copied()
        }

        #[inline]
        pub(in super::super) fn get(&self, start: usize, end: usize) -> Option<&'a [u8]> {
            looked_at!(end - start);
            self.bytes.get(start..end)
        }
    }
}

#[cfg(feature = "small")]
mod small {
    use crate::work::looked_at;

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
            looked_at!(1);
            self.as_bytes().get(at).copied()
        }

        pub(in super::super) fn get(&self, start: usize, end: usize) -> Option<&[u8]> {
            looked_at!(end - start);
            self.as_bytes().get(start..end)
        }
    }
}
