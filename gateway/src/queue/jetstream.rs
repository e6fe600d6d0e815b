//! The store of many processes: streams of NATS JetStream. It works with nats-server 2.9 and later.
//!
//! | name | what it is |
//! |---|---|
//! | stream `push_items` | the items: each is deleted when a worker acknowledges it; `Nats-Msg-Id` is the id of the item |
//! | stream `push_results` | the results of the jobs, with a subject for each job; also the jobs by their `MsgKey` |
//! | stream `push_dead` | the dead letters |
//! | stream `push_dropped` | the regIds that are no longer valid |
//! | stream `push_shared` | the state that all gateways share: the last message of each subject |
//!
//! `push` is the name in the settings.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};
use async_nats::jetstream::consumer::{Consumer, pull};
use async_nats::jetstream::context::PublishErrorKind;
use async_nats::jetstream::message::{AckKind, Acker, PublishMessage};
use async_nats::jetstream::stream::{self, RawMessageErrorKind, RetentionPolicy, Stream};
use async_nats::jetstream::{self, Context, Message};
use async_nats::{ConnectOptions, Event as Connection};
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::future::try_join_all;
use parking_lot::Mutex;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::time::timeout;

use super::{Depth, Log, MAX_DROPPED, Store, Taken, WAIT, Write};
use crate::{config, now, random};

/// A server that takes longer than this to send a message does not answer.
const ANSWER: Duration = Duration::from_secs(2);

/// What is escaped in a subject.
const NOT_PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// The store in NATS JetStream.
pub struct JetStream {
    context: Context,
    name: String,
    results: Stream<()>,
    dead: Stream<()>,
    dropped: Stream<()>,
    shared: Stream<()>,
    workers: Consumer<pull::Config>,
    lease: Duration,
    /// The items that this process has, by their tickets: until when, and how to acknowledge them.
    taken: Mutex<HashMap<u64, (Instant, Acker)>>,
}

impl JetStream {
    /// Connects, and makes the streams if they are not there yet.
    ///
    /// # Errors
    ///
    /// No server answers, it does not know the gateway, it has no JetStream, or its streams have another shape. Servers that have just
    /// started need some time.
    pub async fn connect(config: &config::Queue, lease: Duration) -> Result<Self> {
        let servers: Vec<_> = config.url.split(',').map(str::trim).collect();
        // The error has no URL: there may be a password in it.
        let client = options(config)?.connect(servers).await.context("NATS")?;
        let context = jetstream::new(client);

        let (name, window) = (config.name.clone(), Duration::from_secs(config.window_s));
        let stream = async |suffix: &str, stream: stream::Config| {
            let (name, num_replicas) = (format!("{name}_{suffix}"), config.replicas);
            let mut stream = stream::Config { name: name.clone(), num_replicas, ..stream };
            if stream.subjects.is_empty() {
                stream.subjects = vec![format!("{}.{suffix}", config.name)];
            }
            context.create_or_update_stream(stream).await?;
            anyhow::Ok(context.get_stream_no_info(name).await?)
        };
        let items = stream::Config {
            retention: RetentionPolicy::WorkQueue,
            duplicate_window: window,
            ..stream::Config::default()
        };
        let items = stream("items", items).await?;
        let results = stream::Config {
            subjects: vec![format!("{name}.results.*"), format!("{name}.keys.*")],
            max_age: window,
            duplicate_window: window.min(Duration::from_secs(120)),
            ..stream::Config::default()
        };
        let results = stream("results", results).await?;
        let dead = stream("dead", stream::Config::default()).await?;
        let dropped = stream::Config { max_messages: MAX_DROPPED.into(), ..stream::Config::default() };
        let dropped = stream("dropped", dropped).await?;
        let shared = stream::Config {
            subjects: vec![format!("{name}.shared.*")],
            max_messages_per_subject: 1,
            ..stream::Config::default()
        };
        let shared = stream("shared", shared).await?;
        let workers = pull::Config {
            durable_name: Some("gateways".into()),
            ack_wait: lease,
            // Items that wait for a time are among them.
            max_ack_pending: -1,
            ..pull::Config::default()
        };
        let workers = items.create_consumer(workers).await?;
        Ok(Self { context, name, results, dead, dropped, shared, workers, lease, taken: Mutex::default() })
    }

    /// The stream of a log, and its subject there.
    fn place(&self, log: &Log) -> (&Stream<()>, String) {
        let name = &self.name;
        match log {
            Log::Results(job) => (&self.results, format!("{name}.results.{}", token(job))),
            Log::Jobs(msg_key) => (&self.results, format!("{name}.keys.{}", token(msg_key))),
            Log::Dead => (&self.dead, format!("{name}.dead")),
            Log::Dropped => (&self.dropped, format!("{name}.dropped")),
            Log::Shared(key) => (&self.shared, format!("{name}.shared.{}", token(key))),
        }
    }

