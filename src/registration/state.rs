//! The states, and the transitions between them.

use super::action::GiveUpReason;
use super::reg_id::RegId;
use crate::vivo::PushState;

/// Passes the transition table to a macro. The documentation of [`State`] and the test of the table are made from it.
///
/// `([events] when conditions; [states] => next state, action)`: `any` stands for every state, `other` for every event, or for
/// every number that has no row of its own.
macro_rules! transitions {
    ($macro:ident) => {
        $macro! {
            ([Started]; [GivenUp] => same, GiveUp(TurnOn))
            ([Started]; [UninitializedUntilTimer] => Off, Initialize(Now))
            ([Started]; [any] => same, Initialize(Now))
            ([Initialized]; [Off, UninitializedUntilTimer] => Off, TurnOn(Now))
            ([Initialized] when "restored"; [OffUntilTimer, OffUntilTomorrow] => same, TurnOn(After))
            ([Initialized] when "on today"; [Ready, Reporting, Failed, Refused, Bound] => same, ReadRegId)
            ([Initialized]; [Ready, Reporting, Failed, Refused, Bound] => same, TurnOn(Now))
            ([TurnOn] when 0, 1; [Off, UninitializedUntilTimer, OffUntilTimer, OffUntilTomorrow, TurnedOff, GivenUp] => Off, ReadRegId)
            ([TurnOn] when 0, 1; [any] => same, ReadRegId)
            ([TurnOn] when 102, 8011; [Off, UninitializedUntilTimer, OffUntilTimer, OffUntilTomorrow, TurnedOff] => UninitializedUntilTimer, Initialize(After))
            ([TurnOn] when 1002, 1003, 1005, 10000, "other"; [Off, UninitializedUntilTimer, OffUntilTimer, OffUntilTomorrow, TurnedOff] => OffUntilTimer, TurnOn(After))
            ([TurnOn] when 1001; [Off, UninitializedUntilTimer, OffUntilTimer, OffUntilTomorrow, TurnedOff] => OffUntilTomorrow, TurnOn(After))
            ([TurnOn] when 104; [any] => Off, AskPrivacyConsent)
            ([TurnOn] when 101, 1004, 10001, 10003, 10004, 10005; [any] => GivenUp, GiveUp(TurnOn))
            ([TurnedOff]; [Off, UninitializedUntilTimer, OffUntilTimer, OffUntilTomorrow, Ready, Reporting, Failed, Refused, Bound] => TurnedOff, Wait)
            ([NoRegId]; [Off, Ready, Reporting, Failed, Refused, Bound] => OffUntilTimer, TurnOn(After))
            ([TokenDropped] when "stored"; [any] => Off, TurnOn(Now))
            ([RegId] when "new", "logged in"; [any] => Reporting, Report)
            ([RegId] when "new", "logged out"; [any] => Ready, Wait)
            ([Login] when "another user"; [Reporting, Bound] => Reporting, Report)
            ([Login] when "same user", "restored"; [Failed] => same, Retry(After))
            ([Login]; [Ready, Failed, Refused] => Reporting, Report)
            ([Logout, Kicked]; [Reporting, Failed, Refused, Bound] => Ready, Wait)
            ([ReportSucceeded] when "current"; [Reporting] => Bound, Wait)
            ([ReportFailed] when "current", "back off"; [Reporting] => Failed, Retry(After))
            ([ReportFailed] when "current", "next login", "logged in since"; [Reporting] => Reporting, Report)
            ([ReportFailed] when "current", "next login"; [Reporting] => Ready, Retry(NextLogin))
            ([ReportFailed] when "current", "give up"; [Reporting] => Refused, GiveUp(Report))
            ([Timer]; [UninitializedUntilTimer] => Off, Initialize(Now))
            ([Timer]; [OffUntilTimer, OffUntilTomorrow] => Off, TurnOn(Now))
            ([Timer] when "logged in"; [Failed] => Reporting, Report)
            ([Timer] when "logged out"; [Failed] => Ready, Wait)
            ([other]; [any] => same, Wait)
        }
    };
}

/// The table in Markdown.
macro_rules! markdown {
    ($(
        ([$event:ident $(, $events:ident)*] $(when $condition:literal $(, $conditions:literal)*)?;
            [$state:ident $(, $states:ident)*] => $next:ident, $action:ident $(($detail:ident))?)
    )+) => {
        concat!(
            "| event | state | next state | action |\n|---|---|---|---|\n",
            $(
                "| `", stringify!($event), $("`, `", stringify!($events),)* "`",
                $(": ", $condition, $(", ", $conditions,)*)?
                " | `", stringify!($state), $("`, `", stringify!($states),)*
                "` | `", stringify!($next), "` | `", stringify!($action), $("(", stringify!($detail), ")",)? "` |\n",
            )+
        )
    };
}

