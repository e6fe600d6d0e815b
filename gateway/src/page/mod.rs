//! The operator's page at `/`, which the server renders. `/events` sends its content again each second.
//!
//! It shows no text of a push, no regId and no secret. Whoever reaches the gateway can read it, like `/metrics`: a proxy for callers
//! from outside passes on `/v1/` only.

mod recent;

use std::convert::Infallible;
use std::fmt::{self, Write};
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
        let mut html = String::with_capacity(16 * 1024);
        self.head(&mut html);
        chart(&mut html, &minutes);
        list_errors(&mut html, &errors, now);
        self.quotas(&mut html, now);
        html
    }

    /// The quotas that are closed.
    fn quotas(&self, html: &mut String, now: u64) {
        html.push_str("<section><h2>Closed quotas</h2>");
        let start = html.len();
        for (_, app) in self.engine.apps() {
            for (path, name, class) in QUOTAS {
                let wait = u64::try_from(app.closed_for(path, class).as_millis()).unwrap_or(u64::MAX);
                if wait > 0 {
                    // A second more: a quota opens at an hour's end, and the clock has gone on since `now`.
                    let minutes = (now + wait + CHINA + 1000) / MINUTE;
                    let (app, path, wait) = (Text(&app.label), Text(path), span(wait));
                    put(
                        html,
                        format_args!(
                            "<article class=wait><p><code>{path}</code>, {name} messages of app {app}: opens in <b>{wait}</b>, \
                             at {:02}:{:02} in China</p></article>",
                            minutes / 60 % 24,
                            minutes % 60
                        ),
                    );
                }
            }
        }
        let others = if html.len() == start { "All quotas" } else { "All other quotas" };
        put(html, format_args!("<p class=soft>{others} are open, as far as vivo has said.</p></section>"));
    }

    /// Whether jobs are taken, and the depth of the queue.
    fn head(&self, html: &mut String) {
        let depth = self.engine.depth();
        let state = if self.engine.stops() {
            "<span class=no>Stops: takes no more jobs.</span>"
        } else if depth.total() >= self.max_depth {
            "<span class=no>The queue is full: jobs are answered with 429.</span>"
        } else {
            "<span class=good>Takes jobs.</span>"
        };
        put(
            html,
            format_args!(
                "<p>{state} <span class=soft>{} of {} items in the queue.</span></p>",
                depth.total(),
                self.max_depth
            ),
        );
        html.push_str("<div class=tiles>");
        for (name, count, hint) in [
            ("Due", depth.ready, "to be sent now"),
            ("Being sent", depth.taken, "workers have them"),
            ("Waiting", depth.later, "for a quota or a pause"),
            ("Dead letters", depth.dead, "see <code>resend-dead</code>"),
        ] {
            let class = if name == "Dead letters" && count > 0 { "no" } else { "" };
            put(
                html,
                format_args!(
                    "<section>{name} <b class='{class}'>{count}</b><span class=soft>{hint}</span></section>"
                ),
            );
        }
        html.push_str("</div>");
    }
}

/// A bar for each minute, and a legend with the sums.
fn chart(html: &mut String, minutes: &[Counts; MINUTES]) {
    let highest = minutes.iter().map(|counts| counts.iter().sum::<u64>()).max().unwrap_or(0).max(1);
    html.push_str("<section><h2>Outcomes per minute</h2>");
    put(html, format_args!("<div class=axis><span>highest: {highest} a minute</span></div>"));
    put(
        html,
        format_args!(
            "<svg viewBox='0 0 {} {HEIGHT}' preserveAspectRatio=none role=img aria-label='Outcomes of each minute of the last hour'>",
            MINUTES * 10
        ),
    );
    for (x, counts) in (0..).step_by(10).zip(minutes) {
        let mut top = HEIGHT;
        for (what, count) in OUTCOMES.iter().zip(counts).filter(|(_, count)| **count > 0) {
            // A few among many can still be seen.
            let height = (count * HEIGHT / highest).max(HEIGHT / 60);
            top = top.saturating_sub(height);
            let name = what.name();
            put(
                html,
                format_args!(
                    "<rect class={name} x={x} y={top} width=9 height={height}><title>{name}: {count}</title></rect>"
                ),
            );
        }
    }
    html.push_str("</svg><div class=axis><span>60 min ago</span><span>now</span></div><div class=legend>");
    for (index, what) in OUTCOMES.iter().enumerate() {
        let sum: u64 = minutes.iter().map(|counts| counts[index]).sum();
        let name = what.name();
        put(
            html,
            format_args!(
                "<span><svg class=key viewBox='0 0 1 1'><rect class={name} width=1 height=1 /></svg> {} {sum}</span>",
                name.replace('_', " ")
            ),
        );
    }
    html.push_str("</div></section>");
}

