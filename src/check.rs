//! Errors for fields that break a documented rule.

use core::fmt;

/// A field that breaks a documented rule.
///
/// Decoding accepts any value of the right type. The `check` methods of messages, `try_new` and
/// [`compose`](crate::delivery::compose) return this error.
///
/// ```
/// use offline_push::registration::RegId;
/// use offline_push::{CheckError, Rule};
///
/// let error = RegId::try_new("").unwrap_err();
/// assert_eq!(error, CheckError::new("offline_push_token_token", Rule::Missing));
/// assert_eq!((error.field(), error.rule()), ("offline_push_token_token", Rule::Missing));
/// assert_eq!(error.to_string(), "`offline_push_token_token` is missing or empty");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct CheckError {
    field: &'static str,
    rule: Rule,
}

impl CheckError {
    /// An error for a field and the rule that it breaks.
    #[must_use]
    pub const fn new(field: &'static str, rule: Rule) -> Self {
        Self { field, rule }
    }

    /// Wire name of the field.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// The rule that the field breaks.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.field, self.rule)
    }
}

impl core::error::Error for CheckError {}

/// A rule that a field breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Rule {
    /// The field is required and must not be empty.
    Missing,
    /// The text is too long. The field's documentation states the unit (characters, bytes or UTF-16 units).
    TooLong {
        /// The maximum.
        max: u32,
    },
    /// There are too many entries.
    TooMany {
        /// The maximum.
        max: u32,
    },
    /// The number is out of range.
    OutOfRange {
        /// The minimum.
        min: i64,
        /// The maximum.
        max: i64,
    },
    /// The value is not documented.
    UnknownValue,
    /// The text is not a URL that starts with `http://` or `https://`.
    NotWebUrl,
    /// The text is not a URL that starts with `https://`.
    NotHttpsUrl,
    /// The text is not an intent URI with the scheme `intent:` or with the app's own scheme.
    NotIntentUri,
    /// The bytes are not text, which JSON requires.
    NotText,
    /// The text has a character that XML 1.0 does not allow.
    NotXml,
    /// The text is not the full name of a Java class.
    NotClassName,
    /// The value is not a JSON object.
    NotObject,
    /// A key occurs more than once.
    DuplicateKey,
    /// A value occurs more than once.
    NotUnique,
    /// The field must not be set together with another field.
    Conflict {
        /// Wire name of the other field. It is `certificate.id` if a device token belongs to another certificate.
        with: &'static str,
    },
    /// The field or value is not allowed in this request or for this vendor.
    NotAllowed,
}

impl Rule {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too_long",
            Self::TooMany { .. } => "too_many",
            Self::OutOfRange { .. } => "out_of_range",
            Self::UnknownValue => "unknown_value",
            Self::NotWebUrl => "not_web_url",
            Self::NotHttpsUrl => "not_https_url",
            Self::NotIntentUri => "not_intent_uri",
            Self::NotText => "not_text",
            Self::NotXml => "not_xml",
            Self::NotClassName => "not_class_name",
            Self::NotObject => "not_object",
            Self::DuplicateKey => "duplicate_key",
            Self::NotUnique => "not_unique",
            Self::Conflict { .. } => "conflict",
            Self::NotAllowed => "not_allowed",
        }
    }
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
            Self::NotUnique => f.write_str("is not unique"),
            Self::Conflict { with } => write!(f, "conflicts with `{with}`"),
            Self::NotAllowed => f.write_str("is not allowed here"),
        }
    }
}

/// Takes the rules that are broken. An error from it ends the check.
pub trait Broken: FnMut(CheckError) -> Result<(), CheckError> {}

impl<F: FnMut(CheckError) -> Result<(), CheckError>> Broken for F {}

/// A message with rules that a value of the right type may break. Every message that has a method `check` implements this trait.
pub trait CheckAll {
    /// Calls `broken` with each rule that is broken, and continues while `broken` returns `Ok`. The `check` methods call it with `Err`,
    /// which ends at the first one. It returns the error of `broken`, or the last rule, which it does not pass to `broken`.
    #[doc(hidden)]
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError>;

    /// Calls `broken` with every rule that is broken, in the order in which the message's `check` tests them: `check` returns
    /// the first broken rule. Of the rules for one text, number or list of texts, only the first broken rule is reported. The
    /// same rule is reported again for each object of a list that breaks it.
    ///
    /// ```
    /// use offline_push::vivo::{Notification, NotifyType, SkipType};
    /// use offline_push::{CheckAll, CheckError, Rule};
    ///
    /// let push = Notification::new("title", " ", "request-1")
    ///     .reg_id("12345678901234567890123")
    ///     .notify_type(NotifyType::new(9))
    ///     .skip_type(SkipType::OPEN_APP);
    /// let mut errors = Vec::new();
    /// push.check_all(|error| errors.push(error));
    /// let range = Rule::OutOfRange { min: 1, max: 4 };
    /// assert_eq!(errors, [CheckError::new("notifyType", range), CheckError::new("content", Rule::Missing)]);
    /// ```
    fn check_all(&self, mut broken: impl FnMut(CheckError)) {
        let mut report = |error| {
            broken(error);
            Ok(())
        };
        let last = self.check_each(&mut report);
        if let Err(error) = last {
            broken(error);
        }
    }
}

/// An error unless the rule is kept.
pub(crate) fn ensure(kept: bool, field: &'static str, rule: Rule) -> Result<(), CheckError> {
    if kept { Ok(()) } else { Err(CheckError::new(field, rule)) }
}

/// True for text of visible ASCII: no spaces, no control characters.
pub(crate) const fn is_visible_ascii(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    while let [first, rest @ ..] = bytes {
        if !first.is_ascii_graphic() {
            return false;
        }
        bytes = rest;
    }
    true
}

/// An error unless the text has visible ASCII only.
pub(crate) fn visible(text: &str, field: &'static str) -> Result<(), CheckError> {
    ensure(is_visible_ascii(text), field, Rule::UnknownValue)
}

/// An error if a length is over the maximum, in the unit of the field.
pub(crate) fn at_most(length: usize, max: u32, field: &'static str) -> Result<(), CheckError> {
    ensure(u32::try_from(length).is_ok_and(|length| length <= max), field, Rule::TooLong { max })
}

/// An error if the text is empty.
pub(crate) fn present(text: &str, field: &'static str) -> Result<(), CheckError> {
    ensure(!text.is_empty(), field, Rule::Missing)
}

/// An error if there is a number outside the range.
pub(crate) fn within(number: Option<i64>, min: i64, max: i64, field: &'static str) -> Result<(), CheckError> {
    let in_range = number.is_none_or(|number| (min..=max).contains(&number));
    ensure(in_range, field, Rule::OutOfRange { min, max })
}
