//! One HTTP exchange: a request for any HTTP client, and the reply that belongs to it.
//!
//! The crate opens no connection. [`Request`] provides the method, host, path, headers and body. [`read_reply`] reads the reply from a
//! buffer. Both are the same for every HTTP API of this crate, so you can write one function that sends all requests:
//!
//! ```
//! use offline_push::exchange::{self, Request, Response};
//! use offline_push::json::List;
//! use offline_push::vivo::{self, Advice, Notification, StatisticsRequest};
//!
//! /// Takes the place of the HTTP client: sends over TLS, fills the buffer, returns the status.
//! fn send(head: &str, body: &[u8], buffer: &mut Vec<u8>) -> u16 {
//!     # assert_eq!(head.contains("Content-Length"), !body.is_empty());
//!     # assert!(!head.contains("Content-Length") || head.contains(&format!("Content-Length: {}\r\n", body.len())));
//!     # assert_eq!(head.contains("authtoken: 24ojds98\r\n"), !head.contains("auth HTTP"));
//!     # assert!(!head.contains("GET") || head.starts_with("GET /report/getStatistics?taskIds=1,2 HTTP/1.1\r\n"));
//!     buffer.clear();
//!     buffer.extend(br#"{"result":10254,"desc":"too many pushes"}"#);
//!     200
//! }
//!
//! fn call<'b, R: Request<Api = vivo::PushApi>>(
//!     request: &R,
//!     token: &str,
//!     buffer: &'b mut Vec<u8>,
//! ) -> Result<R::Response<'b>, Box<dyn std::error::Error>> {
//!     let path = request.path_and_query(buffer)?;
//!     let mut head = format!("{} {path} HTTP/1.1\r\nHost: {}\r\n", R::METHOD, R::HOST);
//!     if let Some(name) = R::AUTH_HEADER {
//!         head += &format!("{name}: {}\r\n", vivo::auth_header_value(token)?);
//!     }
//!     if let (Some(value), Some(length)) = (R::CONTENT_TYPE, request.body_len()) {
//!         head += &format!("Content-Type: {value}\r\nContent-Length: {length}\r\n");
//!     }
//!     let body = request.encode_body(buffer)?.unwrap_or_default().to_vec();
//!     let status = send(&(head + "\r\n"), &body, buffer);
//!     let reply: R::Response<'b> = exchange::read_reply(status, buffer)?;
//!     match reply.advice() {
//!         Advice::StopForToday => println!("quota used up: {:?}", reply.description()),
//!         advice => println!("{advice:?}"),
//!     }
//!     Ok(reply)
//! }
//!
//! let mut buffer = vec![0; 1024];
//! let reply = call(&Notification::new("title", "content", "request-1"), "24ojds98", &mut buffer)?;
//! assert_eq!(reply.task_id, None);
//! # buffer.resize(1024, 0);
//! let tasks = List::from_slice(&["1", "2"]);
//! let reply = call(&StatisticsRequest::new(tasks), "24ojds98", &mut buffer)?;
//! assert_eq!(reply.statistics, None);
//! # buffer.resize(1024, 0);
//! # call(&vivo::AuthRequest::new(1, "key", 1, "sign"), "", &mut buffer)?;
//! # buffer.resize(1024, 0);
//! # assert!(call(&StatisticsRequest::new(tasks), "24ojds98\r\nX: y", &mut buffer).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Without an HTTP client
//!
//! A device that has TLS or a modem, but no HTTP client, writes the head with [`Request::write_head`]. In the reply, [`join_chunks`]
//! joins a body that comes in chunks, and [`http_date`] reads the time for a device without a clock.
//!
//! # Request ids after a restart
//!
//! vivo drops a push whose `requestId` it has already received, and answers as if it had sent the push. So a device that counts its
//! requests from 1 after each start loses its pushes without an error. These ids are unique, and not longer than the 64 characters that vivo
//! allows:
//!
//! - a random number of at least 64 bits for each push, from a generator that has a new seed after each start;
//! - or three numbers together: the device's serial number, the number of its starts, and a count of the pushes since the start.
//!   Store the number of starts before the first push.
//!
//! Do not use the time as an id: two pushes can have the same time, and a device does not know the time before its clock is
//! set. If a push may be sent again after a restart, store its id with the push. vivo then drops the push if vivo has already
//! received it.

mod chunks;
mod date;
mod head;
#[cfg(feature = "http")]
mod http;

use core::fmt;
use core::time::Duration;

