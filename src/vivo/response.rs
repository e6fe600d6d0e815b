//! vivo's answer to a push.

use super::code::ResultCode;
use super::user_status::UserStatus;
use crate::json::message;

message! {
    /// The reply to `/message/send`.
    ///
    /// vivo answers HTTP 200 for success and for business failures alike, so [`result`](Self::result) decides. HTTP
    /// 500 carries plain text (`Internet server error!`): look at the status before decoding.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Advice, SendResponse, UserStatus};
    ///
    /// let mut received = *br#"{"result":10302,"desc":"regId invalid","invalidUser":{"status":1,"userid":"v2-abc"}}"#;
    /// let reply: SendResponse = json::from_slice_in_place(&mut received)?;
    /// assert_eq!(reply.result.advice(), Advice::DropToken);
    /// let user = reply.invalid_user.unwrap();
    /// assert_eq!(user.status, Some(UserStatus::new(1)));
    /// assert_eq!(user.userid, Some("v2-abc"));
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub struct SendResponse<'a> {
        /// 0 or what went wrong. Integer; some test doubles send it as a numeric string, which is taken too.
        result: ResultCode = "result",
        /// The result in words, for people: the wording is not stable (`regId不合法`, `regId 不合法`) and may be absent, so
        /// decide by [`result`](Self::result) alone.
        desc: Option<&'a str> = "desc",
        /// Task id of an accepted push: a decimal string of 9 to 18 and more digits. Beyond 2^53, so never a JSON double;
        /// one sent as a number keeps its digits.
        #[doc(alias = "taskId")]
        task_id: Option<&'a str> = "taskId" as id,
        /// Which id was refused, with result 10302. May be absent even then (seen in a real reply).
        #[doc(alias = "invalidUser")]
        invalid_user: Option<InvalidUser<'a>> = "invalidUser",
    }
}

impl SendResponse<'_> {
    /// A reply with this result and nothing else.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }
}

message! {
    /// An id that vivo refused.
    pub struct InvalidUser<'a> {
        /// Why: unknown to this app, uninstalled, long offline, no test device.
        status: Option<UserStatus> = "status",
        /// The regId or alias of the request. Text; one library reads it as a number, so a number is taken too. The wire
        /// writes the name all in lower case. Shown as `***`: it is a push token.
        userid: Option<&'a str> = "userid" as id [secret],
    }
}

impl<'a> InvalidUser<'a> {
    /// A refused id.
    #[must_use]
    pub const fn new(status: UserStatus, userid: &'a str) -> Self {
        Self { status: Some(status), userid: Some(userid) }
    }
}
