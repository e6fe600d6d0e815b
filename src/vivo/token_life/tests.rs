use core::time::Duration;
use std::vec::Vec;

use proptest::prelude::*;

use super::{
    AuthOutcome, AuthResponse, DAY, HOUR, MARGIN, MINUTE, ResultCode, SECOND, Step, TokenLife, TokenNumber,
    TokenState,
};

/// Noon in China.
const NOON: u64 = 1_501_473_600_000;
const FIRST: TokenNumber = TokenNumber(1);
const SECOND_TOKEN: TokenNumber = TokenNumber(2);
const REFUSED: ResultCode = ResultCode::AUTHENTICATION_FAILED;

fn granted(valid_time: Option<u64>) -> AuthResponse<'static> {
    let mut reply = AuthResponse::new(ResultCode::SUCCESS);
    (reply.auth_token, reply.valid_time) = (Some("24ojds98"), valid_time);
    reply
}

fn result(number: i32) -> AuthResponse<'static> {
    AuthResponse::new(ResultCode::new(number))
}

/// A machine with its first token, asked for and given at noon.
fn with_token() -> TokenLife {
    let mut life = TokenLife::new();
    assert_eq!(life.before_call(NOON), Step::Authenticate);
    assert_eq!(life.replied(NOON, &granted(None)), AuthOutcome::Token(FIRST));
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
    assert_eq!(life.replied(NOON + HOUR + 1, &granted(None)), AuthOutcome::Token(SECOND_TOKEN));
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
    assert_eq!(life.replied(NOON + 50 * SECOND, &granted(None)), AuthOutcome::Token(FIRST));
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
    assert_eq!(life.replied(now, &granted(None)), AuthOutcome::Token(FIRST));
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
    let mut crooked = granted(None);
    crooked.auth_token = Some("24ojds98\r\nX: y");
    let mut empty = granted(None);
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
    assert_eq!(life.replied(now, &granted(None)), AuthOutcome::Token(SECOND_TOKEN));
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
        assert_eq!(life.replied(now, &granted(None)), AuthOutcome::Token(TokenNumber(number + 1)));
    }
    // Also if it was renewed meanwhile.
    now += HOUR;
    assert_eq!(life.before_call(now), Step::UseAndRenew(TokenNumber(20)));
    assert_eq!(life.replied(now, &granted(None)), AuthOutcome::Token(TokenNumber(21)));
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
    assert_eq!(life.replied(now, &granted(None)), AuthOutcome::Token(SECOND_TOKEN));
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
        assert_eq!(life.replied(now, &granted(Some(NOON + DAY))), AuthOutcome::Token(FIRST));
        assert_eq!(life.before_call(now + HOUR - 1), Step::Use(FIRST));
        assert_eq!(life.before_call(now + HOUR), Step::UseAndRenew(FIRST));
    }
}

#[test]
fn a_valid_time_can_but_shorten_a_life() {
    // Minutes from now that vivo names, minutes that the token is used, and those until its renewal.
    for (named, used, renewal) in [
        (Some(24 * 60), 1430, 60),
        (Some(24 * 60 + 10), 1430, 60), // the clocks differ
        (Some(24 * 60 + 11), 1430, 60), // no day from now
        (Some(12 * 60), 710, 60),
        (Some(60), 50, 25),
        (Some(20), 10, 5),
        (Some(19), 1430, 60), // as good as past
        (None, 1430, 60),
    ] {
        let mut life = TokenLife::new();
        assert_eq!(life.before_call(NOON), Step::Authenticate);
        let reply = granted(named.map(|minutes| NOON + minutes * MINUTE));
        assert_eq!(life.replied(NOON, &reply), AuthOutcome::Token(FIRST));
        assert_eq!(life.before_call(NOON + renewal * MINUTE - 1), Step::Use(FIRST), "{named:?}");
        assert_eq!(life.before_call(NOON + used * MINUTE - 1), Step::UseAndRenew(FIRST), "{named:?}");
        assert_eq!(life.before_call(NOON + used * MINUTE), Step::Wait { millis: MINUTE - 1 }, "{named:?}");
    }
    // A time in the past, and a duration in place of a time.
    for odd in [NOON - 1, DAY, 0, u64::MAX] {
        let mut life = with_token();
        assert_eq!(life.replied(NOON, &granted(Some(odd))), AuthOutcome::Token(SECOND_TOKEN));
        assert_eq!(life.before_call(NOON + HOUR - 1), Step::Use(SECOND_TOKEN), "{odd}");
    }
}