pub use self::chunks::{ChunkError, join_chunks};
pub use self::date::http_date;
pub use self::head::{Head, HeadError};
#[cfg(feature = "http")]
pub(crate) use self::http::to_http;
#[cfg(feature = "http")]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
pub use self::http::{HttpError, read_http};
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::json::{self, Decode, DecodeError, Encode, EncodeError, Message, Stored, sealed::Sealed};
use crate::uri_writer::UriWriter;

/// An HTTP API: what all its requests and replies have in common.
pub trait Api {
    /// Host, over HTTPS. If the API has several hosts, this is the first one.
    const HOST: &'static str;
    /// URL of that host, without a slash at the end.
    const BASE_URL: &'static str;
    /// Value of the `Content-Type` header of requests with a body.
    const CONTENT_TYPE: &'static str;
    /// Name of the header that carries the access token, in lower case; `None` if the API has none.
    const AUTH_HEADER: Option<&'static str>;
    /// The text that the API's server writes instead of JSON when the server fails; `None` if no such text is known.
    const SERVER_ERROR: Option<&'static str>;
    /// What a reply says about its request.
    type Outcome<'r>;
    /// What to do about the outcome.
    type Advice;
    /// The facts about a request that are needed to interpret its reply.
    type Kind: Default;
}

/// What an HTTP client needs to know about a request.
///
/// Each request type also has its own constants `METHOD`, `HOST` and `PATH`, which need no import.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request",
    label = "not one of the requests in `offline_push::vivo` and `offline_push::tim::rest`"
)]
pub trait Request: Sealed {
    /// The API that accepts the request.
    type Api: Api;
    /// HTTP method.
    const METHOD: &'static str = "POST";
    /// Host, over HTTPS.
    const HOST: &'static str = <Self::Api as Api>::HOST;
    /// Path below the host. A request may have a query after it: [`path_and_query`](Self::path_and_query) writes both.
    const PATH: &'static str;
    /// Value of the `Content-Type` header; `None` for a request without a body.
    const CONTENT_TYPE: Option<&'static str> = Some(<Self::Api as Api>::CONTENT_TYPE);
    /// Name of the header that carries the access token; `None` for a request without one.
    const AUTH_HEADER: Option<&'static str> = <Self::Api as Api>::AUTH_HEADER;
    /// The message that is the body: the request itself, or [`Infallible`](core::convert::Infallible) for a request without a
    /// body.
    type Body: Encode;
    /// The reply, which [`read_reply`] reads from a buffer.
    type Response<'r>: Response<'r, Api = Self::Api>;

    /// The message that is the body; `None` for a request without a body.
    ///
    /// If the body is longer than any buffer, pass it to `json::to_embedded_writer`.
    #[must_use]
    fn body(&self) -> Option<&Self::Body>;

    /// The facts about the request that are needed to interpret its reply: for vivo, whether the request is a test push, and the
    /// class of its quota ([`PushKind`](crate::vivo::PushKind)).
    #[must_use]
    fn kind(&self) -> <Self::Api as Api>::Kind {
        <Self::Api as Api>::Kind::default()
    }

    /// Exact length of the body in bytes, for the `Content-Length` header; `None` for a request without a body.
    ///
    /// Each call goes through the whole request. The bytes that [`encode_body`](Self::encode_body) returns have the same length.
    #[must_use]
    fn body_len(&self) -> Option<usize> {
        self.body().map(json::encoded_len)
    }

