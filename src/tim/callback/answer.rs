//! The answer to a webhook.

use crate::json::message;

message! {
    /// The body of the answer to a webhook (67551). Without this body, the server counts the call as failed.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::callback::CallbackAnswer;
    ///
    /// let mut buffer = [0; 128];
    /// assert_eq!(json::to_str(&CallbackAnswer::OK, &mut buffer)?, CallbackAnswer::OK_BODY);
    /// let failed = CallbackAnswer::failed("the database is down");
    /// assert_eq!(
    ///     json::to_str(&failed, &mut buffer)?,
    ///     r#"{"ActionStatus":"FAIL","ErrorInfo":"the database is down","ErrorCode":1}"#,
    /// );
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    pub struct CallbackAnswer<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus): `OK` or `FAIL`.
        #[doc(alias = "ActionStatus")]
        action_status: &'a str = "ActionStatus" [public],
        /// What went wrong, in human-readable words; empty for success.
        #[doc(alias = "ErrorInfo")]
        error_info: &'a str = "ErrorInfo" [public],
        /// 0 for success, 1 for an error.
        #[doc(alias = "ErrorCode")]
        error_code: i32 = "ErrorCode",
    }
}

impl CallbackAnswer<'static> {
    /// The answer for success.
    pub const OK: Self = Self { action_status: "OK", error_info: "", error_code: 0 };
    /// The encoded answer for success.
    pub const OK_BODY: &'static str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
}

impl<'a> CallbackAnswer<'a> {
    /// The answer for an error. The page shows only `OK`; `FAIL` is the other status of the REST API.
    #[must_use]
    pub const fn failed(error_info: &'a str) -> Self {
        Self { action_status: "FAIL", error_info, error_code: 1 }
    }
}
