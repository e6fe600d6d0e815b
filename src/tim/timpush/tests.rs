use std::string::String;
use std::vec;

use super::*;
use crate::check::{CheckError, Rule};
use crate::json::{self, Keyed, List, Map, Members, Raw};
use crate::tim::rest::{Condition, MessageElement, Outcome, PushBatchResponse};
use crate::tim::{ErrorCode, OfflinePushInfo, PushFlag, Switch};
use crate::{Ext, Request, Response};

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
}

fn info() -> OfflinePushInfo<'static> {
    OfflinePushInfo::new().title("Title")
}

/// An info that breaks a rule of its own.
fn bad_info() -> OfflinePushInfo<'static> {
    OfflinePushInfo::new().push_flag(PushFlag::new(2))
}

fn words() -> List<'static, MessageElement<'static>> {
    List::from_slice(const { &[MessageElement::text("hi, beauty")] })
}

/// A text of `length` bytes.
fn long(length: usize) -> &'static str {
    String::leak("x".repeat(length))
}

fn many(count: usize) -> List<'static, &'static str> {
    List::from_slice(vec!["user"; count].leak())
}

/// Each change breaks the rule beside it, and no other.
macro_rules! each_breaks {
    ($request:expr; $($place:ident = $value:expr => $field:literal, $rule:expr;)+) => {
        assert_eq!($request.check(), Ok(()));
        $({
            let mut request = $request;
            request.$place = $value;
            assert_eq!(request.check(), error($field, $rule), "{}", stringify!($place = $value));
        })+
    };
}

