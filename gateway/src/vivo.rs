//! One app at vivo: its token, its quotas, its speed, and one call until its end.
//!
//! The library decides ([`Call`], [`SharedApp`]); this module does what it says. Token and quotas are also in the shared state of the
//! queue, so that one authentication is enough for all gateways, and a quota that closes for one closes for all.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use anyhow::Result;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use offline_push::delivery::OwnedCertificate;
use offline_push::vivo::{
    Advice, AttemptOutcome, Attempts, AttemptsEnd, AuthOutcome, AuthTokenLife, BASE_URL, Call, CallReply,
    CallStep, Classification, Next, Pace, PushApi, ResultCode, SharedApp,
};
use offline_push::{Request, Response};
use serde::{Deserialize, Serialize};
use tokio::time::{sleep, timeout};

use crate::queue::Event;
use crate::{Shared, config, now, random};

/// How long a process may take to authenticate, before another one does it, in milliseconds.
const CLAIM: u64 = 15_000;
/// How often the others look for the token.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// How long a closed quota is remembered, in milliseconds. It opens at midnight or in the morning.
const QUOTA_AGE: u64 = 36 * 3600 * 1000;

type HttpRequest = axum::http::Request<Vec<u8>>;

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
    app: SharedApp,
    shared: Shared,
}

/// How a call has ended.
pub struct Called {
    /// How the call ended: never a `Next` that says to send or to authenticate. [`Next::Wait`] means that the gateway stops or that the
    /// lease ends: go on after this time.
    pub end: Next,
    /// What was kept of vivo's last reply, the number of requests, and vivo's last result.
    pub event: Event,
}

