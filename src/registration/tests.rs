//! The rules of the registration, one test each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use core::num::NonZeroU32;
use core::time::Duration;
use std::format;

use super::{Action, Event, Generation, Reason, RegId, Registration, State, When};
use crate::check::{CheckError, Rule};
use crate::tim::ErrorCode;
use crate::vivo::PushState;

/// The guide's `VIVO_PUSH_BUZID`, and the two forms of regIds.
const CERTIFICATE_ID: u32 = 6666;
const REG_ID: &str = "12345678901234567890123";
const OTHER: &str = "v2-test-registration-id";

fn off() -> Registration {
    Registration::new(NonZeroU32::new(CERTIFICATE_ID).unwrap())
}

fn turn_on(state: i32) -> Event<'static> {
    Event::TurnOn(PushState::new(state))
}

fn reg_id(text: &str) -> Event<'_> {
    Event::RegId(RegId::new(text).unwrap())
}

/// What the report of this event holds, and its generation.
#[track_caller]
fn report(machine: &mut Registration, event: Event<'_>, text: &str) -> Generation {
    let Action::Report(report) = machine.handle(event) else { panic!("{event:?} is reported") };
    assert_eq!((report.token.business_id, report.token.token), (CERTIFICATE_ID, text));
    report.generation
}

fn reporting() -> (Registration, Generation) {
    let mut machine = off();
    assert_eq!(machine.handle(turn_on(0)), Action::ReadRegId);
    assert_eq!(machine.handle(reg_id(REG_ID)), Action::Wait);
    let generation = report(&mut machine, Event::Login, REG_ID);
    (machine, generation)
}

fn bound() -> (Registration, Generation) {
    let (mut machine, generation) = reporting();
    assert_eq!(machine.handle(Event::ReportSucceeded(generation)), Action::Wait);
    assert_eq!(machine.state(), State::Bound);
    (machine, generation)
}

fn failed(code: i32) -> Registration {
    let (mut machine, generation) = reporting();
    let _ = machine.handle(Event::ReportFailed(generation, ErrorCode::new(code)));
    machine
}

/// Nothing changes, nothing is to be done.
#[track_caller]
fn leaves_alone(machine: &Registration, event: Event<'_>) {
    let mut after = machine.clone();
    assert_eq!(after.handle(event), Action::Wait, "{event:?}");
    assert_eq!(after, *machine, "{event:?}");
}

#[test]
fn nothing_is_reported_before_login() {
    let mut machine = off();
    assert_eq!(machine.handle(turn_on(0)), Action::ReadRegId);
    assert_eq!(machine.handle(reg_id(REG_ID)), Action::Wait);
    assert_eq!((machine.state(), machine.is_logged_in()), (State::Ready, false));
    report(&mut machine, Event::Login, REG_ID);
    assert!(machine.is_logged_in());
}

#[test]
fn a_login_without_a_reg_id_waits_for_it() {
    let mut machine = off();
    assert_eq!(machine.handle(Event::Login), Action::Wait);
    assert_eq!(machine.handle(turn_on(1)), Action::ReadRegId);
    report(&mut machine, reg_id(REG_ID), REG_ID);
}

#[test]
fn push_that_was_on_already_is_on() {
    for state in [0, 1] {
        assert_eq!(off().handle(turn_on(state)), Action::ReadRegId);
        // Read it again: it may have changed meanwhile.
        let (mut machine, _) = bound();
        assert_eq!(machine.handle(turn_on(state)), Action::ReadRegId);
        assert_eq!(machine.state(), State::Bound);
    }
}

