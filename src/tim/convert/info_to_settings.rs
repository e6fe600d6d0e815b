//! An info of the REST API, as the C SDK says it.

use super::lost::{Field, Form, Lost};
use super::{BADGE, Converted, PUSH_TYPE, SWITCH, number, truth, vendor_params, when_set};
use crate::bytes::BufferFull;
use crate::tim::info::given;
use crate::tim::{
    AndroidInfo, AndroidPushSettings, ApnsInfo, HarmonyInfo, HarmonyPushSettings, IosPushSettings,
    OfflinePushInfo, OfflinePushSettings, PushStyle, Switch,
};

impl<'a> OfflinePushInfo<'a> {
    /// The same as the C SDK says it, and what that cannot say: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` is for the vendor parameters, which are members of [`AndroidInfo`] here and JSON text there. Empty is
    /// enough without `GooglePriority`, `VIVONotifyType`, `OPPOPrivateMsgTemplateId`, `OPPOPrivateTitleParameters` and
    /// `OPPOPrivateContentParameters`.
    ///
    /// # Errors
    ///
    /// `scratch` is too short; the error has the exact length.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::OfflinePushInfo;
    ///
    /// let info: OfflinePushInfo = json::from_str(
    ///     r#"{"Title":"Alice","AndroidInfo":{"VIVONotifyType":"2"},"ApnsInfo":{"SubTitle":"Chat"}}"#,
    /// )?;
    /// let mut scratch = [0; 64];
    /// let settings = info.to_settings(&mut scratch)?;
    /// assert_eq!(settings.value.vendor_params, Some(r#"{"vivoNotifyType":2}"#));
    /// assert_eq!(settings.lost.to_string(), "ApnsInfo.SubTitle");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn to_settings(
        &self,
        scratch: &'a mut [u8],
    ) -> Result<Converted<OfflinePushSettings<'a>>, BufferFull> {
        let mut lost = Lost::nothing(Form::Info);
        let languages = self.multi_language_content.is_some_and(|content| !content.is_empty());
        lost.add_if(languages, Field::Languages);
        lost.add_if(given(self.push_template_id).is_some(), Field::TemplateId);
        lost.add_if(vendor_params::said(self.push_template_param).is_some(), Field::TemplateParam);
        lost.add_if(self.badge_add_num.is_some(), Field::BadgeAdd);
        lost.add_if(self.badge_set_num.is_some(), Field::BadgeSet);
        let android = self.android_info.as_ref().unwrap_or(&AndroidInfo::EMPTY);
        let vendor_params = vendor_params::write(android, &mut lost, scratch)?;
        let android = android_settings(android, &mut lost);
        let ios = self.apns_info.as_ref().map(|apns| ios_settings(apns, &mut lost));
        let harmony = self.harmony_info.as_ref().map(|harmony| harmony_settings(harmony, &mut lost));
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
        Ok(Converted { value, lost })
    }
}

fn android_settings<'a>(android: &AndroidInfo<'a>, lost: &mut Lost) -> AndroidPushSettings<'a> {
    let styled = android.push_style.is_some_and(|style| style != PushStyle::DEFAULT);
    lost.add_if(styled, Field::PushStyle);
    lost.add_if(given(android.huawei_channel_id).is_some(), Field::HuaweiChannel);
    lost.add_if(given(android.huawei_importance).is_some(), Field::HuaweiImportance);
    lost.add_if(says_more_than_off(android.ext_as_huawei_intent_param), Field::HuaweiIntentParam);
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

fn ios_settings<'a>(apns: &ApnsInfo<'a>, lost: &mut Lost) -> IosPushSettings<'a> {
    lost.add_if(given(apns.sub_title).is_some(), Field::IosSubTitle);
    lost.add_if(says_more_than_off(apns.mutable_content), Field::IosMutableContent);
    lost.add_if(apns.live_activity.is_some(), Field::IosLiveActivity);
    let voip = truth(apns.is_voip_push, SWITCH, Field::IosPushType, lost);
    IosPushSettings {
        title: apns.title,
        sound: apns.sound,
        ignore_badge: truth(apns.badge_mode, BADGE, Field::IosBadge, lost),
        push_type: voip.map(|voip| number(voip, PUSH_TYPE)),
        image: apns.image,
        interruption_level: apns.interruption_level,
        enable_background_notification: truth(apns.content_available, SWITCH, Field::IosBackground, lost),
    }
}

fn harmony_settings<'a>(harmony: &HarmonyInfo<'a>, lost: &mut Lost) -> HarmonyPushSettings<'a> {
    lost.add_if(given(harmony.sound).is_some(), Field::HarmonySound);
    lost.add_if(harmony.sound_duration.is_some(), Field::HarmonySoundDuration);
    HarmonyPushSettings {
        title: harmony.title,
        image: harmony.image,
        category: harmony.category,
        ..HarmonyPushSettings::EMPTY
    }
}

/// Off is the documented default.
fn says_more_than_off(switch: Option<Switch>) -> bool {
    switch.is_some_and(|switch| switch != Switch::OFF)
}
