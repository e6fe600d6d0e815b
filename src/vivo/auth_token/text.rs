//! The text of an auth token.

use core::fmt;

use super::AuthTokenNumber;
use crate::bytes::ShortText;
use crate::check::{CheckError, Rule, ensure};
use crate::vivo::auth_header_value;

/// The text of an auth token, with its number: at most `N` bytes, and at most 255. `Debug` and `defmt` show the number only.
///
/// No document gives the length of a token; the sample has 40 characters.
///
/// ```
/// use offline_push::vivo::{AuthToken, AuthTokenLife};
///
/// let mut life = AuthTokenLife::new();
/// let number = life.adopt(0, 0);
/// let token: AuthToken = AuthToken::new(number, "24ojds98fu3jqrioeu982134jieds9fq43u09uaf")?;
/// assert_eq!((token.number(), token.as_str().len()), (number, 40));
/// assert!(!format!("{token:?}").contains("24ojds98"));
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct AuthToken<const N: usize = 128> {
    number: AuthTokenNumber,
    text: ShortText<N>,
}

impl<const N: usize> AuthToken<N> {
    /// A copy of the text of a token.
    ///
    /// # Errors
    ///
    /// As [`auth_header_value`], and [`Rule::TooLong`] for a text that does not fit.
    pub fn new(number: AuthTokenNumber, text: &str) -> Result<Self, CheckError> {
        let max = if N < 255 { N as u32 } else { 255 };
        let mut token = Self { number, text: ShortText::EMPTY };
        ensure(token.text.set(auth_header_value(text)?), "authToken", Rule::TooLong { max })?;
        Ok(token)
    }

    /// The number of the token.
    #[must_use]
    pub const fn number(&self) -> AuthTokenNumber {
        self.number
    }

    /// The text, which is safe as the value of a header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }
}

impl<const N: usize> fmt::Debug for AuthToken<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthToken({}, ***)", self.number.0)
    }
}

#[cfg(feature = "defmt")]
impl<const N: usize> defmt::Format for AuthToken<N> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "AuthToken({=u32}, ***)", self.number.0);
    }
}
