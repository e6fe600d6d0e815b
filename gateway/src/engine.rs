//! Takes items from the queue, sends them, and says what becomes of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use offline_push::Response;
use offline_push::json::List;
use offline_push::vivo::{
    Advice, AttemptsEnd, BoxedListPayload, BoxedNotification, Classification, ListPush, ListPushResponse,
    PushMode, SendResponse, TaskResponse,
};
use tokio::sync::{Semaphore, broadcast, watch};
use tokio::time::{sleep, timeout};
use tracing::Instrument;

use crate::config;
use crate::metrics::Metrics;
use crate::queue::{Depth, Event, Item, Lease, New, Queue, QueueError, Settle, What, Work};
use crate::vivo::{App, Called, End};
use crate::{now, random};

/// Most items that are taken at once.
const MAX_TAKEN: usize = 64;
/// How often depth and quotas are looked at.
const LOOK: Duration = Duration::from_millis(200);
/// Outcomes that a slow subscriber may leave behind.
const MAX_BEHIND: usize = 4096;

/// Sends what is in a queue.
#[derive(Debug)]
pub struct Engine<Q> {
    queue: Arc<Q>,
    apps: BTreeMap<u32, App<Q>>,
    settings: config::Engine,
    metrics: Arc<Metrics>,
    depth: Mutex<Depth>,
    /// What became of items, as it happens: for a page of the operator, and for the demo.
    outcomes: broadcast::Sender<Outcome>,
    stop: watch::Sender<bool>,
}

/// What became of an item.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The job.
    pub job: String,
    /// The certificate.
    pub business_id: u32,
    /// When the job was accepted.
    pub accepted_at: u64,
    /// Number of receivers.
    pub receivers: u32,
    /// What happened.
    pub event: Event,
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

