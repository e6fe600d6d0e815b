//! What users and apps write does not show in `Debug`, and no text adds a line to a log.

use std::collections::BTreeSet;
use std::fmt::Debug;

use crate::common::spots::{Spot, spots, whole};
use crate::recorded::recorded;
use offline_push::delivery::{Delivery, Element, PushOptions};
use offline_push::exchange::Head;
use offline_push::ext::{Conversation, ExtContent};
use offline_push::intent::{Component, Data, ExtraValue, Intent, IntentExtra, Number, Text};
use offline_push::json::description::{Mark, Type};
use offline_push::json::{self, Keyed, List, Map, Members, Raw, Revealed};
use offline_push::tap::{ReceivedExt, Tap};
use offline_push::tim::rest::{Region, SendMessage, TextContent, Url};
use offline_push::tim::{MessagePush, OfflinePushSettings};
use offline_push::vivo::android::{ActivityEntry, ClassName, PushEntries};
use offline_push::vivo::{AllPush, Certificate, Notification};
use offline_push::{ClickAction, Ext, IntentUri, WebUrl};

const MARK: &str = "m4rk";
/// A text that adds a line to a log that does not escape it.
const FORGED: &str = "m4rk\nERROR forged \u{1b}[31m\u{202e}";

fn shows_no_text<T: Debug>(value: &T) {
    let shown = format!("{value:?}");
    assert!(!shown.contains(MARK), "{shown}");
    assert_eq!(shown.lines().count(), 1, "{shown}");
    let pretty = format!("{value:#?}");
    assert!(!pretty.contains(MARK), "{pretty}");
}

/// Quoted and escaped.
fn shows_escaped(shown: &str) {
    assert!(shown.contains(MARK), "{shown}");
    assert!(!shown.contains(char::is_control) && !shown.contains('\u{202e}'), "{shown}");
}

/// A value for a field, with the text in each place that may hold text.
fn filled(value: &'static Type) -> String {
    let text = serde_json::to_string(FORGED).unwrap();
    match value {
        Type::Raw => format!("{{\"m4rk\":[\n{text}]}}"),
        Type::Map => format!("{{\"m4rk\":{text},{text}:{{\"m4rk\":\n1}}}}"),
        other => whole(other, &text),
    }
}

/// The fields that hold text.
fn texts() -> impl Iterator<Item = Spot> {
    let is_text = |value| matches!(value, &Type::Text | &Type::Raw | &Type::Map | &Type::List(Type::Text));
    spots().into_iter().filter(move |spot| is_text(spot.value))
}

#[test]
fn debug_of_every_text_field_shows_its_length() {
    let mut tried = 0;
    for spot in texts() {
        let kept = (spot.kind.owned)(spot.with(&filled(spot.value)).0.as_bytes()).unwrap();
        let name = format!("{} {}", spot.kind.name, spot.path);
        let mark = spot.field.mark;
        for shown in [&kept.debug, &kept.view_debug, &kept.pretty] {
            match mark {
                Mark::Public => {
                    assert!(shown.contains(r"m4rk\nERROR forged \u{1b}[31m\u{202e}"), "{name} {shown}");
                }
                Mark::Private | Mark::Secret => assert!(!shown.contains(MARK), "{name} {shown}"),
            }
            assert!(mark != Mark::Private || shown.contains(" chars>"), "{name} {shown}");
        }
        for line in [&kept.debug, &kept.view_debug, &kept.revealed] {
            assert!(!line.contains(char::is_control) && !line.contains('\u{202e}'), "{name} {line}");
        }
        assert_eq!(kept.revealed.contains(MARK), mark != Mark::Secret, "{name} {}", kept.revealed);
        tried += 1;
    }
    assert!(tried > 200, "{tried}");
}

/// A reviewer sees each new name: it must hold words of a protocol or of a vendor's reply, which no user and no app wrote.
#[test]
fn description_of_public_fields_are_words_of_the_protocol() {
    let spots = spots();
    let public = || spots.iter().filter(|spot| spot.field.mark == Mark::Public);
    let names: BTreeSet<_> = public().map(|spot| format!("{}\n", spot.field.wire)).collect();
    let recorded = recorded("public_members.txt", &names.into_iter().collect::<String>());
    for spot in public() {
        let (name, wire) = (spot.kind.name, spot.field.wire);
        assert!(
            recorded.lines().any(|line| line == wire),
            "{name} {}: `RECORD=1` adds it to public_members.txt",
            spot.path
        );
        assert!(wire != "desc" || name.ends_with(".reply"), "{name} {}", spot.path);
        // The mark says nothing about what is inside of an object.
        assert!(matches!(spot.field.value, Type::Text | Type::List(Type::Text)), "{name} {}", spot.path);
    }
}

#[test]
fn debug_leaves_out_what_is_absent() {
    let push = Notification::new("标题", "content", "request-1").category("IM");
    assert_eq!(
        format!("{push:?}"),
        r#"Notification { title: "<2 chars>", content: "<7 chars>", category: "IM", request_id: "request-1" }"#
    );
    let pretty = format!("{push:#?}");
    assert!(
        pretty.contains("\n    title: \"<2 chars>\",\n") && pretty.contains("\n    alias: None,\n"),
        "{pretty}"
    );
}

