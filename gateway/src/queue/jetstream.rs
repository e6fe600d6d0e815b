//! The queue of many processes: streams of NATS JetStream. It works with nats-server 2.9 and later.
//!
//! | name | what it is |
//! |---|---|
//! | stream `push_items` | the items: each is deleted when a worker acknowledges it; `Nats-Msg-Id` is the id of the item |
//! | stream `push_results` | what happened to each job, in a subject for each; also the jobs by their `MsgKey` |
//! | stream `push_dead` | the dead letters |
//! | stream `push_dropped` | the regIds that are no longer valid |
//! | bucket `push_shared` | the state that all gateways share |
//!
//! `push` is the name in the settings. A record of a job is not stored: it is what the results of the job add up to. Many workers
//! can write to one job at a time: none has to read before it writes.
//!
//! The order of the writes is such that a crash between two of them loses nothing:
//!
//! - [`put`](Queue::put): the first result, then the item. The caller has no answer yet, and tries again. If the job has no other result
//!   then, its item may be missing and is put into the stream; if it is there, the server knows its `Nats-Msg-Id`.
//! - [`settle`](Queue::settle): the result, then the acknowledgement. The item is given out again, and [`take`](Queue::take) sees in the
//!   results that it has ended.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_nats::jetstream::consumer::{Consumer, pull};
use async_nats::jetstream::context::PublishErrorKind;
use async_nats::jetstream::message::{AckKind, Acker, PublishMessage};
use async_nats::jetstream::stream::{self, DiscardPolicy, RawMessageErrorKind, RetentionPolicy, Stream};
use async_nats::jetstream::{self, Context, Message, kv};
use async_nats::{ConnectOptions, Event as Connection};
use futures_util::StreamExt;
use futures_util::future::{join_all, try_join_all};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::{Dead, Depth, Dropped, Entry, Event, Item, Lease, Put, Queue, QueueError, Record, Settle, What};
use crate::config::Secret;
use crate::{now, random};

/// Most regIds that are kept for `dropped`.
const MAX_DROPPED: i64 = 1_000_000;
/// How long a request for items waits while there are none. It is short, because nats-server 2.9 can have lost, when it was killed, that
/// items were acknowledged. It looks for them when it should give them out again, and gives out nothing until the next request.
const WAIT: Duration = Duration::from_millis(50);
/// How long a message of a server that answers can take.
const ANSWER: Duration = Duration::from_secs(2);
/// Pauses between the attempts to connect, and to write a result. A result that is not written costs a second push after the lease.
const PAUSES: [Duration; 4] =
    [Duration::ZERO, Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(5)];

/// Where the streams are, and how long things are kept.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Servers of NATS, with commas between them: `nats://a:4222,nats://b:4222`; `tls://` for TLS.
    pub url: String,
    /// The token of the servers, if they want one.
    pub token: Option<Secret>,
    /// The start of the names of all streams: letters, digits, `-` and `_`.
    pub name: String,
    /// How many servers store each message: 1, 3 or 5.
    pub replicas: usize,
    /// How long a request id is known.
    pub window: Duration,
    /// Time until an item is given to another worker.
    pub lease: Duration,
}

/// The queue in NATS JetStream.
#[derive(Clone, Debug)]
pub struct JetStream {
    context: Context,
    name: String,
    results: Stream<()>,
    dead: Stream<()>,
    dropped: Stream<()>,
    shared: kv::Store,
    workers: Consumer<pull::Config>,
    lease: Duration,
    /// Items that this process has.
    taken: Arc<AtomicUsize>,
}

/// An item that was taken.
#[allow(missing_debug_implementations)] // The acknowledger of async-nats has none.
pub struct Handle {
    acker: Acker,
    /// For the ids of what is written at the end, so that it can be written again. Not the numbers of the delivery: a server that was
    /// killed can give them out twice.
    id: String,
    taken: Arc<AtomicUsize>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A message in the stream of results.
#[derive(Serialize, Deserialize)]
enum Note {
    /// The job was accepted.
    Accepted(Record),
    /// Something has happened to one of its items, or to the job itself.
    Happened {
        /// The id of the item.
        item: Option<String>,
        /// It ends the item.
        ends: bool,
        /// It counts as a round.
        failed: bool,
        event: Event,
    },
}

/// What the results of a job add up to.
#[derive(Default)]
struct Sum {
    record: Option<Record>,
    /// Events that were written before the record.
    early: Vec<Event>,
    /// Items that have ended.
    ended: HashSet<String>,
    /// The items of failed rounds.
    rounds: Vec<String>,
}

impl Sum {
    fn add(&mut self, note: Note) {
        let (item, ends, failed, event) = match note {
            Note::Accepted(mut record) => {
                self.early.drain(..).for_each(|event| record.apply(event));
                self.record = Some(record);
                return;
            }
            Note::Happened { item, ends, failed, event } => (item.unwrap_or_default(), ends, failed, event),
        };
        if event.what == What::Resent {
            // It is counted once, although an operator has tried twice.
            if !self.ended.remove(&item) {
                return;
            }
            self.rounds.retain(|other| *other != item);
        } else if self.ended.contains(&item) {
            return; // Sent twice.
        } else if ends {
            self.ended.insert(item);
        } else if failed {
            self.rounds.push(item);
        }
        match &mut self.record {
            Some(record) => record.apply(event),
            None => self.early.push(event),
        }
    }

