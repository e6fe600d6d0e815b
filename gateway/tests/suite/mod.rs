//! End to end, for any queue: a caller, a gateway, and a fake vivo. [`cases`] makes the tests; a queue needs a function that opens it in
//! a folder.
#![allow(dead_code, unreachable_pub, unused_imports, unused_macros)] // Each program of tests uses a part.

pub mod process;

use std::num::NonZeroU32;
use std::path::Path;
use std::time::{Duration, Instant};

use offline_push::vivo::UserStatus;
use offline_push_fake::{Fake, Fault, Rules};
use offline_push_gateway::config::{ApiKey, App, Config, Receipts, Secret, Tencent};
use offline_push_gateway::queue::Queue;
use offline_push_gateway::{Gateway, config};
use serde_json::{Value, json};

pub const KEY: &str = "0123456789abcdef0123456789abcdef";
pub const RECEIPT_KEY: &str = "fedcba9876543210fedcba9876543210";
pub const CALLBACK_TOKEN: &str = "callback token";
pub const SECRET: &str = "app-secret-of-the-test";

/// A caller, a gateway and a fake.
pub struct World {
    pub fake: Fake,
    pub gateway: Gateway,
    pub client: reqwest::Client,
}

pub fn rules() -> Rules {
    Rules::new(10004, "app key of the test", SECRET)
}

/// The settings of a queue in a file.
pub fn queue(folder: &Path) -> config::Queue {
    config::Queue {
        path: folder.join("queue.redb"),
        max_depth: 10_000,
        window_s: 3600,
        ..config::Queue::default()
    }
}

/// Opens a queue, whose items are given out again after five minutes.
pub async fn open(queue: &config::Queue) -> Result<Queue, String> {
    let config = Config { queue: queue.clone(), ..Config::default() };
    Queue::open(&config).await.map_err(|error| format!("{error:#}"))
}

pub fn config(fake: &str, folder: &Path) -> Config {
    let app = App {
        business_id: 6666,
        app_id: 10004,
        app_key: Secret::new("app key of the test"),
        app_secret: Secret::new(SECRET),
        per_second: NonZeroU32::new(5000),
        base_url: Some(fake.into()),
        ..App::default()
    };
    let mut config = Config {
        listen: "127.0.0.1:0".into(),
        keys: vec![ApiKey { name: "test".into(), key: Secret::new(KEY) }],
        apps: vec![app],
        queue: queue(folder),
        ..Config::default()
    };
    config.receipts =
        Some(Receipts { url: "https://push.example.com/r".into(), key: Secret::new(RECEIPT_KEY) });
    config.tencent = Some(Tencent { sdk_app_id: 1_400_000_000, token: Secret::new(CALLBACK_TOKEN) });
    config.engine.call_timeout_ms = 500;
    config.engine.attempts = 3;
    config.engine.rounds = 1;
    config
}

/// One job to these regIds.
pub fn job(id: &str, reg_ids: &[&str]) -> Value {
    let token =
        |reg_id: &&str| json!({"offline_push_token_token": reg_id, "offline_push_token_business_id": 6666});
    json!({
        "request_id": id,
        "settings": {"offline_push_config_title": "Alice", "offline_push_config_desc": "See you at seven"},
        "tokens": reg_ids.iter().map(token).collect::<Vec<_>>(),
    })
}

pub fn with_category(mut job: Value, category: &str) -> Value {
    job["settings"]["offline_push_config_android_config"] =
        json!({"android_offline_push_config_vivo_category": category});
    job
}

