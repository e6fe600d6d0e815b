//! How a message is pushed, in the REST API.

use offline_push::json::{List, Raw};
use offline_push::{Ext, tim};

use super::*;

/// A raw value, mostly an object of parameters.
pub(crate) fn parameters() -> impl Strategy<Value = Raw<'static>> {
    let object = vec((json_string(), json_string()), 0..3).prop_map(|pairs| {
        let members: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        Raw::new(leak(format!("{{ {} }}", members.join(" , ")))).expect("a JSON object")
    });
    prop_oneof![3 => object, 1 => raw()]
}

pub(crate) fn info() -> impl Strategy<Value = tim::OfflinePushInfo<'static>> {
    let parts = (of(android_info()), of(apns_info()), of(harmony_info()));
    let numbers = (of(any::<i32>()), of(any::<u32>()), of(any::<u32>()));
    let open = (rarely(languages()), rarely(parameters()));
    (vec(of(text()), 4), numbers, parts, open).prop_map(|(texts, numbers, parts, open)| {
        let mut info = tim::OfflinePushInfo::new();
        (info.title, info.desc, info.push_template_id) = (texts[0], texts[1], texts[2]);
        info.ext = texts[3].map(Ext::from);
        info.push_flag = numbers.0.map(Into::into);
        (info.badge_add_num, info.badge_set_num) = (numbers.1, numbers.2);
        (info.android_info, info.apns_info, info.harmony_info) = parts;
        (info.multi_language_content, info.push_template_param) = open;
        info
    })
}

fn languages() -> impl Strategy<Value = List<'static, tim::LanguageContent<'static>>> {
    let content = (of(text()), of(text()), of(text())).prop_map(|(language, title, desc)| {
        let mut content = tim::LanguageContent::new("", "", "");
        (content.language, content.title, content.desc) = (language, title, desc);
        content
    });
    vec(content, 0..4).prop_map(|contents| List::from_slice(Vec::leak(contents)))
}

fn android_info() -> impl Strategy<Value = tim::AndroidInfo<'static>> {
    let open = (rarely(parameters()), rarely(parameters()));
    (vec(of(text()), 16), vec(of(any::<i32>()), 5), open).prop_map(|(texts, numbers, open)| {
        let mut android = tim::AndroidInfo::new();
        (android.sound, android.huawei_channel_id, android.xiaomi_channel_id) =
            (texts[0], texts[1], texts[2]);
        (android.oppo_channel_id, android.google_channel_id) = (texts[3], texts[4]);
        (android.oppo_category, android.vivo_category) = (texts[5], texts[6]);
        (android.vivo_notify_type, android.huawei_category) = (texts[7], texts[8]);
        (android.huawei_importance, android.huawei_image) = (texts[9], texts[10]);
        (android.honor_importance, android.honor_image) = (texts[11], texts[12]);
        android.oppo_private_msg_template_id = texts[13];
        (android.google_image, android.google_priority) = (texts[14], texts[15]);
        android.push_style = numbers[0].map(Into::into);
        android.vivo_classification = numbers[1].map(Into::into);
        android.ext_as_huawei_intent_param = numbers[2].map(Into::into);
        android.meizu_notice_msg_type = numbers[3].map(Into::into);
        android.oppo_notify_level = numbers[4].map(Into::into);
        (android.oppo_private_title_parameters, android.oppo_private_content_parameters) = open;
        android
    })
}

fn apns_info() -> impl Strategy<Value = tim::ApnsInfo<'static>> {
    let live = (text(), text(), parameters(), of(any::<u64>())).prop_map(|(la_id, event, state, date)| {
        let mut live = tim::LiveActivity::new(la_id, event, state);
        live.dismissal_date = date;
        live
    });
    (vec(of(text()), 5), vec(of(any::<i32>()), 4), rarely(live)).prop_map(|(texts, numbers, live)| {
        let mut apns = tim::ApnsInfo::new();
        (apns.sound, apns.title, apns.sub_title) = (texts[0], texts[1], texts[2]);
        (apns.image, apns.interruption_level) = (texts[3], texts[4]);
        apns.badge_mode = numbers[0].map(Into::into);
        apns.mutable_content = numbers[1].map(Into::into);
        apns.content_available = numbers[2].map(Into::into);
        apns.is_voip_push = numbers[3].map(Into::into);
        apns.live_activity = live;
        apns
    })
}

fn harmony_info() -> impl Strategy<Value = tim::HarmonyInfo<'static>> {
    (vec(of(text()), 4), of(any::<u32>())).prop_map(|(texts, duration)| {
        let mut harmony = tim::HarmonyInfo::new();
        (harmony.title, harmony.category, harmony.image) = (texts[0], texts[1], texts[2]);
        (harmony.sound, harmony.sound_duration) = (texts[3], duration);
        harmony
    })
}
