//! Walks the table of the module's documentation, from every state with every event, on the machine itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use core::num::NonZeroU32;
use std::format;
use std::string::{String, ToString};
use std::sync::OnceLock;
use std::vec::Vec;

use super::{Action, Event, Generation, Reason, RegId, Registration, State, When};
use crate::tim::ErrorCode;
use crate::vivo::PushState;

const HELD: &str = "12345678901234567890123";
const STATES: [State; 9] = [
    State::Off,
    State::OffUntilTimer,
    State::OffUntilLogin,
    State::GivenUp,
    State::Ready,
    State::Reporting,
    State::Failed,
    State::Refused,
    State::Bound,
];

/// A row of the documentation: each cell without its marks.
struct Row {
    /// Names of events, and behind the colon what else must hold.
    events: Vec<String>,
    conditions: Vec<String>,
    states: Vec<String>,
    next: String,
    action: String,
}

fn words(cell: &str) -> Vec<String> {
    cell.split(',').map(|word| word.trim().replace('`', "")).filter(|word| !word.is_empty()).collect()
}

fn rows() -> Vec<Row> {
    let lines = include_str!("mod.rs").lines().filter_map(|line| line.strip_prefix("//! | "));
    let rows = lines.filter(|line| !line.starts_with("event |")).map(|line| {
        let cells: Vec<&str> = line.trim_end_matches('|').split(" | ").map(str::trim).collect();
        let [event, state, next, action] = cells[..] else { panic!("four cells: {line}") };
        let (events, conditions) = event.split_once(':').unwrap_or((event, ""));
        Row {
            events: words(events),
            conditions: words(conditions),
            states: words(state),
            next: next.replace('`', ""),
            action: action.replace('`', ""),
        }
    });
    rows.collect()
}

impl Row {
    fn fits(&self, machine: &Registration, event: Event<'_>) -> bool {
        let state = format!("{:?}", machine.state());
        let here = self.states.iter().any(|name| *name == state || name == "any");
        let happened = self.events.iter().any(|name| name == name_of(event) || name == "anything else");
        here && happened && self.conditions_hold(machine, event)
    }

    /// All words hold, and of the numbers one.
    fn conditions_hold(&self, machine: &Registration, event: Event<'_>) -> bool {
        let is_number = |word: &&String| *word == "other" || word.parse::<i32>().is_ok();
        let (numbers, rest): (Vec<&String>, Vec<&String>) = self.conditions.iter().partition(is_number);
        let numbered = numbers.is_empty()
            || match event {
                // Every state of the phone with a name has its row; of IM's codes, those about tokens have.
                Event::TurnOn(state) => is_listed(&numbers, state.get(), state.meaning().is_some()),
                Event::ReportFailed(_, code) => {
                    is_listed(&numbers, code.get(), reported().contains(&code.get()))
                }
                _ => panic!("no numbers belong to {event:?}"),
            };
        numbered
            && rest.into_iter().all(|word| match (word.as_str(), event) {
                ("new", Event::RegId(reg_id)) => {
                    machine.token().is_none_or(|token| token.token != reg_id.as_str())
                }
                ("logged in", _) => machine.is_logged_in(),
                ("logged out", _) => !machine.is_logged_in(),
                ("logged in since", _) => machine.logged_in_since,
                ("current", Event::ReportSucceeded(generation) | Event::ReportFailed(generation, _)) => {
                    machine.generation == generation
                }
                _ => panic!("what does {word} mean for {event:?}?"),
            })
    }
}

fn is_listed(numbers: &[&String], number: i32, named: bool) -> bool {
    let word = if named { number.to_string() } else { "other".to_string() };
    numbers.iter().any(|listed| **listed == word)
}

/// The codes that the rows of `ReportFailed` name.
fn reported() -> &'static [i32] {
    static CODES: OnceLock<Vec<i32>> = OnceLock::new();
    CODES.get_or_init(|| {
        let rows = rows().into_iter().filter(|row| row.events.iter().any(|name| name == "ReportFailed"));
        rows.flat_map(|row| row.conditions).filter_map(|word| word.parse().ok()).collect()
    })
}

