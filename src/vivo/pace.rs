//! The answer of the state machines that delay calls.

use core::time::Duration;

/// Whether a call may be sent, from [`Pacing`](super::Pacing) and [`Quotas`](super::Quotas).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[must_use = "the machine does nothing by itself"]
pub enum Pace {
    /// Send the call now.
    Ready,
    /// Do not send the call during this time. Ask again after it. The time is more than zero.
    Wait(Duration),
}

impl Pace {
    /// A stable name in `snake_case`, for metrics and logs. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Wait(_) => "wait",
        }
    }
}