#[test]
fn a_failed_turn_on_is_repeated_after_longer_and_longer_pauses() {
    let mut machine = off();
    for (state, failures) in [(1002, 1), (1003, 2), (1005, 3), (10000, 4), (102, 5), (8011, 6), (4242, 7)] {
        assert_eq!(machine.handle(turn_on(state)), Action::TurnOn(When::Backoff(failures)), "{state}");
        assert_eq!(machine.handle(Event::Timer), Action::TurnOn(When::Now));
        leaves_alone(&machine, Event::Timer);
    }
    assert_eq!(machine.handle(turn_on(0)), Action::ReadRegId);
    leaves_alone(&machine, Event::Timer);
    assert_eq!(machine.handle(turn_on(1003)), Action::TurnOn(When::Backoff(1)), "counted anew");
}

#[test]
fn the_calls_of_a_day_used_up_mean_the_next_login_or_the_next_day() {
    for logged_in in [false, true] {
        let mut machine = off();
        if logged_in {
            assert_eq!(machine.handle(Event::Login), Action::Wait);
        }
        assert_eq!(machine.handle(turn_on(1003)), Action::TurnOn(When::Backoff(1)));
        assert_eq!(machine.handle(turn_on(1001)), Action::TurnOn(When::NextLogin));
        assert_eq!(machine.clone().handle(Event::Timer), Action::TurnOn(When::Now), "a timer of a day");
        assert_eq!(machine.handle(Event::Login), Action::TurnOn(When::Now));
        assert_eq!(machine.handle(Event::Login), Action::Wait, "once");
        assert_eq!(machine.handle(turn_on(1003)), Action::TurnOn(When::Backoff(1)), "counted anew");
    }
}

#[test]
fn a_turn_on_is_repeated_whoever_is_logged_in() {
    let mut machine = off();
    assert_eq!(machine.handle(turn_on(1003)), Action::TurnOn(When::Backoff(1)));
    for event in [Event::Login, Event::Logout, Event::Kicked] {
        assert_eq!(machine.handle(event), Action::Wait);
    }
    assert_eq!(machine.handle(Event::Timer), Action::TurnOn(When::Now));
}

#[test]
fn a_phone_or_an_app_without_push_is_never_asked_again() {
    for state in [101, 1004, 10001, 10003, 10004, 10005] {
        let hopeless = Action::GiveUp(Reason::TurnOn(PushState::new(state)));
        for mut machine in [off(), bound().0, failed(6012), failed(22001)] {
            assert_eq!(machine.handle(turn_on(state)), hopeless);
            assert_eq!((machine.state(), machine.token(), machine.failures), (State::GivenUp, None, 0));
            assert_eq!(machine.handle(Event::Login), Action::Wait);
            for later in [1001, 1003, 4242] {
                leaves_alone(&machine, turn_on(later));
            }
            leaves_alone(&machine, Event::Timer);
            assert_eq!(machine.handle(turn_on(state)), hopeless, "still");
        }
    }
}

#[test]
fn a_phone_that_was_given_up_may_change_its_mind() {
    let mut machine = off();
    let _ = machine.handle(turn_on(10003));
    assert_eq!(machine.handle(turn_on(0)), Action::ReadRegId);
    assert_eq!(machine.state(), State::Off);

    let _ = machine.handle(turn_on(101));
    let _ = machine.handle(Event::Login);
    report(&mut machine, reg_id(REG_ID), REG_ID);
}

#[test]
fn a_reg_id_that_was_given_up_is_reported_anew() {
    let (mut machine, old) = bound();
    let _ = machine.handle(turn_on(101));
    let new = report(&mut machine, reg_id(REG_ID), REG_ID);
    assert_ne!(new, old);
}

#[test]
fn a_user_who_has_not_agreed_is_asked_by_the_app_and_a_failure_after_that_is_repeated() {
    for mut machine in [off(), bound().0, failed(6012)] {
        let refused = Action::GiveUp(Reason::TurnOn(PushState::PRIVACY_NOT_AGREED));
        assert_eq!(machine.handle(turn_on(104)), refused);
        assert_eq!((machine.state(), machine.token()), (State::Off, None));
        leaves_alone(&machine, Event::Timer);
        assert_eq!(machine.handle(turn_on(1003)), Action::TurnOn(When::Backoff(1)), "counted anew");
    }
}

