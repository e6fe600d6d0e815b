//! The fuzz targets: the properties that the tests of the crate check with random input, fed by a fuzzer. Each is one of
//! `tests/properties`.

#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/properties/mod.rs"]
mod properties;

/// Panics if what the target of that name looks at does not hold for the bytes.
pub fn holds(name: &str, bytes: &[u8]) {
    let target = properties::TARGETS.iter().find(|target| target.name == name);
    if let Err(error) = target.expect("a target's name").holds(bytes) {
        panic!("{error}");
    }
}

#[cfg(test)]
mod tests;
