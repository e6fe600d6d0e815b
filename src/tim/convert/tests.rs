use std::string::{String, ToString};
use std::vec::Vec;
use std::{format, vec};

use serde_json::Value;

use super::dropped::{Dropped, Field};
use super::{Converted, unknown_switches, vendor_params};
use crate::bytes::BufferFull;
use crate::json::description::Type;
use crate::json::{self, Decode, Encode, Raw};
use crate::tim::{
    AndroidInfo, AndroidPushSettings, Form, JavaPushInfo, OfflinePushInfo, OfflinePushSettings,
    OppoNotifyLevel, VendorParams, WebPushInfo,
};

/// The places of the fields of a message, with those of its objects: `AndroidInfo.Sound`; and a value for each.
fn leaves<'a, T: Decode<'a>>() -> Vec<(String, &'static str)> {
    let Type::Object(message) = T::DESCRIPTION else { return Vec::new() };
    let mut leaves = Vec::new();
    for field in message.fields {
        match field.value {
            Type::Object(part) => {
                let name = |name| format!("{}.{name}", field.wire);
                leaves.extend(part.fields.iter().map(|part| (name(part.wire), sample(part.value))));
            }
            value => leaves.push((field.wire.into(), sample(value))),
        }
    }
    leaves
}

fn sample(value: &Type) -> &'static str {
    match value {
        Type::Text => r#""1""#,
        Type::Integer { .. } => "1",
        Type::Boolean => "true",
        Type::List(Type::Integer { .. }) => "[49]",
        Type::List(_) => "[{}]",
        Type::Object(_) => r#"{"LaId":"1","Event":"end","ContentState":{}}"#,
        _ => "{}",
    }
}

