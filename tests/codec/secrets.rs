//! Secrets do not show: not in `Debug` of a message, nor in an error about one.

use std::fmt::{Debug, Display};
use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::common::kind;
use crate::common::spots::{Spot, spots, whole};
use offline_push::delivery::{self, Delivery, PendingPush, PushOptions};
use offline_push::json;
use offline_push::json::description::{Mark, Type};
use offline_push::registration::{Event, RegId, Registration, RegistrationAction, UserId};
use offline_push::tim::rest::{Region, SendMessage, Url};
use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{AuthRequest, Certificate, PushState, Receipt, ResultCode, auth_header_value};
use offline_push::{CertificateIds, ClickAction, Vendor, ext, tim, vivo};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

const SECRET: &str = "s3cr3t";

fn hides(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
}

/// `Debug` of the message, also as it is decoded, hides this number of fields.
fn hides_secrets<T: Debug>(message: &T, secrets: usize) {
    for shown in [format!("{message:?}"), format!("{message:#?}"), format!("{:?}", Some(message))] {
        hides(&shown);
        assert_eq!(shown.matches("\"***\"").count(), secrets, "{shown}");
    }
}

fn hides_in_error<T>(outcome: Result<T, impl Debug + Display>) {
    let error = outcome.err().unwrap();
    hides(&format!("{error} {error:?} {error:#?}"));
}

#[test]
fn debug_of_a_certificate_and_what_it_gives() {
    let uri = "intent://a/b#Intent;scheme=c;component=com.example/.Main;end";
    let click = ClickAction::from_skip(Some(4.into()), Some(uri)).unwrap();
    let mut certificate = Certificate::new(6666, 11178, "key", SECRET, click);
    hides_secrets(&certificate, 2);
    assert!(format!("{certificate:?}").contains("11178"), "the rest shows");
    let sign = certificate.sign(1_501_484_120_000);
    let request = certificate.auth_request(1_501_484_120_000, &sign);
    let shown = format!("{request:?} {sign:?} {sign:#?} {certificate:?}");
    assert!(!shown.contains(sign.as_str()) && shown.contains("***"), "{shown}");
    let (entries, activity) = (certificate.push_entries().unwrap(), certificate.activity_entry().unwrap());
    hides(&format!("{entries} {entries:?} {} {activity:?}", activity.unwrap()));
    certificate.app_key = "";
    hides_in_error(certificate.check());
    hides_in_error(certificate.push_entries());
}

#[test]
fn debug_of_a_registration_from_the_reg_id_to_the_report() {
    let mut registration = Registration::new(NonZeroU32::new(6666).unwrap());
    hides_secrets(&registration, 0);
    let reg_id = RegId::try_new(SECRET).unwrap();
    hides_secrets(&reg_id, 1);
    hides_secrets(&Event::RegId(reg_id), 1);
    assert_eq!(reg_id.as_str(), SECRET, "the app is given it");

    _ = registration.handle(Event::Login(UserId::new("alice")));
    let action = registration.handle(Event::RegId(reg_id));
    hides_secrets(&action, 1);
    let RegistrationAction::Report(report) = action else { unreachable!("another action") };
    hides_secrets(&report, 1);
    assert_eq!(report.token.token, SECRET, "the SDK is given it");
    let generation = report.generation;
    hides_secrets(&registration.handle(Event::ReportSucceeded(generation)), 0);
    hides_secrets(&registration, 1);
    assert!(format!("{registration:?}").contains("6666"), "the rest shows");
    hides_secrets(&registration.token().unwrap(), 1);
    hides_secrets(&registration.handle(Event::TurnOn(PushState::new(101))), 0);
    hides_secrets(&registration, 0);
}

