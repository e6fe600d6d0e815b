//! Errors of the codec: small values with a kind and a place.

use core::fmt;

use crate::bytes::BufferFull;

/// Why a message could not be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum EncodeError {
    /// The buffer is too short. `needed` is the exact length of the encoded message, as [`encoded_len`](super::encoded_len) returns it.
    BufferFull(BufferFull),
    /// Bytes that must be written as JSON text (`ext`) are not UTF-8.
    NotUtf8 {
        /// Wire name of the field.
        field: &'static str,
    },
    /// The encoded message could not be decoded again. Only [`Owned::new`](super::Owned::new) checks this. Causes: a member of the
    /// slot `members` that has the name of a field or is a duplicate, or a message element with the tag of another kind.
    Unreadable {
        /// Wire name of the innermost field that cannot be decoded; empty if there is none.
        field: &'static str,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BufferFull(full) => full.fmt(f),
            Self::NotUtf8 { field } => {
                write!(f, "the bytes of `{field}` are not UTF-8, JSON carries text only")
            }
            Self::Unreadable { field: "" } => f.write_str("the encoded message cannot be decoded"),
            Self::Unreadable { field } => {
                write!(f, "the encoded message cannot be decoded because of `{field}`")
            }
        }
    }
}

impl core::error::Error for EncodeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::BufferFull(full) => Some(full),
            _ => None,
        }
    }
}

impl From<BufferFull> for EncodeError {
    fn from(full: BufferFull) -> Self {
        Self::BufferFull(full)
    }
}

/// What was wrong at the place that a [`DecodeError`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends before the message does.
    EndOfInput,
    /// A byte that the grammar of JSON does not allow here.
    UnexpectedByte,
    /// Text after the end of the message.
    TrailingText,
    /// A value whose JSON type is not the type of the field.
    WrongType,
    /// Not a JSON number: `01`, `-`, `1.`, `1e`.
    InvalidNumber,
    /// A number that is not an integer (`2.5`), in an integer field.
    NotAnInteger,
    /// An integer out of the range of the field.
    OutOfRange,
    /// A raw control character (below U+0020) inside a string.
    ControlCharacter,
    /// A backslash that does not begin a valid escape.
    InvalidEscape,
    /// Text with an escape, in input that cannot be changed. Decode in place
    /// ([`from_slice_in_place`](super::from_slice_in_place), [`from_slice_with_scratch`](super::from_slice_with_scratch)).
    EscapedText,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// The value is nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// A duplicate field. The offset is that of the second key.
    DuplicateField,
    /// A required field is missing. The offset is the end of the object.
    MissingField,
    /// The scratch buffer of [`from_slice_with_scratch`](super::from_slice_with_scratch), or the capacity of an
    /// [`Owned`](super::Owned), is too small for the input. The offset is the number of bytes needed.
    BufferFull,
}

impl DecodeErrorKind {
    /// The kind in human-readable words.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::EndOfInput => "the input ends too early",
            Self::UnexpectedByte => "unexpected byte",
            Self::TrailingText => "text after the end of the message",
            Self::WrongType => "value of the wrong type",
            Self::InvalidNumber => "not a JSON number",
            Self::NotAnInteger => "not an integer",
            Self::OutOfRange => "integer out of range",
            Self::ControlCharacter => "control character in a string",
            Self::InvalidEscape => "invalid escape",
            Self::EscapedText => "escaped text in read-only input (decode in place)",
            Self::NotUtf8 => "not UTF-8",
            Self::TooDeep => "nested too deep",
            Self::DuplicateField => "duplicate field",
            Self::MissingField => "missing field",
            Self::BufferFull => "the buffer is too short",
        }
    }
}

/// Why input was refused, and where.
///
/// ```
/// use offline_push::json::{self, DecodeErrorKind};
/// use offline_push::vivo::SendResponse;
///
/// let error = json::from_str::<SendResponse>(r#"{"desc":"ok","result":1.5}"#).unwrap_err();
/// assert_eq!(error.kind(), DecodeErrorKind::NotAnInteger);
/// assert_eq!(error.offset(), 22);
/// assert_eq!(error.field(), Some("result"));
/// assert_eq!(error.to_string(), "not an integer in `result` at byte 22");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct DecodeError {
    pub(super) kind: DecodeErrorKind,
    pub(super) offset: u32,
    pub(super) index: Option<u32>,
    pub(super) field: Option<&'static str>,
}

impl DecodeError {
    /// An error outside of any known field.
    pub(crate) fn at(kind: DecodeErrorKind, offset: usize) -> Self {
        Self { kind, offset: u32::try_from(offset).unwrap_or(u32::MAX), index: None, field: None }
    }

    /// What was wrong.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Byte offset into the input (saturating at `u32::MAX`); for [`DecodeErrorKind::BufferFull`] the number of bytes needed.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset as usize
    }

    /// Wire name of the innermost field around the place; `None` outside of any known field.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// Index of the list element around the place; `None` outside of lists.
    #[must_use]
    pub const fn index(&self) -> Option<usize> {
        match self.index {
            Some(index) => Some(index as usize),
            None => None,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.description())?;
        if self.kind == DecodeErrorKind::BufferFull {
            return write!(f, ": {} bytes are needed", self.offset);
        }
        if let Some(field) = self.field {
            // Other errors are inside of the field.
            let preposition = match self.kind {
                DecodeErrorKind::MissingField | DecodeErrorKind::DuplicateField => "",
                _ => " in",
            };
            write!(f, "{preposition} `{field}`")?;
        }
        if let Some(index) = self.index {
            write!(f, ", list element {index},")?;
        }
        write!(f, " at byte {}", self.offset)
    }
}

impl core::error::Error for DecodeError {}