    fn rounds(&self, item: &str) -> u32 {
        u32::try_from(self.rounds.iter().filter(|other| *other == item).count()).unwrap_or(u32::MAX)
    }
}

impl JetStream {
    /// Connects, and makes the streams if they are not there yet.
    ///
    /// # Errors
    ///
    /// No server answers, it has no JetStream, or its streams have another shape.
    pub async fn connect(settings: &Settings) -> Result<Self, QueueError> {
        let mut error = QueueError::new("not connected");
        for pause in PAUSES {
            sleep(pause).await;
            match Self::connect_once(settings).await {
                Ok(queue) => return Ok(queue),
                // Servers that have just started elect their leaders, and other gateways make the same streams.
                Err(other) => error = other,
            }
            tracing::warn!(%error, "not connected");
        }
        Err(error)
    }

    async fn connect_once(settings: &Settings) -> Result<Self, QueueError> {
        let Settings { name, replicas, window, lease, .. } = settings.clone();
        let mut options = ConnectOptions::new()
            .name("offline-push-gateway")
            .reconnect_delay_callback(|tries| Duration::from_millis(50 << tries.min(6)))
            .event_callback(async |event| match event {
                Connection::Connected => tracing::info!("connected to NATS"),
                event => tracing::warn!(%event, "NATS"),
            });
        if let Some(token) = &settings.token {
            options = options.token(token.get().to_owned());
        }
        let servers: Vec<_> = settings.url.split(',').map(str::trim).collect();
        let client = options.connect(servers).await;
        // The URL may have a password.
        let client = client.map_err(|error| QueueError::new(format!("NATS: {error}")))?;
        let context = jetstream::new(client);

        let stream = async |suffix: &str, mut config: stream::Config| {
            config.name = format!("{name}_{suffix}");
            config.num_replicas = replicas;
            if config.subjects.is_empty() {
                config.subjects = vec![format!("{name}.{suffix}")];
            }
            let name = config.name.clone();
            context.create_or_update_stream(config).await.map_err(QueueError::new)?;
            context.get_stream_no_info(name).await.map_err(QueueError::new)
        };
        let config = stream::Config {
            retention: RetentionPolicy::WorkQueue,
            duplicate_window: window,
            ..stream::Config::default()
        };
        let items = stream("items", config).await?;
        let config = stream::Config {
            subjects: vec![format!("{name}.results.*"), format!("{name}.keys.*")],
            max_age: window,
            duplicate_window: window.min(Duration::from_secs(120)),
            ..stream::Config::default()
        };
        let results = stream("results", config).await?;
        let dead = stream("dead", stream::Config::default()).await?;
        let config = stream::Config { max_messages: MAX_DROPPED, ..stream::Config::default() };
        let dropped = stream("dropped", config).await?;
        // As `Context::create_key_value` makes it. That asks the server for what 2.9 does not answer.
        let bucket = format!("{name}_shared");
        let config = stream::Config {
            name: format!("KV_{bucket}"),
            subjects: vec![format!("$KV.{bucket}.>")],
            max_messages_per_subject: 1,
            discard: DiscardPolicy::New,
            allow_rollup: true,
            deny_delete: true,
            allow_direct: true,
            num_replicas: replicas,
            ..stream::Config::default()
        };
        context.create_or_update_stream(config).await.map_err(QueueError::new)?;
        let shared = context.get_key_value(bucket).await.map_err(QueueError::new)?;
        let workers = pull::Config {
            durable_name: Some("gateways".into()),
            ack_wait: lease,
            // Items that wait for a time are among them.
            max_ack_pending: -1,
            ..pull::Config::default()
        };
        let workers = items.create_consumer(workers).await.map_err(QueueError::new)?;
        Ok(Self { context, name, results, dead, dropped, shared, workers, lease, taken: Arc::default() })
    }

