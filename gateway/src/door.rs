//! The HTTP API. Each route has a size limit, a rate limit and a time limit.
//!
//! | route | who | what |
//! |---|---|---|
//! | `POST /v1/pushes` | key | one job, or one a line with `application/x-ndjson`: 202 when all are durable |
//! | `GET /v1/pushes/{id}` | key | state and history of a job |
//! | `GET /v1/dropped?after=&limit=` | key | regIds to delete, in their order |
//! | `GET /v1/dead?limit=` | key | dead letters, without their texts |
//! | `POST /v1/dead/resend` | key | puts the dead letters back into the queue |
//! | `POST /v1/receipts/vivo?key=` | key in the URL | vivo's receipts |
//! | `POST /v1/callbacks/tim` | signature | Tencent IM's webhooks |
//! | `GET /`, `/events` | all | the operator's page |
//! | `GET /metrics`, `/healthz`, `/readyz` | all | for the operator's tools |
//!
//! 429 with `Retry-After` says that a caller is too fast, or that the queue is full. Nothing is taken then.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, MatchedPath, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use offline_push::json;
use offline_push::tim::callback::{self, Callback, CallbackAnswer};
use offline_push::vivo::{Receipt, ReceiptType, Receipts};
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::config::{ApiKey, Secret};
use crate::engine::Engine;
use crate::job::{Refusal, Rules};
use crate::queue::{Dead, Dropped, Event, Record, What};
use crate::{Shared, now, page, random};

/// What a caller waits when the queue is full or the gateway is busy, in seconds.
const RETRY_AFTER: &str = "2";
/// Tencent IM's clock and this one may differ by this much.
const CLOCKS_DIFFER: Duration = Duration::from_secs(300);
/// Most rows of one answer.
const MAX_ROWS: usize = 1000;

/// What the routes share.
pub struct Door {
    shared: Shared,
    engine: Arc<Engine>,
    rules: Rules,
    callers: Vec<(ApiKey, DefaultDirectRateLimiter)>,
    /// The rate of all requests without a key.
    strangers: DefaultDirectRateLimiter,
    /// A permit for each request that is handled.
    places: Semaphore,
}

/// What each route gets.
type DoorState = State<Arc<Door>>;
type Body = Result<Bytes, BytesRejection>;

/// An answer that is no success.
struct Failure(StatusCode, Refusal);

/// The rule is the name of the status.
fn failure(status: StatusCode, message: &str) -> Failure {
    let rule = status.canonical_reason().unwrap_or_default().to_ascii_lowercase().replace(' ', "_");
    Failure(status, Refusal { rule, message: message.to_owned(), ..Refusal::default() })
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self(StatusCode::BAD_REQUEST, refusal)
    }
}

/// From the queue.
impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        tracing::error!("a request fails: {error:#}");
        failure(StatusCode::SERVICE_UNAVAILABLE, "the queue does not work")
    }
}

impl From<BytesRejection> for Failure {
    fn from(rejection: BytesRejection) -> Self {
        failure(rejection.status(), "the body is too long, or cannot be read")
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let header = match self.0 {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                (header::RETRY_AFTER, RETRY_AFTER)
            }
            StatusCode::UNAUTHORIZED => (header::WWW_AUTHENTICATE, "Bearer"),
            _ => (header::CACHE_CONTROL, "no-store"),
        };
        (self.0, [header], Json(json!({ "error": self.1 }))).into_response()
    }
}

fn is(secret: &Secret, given: &[u8]) -> bool {
    secret.get().as_bytes().ct_eq(given).into()
}

