//! Secrets do not show: not in `Debug` of a message, nor in an error about one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::fmt::{Debug, Display};
use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

use common::{KINDS, kind};
use offline_push::delivery::{self, Certificate, Delivery, NoPush, PendingPush, PushOptions};
use offline_push::json::{self, Decode, Encode, List};
use offline_push::registration::{Event, RegId, Registration, RegistrationAction};
use offline_push::tim::rest::{Region, SendMessage, Url};
use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{
    AuthRequest, AuthResponse, InvalidUser, ListPush, ListPushResponse, Notification, PushState, Receipt,
    ResultCode, SendResponse, Sign, UserStatus, auth_header_value,
};
use offline_push::{CertificateIds, CheckError, ClickAction, Vendor};
use serde::Deserialize;
use serde_json::{Value, json};

const SECRET: &str = "s3cr3t";

fn hides(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
}

/// `Debug` of the message, also as it is decoded, stars out so many fields.
fn hides_secrets<T: Debug>(message: &T, secrets: usize) {
    for shown in [format!("{message:?}"), format!("{message:#?}"), format!("{:?}", Some(message))] {
        hides(&shown);
        assert_eq!(shown.matches("\"***\"").count(), secrets, "{shown}");
    }
}

fn hides_secrets_when_decoded<'a, T: Debug + Encode + Decode<'a>>(
    message: &T,
    buffer: &'a mut [u8],
    secrets: usize,
) {
    hides_secrets(message, secrets);
    let written = json::to_slice(message, buffer).unwrap();
    assert!(String::from_utf8_lossy(written).contains(SECRET), "the wire has what Debug hides");
    let decoded: T = json::from_slice_in_place(written).unwrap();
    hides_secrets(&decoded, secrets);
}

#[test]
fn a_push_token_does_not_show() {
    let token = OfflinePushToken::new(6666, SECRET).unwrap();
    hides_secrets_when_decoded(&token, &mut [0; 256], 1);
    assert!(format!("{token:?}").contains("6666"), "the rest does");
}

#[test]
fn the_sign_of_an_auth_request_does_not_show() {
    let request = AuthRequest::new(10004, "key", 1_501_484_120_000, SECRET);
    hides_secrets_when_decoded(&request, &mut [0; 256], 1);
    assert!(format!("{request:?}").contains("10004"), "the rest does");

    let sign = Sign::new(10004, "key", 1_501_484_120_000, "secret");
    for shown in [format!("{sign:?}"), format!("{sign:#?}")] {
        assert!(!shown.contains(sign.as_str()) && shown.contains("***"), "{shown}");
    }
}

#[test]
fn an_auth_token_does_not_show() {
    let mut reply = AuthResponse::new(ResultCode::SUCCESS);
    hides_secrets(&reply, 0);
    assert!(format!("{reply:?}").contains("auth_token: None"), "{reply:?}");
    reply.auth_token = Some(SECRET);
    hides_secrets_when_decoded(&reply, &mut [0; 256], 1);
}

#[test]
fn the_receiver_of_a_push_does_not_show() {
    let mut push = Notification::new("title", "content", "request-1");
    hides_secrets(&push, 0);
    push.reg_id = Some(SECRET);
    hides_secrets_when_decoded(&push, &mut [0; 256], 1);
    push.alias = Some(SECRET);
    hides_secrets_when_decoded(&push, &mut [0; 256], 2);
}

#[test]
fn a_refused_receiver_does_not_show() {
    let mut reply = SendResponse::new(ResultCode::INVALID_REG_ID);
    reply.invalid_user = Some(InvalidUser::new(UserStatus::new(1), SECRET));
    hides_secrets_when_decoded(&reply, &mut [0; 256], 1);
    hides_secrets(reply.invalid_user.as_ref().unwrap(), 1);
}

