//! The app's own data in an entity, in the forms that apps send.

use super::Entity;
use crate::bytes::BufferFull;
use crate::json::show::show;
use crate::json::{Raw, escape};
use crate::uri_writer::UriWriter;

/// The app's own data in an [`Entity`], by its JSON type. [`Entity::custom_data_content`] returns it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomData<'a> {
    /// An array of integers from -128 to 255: a `byte[]` of `TUIKit` for Android, as Gson writes it.
    Bytes(&'a [u8]),
    /// A text: `TUIKit` for Flutter and for Swift.
    Text(&'a str),
    /// An object or any other JSON, as it was sent.
    Json(Raw<'a>),
}

show! { enum CustomData<'_> { Bytes(bytes), Text(text), Json(json) } }

impl<'a> Entity<'a> {
    /// The app's own data in any form; `None` if there is none. `TUIKit` for Android writes an array of bytes, its newer versions
    /// for Flutter and Swift write a text, and apps write an object.
    ///
    /// `scratch` holds bytes, and text with escapes. A buffer as long as [`custom_data`](field@Self::custom_data) is always
    /// long enough; an empty buffer is enough for text without escapes and for an object.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `scratch` is too short. The error contains the exact length.
    ///
    /// ```
    /// use offline_push::ext::{CustomData, Entity};
    /// use offline_push::json;
    ///
    /// let read = |text: &'static str, scratch: &'static mut [u8]| {
    ///     let entity: Entity = json::from_str(text).ok()?;
    ///     entity.custom_data_content(scratch).ok()?
    /// };
    /// let scratch = || vec![0; 32].leak();
    /// let bytes = read(r#"{"customData":[123,34,97,34,58,49,125]}"#, scratch());
    /// assert_eq!(bytes, Some(CustomData::Bytes(br#"{"a":1}"#)));
    /// let text = read(r#"{"customData":"{\"a\":1}"}"#, scratch());
    /// assert_eq!(text, Some(CustomData::Text(r#"{"a":1}"#)));
    /// let object = read(r#"{"customData":{"a":1}}"#, scratch());
    /// assert!(matches!(object, Some(CustomData::Json(raw)) if raw.as_str() == r#"{"a":1}"#));
    /// ```
    pub fn custom_data_content(&self, scratch: &'a mut [u8]) -> Result<Option<CustomData<'a>>, BufferFull> {
        let Some(raw) = self.custom_data.filter(|raw| raw.as_str() != "null") else { return Ok(None) };
        if let Some(text) = text_of(raw) {
            return unescape(text, scratch).map(|text| Some(CustomData::Text(text)));
        }
        let Some(bytes) = self.custom_data_bytes() else { return Ok(Some(CustomData::Json(raw))) };
        let needed = bytes.clone().count();
        let (taken, _) = scratch.split_at_mut_checked(needed).ok_or(BufferFull { needed })?;
        for (place, byte) in taken.iter_mut().zip(bytes) {
            *place = byte;
        }
        Ok(Some(CustomData::Bytes(taken)))
    }
}

/// The inside of a JSON string, as it is written; `None` for another value.
pub(super) fn text_of(raw: Raw<'_>) -> Option<&str> {
    raw.as_str().strip_prefix('"')?.strip_suffix('"')
}

/// The decoded text of the inside of a JSON string. Only text with escapes takes room.
fn unescape<'a>(text: &'a str, scratch: &'a mut [u8]) -> Result<&'a str, BufferFull> {
    if !text.as_bytes().contains(&b'\\') {
        return Ok(text);
    }
    let mut writer = UriWriter::new(scratch);
    writer.put_chars(escape::characters(text));
    writer.finish()
}
