use std::string::{String, ToString};
use std::vec::Vec;

use super::{ExtSource, ReceivedExt, Tap};
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::ext::{ChatType, Conversation, Entity, Ext, ExtContent};
use crate::intent::{Intent, LaunchFlags};
use crate::json::{self, DecodeErrorKind, Map, Raw};
use crate::tim::ApnsPayload;
use crate::uri::{IntentUri, WebUrl};
use crate::vendor::Vendor;
use crate::vivo::{Notification, SkipType};

/// The guide's.
const URL: &str = "https://cloud.tencent.com/document/product/269";
const SCREEN: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
/// Versions of vivo's client SDK around the first one that opens directly, and the extremes.
const CLIENT_SDKS: [(u32, ExtSource); 6] = [
    (0, ExtSource::Callback),
    (479, ExtSource::Callback),
    (480, ExtSource::LaunchIntent),
    (481, ExtSource::LaunchIntent),
    (482, ExtSource::LaunchIntent),
    (u32::MAX, ExtSource::LaunchIntent),
];
const VENDORS: [Vendor; 9] = [
    Vendor::XIAOMI,
    Vendor::HUAWEI,
    Vendor::GOOGLE,
    Vendor::MEIZU,
    Vendor::OPPO,
    Vendor::VIVO,
    Vendor::HONOR,
    Vendor::NIO,
    Vendor::new(2008),
];

fn pushed(click: ClickAction<'_>) -> Notification<'_> {
    let mut push = Notification::new("title", "content", "request-1");
    push.set_click_action(click).unwrap();
    push
}

fn screen(ext: Option<Ext<'_>>) -> ClickAction<'_> {
    ClickAction::OpenScreen { intent: IntentUri::try_new(SCREEN).unwrap(), ext }
}

fn from_pairs<'a>(vendor: Vendor, pairs: &'a [(&'a str, &'a str)]) -> Option<ReceivedExt<'a>> {
    ReceivedExt::from_pairs(vendor, &Map::from_slice(pairs))
}

fn from_uri<'a>(
    vendor: Vendor,
    uri: &'a str,
    buffer: &'a mut [u8],
) -> Result<Option<ReceivedExt<'a>>, BufferFull> {
    ReceivedExt::from_intent(vendor, &Intent::parse(uri).unwrap(), buffer)
}

#[test]
fn from_notification_open_app_starts_the_app_with_ext() {
    let ext = Some(Ext::from("ext content"));
    for (client_sdk, source) in CLIENT_SDKS {
        for ext in [None, ext] {
            let push = pushed(ClickAction::OpenApp { ext });
            assert_eq!(
                Tap::from_notification(&push, client_sdk),
                Ok(Tap::StartsApp { ext, source }),
                "{client_sdk}"
            );
        }
    }
}

#[test]
fn from_notification_open_url_has_no_ext() {
    let url = WebUrl::try_new(URL).unwrap();
    let mut push = pushed(ClickAction::OpenUrl(url));
    push.client_custom_map = Some(Map::from_slice(&[("ext", "ext content")]));
    for (client_sdk, _) in CLIENT_SDKS {
        assert_eq!(Tap::from_notification(&push, client_sdk), Ok(Tap::OpensBrowser(url)), "{client_sdk}");
    }
}

#[test]
fn from_notification_open_screen_starts_it_with_ext() {
    let ext = Some(Ext::from("ext content"));
    for (client_sdk, source) in CLIENT_SDKS {
        for ext in [None, ext] {
            let push = pushed(screen(ext));
            let Ok(Tap::StartsScreen { intent, ext: given, source: way }) =
                Tap::from_notification(&push, client_sdk)
            else {
                unreachable!("another tap");
            };
            assert_eq!((given, way), (ext, source), "{client_sdk}");
            assert_eq!(intent, Intent::parse(SCREEN).unwrap());
            let component = intent.component.unwrap();
            assert_eq!(component.package(), "com.tencent.qcloud.tim.tuikit");
            assert_eq!(component.class(), "com.tencent.qcloud.tim.demo.chat.ChatActivity");
            assert_eq!(intent.data.unwrap().to_string(), "pushscheme://com.tencent.qcloud.tim/detail");
            assert_eq!(intent.flags, LaunchFlags::ACTIVITY_CLEAR_TOP);
        }
    }
}

