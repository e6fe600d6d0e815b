//! The suite with NATS JetStream. All tests of this program share one server; each has streams of its own.

mod suite;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use offline_push_gateway::queue::jetstream::{JetStream, Settings};
use suite::process::{free_port, has_nats};

/// The URL of the server. `None` if there is no nats-server on this machine.
fn server() -> Option<&'static str> {
    static URL: OnceLock<Option<String>> = OnceLock::new();
    let start = || {
        has_nats().then(|| {
            let port = free_port();
            // The shell ends the server, and deletes its store, when this program is gone and with it the other end of the pipe.
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

async fn open(folder: &Path) -> Option<JetStream> {
    let url = server()?.to_owned();
    let name = folder.file_name().unwrap().to_string_lossy().replace('.', "");
    let (window, lease) = (Duration::from_secs(3600), Duration::from_secs(300));
    let settings = Settings { url, token: None, name, replicas: 1, window, lease };
    // The server has just been started.
    for _ in 0..200 {
        match JetStream::connect(&settings).await {
            Ok(queue) => return Some(queue),
            Err(error) if error.to_string().contains("connect") => {}
            Err(error) => panic!("{error}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("nats-server does not start");
}

suite::cases!(open);
