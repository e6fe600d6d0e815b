//! Switches that some senders write as 1 or 0.

use offline_push::json::DecodeErrorKind::{InvalidNumber, NotAnInteger, OutOfRange, WrongType};

use crate::common::{kind, value};
use crate::harness::{reads, refused};

const IOS: &str = "ios_offline_push_config_ignore_badge";
const HARMONY: &str = "harmony_offline_push_config_ignore_badge";

/// Settings with a switch at `§`.
const FLAGS: &[(&str, &str)] = &[
    (IOS, r#"{"offline_push_config_ios_config":{"ios_offline_push_config_ignore_badge":§}}"#),
    (IOS, r#"{"offline_push_config_ios_config":{"new":0, "ios_offline_push_config_ignore_badge" : § }}"#),
    (HARMONY, r#"{"offline_push_config_harmony_config":{"harmony_offline_push_config_ignore_badge":§}}"#),
];

/// The canonical message with the switch in this position.
fn canonical(template: &str, position: &str) -> serde_json::Value {
    value(&template.replace(r#""new":0,"#, "").replace('§', position))
}

#[test]
fn decode_switch_of_a_number() {
    for (_, template) in FLAGS {
        for (text, position) in [
            ("true", "true"),
            ("false", "false"),
            ("1", "true"),
            ("0", "false"),
            ("-0", "false"),
            ("1.0", "true"),
        ] {
            reads(kind("tim.settings"), &template.replace('§', text), &canonical(template, position));
        }
    }
}

#[test]
fn decode_switch_of_a_number_in_a_string() {
    for (_, template) in FLAGS {
        for (text, position) in [
            (r#""1""#, "true"),
            (r#""0""#, "false"),
            (r#""-0""#, "false"),
            (r#""\u0031""#, "true"),
            (r#""0e0""#, "false"),
        ] {
            reads(kind("tim.settings"), &template.replace('§', text), &canonical(template, position));
        }
    }
}

#[test]
fn decode_switch_refuses_other_values() {
    for (field, template) in FLAGS {
        let at = template.find('§').unwrap();
        for number in
            ["2", "-1", "10", "18446744073709551615", "99999999999999999999", r#""2""#, "2.0", "1e1"]
        {
            refused(
                kind("tim.settings"),
                &template.replace('§', number),
                (OutOfRange, at, Some(field), None),
            );
        }
        for number in ["1.5", "1e-1", r#""0.5""#] {
            refused(
                kind("tim.settings"),
                &template.replace('§', number),
                (NotAnInteger, at, Some(field), None),
            );
        }
        refused(
            kind("tim.settings"),
            &template.replace('§', "01"),
            (InvalidNumber, at + 1, Some(field), None),
        );
        for other in [r#""""#, r#""true""#, r#""01""#, "[]", "{}"] {
            refused(kind("tim.settings"), &template.replace('§', other), (WrongType, at, Some(field), None));
        }
    }
}
