//! Tests of the rules that the transition table does not contain.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use core::num::NonZeroU32;
use core::time::Duration;
use std::format;

use super::{
    Event, Generation, GiveUpReason, RegId, Registration, RegistrationAction, State, Timing, TokenReport,
    UserId, pause,
};
use crate::check::{CheckError, Rule};
use crate::tim::ErrorCode;
use crate::vivo::PushState;

/// The guide's `VIVO_PUSH_BUZID`, and the two formats of a regId.
const CERTIFICATE_ID: u32 = 6666;
const REG_ID: &str = "12345678901234567890123";
const OTHER: &str = "v2-test-registration-id";

const LOGIN: Event<'static> = Event::Login(UserId::new("alice"));
const OTHER_LOGIN: Event<'static> = Event::Login(UserId::new("bob"));

fn off() -> Registration {
    Registration::new(NonZeroU32::new(CERTIFICATE_ID).unwrap())
}

fn turn_on(state: i32) -> Event<'static> {
    Event::TurnOn(PushState::new(state))
}

fn reg_id(text: &str) -> Event<'_> {
    Event::RegId(RegId::try_new(text).unwrap())
}

/// The pause after this many failures in a row.
fn after(failures: u32) -> Timing {
    let seconds = [2, 4, 8, 16, 32, 64, 128].into_iter().nth(failures as usize - 1);
    Timing::After(Duration::from_secs(seconds.unwrap()))
}

/// Asserts that the event is reported with this regId. Returns the generation.
#[track_caller]
fn report(machine: &mut Registration, event: Event<'_>, text: &str) -> Generation {
    let RegistrationAction::Report(report) = machine.handle(event) else {
        panic!("no report after {event:?}")
    };
    assert_eq!((report.token.business_id, report.token.token), (CERTIFICATE_ID, text));
    report.generation
}

fn reporting() -> (Registration, Generation) {
    let mut machine = off();
    assert_eq!(machine.handle(turn_on(0)), RegistrationAction::ReadRegId);
    assert_eq!(machine.handle(reg_id(REG_ID)), RegistrationAction::Wait);
    let generation = report(&mut machine, LOGIN, REG_ID);
    (machine, generation)
}

fn bound() -> (Registration, Generation) {
    let (mut machine, generation) = reporting();
    assert_eq!(machine.handle(Event::ReportSucceeded(generation)), RegistrationAction::Wait);
    assert_eq!(machine.state(), State::Bound);
    (machine, generation)
}

fn failed(code: i32) -> Registration {
    let (mut machine, generation) = reporting();
    let _ = machine.handle(Event::ReportFailed(generation, ErrorCode::new(code)));
    machine
}

/// Asserts that the event changes nothing.
#[track_caller]
fn changes_nothing(machine: &Registration, event: Event<'_>) {
    let mut after = machine.clone();
    assert_eq!(after.handle(event), RegistrationAction::Wait, "{event:?}");
    after.on_left = machine.on_left; // It counts after a restore only.
    assert_eq!(after, *machine, "{event:?}");
}

/// Asserts that the event asks for nothing and leaves the state as it is.
#[track_caller]
fn changes_nothing_but_the_login(machine: &Registration, event: Event<'_>) {
    let mut after = machine.clone();
    assert_eq!(after.handle(event), RegistrationAction::Wait, "{event:?}");
    assert_eq!((after.state(), after.is_logged_in()), (machine.state(), true), "{event:?}");
}

#[test]
fn started_leads_to_initialize_turn_on_and_reg_id() {
    let mut machine = off();
    assert_eq!(machine.handle(Event::Started), RegistrationAction::Initialize(Timing::Now));
    assert_eq!(machine.handle(Event::Initialized), RegistrationAction::TurnOn(Timing::Now));
    assert_eq!(machine.handle(turn_on(0)), RegistrationAction::ReadRegId);
    assert_eq!(machine.handle(reg_id(REG_ID)), RegistrationAction::Wait);
    report(&mut machine, LOGIN, REG_ID);
}

