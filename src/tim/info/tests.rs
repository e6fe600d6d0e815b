use std::format;
use std::string::String;
use std::vec;

use super::{AndroidInfo, ApnsInfo, HarmonyInfo, LanguageContent, LiveActivity, OfflinePushInfo, Switch};
use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::json::{self, DecodeErrorKind, List, Raw};
use crate::tim::{BadgeMode, MeizuNotifyType, OppoNotifyLevel, PushFlag, PushStyle};
use crate::vivo::{Classification, NotifyType};

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
}

fn encoded(info: &OfflinePushInfo<'_>) -> String {
    let mut buffer = vec![0; json::encoded_len(info)];
    json::to_str(info, &mut buffer).unwrap().into()
}

fn info<'a>(change: impl FnOnce(&mut OfflinePushInfo<'a>)) -> Result<(), CheckError> {
    let mut info = OfflinePushInfo::new();
    change(&mut info);
    info.check()
}

fn android<'a>(change: impl FnOnce(&mut AndroidInfo<'a>)) -> Result<(), CheckError> {
    let mut android = AndroidInfo::new();
    change(&mut android);
    info(|info| info.android_info = Some(android))
}

fn apns<'a>(change: impl FnOnce(&mut ApnsInfo<'a>)) -> Result<(), CheckError> {
    let mut apns = ApnsInfo::new();
    change(&mut apns);
    info(|info| info.apns_info = Some(apns))
}

fn live<'a>(change: impl FnOnce(&mut LiveActivity<'a>)) -> Result<(), CheckError> {
    let mut live = LiveActivity::new("timpush", LiveActivity::UPDATE, Raw::new("{}").unwrap());
    change(&mut live);
    apns(|apns| apns.live_activity = Some(live))
}

fn harmony<'a>(change: impl FnOnce(&mut HarmonyInfo<'a>)) -> Result<(), CheckError> {
    let mut harmony = HarmonyInfo::new();
    change(&mut harmony);
    info(|info| info.harmony_info = Some(harmony))
}

#[test]
fn enabled_unless_the_flag_is_1() {
    let mut info = OfflinePushInfo::default();
    assert!(info.enabled());
    for (flag, enabled) in [(0, true), (1, false), (2, true)] {
        info.push_flag = Some(PushFlag::new(flag));
        assert_eq!(info.enabled(), enabled, "{flag}");
    }
}