impl Door {
    /// The door of an engine.
    ///
    /// # Errors
    ///
    /// As [`crate::config::App::certificate`].
    pub fn new(engine: Arc<Engine>) -> Result<Self> {
        let (shared, config) = (engine.shared.clone(), engine.shared.config.clone());
        let rate = || RateLimiter::direct(Quota::per_second(config.door.per_second));
        let url = |receipts: &crate::config::Receipts| format!("{}?key={}", receipts.url, receipts.key.get());
        let certificates = config.apps.iter().map(|app| Ok((app.business_id, app.certificate()?)));
        Ok(Self {
            rules: Rules {
                certificates: certificates.collect::<Result<_>>()?,
                receipt_url: config.receipts.as_ref().map(url),
            },
            callers: config.keys.iter().map(|key| (key.clone(), rate())).collect(),
            strangers: rate(),
            places: Semaphore::new(config.door.max_requests),
            shared,
            engine,
        })
    }

    /// All routes. Starts a task for the operator's page.
    pub fn router(self) -> Router {
        let page = page::start(self.engine.clone());
        let max_body = self.shared.config.door.max_body;
        let door = Arc::new(self);
        let with_key = Router::new()
            .route("/v1/pushes", post(push))
            .route("/v1/pushes/{id}", get(job))
            .route("/v1/dropped", get(dropped))
            .route("/v1/dead", get(dead))
            .route("/v1/dead/resend", post(resend_dead))
            .layer(from_fn_with_state(door.clone(), with_key));
        let without_key = Router::new()
            .route("/v1/receipts/vivo", post(receipts))
            .route("/v1/callbacks/tim", post(callbacks))
            .route("/metrics", get(metrics))
            .route("/healthz", get(async || "ok\n"))
            .route("/readyz", get(ready))
            .merge(page)
            .fallback(async || failure(StatusCode::NOT_FOUND, "no such route"))
            .layer(from_fn_with_state(door.clone(), without_key));
        with_key
            .merge(without_key)
            .layer(DefaultBodyLimit::max(max_body))
            .layer(from_fn_with_state(door.clone(), limit))
            .with_state(door)
    }

    /// The caller whose key is in the header. All keys are compared, in constant time.
    fn caller(&self, headers: &HeaderMap) -> Option<&(ApiKey, DefaultDirectRateLimiter)> {
        let given = headers.get(header::AUTHORIZATION)?.as_bytes().strip_prefix(b"Bearer ")?;
        // No early end at the first match.
        self.callers.iter().filter(|(caller, _)| is(&caller.key, given)).last()
    }

    fn takes_jobs(&self) -> Result<(), Failure> {
        let stops = || failure(StatusCode::SERVICE_UNAVAILABLE, "the gateway stops");
        (!self.shared.stops()).then_some(()).ok_or_else(stops)
    }
}

/// Limits the time of each request and their number, and counts them.
async fn limit(State(door): DoorState, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let time = Duration::from_millis(door.shared.config.door.timeout_ms);
    let response = match door.places.try_acquire() {
        Ok(_place) => timeout(time, next.run(request)).await.unwrap_or_else(|_| {
            failure(StatusCode::REQUEST_TIMEOUT, "the request took too long").into_response()
        }),
        Err(_) => failure(StatusCode::TOO_MANY_REQUESTS, "too many requests at once").into_response(),
    };
    let route = route.as_deref().unwrap_or("none");
    door.shared.metrics.door.with_label_values(&[route, response.status().as_str()]).inc();
    response
}

async fn with_key(State(door): DoorState, request: Request, next: Next) -> Result<Response, Failure> {
    let Some((caller, rate)) = door.caller(request.headers()) else {
        // Wrong keys have a rate of their own, so that they do not slow down callers.
        in_time(&door.strangers)?;
        return Err(failure(StatusCode::UNAUTHORIZED, "this route needs a key: `Authorization: Bearer …`"));
    };
    in_time(rate).inspect_err(|_| tracing::debug!(caller = caller.name, "too fast"))?;
    Ok(next.run(request).await)
}

async fn without_key(State(door): DoorState, request: Request, next: Next) -> Result<Response, Failure> {
    in_time(&door.strangers)?;
    Ok(next.run(request).await)
}

