//! The store of one process: a redb database in one file.
//!
//! One thread writes. It collects the changes that wait, and commits all of them at once, so that many callers share one write to the
//! disk. A caller gets its answer after the commit.
//!
//! Leases are in memory only: there is one process, and after a restart all items are due again. A ticket is the number of an item.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use async_trait::async_trait;
use bytes::Bytes;
use parking_lot::Mutex;
use redb::{Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, Table, TableDefinition};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::timeout;

use super::{Depth, Log, MAX_DROPPED, Store, Taken, WAIT, Write};
use crate::{config, now};

/// Rows of logs, by the name of the log and the number of the row.
type Rows = TableDefinition<'static, (&'static str, u64), &'static [u8]>;

/// The items: when each is due, whether it was given out before, and its content.
const ITEMS: TableDefinition<'_, u64, (u64, bool, &[u8])> = TableDefinition::new("items");
/// The numbers of the items in the order in which they are due.
const ORDER: TableDefinition<'_, (u64, u64), ()> = TableDefinition::new("order");
/// The logs of jobs, and the shared state. It also has a mark, without content, for the id of each item.
const JOBS: Rows = TableDefinition::new("jobs");
/// The logs of `JOBS` by age: when they were begun, and their names.
const AGES: TableDefinition<'_, u64, (u64, &str)> = TableDefinition::new("ages");
const DEAD: Rows = TableDefinition::new("dead");
const DROPPED: Rows = TableDefinition::new("dropped");
/// The number of the last row of any table.
const LAST: TableDefinition<'_, (), u64> = TableDefinition::new("last");

/// Memory for pages of the file, in bytes. The system keeps them, too.
const CACHE: usize = 32 << 20;
/// How many changes one commit has, at most.
const MAX_CHANGES: usize = 4096;
/// How many logs one commit removes because of their age, at most.
const MAX_REMOVED: usize = 256;

/// Inside this module, errors are those of the database.
type Stored<T> = Result<T, redb::Error>;

/// The store in one file.
pub struct Embedded {
    database: Arc<Database>,
    changes: mpsc::Sender<Change>,
    leases: Arc<Leases>,
    time: Duration,
}

/// What one caller writes.
struct Change {
    writes: Vec<Write>,
    answer: oneshot::Sender<Result<bool>>,
}

#[derive(Default)]
struct Leases {
    /// When the leases of the items that are taken end.
    ends: Mutex<HashMap<u64, u64>>,
    /// Wakes the tasks that wait for items, when something was written.
    changed: Notify,
}

/// The tables in a transaction.
struct Tables<'t> {
    items: Table<'t, u64, (u64, bool, &'static [u8])>,
    order: Table<'t, (u64, u64), ()>,
    jobs: Table<'t, (&'static str, u64), &'static [u8]>,
    ages: Table<'t, u64, (u64, &'static str)>,
    dead: Table<'t, (&'static str, u64), &'static [u8]>,
    dropped: Table<'t, (&'static str, u64), &'static [u8]>,
    /// The number of the last row of any table.
    last: u64,
    /// The items that are given back.
    released: HashSet<u64>,
}

impl<'t> Tables<'t> {
    fn open(transaction: &'t redb::WriteTransaction) -> Stored<Self> {
        Ok(Self {
            items: transaction.open_table(ITEMS)?,
            order: transaction.open_table(ORDER)?,
            jobs: transaction.open_table(JOBS)?,
            ages: transaction.open_table(AGES)?,
            dead: transaction.open_table(DEAD)?,
            dropped: transaction.open_table(DROPPED)?,
            last: transaction.open_table(LAST)?.get(())?.map_or(0, |last| last.value()),
            released: HashSet::new(),
        })
    }

    fn write_all(&mut self, writes: &[Write]) -> Stored<bool> {
        let mut all = true;
        for write in writes {
            let written = self.write(write)?;
            if !written && matches!(write, Write::After(..)) {
                return Ok(false);
            }
            all &= written;
        }
        Ok(all)
    }

