//! Lists, maps and raw values, as views of the caller's slice and of the input: they hold the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};

use common::encoded;
use offline_push::json::{self, List, MAX_OWNED_PAIRS, Map, MapError, MapValue, Members, Raw, Texts};
use offline_push::vivo::{
    ListPush, Notification, NotifyType, Request, SkipType, StatisticsRequest, TagExpression, TagPush,
};

fn push() -> Notification<'static> {
    Notification::new("title", "content", "request-1")
}

#[test]
fn a_list_of_the_input_holds_what_the_list_of_the_sender_held() {
    for items in [&[][..], &["a"], &["a", "", "深圳 \"\n\\", "\u{0}\u{1}", "😀"]] {
        let mut tags = TagExpression::new();
        tags.or_tags = Some(List::from_slice(items));
        let mut body = encoded(&tags).into_bytes();
        let received: TagExpression = json::from_slice_in_place(&mut body).unwrap();
        let (sent, received) = (tags.or_tags.unwrap(), received.or_tags.unwrap());
        for list in [sent, received] {
            assert_eq!((list.len(), list.is_empty()), (items.len(), items.is_empty()));
            assert!(list.iter().eq(items.iter().copied()));
            assert!(list.into_iter().eq(items.iter().copied()), "a list can be read twice");
            assert_eq!(format!("{list:?}"), format!("{items:?}"));
        }
        assert_eq!(sent, received);
    }
}

#[test]
fn a_list_counts_down_and_stays_at_its_end() {
    let text = r#"{"orTags":[ "a" , "b" ]}"#;
    let read: TagExpression = json::from_str(text).unwrap();
    for list in [read.or_tags.unwrap(), List::from_slice(&["a", "b"])] {
        let mut items = list.iter();
        assert_eq!((items.len(), items.next()), (2, Some("a")));
        assert_eq!((items.len(), items.next()), (1, Some("b")));
        assert_eq!((items.len(), items.next(), items.next()), (0, None, None));
    }
}

#[test]
fn lists_differ_by_elements_and_by_length() {
    let list = List::from_slice(&["a", "b"]);
    for other in [&["a"][..], &["a", "c"], &["b", "a"], &["a", "b", "c"], &[]] {
        assert_ne!(list, List::from_slice(other));
    }
}

#[test]
fn a_map_of_the_input_holds_what_the_map_of_the_sender_held() {
    for pairs in [&[][..], &[("k", "v")], &[("b", "深圳 \"\n"), ("a\\", ""), ("", "😀")]] {
        let mut owned = Map::new();
        pairs.iter().for_each(|(key, value)| owned.insert(key, value).unwrap());
        let mut push = push();
        push.client_custom_map = Some(Map::from_slice(pairs));
        let mut body = encoded(&push).into_bytes();
        let received: Notification = json::from_slice_in_place(&mut body).unwrap();
        let received = received.client_custom_map.unwrap();
        for map in [&owned, &received] {
            assert_eq!((map.len(), map.is_empty()), (pairs.len(), pairs.is_empty()));
            assert!(map.iter().map(|(key, value)| (key, value.text().unwrap())).eq(pairs.iter().copied()));
            assert_eq!(Some(map), push.client_custom_map.as_ref());
            for (key, value) in pairs {
                assert_eq!((map.text(key), map.get(key)), (Some(*value), Some(MapValue::Text(value))));
            }
            assert_eq!((map.text("K"), map.get("nobody")), (None, None));
        }
    }
}

#[test]
fn setting_a_key_again_replaces_its_value_and_leaves_the_others() {
    let mut map = Map::new();
    for (key, value) in [("a", "1"), ("b", "2"), ("c", "3"), ("a", "4")] {
        map.insert(key, value).unwrap();
    }
    assert_eq!(map, Map::from_slice(&[("a", "4"), ("b", "2"), ("c", "3")]));
}

