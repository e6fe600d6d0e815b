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

use crate::case::Case;

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