/// Its token contains one secret, and its certificate two.
#[test]
fn debug_of_a_delivery_and_of_the_push() {
    let certificate = Certificate::new(6666, 11178, "key", "s3cr3t of the app", ClickAction::default());
    let token = OfflinePushToken::new(6666, SECRET);
    let settings = OfflinePushSettings::new().description("content");
    let mut delivery = Delivery::new(&settings, certificate, Some(token));
    hides_secrets(&delivery, 3);
    hides_secrets(&Delivery::new(&settings, certificate, None), 2);
    hides_secrets(&PushOptions::from(&settings), 0);

    let (mut text, mut scratch) = ([0; delivery::TEXT_LEN], [0; delivery::SCRATCH_LEN]);
    let due: PendingPush = delivery.decide(&mut text).unwrap();
    hides_secrets(&due, 3);
    let composed = due.compose("request-1", &mut scratch).unwrap();
    assert_eq!(composed.notification.reg_id, Some(SECRET), "vivo is given it");
    hides_secrets(&composed, 1);
    hides(&composed.report.to_string());

    // vivo's regIds consist of visible ASCII. The error for another one names the field, but does not show the text.
    delivery.token = Some(OfflinePushToken::new(6666, "s3cr3t s3cr3t"));
    let error = delivery.decide(&mut text).unwrap().compose("request-1", &mut []);
    assert!(error.as_ref().is_err_and(|error| error.to_string().contains("regId")), "{error:?}");
    hides_in_error(error);
    delivery.token = None;
    hides_in_error(delivery.decide(&mut text));
}

#[test]
fn error_about_a_token_does_not_show_it() {
    let long = SECRET.repeat(100);
    hides_in_error(RegId::try_new(&long));
    hides_in_error(auth_header_value("s3cr3t\r\n"));
    let certificates = CertificateIds::new(&[(Vendor::VIVO, 6666)]);
    hides_secrets(&certificates.token(Vendor::VIVO, SECRET), 1);
    hides_in_error(certificates.token(Vendor::OPPO, SECRET));
    hides_in_error(certificates.token(Vendor::VIVO, &long));
    hides_in_error(OfflinePushToken::new(6666, &long).check());
    hides_in_error(OfflinePushToken::new(1, &long).is_tpns_token(true).check());
    hides_in_error(AuthRequest::new(10004, "key", 1_501_484_120_000, SECRET).check());
    hides_in_error(json::to_slice(&OfflinePushToken::new(6666, SECRET), &mut [0; 40]));
    for token in [SECRET, "5ecre7"] {
        let error = OfflinePushToken::raw_token(token, &mut [0; 8]).unwrap_err();
        assert!(!format!("{error} {error:?} {error:#?}").contains(token), "{error}");
    }
}

#[test]
fn debug_of_a_url_and_of_a_receipt() {
    let url = Url::new(Region::China.host(), 1400000000, "administrator", SECRET, 1);
    hides_secrets(&url, 1);
    let mut buffer = [0; 256];
    assert!(url.absolute::<SendMessage>(&mut buffer).unwrap().contains(SECRET), "the wire has it");
    hides_in_error(url.absolute::<SendMessage>(&mut buffer[..8]));

    let receipt = Receipt::new().targets("s3cr3t,s3cr3t1");
    hides_secrets(&receipt, 1);
    hides(&format!("{:?}", receipt.reg_ids()));
    assert_eq!(receipt.reg_ids().collect::<Vec<_>>(), [SECRET, "s3cr3t1"], "the server is given them");
}

