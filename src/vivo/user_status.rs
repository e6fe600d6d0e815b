//! Why vivo did not push to one of the receivers.

use super::code::Advice;

crate::json::open_number! {
    /// Why a receiver did not count: `status` in `invalidUser` of a single push and in each of the
    /// `invalidUsers` of a list push, whose `result` may well be 0.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, UserStatus};
    ///
    /// assert_eq!(UserStatus::new(2), UserStatus::UNSUBSCRIBED);
    /// assert_eq!(UserStatus::new(2).advice(), Advice::DropToken);
    /// assert_ne!(UserStatus::NOT_TEST_DEVICE.advice(), Advice::DropToken);
    /// assert_eq!(UserStatus::new(9).get(), 9); // unknown, and kept
    /// ```
    #[doc(alias = "invalidUser")]
    #[doc(alias = "invalidUsers")]
    pub struct UserStatus(i32) {
        /// This app has no such id (server document).
        NOT_FOUND = 1 => "the id does not exist for this app",
        /// The app was removed, its push switched off or its data cleared (server document).
        UNSUBSCRIBED = 2 => "uninstalled, unsubscribed or data cleared",
        /// The phone was not online for 90 days (old server document; newer text has no 3).
        INACTIVE = 3 => "not online for 90 days",
        /// A test message, and the phone is none of the test devices (server document).
        NOT_TEST_DEVICE = 4 => "not a test device",
    }
}

impl UserStatus {
    /// What the sender does about this receiver.
    ///
    /// A phone that was long offline keeps its `regId`, as no source says that it gets a new one.
    ///
    /// ```
    /// use offline_push::vivo::{Advice, UserStatus};
    ///
    /// assert_eq!(UserStatus::NOT_FOUND.advice(), Advice::DropToken);
    /// assert_eq!(UserStatus::INACTIVE.advice(), Advice::DeviceUnreachable);
    /// assert_eq!(UserStatus::NOT_TEST_DEVICE.advice(), Advice::FixAccount);
    /// assert_eq!(UserStatus::new(9).advice(), Advice::Unknown);
    /// ```
    #[must_use]
    pub const fn advice(self) -> Advice {
        match self {
            Self::NOT_FOUND | Self::UNSUBSCRIBED => Advice::DropToken,
            Self::INACTIVE => Advice::DeviceUnreachable,
            Self::NOT_TEST_DEVICE => Advice::FixAccount,
            _ => Advice::Unknown,
        }
    }
}
