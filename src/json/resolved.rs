//! Escapes resolved in place: a pass over the receive buffer, guided by the shape of the message, before it is decoded.
//!
//! A string with escapes is longer than its text: it is rewritten, over the same bytes, in the form that `mark` describes.

use super::bytes::{copy, store};
use super::error::DecodeError;
use super::escape;
use super::keys::index_of;
use super::mark::{control_bit, fill, is_mark, mark};
use super::object::{MAX_SHAPE_DEPTH, Shape};
use super::reader::Reader;
use super::scan::{self, WORD, Word};
use super::utf8::{not_utf8, utf8};
use crate::work::looked_at;

/// Resolves the escapes of a message in its buffer: the text, and up to where it is resolved. `raw` says whether some of the
/// shape is.
#[inline]
pub(super) fn resolved<'a>(
    buffer: &'a mut [u8],
    shape: &'static Shape,
    raw: bool,
) -> Result<(&'a str, usize), DecodeError> {
    let mut until = 0;
    if scan::find(buffer, b'\\') < buffer.len() {
        // Before text is moved, so that the offset is the input's.
        if utf8(buffer).is_none() {
            return Err(not_utf8(buffer));
        }
        until = if raw { resolve_texts(buffer, shape) } else { resolve_all(buffer) };
    }
    match utf8(buffer) {
        Some(text) => Ok((text, until)),
        None => Err(not_utf8(buffer)),
    }
}

/// Resolves the escapes of every string that the shape reads as text; raw values and unknown members stay untouched. Gives
/// the offset up to which all has been read.
///
/// That is short of the end if something is malformed: the decoder, which reads the result from the start, finds the same
/// place and says what is wrong with it.
#[inline(never)]
fn resolve_texts(bytes: &mut [u8], root: &'static Shape) -> usize {
    let mut until = space(bytes, 0);
    walk(bytes, root, &mut until);
    until
}

/// [`resolve_texts`] for a shape in which nothing is raw: no matter where a string stands, its escapes may be resolved.
#[inline(never)]
fn resolve_all(bytes: &mut [u8]) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        looked_at!(1);
        if byte == b'"' {
            let end = scan::special_from(bytes, at + 1);
            match bytes.get(end) {
                Some(b'"') => at = end + 1,
                Some(b'\\') => {
                    let Some(next) = resolve_escapes(bytes, at, end) else { break };
                    at = next;
                    if bytes.get(at) == Some(&b'"') {
                        // Two strings side by side are malformed, and their marks must not run into one.
                        break;
                    }
                }
                _ => break,
            }
        } else if is_mark(byte) {
            // Outside of strings it is malformed, and must not pass for a mark of ours.
            break;
        } else {
            at += 1;
        }
    }
    at
}

/// Goes on from `at` as far as [`resolve_texts`] does; `None` if that is short of the end.
fn walk(bytes: &mut [u8], root: &'static Shape, at: &mut usize) -> Option<()> {
    let mut frames = [root; MAX_SHAPE_DEPTH];
    let mut depth = 0usize;
    // Where the name of the member stands whose value comes next, and the last member that was looked up.
    let mut name = (0, 0);
    let mut near = usize::MAX;
    loop {
        // A value begins here. Its shape is looked up only where it matters: for escapes and containers.
        let container = depth.checked_sub(1).and_then(|top| frames.get(top)).copied();
        looked_at!(1);
        let mut first = false;
        match bytes.get(*at) {
            Some(b'"') => {
                let end = scan::special_from(bytes, *at + 1);
                *at = if bytes.get(end) == Some(&b'"') {
                    end + 1
                } else {
                    let text = matches!(shape(bytes, container, root, name, &mut near), Shape::Text);
                    escaped(bytes, *at, end, text)?
                };
            }
            Some(&open @ (b'{' | b'[')) => {
                let mut shape = shape(bytes, container, root, name, &mut near);
                if let Shape::Tagged(tag) = shape {
                    shape = tag.shape_of(bytes, *at);
                }
                if matches!(
                    (open, shape),
                    (b'{', Shape::Object(..) | Shape::Keyed(_)) | (b'[', Shape::List(_))
                ) {
                    *frames.get_mut(depth)? = shape;
                    depth += 1;
                    *at += 1;
                    first = true;
                } else {
                    *at = skip(bytes, *at)?;
                }
            }
            // A number or a word; whether it is one, the decoder sees.
            _ => {
                while bytes
                    .get(*at)
                    .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.'))
                {
                    looked_at!(1);
                    *at += 1;
                }
            }
        }
        // Behind a value, or at the start of a container: on to the next value in it, or up.
        loop {
            let Some(&container) = depth.checked_sub(1).and_then(|top| frames.get(top)) else {
                return Some(());
            };
            *at = space(bytes, *at);
            match bytes.get(*at) {
                Some(b'}' | b']') => {
                    depth -= 1;
                    *at += 1;
                    first = false;
                    continue;
                }
                Some(b',') if !first => *at = space(bytes, *at + 1),
                Some(_) if first => {}
                _ => return None,
            }
            if matches!(container, Shape::List(_)) {
                break;
            }
            // A key. In a map it is text; in an object it is left as it is.
            if bytes.get(*at) != Some(&b'"') {
                return None;
            }
            let first = scan::special_from(bytes, *at + 1);
            let end = if bytes.get(first) == Some(&b'"') {
                first + 1
            } else {
                escaped(bytes, *at, first, matches!(container, Shape::Keyed(_)))?
            };
            name = (*at + 1, end - 1);
            *at = space(bytes, end);
            if bytes.get(*at) != Some(&b':') {
                return None;
            }
            *at = space(bytes, *at + 1);
            break;
        }
    }
}

