//! The operator's page at `/`, which the server renders. `/events` sends its content again each second.
//!
//! It shows no text of a push, no regId and no secret. Whoever reaches the gateway can read it, like `/metrics`. So a proxy for callers
//! from outside must pass on `/v1/` only.

mod recent;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use futures_util::StreamExt;
use offline_push::vivo::ResultCode;
use tokio::sync::{Semaphore, watch};
use tokio::time::sleep;
use tokio_stream::wrappers::WatchStream;

use crate::engine::Engine;
use crate::metrics::QUOTAS;
use crate::{now, random};
use recent::{Counts, Errors, MINUTES, OUTCOMES};

pub(crate) use recent::{Kind, Recent};

/// How many pages are updated at the same time, at most.
const MAX_VIEWERS: usize = 32;
const EVERY: Duration = Duration::from_secs(1);
/// Height of the chart, in its own units.
const HEIGHT: u64 = 1000;
const MINUTE: u64 = 60_000;
/// Midnight in China is this long before midnight in UTC.
const CHINA: u64 = 8 * 60 * MINUTE;

/// What each viewer gets: the content that changes, and a place.
#[derive(Clone)]
struct View {
    content: watch::Receiver<String>,
    viewers: Arc<Semaphore>,
}

/// The routes of the page of an engine. A task renders the content for all viewers, until the gateway stops.
pub fn start<S: Clone + Send + Sync + 'static>(engine: Arc<Engine>) -> Router<S> {
    let (sender, content) = watch::channel(content(&engine));
    tokio::spawn(async move {
        while !engine.shared.stops() {
            sleep(EVERY).await;
            let new = self::content(&engine);
            sender.send_if_modified(|old| {
                let changed = *old != new;
                *old = new;
                changed
            });
        }
    });
    let view = View { content, viewers: Arc::new(Semaphore::new(MAX_VIEWERS)) };
    Router::new().route("/", get(whole)).route("/events", get(events)).with_state(view)
}

/// The content that changes.
fn content(engine: &Engine) -> String {
    let now = now();
    let (minutes, errors) = engine.shared.metrics.recent(|recent| (recent.minutes(now), recent.errors()));
    [head(engine), chart(&minutes), last_errors(&errors, now), closed_quotas(engine, now)].concat()
}

/// Whether jobs are taken, and the depth of the queue.
fn head(engine: &Engine) -> String {
    let (depth, max) = (engine.depth(), engine.shared.config.queue.max_depth);
    let (class, state) = match depth.total() {
        _ if engine.shared.stops() => ("no", "Stops: takes no more jobs."),
        total if total >= max => ("no", "The queue is full: jobs are answered with 429."),
        _ => ("good", "Takes jobs."),
    };
    let tile = |name, count, class, hint| {
        format!("<section>{name} <b class='{class}'>{count}</b><span class=soft>{hint}</span></section>")
    };
    let dead = if depth.dead > 0 { "no" } else { "" };
    [
        format!("<p><span class={class}>{state}</span> <span class=soft>"),
        format!("{} of {max} items in the queue.</span></p><div class=tiles>", depth.total()),
        tile("Due", depth.ready, "", "to be sent now"),
        tile("Being sent", depth.taken, "", "workers have them"),
        tile("Waiting", depth.later, "", "for a quota or a pause"),
        tile("Dead letters", depth.dead, dead, "see <code>resend-dead</code>"),
        "</div>".into(),
    ]
    .concat()
}

/// The quotas that are closed, and when they open.
fn closed_quotas(engine: &Engine, now: u64) -> String {
    let mut html = String::new();
    for app in engine.apps.values() {
        for (path, name, class) in QUOTAS {
            let wait = app.closed_for(path, class).as_millis() as u64;
            if wait == 0 {
                continue;
            }
            // A second more: a quota opens at an hour's end, and the clock has gone on since `now`.
            let minutes = (now + wait + CHINA + 1000) / MINUTE;
            let (hour, minute, app, wait) = (minutes / 60 % 24, minutes % 60, &app.label, span(wait));
            html += &format!(
                "<article class=wait><p><code>{path}</code>, {name} messages of app {app}: opens in <b>{wait}</b>,
                at {hour:02}:{minute:02} in China</p></article>"
            );
        }
    }
    let others = if html.is_empty() { "All quotas" } else { "All other quotas" };
    let note = format!("<p class=soft>{others} are open, as far as vivo has said.</p>");
    format!("<section><h2>Closed quotas</h2>{html}{note}</section>")
}

