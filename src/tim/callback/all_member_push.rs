//! `Push.AllMemberPush`: the results of the pushes of a task.

use super::platform::{PushErrorCode, PushPlatform, PushStage};
use super::{check_command, check_events};
use crate::check::{Broken, CheckAll, CheckError, at_most};
use crate::json::{List, message, open_number};
use crate::tim::info::known;
use crate::tim::rest::PushBatch;

message! {
    /// The body of the webhook `Push.AllMemberPush`: pushes to all users, by tag, and to lists of users (67551).
    pub struct AllMemberPushCallback<'a> {
        /// The events: 1 to 100.
        #[doc(alias = "Events")]
        events: List<'a, AllMemberPushEvent<'a>> = "Events",
    }
}

impl<'a> AllMemberPushCallback<'a> {
    /// The `CallbackCommand` of this webhook.
    pub const COMMAND: &'static str = "Push.AllMemberPush";

    /// A body with these events. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(events: List<'a, AllMemberPushEvent<'a>>) -> Self {
        Self { events }
    }

    /// Checks a body that a test makes in place of the server, against the rules of Tencent's page. A receiver need not check:
    /// unknown numbers may be newer than this crate.
    ///
    /// | field | rule |
    /// |---|---|
    /// | `Events` | 1 to 100 |
    /// | `CallbackCommand` | absent, or [`COMMAND`](Self::COMMAND) |
    /// | `EventType`, `PushPlatform`, `DeviceType`, `PushStage` | absent, or a known number |
    /// | `DataId` | at most 64 bytes (67553) |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for AllMemberPushCallback<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        check_events(&self.events, broken, |event, broken| {
            check_command(event.callback_command, Self::COMMAND).or_else(&mut *broken)?;
            known(event.event_type.map(AllMemberPushEventType::meaning), "EventType")
                .or_else(&mut *broken)?;
            at_most(event.data_id.unwrap_or_default().len(), PushBatch::MAX_DATA_ID_LEN, "DataId")
                .or_else(&mut *broken)?;
            known(event.push_platform.map(PushPlatform::meaning), "PushPlatform").or_else(&mut *broken)?;
            known(event.device_type.map(PushPlatform::meaning), "DeviceType").or_else(&mut *broken)?;
            known(event.push_stage.map(PushStage::meaning), "PushStage")
        })
    }
}

open_number! {
    /// How the push was sent: `EventType` of an [`AllMemberPushEvent`] (67551). In `Push.OfflinePush` the same member means something
    /// else.
    pub struct AllMemberPushEventType(i32) {
        /// Through a vendor's push service.
        OFFLINE = 1 => "offline push",
        /// Through IM's own connection: the user was online.
        ONLINE = 2 => "online push",
    }
}

message! {
    /// The result of the push of one task to one user, in one stage (67551).
    pub struct AllMemberPushEvent<'a> {
        /// The command, as in the URL: [`AllMemberPushCallback::COMMAND`].
        #[doc(alias = "CallbackCommand")]
        callback_command: Option<&'a str> = "CallbackCommand" as lenient [public],
        /// How the push was sent.
        #[doc(alias = "EventType")]
        event_type: Option<AllMemberPushEventType> = "EventType" as lenient,
        /// The id of the task, as in the reply to the push.
        #[doc(alias = "TaskId")]
        task_id: Option<&'a str> = "TaskId" as lenient [public],
        /// The app's own id of the push, if the request had one: [`PushBatch::data_id`](field@PushBatch::data_id).
        #[doc(alias = "DataId")]
        data_id: Option<&'a str> = "DataId" as lenient,
        /// Time of the task, Unix time in seconds.
        #[doc(alias = "TaskTime")]
        task_time: Option<u64> = "TaskTime" as lenient,
        /// Time of the event, Unix time in seconds.
        #[doc(alias = "EventTime")]
        event_time: Option<u64> = "EventTime" as lenient,
        /// The receiver: a user's id or a device's `RegistrationID`.
        #[doc(alias = "To_Account")]
        to_account: Option<&'a str> = "To_Account" as lenient,
        /// The push service that accepted the push; 0 for an online push.
        #[doc(alias = "PushPlatform")]
        push_platform: Option<PushPlatform> = "PushPlatform" as lenient,
        /// The kind of device of an online push, with the numbers of [`PushPlatform`]; 0 for an offline push. The page's samples do
        /// not have it.
        #[doc(alias = "DeviceType")]
        device_type: Option<PushPlatform> = "DeviceType" as lenient,
        /// The stage that the push has reached.
        #[doc(alias = "PushStage")]
        push_stage: Option<PushStage> = "PushStage" as lenient,
        /// The result; 0 for success.
        #[doc(alias = "ErrCode")]
        err_code: Option<PushErrorCode> = "ErrCode" as lenient,
        /// The result in human-readable words; may be empty.
        #[doc(alias = "ErrInfo")]
        err_info: Option<&'a str> = "ErrInfo" as lenient [public],
    }
}

impl AllMemberPushEvent<'_> {
    /// An event without fields.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for AllMemberPushEvent<'_> {
    fn default() -> Self {
        Self::new()
    }
}