    /// Encodes the body into the start of a buffer; `None` for a request without a body.
    ///
    /// This method does not check the request: call its `check` first.
    ///
    /// # Errors
    ///
    /// As [`json::to_slice`].
    fn encode_body<'b>(&self, buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>, EncodeError> {
        match self.body() {
            Some(body) => json::to_slice(body, buffer).map(|written| Some(&*written)),
            None => Ok(None),
        }
    }

    /// Writes the target of the HTTP request line, path and query, into the start of a buffer.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] says how many bytes are needed.
    fn path_and_query<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        let mut writer = UriWriter::new(buffer);
        self.write_target(&mut writer);
        writer.finish()
    }

    /// Writes path and query.
    #[doc(hidden)]
    fn write_target(&self, writer: &mut UriWriter<'_>) {
        writer.put(Self::PATH);
    }

    /// Writes the head of an HTTP/1.1 request: request line, host, token, content type and content length, with the empty line
    /// after them. The body follows the empty line.
    ///
    /// The token is the auth token. A request that has no [`AUTH_HEADER`](Self::AUTH_HEADER) ignores it: pass `None`. A request to
    /// Tencent IM needs a query with a signature: use the `write_head` of its [`Url`](crate::tim::rest::Url).
    ///
    /// # Errors
    ///
    /// [`HeadError::Check`] for a token that is missing or not allowed in a header; [`HeadError::BufferFull`] if the buffer is too short.
    ///
    /// ```
    /// use offline_push::Request;
    /// use offline_push::vivo::{Notification, SendResponse};
    /// use offline_push::{json, read_reply};
    ///
    /// let push = Notification::new("title", "content", "request-1").reg_id("12345678901234567890123");
    /// let mut buffer = [0; 1024];
    /// let head = push.write_head(&mut buffer, Some("24ojds98"))?; // send it, then the body
    /// assert_eq!(
    ///     core::str::from_utf8(head)?,
    ///     "POST /message/send HTTP/1.1\r\n\
    ///      host: api-push.vivo.com.cn\r\n\
    ///      authtoken: 24ojds98\r\n\
    ///      content-type: application/json;charset=UTF-8\r\n\
    ///      content-length: 95\r\n\r\n",
    /// );
    /// let body = json::to_slice(&push, &mut buffer)?;
    /// assert_eq!(body.len(), 95);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    fn write_head<'b, 't>(
        &self,
        buffer: &'b mut [u8],
        token: impl Into<Option<&'t str>>,
    ) -> Result<&'b [u8], HeadError> {
        let head = Head {
            method: Self::METHOD,
            host: Self::HOST,
            target: Self::PATH,
            auth: token_header::<Self>(token.into())?,
            content_type: Self::CONTENT_TYPE,
            content_length: self.body_len(),
        };
        head.write_with(buffer, &|writer| self.write_target(writer))
    }

    /// Encodes the body into a vector; `None` for a request without a body. Feature `alloc`.
    ///
    /// This method does not check the request: call its `check` first.
    ///
    /// # Errors
    ///
    /// As [`json::to_vec`].
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    fn body_vec(&self) -> Result<Option<alloc::vec::Vec<u8>>, EncodeError> {
        self.body().map(json::to_vec).transpose()
    }

    /// The target of the HTTP request line, path and query, as a string. Feature `alloc`.
    #[cfg(feature = "alloc")]
    #[cfg_attr(docsrs, doc(cfg(feature = "alloc")))]
    #[must_use]
    fn path_and_query_string(&self) -> alloc::string::String {
        UriWriter::string(|writer| self.write_target(writer))
    }

    /// The request as an `http::Request`, which most HTTP clients accept. Feature `http`.
    ///
    /// `base` is the URL before the path: [`BASE_URL`](Api::BASE_URL) of the API, or the URL of a proxy or of a test server. The token is
    /// the auth token. A request that has no [`AUTH_HEADER`](Self::AUTH_HEADER) ignores it: pass `None`. The token is marked as
    /// sensitive, so that clients do not log it. A request to Tencent IM needs a query with a signature: use the `to_http` of its
    /// [`Url`](crate::tim::rest::Url).
    ///
    /// # Errors
    ///
    /// A token that is missing or not allowed in a header, a body that cannot be encoded, or a base that is not a URL.
    ///
    /// ```
    /// use offline_push::Request;
    /// use offline_push::vivo::{self, Notification};
    ///
    /// let push = Notification::new("title", "content", "request-1").reg_id("12345678901234567890123");
    /// let request: http::Request<Vec<u8>> = push.to_http(vivo::BASE_URL, "24ojds98")?;
    /// assert_eq!(request.uri(), "https://api-push.vivo.com.cn/message/send");
    /// assert!(request.headers()[vivo::AUTH_HEADER].is_sensitive());
    /// assert_eq!(request.body().len(), 95);
    /// # Ok::<(), offline_push::exchange::HttpError>(())
    /// ```
    #[cfg(feature = "http")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    fn to_http<'t>(
        &self,
        base: &str,
        token: impl Into<Option<&'t str>>,
    ) -> Result<::http::Request<std::vec::Vec<u8>>, HttpError>
    where
        Self: Sized,
    {
        to_http(self, &http::url_below(self, base), token.into())
    }
}

/// Name and value of the header with the token, checked; `None` for a request that has none.
fn token_header<R: Request + ?Sized>(
    token: Option<&str>,
) -> Result<Option<(&'static str, &str)>, CheckError> {
    let Some(name) = R::AUTH_HEADER else { return Ok(None) };
    let token = token.ok_or(CheckError::new(name, Rule::Missing))?;
    Ok(Some((name, head::header_value(token, name)?)))
}