#[test]
fn the_secret_of_a_certificate_does_not_show() {
    let certificate = Certificate::new(11178, "key", SECRET, ClickAction::default()).unwrap();
    hides_secrets(&certificate, 1);
    assert!(format!("{certificate:?}").contains("11178"), "the rest does");
    let sign = certificate.sign(1_501_484_120_000);
    let request = certificate.auth_request(1_501_484_120_000, &sign);
    assert!(!format!("{request:?} {sign:?} {certificate:?}").contains(sign.as_str()));
}

#[test]
fn a_composed_push_does_not_show_its_receiver() {
    let certificate = Certificate::new(11178, "key", SECRET, ClickAction::default()).unwrap();
    let token = OfflinePushToken::new(6666, SECRET).unwrap();
    let mut settings = OfflinePushSettings::new();
    settings.description = Some("content");
    let mut scratch = [0; delivery::SCRATCH_LEN];
    let composed = delivery::compose(&settings, &token, &certificate, "request-1", &mut scratch).unwrap();
    assert_eq!(composed.notification.reg_id, Some(SECRET));
    hides_secrets(&composed, 1);

    settings.description = None;
    let error = delivery::compose(&settings, &token, &certificate, "request-1", &mut scratch).unwrap_err();
    hides(&format!("{error} {error:?} {error:#?}"));
}

fn guides_registration() -> Registration {
    Registration::new(NonZeroU32::new(6666).unwrap())
}

#[test]
fn a_reg_id_does_not_show_on_its_way_into_a_registration() {
    let reg_id = RegId::try_new(SECRET).unwrap();
    hides_secrets(&reg_id, 1);
    assert_eq!(reg_id.as_str(), SECRET, "the app is given it");
    hides_secrets(&Event::RegId(reg_id), 1);
    let long = SECRET.repeat(100);
    let error = RegId::try_new(&long).unwrap_err();
    hides(&format!("{error} {error:?} {error:#?}"));
}

#[test]
fn a_registration_shows_that_it_has_a_reg_id_and_not_which() {
    let mut registration = guides_registration();
    hides_secrets(&registration, 0);
    _ = registration.handle(Event::RegId(RegId::try_new(SECRET).unwrap()));
    hides_secrets(&registration, 1);
    assert!(format!("{registration:?}").contains("6666"), "the rest shows");
    hides_secrets(&registration.token().unwrap(), 1);
    assert_eq!(registration.token().unwrap().token, SECRET);
}

#[test]
fn the_report_of_a_registration_does_not_show_the_reg_id() {
    let mut registration = guides_registration();
    _ = registration.handle(Event::Login);
    let action = registration.handle(Event::RegId(RegId::try_new(SECRET).unwrap()));
    hides_secrets(&action, 1);
    let RegistrationAction::Report(report) = action else { unreachable!("another action") };
    hides_secrets(&report, 1);
    assert_eq!(report.token.token, SECRET, "the SDK is given it");
    let generation = report.generation;
    let reply = registration.handle(Event::ReportSucceeded(generation));
    hides_secrets(&reply, 0);
    let given_up = registration.handle(Event::TurnOn(PushState::new(101)));
    hides_secrets(&given_up, 0);
    hides_secrets(&registration, 0);
}

#[test]
fn a_table_of_certificates_hands_tokens_on_without_showing_them() {
    let certificates = CertificateIds::new(&[(Vendor::VIVO, 6666)]);
    hides_secrets(&certificates.token(Vendor::VIVO, SECRET), 1);
    let long = SECRET.repeat(100);
    for token in [SECRET, &long] {
        for vendor in [Vendor::VIVO, Vendor::OPPO] {
            if let Err(error) = certificates.token(vendor, token) {
                hides(&format!("{error} {error:?} {error:#?}"));
            }
        }
    }
}

