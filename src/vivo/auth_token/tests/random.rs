//! Random callers and clocks, compared with a model that uses absolute times.

use proptest::prelude::*;

use super::*;

/// An event that a caller reports.
#[derive(Clone, Debug)]
enum Told {
    Call,
    Granted,
    Result(i32),
    NoReply,
    /// 10000 with the token that is this many before the newest.
    Refused(u32),
    StartAgain,
    Abandoned,
    /// A token of this age.
    Adopted(u64),
    /// The state machine is stored and restored.
    Restarted,
}

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        8 => Just(Told::Call),
        4 => Just(Told::Granted),
        2 => prop::sample::select(std::vec![0, 10000, 10045, 10093, 10206, 10207, 10250, 19999]).prop_map(Told::Result),
        1 => Just(Told::NoReply),
        2 => (0..3u32).prop_map(Told::Refused),
        1 => Just(Told::StartAgain),
        1 => Just(Told::Abandoned),
        1 => passing().prop_map(Told::Adopted),
        1 => Just(Told::Restarted),
    ]
}

/// Time between two events, in all orders of magnitude, and on either side of each limit.
fn passing() -> impl Strategy<Value = u64> {
    let limits = std::vec![SECOND, MINUTE, 10 * MINUTE, HOUR, DAY - MARGIN];
    let limit = (prop::sample::select(limits), 0..3u64).prop_map(|(limit, more)| limit + more - 1);
    prop_oneof![2 => Just(0), 4 => limit, 1 => 0..2 * SECOND, 1 => 0..20 * MINUTE, 1 => 0..30 * HOUR]
}

/// A second implementation of the rules, for a clock that only goes forward. It uses absolute times.
#[derive(Default)]
struct Model {
    asked: Option<u64>,
    /// No authentication may start before this time.
    not_before: u64,
    failures: u32,
    /// Number, start, renewal time and end of the token.
    token: Option<(u32, u64, u64, u64)>,
    tokens: u32,
    doubted: bool,
    given_up: Option<i32>,
}

impl Model {
    fn call(&mut self, now: u64) -> AuthTokenStep {
        let token = self.token.filter(|token| now < token.3);
        let due = token.is_none_or(|token| now >= token.2);
        let asks = due && self.given_up.is_none() && now >= self.not_before;
        if asks {
            (self.asked, self.not_before) = (Some(now), now + MINUTE);
        }
        match (token, self.given_up) {
            (Some(token), _) if asks => AuthTokenStep::UseAndRenew(AuthTokenNumber(token.0)),
            (Some(token), _) => AuthTokenStep::Use(AuthTokenNumber(token.0)),
            (None, _) if asks => AuthTokenStep::Authenticate,
            (None, Some(code)) => AuthTokenStep::GiveUp(ResultCode::new(code)),
            (None, None) => AuthTokenStep::Wait(Duration::from_millis(self.not_before - now)),
        }
    }

    fn state(&self, now: u64) -> AuthTokenState {
        match self.token {
            None => AuthTokenState::None,
            Some((_, _, renewal, _)) if now < renewal => AuthTokenState::Fresh,
            Some((_, _, _, end)) if now < end => AuthTokenState::Renewable,
            Some(_) => AuthTokenState::Expired,
        }
    }

    fn granted(&mut self, now: u64) -> AuthOutcome {
        let begin = self.asked.unwrap_or(now);
        AuthOutcome::Token(self.keep(now, begin))
    }

    fn abandoned(&mut self) {
        if let Some(asked) = self.asked.take() {
            self.not_before = asked + SECOND;
        }
    }

    fn keep(&mut self, now: u64, begin: u64) -> AuthTokenNumber {
        self.asked = None;
        if self.token.is_some_and(|token| now - token.1 > 10 * MINUTE) {
            self.doubted = false;
        }
        let end = begin + DAY - 10 * MINUTE;
        self.tokens += 1;
        self.token = Some((self.tokens, begin, begin + HOUR, end));
        if !self.doubted {
            self.failures = 0;
        }
        (self.not_before, self.given_up) = (now + SECOND, None);
        AuthTokenNumber(self.tokens)
    }

    fn failed(&mut self, now: u64) -> AuthOutcome {
        self.asked = None;
        let millis = (SECOND << self.failures.min(20)).min(10 * MINUTE);
        self.failures += 1;
        self.not_before = now + millis;
        AuthOutcome::TryAgain(Duration::from_millis(millis))
    }

