//! What is seen of a gateway from outside: its page in a browser, its metrics, and the trace that goes on to vivo.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use offline_push::vivo::UserStatus;
use offline_push_fake::Fault;
use offline_push_gateway::config::Config;
use serde_json::{Value, json};

use crate::suite::{self, KEY, World, job, rules, with_category};

async fn world(folder: &Path, change: impl FnOnce(&mut Config)) -> World {
    let queue = suite::open(&suite::queue(folder)).await.unwrap();
    let mut rules = rules();
    rules.operational_per_day = Some(0);
    World::new(queue, folder, rules, change).await
}

/// One job for each kind of outcome.
async fn push_all_kinds(world: &World) {
    world.fake.invalidate("v2-gone", UserStatus::UNSUBSCRIBED);
    world.fake.fail("v2-busy", [Fault::Code(10072), Fault::ServerError]);
    world.fake.fail("v2-closed", [Fault::Code(10045)]);
    for (id, reg_id, state) in [
        ("alice", "v2-alice", "sent"),
        ("busy", "v2-busy", "sent"),
        ("gone", "v2-gone", "token_dropped"),
        ("closed", "v2-closed", "failed"),
    ] {
        world.push(job(id, &[reg_id])).await;
        world.wait_for(id, state).await;
    }
    world.push(with_category(job("offer", &["v2-alice"]), "MARKETING")).await;
    world.wait_for("offer", "parked").await;
    // The gateway looks at the depth five times a second.
    tokio::time::sleep(Duration::from_millis(500)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_count_vendor_app_code_and_advice() {
    let folder = tempfile::tempdir().unwrap();
    let world = world(folder.path(), |_| {}).await;
    push_all_kinds(&world).await;
    let text = world.client.get(world.url("/metrics")).send().await.unwrap().text().await.unwrap();
    for line in [
        r#"push_attempts_total{advice="back_off",app="10004",code="10072",vendor="vivo"} 1"#,
        r#"push_attempts_total{advice="failed",app="10004",code="none",vendor="vivo"} 1"#,
        r#"push_attempts_total{advice="fix_account",app="10004",code="10045",vendor="vivo"} 1"#,
        r#"push_authentications_total{app="10004",outcome="token",vendor="vivo"} 1"#,
        r#"push_items_total{app="10004",outcome="sent",vendor="vivo"} 2"#,
        r#"push_item_seconds_count{app="10004",vendor="vivo"} 3"#,
        r#"push_call_seconds_count{app="10004",vendor="vivo"} 7"#,
        r#"push_door_requests_total{route="/v1/pushes",status="202"} 5"#,
        r#"push_queue_items{state="dead"} 1"#,
        r#"push_queue_items{state="later"} 1"#,
        r#"push_quota_opens_seconds{app="10004",class="system",path="/message/send",vendor="vivo"} 0"#,
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
    let closed =
        r#"push_quota_opens_seconds{app="10004",class="operational",path="/message/send",vendor="vivo"} "#;
    let seconds: f64 = text.lines().find_map(|line| line.strip_prefix(closed)).unwrap().parse().unwrap();
    assert!((0.0..=86_400.0).contains(&seconds) && seconds > 0.0, "{seconds}");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_limited_and_end_with_the_gateway() {
    let folder = tempfile::tempdir().unwrap();
    let world = world(folder.path(), |_| {}).await;
    let events = async || world.client.get(world.url("/events")).send().await.unwrap();
    let mut viewers = Vec::new();
    for _ in 0..32 {
        viewers.push(events().await);
    }
    assert_eq!(events().await.status(), 503);
    let mut viewer = viewers.swap_remove(0);
    assert_eq!(viewer.headers()["content-type"], "text/event-stream");
    let first = viewer.chunk().await.unwrap().unwrap();
    assert!(first.starts_with(b"data: <p>"), "{first:?}");
    let World { gateway, .. } = world;
    let start = Instant::now();
    gateway.stop().await;
    assert!(start.elapsed() < Duration::from_secs(5));
    while viewer.chunk().await.unwrap().is_some() {}
}

#[tokio::test(flavor = "multi_thread")]
async fn traceparent_of_the_caller_goes_to_vivo() {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let vivo = {
        let seen = seen.clone();
        axum::Router::new().fallback(async move |headers: HeaderMap| {
            if let Some(trace) = headers.get("traceparent") {
                seen.lock().unwrap().push(trace.to_str().unwrap().to_owned());
            }
            r#"{"result":0,"desc":"ok","authToken":"token","taskId":"1"}"#
        })
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, vivo).await });

    let folder = tempfile::tempdir().unwrap();
    let world = world(folder.path(), |config| config.apps[0].base_url = Some(url)).await;
    let trace_id = "0af7651916cd43dd8448eb211c80319c";
    let own = format!("00-{trace_id}-b7ad6b7169203331-01");
    for (id, given, kept) in [
        ("own", own.clone(), true),
        ("later", format!("{}-more", own.replacen("00", "01", 1)), true),
        ("none", String::new(), false),
        ("zero", own.replace(trace_id, &"0".repeat(32)), false),
        ("capital", own.to_uppercase(), false),
        ("short", own[..50].to_owned(), false),
    ] {
        let request =
            world.client.post(world.url("/v1/pushes")).bearer_auth(KEY).header("traceparent", given);
        let reply = request.body(job(id, &["v2-alice"]).to_string()).send().await.unwrap();
        let taken: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
        let record = world.wait_for(id, "sent").await;
        let sent = seen.lock().unwrap().pop().unwrap();
        assert_eq!((sent == own, taken["trace_id"] == trace_id), (kept, kept), "{id}: {sent}");
        assert_eq!((record["trace_id"].clone(), sent.len()), (taken["trace_id"].clone(), 55), "{id}");
        assert_eq!(record["trace_id"], sent[3..35], "{id}");
    }
}

/// Leaves the screenshots in target/tmp.
#[tokio::test(flavor = "multi_thread")]
async fn page_in_chromium_shows_queue_errors_and_quotas_and_updates() {
    if !Chromium::is_installed() {
        assert!(std::env::var_os("CI").is_none(), "chromium is not installed");
        eprintln!("NOT TESTED: chromium is not installed (apt-get install chromium)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let world = world(folder.path(), |_| {}).await;
    push_all_kinds(&world).await;
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let url = world.url("/");
    // A thread of its own, because it waits for the browser.
    let (opened, open) = tokio::sync::oneshot::channel();
    let browser = std::thread::spawn(move || {
        let folder = tempfile::tempdir().unwrap();
        let mut chromium = Chromium::start(folder.path());
        chromium.open(&url);
        let first = chromium.wait_for_text("live\n");
        opened.send(()).unwrap();
        let updated = chromium.wait_for_text("Run resend-dead when vivo works again.");
        let pictures = [(1200, "desktop.png"), (390, "phone.png")].map(|(width, name)| {
            chromium.set_width(width);
            let inner = chromium.evaluate("document.documentElement.scrollWidth").as_u64();
            (width, inner, chromium.screenshot(&shots.join(name)))
        });
        (first, updated, pictures, chromium.logged())
    });
    open.await.unwrap();
    world.fake.fail("v2-later", [Fault::Code(10072); 3]);
    world.push(job("later", &["v2-later"])).await;
    world.wait_for("later", "failed").await;
    let (first, updated, pictures, logged) = browser.join().unwrap();
    for text in [
        "Takes jobs.",
        "1 of 10000 items in the queue.",
        "Outcomes per minute",
        "sent 2",
        "token dropped 1",
        "parked 1",
        "failed 1",
        "10045",
        "Correct the app in vivo's console, then run resend-dead.",
        "Run resend-dead when vivo works again.",
        "no result: the server failed",
        "at 00:00 in China",
        "All other quotas are open",
    ] {
        assert!(first.contains(text) || updated.contains(text), "{text}\n{first}");
    }
    assert!(!first.contains("Run resend-dead when vivo works again."), "{first}");
    assert!(!updated.contains("v2-") && !updated.contains("seven"), "{updated}");
    for (width, inner, bytes) in pictures {
        assert!(bytes > 10_000 && inner == Some(width), "{width}: {inner:?}, {bytes}");
    }
    assert_eq!(logged, Vec::<String>::new());
}

/// A browser without a window, which is told what to do over its pipes (Chrome DevTools Protocol).
struct Chromium {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    session: Value,
    number: u64,
    /// What the console has shown: a broken policy, for example.
    logged: Vec<String>,
}

impl Chromium {
    fn is_installed() -> bool {
        Command::new("chromium").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    }

    fn start(folder: &Path) -> Self {
        // The browser wants its pipes as files 3 and 4.
        let script = "exec chromium \"$@\" 3<&0 4>&1 2>/dev/null";
        let mut process = Command::new("sh")
            .args([
                "-c", script, "sh", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            ])
            .args(["--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", folder.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        Self { process, input, output, session: Value::Null, number: 0, logged: Vec::new() }
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let mut command = json!({"id": self.number, "method": method, "params": params});
        if !self.session.is_null() {
            command["sessionId"] = self.session.clone();
        }
        self.input.write_all(format!("{command}\0").as_bytes()).unwrap();
        loop {
            let mut text = Vec::new();
            self.output.read_until(0, &mut text).unwrap();
            text.pop();
            let answer: Value = serde_json::from_slice(&text).unwrap();
            if answer["id"] == self.number {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
            if answer["method"] == "Log.entryAdded" {
                self.logged.push(answer["params"]["entry"].to_string());
            }
        }
    }

    fn open(&mut self, url: &str) {
        let target = self.call("Target.createTarget", json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        self.session = self.call("Target.attachToTarget", attach)["sessionId"].clone();
        self.call("Log.enable", json!({}));
        self.set_width(1200);
        self.call("Page.navigate", json!({"url": url}));
    }

    fn set_width(&mut self, width: u64) {
        let size = json!({"width": width, "height": 800, "deviceScaleFactor": 2, "mobile": width < 600});
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    fn evaluate(&mut self, expression: &str) -> Value {
        let result = self.call("Runtime.evaluate", json!({"expression": expression, "returnByValue": true}));
        result["result"]["value"].clone()
    }

    /// The text of the page, when this is in it.
    fn wait_for_text(&mut self, wanted: &str) -> String {
        let start = Instant::now();
        loop {
            let text =
                self.evaluate("document.body?.innerText ?? ''").as_str().unwrap_or_default().to_owned();
            if text.contains(wanted) {
                return text;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "no {wanted}: {text}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Writes a picture of the whole page, and returns its size in bytes.
    fn screenshot(&mut self, path: &Path) -> usize {
        let picture = self.call("Page.captureScreenshot", json!({"captureBeyondViewport": true}));
        let picture = from_base64(picture["data"].as_str().unwrap());
        std::fs::write(path, &picture).unwrap();
        picture.len()
    }

    fn logged(&mut self) -> Vec<String> {
        std::mem::take(&mut self.logged)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The browser may have ended already.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = group.iter().fold(0, |bits: u32, byte| bits << 6 | u32::from(digit(*byte)));
        let bits = bits << (6 * (4 - group.len()));
        bytes.extend(bits.to_be_bytes()[1..group.len()].iter());
    }
    bytes
}
