//! A push to many users without a message.

use super::reply::{AccountError, outcome};
use super::{RestApi, response, rules};
use crate::check::{CheckError, at_most, present};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message};
use crate::tim::{ErrorCode, OfflinePushInfo};

message! {
    /// The body of `v4/timpush/batch`: a push to many users, which is no message of a chat (67553). Users who are online get
    /// it, too, from SDK 8.2.6325 on.
    ///
    /// ```
    /// use offline_push::json::{self, List};
    /// use offline_push::tim::OfflinePushInfo;
    /// use offline_push::tim::rest::PushBatch;
    ///
    /// let mut info = OfflinePushInfo::new();
    /// info.title = Some("Offline Push Title");
    /// info.desc = Some("Offline Push Content");
    /// let push = PushBatch::new("administrator", List::from_slice(&["user1", "user2"]), 3_674_128, info);
    /// push.check()?;
    /// let mut buffer = [0; 256];
    /// assert_eq!(
    ///     json::to_str(&push, &mut buffer)?,
    ///     "{\"From_Account\":\"administrator\",\"To_Account\":[\"user1\",\"user2\"],\"MsgRandom\":3674128,\
    ///      \"OfflinePushInfo\":{\"Title\":\"Offline Push Title\",\"Desc\":\"Offline Push Content\"}}",
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct PushBatch<'a> {
        /// Who sends it: a user's id or a device's `RegistrationID`.
        #[doc(alias = "From_Account")]
        from_account: &'a str = "From_Account",
        /// Who gets it: 1 to 500, each a user's id or a device's `RegistrationID`.
        #[doc(alias = "To_Account")]
        to_account: List<'a, &'a str> = "To_Account",
        /// Random, against doubles within a second (error 90001 without).
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// What is pushed. Templates with preset variables are refused here
        /// ([`push_template_id`](OfflinePushInfo::push_template_id)).
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: OfflinePushInfo<'a> = "OfflinePushInfo",
        /// The app's own name for it, which comes back in the calls to the app's server: at most 64 bytes (error 90057).
        #[doc(alias = "DataId")]
        data_id: Option<&'a str> = "DataId",
    }
    /// Members newer than this crate, written behind the others. Decoding leaves it `None`: it passes unknown members over.
    ..members: Option<Members<'a>>
}

impl<'a> PushBatch<'a> {
    /// How many receivers a request may have.
    pub const MAX_RECEIVERS: u32 = 500;
    /// Longest [`data_id`](Self::data_id) in bytes.
    pub const MAX_DATA_ID_LEN: u32 = 64;

    /// A push with what it needs.
    #[must_use]
    pub const fn new(
        from_account: &'a str,
        to_account: List<'a, &'a str>,
        msg_random: u32,
        offline_push_info: OfflinePushInfo<'a>,
    ) -> Self {
        Self { from_account, to_account, msg_random, offline_push_info, data_id: None, members: None }
    }

    /// Holds the request against what Tencent's page demands:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `From_Account` | not empty |
    /// | `To_Account` | 1 to 500, none of them empty |
    /// | `OfflinePushInfo` | [passes](OfflinePushInfo::check) |
    /// | `DataId` | at most 64 bytes (error 90057) |
    /// | `members` | none that is a field, none twice |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        present(self.from_account, "From_Account")?;
        rules::receivers(&self.to_account, Self::MAX_RECEIVERS)?;
        self.offline_push_info.check()?;
        at_most(self.data_id.unwrap_or_default().len(), Self::MAX_DATA_ID_LEN, "DataId")?;
        check_members::<Self>(self.members)
    }
}

request! { PushBatch => PushBatchResponse, RestApi, "/v4/timpush/batch" }

message! {
    /// The reply to [`PushBatch`].
    pub struct PushBatchResponse<'a> {
        /// A word of [`ActionStatus`](super::ActionStatus): `OK` even where receivers are refused.
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient,
        /// What went wrong, for people.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient,
        /// 0 or what went wrong.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// Names the push; empty on failure.
        #[doc(alias = "TaskId")]
        task_id: Option<&'a str> = "TaskId" as lenient,
        /// Who does not get it.
        #[doc(alias = "ErrorList")]
        error_list: Option<List<'a, AccountError<'a>>> = "ErrorList" as lenient,
    }
}

impl PushBatchResponse<'_> {
    /// A reply with this code and nothing else.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { PushBatchResponse: |reply| outcome(reply.action_status, reply.error_code, reply.error_list, None) }