/// The secret in a field that is declared secret: alone, or one of a list.
fn around(spot: &Spot) -> (&'static str, &'static str) {
    match spot.value {
        Type::Text => ("", ""),
        Type::List(Type::Text) => (r#"["1","#, "]"),
        other => unreachable!("{} is {other:?}: redaction of that has no test", spot.path),
    }
}

#[test]
fn debug_of_every_secret_field_is_redacted() {
    let mut tried = 0;
    for spot in spots().iter().filter(|spot| spot.field.mark == Mark::Secret) {
        let (before, after) = around(spot);
        let kept =
            (spot.kind.owned)(spot.with(&format!("{before}\"{SECRET}\"{after}")).0.as_bytes()).unwrap();
        for shown in [&kept.debug, &kept.view_debug] {
            hides(shown);
            assert!(shown.contains("\"***\""), "{} {shown}", spot.path);
        }
        assert!(kept.whole.contains(SECRET), "the wire has it");
        // `Debug` says whether there is one.
        if !spot.field.required {
            let without = (spot.kind.owned)(spot.without().as_bytes()).unwrap();
            assert!(
                without.view_debug.matches("***").count() < kept.view_debug.matches("***").count(),
                "{}",
                spot.path
            );
        }
        tried += 1;
    }
    assert!(tried >= 9, "{tried}");
}

/// Members with these names hold what nobody else may read, wherever they are.
#[test]
fn description_of_secret_names_is_secret() {
    let names = [
        "appKey", "regId", "regIds", "alias", "aliases", "sign", "authToken", "userid", "targets",
        "offline_push_token_token", "userIds", "ids",
    ];
    for spot in spots() {
        assert_eq!(
            spot.field.mark == Mark::Secret,
            names.contains(&spot.field.wire),
            "{} {}",
            spot.kind.name,
            spot.path
        );
    }
}

#[test]
fn decode_error_about_a_text_does_not_show_it() {
    let malformed = [
        r#""s3cr3t"#, r#""s3cr3t" x"#, r#""s3cr3t","s3cr3t":"#, "s3cr3t", r#""s3cr3t\x""#, "\"s3cr3t\n\"",
        r#""s3cr3t\n""#, r#"["s3cr3t"]"#, r#"{"s3cr3t":"s3cr3t"}"#,
    ];
    for spot in spots().iter().filter(|spot| matches!(spot.value, Type::Text | Type::List(Type::Text))) {
        let (before, after) = around(spot);
        for fault in malformed {
            let text = spot.with(&format!("{before}{fault}{after}")).0;
            for outcome in [spot.kind.in_place(text.as_bytes()), (spot.kind.from_str)(&text)] {
                let shown =
                    outcome.map_or_else(|error| format!("{error} {error:?} {error:#?}"), |_| String::new());
                hides(&shown);
            }
        }
    }
}

type Shown = Result<(), String>;

/// A message, and what the error shows for each way to read it through serde; nothing if serde cannot read it.
struct Read {
    name: &'static str,
    from_str: fn(&str) -> Option<Shown>,
    from_slice: fn(&[u8]) -> Option<Shown>,
    from_value: fn(Value) -> Option<Shown>,
    from_value_ref: fn(&Value) -> Option<Shown>,
    from_cbor: fn(&ciborium::Value) -> Option<Shown>,
    from_postcard: fn(&[u8]) -> Option<Shown>,
    to_postcard: fn(&str) -> Vec<u8>,
}

fn shown<T, E: Debug + Display>(read: Result<T, E>) -> Shown {
    read.map(|_| ()).map_err(|error| format!("{error} {error:?} {error:#?}"))
}

/// Reads a message through serde, if it has `Deserialize`. This inherent method takes precedence over that of [`Unreadable`].
struct Probe<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Probe<T> {
    fn read<D: Deserializer<'de>>(&self, deserializer: D) -> Option<Shown> {
        Some(shown(T::deserialize(deserializer)))
    }

    fn read_cbor(&self, value: &ciborium::Value) -> Option<Shown> {
        Some(shown(value.deserialized::<T>()))
    }
}

trait Unreadable {
    fn read<D>(&self, _: D) -> Option<Shown> {
        None
    }

    fn read_cbor(&self, _: &ciborium::Value) -> Option<Shown> {
        None
    }
}

impl<T> Unreadable for Probe<T> {}

macro_rules! reads {
    ($($name:literal => $model:ty,)+) => {
        const READS: &[Read] = &[$(Read {
            name: $name,
            from_str: |text| Probe::<$model>(PhantomData).read(&mut serde_json::Deserializer::from_str(text)),
            from_slice: |bytes| Probe::<$model>(PhantomData).read(&mut serde_json::Deserializer::from_slice(bytes)),
            from_value: |value| Probe::<$model>(PhantomData).read(value),
            from_value_ref: |value| Probe::<$model>(PhantomData).read(value),
            from_cbor: |value| Probe::<$model>(PhantomData).read_cbor(value),
            from_postcard: |bytes| Probe::<$model>(PhantomData).read(&mut postcard::Deserializer::from_bytes(bytes)),
            to_postcard: |text| {
                let model: $model = json::from_str(text).unwrap();
                postcard::to_slice(&model, &mut [0; 2048]).unwrap().to_vec()
            },
        },)+];
    };
}

offline_push::__for_each_message!(reads);

/// The messages that serde can read, each with a document that has all of its fields and `§` for every text.
fn readable() -> impl Iterator<Item = (&'static Read, String)> {
    let readable = READS.iter().filter(|read| (read.from_str)("{}").is_some());
    readable.map(|read| (read, whole(kind(read.name).description, "§")))
}

/// The value with another one in place of each of its values, in turn; and the key of the place.
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

