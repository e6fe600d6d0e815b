//! Tests of `compose` with token and certificate.

use core::time::Duration;
use std::string::{String, ToString};

use super::{SCREEN, certificate, composed, missing, settings, token};
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::delivery::{
    ComposeError, ComposeReport, Composed, DEFAULT_CONTENT, DEFAULT_TITLE, ExtDropped, ExtPolicy, NoPush,
    PushOptions, SCRATCH_LEN, compose, compose_for_list,
};
use crate::ext::Ext;
use crate::json::{self, Map};
use crate::tim::{AndroidPushSettings, OfflinePushSettings, OfflinePushToken, PushFlag, TokenType};
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::{Certificate, Classification, NotifyType};

/// The title and content of the push, and the report.
fn shown(title: &str, description: &str) -> (String, String, ComposeReport) {
    let settings = settings().title(title).description(description);
    let mut scratch = [0; SCRATCH_LEN];
    let Composed { notification, report } = composed(&settings, &mut scratch).unwrap();
    (notification.title.into(), notification.content.into(), report)
}

#[test]
fn compose_disabled_push_is_reported_first() {
    let mut settings = OfflinePushSettings::new();
    settings.flag = Some(PushFlag::NO_PUSH);
    assert_eq!(composed(&settings, &mut []), Err(ComposeError::NoPush(NoPush::Disabled)));
}

#[test]
fn compose_sends_defaults_explicitly() {
    let Composed { notification, report } = composed(&settings(), &mut []).unwrap();
    assert_eq!(notification.notify_type, Some(NotifyType::RING_AND_VIBRATE));
    assert_eq!(notification.classification, Some(Classification::SYSTEM));
    assert_eq!(notification.app_id, Some(11178));
    assert_eq!(notification.client_custom_map, None);
    assert!(report.is_empty());
    assert_eq!(report.to_string(), "unchanged");
}

#[test]
fn compose_title_order_is_android_common_default() {
    for (android, common, shown) in [
        (Some("android"), Some("common"), "android"),
        (Some(""), Some("common"), "common"),
        (None, Some("common"), "common"),
        (Some(" "), Some(""), DEFAULT_TITLE),
        (None, None, "a new message"),
    ] {
        let mut settings = settings();
        let mut part = AndroidPushSettings::new();
        (part.title, settings.title) = (android, common);
        settings.android = Some(part);
        let Composed { notification, report } = composed(&settings, &mut []).unwrap();
        assert_eq!(notification.title, shown);
        assert_eq!(report.default_title, shown == DEFAULT_TITLE);
    }
}

#[test]
fn compose_without_description_sends_the_default_and_reports_it() {
    for (description, expected) in
        [(None, true), (Some(""), true), (Some(" "), true), (Some("a new message"), false)]
    {
        let mut settings = settings();
        settings.description = description;
        let Composed { notification, report } = composed(&settings, &mut []).unwrap();
        assert_eq!((notification.content, report.default_content), (DEFAULT_CONTENT, expected));
        assert_eq!(report.to_string(), if expected { "default content" } else { "unchanged" });
    }
}

/// The guide's section "Custom Content Pass Through": settings with an ext, and nothing else.
#[test]
fn compose_the_sample_of_the_guide() {
    let settings = OfflinePushSettings::new().ext(Ext::from("ext content"));
    let Composed { notification, report } = composed(&settings, &mut []).unwrap();
    assert_eq!((notification.title, notification.content), ("a new message", "a new message"));
    assert_eq!(notification.client_custom_map.unwrap().text("ext"), Some("ext content"));
    assert_eq!(report.to_string(), "default title, default content");
}

#[test]
fn compose_truncates_texts_over_the_limit() {
    for sign in ["a", "é", "中"] {
        let (title, content, report) = shown(&sign.repeat(40), &sign.repeat(100));
        assert_eq!((title, content, report.is_empty()), (sign.repeat(40), sign.repeat(100), true));

        let (title, content, report) = shown(&sign.repeat(41), &sign.repeat(101));
        assert_eq!(title, sign.repeat(37) + "...");
        assert_eq!(content, sign.repeat(97) + "...");
        assert!(report.title_truncated && report.content_truncated);
        assert_eq!(report.to_string(), "title truncated, content truncated");
    }
}

