//! The settings that a sender attaches to a message, for receivers that get it as a push.

use crate::ext::Ext;
use crate::json::{message, open_number};
// Tencent passes on vivo's own number unchanged, so one type is enough. `vivo` does not import `tim`.
use crate::vivo::Classification;

mod check;

open_number! {
    /// Whether a message is pushed: `offline_push_config_flag`, `disablePush` in newer SDKs.
    #[doc(alias = "disablePush")]
    pub struct PushFlag(i32) {
        /// The message is pushed. The default.
        #[doc(alias = "V2TIM_OFFLINE_PUSH_DEFAULT")]
        DEFAULT = 0 => "push",
        /// The message is not pushed. The REST API's newest page calls the equivalent (`PushFlag` 1) "online messages only".
        #[doc(alias = "V2TIM_OFFLINE_PUSH_NO_PUSH")]
        NO_PUSH = 1 => "no push",
    }
}

open_number! {
    /// Who shows the notification on Android: `android_offline_push_config_notify_mode`.
    pub struct NotifyMode(i32) {
        /// The system. The default.
        NORMAL = 0 => "normal",
        /// The app.
        CUSTOM = 1 => "custom",
    }
}

open_number! {
    /// Kind of push on iPhones: `ios_offline_push_config_push_type`, since SDK 6.7.3184.
    #[doc(alias = "iOSPushType")]
    pub struct IosPushType(i32) {
        /// An ordinary push. The default.
        APNS = 0 => "APNs",
        /// A push that rings like a call.
        VOIP = 1 => "VoIP",
    }
}

open_number! {
    /// Notification level on OPPO phones: `android_offline_push_config_oppo_notify_level`, since SDK 8.3.6498. It requires an
    /// OPPO category: `IM` according to the SDK's documentation, any category according to that of the REST API.
    #[doc(alias = "AndroidOPPONotifyLevel")]
    pub struct OppoNotifyLevel(i32) {
        /// Notification bar.
        BAR = 1 => "notification bar",
        /// Notification bar and lock screen. The default.
        LOCK_SCREEN = 2 => "notification bar and lock screen",
        /// Notification bar, lock screen, banner, vibration and sound.
        STRONG = 16 => "notification bar, lock screen, banner, vibration and sound",
    }
}

open_number! {
    /// Kind of message on Meizu phones: `android_offline_push_config_meizu_notify_type`, since SDK 8.6.7019. Source of the
    /// numbers: the header of the iOS SDK of 2026-05 and the page 269/133879 of 2026-07. Some older samples have 0 for chat
    /// messages, which is a mistake: Meizu then counts them against its limit for public messages (5 a day for news, else
    /// 3).
    #[doc(alias = "AndroidMeizuNotifyType")]
    pub struct MeizuNotifyType(i32) {
        /// Public: to many users, or marketing.
        PUBLIC = 0 => "public message",
        /// Private: to one user, like every chat message.
        PRIVATE = 1 => "private message",
    }
}

