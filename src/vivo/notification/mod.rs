//! The push itself: the body that goes to vivo.

pub(super) mod check;
mod click;
pub(super) mod len;

pub(crate) use click::Opened;

use super::api::{PushApi, PushKind};
use super::response::SendResponse;
use super::rules::{Rules, filled};
use crate::check::CheckError;
use crate::exchange::request;
use crate::json::{List, Map, Members, Raw, message, open_number};

open_number! {
    /// How the phone alerts the user: `notifyType`. Only Android versions before 8 use it; later versions use the settings of the
    /// notification channel.
    #[doc(alias = "notifyType")]
    pub struct NotifyType(i32) {
        /// Silent.
        NONE = 1 => "none",
        /// Sound.
        RING = 2 => "ring",
        /// Vibration.
        VIBRATE = 3 => "vibrate",
        /// Sound and vibration.
        RING_AND_VIBRATE = 4 => "ring and vibrate",
    }
}

open_number! {
    /// What a tap opens: `skipType`.
    #[doc(alias = "skipType")]
    pub struct SkipType(i32) {
        /// The app's home screen.
        OPEN_APP = 1 => "open the app",
        /// The URL in `skipContent`.
        OPEN_URL = 2 => "open a URL",
        /// Free text for the app's receiver. Obsolete: client SDK 480 and later no longer call the receiver.
        CUSTOM = 3 => "custom",
        /// The screen that the intent URI or scheme URI in `skipContent` names.
        OPEN_SCREEN = 4 => "open a screen of the app",
    }
}

open_number! {
    /// Which network the phone needs to receive the push: `networkType`. vivo's own sample sends it as a string.
    #[doc(alias = "networkType")]
    pub struct NetworkType(i32) {
        /// Any network. The default.
        ANY = -1 => "any network",
        /// Wi-Fi only.
        WIFI = 1 => "Wi-Fi only",
    }
}

open_number! {
    /// Operational or system message: `classification`.
    ///
    /// The default is 0 in the older texts, and 1 in the newest text and at Tencent IM. Always send a classification or a
    /// category.
    pub struct Classification(i32) {
        /// Operational message: has small quotas, and is shown from 07:00 to 23:00 only.
        OPERATIONAL = 0 => "operational message",
        /// System message: chat and similar messages.
        SYSTEM = 1 => "system message",
    }
}

open_number! {
    /// Whether the push goes to all users or to test devices only: `pushMode`.
    #[doc(alias = "pushMode")]
    pub struct PushMode(i32) {
        /// Formal push, to all users. The default.
        FORMAL = 0 => "formal",
        /// Test push, to the test devices that are entered in vivo's console (20 at most). An app under review can send no
        /// other push.
        TEST = 1 => "test devices only",
    }
}

