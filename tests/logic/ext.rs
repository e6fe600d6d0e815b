//! Ext as what it is: the containers of Tencent's apps, other JSON, text, bytes; and whatever a hostile sender makes
//! of them.

use std::time::{Duration, Instant};

use crate::common::fixtures::{self, EXTS};
use crate::common::{encoded, value};
use offline_push::ext::{
    ChatType, Conversation, ConversationExt, Entity, ExtAction, ExtContent, ExtInfo, FcmNotificationType,
    FcmPushType, TimPushFeatures,
};
use offline_push::json::{self, DecodeErrorKind, EncodeError, MAX_DEPTH, Raw};
use offline_push::{CheckError, Ext, Rule};

const ROOM: usize = 1024;

/// Hands on what the ext is; it borrows from a scratch buffer of the ext's own length.
fn content<T>(ext: Ext, look: impl FnOnce(ExtContent) -> T) -> T {
    let mut scratch = vec![0; ext.as_bytes().len()];
    look(ext.content(&mut scratch).expect("scratch as long as the ext suffices"))
}

fn entity(text: &str) -> Entity<'_> {
    json::from_str::<ExtInfo>(text).unwrap().entity.unwrap()
}

#[test]
fn every_sample_is_what_it_is() {
    for file in EXTS {
        let text = fixtures::read(file);
        let kind = content(Ext::from(text.as_str()), |content| match content {
            ExtContent::Chat(info) => {
                assert_eq!(value(&encoded(&info)), value(&text), "{file}");
                assert_eq!(info.check(), Ok(()), "{file}");
                "chat"
            }
            ExtContent::Conversation(ext) => {
                assert_eq!(value(&encoded(&ext)), value(&text), "{file}");
                "conversation"
            }
            ExtContent::Json(raw) => {
                assert_eq!(raw.as_str(), text.trim());
                "json"
            }
            _ => "neither",
        });
        let expected = match *file {
            "tencent/ext_conversation_id_c2c.json" | "tencent/ext_conversation_id_group.json" => {
                "conversation"
            }
            "tencent/ext_deeplink.json" | "tencent/ext_level_task.json" => "json",
            _ => "chat",
        };
        assert_eq!(kind, expected, "{file}");
    }
}

