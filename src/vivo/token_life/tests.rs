mod random;

use core::time::Duration;
use std::vec::Vec;

use super::{
    AuthOutcome, AuthResponse, DAY, HOUR, MARGIN, MINUTE, ResultCode, SECOND, Step, TokenLife, TokenNumber,
    TokenState,
};

/// Noon in China.
const NOON: u64 = 1_501_473_600_000;
const FIRST: TokenNumber = TokenNumber(1);
const SECOND_TOKEN: TokenNumber = TokenNumber(2);
const REFUSED: ResultCode = ResultCode::AUTHENTICATION_FAILED;

fn granted() -> AuthResponse<'static> {
    let mut reply = AuthResponse::new(ResultCode::SUCCESS);
    reply.auth_token = Some("24ojds98");
    reply
}

fn result(number: i32) -> AuthResponse<'static> {
    AuthResponse::new(ResultCode::new(number))
}

/// A machine with its first token, asked for and given at noon.
fn with_token() -> TokenLife {
    let mut life = TokenLife::new();
    assert_eq!(life.before_call(NOON), Step::Authenticate);
    assert_eq!(life.replied(NOON, &granted()), AuthOutcome::Token(FIRST));
    life
}

#[test]
fn without_a_token_one_call_authenticates_and_the_others_wait() {
    let mut life = TokenLife::new();
    assert_eq!(life.state(), TokenState::None);
    assert_eq!(life.before_call(NOON), Step::Authenticate);
    assert_eq!(life.before_call(NOON), Step::Wait { millis: MINUTE });
    assert_eq!(life.before_call(NOON + 400), Step::Wait { millis: MINUTE - 400 });
}

#[test]
fn a_fresh_token_is_used() {
    let mut life = with_token();
    assert_eq!(life.state(), TokenState::Fresh);
    for passed in [0, 1, MINUTE, HOUR - 1] {
        assert_eq!(life.before_call(NOON + passed), Step::Use(FIRST));
    }
}

#[test]
fn a_token_of_an_hour_is_renewed_by_one_call_and_used_by_all() {
    let mut life = with_token();
    assert_eq!(life.before_call(NOON + HOUR), Step::UseAndRenew(FIRST));
    assert_eq!(life.state(), TokenState::Renewable);
    assert_eq!(life.before_call(NOON + HOUR), Step::Use(FIRST));
    assert_eq!(life.replied(NOON + HOUR + 1, &granted()), AuthOutcome::Token(SECOND_TOKEN));
    assert_eq!(life.state(), TokenState::Fresh);
    assert_eq!(life.before_call(NOON + HOUR + 1), Step::Use(SECOND_TOKEN));
}

#[test]
fn a_token_is_used_for_a_day_less_the_margin() {
    let mut life = with_token();
    let end = NOON + DAY - MARGIN;
    assert_eq!(life.before_call(end - 1), Step::UseAndRenew(FIRST));
    assert_eq!(life.before_call(end), Step::Wait { millis: MINUTE - 1 });
    assert_eq!(life.state(), TokenState::Expired);
    assert_eq!(life.before_call(end + MINUTE), Step::Authenticate);
    assert_eq!(TokenLife::MARGIN, Duration::from_secs(600));
}

#[test]
fn a_tokens_age_begins_with_its_request() {
    let mut life = TokenLife::new();
    assert_eq!(life.before_call(NOON), Step::Authenticate);
    assert_eq!(life.replied(NOON + 50 * SECOND, &granted()), AuthOutcome::Token(FIRST));
    assert_eq!(life.before_call(NOON + HOUR - 1), Step::Use(FIRST));
    assert_eq!(life.before_call(NOON + HOUR), Step::UseAndRenew(FIRST));
}

#[test]
fn a_request_without_word_is_repeated_after_a_minute() {
    let mut life = TokenLife::new();
    assert_eq!(life.before_call(NOON), Step::Authenticate);
    assert_eq!(life.before_call(NOON + MINUTE - 1), Step::Wait { millis: 1 });
    assert_eq!(life.before_call(NOON + MINUTE), Step::Authenticate);
}

