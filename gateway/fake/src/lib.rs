//! A fake vivo on loopback, to test a sender of pushes against.
//!
//! It answers the four requests of a sender as vivo's documents describe it: authentication, a push to one phone, a stored list
//! payload, a push to a list. It checks signs, timestamps, tokens, app ids, speeds, quotas, fields and the lengths of lists. It fails
//! when you want it to, and counts what it received.
//!
//! Give its URL to your sender in place of vivo's:
//!
//! ```
//! use offline_push::vivo::{Certificate, Notification, NotifyType, SendResponse, SkipType, unix_millis};
//! use offline_push::{ClickAction, Request, read_reply};
//! use offline_push_fake::{Fake, Fault, Rules};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let fake = Fake::start(Rules::new(10004, "app key", "app secret")).await?;
//!     fake.fail("v2-alice", [Fault::Code(10072)]);
//!
//!     // Your sender:
//!     let client = reqwest::Client::new();
//!     let certificate = Certificate::new(6666, 10004, "app key", "app secret", ClickAction::default());
//!     let (time, sign) = (unix_millis(), certificate.sign(unix_millis()));
//!     let request = certificate.auth_request(time, &sign).to_http(fake.url(), None)?;
//!     let reply = client.execute(request.try_into()?).await?.text().await?;
//!     let token = reply.split('"').nth_back(1).ok_or("no token")?;
//!
//!     let push = Notification::new("Alice", "See you at seven", "request-1").reg_id("v2-alice");
//!     let push = push.notify_type(NotifyType::RING_AND_VIBRATE).skip_type(SkipType::OPEN_APP);
//!     for expected in [10072, 0] {
//!         let request = push.to_http(fake.url(), token)?;
//!         let reply = client.execute(request.try_into()?).await?;
//!         let (status, mut body) = (reply.status(), reply.bytes().await?.to_vec());
//!         let reply: SendResponse = read_reply(status, &mut body)?;
//!         assert_eq!(reply.result.get(), expected);
//!     }
//!
//!     assert_eq!(fake.received("request-1"), 2);
//!     assert_eq!(fake.delivered("v2-alice"), 1);
//!     Ok(())
//! }
//! ```
//!
//! # What it answers
//!
//! The first line that applies:
//!
//! | request | answer |
//! |---|---|
//! | a [`Fault`] is due: [`Fake::fail`], [`Fake::fail_next`], [`Rules::mix`] | the fault |
//! | authentication faster than [`Rules::auths_per_second`] | 10093 |
//! | authentication with a wrong app id, key, timestamp or sign | 10205, 10202, 10207, 10206 |
//! | authentications of the day used up | 10250 |
//! | any other request without a valid token | 10000 |
//! | faster than [`Rules::calls_per_second`] | 10072 |
//! | the app id is not that of the token | 10094 |
//! | a field breaks a rule | the code of the field |
//! | the request id was accepted before | 0, and nothing is delivered again |
//! | a list of 1 or of more than 1000 | 10153 |
//! | a task id that is not stored | 10155 |
//! | quota used up | 10070, 10073, 10252 |
//! | an [invalid](Fake::invalidate) regId alone | 10302 with `invalidUser` |
//! | anything else | 0, with the invalid ones of a list in `invalidUsers` |
//!
//! Its day never ends: [`Fake::open_quotas`] starts the next one.

mod answer;
mod state;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use offline_push::vivo::UserStatus;
use state::State;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What this vivo knows of the app, and how it limits it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rules {
    /// The app's id, key and secret.
    pub app_id: u64,
    /// See [`app_id`](Self::app_id).
    pub app_key: String,
    /// See [`app_id`](Self::app_id).
    pub app_secret: String,
    /// How long a token is valid. Default: 24 hours.
    pub token_life: Duration,
    /// Pushes per second. Default: no limit.
    pub calls_per_second: Option<u32>,
    /// Authentications per second. Default: 10, as vivo documents it.
    pub auths_per_second: u32,
    /// Authentications per day. Default: no limit.
    pub auths_per_day: Option<u32>,
    /// System messages per day, each receiver counted. Default: no limit.
    pub system_per_day: Option<u32>,
    /// Operational messages per day, each receiver counted. Default: no limit.
    pub operational_per_day: Option<u32>,
    /// Stored list payloads per day. Default: no limit.
    pub payloads_per_day: Option<u32>,
    /// Faults that come at random: each with its share of all pushes, in parts of 10,000.
    pub mix: Vec<(u32, Fault)>,
    /// Start of the random numbers, so that a run can be repeated. Default: 1.
    pub seed: u64,
    /// How long each push takes. Default: no time.
    pub latency: Duration,
}

