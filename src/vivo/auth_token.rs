//! Decides when to request an auth token, when to renew it and when to stop. See [`AuthTokenLife`].

use core::time::Duration;

mod snapshot;
mod text;

pub use text::AuthToken;

use super::api::auth_header_value;
use super::auth::AuthResponse;
use super::code::{Advice, ResultCode};
use super::time::{self, DAY, HOUR, MINUTE, SECOND};

/// [`AuthTokenLife::MARGIN`].
const MARGIN: u64 = 10 * MINUTE;
/// A token is used up to this age.
const USABLE: u64 = DAY - MARGIN;
/// Minimum time between two authentications: a tenth of vivo's limit, which leaves room for other processes of the app.
const GAP: u64 = SECOND;
/// Pause after 10207, if the clock is not set.
const CLOCK_PAUSE: u64 = 10 * MINUTE;
/// A request for a token without a reply is treated as lost after this time.
const REPLY_WITHIN: u64 = MINUTE;
/// A token that is refused before this age was probably never valid.
const JUST_MADE: u64 = 10 * MINUTE;
/// The clock may go back by this much: it is adjusted, or threads overtake each other.
const JITTER: u64 = SECOND;

/// Decides when to authenticate: a state machine for the life of vivo's auth token. It does no IO and has no clock.
///
/// Times are Unix times in milliseconds, as in [`AuthRequest::timestamp`](field@super::AuthRequest::timestamp). Any `u64` is
/// accepted, and nothing overflows. The state machine does not hold the token: the caller keeps the text of the newest token
/// together with its [`AuthTokenNumber`].
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::{AuthOutcome, AuthResponse, AuthTokenStep, AuthTokenLife};
///
/// let mut life = AuthTokenLife::new();
/// let mut now = 1_501_484_120_000; // Unix time in milliseconds
/// assert_eq!(life.before_call(now), AuthTokenStep::Authenticate);
///
/// // POST an AuthRequest, then:
/// let reply: AuthResponse = json::from_str(r#"{"result":0,"authToken":"24ojds98"}"#)?;
/// let AuthOutcome::Token(number) = life.replied(now, &reply) else { panic!("no token") };
/// // Keep reply.auth_token together with the number, and send it with every call:
/// assert_eq!(life.before_call(now + 1), AuthTokenStep::Use(number));
///
/// now += 3_600_000;
/// assert_eq!(life.before_call(now), AuthTokenStep::UseAndRenew(number));
/// assert_eq!(life.before_call(now), AuthTokenStep::Use(number)); // one caller renews
///
/// // A call with this token was refused with 10000:
/// now += 2_000_000;
/// assert_eq!(life.refused(now, number), AuthTokenStep::Authenticate);
/// # Ok::<(), json::DecodeError>(())
/// ```
///
/// # vivo's rules
///
/// A token is valid for 24 hours. An app may have several tokens. A sender should keep the token in one place and renew it
/// every one or two hours (all from the server document). The default here is one hour. If a renewal fails, the second hour is
/// left for more attempts, and 24 renewals a day are far below the old limit of 10000. The timestamp of an
/// [`AuthRequest`](super::AuthRequest) must be within ten minutes of vivo's clock (10207). Old tokens stay valid, so a renewal
/// does not affect calls in progress.
///
/// # Time
///
/// Only differences between times are used, so a clock that is off by a constant is fine. Use one clock. If you alternate
/// between two clocks that differ by more than a second, every change looks like time that passes, and pauses end immediately. A
/// clock that does not move never ends a pause.
///
/// Time that goes backwards is not measured. If the clock goes back by more than a second, a renewal becomes due, because the
/// token may be older than measured.
///
/// The age of a token starts with the request for it. A token is used for at most 24 hours minus [`MARGIN`](Self::MARGIN).
///
/// # Cancelled authentications
///
/// [`AuthTokenStep::Authenticate`] and [`AuthTokenStep::UseAndRenew`] go to one caller only. If that caller stops without calling
/// [`replied`](Self::replied) or [`not_replied`](Self::not_replied), for example because its future is dropped, no other caller
/// authenticates for one minute. So authenticate in a separate task, or call [`abandoned`](Self::abandoned) when the task is
/// cancelled. On a server, `Call` and `SharedApp` do the latter (features `http` and `sign`).
///
/// # Several processes, and restarts
///
/// An app can have several valid tokens, but one for all processes is enough. The process that authenticates shares the text of the
/// token and [`issued_at`](Self::issued_at), and the others [adopt](Self::adopt) it. A process that restarts does the same with its
/// own token. [`snapshot`](Self::snapshot) also keeps pauses, failures, and whether the state machine has given up.
///
/// # States
///
/// *Pending* means that an authentication is in progress. *Pausing* means that none may start yet.
///
/// | state | event | new state | answer |
/// |---|---|---|---|
/// | none | before a call | pending | `Authenticate` |
/// | none, pending or pausing | before a call | | `Wait` |
/// | fresh | before a call | | `Use` |
/// | fresh | the clock was set back | renewable | |
/// | renewable | before a call | pending | `UseAndRenew` |
/// | renewable, pending or pausing | before a call | | `Use` |
/// | expired | any | | the same as without a token |
/// | pending | abandoned | not pending | |
/// | any | a token is adopted | fresh, renewable or expired, by its age | |
/// | any | a new token | fresh | `Token`; no authentication within one second |
/// | any | no reply, or a result that is not listed below | pausing | `TryAgain`: 1 s, 2 s, 4 s … ten minutes |
/// | any | 10093, authenticated too fast | pausing | `TryAgain`, the same pauses |
/// | any | 10207, the timestamp is wrong | pausing | `SetClock`: ten minutes, or until the clock is set |
/// | any | 10250, authentications used up | pausing | `StopForToday`: until midnight in China |
/// | any | 10200 to 10206 and similar results | given up | `GiveUp` |
/// | pending for one minute without a reply | before a call | pending again | as if none were pending |
/// | fresh or renewable | 10000 with the newest token | none | `Authenticate`, or `Wait` if pausing |
/// | fresh or renewable, at most ten minutes old, and the token before it was refused too | 10000 with the newest token | none, pausing | `Wait`: 1 s, 2 s, 4 s … ten minutes |
/// | any | 10000 with an older token | | as before a call: another caller has renewed, so use the newest token |
/// | given up, with a token | before a call | | `Use`, until the token expires |
/// | given up, without a token | before a call | | `GiveUp` |
/// | given up or pausing | start again | neither | |
///
/// A pause applies to authentications only. A usable token is still used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct AuthTokenLife {
    renew_after: u64,
    /// The latest time that a caller gave.
    clock: Option<u64>,
    held: Option<Held>,
    /// Number of tokens so far.
    tokens: u32,
    /// Time since the pending request for a token.
    asked: Option<u64>,
    /// Remaining time in which no authentication may start.
    pause: u64,
    /// Number of consecutive failures.
    failures: u32,
    /// The last token was refused, and no later token has proved valid.
    doubted: bool,
    /// The reason for the pause is a wrong clock.
    clock_wrong: bool,
    given_up: Option<ResultCode>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Held {
    number: AuthTokenNumber,
    age: u64,
    renew_at: u64,
}

