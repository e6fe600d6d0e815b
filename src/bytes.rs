//! Bytes moved and text split in safe code, without a panic that the standard library's functions would link.

use core::fmt;

/// A buffer that is too short for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct BufferFull {
    /// Bytes needed.
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

/// Copies bytes over as many. Compilers make one move of the loop, without the panic of `copy_from_slice`, which programs
/// built for size would keep.
#[inline]
pub(crate) fn copy(to: &mut [u8], from: &[u8]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

/// Like [`copy`], but not inlined: the compiler then knows that the slices do not overlap, and calls `memcpy`.
#[inline(never)]
pub(crate) fn copy_run(to: &mut [u8], from: &[u8]) {
    copy(to, from);
}

/// Splits text at the first such ASCII byte, which is in neither part; `None` without one. Unlike `str::split_once`, it links no
/// panic when it is not inlined.
pub(crate) fn split_at_byte(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    let (before, rest) = text.split_at_checked(place)?;
    Some((before, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::split_at_byte;

    #[test]
    fn split_at_byte_splits_as_split_once_does() {
        for text in ["", ";", "a;b", ";b", "a;", "a;b;c", "标题;内容;", "标题", "\u{3b}\u{103b};"] {
            assert_eq!(split_at_byte(text, b';'), text.split_once(';'), "{text:?}");
        }
    }
}
