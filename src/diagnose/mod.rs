//! Finds out why no push arrives: the guide's FAQ "I cannot receive push messages. What should I do?".
//!
//! The FAQ has five steps. [`diagnose`] goes through them with what is known, and says for each step whether it has passed, has
//! failed, or is unknown.
//!
//! ```
//! use offline_push::diagnose::{Facts, Finding, Reason, Step, diagnose};
//! use offline_push::registration::State;
//! use offline_push::vivo::{PushState, ResultCode};
//!
//! let facts = Facts::new()
//!     .push_state(PushState::SUCCESS) // the answer to turnOnPush
//!     .registration(State::Bound) // the phone has reported its token
//!     .auth(ResultCode::INVALID_SIGN); // vivo's reply to an auth request
//! let diagnosis = diagnose(&facts);
//!
//! let Some((step, reason)) = diagnosis.failed().next() else { panic!("nothing failed") };
//! assert_eq!((step, reason), (Step::Certificate, Reason::Auth(ResultCode::INVALID_SIGN)));
//! assert_eq!(reason.to_string(), "vivo refused the auth request: 10206 (sign is wrong)");
//! assert!(reason.advice().contains("app id, key and secret"));
//! assert_eq!(diagnosis.finding(Step::Report), Finding::Passed);
//!
//! println!("{diagnosis}"); // a checklist
//! ```
//!
//! # Steps
//!
//! | step | passed | failed |
//! |---|---|---|
//! | [`Frequency`](Step::Frequency) | vivo accepted the push | a reply or a receipt says that the pushes were too fast, that a quota is used up, or that the time of day is wrong; or other pushes have arrived |
//! | [`Certificate`](Step::Certificate) | vivo accepted an auth request or the push | the certificate is invalid, younger than ten minutes, or refused; the report found no certificate (22001); or the app's account at vivo or the click event is wrong |
//! | [`RegId`](Step::RegId) | `turnOnPush` succeeded, or the registration has a regId | `turnOnPush` failed, there is no regId, the report had no regId (22003), vivo does not know the regId, or the app's manifest is wrong |
//! | [`Report`](Step::Report) | the registration is `Bound` | the report failed, the report had another certificate id, or no user is logged in |
//! | [`TestPush`](Step::TestPush) | a receipt says that the push has arrived | no push has arrived for a minute, the app was not killed, or the push itself is wrong |
//!
//! A step without a fact is unknown. A fact that shows a failure overrides a fact that shows success. After a receipt that says
//! "arrived", every step except the report has passed, and the test is over.

mod reason;

use core::fmt;
use core::time::Duration;

pub use reason::Reason;

use crate::delivery::Presence;
use crate::registration::State;
use crate::setters::setters;
use crate::tim::{ErrorCode, SendAdvice};
use crate::vivo::{
    Advice, Certificate, PushMode, PushState, Receipt, ReceiptReason, ReceiptType, ResultCode, SendResponse,
    StateAdvice, UserStatus,
};

/// A push to a killed app arrives within this time: one minute (the guide's FAQ, step 5).
pub const ARRIVES_WITHIN: Duration = Duration::from_secs(60);

/// What is known about a push that did not arrive. Everything is optional.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Facts<'a> {
    /// State of the phone's registration: [`Registration::state`](crate::registration::Registration::state).
    pub registration: Option<State>,
    /// The last answer to `turnOnPush` on the phone.
    pub push_state: Option<PushState>,
    /// The last error of a report to IM: `onError` of `setOfflinePushToken`. It is ignored if the registration is `Bound`.
    pub report: Option<ErrorCode>,
    /// The certificate in the IM console.
    pub certificate: Option<&'a Certificate<'a>>,
    /// The certificate id that the phone has reported: [`OfflinePushToken::business_id`].
    ///
    /// [`OfflinePushToken::business_id`]: field@crate::tim::OfflinePushToken::business_id
    pub business_id: Option<u32>,
    /// Time since the certificate was saved or changed in the console.
    pub certificate_age: Option<Duration>,
    /// vivo's reply to an auth request with the certificate.
    pub auth: Option<ResultCode>,
    /// IM's reply to the message, or an error of its push.
    pub message: Option<ErrorCode>,
    /// vivo's reply to the push.
    pub send: Option<ResultCode>,
    /// Why vivo left out the user: the status in the reply.
    pub user_status: Option<UserStatus>,
    /// Push mode of the request. A test push reaches test devices only.
    pub push_mode: Option<PushMode>,
    /// The receipt of the push.
    pub receipt: Option<Receipt<'a>>,
    /// Whether other pushes arrived that were sent to the same phone at about the same time.
    pub others_arrived: Option<bool>,
    /// State of the receiver's app when the push was sent.
    pub presence: Option<Presence>,
    /// Time since the push was sent.
    pub since_push: Option<Duration>,
}

