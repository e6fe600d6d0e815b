//! `Push.OfflinePush`: the results of the pushes of ordinary messages.

use super::platform::{PushErrorCode, PushPlatform, PushStage};
use super::{check_command, check_events};
use crate::check::{Broken, CheckAll, CheckError};
use crate::json::{List, message, open_number};
use crate::tim::info::known;

message! {
    /// The body of the webhook `Push.OfflinePush` (67552).
    pub struct OfflinePushCallback<'a> {
        /// The events: 1 to 100.
        #[doc(alias = "Events")]
        events: List<'a, OfflinePushEvent<'a>> = "Events",
    }
}

impl<'a> OfflinePushCallback<'a> {
    /// The `CallbackCommand` of this webhook.
    pub const COMMAND: &'static str = "Push.OfflinePush";

    /// A body with these events. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(events: List<'a, OfflinePushEvent<'a>>) -> Self {
        Self { events }
    }

    /// Checks a body against the rules of Tencent's page. This is for tests, which make the body themselves. A receiver need not
    /// check: unknown numbers may be newer than this crate.
    ///
    /// | field | rule |
    /// |---|---|
    /// | `Events` | 1 to 100 |
    /// | `CallbackCommand` | absent, or [`COMMAND`](Self::COMMAND) |
    /// | `EventType`, `PushPlatform`, `PushStage` | absent, or a known number |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for OfflinePushCallback<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_events(&self.events, broken, |event, broken| {
            check_command(event.callback_command, Self::COMMAND).or_else(&mut *broken)?;
            known(event.event_type.map(OfflinePushEventType::meaning), "EventType").or_else(&mut *broken)?;
            known(event.push_platform.map(PushPlatform::meaning), "PushPlatform").or_else(&mut *broken)?;
            known(event.push_stage.map(PushStage::meaning), "PushStage")
        })
    }
}

open_number! {
    /// The chat of the pushed message: `EventType` of an [`OfflinePushEvent`] (67552). In `Push.AllMemberPush` the same member means
    /// something else.
    pub struct OfflinePushEventType(i32) {
        /// A chat of two users.
        SINGLE_CHAT = 1 => "chat of two users",
        /// A group.
        GROUP = 2 => "group",
    }
}

message! {
    /// The result of the push of one message to one user, in one stage (67552).
    pub struct OfflinePushEvent<'a> {
        /// The command, as in the URL: [`OfflinePushCallback::COMMAND`].
        #[doc(alias = "CallbackCommand")]
        callback_command: Option<&'a str> = "CallbackCommand" as lenient [public],
        /// The chat of the message.
        #[doc(alias = "EventType")]
        event_type: Option<OfflinePushEventType> = "EventType" as lenient,
        /// Time of the event, Unix time in seconds.
        #[doc(alias = "EventTime")]
        event_time: Option<u64> = "EventTime" as lenient,
        /// The user that sent the message.
        #[doc(alias = "From_Account")]
        from_account: Option<&'a str> = "From_Account" as lenient,
        /// The user that gets the push.
        #[doc(alias = "To_Account")]
        to_account: Option<&'a str> = "To_Account" as lenient,
        /// The push service that accepted the push.
        #[doc(alias = "PushPlatform")]
        push_platform: Option<PushPlatform> = "PushPlatform" as lenient,
        /// The stage that the push has reached.
        #[doc(alias = "PushStage")]
        push_stage: Option<PushStage> = "PushStage" as lenient,
        /// The id of the message, as in the reply to `sendmsg` and in the webhook `C2C.CallbackAfterSendMsg`. Only messages in
        /// chats of two users have it.
        #[doc(alias = "MsgKey")]
        msg_key: Option<&'a str> = "MsgKey" as lenient [public],
        /// The group. Only messages in groups have it. Other requests call it `GroupId`.
        #[doc(alias = "GroupID")]
        group_id: Option<&'a str> = "GroupID" as lenient,
        /// Sequence number of the message.
        #[doc(alias = "MsgSeq")]
        msg_seq: Option<u32> = "MsgSeq" as lenient,
        /// Random number of the message. The page says that it is empty for groups, but the sample for a group contains it.
        #[doc(alias = "MsgRandom")]
        msg_random: Option<u32> = "MsgRandom" as lenient,
        /// Time of the message, Unix time in seconds.
        #[doc(alias = "MsgTime")]
        msg_time: Option<u64> = "MsgTime" as lenient,
        /// The id of the push. In the console, you can use it to find out what happened to the push.
        #[doc(alias = "PushID")]
        push_id: Option<&'a str> = "PushID" as lenient [public],
        /// The result; 0 for success.
        #[doc(alias = "ErrCode")]
        err_code: Option<PushErrorCode> = "ErrCode" as lenient,
        /// The result in human-readable words; may be empty.
        #[doc(alias = "ErrInfo")]
        err_info: Option<&'a str> = "ErrInfo" as lenient [public],
    }
}

impl OfflinePushEvent<'_> {
    /// An event without fields.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for OfflinePushEvent<'_> {
    fn default() -> Self {
        Self::new()
    }
}
