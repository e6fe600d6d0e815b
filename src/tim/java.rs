//! How a message is pushed, in the objects of the Java SDK: `MessageOfflinePushInfo` as Gson writes it, and its wrapper
//! `V2TIMOfflinePushInfo`.
//!
//! Apps for Android store the SDK's messages with `new Gson().toJson(message)`, and send this JSON to their servers. Tencent's
//! pages do not describe it. The names are those of the class's private fields, from the classes in published Android apps (SDK 5
//! to 8), and from stored messages that are public.

use super::info::{APNS_LEVELS, BadgeMode, IMPORTANCE, Switch, https, known, non_empty, word};
use super::settings::{IosPushType, MeizuNotifyType, NotifyMode, OppoNotifyLevel, PushFlag};
use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure};
use crate::json::{Members, message};
// Tencent passes on vivo's own number unchanged.
use crate::vivo::Classification;

mod bytes;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;

pub use bytes::JavaBytes;

message! {
    /// How a message is pushed, in the Java SDK's object: `com.tencent.imsdk.message.MessageOfflinePushInfo` as Gson writes it. In
    /// a stored message (`Message`) it is the member `offlinePushInfo`.
    ///
    /// All fields are optional. Gson writes every number, even one that was not set, and leaves out what is `null`. The SDK has
    /// empty text in messages that it received, so empty text counts as absent. Gson on Android writes the members in alphabetical
    /// order, and so does this crate.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::{JavaPushInfo, PushFlag};
    ///
    /// let text = r#"{"androidConfig":{"oppoChannelID":"c1","vivoClassification":1},"description":"hi",
    ///     "extension":[123,34,97,34,58,49,125],"pushFlag":0,"title":"Alice"}"#;
    /// let info: JavaPushInfo = json::from_str(text)?;
    /// assert!(info.enabled());
    ///
    /// // The same push, as a server sends it through the REST API.
    /// let mut scratch = [0; 64];
    /// let converted = info.to_info(&mut scratch)?;
    /// assert!(converted.dropped.is_empty());
    /// assert_eq!(converted.value.push_flag, Some(PushFlag::DEFAULT));
    /// assert_eq!(converted.value.ext.unwrap().as_str(), Some(r#"{"a":1}"#));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// The names are similar to those of [`WebPushInfo`](super::WebPushInfo), and some are the same. [`detect`](super::detect)
    /// says which form a JSON object has.
    #[doc(alias = "MessageOfflinePushInfo")]
    #[doc(alias = "V2TIMOfflinePushInfo")]
    pub struct JavaPushInfo<'a> {
        /// For Android phones.
        #[doc(alias = "androidConfig")]
        android_config: Option<JavaAndroidConfig<'a>> = "androidConfig",
        /// For iPhones.
        #[doc(alias = "apnsConfig")]
        apns_config: Option<JavaApnsConfig<'a>> = "apnsConfig",
        /// Text of the notification. Default: a text that IM makes from the elements of the message.
        #[doc(alias = "setDesc")]
        description: Option<&'a str> = "description",
        /// The app's own data, for the app that a tap on the notification opens. At most 3 KB together with the description, because
        /// APNs accepts 4 KB in total.
        #[doc(alias = "setExt")]
        extension: Option<JavaBytes<'a>> = "extension",
        /// For Harmony phones, since SDK 8.1.6122.
        #[doc(alias = "harmonyConfig")]
        harmony_config: Option<JavaHarmonyConfig<'a>> = "harmonyConfig",
        /// 1: the message is not pushed. Default 0.
        #[doc(alias = "pushFlag")]
        #[doc(alias = "disablePush")]
        push_flag: Option<PushFlag> = "pushFlag",
        /// A sound for all systems. `V2TIMOfflinePushInfo` never sets it. No other form has it.
        #[doc(alias = "soundFilePath")]
        sound_file_path: Option<&'a str> = "soundFilePath" [public],
        /// First line of the notification. A title in `androidConfig`, `apnsConfig` or `harmonyConfig` overrides it there.
        title: Option<&'a str> = "title",
        /// Parameters for individual vendors, as JSON text, since SDK 8.7.7201: [`VendorParams`](super::VendorParams).
        #[doc(alias = "vendorParams")]
        vendor_params: Option<&'a str> = "vendorParams",
    }
}

