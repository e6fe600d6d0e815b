//! The program. See the library of the same name.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Parser;
use offline_push_gateway::config::{Config, Log};
use offline_push_gateway::queue::Queue;
use offline_push_gateway::{Gateway, demo, http_client, may_be_logged};
use reqwest::Method;
use tokio::signal;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// A gateway for offline pushes.
#[derive(Parser)]
#[command(version)]
enum Command {
    /// Sends 10,000 messages to a fake vivo on this machine. Needs nothing.
    Demo(demo::Arguments),
    /// Runs the gateway.
    Serve(Settings),
    /// Lets a running gateway send its dead letters again.
    ResendDead(Settings),
    /// Fails if a running gateway does not take jobs: for Docker.
    Health(Settings),
}

#[derive(clap::Args)]
struct Settings {
    /// The settings of the gateway: see gateway.toml.
    #[arg(long)]
    config: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    match Command::parse() {
        Command::Demo(arguments) => {
            start_log(Log::Text, "warn,offline_push_gateway::engine=off,offline_push_gateway::vivo=off");
            demo::run(arguments).await
        }
        Command::Serve(settings) => serve(Config::read(&settings.config)?).await,
        Command::ResendDead(settings) => ask(settings, Method::POST, "/v1/dead/resend").await,
        Command::Health(settings) => ask(settings, Method::GET, "/readyz").await,
    }
}

fn start_log(form: Log, default: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let log = log.with_ansi(std::io::stderr().is_terminal());
    let safe = filter_fn(may_be_logged);
    match form {
        Log::Text => log.finish().with(safe).init(),
        Log::Json => log.json().finish().with(safe).init(),
    }
}

async fn serve(config: Config) -> Result<()> {
    start_log(config.log, "info");
    let queue = Queue::open(&config).await?;
    let gateway = Gateway::start(&config, queue).await?;
    asked_to_stop().await?;
    gateway.stop().await;
    Ok(())
}

/// Ctrl-C, or the signal of systemd and Docker.
async fn asked_to_stop() -> Result<()> {
    #[cfg(unix)]
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let terminate = terminate.recv();
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        pressed = signal::ctrl_c() => Ok(pressed?),
        _ = terminate => Ok(()),
    }
}

/// Sends a request to a running gateway.
async fn ask(settings: Settings, method: Method, path: &str) -> Result<()> {
    let config = Config::read(&settings.config)?;
    let key = config.keys.first().map(|key| key.key.get()).unwrap_or_default();
    let request = http_client(&config, false)?.request(method, format!("http://{}{path}", config.listen));
    let reply = request.bearer_auth(key).timeout(Duration::from_secs(60)).send().await?;
    let (status, text) = (reply.status(), reply.text().await?);
    ensure!(status.is_success(), "{status}: {text}");
    println!("{text}");
    Ok(())
}
