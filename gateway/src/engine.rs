//! Takes items from the queue, sends them, and says what becomes of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use offline_push::Response;
use offline_push::json::List;
use offline_push::vivo::{
    Advice, AttemptsEnd, BoxedListPayload, BoxedNotification, Classification, ListPush, ListPushResponse,
    Next, ResultCode, SendResponse, TaskResponse,
};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tracing::Instrument;

use crate::config;
use crate::metrics::Metrics;
use crate::queue::{Depth, Event, Item, Lease, Queue, QueueError, Settle, What, Work};
use crate::random;
use crate::vivo::{App, Called};

/// Most items that are taken at once.
const MAX_TAKEN: usize = 64;
/// How often depth and quotas are looked at.
const LOOK: Duration = Duration::from_millis(200);

/// Sends what is in a queue.
#[derive(Debug)]
pub struct Engine<Q> {
    queue: Arc<Q>,
    apps: BTreeMap<u32, App<Q>>,
    settings: config::Engine,
    metrics: Arc<Metrics>,
    depth: Mutex<Depth>,
    stop: watch::Sender<bool>,
}

/// What is kept of a reply to a push.
#[derive(Debug, Default)]
struct Kept {
    task_id: Option<String>,
    /// regIds that are no longer valid, of a list.
    dropped: Vec<String>,
    /// Receivers that vivo left out for another reason.
    left_out: u32,
}

