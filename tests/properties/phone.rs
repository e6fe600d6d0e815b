//! What holds for a registration, whatever happens, in any order: it does what a simple record of the facts requires, and
//! in the end IM knows where to push.

use std::num::NonZeroU32;
use std::time::Duration;

use offline_push::registration::{
    Event, Generation, GiveUpReason, RegId, Registration, RegistrationAction, Snapshot, State, Timing, UserId,
};
use offline_push::tim::{ErrorCode, ReportAdvice};
use offline_push::vivo::PushState;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

const CERTIFICATE_ID: u32 = 6666;

/// Something that happens, before it is known which reports there will be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Happening {
    Started,
    Initialized,
    TurnOn(i32),
    TurnedOff,
    RegId(usize),
    NoRegId,
    TokenDropped(usize),
    Login(usize),
    Logout,
    Kicked,
    Succeeded(Which),
    Failed(Which, i32),
    Timer,
    /// The app is saved, and starts again after this number of seconds.
    Restart(u64),
}

/// Which report a reply is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which {
    /// The last one that was made.
    Last,
    /// One of those made so far, counted back from the last.
    Older(usize),
    /// A report that this machine may not have made.
    Foreign(u32),
}

/// Every regId that comes up: the two known forms, the shortest and the longest.
pub(crate) fn reg_ids() -> [String; 4] {
    ["12345678901234567890123".into(), "v2-test-registration-id".into(), "x".into(), "y".repeat(256)]
}

/// Two users of one phone.
pub(crate) const USERS: [&str; 2] = ["alice", "bob"];

/// vivo's answers to turning push on that the machine distinguishes, and others, one of them unknown.
pub(crate) const ANSWERS: [i32; 24] = [
    0, 1, 101, 102, 104, 1001, 1002, 1003, 1004, 1005, 8011, 10000, 10003, 20001, 30002, 4242, 10001, 10004,
    10005, 20002, 20003, 20004, 30001, 30003,
];

/// The same of IM's answers to a report.
pub(crate) const CODES: [i32; 14] =
    [6012, 21005, 22001, 22002, 22003, 22004, 22005, 22006, 4242, -1, 6208, 70001, -10005, 6017];

/// Seconds between two runs of the app.
pub(crate) const ELAPSED: [u64; 6] = [0, 1, 3, 3600, DAY - 1, DAY];

const DAY: u64 = 24 * 3600;

/// What became of the last report of the present binding.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    UnderWay(Generation),
    Failed,
    Refused,
    Done,
}

/// What to do when the timer expires.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Again {
    Initialize,
    TurnOn,
    /// In 24 hours.
    TurnOnTomorrow,
}

/// The facts, without states: a report is due whenever somebody is logged in, a regId is known, and no report of this user and
/// this regId is valid.
#[derive(Clone, Debug, Default)]
struct Facts {
    user: Option<usize>,
    logged_in: bool,
    reg_id: Option<String>,
    last: Option<Fate>,
    again: Option<Again>,
    turned_off: bool,
    /// The answer after which no attempt can succeed.
    hopeless: Option<PushState>,
    logged_in_since: bool,
    failures: u32,
    /// Seconds until the pause ends, or until a refusal by vivo or a binding is too old to count.
    left: u64,
    /// Seconds until push is turned on again while it is on.
    on_left: u64,
    /// The app has started since the pause began, and has no timer.
    no_timer: bool,
}

/// What the facts require the machine to ask for. The content of a report has its own test.
#[derive(Debug, PartialEq)]
enum Wanted {
    Nothing,
    Initialize(Timing),
    AskPrivacyConsent,
    ReadRegId,
    TurnOn(Timing),
    Report,
    Retry(Timing),
    GiveUp(GiveUpReason),
}

