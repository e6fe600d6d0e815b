//! What the state machine asks the app to do.

use core::time::Duration;

use super::event::Generation;
use crate::json::{self, EncodeError};
use crate::tim::{ErrorCode, OfflinePushToken};
use crate::vivo::PushState;

/// What the app must do now. Each action contains everything that the app needs for it, so a program is one `match` and
/// stores nothing of its own:
///
/// ```
/// use offline_push::registration::{RegistrationAction, Timing};
///
/// # fn initialize() {}
/// # fn turn_on_push() {}
/// # fn show_privacy_statement() {}
/// # fn get_reg_id() {}
/// # fn set_offline_push_token(token: &offline_push::tim::OfflinePushToken<'_>, report: u32) {}
/// # fn start_timer(delay: core::time::Duration) {}
/// # fn use_another_channel() {}
/// fn perform(action: RegistrationAction<'_>) {
///     match action {
///         RegistrationAction::Initialize(Timing::Now) => initialize(), // then Event::Initialized
///         RegistrationAction::TurnOn(Timing::Now) => turn_on_push(),   // then Event::TurnOn
///         // If the user agrees: initialize again, then Event::Initialized
///         RegistrationAction::AskPrivacyConsent => show_privacy_statement(),
///         RegistrationAction::ReadRegId => get_reg_id(), // then Event::RegId, or NoRegId
///         RegistrationAction::Report(report) => {
///             set_offline_push_token(&report.token, report.generation.get());
///         }
///         RegistrationAction::GiveUp(_) => use_another_channel(),
///         later => {
///             if let Some(Timing::After(delay)) = later.timing() {
///                 start_timer(delay); // then Event::Timer
///             }
///         }
///     }
/// }
/// # perform(RegistrationAction::Wait);
/// ```
///
/// A timer that an earlier action started keeps running until another action starts a new timer.
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
    /// Call `initialize()` of the vivo SDK, and pass [`Event::Initialized`](crate::registration::Event::Initialized). With
    /// [`Timing::After`], start a timer instead: the state machine asks again when the timer expires.
    #[doc(alias = "initialize")]
    Initialize(Timing),
    /// Call `turnOnPush` of the vivo SDK, and pass its answer as [`Event::TurnOn`](crate::registration::Event::TurnOn). With
    /// [`Timing::After`], start a timer instead: the state machine asks again when the timer expires.
    #[doc(alias = "turnOnPush")]
    TurnOn(Timing),
    /// Show vivo's privacy statement to the user, who has not agreed to it yet (104). When the user agrees, initialize the vivo SDK with
    /// `PushConfig.Builder().agreePrivacyStatement(true)`, and pass [`Event::Initialized`](crate::registration::Event::Initialized):
    /// the state machine then turns push on. Until then there is no push: use another channel.
    #[doc(alias = "agreePrivacyStatement")]
    AskPrivacyConsent,
    /// Call `getRegId()` of the vivo SDK and pass its result to the state machine: as
    /// [`Event::RegId`](crate::registration::Event::RegId), or as [`Event::NoRegId`](crate::registration::Event::NoRegId) if
    /// the result is empty. In newer SDKs, this call is a query; `onReceiveRegId` may then deliver the regId later.
    #[doc(alias = "getRegId")]
    ReadRegId,
    /// Report this token to IM now, and pass the result to the state machine.
    #[doc(alias = "setOfflinePushToken")]
    #[doc(alias = "setPushTokenToTIM")]
    Report(TokenReport<'a>),
    /// The report must be repeated later: the state machine will ask for it with [`Report`](Self::Report). With [`Timing::After`],
    /// start a timer.
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
            Self::AskPrivacyConsent | Self::ReadRegId | Self::Report(_) => Some(Timing::Now),
            Self::Initialize(timing) | Self::TurnOn(timing) | Self::Retry(timing) => Some(*timing),
        }
    }

    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Initialize(_) => "initialize",
            Self::TurnOn(_) => "turn_on",
            Self::AskPrivacyConsent => "ask_privacy_consent",
            Self::ReadRegId => "read_reg_id",
            Self::Report(_) => "report",
            Self::Retry(_) => "retry",
            Self::GiveUp(_) => "give_up",
        }
    }
}