/// Identifies the token that a call was sent with. Each token has its own number; the numbers wrap after 2^32 tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct AuthTokenNumber(u32);

/// What to do before a call, or after a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "the machine does nothing by itself"]
pub enum AuthTokenStep {
    /// Send the call with this token.
    Use(AuthTokenNumber),
    /// Send the call with this token, and authenticate at the same time. A program with one thread sends the call first. A failed
    /// renewal does not affect the call.
    UseAndRenew(AuthTokenNumber),
    /// Authenticate first, then send the call.
    Authenticate,
    /// There is no token, and this caller must not authenticate: another caller is authenticating, or a pause is required. Wait for
    /// this time, or until a token arrives. Then call [`before_call`](AuthTokenLife::before_call) again.
    Wait(Duration),
    /// There is no token, and another authentication does not help. Alert an operator with vivo's reason, then
    /// [start again](AuthTokenLife::start_again).
    GiveUp(ResultCode),
}

/// Result of an authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "the machine does nothing by itself"]
pub enum AuthOutcome {
    /// A new token. Keep its text with this number, in place of the older one. The reply then has an
    /// [`auth_token`](field@AuthResponse::auth_token) that is [valid in a header](auth_header_value).
    Token(AuthTokenNumber),
    /// There is no token for now. No authentication may start during this time.
    TryAgain(Duration),
    /// The caller's clock differs from vivo's by more than ten minutes. Set the clock. No authentication may start during this time,
    /// unless the clock is set.
    SetClock(Duration),
    /// The daily authentications are used up. No authentication may start during this time, which ends at midnight in China.
    StopForToday(Duration),
    /// The app id, the key, the secret or the app itself is invalid. Alert an operator. A usable token may still be used.
    GiveUp(ResultCode),
}

