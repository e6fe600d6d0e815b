//! The fuzz targets without a fuzzer: the property of each target holds for what `proptest` makes, and for the target's corpus, in
//! which no seed is missing.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::documents::{Bytes, as_bytes, damaged, json_value, messages, token_soup};
use crate::common::fixtures::{self, EXTS, SAMPLES};
use crate::common::{KINDS, kind, value};
use crate::holds;
use crate::properties::{TARGETS, Target};
use crate::recorded::recording;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

fn target_holds(target: &Target, cases: u32, inputs: impl Strategy<Value = Bytes>) {
    holds(target.name, cases, inputs, |bytes| target.holds(&bytes.0));
}

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).expect("a name out of TARGETS")
}

/// The differential tests do this for the first target.
#[test]
fn target_holds_for_messages() {
    for target in TARGETS.iter().skip(1) {
        for kind in KINDS {
            let Some(before) = target.seed(kind.name, b"") else { continue };
            let whole = |document: Bytes| Bytes([&*before, &*document.0].concat());
            target_holds(target, 10, as_bytes(messages(kind.description)).prop_map(whole));
            target_holds(target, 10, damaged(messages(kind.description)).prop_map(whole));
        }
    }
}

#[test]
fn target_holds_for_any_bytes() {
    for target in TARGETS {
        target_holds(target, 300, vec(any::<u8>(), 0..300).prop_map(Bytes));
    }
}

#[test]
fn target_json_holds_for_json() {
    let target = target("json_vs_serde_json");
    target_holds(target, 300, as_bytes(json_value()));
    target_holds(target, 300, as_bytes(token_soup()));
    target_holds(target, 300, damaged(json_value()));
}

#[test]
fn target_ext_holds_for_exts() {
    let target = target("ext");
    let entity = json_value().prop_map(|value| format!(r#"{{"entity":{value}}}"#));
    let conversation = json_value().prop_map(|value| format!(r#"{{"conversationID":{value},"x":1}}"#));
    let own = (json_value(), json_value())
        .prop_map(|(level, task)| format!(r#"{{"level":{level},"task":{task},"done":true,"steps":[1,-2]}}"#));
    target_holds(target, 300, as_bytes(entity));
    target_holds(target, 300, as_bytes(conversation));
    target_holds(target, 300, as_bytes(own));
    target_holds(target, 300, damaged(messages(kind("ext.info").description)));
}

#[test]
fn a_delivery_is_decided_and_composed_as_the_tables_say() {
    let params = select(vec!["{'vivoNotifyType':%}", "{'a':[%]}", "{'vivoNotifyType':null}", "[%]", "%"]);
    let params = (params, 0..6_u8).prop_map(|(params, number)| {
        let params = params.replace('%', &number.to_string()).replace('\'', "\\\"");
        format!(r#"{{"offline_push_config_vendor_params":"{params}"}}"#)
    });
    let documents = prop_oneof![
        (Just(0u8), messages(kind("tim.settings").description)),
        (Just(2u8), messages(kind("tim.info").description)),
        (Just(0u8), params),
        (Just(0u8), "[a-z😀]{0,60}"),
    ];
    let ids = (select(vec!["12345678901234567890123", "", "x y"]), "[a-z]{0,70}");
    let inputs = (any::<[u8; 8]>(), "[ a-z中]{0,40}", documents, ids).prop_map(
        |(mut choices, text, (source, document), (reg_id, request_id))| {
            choices[6] = choices[6] & !2 | source;
            let rest = format!("{text}\0{document}\0{reg_id}\0{request_id}");
            Bytes([&choices[..], rest.as_bytes()].concat())
        },
    );
    target_holds(target("delivery"), 1000, inputs);
}

/// The folder of the targets. The published package does not contain it.
fn fuzz() -> Option<PathBuf> {
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")).filter(|folder| folder.exists())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn target_holds_for_its_corpus() {
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
fn target_has_a_program() {
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
    // Without `arbitrary`, `TARGETS` lacks the one that makes models.
    assert_eq!(programs.len(), TARGETS.len() + usize::from(cfg!(not(feature = "arbitrary"))));
}

/// The seeds that a target has by its nature: samples, or for each kind bytes that choose a model of it.
fn seeds(target: &Target) -> Vec<(String, Vec<u8>)> {
    let samples = SAMPLES
        .iter()
        .map(|sample| (sample.kind, sample.file))
        .chain(EXTS.iter().map(|file| ("ext.info", *file)));
    let samples = samples.map(|(kind, file)| {
        (kind, file.replace('/', "-").replace(".json", ""), fixtures::read(file).into_bytes())
    });
    match target.name {
        "json_vs_serde_json" => samples.map(|(_, name, document)| (name, document)).collect(),
        "structured" | "roundtrip" => {
            let choices: Vec<_> = (0..=u8::MAX).map(|byte| byte.wrapping_mul(167)).collect();
            KINDS
                .iter()
                .filter_map(|kind| Some((kind.name.to_owned(), target.seed(kind.name, &choices)?)))
                .collect()
        }
        _ => {
            samples.filter_map(|(kind, name, document)| Some((name, target.seed(kind, &document)?))).collect()
        }
    }
}

#[test]
fn target_has_its_seeds_in_the_corpus() {
    let Some(fuzz) = fuzz() else { return };
    for target in TARGETS {
        for (name, seed) in seeds(target) {
            let corpus = fuzz.join("corpus").join(target.name);
            let path = corpus.join(name);
            if recording() && fs::read(&path).ok().as_ref() != Some(&seed) {
                fs::create_dir_all(corpus).unwrap();
                fs::write(&path, &seed).unwrap();
            }
            let found = fs::read(&path).ok();
            assert!(found == Some(seed), "{} is missing or another: `RECORD=1` writes it", path.display());
        }
    }
}

/// Of all input, a fuzzer takes longest to guess keys.
#[test]
fn dictionary_has_every_key_of_the_samples() {
    let Some(fuzz) = fuzz() else { return };
    let path = fuzz.join("dictionaries/json.dict");
    let mut dictionary = fs::read_to_string(&path).unwrap();
    for sample in SAMPLES {
        each_key(&value(&fixtures::read(sample.file)), &mut |key| {
            let entry = format!("\"\\\"{key}\\\":\"");
            if !dictionary.lines().any(|line| line == entry) {
                assert!(recording(), "{entry} of {} is missing: `RECORD=1` adds it", sample.file);
                dictionary.extend([&entry, "\n"]);
            }
        });
    }
    if recording() {
        fs::write(path, dictionary).unwrap();
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
