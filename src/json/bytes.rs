//! Moving bytes in safe code without a panic in it.

/// Writes bytes at an offset, if they fit.
#[inline]
pub(super) fn store<const N: usize>(room: &mut [u8], at: usize, bytes: [u8; N]) {
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
pub(super) fn copy_run(to: &mut [u8], from: &[u8]) {
    copy(to, from);
}