impl Facts {
    fn learn(&mut self, event: Event<'_>) -> Wanted {
        let asked = match event {
            Event::Started => match self.hopeless {
                Some(state) => Wanted::GiveUp(GiveUpReason::TurnOn(state)),
                None => {
                    self.again = self.again.filter(|again| *again != Again::Initialize);
                    Wanted::Initialize(Timing::Now)
                }
            },
            Event::Initialized => {
                let waits = self.again.is_some_and(|again| again != Again::Initialize);
                let off = self.hopeless.is_some() || self.turned_off || waits;
                if self.reg_id.is_none() && waits && self.no_timer {
                    Wanted::TurnOn(self.rest())
                } else if self.reg_id.is_none() && off {
                    Wanted::Nothing
                } else if self.reg_id.is_some() && self.on_left > 0 {
                    Wanted::ReadRegId
                } else {
                    self.again = None;
                    Wanted::TurnOn(Timing::Now)
                }
            }
            Event::TurnOn(state) => self.turn_on(state),
            Event::TurnedOff => {
                self.failures = 0;
                if self.hopeless.is_none() {
                    self.forget();
                    self.turned_off = true;
                }
                Wanted::Nothing
            }
            Event::NoRegId if self.hopeless.is_some() || self.turned_off || self.again.is_some() => {
                Wanted::Nothing
            }
            Event::NoRegId => {
                if self.reg_id.is_some() {
                    self.failures = 0;
                }
                self.forget();
                self.again = Some(Again::TurnOn);
                Wanted::TurnOn(self.pause())
            }
            Event::TokenDropped(reg_id) if self.reg_id.as_deref() == Some(reg_id.as_str()) => {
                self.forget();
                self.failures = 0;
                Wanted::TurnOn(Timing::Now)
            }
            Event::TokenDropped(_) => Wanted::Nothing,
            Event::RegId(reg_id) => {
                if self.reg_id.as_deref() != Some(reg_id.as_str()) {
                    self.forget();
                    (self.hopeless, self.failures) = (None, 0);
                    self.reg_id = Some(reg_id.as_str().to_owned());
                }
                Wanted::Nothing
            }
            Event::Login(user) => {
                (self.logged_in, self.logged_in_since) = (true, true);
                let user = USERS.iter().position(|name| UserId::new(name) == user);
                let same = self.user == user;
                self.user = user;
                if !same && self.reg_id.is_some() {
                    self.failures = 0;
                }
                let waits = same && self.last == Some(Fate::Failed) && self.no_timer;
                if !same || matches!(self.last, Some(Fate::Failed | Fate::Refused)) && !waits {
                    self.last = None;
                }
                if waits { Wanted::Retry(self.rest()) } else { Wanted::Nothing }
            }
            Event::Logout | Event::Kicked => {
                (self.logged_in, self.last) = (false, None);
                if self.reg_id.is_some() {
                    self.failures = 0;
                }
                Wanted::Nothing
            }
            Event::ReportSucceeded(generation) => {
                if self.last == Some(Fate::UnderWay(generation)) {
                    self.last = Some(Fate::Done);
                    (self.failures, self.left) = (0, DAY);
                }
                Wanted::Nothing
            }
            Event::ReportFailed(generation, code) => {
                if self.last == Some(Fate::UnderWay(generation)) {
                    self.fail(code)
                } else {
                    Wanted::Nothing
                }
            }
            Event::Timer => {
                if self.last == Some(Fate::Failed) {
                    self.last = None;
                }
                match self.again.take() {
                    Some(Again::Initialize) => Wanted::Initialize(Timing::Now),
                    Some(Again::TurnOn | Again::TurnOnTomorrow) => Wanted::TurnOn(Timing::Now),
                    None => Wanted::Nothing,
                }
            }
            _ => unreachable!("{event:?} is newer than this test"),
        };
        if self.logged_in && self.reg_id.is_some() && self.last.is_none() {
            assert_eq!(asked, Wanted::Nothing, "one thing at a time");
            return Wanted::Report;
        }
        asked
    }

    /// From now on, there is no regId, and nothing is planned.
    fn forget(&mut self) {
        (self.reg_id, self.last, self.again, self.turned_off) = (None, None, None, false);
    }

    fn pause(&mut self) -> Timing {
        self.failures += 1;
        self.left = 2u64.checked_pow(self.failures).unwrap_or(3600).min(3600);
        self.rest()
    }

    fn rest(&mut self) -> Timing {
        self.no_timer = false;
        Timing::After(Duration::from_secs(self.left))
    }

    /// The app starts again: nobody is logged in, no timer runs, and no reply comes any more.
    fn restart(&mut self, seconds: u64) {
        (self.logged_in, self.logged_in_since) = (false, false);
        if matches!(self.last, Some(Fate::UnderWay(_))) {
            self.last = Some(Fate::Failed);
            let _ = self.pause();
        }
        self.left = self.left.saturating_sub(seconds);
        self.on_left = self.on_left.saturating_sub(seconds);
        if self.left == 0 {
            (self.again, self.hopeless) = (None, None);
            self.last = self.last.filter(|last| *last == Fate::Refused);
        } else if self.again == Some(Again::Initialize) {
            self.again = Some(Again::TurnOn);
        }
        self.no_timer = self.again.is_some() || self.last == Some(Fate::Failed);
    }