/// A reply.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a reply",
    label = "not one of the replies in `offline_push::vivo` and `offline_push::tim::rest`"
)]
pub trait Response<'r>: Decode<'r> {
    /// The API that sends the reply.
    type Api: Api;

    /// What the reply says about the request: vivo's [`ResultCode`](crate::vivo::ResultCode), or Tencent IM's
    /// [`Outcome`](crate::tim::rest::Outcome).
    fn outcome(&self) -> <Self::Api as Api>::Outcome<'r>;

    /// What to do about the outcome: vivo's [`Advice`](crate::vivo::Advice), or Tencent IM's
    /// [`SendAdvice`](crate::tim::SendAdvice). vivo's advice is for a formal push; for a test push, use
    /// [`AttemptOutcome::of`](crate::vivo::AttemptOutcome::of) or
    /// [`SendResponse::advice_for`](crate::vivo::SendResponse::advice_for).
    #[must_use]
    fn advice(&self) -> <Self::Api as Api>::Advice;

    /// True if the API accepted the whole request.
    #[must_use]
    fn is_success(&self) -> bool;

    /// The result in human-readable words, if the reply has them. The wording is not stable.
    #[must_use]
    fn description(&self) -> Option<&'r str>;
}

/// Checks the HTTP status, then reads a reply inside its buffer, as [`json::from_slice_in_place`] does.
///
/// vivo and Tencent IM answer with status 200 both for success and for refused requests. Any other status comes from a proxy
/// or from a failed server, and the body is then not a reply. The status is a `u16`, or a type that converts to one, such as
/// `http::StatusCode`.
///
/// ```
/// use offline_push::vivo::SendResponse;
/// use offline_push::{ReplyError, read_reply};
///
/// let mut body = *br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#;
/// let reply: SendResponse = read_reply(200_u16, &mut body)?;
/// assert_eq!(reply.result.get(), 10302);
///
/// let mut body = *b"Internet server error!";
/// assert_eq!(read_reply::<SendResponse>(500_u16, &mut body), Err(ReplyError::ServerError));
/// # Ok::<(), ReplyError>(())
/// ```
///
/// # Errors
///
/// [`ReplyError`]. A refused request is not an error: see [`Response::outcome`].
pub fn read_reply<'r, T: Response<'r>>(status: impl Into<u16>, body: &'r mut [u8]) -> Result<T, ReplyError> {
    let status = status.into();
    let server_error = <T::Api as Api>::SERVER_ERROR.map(str::as_bytes);
    match status {
        200 | 500 if server_error == Some(body.trim_ascii()) => Err(ReplyError::ServerError),
        200 => json::from_slice_in_place(body).map_err(ReplyError::Decode),
        _ => Err(ReplyError::Status(status)),
    }
}

/// Why there is no reply to act on.
///
/// In this case, it is unknown whether the server accepted the request. Send the request again unchanged if
/// [`repeat`](Self::repeat) says so. Both servers drop duplicates: vivo by the `requestId` (server document), Tencent IM by
/// the random number of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ReplyError {
    /// The server failed and said so in plain text: vivo's `Internet server error!`, with HTTP status 500 (server document) or
    /// 200.
    ServerError,
    /// An HTTP status other than 200, from a proxy or gateway, for example 502. The body was not read.
    Status(u16),
    /// The body is not the JSON of this reply, for example because it was cut off.
    Decode(DecodeError),
}

impl ReplyError {
    /// Whether to send the same request again: after a pause, if the server or a gateway failed, or the reply was cut off.
    ///
    /// Do not send it again after a status below 500: the gateway would refuse the same request again. Exceptions are 408 (timeout), 425
    /// (too early) and 429 (too many).
    ///
    /// ```
    /// use offline_push::ReplyError;
    /// use offline_push::exchange::Repeat;
    ///
    /// assert_eq!(ReplyError::ServerError.repeat(), Repeat::AfterPause);
    /// assert_eq!(ReplyError::Status(502).repeat(), Repeat::AfterPause);
    /// assert_eq!(ReplyError::Status(404).repeat(), Repeat::Never);
    /// ```
    #[must_use]
    pub const fn repeat(self) -> Repeat {
        match self {
            Self::Status(408 | 425 | 429 | 500..) | Self::ServerError | Self::Decode(_) => Repeat::AfterPause,
            Self::Status(_) => Repeat::Never,
        }
    }
}

