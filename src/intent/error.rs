//! Errors of reading and writing intent URIs.

use core::fmt;

use crate::bytes::BufferFull;

/// Why a URI cannot be read as an intent, and the position of the error. Android's `Intent.parseUri` throws an exception for such a URI.
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

    /// The kind of error.
    #[must_use]
    pub const fn kind(&self) -> IntentErrorKind {
        self.kind
    }

    /// Position of the field or its value, in bytes from the start of the URI.
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

/// The kinds of errors in an intent URI. Android's exception is in parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum IntentErrorKind {
    /// A field without `;`, or no `end` ("uri end not found"; older versions: "illegal Intent URI format").
    NoEnd,
    /// A field with an unknown name or type, such as EMUI's `launchHwFlags` ("unknown EXTRA type").
    UnknownField,
    /// An extra without `=` ("illegal Intent URI format"; if a later field has a `=`, Android reads everything up to that `=` as the key).
    NoValue,
    /// Not a number, or a number out of the range of its type (`NumberFormatException`).
    NotANumber,
    /// A `c.` extra without a character ("illegal Intent URI format"), or with a character beyond the Basic Multilingual Plane, of which
    /// Android keeps half.
    NotAChar,
    /// `android-app:` followed by nothing or a single `/` ("illegal Intent URI format").
    NoPackage,
    /// The format used before 2009, `#action(…)launchFlags(…)…`. Android still reads it; this crate does not.
    LegacyForm,
    /// More than [`MAX_ENTRIES`](super::MAX_ENTRIES) extras or categories. Android has no limit.
    TooMany,
}

impl IntentErrorKind {
    /// The reason in human-readable words. The wording is not stable.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::NoEnd => "a field without `;`, or no `end`,",
            Self::UnknownField => "unknown field or type of extra",
            Self::NoValue => "an extra without value",
            Self::NotANumber => "not a number of the field's type",
            Self::NotAChar => "not one character",
            Self::NoPackage => "no package after android-app:",
            Self::LegacyForm => "the old format #action(…) is not supported,",
            Self::TooMany => "too many extras or categories",
        }
    }
}

/// Why an intent, or a part of one, cannot be written as a URI that reads as the same intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum BuildError {
    /// The buffer is too short.
    BufferFull(BufferFull),
    /// The component has no class, or a `/` in its package.
    Component,
    /// The text is not a number that Java reads as a float.
    NotANumber,
    /// The character of the `c.` extra is beyond the Basic Multilingual Plane, so Java's `char` cannot contain it.
    NotAChar,
    /// The package is missing, which an `android-app:` URI requires (Android: "Intent must include an explicit package name").
    NoPackage,
    /// The form cannot contain the data. `android-app:` can contain `scheme:` and `scheme://authority/…` only; a selector can
    /// contain `scheme:` only; the plain form can contain no data that starts with `intent:` or `android-app:`.
    Data,
    /// The intent has both a selector and a package. Android's setter refuses this, and its reader drops the selector.
    SelectorAndPackage,
    /// More than [`MAX_ENTRIES`](super::MAX_ENTRIES) extras or categories.
    TooMany,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BufferFull(error) => return error.fmt(f),
            Self::Component => "a component needs a package without `/`, and a class",
            Self::NotANumber => "not a number that Java reads as a float",
            Self::NotAChar => "not a character of the Basic Multilingual Plane",
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
