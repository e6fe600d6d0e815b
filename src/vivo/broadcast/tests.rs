use std::format;
use std::string::String;

use super::{AllPush, ListPayload, TagPush};
use crate::check::{CheckError, Rule};
use crate::json::{self, List};
use crate::vivo::{Notification, NotifyType, Rules, SkipType, TagExpression};

type Checked = Result<(), CheckError>;

/// A push that every endpoint but that of single pushes and that of tags takes.
fn sound<'a>() -> Notification<'a> {
    let mut push = Notification::new("title", "content", "request-1");
    push.notify_type = Some(NotifyType::RING);
    push.skip_type = Some(SkipType::OPEN_APP);
    push
}

fn tags<'a>(any: &'a [&'a str], all: &'a [&'a str], none: &'a [&'a str]) -> Option<TagExpression<'a>> {
    let mut tags = TagExpression::new();
    tags.or_tags = Some(List::from_slice(any));
    tags.and_tags = Some(List::from_slice(all));
    tags.not_tags = Some(List::from_slice(none));
    Some(tags)
}

/// What list payload, push to all and push by tag, which is given a tag, say of a push.
fn checks<'a>(rules: Rules, change: impl FnOnce(&mut Notification<'a>)) -> [Checked; 3] {
    let mut notification = sound();
    change(&mut notification);
    let mut tagged = notification.clone();
    tagged.tag_expression = tags(&["shenzhen"], &[], &[]);
    let by_new = [
        ListPayload::new(notification.clone()).map(|_| ()),
        AllPush::new(notification.clone()).map(|_| ()),
        TagPush::new(tagged.clone()).map(|_| ()),
    ];
    let checked = [
        ListPayload { notification: notification.clone() }.check_against(rules),
        AllPush { notification }.check_against(rules),
        TagPush { notification: tagged }.check_against(rules),
    ];
    if rules == Rules::Newest {
        assert_eq!(by_new, checked);
    }
    checked
}

fn all(result: Checked) -> [Checked; 3] {
    [result; 3]
}

fn error(field: &'static str, rule: Rule) -> Checked {
    Err(CheckError::new(field, rule))
}

#[test]
fn a_push_to_many_names_nobody() {
    let newest = |change: fn(&mut Notification<'static>)| checks(Rules::Newest, change);
    assert_eq!(newest(|_| {}), all(Ok(())));
    assert_eq!(
        newest(|push| push.reg_id = Some("12345678901234567890123")),
        all(error("regId", Rule::NotAllowed))
    );
    assert_eq!(newest(|push| push.reg_id = Some("")), all(error("regId", Rule::NotAllowed)));
    assert_eq!(newest(|push| push.alias = Some("a")), all(error("alias", Rule::NotAllowed)));
    assert_eq!(newest(|push| push.profile_id = Some("p")), all(error("profileId", Rule::NotAllowed)));
}

#[test]
fn a_push_to_many_waits_a_quarter_of_an_hour_to_a_week() {
    let range = Rule::OutOfRange { min: 900, max: 604_800 };
    for (seconds, newest, java_sdk) in [
        (0, error("timeToLive", range), Ok(())),
        (60, error("timeToLive", range), error("timeToLive", range)),
        (899, error("timeToLive", range), error("timeToLive", range)),
        (900, Ok(()), Ok(())),
        (604_800, Ok(()), Ok(())),
        (604_801, error("timeToLive", range), error("timeToLive", range)),
    ] {
        let with = |rules| checks(rules, |push| push.time_to_live = Some(seconds));
        assert_eq!(with(Rules::Newest), all(newest), "{seconds}");
        assert_eq!(with(Rules::JavaSdk), all(java_sdk), "{seconds}");
    }
}

#[test]
fn the_rules_of_a_single_push_hold_for_many_too() {
    let with = |change: fn(&mut Notification<'static>)| checks(Rules::Newest, change);
    assert_eq!(with(|push| push.app_id = Some(0)), all(error("appId", Rule::Missing)));
    assert_eq!(with(|push| push.title = ""), all(error("title", Rule::Missing)));
    assert_eq!(with(|push| push.skip_type = None), all(error("skipType", Rule::Missing)));
    assert_eq!(with(|push| push.request_id = " "), all(error("requestId", Rule::Missing)));
    let long = "中".repeat(21);
    let by = |rules| checks(rules, |push| push.title = &long);
    assert_eq!(by(Rules::Newest), all(Ok(())));
    assert_eq!(by(Rules::JavaSdk), all(error("title", Rule::TooLong { max: 40 })));
}

#[test]
fn a_push_by_tag_needs_tags_that_are_not_blank() {
    let with = |tag_expression| {
        let mut push = sound();
        push.tag_expression = tag_expression;
        TagPush::new(push).map(|_| ())
    };
    assert_eq!(with(None), error("orTags", Rule::Missing));
    assert_eq!(with(Some(TagExpression::new())), error("orTags", Rule::Missing));
    assert_eq!(with(tags(&[], &[], &[])), error("orTags", Rule::Missing));
    assert_eq!(with(tags(&[], &[], &["a"])), error("orTags", Rule::Missing));
    assert_eq!(with(tags(&["a"], &[], &[])), Ok(()));
    assert_eq!(with(tags(&[], &["a"], &["b"])), Ok(()));
    assert_eq!(with(tags(&["a", ""], &[], &[])), error("orTags", Rule::Missing));
    assert_eq!(with(tags(&["a"], &[" "], &[])), error("andTags", Rule::Missing));
    assert_eq!(with(tags(&["a"], &[], &["\t"])), error("notTags", Rule::Missing));
}

#[test]
fn tags_are_refused_where_nothing_looks_at_them() {
    for tag_expression in [tags(&["a"], &[], &[]), tags(&[], &["a"], &[]), tags(&[], &[], &["a"])] {
        let mut push = sound();
        push.tag_expression = tag_expression;
        let conflict = error("tagExpression", Rule::NotAllowed);
        assert_eq!(ListPayload::new(push.clone()).map(|_| ()), conflict);
        assert_eq!(AllPush::new(push.clone()).map(|_| ()), conflict);
        push.reg_id = Some("12345678901234567890123");
        assert_eq!(push.check(), conflict);
    }
    // The Java SDK writes an expression into every message.
    let mut push = sound();
    push.tag_expression = tags(&[], &[], &[]);
    assert!(ListPayload::new(push.clone()).is_ok() && AllPush::new(push).is_ok());
}

#[test]
fn it_looks_on_the_wire_as_the_notification_in_it() {
    let mut push = sound();
    push.app_id = Some(10004);
    push.title = "标题\"";
    let all = AllPush::new(push.clone()).unwrap();
    let (mut plain, mut wrapped) = ([0; 256], [0; 256]);
    let plain = json::to_slice(&push, &mut plain).unwrap();
    let wrapped = json::to_slice(&all, &mut wrapped).unwrap();
    assert_eq!(plain, wrapped);
    assert_eq!(serde_json::to_vec(&all).unwrap(), plain);
    assert_eq!(json::encoded_len(&all), plain.len());
    assert_eq!(json::from_slice_in_place::<AllPush<'_>>(wrapped), Ok(all));
    // A notification without what every one needs is none for an endpoint, either.
    let error = json::from_str::<TagPush<'_>>(r#"{"title":"t"}"#).unwrap_err();
    assert_eq!(error, json::from_str::<Notification<'_>>(r#"{"title":"t"}"#).unwrap_err());
}

#[test]
fn it_shows_its_endpoint_and_no_secret() {
    let mut push = sound();
    push.reg_id = Some("s3cr3t");
    let shown: String = format!("{:?}", ListPayload { notification: push });
    assert!(shown.starts_with("ListPayload(Notification {") && shown.contains("***"), "{shown}");
    assert!(!shown.contains("s3cr3t"));
}

#[test]
fn published_bodies_keep_the_rules() {
    let stored = r#"{"title":"标题1","content":"内容1","notifyType":1,"timeToLive":86400,"skipType":2,
        "skipContent":"http://www.vivo.com","networkType":"1","clientCustomMap":{"key1":"vlaue1","key2":"vlaue2"},
        "requestId":"25509283-3767-4b9e-83fe-b6e55ac6b123"}"#;
    assert_eq!(json::from_str::<ListPayload<'_>>(stored).unwrap().check(), Ok(()));
    assert_eq!(json::from_str::<AllPush<'_>>(stored).unwrap().check_against(Rules::JavaSdk), Ok(()));

    let tagged = r#"{"classification":0,"clientCustomMap":{},"content":"内容1","extra":{},"networkType":-1,"notifyType":1,
        "pushMode":0,"requestId":"25509283-3767-4b9e-83fe-b6e55ac6b123","skipType":1,
        "tagExpression":{"andTags":["male"],"notTags":[],"orTags":["shenzhen"]},"timeToLive":86400,"title":"标题1"}"#;
    assert_eq!(json::from_str::<TagPush<'_>>(tagged).unwrap().check_against(Rules::JavaSdk), Ok(()));
    let sent: Notification<'_> = json::from_str(tagged).unwrap();
    assert_eq!(sent.check(), error("regId", Rule::Missing));
}
