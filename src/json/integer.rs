//! Numbers on the wire: the grammar of all of them, the value of integers.

use super::error::DecodeErrorKind;
use super::escape::Failure;
use super::reader::Reader;
use super::scan;

/// An integer as it was written.
#[derive(Clone, Copy)]
pub(crate) struct Integer {
    pub(crate) negative: bool,
    pub(crate) magnitude: u64,
    /// Where it begins in the input.
    pub(crate) start: usize,
}

impl Integer {
    #[inline]
    pub(crate) const fn unsigned(self) -> Option<u64> {
        if self.negative && self.magnitude != 0 { None } else { Some(self.magnitude) }
    }

    #[inline]
    pub(crate) const fn signed(self) -> Option<i64> {
        if self.negative {
            0i64.checked_sub_unsigned(self.magnitude)
        } else {
            0i64.checked_add_unsigned(self.magnitude)
        }
    }
}

impl<'a> Reader<'a> {
    /// An integer, or one sent as a string.
    #[inline]
    pub(crate) fn integer(&mut self) -> Option<Integer> {
        let start = self.pos;
        let (magnitude, digits) = scan::plain_integer(self.bytes, start);
        if digits == 0 {
            return self.any_integer();
        }
        self.pos += digits;
        Some(Integer { negative: false, magnitude, start })
    }

    #[inline(never)]
    fn any_integer(&mut self) -> Option<Integer> {
        let start = self.pos;
        if matches!(self.here(), Some(b'-' | b'0'..=b'9')) {
            self.skip_number()?;
            return match value(self.bytes.get(start..self.pos)?) {
                Ok((negative, magnitude)) => Some(Integer { negative, magnitude, start }),
                Err(kind) => self.fail(kind, start),
            };
        }
        let digits = self.text()?.as_bytes();
        match value(digits) {
            _ if number_end(digits, 0) != Ok(digits.len()) => self.fail(DecodeErrorKind::WrongType, start),
            Ok((negative, magnitude)) => Some(Integer { negative, magnitude, start }),
            Err(DecodeErrorKind::OutOfRange) => self.fail(DecodeErrorKind::OutOfRange, start),
            Err(_) => self.fail(DecodeErrorKind::WrongType, start),
        }
    }

    /// Text, or an integer as the text it was written in: what an id field takes.
    pub(crate) fn id(&mut self) -> Option<&'a str> {
        if !matches!(self.here(), Some(b'-' | b'0'..=b'9')) {
            return self.text();
        }
        let start = self.pos;
        self.skip_number()?;
        let digits = self.text_since(start)?;
        // Of any length: an id is no quantity.
        match value(digits.as_bytes()) {
            Err(DecodeErrorKind::NotAnInteger) => self.fail(DecodeErrorKind::NotAnInteger, start),
            _ => Some(digits),
        }
    }

    /// Any number, checked and passed.
    pub(super) fn skip_number(&mut self) -> Option<()> {
        match number_end(self.bytes, self.pos) {
            Ok(end) => {
                self.pos = end;
                Some(())
            }
            Err((kind, at)) => self.fail(kind, at),
        }
    }
}

/// Sign and magnitude of the digits of a number.
fn value(number: &[u8]) -> Result<(bool, u64), DecodeErrorKind> {
    let digits = number.strip_prefix(b"-");
    let mut magnitude = Some(0u64);
    for byte in digits.unwrap_or(number) {
        if !byte.is_ascii_digit() {
            return Err(DecodeErrorKind::NotAnInteger);
        }
        let digit = u64::from(byte & 0xf);
        magnitude = magnitude.and_then(|tens| tens.checked_mul(10)?.checked_add(digit));
    }
    magnitude.map(|magnitude| (digits.is_some(), magnitude)).ok_or(DecodeErrorKind::OutOfRange)
}

/// Where the JSON number that begins at `start` ends.
fn number_end(bytes: &[u8], start: usize) -> Result<usize, Failure> {
    let digits_from = |from: usize| {
        let mut at = from;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let ends_badly = |at: usize| {
        let kind =
            if at >= bytes.len() { DecodeErrorKind::EndOfInput } else { DecodeErrorKind::InvalidNumber };
        Err((kind, at))
    };
    let first = start + usize::from(bytes.get(start) == Some(&b'-'));
    let mut at = digits_from(first);
    if at == first {
        return ends_badly(at);
    }
    if bytes.get(first) == Some(&b'0') && at > first + 1 {
        return Err((DecodeErrorKind::InvalidNumber, first + 1));
    }
    if bytes.get(at) == Some(&b'.') {
        let fraction = at + 1;
        at = digits_from(fraction);
        if at == fraction {
            return ends_badly(at);
        }
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let exponent = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = digits_from(exponent);
        if at == exponent {
            return ends_badly(at);
        }
    }
    Ok(at)
}
