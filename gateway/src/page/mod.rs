//! The operator's page at `/`, which the server renders. `/events` sends its content again each second.
//!
//! It shows no text of a push, no regId and no secret. Whoever reaches the gateway can read it, like `/metrics`: a proxy for callers
//! from outside passes on `/v1/` only.

mod recent;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{self, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use offline_push::vivo::ResultCode;
use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::engine::Engine;
use crate::metrics::{Metrics, QUOTAS};
use crate::queue::Queue;
use crate::{now, random};
use recent::{Counts, Errors, MINUTES, OUTCOMES};

pub(crate) use recent::{Kind, Recent};

/// Most pages that are updated at the same time.
const MAX_VIEWERS: usize = 32;
const EVERY: Duration = Duration::from_secs(1);
/// Height of the chart, in its own units.
const HEIGHT: u64 = 1000;
const MINUTE: u64 = 60_000;
/// Midnight in China is this long before midnight in UTC.
const CHINA: u64 = 8 * 60 * MINUTE;

/// The page.
#[derive(Debug)]
pub struct Page<Q> {
    engine: Arc<Engine<Q>>,
    metrics: Arc<Metrics>,
    max_depth: usize,
    viewers: Arc<Semaphore>,
}

impl<Q: Queue> Page<Q> {
    /// The page of an engine, whose door takes no more jobs with `max_depth` items in the queue.
    #[must_use]
    pub fn new(engine: Arc<Engine<Q>>, metrics: Arc<Metrics>, max_depth: usize) -> Self {
        Self { engine, metrics, max_depth, viewers: Arc::new(Semaphore::new(MAX_VIEWERS)) }
    }

    /// Its routes, for a router with any state.
    pub fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        Router::new().route("/", get(page::<Q>)).route("/events", get(events::<Q>)).with_state(Arc::new(self))
    }

    /// The content that changes.
    fn main(&self) -> String {
        let now = now();
        let (minutes, errors) = self.metrics.recent(|recent| (recent.minutes(now), recent.errors()));
        [self.head(), chart(&minutes), last_errors(&errors, now), self.closed_quotas(now)].concat()
    }

    /// Whether jobs are taken, and the depth of the queue.
    fn head(&self) -> String {
        let (depth, max) = (self.engine.depth(), self.max_depth);
        let (class, state) = match depth.total() {
            _ if self.engine.stops() => ("no", "Stops: takes no more jobs."),
            total if total >= max => ("no", "The queue is full: jobs are answered with 429."),
            _ => ("good", "Takes jobs."),
        };
        let tile = |name, count, class, hint| {
            format!("<section>{name} <b class='{class}'>{count}</b><span class=soft>{hint}</span></section>")
        };
        [
            format!("<p><span class={class}>{state}</span> <span class=soft>"),
            format!("{} of {max} items in the queue.</span></p><div class=tiles>", depth.total()),
            tile("Due", depth.ready, "", "to be sent now"),
            tile("Being sent", depth.taken, "", "workers have them"),
            tile("Waiting", depth.later, "", "for a quota or a pause"),
            tile(
                "Dead letters",
                depth.dead,
                if depth.dead > 0 { "no" } else { "" },
                "see <code>resend-dead</code>",
            ),
            "</div>".into(),
        ]
        .concat()
    }

    /// The quotas that are closed, and when they open.
    fn closed_quotas(&self, now: u64) -> String {
        let mut html = String::new();
        for (path, name, class) in QUOTAS {
            for (_, app) in self.engine.apps() {
                let wait = app.closed_for(path, class).as_millis() as u64;
                if wait > 0 {
                    // A second more: a quota opens at an hour's end, and the clock has gone on since `now`.
                    let minutes = (now + wait + CHINA + 1000) / MINUTE;
                    let clock = format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
                    let (app, wait) = (text(&app.label), span(wait));
                    html += &format!(
                        "<article class=wait><p><code>{path}</code>, {name} messages of app {app}: "
                    );
                    html += &format!("opens in <b>{wait}</b>, at {clock} in China</p></article>");
                }
            }
        }
        let others = if html.is_empty() { "All quotas" } else { "All other quotas" };
        let note = format!("<p class=soft>{others} are open, as far as vivo has said.</p>");
        format!("<section><h2>Closed quotas</h2>{html}{note}</section>")
    }
}