#[test]
fn check_push_both_flavours() {
    each_breaks! {
        Push::new("administrator", 1, info()).data_id(long(64));
        from_account = None => "From_Account", Rule::Missing;
        from_account = Some("") => "From_Account", Rule::Missing;
        online_only_flag = Some(Switch::ON) => "OnlineOnlyFlag", Rule::NotAllowed;
        condition = Some(Condition::new().tags_not(List::from_slice(&[""]))) => "TagsNot", Rule::Missing;
        offline_push_info = None => "OfflinePushInfo", Rule::Missing;
        offline_push_info = Some(bad_info()) => "PushFlag", Rule::UnknownValue;
        data_id = Some(long(65)) => "DataId", Rule::TooLong { max: 64 };
        members = Members::new(r#"{"MsgRandom":1}"#).ok() => "MsgRandom", Rule::DuplicateKey;
    }
    each_breaks! {
        Push::with_message(1, words());
        from_account = Some("") => "From_Account", Rule::Missing;
        online_only_flag = Some(Switch::new(2)) => "OnlineOnlyFlag", Rule::UnknownValue;
        msg_body = Some(List::from_slice(&[])) => "MsgBody", Rule::Missing;
        msg_body = None => "From_Account", Rule::Missing;
    }
}

#[test]
fn check_condition_tags_not() {
    let tags = |count| List::from_slice(vec!["tag"; count].leak());
    let attributes = Map::from_slice(&[("city", "Shenzhen")]);
    for (condition, outcome) in [
        (Condition::new().tags_not(tags(10)), Ok(())),
        (Condition::new().tags_or(tags(1)).tags_not(List::from_slice(&["other"])), Ok(())),
        (Condition::new().tags_not(tags(11)), error("TagsNot", Rule::TooMany { max: 10 })),
        (
            Condition::new().tags_not(List::from_slice(vec![long(51)].leak())),
            error("TagsNot", Rule::TooLong { max: 50 }),
        ),
        (
            Condition::new().tags_not(tags(1)).attrs_or(attributes),
            error("AttrsOr", Rule::Conflict { with: "TagsNot" }),
        ),
    ] {
        let push = Push::new("administrator", 1, info()).condition(condition);
        assert_eq!(push.check(), outcome, "{push:?}");
    }
}

#[test]
fn check_revoke() {
    each_breaks! {
        Revoke::new("657bf434", info());
        task_id = "" => "TaskId", Rule::Missing;
        offline_push_info = Some(bad_info()) => "PushFlag", Rule::UnknownValue;
        members = Members::new(r#"{"TaskId":1}"#).ok() => "TaskId", Rule::DuplicateKey;
    }
}

#[test]
fn check_tags_of_users() {
    let users = |tags, count| List::from_slice(vec![UserTags::new("xiaoming", tags); count].leak());
    let one = || List::from_slice(&["GoldMember"]);
    each_breaks! {
        AddTags::new(users(many(10), 100));
        replace = Some(Switch::new(2)) => "Replace", Rule::UnknownValue;
        user_tags = users(one(), 0) => "UserTags", Rule::Missing;
        user_tags = users(one(), 101) => "UserTags", Rule::TooMany { max: 100 };
        user_tags = users(many(11), 1) => "Tags", Rule::TooMany { max: 10 };
        user_tags = users(List::from_slice(&[""]), 1) => "Tags", Rule::Missing;
        user_tags = users(List::from_slice(vec![long(51)].leak()), 1) => "Tags", Rule::TooLong { max: 50 };
        user_tags = List::from_slice(vec![UserTags::new("", one())].leak()) => "To_Account", Rule::Missing;
        members = Members::new(r#"{"Replace":1}"#).ok() => "Replace", Rule::DuplicateKey;
    }
    let replaced = |count| AddTags::new(users(many(count), 1)).replace(Switch::ON).check();
    assert_eq!((replaced(100), replaced(101)), (Ok(()), error("Tags", Rule::TooMany { max: 100 })));
    let removed = |tag| RemoveTags::new(users(List::from_slice(vec![tag].leak()), 1)).check();
    assert_eq!((removed(long(50)), removed("")), (Ok(()), error("Tags", Rule::Missing)));
    assert_eq!(RemoveTags::new(users(many(101), 1)).check(), Ok(()));
    for (count, outcome) in [
        (0, error("To_Account", Rule::Missing)),
        (100, Ok(())),
        (101, error("To_Account", Rule::TooMany { max: 100 })),
    ] {
        assert_eq!(ClearTags::new(many(count)).check(), outcome);
        assert_eq!(GetTags::new(many(count)).check(), outcome);
        assert_eq!(GetAttributes::new(many(count)).check(), outcome);
    }
}

#[test]
fn check_attributes_of_users() {
    let set = |account, pairs: &'static [(&'static str, &'static str)]| {
        let users = vec![UserAttributes::new(account, Map::from_slice(pairs))].leak();
        SetAttributes::new(List::from_slice(users)).check()
    };
    assert_eq!(set("Mary", &[("sex", "female"), ("city", "NewYork")]), Ok(()));
    assert_eq!(set("", &[]), error("To_Account", Rule::Missing));
    assert_eq!(set("Mary", &[("", "x")]), error("Attrs", Rule::Missing));
    assert_eq!(set("Mary", vec![("sex", long(51))].leak()), error("Attrs", Rule::TooLong { max: 50 }));
    assert_eq!(SetAttributes::new(List::from_slice(&[])).check(), error("UserAttrs", Rule::Missing));

    let remove = |names| {
        let users = vec![UserAttributeNames::new("Mary", names)].leak();
        RemoveAttributes::new(List::from_slice(users)).check()
    };
    assert_eq!(remove(many(101)), Ok(()));
    let too_long = List::from_slice(vec![long(51)].leak());
    assert_eq!(remove(too_long), error("Attrs", Rule::TooLong { max: 50 }));
}

#[test]
fn check_attribute_names() {
    const PAIRS: &[(&str, &str)] = &[("0", "sex"), ("9", "city")];
    let types = |entries: &'static [(&'static str, AccountType)]| Some(Keyed::from_slice(entries));
    each_breaks! {
        SetAttributeNames::new(Map::from_slice(PAIRS));
        attr_names = Map::new() => "AttrNames", Rule::Missing;
        attr_names = Map::from_slice(&[("10", "sex")]) => "AttrNames", Rule::UnknownValue;
        attr_names = Map::from_slice(&[("a", "sex")]) => "AttrNames", Rule::UnknownValue;
        attr_names = Map::from_slice(&[("1", "sex"), ("1", "city")]) => "AttrNames", Rule::DuplicateKey;
        attr_names = Map::from_slice(&[("1", "sex"), ("2", "sex")]) => "AttrNames", Rule::NotUnique;
        attr_names = Map::from_slice(&[("1", "")]) => "AttrNames", Rule::Missing;
        attr_types = types(const { &[("0", AccountType::new(2))] }) => "AttrTypes", Rule::UnknownValue;
        attr_types = types(const { &[("", AccountType::USER_ID)] }) => "AttrTypes", Rule::UnknownValue;
    }
    let number: SetAttributeNames<'_> = json::from_str(r#"{"AttrNames":{"0":1}}"#).unwrap();
    assert_eq!(number.check(), error("AttrNames", Rule::NotText));
    assert_eq!(GetAttributeNames.body_len(), Some(2));
}

