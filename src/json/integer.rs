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
        let mut from = start;
        let text = !self.at_number();
        if text {
            if !self.at_text() {
                return self.wrong_type();
            }
            self.string(true)?;
            from = self.start;
        }
        let number = Number::read(self.source.as_bytes(), from);
        if !text {
            self.behind(&number)?;
        } else if !number.good || !number.integer || number.end != self.end {
            return self.fail(DecodeErrorKind::WrongType, start);
        }
        if !number.integer {
            return self.fail(DecodeErrorKind::NotAnInteger, start);
        }
        let limit = match (number.negative, signed) {
            (false, _) => max,
            (true, true) => max.wrapping_add(1),
            (true, false) => 0,
        };
        if number.too_large || number.magnitude > limit {
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
        let number = Number::read(self.source.as_bytes(), start);
        self.behind(&number)?;
        // Of any length: an id is no quantity.
        if number.integer { self.text_since(start) } else { self.fail(DecodeErrorKind::NotAnInteger, start) }
    }

    pub(super) fn at_number(&self) -> bool {
        matches!(self.here(), b'-' | b'0'..=b'9')
    }

    /// Any number, checked and passed.
    pub(super) fn skip_number(&mut self) -> Option<()> {
        let number = Number::read(self.source.as_bytes(), self.pos);
        self.behind(&number)
    }

    /// Goes behind a number.
    fn behind(&mut self, number: &Number) -> Option<()> {
        if number.good {
            self.pos = number.end;
            return Some(());
        }
        let ended = number.end >= self.source.len();
        self.fail(
            if ended { DecodeErrorKind::EndOfInput } else { DecodeErrorKind::InvalidNumber },
            number.end,
        )
    }
}

/// A number as it was written.
struct Number {
    /// As the grammar wants it.
    good: bool,
    /// Where it ends, or where it is wrong.
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
    /// The number that begins at `start`.
    #[inline(never)]
    fn read(bytes: &[u8], start: usize) -> Self {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let negative = byte(start) == b'-';
        let first = start + usize::from(negative);
        let mut number =
            Self { good: false, end: first, negative, integer: true, magnitude: 0, too_large: false };
        loop {
            let digit = byte(number.end).wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            let value = number.magnitude.wrapping_mul(10).wrapping_add(u64::from(digit));
            // Where the digits before fit, the sum wraps to less than the digit.
            number.too_large |= number.magnitude > u64::MAX / 10 || value < u64::from(digit);
            number.magnitude = value;
            number.end += 1;
        }
        number.good = number.end > first;
        if byte(first) == b'0' && number.end > first + 1 {
            number.end = first + 1;
            number.good = false;
        }
        if number.good && byte(number.end) == b'.' {
            number.pass_digits(bytes, 1);
        }
        if number.good && byte(number.end) | 0x20 == b'e' {
            let sign = matches!(byte(number.end + 1), b'+' | b'-');
            number.pass_digits(bytes, 1 + usize::from(sign));
        }
        number
    }

    /// Passes the digits of the fraction or the exponent, which must follow.
    fn pass_digits(&mut self, bytes: &[u8], behind: usize) {
        self.integer = false;
        self.good = false;
        self.end += behind;
        while bytes.get(self.end).is_some_and(u8::is_ascii_digit) {
            self.good = true;
            self.end += 1;
        }
    }
}