#[test]
fn failures_pause_twice_as_long_each_time_up_to_ten_minutes() {
    let mut life = TokenLife::new();
    let mut now = NOON;
    for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600] {
        assert_eq!(life.before_call(now), Step::Authenticate);
        let outcome =
            if seconds % 3 == 1 { life.not_replied(now) } else { life.replied(now, &result(10093)) };
        let millis = seconds * SECOND;
        assert_eq!(outcome, AuthOutcome::TryAgain { millis });
        assert_eq!(life.before_call(now + millis - 1), Step::Wait { millis: 1 });
        now += millis;
    }
    assert_eq!(life.before_call(now), Step::Authenticate);
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(FIRST));
    assert_eq!(
        life.not_replied(now + HOUR),
        AuthOutcome::TryAgain { millis: SECOND },
        "success ends the row"
    );
}

#[test]
fn a_pause_is_for_authenticating_and_not_for_calls() {
    let mut life = with_token();
    let now = NOON + HOUR;
    assert_eq!(life.before_call(now), Step::UseAndRenew(FIRST));
    assert_eq!(life.replied(now, &result(10093)), AuthOutcome::TryAgain { millis: SECOND });
    assert_eq!(life.before_call(now + SECOND - 1), Step::Use(FIRST));
    assert_eq!(life.before_call(now + SECOND), Step::UseAndRenew(FIRST));
}

#[test]
fn a_wrong_clock_is_told_and_the_pause_ends_when_it_is_set() {
    let wrong = || {
        let mut life = TokenLife::new();
        assert_eq!(life.before_call(NOON), Step::Authenticate);
        assert_eq!(life.replied(NOON, &result(10207)), AuthOutcome::SetClock { millis: 10 * MINUTE });
        assert_eq!(life.before_call(NOON + 1), Step::Wait { millis: 10 * MINUTE - 1 });
        life
    };
    assert_eq!(
        wrong().before_call(NOON + 10 * MINUTE + 1),
        Step::Authenticate,
        "set forward, or the pause is over"
    );
    let mut life = wrong();
    assert_eq!(life.before_call(NOON - HOUR), Step::Wait { millis: SECOND }, "set back");
    assert_eq!(life.before_call(NOON - HOUR + SECOND), Step::Authenticate);
    // Under way it is as ever.
    assert_eq!(life.before_call(NOON - 2 * HOUR), Step::Wait { millis: MINUTE });
}

#[test]
fn used_up_authentications_wait_for_the_next_day_in_china() {
    for (now, millis) in
        [(NOON, 12 * HOUR), (NOON + 12 * HOUR - 1, 1), (NOON + 12 * HOUR, DAY), (NOON + 13 * HOUR, 23 * HOUR)]
    {
        let mut life = TokenLife::new();
        assert_eq!(life.before_call(now), Step::Authenticate);
        assert_eq!(life.replied(now, &result(10250)), AuthOutcome::StopForToday { millis });
        assert_eq!(life.before_call(now), Step::Wait { millis });
        assert_eq!(life.before_call(now + millis), Step::Authenticate);
    }
}

#[test]
fn faulty_credentials_need_a_human() {
    for number in (10200..=10206).chain([10000, 10043, 10045]) {
        let mut life = with_token();
        let (now, code) = (NOON + HOUR, ResultCode::new(number));
        assert_eq!(life.before_call(now), Step::UseAndRenew(FIRST));
        assert_eq!(life.replied(now, &result(number)), AuthOutcome::GiveUp(code));
        assert_eq!(life.before_call(now + 20 * HOUR), Step::Use(FIRST), "the token is good until it ends");
        assert_eq!(life.before_call(now + 23 * HOUR), Step::GiveUp(code));
        assert_eq!(life.before_call(now + 2300 * HOUR), Step::GiveUp(code));
        life.start_again();
        assert_eq!(life.before_call(now + 2300 * HOUR), Step::Authenticate);
    }
}

#[test]
fn a_result_of_no_meaning_here_and_a_success_without_token_are_failures() {
    let mut crooked = granted();
    crooked.auth_token = Some("24ojds98\r\nX: y");
    let mut empty = granted();
    empty.auth_token = Some("");
    for reply in [result(0), crooked, empty, result(10072), result(19999), result(10302)] {
        let mut life = TokenLife::new();
        assert_eq!(life.before_call(NOON), Step::Authenticate);
        assert_eq!(life.replied(NOON, &reply), AuthOutcome::TryAgain { millis: SECOND }, "{reply:?}");
    }
}