    /// Publishes a message, and waits until it is stored. Returns whether it is new: `id` was not published before.
    async fn publish(
        &self,
        subject: String,
        id: Option<&str>,
        content: &impl Serialize,
    ) -> Result<bool, QueueError> {
        let mut message = PublishMessage::build().payload(to_json(content)?.into());
        if let Some(id) = id {
            message = message.message_id(id);
        }
        let stored = self.context.send_publish(subject, message).await.map_err(QueueError::new)?;
        Ok(!stored.await.map_err(QueueError::new)?.duplicate)
    }

    /// Publishes the first message of a subject. False if there is one.
    async fn publish_first(&self, subject: String, content: &impl Serialize) -> Result<bool, QueueError> {
        let message =
            PublishMessage::build().payload(to_json(content)?.into()).expected_last_subject_sequence(0);
        let stored = self.context.send_publish(subject, message).await.map_err(QueueError::new)?;
        match stored.await {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => Ok(false),
            Err(error) => Err(QueueError::new(error)),
        }
    }

    async fn put_one(&self, item: &Item) -> Result<Put, QueueError> {
        if item.id == item.job {
            if let Some(msg_key) = &item.msg_key {
                self.publish(self.key(msg_key), None, &item.job).await?;
            }
            let first = Note::Accepted(Record::new(item));
            if !self.publish_first(self.job_subject(&item.job), &first).await? {
                // The job was accepted before, or a crash came between its first result and its item.
                let last = self.last(&self.results, &self.job_subject(&item.job)).await?;
                if !matches!(last, Some(Note::Accepted(_))) {
                    return Ok(Put::Duplicate);
                }
            }
        }
        let new = self.publish(format!("{}.items", self.name), Some(&item.id), item).await?;
        Ok(if new { Put::Accepted } else { Put::Duplicate })
    }

    /// A message from the consumer. `None` if there is nothing to do for it.
    async fn lease(&self, message: Message) -> Result<Option<Lease<Handle>>, QueueError> {
        let again = {
            let info = message.info().map_err(QueueError::new)?;
            let age = now().saturating_sub((info.published.unix_timestamp_nanos() / 1_000_000) as u64);
            // A server that was killed can have lost that it has given out an item, or that the item was acknowledged.
            info.delivered > 1 || Duration::from_millis(age) > self.lease
        };
        let (message, acker) = message.split();
        let item: Item = match serde_json::from_slice(&message.payload) {
            Ok(item) => item,
            Err(error) => {
                // A newer gateway has published it, perhaps. That one can send it.
                tracing::error!(%error, "an item cannot be read");
                acker.ack_with(AckKind::Nak(Some(self.lease))).await.map_err(QueueError::new)?;
                return Ok(None);
            }
        };
        let mut rounds = 0;
        if again {
            let sum = self.sum(&item.job).await?;
            if sum.ended.contains(&item.id) {
                // The acknowledgement was lost.
                acker.ack().await.map_err(QueueError::new)?;
                return Ok(None);
            }
            rounds = sum.rounds(&item.id);
        }
        self.taken.fetch_add(1, Ordering::Relaxed);
        Ok(Some(Lease {
            item,
            rounds,
            handle: Handle { acker, id: format!("{:016x}", random()), taken: self.taken.clone() },
        }))
    }

    /// Items that are due, at most `max`. Waits for some time if there are none.
    async fn take_some(&self, max: usize) -> Result<Vec<Lease<Handle>>, QueueError> {
        let batch = self.workers.fetch().max_messages(max).expires(WAIT).messages().await;
        let messages = collect(batch.map_err(QueueError::new)?, WAIT + ANSWER).await;
        let leases = join_all(messages.into_iter().map(|message| self.lease(message))).await;
        let taken = leases.into_iter().filter_map(|lease| {
            // It is given out again after the time of a lease.
            lease.inspect_err(|error| tracing::warn!(%error, "an item cannot be taken")).ok()?
        });
        Ok(taken.collect())
    }

