//! The fuzz targets without a fuzzer: what each looks at holds for what `proptest` makes, and for its corpus, which is
//! complete.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;
mod properties;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::documents::{Bytes, damaged, messages, token_soup};
use common::fixtures::{self, EXTS, SAMPLES};
use common::strategies::json_value;
use common::{KINDS, value};
use properties::{TARGETS, Target};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use serde_json::Value;

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
    // The families, which leave out two names that share a kind; and the targets of every kind, of which one makes models.
    let every_kind = 1 + usize::from(cfg!(feature = "arbitrary"));
    assert_eq!(looked_at, KINDS.len() - 2 + every_kind * KINDS.len());
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
    holds(target, 300, damaged(messages("ext.info")));
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

/// Where the targets are; not in the published package, which leaves them out.
fn fuzz() -> Option<PathBuf> {
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")).filter(|folder| folder.exists())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn every_target_holds_for_its_corpus() {
    let Some(fuzz) = fuzz() else { return };
    for target in TARGETS {
        let files = files(&fuzz.join("corpus").join(target.name));
        assert!(!files.is_empty(), "{}", target.name);
        for file in files {
            let held = target.holds(&fs::read(&file).unwrap());
            assert!(held.is_ok(), "{}: {held:?}", file.display());
        }
    }
}

#[test]
fn every_target_has_a_program() {
    let Some(fuzz) = fuzz() else { return };
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    let programs: HashSet<_> =
        manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")).collect();
    for target in TARGETS {
        let file = format!("{}.rs", target.name);
        assert!(programs.contains(format!("{file}\"").as_str()), "{file} in Cargo.toml");
        let program = fs::read_to_string(fuzz.join("fuzz_targets").join(&file)).unwrap();
        assert!(program.contains(&format!("(\"{}\", bytes)", target.name)), "{program}");
    }
    // Without `arbitrary` there is one that makes no models.
    assert_eq!(programs.len(), TARGETS.len() + usize::from(cfg!(not(feature = "arbitrary"))));
}

/// A missing seed is written, so that the next run finds it.
#[test]
fn every_published_sample_is_in_the_corpus() {
    let Some(fuzz) = fuzz() else { return };
    let exts = EXTS.iter().map(|file| ("ext.info", *file));
    let samples = SAMPLES.iter().map(|sample| (sample.kind, sample.file)).chain(exts);
    let mut missing = Vec::new();
    for (kind, file) in samples {
        let document = fixtures::read(file).into_bytes();
        for target in TARGETS {
            let whole = (target.name == "json_vs_serde_json").then(|| document.clone());
            let Some(seed) = target.seed(kind, &document).or(whole) else { continue };
            let corpus = fuzz.join("corpus").join(target.name);
            let path = corpus.join(file.replace('/', "-").replace(".json", ""));
            if fs::read(&path).ok().as_ref() != Some(&seed) {
                fs::create_dir_all(corpus).unwrap();
                fs::write(&path, seed).unwrap();
                missing.push(path);
            }
        }
    }
    assert_eq!(missing.first(), None, "and {} in all: written now, to be committed", missing.len());
}

/// Keys are what a fuzzer guesses last.
#[test]
fn every_key_of_the_samples_is_in_the_dictionary() {
    let Some(fuzz) = fuzz() else { return };
    let dictionary = fs::read_to_string(fuzz.join("dictionaries/json.dict")).unwrap();
    for sample in SAMPLES {
        let document = value(&fixtures::read(sample.file));
        each_key(&document, &mut |key| {
            let entry = format!("\"\\\"{key}\\\":\"");
            assert!(dictionary.lines().any(|line| line == entry), "{entry} of {}", sample.file);
        });
    }
}

fn each_key(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_key(item, found)),
        Value::Object(members) => {
            for (key, value) in members {
                found(key);
                each_key(value, found);
            }
        }
        _ => {}
    }
}
