//! A hostile URI takes time in proportion to its length, and no more entries than allowed.

use std::time::{Duration, Instant};

use offline_push::intent::{Intent, MAX_ENTRIES};

use super::written;

/// What a receiver does with an intent.
fn work(uri: &str) -> Option<usize> {
    let intent = Intent::parse(uri).ok()?;
    let entries = |intent: &Intent| {
        let keys = intent.extras.iter().map(|extra| extra.key.chars().count()).sum::<usize>();
        keys + intent.categories.iter().count() + usize::from(intent.extras.get("absent").is_some())
    };
    let selected = intent.selector.map(|selector| entries(&selector.intent()));
    assert_eq!(intent, Intent::parse(uri).unwrap());
    Some(entries(&intent) + selected.unwrap_or_default() + written(&intent).len())
}

/// The shortest of several times.
fn time(uri: &str) -> Duration {
    let each = (0..3).map(|_| {
        let start = Instant::now();
        std::hint::black_box(work(uri));
        start.elapsed()
    });
    each.min().unwrap()
}

/// A URI of about that length: some fields, repeated, behind some others.
fn long(head: &str, repeated: &str, length: usize) -> String {
    format!("intent:#Intent;{head}{}end", repeated.repeat(length / repeated.len()))
}

#[test]
fn twice_the_length_takes_about_twice_the_time() {
    let many = |name: &str| (0..MAX_ENTRIES).map(|index| format!("{name}{index}=1;")).collect::<String>();
    let entries =
        (0..MAX_ENTRIES).map(|index| format!("S.{index}=%41;category={index};")).collect::<String>();
    let heads = [String::new(), many("S."), entries];
    for repeated in ["type=%E6%A0%87;", "action=;", "scheme=%;", "SEL;", "SEL;S.a=%zz;", "component=a/b;"] {
        for head in &heads {
            let half = time(&long(head, repeated, 16 * 1024));
            let whole = time(&long(head, repeated, 64 * 1024));
            // Four times as long; a square would be sixteen times.
            let most = half * 10 + Duration::from_millis(20);
            assert!(whole < most, "{repeated} behind {}: {half:?}, {whole:?}", head.len());
        }
    }
}

#[test]
fn long_keys_and_values_take_linear_time() {
    let uri = |length: usize| {
        let part = "%E6%A0%87".repeat(length / MAX_ENTRIES / 9);
        let extras = (0..MAX_ENTRIES).map(|index| format!("S.{part}{index}=;")).collect::<String>();
        format!("intent:#Intent;{extras}end")
    };
    let (half, whole) = (time(&uri(16 * 1024)), time(&uri(64 * 1024)));
    assert!(whole < half * 10 + Duration::from_millis(20), "{half:?}, {whole:?}");
    let value = |length: usize| {
        format!("intent:#Intent;i.a={}1;d.b={}1;end", "0".repeat(length), "%20".repeat(length))
    };
    let (half, whole) = (time(&value(8 * 1024)), time(&value(32 * 1024)));
    assert!(whole < half * 10 + Duration::from_millis(20), "{half:?}, {whole:?}");
}

#[test]
fn too_many_entries_are_refused_where_they_begin() {
    for repeated in ["S.a=b;", "category=a;", "i.a=1;"] {
        let uri = long("", repeated, 64 * 1024);
        let error = Intent::parse(&uri).unwrap_err();
        assert_eq!(error.offset(), "intent:#Intent;".len() + repeated.len() * MAX_ENTRIES);
    }
}
