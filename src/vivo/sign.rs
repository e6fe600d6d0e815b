//! The signature of an auth request.

use core::fmt;

use md5::{Digest, Md5};

use super::auth::SIGN_LEN;
use crate::bytes::trim;
use crate::digits::{Digits, hex};

/// The signature of an [`AuthRequest`](super::AuthRequest): the MD5 of `appId + appKey + timestamp + appSecret` in lower-case hex.
///
/// vivo's old text trims each part before it joins them; the newer text does not mention white space. This crate trims the key
/// and the secret; values without surrounding white space give the same sign either way. `Debug` and `defmt` show `***`;
/// `Display` and [`as_str`](Self::as_str) return the digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sign([u8; Self::LEN]);

impl Sign {
    /// Length in bytes.
    pub const LEN: usize = SIGN_LEN;

    /// Signs an auth request.
    #[must_use]
    pub fn new(app_id: u64, app_key: &str, timestamp: u64, app_secret: &str) -> Self {
        let mut digest = Md5::new();
        let mut digits = Digits::new();
        digest.update(digits.of(app_id));
        digest.update(trim(app_key));
        digest.update(digits.of(timestamp));
        digest.update(trim(app_secret));
        let mut text = [0; Self::LEN];
        hex(&digest.finalize(), &mut text);
        Self(text)
    }

    /// The 32 hex digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Hex digits are ASCII, so this never fails.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl AsRef<str> for Sign {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sign(***)")
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Sign {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "Sign(***)");
    }
}
