//! The decoder against the interpreter of the messages' descriptions, on random documents; and all entry points against one
//! another.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::common::KINDS;
use crate::common::documents::{Bytes, as_bytes, bytes, damaged, json_value, messages, token_soup};
use crate::properties::decoding::is_read_as_interpreted;
use crate::properties::owning::is_kept_as_it_decodes;
use crate::properties::values::raw_and_serde_json_decide_alike;
use crate::{cases, holds};

/// Tests this number of inputs in all. More kinds take no more time: what one kind does not show, another one does, and the fuzzer has
/// time for each kind.
fn on_every_kind(count: usize, inputs: impl Fn(BoxedStrategy<String>) -> BoxedStrategy<Bytes>) {
    let count = u32::try_from(count / KINDS.len()).unwrap();
    for kind in KINDS {
        let inputs = inputs(messages(kind.description).boxed());
        holds(kind.name, count, inputs, |bytes| {
            is_kept_as_it_decodes(kind, &bytes.0);
            is_read_as_interpreted(kind, &bytes.0)
        });
    }
}

#[test]
fn decode_messages_is_as_interpreted() {
    on_every_kind(8_000, |messages| as_bytes(messages).boxed());
}

#[test]
fn decode_damaged_messages_is_as_interpreted() {
    on_every_kind(8_000, |messages| damaged(messages).boxed());
}

#[test]
fn decode_any_json_is_as_interpreted() {
    on_every_kind(4_000, |_| as_bytes(json_value()).boxed());
}

#[test]
fn decode_any_bytes_is_as_interpreted() {
    on_every_kind(8_000, |_| bytes().boxed());
}

/// Random messages would prove nothing if none of them were good, or if none were bad.
#[test]
fn random_messages_are_good_and_bad() {
    let (mut runner, mut all) = (TestRunner::deterministic(), 0);
    for kind in KINDS {
        let messages = messages(kind.description);
        let good = (0..100).filter(|_| {
            let message = messages.new_tree(&mut runner).unwrap().current();
            kind.in_place(message.as_bytes()).is_ok()
        });
        let good = good.count();
        assert!(good >= 20, "{good} of 100 {} are good", kind.name);
        all += good;
    }
    assert!(all <= 90 * KINDS.len(), "{all} are good");
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn raw_of_a_value(text in json_value()) {
        raw_and_serde_json_decide_alike(&text)?;
    }

    #[test]
    fn raw_of_anything_else(bytes in damaged(json_value()), tokens in token_soup(), text in any::<String>()) {
        for text in [str::from_utf8(&bytes.0).unwrap_or_default(), &tokens, &text] {
            raw_and_serde_json_decide_alike(text)?;
        }
    }
}
