use core::time::Duration;
use std::format;
use std::vec::Vec;

use proptest::prelude::*;

use super::{Pace, Pacing};
use crate::vivo::{Classification, ResultCode};

const OPERATIONAL: Classification = Classification::OPERATIONAL;
const SYSTEM: Classification = Classification::SYSTEM;
const HOUR: u64 = 3_600_000;
/// Midnight in China.
const MIDNIGHT: u64 = 1_501_430_400_000;
const NOON: u64 = MIDNIGHT + 12 * HOUR;

fn wait(pace: Pace) -> Duration {
    match pace {
        Pace::Ready => Duration::ZERO,
        Pace::Wait(time) => time,
    }
}

/// Hours of the wait, rounded.
fn hours(pace: Pace) -> u64 {
    (wait(pace).as_secs() + 1800) / 3600
}

/// The times at which a sender that waits as it is told makes `count` calls.
fn times<const USERS: usize>(pacing: &mut Pacing<USERS>, mut now: u64, count: usize) -> Vec<u64> {
    let mut times = Vec::new();
    while times.len() < count {
        match pacing.next(now) {
            Pace::Ready => times.push(now),
            Pace::Wait(time) => now += time.as_millis() as u64,
        }
    }
    times
}

proptest! {
    #[test]
    fn next_never_more_calls_in_a_second_than_set(
        per_second in 1_u32..700,
        gaps in prop::collection::vec(0_u64..300, 1..200),
    ) {
        let mut pacing = Pacing::<0>::new().per_second(per_second);
        let (mut now, mut times) = (NOON, Vec::new());
        for gap in gaps {
            now += gap;
            // As many calls as possible at this time.
            while pacing.next(now) == Pace::Ready {
                times.push(now);
            }
        }
        for window in times.windows(per_second as usize + 1) {
            prop_assert!(window.last() >= window.first().map(|first| first + 1000).as_ref());
        }
    }
}

#[test]
fn next_steady_calls_reach_ten_elevenths_of_the_limit() {
    for (per_second, seconds) in [(1, 110), (500, 11), (3000, 2)] {
        let times =
            times(&mut Pacing::<0>::new().per_second(per_second), NOON, (per_second * seconds) as usize);
        let took = times.last().unwrap() - NOON;
        let expected = u64::from(seconds) * 1100;
        assert!(took <= expected && took > expected - 1300, "{per_second}: {took}");
    }
    assert_eq!(Pacing::<0>::new().per_second(0), Pacing::new().per_second(1));
}

#[test]
fn replied_too_fast_pauses_longer_each_time() {
    let mut pacing: Pacing<0> = Pacing::new();
    let mut now = NOON;
    for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600] {
        pacing.replied(now, ResultCode::SENDING_TOO_FAST);
        // The replies to calls that were in progress change nothing.
        pacing.replied(now, ResultCode::SENDING_TOO_FAST);
        pacing.replied(now, ResultCode::SUCCESS);
        assert_eq!(pacing.next(now), Pace::Wait(Duration::from_secs(seconds)));
        now += seconds * 1000;
        assert_eq!(pacing.next(now), Pace::Ready);
    }
    for other in [10000, 10070, 10073, 10093, 10252, 10254, 10302] {
        pacing.replied(now, ResultCode::new(other));
        assert_eq!(pacing.next(now + 10), Pace::Ready, "{other}");
    }
    pacing.replied(now, ResultCode::SUCCESS);
    pacing.replied(now, ResultCode::SENDING_TOO_FAST);
    assert_eq!(pacing.next(now), Pace::Wait(Duration::from_secs(1)));
}

#[test]
fn next_clock_set_back_makes_no_wait_longer() {
    let mut pacing = Pacing::<0>::new().per_second(1);
    assert_eq!(pacing.next(NOON), Pace::Ready);
    pacing.replied(NOON, ResultCode::SENDING_TOO_FAST);
    for back in [1, 1000, HOUR, NOON] {
        assert!(wait(pacing.next(NOON - back)) <= Duration::from_millis(1100));
    }
    for extreme in [0, u64::MAX] {
        let mut pacing = Pacing::<1>::new();
        assert!(wait(pacing.next_push(extreme, OPERATIONAL, "a")) < Duration::from_secs(86_400));
        assert_eq!(pacing.next_push(extreme, SYSTEM, "a"), Pace::Ready);
    }
}

