//! Works out a second time what a message must decode to: from the description of its members as data, with `serde_json`.
//!
//! The interpreter shares no code with the codec. It sees each level of a document as `serde_json`'s `RawValue`s, so that the
//! order of members, repeated names and the spelling of numbers are known. For a document that is JSON, it says exactly what all
//! decoders must say: the canonical text, or the kind, offset, field and element of the first fault.

use std::fmt;

use offline_push::json::description::{Field, ObjectType, TaggedType, Tolerance, Type};
use offline_push::json::{DecodeError, DecodeErrorKind, MAX_DEPTH};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::mended;

/// Why a document is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: DecodeErrorKind,
    pub(crate) offset: usize,
    pub(crate) field: Option<&'static str>,
    pub(crate) index: Option<usize>,
}

impl From<DecodeError> for Fault {
    fn from(error: DecodeError) -> Self {
        Self { kind: error.kind(), offset: error.offset(), field: error.field(), index: error.index() }
    }
}

/// What must become of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It decodes, and is written as this text.
    Reads(String),
    /// It is JSON, but not this message.
    Refused(Fault),
    /// It is not JSON. The interpreter does not say which fault a decoder meets first.
    NotJson,
}

/// Whether a decoder may write to its input. In input that it may only read, there is no place for the text of an escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Writable,
    ReadOnly,
}

/// What decoders must make of a document.
pub(crate) fn interpret(message: &'static Type, document: &str, input: Input) -> Verdict {
    let readable = String::from_utf8(mended(document.as_bytes())).expect("still text");
    let Ok(whole) = serde_json::from_str::<&RawValue>(&readable) else { return Verdict::NotJson };
    let interpreter = Interpreter { document, readable: &readable, input };
    match interpreter.value(message, Tolerance::None, whole) {
        Ok(text) => Verdict::Reads(text),
        Err(fault) => Verdict::Refused(fault),
    }
}

type Reading<T = String> = Result<T, Fault>;

struct Interpreter<'d> {
    document: &'d str,
    /// The same with `\ufffd` for each half of a surrogate pair, which `serde_json` refuses. No byte has moved.
    readable: &'d str,
    input: Input,
}

impl<'d> Interpreter<'d> {
    fn offset(&self, value: &RawValue) -> usize {
        value.get().as_ptr() as usize - self.readable.as_ptr() as usize
    }

    fn fault<T>(&self, kind: DecodeErrorKind, value: &RawValue) -> Reading<T> {
        Err(Fault { kind, offset: self.offset(value), field: None, index: None })
    }

    fn wrong_type<T>(&self, value: &RawValue) -> Reading<T> {
        self.fault(DecodeErrorKind::WrongType, value)
    }

    /// The value as the sender wrote it, even with halves of surrogate pairs.
    fn untouched(&self, value: &RawValue) -> Reading {
        self.skip(value)?;
        let start = self.offset(value);
        Ok(self.document[start..start + value.get().len()].to_owned())
    }

