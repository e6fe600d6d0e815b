//! vivo's replies to pushes, and the status of a recipient that vivo did not push to.

use super::api::response;
use super::code::{Advice, ResultCode};
use super::notification::PushMode;
use crate::json::{List, message, open_number};

message! {
    /// The reply to `/message/send`.
    ///
    /// vivo answers both accepted and refused requests with HTTP status 200; [`result`](field@Self::result) distinguishes them.
    /// Status 500 comes with plain text, so [`read_reply`](crate::read_reply) checks the status before it decodes.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Advice, SendResponse, UserStatus};
    ///
    /// let mut received =
    ///     *br#"{"result":10302,"desc":"regId invalid","invalidUser":{"status":1,"userid":"v2-abc"}}"#;
    /// let reply: SendResponse = json::from_slice_in_place(&mut received)?;
    /// assert_eq!(reply.result.advice(), Advice::DropToken);
    /// let user = reply.invalid_user.unwrap();
    /// assert_eq!(user.status, Some(UserStatus::new(1)));
    /// assert_eq!(user.userid, Some("v2-abc"));
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub struct SendResponse<'a> {
        /// 0 for success, else the reason. It is an integer. Some fake servers send it as a numeric string, which is accepted
        /// too.
        result: ResultCode = "result",
        /// The result in human-readable words. May be absent. The wording is not stable (`regId不合法`, `regId 不合法`), so do
        /// not parse it; use [`result`](field@Self::result).
        desc: Option<&'a str> = "desc" as lenient [public],
        /// Task id of an accepted push: a decimal string. Published ids have 9 to 18 digits or more. The number can exceed
        /// 2^53, so do not read it as a JSON double. A number is accepted too, and keeps all its digits.
        #[doc(alias = "taskId")]
        task_id: Option<&'a str> = "taskId" as lenient [public],
        /// The refused id, with result 10302. May be absent even then (seen in a real reply).
        #[doc(alias = "invalidUser")]
        invalid_user: Option<InvalidUser<'a>> = "invalidUser" as lenient,
    }
}

response! { SendResponse: |reply| reply.advice_for(None) }

impl SendResponse<'_> {
    /// A reply with a result and no other field.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }

    /// What the sender should do next, according to the code, the [`invalid_user`](field@Self::invalid_user) and the push mode
    /// of the request together. [`Response::advice`](crate::Response::advice) is the same for a formal push.
    ///
    /// [`ResultCode::advice`] alone is not enough to delete a token. For a test message, the code can mean that the phone is not
    /// a test device. A refused user with a status that this crate does not know may have a valid token: the advice is then
    /// [`Advice::Unknown`].
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Advice, PushMode, SendResponse};
    ///
    /// let reply: SendResponse = json::from_str(r#"{"result":10302}"#)?;
    /// assert_eq!(reply.advice_for(None), Advice::DropToken);
    /// assert_eq!(reply.advice_for(Some(PushMode::TEST)), Advice::FixAccount);
    ///
    /// let reply: SendResponse =
    ///     json::from_str(r#"{"result":10302,"invalidUser":{"status":3}}"#)?;
    /// assert_eq!(reply.advice_for(None), Advice::DeviceUnreachable);
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    #[must_use]
    pub fn advice_for(&self, push_mode: Option<PushMode>) -> Advice {
        let status = self.invalid_user.as_ref().and_then(|user| user.status);
        Self::advice_on(self.result, status, push_mode)
    }

    /// [`advice_for`](Self::advice_for) on the parts of a reply that decide it.
    pub(crate) fn advice_on(
        result: ResultCode,
        status: Option<UserStatus>,
        push_mode: Option<PushMode>,
    ) -> Advice {
        let advice = match (result, status) {
            // Both codes have a second meaning: "not a test device".
            (ResultCode::INVALID_REG_ID | ResultCode::APP_UNDER_REVIEW, Some(status)) => status.advice(),
            (result, _) => result.advice(),
        };
        tested(advice, push_mode)
    }
}

