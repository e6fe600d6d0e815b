use std::string::ToString;

use super::{WebAndroidInfo, WebApnsInfo, WebPushInfo};
use crate::check::{CheckError, Rule};
use crate::delivery::PushOptions;
use crate::ext::Ext;
use crate::json;
use crate::tim::{IosPushType, MeizuNotifyType, OppoNotifyLevel, PushFlag};
use crate::vivo::Classification;

fn web<'a>(change: impl FnOnce(&mut WebPushInfo<'a>)) -> Result<(), CheckError> {
    let mut web = WebPushInfo::default();
    change(&mut web);
    web.check()
}

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
}

#[test]
fn flat_empty_text_counts_as_absent() {
    for (flutter, web_sdk, expected) in [
        (None, None, None),
        (Some("flutter"), None, Some("flutter")),
        (Some("flutter"), Some(""), Some("flutter")),
        (None, Some("web SDK"), Some("web SDK")),
        (Some(""), Some("web SDK"), Some("web SDK")),
        (Some("flutter"), Some("web SDK"), Some("web SDK")),
    ] {
        let mut web = WebPushInfo::new();
        (web.desc, web.description) = (flutter, web_sdk);
        (web.ext, web.extension) = (flutter.map(Ext::from), web_sdk.map(Ext::from));
        let mut apns = WebApnsInfo::default();
        (web.ios_sound, apns.sound) = (flutter, web_sdk);
        web.apns_info = Some(apns);
        let flat = web.flat();
        assert_eq!((flat.desc, flat.ext, flat.ios_sound), (expected, expected.map(Ext::from), expected));
        let both = flutter == Some("flutter") && web_sdk == Some("web SDK");
        let overridden = if both { "desc, ext, iOSSound" } else { "nothing dropped" };
        assert_eq!(web.overridden().to_string(), overridden);
    }
}

/// Each member of `androidInfo` and `apnsInfo`, and its name in Flutter's spelling.
#[test]
fn flat_and_nested_are_inverse() {
    let nested = r#"{"title":"t","androidOPPOCategory":"c","description":"d","extension":"e","disableVoipPush":false,
        "androidInfo":{"sound":"1","XiaoMiChannelID":"2","OPPOChannelID":"3","FCMChannelID":"4","VIVOClassification":5,
        "VIVOCategory":"6","HuaWeiCategory":"7","HuaWeiImage":"8","HonorImage":"9","GoogleImage":"10"},
        "apnsInfo":{"sound":"11","ignoreIOSBadge":true,"image":"12"}}"#;
    let flat = r#"{"title":"t","desc":"d","ext":"e","iOSSound":"11","ignoreIOSBadge":true,"iOSImage":"12","iOSPushType":1,
        "androidSound":"1","androidOPPOChannelID":"3","androidOPPOCategory":"c","androidVIVOCategory":"6",
        "androidVIVOClassification":5,"androidFCMChannelID":"4","androidFCMImage":"10","androidXiaoMiChannelID":"2",
        "androidHuaWeiCategory":"7","androidHuaWeiImage":"8","androidHonorImage":"9"}"#;
    let (nested, flat): (WebPushInfo<'_>, WebPushInfo<'_>) =
        (json::from_str(nested).unwrap(), json::from_str(flat).unwrap());
    assert_eq!(nested.flat(), flat);
    assert_eq!(flat.nested(), nested);
    assert_eq!((flat.flat(), nested.nested()), (flat, nested));
    assert_eq!((WebPushInfo::new().flat(), WebPushInfo::new().nested()), Default::default());
}

