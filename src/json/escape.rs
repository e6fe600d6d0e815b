//! The escapes of JSON strings: read, checked, compared.

use super::error::DecodeErrorKind;

/// An escape that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Escape {
    pub(crate) character: char,
    /// Bytes that it takes.
    pub(crate) length: u8,
}

/// Reads the escape whose backslash is at `at`. What is wrong with it is wrong there, or at the end of input that ends too
/// early.
#[inline(never)]
pub(crate) fn read(bytes: &[u8], at: usize) -> Result<Escape, DecodeErrorKind> {
    let rest = bytes.get(at + 1..).unwrap_or_default();
    let Some((&letter, digits)) = rest.split_first() else { return Err(DecodeErrorKind::EndOfInput) };
    if let Some(byte) = short(letter) {
        return Ok(Escape { character: char::from(byte), length: 2 });
    }
    if letter != b'u' {
        return Err(DecodeErrorKind::InvalidEscape);
    }
    let unit = hex(digits)?;
    if let Some(character) = char::from_u32(unit) {
        return Ok(Escape { character, length: 6 });
    }
    let low = match digits.get(4..).unwrap_or_default() {
        _ if unit >= 0xdc00 => return Err(DecodeErrorKind::LoneSurrogate),
        [b'\\', b'u', digits @ ..] => hex(digits)?,
        [] | [b'\\'] => return Err(DecodeErrorKind::EndOfInput),
        _ => return Err(DecodeErrorKind::LoneSurrogate),
    };
    let scalar = 0x10000 + ((unit - 0xd800) << 10) + low.wrapping_sub(0xdc00);
    match char::from_u32(scalar) {
        Some(character) if low >> 10 == 0xdc00 >> 10 => Ok(Escape { character, length: 12 }),
        _ => Err(DecodeErrorKind::LoneSurrogate),
    }
}

/// What the letter behind a backslash stands for, if it is not the `u` of a code unit.
#[inline]
pub(super) const fn short(letter: u8) -> Option<u8> {
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

/// The value of the four hex digits in front.
fn hex(digits: &[u8]) -> Result<u32, DecodeErrorKind> {
    let mut value = 0;
    for place in 0..4 {
        let &byte = digits.get(place).ok_or(DecodeErrorKind::EndOfInput)?;
        value = value << 4 | char::from(byte).to_digit(16).ok_or(DecodeErrorKind::InvalidEscape)?;
    }
    Ok(value)
}

/// Writes a character in UTF-8 at an offset, if it fits; the offset behind it.
#[cfg(offline_push_small)]
pub(super) fn store(character: char, bytes: &mut [u8], at: usize) -> usize {
    let length = character.len_utf8();
    let mut rest = u32::from(character);
    for place in (1..length).rev() {
        super::bytes::store(bytes, at + place, [0x80 | (rest & 0x3f) as u8]);
        rest >>= 6;
    }
    let lead = if length == 1 { 0 } else { (0xf00 >> length) as u8 };
    super::bytes::store(bytes, at, [lead | rest as u8]);
    at + length
}

/// True if the escaped text means `plain`, which is ASCII: a name.
#[cold]
#[inline(never)]
pub(crate) fn equals(escaped: &[u8], plain: &str) -> bool {
    let mut at = 0;
    for &wanted in plain.as_bytes() {
        let (character, length) = match escaped.get(at) {
            Some(b'\\') => match read(escaped, at) {
                Ok(escape) => (u32::from(escape.character), usize::from(escape.length)),
                Err(_) => return false,
            },
            Some(&byte) => (u32::from(byte), 1),
            None => return false,
        };
        if character != u32::from(wanted) {
            return false;
        }
        at += length;
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
        let escape = read(text.as_bytes(), 0).ok()?;
        return Some((escape.character, text.get(usize::from(escape.length)..)?));
    }
    let mut characters = text.chars();
    Some((characters.next()?, characters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{Escape, equals, read, same};

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
            assert_eq!(read(text.as_bytes(), 0), Ok(Escape { character, length }), "{text}");
        }
        assert!(read(br"\ud83d", 0).is_err());
        assert!(read(br"\ud83d\u0041", 0).is_err());
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