#[test]
fn a_turn_on_that_fails_for_a_while_changes_nothing_where_a_reg_id_is_held() {
    let (reporting, _) = reporting();
    for machine in [reporting, bound().0, failed(6012), failed(22001)] {
        for state in [102, 1001, 1002, 1003, 1005, 8011, 10000, 4242] {
            leaves_alone(&machine, turn_on(state));
        }
    }
}

#[test]
fn answers_about_topics_and_aliases_are_none_about_push() {
    for machine in [off(), bound().0, failed(6012)] {
        for state in [20001, 20002, 20003, 20004, 30001, 30002, 30003] {
            leaves_alone(&machine, turn_on(state));
        }
    }
}

#[test]
fn a_reg_id_that_comes_by_itself_ends_the_attempts_to_turn_push_on() {
    for state in [1003, 1001, 101] {
        let mut machine = off();
        let _ = machine.handle(turn_on(state));
        assert_eq!(machine.handle(reg_id(REG_ID)), Action::Wait);
        assert_eq!(machine.state(), State::Ready);
        leaves_alone(&machine, Event::Timer);
        report(&mut machine, Event::Login, REG_ID);
    }
}

#[test]
fn a_changed_reg_id_is_reported_again() {
    let (reporting, first) = reporting();
    for mut machine in [reporting, bound().0, failed(6012), failed(22001)] {
        let second = report(&mut machine, reg_id(OTHER), OTHER);
        assert_ne!(first, second);
        assert_eq!(machine.state(), State::Reporting);
        assert_eq!(machine.token().unwrap().token, OTHER);
    }
}

#[test]
fn the_last_reg_id_before_login_counts() {
    let mut machine = off();
    for text in [REG_ID, OTHER, OTHER] {
        assert_eq!(machine.handle(reg_id(text)), Action::Wait);
    }
    report(&mut machine, Event::Login, OTHER);
}

#[test]
fn the_same_reg_id_is_not_reported_twice() {
    let (reporting, _) = reporting();
    for machine in [reporting, bound().0, failed(6012), failed(22001)] {
        leaves_alone(&machine, reg_id(REG_ID));
    }
}

#[test]
fn a_second_login_reports_only_what_is_not_on_its_way() {
    let (mut machine, _) = reporting();
    assert_eq!(machine.handle(Event::Login), Action::Wait);
    let (mut machine, _) = bound();
    assert_eq!(machine.handle(Event::Login), Action::Wait);
    for code in [6012, 22001] {
        let mut machine = failed(code);
        report(&mut machine, Event::Login, REG_ID);
        leaves_alone(&machine, Event::Timer);
    }
}

#[test]
fn logged_out_and_kicked_alike_the_next_login_reports_anew() {
    for end in [Event::Logout, Event::Kicked] {
        let (reporting, old) = reporting();
        for mut machine in [reporting, bound().0, failed(6012), failed(22001)] {
            assert_eq!(machine.handle(end), Action::Wait);
            assert_eq!((machine.state(), machine.is_logged_in()), (State::Ready, false));
            leaves_alone(&machine, Event::Timer);
            leaves_alone(&machine, reg_id(REG_ID));
            leaves_alone(&machine, Event::ReportSucceeded(old));
            leaves_alone(&machine, end);
            assert_ne!(report(&mut machine, Event::Login, REG_ID), old);
            leaves_alone(&machine, Event::ReportSucceeded(old));
        }
    }
}

#[test]
fn a_late_reply_to_an_older_report_changes_nothing() {
    let (mut machine, old) = reporting();
    let new = report(&mut machine, reg_id(OTHER), OTHER);
    for code in [6012, 21005, 22001, 4242] {
        leaves_alone(&machine, Event::ReportFailed(old, ErrorCode::new(code)));
    }
    leaves_alone(&machine, Event::ReportSucceeded(old));
    assert_eq!(machine.handle(Event::ReportSucceeded(new)), Action::Wait);
    assert_eq!(machine.state(), State::Bound);
}

