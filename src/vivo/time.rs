//! Units of time, pauses after failures, and the day in China, which vivo's quotas and sending hours follow.

// Without the feature `sign` there is no `Pacing`, which alone uses some of this.
#![cfg_attr(not(feature = "sign"), allow(dead_code))]

use core::time::Duration;

use crate::exchange::Repeat;

/// Units, in milliseconds.
pub(super) const SECOND: u64 = 1000;
pub(super) const MINUTE: u64 = 60 * SECOND;
pub(super) const HOUR: u64 = 60 * MINUTE;
pub(super) const DAY: u64 = 24 * HOUR;

/// Unix time in milliseconds, according to the system clock; 0 before 1970. Feature `std`.
///
/// ```
/// assert!(offline_push::vivo::unix_millis() > 1_501_484_120_000);
/// ```
#[cfg(feature = "std")]
#[must_use]
pub fn unix_millis() -> u64 {
    std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_millis() as u64)
}

/// Pause after this number of consecutive failures, in milliseconds: 1 s, 2 s, 4 s … ten minutes. It has 32 bits, as everything that
/// can: calculations with 64 bits are long on small machines.
pub(super) const fn pause_after(failures: u32) -> u32 {
    Repeat::pause_seconds(failures).saturating_mul(SECOND as u32)
}

/// Milliseconds as a duration. It is not inlined for small machines, where it calls a division.
#[cfg_attr(feature = "small", inline(never))]
pub(super) const fn duration(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// China's offset from UTC, the same all year.
const OFFSET: u64 = 8 * HOUR;
/// Operational messages are allowed from this hour on (result 10071, receipt 1017).
const MORNING: u64 = 7 * HOUR;
/// Operational messages are allowed until this hour.
const NIGHT: u64 = 23 * HOUR;

/// Milliseconds since midnight in China, at a Unix time in milliseconds.
const fn time_of_day(now: u64) -> u64 {
    now.wrapping_add(OFFSET) % DAY
}

/// The number of the day in China. Two times have the same number if they are on the same day.
pub(super) const fn day(now: u64) -> u64 {
    now.wrapping_add(OFFSET) / DAY
}

/// Milliseconds until the next midnight in China: more than zero, at most a day.
pub(super) const fn millis_until_midnight(now: u64) -> u64 {
    DAY - time_of_day(now)
}

/// [`millis_until_midnight`] as a duration.
pub(super) const fn until_midnight(now: u64) -> Duration {
    duration(millis_until_midnight(now))
}

/// Milliseconds until the next 07:00 in China: more than zero, at most a day.
pub(super) const fn millis_until_morning(now: u64) -> u64 {
    let time = time_of_day(now);
    if time < MORNING { MORNING - time } else { DAY + MORNING - time }
}

/// [`millis_until_morning`] as a duration.
pub(super) const fn until_morning(now: u64) -> Duration {
    duration(millis_until_morning(now))
}

/// Time until 07:00 of the next day in China.
pub(super) const fn until_next_morning(now: u64) -> Duration {
    duration(MORNING + millis_until_midnight(now))
}

/// True from 23:00 to 07:00 in China.
pub(super) const fn is_night(now: u64) -> bool {
    let time = time_of_day(now);
    time < MORNING || time >= NIGHT
}

#[cfg(test)]
mod tests {
    use super::{DAY, HOUR, day, is_night, pause_after, until_midnight, until_morning, until_next_morning};

    #[test]
    fn until_of_each_hour_in_china() {
        for hour in 0..24 {
            // 2017-07-31 00:00 in China is 16:00 UTC of the day before.
            let now = 1_501_430_400_000 + hour * HOUR;
            assert_eq!(day(now), 17_378);
            assert_eq!(until_midnight(now).as_secs(), (24 - hour) * 3600);
            let morning = if hour < 7 { 7 - hour } else { 31 - hour };
            assert_eq!(until_morning(now).as_secs(), morning * 3600, "{hour}");
            assert_eq!(until_next_morning(now).as_secs(), (31 - hour) * 3600, "{hour}");
            assert_eq!(is_night(now), !(7..23).contains(&hour), "{hour}");
            assert_eq!(is_night(now + HOUR - 1), !(7..23).contains(&hour), "{hour}");
        }
        for extreme in [0, DAY - 1, u64::MAX] {
            assert!(!until_midnight(extreme).is_zero() && !until_morning(extreme).is_zero());
        }
    }

    #[test]
    fn pause_after_doubles_up_to_ten_minutes() {
        let pauses = [0, 1, 2, 3, 10, 11, u32::MAX].map(pause_after);
        assert_eq!(pauses, [1, 1, 2, 4, 512, 600, 600].map(|seconds| seconds * 1000));
    }
}
