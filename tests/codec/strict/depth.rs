//! How deep a value may nest, and that no depth costs stack.

use offline_push::json::DecodeErrorKind::{EndOfInput, TooDeep, WrongType};
use offline_push::json::{MAX_DEPTH, Raw};
use serde_json::json;

use crate::common::kind;
use crate::strict::harness::{reads, refused};

/// Values where any may stand, at `§`, with the field that an error names.
const PLACES: &[(&str, Option<&str>)] = &[
    (r#"{"new":§,"title":"t","content":"c","requestId":"r"}"#, None),
    (r#"{"title":"t","content":"c","requestId":"r","auditReview":§}"#, Some("auditReview")),
    (r#"{"title":"t","content":"c","requestId":"r","clientCustomMap":{"k":§}}"#, Some("clientCustomMap")),
];

/// The opening and closing text of one level, in lists, in objects, and in both by turns.
const LEVELS: &[[(&str, &str); 2]] = &[
    [("[", "]"), ("[", "]")],
    [(r#"{"a":"#, "}"), (r#"{"a":"#, "}")],
    [("[ 0, ", ",{} ]"), (r#"{"a":[],"b":"#, r#","c":""}"#)],
];

fn nested(levels: &[(&str, &str); 2], depth: usize) -> String {
    let mut text = String::new();
    for level in 0..depth {
        text.push_str(levels[level % 2].0);
    }
    text.push('0');
    for level in (0..depth).rev() {
        text.push_str(levels[level % 2].1);
    }
    text
}

#[test]
fn at_least_32_levels_are_read() {
    const { assert!(MAX_DEPTH >= 32) };
}

#[test]
fn a_value_may_nest_as_deep_as_the_limit() {
    for levels in LEVELS {
        // The innermost level of the mixed ones holds an empty container beside the next.
        let depth = if levels[0] == levels[1] { MAX_DEPTH } else { MAX_DEPTH - 1 };
        let text = nested(levels, depth);
        assert_eq!(Raw::new(&text).unwrap().as_str(), text);
        for (template, field) in PLACES {
            let message = template.replace('§', &text);
            let mut expected = crate::common::value(&message);
            if field.is_none() {
                expected.as_object_mut().unwrap().shift_remove("new");
            }
            reads(kind("vivo.send"), &message, &expected);
        }
    }
}

#[test]
fn a_value_that_nests_deeper_is_refused_where_it_does() {
    for levels in &LEVELS[..2] {
        let text = nested(levels, MAX_DEPTH + 1);
        let fault = MAX_DEPTH * levels[0].0.len();
        for (template, field) in PLACES {
            let at = template.find('§').unwrap() + fault;
            refused(kind("vivo.send"), &template.replace('§', &text), (TooDeep, at, *field, None));
        }
        let error = Raw::new(&text).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (TooDeep, fault));
    }
    // An empty container is a level, too.
    let text = format!("{}{{}}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    assert_eq!(Raw::new(&text).unwrap_err().kind(), TooDeep);
}

#[test]
fn many_values_side_by_side_are_not_deep() {
    let flat = format!("[{}{{}}]", "[[]],{\"a\":[]},".repeat(10_000));
    let message = format!(r#"{{"result":0,"new":{flat},"newer":{flat}}}"#);
    reads(kind("vivo.send.reply"), &message, &json!({"result": 0}));
}

#[test]
fn a_hundred_thousand_levels_cost_no_stack() {
    // So little that recursion would not go far.
    let little = std::thread::Builder::new().stack_size(256 * 1024);
    let test = little.spawn(|| {
        for open in ["[", r#"{"a":"#] {
            let text = open.repeat(100_000);
            let fault = MAX_DEPTH * open.len();
            for (template, field) in PLACES {
                let at = template.find('§').unwrap() + fault;
                refused(kind("vivo.send"), &template.replace('§', &text), (TooDeep, at, *field, None));
            }
            let message = format!(r#"{{"title":{text}"#);
            refused(kind("vivo.send"), &message, (WrongType, 9, Some("title"), None));
        }
        // Known messages within messages have an end, whatever the input says.
        let message = r#"{"result":0,"invalidUser":"#.repeat(100_000);
        let error = (kind("vivo.send.reply").from_str)(&message).unwrap_err();
        assert_eq!(error.kind(), TooDeep);
        let message = r#"{"result":0,"invalidUser":"#.repeat(3);
        refused(kind("vivo.send.reply"), &message, (EndOfInput, message.len(), Some("invalidUser"), None));
    });
    test.unwrap().join().unwrap();
}
