//! A message at the start of longer text.

use offline_push::json;
use offline_push::json::DecodeErrorKind::{EndOfInput, EscapedText, MissingField};
use offline_push::vivo::{ResultCode, SendResponse};

#[test]
fn the_rest_begins_behind_the_closing_brace() {
    for rest in ["", " ", "\n", "x", "}", ",", "{\"result\":1}", "\0", "\u{feff}", "[1,]", "不", "\"\\x"] {
        for message in [r#"{"result":10302,"desc":"d"}"#, r#" { "desc" : "d" , "result" : 10302 }"#] {
            let text = format!("{message}{rest}");
            let (reply, after) = json::from_prefix::<SendResponse>(&text).unwrap();
            assert_eq!((reply.result, reply.desc), (ResultCode::new(10302), Some("d")));
            assert_eq!(after, rest, "{text:?}");
        }
    }
}

#[test]
fn messages_in_a_row_are_read_one_after_the_other() {
    let mut rest = "{\"result\":1}{\"result\":2} {\"result\":3}\n\n{\"result\":4}";
    let mut results = Vec::new();
    while !rest.is_empty() {
        let (reply, after) = json::from_prefix::<SendResponse>(rest).unwrap();
        results.push(reply.result.get());
        rest = after;
    }
    assert_eq!(results, [1, 2, 3, 4]);
}

#[test]
fn a_message_that_has_not_arrived_whole_is_an_error() {
    let cases = [
        ("", EndOfInput, 0),
        (" ", EndOfInput, 1),
        (r#"{"result":1"#, EndOfInput, 11),
        (r#"{"desc":"}"#, EndOfInput, 10),
        (r#"{"desc":"d"}"#, MissingField, 11),
        (r#"{"result":1,"desc":"\n"}"#, EscapedText, 20),
    ];
    for (text, kind, offset) in cases {
        let error = json::from_prefix::<SendResponse>(text).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{text}");
    }
}
