//! What the sender should do about the number in vivo's reply.

use core::time::Duration;

use super::ResultCode;
use crate::exchange::Repeat;
use crate::vivo::{AllPush, AuthRequest, ListPayload, time};

/// What the sender should do about a [`ResultCode`], a [`UserStatus`](crate::vivo::UserStatus) or a
/// [`ReceiptType`](crate::vivo::ReceiptType).
///
/// ```
/// use offline_push::vivo::{Advice, ResultCode};
///
/// let say = |result: i32| match ResultCode::new(result).advice() {
///     Advice::Done => "sent",
///     Advice::Reauthenticate => "get a new token and send again",
///     Advice::BackOff => "send again after a pause",
///     Advice::DropToken => "delete the regId",
///     Advice::FixRequest { field } => field,
///     other => other.name(), // for the log
/// };
/// assert_eq!(say(0), "sent");
/// assert_eq!(say(10072), "send again after a pause");
/// assert_eq!(say(10062), "skipContent");
/// assert_eq!(say(10070), "stop_for_today");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Advice {
    /// vivo accepted the request. The reply to a list push may still name recipients that vivo left out.
    Done,
    /// Drop the `authToken`, authenticate again, and send the request once more. If the answer is the same, stop.
    Reauthenticate,
    /// The sender was too fast, or vivo failed temporarily. Send the request again after a pause, and make the pause longer
    /// each time.
    BackOff,
    /// Delete this `regId`: the app no longer has this recipient. Do not delete it if the push was a test message (`pushMode` 1),
    /// or if the reply has [`UserStatus::NOT_TEST_DEVICE`](crate::vivo::UserStatus::NOT_TEST_DEVICE).
    DropToken,
    /// The daily quota is used up. Send nothing more to this endpoint today: the server document warns that further calls lower
    /// the quota. Other endpoints are not affected; [`ResultCode::quota`] says which quota it is.
    StopForToday,
    /// vivo does not allow this message at this time of day. Send again when the time window is open, or send another type of
    /// message.
    WaitForWindow,
    /// vivo no longer has the stored body of this list push: store the [`ListPayload`] again, and push with the new task id.
    StoreAgain,
    /// The request is wrong. It fails again if it is not changed.
    FixRequest {
        /// Wire name of the field to correct. For a key of `extra`, the value is that key, for example `"callback.param"`.
        field: &'static str,
    },
    /// The app's account at vivo needs a change first: its review, a switch, or the list of test devices. Retrying does not
    /// help.
    FixAccount,
    /// vivo does not accept the text of `title` or `content`. Send another text.
    FixText,
    /// The recipient exists but accepts no push now. Keep its `regId`, and use another channel for the user.
    DeviceUnreachable,
    /// This crate does not know the number.
    Unknown,
}

impl Advice {
    /// A stable name in `snake_case`, for metrics and logs. It never changes. The field of
    /// [`FixRequest`](Self::FixRequest) is not part of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Reauthenticate => "reauthenticate",
            Self::BackOff => "back_off",
            Self::DropToken => "drop_token",
            Self::StopForToday => "stop_for_today",
            Self::WaitForWindow => "wait_for_window",
            Self::StoreAgain => "store_again",
            Self::FixRequest { .. } => "fix_request",
            Self::FixAccount => "fix_account",
            Self::FixText => "fix_text",
            Self::DeviceUnreachable => "device_unreachable",
            Self::Unknown => "unknown",
        }
    }

    /// Time from `now`, a Unix time in milliseconds, until a request that is due [later](Repeat::Later) can be sent: until midnight
    /// in China after [`StopForToday`](Self::StopForToday), until 07:00 in China after [`WaitForWindow`](Self::WaitForWindow).
    /// `None` for any other advice.
    ///
    /// No text says when vivo's day ends. Its other times are in China's time zone.
    ///
    /// ```
    /// use core::time::Duration;
    /// use offline_push::vivo::Advice;
    ///
    /// let now = 1_501_484_120_000; // 14:55:20 in China
    /// assert_eq!(Advice::StopForToday.wait(now), Some(Duration::from_secs(9 * 3600 + 4 * 60 + 40)));
    /// assert_eq!(Advice::WaitForWindow.wait(now), Some(Duration::from_secs(16 * 3600 + 4 * 60 + 40)));
    /// assert_eq!(Advice::BackOff.wait(now), None); // see Repeat::pause
    /// ```
    #[must_use]
    pub const fn wait(self, now: u64) -> Option<Duration> {
        match self.wait_millis(now) {
            Some(millis) => Some(time::duration(millis)),
            None => None,
        }
    }

    /// [`wait`](Self::wait) in milliseconds.
    pub(in crate::vivo) const fn wait_millis(self, now: u64) -> Option<u64> {
        match self {
            Self::StopForToday => Some(time::millis_until_midnight(now)),
            Self::WaitForWindow => Some(time::millis_until_morning(now)),
            _ => None,
        }
    }

    /// Whether and when to send the same request again.
    ///
    /// Existing senders react to 10000 with only one new token, and to 10072 and 10093 with pauses. The server document says only
    /// that further calls lower a quota that is used up.
    ///
    /// ```
    /// use offline_push::vivo::{Repeat, ResultCode};
    ///
    /// assert_eq!(ResultCode::AUTHENTICATION_FAILED.advice().repeat(), Repeat::Once);
    /// assert_eq!(ResultCode::SENDING_TOO_FAST.advice().repeat(), Repeat::AfterPause);
    /// assert_eq!(ResultCode::TITLE_EMPTY.advice().repeat(), Repeat::Never);
    /// ```
    #[must_use]
    pub const fn repeat(self) -> Repeat {
        match self {
            Self::Reauthenticate => Repeat::Once,
            Self::BackOff => Repeat::AfterPause,
            Self::StopForToday | Self::WaitForWindow => Repeat::Later,
            Self::Done
            | Self::DropToken
            | Self::StoreAgain
            | Self::FixRequest { .. }
            | Self::FixAccount
            | Self::FixText
            | Self::DeviceUnreachable
            | Self::Unknown => Repeat::Never,
        }
    }
}

