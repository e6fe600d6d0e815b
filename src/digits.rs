//! Writes numbers as text.

use crate::bytes::store;

const SMALL: bool = cfg!(feature = "small");

/// Digits of `u64::MAX`.
const MAX_DIGITS: usize = 20;
/// Room for any number, and for the bytes that are stored along with it.
pub(crate) const ROOM: usize = if SMALL { MAX_DIGITS + 1 } else { MAX_DIGITS + 4 };

/// A buffer for the digits of a number and a comma.
pub(crate) struct Digits([u8; ROOM]);

impl Digits {
    pub(crate) const fn new() -> Self {
        Self([0; ROOM])
    }

    /// The number in decimal.
    pub(crate) fn of(&mut self, value: u64) -> &[u8] {
        match self.with_comma(value) {
            [digits @ .., _] => digits,
            [] => &[],
        }
    }

    /// The number in decimal, and a comma.
    pub(crate) fn with_comma(&mut self, value: u64) -> &[u8] {
        if SMALL {
            return self.backwards(value);
        }
        let length = integer(&mut self.0, value, b',');
        self.0.get(..length).unwrap_or_default()
    }

    /// Writes digit by digit with 32-bit numbers: on 32-bit machines, a division of longer numbers is a function call.
    fn backwards(&mut self, value: u64) -> &[u8] {
        let (mut high, mut low) = ((value >> 32) as u32, value as u32);
        let mut at = MAX_DIGITS;
        let mut places = self.0.iter_mut().rev();
        if let Some(place) = places.next() {
            *place = b',';
        }
        for place in places {
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

/// Number of decimal digits.
#[cfg(not(feature = "small"))]
#[inline]
pub(crate) fn decimal_len(value: u64) -> usize {
    value.checked_ilog10().map_or(1, |power| power as usize + 1)
}

/// Writes a number and one more byte. Returns the length of both.
#[inline]
pub(crate) fn integer(room: &mut [u8; ROOM], value: u64, tail: u8) -> usize {
    if value < 10 {
        store(room, 0, [b'0' + value as u8, tail]);
        return 2;
    }
    let length = long_integer(room, value);
    store(room, length, [tail]);
    length + 1
}

#[inline(never)]
fn long_integer(room: &mut [u8; ROOM], value: u64) -> usize {
    let (high, low) = (value / EIGHT_DIGITS, value % EIGHT_DIGITS);
    if high == 0 {
        return first_digits(room, low);
    }
    let (highest, high) = (high / EIGHT_DIGITS, high % EIGHT_DIGITS);
    let mut length = 0;
    if highest == 0 {
        length += first_digits(room, high);
    } else {
        length += first_digits(room, highest);
        store(room, length, (eight_digits(high) | ZEROS).to_le_bytes());
        length += 8;
    }
    store(room, length, (eight_digits(low) | ZEROS).to_le_bytes());
    length + 8
}

/// Numbers of eight digits are below this one.
const EIGHT_DIGITS: u64 = 100_000_000;
/// `00000000`
const ZEROS: u64 = u64::from_ne_bytes([b'0'; 8]);

/// Writes a number of at most eight digits without leading zeros. Returns its length.
#[inline(always)]
fn first_digits(room: &mut [u8; ROOM], value: u64) -> usize {
    let digits = eight_digits(value);
    // The first digit is in the lowest byte. A number has at least one digit.
    let zeros = (digits | 1 << 63).trailing_zeros() & !7;
    store(room, 0, ((digits | ZEROS) >> zeros).to_le_bytes());
    8 - zeros as usize / 8
}

/// The eight digits of a number in the bytes of a word, the first digit in the lowest byte. Each step splits all groups of digits
/// into halves at once; a division by a constant is a multiplication by a number just above its inverse.
#[inline(always)]
const fn eight_digits(value: u64) -> u64 {
    let fours = (value / 10_000) | ((value % 10_000) << 32);
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let twos = hundreds | ((fours - 100 * hundreds) << 16);
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | ((twos - 10 * tens) << 8)
}

/// The hexadecimal digit of a number below 16.
#[inline]
pub(crate) const fn hex_digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' - 10 + value }
}

/// Writes bytes in lower-case hexadecimal, two digits each. `None` if they do not fit.
pub(crate) fn hex<'b>(bytes: &[u8], digits: &'b mut [u8]) -> Option<&'b str> {
    let digits = digits.get_mut(..bytes.len().checked_mul(2)?)?;
    // Not `chunks_exact_mut`: if it is not inlined, it leaves a division that may panic.
    for (index, digit) in digits.iter_mut().enumerate() {
        let byte = bytes.get(index / 2).copied().unwrap_or_default();
        *digit = hex_digit(if index % 2 == 0 { byte >> 4 } else { byte & 0xf });
    }
    core::str::from_utf8(digits).ok()
}
