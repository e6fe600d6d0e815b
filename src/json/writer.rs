//! The output of the encoder: bytes in a caller's buffer, and the count of those that did not fit.

use super::SMALL;
#[cfg(not(feature = "small"))]
use super::copy::{copy_blocks, copy_text, escape_words, extra_len, extra_len_blocks, is_compact};
use super::copy::{letter, unicode_escape};
use super::mark;
use super::object::Key;
use super::scan;
use crate::bytes::{copy, copy_run, store};
use crate::digits::Digits;
#[cfg(not(feature = "small"))]
use crate::digits::{ROOM as INTEGER_ROOM, decimal_len, integer};

/// Receives JSON: the same code writes the bytes of a message and counts them.
///
/// Members and list elements carry a comma after them; the end of the container replaces the last one.
pub trait Sink {
    /// True if it receives a part of the message: then writing may continue inside containers.
    const RESUMES: bool = false;

    /// Length of everything so far.
    fn len(&self) -> usize;

    /// The field whose bytes could not be written as text.
    fn refused(&self) -> Option<&'static str>;

    /// Notes that the value of `field` cannot be JSON text.
    fn refuse(&mut self, field: &'static str);

    /// Writes bytes as they are.
    fn put(&mut self, bytes: &[u8]);

    /// Writes the text of a string with its escapes, without quotes.
    fn escape(&mut self, text: &[u8]);

    /// Ends a container: it replaces the comma of the last item, if there is one. `opened` is what [`open`](Self::open) returned.
    fn close(&mut self, opened: usize, byte: u8);

    /// Writes text between `head`, which ends in the opening quote, and the closing quote with `tail` after it.
    fn quoted(&mut self, head: &'static [u8], text: &str, tail: u8);

    /// Writes a text with its comma: an element of a list, of which there may be a thousand.
    fn text_element(&mut self, text: &str);

    /// Writes a number between `head` and a comma.
    fn unsigned_member(&mut self, head: &'static [u8], value: u64);

    /// [`unsigned_member`](Self::unsigned_member), of a number that may be negative.
    fn signed_member(&mut self, head: &'static [u8], value: i64);

    /// Writes a number.
    fn unsigned(&mut self, value: u64);

    /// Writes decoded JSON as it is in the input. The function `write` does this. Without `json`, only the function knows what to
    /// write.
    fn input(&mut self, json: &[u8], write: impl FnOnce(&mut Writer<'_>));

    /// Begins a container, which [`open`](Self::open) opens. False if no part of it must be written now.
    #[inline(always)]
    fn enter(&mut self) -> bool {
        true
    }

    /// True if nothing more fits: the items that follow are skipped.
    #[inline(always)]
    fn is_full(&self) -> bool {
        false
    }

    /// Where writing continues in the container: the last argument of [`pass_to`](Self::pass_to), or 0.
    #[inline(always)]
    fn place(&self) -> usize {
        0
    }

    /// An item of the container is written. The next one is at this index or offset.
    #[inline(always)]
    fn pass_to(&mut self, place: usize) {
        let _ = place;
    }

    /// Writes the comma after an item.
    #[inline(always)]
    fn comma(&mut self) {
        self.put_byte(b',');
    }

    /// Writes a byte as it is.
    #[inline]
    fn put_byte(&mut self, byte: u8) {
        self.put(&[byte]);
    }

    /// Writes the opening byte and returns the length that [`close`](Self::close) needs.
    #[inline]
    fn open(&mut self, byte: u8) -> usize {
        self.put_byte(byte);
        self.len()
    }

    /// Writes a whole text value.
    fn text(&mut self, text: &[u8]) {
        self.put_byte(b'"');
        self.escape(text);
        self.put_byte(b'"');
    }

    /// Writes the key of a member whose value is not text.
    #[inline]
    fn key(&mut self, key: Key) {
        self.put(key.bare());
    }

    /// Writes a number that may be negative.
    #[inline]
    fn signed(&mut self, value: i64) {
        if value < 0 {
            self.put_byte(b'-');
        }
        self.unsigned(value.unsigned_abs());
    }
}

/// Writes the items of a container, from the one where writing continues.
#[inline(always)]
pub(crate) fn each<S: Sink, T>(items: &[T], writer: &mut S, mut write: impl FnMut(&T, &mut S)) {
    for item in items.get(writer.place()..).unwrap_or_default() {
        if writer.is_full() {
            return;
        }
        write(item, writer);
        writer.pass_to(writer.place() + 1);
    }
}

/// What measures a message: in small programs the code that writes it, without a place to write to.
#[cfg(feature = "small")]
pub(super) fn measure() -> Writer<'static> {
    Writer::new(&mut [])
}

/// What measures a message.
#[cfg(not(feature = "small"))]
pub(super) fn measure() -> Measure {
    Measure::default()
}

/// Counts the bytes of JSON, and writes none.
#[cfg(not(feature = "small"))]
#[derive(Default)]
pub(super) struct Measure {
    len: usize,
    refused: Option<&'static str>,
}

#[cfg(not(feature = "small"))]
impl Measure {
    #[inline]
    fn add(&mut self, length: usize) {
        self.len = self.len.saturating_add(length);
    }

    #[inline]
    fn add_text(&mut self, text: &[u8], around: usize) {
        self.add(text.len() + around);
        self.add(extra_len(text));
    }

    #[inline(never)]
    fn element_far(&mut self, text: &[u8]) {
        self.add_text(text, 3);
    }
}

#[cfg(not(feature = "small"))]
impl Sink for Measure {
    #[inline]
    fn len(&self) -> usize {
        self.len
    }

    fn refused(&self) -> Option<&'static str> {
        self.refused
    }

    #[cold]
    fn refuse(&mut self, field: &'static str) {
        self.refused = self.refused.or(Some(field));
    }

    #[inline]
    fn put(&mut self, bytes: &[u8]) {
        self.add(bytes.len());
    }

    fn escape(&mut self, text: &[u8]) {
        self.add_text(text, 0);
    }

    #[inline]
    fn close(&mut self, opened: usize, _: u8) {
        if self.len == opened {
            self.add(1);
        }
    }

    #[inline]
    fn quoted(&mut self, head: &'static [u8], text: &str, _: u8) {
        self.add_text(text.as_bytes(), head.len() + 2);
    }

    #[inline]
    fn text_element(&mut self, text: &str) {
        match extra_len_blocks(text.as_bytes()) {
            Some(_) => self.add(text.len() + 3),
            None => self.element_far(text.as_bytes()),
        }
    }

    #[inline]
    fn unsigned_member(&mut self, head: &'static [u8], value: u64) {
        self.add(head.len() + decimal_len(value) + 1);
    }

    #[inline]
    fn signed_member(&mut self, head: &'static [u8], value: i64) {
        self.unsigned_member(head, value.unsigned_abs());
        self.add(usize::from(value < 0));
    }

    #[inline]
    fn unsigned(&mut self, value: u64) {
        self.add(decimal_len(value));
    }

    fn input(&mut self, _: &[u8], write: impl FnOnce(&mut Writer<'_>)) {
        let mut writer = Writer::new(&mut []);
        write(&mut writer);
        self.add(writer.len());
    }
}

/// Writes JSON into a buffer, and continues to count after its end, so that one pass encodes the message or says how many bytes
/// are needed.
pub struct Writer<'b> {
    out: &'b mut [u8],
    /// Length of what is in `out`, or would be there if it were longer.
    len: usize,
    drain: Option<&'b mut dyn Drain>,
    /// Number of bytes that were drained.
    drained: usize,
    /// What happens to bytes that do not fit: a pointer, so that a program which drains nothing has no code for it.
    overflow: fn(&mut Writer<'_>, bytes: &[u8]),
    refused: Option<&'static str>,
}

/// Receives the bytes when the buffer is full, so that output may be longer than memory.
pub trait Drain {
    /// Takes bytes from the start, and returns how many.
    fn drain(&mut self, bytes: &[u8]) -> usize;
}

impl<'b> Writer<'b> {
    pub(super) fn new(out: &'b mut [u8]) -> Self {
        Self { out, len: 0, drain: None, drained: 0, overflow: count, refused: None }
    }

    pub(super) fn draining(out: &'b mut [u8], drain: &'b mut dyn Drain) -> Self {
        Self { drain: Some(drain), overflow: drain_and_put, ..Self::new(out) }
    }

    /// Drains what is left in the buffer.
    pub(super) fn finish(mut self) {
        if let (Some(drain), Some(rest)) = (self.drain.take(), self.out.get(..self.len)) {
            drain.drain(rest);
        }
    }

    pub(super) fn into_written(self) -> Option<&'b mut [u8]> {
        self.out.get_mut(..self.len)
    }

    #[inline]
    fn room(&mut self, length: usize) -> Option<&mut [u8]> {
        let (room, _) = self.out.get_mut(self.len..)?.split_at_mut_checked(length)?;
        Some(room)
    }

    /// [`put`](Sink::put) of what may be long.
    #[inline]
    fn put_run(&mut self, bytes: &[u8]) {
        if SMALL {
            return self.put(bytes);
        }
        match self.room(bytes.len()) {
            Some(room) => {
                copy_run(room, bytes);
                self.len += bytes.len();
            }
            None => self.put_far(bytes),
        }
    }

    /// What does not fit.
    #[inline(never)]
    fn put_far(&mut self, bytes: &[u8]) {
        if SMALL {
            (self.overflow)(self, bytes);
        } else if self.drain.is_some() {
            drain_and_put(self, bytes);
        } else {
            count(self, bytes);
        }
    }

    /// [`quoted`](Sink::quoted) in small programs, and where the head does not fit.
    #[cfg_attr(not(feature = "small"), inline(never))]
    fn quoted_far(&mut self, head: &'static [u8], text: &[u8], tail: u8) {
        self.put(head);
        self.escape(text);
        self.put(&[b'"', tail]);
    }

    #[cfg_attr(not(feature = "small"), inline(never))]
    fn element_far(&mut self, text: &str) {
        self.quoted(b"\"", text, b',');
    }

    /// The rest of a string, of which `written` bytes are written.
    #[cfg(not(feature = "small"))]
    #[inline(never)]
    fn quoted_rest(&mut self, text: &[u8], written: usize, tail: u8) {
        self.escape(text.get(written..).unwrap_or_default());
        self.put(&[b'"', tail]);
    }

    #[cfg(not(feature = "small"))]
    #[inline(never)]
    fn integer_far(&mut self, head: &'static [u8], negative: bool, value: u64) {
        self.put(head);
        if negative {
            self.put_byte(b'-');
        }
        self.unsigned(value);
        self.put_byte(b',');
    }
}

#[cfg(not(feature = "small"))]
impl Writer<'_> {
    #[inline]
    fn integer_member(&mut self, head: &'static [u8], negative: bool, value: u64) {
        let name = head.len();
        let room = self.out.get_mut(self.len..).unwrap_or_default();
        if let Some(room) = room.get_mut(..name + 1 + INTEGER_ROOM) {
            if let Some((place, sign)) = room.split_at_mut_checked(name) {
                copy(place, head);
                store(sign, 0, [b'-']);
            }
            let start = name + usize::from(negative);
            if let Some(digits) = room.get_mut(start..).and_then(<[u8]>::first_chunk_mut) {
                self.len += start + integer(digits, value, b',');
                return;
            }
        }
        self.integer_far(head, negative, value);
    }
}

impl Sink for Writer<'_> {
    #[inline]
    fn len(&self) -> usize {
        self.drained.saturating_add(self.len)
    }

    #[inline]
    fn refused(&self) -> Option<&'static str> {
        self.refused
    }

    #[cold]
    fn refuse(&mut self, field: &'static str) {
        self.refused = self.refused.or(Some(field));
    }

    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    fn put(&mut self, bytes: &[u8]) {
        if let Some(room) = self.room(bytes.len()) {
            copy(room, bytes);
            self.len += bytes.len();
        } else {
            self.put_far(bytes);
        }
    }

    /// The short form where JSON has one, `\u00xx` for the other control characters.
    fn escape(&mut self, text: &[u8]) {
        let mut rest = text;
        #[cfg(not(feature = "small"))]
        match self.out.get_mut(self.len..) {
            Some(out) => {
                let (from, to) = escape_words(text, out);
                self.len += to;
                rest = text.get(from..).unwrap_or_default();
                if rest.is_empty() {
                    return;
                }
            }
            // There is no room left: only the length needed is counted.
            None if self.drain.is_none() => {
                self.len = self.len.saturating_add(text.len()).saturating_add(extra_len(text));
                return;
            }
            None => {}
        }
        loop {
            let Some((run, tail)) = rest.split_at_checked(scan::special_from(rest, 0)) else { return };
            self.put(run);
            let Some((&byte, tail)) = tail.split_first() else { return };
            match letter(byte) {
                b'u' => self.put(&unicode_escape(byte)),
                short => self.put(&[b'\\', short]),
            }
            rest = tail;
        }
    }

    #[inline]
    fn close(&mut self, opened: usize, byte: u8) {
        if self.len() != opened {
            self.len = self.len.saturating_sub(1);
        }
        self.put_byte(byte);
    }

    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    fn quoted(&mut self, head: &'static [u8], text: &str, tail: u8) {
        let text = text.as_bytes();
        #[cfg(not(feature = "small"))]
        if let Some((name, room)) =
            self.out.get_mut(self.len..).and_then(|room| room.split_at_mut_checked(head.len()))
        {
            copy(name, head);
            let copied = copy_text(text, room, tail);
            self.len += head.len() + copied;
            if copied < text.len() + 2 {
                self.quoted_rest(text, copied, tail);
            }
            return;
        }
        self.quoted_far(head, text, tail);
    }

    #[inline]
    fn text_element(&mut self, text: &str) {
        #[cfg(not(feature = "small"))]
        {
            let text = text.as_bytes();
            let room = self.out.get_mut(self.len..).and_then(|room| room.get_mut(..text.len() + 3));
            if let Some([open, room @ ..]) = room {
                if copy_blocks(text, room).is_some_and(|copied| copied > 0) {
                    *open = b'"';
                    store(room, text.len(), *b"\",");
                    self.len += text.len() + 3;
                    return;
                }
            }
        }
        self.element_far(text);
    }

    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    fn unsigned_member(&mut self, head: &'static [u8], value: u64) {
        #[cfg(not(feature = "small"))]
        return self.integer_member(head, false, value);
        #[cfg(feature = "small")]
        {
            self.put(head);
            self.put(Digits::new().with_comma(value));
        }
    }

    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    fn signed_member(&mut self, head: &'static [u8], value: i64) {
        #[cfg(not(feature = "small"))]
        return self.integer_member(head, value < 0, value.unsigned_abs());
        #[cfg(feature = "small")]
        {
            self.put(head);
            if value < 0 {
                self.put_byte(b'-');
            }
            self.put(Digits::new().with_comma(value.unsigned_abs()));
        }
    }

    fn unsigned(&mut self, value: u64) {
        self.put(Digits::new().of(value));
    }

    fn input(&mut self, _: &[u8], write: impl FnOnce(&mut Writer<'_>)) {
        write(self);
    }
}

/// Makes room by draining all but the last byte (a comma that may be replaced).
fn drain_and_put(writer: &mut Writer<'_>, bytes: &[u8]) {
    let Some(drain) = &mut writer.drain else { return };
    let mut rest = bytes;
    while !rest.is_empty() {
        let mut room = writer.out.get_mut(writer.len..).unwrap_or_default();
        if room.is_empty() {
            let taken = writer.out.split_last().map_or(0, |(_, all)| drain.drain(all)).min(writer.len);
            for from in taken..writer.len {
                let byte = writer.out.get(from).copied().unwrap_or_default();
                store(writer.out, from - taken, [byte]);
            }
            writer.len -= taken;
            writer.drained = writer.drained.saturating_add(taken);
            room = writer.out.get_mut(writer.len..).unwrap_or_default();
        }
        let fitting = room.len().min(rest.len());
        let Some((piece, behind)) = rest.split_at_checked(fitting).filter(|_| fitting > 0) else {
            // The buffer is too short to drain anything.
            writer.drained = writer.drained.saturating_add(rest.len());
            return;
        };
        if let Some(room) = room.get_mut(..fitting) {
            copy(room, piece);
        }
        writer.len += fitting;
        rest = behind;
    }
}

/// Writes decoded JSON as it is in the input.
pub(super) type Verbatim = fn(&mut Writer<'_>, json: &str);

/// A checked container as it is in the input: without the white space between its own tokens, and with the escapes of resolved
/// strings put back.
///
/// The bytes between two places that change are one run, and are copied in one step.
pub(super) fn verbatim(writer: &mut Writer<'_>, json: &str) {
    let bytes = json.as_bytes();
    #[cfg(not(feature = "small"))]
    if is_compact(bytes) {
        return writer.put_run(bytes);
    }
    // The run, and the current byte.
    let (mut start, mut at) = (0, 0);
    let mut depth = 0usize;
    while let Some(&byte) = bytes.get(at) {
        let end = at;
        at += 1;
        match byte {
            b'"' => at = string_end(bytes, at),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'!'..=b'~' | 0x80.. => {}
            // Values that are not text are copied byte for byte.
            b' ' | b'\n' | b'\r' | b'\t' if depth > 1 => {}
            _ => {
                if start < end {
                    writer.put_run(bytes.get(start..end).unwrap_or_default());
                }
                if let Some((text, text_end, next)) = mark::span(bytes, end, bytes.len()) {
                    writer.text(bytes.get(text..text_end).unwrap_or_default());
                    at = next;
                }
                start = at;
            }
        }
    }
    writer.put_run(bytes.get(start..).unwrap_or_default());
}

/// What follows a string whose text begins at an offset.
#[inline]
pub(super) fn string_end(bytes: &[u8], text: usize) -> usize {
    let mut end = text;
    loop {
        if !SMALL {
            end = scan::special_from(bytes, end);
        }
        match bytes.get(end) {
            None => return bytes.len(),
            Some(b'"') => return end + 1,
            Some(b'\\') => end += 2,
            Some(_) => end += 1,
        }
    }
}

/// Counts what does not fit.
fn count(writer: &mut Writer<'_>, bytes: &[u8]) {
    writer.len = writer.len.saturating_add(bytes.len());
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
