//! Gateways in processes of their own: they are killed, share the work, and are measured. `ci/gateway.sh` runs this program.
//!
//! `ROUNDS` is how often the crash tests kill something: 3 by default. The load test runs with `-- --ignored`, in release; `JOBS`
//! is for how many its memory is measured: 200,000 by default.

mod suite;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use offline_push::Request;
use offline_push_fake::{Fake, Fault};
use offline_push_gateway::job::Rules;
use offline_push_gateway::queue::Work;
use offline_push_gateway::{config::App, now};
use suite::process::{Nats, Process, has_nats, random};
use suite::{job, rules, with_category};
use tokio::time::sleep;

/// The settings of a process that is killed: a lease of a few seconds.
const ENGINE: &str = "concurrent = 64\ncall_timeout_ms = 1000\nlease_s = 5\nround_pause_s = 1\nrounds = 1000";

fn client() -> reqwest::Client {
    // This fails if there is one already.
    _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().tcp_nodelay(true).build().unwrap()
}

fn jetstream(nats: &Nats) -> String {
    format!("kind = \"jetstream\"\nurl = \"{}\"", nats.url)
}

fn embedded(folder: &Path) -> String {
    format!("kind = \"embedded\"\npath = \"{}\"", folder.join("queue.redb").display())
}

fn line(number: usize) -> String {
    job(&format!("job-{number}"), &[&format!("v2-{number}")]).to_string() + "\n"
}

