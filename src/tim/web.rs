//! How a message is pushed, in JavaScript and Dart: the object `offlinePushInfo` of the web SDK (also in uni-app and React
//! Native), of Flutter, and of `TUIKit` and `TUICallKit`.

use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure};
use crate::ext::Ext;
use crate::json::{Members, message};
use crate::tim::info::{APNS_LEVELS, IMPORTANCE, https, known, non_empty, word};
use crate::tim::settings::{IosPushType, MeizuNotifyType, OppoNotifyLevel, PushFlag};
// Tencent passes on vivo's own number unchanged.
use crate::vivo::Classification;

mod spelling;
mod switch;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

message! {
    /// How a message is pushed, in the spellings of the web SDK, of Flutter for the web, and of other writers.
    ///
    /// All fields are optional. Empty text counts as absent: Flutter writes it where nothing is set.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::WebPushInfo;
    ///
    /// // From the web SDK.
    /// let mut received = *br#"{"title":"Alice","description":"See you at seven",
    ///     "extension":"{\"sender\":\"alice\"}","androidInfo":{"VIVOCategory":"IM"}}"#;
    /// let info: WebPushInfo = json::from_slice_in_place(&mut received)?;
    ///
    /// // The same push, as Flutter writes it.
    /// let flat = info.flat();
    /// assert_eq!(flat.desc, Some("See you at seven"));
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&flat, &mut buffer)?,
    ///     "{\"title\":\"Alice\",\"desc\":\"See you at seven\",\
    ///      \"ext\":\"{\\\"sender\\\":\\\"alice\\\"}\",\"androidVIVOCategory\":\"IM\"}",
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Two spellings
    ///
    /// | | Flutter for the web | web SDK |
    /// |---|---|---|
    /// | source | `offlinePushInfo.dart` of `tencent_cloud_chat_sdk`: what its reader and writer for the web support | trtc.io/document/48870 (`sendMessage`); web.sdk.qcloud.com, `OfflinePushInfo` |
    /// | text | `desc` | `description` |
    /// | app data | `ext` | `extension` |
    /// | settings for one system | flat: `androidSound`, `iOSSound`, … | in `androidInfo` and `apnsInfo`; up to SDK 2 flat, `androidOPPOChannelID` and `ignoreIOSBadge` only |
    /// | call | `iOSPushType` | `disableVoipPush` |
    ///
    /// [`WebPushInfo`] has the fields of both spellings. If both have a value, this crate uses the web SDK's value; no page says
    /// which value applies. [`flat`](WebPushInfo::flat) and [`nested`](WebPushInfo::nested) convert an info to one of the two
    /// spellings.
    ///
    /// # Capital letters
    ///
    /// The names that begin with `android`, `harmonyImage` and `harmonyCategory` are also written with a capital letter:
    /// `AndroidVIVOClassification`. These are the names in the native SDKs. `TUIKit` for Flutter, Android and iOS writes and
    /// reads them (`extensionInfo`), Flutter's plug-ins deliver them with received messages on iPhones and on desktops
    /// (`tencent_cloud_chat_sdk`), and old Flutter SDKs read them but did not write them. The names with a capital letter have
    /// fields of their own here, and mean the same. If both have a value, this crate uses the value under the name with the small
    /// letter. [`flat`](WebPushInfo::flat) and [`nested`](WebPushInfo::nested) put all these values into the fields with a small
    /// letter, so read these fields of the result.
    ///
    /// # Whether to push
    ///
    /// Three fields say whether the message is pushed: `disablePush` (web SDK, `tencent_cloud_chat_sdk`, `TUIKit`),
    /// `isDisablePush` (`TUICallKit`, older Flutter plug-ins) and `pushFlag` (the object of the Java SDK). The message is not
    /// pushed if one of them says so: [`enabled`](WebPushInfo::enabled). A newer name is an unknown member, which the decoder
    /// ignores; [`unknown_switches`](crate::tim::convert::unknown_switches) finds it in the text.
    #[doc(alias = "OfflinePushInfo")]
    #[doc(alias = "offlinePushInfo")]
    #[doc(alias = "V2TimOfflinePushInfo")]
    pub struct WebPushInfo<'a> {
        /// First line of the notification, for all vendors. Default: "a new message" (the guide). vivo: at most 40 UTF-16
        /// units.
        title: Option<&'a str> = "title",
        /// Text of the notification, in Flutter's spelling. `description` overrides it.
        desc: Option<&'a str> = "desc",
        /// The app's own data, for the app that a tap on the notification opens, in Flutter's spelling. `extension`
        /// overrides it. At most 3 KB together with the text, because APNs accepts 4 KB in total.
        ext: Option<Ext<'a>> = "ext",
        /// Parameters for individual vendors, as JSON text: [`VendorParams`](crate::tim::VendorParams). Only Flutter has
        /// this field.
        #[doc(alias = "vendorParams")]
        vendor_params: Option<&'a str> = "vendorParams",
        /// True: the message is not pushed. Default false. [`enabled`](Self::enabled) reads all three spellings.
        #[doc(alias = "disablePush")]
        disable_push: Option<bool> = "disablePush",
        /// iPhones: sound file with its suffix, or a constant of
        /// [`IosPushSettings`](crate::tim::IosPushSettings::NO_SOUND).
        #[doc(alias = "iOSSound")]
        ios_sound: Option<&'a str> = "iOSSound" [public],
        /// iPhones: if true, the app's badge does not count this message. Default false.
        #[doc(alias = "ignoreIOSBadge")]
        ignore_ios_badge: Option<bool> = "ignoreIOSBadge",
        /// iPhones: HTTPS URL of a picture, at most 10 MB. The app reads it from the payload's `image`.
        #[doc(alias = "iOSImage")]
        ios_image: Option<&'a str> = "iOSImage",
        /// iPhones: an ordinary push or a call. Default: an ordinary push. Only Flutter has this field; the web SDK has
        /// `disable_voip_push`.
        #[doc(alias = "iOSPushType")]
        ios_push_type: Option<IosPushType> = "iOSPushType",
        /// iPhones: `passive`, `active` (default), `time-sensitive` or `critical`.
        #[doc(alias = "iOSInterruptionLevel")]
        ios_interruption_level: Option<&'a str> = "iOSInterruptionLevel" [public],
        /// iPhones: if true, the push wakes the app silently. Default false.
        #[doc(alias = "enableIOSBackgroundNotification")]
        enable_ios_background_notification: Option<bool> = "enableIOSBackgroundNotification",
        /// Android: name of a file under `res/raw`, without its suffix according to the SDKs' headers, but with its suffix
        /// according to the web SDK's page (`shake.xxx`). vivo does not support sounds of the app.
        #[doc(alias = "androidSound")]
        android_sound: Option<&'a str> = "androidSound" [public],
        /// OPPO: channel id, required by Android 8 and later.
        #[doc(alias = "androidOPPOChannelID")]
        android_oppo_channel_id: Option<&'a str> = "androidOPPOChannelID",
        /// OPPO: `IM`, `ACCOUNT`, `NEWS`, `CONTENT`, …
        #[doc(alias = "androidOPPOCategory")]
        android_oppo_category: Option<&'a str> = "androidOPPOCategory" [public],
        /// OPPO: notification level; requires a category.
        #[doc(alias = "androidOPPONotifyLevel")]
        android_oppo_notify_level: Option<OppoNotifyLevel> = "androidOPPONotifyLevel",
        /// vivo: second-level category in capitals, as for
        /// [`Notification::category`](crate::vivo::Notification::category).
        #[doc(alias = "androidVIVOCategory")]
        android_vivo_category: Option<&'a str> = "androidVIVOCategory" [public],
        /// vivo: operational or system message. Default: system. The category has replaced it since 2023-04-03. Old Flutter
        /// SDKs write the number as text, which the decoder also accepts.
        #[doc(alias = "androidVIVOClassification")]
        android_vivo_classification: Option<Classification> = "androidVIVOClassification",
        /// Google: channel id, required by Android 8 and later.
        #[doc(alias = "androidFCMChannelID")]
        android_fcm_channel_id: Option<&'a str> = "androidFCMChannelID",
        /// Google: HTTPS URL of a picture, below 1 MB.
        #[doc(alias = "androidFCMImage")]
        android_fcm_image: Option<&'a str> = "androidFCMImage",
        /// Xiaomi: channel id, required by MIUI 10 and later.
        #[doc(alias = "androidXiaoMiChannelID")]
        android_xiaomi_channel_id: Option<&'a str> = "androidXiaoMiChannelID",
        /// Huawei: `IM`, `MARKETING`, …
        #[doc(alias = "androidHuaWeiCategory")]
        android_huawei_category: Option<&'a str> = "androidHuaWeiCategory" [public],
        /// Huawei: HTTPS URL of a picture, below 512 KB.
        #[doc(alias = "androidHuaWeiImage")]
        android_huawei_image: Option<&'a str> = "androidHuaWeiImage",
        /// Honor: HTTPS URL of a picture, below 100 KB.
        #[doc(alias = "androidHonorImage")]
        android_honor_image: Option<&'a str> = "androidHonorImage",
        /// Honor: `NORMAL` (service and communication) or `LOW` (marketing).
        #[doc(alias = "androidHonorImportance")]
        android_honor_importance: Option<&'a str> = "androidHonorImportance" [public],
        /// Meizu: kind of message, 0 (public) or 1 (private). The Dart class has this name; `TUIKit` writes it with a capital
        /// letter.
        #[doc(alias = "androidMeizuNotifyType")]
        android_meizu_notify_type: Option<MeizuNotifyType> = "androidMeizuNotifyType",
        /// Harmony: HTTPS URL of a picture.
        #[doc(alias = "harmonyImage")]
        harmony_image: Option<&'a str> = "harmonyImage",
        /// Harmony: the system's message category.
        #[doc(alias = "harmonyCategory")]
        harmony_category: Option<&'a str> = "harmonyCategory" [public],
        /// Harmony: if true, the app's badge does not count this message. Default false.
        #[doc(alias = "ignoreHarmonyBadge")]
        ignore_harmony_badge: Option<bool> = "ignoreHarmonyBadge",
        /// Text of the notification, in the web SDK's spelling. A custom message is pushed only if it has a description,
        /// either here or in its payload.
        description: Option<&'a str> = "description",
        /// The app's own data, in the web SDK's spelling.
        extension: Option<Ext<'a>> = "extension",
        /// iPhones: if false, the push rings like a call. This requires that push is not disabled. Default true. Only the web
        /// SDK has this field, and also has it in `apnsInfo`.
        #[doc(alias = "disableVoipPush")]
        disable_voip_push: Option<bool> = "disableVoipPush",
        /// Settings for Android phones, from version 3 of the web SDK.
        #[doc(alias = "androidInfo")]
        android_info: Option<WebAndroidInfo<'a>> = "androidInfo",
        /// Settings for iPhones, from version 3 of the web SDK.
        #[doc(alias = "apnsInfo")]
        apns_info: Option<WebApnsInfo<'a>> = "apnsInfo",
        /// True: the message is not pushed. Default false. This is the spelling of `TUICallKit` for uni-app and of older Flutter
        /// plug-ins.
        #[doc(alias = "isDisablePush")]
        is_disable_push: Option<bool> = "isDisablePush",
        /// 1: the message is not pushed. Default 0. This is the spelling of the Java SDK's object.
        #[doc(alias = "pushFlag")]
        push_flag: Option<PushFlag> = "pushFlag",
        /// [`android_sound`](field@Self::android_sound) with a capital letter.
        #[doc(alias = "AndroidSound")]
        capital_android_sound: Option<&'a str> = "AndroidSound" [public],
        /// [`android_oppo_channel_id`](field@Self::android_oppo_channel_id) with a capital letter.
        #[doc(alias = "AndroidOPPOChannelID")]
        capital_android_oppo_channel_id: Option<&'a str> = "AndroidOPPOChannelID",
        /// [`android_oppo_category`](field@Self::android_oppo_category) with a capital letter.
        #[doc(alias = "AndroidOPPOCategory")]
        capital_android_oppo_category: Option<&'a str> = "AndroidOPPOCategory" [public],
        /// [`android_oppo_notify_level`](field@Self::android_oppo_notify_level) with a capital letter.
        #[doc(alias = "AndroidOPPONotifyLevel")]
        capital_android_oppo_notify_level: Option<OppoNotifyLevel> = "AndroidOPPONotifyLevel",
        /// [`android_vivo_category`](field@Self::android_vivo_category) with a capital letter.
        #[doc(alias = "AndroidVIVOCategory")]
        capital_android_vivo_category: Option<&'a str> = "AndroidVIVOCategory" [public],
        /// [`android_vivo_classification`](field@Self::android_vivo_classification) with a capital letter.
        #[doc(alias = "AndroidVIVOClassification")]
        capital_android_vivo_classification: Option<Classification> = "AndroidVIVOClassification",
        /// [`android_fcm_channel_id`](field@Self::android_fcm_channel_id) with a capital letter.
        #[doc(alias = "AndroidFCMChannelID")]
        capital_android_fcm_channel_id: Option<&'a str> = "AndroidFCMChannelID",
        /// [`android_fcm_image`](field@Self::android_fcm_image) with a capital letter.
        #[doc(alias = "AndroidFCMImage")]
        capital_android_fcm_image: Option<&'a str> = "AndroidFCMImage",
        /// [`android_xiaomi_channel_id`](field@Self::android_xiaomi_channel_id) with a capital letter.
        #[doc(alias = "AndroidXiaoMiChannelID")]
        capital_android_xiaomi_channel_id: Option<&'a str> = "AndroidXiaoMiChannelID",
        /// [`android_huawei_category`](field@Self::android_huawei_category) with a capital letter.
        #[doc(alias = "AndroidHuaWeiCategory")]
        capital_android_huawei_category: Option<&'a str> = "AndroidHuaWeiCategory" [public],
        /// [`android_huawei_image`](field@Self::android_huawei_image) with a capital letter.
        #[doc(alias = "AndroidHuaWeiImage")]
        capital_android_huawei_image: Option<&'a str> = "AndroidHuaWeiImage",
        /// [`android_honor_image`](field@Self::android_honor_image) with a capital letter.
        #[doc(alias = "AndroidHonorImage")]
        capital_android_honor_image: Option<&'a str> = "AndroidHonorImage",
        /// [`android_honor_importance`](field@Self::android_honor_importance) with a capital letter.
        #[doc(alias = "AndroidHonorImportance")]
        capital_android_honor_importance: Option<&'a str> = "AndroidHonorImportance" [public],
        /// [`android_meizu_notify_type`](field@Self::android_meizu_notify_type) with a capital letter.
        #[doc(alias = "AndroidMeizuNotifyType")]
        capital_android_meizu_notify_type: Option<MeizuNotifyType> = "AndroidMeizuNotifyType",
        /// [`harmony_image`](field@Self::harmony_image) with a capital letter.
        #[doc(alias = "HarmonyImage")]
        capital_harmony_image: Option<&'a str> = "HarmonyImage",
        /// [`harmony_category`](field@Self::harmony_category) with a capital letter.
        #[doc(alias = "HarmonyCategory")]
        capital_harmony_category: Option<&'a str> = "HarmonyCategory" [public],
    }
}

