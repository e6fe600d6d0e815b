//! A gateway for offline pushes: the program that a team runs around the crate `offline-push`.
//!
//! ```text
//!  POST /v1/pushes      put             take            POST /message/send
//!  ───────────────▶ door ───▶ queue ───▶ engine ───▶ vivo ─────────────────▶
//!                    202       durable      advice
//! ```
//!
//! Read it in this order:
//!
//! | module | what it is |
//! |---|---|
//! | [`config`] | gateway.toml |
//! | [`job`] | from a job in JSON to a push that passes the library's checks |
//! | [`queue`] | what is kept, and in which order it is written; [`queue::embedded`] keeps it in a file, [`queue::jetstream`] in NATS for many processes |
//! | [`vivo`] | one app at vivo: its token, quotas and speed, and one call until its end |
//! | [`engine`] | takes items, sends them, and says what becomes of them |
//! | [`door`] | the HTTP API |
//! | [`metrics`] | what Prometheus sees |
//! | [`page`] | what an operator sees |
//! | [`demo`] | the whole gateway, against a fake vivo |

pub mod config;
pub mod demo;
pub mod door;
pub mod engine;
pub mod job;
pub mod metrics;
pub mod page;
pub mod queue;
mod serve;
pub mod vivo;

use std::hash::{BuildHasher, RandomState};

pub use offline_push::vivo::unix_millis as now;
pub use serve::{Gateway, Shared, http_client};

/// Whether a line may be in the log. The most detailed lines of the NATS client contain whole messages: texts, regIds and tokens.
pub fn may_be_logged(line: &tracing::Metadata<'_>) -> bool {
    *line.level() <= tracing::Level::INFO || !line.target().starts_with("async_nats")
}

/// A random number: each `RandomState` has its own keys.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(now())
}
