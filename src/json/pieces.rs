//! A message in pieces: each call continues where the one before ended.
//!
//! The code that writes a message into a buffer writes its pieces, too, into a [`Part`]. A container counts what it writes as steps:
//! a text, a number, a key, a comma, a whole container. A step that was done in an earlier call returns immediately. The items of a list
//! or map are not visited again: the level of the container knows the index or the offset of the current one.

use core::fmt;

#[cfg(not(feature = "small"))]
use super::copy::copy_text;
use super::copy::{letter, unicode_escape};
use super::error::EncodeError;
use super::reader::Cursor;
use super::source::Checked;
use super::writer::{Drain, Sink, Writer, measure};
use super::{Encode, mark, scan, write};
use crate::bytes::copy;
use crate::digits::Digits;

/// Levels of JSON that is written unchanged: its own, and one for a string in it.
pub(super) const VERBATIM_LEVELS: usize = 2;

/// Levels that a [`Place`] has room for: the nested containers of a message, and one around them.
const MAX_LEVELS: usize = 8;

/// A message that is encoded in pieces of any length: for async programs and DMA, which cannot wait inside a call.
///
/// The pieces together are the bytes of [`to_slice`](super::to_slice). Writing all of them takes time that is linear in the
/// length of the message, because each piece continues where the one before ended. Writing a piece takes time for its own
/// length, and a constant time for the fields of the messages that contain it. [`write_at`](super::write_at) has no state and
/// writes any part, but each call goes through the whole message.
///
/// Two kinds of values are written from their start for each piece that begins inside them: an element of a decoded list or
/// [`Keyed`](super::Keyed), if the elements are messages; and a [`Map`](super::Map) that [`insert`](super::Map::insert) or
/// [`remove`](super::Map::remove) has changed.
///
/// A piece that was not sent can be written again from a clone that was made before this piece.
///
/// A `Pieces` contains a reference, the length and the place. Its size is the same for every message: 80 bytes with 32-bit
/// pointers, 160 with 64-bit pointers.
///
/// ```
/// use offline_push::json::{self, List, Pieces};
/// use offline_push::vivo::ListPush;
///
/// # struct Socket(Vec<u8>);
/// # impl Socket { async fn write_all(&mut self, bytes: &[u8]) { self.0.extend(bytes) } }
/// # fn ready(future: impl Future<Output = Result<(), json::EncodeError>>) -> Result<(), json::EncodeError> {
/// #     let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// #     match std::pin::pin!(future).poll(&mut context) { std::task::Poll::Ready(done) => done, _ => unreachable!() }
/// # }
/// # let mut socket = Socket(Vec::new());
/// # ready(async {
/// let ids: Vec<String> = (0..1000).map(|id| format!("{id:023}")).collect();
/// let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
/// let push = ListPush::new("342982232646905856", "request-1").reg_ids(List::from_slice(&ids));
///
/// let mut body = Pieces::new(&push)?;
/// socket.write_all(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await;
/// let mut piece = [0; 64];
/// while let length @ 1.. = body.next(&mut piece) {
///     socket.write_all(&piece[..length]).await;
/// }
/// assert!(body.is_empty());
/// # let mut whole = vec![0; json::encoded_len(&push)];
/// # assert!(socket.0.ends_with(json::to_slice(&push, &mut whole)?));
/// # Ok::<(), json::EncodeError>(())
/// # })?;
/// # Ok::<(), json::EncodeError>(())
/// ```
pub struct Pieces<'v, T: ?Sized> {
    value: &'v T,
    left: usize,
    place: Place,
}

impl<'v, T: Encode + ?Sized> Pieces<'v, T> {
    /// Begins to encode a message. The message is measured first, for [`len`](Self::len).
    ///
    /// # Errors
    ///
    /// [`EncodeError::NotUtf8`], as [`to_slice`](super::to_slice).
    pub fn new(value: &'v T) -> Result<Self, EncodeError> {
        const { assert!(T::LEVELS < MAX_LEVELS, "this message is nested deeper than `Pieces` allows") }
        let left = write(value, &mut measure())?;
        Ok(Self { value, left, place: Place::START })
    }

    /// Writes the next bytes to the start of `piece`, as many as fit. Returns their number. The number is less than the
    /// length of `piece` only for the last piece, and 0 after that piece.
    pub fn next(&mut self, piece: &mut [u8]) -> usize {
        let mut part = Part::new(piece, &mut self.place);
        self.value.encode(&mut part);
        let filled = part.finish();
        self.left = self.left.saturating_sub(filled);
        filled
    }
}

impl<T: ?Sized> Pieces<'_, T> {
    /// The number of bytes that are left. Before the first piece, it is the number for the header `Content-Length`.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.left
    }

    /// True if all bytes have been written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.left == 0
    }
}

