//! Lists and raw values, as views of the caller's slice and of the input: they hold the same.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::encoded;
use offline_push::Request;
use offline_push::json::{self, List, Members, Raw, Revealed, Texts};
use offline_push::tim::OfflinePushInfo;
use offline_push::tim::rest::{AllMembersPush, Condition, MessageElement, PushBatch};
use offline_push::vivo::{ListPush, Notification, StatisticsRequest, TagExpression};

fn push() -> Notification<'static> {
    Notification::new("title", "content", "request-1")
}

#[test]
fn list_of_the_input_is_that_of_the_sender() {
    for items in [&[][..], &["a"], &["a", "", "深圳 \"\n\\", "\u{0}\u{1}", "😀"]] {
        let sent = List::from_slice(items);
        let mut body = encoded(&tags_of(sent)).into_bytes();
        let received: TagExpression = json::from_slice_in_place(&mut body).unwrap();
        let texts = Texts::new(items, |item| *item);
        for list in [sent, received.or_tags.unwrap(), List::from_texts(&texts)] {
            assert_eq!((list.len(), list.is_empty()), (items.len(), items.is_empty()));
            assert!(list.into_iter().eq(items.iter().copied()));
            assert_eq!(format!("{:?}", Revealed(&list)), format!("{items:?}"));
            assert_eq!((list, sent), (sent, list));
            let mut iter = list.iter();
            for (index, item) in items.iter().enumerate() {
                assert_eq!((iter.len(), iter.next()), (items.len() - index, Some(*item)));
            }
            assert_eq!((iter.len(), iter.next(), iter.next()), (0, None, None));
            for other in [&["a", "b"][..], &["b"], &["a", "c", "d", "e", "f"]] {
                assert_ne!(list, List::from_slice(other));
            }
        }
    }
}

#[test]
fn raw_is_passed_on_to_the_byte() {
    for text in
        ["null ", " [ 1.50 , \"\\u00e9\\/\" ] ", "{ \"a\" : -0 , \"a\" : 1E+2 }", "\"\\ud83d\\ude00\""]
    {
        let raw = Raw::new(text).unwrap();
        assert_eq!((raw.as_str(), raw.to_string()), (text.trim(), text.trim().to_owned()));
        let body = encoded(&push().audit_review(raw));
        assert!(body.ends_with(&format!(",\"auditReview\":{}}}", text.trim())), "{body}");
    }
}