#[test]
fn started_after_giving_up_repeats_the_reason() {
    let mut machine = off();
    for state in [10003, 101] {
        let hopeless = RegistrationAction::GiveUp(GiveUpReason::TurnOn(PushState::new(state)));
        assert_eq!(machine.handle(turn_on(state)), hopeless);
        assert_eq!(machine.handle(Event::Started), hopeless);
        changes_nothing(&machine, Event::Initialized);
    }
}

#[test]
fn turn_on_failures_back_off() {
    let mut machine = off();
    for (state, failures) in [(1002, 1), (1003, 2), (1005, 3), (10000, 4), (4242, 5)] {
        assert_eq!(machine.handle(turn_on(state)), RegistrationAction::TurnOn(after(failures)), "{state}");
        assert_eq!(machine.handle(LOGIN), RegistrationAction::Wait, "a login does not help");
        assert_eq!(machine.handle(Event::Timer), RegistrationAction::TurnOn(Timing::Now));
        changes_nothing(&machine, Event::Timer);
    }
    assert_eq!(machine.handle(turn_on(0)), RegistrationAction::ReadRegId);
    changes_nothing(&machine, Event::Timer);
    report(&mut machine, reg_id(REG_ID), REG_ID);
    assert_eq!(machine.failures, 0);
}

#[test]
fn turn_on_102_and_8011_initialize_again() {
    let mut machine = off();
    for (state, failures) in [(102, 1), (8011, 2)] {
        assert_eq!(
            machine.handle(turn_on(state)),
            RegistrationAction::Initialize(after(failures)),
            "{state}"
        );
        assert_eq!(machine.handle(Event::Timer), RegistrationAction::Initialize(Timing::Now));
        changes_nothing(&machine, Event::Timer);
        assert_eq!(machine.handle(Event::Initialized), RegistrationAction::TurnOn(Timing::Now));
    }
    assert_eq!(machine.handle(turn_on(1005)), RegistrationAction::TurnOn(after(3)), "one row of failures");
}

#[test]
fn initialized_during_a_pause_waits_for_the_timer() {
    for (state, next) in [(1005, State::OffUntilTimer), (1001, State::OffUntilTomorrow)] {
        let mut machine = off();
        let _ = machine.handle(turn_on(state));
        assert_eq!(machine.handle(Event::Started), RegistrationAction::Initialize(Timing::Now));
        changes_nothing(&machine, Event::Initialized);
        assert_eq!(machine.state(), next);
        assert_eq!(machine.handle(Event::Timer), RegistrationAction::TurnOn(Timing::Now));
    }
}

#[test]
fn no_reg_id_turns_on_again_after_a_growing_pause() {
    let mut machine = off();
    for failures in 1..5 {
        assert_eq!(machine.handle(turn_on(0)), RegistrationAction::ReadRegId);
        assert_eq!(machine.handle(Event::NoRegId), RegistrationAction::TurnOn(after(failures)));
        changes_nothing(&machine, Event::NoRegId);
        assert_eq!(machine.handle(Event::Timer), RegistrationAction::TurnOn(Timing::Now));
    }
}

#[test]
fn no_reg_id_forgets_the_stored_one() {
    let (reporting, generation) = reporting();
    for mut machine in [reporting, bound().0, failed(6012), failed(22001)] {
        assert_eq!(machine.handle(Event::NoRegId), RegistrationAction::TurnOn(after(1)));
        assert_eq!((machine.state(), machine.token()), (State::OffUntilTimer, None));
        changes_nothing(&machine, Event::ReportSucceeded(generation));
        report(&mut machine, reg_id(REG_ID), REG_ID);
    }
}

#[test]
fn token_dropped_forgets_the_stored_reg_id_and_turns_on() {
    let dropped = |text| Event::TokenDropped(RegId::try_new(text).unwrap());
    changes_nothing(&off(), dropped(REG_ID));
    let (reporting, _) = reporting();
    for mut machine in [reporting, bound().0, failed(6012), failed(22001)] {
        changes_nothing(&machine, dropped(OTHER));
        assert_eq!(machine.handle(dropped(REG_ID)), RegistrationAction::TurnOn(Timing::Now));
        assert_eq!((machine.state(), machine.token(), machine.failures), (State::Off, None, 0));
        assert_eq!(machine.handle(turn_on(0)), RegistrationAction::ReadRegId);
        report(&mut machine, reg_id(REG_ID), REG_ID);
    }
}