impl<T: ?Sized> Clone for Pieces<'_, T> {
    fn clone(&self) -> Self {
        Self { value: self.value, left: self.left, place: self.place }
    }
}

/// Shows the number of bytes that are left, and nothing of the message.
impl<T: ?Sized> fmt::Debug for Pieces<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pieces").field("len", &self.left).finish_non_exhaustive()
    }
}

/// Where writing continues.
#[derive(Clone, Copy)]
struct Place {
    levels: [Level; MAX_LEVELS],
    /// Index of the innermost level.
    innermost: u8,
    /// A comma is due, unless the container ends.
    comma: bool,
    /// Bytes that are written of the escape of the byte at `at`.
    escape: u8,
    /// What is written of the current step, in bytes of its source.
    at: usize,
}

impl Place {
    const START: Self =
        Self { levels: [Level::START; MAX_LEVELS], innermost: 0, comma: false, escape: 0, at: 0 };
}

/// Where writing continues in a container.
#[derive(Clone, Copy)]
struct Level {
    /// Index or offset of the current item.
    item: usize,
    /// Steps that are done: those of the current item, and one before the first item.
    step: u16,
    /// What is there, in JSON that is written unchanged.
    note: u16,
}

impl Level {
    const START: Self = Self { item: 0, step: 0, note: 0 };
}

/// Takes the bytes of one piece.
pub(super) struct Part<'p> {
    out: &'p mut [u8],
    filled: usize,
    place: &'p mut Place,
    /// Index of the level of the current container.
    level: usize,
    /// That level.
    here: Level,
    /// Steps of it that this call has come to.
    seen: u16,
    /// There is more than fits.
    full: bool,
}

impl<'p> Part<'p> {
    fn new(out: &'p mut [u8], place: &'p mut Place) -> Self {
        let [here, ..] = place.levels;
        Self { out, filled: 0, place, level: 0, here, seen: 0, full: false }
    }

    /// Stores the place, and returns the number of bytes.
    fn finish(mut self) -> usize {
        self.keep();
        self.filled
    }

    fn keep(&mut self) {
        if let Some(level) = self.place.levels.get_mut(self.level) {
            *level = self.here;
        }
    }

    /// True if the next step is not done, and may be begun.
    fn begin(&mut self) -> bool {
        if self.full {
            return false;
        }
        let is_due = self.seen >= self.here.step;
        if !is_due {
            self.seen += 1;
        }
        is_due
    }

    /// The step is done.
    fn end(&mut self) {
        self.seen = self.seen.saturating_add(1);
        self.here.step = self.seen;
    }

    /// The container is done, which is one step of the container around it.
    fn leave(&mut self) {
        self.level = self.level.saturating_sub(1);
        self.place.innermost = self.level as u8;
        self.here = self.place.levels.get(self.level).copied().unwrap_or(Level::START);
        self.seen = self.here.step;
        self.end();
    }

    fn room(&self) -> usize {
        self.out.len().saturating_sub(self.filled)
    }

    /// Writes as many bytes as fit; their number.
    fn fill(&mut self, bytes: &[u8]) -> usize {
        let room = self.out.get_mut(self.filled..).unwrap_or_default();
        copy(room, bytes);
        let length = room.len().min(bytes.len());
        self.filled += length;
        length
    }

    /// Writes the comma that is due. False if it does not fit.
    fn due_comma(&mut self) -> bool {
        if self.place.comma {
            self.full = self.fill(b",") == 0;
            self.place.comma = self.full;
        }
        !self.full
    }

    /// One step: bytes, text with its escapes, bytes. True if it is done now.
    fn step(&mut self, head: &[u8], text: &[u8], tail: &[u8]) -> bool {
        if !self.begin() || !self.due_comma() {
            return false;
        }
        let after = head.len() + text.len();
        self.full = !(self.plain(head, text, tail)
            || (self.bytes(head, 0) && self.escaped(text, head.len()) && self.bytes(tail, after)));
        if !self.full {
            self.place.at = 0;
            self.end();
        }
        !self.full
    }

    /// Writes a whole string in one step, if it fits and has no escapes, as most do. Otherwise writes nothing, and returns false.
    #[cfg(not(feature = "small"))]
    fn plain(&mut self, head: &[u8], text: &[u8], tail: &[u8]) -> bool {
        let [b'"', after @ ..] = tail else { return false };
        let room = self.out.get_mut(self.filled..).unwrap_or_default();
        match room.split_at_mut_checked(head.len()) {
            Some((place, room)) if self.place.at == 0 => {
                copy(place, head);
                let after = after.first().copied().unwrap_or(b',');
                let is_written = copy_text(text, room, after) == text.len() + 2;
                if is_written {
                    self.filled += head.len() + text.len() + tail.len();
                }
                is_written
            }
            _ => false,
        }
    }

