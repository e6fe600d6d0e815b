//! A rate limiter: slows a sender down before vivo refuses its requests. See [`Pacing`].

use core::fmt;
use core::time::Duration;

use md5::{Digest, Md5};

use super::code::ResultCode;
use super::notification::Classification;
use super::pace::Pace;
use super::time;

/// A call may be early by this much, in microseconds, so that a burst need not wait.
const BURST: u64 = 100_000;
/// One second and a burst, in microseconds: the calls of one second are spread over this time.
const SPREAD: u64 = 1_000_000 + BURST;
/// A user is stored in one of this many neighbouring places.
const PLACES: usize = 8;

/// Rate limiter: decides whether a call may be sent now, so that vivo does not refuse it. It does no IO and reads no
/// clock: the caller passes the time.
///
/// Times are Unix times in milliseconds, as in [`AuthTokenLife`](super::AuthTokenLife). [`Pace::Ready`] counts the call, so ask
/// immediately before you send it.
///
/// `USERS` is the number of users whose messages of the day are counted: 16 bytes for each. It matters for operational messages
/// only. A sender of chat messages sets it to 0.
///
/// ```
/// use core::time::Duration;
/// use offline_push::vivo::{Classification, Pace, Pacing, ResultCode};
///
/// let mut pacing: Pacing<100> = Pacing::new();
/// let now = 1_501_484_120_000; // 2017-07-31 14:55:20 in China
/// let reg_id = "12345678901234567890123";
///
/// // A chat message: only the number of calls per second is limited.
/// assert_eq!(pacing.next_push(now, Classification::SYSTEM, reg_id), Pace::Ready);
///
/// // Two operational messages for each user and day:
/// let operational = Classification::OPERATIONAL;
/// assert_eq!(pacing.next_push(now, operational, reg_id), Pace::Ready);
/// assert_eq!(pacing.next_push(now, operational, reg_id), Pace::Ready);
/// let Pace::Wait(time) = pacing.next_push(now, operational, reg_id) else { panic!("too many") };
/// assert_eq!(time.as_secs(), 16 * 3600 + 4 * 60 + 40); // 07:00 of the next day
///
/// // If vivo nevertheless replies that this was too fast:
/// pacing.replied(now, ResultCode::SENDING_TOO_FAST);
/// assert_eq!(pacing.next(now), Pace::Wait(Duration::from_secs(1)));
/// ```
///
/// # Limits
///
/// | limit | default | set by | vivo's answer beyond it | source |
/// |---|---|---|---|---|
/// | calls in any second | 500 | [`per_second`](Self::per_second) | 10072 | Tencent Cloud's page about QPS: at least 500, set by vivo for each app; `MobPush` (2023): 3000 to 5000 |
/// | operational messages for a user in a day | 2 | [`per_user`](Self::per_user) | receipt 12000 | Tencent Cloud's page about limits, since 2023-04-03: 2, and 5 for news apps; no limit for system messages |
/// | hours of operational messages | 07:00 to 23:00 in China | fixed | 10071, receipt 1017 | the same |
/// | messages of a class in a day | none | [`per_day`](Self::per_day) | 10070, 10073, receipt 11001 | vivo's console shows the limits. At least 10000; in 2026, for system messages 20 times the number of users who allow notifications, for operational messages 2 times (news apps 3 times) |
/// | pushes to all in a day | 1 | [`to_all_per_day`](Self::to_all_per_day) | 10254 | server document |
///
/// The calls of a second are spread over the second, and not allowed all at once: with a limit of 500, 46 calls are ready at once, and
/// then one every 2.2 ms. With a limit of 10 or less, each call waits for the one before it.
///
/// No source gives a number for the stored bodies of list pushes (10252), or a minimum time between two messages to one user. The
/// limits count only what this `Pacing` has allowed. If the app sends from several processes, divide each limit among them.
///
/// # Memory
///
/// A user is stored as 64 bits of a digest of the regId. If more users get operational messages in a day than the table has room
/// for, a user with few messages is forgotten. Such a user can get more messages than the limit, and vivo then holds them back
/// with receipt [12000](super::ReceiptReason::USER_LIMIT). The time of a call does not depend on `USERS`.
///
/// # Clock
///
/// If the clock goes back, no wait becomes longer because of that. Counts start again when the day in China changes.
#[derive(Clone, PartialEq, Eq)]
pub struct Pacing<const USERS: usize> {
    per_second: u32,
    per_user: u32,
    to_all_per_day: u32,
    operational_per_day: Option<u32>,
    system_per_day: Option<u32>,
    /// When the calls so far have used up their time, in microseconds.
    busy_until: u64,
    /// End and length of the pause after 10072, in milliseconds.
    paused_until: u64,
    pause: u64,
    /// Number of consecutive pauses.
    pauses: u32,
    operational: Count,
    system: Count,
    to_all: Count,
    users: [User; USERS],
}

/// What was counted on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Count {
    day: u64,
    sent: u32,
}

impl Count {
    const NONE: Self = Self { day: 0, sent: 0 };

    const fn on(self, day: u64) -> u32 {
        if self.day == day { self.sent } else { 0 }
    }

