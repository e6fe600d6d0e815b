//! What is tolerated in a kind of field, by hand; and that it holds in every field of the kind, of every message, through every
//! entry point.

use offline_push::json::DecodeErrorKind::{self, MissingField, NotAnInteger, OutOfRange, WrongType};
use offline_push::json::description::{Tolerance, Type};

use crate::common::spots::{Spot, is_lenient, shortest, spots};
use crate::conformance::short_documents;
use crate::properties::decoding::is_read_as_interpreted;
use crate::properties::owning::is_kept_as_it_decodes;

/// What becomes of a value in a field.
#[derive(Clone, Copy)]
enum Reads {
    /// It is read as this one.
    As(&'static str),
    /// It is passed on as it stands.
    Untouched,
    /// It is refused; a lenient field stays empty.
    Not(DecodeErrorKind),
}

use Reads::{As, Not, Untouched};

fn rules(spot: &Spot) -> Vec<(&'static str, Reads)> {
    let id = matches!(spot.field.tolerance, Tolerance::Id | Tolerance::Lenient);
    let mut rules = match spot.value {
        Type::Text => vec![
            (r#""\ud83d\ude00\n\/""#, As("\"😀\\n/\"")),
            (r#""今\uDE00晚""#, As("\"今\u{fffd}晚\"")),
            ("true", Not(WrongType)),
            ("{}", Not(WrongType)),
            (r#"["\n"]"#, Not(WrongType)),
        ],
        Type::Integer { .. } => vec![
            ("2.0", As("2")),
            ("0.2E+1", As("2")),
            ("20e-1", As("2")),
            ("\"2\"", As("2")),
            ("\"2.000\"", As("2")),
            (r#""\u0032\u002e0""#, As("2")),
            ("-0", As("0")),
            ("2.5", Not(NotAnInteger)),
            ("\"1E-1\"", Not(NotAnInteger)),
            (r#""\u0032.5""#, Not(NotAnInteger)),
            ("1e20", Not(OutOfRange)),
            ("-99999999999999999999", Not(OutOfRange)),
            ("\"1e20\"", Not(OutOfRange)),
            ("\"\"", Not(WrongType)),
            ("\"x\"", Not(WrongType)),
            ("\"01\"", Not(WrongType)),
            ("\" 1\"", Not(WrongType)),
            ("true", Not(WrongType)),
            ("{}", Not(WrongType)),
            ("[1]", Not(WrongType)),
        ],
        Type::Boolean if spot.field.tolerance == Tolerance::Flag => vec![
            ("1", As("true")),
            ("\"1\"", As("true")),
            ("10e-1", As("true")),
            ("0", As("false")),
            ("-0", As("false")),
            ("0.5", Not(NotAnInteger)),
            ("2.0", Not(OutOfRange)),
            ("\"true\"", Not(WrongType)),
            ("[]", Not(WrongType)),
        ],
        Type::Boolean => vec![("0", Not(WrongType)), ("\"true\"", Not(WrongType)), ("{}", Not(WrongType))],
        Type::Raw => {
            vec![(r#"{"\ud83d":[ "\ud83d", 1.50 ]}"#, Untouched), ("[ ]", Untouched), ("-0", Untouched)]
        }
        Type::Map => vec![
            ("[]", As("{}")),
            ("[ \n]", As("{}")),
            (r#"{ "\u0061" : "\u0062", "c":[ 1 ] , "c":0 }"#, As(r#"{"a":"b","c":[ 1 ],"c":0}"#)),
            ("[0]", Not(WrongType)),
            ("[[]]", Not(WrongType)),
            ("\"{}\"", Not(WrongType)),
            ("0", Not(WrongType)),
        ],
        Type::Object(_) if shortest(spot.value) == "{}" => vec![
            ("[]", As("{}")),
            ("[\r\n\t ]", As("{}")),
            (r#"{"\ud83d":["\ude00"],"\ud83d":0}"#, As("{}")),
            ("[0]", Not(WrongType)),
            ("[{}]", Not(WrongType)),
            ("\"\"", Not(WrongType)),
            ("1.5", Not(WrongType)),
        ],
        Type::Object(_) => vec![("[0]", Not(WrongType)), ("\"{}\"", Not(WrongType))],
        Type::List(Type::Text) => vec![
            (r#"["a", "\ud83d\ude00"]"#, As(r#"["a","😀"]"#)),
            ("[]", As("[]")),
            ("{}", Not(WrongType)),
            ("\"[]\"", Not(WrongType)),
            ("0", Not(WrongType)),
        ],
        Type::List(Type::Object(object)) if object.fields.iter().all(|field| !field.required) => {
            vec![("[[],{ }]", As("[{},{}]")), ("{}", Not(WrongType)), ("true", Not(WrongType))]
        }
        _ => vec![("0", Not(WrongType)), ("\"\"", Not(WrongType)), ("true", Not(WrongType))],
    };
    if matches!(spot.value, Type::Text) {
        rules.extend(if id {
            vec![
                ("-7", As("\"-7\"")),
                ("999999999999999999999999", As("\"999999999999999999999999\"")),
                ("-0", As("\"-0\"")),
                ("1.0", Not(NotAnInteger)),
                ("1e0", Not(NotAnInteger)),
            ]
        } else {
            vec![("7", Not(WrongType)), ("1.0", Not(WrongType))]
        });
    }
    rules
}

fn view(spot: &Spot, value: &str) -> Result<String, DecodeErrorKind> {
    spot.kind.in_place(spot.with(value).0.as_bytes()).map_err(|error| error.kind())
}

#[test]
fn decode_every_field_as_the_rules_say() {
    let mut tried = 0;
    for spot in spots() {
        let without = || spot.kind.in_place(spot.without().as_bytes()).map_err(|error| error.kind());
        // What a lenient field around it passes over, the interpreter says.
        let around = spot.path.split('/').count() > 2 && spot.kind.name.ends_with(".reply");
        for (value, reads) in rules(&spot) {
            let read = view(&spot, value);
            let about = format!("{} {} {value}", spot.kind.name, spot.path);
            match reads {
                As(other) => assert_eq!(read, view(&spot, other), "{about}"),
                Untouched => {
                    assert!(read.as_ref().is_ok_and(|view| view.contains(value)), "{about}: {read:?}");
                }
                Not(_) if is_lenient(&spot) => assert_eq!(read, without(), "{about}"),
                Not(_) if around => {}
                Not(kind) => assert_eq!(read, Err(kind), "{about}"),
            }
            tried += 1;
        }
        match (spot.field.required, is_lenient(&spot)) {
            (false, _) => assert_eq!(view(&spot, "null"), without(), "{}", spot.path),
            (true, _) if around => {}
            (true, _) => assert_eq!(without(), Err(MissingField), "{}", spot.path),
        }
    }
    assert!(tried >= 4000, "{tried}");
}

/// Each field with a fortieth of the documents.
#[test]
fn decode_every_field_with_any_value_is_as_interpreted() {
    let documents = short_documents();
    for (index, spot) in spots().iter().enumerate() {
        for document in documents.iter().skip(index % 40).step_by(40) {
            let message = spot.with_bytes(document).0;
            is_read_as_interpreted(spot.kind, &message).unwrap();
            is_kept_as_it_decodes(spot.kind, &message);
        }
    }
}

#[test]
fn decode_every_field_missing_twice_and_beside_unknown_members() {
    for spot in spots() {
        let value = shortest(spot.value);
        let name = spot.field.wire;
        let twice = spot.with(&format!("{value},\"{name}\":{value}")).0;
        let escaped =
            spot.with(&format!("{value},\"\\u{:04x}{}\":{value}", name.as_bytes()[0], &name[1..])).0;
        let unknown = spot.behind(r#""\ud83d":["\ude00",{"new\n":"\udbff\u0041"}]"#, &value);
        for message in [spot.without(), twice, escaped, unknown, spot.with(&value).0] {
            is_read_as_interpreted(spot.kind, message.as_bytes()).unwrap();
            is_kept_as_it_decodes(spot.kind, message.as_bytes());
        }
    }
}

#[test]
fn decode_optional_members_of_replies_and_webhooks_alone_are_lenient() {
    for spot in spots() {
        let name = spot.kind.name;
        let received = name.ends_with(".reply") || name.starts_with("tim.callback.");
        let expected = received && !spot.field.required;
        assert_eq!(is_lenient(&spot), expected, "{} {}", spot.kind.name, spot.path);
    }
}
