//! From the switch on the phone to "IM knows where to push": when to turn push on, when to report the regId, and when
//! to do it again.
//!
//! [`Registration`] is what the guide's `ThirdPushTokenMgr` and the callbacks around it do, as a machine without IO and
//! without a clock. The app tells it what happens ([`Event`]) and does what it asks for ([`Action`]). Unlike the sample
//! it reports a regId that has changed, reports again after a logout, a kick or a failure, and does not take a late reply
//! for the present one.
//!
//! ```
//! use core::num::NonZeroU32;
//!
//! use offline_push::registration::{Action, Event, RegId, Registration, State, When};
//! use offline_push::tim::ErrorCode;
//! use offline_push::vivo::PushState;
//!
//! // The guide's VIVO_PUSH_BUZID.
//! let mut registration = Registration::new(NonZeroU32::new(6666).ok_or("no certificate")?);
//!
//! assert_eq!(registration.handle(Event::TurnOn(PushState::new(0))), Action::ReadRegId);
//! let reg_id = RegId::new("12345678901234567890123")?;
//! assert_eq!(registration.handle(Event::RegId(reg_id)), Action::Wait); // nobody is logged in
//!
//! let Action::Report(report) = registration.handle(Event::Login) else { return Err("no report".into()) };
//! assert_eq!((report.token.business_id, report.token.token), (6666, reg_id.as_str()));
//! let generation = report.generation; // goes with the callback
//!
//! let failed = registration.handle(Event::ReportFailed(generation, ErrorCode::new(22002)));
//! assert_eq!(failed, Action::Retry(When::Backoff(1))); // after When::delay(), say: 2 s
//! let Action::Report(again) = registration.handle(Event::Timer) else { return Err("no report".into()) };
//! let generation = again.generation;
//!
//! assert_eq!(registration.handle(Event::ReportSucceeded(generation)), Action::Wait);
//! assert_eq!(registration.state(), State::Bound);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # The table
//!
//! The first row that fits an event and the state before it says which state follows and what is to be done. The numbers
//! behind `TurnOn` are states of the phone ([`PushState`]), those behind `ReportFailed` are codes
//! of IM ([`ErrorCode`](crate::tim::ErrorCode)); `other` are those that no row of the event names. A reply is
//! *current* if its [`Generation`] is that of the report under way, a regId *new* if it is not the one that is held.
//!
//! | event | state | next state | action |
//! |---|---|---|---|
//! | `TurnOn`: 0, 1 | `Off`, `OffUntilTimer`, `OffUntilLogin`, `GivenUp` | `Off` | `ReadRegId` |
//! | `TurnOn`: 0, 1 | any | same | `ReadRegId` |
//! | `TurnOn`: 102, 1002, 1003, 1005, 8011, 10000, other | `Off`, `OffUntilTimer`, `OffUntilLogin` | `OffUntilTimer` | `TurnOn(Backoff)` |
//! | `TurnOn`: 1001 | `Off`, `OffUntilTimer`, `OffUntilLogin` | `OffUntilLogin` | `TurnOn(NextLogin)` |
//! | `TurnOn`: 104 | any | `Off` | `GiveUp(TurnOn)` |
//! | `TurnOn`: 101, 1004, 10001, 10003, 10004, 10005 | any | `GivenUp` | `GiveUp(TurnOn)` |
//! | `RegId`: new, logged in | any | `Reporting` | `Report` |
//! | `RegId`: new, logged out | any | `Ready` | `Wait` |
//! | `Login` | `OffUntilLogin` | `Off` | `TurnOn(Now)` |
//! | `Login` | `Ready`, `Failed`, `Refused` | `Reporting` | `Report` |
//! | `Logout`, `Kicked` | `Reporting`, `Failed`, `Refused`, `Bound` | `Ready` | `Wait` |
//! | `ReportSucceeded`: current | `Reporting` | `Bound` | `Wait` |
//! | `ReportFailed`: current, 6012, 22002, 22006, other | `Reporting` | `Failed` | `Retry(Backoff)` |
//! | `ReportFailed`: current, 21005, logged in since | `Reporting` | `Reporting` | `Report` |
//! | `ReportFailed`: current, 21005 | `Reporting` | `Ready` | `Retry(NextLogin)` |
//! | `ReportFailed`: current, 22001, 22003, 22004, 22005 | `Reporting` | `Refused` | `GiveUp(Report)` |
//! | `Timer` | `OffUntilTimer`, `OffUntilLogin` | `Off` | `TurnOn(Now)` |
//! | `Timer` | `Failed` | `Reporting` | `Report` |
//! | anything else | any | same | `Wait` |
//!
//! Beside the state the machine keeps four things:
//!
//! - *Whether somebody is logged in*: from a login until a logout, a kick or 21005 (IM knows of no login; if there was
//!   another one since the report was made, it is made again at once).
//! - *The regId*, until a state of the phone makes it worthless (104 and the row below it). A regId held is proof that
//!   push works, so a call of `turnOnPush` that fails for a while changes nothing then.
//! - *The generation* of the last report. A report ends with its reply, with a logout, or with the next report; later
//!   replies to it change nothing. A newer report does not call an older one back, so both must go out in their order.
//! - *The failures in a row*, which [`When::Backoff`] tells. They are counted anew after a login, a new regId, a report
//!   that succeeded, a `turnOnPush` that succeeded where no regId was held, and a state that makes the regId worthless.
//!
//! # For the caller
//!
//! - There is one timer. [`When::Backoff`] starts it, in place of an earlier one; no action stops it. A timer that runs
//!   out while none is awaited changes nothing, so it need not be stopped but after 1001.
//! - Where the phone says nothing, the caller says [`PushState::TIMEOUT`]: no answer to `turnOnPush`, no regId from
//!   `getRegId()` and none from `onReceiveRegId` either. Then it is tried again.
//! - After 1001 the calls of the day are used up. Whoever stays logged in for days starts a timer of a day then, in place
//!   of any other: the machine takes the next [`Event::Timer`] for the new day.
//! - A report whose reply never comes keeps the machine waiting: after a while say
//!   [`ErrorCode::TIMEOUT`](crate::tim::ErrorCode::TIMEOUT).
//! - After a refusal (`Refused`) the same regId is not news: it would be refused again. The next login tries once more,
//!   for the certificate may have been repaired since.
//! - In `GivenUp` nothing is tried again; only the phone can end it, with a regId or with a `turnOnPush` of the app's own
//!   that succeeds. After 104 the machine is `Off` instead: once the user has agreed, the app calls `turnOnPush` itself,
//!   and a failure of that call is tried again as usual.
//! - Only vivo's SDK answers with a state. On other vendors' phones nothing but the token is told, as the
//!   [`Event::RegId`]; [`Certificates`](crate::Certificates) has the certificate id.
//! - A restart of the app begins with a new machine, which reports once after login, whatever IM knows already.

