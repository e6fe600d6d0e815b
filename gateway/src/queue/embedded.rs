//! The queue of one process: a redb database in one file.
//!
//! One thread writes. It collects the changes that wait, and commits all of them at once, so that many callers share one write to the
//! disk. A caller has its answer after the commit.
//!
//! Leases are in memory only: there is one process, and after a restart all items are due again.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redb::{Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, Table, TableDefinition};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::{Notify, mpsc, oneshot};

use super::{Dead, Depth, Dropped, Entry, Event, Item, Lease, Put, Queue, QueueError, Record, Settle, What};
use crate::now;

/// The items, as JSON.
const ITEMS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("items");
/// When each item is due, and its rounds.
const DUES: TableDefinition<'_, u64, (u64, u32)> = TableDefinition::new("dues");
/// The records of jobs by their id, as JSON. Also marks parts (no content) and message keys (the id of the job).
const JOBS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("jobs");
/// The keys of `JOBS` by age: when it was written, and the key.
const AGES: TableDefinition<'_, u64, (u64, &str)> = TableDefinition::new("ages");
/// The dead letters, as JSON.
const DEAD: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("dead");
/// The regIds that are no longer valid, as JSON.
const DROPPED: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("dropped");
/// The shared state: version and content.
const SHARED: TableDefinition<'_, &str, (u64, &[u8])> = TableDefinition::new("shared");

/// Memory for pages of the file, in bytes. The system keeps them, too.
const CACHE: usize = 32 << 20;
/// Most changes in one commit.
const MAX_CHANGES: usize = 4096;
/// Most records that one commit removes because of their age.
const MAX_REMOVED: usize = 256;
/// Most regIds that are kept for `dropped`.
const MAX_DROPPED: u64 = 1_000_000;

/// The queue in one file.
#[derive(Debug)]
pub struct Embedded {
    database: Arc<Database>,
    changes: mpsc::Sender<Change>,
    waiting: Arc<Waiting>,
    lease: Duration,
}

/// Inside of this module, errors are those of the database.
type Stored<T> = Result<T, redb::Error>;