impl JavaPushInfo<'_> {
    /// Maximum length of text and ext together, in bytes: [`OfflinePushInfo::MAX_TEXT_LEN`](super::OfflinePushInfo::MAX_TEXT_LEN).
    pub const MAX_TEXT_LEN: usize = super::OfflinePushInfo::MAX_TEXT_LEN;

    /// An info with nothing set: a push with all defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Whether the message is pushed: true unless [`push_flag`](field@Self::push_flag) is [`PushFlag::NO_PUSH`].
    #[must_use]
    pub const fn enabled(&self) -> bool {
        !matches!(self.push_flag, Some(PushFlag::NO_PUSH))
    }

    /// Checks the info against the rules of Tencent's pages for the same fields of the other forms:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `description`, `extension` | at most 3 KB together (the error names `extension` if there is one); `extension` is UTF-8 |
    /// | `pushFlag`, `iOSPushType`, `badgeMode`, `backgroundNotification`, `notifyMode`, `vivoClassification` | 0 or 1 |
    /// | `iOSPushType` | not a call if push is disabled |
    /// | `interruptionLevel` | `active`, `critical`, `passive` or `time-sensitive` |
    /// | `oppoNotifyLevel` | 0, 1, 2 or 16; 1 and 16 with an `oppoCategory` (0 is Java's number for none, 2 is the default) |
    /// | `honorImportance` | `LOW` or `NORMAL` |
    /// | `meizuNotifyType` | -1 (none), 0 or 1 |
    /// | `vendorParams` | a JSON object |
    /// | `iOSImageUrl`, `fcmImageUrl`, `huaweiImageUrl`, `honorImageUrl`, `imageUrl` | an HTTPS URL |
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule. The rule for `oppoCategory` is [`Rule::Missing`]
    /// if the level requires it.
    ///
    /// ```
    /// use offline_push::tim::{JavaApnsConfig, JavaPushInfo};
    /// use offline_push::{CheckError, Rule};
    ///
    /// let info = JavaPushInfo::new().apns_config(JavaApnsConfig::new().interruption_level("loud"));
    /// assert_eq!(info.check(), Err(CheckError::new("interruptionLevel", Rule::UnknownValue)));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for JavaPushInfo<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        if let Some(android) = &self.android_config {
            android.check_each(broken).or_else(&mut *broken)?;
        }
        if let Some(apns) = &self.apns_config {
            apns.check_each(broken).or_else(&mut *broken)?;
            let rings = apns.ios_push_type == Some(IosPushType::VOIP);
            ensure(self.enabled() || !rings, "iOSPushType", Rule::Conflict { with: "pushFlag" })
                .or_else(&mut *broken)?;
        }
        let extension = self.extension.unwrap_or(JavaBytes::new(&[]));
        let length = extension.len().saturating_add(self.description.unwrap_or_default().len());
        let field = if extension.is_empty() { "description" } else { "extension" };
        at_most(length, Self::MAX_TEXT_LEN as u32, field).or_else(&mut *broken)?;
        ensure(extension.is_text(), "extension", Rule::NotText).or_else(&mut *broken)?;
        if let Some(harmony) = &self.harmony_config {
            known(harmony.badge_mode.map(BadgeMode::meaning), "badgeMode").or_else(&mut *broken)?;
            https(harmony.image_url, "imageUrl").or_else(&mut *broken)?;
        }
        known(self.push_flag.map(PushFlag::meaning), "pushFlag").or_else(&mut *broken)?;
        let object = non_empty(self.vendor_params).is_none_or(|params| Members::new(params).is_ok());
        ensure(object, "vendorParams", Rule::NotObject)
    }
}