/// A test message does not reach phones that are not test devices, so it says nothing about their tokens.
pub(super) fn tested(advice: Advice, push_mode: Option<PushMode>) -> Advice {
    match advice {
        Advice::DropToken if push_mode == Some(PushMode::TEST) => Advice::FixAccount,
        advice => advice,
    }
}

message! {
    /// The reply to `/message/saveListPayload`, `/message/all` and `/message/tagPush`. All three return a task id (source:
    /// their published samples, and the official Java SDK, which has one result class for them).
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Advice, TaskResponse};
    ///
    /// let reply: TaskResponse =
    ///     json::from_str(r#"{"result":0,"desc":"请求成功","taskId":"342982232646905856"}"#)?;
    /// assert_eq!(reply.task_id, Some("342982232646905856"));
    /// let reply: TaskResponse = json::from_str(r#"{"result":10254}"#)?;
    /// assert_eq!(reply.result.advice(), Advice::StopForToday);
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub struct TaskResponse<'a> {
        /// 0 for success, else the reason.
        result: ResultCode = "result",
        /// The result in human-readable words. May be absent.
        desc: Option<&'a str> = "desc" as lenient [public],
        /// Task id of the accepted push or stored body, as in [`SendResponse::task_id`](field@SendResponse::task_id). A
        /// [`ListPush`](super::ListPush) needs the task id of a stored body; a [`StatisticsRequest`](super::StatisticsRequest)
        /// asks for results by task id.
        #[doc(alias = "taskId")]
        task_id: Option<&'a str> = "taskId" as lenient [public],
    }
}

response! { TaskResponse }

impl TaskResponse<'_> {
    /// A reply with a result and no other field.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }
}

message! {
    /// The reply to `/message/pushToList`.
    ///
    /// Even with result 0, vivo may have left out some recipients: check [`invalid_users`](field@Self::invalid_users) too.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Advice, ListPushResponse};
    ///
    /// let reply: ListPushResponse =
    ///     json::from_str(r#"{"result":0,"invalidUsers":[{"status":2,"userid":"v2-abc"}]}"#)?;
    /// assert!(reply.result.is_success());
    /// let user = reply.invalid_users.iter().flatten().next().unwrap();
    /// assert_eq!(user.status.unwrap().advice(), Advice::DropToken);
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub struct ListPushResponse<'a> {
        /// The id of the request. It is the first member in the document's sample.
        #[doc(alias = "requestId")]
        request_id: Option<&'a str> = "requestId" as lenient [public],
        /// 0 for success, else the reason.
        result: ResultCode = "result",
        /// The result in human-readable words. May be absent.
        desc: Option<&'a str> = "desc" as lenient [public],
        /// Recipients that vivo left out. A Node client expects this field on success, too. It may be absent, `null` or
        /// empty.
        #[doc(alias = "invalidUsers")]
        invalid_users: Option<List<'a, InvalidUser<'a>>> = "invalidUsers" as lenient,
    }
}

response! { ListPushResponse }

impl<'a> ListPushResponse<'a> {
    /// A reply with a result and no other field.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }

    /// The recipients whose regId the sender must delete: the app no longer has them. The push mode is that of the request.
    ///
    /// A regId is one of them if its status says so, the push was not a test, and vivo accepted the request or refused it
    /// because of regIds (10302). In any other case the next push [tries it again](Self::retried).
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{ListPushResponse, PushMode};
    ///
    /// let reply: ListPushResponse = json::from_str(
    ///     r#"{"result":0,"invalidUsers":[{"status":2,"userid":"v2-a"},{"status":9,"userid":"v2-b"}]}"#,
    /// )?;
    /// assert!(reply.dropped(None).eq(["v2-a"]));
    /// assert!(reply.retried(None).eq(["v2-b"])); // an unknown status
    /// assert_eq!(reply.dropped(Some(PushMode::TEST)).count(), 0);
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub fn dropped(&self, push_mode: Option<PushMode>) -> impl Iterator<Item = &'a str> + use<'a> {
        self.left_out(push_mode, true)
    }

