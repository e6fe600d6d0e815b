//! The guide's FAQ "I cannot receive push messages", sentence by sentence, and every published reply that is a failure.

use std::time::Duration;

use offline_push::ClickAction;
use offline_push::delivery::Presence;
use offline_push::diagnose::{ARRIVES_WITHIN, Facts, Finding, Reason, Step, diagnose};
use offline_push::registration::State;
use offline_push::tim::{ErrorCode, SendAdvice};
use offline_push::vivo::{
    Advice, Certificate, PushMode, PushState, Receipt, ReceiptReason, ReceiptType, ResultCode, StateAdvice,
    UserStatus,
};

use crate::common::fixtures::{SAMPLES, read};

/// The failed steps.
fn failed(facts: &Facts<'_>) -> Vec<Step> {
    diagnose(facts).failed().map(|(step, _)| step).collect()
}

/// The reason of the only failed step.
fn reason(facts: &Facts<'_>) -> Reason {
    let diagnosis = diagnose(facts);
    let mut failed = diagnosis.failed();
    let (_, reason) = failed.next().expect("a failed step");
    assert_eq!(failed.next(), None, "{diagnosis}");
    reason
}

fn send(code: i32) -> Facts<'static> {
    Facts::new().send(ResultCode::new(code))
}

fn receipt(kind: ReceiptType, reason: Option<ReceiptReason>) -> (String, Option<String>) {
    (kind.get().to_string(), reason.map(|reason| reason.get().to_string()))
}

fn certificate() -> Certificate<'static> {
    Certificate::new(6666, 10004, "app key", "app secret", ClickAction::default())
}

/// "if one or two push messages fail to reach users during a fast, continuous push process, it is usually due to the restrictions
/// of vendor push frequency control"
#[test]
fn diagnose_frequency_control() {
    for code in [10070, 10071, 10072, 10073, 10252, 10254] {
        assert_eq!(failed(&send(code)), [Step::Frequency], "{code}");
    }
    assert_eq!(failed(&Facts::new().auth(ResultCode::AUTH_TOO_FAST)), [Step::Frequency]);
    assert_eq!(failed(&Facts::new().message(ErrorCode::PUSH_TOO_FREQUENT)), [Step::Frequency]);
    for (kind, why) in [
        (ReceiptType::HELD_BACK, None),
        (ReceiptType::REPLACED, None),
        (ReceiptType::HELD_BACK, Some(ReceiptReason::USER_LIMIT)),
        (ReceiptType::HELD_BACK, Some(ReceiptReason::VOLUME_LIMIT)),
        (ReceiptType::NOT_SHOWN, Some(ReceiptReason::NIGHT)),
        (ReceiptType::NOT_SHOWN, Some(ReceiptReason::SAME_TEXT)),
    ] {
        let (ack, sub) = receipt(kind, why);
        let mut receipt = Receipt::new().ack_type(&ack);
        receipt.sub_ack_type = sub.as_deref();
        let facts = send(0).receipt(receipt);
        assert_eq!(failed(&facts), [Step::Frequency], "{kind}");
        assert_eq!(reason(&facts), Reason::Receipt(kind, why));
    }
    assert_eq!(diagnose(&send(0)).finding(Step::Frequency), Finding::Passed);
    let one_lost = send(0).others_arrived(true).since_push(Duration::from_secs(90));
    assert_eq!(reason(&one_lost), Reason::OthersArrived);
    assert_eq!(failed(&send(0).others_arrived(false).since_push(Duration::from_secs(90))), [Step::TestPush]);
}

/// "Make sure the correct push certificate information from vivo is properly configured in the IM Console."
#[test]
fn diagnose_certificate() {
    for code in [10000, 10200, 10201, 10202, 10205, 10206, 10207] {
        let code = ResultCode::new(code);
        assert_eq!(failed(&Facts::new().auth(code)), [Step::Certificate], "{code}");
    }
    for code in [10000, 10043, 10045, 10082, 10094] {
        assert_eq!(failed(&send(code)), [Step::Certificate], "{code}");
    }
    for code in [ErrorCode::NO_CERTIFICATE, ErrorCode::INVALID_CERTIFICATE, ErrorCode::INTENT_EMPTY] {
        assert_eq!(failed(&Facts::new().message(code)), [Step::Certificate], "{code}");
    }
    assert!(Reason::Message(ErrorCode::INTENT_EMPTY).advice().contains("intent"));
    assert_eq!(failed(&Facts::new().report(ErrorCode::NO_CERTIFICATE)), [Step::Certificate]);
    let invalid = Receipt::new().ack_type("104").sub_ack_type("2158");
    assert_eq!(failed(&Facts::new().receipt(invalid)), [Step::Certificate]);

    let certificate = certificate();
    let facts = Facts::new().certificate(&certificate);
    assert_eq!(diagnose(&facts).finding(Step::Certificate), Finding::Unknown);
    let age = |seconds| facts.clone().certificate_age(Duration::from_secs(seconds));
    assert_eq!(reason(&age(599)), Reason::NotInForce { wait: Duration::from_secs(1) });
    assert_eq!(failed(&age(600)), []);
    let passed = diagnose(&facts.clone().auth(ResultCode::SUCCESS));
    assert_eq!(passed.finding(Step::Certificate), Finding::Passed);

    let blank = Certificate::new(6666, 10004, " ", "app secret", ClickAction::default());
    let facts = Facts::new().certificate(&blank).auth(ResultCode::SUCCESS);
    assert_eq!(
        reason(&facts).to_string(),
        format!("the certificate is invalid: {}", blank.check().unwrap_err())
    );
}

