//! An app that does what the actions of the registration say, and nothing else, with a simulated SDK and a simulated IM beside it.
//! Every sequence of five things that can happen to it ends as the guide's steps 3.4 to 5 require.

use std::num::NonZeroU32;
use std::time::Duration;

use offline_push::registration::{Event, RegId, Registration, RegistrationAction, State, Timing, UserId};
use offline_push::tim::{ErrorCode, OfflinePushToken};
use offline_push::vivo::PushState;

const REG_IDS: [&str; 2] = ["12345678901234567890123", "v2-test-registration-id"];

/// Something that happens to the app from outside.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Happening {
    /// The process ends, and starts again with a new state machine.
    Restart,
    /// It starts again after a minute, with the state machine that it has saved.
    RestartSaved,
    Login(&'static str),
    Logout,
    Kicked,
    /// The user switches push off in the app.
    SwitchOff,
    /// vivo gives the phone another regId.
    NewRegId,
    /// vivo's SDK loses its initialization.
    SdkLost,
    /// The time of the timer has come.
    Timer,
    /// From here on, `turnOnPush` gets this answer.
    Answers(i32),
    /// From here on, IM answers reports with this code.
    ImAnswers(i32),
}

const HAPPENINGS: [Happening; 13] = [
    Happening::Restart,
    Happening::RestartSaved,
    Happening::Login("alice"),
    Happening::Login("bob"),
    Happening::Logout,
    Happening::Kicked,
    Happening::SwitchOff,
    Happening::NewRegId,
    Happening::SdkLost,
    Happening::Timer,
    Happening::Answers(1005),
    Happening::Answers(1001),
    Happening::ImAnswers(22002),
];

/// vivo's SDK on the phone.
#[derive(Clone, Debug, Default)]
struct Sdk {
    initialized: bool,
    on: bool,
    answer: i32,
    reg_id: usize,
    /// The last call of `turnOnPush` had no effect.
    failed: bool,
}

impl Sdk {
    fn turn_on_push(&mut self) -> PushState {
        let answer = if self.initialized { self.answer } else { 8011 };
        self.failed = answer != 0;
        self.on |= answer == 0;
        PushState::new(answer)
    }

    fn reg_id(&self) -> &'static str {
        if self.on { REG_IDS[self.reg_id] } else { "" }
    }
}

/// Tencent IM: who is logged in, and which token it has for whom.
#[derive(Clone, Debug, Default)]
struct Im {
    logged_in: Option<&'static str>,
    bound: Option<(&'static str, String)>,
    answer: i32,
    /// Whether the app may report what IM has already, because it has started since.
    forgotten: bool,
}

impl Im {
    fn login(&mut self, user: &'static str) {
        self.logged_in = Some(user);
        if self.bound.as_ref().is_some_and(|(bound, _)| *bound != user) {
            self.bound = None;
        }
    }

    fn logout(&mut self) {
        (self.logged_in, self.bound) = (None, None);
    }

    fn set_offline_push_token(&mut self, token: &OfflinePushToken<'_>) -> ErrorCode {
        let user = self.logged_in.expect("a report without a login");
        let bound = Some((user, token.token.to_owned()));
        assert!(self.forgotten || self.bound != bound, "reported twice");
        if self.answer == 0 {
            (self.bound, self.forgotten) = (bound, false);
        }
        ErrorCode::new(self.answer)
    }
}

/// The app. It stores the state machine and the platform's timer.
#[derive(Clone, Debug)]
struct App {
    registration: Registration,
    timer: Option<Duration>,
    sdk: Sdk,
    im: Im,
}

impl App {
    fn new() -> Self {
        let registration = Registration::new(NonZeroU32::new(6666).unwrap());
        let mut app = Self { registration, timer: None, sdk: Sdk::default(), im: Im::default() };
        app.tell(Event::Started);
        app
    }

    /// Passes an event to the state machine, and does what it asks for, until it asks for nothing more.
    fn tell(&mut self, event: Event<'_>) {
        let mut event = event;
        for _ in 0..10 {
            event = match self.registration.handle(event) {
                RegistrationAction::Initialize(Timing::Now) => {
                    self.sdk.initialized = true;
                    Event::Initialized
                }
                RegistrationAction::TurnOn(Timing::Now) => Event::TurnOn(self.sdk.turn_on_push()),
                RegistrationAction::ReadRegId => match RegId::try_new(self.sdk.reg_id()) {
                    Ok(reg_id) => Event::RegId(reg_id),
                    Err(_) => Event::NoRegId,
                },
                RegistrationAction::Report(report) => match self.im.set_offline_push_token(&report.token) {
                    ErrorCode::SUCCESS => Event::ReportSucceeded(report.generation),
                    code => Event::ReportFailed(report.generation, code),
                },
                later => {
                    if let Some(Timing::After(delay)) = later.timing() {
                        self.timer = Some(delay);
                    }
                    return;
                }
            };
        }
        unreachable!("the actions do not end: {self:?}");
    }