impl<Q: Queue> Engine<Q> {
    /// An engine with these settings.
    ///
    /// # Errors
    ///
    /// As [`config::App::certificate`].
    pub fn new(
        config: &config::Config,
        client: &reqwest::Client,
        queue: Arc<Q>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, String> {
        let app = |app: &config::App| {
            let (queue, metrics) = (queue.clone(), metrics.clone());
            Ok((app.business_id, App::new(app, &config.engine, client.clone(), queue, metrics)?))
        };
        let apps = config.apps.iter().map(app).collect::<Result<_, String>>()?;
        Ok(Self {
            apps,
            settings: config.engine.clone(),
            metrics,
            depth: Mutex::default(),
            stop: watch::channel(false).0,
            queue,
        })
    }

    /// The apps by the id of their certificates.
    pub fn apps(&self) -> impl Iterator<Item = (u32, &App<Q>)> {
        self.apps.iter().map(|(id, app)| (*id, app))
    }

    /// The depth of the queue, at most a fifth of a second old.
    #[must_use]
    pub fn depth(&self) -> Depth {
        *self.depth.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes no more items, ends pauses, and lets [`run`](Self::run) return when what was begun is finished.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Whether the engine stops.
    #[must_use]
    pub fn stops(&self) -> bool {
        *self.stop.borrow()
    }

    /// Puts the dead letters back into the queue. Returns how many.
    ///
    /// # Errors
    ///
    /// Those of the queue.
    pub async fn resend_dead(&self) -> Result<usize, QueueError> {
        // An operator has fixed the cause, so authenticate again, too.
        self.apps.values().for_each(App::start_again);
        self.queue.resend_dead().await
    }

    /// Works until [`stop`](Self::stop).
    pub async fn run(self: Arc<Self>) {
        let watch = tokio::spawn(self.clone().watch());
        let concurrent = self.settings.concurrent;
        let permits = Arc::new(Semaphore::new(concurrent));
        let mut stop = self.stop.subscribe();
        while !self.stops() {
            // One permit is waited for, and the others are taken if they are free.
            let Ok(mut held) = permits.clone().acquire_owned().await else { break };
            let more = permits.available_permits().min(MAX_TAKEN - 1);
            if let Ok(others) = permits.clone().try_acquire_many_owned(u32::try_from(more).unwrap_or(0)) {
                held.merge(others);
            }
            let leases = tokio::select! {
                leases = self.queue.take(held.num_permits()) => leases,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            match leases {
                Ok(leases) => {
                    for lease in leases {
                        let permit = held.split(1);
                        let engine = self.clone();
                        let span = tracing::info_span!("item", id = %lease.item.id, trace_id = %lease.item.trace_id());
                        let work = async move {
                            engine.process(lease).await;
                            drop(permit);
                        };
                        tokio::spawn(work.instrument(span));
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "no items can be taken");
                    sleep(Duration::from_secs(1)).await;
                }
            }
        }
        let all = u32::try_from(concurrent).unwrap_or(u32::MAX);
        let limit = Duration::from_secs(self.settings.shutdown_s);
        if timeout(limit, permits.acquire_many(all)).await.is_err() {
            // They are not settled, so they are due again after the restart.
            tracing::warn!(
                left = concurrent - permits.available_permits(),
                "stopped before all items were settled"
            );
        }
        watch.abort();
    }

    /// Looks at the depth, and at the quotas that other processes have found closed.
    async fn watch(self: Arc<Self>) {
        loop {
            match self.queue.depth().await {
                Ok(depth) => {
                    *self.depth.lock().unwrap_or_else(PoisonError::into_inner) = depth;
                    self.metrics.set_depth(depth);
                }
                Err(error) => tracing::warn!(%error, "the depth of the queue is not known"),
            }
            for app in self.apps.values() {
                if let Err(error) = app.learn_quotas().await {
                    tracing::warn!(%error, "the shared quotas cannot be read");
                }
                self.metrics.set_quotas(&app.label, |path, class| app.closed_for(path, class));
            }
            sleep(LOOK).await;
        }
    }

    async fn process(&self, lease: Lease<Q::Handle>) {
        let item = &lease.item;
        let (settle, event) = match self.apps.get(&item.business_id) {
            None => {
                let (reason, failed) = (Some("no_certificate".into()), item.work.receivers());
                (Settle::Dead, Event { reason, failed, ..Event::now(What::Failed) })
            }
            Some(app) => match &item.work {
                Work::Push(push) => self.push(app, &lease, push).await,
                Work::Store { payload, reg_ids } => self.store(app, &lease, payload, reg_ids).await,
                Work::Part { task_id, payload, reg_ids } => {
                    self.part(app, &lease, task_id, payload, reg_ids).await
                }
            },
        };
        self.report(item, settle, &event);
        if let Err(error) = self.queue.settle(lease, settle, event).await {
            // The item is given out again after its lease.
            tracing::error!(%error, "an item cannot be settled");
        }
    }

    /// Metrics and log.
    fn report(&self, item: &Item, settle: Settle, event: &Event) {
        let label = self.apps.get(&item.business_id).map_or("unknown", |app| app.label.as_str());
        self.metrics.settled(label, item, settle, event);
        let (what, code, reason) = (event.what.name(), event.code, event.reason.as_deref());
        if event.what == What::Failed {
            tracing::error!(what, code, reason, attempts = event.attempts, "dead letter");
        } else {
            tracing::debug!(what, code, reason, attempts = event.attempts, "settled");
        }
    }

    async fn push(
        &self,
        app: &App<Q>,
        lease: &Lease<Q::Handle>,
        push: &BoxedNotification,
    ) -> (Settle, Event) {
        let view = push.get();
        let keep = |reply: &SendResponse<'_>| {
            let task_id = reply.task_id.map(str::to_owned);
            (reply.advice_for(view.push_mode), Kept { task_id, ..Kept::default() })
        };
        let stop = self.stop.subscribe();
        let called =
            app.call(push, &lease.item.traceparent, view.classification_in_effect(), stop, keep).await;
        self.decide(lease, called, view.reg_id)
    }

    async fn store(
        &self,
        app: &App<Q>,
        lease: &Lease<Q::Handle>,
        payload: &BoxedListPayload,
        reg_ids: &[String],
    ) -> (Settle, Event) {
        let called = self.store_payload(app, lease, payload).await;
        let task_id = called.reply.as_ref().and_then(|kept| kept.task_id.clone());
        let (Next::Done, Some(task_id)) = (called.end, task_id) else {
            return self.decide(lease, called, None);
        };
        let item = &lease.item;
        let part = |(part, number): (&[String], u32)| Item {
            id: format!("{}.{number}", item.id),
            job: item.job.clone(),
            business_id: item.business_id,
            traceparent: item.traceparent.clone(),
            msg_key: None,
            accepted_at: item.accepted_at,
            work: Work::Part { task_id: task_id.clone(), payload: payload.clone(), reg_ids: part.to_vec() },
        };
        let parts = ListPush::split(reg_ids).zip(1..).map(part).collect();
        if let Err(error) = self.queue.put(parts).await {
            tracing::error!(%error, "the parts of a list cannot be stored");
            let settle = Settle::Again { after: Duration::from_secs(1), failed: true };
            return (settle, Event::now(What::Retrying));
        }
        let code = called.code.map(ResultCode::get);
        let event =
            Event { attempts: called.attempts, code, task_id: Some(task_id), ..Event::now(What::Stored) };
        (Settle::Done, event)
    }

    async fn part(
        &self,
        app: &App<Q>,
        lease: &Lease<Q::Handle>,
        task_id: &str,
        payload: &BoxedListPayload,
        reg_ids: &[String],
    ) -> (Settle, Event) {
        let reg_ids: Vec<_> = reg_ids.iter().map(String::as_str).collect();
        let keep = |reply: &ListPushResponse<'_>| {
            let dropped = reply.dropped(None).map(str::to_owned).collect();
            let left_out = u32::try_from(reply.retried(None).count()).unwrap_or(u32::MAX);
            (reply.advice(), Kept { task_id: None, dropped, left_out })
        };
        let send = async |task_id: &str| {
            let push = ListPush::new(task_id, &lease.item.id)
                .app_id(app.certificate.get().app_id)
                .reg_ids(List::from_slice(&reg_ids));
            app.call(&push, &lease.item.traceparent, class_of(payload), self.stop.subscribe(), keep).await
        };
        let mut called = send(task_id).await;
        if called.end == Next::GiveUp(AttemptsEnd::Advice(Advice::StoreAgain)) {
            let stored = self.store_payload(app, lease, payload).await;
            called = match stored.reply.as_ref().and_then(|kept| kept.task_id.as_deref()) {
                Some(task_id) if stored.end == Next::Done => send(task_id).await,
                _ => stored,
            };
        }
        self.decide(lease, called, None)
    }

    async fn store_payload(
        &self,
        app: &App<Q>,
        lease: &Lease<Q::Handle>,
        payload: &BoxedListPayload,
    ) -> Called<Kept> {
        let keep = |reply: &TaskResponse<'_>| {
            let task_id = reply.task_id.map(str::to_owned);
            (reply.advice(), Kept { task_id, ..Kept::default() })
        };
        app.call(payload, &lease.item.traceparent, class_of(payload), self.stop.subscribe(), keep).await
    }

