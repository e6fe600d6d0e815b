//! One push to many devices, from the stored body to the last list, as HTTP requests. See [`ListCall`].

use core::fmt;
use std::boxed::Box;
use std::format;
use std::string::String;

use md5::{Digest, Md5};

use super::api::PushKind;
use super::attempts::{AttemptsEnd, Next};
use super::auth_token::AuthOutcome;
use super::broadcast::ListPayload;
use super::call::{CallReply, CallStep, Caller, new_attempts};
use super::certificate::Certificate;
use super::code::Advice;
use super::list_push::ListPush;
use super::response::{ListPushResponse, TaskResponse};
use super::shared::SharedApp;
use crate::digits::hex;
use crate::exchange::{HttpError, ReplyError, Request};
use crate::json::{List, Texts};

/// Says which HTTP request to send next, until vivo has accepted one push for any number of devices: first the [`ListPayload`], then
/// its task id with at most 1000 receivers at a time. Features `http` and `sign`.
///
/// It does no IO. Use it like a `Call`: send what [`next`](Self::next) returns, and pass the reply to
/// [`replied`](Self::replied).
///
/// ```
/// use offline_push::ClickAction;
/// use offline_push::vivo::{
///     CallStep, Certificate, ListCall, ListCallReply, ListPayload, Next, Notification, SharedApp, unix_millis,
/// };
///
/// /// Takes the place of an HTTP client.
/// fn send(request: http::Request<Vec<u8>>) -> http::Response<Vec<u8>> {
///     http::Response::new(match request.uri().path() {
///         "/message/auth" => r#"{"result":0,"authToken":"24ojds98"}"#.into(),
///         "/message/saveListPayload" => r#"{"result":0,"taskId":"342982232646905856"}"#.into(),
///         _ => r#"{"result":0,"invalidUsers":[{"status":2,"userid":"v2-bob"}]}"#.into(),
///     })
/// }
///
/// struct User {
///     name: &'static str,
///     reg_id: &'static str,
/// }
///
/// let users = [User { name: "Alice", reg_id: "v2-alice" }, User { name: "Bob", reg_id: "v2-bob" }];
/// let certificate = Certificate::new(6666, 10004, "app key", "app secret", ClickAction::default());
/// let payload = ListPayload::new(Notification::new("title", "content", "request-1"));
///
/// let app = SharedApp::new(); // one for all tasks
/// let mut call = ListCall::new(&app, certificate, &payload, &users, |user| user.reg_id);
/// let mut gone = Vec::new();
/// let end = loop {
///     match call.next(unix_millis())? {
///         CallStep::Authenticate(request) | CallStep::Send(request) => {
///             let mut reply = send(request);
///             let status = reply.status();
///             match call.replied(unix_millis(), status, reply.body_mut()) {
///                 ListCallReply::Part(part, Ok(reply)) => {
///                     for reg_id in reply.dropped(None) {
///                         gone.extend(part.iter().filter(|user| user.reg_id == reg_id).map(|user| user.name));
///                     }
///                 }
///                 other => println!("{other:?}"),
///             }
///         }
///         CallStep::Wait(pause, changed) => changed.block(pause),
///         CallStep::End(end) => break end,
///     }
/// };
/// assert_eq!((end, &gone[..]), (Next::Done, &["Bob"][..]));
/// # Ok::<(), offline_push::exchange::HttpError>(())
/// ```
///
/// # How it ends
///
/// | [`Next`] | what it means |
/// |---|---|
/// | [`Done`](Next::Done) | vivo has accepted all lists |
/// | [`Later`](Next::Later) | the quota is used up, or it is night. Call `next` after the given time, or store the [rest](Self::rest) |
/// | [`DropToken`](Next::DropToken) | vivo refused a list because of regIds in it (10302). Delete the regIds that [`dropped`](ListPushResponse::dropped) returns, and send the rest again |
/// | [`GiveUp`](Next::GiveUp) | as with a `Call` |
///
/// If vivo no longer has the stored push (10155), the call stores it again, with a new request id, and continues with the list that was refused. It gives up if
/// vivo does not know the new task id either.
///
/// vivo refuses a list with one receiver. So if there is only one, the call gives up without a request: send a
/// [`Notification`](super::Notification) instead. Without receivers, the call is done at once.
///
/// # Restarts
///
/// Store [`task_id`](Self::task_id) and the [`rest`](Self::rest) after each list. To continue, start a new call with the rest and
/// [this task id](Self::with_task_id).
///
/// Each list has its own request id: the request id of the payload, and a digest of the task id and the regIds. So a list that is
/// sent once more after a crash has the same request id, and vivo drops the duplicate. The request id of the payload may have at
/// most [`MAX_REQUEST_ID_LEN`](Self::MAX_REQUEST_ID_LEN) characters.
///
/// The lists have the push mode of the payload: if the payload is a test push, the lists are test pushes, too.
pub struct ListCall<'a, 't, T> {
    caller: Caller<'a>,
    payload: &'a ListPayload<'a>,
    kind: PushKind,
    reg_id: fn(&T) -> &str,
    rest: &'t [T],
    max_sent: u32,
    task_id: Option<Box<str>>,
    /// The task id of the last reply to the payload, until the attempts have seen that reply.
    replied_id: Option<Box<str>>,
    /// The task id that vivo no longer has, if the payload is stored again.
    forgotten: Option<Box<str>>,
    /// True if this call got the task id, and vivo has taken no list with it. If vivo does not know it, a newer one does not help.
    is_new: bool,
}

