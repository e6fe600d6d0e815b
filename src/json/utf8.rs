//! Whether bytes are text.

use super::error::{DecodeError, DecodeErrorKind};

/// Bytes as text, by the fastest validator that the features allow.
#[inline]
pub(super) fn utf8(bytes: &[u8]) -> Option<&str> {
    #[cfg(all(feature = "simd", not(feature = "small")))]
    let text = simdutf8::basic::from_utf8(bytes);
    #[cfg(not(all(feature = "simd", not(feature = "small"))))]
    let text = core::str::from_utf8(bytes);
    text.ok()
}

/// Bytes as text, or how many from the start are UTF-8.
#[cfg_attr(feature = "small", inline(never))]
#[cfg_attr(not(feature = "small"), inline(always))]
pub(super) fn text(bytes: &[u8]) -> Result<&str, usize> {
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
    match core::str::from_utf8(bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    }
}