#[test]
fn from_notification_custom_text_calls_old_clients_only() {
    let push = pushed(ClickAction::Custom("text"));
    for (client_sdk, source) in CLIENT_SDKS {
        let expected = match source {
            ExtSource::Callback => Tap::CallsReceiver("text"),
            ExtSource::LaunchIntent => Tap::Nothing,
        };
        assert_eq!(Tap::from_notification(&push, client_sdk), Ok(expected), "{client_sdk}");
    }
}

#[test]
fn from_notification_intent_keeps_its_own_extras() {
    let uri = "intent://com.vivo.pushtest/detail?#Intent;scheme=vpushscheme;launchFlags=0x14000000;\
        component=pkg/.Activity;S.key1=xxx;i.key2=2;S.ext=of%20the%20intent;end";
    let click = ClickAction::OpenScreen {
        intent: IntentUri::try_new(uri).unwrap(),
        ext: Some(Ext::from("of the push")),
    };
    let push = pushed(click);
    let Ok(Tap::StartsScreen { intent, ext, .. }) = Tap::from_notification(&push, 480) else {
        unreachable!("another tap")
    };
    assert_eq!(ext, Some(Ext::from("of the push")));
    assert_eq!(intent.text_extra("key1").unwrap(), "xxx");
    assert_eq!(intent.text_extra("ext").unwrap(), "of the intent");
    assert_eq!(intent.extras.iter().count(), 3);
}

#[test]
fn from_notification_invalid_action_is_an_error() {
    let refused = |skip_type: Option<i32>, content: Option<&'static str>| {
        let mut push = Notification::new("title", "content", "request-1");
        (push.skip_type, push.skip_content) = (skip_type.map(SkipType::new), content);
        for (client_sdk, _) in CLIENT_SDKS {
            assert_eq!(
                Tap::from_notification(&push, client_sdk).map(|_| ()),
                push.click_action().map(|_| ())
            );
        }
        Tap::from_notification(&push, 480).unwrap_err()
    };
    let out_of_range = CheckError::new("skipType", Rule::OutOfRange { min: 1, max: 4 });
    assert_eq!(refused(None, None), CheckError::new("skipType", Rule::Missing));
    assert_eq!(refused(Some(0), Some(URL)), out_of_range);
    assert_eq!(refused(Some(5), Some(URL)), out_of_range);
    for skip_type in [2, 3, 4] {
        assert_eq!(refused(Some(skip_type), None), CheckError::new("skipContent", Rule::Missing));
        assert_eq!(refused(Some(skip_type), Some("")), CheckError::new("skipContent", Rule::Missing));
    }
    assert_eq!(refused(Some(2), Some(SCREEN)), CheckError::new("skipContent", Rule::NotWebUrl));
    for uri in [URL, "com.example.Chat", "intent:#Intent;S.a=b", "intent:#Intent;launchHwFlags=1;end"] {
        assert_eq!(refused(Some(4), Some(uri)), CheckError::new("skipContent", Rule::NotIntentUri));
    }
}

