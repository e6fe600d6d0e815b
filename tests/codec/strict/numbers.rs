//! Numbers: what is one, which are integers, which fit, and those that come as strings.

use offline_push::json::DecodeErrorKind::{InvalidNumber, OutOfRange, UnexpectedByte, WrongType};
use offline_push::json::{self, Raw};
use offline_push::vivo::Notification;
use serde_json::{Value, json};

use crate::common::kind;
use crate::strict::harness::{ANY_VALUE, INTEGER, reads, refused};

#[test]
fn what_is_no_number_is_refused_also_where_nobody_asked_for_it() {
    let no_numbers = [
        ("01", 1),
        ("-01", 2),
        ("00", 1),
        ("007", 1),
        ("-00", 2),
        ("01.5", 1),
        ("-", 1),
        ("--1", 1),
        ("-a", 1),
        ("-.5", 1),
        ("-Infinity", 1),
        ("1.", 2),
        ("0.", 2),
        ("1.a", 2),
        ("1.e5", 2),
        ("1..5", 2),
        ("1e", 2),
        ("1E", 2),
        ("1e+", 3),
        ("1E-", 3),
        ("1e+-5", 3),
        ("1.5e", 4),
        ("-1.5e", 5),
    ];
    for place in ANY_VALUE.iter().chain(INTEGER) {
        for (text, at) in no_numbers {
            place.refuses(text, InvalidNumber, at);
        }
    }
    for place in ANY_VALUE.iter().chain(INTEGER) {
        for text in ["+1", ".5", "x1", "٣"] {
            place.refuses(text, UnexpectedByte, 0);
        }
    }
}

#[test]
fn a_number_ends_where_its_grammar_does() {
    for (text, at) in
        [("1a", 1), ("0x10", 1), ("1_000", 1), ("1 000", 2), ("1e5.5", 3), ("1.5.5", 3), ("1-1", 1)]
    {
        let text = format!(r#"{{"result":0,"new":[{text}]}}"#);
        refused(kind("vivo.send.reply"), &text, (UnexpectedByte, 19 + at, None, None));
    }
    for (text, at) in [("1a", 1), ("0x10", 1), ("1_000", 1), ("1 000", 2), ("1-1", 1)] {
        let text = format!(r#"{{"result":{text}}}"#);
        refused(kind("vivo.send.reply"), &text, (UnexpectedByte, 10 + at, None, None));
    }
}

#[test]
fn every_number_of_the_grammar_is_read_where_any_value_may_stand() {
    let numbers = [
        "0",
        "-0",
        "1",
        "-1",
        "10",
        "1234567890",
        "0.0",
        "-0.0",
        "0.5",
        "-1.25",
        "1e5",
        "1E5",
        "1e+5",
        "1E-5",
        "0e0",
        "0.5e10",
        "1.0e00",
        "18446744073709551616",
        "123456789012345678901234567890",
    ];
    for place in ANY_VALUE {
        for text in numbers {
            place.reads(text);
        }
    }
}

#[test]
fn a_number_beyond_all_ranges_passes_where_nobody_reads_it() {
    for number in ["1e400", "-1e-400", "1e99999999999999999999"] {
        assert_eq!(Raw::new(number).unwrap().as_str(), number);
        let text =
            format!(r#"{{"title":"t","content":"c","requestId":"r","auditReview":{number},"new":{number}}}"#);
        let push: Notification = json::from_str(&text).unwrap();
        assert_eq!(push.audit_review.unwrap().as_str(), number);
    }
}

#[test]
fn a_value_of_another_type_is_no_integer() {
    for place in INTEGER {
        for text in ["true", "false", "[]", "{}", "[1]"] {
            place.refuses(text, WrongType, 0);
        }
    }
}

#[test]
fn decode_integer_refuses_strings_that_are_no_number() {
    let strings = [
        "",
        " ",
        "1 ",
        " 1",
        "one",
        "+1",
        "-",
        "--1",
        "01",
        "-01",
        "0x1",
        "1.",
        "1e",
        "1.0.0",
        "1e0 ",
        "1,0",
        "1_0",
        "٣",
        "1a",
        "null",
        "true",
        "\u{feff}1",
    ];
    for place in INTEGER {
        for text in strings {
            place.refuses(&format!("\"{text}\""), WrongType, 0);
        }
    }
}

/// An integer field: the text before its value, its ends, and the numbers next to them.
struct Range {
    kind: &'static str,
    before: &'static str,
    field: &'static str,
    ends: [&'static str; 2],
    beyond: [&'static str; 2],
}

const I32: [[&str; 2]; 2] = [["-2147483648", "2147483647"], ["-2147483649", "2147483648"]];
const U32: [[&str; 2]; 2] = [["0", "4294967295"], ["-1", "4294967296"]];
const U64: [[&str; 2]; 2] = [["0", "18446744073709551615"], ["-1", "18446744073709551616"]];

const fn range(
    kind: &'static str,
    before: &'static str,
    field: &'static str,
    ends: [[&'static str; 2]; 2],
) -> Range {
    Range { kind, before, field, ends: ends[0], beyond: ends[1] }
}

const PUSH: &str = r#"{"title":"t","content":"c","requestId":"r","#;
const RANGES: &[Range] = &[
    range("vivo.send", PUSH, "appId", U64),
    range("vivo.send", PUSH, "notifyType", I32),
    range("vivo.send", PUSH, "timeToLive", U32),
    range("vivo.send", PUSH, "networkType", I32),
    range("vivo.send", PUSH, "notifyId", U32),
    range("vivo.send", PUSH, "isBusinessMsg", I32),
    range("vivo.send.reply", "{", "result", I32),
    range("vivo.auth", r#"{"appKey":"","sign":"","timestamp":0,"#, "appId", U64),
    range("tim.token", r#"{"offline_push_token_token":"t","#, "offline_push_token_business_id", U32),
];

impl Range {
    fn with(&self, number: &str) -> (String, usize) {
        let start = format!("{}\"{}\":", self.before, self.field);
        (format!("{start}{number}}}"), start.len())
    }

    fn reads(&self, text: &str, number: &Value) {
        let (message, _) = self.with(text);
        let mut expected: Value = crate::common::value(&message);
        expected[self.field] = number.clone();
        reads(kind(self.kind), &message, &expected);
    }
}

#[test]
fn integers_are_read_to_the_ends_of_their_range_also_as_strings() {
    for range in RANGES {
        for end in range.ends {
            let number: Value = serde_json::from_str(end).unwrap();
            range.reads(end, &number);
            range.reads(&format!("\"{end}\""), &number);
        }
    }
}

#[test]
fn integers_beyond_their_range_are_refused_also_as_strings() {
    let far = "9".repeat(100);
    for range in RANGES {
        for beyond in range.beyond.into_iter().chain(["-18446744073709551616", "36893488147419103232", &far])
        {
            for text in [beyond.to_owned(), format!("\"{beyond}\"")] {
                let (message, at) = range.with(&text);
                refused(kind(range.kind), &message, (OutOfRange, at, Some(range.field), None));
            }
        }
    }
}

#[test]
fn minus_zero_is_zero_also_as_a_string() {
    for range in RANGES {
        range.reads("-0", &json!(0));
        range.reads("\"-0\"", &json!(0));
    }
}
