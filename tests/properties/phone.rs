//! What holds for a registration, whatever happens in whatever order: it does what a simple account of the facts wants, and
//! in the end IM knows where to push.

use std::num::NonZeroU32;

use offline_push::registration::{
    Event, Generation, GiveUpReason, RegId, Registration, RegistrationAction, State, Timing,
};
use offline_push::tim::ErrorCode;
use offline_push::vivo::PushState;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

const CERTIFICATE_ID: u32 = 6666;

/// Something that happens, before it is known which reports there will be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Happening {
    TurnOn(i32),
    RegId(usize),
    Login,
    Logout,
    Kicked,
    Succeeded(Which),
    Failed(Which, i32),
    Timer,
}

/// Which report a reply is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which {
    /// The last one that was made.
    Last,
    /// One of those made so far, counted back from the last.
    Older(usize),
    /// Perhaps none of this machine's.
    Foreign(u32),
}

/// Every regId that comes up: the two known forms, the shortest and the longest.
pub(crate) fn reg_ids() -> [String; 4] {
    ["12345678901234567890123".into(), "v2-test-registration-id".into(), "x".into(), "y".repeat(256)]
}

/// vivo's answers to turning push on that are told apart, and one that nobody knows.
pub(crate) const ANSWERS: [i32; 24] = [
    0, 1, 101, 102, 104, 1001, 1002, 1003, 1004, 1005, 8011, 10000, 10003, 20001, 30002, 4242, 10001, 10004,
    10005, 20002, 20003, 20004, 30001, 30003,
];

/// The same of IM's answers to a report.
pub(crate) const CODES: [i32; 10] = [6012, 21005, 22001, 22002, 22003, 22004, 22005, 22006, 4242, -1];

/// What became of the last report of the present binding.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    UnderWay(Generation),
    Failed,
    Refused,
    Done,
}

/// When to turn push on again.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Again {
    AfterPause,
    /// Or with a timer of a day.
    AfterLogin,
}

/// The facts, and no states: one report is due whenever somebody is logged in, a regId is known, and no report of the two
/// stands.
#[derive(Clone, Debug, Default)]
struct Facts {
    logged_in: bool,
    reg_id: Option<String>,
    last: Option<Fate>,
    turn_on: Option<Again>,
    hopeless: bool,
    logged_in_since: bool,
    failures: u32,
}

/// What the facts want the machine to ask for; a report has its own test of what it holds.
#[derive(Debug, PartialEq)]
enum Wanted {
    Nothing,
    ReadRegId,
    TurnOn(Timing),
    Report,
    Retry(Timing),
    GiveUp(GiveUpReason),
}

