//! Sends pushes from several tasks to a fake vivo. The first task is aborted while it authenticates. Run it: `cargo run -p server`.

use std::sync::Arc;
use std::time::Duration;

use offline_push::delivery::{OwnedCertificate, compose_boxed};
use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{BoxedNotification, Call, CallStep, Next, SharedApp, unix_millis};
use tokio::time::timeout;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// What the tasks share. The base is `vivo::BASE_URL`, or the URL of a fake.
struct Gateway {
    client: reqwest::Client,
    base: String,
    certificate: OwnedCertificate,
    app: SharedApp,
}

/// Sends a push until vivo accepts or refuses it, or until it must wait for hours. The future may be dropped at any time.
async fn send(gateway: Arc<Gateway>, push: BoxedNotification) -> Result<Next, Error> {
    let mut call = Call::new(&gateway.app, gateway.certificate.get(), &push).base(&gateway.base);
    loop {
        match call.next(unix_millis())? {
            CallStep::Authenticate(request) | CallStep::Send(request) => {
                let Ok(reply) = gateway.client.execute(request.try_into()?).await else { continue };
                let status = reply.status();
                let Ok(body) = reply.bytes().await else { continue };
                println!("{:?}", call.replied(unix_millis(), status, &mut Vec::from(body)));
            }
            CallStep::Wait(pause, changed) => _ = timeout(pause, changed).await,
            CallStep::End(end) => return Ok(end),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let certificate: OwnedCertificate = serde_json::from_str(fake_vivo::SETTINGS)?;
    let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?;
    let (base, app) = (fake_vivo::start().await?, SharedApp::new());
    let gateway = Arc::new(Gateway { client, base, certificate, app });
    let settings = OfflinePushSettings::new().title("Alice").description("See you at seven");
    let spawn = |reg_id| {
        let token = OfflinePushToken::new(6666, reg_id);
        // The request id must be unique; here it is the regId.
        let push = compose_boxed(&settings, &token, &gateway.certificate.get(), reg_id)?.notification;
        Ok::<_, Error>(tokio::spawn(send(gateway.clone(), push)))
    };
    let first = spawn("v2-first")?;
    fake_vivo::authenticating().await; // it replies after ten seconds
    first.abort();
    let others = ["v2-alice", "v2-bob", "v2-gone"].map(spawn);
    for (task, end) in others.into_iter().zip([Next::Done, Next::Done, Next::DropToken]) {
        assert_eq!(timeout(Duration::from_secs(9), task?).await???, end);
    }
    println!("all sent, after {} authentications", fake_vivo::authentications());
    Ok(())
}