impl<'a> Facts<'a> {
    /// No facts.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            registration: None,
            push_state: None,
            report: None,
            certificate: None,
            business_id: None,
            certificate_age: None,
            auth: None,
            message: None,
            send: None,
            user_status: None,
            push_mode: None,
            receipt: None,
            others_arrived: None,
            presence: None,
            since_push: None,
        }
    }

    setters! {
        registration: State as Some,
        push_state: PushState as Some,
        report: ErrorCode as Some,
        certificate: &'a Certificate<'a> as Some,
        business_id: u32 as Some,
        certificate_age: Duration as Some,
        auth: ResultCode as Some,
        message: ErrorCode as Some,
        send: ResultCode as Some,
        user_status: UserStatus as Some,
        push_mode: PushMode as Some,
        receipt: Receipt<'a> as Some,
        others_arrived: bool as Some,
        presence: Presence as Some,
        since_push: Duration as Some,
    }
}

/// A step of the FAQ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Step {
    /// 1: the vendor's frequency control. If one or two of many quick pushes fail, this is the usual cause.
    Frequency,
    /// 2: the certificate in the IM console is right.
    Certificate,
    /// 3: vivo's SDK is integrated correctly, and the app has a regId.
    RegId,
    /// 4: the app has reported certificate id and regId to IM.
    Report,
    /// 5: a push to the killed app arrives within one minute.
    TestPush,
}

impl Step {
    /// The steps in their order.
    pub const ALL: [Self; 5] =
        [Self::Frequency, Self::Certificate, Self::RegId, Self::Report, Self::TestPush];

    /// A stable name in `snake_case`, for metrics and logs. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Frequency => "frequency",
            Self::Certificate => "certificate",
            Self::RegId => "reg_id",
            Self::Report => "report",
            Self::TestPush => "test_push",
        }
    }

    /// The number in the FAQ, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Frequency => "vivo's frequency control lets the push pass",
            Self::Certificate => "the certificate in the IM console is right",
            Self::RegId => "vivo's SDK works, and the app has a regId",
            Self::Report => "the app has reported certificate id and regId to IM",
            Self::TestPush => "a push to the killed app arrives within one minute",
        })
    }
}

/// What is found at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Finding {
    /// A fact shows that the step is right.
    Passed,
    /// A fact shows that the step is wrong.
    Failed(Reason),
    /// No fact shows whether the step is right.
    Unknown,
}

/// The findings of [`diagnose`]. `Display` prints a checklist of several lines, without secrets, user ids or chat text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Diagnosis {
    findings: [Finding; 5],
}

impl Diagnosis {
    /// What is found at this step.
    #[must_use]
    pub fn finding(&self, step: Step) -> Finding {
        self.findings.get(usize::from(step as u8)).copied().unwrap_or(Finding::Unknown)
    }

    /// The steps with their findings, in the order of the FAQ.
    pub fn steps(&self) -> impl Iterator<Item = (Step, Finding)> + use<> {
        Step::ALL.into_iter().zip(self.findings)
    }

    /// The failed steps with the reasons, in the order of the FAQ. A later failure can be the effect of an earlier one.
    pub fn failed(&self) -> impl Iterator<Item = (Step, Reason)> + use<> {
        self.steps().filter_map(|(step, finding)| match finding {
            Finding::Failed(reason) => Some((step, reason)),
            Finding::Passed | Finding::Unknown => None,
        })
    }

    fn set(&mut self, step: Step, finding: Finding) {
        if let Some(place) = self.findings.get_mut(usize::from(step as u8)) {
            match (*place, finding) {
                // The first failure of a step stays.
                (Finding::Failed(_), _) | (Finding::Passed, Finding::Passed) => {}
                _ => *place = finding,
            }
        }
    }

    fn pass(&mut self, steps: &[Step]) {
        for step in steps {
            self.set(*step, Finding::Passed);
        }
    }

