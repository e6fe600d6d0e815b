//! Requests as an HTTP client needs to know them, whichever client that is. See [`Request`].

use super::rules::visible;
use super::{
    AUTH_HEADER, AllPush, AuthRequest, AuthResponse, CONTENT_TYPE, HOST, ListPayload, ListPush,
    ListPushResponse, Notification, Response, SendResponse, TagPush, TaskResponse,
};
use crate::bytes::BufferFull;
use crate::check::{CheckError, present};
use crate::json::{self, Encode, EncodeError, Message, Owned, sealed::Sealed};
use crate::uri_writer::UriWriter;

/// What an HTTP client needs to know of a request.
///
/// | request | method and path | reply |
/// |---|---|---|
/// | [`AuthRequest`] | `POST /message/auth` | [`AuthResponse`] |
/// | [`Notification`] | `POST /message/send` | [`SendResponse`] |
/// | [`ListPayload`] | `POST /message/saveListPayload` | [`TaskResponse`] |
/// | [`ListPush`] | `POST /message/pushToList` | [`ListPushResponse`] |
/// | [`AllPush`] | `POST /message/all` | [`TaskResponse`] |
/// | [`TagPush`] | `POST /message/tagPush` | [`TaskResponse`] |
/// | [`StatisticsRequest`](super::StatisticsRequest) | `GET /report/getStatistics` | [`StatisticsResponse`](super::StatisticsResponse) |
///
/// The six that are posted have themselves for a body, in JSON; the last one says everything in its path. One function
/// serves them all:
///
/// ```
/// use offline_push::json::List;
/// use offline_push::vivo::{
///     self, Advice, AuthRequest, Notification, Request, Response, StatisticsRequest, auth_header_value,
/// };
///
/// /// Stands for the HTTP client: sends over TLS, puts what comes back into the buffer, and gives the status.
/// fn exchange(head: &str, body: &[u8], buffer: &mut Vec<u8>) -> u16 {
///     # assert_eq!(head.contains("Content-Length"), !body.is_empty());
///     # assert!(!head.contains("Content-Length") || head.contains(&format!("Content-Length: {}\r\n", body.len())));
///     # assert_eq!(head.contains("authToken: 24ojds98\r\n"), !head.contains("auth HTTP"));
///     # assert!(!head.contains("GET") || head.starts_with("GET /report/getStatistics?taskIds=1,2 HTTP/1.1\r\n"));
///     buffer.clear();
///     buffer.extend(br#"{"result":10254,"desc":"too many pushes"}"#);
///     200
/// }
///
/// fn call<'b, R: Request>(
///     request: &R,
///     token: &str,
///     buffer: &'b mut Vec<u8>,
/// ) -> Result<R::Response<'b>, Box<dyn std::error::Error>> {
///     let path = request.path_and_query(buffer)?;
///     let mut head = format!("{} {path} HTTP/1.1\r\nHost: {}\r\n", R::METHOD, R::HOST);
///     if let Some(name) = R::AUTH_HEADER {
///         head += &format!("{name}: {}\r\n", auth_header_value(token)?); // nobody smuggles a header in
///     }
///     if let (Some(value), Some(length)) = (R::CONTENT_TYPE, request.body_len()) {
///         head += &format!("Content-Type: {value}\r\nContent-Length: {length}\r\n");
///     }
///     let body = request.encode_body(buffer)?.unwrap_or_default().to_vec();
///     let status = exchange(&(head + "\r\n"), &body, buffer);
///     let reply: R::Response<'b> = vivo::read_reply(status, buffer)?;
///     match reply.result().advice() {
///         Advice::StopForToday => println!("no more today: {}", reply.desc().unwrap_or_default()),
///         advice => println!("{advice:?}"),
///     }
///     Ok(reply)
/// }
///
/// let mut buffer = vec![0; 1024];
/// let reply: vivo::SendResponse = call(&Notification::new("title", "content", "request-1"), "24ojds98", &mut buffer)?;
/// assert_eq!(reply.task_id, None);
/// # buffer.resize(1024, 0);
/// let tasks = List::from_slice(&["1", "2"]);
/// let reply: vivo::StatisticsResponse = call(&StatisticsRequest::new(tasks), "24ojds98", &mut buffer)?;
/// assert_eq!(reply.statistics, None);
/// # buffer.resize(1024, 0);
/// # call(&AuthRequest::new(1, "key", 1, "sign"), "", &mut buffer)?;
/// # buffer.resize(1024, 0);
/// # assert!(call(&StatisticsRequest::new(tasks), "24ojds98\r\nX: y", &mut buffer).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # HTTP status
///
/// vivo answers 200 for success and for business failures alike: `result` decides. 500 comes with the plain text
/// `Internet server error!` instead of JSON (both from vivo's server document). So look at the status first;
/// [`read_reply`](super::read_reply) does.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request to vivo",
    label = "not one of the requests in `offline_push::vivo`"
)]
pub trait Request: Sealed {
    /// HTTP method.
    const METHOD: &'static str = "POST";
    /// Host, over HTTPS.
    const HOST: &'static str = HOST;
    /// Path below the host. [`StatisticsRequest`](super::StatisticsRequest) has a query behind it:
    /// [`path_and_query`](Self::path_and_query) writes both.
    const PATH: &'static str;
    /// Value of the `Content-Type` header; `None` for a request without a body.
    const CONTENT_TYPE: Option<&'static str> = Some(CONTENT_TYPE);
    /// Name of the header that carries the auth token; `None` for the request that asks for one. Its value is to be had
    /// from [`auth_header_value`].
    const AUTH_HEADER: Option<&'static str> = Some(AUTH_HEADER);
    /// The message that is the body: the request itself, or [`Infallible`](core::convert::Infallible), of which there is
    /// none, for a request without a body.
    type Body: Encode;
    /// The reply, read out of a buffer.
    type Response<'r>: Response<'r>;

