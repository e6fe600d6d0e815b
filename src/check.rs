//! Which rule of the vendor a message breaks, and in which field.

use core::fmt;

/// A field that breaks a documented rule. Decoding takes what the wire holds; the messages' `check()` methods and
/// the composing step of [`delivery`](crate::delivery) say so in this form.
///
/// ```
/// use offline_push::tim::OfflinePushToken;
/// use offline_push::{CheckError, Rule};
///
/// let error = OfflinePushToken::new(6666, "").check().unwrap_err();
/// assert_eq!(error, CheckError::new("offline_push_token_token", Rule::Missing));
/// assert_eq!(error.to_string(), "`offline_push_token_token` is missing or empty");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct CheckError {
    /// Wire name of the field.
    pub field: &'static str,
    /// The rule it breaks.
    pub rule: Rule,
}

impl CheckError {
    /// A broken rule.
    #[must_use]
    pub const fn new(field: &'static str, rule: Rule) -> Self {
        Self { field, rule }
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.field, self.rule)
    }
}

impl core::error::Error for CheckError {}

/// What a vendor demands of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Rule {
    /// It must be there, and not be empty.
    Missing,
    /// At most this many; the unit is the field's (characters, bytes, UTF-16 units), see its documentation.
    TooLong {
        /// The limit.
        max: u32,
    },
    /// At most this many entries.
    TooMany {
        /// The limit.
        max: u32,
    },
    /// A number in this range.
    OutOfRange {
        /// The least value allowed.
        min: i64,
        /// The greatest value allowed.
        max: i64,
    },
    /// One of the documented values.
    UnknownValue,
    /// A URL that begins with `http://` or `https://`.
    NotWebUrl,
    /// A URL that begins with `https://`.
    NotHttpsUrl,
    /// A URI with a scheme: `intent:…` or the app's own.
    NotIntentUri,
    /// Text; JSON carries no other bytes.
    NotText,
    /// Text of characters that XML 1.0 can carry.
    NotXml,
    /// The full name of a Java class.
    NotClassName,
    /// A JSON object.
    NotObject,
    /// Every key at most once.
    DuplicateKey,
    /// Not together with another field.
    Conflict {
        /// Wire name of the other field; `certificate` for a device token of another certificate.
        with: &'static str,
    },
    /// Not in this request, or not for this vendor.
    NotAllowed,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing or empty"),
            Self::TooLong { max } => write!(f, "is longer than {max}"),
            Self::TooMany { max } => write!(f, "has more than {max} entries"),
            Self::OutOfRange { min, max } => write!(f, "is not in {min}..={max}"),
            Self::UnknownValue => f.write_str("has a value that is not documented"),
            Self::NotWebUrl => f.write_str("does not begin with http:// or https://"),
            Self::NotHttpsUrl => f.write_str("does not begin with https://"),
            Self::NotIntentUri => f.write_str("is not a URI with a scheme"),
            Self::NotText => f.write_str("is not text"),
            Self::NotXml => f.write_str("has a character that XML does not allow"),
            Self::NotClassName => f.write_str("is not the full name of a Java class"),
            Self::NotObject => f.write_str("is not a JSON object"),
            Self::DuplicateKey => f.write_str("has a duplicate key"),
            Self::Conflict { with } => write!(f, "conflicts with `{with}`"),
            Self::NotAllowed => f.write_str("is not allowed here"),
        }
    }
}

/// Passes if `rule` is not broken.
pub(crate) fn ensure(holds: bool, field: &'static str, rule: Rule) -> Result<(), CheckError> {
    if holds { Ok(()) } else { Err(CheckError::new(field, rule)) }
}

/// Passes text of at most `max` of whatever `length` counts.
pub(crate) fn at_most(length: usize, max: u32, field: &'static str) -> Result<(), CheckError> {
    ensure(u32::try_from(length).is_ok_and(|length| length <= max), field, Rule::TooLong { max })
}

/// Passes text that is there and not empty.
pub(crate) fn present(text: &str, field: &'static str) -> Result<(), CheckError> {
    ensure(!text.is_empty(), field, Rule::Missing)
}

/// Passes an absent number or one within the range.
pub(crate) fn within(number: Option<i64>, min: i64, max: i64, field: &'static str) -> Result<(), CheckError> {
    let holds = number.is_none_or(|number| (min..=max).contains(&number));
    ensure(holds, field, Rule::OutOfRange { min, max })
}
