//! What a clock that is set does, pauses, and names; the rest of the rules is in the model of `random`.

mod random;

use core::time::Duration;
use std::format;
use std::vec::Vec;

use super::{
    AuthOutcome, AuthResponse, AuthToken, AuthTokenLife, AuthTokenNumber, AuthTokenState, AuthTokenStep, DAY,
    HOUR, MARGIN, MINUTE, ResultCode, SECOND,
};
use crate::check::Rule;

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

/// A state machine with its first token, requested and received at noon.
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
    assert_eq!(
        life.before_call(NOON + 400),
        AuthTokenStep::Wait(Duration::from_millis(MINUTE - 400)),
        "another caller"
    );
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
        assert_eq!(outcome, AuthOutcome::TryAgain(Duration::from_millis(millis)));
        assert_eq!(life.before_call(now + millis - 1), AuthTokenStep::Wait(Duration::from_millis(1)));
        now += millis;
    }
    assert_eq!(life.before_call(now), AuthTokenStep::Authenticate);
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(FIRST));
    assert_eq!(
        life.not_replied(now + HOUR),
        AuthOutcome::TryAgain(Duration::from_millis(SECOND)),
        "success resets the pause"
    );
}

#[test]
fn refused_new_tokens_double_the_pause_and_never_end() {
    let mut life = with_token();
    let mut now = NOON + HOUR;
    assert_eq!(life.refused(now, FIRST), AuthTokenStep::Authenticate, "it may have expired");
    for (tokens, seconds) in (2..).zip([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]) {
        let number = AuthTokenNumber(tokens);
        assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(number));
        assert_eq!(life.refused(now, number), AuthTokenStep::Wait(Duration::from_secs(seconds)));
        now += seconds * SECOND;
        assert_eq!(life.before_call(now), AuthTokenStep::Authenticate);
    }
    // A token that lasts ends that.
    _ = life.replied(now, &granted());
    _ = life.replied(now + HOUR, &granted());
    assert_eq!(life.not_replied(now + HOUR), AuthOutcome::TryAgain(Duration::from_secs(1)));
}

#[test]
fn replied_wrong_timestamp_pauses_until_the_clock_is_set() {
    let wrong = || {
        let mut life = AuthTokenLife::new();
        assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
        assert_eq!(
            life.replied(NOON, &result(10207)),
            AuthOutcome::SetClock(Duration::from_millis(10 * MINUTE))
        );
        assert_eq!(life.before_call(NOON + 1), AuthTokenStep::Wait(Duration::from_millis(10 * MINUTE - 1)));
        life
    };
    assert_eq!(
        wrong().before_call(NOON + 10 * MINUTE + 1),
        AuthTokenStep::Authenticate,
        "set forward, or the pause is over"
    );
    let mut life = wrong();
    assert_eq!(life.before_call(NOON - HOUR), AuthTokenStep::Wait(Duration::from_millis(SECOND)), "set back");
    assert_eq!(life.before_call(NOON - HOUR + SECOND), AuthTokenStep::Authenticate);
    // A pending request is not affected.
    assert_eq!(life.before_call(NOON - 2 * HOUR), AuthTokenStep::Wait(Duration::from_millis(MINUTE)));
}

#[test]
fn replied_success_without_valid_token_is_a_failure() {
    let invalid = granted().auth_token("24ojds98\r\nX: y");
    let empty = granted().auth_token("");
    for reply in [result(0), invalid, empty, result(10072), result(19999), result(10302)] {
        let mut life = AuthTokenLife::new();
        assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
        assert_eq!(
            life.replied(NOON, &reply),
            AuthOutcome::TryAgain(Duration::from_millis(SECOND)),
            "{reply:?}"
        );
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
    assert_eq!(
        life.before_call(now + DAY - MARGIN - HOUR),
        AuthTokenStep::Wait(Duration::from_millis(MINUTE - 1))
    );
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
        AuthTokenStep::Wait(Duration::from_millis(1)),
        AuthTokenStep::GiveUp(ResultCode::SUCCESS),
    ];
    assert_eq!(steps.map(AuthTokenStep::name), ["use", "use_and_renew", "authenticate", "wait", "give_up"]);
    let outcomes = [
        AuthOutcome::Token(FIRST),
        AuthOutcome::TryAgain(Duration::from_millis(1)),
        AuthOutcome::SetClock(Duration::from_millis(1)),
        AuthOutcome::StopForToday(Duration::from_millis(1)),
        AuthOutcome::GiveUp(ResultCode::SUCCESS),
    ];
    let names = ["token", "try_again", "set_clock", "stop_for_today", "give_up"];
    assert_eq!(outcomes.map(AuthOutcome::name), names);
    let states =
        [AuthTokenState::None, AuthTokenState::Fresh, AuthTokenState::Renewable, AuthTokenState::Expired];
    assert_eq!(states.map(AuthTokenState::name), ["none", "fresh", "renewable", "expired"]);
}

