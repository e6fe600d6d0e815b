//! `encode-*`: a message into JSON, in memory that every contender reuses. `length-*`: how long the JSON would be.

use crate::jzon_model;
use crate::measure::Contender;
use crate::models::Borrowed;
use crate::ours;
use crate::payload::Payload;
use crate::{check, suite::Suite};
use jzon::{ToJson, ToJsonExt};
use serde::Serialize;
use std::hint::black_box;

pub fn run(suite: &Suite, payload: &Payload, document: &str) {
    suite.case(&format!("encode-{}", payload.name), document, || {
        let mut contenders = vec![ours::encode(ours::notification(payload), document)];
        contenders.extend(peers(|| Borrowed::of(payload), document));
        contenders.push(jzon(jzon_model::Notification::of(payload), document));
        contenders.push(Contender::copy(document));
        contenders
    });
}

/// Content-Length before the body. No peer counts without writing, so ours is beside our own encoder.
pub fn run_length(suite: &Suite, payload: &Payload, document: &str) {
    suite.case(&format!("length-{}", payload.name), document, || {
        ours::length(ours::notification(payload), document).into()
    });
}

/// The serde peers, each with a value of its own.
pub fn peers<'a, T: Serialize + 'a>(value: impl Fn() -> T, document: &str) -> [Contender<'a>; 4] {
    [
        serde_json_core(value(), document),
        serde_json_slice(value(), document),
        serde_json_vec(value(), document),
        sonic(value(), document),
    ]
}

fn serde_json_core<'a, T: Serialize + 'a>(value: T, expected: &str) -> Contender<'a> {
    const NAME: &str = "serde-json-core";
    let mut buffer = vec![0; 2 * expected.len()];
    let length = serde_json_core::to_slice(&value, &mut buffer).expect("the buffer suffices");
    check::same_bytes(NAME, &buffer[..length], expected);
    Contender::new(NAME, move || {
        black_box(&serde_json_core::to_slice(black_box(&value), &mut buffer));
        black_box(&mut buffer);
    })
}

fn serde_json_slice<'a, T: Serialize + 'a>(value: T, expected: &str) -> Contender<'a> {
    const NAME: &str = "serde_json";
    let mut buffer = vec![0; 2 * expected.len()];
    let mut rest = buffer.as_mut_slice();
    serde_json::to_writer(&mut rest, &value).expect("the buffer suffices");
    let length = 2 * expected.len() - rest.len();
    check::same_bytes(NAME, &buffer[..length], expected);
    Contender::new(NAME, move || {
        let mut rest = buffer.as_mut_slice();
        black_box(&serde_json::to_writer(&mut rest, black_box(&value)));
        black_box(rest.len());
        black_box(&mut buffer);
    })
}

fn serde_json_vec<'a, T: Serialize + 'a>(value: T, expected: &str) -> Contender<'a> {
    const NAME: &str = "serde_json-vec";
    let mut buffer = Vec::with_capacity(2 * expected.len());
    serde_json::to_writer(&mut buffer, &value).expect("the value is JSON");
    check::same_bytes(NAME, &buffer, expected);
    Contender::new(NAME, move || {
        buffer.clear();
        black_box(&serde_json::to_writer(&mut buffer, black_box(&value)));
        black_box(&mut buffer);
    })
}

fn sonic<'a, T: Serialize + 'a>(value: T, expected: &str) -> Contender<'a> {
    const NAME: &str = "sonic-rs";
    let mut buffer = Vec::with_capacity(2 * expected.len());
    sonic_rs::to_writer(&mut buffer, &value).expect("the value is JSON");
    check::same_bytes(NAME, &buffer, expected);
    Contender::new(NAME, move || {
        buffer.clear();
        black_box(&sonic_rs::to_writer(&mut buffer, black_box(&value)));
        black_box(&mut buffer);
    })
}

pub fn jzon<'a, T: ToJson + 'a>(value: T, expected: &str) -> Contender<'a> {
    const NAME: &str = "jzon-rs";
    let mut buffer = Vec::with_capacity(2 * expected.len());
    check::same_bytes(NAME, value.json_write_reuse(&mut buffer), expected);
    Contender::new(NAME, move || {
        black_box(black_box(&value).json_write_reuse(&mut buffer));
    })
}
