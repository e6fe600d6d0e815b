//! One app at vivo: its token, its quotas, its speed, and one call until its end.
//!
//! The library decides ([`Attempts`], [`AuthTokenLife`], [`Quotas`]); this module does what it says. Token and quotas are also in the
//! shared state of the queue, so that one authentication is enough for all gateways, and a quota that closes for one closes for all.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use offline_push::delivery::OwnedCertificate;
use offline_push::vivo::{
    Advice, AttemptOutcome, Attempts, AuthOutcome, AuthResponse, AuthToken, AuthTokenLife, Classification,
    Next, Pace, PushApi, Quotas, ResultCode,
};
use offline_push::{ReplyError, Request, Response, read_reply};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};

use crate::config;
use crate::metrics::Metrics;
use crate::queue::{Queue, QueueError};
use crate::{now, random};

/// How long a process may take to authenticate, before another one does it.
const CLAIM: u64 = 15_000;
/// How often the others look for the token.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// A closed quota is not remembered for longer: it opens at midnight or in the morning.
const QUOTA_AGE: u64 = 36 * 3600 * 1000;

/// The text of vivo's tokens; the sample has 40 bytes.
type Token = AuthToken<255>;

/// One app at vivo.
#[derive(Debug)]
pub struct App<Q> {
    /// Key and secret.
    pub certificate: OwnedCertificate,
    /// The app id as text, for metrics.
    pub label: String,
    base: String,
    client: reqwest::Client,
    call_timeout: Duration,
    attempts: u32,
    /// An item is given back before its lease ends.
    patience: Duration,
    speed: DefaultDirectRateLimiter,
    token: Mutex<(AuthTokenLife, Option<Token>)>,
    /// Wakes the tasks that wait for a token.
    changed: Notify,
    quotas: Mutex<Quotas>,
    queue: Arc<Q>,
    metrics: Arc<Metrics>,
}

/// How a call has ended.
#[derive(Debug)]
pub struct Called<T> {
    /// The end: never to send or to authenticate. [`Next::Wait`] says that the gateway stops or that the lease ends, and to go on
    /// after this time.
    pub end: Next,
    /// Number of requests.
    pub attempts: u32,
    /// vivo's last result.
    pub code: Option<ResultCode>,
    /// What was kept of vivo's last reply.
    pub reply: Option<T>,
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
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Closed {
    at: u64,
    path: String,
    class: Option<i32>,
    code: i32,
}

impl<Q: Queue> App<Q> {
    /// An app with these settings.
    ///
    /// # Errors
    ///
    /// As [`config::App::certificate`].
    pub fn new(
        app: &config::App,
        engine: &config::Engine,
        client: reqwest::Client,
        queue: Arc<Q>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, String> {
        let per_second = NonZeroU32::new(app.per_second).unwrap_or(NonZeroU32::MIN);
        // A tenth of a second's calls may come at once.
        let burst = NonZeroU32::new(app.per_second / 10).unwrap_or(NonZeroU32::MIN);
        Ok(Self {
            certificate: app.certificate()?,
            label: app.app_id.to_string(),
            base: app.base_url.clone(),
            client,
            call_timeout: engine.call_timeout(),
            attempts: engine.attempts,
            patience: engine.lease() / 2,
            speed: RateLimiter::direct(Quota::per_second(per_second).allow_burst(burst)),
            token: Mutex::default(),
            changed: Notify::new(),
            quotas: Mutex::default(),
            queue,
            metrics,
        })
    }

    /// Sends a request until it has succeeded or failed, or must wait for long. `trace` goes with it as `traceparent`. `keep` says what vivo advises, and what is kept of a
    /// reply.
    pub async fn call<R, T>(
        &self,
        request: &R,
        trace: &str,
        class: Option<Classification>,
        mut stop: watch::Receiver<bool>,
        keep: impl for<'r> Fn(&R::Response<'r>) -> (Advice, T),
    ) -> Called<T>
    where
        R: Request<Api = PushApi>,
    {
        let started = Instant::now();
        let mut call = Attempts::new(random() as u32).max_sent(self.attempts);
        let mut outcome = AttemptOutcome::NotSent;
        let mut called = Called { end: Next::Done, attempts: 0, code: None, reply: None };
        loop {
            if outcome == AttemptOutcome::NotSent
                && let Pace::Wait(time) = lock(&self.quotas).before_call(now(), R::PATH, class)
            {
                called.end = Next::Later(time);
                return called;
            }
            let changed = self.changed.notified(); // Before the look at the state, so that no change is missed.
            let (next, token) = {
                let (life, token) = &mut *lock(&self.token);
                (call.next(now(), life, outcome), token.clone())
            };
            outcome = AttemptOutcome::NotSent;
            match next {
                Next::SendWith(_) => {
                    outcome = self.attempt(request, trace, class, token, &mut called, &keep).await;
                }
                Next::SendAndRenew(_) => {
                    let attempt = self.attempt(request, trace, class, token, &mut called, &keep);
                    (outcome, ()) = tokio::join!(attempt, self.authenticate());
                }
                Next::Authenticate => self.authenticate().await,
                Next::Wait(pause) if started.elapsed() + pause < self.patience && !*stop.borrow() => {
                    tokio::select! {
                        _ = timeout(pause, changed) => {}
                        _ = stop.changed() => {}
                    }
                }
                end => {
                    called.end = end;
                    return called;
                }
            }
        }
    }

