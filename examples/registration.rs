//! A day of a phone: how its regId comes to IM, is lost and comes back. Plays the guide's steps 3.4 to 5 against the
//! registration, prints what happens and what is to be done about it, and fails if that is not what it says here.
//!
//! ```text
//! cargo run --example registration
//! ```

use std::error::Error;
use std::num::NonZeroU32;

use offline_push::json;
use offline_push::registration::{
    Event, Generation, GiveUpReason, RegId, Registration, RegistrationAction, State, Timing,
};
use offline_push::tim::ErrorCode;
use offline_push::vivo::{PushState, StateAdvice};

/// From the guide: the certificate id (`VIVO_PUSH_BUZID`). The regIds are samples of the two known forms.
const CERTIFICATE_ID: u32 = 6666;
const REG_ID: &str = "12345678901234567890123";
const NEW_REG_ID: &str = "v2-test-registration-id";
const NEWEST_REG_ID: &str = "v2-newest-registration-id";

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    println!(
        "How a phone comes to be reachable: what happens, what is to be done about it, and the state after it."
    );
    morning_to_night()?;
    no_push_on_this_phone()?;
    a_wrong_package_name()
}

fn morning_to_night() -> Outcome<()> {
    let mut phone = Phone::new("A day of a phone")?;

    phone.at("07:30:00", "the app starts and turns push on; vivo is busy");
    phone.turn_on(1005, "turn on after 2 s", State::OffUntilTimer)?;
    phone.at("07:30:02", "the pause is over");
    phone.timer("turn on now", State::Off)?;
    phone.turn_on(0, "read the regId", State::Off)?;
    phone.reg_id(REG_ID, "wait", State::Ready)?;

    phone.at("07:30:09", "the user logs in; in the lift there is no network");
    phone.event("Login", Event::Login, "report #1, 92 bytes of JSON", State::Reporting)?;
    phone.failed(1, ErrorCode::NETWORK, "report again after 2 s", State::Failed)?;
    phone.at("07:30:11", "the pause is over");
    phone.timer("report #2, 92 bytes of JSON", State::Reporting)?;
    phone.failed(2, ErrorCode::NETWORK, "report again after 4 s", State::Failed)?;
    phone.at("07:30:15", "the pause is over; IM does not answer, and the app gives up waiting");
    phone.timer("report #3, 92 bytes of JSON", State::Reporting)?;
    phone.failed(3, ErrorCode::TIMEOUT, "report again after 8 s", State::Failed)?;
    phone.at("07:30:23", "the pause is over, the lift has arrived");
    phone.timer("report #4, 92 bytes of JSON", State::Reporting)?;
    phone.succeeded(4, "wait", State::Bound)?;

    phone.at("09:00:00", "the app comes to the front, turns push on again and reads the same regId");
    phone.turn_on(1, "read the regId", State::Bound)?;
    phone.reg_id(REG_ID, "wait", State::Bound)?;

    phone.at("12:15:00", "vivo gives the phone a new regId, and another before IM has replied");
    phone.reg_id(NEW_REG_ID, "report #5, 92 bytes of JSON", State::Reporting)?;
    phone.reg_id(NEWEST_REG_ID, "report #6, 94 bytes of JSON", State::Reporting)?;
    phone.at("12:15:01", "the late reply to the older report says nothing about the newer one");
    phone.succeeded(5, "wait", State::Reporting)?;
    phone.succeeded(6, "wait", State::Bound)?;

    phone.at("18:40:00", "the user logs in on a tablet: this phone is logged out, and gets no more pushes");
    phone.event("Kicked", Event::Kicked, "wait", State::Ready)?;
    phone.at("18:55:00", "and is back: the same regId, reported again");
    phone.event("Login", Event::Login, "report #7, 94 bytes of JSON", State::Reporting)?;
    phone.succeeded(7, "wait", State::Bound)?;

    phone.at("22:30:00", "the user logs out; a timer that still runs changes nothing");
    phone.event("Logout", Event::Logout, "wait", State::Ready)?;
    phone.timer("wait", State::Ready)
}

fn no_push_on_this_phone() -> Outcome<()> {
    let mut phone = Phone::new("A phone without vivo push")?;
    phone.at("07:30:00", "the app starts and turns push on");
    phone.turn_on(101, "give up: use another channel", State::GivenUp)?;
    phone.at("07:30:09", "the user logs in; nothing is tried again");
    phone.event("Login", Event::Login, "wait", State::GivenUp)?;
    phone.timer("wait", State::GivenUp)
}

