//! One document in other orders of its members and other spacing: what senders in other languages write.

use serde_json::ser::{Formatter, Serializer};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// How many orders a case may go through in turn: what they fill fits into the first cache.
const MOST_TURNS: usize = 32;

/// How many single shuffled orders have a case of their own.
const SHUFFLED: usize = 3;

/// A way to write a document: what the name of the case ends in, and the texts that the case goes through in turn.
pub struct Order {
    pub name: String,
    pub documents: Vec<String>,
}

/// Every order of a document. The document stands in the order that vivo documents: our struct, and those of the peers, are
/// declared in it.
pub fn all(document: &str) -> Vec<Order> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let shuffled: Vec<String> =
        (0..MOST_TURNS).map(|_| reordered(document, &mut |names| random.shuffle(names))).collect();
    let one = |name: &str, text: String| Order { name: name.to_owned(), documents: vec![text] };
    let turns = |count: usize| Order {
        name: format!("shuffled-{count}-in-turn"),
        documents: shuffled.iter().take(count).cloned().collect(),
    };
    let mut orders = vec![
        one("declared", document.to_owned()),
        one("alphabetical", alphabetical(document)),
        one("reversed", reversed(document)),
        one("spaced", spaced(document)),
        one("unknown-first", document.replacen('{', r#"{"x":1,"#, 1)),
    ];
    for (number, text) in (1..=SHUFFLED).zip(&shuffled) {
        orders.push(one(&format!("shuffled-{number}"), text.clone()));
    }
    // A processor that has learned one order by heart guesses right where it should not: these forget.
    orders.push(turns(8));
    orders.push(turns(MOST_TURNS));
    orders
}

/// As vivo's Java SDK writes, and whoever sorts.
pub fn alphabetical(document: &str) -> String {
    reordered(document, &mut |names| names.sort_unstable())
}

pub fn reversed(document: &str) -> String {
    reordered(document, &mut |names| names.reverse())
}

/// As `json.dumps` of Python writes, with `ensure_ascii=False`.
fn spaced(document: &str) -> String {
    let mut text = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut text, Spaced);
    serde::Serialize::serialize(&value(document), &mut serializer).expect("the value is JSON");
    String::from_utf8(text).expect("JSON is text")
}

/// Arranges the names of every object, nested ones too.
fn reordered(document: &str, arrange: &mut dyn FnMut(&mut Vec<String>)) -> String {
    arranged(value(document), arrange).to_string()
}

fn value(document: &str) -> Value {
    serde_json::from_str(document).expect("the document is JSON")
}

fn arranged(value: Value, arrange: &mut dyn FnMut(&mut Vec<String>)) -> Value {
    let Value::Object(mut members) = value else { return value };
    let mut names: Vec<String> = members.keys().cloned().collect();
    arrange(&mut names);
    let mut result = Map::new();
    for name in names {
        let member = members.remove(&name).expect("the name is one of the members");
        result.insert(name, arranged(member, arrange));
    }
    Value::Object(result)
}

/// Xorshift: the same orders in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit
    }

    fn shuffle(&mut self, names: &mut [String]) {
        for last in (1..names.len()).rev() {
            names.swap(last, self.below(last + 1));
        }
    }
}

/// `, ` between members and `: ` behind names.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: Write + ?Sized>(&mut self, target: &mut W, first: bool) -> io::Result<()> {
        target.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, target: &mut W, first: bool) -> io::Result<()> {
        target.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, target: &mut W) -> io::Result<()> {
        target.write_all(b": ")
    }
}
