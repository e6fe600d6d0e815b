//! Takes items from the queue, sends them, and says what becomes of them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use offline_push::json::List;
use offline_push::vivo::{
    Advice, AttemptsEnd, BoxedListPayload as Payload, BoxedNotification, Classification, ListPush,
    ListPushResponse, Next, ResultCode, SendResponse, TaskResponse,
};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tracing::Instrument;

use crate::queue::{Counts, Depth, Event, Item, Lease, What, Work};
use crate::vivo::{App, Called, reason};
use crate::{Shared, config, http_client, now, random};

/// How many items are taken at once, at most.
const MAX_TAKEN: usize = 64;
/// How often depth and quotas are looked at.
const LOOK: Duration = Duration::from_millis(200);

/// Sends what is in a queue.
pub struct Engine {
    /// What all parts of the gateway share.
    pub shared: Shared,
    /// The apps by the id of their certificates.
    pub apps: BTreeMap<u32, App>,
    depth: watch::Sender<Depth>,
}

impl Engine {
    /// An engine with these settings.
    ///
    /// # Errors
    ///
    /// As [`config::App::certificate`].
    pub fn new(shared: &Shared) -> Result<Self> {
        let proxy = shared.config.apps.iter().any(|app| app.base_url.is_none());
        let client = http_client(&shared.config, proxy)?;
        let app = |app: &config::App| Ok((app.business_id, App::new(shared, &client, app)?));
        let apps = shared.config.apps.iter().map(app).collect::<Result<_>>()?;
        Ok(Self { shared: shared.clone(), apps, depth: watch::Sender::default() })
    }

    /// The depth of the queue, at most a fifth of a second old.
    pub fn depth(&self) -> Depth {
        *self.depth.borrow()
    }

    /// Puts the dead letters back into the queue. Returns how many.
    ///
    /// # Errors
    ///
    /// Those of the queue.
    pub async fn resend_dead(&self) -> Result<usize> {
        // An operator has fixed the cause, so authenticate again, too.
        self.apps.values().for_each(App::start_again);
        self.shared.queue.resend_dead().await
    }

    /// Works until the gateway stops. Then it takes no more items, ends pauses, and returns when what was begun is finished.
    pub async fn run(self: Arc<Self>) {
        let watch = tokio::spawn(self.clone().watch());
        let settings = &self.shared.config.engine;
        let concurrent = settings.concurrent;
        let permits = Arc::new(Semaphore::new(concurrent));
        while !self.shared.stops() {
            // This waits for one permit, and takes the others if they are free.
            let Ok(mut held) = permits.clone().acquire_owned().await else { break };
            let more = permits.available_permits().min(MAX_TAKEN - 1) as u32;
            if let Ok(others) = permits.clone().try_acquire_many_owned(more) {
                held.merge(others);
            }
            let leases = self.shared.queue.take(held.num_permits()).await;
            if let Err(error) = &leases {
                tracing::error!("no items can be taken: {error:#}");
                sleep(Duration::from_secs(1)).await;
            }
            for lease in leases.unwrap_or_default() {
                let (engine, permit) = (self.clone(), held.split(1));
                let span =
                    tracing::info_span!("item", id = %lease.item.id, trace_id = %lease.item.job.trace_id);
                let work = async move {
                    engine.process(lease).await;
                    drop(permit);
                };
                tokio::spawn(work.instrument(span));
            }
        }
        let limit = Duration::from_secs(settings.shutdown_s);
        if timeout(limit, permits.acquire_many(concurrent as u32)).await.is_err() {
            // They are not settled, so they are due again after the restart.
            let left = concurrent - permits.available_permits();
            tracing::warn!(left, "stopped before all items were settled");
        }
        watch.abort();
    }

    /// Looks at the depth, and at the quotas that other processes have found closed.
    async fn watch(self: Arc<Self>) {
        loop {
            match self.shared.queue.depth().await {
                Ok(depth) => {
                    self.depth.send_replace(depth);
                    self.shared.metrics.set_depth(depth);
                }
                Err(error) => tracing::warn!("the depth of the queue is not known: {error:#}"),
            }
            for app in self.apps.values() {
                if let Err(error) = app.learn_quotas().await {
                    tracing::warn!("the shared quotas cannot be read: {error:#}");
                }
                self.shared.metrics.set_quotas(app);
            }
            sleep(LOOK).await;
        }
    }

