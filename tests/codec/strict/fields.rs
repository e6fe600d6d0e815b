//! Fields that are absent, missing or null. What holds for every field, `tests/conformance` has.

use offline_push::json::DecodeErrorKind::{MissingField, WrongType};
use serde_json::json;

use crate::common::{kind, value};
use crate::strict::harness::{reads, refused};

#[test]
fn decode_of_several_missing_fields_names_the_first() {
    for (name, field) in
        [("vivo.send", "title"), ("vivo.auth", "appId"), ("tim.token", "offline_push_token_token")]
    {
        refused(kind(name), " {}", (MissingField, 2, Some(field), None));
        refused(kind(name), r#" {"new":{} }"#, (MissingField, 11, Some(field), None));
    }
}

#[test]
fn decode_null_in_a_list_or_map_is_no_absent_value() {
    let before = r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"notTags":["a",""#;
    let text = format!("{}null]}}}}", &before[..before.len() - 1]);
    refused(kind("vivo.send"), &text, (WrongType, before.len() - 1, Some("notTags"), Some(1)));

    let text = r#"{"title":"t","content":"c","requestId":"r","clientCustomMap":{"k":null}}"#;
    reads(kind("vivo.send"), text, &value(text));
}

#[test]
fn decode_inner_messages_may_be_empty_and_their_fields_null() {
    let text = r#"{"result":0,"invalidUser":{"status":null,"userid":null}}"#;
    reads(kind("vivo.send.reply"), text, &json!({"result": 0, "invalidUser": {}}));
    let text =
        r#"{"title":"t","content":"c","requestId":"r","extra":{},"timedDisplay":{},"tagExpression":{}}"#;
    reads(kind("vivo.send"), text, &value(text));
}
