//! The extras of an intent: typed key-value pairs.

use core::fmt;

use super::error::{IntentError, IntentErrorKind};
use super::fields::Field;
use super::number::{Number, integer};
use super::text::Text;
use crate::bytes::split_at_byte;
use crate::json::show::{self, Reveal, Show, show, show_in_logs};
use crate::uri_writer::UriWriter;

/// An extra of an intent: a key and its value.
///
/// ```
/// use offline_push::intent::{IntentExtra, ExtraValue, Intent};
///
/// let intent = Intent::parse("intent:#Intent;i.age=180;S.name=abc;end")?;
/// let extras = [
///     IntentExtra::new("age", ExtraValue::Int(180)),
///     IntentExtra::new("name", ExtraValue::from("abc")),
/// ];
/// assert!(intent.extras.iter().eq(extras));
/// # Ok::<(), offline_push::intent::IntentError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct IntentExtra<'a> {
    /// The key.
    pub key: Text<'a>,
    /// The value.
    pub value: ExtraValue<'a>,
}

/// The value of an extra. A URI has letters for these types only; Android omits extras of other types.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExtraValue<'a> {
    /// `S.`: text.
    String(Text<'a>),
    /// `B.`: `true` in any letter case; anything else reads as false.
    Boolean(bool),
    /// `b.`: decimal.
    Byte(i8),
    /// `c.`: the first character of the value, within the Basic Multilingual Plane.
    Char(char),
    /// `d.`: a double-precision number, as text.
    Double(Number<'a>),
    /// `f.`: a single-precision number, as text.
    Float(Number<'a>),
    /// `i.`: decimal.
    Int(i32),
    /// `l.`: decimal.
    Long(i64),
    /// `s.`: decimal.
    Short(i16),
}

show! { struct IntentExtra<'_> { key, value } }

impl Show for ExtraValue<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_name(|name, value| show::tuple(name, &value, reveal, f))
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        self.with_name(|name, value| show::log_tuple(name, &value, reveal, f));
    }
}

show_in_logs! { ExtraValue<'_> }

/// A value as `Debug` and `defmt` show it.
enum ShownValue<'v> {
    Text(Text<'v>),
    Boolean(bool),
    /// An integer may be a user's number, so it is as private as text.
    Integer(i64),
}

impl Show for ShownValue<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, reveal) {
            (Self::Text(text), _) => text.show(reveal, f),
            (Self::Boolean(flag), _) => flag.show(reveal, f),
            (Self::Integer(_), Reveal::Nothing) => f.write_str(".."),
            (Self::Integer(number), _) => number.show(reveal, f),
        }
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        match (self, reveal) {
            (Self::Text(text), _) => text.log(reveal, f),
            (Self::Boolean(flag), _) => flag.log(reveal, f),
            (Self::Integer(_), Reveal::Nothing) => defmt::write!(f, ".."),
            (Self::Integer(number), _) => number.log(reveal, f),
        }
    }
}

impl ExtraValue<'_> {
    /// Calls a function with the name of the type and the value.
    fn with_name<R>(&self, show: impl FnOnce(&str, ShownValue<'_>) -> R) -> R {
        let mut buffer = [0; 4];
        let (name, value) = match *self {
            Self::String(text) => ("String", ShownValue::Text(text)),
            Self::Boolean(flag) => ("Boolean", ShownValue::Boolean(flag)),
            Self::Byte(number) => ("Byte", ShownValue::Integer(number.into())),
            Self::Char(character) => {
                ("Char", ShownValue::Text(Text::new(character.encode_utf8(&mut buffer))))
            }
            Self::Double(number) => ("Double", ShownValue::Text(number.as_text())),
            Self::Float(number) => ("Float", ShownValue::Text(number.as_text())),
            Self::Int(number) => ("Int", ShownValue::Integer(number.into())),
            Self::Long(number) => ("Long", ShownValue::Integer(number)),
            Self::Short(number) => ("Short", ShownValue::Integer(number.into())),
        };
        show(name, value)
    }
}