#[test]
fn compose_never_splits_a_character() {
    // 20 of them are 40 units; of 21, 18 are 36 units and a 19th does not fit into 37.
    assert_eq!(shown(&"😀".repeat(20), "c").0, "😀".repeat(20));
    assert_eq!(shown(&"😀".repeat(21), "c").0, "😀".repeat(18) + "...");
    let odd = String::from("a") + &"😀".repeat(20);
    assert_eq!(shown(&odd, "c").0, String::from("a") + &"😀".repeat(18) + "...");
}

#[test]
fn compose_short_scratch_tells_the_bytes_needed() {
    let (title, description) = ("中".repeat(41), "😀".repeat(60));
    for (title, description, needed) in [
        ("title", "description", 0),
        (&*title, "description", 114),
        ("title", &*description, 195),
        (&*title, &*description, 309),
    ] {
        let mut settings = settings();
        (settings.title, settings.description) = (Some(title), Some(description));
        for length in 0..=needed {
            let mut scratch = [0; SCRATCH_LEN];
            let result = composed(&settings, scratch.get_mut(..length).unwrap()).map(|_| ());
            let short = Err(ComposeError::BufferFull(BufferFull { needed }));
            assert_eq!(result, if length < needed { short } else { Ok(()) });
        }
    }
    let longest = "中".repeat(101);
    let mut settings = settings();
    (settings.title, settings.description) = (Some(&*longest), Some(&*longest));
    let short = composed(&settings, &mut []);
    assert_eq!(short, Err(ComposeError::BufferFull(BufferFull { needed: SCRATCH_LEN })));
}

#[test]
fn compose_ext_is_passed_or_dropped_by_click_event() {
    let ext = Ext::from("ext content");
    let intent = IntentUri::try_new(SCREEN).unwrap();
    let url = WebUrl::try_new("https://cloud.tencent.com/").unwrap();
    let mut with_ext = settings();
    with_ext.ext = Some(ext);
    for (click, passes) in [
        (ClickAction::OpenApp { ext: None }, true),
        (ClickAction::OpenScreen { intent, ext: None }, true),
        (ClickAction::OpenUrl(url), false),
        (ClickAction::Custom("text"), false),
    ] {
        let composed = compose(&with_ext, &token(), &certificate(click), "request-1", &mut []).unwrap();
        assert_eq!(composed.report.ext_dropped, (!passes).then_some(ExtDropped::NotPassed));
        assert_eq!(composed.notification.click_action(), Ok(click.with_ext(Some(ext))));
        let map = passes.then(|| Map::from_slice(&[("ext", "ext content")]));
        assert_eq!(composed.notification.client_custom_map, map);
    }
}

#[test]
fn compose_ext_of_the_sender_overrides_the_certificate() {
    let stored = certificate(ClickAction::OpenApp { ext: Some(Ext::from("stored")) });
    for (sent, arrives) in [(None, "stored"), (Some(""), "stored"), (Some("sent"), "sent")] {
        let mut settings = settings();
        settings.ext = sent.map(Ext::from);
        let composed = compose(&settings, &token(), &stored, "request-1", &mut []).unwrap();
        let map = composed.notification.client_custom_map.unwrap();
        assert_eq!(map.text("ext"), Some(arrives));
    }
}

