//! One request to vivo from the first attempt to the end, as HTTP requests. See [`Call`].

use core::fmt;
use core::hash::BuildHasher;
use core::time::Duration;
use std::hash::RandomState;
use std::vec::Vec;

use super::api::{BASE_URL, PushApi, PushKind};
use super::attempts::{AttemptOutcome, Attempts, Next};
use super::auth::AuthResponse;
use super::auth_token::AuthOutcome;
use super::certificate::Certificate;
use super::notification::Classification;
use super::pace::Pace;
use super::shared::{Authentication, Changed, SharedApp};
use crate::exchange::{HttpError, ReplyError, Request, Response, read_reply};

/// Says which HTTP request to send next, until one request to vivo has succeeded or failed. Each task or thread of a server has its
/// own call. Features `http` and `sign`.
///
/// It does no IO: send what [`next`](Self::next) returns with any HTTP client, and pass the reply to [`replied`](Self::replied). It
/// authenticates with the certificate when the [`SharedApp`] has no token. While one call authenticates, the others wait.
/// [`Attempts`] decides when to retry. The call checks the [`Quotas`](super::Quotas) before each attempt and reports the result to
/// them, except for test pushes, which vivo does not count.
///
/// A call may be dropped at any time. If it was authenticating, another call authenticates immediately.
///
/// ```
/// use offline_push::ClickAction;
/// use offline_push::vivo::{Call, CallReply, CallStep, Certificate, Next, Notification, SharedApp, unix_millis};
///
/// /// Takes the place of an HTTP client. `Err` if there is no reply.
/// fn send(request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, &'static str> {
///     let reply = match (request.uri().path(), request.headers().get("authtoken")) {
///         ("/message/auth", None) => r#"{"result":0,"authToken":"24ojds98"}"#,
///         ("/message/send", Some(token)) if token == "24ojds98" => r#"{"result":0,"taskId":"1"}"#,
///         _ => r#"{"result":10000}"#,
///     };
///     Ok(http::Response::new(reply.into()))
/// }
///
/// static APP: SharedApp = SharedApp::new(); // one for all threads
///
/// let certificate = Certificate::new(6666, 10004, "app key", "app secret", ClickAction::default());
/// let push = Notification::new("title", "content", "request-1").reg_id("12345678901234567890123");
///
/// let mut call = Call::new(&APP, certificate, &push);
/// let mut task_id = None;
/// let end = loop {
///     match call.next(unix_millis())? {
///         CallStep::Authenticate(request) | CallStep::Send(request) => {
///             let Ok(mut reply) = send(request) else { continue }; // no reply
///             let status = reply.status();
///             if let CallReply::Call(Ok(reply)) = call.replied(unix_millis(), status, reply.body_mut()) {
///                 task_id = reply.task_id.map(String::from);
///             }
///         }
///         CallStep::Wait(pause, changed) => changed.block(pause), // async: tokio::time::timeout(pause, changed).await
///         CallStep::End(end) => break end,
///     }
/// };
/// assert_eq!((end, task_id.as_deref()), (Next::Done, Some("1")));
/// # Ok::<(), offline_push::exchange::HttpError>(())
/// ```
///
/// Times are Unix times in milliseconds, as [`unix_millis`](super::unix_millis) gives them.
pub struct Call<'a, R> {
    caller: Caller<'a>,
    request: &'a R,
    kind: PushKind,
}

/// Sends requests until each has succeeded or failed: what [`Call`] and [`ListCall`](super::ListCall) share.
pub(super) struct Caller<'a> {
    app: &'a SharedApp,
    certificate: Certificate<'a>,
    pub(super) base: &'a str,
    pub(super) attempts: Attempts,
    /// The result of the last attempt, which the next step depends on.
    outcome: AttemptOutcome,
    sent: Sent,
    /// Set while this caller must authenticate or is authenticating.
    authentication: Option<Authentication>,
}

/// The request that has no reply yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    Nothing,
    Authentication,
    Call,
}

