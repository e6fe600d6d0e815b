use std::vec;
use std::vec::Vec;

use super::*;
use crate::check::{CheckError, Rule};
use crate::exchange::Response;
use crate::json::{List, Map, Members, Raw};
use crate::tim::{ErrorCode, OfflinePushInfo, PushFlag, SendAdvice, Switch};

const WORDS: &[MessageElement<'_>] = &[MessageElement::text("hi, beauty")];
const CUSTOM: MessageElement<'_> = MessageElement::Custom(CustomContent::new("1cddddddddq1"));

fn words() -> List<'static, MessageElement<'static>> {
    List::from_slice(WORDS)
}

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
}

/// An info that breaks a rule of its own.
fn bad_info() -> OfflinePushInfo<'static> {
    OfflinePushInfo::new().push_flag(PushFlag::new(2))
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
fn check_send_message() {
    each_breaks! {
        SendMessage::new("lumotuwe2", 1_287_657, words());
        sync_other_machine = Some(SyncOtherMachine::new(0)) => "SyncOtherMachine", Rule::UnknownValue;
        sync_other_machine = Some(SyncOtherMachine::new(3)) => "SyncOtherMachine", Rule::UnknownValue;
        from_account = Some("") => "From_Account", Rule::Missing;
        to_account = "" => "To_Account", Rule::Missing;
        msg_life_time = Some(604_801) => "MsgLifeTime", Rule::OutOfRange { min: 0, max: 604_800 };
        msg_body = List::from_slice(&[]) => "MsgBody", Rule::Missing;
        support_message_extension = Some(Switch::new(2)) => "SupportMessageExtension", Rule::UnknownValue;
        offline_push_info = Some(bad_info()) => "PushFlag", Rule::UnknownValue;
        is_need_read_receipt = Some(Switch::new(-1)) => "IsNeedReadReceipt", Rule::UnknownValue;
        members = Members::new(r#"{"MsgSeq":1}"#).ok() => "MsgSeq", Rule::DuplicateKey;
        members = Members::new(r#"{"a":1,"b":2,"\u0061":3}"#).ok() => "members", Rule::DuplicateKey;
    }
    let longest = SendMessage::new("lumotuwe2", 0, words()).msg_life_time(604_800);
    let longest = longest.sync_other_machine(SyncOtherMachine::SYNC);
    assert_eq!(longest.members(Members::new(r#"{"NextMonth":1}"#).unwrap()).check(), Ok(()));
}

#[test]
fn check_batch_send_message() {
    let many = |count| -> List<'static, &'static str> { List::from_slice(vec!["user"; count].leak()) };
    each_breaks! {
        BatchSendMessage::new(many(500), 19_901_224, words());
        sync_other_machine = Some(SyncOtherMachine::new(3)) => "SyncOtherMachine", Rule::UnknownValue;
        from_account = Some("") => "From_Account", Rule::Missing;
        to_account = many(501) => "To_Account", Rule::TooMany { max: 500 };
        to_account = many(0) => "To_Account", Rule::Missing;
        to_account = List::from_slice(&["bonnie", "", "rong"]) => "To_Account", Rule::Missing;
        online_only_flag = Some(Switch::new(2)) => "OnlineOnlyFlag", Rule::UnknownValue;
        msg_life_time = Some(604_801) => "MsgLifeTime", Rule::OutOfRange { min: 0, max: 604_800 };
        msg_body = List::from_slice(&[]) => "MsgBody", Rule::Missing;
        offline_push_info = Some(bad_info()) => "PushFlag", Rule::UnknownValue;
        is_need_read_receipt = Some(Switch::new(2)) => "IsNeedReadReceipt", Rule::UnknownValue;
        members = Members::new(r#"{"To\u005fAccount":"c"}"#).ok() => "To_Account", Rule::DuplicateKey;
    }
}

#[test]
fn check_send_group_message() {
    let many = |count| -> Option<List<'static, &'static str>> {
        Some(List::from_slice(vec!["member"; count].leak()))
    };
    let mention = |flag, account| {
        let mut mention = GroupAt::new("");
        (mention.group_at_all_flag, mention.group_at_account) = (Some(Switch::new(flag)), account);
        Some(List::from_slice(vec![mention].leak()))
    };
    each_breaks! {
        SendGroupMessage::new("@TGS#2C5SZEAEF", 8_912_345, words());
        group_id = "" => "GroupId", Rule::Missing;
        from_account = Some("") => "From_Account", Rule::Missing;
        msg_priority = Some("high") => "MsgPriority", Rule::UnknownValue;
        online_only_flag = Some(Switch::new(2)) => "OnlineOnlyFlag", Rule::UnknownValue;
        msg_body = List::from_slice(&[]) => "MsgBody", Rule::Missing;
        to_account = many(51) => "To_Account", Rule::TooMany { max: 50 };
        to_account = many(0) => "To_Account", Rule::Missing;
        group_at_info = mention(2, Some("tommy")) => "GroupAtAllFlag", Rule::UnknownValue;
        group_at_info = mention(0, None) => "GroupAt_Account", Rule::Missing;
        group_at_info = mention(0, Some("")) => "GroupAt_Account", Rule::Missing;
        support_message_extension = Some(Switch::new(2)) => "SupportMessageExtension", Rule::UnknownValue;
        offline_push_info = Some(bad_info()) => "PushFlag", Rule::UnknownValue;
        members = Members::new(r#"{"Random":1}"#).ok() => "Random", Rule::DuplicateKey;
    }
    let mut message = SendGroupMessage::new("@TGS#2C5SZEAEF", 8_912_345, words());
    message.to_account = many(50);
    let mentions = [GroupAt::ALL, GroupAt::new("tommy")];
    message.group_at_info = Some(List::from_slice(&mentions));
    for priority in [MsgPriority::HIGH, MsgPriority::NORMAL, MsgPriority::LOW, MsgPriority::LOWEST] {
        message.msg_priority = Some(priority);
        assert_eq!(message.check(), Ok(()), "{priority}");
    }
}

#[test]
fn check_group_online_only_conflicts_with_send_control() {
    let mut message = SendGroupMessage::new("@TGS#2C5SZEAEF", 8_912_345, words());
    message.send_msg_control = Some(List::from_slice(&[SendMsgControl::NO_UNREAD]));
    assert_eq!(message.check(), Ok(()));
    message.online_only_flag = Some(Switch::ON);
    assert_eq!(message.check(), error("SendMsgControl", Rule::Conflict { with: "OnlineOnlyFlag" }));
    message.send_msg_control = Some(List::from_slice(&[]));
    assert_eq!(message.check(), Ok(()));
}

#[test]
fn check_all_members_push() {
    each_breaks! {
        AllMembersPush::new(3_674_128, words());
        from_account = Some("") => "From_Account", Rule::Missing;
        msg_life_time = Some(604_801) => "MsgLifeTime", Rule::OutOfRange { min: 0, max: 604_800 };
        msg_body = List::from_slice(&[]) => "MsgBody", Rule::Missing;
        offline_push_info = Some(bad_info()) => "PushFlag", Rule::UnknownValue;
        members = Members::new(r#"{"Condition":{}}"#).ok() => "Condition", Rule::DuplicateKey;
    }
}

#[test]
fn check_condition() {
    let tags = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"].as_slice();
    let few = || Some(List::from_slice(tags.get(..10).unwrap()));
    let list = |tags: &'static [&'static str]| Some(List::from_slice(tags));
    let (short, long): (&str, &str) = ("x".repeat(50).leak(), "标".repeat(17).leak());
    let attributes = || Some(Map::from_slice(&[("city", "Shenzhen")]));
    let conflict = |field, with| error(field, Rule::Conflict { with });
    let twice = |field| error(field, Rule::DuplicateKey);
    // TagsOr, TagsAnd, AttrsOr, AttrsAnd.
    for (tags_or, tags_and, attrs_or, attrs_and, expected) in [
        (None, None, None, None, Ok(())),
        (few(), list(vec![short].leak()), None, None, Ok(())),
        (list(tags), None, None, None, error("TagsOr", Rule::TooMany { max: 10 })),
        (None, list(vec![long].leak()), None, None, error("TagsAnd", Rule::TooLong { max: 50 })),
        (None, list(&["a", ""]), None, None, error("TagsAnd", Rule::Missing)),
        (list(&["a", "b", "a"]), None, None, None, twice("TagsOr")),
        (few(), list(&["z", "j"]), None, None, twice("TagsAnd")),
        (None, few(), None, attributes(), conflict("AttrsAnd", "TagsAnd")),
        (few(), None, attributes(), None, conflict("AttrsOr", "TagsOr")),
        (list(&[]), None, attributes(), attributes(), Ok(())),
    ] {
        let mut condition = Condition::new();
        (condition.tags_or, condition.tags_and) = (tags_or, tags_and);
        (condition.attrs_or, condition.attrs_and) = (attrs_or, attrs_and);
        let mut push = AllMembersPush::new(214, words());
        push.condition = Some(condition);
        assert_eq!(push.check(), expected, "{:?}", push.condition);
    }
}

#[test]
fn check_push_batch() {
    let many = |count| -> List<'static, &'static str> { List::from_slice(vec!["user"; count].leak()) };
    let (short, long): (&str, &str) = ("x".repeat(64).leak(), "标".repeat(22).leak());
    each_breaks! {
        PushBatch::new("administrator", many(500), 3_674_128, OfflinePushInfo::new());
        from_account = "" => "From_Account", Rule::Missing;
        to_account = many(501) => "To_Account", Rule::TooMany { max: 500 };
        to_account = many(0) => "To_Account", Rule::Missing;
        offline_push_info = bad_info() => "PushFlag", Rule::UnknownValue;
        data_id = Some(long) => "DataId", Rule::TooLong { max: 64 };
        members = Members::new(r#"{"DataId":"x"}"#).ok() => "DataId", Rule::DuplicateKey;
    }
    let push = PushBatch::new("administrator", many(1), 0, OfflinePushInfo::new());
    assert_eq!(push.data_id(short).check(), Ok(()));
}

#[test]
fn check_elements_in_each_request() {
    let degrees = |text| Raw::new(text).unwrap();
    let place = |north, east| MessageElement::Location(LocationContent::new(degrees(north), degrees(east)));
    let mut content = LocationContent::new(degrees("1"), degrees("1"));
    content.longitude = None;
    let nowhere = MessageElement::Location(content);
    let other = |name, raw| MessageElement::Other(OtherElement::new(name, Raw::new(raw).unwrap()));
    let range = |max: i64| Rule::OutOfRange { min: -max, max };
    let known = error("MsgType", Rule::Conflict { with: "MsgContent" });
    let text = MessageElement::text("x");
    let cases: Vec<(Vec<MessageElement<'_>>, Result<(), CheckError>)> = vec![
        (vec![CUSTOM, text.clone()], Ok(())),
        (vec![CUSTOM, text.clone(), CUSTOM], error("TIMCustomElem", Rule::TooMany { max: 1 })),
        (vec![place("-90", "180.0")], Ok(())),
        (vec![place("90.1", "0")], error("Latitude", range(90))),
        (vec![place("0", "-180.1")], error("Longitude", range(180))),
        (vec![place("\"0\"", "0")], error("Latitude", range(90))),
        (vec![nowhere], error("Longitude", Rule::Missing)),
        (vec![other(OtherElement::SOUND, "{}")], Ok(())),
        (vec![other("", "{}")], error("MsgType", Rule::Missing)),
        (vec![other("TIMTextElem", r#"{"Text":"x"}"#)], known),
        (vec![other("TIMCustomElem", "{}")], known),
        (vec![other("TIMFaceElem", "{}")], known),
        (vec![other("TIMLocationElem", "[]")], known),
        (vec![other("timTextElem", "{}")], Ok(())),
        (vec![text, other(OtherElement::FILE, "[]")], error("MsgContent", Rule::NotObject)),
    ];
    for (elements, expected) in &cases {
        let body = || List::from_slice(elements);
        let to = List::from_slice(&["bonnie"]);
        assert_eq!(SendMessage::new("bonnie", 1, body()).check(), *expected, "{elements:?}");
        assert_eq!(BatchSendMessage::new(to, 1, body()).check(), *expected, "{elements:?}");
        assert_eq!(SendGroupMessage::new("group", 1, body()).check(), *expected, "{elements:?}");
        assert_eq!(AllMembersPush::new(1, body()).check(), *expected, "{elements:?}");
    }
}

#[test]
fn is_online_only_by_flag_or_life_time() {
    let mut one = SendMessage::new("a", 1, words());
    let mut many = BatchSendMessage::new(List::from_slice(&["a"]), 1, words());
    let mut all = AllMembersPush::new(1, words());
    for (life, online, online_to_all) in [(None, false, true), (Some(0), true, true), (Some(1), false, false)]
    {
        (one.msg_life_time, many.msg_life_time, all.msg_life_time) = (life, life, life);
        assert_eq!((one.is_online_only(), many.is_online_only()), (online, online), "{life:?}");
        assert_eq!(all.is_online_only(), online_to_all, "{life:?}");
    }
    let mut group = SendGroupMessage::new("a", 1, words());
    for (flag, online) in [(None, false), (Some(0), false), (Some(1), true), (Some(2), true)] {
        (many.online_only_flag, group.online_only_flag) = (flag.map(Switch::new), flag.map(Switch::new));
        assert_eq!((many.is_online_only(), group.is_online_only()), (online, online), "{flag:?}");
    }
}

/// Outcome by status, code, list of rejected receivers, drop reason.
#[test]
fn outcome_of_each_reply() {
    let rejected = List::from_slice(const { &[AccountError::new("rong", ErrorCode::new(70107))] });
    let nobody = List::from_slice(&[]);
    let failed = |code| Outcome::Failed(ErrorCode::new(code));
    for (status, code, list, reason, expected) in [
        (Some("OK"), 0, None, None, Outcome::Done),
        (Some("OK"), 0, Some(nobody), Some(""), Outcome::Done),
        (Some("OK"), 0, Some(rejected), None, Outcome::Partly(rejected)),
        (Some("OK"), 0, None, Some("MsgFreqCtrl"), Outcome::Dropped("MsgFreqCtrl")),
        (Some("OK"), 90001, None, None, failed(90001)),
        (Some("SomeError"), 0, Some(rejected), None, Outcome::Partly(rejected)),
        (Some("SomeError"), 0, None, None, Outcome::Partly(nobody)),
        (Some("SomeError"), 90012, Some(rejected), None, failed(90012)),
        (Some("FAIL"), 90012, None, None, failed(90012)),
        (Some("FAIL"), 0, None, None, failed(0)),
        (Some("ok"), 0, None, None, failed(0)),
        (Some(""), 0, None, None, failed(0)),
        (None, 0, None, None, failed(0)),
    ] {
        let advice = match expected {
            Outcome::Dropped(_) => SendAdvice::BackOff,
            Outcome::Failed(ErrorCode::SUCCESS) => SendAdvice::Unknown,
            Outcome::Failed(code) => code.advice(),
            _ => SendAdvice::Done,
        };
        assert_eq!(expected.advice(), advice, "{status:?} {code}");
        let code = ErrorCode::new(code);
        assert_eq!(outcome(status, code, list, reason), expected, "{status:?} {code}");

        let mut batch = BatchSendMessageResponse::new(code);
        (batch.action_status, batch.error_list) = (status, list);
        let mut push = PushBatchResponse::new(code);
        (push.action_status, push.error_list) = (status, list);
        let mut group = SendGroupMessageResponse::new(code);
        (group.action_status, group.msg_drop_reason) = (status, reason);
        let mut one = SendMessageResponse::new(code);
        one.action_status = status;
        let mut all = AllMembersPushResponse::new(code);
        all.action_status = status;
        let done = expected == Outcome::Done;
        if reason.is_none() {
            assert_eq!((batch.outcome(), push.outcome()), (expected, expected));
            assert_eq!((batch.is_success(), push.is_success()), (done, done));
        }
        if list.is_none() {
            assert_eq!((group.outcome(), group.is_success()), (expected, done));
        }
        if list.is_none() && reason.is_none() {
            assert_eq!((one.outcome(), all.outcome()), (expected, expected));
            assert_eq!((one.is_success(), all.is_success()), (done, done));
        }
    }
}

#[test]
fn fits_up_to_the_lower_limit() {
    let text = "x".repeat(LOWER_PACKET_LIMIT);
    let to = List::from_slice(&["a"]);
    let bare = [MessageElement::text("")];
    let envelope = encoded_len(&BatchSendMessage::new(to, 1, List::from_slice(&bare)));
    for (length, fits) in [
        (0, true),
        (LOWER_PACKET_LIMIT - envelope, true),
        (LOWER_PACKET_LIMIT - envelope + 1, false),
        (LOWER_PACKET_LIMIT, false),
    ] {
        let body = [MessageElement::text(text.get(..length).unwrap())];
        let message = BatchSendMessage::new(to, 1, List::from_slice(&body));
        assert_eq!(super::fits(&message), fits, "{length}");
        assert_eq!(message.check(), Ok(()), "check ignores the length");
    }
}

#[test]
fn element_from_content() {
    let degrees = Raw::new("1").unwrap();
    let (face, place) = (FaceContent::new(1), LocationContent::new(degrees, degrees));
    let elements: [MessageElement<'_>; 4] =
        [TextContent::new("x").into(), CustomContent::new("1").into(), face.into(), place.into()];
    let types = ["TIMTextElem", "TIMCustomElem", "TIMFaceElem", "TIMLocationElem"];
    assert_eq!(elements.each_ref().map(MessageElement::msg_type), types);
    assert_eq!(elements[0], MessageElement::text("x"));
}
