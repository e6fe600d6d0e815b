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
const REFUSED: ResultCode = ResultCode::AUTHENTICATION_FAILED;

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
fn before_call_without_token_one_caller_authenticates() {
    let mut life = AuthTokenLife::new();
    assert_eq!(life.state(), AuthTokenState::None);
    assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
    assert_eq!(life.before_call(NOON), AuthTokenStep::Wait { millis: MINUTE });
    assert_eq!(life.before_call(NOON + 400), AuthTokenStep::Wait { millis: MINUTE - 400 });
}

#[test]
fn before_call_fresh_token_is_used() {
    let mut life = with_token();
    assert_eq!(life.state(), AuthTokenState::Fresh);
    for passed in [0, 1, MINUTE, HOUR - 1] {
        assert_eq!(life.before_call(NOON + passed), AuthTokenStep::Use(FIRST));
    }
}

#[test]
fn before_call_after_an_hour_one_caller_renews() {
    let mut life = with_token();
    assert_eq!(life.before_call(NOON + HOUR), AuthTokenStep::UseAndRenew(FIRST));
    assert_eq!(life.state(), AuthTokenState::Renewable);
    assert_eq!(life.before_call(NOON + HOUR), AuthTokenStep::Use(FIRST));
    assert_eq!(life.replied(NOON + HOUR + 1, &granted()), AuthOutcome::Token(SECOND_TOKEN));
    assert_eq!(life.state(), AuthTokenState::Fresh);
    assert_eq!(life.before_call(NOON + HOUR + 1), AuthTokenStep::Use(SECOND_TOKEN));
}

#[test]
fn before_call_token_expires_after_a_day_minus_margin() {
    let mut life = with_token();
    let end = NOON + DAY - MARGIN;
    assert_eq!(life.before_call(end - 1), AuthTokenStep::UseAndRenew(FIRST));
    assert_eq!(life.before_call(end), AuthTokenStep::Wait { millis: MINUTE - 1 });
    assert_eq!(life.state(), AuthTokenState::Expired);
    assert_eq!(life.before_call(end + MINUTE), AuthTokenStep::Authenticate);
    assert_eq!(AuthTokenLife::MARGIN, Duration::from_secs(600));
}

#[test]
fn replied_age_starts_with_the_request() {
    let mut life = AuthTokenLife::new();
    assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
    assert_eq!(life.replied(NOON + 50 * SECOND, &granted()), AuthOutcome::Token(FIRST));
    assert_eq!(life.before_call(NOON + HOUR - 1), AuthTokenStep::Use(FIRST));
    assert_eq!(life.before_call(NOON + HOUR), AuthTokenStep::UseAndRenew(FIRST));
}

