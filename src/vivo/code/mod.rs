//! The `result` of vivo's replies, and what the sender should do about it.
//!
//! Every reply has a `result`. HTTP status 200 is also used for refusals, and the wording of `desc` is not stable, so only the
//! number is reliable. [`ResultCode`] names the numbers; [`ResultCode::advice`] says what to do next. A recipient that vivo left
//! out has a [`UserStatus`](super::UserStatus).
//!
//! The phone uses different numbers: see [`PushState`](crate::vivo::PushState).

mod advice;

pub use crate::exchange::Repeat;
pub use advice::{Advice, Quota};

crate::json::open_number! {
    /// The `result` in a reply from vivo's server.
    ///
    /// An unknown number is kept; its [`advice`](Self::advice) is [`Advice::Unknown`]. The phone uses some of these numbers with
    /// another meaning: see [`PushState`](crate::vivo::PushState).
    ///
    /// 11043 has no constant: it was seen in support tickets (Tencent's trouble-shooting cards), but no text says what it means.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, ResultCode};
    ///
    /// let code = ResultCode::new(10302);
    /// assert_eq!(code, ResultCode::INVALID_REG_ID);
    /// assert!(!code.is_success());
    /// assert_eq!(code.advice(), Advice::DropToken);
    ///
    /// let unknown = ResultCode::new(19999); // newer than this crate
    /// assert_eq!((unknown.get(), unknown.meaning()), (19999, None));
    /// ```
    ///
    /// Each constant names its source:
    ///
    /// - *SDK enum*: the exception enum of vivo's official Java server SDK. The SDK uses the server's numbers for its own
    ///   checks before it sends.
    /// - *Document*: mirrored text of vivo's server document.
    /// - *Vendor tables*: the vivo code tables of a large push vendor.
    /// - *Library*: an open-source sender.
    /// - *Notes*: a developer's notes about vivo's documents.
    /// - *Sender*: the vivo part of a sender in Go (`doit05/push_sdks`); no other source has these numbers.
    ///
    /// Limits are those of the source. Where a newer text of the document raises a limit, the constant says so.
    #[doc(alias = "ExceptionStatusEnum")]
    pub struct ResultCode(i32) {
        /// The request was accepted (all sources).
        SUCCESS = 0 => "success",
        /// `authToken` is missing, wrong or older than a day (vendor tables, libraries). On the phone the same number means an
        /// unknown error.
        AUTHENTICATION_FAILED = 10000 => "authentication failed: token missing, wrong or expired",
        /// vivo failed temporarily: send again (sender).
        TEMPORARY_FAILURE = 10040 => "temporary failure, send again",
        /// The app's push channel is switched off (vendor tables).
        APP_CHANNEL_OFF = 10043 => "the app has switched its push channel off",
        /// vivo refuses formal messages while it reviews the app; a push with `pushMode` 1 to at most 20 test devices still
        /// works (vendor tables, notes, Tencent Cloud docs). So this number can also mean that the recipient is not one of the
        /// test devices.
        APP_UNDER_REVIEW = 10045 => "the app is under review, formal messages are not allowed",
        /// There is no recipient. In the old text, `alias` and `regId` are both empty; in the newer text, which has no aliases,
        /// `regId` is empty (SDK enum, vendor tables).
        REG_ID_EMPTY = 10050 => "alias and regId are both empty",
        /// `classification` names a type of message that is not supported (vendor tables).
        UNSUPPORTED_CLASSIFICATION = 10051 => "classification: message type not supported",
        /// `notifyType` is not 1 to 4 (SDK enum, vendor tables).
        INVALID_NOTIFY_TYPE = 10054 => "notifyType is invalid",
        /// `title` is empty (SDK enum, vendor tables).
        TITLE_EMPTY = 10055 => "title is empty",
        /// `title` is longer than 40 (SDK enum, vendor tables). The old text counts a Chinese character as 2; the newer text
        /// counts every character as 1.
        TITLE_TOO_LONG = 10056 => "title is longer than 40",
        /// `content` is empty (SDK enum, vendor tables).
        CONTENT_EMPTY = 10057 => "content is empty",
        /// `content` is longer than 100, counted as in `title` (SDK enum, vendor tables).
        CONTENT_TOO_LONG = 10058 => "content is longer than 100",
        /// `timeToLive` is out of range (SDK enum, vendor tables). The sources disagree about the range: 60 s or 900 s to 7
        /// days; the newer text treats more than a day as one day.
        INVALID_TIME_TO_LIVE = 10059 => "timeToLive is invalid",
        /// `skipType` is not 1 to 4 (SDK enum, vendor tables).
        INVALID_SKIP_TYPE = 10060 => "skipType is invalid",
        /// `skipType` 2 without a URL in `skipContent` (SDK enum).
        SKIP_URL_EMPTY = 10061 => "skipType 2: skipContent is empty",
        /// The URL of `skipType` 2 is longer than 1000; newer texts: 1024, then 2048 (SDK enum).
        SKIP_URL_TOO_LONG = 10062 => "skipType 2: skipContent is longer than 1000",
        /// `skipType` 3 without `skipContent` (SDK enum).
        SKIP_CUSTOM_EMPTY = 10063 => "skipType 3: skipContent is empty",
        /// The custom text of `skipType` 3 is longer than 1024 (SDK enum).
        SKIP_CUSTOM_TOO_LONG = 10064 => "skipType 3: skipContent is longer than 1024",
        /// `networkType` is not -1 or 1 (SDK enum, vendor tables).
        INVALID_NETWORK_TYPE = 10065 => "networkType is invalid",
        /// `clientCustomMap` has more than 10 pairs (SDK enum; the newer text has no such limit).
        CUSTOM_MAP_TOO_MANY = 10066 => "clientCustomMap has more than 10 pairs",
        /// A key or value of `clientCustomMap` is invalid (SDK enum, vendor tables).
        INVALID_CUSTOM_MAP = 10067 => "clientCustomMap: a key or value is invalid",
        /// `skipType` 4 without an intent in `skipContent` (SDK enum).
        SKIP_INTENT_EMPTY = 10068 => "skipType 4: skipContent is empty",
        /// The intent of `skipType` 4 is longer than 1024; newer text: 2048 (SDK enum).
        SKIP_INTENT_TOO_LONG = 10069 => "skipType 4: skipContent is longer than 1024",
        /// The daily volume of operational messages is used up (document 2.9.2, vendor tables, library). Documents of large
        /// push vendors give one message per subscriber, and at least 10000; newer documents give 2 (3 for news) per user who
        /// allows notifications ([`Quota::messages_per_user`]).
        QUOTA_EXCEEDED = 10070 => "the day's send quota is used up",
        /// Sent outside the allowed time of day (vendor tables). Operational messages are allowed from 07:00 to 23:00 in
        /// China.
        OUTSIDE_SENDING_TIME = 10071 => "outside the allowed sending time",
        /// Too many requests per second (vendor tables, library). Tencent Cloud's docs give a limit of 500 or more, which vivo
        /// sets for each app; another push vendor's docs of 2023 give 3000 to 5000, depending on the number of users who allow
        /// notifications.
        SENDING_TOO_FAST = 10072 => "sending too fast",
        /// The daily volume of system messages is used up (vendor tables). It is counted like that of 10070. Per user who allows
        /// notifications, it was 2 in 2023 and 3 in 2025, and has been 20 since 2026 ([`Quota::messages_per_user`]).
        SYSTEM_QUOTA_EXCEEDED = 10073 => "the day's system-message quota is used up",
        /// The app's switch for system messages is off (vendor tables).
        SYSTEM_MESSAGES_OFF = 10082 => "the system-message switch is off",
        /// The text is not that of a formal message: it has only digits, Latin letters or symbols, or the word 测试, or braces or
        /// brackets (sender, which treats 10104 in the same way).
        INFORMAL_TEXT = 10085 => "the text looks like a test or has no words, send a formal message",
        /// The push has `addBadge`, and the app does not use vivo's badge interface (Umeng's documents; vivo's document 787).
        BADGE_NOT_INTEGRATED = 10089 => "addBadge: the app has not integrated the badge",
        /// More than 10 authentications per second for one app. This limit replaces the daily limit of 10250 (document 2.9.2).
        AUTH_TOO_FAST = 10093 => "authenticating more than 10 times a second",
        /// `appId` is not the id of the token's app (document 2.9.2, vendor tables).
        APP_ID_MISMATCH = 10094 => "appId does not match the token",
        /// `notifyId` is not 1 to 2147483647 (vendor tables).
        INVALID_NOTIFY_ID = 10095 => "notifyId is invalid",
        /// vivo does not know the `category` (document of 2024, vendor tables).
        INVALID_CATEGORY = 10096 => "category is invalid",
        /// `category` belongs to the other `classification` (document of 2024, vendor tables).
        CATEGORY_MISMATCH = 10097 => "category does not fit classification",
        /// vivo considers the text sensitive (vendor tables).
        SENSITIVE_TEXT = 10103 => "the text has sensitive content",
        /// "Please send a formal message": the text looks like a test (vendor tables, a question in Alibaba Cloud's developer
        /// forum).
        TEST_LIKE_TEXT = 10104 => "the text looks like a test, send a formal message",
        /// A list push without `regIds` or `aliases` (SDK enum, vendor tables).
        REG_IDS_EMPTY = 10150 => "regIds and aliases are both empty",
        /// A list push without `taskId` (SDK enum, vendor tables).
        TASK_ID_EMPTY = 10151 => "taskId is empty",
        /// `taskId` is malformed (SDK enum, vendor tables).
        INVALID_TASK_ID = 10152 => "taskId is invalid",
        /// `regIds` has fewer than 2 or more than 1000 entries (SDK enum, vendor tables).
        INVALID_REG_ID_COUNT = 10153 => "regIds are not 2 to 1000",
        /// `aliases` has fewer than 2 or more than 1000 entries (SDK enum, vendor tables).
        INVALID_ALIAS_COUNT = 10154 => "aliases are not 2 to 1000",
        /// vivo has no stored message with this `taskId`, or no longer has it (vendor tables). Store the message again.
        MESSAGE_NOT_FOUND = 10155 => "the message is not found or has expired",
        /// `appId` is empty (document's authentication section, vendor tables).
        APP_ID_EMPTY = 10200 => "appId is empty",
        /// `appKey` is empty (document's authentication section, vendor tables).
        APP_KEY_EMPTY = 10201 => "appKey is empty",
        /// `appKey` is wrong (document's authentication section, vendor tables).
        INVALID_APP_KEY = 10202 => "appKey is invalid",
        /// `timestamp` is empty (document's authentication section, vendor tables).
        TIMESTAMP_EMPTY = 10203 => "timestamp is empty",
        /// `sign` is empty (document's authentication section, vendor tables).
        SIGN_EMPTY = 10204 => "sign is empty",
        /// No app has this `appId` (document's authentication section, vendor tables).
        UNKNOWN_APP_ID = 10205 => "appId is unknown",
        /// `sign` is wrong; check the app secret (vendor tables, library).
        INVALID_SIGN = 10206 => "sign is wrong",
        /// `timestamp` is not in milliseconds, or not within 10 minutes of vivo's clock (vendor tables, library).
        INVALID_TIMESTAMP = 10207 => "timestamp is invalid",
        /// More than 10000 authentications in a day (document before 2.9.2, library; the later text has no daily limit, see
        /// 10093).
        AUTH_QUOTA_EXCEEDED = 10250 => "the day's authentications are used up",
        /// The daily number of stored bodies for list pushes is used up (document 2.9.2, vendor tables, library).
        LIST_QUOTA_EXCEEDED = 10252 => "the day's list-push bodies are used up",
        /// The daily number of pushes to all users is used up; the default is one (document 2.9.2).
        ALL_QUOTA_EXCEEDED = 10254 => "the day's pushes to all are used up",
        /// `alias` is longer than 40, or 70 in the newer text (SDK enum).
        ALIAS_TOO_LONG = 10301 => "alias is too long",
        /// `regId` is unknown, or the user removed the app or cleared its data. With `pushMode` 1 it can also mean that the
        /// phone is not a test device (SDK enum, vendor tables, notes). If the reply has an `invalidUser`, its
        /// [`UserStatus`](super::UserStatus) says which.
        INVALID_REG_ID = 10302 => "regId is invalid",
        /// `extra` has a key that is not supported (vendor tables).
        UNSUPPORTED_EXTRA_KEY = 10304 => "extra has an unsupported key",
        /// `callback` in `extra` is longer than 128 (SDK enum, vendor tables).
        CALLBACK_TOO_LONG = 10305 => "extra: callback is longer than 128",
        /// `callback.param` in `extra` is longer than 64, or 192 in the newer text (SDK enum, vendor tables).
        CALLBACK_PARAM_TOO_LONG = 10306 => "extra: callback.param is too long",
        /// `alias` is invalid (one library only).
        INVALID_ALIAS = 10307 => "alias is invalid",
        /// The phone accepts no push now: its user does not allow notifications, or the phone is inactive (vendor tables).
        DEVICE_UNREACHABLE = 10311 => "the device cannot be pushed now",
        /// `requestId` is empty (SDK enum, vendor tables).
        REQUEST_ID_EMPTY = 10352 => "requestId is empty",
        /// `requestId` is longer than 64 (SDK enum, vendor tables).
        REQUEST_ID_TOO_LONG = 10353 => "requestId is longer than 64",
        /// A statistics request with more than 100 tasks (SDK enum).
        TOO_MANY_TASK_IDS = 10471 => "taskIds are more than 100",
        /// A statistics request without tasks (SDK enum).
        TASK_IDS_EMPTY = 10473 => "taskIds is empty",
        /// A tag without `name` (SDK enum).
        TAG_NAME_EMPTY = 10601 => "tag: name is empty",
        /// A tag's members without `ids` (SDK enum).
        TAG_IDS_EMPTY = 10609 => "tag: ids is empty",
        /// More than 1000 `ids` of a tag's members (SDK enum).
        TOO_MANY_TAG_IDS = 10614 => "tag: ids are more than 1000",
        /// The `type` of a tag's members is not 1 (`regId`) or 2 (alias) (SDK enum).
        INVALID_TAG_TYPE = 10616 => "tag: type is invalid",
        /// More than 100 `registration_tokens`, a field of another, newer send format (vendor tables).
        TOO_MANY_REGISTRATION_TOKENS = 10800 => "registration_tokens are more than 100",
        /// `notification`, a field of another, newer send format, is empty (vendor tables).
        NOTIFICATION_EMPTY = 10801 => "notification is empty",
        /// `classification` is not 0 or 1 (SDK enum: a check of the SDK itself; the server is not known to send this
        /// number).
        INVALID_CLASSIFICATION = 11000 => "classification is invalid",
    }
}

impl ResultCode {
    /// True if vivo accepted the request: for 0 only.
    #[must_use]
    pub const fn is_success(self) -> bool {
        self.get() == Self::SUCCESS.get()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