#[test]
fn a_refused_token_is_replaced_once() {
    let mut life = with_token();
    let mut now = NOON + MINUTE;
    assert_eq!(life.refused(now, FIRST), Step::Authenticate);
    assert_eq!(life.state(), TokenState::None);
    assert_eq!(life.refused(now, FIRST), Step::Wait { millis: MINUTE }, "another call with the same token");
    now += 100;
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(SECOND_TOKEN));
    assert_eq!(life.refused(now, FIRST), Step::Use(SECOND_TOKEN), "a straggler costs the new token nothing");
    now += 10 * MINUTE - 100;
    assert_eq!(life.refused(now, SECOND_TOKEN), Step::GiveUp(REFUSED));
    assert_eq!(life.before_call(now + DAY), Step::GiveUp(REFUSED));
    life.start_again();
    assert_eq!(life.before_call(now + DAY), Step::Authenticate);
}

#[test]
fn a_token_that_was_good_for_ten_minutes_may_be_replaced_again() {
    let mut life = with_token();
    let mut now = NOON;
    for number in 1..20 {
        now += 10 * MINUTE + 1;
        assert_eq!(life.refused(now, TokenNumber(number)), Step::Authenticate);
        assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(TokenNumber(number + 1)));
    }
    // Also if it was renewed meanwhile.
    now += HOUR;
    assert_eq!(life.before_call(now), Step::UseAndRenew(TokenNumber(20)));
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(TokenNumber(21)));
    now += SECOND;
    assert_eq!(life.refused(now, TokenNumber(21)), Step::Authenticate);
}

#[test]
fn a_refusal_within_a_pause_waits_for_its_end() {
    let mut life = with_token();
    assert_eq!(life.refused(NOON, FIRST), Step::Wait { millis: SECOND });
    assert_eq!(life.before_call(NOON + SECOND), Step::Authenticate);
}

#[test]
fn a_clock_that_was_set_back_makes_a_renewal_due_and_takes_no_token() {
    let mut life = with_token();
    let mut now = NOON + 10 * MINUTE;
    assert_eq!(life.before_call(now), Step::Use(FIRST));
    assert_eq!(life.before_call(now - SECOND), Step::Use(FIRST), "adjusted, or another thread's");
    now -= SECOND + 1;
    assert_eq!(life.before_call(now), Step::UseAndRenew(FIRST));
    assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(SECOND_TOKEN));
    assert_eq!(life.state(), TokenState::Fresh);
    // Its age goes on from where it was.
    assert_eq!(life.before_call(now - 365 * DAY), Step::Use(SECOND_TOKEN), "none within a second");
    now -= 365 * DAY;
    assert_eq!(life.before_call(now + DAY - MARGIN - HOUR - 1), Step::UseAndRenew(SECOND_TOKEN));
    assert_eq!(life.before_call(now + DAY - MARGIN - HOUR), Step::Wait { millis: MINUTE - 1 });
}

#[test]
fn a_clock_far_from_vivos_measures_as_well() {
    for now in [0, 1, u64::MAX - 2 * DAY] {
        let mut life = TokenLife::new();
        assert_eq!(life.before_call(now), Step::Authenticate);
        assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(FIRST));
        assert_eq!(life.before_call(now + HOUR - 1), Step::Use(FIRST));
        assert_eq!(life.before_call(now + HOUR), Step::UseAndRenew(FIRST));
    }
}

#[test]
fn renewal_is_configured_between_a_minute_and_half_a_life() {
    for (wanted, millis) in
        [(Duration::ZERO, MINUTE), (Duration::from_secs(7200), 2 * HOUR), (Duration::MAX, (DAY - MARGIN) / 2)]
    {
        let mut life = TokenLife::new().renewing_after(wanted);
        assert_eq!(life.before_call(NOON), Step::Authenticate);
        assert_eq!(life.replied(NOON, &granted()), AuthOutcome::Token(FIRST));
        assert_eq!(life.before_call(NOON + millis - 1), Step::Use(FIRST), "{wanted:?}");
        assert_eq!(life.before_call(NOON + millis), Step::UseAndRenew(FIRST), "{wanted:?}");
    }
}

#[test]
fn starting_again_leaves_a_token_and_the_second_between_two() {
    let mut life = with_token();
    life.start_again();
    assert_eq!(life.before_call(NOON), Step::Use(FIRST));
    assert_eq!(life.replied(NOON, &result(10250)), AuthOutcome::StopForToday { millis: 12 * HOUR });
    life.start_again();
    assert_eq!(life.refused(NOON, FIRST), Step::Wait { millis: SECOND });
}
