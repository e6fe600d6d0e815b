//! The phone's registration id at vivo.

use core::fmt;

use crate::bytes::copy;
use crate::check::{CheckError, Rule, is_visible_ascii};
use crate::json::Redacted;
use crate::tim::OfflinePushToken;

/// The id of this phone at vivo: 1 to 256 bytes of visible ASCII. It is a secret: `Debug` and `defmt` show `***`.
///
/// Two formats are known: 23 digits, and `v2-` followed by base64url text. No document guarantees them, so only the length and
/// the characters are checked. Every vendor's token consists of visible ASCII.
///
/// ```
/// use offline_push::registration::RegId;
///
/// let reg_id = RegId::try_new("12345678901234567890123")?;
/// assert_eq!(reg_id.as_str().len(), 23);
/// assert_eq!(format!("{reg_id:?}"), r#"RegId("***")"#);
/// assert!(RegId::try_new("").is_err()); // getRegId() has none yet
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "regId")]
#[doc(alias = "getRegId")]
#[doc(alias = "onReceiveRegId")]
pub struct RegId<'a>(&'a str);

impl<'a> RegId<'a> {
    /// Checks a regId by the rules of [`OfflinePushToken::check`] and of
    /// [`Notification::check`](crate::vivo::Notification::check), so that a regId that cannot be sent to vivo later is refused
    /// before it is reported.
    ///
    /// # Errors
    ///
    /// - [`Rule::Missing`] for empty text (the IM SDK would report 22003).
    /// - [`Rule::TooLong`] for text over [`OfflinePushToken::MAX_TOKEN_LEN`] bytes (22004).
    /// - [`Rule::UnknownValue`] for spaces, control characters and non-ASCII text.
    pub const fn try_new(text: &'a str) -> Result<Self, CheckError> {
        const MAX: usize = OfflinePushToken::MAX_TOKEN_LEN;
        let rule = if text.is_empty() {
            Rule::Missing
        } else if text.len() > MAX {
            Rule::TooLong { max: MAX as u32 }
        } else if !is_visible_ascii(text) {
            Rule::UnknownValue
        } else {
            return Ok(Self(text));
        };
        Err(CheckError::new(OfflinePushToken::TOKEN, rule))
    }

    /// The regId.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }
}

impl<'a> TryFrom<&'a str> for RegId<'a> {
    type Error = CheckError;

    fn try_from(text: &'a str) -> Result<Self, CheckError> {
        Self::try_new(text)
    }
}

impl AsRef<str> for RegId<'_> {
    fn as_ref(&self) -> &str {
        self.0
    }
}

/// Writes the regId itself. Use `Debug` for logs: it hides the regId.
impl fmt::Display for RegId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for RegId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RegId").field(&Redacted::Secret).finish()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for RegId<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "RegId({})", Redacted::Secret);
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for RegId<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Self::try_new(u.arbitrary()?).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}

/// A copy of a [`RegId`], or no text.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct StoredRegId {
    bytes: [u8; OfflinePushToken::MAX_TOKEN_LEN],
    length: u16,
}

impl StoredRegId {
    pub(super) const EMPTY: Self = Self { bytes: [0; OfflinePushToken::MAX_TOKEN_LEN], length: 0 };

    pub(super) fn new(reg_id: RegId<'_>) -> Self {
        let mut stored = Self::EMPTY;
        let text = reg_id.as_str().as_bytes();
        // A `RegId` is never longer.
        if let Some(place) = stored.bytes.get_mut(..text.len()) {
            copy(place, text);
            stored.length = text.len() as u16;
        }
        stored
    }

    pub(super) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        core::str::from_utf8(bytes).unwrap_or_default()
    }
}
