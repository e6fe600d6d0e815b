//! The table: which event leads where, and to what.

use super::action::Reason;
use super::event::RegId;

/// How far the registration has come. For logs; what to do is in the [`Action`](super::Action).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum State {
    /// No regId. Push has not been turned on yet, or a call to do so is under way, or the user has not agreed to it (104).
    Off,
    /// No regId: turning push on has failed, and is tried again when the timer has run out.
    OffUntilTimer,
    /// No regId: the calls of this day are used up (1001). Tried again after the next login, or when a timer has run out.
    OffUntilLogin,
    /// No regId, and none to be expected on this phone or with this app. Nothing is tried again.
    GivenUp,
    /// There is a regId, and nobody is logged in.
    Ready,
    /// A report is under way.
    Reporting,
    /// The report has failed, and is made again when the timer has run out.
    Failed,
    /// The report was refused for good; made again at the next login or with another regId.
    Refused,
    /// IM knows where to push.
    Bound,
}

/// An event, as far as it matters to the table.
#[derive(Clone, Copy)]
pub(super) enum Input<'a> {
    /// Nothing new: a known regId, a reply to an older report, an answer to another call.
    Nothing,
    TurnedOn,
    TurnOnLater,
    TurnOnTomorrow,
    TurnOnWithConsent(Reason),
    TurnOnNever(Reason),
    NewRegId {
        reg_id: RegId<'a>,
        logged_in: bool,
    },
    Login,
    Logout,
    /// Of the report under way, like the following.
    Succeeded,
    FailedForNow,
    NotLoggedIn,
    /// Not when the report arrived, but since.
    LoggedInAgain,
    RefusedForGood(Reason),
    Timer,
}

/// An action, before it is made out.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Wait,
    ReadRegId,
    TurnOn,
    TurnOnAfterPause,
    TurnOnAfterLogin,
    Report,
    ReportAfterPause,
    ReportAfterLogin,
    GiveUp(Reason),
}

impl State {
    /// Whether a regId belongs to the state.
    pub(super) const fn has_reg_id(self) -> bool {
        match self {
            Self::Off | Self::OffUntilTimer | Self::OffUntilLogin | Self::GivenUp => false,
            Self::Ready | Self::Reporting | Self::Failed | Self::Refused | Self::Bound => true,
        }
    }

    /// The table of the module's documentation, row by row.
    pub(super) const fn next(self, input: Input<'_>) -> (Self, Step) {
        use State::{Bound, Failed, GivenUp, Off, OffUntilLogin, OffUntilTimer, Ready, Refused, Reporting};
        match (input, self) {
            (Input::TurnedOn, Off | OffUntilTimer | OffUntilLogin | GivenUp) => (Off, Step::ReadRegId),
            (Input::TurnedOn, same) => (same, Step::ReadRegId),
            (Input::TurnOnLater, Off | OffUntilTimer | OffUntilLogin) => {
                (OffUntilTimer, Step::TurnOnAfterPause)
            }
            (Input::TurnOnTomorrow, Off | OffUntilTimer | OffUntilLogin) => {
                (OffUntilLogin, Step::TurnOnAfterLogin)
            }
            (Input::TurnOnWithConsent(reason), _) => (Off, Step::GiveUp(reason)),
            (Input::TurnOnNever(reason), _) => (GivenUp, Step::GiveUp(reason)),

            (Input::NewRegId { logged_in: true, .. }, _) => (Reporting, Step::Report),
            (Input::NewRegId { logged_in: false, .. }, _) => (Ready, Step::Wait),

            (Input::Login, OffUntilLogin) => (Off, Step::TurnOn),
            (Input::Login, Ready | Failed | Refused) => (Reporting, Step::Report),
            (Input::Logout, Reporting | Failed | Refused | Bound) => (Ready, Step::Wait),

            (Input::Succeeded, Reporting) => (Bound, Step::Wait),
            (Input::FailedForNow, Reporting) => (Failed, Step::ReportAfterPause),
            (Input::LoggedInAgain, Reporting) => (Reporting, Step::Report),
            (Input::NotLoggedIn, Reporting) => (Ready, Step::ReportAfterLogin),
            (Input::RefusedForGood(reason), Reporting) => (Refused, Step::GiveUp(reason)),

            (Input::Timer, OffUntilTimer | OffUntilLogin) => (Off, Step::TurnOn),
            (Input::Timer, Failed) => (Reporting, Step::Report),

            (_, same) => (same, Step::Wait),
        }
    }
}
