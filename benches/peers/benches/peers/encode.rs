//! `encode-*`: a notification into JSON, in memory that every contender reuses.

use crate::jzon_model;
use crate::measure::Contender;
use crate::models::Borrowed;
use crate::ours;
use crate::payload::{CAPACITY, Payload};
use crate::{check, suite::Suite};
use jzon::ToJsonExt;
use std::hint::black_box;

pub fn run(suite: &Suite, payload: &Payload, document: &str) {
    suite.case(&format!("encode-{}", payload.name), document, || {
        vec![
            ours::encode(payload, document),
            serde_json_core(payload, document),
            serde_json_slice(payload, document),
            serde_json_vec(payload, document),
            sonic(payload, document),
            jzon(payload, document),
            Contender::copy(document),
        ]
    });
}

fn serde_json_core<'a>(payload: &Payload, expected: &str) -> Contender<'a> {
    const NAME: &str = "serde-json-core";
    let value = Borrowed::of(payload);
    let mut buffer = vec![0; CAPACITY];
    let length = serde_json_core::to_slice(&value, &mut buffer).expect("the buffer suffices");
    check::same_bytes(NAME, &buffer[..length], expected);
    Contender::new(NAME, move || {
        black_box(&serde_json_core::to_slice(black_box(&value), &mut buffer));
        black_box(&mut buffer);
    })
}

fn serde_json_slice<'a>(payload: &Payload, expected: &str) -> Contender<'a> {
    const NAME: &str = "serde_json";
    let value = Borrowed::of(payload);
    let mut buffer = vec![0; CAPACITY];
    let mut rest = buffer.as_mut_slice();
    serde_json::to_writer(&mut rest, &value).expect("the buffer suffices");
    let length = CAPACITY - rest.len();
    check::same_bytes(NAME, &buffer[..length], expected);
    Contender::new(NAME, move || {
        let mut rest = buffer.as_mut_slice();
        black_box(&serde_json::to_writer(&mut rest, black_box(&value)));
        black_box(rest.len());
        black_box(&mut buffer);
    })
}

fn serde_json_vec<'a>(payload: &Payload, expected: &str) -> Contender<'a> {
    const NAME: &str = "serde_json-vec";
    let value = Borrowed::of(payload);
    let mut buffer = Vec::with_capacity(CAPACITY);
    serde_json::to_writer(&mut buffer, &value).expect("the value is JSON");
    check::same_bytes(NAME, &buffer, expected);
    Contender::new(NAME, move || {
        buffer.clear();
        black_box(&serde_json::to_writer(&mut buffer, black_box(&value)));
        black_box(&mut buffer);
    })
}

fn sonic<'a>(payload: &Payload, expected: &str) -> Contender<'a> {
    const NAME: &str = "sonic-rs";
    let value = Borrowed::of(payload);
    let mut buffer = Vec::with_capacity(CAPACITY);
    sonic_rs::to_writer(&mut buffer, &value).expect("the value is JSON");
    check::same_bytes(NAME, &buffer, expected);
    Contender::new(NAME, move || {
        buffer.clear();
        black_box(&sonic_rs::to_writer(&mut buffer, black_box(&value)));
        black_box(&mut buffer);
    })
}

fn jzon<'a>(payload: &Payload, expected: &str) -> Contender<'a> {
    const NAME: &str = "jzon-rs";
    let value = jzon_model::Notification::of(payload);
    let mut buffer = Vec::with_capacity(CAPACITY);
    check::same_bytes(NAME, value.json_write_reuse(&mut buffer), expected);
    Contender::new(NAME, move || {
        black_box(black_box(&value).json_write_reuse(&mut buffer));
    })
}
