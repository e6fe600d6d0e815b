//! That every documented code is known, says what to do, and that the report of a token is answered as before.

use std::string::ToString;

use super::{ErrorCode, ReportAdvice, SendAdvice};
use crate::check::{CheckError, Rule};
use crate::registration::RegId;
use crate::tim::OfflinePushToken;

/// Every number near a documented one, and the ends.
fn numbers() -> impl Iterator<Item = i32> {
    let near = (-11_000..=131_000).chain(799_990..=800_030);
    near.chain([i32::MIN, i32::MAX])
}

#[test]
fn every_code_of_the_requests_that_carry_a_push_is_a_named_constant() {
    let documented = [
        (90001, ErrorCode::INVALID_JSON),
        (90002, ErrorCode::INVALID_MSG_BODY),
        (90003, ErrorCode::TO_ACCOUNT_MISSING),
        (90005, ErrorCode::INVALID_MSG_RANDOM),
        (90010, ErrorCode::INVALID_MESSAGE),
        (90012, ErrorCode::RECEIVER_NOT_FOUND),
        (90026, ErrorCode::MSG_LIFE_TIME_TOO_LONG),
        (90031, ErrorCode::INVALID_SYNC_OTHER_MACHINE),
        (90043, ErrorCode::INVALID_OFFLINE_PUSH_INFO),
        (90044, ErrorCode::INVALID_MSG_LIFE_TIME),
        (90045, ErrorCode::PUSH_NOT_ENABLED),
        (90055, ErrorCode::BATCH_TOO_LONG),
        (93000, ErrorCode::REQUEST_TOO_LONG),
        (70107, ErrorCode::UNKNOWN_ACCOUNT),
    ];
    all_named(&documented);
}

#[test]
fn every_code_around_tokens_and_vendors_is_a_named_constant() {
    let documented = [
        (21005, ErrorCode::NOT_LOGGED_IN),
        (22001, ErrorCode::NO_CERTIFICATE),
        (22002, ErrorCode::NETWORK),
        (22003, ErrorCode::TOKEN_EMPTY),
        (22004, ErrorCode::TOKEN_TOO_LONG),
        (22005, ErrorCode::LOGIN_DATA_TOO_LONG),
        (22006, ErrorCode::TOO_FREQUENT),
        (6012, ErrorCode::TIMEOUT),
        (-195, ErrorCode::FCM_BUILD_FAILED),
        (-196, ErrorCode::INTENT_EMPTY),
        (-197, ErrorCode::INVALID_CERTIFICATE),
        (-198, ErrorCode::VENDOR_ERROR),
        (-199, ErrorCode::VENDOR_NETWORK),
        (-200, ErrorCode::BACKEND_NETWORK),
        (-201, ErrorCode::INVALID_TOKEN),
        (-202, ErrorCode::PUSH_BUILD_FAILED),
        (-203, ErrorCode::HUAWEI_QUOTA_EXCEEDED),
        (-10005, ErrorCode::ACCESS_KEY_EMPTY),
    ];
    all_named(&documented);
}

#[test]
fn every_code_of_the_push_plug_in_is_a_named_constant() {
    let documented = [
        ErrorCode::PUSH_INVALID_APP_KEY,
        ErrorCode::PUSH_INVALID_SDK_APP_ID,
        ErrorCode::PUSH_INIT_FAILED,
        ErrorCode::PUSH_CONNECTION_FAILED,
        ErrorCode::PUSH_VENDOR_FAILED,
        ErrorCode::PUSH_FCM_FAILED,
        ErrorCode::PUSH_NO_CHANNEL,
        ErrorCode::PUSH_TIMEOUT,
        ErrorCode::PUSH_TOKEN_EMPTY,
        ErrorCode::PUSH_SET_TOKEN_FAILED,
        ErrorCode::PUSH_AUTO_REGISTER_FAILED,
        ErrorCode::PUSH_PERMISSION_REQUEST_FAILED,
        ErrorCode::PUSH_CHANNEL_FAILED,
        ErrorCode::PUSH_CONFIG_FAILED,
        ErrorCode::PUSH_EXPERIMENTAL_FAILED,
        ErrorCode::PUSH_PERMISSION_REFUSED,
    ];
    let numbered = (800_001..).zip(documented);
    assert!(numbered.clone().all(|(number, code)| code.get() == number && code.meaning().is_some()));
    assert_eq!(numbered.last().map(|(number, _)| number), Some(800_016));
    assert_eq!((ErrorCode::new(800_000).meaning(), ErrorCode::new(800_017).meaning()), (None, None));
}

fn all_named(documented: &[(i32, ErrorCode)]) {
    for (number, code) in documented {
        assert_eq!(code.get(), *number);
        assert!(code.meaning().is_some() && code.advice() != SendAdvice::Unknown, "{number}");
    }
}

/// The page "Error Codes", as far as senders of messages and pushes meet it: its REST, account, message and group tables.
#[test]
fn the_pages_codes_for_senders_are_known() {
    let ranges = [60002..=60021, 20001..=20012, 70001..=70003, 90001..=90003, 90005..=90012, 80001..=80003];
    let single = [
        70005, 70009, 70013, 70014, 70016, 70020, 70050, 70051, 70107, 70169, 70202, 70402, 70403, 70500,
        90018, 90020, 90022, 90024, 90026, 90030, 90031, 90032, 90033, 90034, 90039, 90040, 90043, 90044,
        90045, 90047, 90048, 90054, 90055, 90056, 90992, 90994, 90995, 91000, 93000, 10002, 10003, 10004,
        10005, 10006, 10007, 10010, 10011, 10012, 10015, 10016, 10017, 10019, 10023, 10026, 6014, 9523,
    ];
    for number in ranges.into_iter().flatten().chain(single) {
        assert!(ErrorCode::new(number).meaning().is_some(), "{number}");
    }
}

