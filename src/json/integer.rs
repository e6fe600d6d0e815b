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
        let mut number = Number::default();
        if self.at_number() {
            self.number(&mut number)?;
        } else {
            if !self.at_text() {
                return self.wrong_type();
            }
            self.string(true)?;
            let digits = self.source.get(self.start, self.end).unwrap_or_default();
            let done = number.read(digits).is_ok();
            if !done || !number.integer || number.end != digits.len() {
                return self.fail(DecodeErrorKind::WrongType, start);
            }
        }
        if !number.integer {
            return self.fail(DecodeErrorKind::NotAnInteger, start);
        }
        let least = if signed { max.wrapping_add(1) } else { 0 };
        if number.too_large || number.magnitude > if number.negative { least } else { max } {
            return self.fail(DecodeErrorKind::OutOfRange, start);
        }
        Some(if number.negative { number.magnitude.wrapping_neg() } else { number.magnitude })
    }

    /// Text, or an integer as the text it was written in: what an id field takes.
    pub(crate) fn id(&mut self) -> Option<&'a str> {
        if !self.at_number() {
            return self.text();
        }
        let start = self.pos;
        let mut number = Number::default();
        self.number(&mut number)?;
        // Of any length: an id is no quantity.
        if number.integer { self.text_since(start) } else { self.fail(DecodeErrorKind::NotAnInteger, start) }
    }

    pub(super) fn at_number(&self) -> bool {
        matches!(self.here(), b'-' | b'0'..=b'9')
    }

    /// Any number, checked and passed.
    pub(super) fn skip_number(&mut self) -> Option<()> {
        self.number(&mut Number::default())
    }

    fn number(&mut self, number: &mut Number) -> Option<()> {
        number.end = self.pos;
        match number.read(self.source.as_bytes()) {
            Ok(()) => self.pos = number.end,
            Err(kind) => return self.fail(kind, number.end),
        }
        Some(())
    }
}

/// A number as it was written.
#[derive(Default)]
struct Number {
    /// Where it begins, until it has been read; then where it ends, or where it is wrong.
    end: usize,
    negative: bool,
    /// Without fraction and exponent.
    integer: bool,
    /// Of an integer.
    magnitude: u64,
    /// 64 bits do not hold it.
    too_large: bool,
}

/// What a number may go on with, from each state: four bits for each [`class`] of bytes hold the next state.
static NEXT: [u32; 9] = [
    // Nothing yet; a sign.
    row(ZERO, MORE, SIGN, 0, 0, 0),
    row(ZERO, MORE, 0, 0, 0, 0),
    // The integer: 0, or any other.
    row(0, 0, 0, 0, POINT, E),
    row(MORE, MORE, 0, 0, POINT, E),
    // The fraction: its point, its digits.
    row(FRACTION, FRACTION, 0, 0, 0, 0),
    row(FRACTION, FRACTION, 0, 0, 0, E),
    // The exponent: its letter, its sign, its digits.
    row(EXPONENT, EXPONENT, EXPONENT_SIGN, EXPONENT_SIGN, 0, 0),
    row(EXPONENT, EXPONENT, 0, 0, 0, 0),
    row(EXPONENT, EXPONENT, 0, 0, 0, 0),
];
const SIGN: u32 = 1;
const ZERO: u32 = 2;
const MORE: u32 = 3;
const POINT: u32 = 4;
const FRACTION: u32 = 5;
const E: u32 = 6;
const EXPONENT_SIGN: u32 = 7;
const EXPONENT: u32 = 8;

const fn row(zero: u32, digit: u32, minus: u32, plus: u32, point: u32, e: u32) -> u32 {
    zero | digit << 4 | minus << 8 | plus << 12 | point << 16 | e << 20
}

/// Where the bits of a byte stand in a row.
const fn class(byte: u8) -> u32 {
    match byte {
        b'0' => 0,
        b'1'..=b'9' => 4,
        b'-' => 8,
        b'+' => 12,
        b'.' => 16,
        b'e' | b'E' => 20,
        _ => 24,
    }
}

impl Number {
    #[inline(never)]
    fn read(&mut self, bytes: &[u8]) -> Result<(), DecodeErrorKind> {
        let mut state = 0;
        while let Some(&byte) = bytes.get(self.end) {
            let next = NEXT.get(state as usize).map_or(0, |row| row >> class(byte) & 0xf);
            if next == 0 {
                break;
            }
            state = next;
            self.negative |= state == SIGN;
            if state == MORE {
                let digit = u64::from(byte & 0xf);
                let value = self.magnitude.wrapping_mul(10).wrapping_add(digit);
                // Where the digits before fit, the sum wraps to less than the digit.
                self.too_large |= self.magnitude > u64::MAX / 10 || value < digit;
                self.magnitude = value;
            }
            self.end += 1;
        }
        self.integer = matches!(state, ZERO | MORE);
        let whole = matches!(state, ZERO | MORE | FRACTION | EXPONENT);
        // Nothing goes on behind a 0 but what is no digit.
        let goes_on = state == ZERO && bytes.get(self.end).is_some_and(u8::is_ascii_digit);
        match bytes.get(self.end) {
            _ if whole && !goes_on => Ok(()),
            None => Err(DecodeErrorKind::EndOfInput),
            Some(_) => Err(DecodeErrorKind::InvalidNumber),
        }
    }
}
