//! Android intents as URIs: the published samples, Android's own reader written down a second time, round trips, errors,
//! texts, cost, and oddities.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod android;
mod cost;
mod differential;
mod errors;
mod odd;
mod roundtrip;
mod samples;
mod strategies;
mod text;

use offline_push::intent::Intent;
use proptest::prelude::ProptestConfig;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// The intent as the crate writes it.
fn written(intent: &Intent) -> String {
    let mut buffer = vec![0; intent.uri_len().expect("an intent that can be written")];
    intent.to_uri(&mut buffer).expect("as long as uri_len says").to_owned()
}