#[test]
fn a_code_has_advice_exactly_when_it_has_a_name() {
    for number in numbers() {
        let code = ErrorCode::new(number);
        assert_eq!(code.advice() != SendAdvice::Unknown, code.meaning().is_some(), "{number}");
    }
}

#[test]
fn a_faulty_request_names_a_field_that_the_meaning_names_too() {
    for code in numbers().map(ErrorCode::new) {
        if let SendAdvice::FixRequest { field } = code.advice() {
            assert!(code.meaning().unwrap().contains(field), "{code}: {field}");
        }
    }
}

#[test]
fn a_certificate_to_check_names_a_part_that_the_meaning_names_too() {
    for code in numbers().map(ErrorCode::new) {
        if let SendAdvice::CheckCertificate { part } = code.advice() {
            // The vendor's own error, and the push that could not be made, say nothing of their cause.
            let silent = matches!(code, ErrorCode::VENDOR_ERROR | ErrorCode::PUSH_BUILD_FAILED);
            assert!(silent || code.meaning().unwrap().contains(part), "{code}: {part}");
        }
    }
}

#[test]
fn the_vendors_codes_send_to_the_console_but_for_what_passes_by_itself() {
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
fn a_signature_that_does_not_fit_is_made_anew_and_nothing_else_is() {
    for code in numbers().map(ErrorCode::new) {
        let signature = code.meaning().is_some_and(|meaning| meaning.contains("UserSig"));
        assert_eq!(code.advice() == SendAdvice::RenewUserSig, signature, "{code}");
    }
}

#[test]
fn what_is_too_frequent_backs_off_and_what_is_ims_fault_is_tried_again() {
    for code in numbers().map(ErrorCode::new) {
        let meaning = code.meaning().unwrap_or_default();
        if ["too frequent", "too often", "too many requests"].iter().any(|words| meaning.contains(words)) {
            let signature = code == ErrorCode::USER_SIG_TOO_FREQUENT;
            assert!(signature || code.advice() == SendAdvice::BackOff, "{code}");
        }
        if ["internal error", "timed out", "network failure"].iter().any(|words| meaning.contains(words)) {
            assert_eq!(code.advice(), SendAdvice::Retry, "{code}");
        }
    }
}

#[test]
fn only_0_is_done() {
    for number in numbers() {
        assert_eq!(ErrorCode::new(number).advice() == SendAdvice::Done, number == 0, "{number}");
    }
}

#[test]
fn the_apps_own_codes_are_told_apart() {
    for number in numbers() {
        let custom = (120_001..=130_000).contains(&number);
        assert_eq!(ErrorCode::new(number).is_custom(), custom, "{number}");
        assert!(!custom || ErrorCode::new(number).meaning().is_none(), "{number}");
    }
}

#[test]
fn a_shown_code_has_number_and_meaning() {
    assert_eq!(ErrorCode::new(90043).to_string(), "90043 (OfflinePushInfo is malformed)");
    assert_eq!(ErrorCode::new(90999).to_string(), "90999");
}

#[test]
fn what_lies_in_the_token_or_the_certificate_is_not_reported_again_as_it_is() {
    for number in 0..=30_000 {
        let gives_up = ErrorCode::new(number).report_advice() == ReportAdvice::GiveUp;
        assert_eq!(gives_up, matches!(number, 22001 | 22003 | 22004 | 22005), "{number}");
    }
}

#[test]
fn only_a_report_before_login_waits_for_login() {
    for number in 0..=30_000 {
        let waits = ErrorCode::new(number).report_advice() == ReportAdvice::NextLogin;
        assert_eq!(waits, number == 21005, "{number}");
    }
}

#[test]
fn an_unknown_code_keeps_its_number_and_is_worth_another_try() {
    for number in [i32::MIN, -1, 22000, 22007, i32::MAX] {
        let code = ErrorCode::new(number);
        assert_eq!((code.get(), code.meaning()), (number, None));
        assert_eq!(code.report_advice(), ReportAdvice::BackOff);
    }
}

#[test]
fn a_token_refused_before_it_is_sent_has_the_code_of_the_sdk() {
    let too_long = "x".repeat(257);
    for (token, code) in [("", ErrorCode::TOKEN_EMPTY), (&*too_long, ErrorCode::TOKEN_TOO_LONG)] {
        for error in [OfflinePushToken::new(6666, token).unwrap_err(), RegId::try_new(token).unwrap_err()] {
            assert_eq!(ErrorCode::of_token(&error), Some(code));
        }
        assert_eq!(code.report_advice(), ReportAdvice::GiveUp);
    }
    assert_eq!((ErrorCode::TOKEN_EMPTY.get(), ErrorCode::TOKEN_TOO_LONG.get()), (22003, 22004));
}

#[test]
fn an_error_about_something_else_has_no_code_of_a_token() {
    let no_id = OfflinePushToken::new(0, "x").unwrap_err();
    // The buffer is too short here, and not the token too long.
    let no_room = OfflinePushToken::hex_token(&[0; 32], &mut [0; 63]).unwrap_err();
    let others = [
        no_id,
        no_room,
        CheckError::new("regId", Rule::Missing),
        CheckError::new("regId", Rule::TooLong { max: 256 }),
        CheckError::new("", Rule::Missing),
        CheckError::new(OfflinePushToken::TOKEN, Rule::NotText),
        CheckError::new(OfflinePushToken::TOKEN, Rule::OutOfRange { min: 0, max: 256 }),
    ];
    for error in others {
        assert_eq!(ErrorCode::of_token(&error), None, "{error}");
    }
}
