//! One app at vivo: its token, its quotas, its speed, and one call until its end.
//!
//! The library decides ([`Attempts`], [`AuthTokenLife`], [`Quotas`]); this module does what it says. Token and quotas are also in the
//! shared state of the queue, so that one authentication is enough for all gateways, and a quota that closes for one closes for all.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use anyhow::Result;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use offline_push::delivery::OwnedCertificate;
use offline_push::vivo::{
    Advice, AttemptOutcome, Attempts, AuthOutcome, AuthResponse, AuthToken, AuthTokenLife, BASE_URL,
    Classification, Next, Pace, PushApi, Quotas, ResultCode,
};
use offline_push::{Request, Response, read_reply};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::queue::Event;
use crate::{Shared, config, now, random};

/// How long a process may take to authenticate, before another one does it, in milliseconds.
const CLAIM: u64 = 15_000;
/// How often the others look for the token.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// A closed quota is not remembered for longer: it opens at midnight or in the morning. In milliseconds.
const QUOTA_AGE: u64 = 36 * 3600 * 1000;

/// The text of vivo's tokens; the sample has 40 bytes.
type Token = AuthToken<255>;

/// Status and body.
type Reply = (u16, Vec<u8>);

/// One app at vivo.
pub struct App {
    /// Key and secret.
    pub certificate: OwnedCertificate,
    /// The app id as text, for metrics.
    pub label: String,
    base: String,
    client: reqwest::Client,
    speed: DefaultDirectRateLimiter,
    token: Mutex<(AuthTokenLife, Option<Token>)>,
    /// Wakes the tasks that wait for a token.
    changed: Notify,
    quotas: Mutex<Quotas>,
    shared: Shared,
}

/// How a call has ended.
pub struct Called {
    /// The end: never to send or to authenticate. [`Next::Wait`] says that the gateway stops or that the lease ends, and to go on
    /// after this time.
    pub end: Next,
    /// What was kept of vivo's last reply; the number of requests, and vivo's last result.
    pub event: Event,
}

/// The token in the shared state.
#[derive(Default, Serialize, Deserialize)]
struct SharedToken {
    text: Option<String>,
    issued_at: u64,
    /// A process authenticates until then.
    claimed_until: u64,
}

/// A quota that was closed, in the shared state: what [`Quotas::replied`] is told.
#[derive(Clone, Serialize, Deserialize)]
struct Closed {
    at: u64,
    path: String,
    class: Option<i32>,
    code: i32,
}

impl App {
    /// An app with these settings.
    ///
    /// # Errors
    ///
    /// As [`config::App::certificate`].
    pub fn new(shared: &Shared, client: &reqwest::Client, app: &config::App) -> Result<Self> {
        let per_second = app.per_second.unwrap_or(config::App::PER_SECOND);
        // A tenth of a second's calls may come at once.
        let burst = NonZeroU32::new(per_second.get() / 10).unwrap_or(NonZeroU32::MIN);
        Ok(Self {
            certificate: app.certificate()?,
            label: app.app_id.to_string(),
            base: app.base_url.clone().unwrap_or_else(|| BASE_URL.into()),
            client: client.clone(),
            speed: RateLimiter::direct(Quota::per_second(per_second).allow_burst(burst)),
            token: Mutex::default(),
            changed: Notify::new(),
            quotas: Mutex::default(),
            shared: shared.clone(),
        })
    }

