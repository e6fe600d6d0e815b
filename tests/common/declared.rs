//! The fields of every message, as the crate declares them: read out of its source, so that none is forgotten.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::KINDS;

/// What a field takes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Text,
    /// Text, or an integer as its digits.
    Id,
    Integer(i128, i128),
    Boolean,
    Flag,
    Raw,
    Map,
    Texts,
    Message(String),
    Messages(String),
    Elements,
}

/// A field in a message of a kind that holds what it must, and else this field alone.
pub(crate) struct Spot {
    pub(crate) kind: &'static str,
    /// The names of the members on the way to it.
    pub(crate) path: String,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    pub(crate) lenient: bool,
    /// The message without the lenient member that the field is in.
    pub(crate) around: Option<String>,
    open: String,
    before: Vec<String>,
    pub(crate) wire: String,
    after: Vec<String>,
    close: String,
}

impl Spot {
    /// The message with a value in the field, and the offset of the value.
    pub(crate) fn with(&self, value: &str) -> (String, usize) {
        let mut front = format!("{}{{", self.open);
        self.before.iter().for_each(|member| front.extend([member.as_str(), ","]));
        front.push_str(&format!("\"{}\":", self.wire));
        let behind: String = self.after.iter().map(|member| format!(",{member}")).collect();
        (format!("{front}{value}{behind}}}{}", self.close), front.len())
    }

    /// The message without the field.
    pub(crate) fn without(&self) -> String {
        let members: Vec<_> = self.before.iter().chain(&self.after).map(String::as_str).collect();
        format!("{}{{{}}}{}", self.open, members.join(","), self.close)
    }

    /// The offset of the brace that ends the object of the field in the message without it.
    pub(crate) fn end_without(&self) -> usize {
        self.without().len() - self.close.len() - 1
    }
}

struct Field {
    wire: String,
    shape: Shape,
    required: bool,
    lenient: bool,
}

/// The declarations.
pub(crate) struct Declared {
    messages: BTreeMap<String, Vec<Field>>,
}

