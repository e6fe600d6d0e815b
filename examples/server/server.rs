//! Sends pushes from several tasks to a fake vivo. The first task is aborted while it authenticates. Run it: `cargo run -p server`.

mod gateway;

use std::sync::Arc;
use std::time::{Duration, Instant};

use offline_push::delivery::compose_boxed;
use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::Next;

use gateway::Gateway;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gateway = Arc::new(Gateway {
        client: reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?,
        base: fake_vivo::start().await?,
        certificate: serde_json::from_str(fake_vivo::SETTINGS)?,
        token: Default::default(),
        changed: Default::default(),
    });
    let settings = OfflinePushSettings::new().title("Alice").description("See you at seven");
    let spawn = |reg_id: &str| {
        let token = OfflinePushToken::new(6666, reg_id);
        // The request id must be unique; here it is the name in the output.
        let composed = compose_boxed(&settings, &token, &gateway.certificate.get(), reg_id);
        let (push, gateway) = (composed.map(|composed| composed.notification), gateway.clone());
        tokio::spawn(async move { Ok::<_, offline_push::delivery::ComposeError>(gateway.send(&push?).await) })
    };

    let first = spawn("v2-first");
    fake_vivo::authenticating().await;
    let others = ["v2-alice", "v2-bob", "v2-gone"].map(spawn);
    let aborted = Instant::now();
    first.abort();
    println!("v2-first: aborted while it authenticated");

    for (task, expected) in others.into_iter().zip([Next::Done, Next::Done, Next::DropToken]) {
        assert_eq!(task.await??, expected);
    }
    assert!(first.await.is_err_and(|error| error.is_cancelled()));
    // The aborted authentication takes ten seconds, and counts as lost after a minute.
    assert!(aborted.elapsed() < Duration::from_secs(10));
    println!("all sent, after {} authentications", fake_vivo::authentications());
    Ok(())
}
