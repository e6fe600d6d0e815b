//! Random text, random JSON, random messages.
//!
//! Messages borrow; what the random ones borrow is leaked, which a test can afford.

use std::fmt;

use offline_push::Ext;
use offline_push::json::{List, MAX_OWNED_PAIRS, Map, Members, Raw};
use offline_push::vivo::{AuthRequest, AuthResponse, Extra, InvalidUser, Notification, SendResponse};
use offline_push::vivo::{ResultCode, TagExpression, TimedDisplay, UserStatus};
use offline_push::{ext, tim, vivo};
use proptest::char::range;
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

type Leaked = &'static str;

fn leak(text: String) -> Leaked {
    Box::leak(text.into_boxed_str())
}

/// A character of any sort that an encoder or decoder might treat in its own way.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        12 => range(' ', '~'),
        2 => select(vec!['"', '\\', '/', '\u{7f}']),
        1 => range('\0', ' '),
        4 => range('\u{4e00}', '\u{9fff}'),
        2 => range('\u{1f300}', '\u{1faff}'),
        1 => any::<char>(),
        1 => select(vec!['\u{80}', '\u{7ff}', '\u{800}', '\u{2028}', '\u{feff}', '\u{ffff}', '\u{10000}', '\u{10ffff}']),
    ]
}

/// Text with everything in it, or with nothing that JSON escapes.
pub(crate) fn text() -> impl Strategy<Value = Leaked> {
    let short = vec(character(), 0..24).prop_map(String::from_iter);
    let long = vec(character(), 0..150).prop_map(String::from_iter);
    let clean = "[ !#-\\[\\]-~你好今晚😀é]{0,40}";
    prop_oneof![4 => short, 1 => long, 5 => clean].prop_map(leak)
}

fn white_space() -> impl Strategy<Value = Leaked> {
    prop_oneof![8 => Just(""), 1 => select(vec![" ", "\n", "\t", "\r\n", "   \t"])]
}

/// A string as JSON, each character spelled in one of the ways that JSON has for it.
pub(crate) fn json_string() -> impl Strategy<Value = String> {
    let spelled = (character(), 0..8u8).prop_map(|(character, way)| spell(character, way));
    let plain = "[a-z你😀]{0,12}";
    prop_oneof![
        2 => vec(spelled, 0..16).prop_map(|pieces| format!("\"{}\"", pieces.concat())),
        3 => plain.prop_map(|text| format!("\"{text}\"")),
    ]
}

/// Spells a character: as it is if it may stand so, with its short escape if it has one, or by its code units.
pub(crate) fn spell(character: char, way: u8) -> String {
    let short = match character {
        '"' | '\\' | '/' => Some(character),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    let plain = character >= ' ' && !matches!(character, '"' | '\\');
    match (way, short) {
        (0..=4, _) if plain => character.to_string(),
        (0..=5, Some(short)) => format!("\\{short}"),
        _ => {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units).iter();
            units
                .map(|unit| if way == 7 { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") })
                .collect()
        }
    }
}

/// A number as JSON; `-0` is left out, for `serde_json` reads it as a float.
pub(crate) fn json_number() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => (-20..20i64).prop_map(|number| number.to_string()),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => "-?[1-9][0-9]{0,30}",
        1 => "(0|-?[1-9][0-9]{0,5})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?",
    ]
}

/// Any JSON value, with white space here and there.
pub(crate) fn json_value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        2 => select(vec!["null", "true", "false"]).prop_map(str::to_owned),
        2 => json_number(),
        3 => json_string(),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let list = vec(spaced(inner.clone()), 0..5).prop_map(|items| format!("[{}]", items.join(",")));
        let member = (spaced(json_string()), spaced(inner)).prop_map(|(key, value)| format!("{key}:{value}"));
        let object = vec(member, 0..5).prop_map(|members| format!("{{{}}}", members.join(",")));
        prop_oneof![list, object]
    })
}

