//! A gateway that runs: the engine, and the connections of the door.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
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

/// A gateway that runs, until [`stop`](Self::stop).
#[derive(Debug)]
pub struct Gateway<Q> {
    /// Where the door listens.
    pub address: SocketAddr,
    /// The engine.
    pub engine: Arc<Engine<Q>>,
    /// The queue.
    pub queue: Arc<Q>,
    /// The metrics.
    pub metrics: Arc<Metrics>,
    stop: watch::Sender<bool>,
    door: JoinHandle<()>,
    work: JoinHandle<()>,
}

/// The client for requests to vivo.
///
/// # Errors
///
/// The system has no certificates of authorities, for example.
pub fn http_client(config: &Config) -> Result<reqwest::Client, String> {
    // It is an error if the program has one already; then that one is used.
    _ = rustls::crypto::ring::default_provider().install_default();
    let mut client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .pool_max_idle_per_host(config.engine.concurrent)
        .tcp_nodelay(true);
    if config.apps.iter().all(|app| app.base_url.starts_with("http://127.0.0.1:")) {
        client = client.no_proxy();
    }
    client.build().map_err(|error| format!("the HTTP client: {error}"))
}

impl<Q: Queue> Gateway<Q> {
    /// Starts a gateway on a queue.
    ///
    /// # Errors
    ///
    /// A text for the operator: the address is in use, or the settings are wrong.
    pub async fn start(config: &Config, queue: Arc<Q>) -> Result<Self, String> {
        config.check()?;
        let metrics = Arc::new(Metrics::new().map_err(|error| error.to_string())?);
        let client = http_client(config)?;
        let engine = Arc::new(Engine::new(config, &client, queue.clone(), metrics.clone())?);
        for (_, app) in engine.apps() {
            app.learn_quotas().await.map_err(|error| error.to_string())?;
        }
        let router =
            Door::new(config, queue.clone(), engine.clone(), metrics.clone())?.router(config.door.max_body);
        let listener = TcpListener::bind(config.listen).await;
        let listener = listener.map_err(|error| format!("{}: {error}", config.listen))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;

        let (stop, stopped) = watch::channel(false);
        let door = tokio::spawn(accept(listener, router, config.clone(), stopped));
        let work = tokio::spawn(engine.clone().run());
        tracing::info!(%address, "the gateway is open");
        Ok(Self { address, engine, queue, metrics, stop, door, work })
    }

    /// Closes the door, finishes what was begun, and returns.
    pub async fn stop(self) {
        tracing::info!("the gateway stops");
        self.engine.stop();
        self.stop.send_replace(true);
        // Neither panics; if one did, the other is still waited for.
        _ = self.door.await;
        _ = self.work.await;
    }
}

/// Takes connections until the gateway stops. Then waits for the requests on them.
async fn accept(listener: TcpListener, router: Router, config: Config, mut stopped: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(config.door.max_connections));
    let connections = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    // A caller that sends its head slowly loses its place.
    server.timer(TokioTimer::new()).header_read_timeout(Duration::from_millis(config.door.head_timeout_ms));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Too many open files, for example: it gets better when others close.
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        // Without it, answers are only slower.
        _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = connections.watch(server.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // An error is a caller that has gone away, or that does not speak HTTP.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ends");
            }
            drop(place);
        });
    }
    drop(listener);
    let limit = Duration::from_secs(config.engine.shutdown_s);
    if timeout(limit, connections.shutdown()).await.is_err() {
        tracing::warn!("stopped before all requests were answered");
    }
}
