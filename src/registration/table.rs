//! Tests the transition table: every event in every state, on the state machine itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use core::num::NonZeroU32;
use core::time::Duration;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::action::DAY;
use super::state::transitions;
use super::{
    Event, Generation, GiveUpReason, RegId, Registration, RegistrationAction, State, Timing, UserId,
};
use crate::tim::ErrorCode;
use crate::vivo::PushState;

const HELD: &str = "12345678901234567890123";
const USER: UserId<'static> = UserId::new("alice");
const STATES: [State; 11] = [
    State::Off,
    State::UninitializedUntilTimer,
    State::OffUntilTimer,
    State::OffUntilTomorrow,
    State::TurnedOff,
    State::GivenUp,
    State::Ready,
    State::Reporting,
    State::Failed,
    State::Refused,
    State::Bound,
];

/// A row of the table.
struct Row {
    events: &'static [&'static str],
    /// Words and numbers that must apply.
    conditions: &'static [&'static str],
    states: &'static [&'static str],
    next: &'static str,
    action: &'static str,
}

macro_rules! rows {
    ($(
        ([$($event:ident),+] $(when $($condition:literal),+)?; [$($state:ident),+] => $next:ident, $action:ident $(($detail:ident))?)
    )+) => {
        &[$(Row {
            events: &[$(stringify!($event)),+],
            conditions: &[$($(concat!("", $condition)),+)?],
            states: &[$(stringify!($state)),+],
            next: stringify!($next),
            action: concat!(stringify!($action), $("(", stringify!($detail), ")")?),
        }),+]
    };
}

const ROWS: &[Row] = transitions!(rows);

impl Row {
    fn matches(&self, machine: &Registration, event: Event<'_>) -> bool {
        let state = format!("{:?}", machine.state());
        let here = self.states.iter().any(|name| *name == state || *name == "any");
        let happened = self.events.iter().any(|name| *name == name_of(event) || *name == "other");
        here && happened && self.conditions_hold(machine, event)
    }

    /// All words apply, and one of the numbers.
    fn conditions_hold(&self, machine: &Registration, event: Event<'_>) -> bool {
        let is_number = |word: &&str| *word == "other" || word.parse::<i32>().is_ok();
        let (numbers, rest): (Vec<&str>, Vec<&str>) =
            self.conditions.iter().partition(|word| is_number(word));
        let numbered = numbers.is_empty()
            || match event {
                // Every known state of the phone has a row.
                Event::TurnOn(state) => is_listed(&numbers, state.get(), state.meaning().is_some()),
                _ => panic!("no numbers belong to {event:?}"),
            };
        numbered
            && rest.into_iter().all(|word| match (word, event) {
                ("new", Event::RegId(reg_id)) => {
                    machine.token().is_none_or(|token| token.token != reg_id.as_str())
                }
                ("logged in", _) => machine.is_logged_in(),
                ("logged out", _) => !machine.is_logged_in(),
                ("logged in since", _) => machine.logged_in_since,
                ("same user", Event::Login(user)) => machine.user == user.digest(),
                ("restored", _) => machine.restored,
                ("on today", _) => machine.on_left > 0,
                ("stored", Event::TokenDropped(reg_id)) => {
                    machine.token().is_some_and(|token| token.token == reg_id.as_str())
                }
                ("back off" | "next login" | "give up", Event::ReportFailed(_, code)) => {
                    word.replace(' ', "_") == code.report_advice().name()
                }
                ("another user", Event::Login(user)) => machine.user != user.digest(),
                ("current", Event::ReportSucceeded(generation) | Event::ReportFailed(generation, _)) => {
                    machine.generation == generation
                }
                _ => panic!("what does {word} mean for {event:?}?"),
            })
    }
}

fn is_listed(numbers: &[&str], number: i32, named: bool) -> bool {
    let word = if named { number.to_string() } else { "other".to_string() };
    numbers.iter().any(|listed| *listed == word)
}

