//! Random lives of a phone: whatever happens in whatever order, the registration does what a simple account of the facts
//! wants, and in the end IM knows where to push.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::HashSet;
use std::num::NonZeroU32;

use offline_push::registration::{Action, Event, Generation, Reason, RegId, Registration, State, When};
use offline_push::tim::ErrorCode;
use offline_push::vivo::PushState;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

const CERTIFICATE_ID: u32 = 6666;

/// Something that happens, before it is known which reports there will be.
#[derive(Clone, Copy, Debug)]
enum Happening {
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
enum Which {
    /// The last one that was made.
    Last,
    /// One of those made so far, counted back from the last.
    Older(usize),
    /// Perhaps none of this machine's.
    Foreign(u32),
}

/// Every regId that comes up: the two known forms, the shortest and the longest.
fn reg_ids() -> [String; 4] {
    ["12345678901234567890123".into(), "v2-test-registration-id".into(), "x".into(), "y".repeat(256)]
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![
        6 => Just(Which::Last),
        2 => (0..4usize).prop_map(Which::Older),
        1 => prop_oneof![0..6u32, any::<u32>()].prop_map(Which::Foreign),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    const ANSWERS: [i32; 16] =
        [0, 1, 101, 102, 104, 1001, 1002, 1003, 1004, 1005, 8011, 10000, 10003, 20001, 30002, 4242];
    const CODES: [i32; 10] = [6012, 21005, 22001, 22002, 22003, 22004, 22005, 22006, 4242, -1];
    prop_oneof![
        3 => proptest::sample::select(&ANSWERS[..]).prop_map(Happening::TurnOn),
        4 => (0..reg_ids().len()).prop_map(Happening::RegId),
        4 => Just(Happening::Login),
        1 => Just(Happening::Logout),
        1 => Just(Happening::Kicked),
        3 => which().prop_map(Happening::Succeeded),
        4 => (which(), proptest::sample::select(&CODES[..])).prop_map(|(which, code)| Happening::Failed(which, code)),
        3 => Just(Happening::Timer),
    ]
}

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
    TurnOn(When),
    Report,
    Retry(When),
    GiveUp(Reason),
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

    fn pause(&mut self) -> When {
        self.failures += 1;
        When::Backoff(self.failures)
    }

    fn turn_on_now(&mut self, due: &[Again]) -> Wanted {
        if self.turn_on.is_some_and(|again| due.contains(&again)) {
            self.turn_on = None;
            return Wanted::TurnOn(When::Now);
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
            101 | 104 | 1004 | 10003 => {
                self.reg_id = None;
                self.last = None;
                self.turn_on = None;
                self.failures = 0;
                self.hopeless = state.get() != 104;
                Wanted::GiveUp(Reason::TurnOn(state))
            }
            1001 if tries => {
                self.turn_on = Some(Again::AfterLogin);
                Wanted::TurnOn(When::NextLogin)
            }
            20001 | 30002 => Wanted::Nothing,
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
                Wanted::Retry(When::NextLogin)
            }
            22001 | 22003 | 22004 | 22005 => {
                self.last = Some(Fate::Refused);
                Wanted::GiveUp(Reason::Report(code))
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
struct Phone {
    machine: Registration,
    facts: Facts,
    made: Vec<(Generation, String)>,
}

impl Phone {
    fn new() -> Self {
        let machine = Registration::new(NonZeroU32::new(CERTIFICATE_ID).unwrap());
        Self { machine, facts: Facts::default(), made: Vec::new() }
    }

    fn live(&mut self, happening: Happening) -> TestCaseResult {
        let reg_ids = reg_ids();
        self.tell(match happening {
            Happening::TurnOn(state) => Event::TurnOn(PushState::new(state)),
            Happening::RegId(index) => Event::RegId(RegId::new(&reg_ids[index]).unwrap()),
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
            (Wanted::Report, Action::Report(report)) => {
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
            (Wanted::Nothing, Action::Wait) | (Wanted::ReadRegId, Action::ReadRegId) => {}
            (Wanted::TurnOn(wanted), Action::TurnOn(asked))
            | (Wanted::Retry(wanted), Action::Retry(asked)) => prop_assert_eq!(wanted, asked),
            (Wanted::GiveUp(wanted), Action::GiveUp(asked)) => prop_assert_eq!(wanted, asked),
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
    fn comes_to_rest(mut self, reg_id: &str, login_first: bool) -> TestCaseResult {
        let known = self.facts.reg_id.as_deref() == Some(reg_id);
        let stands = match self.machine.state() {
            State::Bound | State::Reporting => known,
            _ => false,
        };
        let before = self.made.len();
        let push_on = [Event::TurnOn(PushState::SUCCESS), Event::RegId(RegId::new(reg_id).unwrap())];
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

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_machine_does_what_the_facts_want(life in proptest::collection::vec(happening(), 0..60)) {
        let mut phone = Phone::new();
        for happening in life {
            phone.live(happening)?;
        }
    }

    #[test]
    fn from_everywhere_one_report_binds(
        life in proptest::collection::vec(happening(), 0..30),
        reg_id in 0..reg_ids().len(),
        login_first: bool,
    ) {
        let mut phone = Phone::new();
        for happening in life {
            phone.live(happening)?;
            phone.clone().comes_to_rest(&reg_ids()[reg_id], login_first)?;
        }
    }
}

/// Random lives would prove nothing if they never got anywhere.
#[test]
fn random_lives_come_through_every_state_and_bind_often() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let lives = proptest::collection::vec(happening(), 0..60);
    let mut states = HashSet::new();
    let (mut bound, mut late) = (0, 0);
    for _ in 0..300 {
        let mut phone = Phone::new();
        let mut binds = false;
        for happening in lives.new_tree(&mut runner).unwrap().current() {
            let reporting = phone.machine.state() == State::Reporting;
            let older = matches!(happening, Happening::Succeeded(Which::Older(_)) if phone.made.len() > 1);
            late += usize::from(reporting && older);
            phone.live(happening).unwrap();
            states.insert(phone.machine.state());
            binds |= phone.machine.state() == State::Bound;
        }
        bound += usize::from(binds);
    }
    assert_eq!(states.len(), 9, "{states:?}");
    // About half of them; which, depends on the width of `usize`.
    assert!(bound > 100, "{bound} of 300 lives come to be bound");
    assert!(late > 20, "{late} late replies while another report is under way");
}
