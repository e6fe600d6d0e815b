//! Settings of the C SDK to an info of the REST API, and back.

use super::dropped::{Dropped, Field};
use super::{BADGE, Converted, PUSH_TYPE, SWITCH, number, truth, vendor_params, when_set};
use crate::bytes::BufferFull;
use crate::tim::info::non_empty;
use crate::tim::{
    AndroidInfo, AndroidPushSettings, ApnsInfo, Form, HarmonyInfo, HarmonyPushSettings, IosPushSettings,
    NotifyMode, OfflinePushInfo, OfflinePushSettings, OppoNotifyLevel, PushStyle, Switch,
};

impl<'a> OfflinePushSettings<'a> {
    /// Converts the settings to the form of the REST API: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` holds texts of [`vendor_params`](field@Self::vendor_params) that contain escapes. A buffer as long as
    /// `vendor_params` is always long enough; it may be empty if `vendor_params` contains no backslash.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. Vendor parameters that cannot be read are not an error; they are dropped.
    ///
    /// ```
    /// use offline_push::tim::OfflinePushSettings;
    ///
    /// let settings = OfflinePushSettings::new()
    ///     .title("Alice")
    ///     .vendor_params(r#"{"vivoNotifyType":2}"#);
    /// let info = settings.to_info(&mut [])?;
    /// assert!(info.dropped.is_empty());
    /// assert_eq!(info.value.title, Some("Alice"));
    /// assert_eq!(info.value.android_info.unwrap().vivo_notify_type, Some("2"));
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_info(&self, scratch: &'a mut [u8]) -> Result<Converted<OfflinePushInfo<'a>>, BufferFull> {
        let mut dropped = Dropped::nothing(Form::Settings);
        let android = self.android.as_ref().unwrap_or(&AndroidPushSettings::EMPTY);
        let title = non_empty(android.title);
        dropped.add_if(title.is_some() && title != non_empty(self.title), Field::AndroidTitle);
        let mut android_info = android_info(android, &mut dropped);
        if let Some(params) = non_empty(self.vendor_params) {
            vendor_params::read(params, &mut android_info, &mut dropped, scratch)?;
        }
        let apns_info = self.ios.as_ref().map(|ios| apns_info(ios, &mut dropped));
        let harmony_info = self.harmony.as_ref().map(|harmony| harmony_info(harmony, &mut dropped));
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
        Ok(Converted { value, dropped })
    }
}

fn android_info<'a>(android: &AndroidPushSettings<'a>, dropped: &mut Dropped) -> AndroidInfo<'a> {
    let custom = android.notify_mode.is_some_and(|mode| mode != NotifyMode::NORMAL);
    dropped.add_if(custom, Field::NotifyMode);
    AndroidInfo {
        sound: android.sound,
        vivo_classification: android.vivo_classification,
        vivo_category: android.vivo_category,
        oppo_channel_id: android.oppo_channel_id,
        oppo_category: android.oppo_category,
        oppo_notify_level: android.oppo_notify_level.filter(|level| has_effect(*level, android)),
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

/// True if the level changes anything. Flutter reads an absent level as 0, and writes the default, 2, even without a category.
/// The REST API requires a category together with any level.
fn has_effect(level: OppoNotifyLevel, android: &AndroidPushSettings<'_>) -> bool {
    let default = level == OppoNotifyLevel::LOCK_SCREEN && non_empty(android.oppo_category).is_none();
    level.get() != 0 && !default
}

fn apns_info<'a>(ios: &IosPushSettings<'a>, dropped: &mut Dropped) -> ApnsInfo<'a> {
    let voip = truth(ios.push_type, PUSH_TYPE, Field::IosPushType, dropped);
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

fn harmony_info<'a>(harmony: &HarmonyPushSettings<'a>, dropped: &mut Dropped) -> HarmonyInfo<'a> {
    dropped.add_if(harmony.ignore_badge == Some(true), Field::HarmonyBadge);
    HarmonyInfo {
        title: harmony.title,
        image: harmony.image,
        category: harmony.category,
        ..HarmonyInfo::EMPTY
    }
}

