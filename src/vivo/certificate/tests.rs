use core::time::Duration;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::super::android::{ActivityEntry, ClassName, PushEntries};
use super::{Certificate, SavedCertificate};
use crate::check::{CheckError, Rule};
use crate::click::{ClickAction, ClickEvent};
use crate::uri::{IntentUri, WebUrl};

/// The key in the guide.
const KEY: &str = "a90685ff-ebad-4df3-a265-3d4bb8e3a389";
const SCREEN: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
const SECRET: &str = "s3cr3t";

fn certificate(click: ClickAction<'_>) -> Certificate<'_> {
    Certificate::new(6666, 11178, KEY, SECRET, click)
}

fn screen(uri: &str) -> Certificate<'_> {
    certificate(ClickAction::from_console(ClickEvent::OpenScreen, uri).unwrap())
}

/// The attributes in a part of a manifest, in the form `name="value"`.
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
fn check_requires_both_ids_key_and_secret() {
    let check =
        |id, app_id, key, secret| Certificate::new(id, app_id, key, secret, ClickAction::default()).check();
    assert_eq!(check(1, 1, "key", "secret"), Ok(()));
    for (result, field) in [
        (check(0, 1, "key", "secret"), "certificate.id"),
        (check(1, 0, "key", "secret"), "appId"),
        (check(1, 1, " ", "secret"), "appKey"),
        (check(1, 1, "key", "\n"), "appSecret"),
    ] {
        assert_eq!(result, Err(CheckError::new(field, Rule::Missing)));
    }
}

#[test]
fn in_force_changes_ten_minutes_after_saving() {
    let before = certificate(ClickAction::default());
    let after = Certificate::new(6666, 11178, KEY, "another", ClickAction::default());
    let (zero, nano) = (Duration::ZERO, Duration::from_nanos(1));
    let ten_minutes = Duration::from_secs(600);
    for (age, wait) in [
        (zero, ten_minutes),
        (Duration::from_secs(599), Duration::from_secs(1)),
        (ten_minutes - nano, nano),
        (ten_minutes, zero),
        (Duration::MAX, zero),
    ] {
        let (added, edited) = (
            SavedCertificate::Added { certificate: after, age },
            SavedCertificate::Edited { before, after, age },
        );
        assert_eq!((added.wait(), edited.wait()), (wait, wait));
        assert_eq!(added.in_force(), wait.is_zero().then_some(&after), "{age:?}");
        assert_eq!(edited.in_force(), Some(if wait.is_zero() { &after } else { &before }), "{age:?}");
    }
    let saved = SavedCertificate::from(before);
    assert_eq!((saved.in_force(), saved.wait()), (Some(&before), zero));
    assert_eq!(SavedCertificate::from(&before), saved);
}

#[test]
fn check_of_a_saved_certificate_checks_each_and_that_the_id_is_kept() {
    let before = certificate(ClickAction::default());
    let mut after = before;
    let age = Duration::ZERO;
    let edited = |after| SavedCertificate::Edited { before, after, age }.check();
    assert_eq!(edited(after), Ok(()));
    after.id = 7777;
    let conflict = CheckError::new("certificate.id", Rule::Conflict { with: "before.id" });
    assert_eq!(edited(after), Err(conflict));
    after.app_secret = "";
    let missing = Err(CheckError::new("appSecret", Rule::Missing));
    assert_eq!(edited(after), missing);
    assert_eq!(SavedCertificate::Added { certificate: after, age }.check(), missing);
    assert_eq!(SavedCertificate::InForce(after).check(), missing);
    assert_eq!(SavedCertificate::Edited { before: after, after: before, age }.check(), missing);
}

#[test]
fn check_click_event_too_long_is_an_error() {
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
        assert_eq!(Certificate::new(1, 1, "key", "secret", fits).check(), Ok(()));
        let refused = Certificate::new(1, 1, "key", "secret", long).check();
        assert_eq!(refused, Err(CheckError::new("skipContent", Rule::TooLong { max })));
    }
    let blank = Certificate::new(1, 1, "key", "secret", ClickAction::Custom(" ")).check();
    assert_eq!(blank, Err(CheckError::new("skipContent", Rule::Missing)));
}

