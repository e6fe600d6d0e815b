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

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

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
use offline_push::vivo::{ReceiptType, Receipts};
use serde::{Deserialize, Serialize};
use subtle::{Choice, ConstantTimeEq};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::config::{Config, Secret, Tencent};
use crate::engine::Engine;
use crate::job::{Refusal, Rules};
use crate::metrics::Metrics;
use crate::page::Page;
use crate::queue::{Dead, Event, Put, Queue, QueueError, What};
use crate::{now, random};

/// What a caller waits when the queue is full or the gateway is busy, in seconds.
const RETRY_AFTER: &str = "2";
/// Tencent IM's clock and this one may differ by this much.
const CLOCKS_DIFFER: Duration = Duration::from_secs(300);
/// Most rows of one answer.
const MAX_ROWS: usize = 1000;

/// What the routes share.
#[derive(Debug)]
pub struct Door<Q> {
    queue: Arc<Q>,
    engine: Arc<Engine<Q>>,
    metrics: Arc<Metrics>,
    rules: Rules,
    callers: Vec<Caller>,
    /// The rate of all that come without a key.
    strangers: DefaultDirectRateLimiter,
    receipt_key: Option<Secret>,
    tencent: Option<Tencent>,
    /// One for each request that is handled.
    places: Semaphore,
    max_depth: usize,
    timeout: Duration,
}

#[derive(Debug)]
struct Caller {
    name: String,
    key: Secret,
    rate: DefaultDirectRateLimiter,
}

/// An answer that is no success.
#[derive(Debug)]
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

impl From<QueueError> for Failure {
    fn from(error: QueueError) -> Self {
        tracing::error!(%error, "a request fails");
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
        (self.0, [header], Json(serde_json::json!({ "error": self.1 }))).into_response()
    }
}

