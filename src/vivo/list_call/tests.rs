use core::time::Duration;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::{ListCall, ListCallReply, ListPayload, give_up};
use crate::ClickAction;
use crate::json;
use crate::vivo::{
    Advice, AttemptsEnd, BoxedListPush, CallStep, Certificate, ListPush, Next, Notification, PushMode,
    SharedApp,
};

/// Noon in China.
const NOON: u64 = 1_501_473_600_000;
const TAKEN: &str = r#"{"result":0}"#;

fn app() -> SharedApp {
    let app = SharedApp::new();
    app.adopt(NOON, NOON, "24ojds98").unwrap();
    app
}

fn payload() -> ListPayload<'static> {
    ListPayload::new(Notification::new("title", "content", "request-1").app_id(10004).category("IM"))
}

fn reg_ids(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("v2-{number}")).collect()
}

fn start<'a>(
    app: &'a SharedApp,
    payload: &'a ListPayload<'a>,
    receivers: &'a [String],
) -> ListCall<'a, 'a, String> {
    let certificate = Certificate::new(6666, 10004, "key", "secret", ClickAction::default());
    ListCall::new(app, certificate, payload, receivers, String::as_str)
}

/// The list in the next request; `None` if it is the payload.
fn sent(call: &mut ListCall<'_, '_, String>) -> Option<BoxedListPush> {
    let CallStep::Send(request) = call.next(NOON).unwrap() else { panic!("not sent") };
    match request.uri().path() {
        ListPush::PATH => Some(BoxedListPush::receive(request.into_body()).unwrap()),
        path => {
            assert_eq!(path, ListPayload::PATH);
            let sent = json::from_slice::<ListPayload<'_>>(request.body()).unwrap();
            let is_first = call.task_id().is_none() && call.forgotten.is_none();
            assert_eq!(sent.notification.request_id == call.payload.notification.request_id, is_first);
            assert_eq!(sent.notification.title, call.payload.notification.title);
            None
        }
    }
}

/// The receivers of the list that was replied to; `None` if it was the payload.
fn reply<'a>(call: &mut ListCall<'_, 'a, String>, body: &str) -> Option<&'a [String]> {
    match call.replied(NOON, 200_u16, &mut body.as_bytes().to_vec()) {
        ListCallReply::Part(part, Ok(_)) => Some(part),
        ListCallReply::Stored(Ok(_)) => None,
        other => panic!("{other:?}"),
    }
}

