//! The reply to requests that return no data.

use crate::json::{List, message};
use crate::tim::ErrorCode;
use crate::tim::rest::{AccountError, outcome, response};

message! {
    /// The reply to a request that changes something and returns no data.
    pub struct StatusResponse<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus): `OK` even if some accounts were rejected.
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// The accounts that were rejected: 70107 if the account does not exist, 90035 if the attribute or tag belongs to the other
        /// kind of account. Only replies to requests with accounts have this list.
        #[doc(alias = "ErrorList")]
        error_list: Option<List<'a, AccountError<'a>>> = "ErrorList" as lenient,
    }
}

impl StatusResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { StatusResponse: |reply| outcome(reply.action_status, reply.error_code, reply.error_list, None) }