    fn turn_on(&mut self, state: PushState) -> Wanted {
        let tries = self.reg_id.is_none() && self.hopeless.is_none();
        if matches!(state.get(), 0 | 1 | 1001) {
            self.on_left = DAY;
        }
        match state.get() {
            0 | 1 => {
                if self.reg_id.is_none() {
                    self.forget();
                    self.hopeless = None;
                }
                Wanted::ReadRegId
            }
            101 | 104 | 1004 | 10001 | 10003 | 10004 | 10005 => {
                self.forget();
                self.failures = 0;
                if self.hopeless.is_none() {
                    self.left = DAY;
                }
                self.hopeless = Some(state).filter(|state| state.get() != 104);
                self.hopeless
                    .map_or(Wanted::AskPrivacyConsent, |state| Wanted::GiveUp(GiveUpReason::TurnOn(state)))
            }
            20001..=20004 | 30001..=30003 => Wanted::Nothing,
            _ if !tries => Wanted::Nothing,
            1001 => {
                self.forget();
                self.again = Some(Again::TurnOnTomorrow);
                self.left = DAY;
                Wanted::TurnOn(self.rest())
            }
            102 | 8011 => {
                self.forget();
                self.again = Some(Again::Initialize);
                Wanted::Initialize(self.pause())
            }
            _ => {
                self.forget();
                self.again = Some(Again::TurnOn);
                Wanted::TurnOn(self.pause())
            }
        }
    }

    fn fail(&mut self, code: ErrorCode) -> Wanted {
        // What each code asks for is a table in the tests of `tim`; here it is what follows from it.
        match code.report_advice() {
            ReportAdvice::NextLogin if self.logged_in_since => {
                self.last = None;
                Wanted::Nothing
            }
            ReportAdvice::NextLogin => {
                self.logged_in = false;
                self.last = None;
                Wanted::Retry(Timing::NextLogin)
            }
            ReportAdvice::GiveUp => {
                self.last = Some(Fate::Refused);
                Wanted::GiveUp(GiveUpReason::Report(code))
            }
            _ => {
                self.last = Some(Fate::Failed);
                Wanted::Retry(self.pause())
            }
        }
    }

    /// The state that the machine must have for these facts.
    fn state(&self) -> State {
        match (&self.reg_id, self.last) {
            (None, _) if self.hopeless.is_some() => State::GivenUp,
            (None, _) if self.turned_off => State::TurnedOff,
            (None, _) => match self.again {
                None => State::Off,
                Some(Again::Initialize) => State::UninitializedUntilTimer,
                Some(Again::TurnOn) => State::OffUntilTimer,
                Some(Again::TurnOnTomorrow) => State::OffUntilTomorrow,
            },
            (Some(_), None) => State::Ready,
            (Some(_), Some(Fate::UnderWay(_))) => State::Reporting,
            (Some(_), Some(Fate::Failed)) => State::Failed,
            (Some(_), Some(Fate::Refused)) => State::Refused,
            (Some(_), Some(Fate::Done)) => State::Bound,
        }
    }
}

/// A machine beside the facts, and every report that it made, with its regId.
#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) machine: Registration,
    facts: Facts,
    pub(crate) made: Vec<(Generation, String)>,
}

impl Phone {
    pub(crate) fn new() -> Self {
        let machine = Registration::new(NonZeroU32::new(CERTIFICATE_ID).unwrap());
        Self { machine, facts: Facts::default(), made: Vec::new() }
    }

    pub(crate) fn live(&mut self, happening: Happening) -> TestCaseResult {
        let reg_ids = reg_ids();
        self.tell(match happening {
            Happening::Restart(seconds) => return self.restart(seconds),
            Happening::TokenDropped(index) => Event::TokenDropped(RegId::try_new(&reg_ids[index]).unwrap()),
            Happening::Started => Event::Started,
            Happening::Initialized => Event::Initialized,
            Happening::TurnedOff => Event::TurnedOff,
            Happening::NoRegId => Event::NoRegId,
            Happening::TurnOn(state) => Event::TurnOn(PushState::new(state)),
            Happening::RegId(index) => Event::RegId(RegId::try_new(&reg_ids[index]).unwrap()),
            Happening::Login(user) => Event::Login(UserId::new(USERS[user])),
            Happening::Logout => Event::Logout,
            Happening::Kicked => Event::Kicked,
            Happening::Succeeded(which) => Event::ReportSucceeded(self.generation(which)),
            Happening::Failed(which, code) => {
                Event::ReportFailed(self.generation(which), ErrorCode::new(code))
            }
            Happening::Timer => Event::Timer,
        })
        .map(drop)
    }

