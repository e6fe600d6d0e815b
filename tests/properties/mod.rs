//! What holds whatever the input, as functions of bytes: the fuzz targets feed them with what a fuzzer makes, the tests with
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

use crate::common::{KINDS, Kind, kind};
use decoding::is_read_as_by_serde_json;

/// A fuzz target.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    property: Property,
}

/// Fails, or panics, if it does not hold.
enum Property {
    /// Of a document of a kind out of these; where there are several, the first byte says which: `0` is the first.
    Documents(&'static [&'static str], fn(&Kind, &[u8]) -> TestCaseResult),
    /// The same of every kind there is.
    AnyDocument(fn(&Kind, &[u8]) -> TestCaseResult),
    /// Of text.
    Text(fn(&str) -> TestCaseResult),
    Bytes(fn(&[u8]) -> TestCaseResult),
}

use Property::{AnyDocument, Bytes, Documents, Text};

const fn target(name: &'static str, property: Property) -> Target {
    Target { name, property }
}

/// Every fuzz target.
pub(crate) const TARGETS: &[Target] = &[
    target(
        "vivo_requests",
        Documents(
            &["vivo.auth", "vivo.send", "vivo.list-payload", "vivo.list-push", "vivo.all", "vivo.tag-push"],
            is_read_as_by_serde_json,
        ),
    ),
    target(
        "vivo_replies",
        Documents(
            &[
                "vivo.auth.reply",
                "vivo.send.reply",
                "vivo.task.reply",
                "vivo.list-push.reply",
                "vivo.statistics.reply",
            ],
            is_read_as_by_serde_json,
        ),
    ),
    target("receipts", Documents(&["vivo.receipt"], is_read_as_by_serde_json)),
    target("tim_token", Documents(&["tim.token"], is_read_as_by_serde_json)),
    target(
        "tim_settings",
        Documents(&["tim.settings", "tim.web", "tim.vendor-params"], is_read_as_by_serde_json),
    ),
    target("tim_info", Documents(&["tim.info"], is_read_as_by_serde_json)),
    target(
        "tim_rest",
        Documents(
            &[
                "tim.sendmsg",
                "tim.sendmsg.reply",
                "tim.batch",
                "tim.batch.reply",
                "tim.group",
                "tim.group.reply",
                "tim.all-members",
                "tim.all-members.reply",
                "tim.timpush",
                "tim.timpush.reply",
            ],
            is_read_as_by_serde_json,
        ),
    ),
    target("ext", Documents(&["ext.info"], |_, bytes| exts::holds(bytes))),
    target("intent", Text(intents::holds)),
    target("json_vs_serde_json", Bytes(values::is_a_value_everywhere_or_nowhere)),
    #[cfg(feature = "arbitrary")]
    target("roundtrip", AnyDocument(models::any_model_comes_back)),
    target("in_place_vs_borrowed", AnyDocument(entry_points_agree)),
    target("registration", Bytes(phone::lives)),
    target("delivery", Bytes(pushes::holds)),
];

/// All that decodes a kind of message says the same of the bytes, and what is kept of them is the same.
fn entry_points_agree(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
    decoding::is_read_alike_everywhere(kind, bytes)?;
    owning::is_kept_as_it_decodes(kind, bytes);
    Ok(())
}

impl Target {
    /// Whether the property holds for the bytes.
    pub(crate) fn holds(&self, bytes: &[u8]) -> TestCaseResult {
        let which = |count| {
            let (first, rest) = bytes.split_first()?;
            Some((usize::from(first.wrapping_sub(b'0')) % count, rest))
        };
        match self.property {
            Documents([name], property) => property(kind(name), bytes),
            Documents(names, property) => match which(names.len()) {
                Some((which, bytes)) => property(kind(names[which]), bytes),
                None => Ok(()),
            },
            AnyDocument(property) => match which(KINDS.len()) {
                Some((which, bytes)) => property(&KINDS[which], bytes),
                None => Ok(()),
            },
            Text(property) => str::from_utf8(bytes).map_or(Ok(()), property),
            Bytes(property) => property(bytes),
        }
    }

    /// The bytes that stand for a document of that kind, if the target looks at such.
    pub(crate) fn seed(&self, name: &str, document: &[u8]) -> Option<Vec<u8>> {
        let before = |which| [&[b'0' + u8::try_from(which).unwrap()], document].concat();
        match self.property {
            Documents([only], _) => (*only == name).then(|| document.to_vec()),
            Documents(names, _) => names.iter().position(|kind| *kind == name).map(before),
            AnyDocument(_) => KINDS.iter().position(|kind| kind.name == name).map(before),
            Text(_) | Bytes(_) => None,
        }
    }
}