message! {
    /// A push to one device: the body of `/message/send`.
    ///
    /// A push to many devices has the same body, without `regId`, `alias` and `profileId`. It is wrapped in a type of its
    /// own: see the [table of requests](super).
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Notification, NotifyType, SkipType};
    ///
    /// let request_id = "25509283-3767-4b9e-83fe-b6e55ac6b123";
    /// let push = Notification::new("新消息", "今晚七点在老地方见", request_id)
    ///     .app_id(10004)
    ///     .reg_id("12345678901234567890123")
    ///     .notify_type(NotifyType::RING_AND_VIBRATE)
    ///     .skip_type(SkipType::OPEN_APP);
    /// push.check()?;
    ///
    /// let mut buffer = [0; 512];
    /// let body = json::to_slice(&push, &mut buffer)?; // POST it to Notification::PATH
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// vivo's text exists in four versions: the oldest one (its checks are in the official Java server SDK), 2.9.2, one of
    /// about 2024-03, and the newest one. Where they differ, the documentation of the field says so. [`check`](Self::check)
    /// uses the newest rules; [`check_against`](Self::check_against) can use those of the Java SDK.
    #[doc(alias = "Message")]
    pub struct Notification<'a> {
        /// The app's id. Required in every body since document 2.9.2; older texts do not have this field. It must be the app
        /// of the auth token (else 10094).
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// The recipient's regId. `regId` or `alias` is required; if both are set, vivo uses `regId`. Two formats exist: 23
        /// digits, and `v2-` followed by base64url text (55 characters seen). The old rule "length 23" no longer applies.
        /// Shown as `***`.
        #[doc(alias = "regId")]
        reg_id: Option<&'a str> = "regId" [secret],
        /// The recipient's alias, which the app has bound. At most 40 characters (old), 70 (newer). The newest text no longer
        /// has this field. Shown as `***`.
        alias: Option<&'a str> = "alias" [secret],
        /// Sound and vibration. The document requires it.
        #[doc(alias = "notifyType")]
        notify_type: Option<NotifyType> = "notifyType",
        /// First line. At most 40 characters. In the newest text, every character counts as 1; under the old rule, a CJK
        /// character counts as 2.
        title: &'a str = "title",
        /// Text below the title. At most 100 characters, counted as in `title`.
        content: &'a str = "content",
        /// How long vivo keeps the push for an offline phone, in seconds. 60 to 604800 (old); the newest text treats more than
        /// a day as one day. List payload, push to all and push by tag: 900 or more (old, Java SDK). The default is one day;
        /// for operational messages, it is 8 hours. The Java SDK uses 0 for "not set".
        #[doc(alias = "timeToLive")]
        time_to_live: Option<u32> = "timeToLive",
        /// What a tap opens. The document requires it. See [`set_click_action`](Self::set_click_action).
        #[doc(alias = "skipType")]
        skip_type: Option<SkipType> = "skipType",
        /// URL, text or intent URI for `skipType` 2, 3 and 4. At most 1000, 1024 and 1024 characters (Java SDK);
        /// 1024 (2024-03); 2048 for 2 and 4 (newest).
        #[doc(alias = "skipContent")]
        skip_content: Option<&'a str> = "skipContent",
        /// Which network the phone needs. The default is any network.
        #[doc(alias = "networkType")]
        network_type: Option<NetworkType> = "networkType",
        /// Operational or system message. Always send this field or `category`: the default differs between the texts.
        classification: Option<Classification> = "classification",
        /// Second-level class, in capital letters. System messages: `IM`, `ACCOUNT`, `TODO`, `DEVICE_REMINDER`, `ORDER`,
        /// `SUBSCRIPTION`. Operational messages: `NEWS`, `CONTENT`, `MARKETING`, `SOCIAL`. vivo answers 10096 for an unknown
        /// category, and 10097 for a category of the other classification.
        category: Option<&'a str> = "category" [public],
        /// Pairs of texts that the app reads after the tap (`getParams()`); `ext` is one of them. At most 1024 characters in
        /// total, and 10 pairs (Java SDK; the newer text gives no number of pairs).
        #[doc(alias = "clientCustomMap")]
        client_custom_map: Option<Map<'a>> = "clientCustomMap",
        /// Where vivo sends the delivery receipt.
        extra: Option<NotificationExtra<'a>> = "extra",
        /// The sender's id of this push, at most 64 characters. vivo drops a push with an id that it has already received. One
        /// library sends a number, so a number is accepted too.
        #[doc(alias = "requestId")]
        request_id: &'a str = "requestId" as id [public],
        /// Formal or test push. The default is formal.
        #[doc(alias = "pushMode")]
        push_mode: Option<PushMode> = "pushMode",
        /// 1 to 2147483647 (else 10095). A push replaces a notification with the same id that is on the screen. Tencent's
        /// TPNS says that vivo does not support this.
        #[doc(alias = "notifyId")]
        notify_id: Option<u32> = "notifyId",
        /// Account on the phone, at most 64 characters. Single push only.
        #[doc(alias = "profileId")]
        profile_id: Option<&'a str> = "profileId",
        /// True: deliver the push if the phone is online now, else drop it. The default is false.
        #[doc(alias = "sendOnline")]
        send_online: Option<bool> = "sendOnline",
        /// False: do not show the push while the app is in the foreground. The default is true.
        #[doc(alias = "foregroundShow")]
        foreground_show: Option<bool> = "foregroundShow",
        /// True: add one to the number on the app's badge. A boolean member of the official Java SDK 3.3; the default is not
        /// known. The app must integrate vivo's badge interface (document 787), else vivo answers 10089 (Umeng's document).
        #[doc(alias = "addBadge")]
        add_badge: Option<bool> = "addBadge",
        /// Show the push later, within a time window.
        #[doc(alias = "timedDisplay")]
        timed_display: Option<TimedDisplay> = "timedDisplay",
        /// Results of a third-party audit (vivo's document 585): a list of [`AuditReview`](super::AuditReview)s, passed on unchanged.
        #[doc(alias = "auditReview")]
        audit_review: Option<Raw<'a>> = "auditReview",
        /// Layout, pictures and buttons of a marketing message: a [`Marketing`](super::Marketing), passed on unchanged. A member of
        /// the official Java SDK 3.3. No document that was found describes it, and it is not known whether this member needs a
        /// contract.
        marketing: Option<Raw<'a>> = "marketing",
        /// The recipients' tags, for push by tag. The Java SDK sends this field in every message, with empty lists.
        #[doc(alias = "tagExpression")]
        tag_expression: Option<TagExpression<'a>> = "tagExpression",
        /// Seen in requests of 2018 and 2019, with the value 0.
        #[doc(alias = "isBusinessMsg")]
        is_business_msg: Option<i32> = "isBusinessMsg",
    }
    /// Members that are newer than this crate, for example `liveMessage`. They are written after all other members. Decoding
    /// skips unknown members and leaves this field `None`.
    ..members: Option<Members<'a>>
}