#[test]
fn a_report_has_one_reply() {
    let (machine, generation) = bound();
    for code in [6012, 21005, 22001] {
        leaves_alone(&machine, Event::ReportFailed(generation, ErrorCode::new(code)));
        leaves_alone(&failed(code), Event::ReportSucceeded(generation));
        leaves_alone(&failed(code), Event::ReportFailed(generation, ErrorCode::new(21005)));
    }
}

#[test]
fn a_report_that_failed_is_repeated_after_longer_and_longer_pauses() {
    let (mut machine, mut generation) = reporting();
    for (code, failures) in [(6012, 1), (22002, 2), (22006, 3), (4242, 4)] {
        let action = machine.handle(Event::ReportFailed(generation, ErrorCode::new(code)));
        assert_eq!(action, Action::Retry(When::Backoff(failures)), "{code}");
        assert_eq!(machine.state(), State::Failed);
        let next = report(&mut machine, Event::Timer, REG_ID);
        assert_ne!(next, generation);
        generation = next;
        leaves_alone(&machine, Event::Timer);
    }
}

/// The pause after one more failure.
#[track_caller]
fn fails_again(machine: &mut Registration, generation: Generation) -> When {
    let action = machine.handle(Event::ReportFailed(generation, ErrorCode::NETWORK));
    let Action::Retry(when) = action else { panic!("{action:?}") };
    when
}

#[test]
fn failures_count_anew_after_a_login_a_new_reg_id_and_a_success() {
    let again = || {
        let mut machine = failed(22002);
        let generation = report(&mut machine, Event::Timer, REG_ID);
        assert_eq!(fails_again(&mut machine, generation), When::Backoff(2));
        machine
    };

    let mut machine = again();
    let generation = report(&mut machine, Event::Login, REG_ID);
    assert_eq!(fails_again(&mut machine, generation), When::Backoff(1));

    let mut machine = again();
    let generation = report(&mut machine, reg_id(OTHER), OTHER);
    assert_eq!(fails_again(&mut machine, generation), When::Backoff(1));

    let mut machine = again();
    let generation = report(&mut machine, Event::Timer, REG_ID);
    assert_eq!(machine.handle(Event::ReportSucceeded(generation)), Action::Wait);
    assert_eq!(machine.failures, 0);

    let mut machine = again();
    assert_eq!(machine.handle(turn_on(0)), Action::ReadRegId);
    assert_eq!(machine.handle(reg_id(REG_ID)), Action::Wait);
    let generation = report(&mut machine, Event::Timer, REG_ID);
    assert_eq!(fails_again(&mut machine, generation), When::Backoff(3), "push was on all the time");
}

#[test]
fn a_report_before_login_waits_for_login() {
    let (mut machine, old) = reporting();
    let action = machine.handle(Event::ReportFailed(old, ErrorCode::NOT_LOGGED_IN));
    assert_eq!(action, Action::Retry(When::NextLogin));
    assert_eq!((machine.state(), machine.is_logged_in()), (State::Ready, false));
    leaves_alone(&machine, Event::Timer);
    assert_eq!(machine.handle(reg_id(OTHER)), Action::Wait);
    assert_ne!(report(&mut machine, Event::Login, OTHER), old);
}

#[test]
fn a_refused_report_is_made_again_at_login_only() {
    for code in [22001, 22003, 22004, 22005] {
        let (mut machine, generation) = reporting();
        let code = ErrorCode::new(code);
        let action = machine.handle(Event::ReportFailed(generation, code));
        assert_eq!(action, Action::GiveUp(Reason::Report(code)));
        assert_eq!(machine.state(), State::Refused);
        leaves_alone(&machine, Event::Timer);
        leaves_alone(&machine, reg_id(REG_ID));
        assert_ne!(report(&mut machine, Event::Login, REG_ID), generation);
    }
}

