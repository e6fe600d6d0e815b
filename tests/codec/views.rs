//! Lists and raw values, as views of the caller's slice and of the input: they hold the same.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::encoded;
use offline_push::Request;
use offline_push::json::{self, List, Members, Raw, Texts};
use offline_push::tim::OfflinePushInfo;
use offline_push::tim::rest::{AllMembersPush, Condition, MessageElement, PushBatch};
use offline_push::vivo::{
    ListPush, Notification, NotifyType, Receipt, Receipts, SkipType, StatisticsRequest, TagExpression,
    TagPush,
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

/// One message, written as most senders do and as few do.
const RECEIPTS: [&[u8]; 24] = [
    br#"{"targets":"a,b","ackTime":1501484120000,"param":"p","ackType":"0","subAckType":"2000"}"#,
    br#"{"targets":"a,b","ackType":"0"}"#,
    br#"{"ackTime":7}"#,
    br#"{"subAckType":"1","ackType":"0","param":"","ackTime":0,"targets":"sixteen and more bytes of text"}"#,
    br#"{"ackTime":1,"targets":"a"}"#,
    br#"{"targets": "a", "ackTime": 1, "param": "p"}"#,
    b"\t{\n\"targets\" :\"a\" ,\"ackTime\":1 }\r",
    br#"{"targets":"a\nb","param":"\u4e2d\"","ackType":"\\"}"#,
    br#"{"t\u0061rgets":"a","ackTime":1}"#,
    br#"{"targets":null,"ackTime":null,"ackType":"0"}"#,
    br#"{"targets":"a","new":1}"#,
    br#"{"new":{"targets":["b\""]},"targets":"a"}"#,
    br#"{"target":"b","targetss":"c","\u0078":"d","targets":"a"}"#,
    br#"{"ackTime":"1501484120000","ackType":0,"subAckType":-1}"#,
    br#"{"ackTime":1.50148412e12}"#,
    br#"{"ackTime":18446744073709551615}"#,
    br#"{"ackTime":123456789012345}"#,
    br#"{"ackTime":1234567890123456}"#,
    br#"{"ackTime":-0}"#,
    "{\"targets\":\"深圳\",\"param\":\"\u{7f}\",\"ackType\":\"😀\"}".as_bytes(),
    b"{}",
    b"[]",
    b"{ }",
    br#"{"param":"{\"targets\":\"b\"}","ackType":"0"}"#,
];

/// What no receipt is.
const NO_RECEIPTS: [&[u8]; 23] = [
    br#"{"targets":"a","targets":"b"}"#,
    br#"{"targets":"a","ackTime":1,"t\u0061rgets":"b"}"#,
    br#"{"targets":"a","ackTime":18446744073709551616}"#,
    br#"{"targets":"a","ackTime":-1}"#,
    br#"{"targets":"a","ackTime":01}"#,
    br#"{"targets":"a","ackTime":1.5}"#,
    br#"{"targets":"a","ackTime":true}"#,
    br#"{"targets":1,"ackTime":1}"#,
    br#"{"targets":"a","ackTime":1,}"#,
    br#"{"targets":"a""ackTime":1}"#,
    br#"{"targets":"a",,"ackTime":1}"#,
    br#"{"targets":"a","ackTime":1]"#,
    br#"{"targets":"a","ackTime"1}"#,
    br#"{,"targets":"a"}"#,
    br#"{"targets":"a\x"}"#,
    b"{\"targets\":\"a\nb\"}",
    b"{\"targets\":\"a\xff\"}",
    b"{\"new\xff\":\"a\"}",
    br#"{"new":"\x"}"#,
    br#"{"new":tru}"#,
    br#"{new:1}"#,
    br#"["targets"]"#,
    b"null",
];

/// An object of receipts, their keys in all forms.
fn keyed(receipts: &[&[u8]]) -> Vec<u8> {
    let keys = ["\"1\":", "\"22\":", "\"22\" : ", "\"4\\n4\":", "\"\":", "\"342982232646905856\":"];
    let entries = receipts.iter().zip(keys.iter().cycle());
    let entries: Vec<_> = entries.map(|(receipt, key)| [key.as_bytes(), receipt].concat()).collect();
    [b"{".as_slice(), &entries.join(b",".as_slice()), b"}"].concat()
}

#[test]
fn a_value_in_a_container_is_read_as_it_is_alone_whatever_is_in_front_of_it() {
    for one in RECEIPTS {
        for other in RECEIPTS {
            // Long rows of a form, and changes of it.
            let written = [one, other, one, one, other, other, other, other, other, other, one, other, one];
            let mut body = keyed(&written);
            let again = body.clone();
            let receipts: Receipts = json::from_slice_in_place(&mut body).unwrap();
            assert_eq!(receipts.len(), written.len());
            for ((_, receipt), text) in receipts.iter().zip(written) {
                let mut alone = text.to_vec();
                let alone: Receipt = json::from_slice_in_place(&mut alone).unwrap();
                assert_eq!(receipt, alone, "{}", String::from_utf8_lossy(text));
            }
            if let Ok(unchanged) = json::from_slice::<Receipts>(&again) {
                assert_eq!(unchanged, receipts);
            }
        }
    }
}

#[test]
fn a_value_in_a_container_fails_as_it_does_alone_whatever_is_in_front_of_it() {
    for one in RECEIPTS {
        for wrong in NO_RECEIPTS {
            let alone = json::from_slice_in_place::<Receipt>(&mut wrong.to_vec()).unwrap_err();
            for count in [0, 1, 7] {
                let mut written = vec![one; count];
                written.push(wrong);
                let mut body = keyed(&written);
                let start = body.len() - 1 - wrong.len();
                let error = json::from_slice_in_place::<Receipts>(&mut body).unwrap_err();
                let text = String::from_utf8_lossy(wrong);
                assert_eq!(error.kind(), alone.kind(), "{text}");
                assert_eq!(error.field(), alone.field(), "{text}");
                assert_eq!(error.offset(), start + alone.offset(), "{text}");
            }
        }
    }
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
fn from_texts_gives_the_texts_of_the_structs() {
    let names = ["a", "", "深圳 \"\n\\", "😀"];
    let texts = Texts::new(&names, |name| Some(*name).filter(|name| !name.is_empty()));
    let mut tags = TagExpression::new();
    tags.or_tags = Some(List::from_texts(&texts));
    let list = tags.or_tags.unwrap();
    let expected = ["a", "深圳 \"\n\\", "😀"];
    assert_eq!((list.len(), list.is_empty()), (3, false));
    assert!(list.iter().eq(expected) && list.into_iter().eq(expected));
    assert_eq!(list, List::from_slice(&expected));
    assert_eq!(List::from_slice(&expected), list);
    assert_ne!(list, List::from_slice(&["a", "b", "c"]));
    assert_ne!(list, List::from_slice(&["a"]));
    assert_eq!(format!("{list:?}"), format!("{expected:?}"));
    assert_eq!(serde_json::to_string(&tags).unwrap(), encoded(&tags));

    let mut body = encoded(&tags).into_bytes();
    assert_eq!(json::from_slice_in_place::<TagExpression>(&mut body), Ok(tags));
    assert!(!format!("{texts:?}").contains('a'), "the texts may be push tokens");
}

#[test]
fn from_texts_takes_functions_with_and_without_option() {
    struct User {
        id: String,
        alias: Option<String>,
    }
    let user = |id: &str, alias: Option<&str>| User { id: id.into(), alias: alias.map(String::from) };
    let users = vec![user("1", Some("one")), user("2", None), user("3", Some("three"))];
    let ids = Texts::new(&users, |user| user.id.as_str());
    let aliases = Texts::new(&users, |user| user.alias.as_deref());
    let same = Texts::new(&users, |_| "id");
    assert!(List::from_texts(&ids).iter().eq(["1", "2", "3"]));
    assert!(List::from_texts(&aliases.clone()).iter().eq(["one", "three"]));
    assert!(List::from_texts(&same).iter().eq(["id"; 3]));
    let none: [User; 0] = [];
    assert!(List::from_texts(&Texts::new(&none, |user| user.id.as_str())).is_empty());
    assert!(List::from_texts(&Texts::new(&users, |_| None::<&str>)).is_empty());
}

#[test]
fn list_iter_of_texts_counts_down_to_its_end() {
    let texts = Texts::new(&["a", "", "b", ""], |name| Some(*name).filter(|name| !name.is_empty()));
    let list = List::from_texts(&texts);
    let mut items = list.iter();
    assert_eq!(format!("{items:?}"), "ListIter { left: 2, .. }");
    assert_eq!((items.len(), items.next()), (2, Some("a")));
    assert_eq!((items.len(), items.next()), (1, Some("b")));
    assert_eq!((items.len(), items.next(), items.next()), (0, None, None));
}

/// Such a function breaks its contract; nothing worse follows than another list.
#[test]
fn from_texts_bears_a_function_that_changes_its_mind() {
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
    let mut tags = TagExpression::new();
    tags.or_tags = Some(list);
    tags
}

#[test]
fn from_texts_calls_the_function_once_a_struct() {
    for structs in [0, 1, 1000] {
        assert_eq!(calls_for(structs, |_| ()), structs);
    }
}

#[test]
fn encoding_texts_is_linear() {
    is_linear(2, |list| {
        json::to_slice(&tags_of(list), &mut [0; 200_000]).unwrap();
    });
    is_linear(2, |list| assert!(json::to_slice(&tags_of(list), &mut []).is_err()));
    is_linear(2, |list| assert!(json::to_heapless_vec::<_, 200_000>(&tags_of(list)).is_ok()));
    is_linear(2, |list| assert!(serde_json::to_string(&tags_of(list)).is_ok()));
}

#[test]
fn encoded_len_of_texts_is_linear() {
    is_linear(2, |list| assert!(json::encoded_len(&tags_of(list)) > 0));
}

#[test]
fn iterating_texts_is_linear() {
    is_linear(2, |list| {
        let mut count = 0;
        for id in &list {
            count += usize::from(!id.is_empty());
        }
        assert_eq!(count, list.len());
    });
}

#[test]
fn debug_of_texts_is_linear() {
    is_linear(2, |list| assert!(format!("{list:?}").len() > list.len()));
}

#[test]
fn eq_of_texts_is_linear_on_both_sides() {
    is_linear(3, |list| assert_eq!(list, list));
    is_linear(3, |list| {
        let others = vec!["x"; list.len()];
        assert!(list != List::from_slice(&others) && List::from_slice(&others) != list);
    });
}

#[test]
fn check_of_texts_is_linear() {
    is_linear(2, |list| {
        let mut push = ListPush::new("1", "request-1");
        push.reg_ids = Some(list);
        assert_eq!(push.check().is_ok(), list.len() <= 1000);
    });
    is_linear(2, |list| {
        let mut push = push();
        (push.notify_type, push.skip_type) = (Some(NotifyType::RING), Some(SkipType::OPEN_APP));
        push.tag_expression = Some(tags_of(list));
        assert!(TagPush::new(push).check().is_ok());
    });
    is_linear(2, |list| assert_eq!(StatisticsRequest::new(list).check().is_ok(), list.len() <= 100));
    is_linear(2, |list| {
        let push = PushBatch::new("administrator", list, 1, OfflinePushInfo::new());
        assert_eq!(push.check().is_ok(), list.len() <= 500);
    });
    is_linear(4, |list| {
        let mut condition = Condition::new();
        (condition.tags_or, condition.tags_and) = (Some(list), Some(list));
        let text = MessageElement::text("text");
        let elements = [text];
        let mut push = AllMembersPush::new(1, List::from_slice(&elements));
        push.condition = Some(condition);
        assert!(push.check().is_err());
    });
}

#[test]
fn path_and_query_of_texts_is_linear() {
    is_linear(2, |list| assert!(StatisticsRequest::new(list).path_and_query(&mut [0; 64]).is_err()));
}
