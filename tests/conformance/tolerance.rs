//! What is tolerated in a kind of field is tolerated in every field of the kind, of every message, through every entry point:
//! half a surrogate pair in text, integers of any spelling, PHP's empty object, and in a reply anything in an optional member.

use std::collections::BTreeSet;

use offline_push::json::DecodeErrorKind::{
    self, EscapedText, MissingField, NotAnInteger, OutOfRange, UnexpectedByte, WrongType,
};

use crate::common::declared::{Declared, Shape, Spot};
use crate::common::kind;
use crate::entry::{self, Outcome};

/// Declared messages that no kind of the tests holds.
const ELSEWHERE: &[&str] = &["ApnsPayload", "ConversationExt", "MessagePush", "OtherElement"];

fn each(mut check: impl FnMut(&Declared, &Spot)) {
    let declared = Declared::read();
    declared.spots(&mut Vec::new()).iter().for_each(|spot| check(&declared, spot));
}

fn outcomes(spot: &Spot, message: &str) -> Vec<Outcome> {
    entry::every(kind(spot.kind), message.as_bytes())
}

fn view(spot: &Spot, message: &str) -> String {
    kind(spot.kind).in_place(message.as_bytes()).unwrap_or_else(|error| unreachable!("{error} in {message}"))
}

/// Every entry point reads the value as the other one; but read-only input with escaped text is refused for it.
fn reads_as(spot: &Spot, value: &str, other: &str) {
    let (message, at) = spot.with(value);
    let expected = view(spot, &spot.with(other).0);
    let escape =
        value.find('\\').filter(|_| !matches!(spot.shape, Shape::Integer(..) | Shape::Flag | Shape::Raw));
    for outcome in outcomes(spot, &message) {
        match escape.filter(|_| !outcome.writes) {
            None => assert_eq!(outcome.view.as_ref(), Ok(&expected), "{}: {message}", outcome.entry),
            Some(escape) => {
                let error = outcome.view.unwrap_err();
                assert_eq!(
                    (error.kind(), error.offset()),
                    (EscapedText, at + escape),
                    "{}: {message}",
                    outcome.entry
                );
            }
        }
    }
}

/// Every entry point reads the other message, which is without the lenient member; and an owned one keeps the value.
fn is_absent(spot: &Spot, value: &str, without: &str) {
    let (message, _) = spot.with(value);
    let expected = view(spot, without);
    for outcome in outcomes(spot, &message) {
        assert_eq!(outcome.view.as_ref(), Ok(&expected), "{}: {message}", outcome.entry);
        if let Some(whole) = outcome.whole {
            assert!(whole.contains(value), "{whole} of {message}");
        }
    }
}

/// Every entry point refuses the message for this reason, at this place, by the name of the field.
fn is_refused_at(spot: &Spot, message: &str, reason: DecodeErrorKind, at: usize) {
    for outcome in outcomes(spot, message) {
        let error = outcome.view.unwrap_err();
        assert_eq!((error.kind(), error.offset()), (reason, at), "{}: {message}", outcome.entry);
        assert_eq!(error.field(), Some(spot.wire.as_str()), "{}: {message}", outcome.entry);
    }
}

fn is_refused(spot: &Spot, value: &str, reason: DecodeErrorKind) {
    let (message, at) = spot.with(value);
    is_refused_at(spot, &message, reason, at);
}

/// The value is refused, or a lenient member that it is or is in reads as absent.
fn is_wrong(spot: &Spot, value: &str, reason: DecodeErrorKind) {
    match (spot.lenient, &spot.around) {
        (true, _) => is_absent(spot, value, &spot.without()),
        (false, Some(without)) => is_absent(spot, value, without),
        (false, None) => is_refused(spot, value, reason),
    }
}

