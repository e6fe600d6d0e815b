//! What a [`Reader`](super::reader::Reader) reads: text, a buffer that it may write to, or text that was read before.

use super::SMALL;
use super::error::DecodeErrorKind;
use super::mark::mark_text;
use super::{escape, utf8};

/// Why a string cannot be read, and the offset of the fault.
pub(crate) type Fault = (DecodeErrorKind, usize);

/// Bytes with a cursor's view of them. Offsets count from the start of [`bytes`](Self::bytes), which moves on when a buffer
/// gives text away.
pub trait Source<'a> {
    /// True if all of it was read as the same type before, so that no check fails.
    const TRUSTED: bool;

    /// The input that is left.
    fn bytes(&self) -> &[u8];

    /// Gives out the text from `start` to `end`, and where the byte is now that was at `next`. The error is the offset, in
    /// the whole input, of a byte that is not UTF-8.
    fn take(&mut self, start: usize, end: usize, next: usize) -> Result<(&'a str, usize), usize>;

    /// Resolves the escapes of the string that opens at `open` and whose first backslash is at `first`: where the text ends,
    /// and what follows the string.
    fn resolve(&mut self, open: usize, first: usize) -> Result<(usize, usize), Fault>;

    /// Checks that bytes which nobody takes are UTF-8. The error is the offset, as all others but that of
    /// [`take`](Self::take), of the first that is not.
    fn check_utf8(&self, start: usize, end: usize) -> Result<(), usize>;

    /// The offset, in the whole input, of the first byte that is left and not UTF-8.
    fn not_utf8(&self) -> Option<usize>;

    /// From here on, texts stay where they are, because the container around them will be taken as a whole. Returns the
    /// state before, for [`release`](Self::release).
    fn keep(&mut self) -> Keep;

    /// The state that [`keep`](Self::keep) changes.
    fn kept(&self) -> Keep;

    /// Ends what [`keep`](Self::keep) began.
    fn release(&mut self, before: Keep);

    /// Bytes in front of [`bytes`](Self::bytes) that were given out.
    fn taken(&self) -> usize;
}

/// How resolved texts are marked that stay in the buffer; a pointer, so that a program without containers holds no code
/// for it.
pub(crate) type Keep = Option<fn(bytes: &mut [u8], open: usize, to: usize, end: usize)>;

/// Text that is read for the first time, or again.
pub struct Text<'a, const TRUSTED: bool> {
    text: &'a str,
}

impl<'a, const TRUSTED: bool> Text<'a, TRUSTED> {
    #[inline]
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// All of it.
    #[cfg(not(feature = "small"))]
    #[inline(always)]
    pub(super) const fn text(&self) -> &'a str {
        self.text
    }
}

