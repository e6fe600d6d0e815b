use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::Certificate;
use crate::check::{CheckError, Rule};
use crate::click::{ClickAction, ClickEvent};
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::android::{ActivityEntry, ClassName, PushEntries};

/// The guide's.
const KEY: &str = "a90685ff-ebad-4df3-a265-3d4bb8e3a389";
const SCREEN: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
const SECRET: &str = "s3cr3t";

fn certificate(click: ClickAction<'_>) -> Certificate<'_> {
    Certificate::new(11178, KEY, SECRET, click).unwrap()
}

fn screen(uri: &str) -> Certificate<'_> {
    certificate(ClickAction::from_console(ClickEvent::OpenScreen, uri).unwrap())
}

/// The attributes of a piece of manifest, `name="value"` each.
fn attributes(xml: &str) -> Vec<String> {
    let quoted = xml.split_inclusive('"').collect::<Vec<_>>();
    let pairs = quoted.chunks_exact(2).map(<[_]>::concat);
    let mut found: Vec<_> = pairs
        .filter_map(|pair| pair.rsplit_once(char::is_whitespace).map(|(_, pair)| String::from(pair)))
        .collect();
    found.sort();
    found
}

#[test]
fn a_certificate_has_id_key_and_secret() {
    let new = |id, key, secret| Certificate::new(id, key, secret, ClickAction::default()).map(|_| ());
    assert_eq!(new(1, "key", "secret"), Ok(()));
    for (result, field) in [
        (new(0, "key", "secret"), "appId"),
        (new(1, "", "secret"), "appKey"),
        (new(1, "key", ""), "appSecret"),
    ] {
        assert_eq!(result, Err(CheckError::new(field, Rule::Missing)));
    }
}

#[test]
fn a_click_event_beyond_vivos_newest_limits_is_refused() {
    let url = |length: usize| format!("https://a/{}", "a".repeat(length - 10));
    let uri = |length: usize| format!("intent:#Intent;S.a={};end", "a".repeat(length - 23));
    let (url_fits, url_long) = (url(2048), url(2049));
    let (uri_fits, uri_long) = (uri(2048), uri(2049));
    let (text_fits, text_long) = ("中".repeat(1024), "中".repeat(1025));
    let open_url = |url| ClickAction::OpenUrl(WebUrl::try_new(url).unwrap());
    let open_screen = |uri| ClickAction::OpenScreen { intent: IntentUri::try_new(uri).unwrap(), ext: None };
    for (fits, long, max) in [
        (open_url(&*url_fits), open_url(&*url_long), 2048),
        (open_screen(&*uri_fits), open_screen(&*uri_long), 2048),
        (ClickAction::Custom(&text_fits), ClickAction::Custom(&text_long), 1024),
    ] {
        assert_eq!(Certificate::new(1, "key", "secret", fits).map(|_| ()), Ok(()));
        let refused = Certificate::new(1, "key", "secret", long).map(|_| ());
        assert_eq!(refused, Err(CheckError::new("skipContent", Rule::TooLong { max })));
    }
    let blank = Certificate::new(1, "key", "secret", ClickAction::Custom(" ")).map(|_| ());
    assert_eq!(blank, Err(CheckError::new("skipContent", Rule::Missing)));
}

#[test]
fn a_field_set_by_hand_is_checked_like_any_other() {
    let mut certificate = certificate(ClickAction::default());
    certificate.click = ClickAction::Custom("");
    assert_eq!(certificate.check(), Err(CheckError::new("skipContent", Rule::Missing)));
    certificate.app_id = 0;
    assert_eq!(certificate.check(), Err(CheckError::new("appId", Rule::Missing)));
}

#[test]
fn the_guides_certificate_gives_the_guides_manifest() {
    let certificate = screen(SCREEN);
    let entries = certificate.push_entries().unwrap();
    assert_eq!(entries, PushEntries::new(11178, KEY).unwrap());
    let activity = certificate.activity_entry().unwrap().unwrap();
    let class = ClassName::new("com.tencent.qcloud.tim.demo.chat.ChatActivity").unwrap();
    let of_parts = ActivityEntry::new(class, "pushscheme", "com.tencent.qcloud.tim", "/detail");
    assert_eq!(Ok(activity), of_parts);
    for (rendered, guide, count) in [
        (entries.to_string(), include_str!("../../tests/fixtures/guide/push_entries.xml"), 10),
        (activity.to_string(), include_str!("../../tests/fixtures/guide/activity_entry.xml"), 8),
    ] {
        assert_eq!(attributes(guide).len(), count);
        assert_eq!(attributes(&rendered), attributes(guide));
    }
}

#[test]
fn a_short_class_name_becomes_a_full_one() {
    let certificate = screen("intent://a/b#Intent;scheme=c;component=com.example/.chat.ChatActivity;end");
    let entry = certificate.activity_entry().unwrap().unwrap();
    assert_eq!(entry.class.to_string(), "com.example.chat.ChatActivity");
    assert_eq!((entry.scheme, entry.host, entry.path), ("c", "a", "/b"));
}

