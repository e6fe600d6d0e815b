//! Numbers on the wire: the grammar of all of them, the value of integers.

use super::error::DecodeErrorKind;
use super::reader::Reader;
use super::{SMALL, scan};

impl<'a> Reader<'a> {
    /// An integer, or one sent as a string, up to `max` and, if it is `signed`, down to `-max - 1`: its bits.
    #[inline]
    pub(crate) fn integer(&mut self, max: u64, signed: bool) -> Option<u64> {
        if !SMALL {
            let (magnitude, digits) = scan::plain_integer(self.source.as_bytes(), self.pos);
            if digits != 0 && magnitude <= max {
                self.pos += digits;
                return Some(magnitude);
            }
        }
        self.any_integer(max, signed)
    }

    #[inline(never)]
    fn any_integer(&mut self, max: u64, signed: bool) -> Option<u64> {
        let start = self.pos;
        let text = !self.at_number();
        let mut behind = 0;
        if text {
            self.string(true)?;
            // What follows a text is no part of a number.
            (behind, self.pos) = (self.pos, self.start);
        }
        let mut at = self.pos;
        let integer = self.number();
        if text {
            if integer != Some(true) || self.pos != self.end {
                return self.fail(DecodeErrorKind::WrongType, start);
            }
            self.pos = behind;
        }
        if !integer? {
            return self.fail(DecodeErrorKind::NotAnInteger, start);
        }
        let negative = self.byte(at) == b'-';
        at += usize::from(negative);
        // Two halves of 32 bits, each with its carry.
        let (mut high, mut low) = (0u32, 0u32);
        loop {
            let digit = self.byte(at).wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            let sum = u64::from(low) * 10 + u64::from(digit);
            low = sum as u32;
            let sum = u64::from(high) * 10 + (sum >> 32);
            high = sum as u32;
            if sum >> 32 != 0 {
                return self.fail(DecodeErrorKind::OutOfRange, start);
            }
            at += 1;
        }
        let magnitude = u64::from(high) << 32 | u64::from(low);
        // Below zero there is one more than above it, or none.
        let limit = if !negative {
            max
        } else if signed {
            max.wrapping_add(1)
        } else {
            0
        };
        if magnitude > limit {
            return self.fail(DecodeErrorKind::OutOfRange, start);
        }
        Some(if negative { magnitude.wrapping_neg() } else { magnitude })
    }

    /// Text, or an integer as the text it was written in: what an id field takes.
    pub(crate) fn id(&mut self) -> Option<&'a str> {
        if !self.at_number() {
            return self.text();
        }
        let start = self.pos;
        // Of any length: an id is no quantity.
        if self.number()? { self.text_since(start) } else { self.fail(DecodeErrorKind::NotAnInteger, start) }
    }

    #[cfg_attr(feature = "small", inline(never))]
    #[cfg_attr(not(feature = "small"), inline)]
    pub(super) fn at_number(&self) -> bool {
        matches!(self.here(), b'-' | b'0'..=b'9')
    }

    /// Passes any number; true if it is an integer.
    #[inline(never)]
    pub(super) fn number(&mut self) -> Option<bool> {
        self.accept(b'-');
        // Behind a zero there is no digit.
        let mut digits = if self.accept(b'0') { !self.here().is_ascii_digit() } else { self.pass_digits() };
        let mut integer = true;
        if digits && self.accept(b'.') {
            integer = false;
            digits = self.pass_digits();
        }
        if digits && (self.accept(b'e') || self.accept(b'E')) {
            integer = false;
            let _ = self.accept(b'+') || self.accept(b'-');
            digits = self.pass_digits();
        }
        if digits {
            return Some(integer);
        }
        let ended = self.pos >= self.source.len();
        self.fail(if ended { DecodeErrorKind::EndOfInput } else { DecodeErrorKind::InvalidNumber }, self.pos)
    }

    /// Passes digits; true if there are any.
    #[inline(never)]
    fn pass_digits(&mut self) -> bool {
        let start = self.pos;
        while self.here().is_ascii_digit() {
            self.pos += 1;
        }
        self.pos > start
    }
}
