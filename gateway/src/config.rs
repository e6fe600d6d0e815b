//! The settings: gateway.toml, which [`EXAMPLE`] documents.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use offline_push::delivery::OwnedCertificate;
use serde::Deserialize;

/// The example that comes with the gateway. No secret may be in it.
pub const EXAMPLE: &str = include_str!("../gateway.toml");

/// Fewest characters of a key that this gateway gives to others.
const MIN_KEY_LEN: usize = 32;

/// All settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the HTTP API listens.
    pub listen: SocketAddr,
    /// How the log is written.
    #[serde(default)]
    pub log: Log,
    /// Who may use the API.
    pub keys: Vec<ApiKey>,
    /// The certificates.
    pub apps: Vec<App>,
    /// vivo's receipts.
    #[serde(default)]
    pub receipts: Option<Receipts>,
    /// Tencent IM's webhooks.
    #[serde(default)]
    pub tencent: Option<Tencent>,
    /// The queue.
    pub queue: QueueKind,
    /// How items are sent.
    #[serde(default)]
    pub engine: Engine,
    /// Limits of the HTTP API.
    #[serde(default)]
    pub door: Door,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Log {
    /// Lines to read.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// A caller of the API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiKey {
    /// For logs.
    pub name: String,
    /// For the header `Authorization: Bearer`.
    pub key: Secret,
}

/// A certificate, and how fast to send with it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// The id that Tencent IM's console gave the certificate.
    pub business_id: u32,
    /// From vivo's console.
    pub app_id: u64,
    /// From vivo's console.
    pub app_key: Secret,
    /// From vivo's console.
    pub app_secret: Secret,
    /// What a tap does: `open_app`, `open_url`, `open_screen` or `custom`.
    #[serde(default)]
    pub click_event: Option<String>,
    /// The URL, the URI of the screen, or the custom text.
    #[serde(default)]
    pub click_content: Option<String>,
    /// Requests per second to vivo.
    #[serde(default = "default_per_second")]
    pub per_second: u32,
    /// vivo's server, or a fake.
    #[serde(default = "default_base_url")]
    pub base_url: String,
}

fn default_per_second() -> u32 {
    500
}

fn default_base_url() -> String {
    offline_push::vivo::BASE_URL.into()
}

/// Where vivo posts its receipts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipts {
    /// The route of this gateway, as vivo reaches it.
    pub url: String,
    /// A part of the URL that nobody else knows.
    pub key: Secret,
}

impl Receipts {
    /// The URL with the key.
    #[must_use]
    pub fn full_url(&self) -> String {
        format!("{}?key={}", self.url, self.key.get())
    }
}

/// The webhooks of Tencent IM.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tencent {
    /// The id of the IM app.
    pub sdk_app_id: u32,
    /// The token for the signature, from the console.
    pub token: Secret,
}

/// Which queue, and its settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum QueueKind {
    /// A file, for one process.
    Embedded {
        /// The file.
        path: PathBuf,
        /// Most items.
        #[serde(default = "default_max_depth")]
        max_depth: usize,
        /// How long a request id is known, in seconds.
        #[serde(default = "default_window")]
        window_s: u64,
    },
    /// NATS JetStream, for any number of processes.
    #[serde(rename = "jetstream")]
    JetStream {
        /// Servers of NATS, with commas between them: `nats://a:4222,nats://b:4222`; `tls://` for TLS.
        url: String,
        /// The token of the servers, if they want one.
        #[serde(default)]
        token: Option<Secret>,
        /// The start of the names of all streams: letters, digits, `-` and `_`.
        #[serde(default = "default_name")]
        name: String,
        /// How many servers store each message: 1, 3 or 5.
        #[serde(default = "default_replicas")]
        replicas: usize,
        /// Most items.
        #[serde(default = "default_max_depth")]
        max_depth: usize,
        /// How long a request id is known, in seconds.
        #[serde(default = "default_window")]
        window_s: u64,
    },
}

fn default_name() -> String {
    "push".into()
}

fn default_replicas() -> usize {
    1
}

fn default_max_depth() -> usize {
    100_000
}

fn default_window() -> u64 {
    24 * 3600
}

impl QueueKind {
    /// The door takes no more jobs while the queue has this many items.
    #[must_use]
    pub const fn max_depth(&self) -> usize {
        match self {
            Self::Embedded { max_depth, .. } | Self::JetStream { max_depth, .. } => *max_depth,
        }
    }
}