#[test]
fn report_encode_gives_the_json_and_the_generation() {
    let longest = "\"".repeat(256);
    let mut machine = Registration::new(NonZeroU32::MAX);
    let _ = machine.handle(LOGIN);
    let RegistrationAction::Report(report) = machine.handle(reg_id(&longest)) else { panic!("no report") };
    let mut buffer = [0; TokenReport::MAX_LEN];
    assert_eq!(report.encode(&mut buffer), Ok((Generation::new(1), TokenReport::MAX_LEN)));
    assert!(buffer.ends_with(b"\"offline_push_token_business_id\":4294967295}"));
    assert!(report.encode(&mut buffer[..TokenReport::MAX_LEN - 1]).is_err());
}

#[test]
fn turned_off_forgets_the_reg_id_and_tries_nothing() {
    let later = |state: i32| {
        let mut machine = off();
        let _ = machine.handle(turn_on(state));
        machine
    };
    for mut machine in [off(), later(102), later(1001), later(1005), bound().0, failed(6012)] {
        assert_eq!(machine.handle(Event::TurnedOff), RegistrationAction::Wait);
        assert_eq!((machine.state(), machine.token(), machine.failures), (State::TurnedOff, None, 0));
        for event in [Event::Timer, Event::NoRegId, Event::TurnedOff, Event::Initialized] {
            changes_nothing(&machine, event);
        }
        assert_eq!(machine.handle(LOGIN), RegistrationAction::Wait);
        assert_eq!(
            machine.handle(turn_on(1)),
            RegistrationAction::ReadRegId,
            "the app has turned it on again"
        );
        report(&mut machine, reg_id(REG_ID), REG_ID);
    }
}

#[test]
fn turn_on_1001_waits_for_a_day() {
    let mut machine = off();
    assert_eq!(machine.handle(turn_on(1003)), RegistrationAction::TurnOn(after(1)));
    let tomorrow = RegistrationAction::TurnOn(Timing::After(Duration::from_secs(86_400)));
    assert_eq!(machine.handle(turn_on(1001)), tomorrow);
    assert_eq!(machine.handle(LOGIN), RegistrationAction::Wait, "a login makes no new day");
    assert_eq!(machine.handle(Event::Timer), RegistrationAction::TurnOn(Timing::Now));
    assert_eq!(machine.handle(turn_on(1003)), RegistrationAction::TurnOn(after(2)));
}

#[test]
fn turn_on_permanent_failure_gives_up() {
    for state in [101, 1004, 10001, 10003, 10004, 10005] {
        let hopeless = RegistrationAction::GiveUp(GiveUpReason::TurnOn(PushState::new(state)));
        for mut machine in [off(), bound().0, failed(6012), failed(22001)] {
            assert_eq!(machine.handle(turn_on(state)), hopeless);
            assert_eq!((machine.state(), machine.token(), machine.failures), (State::GivenUp, None, 0));
            assert_eq!(machine.handle(LOGIN), RegistrationAction::Wait);
            for later in [102, 1001, 1003, 4242] {
                changes_nothing(&machine, turn_on(later));
            }
            changes_nothing(&machine, Event::Timer);
            assert_eq!(machine.handle(turn_on(state)), hopeless, "still");
        }
    }
}

#[test]
fn turn_on_104_asks_for_consent_and_then_turns_push_on() {
    for mut machine in [off(), bound().0, failed(6012)] {
        assert_eq!(machine.handle(turn_on(104)), RegistrationAction::AskPrivacyConsent);
        assert_eq!((machine.state(), machine.token()), (State::Off, None));
        changes_nothing(&machine, Event::Timer);
        assert_eq!(machine.handle(Event::Initialized), RegistrationAction::TurnOn(Timing::Now));
        let again = RegistrationAction::TurnOn(after(1));
        assert_eq!(machine.handle(turn_on(1003)), again, "failures are reset");
    }
}

