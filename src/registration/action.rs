//! What the machine asks for.

use core::time::Duration;

use super::event::Generation;
use crate::tim::{ErrorCode, OfflinePushToken};
use crate::vivo::PushState;

/// What to do now. Timers that an earlier action asked for keep running.
///
/// A report lends the machine's own regId: encode the token, keep the generation, and let go of the action before the next
/// event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "the machine does nothing by itself"]
pub enum Action<'a> {
    /// Nothing.
    Wait,
    /// Call `getRegId()` of the vivo SDK and tell the machine what it gives. It may still be empty (newer SDKs answer a
    /// query); `onReceiveRegId` will then bring the regId.
    #[doc(alias = "getRegId")]
    ReadRegId,
    /// Call `turnOnPush` of the vivo SDK; before it `initialize()`, where the state said so
    /// ([`StateAdvice::InitializeAgain`](crate::vivo::StateAdvice::InitializeAgain)). With [`When::Backoff`] or
    /// [`When::NextLogin`] it is not called yet: the machine asks again with [`When::Now`] when it is time.
    #[doc(alias = "turnOnPush")]
    TurnOn(When),
    /// Report this token to IM now, and tell the machine how that ended.
    #[doc(alias = "setOfflinePushToken")]
    #[doc(alias = "setPushTokenToTIM")]
    Report(Report<'a>),
    /// The report is to be made again, but not yet: the machine will ask with [`Report`](Self::Report).
    Retry(When),
    /// There will be no push as things are. The way on is another channel, or people: the reason knows.
    GiveUp(Reason),
}

impl Action<'_> {
    /// When to act; `None` if there is nothing to be done, ever.
    #[must_use]
    pub const fn when(&self) -> Option<When> {
        match self {
            Self::Wait | Self::GiveUp(_) => None,
            Self::ReadRegId | Self::Report(_) => Some(When::Now),
            Self::TurnOn(when) | Self::Retry(when) => Some(*when),
        }
    }
}

/// A token on its way to IM.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Report<'a> {
    /// What to report: regId and certificate id.
    pub token: OfflinePushToken<'a>,
    /// Goes with the reply.
    pub generation: Generation,
}

impl<'a> Report<'a> {
    pub(super) const fn new(token: OfflinePushToken<'a>, generation: Generation) -> Self {
        Self { token, generation }
    }
}

/// When something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum When {
    /// At once.
    Now,
    /// After a pause: start a timer, in place of any earlier one, and tell the machine
    /// [`Event::Timer`](crate::registration::Event::Timer) when it has run out. The number counts the failures in a row,
    /// from 1.
    Backoff(u32),
    /// After the next [`Event::Login`](crate::registration::Event::Login), which will be answered accordingly; of a
    /// `turnOnPush` (1001) also when a timer has run out, should the app start one for the new day.
    NextLogin,
}

impl When {
    /// The longest pause that [`delay`](Self::delay) suggests: an hour.
    pub const MAX_DELAY: Duration = Duration::from_secs(3600);

    /// How long to wait; `None` for an event that no clock knows.
    ///
    /// A suggestion of this crate: [`PushState::MIN_CALL_INTERVAL`] (two seconds) after the first failure, doubled with
    /// each further one, up to [`MAX_DELAY`](Self::MAX_DELAY). Another pause does no harm, as long as it is no shorter than
    /// two seconds, below which vivo refuses calls.
    ///
    /// ```
    /// use offline_push::registration::When;
    ///
    /// let seconds = |when: When| when.delay().map(|delay| delay.as_secs());
    /// assert_eq!([1, 2, 3, 11, 12].map(|n| seconds(When::Backoff(n)).unwrap_or(0)), [2, 4, 8, 2048, 3600]);
    /// assert_eq!((seconds(When::Now), seconds(When::NextLogin)), (Some(0), None));
    /// ```
    #[must_use]
    pub fn delay(self) -> Option<Duration> {
        match self {
            Self::Now => Some(Duration::ZERO),
            Self::Backoff(failures) => {
                let factor = 1u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
                Some(PushState::MIN_CALL_INTERVAL.saturating_mul(factor).min(Self::MAX_DELAY))
            }
            Self::NextLogin => None,
        }
    }
}

/// Why there is no push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Reason {
    /// vivo push does not work on this phone, or not for this app; its [`advice`](PushState::advice) says who can
    /// change that.
    TurnOn(PushState),
    /// IM refuses this regId or this certificate id. The machine tries once more at the next login or with a new regId.
    /// With 22001 the certificate may have been saved less than ten minutes ago.
    Report(ErrorCode),
}
