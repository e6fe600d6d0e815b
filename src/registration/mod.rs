//! Reports the phone's push token to Tencent IM: initializes vivo's SDK, turns push on, reports the regId, and repeats each step
//! when needed. These are the guide's steps 3.4 and 4.
//!
//! [`Registration`] is a state machine without IO and without a clock. The app passes it what happens ([`Event`]) and does what
//! it asks for ([`RegistrationAction`]). It replaces `ThirdPushTokenMgr` of Tencent's guide and the callbacks around it. Unlike
//! the guide's sample, it reports again when the regId changes, when another user logs in, and after a logout, a kick or a
//! failure. It ignores late replies.
//!
//! ```
//! use core::num::NonZeroU32;
//! use core::time::Duration;
//!
//! use offline_push::registration::{Event, RegId, Registration};
//! use offline_push::registration::{RegistrationAction, State, Timing, UserId};
//! use offline_push::tim::ErrorCode;
//! use offline_push::vivo::PushState;
//!
//! // The guide's VIVO_PUSH_BUZID.
//! let certificate_id = NonZeroU32::new(6666).ok_or("no certificate")?;
//! let mut phone = Registration::new(certificate_id);
//!
//! let action = phone.handle(Event::Started); // onCreate
//! assert_eq!(action, RegistrationAction::Initialize(Timing::Now));
//! let action = phone.handle(Event::Initialized);
//! assert_eq!(action, RegistrationAction::TurnOn(Timing::Now));
//! let action = phone.handle(Event::TurnOn(PushState::new(0)));
//! assert_eq!(action, RegistrationAction::ReadRegId);
//! let reg_id = RegId::try_new("12345678901234567890123")?;
//! let action = phone.handle(Event::RegId(reg_id));
//! assert_eq!(action, RegistrationAction::Wait); // no user is logged in
//!
//! let login = Event::Login(UserId::new("alice"));
//! let RegistrationAction::Report(report) = phone.handle(login) else {
//!     return Err("no report".into());
//! };
//! assert_eq!(report.token.business_id, 6666);
//! assert_eq!(report.token.token, reg_id.as_str());
//! let generation = report.generation; // keep it for the callback
//!
//! let failed = Event::ReportFailed(generation, ErrorCode::new(22002));
//! let in_two_seconds = Timing::After(Duration::from_secs(2));
//! let action = phone.handle(failed);
//! assert_eq!(action, RegistrationAction::Retry(in_two_seconds));
//! let RegistrationAction::Report(again) = phone.handle(Event::Timer) else {
//!     return Err("no report".into());
//! };
//!
//! let generation = again.generation;
//! let action = phone.handle(Event::ReportSucceeded(generation));
//! assert_eq!(action, RegistrationAction::Wait);
//! assert_eq!(phone.state(), State::Bound);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! The documentation of [`RegistrationAction`] shows the one `match` that a program needs. The example `registration` runs it
//! with a simulated SDK.
//!
//! # State
//!
//! The documentation of [`State`] contains the table of all transitions. Besides the state, the state machine stores:
//!
//! - *Whether a user is logged in*: this is the case from a login until a logout, a kick, or 21005 (Tencent IM has no login
//!   of this user). If there was another login after the report, the state machine repeats the report immediately after
//!   21005.
//! - *A digest of the user id* of the last login ([`UserId`]).
//! - *The regId*, until a phone state makes it invalid, for example 104 or 101, or until the app reports that there is no
//!   regId any more. A stored regId is proof that push works, so a `turnOnPush` that fails temporarily changes nothing.
//! - *The generation* of the last report. A report ends with its reply, with a logout, or with the next report; later replies to
//!   it are ignored. A newer report does not cancel an older one, so send both in the order in which they were made.
//! - *How long the pause or the binding lasts*, and whether push was turned on within the last day. The state
//!   machine has no clock: it learns in [`restore`](Registration::restore) how much of this time has passed.
//! - *The number of consecutive failures*, which decides how long [`Timing::After`] is. It is reset by a logout, by a login of
//!   another user, by a new regId, by a report that succeeds, and by whatever makes the regId invalid.
//!
//! # What the caller must do
//!
//! - Keep one state machine for the phone, in the main process ([`Event::Started`] says why).
//! - Keep one timer. [`Timing::After`] starts the timer, which replaces an earlier timer; no action stops it. A timer that expires while
//!   none is expected changes nothing, so you do not have to stop it.
//! - Pass [`PushState::TIMEOUT`] if `turnOnPush` gets no answer. The call is then retried.
//! - If no reply to a report arrives, pass [`ErrorCode::TIMEOUT`](crate::tim::ErrorCode::TIMEOUT) after a time that you
//!   choose, for example 30 seconds. Without it, the state machine waits forever.
//! - After a refusal (`Refused`), passing the same regId again changes nothing: it would be refused again. The next login
//!   causes a new report, because the certificate may have been fixed in the meantime.
//! - In `GivenUp`, nothing is retried. Only a regId, or a successful `turnOnPush` that the app calls by itself, ends this state.
//! - After 104 ([`RegistrationAction::AskPrivacyConsent`]) nothing is retried either, until the user has agreed and the app passes
//!   [`Event::Initialized`], or a successful `turnOnPush`.
//! - Only vivo's SDK is turned on in two calls and answers with a state. For other vendors, make the call that
//!   [`Vendor::start`](crate::Vendor::start) names, and pass the token as [`Event::RegId`]. Pass the logins, the replies and the timer,
//!   too. [`CertificateIds`](crate::CertificateIds) contains the certificate id.
//! - After a restart of the app, start with a new state machine, which reports once after login, even if IM already has the token. Or
//!   save a [`Snapshot`] after each event, and [`restore`](Registration::restore) it: then an app that starts ten times a day
//!   reports once, and keeps its pauses.
//! - If vivo's server refuses the regId (10302), and the app learns of this, pass [`Event::TokenDropped`].