request! {
    Notification => SendResponse, PushApi, "/message/send",
    kind: |push| PushKind { push_mode: push.push_mode, classification: push.classification_in_effect() }
}

impl<'a> Notification<'a> {
    /// A push with the three fields that every push needs. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(title: &'a str, content: &'a str, request_id: &'a str) -> Self {
        Self { title, content, request_id, ..Self::EMPTY }
    }

    /// Sets where vivo posts the [receipt](super::Receipts), and the text that it returns there: `callback` and
    /// `callback.param` of [`extra`](field@Self::extra). With the request id as this text, you can find the push again.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`](crate::Rule::Missing) for a blank URL, [`Rule::TooLong`](crate::Rule::TooLong) for a URL over 128 UTF-16
    /// units (10305) or a text over 192 (10306). In this case, the push is unchanged, so that a push that has passed
    /// [`check`](Self::check) still passes.
    ///
    /// ```
    /// use offline_push::vivo::Notification;
    ///
    /// let mut push = Notification::new("title", "content", "request-1");
    /// push.set_receipt("https://example.com/vivo", push.request_id)?;
    /// assert_eq!(push.extra.and_then(|extra| extra.callback_param), Some("request-1"));
    /// # Ok::<(), offline_push::CheckError>(())
    /// ```
    pub fn set_receipt(&mut self, url: &'a str, param: &'a str) -> Result<(), CheckError> {
        filled(Some(url), "callback")?;
        let extra = self.extra.clone().unwrap_or_default().callback(url).callback_param(param);
        extra.check_against(Rules::Newest)?;
        self.extra = Some(extra);
        Ok(())
    }
}

message! {
    /// Where vivo sends the delivery receipt: the field `extra`. The names with a dot are flat keys. vivo refuses any other
    /// key (10304).
    pub struct NotificationExtra<'a> {
        /// URL that vivo posts the receipt to, at most 128 characters (10305). Old scheme: single push and formal messages
        /// only.
        callback: Option<&'a str> = "callback",
        /// Text that vivo returns in the receipt. At most 64 characters (old, 10306), 192 (newest).
        #[doc(alias = "callback.param")]
        callback_param: Option<&'a str> = "callback.param",
        /// Id of a receipt address that is entered in vivo's console (new scheme, since 2023-01). It overrides `callback`. A
        /// number is accepted too.
        #[doc(alias = "callback.id")]
        callback_id: Option<&'a str> = "callback.id" as id,
    }
}

impl NotificationExtra<'_> {
    /// An `extra` without fields.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for NotificationExtra<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// A time window in which the phone shows the push. The window starts ten minutes after the call or later, ends on the
    /// same day (UTC+8) and within 24 hours of the call, and is shorter than 120 minutes. For operational messages, it lies
    /// between 07:00 and 23:00.
    pub struct TimedDisplay {
        /// Whether a phone that comes online after the window still shows the push. [`Notification::check`] requires it.
        #[doc(alias = "overtimeDisplay")]
        overtime_display: Option<bool> = "overtimeDisplay",
        /// Start of the window, Unix time in milliseconds. The official Java SDK 3.3 sends a number, and so does this crate.
        /// Another source sends a text, which decoding accepts, too.
        #[doc(alias = "showStartTime")]
        show_start_time: Option<u64> = "showStartTime",
        /// End of the window, in the same form as the start.
        #[doc(alias = "showEndTime")]
        show_end_time: Option<u64> = "showEndTime",
    }
}

impl TimedDisplay {
    /// A window.
    #[must_use]
    pub const fn new(overtime_display: bool, show_start_time: u64, show_end_time: u64) -> Self {
        Self {
            overtime_display: Some(overtime_display),
            show_start_time: Some(show_start_time),
            show_end_time: Some(show_end_time),
        }
    }
}

impl Default for TimedDisplay {
    fn default() -> Self {
        Self::EMPTY
    }
}

message! {
    /// Selects devices by their tags, for push by tag. `orTags` or `andTags` is required.
    pub struct TagExpression<'a> {
        /// Devices with at least one of these tags.
        #[doc(alias = "orTags")]
        or_tags: Option<List<'a, &'a str>> = "orTags",
        /// Devices with all of these tags.
        #[doc(alias = "andTags")]
        and_tags: Option<List<'a, &'a str>> = "andTags",
        /// Devices with none of these tags.
        #[doc(alias = "notTags")]
        not_tags: Option<List<'a, &'a str>> = "notTags",
    }
}

impl TagExpression<'_> {
    /// An expression without tags.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for TagExpression<'_> {
    fn default() -> Self {
        Self::new()
    }
}