    #[cfg(feature = "small")]
    fn plain(&mut self, _: &[u8], _: &[u8], _: &[u8]) -> bool {
        false
    }

    /// A step with a comma after it.
    fn item(&mut self, head: &[u8], text: &[u8], tail: &[u8]) {
        if self.step(head, text, tail) {
            self.place.comma = true;
        }
    }

    /// Writes what is left of bytes that begin at an offset of the step. True if that is all.
    fn bytes(&mut self, bytes: &[u8], start: usize) -> bool {
        let rest = bytes.get(self.place.at.saturating_sub(start)..).unwrap_or_default();
        let length = self.fill(rest);
        self.place.at += length;
        length == rest.len()
    }

    /// The same with text.
    fn escaped(&mut self, text: &[u8], start: usize) -> bool {
        loop {
            let rest = text.get(self.place.at.saturating_sub(start)..).unwrap_or_default();
            let window = rest.get(..self.room()).unwrap_or(rest);
            let run = scan::special_from(window, 0);
            self.place.at += self.fill(window.get(..run).unwrap_or_default());
            let Some(&byte) = rest.get(run) else { return true };
            if self.room() == 0 {
                return false;
            }
            let (long, short);
            let escape: &[u8] = match letter(byte) {
                b'u' => {
                    long = unicode_escape(byte);
                    &long
                }
                letter => {
                    short = [b'\\', letter];
                    &short
                }
            };
            let left = escape.get(usize::from(self.place.escape)..).unwrap_or_default();
            let length = self.fill(left);
            if length < left.len() {
                self.place.escape += length as u8;
                return false;
            }
            self.place.escape = 0;
            self.place.at += 1;
        }
    }

    /// One step, which is written from its start, and of which a part is taken.
    fn window(&mut self, write: impl FnOnce(&mut Writer<'_>)) {
        if !self.begin() || !self.due_comma() {
            return;
        }
        let room = self.out.get_mut(self.filled..).unwrap_or_default();
        let (length, whole) = window(self.place.at, room, write);
        self.filled += length;
        self.place.at += length;
        self.full = self.place.at < whole;
        if !self.full {
            self.place.at = 0;
            self.end();
        }
    }

    /// Writes what [`verbatim`](super::writer::verbatim) writes. The item is the offset in the JSON; the note says what is there.
    fn verbatim(&mut self, json: &[u8]) {
        if !self.enter() {
            return;
        }
        if self.begin() {
            self.end();
        }
        if !self.due_comma() {
            return;
        }
        loop {
            let (at, note) = (self.here.item, self.here.note);
            let rest = json.get(at..).unwrap_or_default();
            let Some(&byte) = rest.first() else { break };
            let (mut length, mut next) = (1, note);
            match (note & STRING, byte) {
                (OUTSIDE, b'"') => {
                    let window = rest.get(..self.room()).unwrap_or(rest);
                    length = scan::special_from(window, 1).max(1);
                    match window.get(length) {
                        Some(b'"') => length += 1,
                        _ => next = note | INSIDE,
                    }
                }
                (OUTSIDE, b'{' | b'[') => next = note.saturating_add(DEEPER),
                (OUTSIDE, b'}' | b']') => next = note.saturating_sub(DEEPER),
                (OUTSIDE, b' ' | b'\n' | b'\r' | b'\t') if note <= DEEPER => {
                    self.pass_to(at + 1);
                    continue;
                }
                (OUTSIDE, b'!'..=b'~' | 0x80.. | b' ' | b'\n' | b'\r' | b'\t') => {}
                (OUTSIDE, _) => {
                    if self.marked(json, at) {
                        continue;
                    }
                    return;
                }
                (INSIDE, b'"') => next = note & !STRING,
                (INSIDE, b'\\') => next = note ^ STRING,
                (INSIDE, _) => {
                    let window = rest.get(..self.room()).unwrap_or(rest);
                    length = scan::special_from(window, 0).max(1);
                }
                // The byte after a backslash.
                _ => next = note ^ STRING,
            }
            if self.fill(rest.get(..length).unwrap_or_default()) == 0 {
                self.full = true;
                return;
            }
            self.here.note = next;
            self.pass_to(at + length);
        }
        self.leave();
    }

    /// Writes the string whose escapes were resolved, which opens at an offset. False if it does not fit.
    fn marked(&mut self, json: &[u8], open: usize) -> bool {
        if !self.enter() {
            return false;
        }
        // The end is found once, and is the item of a level of its own.
        let start = mark::start(json, open);
        if self.here.item == 0 {
            self.here.item = mark::span(json, open, json.len()).map_or(start, |(_, end, _)| end);
        }
        let text = json.get(start..self.here.item).unwrap_or_default();
        if !self.step(b"\"", text, b"\"") {
            return false;
        }
        self.leave();
        self.pass_to(mark::span(json, open, json.len()).map_or(json.len(), |(_, _, next)| next));
        true
    }
}

/// Where [`Part::verbatim`] is in the note of its level: outside of a string, inside of one, after a backslash in it; and how deep, as
/// a multiple of [`DEEPER`].
const STRING: u16 = 0b11;
const OUTSIDE: u16 = 0b00;
const INSIDE: u16 = 0b01;
const DEEPER: u16 = 0b100;

impl Sink for Part<'_> {
    const RESUMES: bool = true;