#[test]
fn published_text_that_is_no_json_is_text() {
    // The format descriptions of the REST API, and the guide.
    for text in
        ["Passthrough content", "ext content", "This is the passthrough content", "这是透传的内容", ""]
    {
        for ext in [Ext::from(text), Ext::new(text.as_bytes())] {
            content(ext, |content| assert_eq!(content, ExtContent::Text(text)));
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_bytes() {
    for bytes in [&b"\xff"[..], b"{\"entity\":{\"content\":\"\xe4\xbd\"}}", b"\xed\xa0\x80\\n"] {
        assert_eq!(Ext::new(bytes).content(&mut []), Ok(ExtContent::Bytes(bytes)));
    }
}

#[test]
fn any_other_json_is_json() {
    for text in [
        "{}",
        "[]",
        "null",
        "15",
        r#""text""#,
        r#"["entity",{}]"#,
        r#"[{"entity":{}}]"#,
        r#"{"a":{"entity":{}}}"#,
        r#"{"Entity":{},"entity ":{},"conversationId":"c2c_a","entit":{}}"#,
        r#"{"a":"\"entity\":{}","\n":"\ud83d\ude00"}"#,
    ] {
        assert_eq!(Ext::from(text).content(&mut []), Ok(ExtContent::Json(Raw::new(text).unwrap())), "{text}");
    }
}

#[test]
fn an_entity_that_is_no_object_makes_no_container() {
    for odd in ["null", "[]", "1", "true", r#""{}""#, r#""chat""#] {
        let text = format!(r#"{{"entity":{odd}}}"#);
        content(Ext::from(text.as_str()), |content| {
            assert_eq!(content, ExtContent::Json(Raw::new(&text).unwrap()), "{text}");
        });
        let text = format!(r#"{{"entity":{odd},"conversationID":"c2c_alice"}}"#);
        content(Ext::from(text.as_str()), |content| {
            assert_eq!(content, ExtContent::Conversation(ConversationExt::new("c2c_alice")), "{text}");
        });
    }
}

#[test]
fn a_container_with_a_field_of_another_type_or_twice_is_json() {
    for text in [
        r#"{"entity":{"chatType":"group"}}"#,
        r#"{"entity":{"sendTime":1.5}}"#,
        r#"{"entity":{"nickname":{}}}"#,
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
}

#[test]
fn of_both_containers_the_entity_counts() {
    for text in [
        r#"{"conversationID":"c2c_alice","entity":{"sender":"bob"}}"#,
        r#"{"entity":{"sender":"bob"},"conversationID":"c2c_alice"}"#,
    ] {
        let content = Ext::from(text).content(&mut []);
        let Ok(ExtContent::Chat(info)) = content else { unreachable!("{content:?}") };
        assert_eq!(info.entity.unwrap().sender, Some("bob"));
    }
}

#[test]
fn an_escaped_key_makes_a_container_too() {
    let ext = Ext::from(r#"{"\u0065ntity":{"sender":"bob"}}"#);
    content(ext, |content| assert!(matches!(content, ExtContent::Chat(_)), "{content:?}"));
    let ext = Ext::from(r#"{"conversation\u0049D":"c2c_\u0061"}"#);
    content(ext, |content| {
        let ExtContent::Conversation(ext) = content else { unreachable!("{content:?}") };
        assert_eq!(ext.conversation(), Conversation::C2c("a"));
    });
}

#[test]
fn chat_text_comes_out_as_it_was_typed() {
    let typed = "\"今晚\"\\七点 = 19:00\n\t/ 老地方 😀\u{0}\u{1f}\u{7f}\u{2028}";
    let mut sent = Entity::new(ChatType::C2C, "alice");
    sent.content = Some(typed);
    let text = encoded(&ExtInfo::new(sent));
    // As this crate writes it, as Gson does, which escapes for HTML and JavaScript, too, and as senders of ASCII do.
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
fn only_escapes_of_a_container_need_scratch_and_the_error_says_how_much() {
    for (text, trimmed) in [
        (r#"{"entity":{"content":"\n"}}"#, 27),
        (r#" {"conversationID":"\n"} "#, 23),
        (r#"{"entity":{},"new":"\\"}"#, 24),
    ] {
        for length in 0..=trimmed {
            let mut scratch = vec![0; length];
            match Ext::from(text).content(&mut scratch) {
                Err(error) => {
                    assert_eq!(
                        (error.kind(), error.offset()),
                        (DecodeErrorKind::BufferFull, trimmed),
                        "{text}"
                    );
                    assert!(length < trimmed, "{text}");
                }
                Ok(content) => {
                    assert!(length == trimmed && !matches!(content, ExtContent::Json(_)), "{text}");
                }
            }
        }
    }
    assert!(Ext::from(r#"{"entity":{"content":"今晚"}}"#).content(&mut []).is_ok());
    assert!(Ext::from(r#"{"entity":"\n"}"#).content(&mut []).is_ok());
    assert!(Ext::from("\\n").content(&mut []).is_ok());
}

#[test]
fn a_message_is_decoded_or_the_reason_named() {
    fn fault(ext: Ext) -> DecodeErrorKind {
        let mut scratch = vec![0; ext.as_bytes().len()];
        ext.to_message::<ExtInfo>(&mut scratch).unwrap_err().kind()
    }
    assert_eq!(fault(Ext::from("ext content")), DecodeErrorKind::UnexpectedByte);
    assert_eq!(fault(Ext::from(r#"{"entity":[0]}"#)), DecodeErrorKind::WrongType);
    assert_eq!(fault(Ext::from(r#"{"entity":{"content":"\x"}}"#)), DecodeErrorKind::InvalidEscape);
    assert_eq!(fault(Ext::new(b"{\"entity\":\"\xff\"}")), DecodeErrorKind::NotUtf8);
    assert_eq!(fault(Ext::new(b"{\"entity\":\"\\n\xff\"}")), DecodeErrorKind::NotUtf8);
    let missing = Ext::from("{}").to_message::<ConversationExt>(&mut []).unwrap_err();
    assert_eq!((missing.kind(), missing.field()), (DecodeErrorKind::MissingField, Some("conversationID")));
    let short = Ext::from(r#"{"new":"\n"}"#).to_message::<ExtInfo>(&mut [0; 11]).unwrap_err();
    assert_eq!((short.kind(), short.offset()), (DecodeErrorKind::BufferFull, 12));
}

#[test]
fn a_message_without_escapes_borrows_from_the_ext() {
    let text = String::from(r#"{"entity":{"sender":"alice"}}"#);
    let info: ExtInfo = Ext::from(text.as_str()).to_message(&mut []).unwrap();
    let sender = info.entity.unwrap().sender.unwrap();
    assert!(text.as_bytes().as_ptr_range().contains(&sender.as_ptr()));
}

#[test]
fn an_encoded_message_is_the_ext_of_its_json() {
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
fn a_new_entity_is_that_of_tuikit() {
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
fn version_1_and_two_actions_are_known_and_a_missing_one_counts_as_the_default() {
    let check = |members: &str| entity(&format!(r#"{{"entity":{members}}}"#)).check();
    for members in ["{}", r#"{"version":1}"#, r#"{"action":1}"#, r#"{"action":2,"version":1,"chatType":9}"#] {
        assert_eq!(check(members), Ok(()), "{members}");
    }
    for (members, field) in [
        (r#"{"version":0}"#, "version"),
        (r#"{"version":2}"#, "version"),
        (r#"{"version":-1,"action":0}"#, "version"),
        (r#"{"action":0}"#, "action"),
        (r#"{"action":3}"#, "action"),
    ] {
        assert_eq!(check(members), Err(CheckError::new(field, Rule::UnknownValue)), "{members}");
    }
    let from_ios = fixtures::read("tencent/ext_entity_ios_sender.json");
    assert_eq!((entity(&from_ios).version, entity(&from_ios).check()), (None, Ok(())));
}

#[test]
fn a_container_needs_its_entity() {
    let empty: ExtInfo = json::from_str("{}").unwrap();
    assert_eq!(empty.check(), Err(CheckError::new("entity", Rule::Missing)));
    let news: ExtInfo = json::from_str(r#"{"entity":{"version":2}}"#).unwrap();
    assert_eq!(news.check(), Err(CheckError::new("version", Rule::UnknownValue)));
    assert_eq!(ExtInfo::new(Entity::new(ChatType::C2C, "")).check(), Ok(()));
}

#[test]
fn oppos_entity_comes_without_its_container() {
    let text = fixtures::read("tencent/ext_entity_ios_sender.json");
    let alone = value(&text)["entity"].to_string();
    let read: Entity = Ext::from(alone.as_str()).to_message(&mut []).unwrap();
    assert_eq!(read, entity(&text));
    assert_eq!(read.nickname, Some("Eamon"));
}

#[test]
fn the_sender_is_the_chat_to_open() {
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
fn the_chat_to_open_is_named_by_either_container_that_the_app_can_act_on() {
    let opens = |text: &str| {
        content(Ext::from(text), |content| content.conversation().map(|chat| format!("{chat:?}")))
    };
    for (text, chat) in [
        (r#"{"entity":{"sender":"alice"}}"#, Some(r#"C2c("alice")"#)),
        (r#"{"entity":{"version":1,"action":1,"chatType":2,"sender":"dev"}}"#, Some(r#"Group("dev")"#)),
        (r#"{"conversationID":"group_dev"}"#, Some(r#"Group("dev")"#)),
        (r#"{"entity":{"version":2,"sender":"alice"}}"#, None),
        (r#"{"entity":{"action":2,"sender":"alice"}}"#, None),
        (r#"{"entity":{"action":3,"sender":"alice"}}"#, None),
        (r#"{"entity":{"sender":""}}"#, None),
        (r#"{"conversationID":""}"#, None),
        (r#"{"level":15}"#, None),
        ("c2c_alice", None),
    ] {
        assert_eq!(opens(text).as_deref(), chat, "{text}");
    }
}

#[test]
fn the_prefix_of_an_id_says_whose_conversation_it_is() {
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
fn custom_data_is_bytes_where_it_is_an_array_of_them() {
    let bytes = |text: &str| {
        let mut entity = Entity::new(ChatType::C2C, "");
        entity.custom_data = Some(Raw::new(text).unwrap());
        entity.custom_data_bytes().map(|bytes| bytes.collect::<Vec<_>>())
    };
    assert_eq!(bytes("[]"), Some(vec![]));
    assert_eq!(bytes("[ ]"), Some(vec![]));
    assert_eq!(bytes("[0]"), Some(vec![0]));
    assert_eq!(bytes("[ -128 , -1,\n-0,0,127,128,255 ]"), Some(vec![128, 255, 0, 0, 127, 128, 255]));
    for other in [
        "[-129]",
        "[256]",
        "[1,65537]",
        "[99999999999999999999]",
        "[1.0]",
        "[1e1]",
        "[1,null]",
        "[\"1\"]",
        "[\"1,2\"]",
        "[[1,2]]",
        "[1,[]]",
        "[true]",
        "{}",
        "{\"0\":1}",
        "\"[1]\"",
        "1",
        "null",
    ] {
        assert_eq!(bytes(other), None, "{other}");
    }
    assert!(Entity::new(ChatType::C2C, "").custom_data_bytes().is_none());

    let sample = fixtures::read("tencent/ext_push_ext_info_custom_data.json");
    assert!(entity(&sample).custom_data_bytes().unwrap().eq(*br#"{"a":1}"#));
}

#[test]
fn custom_data_passes_untouched_also_beside_escapes() {
    let ext = Ext::from(r#"{"entity":{"content":"\n","customData":{"a" : "\u00e9\n"}}}"#);
    let mut scratch = [0; ROOM];
    let info: ExtInfo = ext.to_message(&mut scratch).unwrap();
    let entity = info.entity.unwrap();
    assert_eq!(entity.custom_data.unwrap().as_str(), r#"{"a" : "\u00e9\n"}"#);
    assert_eq!((entity.content, entity.custom_data_bytes().is_none()), (Some("\n"), true));
}

#[test]
fn numbers_have_their_published_values() {
    assert_eq!((ChatType::C2C.get(), ChatType::GROUP.get()), (1, 2));
    assert_eq!((ExtAction::CHAT.get(), ExtAction::CALL.get()), (1, 2));
    let push = [FcmPushType::UNSET, FcmPushType::DATA, FcmPushType::NOTIFICATION];
    assert_eq!(push.map(FcmPushType::get), [-1, 0, 1]);
    let shown = [FcmNotificationType::UNSET, FcmNotificationType::TIMPUSH, FcmNotificationType::PASS_THROUGH];
    assert_eq!(shown.map(FcmNotificationType::get), [-1, 0, 1]);
    assert_eq!((ChatType::new(3).get(), ChatType::new(3).meaning()), (3, None));

    let text = r#"{"entity":{"chatType":7,"action":-3},"timPushFeatures":{"fcmPushType":9}}"#;
    assert_eq!(encoded(&json::from_str::<ExtInfo>(text).unwrap()), text, "unknown numbers are kept");
}

#[test]
fn nesting_ends_before_the_stack_does() {
    let nested =
        |depth: usize| format!(r#"{{"entity":{{"customData":{}{}}}}}"#, "[".repeat(depth), "]".repeat(depth));
    let text = nested(MAX_DEPTH - 2);
    content(Ext::from(text.as_str()), |content| assert!(matches!(content, ExtContent::Chat(_))));
    for depth in [MAX_DEPTH - 1, 100_000] {
        let text = nested(depth);
        content(Ext::from(text.as_str()), |content| assert_eq!(content, ExtContent::Text(&text)));
    }
}

/// Inputs that a reader with a loop inside a loop would spend minutes on.
#[test]
fn hostile_ext_takes_linear_time() {
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
