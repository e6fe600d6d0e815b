//! The escapes of JSON strings: read, resolved in place, compared.

use super::SMALL;
use super::error::DecodeErrorKind;
#[cfg(not(feature = "small"))]
use super::scan::{self, WORD, Word};
use crate::bytes::store;

/// Why a string cannot be read, and the offset of the fault.
pub(super) type Fault = (DecodeErrorKind, usize);

/// The result of reading at a backslash. Two numbers, so that it fits in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Escape {
    /// The character, or the offset of the wrong byte.
    code: u32,
    /// Bytes that the escape takes; 0 without a character.
    length: u32,
}

impl Escape {
    /// Half of a surrogate pair reads as this. RFC 8259 allows it in a string, but UTF-8 cannot express it.
    const REPLACEMENT: Self = Self { code: char::REPLACEMENT_CHARACTER as u32, length: 6 };

    const fn wrong(at: usize) -> Self {
        Self { code: at as u32, length: 0 }
    }

    /// The character, and how many bytes its escape takes.
    #[inline]
    pub(crate) fn character(self) -> Option<(char, usize)> {
        let (code, length) = self.code()?;
        Some((char::from_u32(code)?, length))
    }

    /// The same as a number.
    #[inline]
    pub(super) const fn code(self) -> Option<(u32, usize)> {
        if self.length == 0 { None } else { Some((self.code, self.length as usize)) }
    }

    /// Why there is no character. A wrong escape is reported at its backslash, truncated input at its end.
    #[cold]
    pub(super) fn fault(self, bytes: &[u8], at: usize) -> Fault {
        if self.code as usize >= bytes.len() {
            return (DecodeErrorKind::EndOfInput, bytes.len());
        }
        (DecodeErrorKind::InvalidEscape, at)
    }
}

/// Why an escape in input that cannot be written is refused, and where.
#[cfg(not(feature = "small"))]
pub(super) fn refused(bytes: &[u8], at: usize) -> Fault {
    let escape = read(bytes, at);
    match escape.code() {
        Some(_) => (DecodeErrorKind::EscapedText, at),
        None => escape.fault(bytes, at),
    }
}

/// Reads the escape whose backslash is at `at`. Half of a surrogate pair is U+FFFD.
#[inline(never)]
pub(crate) fn read(bytes: &[u8], at: usize) -> Escape {
    let first = unit(bytes, at);
    if first.length != 6 || first.code >> 11 != 0xd800 >> 11 {
        return first;
    }
    if first.code < 0xdc00 && bytes.get(at + 6) == Some(&b'\\') {
        let second = unit(bytes, at + 6);
        if second.length == 6 && second.code >> 10 == 0xdc00 >> 10 {
            let code = 0x10000 + ((first.code & 0x3ff) << 10) + (second.code & 0x3ff);
            return Escape { code, length: 12 };
        }
    }
    Escape::REPLACEMENT
}

/// Resolves the escapes of a string in place, from its first backslash on. Returns the end of the text, and the offset after the
/// closing quote. Small programs do so as they pass the string, byte by byte.
///
/// After a fault, the bytes that were moved are overwritten with `x`: what is left is still UTF-8 if the input was.
#[cfg(not(feature = "small"))]
pub(super) fn resolve(bytes: &mut [u8], first: usize) -> Result<(usize, usize), Fault> {
    let (mut from, mut to) = (first, first);
    loop {
        (from, to) = resolve_words(bytes, from, to);
        let fault = match bytes.get(from) {
            Some(b'"') => return Ok((to, from + 1)),
            Some(b'\\') => {
                let escape = read(bytes, from);
                match escape.code() {
                    Some((code, length)) => {
                        to = push(bytes, to, code, length);
                        from += length;
                        continue;
                    }
                    None => escape.fault(bytes, from),
                }
            }
            Some(0..0x20) => (DecodeErrorKind::ControlCharacter, from),
            Some(&byte) => {
                store(bytes, to, [byte]);
                (from, to) = (from + 1, to + 1);
                continue;
            }
            None => (DecodeErrorKind::EndOfInput, from),
        };
        bytes.get_mut(to..from).unwrap_or_default().fill(b'x');
        return Err(fault);
    }
}

