//! Numbers as text.

use super::SMALL;

/// Digits of `u64::MAX`.
const MAX_DIGITS: usize = 20;

/// A place for a number's digits.
pub(crate) struct Digits([u8; MAX_DIGITS]);

impl Digits {
    pub(crate) const fn new() -> Self {
        Self([0; MAX_DIGITS])
    }

    /// The number in decimal.
    pub(crate) fn of(&mut self, value: u64) -> &[u8] {
        if SMALL {
            return self.backwards(value);
        }
        let digits = self.0.get_mut(..decimal_len(value)).unwrap_or_default();
        decimal(value, digits);
        digits
    }

    /// Digit by digit, in numbers of 32 bits: division of longer ones is a function of its own where words are short.
    fn backwards(&mut self, value: u64) -> &[u8] {
        let (mut high, mut low) = ((value >> 32) as u32, value as u32);
        let mut at = MAX_DIGITS;
        for place in self.0.iter_mut().rev() {
            let middle = ((high % 10) << 16) | (low >> 16);
            let rest = ((middle % 10) << 16) | (low & 0xffff);
            *place = b'0' + (rest % 10) as u8;
            high /= 10;
            low = ((middle / 10) << 16) | (rest / 10);
            at -= 1;
            if high | low == 0 {
                break;
            }
        }
        self.0.get(at..).unwrap_or_default()
    }
}

/// How many digits a number has.
#[inline]
pub(super) fn decimal_len(value: u64) -> usize {
    value.checked_ilog10().map_or(1, |power| power as usize + 1)
}

/// Writes a number over as many digits as [`decimal_len`] says.
#[inline]
pub(super) fn decimal(value: u64, digits: &mut [u8]) {
    let mut rest = value;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

/// The digit of a number below 16.
#[inline]
pub(crate) const fn hex_digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' - 10 + value }
}

/// Bytes in lower-case hex, two digits each; `None` if they do not fit.
pub(crate) fn hex<'b>(bytes: &[u8], digits: &'b mut [u8]) -> Option<&'b str> {
    let digits = digits.get_mut(..bytes.len().checked_mul(2)?)?;
    // No `chunks_exact_mut`: where it is not inlined, it leaves a division that may panic.
    let values = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.iter_mut().zip(values).for_each(|(digit, value)| *digit = hex_digit(value));
    core::str::from_utf8(digits).ok()
}