mod action;
mod event;
mod reg_id;
mod snapshot;
mod state;
#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;
mod user_id;

use core::fmt;
use core::num::NonZeroU32;
use core::time::Duration;

use self::action::{DAY, pause};
pub use self::action::{GiveUpReason, RegistrationAction, Timing, TokenReport};
pub use self::event::{Event, Generation};
pub use self::reg_id::RegId;
use self::reg_id::StoredRegId;
pub use self::snapshot::{Snapshot, SnapshotError};
pub use self::state::State;
use self::state::{Input, Step};
pub use self::user_id::UserId;
use crate::json::Redacted;
use crate::tim::{OfflinePushToken, ReportAdvice};
use crate::vivo::{PushState, StateAdvice};

/// State machine that reports one phone's regId to IM and keeps it up to date. The [module](self) documents it.
///
/// It owns a copy of the regId (at most 256 bytes) and a digest of the user id. `Debug` and `defmt` show neither.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "ThirdPushTokenMgr")]
pub struct Registration {
    /// Digest of the user id of the last login.
    user: u64,
    certificate_id: NonZeroU32,
    generation: Generation,
    /// Number of consecutive failures.
    failures: u32,
    /// How long the pause or the state lasts, in seconds; after a restore, how much of that time is left. Used only in states
    /// that end after a time.
    left: u32,
    /// Seconds until `turnOnPush` is called again while a regId is stored.
    on_left: u32,
    /// The last state of the phone that made push impossible. Used in `GivenUp` only.
    gave_up: PushState,
    state: State,
    logged_in: bool,
    /// True if there has been a login since the last report.
    logged_in_since: bool,
    /// True if no timer has been started for the rest of a pause.
    restored: bool,
    /// Empty in states without a regId.
    reg_id: StoredRegId,
}

impl Registration {
    /// A state machine for a phone in an unknown state. The certificate id is the one that the IM console assigned to the app's
    /// certificate for the phone's vendor ([`CertificateIds::id`](crate::CertificateIds::id)).
    #[must_use]
    pub const fn new(certificate_id: NonZeroU32) -> Self {
        Self {
            user: 0,
            certificate_id,
            generation: Generation::new(0),
            failures: 0,
            left: 0,
            on_left: 0,
            gave_up: PushState::SUCCESS,
            state: State::Off,
            logged_in: false,
            logged_in_since: false,
            restored: false,
            reg_id: StoredRegId::EMPTY,
        }
    }

