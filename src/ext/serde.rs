//! An ext as a serde type of the app, through `serde-json-core`.

use core::fmt;

use serde::de::Deserialize;
use serde::ser::Serialize;

use super::Ext;
use crate::bytes::BufferFull;
use crate::json::{DecodeError, Raw, escape};

/// Serde types of the app.
///
/// [`from_serde`](Self::from_serde) and [`to_serde`](Self::to_serde) work like `to_string` and `from_str` of `serde_json`, for
/// types that implement `Serialize` and `Deserialize`. Both methods use `serde-json-core`. An ext comes from another user, so
/// it is checked first, as strictly as every message of this crate ([`json`](crate::json)): the type sees only RFC 8259 JSON
/// that is nested at most [`MAX_DEPTH`](crate::json::MAX_DEPTH) levels deep.
///
/// With `serde-json-core` 0.7, the type has these limits:
///
/// - A `&str` field borrows its text, so the text must not contain an escaped quote, backslash or control character
///   ([`ExtError::WrongType`]). An owned string accepts any text: `heapless::String<N>`, with `heapless`'s feature `serde`. Other
///   escapes are resolved first.
/// - Keys of a map are read as `&str`. **A map with any other type of key (numbers, `heapless::String`, enums, newtypes) panics**
///   when it is read. Of duplicate keys, the last value is used.
/// - **`char`, tuple variants (`V(a, b)`), 128-bit integers and a `Serialize` that returns an error panic** when they are
///   written. Field names are written without escapes, and bytes as they are; if the result is not JSON,
///   [`from_serde`](Self::from_serde) returns an error.
/// - Untagged, internally tagged and adjacently tagged enums, `flatten` and borrowed bytes cannot be read
///   ([`ExtError::Unsupported`]).
/// - As a float, `null` reads as NaN and `1e999` as infinity. An integer must have no fraction and no exponent. Apart from
///   floats, only `Option` accepts `null`, even if a field has a default.
///
/// This crate's promise not to panic does not cover these panics, or those of the type's own serde code.
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
/// let ext = Ext::from_serde(&Task { level: 15, task: "TASK15" }, &mut buffer)?;
/// assert_eq!(ext.as_str(), Some(r#"{"level":15,"task":"TASK15"}"#));
/// let task: Task = ext.to_serde(&mut [])?;
/// assert_eq!(task, Task { level: 15, task: "TASK15" });
///
/// // Many senders escape non-ASCII text. The scratch buffer holds the resolved text.
/// let ext = Ext::from(r#"{"task":"\u4efb\u52a1 \ud83d\ude00","level":1,"new":[{}]}"#);
/// let mut scratch = [0; 128];
/// let task: Task = ext.to_serde(&mut scratch)?;
/// assert_eq!(task, Task { level: 1, task: "任务 😀" });
/// # Ok::<(), offline_push::ExtError>(())
/// ```
impl<'a> Ext<'a> {
    /// Deserializes the ext into a serde type. The limits of such a type are listed above.
    ///
    /// `scratch` is only needed for an ext with escapes. It holds a copy in which the escapes that JSON does not require
    /// (surrogate pairs, `\u4e2d`, `\/`) are resolved, and the longest text with other escapes. Twice the length of the ext is
    /// always enough.
    ///
    /// # Errors
    ///
    /// - [`ExtError::NotUtf8`] and [`ExtError::NotJson`] if the ext is not JSON.
    /// - [`ExtError::WrongType`] and [`ExtError::Unsupported`] if the ext does not fit the type `T`.
    /// - [`ExtError::BufferFull`] with the number of scratch bytes needed.
    #[doc(alias = "from_str")]
    #[doc(alias = "from_slice")]
    #[doc(alias = "parse")]
    pub fn to_serde<T: Deserialize<'a>>(self, scratch: &'a mut [u8]) -> Result<T, ExtError> {
        let text = self.as_str().ok_or(ExtError::NotUtf8)?;
        let json = Raw::new(text).map_err(ExtError::NotJson)?.as_str().as_bytes();
        if !json.contains(&b'\\') {
            return finish(serde_json_core::from_slice(json));
        }
        let plan = resolve(json, |_| {});
        let copied = if plan.changes { plan.length } else { 0 };
        let needed = copied.saturating_add(plan.longest);
        let parts = scratch.get_mut(..needed).and_then(|scratch| scratch.split_at_mut_checked(copied));
        let Some((copy, buffer)) = parts else {
            return Err(ExtError::BufferFull(BufferFull { needed }));
        };
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

    /// Serializes a value of a serde type as JSON into the start of a buffer. The limits of such a type are listed above.
    ///
    /// # Errors
    ///
    /// - [`ExtError::TooLong`] if the buffer is too short.
    /// - [`ExtError::NotJson`] and [`ExtError::NotUtf8`] if the output of the type is not JSON.
    #[doc(alias = "to_string")]
    #[doc(alias = "to_slice")]
    pub fn from_serde<T: Serialize + ?Sized>(value: &T, buffer: &'a mut [u8]) -> Result<Self, ExtError> {
        let length = serde_json_core::to_slice(value, buffer).map_err(|_| ExtError::TooLong)?;
        let written = buffer.get(..length).unwrap_or_default();
        let text = core::str::from_utf8(written).map_err(|_| ExtError::NotUtf8)?;
        let json = Raw::new(text).map_err(ExtError::NotJson)?;
        Ok(Self::from(json.as_str()))
    }
}

