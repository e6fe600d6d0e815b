//! The grammar between the values: brackets, commas, colons, white space, and what stands before and behind a message.

use offline_push::json::DecodeErrorKind::{
    EndOfInput, MissingField, TrailingText, UnexpectedByte, WrongType,
};
use serde_json::json;

use crate::common::kind;
use crate::strict::harness::{ANY_VALUE, reads, refused, refused_in_place};

/// What is no value, and at which byte that shows.
const NO_VALUES: &[(&str, usize)] = &[
    ("", 0),
    (",", 0),
    (":", 0),
    ("]", 0),
    ("}", 0),
    ("[1,]", 3),
    ("[1,\t]", 4),
    ("[,1]", 1),
    ("[,]", 1),
    ("[1,,2]", 3),
    ("[1 2]", 3),
    ("[1:2]", 2),
    ("[1}", 2),
    ("[}", 1),
    (r#"{"a":1,}"#, 7),
    (r#"{"a":1, }"#, 8),
    (r#"{,"a":1}"#, 1),
    ("{,}", 1),
    (r#"{"a":1,,"b":2}"#, 7),
    (r#"{"a":1 "b":2}"#, 7),
    (r#"{"a" 1}"#, 5),
    (r#"{"a",1}"#, 4),
    (r#"{"a"::1}"#, 5),
    (r#"{"a":}"#, 5),
    (r#"{"a"}"#, 4),
    (r#"{"a":1]"#, 6),
    ("{]", 1),
    ("{a:1}", 1),
    ("{'a':1}", 1),
    ("{1:2}", 1),
    ("{null:1}", 1),
    (r#"{["a"]:1}"#, 1),
    ("'a'", 0),
    ("nul", 3),
    ("nuLl", 2),
    ("True", 0),
    ("truE", 3),
    ("fals3", 4),
    ("NaN", 0),
    ("Infinity", 0),
    ("undefined", 0),
    ("/* c */1", 0),
    ("// c\n1", 0),
    ("\u{b}1", 0),
    ("\u{c}1", 0),
    ("\u{0}", 0),
    ("\u{a0}1", 0),
    ("\u{feff}1", 0),
];

#[test]
fn what_is_no_value_is_refused_also_where_nobody_asked_for_it() {
    for place in ANY_VALUE {
        for (text, at) in NO_VALUES {
            place.refuses(text, UnexpectedByte, *at);
            place.refuses(&format!("[[], {{\"k\": {text}"), UnexpectedByte, 11 + at);
        }
    }
}

#[test]
fn every_value_is_read_where_any_value_may_stand() {
    let values = [
        "null",
        "true",
        "false",
        "0",
        r#""""#,
        "[]",
        "[ ]",
        "{}",
        "{ }",
        "[[],{}]",
        "[null,true,false,0,\"\"]",
        "{\"a\":{\"a\":[{}]},\"b\":1}",
        "\n[\t1 ,\r2 ]\n",
        r#" { "a" : 1 , "b" : [ ] } "#,
    ];
    for place in ANY_VALUE {
        for text in values {
            place.reads(text);
        }
    }
}

/// Faults between the members of a message, with their offset. They are outside of any of its fields.
const FAULTS: &[(&str, usize)] = &[
    (r#"{,"result":0}"#, 1),
    (r#"{"result":0,}"#, 12),
    (r#"{"result":0, }"#, 13),
    (r#"{"result":0,,"desc":"d"}"#, 12),
    (r#"{"result":0 "desc":"d"}"#, 12),
    (r#"{"result":0:"desc"}"#, 11),
    (r#"{"result":0]"#, 11),
    (r#"{"desc":"d"]"#, 11),
    (r#"{"desc":"d" "result":0}"#, 12),
    (r#"{"desc":"d","result":0,}"#, 23),
    (r#"{"new":0,}"#, 9),
    (r#"{"result" 0}"#, 10),
    (r#"{"result","desc"}"#, 9),
    (r#"{"result"}"#, 9),
    (r#"{result:0}"#, 1),
    (r#"{'result':0}"#, 1),
    (r#"{null:0}"#, 1),
    (r#"{]"#, 1),
];

#[test]
fn a_fault_between_the_members_of_a_message_is_in_none_of_its_fields() {
    for (text, at) in FAULTS {
        refused(kind("vivo.send.reply"), text, (UnexpectedByte, *at, None, None));
    }
}

#[test]
fn a_fault_between_the_members_of_an_inner_message_is_in_the_field_that_holds_it() {
    let before = r#"{"result":0,"invalidUser":"#;
    for (text, at) in FAULTS {
        let text = text.replace("result", "status").replace("desc", "userid");
        let at = before.len() + at + 2 * text[..*at].matches("userid").count();
        let text = format!("{before}{text}}}");
        refused(kind("vivo.send.reply"), &text, (UnexpectedByte, at, Some("invalidUser"), None));
    }
}

#[test]
fn a_fault_between_the_elements_of_a_list_is_in_none_of_them() {
    for (text, at) in [(r#"["a" "b"]"#, 5), (r#"["a":"b"]"#, 4), (r#"["a"}"#, 4)] {
        let text = format!("{LIST}{text}}}}}");
        refused(kind("vivo.send"), &text, (UnexpectedByte, LIST.len() + at, Some("andTags"), None));
    }
}

#[test]
fn a_comma_in_a_list_wants_an_element() {
    for (text, at, index) in
        [("[,]", 1, 0), (r#"[,"a"]"#, 1, 0), (r#"["a",]"#, 5, 1), (r#"["a",,"b"]"#, 5, 1)]
    {
        let text = format!("{LIST}{text}}}}}");
        refused(kind("vivo.send"), &text, (UnexpectedByte, LIST.len() + at, Some("andTags"), Some(index)));
    }
}

const LIST: &str = r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"andTags":"#;

#[test]
fn a_fault_between_the_pairs_of_the_custom_map_is_in_the_map() {
    let before = r#"{"title":"t","content":"c","clientCustomMap":"#;
    let faults = [
        (r#"{"a":"b",}"#, 9),
        (r#"{,"a":"b"}"#, 1),
        (r#"{"a":"b" "c":"d"}"#, 9),
        (r#"{"a" "b"}"#, 5),
        (r#"{"a"}"#, 4),
        (r#"{"a":}"#, 5),
        (r#"{"a":"b"]"#, 8),
    ];
    for (text, at) in faults {
        let text = format!("{before}{text},\"requestId\":\"r\"}}");
        refused(kind("vivo.send"), &text, (UnexpectedByte, before.len() + at, Some("clientCustomMap"), None));
    }
}

#[test]
fn a_key_of_the_custom_map_is_a_string() {
    let before = r#"{"title":"t","content":"c","requestId":"r","clientCustomMap":{"#;
    for key in ["1", "null", "true", "[]", "a"] {
        let text = format!("{before}{key}:\"v\"}}}}");
        refused(kind("vivo.send"), &text, (UnexpectedByte, before.len(), Some("clientCustomMap"), None));
    }
}

/// Found by the differential test: resolved in place, the first string swallowed the opening of the second.
#[test]
fn two_strings_side_by_side_are_refused_at_the_second() {
    let reply = kind("vivo.send.reply");
    for text in [
        r#"{"result":0,"a\u0061""\u003a1,":2}"#,
        r#"{"result":0,"a":"\u0061""\u002c"}"#,
        r#"{"result":0,"a":["\u0061""\u002c1,"]}"#,
        r#"{"result":0,"a":["b""\u002c1,"]}"#,
    ] {
        refused(reply, text, (UnexpectedByte, text.find("\"\"").unwrap() + 1, None, None));
    }
    for text in
        [r#"{"result":0,"desc":"\u0061""\u002c","taskId":"t"}"#, r#"{"result":0,"desc":"\u0061""\u007d"#]
    {
        refused_in_place(
            reply,
            text.as_bytes(),
            (UnexpectedByte, text.find("\"\"").unwrap() + 1, None, None),
        );
    }
}

#[test]
fn nothing_is_no_message() {
    for text in ["", " ", "\n\t\r ", "{", "{ "] {
        refused(kind("vivo.send.reply"), text, (EndOfInput, text.len(), None, None));
    }
}

#[test]
fn decode_message_refuses_what_is_no_object() {
    for text in ["null", "true", "0", "-1", r#""{}""#, r#"[{"result":0}]"#, "[0]", "[[]]", "[null]"] {
        refused(kind("vivo.send.reply"), text, (WrongType, 0, None, None));
        refused(kind("vivo.send.reply"), &format!(" {text}"), (WrongType, 1, None, None));
    }
}

#[test]
fn decode_php_empty_message_lacks_its_required_members() {
    for (text, end) in [("[]", 1), ("[ ]", 2), (" [\r\n\t] ", 5)] {
        refused(kind("vivo.send.reply"), text, (MissingField, end, Some("result"), None));
        reads(kind("tim.info"), text, &json!({}));
        reads(kind("vivo.receipt"), text, &json!({}));
    }
    for text in ["[", "[ "] {
        refused(kind("tim.info"), text, (WrongType, 0, None, None));
    }
}

#[test]
fn a_byte_order_mark_or_nul_before_the_message_is_refused() {
    for before in ["\u{feff}", "\0", "\u{b}", "\u{a0}", ";", ")]}',"] {
        refused(
            kind("vivo.send.reply"),
            &format!("{before}{{\"result\":0}}"),
            (UnexpectedByte, 0, None, None),
        );
    }
}

#[test]
fn text_behind_the_message_is_refused() {
    for after in
        ["x", "}", "]", ",", "0", "{}", r#"{"result":0}"#, "null", "\"", "\0", "\u{feff}", "\u{a0}", "\u{b}"]
    {
        for space in ["", " ", "\r\n"] {
            let text = format!("{{\"result\":0}}{space}{after}");
            refused(kind("vivo.send.reply"), &text, (TrailingText, 12 + space.len(), None, None));
        }
    }
}

/// The tokens of a message; between them goes white space.
const TOKENS: &[&str] = &[
    "",
    "{",
    r#""title""#,
    ":",
    r#""t""#,
    ",",
    r#""content""#,
    ":",
    r#""c""#,
    ",",
    r#""clientCustomMap""#,
    ":",
    "{",
    r#""k""#,
    ":",
    r#""v""#,
    ",",
    r#""l""#,
    ":",
    "0",
    "}",
    ",",
    r#""requestId""#,
    ":",
    "7",
    ",",
    r#""tagExpression""#,
    ":",
    "{",
    r#""orTags""#,
    ":",
    "[",
    r#""a""#,
    ",",
    r#""b""#,
    "]",
    "}",
    ",",
    r#""appId""#,
    ":",
    "1",
    ",",
    r#""new""#,
    ":",
    "[",
    "{",
    r#""n""#,
    ":",
    "null",
    "}",
    ",",
    "1",
    "]",
    "}",
    "",
];

#[test]
fn white_space_may_stand_between_all_tokens() {
    let canonical = json!({
        "appId": 1, "title": "t", "content": "c", "clientCustomMap": {"k": "v", "l": 0}, "requestId": "7",
        "tagExpression": {"orTags": ["a", "b"]},
    });
    for space in ["", " ", "\t", "\n", "\r", " \r\n\t "] {
        reads(kind("vivo.send"), &TOKENS.join(space), &canonical);
    }
}

#[test]
fn nothing_but_the_four_is_white_space() {
    for space in
        ["\0", "\u{8}", "\u{b}", "\u{c}", "\u{1f}", "\u{7f}", "\u{85}", "\u{a0}", "\u{2028}", "\u{3000}"]
    {
        for gap in 1..TOKENS.len() {
            let (before, after) = (TOKENS[..gap].concat(), TOKENS[gap..].concat());
            let text = format!("{before}{space}{after}");
            let expected = if gap == TOKENS.len() - 1 { TrailingText } else { UnexpectedByte };
            for outcome in [(kind("vivo.send").from_str)(&text), kind("vivo.send").in_place(text.as_bytes())]
            {
                let error = outcome.unwrap_err();
                assert_eq!((error.kind(), error.offset()), (expected, before.len()), "{text:?}");
            }
        }
    }
}