    /// Writes what has happened to an item. It can be repeated: the server knows the ids of its messages.
    async fn write_end(
        &self,
        lease: &Lease<Handle>,
        settle: Settle,
        event: &Event,
    ) -> Result<(), QueueError> {
        let item = &lease.item;
        let id = &lease.handle.id;
        if settle == Settle::Dead {
            let letter = Dead { item: item.clone(), event: event.clone() };
            self.publish(format!("{}.dead", self.name), Some(id), &letter).await?;
        }
        let dropped = event.reg_ids.iter().zip(0..).map(|(reg_id, index): (_, u32)| {
            let dropped = Dropped {
                number: 0, // That of the message.
                at: event.at,
                business_id: item.business_id,
                reg_id: reg_id.clone(),
                request_id: item.job.clone(),
            };
            let id = format!("{id}.{index}");
            async move { self.publish(format!("{}.dropped", self.name), Some(&id), &dropped).await }
        });
        try_join_all(dropped).await?;
        let note = Note::Happened {
            item: Some(item.id.clone()),
            ends: matches!(settle, Settle::Done | Settle::Dead),
            failed: matches!(settle, Settle::Again { failed: true, .. }),
            event: event.clone(),
        };
        self.publish(self.job_subject(&item.job), Some(id), &note).await.map(drop)
    }

    /// The subject of the results of a job.
    fn job_subject(&self, job: &str) -> String {
        format!("{}.results.{}", self.name, token(job))
    }

    /// The subject of the job with this `MsgKey`.
    fn key(&self, msg_key: &str) -> String {
        format!("{}.keys.{}", self.name, token(msg_key))
    }

    /// The last message of a subject.
    async fn last<T: DeserializeOwned>(
        &self,
        stream: &Stream<()>,
        subject: &str,
    ) -> Result<Option<T>, QueueError> {
        match stream.get_last_raw_message_by_subject(subject).await {
            Ok(message) => from_json(&message.payload).map(Some),
            Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => Ok(None),
            Err(error) => Err(QueueError::new(error)),
        }
    }

    /// The oldest messages of a subject from a number on, with their numbers.
    async fn read<T: DeserializeOwned>(
        &self,
        stream: &Stream<()>,
        subject: &str,
        mut from: u64,
        limit: usize,
    ) -> Result<Vec<(u64, T)>, QueueError> {
        let mut rows = Vec::new();
        while rows.len() < limit {
            match stream.raw_message_builder().next_by_subject(subject).sequence(from).send().await {
                Ok(message) => {
                    from = message.sequence + 1;
                    rows.push((message.sequence, from_json(&message.payload)?));
                }
                Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => break,
                Err(error) => return Err(QueueError::new(error)),
            }
        }
        Ok(rows)
    }

    async fn sum(&self, job: &str) -> Result<Sum, QueueError> {
        let notes = self.read::<Note>(&self.results, &self.job_subject(job), 1, usize::MAX).await?;
        let mut sum = Sum::default();
        notes.into_iter().for_each(|(_, note)| sum.add(note));
        Ok(sum)
    }
}

impl Queue for JetStream {
    type Handle = Handle;

    async fn put(&self, items: Vec<Item>) -> Result<Vec<Put>, QueueError> {
        try_join_all(items.iter().map(|item| self.put_one(item))).await
    }

    async fn take(&self, max: usize) -> Result<Vec<Lease<Handle>>, QueueError> {
        // In a task of its own, so that a caller that goes away does not keep items until their leases end.
        let (sender, leases) = oneshot::channel();
        let queue = self.clone();
        tokio::spawn(async move {
            let mut taken = Ok(Vec::new());
            while taken.as_ref().is_ok_and(Vec::is_empty) && !sender.is_closed() {
                taken = queue.take_some(max).await;
            }
            if let Err(Ok(leases)) = sender.send(taken) {
                for lease in leases {
                    // Without it, the item is given out after its lease.
                    _ = lease.handle.acker.ack_with(AckKind::Nak(None)).await;
                }
            }
        });
        leases.await.map_err(QueueError::new)?
    }

    async fn settle(&self, lease: Lease<Handle>, settle: Settle, event: Event) -> Result<(), QueueError> {
        let mut written = Ok(());
        for pause in PAUSES {
            sleep(pause).await;
            written = self.write_end(&lease, settle, &event).await;
            if written.is_ok() {
                break;
            }
        }
        written?;
        let kind = match settle {
            Settle::Done | Settle::Dead => AckKind::Ack,
            Settle::Again { after, .. } => AckKind::Nak(Some(after)),
        };
        lease.handle.acker.ack_with(kind).await.map_err(QueueError::new)
    }