/// State of the token, from [`AuthTokenLife::state`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum AuthTokenState {
    /// There is no token.
    None,
    /// Usable.
    Fresh,
    /// Usable, and due for renewal.
    Renewable,
    /// No longer usable.
    Expired,
}

impl AuthTokenStep {
    /// A stable name in `snake_case`, for metrics and logs. It never changes. The fields are not part of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Use(_) => "use",
            Self::UseAndRenew(_) => "use_and_renew",
            Self::Authenticate => "authenticate",
            Self::Wait(_) => "wait",
            Self::GiveUp(_) => "give_up",
        }
    }
}

impl AuthOutcome {
    /// A stable name in `snake_case`, for metrics and logs. It never changes. The fields are not part of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token(_) => "token",
            Self::TryAgain(_) => "try_again",
            Self::SetClock(_) => "set_clock",
            Self::StopForToday(_) => "stop_for_today",
            Self::GiveUp(_) => "give_up",
        }
    }
}

impl AuthTokenState {
    /// A stable name in `snake_case`, for metrics and logs. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Fresh => "fresh",
            Self::Renewable => "renewable",
            Self::Expired => "expired",
        }
    }
}

impl AuthTokenLife {
    /// How long before its expiry a token is no longer used: ten minutes, to allow for calls in transit and for a slow clock.
    pub const MARGIN: Duration = Duration::from_millis(MARGIN);

