//! The queue. It delivers each item at least once: an item that was taken and not settled in time is given out again, so a push can be
//! sent twice. vivo drops the second one by its request id.
//!
//! [`Queue`] decides what is written, and in which order. A [`Store`] keeps it: [`embedded`] in a file, [`jetstream`] in NATS.
//!
//! A record of a job is not stored: it is what the results of the job add up to. Many workers can write to one job at a time, and none
//! has to read before it writes. The order of the writes is such that a crash between two of them loses nothing:
//!
//! - [`put`](Queue::put): the first result, then the item. After a crash, the caller has no answer, and posts again. If the job has no
//!   other result then, its item may be missing, so it is added. A store that has the item knows its id, and does not add it twice.
//! - [`settle`](Queue::settle): the result, then the release of the item. After a crash, the item is given out again, and
//!   [`take`](Queue::take) sees in the results that it has ended.

pub mod embedded;
mod history;
pub mod jetstream;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::future::{join_all, try_join_all};
use offline_push::vivo::{BoxedListPayload, BoxedNotification};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::time::sleep;

use crate::config::{Config, QueueKind};
use crate::random;
use embedded::Embedded;
pub use history::{Counts, Event, Record, What};
use history::{Note, Sum};
use jetstream::JetStream;

/// How many regIds are kept for [`Queue::dropped`], at most.
const MAX_DROPPED: u32 = 1_000_000;
/// How long [`Store::take`] waits while nothing is due.
const WAIT: Duration = Duration::from_millis(50);
/// Pauses between the attempts to connect, and to settle. An item that is not settled is pushed a second time after its lease.
const PAUSES: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(5)];

/// One thing to send: a push, or a part of a push to many.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// Unique, and the request id at vivo. It is that of the job; the parts of a list add `.1`, `.2` … to it.
    pub id: String,
    /// The job that it belongs to.
    pub job: JobInfo,
    /// What to send.
    pub work: Work,
}

/// What all items of a job have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobInfo {
    /// The request id that the caller gave.
    #[serde(rename = "request_id")]
    pub id: String,
    /// The certificate to send with.
    pub business_id: u32,
    /// The job's place in a trace, as in the header of this name (W3C Trace Context): the caller's, or a new one.
    pub traceparent: String,
    /// The trace id in it: 32 hex digits.
    pub trace_id: String,
    /// The `MsgKey` of the job in Tencent IM, which [`Queue::job_of`] finds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub msg_key: Option<String>,
    /// When the door accepted the job: Unix time in milliseconds.
    pub accepted_at: u64,
}

/// What to send.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Work {
    /// A push to one phone.
    Push(BoxedNotification),
    /// A push to many phones.
    List {
        /// vivo's id of the stored push. If there is none: store the push, then put the parts of the list into the queue.
        task_id: Option<String>,
        /// The push, also to store it again when vivo has forgotten it.
        payload: BoxedListPayload,
        /// The receivers: at most 1000 if the push is stored.
        reg_ids: Vec<String>,
    },
}

impl Work {
    /// Number of receivers.
    pub fn receivers(&self) -> u32 {
        match self {
            Self::Push(_) => 1,
            Self::List { reg_ids, .. } => reg_ids.len() as u32,
        }
    }
}

/// An item that one worker has until the lease ends.
#[derive(Debug)]
pub struct Lease {
    /// The item.
    pub item: Item,
    /// How many rounds of it have failed.
    pub rounds: u32,
    ticket: u64,
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
    /// A number that grows with each regId.
    #[serde(default)]
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

/// How much is in a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    pub const fn total(&self) -> usize {
        self.ready + self.later + self.taken
    }
}

/// Where a queue keeps what it has. All methods may be called from any number of tasks.
#[async_trait]
pub trait Store: Send + Sync {
    /// Makes changes in this order, all at once or one after the other. They are durable when this returns. Returns false if one of them
    /// had no effect; if that is a [`Write::After`], the next ones are not made.
    async fn write(&self, writes: Vec<Write>) -> Result<bool>;

    /// Rows of a log with their numbers, from a number on, oldest first.
    async fn read(&self, log: &Log, from: u64, limit: usize) -> Result<Vec<(u64, Bytes)>>;

    /// Lends items that are due, at most `max`, for the time of a lease. If there are none, it waits for a moment.
    async fn take(&self, max: usize) -> Result<Vec<Taken>>;

    /// How much there is.
    async fn depth(&self) -> Result<Depth>;
}

/// Rows in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Log {
    /// What has happened to the job with this id. Kept for the window.
    Results(String),
    /// The jobs with this `MsgKey`. Kept for the window.
    Jobs(String),
    /// The dead letters.
    Dead,
    /// The last regIds that are no longer valid, at most [`MAX_DROPPED`].
    Dropped,
    /// An entry of the state that all gateways share. Only the last row is kept.
    Shared(String),
}

