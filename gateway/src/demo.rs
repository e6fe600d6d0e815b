//! All of it on one machine: a fake vivo that fails in many ways, a gateway with a queue in a temporary folder, and a caller that
//! posts messages over HTTP.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use offline_push::vivo::{ResultCode, UserStatus};
use offline_push_fake::{Fake, Fault, Rules};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::config::{ApiKey, App, Config, QueueKind, Secret};
use crate::queue::embedded::Embedded;
use crate::queue::{Depth, Queue, What};
use crate::{Gateway, now, random};

/// The app that the fake knows.
const APP: (u64, &str, &str) = (10004, "demo app key", "demo app secret");
/// Every so many messages go to a regId that is no longer valid.
const EVERY_INVALID: usize = 50;
/// Every so many messages are operational ones, whose quota is for half of them.
const EVERY_OPERATIONAL: usize = 40;
/// Requests of the caller at the same time.
const CALLERS: usize = 64;
/// The outcomes that have a bar.
const BARS: [What; 5] = [What::Sent, What::TokenDropped, What::Parked, What::Retrying, What::Failed];

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

/// A message, after the demo.
#[derive(Clone, Copy, Debug)]
struct Seen {
    what: What,
    retried: bool,
    millis: u64,
}

/// Runs the demo.
///
/// # Errors
///
/// A text for the operator; also if a message was lost.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    let folder = Folder::new()?;
    let fake = Fake::start(rules(arguments.messages)).await.map_err(|error| format!("the fake: {error}"))?;
    for number in (0..arguments.messages).step_by(EVERY_INVALID) {
        fake.invalidate(&reg_id(number), UserStatus::UNSUBSCRIBED);
    }
    let (config, key) = settings(&folder, fake.url());
    let queue =
        Embedded::open(&folder.0.join("queue.redb"), Duration::from_secs(86_400), config.engine.lease());
    let gateway = Gateway::start(&config, Arc::new(queue.map_err(|error| error.to_string())?)).await?;
    println!("fake vivo   {}", fake.url());
    println!("gateway     http://{}", gateway.address);
    println!("queue       {}\n", folder.0.display());

    let seen = watch(&gateway, arguments.messages);
    let started = Instant::now();
    let posting = post_all(gateway.address, key, arguments.messages);
    let expiring = async {
        // Once, all tokens expire before their time.
        while fake.totals().pushes < arguments.messages as u64 / 2 {
            sleep(Duration::from_millis(5)).await;
        }
        fake.expire_tokens();
    };
    let (posted, ()) = tokio::join!(posting, expiring);
    let busy = posted?;
    let seen = seen.await.map_err(|error| error.to_string())?;
    let elapsed = started.elapsed();
    report(&gateway, &fake, arguments.messages, &seen, busy, elapsed).await?;

    println!("\noperator's page   http://{}/", gateway.address);
    if arguments.stay || std::io::stdout().is_terminal() {
        println!("Ctrl-C ends the demo.");
        tokio::signal::ctrl_c().await.map_err(|error| error.to_string())?;
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

fn settings(folder: &Folder, fake: &str) -> (Config, String) {
    let key = format!("{:016x}{:016x}", random(), random());
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let path = folder.0.join("queue.redb");
    let mut config = Config::new(listen, QueueKind::Embedded { path, max_depth: 5000, window_s: 86_400 });
    config.keys = vec![ApiKey { name: "demo".into(), key: Secret::new(&key) }];
    config.apps = vec![App {
        business_id: 6666,
        app_id: APP.0,
        app_key: Secret::new(APP.1),
        app_secret: Secret::new(APP.2),
        click_event: None,
        click_content: None,
        per_second: 4000,
        base_url: fake.into(),
    }];
    config.engine.call_timeout_ms = 2000;
    config.engine.concurrent = 512;
    config.door.per_second = 10_000;
    (config, key)
}

fn reg_id(number: usize) -> String {
    format!("v2-demo-{number}")
}

fn job(number: usize) -> String {
    let android = if number % EVERY_OPERATIONAL == 1 {
        serde_json::json!({ "android_offline_push_config_vivo_category": "MARKETING" })
    } else {
        serde_json::json!({ "android_offline_push_config_vivo_category": "IM" })
    };
    serde_json::json!({
        "request_id": format!("demo-{number}"),
        "settings": {
            "offline_push_config_title": "Alice",
            "offline_push_config_desc": "See you at seven",
            "offline_push_config_android_config": android,
        },
        "tokens": [{
            "offline_push_token_token": reg_id(number),
            "offline_push_token_business_id": 6666,
        }],
    })
    .to_string()
}

/// Posts all messages, a request each. Waits when the gateway says so, and returns how often it did.
async fn post_all(address: SocketAddr, key: String, messages: usize) -> Result<usize, String> {
    let client = reqwest::Client::builder().no_proxy().tcp_nodelay(true).build();
    let client = client.map_err(|error| error.to_string())?;
    let places = Arc::new(Semaphore::new(CALLERS));
    let mut tasks = JoinSet::new();
    for number in 0..messages {
        let place = places.clone().acquire_owned().await.map_err(|error| error.to_string())?;
        let (client, url) = (client.clone(), format!("http://{address}/v1/pushes"));
        let authorization = format!("Bearer {key}");
        tasks.spawn(async move {
            let _place = place;
            let mut busy = 0;
            loop {
                let request = client.post(&url).header("authorization", &authorization).body(job(number));
                let reply = request.send().await.map_err(|error| error.to_string())?;
                match reply.status().as_u16() {
                    202 => return Ok::<_, String>(busy),
                    429 => busy += 1,
                    status => return Err(format!("{status}: {}", reply.text().await.unwrap_or_default())),
                }
                sleep(Duration::from_millis(200)).await;
            }
        });
    }
    let mut busy = 0;
    while let Some(done) = tasks.join_next().await {
        busy += done.map_err(|error| error.to_string())??;
    }
    Ok(busy)
}

/// Watches until every message has an outcome that needs no more work today.
fn watch<Q: Queue>(gateway: &Gateway<Q>, messages: usize) -> tokio::task::JoinHandle<HashMap<String, Seen>> {
    let (mut outcomes, engine) = (gateway.engine.outcomes(), gateway.engine.clone());
    let bars = MultiProgress::new();
    let style = ProgressStyle::with_template("{msg:>14} {bar:40} {pos:>6}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = |what: What| {
        let bar = bars.add(ProgressBar::new(messages as u64)).with_style(style.clone());
        bar.set_message(what.name());
        (what, bar)
    };
    let bars: Vec<_> = BARS.into_iter().map(bar).collect();
    // The outcomes come faster than bars are drawn.
    let (sender, mut receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            match outcomes.recv().await {
                Ok(outcome) => {
                    if sender.send(outcome).is_err() {
                        return;
                    }
                }
                Err(RecvError::Closed) => return,
                Err(RecvError::Lagged(_)) => {}
            }
        }
    });
    tokio::spawn(async move {
        let mut seen: HashMap<String, Seen> = HashMap::with_capacity(messages);
        let mut quiet = 0;
        // At the end, nothing is ready, and what waits is parked.
        while quiet < 5 {
            while let Ok(outcome) = receiver.try_recv() {
                let before = seen.get(&outcome.job).is_some_and(|seen| seen.retried);
                let retried = before || outcome.event.attempts > 1 || outcome.event.what == What::Retrying;
                let millis = outcome.event.at.saturating_sub(outcome.accepted_at);
                seen.insert(outcome.job, Seen { what: outcome.event.what, retried, millis });
            }
            let count = |what: What| seen.values().filter(|seen| seen.what == what).count();
            for (what, bar) in &bars {
                bar.set_position(count(*what) as u64);
            }
            let Depth { ready, later, taken, .. } = engine.depth();
            let idle = ready + taken == 0 && later == count(What::Parked) && seen.len() >= messages;
            quiet = if idle { quiet + 1 } else { 0 };
            sleep(Duration::from_millis(100)).await;
        }
        for (_, bar) in &bars {
            bar.abandon();
        }
        seen
    })
}

