//! Tracks one push from the request to the tap. See [`Fate`].

use core::fmt;

use super::code::{Advice, ResultCode};
use super::notification::PushMode;
use super::receipt::Receipt;
use super::receipt_code::{ReceiptReason, ReceiptType};
use super::response::{SendResponse, TaskResponse, UserStatus};
use super::statistics::Statistics;
use crate::bytes::ShortText;
use crate::check::{CheckError, Rule, present};

/// Tracks what is known about one push. `Fate` is a state machine without IO. The caller reports replies, receipts and
/// statistics.
///
/// Use it for a push to one user. For a push to many users, it gives the best state that is known for any of them.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::{Advice, Fate, FateState, Receipts, ReceiptType, SendResponse};
///
/// let mut fate = Fate::new("request-1")?;
/// fate.sent();
/// let reply: SendResponse = json::from_str(r#"{"result":0,"taskId":"121397329"}"#)?;
/// fate.replied(&reply);
/// assert_eq!((fate.state(), fate.task_id()), (FateState::Accepted, Some("121397329")));
///
/// let mut body = *br#"{"121397329":{"targets":"v2-abc","ackType":"104","subAckType":"2161"}}"#;
/// let receipts: Receipts = json::from_slice_in_place(&mut body)?;
/// for (task_id, receipt) in receipts {
///     fate.receipt(task_id, &receipt);
/// }
/// let FateState::NotShown(outcome, reason) = fate.state() else { panic!("shown") };
/// assert_eq!(outcome, ReceiptType::NOT_SHOWN);
/// assert_eq!(reason.and_then(|reason| reason.meaning()), Some("skipContent: its activity is not exported"));
/// assert_eq!(fate.advice(None), Some(Advice::FixRequest { field: "skipContent" }));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # States
///
/// A state never goes back to one above it, except from `Refused` to `Sent`. So receipts and statistics can arrive twice and in any
/// order.
///
/// | state | reported by |
/// |---|---|
/// | `NotSent` | [`new`](Self::new) |
/// | `Sent` | [`sent`](Self::sent): there is no reply, or it was lost |
/// | `Refused` | [`replied`](Self::replied), [`task_replied`](Self::task_replied) |
/// | `Accepted` | the same, or any receipt of this push |
/// | `NotShown` | [`receipt`](Self::receipt) |
/// | `Arrived` | `receipt`, or [`counted`](Self::counted) |
/// | `Shown` | `counted` |
/// | `Clicked` | `counted`, or [`clicked`](Self::clicked) |
///
/// # Memory
///
/// A fate owns copies of its ids, at most 64 bytes each. It holds neither text nor recipient of the push.
#[derive(Clone, PartialEq, Eq)]
pub struct Fate {
    request_id: ShortText<{ Self::MAX_ID_LEN }>,
    /// Empty if it is not known.
    task_id: ShortText<{ Self::MAX_ID_LEN }>,
    state: FateState,
}

/// What is known about a push, from [`Fate::state`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum FateState {
    /// It has not been sent yet.
    NotSent,
    /// It was sent, and there is no reply. It is unknown whether vivo accepted it.
    Sent,
    /// vivo refused it.
    Refused(ResultCode, Option<UserStatus>),
    /// vivo accepted it.
    Accepted,
    /// vivo accepted it, but it was not delivered or not shown. The fields are the type and the reason of the receipt.
    NotShown(ReceiptType, Option<ReceiptReason>),
    /// It has arrived on the phone.
    Arrived,
    /// The phone has shown it.
    Shown,
    /// The user has tapped it.
    Clicked,
}

impl FateState {
    /// A stable name in `snake_case`, for metrics and logs. It never changes. The fields are not part of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Sent => "sent",
            Self::Refused(..) => "refused",
            Self::Accepted => "accepted",
            Self::NotShown(..) => "not_shown",
            Self::Arrived => "arrived",
            Self::Shown => "shown",
            Self::Clicked => "clicked",
        }
    }

    /// Orders the states by what is known.
    const fn rank(self) -> u8 {
        match self {
            Self::NotSent => 0,
            Self::Sent => 1,
            Self::Refused(..) => 2,
            Self::Accepted => 3,
            Self::NotShown(..) => 4,
            Self::Arrived => 5,
            Self::Shown => 6,
            Self::Clicked => 7,
        }
    }
}

impl Fate {
    /// Maximum length of an id in bytes. This is vivo's limit for the characters of a request id. No text limits a task id; known
    /// task ids have up to 18 digits.
    pub const MAX_ID_LEN: usize = 64;

    /// The fate of a push with this request id, before it is sent.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] for an empty id, [`Rule::TooLong`] for an id of more than 64 bytes. The field is `requestId`.
    pub fn new(request_id: &str) -> Result<Self, CheckError> {
        present(request_id, "requestId")?;
        let too_long = CheckError::new("requestId", Rule::TooLong { max: Self::MAX_ID_LEN as u32 });
        let request_id = ShortText::new(request_id).ok_or(too_long)?;
        Ok(Self { request_id, task_id: ShortText::EMPTY, state: FateState::NotSent })
    }

