//! The caller's room for text that stands nowhere as it reads.

use core::mem;

use crate::bytes::BufferFull;
use crate::json::{Raw, escape};
use crate::uri_writer::UriWriter;

pub(super) struct Scratch<'a> {
    free: &'a mut [u8],
    /// What suffices for all that will be asked for.
    enough: usize,
}

impl<'a> Scratch<'a> {
    pub(super) fn new(buffer: &'a mut [u8], enough: usize) -> Self {
        Self { free: buffer, enough }
    }

    fn take(&mut self, length: usize) -> Result<&'a mut [u8], BufferFull> {
        let full = BufferFull { needed: self.enough };
        let (taken, rest) = mem::take(&mut self.free).split_at_mut_checked(length).ok_or(full)?;
        self.free = rest;
        Ok(taken)
    }

    /// The text of a JSON string; `None` for another value. Room is needed for one with escapes only, and no more than
    /// the string takes.
    pub(super) fn unescaped(&mut self, value: Raw<'a>) -> Result<Option<&'a str>, BufferFull> {
        let inner = value.as_str().strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let Some(inner) = inner else { return Ok(None) };
        if !inner.as_bytes().contains(&b'\\') {
            return Ok(Some(inner));
        }
        let mut length = UriWriter::new(&mut []);
        length.put_chars(escape::characters(inner));
        let mut text = UriWriter::new(self.take(length.length())?);
        text.put_chars(escape::characters(inner));
        text.finish().map(Some)
    }
}
