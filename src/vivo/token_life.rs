//! When to get a new token, and when to stop asking. See [`TokenLife`].

use core::time::Duration;

use super::api::auth_header_value;
use super::auth::AuthResponse;
use super::code::{Advice, ResultCode};

/// Units of time, in milliseconds.
const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// [`TokenLife::MARGIN`].
const MARGIN: u64 = 10 * MINUTE;
/// China is ahead of UTC by so much, all year.
const CHINA: u64 = 8 * HOUR;
/// No authentication sooner after the last than this: a tenth of what vivo allows, room for other processes of the app.
const GAP: u64 = SECOND;
/// The longest pause after failures.
const LONGEST_PAUSE: u64 = 10 * MINUTE;
/// After so long without word a request for a token counts as lost.
const REPLY_WITHIN: u64 = MINUTE;
/// A token that is refused before this age has likely never been good.
const JUST_MADE: u64 = 10 * MINUTE;
/// Steps back by so much are the clock's being adjusted, and threads that overtake each other.
const JITTER: u64 = SECOND;

/// When to authenticate: the life of vivo's auth token, as a machine without IO and without a clock of its own.
///
/// Times are Unix times in milliseconds, as [`AuthRequest::timestamp`](super::AuthRequest::timestamp) is. It holds no token,
/// so there is nothing to hide: the caller keeps the text of the newest token beside its [`TokenNumber`]. Any `u64` is taken
/// for a time, and nothing overflows.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::{AuthOutcome, AuthResponse, Step, TokenLife};
///
/// let mut life = TokenLife::new();
/// let mut now = 1_501_484_120_000; // Unix time in milliseconds, as in the auth request
/// assert_eq!(life.before_call(now), Step::Authenticate);
///
/// // POST an AuthRequest, then:
/// let reply: AuthResponse = json::from_str(r#"{"result":0,"authToken":"24ojds98"}"#)?;
/// let AuthOutcome::Token(number) = life.replied(now, &reply) else { panic!("no token") };
/// // Keep reply.auth_token beside the number, and send it with every call:
/// assert_eq!(life.before_call(now + 1), Step::Use(number));
///
/// now += 3_600_000;
/// assert_eq!(life.before_call(now), Step::UseAndRenew(number)); // calls go on meanwhile
/// assert_eq!(life.before_call(now), Step::Use(number)); // one renewal at a time
///
/// // A call that was sent with this token brought 10000:
/// now += 2_000_000;
/// assert_eq!(life.refused(now, number), Step::Authenticate); // once, then the call once more
/// # Ok::<(), json::DecodeError>(())
/// ```
///
/// # What vivo says
///
/// A token is valid for 24 hours, an app may have several, and it is to be kept centrally and renewed every one or two hours
/// (server document). The default here is one hour: a renewal that fails then has the second hour to be repeated in before
/// the document is left, and 24 a day are far from the 10000 of the old limit. The timestamp of an
/// [`AuthRequest`](super::AuthRequest) must be within ten minutes of vivo's clock (10207). As old tokens stay valid, a renewal
/// disturbs no call under way.
///
/// # What it does
///
/// It measures how much time passes between what it is told, so a clock that is wrong by an hour or a year measures as well as
/// a right one. Backwards it measures nothing: a clock that was set back by more than a second makes a renewal due, as the
/// token may be older than it seems. All times are to be one clock's: of two that are more than a second apart, told in turn,
/// every change of turn looks like time that passes, and pauses are over at once; a clock that stands still ends none. A token's
/// age begins with its request, and it is used for 24 hours less [`MARGIN`](Self::MARGIN) at most.
///
/// | state | told | then | answer |
/// |---|---|---|---|
/// | none | before a call | under way | `Authenticate` |
/// | none, under way or pausing | before a call | | `Wait` |
/// | fresh | before a call | | `Use` |
/// | fresh | the clock was set back | renewable | |
/// | renewable | before a call | under way | `UseAndRenew` |
/// | renewable, under way or pausing | before a call | | `Use` |
/// | expired | as none | | |
/// | any | a token | fresh | `Token`; none is asked for within a second |
/// | any | no reply, or a result that is not below | pausing | `TryAgain`: 1 s, 2 s, 4 s … ten minutes |
/// | any | 10093, authenticated too fast | pausing | the same |
/// | any | 10207, the timestamp is wrong | pausing | `SetClock`: ten minutes, or until the clock was set |
/// | any | 10250, authentications used up | pausing | `StopForToday`: until midnight in China |
/// | any | 10200 to 10206 and the like | given up | `GiveUp` |
/// | under way for a minute, no word | before a call | under way again | as if none were under way |
/// | fresh or renewable | 10000 with this token | none | `Authenticate`, or `Wait` if pausing |
/// | the same, ten minutes old at most, its predecessor refused as well | 10000 with it | none, given up | `GiveUp` |
/// | any | 10000 with an older token | | as before a call |
/// | given up, with a token | before a call | | `Use`, until it expires |
/// | given up, without | before a call | | `GiveUp` |
/// | given up or pausing | start again | neither | |
///
/// A pause is for authenticating alone: a token that is there goes on being used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct TokenLife {
    renew_after: u64,
    /// The latest time told.
    clock: Option<u64>,
    held: Option<Held>,
    /// Tokens so far.
    tokens: u32,
    /// How long ago a token was asked for, while that is under way.
    asked: Option<u64>,
    /// For so long none is asked for.
    pause: u64,
    /// Failures in a row.
    failures: u32,
    /// The last token was refused, and none since has shown that it is better.
    doubted: bool,
    /// The pause is for want of a right clock.
    clock_wrong: bool,
    given_up: Option<ResultCode>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
