//! Finds out why no push arrives: asks for what is known, and prints the guide's FAQ as a checklist.
//!
//! ```text
//! cargo run --example doctor                                   # asks; an empty answer means "not known"
//! cargo run --example doctor -- turn-on=0 registered=yes auth=10206
//! ```

use std::env;
use std::error::Error;
use std::io::{self, BufRead, Write};
use std::time::Duration;

use offline_push::delivery::Presence;
use offline_push::diagnose::{Facts, diagnose};
use offline_push::registration::State;
use offline_push::tim::ErrorCode;
use offline_push::vivo::{PushMode, PushState, Receipt, ResultCode, UserStatus};

/// The name of each fact, and the question for it.
const QUESTIONS: [(&str, &str); 13] = [
    ("turn-on", "State that turnOnPush answered on the phone (0, 101, …)"),
    ("registered", "Has setOfflinePushToken succeeded on the phone (yes, no)"),
    ("report", "If not: its error code"),
    ("certificate-age", "Minutes since the certificate was saved in the IM console"),
    ("auth", "Result of an auth request to vivo (0, 10206, …)"),
    ("message", "ErrorCode of IM's reply to the message (0, 90001, …)"),
    ("send", "Result of the push at vivo (0, 10302, …)"),
    ("status", "Status of the invalidUser in that reply (1, 2, …)"),
    ("test-mode", "Was it a test push, with pushMode 1 (yes, no)"),
    ("receipt", "ackType of the receipt, or ackType,subAckType (0; 104,2161; …)"),
    ("others", "Have other pushes to this phone arrived at about the same time (yes, no)"),
    ("app", "The app when the message was sent (killed, background, online, logged-out, kicked, expired)"),
    ("since", "Seconds since the test push"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = env::args().skip(1).collect();
    let mut answers = Vec::new();
    for (name, question) in QUESTIONS {
        answers.push((name, if given.is_empty() { ask(question)? } else { argument(&given, name) }));
    }
    let mut facts = Facts::new();
    for (name, answer) in answers.iter().filter(|(_, answer)| !answer.is_empty()) {
        facts = learn(facts, name, answer).map_err(|error| format!("{name}: {error}"))?;
    }
    if let Some(unknown) = given.iter().find(|given| !QUESTIONS.iter().any(|(name, _)| named(given, name))) {
        return Err(format!("unknown fact: {unknown}").into());
    }
    println!("{}", diagnose(&facts));
    Ok(())
}

fn ask(question: &str) -> io::Result<String> {
    print!("{question}? ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().into())
}

fn named(given: &str, name: &str) -> bool {
    given.strip_prefix(name).is_some_and(|rest| rest.starts_with('='))
}

fn argument(given: &[String], name: &str) -> String {
    let found = given.iter().find(|given| named(given, name));
    found.and_then(|given| given.split_once('=')).map(|(_, value)| value.into()).unwrap_or_default()
}

fn learn<'a>(facts: Facts<'a>, name: &str, answer: &'a str) -> Result<Facts<'a>, Box<dyn Error>> {
    Ok(match name {
        "turn-on" => facts.push_state(PushState::new(answer.parse()?)),
        "registered" if yes(answer)? => facts.registration(State::Bound),
        "registered" => facts.registration(State::Failed),
        "report" => facts.report(ErrorCode::new(answer.parse()?)),
        "certificate-age" => facts.certificate_age(Duration::from_secs(60 * answer.parse::<u64>()?)),
        "auth" => facts.auth(ResultCode::new(answer.parse()?)),
        "message" => facts.message(ErrorCode::new(answer.parse()?)),
        "status" => facts.user_status(UserStatus::new(answer.parse()?)),
        "receipt" => {
            let (kind, reason) = answer.split_once(',').unwrap_or((answer, ""));
            let mut receipt = Receipt::new().ack_type(kind);
            receipt.sub_ack_type = Some(reason).filter(|reason| !reason.is_empty());
            facts.receipt(receipt)
        }
        "send" => facts.send(ResultCode::new(answer.parse()?)),
        "test-mode" => facts.push_mode(if yes(answer)? { PushMode::TEST } else { PushMode::FORMAL }),
        "others" => facts.others_arrived(yes(answer)?),
        "app" => facts.presence(match answer {
            "killed" => Presence::Killed,
            "background" => Presence::Background,
            "online" => Presence::Online,
            "logged-out" => Presence::LoggedOut,
            "kicked" => Presence::Kicked,
            "expired" => Presence::Expired,
            other => return Err(format!("not a state of the app: {other}").into()),
        }),
        _ => facts.since_push(Duration::from_secs(answer.parse()?)),
    })
}

fn yes(answer: &str) -> Result<bool, String> {
    match answer {
        "yes" | "y" => Ok(true),
        "no" | "n" => Ok(false),
        other => Err(format!("neither yes nor no: {other}")),
    }
}