/// A change, which runs in the thread that writes. What it returns is called after the commit.
type Change = Box<dyn FnOnce(&mut Tables<'_>) -> AfterCommit + Send>;
type AfterCommit = Box<dyn FnOnce(Result<(), QueueError>) + Send>;

/// Which items are due, in memory.
#[derive(Debug, Default)]
struct Waiting {
    order: Mutex<Order>,
    /// Wakes those that take.
    changed: Notify,
}

#[derive(Debug, Default)]
struct Order {
    /// When, and the number of the item.
    dues: BTreeSet<(u64, u64)>,
    /// Of each item: when it is due, and when its lease ends if it is taken.
    items: HashMap<u64, (u64, bool)>,
    taken: usize,
}

impl Waiting {
    fn order(&self) -> MutexGuard<'_, Order> {
        self.order.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Order {
    fn insert(&mut self, number: u64, due: u64, taken: bool) {
        self.remove(number);
        self.dues.insert((due, number));
        self.items.insert(number, (due, taken));
        self.taken += usize::from(taken);
    }

    fn remove(&mut self, number: u64) {
        if let Some((due, taken)) = self.items.remove(&number) {
            self.dues.remove(&(due, number));
            self.taken -= usize::from(taken);
        }
    }

    /// Takes items that are due, in their order.
    fn take(&mut self, now: u64, max: usize, lease: Duration) -> Vec<Handle> {
        let due = self.dues.range(..=(now, u64::MAX)).take(max).map(|(_, number)| *number);
        let ends = now + lease.as_millis() as u64;
        let handles: Vec<_> = due.map(|number| Handle { number, ends }).collect();
        for handle in &handles {
            self.insert(handle.number, ends, true);
        }
        handles
    }
}

/// An item that was taken.
#[derive(Clone, Copy, Debug)]
pub struct Handle {
    number: u64,
    ends: u64,
}

/// The tables in a transaction.
struct Tables<'t> {
    items: Table<'t, u64, &'static [u8]>,
    dues: Table<'t, u64, (u64, u32)>,
    jobs: Table<'t, &'static str, &'static [u8]>,
    ages: Table<'t, u64, (u64, &'static str)>,
    dead: Table<'t, u64, &'static [u8]>,
    dropped: Table<'t, u64, &'static [u8]>,
    shared: Table<'t, &'static str, (u64, &'static [u8])>,
    /// The number of the next row of any table.
    next: u64,
    /// Changes of `Order` after the commit: the number, and when it is due.
    orders: Vec<(u64, Option<u64>)>,
}

impl Tables<'_> {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Remembers a key of `jobs`, until the window is over.
    fn remember(&mut self, key: &str, content: &[u8]) -> Stored<()> {
        let number = self.number();
        self.jobs.insert(key, content)?;
        self.ages.insert(number, (now(), key))?;
        Ok(())
    }

    fn put(&mut self, item: &Item) -> Stored<Put> {
        if self.jobs.get(item.id.as_str())?.is_some() {
            return Ok(Put::Duplicate);
        }
        let record = if item.id == item.job { to_json(&Record::new(item))? } else { Vec::new() };
        self.remember(&item.id, &record)?;
        if let Some(msg_key) = &item.msg_key {
            self.remember(&alias(msg_key), item.job.as_bytes())?;
        }
        self.insert(item, item.accepted_at)?;
        Ok(Put::Accepted)
    }

    fn insert(&mut self, item: &Item, due: u64) -> Stored<()> {
        let number = self.number();
        self.items.insert(number, to_json(item)?.as_slice())?;
        self.dues.insert(number, (due, 0))?;
        self.orders.push((number, Some(due)));
        Ok(())
    }

    fn remove(&mut self, number: u64) -> Stored<()> {
        self.items.remove(number)?;
        self.dues.remove(number)?;
        self.orders.push((number, None));
        Ok(())
    }

    fn note(&mut self, job: &str, event: Event) -> Stored<bool> {
        let record = self.jobs.get(job)?;
        let record = record.and_then(|json| serde_json::from_slice::<Record>(json.value()).ok());
        let Some(mut record) = record else { return Ok(false) };
        record.apply(event);
        self.jobs.insert(job, to_json(&record)?.as_slice())?;
        Ok(true)
    }

    fn settle(&mut self, lease: &Lease<Handle>, settle: Settle, event: Event) -> Stored<()> {
        let (number, item) = (lease.handle.number, &lease.item);
        if self.dues.get(number)?.is_none() {
            return Ok(()); // Another worker has settled it after the lease.
        }
        match settle {
            Settle::Done => self.remove(number)?,
            Settle::Again { after, failed } => {
                let due = now() + after.as_millis() as u64;
                let rounds = lease.rounds + u32::from(failed);
                self.dues.insert(number, (due, rounds))?;
                self.orders.push((number, Some(due)));
            }
            Settle::Dead => {
                self.remove(number)?;
                let letter = Dead { item: item.clone(), event: event.clone() };
                let letter_number = self.number();
                self.dead.insert(letter_number, to_json(&letter)?.as_slice())?;
            }
        }
        for reg_id in event.reg_ids.clone() {
            let number = self.number();
            let request_id = item.job.clone();
            let dropped = Dropped { number, at: event.at, business_id: item.business_id, reg_id, request_id };
            self.dropped.insert(number, to_json(&dropped)?.as_slice())?;
            if self.dropped.len()? > MAX_DROPPED {
                self.dropped.pop_first()?;
            }
        }
        self.note(&item.job, event)?;
        Ok(())
    }

    fn resend_dead(&mut self) -> Stored<usize> {
        let mut count = 0;
        loop {
            let letter = match self.dead.pop_first()? {
                Some((_, json)) => from_json::<Dead>(json.value())?,
                None => return Ok(count),
            };
            let failed = letter.item.work.receivers();
            self.insert(&letter.item, now())?;
            let event = Event { failed, ..Event::now(What::Resent) };
            self.note(&letter.item.job, event)?;
            count += 1;
        }
    }

    fn set(&mut self, key: &str, value: &[u8], version: u64) -> Stored<bool> {
        let current = self.shared.get(key)?.map_or(0, |entry| entry.value().0);
        if current == version {
            self.shared.insert(key, (version + 1, value))?;
        }
        Ok(current == version)
    }

    /// Removes records that are older than the window.
    fn remove_old(&mut self, window: Duration) -> Stored<()> {
        let oldest = now().saturating_sub(window.as_millis() as u64);
        for _ in 0..MAX_REMOVED {
            let first = self.ages.first()?;
            let old = first.and_then(|(number, row)| {
                let (written, key) = row.value();
                (written < oldest).then(|| (number.value(), key.to_owned()))
            });
            let Some((number, key)) = old else { return Ok(()) };
            self.ages.remove(number)?;
            self.jobs.remove(key.as_str())?;
        }
        Ok(())
    }
}

