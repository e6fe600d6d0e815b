//! What an error says.

use offline_push::json::DecodeErrorKind::{self, BufferFull, EscapedText, InvalidNumber, WrongType};
use offline_push::json::{self, Members, Raw};
use offline_push::vivo::{AuthResponse, SendResponse};

use crate::common::kind;
use crate::strict::harness::refused;

#[test]
fn decode_error_names_the_innermost_field() {
    // In a reply only what is malformed is an error in an optional field.
    let text = r#"{"result":10302,"invalidUser":{"userid":"u","status":[01]}}"#;
    refused(kind("vivo.send.reply"), text, (InvalidNumber, 55, Some("status"), None));
    let text = r#"{"title":"t","content":"c","timedDisplay":{"overtimeDisplay":1},"requestId":"r"}"#;
    refused(kind("vivo.send"), text, (WrongType, 61, Some("overtimeDisplay"), None));
}

#[test]
fn the_element_of_a_list_is_named() {
    let before = r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"andTags":["#;
    for (text, index) in [("0", 0), (r#""a",0"#, 1), (r#""a","b",0"#, 2), (r#""a" , "b",[]"#, 2)] {
        let at = before.len() + text.rfind(['0', '[']).unwrap();
        let text = format!("{before}{text}]}}}}");
        refused(kind("vivo.send"), &text, (WrongType, at, Some("andTags"), Some(index)));
    }
}

#[test]
fn an_error_in_words_has_reason_field_element_and_offset() {
    let shown = |name: &str, text: &str| (kind(name).from_str)(text).unwrap_err().to_string();
    assert_eq!(shown("vivo.send.reply", ""), "the input ends too early at byte 0");
    assert_eq!(
        shown("vivo.send.reply", r#"{"result":[]}"#),
        "value of the wrong type in `result` at byte 10"
    );
    assert_eq!(shown("vivo.send.reply", "{}"), "missing field `result` at byte 1");
    assert_eq!(shown("vivo.send.reply", r#"{"result":0,"result":0}"#), "duplicate field `result` at byte 12");
    let text = r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"orTags":["a",1]}}"#;
    assert_eq!(shown("vivo.send", text), "value of the wrong type in `orTags`, list element 1, at byte 74");
}

#[test]
fn every_kind_of_error_has_words_of_its_own() {
    let kinds = [
        DecodeErrorKind::EndOfInput,
        DecodeErrorKind::UnexpectedByte,
        DecodeErrorKind::TrailingText,
        WrongType,
        InvalidNumber,
        DecodeErrorKind::NotAnInteger,
        DecodeErrorKind::OutOfRange,
        DecodeErrorKind::ControlCharacter,
        DecodeErrorKind::InvalidEscape,
        EscapedText,
        DecodeErrorKind::NotUtf8,
        DecodeErrorKind::TooDeep,
        DecodeErrorKind::DuplicateField,
        DecodeErrorKind::MissingField,
        BufferFull,
    ];
    let mut words: Vec<_> = kinds.iter().map(|kind| kind.description()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), kinds.len());
}

#[test]
fn a_scratch_buffer_is_as_long_as_the_input() {
    let input = br#"{"result":0,"desc":"\n"}"#;
    for length in 0..input.len() {
        let error = json::from_slice_with_scratch::<SendResponse>(input, &mut vec![0; length]).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (BufferFull, input.len()));
        assert_eq!((error.field(), error.index()), (None, None));
        assert!(error.to_string().contains(&format!("{} bytes", input.len())), "{error}");
    }
    for length in [input.len(), input.len() + 1, 1000] {
        let mut scratch = vec![0xee; length];
        let reply: SendResponse = json::from_slice_with_scratch(input, &mut scratch).unwrap();
        assert_eq!(reply.desc, Some("\n"));
    }
}

#[test]
fn an_error_is_small_and_an_error() {
    let error = json::from_str::<AuthResponse>("").unwrap_err();
    let copy = error;
    assert_eq!(error, copy);
    assert!(size_of_val(&error) <= 48, "{}", size_of_val(&error));
    let _: &dyn core::error::Error = &error;
}

#[test]
fn a_raw_value_names_the_fault_in_it() {
    let faults = [
        ("", DecodeErrorKind::EndOfInput, 0),
        ("  ", DecodeErrorKind::EndOfInput, 2),
        ("{a: 1}", DecodeErrorKind::UnexpectedByte, 1),
        ("[1,]", DecodeErrorKind::UnexpectedByte, 3),
        (" 01", InvalidNumber, 2),
        (r#"["\x"]"#, DecodeErrorKind::InvalidEscape, 2),
        ("\"a\nb\"", DecodeErrorKind::ControlCharacter, 2),
        ("[", DecodeErrorKind::EndOfInput, 1),
        ("nul", DecodeErrorKind::EndOfInput, 3),
        ("1 2", DecodeErrorKind::TrailingText, 2),
        ("{}}", DecodeErrorKind::TrailingText, 2),
        ("\u{feff}1", DecodeErrorKind::UnexpectedByte, 0),
    ];
    for (text, kind, offset) in faults {
        let error = Raw::new(text).unwrap_err();
        assert_eq!(
            (error.kind(), error.offset(), error.field(), error.index()),
            (kind, offset, None, None),
            "{text:?}"
        );
        let error = Members::new(text).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{text:?}");
    }
}

#[test]
fn further_members_are_an_object() {
    for text in ["1", "[]", "null", r#""{}""#] {
        let error = Members::new(text).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (WrongType, 0), "{text}");
    }
    assert_eq!(Members::new(" [1] ").unwrap_err().offset(), 1);
    assert_eq!(Members::new(" {} ").unwrap().as_str(), "{}");
}
