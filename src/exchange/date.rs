//! The time in the `Date` header of a reply.

/// Length of a date, in bytes.
const LEN: usize = 29;
/// A date, with `0` for each digit and `n` for each letter of a name.
const FORM: &[u8; LEN] = b"nnn, 00 nnn 0000 00:00:00 GMT";
/// Names of three letters, one behind the other.
const DAY_NAMES: &[u8; 7 * 3] = b"ThuFriSatSunMonTueWed";
const MONTHS: &[u8; 12 * 3] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
const SECONDS_OF_DAY: u64 = 86_400;

/// The time in the value of an HTTP `Date` header, as a Unix time in milliseconds. A device that has no clock needs this
/// time for [`AuthRequest::timestamp`](field@crate::vivo::AuthRequest::timestamp). vivo accepts a timestamp that is wrong by at
/// most ten minutes (10207).
///
/// Any HTTP reply can have the header, even a refusal: a device sends any request, reads the time, and then authenticates.
/// The header contains whole seconds only. While the reply is on its way, the true time moves on, so the result is a little
/// behind. Over plain HTTP, anybody between the server and the device can change the header.
///
/// ```
/// use offline_push::exchange::http_date;
///
/// assert_eq!(http_date("Mon, 31 Jul 2017 06:55:20 GMT"), Some(1_501_484_120_000));
/// assert_eq!(http_date(b"Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
/// assert_eq!(http_date("Tue, 31 Jul 2017 06:55:20 GMT"), None); // it was a Monday
/// ```
///
/// # Format
///
/// The value must be exactly an `IMF-fixdate` of RFC 9110, section 5.6.7, without white space around it. This is the only form
/// that servers may send. The second 60 is accepted only in 23:59:60. It becomes the first second of the next day, because Unix
/// time has no leap seconds.
///
/// `None` for anything else: a day name that does not belong to the date, a day that the month does not have, a year before 1970, or
/// one of the two obsolete forms (`Monday, 31-Jul-17 06:55:20 GMT`, `Mon Jul 31 06:55:20 2017`), which no current server sends. In the
/// first of these forms, the year has two digits, so the receiver must already know the century.
#[must_use]
pub fn http_date(value: impl AsRef<[u8]>) -> Option<u64> {
    read(value.as_ref().first_chunk()?).filter(|_| value.as_ref().len() == LEN)
}

/// The body of [`http_date`], compiled once.
fn read(date: &[u8; LEN]) -> Option<u64> {
    let fits = |(byte, form): (&u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        b'n' => true,
        _ => byte == form,
    };
    if !date.iter().zip(FORM).all(fits) {
        return None;
    }
    let year = number(date, 12) * 100 + number(date, 14);
    let month = (1..13_u32).find(|month| name_at(MONTHS, month - 1) == date.get(8..11))?;
    let (day, hour, minute, second) = (number(date, 5), number(date, 17), number(date, 20), number(date, 23));

    let leap_second = (hour, minute, second) == (23, 59, 60);
    let in_day = hour < 24 && minute < 60 && (second < 60 || leap_second);
    if year < 1970 || day == 0 || day > days_of(month, year) || !in_day {
        return None;
    }
    let days = days_before(year) + (1..month).map(|month| days_of(month, year)).sum::<u32>() + day - 1;
    let seconds = u64::from(days) * SECONDS_OF_DAY + u64::from(hour * 3600 + minute * 60 + second);
    // The first day was a Thursday.
    (name_at(DAY_NAMES, days % 7) == date.get(..3)).then_some(seconds * 1000)
}

/// One of several names, from 0.
fn name_at(names: &[u8], index: u32) -> Option<&[u8]> {
    names.get(index as usize * 3..)?.get(..3)
}

/// The number of two digits. With 32 bits, because a division of longer numbers is a function call on small machines.
fn number(date: &[u8; LEN], at: usize) -> u32 {
    let digits = date.get(at..).unwrap_or_default();
    digits.iter().take(2).fold(0, |number, digit| number * 10 + u32::from(digit & 0xf))
}

const fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Days of a month, from 1.
const fn days_of(month: u32, year: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the start of 1970 to the start of a year from 1970 on.
const fn days_before(year: u32) -> u32 {
    /// Leap years before a year.
    const fn leaps(year: u32) -> u32 {
        let past = year.saturating_sub(1);
        past / 4 - past / 100 + past / 400
    }
    year.saturating_sub(1970) * 365 + leaps(year) - leaps(1970)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use std::format;

    use super::{DAY_NAMES, MONTHS, http_date};

    #[test]
    fn http_date_every_day_of_four_centuries() {
        // Counts the days one by one, with the rules of the calendar in another form.
        let (mut days, mut found) = (0_u64, 0);
        for year in 1970..2371 {
            let february = match (year % 4, year % 100, year % 400) {
                (_, _, 0) | (0, 1.., _) => 29,
                _ => 28,
            };
            let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            for (month, length) in MONTHS.chunks(3).zip(lengths) {
                let month = core::str::from_utf8(month).unwrap();
                for day in 1..=length {
                    let name = DAY_NAMES.chunks(3).nth((days % 7) as usize).unwrap();
                    let name = core::str::from_utf8(name).unwrap();
                    let date = format!("{name}, {day:02} {month} {year} 23:59:59 GMT");
                    days += 1;
                    assert_eq!(http_date(&date), Some(days * 86_400_000 - 1000), "{date}");
                    found += 1;
                }
                for day in [0, length + 1] {
                    for name in DAY_NAMES.chunks(3) {
                        let name = core::str::from_utf8(name).unwrap();
                        assert_eq!(http_date(format!("{name}, {day:02} {month} {year} 00:00:00 GMT")), None);
                    }
                }
            }
        }
        assert_eq!(found, 146_097 + 365); // the days of 400 years, and of 2370
        assert_eq!(http_date("Fri, 31 Dec 9999 23:59:59 GMT"), Some(253_402_300_799_000));
    }

    #[test]
    fn http_date_leap_second_only_at_midnight() {
        assert_eq!(http_date("Sat, 31 Dec 2016 23:59:60 GMT"), Some(1_483_228_800_000));
        for time in ["23:58:60", "22:59:60", "23:59:61", "24:00:00", "00:60:00"] {
            assert_eq!(http_date(format!("Sat, 31 Dec 2016 {time} GMT")), None, "{time}");
        }
    }

    #[test]
    fn http_date_anything_else_is_none() {
        for text in [
            "", "Mon, 31 Jul 2017 06:55:20", "Mon, 31 Jul 2017 06:55:20 UTC",
            "Mon, 31 Jul 2017 06:55:20 GMT ", " Mon, 31 Jul 2017 06:55:20 GMT",
            "mon, 31 Jul 2017 06:55:20 GMT", "Mon, 31 jul 2017 06:55:20 GMT",
            "Mon, 31 Jul 2017 06:55:20 gmt", "Mon, 1 Jul 2017 06:55:20 GMT",
            "Monday, 31-Jul-17 06:55:20 GMT", "Mon Jul 31 06:55:20 2017", "Wed, 31 Dec 1969 23:59:59 GMT",
            "Sat, 01 Jan 0000 00:00:00 GMT", "Mon, 31 Jul 2017 +6:55:20 GMT",
            "Mon, 31 Jul 2017 06:55:2\u{664} GMT",
        ] {
            assert_eq!(http_date(text), None, "{text:?}");
        }
        // No byte can be replaced.
        let date = *b"Mon, 31 Jul 2017 06:55:20 GMT";
        for at in 0..date.len() {
            for byte in [0, b' ', b'/', b':', b'x', 0x80, 0xff] {
                let mut changed = date;
                changed[at] = byte;
                assert!(changed == date || http_date(changed).is_none(), "{at} {byte}");
            }
        }
    }
}
