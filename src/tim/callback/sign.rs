//! The signature of a webhook.

use core::fmt;
use core::hint::black_box;
use core::time::Duration;

use sha2::{Digest, Sha256};

use super::query::Query;
use crate::digits::hex;

/// The signature of a webhook: the SHA-256 of the token and `RequestTime`, in lower-case hex.
///
/// You enter the token in the console. `Debug` and `defmt` show `***`; [`as_str`](Self::as_str) returns the digits.
///
/// Source: webhook overview. Its example is printed with the token `xxxyyy`, but has the signature of `xxxxyyyy`.
///
/// ```
/// use offline_push::tim::callback::CallbackSign;
///
/// let sign = CallbackSign::new("xxxxyyyy", "1669872112");
/// assert_eq!(sign.as_str(), "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061");
/// ```
#[derive(Clone, Copy)]
pub struct CallbackSign([u8; Self::LEN]);

impl CallbackSign {
    /// Length in bytes.
    pub const LEN: usize = 64;

    /// The signature of a call at this time, which is the Unix time in seconds, as text. This is for tests of a receiver.
    #[must_use]
    pub fn new(token: &str, request_time: &str) -> Self {
        let mut digest = Sha256::new();
        digest.update(token);
        digest.update(request_time);
        let mut text = [0; Self::LEN];
        hex(&digest.finalize(), &mut text);
        Self(text)
    }

    /// The 64 hex digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Hex digits are ASCII, so this never fails.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether a received signature is this one, with digits in either letter case. The time that the comparison takes depends
    /// only on the length of the text.
    #[must_use]
    pub fn matches(&self, received: &str) -> bool {
        if received.len() != Self::LEN {
            return false;
        }
        let pairs = self.0.iter().zip(received.bytes());
        // `black_box` stops the compiler from leaving the loop at the first difference.
        pairs.fold(0, |differs, (own, other)| black_box(differs | (own ^ other.to_ascii_lowercase()))) == 0
    }
}

impl fmt::Debug for CallbackSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallbackSign(***)")
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for CallbackSign {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "CallbackSign(***)");
    }
}

/// Why the signature of a webhook is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum SignError {
    /// The query has no `Sign` or no `RequestTime`: the console has no token, or the call is not Tencent's.
    Missing,
    /// The signature is not that of the token, or the token is empty.
    Wrong,
    /// The signature is right, but the call is older, or further in the future, than allowed: it may be a replay.
    Expired,
}

impl SignError {
    /// A stable name in `snake_case`, for metrics and logs. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Wrong => "wrong",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "`Sign` or `RequestTime` is missing",
            Self::Wrong => "`Sign` is not the signature of the token",
            Self::Expired => "`RequestTime` is too far from now",
        })
    }
}

impl core::error::Error for SignError {}

impl Query<'_> {
    /// Verifies the signature. Feature `webhook-sign`.
    ///
    /// `token` is what you entered as the token in the console, and `now` is the Unix time in seconds. The time of the call may be up
    /// to `max_age` before or after `now`; Tencent's page states no maximum age. Five minutes allow for clocks that differ and for a
    /// delayed call.
    ///
    /// The signature covers the token and the time alone, not the command and not the body. So anybody who sees one call can forge
    /// others until it expires: use HTTPS, and keep query strings out of logs.
    ///
    /// # Errors
    ///
    /// [`SignError`]. An empty token is never accepted, because anyone can sign with it.
    ///
    /// ```
    /// use core::time::Duration;
    /// use offline_push::tim::callback::{Query, SignError};
    ///
    /// let query = Query::parse(
    ///     "SdkAppid=1&CallbackCommand=Push.OfflinePush&contenttype=json&RequestTime=1669872112\
    ///      &Sign=17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061",
    /// );
    /// let five_minutes = Duration::from_secs(300);
    /// assert_eq!(query.verify("xxxxyyyy", 1_669_872_100, five_minutes), Ok(()));
    /// assert_eq!(query.verify("xxxxyyyy", 1_669_872_413, five_minutes), Err(SignError::Expired));
    /// assert_eq!(query.verify("another", 1_669_872_100, five_minutes), Err(SignError::Wrong));
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "webhook-sign")))]
    pub fn verify(&self, token: &str, now: u64, max_age: Duration) -> Result<(), SignError> {
        let (Some(sign), Some(request_time)) = (self.sign, self.request_time) else {
            return Err(SignError::Missing);
        };
        if token.is_empty() || !CallbackSign::new(token, request_time).matches(sign) {
            return Err(SignError::Wrong);
        }
        let age = request_time.parse().map(|time: u64| now.abs_diff(time));
        if age.is_ok_and(|age| age <= max_age.as_secs()) { Ok(()) } else { Err(SignError::Expired) }
    }
}