/// The token in the shared state.
#[derive(Default, Serialize, Deserialize)]
struct SharedToken {
    text: Option<String>,
    issued_at: u64,
    /// Until then, a process authenticates.
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
            app: SharedApp::new(),
            shared: shared.clone(),
        })
    }

    /// Sends a request until it has succeeded or failed, or must wait for a long time. `trace` is its header `traceparent`. `keep` says
    /// what is kept of a reply.
    pub async fn call<R: Request<Api = PushApi>>(
        &self,
        request: &R,
        trace: &str,
        class: Option<Classification>,
        keep: impl for<'r> Fn(&R::Response<'r>) -> Event,
    ) -> Called {
        // An item is given back before its lease ends.
        let (started, patience) =
            (Instant::now(), Duration::from_secs(self.shared.config.engine.lease_s / 2));
        let mut stop = self.shared.stop.subscribe();
        let attempts = Attempts::new(random() as u32).max_sent(self.shared.config.engine.attempts);
        let call = Call::new(&self.app, self.certificate.get(), request).base(&self.base);
        let mut call = call.attempts(attempts).classification(class);
        let mut event = Event::default();
        loop {
            match call.next(now()) {
                Ok(CallStep::Send(http)) => {
                    self.speed.until_ready().await;
                    event.attempts += 1;
                    let started = Instant::now();
                    let reply = self.post(http, Some(trace)).await;
                    let time = started.elapsed();
                    let was_open = self.closed_for(R::PATH, class).is_zero();
                    let (outcome, code) = match reply {
                        None => (AttemptOutcome::NoReply, None),
                        Some((status, mut body)) => match call.replied(now(), status, &mut body) {
                            CallReply::Call(reply) => {
                                if let Ok(reply) = &reply {
                                    event = Event { attempts: event.attempts, ..keep(reply) };
                                }
                                let code = reply.as_ref().map(Response::outcome).ok();
                                (AttemptOutcome::of(request, &reply), code)
                            }
                            CallReply::Authenticated(_) => (AttemptOutcome::NotSent, None),
                        },
                    };
                    self.shared.metrics.attempt(&self.label, time, code, outcome);
                    if let Some(code) = code {
                        event.code = Some(code.get());
                        if was_open && !self.closed_for(R::PATH, class).is_zero() {
                            self.share_quota(R::PATH, class, code).await;
                        }
                    }
                }
                Ok(CallStep::Authenticate(http)) => self.authenticate(&mut call, http).await,
                Ok(CallStep::Wait(pause, changed))
                    if started.elapsed() + pause < patience && !*stop.borrow() =>
                {
                    tokio::select! {
                        _ = timeout(pause, changed) => {}
                        _ = stop.changed() => {}
                    }
                }
                Ok(CallStep::Wait(pause, _)) => return Called { end: Next::Wait(pause), event },
                Ok(CallStep::End(end)) => return Called { end, event },
                Err(error) => {
                    tracing::error!(app = %self.label, "there is no request to send: {error}");
                    return Called { end: Next::GiveUp(AttemptsEnd::Advice(Advice::Unknown)), event };
                }
            }
        }
    }

    /// The reply. `None` if there is none.
    async fn post(&self, mut request: HttpRequest, trace: Option<&str>) -> Option<Reply> {
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

    /// Gets a token from another process that has one, or from vivo with this request.
    async fn authenticate<R: Request<Api = PushApi>>(&self, call: &mut Call<'_, R>, request: HttpRequest) {
        // Without the shared state, each process has a token of its own.
        let adopted = self.adopt_or_claim().await.inspect_err(|error| self.warn("token", error));
        if adopted.unwrap_or(false) {
            return;
        }
        let outcome = match self.post(request, None).await {
            Some((status, mut body)) => match call.replied(now(), status, &mut body) {
                CallReply::Authenticated(outcome) => outcome.ok(),
                CallReply::Call(_) => None,
            },
            None => None,
        };
        let name = outcome.map_or("no_reply", |outcome| outcome.name());
        tracing::info!(app = %self.label, outcome = name, "authentication");
        self.shared.metrics.authentication(&self.label, outcome);
        let token = self.app.auth_token().filter(|_| matches!(outcome, Some(AuthOutcome::Token(_))));
        let share = |shared: &mut SharedToken| {
            shared.claimed_until = 0;
            if let Some((text, issued_at)) = &token {
                (shared.text, shared.issued_at) = (Some(text.to_string()), *issued_at);
            }
            true
        };
        if let Err(error) = self.shared.queue.update("token", &self.label, share).await {
            self.warn("token", &error);
        }
    }

    /// Adopts a token that this process has not had yet. If there is none, waits until no other process authenticates, and claims
    /// the authentication for this one. Returns whether a token was adopted.
    async fn adopt_or_claim(&self) -> Result<bool> {
        let usable = (Duration::from_secs(24 * 3600) - AuthTokenLife::MARGIN).as_millis() as u64;
        let mut had = None;
        loop {
            let is_new = |shared: &SharedToken| {
                shared.text.is_some() && shared.text != had && now().saturating_sub(shared.issued_at) < usable
            };
            let claim = |shared: &mut SharedToken| {
                // A claim that ends too far in the future was made with another clock.
                let claimed = (now()..=now() + CLAIM).contains(&shared.claimed_until);
                let free = !claimed && !is_new(shared);
                if free {
                    shared.claimed_until = now() + CLAIM;
                }
                free
            };
            let (shared, claimed) = self.shared.queue.update("token", &self.label, claim).await?;
            if claimed {
                return Ok(false);
            }
            match shared.text.as_deref().filter(|_| is_new(&shared)) {
                Some(text) if self.app.adopt(now(), shared.issued_at, text)? => {
                    tracing::info!(app = %self.label, "adopted a token");
                    return Ok(true);
                }
                // This process has had it, and vivo has refused it.
                Some(_) => had = shared.text,
                None => sleep(LOOK_AGAIN).await,
            }
        }
    }

    fn warn(&self, name: &str, error: &anyhow::Error) {
        tracing::warn!(app = %self.label, name, "the shared state cannot be read or written: {error:#}");
    }

    /// Tells the other processes which result has closed a quota.
    async fn share_quota(&self, path: &'static str, class: Option<Classification>, code: ResultCode) {
        let at = now();
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

    /// Learns which quotas were found closed by other processes, or by this one before a restart.
    ///
    /// # Errors
    ///
    /// Those of the queue.
    pub async fn learn_quotas(&self) -> Result<()> {
        let (all, _) = self.shared.queue.update("quota", &self.label, |_: &mut Vec<Closed>| false).await?;
        self.app.quotas(|quotas| {
            for closed in &all {
                // The library is told the same result again, so it closes the same quota.
                let class = closed.class.map(Classification::new);
                quotas.replied(closed.at, &closed.path, class, ResultCode::new(closed.code));
            }
        });
        Ok(())
    }

    /// Authenticates again although it was given up: an operator has fixed the cause.
    pub fn start_again(&self) {
        self.app.start_again();
    }

    /// Time until a quota opens; zero if it is open.
    pub fn closed_for(&self, path: &str, class: Option<Classification>) -> Duration {
        match self.app.quotas(|quotas| quotas.before_call(now(), path, class)) {
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