    const fn add(&mut self, day: u64) {
        *self = Self { day, sent: self.on(day).saturating_add(1) };
    }
}

/// The operational messages that a user got on one day. Of the day, only the low 32 bits are stored.
#[derive(Clone, Copy, PartialEq, Eq)]
struct User {
    digest: u64,
    day: u32,
    sent: u32,
}

impl User {
    const NOBODY: Self = Self { digest: 0, day: 0, sent: 0 };

    const fn is(&self, digest: u64, day: u64) -> bool {
        self.digest == digest && self.day == day as u32
    }
}

/// A message to one user.
#[derive(Clone, Copy)]
struct Message {
    operational: bool,
    user: u64,
}

impl Message {
    fn new(class: Option<Classification>, reg_id: &str) -> Self {
        let operational = is_operational(class);
        // The regId comes from a phone. A digest prevents a phone from choosing a user's place in the table.
        let user = if operational { digest(reg_id) } else { 0 };
        Self { operational, user }
    }
}

/// An unknown class has the stricter limits.
fn is_operational(class: Option<Classification>) -> bool {
    class != Some(Classification::SYSTEM)
}

fn digest(reg_id: &str) -> u64 {
    let digest = Md5::digest(reg_id);
    digest.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

impl<const USERS: usize> Pacing<USERS> {
    /// Calls in any second: the lowest limit that a source gives.
    pub const PER_SECOND: u32 = 500;
    /// Operational messages for a user in a day.
    pub const PER_USER: u32 = 2;
    /// Operational messages for a user of a news app in a day.
    pub const PER_USER_OF_NEWS: u32 = 5;

    /// A rate limiter with the default limits. Nothing has been sent today.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            per_second: Self::PER_SECOND,
            per_user: Self::PER_USER,
            to_all_per_day: 1,
            operational_per_day: None,
            system_per_day: None,
            busy_until: 0,
            paused_until: 0,
            pause: 0,
            pauses: 0,
            operational: Count::NONE,
            system: Count::NONE,
            to_all: Count::NONE,
            users: [User::NOBODY; USERS],
        }
    }

    /// Sets the number of calls in any second. The default is [`PER_SECOND`](Self::PER_SECOND); 0 counts as 1. Calls at a steady
    /// rate reach ten elevenths of it, because a tenth of a second is left for bursts.
    #[must_use]
    pub const fn per_second(mut self, calls: u32) -> Self {
        self.per_second = if calls == 0 { 1 } else { calls };
        self
    }

    /// Sets the number of operational messages for a user in a day. The default is [`PER_USER`](Self::PER_USER).
    #[must_use]
    pub const fn per_user(mut self, messages: u32) -> Self {
        self.per_user = messages;
        self
    }

    /// Sets the number of messages of a class in a day, as vivo's console shows it. The default is no limit.
    #[must_use]
    pub const fn per_day(mut self, class: Classification, messages: u32) -> Self {
        if matches!(class, Classification::SYSTEM) {
            self.system_per_day = Some(messages);
        } else {
            self.operational_per_day = Some(messages);
        }
        self
    }

    /// Sets the number of pushes to all in a day. The default is 1.
    #[must_use]
    pub const fn to_all_per_day(mut self, pushes: u32) -> Self {
        self.to_all_per_day = pushes;
        self
    }

    /// Call this before a request that reaches no user by itself: a list payload, a list push whose recipients were
    /// [admitted](Self::admit), or statistics.
    pub fn next(&mut self, now: u64) -> Pace {
        self.pace(now, self.call_wait(now), true, None)
    }

    /// Call this before a push to one user.
    ///
    /// The class is the push's [`classification_in_effect`](super::Notification::classification_in_effect). An unknown class (`None`)
    /// has the stricter limits, those of operational messages.
    pub fn next_push(&mut self, now: u64, class: impl Into<Option<Classification>>, reg_id: &str) -> Pace {
        let message = Message::new(class.into(), reg_id);
        let wait = self.call_wait(now).max(self.message_wait(now, message));
        self.pace(now, wait, true, Some(message))
    }

    /// Call this for each recipient of a list push, and leave out those that have to wait. It counts a message, but no
    /// request: call [`next`](Self::next) before the request.
    pub fn admit(&mut self, now: u64, class: impl Into<Option<Classification>>, reg_id: &str) -> Pace {
        let message = Message::new(class.into(), reg_id);
        self.pace(now, self.message_wait(now, message), false, Some(message))
    }

    /// Call this before a push to all. Its messages are not counted.
    pub fn next_to_all(&mut self, now: u64, class: impl Into<Option<Classification>>) -> Pace {
        let operational = is_operational(class.into());
        let mut wait = self.call_wait(now);
        if self.to_all.on(time::day(now)) >= self.to_all_per_day {
            wait = wait.max(tomorrow(now, operational));
        }
        if operational && time::is_night(now) {
            wait = wait.max(time::until_morning(now));
        }
        let pace = self.pace(now, wait, true, None);
        if pace == Pace::Ready {
            self.to_all.add(time::day(now));
        }
        pace
    }

    /// Report the result of a call. After 10072 ([`Advice::BackOff`](super::Advice::BackOff)) every call waits: one second, then
    /// twice as long each time, at most ten minutes. A success ends these waits. A used-up quota
    /// ([`Advice::StopForToday`](super::Advice::StopForToday)) changes nothing here: [`Quotas`](super::Quotas) handles it.
    pub fn replied(&mut self, now: u64, result: ResultCode) {
        if result == ResultCode::SENDING_TOO_FAST {
            // A call that was sent before the pause says nothing about the pause.
            if self.paused(now) == 0 {
                self.pauses = self.pauses.saturating_add(1);
                self.pause = time::pause_after(self.pauses).into();
                self.paused_until = now.saturating_add(self.pause);
            }
        } else if result.is_success() && self.paused(now) == 0 {
            (self.pauses, self.pause) = (0, 0);
        }
    }

    /// What is left of the pause, in milliseconds.
    fn paused(&self, now: u64) -> u64 {
        self.paused_until.saturating_sub(now).min(self.pause)
    }

    /// Time that each call takes, in microseconds. `per_second + 1` calls, of which the last is early by [`BURST`], then take more
    /// than a second.
    fn interval(&self) -> u64 {
        SPREAD.div_ceil(u64::from(self.per_second.max(1)))
    }

    fn call_wait(&self, now: u64) -> Duration {
        let micros = now.saturating_mul(1000);
        let ready_at = self.busy_until.saturating_sub(BURST);
        // More than one interval remains only if the clock was set back.
        let wait = ready_at.saturating_sub(micros).min(self.interval()).div_ceil(1000);
        Duration::from_millis(wait.max(self.paused(now)))
    }

    fn message_wait(&self, now: u64, message: Message) -> Duration {
        let day = time::day(now);
        let full = |count: Count, limit: Option<u32>| limit.is_some_and(|limit| count.on(day) >= limit);
        if !message.operational {
            let full = full(self.system, self.system_per_day);
            return if full { time::until_midnight(now) } else { Duration::ZERO };
        }
        if full(self.operational, self.operational_per_day)
            || self.sent_to(message.user, day) >= self.per_user
        {
            return time::until_next_morning(now);
        }
        if time::is_night(now) { time::until_morning(now) } else { Duration::ZERO }
    }

    /// Counts what may be sent.
    fn pace(&mut self, now: u64, wait: Duration, call: bool, message: Option<Message>) -> Pace {
        if !wait.is_zero() {
            return Pace::Wait(wait);
        }
        let day = time::day(now);
        if call {
            let micros = now.saturating_mul(1000);
            let latest = micros.saturating_add(BURST);
            self.busy_until = self.busy_until.max(micros).min(latest).saturating_add(self.interval());
        }
        match message {
            Some(message) if message.operational => {
                self.operational.add(day);
                self.count_user(message.user, day);
            }
            Some(_) => self.system.add(day),
            None => {}
        }
        Pace::Ready
    }

    /// The places where a user can be.
    fn places(&self, user: u64) -> usize {
        let sets = USERS.div_ceil(PLACES);
        (user as usize).checked_rem(sets).unwrap_or(0)
    }

    /// With no room for users, nobody has a limit.
    fn sent_to(&self, user: u64, day: u64) -> u32 {
        let places = self.users.chunks(PLACES).nth(self.places(user)).unwrap_or_default();
        match places.iter().find(|place| place.is(user, day)) {
            Some(place) => place.sent,
            None => 0,
        }
    }

    fn count_user(&mut self, user: u64, day: u64) {
        let set = self.places(user);
        let places = self.users.chunks_mut(PLACES).nth(set).unwrap_or_default();
        // The user's own place; else one of another day; else that of a user with few messages.
        let rank = |place: &User| match place.day == day as u32 {
            true if place.digest == user => 0,
            true => place.sent.saturating_add(1),
            false => 1,
        };
        if let Some(place) = places.iter_mut().min_by_key(|place| rank(place)) {
            let sent = if place.is(user, day) { place.sent } else { 0 };
            *place = User { digest: user, day: day as u32, sent: sent.saturating_add(1) };
        }
    }
}

/// Time until the first message of the next day.
fn tomorrow(now: u64, operational: bool) -> Duration {
    if operational { time::until_next_morning(now) } else { time::until_midnight(now) }
}

impl<const USERS: usize> Default for Pacing<USERS> {
    fn default() -> Self {
        Self::new()
    }
}

/// Without the users.
impl<const USERS: usize> fmt::Debug for Pacing<USERS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pacing")
            .field("per_second", &self.per_second)
            .field("per_user", &self.per_user)
            .field("pause", &self.pause)
            .field("operational", &self.operational)
            .field("system", &self.system)
            .field("to_all", &self.to_all)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "defmt")]
impl<const USERS: usize> defmt::Format for Pacing<USERS> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(
            f,
            "Pacing {{ per_second: {=u32}, per_user: {=u32}, pause: {=u64}, operational: {}, system: {}, to_all: {}, .. }}",
            self.per_second,
            self.per_user,
            self.pause,
            self.operational,
            self.system,
            self.to_all
        );
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
