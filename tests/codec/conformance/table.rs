//! Rules that the table keeps.

use std::collections::BTreeSet;

use offline_push::json::MAX_DEPTH;

use crate::conformance::case::{Case, Class, Expect};
use crate::conformance::{cases, documented};

/// As deep as a case nests whose subject is not depth: shallow enough for every place.
const SHALLOW: usize = 6;

#[test]
fn there_are_enough_cases_of_every_expectation() {
    let count = |wanted: fn(&Case) -> bool| cases::all().filter(|case| wanted(case)).count();
    let accepted = count(|case| matches!(case.expect, Expect::Accept));
    let rejected = count(|case| matches!(case.expect, Expect::Reject));
    let defined = count(|case| matches!(case.expect, Expect::Defined(..)));
    let all = accepted + rejected + defined;
    assert_eq!(all, cases::all().count());
    assert!(all >= 900, "{all}");
    assert!(accepted >= 230 && rejected >= 580 && defined >= 90, "{accepted} {rejected} {defined}");
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for case in cases::all() {
        assert!(names.insert(case.name), "{} is there twice", case.name);
        let plain = case.name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        assert!(plain && case.name.contains('_'), "{:?}", case.name);
    }
}

#[test]
fn every_case_has_bytes_of_its_own() {
    let mut seen = BTreeSet::new();
    for case in cases::all() {
        assert!(seen.insert(case.bytes), "{} is like another one", case.name);
    }
}

#[test]
fn an_accepted_string_says_what_it_means_and_nothing_else_does() {
    for case in cases::all() {
        let string = case.accepted() && case.class() == Class::String;
        assert_eq!(case.text.is_some(), string, "{}", case.name);
    }
}

#[test]
fn depth_decides_no_case_but_those_about_depth() {
    let mut deep = 0;
    for case in cases::all() {
        match case.expect {
            Expect::Defined(accepted, documented) if documented == documented::DEPTH => {
                assert_eq!(accepted, case.depth() <= MAX_DEPTH, "{}", case.name);
                deep += 1;
            }
            Expect::Reject => {}
            _ => assert!(case.depth() <= SHALLOW, "{}", case.name),
        }
    }
    for (levels, about) in [(MAX_DEPTH, "at the limit"), (MAX_DEPTH + 1, "one beyond")] {
        let there = cases::all().filter(|case| case.depth() == levels).count();
        assert!(there >= 5, "{there} {about}");
    }
    assert!(deep >= 20, "{deep}");
}