impl Facts {
    fn learn(&mut self, event: Event<'_>) -> Wanted {
        let asked = match event {
            Event::TurnOn(state) => self.turn_on(state),
            Event::RegId(reg_id) => {
                if self.reg_id.as_deref() != Some(reg_id.as_str()) {
                    *self = Self {
                        logged_in: self.logged_in,
                        reg_id: Some(reg_id.as_str().to_owned()),
                        ..Self::default()
                    };
                }
                Wanted::Nothing
            }
            Event::Login => {
                (self.logged_in, self.logged_in_since) = (true, true);
                self.failures = 0;
                if matches!(self.last, Some(Fate::Failed | Fate::Refused)) {
                    self.last = None;
                }
                self.turn_on_now(&[Again::AfterLogin])
            }
            Event::Logout | Event::Kicked => {
                self.logged_in = false;
                self.last = None;
                Wanted::Nothing
            }
            Event::ReportSucceeded(generation) => {
                if self.last == Some(Fate::UnderWay(generation)) {
                    self.last = Some(Fate::Done);
                    self.failures = 0;
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
                self.turn_on_now(&[Again::AfterPause, Again::AfterLogin])
            }
            _ => unreachable!("{event:?} is newer than this test"),
        };
        if self.logged_in && self.reg_id.is_some() && self.last.is_none() {
            assert_eq!(asked, Wanted::Nothing, "one thing at a time");
            return Wanted::Report;
        }
        asked
    }

    fn pause(&mut self) -> Timing {
        self.failures += 1;
        Timing::BackOff(self.failures)
    }

    fn turn_on_now(&mut self, due: &[Again]) -> Wanted {
        if self.turn_on.is_some_and(|again| due.contains(&again)) {
            self.turn_on = None;
            return Wanted::TurnOn(Timing::Now);
        }
        Wanted::Nothing
    }

    fn turn_on(&mut self, state: PushState) -> Wanted {
        let tries = self.reg_id.is_none() && !self.hopeless;
        match state.get() {
            0 | 1 => {
                if self.reg_id.is_none() {
                    *self = Self { logged_in: self.logged_in, ..Self::default() };
                }
                Wanted::ReadRegId
            }
            101 | 104 | 1004 | 10001 | 10003 | 10004 | 10005 => {
                self.reg_id = None;
                self.last = None;
                self.turn_on = None;
                self.failures = 0;
                self.hopeless = state.get() != 104;
                Wanted::GiveUp(GiveUpReason::TurnOn(state))
            }
            1001 if tries => {
                self.turn_on = Some(Again::AfterLogin);
                Wanted::TurnOn(Timing::NextLogin)
            }
            20001..=20004 | 30001..=30003 => Wanted::Nothing,
            _ if tries => {
                self.turn_on = Some(Again::AfterPause);
                Wanted::TurnOn(self.pause())
            }
            _ => Wanted::Nothing,
        }
    }

    fn fail(&mut self, code: ErrorCode) -> Wanted {
        match code.get() {
            21005 if self.logged_in_since => {
                self.last = None;
                Wanted::Nothing
            }
            21005 => {
                self.logged_in = false;
                self.last = None;
                Wanted::Retry(Timing::NextLogin)
            }
            22001 | 22003 | 22004 | 22005 => {
                self.last = Some(Fate::Refused);
                Wanted::GiveUp(GiveUpReason::Report(code))
            }
            _ => {
                self.last = Some(Fate::Failed);
                Wanted::Retry(self.pause())
            }
        }
    }

    /// The machine's word for these facts.
    fn state(&self) -> State {
        match (&self.reg_id, self.last) {
            (None, _) if self.hopeless => State::GivenUp,
            (None, _) => match self.turn_on {
                None => State::Off,
                Some(Again::AfterPause) => State::OffUntilTimer,
                Some(Again::AfterLogin) => State::OffUntilLogin,
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
            Happening::TurnOn(state) => Event::TurnOn(PushState::new(state)),
            Happening::RegId(index) => Event::RegId(RegId::try_new(&reg_ids[index]).unwrap()),
            Happening::Login => Event::Login,
            Happening::Logout => Event::Logout,
            Happening::Kicked => Event::Kicked,
            Happening::Succeeded(which) => Event::ReportSucceeded(self.generation(which)),
            Happening::Failed(which, code) => {
                Event::ReportFailed(self.generation(which), ErrorCode::new(code))
            }
            Happening::Timer => Event::Timer,
        })
    }

    fn generation(&self, which: Which) -> Generation {
        let back = match which {
            Which::Last => 0,
            Which::Older(back) => back + 1,
            Which::Foreign(number) => return Generation::new(number),
        };
        self.made.iter().rev().nth(back).map_or(Generation::new(0), |made| made.0)
    }

    /// Tells both, and holds the machine against the facts, and against the rules that need none.
    fn tell(&mut self, event: Event<'_>) -> TestCaseResult {
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
            | (Wanted::ReadRegId, RegistrationAction::ReadRegId) => {}
            (Wanted::TurnOn(wanted), RegistrationAction::TurnOn(asked))
            | (Wanted::Retry(wanted), RegistrationAction::Retry(asked)) => prop_assert_eq!(wanted, asked),
            (Wanted::GiveUp(wanted), RegistrationAction::GiveUp(asked)) => prop_assert_eq!(wanted, asked),
            _ => prop_assert!(false, "{:?} asks for {:?}, not for {:?}", event, wanted, action),
        }
        let state = self.machine.state();
        prop_assert_eq!(state, self.facts.state(), "{:?} in {:?}", event, was);
        prop_assert_eq!(self.machine.is_logged_in(), self.facts.logged_in);
        prop_assert_eq!(
            self.machine.token().map(|token| token.token.to_owned()),
            self.facts.reg_id.clone(),
            "what would be reported"
        );
        if state == State::Bound && was != State::Bound {
            let last = self.made.last().expect("bound by a report").0;
            prop_assert_eq!(event, Event::ReportSucceeded(last), "bound by the last report alone");
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
        let login = if login { &[Event::Login][..] } else { &[] };
        let order = if login_first { [login, &push_on] } else { [&push_on, login] };
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

        // And there it stays.
        for event in [Event::Timer, Event::Login, push_on[1]] {
            self.tell(event)?;
            prop_assert_eq!(self.machine.state(), State::Bound);
        }
        Ok(())
    }
}

impl Happening {
    /// What three bytes of a fuzzer's make happen.
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
            2 => Self::Login,
            3 => Self::Logout,
            4 => Self::Kicked,
            5 => Self::Succeeded(which),
            6 => Self::Failed(which, number(&CODES)),
            _ => Self::Timer,
        }
    }
}

/// A life of a fuzzer's making, and from wherever it leads, one report binds.
pub(crate) fn lives(bytes: &[u8]) -> TestCaseResult {
    let mut phone = Phone::new();
    for (at, bytes) in bytes.chunks_exact(3).take(200).enumerate() {
        phone.live(Happening::of([bytes[0], bytes[1], bytes[2]]))?;
        phone.clone().comes_to_rest(&reg_ids()[at % reg_ids().len()], bytes[2] % 2 == 0)?;
    }
    Ok(())
}