/// What a reply says. Act only on the receivers that vivo did not push to; [`ListCall::next`] does the rest.
#[non_exhaustive]
pub enum ListCallReply<'r, 't, T> {
    /// The reply to an authentication, as in [`CallReply::Authenticated`].
    Authenticated(Result<AuthOutcome, ReplyError>),
    /// The reply to the payload.
    Stored(Result<TaskResponse<'r>, ReplyError>),
    /// The receivers of a list, and the reply to it. [`ListPushResponse::dropped`] gives the regIds that you must delete.
    Part(&'t [T], Result<ListPushResponse<'r>, ReplyError>),
}

impl<'a, 't, T: Sync> ListCall<'a, 't, T> {
    /// Maximum length of the payload's request id, in UTF-16 units: the lists' request ids are 17 units longer, and vivo allows
    /// 64.
    pub const MAX_REQUEST_ID_LEN: usize = 47;

    /// A call for a payload and its receivers. Nothing is checked. The function returns the regId of a receiver. It must return the
    /// same regId for the same receiver each time.
    #[must_use]
    pub fn new(
        app: &'a SharedApp,
        certificate: Certificate<'a>,
        payload: &'a ListPayload<'a>,
        receivers: &'t [T],
        reg_id: fn(&T) -> &str,
    ) -> Self {
        let caller = Caller::new(app, certificate);
        let max_sent = super::Attempts::MAX_SENT;
        Self {
            caller,
            payload,
            kind: payload.kind(),
            reg_id,
            rest: receivers,
            max_sent,
            task_id: None,
            replied_id: None,
            forgotten: None,
            is_new: false,
        }
    }

    /// Sets the URL before the path, as [`Call::base`](super::Call::base) does.
    #[must_use]
    pub const fn base(mut self, url: &'a str) -> Self {
        self.caller.base = url;
        self
    }

    /// Sets how many attempts of each request may fail: [`Attempts::max_sent`](super::Attempts::max_sent).
    #[must_use]
    pub fn max_sent(mut self, attempts: u32) -> Self {
        self.max_sent = attempts;
        self.caller.attempts = new_attempts().max_sent(attempts);
        self
    }

    /// Sets the task id of a payload that is stored already. By default, the call stores the payload.
    #[must_use]
    pub fn with_task_id(mut self, task_id: &str) -> Self {
        self.task_id = Some(task_id.into());
        self
    }

    /// The task id of the stored payload. A [`StatisticsRequest`](super::StatisticsRequest) needs it, and receipts contain it.
    #[must_use]
    pub fn task_id(&self) -> Option<&str> {
        self.task_id.as_deref()
    }

    /// The receivers of the lists that vivo has not accepted yet.
    #[must_use]
    pub const fn rest(&self) -> &'t [T] {
        self.rest
    }

