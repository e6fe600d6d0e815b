//! Random lives of a phone: whatever happens, in any order, the registration does what a simple record of the facts
//! requires, and in the end IM knows where to push.

#[allow(dead_code)] // The fuzz targets use a part.
#[path = "../properties/phone.rs"]
mod phone;

use std::collections::HashSet;

use offline_push::registration::State;
use phone::{ANSWERS, CODES, ELAPSED, Happening, Phone, USERS, Which, reg_ids};
use proptest::prelude::*;

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![
        6 => Just(Which::Last),
        2 => (0..4usize).prop_map(Which::Older),
        1 => prop_oneof![0..6u32, any::<u32>()].prop_map(Which::Foreign),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => proptest::sample::select(&ANSWERS[..]).prop_map(Happening::TurnOn),
        4 => (0..reg_ids().len()).prop_map(Happening::RegId),
        6 => (0..USERS.len()).prop_map(Happening::Login),
        1 => Just(Happening::Started),
        1 => Just(Happening::Initialized),
        1 => Just(Happening::TurnedOff),
        1 => Just(Happening::NoRegId),
        1 => (0..reg_ids().len()).prop_map(Happening::TokenDropped),
        1 => proptest::sample::select(&ELAPSED[..]).prop_map(Happening::Restart),
        1 => Just(Happening::Logout),
        1 => Just(Happening::Kicked),
        5 => which().prop_map(Happening::Succeeded),
        4 => (which(), proptest::sample::select(&CODES[..])).prop_map(|(which, code)| Happening::Failed(which, code)),
        3 => Just(Happening::Timer),
    ]
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

/// All sequences of five events: the machine does what the facts require, and a program that only obeys the machine becomes bound.
#[test]
fn every_five_events_a_program_that_obeys_binds() {
    const EVENTS: [Happening; 15] = [
        Happening::Started,
        Happening::Initialized,
        Happening::TurnOn(0),
        Happening::TurnOn(101),
        Happening::TurnOn(102),
        Happening::TurnOn(1005),
        Happening::TurnedOff,
        Happening::RegId(0),
        Happening::NoRegId,
        Happening::TokenDropped(0),
        Happening::Restart(1),
        Happening::Login(0),
        Happening::Login(1),
        Happening::Succeeded(Which::Last),
        Happening::Timer,
    ];
    fn live_on(phone: &Phone, events: u32, sequences: &mut u32) {
        if events == 0 {
            *sequences += 1;
            return phone.clone().obeys().unwrap();
        }
        for event in EVENTS {
            let mut phone = phone.clone();
            phone.live(event).unwrap();
            live_on(&phone, events - 1, sequences);
        }
    }
    let mut sequences = 0;
    live_on(&Phone::new(), 5, &mut sequences);
    assert_eq!(sequences, 15u32.pow(5));
}

/// Random lives would prove nothing if they never reached a binding.
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
    assert_eq!(states.len(), 11, "{states:?}");
    // About half of them. Which ones depends on the width of `usize`.
    assert!(bound > 100, "{bound} of 300 lives come to be bound");
    assert!(late > 20, "{late} late replies while another report is under way");
}
