//! Replies of HTTP/1.1: status, date, and the body in one piece.

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

/// True if nothing is missing of a reply. One without a length ends with the connection, so nobody knows.
pub fn is_complete(received: &[u8], to_head: bool) -> bool {
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
pub fn read(received: &mut [u8]) -> Option<Reply<'_>> {
    let head = read_head(received)?;
    let body = received.get_mut(head.body..)?;
    let length = if head.chunked { join(body) } else { head.length.unwrap_or(body.len()).min(body.len()) };
    Some(Reply { status: head.status, date: head.date, body: body.get_mut(..length)? })
}

fn read_head(received: &[u8]) -> Option<Head> {
    let end = received.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let mut lines = core::str::from_utf8(received.get(..end)?).ok()?.split("\r\n");
    let status = lines.next()?.strip_prefix("HTTP/1.")?.get(2..5)?.parse().ok()?;
    let mut head = Head { status, date: None, body: end + 4, length: None, chunked: false };
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-length") {
            head.length = value.parse().ok();
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            head.chunked = value.eq_ignore_ascii_case("chunked");
        } else if name.eq_ignore_ascii_case("date") {
            head.date = http_date(value);
        }
    }
    Some(head)
}

/// The whole chunks of a body. The last one is empty.
struct Chunks<'b>(&'b [u8]);

impl<'b> Iterator for Chunks<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let end = self.0.windows(2).position(|bytes| bytes == b"\r\n")?;
        let size = core::str::from_utf8(self.0.get(..end)?).ok()?;
        let size = size.split(';').next().map(str::trim)?;
        let size = usize::from_str_radix(size, 16).ok()?;
        let chunk = self.0.get(end + 2..)?.get(..size)?;
        self.0 = self.0.get(end + 2 + size..)?.strip_prefix(b"\r\n")?;
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
fn http_date(text: &str) -> Option<u64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        .iter()
        .position(|month| text.get(8..11) == Some(month))? as u64;
    let (day, year) = (number(5, 7)?, number(12, 16)?.checked_sub(1970)?);
    let (hour, minute, second) = (number(17, 19)?, number(20, 22)?, number(23, 25)?);
    // A year that begins in March has its odd day at the end.
    let (shifted_year, shifted_month) = if month < 2 { (year + 1969, month + 10) } else { (year + 1970, month - 2) };
    let leap_days = shifted_year / 4 - shifted_year / 100 + shifted_year / 400;
    let days = (365 * shifted_year + leap_days + (153 * shifted_month + 2) / 5 + day).checked_sub(719_469)?;
    text.ends_with("GMT").then_some(((days * 24 + hour) * 60 + minute) * 60 + second)
}
