//! Settings and infos to the web form, and back.
//!
//! A conversion between an info and the web form goes through the settings. The settings have every field of the web form, so
//! this drops nothing more.

use super::dropped::{Dropped, Field};
use super::{Converted, PUSH_FLAG, number, truth, when_set};
use crate::bytes::BufferFull;
use crate::tim::info::non_empty;
use crate::tim::{
    AndroidPushSettings, Form, HarmonyPushSettings, IosPushSettings, NotifyMode, OfflinePushInfo,
    OfflinePushSettings, WebPushInfo,
};

impl<'a> OfflinePushSettings<'a> {
    /// Converts the settings to the web form: see [`convert`](crate::tim::convert). The result is in Flutter's spelling;
    /// [`nested`](WebPushInfo::nested) converts it to the web SDK's spelling. The vendor parameters are JSON text in both
    /// forms and stay as they are.
    ///
    /// ```
    /// use offline_push::tim::{IosPushSettings, OfflinePushSettings};
    ///
    /// let ios = IosPushSettings::new().title("Alice in Chat").sound("default");
    /// let web = OfflinePushSettings::new().ios(ios).to_web();
    /// assert_eq!(web.value.ios_sound, Some("default"));
    /// assert!(web.dropped.iter().eq(["ios_offline_push_config_title"]));
    /// ```
    pub fn to_web(&self) -> Converted<WebPushInfo<'a>> {
        let mut dropped = Dropped::nothing(Form::Settings);
        let ios = self.ios.as_ref().unwrap_or(&IosPushSettings::EMPTY);
        let android = self.android.as_ref().unwrap_or(&AndroidPushSettings::EMPTY);
        let harmony = self.harmony.as_ref().unwrap_or(&HarmonyPushSettings::EMPTY);
        for (title, field) in [
            (non_empty(ios.title), Field::IosTitle),
            (non_empty(android.title), Field::AndroidTitle),
            (non_empty(harmony.title), Field::HarmonyTitle),
        ] {
            dropped.add_if(title.is_some() && title != non_empty(self.title), field);
        }
        let custom = android.notify_mode.is_some_and(|mode| mode != NotifyMode::NORMAL);
        dropped.add_if(custom, Field::NotifyMode);
        let value = WebPushInfo {
            title: self.title,
            desc: self.description,
            ext: self.ext,
            vendor_params: self.vendor_params,
            disable_push: truth(self.flag, PUSH_FLAG, Field::Flag, &mut dropped),
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
            android_meizu_notify_type: android.meizu_notify_type,
            harmony_image: harmony.image,
            harmony_category: harmony.category,
            ignore_harmony_badge: harmony.ignore_badge,
            ..WebPushInfo::EMPTY
        };
        Converted { value, dropped }
    }
}

impl<'a> WebPushInfo<'a> {
    /// Converts the web form to the settings of the C SDK: see [`convert`](crate::tim::convert). It drops a field only if another
    /// spelling with another value has precedence.
    ///
    /// ```
    /// use offline_push::tim::{IosPushType, WebPushInfo};
    ///
    /// let web = WebPushInfo::new()
    ///     .desc("See you at seven")
    ///     .description("See you at eight")
    ///     .disable_voip_push(false);
    /// let settings = web.to_settings();
    /// assert_eq!(settings.value.description, Some("See you at eight"));
    /// assert_eq!(settings.value.ios.unwrap().push_type, Some(IosPushType::VOIP));
    /// assert_eq!(settings.dropped.to_string(), "desc");
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
            meizu_notify_type: web.android_meizu_notify_type,
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
        Converted { value, dropped: self.overridden() }
    }
}

impl<'a> OfflinePushInfo<'a> {
    /// Converts the info to the web form: see [`convert`](crate::tim::convert). The result is in Flutter's spelling;
    /// [`nested`](WebPushInfo::nested) converts it to the web SDK's spelling.
    ///
    /// `scratch` holds the vendor parameters, as for [`to_settings`](Self::to_settings).
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. The error contains the exact length.
    ///
    /// ```
    /// use offline_push::tim::{ApnsInfo, BadgeMode, OfflinePushInfo};
    ///
    /// let apns = ApnsInfo::new().title("Alice").badge_mode(BadgeMode::IGNORE);
    /// let info = OfflinePushInfo::new().desc("Hi").apns_info(apns);
    /// let web = info.to_web(&mut [])?;
    /// assert_eq!(web.value.desc, Some("Hi"));
    /// assert_eq!(web.value.ignore_ios_badge, Some(true));
    /// assert!(web.dropped.iter().eq(["ApnsInfo.Title"]));
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_web(&self, scratch: &'a mut [u8]) -> Result<Converted<WebPushInfo<'a>>, BufferFull> {
        let settings = self.to_settings(scratch)?;
        let web = settings.value.to_web();
        Ok(Converted { value: web.value, dropped: settings.dropped.and(web.dropped) })
    }
}

impl<'a> WebPushInfo<'a> {
    /// Converts the web form to the form of the REST API: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` holds texts of [`vendor_params`](field@Self::vendor_params) that contain escapes. A buffer as long as
    /// `vendor_params` is always long enough; it may be empty if `vendor_params` contains no backslash.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. Vendor parameters that cannot be read are not an error; they are dropped.
    ///
    /// ```
    /// use offline_push::tim::{Switch, WebPushInfo};
    ///
    /// let web = WebPushInfo::new().disable_voip_push(false).ignore_harmony_badge(true);
    /// let info = web.to_info(&mut [])?;
    /// assert_eq!(info.value.apns_info.unwrap().is_voip_push, Some(Switch::ON));
    /// assert!(info.dropped.iter().eq(["ignoreHarmonyBadge"]));
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_info(&self, scratch: &'a mut [u8]) -> Result<Converted<OfflinePushInfo<'a>>, BufferFull> {
        let settings = self.to_settings();
        let info = settings.value.to_info(scratch)?;
        Ok(Converted { value: info.value, dropped: settings.dropped.and(info.dropped) })
    }
}
