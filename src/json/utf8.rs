//! Whether bytes are text.

use super::error::{DecodeError, DecodeErrorKind};

/// Bytes as text, by the fastest validator that the features allow.
#[inline]
pub(super) fn utf8(bytes: &[u8]) -> Option<&str> {
    #[cfg(feature = "small")]
    return text(bytes).ok();
    #[cfg(all(feature = "simd", not(feature = "small")))]
    return simdutf8::basic::from_utf8(bytes).ok();
    #[cfg(not(any(feature = "simd", feature = "small")))]
    core::str::from_utf8(bytes).ok()
}

/// Bytes as text, or how many from the start are UTF-8.
#[cfg_attr(feature = "small", inline(never))]
#[cfg_attr(not(feature = "small"), inline(always))]
pub(super) fn text(bytes: &[u8]) -> Result<&str, usize> {
    #[cfg(feature = "small")]
    {
        let text = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        if text.len() == bytes.len() { Ok(text) } else { Err(text.len()) }
    }
    #[cfg(not(feature = "small"))]
    match utf8(bytes) {
        Some(text) => Ok(text),
        None => Err(valid_up_to(bytes)),
    }
}

#[cold]
pub(super) fn not_utf8(bytes: &[u8]) -> DecodeError {
    DecodeError::at(DecodeErrorKind::NotUtf8, valid_up_to(bytes))
}

/// How many bytes from the start are UTF-8.
#[cold]
pub(super) fn valid_up_to(bytes: &[u8]) -> usize {
    #[cfg(feature = "small")]
    let valid = text(bytes).err();
    #[cfg(not(feature = "small"))]
    let valid = core::str::from_utf8(bytes).err().map(|error| error.valid_up_to());
    valid.unwrap_or(bytes.len())
}