impl<'a> WebPushInfo<'a> {
    /// Maximum length of text and ext together, in bytes: [`OfflinePushInfo::MAX_TEXT_LEN`](super::OfflinePushInfo::MAX_TEXT_LEN).
    pub const MAX_TEXT_LEN: usize = super::OfflinePushInfo::MAX_TEXT_LEN;

    /// An info with nothing set: a push with all defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Whether the message is pushed: true unless [`disable_push`](field@Self::disable_push) or
    /// [`is_disable_push`](field@Self::is_disable_push) is true, or [`push_flag`](field@Self::push_flag) is
    /// [`PushFlag::NO_PUSH`]. If they disagree, the message is not pushed.
    #[must_use]
    pub const fn enabled(&self) -> bool {
        !matches!(self.disable_push, Some(true))
            && !matches!(self.is_disable_push, Some(true))
            && !matches!(self.push_flag, Some(PushFlag::NO_PUSH))
    }

    /// Checks the info against the rules of Tencent's pages:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `pushFlag` | 0 or 1 |
    /// | fields in several spellings | equal, or only one is set (the error has the name whose value is not used) |
    /// | `desc`, `ext` | at most 3 KB together (the error names `ext` if there is one); `ext` is text |
    /// | `vendorParams` | a JSON object |
    /// | `iOSPushType`, `androidVIVOClassification` | 0 or 1 |
    /// | `iOSPushType` | not a call if push is disabled |
    /// | `iOSInterruptionLevel` | `active`, `critical`, `passive` or `time-sensitive` |
    /// | `androidOPPONotifyLevel` | 0, 1, 2 or 16; 1 and 16 with an `androidOPPOCategory` (0 is what Flutter reads if there is none, 2 is the default) |
    /// | `androidHonorImportance` | `LOW` or `NORMAL` |
    /// | `androidMeizuNotifyType` | 0 or 1 |
    /// | `iOSImage`, `androidFCMImage`, `androidHuaWeiImage`, `androidHonorImage`, `harmonyImage` | an HTTPS URL |
    ///
    /// Other errors name the field in Flutter's spelling, even if the value is in another spelling.
    ///
    /// # Errors
    ///
    /// [`Rule::UnknownValue`] for `pushFlag`; [`Rule::Conflict`] for the first field that differs between the spellings. Otherwise the
    /// first field, in the order of the declaration, that breaks a rule. The rule for `androidOPPOCategory` is [`Rule::Missing`] if the
    /// level requires it.
    ///
    /// ```
    /// use offline_push::tim::WebPushInfo;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let info = WebPushInfo::new().desc("See you at seven").description("See you at eight");
    /// let conflict = Rule::Conflict { with: "description" };
    /// assert_eq!(info.check(), Err(CheckError::new("desc", conflict)));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for WebPushInfo<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.push_flag.map(PushFlag::meaning), "pushFlag").or_else(&mut *broken)?;
        for name in self.overridden().iter() {
            broken(CheckError::new(name, Rule::Conflict { with: self.overriding(name) }))?;
        }
        let info = self.flat();
        let ext = info.ext.unwrap_or(Ext::new(b""));
        ensure(ext.as_str().is_some(), "ext", Rule::NotText).or_else(&mut *broken)?;
        let length = ext.as_bytes().len().saturating_add(info.desc.unwrap_or_default().len());
        at_most(length, Self::MAX_TEXT_LEN as u32, if ext.is_empty() { "desc" } else { "ext" })
            .or_else(&mut *broken)?;
        let object = non_empty(info.vendor_params).is_none_or(|params| Members::new(params).is_ok());
        ensure(object, "vendorParams", Rule::NotObject).or_else(&mut *broken)?;
        https(info.ios_image, "iOSImage").or_else(&mut *broken)?;
        known(info.ios_push_type.map(IosPushType::meaning), "iOSPushType").or_else(&mut *broken)?;
        let rings = info.ios_push_type == Some(IosPushType::VOIP);
        ensure(info.enabled() || !rings, "iOSPushType", Rule::Conflict { with: "disablePush" })
            .or_else(&mut *broken)?;
        word(info.ios_interruption_level, &APNS_LEVELS, "iOSInterruptionLevel").or_else(&mut *broken)?;
        if let Some(level) = info.android_oppo_notify_level {
            let default = level.get() == 0 || level == OppoNotifyLevel::LOCK_SCREEN;
            ensure(default || level.meaning().is_some(), "androidOPPONotifyLevel", Rule::UnknownValue)
                .or_else(&mut *broken)?;
            let category = non_empty(info.android_oppo_category);
            ensure(default || category.is_some(), "androidOPPOCategory", Rule::Missing)
                .or_else(&mut *broken)?;
        }
        known(info.android_vivo_classification.map(Classification::meaning), "androidVIVOClassification")
            .or_else(&mut *broken)?;
        https(info.android_fcm_image, "androidFCMImage").or_else(&mut *broken)?;
        https(info.android_huawei_image, "androidHuaWeiImage").or_else(&mut *broken)?;
        https(info.android_honor_image, "androidHonorImage").or_else(&mut *broken)?;
        word(info.android_honor_importance, &IMPORTANCE, "androidHonorImportance").or_else(&mut *broken)?;
        known(info.android_meizu_notify_type.map(MeizuNotifyType::meaning), "androidMeizuNotifyType")
            .or_else(&mut *broken)?;
        https(info.harmony_image, "harmonyImage")
    }
}

