//! A hostile URI takes time in proportion to its length, and no more entries than allowed.

use std::time::{Duration, Instant};

use offline_push::intent::{Intent, MAX_ENTRIES};

/// What a receiver does with an intent.
fn work(uri: &str) -> Option<usize> {
    let intent = Intent::parse(uri).ok()?;
    let entries = |intent: &Intent| {
        let keys = intent.extras.iter().map(|extra| extra.key.chars().count()).sum::<usize>();
        keys + intent.categories.iter().count() + usize::from(intent.extras.get("absent").is_some())
    };
    let selected = intent.selector.map(|selector| entries(&selector.intent()));
    Some(entries(&intent) + selected.unwrap_or_default() + intent.uri_len().unwrap())
}

/// What two of them take.
fn compare(uri: &str) -> Option<usize> {
    (Intent::parse(uri).ok()? == Intent::parse(uri).ok()?).then_some(0)
}

/// Compares the time for a URI with that for one four times as long.
fn grows_with_its_length(uri: impl Fn(usize) -> String, length: usize) {
    let time = |uri: &str, work: fn(&str) -> Option<usize>| {
        let start = Instant::now();
        assert!(work(uri).is_some());
        start.elapsed()
    };
    let (short, long) = (uri(length), uri(4 * length));
    for work in [work as fn(&str) -> Option<usize>, compare] {
        let short = (0..3).map(|_| time(&short, work)).min().unwrap();
        let long = (0..2).map(|_| time(&long, work)).min().unwrap();
        // The square would be sixteen times as much.
        assert!(long < short * 10 + Duration::from_millis(20), "{short:?}, {long:?}");
    }
}

/// A URI of about that length: some fields, repeated, behind some others.
fn long(head: &str, repeated: &str, length: usize) -> String {
    format!("intent:#Intent;{head}{}end", repeated.repeat(length / repeated.len()))
}

fn most_entries() -> String {
    (0..MAX_ENTRIES).map(|index| format!("S.{index}=%41;category={index};")).collect()
}

#[test]
fn repeated_fields_take_linear_time() {
    for repeated in ["type=%E6%A0%87;", "action=;", "scheme=%;", "SEL;", "SEL;S.a=%zz;", "component=a/b;"] {
        grows_with_its_length(|length| long("", repeated, length), 16 * 1024);
        grows_with_its_length(|length| long(&most_entries(), repeated, length), 2 * 1024);
    }
}

#[test]
fn repeated_fields_behind_all_the_entries_that_are_allowed_take_linear_time() {
    let repeated = "type=%E6%A0%87%E6%A0%87%E6%A0%87%zz%E6%A0%87%E6%A0%87;";
    grows_with_its_length(|length| long(&most_entries(), repeated, length), 16 * 1024);
}

#[test]
fn long_keys_and_values_take_linear_time() {
    let keys = |length: usize| {
        let part = "%E6%A0%87".repeat(length / MAX_ENTRIES / 9);
        let extras = (0..MAX_ENTRIES).map(|index| format!("S.{part}{index}=;")).collect::<String>();
        format!("intent:#Intent;{extras}end")
    };
    grows_with_its_length(keys, 4 * 1024);
    let values = |length: usize| {
        format!("intent:#Intent;i.a={}1;d.b={}1;end", "0".repeat(length), "%20".repeat(length))
    };
    grows_with_its_length(values, 4 * 1024);
    let data =
        |length: usize| format!("intent:{}#Intent;scheme={};end", "#".repeat(length), "%23".repeat(length));
    grows_with_its_length(data, 8 * 1024);
}

#[test]
fn too_many_entries_are_refused_where_they_begin() {
    for repeated in ["S.a=b;", "category=a;", "i.a=1;"] {
        let uri = long("", repeated, 64 * 1024);
        let error = Intent::parse(&uri).unwrap_err();
        assert_eq!(error.offset(), "intent:#Intent;".len() + repeated.len() * MAX_ENTRIES);
    }
}
