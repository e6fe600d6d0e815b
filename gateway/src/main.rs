//! The program. See the library of the same name.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Parser;
use offline_push_gateway::config::{Config, Log};
use offline_push_gateway::queue::Queue;
use offline_push_gateway::{Gateway, demo, http_client, may_be_logged};
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
    Serve {
        /// The settings: see gateway.toml.
        #[arg(long)]
        config: PathBuf,
    },
    /// Lets a running gateway send its dead letters again.
    ResendDead {
        /// The settings of that gateway: its address, and its first key.
        #[arg(long)]
        config: PathBuf,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    match Command::parse() {
        Command::Demo(arguments) => {
            start_log(Log::Text, "warn,offline_push_gateway::engine=off,offline_push_gateway::vivo=off");
            demo::run(arguments).await
        }
        Command::Serve { config } => serve(Config::read(&config)?).await,
        Command::ResendDead { config } => resend_dead(Config::read(&config)?).await,
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

async fn resend_dead(config: Config) -> Result<()> {
    let key = config.keys.first().map(|key| key.key.get()).unwrap_or_default();
    let request = http_client(&config)?.post(format!("http://{}/v1/dead/resend", config.listen));
    let reply = request.bearer_auth(key).timeout(Duration::from_secs(60)).send().await?;
    let (status, text) = (reply.status(), reply.text().await?);
    ensure!(status.is_success(), "{status}: {text}");
    println!("{text}");
    Ok(())
}
