//! A message to many users.

use super::group::is_online_only;
use super::reply::{AccountError, outcome};
use super::send::SyncOtherMachine;
use super::{MessageElement, RestApi, response, rules};
use crate::check::CheckError;
use crate::exchange::request;
use crate::json::{List, Members, check_members, message};
use crate::tim::info::known;
use crate::tim::{ErrorCode, OfflinePushInfo, Switch};

message! {
    /// The body of `v4/openim/batchsendmsg`: a message to many users, to each of them alone (34920). The app's server is not
    /// called for it. Counts as many messages as it has receivers.
    #[doc(alias = "batchsendmsg")]
    pub struct BatchSendMessage<'a> {
        /// Whether the sender's own devices get it, too. Default: into their history only.
        #[doc(alias = "SyncOtherMachine")]
        sync_other_machine: Option<SyncOtherMachine> = "SyncOtherMachine",
        /// Who sends it, as the receivers see it. Default: the administrator who calls. A sender who does not exist is error
        /// 90008.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// Who gets it: 1 to 500 users (errors 90012, 90011).
        #[doc(alias = "To_Account")]
        to_account: List<'a, &'a str> = "To_Account",
        /// 1: for users online only, not stored, not counted as unread, and thus not pushed. In the text of 269/1612 of 2026,
        /// where older versions speak of `msg_life_time` 0.
        #[doc(alias = "OnlineOnlyFlag")]
        online_only_flag: Option<Switch> = "OnlineOnlyFlag",
        /// How long the server keeps it for receivers who are offline, as for
        /// [`SendMessage`](super::SendMessage::msg_life_time): in seconds, at most 604800 (error 90026), 0 for users online
        /// only.
        #[doc(alias = "MsgLifeTime")]
        msg_life_time: Option<u32> = "MsgLifeTime",
        /// Its number, which need not be another one for each message: orders those of the same second. Default: random.
        #[doc(alias = "MsgSeq")]
        msg_seq: Option<u32> = "MsgSeq",
        /// Random, against doubles within a second.
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// How it counts for the receivers: words of [`SendMsgControl`](super::SendMsgControl).
        #[doc(alias = "SendMsgControl")]
        send_msg_control: Option<List<'a, &'a str>> = "SendMsgControl",
        /// What it says (errors 90002, 90007, 90010).
        #[doc(alias = "MsgBody")]
        msg_body: List<'a, MessageElement<'a>> = "MsgBody",
        /// The app's own data, stored with it and given to the receivers.
        #[doc(alias = "CloudCustomData")]
        cloud_custom_data: Option<&'a str> = "CloudCustomData",
        /// How it is pushed.
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
        /// Whether the receivers' apps report that it was read; default no.
        #[doc(alias = "IsNeedReadReceipt")]
        is_need_read_receipt: Option<Switch> = "IsNeedReadReceipt",
    }
    /// Members newer than this crate, written behind the others. Decoding leaves it `None`: it passes unknown members over.
    ..members: Option<Members<'a>>
}

impl<'a> BatchSendMessage<'a> {
    /// How many receivers a request may have.
    pub const MAX_RECEIVERS: u32 = 500;

    /// A message with what it needs.
    #[must_use]
    pub const fn new(
        to_account: List<'a, &'a str>,
        msg_random: u32,
        msg_body: List<'a, MessageElement<'a>>,
    ) -> Self {
        Self { to_account, msg_random, msg_body, ..Self::EMPTY }
    }

    /// Whether it is for users online only, and so never pushed:
    /// [`Delivery::online_only`](crate::delivery::Delivery::online_only).
    #[must_use]
    pub const fn is_online_only(&self) -> bool {
        matches!(self.msg_life_time, Some(0)) || is_online_only(self.online_only_flag)
    }

    /// Holds the request against what Tencent's pages demand, which is what
    /// [`SendMessage::check`](super::SendMessage::check) says, and of `To_Account` 1 to 500, none of them empty;
    /// `OnlineOnlyFlag` is 0 or 1.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        known(self.sync_other_machine.map(SyncOtherMachine::meaning), "SyncOtherMachine")?;
        rules::sender(self.from_account)?;
        rules::receivers(&self.to_account, Self::MAX_RECEIVERS)?;
        known(self.online_only_flag.map(Switch::meaning), "OnlineOnlyFlag")?;
        rules::life_time(self.msg_life_time)?;
        rules::body(&self.msg_body)?;
        rules::push_info(self.offline_push_info.as_ref())?;
        known(self.is_need_read_receipt.map(Switch::meaning), "IsNeedReadReceipt")?;
        check_members::<Self>(self.members)
    }
}

request! { BatchSendMessage => BatchSendMessageResponse, RestApi, "/v4/openim/batchsendmsg" }

message! {
    /// The reply to [`BatchSendMessage`].
    pub struct BatchSendMessageResponse<'a> {
        /// A word of [`ActionStatus`](super::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient,
        /// 0 if anybody at all gets the message.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// What went wrong, for people.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient,
        /// The message's key, to recall it by: at most 50 characters.
        #[doc(alias = "MsgKey")]
        msg_key: Option<&'a str> = "MsgKey" as lenient,
        /// Who does not get it, or does not exist.
        #[doc(alias = "ErrorList")]
        error_list: Option<List<'a, AccountError<'a>>> = "ErrorList" as lenient,
    }
}

impl BatchSendMessageResponse<'_> {
    /// A reply with this code and nothing else.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { BatchSendMessageResponse: |reply| outcome(reply.action_status, reply.error_code, reply.error_list, None) }
