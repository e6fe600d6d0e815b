//! Waits for a change of a [`SharedApp`].

use alloc::sync::Arc;
use alloc::task::Wake;
use core::fmt;
use core::future::Future;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::thread::{self, Thread};
use std::time::Instant;

use super::SharedApp;

/// A future that resolves when something has changed in a [`SharedApp`] since the answer that came with the future: there is a token, or
/// an authentication has failed or was abandoned. [`CallStep::Wait`](super::super::CallStep::Wait) contains it. Any async runtime can
/// poll it; a thread [blocks](Self::block) on it.
///
/// No change is missed, even if it comes before the first poll. The future may be dropped at any time.
#[must_use = "futures do nothing unless polled"]
pub struct Changed<'a> {
    app: &'a SharedApp,
    /// The changes before the answer.
    seen: u64,
    /// Its place among the tasks that wait.
    ticket: Option<u64>,
}

impl<'a> Changed<'a> {
    pub(super) const fn new(app: &'a SharedApp, seen: u64) -> Self {
        Self { app, seen, ticket: None }
    }

    /// Blocks this thread until the change, but at most for this time.
    pub fn block(self, time: Duration) {
        struct Unpark(Thread);

        impl Wake for Unpark {
            fn wake(self: Arc<Self>) {
                self.0.unpark();
            }
        }

        let begin = Instant::now();
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut changed = pin!(self);
        while changed.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
            match time.checked_sub(begin.elapsed()) {
                Some(left) => thread::park_timeout(left),
                None => return,
            }
        }
    }
}

impl Future for Changed<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        // The code of a waker is the runtime's: it runs without the lock.
        let waker = context.waker().clone();
        let mut state = this.app.lock();
        if state.changes != this.seen {
            return Poll::Ready(());
        }
        let ticket = *this.ticket.get_or_insert_with(|| {
            state.tickets = state.tickets.wrapping_add(1);
            state.tickets
        });
        let older = state.waiting.insert(ticket, waker);
        drop(state);
        drop(older);
        Poll::Pending
    }
}

impl Drop for Changed<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            let waker = self.app.lock().waiting.remove(&ticket);
            drop(waker);
        }
    }
}

impl fmt::Debug for Changed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Changed")
    }
}