    /// One request.
    async fn attempt<R: Request<Api = PushApi>, T>(
        &self,
        request: &R,
        trace: &str,
        class: Option<Classification>,
        token: Option<Token>,
        called: &mut Called<T>,
        keep: &impl for<'r> Fn(&R::Response<'r>) -> (Advice, T),
    ) -> AttemptOutcome {
        self.speed.until_ready().await;
        called.attempts += 1;
        let started = Instant::now();
        let reply = self.post(request, token.as_ref().map(AuthToken::as_str), Some(trace)).await;
        let seconds = started.elapsed().as_secs_f64();
        let (outcome, code) = match reply {
            None => (AttemptOutcome::NoReply, None),
            Some((status, mut body)) => match read_reply::<R::Response<'_>>(status, &mut body) {
                Ok(reply) => {
                    let (advice, kept) = keep(&reply);
                    called.reply = Some(kept);
                    (AttemptOutcome::Replied(advice), Some(reply.outcome()))
                }
                Err(error) => (AttemptOutcome::Failed(error), None),
            },
        };
        let end = match outcome {
            AttemptOutcome::Replied(advice) => Ok(advice),
            // Not where it is broken, so that the page shows one kind of error.
            AttemptOutcome::Failed(ReplyError::Decode(_)) => Err("failed: the reply is broken".into()),
            AttemptOutcome::Failed(error) => Err(format!("failed: {error}")),
            _ => Err("no_reply".into()),
        };
        self.metrics.attempt(&self.label, seconds, code, end);
        if code.is_some() {
            called.code = code;
        }
        if let Some(code) = code {
            self.replied(R::PATH, class, code).await;
        }
        outcome
    }

    /// Status and body of the reply. `None` if there is none.
    async fn post(
        &self,
        request: &impl Request,
        token: Option<&str>,
        trace: Option<&str>,
    ) -> Option<(u16, Vec<u8>)> {
        let mut request = request.to_http(&self.base, token).ok()?;
        if let Some(trace) = trace {
            request.headers_mut().insert("traceparent", trace.parse().ok()?);
        }
        let exchange = async {
            let reply = self.client.execute(request.try_into().ok()?).await.ok()?;
            Some((reply.status().as_u16(), reply.bytes().await.ok()?.into()))
        };
        timeout(self.call_timeout, exchange).await.ok()?
    }

    /// Gets a token from vivo, or from another process that has one. Workers are never cancelled, so the machine hears of the outcome.
    async fn authenticate(&self) {
        let adopted = match self.adopt_or_claim().await {
            Ok(adopted) => adopted,
            Err(error) => {
                // Without the shared state, each process has a token of its own.
                tracing::warn!(app = %self.label, %error, "the shared token cannot be read");
                false
            }
        };
        if !adopted {
            let issued_at = now();
            let (certificate, sign) = (self.certificate.get(), self.certificate.get().sign(issued_at));
            let mut reply = self.post(&certificate.auth_request(issued_at, &sign), None, None).await;
            let reply =
                reply.as_mut().and_then(|(status, body)| read_reply::<AuthResponse<'_>>(*status, body).ok());
            let outcome = {
                let (life, token) = &mut *lock(&self.token);
                let outcome = match &reply {
                    Some(reply) => life.replied(now(), reply),
                    None => life.not_replied(now()),
                };
                if let (AuthOutcome::Token(number), Some(text)) =
                    (outcome, reply.as_ref().and_then(|reply| reply.auth_token))
                {
                    *token = Token::new(number, text).ok();
                }
                outcome
            };
            tracing::info!(app = %self.label, outcome = outcome.name(), "authentication");
            self.metrics.authentication(&self.label, reply.as_ref().map(Response::outcome), outcome);
            let text = reply.and_then(|reply| reply.auth_token).map(str::to_owned);
            let share = |shared: &mut SharedToken| {
                shared.claimed_until = 0;
                if text.is_some() {
                    shared.text.clone_from(&text);
                    shared.issued_at = issued_at;
                }
                true
            };
            if let Err(error) = self.update("token", share).await {
                tracing::warn!(app = %self.label, %error, "the token cannot be shared");
            }
        }
        self.changed.notify_waiters();
    }

    /// Adopts a token that this process has not had yet. If there is none, waits until no other process authenticates, and claims
    /// it. Returns whether a token was adopted.
    async fn adopt_or_claim(&self) -> Result<bool, QueueError> {
        let known = lock(&self.token).1.as_ref().map(|token| token.as_str().to_owned());
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
            let (shared, claimed) = self.update("token", claim).await?;
            if claimed {
                return Ok(false);
            }
            if let Some(text) = shared.text.as_deref().filter(|_| is_new(&shared)) {
                let (life, token) = &mut *lock(&self.token);
                *token = Token::new(life.adopt(now(), shared.issued_at), text).ok();
                tracing::info!(app = %self.label, "adopted a token");
                return Ok(true);
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    /// Changes an entry of the shared state; `change` says whether it is written. Returns the entry, and whether it was written.
    async fn update<T>(
        &self,
        name: &str,
        mut change: impl FnMut(&mut T) -> bool,
    ) -> Result<(T, bool), QueueError>
    where
        T: Default + Serialize + DeserializeOwned,
    {
        let key = format!("{name}.{}", self.label);
        loop {
            let entry = self.queue.get(&key).await?;
            let version = entry.as_ref().map_or(0, |entry| entry.version);
            let value = entry.and_then(|entry| serde_json::from_slice(&entry.value).ok());
            let mut value: T = value.unwrap_or_default();
            if !change(&mut value) {
                return Ok((value, false));
            }
            let json = serde_json::to_vec(&value).map_err(QueueError::new)?;
            if self.queue.set(&key, json, version).await? {
                return Ok((value, true));
            }
            // Another process was faster.
        }
    }

    /// Tells the quotas about a result; a quota that closes is shared.
    async fn replied(&self, path: &'static str, class: Option<Classification>, code: ResultCode) {
        let at = now();
        if code.advice().wait(at).is_none() {
            return;
        }
        let open_before = {
            let quotas = &mut *lock(&self.quotas);
            let open = quotas.before_call(at, path, class) == Pace::Ready;
            quotas.replied(at, path, class, code);
            open
        };
        if !open_before {
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
        if let Err(error) = self.update("quota", share).await {
            tracing::warn!(app = %self.label, %error, "a closed quota cannot be shared");
        }
    }

    /// Learns which quotas other processes have found closed, or this one before a restart.
    ///
    /// # Errors
    ///
    /// Those of the queue.
    pub async fn learn_quotas(&self) -> Result<(), QueueError> {
        let (all, _) = self.update("quota", |_: &mut Vec<Closed>| false).await?;
        let mut quotas = lock(&self.quotas);
        for closed in &all {
            // The machine is told the same again, so it says the same.
            let class = closed.class.map(Classification::new);
            quotas.replied(closed.at, &closed.path, class, ResultCode::new(closed.code));
        }
        Ok(())
    }

    /// Authenticates again although it was given up: an operator has fixed the cause.
    pub fn start_again(&self) {
        lock(&self.token).0.start_again();
        self.changed.notify_waiters();
    }

    /// Time until a quota opens; zero if it is open.
    pub fn closed_for(&self, path: &str, class: Option<Classification>) -> Duration {
        match lock(&self.quotas).before_call(now(), path, class) {
            Pace::Wait(time) => time,
            _ => Duration::ZERO,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
