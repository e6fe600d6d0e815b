//! Numbers on the wire: the grammar of all of them, the value of integers. It uses no float code, so that `1.7e9` is exact.

use super::error::DecodeErrorKind;

/// Stands for the number of places if the text is not a number.
pub(super) const MALFORMED: isize = isize::MIN;

/// The number that begins at an offset: where it ends, and how many of its digits are before the point after its exponent has moved
/// it. If it is [`MALFORMED`], it ends at the byte that is wrong.
pub(super) fn number(bytes: &[u8], start: usize) -> (usize, isize) {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let first = start + usize::from(byte(start) == b'-');
    let (mut end, _) = digits(bytes, first);
    // After a zero there is no digit.
    if byte(first) == b'0' && end > first + 1 {
        return (first + 1, MALFORMED);
    }
    let mut places = end as isize - first as isize;
    let mut part = first;
    if end > part && byte(end) == b'.' {
        part = end + 1;
        end = digits(bytes, part).0;
    }
    if end > part && byte(end) | 0x20 == b'e' {
        let sign = byte(end + 1);
        part = end + 1 + usize::from(matches!(sign, b'+' | b'-'));
        let exponent;
        (end, exponent) = digits(bytes, part);
        places = places.saturating_add(if sign == b'-' { -exponent } else { exponent });
    }
    (end, if end > part { places } else { MALFORMED })
}

/// Passes digits: where they end, and their value, unless it is too large for an exponent: no number has as many digits as would make a
/// greater one matter.
#[inline(never)]
pub(super) fn digits(bytes: &[u8], start: usize) -> (usize, isize) {
    let (mut at, mut value) = (start, 0);
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        if value < 1 << (isize::BITS - 5) {
            value = value * 10 + isize::from(digit - b'0');
        }
        at += 1;
    }
    (at, value)
}

/// The magnitude of the integer that a number is, which may nevertheless have a fraction or an exponent (`2.0`, `1.7E9`: Gson, Lua).
#[inline(always)]
pub(super) fn magnitude(number: &[u8], mut places: isize) -> Result<u64, DecodeErrorKind> {
    let mut magnitude = 0u64;
    let mut rest = number.iter();
    loop {
        let digit = match rest.next() {
            Some(b'-' | b'.') => continue,
            Some(digit @ b'0'..=b'9') => digit - b'0',
            // The exponent, or the end.
            _ if magnitude == 0 || places <= 0 => return Ok(magnitude),
            _ => {
                rest = [].iter();
                0
            }
        };
        if places > 0 {
            // Two halves of 32 bits, each with its carry.
            let low = u64::from(magnitude as u32) * 10 + u64::from(digit);
            let high = (magnitude >> 32) * 10 + (low >> 32);
            if high >> 32 != 0 {
                return Err(DecodeErrorKind::OutOfRange);
            }
            magnitude = high << 32 | low & 0xffff_ffff;
            places -= 1;
        } else if digit != 0 {
            return Err(DecodeErrorKind::NotAnInteger);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MALFORMED, magnitude, number};
    use crate::json::DecodeErrorKind::{NotAnInteger, OutOfRange, WrongType};

    #[test]
    fn number_text_is_exact_or_an_error() {
        for (text, value) in [
            ("0", Ok(0)),
            ("-0", Ok(0)),
            ("0.0e99", Ok(0)),
            ("2.0", Ok(2)),
            ("2.00", Ok(2)),
            ("1.7E9", Ok(1_700_000_000)),
            ("1.50e1", Ok(15)),
            ("1500e-2", Ok(15)),
            ("-1.5e+1", Ok(15)),
            ("0.000001e6", Ok(1)),
            ("100000000000000000000e-20", Ok(1)),
            ("18446744073709551615", Ok(u64::MAX)),
            ("1844674407370955161.5e1", Ok(u64::MAX)),
            ("18446744073709551616", Err(OutOfRange)),
            ("18446744073709551615.0", Ok(u64::MAX)),
            ("1e20", Err(OutOfRange)),
            ("1e99999999999", Err(OutOfRange)),
            ("1e-99999999999", Err(NotAnInteger)),
            ("2.5", Err(NotAnInteger)),
            ("0.1", Err(NotAnInteger)),
            ("15e-1", Err(NotAnInteger)),
            ("1701423171.5", Err(NotAnInteger)),
            ("", Err(WrongType)),
            ("-", Err(WrongType)),
            ("01", Err(WrongType)),
            ("1.", Err(WrongType)),
            (".5", Err(WrongType)),
            ("1e", Err(WrongType)),
            ("+1", Err(WrongType)),
            ("1 ", Err(WrongType)),
        ] {
            let text = text.as_bytes();
            let (end, places) = number(text, 0);
            let malformed = end < text.len() || places == MALFORMED;
            assert_eq!(if malformed { Err(WrongType) } else { magnitude(text, places) }, value, "{text:?}");
        }
    }
}
