//! `decode-inplace-*`, `decode-reply-inplace` and `pass-through-*`: the input may hold escapes, so texts must be unescaped
//! somewhere. Ours and simd-json do so within the buffer that received the input, so each time they need a fresh copy in
//! it. The others leave the buffer alone and need memory of their own for the texts. A receiver has the copy to make all the
//! same, from its socket, so it is in the measured time of all.

use crate::measure::Contender;
use crate::models::{Borrowed, Notification, Reply, Text};
use crate::pairs::Pairs;
use crate::payload::REPLY;
use crate::reader::{plain, with_length};
use crate::{orders, ours, suite::Suite};
use heapless::LinearMap;
use serde::{Deserialize, Serialize};
use simd_json::Buffers;
use simd_json::serde::from_slice_with_buffers;

/// Texts in allocations of their own.
type Owned = Notification<String, String, Pairs<String>>;

/// Texts in allocations of their own where they were escaped.
type Mixed<'a> = Notification<Text<'a>, Text<'a>, Pairs<Text<'a>>>;

/// Texts inline: serde-json-core unescapes into a scratch that the next text overwrites. No larger than
/// these values need, since unused room is moved around, too.
type Inline = Notification<Short, Long, LinearMap<Short, Long, 2>>;
type Short = heapless::String<48>;
type Long = heapless::String<128>;

/// A model, for any lifetime.
trait Model {
    type Of<'a>: Serialize + Deserialize<'a>;
}

macro_rules! model {
    ($name:ident, $of:ty) => {
        struct $name;

        impl Model for $name {
            type Of<'a> = $of;
        }
    };
}

model!(BorrowedNotification, Borrowed<'a>);
model!(OwnedNotification, Owned);
model!(MixedNotification, Mixed<'a>);
model!(InlineNotification, Inline);
model!(BorrowedReply, Reply<&'a str>);
model!(OwnedReply, Reply<String>);
model!(MixedReply, Reply<Text<'a>>);
model!(InlineReply, Reply<Short>);

/// A contender that copies `document` into its receive buffer, and decodes it there.
macro_rules! received {
    ($name:expr, $document:ident, $expected:expr, |$buffer:ident| $decode:expr, $value_of:expr) => {{
        let document = $document.as_bytes();
        let mut received = document.to_vec();
        let $buffer = received.as_mut_slice();
        $crate::check::same_value($name, &$value_of(&$decode), $expected);
        $crate::measure::Contender::new($name, move || {
            received.copy_from_slice(std::hint::black_box(document));
            let $buffer = std::hint::black_box(received.as_mut_slice());
            std::hint::black_box(&$decode);
        })
    }};
}

/// A contender that copies `document` into its receive buffer, decodes it there, and encodes what it got into another
/// buffer. `encode` gives the bytes that it wrote.
macro_rules! passed_through {
    ($name:expr, $document:ident, |$buffer:ident, $target:ident| $pass:expr) => {{
        let document = $document.as_bytes();
        let mut received = document.to_vec();
        let mut target = vec![0; 2 * document.len()];
        let ($buffer, $target) = (received.as_mut_slice(), &mut target);
        $crate::check::same_bytes($name, $pass, $document);
        $crate::measure::Contender::new($name, move || {
            received.copy_from_slice(std::hint::black_box(document));
            let ($buffer, $target) = (std::hint::black_box(received.as_mut_slice()), &mut target);
            std::hint::black_box($pass);
        })
    }};
}

pub(crate) use {passed_through, received};

pub fn run(suite: &Suite, name: &str, document: &str) {
    let (alphabetical, reversed) = (&orders::alphabetical(document), &orders::reversed(document));
    for (order, text) in [("declared", document), ("alphabetical", alphabetical), ("reversed", reversed)] {
        suite.case(&format!("decode-inplace-{name}-{order}"), text, || {
            vec![
                ours::decode_in_place(text, document),
                simd_json::<BorrowedNotification>(text, document),
                sonic::<OwnedNotification>("sonic-rs", text, document),
                sonic::<MixedNotification>("sonic-rs-cow", text, document),
                serde_json::<OwnedNotification>("serde_json", text, document),
                serde_json::<MixedNotification>("serde_json-cow", text, document),
                serde_json_core::<InlineNotification>(text, document),
                Contender::copy(text),
            ]
        });
    }
    suite.case(&format!("pass-through-{name}"), document, || {
        vec![
            ours::pass_through(document),
            pass_through_sonic(document),
            pass_through_serde_json(document),
            pass_through_two(document),
            Contender::copy(document),
        ]
    });
}

pub fn run_reply(suite: &Suite) {
    suite.case("decode-reply-inplace", REPLY, || {
        vec![
            ours::decode_reply_in_place(REPLY),
            simd_json::<BorrowedReply>(REPLY, REPLY),
            sonic::<OwnedReply>("sonic-rs", REPLY, REPLY),
            sonic::<MixedReply>("sonic-rs-cow", REPLY, REPLY),
            serde_json::<OwnedReply>("serde_json", REPLY, REPLY),
            serde_json::<MixedReply>("serde_json-cow", REPLY, REPLY),
            serde_json_core::<InlineReply>(REPLY, REPLY),
            Contender::copy(REPLY),
        ]
    });
}

fn simd_json<'a, M: Model>(document: &'a str, expected: &str) -> Contender<'a> {
    let mut buffers = Buffers::new(document.len());
    received!(
        "simd-json",
        document,
        expected,
        |buffer| from_slice_with_buffers::<M::Of<'_>>(buffer, &mut buffers),
        plain
    )
}

fn sonic<'a, M: Model>(name: &'static str, document: &'a str, expected: &str) -> Contender<'a> {
    received!(name, document, expected, |buffer| sonic_rs::from_slice::<M::Of<'_>>(buffer), plain)
}

fn serde_json<'a, M: Model>(name: &'static str, document: &'a str, expected: &str) -> Contender<'a> {
    received!(name, document, expected, |buffer| serde_json::from_slice::<M::Of<'_>>(buffer), plain)
}

fn serde_json_core<'a, M: Model>(document: &'a str, expected: &str) -> Contender<'a> {
    let mut unescaped = [0; 128];
    received!(
        "serde-json-core",
        document,
        expected,
        |buffer| serde_json_core::from_slice_escaped::<M::Of<'_>>(buffer, &mut unescaped),
        with_length
    )
}

fn pass_through_sonic(document: &str) -> Contender<'_> {
    passed_through!("sonic-rs", document, |buffer, target| {
        let message: Owned = sonic_rs::from_slice(buffer).expect("the document decodes");
        target.clear();
        sonic_rs::to_writer(&mut *target, &message).expect("the value is JSON");
        target
    })
}

fn pass_through_serde_json(document: &str) -> Contender<'_> {
    passed_through!("serde_json", document, |buffer, target| {
        let message: Owned = serde_json::from_slice(buffer).expect("the document decodes");
        target.clear();
        serde_json::to_writer(&mut *target, &message).expect("the value is JSON");
        target
    })
}

/// The fastest of the peers for each half of the job.
fn pass_through_two(document: &str) -> Contender<'_> {
    let mut buffers = Buffers::new(document.len());
    passed_through!("simd-json+sonic-rs", document, |buffer, target| {
        let message: Borrowed<'_> =
            from_slice_with_buffers(buffer, &mut buffers).expect("the document decodes");
        target.clear();
        sonic_rs::to_writer(&mut *target, &message).expect("the value is JSON");
        target
    })
}
