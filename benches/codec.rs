//! The hot path, for regressions: `cargo bench --bench codec`. How this compares with other crates is measured in
//! `benches/peers`.

#![allow(clippy::expect_used)] // A bench that cannot set up its values has nothing to measure.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use offline_push::ClickAction;
use offline_push::delivery::{SCRATCH_LEN, compose};
use offline_push::intent::Intent;
use offline_push::json::{self, Encode};
use offline_push::tap::Tap;
use offline_push::tim::OfflinePushSettings;
use offline_push::vivo::{Notification, SendResponse};

#[path = "codec/values.rs"]
mod values;

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
    let settings: OfflinePushSettings<'_> = json::from_str(values::SETTINGS).expect("settings");
    let token = values::token();
    for (name, click) in values::clicks() {
        let certificate = values::certificate(click);
        criterion.bench_function(&format!("compose/{name}"), |bencher| {
            let mut scratch = [0; SCRATCH_LEN];
            bencher.iter(|| {
                black_box(&compose(black_box(&settings), &token, &certificate, "request-1", &mut scratch));
            });
        });
        criterion.bench_function(&format!("tap/{name}"), |bencher| {
            let mut scratch = [0; SCRATCH_LEN];
            let push = compose(&settings, &token, &certificate, "request-1", &mut scratch).expect("a push");
            bencher.iter(|| {
                black_box(&Tap::from_notification(black_box(&push.notification), 480));
            });
        });
    }
    criterion.bench_function("settings/from_str", |bencher| {
        bencher.iter(|| {
            black_box(&json::from_str::<OfflinePushSettings<'_>>(black_box(values::SETTINGS)));
        });
    });
    criterion.bench_function("intent/parse", |bencher| {
        bencher.iter(|| {
            black_box(&Intent::parse(black_box(values::INTENT)));
        });
    });
    let intent = Intent::parse(values::INTENT).expect("a URI");
    criterion.bench_function("intent/to_uri", |bencher| {
        let mut buffer = [0; 128];
        bencher.iter(|| black_box(&intent).to_uri(black_box(&mut buffer)).map(str::len));
    });
    let certificate = values::certificate(ClickAction::default());
    criterion.bench_function("sign/new", |bencher| {
        bencher.iter(|| certificate.sign(black_box(values::TIMESTAMP)));
    });
}

criterion_group!(benches, encode, decode, push);
criterion_main!(benches);
