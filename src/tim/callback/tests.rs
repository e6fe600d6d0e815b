use std::format;
use std::vec;
use std::vec::Vec;

use super::*;

fn error(field: &'static str, rule: Rule) -> Result<(), CheckError> {
    Err(CheckError::new(field, rule))
}

#[test]
fn query_parse_every_parameter() {
    let all = "SdkAppid=7&CallbackCommand=C2C.CallbackAfterSendMsg&contenttype=json&ClientIP=192.0.2.1\
               &OptPlatform=Android&Sign=ab&RequestTime=1669872112";
    for target in
        [all, &format!("?{all}"), &format!("/im/hook?{all}"), &format!("mine=1&flag&&{all}&Sign=cd")]
    {
        let query = Query::parse(target);
        assert_eq!(
            (query.sdk_app_id, query.command),
            (Some(7), Some("C2C.CallbackAfterSendMsg")),
            "{target}"
        );
        assert_eq!((query.content_type, query.client_ip), (Some("json"), Some("192.0.2.1")));
        assert_eq!((query.opt_platform, query.sign), (Some("Android"), Some("ab")));
        assert_eq!(query.request_time, Some("1669872112"));
    }
    let other_case = Query::parse("sdkappid=7&callbackcommand=a=b&ContentType=");
    assert_eq!((other_case.sdk_app_id, other_case.command), (Some(7), Some("a=b")));
    assert_eq!(other_case.content_type, Some(""));
    for nothing in ["", "?", "/im", "&&", "=", "Sign", "SdkAppid=x"] {
        assert_eq!(Query::parse(nothing), Query::default(), "{nothing}");
    }
}

#[test]
fn query_check_names_the_parameter() {
    for (target, outcome) in [
        ("SdkAppid=7&CallbackCommand=a&contenttype=JSON", Ok(())),
        ("SdkAppid=7&CallbackCommand=a", Ok(())),
        ("CallbackCommand=a", error("SdkAppid", Rule::Missing)),
        ("SdkAppid=8&CallbackCommand=a", error("SdkAppid", Rule::NotAllowed)),
        ("SdkAppid=7", error("CallbackCommand", Rule::Missing)),
        ("SdkAppid=7&CallbackCommand=", error("CallbackCommand", Rule::Missing)),
        ("SdkAppid=7&CallbackCommand=a&contenttype=xml", error("contenttype", Rule::UnknownValue)),
    ] {
        assert_eq!(Query::parse(target).check(7), outcome, "{target}");
    }
}

#[test]
fn debug_hides_signature_and_address() {
    let shown = format!("{:?}", Query::parse("Sign=s3cr3t&ClientIP=s3cr3t"));
    assert!(!shown.contains("s3cr3t"), "{shown}");
    assert_eq!(shown.matches("***").count(), 2, "{shown}");
}

#[test]
fn callback_read_command_of_the_query_decides() {
    fn read<'a>(query: &'a str, body: &'a mut [u8]) -> Result<Callback<'a>, DecodeError> {
        Callback::read(&Query::parse(query), body)
    }
    let text = br#"{"Events":[{"EventType":2,"To_Account":"a\n","ErrInfo":null}]}"#;
    let mut body = *text;
    let Callback::OfflinePush(callback) = read("CallbackCommand=Push.OfflinePush", &mut body).unwrap() else {
        unreachable!("another command")
    };
    let event = callback.events.iter().next().unwrap();
    assert_eq!((event.event_type, event.to_account), (Some(OfflinePushEventType::GROUP), Some("a\n")));
    let mut body = *text;
    let Callback::AllMemberPush(callback) = read("CallbackCommand=Push.AllMemberPush", &mut body).unwrap()
    else {
        unreachable!("another command")
    };
    assert_eq!(callback.events.iter().next().unwrap().event_type, Some(AllMemberPushEventType::ONLINE));

    let mut body = *b"not JSON\\";
    let other = Some("C2C.CallbackAfterSendMsg");
    let query = "CallbackCommand=C2C.CallbackAfterSendMsg";
    assert_eq!(read(query, &mut body), Ok(Callback::Other { command: other }));
    assert_eq!(read("", &mut body), Ok(Callback::Other { command: None }));
    assert_eq!(&body, b"not JSON\\");
    assert!(read("CallbackCommand=Push.OfflinePush", &mut body).is_err());
}

#[test]
fn check_offline_push_callback() {
    let check = |event: OfflinePushEvent<'_>| OfflinePushCallback::new(List::from_slice(&[event])).check();
    let event = OfflinePushEvent::new();
    assert_eq!(
        check(event.clone().callback_command("Push.OfflinePush").push_stage(PushStage::CLICKED)),
        Ok(())
    );
    for (event, field) in [
        (event.clone().callback_command("Push.AllMemberPush"), "CallbackCommand"),
        (event.clone().event_type(OfflinePushEventType::new(3)), "EventType"),
        (event.clone().push_platform(PushPlatform::new(9)), "PushPlatform"),
        (event.clone().push_stage(PushStage::new(0)), "PushStage"),
    ] {
        assert_eq!(check(event), error(field, Rule::UnknownValue));
    }
    let many: Vec<_> = vec![event; 101];
    let check = |count| OfflinePushCallback::new(List::from_slice(many.get(..count).unwrap())).check();
    assert_eq!(check(0), error("Events", Rule::Missing));
    assert_eq!((check(100), check(101)), (Ok(()), error("Events", Rule::TooMany { max: 100 })));
}