#[test]
fn every_declared_message_is_tried() {
    let declared = Declared::read();
    let mut reached = Vec::new();
    let spots = declared.spots(&mut reached);
    let reached: BTreeSet<_> = reached.iter().map(String::as_str).collect();
    let left: Vec<_> = declared.names().filter(|name| !reached.contains(name)).collect();
    assert_eq!(left, ELSEWHERE);
    assert!(reached.len() >= 40 && spots.len() >= 700, "{} {}", reached.len(), spots.len());
    let count = |wanted: fn(&Spot) -> bool| spots.iter().filter(|spot| wanted(spot)).count();
    assert!(count(|spot| matches!(spot.shape, Shape::Text | Shape::Id)) >= 300);
    assert!(count(|spot| matches!(spot.shape, Shape::Integer(..))) >= 150);
    assert!(count(|spot| matches!(spot.shape, Shape::Message(_) | Shape::Map)) >= 60);
    assert!(count(|spot| spot.lenient) >= 50, "{}", count(|spot| spot.lenient));
}

#[test]
fn decode_every_field_reads_its_shortest_value() {
    each(|declared, spot| {
        let value = declared.shortest(&spot.shape);
        let whole = view(spot, &spot.with(&value).0);
        if spot.shape == Shape::Raw && !spot.required {
            assert_eq!(whole, view(spot, &spot.without()));
        } else {
            assert!(whole.contains(&format!("\"{}\":{value}", spot.wire)), "{whole} without {}", spot.path);
        }
    });
}

