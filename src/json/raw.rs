//! Values that pass through untouched.

use core::fmt;

use super::description::Type;
use super::error::{DecodeError, DecodeErrorKind};
use super::reader::{At, Cursor, Reader};
use super::show::{self, Reveal, Show, show_in_logs};
use super::source::{Source, Text};
use super::value::{ReadValue, WriteValue};
use super::writer::Sink;
use super::{SMALL, escape};
use crate::check::{CheckError, Rule, ensure};

/// One JSON value of any type: checked, and passed on byte for byte.
///
/// ```
/// use offline_push::json::Raw;
///
/// let raw = Raw::new(r#"{"a": [1.50, "\u00e9"]}"#)?;
/// assert_eq!(raw.as_str(), r#"{"a": [1.50, "\u00e9"]}"#);
/// assert!(Raw::new("{a: 1}").is_err());
/// # Ok::<(), offline_push::json::DecodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Raw<'a> {
    text: &'a str,
}

impl Show for Raw<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show::tuple("Raw", &self.text, reveal, f)
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        show::log_tuple("Raw", &self.text, reveal, f);
    }
}

show_in_logs! { Raw<'_> }

impl<'a> Raw<'a> {
    /// Checks a value. White space around it is dropped.
    ///
    /// # Errors
    ///
    /// Text that is not exactly one JSON value, or a value that is nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    pub fn new(text: &'a str) -> Result<Self, DecodeError> {
        Self { text }.to()
    }

    /// The JSON text.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// Reads the value as a message. Offsets of errors count from the start of the value.
    pub(crate) fn to<T: ReadValue<'a>>(self) -> Result<T, DecodeError> {
        read_whole(self.text)
    }
}

/// Reads text that holds one value and nothing else.
pub(super) fn read_whole<'a, T: ReadValue<'a>>(text: &'a str) -> Result<T, DecodeError> {
    let mut cursor = Cursor::new(text);
    cursor.start();
    let null = if SMALL && !T::REQUIRED { cursor.reader.null(cursor.at) } else { Some(None) };
    let read = match null {
        Some(Some(next)) => {
            cursor.at = next;
            Some(T::empty())
        }
        Some(None) => cursor.read(),
        None => None,
    };
    match read.filter(|_| cursor.reader.finish(cursor.at).is_some()) {
        Some(value) => Ok(value),
        None => Err(cursor.reader.error()),
    }
}

/// Writes the JSON text, which users may have written. Use `Debug` for logs: it shows the length.
impl fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl WriteValue for Raw<'_> {
    const MAX_LEN: Option<usize> = None;

    fn write<S: Sink>(&self, writer: &mut S) {
        writer.put(self.text.as_bytes());
    }
}

impl<'a> ReadValue<'a> for Raw<'a> {
    const EMPTY: Self = Self { text: "null" };
    const DESCRIPTION: &'static Type = &Type::Raw;

    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (text, next) = reader.raw(at)?;
        self.text = text;
        Some(next)
    }
}

/// Members that are newer than this crate: one JSON object. Its members are written after those of the message.
///
/// ```
/// use offline_push::json::{self, Members};
/// use offline_push::vivo::Notification;
///
/// let mut notification = Notification::new("title", "content", "request-1");
/// notification.members = Some(Members::new(r#"{"newSwitch": true}"#)?);
///
/// let mut buffer = [0; 128];
/// let text = json::to_str(&notification, &mut buffer)?;
/// assert_eq!(text, r#"{"title":"title","content":"content","requestId":"request-1","newSwitch": true}"#);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Members<'a> {
    object: Raw<'a>,
}

impl Show for Members<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show::tuple("Members", &self.object.text, reveal, f)
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        show::log_tuple("Members", &self.object.text, reveal, f);
    }
}