/// Whether and when to send a request again without a change.
///
/// Sending again does no harm: vivo drops a request with a `requestId` that it has already received, and Tencent IM drops a
/// message with the same random number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Repeat {
    /// Never: the same request would get the same answer, or the server has accepted it.
    Never,
    /// Once, after the step that the advice names. If the answer is the same, stop and alert an operator.
    Once,
    /// After a pause. Make the pause longer each time: [`pause`](Self::pause).
    AfterPause,
    /// When the day or the quiet hours are over, not before.
    Later,
}

impl Repeat {
    /// The longest pause: ten minutes.
    pub const MAX_PAUSE: Duration = Duration::from_secs(600);

    /// A stable name in `snake_case`, for metrics and logs. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Once => "once",
            Self::AfterPause => "after_pause",
            Self::Later => "later",
        }
    }

    /// Pause before the request is sent again. `attempts` is the number of attempts so far, and starts at 1. `None` if the request
    /// must not be sent again now.
    ///
    /// For [`AfterPause`](Self::AfterPause), the pauses are 1 s, 2 s, 4 s … ten minutes. For [`Once`](Self::Once), there is
    /// no pause after the first attempt. These pauses are a suggestion of this crate. If many requests fail at the same time,
    /// add a random part.
    ///
    /// ```
    /// use core::time::Duration;
    /// use offline_push::exchange::Repeat;
    ///
    /// let pauses = [1, 2, 3, 11].map(|attempts| Repeat::AfterPause.pause(attempts));
    /// assert_eq!(pauses, [1, 2, 4, 600].map(|seconds| Some(Duration::from_secs(seconds))));
    /// assert_eq!(Repeat::Once.pause(1), Some(Duration::ZERO));
    /// assert_eq!(Repeat::Once.pause(2), None);
    /// ```
    #[must_use]
    pub const fn pause(self, attempts: u32) -> Option<Duration> {
        match self {
            Self::AfterPause => Some(Duration::from_secs(Self::pause_seconds(attempts) as u64)),
            Self::Once if attempts <= 1 => Some(Duration::ZERO),
            Self::Once | Self::Never | Self::Later => None,
        }
    }

    /// The pause of [`AfterPause`](Self::AfterPause) in seconds.
    pub(crate) const fn pause_seconds(attempts: u32) -> u32 {
        const MAX: u32 = Repeat::MAX_PAUSE.as_secs() as u32;
        let doubled = attempts.saturating_sub(1);
        let seconds = if doubled < 32 { 1u32 << doubled } else { MAX };
        if seconds < MAX { seconds } else { MAX }
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServerError => f.write_str("the server failed"),
            Self::Status(status) => write!(f, "HTTP status {status}"),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ReplyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            _ => None,
        }
    }
}

/// A request that another task sends: the body is everything that the owned form keeps.
impl<M, S: AsRef<[u8]>> Request for Stored<M, S>
where
    M: Message + Request<Body = M>,
    for<'m> M::Of<'m>: Request<Api = M::Api>,
{
    type Api = M::Api;
    const METHOD: &'static str = M::METHOD;
    const HOST: &'static str = M::HOST;
    const PATH: &'static str = M::PATH;
    const CONTENT_TYPE: Option<&'static str> = M::CONTENT_TYPE;
    const AUTH_HEADER: Option<&'static str> = M::AUTH_HEADER;
    type Body = Self;
    type Response<'r> = M::Response<'r>;

    fn body(&self) -> Option<&Self> {
        Some(self)
    }

    fn kind(&self) -> <M::Api as Api>::Kind {
        self.get().kind()
    }
}

/// Implements [`Request`] for a message that is posted: the body is the request itself.
///
/// ```text
/// request! { Notification => SendResponse, PushApi, "/message/send" }
/// ```
macro_rules! request {
    (
        $request:ident => $response:ident, $api:ty, $path:literal
        $(, auth_header: $auth:expr)? $(, kind: |$this:ident| $kind:expr)?
    ) => {
        impl $request<'_> {
            /// HTTP method.
            pub const METHOD: &'static str = "POST";
            /// Host, over HTTPS.
            pub const HOST: &'static str = <$api as $crate::exchange::Api>::HOST;
            /// Path below the host.
            pub const PATH: &'static str = $path;
        }

        impl $crate::exchange::Request for $request<'_> {
            type Api = $api;
            const PATH: &'static str = $path;
            $(const AUTH_HEADER: Option<&'static str> = $auth;)?
            type Body = Self;
            type Response<'r> = $response<'r>;

            fn body(&self) -> Option<&Self> {
                Some(self)
            }

            $(fn kind(&self) -> <$api as $crate::exchange::Api>::Kind {
                let $this = self;
                $kind
            })?
        }
    };
}