    fn len(&self) -> usize {
        self.filled
    }

    fn refused(&self) -> Option<&'static str> {
        None
    }

    /// Nothing is written of it. [`Pieces::new`] has refused it.
    fn refuse(&mut self, _: &'static str) {}

    fn put(&mut self, bytes: &[u8]) {
        self.step(bytes, &[], &[]);
    }

    fn comma(&mut self) {
        if self.begin() {
            self.place.comma = true;
            self.end();
        }
    }

    fn escape(&mut self, text: &[u8]) {
        self.step(&[], text, &[]);
    }

    fn close(&mut self, _: usize, byte: u8) {
        if !self.full {
            self.place.comma = false;
            if self.step(&[byte], &[], &[]) {
                self.leave();
            }
        }
    }

    fn quoted(&mut self, head: &'static [u8], text: &str, tail: u8) {
        if tail == b',' {
            self.item(head, text.as_bytes(), b"\"");
        } else {
            self.step(head, text.as_bytes(), &[b'"', tail]);
        }
    }

    fn text_element(&mut self, text: &str) {
        self.item(b"\"", text.as_bytes(), b"\"");
    }

    fn unsigned_member(&mut self, head: &'static [u8], value: u64) {
        self.item(head, &[], Digits::new().of(value));
    }

    fn signed_member(&mut self, head: &'static [u8], value: i64) {
        self.put(head);
        self.signed(value);
        self.comma();
    }

    fn unsigned(&mut self, value: u64) {
        self.put(Digits::new().of(value));
    }

    fn input(&mut self, json: &[u8], write: impl FnOnce(&mut Writer<'_>)) {
        if json.is_empty() {
            self.window(write);
        } else {
            self.verbatim(json);
        }
    }

    fn enter(&mut self) -> bool {
        if !self.begin() {
            return false;
        }
        self.keep();
        self.level += 1;
        self.seen = 0;
        let levels = &self.place.levels;
        self.here = match levels.get(self.level) {
            Some(level) if self.level <= usize::from(self.place.innermost) => *level,
            _ => Level::START,
        };
        self.place.innermost = self.place.innermost.max(self.level as u8);
        true
    }

    fn is_full(&self) -> bool {
        self.full
    }

    fn place(&self) -> usize {
        self.here.item
    }

    fn pass_to(&mut self, place: usize) {
        if !self.full {
            (self.here.item, self.here.step, self.seen) = (place, 1, 1);
        }
    }
}

/// Takes a part of what a function writes: the bytes after the first `skip`, as many as fit. Their number, and the length of the whole.
pub(super) fn window(skip: usize, piece: &mut [u8], write: impl FnOnce(&mut Writer<'_>)) -> (usize, usize) {
    struct Window<'p> {
        skip: usize,
        piece: &'p mut [u8],
        filled: usize,
    }
    impl Drain for Window<'_> {
        fn drain(&mut self, bytes: &[u8]) -> usize {
            let skipped = self.skip.min(bytes.len());
            self.skip -= skipped;
            let bytes = bytes.get(skipped..).unwrap_or_default();
            let place = self.piece.get_mut(self.filled..).unwrap_or_default();
            copy(place, bytes);
            self.filled += place.len().min(bytes.len());
            skipped + bytes.len()
        }
    }
    let mut window = Window { skip, piece, filled: 0 };
    let mut buffer = [0; 64];
    let mut writer = Writer::draining(&mut buffer, &mut window);
    write(&mut writer);
    let whole = writer.len();
    writer.finish();
    (window.filled, whole)
}

/// Writes the items of a decoded container, from the one where writing continues.
pub(super) fn each_decoded<'a, S: Sink>(
    span: &'a str,
    brackets: [u8; 2],
    writer: &mut S,
    mut write: impl FnMut(&mut Cursor<Checked<'a>>, &mut S) -> Option<()>,
) {
    let [open, close] = brackets;
    let start = writer.place();
    let tail = span.get(start..).unwrap_or_default();
    let mut cursor = Cursor::again(tail);
    let mut more = if start == 0 { cursor.open(open) == Some(true) } else { !tail.is_empty() };
    while more && !writer.is_full() && write(&mut cursor, writer).is_some() {
        more = cursor.more(close) == Some(true);
        writer.pass_to(if more { start + cursor.offset() } else { span.len() });
    }
}
