//! A whole system on one machine: a fake vivo that fails in many ways, a gateway with a queue in a temporary folder, and a caller that
//! posts messages over HTTP.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use offline_push::vivo::{ResultCode, UserStatus};
use offline_push_fake::{Fake, Fault, Rules};
use tokio::time::sleep;

use crate::config::{ApiKey, App, Config, Secret};
use crate::queue::{Event, Queue, What};
use crate::{Gateway, http_client, random};

/// The app that the fake knows.
const APP: (u64, &str, &str) = (10004, "demo app key", "demo app secret");
/// One message in this many goes to a regId that is no longer valid.
const EVERY_INVALID: usize = 50;
/// One message in this many is an operational message. The quota is enough for half of those.
const EVERY_OPERATIONAL: usize = 40;
/// How many requests the caller sends at the same time.
const CALLERS: usize = 256;
/// The outcomes that have a bar. At the end, each message has one of these outcomes, but not the last one.
const BARS: [What; 5] = [What::Sent, What::TokenDropped, What::Parked, What::Failed, What::Retrying];

/// Options of the demo.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Arguments {
    /// Number of messages.
    #[arg(long, default_value_t = 10_000)]
    messages: usize,
    /// Keeps running at the end, also without a terminal.
    #[arg(long)]
    stay: bool,
}

/// Runs the demo.
///
/// # Errors
///
/// A text for the operator. It is also an error if a message was lost.
pub async fn run(arguments: Arguments) -> Result<()> {
    let messages = arguments.messages;
    let folder = tempfile::tempdir()?;
    let fake = Fake::start(rules(messages)).await.context("the fake")?;
    for number in (0..messages).step_by(EVERY_INVALID) {
        fake.invalidate(&reg_id(number), UserStatus::UNSUBSCRIBED);
    }
    let mut config = settings(fake.url());
    config.queue.path = folder.path().join("queue.redb");
    let queue = Queue::open(&config).await?;
    let gateway = Gateway::start(&config, queue).await?;
    println!("fake vivo   {}", fake.url());
    println!("gateway     http://{}", gateway.address);
    println!("queue       {}\n", config.queue.path.display());

    let started = Instant::now();
    let expiring = async {
        // Once, all tokens expire too early.
        while fake.totals().pushes < messages as u64 / 2 {
            sleep(Duration::from_millis(5)).await;
        }
        fake.expire_tokens();
        Ok(())
    };
    let posting = post_all(&config, &gateway, messages);
    let (busy, (), ()) = tokio::try_join!(posting, expiring, watch(&gateway, messages))?;
    report(&gateway.engine.shared.queue, &fake, messages, busy, started.elapsed()).await?;

    println!("\noperator's page   http://{}/", gateway.address);
    if arguments.stay || std::io::stdout().is_terminal() {
        println!("Ctrl-C ends the demo.");
        tokio::signal::ctrl_c().await?;
    }
    gateway.stop().await;
    Ok(())
}

fn rules(messages: usize) -> Rules {
    let mut rules = Rules::new(APP.0, APP.1, APP.2);
    rules.calls_per_second = Some(5000);
    rules.operational_per_day = u32::try_from(messages / EVERY_OPERATIONAL / 2).ok();
    rules.latency = Duration::from_millis(5);
    rules.seed = random();
    rules.mix = vec![
        (200, Fault::Code(ResultCode::SENDING_TOO_FAST.get())),
        (50, Fault::Code(ResultCode::TEMPORARY_FAILURE.get())),
        (50, Fault::ServerError),
        (50, Fault::Status(502)),
        (20, Fault::Cut),
        (10, Fault::Hang(Duration::from_secs(3))),
    ];
    rules
}

fn settings(fake: &str) -> Config {
    let key = Secret::new(&format!("{:016x}{:016x}", random(), random()));
    let app = App {
        business_id: 6666,
        app_id: APP.0,
        app_key: Secret::new(APP.1),
        app_secret: Secret::new(APP.2),
        per_second: 4000.try_into().ok(),
        base_url: Some(fake.into()),
        ..App::default()
    };
    let mut config = Config {
        listen: "127.0.0.1:0".into(),
        keys: vec![ApiKey { name: "demo".into(), key }],
        apps: vec![app],
        ..Config::default()
    };
    config.queue.max_depth = 5000;
    config.engine.call_timeout_ms = 2000;
    config.engine.concurrent = 512;
    config.door.per_second = std::num::NonZeroU32::MAX;
    config.door.max_requests = 2 * CALLERS;
    config
}

fn reg_id(number: usize) -> String {
    format!("v2-demo-{number}")
}

