//! What holds for any bytes that another user sends as ext: the crate finds the right kind, and reads a type of the app's own
//! from them as `serde_json` reads it, or not at all.

use offline_push::Ext;
use offline_push::ext::ExtContent;
use offline_push::json::{DecodeErrorKind, Raw};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Deserialize;
use serde_json::Value;

use super::decoding::is_read_as_interpreted;
use crate::common::{encoded, kind, mended};

/// Some of what an app might send itself.
#[derive(Debug, PartialEq, Deserialize)]
struct Task {
    level: Option<i32>,
    task: Option<heapless::String<64>>,
    done: Option<bool>,
    steps: Option<heapless::Vec<i32, 8>>,
}

pub(crate) fn holds(bytes: &[u8]) -> TestCaseResult {
    is_read_as_interpreted(kind("ext.info"), bytes)?;
    is_what_it_is(bytes)?;
    is_read_as_a_type_of_the_apps_own(bytes)
}

fn is_what_it_is(bytes: &[u8]) -> TestCaseResult {
    let ext = Ext::new(bytes);
    let mut scratch = vec![0; bytes.len()];
    let content = ext.content(&mut scratch);
    let Ok(text) = str::from_utf8(bytes) else {
        prop_assert_eq!(content, Ok(ExtContent::Bytes(bytes)));
        return Ok(());
    };
    let Ok(raw) = Raw::new(text) else {
        prop_assert_eq!(content, Ok(ExtContent::Text(text)));
        return Ok(());
    };
    // `serde_json` has no value for numbers beyond all floats.
    let value = serde_json::from_slice::<Value>(&mended(bytes)).unwrap_or_default();
    match content {
        Ok(ExtContent::Json(json)) => prop_assert_eq!(json, raw),
        // The JSON of the entity as text.
        Ok(ExtContent::Chat(_)) if value["entity"].is_string() => {}
        Ok(ExtContent::Chat(info)) => {
            prop_assert_eq!(kind("ext.info").in_place(bytes), Ok(encoded(&info)));
            prop_assert!(value.is_null() || value["entity"].is_object());
        }
        Ok(ExtContent::Features(_)) => {
            prop_assert!(value.is_null() || value["timPushFeatures"].is_object());
        }
        Ok(ExtContent::Conversation(conversation)) => {
            let expected = value
                .get("conversationID")
                .map_or(conversation.conversation_id, |id| id.as_str().expect("an id is text"));
            prop_assert_eq!(conversation.conversation_id, expected);
        }
        other => prop_assert!(false, "{:?}", other),
    }
    // A scratch buffer that is too short is the only error. The error says how long it must be.
    match Ext::from(text).content(&mut []) {
        Ok(content) => prop_assert_eq!(Ok(content), ext.content(&mut scratch)),
        Err(error) => {
            prop_assert_eq!(error.kind(), DecodeErrorKind::BufferFull);
            // Escapes are resolved there, and an entity that is JSON text is copied there.
            prop_assert!(error.offset() <= bytes.len());
            prop_assert!(text.contains('\\') || text.contains("\"entity\""));
            prop_assert!(ext.content(&mut vec![0; error.offset()]).is_ok());
        }
    }
    Ok(())
}

fn is_read_as_a_type_of_the_apps_own(bytes: &[u8]) -> TestCaseResult {
    let mut scratch = vec![0; 2 * bytes.len()];
    if let Ok(task) = Ext::new(bytes).to_serde::<Task>(&mut scratch) {
        match serde_json::from_slice::<Task>(&mended(bytes)) {
            Ok(theirs) => prop_assert_eq!(task, theirs),
            // `serde_json` reads `-0` as a float.
            Err(error) => {
                let is_float = ["number out of range", "floating point `-0.0`"];
                prop_assert!(is_float.iter().any(|words| error.to_string().contains(words)), "{}", error);
            }
        }
    }
    Ok(())
}