impl Embedded {
    /// Opens the file, or makes it. A request id is known for the time of `window`, and an item that was taken is due again after
    /// `lease`.
    ///
    /// # Errors
    ///
    /// The file cannot be opened: another process has it, for example.
    pub fn open(path: &Path, window: Duration, lease: Duration) -> Result<Self, QueueError> {
        let cannot = |error: redb::Error| QueueError::new(format!("{}: {error}", path.display()));
        Self::open_file(path, window, lease).map_err(cannot)
    }

    fn open_file(path: &Path, window: Duration, lease: Duration) -> Stored<Self> {
        keep_private(path)?;
        let database = Arc::new(Database::builder().set_cache_size(CACHE).create(path)?);
        let waiting = Arc::new(Waiting::default());

        // Makes the tables, and finds what is in them.
        let transaction = database.begin_write()?;
        let next = {
            let tables = open_tables(&transaction, 0)?;
            for row in tables.dues.iter()? {
                let (number, due) = row?;
                waiting.order().insert(number.value(), due.value().0, false);
            }
            let last = [
                tables.items.last()?.map(|(number, _)| number.value()),
                tables.ages.last()?.map(|(number, _)| number.value()),
                tables.dead.last()?.map(|(number, _)| number.value()),
                tables.dropped.last()?.map(|(number, _)| number.value()),
            ];
            last.into_iter().flatten().max().unwrap_or(0)
        };
        transaction.commit()?;

        let (changes, receiver) = mpsc::channel(MAX_CHANGES);
        let writer = Writer { database: database.clone(), waiting: waiting.clone(), window, next };
        std::thread::Builder::new().name("queue".into()).spawn(move || writer.run(receiver))?;
        Ok(Self { database, changes, waiting, lease })
    }

    /// Runs a change in the thread that writes, and waits for the commit.
    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Tables<'_>) -> Stored<T> + Send + 'static,
    ) -> Result<T, QueueError> {
        let (answer, answered) = oneshot::channel();
        let change: Change = Box::new(move |tables| {
            let result = change(tables);
            Box::new(move |committed| {
                // The caller may have gone away; the change stays.
                _ = answer.send(committed.and(result.map_err(QueueError::new)));
            })
        });
        let closed = || QueueError::new("closed");
        self.changes.send(change).await.map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }

    /// Reads in a thread that may wait for the disk.
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&redb::ReadTransaction) -> Stored<T> + Send + 'static,
    ) -> Result<T, QueueError> {
        let database = self.database.clone();
        let read = move || read(&database.begin_read()?);
        tokio::task::spawn_blocking(read).await.map_err(QueueError::new)?.map_err(QueueError::new)
    }

    async fn read_row(
        &self,
        table: TableDefinition<'static, &'static str, &'static [u8]>,
        key: String,
    ) -> Result<Option<Vec<u8>>, QueueError> {
        self.read(move |transaction| {
            let table = transaction.open_table(table)?;
            let row = table.get(key.as_str())?;
            Ok(row.map(|row| row.value().to_vec()))
        })
        .await
    }
}

