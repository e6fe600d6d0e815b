//! What can go wrong between an ext and a serde type.

use core::fmt;

use crate::bytes::BufferFull;
use crate::json::DecodeError;

/// Why an ext could not be read or written as a serde type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ExtError {
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The bytes are no JSON, for the reason and at the place named; on writing, what the type wrote.
    NotJson(DecodeError),
    /// The scratch buffer is too short to resolve the escapes. `needed` is enough for this ext, whatever its type.
    BufferFull(BufferFull),
    /// JSON of another shape than the type has: a field missing, a value of another type or out of range, a `&str` over
    /// text that has to stay escaped. `serde-json-core` does not say where.
    WrongType,
    /// The type asks for something that `serde-json-core` cannot read (untagged enums, `flatten`, bytes).
    Unsupported,
    /// The value is longer than the buffer. `serde-json-core` does not say by how much.
    TooLong,
}

impl fmt::Display for ExtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => f.write_str("the ext is not UTF-8"),
            Self::NotJson(error) => write!(f, "the ext is not JSON: {error}"),
            Self::BufferFull(full) => full.fmt(f),
            Self::WrongType => {
                f.write_str("the ext is not of the wanted type, or has escapes where the type borrows `&str`")
            }
            Self::Unsupported => f.write_str("the wanted type cannot be read by serde-json-core"),
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
