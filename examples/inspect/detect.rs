//! Tells what kinds of message an input could be, by the names of its members.

use std::cmp::Reverse;

use offline_push::json::description::Type;
use serde_json::Value;

use super::{Failure, KINDS, Shown};

/// The members of an input, as a kind sees them.
#[derive(Default)]
pub(crate) struct Members {
    pub(crate) known: usize,
    /// Their paths.
    pub(crate) unknown: Vec<String>,
}

impl Members {
    pub(crate) fn of(input: &[u8], kind: &Type) -> Self {
        let mut members = Self::default();
        members.count(&parse(input), kind, "");
        members
    }

    fn count(&mut self, value: &Value, kind: &Type, path: &str) {
        match (kind, value) {
            (Type::List(item), Value::Array(values)) => {
                values.iter().for_each(|value| self.count(value, item, path));
            }
            (Type::Keyed(item), Value::Object(values)) => {
                values.iter().for_each(|(name, value)| self.count(value, item, &join(path, name)));
            }
            (Type::Object(object), Value::Object(members)) => {
                for (name, value) in members {
                    let field = object.fields.iter().find(|field| field.wire == name);
                    self.member(value, field.map(|field| field.value), &join(path, name));
                }
            }
            (Type::Tagged(tagged), Value::Object(members)) => {
                let tag = members.get(tagged.tag).and_then(Value::as_str);
                let case = tagged.cases.iter().find(|(text, _)| Some(*text) == tag);
                let content = case.map_or(tagged.other, |(_, content)| content);
                for (name, value) in members {
                    let known = [(tagged.tag, &Type::Text), (tagged.content, content)];
                    let known = known.into_iter().find(|(known, _)| known == name);
                    self.member(value, known.map(|(_, kind)| kind), &join(path, name));
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, value: &Value, kind: Option<&Type>, path: &str) {
        match kind {
            Some(kind) => {
                self.known += 1;
                self.count(value, kind, path);
            }
            None if self.unknown.iter().any(|known| known == path) => {}
            None => self.unknown.push(path.into()),
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.into() } else { format!("{path}.{name}") }
}

/// `serde_json` refuses half a surrogate pair, which some senders write. Then no escape is resolved, because only names matter here.
fn parse(input: &[u8]) -> Value {
    let plain = || serde_json::from_str(&String::from_utf8_lossy(input).replace("\\u", "\\\\u"));
    serde_json::from_slice(input).or_else(|_| plain()).unwrap_or_default()
}

/// The kinds that decode the input and know some of its members, most likely first.
pub(crate) fn detect(_: &mut [u8], input: &[u8]) -> Result<Shown, Failure> {
    let decoded = KINDS.iter().filter(|kind| (kind.canonical)(&mut input.to_vec()).is_ok());
    let seen = decoded.map(|kind| (kind.name, Members::of(input, kind.description)));
    let mut kinds: Vec<_> = seen.filter(|(_, members)| members.known > 0).collect();
    kinds.sort_by_key(|(_, members)| Reverse(score(members)));
    if kinds.is_empty() {
        return Err(Failure::NoKind);
    }
    let line = |(name, members): &(&str, Members)| {
        format!("{name}: known members {}, unknown {}\n", members.known, members.unknown.len())
    };
    Ok(Shown { result: kinds.iter().map(line).collect(), ..Shown::default() })
}

fn score(members: &Members) -> isize {
    members.known.cast_signed() - members.unknown.len().cast_signed()
}
