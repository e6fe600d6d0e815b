use super::{AllPush, ListPayload, TagPush};
use crate::check::{CheckError, Rule};
use crate::json::List;
use crate::vivo::{Notification, NotifyType, Rules, SkipType, TagExpression};

type Checked = Result<(), CheckError>;

/// A push that passes for list payload and push to all.
fn sound<'a>() -> Notification<'a> {
    Notification::new("title", "content", "request-1")
        .notify_type(NotifyType::RING)
        .skip_type(SkipType::OPEN_APP)
}

fn tags<'a>(any: &'a [&'a str], all: &'a [&'a str], none: &'a [&'a str]) -> Option<TagExpression<'a>> {
    let [any, all, none] = [any, all, none].map(List::from_slice);
    Some(TagExpression::new().or_tags(any).and_tags(all).not_tags(none))
}

/// The checks of list payload, push to all and push by tag. Push by tag gets a tag.
fn checks<'a>(rules: Rules, change: impl FnOnce(&mut Notification<'a>)) -> [Checked; 3] {
    let mut notification = sound();
    change(&mut notification);
    let mut tagged = notification.clone();
    tagged.tag_expression = tags(&["shenzhen"], &[], &[]);
    let (list, all, tag) =
        (ListPayload::new(notification.clone()), AllPush::new(notification), TagPush::new(tagged));
    let checked = [list.check_against(rules), all.check_against(rules), tag.check_against(rules)];
    if rules == Rules::Newest {
        assert_eq!([list.check(), all.check(), tag.check()], checked);
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
fn check_refuses_a_recipient() {
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
fn check_time_to_live_is_15_minutes_to_a_week() {
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
fn check_includes_the_rules_of_a_single_push() {
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
fn check_tag_push_requires_tags_that_are_not_blank() {
    let with = |tag_expression| {
        let mut push = sound();
        push.tag_expression = tag_expression;
        TagPush::new(push).check()
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
fn check_refuses_tags_that_vivo_ignores() {
    for tag_expression in [tags(&["a"], &[], &[]), tags(&[], &["a"], &[]), tags(&[], &[], &["a"])] {
        let mut push = sound();
        push.tag_expression = tag_expression;
        let refused = error("tagExpression", Rule::NotAllowed);
        assert_eq!(ListPayload::new(push.clone()).check(), refused);
        assert_eq!(AllPush::new(push.clone()).check(), refused);
        push.reg_id = Some("12345678901234567890123");
        assert_eq!(push.check(), refused);
    }
    // The Java SDK writes an empty expression into every message.
    let mut push = sound();
    push.tag_expression = tags(&[], &[], &[]);
    assert_eq!(ListPayload::new(push.clone()).check(), Ok(()));
    assert_eq!(AllPush::new(push).check(), Ok(()));
}
