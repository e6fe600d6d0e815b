//! The common parts of all replies: status, rejected receivers, outcome.

use crate::json::{List, message};
use crate::tim::{ErrorCode, SendAdvice};

/// The values of the member `ActionStatus`, as constants.
pub enum ActionStatus {}

impl ActionStatus {
    /// IM accepted the request. `v4/timpush/batch` also returns this status if IM rejected some of the receivers
    /// (67553), and so does `send_group_msg` if IM dropped the message (34959): use the [outcome](Outcome).
    pub const OK: &'static str = "OK";
    /// IM rejected the request.
    pub const FAIL: &'static str = "FAIL";
    /// IM rejected some of the receivers. This status is in a sample of 34920; the table of this page has only the other
    /// two.
    pub const SOME_ERROR: &'static str = "SomeError";
}

message! {
    /// A receiver that does not get the message: an element of `ErrorList`.
    pub struct AccountError<'a> {
        /// The receiver, as in the request: a user's id, or, in the reply to [`PushBatch`](super::PushBatch), a device's
        /// `RegistrationID`.
        #[doc(alias = "To_Account")]
        to_account: &'a str = "To_Account",
        /// Why the receiver does not get the message. 70107: the account does not exist.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// Error text, which may be empty. Only replies to [`PushBatch`](super::PushBatch) have it (67553).
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
    }
}

impl<'a> AccountError<'a> {
    /// A receiver that was rejected.
    #[must_use]
    pub const fn new(to_account: &'a str, error_code: ErrorCode) -> Self {
        Self { to_account, error_code, error_info: None }
    }
}

/// The result of a request. It depends on several members of the reply:
///
/// | `ErrorCode` | `ActionStatus` | other member | outcome |
/// |---|---|---|---|
/// | not 0 | any | | [`Failed`](Outcome::Failed) |
/// | 0 | `SomeError` | | [`Partly`](Outcome::Partly) |
/// | 0 | `OK` | `ErrorList` with an entry | [`Partly`](Outcome::Partly) |
/// | 0 | `OK` | `MsgDropReason` that is not empty | [`Dropped`](Outcome::Dropped) |
/// | 0 | `OK` | | [`Done`](Outcome::Done) |
/// | 0 | any other, or absent | | [`Failed`](Outcome::Failed) |
///
/// ```
/// use offline_push::tim::ErrorCode;
/// use offline_push::tim::rest::{Outcome, PushBatchResponse};
/// use offline_push::{Response, json};
///
/// // "OK", but one of the receivers gets nothing.
/// let mut received = *br#"{"ErrorCode":0,"ErrorInfo":"","ActionStatus":"OK",
///     "TaskId":"batch_667015d4","ErrorList":[{"ErrorCode":70107,"To_Account":"user"}]}"#;
/// let reply: PushBatchResponse = json::from_slice_in_place(&mut received)?;
/// assert!(!reply.is_success());
/// let Outcome::Partly(rejected) = reply.outcome() else { panic!("one is rejected") };
/// for account in rejected {
///     assert_eq!(account.to_account, "user");
///     assert_eq!(account.error_code, ErrorCode::UNKNOWN_ACCOUNT);
/// }
/// # Ok::<(), json::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "IM may reject a part of a request"]
pub enum Outcome<'r> {
    /// IM accepted the request for all receivers.
    Done,
    /// IM accepted the request, but not for these receivers. The list is empty if the server does not name them.
    Partly(List<'r, AccountError<'r>>),
    /// IM accepted the request, but dropped the message for this reason. `MsgFreqCtrl`: the group has too many messages per
    /// second (34959).
    Dropped(&'r str),
    /// IM rejected the request. The code is 0 if the reply has neither the status of a success nor an error code.
    Failed(ErrorCode),
}

impl Outcome<'_> {
    /// The name of the variant in `snake_case`, for metrics and logs. It is stable: it never changes.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly(_) => "partly",
            Self::Dropped(_) => "dropped",
            Self::Failed(_) => "failed",
        }
    }
}

impl Outcome<'_> {
    /// `MsgDropReason` of a message that was dropped because the group has too many.
    const TOO_MANY_MESSAGES: &'static str = "MsgFreqCtrl";

    /// What to do about the request. The advice of a code is [`ErrorCode::advice`]. A request that IM accepted for only some of the
    /// receivers is [`Done`](SendAdvice::Done): look at the other receivers one by one. If IM dropped a message because the group has too
    /// many messages, the advice is to send more slowly.
    #[must_use]
    pub fn advice(&self) -> SendAdvice {
        match self {
            Self::Done | Self::Partly(_) => SendAdvice::Done,
            Self::Dropped(Self::TOO_MANY_MESSAGES) => SendAdvice::BackOff,
            Self::Dropped(_) => SendAdvice::NotDelivered,
            Self::Failed(ErrorCode::SUCCESS) => SendAdvice::Unknown,
            Self::Failed(code) => code.advice(),
        }
    }
}

/// The outcome from the members that all replies have, and from those that some have.
pub(in crate::tim) fn outcome<'r>(
    action_status: Option<&str>,
    error_code: ErrorCode,
    error_list: Option<List<'r, AccountError<'r>>>,
    drop_reason: Option<&'r str>,
) -> Outcome<'r> {
    let rejected = error_list.unwrap_or(List::from_slice(&[]));
    match action_status {
        _ if error_code.get() != 0 => Outcome::Failed(error_code),
        Some(ActionStatus::SOME_ERROR) => Outcome::Partly(rejected),
        Some(ActionStatus::OK) if !rejected.is_empty() => Outcome::Partly(rejected),
        Some(ActionStatus::OK) => match drop_reason {
            Some(reason) if !reason.is_empty() => Outcome::Dropped(reason),
            _ => Outcome::Done,
        },
        _ => Outcome::Failed(error_code),
    }
}
