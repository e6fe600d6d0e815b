//! What a clock that is set does, pauses, and names; the rest of the rules is in the model of `random`.

mod random;

use core::time::Duration;
use std::vec::Vec;

use super::{
    AuthOutcome, AuthResponse, AuthTokenLife, AuthTokenNumber, AuthTokenState, AuthTokenStep, DAY, HOUR,
    MARGIN, MINUTE, ResultCode, SECOND,
};

/// Noon in China.
const NOON: u64 = 1_501_473_600_000;
const FIRST: AuthTokenNumber = AuthTokenNumber(1);
const SECOND_TOKEN: AuthTokenNumber = AuthTokenNumber(2);

fn granted() -> AuthResponse<'static> {
    AuthResponse::new(ResultCode::SUCCESS).auth_token("24ojds98")
}

fn result(number: i32) -> AuthResponse<'static> {
    AuthResponse::new(ResultCode::new(number))
}

/// A machine with its first token, requested and received at noon.
fn with_token() -> AuthTokenLife {
    let mut life = AuthTokenLife::new();
    assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
    assert_eq!(life.replied(NOON, &granted()), AuthOutcome::Token(FIRST));
    life
}

#[test]
fn before_call_token_is_used_renewed_and_expires() {
    let mut life = AuthTokenLife::new();
    assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
    assert_eq!(life.before_call(NOON + 400), AuthTokenStep::Wait { millis: MINUTE - 400 }, "another caller");
    assert_eq!(life.replied(NOON + 50 * SECOND, &granted()), AuthOutcome::Token(FIRST));
    assert_eq!(life.before_call(NOON + HOUR - 1), AuthTokenStep::Use(FIRST));
    assert_eq!(life.before_call(NOON + HOUR), AuthTokenStep::UseAndRenew(FIRST));
    assert_eq!(life.before_call(NOON + HOUR), AuthTokenStep::Use(FIRST), "another caller");
    assert_eq!(life.before_call(NOON + DAY - MARGIN), AuthTokenStep::Authenticate);
    assert_eq!(AuthTokenLife::MARGIN, Duration::from_secs(600));
}

#[test]
fn failures_double_the_pause_up_to_ten_minutes() {
    let mut life = AuthTokenLife::new();
    let mut now = NOON;
    for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600] {
        assert_eq!(life.before_call(now), AuthTokenStep::Authenticate);
        let outcome =
            if seconds % 3 == 1 { life.not_replied(now) } else { life.replied(now, &result(10093)) };
        let millis = seconds * SECOND;
        assert_eq!(outcome, AuthOutcome::TryAgain { millis });
        assert_eq!(life.before_call(now + millis - 1), AuthTokenStep::Wait { millis: 1 });
        now += millis;
    }
    assert_eq!(life.before_call(now), AuthTokenStep::Authenticate);
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(FIRST));
    assert_eq!(
        life.not_replied(now + HOUR),
        AuthOutcome::TryAgain { millis: SECOND },
        "success resets the pause"
    );
}

#[test]
fn replied_wrong_timestamp_pauses_until_the_clock_is_set() {
    let wrong = || {
        let mut life = AuthTokenLife::new();
        assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
        assert_eq!(life.replied(NOON, &result(10207)), AuthOutcome::SetClock { millis: 10 * MINUTE });
        assert_eq!(life.before_call(NOON + 1), AuthTokenStep::Wait { millis: 10 * MINUTE - 1 });
        life
    };
    assert_eq!(
        wrong().before_call(NOON + 10 * MINUTE + 1),
        AuthTokenStep::Authenticate,
        "set forward, or the pause is over"
    );
    let mut life = wrong();
    assert_eq!(life.before_call(NOON - HOUR), AuthTokenStep::Wait { millis: SECOND }, "set back");
    assert_eq!(life.before_call(NOON - HOUR + SECOND), AuthTokenStep::Authenticate);
    // A pending request is not affected.
    assert_eq!(life.before_call(NOON - 2 * HOUR), AuthTokenStep::Wait { millis: MINUTE });
}

#[test]
fn replied_success_without_valid_token_is_a_failure() {
    let invalid = granted().auth_token("24ojds98\r\nX: y");
    let empty = granted().auth_token("");
    for reply in [result(0), invalid, empty, result(10072), result(19999), result(10302)] {
        let mut life = AuthTokenLife::new();
        assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
        assert_eq!(life.replied(NOON, &reply), AuthOutcome::TryAgain { millis: SECOND }, "{reply:?}");
    }
}

#[test]
fn before_call_clock_set_back_renews_and_keeps_the_token() {
    let mut life = with_token();
    let mut now = NOON + 10 * MINUTE;
    assert_eq!(life.before_call(now), AuthTokenStep::Use(FIRST));
    assert_eq!(life.before_call(now - SECOND), AuthTokenStep::Use(FIRST), "adjusted, or another thread");
    now -= SECOND + 1;
    assert_eq!(life.before_call(now), AuthTokenStep::UseAndRenew(FIRST));
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(SECOND_TOKEN));
    assert_eq!(life.state(), AuthTokenState::Fresh);
    // The age of the token continues.
    assert_eq!(life.before_call(now - 365 * DAY), AuthTokenStep::Use(SECOND_TOKEN), "none within a second");
    now -= 365 * DAY;
    assert_eq!(life.before_call(now + DAY - MARGIN - HOUR - 1), AuthTokenStep::UseAndRenew(SECOND_TOKEN));
    assert_eq!(life.before_call(now + DAY - MARGIN - HOUR), AuthTokenStep::Wait { millis: MINUTE - 1 });
}

#[test]
fn renewing_after_is_limited_to_a_minute_and_half_a_life() {
    for (wanted, millis) in
        [(Duration::ZERO, MINUTE), (Duration::from_secs(7200), 2 * HOUR), (Duration::MAX, (DAY - MARGIN) / 2)]
    {
        let mut life = AuthTokenLife::new().renewing_after(wanted);
        assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
        assert_eq!(life.replied(NOON, &granted()), AuthOutcome::Token(FIRST));
        assert_eq!(life.before_call(NOON + millis - 1), AuthTokenStep::Use(FIRST), "{wanted:?}");
        assert_eq!(life.before_call(NOON + millis), AuthTokenStep::UseAndRenew(FIRST), "{wanted:?}");
    }
}

#[test]
fn name_of_each_step_outcome_and_state() {
    let steps = [
        AuthTokenStep::Use(FIRST),
        AuthTokenStep::UseAndRenew(FIRST),
        AuthTokenStep::Authenticate,
        AuthTokenStep::Wait { millis: 1 },
        AuthTokenStep::GiveUp(ResultCode::SUCCESS),
    ];
    assert_eq!(steps.map(AuthTokenStep::name), ["use", "use_and_renew", "authenticate", "wait", "give_up"]);
    let outcomes = [
        AuthOutcome::Token(FIRST),
        AuthOutcome::TryAgain { millis: 1 },
        AuthOutcome::SetClock { millis: 1 },
        AuthOutcome::StopForToday { millis: 1 },
        AuthOutcome::GiveUp(ResultCode::SUCCESS),
    ];
    let names = ["token", "try_again", "set_clock", "stop_for_today", "give_up"];
    assert_eq!(outcomes.map(AuthOutcome::name), names);
    let states =
        [AuthTokenState::None, AuthTokenState::Fresh, AuthTokenState::Renewable, AuthTokenState::Expired];
    assert_eq!(states.map(AuthTokenState::name), ["none", "fresh", "renewable", "expired"]);
}
