//! Places in a message, and what every entry point must say about what stands there.

use offline_push::json::{DecodeError, DecodeErrorKind};
use serde_json::Value;

use crate::common::{Decoded, Kind, kind, value};

/// Kind, byte offset, field and list index of an error.
pub(crate) type Failure = (DecodeErrorKind, usize, Option<&'static str>, Option<usize>);

fn failure(error: DecodeError) -> Failure {
    (error.kind(), error.offset(), error.field(), error.index())
}

/// The ways that cannot write to the input.
fn read_only(kind: &Kind, text: &str) -> [(&'static str, Decoded); 2] {
    [("from_str", (kind.from_str)(text)), ("from_slice", (kind.from_slice)(text.as_bytes()))]
}

/// The ways that write to the input, or to a copy of it.
fn writing(kind: &Kind, bytes: &[u8]) -> [(&'static str, Decoded); 2] {
    [("from_slice_in_place", kind.in_place(bytes)), ("from_slice_with_scratch", kind.escaped(bytes))]
}

/// All entry points refuse the text, for the same reason at the same place.
pub(crate) fn refused(kind: &Kind, text: &str, expected: Failure) {
    refused_read_only(kind, text, expected);
    refused_in_place(kind, text.as_bytes(), expected);
}

/// The entry points that cannot write to the input refuse the text, for the same reason at the same place.
pub(crate) fn refused_read_only(kind: &Kind, text: &str, expected: Failure) {
    for (entry, outcome) in read_only(kind, text) {
        assert_eq!(outcome.map_err(failure), Err(expected), "{entry} of {text:?}");
    }
    if expected.0 != DecodeErrorKind::TrailingText {
        let outcome = (kind.from_prefix)(text).map(|(message, _)| message);
        assert_eq!(outcome.map_err(failure), Err(expected), "from_prefix of {text:?}");
    }
}

/// The entry points that write refuse the bytes, for the same reason at the same place.
pub(crate) fn refused_in_place(kind: &Kind, bytes: &[u8], expected: Failure) {
    for (entry, outcome) in writing(kind, bytes) {
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(outcome.map_err(failure), Err(expected), "{entry} of {shown:?}");
    }
}

/// All entry points read the text, as the message of that canonical value.
pub(crate) fn reads(kind: &Kind, text: &str, expected: &Value) {
    for (entry, outcome) in read_only(kind, text) {
        assert_eq!(outcome.map(|message| value(&message)).as_ref(), Ok(expected), "{entry} of {text:?}");
    }
    let outcome = (kind.from_prefix)(text);
    assert_eq!(outcome.map(|(message, _)| value(&message)).as_ref(), Ok(expected), "from_prefix of {text:?}");
    reads_in_place(kind, text, expected);
}

/// The entry points that write read the text, as the message of that canonical value.
pub(crate) fn reads_in_place(kind: &Kind, text: &str, expected: &Value) {
    for (entry, outcome) in writing(kind, text.as_bytes()) {
        assert_eq!(outcome.map(|message| value(&message)).as_ref(), Ok(expected), "{entry} of {text:?}");
    }
}

/// A place in the body of a vivo push: `§` stands for what is put there.
pub(crate) struct Place {
    template: &'static str,
    /// What an error there names: field, and list element.
    pub(crate) field: Option<&'static str>,
    index: Option<usize>,
}

const fn place(template: &'static str, field: Option<&'static str>) -> Place {
    Place { template, field, index: None }
}

/// Inside strings that are read as text, in a known field, in order and out of order, in an id, a message within the
/// message, a value and a key of the custom map, and a list.
pub(crate) const IN_TEXT: &[Place] = &[
    place(r#"{"title":"§","content":"c","requestId":"r"}"#, Some("title")),
    place(r#"{"requestId":"r","content":"c", "title" : "§"}"#, Some("title")),
    place(r#"{"title":"t","content":"c","requestId":"§"}"#, Some("requestId")),
    place(r#"{"title":"t","content":"c","extra":{"callback":"§"},"requestId":"r"}"#, Some("callback")),
    place(
        r#"{"title":"t","content":"c","clientCustomMap":{"k":"§"},"requestId":"r"}"#,
        Some("clientCustomMap"),
    ),
    place(
        r#"{"title":"t","content":"c","clientCustomMap":{"§":"v"},"requestId":"r"}"#,
        Some("clientCustomMap"),
    ),
    Place {
        template: r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"orTags":["a","§","z"]}}"#,
        field: Some("orTags"),
        index: Some(1),
    },
];

/// Inside strings that nobody reads: values and keys of unknown members and of raw values, and unknown keys.
pub(crate) const IN_UNREAD: &[Place] = &[
    place(r#"{"new":{"a":["§"]},"title":"t","content":"c","requestId":"r"}"#, None),
    place(r#"{"new":{"§":0},"title":"t","content":"c","requestId":"r"}"#, None),
    place(r#"{"title":"t","new§":0,"content":"c","requestId":"r"}"#, None),
    place(r#"{"title":"t","content":"c","requestId":"r","auditReview":["§"]}"#, Some("auditReview")),
    place(r#"{"title":"t","content":"c","requestId":"r","auditReview":{"§":[]}}"#, Some("auditReview")),
    place(
        r#"{"title":"t","content":"c","clientCustomMap":{"k":["§"]},"requestId":"r"}"#,
        Some("clientCustomMap"),
    ),
];

/// Values of any type: of an unknown member, deeper in one, of a raw field, of the custom map.
pub(crate) const ANY_VALUE: &[Place] = &[
    place(r#"{"new":§,"title":"t","content":"c","requestId":"r"}"#, None),
    place(r#"{"title":"t","content":"c","requestId":"r","new":{"a":[0,§]}}"#, None),
    place(r#"{"title":"t","content":"c","requestId":"r","new":[{"a":§}]}"#, None),
    place(r#"{"title":"t","content":"c","requestId":"r","auditReview":§}"#, Some("auditReview")),
    place(
        r#"{"title":"t","content":"c","clientCustomMap":{"k":§},"requestId":"r"}"#,
        Some("clientCustomMap"),
    ),
];

/// Values that are integers, with a sign and without, in order and out of order, and in a message within the message.
pub(crate) const INTEGER: &[Place] = &[
    place(r#"{"notifyType":§,"title":"t","content":"c","requestId":"r"}"#, Some("notifyType")),
    place(r#"{"title":"t","content":"c","requestId":"r", "notifyType" : § }"#, Some("notifyType")),
    place(r#"{"appId":§,"title":"t","content":"c","requestId":"r"}"#, Some("appId")),
    place(
        r#"{"title":"t","content":"c","requestId":"r","timedDisplay":{"showStartTime":§}}"#,
        Some("showStartTime"),
    ),
];

/// An escape in a field of its own, put before everything else: the pass that resolves escapes goes over the message.
pub(crate) const ESCAPED_SIBLING: &str = r#""profileId":"\u0070","#;

impl Place {
    /// The message with something put in, and the offset of that.
    pub(crate) fn with(&self, inserted: impl AsRef<[u8]>) -> (Vec<u8>, usize) {
        let (before, after) = self.template.split_once('§').expect("a template has a place");
        ([before.as_bytes(), inserted.as_ref(), after.as_bytes()].concat(), before.len())
    }

    /// The error that this place gives.
    pub(crate) const fn failure(&self, kind: DecodeErrorKind, offset: usize) -> Failure {
        (kind, offset, self.field, self.index)
    }

    /// All entry points refuse what is put in, `at` bytes into it; also with an escape elsewhere in the message.
    pub(crate) fn refuses(&self, inserted: &str, kind: DecodeErrorKind, at: usize) {
        let (bytes, offset) = self.with(inserted);
        let text = String::from_utf8(bytes).unwrap();
        refused(notification(), &text, self.failure(kind, offset + at));

        let escaped = with_escape_before(text.as_bytes());
        let expected = self.failure(kind, ESCAPED_SIBLING.len() + offset + at);
        refused_in_place(notification(), &escaped, expected);
        let escaped = with_escape_behind(text.as_bytes());
        refused_in_place(notification(), &escaped, self.failure(kind, offset + at));
    }

    /// All entry points read what is put in.
    pub(crate) fn reads(&self, inserted: &str) {
        let text = String::from_utf8(self.with(inserted).0).unwrap();
        reads(notification(), &text, &known_part(value(&text)));
        self.reads_in_place(inserted);
    }

    /// The entry points that write read what is put in.
    pub(crate) fn reads_in_place(&self, inserted: &str) {
        let text = String::from_utf8(self.with(inserted).0).unwrap();
        reads_in_place(notification(), &text, &known_part(value(&text)));
        for escaped in [with_escape_before(text.as_bytes()), with_escape_behind(text.as_bytes())] {
            let escaped = String::from_utf8(escaped).unwrap();
            reads_in_place(notification(), &escaped, &known_part(value(&escaped)));
        }
    }
}

/// The message with an escape in its first field.
pub(crate) fn with_escape_before(message: &[u8]) -> Vec<u8> {
    [b"{", ESCAPED_SIBLING.as_bytes(), &message[1..]].concat()
}

/// The message with an escape in its last field.
pub(crate) fn with_escape_behind(message: &[u8]) -> Vec<u8> {
    [&message[..message.len() - 1], br#","profileId":"\u0070"}"#].concat()
}

fn notification() -> &'static Kind {
    kind("vivo.send")
}

/// The members that a decoded push keeps: those it knows, unless they are null.
fn known_part(mut message: Value) -> Value {
    message.as_object_mut().unwrap().retain(|key, value| !key.starts_with("new") && !value.is_null());
    message
}
