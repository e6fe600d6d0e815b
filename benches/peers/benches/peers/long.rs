//! Messages longer than a notification: a push to 1000 ids, its reply, receipts of 100 tasks, and an
//! `OfflinePushInfo` with every field. What is decoded in `decode-*` is read through, too, in `read-*`.

use crate::long_models::{of_jzon, of_serde};
use crate::measure::Contender;
use crate::pairs::Entries;
use crate::reader::{plain, visitor, with_length};
use crate::{check, encode, ours_long as ours, suite::Suite};
use jzon::{FromJson, ToJson};
use serde::{Deserialize, Serialize};
use simd_json::Buffers;
use simd_json::serde::from_slice_with_buffers;
use std::fmt::Debug;
use std::hint::black_box;

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the value is JSON")
}

type Receipts<'a> = Entries<&'a str, of_serde::Receipt<'a>>;

/// What of a decoded message is not read by decoding it.
trait Visit {
    fn visit(&self);
}

macro_rules! visits {
    ($($type:ty: $list:tt;)+) => {$(
        impl Visit for $type {
            fn visit(&self) {
                for element in &self.$list {
                    black_box(element);
                }
            }
        }
    )+};
}

visits! {
    of_serde::ListPush<'_>: reg_ids;
    of_jzon::ListPush<'_>: reg_ids;
    of_serde::ListPushReply<'_>: invalid_users;
    of_jzon::ListPushReply<'_>: invalid_users;
    Receipts<'_>: 0;
    Entries<&str, of_jzon::Receipt<'_>>: 0;
    of_serde::Info<'_>: multi_language_content;
    of_jzon::Info<'_>: multi_language_content;
}

/// A model that borrows, for any lifetime.
trait Model {
    type Serde<'a>: Serialize + Deserialize<'a> + Visit + 'a;
    type Jzon<'a>: ToJson + FromJson<'a> + Visit + 'a;
}

macro_rules! model {
    ($name:ident, $serde:ty, $jzon:ty) => {
        struct $name;

        impl Model for $name {
            type Serde<'a> = $serde;
            type Jzon<'a> = $jzon;
        }
    };
}

