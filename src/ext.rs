//! What a sender passes through to the receiving app: bytes, a container of Tencent's own apps, or a type of yours.
//!
//! | the ext is | call |
//! |---|---|
//! | whatever another user sent | [`Ext::content`] |
//! | a message of this crate: [`ExtInfo`], [`ConversationExt`] | [`Ext::encode`], [`Ext::decode`] |
//! | a serde type of yours | [`Ext::write`], [`Ext::parse`] |
//! | text or bytes | [`Ext::from`], [`Ext::as_str`], [`Ext::as_bytes`] |
//!
//! ```
//! use offline_push::ext::{ChatType, Conversation, Entity, ExtContent, ExtInfo};
//! use offline_push::{Ext, json};
//!
//! let mut entity = Entity::new(ChatType::GROUP, "@TGS#1G4QXDSOBN");
//! entity.content = Some("Alice says \"seven\" 😀");
//! let mut buffer = [0; 256];
//! let ext = Ext::encode(&ExtInfo::new(entity), &mut buffer)?;
//!
//! // The user taps, and the app is given the text.
//! let mut scratch = [0; 256];
//! let ExtContent::Chat(info) = ext.content(&mut scratch)? else { panic!("another ext") };
//! let entity = info.entity.unwrap();
//! assert_eq!(entity.content, Some("Alice says \"seven\" 😀"));
//! assert_eq!(entity.conversation(), Some(Conversation::Group("@TGS#1G4QXDSOBN")));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod container;
mod content;
mod conversation;
mod error;

use core::fmt;
use core::hash::{Hash, Hasher};

use serde::de::Deserialize;
use serde::ser::{self, Serialize, Serializer};

use crate::json::object::Key;
use crate::json::reader::{At, Reader};
use crate::json::source::Source;
use crate::json::value::{ReadValue, WriteValue};
use crate::json::writer::Sink;
use crate::json::{Raw, escape};

pub(crate) use container::ENTITY;
pub use container::{Action, ChatType, Entity, ExtInfo, FcmNotificationType, FcmPushType, TimPushFeatures};
pub use content::ExtContent;
pub(crate) use conversation::CONVERSATION_ID;
pub use conversation::{Conversation, ConversationExt};
pub use error::ExtError;

/// Content that travels with a push and reaches the app when the user taps it.
///
/// Bytes in the Java SDK (`setExt(byte[])`), text on iOS, in the C SDK, in the REST API and at vivo: bytes that are not
/// UTF-8 are refused where they would have to travel as JSON text
/// ([`EncodeError::NotUtf8`](crate::json::EncodeError::NotUtf8)), and nowhere else. Published samples hold plain text as
/// well as JSON, so nothing here demands JSON but [`parse`](Self::parse) and [`decode`](Self::decode); some vendors do
/// (OPPO drops the push otherwise).
///
/// Limits: APNs takes 4 KB for everything, so Tencent asks for at most 3 KB of description and ext together (one page:
/// 1 KB of ext); vivo takes 1024 characters of key and value, 1021 without the key.
///
/// # Types of your own
///
/// [`parse`](Self::parse) and [`write`](Self::write) take serde types and go through `serde-json-core`. Ext comes from
/// another user, so it is checked first, as strictly as every message of this crate ([`json`](crate::json)): what is
/// handed on is RFC 8259 and nests at most [`MAX_DEPTH`](crate::json::MAX_DEPTH) deep.
///
/// What remains are limits of the type that `serde-json-core` 0.7 sets:
///
/// - A `&str` field borrows, so its text must not hold an escaped quote, backslash or control character
///   ([`ExtError::WrongType`]). An owned string takes any text: `heapless::String<N>`, with the feature `serde` of
///   `heapless`. Other escapes do not matter, they are resolved before.
/// - Keys of a map are read as `&str`; **a map with any other type of key (numbers, `heapless::String`, enums,
///   newtypes) panics** while it is read. Of a key that comes twice the last value stays.
/// - **`char`, tuple variants (`V(a, b)`), 128-bit integers and a `Serialize` that reports an error panic** while they
///   are written. Names of fields are written without escapes, bytes raw: [`write`](Self::write) refuses what is no
///   JSON then.
/// - Untagged, internally and adjacently tagged enums, `flatten` and borrowed bytes cannot be read
///   ([`ExtError::Unsupported`]).
/// - Of floats, `null` reads as NaN and `1e999` as infinity; integers are read without fraction and exponent. `null` is
///   for `Option` alone, also where a field has a default.
///
/// These panics, and those of `T`'s own serde code, are outside of this crate's promise not to panic.
///
/// ```
/// use offline_push::Ext;
///
/// #[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
/// struct Task<'a> {
///     level: u32,
///     task: &'a str,
/// }
///
/// let mut buffer = [0; 64];
/// let ext = Ext::write(&Task { level: 15, task: "TASK15" }, &mut buffer)?;
/// assert_eq!(ext.as_str(), Some(r#"{"level":15,"task":"TASK15"}"#));
/// assert_eq!(ext.parse::<Task>(&mut [])?, Task { level: 15, task: "TASK15" });
///
/// // Many senders escape what is not ASCII; the scratch buffer is for that.
/// let ext = Ext::from(r#"{"task":"\u4efb\u52a1 \ud83d\ude00","level":1,"unknown":[{}]}"#);
/// let mut scratch = [0; 128];
/// assert_eq!(ext.parse::<Task>(&mut scratch)?, Task { level: 1, task: "任务 😀" });
/// # Ok::<(), offline_push::ExtError>(())
/// ```
#[doc(alias = "setExt")]
#[doc(alias = "extension")]
#[derive(Clone, Copy)]
pub struct Ext<'a> {
    held: Held<'a>,
}

