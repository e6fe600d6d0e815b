//! The push itself: the body that goes to vivo.

use super::api::PushApi;
use super::response::SendResponse;
use crate::exchange::request;
use crate::json::{List, Map, Members, Raw, message, open_number};

open_number! {
    /// How the phone calls attention: `notifyType`. Only Android before 8 obeys it, later ones follow the channel.
    #[doc(alias = "notifyType")]
    pub struct NotifyType(i32) {
        /// Silently.
        NONE = 1 => "none",
        /// With sound.
        RING = 2 => "ring",
        /// With vibration.
        VIBRATE = 3 => "vibrate",
        /// With both.
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
        /// Free text for the app's receiver: obsolete, client SDK 480 and later no longer call it.
        CUSTOM = 3 => "custom",
        /// The screen that the intent or scheme URI in `skipContent` names.
        OPEN_SCREEN = 4 => "open a screen of the app",
    }
}

open_number! {
    /// Over which network the push may arrive: `networkType`. vivo's own sample sends it as a string.
    #[doc(alias = "networkType")]
    pub struct NetworkType(i32) {
        /// Any; the default.
        ANY = -1 => "any network",
        /// Wi-Fi only.
        WIFI = 1 => "Wi-Fi only",
    }
}

open_number! {
    /// Operational or system message: `classification`.
    ///
    /// The default is 0 in the older texts and 1 in the newest one and at Tencent IM: send it, or a category,
    /// always.
    pub struct Classification(i32) {
        /// Operational: counted against small quotas, shown 07:00 to 23:00 only.
        OPERATIONAL = 0 => "operational message",
        /// System: chat and the like.
        SYSTEM = 1 => "system message",
    }
}

open_number! {
    /// For everybody or for test devices: `pushMode`.
    #[doc(alias = "pushMode")]
    pub struct PushMode(i32) {
        /// Formal; the default.
        FORMAL = 0 => "formal",
        /// To the test devices entered in vivo's console (20 at most): all that an app under review may send.
        TEST = 1 => "test devices only",
    }
}

message! {
    /// The body of `/message/send`. The list payload, push to all and push by tag take the same one without `regId`, `alias`
    /// and `profileId`: a [`ListPayload`](super::ListPayload), [`AllPush`](super::AllPush) or [`TagPush`](super::TagPush)
    /// holds one.
    ///
    /// Sources name four generations of the text: the oldest (with the official Java server SDK's checks), 2.9.2, about
    /// 2024-03, and the newest. Where they differ, the field says so; [`check`](Self::check) holds a message against the
    /// newest or the Java SDK's rules.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{Notification, NotifyType, SkipType};
    ///
    /// let mut push = Notification::new("新消息", "今晚七点在老地方见", "25509283-3767-4b9e-83fe-b6e55ac6b123");
    /// push.app_id = Some(10004);
    /// push.reg_id = Some("12345678901234567890123");
    /// push.notify_type = Some(NotifyType::RING_AND_VIBRATE);
    /// push.skip_type = Some(SkipType::OPEN_APP);
    /// push.check()?;
    ///
    /// let mut body = [0; 512];
    /// let body = json::to_slice(&push, &mut body)?; // POST it to Notification::PATH
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "Message")]
    pub struct Notification<'a> {
        /// The app's id; wanted in every body since document 2.9.2, and it must be the token's (else 10094). Older texts
        /// have no such field.
        #[doc(alias = "appId")]
        app_id: Option<u64> = "appId",
        /// To whom: the regId of the device. One of `regId` and `alias` is needed; with both, this one counts. Two forms are
        /// about: 23 digits, and `v2-` with base64url text (55 characters seen); the old rule "length 23" is gone.
        /// Shown as `***`.
        #[doc(alias = "regId")]
        reg_id: Option<&'a str> = "regId" [secret],
        /// To whom: an alias the app has bound. At most 40 characters (old), 70 (newer); dropped from the newest text.
        alias: Option<&'a str> = "alias" [secret],
        /// Sound and vibration; the document wants it always.
        #[doc(alias = "notifyType")]
        notify_type: Option<NotifyType> = "notifyType",
        /// First line. At most 40 characters, each counting 1 (newest); the old rule counts a CJK character as 2.
        title: &'a str = "title",
        /// Text below. At most 100 characters, counted as for `title`.
        content: &'a str = "content",
        /// How long vivo keeps the push for an offline phone, in seconds. 60 to 604800 (old); more than a day counts as a
        /// day (newest). List payload, push to all and by tag: from 900 (old, Java SDK). Default a day, 8 hours for operational
        /// messages. 0 means unset to the Java SDK.
        #[doc(alias = "timeToLive")]
        time_to_live: Option<u32> = "timeToLive",
        /// What a tap opens; the document wants it always.
        #[doc(alias = "skipType")]
        skip_type: Option<SkipType> = "skipType",
        /// URL, text or intent URI for `skipType` 2, 3 and 4. At most 1000, 1024, 1024 (Java SDK), 1024 (2024-03),
        /// 2048 for 2 and 4 (newest).
        #[doc(alias = "skipContent")]
        skip_content: Option<&'a str> = "skipContent",
        /// Over which network; default any.
        #[doc(alias = "networkType")]
        network_type: Option<NetworkType> = "networkType",
        /// Operational or system message. Always send it or `category`: the default differs between texts.
        classification: Option<Classification> = "classification",
        /// Second-level class, in capitals: `IM ACCOUNT TODO DEVICE_REMINDER ORDER SUBSCRIPTION` for system messages,
        /// `NEWS CONTENT MARKETING SOCIAL` for operational ones. Unknown: 10096; not of the classification: 10097.
        category: Option<&'a str> = "category",
        /// Pairs that the app reads after the tap (`getParams()`), text to text; `ext` travels here. At most 1024
        /// characters in all, and 10 pairs (Java SDK; the newer text gives no number).
        #[doc(alias = "clientCustomMap")]
        client_custom_map: Option<Map<'a>> = "clientCustomMap",
        /// Where vivo sends the delivery receipt.
        extra: Option<Extra<'a>> = "extra",
        /// The sender's id of this push, at most 64 characters; vivo drops repetitions by it. Text, but one library sends a
        /// number, so that is read too.
        #[doc(alias = "requestId")]
        request_id: &'a str = "requestId" as id,
        /// Formal or test; default formal.
        #[doc(alias = "pushMode")]
        push_mode: Option<PushMode> = "pushMode",
        /// 1 to 2147483647: a push with the id of a shown one replaces it (else 10095). Tencent's TPNS says that vivo does not
        /// support this.
        #[doc(alias = "notifyId")]
        notify_id: Option<u32> = "notifyId",
        /// Account on the phone, at most 64 characters; single push only.
        #[doc(alias = "profileId")]
        profile_id: Option<&'a str> = "profileId",
        /// True: deliver once if the phone is online, else drop. Default false.
        #[doc(alias = "sendOnline")]
        send_online: Option<bool> = "sendOnline",
        /// False: do not show while the app is in front. Default true.
        #[doc(alias = "foregroundShow")]
        foreground_show: Option<bool> = "foregroundShow",
        /// True: add one to the app's badge. Read in one library only.
        #[doc(alias = "addBadge")]
        add_badge: Option<bool> = "addBadge",
        /// Show later, within a window.
        #[doc(alias = "timedDisplay")]
        timed_display: Option<TimedDisplay> = "timedDisplay",
        /// Results of a third-party audit (vivo's document 585): a list of objects, passed on untouched.
        #[doc(alias = "auditReview")]
        audit_review: Option<Raw<'a>> = "auditReview",
        /// To whom, for push by tag. The Java SDK sends it in every message, with empty lists.
        #[doc(alias = "tagExpression")]
        tag_expression: Option<TagExpression<'a>> = "tagExpression",
        /// Of 2018 and 2019, seen as 0.
        #[doc(alias = "isBusinessMsg")]
        is_business_msg: Option<i32> = "isBusinessMsg",
    }
    /// Members newer than this crate, written behind the others (`liveMessage`, say). Decoding leaves it `None`: it passes
    /// unknown members over.
    ..members: Option<Members<'a>>
}