/// The buffers that reading JSON with escapes through `serde-json-core` takes.
struct Plan {
    /// True if some escapes can be replaced by their characters. `serde-json-core` refuses surrogate pairs, and does not borrow
    /// text with an escape.
    changes: bool,
    /// Length with those escapes replaced.
    length: usize,
    /// Length of the longest text that still has an escape: it is unescaped in a buffer, even if no field uses it.
    longest: usize,
}

/// Passes JSON to `put` in pieces. Every escape that JSON does not require is resolved.
fn resolve(json: &[u8], mut put: impl FnMut(&[u8])) -> Plan {
    let mut plan = Plan { changes: false, length: 0, longest: 0 };
    let mut rest = json;
    // About the current string.
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
            // Checked JSON has readable escapes only.
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

/// The value, or an error that does not depend on the version of `serde-json-core`.
fn finish<T>(read: serde_json_core::de::Result<(T, usize)>) -> Result<T, ExtError> {
    use serde_json_core::de::Error;
    match read {
        Ok((value, _)) => Ok(value),
        Err(Error::AnyIsUnsupported | Error::BytesIsUnsupported) => Err(ExtError::Unsupported),
        Err(_) => Err(ExtError::WrongType),
    }
}

/// Why an ext cannot be read or written as a serde type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ExtError {
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The bytes of the ext, or those of the output of the type, are not JSON.
    NotJson(DecodeError),
    /// The scratch buffer is too short to resolve the escapes. `needed` bytes are enough for this ext and any type.
    BufferFull(BufferFull),
    /// The JSON does not fit the type: a field is missing, a value has another type or is out of range, or a `&str` field would
    /// borrow text that must stay escaped. `serde-json-core` does not report the position.
    WrongType,
    /// The type needs something that `serde-json-core` cannot read (untagged enums, `flatten`, bytes).
    Unsupported,
    /// The value is longer than the buffer. `serde-json-core` does not report the length needed.
    TooLong,
}

impl fmt::Display for ExtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => f.write_str("the ext is not UTF-8"),
            Self::NotJson(error) => write!(f, "the ext is not JSON: {error}"),
            Self::BufferFull(full) => full.fmt(f),
            Self::WrongType => {
                f.write_str("the ext does not fit the type, or has escapes where the type borrows `&str`")
            }
            Self::Unsupported => f.write_str("serde-json-core cannot read the type"),
            Self::TooLong => f.write_str("the ext is longer than the buffer"),
        }
    }
}

impl core::error::Error for ExtError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::NotJson(error) => Some(error),
            Self::BufferFull(full) => Some(full),
            _ => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
