//! How a message is pushed, in the web form.

use offline_push::{Ext, tim};

use super::*;

pub(crate) fn web() -> impl Strategy<Value = tim::WebPushInfo<'static>> {
    let parts = (of(web_android_info()), of(web_apns_info()));
    let numbers = vec(of(any::<i32>()), 3);
    let switches = vec(of(any::<bool>()), 5);
    (vec(of(text()), 22), numbers, switches, parts).prop_map(|(texts, numbers, switches, parts)| {
        let mut web = tim::WebPushInfo::new();
        (web.title, web.desc, web.vendor_params) = (texts[0], texts[1], texts[2]);
        (web.ext, web.extension) = (texts[3].map(Ext::from), texts[4].map(Ext::from));
        (web.ios_sound, web.ios_image, web.ios_interruption_level) = (texts[5], texts[6], texts[7]);
        (web.android_sound, web.description) = (texts[8], texts[9]);
        (web.android_oppo_channel_id, web.android_oppo_category) = (texts[10], texts[11]);
        (web.android_vivo_category, web.android_fcm_channel_id) = (texts[12], texts[13]);
        (web.android_fcm_image, web.android_xiaomi_channel_id) = (texts[14], texts[15]);
        (web.android_huawei_category, web.android_huawei_image) = (texts[16], texts[17]);
        (web.android_honor_image, web.android_honor_importance) = (texts[18], texts[19]);
        (web.harmony_image, web.harmony_category) = (texts[20], texts[21]);
        web.ios_push_type = numbers[0].map(Into::into);
        web.android_oppo_notify_level = numbers[1].map(Into::into);
        web.android_vivo_classification = numbers[2].map(Into::into);
        (web.disable_push, web.ignore_ios_badge) = (switches[0], switches[1]);
        web.enable_ios_background_notification = switches[2];
        (web.ignore_harmony_badge, web.disable_voip_push) = (switches[3], switches[4]);
        (web.android_info, web.apns_info) = parts;
        web
    })
}

fn web_android_info() -> impl Strategy<Value = tim::WebAndroidInfo<'static>> {
    (vec(of(text()), 9), of(any::<i32>())).prop_map(|(texts, classification)| {
        let mut android = tim::WebAndroidInfo::new();
        (android.sound, android.xiaomi_channel_id, android.oppo_channel_id) = (texts[0], texts[1], texts[2]);
        (android.fcm_channel_id, android.vivo_category) = (texts[3], texts[4]);
        (android.huawei_category, android.huawei_image) = (texts[5], texts[6]);
        (android.honor_image, android.google_image) = (texts[7], texts[8]);
        android.vivo_classification = classification.map(Into::into);
        android
    })
}

fn web_apns_info() -> impl Strategy<Value = tim::WebApnsInfo<'static>> {
    (vec(of(text()), 2), of(any::<bool>()), of(any::<bool>())).prop_map(|(texts, ignore, voip)| {
        let mut apns = tim::WebApnsInfo::new();
        (apns.sound, apns.image) = (texts[0], texts[1]);
        (apns.ignore_ios_badge, apns.disable_voip_push) = (ignore, voip);
        apns
    })
}
