//! vivo's answers to pushes.

use super::api::response;
use super::code::ResultCode;
use super::user_status::UserStatus;
use crate::json::{List, message};

message! {
    /// The reply to `/message/send`.
    ///
    /// vivo answers HTTP 200 for success and for business failures alike, so [`result`](Self::result) decides. HTTP
    /// 500 carries plain text: [`read_reply`](super::read_reply) looks at the status before it decodes.
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
        desc: Option<&'a str> = "desc" as lenient,
        /// Task id of an accepted push: a decimal string of 9 to 18 and more digits. Beyond 2^53, so never a JSON double;
        /// one sent as a number keeps its digits.
        #[doc(alias = "taskId")]
        task_id: Option<&'a str> = "taskId" as lenient,
        /// Which id was refused, with result 10302. May be absent even then (seen in a real reply).
        #[doc(alias = "invalidUser")]
        invalid_user: Option<InvalidUser<'a>> = "invalidUser" as lenient,
    }
}

response! { SendResponse }

impl SendResponse<'_> {
    /// A reply with this result and nothing else.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }
}

message! {
    /// The reply to `/message/saveListPayload`, `/message/all` and `/message/tagPush`: all three give a task id (their
    /// published samples, and the one result class of the official Java SDK).
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Advice, TaskResponse};
    ///
    /// let reply: TaskResponse = json::from_str(r#"{"result":0,"desc":"请求成功","taskId":"342982232646905856"}"#)?;
    /// assert_eq!(reply.task_id, Some("342982232646905856"));
    /// let reply: TaskResponse = json::from_str(r#"{"result":10254}"#)?;
    /// assert_eq!(reply.result.advice(), Advice::StopForToday);
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub struct TaskResponse<'a> {
        /// 0 or what went wrong.
        result: ResultCode = "result",
        /// The result in words, for people; may be absent.
        desc: Option<&'a str> = "desc" as lenient,
        /// Task id of what was accepted, as in [`SendResponse::task_id`]: the stored body's for a
        /// [`ListPush`](super::ListPush), and what [`StatisticsRequest`](super::StatisticsRequest) asks about.
        #[doc(alias = "taskId")]
        task_id: Option<&'a str> = "taskId" as lenient,
    }
}

response! { TaskResponse }

impl TaskResponse<'_> {
    /// A reply with this result and nothing else.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }
}

message! {
    /// The reply to `/message/pushToList`.
    ///
    /// A result of 0 goes with receivers that were left out: look at both.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Advice, ListPushResponse};
    ///
    /// let reply: ListPushResponse =
    ///     json::from_str(r#"{"requestId":"r","result":0,"invalidUsers":[{"status":2,"userid":"v2-abc"}]}"#)?;
    /// assert!(reply.result.is_success());
    /// let user = reply.invalid_users.iter().flatten().next().unwrap();
    /// assert_eq!(user.status.unwrap().advice(), Advice::DropToken);
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub struct ListPushResponse<'a> {
        /// The request's own id, given back. Stands first in the document's sample.
        #[doc(alias = "requestId")]
        request_id: Option<&'a str> = "requestId" as lenient,
        /// 0 or what went wrong.
        result: ResultCode = "result",
        /// The result in words, for people; may be absent.
        desc: Option<&'a str> = "desc" as lenient,
        /// Receivers that were left out. A Node client takes it to be there on success, too; absent, `null` and empty are
        /// read.
        #[doc(alias = "invalidUsers")]
        invalid_users: Option<List<'a, InvalidUser<'a>>> = "invalidUsers" as lenient,
    }
}

response! { ListPushResponse }

impl ListPushResponse<'_> {
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
        status: Option<UserStatus> = "status" as lenient,
        /// The regId or alias of the request. Text; one library reads it as a number, so a number is taken too. The wire
        /// writes the name all in lower case. Shown as `***`: it is a push token.
        userid: Option<&'a str> = "userid" as lenient [secret],
    }
}

impl<'a> InvalidUser<'a> {
    /// A refused id.
    #[must_use]
    pub const fn new(status: UserStatus, userid: &'a str) -> Self {
        Self { status: Some(status), userid: Some(userid) }
    }
}
