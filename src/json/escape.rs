//! The escapes of JSON strings: read, checked, compared.

use super::SMALL;
use super::error::DecodeErrorKind;
use crate::work::looked_at;

/// What was read where a backslash is. Two numbers, so that it travels in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Escape {
    /// The character; without one, the offset of the byte that is not as it must be.
    code: u32,
    /// Bytes that the escape takes; less than two without a character.
    length: u32,
}

impl Escape {
    const fn wrong(at: usize) -> Self {
        Self { code: at as u32, length: 0 }
    }

    /// Half of a pair, without the other half at `at`.
    const fn lone(at: usize) -> Self {
        Self { code: at as u32, length: 1 }
    }

    /// The character, and how many bytes it takes.
    #[inline]
    pub(crate) fn character(self) -> Option<(char, usize)> {
        let (code, length) = self.code()?;
        Some((char::from_u32(code)?, length))
    }

    /// The same as a number.
    #[inline]
    pub(super) const fn code(self) -> Option<(u32, usize)> {
        if self.length < 2 { None } else { Some((self.code, self.length as usize)) }
    }

    /// True for what is no escape because the input ends.
    pub(super) const fn ends(self, bytes: &[u8]) -> bool {
        self.code as usize >= bytes.len()
    }

    /// Why it is none, and where: what is wrong with an escape is wrong at its backslash, or at the end of input that ends too
    /// early.
    #[cold]
    pub(crate) fn failure(self, bytes: &[u8], at: usize) -> (DecodeErrorKind, usize) {
        match self {
            _ if self.ends(bytes) => (DecodeErrorKind::EndOfInput, bytes.len()),
            Self { length: 1, .. } => (DecodeErrorKind::LoneSurrogate, at),
            // The second half of a pair has a backslash of its own.
            Self { code, .. } if code as usize >= at + 6 => (DecodeErrorKind::InvalidEscape, at + 6),
            _ => (DecodeErrorKind::InvalidEscape, at),
        }
    }
}

/// Reads the escape whose backslash is at `at`.
#[inline(never)]
pub(crate) fn read(bytes: &[u8], at: usize) -> Escape {
    let high = unit(bytes, at);
    let Some((code, _)) = high.code().filter(|(code, _)| is_half(*code)) else { return high };
    if code >= 0xdc00 {
        return Escape::lone(at);
    }
    if bytes.get(at + 6) != Some(&b'\\') {
        return Escape::lone(at + 6);
    }
    match unit(bytes, at + 6) {
        Escape { code: low, length: 6 } if is_second(low) => Escape { code: pair(code, low), length: 12 },
        wrong @ Escape { length: 0, .. } => wrong,
        _ => Escape::lone(at),
    }
}

/// Reads the code unit whose backslash is at `at`.
#[cfg_attr(feature = "small", inline(never))]
#[cfg_attr(not(feature = "small"), inline)]
pub(super) fn unit(bytes: &[u8], at: usize) -> Escape {
    looked_at!(2);
    let letter = bytes.get(at + 1).copied().unwrap_or(0);
    if let Some(short) = short(letter) {
        return Escape { code: u32::from(short), length: 2 };
    }
    if letter != b'u' {
        return Escape::wrong(at + 1);
    }
    // The bit in front of four digits says when they are all there.
    let mut code = 1;
    let mut place = at + 2;
    while code < 0x10000 {
        looked_at!(1);
        let digit = bytes.get(place).and_then(|&byte| char::from(byte).to_digit(16));
        let Some(digit) = digit else { return Escape::wrong(place) };
        code = code << 4 | digit;
        place += 1;
    }
    Escape { code: code & 0xffff, length: 6 }
}

/// True for half of a surrogate pair.
pub(super) const fn is_half(code: u32) -> bool {
    code >> 11 == 0xd800 >> 11
}

/// True for the second one.
pub(super) const fn is_second(code: u32) -> bool {
    code >> 10 == 0xdc00 >> 10
}

/// What both halves stand for.
pub(super) const fn pair(high: u32, low: u32) -> u32 {
    0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff)
}

/// What the letter behind a backslash stands for, if it is not the `u` of a code unit.
#[inline]
pub(super) fn short(letter: u8) -> Option<u8> {
    if SMALL {
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
        return LETTERS.iter().find(|(wanted, _)| *wanted == letter).map(|(_, byte)| *byte);
    }
    Some(match letter {
        b'"' | b'\\' | b'/' => letter,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        _ => return None,
    })
}

/// How far up the bits for the first byte of a character are, and what marks that byte.
#[cfg(feature = "small")]
#[inline]
pub(super) const fn lead(code: u32) -> (u32, u32) {
    match code {
        0..0x80 => (0, 0),
        0x80..0x800 => (6, 0xc0),
        0x800..0x10000 => (12, 0xe0),
        _ => (18, 0xf0),
    }
}

/// True if the escaped text means `plain`, which is ASCII: a name.
#[cold]
#[inline(never)]
pub(crate) fn equals(escaped: &[u8], plain: &str) -> bool {
    let mut at = 0;
    for &wanted in plain.as_bytes() {
        looked_at!(1);
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

/// True if two texts, each as it stands in checked JSON, mean the same.
#[cold]
pub(crate) fn same(left: &str, right: &str) -> bool {
    characters(left).eq(characters(right))
}

/// The characters that text means which stands so in checked JSON.
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
        assert!(read(br"\ud83d", 0).character().is_none());
        assert!(read(br"\ud83d\u0041", 0).character().is_none());
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