#[test]
fn sign_and_auth_request_ignore_surrounding_white_space() {
    let trimmed = certificate(ClickAction::default());
    let key = format!(" {KEY}\n");
    let copied = Certificate::new(6666, 11178, &key, "\ts3cr3t ", ClickAction::default());
    assert_eq!(copied.check(), Ok(()));
    let sign = copied.sign(1);
    assert_eq!(sign, trimmed.sign(1));
    assert_eq!(copied.auth_request(1, &sign), trimmed.auth_request(1, &sign));
    assert_eq!(copied.push_entries(), trimmed.push_entries());
}

#[test]
fn push_entries_and_activity_entry_match_the_guide() {
    let certificate = screen(SCREEN);
    let entries = certificate.push_entries().unwrap();
    assert_eq!(entries, PushEntries::new(11178, KEY));
    let activity = certificate.activity_entry().unwrap().unwrap();
    let class = ClassName::try_new("com.tencent.qcloud.tim.demo.chat.ChatActivity").unwrap();
    let of_parts = ActivityEntry::new(class, "pushscheme", "com.tencent.qcloud.tim", "/detail");
    assert_eq!(activity, of_parts);
    for (rendered, guide, count) in [
        (entries.to_string(), include_str!("../../../tests/fixtures/guide/push_entries.xml"), 10),
        (activity.to_string(), include_str!("../../../tests/fixtures/guide/activity_entry.xml"), 8),
    ] {
        assert_eq!(attributes(guide).len(), count);
        assert_eq!(attributes(&rendered), attributes(guide));
    }
}

#[test]
fn activity_entry_expands_a_short_class_name() {
    let certificate = screen("intent://a/b#Intent;scheme=c;component=com.example/.chat.ChatActivity;end");
    let entry = certificate.activity_entry().unwrap().unwrap();
    assert_eq!(entry.class.to_string(), "com.example.chat.ChatActivity");
    assert_eq!((entry.scheme, entry.host, entry.path), ("c", "a", "/b"));
}

#[test]
fn activity_entry_from_a_uri_with_its_own_scheme() {
    let uri = "tencent_im_push://com.example.app/message?#Intent;scheme=tencent_im_push;\
        component=com.example.app/.Main;end";
    let certificate = screen(uri);
    let entry = certificate.activity_entry().unwrap().unwrap();
    assert_eq!((entry.scheme, entry.host, entry.path), ("tencent_im_push", "com.example.app", "/message"));
}

#[test]
fn activity_entry_is_none_without_all_parts() {
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
fn activity_and_push_entries_refuse_invalid_names() {
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
fn secret_is_in_no_output() {
    let certificate = screen(SCREEN);
    let sign = certificate.sign(1_501_484_120_000);
    let entries = certificate.push_entries().unwrap();
    let activity = certificate.activity_entry().unwrap().unwrap();
    let mut faulty = certificate;
    faulty.app_id = 0;
    let error = faulty.check().unwrap_err();
    for shown in [
        format!("{certificate:?} {certificate:#?} {:?}", SavedCertificate::from(certificate)),
        format!("{entries} {entries:?}"),
        format!("{activity} {activity:?}"),
        format!("{:?}", certificate.auth_request(1_501_484_120_000, &sign)),
        format!("{error} {error:?}"),
    ] {
        assert!(!shown.contains(SECRET), "{shown}");
    }
    assert_eq!(certificate.app_secret, SECRET);
}

/// Each part of a certificate changes the sign.
#[test]
fn sign_uses_id_key_secret_and_time() {
    let timestamp = 1_501_484_120_000;
    let (key, secret) = ("25509283-3767-4b9e-83fe-b6e55ac6243e", "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21");
    let official = Certificate::new(6666, 10004, key, secret, ClickAction::default());
    let sign = official.sign(timestamp);
    assert_eq!(sign.as_str(), "fe3b46a2befc60334c2388676a752bd6");
    assert_eq!((sign.to_string().as_str(), sign.as_ref()), (sign.as_str(), sign.as_str()));
    let request = official.auth_request(timestamp, &sign);
    assert_eq!((request.app_id, request.app_key), (10004, key));
    assert_eq!((request.timestamp, request.sign), (timestamp, sign.as_str()));
    for (id, key, secret) in [(10005, key, secret), (10004, "k", secret), (10004, key, "s")] {
        let other = Certificate::new(6666, id, key, secret, ClickAction::default());
        assert_ne!(other.sign(timestamp), sign);
    }
    assert_ne!(official.sign(timestamp + 1).as_str(), sign.as_str());
}