#[test]
fn check_all_member_push_callback() {
    let check =
        |event: AllMemberPushEvent<'_>| AllMemberPushCallback::new(List::from_slice(&[event])).check();
    let event = AllMemberPushEvent::new();
    let longest = "x".repeat(65);
    assert_eq!(check(event.clone().data_id(longest.get(1..).unwrap())), Ok(()));
    for (event, field, rule) in [
        (event.clone().callback_command("Push.OfflinePush"), "CallbackCommand", Rule::UnknownValue),
        (event.clone().event_type(AllMemberPushEventType::new(0)), "EventType", Rule::UnknownValue),
        (event.clone().data_id(&longest), "DataId", Rule::TooLong { max: 64 }),
        (event.clone().push_platform(PushPlatform::new(-1)), "PushPlatform", Rule::UnknownValue),
        (event.clone().device_type(PushPlatform::new(9)), "DeviceType", Rule::UnknownValue),
        (event.clone().push_stage(PushStage::new(4)), "PushStage", Rule::UnknownValue),
    ] {
        assert_eq!(check(event), error(field, rule));
    }
}

#[test]
fn push_error_code_is_tencents_or_the_vendors() {
    for (number, tencent, vendor) in [
        (0, None, None),
        (-195, Some(-195), None),
        (-203, Some(-203), None),
        (-204, None, Some(-204)),
        (-1, None, Some(-1)),
        (80_300_007, None, Some(80_300_007)),
        (i64::from(i32::MIN), None, Some(i32::MIN)),
        (1 << 32, None, None),
        (i64::MIN, None, None),
    ] {
        let code = PushErrorCode::new(number);
        assert_eq!((code.tencent().map(|code| code.get()), code.vendor()), (tencent, vendor), "{number}");
    }
}

#[cfg(feature = "webhook-sign")]
#[test]
fn verify_signature_then_age() {
    use core::time::Duration;

    const TIME: &str = "1669872112";
    const NOW: u64 = 1_669_872_112;
    let sign = CallbackSign::new("xxxxyyyy", TIME);
    let age = Duration::from_secs(300);
    let verify = |sign, time, token, now| {
        Query { sign, request_time: time, ..Query::default() }.verify(token, now, age)
    };
    let upper = sign.as_str().to_ascii_uppercase();
    for right in [sign.as_str(), &upper] {
        assert_eq!(verify(Some(right), Some(TIME), "xxxxyyyy", NOW), Ok(()));
    }
    let right = Some(sign.as_str());
    for (now, outcome) in [
        (NOW + 300, Ok(())),
        (NOW - 300, Ok(())),
        (NOW + 301, Err(SignError::Expired)),
        (NOW - 301, Err(SignError::Expired)),
        (u64::MAX, Err(SignError::Expired)),
    ] {
        assert_eq!(verify(right, Some(TIME), "xxxxyyyy", now), outcome, "{now}");
    }
    assert_eq!(verify(None, Some(TIME), "xxxxyyyy", NOW), Err(SignError::Missing));
    assert_eq!(verify(right, None, "xxxxyyyy", NOW), Err(SignError::Missing));
    // The token as the page prints it, and parts of the text that moved between token and time.
    for (time, token) in [(TIME, "xxxyyy"), ("1669872113", "xxxxyyyy"), ("", "xxxxyyyy"), (TIME, "")] {
        assert_eq!(verify(right, Some(time), token, NOW), Err(SignError::Wrong), "{token} {time}");
    }
    let empty = CallbackSign::new("", TIME);
    assert_eq!(verify(Some(empty.as_str()), Some(TIME), "", NOW), Err(SignError::Wrong));
    let no_number = CallbackSign::new("xxxxyyyy", "soon");
    assert_eq!(verify(Some(no_number.as_str()), Some("soon"), "xxxxyyyy", NOW), Err(SignError::Expired));
    // Each digit counts, and so does the length.
    for at in 0..CallbackSign::LEN {
        let mut wrong = sign.as_str().as_bytes().to_vec();
        wrong.iter_mut().skip(at).take(1).for_each(|digit| *digit ^= 1);
        assert!(!sign.matches(core::str::from_utf8(&wrong).unwrap()), "{at}");
        assert!(!sign.matches(sign.as_str().get(..at).unwrap()), "{at}");
    }
    assert!(!sign.matches(&format!("{}0", sign.as_str())));
    assert_eq!(format!("{sign:?}"), "CallbackSign(***)");
}