/// What becomes of an item.
struct Decision {
    settle: Settle,
    event: Event,
    dropped: Vec<String>,
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
            outcomes: broadcast::channel(MAX_BEHIND).0,
            stop: watch::channel(false).0,
            queue,
        })
    }

    /// The apps by the id of their certificates.
    pub fn apps(&self) -> impl Iterator<Item = (u32, &App<Q>)> {
        self.apps.iter().map(|(id, app)| (*id, app))
    }

    /// What becomes of items from now on.
    #[must_use]
    pub fn outcomes(&self) -> broadcast::Receiver<Outcome> {
        self.outcomes.subscribe()
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
                        let span =
                            tracing::info_span!("item", id = %lease.item.id, trace_id = %lease.item.trace_id);
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
        let decision = match self.apps.get(&item.business_id) {
            None => Decision {
                settle: Settle::Dead,
                event: Event {
                    at: now(),
                    what: What::Failed,
                    reason: Some("no_certificate".into()),
                    failed: item.work.receivers(),
                    ..Event::default()
                },
                dropped: Vec::new(),
            },
            Some(app) => match &item.work {
                Work::Push(push) => self.push(app, item, push, lease.rounds).await,
                Work::Store { payload, reg_ids } => {
                    self.store(app, item, payload, reg_ids, lease.rounds).await
                }
                Work::Part { task_id, payload, reg_ids } => {
                    self.part(app, item, task_id, payload, reg_ids, lease.rounds).await
                }
            },
        };
        self.report(item, &decision);
        let Decision { settle, event, dropped } = decision;
        let outcome = Outcome {
            job: item.job.clone(),
            business_id: item.business_id,
            accepted_at: item.accepted_at,
            receivers: item.work.receivers(),
            event: event.clone(),
        };
        if let Err(error) = self.queue.settle(lease, settle, event, dropped).await {
            // The item is given out again after its lease.
            tracing::error!(%error, "an item cannot be settled");
            return;
        }
        // There may be no subscriber.
        _ = self.outcomes.send(outcome);
    }

    /// Metrics and log.
    fn report(&self, item: &Item, decision: &Decision) {
        let event = &decision.event;
        let label = self.apps.get(&item.business_id).map_or("unknown", |app| app.label.as_str());
        self.metrics.items.with_label_values(&["vivo", label, event.what.name()]).inc();
        if decision.settle == Settle::Done {
            let seconds = event.at.saturating_sub(item.accepted_at) as f64 / 1000.0;
            self.metrics.item_seconds.with_label_values(&["vivo", label]).observe(seconds);
        }
        let (what, code, reason) = (event.what.name(), event.code, event.reason.as_deref());
        if event.what == What::Failed {
            tracing::error!(what, code, reason, attempts = event.attempts, "dead letter");
        } else {
            tracing::debug!(what, code, reason, attempts = event.attempts, "settled");
        }
    }

    async fn push(&self, app: &App<Q>, item: &Item, push: &BoxedNotification, rounds: u32) -> Decision {
        let view = push.get();
        // vivo does not count test pushes.
        let test = view.push_mode == Some(PushMode::TEST);
        let class = view.classification_in_effect();
        let keep = |reply: &SendResponse<'_>| {
            let task_id = reply.task_id.map(str::to_owned);
            (reply.advice(test.then_some(PushMode::TEST)), Kept { task_id, ..Kept::default() })
        };
        let called = app.call(push, class, self.stop.subscribe(), keep).await;
        let reg_id = view.reg_id.map(str::to_owned);
        self.decide(item, called, rounds, reg_id)
    }

    async fn store(
        &self,
        app: &App<Q>,
        item: &Item,
        payload: &BoxedListPayload,
        reg_ids: &[String],
        rounds: u32,
    ) -> Decision {
        let called = self.store_payload(app, payload).await;
        let task_id = called.reply.as_ref().and_then(|kept| kept.task_id.clone());
        let (End::Done, Some(task_id)) = (called.end, task_id) else {
            return self.decide(item, called, rounds, None);
        };
        let parts = ListPush::split(reg_ids).zip(1..).map(|(part, number)| New {
            item: Item {
                id: format!("{}.{number}", item.id),
                job: item.job.clone(),
                business_id: item.business_id,
                trace_id: item.trace_id.clone(),
                accepted_at: item.accepted_at,
                work: Work::Part {
                    task_id: task_id.clone(),
                    payload: payload.clone(),
                    reg_ids: part.to_vec(),
                },
            },
            alias: None,
        });
        let event = Event {
            at: now(),
            what: What::Stored,
            attempts: called.attempts,
            code: called.code.map(|code| code.get()),
            task_id: Some(task_id.clone()),
            ..Event::default()
        };
        match self.queue.put(parts.collect()).await {
            Ok(_) => Decision { settle: Settle::Done, event, dropped: Vec::new() },
            Err(error) => {
                tracing::error!(%error, "the parts of a list cannot be stored");
                let settle = Settle::Again { after: Duration::from_secs(1), failed: true };
                Decision { settle, event: Event { what: What::Retrying, ..event }, dropped: Vec::new() }
            }
        }
    }

    async fn part(
        &self,
        app: &App<Q>,
        item: &Item,
        task_id: &str,
        payload: &BoxedListPayload,
        reg_ids: &[String],
        rounds: u32,
    ) -> Decision {
        let reg_ids: Vec<_> = reg_ids.iter().map(String::as_str).collect();
        let class = class_of(payload);
        let keep = |reply: &ListPushResponse<'_>| {
            let dropped = reply.dropped(None).map(str::to_owned).collect();
            let left_out = u32::try_from(reply.retried(None).count()).unwrap_or(u32::MAX);
            (reply.advice(), Kept { task_id: None, dropped, left_out })
        };
        let send = async |task_id: &str| {
            let push = ListPush::new(task_id, &item.id)
                .app_id(app.certificate.get().app_id)
                .reg_ids(List::from_slice(&reg_ids));
            app.call(&push, class, self.stop.subscribe(), keep).await
        };
        let mut called = send(task_id).await;
        if called.end == End::GiveUp(AttemptsEnd::Advice(Advice::StoreAgain)) {
            let stored = self.store_payload(app, payload).await;
            called = match (stored.end, stored.reply.as_ref().and_then(|kept| kept.task_id.as_deref())) {
                (End::Done, Some(task_id)) => send(task_id).await,
                _ => stored,
            };
        }
        self.decide(item, called, rounds, None)
    }

    async fn store_payload(&self, app: &App<Q>, payload: &BoxedListPayload) -> Called<Kept> {
        let keep = |reply: &TaskResponse<'_>| {
            (reply.advice(), Kept { task_id: reply.task_id.map(str::to_owned), ..Kept::default() })
        };
        app.call(payload, class_of(payload), self.stop.subscribe(), keep).await
    }

    /// What becomes of an item after a call. `reg_id` is the only receiver, if there is only one.
    fn decide(&self, item: &Item, called: Called<Kept>, rounds: u32, reg_id: Option<String>) -> Decision {
        let receivers = item.work.receivers();
        let kept = called.reply.unwrap_or_default();
        let mut event = Event {
            at: now(),
            attempts: called.attempts,
            code: called.code.map(|code| code.get()),
            ..Event::default()
        };
        let again = |event: &mut Event, after: Duration, failed| {
            event.due = Some(event.at + after.as_millis() as u64);
            Settle::Again { after, failed }
        };
        let mut dropped = Vec::new();
        let settle = match called.end {
            End::Done => {
                event.dropped = u32::try_from(kept.dropped.len()).unwrap_or(u32::MAX);
                event.unreachable = kept.left_out;
                event.sent = receivers.saturating_sub(event.dropped).saturating_sub(event.unreachable);
                event.what = match (event.sent, event.dropped) {
                    (0, 0) => What::Unreachable,
                    (0, _) => What::TokenDropped,
                    _ => What::Sent,
                };
                event.task_id = kept.task_id;
                dropped = kept.dropped;
                Settle::Done
            }
            End::DropToken => {
                dropped = reg_id.map_or(kept.dropped, |reg_id| vec![reg_id]);
                event.dropped = u32::try_from(dropped.len()).unwrap_or(u32::MAX);
                // vivo has refused a whole list because of some of its regIds, or without their names.
                event.failed = receivers.saturating_sub(event.dropped);
                event.reason = Some(Advice::DropToken.name().into());
                let all = event.failed == 0;
                event.what = if all { What::TokenDropped } else { What::Failed };
                if all { Settle::Done } else { Settle::Dead }
            }
            End::Later(time) => {
                event.what = What::Parked;
                event.reason = called.code.map(|code| code.advice().name().into());
                again(&mut event, time, false)
            }
            End::Again(pause) => {
                event.what = What::Retrying;
                again(&mut event, pause, false)
            }
            End::GiveUp(AttemptsEnd::Advice(Advice::DeviceUnreachable)) => {
                event.what = What::Unreachable;
                event.unreachable = receivers;
                Settle::Done
            }
            End::GiveUp(reason) => {
                event.reason = Some(reason_of(reason));
                // Another round can help: vivo or the way to it fails, and the push is all right.
                if reason == AttemptsEnd::TooOften && rounds + 1 < self.settings.rounds {
                    event.what = What::Retrying;
                    again(&mut event, self.round_pause(rounds), true)
                } else {
                    event.what = What::Failed;
                    event.failed = receivers;
                    Settle::Dead
                }
            }
        };
        Decision { settle, event, dropped }
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

/// A stable name for the reason of a dead letter.
fn reason_of(reason: AttemptsEnd) -> String {
    match reason {
        AttemptsEnd::Advice(Advice::FixRequest { field }) => format!("fix_request: {field}"),
        AttemptsEnd::Advice(advice) => advice.name().into(),
        AttemptsEnd::NoToken(code) => format!("no_token: {code}"),
        AttemptsEnd::Failed(error) => format!("failed: {error}"),
        AttemptsEnd::TooOften => "too_often".into(),
        _ => "unknown".into(),
    }
}
