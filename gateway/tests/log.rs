//! The log at its finest level, of all crates: no secret, no text of a push, no regId.

mod suite;

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use offline_push::tim::callback::CallbackSign;
use offline_push::vivo::UserStatus;
use offline_push_fake::Fault;
use offline_push_gateway::config::{self, QueueKind, Secret};
use offline_push_gateway::queue::Queue;
use offline_push_gateway::{may_be_logged, now};
use serde_json::{Value, json};
use suite::process::{Nats, has_nats};
use suite::{CALLBACK_TOKEN, KEY, RECEIPT_KEY, SECRET, World, job, rules};
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(text)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// All that a gateway does. Returns the trace ids, which the log has, and what it must not have: the auth token, and a signature.
async fn work(queue: Queue, folder: &Path) -> (Vec<String>, Vec<String>) {
    let world = World::new(queue, folder, rules(), |_| {}).await;
    world.fake.invalidate("v2-secret-gone", UserStatus::UNSUBSCRIBED);
    world.fake.fail("v2-secret-cut", [Fault::Cut, Fault::ServerError]);
    world.fake.fail("v2-secret-text", [Fault::Code(10104)]);
    let mut traces = Vec::new();
    for (id, reg_ids, state) in [
        ("one", &["v2-secret-alice"][..], "sent"),
        ("two", &["v2-secret-cut"], "sent"),
        ("three", &["v2-secret-gone"], "token_dropped"),
        ("four", &["v2-secret-text"], "failed"),
        ("five", &["v2-secret-alice", "v2-secret-bob", "v2-secret-gone"], "finished"),
    ] {
        let mut job = job(id, reg_ids);
        job["settings"]["offline_push_config_ext"] = json!("{\"room\":\"the blue one\"}");
        job["msg_key"] = json!("1_2_3");
        traces.push(world.push(job).await["trace_id"].as_str().unwrap().to_owned());
        world.wait_for(id, state).await;
    }
    // These are refused: they have a secret or a text where it must not be.
    let broken = job("six", &["v2-secret-alice"]).to_string();
    assert_eq!(world.post("/v1/pushes", broken.replace("\"Alice\"", "[\"See you\"]")).await.0, 400);
    assert_eq!(world.post("/v1/pushes", broken.replace("v2-secret-alice", "v2 secret alice")).await.0, 400);
    let wrong = world.client.get(world.url("/v1/dead")).bearer_auth(RECEIPT_KEY);
    assert_eq!(wrong.send().await.unwrap().status(), 401);
    let receipts = r#"{"1":{"param":"one","targets":"v2-secret-alice","ackTime":"1","ackType":"0"}}"#;
    world.post(&format!("/v1/receipts/vivo?key={RECEIPT_KEY}"), receipts).await;
    let seconds = (now() / 1000).to_string();
    let sign = CallbackSign::new(CALLBACK_TOKEN, &seconds);
    let query = format!(
        "SdkAppid=1400000000&CallbackCommand=Push.OfflinePush&contenttype=json&RequestTime={seconds}&Sign={}",
        sign.as_str()
    );
    world.post(&format!("/v1/callbacks/tim?{query}"), r#"{"text":"See you"}"#).await;
    assert_eq!(world.post("/v1/dead/resend", "").await.0, 200);
    world.wait_for("four", "sent").await;
    let (token, _) =
        world.gateway.engine.shared.queue.update("token", "10004", |_: &mut Value| false).await.unwrap();
    world.gateway.stop().await;
    (traces, vec![token["text"].as_str().unwrap().to_owned(), sign.as_str().to_owned()])
}

// It sets the log of the whole process, so it is the only test here.
#[tokio::test(flavor = "multi_thread")]
async fn trace_log_has_ids_but_no_secret_and_no_text() {
    let log = Log::default();
    let writer = log.clone();
    let all = tracing_subscriber::fmt().json().with_max_level(LevelFilter::TRACE);
    all.with_writer(move || writer.clone()).finish().with(filter_fn(may_be_logged)).init();
    let folder = tempfile::tempdir().unwrap();
    let file = suite::queue(folder.path());
    let mut said = vec![work(suite::open(&file).await.unwrap(), folder.path()).await];
    if has_nats() {
        let nats = Nats::start_with(folder.path(), "authorization { token: nats-token }");
        let (kind, url, token) = (QueueKind::JetStream, nats.url.clone(), Some(Secret::new("nats-token")));
        let queue = config::Queue { kind, url, token, ..file };
        said.push(work(suite::open(&queue).await.unwrap(), folder.path()).await);
    }

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("\"TRACE\""), "the level is not TRACE");
    for (traces, _) in &said {
        assert!(traces.iter().all(|trace| log.contains(trace)), "{traces:?}");
    }
    let hidden = said.iter().flat_map(|(_, hidden)| hidden.iter().map(String::as_str));
    for secret in hidden.chain([
        KEY, RECEIPT_KEY, CALLBACK_TOKEN, SECRET, "app key of the test", "Alice", "See you", "the blue one",
        "nats-token", "secret-alice", "secret alice", "secret-gone", "secret-text",
    ]) {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