    /// Skips a value of any type, which may nest at most `MAX_DEPTH` deep.
    fn skip(&self, value: &RawValue) -> Reading<()> {
        let (mut depth, mut inside, mut escaped) = (0, false, false);
        for (at, byte) in value.get().bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if inside => escaped = true,
                b'"' => inside = !inside,
                b'[' | b'{' if !inside => depth += 1,
                b']' | b'}' if !inside => depth -= 1,
                _ => {}
            }
            if depth > MAX_DEPTH {
                let offset = self.offset(value) + at;
                return Err(Fault { kind: DecodeErrorKind::TooDeep, offset, field: None, index: None });
            }
        }
        Ok(())
    }

    /// The canonical text of a value.
    fn value(&self, wanted: &'static Type, tolerance: Tolerance, value: &'d RawValue) -> Reading {
        let id = matches!(tolerance, Tolerance::Id | Tolerance::Lenient);
        match wanted {
            Type::Text if id && is_number(value.get()) => {
                if value.get().contains(['.', 'e', 'E']) {
                    return self.fault(DecodeErrorKind::NotAnInteger, value);
                }
                Ok(format!("\"{}\"", value.get()))
            }
            Type::Text => self.text(value).map(|text| quoted(&text)),
            Type::Integer { min, max } => self.integer(value, *min, *max).map(|number| number.to_string()),
            Type::Boolean => match value.get() {
                "true" | "false" => Ok(value.get().to_owned()),
                _ if tolerance == Tolerance::Flag => Ok((self.integer(value, 0, 1)? == 1).to_string()),
                _ => self.wrong_type(value),
            },
            Type::Raw => self.untouched(value),
            Type::Map => self.map(value),
            Type::Object(object) => self.object(object, value),
            Type::List(element) => self.list(element, value),
            Type::Keyed(entry) => self.keyed(entry, value),
            Type::Tagged(tagged) => self.tagged(tagged, value),
        }
    }

    fn text(&self, value: &RawValue) -> Reading {
        let text = self.unescaped(value)?;
        match value.get().find('\\') {
            Some(at) if self.input == Input::ReadOnly => Err(Fault {
                kind: DecodeErrorKind::EscapedText,
                offset: self.offset(value) + at,
                field: None,
                index: None,
            }),
            _ => Ok(text),
        }
    }

    fn unescaped(&self, value: &RawValue) -> Reading {
        serde_json::from_str(value.get()).or_else(|_| self.wrong_type(value))
    }

    /// A number in any spelling, even in a string.
    fn integer(&self, value: &RawValue, min: i64, max: u64) -> Reading<i128> {
        let text = if is_number(value.get()) { value.get().to_owned() } else { self.unescaped(value)? };
        match whole(&text) {
            Number::Integer(number) if (min.into()..=max.into()).contains(&number) => Ok(number),
            Number::Integer(_) | Number::TooLong => self.fault(DecodeErrorKind::OutOfRange, value),
            Number::Fraction => self.fault(DecodeErrorKind::NotAnInteger, value),
            Number::None => self.wrong_type(value),
        }
    }

    fn members(&self, value: &'d RawValue) -> Reading<Vec<(&'d RawValue, &'d RawValue)>> {
        if value.get().starts_with('[') && elements(value.get()).is_some_and(|elements| elements.is_empty()) {
            return Ok(Vec::new());
        }
        match serde_json::from_str::<Members<'d>>(value.get()) {
            Ok(members) => Ok(members.0),
            Err(_) => self.wrong_type(value),
        }
    }

    fn key(&self, key: &RawValue) -> String {
        serde_json::from_str(key.get()).expect("a key is text")
    }

    fn map(&self, value: &'d RawValue) -> Reading {
        let pairs = self.members(value)?.into_iter().map(|(key, value)| {
            let key = quoted(&self.text(key)?);
            let value = if value.get().starts_with('"') {
                quoted(&self.text(value)?)
            } else {
                self.untouched(value)?
            };
            Ok(format!("{key}:{value}"))
        });
        Ok(format!("{{{}}}", pairs.collect::<Reading<Vec<_>>>()?.join(",")))
    }

    fn list(&self, element: &'static Type, value: &'d RawValue) -> Reading {
        let Some(elements) = elements(value.get()) else { return self.wrong_type(value) };
        let elements = elements.into_iter().enumerate().map(|(index, value)| {
            self.value(element, Tolerance::None, value).map_err(|fault| fault.in_element(index))
        });
        Ok(format!("[{}]", elements.collect::<Reading<Vec<_>>>()?.join(",")))
    }

    fn keyed(&self, entry: &'static Type, value: &'d RawValue) -> Reading {
        let entries = self.members(value)?.into_iter().enumerate().map(|(index, (key, value))| {
            let key = self.text(key).map_err(|fault| fault.in_element(index))?;
            let value = self.value(entry, Tolerance::None, value).map_err(|fault| fault.in_element(index))?;
            Ok(format!("{}:{value}", quoted(&key)))
        });
        Ok(format!("{{{}}}", entries.collect::<Reading<Vec<_>>>()?.join(",")))
    }

    fn object(&self, object: &'static ObjectType, value: &'d RawValue) -> Reading {
        let fields = object.fields.iter().map(|field| Wanted { field, value: field.value }).collect();
        self.fields(fields, value)
    }

    /// An object with two members: the tag, wherever it is, says what the content is.
    fn tagged(&self, tagged: &'static TaggedType, value: &'d RawValue) -> Reading {
        let members = if value.get().starts_with('{') { self.members(value)? } else { Vec::new() };
        let tag = members.iter().find(|(key, _)| self.key(key) == tagged.tag);
        let text = tag.and_then(|(_, value)| self.unescaped(value).ok());
        let case = tagged.cases.iter().find(|(name, _)| text.as_deref() == Some(*name));
        let Type::Object(other) = tagged.other else { unreachable!("the other case is an object") };
        let Some((_, content)) = case else { return self.object(other, value) };
        let fields = other.fields.iter().map(|field| {
            let value = if field.wire == tagged.content { *content } else { field.value };
            Wanted { field, value }
        });
        self.fields(fields.collect(), value)
    }

    fn fields(&self, fields: Vec<Wanted>, value: &'d RawValue) -> Reading {
        let mut found: Vec<Option<Option<String>>> = vec![None; fields.len()];
        for (key, value) in self.members(value)? {
            let name = self.key(key);
            let Some(index) = fields.iter().position(|wanted| wanted.field.wire == name) else {
                self.skip(value)?;
                continue;
            };
            let Wanted { field, value: wanted } = fields[index];
            let read = if found[index].is_some() {
                self.fault(DecodeErrorKind::DuplicateField, key)
            } else if value.get() == "null" && !field.required {
                Ok(None)
            } else {
                match self.value(wanted, field.tolerance, value) {
                    Err(fault) if field.tolerance == Tolerance::Lenient && fault.may_be_passed_over() => {
                        self.skip(value).map(|()| None)
                    }
                    read => read.map(Some),
                }
            };
            found[index] = Some(read.map_err(|fault| fault.in_field(field))?);
        }
        for (wanted, found) in fields.iter().zip(&found) {
            if wanted.field.required && found.is_none() {
                let offset = self.offset(value) + value.get().len() - 1;
                let fault = Fault { kind: DecodeErrorKind::MissingField, offset, field: None, index: None };
                return Err(fault.in_field(wanted.field));
            }
        }
        let members = fields.iter().zip(found).filter_map(|(wanted, found)| {
            Some(format!("{}:{}", quoted(wanted.field.wire), found.flatten()?))
        });
        Ok(format!("{{{}}}", members.collect::<Vec<_>>().join(",")))
    }
}