    /// Processes an event and returns what to do.
    pub fn handle(&mut self, event: Event<'_>) -> RegistrationAction<'_> {
        let input = self.read(event);
        self.note(input);
        let (state, step) = self.state.next(input);
        if state != self.state {
            self.restored = false;
            // A state that ends with a timer overwrites it with its pause.
            self.left = DAY;
        }
        self.state = state;
        if !state.has_reg_id() {
            self.reg_id = StoredRegId::EMPTY;
        }
        match step {
            Step::Wait => RegistrationAction::Wait,
            Step::Initialize => RegistrationAction::Initialize(Timing::Now),
            Step::InitializeAfterPause => RegistrationAction::Initialize(self.back_off()),
            Step::TurnOn => RegistrationAction::TurnOn(Timing::Now),
            Step::TurnOnAfterPause => RegistrationAction::TurnOn(self.back_off()),
            Step::TurnOnTomorrow => RegistrationAction::TurnOn(self.wait(DAY)),
            Step::TurnOnAfterRest => RegistrationAction::TurnOn(self.wait(self.left)),
            Step::AskPrivacyConsent => RegistrationAction::AskPrivacyConsent,
            Step::ReadRegId => RegistrationAction::ReadRegId,
            Step::Report => self.report(),
            Step::ReportAfterPause => RegistrationAction::Retry(self.back_off()),
            Step::ReportAfterRest => RegistrationAction::Retry(self.wait(self.left)),
            Step::ReportAfterLogin => RegistrationAction::Retry(Timing::NextLogin),
            Step::GiveUp(reason) => RegistrationAction::GiveUp(reason),
        }
    }

    /// The current state.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// True if a user is logged in to IM, according to the events so far.
    #[must_use]
    pub const fn is_logged_in(&self) -> bool {
        self.logged_in
    }

    /// The token that is or will be reported; `None` while there is no regId.
    #[must_use]
    pub fn token(&self) -> Option<OfflinePushToken<'_>> {
        let token = OfflinePushToken::new(self.certificate_id.get(), self.reg_id.as_str());
        (!token.token.is_empty()).then_some(token)
    }

    /// The certificate id in every report.
    #[must_use]
    pub const fn certificate_id(&self) -> NonZeroU32 {
        self.certificate_id
    }

