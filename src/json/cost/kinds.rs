//! What grows in any message.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::input::Input;
use super::ways::{Decode, decode};
use crate::json::MAX_DEPTH;
use crate::tim::OfflinePushInfo;
use crate::tim::rest::SendMessage;
use crate::vivo::{ListPush, Notification, SendResponse};

/// A kind of message, but for one place in the middle.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) decode: Decode,
    pub(super) front: &'static str,
    pub(super) back: &'static str,
    /// Ends that hold a wrong value, lack a member, or have one that was there.
    pub(super) wrong_backs: &'static [&'static str],
    pub(super) text: Option<&'static str>,
    pub(super) number: Option<&'static str>,
    pub(super) raw: Option<&'static str>,
}

pub(super) static KINDS: [Kind; 5] = [
    Kind {
        name: "notification",
        decode: decode::<Notification<'static>>,
        front: r#"{"title":"t","content":"c""#,
        back: r#","requestId":"r"}"#,
        wrong_backs: &[
            "}",
            r#","requestId":[]}"#,
            r#","requestId":"r","title":"t"}"#,
            r#","requestId":"r","notifyType":4294967296}"#,
        ],
        text: Some("skipContent"),
        number: Some("timeToLive"),
        raw: Some("auditReview"),
    },
    Kind {
        name: "reply",
        decode: decode::<SendResponse<'static>>,
        front: r#"{"result":0"#,
        back: r#","taskId":"1"}"#,
        wrong_backs: &[r#","taskId":1.5}"#, r#","taskId":"1","result":0}"#],
        text: Some("desc"),
        number: None,
        raw: None,
    },
    Kind {
        name: "push to a list",
        decode: decode::<ListPush<'static>>,
        front: r#"{"requestId":"r""#,
        back: r#","taskId":"1"}"#,
        wrong_backs: &["}", r#","taskId":true}"#, r#","taskId":"1","requestId":"r"}"#],
        text: None,
        number: Some("appId"),
        raw: None,
    },
    Kind {
        name: "push info",
        decode: decode::<OfflinePushInfo<'static>>,
        front: r#"{"PushFlag":0"#,
        back: r#","Title":"t"}"#,
        wrong_backs: &[r#","Title":0}"#, r#","Title":"t","PushFlag":0}"#],
        text: Some("Desc"),
        number: None,
        raw: Some("PushTemplateParam"),
    },
    Kind {
        name: "message",
        decode: decode::<SendMessage<'static>>,
        front: r#"{"To_Account":"a","MsgRandom":1"#,
        back: r#","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"t"}}]}"#,
        wrong_backs: &[
            "}",
            r#","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":1}}]}"#,
            r#","MsgBody":[{"MsgContent":{"Text":"t"}}]}"#,
            r#","MsgBody":[],"MsgRandom":1}"#,
        ],
        text: Some("CloudCustomData"),
        number: Some("MsgLifeTime"),
        raw: None,
    },
];

/// What any message may hold: members that nobody knows, with long keys, texts, numbers and nested values; a known text.
pub(super) fn of_every_kind() -> Vec<Input> {
    KINDS
        .iter()
        .flat_map(|kind| [members(kind), texts(kind), numbers(kind), nested(kind)])
        .flatten()
        .collect()
}

fn members(kind: &Kind) -> Vec<Input> {
    // The names that its own are held against.
    let known = kind.text.or(kind.number).unwrap_or_default();
    let escaped = known.chars().map(|letter| format!("\\u{:04x}", u32::from(letter))).collect::<String>();
    let all = |name: &str, unit: String| Input::new(kind, name, "", unit, "");
    let mut inputs = Vec::from([
        all("unknown members", r#","%":0"#.into()),
        all("the same unknown member", r#","x":null"#.into()),
        all("empty keys", r#","":0"#.into()),
        all("keys that begin as a known one", format!(r#","{known}X":0"#)),
        all("keys that a known one begins with", format!(r#","{}":0"#, &known[..known.len() - 1])),
        all("keys that begin as a known one in escapes", format!(r#","{escaped}X":0"#)),
        all("long keys of escapes", r#","\n\u4e2d\\":0"#.into()),
        all("white space around its tokens", ", \n\"x\"\t:\r\n  0 ".into()),
        all("unknown lists of texts", r#","x":["a","b\n","中"]"#.into()),
        all("unknown objects", r#","x":{"title":"a","taskId":{},"MsgBody":[]}"#.into()),
        Input::string(kind, "a long key", r#",""#, "k", ":0"),
        Input::string(kind, "a long key of escapes", r#",""#, r"\u0061", ":0"),
        Input::string(kind, "a long key that begins as a known one", &format!(r#","{known}"#), "k", ":0"),
        Input::string(kind, "a long key that begins so in escapes", &format!(r#","{escaped}"#), r"\\", ":0"),
        Input::new(kind, "white space", ",", " \n\t\r", r#""x":0"#).long(),
        Input::new(kind, "white space before a colon", r#","x""#, " ", ":0").long(),
        Input::new(kind, "white space before a value", r#","x":"#, "\n", "0").long(),
        Input::new(kind, "white space behind a value", r#","x":0"#, "\t", "").long(),
    ]);
    if let Some(text) = kind.text {
        let again = format!(r#","{text}":"a""#);
        inputs
            .push(Input::new(kind, "a known member again and again", &again, &again, "").refused_in_front());
        let escaped = format!(r#","{escaped}":"a""#);
        inputs.push(
            Input::new(kind, "a known member again, in escapes", &again, &escaped, "").refused_in_front(),
        );
    }
    inputs
}

fn texts(kind: &Kind) -> Vec<Input> {
    // The last of them holds every mark, so that resolved text has no byte of its own to end with.
    let controls = (0..0x20).map(|byte| format!("\\u{byte:04x}")).collect::<String>();
    let units = [
        "plain letters ",
        "中文",
        r"\n",
        r"\\",
        r#"\""#,
        r"\/",
        r"\u4e2d",
        r"\u000a",
        r"\ud83d\ude00",
        r"plain letters and one escape\t",
        r"aaaaaaa\u0061",
        controls.as_str(),
    ];
    let mut inputs = Vec::new();
    for unit in units {
        for field in [kind.text, Some("x"), kind.raw].into_iter().flatten() {
            let (front, name) = (format!(r#","{field}":""#), format!("`{unit}` in `{field}`"));
            inputs.push(Input::string(kind, name, &front, unit, ""));
        }
    }
    inputs
}

fn numbers(kind: &Kind) -> Vec<Input> {
    let mut inputs = Vec::new();
    for field in [Some("x"), kind.raw].into_iter().flatten() {
        for start in ["1", "-1", "0.", "1e", "1.5E+"] {
            let front = format!(r#","{field}":{start}"#);
            let name = format!("digits behind `{start}` in `{field}`");
            inputs.push(Input::new(kind, name, &front, "7", "").long());
        }
    }
    if let Some(field) = kind.number {
        for (start, end) in [("", ""), ("-", ""), ("\"", "\""), ("1.", "")] {
            let (front, name) =
                (format!(r#","{field}":{start}"#), format!("digits behind `{start}` in `{field}`"));
            inputs.push(Input::new(kind, name, &front, "7", end).long().refused());
        }
        let zeros = format!(r#","{field}":"0"#);
        inputs.push(Input::new(kind, "a number of zeros", &zeros, "0", "\"").long().refused());
    }
    inputs
}

fn nested(kind: &Kind) -> Vec<Input> {
    let mut inputs = Vec::new();
    let levels = [("lists", "[", "]"), ("objects", r#"{"a":"#, "}"), ("both", r#"[{"a\n":"#, "}]")];
    for field in [Some("x"), kind.raw].into_iter().flatten() {
        for (name, open, close) in levels {
            let front = format!(r#","{field}":"#);
            let deep = Input::new(kind, format!("{name} in one another in `{field}`"), &front, open, "0");
            inputs.push(deep.closed(close).refused_in_front());
            let deepest = (MAX_DEPTH - 1) / open.matches(['[', '{']).count();
            let unit = format!("{}0{},", open.repeat(deepest), close.repeat(deepest));
            let front = format!(r#","{field}":["#);
            let name = format!("{name} as deep as they may be, side by side in `{field}`");
            inputs.push(Input::new(kind, name, &front, unit, "0]"));
        }
    }
    inputs
}
