//! The body of a reply in HTTP's chunked coding.

use core::cell::Cell;
use core::fmt;

/// Joins the body of a reply with `Transfer-Encoding: chunked` in place, without another buffer: the data of its chunks moves to the
/// start of the buffer. This function is for a device that reads HTTP/1.1 by itself; HTTP clients do this for you.
///
/// `body` is everything after the empty line of the head. Read from the socket until the function no longer returns
/// [`ChunkError::Incomplete`]. This error leaves the buffer unchanged. Each call goes through all chunks again, so call it
/// for each packet, not for each byte. A reply with `Content-Length` has no chunks.
///
/// ```
/// use offline_push::exchange::{ChunkError, join_chunks};
/// use offline_push::read_reply;
/// use offline_push::vivo::SendResponse;
///
/// let mut buffer = *b"16\r\n{\"result\":10302,\"desc\"\r\n11\r\n:\"invalid regId\"}\r\n0\r\n\r\n";
/// let received = buffer.len();
///
/// // The last bytes have not arrived yet.
/// assert_eq!(join_chunks(&mut buffer[..received - 1]), Err(ChunkError::Incomplete));
/// // Now they have arrived.
/// let body = join_chunks(&mut buffer[..received])?;
/// let reply: SendResponse = read_reply(200_u16, body)?;
/// assert_eq!(reply.desc, Some("invalid regId"));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Format
///
/// The format is exactly that of RFC 9112, section 7.1: sizes in hexadecimal, lines that end with CR LF, a last chunk of size 0, and an
/// empty line at the end. Extensions of a chunk and fields of the trailer are skipped. Bytes after the end are refused, because a reply
/// to another request cannot be there.
///
/// # Errors
///
/// [`ChunkError`]. In this case, the buffer is unchanged.
pub fn join_chunks(body: &mut [u8]) -> Result<&mut [u8], ChunkError> {
    // A first pass checks everything, so that an error leaves the bytes unchanged.
    let mut walk = Walk { body, at: 0 };
    while walk.chunk()?.is_some() {}
    walk.trailer()?;
    if walk.at != body.len() {
        return Err(ChunkError::Malformed { offset: walk.at });
    }

    let mut joined = 0;
    let mut at = 0;
    loop {
        let mut walk = Walk { body, at };
        let Some((start, end)) = walk.chunk()? else { break };
        at = walk.at;
        let length = end.saturating_sub(start);
        shift(body, start, joined, length);
        joined = joined.saturating_add(length);
    }
    Ok(body.get_mut(..joined).unwrap_or_default())
}

/// Moves bytes towards the start. The two places may overlap.
fn shift(bytes: &mut [u8], from: usize, to: usize, length: usize) {
    // Unlike `copy_within`, it links no panic.
    let bytes = Cell::from_mut(bytes).as_slice_of_cells();
    let (from, to) = (bytes.get(from..).unwrap_or_default(), bytes.get(to..).unwrap_or_default());
    for (to, from) in to.iter().zip(from).take(length) {
        to.set(from.get());
    }
}

/// Goes from chunk to chunk.
struct Walk<'b> {
    body: &'b [u8],
    at: usize,
}

impl Walk<'_> {
    /// Where the data of the next chunk starts and ends; `None` for the last chunk, which has no data.
    fn chunk(&mut self) -> Result<Option<(usize, usize)>, ChunkError> {
        let size = self.size()?;
        self.rest_of_line()?;
        if size == 0 {
            return Ok(None);
        }
        let start = self.at;
        let end = start.checked_add(size).filter(|end| *end <= self.body.len());
        let end = end.ok_or(ChunkError::Incomplete)?;
        self.at = end;
        self.expect(b'\r')?;
        self.expect(b'\n')?;
        Ok(Some((start, end)))
    }

    /// The size of a chunk, and what is after it in the line: nothing, or an extension.
    fn size(&mut self) -> Result<usize, ChunkError> {
        let start = self.at;
        let mut size: usize = 0;
        while let Some(digit) = hex_value(self.byte()?) {
            let next = size.checked_mul(16).and_then(|size| size.checked_add(digit));
            size = next.ok_or(ChunkError::Malformed { offset: self.at })?;
            self.at = self.at.saturating_add(1);
        }
        let allowed = matches!(self.byte()?, b'\r' | b';' | b' ' | b'\t');
        if self.at == start || !allowed { Err(ChunkError::Malformed { offset: self.at }) } else { Ok(size) }
    }

    /// Skips the fields after the last chunk, and the empty line.
    fn trailer(&mut self) -> Result<(), ChunkError> {
        loop {
            let start = self.at;
            self.rest_of_line()?;
            if self.at == start.saturating_add(2) {
                return Ok(());
            }
        }
    }

    /// Skips to the start of the next line.
    fn rest_of_line(&mut self) -> Result<(), ChunkError> {
        loop {
            match self.byte()? {
                b'\r' => break,
                b'\t' | b' '..=b'~' | 0x80.. => self.at = self.at.saturating_add(1),
                _ => return Err(ChunkError::Malformed { offset: self.at }),
            }
        }
        self.expect(b'\r')?;
        self.expect(b'\n')
    }

    fn expect(&mut self, byte: u8) -> Result<(), ChunkError> {
        if self.byte()? != byte {
            return Err(ChunkError::Malformed { offset: self.at });
        }
        self.at = self.at.saturating_add(1);
        Ok(())
    }

    /// The next byte, which stays there.
    fn byte(&self) -> Result<u8, ChunkError> {
        self.body.get(self.at).copied().ok_or(ChunkError::Incomplete)
    }
}

