//! What holds for any input that may be a JSON value: the crate accepts what `serde_json` accepts, except what nests too deep. It
//! passes the value on as it is, and gives it to serde as the same value.

use offline_push::json::{DecodeErrorKind, Members, Raw};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;
use serde_json::value::RawValue;

use super::decoding::is_read_as_interpreted;
use super::models::same;
use crate::common::mended;
use crate::common::spots::different_spots;

pub(crate) fn raw_and_serde_json_decide_alike(text: &str) -> TestCaseResult {
    let readable = mended(text.as_bytes());
    let (ours, theirs) = (Raw::new(text), serde_json::from_slice::<&RawValue>(&readable));
    match (&ours, &theirs) {
        (Err(error), Ok(_)) => prop_assert_eq!(error.kind(), DecodeErrorKind::TooDeep, "{}", text),
        (ours, theirs) => {
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}, {:?} of {}", ours, theirs, text);
        }
    }
    if let Ok(raw) = ours {
        prop_assert_eq!(raw.as_str(), text.trim_matches([' ', '\t', '\r', '\n']));
    }
    Ok(())
}

/// The same for any bytes, wherever they are the value of an unknown member, of a member that is passed on, or of one
/// that is read.
pub(crate) fn is_a_value_everywhere_or_nowhere(bytes: &[u8]) -> TestCaseResult {
    for spot in different_spots() {
        is_read_as_interpreted(spot.kind, &spot.with_bytes(bytes).0)?;
    }
    // A raw value is text already.
    let Ok(text) = str::from_utf8(bytes) else { return Ok(()) };
    raw_and_serde_json_decide_alike(text)?;
    let Ok(raw) = Raw::new(text) else { return Ok(()) };
    prop_assert_eq!(Members::new(text).is_ok(), raw.as_str().starts_with('{'));
    if let Ok(theirs) = serde_json::from_slice::<Value>(&mended(text.as_bytes())) {
        prop_assert!(same(&serde_json::to_value(raw).unwrap(), &theirs), "{}", text);
    }
    Ok(())
}
