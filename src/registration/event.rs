//! What the machine is told.

use core::fmt;

use crate::check::{CheckError, Rule, ensure};
use crate::json::Redacted;
use crate::tim::{ErrorCode, OfflinePushToken};
use crate::vivo::PushState;

/// The name of this phone at vivo: not empty, at most 256 bytes. A secret, shown as `***`.
///
/// Two forms are known: 23 digits, and `v2-` with base64url text behind it. No document promises either; so nothing is
/// looked at but the length, and that it is visible ASCII, as every vendor's token is.
///
/// ```
/// use offline_push::registration::RegId;
///
/// let reg_id = RegId::new("12345678901234567890123")?;
/// assert_eq!(reg_id.as_str().len(), 23);
/// assert_eq!(format!("{reg_id:?}"), r#"RegId("***")"#);
/// assert!(RegId::new("").is_err()); // getRegId() has none yet
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "regId")]
#[doc(alias = "getRegId")]
#[doc(alias = "onReceiveRegId")]
pub struct RegId<'a>(&'a str);

impl<'a> RegId<'a> {
    /// Checks a regId as [`OfflinePushToken::check`] checks the token that it will be, and as
    /// [`Notification::check`](crate::vivo::Notification::check) will: a phone whose regId vivo cannot be sent is better told
    /// now.
    ///
    /// # Errors
    ///
    /// Empty text (the IM SDK would say 22003), text of more than [`OfflinePushToken::MAX_TOKEN_LEN`] bytes (22004),
    /// [`Rule::UnknownValue`] for spaces, control characters and anything beyond ASCII.
    pub fn new(text: &'a str) -> Result<Self, CheckError> {
        // The rules of a token hold under any certificate id.
        OfflinePushToken::new(1, text).check()?;
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        ensure(visible, OfflinePushToken::TOKEN, Rule::UnknownValue)?;
        Ok(Self(text))
    }

    /// The regId.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
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
        Self::new(u.arbitrary()?).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}

/// Which report a reply is about. Every [`Report`](crate::registration::Report) has one of its own; the numbers begin
/// anew after 2^32 reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Generation(u32);

impl Generation {
    /// The generation of a number that [`get`](Self::get) gave. A callback in C carries it in its `user_data`.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    pub(super) const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// Something has happened; [`Registration::handle`](crate::registration::Registration::handle) is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Event<'a> {
    /// `turnOnPush` was answered: `onStateChanged` of the vivo SDK, the guide's step 3.4. Answers to other calls do not
    /// belong here, since a 0 looks the same for each.
    #[doc(alias = "turnOnPush")]
    #[doc(alias = "onStateChanged")]
    TurnOn(PushState),
    /// The phone's regId: the result of `getRegId()`, or the argument of `onReceiveRegId`, which also comes unasked when
    /// the regId has changed (the guide's step 3.3).
    #[doc(alias = "setThirdPushToken")]
    RegId(RegId<'a>),
    /// The user has logged in to IM. To change accounts, log out first: a login on top of a login is taken for the same
    /// account.
    Login,
    /// The user has logged out, or the login has expired: IM pushes nothing to this phone any more (the guide's step 5).
    Logout,
    /// IM has logged the user out, because of a login on another device. The same as [`Logout`](Self::Logout) here, and
    /// a word of its own for logs.
    #[doc(alias = "onForceOffline")]
    #[doc(alias = "onKickedOffline")]
    Kicked,
    /// IM has taken a report: `onSuccess` of `setOfflinePushToken`.
    ReportSucceeded(Generation),
    /// IM has refused a report, or has not got it: `onError` of `setOfflinePushToken`. For a reply that never came, the
    /// caller says [`ErrorCode::TIMEOUT`].
    ReportFailed(Generation, ErrorCode),
    /// The pause that a [`When::Backoff`](crate::registration::When::Backoff) asked for is over; or the day is, whose calls
    /// were used up (1001).
    Timer,
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Event<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(match u.int_in_range(0..=7)? {
            0 => Self::TurnOn(u.arbitrary()?),
            1 => Self::RegId(u.arbitrary()?),
            2 => Self::Login,
            3 => Self::Logout,
            4 => Self::Kicked,
            5 => Self::ReportSucceeded(Generation(u.arbitrary()?)),
            6 => Self::ReportFailed(Generation(u.arbitrary()?), u.arbitrary()?),
            _ => Self::Timer,
        })
    }
}