/// One of vivo's daily quotas. After [`Advice::StopForToday`], it is used up. No text says when the day ends; vivo's other times
/// are in China's time zone (UTC+8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Quota {
    /// Operational messages (10070).
    Operational,
    /// System messages (10073).
    System,
    /// Authentications (10250, before document 2.9.2).
    Authentications,
    /// Stored bodies for list pushes (10252). Bodies that are already stored can still be pushed.
    ListPayloads,
    /// Pushes to all (10254).
    AllPushes,
}

impl Quota {
    /// A stable name in `snake_case`, for metrics and logs. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::System => "system",
            Self::Authentications => "authentications",
            Self::ListPayloads => "list_payloads",
            Self::AllPushes => "all_pushes",
        }
    }

    /// How many messages of this class an app may send in a day, for each user who allows its notifications: 20 system
    /// messages; 3 operational messages for an app of the news class, and 2 for any other app. On request, vivo raises or
    /// removes the limit on system messages. `None` for a quota that does not depend on the number of users.
    ///
    /// Source: Tencent Cloud's document 269/130977 of 2026-05. Before 2026, the number of system messages was 3 (2025) and 2
    /// (2023). Test messages ([`PushMode::TEST`](crate::vivo::PushMode::TEST)) do not count.
    ///
    /// ```
    /// use offline_push::vivo::Quota;
    ///
    /// let users = 500_u32; // who allow notifications
    /// let system = Quota::System.messages_per_user(false).map(|each| each * users);
    /// assert_eq!(system, Some(10_000));
    /// ```
    #[must_use]
    pub const fn messages_per_user(self, news: bool) -> Option<u32> {
        match self {
            Self::Operational => Some(if news { 3 } else { 2 }),
            Self::System => Some(20),
            Self::Authentications | Self::ListPayloads | Self::AllPushes => None,
        }
    }

    /// Path of the endpoint that accepts no more requests today. `None` for the two classes of messages, which several
    /// endpoints accept: then the quota affects the endpoint that answered, for messages of this class.
    #[must_use]
    pub const fn path(self) -> Option<&'static str> {
        match self {
            Self::Operational | Self::System => None,
            Self::Authentications => Some(AuthRequest::PATH),
            Self::ListPayloads => Some(ListPayload::PATH),
            Self::AllPushes => Some(AllPush::PATH),
        }
    }
}