/// Each kind of error: its meaning, what to do, and where it was.
fn list_errors(html: &mut String, errors: &[(Kind, Errors)], now: u64) {
    html.push_str("<section><h2>Last errors</h2>");
    if errors.is_empty() {
        html.push_str("<p class=soft>None since the start.</p>");
    }
    for (kind, errors) in errors {
        let advice = to_do(kind, errors.job.is_some());
        // What the gateway does not mend by itself is marked.
        let class = if advice.starts_with("Nothing") { "" } else { "bad" };
        let code = kind.code.map(|code| format!("<b>{code}</b> ")).unwrap_or_default();
        let times =
            if errors.count == 1 { "once".to_owned() } else { format!("{} times, last", errors.count) };
        put(
            html,
            format_args!(
                "<article class='{class}'><header><span>{code}{}</span><span class=soft>{times} {} ago</span></header>\
                 <p>{}</p><p class=soft>App {}",
                Text(&meaning(kind)),
                span(now.saturating_sub(errors.at)),
                Text(&advice),
                Text(&kind.app),
            ),
        );
        if let Some((id, trace)) = &errors.job {
            put(
                html,
                format_args!(", last stopped job <b>{}</b>, trace <code>{}</code>", Text(id), Text(trace)),
            );
        }
        html.push_str("</p></article>");
    }
    html.push_str("</section>");
}

/// What a result or a failure means.
fn meaning(kind: &Kind) -> String {
    let known = kind.code.and_then(|code| ResultCode::new(code).meaning());
    match (parts(&kind.reason), known) {
        (("too_often", _), Some(known)) => format!("{known}; all rounds are used up"),
        (_, Some(known)) => known.into(),
        (("no_reply", _), _) => "no reply in time, or no connection".into(),
        (("failed", detail), _) => format!("no result: {detail}"),
        (("too_often", _), _) => "all rounds are used up".into(),
        (("no_certificate", _), _) => "no app of the settings has the business id of the job".into(),
        (("authentication" | "no_token", _), _) => "vivo gives no auth token".into(),
        ((reason, _), _) => format!("not known: {reason}"),
    }
}

/// What the gateway does about it, and what the operator has to do. `stopped` says that it has stopped a job.
fn to_do(kind: &Kind, stopped: bool) -> String {
    match parts(&kind.reason) {
        ("reauthenticate", _) if stopped => {
            "vivo refuses new auth tokens, too. Look at the app in vivo's console, then run resend-dead."
        }
        ("drop_token", _) if stopped => {
            "vivo has refused a whole list. Send to its receivers one by one, with new request ids."
        }
        ("store_again", _) if stopped => "vivo forgets what it has stored. Run resend-dead.",
        ("reauthenticate", _) => "Nothing. The gateway gets a new auth token and sends again.",
        ("back_off", _) if kind.code == Some(ResultCode::SENDING_TOO_FAST.get()) => {
            "Nothing at first: the gateway sends again after a pause. If it lasts, make per_second smaller."
        }
        ("back_off", _) => "Nothing at first: the gateway sends again after a pause. If it lasts, ask vivo.",
        ("drop_token", _) => "Nothing here. The backend deletes the regId: GET /v1/dropped has it.",
        ("stop_for_today", _) => {
            "Nothing. The gateway waits until the quota opens. Ask vivo for a larger one."
        }
        ("wait_for_window", _) => "Nothing. The gateway waits until 07:00 in China.",
        ("store_again", _) => "Nothing. The gateway stores the push at vivo again.",
        ("fix_request", field) => {
            return format!(
                "Correct {field} where the jobs are made, and send the job with a new request id."
            );
        }
        ("fix_account", _) => "Correct the app in vivo's console, then run resend-dead.",
        ("fix_text", _) => "vivo does not accept title or content. Send another text with a new request id.",
        ("device_unreachable", _) => "Nothing. Keep the regId: the phone takes no push now.",
        ("no_reply", _) => "Nothing at first: the gateway sends again. If it lasts, look at the network.",
        ("failed", _) if stopped => {
            "vivo or a proxy on the way to it refuses requests. Correct that, then run resend-dead."
        }
        ("failed", _) => "Nothing at first. If it lasts, vivo or a proxy on the way to it does not work.",
        ("too_often", _) => "Run resend-dead when vivo works again.",
        ("no_certificate", _) => "Add the app to the settings, start again, then run resend-dead.",
        ("authentication", "set_clock") => "Set the clock of this machine.",
        ("authentication" | "no_token", _) => {
            "If it lasts, correct app_key and app_secret, start again, then run resend-dead."
        }
        _ => "Look the code up in vivo's documents, then run resend-dead.",
    }
    .into()
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

fn put(html: &mut String, text: fmt::Arguments<'_>) {
    // A string takes everything.
    _ = html.write_fmt(text);
}

/// A text in HTML.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                _ => f.write_char(character)?,
            }
        }
        Ok(())
    }
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