    fn write(&mut self, write: &Write) -> Stored<bool> {
        match write {
            Write::After(log, number, content) => return self.add(log, Some(*number), content),
            // A transaction that failed has written nothing, so no row is written twice.
            Write::Add(log, _, content) => return self.add(log, None, content),
            Write::Item(id, content) => {
                // No `MsgKey` begins with this byte.
                if !self.add(&Log::Jobs(format!("\0{id}")), Some(0), &[])? {
                    return Ok(false);
                }
                self.last += 1;
                let due = now();
                self.items.insert(self.last, (due, false, &**content))?;
                self.order.insert((due, self.last), ())?;
            }
            Write::RemoveDead(number) => drop(self.dead.remove(("", *number))?),
            Write::Release(number, due) => {
                // If it is not there, another worker has finished the item after the lease.
                let item = self.items.remove(number)?.map(|item| (item.value().0, item.value().2.to_vec()));
                if let Some((before, content)) = item {
                    self.order.remove((before, *number))?;
                    if let Some(due) = due {
                        self.items.insert(number, (*due, true, &*content))?;
                        self.order.insert((*due, *number), ())?;
                    }
                }
                self.released.insert(*number);
            }
        }
        Ok(true)
    }

    /// Adds a row to a log. Does nothing if the row must come `after` another row than the last one.
    fn add(&mut self, log: &Log, after: Option<u64>, content: &[u8]) -> Stored<bool> {
        let (_, name) = place(log);
        let name = &*name;
        let rows = match log {
            Log::Dead => &mut self.dead,
            Log::Dropped => &mut self.dropped,
            Log::Results(_) | Log::Jobs(_) | Log::Shared(_) => &mut self.jobs,
        };
        let last = rows.range((name, 0)..=(name, u64::MAX))?.next_back().transpose()?;
        let last = last.map_or(0, |(key, _)| key.value().1);
        if after.is_some_and(|after| after != last) {
            return Ok(false);
        }
        self.last += 1;
        rows.insert((name, self.last), content)?;
        match log {
            Log::Shared(_) => drop(rows.remove((name, last))?),
            Log::Dropped if rows.len()? > u64::from(MAX_DROPPED) => drop(rows.pop_first()?),
            Log::Results(_) | Log::Jobs(_) if last == 0 => {
                self.ages.insert(self.last, (now(), name))?;
            }
            _ => {}
        }
        Ok(true)
    }

    /// Removes logs of jobs that are older than the window.
    fn remove_old(&mut self, window: Duration) -> Stored<()> {
        let oldest = now().saturating_sub(window.as_millis() as u64);
        for _ in 0..MAX_REMOVED {
            let first = self.ages.first()?.map(|(number, age)| (number.value(), age.value().0));
            let Some((number, _)) = first.filter(|(_, begun)| *begun < oldest) else { break };
            if let Some(age) = self.ages.remove(number)? {
                let name = age.value().1;
                self.jobs.retain_in((name, 0)..=(name, u64::MAX), |_, _| false)?;
            }
        }
        Ok(())
    }
}

impl Embedded {
    /// Opens the file, or makes it. An item that was taken is due again after the time of a lease.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, for example because another process has it.
    pub fn open(config: &config::Queue, lease: Duration) -> Result<Self> {
        let database = open(&config.path).with_context(|| config.path.display().to_string())?;
        let (database, leases) = (Arc::new(database), Arc::new(Leases::default()));
        let (changes, mut receiver) = mpsc::channel(MAX_CHANGES);
        let (writing, released) = (database.clone(), leases.clone());
        let window = Duration::from_secs(config.window_s);
        // The loop ends when all senders are gone.
        let write = move || {
            let mut changes = Vec::with_capacity(MAX_CHANGES);
            while receiver.blocking_recv_many(&mut changes, MAX_CHANGES) > 0 {
                commit(&writing, &released, window, &mut changes);
            }
        };
        std::thread::Builder::new().name("queue".into()).spawn(write)?;
        Ok(Self { database, changes, leases, time: lease })
    }

    /// Reads in a thread that may wait for the disk.
    async fn in_thread<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Database) -> Stored<T> + Send + 'static,
    ) -> Result<T> {
        let database = self.database.clone();
        Ok(tokio::task::spawn_blocking(move || read(&database)).await??)
    }
}

#[async_trait]
impl Store for Embedded {
    async fn write(&self, writes: Vec<Write>) -> Result<bool> {
        let (answer, answered) = oneshot::channel();
        self.changes.send(Change { writes, answer }).await.map_err(|_| anyhow!("closed"))?;
        answered.await?
    }

