//! Messages that are pulled in pieces: the same bytes as in one, in pieces of any length.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::documents::messages;
use crate::common::fixtures::{self, SAMPLES};
use crate::common::{KINDS, Kind, encoded, in_pieces, kind};
use offline_push::Ext;
use offline_push::json::{self, Encode, EncodeError, Keyed, List, Map, Members, Owned, Pieces, Raw, Texts};
use offline_push::tim::{JavaBytes, JavaPushInfo, JavaPushWrapper, OfflinePushSettings};
use offline_push::vivo::{ListPush, Notification, NotificationExtra, Receipt, Receipts, TagExpression};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

fn is_as_in_one(kind: &Kind, document: &[u8], length: usize) -> bool {
    let Some(both) = (kind.in_pieces)(document, length) else { return false };
    for (pieces, whole) in both {
        let (pieces, whole) = (String::from_utf8_lossy(&pieces), String::from_utf8_lossy(&whole));
        assert_eq!(pieces, whole, "{} in pieces of {length}", kind.name);
    }
    true
}

#[test]
fn pieces_every_sample_is_as_encoded_in_one() {
    for sample in SAMPLES {
        let text = fixtures::read(sample.file);
        for length in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 31, 63, 64, 100, 255, 4096] {
            is_as_in_one(kind(sample.kind), text.as_bytes(), length);
        }
    }
}

#[test]
fn pieces_random_message_is_as_encoded_in_one() {
    let mut runner = TestRunner::deterministic();
    for kind in KINDS {
        let strategy = (messages(kind.description), 1..60usize);
        let mut good = 0;
        for _ in 0..200 {
            let (message, length) = strategy.new_tree(&mut runner).unwrap().current();
            good += usize::from(is_as_in_one(kind, message.as_bytes(), length));
        }
        assert!(good >= 20, "{good} of 200 {}", kind.name);
    }
}

fn is_as_in_one_by_every_length(message: &impl Encode) {
    let whole = encoded(message);
    for length in 1..=whole.len() + 2 {
        assert_eq!(String::from_utf8_lossy(&in_pieces(message, length)), whole, "in pieces of {length}");
    }
}

/// A map, and the same with keys that were set, removed, both, and neither in the end.
fn edited<'a>(map: &Map<'a>) -> [Map<'a>; 5] {
    let [mut changed, mut removed, mut both, mut undone] = [(); 4].map(|()| map.clone());
    changed.insert("k", "\u{1}").unwrap();
    changed.insert("new", "\"").unwrap();
    removed.remove("k").unwrap();
    removed.remove("last").unwrap();
    both.remove("k").unwrap();
    both.insert("last", "").unwrap();
    undone.insert("new", "").unwrap();
    undone.remove("new").unwrap();
    [map.clone(), changed, removed, both, undone]
}

