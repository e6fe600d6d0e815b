//! The numbers in vivo's delivery receipts: what happened to a push, why, and what the sender should do.

use super::code::Advice;

crate::json::open_number! {
    /// The main type of a receipt: `ackType`. On the wire it is text (`"0"`). An unknown number is kept.
    ///
    /// A receipt has a main type, `ReceiptType`. Since 2023 (document 681) it also has a sub type with the reason of a failure,
    /// [`ReceiptReason`]. Only the main type says whether the message arrived.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, ReceiptReason, ReceiptType};
    ///
    /// assert!(ReceiptType::new(0).is_delivered());
    ///
    /// let (outcome, reason) = (ReceiptType::new(104), ReceiptReason::new(2162));
    /// assert_eq!(outcome, ReceiptType::NOT_SHOWN);
    /// assert_eq!(reason.meaning(), Some("skipContent: its activity is not found"));
    /// assert_eq!(outcome.advice(Some(reason)), Advice::FixRequest { field: "skipContent" });
    /// ```
    ///
    /// Sources of the meanings:
    ///
    /// - *Vendor tables*: the vivo receipt table of a large push vendor.
    /// - *Receiver*: the vivo part of an open-source message server (masastack/MASA.MC). It is the only source of the main types
    ///   100 and 102 and of the sub types 2333 and 14002.
    /// - *Document 896*: vivo's text about atomic notifications.
    ///
    /// The first two agree wherever both have an entry.
    #[doc(alias = "ackType")]
    pub struct ReceiptType(i32) {
        /// The message has arrived (all sources). A receipt without a type means the same (receiver).
        ARRIVED = 0 => "arrived",
        /// vivo did not send the message. The reasons are 11001, 12000, 10012 and 14002 (receiver).
        HELD_BACK = 100 => "held back by vivo",
        /// The message did not pass vivo's audit (vendor tables, receiver).
        AUDIT_FAILED = 101 => "the audit was not passed",
        /// vivo found no device for the message (receiver).
        NO_MATCH = 102 => "no device matched",
        /// A newer message replaced this one before the phone came online (vendor tables, receiver).
        REPLACED = 103 => "replaced by a newer message",
        /// The phone received the message but did not show it (vendor tables, receiver).
        NOT_SHOWN = 104 => "not shown",
        /// The update of an atomic notification has arrived (document 896).
        LIVE_DELIVERED = 300 => "atomic notification delivered",
        /// The update of an atomic notification was not sent (document 896).
        LIVE_NOT_SENT = 301 => "atomic notification not sent",
        /// The update of an atomic notification was not shown (document 896).
        LIVE_NOT_SHOWN = 302 => "atomic notification not shown",
    }
}

