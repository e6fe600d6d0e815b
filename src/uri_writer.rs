//! Where a URI is written: a buffer, or nothing but its length.

use crate::bytes::{BufferFull, copy};
use crate::digits::{Digits, hex_digit};

/// Takes a URI piece by piece. What does not fit is counted.
pub(crate) struct UriWriter<'b> {
    buffer: &'b mut [u8],
    length: usize,
}

impl<'b> UriWriter<'b> {
    pub(crate) fn new(buffer: &'b mut [u8]) -> Self {
        Self { buffer, length: 0 }
    }

    /// The text, or the number of bytes it takes.
    pub(crate) fn finish(self) -> Result<&'b str, BufferFull> {
        let needed = self.length;
        let written = self.buffer.get(..needed).ok_or(BufferFull { needed })?;
        // Only whole texts were put; the check is what safe code pays for saying so.
        core::str::from_utf8(written).map_err(|_| BufferFull { needed })
    }

    /// The number of bytes put so far, whether or not they fitted.
    pub(crate) const fn length(&self) -> usize {
        self.length
    }

    /// Forgets what has been put since the length was this one.
    pub(crate) fn take_back(&mut self, length: usize) {
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

    /// Text with everything escaped but letters, digits, `_-!.~'()*`, and `/` if it may stay: Android's `Uri.encode`.
    pub(crate) fn put_encoded(&mut self, characters: impl Iterator<Item = char>, keeps_slash: bool) {
        for character in characters {
            let stays = character.is_ascii_alphanumeric()
                || matches!(character, '_' | '-' | '!' | '.' | '~' | '\'' | '(' | ')' | '*')
                || (character == '/' && keeps_slash);
            if stays {
                self.put_char(character);
                continue;
            }
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                // Upper case, as `Uri.encode` writes them.
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

    /// Bits in lower-case hexadecimal, with `0x`. With the highest one set, as a negative number: Android writes the
    /// positive one, which its own reader refuses as too large.
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

    /// A field, its value escaped.
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
