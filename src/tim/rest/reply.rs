//! What all replies have in common.

use crate::json::{List, message};
use crate::tim::ErrorCode;

/// The words of the member `ActionStatus`: constants to compare it with.
pub enum ActionStatus {}

impl ActionStatus {
    /// The request was taken. `v4/timpush/batch` says so even where it refuses some of the receivers (67553), and
    /// `send_group_msg` where it drops the message (34959): look at the [outcome](Outcome).
    pub const OK: &'static str = "OK";
    /// It was not.
    pub const FAIL: &'static str = "FAIL";
    /// Some of the receivers were refused: in a sample of 34920, whose table has the other two only.
    pub const SOME_ERROR: &'static str = "SomeError";
}

message! {
    /// A receiver who does not get the message: an element of `ErrorList`.
    pub struct AccountError<'a> {
        /// The receiver, as the request has it: a user's id, or in the reply to [`PushBatch`](super::PushBatch) a device's
        /// `RegistrationID`.
        #[doc(alias = "To_Account")]
        to_account: &'a str = "To_Account",
        /// Why. 70107: there is no such account.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// The same in words, may be empty; only in replies to [`PushBatch`](super::PushBatch) (67553).
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient,
    }
}

impl<'a> AccountError<'a> {
    /// A receiver who was refused.
    #[must_use]
    pub const fn new(to_account: &'a str, error_code: ErrorCode) -> Self {
        Self { to_account, error_code, error_info: None }
    }
}

/// What has become of a request. No field of a reply says it alone:
///
/// | `ErrorCode` | `ActionStatus` | else | outcome |
/// |---|---|---|---|
/// | not 0 | any | | [`Failed`](Outcome::Failed) |
/// | 0 | `SomeError` | | [`Partly`](Outcome::Partly) |
/// | 0 | `OK` | `ErrorList` with an entry | [`Partly`](Outcome::Partly) |
/// | 0 | `OK` | `MsgDropReason` that is not empty | [`Dropped`](Outcome::Dropped) |
/// | 0 | `OK` | | [`Done`](Outcome::Done) |
/// | 0 | any other, or none | | [`Failed`](Outcome::Failed) |
///
/// ```
/// use offline_push::json;
/// use offline_push::tim::ErrorCode;
/// use offline_push::tim::rest::{Outcome, PushBatchResponse};
/// use offline_push::Response;
///
/// // "OK", and yet one of the receivers gets nothing.
/// let mut received = *br#"{"ErrorCode":0,"ErrorInfo":"","ActionStatus":"OK","TaskId":"batch_667015d4",
///     "ErrorList":[{"ErrorCode":70107,"To_Account":"user"}]}"#;
/// let reply: PushBatchResponse = json::from_slice_in_place(&mut received)?;
/// assert!(!reply.is_success());
/// let Outcome::Partly(refused) = reply.outcome() else { panic!("some are refused") };
/// for account in refused {
///     assert_eq!((account.to_account, account.error_code), ("user", ErrorCode::new(70107)));
/// }
/// # Ok::<(), json::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "a request may be refused in part"]
pub enum Outcome<'r> {
    /// All of it was taken.
    Done,
    /// It was taken for all receivers but these; the list is empty where the server says that there are some, and not which.
    Partly(List<'r, AccountError<'r>>),
    /// It was taken, and the message was thrown away for this reason: `MsgFreqCtrl`, the group has too many messages a
    /// second (34959).
    Dropped(&'r str),
    /// It was refused. The code is 0 where the reply calls itself neither a success nor a failure with a code.
    Failed(ErrorCode),
}

/// The outcome by the members that all replies have, and those that some do.
pub(super) fn outcome<'r>(
    action_status: Option<&str>,
    error_code: ErrorCode,
    error_list: Option<List<'r, AccountError<'r>>>,
    drop_reason: Option<&'r str>,
) -> Outcome<'r> {
    let refused = error_list.unwrap_or(List::from_slice(&[]));
    match action_status {
        _ if error_code.get() != 0 => Outcome::Failed(error_code),
        Some(ActionStatus::SOME_ERROR) => Outcome::Partly(refused),
        Some(ActionStatus::OK) if !refused.is_empty() => Outcome::Partly(refused),
        Some(ActionStatus::OK) => match drop_reason {
            Some(reason) if !reason.is_empty() => Outcome::Dropped(reason),
            _ => Outcome::Done,
        },
        _ => Outcome::Failed(error_code),
    }
}
