//! A message to one user.

use super::reply::outcome;
use super::{MessageElement, RestApi, response, rules};
use crate::check::{CheckError, present};
use crate::exchange::request;
use crate::json::{List, Members, check_members, message, open_number};
use crate::tim::info::known;
use crate::tim::{ErrorCode, OfflinePushInfo, Switch};

open_number! {
    /// Whether the sender's own devices get the message, too: `SyncOtherMachine`. Without it the sender finds the message in
    /// the history, and is not told.
    pub struct SyncOtherMachine(i32) {
        /// They do, and it stands in the sender's history.
        SYNC = 1 => "sync to the sender's devices and history",
        /// Neither.
        DO_NOT_SYNC = 2 => "do not sync to the sender",
    }
}

/// The words of the member `ForbidCallbackControl`: constants to put into its list.
pub enum ForbidCallbackControl {}

impl ForbidCallbackControl {
    /// The app's server is not asked before the message is sent.
    pub const BEFORE_SEND: &'static str = "ForbidBeforeSendMsgCallback";
    /// It is not told afterwards.
    pub const AFTER_SEND: &'static str = "ForbidAfterSendMsgCallback";
}

/// The words of the member `SendMsgControl`: constants to put into its list.
pub enum SendMsgControl {}

impl SendMsgControl {
    /// The message does not count as unread.
    pub const NO_UNREAD: &'static str = "NoUnread";
    /// It does not change the list of conversations.
    pub const NO_LAST_MSG: &'static str = "NoLastMsg";
    /// The receiver's do-not-disturb holds for it, which otherwise counts for nothing where the message comes over this API
    /// (34919, 34920; not for groups): [`Delivery::muted`](crate::delivery::Delivery::muted).
    pub const WITH_MUTE_NOTIFICATIONS: &'static str = "WithMuteNotifications";
    /// Cloud moderation does not look at it. In none of the older pages; public clients quote it from newer ones.
    pub const NO_MSG_CHECK: &'static str = "NoMsgCheck";
}

message! {
    /// The body of `v4/openim/sendmsg`: a message to one user (34919).
    ///
    /// The server looks neither at who is whose friend, nor at who has blocked or muted whom. Two messages of the same
    /// sender with the same `msg_seq`, `msg_random` and content count as one for 120 seconds (269/2282 of 2026).
    #[doc(alias = "sendmsg")]
    pub struct SendMessage<'a> {
        /// Whether the sender's own devices get it, too. Default: into their history only.
        #[doc(alias = "SyncOtherMachine")]
        sync_other_machine: Option<SyncOtherMachine> = "SyncOtherMachine",
        /// Who sends it, as the receiver sees it. Default: the administrator who calls.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account",
        /// Who gets it (error 90003).
        #[doc(alias = "To_Account")]
        to_account: &'a str = "To_Account",
        /// How long the server keeps it for a receiver who is offline, in seconds: at most 604800 (7 days, error 90026),
        /// which is also the default. 0: for users online only, and thus no push. Some versions of the page say that beyond
        /// the limit it is kept for 7 days all the same; [`check`](Self::check) goes by the error.
        #[doc(alias = "MsgLifeTime")]
        msg_life_time: Option<u32> = "MsgLifeTime",
        /// Its number, which need not be another one for each message: orders those of the same second. Default: random.
        #[doc(alias = "MsgSeq")]
        msg_seq: Option<u32> = "MsgSeq",
        /// Random, against doubles within a second (error 90005).
        #[doc(alias = "MsgRandom")]
        msg_random: u32 = "MsgRandom",
        /// When it was sent, Unix time in seconds: only in versions of the page before 2022.
        #[doc(alias = "MsgTimeStamp")]
        msg_time_stamp: Option<u64> = "MsgTimeStamp",
        /// Which calls to the app's server to leave out: words of [`ForbidCallbackControl`].
        #[doc(alias = "ForbidCallbackControl")]
        forbid_callback_control: Option<List<'a, &'a str>> = "ForbidCallbackControl",
        /// How it counts for the receiver: words of [`SendMsgControl`].
        #[doc(alias = "SendMsgControl")]
        send_msg_control: Option<List<'a, &'a str>> = "SendMsgControl",
        /// What it says (errors 90002, 90007, 90010).
        #[doc(alias = "MsgBody")]
        msg_body: List<'a, MessageElement<'a>> = "MsgBody",
        /// The app's own data, stored with it and given to the receiver.
        #[doc(alias = "CloudCustomData")]
        cloud_custom_data: Option<&'a str> = "CloudCustomData",
        /// Whether extensions can be attached to it later.
        #[doc(alias = "SupportMessageExtension")]
        support_message_extension: Option<Switch> = "SupportMessageExtension",
        /// How it is pushed. One that is malformed is refused with error 90043.
        #[doc(alias = "OfflinePushInfo")]
        offline_push_info: Option<OfflinePushInfo<'a>> = "OfflinePushInfo",
        /// Whether the receiver's app reports that it was read; default no.
        #[doc(alias = "IsNeedReadReceipt")]
        is_need_read_receipt: Option<Switch> = "IsNeedReadReceipt",
    }
    /// Members newer than this crate, written behind the others. Decoding leaves it `None`: it passes unknown members over.
    ..members: Option<Members<'a>>
}