#[test]
fn next_push_operational_messages_of_a_user_are_limited_by_day() {
    let mut pacing: Pacing<8> = Pacing::new();
    for user in ["a", "b"] {
        assert_eq!([(); 2].map(|()| pacing.next_push(NOON, OPERATIONAL, user)), [Pace::Ready; 2]);
        assert_eq!(hours(pacing.next_push(NOON, OPERATIONAL, user)), 19, "until 07:00");
        assert_eq!(pacing.next_push(NOON, SYSTEM, user), Pace::Ready);
    }
    let tomorrow = NOON + 19 * HOUR;
    assert_eq!(pacing.next_push(tomorrow, OPERATIONAL, "a"), Pace::Ready);
    // An unknown class has the limits of operational messages.
    assert_eq!(pacing.next_push(tomorrow, Classification::new(7), "a"), Pace::Ready);
    assert_eq!(hours(pacing.next_push(tomorrow, Classification::new(7), "a")), 24);

    let mut news = Pacing::<8>::new().per_user(Pacing::<8>::PER_USER_OF_NEWS);
    assert_eq!([(); 5].map(|()| news.next_push(NOON, OPERATIONAL, "a")), [Pace::Ready; 5]);
    assert_eq!(hours(news.next_push(NOON, OPERATIONAL, "a")), 19);
    let mut nobody: Pacing<0> = Pacing::new();
    assert_eq!([(); 9].map(|()| nobody.next_push(NOON, OPERATIONAL, "a")), [Pace::Ready; 9]);
}

#[test]
fn next_push_operational_messages_wait_for_the_morning() {
    let mut pacing = Pacing::<0>::new();
    for (hour, expected) in [(0, 7), (6, 1), (7, 0), (22, 0), (23, 8)] {
        let now = MIDNIGHT + hour * HOUR;
        assert_eq!(hours(pacing.next_push(now, OPERATIONAL, "a")), expected, "{hour}");
        assert_eq!(pacing.next_push(now, SYSTEM, "a"), Pace::Ready);
    }
}

#[test]
fn per_day_limits_one_class() {
    let mut pacing = Pacing::<0>::new().per_day(OPERATIONAL, 1).per_day(SYSTEM, 2);
    assert_eq!(pacing.admit(NOON, OPERATIONAL, "a"), Pace::Ready);
    assert_eq!(hours(pacing.admit(NOON, OPERATIONAL, "b")), 19);
    assert_eq!([(); 2].map(|()| pacing.next_push(NOON, SYSTEM, "a")), [Pace::Ready; 2]);
    assert_eq!(hours(pacing.next_push(NOON, SYSTEM, "a")), 12, "until midnight");
    assert_eq!(pacing.next(NOON), Pace::Ready);
    assert_eq!(pacing.next_push(NOON + 12 * HOUR, SYSTEM, "a"), Pace::Ready);
}

#[test]
fn next_to_all_once_a_day() {
    let mut pacing = Pacing::<0>::new();
    assert_eq!(hours(pacing.next_to_all(MIDNIGHT, OPERATIONAL)), 7);
    assert_eq!(pacing.next_to_all(NOON, SYSTEM), Pace::Ready);
    assert_eq!(hours(pacing.next_to_all(NOON, SYSTEM)), 12);
    assert_eq!(hours(pacing.next_to_all(NOON, OPERATIONAL)), 19);
    assert_eq!(pacing.next_to_all(NOON + 19 * HOUR, OPERATIONAL), Pace::Ready);
    let mut more = Pacing::<0>::new().to_all_per_day(2);
    assert_eq!([(); 2].map(|()| more.next_to_all(NOON, SYSTEM)), [Pace::Ready; 2]);
}

#[test]
fn admit_counts_a_message_and_no_call() {
    let mut pacing = Pacing::<16>::new().per_second(1);
    for user in 0..4 {
        assert_eq!(pacing.admit(NOON, OPERATIONAL, &format!("user-{user}")), Pace::Ready);
    }
    assert_eq!(pacing.next(NOON), Pace::Ready);
    assert_ne!(pacing.next(NOON), Pace::Ready);
    assert_eq!(pacing.admit(NOON, OPERATIONAL, "user-0"), Pace::Ready);
    assert_eq!(hours(pacing.admit(NOON, OPERATIONAL, "user-0")), 19);
}

#[test]
fn next_push_full_table_forgets_users_with_few_messages() {
    let mut pacing = Pacing::<8>::new();
    for _ in 0..2 {
        assert_eq!(pacing.admit(NOON, OPERATIONAL, "often"), Pace::Ready);
    }
    for user in 0..100 {
        assert_eq!(pacing.admit(NOON, OPERATIONAL, &format!("once-{user}")), Pace::Ready);
    }
    assert_eq!(hours(pacing.admit(NOON, OPERATIONAL, "often")), 19);
    // In a large table, all are known.
    let mut pacing = Pacing::<4096>::new().per_user(1);
    let users: Vec<_> = (0..1000).map(|user| format!("v2-{user}")).collect();
    for expected in [0, 19] {
        assert!(users.iter().all(|user| hours(pacing.admit(NOON, OPERATIONAL, user)) == expected));
    }
}

#[test]
fn debug_hides_users() {
    let mut pacing = Pacing::<8>::new();
    assert_eq!(pacing.next_push(NOON, OPERATIONAL, "s3cr3t"), Pace::Ready);
    let digest = super::digest("s3cr3t");
    let shown = format!("{pacing:?}");
    assert!(!shown.contains("s3cr3t") && !shown.contains(&format!("{digest}")), "{shown}");
}
