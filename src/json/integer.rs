//! Numbers on the wire: the grammar of all of them, the value of integers.

use super::error::DecodeErrorKind;
use super::reader::Reader;
use super::{SMALL, scan};

impl<'a> Reader<'a> {
    /// An integer, or one sent as a string, up to `max` and, if it is `signed`, down to `-max - 1`: its bits.
    #[inline]
    pub(crate) fn integer(&mut self, max: u64, signed: bool) -> Option<u64> {
        if !SMALL {
            let (magnitude, digits) = scan::plain_integer(self.bytes, self.pos);
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
            self.any_text()?;
            number.end = self.start;
            let done = number.read(self.bytes).is_ok();
            if !done || !number.integer || number.end != self.end {
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
        if let Err(kind) = number.read(self.bytes) {
            return self.fail(kind, number.end);
        }
        self.pos = number.end;
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

impl Number {
    #[inline(never)]
    fn read(&mut self, bytes: &[u8]) -> Result<(), DecodeErrorKind> {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        self.negative = byte(self.end) == b'-';
        self.end += usize::from(self.negative);
        self.integer = true;
        let first = self.end;
        let mut exponent = false;
        loop {
            let start = self.end;
            while byte(self.end).is_ascii_digit() {
                self.append(byte(self.end) & 0xf);
                self.end += 1;
            }
            if self.end == start {
                let ended = start >= bytes.len();
                return Err(if ended { DecodeErrorKind::EndOfInput } else { DecodeErrorKind::InvalidNumber });
            }
            if self.integer && start + 1 < self.end && byte(first) == b'0' {
                self.end = first + 1;
                return Err(DecodeErrorKind::InvalidNumber);
            }
            match byte(self.end) {
                b'.' if self.integer => {}
                b'e' | b'E' if !exponent => {
                    exponent = true;
                    self.end += usize::from(matches!(byte(self.end + 1), b'+' | b'-'));
                }
                _ => return Ok(()),
            }
            self.integer = false;
            self.end += 1;
        }
    }

    fn append(&mut self, digit: u8) {
        let value = self.magnitude.wrapping_mul(10).wrapping_add(u64::from(digit));
        // Where the digits before fit, the sum wraps to less than the digit.
        self.too_large |= self.magnitude > u64::MAX / 10 || value < u64::from(digit);
        self.magnitude = value;
    }
}