    fn fail(&mut self, step: Step, reason: Reason) {
        self.set(step, Finding::Failed(reason));
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (step, finding) in self.steps() {
            let mark = match finding {
                Finding::Passed => "[ok]",
                Finding::Failed(_) => "[!!]",
                Finding::Unknown => "[ ?]",
            };
            write!(f, "{separator}{} {mark} {step}", step.number())?;
            if let Finding::Failed(reason) = finding {
                write!(f, "\n       {reason}.\n       {}", reason.advice())?;
            }
            separator = "\n";
        }
        Ok(())
    }
}

/// Goes through the five steps of the FAQ. The [module](self) has the table.
#[must_use]
pub fn diagnose(facts: &Facts<'_>) -> Diagnosis {
    let mut diagnosis = Diagnosis { findings: [Finding::Unknown; 5] };
    // The first failure of a step stays: without a certificate, a push adds no information.
    certificate(&mut diagnosis, facts);
    let arrived = receipt(&mut diagnosis, facts);
    push(&mut diagnosis, facts);
    phone(&mut diagnosis, facts);
    report(&mut diagnosis, facts);
    if !arrived {
        test(&mut diagnosis, facts);
    }
    diagnosis
}

/// Returns true if the push has arrived.
fn receipt(diagnosis: &mut Diagnosis, facts: &Facts<'_>) -> bool {
    let Some(receipt) = &facts.receipt else { return false };
    let (Some(outcome), reason) = (receipt.receipt_type(), receipt.reason()) else { return false };
    let shown = reason == Some(ReceiptReason::LIVE_SHOWN_AS_ORDINARY);
    if outcome.is_delivered() || shown {
        diagnosis.pass(&[Step::Frequency, Step::Certificate, Step::RegId, Step::TestPush]);
        return true;
    }
    let step = match (outcome, reason) {
        // Limits of vivo that have no advice of their own.
        (
            _,
            Some(ReceiptReason::USER_LIMIT | ReceiptReason::HELD_BACK_OTHERWISE | ReceiptReason::SAME_TEXT),
        )
        | (ReceiptType::REPLACED | ReceiptType::HELD_BACK, None) => Step::Frequency,
        // The app's manifest.
        (_, Some(ReceiptReason::ACTIVITY_NOT_EXPORTED | ReceiptReason::ACTIVITY_NOT_FOUND)) => Step::RegId,
        // The click event in the console.
        (_, Some(ReceiptReason::INVALID_LINK)) => Step::Certificate,
        _ => step_of(outcome.advice(reason)),
    };
    diagnosis.fail(step, Reason::Receipt(outcome, reason));
    false
}

/// The replies to the message and to the push.
fn push(diagnosis: &mut Diagnosis, facts: &Facts<'_>) {
    if let Some(code) = facts.message.filter(|code| code.advice() != SendAdvice::Done) {
        let step = match code.advice() {
            SendAdvice::BackOff | SendAdvice::StopForToday => Step::Frequency,
            SendAdvice::CheckCertificate { part: "token" } => Step::Report,
            SendAdvice::CheckCertificate { .. } => Step::Certificate,
            _ => Step::TestPush,
        };
        diagnosis.fail(step, Reason::Message(code));
    }
    match (facts.send, facts.user_status) {
        (Some(code), status) if !code.is_success() => {
            let advice = SendResponse::advice_on(code, status, facts.push_mode);
            diagnosis.fail(step_of(advice), Reason::Send(code, advice));
        }
        // A list push is accepted, and this user was left out.
        (code, Some(status)) => {
            if code.is_some() {
                diagnosis.pass(&[Step::Frequency, Step::Certificate]);
            }
            diagnosis.fail(step_of(status.advice()), Reason::LeftOut(status));
        }
        (Some(_), None) => diagnosis.pass(&[Step::Frequency, Step::Certificate]),
        (None, None) => {}
    }
}

fn certificate(diagnosis: &mut Diagnosis, facts: &Facts<'_>) {
    if let Some(Err(error)) = facts.certificate.map(Certificate::check) {
        diagnosis.fail(Step::Certificate, Reason::Certificate(error));
    }
    let wait = facts.certificate_age.map(|age| Certificate::TAKES_EFFECT_AFTER.saturating_sub(age));
    if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
        diagnosis.fail(Step::Certificate, Reason::NotInForce { wait });
    }
    match facts.auth {
        Some(code) if code.is_success() => diagnosis.pass(&[Step::Certificate]),
        Some(code) => {
            let step = match code.advice() {
                Advice::BackOff | Advice::StopForToday => Step::Frequency,
                _ => Step::Certificate,
            };
            diagnosis.fail(step, Reason::Auth(code));
        }
        None => {}
    }
}

