//! Copies bytes and splits text, without linking the panics of the standard library's functions.

use core::fmt;

/// The buffer is too short.
///
/// Every error of this crate about a buffer that is too short contains this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct BufferFull {
    /// Number of bytes needed.
    pub needed: usize,
}

impl fmt::Display for BufferFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the buffer is too short: {} bytes are needed", self.needed)
    }
}

impl core::error::Error for BufferFull {}

/// Writes bytes at an offset, if they fit.
#[inline]
pub(crate) fn store<const N: usize>(room: &mut [u8], at: usize, bytes: [u8; N]) {
    if let Some(place) = room.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
        *place = bytes;
    }
}

/// Copies as many bytes as fit. Compilers turn the loop into one copy, without the panic of `copy_from_slice`, which remains in
/// programs built for size.
#[inline]
pub(crate) fn copy(to: &mut [u8], from: &[u8]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

/// As [`copy`], but not inlined: the compiler then knows that the slices do not overlap, and calls `memcpy`.
#[inline(never)]
pub(crate) fn copy_run(to: &mut [u8], from: &[u8]) {
    copy(to, from);
}

/// A copy of a short text: at most `N` bytes, and at most 255.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShortText<const N: usize> {
    bytes: [u8; N],
    length: u8,
}

impl<const N: usize> ShortText<N> {
    pub(crate) const EMPTY: Self = Self { bytes: [0; N], length: 0 };

    /// `None` if the text is too long.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut stored = Self::EMPTY;
        stored.set(text).then_some(stored)
    }

    /// Takes a copy of a text. False if it is too long: then nothing changes.
    pub(crate) fn set(&mut self, text: &str) -> bool {
        let (Ok(length), Some(place)) = (u8::try_from(text.len()), self.bytes.get_mut(..text.len())) else {
            return false;
        };
        copy(place, text.as_bytes());
        self.length = length;
        true
    }

    pub(crate) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        // A whole text was copied, so this never fails.
        core::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// Splits text at the first occurrence of an ASCII byte, which is in neither part. `None` if the text does not contain it.
/// Unlike `str::split_once`, it links no panic if it is not inlined.
pub(crate) fn split_at_byte(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    let (before, rest) = text.split_at_checked(place)?;
    Some((before, rest.get(1..)?))
}

/// True for white space. Unlike `char::is_whitespace`, it needs no table of 256 bytes.
pub(crate) const fn is_white_space(character: char) -> bool {
    matches!(character,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// As `str::trim_start`, with a third of the code.
pub(crate) fn trim_start(text: &str) -> &str {
    let mut rest = text.chars();
    loop {
        let trimmed = rest.as_str();
        if !rest.next().is_some_and(is_white_space) {
            return trimmed;
        }
    }
}

/// As `str::trim_end`, with a third of the code.
pub(crate) fn trim_end(text: &str) -> &str {
    let mut rest = text.chars();
    loop {
        let trimmed = rest.as_str();
        if !rest.next_back().is_some_and(is_white_space) {
            return trimmed;
        }
    }
}

/// As `str::trim`.
pub(crate) fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}

#[cfg(test)]
mod tests {
    use super::{ShortText, is_white_space, split_at_byte, trim};

    #[test]
    fn is_white_space_equals_that_of_the_standard_library() {
        for character in '\0'..=char::MAX {
            assert_eq!(is_white_space(character), character.is_whitespace(), "{character:?}");
        }
        for text in ["", " \u{3000}", "a", "\t 标题\u{a0} 内容 \r\n", "\u{200b} a"] {
            assert_eq!(trim(text), text.trim());
        }
    }

    #[test]
    fn split_at_byte_equals_split_once() {
        for text in ["", ";", "a;b", ";b", "a;", "a;b;c", "标题;内容;", "标题", "\u{3b}\u{103b};"] {
            assert_eq!(split_at_byte(text, b';'), text.split_once(';'), "{text:?}");
        }
    }

    #[test]
    fn short_text_new_keeps_what_fits() {
        for text in ["", "a", "标题"] {
            assert_eq!(ShortText::<6>::new(text).map(|stored| stored.as_str() == text), Some(true));
        }
        assert!(ShortText::<6>::new("1234567").is_none());
        assert!(ShortText::<300>::new(&"x".repeat(256)).is_none());
    }
}
