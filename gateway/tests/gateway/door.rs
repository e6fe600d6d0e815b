//! Hostile callers: clear errors, and nothing lost.

use std::time::{Duration, Instant};

use offline_push::tim::callback::CallbackSign;
use offline_push_gateway::config::Config;
use offline_push_gateway::now;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::suite::{self, CALLBACK_TOKEN, KEY, World, job, rules};

async fn world(change: impl FnOnce(&mut Config)) -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let queue = suite::open(&suite::queue(folder.path())).await.unwrap();
    (World::new(queue, folder.path(), rules(), change).await, folder)
}

#[tokio::test]
async fn push_broken_job_names_field_rule_and_offset() {
    let (world, _folder) = world(|_| {}).await;
    let valid = job("one", &["v2-alice"]).to_string();
    let settings = valid.find(r#"{"offline_push_config"#).unwrap();
    let token = valid.find(r#"{"offline_push_token"#).unwrap();
    let brackets = "[".repeat(500_000);
    for (text, field, rule, offset) in [
        (valid.replace("\"one\"", "\"\""), json!("request_id"), "missing", Value::Null),
        (valid.replace("\"one\"", "\"a\\r\\nb: c\""), json!("request_id"), "unknown_value", Value::Null),
        (valid.replace("one", &"x".repeat(49)), json!("request_id"), "too_long", Value::Null),
        (
            valid.replace("6666", "7777"),
            json!("offline_push_token_business_id"),
            "unknown_value",
            json!(token),
        ),
        (valid.replace("v2-alice", ""), json!("offline_push_token_token"), "missing", json!(token)),
        (valid.replace("v2-alice", "v2 alice"), json!("regId"), "unknown_value", json!(settings)),
        (valid.replace("\"Alice\"", "17"), json!("offline_push_config_title"), "json", json!(settings + 78)),
        (valid.replace("tokens", "token"), Value::Null, "json", Value::Null),
        (valid.replace("\"Alice\"", &brackets), Value::Null, "json", Value::Null),
        (brackets.clone(), Value::Null, "json", Value::Null),
        (String::new(), Value::Null, "json", json!(0)),
        ("\u{0}".into(), Value::Null, "json", json!(0)),
    ] {
        let (status, reply) = world.post("/v1/pushes", text.clone()).await;
        let error = &reply["error"];
        let shown = &text[..text.len().min(300)];
        assert_eq!((status, error["rule"].as_str()), (400, Some(rule)), "{shown}: {reply}");
        if !field.is_null() {
            assert_eq!(error["field"], field, "{shown}: {reply}");
        }
        if !offset.is_null() && rule != "json" {
            assert_eq!(error["offset"], offset, "{shown}: {reply}");
        }
        assert!(!reply.to_string().contains("seven"), "{reply}");
    }
    let title = valid.find("\"Alice\"").unwrap();
    let (_, reply) = world.post("/v1/pushes", valid.replace("\"Alice\"", "17")).await;
    assert_eq!(reply["error"]["offset"], title);

    let lines = format!("{valid}\n\n{}\n", valid.replace("one", ""));
    let request = world.client.post(world.url("/v1/pushes")).bearer_auth(KEY).body(lines);
    let reply = request.header("content-type", "application/x-ndjson").send().await.unwrap();
    assert_eq!(reply.status(), 400);
    let reply: Value = serde_json::from_str(&reply.text().await.unwrap()).unwrap();
    assert_eq!(reply["error"]["line"], 3);
    // If one of several jobs is wrong, none is taken.
    assert_eq!(world.fake.totals().pushes, 0);
}

#[tokio::test]
async fn routes_with_wrong_keys_paths_and_sizes() {
    let (world, _folder) = world(|config| config.door.max_body = 10_000).await;
    let status = async |method: &str, path: &str, key: &str, body: String| {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = world.client.request(method, world.url(path)).header("authorization", key).body(body);
        request.send().await.unwrap().status().as_u16()
    };
    let (right, wrong) = (format!("Bearer {KEY}"), format!("Bearer {}", KEY.replace('f', "e")));
    let short = &right[..20];
    for (method, path, key, length, expected) in [
        ("POST", "/v1/pushes", "", 0, 401),
        ("POST", "/v1/pushes", wrong.as_str(), 0, 401),
        ("POST", "/v1/pushes", short, 0, 401),
        ("POST", "/v1/pushes", KEY, 0, 401),
        ("GET", "/v1/dead", "", 0, 401),
        ("GET", "/v1/dropped", "", 0, 401),
        ("POST", "/v1/dead/resend", "", 0, 401),
        ("GET", "/v1/pushes/one", "", 0, 401),
        ("GET", "/v1/pushes/one", right.as_str(), 0, 404),
        ("GET", "/v1/pushes/msg_key:one", right.as_str(), 0, 404),
        ("GET", "/v1/dropped?after=x", right.as_str(), 0, 400),
        ("GET", "/v1/pushes", right.as_str(), 0, 405),
        ("POST", "/v1/pushes", right.as_str(), 10_001, 413),
        ("POST", "/v1/receipts/vivo", "", 0, 401),
        ("POST", "/v1/receipts/vivo?key=", "", 0, 401),
        ("POST", "/v1/receipts/vivo?key=fedcba9876543210fedcba9876543210", "", 1, 400),
        ("POST", "/v1/callbacks/tim", "", 0, 401),
        ("GET", "/nothing", "", 0, 404),
        ("GET", "/healthz", "", 0, 200),
        ("GET", "/readyz", "", 0, 200),
    ] {
        assert_eq!(status(method, path, key, "[".repeat(length)).await, expected, "{method} {path} {key}");
    }
    let metrics = world.client.get(world.url("/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains(r#"push_door_requests_total{route="/v1/pushes",status="413"} 1"#), "{metrics}");
    assert!(metrics.contains("push_quota_opens_seconds{"), "{metrics}");
}

#[tokio::test]
async fn slow_caller_loses_its_connection() {
    let limits = |config: &mut Config| {
        config.door.head_timeout_ms = 200;
        config.door.timeout_ms = 300;
    };
    let (world, _folder) = world(limits).await;
    let head = format!(
        "POST /v1/pushes HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {KEY}\r\ncontent-length: 9\r\n"
    );
    for (sent, reply) in [(head.clone(), ""), (format!("{head}\r\n{{"), "HTTP/1.1 408 ")] {
        let start = Instant::now();
        let mut stream = TcpStream::connect(world.gateway.address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        let mut received = Vec::new();
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = stream.read(&mut buffer).await {
            received.extend_from_slice(&buffer[..count]);
            if received.windows(4).any(|end| end == b"\r\n\r\n") {
                break;
            }
        }
        let received = String::from_utf8_lossy(&received).into_owned();
        assert!(received.starts_with(reply), "{received}");
        assert!(start.elapsed() < Duration::from_secs(3));
    }
}

#[tokio::test]
async fn busy_door_answers_429_with_retry_after() {
    let limits =
        |config: &mut Config| config.door.per_second = const { std::num::NonZeroU32::new(3).unwrap() };
    let (too_fast, _folder) = world(limits).await;
    let full = |config: &mut Config| config.queue.max_depth = 2;
    let (full, _folder) = world(full).await;
    let lines: String =
        (0..3).map(|number| job(&format!("job-{number}"), &["v2-a"]).to_string() + "\n").collect();
    let post = |world: &World, key: &str| {
        let request =
            world.client.post(world.url("/v1/pushes")).header("content-type", "application/x-ndjson");
        request.bearer_auth(key).body(lines.clone()).send()
    };
    let reply = post(&full, KEY).await.unwrap();
    assert_eq!((reply.status().as_u16(), reply.headers()["retry-after"].to_str().unwrap()), (429, "2"));
    assert_eq!(full.fake.totals().pushes, 0);

    // Wrong keys have a rate of their own.
    for expected in [401, 401, 401, 429] {
        assert_eq!(post(&too_fast, "wrong").await.unwrap().status().as_u16(), expected);
    }
    for expected in [202, 202, 202, 429] {
        assert_eq!(post(&too_fast, KEY).await.unwrap().status().as_u16(), expected);
    }
}

#[tokio::test]
async fn callbacks_are_verified_and_matched_by_msg_key() {
    let (world, _folder) = world(|_| {}).await;
    let mut with_key = job("one", &["v2-alice"]);
    with_key["msg_key"] = json!("1_2_3");
    world.push(with_key).await;
    world.wait_for("one", "sent").await;
    let event = json!({"CallbackCommand": "Push.OfflinePush", "EventType": 1, "PushPlatform": 7, "PushStage": 2,
        "MsgKey": "1_2_3", "ErrCode": 0});
    let unknown = json!({"MsgKey": "4_5_6"});
    let body = json!({"Events": [event, unknown]}).to_string();
    let time = (now() / 1000).to_string();
    let sign = CallbackSign::new(CALLBACK_TOKEN, &time);
    let path = |sign: &str| {
        format!(
            "/v1/callbacks/tim?SdkAppid=1400000000&CallbackCommand=Push.OfflinePush&contenttype=json&RequestTime={time}&Sign={sign}"
        )
    };
    assert_eq!(world.post(&path(&"0".repeat(64)), body.clone()).await.0, 401);
    let (status, answer) = world.post(&path(sign.as_str()), body).await;
    assert_eq!((status, answer["ActionStatus"].clone()), (200, json!("OK")));
    let job = world.wait_for("one", "sent").await;
    assert_eq!(job["history"][2]["what"], "callback");
}
