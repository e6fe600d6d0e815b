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
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::config::{ApiKey, App, Config, QueueKind, Secret};
use crate::engine::Engine;
use crate::metrics::Metrics;
use crate::queue::embedded::Embedded;
use crate::queue::{Event, Queue, What};
use crate::{Gateway, now, random};

/// The app that the fake knows.
const APP: (u64, &str, &str) = (10004, "demo app key", "demo app secret");
/// One message in this many goes to a regId that is no longer valid.
const EVERY_INVALID: usize = 50;
/// One message in this many is an operational one. The quota is enough for half of those.
const EVERY_OPERATIONAL: usize = 40;
/// Requests of the caller at the same time.
const CALLERS: usize = 256;
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

    let watching = tokio::spawn(watch(gateway.engine.clone(), gateway.metrics.clone(), arguments.messages));
    let started = Instant::now();
    let expiring = async {
        // Once, all tokens expire before their time.
        while fake.totals().pushes < arguments.messages as u64 / 2 {
            sleep(Duration::from_millis(5)).await;
        }
        fake.expire_tokens();
    };
    let (posted, ()) = tokio::join!(post_all(gateway.address, key, arguments.messages), expiring);
    let busy = posted?;
    watching.await.map_err(|error| error.to_string())?;
    report(&*gateway.queue, &fake, arguments.messages, busy, started.elapsed()).await?;

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
    config.door.max_requests = 2 * CALLERS;
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

/// Shows the outcomes until nothing is left to send today.
async fn watch<Q: Queue>(engine: Arc<Engine<Q>>, metrics: Arc<Metrics>, messages: usize) {
    let bars = MultiProgress::new();
    let style = ProgressStyle::with_template("{msg:>14} {bar:40} {pos:>6}");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = |what: What| {
        let bar = bars.add(ProgressBar::new(messages as u64)).with_style(style.clone());
        bar.set_message(what.name());
        (what, bar)
    };
    let bars: Vec<_> = BARS.into_iter().map(bar).collect();
    let app = APP.0.to_string();
    let count = |what: What| metrics.items.with_label_values(&["vivo", app.as_str(), what.name()]).get();
    let mut quiet = 0;
    while quiet < 5 {
        for (what, bar) in &bars {
            bar.set_position(count(*what));
        }
        let ended: u64 =
            [What::Sent, What::TokenDropped, What::Parked, What::Failed].into_iter().map(count).sum();
        let depth = engine.depth();
        let idle = depth.ready + depth.taken == 0 && depth.later as u64 == count(What::Parked);
        quiet = if idle && ended >= messages as u64 { quiet + 1 } else { 0 };
        sleep(Duration::from_millis(100)).await;
    }
    for (_, bar) in &bars {
        bar.abandon();
    }
}

/// The table, and whether each message is where it must be.
async fn report<Q: Queue>(
    queue: &Q,
    fake: &Fake,
    messages: usize,
    busy: usize,
    elapsed: Duration,
) -> Result<(), String> {
    let mut counts: HashMap<What, usize> = HashMap::new();
    let (mut lost, mut retried, mut times) = (0, 0, Vec::new());
    for number in 0..messages {
        let record = queue.job(&format!("demo-{number}")).await.map_err(|error| error.to_string())?;
        let Some(record) = record else {
            lost += 1;
            continue;
        };
        let delivered = fake.delivered(&reg_id(number));
        // What the gateway says must be what the fake has seen.
        let holds = match record.state {
            What::Sent => delivered == 1,
            What::TokenDropped | What::Parked | What::Failed => delivered == 0,
            _ => false,
        };
        lost += usize::from(!holds);
        let again = |event: &Event| event.attempts > 1 || event.what == What::Retrying;
        retried += usize::from(record.history.iter().any(again));
        *counts.entry(record.state).or_default() += 1;
        if let (What::Sent, Some(last)) = (record.state, record.history.last()) {
            times.push(last.at.saturating_sub(record.accepted_at));
        }
    }
    times.sort_unstable();
    let part = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0);
    let count = |what: What| counts.get(&what).copied().unwrap_or(0);
    let (totals, finished) = (fake.totals(), messages - count(What::Parked));
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
        println!("{name:>22}  {number}");
    }
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