/// A change of a store.
#[derive(Clone, Debug)]
pub enum Write {
    /// Adds a row after the row with this number, or the first row if it is 0. Does nothing if another row is the last one.
    After(Log, u64, Bytes),
    /// Adds a row. The same row has the same id if it is written again.
    Add(Log, String, Bytes),
    /// Adds an item that is due now. Does nothing if there was one with this id within the window.
    Item(String, Bytes),
    /// Removes a dead letter.
    RemoveDead(u64),
    /// Gives an item back by its ticket. It is due again at this Unix time in milliseconds, or finished if there is no time.
    Release(u64, Option<u64>),
}

/// An item that a store lends.
#[derive(Debug)]
pub struct Taken {
    /// For [`Write::Release`]: a random number.
    pub ticket: u64,
    /// Whether it may have been given out before.
    pub again: bool,
    /// The item.
    pub content: Bytes,
}

/// A durable queue, with the shared state of the gateways that work on it.
#[derive(Clone)]
pub struct Queue {
    store: Arc<dyn Store>,
}

impl Queue {
    /// Opens the queue of these settings.
    ///
    /// # Errors
    ///
    /// Those of the store: another process has the file, or no NATS server answers.
    pub async fn open(config: &Config) -> Result<Self> {
        let lease = Duration::from_secs(config.engine.lease_s);
        let config = &config.queue;
        Ok(match config.kind {
            QueueKind::Embedded => Self { store: Arc::new(Embedded::open(config, lease)?) },
            QueueKind::JetStream => {
                Self { store: Arc::new(retry(|| JetStream::connect(config, lease)).await?) }
            }
        })
    }

    /// Stores items. They are durable when this returns. Says for each whether it is new.
    ///
    /// # Errors
    ///
    /// Those of the store, like all others here.
    pub async fn put(&self, items: &[Item]) -> Result<Vec<bool>> {
        try_join_all(items.iter().map(|item| self.put_one(item))).await
    }

    async fn put_one(&self, item: &Item) -> Result<bool> {
        let mut rest = vec![Write::Item(item.id.clone(), to_json(item)?)];
        if item.id != item.job.id {
            return self.store.write(rest).await;
        }
        if let Some(msg_key) = &item.job.msg_key {
            rest.insert(0, Write::Add(Log::Jobs(msg_key.clone()), item.id.clone(), to_json(&item.id)?));
        }
        let results = Log::Results(item.id.clone());
        let mut all = vec![Write::After(results.clone(), 0, to_json(&Note::Accepted(Record::new(item)))?)];
        all.extend(rest.iter().cloned());
        if self.store.write(all).await? {
            return Ok(true);
        }
        // The job was accepted before, or there was a crash between its first result and its item.
        let begun = self.store.read(&results, 0, 2).await?.len() == 1;
        Ok(begun && self.store.write(rest).await?)
    }