model!(List, of_serde::ListPush<'a>, of_jzon::ListPush<'a>);
model!(Reply, of_serde::ListPushReply<'a>, of_jzon::ListPushReply<'a>);
model!(Tasks, Receipts<'a>, Entries<&'a str, of_jzon::Receipt<'a>>);
model!(Info, of_serde::Info<'a>, of_jzon::Info<'a>);

pub fn run(suite: &Suite) {
    let list = &json(&of_serde::ListPush::full());
    suite.case("encode-list-1000", list, || {
        let mut contenders = vec![ours::encode_list(list), ours::encode_list_of_iterator(list)];
        contenders.extend(encode::peers(of_serde::ListPush::full, list));
        contenders.push(encode::jzon(of_jzon::ListPush::full(), list));
        contenders.push(Contender::copy(list));
        contenders
    });
    let decoded: fn(&str) -> Contender<'_> = ours::encode_list_decoded;
    for (name, ours) in [("decoded", decoded), ("owned", ours::encode_list_owned)] {
        suite.case(&format!("encode-list-1000-{name}"), list, || {
            let mut contenders = vec![ours(list)];
            contenders.extend(encode::peers(of_serde::ListPush::full, list));
            contenders.push(encode::jzon(of_jzon::ListPush::full(), list));
            contenders.push(Contender::copy(list));
            contenders
        });
    }
    suite.case("length-list-1000", list, || ours::length_list(list).into());
    suite.case("length-list-1000-decoded", list, || ours::length_list_decoded(list).into());
    decode::<List>(suite, "list-1000", list, ours::decode_list);
    let reply = &json(&of_serde::ListPushReply::full());
    decode::<Reply>(suite, "invalid-1000", reply, ours::decode_reply);
    suite.case("read-invalid-1000-inplace", reply, || {
        vec![ours::read_reply_in_place(reply), simd_json::<Reply>(reply), Contender::copy(reply)]
    });
    let tasks = &json(&of_serde::receipts());
    decode::<Tasks>(suite, "receipts-100", tasks, ours::decode_receipts);
    suite.case("read-receipts-100-inplace", tasks, || {
        vec![ours::read_receipts_in_place(tasks), simd_json::<Tasks>(tasks), Contender::copy(tasks)]
    });
    let info = &json(&of_serde::Info::full());
    suite.case("encode-info", info, || {
        let mut contenders = vec![ours::encode_info(info)];
        contenders.extend(encode::peers(of_serde::Info::full, info));
        contenders.push(encode::jzon(of_jzon::Info::full(), info));
        contenders.push(Contender::copy(info));
        contenders
    });
    decode::<Info>(suite, "info", info, ours::decode_info);
    suite.case("read-info-inplace", info, || {
        vec![ours::read_info_in_place(info), simd_json::<Info>(info), Contender::copy(info)]
    });
}

/// A message decoded, and one decoded and its list read through. The difference is ours alone: we check the elements of a
/// list when it is decoded, and decode them once more, one by one, when it is read.
fn decode<'a, M: Model>(
    suite: &Suite,
    name: &str,
    document: &'a str,
    ours: impl Fn(&'a str, bool) -> Contender<'a>,
) {
    for (verb, reads) in [("decode", false), ("read", true)] {
        let contenders = || peers::<M>(ours(document, reads), document, reads);
        suite.case(&format!("{verb}-{name}"), document, contenders);
    }
}

/// All that decode from `&str` or bytes, behind ours.
fn peers<'a, M: Model>(ours: Contender<'a>, document: &'a str, reads: bool) -> Vec<Contender<'a>> {
    let bytes = document.as_bytes();
    vec![
        ours,
        serde::<M, _>("serde_json-str", document, reads, serde_json::from_str),
        serde::<M, _>("serde_json", document, reads, move |_| serde_json::from_slice(black_box(bytes))),
        serde::<M, _>("sonic-rs-str", document, reads, sonic_rs::from_str),
        serde::<M, _>("sonic-rs", document, reads, move |_| sonic_rs::from_slice(black_box(bytes))),
        visitor(
            "serde-json-core",
            document,
            document,
            |document| serde_json_core::from_slice::<M::Serde<'a>>(document.as_bytes()),
            with_length,
            move |decoded| decoded.iter().filter(|_| reads).for_each(|(message, _)| message.visit()),
        ),
        visitor("jzon-rs", document, document, M::Jzon::from_json_str, jzon_value, move |decoded| {
            decoded.iter().filter(|_| reads).for_each(Visit::visit);
        }),
        Contender::copy(document),
    ]
}

fn serde<'a, M: Model, E: Debug + 'a>(
    name: &'static str,
    document: &'a str,
    reads: bool,
    decode: impl FnMut(&'a str) -> Result<M::Serde<'a>, E> + 'a,
) -> Contender<'a> {
    visitor(name, document, document, decode, plain, move |decoded| {
        decoded.iter().filter(|_| reads).for_each(Visit::visit);
    })
}

fn jzon_value<T: ToJson>(decoded: &Result<T, jzon::Error>) -> serde_json::Value {
    let message = decoded.as_ref().expect("the document decodes");
    serde_json::from_slice(&message.to_json_bytes()).expect("jzon-rs writes JSON")
}

fn simd_json<M: Model>(document: &str) -> Contender<'_> {
    const NAME: &str = "simd-json";
    let mut buffers = Buffers::new(document.len());
    let mut scratch = document.as_bytes().to_vec();
    let read = plain(&from_slice_with_buffers::<M::Serde<'_>>(&mut scratch, &mut buffers));
    check::same_value(NAME, &read, document);
    Contender::new(NAME, move || {
        scratch.copy_from_slice(black_box(document.as_bytes()));
        let decoded = from_slice_with_buffers::<M::Serde<'_>>(black_box(&mut scratch), &mut buffers);
        decoded.iter().for_each(Visit::visit);
        black_box(&decoded);
    })
}