/// Text stays known as text, so that it is not validated again wherever it travels on.
#[derive(Clone, Copy)]
enum Held<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Ext<'a> {
    /// Any bytes; text comes in by [`From`], which knows that it is text.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { held: Held::Bytes(bytes) }
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        match self.held {
            Held::Text(text) => text.as_bytes(),
            Held::Bytes(bytes) => bytes,
        }
    }

    /// The bytes as text; `None` if they are not UTF-8.
    #[must_use]
    pub const fn as_str(&self) -> Option<&'a str> {
        match self.held {
            Held::Text(text) => Some(text),
            Held::Bytes(bytes) => match core::str::from_utf8(bytes) {
                Ok(text) => Some(text),
                Err(_) => None,
            },
        }
    }

    /// True without a byte: what a sender that sets no ext sends in many SDKs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }

    /// Reads JSON as a serde type; see the [limits](Self#types-of-your-own) of such a type.
    ///
    /// `scratch` is needed for ext with escapes alone: for a copy of it with all escapes resolved that may stand as they
    /// are (surrogate pairs, `\u4e2d`, `\/`), if it has such, and for the longest text that has others. Twice the length
    /// of the ext always suffices.
    ///
    /// # Errors
    ///
    /// [`ExtError::NotUtf8`] and [`ExtError::NotJson`] for ext that is no JSON, [`ExtError::WrongType`] and
    /// [`ExtError::Unsupported`] where it and `T` do not go together, [`ExtError::ScratchTooShort`] with the number of
    /// bytes needed.
    pub fn parse<T: Deserialize<'a>>(self, scratch: &'a mut [u8]) -> Result<T, ExtError> {
        let text = self.as_str().ok_or(ExtError::NotUtf8)?;
        let json = Raw::new(text).map_err(ExtError::NotJson)?.as_str().as_bytes();
        if !json.contains(&b'\\') {
            return finish(serde_json_core::from_slice(json));
        }
        let plan = resolve(json, |_| {});
        let copied = if plan.changes { plan.length } else { 0 };
        let needed = copied.saturating_add(plan.longest);
        let parts = scratch.get_mut(..needed).and_then(|scratch| scratch.split_at_mut_checked(copied));
        let Some((copy, buffer)) = parts else { return Err(ExtError::ScratchTooShort { needed }) };
        if !plan.changes {
            return finish(serde_json_core::from_slice_escaped(json, buffer));
        }
        let mut filled = 0;
        resolve(json, |bytes| {
            if let Some(place) = copy.get_mut(filled..).and_then(|rest| rest.get_mut(..bytes.len())) {
                place.copy_from_slice(bytes);
                filled += bytes.len();
            }
        });
        finish(serde_json_core::from_slice_escaped(copy, buffer))
    }

    /// Writes a serde type as JSON into the start of a buffer; see the [limits](Self#types-of-your-own) of such a type.
    ///
    /// # Errors
    ///
    /// [`ExtError::BufferFull`]; [`ExtError::NotJson`] and [`ExtError::NotUtf8`] for a type whose output is no JSON.
    pub fn write<T: Serialize + ?Sized>(value: &T, buffer: &'a mut [u8]) -> Result<Self, ExtError> {
        let length = serde_json_core::to_slice(value, buffer).map_err(|_| ExtError::BufferFull)?;
        let written = buffer.get(..length).unwrap_or_default();
        let text = core::str::from_utf8(written).map_err(|_| ExtError::NotUtf8)?;
        let json = Raw::new(text).map_err(ExtError::NotJson)?;
        Ok(Self::from(json.as_str()))
    }
}

