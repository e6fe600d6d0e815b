//! What the state machine asks the app to do.

use core::time::Duration;

use super::event::Generation;
use crate::tim::{ErrorCode, OfflinePushToken};
use crate::vivo::PushState;

/// What the app must do now. Timers that an earlier action started keep running.
///
/// [`Report`](Self::Report) borrows the regId from the state machine: encode the token, keep the generation, and drop the action
/// before the next event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "the state machine does nothing by itself"]
pub enum RegistrationAction<'a> {
    /// Nothing to do.
    Wait,
    /// Call `getRegId()` of the vivo SDK and pass its result to the state machine. The result may still be empty (newer SDKs
    /// answer a query); `onReceiveRegId` then brings the regId.
    #[doc(alias = "getRegId")]
    ReadRegId,
    /// Call `turnOnPush` of the vivo SDK. Call `initialize()` before it if the state asked for that
    /// ([`StateAdvice::InitializeAgain`](crate::vivo::StateAdvice::InitializeAgain)). With [`Timing::BackOff`] and
    /// [`Timing::NextLogin`], do not call it yet: the state machine asks again with [`Timing::Now`] when it is time.
    #[doc(alias = "turnOnPush")]
    TurnOn(Timing),
    /// Report this token to IM now, and pass the result to the state machine.
    #[doc(alias = "setOfflinePushToken")]
    #[doc(alias = "setPushTokenToTIM")]
    Report(TokenReport<'a>),
    /// The report must be repeated later: the state machine will ask with [`Report`](Self::Report).
    Retry(Timing),
    /// Push is unavailable. Use another channel or escalate, depending on the reason.
    GiveUp(GiveUpReason),
}

impl RegistrationAction<'_> {
    /// When to act; `None` if there is nothing to do.
    #[must_use]
    pub const fn timing(&self) -> Option<Timing> {
        match self {
            Self::Wait | Self::GiveUp(_) => None,
            Self::ReadRegId | Self::Report(_) => Some(Timing::Now),
            Self::TurnOn(timing) | Self::Retry(timing) => Some(*timing),
        }
    }

    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::ReadRegId => "read_reg_id",
            Self::TurnOn(_) => "turn_on",
            Self::Report(_) => "report",
            Self::Retry(_) => "retry",
            Self::GiveUp(_) => "give_up",
        }
    }
}

/// A token to report to IM.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct TokenReport<'a> {
    /// The regId and the certificate id.
    pub token: OfflinePushToken<'a>,
    /// Identifies the report. Pass it back with the result.
    pub generation: Generation,
}

/// When to perform an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Timing {
    /// Immediately.
    Now,
    /// After a pause: start a timer, which replaces any earlier one, and pass
    /// [`Event::Timer`](crate::registration::Event::Timer) to the state machine when it expires. The number is the number of
    /// consecutive failures, starting at 1.
    BackOff(u32),
    /// After the next [`Event::Login`](crate::registration::Event::Login): the state machine then asks again. After 1001, a
    /// `turnOnPush` also becomes possible when a timer expires, if the app starts one for the next day.
    NextLogin,
}

impl Timing {
    /// The longest pause that [`delay`](Self::delay) suggests: one hour.
    pub const MAX_DELAY: Duration = Duration::from_secs(3600);

    /// How long to wait; `None` for [`NextLogin`](Self::NextLogin), which does not depend on a clock.
    ///
    /// The pause is a suggestion of this crate: [`PushState::MIN_CALL_INTERVAL`] (two seconds) after the first failure, doubled
    /// with each further failure, up to [`MAX_DELAY`](Self::MAX_DELAY). Any other pause works too, if it is at least two
    /// seconds: vivo refuses more frequent calls.
    ///
    /// ```
    /// use offline_push::registration::Timing;
    ///
    /// let seconds = |timing: Timing| timing.delay().map(|delay| delay.as_secs());
    /// let pauses = [1, 2, 3, 11, 12].map(|n| seconds(Timing::BackOff(n)));
    /// assert_eq!(pauses, [2, 4, 8, 2048, 3600].map(Some));
    /// assert_eq!(seconds(Timing::Now), Some(0));
    /// assert_eq!(seconds(Timing::NextLogin), None);
    /// ```
    #[must_use]
    pub fn delay(self) -> Option<Duration> {
        match self {
            Self::Now => Some(Duration::ZERO),
            Self::BackOff(failures) => {
                let factor = 1u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
                Some(PushState::MIN_CALL_INTERVAL.saturating_mul(factor).min(Self::MAX_DELAY))
            }
            Self::NextLogin => None,
        }
    }
}

/// Why push is unavailable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum GiveUpReason {
    /// vivo push does not work on this phone or for this app. [`PushState::advice`] tells who can change that.
    TurnOn(PushState),
    /// IM refuses this regId or this certificate id. The state machine tries again at the next login or with a new regId.
    /// With 22001, the certificate may have been saved less than ten minutes ago.
    Report(ErrorCode),
}

impl GiveUpReason {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TurnOn(_) => "turn_on",
            Self::Report(_) => "report",
        }
    }
}
