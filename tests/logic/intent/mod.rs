//! Android intents as URIs: the published samples, Android's own reader written a second time, round trips, errors,
//! texts, and unusual URIs.

#[path = "../../properties/android.rs"]
mod android;
mod differential;
mod errors;
#[allow(dead_code)] // The fuzz targets use a part.
#[path = "../../properties/intents.rs"]
mod intents;
mod odd;
mod samples;
mod strategies;
mod text;

use intents::written;
use proptest::prelude::ProptestConfig;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}
