//! Settings of the C SDK and the web form, the one as the other.

use super::lost::{Field, Form, Lost};
use super::{Converted, PUSH_FLAG, number, truth, when_set};
use crate::tim::info::given;
use crate::tim::{
    AndroidPushSettings, HarmonyPushSettings, IosPushSettings, NotifyMode, OfflinePushSettings, WebPushInfo,
};

impl<'a> OfflinePushSettings<'a> {
    /// The same in the web form, in Flutter's spelling ([`nested`](WebPushInfo::nested) gives the web SDK's), and what that
    /// cannot say: see [`convert`](crate::tim::convert). The vendor parameters are text in both, and go over as they are.
    ///
    /// ```
    /// use offline_push::tim::{IosPushSettings, OfflinePushSettings};
    ///
    /// let mut ios = IosPushSettings::new();
    /// (ios.title, ios.sound) = (Some("Alice in Chat"), Some("default"));
    /// let mut settings = OfflinePushSettings::new();
    /// settings.ios = Some(ios);
    /// let web = settings.to_web();
    /// assert_eq!(web.value.ios_sound, Some("default"));
    /// assert!(web.lost.iter().eq(["ios_offline_push_config_title"]));
    /// ```
    pub fn to_web(&self) -> Converted<WebPushInfo<'a>> {
        let mut lost = Lost::nothing(Form::Settings);
        let ios = self.ios.as_ref().unwrap_or(&IosPushSettings::EMPTY);
        let android = self.android.as_ref().unwrap_or(&AndroidPushSettings::EMPTY);
        let harmony = self.harmony.as_ref().unwrap_or(&HarmonyPushSettings::EMPTY);
        for (title, field) in [
            (given(ios.title), Field::IosTitle),
            (given(android.title), Field::AndroidTitle),
            (given(harmony.title), Field::HarmonyTitle),
        ] {
            lost.add_if(title.is_some() && title != given(self.title), field);
        }
        let custom = android.notify_mode.is_some_and(|mode| mode != NotifyMode::NORMAL);
        lost.add_if(custom, Field::NotifyMode);
        lost.add_if(android.meizu_notify_type.is_some(), Field::MeizuNotifyType);
        let value = WebPushInfo {
            title: self.title,
            desc: self.description,
            ext: self.ext,
            vendor_params: self.vendor_params,
            disable_push: truth(self.flag, PUSH_FLAG, Field::Flag, &mut lost),
            ios_sound: ios.sound,
            ignore_ios_badge: ios.ignore_badge,
            ios_image: ios.image,
            ios_push_type: ios.push_type,
            ios_interruption_level: ios.interruption_level,
            enable_ios_background_notification: ios.enable_background_notification,
            android_sound: android.sound,
            android_oppo_channel_id: android.oppo_channel_id,
            android_oppo_category: android.oppo_category,
            android_oppo_notify_level: android.oppo_notify_level,
            android_vivo_category: android.vivo_category,
            android_vivo_classification: android.vivo_classification,
            android_fcm_channel_id: android.fcm_channel_id,
            android_fcm_image: android.fcm_image,
            android_xiaomi_channel_id: android.xiaomi_channel_id,
            android_huawei_category: android.huawei_category,
            android_huawei_image: android.huawei_image,
            android_honor_image: android.honor_image,
            android_honor_importance: android.honor_importance,
            harmony_image: harmony.image,
            harmony_category: harmony.category,
            ignore_harmony_badge: harmony.ignore_badge,
            ..WebPushInfo::EMPTY
        };
        Converted { value, lost }
    }
}

impl<'a> WebPushInfo<'a> {
    /// The same as the C SDK says it: see [`convert`](crate::tim::convert). Nothing is lost but what Flutter's spelling says
    /// and the web SDK's says otherwise.
    ///
    /// ```
    /// use offline_push::tim::{IosPushType, WebPushInfo};
    ///
    /// let mut web = WebPushInfo::new();
    /// (web.desc, web.description) = (Some("See you at seven"), Some("See you at eight"));
    /// web.disable_voip_push = Some(false);
    /// let settings = web.to_settings();
    /// assert_eq!(settings.value.description, Some("See you at eight"));
    /// assert_eq!(settings.value.ios.unwrap().push_type, Some(IosPushType::VOIP));
    /// assert_eq!(settings.lost.to_string(), "desc");
    /// ```
    pub fn to_settings(&self) -> Converted<OfflinePushSettings<'a>> {
        let web = self.flat();
        let ios = IosPushSettings {
            title: None,
            sound: web.ios_sound,
            ignore_badge: web.ignore_ios_badge,
            push_type: web.ios_push_type,
            image: web.ios_image,
            interruption_level: web.ios_interruption_level,
            enable_background_notification: web.enable_ios_background_notification,
        };
        let android = AndroidPushSettings {
            sound: web.android_sound,
            vivo_classification: web.android_vivo_classification,
            vivo_category: web.android_vivo_category,
            oppo_channel_id: web.android_oppo_channel_id,
            oppo_category: web.android_oppo_category,
            oppo_notify_level: web.android_oppo_notify_level,
            fcm_channel_id: web.android_fcm_channel_id,
            fcm_image: web.android_fcm_image,
            xiaomi_channel_id: web.android_xiaomi_channel_id,
            huawei_category: web.android_huawei_category,
            huawei_image: web.android_huawei_image,
            honor_image: web.android_honor_image,
            honor_importance: web.android_honor_importance,
            ..AndroidPushSettings::EMPTY
        };
        let harmony = HarmonyPushSettings {
            title: None,
            image: web.harmony_image,
            category: web.harmony_category,
            ignore_badge: web.ignore_harmony_badge,
        };
        let value = OfflinePushSettings {
            title: web.title,
            description: web.desc,
            ext: web.ext,
            vendor_params: web.vendor_params,
            flag: web.disable_push.map(|disable| number(disable, PUSH_FLAG)),
            ios: when_set(ios, &IosPushSettings::EMPTY),
            android: when_set(android, &AndroidPushSettings::EMPTY),
            harmony: when_set(harmony, &HarmonyPushSettings::EMPTY),
        };
        Converted { value, lost: self.overridden() }
    }
}