#[test]
fn check_scheduled_tasks() {
    let content = || ScheduledContent::push("administrator", info());
    let tags = || Condition::new().tags_or(List::from_slice(&["Stock A"]));
    let time = "2025-06-01 10:00:00";
    each_breaks! {
        AddScheduledTask::new(7, ScheduledType::ALL, time, content());
        sdk_app_id = 0 => "Sdkappid", Rule::Missing;
        task_type = "" => "Type", Rule::Missing;
        task_type = "all" => "Type", Rule::UnknownValue;
        task_type = "Tag" => "Condition", Rule::Missing;
        task_type = "User" => "To_Account", Rule::Missing;
        sched_at = "" => "SchedAt", Rule::Missing;
        content = ScheduledContent::new() => "From_Account", Rule::Missing;
        content = ScheduledContent::new().from_account("a") => "OfflinePushInfo", Rule::Missing;
        content = content().to_account(many(1)) => "To_Account", Rule::NotAllowed;
        content = content().condition(tags()) => "Condition", Rule::NotAllowed;
        content = content().msg_random(1) => "MsgRandom", Rule::NotAllowed;
        content = content().data_id(long(65)) => "DataId", Rule::TooLong { max: 64 };
        content = content().offline_push_info(bad_info()) => "PushFlag", Rule::UnknownValue;
        members = Members::new(r#"{"Type":1}"#).ok() => "Type", Rule::DuplicateKey;
    }
    let add = |kind, content| AddScheduledTask::new(7, kind, time, content).check();
    assert_eq!(add(ScheduledType::TAG, content().condition(tags())), Ok(()));
    assert_eq!(add(ScheduledType::USER, content().to_account(many(500))), Ok(()));
    let too_many = error("To_Account", Rule::TooMany { max: 500 });
    assert_eq!(add(ScheduledType::USER, content().to_account(many(501))), too_many);
    assert_eq!(add(ScheduledType::ALL, ScheduledContent::new().msg_body(words())), Ok(()));

    each_breaks! {
        ModifyScheduledTask::new(7, 8, ScheduledType::ALL).sched_at(time);
        task_id = 0 => "TaskID", Rule::Missing;
        sched_at = None => "SchedAt", Rule::Missing;
        content = Some(content().to_account(many(1))) => "To_Account", Rule::NotAllowed;
    }
    assert_eq!(DeleteScheduledTask::new(7, 0, "All").check(), error("TaskID", Rule::Missing));
    assert_eq!(DeleteScheduledTask::new(7, 8, "Tag").check(), Ok(()));
    assert_eq!(GetScheduledTask::new(0, 8).check(), error("Sdkappid", Rule::Missing));
    assert_eq!(GetScheduledTask::new(7, 8).check(), Ok(()));
    each_breaks! {
        ListScheduledTasks::new(7, time, time).order_by("createAt");
        want = 0 => "Want", Rule::OutOfRange { min: 1, max: u32::MAX.into() };
        order_by = "Title" => "OrderBy", Rule::UnknownValue;
        begin_time = "" => "BeginTime", Rule::Missing;
        end_time = "tomorrow" => "EndTime", Rule::UnknownValue;
    }
}

#[test]
fn check_time_of_a_scheduled_task() {
    let check = |time| ModifyScheduledTask::new(7, 8, "All").sched_at(time).check();
    for right in ["2025-01-01 00:00:00", "2025-12-31 23:59:59"] {
        assert_eq!(check(right), Ok(()), "{right}");
    }
    for wrong in [
        "2025-00-01 00:00:00", "2025-13-01 00:00:00", "2025-01-00 00:00:00", "2025-01-32 00:00:00",
        "2025-01-01 24:00:00", "2025-01-01 00:60:00", "2025-01-01 00:00:60", "2025-01-01T00:00:00",
        "2025-01-01 00:00:00Z", "2025-1-1 00:00:00", "x025-01-01 00:00:00", "2025-01-01 00:00:0x",
        "2025-01-1: 00:00:00", "2025-01-01",
    ] {
        assert_eq!(check(wrong), error("SchedAt", Rule::UnknownValue), "{wrong}");
    }
}

#[test]
fn check_web_pushes() {
    let web = || WebInfo::new().title("Title").url("https://example.com");
    each_breaks! {
        WebPush::new("administrator", 1, web());
        from_account = "" => "From_Account", Rule::Missing;
        condition = Some(Condition::new().tags_or(many(2))) => "TagsOr", Rule::DuplicateKey;
        web_info = web().url("example.com") => "URL", Rule::NotWebUrl;
        web_info = web().ext(Ext::new(b"\xff")) => "Ext", Rule::NotText;
        web_info = web().members(Members::new(r#"{"URL":1}"#).unwrap()) => "URL", Rule::DuplicateKey;
    }
    each_breaks! {
        WebBatch::new("administrator", many(500), 1, web().url("")).task_name(long(20));
        from_account = "" => "From_Account", Rule::Missing;
        to_account = many(501) => "To_Account", Rule::TooMany { max: 500 };
        web_info = None => "WebInfo", Rule::Missing;
        data_id = Some(long(65)) => "DataId", Rule::TooLong { max: 64 };
        task_name = Some(long(21)) => "TaskName", Rule::TooLong { max: 20 };
    }
    let mut message = WebBatch::new("administrator", many(1), 1, web());
    (message.web_info, message.message) = (None, Raw::new("{}").ok());
    assert_eq!(message.check(), Ok(()));
}

#[test]
fn reply_with_rejected_accounts_is_partly_done() {
    let partly = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,
        "ErrorList":[{"ErrorCode":90035,"To_Account":"379C2F0D"}]}"#;
    fn rejected<'r>(reply: &impl Response<'r, Api = crate::tim::rest::RestApi>) -> usize {
        match reply.outcome() {
            Outcome::Partly(accounts) => accounts.len(),
            _ => 0,
        }
    }
    assert_eq!(rejected(&json::from_str::<StatusResponse<'_>>(partly).unwrap()), 1);
    assert_eq!(rejected(&json::from_str::<GetTagsResponse<'_>>(partly).unwrap()), 1);
    assert_eq!(rejected(&json::from_str::<GetAttributesResponse<'_>>(partly).unwrap()), 1);
    assert_eq!(rejected(&json::from_str::<PushBatchResponse<'_>>(partly).unwrap()), 1);
    let failed = r#"{"ActionStatus":"FAIL","ErrorInfo":"delete failed","ErrorCode":90107,"TaskID":0}"#;
    let reply: ScheduledTaskResponse<'_> = json::from_str(failed).unwrap();
    assert_eq!(reply.outcome(), Outcome::Failed(ErrorCode::new(90107)));
    assert_eq!(reply.task_id, Some(0));
}

#[test]
fn scheduled_content_of_a_reply_is_read_with_a_sender_that_is_a_number() {
    let text = r#"{"ErrorCode":0,"ActionStatus":"OK","TaskInfo":{"TaskID":1,"Status":"pending","Content":{"From_Account":12345,"MsgRandom":1}}}"#;
    let reply: GetScheduledTaskResponse<'_> = json::from_str(text).unwrap();
    let task = reply.task_info.unwrap();
    assert_eq!(task.status, Some(ScheduledTask::PENDING));
    let content: ScheduledContent<'_> = json::from_str(task.content.unwrap().as_str()).unwrap();
    assert_eq!((content.from_account, content.msg_random), (Some("12345"), Some(1)));
}
