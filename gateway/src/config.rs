//! The settings: gateway.toml, which [`EXAMPLE`] documents.

use std::collections::HashSet;
use std::fmt;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use offline_push::delivery::OwnedCertificate;
use serde::Deserialize;

/// The example that comes with the gateway. No secret may be in it.
pub const EXAMPLE: &str = include_str!("../gateway.toml");

/// How many characters a key that this gateway gives to others has, at least.
const MIN_KEY_LEN: usize = 32;

/// All settings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the HTTP API listens: address and port.
    pub listen: String,
    /// How the log is written.
    pub log: Log,
    /// Who may use the API.
    pub keys: Vec<ApiKey>,
    /// The certificates.
    pub apps: Vec<App>,
    /// vivo's receipts.
    pub receipts: Option<Receipts>,
    /// Tencent IM's webhooks.
    pub tencent: Option<Tencent>,
    /// The queue.
    pub queue: Queue,
    /// How items are sent.
    pub engine: Engine,
    /// Limits of the HTTP API.
    pub door: Door,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Log {
    /// Lines to read.
    #[default]
    Text,
    /// One JSON object on each line.
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
#[derive(Clone, Debug, Default, Deserialize)]
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
    pub click_event: Option<String>,
    /// The URL, the URI of the screen, or the custom text.
    pub click_content: Option<String>,
    /// Requests per second to vivo: [`App::PER_SECOND`] if it is not set.
    pub per_second: Option<NonZeroU32>,
    /// vivo's server if it is not set; or a fake.
    pub base_url: Option<String>,
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
#[serde(deny_unknown_fields, default)]
pub struct Queue {
    /// Where it is kept.
    pub kind: QueueKind,
    /// Embedded: the file.
    pub path: PathBuf,
    /// JetStream: servers of NATS, with commas between them: `nats://a:4222,nats://b:4222`.
    pub url: String,
    /// JetStream: the user name of the gateway at the servers. It needs a password.
    pub user: Option<String>,
    /// JetStream: the password of `user`.
    pub password: Option<Secret>,
    /// JetStream: a token in place of user and password.
    pub token: Option<Secret>,
    /// JetStream: the content of a `.creds` file, in place of user and password.
    pub credentials: Option<Secret>,
    /// JetStream: whether servers without TLS are refused.
    pub tls: bool,
    /// JetStream: a file with certificates of authorities (PEM), which are trusted besides those of the system.
    pub authorities: Option<PathBuf>,
    /// JetStream: the start of the names of all streams: letters, digits, `-` and `_`.
    pub name: String,
    /// JetStream: how many servers store each message: 1, 3 or 5.
    pub replicas: usize,
    /// The door takes no more jobs while the queue has this many items.
    pub max_depth: usize,
    /// How long a request id is known, in seconds.
    pub window_s: u64,
}

/// Where the queue is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QueueKind {
    /// A file, for one process.
    #[default]
    Embedded,
    /// NATS JetStream, for any number of processes.
    JetStream,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            kind: QueueKind::Embedded,
            path: "gateway.redb".into(),
            url: "nats://127.0.0.1:4222".into(),
            user: None,
            password: None,
            token: None,
            credentials: None,
            tls: false,
            authorities: None,
            name: "push".into(),
            replicas: 1,
            max_depth: 100_000,
            window_s: 24 * 3600,
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
    /// How long the gateway may take to finish when it is stopped.
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
    /// Requests per second for each key, and for all requests without a key together.
    pub per_second: NonZeroU32,
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
            per_second: const { NonZeroU32::new(2000).unwrap() },
            timeout_ms: 15_000,
            head_timeout_ms: 5000,
        }
    }
}

/// A secret. `Debug` shows `***`, and nothing writes it.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "toml::Value")]
pub struct Secret(Box<str>);

impl Secret {
    /// A secret that is not from the settings.
    pub fn new(secret: &str) -> Self {
        Self(secret.into())
    }

    /// The secret itself.
    pub fn get(&self) -> &str {
        &self.0
    }
}

impl TryFrom<toml::Value> for Secret {
    type Error = anyhow::Error;

