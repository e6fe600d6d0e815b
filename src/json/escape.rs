//! The escapes of JSON strings: read, checked, compared.

use super::error::DecodeErrorKind;

/// What is wrong, and where.
pub(crate) type Failure = (DecodeErrorKind, usize);

/// Reads the escape whose backslash is at `at`: the character and where the text goes on.
pub(crate) fn read(bytes: &[u8], at: usize) -> Result<(char, usize), Failure> {
    let Some(&letter) = bytes.get(at + 1) else {
        return Err((DecodeErrorKind::EndOfInput, bytes.len()));
    };
    match short(letter) {
        Some(byte) => Ok((char::from(byte), at + 2)),
        None if letter == b'u' => read_unicode(bytes, at),
        None => Err((DecodeErrorKind::InvalidEscape, at)),
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

fn read_unicode(bytes: &[u8], at: usize) -> Result<(char, usize), Failure> {
    let unit = hex(bytes, at)?;
    if let Some(character) = char::from_u32(unit) {
        return Ok((character, at + 6));
    }
    let lone = Err((DecodeErrorKind::LoneSurrogate, at));
    if unit >= 0xdc00 {
        return lone;
    }
    let low_at = at + 6;
    match (bytes.get(low_at), bytes.get(low_at + 1)) {
        (Some(b'\\'), Some(b'u')) => {}
        (None, _) | (Some(b'\\'), None) => return Err((DecodeErrorKind::EndOfInput, bytes.len())),
        _ => return lone,
    }
    let low = hex(bytes, low_at)?;
    if !(0xdc00..0xe000).contains(&low) {
        return lone;
    }
    let scalar = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    char::from_u32(scalar).map_or(lone, |character| Ok((character, at + 12)))
}

/// The four hex digits of the `\u` at `at`.
fn hex(bytes: &[u8], at: usize) -> Result<u32, Failure> {
    let mut value = 0;
    for offset in 2..6 {
        let Some(&byte) = bytes.get(at + offset) else {
            return Err((DecodeErrorKind::EndOfInput, bytes.len()));
        };
        let Some(digit) = char::from(byte).to_digit(16) else {
            return Err((DecodeErrorKind::InvalidEscape, at));
        };
        value = value << 4 | digit;
    }
    Ok(value)
}

/// Checks the escape whose backslash is at `at` and says where the text goes on.
pub(super) fn check(bytes: &[u8], at: usize) -> Result<usize, Failure> {
    read(bytes, at).map(|(_, next)| next)
}

/// True if the escaped text means `plain`.
#[cold]
#[inline(never)]
pub(crate) fn equals(escaped: &[u8], plain: &str) -> bool {
    let mut rest = plain.as_bytes();
    let mut at = 0;
    while let Some(&byte) = escaped.get(at) {
        let mut buffer = [byte, 0, 0, 0];
        let mut length = 1;
        at += 1;
        if byte == b'\\' {
            let Ok((character, next)) = read(escaped, at - 1) else { return false };
            length = character.encode_utf8(&mut buffer).len();
            at = next;
        }
        match buffer.get(..length).and_then(|wanted| rest.strip_prefix(wanted)) {
            Some(tail) => rest = tail,
            None => return false,
        }
    }
    rest.is_empty()
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
        let (character, next) = read(text.as_bytes(), 0).ok()?;
        return Some((character, text.get(next..)?));
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
            assert_eq!(read(text.as_bytes(), 0), Ok((character, length)), "{text}");
        }
        assert!(read(br"\ud83d", 0).is_err());
        assert!(read(br"\ud83d\u0041", 0).is_err());
    }

    #[test]
    fn a_name_may_hide_behind_escapes() {
        assert!(equals("title".as_bytes(), "title"));
        assert!(equals(r"\u0074itle".as_bytes(), "title"));
        assert!(equals(r"\u4e2d\ud83d\ude00".as_bytes(), "中😀"));
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