fn name_of(event: Event<'_>) -> &'static str {
    match event {
        Event::Started => "Started",
        Event::Initialized => "Initialized",
        Event::TurnOn(_) => "TurnOn",
        Event::TurnedOff => "TurnedOff",
        Event::RegId(_) => "RegId",
        Event::NoRegId => "NoRegId",
        Event::TokenDropped(_) => "TokenDropped",
        Event::Login(_) => "Login",
        Event::Logout => "Logout",
        Event::Kicked => "Kicked",
        Event::ReportSucceeded(_) => "ReportSucceeded",
        Event::ReportFailed(..) => "ReportFailed",
        Event::Timer => "Timer",
    }
}

fn name_of_action(action: &RegistrationAction<'_>) -> String {
    let timing = |timing: &Timing| match timing {
        Timing::Now => "Now",
        Timing::After(_) => "After",
        Timing::NextLogin => "NextLogin",
    };
    match action {
        RegistrationAction::Wait => "Wait".into(),
        RegistrationAction::AskPrivacyConsent => "AskPrivacyConsent".into(),
        RegistrationAction::ReadRegId => "ReadRegId".into(),
        RegistrationAction::Initialize(time) => format!("Initialize({})", timing(time)),
        RegistrationAction::TurnOn(time) => format!("TurnOn({})", timing(time)),
        RegistrationAction::Report(_) => "Report".into(),
        RegistrationAction::Retry(time) => format!("Retry({})", timing(time)),
        RegistrationAction::GiveUp(GiveUpReason::TurnOn(_)) => "GiveUp(TurnOn)".into(),
        RegistrationAction::GiveUp(GiveUpReason::Report(_)) => "GiveUp(Report)".into(),
    }
}

/// State machines in this state: two without a regId, because the login makes a difference.
fn machines(state: State) -> Vec<Registration> {
    let held = RegId::try_new(HELD).unwrap();
    let reply = |code: i32| Event::ReportFailed(Generation::new(1), ErrorCode::new(code));
    let turn_on = |state: i32| Event::TurnOn(PushState::new(state));
    let login = Event::Login(USER);
    let path = match state {
        State::Off => [turn_on(0)].to_vec(),
        State::UninitializedUntilTimer => [turn_on(102)].to_vec(),
        State::OffUntilTimer => [turn_on(1003)].to_vec(),
        State::OffUntilTomorrow => [turn_on(1001)].to_vec(),
        State::TurnedOff => [Event::TurnedOff].to_vec(),
        State::GivenUp => [turn_on(101)].to_vec(),
        State::Ready => [Event::RegId(held)].to_vec(),
        State::Reporting => [Event::RegId(held), login].to_vec(),
        State::Failed => [Event::RegId(held), login, reply(6012)].to_vec(),
        State::Refused => [Event::RegId(held), login, reply(22001)].to_vec(),
        State::Bound => [Event::RegId(held), login, Event::ReportSucceeded(Generation::new(1))].to_vec(),
    };
    let mut machine = Registration::new(NonZeroU32::new(6666).unwrap());
    let mut logged_in = machine.clone();
    let _ = logged_in.handle(login);
    for event in path {
        let _ = machine.handle(event);
        let _ = logged_in.handle(event);
    }
    assert_eq!(machine.state(), state, "the path there");
    let mut machines = [machine].to_vec();
    if state == State::Reporting {
        let mut again = machines[0].clone();
        let _ = again.handle(login);
        machines.push(again);
    }
    if !state.has_reg_id() {
        assert_eq!(logged_in.state(), state, "the path there");
        machines.push(logged_in);
    }
    // Of an earlier run of the app, a second ago, and with push that was turned on.
    for mut machine in machines.clone() {
        machine.on_left = DAY;
        let elapsed = Duration::from_secs(1);
        machines.push(Registration::restore(machine.certificate_id, &machine.snapshot(), elapsed));
    }
    machines
}

/// All events, with every known number and some unknown ones.
fn events(machine: &Registration) -> Vec<Event<'static>> {
    let generations = [machine.generation, Generation::new(0), Generation::new(77)];
    let mut events = [Event::Started, Event::Initialized, Event::TurnedOff, Event::NoRegId].to_vec();
    events.extend([USER, UserId::new("bob")].map(Event::Login));
    events.extend([Event::Logout, Event::Kicked, Event::Timer]);
    for text in [HELD, "v2-other"] {
        let reg_id = RegId::try_new(text).unwrap();
        events.extend([Event::RegId(reg_id), Event::TokenDropped(reg_id)]);
    }
    events.extend(generations.map(Event::ReportSucceeded));
    for number in (-300..=40_000).chain([i32::MIN, i32::MAX]) {
        let is_some = |number: i32| matches!(number, i32::MIN | -1 | 2 | 4242 | i32::MAX);
        if PushState::new(number).meaning().is_some() || is_some(number) {
            events.push(Event::TurnOn(PushState::new(number)));
        }
        let code = ErrorCode::new(number);
        if code.meaning().is_some() || is_some(number) {
            events.extend(generations.map(|generation| Event::ReportFailed(generation, code)));
        }
    }
    events
}

#[test]
fn handle_every_event_in_every_state_follows_the_table() {
    let mut used = [false; ROWS.len()];
    for before in STATES.into_iter().flat_map(machines) {
        for event in events(&before) {
            let index =
                ROWS.iter().position(|row| row.matches(&before, event)).expect("a row for every event");
            used[index] = true;
            let row = &ROWS[index];
            let mut machine = before.clone();
            let action = name_of_action(&machine.handle(event));
            let next = if row.next == "same" { before.state() } else { state_of(row.next) };
            let result = (machine.state(), action.as_str());
            assert_eq!(result, (next, row.action), "{event:?} after {before:?}");
        }
    }
    for (row, used) in ROWS.iter().zip(used) {
        assert!(used, "{:?} {:?} {:?} never matches", row.events, row.conditions, row.states);
    }
}

#[test]
fn table_names_every_state_and_nothing_else() {
    let named = || ROWS.iter().flat_map(|row| row.states.iter().chain([&row.next]));
    for state in STATES {
        assert!(named().any(|name| *name == format!("{state:?}")), "{state:?}");
    }
    for name in named().filter(|name| !matches!(**name, "any" | "same")) {
        state_of(name);
    }
}

fn state_of(name: &str) -> State {
    let state = STATES.into_iter().find(|state| format!("{state:?}") == name);
    state.unwrap_or_else(|| panic!("{name} is not a state"))
}

/// What the table does not contain: the meaning of the states.
#[test]
fn state_tells_whether_there_are_a_reg_id_and_a_login() {
    for before in STATES.into_iter().flat_map(machines) {
        for event in events(&before) {
            let mut machine = before.clone();
            let _ = machine.handle(event);
            assert_eq!(machine.token().is_some(), machine.state().has_reg_id(), "{event:?} after {before:?}");
            // A restored state machine knows what was reported before anybody logs in.
            let stays = machine.state() == before.state() && !before.is_logged_in();
            let needs_login = machine.state().has_reg_id() && machine.state() != State::Ready && !stays;
            assert!(machine.is_logged_in() || !needs_login, "{event:?} after {before:?}");
            assert!(!machine.is_logged_in() || machine.state() != State::Ready, "{event:?} after {before:?}");
        }
    }
}