message! {
    /// The offline push settings of one message. The keys are those of the cross-platform C SDK (`OfflinePushConfig`). In a
    /// message, the settings are the member `message_offline_push_config`, which was spelled `message_offlie_push_config` up to
    /// core 7.4: [`MessagePush`](crate::tim::MessagePush).
    ///
    /// All fields are optional. Received messages have empty text instead of absent fields, so empty text counts as absent.
    ///
    /// ```
    /// use offline_push::tim::{AndroidPushSettings, OfflinePushSettings};
    /// use offline_push::{Ext, json};
    ///
    /// let settings = OfflinePushSettings::new()
    ///     .title("Eamon")
    ///     .description("See you at seven")
    ///     .ext(Ext::from("ext content"))
    ///     .android(AndroidPushSettings::new().vivo_category("IM"));
    ///
    /// let mut buffer = [0; 256];
    /// let text = json::to_str(&settings, &mut buffer)?;
    /// assert!(text.starts_with(r#"{"offline_push_config_title":"Eamon","#));
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    #[doc(alias = "TIMMessageOfflinePushSettings")]
    #[doc(alias = "TIMOfflinePushSettings")]
    #[doc(alias = "V2TIMOfflinePushInfo")]
    #[doc(alias = "OfflinePushConfig")]
    pub struct OfflinePushSettings<'a> {
        /// First line of the notification. A title in `android`, `ios` or `harmony` overrides it there. Default: "a new
        /// message". Tencent cuts it to each vendor's limit: 40 UTF-16 units for vivo. In SDK 4.7.2 and later, each message
        /// can have its own title.
        #[doc(alias = "setTitle")]
        title: Option<&'a str> = "offline_push_config_title",
        /// Text of the notification. Default: a text that IM makes from the elements of the message (`[Location]`, `[Face]`).
        /// A message of one custom element without a description is not pushed. vivo: at most 100 UTF-16 units.
        #[doc(alias = "desc")]
        #[doc(alias = "descr")]
        #[doc(alias = "setDescr")]
        #[doc(alias = "setDesc")]
        description: Option<&'a str> = "offline_push_config_desc",
        /// The app's own data, for the app that a tap on the notification opens. At most 3 KB together with the description,
        /// because APNs accepts 4 KB in total. For OPPO it must be a JSON object.
        #[doc(alias = "setExt")]
        ext: Option<Ext<'a>> = "offline_push_config_ext",
        /// Parameters for individual vendors, as JSON text, since SDK 8.7.7201: [`VendorParams`](crate::tim::VendorParams).
        /// `fcmPriority` (`"normal"`, `"high"`), `vivoNotifyType` (1 to 4, default 4), `oppoTemplateId`, `oppoTitleParam` and
        /// `oppoContentParam` (an object in the header's sample, a string that contains JSON in the Java sample).
        #[doc(alias = "vendorParams")]
        vendor_params: Option<&'a str> = "offline_push_config_vendor_params",
        /// Whether the message is pushed. Default: yes.
        #[doc(alias = "disablePush")]
        #[doc(alias = "setEnabled")]
        flag: Option<PushFlag> = "offline_push_config_flag",
        /// For iPhones.
        #[doc(alias = "iosSettings")]
        ios: Option<IosPushSettings<'a>> = "offline_push_config_ios_config",
        /// For Android phones.
        #[doc(alias = "androidSettings")]
        android: Option<AndroidPushSettings<'a>> = "offline_push_config_android_config",
        /// For Harmony phones, since SDK 8.1.6122.
        harmony: Option<HarmonyPushSettings<'a>> = "offline_push_config_harmony_config",
    }
}

impl OfflinePushSettings<'_> {
    /// Settings with nothing set: a push with all defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Whether the message is pushed: true unless [`flag`](field@Self::flag) is [`PushFlag::NO_PUSH`].
    #[must_use]
    pub const fn enabled(&self) -> bool {
        !matches!(self.flag, Some(PushFlag::NO_PUSH))
    }
}

impl Default for OfflinePushSettings<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The settings for iPhones (`IOSOfflinePushConfig`).
    #[doc(alias = "IOSSettings")]
    #[doc(alias = "IOSOfflinePushConfig")]
    pub struct IosPushSettings<'a> {
        /// Overrides the common title.
        title: Option<&'a str> = "ios_offline_push_config_title",
        /// Sound file with its suffix, at most 30 seconds long; or [`NO_SOUND`](Self::NO_SOUND),
        /// [`DEFAULT_SOUND`](Self::DEFAULT_SOUND).
        #[doc(alias = "iOSSound")]
        sound: Option<&'a str> = "ios_offline_push_config_sound" [public],
        /// True: the app's badge does not count this message. Default false. The decoder also accepts 1 and 0.
        #[doc(alias = "ignoreIOSBadge")]
        #[doc(alias = "badgeEnabled")]
        ignore_badge: Option<bool> = "ios_offline_push_config_ignore_badge" as flag,
        /// An ordinary push or a call. Default: an ordinary push.
        #[doc(alias = "iOSPushType")]
        push_type: Option<IosPushType> = "ios_offline_push_config_push_type",
        /// URL of a picture, at most 10 MB. The app reads it from the payload's `image`. Since SDK 8.0.5895.
        #[doc(alias = "iOSImage")]
        image: Option<&'a str> = "ios_offline_push_config_image",
        /// `passive`, `active` (default), `time-sensitive` or `critical`. Since SDK 8.4.6667.
        #[doc(alias = "iOSInterruptionLevel")]
        interruption_level: Option<&'a str> = "ios_offline_push_config_interruption_level" [public],
        /// True: wakes the app silently. Default false. Since SDK 8.4.6667.
        #[doc(alias = "enableIOSBackgroundNotification")]
        enable_background_notification: Option<bool> = "ios_offline_push_config_enable_background_notification",
    }
}

