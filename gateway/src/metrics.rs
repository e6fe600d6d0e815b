//! What Prometheus sees at `/metrics`.

use std::time::Duration;

use offline_push::ReplyError;
use offline_push::vivo::{
    Advice, AllPush, AttemptOutcome, AuthOutcome, Classification, ListPayload, ListPush, Notification,
    ResultCode,
};
use parking_lot::Mutex;
use prometheus::{HistogramVec, IntCounterVec, IntGaugeVec, Registry, TextEncoder, exponential_buckets};

use crate::now;
use crate::page::{Kind, Recent};
use crate::queue::{Depth, Event, Item, What};
use crate::vivo::{App, reason};

/// Endpoints and classes that have quotas.
pub(crate) const QUOTAS: [(&str, &str, Option<Classification>); 5] = [
    (Notification::PATH, "operational", Some(Classification::OPERATIONAL)),
    (Notification::PATH, "system", Some(Classification::SYSTEM)),
    (ListPayload::PATH, "all", None),
    (ListPush::PATH, "all", None),
    (AllPush::PATH, "all", None),
];

/// All metrics. Each gateway has its own registry, so that a test can run several.
pub struct Metrics {
    registry: Registry,
    /// For the operator's page.
    recent: Mutex<Recent>,
    /// Requests to vivo: vendor, app, code, advice.
    attempts: IntCounterVec,
    /// Authentications: vendor, app, outcome.
    authentications: IntCounterVec,
    /// Time of a request to vivo: vendor, app.
    call_seconds: HistogramVec,
    /// Items by what became of them: vendor, app, outcome.
    pub items: IntCounterVec,
    /// Time from the door to the end of an item: vendor, app.
    item_seconds: HistogramVec,
    /// Requests at the door: route, status.
    pub door: IntCounterVec,
    depth: IntGaugeVec,
    quota_opens_in: IntGaugeVec,
}

impl Metrics {
    /// Metrics that are all zero.
    ///
    /// # Errors
    ///
    /// None in practice. There would be one if two metrics had the same name.
    pub fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let counter = |name: &str, help: &str, labels: &[&str]| {
            prometheus::register_int_counter_vec_with_registry!(name, help, labels, registry)
        };
        let histogram = |name: &str, help: &str, buckets: Vec<f64>| {
            prometheus::register_histogram_vec_with_registry!(
                name,
                help,
                &["vendor", "app"],
                buckets,
                registry
            )
        };
        let gauge = |name: &str, help: &str, labels: &[&str]| {
            prometheus::register_int_gauge_vec_with_registry!(name, help, labels, registry)
        };
        let (calls, items) = (exponential_buckets(0.001, 2.0, 15)?, exponential_buckets(0.002, 3.0, 15)?);
        let (attempt, outcome) = (["vendor", "app", "code", "advice"], ["vendor", "app", "outcome"]);
        let (quota, opens) =
            (["vendor", "app", "path", "class"], "Time until a quota opens; 0 if it is open.");
        Ok(Self {
            attempts: counter("push_attempts_total", "Requests to the vendor.", &attempt)?,
            authentications: counter("push_authentications_total", "Authentications.", &outcome)?,
            call_seconds: histogram("push_call_seconds", "Time of a request to the vendor.", calls)?,
            items: counter("push_items_total", "Items by outcome.", &outcome)?,
            item_seconds: histogram("push_item_seconds", "Time from the door to the end.", items)?,
            door: counter("push_door_requests_total", "Requests to the gateway.", &["route", "status"])?,
            depth: gauge("push_queue_items", "Items in the queue.", &["state"])?,
            quota_opens_in: gauge("push_quota_opens_seconds", opens, &quota)?,
            recent: Mutex::default(),
            registry,
        })
    }

    /// Counts a request to vivo, and how it ended.
    pub fn attempt(&self, app: &str, time: Duration, code: Option<ResultCode>, outcome: AttemptOutcome) {
        self.call_seconds.with_label_values(&["vivo", app]).observe(time.as_secs_f64());
        let (advice, reason) = match outcome {
            AttemptOutcome::Replied(advice) => (advice.name(), reason(advice)),
            // The place where the reply is broken is left out, so that the page shows one kind of error.
            AttemptOutcome::Failed(ReplyError::Decode(_)) => ("failed", "failed: the reply is broken".into()),
            AttemptOutcome::Failed(error) => ("failed", format!("failed: {error}")),
            _ => ("no_reply", "no_reply".into()),
        };
        let label = code.map_or_else(|| "none".to_owned(), |code| code.get().to_string());
        self.attempts.with_label_values(&["vivo", app, label.as_str(), advice]).inc();
        if outcome != AttemptOutcome::Replied(Advice::Done) {
            self.recent(|recent| recent.error(now(), Kind::new(app, code.map(ResultCode::get), reason)));
        }
    }

    /// Counts an authentication. `None` if no reply could be read.
    pub fn authentication(&self, app: &str, outcome: Option<AuthOutcome>) {
        let name = outcome.map_or("no_reply", AuthOutcome::name);
        self.authentications.with_label_values(&["vivo", app, name]).inc();
        let code = match outcome {
            Some(AuthOutcome::Token(_)) => return,
            Some(AuthOutcome::GiveUp(code)) => Some(code.get()),
            _ => None,
        };
        self.recent(|recent| recent.error(now(), Kind::new(app, code, format!("authentication: {name}"))));
    }

    /// Counts what became of an item.
    pub fn settled(&self, app: &str, item: &Item, event: &Event) {
        self.items.with_label_values(&["vivo", app, event.what.name()]).inc();
        let failed = event.what == What::Failed;
        if event.what.ends() && !failed {
            let seconds = event.at.saturating_sub(item.job.accepted_at) as f64 / 1000.0;
            self.item_seconds.with_label_values(&["vivo", app]).observe(seconds);
        }
        self.recent(|recent| {
            recent.outcome(event.at, event.what);
            if let (true, Some(reason)) = (failed, &event.reason) {
                let job = (item.job.id.clone(), item.job.trace_id.clone());
                recent.stopped(event.at, Kind::new(app, event.code, reason.clone()), job);
            }
        });
    }

    /// What has happened lately.
    pub(crate) fn recent<T>(&self, look: impl FnOnce(&mut Recent) -> T) -> T {
        look(&mut self.recent.lock())
    }

    /// Shows the depth of the queue.
    pub fn set_depth(&self, depth: Depth) {
        let Depth { ready, later, taken, dead } = depth;
        for (state, count) in [("ready", ready), ("later", later), ("taken", taken), ("dead", dead)] {
            self.depth.with_label_values(&[state]).set(count as i64);
        }
    }

    /// Shows when the quotas of an app open.
    pub fn set_quotas(&self, app: &App) {
        for (path, name, class) in QUOTAS {
            let labels = ["vivo", &app.label, path, name];
            self.quota_opens_in.with_label_values(&labels).set(app.closed_for(path, class).as_secs() as i64);
        }
    }

    /// The text for Prometheus.
    pub fn text(&self) -> String {
        TextEncoder::new().encode_to_string(&self.registry.gather()).unwrap_or_default()
    }
}
