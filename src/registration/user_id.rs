//! The user who is logged in to IM.

use core::fmt;

use crate::json::Redacted;

/// The id of an IM user: the `UserID` that the app passes to the login of the IM SDK (`identifier` in older SDKs). Any text is
/// accepted. `Debug` and `defmt` show `***`.
///
/// The state machine stores no user id, only a 64-bit digest of it (FNV-1a over the bytes, case-sensitive). It compares the
/// digests of two logins to tell whether both are logins of the same user. Two ids have the same digest with a probability of 2^-64. The
/// digest does not protect against somebody who chooses an id with a given digest; such a person would have to log in on the
/// phone of the other user.
///
/// ```
/// use offline_push::registration::{Event, UserId};
///
/// let login = Event::Login(UserId::new("alice"));
/// assert_eq!(format!("{login:?}"), r#"Login(UserId("***"))"#);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "UserID")]
#[doc(alias = "identifier")]
pub struct UserId<'a>(&'a str);

impl<'a> UserId<'a> {
    /// The id of a user. Nothing is checked.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The id.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    pub(super) const fn digest(self) -> u64 {
        fnv_1a(self.0.as_bytes())
    }
}

/// The 64-bit FNV-1a digest of the bytes (draft-eastlake-fnv).
pub(super) const fn fnv_1a(mut bytes: &[u8]) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325;
    while let [first, rest @ ..] = bytes {
        digest = (digest ^ *first as u64).wrapping_mul(0x0100_0000_01b3);
        bytes = rest;
    }
    digest
}

impl<'a> From<&'a str> for UserId<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for UserId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UserId").field(&Redacted::Secret).finish()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for UserId<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "UserId({})", Redacted::Secret);
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for UserId<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self(u.arbitrary()?))
    }
}