/// The error shows neither the text nor the numbers of the input.
fn hides_values(error: &str) {
    hides(error);
    assert!(!error.contains("765432"), "{error}");
}

#[test]
fn deserialize_wrong_value_names_the_field_alone() {
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
    for (read, whole) in readable() {
        let whole: Value = serde_json::from_str(&whole.replace('§', r#""s3cr3t""#)).unwrap();
        for fault in &wrong {
            let mut found = Vec::new();
            faults(&whole, "", fault, &mut found);
            for (key, value) in found {
                let text = value.to_string();
                let in_json = [(read.from_str)(&text), (read.from_slice)(text.as_bytes())];
                for error in in_json.into_iter().flatten().filter_map(Result::err) {
                    hides_values(&error);
                    let named = error.contains(&format!("`{key}`: cannot read"))
                        || error.starts_with("missing field")
                        || key.is_empty();
                    assert!(named, "{key}: {error}");
                }
                let cbor = ciborium::Value::serialized(&value).unwrap();
                let others =
                    [(read.from_value_ref)(&value), (read.from_cbor)(&cbor), (read.from_value)(value)];
                others.into_iter().flatten().filter_map(Result::err).for_each(|error| hides_values(&error));
            }
        }
    }
}

/// Neither text with escapes nor text that serde owns can be borrowed.
#[test]
fn deserialize_text_that_cannot_be_borrowed() {
    for (read, whole) in readable().filter(|(_, whole)| whole.contains('§')) {
        for escaped in [r#""s3cr3t\n""#, r#""\u0073s3cr3t""#] {
            let error = (read.from_str)(&whole.replace('§', escaped)).unwrap().unwrap_err();
            hides(&error);
            assert!(error.contains("cannot read"), "{error}");
        }
        let value: Value = serde_json::from_str(&whole.replace('§', r#""s3cr3t""#)).unwrap();
        assert_eq!((read.from_value_ref)(&value), Some(Ok(())));
        hides(&(read.from_value)(value).unwrap().unwrap_err());
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
fn deserialize_truncated_or_damaged_bytes() {
    for (read, whole) in readable() {
        let whole = whole.replace('§', r#""s3cr3t""#);
        assert_eq!((read.from_str)(&whole), Some(Ok(())));
        for at in 0..whole.len() {
            hides(&(read.from_str)(&whole[..at]).unwrap().unwrap_err());
            for byte in ["\\", "\"", "\n", "{", "x", "9"] {
                let damaged = format!("{}{byte}{}", &whole[..at], &whole[at + 1..]);
                (read.from_slice)(damaged.as_bytes()).unwrap().map_or_else(|error| hides(&error), |()| ());
            }
        }
        let whole = (read.to_postcard)(&whole);
        assert_eq!((read.from_postcard)(&whole), Some(Ok(())));
        for at in 0..whole.len() {
            hides(&(read.from_postcard)(&whole[..at]).unwrap().unwrap_err());
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[at] ^= 1 << bit;
                (read.from_postcard)(&damaged).unwrap().map_or_else(|error| hides(&error), |()| ());
            }
        }
    }
    let error = postcard::from_bytes::<OfflinePushToken>(b"\x06s3");
    assert_eq!(error, Err(postcard::Error::DeserializeUnexpectedEnd), "such an error stays");
}

#[test]
fn deserialize_missing_and_duplicate_fields() {
    for (text, wanted) in [
        (r#"{"offline_push_token_business_id":1}"#, "missing field `offline_push_token_token`"),
        (r#"{"offline_push_token_token":"s3cr3t"}"#, "missing field `offline_push_token_business_id`"),
        (
            r#"{"offline_push_token_token":"s3cr3t","offline_push_token_token":"s3cr3t"}"#,
            "duplicate field `offline_push_token_token`",
        ),
        (r#""s3cr3t""#, "`OfflinePushToken`: cannot read an object with the fields of a message"),
    ] {
        let error = shown(serde_json::from_str::<OfflinePushToken>(text)).unwrap_err();
        hides(&error);
        assert!(error.starts_with(wanted), "{error}");
    }
    let error = serde_json::from_str::<ResultCode>(r#""s3cr3t""#).unwrap_err().to_string();
    assert!(error.starts_with("`ResultCode`: cannot read an integer from -2147483648"), "{error}");
}