    /// Lends items that are due, at most `max`. Returns no items if nothing is due for a moment.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn take(&self, max: usize) -> Result<Vec<Lease>> {
        let taken = self.store.take(max).await?;
        let leases = join_all(taken.into_iter().map(|taken| self.lease(taken))).await;
        let lent = leases.into_iter().filter_map(|lease| {
            // It is given out again after the time of a lease.
            lease.inspect_err(|error| tracing::warn!("an item cannot be taken: {error:#}")).ok()?
        });
        Ok(lent.collect())
    }

    /// `None` if there is nothing to do for an item.
    async fn lease(&self, taken: Taken) -> Result<Option<Lease>> {
        let Taken { ticket, again, content } = taken;
        // This fails if a newer gateway has put the item into the queue. A newer gateway can send it.
        let item: Item = serde_json::from_slice(&content)?;
        let mut rounds = 0;
        if again {
            let sum = self.sum(&item.job.id).await?;
            if sum.ended.contains(&item.id) {
                // Its release was lost.
                self.store.write(vec![Write::Release(ticket, None)]).await?;
                return Ok(None);
            }
            rounds = sum.rounds.get(&item.id).copied().unwrap_or(0);
        }
        Ok(Some(Lease { item, rounds, ticket }))
    }

    /// Says what becomes of an item: writes the event to its job, publishes its [`reg_ids`](Event::reg_ids), and gives the item back.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put), after several attempts.
    pub async fn settle(&self, lease: &Lease, event: &Event) -> Result<()> {
        let Lease { item, ticket, .. } = lease;
        let id = format!("{ticket:016x}");
        let mut writes = Vec::new();
        if event.what == What::Failed {
            let letter = Dead { item: item.clone(), event: event.clone() };
            writes.push(Write::Add(Log::Dead, id.clone(), to_json(&letter)?));
        }
        for (index, reg_id) in event.reg_ids.iter().enumerate() {
            let dropped = Dropped {
                number: 0, // It becomes that of the row.
                at: event.at,
                business_id: item.job.business_id,
                reg_id: reg_id.clone(),
                request_id: item.job.id.clone(),
            };
            writes.push(Write::Add(Log::Dropped, format!("{id}.{index}"), to_json(&dropped)?));
        }
        let note = Note::Happened { item: item.id.clone(), event: event.clone() };
        writes.push(Write::Add(Log::Results(item.job.id.clone()), id, to_json(&note)?));
        writes.push(Write::Release(*ticket, event.due));
        retry(|| self.store.write(writes.clone())).await.map(drop)
    }

    /// Writes events to jobs that are known.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn note(&self, events: Vec<(String, Event)>) -> Result<()> {
        let write = async |(job, event): (String, Event)| {
            let note = to_json(&Note::Happened { item: String::new(), event })?;
            self.store.write(vec![Write::Add(Log::Results(job), format!("{:016x}", random()), note)]).await
        };
        try_join_all(events.into_iter().map(write)).await.map(drop)
    }

    /// What is known of a job. `None` after the window.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn job(&self, id: &str) -> Result<Option<Record>> {
        Ok(self.sum(id).await?.record)
    }

    async fn sum(&self, job: &str) -> Result<Sum> {
        let mut sum = Sum::default();
        for (_, note) in self.rows(Log::Results(job.to_owned()), 0, usize::MAX).await? {
            sum.add(note);
        }
        Ok(sum)
    }

    async fn rows<T: DeserializeOwned>(&self, log: Log, from: u64, limit: usize) -> Result<Vec<(u64, T)>> {
        let rows = self.store.read(&log, from, limit).await?;
        rows.into_iter().map(|(number, json)| Ok((number, serde_json::from_slice(&json)?))).collect()
    }

    /// The last job with this `MsgKey`.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn job_of(&self, msg_key: &str) -> Result<Option<String>> {
        let mut jobs = self.rows(Log::Jobs(msg_key.to_owned()), 0, usize::MAX).await?;
        Ok(jobs.pop().map(|(_, job)| job))
    }

    /// The oldest dead letters.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn dead(&self, limit: usize) -> Result<Vec<Dead>> {
        let letters = self.rows(Log::Dead, 0, limit).await?;
        Ok(letters.into_iter().map(|(_, letter)| letter).collect())
    }

    /// Puts all dead letters back into the queue. Returns how many.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put). Some dead letters may be in the queue again.
    pub async fn resend_dead(&self) -> Result<usize> {
        // This leaves out letters that become dead again while it runs.
        let all = self.depth().await?.dead;
        for sent in 0..all {
            let Some((number, letter)) = self.rows::<Dead>(Log::Dead, 0, 1).await?.pop() else {
                return Ok(sent); // Another operator does the same.
            };
            let item = letter.item;
            let counts = Some(Counts { failed: item.work.receivers(), ..Counts::default() });
            let event = Event { counts, ..Event::now(What::Resent) };
            let note = Note::Happened { item: item.id.clone(), event };
            let id = format!("resent.{number}");
            // In this order, so that the item cannot end before it is resent.
            let writes = vec![
                Write::Add(Log::Results(item.job.id.clone()), id.clone(), to_json(&note)?),
                Write::Item(id, to_json(&item)?),
                Write::RemoveDead(number),
            ];
            self.store.write(writes).await?;
        }
        Ok(all)
    }

    /// The regIds that are no longer valid and have a number after this one, oldest first.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn dropped(&self, after: u64, limit: usize) -> Result<Vec<Dropped>> {
        let rows = self.rows::<Dropped>(Log::Dropped, after.saturating_add(1), limit).await?;
        Ok(rows.into_iter().map(|(number, dropped)| Dropped { number, ..dropped }).collect())
    }

    /// Changes the state that all gateways share for an app, under a name. `change` returns true if the state is to be written. Returns the
    /// state, and whether it was written.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn update<T>(
        &self,
        name: &str,
        app: &str,
        mut change: impl FnMut(&mut T) -> bool,
    ) -> Result<(T, bool)>
    where
        T: Default + Serialize + DeserializeOwned,
    {
        let entry = Log::Shared(format!("{name}.{app}"));
        loop {
            let (number, json) = self.store.read(&entry, 0, 1).await?.pop().unwrap_or_default();
            let mut value: T = serde_json::from_slice(&json).unwrap_or_default();
            if !change(&mut value) {
                return Ok((value, false));
            }
            if self.store.write(vec![Write::After(entry.clone(), number, to_json(&value)?)]).await? {
                return Ok((value, true));
            }
            // Another process was faster.
        }
    }

    /// How much is in the queue.
    ///
    /// # Errors
    ///
    /// As [`put`](Self::put).
    pub async fn depth(&self) -> Result<Depth> {
        self.store.depth().await
    }
}

/// Tries until it works, with [`PAUSES`] between the attempts. After the last one, says why it does not work.
async fn retry<T, F: Future<Output = Result<T>>>(attempt: impl Fn() -> F) -> Result<T> {
    for pause in PAUSES {
        match attempt().await {
            Ok(done) => return Ok(done),
            Err(error) => tracing::warn!("the queue does not work: {error:#}"),
        }
        sleep(pause).await;
    }
    attempt().await
}

fn to_json(value: &impl Serialize) -> Result<Bytes> {
    Ok(serde_json::to_vec(value)?.into())
}
