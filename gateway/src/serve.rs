//! A gateway that runs: the engine, and the connections of the door.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::config::Config;
use crate::door::Door;
use crate::engine::Engine;
use crate::metrics::Metrics;
use crate::queue::Queue;

/// What all parts of a gateway share.
#[derive(Clone)]
pub struct Shared {
    /// The settings.
    pub config: Arc<Config>,
    /// The queue.
    pub queue: Queue,
    /// The metrics.
    pub metrics: Arc<Metrics>,
    /// Whether the gateway stops.
    pub stop: watch::Sender<bool>,
}

impl Shared {
    /// Whether the gateway stops.
    pub fn stops(&self) -> bool {
        *self.stop.borrow()
    }
}

/// A gateway that runs, until [`stop`](Self::stop).
pub struct Gateway {
    /// Where the door listens.
    pub address: SocketAddr,
    /// What sends.
    pub engine: Arc<Engine>,
    door: JoinHandle<()>,
    work: JoinHandle<()>,
}

/// The client for requests to vivo, perhaps by way of the system's proxy.
///
/// # Errors
///
/// The system has no certificates of authorities, for example.
pub fn http_client(config: &Config, proxy: bool) -> Result<reqwest::Client> {
    // This fails if the program has a provider already. Then that one is used.
    _ = rustls::crypto::ring::default_provider().install_default();
    let mut client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .pool_max_idle_per_host(config.engine.concurrent)
        .tcp_nodelay(true);
    if !proxy {
        client = client.no_proxy();
    }
    client.build().context("the HTTP client")
}

impl Gateway {
    /// Starts a gateway on a queue.
    ///
    /// # Errors
    ///
    /// A text for the operator: the address is in use, or the settings are wrong.
    pub async fn start(config: &Config, queue: Queue) -> Result<Self> {
        config.check()?;
        let (config, metrics) = (Arc::new(config.clone()), Arc::new(Metrics::new()?));
        let shared = Shared { config, queue, metrics, stop: watch::Sender::default() };
        let engine = Arc::new(Engine::new(&shared)?);
        for app in engine.apps.values() {
            app.learn_quotas().await?;
        }
        let router = Door::new(engine.clone())?.router();
        let listen = &shared.config.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| format!("listen = {listen:?}"))?;
        let address = listener.local_addr()?;
        let door = tokio::spawn(accept(listener, router, shared));
        let work = tokio::spawn(engine.clone().run());
        tracing::info!(%address, "the gateway is open");
        Ok(Self { address, engine, door, work })
    }

    /// Closes the door, finishes what was begun, and returns.
    pub async fn stop(self) {
        tracing::info!("the gateway stops");
        self.engine.shared.stop.send_replace(true);
        // Neither panics. If one did, this would still wait for the other.
        _ = self.door.await;
        _ = self.work.await;
    }
}

/// Takes connections until the gateway stops. Then waits for the requests on them.
async fn accept(mut listener: TcpListener, router: Router, shared: Shared) {
    let (settings, mut stopped) = (&shared.config.door, shared.stop.subscribe());
    let places = Arc::new(Semaphore::new(settings.max_connections));
    let connections = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    // A caller that sends its head slowly is disconnected, so that others get its place.
    server.timer(TokioTimer::new()).header_read_timeout(Duration::from_millis(settings.head_timeout_ms));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { break };
        let stream = tokio::select! {
            (stream, _) = Listener::accept(&mut listener) => stream,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
        // Without it, answers are only slower.
        _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = connections.watch(server.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // An error means that the caller has gone away, or does not speak HTTP.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ends");
            }
            drop(place);
        });
    }
    drop(listener);
    let limit = Duration::from_secs(shared.config.engine.shutdown_s);
    if timeout(limit, connections.shutdown()).await.is_err() {
        tracing::warn!("stopped before all requests were answered");
    }
}