    async fn write_one(&self, write: &Write) -> Result<bool> {
        match write {
            Write::After(log, number, content) => {
                let message = PublishMessage::build().expected_last_subject_sequence(*number);
                self.publish(self.place(log).1, message, content).await
            }
            Write::Add(log, id, content) => {
                self.publish(self.place(log).1, PublishMessage::build().message_id(id), content).await
            }
            Write::Item(id, content) => {
                let subject = format!("{}.items", self.name);
                self.publish(subject, PublishMessage::build().message_id(id), content).await
            }
            Write::RemoveDead(number) => Ok(self.dead.delete_message(*number).await?),
            Write::Release(ticket, due) => {
                let Some((_, acker)) = self.taken.lock().remove(ticket) else { return Ok(true) };
                let pause = due.map(|due| Duration::from_millis(due.saturating_sub(now())));
                let kind = pause.map_or(AckKind::Ack, |pause| AckKind::Nak(Some(pause)));
                acker.ack_with(kind).await.map_err(|error| anyhow!(error))?;
                Ok(true)
            }
        }
    }

    /// Publishes a message, and waits until it is stored. False if it was stored before, or does not follow the message that it must follow.
    async fn publish(&self, subject: String, message: PublishMessage, content: &Bytes) -> Result<bool> {
        let stored = self.context.send_publish(subject, message.payload(content.clone())).await?;
        match stored.await {
            Ok(stored) => Ok(!stored.duplicate),
            Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// A message from the consumer.
    fn lend(&self, message: Message) -> Result<Taken> {
        let info = message.info().map_err(|error| anyhow!(error))?;
        let age = now().saturating_sub((info.published.unix_timestamp_nanos() / 1_000_000) as u64);
        // A server that was killed may not remember that it has given out an item, or that the item was acknowledged.
        let again = info.delivered > 1 || Duration::from_millis(age) > self.lease;
        let (message, acker) = message.split();
        let ticket = random();
        self.taken.lock().insert(ticket, (Instant::now() + self.lease, acker));
        Ok(Taken { ticket, again, content: message.payload })
    }
}

#[async_trait]
impl Store for JetStream {
    async fn write(&self, writes: Vec<Write>) -> Result<bool> {
        let mut all = true;
        // A list may have a thousand regIds, so they are sent at the same time.
        let dropped = |write: &Write| matches!(write, Write::Add(Log::Dropped, ..));
        for together in writes.chunk_by(|one, next| dropped(one) && dropped(next)) {
            let written = try_join_all(together.iter().map(|write| self.write_one(write))).await?;
            let written = written.into_iter().all(|written| written);
            if !written && matches!(together, [Write::After(..)]) {
                return Ok(false);
            }
            all &= written;
        }
        Ok(all)
    }

    async fn read(&self, log: &Log, from: u64, limit: usize) -> Result<Vec<(u64, Bytes)>> {
        let (stream, subject) = self.place(log);
        let (mut rows, mut from) = (Vec::new(), from.max(1));
        while rows.len() < limit {
            match stream.raw_message_builder().next_by_subject(&*subject).sequence(from).send().await {
                Ok(message) => {
                    from = message.sequence + 1;
                    rows.push((message.sequence, message.payload));
                }
                Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(rows)
    }

    /// It waits for a short time only. The reason: nats-server 2.9 may not remember, after it was killed, that items were acknowledged. It
    /// looks for such items when it should give them out again, and gives out nothing until the next request.
    async fn take(&self, max: usize) -> Result<Vec<Taken>> {
        let mut batch = self.workers.fetch().max_messages(max).expires(WAIT).messages().await?;
        let mut taken = Vec::new();
        // The loop ends when the batch ends, or when the server does not answer.
        while let Ok(Some(message)) = timeout(WAIT + ANSWER, batch.next()).await {
            match message.map_err(|error| anyhow!(error)).and_then(|message| self.lend(message)) {
                Ok(item) => taken.push(item),
                // For example, the server stops.
                Err(error) => tracing::debug!(%error, "no item"),
            }
        }
        Ok(taken)
    }

    /// `later` has the items of other processes, too: the server does not tell them from those that wait for a time.
    async fn depth(&self) -> Result<Depth> {
        let info = self.workers.get_info().await?;
        let dead = self.dead.get_info().await?.state.messages as usize;
        let taken = {
            let mut taken = self.taken.lock();
            taken.retain(|_, (end, _)| *end > Instant::now());
            taken.len()
        };
        let later = info.num_ack_pending.saturating_sub(taken);
        Ok(Depth { ready: info.num_pending as usize, later, taken, dead })
    }
}

/// How to connect, and how the gateway authenticates to the servers.
fn options(config: &config::Queue) -> Result<ConnectOptions> {
    let mut options = ConnectOptions::new()
        .name("offline-push-gateway")
        .require_tls(config.tls)
        .reconnect_delay_callback(|tries| Duration::from_millis(50 << tries.min(6)))
        .event_callback(async |event| match event {
            Connection::Connected => tracing::info!("connected to NATS"),
            event => tracing::warn!(%event, "NATS"),
        });
    if let Some(token) = &config.token {
        options = options.token(token.get().to_owned());
    }
    if let (Some(user), Some(password)) = (&config.user, &config.password) {
        options = options.user_and_password(user.clone(), password.get().to_owned());
    }
    if let Some(credentials) = &config.credentials {
        options = options.credentials(credentials.get()).context("`credentials`")?;
    }
    if let Some(authorities) = &config.authorities {
        options = options.add_root_certificates(authorities.clone());
    }
    Ok(options)
}

/// An id as a token of a subject. So an id cannot be a wildcard, end the token, or be empty.
fn token(id: &str) -> String {
    format!("_{}", utf8_percent_encode(id, NOT_PLAIN))
}
