//! A phone from the start of the app to a push token that Tencent IM knows: the guide's steps 3.4 to 5.
//!
//! [`App::perform`] is the whole program: one `match`, without a state of its own. [`Phone`] plays vivo's SDK, the IM SDK and the
//! user.
//!
//! ```text
//! cargo run --example registration
//! ```

use std::collections::VecDeque;
use std::error::Error;
use std::num::NonZeroU32;
use std::time::Duration;

use offline_push::json;
use offline_push::registration::{
    Event, Generation, RegId, Registration, RegistrationAction, State, Timing, UserId,
};
use offline_push::tim::ErrorCode;
use offline_push::vivo::PushState;

/// The guide's certificate id (`VIVO_PUSH_BUZID`), and two regIds of the known forms.
const CERTIFICATE_ID: u32 = 6666;
const REG_ID: &str = "12345678901234567890123";
const NEW_REG_ID: &str = "v2-test-registration-id";

/// The program of the app.
struct App {
    registration: Registration,
}

impl App {
    fn handle(&mut self, event: Event<'_>, phone: &mut Phone) {
        print!("{:<48}", format!("{event:?}"));
        let action = self.registration.handle(event);
        println!("{}", words(&action));
        Self::perform(action, phone);
    }

    /// Does what the state machine asks for.
    fn perform(action: RegistrationAction<'_>, phone: &mut Phone) {
        match action {
            RegistrationAction::Initialize(Timing::Now) => phone.initialize(),
            RegistrationAction::TurnOn(Timing::Now) => phone.turn_on_push(),
            RegistrationAction::ReadRegId => phone.get_reg_id(),
            RegistrationAction::Report(report) => {
                let mut token = [0; 128];
                if let Ok(token) = json::to_str(&report.token, &mut token) {
                    phone.set_offline_push_token(token, report.generation);
                }
            }
            RegistrationAction::GiveUp(reason) => println!("  use another channel: {}", reason.name()),
            later => {
                if let Some(Timing::After(delay)) = later.timing() {
                    phone.start_timer(delay);
                }
            }
        }
    }
}

/// The world around the app. What happens in it waits in a queue.
struct Phone {
    happens: VecDeque<Event<'static>>,
    /// Answers to `turnOnPush`, and to reports: a script.
    push_states: VecDeque<i32>,
    report_codes: VecDeque<i32>,
    reg_id: &'static str,
}

impl Phone {
    fn initialize(&mut self) {
        self.happens.push_front(Event::Initialized);
    }

    fn turn_on_push(&mut self) {
        let state = self.push_states.pop_front().unwrap_or(0);
        self.happens.push_front(Event::TurnOn(PushState::new(state)));
    }

    fn get_reg_id(&mut self) {
        self.happens.push_front(RegId::try_new(self.reg_id).map_or(Event::NoRegId, Event::RegId));
    }

    fn set_offline_push_token(&mut self, token: &str, generation: Generation) {
        println!("  setOfflinePushToken, {} bytes of JSON", token.len());
        self.happens.push_front(match self.report_codes.pop_front().unwrap_or(0) {
            0 => Event::ReportSucceeded(generation),
            code => Event::ReportFailed(generation, ErrorCode::new(code)),
        });
    }

    fn start_timer(&mut self, delay: Duration) {
        println!("  a timer of {} s", delay.as_secs());
        self.happens.push_front(Event::Timer);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let day: &[(&str, &[Event<'static>], State)] = &[
        ("The app starts. vivo is busy, then its SDK is not ready", &[Event::Started], State::Ready),
        ("The user logs in. The network fails twice", &[Event::Login(UserId::new("alice"))], State::Bound),
        ("vivo changes the regId", &[Event::RegId(RegId::try_new(NEW_REG_ID)?)], State::Bound),
        ("Another user logs in, without a logout", &[Event::Login(UserId::new("bob"))], State::Bound),
        (
            "The user logs in on a tablet, and is back",
            &[Event::Kicked, Event::Login(UserId::new("bob"))],
            State::Bound,
        ),
        ("The user wants no push", &[Event::TurnedOff, Event::Timer], State::TurnedOff),
    ];
    let certificate_id = NonZeroU32::new(CERTIFICATE_ID).ok_or("0 is no certificate id")?;
    let mut app = App { registration: Registration::new(certificate_id) };
    let mut phone = Phone {
        happens: VecDeque::new(),
        push_states: [1005, 102].into(),
        report_codes: [6012, 6012].into(),
        reg_id: REG_ID,
    };
    for (title, events, state) in day {
        println!("\n{title}");
        for event in *events {
            phone.happens.push_back(*event);
            while let Some(event) = phone.happens.pop_front() {
                app.handle(event, &mut phone);
            }
        }
        assert_eq!(app.registration.state(), *state);
    }

    println!("\nA phone without vivo push");
    let mut app = App { registration: Registration::new(certificate_id) };
    phone.push_states = [101].into();
    phone.happens.push_back(Event::Started);
    while let Some(event) = phone.happens.pop_front() {
        app.handle(event, &mut phone);
    }
    assert_eq!(app.registration.state(), State::GivenUp);
    Ok(())
}

fn words(action: &RegistrationAction<'_>) -> String {
    match action.timing() {
        Some(Timing::After(pause)) => format!("{} after {} s", action.name(), pause.as_secs()),
        _ => action.name().into(),
    }
}
