//! What the web SDK groups by the receiver's system.

use crate::json::message;
use crate::vivo::Classification;

message! {
    /// What is for Android phones: `androidInfo` of the web SDK, from version 3 (trtc.io/document/48870).
    #[doc(alias = "androidInfo")]
    pub struct WebAndroidInfo<'a> {
        /// As [`android_sound`](super::WebPushInfo::android_sound). Huawei, Xiaomi and Google only.
        sound: Option<&'a str> = "sound",
        /// Xiaomi: channel id, wanted by MIUI 10 and later.
        #[doc(alias = "XiaoMiChannelID")]
        xiaomi_channel_id: Option<&'a str> = "XiaoMiChannelID",
        /// OPPO: channel id, wanted by Android 8 and later.
        #[doc(alias = "OPPOChannelID")]
        oppo_channel_id: Option<&'a str> = "OPPOChannelID",
        /// Google: channel id, wanted by Android 8 and later.
        #[doc(alias = "FCMChannelID")]
        fcm_channel_id: Option<&'a str> = "FCMChannelID",
        /// vivo: operational or system message; default system.
        #[doc(alias = "VIVOClassification")]
        vivo_classification: Option<Classification> = "VIVOClassification",
        /// vivo: second-level class in capitals.
        #[doc(alias = "VIVOCategory")]
        vivo_category: Option<&'a str> = "VIVOCategory",
        /// Huawei: `IM`, `MARKETING`, …
        #[doc(alias = "HuaWeiCategory")]
        huawei_category: Option<&'a str> = "HuaWeiCategory",
        /// Huawei: HTTPS URL of a picture, below 512 KB. This and the other pictures since SDK 3.4.1.
        #[doc(alias = "HuaWeiImage")]
        huawei_image: Option<&'a str> = "HuaWeiImage",
        /// Honor: HTTPS URL of a picture, below 100 KB.
        #[doc(alias = "HonorImage")]
        honor_image: Option<&'a str> = "HonorImage",
        /// Google: HTTPS URL of a picture, below 1 MB.
        #[doc(alias = "GoogleImage")]
        google_image: Option<&'a str> = "GoogleImage",
    }
}

impl WebAndroidInfo<'_> {
    /// Nothing set yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for WebAndroidInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// What is for iPhones: `apnsInfo` of the web SDK, from version 3 (trtc.io/document/48870).
    #[doc(alias = "apnsInfo")]
    pub struct WebApnsInfo<'a> {
        /// As [`ios_sound`](super::WebPushInfo::ios_sound).
        sound: Option<&'a str> = "sound",
        /// True: the app's badge does not count this message. Default false.
        #[doc(alias = "ignoreIOSBadge")]
        ignore_ios_badge: Option<bool> = "ignoreIOSBadge",
        /// As [`disable_voip_push`](super::WebPushInfo::disable_voip_push), before which it goes here.
        #[doc(alias = "disableVoipPush")]
        disable_voip_push: Option<bool> = "disableVoipPush",
        /// HTTPS URL of a picture, at most 10 MB; the app reads it from the payload's `image`, for which the console must
        /// allow mutable content. Since SDK 3.4.1.
        image: Option<&'a str> = "image",
    }
}

impl WebApnsInfo<'_> {
    /// Nothing set yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for WebApnsInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}
