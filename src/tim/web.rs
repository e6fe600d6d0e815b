//! How a message is pushed, as JavaScript and Dart say it: the object `offlinePushInfo` of the web SDK (also in uni-app and
//! React Native) and of Flutter for the web.

use crate::check::{CheckError, Rule, at_most, ensure};
use crate::ext::Ext;
use crate::json::{Members, message};
use crate::tim::info::{APNS_LEVELS, IMPORTANCE, given, https, known, word};
use crate::tim::settings::{IosPushType, OppoNotifyLevel};
// vivo's own number, which Tencent passes on as it is.
use crate::vivo::Classification;

mod nested;
mod spelling;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use nested::{WebAndroidInfo, WebApnsInfo};

message! {
    /// How a message is pushed, in the spellings of the web SDK and of Flutter for the web.
    ///
    /// All fields may be absent. Empty text counts as absent: Flutter writes it where nothing is set.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::WebPushInfo;
    ///
    /// let mut received = *br#"{"title":"Alice","description":"See you at seven","extension":"{\"sender\":\"alice\"}",
    ///     "androidInfo":{"VIVOCategory":"IM"}}"#;
    /// let info: WebPushInfo = json::from_slice_in_place(&mut received)?;
    /// assert_eq!(info.flat().desc, Some("See you at seven"));
    ///
    /// // The same as Flutter writes it.
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&info.flat(), &mut buffer)?,
    ///     r#"{"title":"Alice","desc":"See you at seven","ext":"{\"sender\":\"alice\"}","androidVIVOCategory":"IM"}"#,
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Two spellings
    ///
    /// | | Flutter for the web | web SDK |
    /// |---|---|---|
    /// | source | `offlinePushInfo.dart` of `tencent_cloud_chat_sdk`, what its reader and writer for the web know | trtc.io/document/48870 (`sendMessage`); web.sdk.qcloud.com, `OfflinePushInfo` |
    /// | text | `desc` | `description` |
    /// | passed through | `ext` | `extension` |
    /// | for one system | flat: `androidSound`, `iOSSound`, … | below `androidInfo` and `apnsInfo`; up to SDK 2 flat, `androidOPPOChannelID` and `ignoreIOSBadge` alone |
    /// | a call | `iOSPushType` | `disableVoipPush` |
    ///
    /// [`WebPushInfo`] holds both. Where both are given, the web SDK's goes first here; no page says so.
    /// [`flat`](WebPushInfo::flat) and [`nested`](WebPushInfo::nested) bring an info into the one or the other.
    ///
    /// Not here, since no source has it in this form: Meizu's kind of message (the Dart class has `androidMeizuNotifyType`,
    /// which travels in the keys of the C SDK only).
    ///
    /// Old Flutter SDKs (`V2TimOfflinePushInfo` up to version 3.x) wrote `androidOPPOChannelID`, `androidSound` and
    /// `androidVIVOClassification`, and read them as `AndroidOPPOChannelID`, `AndroidSound` and `AndroidVIVOClassification`.
    /// What was written counts: the other three are unknown keys here, and are passed over.
    #[doc(alias = "OfflinePushInfo")]
    #[doc(alias = "offlinePushInfo")]
    #[doc(alias = "V2TimOfflinePushInfo")]
    pub struct WebPushInfo<'a> {
        /// First line of the notification, for all vendors. Without any, the push says "a new message" (the guide). vivo: 40
        /// UTF-16 units.
        title: Option<&'a str> = "title",
        /// Text of the notification, as Flutter spells it; [`description`](Self::description()) picks.
        desc: Option<&'a str> = "desc",
        /// Passed through to the app that is opened by the tap, as Flutter spells it; [`ext`](Self::ext()) picks. At most 3 KB
        /// together with the text, since APNs takes 4 KB in all.
        ext: Option<Ext<'a>> = "ext",
        /// Parameters of single vendors, as JSON text: [`VendorParams`](crate::tim::VendorParams). Flutter only.
        #[doc(alias = "vendorParams")]
        vendor_params: Option<&'a str> = "vendorParams",
        /// True: the message is not pushed. Default false.
        #[doc(alias = "disablePush")]
        disable_push: Option<bool> = "disablePush",
        /// iPhones: sound file with its suffix, or a constant of
        /// [`IosPushSettings`](crate::tim::IosPushSettings::NO_SOUND).
        #[doc(alias = "iOSSound")]
        ios_sound: Option<&'a str> = "iOSSound",
        /// iPhones: true, and the app's badge does not count this message. Default false.
        #[doc(alias = "ignoreIOSBadge")]
        ignore_ios_badge: Option<bool> = "ignoreIOSBadge",
        /// iPhones: HTTPS URL of a picture, at most 10 MB; the app reads it from the payload's `image`.
        #[doc(alias = "iOSImage")]
        ios_image: Option<&'a str> = "iOSImage",
        /// iPhones: as a push or as a call; default push. Flutter only, see `disable_voip_push`.
        #[doc(alias = "iOSPushType")]
        ios_push_type: Option<IosPushType> = "iOSPushType",
        /// iPhones: `passive`, `active` (default), `time-sensitive` or `critical`.
        #[doc(alias = "iOSInterruptionLevel")]
        ios_interruption_level: Option<&'a str> = "iOSInterruptionLevel",
        /// iPhones: true wakes the app silently. Default false.
        #[doc(alias = "enableIOSBackgroundNotification")]
        enable_ios_background_notification: Option<bool> = "enableIOSBackgroundNotification",
        /// Android: name of a file under `res/raw`: without suffix in the SDKs' headers, with one on the web SDK's page
        /// (`shake.xxx`). vivo has no sounds of the app's own.
        #[doc(alias = "androidSound")]
        android_sound: Option<&'a str> = "androidSound",
        /// OPPO: channel id, wanted by Android 8 and later. An old Flutter SDK reads it as `AndroidOPPOChannelID`, which is
        /// not read here.
        #[doc(alias = "androidOPPOChannelID")]
        android_oppo_channel_id: Option<&'a str> = "androidOPPOChannelID",
        /// OPPO: `IM`, `ACCOUNT`, `NEWS`, `CONTENT`, …
        #[doc(alias = "androidOPPOCategory")]
        android_oppo_category: Option<&'a str> = "androidOPPOCategory",
        /// OPPO: how to call attention; needs a category.
        #[doc(alias = "androidOPPONotifyLevel")]
        android_oppo_notify_level: Option<OppoNotifyLevel> = "androidOPPONotifyLevel",
        /// vivo: second-level class in capitals, as for
        /// [`Notification::category`](crate::vivo::Notification::category).
        #[doc(alias = "androidVIVOCategory")]
        android_vivo_category: Option<&'a str> = "androidVIVOCategory",
        /// vivo: operational or system message; default system. Superseded by the category since 2023-04-03. Old Flutter
        /// SDKs write the number as text, which is read too.
        #[doc(alias = "androidVIVOClassification")]
        android_vivo_classification: Option<Classification> = "androidVIVOClassification",
        /// Google: channel id, wanted by Android 8 and later.
        #[doc(alias = "androidFCMChannelID")]
        android_fcm_channel_id: Option<&'a str> = "androidFCMChannelID",
        /// Google: HTTPS URL of a picture, below 1 MB.
        #[doc(alias = "androidFCMImage")]
        android_fcm_image: Option<&'a str> = "androidFCMImage",
        /// Xiaomi: channel id, wanted by MIUI 10 and later.
        #[doc(alias = "androidXiaoMiChannelID")]
        android_xiaomi_channel_id: Option<&'a str> = "androidXiaoMiChannelID",
        /// Huawei: `IM`, `MARKETING`, …
        #[doc(alias = "androidHuaWeiCategory")]
        android_huawei_category: Option<&'a str> = "androidHuaWeiCategory",
        /// Huawei: HTTPS URL of a picture, below 512 KB.
        #[doc(alias = "androidHuaWeiImage")]
        android_huawei_image: Option<&'a str> = "androidHuaWeiImage",
        /// Honor: HTTPS URL of a picture, below 100 KB.
        #[doc(alias = "androidHonorImage")]
        android_honor_image: Option<&'a str> = "androidHonorImage",
        /// Honor: `NORMAL` (service and communication) or `LOW` (marketing).
        #[doc(alias = "androidHonorImportance")]
        android_honor_importance: Option<&'a str> = "androidHonorImportance",
        /// Harmony: HTTPS URL of a picture.
        #[doc(alias = "harmonyImage")]
        harmony_image: Option<&'a str> = "harmonyImage",
        /// Harmony: the system's class of message.
        #[doc(alias = "harmonyCategory")]
        harmony_category: Option<&'a str> = "harmonyCategory",
        /// Harmony: true, and the app's badge does not count this message. Default false.
        #[doc(alias = "ignoreHarmonyBadge")]
        ignore_harmony_badge: Option<bool> = "ignoreHarmonyBadge",
        /// Text of the notification, as the web SDK spells it. A custom message without this and without a description in
        /// its payload is not pushed.
        description: Option<&'a str> = "description",
        /// Passed through to the app, as the web SDK spells it.
        extension: Option<Ext<'a>> = "extension",
        /// iPhones: false rings like a call, for which push must not be disabled. Default true. Web SDK only; there also
        /// below `apnsInfo`.
        #[doc(alias = "disableVoipPush")]
        disable_voip_push: Option<bool> = "disableVoipPush",
        /// For Android phones, from version 3 of the web SDK.
        #[doc(alias = "androidInfo")]
        android_info: Option<WebAndroidInfo<'a>> = "androidInfo",
        /// For iPhones, from version 3 of the web SDK.
        #[doc(alias = "apnsInfo")]
        apns_info: Option<WebApnsInfo<'a>> = "apnsInfo",
    }
}