#[test]
fn members_stand_behind_the_others() {
    let head = r#"{"title":"title","content":"content","requestId":"request-1""#;
    for (members, tail, seen) in [
        (" { } ", "}", &[][..]),
        (r#"{"new":1}"#, r#","new":1}"#, &[("new", "1")]),
        (
            r#" { "a" : [ 1 ] , "b\u0063" : { },"":"x" } "#,
            r#","a" : [ 1 ] , "b\u0063" : { },"":"x"}"#,
            &[("a", "[ 1 ]"), (r"b\u0063", "{ }"), ("", r#""x""#)],
        ),
    ] {
        let members = Members::new(members).unwrap();
        assert_eq!(encoded(&push().members(members)), format!("{head}{tail}"));
        assert!(members.iter().map(|(key, value)| (key, value.as_str())).eq(seen.iter().copied()));
        assert_eq!(members.into_iter().count(), seen.len());
    }
}

#[test]
fn from_texts_gives_the_texts_that_there_are() {
    let names = ["", "a", "", "深圳 \"\n\\", "😀", ""];
    let texts = Texts::new(&names, |name| Some(*name).filter(|name| !name.is_empty()));
    let (list, expected) = (List::from_texts(&texts), ["a", "深圳 \"\n\\", "😀"]);
    assert_eq!(format!("{:?}", list.iter()), "ListIter { left: 3, .. }");
    assert_eq!((list, List::from_slice(&expected)), (List::from_slice(&expected), list));
    assert_ne!(list, List::from_slice(&["a"]));
    let tags = tags_of(list);
    assert_eq!(serde_json::to_string(&tags).unwrap(), encoded(&tags));
    let mut body = encoded(&tags).into_bytes();
    assert_eq!(json::from_slice_in_place::<TagExpression>(&mut body), Ok(tags));
    assert!(!format!("{texts:?}").contains('a'), "the texts may be push tokens");
}

#[test]
fn from_texts_takes_functions_with_and_without_option() {
    let users = [(String::from("1"), Some(String::from("one"))), (String::from("2"), None)];
    let ids = Texts::new(&users, |user| user.0.as_str());
    let aliases = Texts::new(&users, |user| user.1.as_deref());
    let same = Texts::new(&users, |_| "id");
    assert!(List::from_texts(&ids).iter().eq(["1", "2"]));
    assert!(List::from_texts(&aliases.clone()).iter().eq(["one"]));
    assert!(List::from_texts(&same).iter().eq(["id"; 2]));
    assert!(List::from_texts(&Texts::new(&users, |_| None::<&str>)).is_empty());
}

/// Such a function breaks its contract; nothing worse follows than another list.
#[test]
fn from_texts_with_a_function_that_changes_its_mind() {
    for given in [0, 1, 3] {
        let calls = AtomicUsize::new(0);
        let texts = Texts::new(&["a"; 3], |text| {
            let call = calls.fetch_add(1, Ordering::Relaxed);
            (call < 2 || (3..3 + given).contains(&call)).then_some(*text)
        });
        let mut tags = TagExpression::new();
        tags.or_tags = Some(List::from_texts(&texts));
        assert_eq!(tags.or_tags.unwrap().len(), 2);
        let expected = format!(r#"{{"orTags":[{}]}}"#, vec![r#""a""#; given].join(","));
        let mut buffer = [0; 64];
        assert_eq!(json::to_str(&tags, &mut buffer).unwrap(), expected);
        assert_eq!(tags.or_tags.unwrap().iter().count(), 0);
    }
}

#[test]
fn message_with_lists_is_send_and_covariant() {
    fn sendable<T: Send + Sync>(_: &T) {}
    fn shorter<'a>(push: Notification<'static>, title: &'a str) -> Notification<'a> {
        let mut push: Notification<'a> = push;
        push.title = title;
        push
    }
    let title = String::from("title");
    sendable(&shorter(push(), &title));
}

/// How often the function of [`Texts`] is called while a list is made of them and something is done with it.
fn calls_for(structs: usize, work: impl Fn(List<'_, &str>)) -> usize {
    let ids: Vec<String> = (0..structs).map(|id| format!("{id:023}")).collect();
    let calls = AtomicUsize::new(0);
    let texts = Texts::new(&ids, |id| {
        calls.fetch_add(1, Ordering::Relaxed);
        Some(id.as_str()).filter(|id| !id.ends_with('7'))
    });
    work(List::from_texts(&texts));
    calls.into_inner()
}

/// Holds that each way to use a list calls the function `passes` times a struct, at most: once to count the texts.
fn is_linear(passes: usize, work: impl Fn(List<'_, &str>)) {
    for structs in [10, 1000, 5000] {
        let calls = calls_for(structs, &work);
        assert!(calls <= passes * structs, "{calls} calls for {structs}");
    }
}

fn tags_of<'a>(list: List<'a, &'a str>) -> TagExpression<'a> {
    TagExpression::new().or_tags(list)
}

#[test]
fn texts_call_the_function_a_fixed_number_of_times() {
    for structs in [0, 1, 1000] {
        assert_eq!(calls_for(structs, |_| ()), structs);
    }
    is_linear(2, |list| assert!(json::to_slice(&tags_of(list), &mut [0; 200_000]).is_ok()));
    is_linear(2, |list| assert!(json::to_slice(&tags_of(list), &mut []).is_err()));
    is_linear(2, |list| assert!(json::to_heapless_vec::<_, 200_000>(&tags_of(list)).is_ok()));
    is_linear(2, |list| assert!(serde_json::to_string(&tags_of(list)).is_ok()));
    is_linear(2, |list| assert!(json::encoded_len(&tags_of(list)) > 0));
    is_linear(2, |list| assert_eq!((&list).into_iter().filter(|id| !id.is_empty()).count(), list.len()));
    is_linear(2, |list| assert!(format!("{list:?}").len() > list.len()));
    is_linear(3, |list| assert_eq!(list, list));
    is_linear(3, |list| {
        let others = vec!["x"; list.len()];
        assert!(list != List::from_slice(&others) && List::from_slice(&others) != list);
    });
}

#[test]
fn check_of_texts_is_linear() {
    is_linear(2, |list| {
        let push = ListPush::new("1", "request-1").reg_ids(list);
        assert_eq!(push.check().is_ok(), list.len() <= 1000);
    });
    is_linear(2, |list| assert_eq!(StatisticsRequest::new(list).check().is_ok(), list.len() <= 100));
    is_linear(2, |list| assert!(StatisticsRequest::new(list).path_and_query(&mut [0; 64]).is_err()));
    is_linear(2, |list| {
        let push = PushBatch::new("administrator", list, 1, OfflinePushInfo::new());
        assert_eq!(push.check().is_ok(), list.len() <= 500);
    });
    is_linear(4, |list| {
        let elements = [MessageElement::text("text")];
        let push = AllMembersPush::new(1, List::from_slice(&elements));
        let condition = Condition::new().tags_or(list).tags_and(list);
        assert!(push.condition(condition).check().is_err());
    });
}