fn a_wrong_package_name() -> Outcome<()> {
    let mut phone = Phone::new("An app under another package name, and without a certificate")?;
    phone.at("Monday", "the app starts; vivo knows it under another package name");
    phone.turn_on(10003, "give up: mend the package name", State::GivenUp)?;
    phone.at("Tuesday", "vivo knows the name now, but nobody has uploaded the certificate to IM");
    phone.turn_on(0, "read the regId", State::Off)?;
    phone.reg_id(REG_ID, "wait", State::Ready)?;
    phone.event("Login", Event::Login, "report #1, 92 bytes of JSON", State::Reporting)?;
    let refused = "give up: no offline push certificate is uploaded";
    phone.failed(1, ErrorCode::NO_CERTIFICATE, refused, State::Refused)?;
    phone.reg_id(REG_ID, "wait", State::Refused)?;
    phone.at("Wednesday", "the certificate is there, the user logs in");
    phone.event("Login", Event::Login, "report #2, 92 bytes of JSON", State::Reporting)?;
    phone.succeeded(2, "wait", State::Bound)
}

/// A phone, and the reports that are on their way.
struct Phone {
    registration: Registration,
    reports: Vec<Generation>,
}

impl Phone {
    fn new(title: &str) -> Outcome<Self> {
        println!("\n\n{title}");
        let certificate_id = NonZeroU32::new(CERTIFICATE_ID).ok_or("0 is no certificate id")?;
        Ok(Self { registration: Registration::new(certificate_id), reports: Vec::new() })
    }

    fn at(&self, time: &str, what: &str) {
        println!("\n   {time} {what}");
    }

    fn turn_on(&mut self, state: i32, todo: &str, after: State) -> Outcome<()> {
        let state = PushState::new(state);
        self.event(&format!("TurnOn {}", state.get()), Event::TurnOn(state), todo, after)
    }

    fn reg_id(&mut self, text: &str, todo: &str, after: State) -> Outcome<()> {
        self.event("RegId ***", Event::RegId(RegId::try_new(text)?), todo, after)
    }

    fn timer(&mut self, todo: &str, after: State) -> Outcome<()> {
        self.event("Timer", Event::Timer, todo, after)
    }

    fn succeeded(&mut self, number: usize, todo: &str, after: State) -> Outcome<()> {
        let event = Event::ReportSucceeded(self.generation(number)?);
        self.event(&format!("ReportSucceeded #{number}"), event, todo, after)
    }

    fn failed(&mut self, number: usize, code: ErrorCode, todo: &str, after: State) -> Outcome<()> {
        let event = Event::ReportFailed(self.generation(number)?, code);
        self.event(&format!("ReportFailed #{number}, {}", code.get()), event, todo, after)
    }

    fn generation(&self, number: usize) -> Outcome<Generation> {
        Ok(*self.reports.get(number.wrapping_sub(1)).ok_or("no such report was made")?)
    }

    /// Tells the registration, prints its answer, and insists on what is said here.
    fn event(&mut self, name: &str, event: Event<'_>, todo: &str, after: State) -> Outcome<()> {
        let action = self.registration.handle(event);
        if let RegistrationAction::Report(report) = &action {
            self.reports.push(report.generation);
        }
        let asked = words(&action, self.reports.len());
        let state = self.registration.state();
        println!("     {name:<22} -> {asked:<48}  {state:?}");
        assert_eq!((asked.as_str(), state), (todo, after), "{name}");
        Ok(())
    }
}

fn words(action: &RegistrationAction<'_>, reports: usize) -> String {
    match action {
        RegistrationAction::Wait => "wait".into(),
        RegistrationAction::ReadRegId => "read the regId".into(),
        RegistrationAction::TurnOn(when) => format!("turn on {}", time(*when)),
        RegistrationAction::Retry(when) => format!("report again {}", time(*when)),
        RegistrationAction::Report(report) => {
            format!("report #{reports}, {} bytes of JSON", json::encoded_len(&report.token))
        }
        RegistrationAction::GiveUp(GiveUpReason::TurnOn(state)) => match state.advice() {
            StateAdvice::FixConfiguration { setting } => format!("give up: mend the {setting}"),
            _ => "give up: use another channel".into(),
        },
        RegistrationAction::GiveUp(GiveUpReason::Report(code)) => {
            format!("give up: {}", code.meaning().unwrap_or("unknown"))
        }
        other => format!("{other:?}"),
    }
}

fn time(when: Timing) -> String {
    match when.delay() {
        Some(delay) if delay.is_zero() => "now".into(),
        Some(delay) => format!("after {} s", delay.as_secs()),
        None => "at the next login".into(),
    }
}
