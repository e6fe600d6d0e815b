//! Messages in serde's formats, where these have rules of their own: for values without a bound, and for formats that are not text.

use crate::common::encoded;
use offline_push::Ext;
use offline_push::json::{self, EncodeError, List, Map, Members, Raw};
use offline_push::tim::{MessagePush, OfflinePushInfo, OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{InvalidUser, Notification, SendResponse, TagExpression, UserStatus};
use serde::de::value::{Error, MapDeserializer};
use serde::de::{Deserialize, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

fn push() -> Notification<'static> {
    Notification::new("标题", "内容", "request-1")
}

fn postcard<T: serde::Serialize>(model: &T) -> Vec<u8> {
    postcard::to_slice(model, &mut vec![0; 64 * 1024]).unwrap().to_vec()
}

#[test]
fn serialize_absent_fields_are_left_out_of_json_alone() {
    assert_eq!(
        serde_json::to_string(&push()).unwrap(),
        r#"{"title":"标题","content":"内容","requestId":"request-1"}"#
    );
    // One byte for each of 2 absent fields, one for the number, and one for the length of the text.
    let token = OfflinePushToken::new(1, "token");
    assert_eq!(postcard(&token).len(), 2 + 1 + 1 + "token".len());
}

/// The shape in binary formats is stable within a minor version.
#[test]
fn postcard_bytes_of_a_plain_message() {
    let mut token = OfflinePushToken::new(6666, "a\"\n");
    let bytes = b"\x03a\"\n\x8a\x34\0\0";
    assert_eq!(postcard(&token), bytes);
    assert_eq!(postcard::from_bytes(bytes), Ok(token.clone()));
    token.is_tpns_token = Some(true);
    let bytes = b"\x03a\"\n\x8a\x34\x01\x01\0";
    assert_eq!(postcard(&token), bytes);
    assert_eq!(postcard::from_bytes(bytes), Ok(token));
}

/// The same. Serde cannot read a notification, which may hold lists and raw values. So it is written as JSON text, and read as such.
#[test]
fn postcard_bytes_of_a_message_with_a_map() {
    let pairs = [("k", "a\nb")];
    let mut push = Notification::new("t", "c", "r");
    push.client_custom_map = Some(Map::from_slice(&pairs));
    let bytes = postcard(&push);
    let text = r#"{"title":"t","content":"c","clientCustomMap":{"k":"a\nb"},"requestId":"r"}"#;
    assert_eq!(bytes, [&[74], text.as_bytes()].concat());

    let text: &str = postcard::from_bytes(&bytes).unwrap();
    let mut scratch = [0; 128];
    assert_eq!(json::from_slice_with_scratch(text.as_bytes(), &mut scratch), Ok(push));
}

/// The same.
#[test]
fn postcard_bytes_of_a_message_with_a_slot() {
    let mut push = Notification::new("t", "c", "r");
    push.members = Some(Members::new(r#"{"new":[1.50]}"#).unwrap());
    let text = r#"{"title":"t","content":"c","requestId":"r","new":[1.50]}"#;
    assert_eq!(postcard(&push), [&[56], text.as_bytes()].concat());
}

/// The same. Here serde can read every field.
#[test]
fn postcard_bytes_of_a_slot_that_serde_reads() {
    let mut settings = OfflinePushSettings::new();
    settings.title = Some("a\n");
    let mut message = MessagePush::new(settings);
    message.members = Some(Members::new(r#"{"new":"\n"}"#).unwrap());
    let bytes = b"\x01\x01\x02a\n\0\0\0\0\0\0\0\0\x01\x0c{\"new\":\"\\n\"}";
    assert_eq!(postcard(&message), bytes);
    assert_eq!(postcard::from_bytes(bytes), Ok(message.clone()));
    message.members = None;
    let text = r#"{"message_offline_push_config":{"offline_push_config_title":"a"},"new":1,"members":{}}"#;
    message.offline_push_config.as_mut().unwrap().title = Some("a");
    assert_eq!(serde_json::from_str::<MessagePush>(text).unwrap(), message);
}

#[test]
fn postcard_list_is_json_text() {
    let items = ["深圳", "\"\n\\"];
    let mut tags = TagExpression::new();
    tags.or_tags = Some(List::from_slice(&items));
    assert_eq!(postcard::from_bytes(&postcard(&tags)), Ok(encoded(&tags).as_str()));
    assert_eq!(postcard::from_bytes(&postcard(&tags.or_tags.unwrap())), Ok(r#"["深圳","\"\n\\"]"#));
}

#[test]
fn postcard_json_text_refuses_bytes_that_are_not_utf8() {
    let mut info = OfflinePushInfo::new();
    info.ext = Some(Ext::new(b"\xff"));
    assert!(postcard::to_slice(&info, &mut [0; 256]).is_err());
    assert!(serde_json::to_string(&info).is_err());
}

#[test]
fn serialize_map_with_values_that_are_not_text() {
    let text = r#"{"title":"t","content":"c","clientCustomMap":{"k":"v","l":{"level":15}},"requestId":"r"}"#;
    let push: Notification = json::from_str(text).unwrap();
    assert_eq!(encoded(&push), text);
    assert_eq!(serde_json::to_string(&push).unwrap(), text);
    let map = push.client_custom_map.unwrap();
    let bytes = postcard(&map);
    assert_eq!(postcard::from_bytes(&bytes), Ok(r#"{"k":"v","l":{"level":15}}"#));
}

/// Such an array cannot be read: it begins with the fields that are present, and does not say which they are.
#[test]
fn from_str_array_is_refused() {
    let error = serde_json::from_str::<OfflinePushToken>(r#"["token",1,null,null]"#).unwrap_err();
    assert!(error.to_string().starts_with("`OfflinePushToken`: cannot read an object"), "{error}");
}

#[test]
fn from_str_serde_json_keeps_the_rules_of_messages() {
    assert!(serde_json::from_str::<SendResponse>(r#"{"desc":"d"}"#).is_err(), "missing");
    assert!(serde_json::from_str::<SendResponse>(r#"{"result":0,"result":0}"#).is_err(), "twice");
    assert!(serde_json::from_str::<SendResponse>(r#"{"result":null}"#).is_err(), "null");
    assert!(serde_json::from_str::<SendResponse>(r#"{"result":2147483648}"#).is_err(), "range");
    let text = r#"{"new":[],"desc":null,"members":1,"result":0,"new":{},"members":2}"#;
    let reply: SendResponse = serde_json::from_str(text).unwrap();
    assert_eq!(encoded(&reply), r#"{"result":0}"#);
}

/// For a number beyond all floats there is no value to give to serde, and null would be another value.
#[test]
fn serialize_raw_number_beyond_all_floats_is_an_error() {
    for number in ["1e400", "-1e400", "[1e999]"] {
        let mut push = push();
        push.audit_review = Some(Raw::new(number).unwrap());
        assert_eq!(serde_json::to_string(&push).ok(), None, "{number}");
    }
}

/// A binary format that names its fields, as CBOR can: the names and texts of a message, or one text.
#[derive(Clone)]
enum Named {
    Message(Vec<(&'static str, Self)>),
    Text(&'static str),
}

impl<'de> Deserializer<'de> for Named {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Message(members) => visitor.visit_map(MapDeserializer::new(members.into_iter())),
            Self::Text(text) => visitor.visit_borrowed_str(text),
        }
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

impl IntoDeserializer<'_> for Named {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[test]
fn deserialize_binary_format_with_names() {
    let fields = [("sender", "a"), ("userid", "内容"), ("status", "1")];
    let fields = fields.map(|(name, text)| (name, Named::Text(text)));
    let error = InvalidUser::deserialize(Named::Message(fields.to_vec())).unwrap_err();
    assert!(error.to_string().starts_with("`status`: cannot read an integer"), "{error}");
    let mut expected = InvalidUser::new(UserStatus::new(1), "内容");
    expected.status = None;
    assert_eq!(InvalidUser::deserialize(Named::Message(fields[..2].to_vec())), Ok(expected));
}

#[test]
fn encode_ext_that_is_not_text_names_the_field() {
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
        assert_eq!(json::to_heapless_vec::<_, 4096>(&settings).map(|_| ()), Err(refused));
    }
    settings.ext = Some(Ext::new(b"text"));
    assert!(encoded(&settings).ends_with(r#""offline_push_config_ext":"text"}"#));
}