impl Queue for Embedded {
    type Handle = Handle;

    async fn put(&self, items: Vec<Item>) -> Result<Vec<Put>, QueueError> {
        self.write(move |tables| items.iter().map(|item| tables.put(item)).collect()).await
    }

    async fn take(&self, max: usize) -> Result<Vec<Lease<Handle>>, QueueError> {
        loop {
            // Before the look at the order, so that no change is missed.
            let changed = self.waiting.changed.notified();
            let (handles, next) = {
                let mut order = self.waiting.order();
                let now = now();
                let handles = order.take(now, max, self.lease);
                (handles, order.dues.first().map(|(due, _)| due.saturating_sub(now)))
            };
            if handles.is_empty() {
                let pause = Duration::from_millis(next.unwrap_or(60_000).clamp(1, 60_000));
                _ = tokio::time::timeout(pause, changed).await;
                continue;
            }
            let read = move |transaction: &redb::ReadTransaction| {
                let items = transaction.open_table(ITEMS)?;
                let dues = transaction.open_table(DUES)?;
                let mut leases = Vec::with_capacity(handles.len());
                for handle in handles {
                    let item = items.get(handle.number)?;
                    let due = dues.get(handle.number)?;
                    // It was settled by a worker whose lease had ended.
                    let (Some(item), Some(due)) = (item, due) else { continue };
                    leases.push(Lease { item: from_json(item.value())?, rounds: due.value().1, handle });
                }
                Ok(leases)
            };
            let leases = self.read(read).await?;
            if !leases.is_empty() {
                return Ok(leases);
            }
        }
    }

    async fn settle(&self, lease: Lease<Handle>, settle: Settle, event: Event) -> Result<(), QueueError> {
        let taken = self.waiting.order().items.get(&lease.handle.number).copied();
        // Another worker has the item, because the lease has ended. It says what becomes of the item, unless this one is finished.
        if settle != Settle::Done && taken != Some((lease.handle.ends, true)) {
            return Ok(());
        }
        self.write(move |tables| tables.settle(&lease, settle, event)).await
    }

    async fn note(&self, events: Vec<(String, Event)>) -> Result<Vec<bool>, QueueError> {
        self.write(move |tables| events.into_iter().map(|(job, event)| tables.note(&job, event)).collect())
            .await
    }

    async fn job(&self, id: &str) -> Result<Option<Record>, QueueError> {
        let json = self.read_row(JOBS, id.to_owned()).await?;
        // The mark of a part has no content.
        json.filter(|json| !json.is_empty()).map(|json| from_json(&json)).transpose().map_err(QueueError::new)
    }

    async fn job_of(&self, msg_key: &str) -> Result<Option<String>, QueueError> {
        let id = self.read_row(JOBS, alias(msg_key)).await?;
        Ok(id.and_then(|id| String::from_utf8(id).ok()))
    }

    async fn get(&self, key: &str) -> Result<Option<Entry>, QueueError> {
        let key = key.to_owned();
        self.read(move |transaction| {
            let table = transaction.open_table(SHARED)?;
            let row = table.get(key.as_str())?;
            Ok(row.map(|row| Entry { version: row.value().0, value: row.value().1.to_vec() }))
        })
        .await
    }

    async fn set(&self, key: &str, value: Vec<u8>, version: u64) -> Result<bool, QueueError> {
        let key = key.to_owned();
        self.write(move |tables| tables.set(&key, &value, version)).await
    }

    async fn dead(&self, limit: usize) -> Result<Vec<Dead>, QueueError> {
        self.read(move |transaction| rows(transaction, DEAD, 0, limit)).await
    }

    async fn resend_dead(&self) -> Result<usize, QueueError> {
        self.write(|tables| tables.resend_dead()).await
    }

