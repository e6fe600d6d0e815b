//! Random documents: messages as senders might write them, good and bad, made from the description of a message; any JSON; and
//! damaged bytes.
//!
//! Every choice takes bytes off a [`Tape`]. A tape that has ended gives zeros, and zero is always the plainest choice: so
//! `proptest` shrinks a document by shortening its tape, and a fuzzer's bytes are a tape, too.

use std::fmt;

use offline_push::json::description::{Field, ObjectType, Tolerance, Type};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Bytes that decide what a document is.
pub(crate) struct Tape<'t>(&'t [u8]);

impl<'t> Tape<'t> {
    pub(crate) const fn new(bytes: &'t [u8]) -> Self {
        Self(bytes)
    }

    fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    fn number(&mut self) -> u64 {
        (0..8).fold(0, |number, _| number << 8 | self.byte() as u64)
    }

    /// A number less than `end`.
    fn below(&mut self, end: usize) -> usize {
        let choice = if end > 256 { self.byte() << 8 | self.byte() } else { self.byte() };
        choice % end.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn list<T>(&mut self, end: usize, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(end)).map(|_| item(self)).collect()
    }

    /// Integers: most fit every field, some are at an end of a range or beyond it, and some are not integers.
    fn integer(&mut self) -> String {
        const ENDS: &[&str] = &[
            "-0", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296",
            "18446744073709551615", "18446744073709551616", "-9223372036854775808", "9223372036854775808",
        ];
        match self.below(64) {
            0..=49 => (self.number() % 1_000_000_000).to_string(),
            50..=52 => format!("{}.0", self.below(1000)),
            53..=55 => format!("{}e{}", self.below(1000), self.below(4)),
            56 => format!("{}00E-2", self.below(1000)),
            57 => format!("-{}", self.below(10)),
            58 => self.number().to_string(),
            59..=61 => self.pick(ENDS).to_owned(),
            _ => self
                .pick(&["1.5", "1e-1", "0.0", "-0.0", "12345678901234567890123", "1e400", "1.25e1"])
                .to_owned(),
        }
    }

    fn character(&mut self) -> char {
        const ODD: &[char] = &[
            '"', '\\', '/', '\u{7f}', '\0', '\n', '\t', '\u{1f}', '\u{80}', '\u{7ff}', '\u{800}', '\u{2028}',
            '\u{feff}', '\u{ffff}', '\u{10000}', '\u{10ffff}', '😀',
        ];
        match self.below(24) {
            0..=11 => char::from(b'a' + self.below(26) as u8),
            12..=15 => char::from(b' ' + self.below(95) as u8),
            16..=19 => char::from_u32(0x4e00 + self.below(0x5000) as u32).unwrap_or('中'),
            20 => char::from_u32(self.number() as u32 % 0x11_0000).unwrap_or('?'),
            _ => self.pick(ODD),
        }
    }

    /// A string, each character spelled in one of the ways that JSON has for it.
    fn string(&mut self) -> String {
        let escapes = self.one_in(3);
        let length = if self.one_in(16) { self.below(150) } else { self.below(16) };
        let text: String = (0..length)
            .map(|_| {
                if escapes && self.one_in(40) {
                    return self.pick(&[r"\ud83d", r"\uDE00", r"\udc00", r"\udbff\u0041"]).to_owned();
                }
                let (character, way) = (self.character(), if escapes { self.byte() as u8 } else { 0 });
                // Most texts have no escape, so they can be borrowed from read-only input.
                if !escapes && (character < ' ' || matches!(character, '"' | '\\')) {
                    "x".to_owned()
                } else {
                    spell(character, way)
                }
            })
            .collect();
        format!("\"{text}\"")
    }

