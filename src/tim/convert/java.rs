//! Settings, infos and the web form to the Java SDK's object, and back.
//!
//! The settings have every field that the Java object has in common with an info or with the web form, so conversions between those
//! go through the settings, and drop nothing more.

use super::dropped::{Dropped, Field};
use super::{BADGE, Converted, SWITCH, number, truth, when_set};
use crate::bytes::BufferFull;
use crate::tim::info::non_empty;
use crate::tim::{
    AndroidPushSettings, Form, HarmonyPushSettings, IosPushSettings, JavaAndroidConfig, JavaApnsConfig,
    JavaBytes, JavaHarmonyConfig, JavaPushInfo, OfflinePushInfo, OfflinePushSettings, WebPushInfo,
};

impl<'a> OfflinePushSettings<'a> {
    /// Converts the settings to the Java SDK's object: see [`convert`](crate::tim::convert). The object has a place for every
    /// field, and for an ext of any bytes, so nothing is dropped.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::{OfflinePushSettings, PushFlag};
    ///
    /// let settings = OfflinePushSettings::new().ext("好".into()).flag(PushFlag::NO_PUSH);
    /// let mut buffer = [0; 64];
    /// let java = settings.to_java().value;
    /// assert_eq!(json::to_str(&java, &mut buffer)?, r#"{"extension":[-27,-91,-67],"pushFlag":1}"#);
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    pub fn to_java(&self) -> Converted<JavaPushInfo<'a>> {
        let value = JavaPushInfo {
            android_config: self.android.as_ref().and_then(java_android),
            apns_config: self.ios.as_ref().and_then(java_apns),
            description: self.description,
            extension: self.ext.map(JavaBytes::from),
            harmony_config: self.harmony.as_ref().and_then(java_harmony),
            push_flag: self.flag,
            sound_file_path: None,
            title: self.title,
            vendor_params: self.vendor_params,
        };
        Converted { value, dropped: Dropped::nothing(Form::Settings) }
    }
}

fn java_android<'a>(android: &AndroidPushSettings<'a>) -> Option<JavaAndroidConfig<'a>> {
    let config = JavaAndroidConfig {
        description: None,
        fcm_channel_id: android.fcm_channel_id,
        fcm_image_url: android.fcm_image,
        honor_image_url: android.honor_image,
        honor_importance: android.honor_importance,
        huawei_category: android.huawei_category,
        huawei_image_url: android.huawei_image,
        meizu_notify_type: android.meizu_notify_type,
        notify_mode: android.notify_mode,
        oppo_category: android.oppo_category,
        oppo_channel_id: android.oppo_channel_id,
        oppo_notify_level: android.oppo_notify_level,
        sound_file_path: android.sound,
        title: android.title,
        vivo_category: android.vivo_category,
        vivo_classification: android.vivo_classification,
        xiaomi_channel_id: android.xiaomi_channel_id,
    };
    when_set(config, &JavaAndroidConfig::EMPTY)
}

fn java_apns<'a>(ios: &IosPushSettings<'a>) -> Option<JavaApnsConfig<'a>> {
    let config = JavaApnsConfig {
        background_notification: ios.enable_background_notification.map(|on| number(on, SWITCH)),
        badge_mode: ios.ignore_badge.map(|ignore| number(ignore, BADGE)),
        description: None,
        ios_image_url: ios.image,
        ios_push_type: ios.push_type,
        interruption_level: ios.interruption_level,
        sound_file_path: ios.sound,
        title: ios.title,
    };
    when_set(config, &JavaApnsConfig::EMPTY)
}

fn java_harmony<'a>(harmony: &HarmonyPushSettings<'a>) -> Option<JavaHarmonyConfig<'a>> {
    let config = JavaHarmonyConfig {
        badge_mode: harmony.ignore_badge.map(|ignore| number(ignore, BADGE)),
        category: harmony.category,
        description: None,
        image_url: harmony.image,
        title: harmony.title,
    };
    when_set(config, &JavaHarmonyConfig::EMPTY)
}

