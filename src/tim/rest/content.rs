//! The contents of the message elements that this crate knows.

use core::cmp::Ordering;

use crate::bytes::split_at_byte;
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure};
use crate::digits::Digits;
use crate::json::{Raw, message};

message! {
    /// Text: the content of a `TIMTextElem`.
    #[doc(alias = "TIMTextElem")]
    pub struct TextContent<'a> {
        /// The text. It is also the text of the push if the message has no description for the push.
        #[doc(alias = "Text")]
        text: &'a str = "Text",
    }
}

impl<'a> TextContent<'a> {
    /// A text.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text }
    }
}

message! {
    /// The app's own content: the content of a `TIMCustomElem`. A message has at most one such element, and any number of other
    /// elements.
    ///
    /// All fields except `data` are for the push. An [`OfflinePushInfo`](crate::tim::OfflinePushInfo) in the request overrides
    /// them.
    #[doc(alias = "TIMCustomElem")]
    pub struct CustomContent<'a> {
        /// Data for the app; not part of the push.
        #[doc(alias = "Data")]
        data: Option<&'a str> = "Data",
        /// Text of the push. A message that consists of this element alone is pushed only if there is a text, either
        /// here or in [`OfflinePushInfo::desc`](field@crate::tim::OfflinePushInfo::desc).
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc",
        /// The app's own data, for the app that a tap on the notification opens: key `ext` of an APNs payload.
        #[doc(alias = "Ext")]
        ext: Option<&'a str> = "Ext",
        /// Sound file of an APNs push.
        #[doc(alias = "Sound")]
        sound: Option<&'a str> = "Sound" [public],
    }
}

impl<'a> CustomContent<'a> {
    /// Content with this data.
    #[must_use]
    pub const fn new(data: &'a str) -> Self {
        Self { data: Some(data), ..Self::EMPTY }
    }
}

impl Default for CustomContent<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

message! {
    /// A picture from the app's own set: the content of a `TIMFaceElem`. A push shows `[Face]`.
    #[doc(alias = "TIMFaceElem")]
    pub struct FaceContent<'a> {
        /// Index of the picture, which the app defines. 33527 says "number", and the C SDK has the type `int`.
        #[doc(alias = "Index")]
        index: Option<i32> = "Index",
        /// Additional data. A published sample has control characters in it.
        #[doc(alias = "Data")]
        data: Option<&'a str> = "Data",
    }
}

impl FaceContent<'_> {
    /// The picture with this index.
    #[must_use]
    pub const fn new(index: i32) -> Self {
        Self { index: Some(index), ..Self::EMPTY }
    }
}

impl Default for FaceContent<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

message! {
    /// A place: the content of a `TIMLocationElem`. A push shows `[Location]`.
    ///
    /// Degrees are JSON numbers with any number of digits, which are passed on unchanged.
    ///
    /// ```
    /// use offline_push::json::Raw;
    /// use offline_push::tim::rest::LocationContent;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let north = Raw::new("29.340656774469956")?;
    /// let east = Raw::new("116.77497920478824")?;
    /// assert_eq!(LocationContent::new(north, east).check(), Ok(()));
    ///
    /// let range = Rule::OutOfRange { min: -90, max: 90 };
    /// let swapped = LocationContent::new(east, north);
    /// assert_eq!(swapped.check(), Err(CheckError::new("Latitude", range)));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    #[doc(alias = "TIMLocationElem")]
    pub struct LocationContent<'a> {
        /// Name of the place.
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc",
        /// Degrees north, -90 to 90.
        #[doc(alias = "Latitude")]
        latitude: Option<Raw<'a>> = "Latitude",
        /// Degrees east, -180 to 180.
        #[doc(alias = "Longitude")]
        longitude: Option<Raw<'a>> = "Longitude",
    }
}

impl<'a> LocationContent<'a> {
    /// A place.
    #[must_use]
    pub const fn new(latitude: Raw<'a>, longitude: Raw<'a>) -> Self {
        Self { latitude: Some(latitude), longitude: Some(longitude), ..Self::EMPTY }
    }

    /// Checks that the place is on Earth. 33527 says only "number".
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] if `Latitude` or `Longitude` is missing, [`Rule::OutOfRange`] if it is out of range or not a number.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for LocationContent<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        on_globe(self.latitude, 90, "Latitude").or_else(&mut *broken)?;
        on_globe(self.longitude, 180, "Longitude")
    }
}

impl Default for LocationContent<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// Accepts a number of degrees in a range.
fn on_globe(degrees: Option<Raw<'_>>, max: i64, field: &'static str) -> Result<(), CheckError> {
    let degrees = degrees.ok_or(CheckError::new(field, Rule::Missing))?;
    ensure(is_within(degrees.as_str(), max), field, Rule::OutOfRange { min: -max, max })
}

/// Whether JSON text is a number from `-limit` to `limit`. It compares the digits, so that no float code is linked.
fn is_within(number: &str, limit: i64) -> bool {
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

/// The value of an exponent, saturating.
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

    use super::is_within;

    #[test]
    fn is_within_agrees_with_f64() {
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
                            assert_eq!(is_within(&number, limit), value.abs() <= limit as f64, "{number}");
                        }
                        within_both += usize::from(is_within(&number, 90));
                    }
                }
            }
        }
        assert!(within_both > 500, "{within_both}");
    }

    #[test]
    fn is_within_is_exact_where_f64_rounds() {
        assert!(is_within("90.000000000000000000000000", 90));
        assert!(!is_within("90.000000000000000000000001", 90));
        assert!(is_within("89.999999999999999999999999", 90));
        assert!(is_within("0.00000000000000000000000000090e29", 90));
    }

    #[test]
    fn is_within_exponents_beyond_i64() {
        assert!(!is_within("1e99999999999999999999999999", 90));
        assert!(is_within("1e-99999999999999999999999999", 90));
        assert!(is_within("0e99999999999999999999999999", 90));
        assert!(!is_within("0.1e99999999999999999999999999", 90));
    }

    #[test]
    fn is_within_rejects_values_that_are_not_numbers() {
        for value in ["null", "\"1\"", "[1]", "{}", "true", "", "-", "e1"] {
            assert!(!is_within(value, 90), "{value}");
        }
    }
}
