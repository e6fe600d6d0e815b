use std::format;
use std::string::String;
use std::vec::Vec;

use crate::json::object::message;
use crate::json::{self, DecodeErrorKind, Raw};

message! {
    /// Words.
    pub struct Words<'a> {
        /// The words.
        text: Option<&'a str> = "Text",
    }
}

message! {
    /// A picture.
    pub struct Picture<'a> {
        /// Which one.
        index: u32 = "Index",
        /// More of it.
        data: Option<&'a str> = "Data",
    }
}

tagged! {
    /// A part of a message.
    pub enum Part<'a> {
        /// Words.
        Words(Words) = "WordsPart",
        /// A picture.
        Picture(Picture) = "PicturePart",
    }
    /// Something else.
    else Other(
        /// Any other part.
        pub struct OtherPart<'a> {
            /// Which one.
            part_type: &'a str = "Type",
            /// What is in it.
            content: Raw<'a> = "Content",
        }
    )
}

fn words(text: &str) -> Part<'_> {
    Part::Words(Words { text: Some(text) })
}

fn in_place(json: &str) -> Result<String, json::DecodeError> {
    let mut bytes = json.as_bytes().to_vec();
    json::from_slice_in_place::<Part<'_>>(&mut bytes).map(|part| written(&part))
}

fn written(part: &Part<'_>) -> String {
    let mut buffer = std::vec![0; json::encoded_len(part)];
    json::to_str(part, &mut buffer).unwrap().into()
}

