//! `batchsendmsg`: a message to many users.

use super::group::is_online_only;
use super::reply::{AccountError, outcome};
use super::send::SyncOtherMachine;
use super::{
    MessageElement, RestApi, check_body, check_life_time, check_push_info, check_receivers, check_sender,
    response,
};
use crate::check::{Broken, CheckAll, CheckError};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message};
use crate::tim::info::known;
use crate::tim::{ErrorCode, OfflinePushInfo, Switch};

message! {
    /// The body of `v4/openim/batchsendmsg`: a message to many users, one by one (34920). IM does not call the app's server for
    /// this message. The message counts as one message for each receiver.
    #[doc(alias = "batchsendmsg")]
    pub struct BatchSendMessage<'a> {
        /// Whether the sender's own devices receive the message. Default: the message is only in their history.
        #[doc(alias = "SyncOtherMachine")]
        sync_other_machine: Option<SyncOtherMachine> = "SyncOtherMachine",
        /// The sender that the receivers see. Default: the administrator who calls the API. Error 90008 if the account
        /// does not exist.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// The receivers: 1 to 500 users (errors 90012, 90011).
        #[doc(alias = "To_Account")]
        to_account: List<'a, &'a str> = "To_Account",
        /// 1: the message is for online users only. It is not stored, does not count as unread, and is not pushed. The text
        /// of 269/1612 of 2026 has this field; older versions have `msg_life_time` 0 instead.
        #[doc(alias = "OnlineOnlyFlag")]
        online_only_flag: Option<Switch> = "OnlineOnlyFlag",
        /// How long the server keeps the message for receivers that are offline, in seconds: at most 604800 (error 90026),
        /// and 0 for online users only. The rules are those of [`SendMessage`](field@super::SendMessage::msg_life_time).
        #[doc(alias = "MsgLifeTime")]
        msg_life_time: Option<u32> = "MsgLifeTime",
        /// Sequence number, which need not be unique. It orders messages that are sent in the same second. Default: random.
        #[doc(alias = "MsgSeq")]
        msg_seq: Option<u32> = "MsgSeq",
        /// Random number, for deduplication within one second.
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// Exceptions for the receivers, for example that the message does not count as unread: constants of
        /// [`SendMsgControl`](super::SendMsgControl).
        #[doc(alias = "SendMsgControl")]
        send_msg_control: Option<List<'a, &'a str>> = "SendMsgControl" [public],
        /// The elements of the message (errors 90002, 90007, 90010).
        #[doc(alias = "MsgBody")]
        msg_body: List<'a, MessageElement<'a>> = "MsgBody",
        /// The app's own data, which is stored with the message and delivered to the receivers.
        #[doc(alias = "CloudCustomData")]
        cloud_custom_data: Option<&'a str> = "CloudCustomData",
        /// How the message is pushed.
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
        /// Whether the receivers' apps report that the message was read. Default: no.
        #[doc(alias = "IsNeedReadReceipt")]
        is_need_read_receipt: Option<Switch> = "IsNeedReadReceipt",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> BatchSendMessage<'a> {
    /// Maximum number of receivers of a request.
    pub const MAX_RECEIVERS: u32 = 500;

    /// A message with the required fields. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(
        to_account: List<'a, &'a str>,
        msg_random: u32,
        msg_body: List<'a, MessageElement<'a>>,
    ) -> Self {
        Self { to_account, msg_random, msg_body, ..Self::EMPTY }
    }

    /// Whether the message is for online users only, and therefore is never pushed:
    /// [`Delivery::online_only`](crate::delivery::Delivery::online_only).
    #[must_use]
    pub const fn is_online_only(&self) -> bool {
        matches!(self.msg_life_time, Some(0)) || is_online_only(self.online_only_flag)
    }

    /// Checks the request against the rules of Tencent's pages: those of [`SendMessage::check`](super::SendMessage::check),
    /// and these:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `To_Account` | 1 to 500 accounts, none of them empty |
    /// | `OnlineOnlyFlag` | 0 or 1 |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for BatchSendMessage<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.sync_other_machine.map(SyncOtherMachine::meaning), "SyncOtherMachine")
            .or_else(&mut *broken)?;
        check_sender(self.from_account).or_else(&mut *broken)?;
        check_receivers(&self.to_account, Self::MAX_RECEIVERS).or_else(&mut *broken)?;
        known(self.online_only_flag.map(Switch::meaning), "OnlineOnlyFlag").or_else(&mut *broken)?;
        check_life_time(self.msg_life_time).or_else(&mut *broken)?;
        check_body(&self.msg_body, broken).or_else(&mut *broken)?;
        check_push_info(self.offline_push_info.as_ref(), broken).or_else(&mut *broken)?;
        known(self.is_need_read_receipt.map(Switch::meaning), "IsNeedReadReceipt").or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { BatchSendMessage => BatchSendMessageResponse, RestApi, "/v4/openim/batchsendmsg" }

message! {
    /// The reply to [`BatchSendMessage`].
    pub struct BatchSendMessageResponse<'a> {
        /// A constant of [`ActionStatus`](super::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error code; 0 if at least one receiver gets the message.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Key of the message, for recalling it. At most 50 characters.
        #[doc(alias = "MsgKey")]
        msg_key: Option<&'a str> = "MsgKey" as lenient [public],
        /// The receivers that do not get the message or do not exist.
        #[doc(alias = "ErrorList")]
        error_list: Option<List<'a, AccountError<'a>>> = "ErrorList" as lenient,
    }
}

impl BatchSendMessageResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { BatchSendMessageResponse: |reply| outcome(reply.action_status, reply.error_code, reply.error_list, None) }