/// The table, and whether each message is where it must be.
async fn report<Q: Queue>(
    gateway: &Gateway<Q>,
    fake: &Fake,
    messages: usize,
    seen: &HashMap<String, Seen>,
    busy: usize,
    elapsed: Duration,
) -> Result<(), String> {
    let mut counts: HashMap<What, usize> = HashMap::new();
    let mut lost = 0;
    for number in 0..messages {
        let record = gateway.queue.job(&format!("demo-{number}")).await.map_err(|error| error.to_string())?;
        let state = record.map(|record| record.state);
        let delivered = fake.delivered(&reg_id(number));
        // What the gateway says must be what the fake has seen.
        let holds = match state {
            Some(What::Sent) => delivered == 1,
            Some(What::TokenDropped | What::Parked | What::Failed) => delivered == 0,
            _ => false,
        };
        lost += usize::from(!holds);
        *counts.entry(state.unwrap_or_default()).or_default() += 1;
    }
    let mut times: Vec<_> =
        seen.values().filter(|seen| seen.what == What::Sent).map(|seen| seen.millis).collect();
    times.sort_unstable();
    let part = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0);
    let count = |what: What| counts.get(&what).copied().unwrap_or(0);
    let totals = fake.totals();
    let retried = seen.values().filter(|seen| seen.retried).count();
    let finished = messages - count(What::Parked);
    println!();
    for (name, number) in [
        ("sent", count(What::Sent)),
        ("retried", retried),
        ("token dropped", count(What::TokenDropped)),
        ("parked", count(What::Parked)),
        ("dead letters", count(What::Failed)),
        ("lost", lost),
    ] {
        println!("{name:>22}  {number:>8}");
    }
    println!("{:>22}  {:>8}", "authentications", totals.tokens);
    println!("{:>22}  {:>8}", "faults of the fake", totals.faults);
    println!("{:>22}  {:>8}", "sent twice", totals.repeated);
    println!("{:>22}  {busy:>8}", "waits at the door");
    println!("{:>22}  {:>8.0} messages/s", "throughput", finished as f64 / elapsed.as_secs_f64());
    println!("{:>22}  {:>8} ms", "p50 door to vivo", part(50));
    println!("{:>22}  {:>8} ms", "p99 door to vivo", part(99));
    if lost == 0 { Ok(()) } else { Err(format!("{lost} messages were lost")) }
}

/// A temporary folder, which is deleted at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("offline-push-demo-{}-{:08x}", now(), random() as u32));
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // It is in the system's folder for temporary files in any case.
        _ = std::fs::remove_dir_all(&self.0);
    }
}