#[test]
fn renewal_is_configured_between_a_minute_and_half_a_life() {
    for (wanted, millis) in
        [(Duration::ZERO, MINUTE), (Duration::from_secs(7200), 2 * HOUR), (Duration::MAX, (DAY - MARGIN) / 2)]
    {
        let mut life = TokenLife::new().renewing_after(wanted);
        assert_eq!(life.before_call(NOON), Step::Authenticate);
        assert_eq!(life.replied(NOON, &granted(None)), AuthOutcome::Token(FIRST));
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

/// What a caller may tell the machine.
#[derive(Clone, Debug)]
enum Told {
    Call,
    Granted(Option<u64>),
    Result(i32),
    NoReply,
    /// 10000 with the token so many before the newest.
    Refused(u32),
    StartAgain,
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        8 => Just(Told::Call),
        3 => Just(Told::Granted(None)),
        1 => prop_oneof![0..2 * DAY, any::<u64>()].prop_map(|after| Told::Granted(Some(after))),
        2 => prop::sample::select(std::vec![0, 10000, 10093, 10206, 10207, 10250, 19999]).prop_map(Told::Result),
        1 => Just(Told::NoReply),
        2 => (0..3u32).prop_map(Told::Refused),
        1 => Just(Told::StartAgain),
    ]
}

/// How much time passes in between: all orders of magnitude.
fn passing() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), 0..2 * SECOND, 0..20 * MINUTE, 0..3 * HOUR, 0..30 * HOUR]
}

/// The rules once more, for a clock that only goes forward: absolute times, and everything that happened.
#[derive(Default)]
struct Model {
    asked: Option<u64>,
    /// None is asked for before this.
    not_before: u64,
    failures: u32,
    /// Number, begin, time to renew and end of the token.
    token: Option<(u32, u64, u64, u64)>,
    tokens: u32,
    doubted: bool,
    given_up: Option<i32>,
}

impl Model {
    fn call(&mut self, now: u64) -> Step {
        let token = self.token.filter(|token| now < token.3);
        let due = token.is_none_or(|token| now >= token.2);
        let asks = due && self.given_up.is_none() && now >= self.not_before;
        if asks {
            (self.asked, self.not_before) = (Some(now), now + MINUTE);
        }
        match (token, self.given_up) {
            (Some(token), _) if asks => Step::UseAndRenew(TokenNumber(token.0)),
            (Some(token), _) => Step::Use(TokenNumber(token.0)),
            (None, _) if asks => Step::Authenticate,
            (None, Some(code)) => Step::GiveUp(ResultCode::new(code)),
            (None, None) => Step::Wait { millis: self.not_before - now },
        }
    }

    fn granted(&mut self, now: u64, valid_time: Option<u64>) -> AuthOutcome {
        if self.token.is_some_and(|token| now - token.1 > 10 * MINUTE) {
            self.doubted = false;
        }
        let begin = self.asked.take().unwrap_or(now);
        let sane = valid_time.filter(|end| (now + 20 * MINUTE..=now + DAY + 10 * MINUTE).contains(end));
        let end = sane.unwrap_or(u64::MAX).min(begin + DAY) - 10 * MINUTE;
        self.tokens += 1;
        self.token = Some((self.tokens, begin, begin + HOUR.min((end - begin) / 2), end));
        (self.failures, self.not_before, self.given_up) = (0, now + SECOND, None);
        AuthOutcome::Token(TokenNumber(self.tokens))
    }

    fn failed(&mut self, now: u64) -> AuthOutcome {
        self.asked = None;
        let millis = (SECOND << self.failures.min(20)).min(10 * MINUTE);
        self.failures += 1;
        self.not_before = now + millis;
        AuthOutcome::TryAgain { millis }
    }

    fn result(&mut self, now: u64, number: i32) -> AuthOutcome {
        let not_before = match number {
            10207 => now + 10 * MINUTE,
            10250 => (now + 8 * HOUR) / DAY * DAY + DAY - 8 * HOUR,
            10000 | 10206 => {
                (self.asked, self.given_up) = (None, Some(number));
                return AuthOutcome::GiveUp(ResultCode::new(number));
            }
            _ => return self.failed(now),
        };
        (self.asked, self.not_before) = (None, not_before);
        let millis = not_before - now;
        if number == 10207 { AuthOutcome::SetClock { millis } } else { AuthOutcome::StopForToday { millis } }
    }

    fn refused(&mut self, now: u64, number: u32) -> Step {
        if let Some(token) = self.token.filter(|token| token.0 == number) {
            self.token = None;
            if self.doubted && now - token.1 <= 10 * MINUTE {
                self.given_up = Some(10000);
            }
            self.doubted = true;
        }
        self.call(now)
    }

