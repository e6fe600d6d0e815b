use std::format;
use std::string::String;
use std::vec::Vec;

use super::{MAX_PAIRS, Rules};
use crate::check::{CheckError, Rule};
use crate::json::{self, Map, Members};
use crate::vivo::rules::weighted_len;
use crate::vivo::{
    Classification, NetworkType, Notification, NotificationExtra, NotifyType, PushMode, SkipType,
    TimedDisplay,
};

/// A push that passes the check.
fn sound<'a>() -> Notification<'a> {
    Notification::new("title", "content", "request-1")
        .app_id(10004)
        .reg_id("12345678901234567890123")
        .notify_type(NotifyType::RING)
        .skip_type(SkipType::OPEN_APP)
}

fn broken<'a>(change: impl FnOnce(&mut Notification<'a>)) -> Result<(), CheckError> {
    broken_by(Rules::Newest, change)
}

fn broken_by<'a>(rules: Rules, change: impl FnOnce(&mut Notification<'a>)) -> Result<(), CheckError> {
    let mut push = sound();
    change(&mut push);
    push.check_against(rules)
}

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
}

#[test]
fn weighted_len_counts_chinese_and_emoji_twice() {
    for (text, length) in [
        ("", 0),
        ("title", 5),
        ("标题1", 5),
        ("，。", 4),
        ("“”…", 6),
        ("Ａ", 2),
        ("㐀豈", 4),
        ("😀", 2),
        ("𠀀", 2), // Extension B: two units, neither of them in the block.
        ("かな", 2),
        ("한", 1),
        ("é", 1),
    ] {
        assert_eq!(weighted_len(text), length, "{text}");
    }
}

#[test]
fn check_title_and_content_length() {
    let chinese = "中".repeat(101);
    let emoji = "😀".repeat(101);
    for text in [&chinese, &emoji] {
        let bytes = text.len() / 101;
        let first = |count: usize| text.get(..count * bytes).unwrap();
        assert_eq!(broken(|push| push.title = first(40)), Ok(()));
        assert_eq!(broken(|push| push.title = first(41)), error("title", Rule::TooLong { max: 40 }));
        assert_eq!(broken(|push| push.content = first(100)), Ok(()));
        assert_eq!(broken(|push| push.content = first(101)), error("content", Rule::TooLong { max: 100 }));

        let java = |count| broken_by(Rules::JavaSdk, |push| push.title = first(count));
        assert_eq!(java(20), Ok(()));
        assert_eq!(java(21), error("title", Rule::TooLong { max: 40 }));
        let java = |count| broken_by(Rules::JavaSdk, |push| push.content = first(count));
        assert_eq!(java(50), Ok(()));
        assert_eq!(java(51), error("content", Rule::TooLong { max: 100 }));
    }
}

#[test]
fn check_required_fields() {
    for blank in ["", " ", "\t\u{3000}\n"] {
        assert_eq!(broken(|push| push.title = blank), error("title", Rule::Missing));
        assert_eq!(broken(|push| push.content = blank), error("content", Rule::Missing));
        assert_eq!(broken(|push| push.request_id = blank), error("requestId", Rule::Missing));
    }
    assert_eq!(broken(|push| push.notify_type = None), error("notifyType", Rule::Missing));
    assert_eq!(broken(|push| push.skip_type = None), error("skipType", Rule::Missing));
    assert_eq!(broken(|push| push.app_id = Some(0)), error("appId", Rule::Missing));
    assert_eq!(broken(|push| push.app_id = None), Ok(()));
    for number in [0, 5, -1] {
        let range = Rule::OutOfRange { min: 1, max: 4 };
        let notify = |push: &mut Notification<'_>| push.notify_type = Some(NotifyType::new(number));
        assert_eq!(broken(notify), error("notifyType", range));
        let skip = |push: &mut Notification<'_>| push.skip_type = Some(SkipType::new(number));
        assert_eq!(broken(skip), error("skipType", range));
    }
}