/// Moves whole words, with the short escapes in them, as far as there is nothing else.
///
/// A word is read before anything is stored over it, and changed in a register, so that it is stored in one step.
#[cfg(not(feature = "small"))]
#[inline(always)]
fn resolve_words(bytes: &mut [u8], mut from: usize, mut to: usize) -> (usize, usize) {
    while let Some(chunk) = bytes.get(from..).and_then(<[u8]>::first_chunk::<WORD>) {
        let mut word = Word::from_le_bytes(*chunk);
        let mut marks = scan::exact_marks(word);
        let mut removed = 0;
        let taken = loop {
            if marks == 0 {
                break WORD;
            }
            let index = scan::first_mark(marks);
            let from_here = word >> (8 * index);
            let character = short((from_here >> 8) as u8);
            if from_here as u8 != b'\\' || index + removed + 1 >= WORD || character == 0 {
                break index + removed;
            }
            // The backslash is removed, and the character takes the place of the letter after it.
            let below = (1 << (8 * index)) - 1;
            let above = !(below << 8 | 0xff);
            word = word & below | Word::from(character) << (8 * index) | word >> 8 & above;
            marks = marks >> 8 & above;
            removed += 1;
        };
        let kept = taken - removed;
        if taken == WORD || to + WORD <= from + taken {
            store(bytes, to, word.to_le_bytes());
        } else {
            // A whole word would overwrite what is not read yet.
            let text = word.to_le_bytes();
            bytes
                .get_mut(to..to + kept)
                .unwrap_or_default()
                .iter_mut()
                .zip(text)
                .for_each(|(place, byte)| *place = byte);
        }
        from += taken;
        to += kept;
        if taken < WORD {
            break;
        }
    }
    (from, to)
}

/// Writes a character where its escape was, or before it, or a byte that was not an escape but took one byte; returns where it
/// ends.
#[inline]
pub(super) fn push(bytes: &mut [u8], to: usize, code: u32, length: usize) -> usize {
    let (mut up, lead) = match code {
        _ if length == 1 => (0, 0),
        0..0x80 => (0, 0),
        0x80..0x800 => (6, 0xc0),
        0x800..0x10000 => (12, 0xe0),
        _ => (18, 0xf0),
    };
    let mut next = lead | code >> up;
    let mut at = to;
    loop {
        store(bytes, at, [next as u8]);
        at += 1;
        if up == 0 {
            return at;
        }
        up -= 6;
        next = 0x80 | code >> up & 0x3f;
    }
}

/// Reads the code unit whose backslash is at `at`.
#[cfg_attr(feature = "small", inline(never))]
#[cfg_attr(not(feature = "small"), inline(always))]
fn unit(bytes: &[u8], at: usize) -> Escape {
    let letter = bytes.get(at + 1).copied().unwrap_or(0);
    let character = short(letter);
    if character != 0 {
        return Escape { code: u32::from(character), length: 2 };
    }
    if letter != b'u' {
        return Escape::wrong(at + 1);
    }
    // The bit before four digits shows when all are read.
    let mut code = 1;
    let mut place = at + 2;
    while code < 0x10000 {
        let digit = bytes.get(place).and_then(|&byte| char::from(byte).to_digit(16));
        let Some(digit) = digit else { return Escape::wrong(place) };
        code = code << 4 | digit;
        place += 1;
    }
    Escape { code: code & 0xffff, length: 6 }
}

/// What the letter after a backslash means; 0 for the `u` of a code unit and for anything that is not an escape.
#[inline]
fn short(letter: u8) -> u8 {
    const LETTERS: [(u8, u8); 8] = [
        (b'"', b'"'),
        (b'\\', b'\\'),
        (b'/', b'/'),
        (b'b', 0x08),
        (b'f', 0x0c),
        (b'n', b'\n'),
        (b'r', b'\r'),
        (b't', b'\t'),
    ];
    #[allow(clippy::indexing_slicing)] // While compiling, never at run time.
    const TABLE: [u8; 256] = {
        let mut table = [0; 256];
        let mut i = 0;
        while i < LETTERS.len() {
            table[LETTERS[i].0 as usize] = LETTERS[i].1;
            i += 1;
        }
        table
    };
    if SMALL {
        return LETTERS.iter().find(|(wanted, _)| *wanted == letter).map_or(0, |(_, byte)| *byte);
    }
    static SHORT: [u8; 256] = TABLE;
    SHORT.get(usize::from(letter)).copied().unwrap_or(0)
}