/// The same with white space around it.
pub(crate) fn spaced(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (white_space(), inner, white_space()).prop_map(|(before, inner, after)| format!("{before}{inner}{after}"))
}

fn raw() -> impl Strategy<Value = Raw<'static>> {
    json_value().prop_map(|text| Raw::new(leak(text)).expect("a JSON value"))
}

/// Members with names that no message has yet, each once.
fn members() -> impl Strategy<Value = Members<'static>> {
    btree_map(0..100u8, spaced(json_value()), 0..4).prop_map(|members| {
        let members: Vec<_> = members.iter().map(|(name, value)| format!("\"new {name}\":{value}")).collect();
        Members::new(leak(format!("{{ {} }}", members.join(" , ")))).expect("a JSON object")
    })
}

/// A map of pairs: the caller's, or owned if there are few enough.
fn map() -> impl Strategy<Value = Map<'static>> {
    (btree_map(text(), text(), 0..MAX_OWNED_PAIRS + 3), any::<bool>()).prop_map(|(pairs, owned)| {
        if owned && pairs.len() <= MAX_OWNED_PAIRS {
            let mut map = Map::new();
            pairs.into_iter().for_each(|(key, value)| map.insert(key, value).expect("room for the pair"));
            return map;
        }
        Map::from_slice(Vec::leak(pairs.into_iter().collect()))
    })
}

fn list() -> impl Strategy<Value = List<'static, Leaked>> {
    vec(text(), 0..6).prop_map(|items| List::from_slice(Vec::leak(items)))
}

pub(crate) fn token() -> impl Strategy<Value = tim::OfflinePushToken<'static>> {
    (text(), any::<u32>(), of(any::<bool>()), of(any::<i32>())).prop_map(|(text, id, tpns, kind)| {
        let mut token = tim::OfflinePushToken::new(1, "x").expect("a token by the rules");
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

/// A raw value, mostly an object of parameters.
fn parameters() -> impl Strategy<Value = Raw<'static>> {
    let object = vec((json_string(), json_string()), 0..3).prop_map(|pairs| {
        let members: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        Raw::new(leak(format!("{{ {} }}", members.join(" , ")))).expect("a JSON object")
    });
    prop_oneof![3 => object, 1 => raw()]
}

/// Rarely: serde and postcard have rules of their own for these.
fn rarely<T: fmt::Debug>(open: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::weighted(0.2, open)
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

pub(crate) fn ext_info() -> impl Strategy<Value = ext::ExtInfo<'static>> {
    (of(entity()), of(push_features())).prop_map(|(entity, features)| {
        let mut info = ext::ExtInfo::new(ext::Entity::new(ext::ChatType::C2C, ""));
        (info.entity, info.tim_push_features) = (entity, features);
        info
    })
}

fn entity() -> impl Strategy<Value = ext::Entity<'static>> {
    // Null is nothing when it comes back.
    let custom_data = raw().prop_filter("null", |raw| raw.as_str() != "null");
    let custom_data = proptest::option::weighted(0.2, custom_data);
    (vec(of(text()), 4), vec(of(any::<i32>()), 3), of(any::<i64>()), custom_data).prop_map(
        |(texts, numbers, time, custom_data)| {
            let mut entity = ext::Entity::new(ext::ChatType::C2C, "");
            (entity.sender, entity.nickname, entity.face_url) = (texts[0], texts[1], texts[2]);
            (entity.content, entity.send_time, entity.custom_data) = (texts[3], time, custom_data);
            entity.version = numbers[0];
            entity.chat_type = numbers[1].map(Into::into);
            entity.action = numbers[2].map(Into::into);
            entity
        },
    )
}

fn push_features() -> impl Strategy<Value = ext::TimPushFeatures> {
    (of(any::<i32>()), of(any::<i32>())).prop_map(|(push_type, notification_type)| {
        let mut features = ext::TimPushFeatures::new();
        features.fcm_push_type = push_type.map(Into::into);
        features.fcm_notification_type = notification_type.map(Into::into);
        features
    })
}

