use core::future::Future;
use core::pin::pin;
use core::sync::atomic::{AtomicU32, Ordering};
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::format;
use std::sync::Mutex;
use std::thread;
use std::vec::Vec;

use super::{Call, CallReply, CallStep, HttpError};
use crate::ClickAction;
use crate::vivo::time::{HOUR, MINUTE, SECOND};
use crate::vivo::{
    Attempts, AuthOutcome, BoxedNotification, Certificate, Classification, ListPush, Next, Notification,
    PushMode, ResultCode, SharedApp, unix_millis,
};

/// Noon in China.
const NOON: u64 = 1_501_473_600_000;
const GRANTED: &str = r#"{"result":0,"authToken":"24ojds98"}"#;
const ACCEPTED: &str = r#"{"result":0,"taskId":"1"}"#;

type Step<'a> = Result<CallStep<'a>, HttpError>;

fn certificate() -> Certificate<'static> {
    Certificate::new(6666, 10004, "key", "secret", ClickAction::default())
}

fn push() -> Notification<'static> {
    Notification::new("title", "content", "request-1").category("IM")
}

/// An app that got this token at noon.
fn with_token(text: &str) -> SharedApp {
    let app = SharedApp::new();
    app.adopt(NOON, NOON, text).unwrap();
    app
}

fn start<'a>(app: &'a SharedApp, push: &'a Notification<'a>) -> Call<'a, Notification<'a>> {
    Call::new(app, certificate(), push).attempts(Attempts::new(0))
}

/// Path and token of the request in a step.
fn request(step: Step<'_>) -> (&'static str, Vec<u8>) {
    let (kind, request) = match step.unwrap() {
        CallStep::Authenticate(request) => ("authenticate", request),
        CallStep::Send(request) => ("send", request),
        other => panic!("{other:?}"),
    };
    let path = if kind == "send" { Notification::PATH } else { "/message/auth" };
    assert_eq!(request.uri().path(), path);
    (kind, request.headers().get("authtoken").map(|token| token.as_bytes().to_vec()).unwrap_or_default())
}

fn sends(step: Step<'_>, token: &str) -> bool {
    request(step) == ("send", token.into())
}

fn authenticates(step: Step<'_>) -> bool {
    request(step).0 == "authenticate"
}

/// The outcome of an authentication; `None` for another reply.
fn reply(call: &mut Call<'_, Notification<'_>>, now: u64, body: &str) -> Option<AuthOutcome> {
    match call.replied(now, 200_u16, &mut body.as_bytes().to_vec()) {
        CallReply::Authenticated(outcome) => outcome.ok(),
        CallReply::Call(_) => None,
    }
}

fn end(step: Step<'_>) -> Next {
    match step.unwrap() {
        CallStep::End(end) => end,
        other => panic!("{other:?}"),
    }
}

#[test]
fn next_authenticates_sends_and_ends() {
    let (app, push) = (SharedApp::new(), push());
    let mut call = start(&app, &push);
    assert!(authenticates(call.next(NOON)));
    assert!(matches!(reply(&mut call, NOON, GRANTED), Some(AuthOutcome::Token(_))));
    assert!(sends(call.next(NOON), "24ojds98"));
    let mut body = ACCEPTED.as_bytes().to_vec();
    let CallReply::Call(Ok(reply)) = call.replied(NOON, 200_u16, &mut body) else { panic!("no reply") };
    assert_eq!(reply.task_id, Some("1"));
    assert_eq!(end(call.next(NOON)), Next::Done);
}

#[test]
fn next_without_a_reply_is_no_reply() {
    let (app, push) = (SharedApp::new(), push());
    let mut call = start(&app, &push);
    assert!(authenticates(call.next(NOON)));
    let Ok(CallStep::Wait(pause, _)) = call.next(NOON) else { panic!("no pause") };
    assert_eq!(pause, Duration::from_secs(1), "after an authentication");
    assert!(authenticates(call.next(NOON + SECOND)));
    assert_eq!(reply(&mut call, NOON + SECOND, "<html>"), None);
    let Ok(CallStep::Wait(pause, _)) = call.next(NOON + SECOND) else { panic!("no pause") };
    assert_eq!(pause, Duration::from_secs(2), "after the second one");
    app.adopt(NOON + SECOND, NOON, "24ojds98").unwrap();
    for failures in 1..5 {
        assert!(sends(call.next(NOON + failures * MINUTE), "24ojds98"));
        let Ok(CallStep::Wait(..)) = call.next(NOON + failures * MINUTE) else { panic!("no pause") };
        assert_eq!(u64::from(call.failures()), failures);
    }
    // The push is stored, and sent again after a restart.
    let mut call = start(&app, &push).attempts(Attempts::new(0)).failed_before(call.failures());
    assert!(sends(call.next(NOON + 5 * MINUTE), "24ojds98"));
    assert_eq!(end(call.next(NOON + 5 * MINUTE)).name(), "give_up");
}

