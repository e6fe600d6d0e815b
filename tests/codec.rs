//! Which of the three codecs the tests have been built with.

#![allow(clippy::unwrap_used)]

use std::io::{Write, stderr};

use offline_push::json::CODEC;

#[test]
fn codec_is_chosen_by_features() {
    // Unlike `println!`, this is shown when the test passes, too.
    writeln!(stderr(), "codec: {CODEC}").unwrap();
    // `small` wins where both are asked for.
    let chosen = match (cfg!(feature = "small"), cfg!(feature = "simd")) {
        (true, _) => "small",
        (false, true) => "vectors",
        (false, false) => "words",
    };
    assert_eq!(CODEC, chosen);
}
