//! `decode-str-*`, `decode-slice-*`, `decode-reversed-*` and `decode-reply`: documents without escapes,
//! decoded into texts that borrow from them.

use crate::jzon_model;
use crate::measure::Contender;
use crate::models::{Borrowed, Reply};
use crate::ours;
use crate::payload::REPLY;
use crate::reader::{plain, reader, with_length};
use crate::suite::Suite;
use jzon::{FromJson, ToJson};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Runs the cases of one payload, on its document as the encoders write it.
pub fn run(suite: &Suite, name: &str, document: &str) {
    suite.case(&format!("decode-str-{name}"), document, || {
        let mut contenders = vec![ours::decode_str(document, document)];
        contenders.extend(from_str::<Borrowed<'_>>(document, document));
        contenders.extend(from_slice::<Borrowed<'_>>(document, document));
        contenders.push(jzon(document, document));
        contenders.push(Contender::copy(document));
        contenders
    });
    suite.case(&format!("decode-slice-{name}"), document, || {
        let mut contenders = vec![ours::decode_slice(document, document)];
        contenders.extend(from_slice::<Borrowed<'_>>(document, document));
        contenders.push(jzon(document, document));
        contenders.push(Contender::copy(document));
        contenders
    });
    let reversed = &reversed(document);
    suite.case(&format!("decode-reversed-{name}"), reversed, || {
        let mut contenders = vec![ours::decode_str(reversed, document)];
        contenders.extend(from_str::<Borrowed<'_>>(reversed, document));
        contenders.extend(from_slice::<Borrowed<'_>>(reversed, document));
        contenders.push(jzon(reversed, document));
        contenders.push(Contender::copy(reversed));
        contenders
    });
}

pub fn run_reply(suite: &Suite) {
    suite.case("decode-reply", REPLY, || {
        let mut contenders = vec![ours::decode_reply(REPLY)];
        contenders.extend(from_str::<Reply<&str>>(REPLY, REPLY));
        contenders.extend(from_slice::<Reply<&str>>(REPLY, REPLY));
        contenders.push(Contender::copy(REPLY));
        contenders
    });
}

/// The serde peers that profit from an input known to be UTF-8.
fn from_str<'a, T>(document: &'a str, expected: &str) -> [Contender<'a>; 2]
where
    T: Serialize + Deserialize<'a> + 'a,
{
    [
        reader("serde_json-str", document, expected, serde_json::from_str::<T>, plain),
        reader("sonic-rs-str", document, expected, sonic_rs::from_str::<T>, plain),
    ]
}

/// The serde peers on bytes.
fn from_slice<'a, T>(document: &'a str, expected: &str) -> [Contender<'a>; 3]
where
    T: Serialize + Deserialize<'a> + 'a,
{
    let serde_json = |document: &'a str| serde_json::from_slice::<T>(document.as_bytes());
    let sonic = |document: &'a str| sonic_rs::from_slice::<T>(document.as_bytes());
    let core = |document: &'a str| serde_json_core::from_slice::<T>(document.as_bytes());
    [
        reader("serde_json", document, expected, serde_json, plain),
        reader("sonic-rs", document, expected, sonic, plain),
        reader("serde-json-core", document, expected, core, with_length),
    ]
}

/// Checks UTF-8 itself, text by text, in a `str` as well.
fn jzon<'a>(document: &'a str, expected: &str) -> Contender<'a> {
    let decode = jzon_model::Notification::from_json_str;
    reader("jzon-rs", document, expected, decode, jzon_value)
}

fn jzon_value(decoded: &Result<jzon_model::Notification<'_>, jzon::Error>) -> Value {
    let notification = decoded.as_ref().expect("the document decodes");
    serde_json::from_slice(&notification.to_json_bytes()).expect("jzon-rs writes JSON")
}

/// The same document with the members of its top object in reverse order.
fn reversed(document: &str) -> String {
    let members = document.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let members = members.expect("the document is an object without spaces around it");
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    let mut parts: Vec<&str> = members
        .split(|c| {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = !quoted,
                '{' | '[' if !quoted => depth += 1,
                '}' | ']' if !quoted => depth -= 1,
                _ => {}
            }
            c == ',' && depth == 0 && !quoted
        })
        .collect();
    parts.reverse();
    format!("{{{}}}", parts.join(","))
}