#[test]
fn check_reg_id_and_alias() {
    let longest = "a".repeat(257);
    for id in ["12345678901234567890123", "v2-test-registration-id_AZ09", longest.get(1..).unwrap()] {
        assert_eq!(broken(|push| push.reg_id = Some(id)), Ok(()));
    }
    assert_eq!(broken(|push| push.reg_id = Some(&longest)), error("regId", Rule::TooLong { max: 256 }));
    for id in ["123 4", "123\n", "中"] {
        assert_eq!(broken(|push| push.reg_id = Some(id)), error("regId", Rule::UnknownValue));
    }
    for (rules, max) in [(Rules::Newest, 70), (Rules::JavaSdk, 40)] {
        for reg_id in [None, Some("")] {
            let alias = |length: usize| {
                let alias = longest.get(..length).unwrap();
                broken_by(rules, |push| (push.reg_id, push.alias) = (reg_id, Some(alias)))
            };
            assert_eq!(alias(max), Ok(()));
            assert_eq!(alias(max + 1), error("alias", Rule::TooLong { max: max as u32 }));
            assert_eq!(alias(0), error("regId", Rule::Missing));
            assert_eq!(broken_by(rules, |push| push.reg_id = reg_id), error("regId", Rule::Missing));
        }
    }
    // With both, vivo uses the regId.
    assert_eq!(broken(|push| push.alias = Some(&longest)), Ok(()));
}

#[test]
fn check_skip_content_type_and_length() {
    let long = |head: &str, length: usize| String::from(head) + &"中".repeat(length - head.len());
    for (skip_type, head, newest, java) in [
        (SkipType::OPEN_URL, "https://", 2048, 1000),
        (SkipType::OPEN_SCREEN, "intent:", 2048, 1024),
        (SkipType::CUSTOM, "", 1024, 1024),
    ] {
        for (rules, max) in [(Rules::Newest, newest), (Rules::JavaSdk, java)] {
            let with = |content: Option<&str>| {
                let mut push = sound().skip_type(skip_type);
                push.skip_content = content;
                push.check_against(rules)
            };
            assert_eq!(with(Some(&long(head, max))), Ok(()));
            let too_long = Rule::TooLong { max: max as u32 };
            assert_eq!(with(Some(&long(head, max + 1))), error("skipContent", too_long));
            for none in [None, Some(""), Some(" ")] {
                assert_eq!(with(none), error("skipContent", Rule::Missing));
            }
        }
    }
    let url = sound().skip_type(SkipType::OPEN_URL).skip_content("intent:#Intent;end");
    assert_eq!(url.check(), error("skipContent", Rule::NotWebUrl));
    let screen = sound().skip_type(SkipType::OPEN_SCREEN).skip_content("com.example.Chat");
    assert_eq!(screen.check(), error("skipContent", Rule::NotIntentUri));
    assert_eq!(broken(|push| push.skip_content = Some("ignored")), Ok(()));
}

#[test]
fn check_time_to_live_is_a_minute_to_a_week() {
    let ttl = |rules, ttl| broken_by(rules, |push| push.time_to_live = Some(ttl));
    let out = error("timeToLive", Rule::OutOfRange { min: 60, max: 604_800 });
    for rules in [Rules::Newest, Rules::JavaSdk] {
        assert_eq!((ttl(rules, 60), ttl(rules, 604_800)), (Ok(()), Ok(())));
        assert_eq!((ttl(rules, 59), ttl(rules, 604_801)), (out, out));
    }
    assert_eq!((ttl(Rules::Newest, 0), ttl(Rules::JavaSdk, 0)), (out, Ok(())));
}

#[test]
fn check_category_fits_the_classification() {
    let with = |classification: Option<i32>, category: Option<&'static str>| {
        broken(|push| {
            push.classification = classification.map(Classification::new);
            push.category = category;
        })
    };
    for (class, other, categories) in [
        (1, 0, &["IM", "ACCOUNT", "TODO", "DEVICE_REMINDER", "ORDER", "SUBSCRIPTION"][..]),
        (0, 1, &["NEWS", "CONTENT", "MARKETING", "SOCIAL"][..]),
    ] {
        for category in categories {
            assert_eq!(with(None, Some(category)), Ok(()));
            assert_eq!(with(Some(class), Some(category)), Ok(()));
            assert_eq!(
                with(Some(other), Some(category)),
                error("category", Rule::Conflict { with: "classification" })
            );
        }
    }
    for unknown in ["im", "", "GAME"] {
        assert_eq!(with(None, Some(unknown)), error("category", Rule::UnknownValue));
    }
    assert_eq!(with(Some(2), None), error("classification", Rule::UnknownValue));
}

