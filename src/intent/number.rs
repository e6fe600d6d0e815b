//! Numbers, read as Java reads them.

use core::fmt;

use super::error::BuildError;
use super::text::{Chars, Text};
use crate::json::show::show_text;

/// The number in a `d.` or `f.` extra, as text that Java's `Double.parseDouble` reads. It is not converted, so that firmware that
/// only passes it on links no code for floats. To convert it, pass `as_text` to the standard library's `parse`.
///
/// ```
/// use offline_push::intent::Number;
///
/// let number = Number::try_new("-1.5e3")?;
/// let value = number.as_text().as_str().and_then(|text| text.parse().ok());
/// assert_eq!(value, Some(-1500.0));
/// assert!(Number::try_new("one").is_err());
/// # Ok::<(), offline_push::intent::BuildError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number<'a>(Text<'a>);

impl<'a> Number<'a> {
    /// Checks a number: decimal with optional sign, fraction and exponent; `NaN`; `Infinity`; or hexadecimal (`0x1.8p1`). An `f` or
    /// `d` may follow, and spaces may surround it. The size is not limited, as in Java.
    ///
    /// # Errors
    ///
    /// [`BuildError::NotANumber`].
    pub fn try_new(text: &'a str) -> Result<Self, BuildError> {
        Self::read(Text::new(text)).ok_or(BuildError::NotANumber)
    }

    pub(super) fn read(text: Text<'a>) -> Option<Self> {
        is_float(text).then_some(Self(text))
    }

    /// The text of the number.
    #[must_use]
    pub const fn as_text(&self) -> Text<'a> {
        self.0
    }
}

impl fmt::Display for Number<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

show_text! { Number }

/// A decimal integer with an optional sign, of ASCII digits: `Integer.parseInt` and the like.
pub(super) fn integer(text: Text<'_>) -> Option<i64> {
    let mut characters = text.chars();
    let negative = sign(&mut characters);
    digits_of(negative, characters, 10)
}

/// Hexadecimal (`0x…`, `0X…`, `#…`), octal (`0…`) or decimal, with an optional sign, within 32 bits: `Integer.decode`.
pub(super) fn decode(text: Text<'_>) -> Option<i32> {
    let mut characters = text.chars();
    let negative = sign(&mut characters);
    let zero = eat(&mut characters, |character| character == '0');
    let radix = if zero && eat(&mut characters, |character| matches!(character, 'x' | 'X')) {
        16
    } else if zero && characters.clone().next().is_some() {
        8
    } else if zero {
        return Some(0);
    } else if eat(&mut characters, |character| character == '#') {
        16
    } else {
        10
    };
    i32::try_from(digits_of(negative, characters, radix)?).ok()
}

/// Takes a character if it is wanted.
pub(super) fn eat(characters: &mut Chars<'_>, wanted: impl Fn(char) -> bool) -> bool {
    let mut ahead = characters.clone();
    let found = ahead.next().is_some_and(wanted);
    if found {
        *characters = ahead;
    }
    found
}

/// Takes an optional sign. True for a minus.
fn sign(characters: &mut Chars<'_>) -> bool {
    eat(characters, |character| character == '-') || {
        eat(characters, |character| character == '+');
        false
    }
}

/// The value of one or more digits, and nothing else.
pub(super) fn digits_of(negative: bool, digits: impl Iterator<Item = char>, radix: u32) -> Option<i64> {
    let mut magnitude = None;
    for character in digits {
        let digit = u64::from(character.to_digit(radix)?);
        magnitude = Some(magnitude.unwrap_or(0u64).checked_mul(u64::from(radix))?.checked_add(digit)?);
    }
    let magnitude = magnitude?;
    if negative { 0i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}

/// The grammar of `Double.parseDouble`.
fn is_float(text: Text<'_>) -> bool {
    let mut rest = text.chars();
    let blank = |character: char| character <= ' ';
    while eat(&mut rest, blank) {}
    sign(&mut rest);
    let spelled = |word: &str| {
        let mut rest = rest.clone();
        word.chars().all(|character| rest.next() == Some(character)) && rest.all(blank)
    };
    if spelled("NaN") || spelled("Infinity") {
        return true;
    }
    let run = |rest: &mut Chars<'_>, radix: u32| {
        let mut found = false;
        while eat(rest, |character| character.is_digit(radix)) {
            found = true;
        }
        found
    };
    let mut ahead = rest.clone();
    let hexadecimal = ahead.next() == Some('0') && eat(&mut ahead, |letter| matches!(letter, 'x' | 'X'));
    let radix = if hexadecimal { 16 } else { 10 };
    if hexadecimal {
        rest = ahead;
    }
    let whole = run(&mut rest, radix);
    let fraction = eat(&mut rest, |character| character == '.') && run(&mut rest, radix);
    let marked = eat(&mut rest, |letter| matches!((letter, radix), ('e' | 'E', 10) | ('p' | 'P', 16)));
    if marked {
        sign(&mut rest);
    }
    let exponent = if marked { run(&mut rest, 10) } else { !hexadecimal };
    eat(&mut rest, |character| matches!(character, 'f' | 'F' | 'd' | 'D'));
    (whole || fraction) && exponent && rest.all(blank)
}
