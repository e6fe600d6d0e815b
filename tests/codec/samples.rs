//! The published samples: each decodes in place, and comes out as the JSON value that went in, except for the changes in the
//! table in `common/fixtures.rs`.

use crate::common::fixtures::{self, Change, EXTS, OTHERS, Outcome, SAMPLES, Sample};
use crate::common::{encoded, kind, value};
use offline_push::json::{self, DecodeErrorKind, Map, MapValue, Raw};
#[cfg(feature = "webhook-sign")]
use offline_push::tim::callback::CallbackSign;
use offline_push::tim::callback::{Callback, Query};
use offline_push::tim::{
    Form, JavaPushInfo, JavaPushWrapper, OfflinePushInfo, VendorParams, WebPushInfo, detect,
};
use offline_push::vivo::live::LiveMessageSend;
use offline_push::vivo::{
    AllPush, Classification, ListPayload, ListPush, Notification, Rules, Sign, TagExpression, TagPush,
    TagSegmentAdd,
};
use serde_json::{Number, Value};

/// Applies a change to a sample; false if there is nothing to change, so that the table cannot grow stale.
fn apply(change: &Change, sample: &mut Value) -> bool {
    match *change {
        Change::Number(place) => {
            let member = sample.pointer_mut(place).unwrap();
            let Some(number) = member.as_str().and_then(|text| text.parse::<u64>().ok()) else {
                return false;
            };
            *member = Value::Number(Number::from(number));
            true
        }
        Change::Dropped(place) => {
            let (parent, name) = place.rsplit_once('/').unwrap();
            let parent = sample.pointer_mut(parent).and_then(Value::as_object_mut).unwrap();
            parent.shift_remove(name).is_some()
        }
        Change::Written(place, json) => {
            let member = sample.pointer_mut(place).unwrap();
            let written = value(json);
            std::mem::replace(member, written.clone()) != written
        }
        Change::Kept(place) => match sample.pointer(place) {
            Some(Value::Object(members)) => members.is_empty(),
            Some(Value::Array(elements)) => elements.is_empty(),
            _ => false,
        },
    }
}

#[test]
fn decode_every_sample_and_encode_it_again() {
    for sample in SAMPLES {
        let text = fixtures::read(sample.file);
        let decoded = kind(sample.kind).in_place(text.as_bytes());
        match &sample.outcome {
            Outcome::Same(changes) => {
                let mut expected = value(&text);
                for change in *changes {
                    assert!(apply(change, &mut expected), "{}: a change that is none", sample.file);
                }
                let decoded = decoded.unwrap_or_else(|error| unreachable!("{}: {error}", sample.file));
                assert_eq!(value(&decoded), expected, "{}", sample.file);
            }
            Outcome::Refused(reason, field) => {
                let error = decoded.unwrap_err();
                assert_eq!((error.kind(), error.field()), (*reason, Some(*field)), "{}", sample.file);
            }
        }
    }
}

/// The samples of messages with a check. Those of Tencent's REST API are in `logic/rest.rs`. vivo's are as old as its Java SDK.
#[test]
fn check_of_published_samples() {
    let mut checked = 0;
    for sample in SAMPLES {
        let file = sample.file;
        if matches!(sample.outcome, Outcome::Refused(..)) {
            continue;
        }
        let by_vivo = file.contains("official") || file.contains("java-sdk");
        let mut text = fixtures::read(file).into_bytes();
        let text = text.as_mut_slice();
        let java = Rules::JavaSdk;
        let result = match sample.kind {
            "tim.info" => json::from_slice_in_place(text).map(|it: OfflinePushInfo| it.check()),
            "tim.vendor-params" => json::from_slice_in_place(text).map(|it: VendorParams| it.check()),
            "tim.web" => json::from_slice_in_place(text).map(|it: WebPushInfo| it.check()),
            "tim.java" => json::from_slice_in_place(text).map(|it: JavaPushInfo| it.check()),
            "vivo.send" if by_vivo => {
                json::from_slice_in_place(text).map(|it: Notification| it.check_against(java))
            }
            "vivo.all" => json::from_slice_in_place(text).map(|it: AllPush| it.check_against(java)),
            "vivo.tag-push" => json::from_slice_in_place(text).map(|it: TagPush| it.check_against(java)),
            "vivo.list-payload" if by_vivo => {
                json::from_slice_in_place(text).map(|it: ListPayload| it.check_against(java))
            }
            "vivo.list-push" if by_vivo => {
                json::from_slice_in_place(text).map(|it: ListPush| it.check_against(java))
            }
            "vivo.live-message-send" => json::from_slice_in_place(text).map(|it: LiveMessageSend| it.check()),
            "vivo.tag-segment-add" => json::from_slice_in_place(text).map(|it: TagSegmentAdd| it.check()),
            _ => continue,
        };
        assert_eq!(result, Ok(Ok(())), "{file}");
        checked += 1;
    }
    assert!(checked >= 25, "{checked}");
}