    /// Reduces an event to what it means in the current state.
    fn read<'e>(&self, event: Event<'e>) -> Input<'e> {
        match event {
            Event::Started => Input::Started { gave_up: GiveUpReason::TurnOn(self.gave_up) },
            Event::Initialized => Input::Initialized { restored: self.restored, on_today: self.on_left > 0 },
            Event::TurnOn(answer) => Self::read_answer(answer),
            Event::TurnedOff => Input::TurnedOff,
            Event::NoRegId => Input::NoRegId,
            Event::TokenDropped(reg_id) if reg_id.as_str() == self.reg_id.as_str() => Input::TokenDropped,
            Event::TokenDropped(_) => Input::Nothing,
            Event::RegId(reg_id) if reg_id.as_str() == self.reg_id.as_str() => Input::Nothing,
            Event::RegId(reg_id) => Input::NewRegId { reg_id, logged_in: self.logged_in },
            Event::Login(user) if user.digest() == self.user => {
                Input::LoginOfSameUser { restored: self.restored }
            }
            Event::Login(user) => Input::LoginOfAnotherUser { digest: user.digest() },
            Event::Logout | Event::Kicked => Input::Logout,
            Event::ReportSucceeded(generation) | Event::ReportFailed(generation, _)
                if self.state != State::Reporting || self.generation != generation =>
            {
                Input::Nothing
            }
            Event::ReportSucceeded(_) => Input::Succeeded,
            Event::ReportFailed(_, code) => match code.report_advice() {
                ReportAdvice::BackOff => Input::FailedForNow,
                ReportAdvice::NextLogin if self.logged_in_since => Input::LoggedInAgain,
                ReportAdvice::NextLogin => Input::NotLoggedIn,
                ReportAdvice::GiveUp => Input::RefusedForGood(GiveUpReason::Report(code)),
            },
            Event::Timer => Input::Timer { logged_in: self.logged_in },
        }
    }

    fn read_answer(answer: PushState) -> Input<'static> {
        match answer.advice() {
            StateAdvice::ReadRegId => Input::TurnedOn,
            StateAdvice::InitializeAgain => Input::InitializeLater,
            StateAdvice::WaitAndRetry | StateAdvice::Unknown => Input::TurnOnLater,
            StateAdvice::TryTomorrow => Input::TurnOnTomorrow,
            StateAdvice::AskPrivacyConsent => Input::TurnOnWithConsent,
            StateAdvice::Unsupported | StateAdvice::GiveUp | StateAdvice::FixConfiguration { .. } => {
                Input::TurnOnNever(answer)
            }
            // Answers to calls about topics and aliases.
            StateAdvice::TurnOnPush | StateAdvice::FixArgument { .. } => Input::Nothing,
        }
    }

    /// Stores what the table does not contain: the login, the regId, and the number of failures.
    fn note(&mut self, input: Input<'_>) {
        let had_reg_id = self.state.has_reg_id();
        match input {
            Input::LoginOfSameUser { .. } => (self.logged_in, self.logged_in_since) = (true, true),
            Input::LoginOfAnotherUser { digest } => {
                (self.logged_in, self.logged_in_since) = (true, true);
                self.user = digest;
            }
            Input::Logout | Input::NotLoggedIn => self.logged_in = false,
            // It fits: a `RegId` is at most this long.
            Input::NewRegId { reg_id, .. } => self.reg_id = StoredRegId::new(reg_id),
            Input::TurnOnNever(state) => self.gave_up = state,
            Input::TurnedOn | Input::TurnOnTomorrow => self.on_left = DAY,
            _ => {}
        }
        // After these inputs, the next step is a different one, or there is none.
        match input {
            Input::NewRegId { .. }
            | Input::Succeeded
            | Input::TurnOnWithConsent
            | Input::TurnOnNever(_)
            | Input::TokenDropped
            | Input::TurnedOff => self.failures = 0,
            Input::LoginOfAnotherUser { .. } | Input::Logout | Input::NoRegId if had_reg_id => {
                self.failures = 0;
            }
            _ => {}
        }
    }

    fn back_off(&mut self) -> Timing {
        self.failures = self.failures.saturating_add(1);
        self.wait(pause(self.failures))
    }

    fn wait(&mut self, seconds: u32) -> Timing {
        (self.left, self.restored) = (seconds, false);
        Timing::After(Duration::from_secs(seconds.into()))
    }

    fn report(&mut self) -> RegistrationAction<'_> {
        self.generation = self.generation.next();
        self.logged_in_since = false;
        match self.token() {
            Some(token) => RegistrationAction::Report(TokenReport { token, generation: self.generation }),
            None => RegistrationAction::Wait,
        }
    }

    /// The regId for `Debug` and `defmt`.
    fn redacted(&self) -> Redacted {
        if self.reg_id.as_str().is_empty() { Redacted::Nothing } else { Redacted::Secret }
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("certificate_id", &self.certificate_id)
            .field("state", &self.state)
            .field("logged_in", &self.logged_in)
            .field("reg_id", &self.redacted())
            .field("generation", &self.generation)
            .field("failures", &self.failures)
            .finish()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Registration {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(
            f,
            "Registration {{ certificate_id: {=u32}, state: {}, logged_in: {=bool}, reg_id: {}, generation: {}, failures: {=u32} }}",
            self.certificate_id.get(),
            self.state,
            self.logged_in,
            self.redacted(),
            self.generation,
            self.failures
        );
    }
}
