//! What a queue does for the gateway, and what is kept in it.
//!
//! A queue delivers each item at least once. An item that was taken and not settled in time is given out again, so a push can be sent
//! twice; vivo drops the second one by its request id.

pub mod embedded;
pub mod jetstream;

use std::fmt;
use std::future::Future;
use std::time::Duration;

use offline_push::vivo::{BoxedListPayload, BoxedNotification};
use serde::{Deserialize, Serialize};

use crate::now;

/// A durable queue with the shared state of the gateways that work on it. All methods may be called from any number of tasks.
///
/// | here | NATS JetStream |
/// |---|---|
/// | [`put`](Self::put) | publish with `Nats-Msg-Id`, wait for the acknowledgement |
/// | [`take`](Self::take) | fetch from a durable pull consumer |
/// | [`settle`](Self::settle) | `ack`, `nak` with a delay, or publish to the dead letters and `ack` |
/// | [`get`](Self::get), [`set`](Self::set) | a KV bucket; the version is its revision |
/// | [`job`](Self::job), [`note`](Self::note) | read or add to a stream of results, a subject for each job |
pub trait Queue: Send + Sync + 'static {
    /// What the queue needs to settle an item.
    type Handle: Send + Sync + 'static;

    /// Stores items. They are durable when this returns. The answers are in the order of the items.
    fn put(&self, items: Vec<Item>) -> impl Future<Output = Result<Vec<Put>, QueueError>> + Send;

    /// Waits for items that are due, and lends at least one and at most `max` of them for the time of a lease.
    fn take(&self, max: usize) -> impl Future<Output = Result<Vec<Lease<Self::Handle>>, QueueError>> + Send;

    /// Says what becomes of an item, writes the event to its job, and publishes its [`reg_ids`](Event::reg_ids).
    fn settle(
        &self,
        lease: Lease<Self::Handle>,
        settle: Settle,
        event: Event,
    ) -> impl Future<Output = Result<(), QueueError>> + Send;

    /// Writes events to their jobs. False for a job that is not known.
    fn note(
        &self,
        events: Vec<(String, Event)>,
    ) -> impl Future<Output = Result<Vec<bool>, QueueError>> + Send;

    /// What is known of a job. `None` after the window.
    fn job(&self, id: &str) -> impl Future<Output = Result<Option<Record>, QueueError>> + Send;

    /// The job with this `MsgKey`.
    fn job_of(&self, msg_key: &str) -> impl Future<Output = Result<Option<String>, QueueError>> + Send;

    /// An entry of the state that all gateways share.
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<Entry>, QueueError>> + Send;

    /// Writes an entry if it still has this version; 0 stands for no entry. False if it has another one.
    fn set(
        &self,
        key: &str,
        value: Vec<u8>,
        version: u64,
    ) -> impl Future<Output = Result<bool, QueueError>> + Send;

    /// The oldest dead letters.
    fn dead(&self, limit: usize) -> impl Future<Output = Result<Vec<Dead>, QueueError>> + Send;

    /// Puts all dead letters back into the queue. Returns how many.
    fn resend_dead(&self) -> impl Future<Output = Result<usize, QueueError>> + Send;

    /// regIds that are no longer valid, after this number, oldest first.
    fn dropped(
        &self,
        after: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Dropped>, QueueError>> + Send;

    /// How much is in the queue.
    fn depth(&self) -> impl Future<Output = Result<Depth, QueueError>> + Send;
}

/// One thing to send: a push, or a part of a push to many.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// Unique, and the request id at vivo. That of the job, or with `.1`, `.2` … for the parts of a list.
    pub id: String,
    /// The job that it belongs to.
    pub job: String,
    /// The certificate to send with.
    pub business_id: u32,
    /// The job's place in a trace, as in the header of this name (W3C Trace Context): the caller's, or a new one.
    pub traceparent: String,
    /// The `MsgKey` of the job in Tencent IM, which [`Queue::job_of`] finds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub msg_key: Option<String>,
    /// When the door accepted the job: Unix time in milliseconds.
    pub accepted_at: u64,
    /// What to send.
    pub work: Work,
}

impl Item {
    /// The trace id: 32 hex digits.
    #[must_use]
    pub fn trace_id(&self) -> &str {
        self.traceparent.get(3..35).unwrap_or_default()
    }
}

