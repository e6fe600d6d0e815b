//! Numbers with a fraction, compared as text: no float code is linked for them.

use core::cmp::Ordering;

use crate::bytes::split_at_byte;
use crate::digits::Digits;

/// Whether JSON text is a number that is at most `limit` away from zero.
pub(super) fn within(number: &str, limit: i64) -> bool {
    let number = number.strip_prefix('-').unwrap_or(number);
    if !number.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    let (mantissa, exponent) =
        split_at_byte(number, b'e').or(split_at_byte(number, b'E')).unwrap_or((number, "0"));
    let (whole, fraction) = split_at_byte(mantissa, b'.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    let zeros = digits().take_while(|digit| *digit == b'0').count();
    let mut significant = digits().skip(zeros).peekable();
    if significant.peek().is_none() {
        return true;
    }
    // The number is 0.digits × 10^point, and so is the limit.
    let point = length(whole.len()).saturating_sub(length(zeros)).saturating_add(power(exponent));
    let mut buffer = Digits::new();
    let limit = buffer.of(limit.unsigned_abs());
    match point.cmp(&length(limit.len())) {
        Ordering::Less => true,
        Ordering::Greater => false,
        Ordering::Equal => {
            let limit = limit.iter().copied().chain(core::iter::repeat(b'0'));
            let first = significant.zip(limit).find(|(digit, limit)| digit != limit);
            first.is_none_or(|(digit, limit)| digit < limit)
        }
    }
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// An exponent, as far as there are integers.
fn power(exponent: &str) -> i64 {
    let down = exponent.starts_with('-');
    let digits = exponent.bytes().filter(u8::is_ascii_digit);
    let size = digits.fold(0i64, |size, digit| {
        size.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0')))
    });
    if down { size.saturating_neg() } else { size }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::format;
    use std::string::String;

    use super::within;

    #[test]
    fn what_is_within_is_what_a_float_says_however_the_number_is_written() {
        let wholes =
            ["0", "1", "8", "9", "18", "89", "90", "91", "99", "100", "179", "180", "181", "900", "1800"];
        let fractions = ["", ".0", ".5", ".000", ".0001", ".9999", ".00000000000000000000"];
        let exponents = ["", "e0", "E0", "e1", "e+1", "E-1", "e2", "e-2", "e-05", "e99", "e-99"];
        let mut within_both = 0;
        for sign in ["", "-"] {
            for whole in wholes {
                for fraction in fractions {
                    for exponent in exponents {
                        let number: String = format!("{sign}{whole}{fraction}{exponent}");
                        let value: f64 = number.parse().unwrap();
                        for limit in [90, 180] {
                            assert_eq!(within(&number, limit), value.abs() <= limit as f64, "{number}");
                        }
                        within_both += usize::from(within(&number, 90));
                    }
                }
            }
        }
        assert!(within_both > 500, "{within_both}");
    }

    #[test]
    fn a_number_just_beyond_the_limit_is_seen_where_a_float_would_round_it() {
        assert!(within("90.000000000000000000000000", 90));
        assert!(!within("90.000000000000000000000001", 90));
        assert!(within("89.999999999999999999999999", 90));
        assert!(within("0.00000000000000000000000000090e29", 90));
    }

    #[test]
    fn exponents_beyond_all_integers_are_no_danger() {
        assert!(!within("1e99999999999999999999999999", 90));
        assert!(within("1e-99999999999999999999999999", 90));
        assert!(within("0e99999999999999999999999999", 90));
        assert!(!within("0.1e99999999999999999999999999", 90));
    }

    #[test]
    fn other_values_are_no_numbers() {
        for value in ["null", "\"1\"", "[1]", "{}", "true", "", "-", "e1"] {
            assert!(!within(value, 90), "{value}");
        }
    }
}
