//! Random documents: messages as senders might write them, good and bad, and the damage that a wire does.

mod broadcast;
mod ext;
mod info;
mod rest;
mod tim;
mod vivo;
mod web;

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::strategies::{json_number, json_string, json_value, spaced, spell};

/// What a field takes.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Int,
    Id,
    Switch,
    Flag,
    Map,
    Texts,
    Objects(&'static [Field]),
    Any,
    Elements,
    Object(&'static [Field]),
}

type Field = (&'static str, Shape);

use Shape::{Any, Elements, Flag, Id, Int, Map, Object, Objects, Switch, Text, Texts};

/// Messages of a kind, most of them good.
pub(crate) fn messages(kind: &str) -> BoxedStrategy<String> {
    match kind {
        "tim.token" => object(tim::TOKEN),
        "tim.settings" => object(tim::SETTINGS),
        "tim.info" => object(info::INFO),
        "tim.vendor-params" => object(tim::VENDOR_PARAMS),
        "ext.info" => object(ext::EXT_INFO),
        "vivo.auth" => object(vivo::AUTH_REQUEST),
        "vivo.auth.reply" => object(vivo::AUTH_RESPONSE),
        "vivo.send" => object(vivo::NOTIFICATION),
        "vivo.send.reply" => object(vivo::SEND_RESPONSE),
        "vivo.receipt" => keyed(vivo::RECEIPT),
        "vivo.list-payload" | "vivo.all" | "vivo.tag-push" => object(vivo::NOTIFICATION),
        "vivo.task.reply" => object(broadcast::TASK_RESPONSE),
        "vivo.list-push" => object(broadcast::LIST_PUSH),
        "vivo.list-push.reply" => object(broadcast::LIST_PUSH_RESPONSE),
        "vivo.statistics.reply" => object(broadcast::STATISTICS_RESPONSE),
        "tim.sendmsg" => object(rest::SEND_MESSAGE),
        "tim.sendmsg.reply" => object(rest::SEND_MESSAGE_RESPONSE),
        "tim.batch" => object(rest::BATCH_SEND_MESSAGE),
        "tim.batch.reply" => object(rest::BATCH_SEND_MESSAGE_RESPONSE),
        "tim.group" => object(rest::SEND_GROUP_MESSAGE),
        "tim.group.reply" => object(rest::SEND_GROUP_MESSAGE_RESPONSE),
        "tim.all-members" => object(rest::ALL_MEMBERS_PUSH),
        "tim.all-members.reply" => object(rest::ALL_MEMBERS_PUSH_RESPONSE),
        "tim.timpush" => object(rest::PUSH_BATCH),
        "tim.timpush.reply" => object(rest::PUSH_BATCH_RESPONSE),
        "tim.web" => object(web::WEB),
        other => unreachable!("{other}"),
    }
}

/// An object with most of its fields, in their order or in none, and sometimes with members that nobody knows or that
/// come twice.
fn object(fields: &'static [Field]) -> BoxedStrategy<String> {
    let known: Vec<_> = fields.iter().map(|(name, shape)| member(name, value(*shape))).collect();
    let length = known.len();
    // Most messages have all that is required.
    let kept = prop_oneof![
        3 => Just((0..length).collect::<Vec<_>>()),
        1 => subsequence((0..length).collect::<Vec<_>>(), 0..=length),
    ];
    // A backslash and what would follow it in an escape is no escape.
    let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
    let alike = (select(names), json_value()).prop_map(|(name, value)| {
        let (first, rest) = name.split_at(1);
        format!(r#""\\u{:04x}{rest}":{value}"#, first.as_bytes()[0])
    });
    let unknown = prop_oneof![
        5 => Just(Vec::new()),
        2 => vec((json_string(), json_value()).prop_map(|(key, value)| format!("{key}:{value}")), 0..4),
        1 => vec(alike, 1),
    ];
    let again = proptest::option::weighted(0.05, any::<Index>());
    let all = (known, kept, unknown, again).prop_map(|(known, kept, unknown, again)| {
        let mut members: Vec<_> = kept.iter().map(|index| known[*index].clone()).collect();
        members.extend(again.map(|index| known[index.index(known.len())].clone()));
        members.extend(unknown);
        members
    });
    let ordered = prop_oneof![all.clone(), all.prop_shuffle()];
    ordered.prop_map(|members| format!("{{{}}}", members.join(","))).boxed()
}

/// An object of such objects, by keys of any sort.
fn keyed(fields: &'static [Field]) -> BoxedStrategy<String> {
    let entry =
        (json_string(), spaced(value(Object(fields)))).prop_map(|(key, value)| format!("{key}:{value}"));
    vec(entry, 0..4).prop_map(|entries| format!("{{{}}}", entries.join(","))).boxed()
}

fn member(name: &'static str, value: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let key = prop_oneof![
        9 => Just(name.to_owned()),
        1 => vec(0..8u8, name.len()).prop_map(move |ways| {
            name.chars().zip(ways).map(|(character, way)| spell(character, way)).collect()
        }),
    ];
    (key, spaced(value)).prop_map(|(key, value)| format!("\"{key}\":{value}")).boxed()
}

/// Mostly what a field takes, sometimes null, and sometimes anything.
fn value(shape: Shape) -> BoxedStrategy<String> {
    let good = match shape {
        Text => json_string().boxed(),
        Int => prop_oneof![integer(), integer().prop_map(|number| format!("\"{number}\""))].boxed(),
        Id => prop_oneof![json_string(), integer()].boxed(),
        Switch => select(vec!["true", "false"]).prop_map(str::to_owned).boxed(),
        Flag => {
            select(vec!["true", "false", "0", "1", "\"0\"", "\"1\"", "-0"]).prop_map(str::to_owned).boxed()
        }
        Map => {
            let pair = (json_string(), prop_oneof![4 => json_string(), 1 => json_value()]);
            let object = vec(pair.prop_map(|(key, value)| format!("{key}:{value}")), 0..4)
                .prop_map(|pairs| format!("{{{}}}", pairs.join(",")));
            prop_oneof![20 => object, 1 => empty_of_php()].boxed()
        }
        Texts => vec(json_string(), 0..4).prop_map(|items| format!("[{}]", items.join(","))).boxed(),
        Objects(fields) => {
            let item = prop_oneof![20 => object(fields), 1 => empty_of_php()];
            vec(item, 0..3).prop_map(|items| format!("[{}]", items.join(","))).boxed()
        }
        Any => json_value().boxed(),
        Elements => vec(rest::element(), 0..4).prop_map(|items| format!("[{}]", items.join(","))).boxed(),
        Object(fields) => prop_oneof![20 => object(fields), 1 => empty_of_php()].boxed(),
    };
    prop_oneof![120 => good, 1 => Just("null".to_owned()), 1 => json_value(), 1 => json_number()].boxed()
}

/// What PHP writes for an empty object.
fn empty_of_php() -> impl Strategy<Value = String> {
    select(vec!["[]", "[ ]"]).prop_map(str::to_owned)
}

/// Integers: most fit every field, some are at an end of a range or beyond it.
fn integer() -> BoxedStrategy<String> {
    let ends = ["-0", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296"];
    prop_oneof![
        60 => (0..1_000_000_000u64).prop_map(|number| number.to_string()),
        1 => (-9..0i64).prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => select(ends.to_vec()).prop_map(str::to_owned),
        3 => (0..100_000u64).prop_map(|number| format!("{number}.0")),
        3 => (0..100_000u64, 0..4u64).prop_map(|(number, power)| format!("{number}e{power}")),
        1 => (0..1000u64).prop_map(|number| format!("{number}00E-2")),
        1 => select(vec!["01", "1.5", "1e-1", "-", "1.", "18446744073709551616"]).prop_map(str::to_owned),
    ]
    .boxed()
}

/// What can happen to bytes.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Delete(Index, usize),
    Insert(Index, Vec<u8>),
    Repeat(Index, usize),
    Cut(Index),
}

/// Bytes that a failing test shows as text.
#[derive(Clone)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Any bytes at all.
pub(crate) fn bytes() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), 0..64).prop_map(Bytes)
}

/// Damages bytes a little.
pub(crate) fn damaged(whole: impl Strategy<Value = String>) -> impl Strategy<Value = Bytes> {
    let telling =
        select(b"\"\\{}[],:-+.eE019tfnu \t\n\x00\x01\x1f\x7f\x80\xbf\xc3\xe4\xed\xf0\xfe\xff".to_vec());
    let damage = prop_oneof![
        2 => (any::<Index>(), 0..8u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        2 => (any::<Index>(), 1..4usize).prop_map(|(at, length)| Damage::Delete(at, length)),
        3 => (any::<Index>(), vec(telling, 1..3)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => (any::<Index>(), 1..40usize).prop_map(|(at, length)| Damage::Repeat(at, length)),
        1 => any::<Index>().prop_map(Damage::Cut),
    ];
    (whole, vec(damage, 1..3)).prop_map(|(whole, damages)| {
        let mut bytes = whole.into_bytes();
        damages.iter().for_each(|damage| damage.apply(&mut bytes));
        Bytes(bytes)
    })
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let length = bytes.len();
        match self {
            Self::Flip(at, bit) => bytes[at.index(length)] ^= 1 << bit,
            Self::Delete(at, count) => {
                let at = at.index(length);
                bytes.drain(at..length.min(at + count));
            }
            Self::Insert(at, inserted) => {
                let at = at.index(length + 1);
                bytes.splice(at..at, inserted.iter().copied());
            }
            Self::Repeat(at, count) => {
                let at = at.index(length);
                let piece = bytes[at..length.min(at + count)].to_vec();
                bytes.splice(at..at, piece);
            }
            Self::Cut(at) => bytes.truncate(at.index(length)),
        }
    }
}

/// Tokens of JSON, and pieces of tokens, in any order.
pub(crate) fn token_soup() -> impl Strategy<Value = String> {
    let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\":", "\\", "\\\"", "\\u", "\\ud83d", "\\ude00",
        "\\n", "00", "0", "1", "-", "+", ".", "e", "E5", "1.5", "true", "false", "null", "nul", " ", "\n",
        "\u{b}", "\0", "不", "\u{feff}",
    ];
    vec(select(tokens.to_vec()), 0..12).prop_map(|tokens| tokens.concat())
}