/// Kills at random moments while jobs are posted. Each accepted job is sent at least once.
async fn crash(folder: &Path, mut nats: Option<Nats>, queue: &str) {
    let rounds: usize = std::env::var("ROUNDS").map_or(3, |rounds| rounds.parse().unwrap());
    let mut rules = rules();
    rules.latency = Duration::from_millis(20);
    rules.mix = vec![(100, Fault::Code(10072)), (100, Fault::ServerError), (20, Fault::Cut)];
    let fake = Fake::start(rules).await.unwrap();
    let client = client();
    let mut gateway = Process::start(folder, fake.url(), queue, ENGINE);
    gateway.is_ready(&client).await;

    // Callers repeat a post until it is accepted.
    let url = format!("{}/v1/pushes", gateway.url);
    let (next, over) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let callers: Vec<_> = (0..8)
        .map(|_| {
            let (client, url, next, over) = (client.clone(), url.clone(), next.clone(), over.clone());
            tokio::spawn(async move {
                let (mut accepted, mut repeated) = (Vec::new(), 0);
                while !over.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    loop {
                        let request = client.post(&url).bearer_auth(suite::KEY).body(line(number));
                        let reply = request.timeout(Duration::from_secs(10)).send().await;
                        if reply.is_ok_and(|reply| reply.status() == 202) {
                            accepted.push(number);
                            break;
                        }
                        repeated += 1;
                        sleep(Duration::from_millis(50)).await;
                    }
                    sleep(Duration::from_millis(5)).await;
                }
                (accepted, repeated)
            })
        })
        .collect();

    let mut kills = [0, 0];
    for round in 0..rounds {
        sleep(Duration::from_millis(200 + random() % 1000)).await;
        // Kill them in turn, so that even a few rounds kill both.
        match &mut nats {
            Some(nats) if round % 2 == 1 => {
                kills[1] += 1;
                nats.program.kill();
                sleep(Duration::from_millis(random() % 500)).await;
                nats.program.start_again();
            }
            _ => {
                kills[0] += 1;
                gateway.program.kill();
                sleep(Duration::from_millis(random() % 200)).await;
                gateway.program.start_again();
            }
        }
        gateway.is_ready(&client).await;
    }
    over.store(true, Ordering::Relaxed);
    let (mut accepted, mut repeated) = (Vec::new(), 0);
    for caller in callers {
        let (numbers, posts) = caller.await.unwrap();
        accepted.extend(numbers);
        repeated += posts;
    }

    let start = Instant::now();
    let lost = loop {
        let lost: Vec<_> =
            accepted.iter().filter(|number| fake.delivered(&format!("v2-{number}")) == 0).collect();
        if lost.is_empty() || start.elapsed() > Duration::from_secs(60) {
            break lost.len();
        }
        sleep(Duration::from_millis(100)).await;
    };
    // What the gateway says of them must become the same.
    let mut not_sent = Vec::new();
    for number in &accepted {
        let id = format!("job-{number}");
        while gateway.job(&client, &id).await["state"] != "sent" {
            if start.elapsed() > Duration::from_secs(90) {
                not_sent.push(gateway.job(&client, &id).await);
                break;
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
    let totals = fake.totals();
    println!(
        "crash: {} kills of the gateway, {} of nats-server; {} jobs accepted, {repeated} posts repeated; {lost} lost, {} sent more than once, {} authentications",
        kills[0],
        kills[1],
        accepted.len(),
        totals.repeated,
        totals.tokens,
    );
    assert!(accepted.len() > rounds * 10, "{}", accepted.len());
    assert_eq!((lost, not_sent), (0, Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_with_the_embedded_queue_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    crash(folder.path(), None, &embedded(folder.path())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_with_jetstream_loses_nothing() {
    if has_nats() {
        let folder = tempfile::tempdir().unwrap();
        let nats = Nats::start(folder.path());
        let queue = jetstream(&nats);
        crash(folder.path(), Some(nats), &queue).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_processes_share_work_token_and_quotas() {
    if !has_nats() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let nats = Nats::start(folder.path());
    let mut rules = rules();
    rules.latency = Duration::from_millis(20);
    rules.operational_per_day = Some(1);
    let fake = Fake::start(rules).await.unwrap();
    let client = client();
    let engine = "concurrent = 16";
    let mut gateways: Vec<_> =
        (0..3).map(|_| Process::start(folder.path(), fake.url(), &jetstream(&nats), engine)).collect();
    for gateway in &mut gateways {
        gateway.is_ready(&client).await;
    }

    // All jobs come to one door. The second life of the token begins in between.
    for life in 0..2 {
        let jobs: String = (0..1000).map(|number| line(life * 1000 + number)).collect();
        assert_eq!(gateways[0].post(&client, jobs).await, 202);
        let start = Instant::now();
        while fake.totals().delivered < (life as u64 + 1) * 1000 {
            assert!(start.elapsed() < Duration::from_secs(60), "{:?}", fake.totals());
            sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(fake.totals().tokens, life as u64 + 1);
        if life == 0 {
            fake.expire_tokens();
        }
    }
    let sent = r#"push_items_total{app="10004",outcome="sent",vendor="vivo"}"#;
    let mut shares = Vec::new();
    for gateway in &gateways {
        shares.push(gateway.metric(&client, sent).await);
    }
    println!("three processes: sent {shares:?}, authentications {}", fake.totals().tokens);
    assert!(shares.iter().all(|share| *share >= 100.0), "{shares:?}");

    // The quota is for one push. Whichever process finds it closed, no other process asks again.
    let operational = |id: &str| with_category(job(id, &["v2-alice"]), "MARKETING").to_string();
    for (id, state) in [("opens", "sent"), ("closes", "parked")] {
        assert_eq!(gateways[0].post(&client, operational(id)).await, 202);
        let start = Instant::now();
        while gateways[1].job(&client, id).await["state"] != state {
            assert!(start.elapsed() < Duration::from_secs(20), "{}", gateways[1].job(&client, id).await);
            sleep(Duration::from_millis(20)).await;
        }
    }
    // Each looks at the shared quotas five times a second.
    sleep(Duration::from_millis(600)).await;
    for number in 0..60 {
        let id = format!("parked-{number}");
        assert_eq!(gateways[number % 3].post(&client, operational(&id)).await, 202);
    }
    for number in 0..60 {
        let id = format!("parked-{number}");
        let start = Instant::now();
        while gateways[0].job(&client, &id).await["state"] != "parked" {
            assert!(start.elapsed() < Duration::from_secs(20), "{}", gateways[0].job(&client, &id).await);
            sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(fake.received(&id), 0, "{id}");
    }
}

/// Pushes per second of a loop that only posts: the same bodies, to the same fake, as many at a time.
async fn bare_loop(fake: &Fake, pushes: usize, concurrent: usize) -> f64 {
    let app: App = suite::config(fake.url(), Path::new("")).apps.remove(0);
    let certificate = app.certificate().unwrap();
    let client = client();
    let (time, sign) = (now(), certificate.get().sign(now()));
    let request = certificate.get().auth_request(time, &sign).to_http(fake.url(), None).unwrap();
    let reply = client.execute(request.try_into().unwrap()).await.unwrap().text().await.unwrap();
    let token: Arc<str> = reply.split("\"authToken\":\"").nth(1).unwrap().split('"').next().unwrap().into();
    let rules = Rules { certificates: [(6666, certificate)].into(), receipt_url: None };
    let requests: Vec<_> = (0..pushes)
        .map(|number| {
            let text = job(&format!("bare-{number}"), &[&format!("v2-{number}")]).to_string();
            match rules.read(text.as_bytes(), now(), "0".repeat(32)).unwrap().0.work {
                Work::Push(push) => push.to_http(fake.url(), &*token).unwrap(),
                _ => unreachable!(),
            }
        })
        .collect();
    let requests = Arc::new(std::sync::Mutex::new(requests));
    let start = Instant::now();
    let senders: Vec<_> = (0..concurrent)
        .map(|_| {
            let (client, requests) = (client.clone(), requests.clone());
            tokio::spawn(async move {
                loop {
                    let Some(request) = requests.lock().unwrap().pop() else { break };
                    let reply = client.execute(request.try_into().unwrap()).await.unwrap();
                    assert!(reply.bytes().await.unwrap().starts_with(b"{\"result\":0"));
                }
            })
        })
        .collect();
    for sender in senders {
        sender.await.unwrap();
    }
    pushes as f64 / start.elapsed().as_secs_f64()
}

/// Pushes per second through a gateway, from the first post to the last push. Callers post `1..=pushes` in parts of 100.
async fn through(gateway: &Process, fake: &Fake, from: usize, pushes: usize) -> f64 {
    let client = client();
    let before = fake.totals().delivered;
    let start = Instant::now();
    let parts = Arc::new(AtomicUsize::new(0));
    let callers = (0..4).map(async |_| {
        loop {
            let part = parts.fetch_add(1, Ordering::Relaxed) * 100;
            if part >= pushes {
                break;
            }
            let lines: String = (part..part + 100).map(|number| line(from + number)).collect();
            while gateway.post(&client, lines.clone()).await != 202 {
                sleep(Duration::from_millis(100)).await;
            }
        }
    });
    futures_util::future::join_all(callers).await;
    while fake.totals().delivered < before + pushes as u64 {
        assert!(start.elapsed() < Duration::from_secs(600), "{:?}", fake.totals());
        sleep(Duration::from_millis(10)).await;
    }
    pushes as f64 / start.elapsed().as_secs_f64()
}

/// Speed against a bare loop, and memory over 200,000 jobs.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; run it in release"]
async fn load() {
    let concurrent = 64;
    let engine = format!("concurrent = {concurrent}");
    let jobs: usize = std::env::var("JOBS").map_or(200_000, |jobs| jobs.parse().unwrap());
    let mut grown = Vec::new();
    for latency in [Duration::from_millis(20), Duration::ZERO] {
        let folder = tempfile::tempdir().unwrap();
        let mut rules = rules();
        rules.latency = latency;
        let fake = Fake::start(rules).await.unwrap();
        let bare = bare_loop(&fake, 20_000, concurrent).await;
        println!("vivo answers after {latency:?}: bare loop {bare:.0} pushes/s");
        let mut queues = vec![("embedded", embedded(folder.path()), 0.6, None)];
        if has_nats() {
            let nats = Nats::start(folder.path());
            queues.push(("jetstream", jetstream(&nats), 0.4, Some(nats)));
        }
        for (index, (name, queue, least, nats)) in queues.into_iter().enumerate() {
            let mut gateway = Process::start(folder.path(), fake.url(), &queue, &engine);
            gateway.is_ready(&client()).await;
            let from = index * 1_000_000;
            let speed = through(&gateway, &fake, from, 20_000).await;
            println!("  {name}: {speed:.0} pushes/s, {:.2} of the loop", speed / bare);
            if latency.is_zero() {
                continue; // All processes share the machine's processors; this figure is only for information.
            }
            // Without optimizations, the figures are only shown.
            assert!(cfg!(debug_assertions) || speed >= least * bare, "{name}: {speed:.0} of {bare:.0}");
            let mut memory = vec![gateway.program.memory()];
            for part in 1..5 {
                through(&gateway, &fake, from + part * 100_000, jobs / 4 / 100 * 100).await;
                memory.push(gateway.program.memory());
            }
            let server = nats.as_ref().map(|nats| nats.program.memory());
            println!(
                "  {name}: memory in MB after each quarter of {jobs} jobs {memory:.0?}, of nats-server {server:.0?}"
            );
            if memory[4] > memory[2] * 1.2 + 8.0 {
                grown.push(name);
            }
        }
    }
    assert!(grown.is_empty(), "the memory grows: {grown:?}");
}
