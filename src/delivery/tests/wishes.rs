//! What becomes of a sender's wishes, field by field, whichever API said them.

use std::string::{String, ToString};

use super::{certificate, composed, settings, token};
use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::delivery::{ComposeError, Composed, NoPush, Report, SCRATCH_LEN, Wishes, compose};
use crate::ext::Ext;
use crate::json::{self, List, Raw};
use crate::tim::{
    AndroidInfo, AndroidPushSettings, HarmonyPushSettings, IosPushSettings, LanguageContent, OfflinePushInfo,
    OfflinePushSettings, PushFlag,
};
use crate::vivo::{Classification, NotifyType};

fn info<'a>() -> OfflinePushInfo<'a> {
    let mut info = OfflinePushInfo::new();
    info.title = Some("title");
    info.desc = Some("description");
    info
}

fn from_info<'a>(info: &OfflinePushInfo<'a>, scratch: &'a mut [u8]) -> Result<Composed<'a>, ComposeError> {
    compose(info, &token(), &certificate(ClickAction::default()), "request-1", scratch)
}

/// The number that goes to vivo with these `vendorParams`, and the report.
fn with_vendor_params(params: &str) -> Result<(Option<i32>, String), ComposeError> {
    let mut settings = settings();
    settings.vendor_params = Some(params);
    composed(&settings, &mut [])
        .map(|push| (push.notification.notify_type.map(NotifyType::get), push.report.to_string()))
}

