//! Writes a URI into a buffer, or only counts its bytes.

use crate::bytes::{BufferFull, copy};
use crate::digits::{Digits, hex_digit};

/// Writes a URI, or the head of a request, in pieces. Bytes that do not fit are only counted.
pub struct UriWriter<'b> {
    buffer: &'b mut [u8],
    length: usize,
}

impl<'b> UriWriter<'b> {
    pub(crate) fn new(buffer: &'b mut [u8]) -> Self {
        Self { buffer, length: 0 }
    }

    /// What `write` writes, in a string of exactly that length.
    #[cfg(feature = "alloc")]
    pub(crate) fn string(write: impl Fn(&mut UriWriter<'_>)) -> alloc::string::String {
        let mut counted = UriWriter::new(&mut []);
        write(&mut counted);
        let mut buffer = alloc::vec![0; counted.length()];
        let mut writer = UriWriter::new(&mut buffer);
        write(&mut writer);
        writer.finish().map(alloc::string::String::from).unwrap_or_default()
    }

    /// The written text, or the number of bytes needed.
    pub(crate) fn finish(self) -> Result<&'b str, BufferFull> {
        let needed = self.length;
        let written = self.buffer.get(..needed).ok_or(BufferFull { needed })?;
        // Only whole texts were written; safe code cannot state that without this check.
        core::str::from_utf8(written).map_err(|_| BufferFull { needed })
    }

    /// The number of bytes so far, including those that did not fit.
    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    /// Removes the bytes beyond this length.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    pub(crate) fn put(&mut self, text: &str) {
        self.put_bytes(text.as_bytes());
    }

    pub(crate) fn put_char(&mut self, character: char) {
        self.put(character.encode_utf8(&mut [0; 4]));
    }

    pub(crate) fn put_chars(&mut self, characters: impl Iterator<Item = char>) {
        for character in characters {
            self.put_char(character);
        }
    }

    /// Writes text with everything percent-encoded except letters, digits, `_-!.~'()*`, and `/` if `keeps_slash`: Android's
    /// `Uri.encode`.
    pub(crate) fn put_encoded(&mut self, characters: impl Iterator<Item = char>, keeps_slash: bool) {
        for character in characters {
            let unreserved = character.is_ascii_alphanumeric()
                || matches!(character, '_' | '-' | '!' | '.' | '~' | '\'' | '(' | ')' | '*')
                || (character == '/' && keeps_slash);
            if unreserved {
                self.put_char(character);
                continue;
            }
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                // Upper case, as in `Uri.encode`.
                let digit = |value| hex_digit(value).to_ascii_uppercase();
                self.put_bytes(&[b'%', digit(byte >> 4), digit(byte & 0xf)]);
            }
        }
    }

    pub(crate) fn put_integer(&mut self, value: i64) {
        if value < 0 {
            self.put("-");
        }
        self.put_bytes(Digits::new().of(value.unsigned_abs()));
    }

    /// Writes bits in lower-case hexadecimal with `0x`, as a negative number if the highest bit is set. Android writes the positive
    /// number, which its own reader refuses as too large.
    pub(crate) fn put_bits(&mut self, bits: u32) {
        let signed = bits.cast_signed();
        self.put(if signed < 0 { "-0x" } else { "0x" });
        let magnitude = signed.unsigned_abs();
        let highest = magnitude.checked_ilog2().unwrap_or(0) / 4;
        for digit in (0..=highest).rev() {
            let value = (magnitude >> (4 * digit)) & 0xf;
            self.put_bytes(&[hex_digit(value as u8)]);
        }
    }

    /// Writes a field with a percent-encoded value.
    pub(crate) fn put_field(&mut self, name: &str, value: impl Iterator<Item = char>, keeps_slash: bool) {
        self.put(name);
        self.put("=");
        self.put_encoded(value, keeps_slash);
        self.put(";");
    }

    fn put_bytes(&mut self, bytes: &[u8]) {
        let free = self.buffer.get_mut(self.length..).unwrap_or_default();
        if let Some(place) = free.get_mut(..bytes.len()) {
            copy(place, bytes);
        }
        self.length = self.length.saturating_add(bytes.len());
    }
}