fn phone(diagnosis: &mut Diagnosis, facts: &Facts<'_>) {
    let has_reg_id = facts.registration.map(State::has_reg_id);
    // Answers to calls about topics and aliases say nothing.
    let about_push = |state: &PushState| {
        !matches!(state.advice(), StateAdvice::TurnOnPush | StateAdvice::FixArgument { .. })
    };
    match (facts.push_state.filter(about_push), has_reg_id) {
        (Some(state), Some(false)) if state.is_success() => diagnosis.fail(Step::RegId, Reason::NoRegId),
        (Some(state), _) if state.is_success() => diagnosis.pass(&[Step::RegId]),
        // A regId is proof that push works, so a temporary failure changes nothing.
        (Some(state), Some(true)) if !is_final(state) => diagnosis.pass(&[Step::RegId]),
        (Some(state), _) => diagnosis.fail(Step::RegId, Reason::PushState(state)),
        (None, Some(true)) => diagnosis.pass(&[Step::RegId]),
        (None, Some(false)) => diagnosis.fail(Step::RegId, Reason::NoRegId),
        (None, None) => {}
    }
}

/// True if the state makes a regId invalid.
fn is_final(state: PushState) -> bool {
    matches!(
        state.advice(),
        StateAdvice::Unsupported
            | StateAdvice::GiveUp
            | StateAdvice::FixConfiguration { .. }
            | StateAdvice::AskPrivacyConsent
    )
}

fn report(diagnosis: &mut Diagnosis, facts: &Facts<'_>) {
    if let (Some(certificate), Some(reported)) = (facts.certificate, facts.business_id) {
        if certificate.id != reported && !certificate.accept_tokens_of_other_certificates {
            diagnosis.fail(Step::Report, Reason::OtherCertificate { reported, expected: certificate.id });
        }
    }
    let code = facts.report.filter(|code| code.advice() != SendAdvice::Done);
    match (facts.registration, code) {
        (Some(State::Bound), _) => diagnosis.pass(&[Step::Report]),
        // The console has no certificate, or the app has no regId: the report itself is right.
        (_, Some(ErrorCode::NO_CERTIFICATE)) => diagnosis.fail(Step::Certificate, Reason::Report(code)),
        (_, Some(ErrorCode::TOKEN_EMPTY | ErrorCode::PUSH_TOKEN_EMPTY)) => {
            diagnosis.fail(Step::RegId, Reason::Report(code));
        }
        (Some(State::Failed | State::Refused), code) => diagnosis.fail(Step::Report, Reason::Report(code)),
        (_, Some(code)) => diagnosis.fail(Step::Report, Reason::Report(Some(code))),
        (Some(State::Ready), None) => diagnosis.fail(Step::Report, Reason::NotLoggedIn),
        _ => {}
    }
}

fn test(diagnosis: &mut Diagnosis, facts: &Facts<'_>) {
    match facts.presence {
        // Delivery to the phone works.
        _ if facts.others_arrived == Some(true) => {
            diagnosis.fail(Step::Frequency, Reason::OthersArrived);
            diagnosis.pass(&[Step::Certificate, Step::RegId, Step::Report]);
        }
        Some(presence @ (Presence::Online | Presence::Expired | Presence::LoggedOut | Presence::Kicked)) => {
            diagnosis.fail(Step::TestPush, Reason::Presence(presence));
        }
        _ if facts.since_push.is_some_and(|time| time >= ARRIVES_WITHIN) => {
            diagnosis.fail(Step::TestPush, Reason::Late);
        }
        _ => {}
    }
}

/// The step that an advice of vivo is about.
const fn step_of(advice: Advice) -> Step {
    match advice {
        Advice::BackOff | Advice::StopForToday | Advice::WaitForWindow => Step::Frequency,
        Advice::Reauthenticate | Advice::FixAccount => Step::Certificate,
        Advice::DropToken => Step::RegId,
        Advice::FixRequest { field } => match field.as_bytes() {
            b"appId" | b"appKey" | b"timestamp" | b"sign" => Step::Certificate,
            b"regId" => Step::RegId,
            _ => Step::TestPush,
        },
        _ => Step::TestPush,
    }
}
