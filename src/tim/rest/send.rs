//! `sendmsg`: a message to one user.

use super::reply::outcome;
use super::{MessageElement, RestApi, check_body, check_life_time, check_push_info, check_sender, response};
use crate::check::{Broken, CheckAll, CheckError, present};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message, open_number};
use crate::tim::info::known;
use crate::tim::{ErrorCode, OfflinePushInfo, Switch};

open_number! {
    /// Whether the sender's own devices receive the message: `SyncOtherMachine`. Without this field, the message is only in
    /// the sender's history, and the devices are not notified.
    pub struct SyncOtherMachine(i32) {
        /// The devices receive the message, and it is in the sender's history.
        SYNC = 1 => "sync to the sender's devices and history",
        /// The devices do not receive the message, and it is not in the history.
        DO_NOT_SYNC = 2 => "do not sync to the sender",
    }
}

/// The values of the member `ForbidCallbackControl`, as constants for its list.
pub enum ForbidCallbackControl {}

impl ForbidCallbackControl {
    /// Do not call the app's server before the message is sent.
    pub const BEFORE_SEND: &'static str = "ForbidBeforeSendMsgCallback";
    /// Do not call the app's server after the message was sent.
    pub const AFTER_SEND: &'static str = "ForbidAfterSendMsgCallback";
}

/// The values of the member `SendMsgControl`, as constants for its list.
pub enum SendMsgControl {}

impl SendMsgControl {
    /// The message does not count as unread.
    pub const NO_UNREAD: &'static str = "NoUnread";
    /// The message does not update the list of conversations.
    pub const NO_LAST_MSG: &'static str = "NoLastMsg";
    /// The receiver's do-not-disturb setting applies. Without this value, messages from this API ignore the setting
    /// (34919, 34920; not for groups): [`Delivery::muted`](crate::delivery::Delivery::muted).
    pub const WITH_MUTE_NOTIFICATIONS: &'static str = "WithMuteNotifications";
    /// Cloud moderation skips the message. The older pages do not have this value; public clients quote it from newer pages.
    pub const NO_MSG_CHECK: &'static str = "NoMsgCheck";
}

message! {
    /// The body of `v4/openim/sendmsg`: a message to one user (34919).
    ///
    /// The server ignores friendships, blocks and mutes between users. Two messages of one sender with equal `msg_seq`,
    /// `msg_random` and content within 120 seconds count as one message (269/2282 of 2026).
    #[doc(alias = "sendmsg")]
    pub struct SendMessage<'a> {
        /// Whether the sender's own devices receive the message. Default: the message is only in their history.
        #[doc(alias = "SyncOtherMachine")]
        sync_other_machine: Option<SyncOtherMachine> = "SyncOtherMachine",
        /// The sender that the receiver sees. Default: the administrator who calls the API.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// The receiver (error 90003).
        #[doc(alias = "To_Account")]
        to_account: &'a str = "To_Account",
        /// How long the server keeps the message for a receiver that is offline, in seconds: at most 604800 (7 days, error 90026),
        /// which is also the default. 0: the message is for online users only, and is not pushed. Some versions of the page
        /// say that the server keeps the message for 7 days if the number is larger; [`check`](Self::check) rejects a larger
        /// number, in accordance with the error.
        #[doc(alias = "MsgLifeTime")]
        msg_life_time: Option<u32> = "MsgLifeTime",
        /// Sequence number, which need not be unique. It orders messages that are sent in the same second. Default: random.
        #[doc(alias = "MsgSeq")]
        msg_seq: Option<u32> = "MsgSeq",
        /// Random number, for deduplication within one second (error 90005).
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// When the message was sent, as Unix time in seconds. Only versions of the page before 2022 have this field.
        #[doc(alias = "MsgTimeStamp")]
        msg_time_stamp: Option<u64> = "MsgTimeStamp",
        /// Calls to the app's server to skip: constants of [`ForbidCallbackControl`].
        #[doc(alias = "ForbidCallbackControl")]
        forbid_callback_control: Option<List<'a, &'a str>> = "ForbidCallbackControl" [public],
        /// Exceptions for the receiver, for example that the message does not count as unread: constants of
        /// [`SendMsgControl`].
        #[doc(alias = "SendMsgControl")]
        send_msg_control: Option<List<'a, &'a str>> = "SendMsgControl" [public],
        /// The elements of the message (errors 90002, 90007, 90010).
        #[doc(alias = "MsgBody")]
        msg_body: List<'a, MessageElement<'a>> = "MsgBody",
        /// The app's own data, which is stored with the message and delivered to the receiver.
        #[doc(alias = "CloudCustomData")]
        cloud_custom_data: Option<&'a str> = "CloudCustomData",
        /// Whether extensions can be attached to the message later.
        #[doc(alias = "SupportMessageExtension")]
        support_message_extension: Option<Switch> = "SupportMessageExtension",
        /// How the message is pushed (error 90043 if it is malformed).
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
        /// Whether the receiver's app reports that the message was read. Default: no.
        #[doc(alias = "IsNeedReadReceipt")]
        is_need_read_receipt: Option<Switch> = "IsNeedReadReceipt",
    }
    /// Members newer than this crate, encoded after the others. Decoding ignores unknown members and leaves this `None`.
    ..members: Option<Members<'a>>
}