#[test]
fn pieces_of_built_notification_by_every_length() {
    for text in ["\"\\\n\0\u{1f}é😀", "中文\t中文", "plain", ""] {
        let pairs = [(text, text), ("k", text), ("last", "\u{7f}")];
        let ids = ["1", text, "2"];
        let texts = Texts::new(&ids, |id| id.chars().all(|letter| letter.is_ascii_digit()).then_some(*id));
        let (slice, none) = (List::from_slice(&ids), List::from_slice(&[]));
        for map in edited(&Map::from_slice(&pairs)).into_iter().chain([Map::new()]) {
            let mut push = Notification::new(text, text, text);
            push.client_custom_map = Some(map);
            push.is_business_msg = Some(i32::MIN);
            push.app_id = Some(u64::MAX);
            push.tag_expression =
                Some(TagExpression::new().or_tags(slice).and_tags(List::from_texts(&texts)).not_tags(none));
            push.audit_review = Some(Raw::new(r#"[ {"a" : "\u00e9"} ]"#).unwrap());
            push.extra = Some(NotificationExtra::new());
            push.members = Some(Members::new(r#"{ "new": [1, 2] }"#).unwrap());
            is_as_in_one_by_every_length(&push);
        }
    }
}

#[test]
fn pieces_of_decoded_map_with_edits_by_every_length() {
    for map in [
        "{}",
        "[]",
        r#"{"k":"a\u0001"}"#,
        r#"{"a": [1, "\n"], "k" :"\\" , "last":""}"#,
        r#"{"last":{"k":" "},"\u006b":"1","k":"2"}"#,
    ] {
        let json = format!(r#"{{"title":"t","content":"c","requestId":"r","clientCustomMap":{map}}}"#);
        let mut bytes = json.into_bytes();
        let push: Notification<'_> = json::from_slice_in_place(&mut bytes).unwrap();
        for map in edited(push.client_custom_map.as_ref().unwrap()) {
            is_as_in_one_by_every_length(&push.clone().client_custom_map(map));
        }
    }
}

#[test]
fn pieces_of_other_containers_by_every_length() {
    let receipts =
        [("1", Receipt::new()), ("\n", Receipt::new().targets("a,b").ack_time(1)), ("", Receipt::new())];
    is_as_in_one_by_every_length(&Keyed::from_slice(&receipts));
    is_as_in_one_by_every_length(&Receipts::from_slice(&[]));
    let ext: Vec<u8> = (0..=255).collect();
    let info = JavaPushInfo::new().extension(JavaBytes::new(&ext));
    is_as_in_one_by_every_length(&JavaPushWrapper::new(info));
}

/// Escapes are resolved where the text is kept. The text contains every mark, so that no mark is left to end it.
#[test]
fn pieces_of_kept_strings_with_escapes_by_every_length() {
    let marks: String = ('\0'..' ').chain(['\u{7f}', '"', '\\']).collect();
    for text in ["\n", "\u{1}\u{2}", "a\\\"b", &marks] {
        let push = Notification::new(text, "plain", text).profile_id(text);
        let owned = Owned::<Notification<'static>, 2048>::new(&push).unwrap();
        is_as_in_one_by_every_length(&owned);
        let ids = [text, "plain", text];
        let json = encoded(&ListPush::new("1", "2").reg_ids(List::from_slice(&ids)));
        let mut bytes = json.into_bytes();
        is_as_in_one_by_every_length(&json::from_slice_in_place::<ListPush<'_>>(&mut bytes).unwrap());
    }
}

#[test]
fn pieces_of_changing_lengths_and_from_a_clone() {
    let push = Notification::new("a\nb", "内容", "1").reg_id("12345678901234567890123");
    let whole = encoded(&push);
    let mut pieces = Pieces::new(&push).unwrap();
    let mut sent: Vec<u8> = Vec::new();
    for length in [0, 3, 1, 0, 20, 2].into_iter().cycle() {
        if pieces.is_empty() {
            break;
        }
        let (mut before, mut again) = (pieces.clone(), vec![0; whole.len()]);
        assert_eq!(before.next(&mut again), pieces.len());
        assert_eq!(&again[..pieces.len()], &whole.as_bytes()[sent.len()..]);
        let mut piece = vec![0; length];
        let written = pieces.next(&mut piece);
        assert!(written == length || pieces.is_empty());
        sent.extend(&piece[..written]);
    }
    assert_eq!(sent, whole.as_bytes());
    assert_eq!((pieces.next(&mut [0; 8]), pieces.len()), (0, 0));
    assert_eq!(format!("{pieces:?}"), "Pieces { len: 0, .. }");
}

#[test]
fn pieces_of_message_that_cannot_be_encoded() {
    let settings = OfflinePushSettings::new().ext(Ext::new(b"\xff"));
    let refused = Pieces::new(&settings).map(|pieces| pieces.len());
    assert_eq!(refused, Err(EncodeError::NotUtf8 { field: "offline_push_config_ext" }));
}

/// The function is called for each id at most once to measure it, once to write it, and once for each piece that ends in it.
#[test]
fn pieces_look_at_each_id_once_and_at_one_more_for_each_piece() {
    for count in [1000, 2000, 4000] {
        let ids: Vec<String> = (0..count).map(|id| format!("{id:023}")).collect();
        let calls = AtomicUsize::new(0);
        let texts = Texts::new(&ids, |id| {
            calls.fetch_add(1, Ordering::Relaxed);
            id.as_str()
        });
        let push = ListPush::new("1", "2").reg_ids(List::from_texts(&texts));
        let (mut all, length) = (count, json::encoded_len(&push));
        all += count;
        assert_eq!(calls.load(Ordering::Relaxed), all, "counted, and measured");
        assert_eq!(in_pieces(&push, 64).len(), length);
        let more = calls.load(Ordering::Relaxed) - all;
        assert!(more <= 2 * count + length / 64 + 1, "{more} calls for {count} ids");
    }
}