/// A bar for each minute, and a legend with the sums.
fn chart(minutes: &[Counts; MINUTES]) -> String {
    let highest = minutes.iter().map(|counts| counts.iter().sum::<u64>()).max().unwrap_or(0).max(1);
    let (mut bars, mut legend) = (String::new(), String::new());
    for (x, counts) in (0..).step_by(10).zip(minutes) {
        let mut y = HEIGHT;
        for (what, count) in OUTCOMES.iter().zip(counts).filter(|(_, count)| **count > 0) {
            // So a few among many can still be seen.
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
        // An error that the gateway cannot correct by itself is marked.
        let class = if advice.starts_with("Nothing") { "" } else { "bad" };
        let code = kind.code.map(|code| format!("<b>{code}</b> ")).unwrap_or_default();
        let times = format!("{}×, last {} ago", errors.count, span(now.saturating_sub(errors.at)));
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

/// What the gateway does about an error, and what the operator has to do. `stopped` is true if the error has stopped a job.
fn to_do(kind: &Kind, stopped: bool) -> String {
    let advice = match (parts(&kind.reason), stopped) {
        (("reauthenticate", _), true) => "Look at the app in vivo's console, then run resend-dead.",
        (("reauthenticate", _), _) => "Nothing. The gateway gets a new auth token and sends again.",
        (("back_off", _), _) => "Nothing at first. If it lasts, make per_second smaller.",
        (("drop_token", _), true) => "vivo has refused a whole list. Send to its receivers one by one.",
        (("drop_token", _), _) => "Nothing here. The backend deletes the regId: GET /v1/dropped has it.",
        (("stop_for_today", _) | ("authentication", "stop_for_today"), _) => {
            "Nothing. The gateway waits for the quota. Ask vivo for a larger one."
        }
        (("wait_for_window", _), _) => "Nothing. The gateway waits until 07:00 in China.",
        (("store_again", _), true) => "vivo forgets what it has stored. Run resend-dead.",
        (("store_again", _), _) => "Nothing. The gateway stores the push at vivo again.",
        (("fix_request", field), _) => {
            return format!("Correct {field} in the jobs. Send with a new request id.");
        }
        (("fix_account", _), _) => "Correct the app in vivo's console, then run resend-dead.",
        (("fix_text", _), _) => "vivo does not accept title or content. Send another text.",
        (("device_unreachable", _), _) => "Nothing. Keep the regId: the phone takes no push now.",
        (("no_reply", _) | ("authentication", "try_again" | "no_reply"), _) => {
            "Nothing at first: the gateway tries again. If it lasts, look at the network."
        }
        (("failed", _), true) => "vivo or a proxy refuses requests. Correct that, then run resend-dead.",
        (("failed", _), _) => "Nothing at first. If it lasts, vivo or a proxy on the way does not work.",
        (("too_often", _), _) => "Run resend-dead when vivo works again.",
        (("no_certificate", _), _) => "Add the app to the settings, start again, then run resend-dead.",
        (("authentication", "set_clock"), _) => "Set the clock of this machine.",
        (("authentication" | "no_token", _), _) => "Correct app_key and app_secret, start, run resend-dead.",
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

async fn whole(State(view): State<View>) -> Response {
    let nonce = format!("{:016x}", random());
    let html = include_str!("page.html").replace("{nonce}", &nonce).replace("{main}", &view.content.borrow());
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

/// The content now and when it changes, until the viewer goes away or the gateway stops.
async fn events(State(view): State<View>) -> Response {
    let Ok(place) = view.viewers.try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "too many viewers\n").into_response();
    };
    let updates = WatchStream::new(view.content).map(move |content| {
        _ = &place;
        Ok::<_, Infallible>(Event::default().data(content))
    });
    Sse::new(updates).into_response()
}