impl<'a> SendMessage<'a> {
    /// A message with the required fields. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(to_account: &'a str, msg_random: u32, msg_body: List<'a, MessageElement<'a>>) -> Self {
        Self { to_account, msg_random, msg_body, ..Self::EMPTY }
    }

    /// Whether the message is for online users only, and therefore is never pushed:
    /// [`Delivery::online_only`](crate::delivery::Delivery::online_only).
    #[must_use]
    pub const fn is_online_only(&self) -> bool {
        matches!(self.msg_life_time, Some(0))
    }

    /// Checks the request against the rules of Tencent's pages:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `SyncOtherMachine` | 1 or 2 |
    /// | `From_Account`, `To_Account` | not empty |
    /// | `MsgLifeTime` | at most 604800 |
    /// | `MsgBody` | not empty, each element [passes](MessageElement::check), at most one `TIMCustomElem` (33527) |
    /// | `SupportMessageExtension`, `IsNeedReadReceipt` | 0 or 1 |
    /// | `OfflinePushInfo` | [passes](OfflinePushInfo::check) |
    /// | `members` | no name of a field, no duplicates |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for SendMessage<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.sync_other_machine.map(SyncOtherMachine::meaning), "SyncOtherMachine")
            .or_else(&mut *broken)?;
        check_sender(self.from_account).or_else(&mut *broken)?;
        present(self.to_account, "To_Account").or_else(&mut *broken)?;
        check_life_time(self.msg_life_time).or_else(&mut *broken)?;
        check_body(&self.msg_body, broken).or_else(&mut *broken)?;
        known(self.support_message_extension.map(Switch::meaning), "SupportMessageExtension")
            .or_else(&mut *broken)?;
        check_push_info(self.offline_push_info.as_ref(), broken).or_else(&mut *broken)?;
        known(self.is_need_read_receipt.map(Switch::meaning), "IsNeedReadReceipt").or_else(&mut *broken)?;
        check_members::<Self>(self.members)
    }
}

request! { SendMessage => SendMessageResponse, RestApi, "/v4/openim/sendmsg" }

message! {
    /// The reply to [`SendMessage`].
    pub struct SendMessageResponse<'a> {
        /// A constant of [`ActionStatus`](super::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient [public],
        /// Error text, human-readable.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient [public],
        /// Error code; 0 for success.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// When the server accepted the message, as Unix time in seconds.
        #[doc(alias = "MsgTime")]
        msg_time: Option<u64> = "MsgTime" as lenient,
        /// Key of the message, for recalling it. At most 50 characters.
        #[doc(alias = "MsgKey")]
        msg_key: Option<&'a str> = "MsgKey" as lenient [public],
        /// Id of the message in the client SDKs. The pages that this crate follows do not have it, but a public client's
        /// test has it.
        #[doc(alias = "MsgId")]
        msg_id: Option<&'a str> = "MsgId" as lenient [public],
    }
}

impl SendMessageResponse<'_> {
    /// A reply with this code only.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { SendMessageResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }
