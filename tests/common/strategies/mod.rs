//! Random text, random JSON, random messages.
//!
//! Messages borrow; what the random ones borrow is leaked, which a test can afford.

mod broadcast;
mod ext;
mod info;
mod rest;
mod tim;
mod vivo;
mod web;

use std::fmt;

pub(crate) use broadcast::*;
pub(crate) use ext::*;
pub(crate) use info::*;
use offline_push::json::{List, MAX_INSERTED_PAIRS, Map, Members, Raw};
use proptest::char::range;
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
pub(crate) use rest::*;
pub(crate) use tim::*;
pub(crate) use vivo::*;
pub(crate) use web::*;

type Leaked = &'static str;

fn leak(text: String) -> Leaked {
    Box::leak(text.into_boxed_str())
}

/// A character of any sort that an encoder or decoder might treat in its own way.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        12 => range(' ', '~'),
        2 => select(vec!['"', '\\', '/', '\u{7f}']),
        1 => range('\0', ' '),
        4 => range('\u{4e00}', '\u{9fff}'),
        2 => range('\u{1f300}', '\u{1faff}'),
        1 => any::<char>(),
        1 => select(vec!['\u{80}', '\u{7ff}', '\u{800}', '\u{2028}', '\u{feff}', '\u{ffff}', '\u{10000}', '\u{10ffff}']),
    ]
}

/// Text with everything in it, or with nothing that JSON escapes.
pub(crate) fn text() -> impl Strategy<Value = Leaked> {
    let short = vec(character(), 0..24).prop_map(String::from_iter);
    let long = vec(character(), 0..150).prop_map(String::from_iter);
    let clean = "[ !#-\\[\\]-~你好今晚😀é]{0,40}";
    prop_oneof![4 => short, 1 => long, 5 => clean].prop_map(leak)
}

fn white_space() -> impl Strategy<Value = Leaked> {
    prop_oneof![8 => Just(""), 1 => select(vec![" ", "\n", "\t", "\r\n", "   \t"])]
}

/// A string as JSON, each character spelled in one of the ways that JSON has for it.
pub(crate) fn json_string() -> impl Strategy<Value = String> {
    let spelled = prop_oneof![
        40 => (character(), 0..8u8).prop_map(|(character, way)| spell(character, way)),
        1 => select(vec![r"\ud83d", r"\uDE00", r"\udbff\u0041"]).prop_map(str::to_owned),
    ];
    let plain = "[a-z你😀]{0,12}";
    prop_oneof![
        2 => vec(spelled, 0..16).prop_map(|pieces| format!("\"{}\"", pieces.concat())),
        3 => plain.prop_map(|text| format!("\"{text}\"")),
    ]
}

/// Spells a character: as it is if it may stand so, with its short escape if it has one, or by its code units.
pub(crate) fn spell(character: char, way: u8) -> String {
    let short = match character {
        '"' | '\\' | '/' => Some(character),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    let plain = character >= ' ' && !matches!(character, '"' | '\\');
    match (way, short) {
        (0..=4, _) if plain => character.to_string(),
        (0..=5, Some(short)) => format!("\\{short}"),
        _ => {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units).iter();
            units
                .map(|unit| if way == 7 { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") })
                .collect()
        }
    }
}

/// A number as JSON; `-0` is left out, for `serde_json` reads it as a float.
pub(crate) fn json_number() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => (-20..20i64).prop_map(|number| number.to_string()),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => "-?[1-9][0-9]{0,30}",
        1 => "(0|-?[1-9][0-9]{0,5})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?",
    ]
}

/// Any JSON value, with white space here and there.
pub(crate) fn json_value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        2 => select(vec!["null", "true", "false"]).prop_map(str::to_owned),
        2 => json_number(),
        3 => json_string(),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let list = vec(spaced(inner.clone()), 0..5).prop_map(|items| format!("[{}]", items.join(",")));
        let member = (spaced(json_string()), spaced(inner)).prop_map(|(key, value)| format!("{key}:{value}"));
        let object = vec(member, 0..5).prop_map(|members| format!("{{{}}}", members.join(",")));
        prop_oneof![list, object]
    })
}

/// The same with white space around it.
pub(crate) fn spaced(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (white_space(), inner, white_space()).prop_map(|(before, inner, after)| format!("{before}{inner}{after}"))
}

fn raw() -> impl Strategy<Value = Raw<'static>> {
    json_value().prop_map(|text| Raw::new(leak(text)).expect("a JSON value"))
}

/// Members with names that no message has yet, each once.
fn members() -> impl Strategy<Value = Members<'static>> {
    btree_map(0..100u8, spaced(json_value()), 0..4).prop_map(|members| {
        let members: Vec<_> = members.iter().map(|(name, value)| format!("\"new {name}\":{value}")).collect();
        Members::new(leak(format!("{{ {} }}", members.join(" , ")))).expect("a JSON object")
    })
}

/// A map of pairs, of which the last ones may be inserted.
fn map() -> impl Strategy<Value = Map<'static>> {
    (btree_map(text(), text(), 0..20), 0..=MAX_INSERTED_PAIRS).prop_map(|(pairs, inserted)| {
        let pairs: &[_] = Vec::leak(pairs.into_iter().collect());
        let (viewed, inserted) = pairs.split_at(pairs.len().saturating_sub(inserted));
        let mut map = Map::from_slice(viewed);
        inserted.iter().for_each(|(key, value)| map.insert(key, value).expect("room for the pair"));
        map
    })
}

fn list() -> impl Strategy<Value = List<'static, Leaked>> {
    vec(text(), 0..6).prop_map(|items| List::from_slice(Vec::leak(items)))
}

/// Rarely: serde and postcard have rules of their own for these.
fn rarely<T: fmt::Debug>(open: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::weighted(0.2, open)
}