/// Its token and its certificate hold one each.
#[test]
fn a_delivery_shows_neither_the_token_nor_the_apps_secret() {
    const APP_SECRET: &str = "s3cr3t of the app";
    let certificate = Certificate::new(11178, "key", APP_SECRET, ClickAction::default()).unwrap();
    let token = OfflinePushToken::new(6666, SECRET).unwrap();
    let mut settings = OfflinePushSettings::new();
    settings.description = Some("content");
    let delivery = Delivery::new(&settings, &certificate, Some(token));
    hides_secrets(&delivery, 2);
    hides_secrets(&Delivery::new(&settings, &certificate, None), 1);
    hides_secrets(&PushOptions::from(&settings), 0);

    let (mut text, mut scratch) = ([0; delivery::TEXT_LEN], [0; delivery::SCRATCH_LEN]);
    let due: PendingPush = delivery.decide(&mut text).unwrap();
    hides_secrets(&due, 2);
    let composed = due.compose("request-1", &mut scratch).unwrap();
    assert_eq!(composed.notification.reg_id, Some(SECRET));
    hides_secrets(&composed, 1);
    hides(&composed.report.to_string());
}

#[test]
fn a_reason_against_a_push_does_not_show_whom_it_was_for() {
    let certificate = Certificate::new(11178, "key", SECRET, ClickAction::default()).unwrap();
    let token = OfflinePushToken::new(6666, SECRET).unwrap();
    let mut delivery = Delivery::new(&OfflinePushSettings::new(), &certificate, Some(token));
    let error: NoPush = delivery.decide(&mut [0; delivery::TEXT_LEN]).unwrap_err();
    hides(&format!("{error} {error:?} {error:#?}"));

    // vivo's regIds are of visible ASCII; one that is not is named, and not shown.
    let odd = format!("{SECRET} {SECRET}");
    delivery.token = Some(OfflinePushToken::new(6666, &odd).unwrap());
    delivery.options.description = Some("content");
    let mut text = [0; delivery::TEXT_LEN];
    let due = delivery.decide(&mut text).unwrap();
    let error = due.compose("request-1", &mut []).unwrap_err();
    hides(&format!("{error} {error:?} {error:#?}"));
    assert!(error.to_string().contains("regId"), "{error}");
}

#[test]
fn a_certificates_manifest_and_its_errors_do_not_show_the_secret() {
    let uri = "intent://a/b#Intent;scheme=c;component=com.example/.Main;end";
    let click = ClickAction::from_skip(Some(4.into()), Some(uri)).unwrap();
    let mut certificate = Certificate::new(11178, "key", SECRET, click).unwrap();
    let (entries, activity) = (certificate.push_entries().unwrap(), certificate.activity_entry().unwrap());
    hides(&format!("{entries} {entries:?} {} {activity:?}", activity.unwrap()));
    hides_secrets(&certificate, 1);
    certificate.app_key = "";
    let errors: [CheckError; 2] = [certificate.check().unwrap_err(), certificate.push_entries().unwrap_err()];
    hides(&format!("{} {} {errors:?}", errors[0], errors[1]));
}

#[test]
fn the_receivers_of_a_list_push_do_not_show() {
    let ids = [SECRET, SECRET];
    let mut push = ListPush::new("342982232646905856", "request-1");
    hides_secrets(&push, 0);
    push.reg_ids = Some(List::from_slice(&ids));
    hides_secrets_when_decoded(&push, &mut [0; 256], 1);
    push.aliases = Some(List::from_slice(&ids));
    hides_secrets_when_decoded(&push, &mut [0; 256], 2);

    let users = [InvalidUser::new(UserStatus::new(1), SECRET), InvalidUser::new(UserStatus::new(2), SECRET)];
    let mut reply = ListPushResponse::new(ResultCode::SUCCESS);
    reply.invalid_users = Some(List::from_slice(&users));
    hides_secrets_when_decoded(&reply, &mut [0; 256], 2);

    let error = auth_header_value("s3cr3t\r\n").unwrap_err();
    hides(&format!("{error} {error:?} {error:#?}"));
}