/// Text and contents of the known elements of a message.
const ELEMENTS: [(&str, &str); 4] = [
    ("TIMTextElem", "TextContent"),
    ("TIMCustomElem", "CustomContent"),
    ("TIMFaceElem", "FaceContent"),
    ("TIMLocationElem", "LocationContent"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        // The codec itself declares messages for its tests alone.
        if path.is_dir() && !path.ends_with("src/json") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

impl Declared {
    pub(crate) fn read() -> Self {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let texts: Vec<_> = files.iter().map(|file| fs::read_to_string(file).expect("a source")).collect();
        let mut declared = Self { messages: BTreeMap::new() };
        // What a type stands for that is a number.
        let mut numbers = BTreeMap::new();
        for line in texts.iter().flat_map(|text| text.lines()) {
            if let Some((name, int)) =
                line.trim().strip_prefix("pub struct ").and_then(|rest| rest.split_once('('))
            {
                numbers.insert(name.to_owned(), int.split(')').next().unwrap_or_default().to_owned());
            }
        }
        for text in &texts {
            let mut name = None;
            for line in text.lines().map(str::trim) {
                if let Some(rest) = line.strip_prefix("pub struct ").filter(|rest| rest.ends_with('{')) {
                    name = rest.split(['<', ' ']).next();
                } else if line == "}" {
                    name = None;
                } else if let (Some(name), Some((left, right))) = (name, line.split_once(" = \"")) {
                    let Some((_, wanted)) = left.split_once(": ") else { continue };
                    let (wire, rest) = right.split_once('"').expect("a name ends");
                    let how = rest.trim_start().strip_prefix("as ").map(|how| how.split([' ', ',']).next());
                    let field = field(wire, wanted, how.flatten(), &numbers);
                    declared.messages.entry(name.to_owned()).or_default().push(field);
                }
            }
        }
        declared
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }

    /// The fields of all kinds of message; `reached` are the names of the messages that they are in.
    pub(crate) fn spots(&self, reached: &mut Vec<String>) -> Vec<Spot> {
        let mut spots = Vec::new();
        for kind in KINDS {
            let model = kind.model.rsplit(':').next().expect("a name").trim();
            let mut way = Way { declared: self, kind: kind.name, spots: &mut spots, reached, around: None };
            match model {
                "Receipts" => way.walk("Receipt", "", r#"{"k":"#, "}"),
                "ListPayload" | "AllPush" | "TagPush" => way.walk("Notification", "", "", ""),
                _ => way.walk(model, "", "", ""),
            }
        }
        spots
    }

    fn fields(&self, name: &str) -> &[Field] {
        self.messages.get(name).unwrap_or_else(|| unreachable!("no message {name}"))
    }

    /// A value of a shape, as short as it may be.
    pub(crate) fn shortest(&self, shape: &Shape) -> String {
        match shape {
            Shape::Text | Shape::Id => "\"x\"".to_owned(),
            Shape::Integer(..) => "1".to_owned(),
            Shape::Boolean | Shape::Flag => "true".to_owned(),
            Shape::Raw => "null".to_owned(),
            Shape::Map => "{}".to_owned(),
            Shape::Texts | Shape::Messages(_) | Shape::Elements => "[]".to_owned(),
            Shape::Message(name) => {
                let required = self.fields(name).iter().filter(|field| field.required);
                let members: Vec<_> = required.map(|field| self.member(field)).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    fn member(&self, field: &Field) -> String {
        format!("\"{}\":{}", field.wire, self.shortest(&field.shape))
    }
}

fn field(wire: &str, wanted: &str, how: Option<&str>, numbers: &BTreeMap<String, String>) -> Field {
    let inner = wanted.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>'));
    let name = inner.unwrap_or(wanted);
    let plain = |name: &str| name.strip_suffix("<'a>").unwrap_or(name).to_owned();
    let list = name.strip_prefix("List<'a, ").and_then(|rest| rest.strip_suffix('>'));
    let shape = match (name, list) {
        (_, Some("&'a str")) => Shape::Texts,
        (_, Some("MessageElement<'a>")) => Shape::Elements,
        (_, Some(message)) => Shape::Messages(plain(message)),
        ("&'a str", _) if matches!(how, Some("id" | "lenient")) => Shape::Id,
        ("&'a str" | "Ext<'a>", _) => Shape::Text,
        ("bool", _) if how == Some("flag") => Shape::Flag,
        ("bool", _) => Shape::Boolean,
        ("Raw<'a>", _) => Shape::Raw,
        ("Map<'a>", _) => Shape::Map,
        _ => match numbers.get(name).map_or(name, String::as_str) {
            "i32" => Shape::Integer(i32::MIN.into(), i32::MAX.into()),
            "u32" => Shape::Integer(0, u32::MAX.into()),
            "i64" => Shape::Integer(i64::MIN.into(), i64::MAX.into()),
            "u64" => Shape::Integer(0, u64::MAX.into()),
            _ => Shape::Message(plain(name)),
        },
    };
    Field { wire: wire.to_owned(), shape, required: inner.is_none(), lenient: how == Some("lenient") }
}

/// On the way through the messages of a kind.
struct Way<'a> {
    declared: &'a Declared,
    kind: &'static str,
    spots: &'a mut Vec<Spot>,
    reached: &'a mut Vec<String>,
    around: Option<String>,
}

impl Way<'_> {
    fn walk(&mut self, name: &str, path: &str, open: &str, close: &str) {
        self.reached.push(name.to_owned());
        let fields = self.declared.fields(name);
        for (index, field) in fields.iter().enumerate() {
            let members = |fields: &[Field]| {
                let required = fields.iter().filter(|field| field.required);
                required.map(|field| self.declared.member(field)).collect()
            };
            let spot = Spot {
                kind: self.kind,
                path: format!("{path}/{}", field.wire),
                shape: field.shape.clone(),
                required: field.required,
                lenient: field.lenient,
                around: self.around.clone(),
                open: open.to_owned(),
                before: members(&fields[..index]),
                wire: field.wire.clone(),
                after: members(&fields[index + 1..]),
                close: close.to_owned(),
            };
            let path = spot.path.clone();
            let (whole, at) = spot.with("");
            let around = field.lenient.then(|| spot.without()).or_else(|| self.around.clone());
            let around = std::mem::replace(&mut self.around, around);
            self.spots.push(spot);
            let (open, close) = whole.split_at(at);
            match &field.shape {
                Shape::Message(name) => self.walk(name, &path, open, close),
                Shape::Messages(name) => self.walk(name, &path, &format!("{open}["), &format!("]{close}")),
                Shape::Elements => self.elements(&path, open, close),
                _ => {}
            }
            self.around = around;
        }
    }

    fn elements(&mut self, path: &str, open: &str, close: &str) {
        for (text, content) in ELEMENTS {
            let (open, close) = (format!("{open}["), format!("]{close}"));
            self.spots.push(Spot {
                kind: self.kind,
                path: format!("{path}/{text}"),
                shape: Shape::Message(content.to_owned()),
                required: true,
                lenient: false,
                around: self.around.clone(),
                open: open.clone(),
                before: vec![format!(r#""MsgType":"{text}""#)],
                wire: "MsgContent".to_owned(),
                after: Vec::new(),
                close: close.clone(),
            });
            let open = format!(r#"{open}{{"MsgType":"{text}","MsgContent":"#);
            self.walk(content, &format!("{path}/{text}"), &open, &format!("}}{close}"));
        }
    }
}
