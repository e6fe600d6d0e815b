//! The fuzz targets without a fuzzer: what each looks at holds for what `proptest` makes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;
mod properties;

use common::KINDS;
use common::documents::{Bytes, damaged, messages, token_soup};
use common::strategies::json_value;
use properties::{TARGETS, Target};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;

fn holds(target: &Target, cases: u32, inputs: impl Strategy<Value = Bytes>) {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let held = TestRunner::new(config).run(&inputs, |bytes| target.holds(&bytes.0));
    assert!(held.is_ok(), "{}: {}", target.name, held.unwrap_err());
}

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).expect("a name out of TARGETS")
}

fn as_bytes(text: impl Strategy<Value = String>) -> impl Strategy<Value = Bytes> {
    text.prop_map(|text| Bytes(text.into_bytes()))
}

#[test]
fn every_target_that_looks_at_messages_holds_for_them() {
    let mut looked_at = 0;
    for target in TARGETS {
        for kind in KINDS {
            let Some(before) = target.seed(kind.name, b"") else { continue };
            let whole = |document: Vec<u8>| Bytes([&*before, &*document].concat());
            holds(target, 20, messages(kind.name).prop_map(|text| whole(text.into_bytes())));
            holds(target, 20, damaged(messages(kind.name)).prop_map(|bytes| whole(bytes.0)));
            looked_at += 1;
        }
    }
    // Those of every kind, and the families, which leave out the names that share a kind.
    assert!(looked_at >= 2 * KINDS.len(), "{looked_at}");
}

#[test]
fn every_target_holds_for_any_bytes() {
    for target in TARGETS {
        holds(target, 200, vec(any::<u8>(), 0..300).prop_map(Bytes));
    }
}

#[test]
fn json_is_json_wherever_it_stands() {
    let target = target("json_vs_serde_json");
    holds(target, 500, as_bytes(json_value()));
    holds(target, 500, as_bytes(token_soup()));
    holds(target, 500, damaged(json_value()));
}

#[test]
fn an_ext_is_what_it_is() {
    let target = target("ext");
    let entity = json_value().prop_map(|value| format!(r#"{{"entity":{value}}}"#));
    let conversation = json_value().prop_map(|value| format!(r#"{{"conversationID":{value},"x":1}}"#));
    let own = (json_value(), json_value())
        .prop_map(|(level, task)| format!(r#"{{"level":{level},"task":{task},"done":true,"steps":[1,-2]}}"#));
    holds(target, 300, as_bytes(entity));
    holds(target, 300, as_bytes(conversation));
    holds(target, 300, as_bytes(own));
    holds(target, 300, damaged(messages("tim.ext")));
}

#[test]
fn a_delivery_is_due_and_composed_as_it_may_be() {
    let wishes = prop_oneof![
        (Just(0u8), messages("tim.settings")),
        (Just(1u8), messages("tim.info")),
        (Just(0u8), "[a-z😀]{0,60}").prop_map(|(source, text)| {
            (
                source,
                format!(r#"{{"offline_push_config_title":"{text}","offline_push_config_desc":"{text}"}}"#),
            )
        }),
    ];
    let texts = (select(vec!["12345678901234567890123", "", "x y"]), "[a-z]{0,70}", "[ a-z中]{0,40}");
    let inputs = (any::<[u8; 6]>(), wishes, texts).prop_map(|(circumstances, (source, json), texts)| {
        let (reg_id, request_id, text) = texts;
        let rest = format!("{reg_id}\0{request_id}\0{text}\0{json}");
        Bytes([&[source], &circumstances[..], rest.as_bytes()].concat())
    });
    holds(target("delivery"), 1000, inputs);
}