#[test]
fn compose_ext_that_cannot_be_passed_is_dropped_or_refused() {
    let url = ClickAction::OpenUrl(WebUrl::try_new("https://a").unwrap());
    let screen = ClickAction::OpenScreen { intent: IntentUri::try_new(SCREEN).unwrap(), ext: None };
    let app = ClickAction::default();
    let (fits, long) = ("😀".repeat(510) + "中", "😀".repeat(511));
    let bytes = Ext::new(b"\xff");
    let too_long = ExtDropped::TooLong { length: 1022, max: 1021 };
    for (ext, click, dropped, rule) in [
        (Ext::from(&*fits), app, None, None),
        (Ext::from(&*long), app, Some(too_long), Some(Rule::TooLong { max: 1021 })),
        (Ext::from(&*long), screen, Some(too_long), Some(Rule::TooLong { max: 1021 })),
        (bytes, app, Some(ExtDropped::NotText), Some(Rule::NotText)),
        (bytes, screen, Some(ExtDropped::NotText), Some(Rule::NotText)),
        (bytes, url, Some(ExtDropped::NotPassed), Some(Rule::NotAllowed)),
        (Ext::from("x"), ClickAction::Custom("y"), Some(ExtDropped::NotPassed), Some(Rule::NotAllowed)),
    ] {
        // A sender's ext that is dropped is not replaced by the stored one.
        let certificate = certificate(click.with_ext(Some(Ext::from("stored"))));
        let options = PushOptions::from(&settings().ext(ext));
        let push = compose(options, &token(), &certificate, "request-1", &mut []).unwrap();
        assert_eq!(push.report.ext_dropped, dropped);
        let expected = dropped.is_none().then_some(ext);
        assert_eq!(push.notification.click_action().unwrap().ext(), expected);
        assert_eq!(push.notification.client_custom_map.is_some(), dropped.is_none());

        let options = options.ext_policy(ExtPolicy::Refuse);
        let refused = compose(options, &token(), &certificate, "request-1", &mut []).err();
        assert_eq!(refused, rule.map(|rule| ComposeError::Check(CheckError::new("ext", rule))));
    }
}

#[test]
fn compose_ext_of_the_certificate_that_cannot_be_passed_is_dropped() {
    let stored = certificate(ClickAction::OpenApp { ext: Some(Ext::new(b"\xff")) });
    let push = compose(&settings(), &token(), &stored, "request-1", &mut []).unwrap();
    assert_eq!(push.report.to_string(), "ext dropped: it is not text");
    assert_eq!(push.notification.client_custom_map, None);
    let empty = certificate(ClickAction::OpenApp { ext: Some(Ext::from("")) });
    let push = compose(&settings(), &token(), &empty, "request-1", &mut []).unwrap();
    assert_eq!((push.report.is_empty(), push.notification.client_custom_map), (true, None));
}

#[test]
fn ext_dropped_words_and_names_are_distinct() {
    let reasons =
        [ExtDropped::NotPassed, ExtDropped::NotText, ExtDropped::TooLong { length: 1022, max: 1021 }];
    let words = reasons.map(|reason| reason.to_string());
    assert_eq!(words.last().unwrap(), "it is longer than 1021 UTF-16 units (1022)");
    for (at, reason) in reasons.iter().enumerate() {
        assert!(reasons.iter().skip(at + 1).all(|other| other.name() != reason.name()));
        assert!(words.iter().skip(at + 1).all(|other| *other != reason.to_string()));
    }
}

#[test]
fn compose_time_to_live_is_sent_in_whole_seconds_within_vivos_range() {
    let sent = |lifetime: Duration| {
        let options = PushOptions::from(&settings()).time_to_live(lifetime);
        let certificate = certificate(ClickAction::default());
        compose(options, &token(), &certificate, "request-1", &mut [])
            .map(|push| push.notification.time_to_live)
    };
    assert_eq!(composed(&settings(), &mut []).unwrap().notification.time_to_live, None);
    for (lifetime, seconds) in [
        (Duration::from_secs(60), 60),
        (Duration::from_millis(90_999), 90),
        (Duration::from_secs(604_800), 604_800),
    ] {
        assert_eq!(sent(lifetime), Ok(Some(seconds)));
    }
    let range = CheckError::new("timeToLive", Rule::OutOfRange { min: 60, max: 604_800 });
    let beyond_u32 = Duration::from_secs((1 << 32) + 60);
    for lifetime in [Duration::ZERO, Duration::from_millis(59_999), beyond_u32, Duration::MAX] {
        assert_eq!(sent(lifetime), Err(ComposeError::Check(range)), "{lifetime:?}");
    }
}