impl<'a> SendMessage<'a> {
    /// A message with what it needs.
    #[must_use]
    pub const fn new(to_account: &'a str, msg_random: u32, msg_body: List<'a, MessageElement<'a>>) -> Self {
        Self { to_account, msg_random, msg_body, ..Self::EMPTY }
    }

    /// Whether it is for users online only, and so never pushed:
    /// [`Delivery::online_only`](crate::delivery::Delivery::online_only).
    #[must_use]
    pub const fn is_online_only(&self) -> bool {
        matches!(self.msg_life_time, Some(0))
    }

    /// Holds the request against what Tencent's pages demand:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `SyncOtherMachine` | 1 or 2 |
    /// | `From_Account`, `To_Account` | not empty |
    /// | `MsgLifeTime` | at most 604800 |
    /// | `MsgBody` | not empty, each element [passes](MessageElement::check), one `TIMCustomElem` at most (33527) |
    /// | `SupportMessageExtension`, `IsNeedReadReceipt` | 0 or 1 |
    /// | `OfflinePushInfo` | [passes](OfflinePushInfo::check) |
    /// | `members` | none that is a field, none twice |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        known(self.sync_other_machine.map(SyncOtherMachine::meaning), "SyncOtherMachine")?;
        rules::sender(self.from_account)?;
        present(self.to_account, "To_Account")?;
        rules::life_time(self.msg_life_time)?;
        rules::body(&self.msg_body)?;
        known(self.support_message_extension.map(Switch::meaning), "SupportMessageExtension")?;
        rules::push_info(self.offline_push_info.as_ref())?;
        known(self.is_need_read_receipt.map(Switch::meaning), "IsNeedReadReceipt")?;
        check_members::<Self>(self.members)
    }
}

request! { SendMessage => SendMessageResponse, RestApi, "/v4/openim/sendmsg" }

message! {
    /// The reply to [`SendMessage`].
    pub struct SendMessageResponse<'a> {
        /// A word of [`ActionStatus`](super::ActionStatus).
        #[doc(alias = "ActionStatus")]
        action_status: Option<&'a str> = "ActionStatus" as lenient,
        /// What went wrong, for people.
        #[doc(alias = "ErrorInfo")]
        error_info: Option<&'a str> = "ErrorInfo" as lenient,
        /// 0 or what went wrong.
        #[doc(alias = "ErrorCode")]
        error_code: ErrorCode = "ErrorCode",
        /// When the server took it, Unix time in seconds.
        #[doc(alias = "MsgTime")]
        msg_time: Option<u64> = "MsgTime" as lenient,
        /// The message's key, to recall it by: at most 50 characters.
        #[doc(alias = "MsgKey")]
        msg_key: Option<&'a str> = "MsgKey" as lenient,
        /// The message's id in the client SDKs. In none of the pages read; a public client's test has it.
        #[doc(alias = "MsgId")]
        msg_id: Option<&'a str> = "MsgId" as lenient,
    }
}

impl SendMessageResponse<'_> {
    /// A reply with this code and nothing else.
    #[must_use]
    pub const fn new(error_code: ErrorCode) -> Self {
        Self { error_code, ..Self::EMPTY }
    }
}

response! { SendMessageResponse: |reply| outcome(reply.action_status, reply.error_code, None, None) }
