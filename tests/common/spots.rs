//! Every field of every message, one at a time, in the shortest message that has it: from the descriptions.

use std::collections::HashSet;
use std::sync::LazyLock;

use offline_push::json::description::{Field, ObjectType, Tolerance, Type};

use super::{KINDS, Kind};

/// A field of a kind of message, in a message that has only its required members and this field.
pub(crate) struct Spot {
    pub(crate) kind: &'static Kind,
    /// The names of the members on the way to the field.
    pub(crate) path: String,
    pub(crate) field: &'static Field,
    /// What the field holds. For a tagged object, it is the content of one case.
    pub(crate) value: &'static Type,
    pub(crate) open: String,
    before: Vec<String>,
    after: Vec<String>,
    close: String,
}

impl Spot {
    /// The message with a value in the field, and the offset of the value.
    pub(crate) fn with(&self, value: &str) -> (String, usize) {
        let (bytes, at) = self.with_bytes(value.as_bytes());
        (String::from_utf8(bytes).expect("text in text"), at)
    }

    pub(crate) fn with_bytes(&self, value: &[u8]) -> (Vec<u8>, usize) {
        let mut front = format!("{}{{", self.open);
        self.before.iter().for_each(|member| front.extend([member.as_str(), ","]));
        front.push_str(&format!("\"{}\":", self.field.wire));
        let behind: String = self.after.iter().map(|member| format!(",{member}")).collect();
        let behind = format!("{behind}}}{}", self.close);
        ([front.as_bytes(), value, behind.as_bytes()].concat(), front.len())
    }

    /// The message without the field.
    pub(crate) fn without(&self) -> String {
        let members: Vec<_> = self.before.iter().chain(&self.after).map(String::as_str).collect();
        format!("{}{{{}}}{}", self.open, members.join(","), self.close)
    }

    /// The message with a member in front of the field.
    pub(crate) fn behind(&self, member: &str, value: &str) -> String {
        let (whole, _) = self.with(value);
        let at = self.open.len() + 1;
        format!("{}{member},{}", &whole[..at], &whole[at..])
    }
}

/// The shortest value of a type. An object has its required members only.
pub(crate) fn shortest(value: &'static Type) -> String {
    match value {
        Type::Text => "\"\"".to_owned(),
        Type::Integer { .. } => "1".to_owned(),
        Type::Boolean => "true".to_owned(),
        Type::Raw => "0".to_owned(),
        Type::Map | Type::Keyed(_) => "{}".to_owned(),
        Type::List(_) => "[]".to_owned(),
        Type::Object(object) => format!("{{{}}}", required(object.fields).join(",")),
        Type::Tagged(tagged) => shortest(tagged.other),
    }
}

/// A value of a type with all of its members, and with `text` for every text.
pub(crate) fn whole(value: &'static Type, text: &str) -> String {
    match value {
        Type::Text => text.to_owned(),
        Type::Map | Type::Keyed(_) => format!(
            "{{\"k\":{}}}",
            if let Type::Keyed(entry) = value { whole(entry, text) } else { text.to_owned() }
        ),
        Type::List(element) => format!("[{}]", whole(element, text)),
        Type::Object(object) => {
            let members =
                object.fields.iter().map(|field| format!("\"{}\":{}", field.wire, whole(field.value, text)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Type::Tagged(tagged) => whole(tagged.other, text),
        other => shortest(other),
    }
}

fn required(fields: &'static [Field]) -> Vec<String> {
    let required = fields.iter().filter(|field| field.required);
    required.map(|field| format!("\"{}\":{}", field.wire, shortest(field.value))).collect()
}

/// The fields of all kinds of message.
pub(crate) fn spots() -> Vec<Spot> {
    let mut spots = Vec::new();
    for kind in KINDS {
        Way { kind, spots: &mut spots }.walk(kind.description, "", "", "");
    }
    spots
}

/// One spot for each different field: of every type, with every tolerance, in a message and in an object that a message contains. What
/// holds for these fields holds for the others, because the same macro makes their code.
pub(crate) fn different_spots() -> &'static [Spot] {
    static DIFFERENT: LazyLock<Vec<Spot>> = LazyLock::new(|| {
        let mut seen = HashSet::new();
        let mut different = spots();
        different.retain(|spot| {
            let is_inside = spot.open.matches(['{', '[']).count() > 1;
            seen.insert((class(spot.value), spot.field.tolerance as u8, is_inside))
        });
        different
    });
    &DIFFERENT
}

/// The type, without the content of an object.
pub(crate) fn class(value: &Type) -> String {
    match value {
        Type::Object(object) => format!("Object {}", object.fields.iter().any(|field| field.required)),
        Type::List(element) => format!("List {}", class(element)),
        Type::Keyed(entry) => format!("Keyed {}", class(entry)),
        Type::Tagged(_) => "Tagged".to_owned(),
        other => format!("{other:?}"),
    }
}

struct Way<'a> {
    kind: &'static Kind,
    spots: &'a mut Vec<Spot>,
}

impl Way<'_> {
    fn walk(&mut self, value: &'static Type, path: &str, open: &str, close: &str) {
        match value {
            Type::Object(object) => self.object(object, None, path, open, close),
            Type::List(element) => self.walk(element, path, &format!("{open}["), &format!("]{close}")),
            Type::Keyed(entry) => self.walk(entry, path, &format!("{open}{{\"k\":"), &format!("}}{close}")),
            Type::Tagged(tagged) => {
                let Type::Object(other) = tagged.other else { unreachable!("the other case is an object") };
                self.object(other, None, &format!("{path}/other"), open, close);
                for (text, content) in tagged.cases {
                    let path = format!("{path}/{text}");
                    self.object(other, Some((text, content)), &path, open, close);
                }
            }
            _ => {}
        }
    }

    /// All fields of an object. For a tagged object, only its content.
    fn object(
        &mut self,
        object: &'static ObjectType,
        case: Option<(&'static str, &'static Type)>,
        path: &str,
        open: &str,
        close: &str,
    ) {
        for (index, field) in object.fields.iter().enumerate() {
            let (before, after) = (&object.fields[..index], &object.fields[index + 1..]);
            let (value, before, after) = match case {
                None => (field.value, required(before), required(after)),
                // The tag is the first of two members.
                Some(_) if index == 0 => continue,
                Some((text, content)) => {
                    (content, vec![format!("\"{}\":\"{text}\"", object.fields[0].wire)], vec![])
                }
            };
            let path = format!("{path}/{}", field.wire);
            let (open, close) = (open.to_owned(), close.to_owned());
            let spot = Spot { kind: self.kind, path: path.clone(), field, value, open, before, after, close };
            let (whole, at) = spot.with("");
            self.spots.push(spot);
            let (open, close) = whole.split_at(at);
            self.walk(value, &path, open, close);
        }
    }
}

/// The value that a lenient field skips may be of any type.
pub(crate) fn is_lenient(spot: &Spot) -> bool {
    spot.field.tolerance == Tolerance::Lenient
}
