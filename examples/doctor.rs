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
use offline_push::vivo::{PushMode, PushState, ResultCode};

/// The name of each fact, and the question for it.
const QUESTIONS: [(&str, &str); 9] = [
    ("turn-on", "State that turnOnPush answered on the phone (0, 101, …)"),
    ("registered", "Has setOfflinePushToken succeeded on the phone (yes, no)"),
    ("report", "If not: its error code"),
    ("certificate-age", "Minutes since the certificate was saved in the IM console"),
    ("auth", "Result of an auth request to vivo (0, 10206, …)"),
    ("send", "Result of the push at vivo (0, 10302, …)"),
    ("test-mode", "Was it a test push, with pushMode 1 (yes, no)"),
    ("app", "The app when the message was sent (killed, background, online, logged-out, kicked)"),
    ("since", "Seconds since the test push"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = env::args().skip(1).collect();
    let mut facts = Facts::new();
    for (name, question) in QUESTIONS {
        let answer = if given.is_empty() { ask(question)? } else { argument(&given, name) };
        if !answer.is_empty() {
            facts = learn(facts, name, &answer).map_err(|error| format!("{name}: {error}"))?;
        }
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

fn learn(facts: Facts<'static>, name: &str, answer: &str) -> Result<Facts<'static>, Box<dyn Error>> {
    Ok(match name {
        "turn-on" => facts.push_state(PushState::new(answer.parse()?)),
        "registered" if yes(answer)? => facts.registration(State::Bound),
        "registered" => facts.registration(State::Failed),
        "report" => facts.report(ErrorCode::new(answer.parse()?)),
        "certificate-age" => facts.certificate_age(Duration::from_secs(60 * answer.parse::<u64>()?)),
        "auth" => facts.auth(ResultCode::new(answer.parse()?)),
        "send" => facts.send(ResultCode::new(answer.parse()?)),
        "test-mode" => facts.push_mode(if yes(answer)? { PushMode::TEST } else { PushMode::FORMAL }),
        "app" => facts.presence(match answer {
            "killed" => Presence::Killed,
            "background" => Presence::Background,
            "online" => Presence::Online,
            "logged-out" => Presence::LoggedOut,
            "kicked" => Presence::Kicked,
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