/// "Confirm that your project's vivo push SDK integration configuration is correct and that you have obtained the regId."
#[test]
fn diagnose_sdk_and_reg_id() {
    for state in [101, 102, 104, 1001, 1002, 1003, 1004, 1005, 8011, 10000, 10001, 10003, 10004, 10005, 4242]
    {
        let state = PushState::new(state);
        for registration in [State::Off, State::OffUntilTimer, State::OffUntilTomorrow, State::GivenUp] {
            let facts = Facts::new().push_state(state).registration(registration);
            assert_eq!(reason(&facts), Reason::PushState(state));
        }
        assert_eq!(failed(&Facts::new().push_state(state)), [Step::RegId], "{state}");
    }
    assert_eq!(reason(&Facts::new().registration(State::Off)), Reason::NoRegId);
    for code in [ErrorCode::TOKEN_EMPTY, ErrorCode::PUSH_TOKEN_EMPTY] {
        assert_eq!(failed(&Facts::new().report(code)), [Step::RegId]);
        assert!(Reason::Report(Some(code)).advice().contains("getRegId"));
    }
    let no_reg_id = Facts::new().registration(State::Off).push_state(PushState::SUCCESS);
    assert_eq!(reason(&no_reg_id), Reason::NoRegId);

    let passed = |facts: &Facts<'_>| diagnose(facts).finding(Step::RegId) == Finding::Passed;
    assert!(passed(&Facts::new().push_state(PushState::ALREADY_SET)));
    let bound = Facts::new().registration(State::Bound);
    assert!(passed(&bound));
    // A later failure that passes does not make the regId invalid; another one does.
    assert!(passed(&bound.clone().push_state(PushState::SERVICE_UNAVAILABLE)));
    assert!(!passed(&bound.clone().push_state(PushState::BLOCKED)));
    let about_alias = Facts::new().push_state(PushState::ALIAS_EMPTY);
    assert_eq!(diagnose(&about_alias).finding(Step::RegId), Finding::Unknown);

    assert_eq!(failed(&send(10302)), [Step::RegId]);
    assert_eq!(failed(&Facts::new().user_status(UserStatus::UNSUBSCRIBED)), [Step::RegId]);
    for sub in ["2161", "2162", "2183", "20001", "20002"] {
        let receipt = Receipt::new().ack_type("104").sub_ack_type(sub);
        assert_eq!(failed(&send(0).receipt(receipt)), [Step::RegId], "{sub}");
    }
}

/// "Confirm that you have reported push information to the IM server correctly."
#[test]
fn diagnose_report() {
    let bound = Facts::new().registration(State::Bound).report(ErrorCode::NETWORK);
    assert_eq!(diagnose(&bound).finding(Step::Report), Finding::Passed);
    assert_eq!(reason(&Facts::new().registration(State::Ready)), Reason::NotLoggedIn);
    for state in [State::Failed, State::Refused] {
        let facts = Facts::new().registration(state);
        assert_eq!(reason(&facts), Reason::Report(None));
        let code = ErrorCode::NETWORK;
        assert_eq!(reason(&facts.report(code)), Reason::Report(Some(code)));
    }
    assert_eq!(failed(&Facts::new().report(ErrorCode::NETWORK)), [Step::Report]);
    assert_eq!(failed(&Facts::new().message(ErrorCode::INVALID_TOKEN)), [Step::Report]);
    assert!(Reason::Message(ErrorCode::INVALID_TOKEN).advice().contains("regId"));
    let certificate = certificate();
    let reported = |id| Facts::new().certificate(&certificate).registration(State::Bound).business_id(id);
    assert_eq!(failed(&reported(6666)), []);
    assert_eq!(reason(&reported(6667)), Reason::OtherCertificate { reported: 6667, expected: 6666 });
    let reporting = Facts::new().registration(State::Reporting);
    assert_eq!(diagnose(&reporting).finding(Step::Report), Finding::Unknown);
}