/// A field, and the type of its value: it varies for the content of a tagged object.
#[derive(Clone, Copy)]
struct Wanted {
    field: &'static Field,
    value: &'static Type,
}

impl Fault {
    fn in_field(self, field: &Field) -> Self {
        Self { field: self.field.or(Some(field.wire)), ..self }
    }

    fn in_element(self, index: usize) -> Self {
        Self { index: self.index.or(Some(index)), ..self }
    }

    /// A value of another type in an optional member of a reply counts as absent. A value that is malformed, repeated or too deep does not.
    fn may_be_passed_over(&self) -> bool {
        use DecodeErrorKind::{MissingField, NotAnInteger, OutOfRange, WrongType};
        matches!(self.kind, MissingField | NotAnInteger | OutOfRange | WrongType)
    }
}

/// Text as `serde_json` writes it.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}

fn is_number(value: &str) -> bool {
    value.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

fn elements(text: &str) -> Option<Vec<&RawValue>> {
    serde_json::from_str::<Elements<'_>>(text).ok().map(|elements| elements.0)
}

/// How a text reads as an integer.
#[derive(Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i128),
    /// An integer of more digits than any field has.
    TooLong,
    /// A number, but not an integer.
    Fraction,
    /// Not a number.
    None,
}

/// The integer that a text stands for, with any fraction and exponent.
pub(crate) fn whole(text: &str) -> Number {
    if !is_number(text)
        || text.ends_with(char::is_whitespace)
        || serde_json::from_str::<&RawValue>(text).is_err()
    {
        return Number::None;
    }
    let negative = text.starts_with('-');
    let (mantissa, exponent) =
        text.trim_start_matches('-').split_once(['e', 'E']).unwrap_or((text.trim_start_matches('-'), "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{integer}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Number::Integer(0);
    }
    // This is beyond any number of digits here. It does not matter how far.
    let far = if exponent.starts_with('-') { -1_000_000 } else { 1_000_000 };
    let power: i64 = exponent.trim_start_matches('+').parse().unwrap_or(far);
    let zeros = integer.len() as i64 + power.clamp(-1_000_000, 1_000_000) - significant.len() as i64;
    if zeros < 0 {
        // If there are more digits in front of the point than 64 bits hold, the first fault is that the number is out of range.
        let in_front = (significant.len() as i64 + zeros).max(0) as usize;
        let fits = significant
            .get(..in_front)
            .is_none_or(|digits| digits.is_empty() || digits.parse::<u64>().is_ok());
        return if fits { Number::Fraction } else { Number::TooLong };
    }
    let digits = format!("{}{}", significant.trim_start_matches('0'), "0".repeat(zeros.min(40) as usize));
    match digits.parse::<i128>() {
        Ok(magnitude) if digits.len() <= 30 => Number::Integer(if negative { -magnitude } else { magnitude }),
        _ => Number::TooLong,
    }
}

/// The members of an object in their order, even if one comes twice.
struct Members<'d>(Vec<(&'d RawValue, &'d RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

/// The elements of an array.
struct Elements<'d>(Vec<&'d RawValue>);

impl<'de> Deserialize<'de> for Elements<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Elements<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Elements<'de>, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = seq.next_element()? {
                    elements.push(element);
                }
                Ok(Elements(elements))
            }
        }
        deserializer.deserialize_seq(Visit)
    }
}
