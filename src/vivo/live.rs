//! Atomic notifications: they show something in progress, for example a delivery, and change with it.
//!
//! The app creates the notification on the phone. After that, a server can change and end it with a [`LiveMessageSend`]. vivo
//! grants atomic notifications separately to each app and for each scene; without the grant, the receipt has the reason 32008.
//!
//! ```
//! use offline_push::json::{self, List};
//! use offline_push::vivo::live::{
//!     BaseInfo, LiveMessage, LiveMessageSend, LiveOperation, LiveTemplate, RichText, TemplateData,
//! };
//! use offline_push::vivo::{NotifyType, SkipType};
//!
//! let text = [RichText::new("配送中").text_color("#32d4d4")];
//! let data = TemplateData::new().base_info(BaseInfo::new().main_text(List::from_slice(&text)));
//! let message = LiveMessage::new(LiveOperation::UPDATE, "TAKEOUT", LiveTemplate::BASIC).template_data(data);
//!
//! // 7 is the id that the app gave its notification.
//! let push = LiveMessageSend::new("外卖配送中", "骑手已取餐", "request-1", 7, message)
//!     .reg_id("12345678901234567890123")
//!     .notify_type(NotifyType::NONE)
//!     .skip_type(SkipType::OPEN_APP);
//! push.check()?;
//! let mut buffer = [0; 512];
//! let body = json::to_slice(&push, &mut buffer)?; // POST it to LiveMessageSend::PATH
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! Source of all fields: vivo's document 896, as public notes of 2026-09 quote it. The notes name the fields of the JSON and give few
//! of their types. Where a type is not certain, the field is a [`Raw`](crate::json::Raw) value, and its documentation says so.
//!
//! Colors are text, for example `#32d4d4`; `0x0` means the default color. Pictures are [`LiveImage`]s. A picture that has not
//! changed can be left out; the phone keeps the last one.
//!
//! The outcome comes in a receipt: [`ReceiptType`](super::ReceiptType) 300 to 302, with
//! [`ReceiptReason`](super::ReceiptReason) 31000 to 32009. Phones drop updates that arrive too often: more than 10 in five minutes or
//! 60 in an hour for one notification, as read from a system image (32007).

mod check;
mod island;
mod message;

pub use self::island::{CapsuleData, IslandClick, IslandData, LeftInfo, LiveProgressState, RightInfo};
pub use self::message::{
    BaseInfo, LiveImage, LiveMessage, LiveOperation, LiveTemplate, PriorityInfo, ProgressInfo, RichText,
    ShortInfo, SubInfo, TemplateData,
};
use super::api::{PushApi, PushKind};
use super::notification::{NetworkType, NotificationExtra, NotifyType, PushMode, SkipType};
use super::response::SendResponse;
use crate::exchange::request;
use crate::json::{Members, message};

crate::json::owned_aliases! {
    LiveMessageSend => OwnedLiveMessageSend, BoxedLiveMessageSend;
}

message! {
    /// Changes or ends an atomic notification on one phone: the body of `/livemessage/send`.
    ///
    /// It has the field `liveMessage` and most fields of a [`Notification`](super::Notification), with the same rules unless the
    /// documentation of a field says otherwise. The notes of document 896 do not show the reply. This crate assumes the reply of
    /// `/message/send`.
    pub struct LiveMessageSend<'a> {
        /// The app's id, as in [`Notification::app_id`](field@super::Notification::app_id).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// The recipient's regId. `regId` or `alias` is required; if both are set, vivo uses `regId`. Shown as `***`.
        #[doc(alias = "regId")]
        reg_id: Option<&'a str> = "regId" [secret],
        /// The recipient's alias, which the app has bound. Shown as `***`.
        alias: Option<&'a str> = "alias" [secret],
        /// Sound and vibration. Required.
        #[doc(alias = "notifyType")]
        notify_type: Option<NotifyType> = "notifyType",
        /// First line of the ordinary notification that the phone may show instead. At most 20 Chinese characters; other characters
        /// count half.
        title: &'a str = "title",
        /// Text below the title. At most 50 Chinese characters, counted as in `title`.
        content: &'a str = "content",
        /// How long vivo keeps the update for an offline phone, in seconds: 60 to 604800. The document recommends the default, 24
        /// hours, and at least 30 minutes for any other value.
        #[doc(alias = "timeToLive")]
        time_to_live: Option<u32> = "timeToLive",
        /// What a tap opens. Required.
        #[doc(alias = "skipType")]
        skip_type: Option<SkipType> = "skipType",
        /// URL, text or intent URI for `skipType` 2, 3 and 4.
        #[doc(alias = "skipContent")]
        skip_content: Option<&'a str> = "skipContent",
        /// Which network the phone needs. The default is any network.
        #[doc(alias = "networkType")]
        network_type: Option<NetworkType> = "networkType",
        /// Where vivo sends the receipt. Only the new scheme works here: `callback.id` and `callback.param`.
        extra: Option<NotificationExtra<'a>> = "extra",
        /// The sender's id of this update, at most 64 characters. A number is accepted too.
        #[doc(alias = "requestId")]
        request_id: &'a str = "requestId" as id [public],
        /// Formal or test push. The default is formal.
        #[doc(alias = "pushMode")]
        push_mode: Option<PushMode> = "pushMode",
        /// The id that the app gave its notification, 1 to 2147483647. Another id changes nothing (receipt reason 32002).
        #[doc(alias = "notifyId")]
        notify_id: u32 = "notifyId",
        /// Account on the phone, at most 64 characters.
        #[doc(alias = "profileId")]
        profile_id: Option<&'a str> = "profileId",
        /// What changes.
        #[doc(alias = "liveMessage")]
        live_message: LiveMessage<'a> = "liveMessage",
    }
    /// Members that are newer than this crate. They are written after all other members. `classification` and `category` are not in
    /// the notes of document 896, which may be incomplete; if your account needs them, put them here. Decoding skips unknown
    /// members and leaves this field `None`.
    ..members: Option<Members<'a>>
}

request! {
    LiveMessageSend => SendResponse, PushApi, "/livemessage/send",
    kind: |push| PushKind { push_mode: push.push_mode, classification: None }
}

impl<'a> LiveMessageSend<'a> {
    /// An update with the fields that every update needs. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(
        title: &'a str,
        content: &'a str,
        request_id: &'a str,
        notify_id: u32,
        live_message: LiveMessage<'a>,
    ) -> Self {
        Self { title, content, request_id, notify_id, live_message, ..Self::EMPTY }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
