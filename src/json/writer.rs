//! The encoder's end of the codec: bytes into a caller's buffer, and the count of what did not fit.

use super::SMALL;
use super::bytes::{copy, store};
use super::digits::{Digits, decimal, decimal_len, hex_digit};
use super::mark;
use super::object::Key;
use super::scan::{self, WORD, Word};

/// Writes JSON into a buffer and goes on counting where it ends, so that one pass serves encoding, the exact length and
/// the answer "this many bytes are needed".
///
/// Members and list elements carry a comma behind them; the end of the container replaces the last one.
pub struct Writer<'b> {
    out: &'b mut [u8],
    /// Length of what stands in `out`, or would stand there if it were longer.
    len: usize,
    drain: Option<&'b mut dyn Drain>,
    /// Length of what went down the drain.
    drained: usize,
    /// What becomes of bytes that do not fit, so that a program which drains nothing holds no code for it.
    far: fn(&mut Writer<'_>, bytes: &[u8]),
    refused: Option<&'static str>,
}

/// Takes what fills the buffer, so that output may be longer than memory.
pub(super) trait Drain {
    /// Takes bytes from the front and says how many.
    fn drain(&mut self, bytes: &[u8]) -> usize;
}

impl<'b> Writer<'b> {
    pub(super) fn new(out: &'b mut [u8]) -> Self {
        Self { out, len: 0, drain: None, drained: 0, far: count, refused: None }
    }

    pub(super) fn draining(out: &'b mut [u8], drain: &'b mut dyn Drain) -> Self {
        Self { drain: Some(drain), far: drain_and_put, ..Self::new(out) }
    }

    /// Length of everything written so far, also of what did not fit.
    pub(super) const fn len(&self) -> usize {
        self.drained.saturating_add(self.len)
    }

    /// The field whose bytes could not be written as text.
    pub(super) const fn refused(&self) -> Option<&'static str> {
        self.refused
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

    /// Notes that the value of `field` cannot be JSON text.
    #[cold]
    pub(crate) fn refuse(&mut self, field: &'static str) {
        self.refused = self.refused.or(Some(field));
    }

    #[inline]
    fn room(&mut self, length: usize) -> Option<&mut [u8]> {
        let (room, _) = self.out.get_mut(self.len..)?.split_at_mut_checked(length)?;
        Some(room)
    }

    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        if let Some(room) = self.room(bytes.len()) {
            copy(room, bytes);
            self.len += bytes.len();
        } else {
            self.put_far(bytes);
        }
    }

    /// What does not fit.
    #[inline(never)]
    fn put_far(&mut self, bytes: &[u8]) {
        if SMALL {
            (self.far)(self, bytes);
        } else if self.drain.is_some() {
            drain_and_put(self, bytes);
        } else {
            count(self, bytes);
        }
    }

    #[inline]
    pub(crate) fn put_byte(&mut self, byte: u8) {
        self.put(&[byte]);
    }

    /// Writes the opening byte and gives the length that [`close`](Self::close) wants.
    #[inline]
    pub(crate) fn open(&mut self, byte: u8) -> usize {
        self.put_byte(byte);
        self.len()
    }

    /// Ends a container: the comma of the last item gives way, or there was none.
    #[inline]
    pub(crate) fn close(&mut self, opened: usize, byte: u8) {
        if self.len() != opened {
            self.len = self.len.saturating_sub(1);
        }
        self.put_byte(byte);
    }

    /// Text between `head`, which ends in the opening quote, and the closing quote with `tail` behind it.
    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    pub(crate) fn quoted(&mut self, head: &'static [u8], text: &str, tail: u8) {
        let text = text.as_bytes();
        if SMALL {
            return self.escaped(head, text, tail, None);
        }
        let total = head.len().saturating_add(text.len()).saturating_add(2);
        let mut clean = None;
        if let Some((name, room)) = self.room(total).and_then(|room| room.split_at_mut_checked(head.len())) {
            copy(name, head);
            if let Some((body, end)) = room.split_last_chunk_mut::<2>() {
                let copied = scan::copy_clean(text, body);
                if copied == text.len() {
                    *end = [b'"', tail];
                    self.len += total;
                    return;
                }
                clean = Some(copied);
            }
        }
        self.escaped(head, text, tail, clean);
    }

    /// A text with its comma: an element of a list, of which there may be a thousand.
    #[inline]
    pub(super) fn text_element(&mut self, text: &str) {
        if SMALL {
            return self.quoted(b"\"", text, b',');
        }
        let text = text.as_bytes();
        let total = text.len().saturating_add(3);
        if let Some(([open, body @ ..], end)) =
            self.room(total).and_then(|room| room.split_last_chunk_mut::<2>())
        {
            if scan::copy_clean_blocks(text, body) == Some(text.len()) {
                *open = b'"';
                *end = *b"\",";
                self.len += total;
                return;
            }
        }
        self.far_element(text);
    }

    #[inline(never)]
    fn far_element(&mut self, text: &[u8]) {
        self.text(text);
        self.put_byte(b',');
    }

    /// [`quoted`](Self::quoted) for text that needs escapes or does not fit; `clean` bytes of it stand behind the head.
    #[cfg_attr(not(feature = "small"), inline(never))]
    fn escaped(&mut self, head: &'static [u8], text: &[u8], tail: u8, clean: Option<usize>) {
        match clean {
            Some(clean) => {
                self.len += head.len() + clean;
                self.escape(text.get(clean..).unwrap_or_default());
            }
            None => {
                self.put(head);
                self.escape(text);
            }
        }
        self.put(&[b'"', tail]);
    }

    /// A whole text value.
    pub(crate) fn text(&mut self, text: &[u8]) {
        self.put_byte(b'"');
        self.escape(text);
        self.put_byte(b'"');
    }

    /// Text with its escapes: the short form where JSON has one, `\u00xx` for the other control characters.
    fn escape(&mut self, text: &[u8]) {
        let mut rest = if SMALL { text } else { self.escape_words(text) };
        loop {
            let Some((run, tail)) = rest.split_at_checked(scan::special(rest)) else { return };
            self.put(run);
            let Some((&byte, tail)) = tail.split_first() else { return };
            match letter(byte) {
                b'u' => self.put(&unicode_escape(byte)),
                letter => self.put(&[b'\\', letter]),
            }
            rest = tail;
        }
    }

    /// Escapes a word at a time as long as there is room for whatever one may need; gives the rest.
    ///
    /// All escapes of a word are found at once, so that none waits for the one before it.
    #[inline(never)]
    fn escape_words<'t>(&mut self, text: &'t [u8]) -> &'t [u8] {
        const ROOM: usize = 7 * WORD;
        let Some(out) = self.out.get_mut(self.len..) else { return text };
        let (mut from, mut to) = (0, 0);
        while let (Some(chunk), Some(room)) = (
            text.get(from..).and_then(<[u8]>::first_chunk::<WORD>),
            out.get_mut(to..).and_then(<[u8]>::first_chunk_mut::<ROOM>),
        ) {
            let word = Word::from_le_bytes(*chunk);
            store(room, 0, *chunk);
            let mut marks = scan::exact_marks(word);
            let mut added = 0;
            while marks != 0 {
                let index = scan::first_mark(marks);
                let (byte, rest) = scan::byte_and_rest(word, index);
                let letter = letter(byte);
                store(room, index + added, [b'\\', letter]);
                if letter == b'u' {
                    store(room, index + added, unicode_escape(byte));
                    added += 4;
                }
                added += 1;
                store(room, index + added + 1, rest.to_le_bytes());
                marks &= marks - 1;
            }
            from += WORD;
            to += WORD + added;
        }
        self.len += to;
        text.get(from..).unwrap_or_default()
    }

    /// The key of a member whose value is not text.
    #[inline]
    pub(crate) fn key(&mut self, key: Key) {
        self.put(key.bare());
    }

    pub(crate) fn signed(&mut self, value: i64) {
        if value < 0 {
            self.put_byte(b'-');
        }
        self.unsigned(value.unsigned_abs());
    }

    #[inline]
    pub(crate) fn unsigned(&mut self, value: u64) {
        if SMALL {
            self.put(Digits::new().of(value));
        } else if value < 10 {
            self.put_byte(b'0' + value as u8);
        } else {
            self.long_unsigned(value);
        }
    }

    #[inline(never)]
    fn long_unsigned(&mut self, value: u64) {
        let length = decimal_len(value);
        if let Some(place) = self.room(length) {
            decimal(value, place);
            self.len += length;
        } else {
            self.put_far(Digits::new().of(value));
        }
    }
}