/// What to send.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Work {
    /// A push to one phone.
    Push(BoxedNotification),
    /// Store a push for many phones, then put the parts of the list into the queue.
    Store {
        /// The push.
        payload: BoxedListPayload,
        /// All receivers.
        reg_ids: Vec<String>,
    },
    /// Send a stored push to 2 to 1000 phones.
    Part {
        /// vivo's id of the stored push.
        task_id: String,
        /// The push, to store it again when vivo has forgotten it.
        payload: BoxedListPayload,
        /// The receivers of this part.
        reg_ids: Vec<String>,
    },
}

impl Work {
    /// Number of receivers.
    #[must_use]
    pub fn receivers(&self) -> u32 {
        match self {
            Self::Push(_) => 1,
            Self::Store { reg_ids, .. } | Self::Part { reg_ids, .. } => {
                u32::try_from(reg_ids.len()).unwrap_or(u32::MAX)
            }
        }
    }
}

/// Answer to [`Queue::put`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// The item is stored.
    Accepted,
    /// An item with this id was stored before, within the window. Nothing has changed.
    Duplicate,
}

/// An item that one worker has until the lease ends.
#[derive(Debug)]
pub struct Lease<H> {
    /// The item.
    pub item: Item,
    /// How often the item was given back after failures.
    pub rounds: u32,
    /// For the queue.
    pub handle: H,
}

/// What becomes of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settle {
    /// It is finished.
    Done,
    /// It is due again after this time. It counts as a round if it has failed.
    Again {
        /// The time.
        after: Duration,
        /// Whether it has failed; false if it only waits.
        failed: bool,
    },
    /// It goes to the dead letters.
    Dead,
}

/// What happened to a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unix time in milliseconds.
    pub at: u64,
    /// What happened.
    pub what: What,
    /// Number of requests to vivo.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attempts: u32,
    /// vivo's last result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// The library's advice, or the kind of failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// vivo's id of the push.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// When the item is due again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<u64>,
    /// Receivers that vivo took the push for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sent: u32,
    /// Receivers whose regId is no longer valid.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub dropped: u32,
    /// Receivers that take no push now.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unreachable: u32,
    /// Receivers whose push is a dead letter.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed: u32,
    /// The regIds that are no longer valid. They are published, and are not in the history.
    #[serde(skip)]
    pub reg_ids: Vec<String>,
}

impl Event {
    /// Something that happens now.
    #[must_use]
    pub fn now(what: What) -> Self {
        Self { at: now(), what, ..Self::default() }
    }

    /// Sets the regIds that are no longer valid, and their number.
    pub fn set_dropped(&mut self, reg_ids: Vec<String>) {
        self.dropped = u32::try_from(reg_ids.len()).unwrap_or(u32::MAX);
        self.reg_ids = reg_ids;
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature.
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The kind of an [`Event`], and the state of a job after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The job is in the queue.
    #[default]
    Queued,
    /// vivo has stored the push for a list.
    Stored,
    /// vivo has taken the push.
    Sent,
    /// The regId is no longer valid. Delete it.
    TokenDropped,
    /// The phone takes no push now. Keep its regId.
    Unreachable,
    /// It is tried again after a pause.
    Retrying,
    /// It waits until a quota or the time of day allows it.
    Parked,
    /// It is a dead letter.
    Failed,
    /// The dead letter is in the queue again.
    Resent,
    /// vivo has posted a receipt.
    Receipt,
    /// Tencent IM has posted a webhook.
    Callback,
    /// All parts of a list are finished, with different ends.
    Finished,
}

impl What {
    /// A stable name, for metrics and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Stored => "stored",
            Self::Sent => "sent",
            Self::TokenDropped => "token_dropped",
            Self::Unreachable => "unreachable",
            Self::Retrying => "retrying",
            Self::Parked => "parked",
            Self::Failed => "failed",
            Self::Resent => "resent",
            Self::Receipt => "receipt",
            Self::Callback => "callback",
            Self::Finished => "finished",
        }
    }
}