#[test]
fn flat_push_type_prefers_the_web_sdk_and_its_apns_info() {
    for (inner, outer, push_type, expected, overridden) in [
        (None, None, None, None, "nothing dropped"),
        (None, None, Some(7), Some(7), "nothing dropped"),
        (None, Some(false), None, Some(1), "nothing dropped"),
        (None, Some(true), None, Some(0), "nothing dropped"),
        (None, Some(false), Some(1), Some(1), "nothing dropped"),
        (None, Some(true), Some(1), Some(0), "iOSPushType"),
        (Some(false), Some(true), None, Some(1), "disableVoipPush"),
        (Some(true), None, Some(1), Some(0), "iOSPushType"),
    ] {
        let mut web = WebPushInfo::new();
        let mut apns = WebApnsInfo::new();
        (apns.disable_voip_push, web.disable_voip_push) = (inner, outer);
        web.apns_info = Some(apns);
        web.ios_push_type = push_type.map(IosPushType::new);
        assert_eq!(web.flat().ios_push_type, expected.map(IosPushType::new));
        assert_eq!(web.overridden().to_string(), overridden);
        let nested = web.nested();
        assert_eq!(nested.disable_voip_push, expected.filter(|kind| *kind < 2).map(|kind| kind == 0));
        assert_eq!(nested.ios_push_type, expected.filter(|kind| *kind == 7).map(IosPushType::new));
    }
}

#[test]
fn check_spellings_that_disagree() {
    assert_eq!(
        web(|web| (web.ext, web.extension) = (Some(Ext::from("a")), Some(Ext::from("b")))),
        error("ext", Rule::Conflict { with: "extension" })
    );
    let mut android = WebAndroidInfo::new();
    android.vivo_classification = Some(Classification::SYSTEM);
    let mut both = WebPushInfo::new();
    both.android_info = Some(android);
    both.android_vivo_classification = Some(Classification::SYSTEM);
    assert_eq!(both.check(), Ok(()));
    both.android_vivo_classification = Some(Classification::OPERATIONAL);
    assert_eq!(both.check(), error("androidVIVOClassification", Rule::Conflict { with: "androidInfo" }));
}