impl<'a> IntentExtra<'a> {
    /// An extra. The key is plain text.
    #[must_use]
    pub const fn new(key: &'a str, value: ExtraValue<'a>) -> Self {
        Self { key: Text::new(key), value }
    }

    /// Reads the extra in a field.
    pub(super) fn read(field: &Field<'a>) -> Result<Self, IntentError> {
        let unknown = || field.error_at_name(IntentErrorKind::UnknownField);
        let (letter, key) = split_at_byte(field.name, b'.').ok_or_else(unknown)?;
        let &[letter @ (b'S' | b'B' | b'b' | b'c' | b'd' | b'f' | b'i' | b'l' | b's')] = letter.as_bytes()
        else {
            return Err(unknown());
        };
        let value = field.value.ok_or_else(|| field.error(IntentErrorKind::NoValue))?;
        let value = ExtraValue::read(letter, value).map_err(|kind| field.error(kind))?;
        Ok(Self { key: Text::encoded(key), value })
    }

    pub(super) fn write(&self, output: &mut UriWriter<'_>) {
        output.put_char(self.value.letter());
        output.put(".");
        output.put_encoded(self.key.chars(), false);
        output.put("=");
        self.value.write(output);
        output.put(";");
    }
}

impl<'a> ExtraValue<'a> {
    /// The letter for the type in a URI.
    #[must_use]
    pub const fn letter(&self) -> char {
        match self {
            Self::String(_) => 'S',
            Self::Boolean(_) => 'B',
            Self::Byte(_) => 'b',
            Self::Char(_) => 'c',
            Self::Double(_) => 'd',
            Self::Float(_) => 'f',
            Self::Int(_) => 'i',
            Self::Long(_) => 'l',
            Self::Short(_) => 's',
        }
    }

    /// The text; `None` for other types.
    #[must_use]
    pub const fn as_text(&self) -> Option<Text<'a>> {
        match self {
            Self::String(text) => Some(*text),
            _ => None,
        }
    }

    /// True for a character that Java's `char` cannot contain.
    pub(super) const fn is_beyond_basic_plane(&self) -> bool {
        matches!(self, Self::Char('\u{10000}'..))
    }

    fn read(letter: u8, text: Text<'a>) -> Result<Self, IntentErrorKind> {
        fn integer_as<T: TryFrom<i64>>(text: Text<'_>) -> Result<T, IntentErrorKind> {
            let number = integer(text).and_then(|number| T::try_from(number).ok());
            number.ok_or(IntentErrorKind::NotANumber)
        }
        let float = || Number::read(text).ok_or(IntentErrorKind::NotANumber);
        match letter {
            b'S' => Ok(Self::String(text)),
            b'B' => {
                Ok(Self::Boolean(text.chars().map(|letter| letter.to_ascii_lowercase()).eq("true".chars())))
            }
            b'b' => integer_as(text).map(Self::Byte),
            b'c' => {
                let first = text.chars().next().map(Self::Char);
                first.filter(|value| !value.is_beyond_basic_plane()).ok_or(IntentErrorKind::NotAChar)
            }
            b'd' => float().map(Self::Double),
            b'f' => float().map(Self::Float),
            b'i' => integer_as(text).map(Self::Int),
            b'l' => integer_as(text).map(Self::Long),
            b's' => integer_as(text).map(Self::Short),
            _ => Err(IntentErrorKind::UnknownField),
        }
    }

    fn write(&self, output: &mut UriWriter<'_>) {
        match self {
            Self::String(text) => output.put_encoded(text.chars(), false),
            Self::Boolean(value) => output.put(if *value { "true" } else { "false" }),
            Self::Byte(value) => output.put_integer(i64::from(*value)),
            Self::Char(value) => output.put_encoded(core::iter::once(*value), false),
            Self::Double(number) | Self::Float(number) => {
                output.put_encoded(number.as_text().chars(), false);
            }
            Self::Int(value) => output.put_integer(i64::from(*value)),
            Self::Long(value) => output.put_integer(*value),
            Self::Short(value) => output.put_integer(i64::from(*value)),
        }
    }
}

impl<'a> From<&'a str> for ExtraValue<'a> {
    fn from(text: &'a str) -> Self {
        Self::String(Text::new(text))
    }
}