pub(crate) fn auth_request() -> impl Strategy<Value = AuthRequest<'static>> {
    (any::<u64>(), text(), any::<u64>(), text())
        .prop_map(|(id, key, timestamp, sign)| AuthRequest::new(id, key, timestamp, sign))
}

pub(crate) fn auth_response() -> impl Strategy<Value = AuthResponse<'static>> {
    (any::<i32>(), of(text()), of(text()), of(any::<u64>())).prop_map(
        |(result, desc, auth_token, valid_time)| {
            let mut reply = AuthResponse::new(ResultCode::new(result));
            (reply.desc, reply.auth_token, reply.valid_time) = (desc, auth_token, valid_time);
            reply
        },
    )
}

pub(crate) fn send_response() -> impl Strategy<Value = SendResponse<'static>> {
    let user = (of(any::<i32>()), of(text())).prop_map(|(status, userid)| {
        let mut user = InvalidUser::new(UserStatus::new(1), "");
        (user.status, user.userid) = (status.map(UserStatus::new), userid);
        user
    });
    (any::<i32>(), of(text()), of(text()), of(user)).prop_map(|(result, desc, task_id, user)| {
        let mut reply = SendResponse::new(ResultCode::new(result));
        (reply.desc, reply.task_id, reply.invalid_user) = (desc, task_id, user);
        reply
    })
}

fn extra() -> impl Strategy<Value = Extra<'static>> {
    (of(text()), of(text()), of(text())).prop_map(|(callback, param, id)| {
        let mut extra = Extra::new();
        (extra.callback, extra.callback_param, extra.callback_id) = (callback, param, id);
        extra
    })
}

fn timed_display() -> impl Strategy<Value = TimedDisplay> {
    (of(any::<bool>()), of(any::<u64>()), of(any::<u64>())).prop_map(|(overtime, start, end)| {
        let mut window = TimedDisplay::new(false, 0, 0);
        (window.overtime_display, window.show_start_time, window.show_end_time) = (overtime, start, end);
        window
    })
}

fn tag_expression() -> impl Strategy<Value = TagExpression<'static>> {
    (of(list()), of(list()), of(list())).prop_map(|(any, all, none)| {
        let mut tags = TagExpression::new();
        (tags.or_tags, tags.and_tags, tags.not_tags) = (any, all, none);
        tags
    })
}

pub(crate) fn notification() -> impl Strategy<Value = Notification<'static>> {
    let number = || of(any::<i32>());
    let texts = (text(), text(), text(), of(text()), of(text()), of(text()), of(text()), of(text()));
    let codes = (number(), number(), number(), number(), number(), number());
    let numbers = (of(any::<u64>()), of(any::<u32>()), of(any::<u32>()));
    let switches = (of(any::<bool>()), of(any::<bool>()), of(any::<bool>()));
    let parts = (of(map()), of(extra()), of(timed_display()), of(tag_expression()));
    let open = (rarely(raw()), rarely(members()));
    (texts, codes, numbers, switches, parts, open).prop_map(
        |(texts, codes, numbers, switches, parts, open)| {
            let mut push = Notification::new(texts.0, texts.1, texts.2);
            (push.reg_id, push.alias, push.skip_content) = (texts.3, texts.4, texts.5);
            (push.category, push.profile_id) = (texts.6, texts.7);
            push.notify_type = codes.0.map(Into::into);
            push.skip_type = codes.1.map(Into::into);
            push.network_type = codes.2.map(Into::into);
            push.classification = codes.3.map(Into::into);
            push.push_mode = codes.4.map(vivo::PushMode::new);
            push.is_business_msg = codes.5;
            (push.app_id, push.time_to_live, push.notify_id) = numbers;
            (push.send_online, push.foreground_show, push.add_badge) = switches;
            (push.client_custom_map, push.extra, push.timed_display, push.tag_expression) = parts;
            (push.audit_review, push.members) = open;
            push
        },
    )
}