impl World {
    pub async fn new(queue: Queue, folder: &Path, rules: Rules, change: impl FnOnce(&mut Config)) -> Self {
        let fake = Fake::start(rules).await.unwrap();
        let mut config = config(fake.url(), folder);
        change(&mut config);
        let gateway = Gateway::start(&config, queue).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { fake, gateway, client }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.gateway.address)
    }

    pub async fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> (u16, Value) {
        let request = self.client.post(self.url(path)).bearer_auth(KEY).body(body);
        let reply = request.send().await.unwrap();
        let (status, text) = (reply.status().as_u16(), reply.text().await.unwrap());
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> Value {
        let reply = self.client.get(self.url(path)).bearer_auth(KEY).send().await.unwrap();
        serde_json::from_str(&reply.text().await.unwrap()).unwrap()
    }

    pub async fn push(&self, job: Value) -> Value {
        let (status, reply) = self.post("/v1/pushes", job.to_string()).await;
        assert_eq!(status, 202, "{reply}");
        reply
    }

    /// Waits until the job has this state.
    pub async fn wait_for(&self, id: &str, state: &str) -> Value {
        let start = Instant::now();
        loop {
            let job = self.get(&format!("/v1/pushes/{id}")).await;
            if job["state"] == state {
                return job;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{state}: {job}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn settled(&self, id: &str, state: &str) -> Value {
        let job = self.wait_for(id, state).await;
        job["history"].as_array().and_then(|history| history.last()).cloned().unwrap_or_default()
    }
}

/// An ordinary push, from the door to the receipt.
pub async fn done(queue: Queue, folder: &Path) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    let taken = world.push(job("one", &["v2-alice"])).await;
    assert_eq!((taken["duplicate"].clone(), taken["report"].clone()), (json!(false), Value::Null));
    let job = world.wait_for("one", "sent").await;
    assert_eq!((world.fake.delivered("v2-alice"), job["trace_id"].clone()), (1, taken["trace_id"].clone()));

    let task_id = job["task_ids"][0].as_str().unwrap();
    let receipt = |task_id: &str, param: &str| {
        let receipt = json!({task_id: {"param": param, "targets": "v2-alice", "ackType": "0"}});
        world.post("/v1/receipts/vivo?key=fedcba9876543210fedcba9876543210", receipt.to_string())
    };
    assert_eq!(receipt(task_id, "one").await, (200, json!({"matched": 1, "unknown": 0})));
    assert_eq!(receipt("1", "one").await, (200, json!({"matched": 0, "unknown": 1})));
    assert_eq!(receipt(task_id, "two").await, (200, json!({"matched": 0, "unknown": 1})));
    let job = world.wait_for("one", "sent").await;
    let whats: Vec<_> =
        job["history"].as_array().unwrap().iter().map(|event| event["what"].clone()).collect();
    assert_eq!(whats, ["queued", "sent", "receipt"]);
}

/// The same request id within the window.
pub async fn duplicate(queue: Queue, folder: &Path) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    world.push(job("one", &["v2-alice"])).await;
    assert_eq!(world.push(job("one", &["v2-bob"])).await["duplicate"], true);
    world.wait_for("one", "sent").await;
    assert_eq!(world.push(job("one", &["v2-alice"])).await["duplicate"], true);
    assert_eq!((world.fake.totals().pushes, world.fake.delivered("v2-bob")), (1, 0));
}

/// One authentication for all, and one more when the token expires.
pub async fn reauthenticate(queue: Queue, folder: &Path) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    let lines = |from: usize| {
        let job = |number: usize| job(&format!("job-{number}"), &["v2-alice"]).to_string() + "\n";
        (from..from + 50).map(job).collect::<String>()
    };
    for (from, tokens) in [(0, 1), (50, 2)] {
        let request = world.client.post(world.url("/v1/pushes")).bearer_auth(KEY).body(lines(from));
        let reply = request.header("content-type", "application/x-ndjson").send().await.unwrap();
        assert_eq!(reply.status(), 202);
        for number in from..from + 50 {
            world.wait_for(&format!("job-{number}"), "sent").await;
        }
        assert_eq!(world.fake.totals().tokens, tokens);
        world.fake.expire_tokens();
    }
}

/// vivo fails for the moment, in each way.
pub async fn back_off(queue: Queue, folder: &Path) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    let faults = [
        Fault::Code(10072),
        Fault::Code(10040),
        Fault::ServerError,
        Fault::Status(502),
        Fault::Cut,
        Fault::Hang(Duration::from_secs(5)),
        Fault::Late(Duration::from_secs(5)),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let reg_id = format!("v2-{number}");
        world.fake.fail(&reg_id, [fault]);
        world.push(job(&format!("job-{number}"), &[&reg_id])).await;
    }
    for number in 0..faults.len() {
        let last = world.settled(&format!("job-{number}"), "sent").await;
        assert_eq!((last["attempts"].clone(), world.fake.delivered(&format!("v2-{number}"))), (json!(2), 1));
    }
}

/// vivo fails for too long: rounds, and then a dead letter, which an operator sends again.
pub async fn too_often(queue: Queue, folder: &Path) {
    let rounds = |config: &mut Config| {
        config.engine.rounds = 2;
        config.engine.attempts = 2;
        config.engine.round_pause_s = 1;
    };
    let world = World::new(queue, folder, rules(), rounds).await;
    world.fake.fail("v2-alice", [Fault::ServerError; 4]);
    world.push(job("one", &["v2-alice"])).await;
    world.wait_for("one", "retrying").await;
    let last = world.settled("one", "failed").await;
    assert_eq!((last["reason"].clone(), world.fake.received("one")), (json!("too_often"), 4));
    let dead = world.get("/v1/dead").await;
    assert_eq!((dead[0]["id"].clone(), dead.to_string().contains("seven")), (json!("one"), false));

    assert_eq!(world.post("/v1/dead/resend", "").await, (200, json!({"resent": 1})));
    world.wait_for("one", "sent").await;
    assert_eq!((world.get("/v1/dead").await, world.fake.delivered("v2-alice")), (json!([]), 1));
}

