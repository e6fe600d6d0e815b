//! The table itself, held against `serde_json`: so that it is more than what this crate does.

use offline_push::json::Raw;
use serde_json::Value;

use crate::common::mended;
use crate::conformance::case::{Case, Expect};
use crate::conformance::{cases, documented};

/// The cases that `serde_json` decides otherwise, with the reason, but for those about half a surrogate pair. RFC 8259 leaves
/// all of them to implementations.
const DIFFERENT: &[(&str, &str)] = &[
    ("depth_arrays_one_beyond", DEEPER),
    ("depth_arrays_of_values_side_by_side_last_one_beyond", DEEPER),
    ("depth_arrays_with_spaces_one_beyond", DEEPER),
    ("depth_arrays_64", DEEPER),
    ("depth_arrays_65", DEEPER),
    ("depth_arrays_127", DEEPER),
    ("depth_objects_of_an_empty_one_one_beyond", DEEPER),
    ("depth_objects_one_beyond", DEEPER),
    ("depth_objects_two_beyond", DEEPER),
    ("depth_mixed_array_one_beyond", DEEPER),
    ("depth_mixed_object_one_beyond", DEEPER),
    ("depth_mixed_object_first_one_beyond", DEEPER),
    ("number_of_four_hundred_digits", FLOAT),
    ("number_beyond_f64", FLOAT),
    ("number_minus_beyond_f64", FLOAT),
    ("number_fraction_beyond_f64", FLOAT),
    ("number_exponent_of_twenty_digits", FLOAT),
];

const DEEPER: &str =
    "serde_json goes 127 levels deep, and here a value that nobody asked for nests MAX_DEPTH levels deep";
const FLOAT: &str =
    "serde_json refuses a number beyond all floats, and here it is passed on as it is written";

fn is_about_half_a_pair(case: &Case) -> bool {
    matches!(case.expect, Expect::Defined(_, documented) if documented == documented::LONE_SURROGATE)
}

fn theirs(case: &Case) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(case.bytes)
}

#[test]
fn serde_json_decides_every_case_alike_that_is_not_left_to_implementations() {
    let mut compared = 0;
    cases::each(|case| {
        if !matches!(case.expect, Expect::Defined(..)) {
            let theirs = theirs(case);
            assert_eq!(theirs.is_ok(), case.accepted(), "{}: {theirs:?}", case.name);
            compared += 1;
        }
    });
    assert!(compared >= 300, "{compared}");
}

#[test]
fn where_serde_json_decides_otherwise_it_is_named_with_a_reason() {
    let named = cases::all().filter(|case| !is_about_half_a_pair(case));
    let different = named.filter(|case| theirs(case).is_ok() != case.accepted());
    let different: Vec<_> = different.map(|case| case.name).collect();
    let named: Vec<_> = DIFFERENT.iter().map(|(name, _)| *name).collect();
    assert_eq!(different, named);
    assert!(DIFFERENT.iter().all(|(_, reason)| !reason.is_empty()));
}

/// With U+FFFD in place of each half, it reads them all, as the table says.
#[test]
fn serde_json_refuses_half_a_pair_and_nothing_else_of_a_case() {
    let mut compared = 0;
    cases::each(|case| {
        if is_about_half_a_pair(case) {
            assert!(theirs(case).is_err(), "{}", case.name);
            let theirs: Value = serde_json::from_slice(&mended(case.bytes)).unwrap();
            assert_eq!(theirs.as_str(), case.text, "{}", case.name);
            compared += 1;
        }
    });
    assert!(compared >= 30, "{compared}");
}

#[test]
fn a_string_means_to_serde_json_what_the_table_says() {
    let mut compared = 0;
    cases::each(|case| {
        if let Some(text) = case.text.filter(|_| !is_about_half_a_pair(case)) {
            assert_eq!(theirs(case).unwrap(), text, "{}", case.name);
            compared += 1;
        }
    });
    assert!(compared >= 100, "{compared}");
}

#[test]
fn a_raw_value_means_to_serde_json_what_the_document_does() {
    let mut compared = 0;
    cases::each(|case| {
        if let (true, Ok(value)) = (case.accepted(), theirs(case)) {
            let raw = Raw::new(case.utf8().unwrap()).unwrap();
            assert_eq!(serde_json::from_str::<Value>(raw.as_str()).unwrap(), value, "{}", case.name);
            compared += 1;
        }
    });
    assert!(compared >= 200, "{compared}");
}

/// A document that begins with a value says how much follows it, and no other document does.
#[test]
fn what_follows_a_value_is_what_serde_json_leaves_of_the_input() {
    let mut compared = 0;
    cases::each(|case| {
        if case.rest > 0 {
            assert!(!case.accepted(), "{}", case.name);
            let value = &case.bytes[..case.bytes.len() - case.rest];
            assert!(serde_json::from_slice::<Value>(value).is_ok(), "{}", case.name);
            assert_eq!(value.trim_ascii_end().len(), value.len(), "{}", case.name);
            compared += 1;
        }
        // They do not say it of a number or word with something right behind it, nor of what is too deep here alone.
        let left = |byte: &u8| b"[{\"".contains(byte);
        if case.bytes.trim_ascii_start().first().is_some_and(left) && matches!(case.expect, Expect::Reject) {
            let mut values = serde_json::Deserializer::from_slice(case.bytes).into_iter::<Value>();
            let is_value = values.next().unwrap().is_ok();
            let rest = if is_value { case.bytes.len() - values.byte_offset() } else { 0 };
            assert_eq!(rest, case.rest, "{}", case.name);
        }
    });
    assert!(compared >= 80, "{compared}");
}
