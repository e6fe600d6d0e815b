//! What a [`Reader`](super::reader::Reader) reads: text, a buffer that it may write to, or text that was read before.

use super::SMALL;
use super::mark::mark_text;
use super::utf8;

/// Input for a cursor. Offsets count from the start of [`bytes`](Self::bytes), which moves forward when a buffer returns text.
pub trait Source<'a> {
    /// True if all of it was read as the same type before. Then no check can fail.
    const TRUSTED: bool;

    /// The input that is left.
    fn bytes(&self) -> &[u8];

    /// The same bytes, to write to; `None` if the input cannot be changed.
    fn bytes_mut(&mut self) -> Option<&mut [u8]>;

    /// Returns the text from `start` to `end`, and sets `next` to the new offset of the byte that was at `next`. If the bytes are not
    /// UTF-8, it sets `next` to the offset of the first wrong byte, relative to what is left.
    fn take(&mut self, start: usize, end: usize, next: &mut usize) -> Option<&'a str>;

    /// Marks the string that opens at `open`, if it is kept. Its text ends at `to`, and the bytes from there up to `end` are free.
    fn mark(&mut self, open: usize, to: usize, end: usize);

    /// Checks that bytes that are not used are UTF-8. The error is the offset of the first byte that is not.
    fn check_utf8(&self, start: usize, end: usize) -> Result<(), usize>;

    /// The offset of the first byte that is not UTF-8 in what is left. It counts from the start of the whole input.
    fn not_utf8(&self) -> Option<usize>;

    /// From here on, texts stay where they are, because the container around them will be taken as a whole. Returns the
    /// previous state, for [`release`](Self::release).
    fn keep(&mut self) -> Keep;

    /// The state that [`keep`](Self::keep) changes.
    fn kept(&self) -> Keep;

    /// Ends what [`keep`](Self::keep) began.
    fn release(&mut self, before: Keep);

    /// Number of bytes that were split off before [`bytes`](Self::bytes).
    fn taken(&self) -> usize;
}

/// The function that marks resolved texts that stay in the buffer. It is a pointer, so that a program without containers does not
/// contain the function.
pub(crate) type Keep = Option<fn(bytes: &mut [u8], open: usize, to: usize, end: usize)>;

/// Checks skipped bytes for UTF-8, unless they are in a container, which is checked as a whole when it is taken.
#[inline]
fn check_unless_kept(bytes: &[u8], keep: Keep, start: usize, end: usize) -> Result<(), usize> {
    let skipped = if keep.is_some() { &[] } else { bytes.get(start..end).unwrap_or_default() };
    match utf8::text(skipped) {
        Ok(_) => Ok(()),
        Err(valid) => Err(start + valid),
    }
}

/// Text that is read for the first time, or again.
#[cfg(not(feature = "small"))]
pub struct Text<'a, const TRUSTED: bool> {
    text: &'a str,
}

/// Small programs read text as a buffer that cannot be written to, so that they contain the reader only once.
#[cfg(feature = "small")]
pub(crate) type Text<'a, const TRUSTED: bool> = Buffer<'a>;

#[cfg(not(feature = "small"))]
impl<'a, const TRUSTED: bool> Text<'a, TRUSTED> {
    #[inline]
    pub(crate) const fn of(text: &'a str) -> Self {
        Self { text }
    }

    /// The whole text.
    #[inline(always)]
    pub(super) const fn text(&self) -> &'a str {
        self.text
    }
}

#[cfg(not(feature = "small"))]
impl<'a, const TRUSTED: bool> Source<'a> for Text<'a, TRUSTED> {
    const TRUSTED: bool = TRUSTED;

    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    #[inline]
    fn bytes_mut(&mut self) -> Option<&mut [u8]> {
        None
    }

    #[inline(always)]
    fn take(&mut self, start: usize, end: usize, _: &mut usize) -> Option<&'a str> {
        if TRUSTED {
            return self.text.get(start..end);
        }
        // There are two steps, because each of them is small enough for compilers to inline.
        self.text.get(..end)?.get(start..)
    }

    #[inline]
    fn mark(&mut self, _: usize, _: usize, _: usize) {}

    #[inline(always)]
    fn check_utf8(&self, _: usize, _: usize) -> Result<(), usize> {
        Ok(())
    }

    #[inline(always)]
    fn not_utf8(&self) -> Option<usize> {
        None
    }

    #[inline(always)]
    fn keep(&mut self) -> Keep {
        None
    }

    #[inline(always)]
    fn kept(&self) -> Keep {
        None
    }

    #[inline(always)]
    fn release(&mut self, _: Keep) {}

    #[inline(always)]
    fn taken(&self) -> usize {
        0
    }
}

