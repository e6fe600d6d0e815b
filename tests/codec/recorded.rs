//! Some tests compare what they see with a file, so that a reviewer sees every change of it. `RECORD=1 cargo test --test codec` writes
//! these files: the digest, the wire names, the public members, and for the fuzzer the seeds and the keys.

use std::path::Path;
use std::{env, fs};

/// Whether the tests write what they see.
pub(crate) fn recording() -> bool {
    env::var_os("RECORD").is_some()
}

/// What is recorded in a file of `tests/codec/recorded`: this text, if the tests are recording.
pub(crate) fn recorded(file: &str, now: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codec/recorded").join(file);
    if recording() {
        fs::write(&path, now).unwrap();
    }
    fs::read_to_string(path).unwrap()
}