    /// The recipients that vivo left out and that the next push tries again: inactive for a long time, not a test device, or left
    /// out for a reason that this crate does not know.
    pub fn retried(&self, push_mode: Option<PushMode>) -> impl Iterator<Item = &'a str> + use<'a> {
        self.left_out(push_mode, false)
    }

    fn left_out(
        &self,
        push_mode: Option<PushMode>,
        dropped: bool,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        let believed = matches!(self.result, ResultCode::SUCCESS | ResultCode::INVALID_REG_ID);
        let drops = move |user: &InvalidUser<'a>| {
            let advice = user.status.map_or(Advice::Unknown, UserStatus::advice);
            believed && tested(advice, push_mode) == Advice::DropToken
        };
        let users = self.invalid_users.into_iter().flatten();
        users.filter(move |user| drops(user) == dropped).filter_map(|user| user.userid)
    }
}

message! {
    /// A recipient that vivo did not push to.
    pub struct InvalidUser<'a> {
        /// The reason: unknown to this app, uninstalled, offline for a long time, not a test device.
        status: Option<UserStatus> = "status" as lenient,
        /// The regId or alias of the request. One library reads it as a number, so a number is accepted too. On the wire, the
        /// name of this field is in lower case. Shown as `***`, because it is a push token.
        userid: Option<&'a str> = "userid" as lenient [secret],
    }
}

impl<'a> InvalidUser<'a> {
    /// A recipient with the reason.
    #[must_use]
    pub const fn new(status: UserStatus, userid: &'a str) -> Self {
        Self { status: Some(status), userid: Some(userid) }
    }
}

impl Default for InvalidUser<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

open_number! {
    /// Why vivo did not push to a recipient: `status` in the `invalidUser` of a single push, and in each of the `invalidUsers`
    /// of a list push. The `result` of a list push may be 0 even then.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, UserStatus};
    ///
    /// assert_eq!(UserStatus::new(2), UserStatus::UNSUBSCRIBED);
    /// assert_eq!(UserStatus::new(2).advice(), Advice::DropToken);
    /// assert_ne!(UserStatus::NOT_TEST_DEVICE.advice(), Advice::DropToken);
    /// assert_eq!(UserStatus::new(9).get(), 9); // an unknown number is kept
    /// ```
    #[doc(alias = "invalidUser")]
    #[doc(alias = "invalidUsers")]
    pub struct UserStatus(i32) {
        /// This app has no such id (server document).
        NOT_FOUND = 1 => "the id does not exist for this app",
        /// The user removed the app, switched its push off or cleared its data (server document).
        UNSUBSCRIBED = 2 => "uninstalled, unsubscribed or data cleared",
        /// The phone was not online for 90 days (old server document; the newer text has no 3).
        INACTIVE = 3 => "not online for 90 days",
        /// The push is a test message, and the phone is not a test device (server document).
        NOT_TEST_DEVICE = 4 => "not a test device",
    }
}

impl UserStatus {
    /// What the sender should do about this recipient.
    ///
    /// A phone that was offline for a long time keeps its `regId`: no source says that it gets a new one.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, UserStatus};
    ///
    /// assert_eq!(UserStatus::NOT_FOUND.advice(), Advice::DropToken);
    /// assert_eq!(UserStatus::INACTIVE.advice(), Advice::DeviceUnreachable);
    /// assert_eq!(UserStatus::NOT_TEST_DEVICE.advice(), Advice::FixAccount);
    /// assert_eq!(UserStatus::new(9).advice(), Advice::Unknown);
    /// ```
    #[must_use]
    pub const fn advice(self) -> Advice {
        match self {
            Self::NOT_FOUND | Self::UNSUBSCRIBED => Advice::DropToken,
            Self::INACTIVE => Advice::DeviceUnreachable,
            Self::NOT_TEST_DEVICE => Advice::FixAccount,
            _ => Advice::Unknown,
        }
    }
}
