//! What a server shares between its tasks, and how a task sends a push. Copy it into your server.

use std::hash::{BuildHasher, RandomState};
use std::mem::forget;
use std::sync::Mutex;
use std::time::SystemTime;

use offline_push::delivery::OwnedCertificate;
use offline_push::vivo::*;
use offline_push::{Request, read_reply};
use tokio::{sync::Notify, time::timeout};

/// One for all tasks.
pub struct Gateway {
    pub client: reqwest::Client,
    /// `vivo::BASE_URL`, or the URL of a fake.
    pub base: String,
    pub certificate: OwnedCertificate,
    /// The text of the token has the number of the newest one.
    pub token: Mutex<(AuthTokenLife, Option<AuthToken>)>,
    /// Wakes the tasks that wait for a token.
    pub changed: Notify,
}

/// Is dropped with the future of a task that is cancelled while it authenticates. Another task then goes on.
struct Authenticating<'a>(&'a Gateway);

impl Drop for Authenticating<'_> {
    fn drop(&mut self) {
        self.0.token.lock().unwrap().0.abandoned(now());
        self.0.changed.notify_waiters();
    }
}

impl Gateway {
    /// Sends a push until it has arrived, is refused, or must wait for hours. The future may be dropped at any time.
    pub async fn send(&self, push: &BoxedNotification) -> Next {
        let random = RandomState::new().hash_one(()) as u32;
        let (mut call, mut outcome) = (Attempts::new(random), AttemptOutcome::NotSent);
        loop {
            let changed = self.changed.notified(); // Before the look at the state, so that no change is missed.
            let (next, token) = {
                let (life, token) = &mut *self.token.lock().unwrap();
                (call.next(now(), life, outcome), token.clone())
            };
            println!("{}: {}", push.get().request_id, next.name());
            outcome = AttemptOutcome::NotSent;
            match next {
                Next::SendWith(_) => outcome = self.attempt(push, token).await,
                Next::SendAndRenew(_) => {
                    (outcome, ()) = tokio::join!(self.attempt(push, token), self.authenticate());
                }
                Next::Authenticate => self.authenticate().await,
                Next::Wait(pause) => _ = timeout(pause, changed).await,
                end => return end,
            }
        }
    }

    async fn attempt(&self, push: &BoxedNotification, token: Option<AuthToken>) -> AttemptOutcome {
        let reply = self.post(push, token.as_ref().map(AuthToken::as_str)).await;
        let Some((status, mut body)) = reply else { return AttemptOutcome::NoReply };
        match read_reply::<SendResponse>(status, &mut body) {
            Ok(reply) => AttemptOutcome::Replied(reply.advice(push.get().push_mode)),
            Err(error) => AttemptOutcome::Failed(error),
        }
    }

    async fn authenticate(&self) {
        let (guard, certificate, time) = (Authenticating(self), self.certificate.get(), now());
        let sign = certificate.sign(time);
        let mut reply = self.post(&certificate.auth_request(time, &sign), None).await;
        let (life, token) = &mut *self.token.lock().unwrap();
        forget(guard); // Under the lock: no other task authenticates yet.
        let reply = reply.as_mut().and_then(|(status, body)| read_reply::<AuthResponse>(*status, body).ok());
        match reply.map(|reply| (life.replied(now(), &reply), reply.auth_token)) {
            Some((AuthOutcome::Token(number), Some(text))) => *token = AuthToken::new(number, text).ok(),
            Some((outcome, _)) => eprintln!("no token: {}", outcome.name()),
            None => _ = life.not_replied(now()),
        }
        self.changed.notify_waiters();
    }

    /// Status and body of the reply; `None` if there is none.
    async fn post(&self, request: &impl Request, token: Option<&str>) -> Option<(u16, Vec<u8>)> {
        let request = request.to_http(&self.base, token).ok()?;
        let reply = self.client.execute(request.try_into().ok()?).await.ok()?;
        Some((reply.status().as_u16(), reply.bytes().await.ok()?.into()))
    }
}

/// Unix time in milliseconds.
fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_millis() as u64)
}
