//! Decides whether and when a call is sent again. See [`Attempts`].

use core::time::Duration;

use super::api::{PushApi, PushKind};
use super::auth_token::{AuthTokenLife, AuthTokenNumber, AuthTokenStep};
use super::code::{Advice, ResultCode};
use super::response::tested;
use super::time::{duration, pause_after};
use crate::exchange::{Repeat, ReplyError, Request, Response};

/// Decides what to do next about one call to vivo, until it has succeeded or failed. It does no IO and reads no clock: the caller
/// passes the time. It asks the [`AuthTokenLife`] for the token. It handles every [`Advice`], retries, and replies that cannot
/// be read or are cut off.
///
/// Times are Unix times in milliseconds. Send the request unchanged each time: vivo drops duplicates by `requestId`.
///
/// ```
/// use core::time::Duration;
/// use offline_push::{ReplyError, json, read_reply};
/// use offline_push::vivo::{AttemptOutcome, Attempts, AuthResponse, AuthTokenLife, Next, Notification};
///
/// let mut life = AuthTokenLife::new(); // one for all calls
/// let mut call = Attempts::new(0x1234_5678); // a random number
/// let mut now = 1_501_484_120_000;
///
/// // There is no token yet.
/// assert_eq!(call.next(now, &mut life, AttemptOutcome::NotSent), Next::Authenticate);
/// let reply: AuthResponse = json::from_str(r#"{"result":0,"authToken":"24ojds98"}"#)?;
/// life.replied(now, &reply);
/// let next = call.next(now, &mut life, AttemptOutcome::NotSent);
/// assert!(matches!(next, Next::SendWith(_)));
///
/// // The gateway fails.
/// let failed = AttemptOutcome::Failed(ReplyError::Status(502));
/// let Next::Wait(pause) = call.next(now, &mut life, failed) else { panic!("no pause") };
/// assert!(pause >= Duration::from_millis(500) && pause <= Duration::from_secs(1));
/// now += pause.as_millis() as u64;
/// assert_eq!(call.next(now, &mut life, AttemptOutcome::NotSent), next);
///
/// // vivo replies.
/// let push = Notification::new("title", "content", "request-1");
/// let outcome = AttemptOutcome::of(&push, &read_reply(200_u16, &mut br#"{"result":10302}"#.to_vec()));
/// assert_eq!(call.next(now, &mut life, outcome), Next::DropToken);
/// # Ok::<(), json::DecodeError>(())
/// ```
///
/// # The loop
///
/// This is the loop of a thread or a device that sends one request at a time. In this example, vivo accepts every request:
///
/// ```
/// use offline_push::exchange::Request;
/// use offline_push::read_reply;
/// use offline_push::vivo::{
///     AttemptOutcome, Attempts, AuthOutcome, AuthResponse, AuthToken, AuthTokenLife, Certificate, Next,
///     Notification, PushApi,
/// };
/// # fn now() -> u64 { 1_501_484_120_000 }
/// # fn sleep(_: core::time::Duration) {}
///
/// /// Sends a request: a head from `Request::write_head`, then the body. Returns the status and the body of the reply.
/// fn exchange<'b, R: Request>(
///     request: &R,
///     token: Option<&str>,
///     buffer: &'b mut [u8],
/// ) -> Option<(u16, &'b mut [u8])> {
///     let mut head = [0; 512];
///     let head = request.write_head(&mut head, token).ok()?;
/// #   assert!(head.starts_with(b"POST /message/"));
/// #   let auth = R::PATH == "/message/auth";
/// #   let reply = if auth { r#"{"result":0,"authToken":"24ojds98"}"# } else { r#"{"result":0,"taskId":"1"}"# };
/// #   let body = buffer.get_mut(..reply.len())?;
/// #   body.copy_from_slice(reply.as_bytes());
///     // …
///     Some((200, body))
/// }
///
/// struct Sender<'a> {
///     certificate: Certificate<'a>,
///     life: AuthTokenLife,
///     token: Option<AuthToken>,
/// }
///
/// impl Sender<'_> {
///     fn send<R: Request<Api = PushApi>>(&mut self, request: &R, random: u32) -> Next {
///         let mut attempts = Attempts::new(random);
///         let mut outcome = AttemptOutcome::NotSent;
///         loop {
///             let next = attempts.next(now(), &mut self.life, outcome);
///             outcome = match next {
///                 Next::SendWith(_) | Next::SendAndRenew(_) => {
///                     let token = self.token.as_ref().map(AuthToken::as_str);
///                     let outcome = match exchange(request, token, &mut [0; 1024]) {
///                         Some((status, body)) => AttemptOutcome::of(request, &read_reply(status, body)),
///                         None => AttemptOutcome::NoReply,
///                     };
///                     if let Next::SendAndRenew(_) = next {
///                         self.authenticate();
///                     }
///                     outcome
///                 }
///                 Next::Authenticate => {
///                     self.authenticate();
///                     AttemptOutcome::NotSent
///                 }
///                 Next::Wait(pause) => {
///                     sleep(pause);
///                     AttemptOutcome::NotSent
///                 }
///                 end => return end, // Done, DropToken, Later or GiveUp
///             };
///         }
///     }
///
///     fn authenticate(&mut self) {
///         let sign = self.certificate.sign(now());
///         let request = self.certificate.auth_request(now(), &sign);
///         let mut buffer = [0; 512];
///         let reply = exchange(&request, None, &mut buffer)
///             .and_then(|(status, body)| read_reply::<AuthResponse>(status, body).ok());
///         match reply {
///             Some(reply) => {
///                 if let AuthOutcome::Token(number) = self.life.replied(now(), &reply) {
///                     self.token = reply.auth_token.and_then(|text| AuthToken::new(number, text).ok());
///                 }
///             }
///             None => _ = self.life.not_replied(now()),
///         }
///     }
/// }
///
/// let certificate = Certificate::new(6666, 10004, "app key", "app secret", Default::default());
/// let mut sender = Sender { certificate, life: AuthTokenLife::new(), token: None };
/// let push = Notification::new("title", "content", "request-1").reg_id("v2-alice");
/// assert_eq!(sender.send(&push, 0x1234_5678), Next::Done);
/// ```
///
/// # What it answers
///
/// | outcome | answer |
/// |---|---|
/// | not sent | what the token's life says: `SendWith`, `SendAndRenew`, `Authenticate`, `Wait`, `GiveUp`; or `Wait` if a pause is not over |
/// | [`Done`](Advice::Done), [`DropToken`](Advice::DropToken) | `Done`, `DropToken` |
/// | [`Reauthenticate`](Advice::Reauthenticate) (10000) | the first time: what the token's life says; the second time: `GiveUp` |
/// | [`BackOff`](Advice::BackOff), no reply, a failed reply after which the call [may be sent again](ReplyError::repeat) | `Wait`; after [`MAX_SENT`](Self::MAX_SENT) failures `GiveUp` |
/// | [`StopForToday`](Advice::StopForToday) | `Later`, until midnight in China |
/// | [`WaitForWindow`](Advice::WaitForWindow) | `Later`, until 07:00 in China |
/// | any other advice, any other failed reply | `GiveUp` |
///
/// Pauses are 1 s, 2 s, 4 s … ten minutes ([`Repeat::pause`]), shortened by a random part of at most a half, so that calls that failed
/// together are not sent again together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Attempts {
    random: u32,
    max_sent: u32,
    /// Number of attempts that failed and may be repeated.
    failures: u32,
    reauthenticated: bool,
    /// The token of the last attempt.
    token: Option<AuthTokenNumber>,
    /// End and length of the pause, in milliseconds.
    paused_until: u64,
    pause: u64,
}