#[test]
fn next_due_renewal_follows_the_call() {
    let (app, push) = (with_token("first"), push());
    let mut call = start(&app, &push);
    assert!(sends(call.next(NOON + HOUR), "first"));
    let mut other = start(&app, &push);
    assert!(sends(other.next(NOON + HOUR), "first"));
    _ = reply(&mut other, NOON + HOUR, ACCEPTED);
    assert_eq!(end(other.next(NOON + HOUR)), Next::Done, "one call renews");
    _ = reply(&mut call, NOON + HOUR, ACCEPTED);
    assert!(authenticates(call.next(NOON + HOUR)));
    _ = reply(&mut call, NOON + HOUR, GRANTED);
    assert_eq!(end(call.next(NOON + HOUR)), Next::Done);
    assert_eq!(app.auth_token(), Some(("24ojds98".into(), NOON + HOUR)));
}

#[test]
fn drop_while_authenticating_lets_another_call_go_on() {
    let (app, push) = (SharedApp::new(), push());
    let mut first = start(&app, &push);
    assert!(authenticates(first.next(NOON)));
    let mut second = start(&app, &push);
    let Ok(CallStep::Wait(pause, changed)) = second.next(NOON + SECOND) else { panic!("two at once") };
    assert_eq!(pause, Duration::from_secs(59));
    let (mut changed, mut context) = (pin!(changed), Context::from_waker(Waker::noop()));
    assert_eq!(changed.as_mut().poll(&mut context), Poll::Pending);
    drop(first);
    assert_eq!(changed.poll(&mut context), Poll::Ready(()));
    assert!(authenticates(second.next(NOON + SECOND)));
}

#[test]
fn drop_of_a_late_authentication_does_not_disturb_the_next_one() {
    let (app, push) = (SharedApp::new(), push());
    let (mut slow, mut second, mut third) = (start(&app, &push), start(&app, &push), start(&app, &push));
    assert!(authenticates(slow.next(NOON)));
    assert!(authenticates(second.next(NOON + MINUTE)), "the first one counts as lost");
    drop(slow);
    assert!(matches!(third.next(NOON + MINUTE + SECOND), Ok(CallStep::Wait(..))));
}

#[test]
fn adopt_while_authenticating_is_used_and_ends_the_authentication() {
    let (app, push) = (SharedApp::new(), push());
    let mut call = start(&app, &push);
    assert!(authenticates(call.next(NOON)));
    app.adopt(NOON, NOON, "elsewhere").unwrap();
    assert!(sends(call.next(NOON), "elsewhere"));
    assert!(app.adopt(NOON, NOON, "from elsewhere").is_err());
}

