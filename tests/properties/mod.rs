//! What holds for any input, as functions of bytes. The fuzz targets call them with what a fuzzer makes, the tests with
//! what `proptest` makes.

#![allow(dead_code)] // Each test file uses a part.

mod android;
pub(crate) mod decoding;
pub(crate) mod exts;
pub(crate) mod intents;
pub(crate) mod models;
pub(crate) mod owning;
pub(crate) mod phone;
pub(crate) mod pushes;
pub(crate) mod values;

use proptest::test_runner::TestCaseResult;

use crate::common::documents::Tape;
use crate::common::{KINDS, Kind, kind};

/// A fuzz target.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    property: Property,
}

/// A function that fails, or panics, if the property does not hold.
enum Property {
    /// A property of a document of a kind, which the first line names. A target for one kind only has no such line.
    Documents(Option<&'static str>, fn(&Kind, &[u8]) -> TestCaseResult),
    /// A property of text.
    Text(fn(&str) -> TestCaseResult),
    Bytes(fn(&[u8]) -> TestCaseResult),
}

use Property::{Bytes, Documents, Text};

const fn target(name: &'static str, property: Property) -> Target {
    Target { name, property }
}

/// Every fuzz target.
pub(crate) const TARGETS: &[Target] = &[
    target("documents", Documents(None, is_read_as_interpreted_and_kept)),
    target("structured", Documents(None, made_of_choices)),
    #[cfg(feature = "arbitrary")]
    target("roundtrip", Documents(None, models::any_model_comes_back)),
    target("ext", Documents(Some("ext.info"), |_, bytes| exts::holds(bytes))),
    target("intent", Text(intents::holds)),
    target("json_vs_serde_json", Bytes(values::is_a_value_everywhere_or_nowhere)),
    target("registration", Bytes(phone::lives)),
    target("delivery", Bytes(pushes::holds)),
];

fn is_read_as_interpreted_and_kept(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
    decoding::is_read_as_interpreted(kind, bytes)?;
    owning::is_kept_as_it_decodes(kind, bytes);
    Ok(())
}

/// The document that the bytes choose, from the description of the kind. It is nearly always a message.
fn made_of_choices(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
    let document = Tape::new(bytes).message(kind.description);
    decoding::is_read_as_interpreted(kind, document.as_bytes())
}

/// The kind that the first line names, or that its first byte picks if it names none; and what follows the line.
fn split(bytes: &[u8]) -> (&'static Kind, &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (line, rest) = (&bytes[..end], bytes.get(end + 1..).unwrap_or_default());
    let picked = || &KINDS[usize::from(line.first().copied().unwrap_or(0)) % KINDS.len()];
    (KINDS.iter().find(|kind| kind.name.as_bytes() == line).unwrap_or_else(picked), rest)
}

impl Target {
    /// Whether the property holds for the bytes.
    pub(crate) fn holds(&self, bytes: &[u8]) -> TestCaseResult {
        match self.property {
            Documents(Some(name), property) => property(kind(name), bytes),
            Documents(None, property) => {
                let (kind, document) = split(bytes);
                property(kind, document)
            }
            Text(property) => str::from_utf8(bytes).map_or(Ok(()), property),
            Bytes(property) => property(bytes),
        }
    }

    /// The bytes that stand for a document of that kind, if the target uses that kind.
    pub(crate) fn seed(&self, name: &str, document: &[u8]) -> Option<Vec<u8>> {
        match self.property {
            Documents(Some(only), _) => (only == name).then(|| document.to_vec()),
            Documents(None, _) => Some([name.as_bytes(), b"\n", document].concat()),
            Text(_) | Bytes(_) => None,
        }
    }
}
