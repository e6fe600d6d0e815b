//! What an intent hands over beside its data: typed pairs.

use super::error::{IntentError, IntentErrorKind};
use super::fields::Field;
use super::number::{Number, integer};
use super::text::Text;
use crate::bytes::split_at_byte;
use crate::uri_writer::UriWriter;

/// A key and its value.
///
/// ```
/// use offline_push::intent::{Extra, ExtraValue, Intent};
///
/// let intent = Intent::parse("intent:#Intent;i.age=180;S.name=abc;end")?;
/// let extras = [Extra::new("age", ExtraValue::Int(180)), Extra::new("name", ExtraValue::from("abc"))];
/// assert!(intent.extras.iter().eq(extras));
/// # Ok::<(), offline_push::intent::IntentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Extra<'a> {
    /// Its name.
    pub key: Text<'a>,
    /// What the app is given.
    pub value: ExtraValue<'a>,
}

/// The value of an extra, in the types that a URI has letters for; Android leaves extras of any other type out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ExtraValue<'a> {
    /// `S.`: text.
    String(Text<'a>),
    /// `B.`: `true` in letters of any case; anything else reads as false.
    Boolean(bool),
    /// `b.`: decimal.
    Byte(i8),
    /// `c.`: the first character of the value, of the basic plane.
    Char(char),
    /// `d.`: a number of double precision, as text.
    Double(Number<'a>),
    /// `f.`: a number of single precision, as text.
    Float(Number<'a>),
    /// `i.`: decimal.
    Int(i32),
    /// `l.`: decimal.
    Long(i64),
    /// `s.`: decimal.
    Short(i16),
}

impl<'a> Extra<'a> {
    /// A pair; the key is plain text.
    #[must_use]
    pub const fn new(key: &'a str, value: ExtraValue<'a>) -> Self {
        Self { key: Text::new(key), value }
    }

    /// The pair that a field holds.
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
    /// The letter of the type in a URI.
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

    /// The text, if it is text.
    #[must_use]
    pub const fn as_text(&self) -> Option<Text<'a>> {
        match self {
            Self::String(text) => Some(*text),
            _ => None,
        }
    }

    /// True for a character that Java's `char` does not hold.
    pub(super) const fn is_beyond_basic_plane(&self) -> bool {
        matches!(self, Self::Char('\u{10000}'..))
    }

    fn read(letter: u8, text: Text<'a>) -> Result<Self, IntentErrorKind> {
        fn within<T: TryFrom<i64>>(text: Text<'_>) -> Result<T, IntentErrorKind> {
            let number = integer(text).and_then(|number| T::try_from(number).ok());
            number.ok_or(IntentErrorKind::NotANumber)
        }
        let float = || Number::read(text).ok_or(IntentErrorKind::NotANumber);
        match letter {
            b'S' => Ok(Self::String(text)),
            b'B' => {
                Ok(Self::Boolean(text.chars().map(|letter| letter.to_ascii_lowercase()).eq("true".chars())))
            }
            b'b' => within(text).map(Self::Byte),
            b'c' => {
                let first = text.chars().next().map(Self::Char);
                first.filter(|value| !value.is_beyond_basic_plane()).ok_or(IntentErrorKind::NotAChar)
            }
            b'd' => float().map(Self::Double),
            b'f' => float().map(Self::Float),
            b'i' => within(text).map(Self::Int),
            b'l' => within(text).map(Self::Long),
            b's' => within(text).map(Self::Short),
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
