//! Numbers on the wire: the grammar of all of them, the value of integers. Without float code, so that `1.7e9` is exact.

use super::error::DecodeErrorKind;

/// The number that begins at an offset: where it ends, and whether it is written without fraction and exponent. Without a kind
/// it is none, and ends at the byte that is wrong.
pub(super) fn number(bytes: &[u8], start: usize) -> (usize, Option<bool>) {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut at = start + usize::from(byte(start) == b'-');
    // Behind a zero there is no digit.
    let mut digits = if byte(at) == b'0' {
        at += 1;
        !byte(at).is_ascii_digit()
    } else {
        pass_digits(bytes, &mut at)
    };
    let mut integer = true;
    if digits && byte(at) == b'.' {
        integer = false;
        at += 1;
        digits = pass_digits(bytes, &mut at);
    }
    if digits && byte(at) | 0x20 == b'e' {
        integer = false;
        at += 1;
        at += usize::from(matches!(byte(at), b'+' | b'-'));
        digits = pass_digits(bytes, &mut at);
    }
    (at, digits.then_some(integer))
}

/// Passes digits; true if there are any.
#[inline(never)]
fn pass_digits(bytes: &[u8], at: &mut usize) -> bool {
    let start = *at;
    while bytes.get(*at).is_some_and(u8::is_ascii_digit) {
        *at += 1;
    }
    *at > start
}

/// The integer that a whole text is: whether it is below zero, and its magnitude.
pub(super) fn decimal_text(text: &[u8]) -> Result<(bool, u64), DecodeErrorKind> {
    match number(text, 0) {
        (end, Some(_)) if end == text.len() => decimal(text),
        _ => Err(DecodeErrorKind::WrongType),
    }
}

/// The integer that a number is, which may have a fraction or an exponent all the same (`2.0`, `1.7E9`: Gson, Lua).
#[inline(never)]
pub(super) fn decimal(number: &[u8]) -> Result<(bool, u64), DecodeErrorKind> {
    let mut magnitude = 0u64;
    let mut fits = true;
    // Zeros that count only if a digit follows them, and the power of ten that is left for the end.
    let (mut zeros, mut power) = (0i32, 0i32);
    let mut fraction = 0;
    let mut rest = number.iter();
    for &byte in rest.by_ref() {
        match byte {
            b'0'..=b'9' => {
                zeros = zeros.saturating_add(1);
                power = power.saturating_sub(fraction);
                if byte != b'0' {
                    fits &= append(&mut magnitude, zeros, byte - b'0');
                    zeros = 0;
                }
            }
            b'.' => fraction = 1,
            b'-' => {}
            _ => break,
        }
    }
    let (mut exponent, mut sign) = (0i32, 1);
    for &byte in rest {
        match byte {
            b'-' => sign = -1,
            b'+' => {}
            _ => exponent = exponent.saturating_mul(10).saturating_add(i32::from(byte.wrapping_sub(b'0'))),
        }
    }
    power = power.saturating_add(zeros).saturating_add(sign * exponent);
    if magnitude == 0 && fits {
        power = 0;
    }
    if fits && power < 0 {
        return Err(DecodeErrorKind::NotAnInteger);
    }
    if fits && append(&mut magnitude, power, 0) {
        return Ok((number.first() == Some(&b'-'), magnitude));
    }
    Err(DecodeErrorKind::OutOfRange)
}

/// Appends digits, of which the last is this one and the others are 0; false if the number does not fit.
fn append(magnitude: &mut u64, digits: i32, last: u8) -> bool {
    for left in (0..digits).rev() {
        let digit = if left == 0 { last } else { 0 };
        // Two halves of 32 bits, each with its carry.
        let low = u64::from(*magnitude as u32) * 10 + u64::from(digit);
        let high = (*magnitude >> 32) * 10 + (low >> 32);
        if high >> 32 != 0 {
            return false;
        }
        *magnitude = high << 32 | low & 0xffff_ffff;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::decimal_text;
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
            assert_eq!(decimal_text(text.as_bytes()), value, "{text}");
        }
    }
}