fn in_time(rate: &DefaultDirectRateLimiter) -> Result<(), Failure> {
    rate.check().map_err(|_| failure(StatusCode::TOO_MANY_REQUESTS, "too many requests a second"))
}

async fn push(State(door): DoorState, headers: HeaderMap, body: Body) -> Result<impl IntoResponse, Failure> {
    let body = body?;
    let form = headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let lines = form.starts_with(b"application/x-ndjson") || form.starts_with(b"application/ndjson");
    let now = now();
    let (mut items, mut reports) = (Vec::new(), Vec::new());
    let texts = if lines { body.split(|byte| *byte == b'\n').collect() } else { vec![&*body] };
    for (text, line) in texts.into_iter().zip(1..).filter(|(text, _)| !lines || !text.trim_ascii().is_empty())
    {
        let job = door.rules.read(text, now, traceparent(&headers));
        let (item, report) = job.map_err(|refusal| Refusal { line: lines.then_some(line), ..refusal })?;
        items.push(item);
        reports.push(report);
    }
    door.takes_jobs()?;
    if door.engine.depth().total() + items.len() > door.shared.config.queue.max_depth {
        return Err(failure(StatusCode::TOO_MANY_REQUESTS, "the queue is full"));
    }
    let put = door.shared.queue.put(&items).await?;
    let taken = items.into_iter().zip(put).zip(reports).map(|((item, new), report)| {
        let (id, trace_id) = (&item.id, &item.job.trace_id);
        tracing::debug!(id, trace_id, new, "accepted");
        json!({ "request_id": id, "trace_id": trace_id, "duplicate": !new, "report": report })
    });
    let taken: Value = taken.collect();
    Ok((StatusCode::ACCEPTED, Json(if lines { taken } else { taken[0].clone() })))
}

/// The header `traceparent` (W3C Trace Context), or a new one. A later version is read like the first one, as the standard says.
fn traceparent(headers: &HeaderMap) -> String {
    let given = headers.get("traceparent").and_then(|value| value.to_str().ok());
    let mut parts = given.unwrap_or_default().split('-');
    let mut hex = |len: usize| {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        parts.next().filter(|part| part.len() == len && part.bytes().all(digit))
    };
    let zero = |part: &str| part.bytes().all(|byte| byte == b'0');
    match (hex(2), hex(32), hex(16), hex(2)) {
        (Some(version), Some(trace), Some(parent), Some(flags))
            if version != "ff" && !zero(trace) && !zero(parent) =>
        {
            format!("00-{trace}-{parent}-{flags}")
        }
        // Nobody records it.
        _ => format!("00-{:016x}{:016x}-{:016x}-00", random(), random(), random()),
    }
}

async fn job(State(door): DoorState, Path(id): Path<String>) -> Result<Json<Record>, Failure> {
    let record = door.shared.queue.job(&id).await?;
    record.map(Json).ok_or_else(|| failure(StatusCode::NOT_FOUND, "no job with this id, or it is too old"))
}

/// Which rows.
#[derive(Deserialize)]
struct Rows {
    after: Option<u64>,
    limit: Option<usize>,
}

async fn dropped(State(door): DoorState, Query(rows): Query<Rows>) -> Result<Json<Vec<Dropped>>, Failure> {
    let limit = rows.limit.unwrap_or(MAX_ROWS).min(MAX_ROWS);
    Ok(Json(door.shared.queue.dropped(rows.after.unwrap_or(0), limit).await?))
}

async fn dead(State(door): DoorState, Query(rows): Query<Rows>) -> Result<Json<Vec<Value>>, Failure> {
    // Without the texts of the push.
    let shown = |Dead { item, event }: Dead| {
        json!({
            "id": item.id,
            "request_id": item.job.id,
            "trace_id": item.job.trace_id,
            "business_id": item.job.business_id,
            "receivers": item.work.receivers(),
            "event": event,
        })
    };
    let letters = door.shared.queue.dead(rows.limit.unwrap_or(MAX_ROWS).min(MAX_ROWS)).await?;
    Ok(Json(letters.into_iter().map(shown).collect()))
}

