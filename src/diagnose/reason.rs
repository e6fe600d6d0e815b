//! Why a step failed, and what to do.

use core::fmt;
use core::time::Duration;

use crate::check::CheckError;
use crate::delivery::Presence;
use crate::tim::{ErrorCode, SendAdvice};
use crate::vivo::{Advice, PushState, ReceiptReason, ReceiptType, ResultCode, StateAdvice, UserStatus};

/// Why a step failed. `Display` says what is wrong; [`advice`](Self::advice) says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Reason {
    /// vivo refused an auth request.
    Auth(ResultCode),
    /// vivo refused the push. The advice considers the status of the user and the push mode.
    Send(ResultCode, Advice),
    /// vivo accepted the push, and left out this user.
    LeftOut(UserStatus),
    /// vivo accepted the push, and the receipt says that it was not delivered or not shown.
    Receipt(ReceiptType, Option<ReceiptReason>),
    /// IM refused the message, or could not push it.
    Message(ErrorCode),
    /// The certificate has an invalid field.
    Certificate(CheckError),
    /// The certificate was saved less than ten minutes ago.
    NotInForce {
        /// Time until it takes effect.
        wait: Duration,
    },
    /// `turnOnPush` failed on the phone.
    PushState(PushState),
    /// The app has no regId.
    NoRegId,
    /// There is a regId, but no user is logged in. So nothing was reported.
    NotLoggedIn,
    /// The report to IM failed, with this code if it is known.
    Report(Option<ErrorCode>),
    /// The phone has reported the id of another certificate.
    OtherCertificate {
        /// The id that the phone has reported.
        reported: u32,
        /// The id of the certificate.
        expected: u32,
    },
    /// Other pushes to the phone have arrived at about the same time. The FAQ says that this is "usually due to the restrictions of
    /// vendor push frequency control".
    OthersArrived,
    /// In this state of the app, IM pushes nothing to the phone.
    Presence(Presence),
    /// No push has arrived within [one minute](super::ARRIVES_WITHIN).
    Late,
}

impl Reason {
    /// What to do, as one or two sentences for a person.
    ///
    /// A program should act on the code in the reason: each type of code has an `advice` of its own.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Auth(code) if *code == ResultCode::INVALID_TIMESTAMP => {
                "Set the clock of the machine that signs the auth request."
            }
            Self::Auth(code) => match code.advice() {
                Advice::FixRequest { .. } => {
                    "Copy app id, key and secret from vivo's console to the IM console once more."
                }
                advice => of_vivo(advice),
            },
            Self::Send(_, advice) => of_vivo(*advice),
            Self::LeftOut(status) => of_vivo(status.advice()),
            Self::Receipt(_, Some(ReceiptReason::ACTIVITY_NOT_EXPORTED)) => {
                "Set android:exported=\"true\" for the activity in the manifest."
            }
            Self::Receipt(_, Some(ReceiptReason::ACTIVITY_NOT_FOUND)) => {
                "Add the activity to the manifest, or name another one in the click event."
            }
            Self::Receipt(_, Some(ReceiptReason::INVALID_LINK)) => {
                "Correct the URL or intent of the click event in the IM console."
            }
            Self::Receipt(_, Some(ReceiptReason::USER_LIMIT)) => {
                "Send the user no more operational messages today, or send system messages."
            }
            Self::Receipt(ReceiptType::REPLACED, _) => "Nothing: a newer push has taken its place.",
            Self::Receipt(outcome, reason) => of_vivo(outcome.advice(*reason)),
            Self::Message(code) => of_im(code.advice()),
            Self::Certificate(_) => "Correct the certificate in the IM console.",
            Self::NotInForce { .. } => "Wait until the certificate takes effect, then test again.",
            Self::PushState(state) => of_phone(state.advice()),
            Self::NoRegId => {
                "Call initialize() and turnOnPush() of vivo's SDK, then getRegId() when turnOnPush has succeeded."
            }
            Self::NotLoggedIn => "Log in to IM. The app reports after each login.",
            Self::Report(Some(ErrorCode::TOKEN_EMPTY | ErrorCode::PUSH_TOKEN_EMPTY)) => {
                "Get the regId first: call getRegId() when turnOnPush() has succeeded. Then report it."
            }
            Self::Report(Some(code)) => of_im(code.advice()),
            Self::Report(None) => "Look at the code of onError of setOfflinePushToken, and report again.",
            Self::OtherCertificate { .. } => {
                "Report the id that the IM console shows beside the certificate for vivo."
            }
            Self::OthersArrived => "Send less often, or wait: vivo holds back some of many quick pushes.",
            Self::Presence(Presence::Online) => "Kill the app on the phone, then send a few messages.",
            Self::Presence(_) => {
                "Log in on the phone, kill the app without a logout, then send a few messages."
            }
            Self::Late => {
                "Look at the failed and unknown steps above. If all have passed: push is not 100% reliable, and may be late."
            }
        }
    }
}