/// How items are sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Engine {
    /// Items that are sent at the same time.
    pub concurrent: usize,
    /// Failures of one item in a round.
    pub attempts: u32,
    /// Rounds until an item is a dead letter.
    pub rounds: u32,
    /// Pause after the first round. It doubles with each round.
    pub round_pause_s: u64,
    /// Time for one request to vivo.
    pub call_timeout_ms: u64,
    /// Time until an item is given to another worker.
    pub lease_s: u64,
    /// Time to finish when the gateway is stopped.
    pub shutdown_s: u64,
}

impl Default for Engine {
    fn default() -> Self {
        Self {
            concurrent: 256,
            attempts: 5,
            rounds: 6,
            round_pause_s: 60,
            call_timeout_ms: 10_000,
            lease_s: 300,
            shutdown_s: 20,
        }
    }
}

impl Engine {
    /// Time until an item is given to another worker.
    #[must_use]
    pub const fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_s)
    }

    /// Time for one request to vivo.
    #[must_use]
    pub const fn call_timeout(&self) -> Duration {
        Duration::from_millis(self.call_timeout_ms)
    }
}

/// Limits of the HTTP API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Door {
    /// Longest body, in bytes.
    pub max_body: usize,
    /// Requests at the same time.
    pub max_requests: usize,
    /// Connections at the same time.
    pub max_connections: usize,
    /// Requests per second for each key, and of all without one.
    pub per_second: u32,
    /// Time for one request.
    pub timeout_ms: u64,
    /// Time for the head of a request.
    pub head_timeout_ms: u64,
}

impl Default for Door {
    fn default() -> Self {
        Self {
            max_body: 1 << 20,
            max_requests: 256,
            max_connections: 1024,
            per_second: 2000,
            timeout_ms: 15_000,
            head_timeout_ms: 5000,
        }
    }
}

/// A secret. `Debug` shows `***`, and nothing writes it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub struct Secret(Box<str>);

impl Secret {
    /// A secret from somewhere else than the settings.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        Self(secret.into())
    }

    /// The secret itself.
    #[must_use]
    pub fn get(&self) -> &str {
        &self.0
    }
}

impl TryFrom<toml::Value> for Secret {
    type Error = String;