#[test]
fn debug_of_values_shows_lengths() {
    let raw = Raw::new("{\"m4rk\":\n\"m4rk\"}").unwrap();
    let pairs = [(FORGED, FORGED)];
    let keyed = [(FORGED, raw)];
    let map = Map::from_slice(&pairs);
    shows_no_text(&(raw, Ext::from(FORGED), Ext::new(b"m4rk\n\xff"), &map, map.get(FORGED)));
    shows_no_text(&(List::from_slice(&[FORGED]), List::from_slice(&[FORGED]).iter(), map.iter()));
    shows_no_text(&Keyed::from_slice(&keyed));
    shows_no_text(&Element::Text(FORGED));
    shows_escaped(&format!("{:?} {:?}", Revealed(&map), Revealed(&Keyed::from_slice(&keyed))));
    shows_escaped(&format!("{:?} {:?}", Revealed(&Ext::from(FORGED)), Revealed(&Ext::new(b"m4rk\n\xff"))));

    let members = Members::new("{\"m4rk\":\n\"m4rk\"}").unwrap();
    let push = Notification::new(FORGED, FORGED, "request-1").members(members);
    let message = MessagePush::new(OfflinePushSettings::new().title(FORGED)).members(members);
    shows_no_text(&(members, &push, &message, AllPush::new(push.clone())));
    for shown in [format!("{:?}", Revealed(&push)), format!("{:?}", Revealed(&message))] {
        shows_escaped(&shown);
    }
    let kept =
        json::Owned::<Notification<'static>, 512>::new(&Notification::new(FORGED, FORGED, "1")).unwrap();
    shows_no_text(&kept);
    shows_escaped(&format!("{:?}", Revealed(&kept)));
}

#[test]
fn debug_of_a_tap_and_what_it_opens_shows_lengths() {
    let uri = "intent://m4rk/m4rk?m4rk#Intent;scheme=m4rk;S.m4rk=m4rk%0A;i.m4rk=765432;c.m=%0A;d.m4rk2=1.765432;end";
    let (intent, screen) = (Intent::parse(uri).unwrap(), IntentUri::try_new(uri).unwrap());
    let url = WebUrl::try_new("https://example.com/?user=m4rk").unwrap();
    let ext = Some(Ext::from(FORGED));
    let actions = [
        ClickAction::OpenApp { ext },
        ClickAction::OpenUrl(url),
        ClickAction::OpenScreen { intent: screen, ext },
        ClickAction::Custom(FORGED),
    ];
    for click in actions {
        let certificate = Certificate::new(6666, 10004, MARK, MARK, click);
        shows_no_text(&(&click, certificate));
        assert!(!format!("{:?}", Revealed(&certificate)).contains("app_key: \"m"), "keys stay hidden");
        shows_escaped(&format!("{:?}", Revealed(&click)));
        let mut push = Notification::new(FORGED, FORGED, "request-1");
        push.set_click_action(click).unwrap();
        for client_sdk in [323, 480] {
            shows_no_text(&(&push, Tap::from_notification(&push, client_sdk)));
        }
    }
    let shown = format!("{intent:?} {:?} {:?} {:?}", intent.extras.iter(), intent.categories, screen);
    shows_no_text(&(
        intent,
        screen,
        intent.extras,
        intent.extras.iter(),
        intent.data,
        intent.text_extra(MARK),
    ));
    assert!(!shown.contains("765432"), "{shown}");
    shows_escaped(&format!("{:?}", Revealed(&intent)));

    shows_no_text(&(Text::new(FORGED), Text::new(FORGED).chars(), Data::new(FORGED)));
    shows_no_text(&(IntentExtra::new(FORGED, ExtraValue::from(FORGED)), ExtraValue::Char('\n')));
    assert_eq!(format!("{:?}", Number::try_new("1.765432").unwrap()), "Number(\"<8 chars>\")");
    let odd = Component::try_new("com.m4rk\n", ".M").unwrap();
    shows_escaped(&format!("{odd:?}"));
}

#[test]
fn debug_of_an_ext_and_of_a_conversation_shows_lengths() {
    let exts = [
        r#"{"entity":{"action":1,"chatType":1,"sender":"m4rk\n","nickname":"m4rk","content":"m4rk\n","version":1}}"#,
        r#"{"conversationID":"c2c_m4rk"}"#,
        r#"{"m4rk": "m4rk"}"#,
        FORGED,
    ];
    for ext in exts {
        let mut scratch = [0; 256];
        let content = Ext::from(ext).content(&mut scratch).unwrap();
        shows_no_text(&(&content, content.conversation()));
    }
    shows_no_text(&ExtContent::Bytes(b"m4rk\n\xff"));
    shows_no_text(&[Conversation::C2c(FORGED), Conversation::Group(FORGED), Conversation::Other(FORGED)]);
    shows_no_text(&(ReceivedExt::ConversationId(FORGED), ReceivedExt::Whole(Ext::from(FORGED))));
}

#[test]
fn debug_of_a_delivery_and_of_a_request_shows_lengths() {
    let settings = OfflinePushSettings::new().title(FORGED).description(FORGED).ext(Ext::from(FORGED));
    let certificate = Certificate::new(6666, 10004, "key", "secret", ClickAction::default());
    let elements = [Element::Text(FORGED), Element::Custom { description: Some(FORGED) }];
    let delivery = Delivery::new(&settings, certificate, None).elements(&elements);
    shows_no_text(&(&delivery, PushOptions::from(&settings), &settings));
    shows_no_text(&PushEntries::new(10004, MARK));
    let chat = ClassName::try_new("com.example.Chat").unwrap();
    shows_no_text(&ActivityEntry::new(chat, MARK, FORGED, FORGED));

    let url = Url::new(Region::China.host(), 1_400_000_000, MARK, MARK, 1);
    shows_no_text(&url);
    let mut buffer = [0; 256];
    let target = url.path_and_query::<SendMessage<'_>>(&mut buffer).unwrap();
    assert!(target.contains(MARK), "the wire has it");
    shows_no_text(&Head::new("POST", "console.tim.qq.com", target));
    let body = [TextContent::new(FORGED).into()];
    shows_no_text(&SendMessage::new(MARK, 1, List::from_slice(&body)));
}