    fn result(&mut self, now: u64, number: i32) -> AuthOutcome {
        let not_before = match number {
            10207 => now + 10 * MINUTE,
            10250 => (now + 8 * HOUR) / DAY * DAY + DAY - 8 * HOUR,
            10000 | 10045 | 10206 => {
                (self.asked, self.given_up) = (None, Some(number));
                return AuthOutcome::GiveUp(ResultCode::new(number));
            }
            _ => return self.failed(now),
        };
        (self.asked, self.not_before) = (None, not_before);
        let millis = not_before - now;
        if number == 10207 {
            AuthOutcome::SetClock(Duration::from_millis(millis))
        } else {
            AuthOutcome::StopForToday(Duration::from_millis(millis))
        }
    }

    fn refused(&mut self, now: u64, number: u32) -> AuthTokenStep {
        if let Some(token) = self.token.filter(|token| token.0 == number) {
            self.token = None;
            if self.doubted && now - token.1 <= 10 * MINUTE {
                let millis = (SECOND << self.failures.min(20)).min(10 * MINUTE);
                self.failures += 1;
                self.not_before = self.not_before.max(now + millis);
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

/// True if the step requests a token.
fn asks(step: AuthTokenStep) -> bool {
    matches!(step, AuthTokenStep::Authenticate | AuthTokenStep::UseAndRenew(_))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn random_events_match_the_model(events in prop::collection::vec((passing(), told()), 1..60)) {
        let (mut life, mut model, mut now) = (AuthTokenLife::new(), Model::default(), NOON);
        // The start of each token, and the last request.
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
                    let step = life.refused(now, AuthTokenNumber(number));
                    prop_assert_eq!(step, model.refused(now, number));
                    Some(step)
                }
                Told::Granted => {
                    begins.push(model.asked.unwrap_or(now));
                    prop_assert_eq!(life.replied(now, &granted()), model.granted(now));
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
                Told::Abandoned => {
                    life.pass_time(now);
                    life.abandoned();
                    last_ask = last_ask.max(model.asked);
                    model.abandoned();
                    None
                }
                Told::Restarted => {
                    life.pass_time(now);
                    life = AuthTokenLife::restore(&life.snapshot()).unwrap();
                    last_ask = last_ask.max(model.asked);
                    model.abandoned();
                    None
                }
                Told::Adopted(age) => {
                    begins.push(now - age);
                    last_ask = last_ask.max(model.asked);
                    prop_assert_eq!(life.adopt(now, now - age), model.keep(now, now - age));
                    prop_assert_eq!(life.issued_at(), Some(now - age));
                    None
                }
                Told::StartAgain => {
                    // The state machine learns the time with the next event.
                    _ = life.before_call(now);
                    _ = model.call(now);
                    life.start_again();
                    model.start_again(now);
                    last_ask = last_ask.max(model.asked);
                    None
                }
            };
            prop_assert_eq!(life.state(), model.state(now));
            let Some(step) = step else { continue };
            if let AuthTokenStep::Use(number) | AuthTokenStep::UseAndRenew(number) = step {
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
    fn random_clock_tokens_expire_and_requests_are_apart(
        events in prop::collection::vec((prop_oneof![
            3 => passing().prop_map(Ok),
            1 => passing().prop_map(Err),
            1 => any::<u64>().prop_map(Ok),
            1 => any::<u64>().prop_map(Err),
        ], told()), 1..60),
    ) {
        let (mut life, mut now) = (AuthTokenLife::new(), NOON);
        life.pass_time(now);
        let mut tokens = 0;
        // Forward time of the clock since the last token and the last request.
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
                Told::Refused(before) => life.refused(now, AuthTokenNumber(u32::saturating_sub(tokens, before))),
                Told::Granted => {
                    tokens += 1;
                    since_token = 0;
                    prop_assert_eq!(life.replied(now, &granted()), AuthOutcome::Token(AuthTokenNumber(tokens)));
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
                Told::Abandoned => {
                    life.pass_time(now);
                    life.abandoned();
                    continue;
                }
                Told::Adopted(age) => {
                    tokens += 1;
                    let issued_at = now.saturating_sub(age);
                    since_token = now - issued_at;
                    prop_assert_eq!(life.adopt(now, issued_at), AuthTokenNumber(tokens));
                    continue;
                }
                Told::Restarted => {
                    life.pass_time(now);
                    life = AuthTokenLife::restore(&life.snapshot()).unwrap();
                    continue;
                }
            };
            if let AuthTokenStep::Use(number) | AuthTokenStep::UseAndRenew(number) = step {
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
