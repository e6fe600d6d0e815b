//! What the sender does next, by the number that vivo answers with.

use super::ResultCode;
use crate::vivo::{AllPush, AuthRequest, ListPayload};

/// What the sender does about a [`ResultCode`] or a [`UserStatus`](crate::vivo::UserStatus).
///
/// ```
/// use offline_push::vivo::{Advice, ResultCode};
///
/// let say = |result: i32| match ResultCode::new(result).advice() {
///     Advice::Done => "sent",
///     Advice::Reauthenticate => "new token, once more",
///     Advice::BackOff => "once more, later",
///     Advice::DropToken => "forget the regId",
///     Advice::FixRequest { field } => field,
///     _ => "tell a human",
/// };
/// assert_eq!(say(0), "sent");
/// assert_eq!(say(10072), "once more, later");
/// assert_eq!(say(10062), "skipContent");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Advice {
    /// vivo took the request. A list push may still name receivers it left out.
    Done,
    /// Drop the `authToken`, authenticate again, and send the request once more; if the answer is
    /// the same, stop.
    Reauthenticate,
    /// Too fast. Send the request again after a pause, with a longer one each time.
    BackOff,
    /// Delete this `regId`: the app has no such receiver any more. Not if this was a test message
    /// (`pushMode` 1) or the reply says [`UserStatus::NOT_TEST_DEVICE`](crate::vivo::UserStatus::NOT_TEST_DEVICE).
    DropToken,
    /// The day's quota is used up. Send nothing more to this endpoint today: the server document
    /// warns that calling on lowers the quota. Other endpoints are not meant;
    /// [`ResultCode::quota`] says what was counted.
    StopForToday,
    /// Not at this time of day. Send again once the window is open, or as another kind of message.
    WaitForWindow,
    /// The request is wrong and fails again as it is.
    FixRequest {
        /// The wire name of the field to mend. For a key of `extra` it is that key, like
        /// `"callback.param"`.
        field: &'static str,
    },
    /// Something about the app at vivo has to change first: its review, a switch, a list of test
    /// devices. Retrying does not help.
    FixAccount,
    /// vivo objects to the words of `title` or `content`. Send other words.
    FixText,
    /// The receiver exists but takes no push now. Keep its `regId` and reach the user another way.
    DeviceUnreachable,
    /// This crate does not know the number.
    Unknown,
}

impl Advice {
    /// Whether the same answer may be acted on again in the same way.
    ///
    /// That 10000 is answered with one new token and no more, and 10072 and 10093 with pauses, is what existing senders do; the
    /// server document only says of used-up quotas that calling on harms.
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
            | Self::FixRequest { .. }
            | Self::FixAccount
            | Self::FixText
            | Self::DeviceUnreachable
            | Self::Unknown => Repeat::Never,
        }
    }
}

/// How often the request that brought an [`Advice`] is sent again as it is. vivo drops repetitions by `requestId`, so sending
/// again with the same one does no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Repeat {
    /// Not at all: the same request brings the same answer, or it has been taken.
    Never,
    /// Once, after what the advice says. If the answer is the same then, stop and tell a human.
    Once,
    /// After a pause, and after a longer one each time.
    AfterPause,
    /// Once the day ([`Advice::StopForToday`]) or the hours of silence ([`Advice::WaitForWindow`]) are over, not before.
    Later,
}

/// What vivo counts by the day, and [`Advice::StopForToday`] says is used up. Which day is meant is in no text; vivo's other
/// times are China's (UTC+8).
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
    /// Stored bodies for list pushes (10252). Those that are stored can still be pushed.
    ListPayloads,
    /// Pushes to all (10254).
    AllPushes,
}

impl Quota {
    /// The path that is closed for today. `None` for the two classes of messages, which are counted wherever they are sent:
    /// then it is the endpoint that answered, for messages of this class.
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
    /// What the sender does next.
    ///
    /// That a used-up quota wants a stop is the server document's own word for 10070, 10252 and
    /// 10254; 10073 and 10250 are taken the same way. The rest is what existing senders do, or
    /// follows from the meaning.
    ///
    /// Two codes have a second reading, "not a test device":
    /// [`APP_UNDER_REVIEW`](Self::APP_UNDER_REVIEW) and [`INVALID_REG_ID`](Self::INVALID_REG_ID).
    /// Where the reply has an `invalidUser`, its [`UserStatus::advice`](crate::vivo::UserStatus::advice) is the better one.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, ResultCode};
    ///
    /// assert_eq!(ResultCode::QUOTA_EXCEEDED.advice(), Advice::StopForToday);
    /// assert_eq!(ResultCode::TITLE_TOO_LONG.advice(), Advice::FixRequest { field: "title" });
    /// assert_eq!(ResultCode::APP_UNDER_REVIEW.advice(), Advice::FixAccount);
    /// assert_eq!(ResultCode::new(19999).advice(), Advice::Unknown);
    /// ```
    #[must_use]
    pub const fn advice(self) -> Advice {
        match self {
            Self::SUCCESS => Advice::Done,
            Self::AUTHENTICATION_FAILED => Advice::Reauthenticate,
            Self::SENDING_TOO_FAST | Self::AUTH_TOO_FAST => Advice::BackOff,
            Self::INVALID_REG_ID => Advice::DropToken,
            Self::OUTSIDE_SENDING_TIME => Advice::WaitForWindow,
            Self::APP_CHANNEL_OFF | Self::APP_UNDER_REVIEW | Self::SYSTEM_MESSAGES_OFF => Advice::FixAccount,
            Self::SENSITIVE_TEXT | Self::TEST_LIKE_TEXT => Advice::FixText,
            Self::DEVICE_UNREACHABLE => Advice::DeviceUnreachable,
            _ if self.quota().is_some() => Advice::StopForToday,
            _ => match self.field() {
                Some(field) => Advice::FixRequest { field },
                None => Advice::Unknown,
            },
        }
    }

    /// What is used up for today, where the code says that something is.
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

    /// The wire name of the field that the code of a faulty request is about. By number, as the
    /// names above only repeat the field.
    const fn field(self) -> Option<&'static str> {
        Some(match self.get() {
            10050 => "regId",
            10051 | 11000 => "classification",
            10054 => "notifyType",
            10055 | 10056 => "title",
            10057 | 10058 => "content",
            10059 => "timeToLive",
            10060 => "skipType",
            10061..=10064 | 10068 | 10069 => "skipContent",
            10065 => "networkType",
            10066 | 10067 => "clientCustomMap",
            10094 | 10200 | 10205 => "appId",
            10095 => "notifyId",
            10096 | 10097 => "category",
            10150 | 10153 => "regIds",
            10151 | 10152 | 10155 => "taskId",
            10154 => "aliases",
            10201 | 10202 => "appKey",
            10203 | 10207 => "timestamp",
            10204 | 10206 => "sign",
            10301 | 10307 => "alias",
            10304 => "extra",
            10305 => "callback",
            10306 => "callback.param",
            10352 | 10353 => "requestId",
            10471 | 10473 => "taskIds",
            10601 => "name",
            10609 | 10614 => "ids",
            10616 => "type",
            10800 => "registration_tokens",
            10801 => "notification",
            _ => return None,
        })
    }
}