show_in_logs! { Members<'_> }

impl<'a> Members<'a> {
    /// Checks an object.
    ///
    /// # Errors
    ///
    /// As [`Raw::new`]; [`DecodeErrorKind::WrongType`] for a value that is not an object.
    pub fn new(object: &'a str) -> Result<Self, DecodeError> {
        let raw = Raw::new(object)?;
        if raw.text.starts_with('{') {
            return Ok(Self { object: raw });
        }
        let offset = object.len() - object.trim_ascii_start().len();
        Err(DecodeError::at(DecodeErrorKind::WrongType, offset))
    }

    /// The JSON text of the object.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.object.text
    }

    /// The keys, as they are written, with their values. Escapes in keys are not resolved.
    #[must_use]
    pub fn iter(&self) -> MembersIter<'a> {
        let mut cursor = Cursor::new(self.object.text);
        let more = cursor.open(b'{').unwrap_or(false);
        MembersIter { cursor: more.then_some(cursor) }
    }

    /// The value of the member with this name; `None` for a duplicate name.
    pub(crate) fn get(&self, name: &str) -> Result<Option<Raw<'a>>, DecodeError> {
        let mut found = None;
        let mut members = self.iter();
        while let Some((key, value)) = members.next() {
            if escape::equals(key.as_bytes(), name) && found.replace(value).is_some() {
                let behind = members.cursor.as_ref().map_or(self.object.text.len(), Cursor::offset);
                return Err(DecodeError::at(DecodeErrorKind::DuplicateField, behind));
            }
        }
        Ok(found)
    }

    /// Writes the members, each with its comma.
    pub(crate) fn write_into<S: Sink>(&self, writer: &mut S) {
        let [b'{', inner @ .., b'}'] = self.object.text.as_bytes() else { return };
        let inner = inner.trim_ascii();
        if !inner.is_empty() {
            writer.put(inner);
            writer.comma();
        }
    }
}

impl<'a> IntoIterator for Members<'a> {
    type Item = (&'a str, Raw<'a>);
    type IntoIter = MembersIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The members of [`Members`].
pub struct MembersIter<'a> {
    cursor: Option<Cursor<Text<'a, false>>>,
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, Raw<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let cursor = self.cursor.as_mut()?;
        let member = read_member(cursor);
        if member.is_none() || cursor.more(b'}') != Some(true) {
            self.cursor = None;
        }
        member
    }
}

/// One key, as it is written, and its value.
fn read_member<'a>(cursor: &mut Cursor<Text<'a, false>>) -> Option<(&'a str, Raw<'a>)> {
    let (key, value) = cursor.reader.written_key(cursor.at)?;
    cursor.at = value;
    Some((key, cursor.read()?))
}

impl core::iter::FusedIterator for MembersIter<'_> {}

/// The search for duplicate keys compares at most this many keys, in memory on the stack.
pub(crate) const MAX_CHECKED_KEYS: usize = 32;

/// Checks the members in the slot of a message `T`: none may be a field of it, and none may occur twice.
pub(crate) fn check_members<'a, T: ReadValue<'a>>(members: Option<Members<'_>>) -> Result<(), CheckError> {
    const FIELD: &str = "members";
    let mut keys = [""; MAX_CHECKED_KEYS];
    for (count, (key, _)) in members.into_iter().flatten().enumerate() {
        let field = T::NAMES.iter().find(|name| escape::equals(key.as_bytes(), name));
        ensure(field.is_none(), field.copied().unwrap_or(FIELD), Rule::DuplicateKey)?;
        ensure(count < MAX_CHECKED_KEYS, FIELD, Rule::TooMany { max: MAX_CHECKED_KEYS as u32 })?;
        let is_same = |other: &&str| escape::same(key, other);
        ensure(is_new(&mut keys, count, key, is_same), FIELD, Rule::DuplicateKey)?;
    }
    Ok(())
}

/// Stores a key after the first `count` keys; false if one of those is the same.
pub(crate) fn is_new<'k>(
    keys: &mut [&'k str; MAX_CHECKED_KEYS],
    count: usize,
    key: &'k str,
    same: impl Fn(&&'k str) -> bool,
) -> bool {
    let (seen, free) = keys.split_at_mut_checked(count).unwrap_or_default();
    if let Some(place) = free.first_mut() {
        *place = key;
    }
    !seen.iter().any(same)
}