async fn resend_dead(State(door): DoorState) -> Result<Json<Value>, Failure> {
    let resent = door.engine.resend_dead().await?;
    tracing::info!(resent, "dead letters are in the queue again");
    Ok(Json(json!({ "resent": resent })))
}

async fn receipts(State(door): DoorState, uri: Uri, request: Request) -> Result<Json<Value>, Failure> {
    let given = uri.query().and_then(|query| query.strip_prefix("key=")).unwrap_or_default();
    if !door.shared.config.receipts.as_ref().is_some_and(|receipts| is(&receipts.key, given.as_bytes())) {
        return Err(failure(StatusCode::UNAUTHORIZED, "the key in the URL is wrong"));
    }
    // Only now: a stranger's body is not waited for.
    let mut body = Vec::from(Bytes::from_request(request, &()).await?);
    let receipts: Receipts<'_> = json::from_slice_in_place(&mut body).map_err(Refusal::from)?;
    let owned = |(task_id, receipt): (&str, Receipt<'_>)| {
        let reason = receipt.receipt_type().and_then(ReceiptType::meaning).map(str::to_owned);
        let job = receipt.param.unwrap_or_default().to_owned();
        (task_id.to_owned(), job, Event { reason, ..Event::now(What::Receipt) })
    };
    let posted: Vec<_> = receipts.into_iter().map(owned).collect();
    let (mut events, all) = (Vec::new(), posted.len());
    for (task_id, job, event) in posted {
        // Until vivo's reply is stored, the job has no task id.
        let own = |record: Record| record.task_ids.is_empty() || record.task_ids.contains(&task_id);
        if door.shared.queue.job(&job).await?.is_some_and(own) {
            events.push((job, event));
        }
    }
    let (matched, unknown) = (events.len(), all - events.len());
    door.shared.queue.note(events).await?;
    tracing::debug!(matched, unknown, "receipts");
    Ok(Json(json!({ "matched": matched, "unknown": unknown })))
}

async fn callbacks(State(door): DoorState, uri: Uri, request: Request) -> Result<Response, Failure> {
    let Some(tencent) = &door.shared.config.tencent else {
        return Err(failure(StatusCode::NOT_FOUND, "the settings have no `tencent`"));
    };
    let query = callback::Query::parse(uri.query().unwrap_or_default());
    if query.check(tencent.sdk_app_id).is_err()
        || query.verify(tencent.token.get(), now() / 1000, CLOCKS_DIFFER).is_err()
    {
        return Err(failure(StatusCode::UNAUTHORIZED, "the signature or the app is wrong"));
    }
    // Only now: a stranger's body is not waited for.
    let mut body = Vec::from(Bytes::from_request(request, &()).await?);
    let mut posted = Vec::new();
    if let Callback::OfflinePush(callback) = Callback::read(&query, &mut body).map_err(Refusal::from)? {
        for event in &callback.events {
            let Some(msg_key) = event.msg_key else { continue };
            let reason = event.push_stage.and_then(|stage| stage.meaning()).map(str::to_owned);
            let code = event.err_code.and_then(|code| code.vendor());
            posted.push((msg_key.to_owned(), Event { reason, code, ..Event::now(What::Callback) }));
        }
    }
    let mut events = Vec::new();
    for (msg_key, event) in posted {
        events.extend(door.shared.queue.job_of(&msg_key).await?.map(|job| (job, event)));
    }
    door.shared.queue.note(events).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], CallbackAnswer::OK_BODY).into_response())
}

async fn metrics(State(door): DoorState) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], door.shared.metrics.text()).into_response()
}

/// Whether the gateway takes jobs.
async fn ready(State(door): DoorState) -> Result<&'static str, Failure> {
    door.shared.queue.depth().await?;
    door.takes_jobs()?;
    Ok("ready\n")
}
