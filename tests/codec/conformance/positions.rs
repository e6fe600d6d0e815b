//! Every case as a raw value, as the members of a slot, as a message of every kind, and at every kind of place in a message.

use std::collections::HashSet;

use offline_push::json::description::Type;
use offline_push::json::{DecodeErrorKind, Members, Raw};

use super::case::{Case, Class};
use super::{cases, documented};
use crate::common::interpreter::{Input, Verdict, interpret};
use crate::common::spots::{Spot, different_spots};
use crate::common::{KINDS, Kind, value};
use crate::properties::decoding::is_read_as_interpreted;
use crate::properties::owning::is_kept_as_it_decodes;

#[test]
fn raw_new_of_every_case() {
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
fn members_new_of_every_case() {
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

/// The bytes with a case in them are decoded as interpreted, and the interpreter agrees with the table: with a case that is not
/// JSON, nothing is. True if that is a message.
fn holds(kind: &Kind, bytes: &[u8], case: &Case, stands_as_a_value: bool) -> bool {
    if let Err(error) = is_read_as_interpreted(kind, bytes) {
        unreachable!("{}: {error}", case.name);
    }
    let is_kept = is_kept_as_it_decodes(kind, bytes);
    let Ok(document) = str::from_utf8(bytes) else {
        assert!(!case.accepted() && !is_kept, "{}", case.name);
        return false;
    };
    let verdict = interpret(kind.description, document, Input::Writable);
    let is_json = verdict != Verdict::NotJson;
    if case.expect.is_about(documented::DEPTH) {
        assert!(is_json || !stands_as_a_value, "{}: depth is not grammar", case.name);
    } else if case.accepted() && stands_as_a_value {
        assert!(is_json, "{}: {document}", case.name);
    } else if !case.accepted() && !case.is_two_values() {
        assert!(!is_json, "{}: {document}", case.name);
    }
    assert_eq!(is_kept, matches!(verdict, Verdict::Reads(_)), "{}: {document}", case.name);
    is_kept
}

#[test]
fn decode_every_case_as_a_message_of_every_kind() {
    let mut read = 0;
    cases::each(|case| {
        read += KINDS.iter().filter(|kind| holds(kind, case.bytes, case, true)).count();
    });
    assert!(read >= 350, "{read}");
}

/// What is put into the field of a spot, with the case at `§`; and whether the case then stands where a value may stand.
fn containers(value: &Type) -> &'static [(&'static str, bool)] {
    match value {
        Type::List(_) => &[("§", true), (r#"["a",§,"z"]"#, true), (r#"["a",§]"#, true)],
        Type::Map => {
            &[("§", true), (r#"{"k":"v","l":§,"m":0}"#, true), (r#"{"k":§}"#, true), (r#"{§:"v"}"#, false)]
        }
        _ => &[("§", true)],
    }
}

/// What stands in front of the field of a spot: members that nobody knows.
const UNKNOWN: &[(&str, bool)] =
    &[(r#""new":§"#, true), (r#""new":[0,{"a":§}]"#, true), (r#""new":{"a":[],§:0}"#, false), ("§:0", false)];

#[test]
fn decode_every_case_at_every_kind_of_place() {
    let spots = different_spots();
    assert!(spots.len() >= 30, "{}", spots.len());
    // One at each depth.
    let mut depths = HashSet::new();
    let texts: Vec<_> = spots
        .iter()
        .filter(|spot| {
            matches!(spot.value, Type::Text) && depths.insert(spot.open.matches(['[', '{']).count())
        })
        .collect();
    let (mut read, mut refused) = (0, 0);
    // Each case at a third of the places, each place with a third of the cases.
    let mut turn = 0;
    cases::each(|case| {
        let mut at = |spot: &Spot, template: &str, value: bool| {
            turn += 1;
            if turn % 3 != 0 {
                return;
            }
            let (before, behind) = template.split_once('§').unwrap();
            let bytes = [before.as_bytes(), case.bytes, behind.as_bytes()].concat();
            *(if holds(spot.kind, &bytes, case, value) { &mut read } else { &mut refused }) += 1;
        };
        for spot in &spots {
            for (container, is_value) in containers(spot.value) {
                at(spot, &spot.with(container).0, *is_value);
            }
        }
        // Members that nobody knows, in front of a field at each depth; and in front of an escape that is resolved.
        for spot in &texts {
            for (member, is_value) in UNKNOWN {
                at(spot, &spot.behind(member, r#""\u0070\n""#), *is_value);
            }
        }
    });
    assert!(read >= 4_000 && refused >= 15_000, "{read} read, {refused} refused");
}