crate::json::open_number! {
    /// The sub type of a receipt: why the message did not arrive or was not shown. An unknown number is kept.
    ///
    /// The name `subAckType` comes from the one public receiver, which reads it as text. No mirror of vivo's document was found
    /// that has the name. Getui passes on the same numbers with its own prefix 15: 1502183 for 2183. The sources in brackets
    /// are those of [`ReceiptType`].
    #[doc(alias = "subAckType")]
    pub struct ReceiptReason(i32) {
        /// Not sent for another reason, for example the time of day, or a version without support (vendor tables).
        HELD_BACK_OTHERWISE = 1000 => "held back for another reason",
        /// An operational message at night, 23:00 to 07:00 in China (vendor tables, receiver).
        NIGHT = 1017 => "not shown at night, 23:00 to 07:00",
        /// No device matched, for another reason, for example because it is not registered (vendor tables).
        NO_MATCH_OTHERWISE = 1020 => "no device matched, for another reason",
        /// Not shown for another reason (vendor tables).
        NOT_SHOWN_OTHERWISE = 1040 => "not shown for another reason",
        /// An operational message with the same title and content as an earlier one (vendor tables, receiver).
        SAME_TEXT = 2124 => "same title and content as an earlier operational message",
        /// The `timeToLive` ran out on the phone: a sub type of 104 (vendor tables, receiver).
        EXPIRED_ON_PHONE = 2144 => "timeToLive has run out on the phone",
        /// The link in `skipContent` has wrong parameters (vendor tables, receiver).
        INVALID_LINK = 2158 => "skipContent: the link has wrong parameters",
        /// The activity that `skipContent` names lacks `android:exported="true"` (vendor tables, receiver).
        ACTIVITY_NOT_EXPORTED = 2161 => "skipContent: its activity is not exported",
        /// The app has no activity of the name in `skipContent` (vendor tables, receiver).
        ACTIVITY_NOT_FOUND = 2162 => "skipContent: its activity is not found",
        /// The `regId` is no longer valid; the app has to get a new one (vendor tables, receiver).
        DEAD_REG_ID = 2183 => "regId is no longer valid",
        /// The app was not installed through an official channel; then operational messages are off by default (receiver).
        UNOFFICIAL_INSTALL = 2333 => "installed unofficially, operational messages are off",
        /// The `timeToLive` ran out at vivo: a sub type of 100 (vendor tables, receiver).
        EXPIRED = 10012 => "timeToLive has run out",
        /// The daily volume of pushes is used up (vendor tables, receiver).
        VOLUME_LIMIT = 11001 => "the day's volume is used up",
        /// The user has received the maximum number of messages of this app for today (vendor tables, receiver). Tencent
        /// Cloud's docs give a maximum of 2 operational messages, or 5 for news apps; system messages are not counted.
        USER_LIMIT = 12000 => "the user's messages of the day are used up",
        /// The message has `sendOnline`, and the phone was offline (receiver).
        NOT_ONLINE = 14002 => "the phone was offline, and the message is for phones online",
        /// The user removed the app, or switched its push off (vendor tables, receiver).
        UNSUBSCRIBED = 20001 => "the user is not subscribed",
        /// vivo knows no such user (vendor tables, receiver).
        NO_SUCH_USER = 20002 => "the user does not exist",
        /// The phone was not online for 14 days (vendor tables; the receiver says "inactive").
        INACTIVE = 20006 => "the device was offline for 14 days",

        /// Not sent for another reason (document 896, as all of 31000 to 32009).
        LIVE_NOT_SENT_OTHERWISE = 31000 => "atomic notification: not sent for another reason",
        /// A parameter is not allowed (document 896).
        LIVE_INVALID_PARAMETER = 31001 => "atomic notification: liveMessage has an invalid parameter",
        /// The text did not pass vivo's audit (document 896).
        LIVE_AUDIT_FAILED = 31002 => "atomic notification: the audit was not passed",
        /// The phone is not subscribed (document 896).
        LIVE_UNSUBSCRIBED = 31003 => "atomic notification: the device is not subscribed",
        /// There is no such `regId` (document 896).
        LIVE_NO_SUCH_REG_ID = 31004 => "atomic notification: regId does not exist",
        /// The phone was not active for more than 14 days (document 896).
        LIVE_INACTIVE = 31005 => "atomic notification: the device was inactive for 14 days",
        /// The phone does not support remote updates of atomic notifications (document 896).
        LIVE_UNSUPPORTED_DEVICE = 31006 => "atomic notification: the device takes no remote updates",
        /// Not shown for another reason (document 896).
        LIVE_NOT_SHOWN_OTHERWISE = 32000 => "atomic notification: not shown for another reason",
        /// The user switched off the app's atomic notifications (document 896).
        LIVE_SWITCHED_OFF = 32001 => "atomic notification: switched off by the user",
        /// The phone has no atomic notification with this `notifyId`: it was removed, or the app never created it (document 896).
        LIVE_NOT_FOUND = 32002 => "atomic notification: none has this notifyId",
        /// The phone's system does not support atomic notifications (document 896).
        LIVE_UNSUPPORTED_SYSTEM = 32003 => "atomic notification: not supported by the system",
        /// The picture that the message names is not in the app (document 896).
        LIVE_NO_PICTURE = 32004 => "atomic notification: liveMessage names a missing picture",
        /// The user removed the app (document 896).
        LIVE_UNINSTALLED = 32005 => "atomic notification: the app was uninstalled",
        /// The page that the notification opens is not allowed (document 896).
        LIVE_INVALID_PAGE = 32006 => "atomic notification: skipContent is not allowed",
        /// Too many updates in a short time (document 896).
        LIVE_TOO_FREQUENT = 32007 => "atomic notification: updated too often",
        /// vivo has not granted atomic notifications to this app or this scene (document 896).
        LIVE_NOT_GRANTED = 32008 => "atomic notification: not granted to the app or the scene",
        /// The update could not be shown as an atomic notification, and was shown as an ordinary one (document 896).
        LIVE_SHOWN_AS_ORDINARY = 32009 => "atomic notification: shown as an ordinary one",
    }
}

