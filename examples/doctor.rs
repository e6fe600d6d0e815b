//! Finds out why no push arrives: asks for what is known, and prints the guide's FAQ as a checklist.
//!
//! ```text
//! cargo run --example doctor                               # asks; press Enter for what is not known
//! cargo run --example doctor -- registration=bound send=10070 since-push=90
//! cargo run --example doctor -- --list                     # the names and their meanings
//! ```
//!
//! The exit code is 0 if no step has failed, 1 if one has, and 2 for an argument that is not understood.

use std::env;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::time::Duration;

use offline_push::delivery::Presence;
use offline_push::diagnose::{Facts, diagnose};
use offline_push::registration::State;
use offline_push::tim::ErrorCode;
use offline_push::vivo::{PushMode, PushState, Receipt, ResultCode, UserStatus};

/// Names and questions, in the order in which a push goes through the system.
const QUESTIONS: [(&str, &str); 12] = [
    ("push-state", "Number that turnOnPush gave to onStateChanged"),
    ("registration", "State of the registration, for example bound, ready, refused or off"),
    ("report", "Code that setOfflinePushToken gave to onError"),
    ("certificate-age", "Seconds since the certificate was saved in the IM console"),
    ("auth", "Result of vivo's reply to an auth request"),
    ("message", "ErrorCode of IM's reply to the message"),
    ("push-mode", "pushMode of the push: 0, or 1 for test devices only"),
    ("send", "Result of vivo's reply to the push"),
    ("user-status", "Status of the invalid user in that reply"),
    ("receipt", "ackType of the receipt, and subAckType after a comma"),
    ("presence", "The app: killed, background, online, logged_out, kicked or expired"),
    ("since-push", "Seconds since the push was sent"),
];

const STATES: [State; 11] = [
    State::Off,
    State::UninitializedUntilTimer,
    State::OffUntilTimer,
    State::OffUntilTomorrow,
    State::TurnedOff,
    State::GivenUp,
    State::Ready,
    State::Reporting,
    State::Failed,
    State::Refused,
    State::Bound,
];

const PRESENCES: [Presence; 6] = [
    Presence::Online,
    Presence::Background,
    Presence::Killed,
    Presence::Expired,
    Presence::LoggedOut,
    Presence::Kicked,
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        for (name, question) in QUESTIONS {
            println!("{name:<16} {question}");
        }
        return ExitCode::SUCCESS;
    }
    let answers = if arguments.is_empty() {
        ask()
    } else {
        let parts = arguments.iter().map(|argument| argument.split_once('=').unwrap_or((argument, "")));
        parts.map(|(name, answer)| (name.to_owned(), answer.to_owned())).collect()
    };
    let mut facts = Facts::new();
    for (name, answer) in &answers {
        if !learn(&mut facts, name, answer) {
            eprintln!("not understood: {name}={answer}; see --list");
            return ExitCode::from(2);
        }
    }
    let diagnosis = diagnose(&facts);
    println!("{diagnosis}");
    ExitCode::from(u8::from(diagnosis.failed().next().is_some()))
}

/// Asks the questions. Those that are answered, with an answer that is understood.
fn ask() -> Vec<(String, String)> {
    println!("Press Enter for what you do not know.");
    let mut answers = Vec::new();
    let mut lines = io::stdin().lock().lines();
    for (name, question) in QUESTIONS {
        loop {
            print!("{question}: ");
            // A question that cannot be shown can still be answered.
            _ = io::stdout().flush();
            let Some(Ok(line)) = lines.next() else {
                println!();
                return answers;
            };
            let answer = line.trim();
            if answer.is_empty() {
                break;
            }
            if learn(&mut Facts::new(), name, answer) {
                answers.push((name.to_owned(), answer.to_owned()));
                break;
            }
            println!("  This is not understood.");
        }
    }
    println!();
    answers
}

/// Adds a fact. False if the name or the answer is not understood.
fn learn<'a>(facts: &mut Facts<'a>, name: &str, answer: &'a str) -> bool {
    let number = || answer.parse::<i32>().ok();
    let seconds = || answer.parse().ok().map(Duration::from_secs);
    match name {
        "push-state" => set(&mut facts.push_state, number().map(PushState::new)),
        "registration" => {
            let state = STATES.into_iter().find(|state| state.name() == answer);
            set(&mut facts.registration, state)
        }
        "report" => set(&mut facts.report, number().map(ErrorCode::new)),
        "certificate-age" => set(&mut facts.certificate_age, seconds()),
        "auth" => set(&mut facts.auth, number().map(ResultCode::new)),
        "message" => set(&mut facts.message, number().map(ErrorCode::new)),
        "push-mode" => set(&mut facts.push_mode, number().map(PushMode::new)),
        "send" => set(&mut facts.send, number().map(ResultCode::new)),
        "user-status" => set(&mut facts.user_status, number().map(UserStatus::new)),
        "receipt" => {
            let mut receipt = Receipt::new();
            let (kind, reason) = answer.split_once(',').unzip();
            receipt.ack_type = kind.or(Some(answer)).map(str::trim);
            receipt.sub_ack_type = reason.map(str::trim);
            let understood =
                receipt.receipt_type().is_some() && receipt.reason().is_some() == reason.is_some();
            set(&mut facts.receipt, understood.then_some(receipt))
        }
        "presence" => {
            let presence = PRESENCES.into_iter().find(|presence| presence.name() == answer);
            set(&mut facts.presence, presence)
        }
        "since-push" => set(&mut facts.since_push, seconds()),
        _ => false,
    }
}

fn set<T>(place: &mut Option<T>, fact: Option<T>) -> bool {
    let understood = fact.is_some();
    *place = fact;
    understood
}
