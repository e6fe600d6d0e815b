//! One exchange of HTTP/1.1 over a connection of its own: the reply's status, date, and body in one piece.

use crate::net::{Closed, Line, Net};

/// A whole reply, read inside its buffer.
pub struct Reply<'b> {
    pub status: u16,
    /// Of the header `date`, Unix time in milliseconds.
    pub date: Option<u64>,
    pub body: &'b mut [u8],
}

/// What a library reads. The program without the library has none, so that what these cost is not taken for the network's.
#[derive(Clone, Copy)]
pub struct Readers {
    /// The value of the header `date`.
    pub date: fn(&[u8]) -> Option<u64>,
    /// Joins the chunks of a body in place, and gives the length of all; `None` if the last one is missing.
    pub join: fn(&mut [u8]) -> Option<usize>,
}

/// What the head of a reply says.
struct Head {
    status: u16,
    date: Option<u64>,
    /// Where the body starts.
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
    readers: Readers,
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
    let (mut length, mut closed) = (0, false);
    loop {
        let received = buffer.get_mut(..length)?;
        if let Some(head) = read_head(received, readers) {
            let body = received.get_mut(head.body..)?;
            let whole = match head.length {
                _ if to_head => Some(0),
                _ if head.chunked => (readers.join)(body),
                length => length.filter(|length| *length <= body.len()),
            };
            // A reply without a length ends with the connection. So does one that is cut off.
            let ended = whole.is_none() && (closed || length == buffer.len());
            if let Some(whole) = whole.or(ended.then_some(length - head.body)) {
                net.cut(Line::Vivo);
                let body = buffer.get_mut(head.body..head.body + whole)?;
                return Some(Reply { status: head.status, date: head.date, body });
            }
        } else if closed {
            return None;
        }
        match net.receive(Line::Vivo, buffer.get_mut(length..)?, None) {
            Ok(more) => length += more,
            Err(Closed) => closed = true,
        }
    }
}

/// The text before a line end, and what is behind it.
fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let line = bytes.get(..end)?;
    Some((line.strip_suffix(b"\r").unwrap_or(line), bytes.get(end + 1..)?))
}

/// The number at the start of a text.
fn number(text: &[u8]) -> Option<usize> {
    let mut value = None;
    for digit in text.iter().map(|byte| byte.wrapping_sub(b'0')).take_while(|digit| *digit < 10) {
        value = Some(value.unwrap_or(0_usize).checked_mul(10)?.checked_add(digit.into())?);
    }
    value
}

fn read_head(received: &[u8], readers: Readers) -> Option<Head> {
    let (first, mut rest) = line(received)?;
    let status = number(first.strip_prefix(b"HTTP/1.")?.get(2..)?)? as u16;
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
            head.length = number(value);
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            head.chunked = value.eq_ignore_ascii_case(b"chunked");
        } else if name.eq_ignore_ascii_case(b"date") {
            head.date = (readers.date)(value);
        }
    }
}
