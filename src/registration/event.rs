//! What the app tells the state machine.

use super::reg_id::RegId;
use crate::tim::ErrorCode;
use crate::vivo::PushState;

/// Identifies a report, so that a late reply is not taken for the reply to a newer report. Each
/// [`TokenReport`](super::TokenReport) has its own; the numbers start again after 2^32 reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Generation(u32);

impl Generation {
    /// The generation for a number from [`get`](Self::get). A C callback can carry the number in its `user_data`.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    pub(super) const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// Something that has happened, for [`Registration::handle`](super::Registration::handle).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Event<'a> {
    /// The answer to `turnOnPush`: `onStateChanged` of the vivo SDK (the guide's step 3.4). Do not pass answers to other calls: a
    /// 0 looks the same for each of them.
    #[doc(alias = "turnOnPush")]
    #[doc(alias = "onStateChanged")]
    TurnOn(PushState),
    /// The phone's regId: the result of `getRegId()`, or the argument of `onReceiveRegId`, which is also called when the regId
    /// has changed (the guide's step 3.3).
    #[doc(alias = "setThirdPushToken")]
    RegId(RegId<'a>),
    /// The user has logged in to IM. Log out before changing accounts: a login without a logout before it counts as the same
    /// account.
    Login,
    /// The user has logged out, or the login has expired: IM no longer pushes to this phone (the guide's step 5).
    Logout,
    /// IM has logged the user out, because of a login on another device. Handled like [`Logout`](Self::Logout); a variant of its
    /// own for logs.
    #[doc(alias = "onForceOffline")]
    #[doc(alias = "onKickedOffline")]
    Kicked,
    /// IM has accepted a report: `onSuccess` of `setOfflinePushToken`.
    ReportSucceeded(Generation),
    /// IM has refused a report, or has not received it: `onError` of `setOfflinePushToken`. If no reply arrives, pass
    /// [`ErrorCode::TIMEOUT`].
    ReportFailed(Generation, ErrorCode),
    /// The pause of [`Timing::BackOff`](super::Timing::BackOff) is over; or, after 1001, the day is over whose calls were used
    /// up.
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