/// Of each field of a form, from the messages themselves: its name in the table, and a document with this field alone.
fn fields(form: Form) -> Vec<(String, String)> {
    let (mut leaves, params) = match form {
        Form::Settings => (leaves::<OfflinePushSettings<'_>>(), Some("offline_push_config_vendor_params")),
        Form::Info => (leaves::<OfflinePushInfo<'_>>(), None),
        Form::Web => (leaves::<WebPushInfo<'_>>(), Some("vendorParams")),
        Form::Java => (leaves::<JavaPushInfo<'_>>(), Some("vendorParams")),
        _ => unreachable!("a wrapper"),
    };
    if form == Form::Web {
        // The second spelling has no names of its own.
        let second = |place: &str| ["description", "extension"].contains(&place) || place.contains('.');
        leaves.retain(|(place, _)| !second(place));
    }
    let mut fields = Vec::new();
    for (place, value) in leaves {
        fields.push(match place.split_once('.') {
            Some((part, name)) => {
                let document = format!(r#"{{"{part}":{{"{name}":{value}}}}}"#);
                (if has_places(form) { place } else { name.to_string() }, document)
            }
            None => (place.clone(), format!(r#"{{"{place}":{value}}}"#)),
        });
    }
    if let Some(params) = params {
        fields.extend(self::leaves::<VendorParams<'_>>().into_iter().map(|(name, value)| {
            let text = Value::from(format!(r#"{{"{name}":{value}}}"#));
            (name, format!(r#"{{"{params}":{text}}}"#))
        }));
    }
    fields
}

/// True if the names in the table have the object as a prefix.
fn has_places(form: Form) -> bool {
    matches!(form, Form::Info | Form::Java)
}

fn column(form: Form) -> usize {
    match form {
        Form::Settings => 0,
        Form::Info => 1,
        Form::Web => 2,
        Form::Java => 3,
        _ => unreachable!("a wrapper"),
    }
}

/// A row for a field that no form has is a mistake, and so are two rows. A field without a row is newer than the table: no
/// other form has it.
#[test]
fn field_table_has_fields_of_the_forms_once() {
    for form in [Form::Settings, Form::Info, Form::Web, Form::Java] {
        let mut in_messages: Vec<_> = fields(form).into_iter().map(|(name, _)| name).collect();
        for (_, names) in Field::ALL.iter().filter(|(_, names)| !names[column(form)].is_empty()) {
            let name = names[column(form)];
            let at = in_messages.iter().position(|other| other == name);
            assert!(at.is_some(), "{name} of {form:?} is unknown or a duplicate");
            in_messages.remove(at.unwrap());
        }
    }
}

#[test]
fn field_table_equals_the_documentation() {
    let documentation = include_str!("mod.rs");
    for (_, names) in Field::ALL {
        let cells = names.map(|name| if name.is_empty() { "–".into() } else { format!("`{name}`") });
        let row = format!("//! | {} |\n", cells.join(" | "));
        assert!(documentation.contains(&row), "{row}");
    }
    assert_eq!(
        documentation.matches("\n//! | `").count() + documentation.matches("\n//! | – |").count(),
        Field::ALL.len()
    );
}

/// Converts a document; returns the result and the names of the dropped fields.
type Conversion = fn(&str) -> (Value, Vec<&'static str>);

fn outcome<T: Encode>(converted: &Converted<T>) -> (Value, Vec<&'static str>) {
    let mut buffer = vec![0; json::encoded_len(&converted.value)];
    let value = serde_json::from_slice(json::to_slice(&converted.value, &mut buffer).unwrap()).unwrap();
    (value, converted.dropped.iter().collect())
}

fn read<'a, T: Decode<'a>>(text: &str) -> T {
    json::from_slice_in_place(Vec::leak(text.as_bytes().to_vec())).unwrap()
}

fn room() -> &'static mut [u8] {
    Vec::leak(vec![0; 256])
}

const CONVERSIONS: [(Form, Form, Conversion); 12] = [
    (Form::Settings, Form::Info, |text| {
        outcome(&read::<OfflinePushSettings<'_>>(text).to_info(room()).unwrap())
    }),
    (Form::Settings, Form::Web, |text| outcome(&read::<OfflinePushSettings<'_>>(text).to_web())),
    (Form::Info, Form::Settings, |text| {
        outcome(&read::<OfflinePushInfo<'_>>(text).to_settings(room()).unwrap())
    }),
    (Form::Info, Form::Web, |text| outcome(&read::<OfflinePushInfo<'_>>(text).to_web(room()).unwrap())),
    (Form::Web, Form::Settings, |text| outcome(&read::<WebPushInfo<'_>>(text).to_settings())),
    (Form::Web, Form::Info, |text| outcome(&read::<WebPushInfo<'_>>(text).to_info(room()).unwrap())),
    (Form::Settings, Form::Java, |text| outcome(&read::<OfflinePushSettings<'_>>(text).to_java())),
    (Form::Info, Form::Java, |text| outcome(&read::<OfflinePushInfo<'_>>(text).to_java(room()).unwrap())),
    (Form::Web, Form::Java, |text| outcome(&read::<WebPushInfo<'_>>(text).to_java())),
    (Form::Java, Form::Settings, |text| {
        outcome(&read::<JavaPushInfo<'_>>(text).to_settings(room()).unwrap())
    }),
    (Form::Java, Form::Info, |text| outcome(&read::<JavaPushInfo<'_>>(text).to_info(room()).unwrap())),
    (Form::Java, Form::Web, |text| outcome(&read::<JavaPushInfo<'_>>(text).to_web(room()).unwrap())),
];

/// The table names of the fields in a document.
fn names_in(value: &Value, form: Form) -> Vec<String> {
    let mut names = Vec::new();
    for (name, value) in value.as_object().unwrap() {
        let text = value.as_str().filter(|_| name.to_lowercase().replace('_', "").ends_with("vendorparams"));
        let params = text.and_then(|text| serde_json::from_str::<Value>(text).ok());
        match (params, value) {
            (Some(Value::Object(params)), _) => names.extend(params.keys().cloned()),
            (_, Value::Object(part))
                if ["_config", "Info", "Config"].iter().any(|end| name.ends_with(end)) =>
            {
                let named = |inner: &String| {
                    if has_places(form) { format!("{name}.{inner}") } else { inner.clone() }
                };
                names.extend(part.keys().map(named));
            }
            _ => names.push(name.clone()),
        }
    }
    names
}

/// A forgotten field would be in neither result; a confused one would have another name, and a wrong one another value on the way
/// back.
#[test]
fn convert_each_field_alone_is_kept_or_dropped() {
    for (from, to, convert) in CONVERSIONS {
        let way_back = CONVERSIONS.into_iter().find(|(other, back, _)| (*other, *back) == (to, from));
        let (_, _, back) = way_back.unwrap();
        for (name, document) in fields(from) {
            let (value, dropped) = convert(&document);
            let row = Field::ALL.iter().find(|(_, names)| names[column(from)] == name);
            let Some((_, names)) = row else { continue };
            // Another name of a field, only in the web form.
            let only_in_web = from == Form::Web && names[0].is_empty() && names[1].is_empty();
            let first = match name.as_str() {
                "disableVoipPush" => Some("iOSPushType"),
                "isDisablePush" | "pushFlag" => Some("disablePush"),
                name => Field::small_letter(name),
            };
            let same = |first| Field::ALL.iter().find(|(_, names)| names[2] == first).unwrap().1;
            let names = first.filter(|_| only_in_web).map_or(*names, same);
            let expected = names[column(to)];
            let named = names_in(&value, to);
            if expected.is_empty() {
                assert_eq!((named, dropped), (vec![], vec![name.as_str()]), "{from:?} to {to:?}");
                continue;
            }
            assert_eq!((named, dropped), (vec![expected.into()], vec![]), "{name}, {from:?} to {to:?}");
            if !only_in_web {
                let document: Value = serde_json::from_str(&document).unwrap();
                assert_eq!(back(&value.to_string()).0, document, "{name}, {from:?} to {to:?}");
            }
        }
    }
}

#[test]
fn convert_empty_texts_and_defaults_are_not_dropped() {
    for (index, text) in [
        (
            0,
            r#"{"offline_push_config_vendor_params":"","offline_push_config_android_config":{"android_offline_push_config_title":"","android_offline_push_config_notify_mode":0},"offline_push_config_harmony_config":{"harmony_offline_push_config_ignore_badge":false}}"#,
        ),
        (
            1,
            r#"{"offline_push_config_ios_config":{"ios_offline_push_config_title":""},"offline_push_config_android_config":{"android_offline_push_config_notify_mode":0}}"#,
        ),
        (
            2,
            r#"{"MultiLanguageContent":[],"PushTemplateId":"","PushTemplateParam":null,"AndroidInfo":{"PushStyle":0,"HuaWeiChannelID":"","ExtAsHuaweiIntentParam":0,"VIVONotifyType":"","GooglePriority":""},"ApnsInfo":{"SubTitle":"","MutableContent":0},"HarmonyInfo":{"Sound":""}}"#,
        ),
        (5, r#"{"ignoreHarmonyBadge":false,"vendorParams":"{}"}"#),
        (
            9,
            r#"{"androidConfig":{"description":"","meizuNotifyType":-1},"apnsConfig":{"description":""},"harmonyConfig":{"description":""},"soundFilePath":""}"#,
        ),
    ] {
        let (value, dropped) = CONVERSIONS[index].2(text);
        let silent = names_in(&value, CONVERSIONS[index].1).is_empty() || index == 1;
        assert!(silent && dropped.is_empty(), "{value} {dropped:?}");
    }
}

#[test]
fn convert_title_for_one_system_that_differs_is_dropped() {
    let titles = |common: &str, own: &str| {
        format!(
            r#"{{"offline_push_config_title":"{common}",
            "offline_push_config_ios_config":{{"ios_offline_push_config_title":"{own}"}},
            "offline_push_config_android_config":{{"android_offline_push_config_title":"{own}"}},
            "offline_push_config_harmony_config":{{"harmony_offline_push_config_title":"{own}"}}}}"#
        )
    };
    let [(_, _, to_info), (_, _, to_web), ..] = CONVERSIONS;
    let own = [
        "ios_offline_push_config_title", "android_offline_push_config_title",
        "harmony_offline_push_config_title",
    ];
    for (common, title, in_info, in_web) in [
        ("a", "a", &[][..], &[][..]),
        ("a", "", &[], &[]),
        ("a", "b", &own[1..2], &own),
        ("", "b", &own[1..2], &own),
    ] {
        assert_eq!(to_info(&titles(common, title)).1, in_info);
        assert_eq!(to_web(&titles(common, title)).1, in_web);
    }
    let (info, _) = to_info(&titles("a", "b"));
    assert_eq!(
        info,
        serde_json::json!({"Title": "a", "ApnsInfo": {"Title": "b"}, "HarmonyInfo": {"Title": "b"}})
    );
}

#[test]
fn convert_numbers_without_a_switch_are_dropped() {
    for (number, is_voip, background, badge) in
        [(0, Some(0), Some(false), Some(false)), (1, Some(1), Some(true), Some(true)), (2, None, None, None)]
    {
        let text = format!(
            r#"{{"PushFlag":{number},"ApnsInfo":{{"BadgeMode":{number},"ContentAvailable":{number},"IsVoipPush":{number}}}}}"#
        );
        let info: OfflinePushInfo<'_> = read(&text);
        let settings = info.to_settings(&mut []).unwrap();
        let ios = settings.value.ios.as_ref();
        assert_eq!(ios.and_then(|ios| ios.push_type).map(crate::tim::IosPushType::get), is_voip);
        assert_eq!(ios.and_then(|ios| ios.enable_background_notification), background);
        assert_eq!(ios.and_then(|ios| ios.ignore_badge), badge);
        assert_eq!(settings.value.flag, info.push_flag);
        let web = info.to_web(&mut []).unwrap();
        assert_eq!(web.value.disable_push, badge);
        let dropped = "ApnsInfo.BadgeMode, ApnsInfo.IsVoipPush, ApnsInfo.ContentAvailable";
        let dropped = if number == 2 { dropped } else { "nothing dropped" };
        assert_eq!(settings.dropped.to_string(), dropped);
        let dropped = if number == 2 { format!("PushFlag, {dropped}") } else { dropped.into() };
        assert_eq!(web.dropped.to_string(), dropped);
    }
    let (_, _, to_info) = CONVERSIONS[0];
    let (value, dropped) =
        to_info(r#"{"offline_push_config_ios_config":{"ios_offline_push_config_push_type":2}}"#);
    assert_eq!((value, dropped), (serde_json::json!({}), vec!["ios_offline_push_config_push_type"]));
}

#[test]
fn convert_java_numbers_without_a_switch_are_dropped() {
    let text = |number| {
        format!(
            r#"{{"apnsConfig":{{"backgroundNotification":{number},"badgeMode":{number},"iOSPushType":{number}}},"harmonyConfig":{{"badgeMode":{number}}},"pushFlag":{number}}}"#
        )
    };
    for number in [0, 1] {
        let java: JavaPushInfo<'_> = read(&text(number));
        let web = java.to_web(&mut []).unwrap();
        assert!(web.dropped.is_empty(), "{}", web.dropped);
        let (web, on) = (web.value, Some(number == 1));
        assert_eq!((web.disable_push, web.ignore_ios_badge, web.ignore_harmony_badge), (on, on, on));
        assert_eq!(web.enable_ios_background_notification, on);
        assert_eq!(web.to_java().value, java);
    }
    let java: JavaPushInfo<'_> = read(&text(2));
    let names =
        ["pushFlag", "apnsConfig.badgeMode", "apnsConfig.backgroundNotification", "harmonyConfig.badgeMode"];
    assert!(java.to_web(&mut []).unwrap().dropped.iter().eq(names));
    assert!(java.to_settings(&mut []).unwrap().dropped.iter().eq(names[1..].iter().copied()));
}

#[test]
fn convert_java_text_for_one_system_that_differs_is_dropped() {
    let dropped = |common: &str, own: &str| {
        let java: JavaPushInfo<'_> = read(&format!(
            r#"{{"androidConfig":{{"description":"{own}"}},"apnsConfig":{{"description":"{own}"}},"description":"{common}","harmonyConfig":{{"description":"{own}"}}}}"#
        ));
        java.to_settings(&mut []).unwrap().dropped
    };
    assert!(dropped("a", "a").is_empty() && dropped("a", "").is_empty());
    let names = ["apnsConfig.description", "androidConfig.description", "harmonyConfig.description"];
    assert!(dropped("a", "b").iter().eq(names) && dropped("", "b").iter().eq(names));
}

#[test]
fn convert_java_bytes_that_are_not_text_stay_and_have_no_json() {
    let java: JavaPushInfo<'_> = read(r#"{"extension":[-1,0]}"#);
    let settings = java.to_settings(room()).unwrap().value;
    assert_eq!(settings.ext.unwrap().as_bytes(), [0xff, 0]);
    assert_eq!(
        json::to_slice(&settings, &mut [0; 64]),
        Err(json::EncodeError::NotUtf8 { field: "offline_push_config_ext" })
    );
    assert_eq!(settings.to_java().value, java);
}

#[test]
fn with_source_names_another_form() {
    let dropped = |text: &'static str| read::<WebPushInfo<'_>>(text).to_settings().with_source(text).dropped;
    for (text, other) in [
        (r#"{"androidConfig":{},"pushFlag":1,"title":"a"}"#, Some(Form::Java)),
        (r#"{"desc":"a","androidConfig":{}}"#, Some(Form::Java)),
        (r#"{"messageOfflinePushInfo":{}}"#, Some(Form::JavaWrapper)),
        (r#"{"PushFlag":1}"#, Some(Form::Info)),
        (r#"{"offline_push_config_flag":1}"#, Some(Form::Settings)),
        // The web form has all of these members.
        (r#"{"pushFlag":1,"title":"a","description":"b"}"#, None),
        (r#"{"title":"a"}"#, None),
    ] {
        let dropped = dropped(text);
        assert_eq!(dropped.other_form(), other, "{text}");
        let line = other.map(|form| format!("members of {form}"));
        assert!(dropped.iter().eq(line.as_deref()), "{text} {dropped}");
        assert_eq!((dropped.len(), dropped.is_empty()), (line.iter().count(), other.is_none()));
    }
    let dropped = dropped(r#"{"noPush":1,"androidConfig":{}}"#);
    assert_eq!(dropped.to_string(), "unknown member about push, members of tim.java");
}

fn params(text: &str) -> (AndroidInfo<'_>, String) {
    let mut android = AndroidInfo::EMPTY;
    let mut dropped = Dropped::nothing(Form::Web);
    vendor_params::read(text, &mut android, &mut dropped, Vec::leak(vec![0; text.len()])).unwrap();
    (android, dropped.to_string())
}

#[test]
fn with_source_reports_unknown_members_about_push() {
    let names = |text: &'static str| unknown_switches::<WebPushInfo<'_>>(text).collect::<Vec<_>>();
    assert_eq!(
        names(
            r#"{"NoPush":1,"p":1,"ppush":1,"DISABLED":0,"disdisable":[],"x\u0070ush":{},"pus-h":1,"disablePush":true,
            "isDisablePush":true,"pushFlag":0,"disableVoipPush":true,"iOSPushType":1,"disabl":1,"other":{"noPush":1}}"#
        ),
        ["NoPush", "ppush", "DISABLED", "disdisable", r"x\u0070ush"]
    );
    assert!(names("[]").is_empty() && names("").is_empty() && names(r#"{"push":1"#).is_empty());

    let text = r#"{"desc":"a","description":"b","noPush":{}}"#;
    let web: WebPushInfo<'_> = read(text);
    let dropped = web.to_settings().with_source(text).dropped;
    assert!(dropped.iter().eq(["desc", Dropped::UNKNOWN_SWITCH]));
    assert!(dropped.contains(Dropped::UNKNOWN_SWITCH) && dropped.len() == 2 && !dropped.is_empty());
    assert!(!web.to_settings().dropped.contains(Dropped::UNKNOWN_SWITCH));
    let info: OfflinePushInfo<'_> = read("{}");
    let dropped = |text| info.to_web(&mut []).unwrap().with_source(text).dropped.to_string();
    assert_eq!(dropped(r#"{"NoPushFlag":1}"#), Dropped::UNKNOWN_SWITCH);
    assert_eq!(dropped(r#"{"PushFlag":1,"PushTemplateId":"1"}"#), "nothing dropped");
    let settings = OfflinePushSettings::new().to_web();
    assert!(settings.with_source(r#"{"offline_push_config_flag":1}"#).dropped.is_empty());
}

#[test]
fn vendor_params_that_are_wrong_leave_the_others() {
    for (text, notify_type, dropped) in [
        (r#"{"vivoNotifyType":2}"#, Some("2"), "nothing dropped"),
        (r#"{"vivoNotifyType":"-2147483648"}"#, Some("-2147483648"), "nothing dropped"),
        (r#"{"\u0076ivoNotifyType":2,"fcmPriority":null}"#, Some("2"), "nothing dropped"),
        (r#"{"fcmPriority":1,"vivoNotifyType":2,"new":[]}"#, Some("2"), "fcmPriority, vendorParams"),
        (r#"{"vivoNotifyType":2,"vivoNotifyType":3}"#, None, "vivoNotifyType"),
        (r#"{"vivoNotifyType":"ring"}"#, None, "vivoNotifyType"),
        (r#"{"vivoNotifyType":2.0}"#, None, "vivoNotifyType"),
        (r#"{"vivoNotifyType":"2e0"}"#, None, "vivoNotifyType"),
        (r#"{"vivoNotifyType":"\u0032"}"#, None, "vivoNotifyType"),
        (r#"{"vivoNotifyType":2,}"#, None, "vendorParams"),
        ("[2]", None, "vendorParams"),
        (" {} ", None, "nothing dropped"),
        (r#"{"oppoTitleParam":"","fcmPriority":"","oppoTemplateId":""}"#, None, "nothing dropped"),
        (r#"{"oppoTitleParam":"{","oppoContentParam":[1]}"#, None, "oppoTitleParam, oppoContentParam"),
        (r#"{"oppoTemplateId":true,"oppoContentParam":"[]"}"#, None, "oppoTemplateId, oppoContentParam"),
    ] {
        let (android, names) = params(text);
        assert_eq!((android.vivo_notify_type, names.as_str()), (notify_type, dropped), "{text}");
    }
}

#[test]
fn vendor_params_of_oppo_become_objects() {
    let object = Raw::new(r#"{"title":"a\"\u6807"}"#).ok();
    for text in [
        r#"{"oppoTitleParam": {"title":"a\"\u6807"} }"#,
        r#"{"oppoTitleParam":"{\"title\":\"a\\\"\\u6807\"}"}"#,
        r#"{"oppoTitleParam":" \u007b\"title\":\"a\\\"\\u6807\"}\n"}"#,
    ] {
        let (android, dropped) = params(text);
        assert_eq!(
            (android.oppo_private_title_parameters, dropped.as_str()),
            (object, "nothing dropped"),
            "{text}"
        );
    }
    assert_eq!(params(r#"{"oppoContentParam":"{}"}"#).0.oppo_private_content_parameters, Raw::new("{}").ok());
}

#[test]
fn convert_short_scratch_gives_the_length_needed() {
    let text = r#"{"fcmPriority":"\u0068igh","oppoTitleParam":"{\"k\":\"v\"}"}"#;
    let mut settings = OfflinePushSettings::new();
    settings.vendor_params = Some(text);
    let full = BufferFull { needed: text.len() };
    for length in 0..text.len() {
        let mut scratch = vec![0; length];
        match settings.to_info(&mut scratch) {
            Err(error) => assert_eq!((error, length < 13), (full, true), "{length}"),
            Ok(info) => assert!(length >= 13 && info.dropped.is_empty(), "{length}"),
        }
    }

    let java = r#"{"extension":[-27,-91,-67],"vendorParams":"{\"fcmPriority\":\"\\u0068igh\"}"}"#;
    let java: JavaPushInfo<'_> = read(java);
    let needed = 3 + java.vendor_params.unwrap().len();
    for length in 0..needed {
        let mut scratch = vec![0; length];
        match java.to_info(&mut scratch) {
            Err(error) => assert_eq!((error, length < 3 + 4), (BufferFull { needed }, true), "{length}"),
            Ok(info) => assert!(length >= 3 + 4 && info.dropped.is_empty(), "{length}"),
        }
        let mut scratch = vec![0; length];
        let settings = java.to_settings(&mut scratch).map(|settings| settings.dropped.is_empty());
        assert_eq!(settings, if length < 3 { Err(BufferFull { needed: 3 }) } else { Ok(true) });
    }

    let info = r#"{"AndroidInfo":{"VIVONotifyType":"2","OPPOPrivateTitleParameters":{"k":"v"}}}"#;
    let info: OfflinePushInfo<'_> = read(info);
    let expected = r#"{"vivoNotifyType":2,"oppoTitleParam":{"k":"v"}}"#;
    let mut scratch = [0; 64];
    let full = Err(BufferFull { needed: expected.len() });
    assert_eq!(info.to_settings(&mut scratch[..expected.len() - 1]).map(|_| ()), full);
    let settings = info.to_settings(&mut scratch[..expected.len()]).unwrap();
    assert_eq!(settings.value.vendor_params, Some(expected));
}

#[test]
fn dropped_lists_its_fields() {
    let mut dropped = Dropped::nothing(Form::Info);
    assert_eq!(
        (dropped.is_empty(), dropped.len(), dropped.to_string().as_str()),
        (true, 0, "nothing dropped")
    );
    dropped.add(Field::BadgeSet);
    dropped.add_if(false, Field::Title);
    dropped.add(Field::IosTitle);
    dropped.add(Field::IosTitle);
    assert_eq!((dropped.is_empty(), dropped.len()), (false, 2));
    assert_eq!(dropped.to_string(), "ApnsInfo.Title, BadgeSetNum");
    assert!(dropped.contains("BadgeSetNum") && !dropped.contains("Title") && !dropped.contains(""));
    assert!(dropped.into_iter().eq(["ApnsInfo.Title", "BadgeSetNum"]));
    let mut names = vec![];
    for name in &dropped {
        names.push(name);
    }
    assert_eq!(names, ["ApnsInfo.Title", "BadgeSetNum"]);
}

#[test]
fn to_info_oppo_level_without_effect_is_left_out() {
    for (level, category, kept) in [
        (0, None, false),
        (0, Some("IM"), false),
        (2, None, false),
        (2, Some(""), false),
        (2, Some("IM"), true),
    ] {
        let mut android = AndroidPushSettings::new();
        (android.oppo_notify_level, android.oppo_category) = (Some(OppoNotifyLevel::new(level)), category);
        android.sound = Some("shake");
        let mut settings = OfflinePushSettings::new();
        settings.android = Some(android);
        let Converted { value: info, dropped } = settings.to_info(&mut []).unwrap();
        assert_eq!(info.check(), Ok(()), "{level} {category:?}");
        let android = info.android_info.unwrap();
        assert_eq!(
            (android.oppo_notify_level.is_some(), dropped.is_empty()),
            (kept, true),
            "{level} {category:?}"
        );
    }
}