/// A bar for each minute, and a legend with the sums.
fn chart(minutes: &[Counts; MINUTES]) -> String {
    let highest = minutes.iter().map(|counts| counts.iter().sum::<u64>()).max().unwrap_or(0).max(1);
    let (mut bars, mut legend) = (String::new(), String::new());
    for (x, counts) in (0..).step_by(10).zip(minutes) {
        let mut y = HEIGHT;
        for (what, count) in OUTCOMES.iter().zip(counts).filter(|(_, count)| **count > 0) {
            // A few among many can still be seen.
            let height = (count * HEIGHT / highest).max(HEIGHT / 60);
            y = y.saturating_sub(height);
            let name = what.name();
            bars += &format!("<rect class={name} x={x} y={y} width=9 height={height}>");
            bars += &format!("<title>{name}: {count}</title></rect>");
        }
    }
    for (index, what) in OUTCOMES.iter().enumerate() {
        let sum: u64 = minutes.iter().map(|counts| counts[index]).sum();
        let (class, name) = (what.name(), what.name().replace('_', " "));
        legend += &format!(
            "<span><svg class=key><rect class={class} width=100% height=100% /></svg> {name} {sum}</span>"
        );
    }
    format!(
        "<section><h2>Outcomes per minute</h2><p class=soft>highest: {highest} a minute</p>
        <svg viewBox='0 0 {} {HEIGHT}' preserveAspectRatio=none role=img aria-label='Outcomes per minute'>{bars}</svg>
        <div class=axis><span>60 min ago</span><span>now</span></div><div class=legend>{legend}</div></section>",
        MINUTES * 10
    )
}

/// Each kind of error: its meaning, what to do, and where it was.
fn last_errors(all: &[(Kind, Errors)], now: u64) -> String {
    let mut html = String::new();
    for (kind, errors) in all {
        let (meaning, advice) = (text(&meaning(kind)), text(&to_do(kind, errors.job.is_some())));
        // What the gateway does not mend by itself is marked.
        let class = if advice.starts_with("Nothing") { "" } else { "bad" };
        let code = kind.code.map(|code| format!("<b>{code}</b> ")).unwrap_or_default();
        let ago = span(now.saturating_sub(errors.at));
        let times = match errors.count {
            1 => format!("once, {ago} ago"),
            count => format!("{count} times, last {ago} ago"),
        };
        let job = errors.job.as_ref().map(|(id, trace)| {
            format!(", last stopped job <b>{}</b>, trace <code>{}</code>", text(id), text(trace))
        });
        let (app, job) = (text(&kind.app), job.unwrap_or_default());
        html += &format!("<article class='{class}'><header><span>{code}{meaning}</span>");
        html += &format!("<span class=soft>{times}</span></header>");
        html += &format!("<p>{advice}</p><p class=soft>App {app}{job}</p></article>");
    }
    let none = if all.is_empty() { "<p class=soft>None since the start.</p>" } else { "" };
    format!("<section><h2>Last errors</h2>{html}{none}</section>")
}

/// What a result or a failure means.
fn meaning(kind: &Kind) -> String {
    let known = kind.code.and_then(|code| ResultCode::new(code).meaning());
    match (parts(&kind.reason), known) {
        (("too_often", _), known) => format!("{}; all rounds are used up", known.unwrap_or("no result")),
        (_, Some(known)) => known.into(),
        (("no_reply", _), _) => "no reply in time, or no connection".into(),
        (("failed", detail), _) => format!("no result: {detail}"),
        (("no_certificate", _), _) => "no app of the settings has the business id of the job".into(),
        (("authentication" | "no_token", _), _) => "no auth token: no result from vivo".into(),
        ((reason, _), _) => format!("not known: {reason}"),
    }
}

