//! Settings of the C SDK, as the REST API says it.

use super::lost::{Field, Form, Lost};
use super::{BADGE, Converted, PUSH_TYPE, SWITCH, number, truth, vendor_params, when_set};
use crate::bytes::BufferFull;
use crate::tim::info::given;
use crate::tim::{
    AndroidInfo, AndroidPushSettings, ApnsInfo, HarmonyInfo, HarmonyPushSettings, IosPushSettings,
    NotifyMode, OfflinePushInfo, OfflinePushSettings, OppoNotifyLevel,
};

impl<'a> OfflinePushSettings<'a> {
    /// The same as the REST API says it, and what that cannot say: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` is for texts with escapes in [`vendor_params`](Self::vendor_params): as many bytes as these have always
    /// suffice, none without backslashes in them.
    ///
    /// # Errors
    ///
    /// `scratch` is too short. Vendor parameters that cannot be read are no error, they are lost.
    ///
    /// ```
    /// use offline_push::tim::OfflinePushSettings;
    ///
    /// let mut settings = OfflinePushSettings::new();
    /// settings.title = Some("Alice");
    /// settings.vendor_params = Some(r#"{"vivoNotifyType":2}"#);
    /// let info = settings.to_info(&mut [])?;
    /// assert!(info.lost.is_empty());
    /// assert_eq!(info.value.title, Some("Alice"));
    /// assert_eq!(info.value.android_info.unwrap().vivo_notify_type, Some("2"));
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_info(&self, scratch: &'a mut [u8]) -> Result<Converted<OfflinePushInfo<'a>>, BufferFull> {
        let mut lost = Lost::nothing(Form::Settings);
        let android = self.android.as_ref().unwrap_or(&AndroidPushSettings::EMPTY);
        let title = given(android.title);
        lost.add_if(title.is_some() && title != given(self.title), Field::AndroidTitle);
        let mut android_info = android_info(android, &mut lost);
        if let Some(params) = given(self.vendor_params) {
            vendor_params::read(params, &mut android_info, &mut lost, scratch)?;
        }
        let apns_info = self.ios.as_ref().map(|ios| apns_info(ios, &mut lost));
        let harmony_info = self.harmony.as_ref().map(|harmony| harmony_info(harmony, &mut lost));
        let value = OfflinePushInfo {
            push_flag: self.flag,
            title: self.title,
            desc: self.description,
            ext: self.ext,
            android_info: when_set(android_info, &AndroidInfo::EMPTY),
            apns_info: apns_info.and_then(|info| when_set(info, &ApnsInfo::EMPTY)),
            harmony_info: harmony_info.and_then(|info| when_set(info, &HarmonyInfo::EMPTY)),
            ..OfflinePushInfo::EMPTY
        };
        Ok(Converted { value, lost })
    }
}

fn android_info<'a>(android: &AndroidPushSettings<'a>, lost: &mut Lost) -> AndroidInfo<'a> {
    let custom = android.notify_mode.is_some_and(|mode| mode != NotifyMode::NORMAL);
    lost.add_if(custom, Field::NotifyMode);
    AndroidInfo {
        sound: android.sound,
        vivo_classification: android.vivo_classification,
        vivo_category: android.vivo_category,
        oppo_channel_id: android.oppo_channel_id,
        oppo_category: android.oppo_category,
        oppo_notify_level: android.oppo_notify_level.filter(|level| says_something(*level, android)),
        google_channel_id: android.fcm_channel_id,
        google_image: android.fcm_image,
        xiaomi_channel_id: android.xiaomi_channel_id,
        huawei_category: android.huawei_category,
        huawei_image: android.huawei_image,
        honor_image: android.honor_image,
        honor_importance: android.honor_importance,
        meizu_notice_msg_type: android.meizu_notify_type,
        ..AndroidInfo::EMPTY
    }
}

/// Flutter reads 0 out of nothing and writes the default, 2, also where there is no category, which the REST API wants
/// beside any level.
fn says_something(level: OppoNotifyLevel, android: &AndroidPushSettings<'_>) -> bool {
    let default = level == OppoNotifyLevel::LOCK_SCREEN && given(android.oppo_category).is_none();
    level.get() != 0 && !default
}

fn apns_info<'a>(ios: &IosPushSettings<'a>, lost: &mut Lost) -> ApnsInfo<'a> {
    let voip = truth(ios.push_type, PUSH_TYPE, Field::IosPushType, lost);
    ApnsInfo {
        title: ios.title,
        sound: ios.sound,
        badge_mode: ios.ignore_badge.map(|ignore| number(ignore, BADGE)),
        image: ios.image,
        interruption_level: ios.interruption_level,
        content_available: ios.enable_background_notification.map(|on| number(on, SWITCH)),
        is_voip_push: voip.map(|voip| number(voip, SWITCH)),
        ..ApnsInfo::EMPTY
    }
}

fn harmony_info<'a>(harmony: &HarmonyPushSettings<'a>, lost: &mut Lost) -> HarmonyInfo<'a> {
    lost.add_if(harmony.ignore_badge == Some(true), Field::HarmonyBadge);
    HarmonyInfo {
        title: harmony.title,
        image: harmony.image,
        category: harmony.category,
        ..HarmonyInfo::EMPTY
    }
}