#[test]
fn check_values_in_either_spelling() {
    type Check = fn(&'static str) -> Result<(), CheckError>;
    let words: [(&str, Check, &[&str]); 2] = [
        (
            "iOSInterruptionLevel",
            |word| web(|web| web.ios_interruption_level = Some(word)),
            &["active", "critical", "passive", "time-sensitive"],
        ),
        (
            "androidHonorImportance",
            |word| web(|web| web.android_honor_importance = Some(word)),
            &["LOW", "NORMAL"],
        ),
    ];
    for (field, check, good) in words {
        for word in ["", "LOW", "NORMAL", "active", "critical", "passive", "time-sensitive", "x"] {
            let holds = word.is_empty() || good.contains(&word);
            let expected = if holds { Ok(()) } else { error(field, Rule::UnknownValue) };
            assert_eq!(check(word), expected, "{field} {word}");
        }
    }
    let nested: Check = |url| {
        web(|web| {
            let mut android = WebAndroidInfo::new();
            android.google_image = Some(url);
            web.android_info = Some(android);
        })
    };
    let pictures: [(&str, Check); 6] = [
        ("iOSImage", |url| web(|web| web.ios_image = Some(url))),
        ("androidFCMImage", |url| web(|web| web.android_fcm_image = Some(url))),
        ("androidFCMImage", nested),
        ("androidHuaWeiImage", |url| web(|web| web.android_huawei_image = Some(url))),
        ("androidHonorImage", |url| web(|web| web.android_honor_image = Some(url))),
        ("harmonyImage", |url| web(|web| web.harmony_image = Some(url))),
    ];
    for (field, check) in pictures {
        assert_eq!(check("https://example.com/image.png"), Ok(()));
        assert_eq!(check(""), Ok(()));
        assert_eq!(check("http://example.com/image.png"), error(field, Rule::NotHttpsUrl));
    }
    for number in [-1, 0, 1, 2] {
        let holds = (0..2).contains(&number);
        let expected = |field| if holds { Ok(()) } else { error(field, Rule::UnknownValue) };
        let push_type = |web: &mut WebPushInfo<'_>| web.ios_push_type = Some(IosPushType::new(number));
        assert_eq!(web(push_type), expected("iOSPushType"));
        let class = Classification::new(number);
        assert_eq!(
            web(|web| web.android_vivo_classification = Some(class)),
            expected("androidVIVOClassification")
        );
        let meizu = Some(MeizuNotifyType::new(number));
        assert_eq!(
            web(|web| web.capital_android_meizu_notify_type = meizu),
            expected("androidMeizuNotifyType")
        );
    }
}

#[test]
fn check_text_length_and_vendor_params() {
    let (long, longest) = ("x".repeat(3073), "x".repeat(3072));
    assert_eq!(web(|web| web.description = Some(&longest)), Ok(()));
    assert_eq!(web(|web| web.description = Some(&long)), error("desc", Rule::TooLong { max: 3072 }));
    assert_eq!(
        web(|web| (web.desc, web.extension) = (Some(longest.as_str()), Some(Ext::from("x")))),
        error("ext", Rule::TooLong { max: 3072 })
    );
    assert_eq!(web(|web| web.ext = Some(Ext::new(b"\xff"))), error("ext", Rule::NotText));
    for (params, holds) in
        [("", true), (r#"{"vivoNotifyType":9}"#, true), ("[]", false), ("vivoNotifyType=2", false)]
    {
        let expected = if holds { Ok(()) } else { error("vendorParams", Rule::NotObject) };
        assert_eq!(web(|web| web.vendor_params = Some(params)), expected, "{params}");
    }
}

#[test]
fn enabled_and_check_of_disable_push() {
    for (push, call, enabled, holds) in [
        (None, None, true, true),
        (Some(false), Some(false), true, true),
        (Some(true), Some(true), false, true),
        (Some(true), Some(false), false, false),
    ] {
        let mut web = WebPushInfo::new();
        (web.disable_push, web.disable_voip_push) = (push, call);
        assert_eq!(web.enabled(), enabled);
        let conflict = error("iOSPushType", Rule::Conflict { with: "disablePush" });
        assert_eq!(web.check(), if holds { Ok(()) } else { conflict });
    }
}

#[test]
fn check_oppo_level_requires_a_category() {
    for (level, category, expected) in [
        (0, None, Ok(())),
        (2, Some(""), Ok(())),
        (1, Some("IM"), Ok(())),
        (16, Some("IM"), Ok(())),
        (1, None, error("androidOPPOCategory", Rule::Missing)),
        (16, Some(""), error("androidOPPOCategory", Rule::Missing)),
        (3, Some("IM"), error("androidOPPONotifyLevel", Rule::UnknownValue)),
    ] {
        let level = Some(OppoNotifyLevel::new(level));
        assert_eq!(
            web(|web| (web.android_oppo_notify_level, web.android_oppo_category) = (level, category)),
            expected
        );
    }
}

#[test]
fn decode_names_with_a_capital_letter() {
    let capital = r#"{"title":"t","AndroidSound":"1","AndroidOPPOChannelID":"2","AndroidOPPOCategory":"3",
        "AndroidOPPONotifyLevel":4,"AndroidVIVOCategory":"5","AndroidVIVOClassification":0,"AndroidFCMChannelID":"7",
        "AndroidFCMImage":"8","AndroidXiaoMiChannelID":"9","AndroidHuaWeiCategory":"10","AndroidHuaWeiImage":"11",
        "AndroidHonorImage":"12","AndroidHonorImportance":"13","AndroidMeizuNotifyType":1,"HarmonyImage":"14",
        "HarmonyCategory":"15"}"#;
    let small = capital.replace("\"Android", "\"android").replace("\"Harmony", "\"harmony");
    let (capital, small): (WebPushInfo<'_>, WebPushInfo<'_>) =
        (json::from_str(capital).unwrap(), json::from_str(&small).unwrap());
    assert_eq!(capital.flat(), small);
    assert_eq!(capital.nested(), small.nested());
    assert_eq!(capital.to_settings().value, small.to_settings().value);
    assert_eq!(capital.overridden().to_string(), "nothing dropped");
    let android = capital.to_settings().value.android.unwrap();
    assert_eq!(android.vivo_classification, Some(Classification::OPERATIONAL));
    assert_eq!(android.oppo_channel_id, Some("2"));
}

#[test]
fn decode_names_in_both_letters_takes_the_small_one() {
    let text = r#"{"AndroidOPPOChannelID":"a","androidOPPOChannelID":"b","AndroidSound":"c","androidSound":"",
        "androidVIVOClassification":"1","AndroidVIVOClassification":1}"#;
    let mut web: WebPushInfo<'_> = json::from_str(text).unwrap();
    let known = WebPushInfo::new().android_oppo_channel_id("b").android_sound("c");
    assert_eq!(web.flat(), known.android_vivo_classification(Classification::SYSTEM));
    assert_eq!(web.overridden().to_string(), "AndroidOPPOChannelID");
    let conflict = |with| error("AndroidOPPOChannelID", Rule::Conflict { with });
    assert_eq!(web.check(), conflict("androidOPPOChannelID"));

    web.android_oppo_channel_id = None;
    web.android_info = Some(WebAndroidInfo::new().oppo_channel_id("d"));
    assert_eq!(web.flat().android_oppo_channel_id, Some("d"));
    assert_eq!(web.check(), conflict("androidInfo"));
}

/// `disablePush`, `isDisablePush` and `pushFlag`: whether the message is pushed, and the spellings that are not used.
#[test]
fn enabled_no_spelling_says_not_to_push() {
    for (disable, is_disable, flag, flat, dropped) in [
        (None, None, None, None, "nothing dropped"),
        (None, Some(true), None, Some(true), "nothing dropped"),
        (None, Some(false), None, Some(false), "nothing dropped"),
        (None, None, Some(1), Some(true), "nothing dropped"),
        (None, None, Some(0), Some(false), "nothing dropped"),
        (Some(true), Some(true), Some(1), Some(true), "nothing dropped"),
        (Some(false), Some(false), Some(0), Some(false), "nothing dropped"),
        (Some(false), Some(true), None, Some(true), "disablePush"),
        (Some(true), Some(false), Some(0), Some(true), "isDisablePush, pushFlag"),
        (Some(false), Some(false), Some(1), Some(true), "disablePush, isDisablePush"),
        (Some(false), None, Some(2), Some(false), "pushFlag"),
    ] {
        let mut web = WebPushInfo::new();
        (web.disable_push, web.is_disable_push, web.push_flag) =
            (disable, is_disable, flag.map(PushFlag::new));
        assert_eq!(web.enabled(), flat != Some(true), "{web:?}");
        assert_eq!(web.flat(), WebPushInfo { disable_push: flat, ..WebPushInfo::EMPTY }, "{web:?}");
        assert_eq!(web.overridden().to_string(), dropped);
        let settings = web.to_settings().value;
        assert_eq!((settings.enabled(), settings.flag.is_some()), (web.enabled(), flat.is_some()));
        assert_eq!(PushOptions::from(&web).disabled, !web.enabled());
        assert_eq!(web.check().is_ok(), dropped == "nothing dropped");
    }
    let unknown = WebPushInfo::new().push_flag(PushFlag::new(2));
    assert_eq!(
        (unknown.flat(), unknown.nested(), unknown.enabled()),
        (WebPushInfo::EMPTY, WebPushInfo::EMPTY, true)
    );
    assert_eq!(unknown.to_settings().dropped.to_string(), "pushFlag");
    assert_eq!(unknown.check(), error("pushFlag", Rule::UnknownValue));
    let both = WebPushInfo::new().disable_push(false).is_disable_push(true);
    assert_eq!(both.check(), error("disablePush", Rule::Conflict { with: "isDisablePush" }));
}