impl Default for JavaPushInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The settings for Android phones: `MessageOfflinePushInfo.AndroidOfflinePushInfo`.
    #[doc(alias = "androidConfig")]
    #[doc(alias = "AndroidOfflinePushInfo")]
    pub struct JavaAndroidConfig<'a> {
        /// Overrides the common text. `V2TIMOfflinePushInfo` never sets it, either here or in the other objects, and no other
        /// form has it.
        description: Option<&'a str> = "description",
        /// Google: channel id, required by Android 8 and later.
        #[doc(alias = "setAndroidFCMChannelID")]
        fcm_channel_id: Option<&'a str> = "fcmChannelID",
        /// Google: HTTPS URL of a picture, below 1 MB.
        #[doc(alias = "setAndroidFCMImage")]
        fcm_image_url: Option<&'a str> = "fcmImageUrl",
        /// Honor: HTTPS URL of a picture, below 100 KB.
        #[doc(alias = "setAndroidHonorImage")]
        honor_image_url: Option<&'a str> = "honorImageUrl",
        /// Honor: `NORMAL` or `LOW`.
        #[doc(alias = "setAndroidHonorImportance")]
        honor_importance: Option<&'a str> = "honorImportance" [public],
        /// Huawei: `IM`, `MARKETING`, …
        #[doc(alias = "setAndroidHuaWeiCategory")]
        huawei_category: Option<&'a str> = "huaweiCategory" [public],
        /// Huawei: HTTPS URL of a picture, below 512 KB.
        #[doc(alias = "setAndroidHuaWeiImage")]
        huawei_image_url: Option<&'a str> = "huaweiImageUrl",
        /// Meizu: kind of message. Java has [`MEIZU_UNSET`](Self::MEIZU_UNSET) if it is not set.
        #[doc(alias = "setAndroidMeizuNotifyType")]
        meizu_notify_type: Option<MeizuNotifyType> = "meizuNotifyType",
        /// Who shows the notification. Default: the system.
        #[doc(alias = "notifyMode")]
        notify_mode: Option<NotifyMode> = "notifyMode",
        /// OPPO: `IM`, `ACCOUNT`, `NEWS`, `CONTENT`, …
        #[doc(alias = "setAndroidOPPOCategory")]
        oppo_category: Option<&'a str> = "oppoCategory" [public],
        /// OPPO: channel id, required by Android 8 and later.
        #[doc(alias = "setAndroidOPPOChannelID")]
        oppo_channel_id: Option<&'a str> = "oppoChannelID",
        /// OPPO: notification level; requires a category. Java has 0 if it is not set.
        #[doc(alias = "setAndroidOPPONotifyLevel")]
        oppo_notify_level: Option<OppoNotifyLevel> = "oppoNotifyLevel",
        /// Name of a file under `res/raw`, without suffix. For Huawei and Google only.
        #[doc(alias = "setAndroidSound")]
        sound_file_path: Option<&'a str> = "soundFilePath" [public],
        /// Overrides the common title.
        title: Option<&'a str> = "title",
        /// vivo: second-level category in capitals.
        #[doc(alias = "setAndroidVIVOCategory")]
        vivo_category: Option<&'a str> = "vivoCategory" [public],
        /// vivo: operational or system message. Java has 1, system, if it is not set.
        #[doc(alias = "setAndroidVIVOClassification")]
        vivo_classification: Option<Classification> = "vivoClassification",
        /// Xiaomi: channel id, required by MIUI 10 and later.
        #[doc(alias = "setAndroidXiaoMiChannelID")]
        xiaomi_channel_id: Option<&'a str> = "xiaomiChannelID",
    }
}

impl JavaAndroidConfig<'_> {
    /// The [`meizu_notify_type`](field@Self::meizu_notify_type) that means "not set". A conversion to another form leaves it
    /// out.
    pub const MEIZU_UNSET: MeizuNotifyType = MeizuNotifyType::new(-1);

    /// Settings with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        https(self.fcm_image_url, "fcmImageUrl").or_else(&mut *broken)?;
        https(self.honor_image_url, "honorImageUrl").or_else(&mut *broken)?;
        word(self.honor_importance, &IMPORTANCE, "honorImportance").or_else(&mut *broken)?;
        https(self.huawei_image_url, "huaweiImageUrl").or_else(&mut *broken)?;
        let meizu = self.meizu_notify_type.filter(|kind| *kind != Self::MEIZU_UNSET);
        known(meizu.map(MeizuNotifyType::meaning), "meizuNotifyType").or_else(&mut *broken)?;
        known(self.notify_mode.map(NotifyMode::meaning), "notifyMode").or_else(&mut *broken)?;
        if let Some(level) = self.oppo_notify_level {
            let default = level.get() == 0 || level == OppoNotifyLevel::LOCK_SCREEN;
            let category = non_empty(self.oppo_category);
            ensure(default || level.meaning().is_some(), "oppoNotifyLevel", Rule::UnknownValue)
                .or_else(&mut *broken)?;
            ensure(default || category.is_some(), "oppoCategory", Rule::Missing).or_else(&mut *broken)?;
        }
        known(self.vivo_classification.map(Classification::meaning), "vivoClassification")
    }
}

