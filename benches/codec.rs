//! The hot path, for regressions: `cargo bench --bench codec`. How this compares with other crates is measured in
//! `benches/peers`.

#![allow(clippy::expect_used)] // A bench that cannot set up its values has nothing to measure.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use offline_push::delivery::{SCRATCH_LEN, compose};
use offline_push::intent::Intent;
use offline_push::json::{self, Encode};
use offline_push::tap::Tap;
use offline_push::tim::OfflinePushSettings;
use offline_push::vivo::{Certificate, Notification, SendResponse};
use offline_push::{ClickAction, IntentUri};

/// What is measured: one notification with three texts, vivo's reply, a token.
mod values {
    use offline_push::json::Map;
    use offline_push::tim::OfflinePushToken;
    use offline_push::vivo::{
        Classification, NetworkType, Notification, NotificationExtra, NotifyType, PushMode, SkipType,
    };

    pub(crate) struct Text {
        pub(crate) name: &'static str,
        title: &'static str,
        content: &'static str,
        skip_content: &'static str,
        custom: &'static [(&'static str, &'static str)],
    }

    pub(crate) const INTENT: &str =
        "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end";

    /// Three bytes a character, nothing to escape.
    pub(crate) const CHINESE: Text = Text {
        name: "chinese",
        title: "张三在“项目讨论组”里提到你，请尽快查看",
        content: "各位同事，今天下午三点的产品评审会议改到四点举行，地点仍在三楼第二会议室，请提前准备好材料并准时参加，\
                  会后将发会议纪要。",
        skip_content: INTENT,
        custom: &[("ext", "c2c_u2")],
    };

    pub(crate) const ASCII: Text = Text {
        name: "ascii",
        title: "Alice mentioned you!",
        content: "The product review moved to 4 pm, third floor meeting room 2",
        skip_content: INTENT,
        custom: &[("ext", "c2c_u2")],
    };

    /// Quotes, tabs and line ends, and JSON inside JSON.
    pub(crate) const ESCAPES: Text = Text {
        name: "escapes",
        title: "\"Team\"\tsays: \"hi\"",
        content: "line 1\nline 2:\t\"quoted\"\n\\\\server\\share\\a.txt\n\t- \"x\"\n\t- \"y\"\n",
        skip_content: r#"{"page":"chat","args":{"dir":"C:\\im\\in","nick":"\"Bob\""}}"#,
        custom: &[("ext", r#"{"entity":{"action":1,"sender":"u2","text":"a\nb\t\"c\""}}"#)],
    };

    pub(crate) const REPLY: &str = concat!(
        r#"{"result":10302,"desc":"regId不合法","#,
        r#""invalidUser":{"status":1,"userid":"15638535410301000000001"}}"#,
    );

    pub(crate) fn notification(text: &Text) -> Notification<'static> {
        let mut push = Notification::new(text.title, text.content, "25509283-3767-4b9e-83fe-b6e55ac6243e");
        push.app_id = Some(10004);
        push.reg_id = Some("15638535410301000000001");
        push.notify_type = Some(NotifyType::RING_AND_VIBRATE);
        push.time_to_live = Some(86_400);
        push.skip_type = Some(SkipType::OPEN_SCREEN);
        push.skip_content = Some(text.skip_content);
        push.network_type = Some(NetworkType::ANY);
        push.classification = Some(Classification::SYSTEM);
        push.category = Some("IM");
        push.client_custom_map = Some(Map::from_slice(text.custom));
        let mut extra = NotificationExtra::new();
        extra.callback = Some("https://im.cn/vivo");
        extra.callback_param = Some("vivo");
        push.extra = Some(extra);
        push.push_mode = Some(PushMode::FORMAL);
        push
    }

    pub(crate) fn token() -> OfflinePushToken<'static> {
        OfflinePushToken::new(6666, "15638535410301000000001")
    }
}

use values::{ASCII, CHINESE, ESCAPES, REPLY, Text};

const CAPACITY: usize = 1024;

fn written(message: &impl Encode) -> String {
    let mut buffer = [0; CAPACITY];
    json::to_str(message, &mut buffer).expect("the buffer is long enough").into()
}

fn bytes(json: &str) -> Throughput {
    Throughput::Bytes(json.len() as u64)
}