/// Makes room by draining all but the last byte (a comma that may have to give way).
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

/// Writes what was decoded as it stands in the input.
pub(super) type Verbatim = fn(&mut Writer<'_>, json: &str);

/// A checked container as it stands in the input: without the white space between its own tokens, and with the escapes
/// of resolved strings put back.
pub(super) fn verbatim(writer: &mut Writer<'_>, json: &str) {
    let bytes = json.as_bytes();
    let mut at = 0;
    let mut depth = 0usize;
    while let Some(&byte) = bytes.get(at) {
        let mut end = at + 1;
        if byte == b'"' {
            while let Some(&inside) = bytes.get(end) {
                end += if inside == b'\\' { 2 } else { 1 };
                if inside == b'"' {
                    break;
                }
            }
            writer.put(bytes.get(at..end).unwrap_or_default());
        } else if mark::is_mark(byte) {
            let (text, text_end, next) = mark::span(bytes, at, bytes.len());
            writer.text(bytes.get(text..text_end).unwrap_or_default());
            end = next;
        } else if byte > b' ' || depth > 1 {
            // Values that are no text stay as they are, to the byte.
            writer.put_byte(byte);
        }
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at = end;
    }
}

/// Counts what does not fit.
fn count(writer: &mut Writer<'_>, bytes: &[u8]) {
    writer.len = writer.len.saturating_add(bytes.len());
}

/// What follows the backslash in the escape of each byte that needs one.
static LETTERS: [u8; 0x60] = {
    let mut letters = [b'u'; 0x60];
    let mut rest: &mut [u8] = &mut letters;
    let mut byte = 0;
    while let Some((letter, tail)) = rest.split_first_mut() {
        *letter = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => b'u',
        };
        rest = tail;
        byte += 1;
    }
    letters
};

#[inline]
fn letter(byte: u8) -> u8 {
    if SMALL {
        // From 8 to 13, all but 11 have a letter; so have the two that stand for themselves.
        let index = usize::from(byte.wrapping_sub(8));
        let other = if byte < b' ' { b'u' } else { byte };
        return b"btnufr".get(index).copied().unwrap_or(other);
    }
    LETTERS.get(usize::from(byte)).copied().unwrap_or(b'u')
}

/// The escape of a control character without a short form.
const fn unicode_escape(byte: u8) -> [u8; 6] {
    [b'\\', b'u', b'0', b'0', b'0' + (byte >> 4 & 1), hex_digit(byte & 0xf)]
}