#[test]
fn check_shape_accepts_words_of_a_newer_document() {
    let shape = |change: &dyn Fn(&mut Notification<'static>)| {
        let mut push = sound();
        change(&mut push);
        let known = push.check();
        assert!(known.is_err(), "{push:?}");
        (push.check_shape(), known)
    };
    let newer: [&dyn Fn(&mut Notification<'static>); 6] = [
        &|push| push.category = Some("TRAVEL"),
        &|push| push.category = Some("im_2"),
        &|push| (push.category, push.classification) = (Some("TRAVEL"), Some(Classification::new(2))),
        &|push| (push.category, push.classification) = (Some("IM"), Some(Classification::new(2))),
        &|push| push.network_type = Some(NetworkType::new(5)),
        &|push| push.push_mode = Some(PushMode::new(2)),
    ];
    for (at, change) in newer.iter().enumerate() {
        assert_eq!(shape(change).0, Ok(()), "{at}");
    }
    // Everything else is checked as ever.
    let broken: [&dyn Fn(&mut Notification<'static>); 6] = [
        &|push| push.category = Some(""),
        &|push| push.category = Some("T R"),
        &|push| push.category = Some("中"),
        &|push| (push.category, push.classification) = (Some("IM"), Some(Classification::OPERATIONAL)),
        &|push| push.title = "",
        &|push| (push.skip_type, push.skip_content) = (Some(SkipType::OPEN_URL), Some("x")),
    ];
    for (at, change) in broken.iter().enumerate() {
        let (shape, known) = shape(change);
        assert_eq!(shape, known, "{at}");
    }
    let mut long = sound();
    long.category = Some("A2345678901234567890123456789012");
    assert_eq!(long.check_shape(), Ok(()));
    long.category = Some("A23456789012345678901234567890123");
    assert_eq!(long.check_shape(), error("category", Rule::TooLong { max: 32 }));
}

#[test]
fn set_receipt_that_fails_changes_nothing() {
    let (url, param) = ("中".repeat(128), "中".repeat(192));
    let (long_url, long_param) = ("a".repeat(129), "a".repeat(193));
    let with_id = NotificationExtra::new().callback_id("7");
    let mut push = Notification::new("title", "content", "request-1").extra(with_id.clone());
    for (url, param, field, rule) in [
        (" ", "", "callback", Rule::Missing),
        (&*long_url, "", "callback", Rule::TooLong { max: 128 }),
        (&*url, &*long_param, "callback.param", Rule::TooLong { max: 192 }),
    ] {
        assert_eq!(push.set_receipt(url, param), error(field, rule));
        assert_eq!(push.extra.as_ref(), Some(&with_id));
    }
    assert_eq!(push.set_receipt(&url, &param), Ok(()));
    assert_eq!(push.extra, Some(with_id.callback(&url).callback_param(&param)));
}

#[test]
fn check_custom_map_text_keys_and_length() {
    let long = "中".repeat(1022);
    let with = |rules, pairs: &[(&str, &str)]| {
        let mut push = sound();
        push.client_custom_map = Some(Map::from_slice(pairs));
        push.check_against(rules)
    };
    for rules in [Rules::Newest, Rules::JavaSdk] {
        let value = long.get(3..).unwrap();
        assert_eq!(with(rules, &[("ext", value)]), Ok(()));
        assert_eq!(with(rules, &[("ext", &long)]), error("clientCustomMap", Rule::TooLong { max: 1024 }));
        assert_eq!(with(rules, &[("a", "1"), ("a", "2")]), error("clientCustomMap", Rule::DuplicateKey));
        assert_eq!(with(rules, &[("", ""), ("", "")]), error("clientCustomMap", Rule::DuplicateKey));
        assert_eq!(with(rules, &[]), Ok(()));
    }
    let keys: Vec<_> = (0..11).map(|key| format!("{key}")).collect();
    let pairs: Vec<_> = keys.iter().map(|key| (key.as_str(), "")).collect();
    assert_eq!(with(Rules::JavaSdk, pairs.get(1..).unwrap()), Ok(()));
    assert_eq!(with(Rules::JavaSdk, &pairs), error("clientCustomMap", Rule::TooMany { max: 10 }));
    assert_eq!(with(Rules::Newest, &pairs), Ok(()));

    let sent = r#"{"title":"t","content":"c","requestId":"1","appId":1,"regId":"1","notifyType":1,"skipType":1,
        "clientCustomMap":{"ext":{"conversationID":""}}}"#;
    let push: Notification<'_> = json::from_str(sent).unwrap();
    assert_eq!(push.check(), error("clientCustomMap", Rule::NotText));
}

#[test]
fn check_extra_request_id_and_profile_id_length() {
    let text = "a".repeat(200);
    let first = |length: usize| text.get(..length).unwrap();
    let extra = |rules, callback: usize, param: usize| {
        let extra = NotificationExtra::new().callback(first(callback)).callback_param(first(param));
        broken_by(rules, |push| push.extra = Some(extra))
    };
    for (rules, max) in [(Rules::Newest, 192), (Rules::JavaSdk, 64)] {
        assert_eq!(extra(rules, 128, max), Ok(()));
        assert_eq!(extra(rules, 129, max), error("callback", Rule::TooLong { max: 128 }));
        assert_eq!(extra(rules, 128, max + 1), error("callback.param", Rule::TooLong { max: max as u32 }));
    }
    assert_eq!(broken(|push| push.request_id = first(64)), Ok(()));
    assert_eq!(broken(|push| push.request_id = first(65)), error("requestId", Rule::TooLong { max: 64 }));
    assert_eq!(broken(|push| push.profile_id = Some(first(64))), Ok(()));
    assert_eq!(
        broken(|push| push.profile_id = Some(first(65))),
        error("profileId", Rule::TooLong { max: 64 })
    );
}

#[test]
fn check_numbers() {
    const START: u64 = 1_687_336_620_000;
    type Change = fn(&mut Notification<'static>, i64);
    let cases: [(Change, &[i64], &[i64]); 4] = [
        (|push, number| push.network_type = Some(NetworkType::new(number as i32)), &[-1, 1], &[0, 2]),
        (|push, number| push.push_mode = Some(PushMode::new(number as i32)), &[0, 1], &[2]),
        (|push, number| push.notify_id = Some(number as u32), &[1, 2_147_483_647], &[0, 2_147_483_648]),
        (
            |push, span| {
                let end = START.saturating_add_signed(span);
                push.timed_display = Some(TimedDisplay::new(true, START, end));
            },
            &[1, 7_199_999],
            &[-1, 0, 7_200_000, i64::MAX],
        ),
    ];
    for (change, good, bad) in cases {
        for number in good.iter().chain(bad) {
            assert_eq!(broken(|push| change(push, *number)).is_ok(), good.contains(number), "{number}");
        }
    }
    let display = TimedDisplay::default().show_start_time(START).show_end_time(START + 1);
    assert_eq!(broken(|push| push.timed_display = Some(display)), error("overtimeDisplay", Rule::Missing));
}

#[test]
fn check_members_repeat_no_key() {
    for (object, field) in [
        (r#"{"x-unknown":{"title":1},"Title":1}"#, None),
        (r#"{"new":1,"title":"x"}"#, Some("title")),
        (r#"{"\u0074itle":"x"}"#, Some("title")),
        (r#"{"clientCustom\u004dap":{}}"#, Some("clientCustomMap")),
        (r#"{"q":1,"q":2}"#, Some("members")),
        (r#"{"q":1,"\u0071":2}"#, Some("members")),
        (r#"{"\u0071":1,"q":2}"#, Some("members")),
        (r#"{"\u0071":1,"\u0071":2}"#, Some("members")),
        (r#"{"\u0071r":1,"q\u0072":2}"#, Some("members")),
        (r#"{"q\"":1,"q\"":2}"#, Some("members")),
    ] {
        let checked = broken(|push| push.members = Some(Members::new(object).unwrap()));
        assert_eq!(checked, field.map_or(Ok(()), |field| error(field, Rule::DuplicateKey)), "{object}");
    }
}

#[test]
fn check_custom_map_has_at_most_32_pairs() {
    let names: Vec<_> = (0..=MAX_PAIRS).map(|number| format!("k{number}")).collect();
    let pairs: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    let with = |count: usize| broken(|push| push.client_custom_map = pairs.get(..count).map(Map::from_slice));
    assert_eq!(with(MAX_PAIRS), Ok(()));
    assert_eq!(with(MAX_PAIRS + 1), error("clientCustomMap", Rule::TooMany { max: 32 }));
}
