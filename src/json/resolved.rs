//! Escapes resolved in place: a pass over the receive buffer, guided by the shape of the message, before it is decoded.
//!
//! A string with escapes is longer than its text: it is rewritten, over the same bytes, in the form that `mark` describes.

use super::bytes::{copy, store};
use super::error::DecodeErrorKind;
use super::escape::{self, Failure};
use super::mark::{COUNT_LEN, COUNTED, MARKS};
use super::object::Shape;
use super::reader::{Reader, index_of};
use super::scan::{self, WORD, Word};

/// How deep messages nest in one another; the declarations are checked against it when they are compiled.
pub(crate) const MAX_SHAPE_DEPTH: usize = 6;

/// How far [`resolve`] came.
pub(super) struct Resolved {
    /// What lies before this offset has been read. That is short of the end if something is malformed: the decoder, which
    /// reads the result from the start, finds the same place and names it.
    pub(super) until: usize,
    /// What was wrong with the string that opens there, if that stopped it: the string is half resolved, of no use to the
    /// decoder.
    pub(super) failure: Option<Failure>,
}

impl Resolved {
    pub(super) const NOTHING: Self = Self { until: 0, failure: None };
}

/// Resolves the escapes of every string that the shape reads as text; raw values and unknown members stay untouched.
pub(super) fn resolve(bytes: &mut [u8], root: &'static Shape) -> Resolved {
    let mut resolved = Resolved::NOTHING;
    resolved.until = space(bytes, 0);
    walk(bytes, root, &mut resolved.until, &mut resolved.failure);
    resolved
}

/// Goes on from `at` as far as [`resolve`] does; `None` if that is short of the end.
fn walk(bytes: &mut [u8], root: &'static Shape, at: &mut usize, failure: &mut Option<Failure>) -> Option<()> {
    let mut frames = [root; MAX_SHAPE_DEPTH];
    let mut depth = 0usize;
    // Where the name of the member stands whose value comes next, and the last member that was looked up.
    let mut name = (0, 0);
    let mut near = usize::MAX;
    loop {
        // A value begins here. Its shape is looked up only where it matters: for escapes and containers.
        let container = depth.checked_sub(1).and_then(|top| frames.get(top)).copied();
        let mut first = false;
        match bytes.get(*at) {
            Some(b'"') => {
                let end = scan::special_from(bytes, *at + 1);
                *at = if bytes.get(end) == Some(&b'"') {
                    end + 1
                } else {
                    let text = matches!(shape(bytes, container, root, name, &mut near), Shape::Text);
                    escaped(bytes, *at, end, text, failure)?
                };
            }
            Some(&open @ (b'{' | b'[')) => {
                let mut shape = shape(bytes, container, root, name, &mut near);
                if let Shape::Tagged(tag) = shape {
                    shape = tag.shape_of(bytes, *at);
                }
                if matches!(
                    (open, shape),
                    (b'{', Shape::Object(_) | Shape::Keyed(_)) | (b'[', Shape::List(_))
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
                escaped(bytes, *at, first, matches!(container, Shape::Keyed(_)), failure)?
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
fn escaped(
    bytes: &mut [u8],
    at: usize,
    first: usize,
    text: bool,
    failure: &mut Option<Failure>,
) -> Option<usize> {
    if !text {
        return skip(bytes, at);
    }
    resolve_escapes(bytes, at, first).map_err(|fault| *failure = Some(fault)).ok()
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
        Some(Shape::Object(members)) => {
            let name = bytes.get(name.0..name.1).unwrap_or_default();
            *near = index_of(members, name, *near);
            members.get(*near).map_or(&Shape::Raw, |member| member.shape)
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
    at
}

/// Moves the text from its first special byte to its closing quote down over its escapes, and marks the string.
///
/// All escapes of a word are found at once, so that none waits for the one before it.
fn resolve_escapes(bytes: &mut [u8], open: usize, first: usize) -> Result<usize, Failure> {
    let mut piece = Piece { bytes: [0; PIECE + 2 * WORD], len: 0, to: first };
    let mut from = first;
    let mut controls = 0u32;
    'string: loop {
        // How much of the word is plain text and short escapes.
        let mut taken = 0;
        if let Some(&chunk) = bytes.get(from..).and_then(<[u8]>::first_chunk::<WORD>) {
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
                controls |= control_bit(character);
                let place = piece.len + index - gone;
                store(&mut piece.bytes, place, [character]);
                store(&mut piece.bytes, place + 1, (rest >> 8).to_le_bytes());
                gone += 1;
                // The letter may have a mark of its own.
                marks &= marks - 1;
                marks &= !(0x80 << (8 * (index + 1)));
            };
            piece.len += taken - gone;
            from += taken;
        }
        if taken < WORD {
            // The end, an escape that is long or reaches into the next word, or the last bytes of the input.
            match bytes.get(from) {
                Some(b'"') => break 'string,
                Some(b'\\') => {
                    let (character, next) = escape::read(bytes, from)?;
                    from = next;
                    controls |= u8::try_from(character).map_or(0, control_bit);
                    for &byte in character.encode_utf8(&mut [0; 4]).as_bytes() {
                        piece.push(byte);
                    }
                }
                Some(&byte) if byte < 0x20 => return Err((DecodeErrorKind::ControlCharacter, from)),
                Some(&byte) => {
                    piece.push(byte);
                    from += 1;
                }
                None => return Err((DecodeErrorKind::EndOfInput, from)),
            }
        }
        if piece.len > PIECE - 4 {
            piece.flush(bytes);
        }
    }
    piece.flush(bytes);
    let end = from + 1;
    let free = MARKS & !controls;
    if free == 0 {
        count(bytes, open, piece.to, end);
        return Ok(end);
    }
    let mark = free.trailing_zeros() as u8;
    if let Some(rest) = bytes.get_mut(piece.to..end) {
        rest.fill(mark);
    }
    store(bytes, open, [mark]);
    Ok(end)
}

/// The bit of a control character in a set.
#[inline]
fn control_bit(byte: u8) -> u32 {
    if byte < 0x20 { 1 << byte } else { 0 }
}

/// Writes the length in front of a text that holds every mark.
#[cold]
fn count(bytes: &mut [u8], open: usize, to: usize, end: usize) -> Option<()> {
    let start = open + 1;
    let string = bytes.get_mut(start..end)?;
    let length = to.checked_sub(start)?;
    if COUNT_LEN.checked_add(length)? > string.len() {
        return None;
    }
    string.rotate_right(COUNT_LEN);
    let (digits, rest) = string.split_at_mut_checked(COUNT_LEN)?;
    for (place, digit) in digits.iter_mut().rev().enumerate() {
        let nibble = (length as u64 >> (4 * place)) as u32 & 0xf;
        *digit = char::from_digit(nibble, 16)? as u8;
    }
    rest.get_mut(length..)?.fill(COUNTED);
    store(bytes, open, [COUNTED]);
    Some(())
}