/// The next step of a [`Call`].
///
/// `Debug` does not show the requests, which have secrets in them.
#[must_use = "the call does nothing by itself"]
pub enum CallStep<'a> {
    /// Send this request for a token.
    Authenticate(http::Request<Vec<u8>>),
    /// Send this request: it is one attempt.
    Send(http::Request<Vec<u8>>),
    /// Wait for this time, or until something changes, whichever happens first. This usually takes seconds. Without a token it can take
    /// longer: until midnight in China if vivo permits no more authentications today (10250), or ten minutes if vivo refuses them.
    Wait(Duration, Changed<'a>),
    /// The call is over: [`Done`](Next::Done), [`DropToken`](Next::DropToken), [`Later`](Next::Later) or
    /// [`GiveUp`](Next::GiveUp).
    End(Next),
}

/// What a reply says. You need not act on it: [`Call::next`] does.
#[derive(Debug)]
pub enum CallReply<'r, R: Request> {
    /// The reply to an authentication. Tell an operator about [`SetClock`](AuthOutcome::SetClock) and [`GiveUp`](AuthOutcome::GiveUp).
    Authenticated(Result<AuthOutcome, ReplyError>),
    /// The reply to the request.
    Call(Result<R::Response<'r>, ReplyError>),
}

impl<'a, R: Request<Api = PushApi>> Call<'a, R> {
    /// A call for a request, for example a [`Notification`](super::Notification) or a `BoxedNotification`. All attempts send
    /// the same request. Nothing is checked.
    #[must_use]
    pub fn new(app: &'a SharedApp, certificate: Certificate<'a>, request: &'a R) -> Self {
        Self { caller: Caller::new(app, certificate), request, kind: request.kind() }
    }

    /// Sets the URL before the path, for a proxy or a test server. The default is [`BASE_URL`].
    #[must_use]
    pub const fn base(mut self, url: &'a str) -> Self {
        self.caller.base = url;
        self
    }

    /// Sets the attempts: how many may fail, how many have failed before, and the random number for the pauses. The default is
    /// [`Attempts::new`] with a random number from the standard library.
    #[must_use]
    pub const fn attempts(mut self, attempts: Attempts) -> Self {
        self.caller.attempts = attempts;
        self
    }

    /// Sets the number of attempts that have failed before, for a call that is sent again after a restart:
    /// [`Attempts::failed_before`]. The default is 0.
    #[must_use]
    pub fn failed_before(mut self, attempts: u32) -> Self {
        let new = core::mem::replace(&mut self.caller.attempts, Attempts::new(0));
        self.caller.attempts = new.failed_before(attempts);
        self
    }

    /// Sets the class whose quotas apply. The default is that of the request. A [`ListPush`](super::ListPush) has no class: set the class
    /// of its payload. Otherwise the call waits if the quota of any class is used up.
    #[must_use]
    pub fn classification(mut self, class: impl Into<Option<Classification>>) -> Self {
        self.kind.classification = class.into();
        self
    }

    /// Number of attempts that failed and were repeated, since the start or the last [`Next::Later`].
    ///
    /// If the server stops while the call waits, store this number with the call, and pass it to
    /// [`failed_before`](Self::failed_before) after the restart.
    #[must_use]
    pub const fn failures(&self) -> u32 {
        self.caller.attempts.failures()
    }

    /// Says what to do next. If the last step was a request and [`replied`](Self::replied) was not called, there was no reply.
    ///
    /// A call that is told to renew the token sends its own request first.
    ///
    /// # Errors
    ///
    /// As [`Request::to_http`]: the base is not a URL, or the request cannot be encoded.
    pub fn next(&mut self, now: u64) -> Result<CallStep<'a>, HttpError> {
        self.caller.next(now, self.kind, self.request)
    }

    /// Reports the reply to the last request: the HTTP status and the body, which is decoded in place.
    pub fn replied<'r>(&mut self, now: u64, status: impl Into<u16>, body: &'r mut [u8]) -> CallReply<'r, R> {
        self.caller.replied(now, self.kind, status, body)
    }
}

impl<'a> Caller<'a> {
    pub(super) fn new(app: &'a SharedApp, certificate: Certificate<'a>) -> Self {
        Self {
            app,
            certificate,
            base: BASE_URL,
            attempts: new_attempts(),
            outcome: AttemptOutcome::NotSent,
            sent: Sent::Nothing,
            authentication: None,
        }
    }