impl<Q: Queue> Door<Q> {
    /// The door of an engine.
    ///
    /// # Errors
    ///
    /// As [`crate::config::App::certificate`].
    pub fn new(
        config: &Config,
        queue: Arc<Q>,
        engine: Arc<Engine<Q>>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, String> {
        let per_second = NonZeroU32::new(config.door.per_second).unwrap_or(NonZeroU32::MIN);
        let rate = || RateLimiter::direct(Quota::per_second(per_second));
        let caller = |key: &crate::config::ApiKey| Caller {
            name: key.name.clone(),
            key: key.key.clone(),
            rate: rate(),
        };
        let certificates = config.apps.iter().map(|app| Ok((app.business_id, app.certificate()?)));
        Ok(Self {
            rules: Rules {
                certificates: certificates.collect::<Result<_, String>>()?,
                receipt_url: config.receipts.as_ref().map(crate::config::Receipts::full_url),
            },
            callers: config.keys.iter().map(caller).collect(),
            strangers: rate(),
            receipt_key: config.receipts.as_ref().map(|receipts| receipts.key.clone()),
            tencent: config.tencent.clone(),
            places: Semaphore::new(config.door.max_requests),
            max_depth: config.queue.max_depth(),
            timeout: Duration::from_millis(config.door.timeout_ms),
            queue,
            engine,
            metrics,
        })
    }

    /// All routes.
    pub fn router(self, max_body: usize) -> Router {
        let page = Page::new(self.engine.clone(), self.metrics.clone(), self.max_depth);
        let door = Arc::new(self);
        let with_key = Router::new()
            .route("/v1/pushes", post(push::<Q>))
            .route("/v1/pushes/{id}", get(job::<Q>))
            .route("/v1/dropped", get(dropped::<Q>))
            .route("/v1/dead", get(dead::<Q>))
            .route("/v1/dead/resend", post(resend_dead::<Q>))
            .layer(from_fn_with_state(door.clone(), with_key::<Q>));
        let without_key = Router::new()
            .route("/v1/receipts/vivo", post(receipts::<Q>))
            .route("/v1/callbacks/tim", post(callbacks::<Q>))
            .route("/metrics", get(metrics::<Q>))
            .route("/healthz", get(async || "ok\n"))
            .route("/readyz", get(ready::<Q>))
            .merge(page.routes())
            .fallback(async || failure(StatusCode::NOT_FOUND, "no such route"))
            .layer(from_fn_with_state(door.clone(), without_key::<Q>));
        with_key
            .merge(without_key)
            .layer(DefaultBodyLimit::max(max_body))
            .layer(from_fn_with_state(door.clone(), limit::<Q>))
            .with_state(door)
    }

    /// The caller whose key is in the header. All keys are compared, in constant time.
    fn caller(&self, headers: &HeaderMap) -> Option<&Caller> {
        let given = headers.get(header::AUTHORIZATION)?.as_bytes().strip_prefix(b"Bearer ")?;
        let same = |caller: &&Caller| bool::from(caller.key.get().as_bytes().ct_eq(given));
        // No early end at the first match.
        self.callers.iter().filter(same).last()
    }
}

/// Limits the time of each request and their number, and counts them.
async fn limit<Q: Queue>(State(door): State<Arc<Door<Q>>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = match door.places.try_acquire() {
        Ok(_place) => match timeout(door.timeout, next.run(request)).await {
            Ok(response) => response,
            Err(_) => failure(StatusCode::REQUEST_TIMEOUT, "the request took too long").into_response(),
        },
        Err(_) => failure(StatusCode::TOO_MANY_REQUESTS, "too many requests at once").into_response(),
    };
    let route = route.as_deref().unwrap_or("none");
    door.metrics.door.with_label_values(&[route, response.status().as_str()]).inc();
    response
}

async fn with_key<Q: Queue>(State(door): State<Arc<Door<Q>>>, request: Request, next: Next) -> Response {
    let Some(caller) = door.caller(request.headers()) else {
        // Wrong keys have a rate of their own, so that they do not slow down callers.
        let status = match door.strangers.check() {
            Ok(()) => StatusCode::UNAUTHORIZED,
            Err(_) => StatusCode::TOO_MANY_REQUESTS,
        };
        return failure(status, "this route needs a key: `Authorization: Bearer …`").into_response();
    };
    if caller.rate.check().is_err() {
        tracing::debug!(caller = caller.name, "too fast");
        return failure(StatusCode::TOO_MANY_REQUESTS, "too many requests a second").into_response();
    }
    next.run(request).await
}

async fn without_key<Q: Queue>(State(door): State<Arc<Door<Q>>>, request: Request, next: Next) -> Response {
    match door.strangers.check() {
        Ok(()) => next.run(request).await,
        Err(_) => failure(StatusCode::TOO_MANY_REQUESTS, "too many requests a second").into_response(),
    }
}

/// What a caller learns about a job that was taken.
#[derive(Serialize)]
struct Taken {
    request_id: String,
    trace_id: String,
    /// A job with this id was taken before. This one has changed nothing.
    duplicate: bool,
    /// What differs between what was asked for and the push, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<String>,
}

async fn push<Q: Queue>(
    State(door): State<Arc<Door<Q>>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Failure> {
    let body = body?;
    let form = headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let lines = form.starts_with(b"application/x-ndjson") || form.starts_with(b"application/ndjson");
    let now = now();
    let mut jobs = Vec::new();
    if lines {
        let lines = body.split(|byte| *byte == b'\n').zip(1..);
        for (text, line) in lines.filter(|(text, _)| !text.trim_ascii().is_empty()) {
            let job = door.rules.read(text, now, traceparent(&headers));
            jobs.push(job.map_err(|refusal| Refusal { line: Some(line), ..refusal })?);
        }
    } else {
        jobs.push(door.rules.read(&body, now, traceparent(&headers))?);
    }
    if door.engine.stops() {
        return Err(failure(StatusCode::SERVICE_UNAVAILABLE, "the gateway stops"));
    }
    if door.engine.depth().total() + jobs.len() > door.max_depth {
        return Err(failure(StatusCode::TOO_MANY_REQUESTS, "the queue is full"));
    }
    let (items, reports): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.item, job.report)).unzip();
    let ids: Vec<_> = items.iter().map(|item| (item.id.clone(), item.trace_id().to_owned())).collect();
    let put = door.queue.put(items).await?;
    let mut taken = ids.into_iter().zip(put).zip(reports).map(|(((request_id, trace_id), put), report)| {
        let duplicate = put == Put::Duplicate;
        tracing::debug!(id = %request_id, %trace_id, duplicate, "accepted");
        Taken { request_id, trace_id, duplicate, report }
    });
    Ok(if lines {
        (StatusCode::ACCEPTED, Json(taken.collect::<Vec<_>>())).into_response()
    } else {
        (StatusCode::ACCEPTED, Json(taken.next())).into_response()
    })
}

/// The header `traceparent` (W3C Trace Context), or a new one. A later version is read as the first one, as the standard says.
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

async fn job<Q: Queue>(
    State(door): State<Arc<Door<Q>>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    match door.queue.job(&id).await? {
        Some(record) => Ok(Json(record).into_response()),
        None => Err(failure(StatusCode::NOT_FOUND, "no job with this id, or it is too old")),
    }
}

#[derive(Deserialize)]
struct Rows {
    #[serde(default)]
    after: u64,
    #[serde(default = "max_rows")]
    limit: usize,
}

fn max_rows() -> usize {
    MAX_ROWS
}

async fn dropped<Q: Queue>(
    State(door): State<Arc<Door<Q>>>,
    Query(rows): Query<Rows>,
) -> Result<Response, Failure> {
    Ok(Json(door.queue.dropped(rows.after, rows.limit.min(MAX_ROWS)).await?).into_response())
}