request! { Notification => SendResponse, PushApi, "/message/send" }

impl<'a> Notification<'a> {
    /// A push with what every kind of push needs.
    #[must_use]
    pub const fn new(title: &'a str, content: &'a str, request_id: &'a str) -> Self {
        Self { title, content, request_id, ..Self::EMPTY }
    }
}

message! {
    /// Where the delivery receipt goes. The names with a dot are flat keys. Any other key is refused (10304).
    pub struct Extra<'a> {
        /// URL that vivo posts to, at most 128 characters (10305). Old scheme: single push and formal messages only.
        callback: Option<&'a str> = "callback",
        /// Comes back in the receipt. At most 64 characters (old, 10306), 192 (newest).
        #[doc(alias = "callback.param")]
        callback_param: Option<&'a str> = "callback.param",
        /// Id of a receipt address entered in vivo's console (new scheme, since 2023-01): wins over `callback`. Text; a
        /// number is read too.
        #[doc(alias = "callback.id")]
        callback_id: Option<&'a str> = "callback.id" as id,
    }
}

impl Extra<'_> {
    /// No receipt yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for Extra<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// Show a push later. The window begins ten minutes after the call at the earliest, ends within 24 hours of it on the
    /// same day (UTC+8), lasts less than 120 minutes, and lies within 07:00 to 23:00 for operational messages.
    pub struct TimedDisplay {
        /// Whether a phone that comes online after the window still shows it.
        #[doc(alias = "overtimeDisplay")]
        overtime_display: Option<bool> = "overtimeDisplay",
        /// Begin, Unix time in milliseconds. One source sends text, one a number: both are read, the number is written.
        #[doc(alias = "showStartTime")]
        show_start_time: Option<u64> = "showStartTime",
        /// End, like the begin.
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

message! {
    /// Who has which tags. Push by tag needs `orTags` or `andTags`.
    pub struct TagExpression<'a> {
        /// Any of these.
        #[doc(alias = "orTags")]
        or_tags: Option<List<'a, &'a str>> = "orTags",
        /// All of these.
        #[doc(alias = "andTags")]
        and_tags: Option<List<'a, &'a str>> = "andTags",
        /// None of these.
        #[doc(alias = "notTags")]
        not_tags: Option<List<'a, &'a str>> = "notTags",
    }
}

impl TagExpression<'_> {
    /// Nobody yet.
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
