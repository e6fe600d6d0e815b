use std::format;

use super::{AndroidInfo, ApnsInfo, HarmonyInfo, LiveActivity, OfflinePushInfo, Switch};
use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::json::Raw;
use crate::tim::{BadgeMode, MeizuNotifyType, OppoNotifyLevel, PushFlag, PushStyle};
use crate::vivo::{Classification, NotifyType};

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
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
fn notify_type_of_text() {
    let mut android = AndroidInfo::new();
    for (text, number) in
        [(None, None), (Some(""), None), (Some("ring"), None), (Some("9"), Some(NotifyType::new(9)))]
    {
        android.vivo_notify_type = text;
        assert_eq!(android.notify_type(), number, "{text:?}");
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
fn check_ranges() {
    type Check = fn(u32) -> Result<(), CheckError>;
    let lasting: Check =
        |seconds| harmony(|it| (it.sound, it.sound_duration) = (Some("alert.mp3"), Some(seconds)));
    let cases: [(&str, Check, i64, i64); 3] = [
        ("BadgeAddNum", |number| info(|info| info.badge_add_num = Some(number)), 1, 99),
        ("BadgeSetNum", |number| info(|info| info.badge_set_num = Some(number)), 0, 999),
        ("SoundDuration", lasting, 1, 60),
    ];
    for (field, check, min, max) in cases {
        for number in [min - 1, min, max, max + 1].into_iter().filter(|number| *number >= 0) {
            let holds = (min..=max).contains(&number);
            let expected = if holds { Ok(()) } else { error(field, Rule::OutOfRange { min, max }) };
            assert_eq!(check(number as u32), expected, "{field} {number}");
        }
    }
    for sound in [None, Some("")] {
        let lasting = harmony(|it| (it.sound, it.sound_duration) = (sound, Some(30)));
        assert_eq!(lasting, error("Sound", Rule::Missing));
    }
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