/// What it takes to read checked JSON with escapes through `serde-json-core`.
struct Plan {
    /// Some escapes may stand as their characters. `serde-json-core` refuses surrogate pairs, and borrows no text with
    /// an escape in it.
    changes: bool,
    /// Length with those resolved.
    length: usize,
    /// Length of the longest text that has an escape left: it is unescaped in a buffer, also where nobody asks for it.
    longest: usize,
}

/// Gives JSON piece by piece, with every escape resolved that JSON does not demand.
fn resolve(json: &[u8], mut put: impl FnMut(&[u8])) -> Plan {
    let mut plan = Plan { changes: false, length: 0, longest: 0 };
    let mut rest = json;
    // Of the string that we are in.
    let (mut text, mut escaped) = (0, false);
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) {
        let Some((plain, tail)) = rest.split_at_checked(at) else { break };
        text += plain.len();
        let mut buffer = [b'"', 0, 0, 0];
        let (piece, taken): (&[u8], _) = if tail.first() == Some(&b'"') {
            if escaped {
                plan.longest = plan.longest.max(text);
            }
            (text, escaped) = (0, false);
            (b"\"", 1)
        } else {
            // Checked JSON has no other escapes than those that can be read.
            let Some((character, taken)) = escape::read(tail, 0).character() else { break };
            text += character.len_utf8();
            if matches!(character, '"' | '\\' | '\0'..'\x20') {
                escaped = true;
                (tail.get(..taken).unwrap_or_default(), taken)
            } else {
                plan.changes = true;
                (character.encode_utf8(&mut buffer).as_bytes(), taken)
            }
        };
        put(plain);
        put(piece);
        plan.length += plain.len() + piece.len();
        rest = tail.get(taken..).unwrap_or_default();
    }
    put(rest);
    plan.length += rest.len();
    plan
}

/// The value, or the reason in terms that outlive a version of `serde-json-core`.
fn finish<T>(read: serde_json_core::de::Result<(T, usize)>) -> Result<T, ExtError> {
    use serde_json_core::de::Error;
    match read {
        Ok((value, _)) => Ok(value),
        Err(Error::AnyIsUnsupported | Error::BytesIsUnsupported) => Err(ExtError::Unsupported),
        Err(_) => Err(ExtError::WrongType),
    }
}

impl<'a> From<&'a str> for Ext<'a> {
    fn from(text: &'a str) -> Self {
        Self { held: Held::Text(text) }
    }
}

impl<'a> From<&'a [u8]> for Ext<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::new(bytes)
    }
}

impl PartialEq for Ext<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Ext<'_> {}

impl Hash for Ext<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl fmt::Debug for Ext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Some(text) => write!(f, "Ext({text:?})"),
            None => write!(f, "Ext(b\"{}\")", self.as_bytes().escape_ascii()),
        }
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Ext<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        match self.as_str() {
            Some(text) => defmt::write!(f, "Ext({=str})", text),
            None => defmt::write!(f, "Ext({=[u8]:a})", self.as_bytes()),
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Ext<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.arbitrary().map(Self::new)
    }
}

impl WriteValue for Ext<'_> {
    const MAX_LEN: Option<usize> = None;

    fn write<S: Sink>(&self, writer: &mut S) {
        match self.as_str() {
            Some(text) => text.write(writer),
            None => writer.refuse("ext"),
        }
    }

    fn write_member<S: Sink>(&self, key: Key, writer: &mut S) {
        match self.as_str() {
            Some(text) => text.write_member(key, writer),
            None => writer.refuse(key.name()),
        }
    }
}

impl<'a> ReadValue<'a> for Ext<'a> {
    const EMPTY: Self = Self { held: Held::Text("") };

    #[inline]
    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (text, next) = reader.text(at)?;
        *self = Self::from(text);
        Some(next)
    }
}

/// Text in human-readable formats, as on the wire; bytes in the others.
impl Serialize for Ext<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(self.as_bytes());
        }
        let text = self.as_str().ok_or_else(|| ser::Error::custom("the bytes of an ext are not UTF-8"))?;
        serializer.serialize_str(text)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