impl<'a> JavaPushInfo<'a> {
    /// Converts the Java SDK's object to the settings of the C SDK: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` holds the bytes of [`extension`](field@Self::extension). A buffer as long as the `extension` is always long
    /// enough.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. The error contains the exact length.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::JavaPushInfo;
    ///
    /// let text = r#"{"apnsConfig":{"badgeMode":1},"extension":[-27,-91,-67],"soundFilePath":"a.mp3"}"#;
    /// let java: JavaPushInfo = json::from_str(text)?;
    /// let mut scratch = [0; 3];
    /// let settings = java.to_settings(&mut scratch)?;
    /// assert_eq!(settings.value.ext, Some("好".into()));
    /// assert_eq!(settings.value.ios.unwrap().ignore_badge, Some(true));
    /// assert!(settings.dropped.iter().eq(["soundFilePath"]));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn to_settings(
        &self,
        scratch: &'a mut [u8],
    ) -> Result<Converted<OfflinePushSettings<'a>>, BufferFull> {
        let mut dropped = Dropped::nothing(Form::Java);
        let android = self.android_config.as_ref().unwrap_or(&JavaAndroidConfig::EMPTY);
        let apns = self.apns_config.as_ref().unwrap_or(&JavaApnsConfig::EMPTY);
        let harmony = self.harmony_config.as_ref().unwrap_or(&JavaHarmonyConfig::EMPTY);
        let common = non_empty(self.description);
        for (text, field) in [
            (non_empty(android.description), Field::AndroidDescription),
            (non_empty(apns.description), Field::IosDescription),
            (non_empty(harmony.description), Field::HarmonyDescription),
        ] {
            dropped.add_if(text.is_some() && text != common, field);
        }
        dropped.add_if(non_empty(self.sound_file_path).is_some(), Field::Sound);
        let ios = IosPushSettings {
            title: apns.title,
            sound: apns.sound_file_path,
            ignore_badge: truth(apns.badge_mode, BADGE, Field::IosBadge, &mut dropped),
            push_type: apns.ios_push_type,
            image: apns.ios_image_url,
            interruption_level: apns.interruption_level,
            enable_background_notification: truth(
                apns.background_notification,
                SWITCH,
                Field::IosBackground,
                &mut dropped,
            ),
        };
        let harmony = HarmonyPushSettings {
            title: harmony.title,
            image: harmony.image_url,
            category: harmony.category,
            ignore_badge: truth(harmony.badge_mode, BADGE, Field::HarmonyBadge, &mut dropped),
        };
        let value = OfflinePushSettings {
            title: self.title,
            description: self.description,
            ext: self.extension.map(|extension| extension.to_ext(scratch)).transpose()?,
            vendor_params: self.vendor_params,
            flag: self.push_flag,
            ios: when_set(ios, &IosPushSettings::EMPTY),
            android: when_set(android_settings(android), &AndroidPushSettings::EMPTY),
            harmony: when_set(harmony, &HarmonyPushSettings::EMPTY),
        };
        Ok(Converted { value, dropped })
    }
}

fn android_settings<'a>(android: &JavaAndroidConfig<'a>) -> AndroidPushSettings<'a> {
    AndroidPushSettings {
        title: android.title,
        sound: android.sound_file_path,
        notify_mode: android.notify_mode,
        vivo_classification: android.vivo_classification,
        vivo_category: android.vivo_category,
        oppo_channel_id: android.oppo_channel_id,
        oppo_category: android.oppo_category,
        oppo_notify_level: android.oppo_notify_level,
        fcm_channel_id: android.fcm_channel_id,
        fcm_image: android.fcm_image_url,
        xiaomi_channel_id: android.xiaomi_channel_id,
        huawei_category: android.huawei_category,
        huawei_image: android.huawei_image_url,
        honor_image: android.honor_image_url,
        honor_importance: android.honor_importance,
        meizu_notify_type: android.meizu_notify_type.filter(|kind| *kind != JavaAndroidConfig::MEIZU_UNSET),
    }
}