#[test]
fn counters_come_to_no_harm_at_their_ends() {
    let (mut machine, _) = reporting();
    machine.generation = Generation::new(u32::MAX);
    machine.failures = u32::MAX - 1;
    assert_eq!(fails_again(&mut machine, Generation::new(u32::MAX)), When::Backoff(u32::MAX));
    let generation = report(&mut machine, Event::Timer, REG_ID);
    assert_eq!(generation.get(), 0);
    assert_eq!(fails_again(&mut machine, generation), When::Backoff(u32::MAX));
    assert_eq!(When::Backoff(u32::MAX).delay(), Some(When::MAX_DELAY));
}

#[test]
fn pauses_double_from_what_vivo_allows_up_to_an_hour() {
    let delays = (1..40).map(|failures| When::Backoff(failures).delay().unwrap());
    let mut expected = Duration::from_secs(2);
    for delay in delays {
        assert_eq!(delay, expected);
        expected = (expected * 2).min(Duration::from_secs(3600));
    }
    assert_eq!(When::Backoff(0).delay(), Some(PushState::MIN_CALL_INTERVAL), "never shorter");
}

#[test]
fn an_action_says_when_it_is_due() {
    let (mut machine, generation) = reporting();
    assert_eq!(off().handle(turn_on(0)).when(), Some(When::Now));
    assert_eq!(off().handle(turn_on(1001)).when(), Some(When::NextLogin));
    assert_eq!(off().handle(turn_on(101)).when(), None);
    assert_eq!(off().handle(Event::Login).when(), None);
    let failed = Event::ReportFailed(generation, ErrorCode::TIMEOUT);
    assert_eq!(machine.handle(failed).when(), Some(When::Backoff(1)));
    assert_eq!(machine.handle(Event::Timer).when(), Some(When::Now));
}

#[test]
fn a_reg_id_has_the_bounds_of_a_token() {
    let field = "offline_push_token_token";
    let text = "x".repeat(257);
    assert_eq!(RegId::new(""), Err(CheckError::new(field, Rule::Missing)));
    assert_eq!(RegId::new(&text), Err(CheckError::new(field, Rule::TooLong { max: 256 })));
    let longest = text.strip_suffix('x').unwrap();
    let mut machine = off();
    let _ = machine.handle(reg_id(longest));
    report(&mut machine, Event::Login, longest);
}

#[test]
fn the_reg_id_does_not_show() {
    let (mut machine, _) = reporting();
    assert!(format!("{:?}", off()).contains("reg_id: None"));
    let event = reg_id(OTHER);
    let machine_before = format!("{machine:?}");
    let action = machine.handle(event);
    for shown in [machine_before, format!("{event:?}"), format!("{action:?}"), format!("{action:#?}")] {
        assert!(!shown.contains(REG_ID) && !shown.contains(OTHER), "{shown}");
        assert_eq!(shown.matches("\"***\"").count(), 1, "{shown}");
    }
}

#[test]
fn a_login_during_a_report_counts_when_im_says_that_there_was_none() {
    let (mut machine, first) = reporting();
    assert_eq!(machine.handle(Event::Login), Action::Wait);
    let refused = Event::ReportFailed(first, ErrorCode::NOT_LOGGED_IN);
    let again = report(&mut machine, refused, REG_ID);
    assert_ne!(again, first);
    let refused = Event::ReportFailed(again, ErrorCode::NOT_LOGGED_IN);
    assert_eq!(machine.handle(refused), Action::Retry(When::NextLogin), "no login since");
}

#[test]
fn a_reg_id_that_vivo_cannot_be_sent_is_refused_before_it_is_reported() {
    for text in [" ", "12345678901234567890123 ", "123\n", "标识", "a\u{7f}"] {
        assert_eq!(RegId::new(text).unwrap_err().rule, Rule::UnknownValue, "{text:?}");
    }
}