/// A buffer in which escapes are resolved while it is read. Texts are split off at its start and returned.
pub struct Buffer<'a> {
    input: Input<'a>,
    /// Length of the whole input.
    length: usize,
    keep: Keep,
}

enum Input<'a> {
    Writable(&'a mut [u8]),
    #[cfg(feature = "small")]
    Text(&'a [u8]),
}

impl<'a> Buffer<'a> {
    #[inline]
    pub(crate) const fn new(bytes: &'a mut [u8]) -> Self {
        Self { length: bytes.len(), input: Input::Writable(bytes), keep: None }
    }

    #[cfg(feature = "small")]
    pub(crate) const fn of(text: &'a str) -> Self {
        Self { length: text.len(), input: Input::Text(text.as_bytes()), keep: None }
    }

    /// What follows the message, which ends at `at`.
    pub(crate) fn into_rest(self, at: usize) -> &'a mut [u8] {
        match self.input {
            Input::Writable(bytes) => bytes.get_mut(at..).unwrap_or_default(),
            #[cfg(feature = "small")]
            Input::Text(_) => &mut [],
        }
    }
}

impl<'a> Source<'a> for Buffer<'a> {
    const TRUSTED: bool = false;

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn bytes(&self) -> &[u8] {
        match &self.input {
            Input::Writable(bytes) => bytes,
            #[cfg(feature = "small")]
            Input::Text(bytes) => bytes,
        }
    }

    #[inline]
    fn bytes_mut(&mut self) -> Option<&mut [u8]> {
        match &mut self.input {
            Input::Writable(bytes) => Some(bytes),
            #[cfg(feature = "small")]
            Input::Text(_) => None,
        }
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn take(&mut self, start: usize, end: usize, next: &mut usize) -> Option<&'a str> {
        if self.keep.is_some() {
            return Some("");
        }
        let at = (*next).min(self.bytes().len());
        *next = 0;
        let input = core::mem::replace(&mut self.input, Input::Writable(&mut []));
        let (front, rest): (&'a [u8], _) = match input {
            Input::Writable(bytes) => {
                let (front, rest) = bytes.split_at_mut_checked(at).unwrap_or_default();
                (front, Input::Writable(rest))
            }
            #[cfg(feature = "small")]
            Input::Text(bytes) => {
                let (front, rest) = bytes.split_at_checked(at).unwrap_or_default();
                (front, Input::Text(rest))
            }
        };
        self.input = rest;
        // Small programs check all bytes here. The others check only those that were not checked before.
        let from = if SMALL { 0 } else { start };
        match utf8::text(front.get(from..end).unwrap_or_default()) {
            Ok(text) => text.get(start - from..),
            Err(valid) => {
                // The wrong byte is before what is left, so the offset wraps.
                *next = (from + valid).wrapping_sub(at);
                None
            }
        }
    }

    #[inline]
    fn mark(&mut self, open: usize, to: usize, end: usize) {
        let keep = self.keep;
        if let (Some(mark), Some(bytes)) = (keep, self.bytes_mut()) {
            mark(bytes, open, to, end);
        }
    }

    #[cfg_attr(feature = "small", inline(always))]
    fn check_utf8(&self, start: usize, end: usize) -> Result<(), usize> {
        // Small programs check these bytes when they take a text after them.
        if SMALL {
            return Ok(());
        }
        check_unless_kept(self.bytes(), self.keep, start, end)
    }

    #[cold]
    fn not_utf8(&self) -> Option<usize> {
        let valid = utf8::valid_up_to(self.bytes());
        (valid < self.bytes().len()).then(|| self.taken() + valid)
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
        self.length - self.bytes().len()
    }
}

/// Bytes that are checked for UTF-8 only as far as they are read: for input that goes on after the message.
pub(crate) struct Bytes<'a> {
    bytes: &'a [u8],
    /// `Some` in a container, which is checked as a whole when it is taken.
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

    fn bytes_mut(&mut self) -> Option<&mut [u8]> {
        None
    }

    fn take(&mut self, start: usize, end: usize, next: &mut usize) -> Option<&'a str> {
        if self.keep.is_some() {
            return Some("");
        }
        match utf8::text(self.bytes.get(start..end).unwrap_or_default()) {
            Ok(text) => Some(text),
            Err(valid) => {
                *next = start + valid;
                None
            }
        }
    }

    fn mark(&mut self, _: usize, _: usize, _: usize) {}

    fn check_utf8(&self, start: usize, end: usize) -> Result<(), usize> {
        check_unless_kept(self.bytes, self.keep, start, end)
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

/// What was read before: list elements, map entries, owned messages. Small programs read it like any other text.
pub(crate) type Checked<'a> = Text<'a, { !SMALL }>;