/// The result of the last attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// Nothing has been sent since the last answer: at the start, after an authentication, after a pause.
    NotSent,
    /// vivo replied: the advice of the reply. [`of`](Self::of) takes it from the reply.
    Replied(Advice),
    /// There is an HTTP reply, but it cannot be read.
    Failed(ReplyError),
    /// There is no reply: no connection, or a timeout.
    NoReply,
}

/// The next step of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[must_use = "the machine does nothing by itself"]
pub enum Next {
    /// Send the call with this token, then report the outcome.
    SendWith(AuthTokenNumber),
    /// Send the call with this token, then report the outcome. Also authenticate, at the same time or after the call.
    SendAndRenew(AuthTokenNumber),
    /// Authenticate, report the reply to the [`AuthTokenLife`], then ask again with [`AttemptOutcome::NotSent`].
    Authenticate,
    /// Wait for this time, or until a token arrives. Then ask again with [`AttemptOutcome::NotSent`].
    Wait(Duration),
    /// The call has succeeded.
    Done,
    /// Delete the regId. The call is over.
    DropToken,
    /// Store the call. Ask again with [`AttemptOutcome::NotSent`] after this time, which can be a day.
    Later(Duration),
    /// The call is over, without success. [`AttemptsEnd::keeps_request`] says whether the same request can succeed later.
    GiveUp(AttemptsEnd),
}

