//! The ways into a message.

use std::fmt;

use offline_push::json::{DecodeError, DecodeErrorKind};

use crate::common::{Kind, may_be_first_not_utf8};

/// What an entry point made of the bytes.
pub(crate) struct Outcome {
    pub(crate) entry: &'static str,
    /// True for an entry point that writes to the bytes, or to a copy of them, and so reads escaped text.
    pub(crate) writes: bool,
    /// The view of the message, written out.
    pub(crate) view: Result<String, DecodeError>,
    /// All that an owned message keeps, written out.
    pub(crate) whole: Option<String>,
    /// What `from_prefix` leaves behind the message.
    pub(crate) rest: Option<usize>,
}

/// How many entry points write, how many take any bytes, and how many take text.
pub(crate) const WRITING: usize = 3;
pub(crate) const OF_BYTES: usize = WRITING + 1;
pub(crate) const OF_TEXT: usize = OF_BYTES + 2;

/// How many entry points take the bytes.
pub(crate) fn count(bytes: &[u8]) -> usize {
    if str::from_utf8(bytes).is_ok() { OF_TEXT } else { OF_BYTES }
}

fn plain(entry: &'static str, writes: bool, view: Result<String, DecodeError>) -> Outcome {
    Outcome { entry, writes, view, whole: None, rest: None }
}

/// The bytes through the entry points that write.
pub(crate) fn writing(kind: &Kind, bytes: &[u8]) -> Vec<Outcome> {
    let owned = match (kind.owned)(bytes) {
        Ok(kept) => Outcome { whole: Some(kept.whole), ..plain("Owned::receive", true, Ok(kept.view)) },
        Err(error) => plain("Owned::receive", true, Err(error)),
    };
    let outcomes = vec![
        plain("from_slice_in_place", true, kind.in_place(bytes)),
        plain("from_slice_with_scratch", true, kind.escaped(bytes)),
        owned,
    ];
    assert_eq!(outcomes.len(), WRITING);
    outcomes
}

/// The bytes through every entry point that takes them.
pub(crate) fn every(kind: &Kind, bytes: &[u8]) -> Vec<Outcome> {
    let mut outcomes = writing(kind, bytes);
    outcomes.push(plain("from_slice", false, (kind.from_slice)(bytes)));
    if let Ok(text) = str::from_utf8(bytes) {
        outcomes.push(plain("from_str", false, (kind.from_str)(text)));
        outcomes.push(match (kind.from_prefix)(text) {
            Ok((view, rest)) => Outcome { rest: Some(rest), ..plain("from_prefix", false, Ok(view)) },
            Err(error) => plain("from_prefix", false, Err(error)),
        });
    }
    assert_eq!(outcomes.len(), count(bytes));
    outcomes
}

impl Outcome {
    /// Refused, at a place in the input, and for a reason that the entry point may have: the error.
    pub(crate) fn is_refused(&self, bytes: &[u8], about: &dyn fmt::Display) -> DecodeError {
        let Err(error) = self.view else { unreachable!("{} accepts {about}", self.entry) };
        assert!(error.offset() <= bytes.len(), "{}: {error} of {about}", self.entry);
        if self.writes {
            let wrong = [DecodeErrorKind::EscapedText, DecodeErrorKind::BufferFull];
            assert!(!wrong.contains(&error.kind()), "{}: {error} of {about}", self.entry);
        }
        let valid = str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        // Bytes that are not UTF-8 come before all other faults.
        assert_eq!(
            error.kind() == DecodeErrorKind::NotUtf8,
            valid < bytes.len(),
            "{}: {error} of {about}",
            self.entry
        );
        if error.kind() == DecodeErrorKind::NotUtf8 {
            let here =
                error.offset() == valid || (self.writes && may_be_first_not_utf8(bytes, error.offset()));
            assert!(here, "{}: {error} of {about}", self.entry);
            assert_eq!((error.field(), error.index()), (None, None), "{}: {error} of {about}", self.entry);
        }
        error
    }
}
