//! The suite with NATS JetStream. All tests of this program share one server; each has streams of its own.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use offline_push_gateway::config::{self, QueueKind, Secret};
use offline_push_gateway::queue::Queue;

use crate::suite;
use crate::suite::process::{Nats, free_port, has_nats};

/// The URL of the server. `None` if there is no nats-server on this machine.
fn server() -> Option<&'static str> {
    static URL: OnceLock<Option<String>> = OnceLock::new();
    let start = || {
        has_nats().then(|| {
            let port = free_port();
            // When this program ends, the pipe closes. Then the shell ends the server and deletes its store.
            let script =
                "nats-server -a 127.0.0.1 -p $0 -js -sd $1 >/dev/null 2>&1 & read _; kill $!; wait; rm -r $1";
            let store = std::env::temp_dir().join(format!("gateway-tests-{port}-{}", std::process::id()));
            let mut shell = Command::new("sh");
            shell.args(["-c", script, &port.to_string()]).arg(store).stdin(Stdio::piped());
            // Nobody waits for it: it lives longer than this program.
            std::mem::forget(shell.spawn().unwrap());
            format!("nats://127.0.0.1:{port}")
        })
    };
    URL.get_or_init(start).as_deref()
}

async fn open(folder: &Path) -> Option<Queue> {
    let url = server()?.to_owned();
    let name = folder.file_name().unwrap().to_string_lossy().replace('.', "");
    let queue = config::Queue { kind: QueueKind::JetStream, url, name, ..suite::queue(folder) };
    Some(suite::open(&queue).await.unwrap())
}

suite::cases!(open);

/// Servers that require authentication.
#[tokio::test(flavor = "multi_thread")]
async fn connect_with_credentials() {
    if !has_nats() {
        return;
    }
    let right = || Some(Secret::new("s3cret"));
    let cases = [
        ("token: s3cret", None, None, right()),
        ("user: gateway, password: s3cret", Some("gateway".to_owned()), right(), None),
    ];
    let connect = cases.map(async |(authorization, user, password, token)| {
        let folder = tempfile::tempdir().unwrap();
        let nats = Nats::start_with(folder.path(), &format!("authorization {{ {authorization} }}"));
        let (kind, url) = (QueueKind::JetStream, nats.url.clone());
        let stranger = config::Queue { kind, url, ..suite::queue(folder.path()) };
        let known = config::Queue { user, password, token, ..stranger.clone() };
        let queue = suite::open(&known).await.unwrap();
        let world = suite::World::new(queue, folder.path(), suite::rules(), |_| {}).await;
        world.push(suite::job("one", &["v2-alice"])).await;
        world.wait_for("one", "sent").await;
        let refused = suite::open(&stranger).await.err().unwrap();
        assert!(refused.contains("authorization") && !refused.contains("s3cret"), "{refused}");
    });
    futures_util::future::join_all(connect).await;
}
