//! Tencent's published requests, elements and replies, and the way from a request to a push.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use crate::common::fixtures::{self, SAMPLES};
use crate::common::{encoded, value};
use offline_push::delivery::{Delivery, Element, NoPush, SCRATCH_LEN, TEXT_LEN, describe};
use offline_push::json::{self, Decode};
use offline_push::tim::rest::{
    self, AllMembersPush, BatchSendMessage, BatchSendMessageResponse, CustomContent, FaceContent,
    LocationContent, MessageElement, Outcome, PushBatch, PushBatchResponse, SendGroupMessage, SendMessage,
    SendMessageResponse,
};
use offline_push::tim::{ErrorCode, OfflinePushToken, timpush};
use offline_push::vivo::Certificate;
use offline_push::{ClickAction, Response};
use serde_json::json;

/// A message that lives as long as the test.
fn decoded<T: Decode<'static>>(text: String) -> T {
    json::from_slice_in_place(text.into_bytes().leak()).unwrap()
}

#[test]
fn check_of_published_requests() {
    macro_rules! check {
        ($sample:ident: $($kind:literal => $request:ty,)+) => {
            match $sample.kind {
                $($kind => {
                    let request: $request = decoded(fixtures::read($sample.file));
                    assert_eq!((request.check(), rest::fits(&request)), (Ok(()), true), "{}", $sample.file);
                })+
                _ => continue,
            }
        };
    }
    let mut checked = 0;
    for sample in SAMPLES {
        check! {
            sample:
            "tim.sendmsg" => SendMessage,
            "tim.batch" => BatchSendMessage,
            "tim.group" => SendGroupMessage,
            "tim.all-members" => AllMembersPush,
            "tim.timpush" => PushBatch,
            "tim.timpush.push" => timpush::Push,
            "tim.timpush.revoke" => timpush::Revoke,
            "tim.timpush.add-tag" => timpush::AddTags,
            "tim.timpush.remove-tag" => timpush::RemoveTags,
            "tim.timpush.clear-all-tags" => timpush::ClearTags,
            "tim.timpush.get-tag" => timpush::GetTags,
            "tim.timpush.set-attr" => timpush::SetAttributes,
            "tim.timpush.remove-attr" => timpush::RemoveAttributes,
            "tim.timpush.get-attr" => timpush::GetAttributes,
            "tim.timpush.set-attr-name" => timpush::SetAttributeNames,
            "tim.timpush.add-sched-task" => timpush::AddScheduledTask,
            "tim.timpush.modify-sched-task" => timpush::ModifyScheduledTask,
            "tim.timpush.delete-sched-task" => timpush::DeleteScheduledTask,
            "tim.timpush.get-sched-task" => timpush::GetScheduledTask,
            "tim.timpush.list-sched-task" => timpush::ListScheduledTasks,
            "tim.timpush.webpush" => timpush::WebPush,
            "tim.timpush.webbatch" => timpush::WebBatch,
        }
        checked += 1;
    }
    assert!(checked >= 58, "{checked}");
}

#[test]
fn decode_published_elements() {
    let element = |file: &str| decoded::<MessageElement>(fixtures::read(&format!("tencent/{file}.json")));
    assert_eq!(element("msgelem_text"), MessageElement::text("hello world"));
    let custom = CustomContent::new("message").desc("notification").ext("url").sound("dingdong.aiff");
    assert_eq!(element("msgelem_custom"), custom.into());
    assert_eq!(element("msgelem_face"), FaceContent::new(1).data("content").into());
    let degrees = |text| json::Raw::new(text).unwrap();
    let place = LocationContent::new(degrees("29.340656774469956"), degrees("116.77497920478824"));
    assert_eq!(element("msgelem_location"), place.desc("someinfo").into());
    assert_eq!(element("msgelem_location").check(), Ok(()));

    // Forwarded messages, in whose elements the type comes after the content.
    let forwarded = element("msgbody_example_1");
    let MessageElement::Other(other) = &forwarded else { unreachable!("of another type") };
    assert_eq!((other.msg_type, forwarded.check()), ("TIMRelayElem", Ok(())));
    let text = fixtures::read("tencent/msgbody_example_1.json");
    assert!(text.contains(other.msg_content.as_str()), "untouched");
}

#[test]
fn encode_published_elements_and_bodies() {
    for name in ["msgelem_text", "msgelem_custom", "msgelem_face", "msgelem_location", "msgbody_example_1"] {
        let text = fixtures::read(&format!("tencent/{name}.json"));
        let element: MessageElement = decoded(text.clone());
        assert_eq!(value(&encoded(&element)), value(&text), "{name}");
    }
    for number in 2..=6 {
        let mut sample = value(&fixtures::read(&format!("tencent/msgbody_example_{number}.json")));
        // The page shows the body; a request has more.
        let members = sample.as_object_mut().unwrap();
        members.entry("To_Account").or_insert("lumotuwe5".into());
        members.entry("MsgRandom").or_insert(121_212.into());
        let message: SendMessage = decoded(sample.to_string());
        assert_eq!(message.check(), Ok(()), "{number}");
        assert_eq!(value(&encoded(&message)), sample, "{number}");
    }
}

