//! Messages in serde's formats, where these have rules of their own: what has no bound, and what is not text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::{encoded, value};
use offline_push::Ext;
use offline_push::json::{self, EncodeError, List, MAX_INSERTED_PAIRS, Map, Members, Raw};
use offline_push::tim::OfflinePushSettings;
use offline_push::vivo::{Notification, SendResponse, TagExpression};
use serde::de::value::{Error, MapDeserializer};
use serde::de::{Deserialize, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

fn push() -> Notification<'static> {
    Notification::new("标题", "内容", "request-1")
}

fn postcard<T: serde::Serialize>(model: &T) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_slice(model, &mut vec![0; 64 * 1024]).map(|bytes| bytes.to_vec())
}

fn tags<'a>(items: &'a [&'a str]) -> TagExpression<'a> {
    let mut tags = TagExpression::new();
    tags.or_tags = Some(List::from_slice(items));
    tags
}

#[test]
fn absent_fields_are_left_out_for_people_and_kept_for_machines() {
    assert_eq!(
        serde_json::to_string(&push()).unwrap(),
        r#"{"title":"标题","content":"内容","requestId":"request-1"}"#
    );
    // A byte for each of 23 absent fields, and a length for each of 3 texts.
    assert_eq!(postcard(&push()).unwrap().len(), 23 + 3 + "标题内容request-1".len());
}

#[test]
fn a_list_of_any_length_travels_through_postcard() {
    for (length, item) in [
        (0, ""),
        (1, ""),
        (1000, "深圳"),
        (100, "a tag that is longer than the pieces it travels in, far longer"),
    ] {
        let items = vec![item; length];
        let bytes = postcard(&tags(&items)).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(tags(&items)));
    }
}

/// It travels as JSON, whose escapes cannot be resolved in input that is only lent.
#[test]
fn a_list_with_text_that_needs_escapes_is_an_error_in_postcard_and_never_other_text() {
    for item in ["\"", "\\", "\n", "a\u{1}z"] {
        let bytes = postcard(&tags(&["plain", item])).unwrap();
        assert!(postcard::from_bytes::<TagExpression>(&bytes).is_err(), "{item:?}");
    }
}

#[test]
fn serialize_of_a_map_keeps_values_that_are_not_text() {
    let text = r#"{"title":"t","content":"c","clientCustomMap":{"k":"v","l":{"level":15}},"requestId":"r"}"#;
    let push: Notification = json::from_str(text).unwrap();
    assert_eq!(encoded(&push), text);
    assert_eq!(serde_json::to_string(&push).unwrap(), text);
    let bytes = postcard(&push).unwrap();
    assert_eq!(encoded(&postcard::from_bytes::<Notification>(&bytes).unwrap()), text);
    assert!(serde_json::from_str::<Notification>(text).is_err());
}

