//! Programs that a test starts and kills: nats-server, and the gateway.

use std::collections::hash_map::RandomState;
use std::fmt::Write as _;
use std::hash::BuildHasher;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{KEY, SECRET};

/// A random number.
pub fn random() -> u64 {
    RandomState::new().hash_one(0)
}

/// A port that nobody uses. It is below those that the system gives to connections, so it stays free while its program is dead.
pub fn free_port() -> u16 {
    loop {
        let port = 20_000 + (random() % 10_000) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// Says that a test is left out, because there is no nats-server. It fails in CI, where there must be one.
pub fn has_nats() -> bool {
    let has = Command::new("nats-server").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !has {
        assert!(std::env::var_os("CI").is_none(), "nats-server is not installed");
        eprintln!("\n#### NOT TESTED: nats-server is not installed: apt-get install nats-server ####\n");
    }
    has
}

/// A program that dies with its owner.
pub struct Program {
    child: Child,
    command: Box<dyn Fn() -> Command + Send>,
}

impl Program {
    pub fn start(command: impl Fn() -> Command + Send + 'static) -> Self {
        Self { child: command().spawn().unwrap(), command: Box::new(command) }
    }

    pub fn kill(&mut self) {
        // It may have ended by itself.
        _ = self.child.kill();
        self.child.wait().unwrap();
    }

    pub fn start_again(&mut self) {
        self.child = (self.command)().spawn().unwrap();
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Memory that it has now, in MB.
    pub fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A nats-server with its store in a folder.
pub struct Nats {
    pub program: Program,
    pub url: String,
}

impl Nats {
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, "")
    }

    /// Starts a server with these lines in its configuration.
    pub fn start_with(folder: &Path, lines: &str) -> Self {
        let (port, config, folder) = (free_port(), folder.join("nats.conf"), folder.join("nats"));
        std::fs::write(&config, lines).unwrap();
        let program = Program::start(move || {
            let mut command = Command::new("nats-server");
            command.args(["-a", "127.0.0.1", "-p", &port.to_string(), "-js", "-sd"]).arg(&folder);
            command.arg("-c").arg(&config);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            command
        });
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "nats-server does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
        Self { program, url: format!("nats://127.0.0.1:{port}") }
    }
}

/// A gateway in a process of its own.
pub struct Process {
    pub program: Program,
    pub url: String,
}

impl Process {
    /// `queue` and `engine` are lines of gateway.toml.
    pub fn start(folder: &Path, fake: &str, queue: &str, engine: &str) -> Self {
        let port = free_port();
        let mut settings = String::new();
        write!(
            settings,
            r#"
            listen = "127.0.0.1:{port}"
            [[keys]]
            name = "test"
            key = {{ env = "TEST_KEY" }}
            [[apps]]
            business_id = 6666
            app_id = 10004
            app_key = {{ env = "TEST_APP_KEY" }}
            app_secret = {{ env = "TEST_APP_SECRET" }}
            per_second = 100000
            base_url = "{fake}"
            [queue]
            {queue}
            [engine]
            {engine}
            [door]
            per_second = 100000
            "#
        )
        .unwrap();
        let path = folder.join(format!("gateway-{port}.toml"));
        std::fs::write(&path, settings).unwrap();
        let log = folder.join(format!("gateway-{port}.log"));
        Self {
            program: Program::start(move || command(&path, &log)),
            url: format!("http://127.0.0.1:{port}"),
        }
    }

    /// Waits until the gateway takes jobs. It is started again if it ends, as a supervisor does.
    pub async fn is_ready(&mut self, client: &reqwest::Client) {
        let start = Instant::now();
        loop {
            let ready = client.get(format!("{}/readyz", self.url)).timeout(Duration::from_secs(2)).send();
            if ready.await.is_ok_and(|reply| reply.status() == 200) {
                return;
            }
            if self.program.has_ended() {
                self.program.start_again();
            }
            assert!(start.elapsed() < Duration::from_secs(30), "the gateway does not start");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Posts jobs, one on each line. Returns the status, or 0 if there is no answer.
    pub async fn post(&self, client: &reqwest::Client, lines: String) -> u16 {
        let request = client.post(format!("{}/v1/pushes", self.url)).bearer_auth(KEY).body(lines);
        let request = request.header("content-type", "application/x-ndjson").timeout(Duration::from_secs(10));
        request.send().await.map_or(0, |reply| reply.status().as_u16())
    }

    /// A member of a job.
    pub async fn job(&self, client: &reqwest::Client, id: &str) -> serde_json::Value {
        let request = client.get(format!("{}/v1/pushes/{id}", self.url)).bearer_auth(KEY);
        let text = request.send().await.unwrap().text().await.unwrap();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// A number of `/metrics`.
    pub async fn metric(&self, client: &reqwest::Client, name: &str) -> f64 {
        let text = client.get(format!("{}/metrics", self.url)).send().await.unwrap().text().await.unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|number| number.trim().parse().ok()).unwrap_or(0.0)
    }
}

fn command(settings: &PathBuf, log: &PathBuf) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offline-push-gateway"));
    command.args(["serve", "--config"]).arg(settings);
    command.env("TEST_KEY", KEY).env("TEST_APP_KEY", "app key of the test").env("TEST_APP_SECRET", SECRET);
    let log = std::fs::OpenOptions::new().create(true).append(true).open(log).unwrap();
    command.stderr(log);
    command
}