#[test]
fn outcome_of_published_replies() {
    let reply = |file: &str| fixtures::read(&format!("tencent/{file}.json"));
    let failed = |code| Outcome::Failed(ErrorCode::new(code));
    let one = |file| decoded::<SendMessageResponse>(reply(file)).outcome();
    assert_eq!(one("sendmsg_response_ok"), Outcome::Done);
    assert_eq!(one("sendmsg_response_fail"), failed(90001));

    let batch = |file| decoded::<BatchSendMessageResponse>(reply(file)).outcome();
    assert_eq!(batch("batchsendmsg_response_1"), Outcome::Done);
    assert_eq!(batch("batchsendmsg_response_3"), failed(90012));
    let push = |file| decoded::<PushBatchResponse>(reply(file)).outcome();
    assert_eq!(push("timpush_batch_response_ok"), Outcome::Done);
    for (outcome, account) in
        [(batch("batchsendmsg_response_2"), "rong"), (push("timpush_batch_response_partial"), "user")]
    {
        let Outcome::Partly(refused) = outcome else { unreachable!("{outcome:?}") };
        let refused: Vec<_> =
            refused.iter().map(|error| (error.to_account, error.error_code.get())).collect();
        assert_eq!(refused, [(account, 70107)]);
    }
}

#[test]
fn compose_push_of_a_published_request() {
    let message: SendMessage = decoded(fixtures::read("tencent/sendmsg_with_offlinepush_en.json"));
    let certificate = Certificate::new(6666, 11178, "key", "secret", ClickAction::default());
    let token = OfflinePushToken::new(6666, "12345678901234567890123");

    let mut elements = [Element::Other { text: None }; 4];
    for (place, element) in elements.iter_mut().zip(&message.msg_body) {
        *place = Element::from(&element);
    }
    let info = message.offline_push_info.as_ref().unwrap();
    let mut delivery = Delivery::new(info, certificate, Some(token));
    delivery.elements = &elements;
    delivery.online_only = message.is_online_only();

    let (mut text, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
    let due = delivery.decide(&mut text).unwrap();
    let push = due.compose("request-1", &mut scratch).unwrap();
    assert_eq!(
        value(&encoded(&push.notification)),
        json!({
            "appId": 11178,
            "regId": "12345678901234567890123",
            "notifyType": 4,
            "title": "a new message",
            "content": "Content to push offline",
            "skipType": 1,
            "classification": 1,
            "clientCustomMap": { "ext": "Passthrough content" },
            "requestId": "request-1",
        })
    );
    assert!(push.report.sound_dropped && push.report.default_title);
}

#[test]
fn compose_push_with_the_text_of_the_elements() {
    let text = fixtures::read("tencent/send_group_msg_with_offlinepush_en.json");
    let mut message: SendGroupMessage = decoded(text);
    message.offline_push_info.as_mut().unwrap().desc = None;
    let certificate = Certificate::new(6666, 11178, "key", "secret", ClickAction::default());
    let token = OfflinePushToken::new(6666, "12345678901234567890123");
    let elements: Vec<_> = message.msg_body.iter().map(|element| Element::from(&element)).collect();
    let info = message.offline_push_info.as_ref().unwrap();
    let mut delivery = Delivery::new(info, certificate, Some(token));
    delivery.elements = &elements;

    let (mut text, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
    let due = delivery.decide(&mut text).unwrap();
    let push = due.compose("request-1", &mut scratch).unwrap();
    assert_eq!(push.notification.content, "red packet[Face]");

    message.online_only_flag = Some(1.into());
    delivery.online_only = message.is_online_only();
    assert_eq!(delivery.decide(&mut [0; TEXT_LEN]).err(), Some(NoPush::OnlineOnly));
}

#[test]
fn describe_published_elements() {
    let shown = |files: &[&str]| {
        let read = |file: &&str| decoded(fixtures::read(&format!("tencent/{file}.json")));
        let elements: Vec<_> = files.iter().map(|file| Element::from(&read(file))).collect();
        describe(&elements, &mut [0; TEXT_LEN]).map(str::to_owned)
    };
    assert_eq!(shown(&["msgelem_text"]).as_deref(), Some("hello world"));
    assert_eq!(shown(&["msgelem_custom"]).as_deref(), Some("notification"));
    assert_eq!(
        shown(&["msgelem_location", "msgelem_face", "msgelem_text"]).as_deref(),
        Some("[Location][Face]hello world")
    );
    assert_eq!(shown(&["msgbody_example_1"]), None);
}