impl<'a> JavaPushInfo<'a> {
    /// Converts the Java SDK's object to the form of the REST API: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` holds the bytes of [`extension`](field@Self::extension), and texts of
    /// [`vendor_params`](field@Self::vendor_params) that contain escapes. A buffer as long as both together is always
    /// long enough.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. The error contains a length that is enough. Vendor parameters that cannot be
    /// read are not an error; they are dropped.
    ///
    /// ```
    /// use offline_push::tim::{JavaBytes, JavaHarmonyConfig, JavaPushInfo};
    ///
    /// let harmony = JavaHarmonyConfig::new().title("Alice");
    /// let java = JavaPushInfo::new().extension(JavaBytes::from("1")).harmony_config(harmony);
    /// let info = java.to_info(&mut [])?;
    /// assert_eq!(info.value.ext, Some("1".into()));
    /// assert_eq!(info.value.harmony_info.unwrap().title, Some("Alice"));
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_info(&self, scratch: &'a mut [u8]) -> Result<Converted<OfflinePushInfo<'a>>, BufferFull> {
        let taken = self.extension.map_or(0, |extension| extension.room());
        let all = taken.saturating_add(self.vendor_params.unwrap_or_default().len());
        let full = BufferFull { needed: all };
        let (extension, rest) = scratch.split_at_mut_checked(taken).ok_or(full)?;
        let settings = self.to_settings(extension)?;
        let info = settings.value.to_info(rest).map_err(|_| full)?;
        Ok(Converted { value: info.value, dropped: settings.dropped.and(info.dropped) })
    }

    /// Converts the Java SDK's object to the web form: see [`convert`](crate::tim::convert). The result is in Flutter's spelling;
    /// [`nested`](WebPushInfo::nested) converts it to the web SDK's spelling.
    ///
    /// `scratch` holds the bytes of [`extension`](field@Self::extension), as for [`to_settings`](Self::to_settings).
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. The error contains the exact length.
    ///
    /// ```
    /// use offline_push::tim::{JavaPushInfo, PushFlag};
    ///
    /// let java = JavaPushInfo::new().push_flag(PushFlag::NO_PUSH);
    /// assert_eq!(java.to_web(&mut [])?.value.disable_push, Some(true));
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_web(&self, scratch: &'a mut [u8]) -> Result<Converted<WebPushInfo<'a>>, BufferFull> {
        let settings = self.to_settings(scratch)?;
        let web = settings.value.to_web();
        Ok(Converted { value: web.value, dropped: settings.dropped.and(web.dropped) })
    }
}

impl<'a> OfflinePushInfo<'a> {
    /// Converts the info to the Java SDK's object: see [`convert`](crate::tim::convert).
    ///
    /// `scratch` holds the vendor parameters, as for [`to_settings`](Self::to_settings).
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. The error contains the exact length.
    ///
    /// ```
    /// use offline_push::tim::{AndroidInfo, OfflinePushInfo};
    ///
    /// let info = OfflinePushInfo::new().android_info(AndroidInfo::new().xiaomi_channel_id("c1"));
    /// let java = info.to_java(&mut [])?;
    /// assert_eq!(java.value.android_config.unwrap().xiaomi_channel_id, Some("c1"));
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn to_java(&self, scratch: &'a mut [u8]) -> Result<Converted<JavaPushInfo<'a>>, BufferFull> {
        let settings = self.to_settings(scratch)?;
        Ok(Converted { value: settings.value.to_java().value, dropped: settings.dropped })
    }
}

impl<'a> WebPushInfo<'a> {
    /// Converts the web form to the Java SDK's object: see [`convert`](crate::tim::convert). It drops a field only if another
    /// spelling with another value has precedence.
    ///
    /// ```
    /// use offline_push::tim::{PushFlag, WebPushInfo};
    ///
    /// let java = WebPushInfo::new().desc("Hi").disable_push(true).to_java();
    /// assert_eq!(java.value.description, Some("Hi"));
    /// assert_eq!(java.value.push_flag, Some(PushFlag::NO_PUSH));
    /// ```
    pub fn to_java(&self) -> Converted<JavaPushInfo<'a>> {
        let settings = self.to_settings();
        Converted { value: settings.value.to_java().value, dropped: settings.dropped }
    }
}
