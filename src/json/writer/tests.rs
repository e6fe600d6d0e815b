use std::format;
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use super::{Sink, Writer, measure, verbatim};
use crate::digits::Digits;
use crate::json::mark;

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

#[cfg(not(feature = "alloc"))]
impl super::Drain for Vec<u8> {
    fn drain(&mut self, bytes: &[u8]) -> usize {
        self.extend(bytes);
        bytes.len()
    }
}

/// Escapes byte by byte.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |escaped, character| match character {
        '"' | '\\' => format!("{escaped}\\{character}"),
        '\n' => escaped + "\\n",
        '\r' => escaped + "\\r",
        '\t' => escaped + "\\t",
        '\u{8}' => escaped + "\\b",
        '\u{c}' => escaped + "\\f",
        '\0'..' ' => format!("{escaped}\\u{:04x}", u32::from(character)),
        _ => format!("{escaped}{character}"),
    })
}

/// What a sink takes.
enum Piece<'t> {
    Member(&'t str),
    Element(&'t str),
    Text(&'t str),
    Unsigned(u64),
    Signed(i64),
    Input(&'t str),
}

impl Piece<'_> {
    fn write(&self, sink: &mut impl Sink) {
        match *self {
            Self::Member(text) => sink.quoted(b"\"key\":\"", text, b','),
            Self::Element(text) => sink.text_element(text),
            Self::Text(text) => sink.text(text.as_bytes()),
            Self::Unsigned(number) => sink.unsigned_member(b"\"key\":", number),
            Self::Signed(number) => sink.signed_member(b"\"key\":", number),
            Self::Input(json) => sink.input(json.as_bytes(), |writer| verbatim(writer, json)),
        }
    }

    /// It is the same counted, in buffers of these lengths, and drained from them.
    fn is(&self, expected: &str, lengths: impl Iterator<Item = usize>) {
        let mut count = measure();
        self.write(&mut count);
        assert_eq!(count.len(), expected.len(), "{expected}");
        for length in lengths {
            let mut buffer = vec![b'#'; length];
            let mut writer = Writer::new(&mut buffer);
            self.write(&mut writer);
            assert_eq!(writer.len(), expected.len(), "{length} bytes for {expected}");
            let written = writer.into_written().map(|bytes| String::from_utf8_lossy(bytes).to_string());
            assert_eq!(written.as_deref(), (length >= expected.len()).then_some(expected), "{length} bytes");
            if length >= 2 {
                let mut pieces = Vec::new();
                let mut writer = Writer::draining(&mut buffer, &mut pieces);
                self.write(&mut writer);
                writer.finish();
                assert_eq!(String::from_utf8_lossy(&pieces), expected, "in pieces of {length} bytes");
            }
        }
    }
}

fn text_is_written_as_byte_by_byte(text: &str, lengths: impl Iterator<Item = usize> + Clone) {
    let escaped = escaped(text);
    Piece::Member(text).is(&format!("\"key\":\"{escaped}\","), lengths.clone());
    Piece::Element(text).is(&format!("\"{escaped}\","), lengths.clone());
    Piece::Text(text).is(&format!("\"{escaped}\""), lengths);
}

#[test]
fn text_with_an_escape_at_every_place() {
    for length in 0..=70 {
        let clean = "中abc".chars().cycle().map(|letter| if length % 2 == 0 { 'x' } else { letter });
        let clean: Vec<char> = clean.take(length).collect();
        let room = 8 * length + 100;
        let text: String = clean.iter().collect();
        let exact = text.len() + 8;
        text_is_written_as_byte_by_byte(&text, (exact.saturating_sub(20)..exact + 4).chain([room]));
        for place in 0..length {
            let mut text = clean.clone();
            text[place] = ['"', '\\', '\n', '\0', '\u{1f}', '\u{b}'][place % 6];
            let text: String = text.iter().collect();
            text_is_written_as_byte_by_byte(&text, [2, exact, exact + 1, exact + 5, room].into_iter());
        }
    }
}

#[test]
fn text_random_in_buffers_of_every_length() {
    let mut random = Random(1);
    let letters: Vec<char> = ('\0'..='\u{7f}').chain("中é\u{10ffff}\u{80}".chars()).collect();
    for round in 0..400 {
        let sparse = round % 4;
        let length = random.below(80);
        let text: String = (0..length)
            .map(|_| if random.below(8) < 2 * sparse { 'x' } else { random.pick(&letters) })
            .collect();
        let longest = 6 * text.len() + 90;
        text_is_written_as_byte_by_byte(&text, (0..longest).step_by(1 + round % 7));
    }
}

#[test]
fn numbers_are_written_digit_by_digit() {
    let mut random = Random(2);
    let powers = (0..20).flat_map(|power| [0, 1, 2].map(|more| 10u64.pow(power) + more - 1));
    let randoms = (0..3000).map(|_| {
        let wide = (random.below(usize::MAX) as u64) << 32 ^ random.below(usize::MAX) as u64;
        wide >> random.below(64)
    });
    for number in powers.chain(randoms).chain([u64::MAX, 1 << 63]) {
        let digits = number.to_string();
        assert_eq!(Digits::new().of(number), digits.as_bytes());
        let lengths = || [9, digits.len() + 6, digits.len() + 7, digits.len() + 8, 64].into_iter();
        Piece::Unsigned(number).is(&format!("\"key\":{digits},"), lengths());
        let signed = number.cast_signed();
        Piece::Signed(signed).is(&format!("\"key\":{signed},"), lengths());
    }
}

/// A decoded container, byte by byte.
fn byte_by_byte(json: &str) -> String {
    let bytes = json.as_bytes();
    let (mut at, mut depth, mut written) = (0, 0usize, Vec::new());
    while at < bytes.len() {
        let (byte, mut end) = (bytes[at], at + 1);
        if byte == b'"' {
            while bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            end += 1;
            written.extend(&bytes[at..end]);
        } else if mark::is_mark(byte) {
            let (text, text_end, next) = mark::span(bytes, at, bytes.len()).unwrap();
            written.extend(format!("\"{}\"", escaped(&json[text..text_end])).bytes());
            end = next;
        } else if byte > b' ' || depth > 1 {
            written.push(byte);
        }
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at = end;
    }
    String::from_utf8(written).unwrap()
}

/// A container that was decoded in place.
fn container(random: &mut Random, depth: usize, plain: bool) -> String {
    let space =
        |random: &mut Random| if plain { "" } else { random.pick(&["", "", "", " ", "\n\t", "\r\n  "]) };
    let mut json = String::from("[");
    for item in 0..random.below(6) {
        if item > 0 {
            json.push(',');
        }
        json += space(random);
        let strings = [
            "\"\"", "\"a\\\"b\\\\\"", "\"two words, [of] {one}: string\"", "\"1234567890123456789\"",
            "\"\\u0001é中\"",
        ];
        match random.below(if depth > 2 { 4 } else { 5 }) {
            0 => json += random.pick(&["-12.50e3", "true", "null", "0"]),
            1 if !plain => {
                json += random
                    .pick(&["\u{1}a\nb\"\u{1}", "\u{2}\u{1}\u{2}\u{2}\u{2}", "\u{1}\\ \u{7f}中\u{1}\u{1}"]);
            }
            4 => json += &container(random, depth + 1, plain),
            _ => json += random.pick(&strings),
        }
        json += space(random);
    }
    json + "]"
}

#[test]
fn verbatim_decoded_json_as_byte_by_byte() {
    let mut random = Random(3);
    for round in 0..2000 {
        let json = container(&mut random, 0, round % 5 == 0);
        let json = if round % 3 == 0 { format!(" {json}\n") } else { json };
        let expected = byte_by_byte(&json);
        let all = expected.len();
        let lengths = [0, 2, 7, all / 2, all.saturating_sub(1), all, all + 1, all + 100];
        Piece::Input(&json).is(&expected, lengths.into_iter());
    }
}

#[test]
fn verbatim_text_that_holds_every_mark() {
    let all: String = (0..0x80).map(|byte| char::from(byte as u8)).collect();
    let escaped = format!("[{:?},\"{}\"]", "a b", escaped(&all));
    let mut buffer = escaped.clone().into_bytes();
    let open = "[\"a b\",".len();
    let end = buffer.len() - 1;
    buffer[open + 1..open + 1 + all.len()].copy_from_slice(all.as_bytes());
    mark::mark_text(&mut buffer, open, open + 1 + all.len(), end);
    let json = String::from_utf8(buffer).unwrap();
    Piece::Input(&json).is(&escaped, [0, 9, 99, escaped.len()].into_iter());
}