#[test]
fn turn_on_failure_with_a_reg_id_changes_nothing() {
    let (reporting, _) = reporting();
    for machine in [reporting, bound().0, failed(6012), failed(22001)] {
        for state in [102, 1001, 1002, 1003, 1005, 8011, 10000, 4242] {
            changes_nothing(&machine, turn_on(state));
        }
    }
}

#[test]
fn turn_on_codes_of_topics_and_aliases_change_nothing() {
    for machine in [off(), bound().0, failed(6012)] {
        for state in [20001, 20002, 20003, 20004, 30001, 30002, 30003] {
            changes_nothing(&machine, turn_on(state));
        }
    }
}

#[test]
fn reg_id_changed_is_reported_again() {
    let (reporting, first) = reporting();
    for mut machine in [reporting, bound().0, failed(6012), failed(22001)] {
        let second = report(&mut machine, reg_id(OTHER), OTHER);
        assert_ne!(first, second);
        assert_eq!(machine.state(), State::Reporting);
        assert_eq!(machine.token().unwrap().token, OTHER);
    }
}

#[test]
fn reg_id_last_one_before_login_is_reported() {
    let mut machine = off();
    for text in [REG_ID, OTHER, OTHER] {
        assert_eq!(machine.handle(reg_id(text)), RegistrationAction::Wait);
    }
    report(&mut machine, LOGIN, OTHER);
}

#[test]
fn reg_id_unchanged_is_not_reported_again() {
    let (reporting, _) = reporting();
    for machine in [reporting, bound().0, failed(6012), failed(22001)] {
        changes_nothing(&machine, reg_id(REG_ID));
    }
}

#[test]
fn logout_or_kick_next_login_reports_again() {
    for end in [Event::Logout, Event::Kicked] {
        let (reporting, old) = reporting();
        for mut machine in [reporting, bound().0, failed(6012), failed(22001)] {
            assert_eq!(machine.handle(end), RegistrationAction::Wait);
            assert_eq!((machine.state(), machine.is_logged_in()), (State::Ready, false));
            changes_nothing(&machine, Event::Timer);
            changes_nothing(&machine, reg_id(REG_ID));
            changes_nothing(&machine, Event::ReportSucceeded(old));
            changes_nothing(&machine, end);
            assert_ne!(report(&mut machine, LOGIN, REG_ID), old);
            changes_nothing(&machine, Event::ReportSucceeded(old));
        }
    }
}

#[test]
fn reply_to_an_older_report_changes_nothing() {
    let (mut machine, old) = reporting();
    let new = report(&mut machine, reg_id(OTHER), OTHER);
    for code in [6012, 21005, 22001, 4242] {
        changes_nothing(&machine, Event::ReportFailed(old, ErrorCode::new(code)));
    }
    changes_nothing(&machine, Event::ReportSucceeded(old));
    assert_eq!(machine.handle(Event::ReportSucceeded(new)), RegistrationAction::Wait);
    assert_eq!(machine.state(), State::Bound);
}

#[test]
fn reply_to_a_finished_report_changes_nothing() {
    let (machine, generation) = bound();
    for code in [6012, 21005, 22001] {
        changes_nothing(&machine, Event::ReportFailed(generation, ErrorCode::new(code)));
        changes_nothing(&failed(code), Event::ReportSucceeded(generation));
        changes_nothing(&failed(code), Event::ReportFailed(generation, ErrorCode::new(21005)));
    }
}

#[test]
fn report_failures_back_off() {
    let (mut machine, mut generation) = reporting();
    for (code, failures) in [(6012, 1), (22002, 2), (22006, 3), (4242, 4)] {
        let action = machine.handle(Event::ReportFailed(generation, ErrorCode::new(code)));
        assert_eq!(action, RegistrationAction::Retry(after(failures)), "{code}");
        assert_eq!(machine.state(), State::Failed);
        let next = report(&mut machine, Event::Timer, REG_ID);
        assert_ne!(next, generation);
        generation = next;
        changes_nothing(&machine, Event::Timer);
    }
}

