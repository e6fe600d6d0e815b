//! What holds for anything that may be a JSON value: the crate takes it for one if `serde_json` does, and hands it on as it
//! is, to serde as the same value.

use offline_push::json::{Members, Raw};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

use super::decoding::{is_beyond_comparison, is_read_as_by_serde_json};
use super::models::same;
use crate::common::{self, mended};

pub(crate) fn raw_and_serde_json_decide_alike(text: &str) -> TestCaseResult {
    let (ours, theirs) = (Raw::new(text), serde_json::from_slice::<Value>(&mended(text.as_bytes())));
    if ours.is_ok() != theirs.is_ok() {
        let beyond = is_beyond_comparison(text.as_bytes(), theirs.as_ref().err());
        prop_assert!(beyond, "ours {:?}, theirs {:?}", ours, theirs);
    }
    if let Ok(raw) = ours {
        prop_assert_eq!(raw.as_str(), text.trim_matches([' ', '\t', '\r', '\n']));
    }
    Ok(())
}

/// The same of any bytes, wherever they are the value of a member that nobody knows, of one that is passed on, or of one
/// that is read.
pub(crate) fn is_a_value_everywhere_or_nowhere(bytes: &[u8]) -> TestCaseResult {
    for (kind, before, after) in PLACES {
        let document = [before.as_bytes(), bytes, after.as_bytes()].concat();
        is_read_as_by_serde_json(common::kind(kind), &document)?;
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

/// Kinds of message, and what stands around a value in them.
const PLACES: &[(&str, &str, &str)] = &[
    ("vivo.send.reply", r#"{"x":"#, r#","result":0}"#),
    ("vivo.send.reply", r#"{"result":"#, "}"),
    ("vivo.send.reply", r#"{"result":0,"desc":"#, "}"),
    ("vivo.send.reply", r#"{"result":0,"taskId":"#, r#","x":1}"#),
    ("vivo.send.reply", r#"{"result":0,"x":["#, "]}"),
    ("tim.info", r#"{"PushTemplateParam":"#, "}"),
    ("vivo.send", r#"{"title":"t","content":"c","requestId":"r","clientCustomMap":{"k":"#, "}}"),
    ("vivo.list-push", r#"{"taskId":"1","requestId":"r","regIds":["#, "]}"),
    ("vivo.receipt", r#"{"1":"#, "}"),
];
