//! Why a text is no intent URI, and why an intent cannot be written as one.

use core::fmt;

use crate::bytes::BufferFull;

/// A URI that Android's `Intent.parseUri` throws at, and where.
///
/// ```
/// use offline_push::intent::{Intent, IntentErrorKind};
///
/// let error = Intent::parse("intent:#Intent;launchFlags=4x;end").unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (IntentErrorKind::NotANumber, 27));
/// assert_eq!(error.to_string(), "not a number of the field's type at byte 27");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct IntentError {
    kind: IntentErrorKind,
    offset: usize,
}

impl IntentError {
    pub(super) const fn new(kind: IntentErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> IntentErrorKind {
        self.kind
    }

    /// Where, in bytes from the start of the URI: the field, or the value in it.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for IntentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.kind.description(), self.offset)
    }
}

impl core::error::Error for IntentError {}

/// What is wrong with an intent URI; in brackets what Android throws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum IntentErrorKind {
    /// A field without its `;`, or no `end` ("uri end not found"; older versions: "illegal Intent URI format").
    NoEnd,
    /// A field of no known name and type, such as EMUI's `launchHwFlags` ("unknown EXTRA type").
    UnknownField,
    /// An extra without `=` ("illegal Intent URI format", unless a later field has one: then Android reads up to that
    /// one as the extra's key).
    NoValue,
    /// A number that is none or out of its type's range (`NumberFormatException`).
    NotANumber,
    /// A `c.` extra without a character ("illegal Intent URI format"), or with one beyond the basic plane, of which Android
    /// keeps half.
    NotAChar,
    /// `android-app:` with nothing or a single `/` behind it ("illegal Intent URI format").
    NoPackage,
    /// The form of before 2009, `#action(…)launchFlags(…)…`. Android still reads it, this crate does not.
    LegacyForm,
    /// More than [`MAX_ENTRIES`](super::MAX_ENTRIES) extras or categories. Android has no bound.
    TooMany,
}

impl IntentErrorKind {
    /// The reason in words.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::NoEnd => "a field without `;`, or no `end`,",
            Self::UnknownField => "unknown field or type of extra",
            Self::NoValue => "an extra without value",
            Self::NotANumber => "not a number of the field's type",
            Self::NotAChar => "not one character",
            Self::NoPackage => "no package behind android-app:",
            Self::LegacyForm => "the old form #action(…) is not supported,",
            Self::TooMany => "too many extras or categories",
        }
    }
}

/// Why an intent cannot be written as a URI that reads as the same intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum BuildError {
    /// The buffer is too short.
    BufferFull(BufferFull),
    /// A component without class, or with a `/` in its package.
    Component,
    /// No decimal or hexadecimal number as Java reads floats.
    NotANumber,
    /// A `c.` extra beyond the basic plane, which Java's `char` does not hold.
    NotAChar,
    /// An `android-app:` URI names the package first (Android: "Intent must include an explicit package name").
    NoPackage,
    /// Data that the form has no place for: in `android-app:` anything but `scheme:` and `scheme://authority/…`; in a
    /// selector anything but `scheme:`; in the plain form data that begins with `intent:` or `android-app:`.
    Data,
    /// A selector together with a package: Android's setter refuses the pair, and its reader drops the selector.
    SelectorAndPackage,
    /// More than [`MAX_ENTRIES`](super::MAX_ENTRIES) extras or categories.
    TooMany,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BufferFull(error) => return error.fmt(f),
            Self::Component => "a component needs a package without `/`, and a class",
            Self::NotANumber => "no number as Java reads floats",
            Self::NotAChar => "no character of the basic plane",
            Self::NoPackage => "an android-app URI needs a package",
            Self::Data => "the data cannot be written in this form",
            Self::SelectorAndPackage => "a selector and a package exclude each other",
            Self::TooMany => "too many extras or categories",
        })
    }
}

impl core::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::BufferFull(error) => Some(error),
            _ => None,
        }
    }
}

impl From<BufferFull> for BuildError {
    fn from(error: BufferFull) -> Self {
        Self::BufferFull(error)
    }
}