    /// What to do next about this request, which stays the same until the answer is an end.
    pub(super) fn next<R: Request<Api = PushApi>>(
        &mut self,
        now: u64,
        kind: PushKind,
        request: &R,
    ) -> Result<CallStep<'a>, HttpError> {
        match core::mem::replace(&mut self.sent, Sent::Nothing) {
            Sent::Nothing => {}
            Sent::Call => self.outcome = AttemptOutcome::NoReply,
            Sent::Authentication => self.not_authenticated(now),
        }
        if self.authentication.is_some() {
            return self.authenticate(now);
        }
        let outcome = core::mem::replace(&mut self.outcome, AttemptOutcome::NotSent);
        let shared = self.app.next(now, &mut self.attempts, outcome, |quotas| {
            match quotas.before_call(now, R::PATH, kind.classification) {
                Pace::Wait(time) if !kind.is_test() => Some(Next::Later(time)),
                _ => None,
            }
        });
        self.authentication = shared.authentication;
        match shared.next {
            Next::Authenticate => self.authenticate(now),
            Next::SendWith(_) | Next::SendAndRenew(_) => {
                let request = request.to_http(self.base, shared.token.as_deref())?;
                self.sent = Sent::Call;
                Ok(CallStep::Send(request))
            }
            Next::Wait(pause) => Ok(CallStep::Wait(pause, shared.changed)),
            end => Ok(CallStep::End(end)),
        }
    }

    /// The reply to the last request: to an authentication, or to the request `R` of this kind.
    pub(super) fn replied<'r, R: Request<Api = PushApi>>(
        &mut self,
        now: u64,
        kind: PushKind,
        status: impl Into<u16>,
        body: &'r mut [u8],
    ) -> CallReply<'r, R> {
        let sent = core::mem::replace(&mut self.sent, Sent::Nothing);
        if sent == Sent::Authentication {
            let outcome = match read_reply::<AuthResponse<'_>>(status, body) {
                Ok(reply) => {
                    self.authentication = None;
                    Ok(self.app.authenticated(now, &reply))
                }
                Err(error) => {
                    self.not_authenticated(now);
                    Err(error)
                }
            };
            return CallReply::Authenticated(outcome);
        }
        let reply = read_reply::<R::Response<'r>>(status, body);
        self.outcome = AttemptOutcome::of_kind(kind, &reply);
        match &reply {
            Ok(reply) if !kind.is_test() => {
                let (class, result) = (kind.classification, reply.outcome());
                self.app.quotas(|quotas| quotas.replied(now, R::PATH, class, result));
            }
            _ => {}
        }
        CallReply::Call(reply)
    }

    fn not_authenticated(&mut self, now: u64) {
        if let Some(authentication) = self.authentication.take() {
            self.app.not_authenticated(now, authentication);
        }
    }

    fn authenticate(&mut self, now: u64) -> Result<CallStep<'a>, HttpError> {
        let sign = self.certificate.sign(now);
        let request = self.certificate.auth_request(now, &sign).to_http(self.base, None)?;
        self.sent = Sent::Authentication;
        Ok(CallStep::Authenticate(request))
    }
}

impl Drop for Caller<'_> {
    fn drop(&mut self) {
        if let Some(authentication) = self.authentication {
            self.app.abandoned(authentication);
        }
    }
}

/// The attempts of a new request, with a random number. The standard library has no more direct source of them.
pub(super) fn new_attempts() -> Attempts {
    Attempts::new(RandomState::new().hash_one(()) as u32)
}

impl fmt::Debug for CallStep<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authenticate(_) => f.write_str("Authenticate(***)"),
            Self::Send(_) => f.write_str("Send(***)"),
            Self::Wait(pause, _) => f.debug_tuple("Wait").field(pause).finish_non_exhaustive(),
            Self::End(end) => f.debug_tuple("End").field(end).finish(),
        }
    }
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.caller.show("Call", f).finish_non_exhaustive()
    }
}

impl Caller<'_> {
    pub(super) fn show<'f, 'b>(&self, name: &str, f: &'f mut fmt::Formatter<'b>) -> fmt::DebugStruct<'f, 'b> {
        let mut shown = f.debug_struct(name);
        shown.field("attempts", &self.attempts).field("sent", &self.sent);
        shown
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod tests;