fn name_of(event: Event<'_>) -> &'static str {
    match event {
        Event::TurnOn(_) => "TurnOn",
        Event::RegId(_) => "RegId",
        Event::Login => "Login",
        Event::Logout => "Logout",
        Event::Kicked => "Kicked",
        Event::ReportSucceeded(_) => "ReportSucceeded",
        Event::ReportFailed(..) => "ReportFailed",
        Event::Timer => "Timer",
    }
}

fn shape_of(action: &Action<'_>) -> String {
    let when = |when: &When| match when {
        When::Now => "Now",
        When::Backoff(_) => "Backoff",
        When::NextLogin => "NextLogin",
    };
    match action {
        Action::Wait => "Wait".into(),
        Action::ReadRegId => "ReadRegId".into(),
        Action::TurnOn(time) => format!("TurnOn({})", when(time)),
        Action::Report(_) => "Report".into(),
        Action::Retry(time) => format!("Retry({})", when(time)),
        Action::GiveUp(Reason::TurnOn(_)) => "GiveUp(TurnOn)".into(),
        Action::GiveUp(Reason::Report(_)) => "GiveUp(Report)".into(),
    }
}

/// Machines in this state: without a regId there are two, for the login makes a difference.
fn machines(state: State) -> Vec<Registration> {
    let held = RegId::new(HELD).unwrap();
    let reply = |code: i32| Event::ReportFailed(Generation::new(1), ErrorCode::new(code));
    let turn_on = |state: i32| Event::TurnOn(PushState::new(state));
    let way = match state {
        State::Off => [turn_on(0)].to_vec(),
        State::OffUntilTimer => [turn_on(1003)].to_vec(),
        State::OffUntilLogin => [turn_on(1001)].to_vec(),
        State::GivenUp => [turn_on(101)].to_vec(),
        State::Ready => [Event::RegId(held)].to_vec(),
        State::Reporting => [Event::RegId(held), Event::Login].to_vec(),
        State::Failed => [Event::RegId(held), Event::Login, reply(6012)].to_vec(),
        State::Refused => [Event::RegId(held), Event::Login, reply(22001)].to_vec(),
        State::Bound => {
            [Event::RegId(held), Event::Login, Event::ReportSucceeded(Generation::new(1))].to_vec()
        }
    };
    let mut machine = Registration::new(NonZeroU32::new(6666).unwrap());
    let mut logged_in = machine.clone();
    let _ = logged_in.handle(Event::Login);
    for event in way {
        let _ = machine.handle(event);
        let _ = logged_in.handle(event);
    }
    assert_eq!(machine.state(), state, "the way there");
    let mut machines = [machine].to_vec();
    if state == State::Reporting {
        let mut again = machines[0].clone();
        let _ = again.handle(Event::Login);
        machines.push(again);
    }
    if !state.has_reg_id() {
        assert_eq!(logged_in.state(), state, "the way there");
        machines.push(logged_in);
    }
    machines
}

/// All that can happen to a machine, with every number that has a name and some that have none.
fn events(machine: &Registration) -> Vec<Event<'static>> {
    let generations = [machine.generation, Generation::new(0), Generation::new(77)];
    let mut events = [Event::Login, Event::Logout, Event::Kicked, Event::Timer].to_vec();
    events.extend([HELD, "v2-other"].map(|text| Event::RegId(RegId::new(text).unwrap())));
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
fn every_state_answers_every_event_as_the_table_says() {
    let rows = rows();
    let mut used = [false; 64];
    for before in STATES.into_iter().flat_map(machines) {
        for event in events(&before) {
            let index = rows.iter().position(|row| row.fits(&before, event)).expect("a row for everything");
            used[index] = true;
            let row = &rows[index];
            let mut machine = before.clone();
            let action = shape_of(&machine.handle(event));
            let next = if row.next == "same" { before.state() } else { state_of(&row.next) };
            let told = (machine.state(), action.as_str());
            assert_eq!(told, (next, row.action.as_str()), "{event:?} after {before:?}");
        }
    }
    for (row, used) in rows.iter().zip(used) {
        assert!(used, "{:?} {:?} {:?} never fits", row.events, row.conditions, row.states);
    }
}

#[test]
fn the_table_names_every_state_and_nothing_else() {
    let rows = rows();
    let named = || rows.iter().flat_map(|row| row.states.iter().chain([&row.next]));
    for state in STATES {
        assert!(named().any(|name| *name == format!("{state:?}")), "{state:?}");
    }
    for name in named().filter(|name| !matches!(name.as_str(), "any" | "same")) {
        state_of(name);
    }
}

fn state_of(name: &str) -> State {
    let state = STATES.into_iter().find(|state| format!("{state:?}") == name);
    state.unwrap_or_else(|| panic!("{name} is no state"))
}

/// What the table leaves to the reader: the states' own meaning.
#[test]
fn a_state_says_whether_there_is_a_reg_id_and_nearly_whether_there_is_a_login() {
    for before in STATES.into_iter().flat_map(machines) {
        for event in events(&before) {
            let mut machine = before.clone();
            let _ = machine.handle(event);
            assert_eq!(machine.token().is_some(), machine.state().has_reg_id(), "{event:?} after {before:?}");
            let needs_login = machine.state().has_reg_id() && machine.state() != State::Ready;
            assert!(machine.is_logged_in() || !needs_login, "{event:?} after {before:?}");
            assert!(!machine.is_logged_in() || machine.state() != State::Ready, "{event:?} after {before:?}");
        }
    }
}