pub(crate) use request;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::string::ToString;

    #[cfg(feature = "http")]
    use super::HttpError;
    use super::{Repeat, ReplyError, Request, read_reply};
    use crate::json::{self, DecodeErrorKind};
    use crate::tim::rest::SendMessageResponse;
    use crate::vivo::{Notification, ResultCode, SendResponse};

    fn read(status: u16, body: &str) -> Result<ResultCode, ReplyError> {
        read_reply::<SendResponse<'_>>(status, &mut body.as_bytes().to_vec()).map(|reply| reply.result)
    }

    #[test]
    fn read_reply_status_200_is_success_or_refusal() {
        assert_eq!(read(200, r#"{"result":0}"#), Ok(ResultCode::SUCCESS));
        assert_eq!(read(200, r#"{"result":10302}"#), Ok(ResultCode::INVALID_REG_ID));
    }

    #[test]
    fn read_reply_text_of_a_failed_server() {
        for body in ["Internet server error!", "Internet server error!\r\n", " Internet server error! "] {
            assert_eq!(read(500, body), Err(ReplyError::ServerError));
            assert_eq!(read(200, body), Err(ReplyError::ServerError));
            assert_eq!(read(502, body), Err(ReplyError::Status(502)));
            let mut copy = body.as_bytes().to_vec();
            let other_api = read_reply::<SendMessageResponse<'_>>(200_u16, &mut copy);
            assert!(matches!(other_api, Err(ReplyError::Decode(_))));
        }
    }

    #[test]
    fn repeat_of_each_status() {
        for status in [408, 425, 429, 500, 502, 503, 599, u16::MAX] {
            assert_eq!(ReplyError::Status(status).repeat(), Repeat::AfterPause, "{status}");
        }
        for status in [0, 100, 204, 301, 400, 401, 403, 404, 413, 499] {
            assert_eq!(ReplyError::Status(status).repeat(), Repeat::Never, "{status}");
        }
    }

    #[test]
    fn read_reply_any_other_status() {
        for status in [0, 100, 199, 201, 204, 301, 400, 401, 404, 429, 500, 503, u16::MAX] {
            for body in ["", r#"{"result":0}"#, "<html>"] {
                assert_eq!(read(status, body), Err(ReplyError::Status(status)));
            }
        }
        assert_eq!(ReplyError::Status(502).to_string(), "HTTP status 502");
    }

    #[test]
    fn read_reply_not_json_keeps_the_place() {
        let error = json::from_str::<SendResponse<'_>>(r#"{"result":<"#).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::UnexpectedByte, 10));
        assert_eq!(read(200, r#"{"result":<"#), Err(ReplyError::Decode(error)));
        assert_eq!(ReplyError::Decode(error).to_string(), error.to_string());
        assert!(matches!(read(200, ""), Err(ReplyError::Decode(_))));
        assert!(matches!(read(200, "Internet server error"), Err(ReplyError::Decode(_))));
    }

    #[cfg(feature = "http")]
    #[test]
    fn to_http_has_url_headers_and_body() {
        let push = Notification::new("title", "content", "request-1").reg_id("a");
        let request = push.to_http("https://api.example/base/", "token").unwrap();
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri(), &std::format!("https://api.example/base{}", Notification::PATH)[..]);
        let token = request.headers().get("authToken").unwrap();
        assert!(token == "token" && token.is_sensitive());
        assert_eq!(request.headers().get("content-type").unwrap(), Notification::CONTENT_TYPE.unwrap());
        assert_eq!(*request.body(), json::to_vec(&push).unwrap());
        assert!(matches!(push.to_http("https://api.example", ""), Err(HttpError::Check(_))));
        assert!(matches!(push.to_http("a b", "token"), Err(HttpError::Http(_))));
    }

    #[test]
    fn read_reply_by_the_type_of_the_request() {
        fn task<R: Request>(body: &mut [u8]) -> Result<R::Response<'_>, ReplyError> {
            read_reply(200_u16, body)
        }
        let mut body = *br#"{"result":0,"taskId":"1"}"#;
        assert_eq!(task::<Notification<'_>>(&mut body).unwrap().task_id, Some("1"));
    }
}