    /// Not a type of serde's own, whose errors show what is there instead: perhaps the secret itself.
    fn try_from(source: toml::Value) -> Result<Self, String> {
        let text = |name: &str| source.as_table().filter(|table| table.len() == 1)?.get(name)?.as_str();
        let (name, text) = match (text("env"), text("file")) {
            (Some(name), _) => {
                (name, std::env::var(name).map_err(|_| format!("the environment has no text `{name}`"))?)
            }
            (_, Some(name)) => {
                (name, std::fs::read_to_string(name).map_err(|error| format!("{name}: {error}"))?)
            }
            _ => return Err("a secret is { env = \"NAME\" } or { file = \"/path\" }".into()),
        };
        let text = text.trim();
        if text.is_empty() {
            return Err(format!("`{name}` is empty"));
        }
        if EXAMPLE.contains(text) {
            return Err(format!("`{name}` stands in the example of the settings: make your own"));
        }
        Ok(Self::new(text))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl App {
    /// The certificate, which is checked.
    ///
    /// # Errors
    ///
    /// Names the member that is wrong, and does not show it.
    pub fn certificate(&self) -> Result<OwnedCertificate, String> {
        let mut certificate = serde_json::json!({
            "id": self.business_id,
            "app_id": self.app_id,
            "app_key": self.app_key.get(),
            "app_secret": self.app_secret.get(),
        });
        if let Some(event) = &self.click_event {
            certificate["click_event"] = event.as_str().into();
            certificate["click_content"] = self.click_content.as_deref().unwrap_or_default().into();
        }
        serde_json::from_value(certificate).map_err(|error| format!("app {}: {error}", self.business_id))
    }
}

impl Config {
    /// Settings with the defaults, for a program that makes its own.
    #[must_use]
    pub fn new(listen: SocketAddr, queue: QueueKind) -> Self {
        Self {
            listen,
            log: Log::Text,
            keys: Vec::new(),
            apps: Vec::new(),
            receipts: None,
            tencent: None,
            queue,
            engine: Engine::default(),
            door: Door::default(),
        }
    }

    /// Reads the settings and the secrets.
    ///
    /// # Errors
    ///
    /// A text for the operator. It shows no secret.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let config: Self = toml::from_str(&text).map_err(|error| {
            // Not `Display` of the error: it shows the line, and there may be a secret in it.
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            format!("{}, line {line}: {}", path.display(), error.message())
        })?;
        config.check().map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(config)
    }

    /// Checks what the types do not say.
    ///
    /// # Errors
    ///
    /// A text for the operator. It shows no secret.
    pub fn check(&self) -> Result<(), String> {
        let ensure = |holds: bool, error: &str| if holds { Ok(()) } else { Err(error.to_owned()) };
        ensure(!self.keys.is_empty(), "`keys` is empty: nobody could use the API")?;
        ensure(!self.apps.is_empty(), "`apps` is empty")?;
        let long = |key: &Secret| key.get().len() >= MIN_KEY_LEN;
        ensure(self.keys.iter().all(|key| long(&key.key)), "a key has fewer than 32 characters")?;
        for (index, app) in self.apps.iter().enumerate() {
            app.certificate()?;
            ensure(app.per_second > 0, "`per_second` is 0")?;
            let before = self.apps.iter().take(index);
            let once = before.clone().all(|other| other.business_id != app.business_id);
            ensure(once, "two apps have the same `business_id`")?;
        }
        let numbers = [
            self.engine.concurrent,
            self.engine.attempts as usize,
            self.engine.rounds as usize,
            self.door.max_body,
            self.door.max_requests,
            self.door.max_connections,
            self.door.per_second as usize,
            self.queue.max_depth(),
        ];
        ensure(numbers.iter().all(|number| *number > 0), "a number of `queue`, `engine` or `door` is 0")?;
        if let QueueKind::JetStream { name, replicas, .. } = &self.queue {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            let named = !name.is_empty() && name.bytes().all(plain);
            ensure(named, "`name` of the queue has other characters than letters, digits, `-` and `_`")?;
            ensure(matches!(replicas, 1..=5), "`replicas` is not between 1 and 5")?;
        }
        let lease = self.engine.lease().as_millis() as u64;
        ensure(
            lease >= 4 * self.engine.call_timeout_ms,
            "`lease_s` is less than four times `call_timeout_ms`",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, EXAMPLE};

    fn read(text: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let secret = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        secret("key", "0123456789abcdef0123456789abcdef\n").map_err(|error| error.to_string())?;
        secret("short", "0123456789").map_err(|error| error.to_string())?;
        let example = EXAMPLE.split("GATEWAY_KEY=").nth(1).and_then(|rest| rest.split('\n').next());
        secret("example", example.unwrap_or_default()).map_err(|error| error.to_string())?;
        let text = text.replace("FOLDER", &folder.path().display().to_string());
        let path = folder.path().join("gateway.toml");
        std::fs::write(&path, text).map_err(|error| error.to_string())?;
        Config::read(&path)
    }

    /// The example, with its secrets in files.
    fn example(key: &str) -> String {
        let mut text = EXAMPLE.replace("env = \"GATEWAY_KEY\"", &format!("file = \"FOLDER/{key}\""));
        for name in ["VIVO_APP_KEY", "VIVO_APP_SECRET"] {
            text = text.replace(&format!("env = \"{name}\""), "file = \"FOLDER/key\"");
        }
        text
    }

    fn jetstream(name: &str) -> String {
        let queue = format!("kind = \"jetstream\"\nurl = \"nats://127.0.0.1\"\nname = \"{name}\"");
        example("key").replace("kind = \"embedded\"\npath = \"gateway.redb\"", &queue)
    }

    #[test]
    fn read_the_example_has_the_defaults() {
        let config = read(&example("key")).unwrap();
        let written = (format!("{:?}", config.engine), format!("{:?}", config.door));
        let defaults = (format!("{:?}", super::Engine::default()), format!("{:?}", super::Door::default()));
        assert_eq!(written, defaults);
        assert!(!format!("{config:?}").contains("0123456789"));
        assert!(matches!(
            read(&jetstream("push")).unwrap().queue,
            super::QueueKind::JetStream { replicas: 1, max_depth: 100_000, .. }
        ));
    }

    #[test]
    fn read_refuses_bad_settings() {
        for (text, error) in [
            (example("example"), "stands in the example"),
            (example("short"), "fewer than 32"),
            (example("none"), "No such file"),
            (EXAMPLE.to_owned(), "the environment has no text"),
            (example("key").replace("concurrent = 256", "concurrent = 0"), "is 0"),
            (example("key").replace("concurrent", "concurent"), "concurent"),
            (jetstream("a.b"), "other characters"),
            (example("key").replace("open_app", "open_door"), "click_event"),
            (example("key").replace("{ file = \"FOLDER/key\" }", "\"in the file\""), "a secret is"),
        ] {
            let refused = read(&text).unwrap_err();
            assert!(refused.contains(error) && !refused.contains("in the file"), "{refused}");
        }
    }
}