    /// What is known now.
    #[must_use]
    pub const fn state(&self) -> FateState {
        self.state
    }

    /// The sender's id of the push.
    #[must_use]
    pub fn request_id(&self) -> &str {
        self.request_id.as_str()
    }

    /// vivo's id of the push. `None` if it is not known, or longer than [`MAX_ID_LEN`](Self::MAX_ID_LEN).
    #[must_use]
    pub fn task_id(&self) -> Option<&str> {
        Some(self.task_id.as_str()).filter(|task_id| !task_id.is_empty())
    }

    /// Report that the push is sent now, for the first time or again.
    pub fn sent(&mut self) {
        if matches!(self.state, FateState::Refused(..)) {
            self.state = FateState::Sent;
        }
        self.learn(FateState::Sent);
    }

    /// Report vivo's reply to a [`Notification`](super::Notification).
    pub fn replied(&mut self, reply: &SendResponse<'_>) {
        let status = reply.invalid_user.as_ref().and_then(|user| user.status);
        self.answered(reply.result, status, reply.task_id);
    }

    /// Report vivo's reply to a push to all or by tag. A list payload is not a push: track the task id in its reply.
    pub fn task_replied(&mut self, reply: &TaskResponse<'_>) {
        self.answered(reply.result, None, reply.task_id);
    }

    /// Report a receipt from vivo. It belongs to this push if it has the task id of this push or, while that id is not known,
    /// if its [`callback.param`](field@super::NotificationExtra::callback_param) is the request id. Returns whether the receipt
    /// belongs to this push.
    ///
    /// The regIds in the receipt are not compared. A receipt with a type that is not a known number says only that vivo accepted the
    /// push.
    pub fn receipt(&mut self, task_id: &str, receipt: &Receipt<'_>) -> bool {
        let own = match self.task_id() {
            Some(known) => known == task_id,
            None => receipt.param == Some(self.request_id()),
        };
        if own {
            self.keep_task_id(task_id);
            let reason = receipt.reason();
            self.learn(match receipt.receipt_type() {
                Some(kind) if kind.is_delivered() => FateState::Arrived,
                Some(_) if reason == Some(ReceiptReason::LIVE_SHOWN_AS_ORDINARY) => FateState::Shown,
                Some(kind) if kind.name().is_some() => FateState::NotShown(kind, reason),
                _ => FateState::Accepted,
            });
        }
        own
    }

    /// Report statistics from vivo. They belong to this push if they have its task id. Returns whether they belong to this
    /// push.
    pub fn counted(&mut self, statistics: &Statistics<'_>) -> bool {
        let own = statistics.task_id.is_some() && statistics.task_id == self.task_id();
        if own {
            let any = |counter: Option<u64>| counter.is_some_and(|devices| devices > 0);
            self.learn(if any(statistics.click) {
                FateState::Clicked
            } else if any(statistics.display) {
                FateState::Shown
            } else if any(statistics.receive) {
                FateState::Arrived
            } else {
                FateState::Accepted
            });
        }
        own
    }

    /// Report that the user tapped the push. The app knows this.
    pub fn clicked(&mut self) {
        self.learn(FateState::Clicked);
    }

    /// What the sender should do. `None` before there is a reply. The push mode is that of the request, as in
    /// [`SendResponse::advice_for`].
    #[must_use]
    pub fn advice(&self, push_mode: Option<PushMode>) -> Option<Advice> {
        match self.state {
            FateState::NotSent | FateState::Sent => None,
            FateState::Refused(code, status) => Some(SendResponse::advice_on(code, status, push_mode)),
            FateState::NotShown(kind, reason) => Some(kind.advice(reason)),
            FateState::Accepted | FateState::Arrived | FateState::Shown | FateState::Clicked => {
                Some(Advice::Done)
            }
        }
    }

    fn answered(&mut self, result: ResultCode, status: Option<UserStatus>, task_id: Option<&str>) {
        if result.is_success() {
            self.keep_task_id(task_id.unwrap_or_default());
            self.learn(FateState::Accepted);
        } else if self.state.rank() <= FateState::Refused(result, status).rank() {
            self.state = FateState::Refused(result, status);
        }
    }

    /// The first one stays: vivo drops duplicates of a request.
    fn keep_task_id(&mut self, task_id: &str) {
        if self.task_id().is_none() {
            self.task_id = ShortText::new(task_id).unwrap_or(ShortText::EMPTY);
        }
    }

    /// The first of two states of the same rank stays.
    fn learn(&mut self, state: FateState) {
        if state.rank() > self.state.rank() {
            self.state = state;
        }
    }
}

impl fmt::Debug for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fate")
            .field("request_id", &self.request_id())
            .field("task_id", &self.task_id())
            .field("state", &self.state)
            .finish()
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Fate {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(
            f,
            "Fate {{ request_id: {=str:?}, task_id: {:?}, state: {} }}",
            self.request_id(),
            self.task_id(),
            self.state
        );
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