#[test]
fn decode_half_a_surrogate_pair_in_every_text() {
    let halves = [
        (r"\ud83d", "\u{fffd}"),
        (r"今\uDE00晚", "今\u{fffd}晚"),
        (r"\ud83d\u0041", "\u{fffd}A"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
        (r"\ud83d\n", r"\u{fffd}\n"),
    ];
    let mut tried = 0;
    each(|_, spot| {
        for (half, text) in halves {
            let text = text.replace(r"\u{fffd}", "\u{fffd}");
            match spot.shape {
                Shape::Text | Shape::Id => reads_as(spot, &format!("\"{half}\""), &format!("\"{text}\"")),
                Shape::Texts => {
                    reads_as(spot, &format!(r#"["a","{half}"]"#), &format!(r#"["a","{text}"]"#));
                }
                Shape::Map => {
                    reads_as(spot, &format!(r#"{{"k":"{half}"}}"#), &format!(r#"{{"k":"{text}"}}"#));
                    reads_as(spot, &format!(r#"{{"{half}":0}}"#), &format!(r#"{{"{text}":0}}"#));
                }
                // Passed on to the byte.
                Shape::Raw => {
                    let value = format!(r#"{{"{half}":["{half}"]}}"#);
                    for outcome in outcomes(spot, &spot.with(&value).0) {
                        assert!(outcome.view.unwrap().contains(&value), "{}", spot.path);
                    }
                }
                // No number is spelled so.
                Shape::Integer(..) | Shape::Flag => is_wrong(spot, &format!("\"{half}\""), WrongType),
                _ => continue,
            }
            tried += 1;
        }
    });
    assert!(tried >= 3000, "{tried}");
}

#[test]
fn decode_half_a_pair_in_unknown_members_of_every_message() {
    each(|declared, spot| {
        let name = match &spot.shape {
            Shape::Message(_) => declared.shortest(&spot.shape),
            Shape::Messages(name) => declared.shortest(&Shape::Message(name.clone())),
            _ => return,
        };
        let members = name.strip_prefix('{').unwrap();
        let comma = if members == "}" { "" } else { "," };
        let unknown = format!(r#"{{"\ud83d":["\ude00",{{"new\ud83d\n":"\udbff\u0041"}}]{comma}{members}"#);
        let (value, plain) = match spot.shape {
            Shape::Messages(_) => (format!("[{unknown},{name}]"), format!("[{name},{name}]")),
            _ => (unknown, name),
        };
        let (message, expected) = (spot.with(&value).0, view(spot, &spot.with(&plain).0));
        for outcome in outcomes(spot, &message) {
            assert_eq!(outcome.view.as_ref(), Ok(&expected), "{}: {message}", outcome.entry);
            if let Some(whole) = outcome.whole {
                assert!(whole.contains(r#""\ud83d":["\ude00",{"new\ud83d\n":"\udbff\u0041"}]"#), "{whole}");
            }
        }
    });
}

#[test]
fn decode_integer_of_any_spelling_in_every_integer() {
    let mut tried = 0;
    each(|_, spot| {
        let Shape::Integer(least, most) = spot.shape else { return };
        for two in ["2", "2.0", "2.000", "2e0", "0.2E+1", "20e-1", "0.02e2"] {
            reads_as(spot, two, "2");
            reads_as(spot, &format!("\"{two}\""), "2");
        }
        for two in [r#""\u0032""#, r#""\u0032\u002e0""#, r#""2\u002E0\u00450""#, r#""\u0030.2e1""#] {
            reads_as(spot, two, "2");
        }
        for end in [least, most] {
            reads_as(spot, &format!("{end}.0"), &end.to_string());
            reads_as(spot, &format!("\"{end}.0\""), &end.to_string());
        }
        for none in ["2.5", "0.1", "1e-1", "25e-1", "\"2.5\"", "\"1E-1\"", r#""\u0032.5""#] {
            is_wrong(spot, none, NotAnInteger);
        }
        for beyond in
            [format!("{}", least - 1), format!("{}", most + 1), format!("{}.0", most + 1), "1e20".into()]
        {
            is_wrong(spot, &beyond, OutOfRange);
            is_wrong(spot, &format!("\"{beyond}\""), OutOfRange);
        }
        tried += 1;
    });
    assert!(tried >= 150, "{tried}");
}

#[test]
fn decode_integer_of_any_spelling_in_every_flag() {
    let mut tried = 0;
    each(|_, spot| {
        if spot.shape != Shape::Flag {
            return;
        }
        for on in ["1", "1.0", "10e-1", "\"1\"", "\"1e0\"", r#""\u0031""#] {
            reads_as(spot, on, "true");
        }
        for off in ["0", "-0", "0.0", "0e9", "\"0.0\"", r#""\u0030""#] {
            reads_as(spot, off, "false");
        }
        is_refused(spot, "0.5", NotAnInteger);
        is_refused(spot, "2.0", OutOfRange);
        tried += 1;
    });
    assert!(tried >= 2, "{tried}");
}

#[test]
fn decode_id_takes_integers_as_they_are_written_alone() {
    let mut tried = 0;
    each(|_, spot| {
        if spot.shape != Shape::Id {
            return;
        }
        for digits in ["0", "-0", "-7", "342982232646905856", "999999999999999999999999"] {
            reads_as(spot, digits, &format!("\"{digits}\""));
        }
        for none in ["1.0", "1e0", "-0.0", "1.5"] {
            is_wrong(spot, none, NotAnInteger);
        }
        tried += 1;
    });
    assert!(tried >= 50, "{tried}");
}

#[test]
fn decode_php_empty_object_in_every_object_and_map() {
    let mut tried = 0;
    each(|declared, spot| {
        let shortest = declared.shortest(&spot.shape);
        for empty in ["[]", "[ ]", "[\r\n\t ]"] {
            match &spot.shape {
                Shape::Map => reads_as(spot, empty, "{}"),
                Shape::Message(_) if shortest == "{}" => reads_as(spot, empty, "{}"),
                Shape::Message(_) => misses_members(spot, empty),
                Shape::Messages(name) => {
                    let list = format!("[{empty},{empty}]");
                    if declared.shortest(&Shape::Message(name.clone())) == "{}" {
                        reads_as(spot, &list, "[{},{}]");
                    } else if spot.lenient {
                        is_absent(spot, &list, &spot.without());
                    } else {
                        misses_members(spot, &list);
                    }
                }
                Shape::Raw => {
                    for outcome in outcomes(spot, &spot.with(empty).0) {
                        assert!(outcome.view.unwrap().contains(empty), "{}", spot.path);
                    }
                    continue;
                }
                _ => continue,
            }
            tried += 1;
        }
        // An array with something in it is none.
        if matches!(spot.shape, Shape::Map | Shape::Message(_)) {
            for array in ["[0]", "[{}]", "[[]]", r#"["\n"]"#] {
                is_wrong(spot, array, WrongType);
            }
        }
    });
    assert!(tried >= 180, "{tried}");
}

fn misses_members(spot: &Spot, value: &str) {
    for outcome in outcomes(spot, &spot.with(value).0) {
        assert_eq!(outcome.view.unwrap_err().kind(), MissingField, "{}", spot.path);
    }
}

#[test]
fn decode_optional_members_of_replies_alone_are_lenient() {
    each(|_, spot| {
        assert_eq!(
            spot.lenient,
            spot.kind.ends_with(".reply") && !spot.required,
            "{} {}",
            spot.kind,
            spot.path
        );
    });
}

#[test]
fn decode_wrong_value_in_every_field() {
    let text: &[&str] = &["{}", r#"{"a":["\n"]}"#, "[]", "[0]", r#"["\ud83d"]"#, "true", "false"];
    let number: &[&str] = &["{}", "[]", "[1]", "true", r#""""#, r#""x""#, r#""\n""#, r#""01""#, r#"" 1""#];
    let object: &[&str] =
        &["0", "1.5", "true", r#""""#, r#""{}""#, r#""\n""#, "[0]", "[{}]", r#"["\ud83d"]"#];
    let list: &[&str] = &["0", "true", r#""""#, r#""[]""#, r#""\ud83d""#, "{}", r#"{"a":["\n"]}"#];
    each(|_, spot| {
        let wrong = match &spot.shape {
            Shape::Text | Shape::Id => text,
            Shape::Integer(..) => number,
            Shape::Message(_) | Shape::Map => object,
            Shape::Texts | Shape::Messages(_) | Shape::Elements => list,
            Shape::Boolean => &["0", "1", "\"true\"", "{}", "[]"],
            Shape::Flag => &["\"true\"", "{}", "[]"],
            Shape::Raw => &[],
        };
        wrong.iter().for_each(|wrong| is_wrong(spot, wrong, WrongType));
        if let Shape::Messages(_) = spot.shape {
            // Inside of the list.
            for list in ["[0]", "[{},0]", "[null]", r#"["\n",{}]"#].iter().filter(|_| spot.lenient) {
                is_absent(spot, list, &spot.without());
            }
        }
        match (spot.required, &spot.shape) {
            (false, _) => is_absent(spot, "null", &spot.without()),
            (true, Shape::Raw) => {}
            (true, _) => is_wrong(spot, "null", WrongType),
        }
    });
}

#[test]
fn decode_malformed_value_in_every_field_is_refused() {
    each(|_, spot| {
        for malformed in ["x", "+1", "'a'", "\u{feff}1"] {
            is_refused(spot, malformed, UnexpectedByte);
        }
        for malformed in ["01", "-", "[1,]", r#"{"a"}"#, r#"["\x"]"#, "[\"\n\"]", "tru", "\"\n\""] {
            let (message, at) = spot.with(malformed);
            for outcome in outcomes(spot, &message) {
                let error = outcome.view.unwrap_err();
                assert!(error.offset() >= at, "{}: {error} of {message}", outcome.entry);
                // What is of another type may be found to be so before.
                assert!(
                    !spot.lenient || error.kind() != WrongType,
                    "{}: {error} of {message}",
                    outcome.entry
                );
            }
        }
    });
}

#[test]
fn decode_word_that_only_begins_like_null_is_refused() {
    each(|_, spot| {
        for (word, fault) in [("nulL", 3), ("nil", 1), ("n", 1), ("nul", 3)] {
            if !spot.required {
                let (message, at) = spot.with(word);
                is_refused_at(spot, &message, UnexpectedByte, at + fault);
            }
        }
    });
}

#[test]
fn decode_every_required_member_is_missed_at_the_end() {
    let mut tried = 0;
    each(|_, spot| match (spot.required, &spot.around) {
        (true, None) => {
            is_refused_at(spot, &spot.without(), MissingField, spot.end_without());
            tried += 1;
        }
        // The list that its object is in reads as absent.
        (true, Some(without)) => assert_eq!(view(spot, &spot.without()), view(spot, without)),
        (false, _) => {}
    });
    assert!(tried >= 60, "{tried}");
}

#[test]
fn decode_every_field_twice_is_refused() {
    each(|declared, spot| {
        let value = declared.shortest(&spot.shape);
        let (message, at) = spot.with(&format!("{value},\"{}\":{value}", spot.wire));
        is_refused_at(spot, &message, DecodeErrorKind::DuplicateField, at + value.len() + 1);
    });
}
