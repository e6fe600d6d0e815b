use core::num::NonZeroU32;
use core::time::Duration;
use std::format;
use std::vec::Vec;

use super::super::{Event, GiveUpReason, RegistrationAction, Timing, UserId};
use super::{Generation, RegId, Registration, STATES, Snapshot, SnapshotError, State};
use crate::tim::ErrorCode;
use crate::vivo::PushState;

const ID: NonZeroU32 = NonZeroU32::new(6666).unwrap();
const REG_ID: &str = "12345678901234567890123";
const LOGIN: Event<'static> = Event::Login(UserId::new("alice"));
const OTHER_LOGIN: Event<'static> = Event::Login(UserId::new("bob"));
const HOUR: u64 = 3600;

fn turn_on(state: i32) -> Event<'static> {
    Event::TurnOn(PushState::new(state))
}

fn failed(generation: u32) -> Event<'static> {
    Event::ReportFailed(Generation::new(generation), ErrorCode::NETWORK)
}

fn succeeded() -> Event<'static> {
    Event::ReportSucceeded(Generation::new(1))
}

/// A state machine after these events.
fn after(events: &[Event<'_>]) -> Registration {
    let mut machine = Registration::new(ID);
    for event in events {
        let _ = machine.handle(*event);
    }
    machine
}

/// A state machine that has reported for alice, and then these events.
fn reported(events: &[Event<'_>]) -> Registration {
    let reg_id = Event::RegId(RegId::try_new(REG_ID).unwrap());
    after(&[&[turn_on(0), reg_id, LOGIN][..], events].concat())
}

/// The state machine of the next run, after so many seconds.
fn restart(machine: &Registration, seconds: u64) -> Registration {
    let snapshot = Snapshot::from_bytes(machine.snapshot().as_bytes()).unwrap();
    Registration::restore(ID, &snapshot, Duration::from_secs(seconds))
}

fn in_seconds(seconds: u64) -> Timing {
    Timing::After(Duration::from_secs(seconds))
}

fn is_report(action: &RegistrationAction<'_>) -> bool {
    matches!(action, RegistrationAction::Report(_))
}

#[test]
fn restore_bound_ten_times_a_day_reports_once() {
    let mut machine = reported(&[succeeded()]);
    let reports: Vec<_> = (0..20)
        .map(|_| {
            machine = restart(&machine, 2 * HOUR);
            assert!(!machine.is_logged_in());
            assert_eq!(machine.handle(Event::Started), RegistrationAction::Initialize(Timing::Now));
            let report = is_report(&machine.handle(LOGIN));
            let succeeded = Event::ReportSucceeded(machine.generation);
            assert_eq!(machine.handle(succeeded), RegistrationAction::Wait);
            assert_eq!(machine.state(), State::Bound);
            report
        })
        .collect();
    let reported: Vec<_> = (0..20).filter(|index| reports[*index]).collect();
    assert_eq!(reported, [11], "again after 24 hours");
}

#[test]
fn restore_bound_another_user_is_reported() {
    let machine = restart(&reported(&[succeeded()]), 1);
    assert!(is_report(&machine.clone().handle(OTHER_LOGIN)));
    for end in [Event::Logout, Event::Kicked] {
        let mut machine = machine.clone();
        assert_eq!(machine.handle(end), RegistrationAction::Wait);
        assert!(is_report(&machine.handle(LOGIN)), "kicked while it was not running");
    }
}

#[test]
fn restore_with_a_reg_id_turns_on_once_a_day() {
    let machine = reported(&[succeeded()]);
    let initialized = |seconds| restart(&machine, seconds).handle(Event::Initialized).name();
    assert_eq!([0, 24 * HOUR - 1, 24 * HOUR].map(initialized), ["read_reg_id", "read_reg_id", "turn_on"]);
    // Nor after 1001 on the same day.
    let mut machine = restart(&machine, 24 * HOUR);
    assert_eq!(machine.handle(Event::Initialized), RegistrationAction::TurnOn(Timing::Now));
    assert_eq!(machine.handle(turn_on(1001)), RegistrationAction::Wait);
    assert_eq!(restart(&machine, HOUR).handle(Event::Initialized), RegistrationAction::ReadRegId);
}

#[test]
fn restore_given_up_asks_vivo_again_after_a_day() {
    let hopeless = RegistrationAction::GiveUp(GiveUpReason::TurnOn(PushState::UNSUPPORTED));
    let mut machine = after(&[turn_on(101)]);
    for _ in 0..3 {
        machine = restart(&machine, 7 * HOUR);
        assert_eq!(machine.handle(Event::Started), hopeless);
        assert_eq!(machine.handle(LOGIN), RegistrationAction::Wait);
    }
    let mut machine = restart(&machine, 3 * HOUR);
    assert_eq!(machine.handle(Event::Started), RegistrationAction::Initialize(Timing::Now));
    assert_eq!(machine.handle(Event::Initialized), RegistrationAction::TurnOn(Timing::Now));
}

#[test]
fn restore_a_pause_asks_for_a_timer_of_the_rest() {
    for (state, whole) in [(1001, 24 * HOUR), (1005, 2), (102, 2)] {
        let before = after(&[turn_on(state)]);
        let mut machine = restart(&restart(&before, 1), 0);
        assert_eq!(machine.handle(Event::Started), RegistrationAction::Initialize(Timing::Now));
        assert_eq!(machine.handle(LOGIN), RegistrationAction::Wait);
        let rest = RegistrationAction::TurnOn(in_seconds(whole - 1));
        assert_eq!(machine.handle(Event::Initialized), rest, "{state}");
        assert_eq!(machine.handle(Event::Initialized), RegistrationAction::Wait, "the timer runs");
        assert_eq!(machine.handle(Event::Timer), RegistrationAction::TurnOn(Timing::Now));

        for seconds in [whole, u64::MAX] {
            let mut machine = restart(&before, seconds);
            assert_eq!(machine.handle(Event::Initialized), RegistrationAction::TurnOn(Timing::Now));
            let _ = machine.handle(turn_on(1005));
            assert_eq!(machine.failures, before.failures + 1, "failures are kept");
        }
    }
}

#[test]
fn restore_failed_keeps_its_pause() {
    let before = reported(&[failed(1), Event::Timer, failed(2)]);
    let mut machine = restart(&before, 1);
    assert_eq!((machine.state(), machine.is_logged_in()), (State::Failed, false));
    assert!(is_report(&machine.clone().handle(OTHER_LOGIN)));
    let mut early = machine.clone();
    assert_eq!(early.handle(Event::Timer), RegistrationAction::Wait, "nobody is logged in");
    assert!(is_report(&early.handle(LOGIN)), "the pause was over");

    assert_eq!(machine.handle(LOGIN), RegistrationAction::Retry(in_seconds(3)));
    assert!(is_report(&machine.clone().handle(LOGIN)), "a second login, as without a restore");
    assert!(is_report(&machine.handle(Event::Timer)));
    assert_eq!(machine.handle(failed(3)), RegistrationAction::Retry(in_seconds(8)));

    let mut machine = restart(&before, 4);
    assert_eq!(machine.state(), State::Ready);
    assert!(is_report(&machine.handle(LOGIN)));
    assert_eq!(machine.handle(failed(3)), RegistrationAction::Retry(in_seconds(8)));
}

#[test]
fn restore_reporting_counts_as_a_failure() {
    let mut machine = reported(&[]);
    for pause in [2, 4, 8] {
        machine = restart(&machine, 0); // it crashes in each report
        assert_eq!(machine.handle(succeeded()), RegistrationAction::Wait, "a reply to the earlier run");
        assert_eq!(machine.handle(LOGIN), RegistrationAction::Retry(in_seconds(pause)));
        assert!(is_report(&machine.handle(Event::Timer)));
    }
    assert!(is_report(&restart(&machine, HOUR).handle(LOGIN)));
}

#[test]
fn restore_turned_off_stays_off() {
    let mut machine = restart(&reported(&[Event::TurnedOff]), 99 * HOUR);
    assert_eq!(machine.handle(Event::Started), RegistrationAction::Initialize(Timing::Now));
    for event in [Event::Initialized, LOGIN, Event::Timer] {
        assert_eq!(machine.handle(event), RegistrationAction::Wait);
    }
}

#[test]
fn restore_with_another_certificate_id_reports_again() {
    let other = NonZeroU32::new(7).unwrap();
    for events in [&[][..], &[succeeded()], &[failed(1)], &[Event::Logout]] {
        let snapshot = reported(events).snapshot();
        let mut machine = Registration::restore(other, &snapshot, Duration::ZERO);
        assert_eq!((machine.state(), machine.failures), (State::Ready, 0));
        let RegistrationAction::Report(report) = machine.handle(LOGIN) else { panic!("no report") };
        assert_eq!((report.token.business_id, report.token.token), (7, REG_ID));
    }
    let machine = Registration::restore(other, &after(&[turn_on(101)]).snapshot(), Duration::ZERO);
    assert_eq!((machine.state(), machine.certificate_id()), (State::GivenUp, other));
}

#[test]
fn snapshot_of_each_state_is_read_as_the_same() {
    for (number, state) in STATES.into_iter().enumerate() {
        let mut machine = if state.has_reg_id() { reported(&[]) } else { after(&[]) };
        machine.state = state;
        (machine.user, machine.failures, machine.gave_up) = (u64::MAX - 1, 77, PushState::new(-5));
        (machine.left, machine.on_left, machine.generation) = (1, 2, Generation::new(u32::MAX - 3));
        let snapshot = machine.snapshot();
        let bytes = snapshot.as_bytes();
        assert_eq!(bytes.get(..2), Some(&[1, number as u8][..]), "the number of {state:?}");
        assert_eq!(Snapshot::from_bytes(bytes), Ok(snapshot.clone()), "{state:?}");
        let page = [bytes, &[0xff; 64]].concat();
        assert_eq!(Snapshot::from_bytes(&page), Ok(snapshot), "the rest of a page is ignored");
    }
    let longest = "~".repeat(256);
    let machine = after(&[Event::RegId(RegId::try_new(&longest).unwrap())]);
    assert_eq!(machine.snapshot().as_bytes().len(), Snapshot::MAX_LEN);
    assert_eq!(restart(&machine, 0).token().unwrap().token, longest);
}

#[test]
fn from_bytes_finds_every_flipped_bit_and_every_cut() {
    let snapshot = reported(&[succeeded()]).snapshot();
    let bytes = snapshot.as_bytes();
    for length in 0..bytes.len() {
        assert_eq!(Snapshot::from_bytes(&bytes[..length]), Err(SnapshotError::Damaged), "{length}");
        for bit in 0..8 {
            let mut flipped = bytes.to_vec();
            flipped[length] ^= 1 << bit;
            let expected = match flipped[0] {
                version @ 2.. => SnapshotError::Newer { version },
                _ => SnapshotError::Damaged,
            };
            assert_eq!(Snapshot::from_bytes(&flipped), Err(expected), "{length}");
        }
    }
    for erased in [&[0xff; 512], &[0; 512]] {
        assert_eq!(Snapshot::from_bytes(erased), Err(SnapshotError::Damaged));
    }
}

#[test]
fn serde_writes_hex_text_and_bytes() {
    let snapshot = reported(&[succeeded()]).snapshot();
    let json = serde_json::to_string(&snapshot).unwrap();
    assert!(json.starts_with(r#""01"#) && json.len() == 2 * snapshot.as_bytes().len() + 2, "{json}");
    assert_eq!(serde_json::from_str::<Snapshot>(&json).unwrap(), snapshot);
    let mut buffer = [0; 512];
    let binary = postcard::to_slice(&snapshot, &mut buffer).unwrap();
    assert_eq!(postcard::from_bytes::<Snapshot>(binary).unwrap(), snapshot);

    let newer = json.replacen("01", "02", 1);
    for (text, words) in [(newer.as_str(), "newer than 1"), ("\"0x\"", "damaged"), ("\"012\"", "damaged")] {
        let error = serde_json::from_str::<Snapshot>(text).unwrap_err();
        assert!(format!("{error}").contains(words), "{error}");
    }
    let long = format!("\"{}\"", "00".repeat(Snapshot::MAX_LEN + 1));
    assert!(serde_json::from_str::<Snapshot>(&long).is_err());
}

#[test]
fn debug_and_names_show_nothing_secret() {
    assert_eq!(format!("{:?}", reported(&[]).snapshot()), r#"Snapshot("***")"#);
    assert_eq!(
        [SnapshotError::Newer { version: 2 }, SnapshotError::Damaged].map(SnapshotError::name),
        ["newer", "damaged"]
    );
}