/// The timing after one more failure.
#[track_caller]
fn fails_again(machine: &mut Registration, generation: Generation) -> Timing {
    let action = machine.handle(Event::ReportFailed(generation, ErrorCode::NETWORK));
    let RegistrationAction::Retry(timing) = action else { panic!("{action:?}") };
    timing
}

#[test]
fn failures_are_reset_by_another_user_logout_new_reg_id_and_success() {
    let again = || {
        let mut machine = failed(22002);
        let generation = report(&mut machine, Event::Timer, REG_ID);
        assert_eq!(fails_again(&mut machine, generation), after(2));
        machine
    };

    let mut machine = again();
    let generation = report(&mut machine, LOGIN, REG_ID);
    assert_eq!(fails_again(&mut machine, generation), after(3), "the same user");
    let generation = report(&mut machine, OTHER_LOGIN, REG_ID);
    assert_eq!(fails_again(&mut machine, generation), after(1));

    let mut machine = again();
    assert_eq!(machine.handle(Event::Logout), RegistrationAction::Wait);
    let generation = report(&mut machine, LOGIN, REG_ID);
    assert_eq!(fails_again(&mut machine, generation), after(1));

    let mut machine = again();
    let generation = report(&mut machine, reg_id(OTHER), OTHER);
    assert_eq!(fails_again(&mut machine, generation), after(1));

    let mut machine = again();
    let generation = report(&mut machine, Event::Timer, REG_ID);
    assert_eq!(machine.handle(Event::ReportSucceeded(generation)), RegistrationAction::Wait);
    assert_eq!(machine.failures, 0);

    let mut machine = again();
    assert_eq!(machine.handle(turn_on(0)), RegistrationAction::ReadRegId);
    assert_eq!(machine.handle(reg_id(REG_ID)), RegistrationAction::Wait);
    let generation = report(&mut machine, Event::Timer, REG_ID);
    assert_eq!(fails_again(&mut machine, generation), after(3), "push was on before");
}

#[test]
fn login_of_another_user_reports_without_a_logout() {
    let (mut machine, _) = bound();
    changes_nothing_but_the_login(&machine, LOGIN);
    let generation = report(&mut machine, OTHER_LOGIN, REG_ID);
    let newer = report(&mut machine, LOGIN, REG_ID);
    changes_nothing(&machine, Event::ReportSucceeded(generation));
    assert_eq!(machine.handle(Event::ReportSucceeded(newer)), RegistrationAction::Wait);
    changes_nothing_but_the_login(&machine, LOGIN);
    let other_case = Event::Login(UserId::new("Alice"));
    report(&mut machine, other_case, REG_ID);
}