impl Default for WebPushInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// Settings for Android phones: `androidInfo` of the web SDK, from version 3 (trtc.io/document/48870).
    #[doc(alias = "androidInfo")]
    pub struct WebAndroidInfo<'a> {
        /// As [`android_sound`](field@WebPushInfo::android_sound). For Huawei, Xiaomi and Google only.
        sound: Option<&'a str> = "sound" [public],
        /// Xiaomi: channel id, required by MIUI 10 and later.
        #[doc(alias = "XiaoMiChannelID")]
        xiaomi_channel_id: Option<&'a str> = "XiaoMiChannelID",
        /// OPPO: channel id, required by Android 8 and later.
        #[doc(alias = "OPPOChannelID")]
        oppo_channel_id: Option<&'a str> = "OPPOChannelID",
        /// Google: channel id, required by Android 8 and later.
        #[doc(alias = "FCMChannelID")]
        fcm_channel_id: Option<&'a str> = "FCMChannelID",
        /// vivo: operational or system message. Default: system.
        #[doc(alias = "VIVOClassification")]
        vivo_classification: Option<Classification> = "VIVOClassification",
        /// vivo: second-level category in capitals.
        #[doc(alias = "VIVOCategory")]
        vivo_category: Option<&'a str> = "VIVOCategory" [public],
        /// Huawei: `IM`, `MARKETING`, …
        #[doc(alias = "HuaWeiCategory")]
        huawei_category: Option<&'a str> = "HuaWeiCategory" [public],
        /// Huawei: HTTPS URL of a picture, below 512 KB. This field and those of the other pictures have existed since SDK 3.4.1.
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
    /// An info with nothing set.
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
    /// Settings for iPhones: `apnsInfo` of the web SDK, from version 3 (trtc.io/document/48870).
    #[doc(alias = "apnsInfo")]
    pub struct WebApnsInfo<'a> {
        /// As [`ios_sound`](field@WebPushInfo::ios_sound).
        sound: Option<&'a str> = "sound" [public],
        /// True: the app's badge does not count this message. Default false.
        #[doc(alias = "ignoreIOSBadge")]
        ignore_ios_badge: Option<bool> = "ignoreIOSBadge",
        /// As [`disable_voip_push`](field@WebPushInfo::disable_voip_push), which it overrides.
        #[doc(alias = "disableVoipPush")]
        disable_voip_push: Option<bool> = "disableVoipPush",
        /// HTTPS URL of a picture, at most 10 MB. The app reads it from the payload's `image`; the console must allow mutable
        /// content for this. Since SDK 3.4.1.
        image: Option<&'a str> = "image",
    }
}

impl WebApnsInfo<'_> {
    /// An info with nothing set.
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
