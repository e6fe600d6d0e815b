//! Every case as a whole document: as a raw value, as the members of a slot, and as a message of every kind.

use offline_push::json::{DecodeErrorKind, Members, Raw};
use serde_json::{Value, json};

use crate::case::{Case, Class};
use crate::cases;
use crate::common::{KINDS, Kind, value};
use crate::entry::{self, Outcome};

/// The kinds that an object may be of which no member is known: nothing in them must be there.
const WITHOUT_REQUIRED_FIELDS: &[&str] =
    &["tim.settings", "tim.info", "tim.vendor-params", "ext.info", "tim.web"];

/// The kind that is an object of messages under the sender's keys; nothing in these must be there.
const RECEIPTS: &str = "vivo.receipt";

#[test]
fn every_document_is_a_raw_value_or_none_as_the_table_says() {
    let mut runs = 0;
    cases::each(|case| {
        let Some(text) = case.utf8() else {
            assert!(!case.accepted(), "{}", case.name);
            return;
        };
        runs += 1;
        let raw = Raw::new(text);
        assert_eq!(raw.is_ok(), case.accepted(), "{}: {raw:?}", case.name);
        match raw {
            Ok(raw) => assert_eq!(raw.as_str(), case.trimmed(), "{}", case.name),
            Err(error) => assert!(error.offset() <= text.len(), "{}: {error}", case.name),
        }
    });
    assert_eq!(runs, cases::all().filter(|case| case.utf8().is_some()).count());
}

#[test]
fn every_document_that_is_an_object_is_members() {
    let mut objects = 0;
    cases::each(|case| {
        let Some(text) = case.utf8() else { return };
        let members = Members::new(text);
        if !case.accepted() {
            assert!(members.is_err(), "{}", case.name);
        } else if case.class() != Class::Object {
            assert_eq!(members.unwrap_err().kind(), DecodeErrorKind::WrongType, "{}", case.name);
        } else {
            objects += 1;
            let members = members.unwrap();
            assert_eq!(members.as_str(), case.trimmed(), "{}", case.name);
            let written: Vec<_> = members.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            assert_eq!(value(&format!("{{{}}}", written.join(","))), value(text), "{}", case.name);
        }
    });
    assert!(objects >= 40, "{objects}");
}

#[test]
fn every_document_is_a_message_of_every_kind_or_none_as_the_table_says() {
    let (mut runs, mut read) = (0, 0);
    cases::each(|case| {
        for kind in KINDS {
            for outcome in entry::every(kind, case.bytes) {
                runs += 1;
                read += usize::from(holds(&outcome, kind, case));
            }
        }
    });
    assert_eq!(runs, cases::all().map(|case| KINDS.len() * entry::count(case.bytes)).sum::<usize>());
    assert!(read >= 1700, "{read}");
}

/// The outcome is what is expected; true if that is a message.
fn holds(outcome: &Outcome, kind: &Kind, case: &Case) -> bool {
    let about = format_args!("{} as {} through {}", case.name, kind.name, outcome.entry);
    // What follows a message is nothing to from_prefix.
    let beginning = outcome.entry == "from_prefix" && case.rest > 0;
    // The outermost levels are messages.
    let levels = if kind.name == RECEIPTS { -2 } else { -1 };
    let is_object = || case.class() == Class::Object || case.is_empty_array();
    if !(case.accepted() || beginning || (case.accepted_within(levels) && is_object())) {
        outcome.is_refused(case.bytes, &about);
        return false;
    }
    let expected = if is_object() { message(kind, case) } else { Err(DecodeErrorKind::WrongType) };
    match &outcome.view {
        Ok(view) => {
            assert_eq!(Ok(value(view)), expected, "{about}");
            assert!(outcome.writes || !has_escaped_text(kind, case), "{about}");
        }
        // One of two faults, whichever comes first.
        Err(error) if error.kind() == DecodeErrorKind::EscapedText => {
            assert!(!outcome.writes && has_escaped_text(kind, case), "{about}");
        }
        Err(error) => assert_eq!(Err(error.kind()), expected, "{about}"),
    }
    if let Some(rest) = outcome.rest {
        let behind = case.bytes.len() - case.bytes.trim_ascii_end().len();
        assert_eq!(rest, if beginning { case.rest } else { behind }, "{about}");
    }
    outcome.view.is_ok()
}

/// True if the keys, which are text in receipts alone, have an escape.
fn has_escaped_text(kind: &Kind, case: &Case) -> bool {
    kind.name == RECEIPTS && case.class() == Class::Object && case.escape_above(1).is_some()
}

/// The view of a message of which no member is known, or why it is none.
fn message(kind: &Kind, case: &Case) -> Result<Value, DecodeErrorKind> {
    if kind.name == RECEIPTS {
        let mut receipts = value(&case.utf8().unwrap()[..case.bytes.len() - case.rest]);
        let Some(members) = receipts.as_object_mut() else { return Ok(json!({})) };
        let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        if !members.values().all(|value| value.is_object() || is_empty(value)) {
            return Err(DecodeErrorKind::WrongType);
        }
        members.values_mut().for_each(|receipt| *receipt = json!({}));
        return Ok(receipts);
    }
    if WITHOUT_REQUIRED_FIELDS.contains(&kind.name) {
        Ok(json!({}))
    } else {
        Err(DecodeErrorKind::MissingField)
    }
}