/// vivo's server.
const fn of_vivo(advice: Advice) -> &'static str {
    match advice {
        Advice::Done => "Nothing.",
        Advice::Reauthenticate => {
            "Get a new auth token. If it is refused, too, compare app id, key and secret with vivo's console."
        }
        Advice::BackOff => "Send more slowly.",
        Advice::DropToken => "Delete the regId. The app gets a new one from vivo's SDK and reports it.",
        Advice::StopForToday => "Send nothing more of this kind today.",
        Advice::WaitForWindow => "Send between 07:00 and 23:00 in China, or send a system message.",
        Advice::StoreAgain => "Store the list payload again, and push with the new task id.",
        Advice::FixRequest { .. } => "Correct the field of the push that vivo names.",
        Advice::FixAccount => {
            "Open vivo's console: the review of the app, the switches for push and system messages, the list of test devices."
        }
        Advice::FixText => "Send another text.",
        Advice::DeviceUnreachable => {
            "Look at the phone: it is online, and its user allows notifications of the app."
        }
        _ => "Look the number up in vivo's documents.",
    }
}

/// vivo's SDK on the phone.
const fn of_phone(advice: StateAdvice) -> &'static str {
    match advice {
        StateAdvice::Unsupported => "This phone or its system has no vivo push. Use another channel.",
        StateAdvice::InitializeAgain => "Call initialize(), then turnOnPush().",
        StateAdvice::AskPrivacyConsent => "Show the privacy statement. Initialize when the user has agreed.",
        StateAdvice::TryTomorrow => "Call turnOnPush() tomorrow.",
        StateAdvice::WaitAndRetry => "Call turnOnPush() again after a pause of at least two seconds.",
        StateAdvice::GiveUp => "Ask vivo why the app is blocked.",
        StateAdvice::FixConfiguration { .. } => {
            "Correct package name, com.vivo.push.app_id and com.vivo.push.api_key in the manifest."
        }
        _ => "Look the number up in vivo's documents.",
    }
}

/// Tencent IM.
fn of_im(advice: SendAdvice) -> &'static str {
    match advice {
        SendAdvice::Done => "Nothing.",
        SendAdvice::Retry => "Try again after a pause.",
        SendAdvice::BackOff => "Try again more slowly.",
        SendAdvice::StopForToday => "Send nothing more of this kind today.",
        SendAdvice::FixRequest { .. } => "Correct the request.",
        SendAdvice::FixText => "Send another text.",
        SendAdvice::RenewUserSig => "Make a new UserSig.",
        SendAdvice::UseAdministrator => "Send as an administrator of the app.",
        SendAdvice::FixAccount => "Open the IM console: the plan, the push plug-in, the allowed addresses.",
        SendAdvice::CheckCertificate { part: "intent" } => {
            "Write the intent URL into the click event of the certificate in the IM console."
        }
        SendAdvice::CheckCertificate { part: "token" } => {
            "Report a regId of vivo's SDK, with the id that the IM console shows for this app's certificate."
        }
        SendAdvice::CheckCertificate { .. } => {
            "Compare the certificate in the IM console with vivo's console, and its id with the id that the app reports."
        }
        SendAdvice::NotDelivered => "Send to another user: this one does not exist or refuses the sender.",
        SendAdvice::LogIn => "Log in to IM first.",
        SendAdvice::FixApp => "Correct the configuration of the app.",
        SendAdvice::AskUser => "Ask the user to allow notifications.",
        _ => "Look the number up in IM's documents.",
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auth(code) => write!(f, "vivo refused the auth request: {code}"),
            Self::Send(code, _) => write!(f, "vivo refused the push: {code}"),
            Self::LeftOut(status) => write!(f, "vivo left out the user: {status}"),
            Self::Receipt(outcome, None) => write!(f, "vivo's receipt says: {outcome}"),
            Self::Receipt(outcome, Some(reason)) => write!(f, "vivo's receipt says: {outcome}, {reason}"),
            Self::Message(code) => write!(f, "IM did not push the message: {code}"),
            Self::Certificate(error) => write!(f, "the certificate is invalid: {error}"),
            Self::NotInForce { wait } => {
                let started = u64::from(wait.subsec_nanos() > 0);
                write!(f, "the certificate takes effect in {} s", wait.as_secs().saturating_add(started))
            }
            Self::PushState(state) => write!(f, "turnOnPush failed: {state}"),
            Self::NoRegId => f.write_str("the app has no regId"),
            Self::NotLoggedIn => f.write_str("no user is logged in, so nothing was reported"),
            Self::Report(None) => f.write_str("the report to IM failed"),
            Self::Report(Some(code)) => write!(f, "the report to IM failed: {code}"),
            Self::OtherCertificate { reported, expected } => {
                write!(f, "the phone has reported the certificate id {reported}, not {expected}")
            }
            Self::OthersArrived => f.write_str("other pushes to the phone have arrived"),
            Self::Presence(presence) => f.write_str(match presence {
                Presence::Online => "the app is running and gets the message itself",
                Presence::Background => "the app is in the background",
                Presence::Killed => "the app was killed",
                Presence::Expired => "the user has not logged in for seven days",
                Presence::LoggedOut => "the user has logged out",
                Presence::Kicked => "the user was logged out by another device",
            }),
            Self::Late => f.write_str("no push has arrived within one minute"),
        }
    }
}
