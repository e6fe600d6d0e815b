//! The program. See the library of the same name.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use offline_push_gateway::config::{Config, Log, QueueKind};
use offline_push_gateway::queue::Queue;
use offline_push_gateway::queue::embedded::Embedded;
use offline_push_gateway::queue::jetstream::{JetStream, Settings};
use offline_push_gateway::{Gateway, demo, http_client, may_be_logged};
use tokio::signal;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// A gateway for offline pushes.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    let done = runtime.block_on(async {
        match arguments.command {
            Command::Demo(arguments) => {
                start_log(Log::Text, "warn,offline_push_gateway::engine=off,offline_push_gateway::vivo=off");
                demo::run(arguments).await
            }
            Command::Serve { config } => serve(Config::read(&config)?).await,
            Command::ResendDead { config } => resend_dead(Config::read(&config)?).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &str) -> ExitCode {
    eprintln!("offline-push-gateway: {error}");
    ExitCode::FAILURE
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

async fn serve(config: Config) -> Result<(), String> {
    start_log(config.log, "info");
    let lease = config.engine.lease();
    match config.queue.clone() {
        QueueKind::Embedded { path, window_s, .. } => {
            let queue = Embedded::open(&path, Duration::from_secs(window_s), lease);
            serve_on(&config, queue.map_err(|error| error.to_string())?).await
        }
        QueueKind::JetStream { url, token, name, replicas, window_s, .. } => {
            let window = Duration::from_secs(window_s);
            let settings = Settings { url, token, name, replicas, window, lease };
            let queue = JetStream::connect(&settings).await;
            serve_on(&config, queue.map_err(|error| error.to_string())?).await
        }
    }
}

async fn serve_on(config: &Config, queue: impl Queue) -> Result<(), String> {
    let gateway = Gateway::start(config, Arc::new(queue)).await?;
    asked_to_stop().await?;
    gateway.stop().await;
    Ok(())
}

/// Ctrl-C, or the signal of systemd and Docker.
async fn asked_to_stop() -> Result<(), String> {
    let no_signals = |error: std::io::Error| format!("signals: {error}");
    #[cfg(unix)]
    {
        let mut terminate =
            signal::unix::signal(signal::unix::SignalKind::terminate()).map_err(no_signals)?;
        tokio::select! {
            pressed = signal::ctrl_c() => pressed.map_err(no_signals),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    signal::ctrl_c().await.map_err(no_signals)
}

async fn resend_dead(config: Config) -> Result<(), String> {
    let key = config.keys.first().map(|key| key.key.get()).unwrap_or_default();
    let request = http_client(&config)?
        .post(format!("http://{}/v1/dead/resend", config.listen))
        .header("authorization", format!("Bearer {key}"))
        .timeout(Duration::from_secs(60));
    let reply = request.send().await.map_err(|error| error.to_string())?;
    let (status, text) = (reply.status(), reply.text().await.map_err(|error| error.to_string())?);
    if !status.is_success() {
        return Err(format!("{status}: {text}"));
    }
    println!("{text}");
    Ok(())
}