#[test]
fn before_call_lost_request_is_repeated_after_a_minute() {
    let mut life = AuthTokenLife::new();
    assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
    assert_eq!(life.before_call(NOON + MINUTE - 1), AuthTokenStep::Wait { millis: 1 });
    assert_eq!(life.before_call(NOON + MINUTE), AuthTokenStep::Authenticate);
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
fn pause_does_not_stop_calls() {
    let mut life = with_token();
    let now = NOON + HOUR;
    assert_eq!(life.before_call(now), AuthTokenStep::UseAndRenew(FIRST));
    assert_eq!(life.replied(now, &result(10093)), AuthOutcome::TryAgain { millis: SECOND });
    assert_eq!(life.before_call(now + SECOND - 1), AuthTokenStep::Use(FIRST));
    assert_eq!(life.before_call(now + SECOND), AuthTokenStep::UseAndRenew(FIRST));
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
fn replied_quota_pauses_until_midnight_in_china() {
    for (now, millis) in
        [(NOON, 12 * HOUR), (NOON + 12 * HOUR - 1, 1), (NOON + 12 * HOUR, DAY), (NOON + 13 * HOUR, 23 * HOUR)]
    {
        let mut life = AuthTokenLife::new();
        assert_eq!(life.before_call(now), AuthTokenStep::Authenticate);
        assert_eq!(life.replied(now, &result(10250)), AuthOutcome::StopForToday { millis });
        assert_eq!(life.before_call(now), AuthTokenStep::Wait { millis });
        assert_eq!(life.before_call(now + millis), AuthTokenStep::Authenticate);
    }
}

#[test]
fn replied_invalid_credentials_gives_up() {
    for number in (10200..=10206).chain([10000, 10043, 10045]) {
        let mut life = with_token();
        let (now, code) = (NOON + HOUR, ResultCode::new(number));
        assert_eq!(life.before_call(now), AuthTokenStep::UseAndRenew(FIRST));
        assert_eq!(life.replied(now, &result(number)), AuthOutcome::GiveUp(code));
        assert_eq!(
            life.before_call(now + 20 * HOUR),
            AuthTokenStep::Use(FIRST),
            "the token is used until it expires"
        );
        assert_eq!(life.before_call(now + 23 * HOUR), AuthTokenStep::GiveUp(code));
        assert_eq!(life.before_call(now + 2300 * HOUR), AuthTokenStep::GiveUp(code));
        life.start_again();
        assert_eq!(life.before_call(now + 2300 * HOUR), AuthTokenStep::Authenticate);
    }
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
fn refused_replaces_the_token_once() {
    let mut life = with_token();
    let mut now = NOON + MINUTE;
    assert_eq!(life.refused(now, FIRST), AuthTokenStep::Authenticate);
    assert_eq!(life.state(), AuthTokenState::None);
    assert_eq!(
        life.refused(now, FIRST),
        AuthTokenStep::Wait { millis: MINUTE },
        "another call with the same token"
    );
    now += 100;
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(SECOND_TOKEN));
    assert_eq!(
        life.refused(now, FIRST),
        AuthTokenStep::Use(SECOND_TOKEN),
        "a late reply does not drop the new token"
    );
    now += 10 * MINUTE - 100;
    assert_eq!(life.refused(now, SECOND_TOKEN), AuthTokenStep::GiveUp(REFUSED));
    assert_eq!(life.before_call(now + DAY), AuthTokenStep::GiveUp(REFUSED));
    life.start_again();
    assert_eq!(life.before_call(now + DAY), AuthTokenStep::Authenticate);
}

#[test]
fn refused_after_ten_minutes_replaces_again() {
    let mut life = with_token();
    let mut now = NOON;
    for number in 1..20 {
        now += 10 * MINUTE + 1;
        assert_eq!(life.refused(now, AuthTokenNumber(number)), AuthTokenStep::Authenticate);
        assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(AuthTokenNumber(number + 1)));
    }
    // Also if the token was renewed in between.
    now += HOUR;
    assert_eq!(life.before_call(now), AuthTokenStep::UseAndRenew(AuthTokenNumber(20)));
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(AuthTokenNumber(21)));
    now += SECOND;
    assert_eq!(life.refused(now, AuthTokenNumber(21)), AuthTokenStep::Authenticate);
}

#[test]
fn refused_in_a_pause_waits() {
    let mut life = with_token();
    assert_eq!(life.refused(NOON, FIRST), AuthTokenStep::Wait { millis: SECOND });
    assert_eq!(life.before_call(NOON + SECOND), AuthTokenStep::Authenticate);
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
fn before_call_any_clock_measures_time() {
    for now in [0, 1, u64::MAX - 2 * DAY] {
        let mut life = AuthTokenLife::new();
        assert_eq!(life.before_call(now), AuthTokenStep::Authenticate);
        assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(FIRST));
        assert_eq!(life.before_call(now + HOUR - 1), AuthTokenStep::Use(FIRST));
        assert_eq!(life.before_call(now + HOUR), AuthTokenStep::UseAndRenew(FIRST));
    }
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
fn start_again_keeps_the_token_and_the_minimum_gap() {
    let mut life = with_token();
    life.start_again();
    assert_eq!(life.before_call(NOON), AuthTokenStep::Use(FIRST));
    assert_eq!(life.replied(NOON, &result(10250)), AuthOutcome::StopForToday { millis: 12 * HOUR });
    life.start_again();
    assert_eq!(life.refused(NOON, FIRST), AuthTokenStep::Wait { millis: SECOND });
}

#[test]
fn name_of_each_step_outcome_and_state() {
    let steps = [
        AuthTokenStep::Use(FIRST),
        AuthTokenStep::UseAndRenew(FIRST),
        AuthTokenStep::Authenticate,
        AuthTokenStep::Wait { millis: 1 },
        AuthTokenStep::GiveUp(REFUSED),
    ];
    assert_eq!(steps.map(AuthTokenStep::name), ["use", "use_and_renew", "authenticate", "wait", "give_up"]);
    let outcomes = [
        AuthOutcome::Token(FIRST),
        AuthOutcome::TryAgain { millis: 1 },
        AuthOutcome::SetClock { millis: 1 },
        AuthOutcome::StopForToday { millis: 1 },
        AuthOutcome::GiveUp(REFUSED),
    ];
    let names = ["token", "try_again", "set_clock", "stop_for_today", "give_up"];
    assert_eq!(outcomes.map(AuthOutcome::name), names);
    let states =
        [AuthTokenState::None, AuthTokenState::Fresh, AuthTokenState::Renewable, AuthTokenState::Expired];
    assert_eq!(states.map(AuthTokenState::name), ["none", "fresh", "renewable", "expired"]);
}