#[cfg(test)]
pub(super) use transitions;

/// State of the registration, for logs and metrics. The [`RegistrationAction`](super::RegistrationAction) says what to do.
///
/// # Transitions
///
/// Of the rows that match the event and the current state, the first one applies. The numbers after `TurnOn` are states of the phone
/// ([`PushState`](crate::vivo::PushState)); `other` is any number that no row names. *back off*, *next login* and *give up* are
/// the [`report_advice`](crate::tim::ErrorCode::report_advice) of IM's code. As an event, `other` is any event that no row above
/// matches. A reply is *current* if its [`Generation`](super::Generation) is that of the report in progress. A regId is *new* if
/// it differs from the stored one. A login is by *another user* unless the last login was by the same user.
///
/// A state machine is *restored* if it comes from [`restore`](super::Registration::restore) with the rest of a pause, and no timer
/// has been started for the rest. Push is *on today* if `turnOnPush` was answered with 0, 1 or 1001 in the last 24 hours, as far
/// as the state machine knows the time. It learns the time only from [`restore`](super::Registration::restore).
///
#[doc = transitions!(markdown)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum State {
    /// There is no regId. Push has not been turned on yet, or `initialize` or `turnOnPush` is in progress, or the user has not agreed to
    /// push (104).
    Off,
    /// There is no regId: the SDK could not be initialized (102), or has not been initialized (8011). The initialization is repeated
    /// when the timer expires.
    UninitializedUntilTimer,
    /// There is no regId: turning push on has failed. It is retried when the timer expires.
    OffUntilTimer,
    /// There is no regId: the calls of this day are used up (1001). The call is retried when the one-day timer expires.
    OffUntilTomorrow,
    /// There is no regId: the app has turned push off. Nothing is retried.
    TurnedOff,
    /// There is no regId, and none is expected on this phone or for this app. Nothing is retried.
    GivenUp,
    /// There is a regId, but no user is logged in.
    Ready,
    /// A report is in progress.
    Reporting,
    /// The report has failed. It is repeated when the timer expires. After a restore, nobody is logged in yet.
    Failed,
    /// The report was refused permanently. It is repeated at the next login or with another regId. After a restore, nobody is logged
    /// in yet.
    Refused,
    /// IM knows the token. After a restore, nobody is logged in yet: IM knows the token for the user of the last login.
    Bound,
}

/// An event, reduced to what the table needs.
#[derive(Clone, Copy)]
pub(super) enum Input<'a> {
    /// Nothing new: a known regId, a reply to an older report, or an answer to another call.
    Nothing,
    Started {
        /// Why the state machine gave up, if it did.
        gave_up: GiveUpReason,
    },
    Initialized {
        restored: bool,
        on_today: bool,
    },
    TurnedOn,
    InitializeLater,
    TurnOnLater,
    TurnOnTomorrow,
    TurnOnWithConsent,
    TurnOnNever(PushState),
    TurnedOff,
    NoRegId,
    /// The stored regId.
    TokenDropped,
    NewRegId {
        reg_id: RegId<'a>,
        logged_in: bool,
    },
    LoginOfSameUser {
        restored: bool,
    },
    LoginOfAnotherUser {
        digest: u64,
    },
    Logout,
    /// Like the following inputs, about the report in progress.
    Succeeded,
    FailedForNow,
    NotLoggedIn,
    /// The user was not logged in when the report arrived, but has logged in since then.
    LoggedInAgain,
    RefusedForGood(GiveUpReason),
    Timer {
        logged_in: bool,
    },
}

/// An action without its data.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Wait,
    Initialize,
    InitializeAfterPause,
    TurnOn,
    TurnOnAfterPause,
    TurnOnTomorrow,
    /// After the rest of a pause that a snapshot had.
    TurnOnAfterRest,
    AskPrivacyConsent,
    ReadRegId,
    Report,
    ReportAfterPause,
    /// The same.
    ReportAfterRest,
    ReportAfterLogin,
    GiveUp(GiveUpReason),
}