fn job(number: usize) -> String {
    let category = if number % EVERY_OPERATIONAL == 1 { "MARKETING" } else { "IM" };
    serde_json::json!({
        "request_id": format!("demo-{number}"),
        "settings": {
            "offline_push_config_title": "Alice",
            "offline_push_config_desc": "See you at seven",
            "offline_push_config_android_config": { "android_offline_push_config_vivo_category": category },
        },
        "tokens": [{
            "offline_push_token_token": reg_id(number),
            "offline_push_token_business_id": 6666,
        }],
    })
    .to_string()
}

/// Posts all messages, one in each request. Waits when the gateway says so, and returns how often it waited.
async fn post_all(config: &Config, gateway: &Gateway, messages: usize) -> Result<usize> {
    let client = http_client(config, false)?;
    let (url, key) = (format!("http://{}/v1/pushes", gateway.address), config.keys[0].key.get());
    let post = async |number: usize| {
        let mut busy = 0;
        loop {
            let reply = client.post(&url).bearer_auth(key).body(job(number)).send().await?;
            match reply.status().as_u16() {
                202 => return Ok(busy),
                429 => busy += 1,
                status => bail!("{status}: {}", reply.text().await?),
            }
            sleep(Duration::from_millis(200)).await;
        }
    };
    let posts = stream::iter(0..messages).map(post).buffer_unordered(CALLERS);
    posts.try_fold(0, async |all, busy| Ok(all + busy)).await
}

/// Shows the outcomes until nothing is left to send today.
async fn watch(gateway: &Gateway, messages: usize) -> Result<()> {
    let all = MultiProgress::new();
    let style = ProgressStyle::with_template("{msg:>18} {bar:40} {pos:>6}")?;
    let bars = BARS.map(|what| {
        let bar = all.add(ProgressBar::new(messages as u64)).with_style(style.clone());
        bar.with_message(what.name().replace('_', " "))
    });
    let app = APP.0.to_string();
    let count = |what: What| {
        gateway.engine.shared.metrics.items.with_label_values(&["vivo", app.as_str(), what.name()]).get()
    };
    let (mut ended, mut open) = (0, 1);
    while ended < messages as u64 || open > 0 {
        sleep(Duration::from_millis(100)).await;
        let (counts, depth) = (BARS.map(count), gateway.engine.depth());
        bars.iter().zip(counts).for_each(|(bar, count)| bar.set_position(count));
        (ended, open) = (counts[..4].iter().sum(), depth.ready + depth.taken);
    }
    bars.iter().for_each(ProgressBar::abandon);
    if !all.is_hidden() {
        eprintln!();
    }
    Ok(())
}

/// The table, and whether each message is where it must be.
async fn report(queue: &Queue, fake: &Fake, messages: usize, busy: usize, elapsed: Duration) -> Result<()> {
    let mut counts: HashMap<What, usize> = HashMap::new();
    let (mut found, mut retried, mut times) = (0, 0, Vec::new());
    for number in 0..messages {
        let Some(record) = queue.job(&format!("demo-{number}")).await? else { continue };
        // What the gateway says must be what the fake has seen.
        let expected = match record.state {
            What::Sent => Some(1),
            What::TokenDropped | What::Parked | What::Failed => Some(0),
            _ => None,
        };
        found += usize::from(expected == Some(fake.delivered(&reg_id(number))));
        let again = |event: &Event| event.attempts > 1 || event.what == What::Retrying;
        retried += usize::from(record.history.iter().any(again));
        *counts.entry(record.state).or_default() += 1;
        if let (What::Sent, Some(last)) = (record.state, record.history.last()) {
            times.push(last.at.saturating_sub(record.job.accepted_at));
        }
    }
    times.sort_unstable();
    let part = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0);
    let count = |what: What| counts.get(&what).copied().unwrap_or(0);
    let (totals, finished, lost) = (fake.totals(), messages - count(What::Parked), messages - found);
    println!();
    for (name, number) in [
        ("sent", count(What::Sent).to_string()),
        ("retried", retried.to_string()),
        ("token dropped", count(What::TokenDropped).to_string()),
        ("parked", count(What::Parked).to_string()),
        ("dead letters", count(What::Failed).to_string()),
        ("lost", lost.to_string()),
        ("authentications", totals.tokens.to_string()),
        ("faults of the fake", totals.faults.to_string()),
        ("sent twice", totals.repeated.to_string()),
        ("waits at the door", busy.to_string()),
        ("throughput", format!("{:.0} messages/s", finished as f64 / elapsed.as_secs_f64())),
        ("p50 door to vivo", format!("{} ms", part(50))),
        ("p99 door to vivo", format!("{} ms", part(99))),
    ] {
        println!("{name:>18} {number}");
    }
    ensure!(lost == 0, "{lost} messages were lost");
    Ok(())
}