/// The same with a `VIVONotifyType`, as the REST API has it.
fn with_info_notify_type(json: &str) -> Result<(Option<i32>, String), ComposeError> {
    let json = std::format!(r#"{{"Title":"t","Desc":"d","AndroidInfo":{{"VIVONotifyType":{json}}}}}"#);
    let info: OfflinePushInfo<'_> = json::from_str(&json).unwrap();
    from_info(&info, &mut [])
        .map(|push| (push.notification.notify_type.map(NotifyType::get), push.report.to_string()))
}

fn as_it_was(number: i32) -> Result<(Option<i32>, String), ComposeError> {
    Ok((Some(number), "sent as it was".into()))
}

#[test]
fn every_field_of_the_rest_api_goes_where_the_table_says() {
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
    assert_eq!(report, Report::default());

    let received = r#"{"Title":"t","Desc":"d","AndroidInfo":{"VIVOClassification":"1","VIVOCategory":"IM"}}"#;
    let info: OfflinePushInfo<'_> = json::from_str(received).unwrap();
    let notification = from_info(&info, &mut []).unwrap().notification;
    assert_eq!((notification.classification, notification.category), (None, Some("IM")));
}

#[test]
fn titles_for_other_phones_are_not_vivos() {
    let mut settings = settings();
    let (mut ios, mut harmony) = (IosPushSettings::new(), HarmonyPushSettings::new());
    (ios.title, ios.sound) = (Some("apns title"), Some("apns.mp3"));
    harmony.title = Some("harmony title");
    (settings.ios, settings.harmony) = (Some(ios), Some(harmony));
    let composed = composed(&settings, &mut []).unwrap();
    assert_eq!((composed.notification.title, composed.report.is_empty()), ("title", true));
}

#[test]
fn vivo_notify_type_is_a_number_of_the_vendor_parameters() {
    for number in 1..=4 {
        assert_eq!(with_vendor_params(&std::format!(r#"{{"vivoNotifyType":{number}}}"#)), as_it_was(number));
        assert_eq!(
            with_vendor_params(&std::format!(r#"{{"vivoNotifyType":"{number}"}}"#)),
            as_it_was(number)
        );
    }
    for nothing in ["{}", "", " ", r#"{"vivoNotifyType":null}"#, r#"{"fcmPriority":"high"}"#] {
        assert_eq!(with_vendor_params(nothing), as_it_was(4), "{nothing}");
    }
}

#[test]
fn vivo_notify_type_is_text_or_a_number_of_the_rest_api() {
    for number in 1..=4 {
        assert_eq!(with_info_notify_type(&number.to_string()), as_it_was(number));
        assert_eq!(with_info_notify_type(&std::format!("\"{number}\"")), as_it_was(number));
    }
    for nothing in ["null", r#""""#, r#"" ""#] {
        assert_eq!(with_info_notify_type(nothing), as_it_was(4), "{nothing}");
    }
}

#[test]
fn a_notify_type_that_vivo_does_not_have_is_refused() {
    let refused = CheckError::new("notifyType", Rule::OutOfRange { min: 1, max: 4 });
    for number in [i32::MIN, -1, 0, 5, i32::MAX] {
        let params = std::format!(r#"{{"vivoNotifyType":{number}}}"#);
        assert_eq!(with_vendor_params(&params), Err(ComposeError::Check(refused)));
        assert_eq!(with_info_notify_type(&std::format!("\"{number}\"")), Err(ComposeError::Check(refused)));
    }
}

#[test]
fn a_notify_type_that_is_no_number_is_refused_by_the_name_it_came_under() {
    let refused = Err(ComposeError::Check(CheckError::new("VIVONotifyType", Rule::UnknownValue)));
    for text in [r#""ring""#, r#""4x""#, r#"" 4""#, r#""2.0""#, r#""99999999999""#] {
        assert_eq!(with_info_notify_type(text), refused, "{text}");
    }
}

#[test]
fn vendor_parameters_that_cannot_be_read_are_reported_and_4_goes_out() {
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

/// The console's and the Java sample's parameters of OPPO hold escapes.
#[test]
fn parameters_of_other_vendors_do_not_stand_in_the_way() {
    for params in [
        r#"{"oppoTitleParam":"{\"title\":\"\\n\"}","vivoNotifyType":2}"#,
        r#"{"vivoNotifyType":2,"oppoContentParam":{"content":"\u4e2d"},"fcmPriority":"urgent"}"#,
        r#"{"new":["\"",{"vivoNotifyType":3}],"vivoNotifyType":2}"#,
        r#"{"\u0076ivoNotifyType":2}"#,
        r#"{"vivoNotifyType":2,"fcmPriority":1,"oppoTemplateId":"a\u003d1"}"#,
    ] {
        assert_eq!(with_vendor_params(params), as_it_was(2), "{params}");
    }
}

#[test]
fn what_the_im_server_alone_can_do_is_reported() {
    let languages = [LanguageContent::new("en", "title", "description")];
    type Set = fn(&mut OfflinePushInfo<'_>);
    let cases: [(Set, &str); 9] = [
        (|_| (), "sent as it was"),
        (|info| info.push_template_id = Some("1400000000-1"), "template dropped"),
        (|info| info.push_template_id = Some(""), "sent as it was"),
        (|info| info.push_template_param = Raw::new("{}").ok(), "sent as it was"),
        (|info| info.multi_language_content = Some(List::from_slice(&[])), "sent as it was"),
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
fn a_sound_is_reported_unless_it_is_blank() {
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
fn every_loss_has_a_word_of_its_own() {
    type Set = fn(&mut Report);
    let losses: [(Set, &str); 9] = [
        (|report| report.title_cut = true, "title cut"),
        (|report| report.content_cut = true, "content cut"),
        (|report| report.default_title = true, "default title"),
        (|report| report.sound_dropped = true, "sound dropped"),
        (|report| report.ext_dropped = true, "ext dropped"),
        (|report| report.vendor_params_dropped = true, "vendor parameters dropped"),
        (|report| report.template_dropped = true, "template dropped"),
        (|report| report.languages_dropped = true, "languages dropped"),
        (|report| report.badge_dropped = true, "badge dropped"),
    ];
    let mut all = Report::default();
    for (set, word) in losses {
        let mut report = Report::default();
        set(&mut report);
        assert_eq!((report.to_string().as_str(), report.is_empty()), (word, false));
        set(&mut all);
    }
    assert_eq!(all.to_string(), losses.map(|(_, word)| word).join(", "));
}

#[test]
fn the_same_wishes_come_of_either_api() {
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

                let wishes = Wishes::from(&settings);
                assert_eq!(wishes, Wishes::from(&info));
                assert_eq!(wishes.disabled, flag == Some(PushFlag::NO_PUSH));
                assert_eq!((wishes.title, wishes.description), (text, text));
                assert_eq!((wishes.ext, wishes.sound), (text.map(Ext::from), text));
                assert_eq!(wishes.category, text);
                assert_eq!(wishes.classification, number.map(Classification::new));
                assert_eq!(wishes.notify_type, number.map(NotifyType::new));
            }
        }
    }
    assert_eq!(Wishes::from(&OfflinePushSettings::new()), Wishes::new());
    assert_eq!(Wishes::from(&OfflinePushInfo::new()), Wishes::default());
}

macro_rules! sample {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../tests/fixtures/tencent/offlinepushinfo_", $name, ".json")))
    };
}

/// As Tencent's pages print them: what goes to vivo, and what is lost. `None` without a description.
#[test]
fn the_published_infos_become_pushes() {
    let samples = [
        (sample!("2019_cn"), Some("sound dropped")),
        (sample!("2019_en"), Some("sound dropped")),
        (sample!("2021_en"), Some("sound dropped")),
        (sample!("2021_jp"), Some("sound dropped")),
        (sample!("2021_ko"), Some("sound dropped")),
        (sample!("2021_zh"), Some("sound dropped")),
        (sample!("2026_marketing_cn"), Some("sound dropped")),
        (sample!("2026_marketing_en"), Some("sound dropped")),
        (sample!("2026_private_en"), Some("sound dropped")),
        (sample!("apns_silent"), None),
        (sample!("apns_voip"), Some("sent as it was")),
        (sample!("live_activity_end"), Some("sent as it was")),
        (sample!("live_activity_update"), Some("sent as it was")),
        (sample!("multilanguage"), Some("languages dropped")),
        (sample!("template_custom"), Some("template dropped")),
        (sample!("template_preset"), Some("template dropped")),
    ];
    for ((name, json), expected) in samples {
        let mut json = json.as_bytes().to_vec();
        let info: OfflinePushInfo<'_> = json::from_slice_in_place(&mut json).unwrap();
        let mut scratch = [0; SCRATCH_LEN];
        let result = from_info(&info, &mut scratch);
        let Some(lost) = expected else {
            assert_eq!(result, Err(ComposeError::NoPush(NoPush::NoContent)), "{name}");
            continue;
        };
        let Composed { notification, report } = result.unwrap();
        assert_eq!((notification.check(), report.to_string().as_str()), (Ok(()), lost), "{name}");
        assert_eq!(Some(notification.title), info.title, "{name}");
        assert_eq!(Some(notification.content), info.desc, "{name}");
        assert_eq!(notification.click_action().unwrap().ext(), info.ext, "{name}");
        let category = info.android_info.as_ref().and_then(|android| android.vivo_category);
        assert_eq!(notification.category, category, "{name}");
        assert_eq!(notification.classification.is_none(), category.is_some(), "{name}");
    }
}

#[test]
fn a_notify_type_that_is_set_afterwards_takes_the_place_of_one_that_cannot_be_read() {
    let mut android = AndroidInfo::new();
    android.vivo_notify_type = Some("ring");
    let mut info = info();
    info.android_info = Some(android);
    let mut settings = settings();
    settings.vendor_params = Some("vivoNotifyType=2");
    for mut wishes in [Wishes::from(&info), Wishes::from(&settings)] {
        wishes.notify_type = Some(NotifyType::VIBRATE);
        let certificate = certificate(ClickAction::default());
        let composed = compose(wishes, &token(), &certificate, "request-1", &mut []).unwrap();
        assert_eq!(composed.notification.notify_type, Some(NotifyType::VIBRATE));
        assert!(composed.report.is_empty(), "{}", composed.report);
    }
}

#[test]
fn white_space_in_front_of_a_text_does_not_crowd_it_out() {
    let blank = " \n".repeat(100);
    let (title, description) = (blank.clone() + "title ", blank + "hello");
    let mut settings = settings();
    (settings.title, settings.description) = (Some(&*title), Some(&*description));
    let composed = composed(&settings, &mut []).unwrap();
    assert_eq!((composed.notification.title, composed.notification.content), ("title ", "hello"));
    assert!(composed.report.is_empty());
}