#[test]
fn a_view_becomes_a_map_of_its_own_when_a_key_is_set() {
    let pairs = [("a", "1"), ("b", "2")];
    let text = r#"{"title":"t","content":"c","clientCustomMap":{"a":"1","b":"2"},"requestId":"r"}"#;
    let received: Notification = json::from_str(text).unwrap();
    for mut map in [Map::from_slice(&pairs), received.client_custom_map.unwrap()] {
        map.insert("b", "3").unwrap();
        map.insert("c", "4").unwrap();
        assert_eq!(map, Map::from_slice(&[("a", "1"), ("b", "3"), ("c", "4")]));
    }
    assert_eq!(pairs, [("a", "1"), ("b", "2")], "the sender's pairs are as they were");
}

#[test]
fn a_map_owns_so_many_pairs_and_no_other_values_than_text() {
    let keys: Vec<_> = (0..=MAX_OWNED_PAIRS).map(|number| number.to_string()).collect();
    let mut map = Map::new();
    for key in &keys[..MAX_OWNED_PAIRS] {
        assert_eq!(map.insert(key, "v"), Ok(()));
    }
    let full = map.insert(&keys[MAX_OWNED_PAIRS], "v").unwrap_err();
    assert_eq!(full.to_string(), format!("a map owns at most {MAX_OWNED_PAIRS} pairs"));
    assert_eq!(map.insert(&keys[0], "w"), Ok(()), "a key that is there needs no room");
    assert_eq!((map.len(), map.text("0")), (MAX_OWNED_PAIRS, Some("w")));

    let text = r#"{"title":"t","content":"c","clientCustomMap":{"a":{}},"requestId":"r"}"#;
    let mut map = json::from_str::<Notification>(text).unwrap().client_custom_map.unwrap();
    assert!(map.insert("b", "v").is_err());
    assert_eq!((map.len(), map.get("b")), (1, None));
}

#[test]
fn raw_values_are_passed_on_to_the_byte() {
    for text in
        ["null ", " [ 1.50 , \"\\u00e9\\/\" ] ", "{ \"a\" : -0 , \"a\" : 1E+2 }", "\"\\ud83d\\ude00\""]
    {
        let raw = Raw::new(text).unwrap();
        assert_eq!((raw.as_str(), raw.to_string()), (text.trim(), text.trim().to_owned()));
        let mut push = push();
        push.audit_review = Some(raw);
        let body = encoded(&push);
        assert!(body.ends_with(&format!(",\"auditReview\":{}}}", text.trim())), "{body}");
    }
}

