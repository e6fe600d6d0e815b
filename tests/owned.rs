//! Messages that own their bytes: whatever is received is kept if it decodes, and is the same whenever it is looked at.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;
#[path = "properties/owning.rs"]
mod owning;

use common::documents::{Bytes, damaged, messages, token_soup};
use common::fixtures::{self, SAMPLES};
use common::strategies::json_value;
use common::{KINDS, Kind, kind};
use owning::is_kept_as_it_decodes;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// How many of a hundred random inputs are kept.
fn kept_of(kind: &Kind, strategy: impl Strategy<Value = Bytes>) -> usize {
    let mut runner = TestRunner::deterministic();
    let input = |_| strategy.new_tree(&mut runner).unwrap().current().0;
    (0..100).map(input).filter(|bytes| is_kept_as_it_decodes(kind, bytes)).count()
}

fn as_bytes(text: impl Strategy<Value = String>) -> impl Strategy<Value = Bytes> {
    text.prop_map(|text| Bytes(text.into_bytes()))
}

#[test]
fn every_sample_is_kept_as_it_decodes() {
    let kept = SAMPLES.iter().filter(|sample| {
        let text = fixtures::read(sample.file);
        let escaped = text.replace('i', r"\u0069").replace('标', r"\u6807");
        let kept = is_kept_as_it_decodes(kind(sample.kind), text.as_bytes());
        assert_eq!(is_kept_as_it_decodes(kind(sample.kind), escaped.as_bytes()), kept, "{}", sample.file);
        kept
    });
    assert!(kept.count() >= SAMPLES.len() / 2);
}

#[test]
fn random_messages_are_kept_as_they_decode() {
    for kind in KINDS {
        let kept = kept_of(kind, as_bytes(messages(kind.name)));
        assert!((10..100).contains(&kept), "{kept} of 100 {}", kind.name);
    }
}

#[test]
fn damaged_messages_are_refused_as_decoding_refuses_them() {
    for kind in KINDS {
        let kept = kept_of(kind, damaged(messages(kind.name)));
        assert!((1..80).contains(&kept), "{kept} of 100 {}", kind.name);
    }
}

#[test]
fn what_is_no_message_is_refused_as_decoding_refuses_it() {
    for kind in KINDS {
        kept_of(kind, prop_oneof![as_bytes(token_soup()), as_bytes(json_value())]);
    }
}