impl<'a> OfflinePushInfo<'a> {
    /// Converts the info to the form of the C SDK: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` holds the vendor parameters, which are members of [`AndroidInfo`] here, and JSON text in the settings. It
    /// may be empty if there is no `GooglePriority`, `VIVONotifyType`, `OPPOPrivateMsgTemplateId`,
    /// `OPPOPrivateTitleParameters` or `OPPOPrivateContentParameters`.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. The error contains the exact length.
    ///
    /// ```
    /// use offline_push::tim::{AndroidInfo, ApnsInfo, OfflinePushInfo};
    ///
    /// let info = OfflinePushInfo::new()
    ///     .title("Alice")
    ///     .android_info(AndroidInfo::new().vivo_notify_type("2"))
    ///     .apns_info(ApnsInfo::new().sub_title("Chat"));
    /// let mut scratch = [0; 64];
    /// let settings = info.to_settings(&mut scratch)?;
    /// assert_eq!(settings.value.vendor_params, Some(r#"{"vivoNotifyType":2}"#));
    /// assert_eq!(settings.dropped.to_string(), "ApnsInfo.SubTitle");
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_settings(
        &self,
        scratch: &'a mut [u8],
    ) -> Result<Converted<OfflinePushSettings<'a>>, BufferFull> {
        let mut dropped = Dropped::nothing(Form::Info);
        let languages = self.multi_language_content.is_some_and(|content| !content.is_empty());
        dropped.add_if(languages, Field::Languages);
        dropped.add_if(non_empty(self.push_template_id).is_some(), Field::TemplateId);
        dropped.add_if(vendor_params::not_null(self.push_template_param).is_some(), Field::TemplateParam);
        dropped.add_if(self.badge_add_num.is_some(), Field::BadgeAdd);
        dropped.add_if(self.badge_set_num.is_some(), Field::BadgeSet);
        let android = self.android_info.as_ref().unwrap_or(&AndroidInfo::EMPTY);
        let vendor_params = vendor_params::write(android, &mut dropped, scratch)?;
        let android = android_settings(android, &mut dropped);
        let ios = self.apns_info.as_ref().map(|apns| ios_settings(apns, &mut dropped));
        let harmony = self.harmony_info.as_ref().map(|harmony| harmony_settings(harmony, &mut dropped));
        let value = OfflinePushSettings {
            title: self.title,
            description: self.desc,
            ext: self.ext,
            vendor_params,
            flag: self.push_flag,
            ios: ios.and_then(|ios| when_set(ios, &IosPushSettings::EMPTY)),
            android: when_set(android, &AndroidPushSettings::EMPTY),
            harmony: harmony.and_then(|harmony| when_set(harmony, &HarmonyPushSettings::EMPTY)),
        };
        Ok(Converted { value, dropped })
    }
}

fn android_settings<'a>(android: &AndroidInfo<'a>, dropped: &mut Dropped) -> AndroidPushSettings<'a> {
    let styled = android.push_style.is_some_and(|style| style != PushStyle::DEFAULT);
    dropped.add_if(styled, Field::PushStyle);
    dropped.add_if(non_empty(android.huawei_channel_id).is_some(), Field::HuaweiChannel);
    dropped.add_if(non_empty(android.huawei_importance).is_some(), Field::HuaweiImportance);
    dropped.add_if(is_on(android.ext_as_huawei_intent_param), Field::HuaweiIntentParam);
    AndroidPushSettings {
        sound: android.sound,
        vivo_classification: android.vivo_classification,
        vivo_category: android.vivo_category,
        oppo_channel_id: android.oppo_channel_id,
        oppo_category: android.oppo_category,
        oppo_notify_level: android.oppo_notify_level,
        fcm_channel_id: android.google_channel_id,
        fcm_image: android.google_image,
        xiaomi_channel_id: android.xiaomi_channel_id,
        huawei_category: android.huawei_category,
        huawei_image: android.huawei_image,
        honor_image: android.honor_image,
        honor_importance: android.honor_importance,
        meizu_notify_type: android.meizu_notice_msg_type,
        ..AndroidPushSettings::EMPTY
    }
}

fn ios_settings<'a>(apns: &ApnsInfo<'a>, dropped: &mut Dropped) -> IosPushSettings<'a> {
    dropped.add_if(non_empty(apns.sub_title).is_some(), Field::IosSubTitle);
    dropped.add_if(is_on(apns.mutable_content), Field::IosMutableContent);
    dropped.add_if(apns.live_activity.is_some(), Field::IosLiveActivity);
    let voip = truth(apns.is_voip_push, SWITCH, Field::IosPushType, dropped);
    IosPushSettings {
        title: apns.title,
        sound: apns.sound,
        ignore_badge: truth(apns.badge_mode, BADGE, Field::IosBadge, dropped),
        push_type: voip.map(|voip| number(voip, PUSH_TYPE)),
        image: apns.image,
        interruption_level: apns.interruption_level,
        enable_background_notification: truth(apns.content_available, SWITCH, Field::IosBackground, dropped),
    }
}

fn harmony_settings<'a>(harmony: &HarmonyInfo<'a>, dropped: &mut Dropped) -> HarmonyPushSettings<'a> {
    dropped.add_if(non_empty(harmony.sound).is_some(), Field::HarmonySound);
    dropped.add_if(harmony.sound_duration.is_some(), Field::HarmonySoundDuration);
    HarmonyPushSettings {
        title: harmony.title,
        image: harmony.image,
        category: harmony.category,
        ..HarmonyPushSettings::EMPTY
    }
}

/// True for anything but the documented default, off.
fn is_on(switch: Option<Switch>) -> bool {
    switch.is_some_and(|switch| switch != Switch::OFF)
}