struct Held {
    number: TokenNumber,
    age: u64,
    renew_at: u64,
    usable_until: u64,
}

/// Which token a call was sent with. Every token has one of its own; the numbers begin anew after 2^32 tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct TokenNumber(u32);

/// What to do before a call, or with one that was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "the machine does nothing by itself"]
pub enum Step {
    /// Send it with this token.
    Use(TokenNumber),
    /// Send it with this token, and authenticate meanwhile.
    UseAndRenew(TokenNumber),
    /// Authenticate first.
    Authenticate,
    /// There is no token, and none is to be asked for: another call has done so, or vivo wants a pause.
    Wait {
        /// For so many milliseconds, unless a token comes before.
        millis: u64,
    },
    /// There is no token, and asking for one does not help: tell a human, with vivo's reason, and then
    /// [start again](TokenLife::start_again).
    GiveUp(ResultCode),
}

/// What the reply to an authentication means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "the machine does nothing by itself"]
pub enum AuthOutcome {
    /// A new token: keep its text under this number, in place of the older one. The reply's
    /// [`auth_token`](AuthResponse::auth_token) is there then, and [fit for a header](auth_header_value).
    Token(TokenNumber),
    /// No token for now.
    TryAgain {
        /// None is asked for in so many milliseconds.
        millis: u64,
    },
    /// This clock is more than ten minutes off vivo's: set it.
    SetClock {
        /// None is asked for in so many milliseconds, unless the clock is set.
        millis: u64,
    },
    /// The day's authentications are used up.
    StopForToday {
        /// None is asked for in so many milliseconds, when a day begins in China.
        millis: u64,
    },
    /// Something is wrong with app id, key, secret or the app itself: tell a human. A token that is there may be used on.
    GiveUp(ResultCode),
}

/// How it stands with the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum TokenState {
    /// There is none.
    None,
    /// Good.
    Fresh,
    /// Usable, and to be renewed.
    Renewable,
    /// No longer usable.
    Expired,
}

impl TokenLife {
    /// How long before its end a token is no longer used: time for calls to arrive, and for a clock that runs slow.
    pub const MARGIN: Duration = Duration::from_millis(MARGIN);

    /// No token yet; renewal after one hour.
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

    /// The same with renewal after another time, for tokens to come. vivo wants one or two hours; less than a minute counts as
    /// a minute, and after half of its life a token is renewed in any case.
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

    /// How it stands with the token, as of the latest time told.
    #[must_use]
    pub const fn state(&self) -> TokenState {
        match self.held {
            None => TokenState::None,
            Some(held) if held.age < held.renew_at => TokenState::Fresh,
            Some(held) if held.age < held.usable_until => TokenState::Renewable,
            Some(_) => TokenState::Expired,
        }
    }