    fn start_again(&mut self, now: u64) {
        (self.given_up, self.doubted, self.failures) = (None, false, 0);
        self.not_before = self.not_before.min(now + SECOND);
    }
}

/// When a token was asked for, by what a step says.
fn asks(step: Step) -> bool {
    matches!(step, Step::Authenticate | Step::UseAndRenew(_))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn it_does_what_the_plain_rules_say(events in prop::collection::vec((passing(), told()), 1..60)) {
        let (mut life, mut model, mut now) = (TokenLife::new(), Model::default(), NOON);
        // When each token was asked for, and what was asked for.
        let (mut begins, mut last_ask): (Vec<u64>, Option<u64>) = (Vec::new(), None);
        for (passed, told) in events {
            now += passed;
            let step = match told {
                Told::Call => {
                    let step = life.before_call(now);
                    prop_assert_eq!(step, model.call(now));
                    Some(step)
                }
                Told::Refused(before) => {
                    let number = model.tokens.saturating_sub(before);
                    let step = life.refused(now, TokenNumber(number));
                    prop_assert_eq!(step, model.refused(now, number));
                    Some(step)
                }
                Told::Granted(after) => {
                    begins.push(model.asked.unwrap_or(now));
                    let valid_time = after.map(|after| now.saturating_add(after));
                    prop_assert_eq!(life.replied(now, &granted(valid_time)), model.granted(now, valid_time));
                    None
                }
                Told::Result(number) => {
                    prop_assert_eq!(life.replied(now, &result(number)), model.result(now, number));
                    None
                }
                Told::NoReply => {
                    prop_assert_eq!(life.not_replied(now), model.failed(now));
                    None
                }
                Told::StartAgain => {
                    // Time passes for it with what is told next.
                    _ = life.before_call(now);
                    _ = model.call(now);
                    life.start_again();
                    model.start_again(now);
                    last_ask = last_ask.max(model.asked);
                    None
                }
            };
            let Some(step) = step else { continue };
            if let Step::Use(number) | Step::UseAndRenew(number) = step {
                prop_assert_eq!(number.0 as usize, begins.len(), "the newest");
                let age = now - begins.last().unwrap();
                prop_assert!(age < DAY - MARGIN, "{} ms old", age);
            }
            if asks(step) {
                prop_assert!(last_ask.is_none_or(|last| now - last >= SECOND), "sooner than a second");
                last_ask = Some(now);
            }
        }
    }

    #[test]
    fn whatever_the_clock_does_a_token_ends_and_authentications_are_a_second_apart(
        events in prop::collection::vec((prop_oneof![
            3 => passing().prop_map(Ok),
            1 => passing().prop_map(Err),
            1 => any::<u64>().prop_map(Ok),
            1 => any::<u64>().prop_map(Err),
        ], told()), 1..60),
    ) {
        let (mut life, mut now) = (TokenLife::new(), NOON);
        let mut tokens = 0;
        // What the clock has gone forward since the last token and the last request.
        let (mut since_token, mut since_ask) = (0u64, u64::MAX);
        let mut highest = NOON;
        for (change, told) in events {
            now = match change {
                Ok(forward) => now.saturating_add(forward),
                Err(back) => now.saturating_sub(back),
            };
            let (forward, adjusted) = match now.checked_sub(highest) {
                Some(forward) => (forward, false),
                None => (0, highest - now <= SECOND),
            };
            if !adjusted {
                highest = now;
            }
            since_token = since_token.saturating_add(forward);
            since_ask = since_ask.saturating_add(forward);
            let step = match told {
                Told::Call | Told::StartAgain => life.before_call(now),
                Told::Refused(before) => life.refused(now, TokenNumber(u32::saturating_sub(tokens, before))),
                Told::Granted(_) => {
                    tokens += 1;
                    since_token = 0;
                    prop_assert_eq!(life.replied(now, &granted(None)), AuthOutcome::Token(TokenNumber(tokens)));
                    continue;
                }
                Told::Result(number) => {
                    _ = life.replied(now, &result(number));
                    continue;
                }
                Told::NoReply => {
                    _ = life.not_replied(now);
                    continue;
                }
            };
            if let Step::Use(number) | Step::UseAndRenew(number) = step {
                prop_assert_eq!(number.0, tokens);
                prop_assert!(since_token < DAY - MARGIN);
            }
            if asks(step) {
                prop_assert!(since_ask >= SECOND, "{} ms after the last", since_ask);
                since_ask = 0;
            }
        }
    }
}