    async fn process(&self, lease: Lease) {
        let item = &lease.item;
        let event = match (self.apps.get(&item.job.business_id), &item.work) {
            (None, _) => dead(item, Event::now(What::Failed), "no_certificate".into()),
            (Some(app), Work::Push(push)) => self.push(app, &lease, push).await,
            (Some(app), Work::List { task_id: Some(task_id), payload, reg_ids }) => {
                self.part(app, &lease, task_id, payload, reg_ids).await
            }
            (Some(app), Work::List { payload, reg_ids, .. }) => {
                self.store(app, &lease, payload, reg_ids).await
            }
        };
        let label = self.apps.get(&item.job.business_id).map_or("unknown", |app| &app.label);
        self.shared.metrics.settled(label, item, &event);
        let (what, code, reason) = (event.what.name(), event.code, event.reason.as_deref());
        if event.what == What::Failed {
            tracing::error!(what, code, reason, attempts = event.attempts, "dead letter");
        } else {
            tracing::debug!(what, code, reason, attempts = event.attempts, "settled");
        }
        if let Err(error) = self.shared.queue.settle(&lease, &event).await {
            // The item is given out again after its lease.
            tracing::error!("an item cannot be settled: {error:#}");
        }
    }

    async fn push(&self, app: &App, lease: &Lease, push: &BoxedNotification) -> Event {
        let view = push.get();
        let keep = |reply: &SendResponse<'_>| with_task_id(reply.task_id);
        let (trace, class) = (&lease.item.job.traceparent, view.classification_in_effect());
        let called = app.call(push, trace, class, keep).await;
        self.decide(lease, called, view.reg_id)
    }

    async fn store(&self, app: &App, lease: &Lease, payload: &Payload, reg_ids: &[String]) -> Event {
        let called = self.store_payload(app, lease, payload).await;
        let (Next::Done, Some(task_id)) = (called.end, &called.event.task_id) else {
            return self.decide(lease, called, None);
        };
        let item = &lease.item;
        let part = |(part, number): (&[String], u32)| {
            let (task_id, payload, reg_ids) = (Some(task_id.clone()), payload.clone(), part.to_vec());
            let work = Work::List { task_id, payload, reg_ids };
            Item { id: format!("{}.{number}", item.id), job: item.job.clone(), work }
        };
        let parts: Vec<_> = ListPush::split(reg_ids).zip(1..).map(part).collect();
        let event = Event { at: now(), what: What::Stored, ..called.event };
        match self.shared.queue.put(&parts).await {
            Ok(_) => event,
            Err(error) => {
                tracing::error!("the parts of a list cannot be stored: {error:#}");
                Event { what: What::Retrying, due: Some(now() + 1000), ..event }
            }
        }
    }