#[test]
fn vivo_notify_type_text_or_number_is_written_as_text() {
    for (sent, number) in [(r#""3""#, Some(NotifyType::VIBRATE)), ("3", Some(NotifyType::VIBRATE))] {
        let text = format!(r#"{{"AndroidInfo":{{"VIVONotifyType":{sent}}}}}"#);
        let info: OfflinePushInfo<'_> = json::from_str(&text).unwrap();
        assert_eq!(info.android_info.as_ref().unwrap().notify_type(), number);
        assert_eq!(encoded(&info), r#"{"AndroidInfo":{"VIVONotifyType":"3"}}"#);
    }
    let mut android = AndroidInfo::new();
    for (text, number) in
        [(None, None), (Some(""), None), (Some("ring"), None), (Some("9"), Some(NotifyType::new(9)))]
    {
        android.vivo_notify_type = text;
        assert_eq!(android.notify_type(), number, "{text:?}");
    }
}

#[test]
fn vivo_classification_text_or_number_is_written_as_number() {
    for (sent, class) in [
        ("0", Classification::OPERATIONAL),
        (r#""0""#, Classification::OPERATIONAL),
        (r#""1""#, Classification::SYSTEM),
    ] {
        let text = format!(r#"{{"AndroidInfo":{{"VIVOClassification":{sent}}}}}"#);
        let info: OfflinePushInfo<'_> = json::from_str(&text).unwrap();
        assert_eq!(info.android_info.as_ref().unwrap().vivo_classification, Some(class));
        assert_eq!(encoded(&info), format!(r#"{{"AndroidInfo":{{"VIVOClassification":{}}}}}"#, class.get()));
    }
}

#[test]
fn decode_escapes_are_resolved_in_texts_and_kept_in_raw() {
    let mut received = *br#"{"Title":"\u6807\u9898","MultiLanguageContent":[
        {"Language":"zh\u002dhant","Title":"\ud83d\ude00","Desc":"a\"b"},{"Desc":"\n"}],
        "PushTemplateParam": {"k\u0031":"\u6807"},
        "Ext":"{\"k\":\"\\u6807\"}","ApnsInfo":{"SubTitle":"\/","LiveActivity":
        {"LaId":"\u0061","Event":"end","ContentState": {"s":"\u6807\n"} }}}"#;
    let info: OfflinePushInfo<'_> = json::from_slice_in_place(&mut received).unwrap();
    assert_eq!(info.title, Some("标题"));
    let languages = info.multi_language_content.unwrap();
    let expected = [LanguageContent::new("zh-hant", "😀", "a\"b"), LanguageContent::default().desc("\n")];
    assert!(languages.iter().eq(expected.clone()));
    assert_eq!(languages, List::from_slice(&expected));
    assert_eq!(info.push_template_param.unwrap().as_str(), r#"{"k\u0031":"\u6807"}"#);
    assert_eq!(info.ext.unwrap().as_str(), Some(r#"{"k":"\u6807"}"#));
    let apns = info.apns_info.as_ref().unwrap();
    assert_eq!(apns.sub_title, Some("/"));
    let live = apns.live_activity.as_ref().unwrap();
    assert_eq!((live.la_id, live.content_state.as_str()), ("a", r#"{"s":"\u6807\n"}"#));
    assert_eq!(
        encoded(&info),
        concat!(
            r#"{"Title":"标题","MultiLanguageContent":[{"Language":"zh-hant","Title":"😀","Desc":"a\"b"},"#,
            r#"{"Desc":"\n"}],"PushTemplateParam":{"k\u0031":"\u6807"},"Ext":"{\"k\":\"\\u6807\"}","#,
            r#""ApnsInfo":{"SubTitle":"/","LiveActivity":{"LaId":"a","Event":"end","#,
            r#""ContentState":{"s":"\u6807\n"}}}}"#,
        )
    );
}

#[test]
fn decode_unknown_members_are_ignored_at_each_level() {
    let unknown = r#""XiaoMiNew":{"a":[{"Title":1}]}"#;
    let live = format!(r#""LiveActivity":{{{unknown},"LaId":"a","Event":"end","ContentState":{{}}}}"#);
    let text = format!(
        r#"{{{unknown},"MultiLanguageContent":[{{{unknown}}}],"AndroidInfo":{{{unknown}}},
        "ApnsInfo":{{{unknown},{live}}},"HarmonyInfo":{{{unknown},"Title":"t"}}}}"#
    );
    let info: OfflinePushInfo<'_> = json::from_str(&text).unwrap();
    assert_eq!(
        encoded(&info),
        concat!(
            r#"{"MultiLanguageContent":[{}],"AndroidInfo":{},"#,
            r#""ApnsInfo":{"LiveActivity":{"LaId":"a","Event":"end","ContentState":{}}},"HarmonyInfo":{"Title":"t"}}"#,
        )
    );
}

#[test]
fn decode_empty_objects_and_texts_are_kept() {
    let text =
        r#"{"Title":"","MultiLanguageContent":[],"Ext":"","AndroidInfo":{},"ApnsInfo":{},"HarmonyInfo":{}}"#;
    let info: OfflinePushInfo<'_> = json::from_str(text).unwrap();
    assert_eq!(info.android_info, Some(AndroidInfo::new()));
    assert_eq!(info.apns_info, Some(ApnsInfo::new()));
    assert_eq!(encoded(&info), text);
    assert_eq!(info.check(), Ok(()));
}

#[test]
fn decode_live_activity_names_the_missing_field() {
    for (field, text) in [
        ("LaId", r#"{"ApnsInfo":{"LiveActivity":{"Event":"end","ContentState":{}}}}"#),
        ("Event", r#"{"ApnsInfo":{"LiveActivity":{"LaId":"a","ContentState":{}}}}"#),
        ("ContentState", r#"{"ApnsInfo":{"LiveActivity":{"LaId":"a","Event":"end"}}}"#),
    ] {
        let error = json::from_str::<OfflinePushInfo<'_>>(text).unwrap_err();
        assert_eq!((error.kind(), error.field()), (DecodeErrorKind::MissingField, Some(field)));
    }
}

#[test]
fn check_numbers() {
    fn documented(good: &[i32], check: impl Fn(i32) -> Result<(), CheckError>, field: &'static str) {
        for number in -1..20 {
            let expected = if good.contains(&number) { Ok(()) } else { error(field, Rule::UnknownValue) };
            assert_eq!(check(number), expected, "{field} {number}");
        }
    }
    documented(&[0, 1], |number| info(|info| info.push_flag = Some(PushFlag::new(number))), "PushFlag");
    documented(&[0, 1], |number| android(|it| it.push_style = Some(PushStyle::new(number))), "PushStyle");
    let class = |number| android(|it| it.vivo_classification = Some(Classification::new(number)));
    documented(&[0, 1], class, "VIVOClassification");
    let text = |number: i32| android(|it| it.vivo_notify_type = Some(format!("{number}").leak()));
    documented(&[1, 2, 3, 4], text, "VIVONotifyType");
    let intent = |number| android(|it| it.ext_as_huawei_intent_param = Some(Switch::new(number)));
    documented(&[0, 1], intent, "ExtAsHuaweiIntentParam");
    let meizu = |number| android(|it| it.meizu_notice_msg_type = Some(MeizuNotifyType::new(number)));
    documented(&[0, 1], meizu, "MeiZuNoticeMsgType");
    let level = |number| {
        android(|it| {
            it.oppo_category = Some("IM");
            it.oppo_notify_level = Some(OppoNotifyLevel::new(number));
        })
    };
    documented(&[1, 2, 16], level, "OPPONotifyLevel");
    documented(&[0, 1], |number| apns(|it| it.badge_mode = Some(BadgeMode::new(number))), "BadgeMode");
    documented(&[0, 1], |number| apns(|it| it.mutable_content = Some(Switch::new(number))), "MutableContent");
    let silent = |number| apns(|it| it.content_available = Some(Switch::new(number)));
    documented(&[0, 1], silent, "ContentAvailable");
    documented(&[0, 1], |number| apns(|it| it.is_voip_push = Some(Switch::new(number))), "IsVoipPush");
}

#[test]
fn check_words() {
    type Check = fn(&'static str) -> Result<(), CheckError>;
    let cases: [(&str, Check, &[&str]); 4] = [
        ("HuaWeiImportance", |word| android(|it| it.huawei_importance = Some(word)), &["LOW", "NORMAL"]),
        ("HonorImportance", |word| android(|it| it.honor_importance = Some(word)), &["LOW", "NORMAL"]),
        ("GooglePriority", |word| android(|it| it.google_priority = Some(word)), &["normal", "high"]),
        (
            "InterruptionLevel",
            |word| apns(|it| it.interruption_level = Some(word)),
            &["active", "critical", "passive", "time-sensitive"],
        ),
    ];
    for (field, check, good) in cases {
        for word in
            ["", "LOW", "NORMAL", "normal", "high", "active", "critical", "passive", "time-sensitive", "x"]
        {
            // Empty is absent.
            let holds = word.is_empty() || good.contains(&word);
            let expected = if holds { Ok(()) } else { error(field, Rule::UnknownValue) };
            assert_eq!(check(word), expected, "{field} {word}");
        }
    }
    assert_eq!(android(|it| it.vivo_notify_type = Some("ring")), error("VIVONotifyType", Rule::UnknownValue));
}

#[test]
fn check_badge_ranges() {
    for (number, holds) in [(0, false), (1, true), (99, true), (100, false)] {
        let expected =
            if holds { Ok(()) } else { error("BadgeAddNum", Rule::OutOfRange { min: 1, max: 99 }) };
        assert_eq!(info(|info| info.badge_add_num = Some(number)), expected);
    }
    for (number, holds) in [(0, true), (99, true), (999, true), (1000, false)] {
        let expected =
            if holds { Ok(()) } else { error("BadgeSetNum", Rule::OutOfRange { min: 0, max: 999 }) };
        assert_eq!(info(|info| info.badge_set_num = Some(number)), expected);
    }
}

#[test]
fn check_desc_and_ext_length_and_encoding() {
    let (text, long) = ("中".repeat(1024), "x".repeat(3073));
    let too_long = error("Ext", Rule::TooLong { max: 3072 });
    assert_eq!(info(|info| info.desc = Some(&text)), Ok(()));
    assert_eq!(info(|info| info.desc = Some(&long)), error("Desc", Rule::TooLong { max: 3072 }));
    assert_eq!(info(|info| info.ext = Some(Ext::from(text.as_str()))), Ok(()));
    assert_eq!(info(|info| info.ext = Some(Ext::from(long.as_str()))), too_long);
    let both =
        |ext: &'static str| info(|info| (info.desc, info.ext) = (text.get(..3069), Some(Ext::from(ext))));
    assert_eq!(both("abc"), Ok(()));
    assert_eq!(both("abcd"), too_long);
    assert_eq!(info(|info| info.ext = Some(Ext::new(b"\xff"))), error("Ext", Rule::NotText));
}

#[test]
fn check_parameters_are_objects() {
    type Check = fn(Raw<'static>) -> Result<(), CheckError>;
    let cases: [(&str, Check); 4] = [
        ("PushTemplateParam", |raw| info(|info| info.push_template_param = Some(raw))),
        ("OPPOPrivateTitleParameters", |raw| android(|it| it.oppo_private_title_parameters = Some(raw))),
        ("OPPOPrivateContentParameters", |raw| android(|it| it.oppo_private_content_parameters = Some(raw))),
        ("ContentState", |raw| live(|live| live.content_state = raw)),
    ];
    for (field, check) in cases {
        assert_eq!(check(Raw::new(r#" { "k": "v" } "#).unwrap()), Ok(()));
        for other in ["null", "1", "[{}]", r#""{}""#] {
            assert_eq!(check(Raw::new(other).unwrap()), error(field, Rule::NotObject), "{field} {other}");
        }
    }
}

#[test]
fn check_pictures_are_https_urls() {
    type Check = fn(&'static str) -> Result<(), CheckError>;
    let cases: [(&str, Check); 3] = [
        ("HuaWeiImage", |url| android(|it| it.huawei_image = Some(url))),
        ("HonorImage", |url| android(|it| it.honor_image = Some(url))),
        ("Image", |url| harmony(|it| it.image = Some(url))),
    ];
    for (field, check) in cases {
        for url in ["", "https://example.com/image.png", "HTTPS://example.com"] {
            assert_eq!(check(url), Ok(()), "{field} {url}");
        }
        for url in ["http://example.com/image.png", "www.image.com", "https://", "https:", "é", "https://a b"]
        {
            assert_eq!(check(url), error(field, Rule::NotHttpsUrl), "{field} {url}");
        }
    }
    assert_eq!(android(|it| it.google_image = Some("http://example.com/image.png")), Ok(()));
    assert_eq!(apns(|it| it.image = Some("www.image.com")), Ok(()));
}

#[test]
fn check_oppo_notify_level_requires_a_category() {
    let level = |category: Option<&'static str>| {
        android(|it| (it.oppo_category, it.oppo_notify_level) = (category, Some(OppoNotifyLevel::STRONG)))
    };
    assert_eq!(level(Some("NEWS")), Ok(()));
    for category in [None, Some("")] {
        assert_eq!(level(category), error("OPPOCategory", Rule::Missing));
    }
}

#[test]
fn check_live_activity() {
    let (longest, longer) = ("i".repeat(64), "i".repeat(65));
    assert_eq!(live(|live| live.la_id = &longest), Ok(()));
    assert_eq!(live(|live| live.la_id = &longer), error("LaId", Rule::TooLong { max: 64 }));
    assert_eq!(live(|live| live.la_id = ""), error("LaId", Rule::Missing));
    assert_eq!(live(|live| live.event = "end"), Ok(()));
    assert_eq!(live(|live| live.event = ""), error("Event", Rule::Missing));
    assert_eq!(live(|live| live.event = "start"), error("Event", Rule::UnknownValue));
    let dismissed =
        |event: &'static str| live(|live| (live.event, live.dismissal_date) = (event, Some(1_739_502_750)));
    assert_eq!(dismissed("end"), Ok(()));
    assert_eq!(dismissed("update"), error("DismissalDate", Rule::Conflict { with: "Event" }));
}

#[test]
fn check_sound_duration_requires_a_sound() {
    let lasting = |sound: Option<&'static str>, seconds| {
        harmony(|it| (it.sound, it.sound_duration) = (sound, Some(seconds)))
    };
    for (seconds, holds) in [(0, false), (1, true), (60, true), (61, false)] {
        let expected =
            if holds { Ok(()) } else { error("SoundDuration", Rule::OutOfRange { min: 1, max: 60 }) };
        assert_eq!(lasting(Some("alert.mp3"), seconds), expected);
    }
    for sound in [None, Some("")] {
        assert_eq!(lasting(sound, 30), error("Sound", Rule::Missing));
    }
}
