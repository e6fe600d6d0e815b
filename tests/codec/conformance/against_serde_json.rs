//! The table itself, held against `serde_json`: so that it is more than what this crate does.

use std::collections::BTreeSet;

use offline_push::json::{MAX_DEPTH, Raw};
use serde_json::Value;

use crate::common::mended;
use crate::conformance::case::{Class, Expect};
use crate::conformance::{cases, documented};

#[test]
fn serde_json_decides_every_case_alike() {
    let mut compared = 0;
    cases::each(|case| {
        let theirs = serde_json::from_slice::<Value>(case.bytes);
        if case.expect.is_about(documented::LONE_SURROGATE) {
            // With U+FFFD in place of each half, it reads them all.
            assert!(theirs.is_err(), "{}", case.name);
            let theirs: Value = serde_json::from_slice(&mended(case.bytes)).unwrap();
            assert_eq!(theirs.as_str(), case.text, "{}", case.name);
            return;
        }
        // It goes 127 levels deep, and refuses a number beyond all floats, which is passed on here as it is written.
        if !case.expect.is_about(documented::DEPTH) && !case.expect.is_about(documented::NUMBER) {
            assert_eq!(theirs.is_ok(), case.accepted(), "{}: {theirs:?}", case.name);
        }
        let Ok(theirs) = theirs else { return };
        assert_eq!(theirs.as_str(), case.text, "{}", case.name);
        if case.accepted() {
            let raw = Raw::new(case.utf8().unwrap()).unwrap();
            assert_eq!(serde_json::from_str::<Value>(raw.as_str()).unwrap(), theirs, "{}", case.name);
            compared += 1;
        }
    });
    assert!(compared >= 230, "{compared}");
}

/// A document that begins with a value says how much follows it, and no other document does.
#[test]
fn rest_behind_a_value_is_what_serde_json_leaves() {
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

#[test]
fn cases_are_there_once_and_say_what_they_are() {
    let (mut names, mut bytes) = (BTreeSet::new(), BTreeSet::new());
    for case in cases::all() {
        assert!(names.insert(case.name) && bytes.insert(case.bytes), "{} is there twice", case.name);
        let string = case.accepted() && case.class() == Class::String;
        assert_eq!(case.text.is_some(), string, "{}", case.name);
        if case.expect.is_about(documented::DEPTH) {
            assert_eq!(case.accepted(), case.depth() <= MAX_DEPTH, "{}", case.name);
        }
    }
    assert!(names.len() >= 900, "{}", names.len());
}