impl<'a, const TRUSTED: bool> Source<'a> for Text<'a, TRUSTED> {
    const TRUSTED: bool = TRUSTED;

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn take(&mut self, start: usize, end: usize, next: usize) -> Result<(&'a str, usize), usize> {
        let text = if TRUSTED {
            self.text.get(start..end)
        } else {
            // In two steps, each of which is small enough for compilers to do it here, without a call.
            self.text.get(..end).and_then(|text| text.get(start..))
        };
        match text {
            Some(text) => Ok((text, next)),
            None => Err(start),
        }
    }

    fn resolve(&mut self, _: usize, first: usize) -> Result<(usize, usize), Fault> {
        Err(escape::refused(self.text.as_bytes(), first))
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn check_utf8(&self, _: usize, _: usize) -> Result<(), usize> {
        Ok(())
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn not_utf8(&self) -> Option<usize> {
        None
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn keep(&mut self) -> Keep {
        None
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn kept(&self) -> Keep {
        None
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn release(&mut self, _: Keep) {}

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn taken(&self) -> usize {
        0
    }
}

/// A buffer in which escapes are resolved on the way. Texts are cut off its front and given away.
pub(crate) struct Buffer<'a> {
    bytes: &'a mut [u8],
    /// Length of the whole.
    length: usize,
    keep: Keep,
}

impl<'a> Buffer<'a> {
    #[inline]
    pub(crate) const fn new(bytes: &'a mut [u8]) -> Self {
        Self { length: bytes.len(), bytes, keep: None }
    }

    /// What follows the message, which ends at `at`.
    pub(crate) fn into_rest(self, at: usize) -> &'a mut [u8] {
        self.bytes.get_mut(at..).unwrap_or_default()
    }
}

impl<'a> Source<'a> for Buffer<'a> {
    const TRUSTED: bool = false;

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn take(&mut self, start: usize, end: usize, next: usize) -> Result<(&'a str, usize), usize> {
        if self.keep.is_some() {
            return Ok(("", next));
        }
        let before = self.taken();
        let (front, rest) = core::mem::take(&mut self.bytes).split_at_mut_checked(next).unwrap_or_default();
        self.bytes = rest;
        let bytes: &'a [u8] = front.get(start..end).unwrap_or_default();
        match utf8::utf8(bytes) {
            Some(text) => Ok((text, 0)),
            None => Err(before + start + utf8::valid_up_to(bytes)),
        }
    }

    #[inline(never)]
    fn resolve(&mut self, open: usize, first: usize) -> Result<(usize, usize), Fault> {
        let (to, next) = escape::resolve(self.bytes, first)?;
        if let Some(mark) = self.keep {
            mark(self.bytes, open, to, next);
        }
        Ok((to, next))
    }

    fn check_utf8(&self, start: usize, end: usize) -> Result<(), usize> {
        // What is kept is checked when the container is taken.
        let bytes = if self.keep.is_some() { &[] } else { self.bytes.get(start..end).unwrap_or_default() };
        if !SMALL && utf8::utf8(bytes).is_some() {
            return Ok(());
        }
        let valid = utf8::valid_up_to(bytes);
        if valid == bytes.len() { Ok(()) } else { Err(start + valid) }
    }

    #[cold]
    fn not_utf8(&self) -> Option<usize> {
        let valid = utf8::valid_up_to(self.bytes);
        (valid < self.bytes.len()).then(|| self.taken() + valid)
    }

    #[inline]
    fn keep(&mut self) -> Keep {
        self.keep.replace(mark_text)
    }

    #[inline]
    fn kept(&self) -> Keep {
        self.keep
    }

    #[inline]
    fn release(&mut self, before: Keep) {
        self.keep = before;
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn taken(&self) -> usize {
        self.length - self.bytes.len()
    }
}

/// Bytes that are checked for UTF-8 as far as they are read: for input with more behind the message.
pub(crate) struct Bytes<'a> {
    bytes: &'a [u8],
    /// In a container, which is checked as a whole when it is taken.
    keep: Keep,
}

impl<'a> Bytes<'a> {
    #[inline]
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, keep: None }
    }
}

impl<'a> Source<'a> for Bytes<'a> {
    const TRUSTED: bool = false;

    fn bytes(&self) -> &[u8] {
        self.bytes
    }

    fn take(&mut self, start: usize, end: usize, next: usize) -> Result<(&'a str, usize), usize> {
        if self.keep.is_some() {
            return Ok(("", next));
        }
        let bytes = self.bytes.get(start..end).unwrap_or_default();
        match utf8::utf8(bytes) {
            Some(text) => Ok((text, next)),
            None => Err(start + utf8::valid_up_to(bytes)),
        }
    }

    fn resolve(&mut self, _: usize, first: usize) -> Result<(usize, usize), Fault> {
        Err(escape::refused(self.bytes, first))
    }

    fn check_utf8(&self, start: usize, end: usize) -> Result<(), usize> {
        let bytes = if self.keep.is_some() { &[] } else { self.bytes.get(start..end).unwrap_or_default() };
        let valid = utf8::valid_up_to(bytes);
        if valid == bytes.len() { Ok(()) } else { Err(start + valid) }
    }

    fn not_utf8(&self) -> Option<usize> {
        None
    }

    fn keep(&mut self) -> Keep {
        self.keep.replace(mark_text)
    }

    fn kept(&self) -> Keep {
        self.keep
    }

    fn release(&mut self, before: Keep) {
        self.keep = before;
    }

    fn taken(&self) -> usize {
        0
    }
}

/// What was read before: list elements, map entries, owned messages. Programs that are built for size read it like any text.
pub(crate) type Checked<'a> = Text<'a, { !SMALL }>;