impl ResultCode {
    /// What the sender should do next.
    ///
    /// The server document says to stop for 10070, 10252 and 10254; this crate treats 10073 and 10250 in the same way. The other
    /// advice is what existing senders do, or follows from the meaning of the code.
    ///
    /// Two codes can also mean "not a test device": [`APP_UNDER_REVIEW`](Self::APP_UNDER_REVIEW) and
    /// [`INVALID_REG_ID`](Self::INVALID_REG_ID). If the reply has an `invalidUser`, use its
    /// [`UserStatus::advice`](crate::vivo::UserStatus::advice) instead.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, ResultCode};
    ///
    /// assert_eq!(ResultCode::QUOTA_EXCEEDED.advice(), Advice::StopForToday);
    /// let fix_title = Advice::FixRequest { field: "title" };
    /// assert_eq!(ResultCode::TITLE_TOO_LONG.advice(), fix_title);
    /// assert_eq!(ResultCode::APP_UNDER_REVIEW.advice(), Advice::FixAccount);
    /// assert_eq!(ResultCode::new(19999).advice(), Advice::Unknown);
    /// ```
    #[must_use]
    pub const fn advice(self) -> Advice {
        match self {
            Self::SUCCESS => Advice::Done,
            Self::AUTHENTICATION_FAILED => Advice::Reauthenticate,
            Self::SENDING_TOO_FAST | Self::AUTH_TOO_FAST | Self::TEMPORARY_FAILURE => Advice::BackOff,
            Self::INVALID_REG_ID => Advice::DropToken,
            Self::OUTSIDE_SENDING_TIME => Advice::WaitForWindow,
            Self::APP_CHANNEL_OFF | Self::APP_UNDER_REVIEW | Self::SYSTEM_MESSAGES_OFF => Advice::FixAccount,
            Self::SENSITIVE_TEXT | Self::TEST_LIKE_TEXT | Self::INFORMAL_TEXT => Advice::FixText,
            Self::DEVICE_UNREACHABLE => Advice::DeviceUnreachable,
            Self::MESSAGE_NOT_FOUND => Advice::StoreAgain,
            _ if self.quota().is_some() => Advice::StopForToday,
            _ => match self.field() {
                Some(field) => Advice::FixRequest { field },
                None => Advice::Unknown,
            },
        }
    }

    /// Which daily quota is used up. `None` for codes that are not about a quota.
    ///
    /// ```
    /// use offline_push::vivo::{AllPush, Quota, ResultCode};
    ///
    /// let code = ResultCode::new(10254);
    /// assert_eq!(code.quota(), Some(Quota::AllPushes));
    /// assert_eq!(code.quota().and_then(Quota::path), Some(AllPush::PATH));
    /// assert_eq!(ResultCode::SENDING_TOO_FAST.quota(), None);
    /// ```
    #[must_use]
    pub const fn quota(self) -> Option<Quota> {
        Some(match self {
            Self::QUOTA_EXCEEDED => Quota::Operational,
            Self::SYSTEM_QUOTA_EXCEEDED => Quota::System,
            Self::AUTH_QUOTA_EXCEEDED => Quota::Authentications,
            Self::LIST_QUOTA_EXCEEDED => Quota::ListPayloads,
            Self::ALL_QUOTA_EXCEEDED => Quota::AllPushes,
            _ => return None,
        })
    }

    /// Wire name of the field that is wrong.
    const fn field(self) -> Option<&'static str> {
        let mut fields = FIELDS;
        while let [(field, [one, other]), rest @ ..] = fields {
            if self.get() == *one as i32 || self.get() == *other as i32 {
                return Some(*field);
            }
            fields = rest;
        }
        None
    }
}

/// Fields, each with two codes that are about it, or twice with one. By number, because the names of the constants would only repeat
/// the field. A `match` would take twice as much code.
const FIELDS: &[(&str, [u16; 2])] = &[
    ("regId", [10050, 10050]),
    ("classification", [10051, 11000]),
    ("notifyType", [10054, 10054]),
    ("title", [10055, 10056]),
    ("content", [10057, 10058]),
    ("timeToLive", [10059, 10059]),
    ("skipType", [10060, 10060]),
    ("skipContent", [10061, 10062]),
    ("skipContent", [10063, 10064]),
    ("skipContent", [10068, 10069]),
    ("networkType", [10065, 10065]),
    ("addBadge", [10089, 10089]),
    ("clientCustomMap", [10066, 10067]),
    ("appId", [10094, 10200]),
    ("appId", [10205, 10205]),
    ("notifyId", [10095, 10095]),
    ("category", [10096, 10097]),
    ("regIds", [10150, 10153]),
    ("taskId", [10151, 10152]),
    ("aliases", [10154, 10154]),
    ("appKey", [10201, 10202]),
    ("timestamp", [10203, 10207]),
    ("sign", [10204, 10206]),
    ("alias", [10301, 10307]),
    ("extra", [10304, 10304]),
    ("callback", [10305, 10305]),
    ("callback.param", [10306, 10306]),
    ("requestId", [10352, 10353]),
    ("taskIds", [10471, 10473]),
    ("name", [10601, 10601]),
    ("ids", [10609, 10614]),
    ("type", [10616, 10616]),
    ("registration_tokens", [10800, 10800]),
    ("notification", [10801, 10801]),
];
