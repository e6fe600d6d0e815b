//! What happens to a job: its events, and the record that they add up to.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Item, JobInfo};
use crate::now;

/// Something that has happened to an item of a job, or to the job itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Unix time in milliseconds.
    pub at: u64,
    /// What happened.
    pub what: What,
    /// Number of requests to vivo.
    pub attempts: u32,
    /// vivo's last result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// The library's advice, or the kind of failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// vivo's id of the push.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// When the item is due again: Unix time in milliseconds. `None` if it is finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<u64>,
    /// The receivers of an item that has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// The regIds that are no longer valid. They are published, and are not in the history.
    #[serde(skip)]
    pub reg_ids: Vec<String>,
}

impl Event {
    /// Something that happens now.
    pub fn now(what: What) -> Self {
        Self { at: now(), what, ..Self::default() }
    }
}

/// Receivers by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// vivo took the push for them.
    pub sent: u32,
    /// Their regId is no longer valid.
    pub dropped: u32,
    /// They take no push now.
    pub unreachable: u32,
    /// Their push is a dead letter.
    pub failed: u32,
}

/// The kind of an [`Event`], and the state of a job after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum What {
    /// The job is in the queue, or an item that was begun is in it again.
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
    /// A round has failed. The item is tried again after a pause.
    Retrying,
    /// It waits until a quota or the time of day permits it.
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
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it ends an item.
    pub const fn ends(self) -> bool {
        matches!(self, Self::Stored | Self::Sent | Self::TokenDropped | Self::Unreachable | Self::Failed)
    }
}

/// What is known of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What the door knows of it.
    #[serde(flatten)]
    pub job: JobInfo,
    /// Where the job is.
    pub state: What,
    /// Number of receivers.
    pub receivers: u32,
    /// The receivers whose items have ended.
    #[serde(flatten)]
    pub counts: Counts,
    /// vivo's ids of the push.
    pub task_ids: Vec<String>,
    /// The first event and the last ones.
    pub history: Vec<Event>,
}

impl Record {
    /// How many events a record keeps, at most.
    pub const MAX_EVENTS: usize = 32;
    /// How many task ids a record keeps, at most.
    pub const MAX_TASK_IDS: usize = 32;

    /// The record of a job that has just been accepted.
    pub fn new(item: &Item) -> Self {
        Self {
            job: item.job.clone(),
            state: What::Queued,
            receivers: item.work.receivers(),
            counts: Counts::default(),
            task_ids: Vec::new(),
            history: vec![Event { at: item.job.accepted_at, ..Event::default() }],
        }
    }

    /// Adds an event.
    pub fn apply(&mut self, event: Event) {
        let (before, ended) = (self.counts, event.counts.unwrap_or_default());
        self.counts = Counts {
            sent: before.sent + ended.sent,
            dropped: before.dropped + ended.dropped,
            unreachable: before.unreachable + ended.unreachable,
            failed: match event.what {
                What::Resent => before.failed.saturating_sub(ended.failed),
                _ => before.failed + ended.failed,
            },
        };
        self.task_ids.extend(event.task_id.clone().filter(|task_id| !self.task_ids.contains(task_id)));
        self.task_ids.truncate(Self::MAX_TASK_IDS);
        let Counts { sent, dropped, unreachable, failed } = self.counts;
        self.state = match event.what {
            What::Receipt | What::Callback => self.state,
            what if event.counts.is_none() || what == What::Resent => what,
            // There are several parts, and one of them has not ended yet.
            _ if sent + dropped + unreachable + failed < self.receivers => What::Queued,
            _ => match (sent, dropped, unreachable, failed) {
                (_, 0, 0, 0) => What::Sent,
                (0, _, 0, 0) => What::TokenDropped,
                (0, 0, _, 0) => What::Unreachable,
                (0, 0, 0, _) => What::Failed,
                _ => What::Finished,
            },
        };
        if self.history.len() >= Self::MAX_EVENTS {
            self.history.remove(1);
        }
        self.history.push(event);
    }
}

/// A row of the results of a job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Note {
    /// The job was accepted.
    Accepted(Record),
    /// Something has happened.
    Happened {
        /// The id of the item; empty for the job itself.
        item: String,
        event: Event,
    },
}

/// What the results of a job add up to.
#[derive(Debug, Default)]
pub(super) struct Sum {
    pub(super) record: Option<Record>,
    /// Items that have ended.
    pub(super) ended: HashSet<String>,
    /// The rounds of each item.
    pub(super) rounds: HashMap<String, u32>,
}

impl Sum {
    pub(super) fn add(&mut self, note: Note) {
        let (item, event) = match note {
            Note::Accepted(record) => return self.record = Some(record),
            Note::Happened { item, event } => (item, event),
        };
        let counts = match event.what {
            What::Resent => {
                self.rounds.remove(&item);
                // It is counted once, even if an operator has resent it twice.
                self.ended.remove(&item)
            }
            // Two workers had it.
            _ if self.ended.contains(&item) => false,
            what if what.ends() => self.ended.insert(item),
            What::Retrying => {
                *self.rounds.entry(item).or_default() += 1;
                true
            }
            _ => true,
        };
        if let (true, Some(record)) = (counts, &mut self.record) {
            record.apply(event);
        }
    }
}
