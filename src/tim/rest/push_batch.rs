//! `timpush/batch`: a push to many users, without a chat message.

use super::reply::{AccountError, outcome};
use super::{RestApi, check_receivers, response};
use crate::check::{Broken, CheckAll, CheckError, at_most, present};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message};
use crate::tim::{ErrorCode, OfflinePushInfo};

message! {
    /// The body of `v4/timpush/batch`: a push to many users, without a chat message (67553). From SDK 8.2.6325 on, online
    /// users receive it, too.
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::tim::OfflinePushInfo;
    /// use offline_push::tim::rest::PushBatch;
    ///
    /// let info = OfflinePushInfo::new().title("Title").desc("Content");
    /// let users = List::from_slice(&["user1", "user2"]);
    /// let push = PushBatch::new("administrator", users, 3_674_128, info);
    /// push.check()?;
    /// let mut buffer = [0; 256];
    /// assert_eq!(
    ///     json::to_str(&push, &mut buffer)?,
    ///     "{\"From_Account\":\"administrator\",\"To_Account\":[\"user1\",\"user2\"],\
    ///      \"MsgRandom\":3674128,\
    ///      \"OfflinePushInfo\":{\"Title\":\"Title\",\"Desc\":\"Content\"}}",
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct PushBatch<'a> {
        /// The sender: a user's id or a device's `RegistrationID`.
        #[doc(alias = "From_Account")]
        from_account: &'a str = "From_Account",
        /// The receivers: 1 to 500, each a user's id or a device's `RegistrationID`.
        #[doc(alias = "To_Account")]
        to_account: List<'a, &'a str> = "To_Account",
        /// Random number, for deduplication within one second (error 90001 if it is missing).
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// The push. The server rejects templates with preset variables here
        /// ([`push_template_id`](field@OfflinePushInfo::push_template_id)).
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: OfflinePushInfo<'a> = "OfflinePushInfo",
        /// The app's own id of the push. IM's calls to the app's server contain it. At most 64 bytes (error 90057).
        #[doc(alias = "DataId")]
        data_id: Option<&'a str> = "DataId",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> PushBatch<'a> {
    /// Maximum number of receivers of a request.
    pub const MAX_RECEIVERS: u32 = 500;
    /// Maximum length of [`data_id`](field@Self::data_id), in bytes.
    pub const MAX_DATA_ID_LEN: u32 = 64;

    /// A push with the required fields. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(
        from_account: &'a str,
        to_account: List<'a, &'a str>,
        msg_random: u32,
        offline_push_info: OfflinePushInfo<'a>,
    ) -> Self {
        Self { from_account, to_account, msg_random, offline_push_info, data_id: None, members: None }
    }

    /// Checks the request against the rules of Tencent's page:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `From_Account` | not empty |
    /// | `To_Account` | 1 to 500 accounts, none of them empty |
    /// | `OfflinePushInfo` | [passes](OfflinePushInfo::check) |
    /// | `DataId` | at most 64 bytes (error 90057) |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for PushBatch<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        present(self.from_account, "From_Account").or_else(&mut *broken)?;
        check_receivers(&self.to_account, Self::MAX_RECEIVERS).or_else(&mut *broken)?;
        self.offline_push_info.check_each(broken).or_else(&mut *broken)?;
        at_most(self.data_id.unwrap_or_default().len(), Self::MAX_DATA_ID_LEN, "DataId")
            .or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { PushBatch => PushBatchResponse, RestApi, "/v4/timpush/batch" }

message! {
    /// The reply to [`PushBatch`].
    pub struct PushBatchResponse<'a> {
        /// A constant of [`ActionStatus`](super::ActionStatus): `OK` even if some receivers were rejected.
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// Id of the push; empty on failure.
        #[doc(alias = "TaskId")]
        task_id: Option<&'a str> = "TaskId" as lenient [public],
        /// The receivers that do not get the push.
        #[doc(alias = "ErrorList")]
        error_list: Option<List<'a, AccountError<'a>>> = "ErrorList" as lenient,
    }
}

impl PushBatchResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { PushBatchResponse: |reply| outcome(reply.action_status, reply.error_code, reply.error_list, None) }