/// The value of a hexadecimal digit in either letter case. Unlike `char::to_digit`, it links no panic.
const fn hex_value(byte: u8) -> Option<usize> {
    match byte {
        b'0'..=b'9' => Some((byte & 0xf) as usize),
        b'a'..=b'f' | b'A'..=b'F' => Some((byte & 0xf) as usize + 9),
        _ => None,
    }
}

/// Why the chunks of a body cannot be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ChunkError {
    /// The end of the body has not been received yet. If the buffer is full, it is too short. If the connection is closed, the reply was
    /// cut off: treat it as no reply.
    Incomplete,
    /// The body is not in the chunked coding. Treat it as no reply, and close the connection.
    Malformed {
        /// Position of the first byte that is not allowed there.
        offset: usize,
    },
}

impl fmt::Display for ChunkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete => f.write_str("the body has not been received to its end"),
            Self::Malformed { offset } => {
                write!(f, "the body is not in the chunked coding, at byte {offset}")
            }
        }
    }
}

impl core::error::Error for ChunkError {}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use std::vec::Vec;
    use std::{format, vec};

    use super::{ChunkError, join_chunks};

    fn join(body: &[u8]) -> Result<Vec<u8>, ChunkError> {
        let mut copy = body.to_vec();
        let joined = join_chunks(&mut copy).map(|joined| joined.to_vec());
        assert!(joined.is_ok() || copy == body, "an error leaves the buffer unchanged");
        joined
    }

    #[test]
    fn join_chunks_every_length_of_chunk() {
        let data: Vec<u8> = (0..=255).cycle().take(600).collect();
        for length in 1..=data.len() {
            let mut body = Vec::new();
            for part in data.chunks(length) {
                body.extend(format!("{:x}\r\n", part.len()).bytes());
                body.extend(part);
                body.extend(b"\r\n");
            }
            body.extend(b"0\r\n\r\n");
            assert_eq!(join(&body).as_ref(), Ok(&data), "{length}");
        }
        assert_eq!(join(b"0\r\n\r\n"), Ok(vec![]));
    }

    #[test]
    fn join_chunks_skips_extensions_and_trailer() {
        let body = b"02;a=\"b;\xe6\"\r\n{}\r\nA \t;c\r\n0123456789\r\n000;last\r\nexpires: 0\r\nx: y\r\n\r\n";
        assert_eq!(join(body), Ok(b"{}0123456789".to_vec()));
    }

    #[test]
    fn join_chunks_each_shorter_body_is_incomplete() {
        let body = b"2;a\r\n{}\r\n3\r\nabc\r\n0\r\nx: y\r\n\r\n";
        for length in 0..body.len() {
            assert_eq!(join(&body[..length]), Err(ChunkError::Incomplete), "{length}");
        }
        assert_eq!(join(body), Ok(b"{}abc".to_vec()));
    }

    #[test]
    fn join_chunks_malformed_names_the_byte() {
        for (body, offset) in [
            (&b"{\"result\":0}"[..], 0),
            (b"\r\n", 0),
            (b" 2\r\n{}\r\n0\r\n\r\n", 0),
            (b"-2\r\n{}\r\n0\r\n\r\n", 0),
            (b"+2\r\n{}\r\n0\r\n\r\n", 0),
            (b"0x2\r\n{}\r\n0\r\n\r\n", 1),
            (b"2_0\r\n{}\r\n0\r\n\r\n", 1),
            (b"2\n{}\n0\n\n", 1),
            (b"2\r{}", 2),
            (b"2;a\nb\r\n{}\r\n0\r\n\r\n", 3),
            (b"2;a\0\r\n{}\r\n0\r\n\r\n", 3),
            (b"2\r\n{}0\r\n\r\n", 5),
            (b"2\r\n{}\n0\r\n\r\n", 5),
            (b"1\r\n{}\r\n0\r\n\r\n", 4),
            (b"0\r\n\r\nHTTP/1.1 200 OK\r\n", 5),
            (b"0\r\nx: y\n\r\n", 7),
        ] {
            assert_eq!(join(body), Err(ChunkError::Malformed { offset }), "{}", body.escape_ascii());
        }
    }

    #[test]
    fn join_chunks_hostile_sizes() {
        let max = format!("{:x}\r\n{{}}\r\n0\r\n\r\n", usize::MAX);
        assert_eq!(join(max.as_bytes()), Err(ChunkError::Incomplete));
        let digits = max.bytes().position(|byte| byte == b'\r').unwrap();
        let beyond = format!("1{max}");
        assert_eq!(join(beyond.as_bytes()), Err(ChunkError::Malformed { offset: digits }));
        let zeros = format!("{}2\r\n{{}}\r\n{}\r\n\r\n", "0".repeat(10_000), "0".repeat(10_000));
        assert_eq!(join(zeros.as_bytes()), Ok(b"{}".to_vec()));
        // Chunks of one byte: each byte moves once.
        let mut many = b"1\r\nx\r\n".repeat(200_000);
        many.extend(b"0\r\n\r\n");
        assert_eq!(join(&many).unwrap().len(), 200_000);
    }
}