#[test]
fn the_tag_decides_wherever_it_stands() {
    for json in
        [r#"{"Type":"WordsPart","Content":{"Text":"hi"}}"#, r#"{"Content":{"Text":"hi"},"Type":"WordsPart"}"#]
    {
        assert_eq!(json::from_str(json), Ok(words("hi")));
    }
    let between = r#" { "x" : [{"Type":"PicturePart"}, 1e5, true] , "Content" : { "Text" : "hi" } , "Type" : "WordsPart" } "#;
    assert_eq!(json::from_str(between), Ok(words("hi")));
}

#[test]
fn escapes_are_resolved_where_they_are_text_and_nowhere_else() {
    let canonical = r#"{"Type":"WordsPart","Content":{"Text":"a\n\"中\""}}"#;
    for json in [
        r#"{"Type":"WordsPart","Content":{"Text":"a\n\"\u4e2d\""}}"#,
        r#"{"Content":{"Text":"a\n\"\u4e2d\""},"Type":"WordsPart"}"#,
        r#"{"Content":{"Text":"a\n\"\u4e2d\""},"\u0054ype":"Words\u0050art"}"#,
        r#"{"Content":{"x":"\n","Text":"a\n\"\u4e2d\"","y":{"z":["\\"]}},"x":"\"","Type":"WordsPart"}"#,
    ] {
        assert_eq!(in_place(json).as_deref(), Ok(canonical), "{json}");
    }
    let other = r#"{"Type":"x\ny","Content":{"Text":"a\n\"\u4e2d\"", "Type" : "WordsPart"}}"#;
    assert_eq!(in_place(other).as_deref(), Ok(other));
}

#[test]
fn a_tag_that_only_looks_like_one_in_escapes_is_none() {
    // The text is `Words\u0050art`, to the letter.
    let json = r#"{"Content":{"Text":"a\nb"},"Type":"Words\\u0050art"}"#;
    let mut bytes = json.as_bytes().to_vec();
    let part: Part<'_> = json::from_slice_in_place(&mut bytes).unwrap();
    assert_eq!(part.part_type(), r"Words\u0050art");
    assert!(
        matches!(part, Part::Other(OtherPart { content, .. }) if content.as_str() == r#"{"Text":"a\nb"}"#)
    );
}

#[test]
fn decode_tagged_needs_both_members_once() {
    let error = |json| json::from_str::<Part<'_>>(json).unwrap_err();
    for (json, kind, field) in [
        (r#"{"Type":"WordsPart"}"#, DecodeErrorKind::MissingField, Some("Content")),
        (r#"{"Type":"else"}"#, DecodeErrorKind::MissingField, Some("Content")),
        (r#"{"Content":{}}"#, DecodeErrorKind::MissingField, Some("Type")),
        ("{}", DecodeErrorKind::MissingField, Some("Type")),
        (
            r#"{"Type":"WordsPart","Type":"WordsPart","Content":{}}"#,
            DecodeErrorKind::DuplicateField,
            Some("Type"),
        ),
        (
            r#"{"Type":"WordsPart","Content":{},"Content":{}}"#,
            DecodeErrorKind::DuplicateField,
            Some("Content"),
        ),
        (r#"{"Type":"WordsPart","Content":[0]}"#, DecodeErrorKind::WrongType, Some("Content")),
        (r#"{"Type":"WordsPart","Content":{"Text":1}}"#, DecodeErrorKind::WrongType, Some("Text")),
        (r#"{"Type":1,"Content":{}}"#, DecodeErrorKind::WrongType, Some("Type")),
        (r#"{"Type":"WordsPart","Content":{}"#, DecodeErrorKind::EndOfInput, None),
        ("0", DecodeErrorKind::WrongType, None),
        // PHP's empty object.
        ("[]", DecodeErrorKind::MissingField, Some("Type")),
        (r#"{"Type":"Words\u0050art","Content":{}}"#, DecodeErrorKind::EscapedText, Some("Type")),
    ] {
        let error = error(json);
        assert_eq!((error.kind(), error.field()), (kind, field), "{json}");
    }
}

#[test]
fn decode_php_empty_content_of_known_tag_is_empty_object() {
    for json in [r#"{"Type":"WordsPart","Content":[]}"#, r#"{"Content":[ ],"Type":"WordsPart"}"#] {
        assert_eq!(json::from_str(json), Ok(Part::Words(Words { text: None })), "{json}");
        assert_eq!(in_place(json).as_deref(), Ok(r#"{"Type":"WordsPart","Content":{}}"#), "{json}");
    }
    let other = r#"{"Type":"else","Content":[ ]}"#;
    assert_eq!(in_place(other).as_deref(), Ok(other));
}

#[test]
fn what_is_broken_is_found_in_place_where_it_is_found_else() {
    let good = [
        r#"{"Content":{"Text":"a\nb","x":{"y":[1,"\\"]}},"x":-1.5e3,"Type":"WordsPart"}"#,
        r#"{"Content":{"Index":1,"Data":"\u0000"},"Type":"PicturePart","x":null}"#,
    ];
    for good in good {
        assert!(in_place(good).is_ok(), "{good}");
        for at in 0..good.len() {
            let mut cut: Vec<u8> = good.as_bytes()[..at].to_vec();
            let by_part = json::from_slice_in_place::<Part<'_>>(&mut cut).map(|_| ()).unwrap_err();
            assert_eq!(
                (by_part.kind(), by_part.offset()),
                (DecodeErrorKind::EndOfInput, at),
                "{}",
                &good[..at]
            );
            for byte in [b'"', b'\\', b'{', b'}', b']', b',', b'\x01', b'x'] {
                let mut damaged = good.as_bytes().to_vec();
                damaged[at] = byte;
                let text = String::from_utf8(damaged.clone()).unwrap();
                let by_serde = serde_json::from_str::<serde_json::Value>(&text);
                let ours = json::from_slice_in_place::<Part<'_>>(&mut damaged);
                // Both see what is malformed; the rules of the message are ours alone.
                assert!(by_serde.is_ok() || ours.is_err(), "{text}");
                if let (Err(theirs), Err(ours)) = (by_serde, ours) {
                    // They count columns behind the byte they do not like.
                    let strict =
                        !matches!(ours.kind(), DecodeErrorKind::WrongType | DecodeErrorKind::DuplicateField);
                    assert!(!strict || ours.offset() <= theirs.column() + 5, "{text}: {ours} {theirs}");
                }
            }
        }
    }
}

#[test]
fn unknown_members_may_nest_as_deep_behind_the_tag_as_before_it() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for (depth, good) in [(json::MAX_DEPTH, true), (json::MAX_DEPTH + 1, false)] {
        for json in [
            format!(r#"{{"Type":"WordsPart","Content":{{"x":{},"Text":"\n"}}}}"#, deep(depth)),
            format!(r#"{{"Content":{{"x":{},"Text":"\n"}},"Type":"WordsPart"}}"#, deep(depth)),
        ] {
            assert_eq!(in_place(&json).is_ok(), good, "{json}");
        }
    }
}

#[test]
fn serde_writes_the_json_and_postcard_its_text() {
    let other = Part::Other(OtherPart { part_type: "else", content: Raw::new("[1,2]").unwrap() });
    for part in [words("hi\n"), other] {
        let text = written(&part);
        assert_eq!(serde_json::to_string(&part).unwrap(), text);
        let mut buffer = [0; 64];
        let bytes = postcard::to_slice(&part, &mut buffer).unwrap();
        assert_eq!(postcard::from_bytes(bytes), Ok(text.as_str()));
    }
}
