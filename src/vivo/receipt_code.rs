//! What vivo's delivery receipts say became of a push, and what the sender does about it.

use super::code::Advice;

crate::json::open_number! {
    /// The main type of a receipt: `ackType`. Receivers find it as text (`"0"`).
    ///
    /// A number without a name here is kept as it is.
    ///
    /// A receipt has a main type, and since the receipts of 2023 (document 681) a sub type for what went wrong:
    /// [`ReceiptType`] and [`ReceiptReason`]. Only the main type tells whether the message arrived.
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
    /// Where the meanings come from. *Vendor tables*: the vivo receipt table of a large push vendor. *Receiver*: the vivo part
    /// of an open-source message server (masastack/MASA.MC), which alone has the main types 100 and 102 and the sub types 2333
    /// and 14002. *Document 896*: vivo's text about atomic notifications. The first two agree in all that both have.
    #[doc(alias = "ackType")]
    pub struct ReceiptType(i32) {
        /// The message has arrived (all sources). A receipt without a type says the same (receiver).
        ARRIVED = 0 => "arrived",
        /// vivo has held the message back: 11001, 12000, 10012 and 14002 say why (receiver).
        HELD_BACK = 100 => "held back by vivo",
        /// The message did not pass vivo's audit (vendor tables, receiver).
        AUDIT_FAILED = 101 => "the audit was not passed",
        /// vivo has found no device for the message (receiver).
        NO_MATCH = 102 => "no device matched",
        /// A newer message has taken its place before the phone came online (vendor tables, receiver).
        REPLACED = 103 => "replaced by a newer message",
        /// The phone has the message and does not show it (vendor tables, receiver).
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
    /// The sub type of a receipt: why the message did not arrive or was not shown. Named `subAckType` by the one receiver
    /// that is public, which finds it as text; no mirror of vivo's document was found that names it.
    ///
    /// Getui hands the same numbers on behind its own prefix 15: 1502183 for 2183. The sources that the constants name are
    /// those of [`ReceiptType`].
    #[doc(alias = "subAckType")]
    pub struct ReceiptReason(i32) {
        /// Held back for another reason: not the time to push, or a version that does not support it (vendor tables).
        HELD_BACK_OTHERWISE = 1000 => "held back for another reason",
        /// An operational message at night, from 23:00 to 07:00 in China (vendor tables, receiver).
        NIGHT = 1017 => "not shown at night, 23:00 to 07:00",
        /// No device matched, for another reason: not registered, for instance (vendor tables).
        NO_MATCH_OTHERWISE = 1020 => "no device matched, for another reason",
        /// Not shown for another reason (vendor tables).
        NOT_SHOWN_OTHERWISE = 1040 => "not shown for another reason",
        /// An operational message with the title and content of an earlier one (vendor tables, receiver).
        SAME_TEXT = 2124 => "same title and content as an earlier operational message",
        /// The message outlived its `timeToLive`: a sub type of 104, so on the phone (vendor tables, receiver).
        EXPIRED_ON_PHONE = 2144 => "timeToLive has run out on the phone",
        /// The link in `skipContent` has wrong parameters (vendor tables, receiver).
        INVALID_LINK = 2158 => "skipContent: the link has wrong parameters",
        /// The activity that `skipContent` names lacks `android:exported="true"` (vendor tables, receiver).
        ACTIVITY_NOT_EXPORTED = 2161 => "skipContent: its activity is not exported",
        /// The app has no activity of the name in `skipContent` (vendor tables, receiver).
        ACTIVITY_NOT_FOUND = 2162 => "skipContent: its activity is not found",
        /// The `regId` is dead; the app has to get a new one (vendor tables, receiver).
        DEAD_REG_ID = 2183 => "regId is no longer valid",
        /// The app was installed through no official channel, and then operational messages are off by default (receiver).
        UNOFFICIAL_INSTALL = 2333 => "installed unofficially, operational messages are off",
        /// The message outlived its `timeToLive`: a sub type of 100, so at vivo (vendor tables, receiver).
        EXPIRED = 10012 => "timeToLive has run out",
        /// The volume of pushes is used up (vendor tables, receiver); vivo counts it by the day.
        VOLUME_LIMIT = 11001 => "the day's volume is used up",
        /// This user has had this app's messages of the day (vendor tables, receiver). By Tencent Cloud's docs that is 2
        /// operational messages, 5 of news; system messages are not counted.
        USER_LIMIT = 12000 => "the user's messages of the day are used up",
        /// A message with `sendOnline`, and the phone was offline (receiver).
        NOT_ONLINE = 14002 => "the phone was offline, and the message is for phones online",
        /// The app was removed from the phone, or its push switched off (vendor tables, receiver).
        UNSUBSCRIBED = 20001 => "the user is not subscribed",
        /// vivo knows no such user (vendor tables, receiver).
        NO_SUCH_USER = 20002 => "the user does not exist",
        /// The phone was not online for 14 days (vendor tables; the receiver has "inactive").
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
        /// The phone cannot update an atomic notification from afar (document 896).
        LIVE_UNSUPPORTED_DEVICE = 31006 => "atomic notification: the device takes no remote updates",
        /// Not shown for another reason (document 896).
        LIVE_NOT_SHOWN_OTHERWISE = 32000 => "atomic notification: not shown for another reason",
        /// The user has switched off the app's atomic notifications (document 896).
        LIVE_SWITCHED_OFF = 32001 => "atomic notification: switched off by the user",
        /// The phone shows no atomic notification of this `notifyId`: it was removed, or the app never made it (document 896).
        LIVE_NOT_FOUND = 32002 => "atomic notification: none has this notifyId",
        /// The phone's system has no atomic notifications (document 896).
        LIVE_UNSUPPORTED_SYSTEM = 32003 => "atomic notification: not supported by the system",
        /// The app has no such picture (document 896).
        LIVE_NO_PICTURE = 32004 => "atomic notification: liveMessage names a missing picture",
        /// The app was removed (document 896).
        LIVE_UNINSTALLED = 32005 => "atomic notification: the app was uninstalled",
        /// The page behind the notification is not allowed (document 896).
        LIVE_INVALID_PAGE = 32006 => "atomic notification: skipContent is not allowed",
        /// Too many updates in a short time (document 896).
        LIVE_TOO_FREQUENT = 32007 => "atomic notification: updated too often",
        /// vivo has not granted atomic notifications to this app or this scene (document 896).
        LIVE_NOT_GRANTED = 32008 => "atomic notification: not granted to the app or the scene",
        /// It could not be shown and became an ordinary notification (document 896).
        LIVE_SHOWN_AS_ORDINARY = 32009 => "atomic notification: shown as an ordinary one",
    }
}

impl ReceiptType {
    /// Whether the message, or the update of an atomic notification, has arrived.
    #[must_use]
    pub const fn is_delivered(self) -> bool {
        matches!(self, Self::ARRIVED | Self::LIVE_DELIVERED)
    }

    /// What the sender does next: what the reason says; without one that is known here, what follows from the type alone.
    ///
    /// No document prescribes it. A message that was replaced is [`Advice::Done`]: the newer one counts.
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
    /// What the sender does about it.
    ///
    /// No document prescribes it; it follows from the meaning. What is wrong with this phone or this user for now
    /// is [`Advice::DeviceUnreachable`], so is what is not known more closely (1000, 1020, 1040, 32000). For 11001 the
    /// server document's word about used-up quotas counts. An update that failed for "another reason" (31000) may be sent
    /// again.
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

    /// Every number near a documented one, and the ends.
    fn numbers() -> impl Iterator<Item = i32> {
        (-2..=40_000).chain([i32::MIN, i32::MAX])
    }

    #[test]
    fn every_type_of_the_documents_is_a_named_constant_and_no_other_is() {
        let documented = [
            (0, ReceiptType::ARRIVED),
            (100, ReceiptType::HELD_BACK),
            (101, ReceiptType::AUDIT_FAILED),
            (102, ReceiptType::NO_MATCH),
            (103, ReceiptType::REPLACED),
            (104, ReceiptType::NOT_SHOWN),
            (300, ReceiptType::LIVE_DELIVERED),
            (301, ReceiptType::LIVE_NOT_SENT),
            (302, ReceiptType::LIVE_NOT_SHOWN),
        ];
        for (number, outcome) in documented {
            assert_eq!(outcome.get(), number);
        }
        for number in numbers() {
            let named = ReceiptType::new(number).meaning().is_some();
            assert_eq!(named, documented.iter().any(|(of, _)| *of == number), "{number}");
        }
    }

    #[test]
    fn every_reason_of_the_documents_has_a_name_and_no_other_has() {
        let documented = [
            1000, 1017, 1020, 1040, 2124, 2144, 2158, 2161, 2162, 2183, 2333, 10012, 11001, 12000, 14002,
            20001, 20002, 20006,
        ];
        for number in numbers() {
            let named = ReceiptReason::new(number).meaning().is_some();
            let live = (31000..=31006).contains(&number) || (32000..=32009).contains(&number);
            assert_eq!(named, live || documented.contains(&number), "{number}");
        }
    }

    #[test]
    fn a_number_has_advice_exactly_when_it_has_a_name() {
        for number in numbers() {
            let outcome = ReceiptType::new(number);
            assert_eq!(outcome.advice(None) != Advice::Unknown, outcome.meaning().is_some(), "{number}");
            let reason = ReceiptReason::new(number);
            assert_eq!(reason.advice() != Advice::Unknown, reason.meaning().is_some(), "{number}");
        }
    }

    #[test]
    fn an_unknown_number_is_kept() {
        for number in [i32::MIN, -1, 105, 303, 31007, 32010, i32::MAX] {
            assert_eq!((ReceiptType::new(number).get(), ReceiptReason::new(number).get()), (number, number));
            assert!(!ReceiptType::new(number).is_delivered());
        }
    }

    #[test]
    fn a_faulty_request_names_a_field_that_the_meaning_names_too() {
        for reason in numbers().map(ReceiptReason::new) {
            if let Advice::FixRequest { field } = reason.advice() {
                assert!(reason.meaning().unwrap_or_default().contains(field), "{reason}: {field}");
            }
        }
    }

    #[test]
    fn only_a_receiver_that_is_gone_costs_its_token() {
        for number in numbers() {
            let drops = ReceiptReason::new(number).advice() == Advice::DropToken;
            assert_eq!(drops, matches!(number, 2183 | 20001 | 20002 | 31003 | 31004 | 32005), "{number}");
            assert_ne!(ReceiptType::new(number).advice(None), Advice::DropToken);
        }
    }

    #[test]
    fn only_0_and_300_have_arrived_whatever_the_reason_beside_them() {
        for number in numbers() {
            let outcome = ReceiptType::new(number);
            assert_eq!(outcome.is_delivered(), matches!(number, 0 | 300), "{number}");
            if outcome.is_delivered() {
                assert_eq!(outcome.advice(Some(ReceiptReason::DEAD_REG_ID)), Advice::Done);
            }
        }
    }

    #[test]
    fn a_known_reason_goes_before_the_type_and_an_unknown_one_does_not() {
        let not_shown = ReceiptType::NOT_SHOWN;
        assert_eq!(not_shown.advice(Some(ReceiptReason::NIGHT)), Advice::WaitForWindow);
        assert_eq!(not_shown.advice(Some(ReceiptReason::new(9))), not_shown.advice(None));
        assert_eq!(not_shown.advice(None), Advice::DeviceUnreachable);
        assert_eq!(ReceiptType::new(105).advice(Some(ReceiptReason::NIGHT)), Advice::WaitForWindow);
        assert_eq!(ReceiptType::AUDIT_FAILED.advice(None), Advice::FixText);
        assert_eq!(ReceiptType::REPLACED.advice(None), Advice::Done);
    }
}