    /// Says what to do next. If the last step was a request and [`replied`](Self::replied) was not called, this means that no reply came.
    ///
    /// # Errors
    ///
    /// As [`Call::next`](super::Call::next).
    pub fn next(&mut self, now: u64) -> Result<CallStep<'a>, HttpError> {
        loop {
            let Some(part) = ListPush::split(self.rest).next() else {
                return Ok(CallStep::End(Next::Done));
            };
            if part.len() < ListPush::MIN_RECEIVERS as usize {
                return Ok(CallStep::End(give_up(Advice::FixRequest { field: "regIds" })));
            }
            let step = match (&self.task_id, &self.forgotten) {
                (Some(task_id), _) => {
                    let request_id = self.request_id(task_id, part);
                    let reg_ids = Texts::new(part, self.reg_id);
                    let mut push = ListPush::new(task_id, &request_id).reg_ids(List::from_texts(&reg_ids));
                    push.app_id = self.payload.notification.app_id;
                    push.push_mode = self.kind.push_mode;
                    self.caller.next(now, self.kind, &push)?
                }
                (None, None) => self.caller.next(now, self.kind, self.payload)?,
                // With the request id of the first time, vivo may drop it as a duplicate.
                (None, Some(forgotten)) => {
                    let request_id = self.request_id(forgotten, &[]);
                    let mut payload = ListPayload::clone(self.payload);
                    payload.notification.request_id = &request_id;
                    self.caller.next(now, self.kind, &payload)?
                }
            };
            match step {
                CallStep::End(Next::Done) if self.task_id.is_none() => {
                    self.task_id = self.replied_id.take();
                    self.is_new = true;
                    if self.task_id.is_none() {
                        // vivo says that it has stored the payload, but gives no task id.
                        return Ok(CallStep::End(give_up(Advice::Unknown)));
                    }
                }
                CallStep::End(Next::Done) => {
                    self.rest = self.rest.get(part.len()..).unwrap_or_default();
                    self.is_new = false;
                }
                CallStep::End(end) if !self.is_new && end == give_up(Advice::StoreAgain) => {
                    self.forgotten = self.task_id.take();
                }
                step => return Ok(step),
            }
            self.caller.attempts = new_attempts().max_sent(self.max_sent);
        }
    }

    /// Reports the reply to the last request: the HTTP status and the body, which is decoded in place.
    pub fn replied<'r>(
        &mut self,
        now: u64,
        status: impl Into<u16>,
        body: &'r mut [u8],
    ) -> ListCallReply<'r, 't, T> {
        if self.task_id.is_none() {
            return match self.caller.replied::<ListPayload<'_>>(now, self.kind, status, body) {
                CallReply::Authenticated(outcome) => ListCallReply::Authenticated(outcome),
                CallReply::Call(reply) => {
                    let task_id = reply.as_ref().ok().and_then(|reply| reply.task_id);
                    self.replied_id = task_id.map(Box::from);
                    ListCallReply::Stored(reply)
                }
            };
        }
        match self.caller.replied::<ListPush<'_>>(now, self.kind, status, body) {
            CallReply::Authenticated(outcome) => ListCallReply::Authenticated(outcome),
            CallReply::Call(reply) => {
                ListCallReply::Part(ListPush::split(self.rest).next().unwrap_or_default(), reply)
            }
        }
    }

    /// The request id of a list, or of a payload that is stored again. It is the same for the same list, even in another process.
    fn request_id(&self, task_id: &str, part: &[T]) -> String {
        let mut digest = Md5::new();
        for text in core::iter::once(task_id).chain(part.iter().map(self.reg_id)) {
            digest.update(text);
            digest.update([0]);
        }
        let (digest, mut digits) = (digest.finalize(), [0; 16]);
        let bytes = digest.first_chunk::<8>().map_or(&[][..], |bytes| bytes);
        let digits = hex(bytes, &mut digits).unwrap_or_default();
        format!("{}-{digits}", self.payload.notification.request_id)
    }
}

const fn give_up(advice: Advice) -> Next {
    Next::GiveUp(AttemptsEnd::Advice(advice))
}

/// Shows how many receivers are left, but none of the receivers.
impl<T> fmt::Debug for ListCall<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = self.caller.show("ListCall", f);
        shown.field("task_id", &self.task_id).field("rest", &self.rest.len()).finish_non_exhaustive()
    }
}

/// Shows how many receivers a list has, but none of the receivers.
impl<T> fmt::Debug for ListCallReply<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authenticated(outcome) => f.debug_tuple("Authenticated").field(outcome).finish(),
            Self::Stored(reply) => f.debug_tuple("Stored").field(reply).finish(),
            Self::Part(receivers, reply) => {
                f.debug_tuple("Part").field(&receivers.len()).field(reply).finish()
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod tests;