    /// Sends a request until it has succeeded or failed, or must wait for long. `trace` goes with it as `traceparent`. `keep` says what
    /// vivo advises, and what is kept of a reply.
    pub async fn call<R: Request<Api = PushApi>>(
        &self,
        request: &R,
        trace: &str,
        class: Option<Classification>,
        keep: impl for<'r> Fn(&R::Response<'r>) -> (Advice, Event),
    ) -> Called {
        // An item is given back before its lease ends.
        let (started, patience) =
            (Instant::now(), Duration::from_secs(self.shared.config.engine.lease_s / 2));
        let mut stop = self.shared.stop.subscribe();
        let mut call = Attempts::new(random() as u32).max_sent(self.shared.config.engine.attempts);
        let mut outcome = AttemptOutcome::NotSent;
        let mut event = Event::default();
        loop {
            if outcome == AttemptOutcome::NotSent
                && let Pace::Wait(time) = self.quotas.lock().before_call(now(), R::PATH, class)
            {
                return Called { end: Next::Later(time), event };
            }
            let changed = self.changed.notified(); // Before the look at the state, so that no change is missed.
            let (next, token) = {
                let (life, token) = &mut *self.token.lock();
                (call.next(now(), life, outcome), token.clone())
            };
            outcome = AttemptOutcome::NotSent;
            match next {
                Next::SendWith(_) => {
                    outcome = self.attempt(request, trace, class, token, &mut event, &keep).await;
                }
                Next::SendAndRenew(_) => {
                    let attempt = self.attempt(request, trace, class, token, &mut event, &keep);
                    (outcome, ()) = tokio::join!(attempt, self.authenticate());
                }
                Next::Authenticate => self.authenticate().await,
                Next::Wait(pause) if started.elapsed() + pause < patience && !*stop.borrow() => {
                    tokio::select! {
                        _ = timeout(pause, changed) => {}
                        _ = stop.changed() => {}
                    }
                }
                end => return Called { end, event },
            }
        }
    }

    /// One request.
    async fn attempt<R: Request<Api = PushApi>>(
        &self,
        request: &R,
        trace: &str,
        class: Option<Classification>,
        token: Option<Token>,
        event: &mut Event,
        keep: &impl for<'r> Fn(&R::Response<'r>) -> (Advice, Event),
    ) -> AttemptOutcome {
        self.speed.until_ready().await;
        event.attempts += 1;
        let started = Instant::now();
        let reply = self.post(request, token.as_ref().map(AuthToken::as_str), Some(trace)).await;
        let time = started.elapsed();
        let (outcome, code) = match reply {
            None => (AttemptOutcome::NoReply, None),
            Some((status, mut body)) => match read_reply::<R::Response<'_>>(status, &mut body) {
                Ok(reply) => {
                    let (advice, kept) = keep(&reply);
                    *event = Event { attempts: event.attempts, ..kept };
                    (AttemptOutcome::Replied(advice), Some(reply.outcome()))
                }
                Err(error) => (AttemptOutcome::Failed(error), None),
            },
        };
        self.shared.metrics.attempt(&self.label, time, code, outcome);
        if let Some(code) = code {
            event.code = Some(code.get());
            self.replied(R::PATH, class, code).await;
        }
        outcome
    }

    /// The reply. `None` if there is none.
    async fn post(&self, request: &impl Request, token: Option<&str>, trace: Option<&str>) -> Option<Reply> {
        let mut request = request.to_http(&self.base, token).ok()?;
        if let Some(trace) = trace {
            request.headers_mut().insert("traceparent", trace.parse().ok()?);
        }
        let exchange = async {
            let reply = self.client.execute(request.try_into().ok()?).await.ok()?;
            Some((reply.status().as_u16(), reply.bytes().await.ok()?.into()))
        };
        let time = Duration::from_millis(self.shared.config.engine.call_timeout_ms);
        timeout(time, exchange).await.ok()?
    }

    /// Gets a token from vivo, or from another process that has one. Workers are never cancelled, so the machine hears of the outcome.
    async fn authenticate(&self) {
        // Without the shared state, each process has a token of its own.
        let adopted = self.adopt_or_claim().await.inspect_err(|error| self.warn("token", error));
        if !adopted.unwrap_or(false) {
            let issued_at = now();
            let (certificate, sign) = (self.certificate.get(), self.certificate.get().sign(issued_at));
            let mut reply = self.post(&certificate.auth_request(issued_at, &sign), None, None).await;
            let reply =
                reply.as_mut().and_then(|(status, body)| read_reply::<AuthResponse<'_>>(*status, body).ok());
            let text = reply.as_ref().and_then(|reply| reply.auth_token);
            let outcome = {
                let (life, token) = &mut *self.token.lock();
                let outcome = match &reply {
                    Some(reply) => life.replied(now(), reply),
                    None => life.not_replied(now()),
                };
                if let (AuthOutcome::Token(number), Some(text)) = (outcome, text) {
                    *token = Token::new(number, text).ok();
                }
                outcome
            };
            tracing::info!(app = %self.label, outcome = outcome.name(), "authentication");
            self.shared.metrics.authentication(&self.label, reply.as_ref().map(Response::outcome), outcome);
            let share = |shared: &mut SharedToken| {
                shared.claimed_until = 0;
                if let Some(text) = text {
                    (shared.text, shared.issued_at) = (Some(text.to_owned()), issued_at);
                }
                true
            };
            if let Err(error) = self.shared.queue.update("token", &self.label, share).await {
                self.warn("token", &error);
            }
        }
        self.changed.notify_waiters();
    }

    /// Adopts a token that this process has not had yet. If there is none, waits until no other process authenticates, and claims
    /// it. Returns whether a token was adopted.
    async fn adopt_or_claim(&self) -> Result<bool> {
        let known = self.token.lock().1.as_ref().map(|token| token.as_str().to_owned());
        let usable = (Duration::from_secs(24 * 3600) - AuthTokenLife::MARGIN).as_millis() as u64;
        let is_new = |shared: &SharedToken| {
            shared.text.is_some() && shared.text != known && now().saturating_sub(shared.issued_at) < usable
        };
        let claim = |shared: &mut SharedToken| {
            // A claim that is too far away was made with another clock.
            let claimed = (now()..=now() + CLAIM).contains(&shared.claimed_until);
            let free = !claimed && !is_new(shared);
            if free {
                shared.claimed_until = now() + CLAIM;
            }
            free
        };
        loop {
            let (shared, claimed) = self.shared.queue.update("token", &self.label, claim).await?;
            if claimed {
                return Ok(false);
            }
            if let Some(text) = shared.text.as_deref().filter(|_| is_new(&shared)) {
                let (life, token) = &mut *self.token.lock();
                *token = Token::new(life.adopt(now(), shared.issued_at), text).ok();
                tracing::info!(app = %self.label, "adopted a token");
                return Ok(true);
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    fn warn(&self, name: &str, error: &anyhow::Error) {
        tracing::warn!(app = %self.label, name, "the shared state cannot be read or written: {error:#}");
    }

    /// Tells the quotas about a result; a quota that closes is shared.
    async fn replied(&self, path: &'static str, class: Option<Classification>, code: ResultCode) {
        let at = now();
        let closes = {
            let quotas = &mut *self.quotas.lock();
            let open = quotas.before_call(at, path, class) == Pace::Ready;
            quotas.replied(at, path, class, code);
            open && quotas.before_call(at, path, class) != Pace::Ready
        };
        if !closes {
            return;
        }
        tracing::warn!(app = %self.label, path, code = code.get(), "a quota is closed");
        let closed =
            Closed { at, path: path.into(), class: class.map(Classification::get), code: code.get() };
        let share = |all: &mut Vec<Closed>| {
            let same = |other: &Closed| (&other.path, other.class) == (&closed.path, closed.class);
            all.retain(|other| other.at + QUOTA_AGE > at && !same(other));
            all.push(closed.clone());
            true
        };
        if let Err(error) = self.shared.queue.update("quota", &self.label, share).await {
            self.warn("quota", &error);
        }
    }

    /// Learns which quotas other processes have found closed, or this one before a restart.
    ///
    /// # Errors
    ///
    /// Those of the queue.
    pub async fn learn_quotas(&self) -> Result<()> {
        let (all, _) = self.shared.queue.update("quota", &self.label, |_: &mut Vec<Closed>| false).await?;
        let mut quotas = self.quotas.lock();
        for closed in &all {
            // The machine is told the same again, so it says the same.
            let class = closed.class.map(Classification::new);
            quotas.replied(closed.at, &closed.path, class, ResultCode::new(closed.code));
        }
        Ok(())
    }

    /// Authenticates again although it was given up: an operator has fixed the cause.
    pub fn start_again(&self) {
        self.token.lock().0.start_again();
        self.changed.notify_waiters();
    }

    /// Time until a quota opens; zero if it is open.
    pub fn closed_for(&self, path: &str, class: Option<Classification>) -> Duration {
        match self.quotas.lock().before_call(now(), path, class) {
            Pace::Wait(time) => time,
            _ => Duration::ZERO,
        }
    }
}

/// The name of an advice, and the field that is to be corrected.
pub(crate) fn reason(advice: Advice) -> String {
    match advice {
        Advice::FixRequest { field } => format!("fix_request: {field}"),
        advice => advice.name().into(),
    }
}
