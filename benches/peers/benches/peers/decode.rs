//! `decode-str-*`, `decode-slice-*` and `decode-reply`: documents without escapes, decoded into texts that borrow from them,
//! with their members in every order.

use crate::jzon_model;
use crate::measure::Contender;
use crate::models::{Borrowed, Reply};
use crate::orders::{self, Order};
use crate::ours;
use crate::payload::REPLY;
use crate::reader::{Input, plain, reader, with_length};
use crate::suite::Suite;
use jzon::{FromJson, ToJson};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Runs the cases of one payload, on its document as the encoders write it and on all others that say the same.
pub fn run(suite: &Suite, name: &str, document: &str) {
    for Order { name: order, documents } in orders::all(document) {
        let input = Input::of(&documents);
        case_str(suite, &format!("decode-str-{name}-{order}"), input, document);
        case_slice(suite, &format!("decode-slice-{name}-{order}"), input, document);
    }
}

/// Text that is known to be UTF-8.
pub fn case_str(suite: &Suite, name: &str, input: Input<'_>, expected: &str) {
    suite.case(name, input.first(), || {
        let mut contenders = vec![ours::decode_str(input, expected)];
        contenders.extend(from_str::<Borrowed<'_>>(input, expected));
        contenders.push(jzon(input, expected));
        contenders.push(Contender::copy(input.first()));
        contenders
    });
}

/// Bytes, in which UTF-8 must be checked.
fn case_slice(suite: &Suite, name: &str, input: Input<'_>, expected: &str) {
    suite.case(name, input.first(), || {
        let mut contenders = vec![ours::decode_slice(input, expected)];
        contenders.extend(from_slice::<Borrowed<'_>>(input, expected));
        contenders.push(jzon(input, expected));
        contenders.push(Contender::copy(input.first()));
        contenders
    });
}

pub fn run_reply(suite: &Suite) {
    suite.case("decode-reply", REPLY, || {
        let mut contenders = vec![ours::decode_reply(REPLY)];
        contenders.extend(from_str::<Reply<&str>>(REPLY.into(), REPLY));
        contenders.push(Contender::copy(REPLY));
        contenders
    });
}

/// The serde peers on text.
fn from_str<'a, T>(input: Input<'a>, expected: &str) -> [Contender<'a>; 3]
where
    T: Serialize + Deserialize<'a> + 'a,
{
    [
        reader("sonic-rs-str", input, expected, sonic_rs::from_str::<T>, plain),
        reader("serde_json-str", input, expected, serde_json::from_str::<T>, plain),
        reader("serde-json-core", input, expected, serde_json_core::from_str::<T>, with_length),
    ]
}

/// The serde peers on bytes.
fn from_slice<'a, T>(input: Input<'a>, expected: &str) -> [Contender<'a>; 3]
where
    T: Serialize + Deserialize<'a> + 'a,
{
    let sonic = |document: &'a str| sonic_rs::from_slice::<T>(document.as_bytes());
    let serde_json = |document: &'a str| serde_json::from_slice::<T>(document.as_bytes());
    let core = |document: &'a str| serde_json_core::from_slice::<T>(document.as_bytes());
    [
        reader("sonic-rs", input, expected, sonic, plain),
        reader("serde_json", input, expected, serde_json, plain),
        reader("serde-json-core", input, expected, core, with_length),
    ]
}

/// Checks UTF-8 itself, text by text, in a `str` as well.
fn jzon<'a>(input: Input<'a>, expected: &str) -> Contender<'a> {
    reader("jzon-rs", input, expected, jzon_model::Notification::from_json_str, jzon_value)
}

fn jzon_value(decoded: &Result<jzon_model::Notification<'_>, jzon::Error>) -> Value {
    let notification = decoded.as_ref().expect("the document decodes");
    serde_json::from_slice(&notification.to_json_bytes()).expect("jzon-rs writes JSON")
}