/// Passes the string at `at` whose first special byte, at `first`, is not its end: resolved if it is text.
fn escaped(bytes: &mut [u8], at: usize, first: usize, text: bool) -> Option<usize> {
    if text { resolve_escapes(bytes, at, first) } else { skip(bytes, at) }
}

/// The shape of the value that stands in a container, behind the key that `name` spans.
#[inline(never)]
fn shape(
    bytes: &[u8],
    container: Option<&'static Shape>,
    root: &'static Shape,
    name: (usize, usize),
    near: &mut usize,
) -> &'static Shape {
    match container {
        None => root,
        Some(Shape::List(element) | Shape::Keyed(element)) => element,
        Some(Shape::Object(names, shapes)) => {
            let name = bytes.get(name.0..name.1).unwrap_or_default();
            looked_at!(name.len());
            *near = index_of(names, name, name.contains(&b'\\'), *near);
            shapes.get(*near).copied().unwrap_or(&Shape::Raw)
        }
        // A tagged object is another one by the time it is entered.
        Some(Shape::Text | Shape::Raw | Shape::Tagged(_)) => &Shape::Raw,
    }
}

/// Passes the value at `at`, which stays as it is.
fn skip(bytes: &[u8], at: usize) -> Option<usize> {
    let mut reader = Reader::over_bytes(bytes, at);
    reader.skip()?;
    Some(reader.position())
}

/// Bytes of text that are gathered before they are written: words are stored whole here, which in the buffer itself would
/// run over what is still to be read.
const PIECE: usize = 64;

struct Piece {
    bytes: [u8; PIECE + 2 * WORD],
    len: usize,
    /// Where the piece goes.
    to: usize,
}

impl Piece {
    #[inline]
    fn push(&mut self, byte: u8) {
        store(&mut self.bytes, self.len, [byte]);
        self.len += 1;
    }

    fn flush(&mut self, bytes: &mut [u8]) {
        let end = self.to + self.len;
        if let (Some(to), Some(from)) = (bytes.get_mut(self.to..end), self.bytes.get(..self.len)) {
            copy(to, from);
        }
        self.to = end;
        self.len = 0;
    }
}

#[inline]
fn space(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    looked_at!(at - from + 1);
    at
}

/// Moves the text from its first special byte to its closing quote down over its escapes, and marks the string. Gives where
/// the input goes on.
///
/// A malformed string gives `None`, and stays one that is malformed in the same place: what was moved is blotted out.
#[inline(never)]
fn resolve_escapes(bytes: &mut [u8], open: usize, first: usize) -> Option<usize> {
    let mut moved = Moved { from: first, to: first, controls: 0 };
    if moved.by_words(bytes).is_none() {
        fill(bytes, first, moved.from, b'x');
        return None;
    }
    let end = moved.from + 1;
    mark(bytes, open, moved.to, end, moved.controls);
    Some(end)
}

/// How far the text of a string has been moved.
struct Moved {
    /// What was read; in the end, the closing quote.
    from: usize,
    /// What was written.
    to: usize,
    /// The control characters in it.
    controls: u32,
}

impl Moved {
    /// All escapes of a word are found at once, so that none waits for the one before it.
    fn by_words(&mut self, bytes: &mut [u8]) -> Option<()> {
        let mut piece = Piece { bytes: [0; PIECE + 2 * WORD], len: 0, to: self.to };
        loop {
            // How much of the word is plain text and short escapes.
            let mut taken = 0;
            if let Some(&chunk) = bytes.get(self.from..).and_then(<[u8]>::first_chunk::<WORD>) {
                let word = Word::from_le_bytes(chunk);
                store(&mut piece.bytes, piece.len, chunk);
                let mut marks = scan::exact_marks(word);
                let mut gone = 0;
                taken = loop {
                    if marks == 0 {
                        break WORD;
                    }
                    let index = scan::first_mark(marks);
                    let (byte, rest) = scan::byte_and_rest(word, index);
                    let short = escape::short(rest as u8).filter(|_| byte == b'\\' && index + 1 < WORD);
                    let Some(character) = short else { break index };
                    self.controls |= control_bit(character);
                    let place = piece.len + index - gone;
                    store(&mut piece.bytes, place, [character]);
                    store(&mut piece.bytes, place + 1, (rest >> 8).to_le_bytes());
                    gone += 1;
                    // The letter may have a mark of its own.
                    marks &= marks - 1;
                    marks &= !(0x80 << (8 * (index + 1)));
                };
                piece.len += taken - gone;
                self.from += taken;
            }
            if taken < WORD {
                looked_at!(1);
                // The end, an escape that is long or reaches into the next word, or the last bytes of the input.
                match *bytes.get(self.from)? {
                    b'"' => break,
                    b'\\' => {
                        let (character, length) = escape::read(bytes, self.from).character()?;
                        self.from += length;
                        self.controls |= u8::try_from(character).map_or(0, control_bit);
                        for &byte in character.encode_utf8(&mut [0; 4]).as_bytes() {
                            piece.push(byte);
                        }
                    }
                    0..0x20 => return None,
                    byte => {
                        piece.push(byte);
                        self.from += 1;
                    }
                }
            }
            if piece.len > PIECE - 4 {
                piece.flush(bytes);
            }
        }
        piece.flush(bytes);
        self.to = piece.to;
        Some(())
    }
}
