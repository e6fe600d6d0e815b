//! JSON as RFC 8259 has it, document by document: as a raw value, as members, as a message of every kind, and at every kind of
//! place in a message. `serde_json` and the interpreter say what each document is. The interpreter adds what RFC 8259 leaves to
//! implementations: a value nests at most `MAX_DEPTH` deep, half a surrogate pair reads as U+FFFD, and a number is passed on as written.

use std::collections::HashSet;

use offline_push::json::description::Type;
use offline_push::json::{DecodeErrorKind, MAX_DEPTH, Members, Raw};

use crate::common::spots::different_spots;
use crate::common::{Kind, kind, value};
use crate::properties::decoding::is_read_as_interpreted;
use crate::properties::owning::is_kept_as_it_decodes;
use crate::properties::values::raw_and_serde_json_decide_alike;

const DOCUMENTS: &str = include_str!("json_documents.txt");

/// The bytes of a line, in which `%` and two digits stand for a byte.
fn unescaped(line: &str) -> Vec<u8> {
    let mut parts = line.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    bytes
}

/// The documents of the file.
pub(crate) fn short_documents() -> Vec<Vec<u8>> {
    DOCUMENTS.lines().filter(|line| !line.starts_with('#')).map(unescaped).collect()
}

/// The documents of the file, and some long ones.
fn documents() -> Vec<Vec<u8>> {
    let mut documents = short_documents();
    documents.push(vec![]);
    let nests = [
        ("[", "", "]", 1),
        ("[", "0", "]", 1),
        ("[ ", "", " ]", 1),
        ("[", r#""[[[""#, "]", 1),
        ("[", "[],{},[],[{}]", "]", 1),
        (r#"{"a":"#, "0", "}", 1),
        (r#"{"a":"#, "{}", "}", 1),
        (r#"[{"a":"#, "null", "}]", 2),
        (r#"[{"a":"#, "[]", "}]", 2),
        (r#"{"a":["#, "{}", "]}", 2),
        // These are not JSON.
        ("[", "", "", 1),
        ("[", "[", "]", 1),
        ("[", "]", "]", 1),
        ("[", "", "}", 1),
        (r#"[{"a":"#, "0", "]}", 2),
    ];
    for (open, inner, close, levels) in nests {
        for depth in [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 128, 1000] {
            let (open, close) = (open.repeat(depth / levels), close.repeat(depth / levels));
            documents.push(format!("{open}{inner}{close}").into_bytes());
        }
    }
    documents.push("7".repeat(400).into_bytes());
    documents.push(format!("\"{}\"", "x".repeat(1000)).into_bytes());
    documents
}

/// The codec decodes the bytes as the interpreter does. Returns whether they are a message.
fn holds(kind: &Kind, bytes: &[u8]) -> bool {
    if let Err(error) = is_read_as_interpreted(kind, bytes) {
        unreachable!("{}: {error}", bytes.escape_ascii());
    }
    is_kept_as_it_decodes(kind, bytes)
}

#[test]
fn raw_and_members_new_of_every_document() {
    let (mut raws, mut objects) = (0, 0);
    for document in documents() {
        let Ok(text) = str::from_utf8(&document) else { continue };
        raw_and_serde_json_decide_alike(text).unwrap();
        let (raw, members) = (Raw::new(text), Members::new(text));
        let Ok(raw) = raw else {
            assert!(raw.unwrap_err().offset() <= text.len() && members.is_err(), "{text}");
            continue;
        };
        raws += 1;
        if !raw.as_str().starts_with('{') {
            assert_eq!(members.unwrap_err().kind(), DecodeErrorKind::WrongType, "{text}");
            continue;
        }
        objects += 1;
        let members = members.unwrap();
        assert_eq!(members.as_str(), raw.as_str());
        let written: Vec<_> = members.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        assert_eq!(value(&format!("{{{}}}", written.join(","))), value(text));
    }
    assert!(raws >= 280 && objects >= 40, "{raws} {objects}");
}

/// What stands around a document: nothing, or a message for each kind of field. Unknown members stand in front of an
/// escape that is resolved.
fn places() -> Vec<(&'static Kind, String, String)> {
    let mut places = vec![(kind("vivo.send"), String::new(), String::new())];
    let mut depths = HashSet::new();
    for spot in different_spots() {
        let containers: &[&str] = match spot.value {
            Type::List(_) => &["§", r#"["a",§,"z"]"#, r#"["a",§]"#],
            Type::Map => &["§", r#"{"k":"v","l":§,"m":0}"#, r#"{"k":§}"#, r#"{§:"v"}"#],
            _ => &["§"],
        };
        let mut messages: Vec<_> = containers.iter().map(|container| spot.with(container).0).collect();
        if matches!(spot.value, Type::Text) && depths.insert(spot.open.matches(['[', '{']).count()) {
            let unknown = [r#""new":§"#, r#""new":[0,{"a":§}]"#, r#""new":{"a":[],§:0}"#, "§:0"];
            messages.extend(unknown.map(|member| spot.behind(member, r#""\u0070\n""#)));
        }
        places.extend(messages.iter().map(|message| {
            let (before, behind) = message.split_once('§').unwrap();
            (spot.kind, before.to_owned(), behind.to_owned())
        }));
    }
    places
}

/// Tests each document at a third of the places, and each place with a third of the documents.
#[test]
fn decode_every_document_at_every_kind_of_place() {
    let (places, mut turn) = (places(), 0);
    assert!(places.len() >= 60, "{}", places.len());
    let (mut read, mut refused) = (0, 0);
    for document in documents() {
        for (kind, before, behind) in &places {
            turn += 1;
            if turn % 3 == 0 {
                let bytes = [before.as_bytes(), &document, behind.as_bytes()].concat();
                *(if holds(kind, &bytes) { &mut read } else { &mut refused }) += 1;
            }
        }
    }
    assert!(read >= 4_000 && refused >= 15_000, "{read} read, {refused} refused");
}
