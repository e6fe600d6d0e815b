//! The codec, message by message: every test here iterates over the registry of messages or over the published samples.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../properties/mod.rs"]
mod properties;

#[cfg(feature = "std")]
mod boxed;
mod conformance;
mod differential;
mod digest;
mod formats;
mod fuzzed;
mod lengths;
#[cfg(all(target_os = "linux", not(target_arch = "powerpc")))]
mod linear;
mod maps;
mod models;
mod no_alloc;
mod private;
mod recorded;
mod rules;
mod samples;
mod secrets;
#[cfg(not(target_arch = "powerpc"))]
mod stack;
#[cfg(feature = "embedded-io-0_7")]
mod stream;
mod strict;
mod tolerance;
mod views;
mod wire_names;

use proptest::prelude::ProptestConfig;
use proptest::strategy::Strategy;
use proptest::test_runner::{TestCaseResult, TestRunner};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// Checks the property with this number of inputs. A failure shows the kind and the smallest input that breaks it.
fn holds<S: Strategy>(about: &str, count: u32, inputs: S, property: impl Fn(S::Value) -> TestCaseResult) {
    let held = TestRunner::new(cases(count)).run(&inputs, property);
    assert!(held.is_ok(), "{about}: {}", held.unwrap_err());
}
