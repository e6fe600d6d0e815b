//! Messages that are longer than memory, written in pieces.

use core::fmt;

use embedded_io::Write;

use super::error::EncodeError;
use super::writer::{Drain, Writer, measure};
use super::{Encode, write};
use crate::bytes::BufferFull;

/// Why a message could not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum WriteError<E> {
    /// The message cannot be encoded, or the buffer is shorter than 2 bytes. Nothing has
    /// been written.
    Encode(EncodeError),
    /// The writer failed. A part of the message may have been written.
    Write(E),
    /// The writer claims to have accepted no byte, or more bytes than it was given, which `embedded_io::Write` forbids. A part of the
    /// message may have been written.
    BadCount,
}

impl<E: fmt::Display> fmt::Display for WriteError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => error.fmt(f),
            Self::Write(error) => write!(f, "the writer failed: {error}"),
            Self::BadCount => f.write_str("the writer accepted none of the bytes, or more than it was given"),
        }
    }
}

impl<E: core::error::Error> core::error::Error for WriteError<E> {}

impl<E> From<EncodeError> for WriteError<E> {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

/// Shortest buffer: what is drained leaves one byte behind, a comma that may be replaced.
const MIN_BUFFER_LEN: usize = 2;

/// Encodes a message into a writer, through a buffer that holds one piece at a time. Returns the number of bytes. The bytes are those
/// of [`to_slice`](super::to_slice).
///
/// [`encoded_len`](super::encoded_len) returns this number in advance, for the header `Content-Length`. The writer gets pieces that are one
/// byte shorter than the buffer, and is not flushed. The call blocks as long as the writer does.
///
/// # Errors
///
/// [`WriteError::Encode`] before anything is written: [`EncodeError::NotUtf8`], or [`EncodeError::BufferFull`] for a
/// buffer of less than 2 bytes. [`WriteError::Write`] with the writer's error, or [`WriteError::BadCount`]; nothing more
/// is written after an error.
///
/// ```
/// use embedded_io::Write;
/// use offline_push::json::{self, List, Texts};
/// use offline_push::vivo::TagExpression;
///
/// # struct Socket(Vec<u8>);
/// # impl embedded_io::ErrorType for Socket { type Error = core::convert::Infallible; }
/// # impl Write for Socket {
/// #     fn write(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> { self.0.extend(bytes); Ok(bytes.len()) }
/// #     fn flush(&mut self) -> Result<(), Self::Error> { Ok(()) }
/// # }
/// # let mut socket = Socket(Vec::new());
/// let cities = Texts::new(&[(); 1000], |()| "shenzhen");
/// let mut expression = TagExpression::new();
/// expression.or_tags = Some(List::from_texts(&cities));
///
/// let length = json::encoded_len(&expression);
/// write!(socket, "Content-Length: {length}\r\n\r\n")?;
/// assert_eq!(json::to_embedded_writer(&expression, &mut socket, &mut [0; 64])?, length);
/// # assert_eq!(socket.0.len(), length + 25);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn to_embedded_writer<T: Encode + ?Sized, W: Write>(
    value: &T,
    writer: W,
    buffer: &mut [u8],
) -> Result<usize, WriteError<W::Error>> {
    let length = write(value, &mut measure())?;
    if buffer.len() < MIN_BUFFER_LEN {
        return Err(EncodeError::BufferFull(BufferFull { needed: MIN_BUFFER_LEN }).into());
    }
    let mut pieces = Pieces { to: writer, result: Ok(()) };
    let mut drained = Writer::draining(buffer, &mut pieces);
    value.encode(&mut drained);
    drained.finish();
    pieces.result?;
    Ok(length)
}

struct Pieces<W: Write> {
    to: W,
    result: Result<(), WriteError<W::Error>>,
}

impl<W: Write> Drain for Pieces<W> {
    fn drain(&mut self, bytes: &[u8]) -> usize {
        // Not `write_all`: it panics where a writer miscounts.
        let mut rest = bytes;
        while self.result.is_ok() && !rest.is_empty() {
            match self.to.write(rest).map(|taken| rest.get(taken..).filter(|_| taken > 0)) {
                Ok(Some(behind)) => rest = behind,
                Ok(None) => self.result = Err(WriteError::BadCount),
                Err(error) => self.result = Err(WriteError::Write(error)),
            }
        }
        bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use core::convert::Infallible;

    use embedded_io::{ErrorType, Write};

    use super::{WriteError, to_embedded_writer};
    use crate::json::encoded_len;
    use crate::vivo::Notification;

    /// Takes what it says of the bytes that it is given, and breaks the rules of `Write` with it.
    struct Says(fn(usize) -> usize);

    impl ErrorType for Says {
        type Error = Infallible;
    }

    impl Write for Says {
        fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
            Ok((self.0)(bytes.len()))
        }

        fn flush(&mut self) -> Result<(), Infallible> {
            Ok(())
        }
    }

    #[test]
    fn a_writer_that_miscounts_is_an_error_and_no_panic() {
        let push = Notification::new("title", "content", "request-1");
        let counts: [fn(usize) -> usize; 3] = [|_| 0, |given| given + 1, |_| usize::MAX];
        for length in [2, 16, 256] {
            for count in counts {
                assert_eq!(
                    to_embedded_writer(&push, Says(count), &mut std::vec![0; length]),
                    Err(WriteError::BadCount)
                );
            }
            for count in [|_| 1, |given| given] as [fn(usize) -> usize; 2] {
                let written = to_embedded_writer(&push, Says(count), &mut std::vec![0; length]);
                assert_eq!(written, Ok(encoded_len(&push)), "one that takes a part is asked again");
            }
        }
    }
}