/// What is known of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The id that the sender gave.
    pub request_id: String,
    /// The certificate.
    pub business_id: u32,
    /// 32 hex digits.
    pub trace_id: String,
    /// When the door accepted the job: Unix time in milliseconds.
    pub accepted_at: u64,
    /// Where the job is.
    pub state: What,
    /// Number of receivers.
    pub receivers: u32,
    /// Receivers that vivo took the push for.
    pub sent: u32,
    /// Receivers whose regId is no longer valid.
    pub dropped: u32,
    /// Receivers that take no push now.
    pub unreachable: u32,
    /// Receivers whose push is a dead letter.
    pub failed: u32,
    /// vivo's ids of the push.
    pub task_ids: Vec<String>,
    /// The first events and the last ones.
    pub history: Vec<Event>,
}

impl Record {
    /// Most events that a record keeps.
    pub const MAX_EVENTS: usize = 32;
    /// Most task ids that a record keeps.
    pub const MAX_TASK_IDS: usize = 32;

    /// The record of a job that has just been accepted.
    #[must_use]
    pub fn new(item: &Item) -> Self {
        Self {
            request_id: item.job.clone(),
            business_id: item.business_id,
            trace_id: item.trace_id().to_owned(),
            accepted_at: item.accepted_at,
            state: What::Queued,
            receivers: item.work.receivers(),
            sent: 0,
            dropped: 0,
            unreachable: 0,
            failed: 0,
            task_ids: Vec::new(),
            history: vec![Event { at: item.accepted_at, ..Event::default() }],
        }
    }

    /// Adds an event.
    pub fn apply(&mut self, event: Event) {
        // A part that was sent twice counts once more, but never as more receivers than there are.
        let add = |number: &mut u32, more: u32| *number = number.saturating_add(more).min(self.receivers);
        add(&mut self.sent, event.sent);
        add(&mut self.dropped, event.dropped);
        add(&mut self.unreachable, event.unreachable);
        if event.what == What::Resent {
            self.failed = self.failed.saturating_sub(event.failed);
        } else {
            add(&mut self.failed, event.failed);
        }
        if let Some(task_id) = &event.task_id
            && !self.task_ids.contains(task_id)
            && self.task_ids.len() < Self::MAX_TASK_IDS
        {
            self.task_ids.push(task_id.clone());
        }
        let open = self.sent + self.dropped + self.unreachable + self.failed < self.receivers;
        self.state = match event.what {
            What::Receipt | What::Callback => self.state,
            // Of several parts, one is still on its way.
            What::Sent | What::TokenDropped | What::Unreachable | What::Failed if open => What::Queued,
            What::Sent | What::TokenDropped | What::Unreachable | What::Failed => self.end(),
            what => what,
        };
        if self.history.len() >= Self::MAX_EVENTS {
            self.history.remove(1);
        }
        self.history.push(event);
    }

    /// The state when no receiver is left.
    fn end(&self) -> What {
        match (self.sent, self.dropped, self.unreachable, self.failed) {
            (_, 0, 0, 0) => What::Sent,
            (0, _, 0, 0) => What::TokenDropped,
            (0, 0, _, 0) => What::Unreachable,
            (0, 0, 0, _) => What::Failed,
            _ => What::Finished,
        }
    }
}

/// An item that cannot be sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dead {
    /// The item.
    pub item: Item,
    /// Why.
    pub event: Event,
}

/// A regId that is no longer valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Grows with each one.
    pub number: u64,
    /// Unix time in milliseconds.
    pub at: u64,
    /// The certificate.
    pub business_id: u32,
    /// The regId.
    pub reg_id: String,
    /// The job that found it.
    pub request_id: String,
}

/// An entry of the shared state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The content.
    pub value: Vec<u8>,
    /// Changes with each write. Never 0.
    pub version: u64,
}

/// How much is in a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Depth {
    /// Items that are due.
    pub ready: usize,
    /// Items that wait for a time.
    pub later: usize,
    /// Items that workers have.
    pub taken: usize,
    /// Dead letters. They do not count in [`total`](Self::total).
    pub dead: usize,
}

impl Depth {
    /// Items that are still to be sent.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.ready + self.later + self.taken
    }
}

/// The queue does not work.
#[derive(Clone, Debug)]
pub struct QueueError(String);

impl QueueError {
    /// With the reason.
    pub fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl fmt::Display for QueueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "queue: {}", self.0)
    }
}

impl std::error::Error for QueueError {}
