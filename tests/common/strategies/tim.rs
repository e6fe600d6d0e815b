//! What apps and the IM SDK say to one another.

use offline_push::{Ext, tim};

use super::*;

pub(crate) fn token() -> impl Strategy<Value = tim::OfflinePushToken<'static>> {
    (text(), any::<u32>(), of(any::<bool>()), of(any::<i32>())).prop_map(|(text, id, tpns, kind)| {
        let mut token = tim::OfflinePushToken::new(1, "x");
        (token.token, token.business_id, token.is_tpns_token) = (text, id, tpns);
        token.token_type = kind.map(Into::into);
        token
    })
}

pub(crate) fn settings() -> impl Strategy<Value = tim::OfflinePushSettings<'static>> {
    let parts = (of(ios_settings()), of(android_settings()), of(harmony_settings()));
    (vec(of(text()), 4), of(any::<i32>()), parts).prop_map(|(texts, flag, parts)| {
        let mut settings = tim::OfflinePushSettings::new();
        (settings.title, settings.description) = (texts[0], texts[1]);
        (settings.vendor_params, settings.ext) = (texts[2], texts[3].map(Ext::from));
        settings.flag = flag.map(Into::into);
        (settings.ios, settings.android, settings.harmony) = parts;
        settings
    })
}

fn ios_settings() -> impl Strategy<Value = tim::IosPushSettings<'static>> {
    let switches = (of(any::<bool>()), of(any::<bool>()));
    (vec(of(text()), 4), switches, of(any::<i32>())).prop_map(|(texts, switches, push_type)| {
        let mut ios = tim::IosPushSettings::new();
        (ios.title, ios.sound, ios.image, ios.interruption_level) = (texts[0], texts[1], texts[2], texts[3]);
        (ios.ignore_badge, ios.enable_background_notification) = switches;
        ios.push_type = push_type.map(Into::into);
        ios
    })
}

fn android_settings() -> impl Strategy<Value = tim::AndroidPushSettings<'static>> {
    (vec(of(text()), 12), vec(of(any::<i32>()), 4)).prop_map(|(texts, numbers)| {
        let mut android = tim::AndroidPushSettings::new();
        (android.title, android.sound, android.vivo_category) = (texts[0], texts[1], texts[2]);
        (android.oppo_channel_id, android.oppo_category) = (texts[3], texts[4]);
        (android.fcm_channel_id, android.fcm_image, android.xiaomi_channel_id) =
            (texts[5], texts[6], texts[7]);
        (android.huawei_category, android.huawei_image) = (texts[8], texts[9]);
        (android.honor_image, android.honor_importance) = (texts[10], texts[11]);
        android.notify_mode = numbers[0].map(Into::into);
        android.vivo_classification = numbers[1].map(Into::into);
        android.oppo_notify_level = numbers[2].map(Into::into);
        android.meizu_notify_type = numbers[3].map(Into::into);
        android
    })
}

fn harmony_settings() -> impl Strategy<Value = tim::HarmonyPushSettings<'static>> {
    (vec(of(text()), 3), of(any::<bool>())).prop_map(|(texts, ignore_badge)| {
        let mut harmony = tim::HarmonyPushSettings::new();
        (harmony.title, harmony.image, harmony.category) = (texts[0], texts[1], texts[2]);
        harmony.ignore_badge = ignore_badge;
        harmony
    })
}

pub(crate) fn vendor_params() -> impl Strategy<Value = tim::VendorParams<'static>> {
    let open = (rarely(parameters()), rarely(parameters()));
    (of(text()), of(any::<i32>()), of(text()), open).prop_map(|(priority, notify_type, template, open)| {
        let mut params = tim::VendorParams::new();
        (params.fcm_priority, params.oppo_template_id) = (priority, template);
        params.vivo_notify_type = notify_type.map(Into::into);
        (params.oppo_title_param, params.oppo_content_param) = open;
        params
    })
}
