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
        let (mut from, mut limit) = (start, self.source.len());
        let text = !self.at_number();
        if text {
            self.string(true)?;
            (from, limit) = (self.start, self.end);
        }
        let (end, kind) = number(self.source.get(0, limit).unwrap_or_default(), from);
        if !text {
            self.behind(end, kind)?;
        } else if kind != Kind::Integer || end != self.end {
            return self.fail(DecodeErrorKind::WrongType, start);
        }
        if kind != Kind::Integer {
            return self.fail(DecodeErrorKind::NotAnInteger, start);
        }
        let negative = self.byte(from) == b'-';
        let digits = self.source.get(from + usize::from(negative), end).unwrap_or_default();
        // Two halves of 32 bits, each with its carry.
        let (mut high, mut low) = (0u32, 0u32);
        for byte in digits {
            let sum = u64::from(low) * 10 + u64::from(byte & 0xf);
            low = sum as u32;
            let sum = u64::from(high) * 10 + (sum >> 32);
            high = sum as u32;
            if sum >> 32 != 0 {
                return self.fail(DecodeErrorKind::OutOfRange, start);
            }
        }
        let magnitude = u64::from(high) << 32 | u64::from(low);
        let limit = match (negative, signed) {
            (false, _) => max,
            (true, true) => max.wrapping_add(1),
            (true, false) => 0,
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
        let (end, kind) = number(self.source.as_bytes(), start);
        self.behind(end, kind)?;
        // Of any length: an id is no quantity.
        if kind == Kind::Integer {
            self.text_since(start)
        } else {
            self.fail(DecodeErrorKind::NotAnInteger, start)
        }
    }

    #[inline(never)]
    pub(super) fn at_number(&self) -> bool {
        matches!(self.here(), b'-' | b'0'..=b'9')
    }

    /// Any number, checked and passed.
    pub(super) fn skip_number(&mut self) -> Option<()> {
        let (end, kind) = number(self.source.as_bytes(), self.pos);
        self.behind(end, kind)
    }

    /// Goes behind a number.
    #[inline(never)]
    fn behind(&mut self, end: usize, kind: Kind) -> Option<()> {
        if kind != Kind::Malformed {
            self.pos = end;
            return Some(());
        }
        let ended = end >= self.source.len();
        self.fail(if ended { DecodeErrorKind::EndOfInput } else { DecodeErrorKind::InvalidNumber }, end)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    /// With fraction or exponent.
    Other,
    Malformed,
}

/// The number that begins at `start`: where it ends, or is malformed.
#[inline(never)]
fn number(bytes: &[u8], start: usize) -> (usize, Kind) {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let first = start + usize::from(byte(start) == b'-');
    let (mut from, mut end) = (first, behind_digits(bytes, first));
    if byte(first) == b'0' && end > first + 1 {
        return (first + 1, Kind::Malformed);
    }
    let mut kind = Kind::Integer;
    if end > from && byte(end) == b'.' {
        kind = Kind::Other;
        from = end + 1;
        end = behind_digits(bytes, from);
    }
    if end > from && byte(end) | 0x20 == b'e' {
        kind = Kind::Other;
        from = end + 1 + usize::from(matches!(byte(end + 1), b'+' | b'-'));
        end = behind_digits(bytes, from);
    }
    (end, if end > from { kind } else { Kind::Malformed })
}

#[inline(never)]
fn behind_digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}
