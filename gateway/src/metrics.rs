//! What Prometheus sees at `/metrics`.

use std::sync::{Mutex, PoisonError};

use offline_push::vivo::{
    Advice, AllPush, AuthOutcome, Classification, ListPayload, ListPush, Notification, ResultCode,
};
use prometheus::{
    GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder,
};

use crate::now;
use crate::page::{Kind, Recent};
use crate::queue::{Depth, Event, Item, Settle, What};

/// Endpoints and classes that have quotas.
pub(crate) const QUOTAS: [(&str, &str, Option<Classification>); 5] = [
    (Notification::PATH, "operational", Some(Classification::OPERATIONAL)),
    (Notification::PATH, "system", Some(Classification::SYSTEM)),
    (ListPayload::PATH, "all", None),
    (ListPush::PATH, "all", None),
    (AllPush::PATH, "all", None),
];

/// All metrics. Each gateway has its own registry, so that a test can run several.
#[derive(Debug)]
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
    quota_opens_in: GaugeVec,
}

impl Metrics {
    /// Metrics that are all zero.
    ///
    /// # Errors
    ///
    /// None in practice: two metrics would have the same name.
    pub fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(counter.clone()))?;
            Ok::<_, prometheus::Error>(counter)
        };
        let histogram = |name: &str, help: &str, buckets: Vec<f64>| {
            let options = HistogramOpts::new(name, help).buckets(buckets);
            let histogram = HistogramVec::new(options, &["vendor", "app"])?;
            registry.register(Box::new(histogram.clone()))?;
            Ok::<_, prometheus::Error>(histogram)
        };
        let calls = prometheus::exponential_buckets(0.001, 2.0, 15)?;
        let items = prometheus::exponential_buckets(0.002, 3.0, 15)?;
        let depth = IntGaugeVec::new(Opts::new("push_queue_items", "Items in the queue."), &["state"])?;
        registry.register(Box::new(depth.clone()))?;
        let quota = Opts::new("push_quota_opens_seconds", "Time until a quota opens; 0 if it is open.");
        let quota_opens_in = GaugeVec::new(quota, &["vendor", "app", "path", "class"])?;
        registry.register(Box::new(quota_opens_in.clone()))?;
        Ok(Self {
            attempts: counter(
                "push_attempts_total",
                "Requests to the vendor.",
                &["vendor", "app", "code", "advice"],
            )?,
            authentications: counter(
                "push_authentications_total",
                "Authentications.",
                &["vendor", "app", "outcome"],
            )?,
            call_seconds: histogram("push_call_seconds", "Time of a request to the vendor.", calls)?,
            items: counter("push_items_total", "Items by outcome.", &["vendor", "app", "outcome"])?,
            item_seconds: histogram("push_item_seconds", "Time from the door to the end.", items)?,
            door: counter("push_door_requests_total", "Requests to the gateway.", &["route", "status"])?,
            depth,
            quota_opens_in,
            recent: Mutex::default(),
            registry,
        })
    }

    /// Counts a request to vivo, and how it ended: vivo's result if there is one, and its advice or what failed.
    pub fn attempt(&self, app: &str, seconds: f64, code: Option<ResultCode>, end: Result<Advice, String>) {
        self.call_seconds.with_label_values(&["vivo", app]).observe(seconds);
        let label = code.map_or_else(|| "none".to_owned(), |code| code.get().to_string());
        let advice = match &end {
            Ok(advice) => advice.name(),
            Err(failure) => failure.split(':').next().unwrap_or_default(),
        };
        self.attempts.with_label_values(&["vivo", app, label.as_str(), advice]).inc();
        let reason = match end {
            Ok(Advice::Done) => return,
            Ok(Advice::FixRequest { field }) => format!("fix_request: {field}"),
            Ok(advice) => advice.name().to_owned(),
            Err(failure) => failure,
        };
        self.recent(|recent| {
            recent.error(now(), kind(app, code.map(ResultCode::get), reason));
        });
    }

    /// Counts an authentication.
    pub fn authentication(&self, app: &str, code: Option<ResultCode>, outcome: AuthOutcome) {
        self.authentications.with_label_values(&["vivo", app, outcome.name()]).inc();
        if !matches!(outcome, AuthOutcome::Token(_)) {
            let reason = format!("authentication: {}", outcome.name());
            self.recent(|recent| {
                recent.error(now(), kind(app, code.map(ResultCode::get), reason));
            });
        }
    }

    /// Counts what became of an item.
    pub fn settled(&self, app: &str, item: &Item, settle: Settle, event: &Event) {
        self.items.with_label_values(&["vivo", app, event.what.name()]).inc();
        if settle == Settle::Done {
            let seconds = event.at.saturating_sub(item.accepted_at) as f64 / 1000.0;
            self.item_seconds.with_label_values(&["vivo", app]).observe(seconds);
        }
        self.recent(|recent| {
            recent.outcome(event.at, event.what);
            if let (What::Failed, Some(reason)) = (event.what, &event.reason) {
                let job = (item.job.clone(), item.trace_id().to_owned());
                recent.stopped(event.at, kind(app, event.code, reason.clone()), job);
            }
        });
    }

    /// What has happened lately.
    pub(crate) fn recent<T>(&self, look: impl FnOnce(&mut Recent) -> T) -> T {
        look(&mut self.recent.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows the depth of the queue.
    pub fn set_depth(&self, depth: Depth) {
        let states =
            [("ready", depth.ready), ("later", depth.later), ("taken", depth.taken), ("dead", depth.dead)];
        for (state, count) in states {
            self.depth.with_label_values(&[state]).set(i64::try_from(count).unwrap_or(i64::MAX));
        }
    }

    /// Shows when the quotas of an app open. `closed_for` says it for an endpoint and a class.
    pub fn set_quotas(
        &self,
        app: &str,
        closed_for: impl Fn(&str, Option<Classification>) -> std::time::Duration,
    ) {
        for (path, name, class) in QUOTAS {
            let seconds = closed_for(path, class).as_secs_f64();
            self.quota_opens_in.with_label_values(&["vivo", app, path, name]).set(seconds);
        }
    }

    /// The text for Prometheus.
    #[must_use]
    pub fn text(&self) -> String {
        TextEncoder::new().encode_to_string(&self.registry.gather()).unwrap_or_default()
    }
}

fn kind(app: &str, code: Option<i32>, reason: String) -> Kind {
    Kind { app: app.to_owned(), code, reason }
}