#[test]
fn compose_sends_and_reports_words_that_are_not_known() {
    let android = AndroidPushSettings::new;
    for (android, category, classification, report) in [
        (android().vivo_category("TRAVEL"), Some("TRAVEL"), None, "unknown category"),
        (android().vivo_category("im"), Some("im"), None, "unknown category"),
        (android().vivo_category(" IM "), Some("IM"), None, "unchanged"),
        (
            android().vivo_classification(Classification::new(2)),
            None,
            Some(Classification::new(2)),
            "unknown classification",
        ),
    ] {
        let push = composed(&settings().android(android), &mut []).unwrap();
        assert_eq!(
            (push.notification.category, push.notification.classification),
            (category, classification)
        );
        assert_eq!(push.report.to_string(), report);
        assert_eq!(push.notification.check().is_ok(), push.report.is_empty());
        assert_eq!(push.notification.check_shape(), Ok(()));
    }
    let shapeless = settings().android(android().vivo_category("two words"));
    let refused = CheckError::new("category", Rule::UnknownValue);
    assert_eq!(composed(&shapeless, &mut []), Err(ComposeError::Check(refused)));
}

#[test]
fn compose_reports_text_that_looks_like_a_test() {
    for (text, expected) in [
        ("[图片]", true),
        ("【语音】", true),
        ("{}", true),
        ("123 456", true),
        ("￥１２！", true),
        ("...", true),
        ("这是测试消息", true),
        ("[图片] 晚上见", false),
        ("晚上 [图片]", false),
        ("12:30 见", false),
        ("7 pm", false),
        ("测 试", false),
        ("😀", false),
    ] {
        assert_eq!(shown(text, "description").2.test_like_text, expected, "{text}");
        assert_eq!(shown("title", text).2.test_like_text, expected, "{text}");
    }
}

#[test]
fn compose_for_list_is_compose_without_a_recipient() {
    let settings = settings().ext(Ext::from("ext content"));
    let certificate = certificate(ClickAction::default());
    let list = |options: PushOptions<'static>| {
        compose_for_list(options, &certificate, "request-1", &mut []).map(|list| list.payload)
    };
    let options = PushOptions::from(&settings);
    let single = compose(options, &token(), &certificate, "request-1", &mut []).unwrap();
    let mut expected = single.notification;
    expected.reg_id = None;
    let payload = list(options).unwrap();
    assert_eq!((payload.check(), payload.check_shape()), (Ok(()), Ok(())));
    assert_eq!(payload.notification, expected);

    let lives = |seconds| list(options.time_to_live(Duration::from_secs(seconds))).map(|_| ());
    let range = CheckError::new("timeToLive", Rule::OutOfRange { min: 900, max: 604_800 });
    assert_eq!((lives(899), lives(900)), (Err(ComposeError::Check(range)), Ok(())));
    assert_eq!(list(options.disabled(true)).err(), Some(ComposeError::NoPush(NoPush::Disabled)));
    let newer = list(options.category("TRAVEL")).unwrap();
    assert_eq!((newer.check().is_ok(), newer.check_shape()), (false, Ok(())));
}

#[test]
fn composed_set_receipt_keeps_the_checks() {
    let settings = settings();
    let mut push = composed(&settings, &mut []).unwrap();
    let request_id = push.notification.request_id;
    assert_eq!(push.set_receipt("https://example.com/vivo", request_id), Ok(()));
    assert_eq!(push.notification.extra.as_ref().unwrap().callback_param, Some("request-1"));
    assert!(push.set_receipt("", request_id).is_err());
    assert_eq!(push.notification.check(), Ok(()));
}

#[test]
fn compose_category_replaces_classification() {
    for (classification, category, sent) in [
        (None, None, (Some(1), None)),
        (Some(0), None, (Some(0), None)),
        (Some(1), Some(""), (Some(1), None)),
        (None, Some("IM"), (None, Some("IM"))),
        (Some(1), Some("MARKETING"), (None, Some("MARKETING"))),
    ] {
        let mut settings = settings();
        let mut android = AndroidPushSettings::new();
        android.vivo_classification = classification.map(Classification::new);
        android.vivo_category = category;
        settings.android = Some(android);
        let push = composed(&settings, &mut []).unwrap().notification;
        assert_eq!((push.classification.map(Classification::get), push.category), sent);
    }
}

