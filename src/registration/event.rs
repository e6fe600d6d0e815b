//! What the app tells the state machine.

use super::reg_id::RegId;
use super::user_id::UserId;
use crate::tim::ErrorCode;
use crate::vivo::PushState;

/// Identifies a report, so that a late reply is not mistaken for the reply to a newer report. Each
/// [`TokenReport`](super::TokenReport) has its own generation; the numbers start again after 2^32 reports.
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
    /// The app has started: `onCreate` of its `Application` (the guide's step 3.4).
    ///
    /// Pass it once in each run of the app, and in the main process only (`SessionWrapper.isMainProcess` in the guide). Android
    /// calls `onCreate` in every process of the app, including that of a push service. A second state machine in another process
    /// does not know what the first one has reported: both turn push on and report the same token, which uses up the calls that
    /// vivo (1001) and IM (22006) allow.
    #[doc(alias = "onCreate")]
    #[doc(alias = "isMainProcess")]
    Started,
    /// The app has called `initialize()`, as [`RegistrationAction::Initialize`](super::RegistrationAction::Initialize) requests.
    /// If the call threw an exception, pass [`TurnOn`](Self::TurnOn) with [`PushState::INIT_FAILED`] instead.
    Initialized,
    /// The answer to `turnOnPush`: `onStateChanged` of the vivo SDK (the guide's step 3.4). Do not pass answers to other calls: a
    /// 0 looks the same for each of them.
    #[doc(alias = "turnOnPush")]
    #[doc(alias = "onStateChanged")]
    TurnOn(PushState),
    /// The app has turned push off with `turnOffPush` or `deleteRegid`, for example because the user wants no push. The regId
    /// is forgotten, and push stays off. To turn push on again, call `turnOnPush` and pass its answer as
    /// [`TurnOn`](Self::TurnOn).
    #[doc(alias = "turnOffPush")]
    #[doc(alias = "deleteRegid")]
    TurnedOff,
    /// The phone's regId: the result of `getRegId()`, or the argument of `onReceiveRegId`, which is also called when the regId
    /// has changed (the guide's step 3.3).
    #[doc(alias = "setThirdPushToken")]
    RegId(RegId<'a>),
    /// `getRegId()` has returned empty text: there is no regId yet, or there is no longer a regId. A stored regId is forgotten, and push is
    /// turned on again after a pause. In this case, the guide's sample returns without a report ("third token is empty").
    NoRegId,
    /// vivo's server no longer knows this regId: it answered a push with 10302
    /// ([`Advice::DropToken`](crate::vivo::Advice::DropToken)), and the app has learned of this. If this is the stored regId,
    /// the state machine forgets it, and turns push on to get a new regId. If vivo's SDK returns the same regId again, the
    /// state machine reports it again.
    TokenDropped(RegId<'a>),
    /// A user has logged in to IM. If it is not the user of the last report, the token is reported for this user, even
    /// without a logout in between. A second login of the same user causes a report only if no report of this token has
    /// succeeded or is in progress.
    Login(UserId<'a>),
    /// The user has logged out, or the login has expired: IM no longer pushes to this phone (the guide's step 5).
    Logout,
    /// IM has logged the user out, because of a login on another device. This event is handled like [`Logout`](Self::Logout);
    /// it is a separate variant only for logs.
    #[doc(alias = "onForceOffline")]
    #[doc(alias = "onKickedOffline")]
    Kicked,
    /// IM has accepted a report: `onSuccess` of `setOfflinePushToken`.
    ReportSucceeded(Generation),
    /// IM has refused a report, or has not received it: `onError` of `setOfflinePushToken`. If no reply arrives, pass
    /// [`ErrorCode::TIMEOUT`].
    ReportFailed(Generation, ErrorCode),
    /// The pause of [`Timing::After`](super::Timing::After) is over.
    Timer,
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Event<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(match u.int_in_range(0..=12)? {
            0 => Self::TurnOn(u.arbitrary()?),
            1 => Self::RegId(u.arbitrary()?),
            2 => Self::Login(u.arbitrary()?),
            3 => Self::Logout,
            4 => Self::Kicked,
            5 => Self::ReportSucceeded(Generation(u.arbitrary()?)),
            6 => Self::ReportFailed(Generation(u.arbitrary()?), u.arbitrary()?),
            7 => Self::Started,
            8 => Self::Initialized,
            9 => Self::TurnedOff,
            10 => Self::NoRegId,
            11 => Self::TokenDropped(u.arbitrary()?),
            _ => Self::Timer,
        })
    }
}
