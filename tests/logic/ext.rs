//! The kinds of ext: the containers of Tencent's apps, other JSON, text, bytes; and whatever a hostile sender makes
//! of them.

use std::time::{Duration, Instant};

use crate::common::fixtures::{self, EXTS};
use crate::common::{encoded, value};
use offline_push::ext::{
    ChatType, Conversation, ConversationExt, CustomData, Entity, ExtContent, ExtInfo, TimPushFeatures,
};
use offline_push::json::{self, DecodeErrorKind, EncodeError, Raw, Revealed};
use offline_push::{CheckError, Ext, Rule};

const ROOM: usize = 1024;

/// Passes on the content of the ext, which borrows from a scratch buffer of the ext's own length.
fn content<T>(ext: Ext, look: impl FnOnce(ExtContent) -> T) -> T {
    let mut scratch = vec![0; ext.as_bytes().len()];
    look(ext.content(&mut scratch).expect("scratch as long as the ext suffices"))
}

fn entity(text: &str) -> Entity<'_> {
    json::from_str::<ExtInfo>(text).unwrap().entity.unwrap()
}

#[test]
fn content_of_every_sample() {
    for file in EXTS {
        let text = fixtures::read(file);
        content(Ext::from(text.as_str()), |content| {
            let (kind, read) = match content {
                ExtContent::Chat(info) => {
                    assert_eq!(info.check(), Ok(()), "{file}");
                    ("chat", encoded(&info))
                }
                ExtContent::Conversation(ext) => ("conversation", encoded(&ext)),
                ExtContent::Json(raw) => ("json", raw.to_string()),
                other => unreachable!("{file} {other:?}"),
            };
            let expected = match *file {
                file if file.contains("conversation_id") => "conversation",
                "tencent/ext_deeplink.json" | "tencent/ext_level_task.json" => "json",
                _ => "chat",
            };
            assert_eq!((kind, value(&read)), (expected, value(&text)), "{file}");
        });
    }
}

/// JSON of neither container, and text that is not JSON.
#[test]
fn content_of_what_is_no_container() {
    for text in [
        "{}",
        "null",
        r#""text""#,
        r#"[{"entity":{}}]"#,
        r#"{"a":{"entity":{}}}"#,
        r#"{"Entity":{},"entity ":{},"conversationId":"c2c_a","entit":{}}"#,
        r#"{"a":"\"entity\":{}","\n":"\ud83d\ude00"}"#,
        // A field of another type, or twice.
        r#"{"entity":null}"#,
        r#"{"entity":[]}"#,
        r#"{"entity":"chat"}"#,
        r#"{"entity":{"chatType":"group"}}"#,
        r#"{"entity":{"action":1,"action":2}}"#,
        r#"{"entity":{},"entity":{}}"#,
        r#"{"entity":1,"entity":{}}"#,
        r#"{"entity":{},"timPushFeatures":[0]}"#,
        r#"{"entity":{"version":2147483648},"conversationID":"c2c_alice"}"#,
        r#"{"conversationID":null}"#,
        r#"{"conversationID":["c2c_alice"]}"#,
        r#"{"conversationID":"a","conversationID":"a"}"#,
    ] {
        assert_eq!(Ext::from(text).content(&mut []), Ok(ExtContent::Json(Raw::new(text).unwrap())), "{text}");
    }
    // The format descriptions of the REST API, and the guide.
    for text in ["Passthrough content", "ext content", "这是透传的内容", ""] {
        assert_eq!(Ext::from(text).content(&mut []), Ok(ExtContent::Text(text)));
    }
    for bytes in [&b"\xff"[..], b"{\"entity\":{\"content\":\"\xe4\xbd\"}}", b"\xed\xa0\x80\\n"] {
        assert_eq!(Ext::new(bytes).content(&mut []), Ok(ExtContent::Bytes(bytes)));
    }
}