    fn restart(&mut self, seconds: u64) -> TestCaseResult {
        let saved = self.machine.snapshot();
        let snapshot = Snapshot::from_bytes(saved.as_bytes());
        prop_assert_eq!(snapshot.as_ref(), Ok(&saved));
        let id = self.machine.certificate_id();
        self.machine = Registration::restore(id, &saved, Duration::from_secs(seconds));
        self.facts.restart(seconds);
        self.is_as_the_facts_are()
    }

    fn is_as_the_facts_are(&self) -> TestCaseResult {
        prop_assert_eq!(self.machine.state(), self.facts.state());
        prop_assert_eq!(self.machine.is_logged_in(), self.facts.logged_in);
        let token = self.machine.token();
        prop_assert_eq!(token.as_ref().map(|token| token.token), self.facts.reg_id.as_deref());
        Ok(())
    }

    fn generation(&self, which: Which) -> Generation {
        let back = match which {
            Which::Last => 0,
            Which::Older(back) => back + 1,
            Which::Foreign(number) => return Generation::new(number),
        };
        self.made.iter().rev().nth(back).map_or(Generation::new(0), |made| made.0)
    }

    /// Tells both. Compares the machine with the facts, and checks the rules that do not depend on facts.
    fn tell(&mut self, event: Event<'_>) -> Result<Wanted, TestCaseError> {
        let was = self.machine.state();
        let wanted = self.facts.learn(event);
        let action = self.machine.handle(event);
        match (&wanted, &action) {
            (Wanted::Report, RegistrationAction::Report(report)) => {
                prop_assert!(self.facts.logged_in, "never before login");
                prop_assert!(!report.token.token.is_empty());
                prop_assert_eq!(Some(report.token.token), self.facts.reg_id.as_deref());
                prop_assert_eq!(report.token.business_id, CERTIFICATE_ID);
                prop_assert_eq!(report.token.check(), Ok(()));
                let own = self.made.iter().all(|(generation, _)| *generation != report.generation);
                prop_assert!(own, "a generation of its own");
                self.made.push((report.generation, report.token.token.to_owned()));
                self.facts.last = Some(Fate::UnderWay(report.generation));
                self.facts.logged_in_since = false;
            }
            (Wanted::Nothing, RegistrationAction::Wait)
            | (Wanted::AskPrivacyConsent, RegistrationAction::AskPrivacyConsent)
            | (Wanted::ReadRegId, RegistrationAction::ReadRegId) => {}
            (Wanted::Initialize(wanted), RegistrationAction::Initialize(asked))
            | (Wanted::TurnOn(wanted), RegistrationAction::TurnOn(asked))
            | (Wanted::Retry(wanted), RegistrationAction::Retry(asked)) => prop_assert_eq!(wanted, asked),
            (Wanted::GiveUp(wanted), RegistrationAction::GiveUp(asked)) => prop_assert_eq!(wanted, asked),
            _ => prop_assert!(false, "{:?} asks for {:?}, not for {:?}", event, wanted, action),
        }
        let state = self.machine.state();
        prop_assert_eq!(state, self.facts.state(), "{:?} in {:?}", event, was);
        self.is_as_the_facts_are()?;
        if state == State::Bound && was != State::Bound {
            let last = self.made.last().expect("bound by a report").0;
            prop_assert_eq!(event, Event::ReportSucceeded(last), "bound by the last report alone");
        }
        Ok(wanted)
    }

