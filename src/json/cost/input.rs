//! Input that grows in one place, and the ways to break it there and at its end.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use super::kinds::Kind;
use super::ways::Decode;
use crate::json::SMALL;

/// A message with a place where something repeats itself.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) decode: Decode,
    front: String,
    /// Repeated; every `%` is the number of the repetition, in as many digits each time.
    unit: String,
    /// Between the units and what closes them.
    middle: String,
    /// Repeated as often as the unit.
    close: String,
    back: String,
    wrong_backs: &'static [&'static str],
    pub(super) outcome: Outcome,
    /// How often each byte may be looked at or written.
    pub(super) times: usize,
    /// How often each byte of what is repeated may be looked at again if there is a fault behind it.
    again: usize,
}

/// What becomes of an input, if its escapes may be resolved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Read,
    Refused,
    /// Refused at a place that is the same however long the input is.
    RefusedInFront,
}

/// A byte of a long token, once: UTF-8, the token, a copy into a buffer and the like.
const TIMES_OF_LONG: usize = 6;
/// What a fault may cost wherever it stands: the look at it, and a member that a wrong end has more than the right one.
const FAULT: usize = 256;
/// The fast way goes over a string that it took for a plain one a second time to say what is wrong with it. What it has moved
/// of it, from the first escape on, is overwritten before.
const AGAIN: usize = 1;
const AGAIN_BEHIND_ESCAPES: usize = 2;
/// The worst: shortest tokens, of which each is held against all that there might be.
const TIMES_OF_MANY: usize = 24;

const NUMBER_LEN: usize = 8;

impl Input {
    pub(super) fn new(
        kind: &Kind,
        name: impl ToString,
        front: &str,
        unit: impl ToString,
        back: &str,
    ) -> Self {
        Self {
            name: format!("{} with {}", kind.name, name.to_string()),
            decode: kind.decode,
            front: format!("{}{front}", kind.front),
            unit: unit.to_string(),
            middle: back.to_string(),
            close: String::new(),
            back: kind.back.to_string(),
            wrong_backs: kind.wrong_backs,
            outcome: Outcome::Read,
            times: TIMES_OF_MANY,
            again: 0,
        }
    }

    /// A string that opens in the front and is closed before the back.
    pub(super) fn string(
        kind: &Kind,
        name: impl ToString,
        front: &str,
        unit: impl ToString,
        back: &str,
    ) -> Self {
        let string = Self::new(kind, name, front, unit, &format!("\"{back}"));
        let escapes = string.unit.contains('\\');
        let string = if escapes { string } else { string.long() };
        string.again(if escapes { AGAIN_BEHIND_ESCAPES } else { AGAIN })
    }

    /// In an element whose type stands behind it: it is looked for before it is seen that there is none.
    pub(super) fn before_its_type(self) -> Self {
        self.again(3 * AGAIN_BEHIND_ESCAPES)
    }

    /// The small way does nothing twice.
    fn again(self, again: usize) -> Self {
        Self { again: if SMALL { 0 } else { again }, ..self }
    }

    /// What a fault behind so many units may cost beyond success.
    pub(super) fn fault(&self, count: usize) -> usize {
        FAULT + self.again * count * self.unit.len()
    }

    pub(super) fn closed(self, close: &str) -> Self {
        Self { close: close.to_string(), ..self }
    }

    pub(super) fn refused(self) -> Self {
        Self { outcome: Outcome::Refused, ..self }
    }

    pub(super) fn refused_in_front(self) -> Self {
        Self { outcome: Outcome::RefusedInFront, ..self }
    }

    /// One long token without escapes.
    pub(super) fn long(self) -> Self {
        Self { times: TIMES_OF_LONG, ..self }
    }

    /// The same behind a member with an escape. The fast way resolves escapes in a pass of its own, which input without any does
    /// not take; so that it takes it with a fault and without.
    pub(super) fn escaped(self) -> Self {
        Self { front: self.front.replacen('{', r#"{"\n":{},"#, 1), ..self }
    }

    /// How many units make about so many bytes.
    pub(super) fn count(&self, length: usize) -> usize {
        let numbers = self.unit.matches('%').count() * (NUMBER_LEN - 1);
        (length / (self.unit.len() + numbers + self.close.len())).max(1)
    }

    fn units(&self, count: usize) -> String {
        if !self.unit.contains('%') {
            return format!("{}{}", self.front, self.unit.repeat(count));
        }
        let unit = |index| self.unit.replace('%', &format!("{index:0NUMBER_LEN$}"));
        self.front.clone() + &(0..count).map(unit).collect::<String>()
    }

    fn behind(&self, count: usize) -> String {
        format!("{}{}", self.middle, self.close.repeat(count))
    }

    pub(super) fn whole(&self, count: usize) -> Vec<u8> {
        (self.units(count) + &self.behind(count) + &self.back).into_bytes()
    }

    /// What is read: the whole, and the same with an escape behind the last unit, which is one only in a string.
    pub(super) fn read(&self, count: usize) -> [Vec<u8>; 2] {
        let escape = self.units(count) + r"\n" + &self.behind(count) + &self.back;
        [self.whole(count), escape.into_bytes()]
    }

    /// The same with a fault behind the last unit or at the end.
    pub(super) fn broken(&self, count: usize) -> Vec<(String, Vec<u8>)> {
        let (units, behind) = (self.units(count), self.behind(count));
        let mut all = Vec::new();
        let mut add = |fault: &str, bytes| all.push((fault.to_string(), bytes));
        for fault in [&b""[..], b"\\x", b"\\u00", b"\\ud83d", b"\x01", b"\xff"] {
            let cut = [units.as_bytes(), fault].concat();
            if !fault.is_empty() {
                let rest = [&cut[..], behind.as_bytes(), self.back.as_bytes()].concat();
                add(&format!("`{}` behind the last unit", fault.escape_ascii()), rest);
            }
            add(&format!("`{}` behind the last unit, and no more", fault.escape_ascii()), cut);
        }
        let whole = self.whole(count);
        let (_, cut) = whole.split_last().unwrap();
        add("no last byte", cut.to_vec());
        for fault in [&b"x"[..], b"\"", b"\\", b"\x01", b"\xff"] {
            add(&format!("`{}` for the last byte", fault.escape_ascii()), [cut, fault].concat());
        }
        for fault in [&b"x"[..], b",", b"{}", b"\\", b"\xff"] {
            add(&format!("`{}` behind the end", fault.escape_ascii()), [&whole[..], fault].concat());
        }
        for back in self.wrong_backs {
            add(&format!("`{back}` for an end"), format!("{units}{behind}{back}").into_bytes());
        }
        all
    }
}