    /// What becomes of an item after a call. `reg_id` is the only receiver, if there is only one.
    fn decide(
        &self,
        lease: &Lease<Q::Handle>,
        called: Called<Kept>,
        reg_id: Option<&str>,
    ) -> (Settle, Event) {
        let receivers = lease.item.work.receivers();
        let kept = called.reply.unwrap_or_default();
        let code = called.code.map(ResultCode::get);
        let mut event = Event { attempts: called.attempts, code, ..Event::now(What::Failed) };
        let again = |event: &mut Event, what, after: Duration, failed| {
            event.what = what;
            event.due = Some(event.at + after.as_millis() as u64);
            Settle::Again { after, failed }
        };
        let settle = match called.end {
            Next::Done => {
                event.set_dropped(kept.dropped);
                event.unreachable = kept.left_out;
                event.sent = receivers.saturating_sub(event.dropped).saturating_sub(event.unreachable);
                event.what = match (event.sent, event.dropped) {
                    (0, 0) => What::Unreachable,
                    (0, _) => What::TokenDropped,
                    _ => What::Sent,
                };
                event.task_id = kept.task_id;
                Settle::Done
            }
            Next::DropToken => {
                event.set_dropped(reg_id.map_or(kept.dropped, |reg_id| vec![reg_id.to_owned()]));
                event.reason = Some(Advice::DropToken.name().into());
                // vivo has refused a whole list because of some of its regIds, or without their names.
                event.failed = receivers.saturating_sub(event.dropped);
                if event.failed == 0 {
                    event.what = What::TokenDropped;
                    Settle::Done
                } else {
                    Settle::Dead
                }
            }
            Next::Later(time) => {
                // Without a code, nothing was sent: the quota was known to be closed.
                let reason = called.code.map_or("quota_closed", |code| code.advice().name());
                event.reason = Some(reason.into());
                again(&mut event, What::Parked, time, false)
            }
            // The pause can end earlier, when another task has the token.
            Next::Wait(pause) => {
                again(&mut event, What::Retrying, pause.min(self.settings.lease() / 2), false)
            }
            Next::GiveUp(AttemptsEnd::Advice(Advice::DeviceUnreachable)) => {
                event.what = What::Unreachable;
                event.unreachable = receivers;
                Settle::Done
            }
            // Another round can help: vivo or the way to it fails, and the push is all right.
            Next::GiveUp(AttemptsEnd::TooOften) if lease.rounds + 1 < self.settings.rounds => {
                event.reason = Some("too_often".into());
                again(&mut event, What::Retrying, self.round_pause(lease.rounds), true)
            }
            end => {
                event.reason = Some(reason_of(end));
                event.failed = receivers;
                Settle::Dead
            }
        };
        (settle, event)
    }

    /// The pause after a round, shortened by a random part of at most a half.
    fn round_pause(&self, rounds: u32) -> Duration {
        let millis = self.settings.round_pause_s.saturating_mul(1000) << rounds.min(10);
        Duration::from_millis(millis - random() % (millis / 2 + 1))
    }
}

fn class_of(payload: &BoxedListPayload) -> Option<Classification> {
    payload.get().notification.classification_in_effect()
}

/// A name for the reason of a dead letter.
fn reason_of(end: Next) -> String {
    match end {
        Next::GiveUp(AttemptsEnd::Advice(Advice::FixRequest { field })) => format!("fix_request: {field}"),
        Next::GiveUp(AttemptsEnd::Advice(advice)) => advice.name().into(),
        Next::GiveUp(AttemptsEnd::NoToken(code)) => format!("no_token: {code}"),
        Next::GiveUp(AttemptsEnd::Failed(error)) => format!("failed: {error}"),
        Next::GiveUp(AttemptsEnd::TooOften) => "too_often".into(),
        end => end.name().into(),
    }
}