#[test]
fn further_members_stand_behind_the_others() {
    let head = r#"{"title":"title","content":"content","requestId":"request-1""#;
    let cases = [
        ("{}", "}"),
        (" { } ", "}"),
        (r#"{"new":1}"#, r#","new":1}"#),
        (r#" { "a" : [ ] , "b\u0063" : { } } "#, r#","a" : [ ] , "b\u0063" : { }}"#),
    ];
    for (members, tail) in cases {
        let mut push = push();
        push.members = Some(Members::new(members).unwrap());
        assert_eq!(encoded(&push), format!("{head}{tail}"));
    }
}

#[test]
fn further_members_can_be_looked_through() {
    let members = Members::new(r#"{ "a" : [ 1 ] , "b\u0063":null,"":"x" }"#).unwrap();
    let seen: Vec<_> = members.iter().map(|(key, value)| (key, value.as_str())).collect();
    assert_eq!(seen, [("a", "[ 1 ]"), (r"b\u0063", "null"), ("", r#""x""#)]);
    assert_eq!(Members::new("{ }").unwrap().into_iter().count(), 0);
}

#[test]
fn a_map_with_a_value_that_is_not_text_stays_as_it_was_received() {
    let text = r#"{"title":"t","content":"c","requestId":"r","clientCustomMap":{"a":1,"b":"x"}}"#;
    let mut map = json::from_str::<Notification>(text).unwrap().client_custom_map.unwrap();
    assert_eq!(map.insert("c", "y"), Err(MapError::NotText));
    assert_eq!(map.remove("b"), Err(MapError::NotText));
    assert_eq!(map.text("b"), Some("x"));
    assert_eq!(map.remove("a"), Ok(()), "what is taken out need not be text");
    assert_eq!(map.iter().collect::<Vec<_>>(), [("b", MapValue::Text("x"))]);
}

#[test]
fn a_list_of_an_iterator_holds_what_the_iterator_gives() {
    let names = ["a", "", "深圳 \"\n\\", "😀"];
    let texts = Texts::new(names.iter().copied().filter(|name| !name.is_empty()));
    let mut tags = TagExpression::new();
    tags.or_tags = Some(List::from_texts(&texts));
    let list = tags.or_tags.unwrap();
    let expected = ["a", "深圳 \"\n\\", "😀"];
    assert_eq!((list.len(), list.is_empty()), (3, false));
    assert!(list.iter().eq(expected) && list.into_iter().eq(expected));
    let mut visited = Vec::new();
    list.for_each(|name| visited.push(name));
    assert_eq!(visited, expected);
    assert_eq!(list, List::from_slice(&expected));
    assert_eq!(List::from_slice(&expected), list);
    assert_ne!(list, List::from_slice(&["a", "b", "c"]));
    assert_ne!(list, List::from_slice(&["a"]));
    assert_eq!(format!("{list:?}"), format!("{expected:?}"));
    assert_eq!(serde_json::to_string(&tags).unwrap(), encoded(&tags));

    let mut body = encoded(&tags).into_bytes();
    assert_eq!(json::from_slice_in_place::<TagExpression>(&mut body), Ok(tags));
    let nothing = Texts::new([].into_iter());
    assert!(List::from_texts(&nothing).is_empty());
    assert!(!format!("{texts:?}").contains('a'), "the texts may be push tokens");
}

#[test]
fn messages_with_lists_go_to_other_threads_and_take_shorter_lives() {
    fn sendable<T: Send + Sync>(_: &T) {}
    fn shorter<'a>(push: Notification<'static>, title: &'a str) -> Notification<'a> {
        let mut push: Notification<'a> = push;
        push.title = title;
        push
    }
    let title = String::from("title");
    sendable(&shorter(push(), &title));
}

/// Ids that count how often one of them was asked for.
#[derive(Clone)]
struct Counted<'c> {
    ids: std::slice::Iter<'c, String>,
    steps: &'c AtomicUsize,
}

impl<'c> Iterator for Counted<'c> {
    type Item = &'c str;

    fn next(&mut self) -> Option<&'c str> {
        self.steps.fetch_add(1, Ordering::Relaxed);
        self.ids.next().map(String::as_str)
    }
}

#[test]
fn checks_and_paths_take_linear_time_for_the_texts_of_an_iterator() {
    let steps_for = |count: usize, work: fn(List<'_, &str>)| {
        let ids: Vec<String> = (0..count).map(|id| format!("{id:023}")).collect();
        let steps = AtomicUsize::new(0);
        let texts = Texts::new(Counted { ids: ids.iter(), steps: &steps });
        work(List::from_texts(&texts));
        steps.into_inner()
    };
    let list_push = |list: List<'_, &str>| {
        let mut push = ListPush::new("1", "request-1");
        push.reg_ids = Some(list);
        assert_eq!(push.check().is_ok(), list.len() <= 1000);
    };
    let tag_push = |list: List<'_, &str>| {
        let mut tags = TagExpression::new();
        tags.or_tags = Some(list);
        let mut push = Notification::new("title", "content", "request-1");
        (push.notify_type, push.skip_type) = (Some(NotifyType::RING), Some(SkipType::OPEN_APP));
        push.tag_expression = Some(tags);
        assert!(TagPush::new(push).is_ok());
    };
    let statistics = |list: List<'_, &str>| {
        let request = StatisticsRequest::new(list);
        assert!(request.path_and_query(&mut [0; 64]).is_err());
    };
    let works: [fn(List<'_, &str>); 3] = [list_push, tag_push, statistics];
    for (number, work) in works.into_iter().enumerate() {
        for count in [1000, 5000] {
            let steps = steps_for(count, work);
            assert!(steps <= 4 * count, "{number}: {steps} steps for {count}");
        }
    }
}