impl State {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::UninitializedUntilTimer => "uninitialized_until_timer",
            Self::OffUntilTimer => "off_until_timer",
            Self::OffUntilTomorrow => "off_until_tomorrow",
            Self::TurnedOff => "turned_off",
            Self::GivenUp => "given_up",
            Self::Ready => "ready",
            Self::Reporting => "reporting",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Bound => "bound",
        }
    }

    /// True for the states with a regId.
    pub(crate) const fn has_reg_id(self) -> bool {
        match self {
            Self::Off
            | Self::UninitializedUntilTimer
            | Self::OffUntilTimer
            | Self::OffUntilTomorrow
            | Self::TurnedOff
            | Self::GivenUp => false,
            Self::Ready | Self::Reporting | Self::Failed | Self::Refused | Self::Bound => true,
        }
    }

    /// The table of [`State`]'s documentation, row by row.
    pub(super) const fn next(self, input: Input<'_>) -> (Self, Step) {
        use State::{
            Bound, Failed, GivenUp, Off, OffUntilTimer, OffUntilTomorrow, Ready, Refused, Reporting,
            TurnedOff, UninitializedUntilTimer,
        };
        let has_reg_id = self.has_reg_id();
        match (input, self) {
            (Input::Started { gave_up }, GivenUp) => (GivenUp, Step::GiveUp(gave_up)),
            (Input::Started { .. }, UninitializedUntilTimer) => (Off, Step::Initialize),
            (Input::Started { .. }, same) => (same, Step::Initialize),
            (Input::Initialized { .. }, Off | UninitializedUntilTimer) => (Off, Step::TurnOn),
            (Input::Initialized { restored: true, .. }, OffUntilTimer | OffUntilTomorrow) => {
                (self, Step::TurnOnAfterRest)
            }
            (Input::Initialized { on_today: true, .. }, same) if has_reg_id => (same, Step::ReadRegId),
            (Input::Initialized { .. }, same) if has_reg_id => (same, Step::TurnOn),

            (Input::TurnedOn, same) if has_reg_id => (same, Step::ReadRegId),
            (Input::TurnedOn, _) => (Off, Step::ReadRegId),
            (Input::TurnOnWithConsent, _) => (Off, Step::AskPrivacyConsent),
            (Input::TurnOnNever(state), _) => (GivenUp, Step::GiveUp(GiveUpReason::TurnOn(state))),
            // A stored regId is proof that push works, and in `GivenUp` nothing is retried.
            (Input::InitializeLater | Input::TurnOnLater | Input::TurnOnTomorrow, same)
                if has_reg_id || matches!(same, GivenUp) =>
            {
                (same, Step::Wait)
            }
            (Input::InitializeLater, _) => (UninitializedUntilTimer, Step::InitializeAfterPause),
            (Input::TurnOnLater, _) => (OffUntilTimer, Step::TurnOnAfterPause),
            (Input::TurnOnTomorrow, _) => (OffUntilTomorrow, Step::TurnOnTomorrow),
            (Input::TurnedOff, GivenUp) => (GivenUp, Step::Wait),
            (Input::TurnedOff, _) => (TurnedOff, Step::Wait),

            (Input::NoRegId, Off | Ready | Reporting | Failed | Refused | Bound) => {
                (OffUntilTimer, Step::TurnOnAfterPause)
            }
            (Input::TokenDropped, _) => (Off, Step::TurnOn),
            (Input::NewRegId { logged_in: true, .. }, _) => (Reporting, Step::Report),
            (Input::NewRegId { logged_in: false, .. }, _) => (Ready, Step::Wait),

            (Input::LoginOfAnotherUser { .. }, Reporting | Bound) => (Reporting, Step::Report),
            (Input::LoginOfSameUser { restored: true }, Failed) => (Failed, Step::ReportAfterRest),
            (Input::LoginOfAnotherUser { .. } | Input::LoginOfSameUser { .. }, Ready | Failed | Refused) => {
                (Reporting, Step::Report)
            }
            (Input::Logout, Reporting | Failed | Refused | Bound) => (Ready, Step::Wait),

            (Input::Succeeded, Reporting) => (Bound, Step::Wait),
            (Input::FailedForNow, Reporting) => (Failed, Step::ReportAfterPause),
            (Input::LoggedInAgain, Reporting) => (Reporting, Step::Report),
            (Input::NotLoggedIn, Reporting) => (Ready, Step::ReportAfterLogin),
            (Input::RefusedForGood(reason), Reporting) => (Refused, Step::GiveUp(reason)),

            (Input::Timer { .. }, UninitializedUntilTimer) => (Off, Step::Initialize),
            (Input::Timer { .. }, OffUntilTimer | OffUntilTomorrow) => (Off, Step::TurnOn),
            (Input::Timer { logged_in: true }, Failed) => (Reporting, Step::Report),
            (Input::Timer { logged_in: false }, Failed) => (Ready, Step::Wait),

            (_, same) => (same, Step::Wait),
        }
    }
}