/// Every proper prefix ends too early, and says where.
#[test]
fn decode_prefix_of_every_sample_ends_too_early() {
    // An empty array in the place of an object is refused as soon as it has an element.
    let ends = |sample: &&Sample| matches!(sample.outcome, Outcome::Same(_)) && !sample.file.contains("php");
    for sample in SAMPLES.iter().filter(ends) {
        let (kind, text) = (kind(sample.kind), fixtures::read(sample.file));
        let escaped = text.replace('t', r"\u0074").replace('标', r"\u6807");
        let escaped = escaped.replace("\\u0074rue", "true");
        for text in [text.trim(), escaped.trim()] {
            let mut ends = (0..text.len()).filter(|end| text.is_char_boundary(*end));
            let early = |end: usize| {
                let error = kind.in_place(&text.as_bytes()[..end]).unwrap_err();
                (error.kind(), error.offset()) == (DecodeErrorKind::EndOfInput, end)
            };
            assert_eq!(ends.find(|end| !early(*end)), None, "{} {text}", sample.file);
        }
    }
}

#[test]
fn fixtures_are_all_read_by_a_test() {
    for file in fixtures::all() {
        let sampled = SAMPLES.iter().any(|sample| sample.file == file);
        let other = OTHERS.iter().any(|start| file.starts_with(start));
        assert!(sampled != other, "{file} belongs in SAMPLES or in OTHERS");
    }
}