/// Why a call is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum AttemptsEnd {
    /// The advice says what must change first. [`Reauthenticate`](Advice::Reauthenticate): a new token was refused, too.
    /// [`StoreAgain`](Advice::StoreAgain): vivo no longer has the stored push.
    Advice(Advice),
    /// There is no token, and authentication does not help: [`AuthTokenStep::GiveUp`].
    NoToken(ResultCode),
    /// The same request would fail again.
    Failed(ReplyError),
    /// It has failed as often as is allowed.
    TooOften,
}

impl AttemptsEnd {
    /// True if the request itself may be correct: keep it, and send it again when the cause is fixed. The cause is that vivo or the
    /// network has failed for a while, that there is no auth token, or that the account must be changed. [`Attempts`] gives up after
    /// some seconds, so that it does not hold up a task; a queue can wait for longer.
    ///
    /// False if the same request would fail again.
    #[must_use]
    pub const fn keeps_request(self) -> bool {
        matches!(
            self,
            Self::TooOften | Self::NoToken(_) | Self::Advice(Advice::Reauthenticate | Advice::FixAccount)
        )
    }

    /// A stable name in `snake_case`, for metrics and logs. It never changes. For [`Advice`](Self::Advice), it is the
    /// name of the advice.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Advice(advice) => advice.name(),
            Self::NoToken(_) => "no_token",
            Self::Failed(_) => "failed",
            Self::TooOften => "too_often",
        }
    }
}

impl AttemptOutcome {
    /// Makes the outcome from a request and from what [`read_reply`](crate::read_reply) returned for its reply. If the reply could be
    /// read, the outcome holds its [advice](Response::advice); for a test push, this is never [`DropToken`](Advice::DropToken).
    ///
    /// ```
    /// use offline_push::read_reply;
    /// use offline_push::vivo::{Advice, AttemptOutcome, Notification, PushMode};
    ///
    /// let push = Notification::new("title", "content", "request-1").push_mode(PushMode::TEST);
    /// let mut body = *br#"{"result":10302}"#;
    /// let outcome = AttemptOutcome::of(&push, &read_reply(200_u16, &mut body));
    /// assert_eq!(outcome, AttemptOutcome::Replied(Advice::FixAccount));
    /// ```
    pub fn of<'r, R: Request<Api = PushApi>>(
        request: &R,
        reply: &Result<R::Response<'r>, ReplyError>,
    ) -> Self {
        Self::of_kind(request.kind(), reply)
    }

    /// The same for a request of this kind.
    pub(super) fn of_kind<'r>(
        kind: PushKind,
        reply: &Result<impl Response<'r, Api = PushApi>, ReplyError>,
    ) -> Self {
        match reply {
            Ok(reply) => Self::Replied(tested(reply.advice(), kind.push_mode)),
            Err(error) => Self::Failed(*error),
        }
    }
}

impl Next {
    /// A stable name in `snake_case`, for metrics and logs. It never changes. The fields are not part of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SendWith(_) => "send_with",
            Self::SendAndRenew(_) => "send_and_renew",
            Self::Authenticate => "authenticate",
            Self::Wait(_) => "wait",
            Self::Done => "done",
            Self::DropToken => "drop_token",
            Self::Later(_) => "later",
            Self::GiveUp(_) => "give_up",
        }
    }
}