impl IosPushSettings<'_> {
    /// The [`sound`](field@Self::sound) for no sound and no vibration.
    #[doc(alias = "IOS_OFFLINE_PUSH_NO_SOUND")]
    #[doc(alias = "NO_SOUND_NO_VIBRATION")]
    pub const NO_SOUND: &'static str = "push.no_sound";
    /// The [`sound`](field@Self::sound) for the system's default.
    #[doc(alias = "IOS_OFFLINE_PUSH_DEFAULT_SOUND")]
    pub const DEFAULT_SOUND: &'static str = "default";

    /// Settings with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for IosPushSettings<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The settings for Android phones (`AndroidOfflinePushConfig`), by vendor. Text that is not empty overrides the
    /// setting in the IM console. Only the REST API has Huawei's channel and importance.
    #[doc(alias = "AndroidSettings")]
    #[doc(alias = "AndroidOfflinePushConfig")]
    pub struct AndroidPushSettings<'a> {
        /// Overrides the common title.
        title: Option<&'a str> = "android_offline_push_config_title",
        /// Name of a file under `res/raw`, without suffix (`shake`); up to SDK 4 a URI
        /// (`android.resource://PACKAGE/ID`). For Huawei and Google only; vivo does not support sounds of the app.
        #[doc(alias = "AndroidSound")]
        sound: Option<&'a str> = "android_offline_push_config_sound" [public],
        /// Who shows the notification. Default: the system.
        notify_mode: Option<NotifyMode> = "android_offline_push_config_notify_mode",
        /// vivo: operational or system message; here the default is system. `vivo_category` has replaced it since
        /// 2023-04-03.
        #[doc(alias = "AndroidVIVOClassification")]
        #[doc(alias = "VIVOClassification")]
        vivo_classification: Option<Classification> = "android_offline_push_config_vivo_classification",
        /// vivo: second-level category in capitals, as for
        /// [`Notification::category`](crate::vivo::Notification::category). Since SDK 7.2.4123.
        #[doc(alias = "AndroidVIVOCategory")]
        #[doc(alias = "VIVOCategory")]
        vivo_category: Option<&'a str> = "android_offline_push_config_vivo_category" [public],
        /// OPPO: channel id, required by Android 8 and later.
        #[doc(alias = "AndroidOPPOChannelID")]
        oppo_channel_id: Option<&'a str> = "android_offline_push_config_oppo_channel_id",
        /// OPPO: `IM`, `ACCOUNT`, `NEWS`, `CONTENT`, … Since SDK 8.3.6498.
        #[doc(alias = "AndroidOPPOCategory")]
        oppo_category: Option<&'a str> = "android_offline_push_config_oppo_category" [public],
        /// OPPO: notification level; requires a category.
        #[doc(alias = "AndroidOPPONotifyLevel")]
        oppo_notify_level: Option<OppoNotifyLevel> = "android_offline_push_config_oppo_notify_level",
        /// Google: channel id, required by Android 8 and later. Since SDK 7.0.3754.
        #[doc(alias = "AndroidFCMChannelID")]
        fcm_channel_id: Option<&'a str> = "android_offline_push_config_fcm_channel_id",
        /// Google: HTTPS URL of a picture, below 1 MB. Since SDK 8.0.5895, as for the other vendors.
        #[doc(alias = "AndroidFCMImage")]
        fcm_image: Option<&'a str> = "android_offline_push_config_fcm_image",
        /// Xiaomi: channel id, required by MIUI 10 and later. Since SDK 7.0.3754.
        #[doc(alias = "AndroidXiaoMiChannelID")]
        xiaomi_channel_id: Option<&'a str> = "android_offline_push_config_xiaomi_channel_id",
        /// Huawei: `IM`, `MARKETING`, … Since SDK 7.0.3754.
        #[doc(alias = "AndroidHuaWeiCategory")]
        huawei_category: Option<&'a str> = "android_offline_push_config_huawei_category" [public],
        /// Huawei: HTTPS URL of a picture, below 512 KB.
        #[doc(alias = "AndroidHuaWeiImage")]
        huawei_image: Option<&'a str> = "android_offline_push_config_huawei_image",
        /// Honor: HTTPS URL of a picture, below 100 KB (SDK) or 512 KB (REST API).
        #[doc(alias = "AndroidHonorImage")]
        honor_image: Option<&'a str> = "android_offline_push_config_honor_image",
        /// Honor: `NORMAL` or `LOW`. Since SDK 8.4.6667.
        #[doc(alias = "AndroidHonorImportance")]
        honor_importance: Option<&'a str> = "android_offline_push_config_honor_importance" [public],
        /// Meizu: kind of message, public or private.
        #[doc(alias = "AndroidMeizuNotifyType")]
        meizu_notify_type: Option<MeizuNotifyType> = "android_offline_push_config_meizu_notify_type",
    }
}