/// Tencent's own test script sends an object.
#[test]
fn from_notification_ext_that_is_not_text_is_an_error() {
    for (skip, expected) in [
        (r#""skipType":1"#, Err(CheckError::new("clientCustomMap", Rule::NotText))),
        (
            r#""skipType":4,"skipContent":"intent:#Intent;end""#,
            Err(CheckError::new("clientCustomMap", Rule::NotText)),
        ),
        (r#""skipType":2,"skipContent":"https://a""#, Ok(())),
        (r#""skipType":3,"skipContent":"text""#, Ok(())),
    ] {
        let sent = std::format!(
            r#"{{{skip},"title":"t","content":"c","requestId":"1","clientCustomMap":{{"ext":{{"conversationID":""}}}}}}"#
        );
        let push: Notification<'_> = json::from_str(&sent).unwrap();
        assert_eq!(Tap::from_notification(&push, 480).map(|_| ()), expected, "{skip}");
    }
}

#[test]
fn received_ext_is_found_under_ext_for_every_vendor() {
    let extras = "intent:#Intent;S.from=push;S.ext=www.qq.com;end";
    for vendor in VENDORS {
        let whole = Some(ReceivedExt::Whole(Ext::from("www.qq.com")));
        assert_eq!(from_pairs(vendor, &[("from", "push"), ("ext", "www.qq.com")]), whole, "{vendor}");
        assert_eq!(from_uri(vendor, extras, &mut []), Ok(whole), "{vendor}");
    }
}

#[test]
fn received_ext_members_are_found_for_oppo_only() {
    let pairs = [("entity", "{}"), ("conversationID", "c2c_alice"), ("Ext", "x"), ("EXT", "y")];
    let extras = "intent:#Intent;S.entity=%7B%7D;S.conversationID=c2c_alice;S.Ext=x;end";
    for vendor in VENDORS {
        let oppo = (vendor == Vendor::OPPO).then_some(ReceivedExt::Entity(Ext::from("{}")));
        assert_eq!(from_pairs(vendor, &pairs), oppo, "{vendor}");
        assert_eq!(from_uri(vendor, extras, &mut [0; 8]), Ok(oppo), "{vendor}");
    }
}

#[test]
fn received_ext_empty_counts_as_none() {
    for vendor in VENDORS {
        for pairs in [&[("ext", "")][..], &[("ext", ""), ("other", "x")], &[]] {
            assert_eq!(from_pairs(vendor, pairs), None, "{vendor}");
        }
        for uri in ["intent:#Intent;S.ext=;end", "intent:#Intent;end", "intent:#Intent;i.ext=1;end"] {
            assert_eq!(from_uri(vendor, uri, &mut []), Ok(None), "{vendor}");
        }
    }
    let emptied = [("ext", ""), ("entity", ""), ("conversationID", "group_dev")];
    assert_eq!(from_pairs(Vendor::OPPO, &emptied), Some(ReceivedExt::ConversationId("group_dev")));
    let mut payload = ApnsPayload::new();
    assert_eq!(ReceivedExt::from_apns(&payload), None);
    payload.ext = Some(Ext::from(""));
    assert_eq!(ReceivedExt::from_apns(&payload), None);
    payload.ext = Some(Ext::new(b""));
    assert_eq!(ReceivedExt::from_apns(&payload), None);
}

#[test]
fn from_pairs_reads_xiaomis_extra_map() {
    let mut received = include_bytes!("../../tests/fixtures/tencent/xiaomi_extra_map.json").to_vec();
    // As a member of a known message, since pairs cannot be decoded alone.
    let mut body = br#"{"title":"t","content":"c","requestId":"1","clientCustomMap":"#.to_vec();
    body.append(&mut received);
    body.push(b'}');
    let push: Notification<'_> = json::from_slice_in_place(&mut body).unwrap();
    let pairs = push.client_custom_map.unwrap();
    let ext = ReceivedExt::from_pairs(Vendor::XIAOMI, &pairs).unwrap();
    assert_eq!(ext, ReceivedExt::Whole(Ext::from(r#"{"a":1,"b":2}"#)));
    assert_eq!(ext.content(&mut []), Ok(ExtContent::Json(Raw::new(r#"{"a":1,"b":2}"#).unwrap())));
}

#[test]
fn from_apns_reads_a_received_payload() {
    let received = include_str!("../../tests/fixtures/tencent/apns_payload_as_received.json");
    let payload: ApnsPayload<'_> = json::from_str(received).unwrap();
    let ext = ReceivedExt::from_apns(&payload).unwrap();
    assert_eq!(ext, ReceivedExt::Whole(Ext::from("www.qq.com")));
    assert_eq!(ext.content(&mut []), Ok(ExtContent::Text("www.qq.com")));
}

#[test]
fn from_intent_decodes_percent_escapes_into_the_buffer() {
    let sent = r#"{"entity":{"sender":"爱丽丝"}}"#;
    let escaped = percent_encoded(sent);
    let uri = std::format!("intent:#Intent;S.ext={escaped};end");
    let needed = sent.len();
    for length in 0..needed {
        let mut buffer = Vec::from([0; 64]);
        let short = from_uri(Vendor::HUAWEI, &uri, buffer.get_mut(..length).unwrap());
        assert_eq!(short, Err(BufferFull { needed }), "{length}");
    }
    let mut buffer = [0; 64];
    let ext = from_uri(Vendor::HUAWEI, &uri, buffer.get_mut(..needed).unwrap()).unwrap().unwrap();
    assert_eq!(ext.as_ext().as_str(), Some(sent));
    let ExtContent::Chat(info) = ext.content(&mut []).unwrap() else { unreachable!("another ext") };
    assert_eq!(info.entity.unwrap().sender, Some("爱丽丝"));

    // Keys are decoded too, and text without escapes needs no buffer.
    let uri = "intent:#Intent;S.e%78t=a+b;end";
    assert_eq!(from_uri(Vendor::VIVO, uri, &mut []), Ok(Some(ReceivedExt::Whole(Ext::from("a+b")))));
}

fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| std::format!("%{byte:02X}")).collect()
}

/// The replacement of an invalid escape takes up to four bytes, for an escape of one or more.
#[test]
fn from_intent_buffer_length_for_invalid_escapes() {
    for piece in ["%20", "%E4%BB%8A", "a", "今", "%F0%9F%98%80", "%ff", "%c3%28"] {
        let uri = std::format!("intent:#Intent;S.ext={};end", piece.repeat(100));
        assert!(from_uri(Vendor::HONOR, &uri, &mut std::vec![0; uri.len()]).is_ok(), "{piece}");
    }
    for piece in ["%", "%g", "%%", "%zz", "%a%", "%4"] {
        let uri = std::format!("intent:#Intent;S.ext={};end", piece.repeat(100));
        let length = 2 * uri.len() + 1;
        assert!(from_uri(Vendor::HONOR, &uri, &mut std::vec![0; length]).is_ok(), "{piece}");
    }
    let uri = std::format!("intent:#Intent;S.ext={};end", "%".repeat(100));
    let mut as_long = std::vec![0; uri.len()];
    assert_eq!(from_uri(Vendor::HONOR, &uri, &mut as_long), Err(BufferFull { needed: 200 }));
}

#[test]
fn from_pairs_reads_oppos_members() {
    let entity = r#"{"version":1,"chatType":2,"action":1,"sender":"@TGS#1","content":"hi"}"#;
    for received in [
        from_pairs(Vendor::OPPO, &[("entity", entity), ("timPushFeatures", "{}")]),
        from_pairs(
            Vendor::OPPO,
            &[("timPushFeatures", "{}"), ("conversationID", "c2c_a"), ("entity", entity)],
        ),
    ] {
        let received = received.unwrap();
        assert_eq!(received, ReceivedExt::Entity(Ext::from(entity)));
        assert_eq!(received.as_ext(), Ext::from(entity));
        let ExtContent::Chat(info) = received.content(&mut []).unwrap() else { unreachable!("another ext") };
        let entity = info.entity.unwrap();
        assert_eq!((entity.chat_type, entity.content), (Some(ChatType::GROUP), Some("hi")));
        assert_eq!(entity.conversation(), Some(Conversation::Group("@TGS#1")));
    }
    for (id, conversation) in [
        ("c2c_alice", Conversation::C2c("alice")),
        ("group_dev", Conversation::Group("dev")),
        ("alice", Conversation::Other("alice")),
    ] {
        let pairs = [("conversationID", id)];
        let received = from_pairs(Vendor::OPPO, &pairs).unwrap();
        assert_eq!(received, ReceivedExt::ConversationId(id));
        assert_eq!(received.as_ext(), Ext::from(id));
        let ExtContent::Conversation(ext) = received.content(&mut []).unwrap() else {
            unreachable!("another ext");
        };
        assert_eq!(ext.conversation(), conversation);
    }
    // A complete ext takes precedence, as in Tencent's demo.
    let both = [("entity", entity), ("ext", "whole")];
    assert_eq!(from_pairs(Vendor::OPPO, &both), Some(ReceivedExt::Whole(Ext::from("whole"))));
    // The app must search for other members.
    assert_eq!(from_pairs(Vendor::OPPO, &[("level", "15"), ("task", "TASK15")]), None);
}

#[test]
fn content_entity_equals_its_container() {
    let entity = r#"{"sender":"alice","nickname":"\"A\"\n","content":"\ud83d\ude00","customData":[1,-1]}"#;
    let wrapped = std::format!(r#"{{"entity":{entity}}}"#);
    let (mut one, mut two) = ([0; 256], [0; 256]);
    let unwrapped = ReceivedExt::Entity(Ext::from(entity)).content(&mut one).unwrap();
    let wrapped = ReceivedExt::Whole(Ext::from(&*wrapped)).content(&mut two).unwrap();
    let sent = |content: ExtContent<'_>| match content {
        ExtContent::Chat(info) => info.entity.map(|entity: Entity<'_>| {
            let texts = [entity.sender, entity.nickname, entity.content];
            texts.map(|text| text.map(String::from))
        }),
        _ => None,
    };
    let texts = ["alice", "\"A\"\n", "😀"].map(|text| Some(String::from(text)));
    assert_eq!(sent(unwrapped), Some(texts.clone()));
    assert_eq!(sent(wrapped), Some(texts));
}

#[test]
fn content_short_scratch_tells_the_bytes_needed() {
    let entity = r#"{"content":"\u4e2d"}"#;
    let needed = entity.len();
    let mut scratch = [0; 64];
    let mut content = |length: usize| {
        let scratch = scratch.get_mut(..length).unwrap();
        ReceivedExt::Entity(Ext::from(entity))
            .content(scratch)
            .map(|_| ())
            .map_err(|error| (error.kind(), error.offset()))
    };
    let short = (DecodeErrorKind::BufferFull, needed);
    assert_eq!(content(0), Err(short));
    assert_eq!(content(needed - 1), Err(short));
    assert_eq!(content(needed), Ok(()));
}

#[test]
fn content_invalid_entity_is_returned_unchanged() {
    let content = |text: &'static str| ReceivedExt::Entity(Ext::from(text)).content(&mut []);
    for json in [
        "[]", r#""alice""#, "1", "null", r#"{"sender":1.5}"#, r#"{"sender":{}}"#, r#"{"version":"x"}"#,
        r#"{"sender":"a","sender":"b"}"#,
    ] {
        assert_eq!(content(json), Ok(ExtContent::Json(Raw::new(json).unwrap())), "{json}");
    }
    for text in ["alice", "{", "{sender:1}", r#"{"sender":"a"}}"#] {
        assert_eq!(content(text), Ok(ExtContent::Text(text)), "{text}");
    }
    let bytes = ReceivedExt::Entity(Ext::new(b"\xff{}")).content(&mut []);
    assert_eq!(bytes, Ok(ExtContent::Bytes(b"\xff{}")));
}

#[test]
fn content_text_stays_text_for_every_vendor() {
    for text in ["Passthrough content", "ext content", "{", "{\"a\":1} x", "今晚"] {
        let pairs = [("ext", text)];
        for vendor in VENDORS {
            let ext = from_pairs(vendor, &pairs).unwrap();
            assert_eq!(ext.as_ext(), Ext::from(text));
            assert_eq!(ext.content(&mut []), Ok(ExtContent::Text(text)), "{vendor}");
        }
    }
}

/// From the sender's text through vivo's JSON to the app.
#[test]
fn ext_roundtrips_through_a_vivo_phone() {
    let ext = Ext::from(r#"{"entity":{"sender":"alice","content":"\"今晚\" 😀"}}"#);
    let mut body = [0; 512];
    let body = json::to_slice(&pushed(screen(Some(ext))), &mut body).unwrap();
    let received: Notification<'_> = json::from_slice_in_place(body).unwrap();
    let Ok(Tap::StartsScreen { ext: Some(handed), .. }) = Tap::from_notification(&received, 480) else {
        unreachable!("another tap");
    };
    assert_eq!(handed, ext);
    let pairs = received.client_custom_map.as_ref().unwrap();
    assert_eq!(ReceivedExt::from_pairs(Vendor::VIVO, pairs), Some(ReceivedExt::Whole(ext)));
}
