use std::vec::Vec;
use std::{format, vec};

use super::{JavaAndroidConfig, JavaApnsConfig, JavaBytes, JavaHarmonyConfig, JavaPushInfo, JavaPushWrapper};
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::json::DecodeErrorKind::{MissingField, NotAnInteger, OutOfRange, WrongType};
use crate::json::{self, Revealed};
use crate::tim::{
    BadgeMode, IosPushType, MeizuNotifyType, NotifyMode, OppoNotifyLevel, PushFlag, Switch, WebPushInfo,
};
use crate::vivo::Classification;

fn bytes(array: &str) -> JavaBytes<'static> {
    let text = format!(r#"{{"extension":{array}}}"#);
    json::from_str::<JavaPushInfo<'_>>(text.leak()).unwrap().extension.unwrap()
}

#[test]
fn decode_bytes_signed_and_unsigned_are_the_same() {
    let all: Vec<u8> = (0..=255).collect();
    let signed: Vec<i8> = all.iter().map(|byte| byte.cast_signed()).collect();
    let (signed, unsigned) = (bytes(&format!("{signed:?}")), bytes(&format!("{all:?}")));
    assert!(signed.iter().eq(all.iter().copied()));
    assert_eq!((signed, unsigned), (unsigned, JavaBytes::new(&all)));
    assert_eq!((signed.len(), signed.is_empty(), bytes("[]").is_empty()), (256, false, true));
    assert!(bytes(r#"[ 1.0 , "2" ]"#).iter().eq([1, 2]));
}

#[test]
fn decode_bytes_out_of_range_are_refused() {
    for (array, kind, offset) in [
        ("[1,256]", OutOfRange, 16),
        ("[-129]", OutOfRange, 14),
        ("[-256]", OutOfRange, 14),
        ("[1.5]", NotAnInteger, 14),
        ("[null]", WrongType, 14),
        (r#""text""#, WrongType, 13),
        ("{}", WrongType, 13),
    ] {
        let text = format!(r#"{{"extension":{array}}}"#);
        let error = json::from_str::<JavaPushInfo<'_>>(&text).unwrap_err();
        assert_eq!(
            (error.kind(), error.offset(), error.field()),
            (kind, offset, Some("extension")),
            "{array}"
        );
    }
}

#[test]
fn encode_bytes_are_signed_and_decoded_numbers_stay() {
    let text = |extension| {
        let info = JavaPushInfo::new().extension(extension);
        json::to_str(&info, vec![0; 64].leak()).unwrap()
    };
    assert_eq!(text(JavaBytes::new(&[0, 127, 128, 255])), r#"{"extension":[0,127,-128,-1]}"#);
    assert_eq!(text(JavaBytes::from(Ext::from("1"))), r#"{"extension":[49]}"#);
    assert_eq!(text(bytes("[ 200, -56 ]")), r#"{"extension":[200,-56]}"#);
    assert_eq!(text(JavaBytes::new(&[])), r#"{"extension":[]}"#);
}

#[test]
fn bytes_become_an_ext_in_the_room_that_they_need() {
    let array = bytes("[-27,165,-67]");
    let mut scratch = [0; 3];
    assert_eq!(array.write_to(&mut scratch[..2]), Err(BufferFull { needed: 3 }));
    assert_eq!(array.to_ext(&mut scratch).unwrap().as_str(), Some("好"));
    assert_eq!(JavaBytes::from("好").to_ext(&mut []).unwrap().as_str(), Some("好"));
    assert_eq!(JavaBytes::new(&[0xff]).to_ext(&mut []).unwrap(), Ext::new(&[0xff]));
}

#[test]
fn bytes_are_text_where_they_are_utf8() {
    let mut texts = 0;
    // Each lead byte with the edges of what may follow it, cut at each length.
    for lead in 0x7f..=0xff_u8 {
        for second in [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0] {
            for rest in [[0x80, 0xbf], [0x41, 0x80], [0xbf, 0x41]] {
                let all = [lead, second, rest[0], rest[1]];
                for length in 0..=all.len() {
                    let bytes = &all[..length];
                    let is_text = core::str::from_utf8(bytes).is_ok();
                    assert_eq!(JavaBytes::new(bytes).is_text(), is_text, "{bytes:x?}");
                    texts += usize::from(is_text);
                }
            }
        }
    }
    assert!(texts > 1000, "{texts}");
}

#[test]
fn debug_of_bytes_is_their_number() {
    let info = JavaPushInfo::new().extension(bytes("[97,10,-1]"));
    assert_eq!(format!("{info:?}"), r#"JavaPushInfo { extension: JavaBytes("<3 bytes>") }"#);
    assert_eq!(format!("{:?}", Revealed(&info)), r#"JavaPushInfo { extension: JavaBytes(b"a\n\xff") }"#);
}

#[test]
fn decode_wrapper_without_the_push_is_refused() {
    let error = json::from_str::<JavaPushWrapper<'_>>(r#"{"title":"Alice","pushFlag":1}"#).unwrap_err();
    assert_eq!((error.kind(), error.field()), (MissingField, Some("messageOfflinePushInfo")));
}

#[test]
fn decode_java_object_as_web_form_is_refused_at_the_extension() {
    let error = json::from_str::<WebPushInfo<'_>>(r#"{"extension":[49],"pushFlag":1}"#).unwrap_err();
    assert_eq!((error.kind(), error.field()), (WrongType, Some("extension")));
}

#[test]
fn check_of_javas_defaults_is_ok() {
    let android = JavaAndroidConfig::new()
        .meizu_notify_type(JavaAndroidConfig::MEIZU_UNSET)
        .notify_mode(NotifyMode::NORMAL)
        .oppo_notify_level(OppoNotifyLevel::new(0))
        .vivo_classification(Classification::SYSTEM);
    let apns = JavaApnsConfig::new()
        .background_notification(Switch::OFF)
        .badge_mode(BadgeMode::COUNT)
        .ios_push_type(IosPushType::APNS);
    let harmony = JavaHarmonyConfig::new().badge_mode(BadgeMode::COUNT);
    let info = JavaPushInfo::new()
        .android_config(android)
        .apns_config(apns)
        .harmony_config(harmony)
        .push_flag(PushFlag::DEFAULT);
    assert_eq!((info.check(), info.enabled()), (Ok(()), true));
}

#[test]
fn check_every_rule() {
    let info = JavaPushInfo::new();
    let android = |android: JavaAndroidConfig<'static>| JavaPushInfo::new().android_config(android);
    let apns = |apns: JavaApnsConfig<'static>| JavaPushInfo::new().apns_config(apns);
    let harmony = |harmony: JavaHarmonyConfig<'static>| JavaPushInfo::new().harmony_config(harmony);
    let (a, i, h) = (JavaAndroidConfig::new(), JavaApnsConfig::new(), JavaHarmonyConfig::new());
    let long = [b'a'; 3072];
    let url = "http://a.example/1.png";
    let unknown = Rule::UnknownValue;
    for (info, field, rule) in [
        (android(a.clone().fcm_image_url(url)), "fcmImageUrl", Rule::NotHttpsUrl),
        (android(a.clone().honor_image_url(url)), "honorImageUrl", Rule::NotHttpsUrl),
        (android(a.clone().honor_importance("HIGH")), "honorImportance", unknown),
        (android(a.clone().huawei_image_url(url)), "huaweiImageUrl", Rule::NotHttpsUrl),
        (android(a.clone().meizu_notify_type(MeizuNotifyType::new(2))), "meizuNotifyType", unknown),
        (android(a.clone().notify_mode(NotifyMode::new(2))), "notifyMode", unknown),
        (android(a.clone().oppo_notify_level(OppoNotifyLevel::new(3))), "oppoNotifyLevel", unknown),
        (android(a.clone().oppo_notify_level(OppoNotifyLevel::STRONG)), "oppoCategory", Rule::Missing),
        (android(a.vivo_classification(Classification::new(2))), "vivoClassification", unknown),
        (apns(i.clone().background_notification(Switch::new(2))), "backgroundNotification", unknown),
        (apns(i.clone().badge_mode(BadgeMode::new(2))), "badgeMode", unknown),
        (apns(i.clone().ios_image_url(url)), "iOSImageUrl", Rule::NotHttpsUrl),
        (apns(i.clone().ios_push_type(IosPushType::new(2))), "iOSPushType", unknown),
        (
            apns(i.clone().ios_push_type(IosPushType::VOIP)).push_flag(PushFlag::NO_PUSH),
            "iOSPushType",
            Rule::Conflict { with: "pushFlag" },
        ),
        (apns(i.interruption_level("loud")), "interruptionLevel", unknown),
        (harmony(h.clone().badge_mode(BadgeMode::new(2))), "badgeMode", unknown),
        (harmony(h.image_url(url)), "imageUrl", Rule::NotHttpsUrl),
        (
            info.clone().extension(JavaBytes::new(&long)).description("a"),
            "extension",
            Rule::TooLong { max: 3072 },
        ),
        (info.clone().extension(bytes("[-1]")), "extension", Rule::NotText),
        (info.clone().push_flag(PushFlag::new(2)), "pushFlag", unknown),
        (info.clone().vendor_params("[]"), "vendorParams", Rule::NotObject),
    ] {
        assert_eq!(info.check(), Err(CheckError::new(field, rule)), "{field}");
    }
    let description = "a".repeat(3073);
    let too_long = CheckError::new("description", Rule::TooLong { max: 3072 });
    assert_eq!(info.description(&description).check(), Err(too_long));
}
