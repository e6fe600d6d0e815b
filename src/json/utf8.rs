//! Whether bytes are text.

use super::SMALL;
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

/// As much text as there is at the start of bytes: in small programs the one check for all purposes.
#[cfg_attr(feature = "small", inline(never))]
#[cfg_attr(not(feature = "small"), cold)]
fn prefix(mut bytes: &[u8]) -> &str {
    loop {
        match core::str::from_utf8(bytes) {
            Ok(text) => return text,
            Err(error) => bytes = bytes.get(..error.valid_up_to()).unwrap_or_default(),
        }
    }
}

/// Bytes as text, or how many from the start are UTF-8.
#[inline(always)]
pub(super) fn text(bytes: &[u8]) -> Result<&str, usize> {
    if SMALL {
        let text = prefix(bytes);
        return if text.len() == bytes.len() { Ok(text) } else { Err(text.len()) };
    }
    utf8(bytes).ok_or_else(|| valid_up_to(bytes))
}

#[cold]
pub(super) fn not_utf8(bytes: &[u8]) -> DecodeError {
    DecodeError::at(DecodeErrorKind::NotUtf8, valid_up_to(bytes))
}

/// How many bytes from the start are UTF-8.
#[cold]
pub(super) fn valid_up_to(bytes: &[u8]) -> usize {
    prefix(bytes).len()
}