    /// A program that does what the machine asks, and nothing else: the app starts, somebody logs in, timers expire, and every call
    /// succeeds.
    pub(crate) fn obeys(mut self) -> TestCaseResult {
        let was = self.machine.state();
        let user = self.facts.user.unwrap_or_default();
        let mut calls = Vec::new();
        for event in [Event::Started, Event::Timer, Event::Login(UserId::new(USERS[user])), Event::Timer] {
            let mut next = Some(event);
            while let Some(event) = next {
                let wanted = self.tell(event)?;
                next = match wanted {
                    Wanted::Initialize(Timing::Now) => Some(Event::Initialized),
                    Wanted::TurnOn(Timing::Now) => Some(Event::TurnOn(PushState::SUCCESS)),
                    Wanted::ReadRegId => {
                        Some(Event::RegId(RegId::try_new("12345678901234567890123").unwrap()))
                    }
                    Wanted::Report => Some(Event::ReportSucceeded(self.made.last().unwrap().0)),
                    _ => None,
                };
                calls.extend(next.is_some().then_some(wanted));
                prop_assert!(calls.len() < 10, "it comes to an end: {:?}", calls);
            }
        }
        match was {
            State::GivenUp => prop_assert_eq!(calls, []),
            State::TurnedOff => prop_assert_eq!(calls, [Wanted::Initialize(Timing::Now)]),
            _ => {
                let bound = self.machine.state() == State::Bound || was == State::Reporting;
                prop_assert!(bound, "{:?} after {:?}", self.machine.state(), calls);
                prop_assert_eq!(&calls[0], &Wanted::Initialize(Timing::Now));
            }
        }
        Ok(())
    }

    /// Push works, this is the regId, the user is logged in, timers run out, and IM takes every report. Then one report of
    /// this regId is made, or none if one is under way or has succeeded.
    pub(crate) fn comes_to_rest(mut self, reg_id: &str, login_first: bool) -> TestCaseResult {
        let known = self.facts.reg_id.as_deref() == Some(reg_id);
        let stands = match self.machine.state() {
            State::Bound | State::Reporting => known,
            _ => false,
        };
        let before = self.made.len();
        let push_on = [Event::TurnOn(PushState::SUCCESS), Event::RegId(RegId::try_new(reg_id).unwrap())];
        // Somebody who is logged in need not log in again, unless a refusal waits for that.
        let login = !self.facts.logged_in || (known && self.machine.state() == State::Refused);
        let user = Event::Login(UserId::new(USERS[self.facts.user.unwrap_or_default()]));
        let logins = if login { &[user][..] } else { &[] };
        let order = if login_first { [logins, &push_on] } else { [&push_on, logins] };
        for event in order.concat() {
            self.tell(event)?;
        }
        self.tell(Event::Timer)?;
        if self.machine.state() == State::Reporting {
            let last = self.made.last().unwrap().0;
            self.tell(Event::ReportSucceeded(last))?;
        }
        prop_assert_eq!(self.machine.state(), State::Bound);
        prop_assert_eq!(self.machine.token().unwrap().token, reg_id);
        let made = self.made[before..].iter().filter(|(_, text)| text == reg_id).count();
        prop_assert_eq!(made, if stands { 0 } else { 1 });

        // It stays bound.
        for event in [Event::Timer, user, push_on[1]] {
            self.tell(event)?;
            prop_assert_eq!(self.machine.state(), State::Bound);
        }
        Ok(())
    }
}

impl Happening {
    /// What three bytes from a fuzzer make happen.
    fn of(bytes: [u8; 3]) -> Self {
        let [what, first, second] = bytes;
        let number = |known: &[i32]| match known.get(usize::from(first)) {
            Some(number) => *number,
            None => i16::from_be_bytes([first, second]).into(),
        };
        let which = match what >> 3 {
            0..16 => Which::Last,
            16..24 => Which::Older(usize::from(second % 4)),
            _ => Which::Foreign(second.into()),
        };
        match what % 8 {
            0 => Self::TurnOn(number(&ANSWERS)),
            1 => Self::RegId(usize::from(first) % reg_ids().len()),
            2 => Self::Login(usize::from(first) % USERS.len()),
            3 if first % 2 == 0 => Self::Logout,
            3 => Self::Kicked,
            4 => match first % 6 {
                0 => Self::Started,
                1 => Self::Initialized,
                2 => Self::TurnedOff,
                3 => Self::NoRegId,
                4 => Self::TokenDropped(usize::from(second) % reg_ids().len()),
                _ => Self::Restart(ELAPSED[usize::from(second) % ELAPSED.len()]),
            },
            5 => Self::Succeeded(which),
            6 => Self::Failed(which, number(&CODES)),
            _ => Self::Timer,
        }
    }
}

/// A life that a fuzzer makes. From any state that it reaches, one report binds.
pub(crate) fn lives(bytes: &[u8]) -> TestCaseResult {
    let mut phone = Phone::new();
    for (at, bytes) in bytes.chunks_exact(3).take(200).enumerate() {
        phone.live(Happening::of([bytes[0], bytes[1], bytes[2]]))?;
        phone.clone().comes_to_rest(&reg_ids()[at % reg_ids().len()], bytes[2] % 2 == 0)?;
        phone.clone().obeys()?;
    }
    Ok(())
}