    fn live(&mut self, happening: Happening) {
        match happening {
            Happening::Restart => {
                self.im.forgotten = true;
                self.restart(Registration::new(self.registration.certificate_id()));
            }
            Happening::RestartSaved => {
                let (id, saved) = (self.registration.certificate_id(), self.registration.snapshot());
                self.restart(Registration::restore(id, &saved, Duration::from_secs(60)));
            }
            Happening::Login(user) => {
                self.im.login(user);
                self.tell(Event::Login(UserId::new(user)));
            }
            Happening::Logout => {
                self.im.logout();
                self.tell(Event::Logout);
            }
            Happening::Kicked => {
                self.im.logout();
                self.tell(Event::Kicked);
            }
            Happening::SwitchOff => {
                self.sdk.on = false;
                self.tell(Event::TurnedOff);
            }
            Happening::NewRegId => {
                self.sdk.reg_id = 1;
                if self.sdk.on {
                    self.tell(Event::RegId(RegId::try_new(self.sdk.reg_id()).unwrap())); // onReceiveRegId
                }
            }
            Happening::SdkLost => self.sdk.initialized = false,
            Happening::Timer => {
                if self.timer.take().is_some() {
                    self.tell(Event::Timer);
                }
            }
            Happening::Answers(code) => self.sdk.answer = code,
            Happening::ImAnswers(code) => self.im.answer = code,
        }
    }

    fn restart(&mut self, registration: Registration) {
        self.registration = registration;
        (self.timer, self.im.logged_in, self.sdk.initialized) = (None, None, false);
        self.tell(Event::Started);
    }

    /// vivo and IM work again, and timers run out. Then IM knows the phone's regId for the user who is logged in, unless push
    /// is switched off.
    fn comes_to_rest(mut self, life: &[Happening]) {
        (self.sdk.answer, self.im.answer) = (0, 0);
        for _ in 0..5 {
            self.live(Happening::Timer);
        }
        assert_eq!(self.timer, None, "{life:?}: a timer without end");
        let off_since = life.iter().rposition(|happening| *happening == Happening::SwitchOff);
        let started = life.iter().rposition(|happening| *happening == Happening::Restart);
        if off_since.is_some() && off_since > started {
            assert_eq!(self.registration.state(), State::TurnedOff, "{life:?}");
            assert!(!self.sdk.on, "{life:?}: on against the user's will");
            return;
        }
        assert!(self.sdk.on, "{life:?}");
        match self.im.logged_in {
            Some(user) => {
                let known = Some((user, self.sdk.reg_id().to_owned()));
                assert_eq!(self.im.bound, known, "{life:?}");
                assert_eq!(self.registration.state(), State::Bound, "{life:?}");
            }
            // IM still knows the phone for the user of the last run.
            None if self.registration.state() == State::Bound => assert!(self.im.bound.is_some(), "{life:?}"),
            None => assert_eq!(self.registration.state(), State::Ready, "{life:?}"),
        }
    }
}

#[test]
fn app_that_obeys_the_actions_is_bound_after_every_life_of_five_happenings() {
    fn lives(app: &App, life: &mut Vec<Happening>) {
        app.clone().comes_to_rest(life);
        let length = life.len();
        for happening in HAPPENINGS.into_iter().filter(|_| length < 5) {
            // Nobody logs out who is not logged in.
            let nobody = app.im.logged_in.is_none();
            if nobody && matches!(happening, Happening::Logout | Happening::Kicked) {
                continue;
            }
            let mut app = app.clone();
            life.push(happening);
            app.live(happening);
            lives(&app, life);
            life.pop();
        }
    }
    lives(&App::new(), &mut Vec::new());
}

#[test]
fn app_that_obeys_the_actions_initializes_before_it_turns_on_again() {
    let mut app = App::new();
    app.live(Happening::SwitchOff);
    app.sdk.initialized = false;
    app.tell(Event::TurnOn(PushState::NOT_INITIALIZED)); // the app's own call
    assert_eq!((app.registration.state(), app.sdk.on), (State::UninitializedUntilTimer, false));
    app.live(Happening::Timer);
    assert!(app.sdk.initialized && app.sdk.on);
}

#[test]
fn app_that_obeys_the_actions_calls_nothing_on_a_phone_without_push() {
    let mut app = App::new();
    app.live(Happening::Answers(101));
    app.live(Happening::Restart);
    app.sdk.failed = false;
    for happening in [Happening::Login("alice"), Happening::Timer, Happening::Logout, Happening::Login("bob")]
    {
        app.live(happening);
        assert_eq!((app.registration.state(), app.sdk.failed), (State::GivenUp, false));
    }
}