/// A regId is no longer valid.
pub async fn drop_token(queue: Queue, folder: &Path) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    world.fake.invalidate("v2-gone", UserStatus::UNSUBSCRIBED);
    world.fake.invalidate("v2-away", UserStatus::INACTIVE);
    world.push(job("one", &["v2-gone"])).await;
    world.push(job("two", &["v2-away"])).await;
    world.wait_for("one", "token_dropped").await;
    world.wait_for("two", "unreachable").await;
    let dropped = world.get("/v1/dropped").await;
    assert_eq!(dropped.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (dropped[0]["reg_id"].clone(), dropped[0]["business_id"].clone()),
        (json!("v2-gone"), json!(6666))
    );
    let after = dropped[0]["number"].as_u64().unwrap();
    assert_eq!(world.get(&format!("/v1/dropped?after={after}")).await, json!([]));
}

/// A quota is used up: the class waits and sends nothing more, the other class goes on.
pub async fn stop_for_today(queue: Queue, folder: &Path) {
    let mut rules = rules();
    rules.operational_per_day = Some(1);
    let world = World::new(queue, folder, rules, |_| {}).await;
    world.push(with_category(job("one", &["v2-alice"]), "MARKETING")).await;
    world.wait_for("one", "sent").await;
    world.push(with_category(job("two", &["v2-alice"]), "MARKETING")).await;
    let last = world.settled("two", "parked").await;
    assert_eq!((last["code"].clone(), last["reason"].clone()), (json!(10070), json!("stop_for_today")));
    let wait = last["due"].as_u64().unwrap() - last["at"].as_u64().unwrap();
    assert!(wait <= 24 * 3600 * 1000, "{wait}");
    world.push(with_category(job("three", &["v2-alice"]), "MARKETING")).await;
    world.wait_for("three", "parked").await;
    assert_eq!(world.fake.received("three"), 0);
    world.push(with_category(job("four", &["v2-alice"]), "IM")).await;
    world.wait_for("four", "sent").await;
    // What another process or a restart learns.
    let (shared, _) =
        world.gateway.engine.shared.queue.update("quota", "10004", |_: &mut Value| false).await.unwrap();
    assert_eq!(shared[0]["code"], 10070);
}

/// It is night in China for operational messages.
pub async fn wait_for_window(queue: Queue, folder: &Path) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    world.fake.fail("v2-alice", [Fault::Code(10071)]);
    world.push(with_category(job("one", &["v2-alice"]), "MARKETING")).await;
    let last = world.settled("one", "parked").await;
    assert_eq!(last["reason"], "wait_for_window");
}

/// Advice that needs a person: the push is a dead letter at once. A phone that takes no push is no error.
pub async fn not_repeated(queue: Queue, folder: &Path) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    for (code, state, reason) in [
        (10097, "failed", json!("fix_request: category")),
        (10045, "failed", json!("fix_account")),
        (10104, "failed", json!("fix_text")),
        (19999, "failed", json!("unknown")),
        (10311, "unreachable", Value::Null),
    ] {
        let (id, reg_id) = (format!("job-{code}"), format!("v2-{code}"));
        world.fake.fail(&reg_id, [Fault::Code(code)]);
        world.push(job(&id, &[&reg_id])).await;
        let last = world.settled(&id, state).await;
        assert_eq!((last["code"].clone(), last["reason"].clone()), (json!(code), reason), "{code}");
        assert_eq!(world.fake.received(&id), 1);
    }
    assert_eq!(world.get("/v1/dead").await.as_array().map(Vec::len), Some(4));
}

/// The app's secret is wrong, so there is no token.
pub async fn no_token(queue: Queue, folder: &Path) {
    let wrong = |config: &mut Config| config.apps[0].app_secret = Secret::new("another secret");
    let world = World::new(queue, folder, rules(), wrong).await;
    for id in ["one", "two"] {
        world.push(job(id, &["v2-alice"])).await;
        let last = world.settled(id, "failed").await;
        assert!(last["reason"].as_str().unwrap().starts_with("no_token: 10206"), "{last}");
    }
    assert_eq!(world.fake.totals().results.get(&10206), Some(&1));
}

/// A list of two parts, some of whose regIds are not valid. vivo forgets the payload once.
pub async fn list(queue: Queue, folder: &Path) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    let reg_ids: Vec<_> = (0..1001).map(|number| format!("v2-{number}")).collect();
    world.fake.invalidate("v2-0", UserStatus::NOT_FOUND);
    world.fake.invalidate("v2-1000", UserStatus::INACTIVE);
    world.fake.fail("v2-1000", [Fault::Code(10155)]);
    world.push(job("one", &reg_ids.iter().map(String::as_str).collect::<Vec<_>>())).await;
    let job = world.wait_for("one", "finished").await;
    let counts = ["receivers", "sent", "dropped", "unreachable", "failed"].map(|name| job[name].as_u64());
    assert_eq!(counts, [Some(1001), Some(999), Some(1), Some(1), Some(0)]);
    let totals = world.fake.totals();
    assert_eq!((totals.delivered, totals.payloads, world.fake.delivered("v2-999")), (999, 1, 1));
    assert_eq!(world.get("/v1/dropped").await[0]["reg_id"], "v2-0");
}