impl ReceiptType {
    /// True if the message, or the update of an atomic notification, has arrived.
    #[must_use]
    pub const fn is_delivered(self) -> bool {
        matches!(self, Self::ARRIVED | Self::LIVE_DELIVERED)
    }

    /// What the sender should do next. The advice follows from the reason if this crate knows it, else from the type.
    ///
    /// No document prescribes it. The advice for a message that was replaced is [`Advice::Done`], because the newer one takes
    /// its place. The advice for a message that arrived is [`Advice::Done`], whatever the reason.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, ReceiptReason, ReceiptType};
    ///
    /// assert_eq!(ReceiptType::ARRIVED.advice(None), Advice::Done);
    /// assert_eq!(ReceiptType::NO_MATCH.advice(None), Advice::DeviceUnreachable);
    /// assert_eq!(ReceiptType::NO_MATCH.advice(Some(ReceiptReason::UNSUBSCRIBED)), Advice::DropToken);
    /// assert_eq!(ReceiptType::new(105).advice(None), Advice::Unknown);
    /// ```
    #[must_use]
    pub const fn advice(self, reason: Option<ReceiptReason>) -> Advice {
        let of_reason = match reason {
            Some(reason) if !self.is_delivered() => reason.advice(),
            _ => Advice::Unknown,
        };
        match (of_reason, self) {
            (Advice::Unknown, Self::ARRIVED | Self::LIVE_DELIVERED | Self::REPLACED) => Advice::Done,
            (Advice::Unknown, Self::AUDIT_FAILED) => Advice::FixText,
            (
                Advice::Unknown,
                Self::HELD_BACK
                | Self::NO_MATCH
                | Self::NOT_SHOWN
                | Self::LIVE_NOT_SENT
                | Self::LIVE_NOT_SHOWN,
            ) => Advice::DeviceUnreachable,
            (advice, _) => advice,
        }
    }
}