impl Rules {
    /// An app without limits and without faults.
    #[must_use]
    pub fn new(app_id: u64, app_key: &str, app_secret: &str) -> Self {
        Self {
            app_id,
            app_key: app_key.into(),
            app_secret: app_secret.into(),
            token_life: Duration::from_secs(24 * 3600),
            calls_per_second: None,
            auths_per_second: 10,
            auths_per_day: None,
            system_per_day: None,
            operational_per_day: None,
            payloads_per_day: None,
            mix: Vec::new(),
            seed: 1,
            latency: Duration::ZERO,
        }
    }
}

/// A way to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A reply with this result. The push is not taken.
    Code(i32),
    /// An HTTP status with a page of HTML. The push is not taken.
    Status(u16),
    /// vivo's text for a failure of its own, with status 500. The push is not taken.
    ServerError,
    /// The push is taken, and the reply is cut off.
    Cut,
    /// No reply for this time, then status 500. The push is not taken.
    Hang(Duration),
    /// The push is taken, and the reply comes after this time.
    Late(Duration),
    /// All tokens expire, and the reply is 10000. The push is not taken.
    ExpireTokens,
}

/// What a fake has counted since its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// Tokens that were given out.
    pub tokens: u64,
    /// Requests to push, of any kind, with any answer.
    pub pushes: u64,
    /// List payloads that were stored.
    pub payloads: u64,
    /// Receivers that a push was delivered to.
    pub delivered: u64,
    /// Requests whose request id had been accepted before.
    pub repeated: u64,
    /// Faults.
    pub faults: u64,
    /// Replies by their result.
    pub results: BTreeMap<i32, u64>,
}

/// A fake vivo that listens on loopback until it is dropped.
#[derive(Debug)]
pub struct Fake {
    url: String,
    shared: Arc<Shared>,
    server: JoinHandle<io::Result<()>>,
}

#[derive(Debug)]
struct Shared {
    rules: Rules,
    state: Mutex<State>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fake {
    /// Listens on a free port.
    ///
    /// # Errors
    ///
    /// Those of the socket.
    pub async fn start(rules: Rules) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared { state: Mutex::new(State::new(rules.seed)), rules });
        let router = Router::new()
            .fallback(answer::answer)
            .layer(DefaultBodyLimit::max(8 << 20))
            .with_state(shared.clone());
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, shared, server })
    }

    /// The base URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Lets the next pushes to this regId fail, each in the next way. A push to a list fails for any of its regIds.
    pub fn fail(&self, reg_id: &str, faults: impl IntoIterator<Item = Fault>) {
        self.shared.state().faults.entry(reg_id.into()).or_default().extend(faults);
    }

    /// Lets the next pushes and list payloads fail, whoever their receivers are, each in the next way.
    pub fn fail_next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.shared.state().next_faults.extend(faults);
    }

    /// Lets the next authentications fail, each in the next way.
    pub fn fail_auth(&self, faults: impl IntoIterator<Item = Fault>) {
        self.shared.state().auth_faults.extend(faults);
    }

    /// From now on, this regId is invalid for this reason.
    pub fn invalidate(&self, reg_id: &str, status: UserStatus) {
        self.shared.state().invalid.insert(reg_id.into(), status);
    }

    /// All tokens expire.
    pub fn expire_tokens(&self) {
        self.shared.state().tokens.clear();
    }

    /// All stored list payloads are forgotten.
    pub fn forget_payloads(&self) {
        self.shared.state().payloads.clear();
    }

    /// All quotas are full again, as after midnight.
    pub fn open_quotas(&self) {
        self.shared.state().used = state::Used::default();
    }

    /// How often this request id was received, with any answer.
    #[must_use]
    pub fn received(&self, request_id: &str) -> u32 {
        self.shared.state().requests.get(request_id).map_or(0, |request| request.received)
    }

    /// How many pushes this regId got.
    #[must_use]
    pub fn delivered(&self, reg_id: &str) -> u32 {
        self.shared.state().delivered.get(reg_id).copied().unwrap_or(0)
    }

    /// What was counted.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.shared.state().totals.clone()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.server.abort();
    }
}