async fn dead<Q: Queue>(
    State(door): State<Arc<Door<Q>>>,
    Query(rows): Query<Rows>,
) -> Result<Response, Failure> {
    // Without the texts of the push.
    let shown = |letter: Dead| {
        serde_json::json!({
            "id": letter.item.id,
            "request_id": letter.item.job,
            "trace_id": letter.item.trace_id(),
            "business_id": letter.item.business_id,
            "receivers": letter.item.work.receivers(),
            "event": letter.event,
        })
    };
    let letters = door.queue.dead(rows.limit.min(MAX_ROWS)).await?;
    Ok(Json(letters.into_iter().map(shown).collect::<Vec<_>>()).into_response())
}

async fn resend_dead<Q: Queue>(State(door): State<Arc<Door<Q>>>) -> Result<Response, Failure> {
    let resent = door.engine.resend_dead().await?;
    tracing::info!(resent, "dead letters are in the queue again");
    Ok(Json(serde_json::json!({ "resent": resent })).into_response())
}

async fn receipts<Q: Queue>(
    State(door): State<Arc<Door<Q>>>,
    uri: Uri,
    request: Request,
) -> Result<Response, Failure> {
    let given = uri.query().and_then(|query| query.strip_prefix("key=")).unwrap_or_default();
    let same =
        door.receipt_key.as_ref().map_or(Choice::from(0), |key| key.get().as_bytes().ct_eq(given.as_bytes()));
    if !bool::from(same) {
        return Err(failure(StatusCode::UNAUTHORIZED, "the key in the URL is wrong"));
    }
    // Only now: a stranger's body is not waited for.
    let mut body = Vec::from(Bytes::from_request(request, &()).await?);
    let mut events = Vec::new();
    let mut unknown = 0;
    // The receipts borrow from the body, so their texts are copied before the next await.
    let posted: Vec<_> = {
        let receipts: Receipts<'_> = json::from_slice_in_place(&mut body).map_err(not_readable)?;
        let owned = receipts.into_iter().map(|(task_id, receipt)| {
            let kind = receipt.receipt_type().and_then(ReceiptType::meaning);
            (task_id.to_owned(), receipt.param.map(str::to_owned), kind)
        });
        owned.collect()
    };
    for (task_id, param, kind) in posted {
        let record = match &param {
            Some(job) => door.queue.job(job).await?,
            None => None,
        };
        // Until vivo's reply is stored, the job has no task id.
        let own = record.filter(|record| record.task_ids.is_empty() || record.task_ids.contains(&task_id));
        match (own, param) {
            (Some(_), Some(job)) => {
                let reason = kind.map(str::to_owned);
                events.push((job, Event { reason, ..Event::now(What::Receipt) }));
            }
            _ => unknown += 1,
        }
    }
    let matched = events.len();
    door.queue.note(events).await?;
    tracing::debug!(matched, unknown, "receipts");
    Ok(Json(serde_json::json!({ "matched": matched, "unknown": unknown })).into_response())
}

async fn callbacks<Q: Queue>(
    State(door): State<Arc<Door<Q>>>,
    uri: Uri,
    request: Request,
) -> Result<Response, Failure> {
    let Some(tencent) = &door.tencent else {
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
    let read = Callback::read(&query, &mut body).map_err(not_readable)?;
    if let Callback::OfflinePush(callback) = read {
        for event in &callback.events {
            let Some(msg_key) = event.msg_key else { continue };
            let stage = event.push_stage.and_then(|stage| stage.meaning()).map(str::to_owned);
            let code = event.err_code.and_then(|code| code.vendor());
            posted.push((msg_key.to_owned(), Event { reason: stage, code, ..Event::now(What::Callback) }));
        }
    }
    let mut events = Vec::new();
    for (msg_key, event) in posted {
        if let Some(job) = door.queue.job_of(&msg_key).await? {
            events.push((job, event));
        }
    }
    door.queue.note(events).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], CallbackAnswer::OK_BODY).into_response())
}

fn not_readable(error: json::DecodeError) -> Refusal {
    Refusal {
        line: None,
        field: error.field().map(str::to_owned),
        rule: "json".into(),
        offset: Some(error.offset()),
        message: error.to_string(),
    }
}

async fn metrics<Q: Queue>(State(door): State<Arc<Door<Q>>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], door.metrics.text()).into_response()
}

/// Whether the gateway takes jobs.
async fn ready<Q: Queue>(State(door): State<Arc<Door<Q>>>) -> Result<&'static str, Failure> {
    door.queue.depth().await?;
    if door.engine.stops() {
        return Err(failure(StatusCode::SERVICE_UNAVAILABLE, "the gateway stops"));
    }
    Ok("ready\n")
}