/// Escaped text, resolved in a buffer, if all of it is ASCII and fits; otherwise nothing.
#[cold]
pub(super) fn ascii<'b>(escaped: &[u8], buffer: &'b mut [u8]) -> &'b [u8] {
    let (mut at, mut length) = (0, 0);
    while let Some(&byte) = escaped.get(at) {
        let escape =
            if byte == b'\\' { read(escaped, at) } else { Escape { code: u32::from(byte), length: 1 } };
        match buffer.get_mut(length) {
            Some(place) if escape.code < 0x80 => *place = escape.code as u8,
            _ => return &[],
        }
        at += escape.length as usize;
        length += 1;
    }
    buffer.get(..length).unwrap_or_default()
}

/// True if the escaped text means `plain`, which is ASCII: a name.
#[cold]
#[inline(never)]
pub(crate) fn equals(escaped: &[u8], plain: &str) -> bool {
    let mut at = 0;
    for &wanted in plain.as_bytes() {
        let means = match escaped.get(at) {
            Some(b'\\') => read(escaped, at).code(),
            Some(&byte) => Some((u32::from(byte), 1)),
            None => None,
        };
        match means {
            Some((code, length)) if code == u32::from(wanted) => at += length,
            _ => return false,
        }
    }
    at == escaped.len()
}

/// True if two texts, each as written in checked JSON, mean the same.
#[cold]
pub(crate) fn same(left: &str, right: &str) -> bool {
    characters(left).eq(characters(right))
}

/// Decodes escaped text of checked JSON to characters.
pub(crate) fn characters(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let (character, behind) = first(rest)?;
        rest = behind;
        Some(character)
    })
}

/// The first character that escaped text means, and the rest.
fn first(text: &str) -> Option<(char, &str)> {
    if text.as_bytes().first() == Some(&b'\\') {
        let (character, length) = read(text.as_bytes(), 0).character()?;
        return Some((character, text.get(length..)?));
    }
    let mut characters = text.chars();
    Some((characters.next()?, characters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{equals, read, same};

    #[test]
    fn every_escape_has_its_character_and_length() {
        for (text, character, length) in [
            (r#"\"x"#, '"', 2),
            (r"\\x", '\\', 2),
            (r"\/x", '/', 2),
            (r"\b", '\u{8}', 2),
            (r"\f", '\u{c}', 2),
            (r"\n", '\n', 2),
            (r"\r", '\r', 2),
            (r"\t", '\t', 2),
            (r"\u4e2dx", '中', 6),
            (r"\uD83D\uDE00x", '😀', 12),
        ] {
            assert_eq!(read(text.as_bytes(), 0).character(), Some((character, length)), "{text}");
        }
        for half in [r"\ud83d", r"\ud83d\u0041", r"\ud83dx", r"\ud83d\ud83d\ude00", r"\udc00", r"\udbff\n"] {
            assert_eq!(read(half.as_bytes(), 0).character(), Some(('\u{fffd}', 6)), "{half}");
        }
    }

    #[test]
    fn a_name_may_hide_behind_escapes() {
        assert!(equals("title".as_bytes(), "title"));
        assert!(equals(r"\u0074itle".as_bytes(), "title"));
        assert!(!equals(r"\u4e74itle".as_bytes(), "title"));
        assert!(!equals(r"\u0074itl".as_bytes(), "title"));
        assert!(!equals(r"\u0074itles".as_bytes(), "title"));
        assert!(!equals("".as_bytes(), "title"));
    }

    #[test]
    fn two_names_may_both_hide_behind_escapes() {
        for spelling in ["中\"q", r#"\u4e2d\"q"#, r"中\u0022\u0071", r#"\u4E2D\u0022q"#] {
            assert!(same(spelling, r#"\u4e2d\"\u0071"#), "{spelling}");
            assert!(!same(spelling, r#"\u4e2d\"\u0071x"#), "{spelling}");
            assert!(!same(spelling, r#"\u4e2d\""#), "{spelling}");
        }
        assert!(same("", "") && !same("", "q") && !same(r"\\", r"\/"));
    }
}
