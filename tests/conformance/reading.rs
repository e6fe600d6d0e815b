//! What a case must give at a place: worked out from its entry in the table, from what kind of value it is, and from what the
//! place takes.

use serde_json::Value;

use crate::case::{Case, Class};
use crate::common::{value, whole};
use crate::place::{Place, Takes};

/// How a case must be read at a place that takes it.
pub(crate) struct Reading {
    /// What the view of the message holds in its place; `None` if the view is without it.
    pub(crate) view: Option<String>,
    /// The view is the same as a value, if not to the byte: the containers of its members lose their white space.
    pub(crate) by_value: bool,
    /// The first escape in text that read-only input cannot give out.
    pub(crate) escape: Option<usize>,
}

impl Reading {
    fn of(view: impl Into<String>) -> Self {
        Self { view: Some(view.into()), by_value: false, escape: None }
    }

    const fn absent() -> Self {
        Self { view: None, by_value: false, escape: None }
    }

    /// Text of a case whose text stands so many containers deep.
    fn of_text(view: impl Into<String>, case: &Case, depth: usize) -> Self {
        Self { escape: case.escape_above(depth), ..Self::of(view) }
    }

    fn by_value(self) -> Self {
        Self { by_value: true, ..self }
    }
}

/// How the case is read at the place; `None` if it is refused there.
pub(crate) fn reading(place: &Place, case: &Case) -> Option<Reading> {
    let Takes::Lenient(takes) = place.takes else { return reading_of(place.takes, place.levels, case) };
    // Passed over, it is a value that nobody reads.
    reading_of(*takes, place.levels, case).or_else(|| case.accepted_within(0).then(Reading::absent))
}

fn reading_of(takes: Takes, levels: isize, case: &Case) -> Option<Reading> {
    if !case.accepted_within(levels) {
        return None;
    }
    let class = case.class();
    let raw = || case.trimmed().to_owned();
    match (takes, class) {
        (Takes::Anything, _) | (Takes::AnyKey, Class::String) => Some(Reading::absent()),
        (Takes::RequiredRaw, _) => Some(Reading::of(raw())),
        (Takes::MapValue, Class::Null) => Some(Reading::of("null")),
        (
            Takes::AnyKey | Takes::RequiredText | Takes::RequiredInteger(..) | Takes::RequiredId,
            Class::Null,
        ) => None,
        // What is left is optional.
        (_, Class::Null) => Some(Reading::absent()),
        (Takes::Raw, _) => Some(Reading::of(raw())),
        (
            Takes::Text | Takes::RequiredText | Takes::Id | Takes::RequiredId | Takes::MapValue,
            Class::String,
        ) => Some(Reading::of_text(quoted(case.text?), case, 0)),
        (Takes::MapValue, _) => Some(Reading::of(raw())),
        (Takes::Id | Takes::RequiredId, Class::Number) => {
            is_integer(case.trimmed()).then(|| Reading::of(quoted(case.trimmed())))
        }
        (Takes::Integer(least, most) | Takes::RequiredInteger(least, most), _) => {
            let integer = integer(case).filter(|integer| (least..=most).contains(integer))?;
            Some(Reading::of(integer.to_string()))
        }
        (Takes::Boolean | Takes::Flag, Class::Boolean) => Some(Reading::of(raw())),
        (Takes::Flag, _) => {
            let integer = integer(case).filter(|integer| (0..=1).contains(integer))?;
            Some(Reading::of((integer == 1).to_string()))
        }
        (Takes::Texts, Class::Array) => {
            let list = value(case.trimmed());
            let texts = list.as_array()?.iter().all(Value::is_string);
            texts.then(|| Reading::of_text(list.to_string(), case, 1))
        }
        (Takes::Map, Class::Object) => Some(Reading::of_text(raw(), case, 1).by_value()),
        (Takes::Map, _) if case.is_empty_array() => Some(Reading::of("{}")),
        (Takes::Message, _) if class == Class::Object || case.is_empty_array() => Some(Reading::of("{}")),
        (Takes::Messages { required }, Class::Array) => {
            let list = value(case.trimmed());
            let items = list.as_array()?;
            let is_empty = |item: &Value| item.as_array().is_some_and(Vec::is_empty);
            let right = items.iter().all(|item| !required && (item.is_object() || is_empty(item)));
            right.then(|| Reading::of(format!("[{}]", vec!["{}"; items.len()].join(","))))
        }
        _ => None,
    }
}

/// Text as the JSON string that `serde_json` writes.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The integer that the case is, or that its text is; beyond 128 bits there is none that any field has room for.
fn integer(case: &Case) -> Option<i128> {
    match case.class() {
        Class::Number => whole(case.trimmed()),
        Class::String => whole(case.text?),
        _ => None,
    }
}

/// True for what RFC 8259 has for a number without fraction and exponent.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
        && !digits.is_empty()
}
