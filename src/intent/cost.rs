//! A hostile URI takes work in proportion to its length. Work is what [`crate::work`] counts.

use std::format;
use std::string::String;

use super::{Intent, MAX_ENTRIES};
use crate::work::counted;

/// Length of what grows, where it begins to.
const SHORTEST: usize = 1024;
/// What stands around that which grows, and what an error looks at beside.
const AROUND: usize = 64;

/// Something that is done with a URI.
struct Use {
    does: fn(&str),
    /// How often each byte may be looked at.
    times: usize,
    /// How often the URI is doubled.
    doublings: u32,
}

const USES: [Use; 3] = [
    Use { does: parse, times: 24, doublings: 10 },
    // Each entry is held against all others.
    Use { does: work, times: 10 * MAX_ENTRIES, doublings: 2 },
    Use { does: compare, times: 10 * MAX_ENTRIES, doublings: 2 },
];

fn parse(uri: &str) {
    let _ = Intent::parse(uri);
}

/// What a receiver does with an intent.
fn work(uri: &str) {
    let intent = Intent::parse(uri).unwrap();
    let entries = |intent: &Intent<'_>| {
        intent.extras.iter().for_each(|extra| assert!(extra.key.chars().count() > 0));
        intent.categories.iter().for_each(drop);
        assert!(intent.extras.get("absent").is_none());
    };
    entries(&intent);
    if let Some(selector) = intent.selector {
        entries(&selector.intent());
    }
    if let Some(data) = intent.data {
        let _ = (data.host(), data.path());
    }
    intent.uri_len().unwrap();
}

/// What two of them take.
fn compare(uri: &str) {
    assert!(Intent::parse(uri).unwrap() == Intent::parse(uri).unwrap());
}

/// Of a URI that grows with a number.
fn grows_with_its_length(uri: impl Fn(usize) -> String) {
    for Use { does, times, doublings } in USES {
        let mut before = None;
        for doubling in 0..=doublings {
            let uri = uri(1 << doubling);
            let ((), cost) = counted(|| does(&uri));
            let begin: String = uri.chars().take(60).collect();
            assert!(cost <= times * uri.len() + AROUND, "{begin}: {cost} for {}", uri.len());
            let twice = before.map_or(usize::MAX, |before| 2 * before + AROUND);
            assert!(cost <= twice, "{begin}: {before:?}, {cost} for {}", uri.len());
            before = Some(cost);
        }
    }
}

/// What makes up about the shortest length, so many times.
fn repeat(repeated: &str, times: usize) -> String {
    repeated.repeat(SHORTEST / repeated.len() * times)
}

/// Some fields, repeated, behind some others.
fn fields(head: &str, repeated: &str, times: usize) -> String {
    format!("intent:#Intent;{head}{}end", repeat(repeated, times))
}

fn most_entries() -> String {
    (0..MAX_ENTRIES).map(|index| format!("S.{index}=%41;category={index};")).collect()
}

const REPEATED: [&str; 7] = [
    "type=%E6%A0%87;",
    "action=;",
    "scheme=%;",
    "SEL;",
    "SEL;S.a=%zz;",
    "component=a/b;",
    "type=%E6%A0%87%E6%A0%87%E6%A0%87%zz%E6%A0%87%E6%A0%87;",
];

#[test]
fn work_grows_with_the_number_of_fields() {
    for repeated in REPEATED {
        grows_with_its_length(|times| fields("", repeated, times));
    }
}

#[test]
fn work_grows_with_the_number_of_fields_behind_all_the_entries_that_are_allowed() {
    for repeated in REPEATED {
        grows_with_its_length(|times| fields(&most_entries(), repeated, times));
    }
}

#[test]
fn work_grows_with_the_length_of_keys_and_values() {
    grows_with_its_length(|times| {
        let part = "%E6%A0%87".repeat(times);
        let extras = (0..MAX_ENTRIES).map(|index| format!("S.{part}{index}=;")).collect::<String>();
        format!("intent:#Intent;{extras}end")
    });
    for unit in ["0", "%30"] {
        let digits = |times| repeat(unit, times);
        grows_with_its_length(|times| format!("intent:#Intent;i.a={}1;end", digits(times)));
        grows_with_its_length(|times| format!("intent:#Intent;d.a={}1;end", digits(times)));
        grows_with_its_length(|times| format!("intent:#Intent;launchFlags=0x{};end", digits(times)));
        grows_with_its_length(|times| format!("intent:#Intent;sourceBounds=0 0 0 {};end", digits(times)));
    }
    for unit in ["a", "%61"] {
        grows_with_its_length(|times| {
            let name = repeat(unit, times);
            format!("intent:#Intent;component={name}/{name};end")
        });
    }
}

#[test]
fn work_grows_with_the_length_of_the_data() {
    for (begin, repeated) in [
        ("intent:", "#"),
        ("intent://", "a"),
        ("a://", "@"),
        ("a://a", "1"),
        ("a:", "b:"),
        ("", "a"),
        ("android-app://p/s/", "a/"),
    ] {
        grows_with_its_length(|times| format!("{begin}{}#Intent;end", repeat(repeated, times)));
    }
    grows_with_its_length(|times| format!("intent:#Intent;scheme={};end", repeat("%23", times)));
}

#[test]
fn no_error_takes_more_work_than_success() {
    for repeated in REPEATED {
        let good = fields(&most_entries(), repeated, 4);
        let ((), success) = counted(|| parse(&good));
        let without_end = good.strip_suffix("end").unwrap();
        for wrong in [
            "",
            "en",
            "x",
            "x;end",
            "x=;end",
            "S.a;end",
            "i.a=x;end",
            "launchFlags=1x;end",
            "S.a=;category=;end",
        ] {
            let uri = format!("{without_end}{wrong}");
            let (error, cost) = counted(|| Intent::parse(&uri).is_err());
            assert!(error || repeated.starts_with("SEL"), "{repeated}, {wrong}");
            assert!(cost <= success + AROUND, "{repeated}, {wrong}: {cost}, {success}");
        }
    }
}