/// The chat that a tap opens, named by either container that the app can act on. An entity counts before an id.
#[test]
fn content_conversation_of_either_container() {
    for (text, chat) in [
        (r#"{"entity":{"sender":"alice"}}"#, Some(r#"C2c("alice")"#)),
        (r#"{"entity":{"version":1,"action":1,"chatType":2,"sender":"dev"}}"#, Some(r#"Group("dev")"#)),
        (r#"{"\u0065ntity":{"sender":"bob"}}"#, Some(r#"C2c("bob")"#)),
        (r#"{"conversationID":"group_dev"}"#, Some(r#"Group("dev")"#)),
        (r#"{"conversation\u0049D":"c2c_\u0061"}"#, Some(r#"C2c("a")"#)),
        (r#"{"conversationID":"c2c_alice","entity":{"sender":"bob"}}"#, Some(r#"C2c("bob")"#)),
        (r#"{"entity":{"sender":"bob"},"conversationID":"c2c_alice"}"#, Some(r#"C2c("bob")"#)),
        (r#"{"entity":[],"conversationID":"c2c_alice"}"#, Some(r#"C2c("alice")"#)),
        (r#"{"entity":{"version":2,"sender":"alice"}}"#, None),
        (r#"{"entity":{"action":2,"sender":"alice"}}"#, None),
        (r#"{"entity":{"sender":""}}"#, None),
        (r#"{"conversationID":""}"#, None),
        (r#"{"level":15}"#, None),
        ("c2c_alice", None),
    ] {
        let opens = |content: ExtContent| content.conversation().map(|chat| format!("{:?}", Revealed(&chat)));
        assert_eq!(content(Ext::from(text), opens).as_deref(), chat, "{text}");
    }
}

/// The shapes that current apps send: text where an object is expected, and options without a chat.
#[test]
fn content_of_the_shapes_of_current_apps() {
    for (text, kind, chat) in [
        (r#"{"entity":"{\"sender\":\"u1\",\"chatType\":1,\"action\":1}"}"#, "chat", Some("u1")),
        (r#"{"\u0065ntity":" \u007b\"sender\":\"\\u0061\\n\"}\n"}"#, "chat", Some("a\n")),
        (
            r#"{"timPushFeatures":"{\"fcmPushType\":1}","entity":"{\"sender\":\"u1\"}"}"#,
            "chat with features",
            Some("u1"),
        ),
        (
            r#"{"entity":"{\"sender\":\"u1\"}","timPushFeatures":{"fcmPushType":1}}"#,
            "chat with features",
            Some("u1"),
        ),
        (r#"{"entity":"{\"sender\":\"u1\"}","timPushFeatures":null}"#, "chat", Some("u1")),
        (r#"{"entity":"{}"}"#, "chat", None),
        (r#"{"entity":"{}","conversationID":"c2c_u2"}"#, "chat", None),
        (r#"{"entity":"a","conversationID":"c2c_u2"}"#, "conversation", Some("u2")),
        (r#"{"entity":{"sender":"u1","customData":"text"}}"#, "chat", Some("u1")),
        (r#"{"entity":{"sender":"u1","customData":{"a":[1]}}}"#, "chat", Some("u1")),
        (r#"{"timPushFeatures":{"fcmPushType":1,"fcmNotificationType":1}}"#, "features", None),
        (r#"{"timPushFeatures":{}}"#, "features", None),
        // An app's own ext with options, and text that is no entity.
        (r#"{"timPushFeatures":{},"own":1}"#, "json", None),
        (r#"{"timPushFeatures":{"fcmPushType":"a"}}"#, "json", None),
        (r#"{"entity":"{\"sender\":[]}"}"#, "json", None),
        (r#"{"entity":"{\"sender\":\"u1\""}"#, "json", None),
        (r#"{"entity":"{}","entity":"{}"}"#, "json", None),
        (r#"{"entity":"{}","timPushFeatures":[0]}"#, "json", None),
        (r#"{"entity":"{}","timPushFeatures":"{"}"#, "json", None),
        (r#"{"entity":"[{}]"}"#, "json", None),
    ] {
        content(Ext::from(text), |content| {
            let id = content.conversation().map(|chat| match chat {
                Conversation::C2c(id) => id.to_string(),
                other => unreachable!("{other:?}"),
            });
            let read = match content {
                ExtContent::Chat(info) if info.tim_push_features.is_some() => "chat with features",
                ExtContent::Chat(_) => "chat",
                ExtContent::Conversation(_) => "conversation",
                ExtContent::Features(_) => "features",
                ExtContent::Json(_) => "json",
                other => unreachable!("{other:?}"),
            };
            assert_eq!((read, id.as_deref()), (kind, chat), "{text}");
        });
    }
}

#[test]
fn content_text_comes_out_as_it_was_typed() {
    let typed = "\"今晚\"\\七点 = 19:00\n\t/ 老地方 😀\u{0}\u{1f}\u{7f}\u{2028}";
    let mut sent = Entity::new(ChatType::C2C, "alice");
    sent.content = Some(typed);
    let text = encoded(&ExtInfo::new(sent));
    // As this crate writes it; as Gson does, which also escapes for HTML and JavaScript; and as senders of ASCII do.
    let gson = text.replace('\u{2028}', "\\u2028").replace('=', "\\u003d");
    let ascii = gson.replace("今晚", "\\u4eca\\u665a").replace('😀', "\\uD83D\\ude00");
    for text in [text, gson, ascii] {
        for ext in [Ext::from(text.as_str()), Ext::new(text.as_bytes())] {
            content(ext, |content| {
                let ExtContent::Chat(info) = content else { unreachable!("{content:?}") };
                assert_eq!(info.entity.unwrap().content, Some(typed), "{text}");
            });
        }
    }
}

#[test]
fn content_short_scratch_names_the_needed_length() {
    for (text, trimmed) in [
        (r#"{"entity":{"content":"\n"}}"#, 27),
        (r#" {"conversationID":"\n"} "#, 23),
        (r#"{"entity":{},"new":"\\"}"#, 24),
        (r#"{"entity":"{}"}"#, 15),
    ] {
        for length in 0..trimmed {
            let error = Ext::from(text).content(&mut vec![0; length]).unwrap_err();
            assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::BufferFull, trimmed), "{text}");
        }
        let mut scratch = vec![0; trimmed];
        assert!(!matches!(Ext::from(text).content(&mut scratch), Ok(ExtContent::Json(_)) | Err(_)), "{text}");
    }
    for text in [r#"{"entity":{"content":"今晚"}}"#, r#"{"entity":"\n"}"#, "\\n"] {
        assert!(Ext::from(text).content(&mut []).is_ok(), "{text}");
    }
}

#[test]
fn to_message_error_names_the_reason() {
    for (bytes, kind) in [
        (&b"ext content"[..], DecodeErrorKind::UnexpectedByte),
        (br#"{"entity":[0]}"#, DecodeErrorKind::WrongType),
        (br#"{"entity":{"content":"\x"}}"#, DecodeErrorKind::InvalidEscape),
        (b"{\"entity\":\"\xff\"}", DecodeErrorKind::NotUtf8),
        (b"{\"entity\":\"\\n\xff\"}", DecodeErrorKind::NotUtf8),
    ] {
        let error = Ext::new(bytes).to_message::<ExtInfo>(&mut [0; 64]).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
    }
    let missing = Ext::from("{}").to_message::<ConversationExt>(&mut []).unwrap_err();
    assert_eq!((missing.kind(), missing.field()), (DecodeErrorKind::MissingField, Some("conversationID")));
    let short = Ext::from(r#"{"new":"\n"}"#).to_message::<ExtInfo>(&mut [0; 11]).unwrap_err();
    assert_eq!((short.kind(), short.offset()), (DecodeErrorKind::BufferFull, 12));
}

#[test]
fn to_message_without_escapes_borrows_from_the_ext() {
    let text = String::from(r#"{"entity":{"sender":"alice"}}"#);
    let info: ExtInfo = Ext::from(text.as_str()).to_message(&mut []).unwrap();
    let sender = info.entity.unwrap().sender.unwrap();
    assert!(text.as_bytes().as_ptr_range().contains(&sender.as_ptr()));
}

#[test]
fn from_message_is_the_ext_of_its_json() {
    let info = ExtInfo::new(Entity::new(ChatType::GROUP, "g"));
    let mut buffer = [0; ROOM];
    let ext = Ext::from_message(&info, &mut buffer).unwrap();
    assert_eq!(ext.as_str(), Some(encoded(&info).as_str()));
    let needed = json::encoded_len(&info);
    assert_eq!(
        Ext::from_message(&info, &mut [0; 8]),
        Err(EncodeError::BufferFull(offline_push::BufferFull { needed }))
    );
}

#[test]
fn new_entity_is_that_of_tuikit() {
    let info = ExtInfo::new(Entity::new(ChatType::C2C, ""));
    let defaults = fixtures::read("tencent/ext_container_bean_defaults.json");
    assert_eq!(value(&encoded(&info)), value(&defaults));
    assert_eq!(encoded(&info), defaults.split_whitespace().collect::<String>(), "in TUIKit's order");

    let mut info = info;
    info.tim_push_features = Some(TimPushFeatures::new());
    let defaults = fixtures::read("tencent/ext_push_ext_info_defaults.json");
    assert_eq!(encoded(&info), defaults.split_whitespace().collect::<String>());
    assert_eq!(TimPushFeatures::default(), TimPushFeatures::new());
}

#[test]
fn check_of_an_entity_and_its_container() {
    let unknown = |field| Err(CheckError::new(field, Rule::UnknownValue));
    for (text, expected) in [
        (r#"{"entity":{}}"#, Ok(())),
        (r#"{"entity":{"version":1}}"#, Ok(())),
        (r#"{"entity":{"action":2,"version":1,"chatType":9}}"#, Ok(())),
        (r#"{"entity":{"version":0}}"#, unknown("version")),
        (r#"{"entity":{"version":2}}"#, unknown("version")),
        (r#"{"entity":{"version":-1,"action":0}}"#, unknown("version")),
        (r#"{"entity":{"action":0}}"#, unknown("action")),
        (r#"{"entity":{"action":3}}"#, unknown("action")),
        ("{}", Err(CheckError::new("entity", Rule::Missing))),
    ] {
        let info: ExtInfo = json::from_str(text).unwrap();
        assert_eq!(info.check(), expected, "{text}");
        assert_eq!(info.entity.map_or(expected, |entity| entity.check()), expected, "{text}");
    }
}

#[test]
fn to_message_oppos_entity_has_no_container() {
    let text = fixtures::read("tencent/ext_entity_ios_sender.json");
    let alone = value(&text)["entity"].to_string();
    let read: Entity = Ext::from(alone.as_str()).to_message(&mut []).unwrap();
    assert_eq!(read, entity(&text));
    assert_eq!(read.nickname, Some("Eamon"));
}

#[test]
fn entity_conversation_is_the_chat_with_the_sender() {
    let chat = |chat_type, sender| {
        let mut entity = Entity::new(ChatType::C2C, "");
        (entity.chat_type, entity.sender) = (chat_type, sender);
        entity.conversation()
    };
    assert_eq!(chat(Some(ChatType::C2C), Some("a")), Some(Conversation::C2c("a")));
    assert_eq!(chat(None, Some("a")), Some(Conversation::C2c("a")));
    assert_eq!(chat(Some(ChatType::GROUP), Some("a")), Some(Conversation::Group("a")));
    assert_eq!(chat(Some(ChatType::new(3)), Some("a")), Some(Conversation::Other("a")));
    for chat_type in [None, Some(ChatType::C2C), Some(ChatType::GROUP)] {
        assert_eq!((chat(chat_type, Some("")), chat(chat_type, None)), (None, None));
    }
    assert_eq!(entity(r#"{"entity":{"sender":35186423}}"#).sender, Some("35186423"), "as Gson reads it");
}

#[test]
fn conversation_of_an_id_by_its_prefix() {
    for (id, conversation) in [
        ("c2c_testuser", Conversation::C2c("testuser")),
        ("group_testgroup", Conversation::Group("testgroup")),
        ("group_@TGS#1", Conversation::Group("@TGS#1")),
        ("c2c_group_a", Conversation::C2c("group_a")),
        ("group_c2c_a", Conversation::Group("c2c_a")),
    ] {
        assert_eq!(ConversationExt::new(id).conversation(), conversation);
    }
    for id in ["", "c2c", "c2c_", "group_", "C2C_a", " c2c_a", "alice", "topic_a"] {
        assert_eq!(ConversationExt::new(id).conversation(), Conversation::Other(id));
    }
}

#[test]
fn custom_data_content_of_each_form() {
    use CustomData::{Bytes, Text};
    for (json, expected, needed) in [
        ("[1,-1,255]", Bytes(&[1, 255, 255]), 3),
        ("[]", Bytes(&[]), 0),
        ("\"plain\"", Text("plain"), 0),
        ("\"\"", Text(""), 0),
        (r#""{\"a\":\"\u4e2d\"}""#, Text(r#"{"a":"中"}"#), 11),
        (r#"{"a":1}"#, CustomData::Json(Raw::new(r#"{"a":1}"#).unwrap()), 0),
        ("[256]", CustomData::Json(Raw::new("[256]").unwrap()), 0),
        ("true", CustomData::Json(Raw::new("true").unwrap()), 0),
    ] {
        let entity = Entity::new(ChatType::C2C, "").custom_data(Raw::new(json).unwrap());
        for length in 0..needed {
            let error = entity.custom_data_content(&mut vec![0; length]).unwrap_err();
            assert_eq!(error.needed, needed, "{json}");
        }
        assert_eq!(entity.custom_data_content(&mut vec![0; needed]), Ok(Some(expected)), "{json}");
    }
    assert_eq!(format!("{:?}", Text("secret")), "Text(\"<6 chars>\")");
    let null = Entity::new(ChatType::C2C, "").custom_data(Raw::new("null").unwrap());
    assert_eq!(null.custom_data_content(&mut []), Ok(None));
    assert_eq!(Entity::new(ChatType::C2C, "").custom_data_content(&mut []), Ok(None));
}

#[test]
fn custom_data_bytes_of_an_array_of_bytes() {
    let bytes = |text: &str| {
        let entity = Entity::new(ChatType::C2C, "").custom_data(Raw::new(text).unwrap());
        entity.custom_data_bytes().map(|bytes| bytes.collect::<Vec<_>>())
    };
    assert_eq!(bytes("[ ]"), Some(vec![]));
    assert_eq!(bytes("[0]"), Some(vec![0]));
    assert_eq!(bytes("[ -128 , -1,\n-0,0,127,128,255 ]"), Some(vec![128, 255, 0, 0, 127, 128, 255]));
    for other in [
        "[-129]", "[256]", "[1,65537]", "[99999999999999999999]", "[1.0]", "[1e1]", "[1,null]", "[\"1\"]",
        "[\"1,2\"]", "[[1,2]]", "[1,[]]", "[true]", "{}", "{\"0\":1}", "\"[1]\"", "1", "null",
    ] {
        assert_eq!(bytes(other), None, "{other}");
    }
    assert!(Entity::new(ChatType::C2C, "").custom_data_bytes().is_none());
    let sample = fixtures::read("tencent/ext_push_ext_info_custom_data.json");
    assert!(entity(&sample).custom_data_bytes().unwrap().eq(*br#"{"a":1}"#));
}

/// Inputs that would take minutes with a loop inside a loop.
#[test]
fn content_of_hostile_ext_is_linear() {
    const COUNT: usize = 100_000;
    let entities = format!(r#"{{{}"x":0}}"#, r#""entity":1,"#.repeat(COUNT));
    let conversations = format!(r#"{{{}"x":0}}"#, r#""conversationID":"\n","#.repeat(COUNT));
    let keys = format!(r#"{{{}"entity":{{}}}}"#, r#""\u0065ntit":{},"#.repeat(COUNT));
    let numbers = format!(r#"{{"entity":{{"customData":[{}0]}}}}"#, "-1,".repeat(COUNT));
    let text = format!(r#"{{"entity":{{"content":"{}"}}}}"#, r"\ud83d\ude00\n".repeat(COUNT));
    let begun = Instant::now();
    for (ext, chat) in
        [(&entities, false), (&conversations, false), (&keys, true), (&numbers, true), (&text, true)]
    {
        content(Ext::from(ext.as_str()), |content| {
            let is_chat = match content {
                ExtContent::Chat(info) => {
                    let bytes = info.entity.unwrap().custom_data_bytes().map(Iterator::count);
                    assert!(bytes.is_none_or(|count| count == COUNT + 1));
                    true
                }
                _ => false,
            };
            assert_eq!(is_chat, chat);
        });
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}
