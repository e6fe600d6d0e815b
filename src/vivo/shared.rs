//! What the tasks of a server share about one app at vivo. See [`SharedApp`].

mod changed;
mod snapshot;

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use core::fmt;
use core::task::Waker;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub use self::changed::Changed;
use super::api::auth_header_value;
use super::attempts::{AttemptOutcome, Attempts, Next};
use super::auth::AuthResponse;
use super::auth_token::{AuthOutcome, AuthTokenLife};
use super::quotas::Quotas;
use crate::check::CheckError;

/// What all tasks or threads of a server share about one app at vivo: the auth token, and which quotas are used up. One authentication
/// serves all of them. Features `http` and `sign`.
///
/// Keep one `SharedApp` for each app, for example in an `Arc` or a `static`, and start a [`Call`](super::Call) for each request.
/// The documentation of `Call` has an example.
///
/// It consists of an [`AuthTokenLife`] with the text of the newest token, and [`Quotas`], protected by a lock. The lock is held
/// only briefly, and never while something is sent. A task that panics or is cancelled leaves a state that the others can use.
///
/// `Debug` does not show the token.
///
/// # Several processes, and restarts
///
/// The process that authenticates writes [`auth_token`](Self::auth_token) to a shared store, and the others [adopt](Self::adopt) it. For a
/// restart of one process, [`snapshot`](Self::snapshot) keeps everything.
///
/// ```
/// use offline_push::vivo::{SharedApp, unix_millis};
///
/// let (first, second) = (SharedApp::new(), SharedApp::new());
/// assert_eq!(first.auth_token(), None);
/// first.adopt(unix_millis(), unix_millis(), "24ojds98")?;
///
/// let (text, issued_at) = first.auth_token().ok_or("no token")?;
/// second.adopt(unix_millis(), issued_at, &text)?;
///
/// let stored: Vec<u8> = second.snapshot();
/// let restarted = SharedApp::restore(&stored).unwrap_or_default();
/// assert_eq!(restarted.auth_token(), Some((text, issued_at)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SharedApp {
    state: Mutex<State>,
}

struct State {
    life: AuthTokenLife,
    /// The text of the newest token, even if vivo has refused it.
    token: Option<Arc<str>>,
    quotas: Quotas,
    /// Number of authentications and of adopted tokens so far. It identifies the authentication in progress.
    authentications: u64,
    /// Number of changes that a waiting task must learn of.
    changes: u64,
    /// Number of futures that have waited so far.
    tickets: u64,
    /// The wakers of the tasks that wait, by the number of their future. A future that is dropped removes its waker.
    waiting: BTreeMap<u64, Waker>,
}

/// An authentication that one caller does.
#[derive(Clone, Copy)]
pub(super) struct Authentication(u64);

/// What a call does next, with what it needs for that.
pub(super) struct SharedNext<'a> {
    pub(super) next: Next,
    /// The newest token. Present if the call is sent.
    pub(super) token: Option<Arc<str>>,
    /// Present if this caller must authenticate.
    pub(super) authentication: Option<Authentication>,
    /// Resolves when the answer may have changed.
    pub(super) changed: Changed<'a>,
}

impl SharedApp {
    /// An app without a token. All quotas are open.
    #[must_use]
    pub const fn new() -> Self {
        Self::with(AuthTokenLife::new(), None, Quotas::new())
    }

    const fn with(life: AuthTokenLife, token: Option<Arc<str>>, quotas: Quotas) -> Self {
        let waiting = BTreeMap::new();
        let state = State { life, token, quotas, authentications: 0, changes: 0, tickets: 0, waiting };
        Self { state: Mutex::new(state) }
    }

    /// Adopts a token that another process has obtained, as [`AuthTokenLife::adopt`] does. The tasks that wait for a token
    /// continue.
    ///
    /// Returns false, and changes nothing, if this app has already had the same token and `issued_at` is not later than before. So a
    /// token that vivo has refused is not used again if it is still in a shared store.
    ///
    /// ```
    /// use offline_push::vivo::{SharedApp, unix_millis};
    ///
    /// let (app, issued_at) = (SharedApp::new(), unix_millis());
    /// assert!(app.adopt(unix_millis(), issued_at, "24ojds98")?);
    /// assert!(!app.adopt(unix_millis(), issued_at, "24ojds98")?);
    /// # Ok::<(), offline_push::CheckError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`auth_header_value`]. In this case, nothing changes.
    pub fn adopt(&self, now: u64, issued_at: u64, text: &str) -> Result<bool, CheckError> {
        let text = auth_header_value(text)?;
        let mut state = self.lock();
        let is_newer = state.life.issued_at().is_some_and(|known| known < issued_at);
        if state.token.as_deref() == Some(text) && !is_newer {
            return Ok(false);
        }
        _ = state.life.adopt(now, issued_at);
        state.token = Some(text.into());
        // If an authentication is in progress, its failure no longer matters.
        state.authentications = state.authentications.wrapping_add(1);
        Self::wake(state);
        Ok(true)
    }

