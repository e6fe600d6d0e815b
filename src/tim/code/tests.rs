use std::string::ToString;

use super::{ErrorCode, ReportAdvice, SendAdvice};
use crate::check::{CheckError, Rule};
use crate::tim::OfflinePushToken;

/// Every number near a documented one, and the ends.
fn codes() -> impl Iterator<Item = ErrorCode> {
    let near = (-11_000..=131_000).chain(799_990..=800_030);
    near.chain([i32::MIN, i32::MAX]).map(ErrorCode::new)
}

#[test]
fn advice_exists_for_each_known_code_and_no_other() {
    let mut known = 0;
    for code in codes() {
        assert_eq!(code.advice() != SendAdvice::Unknown, code.meaning().is_some(), "{code}");
        known += usize::from(code.meaning().is_some());
        let custom = (120_001..=130_000).contains(&code.get());
        assert_eq!(code.is_custom(), custom, "{code}");
        assert!(!custom || code.meaning().is_none(), "{code}");
    }
    assert!(known >= 140, "{known}");
}

/// The tables of the page of the push service, for servers and for phones.
#[test]
fn advice_exists_for_each_code_of_the_push_service() {
    let server = [
        90001, 90005, 90009, 90018, 90020, 90022, 90024, 90026, 90032, 90033, 90035, 90039, 90040, 90045,
        90047, 90049, 90050, 90051, 90052, 90053, 90056, 90057, 90104, 90107, 70107, 91000,
    ];
    let phone = (800_001..=800_016).chain([6014, 9523, 70016]);
    for code in phone.chain(server).map(ErrorCode::new) {
        assert_ne!(code.advice(), SendAdvice::Unknown, "{code}");
    }
}

#[test]
fn advice_of_the_codes_of_a_revocation() {
    for (number, advice) in [
        (90049, SendAdvice::FixRequest { field: "TaskId" }),
        (90050, SendAdvice::Done),
        (90051, SendAdvice::BackOff),
        (90052, SendAdvice::FixRequest { field: "TaskId" }),
        (90053, SendAdvice::FixRequest { field: "OfflinePushInfo" }),
    ] {
        assert_eq!(ErrorCode::new(number).advice(), advice, "{number}");
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
        let done = matches!(code, ErrorCode::SUCCESS | ErrorCode::ALREADY_REVOKED);
        assert_eq!(code.advice() == SendAdvice::Done, done, "{code}");
        match code.advice() {
            SendAdvice::FixRequest { field } => assert!(meaning.contains(field), "{code}: {field}"),
            SendAdvice::CheckCertificate { part } => {
                // The meanings of these two do not name the cause.
                let silent = matches!(code, ErrorCode::VENDOR_ERROR | ErrorCode::PUSH_BUILD_FAILED);
                assert!(silent || meaning.contains(part), "{code}: {part}");
            }
            _ => {}
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
fn display_shows_number_and_meaning() {
    assert_eq!(ErrorCode::new(90043).to_string(), "90043 (OfflinePushInfo is malformed)");
    assert_eq!(ErrorCode::new(90999).to_string(), "90999");
}

#[test]
fn report_advice_of_the_codes_of_reports() {
    use ReportAdvice::{BackOff, GiveUp, NextLogin};
    const LOGIN: [i32; 14] =
        [21005, 6014, 6206, 6208, 6013, 6017, 9503, 70001, -10001, -10003, -10004, -10005, -10008, -10106];
    for (advice, numbers) in [
        (NextLogin, &LOGIN[..]),
        (GiveUp, &[22001, 22003, 22004, 22005, -201, 60020]),
        (BackOff, &[0, 6012, 9523, 22002, 22006, 4242, -1, i32::MAX, 120_001]),
    ] {
        for number in numbers {
            assert_eq!(ErrorCode::new(*number).report_advice(), advice, "{number}");
        }
    }
}

#[test]
fn report_advice_of_the_lists_follows_from_advice() {
    for code in codes() {
        assert_eq!(code.report_advice(), code.report_advice_from_advice(), "{code}");
    }
}

#[test]
fn report_advice_does_not_contradict_advice() {
    for code in codes().filter(|code| code.meaning().is_some() && code.advice() != SendAdvice::Done) {
        let (advice, report) = (code.advice(), code.report_advice());
        let again = matches!(advice, SendAdvice::Retry | SendAdvice::BackOff | SendAdvice::StopForToday);
        let login = matches!(advice, SendAdvice::LogIn | SendAdvice::RenewUserSig);
        assert_eq!(report == ReportAdvice::BackOff, again, "{code}: {advice:?}, {report:?}");
        let expected = login || code == ErrorCode::SDK_INVALID_PARAMETER;
        assert_eq!(report == ReportAdvice::NextLogin, expected, "{code}: {advice:?}, {report:?}");
    }
}

#[test]
fn of_token_is_the_code_of_the_sdk() {
    let too_long = "x".repeat(257);
    for (id, token, code) in [
        (6666, "", Some(ErrorCode::TOKEN_EMPTY)),
        (6666, &*too_long, Some(ErrorCode::TOKEN_TOO_LONG)),
        (0, "x", None),
    ] {
        let error = OfflinePushToken::new(id, token).check().unwrap_err();
        assert_eq!(ErrorCode::of_token(&error), code);
    }
    for (field, rule) in [
        ("regId", Rule::Missing),
        ("regId", Rule::TooLong { max: 256 }),
        (OfflinePushToken::TOKEN, Rule::TooLong { max: 5 }),
        (OfflinePushToken::TOKEN, Rule::NotText),
        (OfflinePushToken::TOKEN, Rule::OutOfRange { min: 0, max: 256 }),
    ] {
        assert_eq!(ErrorCode::of_token(&CheckError::new(field, rule)), None, "{field} {rule:?}");
    }
}