/// The pairs stand in it as they are, each text behind its length: this is stable within a minor version.
#[test]
fn serialize_of_a_map_is_one_text_in_postcard() {
    let map = Map::from_slice(&[("ext", r#"{"a":1}"#), ("", "标题")]);
    let bytes = postcard::to_slice(&map, &mut [0; 64]).unwrap().to_vec();
    assert_eq!(bytes[1..], *r#"3:ext7:{"a":1}0:6:标题"#.as_bytes());
}

#[test]
fn deserialize_of_a_map_is_bounded_for_people_alone() {
    let keys: Vec<_> = (0..1000).map(|number| format!("k{number}")).collect();
    let pairs: Vec<_> = keys.iter().map(|key| (key.as_str(), "v")).collect();
    for length in [0, 1, MAX_INSERTED_PAIRS, MAX_INSERTED_PAIRS + 1, 1000] {
        let mut push = push();
        push.client_custom_map = Some(Map::from_slice(&pairs[..length]));
        let (text, bytes) = (encoded(&push), postcard(&push).unwrap());
        assert_eq!(postcard::from_bytes(&bytes).as_ref(), Ok(&push));
        match serde_json::from_str::<Notification>(&text) {
            Ok(read) => assert_eq!((read, length <= MAX_INSERTED_PAIRS), (push, true)),
            Err(error) => assert!(length > MAX_INSERTED_PAIRS, "{error}"),
        }
    }
}

#[test]
fn serde_json_reads_no_list_and_no_raw_value() {
    for text in [r#"{"orTags":["a"]}"#, r#"{"andTags":[]}"#] {
        assert!(serde_json::from_str::<TagExpression>(text).is_err(), "{text}");
    }
    let text = r#"{"title":"t","content":"c","requestId":"r","auditReview":[]}"#;
    assert!(serde_json::from_str::<Notification>(text).is_err());
}

#[test]
fn serde_json_holds_messages_to_their_rules() {
    assert!(serde_json::from_str::<SendResponse>(r#"{"desc":"d"}"#).is_err(), "missing");
    assert!(serde_json::from_str::<SendResponse>(r#"{"result":0,"result":0}"#).is_err(), "twice");
    assert!(serde_json::from_str::<SendResponse>(r#"{"result":null}"#).is_err(), "null");
    assert!(serde_json::from_str::<SendResponse>(r#"{"result":2147483648}"#).is_err(), "range");
    let text = r#"{"new":[],"desc":null,"members":1,"result":0,"new":{},"members":2}"#;
    let reply: SendResponse = serde_json::from_str(text).unwrap();
    assert_eq!(encoded(&reply), r#"{"result":0}"#);
}

#[test]
fn raw_values_and_members_are_the_same_value_to_serde_json() {
    let values = [
        "null",
        "true",
        "0",
        "-0",
        "-7",
        "1.5",
        "18446744073709551615",
        "-9223372036854775808",
        r#""\u4e0d\n\ud83d\ude00""#,
        "[ ]",
        "{ }",
        r#"[ 1 , [ null , "a" ] , { "k\u0065y" : [ ] , "" : { } } ]"#,
    ];
    for text in values {
        let members = format!(r#"{{ "new" : {text} , "n\u0065wer":{text}}}"#);
        let mut push = push();
        push.audit_review = Some(Raw::new(text).unwrap());
        push.members = Some(Members::new(&members).unwrap());
        assert_eq!(value(&serde_json::to_string(&push).unwrap()), value(&encoded(&push)), "{text}");
    }
}

/// Beyond what a float holds there is no value to give to serde; null would be another one.
#[test]
fn a_raw_number_beyond_all_floats_is_an_error_in_serde_json_and_never_another_value() {
    for number in ["1e400", "-1e400", "[1e999]"] {
        let mut push = push();
        push.audit_review = Some(Raw::new(number).unwrap());
        assert_eq!(serde_json::to_string(&push).ok(), None, "{number}");
    }
}

/// A binary format that names its fields, as CBOR can.
struct Named(Vec<(&'static str, Text)>);

struct Text(&'static str);

impl<'de> Deserializer<'de> for Named {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::new(self.0.into_iter()))
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> Deserializer<'de> for Text {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_> for Text {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[test]
fn a_binary_format_with_names_keeps_every_field() {
    let fields = [
        ("content", Text("内容")),
        ("members", Text(r#"{"newSwitch":true}"#)),
        ("auditReview", Text("[1]")),
        ("title", Text("标题")),
        ("requestId", Text("request-1")),
    ];
    let mut expected = push();
    expected.audit_review = Some(Raw::new("[1]").unwrap());
    expected.members = Some(Members::new(r#"{"newSwitch":true}"#).unwrap());
    assert_eq!(Notification::deserialize(Named(fields.into())), Ok(expected));
}

#[test]
fn ext_is_text_for_people_and_bytes_for_machines() {
    let mut settings = OfflinePushSettings::new();
    for bytes in [&b""[..], b"plain", br#"{"entity":"\n"}"#, "今晚".as_bytes(), b"\xff\xfe\x00"] {
        settings.ext = Some(Ext::new(bytes));
        let written = postcard(&settings).unwrap();
        assert_eq!(postcard::from_bytes(&written), Ok(settings.clone()));
        assert_eq!(serde_json::to_string(&settings).is_ok(), str::from_utf8(bytes).is_ok());
    }
}

#[test]
fn ext_that_is_not_text_is_refused_by_name() {
    let refused = EncodeError::NotUtf8 { field: "offline_push_config_ext" };
    let mut settings = OfflinePushSettings::new();
    settings.title = Some("title");
    for bytes in [&b"\xff"[..], b"abc\xe4\xbd", b"\xed\xa0\x80"] {
        settings.ext = Some(Ext::new(bytes));
        for length in [0, 1, 40, 4096] {
            let mut buffer = vec![0; length];
            assert_eq!(json::to_slice(&settings, &mut buffer).map(|_| ()), Err(refused));
            assert_eq!(json::to_str(&settings, &mut buffer).map(|_| ()), Err(refused));
        }
        assert_eq!(json::to_vec::<_, 4096>(&settings).map(|_| ()), Err(refused));
    }
    settings.ext = Some(Ext::new(b"text"));
    assert!(encoded(&settings).ends_with(r#""offline_push_config_ext":"text"}"#));
}