fn store(call: &mut ListCall<'_, '_, String>, task_id: &str) {
    assert!(sent(call).is_none());
    assert!(reply(call, &format!(r#"{{"result":0,"taskId":"{task_id}"}}"#)).is_none());
}

fn end(call: &mut ListCall<'_, '_, String>) -> Next {
    match call.next(NOON).unwrap() {
        CallStep::End(end) => end,
        other => panic!("{other:?}"),
    }
}

fn receivers(list: &BoxedListPush) -> Vec<String> {
    list.get().reg_ids.into_iter().flatten().map(ToString::to_string).collect()
}

#[test]
fn next_stores_the_payload_and_sends_each_list() {
    let (app, payload, all) = (app(), payload(), reg_ids(2001));
    let mut call = start(&app, &payload, &all);
    store(&mut call, "t-1");
    let (mut sent_to, mut request_ids) = (Vec::new(), Vec::new());
    for length in [1000, 501, 500] {
        let list = sent(&mut call).unwrap();
        assert_eq!(call.task_id(), Some("t-1"));
        assert_eq!((list.get().check(), list.get().app_id), (Ok(()), Some(10004)));
        let part = receivers(&list);
        assert_eq!((list.get().task_id, part.len()), ("t-1", length));
        sent_to.extend(part.clone());
        request_ids.push(list.get().request_id.to_string());
        assert_eq!(reply(&mut call, TAKEN), Some(&part[..]));
    }
    assert_eq!(end(&mut call), Next::Done);
    assert_eq!(end(&mut call), Next::Done, "also when it is asked again");
    assert!(call.rest().is_empty());
    assert_eq!(sent_to, all);
    request_ids.dedup();
    assert_eq!(request_ids.len(), 3);
}

#[test]
fn next_repeats_a_list_with_its_request_id() {
    let (app, payload, all) = (app(), payload(), reg_ids(3));
    let mut call = start(&app, &payload, &all).with_task_id("t-1").max_sent(3);
    let first = sent(&mut call).unwrap();
    for failures in 1..3 {
        // There is no reply.
        assert!(matches!(call.next(NOON).unwrap(), CallStep::Wait(..)), "{failures}");
        let later = NOON + 60_000 * failures;
        let CallStep::Send(request) = call.next(later).unwrap() else { panic!("not sent") };
        assert_eq!(BoxedListPush::receive(request.into_body()).unwrap(), first);
    }
    assert_eq!(end(&mut call), Next::GiveUp(AttemptsEnd::TooOften));
    assert_eq!(call.rest().len(), 3);
    // In another process, too.
    let mut call = start(&app, &payload, &all).with_task_id("t-1");
    assert_eq!(sent(&mut call).unwrap(), first);
    let mut call = start(&app, &payload, &all[1..]).with_task_id("t-1");
    assert_ne!(sent(&mut call).unwrap().get().request_id, first.get().request_id);
}

#[test]
fn next_forgotten_task_id_stores_again_once() {
    let (app, payload, all) = (app(), payload(), reg_ids(1500));
    let mut call = start(&app, &payload, &all).with_task_id("t-1");
    _ = sent(&mut call);
    _ = reply(&mut call, TAKEN);
    let refused = sent(&mut call).unwrap();
    _ = reply(&mut call, r#"{"result":10155}"#);
    store(&mut call, "t-2");
    let again = sent(&mut call).unwrap();
    assert_eq!((again.get().task_id, receivers(&again)), ("t-2", receivers(&refused)));
    assert_ne!(again.get().request_id, refused.get().request_id);
    _ = reply(&mut call, r#"{"result":10155}"#);
    assert_eq!(end(&mut call), give_up(Advice::StoreAgain));
    assert_eq!(call.rest().len(), 750);
}

#[test]
fn next_ends_early_and_keeps_the_rest() {
    let (app, payload, all) = (app(), payload(), reg_ids(1500));
    let mut call = start(&app, &payload, &all).with_task_id("t-1");
    _ = sent(&mut call);
    _ = reply(&mut call, TAKEN);
    _ = sent(&mut call);
    _ = reply(&mut call, r#"{"result":10302,"invalidUsers":[{"status":2,"userid":"v2-750"}]}"#);
    assert_eq!(end(&mut call), Next::DropToken);
    assert_eq!(call.rest(), &all[750..]);

    let mut call = start(&app, &payload, &all);
    assert!(sent(&mut call).is_none());
    _ = reply(&mut call, r#"{"result":10252}"#);
    let twelve_hours = Next::Later(Duration::from_secs(12 * 3600));
    assert_eq!(end(&mut call), twelve_hours);
    assert_eq!(end(&mut call), twelve_hours, "the quota of payloads is closed");
    let CallStep::Send(request) = call.next(NOON + 13 * 3600 * 1000).unwrap() else { panic!("not sent") };
    assert_eq!(request.uri().path(), ListPayload::PATH);
}

#[test]
fn next_number_of_receivers() {
    let (app, payload) = (app(), payload());
    assert_eq!(end(&mut start(&app, &payload, &[])), Next::Done);
    let one = reg_ids(1);
    let refused = give_up(Advice::FixRequest { field: "regIds" });
    assert_eq!(end(&mut start(&app, &payload, &one)), refused);
}

#[test]
fn next_success_without_a_task_id_gives_up() {
    let (app, payload, all) = (app(), payload(), reg_ids(2));
    let mut call = start(&app, &payload, &all);
    assert!(sent(&mut call).is_none());
    _ = reply(&mut call, TAKEN);
    assert_eq!(end(&mut call), give_up(Advice::Unknown));
}

#[test]
fn next_test_push() {
    let (app, all) = (app(), reg_ids(2));
    let payload = ListPayload::new(Notification::new("title", "content", "r").push_mode(PushMode::TEST));
    let mut call = start(&app, &payload, &all).with_task_id("t-1");
    assert_eq!(sent(&mut call).unwrap().get().push_mode, Some(PushMode::TEST));
    _ = reply(&mut call, r#"{"result":10302}"#);
    assert_eq!(end(&mut call), give_up(Advice::FixAccount), "no token is dropped");
}

#[test]
fn next_longest_request_id_passes_check() {
    let (app, all) = (app(), reg_ids(2));
    let longest = "r".repeat(ListCall::<'_, '_, String>::MAX_REQUEST_ID_LEN);
    let payload = ListPayload::new(Notification::new("title", "content", &longest));
    let mut call = start(&app, &payload, &all).with_task_id("t-1");
    assert_eq!(sent(&mut call).unwrap().get().check(), Ok(()));
}

#[test]
fn debug_shows_no_receiver() {
    let (app, payload, all) = (app(), payload(), reg_ids(2));
    let mut call = start(&app, &payload, &all).with_task_id("t-1");
    _ = sent(&mut call);
    let mut body = br#"{"result":0,"invalidUsers":[{"status":2,"userid":"v2-0"}]}"#.to_vec();
    let reply = format!("{:?}", call.replied(NOON, 200_u16, &mut body));
    let shown = format!("{call:?} {reply}");
    assert!(shown.contains("rest: 2") && shown.contains("Part(2, ") && !shown.contains("v2-"), "{shown}");
}