/// Two gateways on one queue share the work, the token, and the quotas.
pub async fn two_gateways(queue: Queue, folder: &Path) {
    let mut rules = rules();
    rules.operational_per_day = Some(0);
    rules.latency = Duration::from_millis(20);
    let first = World::new(queue, folder, rules, |config| config.engine.concurrent = 4).await;
    let mut settings = config(first.fake.url(), folder);
    settings.engine.concurrent = 4;
    let second = Gateway::start(&settings, first.gateway.engine.shared.queue.clone()).await.unwrap();
    let lines: String =
        (0..100).map(|n| job(&format!("job-{n}"), &["v2-alice"]).to_string() + "\n").collect();
    let request = first.client.post(first.url("/v1/pushes")).bearer_auth(KEY).body(lines);
    request.header("content-type", "application/x-ndjson").send().await.unwrap();
    for number in 0..100 {
        first.wait_for(&format!("job-{number}"), "sent").await;
    }
    let shares = [&first.gateway, &second].map(|gateway| {
        gateway.engine.shared.metrics.items.with_label_values(&["vivo", "10004", "sent"]).get()
    });
    assert!(shares.iter().all(|share| *share > 0), "{shares:?}");
    assert_eq!((first.fake.totals().tokens, first.fake.delivered("v2-alice")), (1, 100));

    first.push(with_category(job("closes", &["v2-alice"]), "MARKETING")).await;
    first.wait_for("closes", "parked").await;
    // Each looks at the shared quotas five times a second.
    tokio::time::sleep(Duration::from_millis(500)).await;
    for number in 0..20 {
        let id = format!("parked-{number}");
        first.push(with_category(job(&id, &["v2-alice"]), "MARKETING")).await;
        first.wait_for(&id, "parked").await;
        assert_eq!(first.fake.received(&id), 0);
    }
    second.stop().await;
}

/// The gateway stops under load, and another one goes on with what is left.
pub async fn restart(open: impl AsyncFn(&Path) -> Option<Queue>, folder: &Path) {
    let Some(queue) = open(folder).await else { return };
    let mut slow = rules();
    slow.latency = Duration::from_millis(50);
    let world = World::new(queue, folder, slow, |config| config.engine.concurrent = 8).await;
    let lines: String =
        (0..200).map(|n| job(&format!("job-{n}"), &[&format!("v2-{n}")]).to_string() + "\n").collect();
    let request = world.client.post(world.url("/v1/pushes")).bearer_auth(KEY).body(lines);
    let reply = request.header("content-type", "application/x-ndjson").send().await.unwrap();
    assert_eq!(reply.status(), 202);
    let start = Instant::now();
    while world.fake.totals().delivered == 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "nothing is sent");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let World { fake, gateway, client } = world;
    gateway.stop().await;
    let before = fake.totals();
    assert!((1..200).contains(&before.delivered), "{before:?}");

    let queue = open(folder).await.unwrap();
    let gateway = Gateway::start(&config(fake.url(), folder), queue).await.unwrap();
    let world = World { fake, gateway, client };
    for number in 0..200 {
        world.wait_for(&format!("job-{number}"), "sent").await;
    }
    let totals = world.fake.totals();
    // Nothing is left of what was finished.
    let start = Instant::now();
    while world.gateway.engine.shared.queue.depth().await.unwrap().total() > 0 {
        assert!(start.elapsed() < Duration::from_secs(5));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // The second gateway has the token of the first one.
    assert_eq!((totals.delivered, totals.repeated, totals.tokens), (200, 0, 1));
}

/// Makes the tests. `$open` is an async function from a folder to a queue, or to `None` if this machine cannot have one.
macro_rules! cases {
    ($open:path: $($name:ident)+) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let folder = tempfile::tempdir().unwrap();
                let Some(queue) = $open(folder.path()).await else { return };
                suite::$name(queue, folder.path()).await;
            }
        )+

        #[tokio::test(flavor = "multi_thread")]
        async fn restart() {
            let folder = tempfile::tempdir().unwrap();
            suite::restart($open, folder.path()).await;
        }
    };
    ($open:path) => {
        suite::cases! { $open:
            done duplicate reauthenticate back_off too_often drop_token stop_for_today wait_for_window not_repeated
            no_token list two_gateways
        }
    };
}

pub(crate) use cases;
