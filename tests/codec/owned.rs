//! Messages that own their bytes: whatever is received is kept if it decodes, and is the same whenever it is looked at.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::common::documents::{Bytes, as_bytes, damaged, json_value, messages, token_soup};
use crate::common::fixtures::{self, SAMPLES};
use crate::common::{KINDS, Kind, kind};
use crate::properties::owning::is_kept_as_it_decodes;

/// How many of a hundred random inputs are kept.
fn kept_of(kind: &Kind, strategy: impl Strategy<Value = Bytes>) -> usize {
    let mut runner = TestRunner::deterministic();
    let input = |_| strategy.new_tree(&mut runner).unwrap().current().0;
    (0..100).map(input).filter(|bytes| is_kept_as_it_decodes(kind, bytes)).count()
}

#[test]
fn receive_of_every_sample_keeps_what_decodes() {
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
fn receive_of_random_input_keeps_what_decodes() {
    for kind in KINDS {
        let kept = kept_of(kind, as_bytes(messages(kind.description)));
        assert!((10..=100).contains(&kept), "{kept} of 100 {}", kind.name);
        let kept = kept_of(kind, damaged(messages(kind.description)));
        assert!((1..90).contains(&kept), "{kept} of 100 {}", kind.name);
        kept_of(kind, prop_oneof![as_bytes(token_soup()), as_bytes(json_value())]);
    }
}