#[test]
fn compose_reports_unsupported_options() {
    let mut settings = settings();
    let mut android = AndroidPushSettings::new();
    android.sound = Some("shake");
    settings.android = Some(android);
    settings.vendor_params = Some("vivoNotifyType=2");
    settings.title = None;
    let report = composed(&settings, &mut []).unwrap().report;
    assert_eq!(report.to_string(), "default title, sound dropped, vendor parameters dropped");
    assert!(!report.is_empty());
}

#[test]
fn compose_checks_token_certificate_and_request_id() {
    let settings = settings();
    let certificate = certificate(ClickAction::default());
    let with = |token: &OfflinePushToken<'static>| {
        compose(&settings, token, &certificate, "request-1", &mut []).map(|_| ())
    };
    let mut other = token();
    for (kind, holds) in [(0, true), (1, false), (2, false)] {
        other.token_type = Some(TokenType::new(kind));
        assert_eq!(with(&other).is_ok(), holds);
    }
    let mut other = token();
    other.is_tpns_token = Some(true);
    assert_eq!(
        with(&other).unwrap_err().to_string().split(' ').next(),
        Some("`offline_push_token_is_tpns_token`")
    );
    other.is_tpns_token = Some(false);
    assert_eq!(with(&other), Ok(()));
    other.token = "";
    assert_eq!(with(&other), Err(missing("offline_push_token_token")));

    let mut faulty = certificate;
    faulty.app_secret = "";
    let refused = compose(&settings, &token(), &faulty, "request-1", &mut []);
    assert_eq!(refused, Err(missing("appSecret")));
    let refused = compose(&settings, &token(), &certificate, "", &mut []);
    assert_eq!(refused, Err(missing("requestId")));
}

#[test]
fn compose_received_settings_roundtrip() {
    let mut received = *br#"{
        "offline_push_config_android_config": {
            "android_offline_push_config_sound": "",
            "android_offline_push_config_title": "",
            "android_offline_push_config_vivo_category": "",
            "android_offline_push_config_vivo_classification": 1
        },
        "offline_push_config_desc": "@it003: 6666",
        "offline_push_config_ext": "{\"info\":{\"groupId\":\"@TGS#1G4QXDSOBN\"}}",
        "offline_push_config_flag": 0
    }"#;
    let settings: OfflinePushSettings<'_> = json::from_slice_in_place(&mut received).unwrap();
    let Composed { notification, report } = composed(&settings, &mut []).unwrap();
    assert_eq!(report.to_string(), "default title");

    let mut body = [0; 512];
    let body = json::to_slice(&notification, &mut body).unwrap();
    let push: crate::vivo::Notification<'_> = json::from_slice_in_place(body).unwrap();
    assert_eq!(push, notification);
    assert_eq!(push.click_action().unwrap().ext(), settings.ext);
}

#[test]
fn compose_token_of_another_certificate_is_a_conflict() {
    // A Xiaomi phone names the certificate for Xiaomi.
    let xiaomi = OfflinePushToken::new(15518, "12345678901234567890123");
    let certificate = certificate(ClickAction::default());
    let with = |certificate: &Certificate<'_>| {
        compose(&settings(), &xiaomi, certificate, "request-1", &mut []).map(|_| ())
    };
    let conflict =
        CheckError::new("offline_push_token_business_id", Rule::Conflict { with: "certificate.id" });
    assert_eq!(with(&certificate), Err(ComposeError::Check(conflict)));
    assert_eq!(with(&certificate.accept_tokens_of_other_certificates(true)), Ok(()));
    assert_eq!(with(&Certificate { id: 15518, ..certificate }), Ok(()));
    let unset = Certificate { id: 0, ..certificate }.accept_tokens_of_other_certificates(true);
    assert_eq!(with(&unset), Err(missing("certificate.id")));
}