impl ReceiptReason {
    /// What the sender should do about this reason.
    ///
    /// No document prescribes it; it follows from the meaning. The advice for a temporary problem of the phone or the user is
    /// [`Advice::DeviceUnreachable`], and so is the advice for an unspecified reason (1000, 1020, 1040, 32000). The advice for
    /// 11001 follows what the server document says about used-up quotas. An update that failed for "another reason" (31000) can
    /// be sent again.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, ReceiptReason};
    ///
    /// assert_eq!(ReceiptReason::NIGHT.advice(), Advice::WaitForWindow);
    /// assert_eq!(ReceiptReason::DEAD_REG_ID.advice(), Advice::DropToken);
    /// assert_eq!(ReceiptReason::VOLUME_LIMIT.advice(), Advice::StopForToday);
    /// assert_eq!(ReceiptReason::new(9).advice(), Advice::Unknown);
    /// ```
    #[must_use]
    pub const fn advice(self) -> Advice {
        match self {
            Self::LIVE_SHOWN_AS_ORDINARY => Advice::Done,
            Self::LIVE_NOT_SENT_OTHERWISE | Self::LIVE_TOO_FREQUENT => Advice::BackOff,
            Self::DEAD_REG_ID
            | Self::UNSUBSCRIBED
            | Self::NO_SUCH_USER
            | Self::LIVE_UNSUBSCRIBED
            | Self::LIVE_NO_SUCH_REG_ID
            | Self::LIVE_UNINSTALLED => Advice::DropToken,
            Self::VOLUME_LIMIT => Advice::StopForToday,
            Self::NIGHT => Advice::WaitForWindow,
            Self::EXPIRED | Self::EXPIRED_ON_PHONE => Advice::FixRequest { field: "timeToLive" },
            Self::INVALID_LINK
            | Self::ACTIVITY_NOT_EXPORTED
            | Self::ACTIVITY_NOT_FOUND
            | Self::LIVE_INVALID_PAGE => Advice::FixRequest { field: "skipContent" },
            Self::LIVE_NOT_FOUND => Advice::FixRequest { field: "notifyId" },
            Self::LIVE_INVALID_PARAMETER | Self::LIVE_NO_PICTURE => {
                Advice::FixRequest { field: "liveMessage" }
            }
            Self::LIVE_NOT_GRANTED => Advice::FixAccount,
            Self::SAME_TEXT | Self::LIVE_AUDIT_FAILED => Advice::FixText,
            Self::HELD_BACK_OTHERWISE
            | Self::NO_MATCH_OTHERWISE
            | Self::NOT_SHOWN_OTHERWISE
            | Self::UNOFFICIAL_INSTALL
            | Self::USER_LIMIT
            | Self::NOT_ONLINE
            | Self::INACTIVE
            | Self::LIVE_INACTIVE
            | Self::LIVE_UNSUPPORTED_DEVICE
            | Self::LIVE_NOT_SHOWN_OTHERWISE
            | Self::LIVE_SWITCHED_OFF
            | Self::LIVE_UNSUPPORTED_SYSTEM => Advice::DeviceUnreachable,
            _ => Advice::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ReceiptReason, ReceiptType};
    use crate::vivo::Advice;

    /// All documented numbers and their neighbours, and the extreme values.
    fn numbers() -> impl Iterator<Item = i32> {
        (-2..=40_000).chain([i32::MIN, i32::MAX])
    }

    #[test]
    fn name_exists_for_documented_numbers_only() {
        let types = [0, 100, 101, 102, 103, 104, 300, 301, 302];
        let reasons = [
            1000, 1017, 1020, 1040, 2124, 2144, 2158, 2161, 2162, 2183, 2333, 10012, 11001, 12000, 14002,
            20001, 20002, 20006,
        ];
        for number in numbers() {
            assert_eq!(ReceiptType::new(number).name().is_some(), types.contains(&number), "{number}");
            let live = (31000..=31006).contains(&number) || (32000..=32009).contains(&number);
            let documented = live || reasons.contains(&number);
            assert_eq!(ReceiptReason::new(number).name().is_some(), documented, "{number}");
        }
    }

    #[test]
    fn advice_is_known_for_named_numbers_only() {
        for number in numbers() {
            let outcome = ReceiptType::new(number);
            assert_eq!(outcome.advice(None) != Advice::Unknown, outcome.meaning().is_some(), "{number}");
            let reason = ReceiptReason::new(number);
            assert_eq!(reason.advice() != Advice::Unknown, reason.meaning().is_some(), "{number}");
        }
    }

    #[test]
    fn advice_fix_request_names_a_field_of_the_meaning() {
        for reason in numbers().map(ReceiptReason::new) {
            if let Advice::FixRequest { field } = reason.advice() {
                assert!(reason.meaning().unwrap_or_default().contains(field), "{reason}: {field}");
            }
        }
    }

    #[test]
    fn advice_drop_token_is_for_lost_recipients_only() {
        for number in numbers() {
            let drops = ReceiptReason::new(number).advice() == Advice::DropToken;
            assert_eq!(drops, matches!(number, 2183 | 20001 | 20002 | 31003 | 31004 | 32005), "{number}");
            assert_ne!(ReceiptType::new(number).advice(None), Advice::DropToken);
        }
    }

    #[test]
    fn is_delivered_overrides_the_reason() {
        for number in numbers() {
            let outcome = ReceiptType::new(number);
            assert_eq!(outcome.is_delivered(), matches!(number, 0 | 300), "{number}");
            if outcome.is_delivered() {
                assert_eq!(outcome.advice(Some(ReceiptReason::DEAD_REG_ID)), Advice::Done);
            }
        }
    }

    #[test]
    fn advice_known_reason_overrides_the_type() {
        let not_shown = ReceiptType::NOT_SHOWN;
        assert_eq!(not_shown.advice(Some(ReceiptReason::NIGHT)), Advice::WaitForWindow);
        assert_eq!(not_shown.advice(Some(ReceiptReason::new(9))), not_shown.advice(None));
        assert_eq!(not_shown.advice(None), Advice::DeviceUnreachable);
        assert_eq!(ReceiptType::new(105).advice(Some(ReceiptReason::NIGHT)), Advice::WaitForWindow);
        assert_eq!(ReceiptType::AUDIT_FAILED.advice(None), Advice::FixText);
        assert_eq!(ReceiptType::REPLACED.advice(None), Advice::Done);
    }
}
