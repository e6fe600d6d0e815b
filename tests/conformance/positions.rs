//! Every case at every place in a message, through every entry point.

use std::collections::BTreeSet;
use std::fmt;

use offline_push::json::DecodeErrorKind;
use serde_json::Value;

use crate::case::Case;
use crate::common::{kind, mended};
use crate::entry::{self, Outcome};
use crate::place::{Place, Sibling};
use crate::places::PLACES;
use crate::reading::{Reading, reading};
use crate::{cases, common};

/// The cases that close the message around them, and what follows is the rest that `from_prefix` leaves.
const CLOSE_THE_MESSAGE: &[&str] = &[
    "object_closed_twice",
    "object_closed_twice_behind_a_member",
    "object_unopened",
    "object_unopened_behind_a_number",
    "object_unopened_behind_a_string",
    "object_unopened_member",
    "trailing_brace_behind_a_word",
    "trailing_brace_behind_an_array",
    "trailing_brace_behind_space",
];

/// What was seen on the way.
#[derive(Default)]
struct Seen {
    runs: usize,
    /// Where the case is taken; read-only input with an escape in text is among it, which is refused for that.
    read: usize,
    refused: usize,
    closed_early: BTreeSet<&'static str>,
}

#[test]
fn every_case_is_decided_at_every_place_as_the_table_says() {
    let mut seen = Seen::default();
    cases::each(|case| {
        for place in PLACES {
            at_place(place, case, &mut seen);
        }
    });
    let of_a_case = |case: &Case| PLACES.len() * (entry::count(case.bytes) + entry::WRITING);
    assert_eq!(seen.runs, cases::all().map(of_a_case).sum::<usize>());
    assert_eq!(seen.runs, seen.read + seen.refused);
    assert!(seen.read >= 60_000 && seen.refused >= 250_000, "{} read, {} refused", seen.read, seen.refused);
    assert_eq!(seen.closed_early.into_iter().collect::<Vec<_>>(), CLOSE_THE_MESSAGE);
}

#[test]
fn there_are_enough_places_and_each_has_its_name() {
    let names: BTreeSet<_> = PLACES.iter().map(|place| place.name).collect();
    assert_eq!(names.len(), PLACES.len());
    assert!(names.len() >= 40, "{}", names.len());
}

fn at_place(place: &Place, case: &'static Case, seen: &mut Seen) {
    let (message, offset) = place.with(case.bytes);
    let expected = reading(place, case);
    let at = At { place, case, message: &message, offset, sibling: None };
    for outcome in entry::every(kind(place.kind), &message) {
        at.holds(&outcome, expected.as_ref(), seen);
    }
    let sibling = place.sibling();
    let with_sibling = sibling.before(&message);
    let offset = offset + with_sibling.len() - message.len();
    let at = At { place, case, message: &with_sibling, offset, sibling: Some(sibling) };
    for outcome in entry::writing(kind(place.kind), &with_sibling) {
        at.holds(&outcome, expected.as_ref(), seen);
    }
}

/// A case at a place.
struct At<'a> {
    place: &'a Place,
    case: &'static Case,
    message: &'a [u8],
    /// Where in the message the case begins.
    offset: usize,
    sibling: Option<&'static Sibling>,
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = String::from_utf8_lossy(self.message);
        write!(f, "{} at {}: {message:?}", self.case.name, self.place.name)
    }
}

impl At<'_> {
    /// The outcome is what is expected.
    fn holds(&self, outcome: &Outcome, expected: Option<&Reading>, seen: &mut Seen) {
        seen.runs += 1;
        if let Some(reading) = expected {
            seen.read += 1;
            self.is_read(outcome, reading);
        } else {
            seen.refused += 1;
            if outcome.rest.is_some() {
                self.is_closed_early(outcome);
                seen.closed_early.insert(self.case.name);
            } else {
                // What stands before the case is not what is refused.
                let error = outcome.is_refused(self.message, self);
                assert!(error.offset() >= self.offset, "{}: {error} of {self}", outcome.entry);
            }
        }
    }

    fn is_read(&self, outcome: &Outcome, reading: &Reading) {
        let entry = outcome.entry;
        if let Some(escape) = reading.escape.filter(|_| !outcome.writes) {
            let Err(error) = outcome.view else { unreachable!("{entry} gives escaped text out of {self}") };
            let expected = (DecodeErrorKind::EscapedText, self.offset + escape);
            assert_eq!((error.kind(), error.offset()), expected, "{entry}: {self}");
            return;
        }
        let Ok(view) = &outcome.view else { unreachable!("{entry} refuses {self}: {:?}", outcome.view) };
        let view = self.sibling.map_or_else(|| view.clone(), |sibling| sibling.taken_out(view));
        let expected = match &reading.view {
            Some(value) => self.place.view.replace('§', value),
            None => self.place.absent.to_owned(),
        };
        if reading.by_value && serde_json::from_slice::<Value>(&mended(expected.as_bytes())).is_ok() {
            assert_eq!(common::value(&view), common::value(&expected), "{entry}: {self}");
        } else {
            assert_eq!(view, expected, "{entry}: {self}");
        }
        assert!(outcome.rest.is_none_or(|rest| rest == 0), "{entry}: {self}");
        if let Some(whole) = &outcome.whole {
            self.is_kept_whole(whole);
        }
    }

    /// What is kept is the message as it came, also what nobody reads.
    fn is_kept_whole(&self, whole: &str) {
        match serde_json::from_slice::<Value>(&mended(self.message)) {
            Ok(message) => assert_eq!(common::value(whole), message, "{self}"),
            Err(_) => assert!(whole.contains(self.case.trimmed()), "{whole} of {self}"),
        }
    }

    /// The case has closed the message: what is read is the message that ends there, the rest is what follows.
    fn is_closed_early(&self, outcome: &Outcome) {
        let rest = outcome.rest.expect("only from_prefix leaves a rest");
        assert_ne!(rest, 0, "{self}");
        let (message, _) = self.message.split_at(self.message.len() - rest);
        let text = str::from_utf8(message).unwrap();
        assert_eq!((kind(self.place.kind).from_str)(text), outcome.view, "{self}");
        let mut values = serde_json::Deserializer::from_slice(self.message).into_iter::<Value>();
        assert!(values.next().unwrap().is_ok(), "{self}");
        assert_eq!(values.byte_offset(), message.len(), "{self}");
    }
}
