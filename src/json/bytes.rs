//! Moving bytes in safe code without a panic in it.

/// Writes bytes at an offset, if they fit.
#[inline]
pub(super) fn store<const N: usize>(room: &mut [u8], at: usize, bytes: [u8; N]) {
    if let Some(place) = room.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
        *place = bytes;
    }
}

/// Copies bytes over as many. The comparison costs nothing where the lengths are known, and where they are not it keeps the
/// panic of `copy_from_slice` out of the program.
#[inline]
pub(crate) fn copy(to: &mut [u8], from: &[u8]) {
    if to.len() == from.len() {
        to.copy_from_slice(from);
    }
}
