//! Makes contenders of the decoders that leave their input as it is.

use crate::check;
use crate::measure::Contender;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Debug;
use std::hint::black_box;

/// A decoder that is timed on `document` once it has been seen to read the value of `expected`.
/// `value_of` tells which value is in what `decode` returns; the result is timed as it comes, since
/// taking it apart could copy it.
pub fn reader<'a, R>(
    name: &'static str,
    document: &'a str,
    expected: &str,
    decode: impl FnMut(&'a str) -> R + 'a,
    value_of: impl Fn(&R) -> Value,
) -> Contender<'a> {
    visitor(name, document, expected, decode, value_of, |_| {})
}

/// A decoder whose result is read, too: every element of its list, since some decode them no earlier.
pub fn visitor<'a, R>(
    name: &'static str,
    document: &'a str,
    expected: &str,
    mut decode: impl FnMut(&'a str) -> R + 'a,
    value_of: impl Fn(&R) -> Value,
    visit: impl Fn(&R) + 'a,
) -> Contender<'a> {
    check::same_value(name, &value_of(&decode(document)), expected);
    Contender::new(name, move || {
        let decoded = decode(black_box(document));
        visit(&decoded);
        black_box(&decoded);
    })
}

/// The value in the result of most decoders.
pub fn plain<T: Serialize, E: Debug>(decoded: &Result<T, E>) -> Value {
    json(decoded.as_ref().expect("the document decodes"))
}

/// The value in the result of serde-json-core, which comes with the length that was read.
pub fn with_length<T: Serialize, E: Debug>(decoded: &Result<(T, usize), E>) -> Value {
    json(&decoded.as_ref().expect("the document decodes").0)
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("the models are JSON objects")
}