    async fn read(&self, log: &Log, from: u64, limit: usize) -> Result<Vec<(u64, Bytes)>> {
        let (table, name) = place(log);
        self.in_thread(move |database| {
            let table = database.begin_read()?.open_table(table)?;
            let rows = table.range((&*name, from)..=(&*name, u64::MAX))?.take(limit);
            rows.map(|row| row.map(|(key, content)| (key.value().1, content.value().to_vec().into())))
                .map(|row| row.map_err(redb::Error::from))
                .collect()
        })
        .await
    }

    async fn take(&self, max: usize) -> Result<Vec<Taken>> {
        // This comes before the look at the order, so that no change is missed.
        let changed = self.leases.changed.notified();
        let (leases, time) = (self.leases.clone(), self.time.as_millis() as u64);
        let take = move |database: &Database| {
            // The lock comes before the transaction, so that no item is taken that was finished between the two.
            let (mut taken, mut ends, now) = (Vec::new(), leases.ends.lock(), now());
            let transaction = database.begin_read()?;
            let (items, order) = (transaction.open_table(ITEMS)?, transaction.open_table(ORDER)?);
            for row in order.range(..=(now, u64::MAX))? {
                let number = row?.0.value().1;
                if taken.len() == max {
                    break;
                }
                if ends.get(&number).is_none_or(|end| *end < now)
                    && let Some(item) = items.get(number)?
                {
                    let (_, again, content) = item.value();
                    taken.push(Taken { ticket: number, again, content: content.to_vec().into() });
                    ends.insert(number, now + time);
                }
            }
            Ok(taken)
        };
        let taken = self.in_thread(take).await?;
        if taken.is_empty() {
            _ = timeout(WAIT, changed).await;
        }
        Ok(taken)
    }

    async fn depth(&self) -> Result<Depth> {
        let taken = self.leases.ends.lock().len();
        self.in_thread(move |database| {
            let transaction = database.begin_read()?;
            let order = transaction.open_table(ORDER)?;
            let (all, due) = (order.len()? as usize, order.range(..=(now(), u64::MAX))?.count());
            let dead = transaction.open_table(DEAD)?.len()? as usize;
            Ok(Depth { ready: due.saturating_sub(taken), later: all - due, taken, dead })
        })
        .await
    }
}

/// Opens the file, and makes the tables.
fn open(path: &Path) -> Stored<Database> {
    // For this user alone: the auth token and the texts are in it.
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    let database = Database::builder().set_cache_size(CACHE).create(path)?;
    let transaction = database.begin_write()?;
    Tables::open(&transaction)?;
    transaction.commit()?;
    Ok(database)
}

/// Writes all changes, and answers their callers.
fn commit(database: &Database, leases: &Leases, window: Duration, changes: &mut Vec<Change>) {
    let write = || {
        let transaction = database.begin_write()?;
        let mut tables = Tables::open(&transaction)?;
        let all = changes.iter().map(|change| tables.write_all(&change.writes));
        let written = all.collect::<Stored<Vec<_>>>()?;
        tables.remove_old(window)?;
        transaction.open_table(LAST)?.insert((), tables.last)?;
        let released = std::mem::take(&mut tables.released);
        drop(tables);
        transaction.commit()?;
        let mut ends = leases.ends.lock();
        ends.retain(|number, _| !released.contains(number));
        drop(ends);
        leases.changed.notify_waiters();
        Stored::Ok(written)
    };
    let written = write().inspect_err(|error| tracing::error!(%error, "the queue cannot write"));
    for (index, change) in changes.drain(..).enumerate() {
        let answer = written.as_ref().map(|written| written[index]).map_err(|error| anyhow!("{error}"));
        // The caller may have gone away; the change stays.
        _ = change.answer.send(answer);
    }
}

/// The table of a log, and its name there.
fn place(log: &Log) -> (Rows, String) {
    match log {
        Log::Results(job) => (JOBS, format!("job {job}")),
        Log::Jobs(msg_key) => (JOBS, format!("key {msg_key}")),
        Log::Dead => (DEAD, String::new()),
        Log::Dropped => (DROPPED, String::new()),
        Log::Shared(key) => (JOBS, format!("shared {key}")),
    }
}