    /// A state machine without a token. It renews tokens after one hour.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            renew_after: HOUR,
            clock: None,
            held: None,
            tokens: 0,
            asked: None,
            pause: 0,
            failures: 0,
            doubted: false,
            clock_wrong: false,
            given_up: None,
        }
    }

    /// Sets the time after which a token is renewed, for later tokens. The default is one hour; vivo recommends one or two hours.
    /// The minimum is one minute, and the maximum is half of the life of a token.
    #[must_use]
    pub const fn renewing_after(mut self, time: Duration) -> Self {
        let millis = time.as_millis();
        self.renew_after = if millis < MINUTE as u128 {
            MINUTE
        } else if millis > DAY as u128 {
            DAY
        } else {
            millis as u64
        };
        self
    }

    /// State of the token at the latest time that a caller gave.
    #[must_use]
    pub const fn state(&self) -> AuthTokenState {
        match self.held {
            None => AuthTokenState::None,
            Some(held) if held.age < held.renew_at => AuthTokenState::Fresh,
            Some(held) if held.age < USABLE => AuthTokenState::Renewable,
            Some(_) => AuthTokenState::Expired,
        }
    }

    /// Call this before every request to vivo, except the authentication. Only one caller is told to authenticate; for the
    /// others, an authentication is then in progress.
    pub fn before_call(&mut self, now: u64) -> AuthTokenStep {
        self.pass_time(now);
        let state = self.state();
        let wanted = state != AuthTokenState::Fresh && self.given_up.is_none() && self.pause == 0;
        if wanted {
            self.asked = Some(0);
            self.pause = REPLY_WITHIN;
            self.clock_wrong = false;
        }
        match (self.held, state) {
            (Some(held), AuthTokenState::Fresh | AuthTokenState::Renewable) if wanted => {
                AuthTokenStep::UseAndRenew(held.number)
            }
            (Some(held), AuthTokenState::Fresh | AuthTokenState::Renewable) => {
                AuthTokenStep::Use(held.number)
            }
            _ if wanted => AuthTokenStep::Authenticate,
            _ => self.given_up.map_or(AuthTokenStep::Wait(time::duration(self.pause)), AuthTokenStep::GiveUp),
        }
    }

    /// Report the reply to an authentication.
    pub fn replied(&mut self, now: u64, reply: &AuthResponse<'_>) -> AuthOutcome {
        self.pass_time(now);
        let token = reply.auth_token.is_some_and(|token| auth_header_value(token).is_ok());
        if reply.result.is_success() && token {
            let age = self.asked.unwrap_or(0);
            return AuthOutcome::Token(self.keep(age));
        }
        self.asked = None;
        self.clock_wrong = reply.result == ResultCode::INVALID_TIMESTAMP;
        if self.clock_wrong {
            self.pause = CLOCK_PAUSE;
            return AuthOutcome::SetClock(time::duration(self.pause));
        }
        match reply.result.advice() {
            Advice::StopForToday => {
                self.pause = time::millis_until_midnight(now);
                AuthOutcome::StopForToday(time::duration(self.pause))
            }
            Advice::Reauthenticate | Advice::FixRequest { .. } | Advice::FixAccount => {
                self.given_up = Some(reply.result);
                AuthOutcome::GiveUp(reply.result)
            }
            _ => self.back_off(),
        }
    }

    /// Report that an authentication got no reply: no connection, or a [`ReplyError`](crate::ReplyError).
    pub fn not_replied(&mut self, now: u64) -> AuthOutcome {
        self.pass_time(now);
        self.asked = None;
        self.clock_wrong = false;
        self.back_off()
    }

    /// Report that the caller that was authenticating has stopped and will not report a reply. Another caller can authenticate
    /// immediately, or one second after the request was due. This does not count as a failure. Nothing changes if no
    /// authentication is in progress. The function has no time argument, so that a `Drop` can call it.
    ///
    /// ```
    /// use core::time::Duration;
    /// use offline_push::vivo::{AuthTokenLife, AuthTokenStep};
    ///
    /// let mut life = AuthTokenLife::new();
    /// assert_eq!(life.before_call(0), AuthTokenStep::Authenticate);
    /// assert_eq!(life.before_call(3000), AuthTokenStep::Wait(Duration::from_secs(57)));
    /// life.abandoned(); // the first caller was cancelled
    /// assert_eq!(life.before_call(3000), AuthTokenStep::Authenticate);
    /// ```
    pub const fn abandoned(&mut self) {
        if let Some(asked) = self.asked.take() {
            self.pause = GAP.saturating_sub(asked);
        }
    }

    /// Adopts a token that another process has obtained, or that this process obtained before a restart. `issued_at` is the time
    /// when the token was requested, by the same clock; a time after `now` counts as `now`. Keep the text of the token with the
    /// number.
    ///
    /// ```
    /// use offline_push::vivo::{AuthTokenLife, AuthTokenStep};
    ///
    /// let now = 1_501_484_120_000;
    /// let mut life = AuthTokenLife::new();
    /// let number = life.adopt(now, now - 600_000);
    /// assert_eq!(life.before_call(now), AuthTokenStep::Use(number));
    /// assert_eq!(life.issued_at(), Some(now - 600_000));
    /// let number = life.adopt(now, now - 7_200_000); // due for renewal
    /// assert_eq!(life.before_call(now + 1000), AuthTokenStep::UseAndRenew(number));
    /// ```
    pub fn adopt(&mut self, now: u64, issued_at: u64) -> AuthTokenNumber {
        self.pass_time(now);
        self.keep(now.saturating_sub(issued_at))
    }

    /// When the newest token was requested: Unix time in milliseconds. Use it to share the token with other processes. `None`
    /// without a token.
    #[must_use]
    pub fn issued_at(&self) -> Option<u64> {
        Some(self.clock?.saturating_sub(self.held?.age))
    }

    /// Number of the token, if there is one. After [`restore`](Self::restore), pass it to
    /// [`AuthToken::new`](super::AuthToken::new) with the stored text.
    #[must_use]
    pub fn number(&self) -> Option<AuthTokenNumber> {
        self.held.map(|held| held.number)
    }

    /// Report that vivo refused a call with this token with 10000 ([`Advice::Reauthenticate`]). The answer says
    /// how to send the same call once more. Follow it, and do not call [`before_call`](Self::before_call) first: if the answer
    /// is [`Authenticate`](AuthTokenStep::Authenticate), this caller must authenticate now, and the others wait for this. If
    /// the call is refused again, stop.
    pub fn refused(&mut self, now: u64, token: AuthTokenNumber) -> AuthTokenStep {
        self.pass_time(now);
        if let Some(held) = self.held.filter(|held| held.number == token) {
            self.held = None;
            if self.doubted && held.age <= JUST_MADE {
                self.failures = self.failures.saturating_add(1);
                self.pause = self.pause.max(time::pause_after(self.failures).into());
            }
            self.doubted = true;
        }
        self.before_call(now)
    }

    /// Ends the given-up state and pauses, after an operator has fixed the cause. A usable token stays.
    pub const fn start_again(&mut self) {
        self.given_up = None;
        self.doubted = false;
        self.clock_wrong = false;
        self.failures = 0;
        if self.pause > GAP {
            self.pause = GAP;
        }
    }

    /// Adds the time since the last event to all measured times.
    fn pass_time(&mut self, now: u64) {
        let clock = *self.clock.get_or_insert(now);
        if let Some(passed) = now.checked_sub(clock) {
            if let Some(held) = &mut self.held {
                held.age = held.age.saturating_add(passed);
            }
            self.asked = self.asked.map(|asked| asked.saturating_add(passed));
            self.pause = self.pause.saturating_sub(passed);
        } else if clock.abs_diff(now) > JITTER {
            if let Some(held) = &mut self.held {
                held.age = held.age.max(held.renew_at);
            }
            if self.clock_wrong {
                self.pause = self.pause.min(GAP);
            }
        } else {
            return;
        }
        self.clock = Some(now);
    }

    fn keep(&mut self, age: u64) -> AuthTokenNumber {
        self.asked = None;
        if self.held.is_some_and(|held| held.age > JUST_MADE) {
            self.doubted = false;
        }
        self.tokens = self.tokens.wrapping_add(1);
        let number = AuthTokenNumber(self.tokens);
        let renew_at = self.renew_after.min(USABLE / 2);
        self.held = Some(Held { number, age, renew_at });
        self.pause = GAP;
        if !self.doubted {
            self.failures = 0;
        }
        self.clock_wrong = false;
        self.given_up = None;
        number
    }

    fn back_off(&mut self) -> AuthOutcome {
        self.failures = self.failures.saturating_add(1);
        self.pause = time::pause_after(self.failures).into();
        AuthOutcome::TryAgain(time::duration(self.pause))
    }
}

impl Default for AuthTokenLife {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