mod action;
mod event;
mod state;
#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;

use core::fmt;
use core::num::NonZeroU32;

pub use self::action::{Action, Reason, Report, When};
pub use self::event::{Event, Generation, RegId};
pub use self::state::State;
use self::state::{Input, Step};
use crate::json::Redacted;
use crate::tim::{OfflinePushToken, ReportAdvice};
use crate::vivo::{PushState, StateAdvice};

/// Brings one phone's regId to IM and keeps it there. See the [module](self) for what it does when.
///
/// It owns a copy of the regId, and nothing else of size. `Debug` and `defmt` show everything but the regId.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "ThirdPushTokenMgr")]
pub struct Registration {
    certificate_id: NonZeroU32,
    state: State,
    logged_in: bool,
    /// Empty where the state has none.
    reg_id: heapless::String<{ OfflinePushToken::MAX_TOKEN_LEN }>,
    generation: Generation,
    /// There was a login since that report.
    logged_in_since: bool,
    /// In a row, of what is being tried.
    failures: u32,
}

impl Registration {
    /// A phone of which nothing is known yet, and the certificate id that the IM console made for the app's certificate of
    /// the phone's vendor ([`Certificates::id`](crate::Certificates::id)).
    #[must_use]
    pub const fn new(certificate_id: NonZeroU32) -> Self {
        Self {
            certificate_id,
            state: State::Off,
            logged_in: false,
            reg_id: heapless::String::new(),
            generation: Generation::new(0),
            logged_in_since: false,
            failures: 0,
        }
    }

