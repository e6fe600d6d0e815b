//! Fields: missing, null, of another type.

use offline_push::json::DecodeErrorKind::{MissingField, UnexpectedByte, WrongType};
use serde_json::{Value, json};

use crate::common::{Kind, kind, value};
use crate::harness::{reads, refused, refused_in_place};

/// Every field of every message: a message that holds the field alone, with its value at `§`, and a value it may have.
struct Field {
    kind: &'static str,
    name: &'static str,
    required: bool,
    good: &'static str,
    wrong: &'static [&'static str],
}

const TEXT: &[&str] = &["0", "-1", "1.5", "true", "false", "[]", "{}"];
const NUMBER: &[&str] = &["true", "[]", "{}", r#""""#, r#""x""#];
const ID: &[&str] = &["true", "[]", "{}"];
const SWITCH: &[&str] = &["0", "1", r#""true""#, "[]", "{}"];
const OBJECT: &[&str] = &["0", "true", r#""""#, r#""{}""#, "[0]", "[{}]"];
/// A reply has nothing in an optional field that is of another type.
const NOTHING: &[&str] = &[];
const LIST: &[&str] = &["0", "true", r#""""#, r#""[]""#, "{}"];

macro_rules! fields {
    ($($kind:literal { $($need:ident $name:literal = $good:literal not $wrong:ident,)+ })+) => {
        &[$($(Field {
            kind: $kind, name: $name, required: fields!(@$need), good: $good, wrong: $wrong,
        },)+)+]
    };
    (@must) => { true };
    (@may) => { false };
}

const FIELDS: &[Field] = fields! {
    "tim.token" {
        must "offline_push_token_token" = r#""t""# not TEXT,
        must "offline_push_token_business_id" = "1" not NUMBER,
        may "offline_push_token_is_tpns_token" = "false" not SWITCH,
        may "offline_push_token_type" = "0" not NUMBER,
    }
    "tim.settings" {
        may "offline_push_config_title" = r#""t""# not TEXT,
        may "offline_push_config_desc" = r#""d""# not TEXT,
        may "offline_push_config_ext" = r#""e""# not TEXT,
        may "offline_push_config_vendor_params" = r#""{}""# not TEXT,
        may "offline_push_config_flag" = "0" not NUMBER,
        may "offline_push_config_ios_config" = "{}" not OBJECT,
        may "offline_push_config_android_config" = "{}" not OBJECT,
        may "offline_push_config_harmony_config" = "{}" not OBJECT,
    }
    "tim.info" {
        may "PushFlag" = "0" not NUMBER,
        may "Title" = r#""t""# not TEXT,
        may "Desc" = r#""d""# not TEXT,
        may "MultiLanguageContent" = "[]" not LIST,
        may "PushTemplateId" = r#""1400000000-1""# not TEXT,
        may "Ext" = r#""e""# not TEXT,
        may "AndroidInfo" = "{}" not OBJECT,
        may "ApnsInfo" = "{}" not OBJECT,
        may "HarmonyInfo" = "{}" not OBJECT,
        may "BadgeAddNum" = "1" not NUMBER,
        may "BadgeSetNum" = "0" not NUMBER,
    }
    "tim.vendor-params" {
        may "fcmPriority" = r#""high""# not TEXT,
        may "vivoNotifyType" = "4" not NUMBER,
        may "oppoTemplateId" = r#""id""# not TEXT,
    }
    "vivo.auth" {
        must "appId" = "1" not NUMBER,
        must "appKey" = r#""k""# not TEXT,
        must "timestamp" = "1501484120000" not NUMBER,
        must "sign" = r#""s""# not TEXT,
    }
    "vivo.auth.reply" {
        must "result" = "0" not NUMBER,
        may "desc" = r#""d""# not NOTHING,
        may "authToken" = r#""a""# not NOTHING,
    }
    "vivo.send.reply" {
        must "result" = "0" not NUMBER,
        may "desc" = r#""d""# not NOTHING,
        may "taskId" = r#""t""# not NOTHING,
        may "invalidUser" = "{}" not NOTHING,
    }
    "vivo.send" {
        must "title" = r#""t""# not TEXT,
        must "content" = r#""c""# not TEXT,
        must "requestId" = r#""r""# not ID,
        may "appId" = "1" not NUMBER,
        may "regId" = r#""r""# not TEXT,
        may "alias" = r#""a""# not TEXT,
        may "notifyType" = "1" not NUMBER,
        may "timeToLive" = "1" not NUMBER,
        may "skipType" = "1" not NUMBER,
        may "skipContent" = r#""s""# not TEXT,
        may "networkType" = "-1" not NUMBER,
        may "classification" = "0" not NUMBER,
        may "category" = r#""IM""# not TEXT,
        may "clientCustomMap" = "{}" not OBJECT,
        may "extra" = "{}" not OBJECT,
        may "pushMode" = "0" not NUMBER,
        may "notifyId" = "1" not NUMBER,
        may "profileId" = r#""p""# not TEXT,
        may "sendOnline" = "true" not SWITCH,
        may "foregroundShow" = "false" not SWITCH,
        may "addBadge" = "true" not SWITCH,
        may "timedDisplay" = "{}" not OBJECT,
        may "tagExpression" = "{}" not OBJECT,
        may "isBusinessMsg" = "0" not NUMBER,
    }
};

impl Field {
    fn kind(&self) -> &'static Kind {
        kind(self.kind)
    }

    /// The required fields of the message, but for this one.
    fn others(&self) -> impl Iterator<Item = &'static Self> {
        let (kind, name) = (self.kind, self.name);
        FIELDS.iter().filter(move |field| field.kind == kind && field.required && field.name != name)
    }

    /// A message with this value in the field, behind the required ones or before them.
    fn with(&self, text: &str, last: bool) -> (String, usize) {
        let others: String =
            self.others().map(|field| format!("\"{}\":{},", field.name, field.good)).collect();
        let (before, after) = if last { (others.as_str(), "") } else { ("", others.as_str()) };
        let start = format!("{{{before}\"{}\":", self.name);
        let end = after.strip_suffix(',').map(|after| format!(",{after}")).unwrap_or_default();
        (format!("{start}{text}{end}}}"), start.len())
    }
}

#[test]
fn a_field_reads_a_value_of_its_type() {
    for field in FIELDS {
        for last in [false, true] {
            let (message, _) = field.with(field.good, last);
            reads(field.kind(), &message, &value(&message));
        }
    }
}

#[test]
fn a_field_refuses_a_value_of_another_type() {
    for field in FIELDS {
        for wrong in field.wrong {
            for last in [false, true] {
                let (message, at) = field.with(wrong, last);
                refused(field.kind(), &message, (WrongType, at, Some(field.name), None));
            }
        }
    }
}

#[test]
fn a_string_is_of_another_type_with_escapes_as_without() {
    let mut tried = 0;
    for field in FIELDS.iter().filter(|field| field.wrong.iter().any(|wrong| wrong.starts_with('"'))) {
        for text in [r#""\u0078""#, r#""\n""#, r#""x\ud83d\ude00""#, r#""\"\"""#, r#""\ud83d""#] {
            let (message, at) = field.with(text, false);
            refused_in_place(field.kind(), message.as_bytes(), (WrongType, at, Some(field.name), None));
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn a_field_refuses_what_is_no_value() {
    for field in FIELDS {
        for text in ["x", "'t'", "+1", "", "\u{feff}1"] {
            let (message, at) = field.with(text, true);
            refused(field.kind(), &message, (UnexpectedByte, at, Some(field.name), None));
        }
    }
}

#[test]
fn what_only_begins_like_null_is_refused_where_it_differs() {
    for field in FIELDS.iter().filter(|field| !field.required) {
        for (text, fault) in [("nulL", 3), ("nil", 1), ("n", 1), ("nul", 3)] {
            let (message, at) = field.with(text, true);
            refused(field.kind(), &message, (UnexpectedByte, at + fault, Some(field.name), None));
        }
    }
}

#[test]
fn null_is_an_optional_field_left_out() {
    for field in FIELDS.iter().filter(|field| !field.required) {
        for last in [false, true] {
            let (message, _) = field.with("null", last);
            let mut expected = value(&message);
            expected.as_object_mut().unwrap().shift_remove(field.name);
            reads(field.kind(), &message, &expected);
        }
    }
}

#[test]
fn null_is_no_value_for_a_required_field() {
    for field in FIELDS.iter().filter(|field| field.required) {
        for last in [false, true] {
            let (message, at) = field.with("null", last);
            refused(field.kind(), &message, (WrongType, at, Some(field.name), None));
        }
    }
}

#[test]
fn a_message_without_its_optional_fields_is_whole() {
    for field in FIELDS.iter().filter(|field| !field.required) {
        let required: Value =
            field.others().map(|other| (other.name.to_owned(), value(other.good))).collect();
        reads(field.kind(), &required.to_string(), &required);
    }
}

#[test]
fn a_message_without_a_required_field_is_refused_at_its_end() {
    for field in FIELDS.iter().filter(|field| field.required) {
        for unknown in ["", r#""new":0"#] {
            let others: Vec<_> =
                field.others().map(|other| format!("\"{}\":{}", other.name, other.good)).collect();
            let others = others.into_iter().chain((!unknown.is_empty()).then(|| unknown.to_owned()));
            let message = format!("{{{} }}", others.collect::<Vec<_>>().join(","));
            refused(field.kind(), &message, (MissingField, message.len() - 1, Some(field.name), None));
        }
    }
}

#[test]
fn of_several_missing_fields_one_is_named() {
    for field in FIELDS.iter().filter(|field| field.required) {
        for outcome in [(field.kind().from_str)(" {}"), field.kind().in_place(b" {}")] {
            let error = outcome.unwrap_err();
            assert_eq!((error.kind(), error.offset(), error.index()), (MissingField, 2, None));
            let named =
                FIELDS.iter().find(|other| other.kind == field.kind && Some(other.name) == error.field());
            assert!(named.is_some_and(|named| named.required), "{error}");
        }
    }
}

#[test]
fn null_stands_for_nothing_inside_a_list_or_map_either() {
    let before = r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"notTags":["a",""#;
    let text = format!("{}null]}}}}", &before[..before.len() - 1]);
    refused(kind("vivo.send"), &text, (WrongType, before.len() - 1, Some("notTags"), Some(1)));

    let text = r#"{"title":"t","content":"c","requestId":"r","clientCustomMap":{"k":null}}"#;
    reads(kind("vivo.send"), text, &value(text));
}

/// Fields of inner messages, with their value at `§`.
const INNER: &[(&str, &str, &str, &[&str])] = &[
    ("vivo.send", "callback", r#"{"title":"t","content":"c","extra":{"callback":§},"requestId":"r"}"#, TEXT),
    ("vivo.send", "callback.param", r#"{"extra":{"callback.param":§},"title":"t","content":"c"}"#, TEXT),
    ("vivo.send", "overtimeDisplay", r#"{"timedDisplay":{"overtimeDisplay":§},"title":"t"}"#, SWITCH),
    ("vivo.send", "showEndTime", r#"{"title":"t","timedDisplay":{"showEndTime":§}}"#, NUMBER),
    ("vivo.send", "orTags", r#"{"title":"t","tagExpression":{"orTags":§}}"#, LIST),
    ("vivo.send", "notTags", r#"{"tagExpression":{"notTags":§},"title":"t"}"#, LIST),
    (
        "tim.settings",
        "ios_offline_push_config_sound",
        r#"{"offline_push_config_ios_config":{"ios_offline_push_config_sound":§}}"#,
        TEXT,
    ),
    (
        "tim.settings",
        "android_offline_push_config_notify_mode",
        r#"{"offline_push_config_android_config":{"android_offline_push_config_notify_mode":§}}"#,
        NUMBER,
    ),
    ("tim.info", "VIVOClassification", r#"{"AndroidInfo":{"VIVOClassification":§}}"#, NUMBER),
    ("tim.info", "VIVONotifyType", r#"{"AndroidInfo":{"VIVONotifyType":§}}"#, ID),
    ("tim.info", "IsVoipPush", r#"{"ApnsInfo":{"IsVoipPush":§}}"#, NUMBER),
    ("tim.info", "LaId", r#"{"ApnsInfo":{"LiveActivity":{"LaId":§}}}"#, TEXT),
    ("tim.info", "SoundDuration", r#"{"HarmonyInfo":{"SoundDuration":§}}"#, NUMBER),
];

#[test]
fn a_field_of_an_inner_message_refuses_a_value_of_another_type() {
    for (name, field, template, wrong) in INNER {
        let at = template.find('§').unwrap();
        for text in *wrong {
            refused(kind(name), &template.replace('§', text), (WrongType, at, Some(field), None));
        }
    }
}

#[test]
fn inner_messages_may_be_empty_and_their_fields_null() {
    let text = r#"{"result":0,"invalidUser":{"status":null,"userid":null}}"#;
    reads(kind("vivo.send.reply"), text, &json!({"result": 0, "invalidUser": {}}));
    let text =
        r#"{"title":"t","content":"c","requestId":"r","extra":{},"timedDisplay":{},"tagExpression":{}}"#;
    reads(kind("vivo.send"), text, &value(text));
}