#[test]
fn adopt_refused_token_again_changes_nothing() {
    const LATER: u64 = NOON + 10 * MINUTE;
    let (app, push) = (with_token("24ojds98"), push());
    let mut call = start(&app, &push);
    assert!(sends(call.next(LATER), "24ojds98"));
    _ = reply(&mut call, LATER, r#"{"result":10000}"#);
    assert!(authenticates(call.next(LATER)));
    assert_eq!(app.auth_token(), None);
    assert_eq!(app.adopt(LATER, NOON, "24ojds98"), Ok(false), "the common store has the old one");
    _ = reply(&mut call, LATER, r#"{"result":0,"authToken":"newer"}"#);
    assert!(sends(call.next(LATER), "newer"));
    assert_eq!(app.adopt(LATER, LATER + 1, "newer"), Ok(true), "requested once more");
}

#[test]
fn replied_late_token_is_used() {
    let (app, push) = (SharedApp::new(), push());
    let (mut slow, mut second) = (start(&app, &push), start(&app, &push));
    assert!(authenticates(slow.next(NOON)));
    assert!(authenticates(second.next(NOON + MINUTE)));
    _ = reply(&mut slow, NOON + MINUTE, GRANTED);
    assert!(sends(slow.next(NOON + MINUTE), "24ojds98"));
    _ = reply(&mut second, NOON + MINUTE, r#"{"result":0,"authToken":"newer"}"#);
    assert!(sends(second.next(NOON + MINUTE), "newer"));
}

#[test]
fn changed_is_not_missed_before_the_first_poll() {
    let (app, push) = (SharedApp::new(), push());
    let (mut first, mut second) = (start(&app, &push), start(&app, &push));
    assert!(authenticates(first.next(NOON)));
    let Ok(CallStep::Wait(_, changed)) = second.next(NOON) else { panic!("two at once") };
    _ = reply(&mut first, NOON, GRANTED);
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(pin!(changed).poll(&mut context), Poll::Ready(()));
}

#[test]
fn changed_block_ends_with_the_time() {
    let (app, push) = (SharedApp::new(), push());
    let (mut first, mut second) = (start(&app, &push), start(&app, &push));
    assert!(authenticates(first.next(NOON)));
    let Ok(CallStep::Wait(_, changed)) = second.next(NOON) else { panic!("two at once") };
    changed.block(Duration::from_millis(1));
}

/// Four threads send until a thread that authenticates is gone; the others continue with one token.
#[test]
fn call_threads_share_one_authentication() {
    static APP: SharedApp = SharedApp::new();
    let (authentications, sent) = (AtomicU32::new(0), Mutex::new(Vec::new()));
    let send = || {
        let push = push();
        let mut call = Call::new(&APP, certificate(), &push);
        loop {
            match call.next(unix_millis()).unwrap() {
                CallStep::Authenticate(_) => {
                    if authentications.fetch_add(1, Ordering::SeqCst) == 0 {
                        // The other ones wait by now, or will.
                        thread::sleep(Duration::from_millis(20));
                        return None;
                    }
                    _ = reply(&mut call, unix_millis(), GRANTED);
                }
                CallStep::Send(request) => {
                    sent.lock().unwrap().push(request.headers()["authtoken"].clone());
                    _ = reply(&mut call, unix_millis(), ACCEPTED);
                }
                CallStep::Wait(pause, changed) => changed.block(pause),
                CallStep::End(end) => return Some(end),
            }
        }
    };
    let ends: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(send)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(ends.iter().flatten().filter(|end| **end == Next::Done).count(), 3);
    assert_eq!(authentications.load(Ordering::SeqCst), 2);
    assert_eq!(sent.into_inner().unwrap(), ["24ojds98"; 3]);
}

#[test]
fn next_closed_quota_ends_the_call_unless_it_is_a_test() {
    let (app, push) = (with_token("24ojds98"), push());
    let mut call = start(&app, &push);
    assert!(sends(call.next(NOON), "24ojds98"));
    _ = reply(&mut call, NOON, r#"{"result":10073}"#);
    let twelve_hours = Next::Later(Duration::from_secs(12 * 3600));
    assert_eq!(end(call.next(NOON)), twelve_hours);
    assert_eq!(end(start(&app, &push).next(NOON)), twelve_hours);

    let boxed = BoxedNotification::new(&push).unwrap();
    assert_eq!(end(Call::new(&app, certificate(), &boxed).next(NOON)), twelve_hours);
    let operational = push.clone().category("MARKETING");
    assert!(sends(start(&app, &operational).next(NOON), "24ojds98"));
    let test = push.clone().push_mode(PushMode::TEST);
    let mut call = start(&app, &test);
    assert!(sends(call.next(NOON), "24ojds98"));
    _ = reply(&mut call, NOON, r#"{"result":10070}"#);
    assert!(sends(start(&app, &operational).next(NOON), "24ojds98"), "the quota of formal pushes is open");

    let list = ListPush::new("1", "request-1");
    let (system, used_up) = (Some(Classification::SYSTEM), ResultCode::new(10073));
    app.quotas(|quotas| quotas.replied(NOON, ListPush::PATH, system, used_up));
    let call = || Call::new(&app, certificate(), &list);
    assert_eq!(end(call().next(NOON)), twelve_hours, "the class of a list push is unknown");
    let mut call = call().classification(Classification::OPERATIONAL);
    assert!(matches!(call.next(NOON), Ok(CallStep::Send(_))));
}

#[test]
fn next_base_url_is_an_error_and_lets_another_call_go_on() {
    let (app, push) = (SharedApp::new(), push());
    let mut call = start(&app, &push).base("not a URL");
    assert!(matches!(call.next(NOON), Err(HttpError::Http(_))));
    drop(call);
    let mut call = start(&app, &push).base("http://127.0.0.1:8080/");
    let Ok(CallStep::Authenticate(request)) = call.next(NOON + SECOND) else { panic!("no request") };
    assert_eq!(request.uri(), "http://127.0.0.1:8080/message/auth");
}

#[test]
fn restore_continues_where_the_snapshot_was_taken() {
    let (app, push) = (with_token("24ojds98"), push());
    app.quotas(|quotas| quotas.replied(NOON, ListPush::PATH, None, ResultCode::new(10252)));
    let stored = app.snapshot();
    let restored = SharedApp::restore(&stored).unwrap();
    assert_eq!(restored.snapshot(), stored);
    assert!(sends(start(&restored, &push).next(NOON), "24ojds98"));
    // Without the text, the token is of no use.
    let cut = SharedApp::restore(&stored[..stored.len() - 8]).unwrap();
    assert!(authenticates(start(&cut, &push).next(NOON + SECOND)));
    assert!(SharedApp::restore(&stored[..100]).is_none());
    assert!(SharedApp::restore(&[0; 200]).is_none());
}

#[test]
fn start_again_ends_a_given_up_state() {
    let (app, push) = (SharedApp::new(), push());
    let mut call = start(&app, &push);
    assert!(authenticates(call.next(NOON)));
    assert!(matches!(reply(&mut call, NOON, r#"{"result":10206}"#), Some(AuthOutcome::GiveUp(_))));
    assert_eq!(end(call.next(NOON)).name(), "give_up");
    app.start_again();
    assert!(authenticates(start(&app, &push).next(NOON + MINUTE)));
}

#[test]
fn debug_does_not_show_the_token() {
    let (app, push) = (with_token("24ojds98"), push());
    let mut call = start(&app, &push);
    let step = call.next(NOON);
    let shown = format!("{app:?} {call:?} {step:?}");
    assert!(
        ["SharedApp {", "Call {", "Send(***)"].iter().all(|word| shown.contains(word))
            && !shown.contains("24ojds98")
            && !shown.contains("secret"),
        "{shown}"
    );
}
