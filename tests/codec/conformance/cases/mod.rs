//! The table, by subject.

mod arrays;
mod comments;
mod controls;
mod depth;
mod ends;
mod escapes;
mod literals;
mod numbers;
mod objects;
mod spaces;
mod strings;
mod surrogates;
mod utf8;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::conformance::case::Case;

const SUBJECTS: &[&[Case]] = &[
    arrays::CASES,
    comments::CASES,
    controls::CASES,
    depth::CASES,
    ends::CASES,
    escapes::CASES,
    literals::CASES,
    numbers::CASES,
    objects::CASES,
    spaces::CASES,
    strings::CASES,
    surrogates::CASES,
    utf8::CASES,
];

/// Every case.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    SUBJECTS.iter().copied().flatten()
}

/// Checks every case, and names all those that fail: not the first one alone, which says little of what is broken.
pub(crate) fn each(mut check: impl FnMut(&'static Case)) {
    let fails = |case: &&'static Case| catch_unwind(AssertUnwindSafe(|| check(case))).is_err();
    let failed: Vec<_> = all().filter(fails).map(|case| case.name).collect();
    assert!(failed.is_empty(), "{} cases fail: {failed:?}", failed.len());
}
