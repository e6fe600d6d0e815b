//! What is done with messages.

use super::messages::encode;
use super::*;
use offline_push::read_reply;

#[test]
fn composing_a_push_and_reading_its_ext_allocates_nothing() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Task<'a> {
        level: u32,
        task: &'a str,
    }

    let work = || {
        let mut ext = [0; 64];
        let mut settings = OfflinePushSettings::new();
        settings.title = Some("a title that is far longer than the forty units that vivo shows");
        settings.description = Some("今晚七点在老地方见");
        settings.ext = Some(Ext::from_serde(&Task { level: 15, task: "TASK15" }, &mut ext).unwrap());
        let token = OfflinePushToken::new(6666, "12345678901234567890123");
        let certificate = Certificate::new(6666, 11178, "key", "secret", ClickAction::default());
        let mut scratch = [0; delivery::SCRATCH_LEN];
        let composed = delivery::compose(&settings, &token, &certificate, "request-1", &mut scratch).unwrap();
        assert!(composed.report.title_truncated);

        let mut buffer = [0; 1024];
        let body = json::to_slice(&composed.notification, &mut buffer).unwrap();
        let received: Notification = json::from_slice_in_place(body).unwrap();
        let Ok(ClickAction::OpenApp { ext: Some(ext) }) = received.click_action() else { unreachable!() };
        let mut scratch = [0; 128];
        assert_eq!(ext.to_serde::<Task>(&mut scratch).unwrap().level, 15);
        let escaped = Ext::from(r#"{"task":"\u4efb\u52a1","level":1,"unknown":[{}]}"#);
        assert_eq!(escaped.to_serde::<Task>(&mut scratch).unwrap().task, "任务");
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn a_registration_allocates_nothing_from_the_switch_to_the_report() {
    let work = || {
        let mut registration = Registration::new(NonZeroU32::new(6666).unwrap());
        let mut rest = &mut [0; 4096][..];
        for number in [0, 1, 101, 102, 104, 1001, 10001, 7] {
            black_box(registration.handle(Event::TurnOn(PushState::new(number))).timing());
        }
        for reg_id in ["12345678901234567890123", "v2-test-registration-id"] {
            _ = registration.handle(Event::RegId(RegId::try_new(reg_id).unwrap()));
            _ = registration.handle(Event::Login(UserId::new("alice")));
            let Some(token) = registration.token() else { unreachable!() };
            assert_eq!(token.token, reg_id);
            write(&mut rest, format_args!("{registration:?} {token:?}"));
            _ = registration.handle(Event::Logout);
            let RegistrationAction::Report(report) = registration.handle(Event::Login(UserId::new("alice")))
            else {
                unreachable!()
            };
            let generation = report.generation;
            _ = registration.handle(Event::ReportFailed(generation, ErrorCode::TIMEOUT));
            let RegistrationAction::Report(report) = registration.handle(Event::Timer) else {
                unreachable!()
            };
            write(&mut rest, format_args!("{report:?}"));
            let generation = report.generation;
            _ = registration.handle(Event::ReportSucceeded(generation));
            assert_eq!(registration.state(), State::Bound);
        }
    };
    assert_eq!(allocations(work), 0);
}

/// Writes into what is left of a buffer.
fn write(rest: &mut &mut [u8], words: std::fmt::Arguments<'_>) {
    std::io::Write::write_fmt(rest, words).unwrap();
}

#[test]
fn deciding_about_a_delivery_and_composing_it_allocates_nothing() {
    let info =
        r#"{"Ext":"ext content","AndroidInfo":{"Sound":"shake","VIVONotifyType":"2"},"BadgeAddNum":1}"#;
    let work = || {
        let info: OfflinePushInfo = json::from_str(info).unwrap();
        let certificate = Certificate::new(6666, 11178, "key", "secret", ClickAction::default());
        let token = OfflinePushToken::new(6666, "12345678901234567890123");
        let mut delivery = Delivery::new(&info, &certificate, Some(token));
        delivery.elements = &[
            Element::Text(
                "今晚七点在老地方见，今晚七点在老地方见，今晚七点在老地方见，今晚七点在老地方见，今晚七点",
            ),
            Element::Face,
            Element::Text("a text that is long enough, together with the others, to be cut"),
            Element::Custom {
                description: Some("今晚七点在老地方见，今晚七点在老地方见，今晚七点在老地方见，今晚七点"),
            },
            Element::Location,
        ];
        let mut words = [0; 1024];
        let mut rest = &mut words[..];
        let mut text = [0; delivery::TEXT_LEN];
        for presence in [Presence::Online, Presence::LoggedOut, Presence::Kicked] {
            delivery.presence = presence;
            let reason: NoPush = delivery.decide(&mut text).unwrap_err();
            write(&mut rest, format_args!("{reason} {reason:?}"));
        }
        delivery.presence = Presence::Killed;
        let due = delivery.decide(&mut text).unwrap();
        let mut scratch = [0; delivery::SCRATCH_LEN];
        let error = due.compose("request-1", &mut []).unwrap_err();
        write(&mut rest, format_args!("{error} {error:?}"));
        let push = due.compose("request-1", &mut scratch).unwrap();
        assert!(push.report.content_truncated && push.report.badge_dropped);
        write(&mut rest, format_args!("{}", push.report));
        encode(&push.notification);
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn a_tap_and_the_ext_that_arrives_allocate_nothing() {
    let uri = "intent://a/b#Intent;scheme=c;component=com.example/.Main;S.ext=%7B%22a%22%3A1%7D;end";
    let entity = r#"{"sender":"alice","content":"\u4eca\u665a"}"#;
    let apns = fixtures::read("tencent/apns_payload_as_received.json");
    let work = || {
        let click = ClickAction::from_console(ClickEvent::OpenScreen, uri).unwrap();
        let mut push = Notification::new("title", "content", "request-1");
        push.set_click_action(click.with_ext(Some(Ext::from("ext content")))).unwrap();
        for client_sdk in [479, 480] {
            let Ok(Tap::StartsScreen { intent, ext, .. }) = Tap::from_notification(&push, client_sdk) else {
                unreachable!()
            };
            assert!(intent.component.is_some() && ext.is_some());
        }
        push.skip_content = Some("com.example.Main");
        assert!(Tap::from_notification(&push, 480).is_err());

        let pairs = [("entity", entity)];
        let received = ReceivedExt::from_pairs(Vendor::OPPO, &Map::from_slice(&pairs)).unwrap();
        let mut scratch = [0; 64];
        let Ok(ExtContent::Chat(info)) = received.content(&mut scratch) else { unreachable!() };
        assert_eq!(info.entity.unwrap().content, Some("今晚"));
        assert!(received.content(&mut []).is_err());

        let intent = Intent::parse(uri).unwrap();
        assert!(ReceivedExt::from_intent(Vendor::VIVO, &intent, &mut []).is_err());
        let mut buffer = [0; 64];
        let received = ReceivedExt::from_intent(Vendor::VIVO, &intent, &mut buffer).unwrap().unwrap();
        assert_eq!(received.as_ext().as_str(), Some(r#"{"a":1}"#));

        let payload: ApnsPayload = json::from_str(&apns).unwrap();
        let received = ReceivedExt::from_apns(&payload).unwrap();
        assert_eq!(received.content(&mut []), Ok(ExtContent::Text("www.qq.com")));
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn a_manifest_written_into_a_buffer_allocates_nothing() {
    let uri = "intent://a/b#Intent;scheme=c;component=com.example/.Main;end";
    let work = || {
        let click = ClickAction::from_console(ClickEvent::OpenScreen, uri).unwrap();
        let certificate = Certificate::new(6666, 11178, "key \"&\"", "secret", click);
        let class = ClassName::try_new("com.example.PushReceiver").unwrap();
        let mut manifest = [0; 4096];
        let mut rest = &mut manifest[..];
        write(&mut rest, format_args!("{}", certificate.push_entries().unwrap()));
        write(&mut rest, format_args!("{}", certificate.activity_entry().unwrap().unwrap()));
        write(&mut rest, format_args!("{}", ReceiverEntry::new(class)));
        write(&mut rest, format_args!("{} {certificate:?}", KeepRules::new(class)));
        assert!(rest.len() < 3000);
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn reading_the_container_of_tuikit_allocates_nothing() {
    let work = || {
        let mut entity = Entity::new(ChatType::C2C, "alice");
        entity.content = Some("今晚七点 \"老地方\" 😀");
        entity.custom_data = Raw::new("[-1, 0, 255]").ok();
        let mut buffer = [0; 256];
        let ext = Ext::from_message(&ExtInfo::new(entity.clone()), &mut buffer).unwrap();
        let mut scratch = [0; 256];
        let Ok(ExtContent::Chat(info)) = ext.content(&mut scratch) else { unreachable!() };
        assert_eq!(info.entity.as_ref(), Some(&entity));
        assert!(entity.custom_data_bytes().unwrap().eq([255, 0, 255]));
        assert!(entity.check().is_ok() && entity.conversation().is_some());
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn an_error_in_words_allocates_nothing() {
    use std::io::Write as _;

    let mut words = [0; 256];
    let work = || {
        let error = json::from_str::<SendResponse>(r#"{"result":[]}"#).unwrap_err();
        let mut rest = &mut words[..];
        write!(rest, "{error} {error:?} {}", error.kind().description()).unwrap();
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn reading_and_writing_intents_allocates_nothing() {
    use offline_push::IntentUri;
    use offline_push::intent::{
        Component, Data, ExtraValue, Extras, Intent, IntentExtra, LaunchFlags, Selector, Text,
    };

    let extras =
        [IntentExtra::new("键", ExtraValue::from("a;b")), IntentExtra::new("n", ExtraValue::Long(i64::MIN))];
    let uris = [
        "intent://com.example/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;component=com.example/.Chat;end",
        "intent:#Intent;category=a;category=a;S.a=%E6%A0%87%;S.a=%ff;d.b=1.5;c.c=%41;sourceBounds=1%202%203%204;\
         SEL;action=a;S.x=1;end",
        "tencent_im_push://com.example/message?#Intent;scheme=tencent_im_push;end",
        "android-app://com.example/http/host%3A80/path?query#Intent;S.a=b;end",
        "intent:#Intent;i.a=x;end",
        "intent:#Intent;S.a=b",
        "#action(VIEW)",
    ];
    let work = || {
        for uri in uris {
            black_box(IntentUri::try_new(uri).is_ok());
            let Ok(intent) = Intent::parse(uri) else { continue };
            let mut buffer = [0; 256];
            assert!(intent.to_uri(&mut buffer[..4]).is_err());
            let written = intent.to_uri(&mut buffer).unwrap();
            assert_eq!(intent.uri_len(), Ok(written.len()));
            assert_eq!(Intent::parse(written), Ok(intent));
            let mut text = [0; 16];
            for extra in intent.extras {
                black_box((extra.key.copy_to(&mut text).is_ok(), extra.value));
            }
            black_box(intent.categories.iter().count());
            black_box(intent.text_extra("a"));
            black_box(intent.data.map(|data| (data.host(), data.path(), data.chars().count())));
            black_box(intent.component.map(|component| component.class_name().count()));
            black_box(intent.selector.map(|selector| selector.intent().extras.iter().count()));
        }
        let mut selected = Intent::new();
        selected.action = Some(Text::new("标"));
        let mut intent = Intent::new();
        intent.data = Some(Data::new("pushscheme://com.example/detail"));
        intent.flags = LaunchFlags::ACTIVITY_CLEAR_TOP;
        intent.component = Some(Component::try_new("com.example", "com.example.Chat").unwrap());
        intent.extras = Extras::from_slice(&extras);
        intent.selector = Some(Selector::new(&selected));
        let mut buffer = [0; 256];
        assert_eq!(Intent::parse(intent.to_uri(&mut buffer).unwrap()), Ok(intent));
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn checking_a_list_asking_for_statistics_and_minding_a_token_allocates_nothing() {
    let ids = ["12345678901234567890121"; 1000];
    let mut push = ListPush::new("342982232646905856", "request-1");
    push.reg_ids = Some(List::from_slice(&ids));
    let mut path = [0; 4096];
    let mut body = *br#"{"result":0,"statistics":[{"taskId":"1","click":2},{"taskId":"2"}]}"#;
    let work = || {
        assert_eq!(push.check(), Ok(()));
        black_box(StatisticsRequest::new(List::from_slice(&ids)).path_and_query(&mut path).is_ok());
        black_box((
            push.path_and_query(&mut path).is_ok(),
            push.body_len(),
            push.encode_body(&mut path).is_ok(),
        ));
        let reply: StatisticsResponse = read_reply(200_u16, &mut body).unwrap();
        assert_eq!(reply.statistics.iter().flatten().filter_map(|task| task.click).sum::<u64>(), 2);
        let mut life = AuthTokenLife::new();
        _ = black_box(life.before_call(0));
        _ = black_box(life.not_replied(1));
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn converting_a_push_allocates_nothing() {
    let settings = fixtures::read("tencent/c_offline_push_config_all_keys.json");
    let params = r#"{"fcmPriority":"\u0068igh","vivoNotifyType":2,"oppoTitleParam":"{\"title\":\"\\u6807\"}","new":1}"#;
    let work = || {
        let mut scratch = [0; 4096];
        let mut settings: OfflinePushSettings =
            json::from_slice_with_scratch(settings.as_bytes(), &mut scratch).unwrap();
        settings.vendor_params = Some(params);
        let (mut words, mut first, mut second) = ([0; 1024], [0; 256], [0; 256]);
        let mut rest = &mut words[..];
        assert!(settings.to_info(&mut []).is_err());
        let info = settings.to_info(&mut first).unwrap();
        write(&mut rest, format_args!("{} {:?}", info.dropped, info.dropped));
        assert_eq!(info.dropped.iter().count(), info.dropped.len());
        let web = info.value.to_web(&mut second).unwrap();
        write(&mut rest, format_args!("{}", web.dropped));
        encode(&web.value);
        encode(&web.value.nested());
        assert!(web.value.check().is_ok());
        assert!(web.value.to_settings().dropped.is_empty());
        encode(&MessagePush::misspelled(settings));

        let mut raw = [0; 4];
        assert!(OfflinePushToken::raw_token("0aFF", &mut raw).is_ok());
        let error = OfflinePushToken::raw_token("0aF", &mut raw).unwrap_err();
        write(&mut rest, format_args!("{error}"));
    };
    assert_eq!(allocations(work), 0);
}

#[test]
fn a_request_its_url_and_its_outcome_allocate_nothing() {
    let work = || {
        let words =
            [MessageElement::text("今晚七点 \"老地方\" 😀"), MessageElement::Face(FaceContent::new(1))];
        let mut message = SendMessage::new("bob", 1, List::from_slice(&words));
        message.offline_push_info = Some(OfflinePushInfo::new());
        assert_eq!((message.check(), tim::rest::fits(&message)), (Ok(()), true));
        encode(&message);
        let mut buffer = [0; 512];
        let url = Url::new(Region::Tokyo.host(), 1, "管理员", "signature", 2);
        black_box(url.absolute::<SendMessage>(&mut buffer).is_ok());
        black_box(url.path_and_query::<PushBatch>(&mut [0; 8]).is_ok());

        let mut received =
            *br#"{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"a","ErrorCode":70107}]}"#;
        let reply: PushBatchResponse = json::from_slice_in_place(&mut received).unwrap();
        let Outcome::Partly(refused) = reply.outcome() else { unreachable!("another outcome") };
        assert_eq!(refused.iter().count(), 1);
        for element in &message.msg_body {
            black_box(Element::from(&element));
        }
    };
    assert_eq!(allocations(work), 0);
}
