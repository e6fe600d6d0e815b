//! Makes contenders of the decoders that leave their input as it is.

use crate::check;
use crate::measure::Contender;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Debug;
use std::hint::black_box;

/// What is decoded: one document, or several in turn.
#[derive(Clone, Copy)]
pub enum Input<'a> {
    One(&'a str),
    Turns(&'a [String]),
}

impl<'a> Input<'a> {
    /// The only document, or several in turn.
    pub fn of(documents: &'a [String]) -> Self {
        match documents {
            [one] => Self::One(one),
            _ => Self::Turns(documents),
        }
    }

    /// Stands for all where one is asked for: they are equally long.
    pub fn first(self) -> &'a str {
        match self {
            Self::One(document) => document,
            Self::Turns(documents) => &documents[0],
        }
    }
}

impl<'a> From<&'a str> for Input<'a> {
    fn from(document: &'a str) -> Self {
        Self::One(document)
    }
}

/// A decoder that is timed on `input` once it has been seen to read the value of `expected`.
/// `value_of` tells which value is in what `decode` returns; the result is timed as it comes, since
/// taking it apart could copy it.
pub fn reader<'a, R>(
    name: &'static str,
    input: impl Into<Input<'a>>,
    expected: &str,
    decode: impl FnMut(&'a str) -> R + 'a,
    value_of: impl Fn(&R) -> Value,
) -> Contender<'a> {
    visitor(name, input, expected, decode, value_of, |_| {})
}

/// A decoder whose result is read, too: every element of its list, since some decode them no earlier.
pub fn visitor<'a, R>(
    name: &'static str,
    input: impl Into<Input<'a>>,
    expected: &str,
    mut decode: impl FnMut(&'a str) -> R + 'a,
    value_of: impl Fn(&R) -> Value,
    visit: impl Fn(&R) + 'a,
) -> Contender<'a> {
    // Two loops, so that taking turns costs nothing where there is one document.
    match input.into() {
        Input::One(document) => {
            check::same_value(name, &value_of(&decode(document)), expected);
            Contender::new(name, move || {
                let decoded = decode(black_box(document));
                visit(&decoded);
                black_box(&decoded);
            })
        }
        Input::Turns(documents) => {
            for document in documents {
                check::same_value(name, &value_of(&decode(document)), expected);
            }
            let mut next = 0;
            Contender::new(name, move || {
                let decoded = decode(black_box(&documents[next]));
                visit(&decoded);
                black_box(&decoded);
                next = if next + 1 == documents.len() { 0 } else { next + 1 };
            })
        }
    }
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
