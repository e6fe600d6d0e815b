//! Numbers on the wire: the grammar of all of them, the value of integers. Without float code, so that `1.7e9` is exact.

use super::error::DecodeErrorKind;

/// The number that begins at an offset: where it ends, and whether it is written without fraction and exponent. Without a kind
/// it is none, and ends at the byte that is wrong.
pub(super) fn number(bytes: &[u8], start: usize) -> (usize, Option<bool>) {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let first = start + usize::from(byte(start) == b'-');
    let mut end = pass_digits(bytes, first);
    // Behind a zero there is no digit.
    if byte(first) == b'0' && end != first + 1 {
        return (first + 1, None);
    }
    let (mut digits, mut integer) = (end > first, true);
    if digits && byte(end) == b'.' {
        integer = false;
        let fraction = end + 1;
        end = pass_digits(bytes, fraction);
        digits = end > fraction;
    }
    if digits && byte(end) | 0x20 == b'e' {
        integer = false;
        let exponent = end + 1 + usize::from(matches!(byte(end + 1), b'+' | b'-'));
        end = pass_digits(bytes, exponent);
        digits = end > exponent;
    }
    (end, digits.then_some(integer))
}

/// Passes digits.
#[inline(never)]
fn pass_digits(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

/// True if a whole text is a number.
pub(super) fn is_number(text: &[u8]) -> bool {
    matches!(number(text, 0), (end, Some(_)) if end == text.len())
}

/// The integer that a number is, which may have a fraction or an exponent all the same (`2.0`, `1.7E9`: Gson, Lua): whether it
/// is below zero, and its magnitude.
pub(super) fn decimal(number: &[u8]) -> Result<(bool, u64), DecodeErrorKind> {
    // Where the last digit is that is no zero, and how many digits are in front of the point.
    let (mut significant, mut places, mut step) = (0, 0isize, 1);
    let mut rest = number.iter().enumerate();
    for (at, &byte) in rest.by_ref() {
        match byte {
            b'-' => {}
            b'.' => step = 0,
            b'0'..=b'9' => {
                places += step;
                if byte != b'0' {
                    significant = at + 1;
                }
            }
            _ => break,
        }
    }
    // An exponent moves the point. No number has as many digits as would make one matter that is longer than this.
    const ENOUGH: isize = isize::MAX / 16;
    let (mut exponent, mut sign) = (0, 1);
    for (_, &byte) in rest {
        match byte {
            b'-' => sign = -1,
            b'0'..=b'9' if exponent < ENOUGH => exponent = exponent * 10 + isize::from(byte - b'0'),
            _ => {}
        }
    }
    places = places.saturating_add(sign * exponent);
    let mut magnitude = 0u64;
    let mut digits = number.get(..significant).unwrap_or_default().iter();
    loop {
        let digit = match digits.next() {
            Some(byte) if !byte.is_ascii_digit() => continue,
            Some(byte) => byte - b'0',
            None if magnitude != 0 && places > 0 => 0,
            None => break,
        };
        // Two halves of 32 bits, each with its carry.
        let low = u64::from(magnitude as u32) * 10 + u64::from(digit);
        let high = (magnitude >> 32) * 10 + (low >> 32);
        if high >> 32 != 0 {
            return Err(DecodeErrorKind::OutOfRange);
        }
        magnitude = high << 32 | low & 0xffff_ffff;
        places = places.saturating_sub(1);
    }
    if magnitude != 0 && places < 0 {
        return Err(DecodeErrorKind::NotAnInteger);
    }
    Ok((number.first() == Some(&b'-'), magnitude))
}

#[cfg(test)]
mod tests {
    use super::{decimal, is_number};
    use crate::json::DecodeErrorKind::{NotAnInteger, OutOfRange, WrongType};

    #[test]
    fn decimal_text_is_exact_or_an_error() {
        for (text, value) in [
            ("0", Ok((false, 0))),
            ("-0", Ok((true, 0))),
            ("0.0e99", Ok((false, 0))),
            ("2.0", Ok((false, 2))),
            ("2.00", Ok((false, 2))),
            ("1.7E9", Ok((false, 1_700_000_000))),
            ("1.50e1", Ok((false, 15))),
            ("1500e-2", Ok((false, 15))),
            ("-1.5e+1", Ok((true, 15))),
            ("0.000001e6", Ok((false, 1))),
            ("100000000000000000000e-20", Ok((false, 1))),
            ("18446744073709551615", Ok((false, u64::MAX))),
            ("1844674407370955161.5e1", Ok((false, u64::MAX))),
            ("18446744073709551616", Err(OutOfRange)),
            ("18446744073709551615.0", Ok((false, u64::MAX))),
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
            assert_eq!(if is_number(text) { decimal(text) } else { Err(WrongType) }, value, "{text:?}");
        }
    }
}