/// A message whose secret is the value at `§`.
const TEMPLATES: &[(&str, &str)] = &[
    ("tim.token", r#"{"offline_push_token_business_id":1,"offline_push_token_token":§}"#),
    ("vivo.auth", r#"{"appId":1,"appKey":"k","timestamp":1,"sign":§}"#),
    ("vivo.auth.reply", r#"{"result":0,"authToken":§}"#),
    ("vivo.send", r#"{"title":"t","content":"c","requestId":"r","regId":§}"#),
    ("vivo.send", r#"{"title":"t","content":"c","requestId":"r","alias":§}"#),
    ("vivo.send.reply", r#"{"result":0,"invalidUser":{"userid":§}}"#),
    ("vivo.receipt", r#"{"1":{"targets":§}}"#),
    ("vivo.list-payload", r#"{"title":"t","content":"c","requestId":"r","regId":§}"#),
    ("vivo.list-push", r#"{"taskId":"1","requestId":"r","regIds":["1",§]}"#),
    ("vivo.list-push", r#"{"taskId":"1","requestId":"r","aliases":[§]}"#),
    ("vivo.list-push.reply", r#"{"result":0,"invalidUsers":[{"status":1},{"userid":§}]}"#),
    ("vivo.all", r#"{"title":"t","content":"c","requestId":"r","alias":§}"#),
    ("vivo.tag-push", r#"{"title":"t","content":"c","requestId":"r","regId":§}"#),
];

/// Messages that hold nothing but what the receiver is to see.
const NO_SECRETS: &[&str] = &[
    "tim.settings",
    "tim.info",
    "tim.vendor-params",
    "ext.info",
    "vivo.task.reply",
    "vivo.statistics.reply",
    "tim.sendmsg",
    "tim.sendmsg.reply",
    "tim.batch",
    "tim.batch.reply",
    "tim.group",
    "tim.group.reply",
    "tim.all-members",
    "tim.all-members.reply",
    "tim.timpush",
    "tim.timpush.reply",
    "tim.web",
];

#[test]
fn decode_error_about_a_secret_does_not_show_it() {
    let malformed =
        [r#""s3cr3t"#, r#""s3cr3t" x"#, r#""s3cr3t","s3cr3t":"#, "s3cr3t", r#""s3cr3t\x""#, "\"s3cr3t\n\""];
    let wrong_types = [r#"["s3cr3t"]"#, r#"{"s3cr3t":"s3cr3t"}"#];
    for (name, template) in TEMPLATES {
        assert!(kind(name).in_place(template.replace('§', r#""s3cr3t""#).as_bytes()).is_ok(), "{template}");
        let is_reply = name.ends_with(".reply");
        let both = |text: &str| [kind(name).in_place(text.as_bytes()), (kind(name).from_str)(text)];
        for fault in malformed.iter().chain(wrong_types.iter().filter(|_| !is_reply)) {
            for outcome in both(&template.replace('§', fault)) {
                let error = outcome.unwrap_err();
                hides(&format!("{error} {error:?} {error:#?}"));
            }
        }
        // What a reply has of a wrong type is not there.
        for fault in wrong_types.iter().filter(|_| is_reply) {
            both(&template.replace('§', fault)).iter().for_each(|outcome| hides(&format!("{outcome:?}")));
        }
    }
}

#[test]
fn from_str_error_about_an_escaped_secret_does_not_show_it() {
    for (name, template) in TEMPLATES {
        let error = (kind(name).from_str)(&template.replace('§', r#""s3cr3t\n""#)).unwrap_err();
        hides(&format!("{error} {error:?} {error:#?}"));
    }
}

#[test]
fn a_broken_rule_about_a_secret_does_not_show_it() {
    let long = SECRET.repeat(100);
    for token in [long.as_str(), ""] {
        let error = OfflinePushToken::new(6666, token).unwrap_err();
        hides(&format!("{error} {error:?} {error:#?}"));
    }
    let error = AuthRequest::new(10004, "key", 1_501_484_120_000, SECRET).check().unwrap_err();
    hides(&format!("{error} {error:?} {error:#?}"));
}

#[test]
fn a_buffer_that_is_too_short_for_a_secret_does_not_show_it() {
    let token = OfflinePushToken::new(6666, SECRET).unwrap();
    let error = json::to_slice(&token, &mut [0; 40]).unwrap_err();
    hides(&format!("{error} {error:?} {error:#?}"));
}

#[test]
fn what_is_kept_of_a_message_shows_no_more() {
    for (name, template) in TEMPLATES {
        let kept = (kind(name).owned)(template.replace('§', r#""s3cr3t""#).as_bytes()).unwrap();
        hides(&kept.debug);
        hides(&kept.view_debug);
        assert!(kept.whole.contains(SECRET), "the wire has it");
    }
}

/// A message that serde can read, and what an error of each way to do so shows.
struct Read {
    /// With all of its fields; `§` stands for any text.
    whole: &'static str,
    from_str: fn(&str) -> Result<(), String>,
    from_slice: fn(&[u8]) -> Result<(), String>,
    from_value: fn(Value) -> Result<(), String>,
    from_value_ref: fn(&Value) -> Result<(), String>,
    from_cbor: fn(&ciborium::Value) -> Result<(), String>,
    from_postcard: fn(&[u8]) -> Result<(), String>,
    to_postcard: fn(&str) -> Vec<u8>,
}

fn shown<T, E: Debug + Display>(read: Result<T, E>) -> Result<(), String> {
    read.map(|_| ()).map_err(|error| format!("{error} {error:?} {error:#?}"))
}

macro_rules! reads {
    ($($model:ty: $whole:literal;)+) => {
        const READS: &[Read] = &[$(Read {
            whole: $whole,
            from_str: |text| shown(serde_json::from_str::<$model>(text)),
            from_slice: |bytes| shown(serde_json::from_slice::<$model>(bytes)),
            from_value: |value| shown(<$model>::deserialize(value)),
            from_value_ref: |value| shown(<$model>::deserialize(value)),
            from_cbor: |value| shown(value.deserialized::<$model>()),
            from_postcard: |bytes| shown(postcard::from_bytes::<$model>(bytes)),
            to_postcard: |text| {
                let model: $model = serde_json::from_str(text).unwrap();
                postcard::to_slice(&model, &mut [0; 1024]).unwrap().to_vec()
            },
        },)+];
    };
}

reads! {
    OfflinePushToken: r#"{"offline_push_token_token":§,"offline_push_token_business_id":1,
        "offline_push_token_is_tpns_token":true,"offline_push_token_type":1}"#;
    AuthRequest: r#"{"appId":1,"appKey":§,"timestamp":1,"sign":§}"#;
    AuthResponse: r#"{"result":0,"desc":§,"authToken":§}"#;
    SendResponse: r#"{"result":0,"desc":§,"taskId":§,"invalidUser":{"status":1,"userid":§}}"#;
    InvalidUser: r#"{"status":1,"userid":§}"#;
    Receipt: r#"{"targets":§,"ackTime":1,"param":§,"ackType":§,"subAckType":§}"#;
    OfflinePushSettings: r#"{"offline_push_config_title":§,"offline_push_config_desc":§,"offline_push_config_ext":§,
        "offline_push_config_flag":0,"offline_push_config_ios_config":{"ios_offline_push_config_title":§,
        "ios_offline_push_config_ignore_badge":true}}"#;
}

/// The value with another one in the place of each of its values, in turn; and the key to the place.
fn faults(value: &Value, key: &str, fault: &Value, found: &mut Vec<(String, Value)>) {
    found.push((key.to_owned(), fault.clone()));
    let Value::Object(members) = value else { return };
    for (name, member) in members {
        let mut inner = Vec::new();
        faults(member, name, fault, &mut inner);
        found.extend(inner.into_iter().map(|(key, fault)| {
            let mut members = members.clone();
            members.insert(name.clone(), fault);
            (key, Value::Object(members))
        }));
    }
}

/// Neither text nor numbers that were put in.
fn hides_values(error: &str) {
    hides(error);
    assert!(!error.contains("765432"), "{error}");
}

#[test]
fn serde_errors_name_the_field_and_show_no_value() {
    let wrong = [
        json!(SECRET),
        json!("s3cr3t\n"),
        json!(8_765_432_109_876_543_210_u64),
        json!(-8_765_432_109_876_543_i64),
        json!(8_765_432.5),
        json!(true),
        json!([SECRET]),
        json!({ SECRET: SECRET }),
    ];
    for read in READS {
        let whole: Value = serde_json::from_str(&read.whole.replace('§', r#""s3cr3t""#)).unwrap();
        for fault in &wrong {
            let mut found = Vec::new();
            faults(&whole, "", fault, &mut found);
            for (key, value) in found {
                let text = value.to_string();
                let in_json = [(read.from_str)(&text), (read.from_slice)(text.as_bytes())];
                for error in in_json.into_iter().filter_map(Result::err) {
                    hides_values(&error);
                    let named = error.contains(&format!("`{key}`: cannot read"))
                        || error.starts_with("missing field")
                        || key.is_empty();
                    assert!(named, "{key}: {error}");
                }
                let cbor = ciborium::Value::serialized(&value).unwrap();
                let others =
                    [(read.from_value_ref)(&value), (read.from_cbor)(&cbor), (read.from_value)(value)];
                others.into_iter().filter_map(Result::err).for_each(|error| hides_values(&error));
            }
        }
    }
}

#[test]
fn from_str_escaped_secret_is_not_printed() {
    for read in READS {
        for escaped in [r#""s3cr3t\n""#, r#""\u0073s3cr3t""#] {
            let error = (read.from_str)(&read.whole.replace('§', escaped)).unwrap_err();
            hides(&error);
            assert!(error.contains("cannot read"), "{error}");
        }
    }
    let error = serde_json::from_str::<OfflinePushToken>(
        r#"{"offline_push_token_business_id":1,"offline_push_token_token":"s3cr3t\u0041"}"#,
    );
    let error = error.unwrap_err().to_string();
    let wanted = "`offline_push_token_token`: cannot read text that borrows from the input (escaped or owned text \
                  cannot be borrowed: use `offline_push::json`, or an owned message) at line 1";
    assert!(error.starts_with(wanted), "{error}");
}

#[test]
fn from_str_truncated_or_damaged_secret_is_not_printed() {
    for read in READS {
        let whole = read.whole.replace('§', r#""s3cr3t""#);
        assert_eq!((read.from_str)(&whole), Ok(()));
        for at in 0..whole.len() {
            hides(&(read.from_str)(&whole[..at]).unwrap_err());
            for byte in ["\\", "\"", "\n", "{", "x", "9"] {
                let damaged = format!("{}{byte}{}", &whole[..at], &whole[at + 1..]);
                (read.from_slice)(damaged.as_bytes()).map_or_else(|error| hides(&error), |()| ());
            }
        }
    }
}

#[test]
fn from_value_secret_is_not_printed() {
    for read in READS {
        let value: Value = serde_json::from_str(&read.whole.replace('§', r#""s3cr3t""#)).unwrap();
        assert_eq!((read.from_value_ref)(&value), Ok(()));
        hides(&(read.from_value)(value).unwrap_err());
    }
    let value = json!({ "result": 0, "authToken": SECRET });
    let error = AuthResponse::deserialize(value).unwrap_err().to_string();
    assert!(error.starts_with("`authToken`: cannot read text that borrows"), "{error}");
}

#[test]
fn from_bytes_truncated_or_damaged_secret_is_not_printed() {
    for read in READS {
        let whole = (read.to_postcard)(&read.whole.replace('§', r#""s3cr3t""#));
        assert_eq!((read.from_postcard)(&whole), Ok(()));
        for at in 0..whole.len() {
            hides(&(read.from_postcard)(&whole[..at]).unwrap_err());
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                (read.from_postcard)(&damaged).map_or_else(|error| hides(&error), |()| ());
            }
        }
    }
    let whole = (READS[0].to_postcard)(&READS[0].whole.replace('§', r#""s3cr3t""#));
    let error = postcard::from_bytes::<OfflinePushToken>(&whole[..3]);
    assert_eq!(
        error,
        Err(postcard::Error::DeserializeUnexpectedEnd),
        "such an error shows nothing, and stays"
    );
}

#[test]
fn from_str_missing_and_duplicate_fields_are_named() {
    for (text, wanted) in [
        (r#"{"offline_push_token_business_id":1}"#, "missing field `offline_push_token_token`"),
        (r#"{"offline_push_token_token":"s3cr3t"}"#, "missing field `offline_push_token_business_id`"),
        (
            r#"{"offline_push_token_token":"s3cr3t","offline_push_token_token":"s3cr3t"}"#,
            "duplicate field `offline_push_token_token`",
        ),
        (r#""s3cr3t""#, "`OfflinePushToken`: cannot read an object with the fields of a message"),
    ] {
        let error = (READS[0].from_str)(text).unwrap_err();
        hides(&error);
        assert!(error.starts_with(wanted), "{error}");
    }
    let error = serde_json::from_str::<ResultCode>(r#""s3cr3t""#).unwrap_err().to_string();
    assert!(error.starts_with("`ResultCode`: cannot read an integer from -2147483648"), "{error}");
}

/// Every source of the crate.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_field_that_is_declared_secret_is_looked_at() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let declared = found.iter().flat_map(|source| source.lines()).filter(|line| {
        let line = line.trim();
        line.ends_with("[secret],") && !line.starts_with("//")
    });
    let mut count = 0;
    for line in declared {
        let name = line.split('"').nth(1).expect("a wire name");
        let places = [format!(r#""{name}":§"#), format!(r#""{name}":[§"#), format!(r#""{name}":["1",§"#)];
        let mut places = places.iter();
        let looked_at = places.any(|place| TEMPLATES.iter().any(|(_, template)| template.contains(place)));
        assert!(looked_at, "no template for {name}");
        count += 1;
    }
    assert!(count >= 9, "{count} declarations found");
}

#[test]
fn the_signature_of_a_url_does_not_show() {
    let url = Url::new(Region::China.host(), 1400000000, "administrator", SECRET, 1);
    hides_secrets(&url, 1);
    let mut buffer = [0; 256];
    assert!(url.absolute::<SendMessage>(&mut buffer).unwrap().contains(SECRET), "the wire has it");
    let error = url.absolute::<SendMessage>(&mut buffer[..8]).unwrap_err();
    hides(&format!("{error} {error:?}"));
}

#[test]
fn the_reg_ids_of_a_receipt_do_not_show() {
    let text = format!("{SECRET},{SECRET}1");
    let mut receipt = Receipt::new();
    receipt.targets = Some(&text);
    hides_secrets(&receipt, 1);
    hides(&format!("{:?}", receipt.reg_ids()));
    assert_eq!(receipt.reg_ids().collect::<Vec<_>>(), [SECRET, "s3cr3t1"], "the server is given them");
}

#[test]
fn every_kind_of_message_is_looked_at() {
    for kind in KINDS {
        let looked_at = TEMPLATES.iter().any(|(name, _)| *name == kind.name);
        assert!(looked_at != NO_SECRETS.contains(&kind.name), "{} has no secret, or no test", kind.name);
    }
}

#[test]
fn a_hex_token_that_cannot_be_read_does_not_show() {
    for (token, mut buffer) in [(SECRET, [0; 8]), ("5ecre7", [0; 8])] {
        let error = OfflinePushToken::raw_token(token, &mut buffer).unwrap_err();
        let shown = format!("{error} {error:?} {error:#?}");
        hides(&shown);
        assert!(!shown.contains(token), "{shown}");
    }
    let error = OfflinePushToken::new_v6(1, &SECRET.repeat(100), true).unwrap_err();
    hides(&format!("{error} {error:?} {error:#?}"));
}