/// What the gateway does about it, and what the operator has to do. `stopped` says that it has stopped a job.
fn to_do(kind: &Kind, stopped: bool) -> String {
    let advice = match (parts(&kind.reason), stopped) {
        (("reauthenticate", _), true) => "Look at the app in vivo's console, then run resend-dead.",
        (("reauthenticate", _), _) => "Nothing. The gateway gets a new auth token and sends again.",
        (("back_off", _), _) => {
            "Nothing at first: the gateway sends again. If it lasts, make per_second smaller."
        }
        (("drop_token", _), true) => "vivo has refused a whole list. Send to its receivers one by one.",
        (("drop_token", _), _) => "Nothing here. The backend deletes the regId: GET /v1/dropped has it.",
        (("authentication", "try_again"), _) => {
            "Nothing at first: the gateway asks again. If it lasts, look at the network."
        }
        (("stop_for_today", _) | ("authentication", "stop_for_today"), _) => {
            "Nothing. The gateway waits for the quota. Ask vivo for a larger one."
        }
        (("wait_for_window", _), _) => "Nothing. The gateway waits until 07:00 in China.",
        (("store_again", _), true) => "vivo forgets what it has stored. Run resend-dead.",
        (("store_again", _), _) => "Nothing. The gateway stores the push at vivo again.",
        (("fix_request", field), _) => {
            return format!("Correct {field} where the jobs are made. Send the job with a new request id.");
        }
        (("fix_account", _), _) => "Correct the app in vivo's console, then run resend-dead.",
        (("fix_text", _), _) => "vivo does not accept title or content. Send another text.",
        (("device_unreachable", _), _) => "Nothing. Keep the regId: the phone takes no push now.",
        (("no_reply", _), _) => {
            "Nothing at first: the gateway sends again. If it lasts, look at the network."
        }
        (("failed", _), true) => "vivo or a proxy refuses requests. Correct that, then run resend-dead.",
        (("failed", _), _) => "Nothing at first. If it lasts, vivo or a proxy on the way does not work.",
        (("too_often", _), _) => "Run resend-dead when vivo works again.",
        (("no_certificate", _), _) => "Add the app to the settings, start again, then run resend-dead.",
        (("authentication", "set_clock"), _) => "Set the clock of this machine.",
        (("authentication" | "no_token", _), _) => {
            "Correct app_key and app_secret, start again, then run resend-dead."
        }
        _ => "Look the code up in vivo's documents, then run resend-dead.",
    };
    advice.into()
}

/// The name of a reason, and the details after it.
fn parts(reason: &str) -> (&str, &str) {
    reason.split_once(": ").unwrap_or((reason, ""))
}

/// A time in milliseconds, in words.
fn span(millis: u64) -> String {
    let minutes = millis / MINUTE;
    match (minutes / 60, minutes % 60) {
        (0, 0) => format!("{} s", millis / 1000),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// A text as HTML.
fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

async fn page<Q: Queue>(State(page): State<Arc<Page<Q>>>) -> Response {
    let nonce = format!("{:016x}", random());
    let html = include_str!("page.html").replace("{nonce}", &nonce).replace("{main}", &page.main());
    let policy = format!(
        "default-src 'none'; img-src data:; connect-src 'self'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Html(html)).into_response()
}

/// The content, now and each second, until the viewer goes away or the gateway stops.
async fn events<Q: Queue>(State(page): State<Arc<Page<Q>>>) -> Response {
    let Ok(place) = page.viewers.clone().try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "too many viewers\n").into_response();
    };
    let updates = stream::unfold((page, place, Duration::ZERO), async |(page, place, pause)| {
        sleep(pause).await;
        let event = sse::Event::default().data(page.main());
        let go_on = !page.engine.stops();
        go_on.then_some((Ok::<_, Infallible>(event), (page, place, EVERY)))
    });
    Sse::new(updates).into_response()
}