impl Default for JavaAndroidConfig<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The settings for iPhones: `MessageOfflinePushInfo.APNSOfflinePushInfo`.
    #[doc(alias = "apnsConfig")]
    #[doc(alias = "APNSOfflinePushInfo")]
    pub struct JavaApnsConfig<'a> {
        /// 1: wakes the app silently. Default 0. Since SDK 8.4.6667.
        #[doc(alias = "enableIOSBackgroundNotification")]
        background_notification: Option<Switch> = "backgroundNotification",
        /// Whether the app's badge counts the message. Default: yes.
        #[doc(alias = "setIgnoreIOSBadge")]
        badge_mode: Option<BadgeMode> = "badgeMode",
        /// Overrides the common text.
        description: Option<&'a str> = "description",
        /// HTTPS URL of a picture, at most 10 MB. Since SDK 8.0.5895.
        #[doc(alias = "setIOSImage")]
        ios_image_url: Option<&'a str> = "iOSImageUrl",
        /// An ordinary push or a call. Default: an ordinary push. Since SDK 6.7.3184.
        #[doc(alias = "setIOSPushType")]
        ios_push_type: Option<IosPushType> = "iOSPushType",
        /// `passive`, `active` (default), `time-sensitive` or `critical`. Since SDK 8.4.6667.
        #[doc(alias = "setIOSInterruptionLevel")]
        interruption_level: Option<&'a str> = "interruptionLevel" [public],
        /// Sound file with its suffix, or a constant of [`IosPushSettings`](super::IosPushSettings::NO_SOUND).
        #[doc(alias = "setIOSSound")]
        sound_file_path: Option<&'a str> = "soundFilePath" [public],
        /// Overrides the common title.
        title: Option<&'a str> = "title",
    }
}

impl JavaApnsConfig<'_> {
    /// Settings with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.background_notification.map(Switch::meaning), "backgroundNotification")
            .or_else(&mut *broken)?;
        known(self.badge_mode.map(BadgeMode::meaning), "badgeMode").or_else(&mut *broken)?;
        https(self.ios_image_url, "iOSImageUrl").or_else(&mut *broken)?;
        known(self.ios_push_type.map(IosPushType::meaning), "iOSPushType").or_else(&mut *broken)?;
        word(self.interruption_level, &APNS_LEVELS, "interruptionLevel")
    }
}

impl Default for JavaApnsConfig<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The settings for Harmony phones: `MessageOfflinePushInfo.HarmonyOfflinePushInfo`, since SDK 8.1.6122.
    #[doc(alias = "harmonyConfig")]
    #[doc(alias = "HarmonyOfflinePushInfo")]
    pub struct JavaHarmonyConfig<'a> {
        /// Whether the app's badge counts the message. Default: yes.
        #[doc(alias = "setIgnoreHarmonyBadge")]
        badge_mode: Option<BadgeMode> = "badgeMode",
        /// The system's message category.
        #[doc(alias = "setHarmonyCategory")]
        category: Option<&'a str> = "category" [public],
        /// Overrides the common text.
        description: Option<&'a str> = "description",
        /// HTTPS URL of a picture.
        #[doc(alias = "setHarmonyImage")]
        image_url: Option<&'a str> = "imageUrl",
        /// Overrides the common title.
        title: Option<&'a str> = "title",
    }
}

impl JavaHarmonyConfig<'_> {
    /// Settings with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for JavaHarmonyConfig<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The wrapper of [`JavaPushInfo`]: `com.tencent.imsdk.v2.V2TIMOfflinePushInfo` as Gson writes it. Its only field contains the
    /// whole push.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::JavaPushWrapper;
    ///
    /// let text = r#"{"messageOfflinePushInfo":{"pushFlag":1,"title":"Alice"}}"#;
    /// let wrapper: JavaPushWrapper = json::from_str(text)?;
    /// assert!(!wrapper.message_offline_push_info.enabled());
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    #[doc(alias = "V2TIMOfflinePushInfo")]
    pub struct JavaPushWrapper<'a> {
        /// The push.
        #[doc(alias = "messageOfflinePushInfo")]
        message_offline_push_info: JavaPushInfo<'a> = "messageOfflinePushInfo",
    }
}

impl<'a> JavaPushWrapper<'a> {
    /// A wrapper of this push.
    #[must_use]
    pub const fn new(info: JavaPushInfo<'a>) -> Self {
        Self { message_offline_push_info: info }
    }
}
