use core::time::Duration;
use std::vec::Vec;

use super::{AttemptOutcome, Attempts, AttemptsEnd, Next};
use crate::exchange::ReplyError;
use crate::json;
use crate::vivo::time::{HOUR, MINUTE, SECOND};
use crate::vivo::{Advice, AuthResponse, AuthTokenLife, AuthTokenNumber, ResultCode, SendResponse};

/// Noon in China.
const NOON: u64 = 1_501_473_600_000;

/// A call that was sent with a token, the life of the token, and its number.
fn sent(random: u32) -> (Attempts, AuthTokenLife, AuthTokenNumber) {
    let (mut call, mut life) = (Attempts::new(random), AuthTokenLife::new());
    let number = life.adopt(NOON, NOON);
    assert_eq!(call.next(NOON, &mut life, AttemptOutcome::NotSent), Next::SendWith(number));
    (call, life, number)
}

fn replied(result: i32) -> AttemptOutcome {
    AttemptOutcome::Replied(ResultCode::new(result).advice())
}

/// What follows an outcome of the first attempt.
fn after(outcome: AttemptOutcome) -> Next {
    let (mut call, mut life, _) = sent(0);
    call.next(NOON, &mut life, outcome)
}

/// The error of a reply that is cut off.
fn cut() -> ReplyError {
    ReplyError::Decode(json::from_str::<SendResponse<'_>>("{").unwrap_err())
}

#[test]
fn next_follows_the_advice() {
    assert_eq!(after(replied(0)), Next::Done);
    assert_eq!(after(replied(10302)), Next::DropToken);
    for code in [10043, 10045, 10055, 10103, 10155, 10311, 19999] {
        let advice = ResultCode::new(code).advice();
        assert_eq!(after(replied(code)), Next::GiveUp(AttemptsEnd::Advice(advice)), "{code}");
    }
    for code in [10070, 10073, 10252, 10254] {
        assert_eq!(after(replied(code)), Next::Later(Duration::from_secs(12 * 3600)), "{code}");
    }
    assert_eq!(after(replied(10071)), Next::Later(Duration::from_secs(19 * 3600)));
}

#[test]
fn next_repeats_what_is_worth_it() {
    let again = [ReplyError::ServerError, ReplyError::Status(502), ReplyError::Status(429), cut()];
    let again =
        again.map(AttemptOutcome::Failed).into_iter().chain([AttemptOutcome::NoReply, replied(10072)]);
    for outcome in again {
        let (mut call, mut life, number) = sent(0);
        let (mut now, mut pauses) = (NOON, Vec::new());
        let end = loop {
            match call.next(now, &mut life, outcome) {
                Next::Wait(pause) => {
                    pauses.push(pause);
                    // Asked too early, it says what is left.
                    let early = call.next(now + 400, &mut life, AttemptOutcome::NotSent);
                    assert_eq!(early, Next::Wait(pause - Duration::from_millis(400)));
                    now += pause.as_millis() as u64;
                    assert_eq!(call.next(now, &mut life, AttemptOutcome::NotSent), Next::SendWith(number));
                }
                end => break end,
            }
        };
        assert_eq!((end, pauses.len()), (Next::GiveUp(AttemptsEnd::TooOften), 4), "{outcome:?}");
    }
    let error = ReplyError::Status(404);
    assert_eq!(after(AttemptOutcome::Failed(error)), Next::GiveUp(AttemptsEnd::Failed(error)));
    let (call, mut life, _) = sent(0);
    let end = call.max_sent(1).next(NOON, &mut life, AttemptOutcome::NoReply);
    assert_eq!(end, Next::GiveUp(AttemptsEnd::TooOften));
}

#[test]
fn next_authenticates_once_more_and_no_further() {
    let (mut call, mut life, _) = sent(0);
    let refused = replied(10000);
    assert_eq!(call.next(NOON + MINUTE, &mut life, refused), Next::Authenticate);
    // Another call waits for that.
    let mut other = Attempts::new(0);
    let Next::Wait(_) = other.next(NOON + MINUTE, &mut life, AttemptOutcome::NotSent) else {
        panic!("two at once")
    };
    let granted = AuthResponse::new(ResultCode::SUCCESS).auth_token("24ojds98");
    _ = life.replied(NOON + MINUTE, &granted);
    let Next::SendWith(second) = call.next(NOON + MINUTE, &mut life, AttemptOutcome::NotSent) else {
        panic!("no token")
    };
    let end = AttemptsEnd::Advice(Advice::Reauthenticate);
    assert_eq!(call.next(NOON + MINUTE, &mut life, refused), Next::GiveUp(end));

    // A call whose token another caller has renewed is sent again immediately.
    let (mut call, mut life, _) = sent(0);
    let newest = life.adopt(NOON, NOON);
    assert_eq!(newest, second);
    assert_eq!(call.next(NOON, &mut life, refused), Next::SendWith(newest));
}

#[test]
fn next_without_hope_for_a_token_gives_up() {
    let mut life = AuthTokenLife::new();
    _ = life.replied(NOON, &AuthResponse::new(ResultCode::INVALID_SIGN));
    let next = Attempts::new(0).next(NOON, &mut life, AttemptOutcome::NotSent);
    assert_eq!(next, Next::GiveUp(AttemptsEnd::NoToken(ResultCode::INVALID_SIGN)));
    let mut life = AuthTokenLife::new();
    let number = life.adopt(NOON, NOON - HOUR);
    let next = Attempts::new(0).next(NOON + SECOND, &mut life, AttemptOutcome::NotSent);
    assert_eq!(next, Next::SendAndRenew(number));
    assert_eq!(next.name(), "send_and_renew");
}

#[test]
fn next_pauses_differ_by_at_most_a_half() {
    let mut seen = Vec::new();
    for random in [0, 1, 0x8000_0000, u32::MAX, 0x1234_5678] {
        let (mut call, mut life, _) = sent(random);
        for longest in [1000, 2000, 4000, 8000] {
            let Next::Wait(pause) = call.next(NOON, &mut life, AttemptOutcome::NoReply) else {
                panic!("no pause")
            };
            let millis = pause.as_millis() as u64;
            assert!(millis >= longest / 2 && millis <= longest, "{random}: {millis} of {longest}");
            seen.push(millis * 1000 / longest);
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() > 12, "{seen:?}");
}

#[test]
fn next_later_starts_the_count_again() {
    let (mut call, mut life, number) = sent(0);
    for _ in 0..4 {
        _ = call.next(NOON, &mut life, AttemptOutcome::NoReply);
    }
    let Next::Later(wait) = call.next(NOON, &mut life, replied(10070)) else { panic!("not later") };
    let midnight = NOON + wait.as_millis() as u64;
    let early = call.next(midnight - 1, &mut life, AttemptOutcome::NotSent);
    assert_eq!(early, Next::Wait(Duration::from_millis(1)));
    let next = call.next(midnight, &mut life, AttemptOutcome::NotSent);
    assert_eq!(next, Next::SendAndRenew(number));
    let Next::Wait(_) = call.next(midnight, &mut life, AttemptOutcome::NoReply) else { panic!("given up") };
    // The clock is set back: no wait is longer than the pause.
    let Next::Wait(left) = call.next(0, &mut life, AttemptOutcome::NotSent) else { panic!("no pause") };
    assert!(left <= Duration::from_secs(1));
}

#[test]
fn keeps_request_unless_the_same_one_would_fail_again() {
    let code = ResultCode::new(10206);
    for (end, keeps, name) in [
        (AttemptsEnd::TooOften, true, "too_often"),
        (AttemptsEnd::NoToken(code), true, "no_token"),
        (AttemptsEnd::Advice(Advice::Reauthenticate), true, "reauthenticate"),
        (AttemptsEnd::Advice(Advice::FixAccount), true, "fix_account"),
        (AttemptsEnd::Advice(Advice::StoreAgain), false, "store_again"),
        (AttemptsEnd::Advice(Advice::FixText), false, "fix_text"),
        (AttemptsEnd::Advice(Advice::Unknown), false, "unknown"),
        (AttemptsEnd::Failed(ReplyError::Status(404)), false, "failed"),
    ] {
        assert_eq!((end.keeps_request(), end.name()), (keeps, name), "{end:?}");
    }
}