    /// The text of the newest token, and when it was requested: Unix time in milliseconds. `None` if vivo has refused it. The text is a
    /// secret.
    #[must_use]
    pub fn auth_token(&self) -> Option<(Arc<str>, u64)> {
        let state = self.lock();
        Some((state.token.clone()?, state.life.issued_at()?))
    }

    /// Allows authentication again after it was given up, as [`AuthTokenLife::start_again`] does. Call it after an operator has fixed the
    /// cause.
    pub fn start_again(&self) {
        let mut state = self.lock();
        state.life.start_again();
        Self::wake(state);
    }

    /// Reads or changes the quotas: for a metric, to [open](Quotas::open_all) them, or to close one that another process has found
    /// closed. The lock is held while `look` runs, so `look` must not use this app.
    pub fn quotas<T>(&self, look: impl FnOnce(&mut Quotas) -> T) -> T {
        look(&mut self.lock().quotas)
    }

    /// What a call does next. `closed` asks the quotas, if nothing was sent since the last answer.
    pub(super) fn next(
        &self,
        now: u64,
        attempts: &mut Attempts,
        outcome: AttemptOutcome,
        closed: impl FnOnce(&Quotas) -> Option<Next>,
    ) -> SharedNext<'_> {
        let mut state = self.lock();
        let state = &mut *state;
        let later = if outcome == AttemptOutcome::NotSent { closed(&state.quotas) } else { None };
        let next = later.unwrap_or_else(|| attempts.next(now, &mut state.life, outcome));
        let authenticates = matches!(next, Next::Authenticate | Next::SendAndRenew(_));
        if authenticates {
            state.authentications = state.authentications.wrapping_add(1);
        }
        let sends = matches!(next, Next::SendWith(_) | Next::SendAndRenew(_));
        SharedNext {
            next,
            token: state.token.clone().filter(|_| sends),
            authentication: authenticates.then_some(Authentication(state.authentications)),
            changed: Changed::new(self, state.changes),
        }
    }

    /// The result of an authentication, even if another caller is authenticating now.
    pub(super) fn authenticated(&self, now: u64, reply: &AuthResponse<'_>) -> AuthOutcome {
        let mut state = self.lock();
        let outcome = state.life.replied(now, reply);
        if let (AuthOutcome::Token(_), Some(text)) = (outcome, reply.auth_token) {
            state.token = Some(text.into());
        }
        Self::wake(state);
        outcome
    }

    /// An authentication got no reply that can be read. This is ignored if there is a token from elsewhere, or if another caller
    /// authenticates.
    pub(super) fn not_authenticated(&self, now: u64, authentication: Authentication) {
        let mut state = self.lock();
        if state.authentications == authentication.0 {
            _ = state.life.not_replied(now);
            Self::wake(state);
        }
    }

    /// The caller that was authenticating has stopped.
    pub(super) fn abandoned(&self, authentication: Authentication) {
        let mut state = self.lock();
        if state.authentications == authentication.0 {
            state.life.abandoned();
            Self::wake(state);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes all tasks that wait, without the lock: a runtime may run or drop a task in `wake`.
    fn wake(mut state: MutexGuard<'_, State>) {
        state.changes = state.changes.wrapping_add(1);
        let waiting = core::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_values().for_each(Waker::wake);
    }
}

impl Default for SharedApp {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for SharedApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("SharedApp").field("life", &state.life).field("quotas", &state.quotas).finish()
    }
}

#[cfg(test)]
mod tests {
    use alloc::sync::Arc;
    use alloc::task::Wake;
    use core::future::Future;
    use core::pin::Pin;
    use core::task::{Context, Waker};

    use super::{Changed, SharedApp};

    /// The waker of a runtime that uses the app when a task is woken or forgotten.
    struct Nosy(Arc<SharedApp>);

    impl Wake for Nosy {
        fn wake(self: Arc<Self>) {
            self.0.start_again();
        }
    }

    impl Drop for Nosy {
        fn drop(&mut self) {
            assert_eq!(self.0.auth_token(), None);
        }
    }

    #[test]
    fn changed_keeps_one_waker_and_runs_it_without_the_lock() {
        let app = Arc::new(SharedApp::new());
        let waiting = || app.lock().waiting.len();
        let poll = |changed: &mut Changed<'_>| {
            let waker = Waker::from(Arc::new(Nosy(app.clone())));
            Pin::new(changed).poll(&mut Context::from_waker(&waker)).is_ready()
        };
        let mut futures = [0; 2].map(|_| Changed::new(&app, 0));
        for _ in 0..3 {
            assert!(!futures.iter_mut().any(poll));
        }
        assert_eq!(waiting(), 2);
        let [dropped, mut woken] = futures;
        drop(dropped);
        assert_eq!(waiting(), 1);
        app.start_again();
        assert_eq!(waiting(), 0);
        assert!(poll(&mut woken));
    }
}