    fn space(&mut self) -> &'static str {
        if self.one_in(12) { self.pick(&[" ", "\n", "\t", "\r\n", "   \t"]) } else { "" }
    }

    fn spaced(&mut self, inner: String) -> String {
        format!("{}{inner}{}", self.space(), self.space())
    }

    /// Any JSON value.
    pub(crate) fn value(&mut self, depth: usize) -> String {
        match self.below(if depth == 0 { 6 } else { 9 }) {
            0 => self.pick(&["null", "true", "false", "0"]).to_owned(),
            1 | 2 => self.integer(),
            3..=5 => self.string(),
            6 => {
                let items = self.list(5, |tape| {
                    let item = tape.value(depth - 1);
                    tape.spaced(item)
                });
                format!("[{}]", items.join(","))
            }
            7 => self.pick(&["[]", "{}", "[ ]", "{ }"]).to_owned(),
            _ => self.map(5, |tape| tape.value(depth - 1)),
        }
    }

    fn map(&mut self, end: usize, mut value: impl FnMut(&mut Self) -> String) -> String {
        let members = self.list(end, |tape| {
            let (key, value) = (tape.string(), value(tape));
            format!("{}:{}", tape.spaced(key), tape.spaced(value))
        });
        format!("{{{}}}", members.join(","))
    }

    /// A message, mostly a good one.
    pub(crate) fn message(&mut self, wanted: &'static Type) -> String {
        let message = self.good(wanted, Tolerance::None);
        self.spaced(message)
    }

    /// Mostly what a field takes, sometimes null, and sometimes anything.
    fn wanted(&mut self, wanted: &'static Type, tolerance: Tolerance) -> String {
        match self.below(250) {
            247 => "null".to_owned(),
            248 => self.value(2),
            249 => self.integer(),
            _ => self.good(wanted, tolerance),
        }
    }

    fn good(&mut self, wanted: &'static Type, tolerance: Tolerance) -> String {
        match wanted {
            Type::Text if matches!(tolerance, Tolerance::Id | Tolerance::Lenient) && self.one_in(3) => {
                self.integer()
            }
            Type::Text => self.string(),
            // The range of a byte: other numbers would hardly ever be in it.
            Type::Integer { max: 255, min } if !self.one_in(24) => (self.below(384) as i64 + min).to_string(),
            Type::Integer { .. } | Type::Boolean if self.one_in(8) && tolerance != Tolerance::None => {
                self.value(1)
            }
            Type::Integer { .. } => {
                let integer = self.integer();
                if self.one_in(4) { format!("\"{integer}\"") } else { integer }
            }
            Type::Boolean if tolerance == Tolerance::Flag => {
                self.pick(&["false", "true", "0", "1", "\"0\"", "\"1\"", "-0", "1.0"]).to_owned()
            }
            Type::Boolean => self.pick(&["false", "true"]).to_owned(),
            Type::Raw => self.value(3),
            Type::Map | Type::Object(_) | Type::Keyed(_) if self.one_in(24) => {
                self.pick(&["[]", "[ ]"]).to_owned()
            }
            Type::Map => self.map(4, |tape| if tape.one_in(5) { tape.value(2) } else { tape.string() }),
            Type::Object(object) => self.object(object),
            Type::List(element) => {
                let items = self.list(4, |tape| tape.wanted(element, Tolerance::None));
                format!("[{}]", items.join(","))
            }
            Type::Keyed(entry) => self.map(4, |tape| tape.wanted(entry, Tolerance::None)),
            Type::Tagged(tagged) => {
                if self.one_in(5) {
                    return self.wanted(tagged.other, Tolerance::None);
                }
                let (case, content) = self.pick(tagged.cases);
                let case = match self.below(60) {
                    57 => self.value(1),
                    58 => format!("\"{}\"", self.misspelled(case)),
                    _ => format!("\"{}\"", self.spelled(case)),
                };
                let case = self.member(tagged.tag, case);
                let content = self.wanted(content, Tolerance::None);
                let content = self.member(tagged.content, content);
                match self.below(24) {
                    0..=15 => format!("{{{case},{content}}}"),
                    16..=22 => format!("{{{content},{case}}}"),
                    _ => format!("{{{content},\"new\":[\"{}\"],{case}}}", tagged.tag),
                }
            }
        }
    }

    /// An object with its required members and some of the others, in the declared order or in any order, and sometimes with
    /// unknown members or members that come twice.
    fn object(&mut self, object: &'static ObjectType) -> String {
        let optional = object.fields.iter().filter(|field| !field.required).count();
        // A large object gets a few members at a time. Each of its fields has its turn.
        let all = self.one_in(16);
        let mut members = Vec::new();
        for field in object.fields {
            let kept = if field.required {
                !self.one_in(200)
            } else {
                self.below(optional.max(8)) % optional.max(8) >= optional.max(8) - 4
            };
            if kept || all {
                members.push(self.field(field));
            }
        }
        match self.below(12) {
            8 => members.extend(self.list(4, |tape| {
                let key = tape.string();
                format!("{key}:{}", tape.value(3))
            })),
            9 => {
                let name = object.fields[self.below(object.fields.len())].wire;
                members.push(format!("\"{}\":{}", self.misspelled(name), self.value(1)));
            }
            10 if self.one_in(4) => members.push(self.field_of(object)),
            _ => {}
        }
        if self.one_in(2) {
            for last in (1..members.len()).rev() {
                members.swap(last, self.below(last + 1));
            }
        }
        format!("{{{}}}", members.join(","))
    }

    fn field_of(&mut self, object: &'static ObjectType) -> String {
        let index = self.below(object.fields.len());
        self.field(&object.fields[index])
    }

    fn field(&mut self, field: &'static Field) -> String {
        let value = self.wanted(field.value, field.tolerance);
        self.member(field.wire, value)
    }

    fn member(&mut self, name: &str, value: String) -> String {
        format!("\"{}\":{}", self.spelled(name), self.spaced(value))
    }

    /// A name, sometimes with escapes.
    fn spelled(&mut self, name: &str) -> String {
        if self.one_in(24) {
            name.chars().map(|character| spell(character, self.byte() as u8)).collect()
        } else {
            name.to_owned()
        }
    }

    /// A text that is nearly a name: longer, shorter, in capitals, or with a backslash that escapes only itself.
    fn misspelled(&mut self, name: &str) -> String {
        match self.below(8) {
            0 => format!("{name}{}", self.below(10)),
            1 => name[..name.len() - 1].to_owned(),
            2 => name.to_uppercase() + " ",
            3 => format!("{}{}", if name.starts_with('x') { "y" } else { "x" }, &name[1..]),
            4 => format!("{}~", &name[..name.len() - 1]),
            _ => format!(r"\\u{:04x}{}", name.as_bytes()[0], &name[1..]),
        }
    }
}