/// Half an emoji: `serde_json` refuses it, so these are not in the table.
#[test]
fn decode_reported_lone_surrogates() {
    let decoded =
        |kind_of: &str, file: &str| kind(kind_of).in_place(fixtures::read(file).as_bytes()).unwrap();
    let cut = decoded("ext.info", "reported/ext-lone-surrogate-cut.json");
    assert_eq!(cut, "{\"entity\":{\"chatType\":1,\"sender\":\"u1\",\"content\":\"hi\u{fffd}\"}}");
    let skipped = decoded("ext.info", "reported/ext-lone-surrogate-skipped.json");
    assert_eq!(skipped, r#"{"entity":{"chatType":1,"sender":"u1"}}"#);
    let reply = decoded("vivo.send.reply", "reported/send-reply-lone-surrogate-skipped.json");
    assert_eq!(reply, r#"{"result":0,"taskId":"1"}"#);
}

/// What senders say in the web form arrives in the other forms.
#[test]
fn convert_reported_web_forms_keeps_what_they_say() {
    let settings = |file: &str| {
        let text: &'static mut str = fixtures::read(file).leak();
        let web: WebPushInfo = json::from_str(text).unwrap();
        let converted = web.to_settings();
        assert!(converted.dropped.is_empty(), "{file}");
        (converted.value, web.enabled())
    };
    for file in ["is-disable-push", "java-sdk-push-flag"] {
        let (settings, enabled) = settings(&format!("reported/web-{file}.json"));
        assert!(!settings.enabled() && !enabled, "{file}");
    }
    let (settings, enabled) = settings("reported/web-capital-android-keys.json");
    let android = settings.android.unwrap();
    assert!(enabled);
    assert_eq!(android.vivo_classification, Some(Classification::OPERATIONAL));
    assert_eq!(android.oppo_channel_id, Some("c1"));
}

/// What apps for Android store arrives in the other forms, and comes back.
#[test]
fn convert_reported_java_objects_keeps_what_they_say() {
    for (file, ext) in [
        (
            "java-gson-sdk6",
            r#"{"conversationType":"single","targetId":"user_1","targetName":"爱丽丝","type":1}"#,
        ),
        ("java-gson-sdk8", r#"{"entity":{"action":1,"chatType":1,"sender":"user_1","nickname":"爱丽丝"}}"#),
        ("web-java-sdk-gson", r#"{"a":1}"#),
    ] {
        let text = fixtures::read(&format!("reported/{file}.json"));
        assert_eq!(detect(&text), Some(Form::Java), "{file}");
        let mut text = text.into_bytes();
        let java: JavaPushInfo = json::from_slice_in_place(&mut text).unwrap();
        let (mut scratch, mut room) = ([0; 256], [0; 256]);
        let settings = java.to_settings(&mut scratch).unwrap();
        assert!(settings.dropped.is_empty(), "{file} {}", settings.dropped);
        let settings = settings.value;
        assert_eq!(settings.ext.and_then(|ext| ext.as_str()), Some(ext), "{file}");
        assert_eq!((settings.check(), settings.enabled()), (Ok(()), java.enabled()), "{file}");
        assert_eq!(settings.to_web().value.check(), Ok(()), "{file}");
        assert_eq!(java.to_info(&mut room).unwrap().value.check(), Ok(()), "{file}");
        let (android, came) = (java.android_config.unwrap(), settings.android.unwrap());
        assert_eq!(came.vivo_classification, android.vivo_classification, "{file}");
        assert_eq!(came.oppo_channel_id, android.oppo_channel_id, "{file}");
    }
}

/// The object from a report that says not to push: in the wrapper, and without members that only the Java object has.
#[test]
fn detect_reported_java_objects_that_are_not_pushed() {
    let wrapper = fixtures::read("reported/java-gson-wrapper.json");
    assert_eq!(detect(&wrapper), Some(Form::JavaWrapper));
    let wrapper: JavaPushWrapper = json::from_str(&wrapper).unwrap();
    assert!(!wrapper.message_offline_push_info.enabled());

    let text = fixtures::read("reported/web-java-sdk-push-flag.json");
    assert_eq!(detect(&text), Some(Form::Java));
    let java: JavaPushInfo = json::from_str(&text).unwrap();
    assert_eq!(java.to_web(&mut []).unwrap().value.disable_push, Some(true));
}

/// Each sample of a form is found to be of this form, and no other message is.
#[test]
fn detect_every_sample() {
    let forms = [Form::Settings, Form::MessagePush, Form::Info, Form::Web, Form::Java, Form::JavaWrapper];
    let mut found = 0;
    for sample in SAMPLES.iter().filter(|sample| sample.kind.starts_with("tim.")) {
        let form = detect(&fixtures::read(sample.file));
        // A push flag alone with texts is the Java object's.
        let flag = sample.file == "reported/web-java-sdk-push-flag.json";
        let own = forms.into_iter().find(|form| form.name() == sample.kind);
        assert_eq!(form, own.map(|form| if flag { Form::Java } else { form }), "{}", sample.file);
        found += usize::from(form.is_some());
    }
    assert!(found >= 20, "{found}");
    assert!(forms.iter().all(|form| kind(form.name()).name == form.name()));
}

#[test]
fn sign_of_vivos_example_is_the_published_one() {
    let vector = value(&fixtures::read("vivo/auth-sign-vector-official.json"));
    let number = |name: &str| vector[name].as_u64().unwrap();
    let text = |name: &str| vector[name].as_str().unwrap();
    let sign = Sign::new(number("appId"), text("appKey"), number("timestamp"), text("appSecret"));
    assert_eq!(sign.as_str(), text("expectedSign"));
}

#[cfg(feature = "webhook-sign")]
#[test]
fn sign_of_tencents_example_is_that_of_another_token_than_printed() {
    let vector = value(&fixtures::read("tencent/callback_sign_vector.json"));
    let text = |name: &str| vector[name].as_str().unwrap();
    for (token, sign) in
        [("token", "sha256_hex"), ("printed_token_in_document", "sha256_hex_of_printed_token")]
    {
        assert_eq!(CallbackSign::new(text(token), text("request_time")).as_str(), text(sign));
    }
}

#[test]
fn read_webhook_without_a_type_leaves_the_body() {
    let sample = fixtures::read("tencent/callback_c2c_after_send_msg.json");
    let command = value(&sample)["CallbackCommand"].as_str().unwrap().to_owned();
    let target = format!("CallbackCommand={command}");
    let mut body = sample.clone().into_bytes();
    let other = Callback::Other { command: Some(&command) };
    assert_eq!(Callback::read(&Query::parse(&target), &mut body), Ok(other));
    assert_eq!(body, sample.as_bytes());
}

#[test]
fn decode_tag_expression_of_the_table_and_encode_it_again() {
    let text = fixtures::read("vivo/tag-expression-official-doc.json");
    let expression: TagExpression = json::from_str(&text).unwrap();
    assert_eq!(value(&encoded(&expression)), value(&text));
}

#[test]
fn encode_every_ext_as_text_of_the_custom_map() {
    for file in EXTS {
        let ext = fixtures::read(file);
        let pairs = [("ext", ext.as_str())];
        let mut push = Notification::new("title", "content", "request-1");
        push.client_custom_map = Some(Map::from_slice(&pairs));

        let mut body = encoded(&push).into_bytes();
        let received: Notification = json::from_slice_in_place(&mut body).unwrap();
        assert_eq!(received.client_custom_map.unwrap().text("ext"), Some(ext.as_str()), "{file}");
    }
}

#[test]
fn decode_every_ext_as_a_raw_value_untouched() {
    for file in EXTS {
        let ext = fixtures::read(file);
        let raw = Raw::new(&ext).unwrap();
        assert_eq!(raw.as_str(), ext.trim(), "{file}");

        // Some senders put the object itself where text belongs.
        let body = format!(
            r#"{{"title":"t","content":"c","clientCustomMap":{{"ext":{}}},"requestId":"r"}}"#,
            raw.as_str()
        );
        let push: Notification = json::from_str(&body).unwrap();
        assert_eq!(push.client_custom_map.as_ref().unwrap().get("ext"), Some(MapValue::Raw(raw)), "{file}");
        assert_eq!(encoded(&push), body, "{file}");
    }
}