impl AndroidPushSettings<'_> {
    /// Settings with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for AndroidPushSettings<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// The settings for Harmony phones (`HarmonyOfflinePushConfig`).
    #[doc(alias = "HarmonyOfflinePushConfig")]
    pub struct HarmonyPushSettings<'a> {
        /// Overrides the common title.
        title: Option<&'a str> = "harmony_offline_push_config_title",
        /// HTTPS URL of a picture.
        #[doc(alias = "HarmonyImage")]
        image: Option<&'a str> = "harmony_offline_push_config_image",
        /// The system's message category.
        #[doc(alias = "HarmonyCategory")]
        category: Option<&'a str> = "harmony_offline_push_config_category" [public],
        /// True: the app's badge does not count this message. Default false. The decoder also accepts 1, as the SDK does, and 0.
        #[doc(alias = "ignoreHarmonyBadge")]
        ignore_badge: Option<bool> = "harmony_offline_push_config_ignore_badge" as flag,
    }
}

impl HarmonyPushSettings<'_> {
    /// Settings with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }
}

impl Default for HarmonyPushSettings<'_> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::vec;

    use super::{HarmonyPushSettings, IosPushSettings, OfflinePushSettings, PushFlag};
    use crate::ext::Ext;
    use crate::json::{self, EncodeError};

    /// Decodes a sample, encodes it again, and compares the JSON values.
    fn same_value(sample: &str) {
        let mut received = sample.as_bytes().to_vec();
        let settings: OfflinePushSettings<'_> = json::from_slice_in_place(&mut received).unwrap();
        let mut buffer = vec![0; json::encoded_len(&settings)];
        let written = json::to_slice(&settings, &mut buffer).unwrap();
        let value = |json: &[u8]| serde_json::from_slice::<serde_json::Value>(json).unwrap();
        assert_eq!(value(written), value(sample.as_bytes()));
    }

    #[test]
    fn decode_empty_texts_and_all_keys_are_kept() {
        same_value(
            r#"{
                "offline_push_config_android_config": {
                    "android_offline_push_config_sound": "",
                    "android_offline_push_config_notify_mode": 0,
                    "android_offline_push_config_vivo_category": "",
                    "android_offline_push_config_vivo_classification": 1
                },
                "offline_push_config_desc": "您有一条新的消息",
                "offline_push_config_ext": "{\n  \"entity\" : {\n    \"sender\" : \"35186423\" }}",
                "offline_push_config_flag": 0,
                "offline_push_config_ios_config": {
                    "ios_offline_push_config_ignore_badge": false,
                    "ios_offline_push_config_push_type": 0
                }
            }"#,
        );
    }

    #[test]
    fn enabled_unless_the_flag_is_1() {
        let mut settings = OfflinePushSettings::default();
        assert!(settings.enabled());
        for (flag, enabled) in [(0, true), (1, false), (2, true)] {
            settings.flag = Some(PushFlag::new(flag));
            assert_eq!(settings.enabled(), enabled, "{flag}");
        }
    }

    #[test]
    fn decode_badge_switches_as_numbers() {
        let ios: IosPushSettings<'_> =
            json::from_str(r#"{"ios_offline_push_config_ignore_badge":1}"#).unwrap();
        assert_eq!(ios.ignore_badge, Some(true));
        let text = r#"{"harmony_offline_push_config_ignore_badge":0}"#;
        let harmony: HarmonyPushSettings<'_> = json::from_str(text).unwrap();
        assert_eq!(harmony.ignore_badge, Some(false));
    }

    #[test]
    fn encode_ext_that_is_not_text_names_the_field() {
        let settings = OfflinePushSettings::new().ext(Ext::new(b"\xff\x00"));
        let refused = json::to_slice(&settings, &mut [0; 64]).map(|_| ());
        assert_eq!(refused, Err(EncodeError::NotUtf8 { field: "offline_push_config_ext" }));
    }
}