    async fn note(&self, events: Vec<(String, Event)>) -> Result<Vec<bool>, QueueError> {
        let write = async |(job, event): (String, Event)| {
            let subject = self.job_subject(&job);
            if self.last::<Note>(&self.results, &subject).await?.is_none() {
                return Ok(false);
            }
            let note = Note::Happened { item: None, ends: false, failed: false, event };
            self.publish(subject, None, &note).await?;
            Ok(true)
        };
        try_join_all(events.into_iter().map(write)).await
    }

    async fn job(&self, id: &str) -> Result<Option<Record>, QueueError> {
        Ok(self.sum(id).await?.record)
    }

    async fn job_of(&self, msg_key: &str) -> Result<Option<String>, QueueError> {
        self.last(&self.results, &self.key(msg_key)).await
    }

    async fn get(&self, key: &str) -> Result<Option<Entry>, QueueError> {
        let entry = self.shared.entry(key).await.map_err(QueueError::new)?;
        Ok(entry.map(|entry| Entry { value: entry.value.into(), version: entry.revision }))
    }

    async fn set(&self, key: &str, value: Vec<u8>, version: u64) -> Result<bool, QueueError> {
        match self.shared.update(key, value.into(), version).await {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == kv::UpdateErrorKind::WrongLastRevision => Ok(false),
            Err(error) => Err(QueueError::new(error)),
        }
    }

    async fn dead(&self, limit: usize) -> Result<Vec<Dead>, QueueError> {
        let letters = self.read(&self.dead, &format!("{}.dead", self.name), 1, limit).await?;
        Ok(letters.into_iter().map(|(_, letter)| letter).collect())
    }

    async fn resend_dead(&self) -> Result<usize, QueueError> {
        let subject = format!("{}.dead", self.name);
        // Not those that are dead again while this runs.
        let last = self.dead.get_info().await.map_err(QueueError::new)?.state.last_sequence;
        let (mut from, mut count) = (1, 0);
        while let Some((number, Dead { item, .. })) = self.read(&self.dead, &subject, from, 1).await?.pop()
            && number <= last
        {
            let event = Event { failed: item.work.receivers(), ..Event::now(What::Resent) };
            let note = Note::Happened { item: Some(item.id.clone()), ends: false, failed: false, event };
            let id = format!("resent.{number}");
            // In this order, so that the item cannot end before it is resent, and a crash loses nothing.
            self.publish(self.job_subject(&item.job), Some(&id), &note).await?;
            self.publish(format!("{}.items", self.name), Some(&id), &item).await?;
            self.dead.delete_message(number).await.map_err(QueueError::new)?;
            from = number + 1;
            count += 1;
        }
        Ok(count)
    }

    async fn dropped(&self, after: u64, limit: usize) -> Result<Vec<Dropped>, QueueError> {
        let subject = format!("{}.dropped", self.name);
        let rows = self.read::<Dropped>(&self.dropped, &subject, after.saturating_add(1), limit).await?;
        Ok(rows.into_iter().map(|(number, dropped)| Dropped { number, ..dropped }).collect())
    }

    /// `later` has the items of other processes, too: the server does not tell them from those that wait for a time.
    async fn depth(&self) -> Result<Depth, QueueError> {
        let info = self.workers.get_info().await.map_err(QueueError::new)?;
        let dead = self.dead.get_info().await.map_err(QueueError::new)?.state.messages;
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let taken = self.taken.load(Ordering::Relaxed);
        let later = info.num_ack_pending.saturating_sub(taken);
        Ok(Depth { ready: size(info.num_pending), later, taken, dead: size(dead) })
    }
}

/// The messages of a batch until its end, or until the server does not answer for this time.
async fn collect(mut batch: pull::Batch, time: Duration) -> Vec<Message> {
    let mut messages = Vec::new();
    while let Ok(Some(message)) = timeout(time, batch.next()).await {
        match message {
            Ok(message) => messages.push(message),
            // The server stops, for example.
            Err(error) => tracing::debug!(%error, "no item"),
        }
    }
    messages
}

/// A token of a subject: letters, digits, `-` and `_` as they are, other bytes as `=` with two hex digits, and `=` for nothing. So
/// no id is a wildcard or ends a subject.
fn token(id: &str) -> String {
    if id.is_empty() {
        return "=".into();
    }
    let mut token = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_".contains(&byte) {
            token.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            _ = write!(token, "={byte:02X}");
        }
    }
    token
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>, QueueError> {
    serde_json::to_vec(value).map_err(QueueError::new)
}

fn from_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, QueueError> {
    serde_json::from_slice(json).map_err(QueueError::new)
}