    async fn dropped(&self, after: u64, limit: usize) -> Result<Vec<Dropped>, QueueError> {
        self.read(move |transaction| rows(transaction, DROPPED, after.saturating_add(1), limit)).await
    }

    async fn depth(&self) -> Result<Depth, QueueError> {
        let dead = self.read(|transaction| Ok(transaction.open_table(DEAD)?.len()?)).await?;
        let order = self.waiting.order();
        let due = order.dues.range(..=(now(), u64::MAX)).count();
        let taken = order.taken;
        // A lease that has ended is due; it counts as taken until somebody takes it.
        let ready = due.min(order.items.len() - taken);
        let later = order.items.len() - taken - ready;
        Ok(Depth { ready, later, taken, dead: usize::try_from(dead).unwrap_or(usize::MAX) })
    }
}

/// The thread that writes.
struct Writer {
    database: Arc<Database>,
    waiting: Arc<Waiting>,
    window: Duration,
    next: u64,
}

impl Writer {
    /// Until all senders are gone.
    fn run(mut self, mut changes: mpsc::Receiver<Change>) {
        let mut waiting = Vec::with_capacity(MAX_CHANGES);
        while changes.blocking_recv_many(&mut waiting, MAX_CHANGES) > 0 {
            let (started, mut answers) = (Instant::now(), Vec::with_capacity(waiting.len()));
            let committed = self.commit(waiting.drain(..), &mut answers).map_err(QueueError::new);
            if let Err(error) = &committed {
                tracing::error!(%error, "the queue cannot write");
            }
            tracing::trace!(changes = answers.len(), time = ?started.elapsed(), "committed");
            for answer in answers {
                answer(committed.clone());
            }
        }
    }

    fn commit(
        &mut self,
        changes: impl Iterator<Item = Change>,
        answers: &mut Vec<AfterCommit>,
    ) -> Stored<()> {
        let transaction = self.database.begin_write()?;
        let orders = {
            let mut tables = open_tables(&transaction, self.next)?;
            answers.extend(changes.map(|change| change(&mut tables)));
            tables.remove_old(self.window)?;
            self.next = tables.next;
            tables.orders
        };
        transaction.commit()?;
        let mut order = self.waiting.order();
        for (number, due) in orders {
            match due {
                Some(due) => order.insert(number, due, false),
                None => order.remove(number),
            }
        }
        drop(order);
        self.waiting.changed.notify_waiters();
        Ok(())
    }
}

fn open_tables(transaction: &redb::WriteTransaction, next: u64) -> Stored<Tables<'_>> {
    Ok(Tables {
        items: transaction.open_table(ITEMS)?,
        dues: transaction.open_table(DUES)?,
        jobs: transaction.open_table(JOBS)?,
        ages: transaction.open_table(AGES)?,
        dead: transaction.open_table(DEAD)?,
        dropped: transaction.open_table(DROPPED)?,
        shared: transaction.open_table(SHARED)?,
        next,
        orders: Vec::new(),
    })
}

fn rows<T: DeserializeOwned>(
    transaction: &redb::ReadTransaction,
    table: TableDefinition<'_, u64, &'static [u8]>,
    from: u64,
    limit: usize,
) -> Stored<Vec<T>> {
    let table = transaction.open_table(table)?;
    let rows = table.range(from..)?.take(limit);
    rows.map(|row| from_json(row?.1.value())).collect()
}

/// No id of a job has a colon.
fn alias(msg_key: &str) -> String {
    format!("msg_key:{msg_key}")
}

fn to_json(value: &impl Serialize) -> Stored<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| redb::Error::Corrupted(error.to_string()))
}

fn from_json<T: DeserializeOwned>(json: &[u8]) -> Stored<T> {
    serde_json::from_slice(json).map_err(|error| redb::Error::Corrupted(error.to_string()))
}

/// Makes the file for this user alone: the auth token and the texts are in it.
fn keep_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