impl<'a> WebPushInfo<'a> {
    /// Longest text and ext together, in bytes, as for [`OfflinePushInfo`](crate::tim::OfflinePushInfo::MAX_TEXT_LEN).
    pub const MAX_TEXT_LEN: usize = super::OfflinePushInfo::MAX_TEXT_LEN;

    /// Nothing set yet: push with all defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Whether the message is pushed at all: unless [`disable_push`](Self::disable_push) is true.
    #[must_use]
    pub const fn enabled(&self) -> bool {
        !matches!(self.disable_push, Some(true))
    }

    /// Holds the info against what Tencent's pages demand, which is:
    ///
    /// | field | rule |
    /// |---|---|
    /// | what both spellings say | the same in both (else Flutter's name is given) |
    /// | `desc`, `ext` | at most 3 KB together (else `ext` is named, if there is one); `ext` is text |
    /// | `vendorParams` | a JSON object |
    /// | `iOSPushType`, `androidVIVOClassification` | 0 or 1 |
    /// | `iOSPushType` | no call where push is disabled |
    /// | `iOSInterruptionLevel` | `active`, `critical`, `passive` or `time-sensitive` |
    /// | `androidOPPONotifyLevel` | 0, 1, 2 or 16; 1 and 16 with an `androidOPPOCategory` (0 is what Flutter reads out of nothing, 2 the default) |
    /// | `androidHonorImportance` | `LOW` or `NORMAL` |
    /// | `iOSImage`, `androidFCMImage`, `androidHuaWeiImage`, `androidHonorImage`, `harmonyImage` | an HTTPS URL |
    ///
    /// Names are Flutter's also where the web SDK's spelling is at fault.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the table for the first row and of the declaration for the others, that breaks a
    /// rule. `androidOPPOCategory` is [`Rule::Missing`] if the level needs it.
    ///
    /// ```
    /// use offline_push::tim::WebPushInfo;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let mut info = WebPushInfo::new();
    /// (info.desc, info.description) = (Some("See you at seven"), Some("See you at eight"));
    /// assert_eq!(info.check(), Err(CheckError::new("desc", Rule::Conflict { with: "description" })));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        if let Some(name) = self.overridden().iter().next() {
            // Where the web SDK has the same.
            let with = match name {
                "desc" => "description",
                "ext" => "extension",
                name if name.starts_with("android") => "androidInfo",
                _ => "apnsInfo",
            };
            return Err(CheckError::new(name, Rule::Conflict { with }));
        }
        let info = self.flat();
        let ext = info.ext.unwrap_or(Ext::new(b""));
        ensure(ext.as_str().is_some(), "ext", Rule::NotText)?;
        let length = ext.as_bytes().len().saturating_add(info.desc.unwrap_or_default().len());
        at_most(length, Self::MAX_TEXT_LEN as u32, if ext.is_empty() { "desc" } else { "ext" })?;
        let object = given(info.vendor_params).is_none_or(|params| Members::new(params).is_ok());
        ensure(object, "vendorParams", Rule::NotObject)?;
        https(info.ios_image, "iOSImage")?;
        known(info.ios_push_type.map(IosPushType::meaning), "iOSPushType")?;
        let rings = info.ios_push_type == Some(IosPushType::VOIP);
        ensure(info.enabled() || !rings, "iOSPushType", Rule::Conflict { with: "disablePush" })?;
        word(info.ios_interruption_level, &APNS_LEVELS, "iOSInterruptionLevel")?;
        if let Some(level) = info.android_oppo_notify_level {
            let default = level.get() == 0 || level == OppoNotifyLevel::LOCK_SCREEN;
            ensure(default || level.meaning().is_some(), "androidOPPONotifyLevel", Rule::UnknownValue)?;
            let category = given(info.android_oppo_category);
            ensure(default || category.is_some(), "androidOPPOCategory", Rule::Missing)?;
        }
        known(info.android_vivo_classification.map(Classification::meaning), "androidVIVOClassification")?;
        https(info.android_fcm_image, "androidFCMImage")?;
        https(info.android_huawei_image, "androidHuaWeiImage")?;
        https(info.android_honor_image, "androidHonorImage")?;
        word(info.android_honor_importance, &IMPORTANCE, "androidHonorImportance")?;
        https(info.harmony_image, "harmonyImage")
    }
}

impl Default for WebPushInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}