impl Attempts {
    /// Default number of attempts that may fail before the call is given up: 5. The pauses between them take 8 to 15 seconds.
    pub const MAX_SENT: u32 = 5;

    /// The attempts of a new call. The random number decides how much of each pause is left out; use a different number for each call.
    #[must_use]
    pub const fn new(random: u32) -> Self {
        Self {
            random,
            max_sent: Self::MAX_SENT,
            failures: 0,
            reauthenticated: false,
            token: None,
            paused_until: 0,
            pause: 0,
        }
    }

    /// Sets the number of attempts that may fail. The default is [`MAX_SENT`](Self::MAX_SENT).
    #[must_use]
    pub const fn max_sent(mut self, attempts: u32) -> Self {
        self.max_sent = attempts;
        self
    }

    /// Sets the number of attempts that have failed before, for a call that was stored with its [`failures`](Self::failures). They count
    /// towards [`max_sent`](Self::max_sent), and the next pause is as long as it is after that many failures. The default
    /// is 0.
    #[must_use]
    pub const fn failed_before(mut self, attempts: u32) -> Self {
        self.failures = attempts;
        self
    }

    /// Number of attempts that failed and were repeated, since the start or the last [`Next::Later`].
    #[must_use]
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Reports the outcome of the last attempt, and says what to do next.
    pub fn next(&mut self, now: u64, life: &mut AuthTokenLife, outcome: AttemptOutcome) -> Next {
        let (repeat, end) = match outcome {
            AttemptOutcome::NotSent => return self.ask(now, life),
            AttemptOutcome::Replied(Advice::Done) => return Next::Done,
            AttemptOutcome::Replied(Advice::DropToken) => return Next::DropToken,
            AttemptOutcome::Replied(advice) => {
                if let Some(millis) = advice.wait_millis(now) {
                    self.failures = 0;
                    self.wait(now, millis);
                    return Next::Later(duration(millis));
                }
                (advice.repeat(), AttemptsEnd::Advice(advice))
            }
            AttemptOutcome::Failed(error) => (error.repeat(), AttemptsEnd::Failed(error)),
            AttemptOutcome::NoReply => (Repeat::AfterPause, AttemptsEnd::TooOften),
        };
        match repeat {
            Repeat::Once if !self.reauthenticated => {
                self.reauthenticated = true;
                let step = match self.token {
                    Some(token) => life.refused(now, token),
                    None => life.before_call(now),
                };
                self.obey(step)
            }
            Repeat::AfterPause => self.pause(now),
            _ => Next::GiveUp(end),
        }
    }

    /// What is left of a pause, or what the token's life says.
    fn ask(&mut self, now: u64, life: &mut AuthTokenLife) -> Next {
        match self.paused_until.saturating_sub(now).min(self.pause) {
            0 => self.obey(life.before_call(now)),
            millis => Next::Wait(duration(millis)),
        }
    }

    fn obey(&mut self, step: AuthTokenStep) -> Next {
        match step {
            AuthTokenStep::Use(token) => {
                self.token = Some(token);
                Next::SendWith(token)
            }
            AuthTokenStep::UseAndRenew(token) => {
                self.token = Some(token);
                Next::SendAndRenew(token)
            }
            AuthTokenStep::Authenticate => Next::Authenticate,
            AuthTokenStep::Wait(time) => Next::Wait(time),
            AuthTokenStep::GiveUp(code) => Next::GiveUp(AttemptsEnd::NoToken(code)),
        }
    }

    fn pause(&mut self, now: u64) -> Next {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.max_sent {
            return Next::GiveUp(AttemptsEnd::TooOften);
        }
        let longest = pause_after(self.failures);
        // A fraction of a half: the random number is a fraction of 2^32.
        let left_out = (u64::from(longest / 2) * u64::from(self.random)) >> 32;
        // The step of a common linear congruential generator.
        self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let millis = longest.saturating_sub(left_out as u32).into();
        self.wait(now, millis);
        Next::Wait(duration(millis))
    }

    const fn wait(&mut self, now: u64, millis: u64) {
        self.pause = millis;
        self.paused_until = now.saturating_add(millis);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
