//! A fake vivo on loopback, to test a server against: the types of the crate, the other way round. It also compiles the examples of
//! the README and of docs/server.md.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use offline_push::json;
use offline_push::vivo::{AuthRequest, Notification, Sign};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../docs/server.md")]
struct Server;

/// The certificate that this vivo knows, in the form that a file of settings has.
pub const SETTINGS: &str =
    r#"{"id": 6666, "app_id": 10004, "app_key": "app key", "app_secret": "app secret"}"#;

static AUTHENTICATIONS: AtomicU32 = AtomicU32::new(0);
static PUSHES: AtomicU32 = AtomicU32::new(0);

/// Number of authentications so far, including those whose reply nobody has read.
pub fn authentications() -> u32 {
    AUTHENTICATIONS.load(Ordering::Relaxed)
}

/// Waits for the first authentication, which this vivo answers after ten seconds.
pub async fn authenticating() {
    while authentications() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Listens on a free port, and returns the base URL.
pub async fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    Ok(base)
}

/// Answers one request and closes the connection.
async fn serve(mut stream: TcpStream) -> io::Result<()> {
    let mut received = Vec::new();
    let head = loop {
        if let Some(end) = received.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break String::from_utf8_lossy(&received[..end]).into_owned();
        }
        if stream.read_buf(&mut received).await? == 0 {
            return Ok(());
        }
    };
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    let length: usize = header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    while received.len() < head.len() + 4 + length {
        if stream.read_buf(&mut received).await? == 0 {
            return Ok(());
        }
    }
    let body = &mut received[head.len() + 4..];
    let (status, reply) = match head.split(' ').nth(1) {
        Some(AuthRequest::PATH) => (200, authenticate(body).await),
        Some(Notification::PATH) => push(header("authtoken"), body),
        _ => (404, String::new()),
    };
    let head = format!("HTTP/1.1 {status} -\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", reply.len());
    stream.write_all((head + &reply).as_bytes()).await
}

/// The first authentication takes ten seconds.
async fn authenticate(body: &mut [u8]) -> String {
    let Ok(request) = json::from_slice_in_place::<AuthRequest>(body) else {
        return r#"{"result":10203,"desc":"not JSON"}"#.into();
    };
    if request.sign != Sign::new(10004, "app key", request.timestamp, "app secret").as_str() {
        return r#"{"result":10202,"desc":"the sign is wrong"}"#.into();
    }
    let number = AUTHENTICATIONS.fetch_add(1, Ordering::Relaxed) + 1;
    if number == 1 {
        tokio::time::sleep(Duration::from_secs(10)).await;
    }
    format!(r#"{{"result":0,"authToken":"token-{number}"}}"#)
}

/// First fails in three ways, then accepts each push. The regId `v2-gone` is invalid.
fn push(token: Option<&str>, body: &mut [u8]) -> (u16, String) {
    let Ok(push) = json::from_slice_in_place::<Notification>(body) else { return (200, "{}".into()) };
    let newest = format!("token-{}", authentications());
    let reply = match PUSHES.fetch_add(1, Ordering::Relaxed) {
        // Once, a token is refused before it has expired.
        0 => r#"{"result":10000,"desc":"the token is wrong"}"#,
        _ if token != Some(&newest) => r#"{"result":10000,"desc":"the token is old"}"#,
        1 => return (502, "<html>".into()),
        2 => r#"{"result":10072,"desc":"too fast"}"#,
        _ if push.reg_id == Some("v2-gone") => {
            r#"{"result":10302,"invalidUser":{"status":2,"userid":"v2-gone"}}"#
        }
        _ => r#"{"result":0,"taskId":"342982232646905856"}"#,
    };
    (200, reply.into())
}
