//! What needs no fuzzer: the corpus is complete, and every target holds for all of it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::fixtures::{EXTS, SAMPLES};
use crate::properties::{TARGETS, Target};

fn corpus(target: &Target) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name)
}

fn fixture(file: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures").join(file);
    fs::read(path).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn every_target_holds_for_its_corpus() {
    for target in TARGETS {
        let files = files(&corpus(target));
        assert!(!files.is_empty(), "{}", target.name);
        for file in files {
            let held = target.holds(&fs::read(&file).unwrap());
            assert!(held.is_ok(), "{}: {held:?}", file.display());
        }
    }
}

#[test]
fn every_target_has_a_program() {
    let manifest = include_str!("../Cargo.toml");
    let programs: HashSet<_> =
        manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")).collect();
    for target in TARGETS {
        let file = format!("{}.rs", target.name);
        assert!(programs.contains(format!("{file}\"").as_str()), "{file} in Cargo.toml");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz_targets").join(&file);
        let program = fs::read_to_string(path).unwrap();
        assert!(program.contains(&format!("(\"{}\", bytes)", target.name)), "{program}");
    }
    assert_eq!(programs.len(), TARGETS.len());
}

/// A missing seed is written, so that the next run finds it.
#[test]
fn every_published_sample_is_in_the_corpus() {
    let exts = EXTS.iter().map(|file| ("tim.ext", *file));
    let samples = SAMPLES.iter().map(|sample| (sample.kind, sample.file)).chain(exts);
    let mut missing = Vec::new();
    for (kind, file) in samples {
        let document = fixture(file);
        for target in TARGETS {
            let whole = (target.name == "json_vs_serde_json").then(|| document.clone());
            let Some(seed) = target.seed(kind, &document).or(whole) else { continue };
            let path = corpus(target).join(file.replace('/', "-").replace(".json", ""));
            if fs::read(&path).ok().as_ref() != Some(&seed) {
                fs::create_dir_all(corpus(target)).unwrap();
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
    let dictionary = include_str!("../dictionaries/json.dict");
    for sample in SAMPLES {
        let document = serde_json::from_slice(&fixture(sample.file)).unwrap();
        each_key(&document, &mut |key| {
            let entry = format!("\"\\\"{key}\\\":\"");
            assert!(dictionary.lines().any(|line| line == entry), "{entry} of {}", sample.file);
        });
    }
}

fn each_key(value: &serde_json::Value, found: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| each_key(item, found)),
        serde_json::Value::Object(members) => {
            for (key, value) in members {
                found(key);
                each_key(value, found);
            }
        }
        _ => {}
    }
}
