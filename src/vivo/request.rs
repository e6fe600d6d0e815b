//! Requests as an HTTP client needs to know them, whichever client that is. See [`Request`].

use super::rules::visible;
use super::{
    AUTH_HEADER, AllPush, AuthRequest, AuthResponse, CONTENT_TYPE, HOST, ListPayload, ListPush,
    ListPushResponse, Notification, SendResponse, StatisticsRequest, StatisticsResponse, TagPush,
    TaskResponse,
};
use crate::check::{CheckError, present};
use crate::json::{Decode, sealed::Sealed};

/// What an HTTP client needs to know of a request. Those that have a body implement [`Encode`](crate::json::Encode) as well:
/// all but [`StatisticsRequest`], whose [`path_and_query`](StatisticsRequest::path_and_query) says everything.
///
/// | request | method and path | reply |
/// |---|---|---|
/// | [`AuthRequest`] | `POST /message/auth` | [`AuthResponse`] |
/// | [`Notification`] | `POST /message/send` | [`SendResponse`] |
/// | [`ListPayload`] | `POST /message/saveListPayload` | [`TaskResponse`] |
/// | [`ListPush`] | `POST /message/pushToList` | [`ListPushResponse`] |
/// | [`AllPush`] | `POST /message/all` | [`TaskResponse`] |
/// | [`TagPush`] | `POST /message/tagPush` | [`TaskResponse`] |
/// | [`StatisticsRequest`] | `GET /report/getStatistics` | [`StatisticsResponse`] |
///
/// One function serves all that are posted:
///
/// ```
/// use offline_push::json::{self, Encode};
/// use offline_push::vivo::{self, AuthRequest, Notification, Request, auth_header_value};
///
/// /// Stands for the HTTP client: writes the head of a request that goes out over TLS.
/// fn head<R: Request + Encode>(request: &R, token: &str) -> Result<String, Box<dyn std::error::Error>> {
///     let mut head = format!("{} {} HTTP/1.1\r\nHost: {}\r\n", R::METHOD, R::PATH, R::HOST);
///     if let Some(value) = R::CONTENT_TYPE {
///         head += &format!("Content-Type: {value}\r\nContent-Length: {}\r\n", json::encoded_len(request));
///     }
///     if let Some(name) = R::AUTH_HEADER {
///         head += &format!("{name}: {}\r\n", auth_header_value(token)?);
///     }
///     Ok(head + "\r\n")
/// }
///
/// let push = Notification::new("title", "content", "request-1");
/// assert_eq!(
///     head(&push, "24ojds98")?,
///     "POST /message/send HTTP/1.1\r\nHost: api-push.vivo.com.cn\r\n\
///      Content-Type: application/json;charset=UTF-8\r\nContent-Length: 61\r\nauthToken: 24ojds98\r\n\r\n"
/// );
/// assert!(head(&push, "24ojds98\r\nX: y").is_err()); // nobody smuggles a header in
/// assert!(!head(&AuthRequest::new(1, "key", 1, "sign"), "")?.contains("authToken"));
///
/// let reply: vivo::SendResponse = vivo::read_reply(200, &mut br#"{"result":0}"#.to_vec())?;
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
    /// Path below the host. [`StatisticsRequest`] has a query behind it, which
    /// [`path_and_query`](StatisticsRequest::path_and_query) writes.
    const PATH: &'static str;
    /// Value of the `Content-Type` header; `None` for a request without a body.
    const CONTENT_TYPE: Option<&'static str> = Some(CONTENT_TYPE);
    /// Name of the header that carries the auth token; `None` for the request that asks for one. Its value is to be had
    /// from [`auth_header_value`].
    const AUTH_HEADER: Option<&'static str> = Some(AUTH_HEADER);
    /// The reply, read out of a buffer.
    type Response<'r>: Decode<'r>;
}

impl Request for AuthRequest<'_> {
    const PATH: &'static str = "/message/auth";
    const AUTH_HEADER: Option<&'static str> = None;
    type Response<'r> = AuthResponse<'r>;
}

impl Request for Notification<'_> {
    const PATH: &'static str = "/message/send";
    type Response<'r> = SendResponse<'r>;
}

impl Request for ListPayload<'_> {
    const PATH: &'static str = "/message/saveListPayload";
    type Response<'r> = TaskResponse<'r>;
}

impl Request for ListPush<'_> {
    const PATH: &'static str = "/message/pushToList";
    type Response<'r> = ListPushResponse<'r>;
}

impl Request for AllPush<'_> {
    const PATH: &'static str = "/message/all";
    type Response<'r> = TaskResponse<'r>;
}

impl Request for TagPush<'_> {
    const PATH: &'static str = "/message/tagPush";
    type Response<'r> = TaskResponse<'r>;
}

/// The official Java SDK and a Node client send it as a GET.
impl Request for StatisticsRequest<'_> {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/report/getStatistics";
    const CONTENT_TYPE: Option<&'static str> = None;
    type Response<'r> = StatisticsResponse<'r>;
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
mod tests {
    use std::format;

    use super::*;
    use crate::check::Rule;

    fn ways<R: Request>() -> (&'static str, &'static str, bool, bool) {
        assert_eq!(R::HOST, "api-push.vivo.com.cn");
        (R::METHOD, R::PATH, R::CONTENT_TYPE.is_some(), R::AUTH_HEADER.is_some())
    }

    #[test]
    fn every_request_has_its_published_way() {
        assert_eq!(ways::<AuthRequest<'_>>(), ("POST", "/message/auth", true, false));
        assert_eq!(ways::<Notification<'_>>(), ("POST", "/message/send", true, true));
        assert_eq!(ways::<ListPayload<'_>>(), ("POST", "/message/saveListPayload", true, true));
        assert_eq!(ways::<ListPush<'_>>(), ("POST", "/message/pushToList", true, true));
        assert_eq!(ways::<AllPush<'_>>(), ("POST", "/message/all", true, true));
        assert_eq!(ways::<TagPush<'_>>(), ("POST", "/message/tagPush", true, true));
        assert_eq!(ways::<StatisticsRequest<'_>>(), ("GET", "/report/getStatistics", false, true));
    }

    #[test]
    fn no_token_ends_its_header() {
        let token = "24ojds98fu3jqrioeu982134jieds9fq43u09uaf";
        assert_eq!(auth_header_value(token), Ok(token));
        assert_eq!(auth_header_value(""), Err(CheckError::new("authToken", Rule::Missing)));
        for code in 0..=0x100u32 {
            let character = char::from_u32(code).unwrap();
            let odd = format!("a{character}b");
            let expected = match character {
                '!'..='~' => Ok(&*odd),
                _ => Err(CheckError::new("authToken", Rule::UnknownValue)),
            };
            assert_eq!(auth_header_value(&odd), expected, "{character:?}");
        }
    }

    #[test]
    fn every_constant_of_a_header_is_free_of_control_characters() {
        for text in [HOST, AUTH_HEADER, CONTENT_TYPE] {
            assert!(text.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{text:?}");
        }
    }
}
