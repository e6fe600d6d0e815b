//! Names for metrics and logs: an application's dashboards have them, so they never change.

use std::fmt::Debug;
use std::time::Duration;

use offline_push::delivery::{ExtDropped, NoPush, Presence};
use offline_push::diagnose::Step;
use offline_push::exchange::Repeat;
use offline_push::json::List;
use offline_push::registration::{RegistrationAction, SnapshotError, State};
use offline_push::tim::ErrorCode;
use offline_push::tim::rest::Outcome;
use offline_push::vivo::{
    Advice, AuthOutcome, AuthTokenState, AuthTokenStep, FateState, Next, Pace, PushState, ReceiptType,
    ResultCode,
};

/// The name of a variant, without its fields, in `snake_case`.
fn snake_case(variant: &dyn Debug) -> String {
    let shown = format!("{variant:?}");
    let mut snake = String::new();
    for character in shown.chars().take_while(|character| character.is_alphanumeric()) {
        if character.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

macro_rules! assert_names {
    ($($type:ident { $($variant:ident $(($($field:expr),*))?),* $(,)? })*) => {
        $($(
            let value = $type::$variant $(($($field),*))?;
            assert_eq!(value.name(), snake_case(&value));
        )*)*
    };
}

#[test]
fn name_is_the_variant_in_snake_case() {
    let time = Duration::from_secs(1);
    assert_names! {
        AuthOutcome { TryAgain(time), SetClock(time), StopForToday(time) }
        AuthTokenState { None, Fresh, Renewable, Expired }
        AuthTokenStep { Authenticate, Wait(time) }
        ExtDropped { NotPassed, NotText }
        FateState {
            NotSent, Sent, Refused(ResultCode::SUCCESS, None), Accepted, NotShown(ReceiptType::REPLACED, None), Arrived,
            Shown, Clicked,
        }
        Next { Authenticate, Wait(time), Done, DropToken }
        NoPush {
            Disabled, OnlineOnly, Muted, Online, LoggedOut, Kicked, Expired, NoToken, NoContent, CertificateIdChanged,
        }
        Pace { Ready, Wait(time) }
        Presence { Online, Background, Killed, Expired, LoggedOut, Kicked }
        RegistrationAction { Wait, AskPrivacyConsent, ReadRegId }
        Repeat { Never, Once, AfterPause, Later }
        SnapshotError { Damaged }
        State {
            Off, UninitializedUntilTimer, OffUntilTimer, OffUntilTomorrow, TurnedOff, GivenUp, Ready, Reporting, Failed,
            Refused, Bound,
        }
        Step { Frequency, Certificate, RegId, Report, TestPush }
    }
}

#[test]
fn name_of_what_codes_advise_is_the_variant_in_snake_case() {
    for number in (-2..=40_000).chain([i32::MIN, i32::MAX]) {
        let (code, state) = (ResultCode::new(number), PushState::new(number));
        assert_eq!(code.advice().name(), snake_case(&code.advice()));
        assert_eq!(code.advice().repeat().name(), snake_case(&code.advice().repeat()));
        assert_eq!(state.advice().name(), snake_case(&state.advice()));
        if let Some(quota) = code.quota() {
            assert_eq!(quota.name(), snake_case(&quota));
        }
    }
    for number in (-11_000..=131_000).chain(799_990..=800_030).chain([i32::MIN, i32::MAX]) {
        let code = ErrorCode::new(number);
        assert_eq!(code.advice().name(), snake_case(&code.advice()));
        assert_eq!(code.report_advice().name(), snake_case(&code.report_advice()));
    }
    let partly = Outcome::Partly(List::from_slice(&[]));
    for outcome in [Outcome::Done, partly, Outcome::Dropped("x"), Outcome::Failed(90001.into())] {
        assert_eq!(outcome.name(), snake_case(&outcome));
    }
    assert_eq!(Advice::DeviceUnreachable.name(), "device_unreachable");
}