    /// This is not a type that derives serde: its errors would show what is there instead, perhaps the secret itself.
    fn try_from(source: toml::Value) -> Result<Self> {
        let text = |name: &str| source.as_table().filter(|table| table.len() == 1)?.get(name)?.as_str();
        let (name, secret) = match (text("env"), text("file")) {
            // This drops the error of the environment, because it shows a text that is not Unicode.
            (Some(name), _) => (name, std::env::var(name).ok().context("the environment has no such text")),
            (_, Some(name)) => (name, std::fs::read_to_string(name).map_err(anyhow::Error::from)),
            _ => bail!("a secret is {{ env = \"NAME\" }} or {{ file = \"/path\" }}"),
        };
        let secret = secret.map_err(|error| anyhow!("`{name}`: {error}"))?;
        ensure!(!secret.trim().is_empty(), "`{name}` is empty");
        ensure!(
            !EXAMPLE.contains(secret.trim()),
            "`{name}` stands in the example of the settings: make your own"
        );
        Ok(Self::new(secret.trim()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl App {
    /// Requests per second to vivo if the settings do not say it.
    pub const PER_SECOND: NonZeroU32 = NonZeroU32::new(500).unwrap();

    /// The certificate, which is checked.
    ///
    /// # Errors
    ///
    /// A text that names the member that is wrong, but does not show its value.
    pub fn certificate(&self) -> Result<OwnedCertificate> {
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
        serde_json::from_value(certificate).with_context(|| format!("app {}", self.business_id))
    }
}

impl Config {
    /// Reads the settings and the secrets.
    ///
    /// # Errors
    ///
    /// A text for the operator. It shows no secret.
    pub fn read(path: &Path) -> Result<Self> {
        let read = || {
            let text = std::fs::read_to_string(path)?;
            let config: Self = toml::from_str(&text).map_err(|error| {
                // This does not use `Display` of the error, because it shows the line, and there may be a secret in it.
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                anyhow!("line {}: {}", before.matches('\n').count() + 1, error.message())
            })?;
            config.check()?;
            anyhow::Ok(config)
        };
        read().with_context(|| path.display().to_string())
    }

    /// Checks what the types do not say.
    ///
    /// # Errors
    ///
    /// A text for the operator. It shows no secret.
    pub fn check(&self) -> Result<()> {
        let Self { keys, apps, queue, engine, door, .. } = self;
        ensure!(!keys.is_empty(), "`keys` is empty: nobody could use the API");
        ensure!(!apps.is_empty(), "`apps` is empty");
        let long = |key: &ApiKey| key.key.get().len() >= MIN_KEY_LEN;
        ensure!(keys.iter().all(long), "a key has fewer than {MIN_KEY_LEN} characters");
        let ids: HashSet<_> = apps.iter().map(|app| app.business_id).collect();
        ensure!(ids.len() == apps.len(), "two apps have the same `business_id`");
        apps.iter().try_for_each(|app| app.certificate().map(drop))?;
        let tries = engine.attempts.min(engine.rounds) as usize;
        let limits = [tries, engine.concurrent, door.max_body, door.max_requests, door.max_connections];
        ensure!(!limits.contains(&0) && queue.max_depth > 0, "a number of `queue`, `engine` or `door` is 0");
        let short = engine.lease_s.saturating_mul(1000) < 4 * engine.call_timeout_ms;
        ensure!(!short, "`lease_s` is less than four times `call_timeout_ms`");
        ensure!(queue.user.is_some() == queue.password.is_some(), "`user` and `password` belong together");
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        let named = !queue.name.is_empty() && queue.name.bytes().all(plain);
        ensure!(named, "`name` of the queue has other characters than letters, digits, `-` and `_`");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, Door, EXAMPLE, Engine, Queue};

    fn read(text: &str) -> anyhow::Result<Config> {
        let folder = tempfile::tempdir()?;
        let secret = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        secret("key", "0123456789abcdef0123456789abcdef\n")?;
        secret("short", "0123456789")?;
        let example = EXAMPLE.split("GATEWAY_KEY=").nth(1).and_then(|rest| rest.split('\n').next());
        secret("example", example.unwrap_or_default())?;
        let text = text.replace("FOLDER", &folder.path().display().to_string());
        let path = folder.path().join("gateway.toml");
        std::fs::write(&path, text)?;
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
        let written = format!("{:?} {:?} {:?}", config.queue, config.engine, config.door);
        let (queue, engine, door) = (Queue::default(), Engine::default(), Door::default());
        let defaults = format!("{queue:?} {engine:?} {door:?}");
        assert_eq!(written, defaults);
        assert!(!format!("{config:?}").contains("0123456789"));
        assert_eq!(read(&jetstream("push")).unwrap().queue.kind, super::QueueKind::JetStream);
    }

    #[test]
    fn read_refuses_bad_settings() {
        for (text, error) in [
            (example("example"), "stands in the example"),
            (example("short"), "fewer than 32"),
            (example("none"), "No such file"),
            (EXAMPLE.to_owned(), "the environment has no such text"),
            (example("key").replace("concurrent = 256", "concurrent = 0"), "is 0"),
            (example("key").replace("concurrent", "concurent"), "concurent"),
            (jetstream("a.b"), "other characters"),
            (example("key").replace("open_app", "open_door"), "click_event"),
            (example("key").replace("{ file = \"FOLDER/key\" }", "\"in the file\""), "a secret is"),
        ] {
            let refused = format!("{:#}", read(&text).unwrap_err());
            assert!(refused.contains(error) && !refused.contains("in the file"), "{refused}");
        }
    }
}