    /// Call before every call but the authentication. An answer that says to authenticate is given to one caller: to the
    /// others, authentication is then under way.
    pub fn before_call(&mut self, now: u64) -> Step {
        self.pass_time(now);
        let state = self.state();
        let wanted = state != TokenState::Fresh && self.given_up.is_none() && self.pause == 0;
        if wanted {
            self.asked = Some(0);
            self.pause = REPLY_WITHIN;
            self.clock_wrong = false;
        }
        match (self.held, state) {
            (Some(held), TokenState::Fresh | TokenState::Renewable) if wanted => {
                Step::UseAndRenew(held.number)
            }
            (Some(held), TokenState::Fresh | TokenState::Renewable) => Step::Use(held.number),
            _ if wanted => Step::Authenticate,
            _ => self.given_up.map_or(Step::Wait { millis: self.pause }, Step::GiveUp),
        }
    }

    /// Call with the reply to an authentication.
    pub fn replied(&mut self, now: u64, reply: &AuthResponse<'_>) -> AuthOutcome {
        self.pass_time(now);
        let token = reply.auth_token.is_some_and(|token| auth_header_value(token).is_ok());
        if reply.result.is_success() && token {
            return AuthOutcome::Token(self.keep());
        }
        self.asked = None;
        self.clock_wrong = reply.result == ResultCode::INVALID_TIMESTAMP;
        if self.clock_wrong {
            self.pause = LONGEST_PAUSE;
            return AuthOutcome::SetClock { millis: self.pause };
        }
        match reply.result.advice() {
            Advice::StopForToday => {
                self.pause = DAY.saturating_sub(now.wrapping_add(CHINA) % DAY);
                AuthOutcome::StopForToday { millis: self.pause }
            }
            Advice::Reauthenticate | Advice::FixRequest { .. } | Advice::FixAccount => {
                self.given_up = Some(reply.result);
                AuthOutcome::GiveUp(reply.result)
            }
            _ => self.back_off(),
        }
    }

    /// Call if an authentication brought no reply: no connection, or a [`ReplyError`](crate::ReplyError).
    pub fn not_replied(&mut self, now: u64) -> AuthOutcome {
        self.pass_time(now);
        self.asked = None;
        self.clock_wrong = false;
        self.back_off()
    }

    /// Call if a call that was sent with this token brought 10000
    /// ([`Advice::Reauthenticate`]); the answer is for sending the call once more. If the
    /// same call is refused again, stop.
    pub fn refused(&mut self, now: u64, token: TokenNumber) -> Step {
        self.pass_time(now);
        if let Some(held) = self.held.filter(|held| held.number == token) {
            self.held = None;
            if self.doubted && held.age <= JUST_MADE {
                self.given_up = Some(ResultCode::AUTHENTICATION_FAILED);
            }
            self.doubted = true;
        }
        self.before_call(now)
    }

    /// Forgets why it gave up or pauses: a human has seen to it. A token that is there stays.
    pub const fn start_again(&mut self) {
        self.given_up = None;
        self.doubted = false;
        self.clock_wrong = false;
        self.failures = 0;
        if self.pause > GAP {
            self.pause = GAP;
        }
    }

    /// Moves all that is measured on.
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

    fn keep(&mut self) -> TokenNumber {
        let age = self.asked.take().unwrap_or(0);
        let usable_until = DAY - MARGIN;
        if self.held.is_some_and(|held| held.age > JUST_MADE) {
            self.doubted = false;
        }
        self.tokens = self.tokens.wrapping_add(1);
        let number = TokenNumber(self.tokens);
        let renew_at = self.renew_after.min(usable_until / 2);
        self.held = Some(Held { number, age, renew_at, usable_until });
        self.pause = GAP;
        self.failures = 0;
        self.clock_wrong = false;
        self.given_up = None;
        number
    }

    fn back_off(&mut self) -> AuthOutcome {
        self.pause = GAP.saturating_mul(2u64.saturating_pow(self.failures)).min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        AuthOutcome::TryAgain { millis: self.pause }
    }
}

impl Default for TokenLife {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
