//! What Prometheus sees at `/metrics`.

use offline_push::vivo::{AllPush, Classification, ListPayload, ListPush, Notification};
use prometheus::{
    GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder,
};

use crate::queue::Depth;

/// Endpoints and classes that have quotas.
const QUOTAS: [(&str, &str, Option<Classification>); 5] = [
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
    /// Requests to vivo: vendor, app, code, advice.
    pub attempts: IntCounterVec,
    /// Authentications: vendor, app, outcome.
    pub authentications: IntCounterVec,
    /// Time of a request to vivo: vendor, app.
    pub call_seconds: HistogramVec,
    /// Items by what became of them: vendor, app, outcome.
    pub items: IntCounterVec,
    /// Time from the door to the end of an item: vendor, app.
    pub item_seconds: HistogramVec,
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
            registry,
        })
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