#[test]
fn abandoned_lets_another_caller_authenticate() {
    let mut life = AuthTokenLife::new();
    assert_eq!(life.before_call(NOON), AuthTokenStep::Authenticate);
    assert_ne!(life.before_call(NOON + 400), AuthTokenStep::Authenticate);
    life.abandoned();
    assert_eq!(
        life.before_call(NOON + 400),
        AuthTokenStep::Wait(Duration::from_millis(600)),
        "a second apart"
    );
    assert_eq!(life.before_call(NOON + SECOND), AuthTokenStep::Authenticate);
    // Without an authentication in progress, a pause stays.
    assert_eq!(
        life.not_replied(NOON + SECOND),
        AuthOutcome::TryAgain(Duration::from_secs(1)),
        "no failure before"
    );
    life.abandoned();
    assert_eq!(life.before_call(NOON + SECOND), AuthTokenStep::Wait(Duration::from_secs(1)));
}

#[test]
fn adopt_ends_a_given_up_state_and_waits() {
    let mut life = with_token();
    _ = life.replied(NOON, &result(10206));
    assert_eq!(life.adopt(NOON, NOON - 2 * HOUR), SECOND_TOKEN);
    assert_eq!(life.before_call(NOON), AuthTokenStep::Use(SECOND_TOKEN), "none within a second");
    assert_eq!(life.before_call(NOON + SECOND), AuthTokenStep::UseAndRenew(SECOND_TOKEN));
    // The clocks of two processes differ.
    let now = NOON + 2 * SECOND;
    let number = life.adopt(now, NOON + HOUR);
    assert_eq!((life.before_call(now), life.issued_at()), (AuthTokenStep::Use(number), Some(now)));
    let number = life.adopt(now, 0);
    assert_eq!((number, life.state()), (AuthTokenNumber(4), AuthTokenState::Expired));
}

#[test]
fn restore_continues_where_the_snapshot_was_taken() {
    let mut life = with_token().renewing_after(Duration::from_secs(7200));
    assert_eq!(life.replied(NOON, &result(10250)), AuthOutcome::StopForToday(Duration::from_secs(12 * 3600)));
    let mut restored = AuthTokenLife::restore(&life.snapshot()).unwrap();
    assert_eq!(restored, life);
    assert_eq!(restored.before_call(NOON + 11 * HOUR), AuthTokenStep::Use(FIRST), "still stopped");
    assert_eq!(restored.before_call(NOON + 12 * HOUR), AuthTokenStep::UseAndRenew(FIRST));

    let mut given_up = AuthTokenLife::new();
    _ = given_up.replied(NOON, &result(10206));
    let mut restored = AuthTokenLife::restore(&given_up.snapshot()).unwrap();
    assert_eq!(restored.before_call(NOON), AuthTokenStep::GiveUp(ResultCode::INVALID_SIGN));
    assert_eq!(AuthTokenLife::restore(&AuthTokenLife::new().snapshot()), Some(AuthTokenLife::new()));
}

#[test]
fn restore_of_other_bytes_is_none_or_harmless() {
    assert_eq!(AuthTokenLife::restore(&[0; AuthTokenLife::SNAPSHOT_LEN]), None);
    for byte in [0, 1, 0x7f, 0xff] {
        let mut bytes = [byte; AuthTokenLife::SNAPSHOT_LEN];
        bytes[0] = 1;
        let mut life = AuthTokenLife::restore(&bytes).unwrap();
        for now in [0, NOON, u64::MAX] {
            _ = life.before_call(now);
            _ = life.replied(now, &granted());
        }
    }
}

#[test]
fn auth_token_new_checks_the_text_and_debug_hides_it() {
    let token = AuthToken::<8>::new(FIRST, "24ojds98").unwrap();
    assert_eq!((token.as_str(), format!("{token:?}").as_str()), ("24ojds98", "AuthToken(1, ***)"));
    let rule = |text: &str| AuthToken::<8>::new(FIRST, text).map_err(|error| error.rule());
    assert_eq!(rule("24ojds987"), Err(Rule::TooLong { max: 8 }));
    assert_eq!(rule(""), Err(Rule::Missing));
    assert!(rule("a\r\nb").is_err());
    let long = AuthToken::<999>::new(FIRST, &"x".repeat(256)).map_err(|error| error.rule());
    assert_eq!(long, Err(Rule::TooLong { max: 255 }));
}
