//! `push`: a push to all users, or to those that meet a condition.

use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure, present};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message};
use crate::tim::info::known;
use crate::tim::rest::{
    Condition, MessageElement, PushBatch, RestApi, check_body, check_push_info, outcome, response,
};
use crate::tim::{ErrorCode, OfflinePushInfo, Switch};

message! {
    /// The body of `v4/timpush/push`: a push to all users, or to those that meet a condition. The path has two variants:
    ///
    /// | | push service (60561) | Chat (67814) |
    /// |---|---|---|
    /// | what users get | a push | a chat message, and a push |
    /// | constructor | [`new`](Self::new) | [`with_message`](Self::with_message) |
    /// | `From_Account`, `OfflinePushInfo` | required | optional |
    /// | `MsgBody` | not allowed | required |
    ///
    /// The pushes of an app must be at least one second apart (error 90024). The app's edition limits them to 10 or 100 per day
    /// (90047). The body is at most 10 KB long (90056).
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::OfflinePushInfo;
    /// use offline_push::tim::timpush::Push;
    ///
    /// let info = OfflinePushInfo::new().title("Offline Push Title").desc("Offline Push Content");
    /// let push = Push::new("administrator", 3_674_128, info);
    /// push.check()?;
    /// let mut buffer = [0; 256];
    /// assert_eq!(
    ///     json::to_str(&push, &mut buffer)?,
    ///     "{\"From_Account\":\"administrator\",\"MsgRandom\":3674128,\
    ///      \"OfflinePushInfo\":{\"Title\":\"Offline Push Title\",\"Desc\":\"Offline Push Content\"}}",
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct Push<'a> {
        /// The sender. The push service requires it. In Chat, the default is the administrator who calls the API.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// Random number, for deduplication within one second (error 90005).
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// Chat: whether only online users get the message; in this case, it is not stored. Default 0: offline users get the
        /// message, too, and it counts as unread (200 users per second).
        #[doc(alias = "OnlineOnlyFlag")]
        online_only_flag: Option<Switch> = "OnlineOnlyFlag",
        /// The receivers. Default: all users.
        #[doc(alias = "Condition")]
        condition: Option<Condition<'a>> = "Condition",
        /// Chat: the elements of the message.
        #[doc(alias = "MsgBody")]
        msg_body: Option<List<'a, MessageElement<'a>>> = "MsgBody",
        /// The push. With [`PushFlag`](crate::tim::PushFlag) 1 and an `Ext` alone, only online users get the push (SDK 8.2.6325).
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
        /// The app's own id of the push, which [`callback`](crate::tim::callback) returns. At most 64 bytes. The page of `batch` has
        /// this field (error 90057); whether `push` accepts it is not documented.
        #[doc(alias = "DataId")]
        data_id: Option<&'a str> = "DataId",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> Push<'a> {
    /// Maximum length of the body, in bytes (error 90056). [`json::encoded_len`](crate::json::encoded_len) returns the length.
    pub const MAX_LEN: usize = 10 * 1024;

    /// A push to all users, with the fields that the push service requires. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(from_account: &'a str, msg_random: u32, offline_push_info: OfflinePushInfo<'a>) -> Self {
        Self {
            from_account: Some(from_account),
            msg_random,
            offline_push_info: Some(offline_push_info),
            ..Self::EMPTY
        }
    }

    /// A chat message to all users, with the fields that Chat requires. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn with_message(msg_random: u32, msg_body: List<'a, MessageElement<'a>>) -> Self {
        Self { msg_random, msg_body: Some(msg_body), ..Self::EMPTY }
    }

    /// Checks the request against the rules of Tencent's pages. A request with `MsgBody` is a request of Chat.
    ///
    /// | field | rule |
    /// |---|---|
    /// | `From_Account` | not empty; required without `MsgBody` |
    /// | `OnlineOnlyFlag` | a known number; only with `MsgBody` |
    /// | `TagsOr`, `TagsAnd` | at most 10 tags (90032) of 1 to 50 bytes (90040, 90020), no duplicates in both together (90022) |
    /// | `TagsNot` | at most 10 tags (90032) of 1 to 50 bytes (90040, 90020) |
    /// | `AttrsOr`, `AttrsAnd` | empty if there are tags (90039); names and texts of 1 to 50 bytes (90030) |
    /// | `MsgBody` | not empty, each element [passes](MessageElement::check), at most one `TIMCustomElem` |
    /// | `OfflinePushInfo` | [passes](OfflinePushInfo::check); required without `MsgBody` |
    /// | `DataId` | at most 64 bytes |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// This does not check the length of the body: compare the length with [`MAX_LEN`](Self::MAX_LEN).
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for Push<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        let chat = self.msg_body.is_some();
        // Chat's default sender is absent, not empty.
        let sender = self.from_account.unwrap_or(if chat { "administrator" } else { "" });
        present(sender, "From_Account").or_else(&mut *broken)?;
        known(self.online_only_flag.map(Switch::meaning), "OnlineOnlyFlag").or_else(&mut *broken)?;
        ensure(chat || self.online_only_flag.is_none(), "OnlineOnlyFlag", Rule::NotAllowed)
            .or_else(&mut *broken)?;
        self.condition.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        self.msg_body.as_ref().map_or(Ok(()), |body| check_body(body, broken)).or_else(&mut *broken)?;
        ensure(chat || self.offline_push_info.is_some(), "OfflinePushInfo", Rule::Missing)
            .or_else(&mut *broken)?;
        check_push_info(self.offline_push_info.as_ref(), broken).or_else(&mut *broken)?;
        check_data_id(self.data_id).or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { Push => PushResponse, RestApi, "/v4/timpush/push" }

/// Accepts at most 64 bytes.
pub(super) fn check_data_id(data_id: Option<&str>) -> Result<(), CheckError> {
    at_most(data_id.unwrap_or_default().len(), PushBatch::MAX_DATA_ID_LEN, "DataId")
}

message! {
    /// The reply to [`Push`] and to [`WebPush`](super::WebPush).
    ///
    /// The available text of 60561 shows no reply. The members are those of the reply to `im_push` (37165), the older name of this
    /// request.
    pub struct PushResponse<'a> {
        /// A constant of [`ActionStatus`](crate::tim::rest::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// Id of the push, for [`Revoke`](super::Revoke) and [`callback`](crate::tim::callback). Its form is not documented, and differs
        /// between requests: use it as it is.
        #[doc(alias = "TaskId")]
        task_id: Option<&'a str> = "TaskId" as lenient [public],
    }
}

impl PushResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { PushResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }
