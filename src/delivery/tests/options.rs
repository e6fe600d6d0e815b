//! Tests of `PushOptions`, from each API to the push.

use std::string::{String, ToString};

use super::{certificate, composed, settings, token};
use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::delivery::{
    ComposeError, ComposeReport, Composed, DEFAULT_CONTENT, DEFAULT_TITLE, PushOptions, SCRATCH_LEN, compose,
};
use crate::ext::Ext;
use crate::json::{self, List, Raw};
use crate::tim::{
    AndroidInfo, AndroidPushSettings, HarmonyPushSettings, IosPushSettings, LanguageContent, OfflinePushInfo,
    OfflinePushSettings, PushFlag,
};
use crate::vivo::{Classification, NotifyType};

fn info<'a>() -> OfflinePushInfo<'a> {
    OfflinePushInfo::new().title("title").desc("description")
}

fn from_info<'a>(info: &OfflinePushInfo<'a>, scratch: &'a mut [u8]) -> Result<Composed<'a>, ComposeError> {
    compose(info, &token(), &certificate(ClickAction::default()), "request-1", scratch)
}

/// The `notifyType` for vivo with these `vendorParams`, and the report.
fn with_vendor_params(params: &str) -> Result<(Option<i32>, String), ComposeError> {
    composed(&settings().vendor_params(params), &mut [])
        .map(|push| (push.notification.notify_type.map(NotifyType::get), push.report.to_string()))
}

/// The same with a `VIVONotifyType` of the REST API.
fn with_info_notify_type(json: &str) -> Result<(Option<i32>, String), ComposeError> {
    let json = std::format!(r#"{{"Title":"t","Desc":"d","AndroidInfo":{{"VIVONotifyType":{json}}}}}"#);
    let info: OfflinePushInfo<'_> = json::from_str(&json).unwrap();
    from_info(&info, &mut [])
        .map(|push| (push.notification.notify_type.map(NotifyType::get), push.report.to_string()))
}

fn unchanged(number: i32) -> Result<(Option<i32>, String), ComposeError> {
    Ok((Some(number), "unchanged".into()))
}

#[test]
fn compose_maps_every_field_of_the_rest_api() {
    let received = r#"{"Title":"标题","Desc":"内容","Ext":"ext content","PushFlag":0,
        "AndroidInfo":{"VIVOClassification":0,"VIVONotifyType":"2"}}"#;
    let info: OfflinePushInfo<'_> = json::from_str(received).unwrap();
    let Composed { notification, report } = from_info(&info, &mut []).unwrap();
    assert_eq!((notification.title, notification.content), ("标题", "内容"));
    assert_eq!(notification.notify_type, Some(NotifyType::RING));
    assert_eq!(
        (notification.classification, notification.category),
        (Some(Classification::OPERATIONAL), None)
    );
    assert_eq!(notification.client_custom_map.unwrap().text("ext"), Some("ext content"));
    assert_eq!((notification.app_id, notification.reg_id), (Some(11178), Some(token().token)));
    assert_eq!(notification.request_id, "request-1");
    assert_eq!(report, ComposeReport::default());

    let received = r#"{"Title":"t","Desc":"d","AndroidInfo":{"VIVOClassification":"1","VIVOCategory":"IM"}}"#;
    let info: OfflinePushInfo<'_> = json::from_str(received).unwrap();
    let notification = from_info(&info, &mut []).unwrap().notification;
    assert_eq!((notification.classification, notification.category), (None, Some("IM")));
}

#[test]
fn compose_ignores_titles_for_other_phones() {
    let mut settings = settings();
    let (mut ios, mut harmony) = (IosPushSettings::new(), HarmonyPushSettings::new());
    (ios.title, ios.sound) = (Some("apns title"), Some("apns.mp3"));
    harmony.title = Some("harmony title");
    (settings.ios, settings.harmony) = (Some(ios), Some(harmony));
    let composed = composed(&settings, &mut []).unwrap();
    assert_eq!((composed.notification.title, composed.report.is_empty()), ("title", true));
}

#[test]
fn notify_type_is_read_from_vendor_params() {
    for number in 1..=4 {
        assert_eq!(with_vendor_params(&std::format!(r#"{{"vivoNotifyType":{number}}}"#)), unchanged(number));
        assert_eq!(
            with_vendor_params(&std::format!(r#"{{"vivoNotifyType":"{number}"}}"#)),
            unchanged(number)
        );
    }
    for nothing in ["{}", "", " ", r#"{"vivoNotifyType":null}"#, r#"{"fcmPriority":"high"}"#] {
        assert_eq!(with_vendor_params(nothing), unchanged(4), "{nothing}");
    }
}

#[test]
fn notify_type_is_read_from_the_rest_api() {
    for number in 1..=4 {
        assert_eq!(with_info_notify_type(&number.to_string()), unchanged(number));
        assert_eq!(with_info_notify_type(&std::format!("\"{number}\"")), unchanged(number));
    }
    for nothing in ["null", r#""""#, r#"" ""#] {
        assert_eq!(with_info_notify_type(nothing), unchanged(4), "{nothing}");
    }
}

#[test]
fn notify_type_out_of_range_is_refused() {
    let refused = CheckError::new("notifyType", Rule::OutOfRange { min: 1, max: 4 });
    for number in [i32::MIN, -1, 0, 5, i32::MAX] {
        let params = std::format!(r#"{{"vivoNotifyType":{number}}}"#);
        assert_eq!(with_vendor_params(&params), Err(ComposeError::Check(refused)));
        assert_eq!(with_info_notify_type(&std::format!("\"{number}\"")), Err(ComposeError::Check(refused)));
    }
}

#[test]
fn notify_type_unreadable_in_the_rest_api_is_refused() {
    let refused = Err(ComposeError::Check(CheckError::new("VIVONotifyType", Rule::UnknownValue)));
    for text in [r#""ring""#, r#""4x""#, r#"" 4""#, r#""2.0""#, r#""99999999999""#] {
        assert_eq!(with_info_notify_type(text), refused, "{text}");
    }
}

#[test]
fn notify_type_unreadable_vendor_params_are_dropped() {
    let reported = Ok((Some(4), String::from("vendor parameters dropped")));
    for params in [
        "vivoNotifyType=2",
        "[]",
        "2",
        r#"{"vivoNotifyType":2"#,
        r#"{"vivoNotifyType":"ring"}"#,
        r#"{"vivoNotifyType":2.5}"#,
        r#"{"vivoNotifyType":{}}"#,
        r#"{"vivoNotifyType":2,"vivoNotifyType":2}"#,
    ] {
        assert_eq!(with_vendor_params(params), reported, "{params}");
    }
}

/// The console's and the Java sample's parameters for OPPO contain escapes.
#[test]
fn notify_type_is_read_beside_other_vendor_params() {
    for params in [
        r#"{"oppoTitleParam":"{\"title\":\"\\n\"}","vivoNotifyType":2}"#,
        r#"{"vivoNotifyType":2,"oppoContentParam":{"content":"\u4e2d"},"fcmPriority":"urgent"}"#,
        r#"{"new":["\"",{"vivoNotifyType":3}],"vivoNotifyType":2}"#,
        r#"{"\u0076ivoNotifyType":2}"#,
        r#"{"vivoNotifyType":2,"fcmPriority":1,"oppoTemplateId":"a\u003d1"}"#,
    ] {
        assert_eq!(with_vendor_params(params), unchanged(2), "{params}");
    }
}

#[test]
fn compose_reports_what_only_the_im_server_can_do() {
    let languages = [LanguageContent::new("en", "title", "description")];
    type Set = fn(&mut OfflinePushInfo<'_>);
    let cases: [(Set, &str); 9] = [
        (|_| (), "unchanged"),
        (|info| info.push_template_id = Some("1400000000-1"), "template dropped"),
        (|info| info.push_template_id = Some(""), "unchanged"),
        (|info| info.push_template_param = Raw::new("{}").ok(), "unchanged"),
        (|info| info.multi_language_content = Some(List::from_slice(&[])), "unchanged"),
        (|info| info.badge_add_num = Some(1), "badge dropped"),
        (|info| info.badge_set_num = Some(0), "badge dropped"),
        (|info| (info.badge_add_num, info.badge_set_num) = (Some(1), Some(1)), "badge dropped"),
        (|info| (info.title, info.badge_add_num) = (None, Some(1)), "default title, badge dropped"),
    ];
    for (at, (set, expected)) in cases.into_iter().enumerate() {
        let mut info = info();
        set(&mut info);
        assert_eq!(from_info(&info, &mut []).unwrap().report.to_string(), expected, "case {at}");
    }
    let mut info = info();
    info.multi_language_content = Some(List::from_slice(&languages));
    assert_eq!(from_info(&info, &mut []).unwrap().report.to_string(), "languages dropped");
}

#[test]
fn compose_reports_a_sound_unless_blank() {
    for (sound, expected) in
        [(None, false), (Some(""), false), (Some(" "), false), (Some("android.mp3"), true)]
    {
        let (mut info, mut settings) = (info(), settings());
        let (mut in_info, mut in_settings) = (AndroidInfo::new(), AndroidPushSettings::new());
        (in_info.sound, in_settings.sound) = (sound, sound);
        (info.android_info, settings.android) = (Some(in_info), Some(in_settings));
        assert_eq!(from_info(&info, &mut []).unwrap().report.sound_dropped, expected);
        assert_eq!(composed(&settings, &mut []).unwrap().report.sound_dropped, expected);
    }
}

#[test]
fn options_of_settings_and_info_are_equal() {
    for flag in [None, Some(PushFlag::DEFAULT), Some(PushFlag::NO_PUSH)] {
        for text in [None, Some(""), Some("text")] {
            for number in [None, Some(1), Some(3)] {
                let params = number.map(|number| std::format!(r#"{{"vivoNotifyType":{number}}}"#));
                let written = number.map(|number| number.to_string());

                let mut settings = OfflinePushSettings::new();
                let mut android = AndroidPushSettings::new();
                (settings.flag, settings.title, settings.description) = (flag, text, text);
                settings.ext = text.map(Ext::from);
                (android.sound, android.vivo_category) = (text, text);
                android.vivo_classification = number.map(Classification::new);
                settings.vendor_params = params.as_deref();
                settings.android = Some(android);

                let mut info = OfflinePushInfo::new();
                let mut android = AndroidInfo::new();
                (info.push_flag, info.title, info.desc) = (flag, text, text);
                info.ext = text.map(Ext::from);
                (android.sound, android.vivo_category) = (text, text);
                android.vivo_classification = number.map(Classification::new);
                android.vivo_notify_type = written.as_deref();
                info.android_info = Some(android);

                let options = PushOptions::from(&settings);
                assert_eq!(options, PushOptions::from(&info));
                assert_eq!(options.disabled, flag == Some(PushFlag::NO_PUSH));
                assert_eq!((options.title, options.description), (text, text));
                assert_eq!((options.ext, options.sound), (text.map(Ext::from), text));
                assert_eq!(options.category, text);
                assert_eq!(options.classification, number.map(Classification::new));
                assert_eq!(options.notify_type, number.map(NotifyType::new));
            }
        }
    }
    assert_eq!(PushOptions::from(&OfflinePushSettings::new()), PushOptions::new());
    assert_eq!(PushOptions::from(&OfflinePushInfo::new()), PushOptions::default());
}

macro_rules! sample {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../tests/fixtures/tencent/offlinepushinfo_", $name, ".json")))
    };
}

/// The samples of Tencent's pages, and the report.
#[test]
fn compose_published_infos() {
    let samples = [
        (sample!("2019_cn"), "sound dropped"),
        (sample!("2019_en"), "sound dropped"),
        (sample!("2021_en"), "sound dropped"),
        (sample!("2021_jp"), "sound dropped"),
        (sample!("2021_ko"), "sound dropped"),
        (sample!("2021_zh"), "sound dropped"),
        (sample!("2026_marketing_cn"), "sound dropped"),
        (sample!("2026_marketing_en"), "sound dropped"),
        (sample!("2026_private_en"), "sound dropped"),
        (sample!("apns_silent"), "default title, default content"),
        (sample!("apns_voip"), "unchanged"),
        (sample!("live_activity_end"), "unchanged"),
        (sample!("live_activity_update"), "unchanged"),
        (sample!("multilanguage"), "languages dropped"),
        (sample!("template_custom"), "template dropped"),
        (sample!("template_preset"), "template dropped"),
    ];
    for ((name, json), expected) in samples {
        let mut json = json.as_bytes().to_vec();
        let info: OfflinePushInfo<'_> = json::from_slice_in_place(&mut json).unwrap();
        let mut scratch = [0; SCRATCH_LEN];
        let Composed { notification, report } = from_info(&info, &mut scratch).unwrap();
        assert_eq!((notification.check(), report.to_string().as_str()), (Ok(()), expected), "{name}");
        assert_eq!(notification.title, info.title.unwrap_or(DEFAULT_TITLE), "{name}");
        assert_eq!(notification.content, info.desc.unwrap_or(DEFAULT_CONTENT), "{name}");
        assert_eq!(notification.click_action().unwrap().ext(), info.ext, "{name}");
        let category = info.android_info.as_ref().and_then(|android| android.vivo_category);
        assert_eq!(notification.category, category, "{name}");
        assert_eq!(notification.classification.is_none(), category.is_some(), "{name}");
    }
}

#[test]
fn notify_type_set_afterwards_replaces_an_unreadable_one() {
    let mut android = AndroidInfo::new();
    android.vivo_notify_type = Some("ring");
    let mut info = info();
    info.android_info = Some(android);
    let settings = settings().vendor_params("vivoNotifyType=2");
    for options in [PushOptions::from(&info), PushOptions::from(&settings)] {
        let options = options.notify_type(NotifyType::VIBRATE);
        let certificate = certificate(ClickAction::default());
        let composed = compose(options, &token(), &certificate, "request-1", &mut []).unwrap();
        assert_eq!(composed.notification.notify_type, Some(NotifyType::VIBRATE));
        assert!(composed.report.is_empty(), "{}", composed.report);
    }
}

#[test]
fn compose_removes_leading_white_space() {
    let blank = " \n".repeat(100);
    let (title, description) = (blank.clone() + "title ", blank + "hello");
    let mut settings = settings();
    (settings.title, settings.description) = (Some(&*title), Some(&*description));
    let composed = composed(&settings, &mut []).unwrap();
    assert_eq!((composed.notification.title, composed.notification.content), ("title ", "hello"));
    assert!(composed.report.is_empty());
}