/// Spells a character: as it is if that is permitted, with its short escape if it has one, or by its code units.
fn spell(character: char, way: u8) -> String {
    let way = way % 8;
    let short = match character {
        '"' | '\\' | '/' => Some(character),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    let plain = character >= ' ' && !matches!(character, '"' | '\\');
    match (way, short) {
        (0..=4, _) if plain => character.to_string(),
        (0..=5, Some(short)) => format!("\\{short}"),
        _ => {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units).iter();
            units
                .map(|unit| if way == 7 { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") })
                .collect()
        }
    }
}

fn tapes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![1 => vec(any::<u8>(), 0..64), 3 => vec(any::<u8>(), 200..1200)]
}

/// Messages of a kind, most of them good.
pub(crate) fn messages(description: &'static Type) -> impl Strategy<Value = String> + Clone {
    tapes().prop_map(move |tape| Tape::new(&tape).message(description)).boxed()
}

/// Any JSON value.
pub(crate) fn json_value() -> impl Strategy<Value = String> {
    tapes().prop_map(|tape| {
        let mut tape = Tape::new(&tape);
        let value = tape.value(3);
        tape.spaced(value)
    })
}

/// What can happen to bytes.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Delete(Index, usize),
    Insert(Index, Vec<u8>),
    Repeat(Index, usize),
    Cut(Index),
}

/// Bytes that a failing test shows as text.
#[derive(Clone)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Any bytes at all.
pub(crate) fn bytes() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), 0..64).prop_map(Bytes)
}

pub(crate) fn as_bytes(text: impl Strategy<Value = String>) -> impl Strategy<Value = Bytes> {
    text.prop_map(|text| Bytes(text.into_bytes()))
}

/// Damages bytes a little.
pub(crate) fn damaged(whole: impl Strategy<Value = String>) -> impl Strategy<Value = Bytes> {
    let telling =
        select(b"\"\\{}[],:-+.eE019tfnu \t\n\x00\x01\x1f\x7f\x80\xbf\xc3\xe4\xed\xf0\xfe\xff".to_vec());
    let damage = prop_oneof![
        2 => (any::<Index>(), 0..8u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        2 => (any::<Index>(), 1..4usize).prop_map(|(at, length)| Damage::Delete(at, length)),
        3 => (any::<Index>(), vec(telling, 1..3)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => (any::<Index>(), 1..40usize).prop_map(|(at, length)| Damage::Repeat(at, length)),
        1 => any::<Index>().prop_map(Damage::Cut),
    ];
    (whole, vec(damage, 1..3)).prop_map(|(whole, damages)| {
        let mut bytes = whole.into_bytes();
        damages.iter().for_each(|damage| damage.apply(&mut bytes));
        Bytes(bytes)
    })
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len();
        match self {
            Self::Flip(at, bit) => bytes[at.index(length)] ^= 1 << bit,
            Self::Delete(at, count) => {
                let at = at.index(length);
                bytes.drain(at..length.min(at + count));
            }
            Self::Insert(at, inserted) => {
                let at = at.index(length + 1);
                bytes.splice(at..at, inserted.iter().copied());
            }
            Self::Repeat(at, count) => {
                let at = at.index(length);
                let piece = bytes[at..length.min(at + count)].to_vec();
                bytes.splice(at..at, piece);
            }
            Self::Cut(at) => bytes.truncate(at.index(length)),
        }
    }
}

/// Tokens of JSON, and pieces of tokens, in any order.
pub(crate) fn token_soup() -> impl Strategy<Value = String> {
    let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\":", "\\", "\\\"", "\\u", "\\ud83d", "\\ude00",
        "\\n", "00", "0", "1", "-", "+", ".", "e", "E5", "1.5", "true", "false", "null", "nul", " ", "\n",
        "\u{b}", "\0", "不", "\u{feff}",
    ];
    vec(select(tokens.to_vec()), 0..12).prop_map(|tokens| tokens.concat())
}
