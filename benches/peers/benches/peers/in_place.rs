//! `decode-inplace-esc` and `decode-reply-inplace`: the input may hold escapes, so texts must be
//! unescaped somewhere. Ours and simd-json do so within the input, of which they get a fresh copy each
//! time, in the measured time; the others leave it alone and need memory of their own for the texts.

use crate::measure::Contender;
use crate::models::{Borrowed, Notification, Reply, Text};
use crate::pairs::Pairs;
use crate::payload::REPLY;
use crate::reader::{plain, reader, with_length};
use crate::{check, ours, suite::Suite};
use heapless::LinearMap;
use serde::{Deserialize, Serialize};
use simd_json::Buffers;
use simd_json::serde::from_slice_with_buffers;
use std::hint::black_box;

/// Texts in allocations of their own.
type Owned = Notification<String, String, Pairs<String>>;

/// Texts in allocations of their own where they were escaped.
type Mixed<'a> = Notification<Text<'a>, Text<'a>, Pairs<Text<'a>>>;

/// Texts inline: serde-json-core unescapes into a scratch that the next text overwrites. No larger than
/// these values need, since unused room is moved around, too.
type Inline = Notification<Short, Long, LinearMap<Short, Long, 2>>;
type Short = heapless::String<48>;
type Long = heapless::String<128>;

/// A model that borrows, for any lifetime.
trait Model {
    type Of<'a>: Serialize + Deserialize<'a>;
}

struct BorrowedNotification;

impl Model for BorrowedNotification {
    type Of<'a> = Borrowed<'a>;
}

struct BorrowedReply;

impl Model for BorrowedReply {
    type Of<'a> = Reply<&'a str>;
}

pub fn run(suite: &Suite, name: &str, document: &str) {
    suite.case(&format!("decode-inplace-{name}"), document, || {
        vec![
            ours::decode_in_place(document),
            simd_json::<BorrowedNotification>(document),
            sonic::<Owned>("sonic-rs", document),
            sonic::<Mixed<'_>>("sonic-rs-cow", document),
            serde_json::<Owned>("serde_json", document),
            serde_json::<Mixed<'_>>("serde_json-cow", document),
            serde_json_core::<Inline>(document),
            Contender::copy(document),
        ]
    });
}

pub fn run_reply(suite: &Suite) {
    suite.case("decode-reply-inplace", REPLY, || {
        vec![
            ours::decode_reply_in_place(REPLY),
            simd_json::<BorrowedReply>(REPLY),
            sonic::<Reply<String>>("sonic-rs", REPLY),
            sonic::<Reply<Text<'_>>>("sonic-rs-cow", REPLY),
            serde_json::<Reply<String>>("serde_json", REPLY),
            serde_json::<Reply<Text<'_>>>("serde_json-cow", REPLY),
            serde_json_core::<Reply<Short>>(REPLY),
            Contender::copy(REPLY),
        ]
    });
}

fn simd_json<M: Model>(document: &str) -> Contender<'_> {
    const NAME: &str = "simd-json";
    let mut buffers = Buffers::new(document.len());
    let mut scratch = document.as_bytes().to_vec();
    let read = plain(&from_slice_with_buffers::<M::Of<'_>>(&mut scratch, &mut buffers));
    check::same_value(NAME, &read, document);
    Contender::new(NAME, move || {
        scratch.copy_from_slice(black_box(document.as_bytes()));
        let scratch = black_box(scratch.as_mut_slice());
        black_box(&from_slice_with_buffers::<M::Of<'_>>(scratch, &mut buffers));
    })
}

fn sonic<'a, T: Serialize + Deserialize<'a> + 'a>(name: &'static str, document: &'a str) -> Contender<'a> {
    reader(name, document, document, |document| sonic_rs::from_slice::<T>(document.as_bytes()), plain)
}

fn serde_json<'a, T: Serialize + Deserialize<'a> + 'a>(
    name: &'static str,
    document: &'a str,
) -> Contender<'a> {
    reader(name, document, document, |document| serde_json::from_slice::<T>(document.as_bytes()), plain)
}

fn serde_json_core<'a, T: Serialize + Deserialize<'a> + 'a>(document: &'a str) -> Contender<'a> {
    let mut unescaped = [0; 128];
    let decode = move |document: &'a str| {
        serde_json_core::from_slice_escaped::<T>(document.as_bytes(), &mut unescaped)
    };
    reader("serde-json-core", document, document, decode, with_length)
}
