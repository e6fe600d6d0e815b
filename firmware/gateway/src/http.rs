//! One exchange of HTTP/1.1 over a connection of its own: the reply's status, date, and body in one piece.

use crate::net::{Closed, Line, Net};

/// A whole reply, read inside its buffer.
pub struct Reply<'b> {
    pub status: u16,
    /// Of the header `date`, Unix time in seconds.
    pub date: Option<u64>,
    pub body: &'b mut [u8],
}

/// Where the parts of a reply are, and how the end of the body is found.
struct Head {
    status: u16,
    date: Option<u64>,
    body: usize,
    length: Option<usize>,
    chunked: bool,
}

/// Sends a request, whose head is the start of `buffer`, and receives the reply there, up to its end or that of the connection. `body`
/// writes a part of the body, from the given place on, and returns its length. `None` if there is no reply.
pub fn exchange<'b>(
    net: &mut Net,
    port: u16,
    buffer: &'b mut [u8],
    head: usize,
    body: Option<&mut dyn FnMut(usize, &mut [u8]) -> usize>,
) -> Option<Reply<'b>> {
    net.connect(Line::Vivo, port).ok()?;
    net.send_all(Line::Vivo, buffer.get(..head)?).ok()?;
    let to_head = body.is_none();
    if let Some(body) = body {
        let mut sent = 0;
        loop {
            match net.send(Line::Vivo, |free| body(sent, free)).ok()? {
                0 => break,
                length => sent += length,
            }
        }
    }
    let mut length = 0;
    while !is_complete(buffer.get(..length)?, to_head) && length < buffer.len() {
        match net.receive(Line::Vivo, buffer.get_mut(length..)?, None) {
            Ok(more) => length += more,
            Err(Closed) => break,
        }
    }
    net.cut(Line::Vivo);
    read(buffer.get_mut(..length)?)
}

/// True if nothing is missing of a reply. One without a length ends with the connection, so nobody knows.
fn is_complete(received: &[u8], to_head: bool) -> bool {
    let Some(head) = read_head(received) else { return false };
    let body = received.get(head.body..).unwrap_or_default();
    match head.length {
        _ if to_head => true,
        _ if head.chunked => Chunks(body).last().is_some_and(|chunk| chunk.is_empty()),
        Some(length) => body.len() >= length,
        None => false,
    }
}

/// Reads a reply. If it was cut off, so is the body. `None` if not even the head is complete.
fn read(received: &mut [u8]) -> Option<Reply<'_>> {
    let head = read_head(received)?;
    let body = received.get_mut(head.body..)?;
    let length = if head.chunked { join(body) } else { head.length.unwrap_or(body.len()).min(body.len()) };
    Some(Reply { status: head.status, date: head.date, body: body.get_mut(..length)? })
}

/// The text before a line end, and what is behind it.
fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = bytes.get(..end)?;
    Some((line.strip_suffix(b"\r").unwrap_or(line), bytes.get(end + 1..)?))
}

/// The number at the start of a text, to base 10 or 16.
fn number(text: &[u8], base: u32) -> Option<usize> {
    let mut value = None;
    for byte in text {
        let Some(digit) = char::from(*byte).to_digit(base) else { break };
        value = Some(value.unwrap_or(0_usize).checked_mul(base as usize)?.checked_add(digit as usize)?);
    }
    value
}

fn read_head(received: &[u8]) -> Option<Head> {
    let (first, mut rest) = line(received)?;
    let status = number(first.strip_prefix(b"HTTP/1.")?.get(2..)?, 10)? as u16;
    let mut head = Head { status, date: None, body: 0, length: None, chunked: false };
    loop {
        let (header, behind) = line(rest)?;
        rest = behind;
        if header.is_empty() {
            head.body = received.len() - rest.len();
            return Some(head);
        }
        let Some(colon) = header.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = header.split_at(colon);
        let value = value.get(1..)?.trim_ascii();
        if name.eq_ignore_ascii_case(b"content-length") {
            head.length = number(value, 10);
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            head.chunked = value.eq_ignore_ascii_case(b"chunked");
        } else if name.eq_ignore_ascii_case(b"date") {
            head.date = http_date(value);
        }
    }
}

/// The whole chunks of a body. The last one is empty.
struct Chunks<'b>(&'b [u8]);

impl<'b> Iterator for Chunks<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let (size, rest) = line(self.0)?;
        let (chunk, rest) = rest.split_at_checked(number(size, 16)?)?;
        self.0 = rest.strip_prefix(b"\r\n")?;
        Some(chunk)
    }
}

/// Moves the chunks of a body together; the length of all.
fn join(body: &mut [u8]) -> usize {
    let (mut from, mut length) = (0, 0);
    loop {
        let mut chunks = Chunks(body.get(from..).unwrap_or_default());
        let Some(chunk) = chunks.next() else { return length };
        let (size, left) = (chunk.len(), chunks.0.len());
        // Behind the chunk are a line end and what is left.
        let end = body.len() - left - 2;
        body.copy_within(end - size..end, length);
        length += size;
        from = body.len() - left;
    }
}

/// The time of `Sun, 06 Nov 1994 08:49:37 GMT`, Unix time in seconds.
fn http_date(text: &[u8]) -> Option<u64> {
    let part = |from: usize| number(text.get(from..)?, 10).map(|number| number as u32);
    let name = text.get(8..11)?;
    let month = b"JanFebMarAprMayJunJulAugSepOctNovDec".chunks(3).position(|month| month == name)? as u32;
    let (day, year, hour, minute, second) = (part(5)?, part(12)?, part(17)?, part(20)?, part(23)?);
    if !(1970..=9999).contains(&year) || day > 31 || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // A year that begins in March has its odd day at the end.
    let (year, month) = if month < 2 { (year - 1, month + 10) } else { (year, month - 2) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    let seconds = (hour * 60 + minute) * 60 + second;
    Some(u64::from(days.checked_sub(719_469)?) * 86_400 + u64::from(seconds))
}