    /// The message that is the body; `None` for a request without one.
    ///
    /// It is what `json::to_writer` takes, for a body that is longer than any buffer.
    #[must_use]
    fn body(&self) -> Option<&Self::Body>;

    /// Exact length of the body in bytes, for the `Content-Length` header; `None` for a request without a body.
    ///
    /// Each call goes through the request: [`encode_body`](Self::encode_body) gives the same length together with the bytes.
    #[must_use]
    fn body_len(&self) -> Option<usize> {
        self.body().map(json::encoded_len)
    }

    /// Encodes the body into the start of a buffer; `None` for a request without a body, to which any buffer will do.
    ///
    /// The rules of the request are not looked at: its `check` does.
    ///
    /// # Errors
    ///
    /// As [`json::to_slice`]: [`EncodeError::BufferFull`] says how many bytes are needed.
    fn encode_body<'b>(&self, buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>, EncodeError> {
        match self.body() {
            Some(body) => json::to_slice(body, buffer).map(|written| Some(&*written)),
            None => Ok(None),
        }
    }

    /// Writes what the first line of the HTTP request names, path and query, into the start of a buffer.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] says how many bytes are needed.
    fn path_and_query<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        let mut output = UriWriter::new(buffer);
        output.put(Self::PATH);
        output.finish()
    }
}

/// Implements [`Request`] for what is posted: the body is the request itself.
macro_rules! posted {
    ($($request:ident for $response:ident { $($constants:tt)* })+) => {$(
        impl Request for $request<'_> {
            $($constants)*
            type Body = Self;
            type Response<'r> = $response<'r>;

            fn body(&self) -> Option<&Self> {
                Some(self)
            }
        }
    )+};
}

posted! {
    AuthRequest for AuthResponse {
        const PATH: &'static str = "/message/auth";
        const AUTH_HEADER: Option<&'static str> = None;
    }
    Notification for SendResponse {
        const PATH: &'static str = "/message/send";
    }
    ListPayload for TaskResponse {
        const PATH: &'static str = "/message/saveListPayload";
    }
    ListPush for ListPushResponse {
        const PATH: &'static str = "/message/pushToList";
    }
    AllPush for TaskResponse {
        const PATH: &'static str = "/message/all";
    }
    TagPush for TaskResponse {
        const PATH: &'static str = "/message/tagPush";
    }
}

/// What another task is to post: the body is all that the [`Owned`] keeps.
impl<M: Message + Request<Body = M>, const N: usize> Request for Owned<M, N> {
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
}

/// An auth token as the value of [`Request::AUTH_HEADER`]: the same text, if nothing in it can end the header.
///
/// The sample's token is of letters and digits, no document gives the alphabet; what is no visible ASCII is refused.
///
/// # Errors
///
/// An empty token ([`Rule::Missing`](crate::Rule::Missing)), one with spaces, control characters or anything beyond ASCII
/// ([`Rule::UnknownValue`](crate::Rule::UnknownValue)). The error does not show it.
pub fn auth_header_value(token: &str) -> Result<&str, CheckError> {
    present(token, AUTH_HEADER)?;
    visible(token, AUTH_HEADER)?;
    Ok(token)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