    /// Takes note of an event and says what to do about it.
    pub fn handle(&mut self, event: Event<'_>) -> Action<'_> {
        let input = self.read(event);
        self.note(input);
        let (state, step) = self.state.next(input);
        self.state = state;
        if !state.has_reg_id() {
            self.reg_id.clear();
        }
        match step {
            Step::Wait => Action::Wait,
            Step::ReadRegId => Action::ReadRegId,
            Step::TurnOn => Action::TurnOn(When::Now),
            Step::TurnOnAfterPause => Action::TurnOn(self.back_off()),
            Step::TurnOnAfterLogin => Action::TurnOn(When::NextLogin),
            Step::Report => self.report(),
            Step::ReportAfterPause => Action::Retry(self.back_off()),
            Step::ReportAfterLogin => Action::Retry(When::NextLogin),
            Step::GiveUp(reason) => Action::GiveUp(reason),
        }
    }

    /// How far it has come.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// Whether a user is logged in to IM, as far as the events tell.
    #[must_use]
    pub const fn is_logged_in(&self) -> bool {
        self.logged_in
    }

    /// What is reported, or will be: `None` as long as there is no regId.
    #[must_use]
    pub fn token(&self) -> Option<OfflinePushToken<'_>> {
        let token = OfflinePushToken::new(self.certificate_id.get(), &self.reg_id);
        token.check().is_ok().then_some(token)
    }

    /// The certificate id that goes with every report.
    #[must_use]
    pub const fn certificate_id(&self) -> NonZeroU32 {
        self.certificate_id
    }

    /// What an event means here.
    fn read<'e>(&self, event: Event<'e>) -> Input<'e> {
        match event {
            Event::TurnOn(answer) => Self::read_answer(answer),
            Event::RegId(reg_id) if reg_id.as_str() == self.reg_id => Input::Nothing,
            Event::RegId(reg_id) => Input::NewRegId { reg_id, logged_in: self.logged_in },
            Event::Login => Input::Login,
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
                ReportAdvice::GiveUp => Input::RefusedForGood(Reason::Report(code)),
            },
            Event::Timer => Input::Timer,
        }
    }

    fn read_answer(answer: PushState) -> Input<'static> {
        match answer.advice() {
            StateAdvice::ReadRegId => Input::TurnedOn,
            StateAdvice::WaitAndRetry | StateAdvice::InitializeAgain | StateAdvice::Unknown => {
                Input::TurnOnLater
            }
            StateAdvice::TryTomorrow => Input::TurnOnTomorrow,
            StateAdvice::AskPrivacyConsent => Input::TurnOnWithConsent(Reason::TurnOn(answer)),
            StateAdvice::Unsupported | StateAdvice::GiveUp | StateAdvice::FixConfiguration { .. } => {
                Input::TurnOnNever(Reason::TurnOn(answer))
            }
            // Answers to calls about topics and aliases.
            StateAdvice::TurnOnPush | StateAdvice::FixArgument { .. } => Input::Nothing,
        }
    }

    /// Keeps what the table does not: the login, the regId, and from when on failures count.
    fn note(&mut self, input: Input<'_>) {
        match input {
            Input::Login => {
                (self.logged_in, self.logged_in_since) = (true, true);
                self.failures = 0;
            }
            Input::Logout | Input::NotLoggedIn => self.logged_in = false,
            Input::NewRegId { reg_id, .. } => {
                // It fits: a regId is no longer than this.
                self.reg_id = heapless::String::try_from(reg_id.as_str()).unwrap_or_default();
                self.failures = 0;
            }
            // What is tried from here on is something else, or nothing.
            Input::Succeeded | Input::TurnOnWithConsent(_) | Input::TurnOnNever(_) => self.failures = 0,
            Input::TurnedOn if !self.state.has_reg_id() => self.failures = 0,
            _ => {}
        }
    }

    fn back_off(&mut self) -> When {
        self.failures = self.failures.saturating_add(1);
        When::Backoff(self.failures)
    }

    fn report(&mut self) -> Action<'_> {
        self.generation = self.generation.next();
        self.logged_in_since = false;
        match self.token() {
            Some(token) => Action::Report(Report::new(token, self.generation)),
            None => Action::Wait,
        }
    }

    /// The regId as it may be shown.
    fn redacted(&self) -> Redacted {
        if self.reg_id.is_empty() { Redacted::Nothing } else { Redacted::Secret }
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
