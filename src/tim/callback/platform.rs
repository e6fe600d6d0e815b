//! What the events of both callbacks have in common: the vendor, the stage and the code of a push.

use crate::json::open_number;
use crate::tim::ErrorCode;
use crate::vendor::Vendor;

open_number! {
    /// The push service that accepted the push: `PushPlatform`. The numbers are also those of the kind of device of an online
    /// push: `DeviceType` (67551, 67552). These pages do not print other values, such as that of `HarmonyOS` phones.
    ///
    /// The numbers are not those of [`Vendor`]: [`vendor`](Self::vendor) converts them.
    pub struct PushPlatform(i32) {
        /// Unknown. This is also the value for a push to a user who was online.
        UNKNOWN = 0 => "unknown",
        /// Apple's APNs.
        APNS = 1 => "APNs",
        /// Xiaomi.
        XIAOMI = 2 => "Xiaomi",
        /// Huawei.
        HUAWEI = 3 => "Huawei",
        /// Google's FCM.
        FCM = 4 => "FCM",
        /// Meizu.
        MEIZU = 5 => "Meizu",
        /// OPPO.
        OPPO = 6 => "OPPO",
        /// vivo.
        VIVO = 7 => "vivo",
        /// Honor.
        HONOR = 8 => "Honor",
    }
}

impl PushPlatform {
    /// The same push service as a [`Vendor`]. `None` for APNs, which is not an Android vendor, and for unknown numbers.
    ///
    /// ```
    /// use offline_push::Vendor;
    /// use offline_push::tim::callback::PushPlatform;
    ///
    /// assert_eq!(PushPlatform::VIVO.vendor(), Some(Vendor::VIVO));
    /// assert_eq!(PushPlatform::FCM.vendor(), Some(Vendor::GOOGLE));
    /// assert_eq!(PushPlatform::APNS.vendor(), None);
    /// ```
    #[must_use]
    pub const fn vendor(self) -> Option<Vendor> {
        Some(match self {
            Self::XIAOMI => Vendor::XIAOMI,
            Self::HUAWEI => Vendor::HUAWEI,
            Self::FCM => Vendor::GOOGLE,
            Self::MEIZU => Vendor::MEIZU,
            Self::OPPO => Vendor::OPPO,
            Self::VIVO => Vendor::VIVO,
            Self::HONOR => Vendor::HONOR,
            _ => return None,
        })
    }
}

open_number! {
    /// The stage that a push has reached: `PushStage` (67551, 67552). One push has an event for each known stage.
    pub struct PushStage(i32) {
        /// The push was passed to the vendor's server, or to IM's own server for an online push. The event's code says whether it
        /// was accepted.
        SENT = 1 => "sent",
        /// The push has reached the phone.
        REACHED = 2 => "reached the phone",
        /// The user has clicked the push.
        CLICKED = 3 => "clicked",
    }
}

open_number! {
    /// The result of a push: `ErrCode` (67551, 67552). 0 is success. Any other number is the vendor's own code, or one of
    /// Tencent's; the pages do not say how to tell them apart, and state no range.
    ///
    /// It is not documented who removes a vendor's token that is no longer valid: Tencent or the app.
    ///
    /// ```
    /// use offline_push::tim::ErrorCode;
    /// use offline_push::tim::callback::PushErrorCode;
    ///
    /// let code = PushErrorCode::new(10302);
    /// assert_eq!((code.vendor(), code.tencent()), (Some(10302), None));
    /// let code = PushErrorCode::new(-201);
    /// assert_eq!((code.vendor(), code.tencent()), (None, Some(ErrorCode::INVALID_TOKEN)));
    /// assert!(PushErrorCode::SUCCESS.is_success());
    /// ```
    pub struct PushErrorCode(i64) {
        /// Success.
        SUCCESS = 0 => "success",
    }
}

impl PushErrorCode {
    /// True for success.
    #[must_use]
    pub const fn is_success(self) -> bool {
        self.get() == 0
    }

    /// The code as Tencent's, if it is one: -203 to -195, the results of a push at the vendor in the page "Error Codes" (34348).
    /// This crate concludes that these are Tencent's here, too, because no vendor has such codes.
    #[must_use]
    pub const fn tencent(self) -> Option<ErrorCode> {
        match self.get() {
            code @ -203..=-195 => Some(ErrorCode::new(code as i32)),
            _ => None,
        }
    }

    /// The code as the vendor's: `None` for success, for a code of [Tencent](Self::tencent), and for a number beyond 32 bits, which
    /// no vendor has. For vivo, it is the number of a [`ResultCode`](crate::vivo::ResultCode).
    #[must_use]
    pub const fn vendor(self) -> Option<i32> {
        match self.get() {
            0 | -203..=-195 => None,
            code if code == code as i32 as i64 => Some(code as i32),
            _ => None,
        }
    }
}