/// "Manually kill the app on your device, send a few messages, and confirm whether you receive notifications within one minute."
#[test]
fn diagnose_test_push_within_one_minute() {
    assert_eq!(ARRIVES_WITHIN, Duration::from_secs(60));
    let killed = Facts::new().presence(Presence::Killed);
    let after = |seconds| killed.clone().since_push(Duration::from_secs(seconds));
    assert_eq!(diagnose(&after(59)).finding(Step::TestPush), Finding::Unknown);
    assert_eq!(reason(&after(60)), Reason::Late);
    let diagnosis = diagnose(&after(3600).send(ResultCode::SUCCESS).receipt(Receipt::new()));
    assert_eq!(diagnosis.failed().count(), 0);
    let passed = diagnosis.steps().filter(|(_, finding)| *finding == Finding::Passed).count();
    assert_eq!(passed, 4, "all but the report");

    for presence in [Presence::Online, Presence::Expired, Presence::LoggedOut, Presence::Kicked] {
        let facts = Facts::new().presence(presence).since_push(Duration::from_secs(90));
        assert_eq!(reason(&facts), Reason::Presence(presence));
    }
    let test = Facts::new().send(ResultCode::INVALID_REG_ID).push_mode(PushMode::TEST);
    assert_eq!(failed(&test), [Step::Certificate], "no test device in vivo's console");
    for code in [10055, 10062, 10103, 10311, 19999] {
        assert_eq!(failed(&send(code)), [Step::TestPush], "{code}");
    }
}

#[test]
fn diagnose_every_failing_fixture_has_one_failed_step() {
    let mut seen = Vec::new();
    for sample in SAMPLES.iter().filter(|sample| sample.kind.ends_with(".reply")) {
        let reply: serde_json::Value = serde_json::from_str(&read(sample.file)).unwrap();
        let number =
            |pointer: &str| reply.pointer(pointer).and_then(serde_json::Value::as_i64).map(|n| n as i32);
        let mut facts = Facts::new();
        match sample.kind {
            "vivo.auth.reply" => facts.auth = number("/result").map(ResultCode::new),
            kind if kind.starts_with("vivo.") => {
                facts.send = number("/result").map(ResultCode::new);
                let status = number("/invalidUser/status").or(number("/invalidUsers/0/status"));
                facts.user_status = status.map(UserStatus::new);
            }
            _ => {
                let code = number("/ErrorCode").filter(|code| *code != 0);
                facts.message = code.or(number("/ErrorList/0/ErrorCode")).or(Some(0)).map(ErrorCode::new);
            }
        }
        let success = [facts.auth, facts.send].iter().flatten().all(|code| code.is_success())
            && facts.user_status.is_none()
            && facts.message.is_none_or(|code| code == ErrorCode::SUCCESS);
        let steps = failed(&facts);
        assert_eq!(steps.len(), usize::from(!success), "{}: {}", sample.file, diagnose(&facts));
        seen.extend(steps);
    }
    assert!(seen.len() >= 12, "{seen:?}");
    for step in [Step::Frequency, Step::Certificate, Step::RegId, Step::TestPush] {
        assert!(seen.contains(&step), "{step:?}");
    }
}

#[test]
fn display_is_a_checklist_with_reason_and_advice() {
    let facts = Facts::new()
        .registration(State::Bound)
        .send(ResultCode::QUOTA_EXCEEDED)
        .certificate_age(Duration::from_millis(500))
        .since_push(Duration::from_secs(5));
    let expected = "\
1 [!!] vivo's frequency control lets the push pass
       vivo refused the push: 10070 (the day's send quota is used up).
       Send nothing more of this kind today.
2 [!!] the certificate in the IM console is right
       the certificate takes effect in 600 s.
       Wait until the certificate takes effect, then test again.
3 [ok] vivo's SDK works, and the app has a regId
4 [ok] the app has reported certificate id and regId to IM
5 [ ?] a push to the killed app arrives within one minute";
    assert_eq!(diagnose(&facts).to_string(), expected);
}

#[test]
fn reason_every_code_has_words_and_advice() {
    for number in (-300..=40_000).chain(70_000..=91_001).chain(800_000..=800_020) {
        let code = ResultCode::new(number);
        let state = PushState::new(number);
        let report = ErrorCode::new(number);
        let outcome = ReceiptType::new(number);
        let status = UserStatus::new(number);
        let receipt = ReceiptReason::new(number);
        let by_phone = !state.is_success()
            && !matches!(
                state.advice(),
                StateAdvice::TurnOnPush | StateAdvice::FixArgument { .. } | StateAdvice::Unknown
            );
        for (reason, known) in [
            (Reason::Auth(code), code.advice() != Advice::Unknown),
            (Reason::Send(code, code.advice()), code.advice() != Advice::Unknown),
            (Reason::LeftOut(status), status.advice() != Advice::Unknown),
            (Reason::Receipt(outcome, Some(receipt)), outcome.advice(Some(receipt)) != Advice::Unknown),
            (Reason::Message(report), report.advice() != SendAdvice::Unknown),
            (Reason::Report(Some(report)), report.advice() != SendAdvice::Unknown),
            (Reason::PushState(state), by_phone),
        ] {
            let (words, advice) = (reason.to_string(), reason.advice());
            assert!(words.contains(&number.to_string()) && !words.ends_with('.'), "{words}");
            assert!(advice.ends_with('.') && advice.is_ascii(), "{reason}: {advice}");
            assert_eq!(!advice.starts_with("Look the number up"), known, "{reason}: {advice}");
        }
    }
}