#[test]
fn a_uri_of_the_apps_own_scheme_names_an_activity_too() {
    let uri = "tencent_im_push://com.example.app/message?#Intent;scheme=tencent_im_push;\
        component=com.example.app/.Main;end";
    let certificate = screen(uri);
    let entry = certificate.activity_entry().unwrap().unwrap();
    assert_eq!((entry.scheme, entry.host, entry.path), ("tencent_im_push", "com.example.app", "/message"));
}

#[test]
fn a_screen_that_no_activity_entry_describes_gives_none() {
    for uri in [
        "intent:#Intent;end",
        "intent:#Intent;component=com.example/.Main;end",
        "intent://com.example/detail#Intent;scheme=pushscheme;end",
        "intent://com.example#Intent;scheme=pushscheme;component=com.example/.Main;end",
        "intent://com.example?a=/b#Intent;scheme=pushscheme;component=com.example/.Main;end",
        "intent:///detail#Intent;scheme=pushscheme;component=com.example/.Main;end",
        "intent:/detail#Intent;scheme=pushscheme;component=com.example/.Main;end",
        "intent:detail#Intent;scheme=pushscheme;component=com.example/.Main;end",
        "intent://com.example/detail#Intent;component=com.example/.Main;end",
        "intent://com.example/detail#Intent;scheme=pushscheme;component=com.example;end",
        "yanxuan://yxwebview?url=x",
    ] {
        assert_eq!(screen(uri).activity_entry(), Ok(None), "{uri}");
    }
    for click in [
        ClickAction::default(),
        ClickAction::OpenUrl(WebUrl::try_new("https://com.example/detail").unwrap()),
        ClickAction::Custom(SCREEN),
    ] {
        assert_eq!(certificate(click).activity_entry(), Ok(None));
    }
}

#[test]
fn what_no_manifest_can_say_is_refused() {
    let refused = |uri: &str| screen(uri).activity_entry().unwrap_err();
    let class = CheckError::new("android:name", Rule::NotClassName);
    for component in ["a/Main", "com.example/.", "com.example/.a-b", "1a/.Main", "com.example/com.%2A"] {
        let uri = format!("intent://a/b#Intent;scheme=c;component={component};end");
        assert_eq!(refused(&uri), class, "{component}");
    }
    let path = "intent://a/b\u{ffff}#Intent;scheme=c;component=com.example/.Main;end";
    assert_eq!(refused(path), CheckError::new("android:path", Rule::NotXml));
    let host = "intent://a\u{fffe}/b#Intent;scheme=c;component=com.example/.Main;end";
    assert_eq!(refused(host), CheckError::new("android:host", Rule::NotXml));

    let mut certificate = certificate(ClickAction::default());
    for (key, rule) in [("", Rule::Missing), ("\0", Rule::NotXml)] {
        certificate.app_key = key;
        assert_eq!(certificate.push_entries(), Err(CheckError::new("com.vivo.push.api_key", rule)));
    }
}

#[test]
fn the_secret_is_nowhere_but_in_its_field() {
    let certificate = screen(SCREEN);
    let sign = certificate.sign(1_501_484_120_000);
    let entries = certificate.push_entries().unwrap();
    let activity = certificate.activity_entry().unwrap().unwrap();
    let mut faulty = certificate;
    faulty.app_id = 0;
    let error = faulty.check().unwrap_err();
    for shown in [
        format!("{certificate:?} {certificate:#?}"),
        format!("{entries} {entries:?}"),
        format!("{activity} {activity:?}"),
        format!("{:?}", certificate.auth_request(1_501_484_120_000, &sign)),
        format!("{error} {error:?}"),
    ] {
        assert!(!shown.contains(SECRET), "{shown}");
    }
    assert_eq!(certificate.app_secret, SECRET);
}

/// Each part of a certificate matters to the sign, and the secret is one.
#[test]
fn a_sign_is_made_of_the_certificates_own_values() {
    let timestamp = 1_501_484_120_000;
    let (key, secret) = ("25509283-3767-4b9e-83fe-b6e55ac6243e", "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21");
    let official = Certificate::new(10004, key, secret, ClickAction::default()).unwrap();
    let sign = official.sign(timestamp);
    assert_eq!(sign.as_str(), "fe3b46a2befc60334c2388676a752bd6");
    let request = official.auth_request(timestamp, &sign);
    assert_eq!((request.app_id, request.app_key), (10004, key));
    assert_eq!((request.timestamp, request.sign), (timestamp, sign.as_str()));
    let (mut id, mut other_key, mut other_secret) = (official, official, official);
    (id.app_id, other_key.app_key, other_secret.app_secret) = (10005, "k", "s");
    for other in [id.sign(timestamp), other_key.sign(timestamp), other_secret.sign(timestamp)] {
        assert_ne!(other.as_str(), sign.as_str());
    }
    assert_ne!(official.sign(timestamp + 1).as_str(), sign.as_str());
}