fn encode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("encode");
    let mut buffer = [0; CAPACITY];
    for text in [CHINESE, ASCII, ESCAPES] {
        let push = values::notification(&text);
        group.throughput(bytes(&written(&push)));
        group.bench_function(BenchmarkId::new("to_slice", text.name), |bencher| {
            bencher.iter(|| json::to_slice(black_box(&push), black_box(&mut buffer)).map(|json| json.len()));
        });
        group.bench_function(BenchmarkId::new("encoded_len", text.name), |bencher| {
            bencher.iter(|| json::encoded_len(black_box(&push)));
        });
    }
    let token = values::token();
    group.throughput(bytes(&written(&token)));
    group.bench_function(BenchmarkId::new("to_slice", "token"), |bencher| {
        bencher.iter(|| json::to_slice(black_box(&token), black_box(&mut buffer)).map(|json| json.len()));
    });
    group.finish();
}

fn decode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decode");
    // Text with escapes is for decoding in place alone.
    for text in [CHINESE, ASCII] {
        let json = document(&text);
        group.throughput(bytes(&json));
        group.bench_function(BenchmarkId::new("from_str", text.name), |bencher| {
            bencher.iter(|| {
                black_box(&json::from_str::<Notification<'_>>(black_box(&json)));
            });
        });
        group.bench_function(BenchmarkId::new("from_slice", text.name), |bencher| {
            bencher.iter(|| {
                black_box(&json::from_slice::<Notification<'_>>(black_box(json.as_bytes())));
            });
        });
    }
    for text in [CHINESE, ASCII, ESCAPES] {
        let json = document(&text);
        let mut received = json.clone().into_bytes();
        group.throughput(bytes(&json));
        // With the copy into the receive buffer, since every round needs a fresh one.
        group.bench_function(BenchmarkId::new("from_slice_in_place", text.name), |bencher| {
            bencher.iter(|| {
                received.copy_from_slice(black_box(json.as_bytes()));
                black_box(&json::from_slice_in_place::<Notification<'_>>(black_box(&mut received)));
            });
        });
    }
    assert_eq!(json::from_str::<SendResponse<'_>>(REPLY).as_ref().map(written).as_deref(), Ok(REPLY));
    group.throughput(bytes(REPLY));
    group.bench_function(BenchmarkId::new("from_str", "reply"), |bencher| {
        bencher.iter(|| {
            black_box(&json::from_str::<SendResponse<'_>>(black_box(REPLY)));
        });
    });
    group.finish();
}

/// A notification as JSON, from which the same notification is read.
fn document(text: &Text) -> String {
    let push = values::notification(text);
    let json = written(&push);
    assert_eq!(json::from_slice_in_place(&mut json.clone().into_bytes()), Ok(push));
    json
}

/// What a gateway does for each push besides the codec, and what the phone does. To open a screen costs a push no more than 1.5
/// times of what it costs to open the app, since the type of the URI has proved it.
fn push(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("push");
    let json = r#"{"offline_push_config_title":"Alice","offline_push_config_desc":"今晚七点在老地方见",
        "offline_push_config_ext":"c2c_alice","offline_push_config_flag":0,
        "offline_push_config_android_config":{"android_offline_push_config_vivo_category":"IM"}}"#;
    group.bench_function("settings", |bencher| {
        bencher.iter(|| {
            black_box(&json::from_str::<OfflinePushSettings<'_>>(black_box(json)));
        });
    });
    let settings: OfflinePushSettings<'_> = json::from_str(json).expect("settings");
    let token = values::token();
    let key = "25509283-3767-4b9e-83fe-b6e55ac6243e";
    let certificate =
        |click| Certificate::new(6666, 10004, key, "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21", click);
    let intent = IntentUri::try_new(values::INTENT).expect("a URI");
    for (name, click) in [
        ("open_app", ClickAction::OpenApp { ext: None }),
        ("open_screen", ClickAction::OpenScreen { intent, ext: None }),
    ] {
        let certificate = certificate(click);
        group.bench_function(BenchmarkId::new("compose", name), |bencher| {
            let mut scratch = [0; SCRATCH_LEN];
            bencher.iter(|| {
                black_box(&compose(black_box(&settings), &token, &certificate, "request-1", &mut scratch));
            });
        });
        group.bench_function(BenchmarkId::new("tap", name), |bencher| {
            let mut scratch = [0; SCRATCH_LEN];
            let push = compose(&settings, &token, &certificate, "request-1", &mut scratch).expect("a push");
            bencher.iter(|| {
                black_box(&Tap::from_notification(black_box(&push.notification), 480));
            });
        });
    }
    group.bench_function("intent", |bencher| {
        bencher.iter(|| {
            black_box(&Intent::parse(black_box(values::INTENT)));
        });
    });
    let certificate = certificate(ClickAction::default());
    group.bench_function("sign", |bencher| bencher.iter(|| certificate.sign(black_box(1_501_484_120_000))));
    group.finish();
}

criterion_group!(benches, encode, decode, push);
criterion_main!(benches);