/// A token to report to IM.
///
/// The report borrows the regId from the state machine. Code that waits for IM, for example async code, encodes the token first and
/// keeps the [`Generation`] for the reply:
///
/// ```
/// # use core::num::NonZeroU32;
/// use offline_push::registration::{Event, Generation, RegId, Registration};
/// use offline_push::registration::{RegistrationAction, TokenReport, UserId};
///
/// /// Takes the place of the IM SDK.
/// async fn set_offline_push_token(token: &[u8]) -> Result<(), i32> {
///     Ok(())
/// }
///
/// async fn log_in(phone: &mut Registration, user: &str) -> Result<(), offline_push::json::EncodeError> {
///     let mut buffer = [0; TokenReport::MAX_LEN];
///     if let RegistrationAction::Report(report) = phone.handle(Event::Login(UserId::new(user))) {
///         let (generation, length) = report.encode(&mut buffer)?;
///         let reply = match set_offline_push_token(&buffer[..length]).await {
///             Ok(()) => Event::ReportSucceeded(generation),
///             Err(code) => Event::ReportFailed(generation, code.into()),
///         };
///         let _ = phone.handle(reply); // and what it asks for
///     }
///     Ok(())
/// }
/// # let mut phone = Registration::new(NonZeroU32::MIN);
/// # let _ = phone.handle(Event::RegId(RegId::try_new("12345678901234567890123")?));
/// # let mut future = core::pin::pin!(log_in(&mut phone, "alice"));
/// # let context = &mut core::task::Context::from_waker(core::task::Waker::noop());
/// # assert!(future.as_mut().poll(context).is_ready());
/// # use core::future::Future;
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct TokenReport<'a> {
    /// The regId and the certificate id.
    pub token: OfflinePushToken<'a>,
    /// Identifies the report. Pass this value back with the result.
    pub generation: Generation,
}

impl TokenReport<'_> {
    /// Maximum length of the JSON of [`token`](field@Self::token), in bytes: a regId is visible ASCII, and each quote and backslash
    /// in it takes two bytes. A token from elsewhere can be longer: `OfflinePushToken::MAX_ENCODED_LEN`.
    pub const MAX_LEN: usize =
        r#"{"offline_push_token_token":"","offline_push_token_business_id":4294967295}"#.len()
            + 2 * OfflinePushToken::MAX_TOKEN_LEN;

    /// Writes the token as JSON of the C SDK ([`OfflinePushToken`]) into the start of `buffer`. Returns values that borrow
    /// nothing: the generation, and the number of bytes.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] if `buffer` is too short; [`MAX_LEN`](Self::MAX_LEN) bytes are always enough.
    pub fn encode(&self, buffer: &mut [u8]) -> Result<(Generation, usize), EncodeError> {
        let length = json::to_slice(&self.token, buffer)?.len();
        Ok((self.generation, length))
    }
}

/// When to perform an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Timing {
    /// Immediately.
    Now,
    /// After this pause: start a timer, which replaces any earlier one, and pass
    /// [`Event::Timer`](crate::registration::Event::Timer) to the state machine when it expires.
    ///
    /// This crate chooses the pauses: [`PushState::MIN_CALL_INTERVAL`] (two seconds) after the first failure, doubled with
    /// each further failure, up to [`MAX_DELAY`](Self::MAX_DELAY); and [`NEXT_DAY`](Self::NEXT_DAY) after 1001. A longer pause
    /// works too, for example one with a random part, so that not all phones report at the same moment after an outage of IM. A
    /// pause shorter than two seconds does not work: vivo refuses more frequent calls.
    After(Duration),
    /// After the next [`Event::Login`](crate::registration::Event::Login): the state machine then asks again.
    NextLogin,
}

impl Timing {
    /// The longest pause after a failure: one hour.
    pub const MAX_DELAY: Duration = Duration::from_secs(MAX_DELAY as u64);

    /// The pause after 1001, which means that the calls of this day are used up: 24 hours. No document says when vivo's day
    /// begins.
    pub const NEXT_DAY: Duration = Duration::from_secs(DAY as u64);

    /// How long to wait; `None` for [`NextLogin`](Self::NextLogin), which does not depend on a clock.
    ///
    /// ```
    /// use core::time::Duration;
    ///
    /// use offline_push::registration::Timing;
    ///
    /// let pause = Duration::from_secs(2);
    /// assert_eq!(Timing::After(pause).delay(), Some(pause));
    /// assert_eq!(Timing::Now.delay(), Some(Duration::ZERO));
    /// assert_eq!(Timing::NextLogin.delay(), None);
    /// ```
    #[must_use]
    pub const fn delay(self) -> Option<Duration> {
        match self {
            Self::Now => Some(Duration::ZERO),
            Self::After(pause) => Some(pause),
            Self::NextLogin => None,
        }
    }
}

const MAX_DELAY: u32 = 3600;
pub(super) const DAY: u32 = 24 * 3600;

/// The pause after this many failures in a row, in seconds.
pub(super) fn pause(failures: u32) -> u32 {
    const FIRST: u32 = PushState::MIN_CALL_INTERVAL.as_secs() as u32;
    let factor = 1u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST.saturating_mul(factor).min(MAX_DELAY)
}

/// Why push is unavailable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum GiveUpReason {
    /// vivo push does not work on this phone or for this app. [`PushState::advice`] says who can change that.
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