    async fn part(
        &self,
        app: &App,
        lease: &Lease,
        task_id: &str,
        payload: &Payload,
        ids: &[String],
    ) -> Event {
        let reg_ids: Vec<_> = ids.iter().map(String::as_str).collect();
        let keep = |reply: &ListPushResponse<'_>| {
            // Those that vivo left out for another reason.
            let counts = Counts { unreachable: reply.retried(None).count() as u32, ..Counts::default() };
            let reg_ids = reply.dropped(None).map(str::to_owned).collect();
            Event { counts: Some(counts), reg_ids, ..Event::default() }
        };
        let send = async |task_id: &str| {
            let push = ListPush::new(task_id, &lease.item.id)
                .app_id(app.certificate.get().app_id)
                .reg_ids(List::from_slice(&reg_ids));
            app.call(&push, &lease.item.job.traceparent, class_of(payload), keep).await
        };
        let mut called = send(task_id).await;
        if called.end == Next::GiveUp(AttemptsEnd::Advice(Advice::StoreAgain)) {
            let stored = self.store_payload(app, lease, payload).await;
            called = match &stored.event.task_id {
                Some(task_id) if stored.end == Next::Done => send(task_id).await,
                _ => stored,
            };
        }
        self.decide(lease, called, None)
    }

    async fn store_payload(&self, app: &App, lease: &Lease, payload: &Payload) -> Called {
        let keep = |reply: &TaskResponse<'_>| with_task_id(reply.task_id);
        app.call(payload, &lease.item.job.traceparent, class_of(payload), keep).await
    }

    /// What becomes of an item after a call. `reg_id` is the only receiver, if there is only one.
    fn decide(&self, lease: &Lease, called: Called, reg_id: Option<&str>) -> Event {
        let receivers = lease.item.work.receivers();
        let event = Event { at: now(), ..called.event };
        let dropped = event.reg_ids.len() as u32;
        let unreachable = event.counts.map_or(0, |counts| counts.unreachable);
        let end = |what, counts| Event { what, counts: Some(counts), ..event.clone() };
        let again = |what, pause: Duration, reason: Option<&str>| {
            let due = Some(event.at + pause.as_millis() as u64);
            let reason = reason.map(str::to_owned);
            Event { what, due, reason, counts: None, reg_ids: Vec::new(), ..event.clone() }
        };
        let dead = |reason| dead(&lease.item, event.clone(), reason);
        match called.end {
            Next::Done => {
                let sent = receivers.saturating_sub(dropped).saturating_sub(unreachable);
                let what = match (sent, dropped) {
                    (0, 0) => What::Unreachable,
                    (0, _) => What::TokenDropped,
                    _ => What::Sent,
                };
                end(what, Counts { sent, dropped, unreachable, failed: 0 })
            }
            Next::DropToken => {
                let reg_ids = reg_id.map_or(event.reg_ids.clone(), |reg_id| vec![reg_id.to_owned()]);
                let dropped = reg_ids.len() as u32;
                // vivo has refused a whole list because of some of its regIds, or without their names.
                let failed = receivers.saturating_sub(dropped);
                let what = if failed == 0 { What::TokenDropped } else { What::Failed };
                let reason = Some(reason(Advice::DropToken));
                Event { reason, reg_ids, ..end(what, Counts { dropped, failed, ..Counts::default() }) }
            }
            // If there is no code, nothing was sent: the quota was known to be closed.
            Next::Later(time) => {
                let reason = event.code.map_or("quota_closed", |code| ResultCode::new(code).advice().name());
                again(What::Parked, time, Some(reason))
            }
            // The pause can end earlier, when another task has the token.
            Next::Wait(pause) => again(
                What::Queued,
                pause.min(Duration::from_secs(self.shared.config.engine.lease_s / 2)),
                None,
            ),
            Next::GiveUp(AttemptsEnd::Advice(Advice::DeviceUnreachable)) => {
                end(What::Unreachable, Counts { unreachable: receivers, ..Counts::default() })
            }
            // Another round can help: vivo or the connection fails, and there is nothing wrong with the push.
            Next::GiveUp(AttemptsEnd::TooOften) if lease.rounds + 1 < self.shared.config.engine.rounds => {
                again(What::Retrying, self.round_pause(lease.rounds), Some("too_often"))
            }
            Next::GiveUp(AttemptsEnd::TooOften) => dead("too_often".into()),
            Next::GiveUp(AttemptsEnd::Advice(advice)) => dead(reason(advice)),
            Next::GiveUp(AttemptsEnd::NoToken(code)) => dead(format!("no_token: {code}")),
            Next::GiveUp(AttemptsEnd::Failed(error)) => dead(format!("failed: {error}")),
            end => dead(end.name().into()),
        }
    }

    /// The pause after a round, shortened by a random part of at most a half.
    fn round_pause(&self, rounds: u32) -> Duration {
        let millis = self.shared.config.engine.round_pause_s.saturating_mul(1000) << rounds.min(10);
        Duration::from_millis(millis - random() % (millis / 2 + 1))
    }
}

fn class_of(payload: &Payload) -> Option<Classification> {
    payload.get().notification.classification_in_effect()
}

fn dead(item: &Item, event: Event, reason: String) -> Event {
    let counts = Some(Counts { failed: item.work.receivers(), ..Counts::default() });
    Event { what: What::Failed, reason: Some(reason), counts, reg_ids: Vec::new(), ..event }
}

fn with_task_id(task_id: Option<&str>) -> Event {
    Event { task_id: task_id.map(str::to_owned), ..Event::default() }
}
