use std::format;
use std::string::{String, ToString};

use super::{ErrorCode, ReportAdvice, SendAdvice};
use crate::check::{CheckError, Rule};
use crate::json::List;
use crate::tim::OfflinePushToken;
use crate::tim::rest::Outcome;

/// Every number near a documented one, and the ends.
fn numbers() -> impl Iterator<Item = i32> {
    let near = (-11_000..=131_000).chain(799_990..=800_030);
    near.chain([i32::MIN, i32::MAX])
}

fn codes() -> impl Iterator<Item = ErrorCode> {
    numbers().map(ErrorCode::new)
}

/// The page "Error Codes", as far as senders of messages and pushes meet it: its REST, account, message and group tables; what
/// the SDK says about the report of a token; the vendors' codes; the push page.
#[test]
fn meaning_every_documented_code_is_known() {
    let ranges = [
        -203..=-195,
        60002..=60021,
        20001..=20012,
        22001..=22006,
        70001..=70003,
        90001..=90003,
        90005..=90012,
        80001..=80003,
        800_001..=800_016,
    ];
    let single = [
        -10005, 70005, 70009, 70013, 70014, 70016, 70020, 70050, 70051, 70107, 70169, 70202, 70402, 70403,
        70500, 90018, 90020, 90022, 90024, 90026, 90030, 90031, 90032, 90033, 90034, 90039, 90040, 90043,
        90044, 90045, 90047, 90048, 90054, 90055, 90056, 90992, 90994, 90995, 91000, 93000, 10002, 10003,
        10004, 10005, 10006, 10007, 10010, 10011, 10012, 10015, 10016, 10017, 10019, 10023, 10026, 6012,
        6014, 9523, 21005,
    ];
    for number in ranges.into_iter().flatten().chain(single) {
        assert!(ErrorCode::new(number).meaning().is_some(), "{number}");
    }
    for number in [800_000, 800_017, 22000, 22007] {
        assert_eq!(ErrorCode::new(number).meaning(), None);
    }
}

#[test]
fn advice_exists_for_each_known_code_and_no_other() {
    for code in codes() {
        assert_eq!(code.advice() != SendAdvice::Unknown, code.meaning().is_some(), "{code}");
    }
}

#[test]
fn advice_field_is_named_in_the_meaning() {
    for code in codes() {
        if let SendAdvice::FixRequest { field } = code.advice() {
            assert!(code.meaning().unwrap().contains(field), "{code}: {field}");
        }
    }
}

#[test]
fn advice_certificate_part_is_named_in_the_meaning() {
    for code in codes() {
        if let SendAdvice::CheckCertificate { part } = code.advice() {
            // The meanings of these two do not name the cause.
            let silent = matches!(code, ErrorCode::VENDOR_ERROR | ErrorCode::PUSH_BUILD_FAILED);
            assert!(silent || code.meaning().unwrap().contains(part), "{code}: {part}");
        }
    }
}

#[test]
fn advice_vendor_codes() {
    for number in -203..=-195 {
        let advice = ErrorCode::new(number).advice();
        match number {
            -199 | -200 => assert_eq!(advice, SendAdvice::Retry),
            -203 => assert_eq!(advice, SendAdvice::StopForToday),
            _ => assert!(matches!(advice, SendAdvice::CheckCertificate { .. }), "{number}"),
        }
    }
}

#[test]
fn advice_follows_the_words_of_the_meaning() {
    for code in codes() {
        let meaning = code.meaning().unwrap_or_default();
        let says = |words: &[&str]| words.iter().any(|words| meaning.contains(words));
        assert_eq!(code.advice() == SendAdvice::RenewUserSig, says(&["UserSig"]), "{code}");
        if says(&["too frequent", "too often", "too many requests"]) {
            let signature = code == ErrorCode::USER_SIG_TOO_FREQUENT;
            assert!(signature || code.advice() == SendAdvice::BackOff, "{code}");
        }
        if says(&["internal error", "timed out", "network failure"]) {
            assert_eq!(code.advice(), SendAdvice::Retry, "{code}");
        }
        assert_eq!(code.advice() == SendAdvice::Done, code == ErrorCode::SUCCESS, "{code}");
    }
}

#[test]
fn is_custom_covers_the_range_of_the_app() {
    for number in numbers() {
        let custom = (120_001..=130_000).contains(&number);
        assert_eq!(ErrorCode::new(number).is_custom(), custom, "{number}");
        assert!(!custom || ErrorCode::new(number).meaning().is_none(), "{number}");
    }
}

#[test]
fn display_shows_number_and_meaning() {
    assert_eq!(ErrorCode::new(90043).to_string(), "90043 (OfflinePushInfo is malformed)");
    assert_eq!(ErrorCode::new(90999).to_string(), "90999");
}

#[test]
fn report_advice_of_each_code() {
    for number in numbers() {
        let expected = match number {
            22001 | 22003 | 22004 | 22005 => ReportAdvice::GiveUp,
            21005 => ReportAdvice::NextLogin,
            _ => ReportAdvice::BackOff,
        };
        assert_eq!(ErrorCode::new(number).report_advice(), expected, "{number}");
    }
}

/// The name of a variant, without its fields.
fn snake_case(variant: &impl core::fmt::Debug) -> String {
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

#[test]
fn name_is_the_variant_in_snake_case() {
    for code in codes() {
        assert_eq!(code.advice().name(), snake_case(&code.advice()));
        assert_eq!(code.report_advice().name(), snake_case(&code.report_advice()));
    }
    for outcome in [
        Outcome::Done,
        Outcome::Partly(List::from_slice(&[])),
        Outcome::Dropped("x"),
        Outcome::Failed(90001.into()),
    ] {
        assert_eq!(outcome.name(), snake_case(&outcome));
    }
}

#[test]
fn of_token_is_the_code_of_the_sdk() {
    let too_long = "x".repeat(257);
    for (token, code) in [("", ErrorCode::TOKEN_EMPTY), (&*too_long, ErrorCode::TOKEN_TOO_LONG)] {
        let error = OfflinePushToken::new(6666, token).check().unwrap_err();
        assert_eq!(ErrorCode::of_token(&error), Some(code));
    }
}

#[test]
fn of_token_other_errors_have_no_code() {
    for error in [
        OfflinePushToken::new(0, "x").check().unwrap_err(),
        CheckError::new("regId", Rule::Missing),
        CheckError::new("regId", Rule::TooLong { max: 256 }),
        CheckError::new("", Rule::Missing),
        CheckError::new(OfflinePushToken::TOKEN, Rule::TooLong { max: 5 }),
        CheckError::new(OfflinePushToken::TOKEN, Rule::NotText),
        CheckError::new(OfflinePushToken::TOKEN, Rule::OutOfRange { min: 0, max: 256 }),
    ] {
        assert_eq!(ErrorCode::of_token(&error), None, "{error}");
    }
}