#[test]
fn user_id_digest_is_fnv_1a() {
    // The test vectors of the draft.
    for (text, digest) in
        [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
    {
        assert_eq!(UserId::new(text).digest(), digest, "{text}");
    }
}

#[test]
fn report_failed_21005_waits_for_login() {
    let (mut machine, old) = reporting();
    let action = machine.handle(Event::ReportFailed(old, ErrorCode::NOT_LOGGED_IN));
    assert_eq!(action, RegistrationAction::Retry(Timing::NextLogin));
    assert_eq!((machine.state(), machine.is_logged_in()), (State::Ready, false));
    changes_nothing(&machine, Event::Timer);
    assert_eq!(machine.handle(reg_id(OTHER)), RegistrationAction::Wait);
    assert_ne!(report(&mut machine, LOGIN, OTHER), old);
}

#[test]
fn report_refused_is_repeated_at_login_only() {
    for code in [22001, 22003, 22004, 22005] {
        let (mut machine, generation) = reporting();
        let code = ErrorCode::new(code);
        let action = machine.handle(Event::ReportFailed(generation, code));
        assert_eq!(action, RegistrationAction::GiveUp(GiveUpReason::Report(code)));
        assert_eq!(machine.state(), State::Refused);
        changes_nothing(&machine, Event::Timer);
        changes_nothing(&machine, reg_id(REG_ID));
        assert_ne!(report(&mut machine, LOGIN, REG_ID), generation);
    }
}

#[test]
fn counters_wrap_or_saturate() {
    let (mut machine, _) = reporting();
    machine.generation = Generation::new(u32::MAX);
    machine.failures = u32::MAX - 1;
    let longest = Timing::After(Timing::MAX_DELAY);
    assert_eq!(fails_again(&mut machine, Generation::new(u32::MAX)), longest);
    let generation = report(&mut machine, Event::Timer, REG_ID);
    assert_eq!(generation.get(), 0);
    assert_eq!(fails_again(&mut machine, generation), longest);
}

#[test]
fn pause_doubles_from_two_seconds_to_an_hour() {
    let mut expected = 2;
    for failures in 1..80 {
        assert_eq!(pause(failures), expected);
        expected = (expected * 2).min(3600);
    }
    assert_eq!((pause(0), pause(u32::MAX)), (2, 3600));
}

#[test]
fn timing_of_every_action() {
    let (mut machine, generation) = reporting();
    assert_eq!(off().handle(turn_on(0)).timing(), Some(Timing::Now));
    assert_eq!(off().handle(Event::Started).timing(), Some(Timing::Now));
    assert_eq!(off().handle(turn_on(1001)).timing(), Some(Timing::After(Timing::NEXT_DAY)));
    assert_eq!(off().handle(turn_on(101)).timing(), None);
    assert_eq!(off().handle(LOGIN).timing(), None);
    let failed = Event::ReportFailed(generation, ErrorCode::TIMEOUT);
    assert_eq!(machine.handle(failed).timing(), Some(after(1)));
    assert_eq!(machine.handle(Event::Timer).timing(), Some(Timing::Now));
}

#[test]
fn reg_id_try_new_checks_the_length() {
    let field = "offline_push_token_token";
    let text = "x".repeat(257);
    assert_eq!(RegId::try_new(""), Err(CheckError::new(field, Rule::Missing)));
    assert_eq!(RegId::try_new(&text), Err(CheckError::new(field, Rule::TooLong { max: 256 })));
    let longest = text.strip_suffix('x').unwrap();
    let checked = RegId::try_from(longest).unwrap();
    assert_eq!((checked.as_ref(), format!("{checked}").as_str()), (longest, longest));
    let mut machine = off();
    let _ = machine.handle(reg_id(longest));
    report(&mut machine, LOGIN, longest);
}

#[test]
fn debug_hides_the_reg_id() {
    let (mut machine, _) = reporting();
    assert!(format!("{:?}", off()).contains("reg_id: None"));
    let event = reg_id(OTHER);
    let machine_before = format!("{machine:?}");
    let action = machine.handle(event);
    assert_eq!(format!("{LOGIN:?}"), r#"Login(UserId("***"))"#);
    for shown in [machine_before, format!("{event:?}"), format!("{action:?}"), format!("{action:#?}")] {
        assert!(!shown.contains(REG_ID) && !shown.contains(OTHER), "{shown}");
        assert_eq!(shown.matches("\"***\"").count(), 1, "{shown}");
    }
}

#[test]
fn report_failed_21005_after_a_new_login_reports_again() {
    let (mut machine, first) = reporting();
    assert_eq!(machine.handle(LOGIN), RegistrationAction::Wait);
    let refused = Event::ReportFailed(first, ErrorCode::NOT_LOGGED_IN);
    let again = report(&mut machine, refused, REG_ID);
    assert_ne!(again, first);
    let refused = Event::ReportFailed(again, ErrorCode::NOT_LOGGED_IN);
    assert_eq!(machine.handle(refused), RegistrationAction::Retry(Timing::NextLogin), "no login since");
}

#[test]
fn reg_id_try_new_refuses_invisible_and_non_ascii_text() {
    for text in [" ", "12345678901234567890123 ", "123\n", "标识", "a\u{7f}"] {
        assert_eq!(RegId::try_new(text).unwrap_err().rule(), Rule::UnknownValue, "{text:?}");
    }
}
