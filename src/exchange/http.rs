//! Requests and replies as the types of the crate `http`, which most HTTP clients and servers take.

use core::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use super::{ReplyError, Request, read_reply, token_header};
use crate::check::CheckError;
use crate::json::EncodeError;

/// Why there is no [`http::Request`].
#[derive(Debug)]
#[non_exhaustive]
pub enum HttpError {
    /// The token is missing, or is not allowed in a header. The error does not contain the token.
    Check(CheckError),
    /// The body cannot be encoded.
    Encode(EncodeError),
    /// The base URL is not a URL.
    Http(http::Error),
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Check(error) => error.fmt(f),
            Self::Encode(error) => error.fmt(f),
            Self::Http(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for HttpError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Check(error) => Some(error),
            Self::Encode(error) => Some(error),
            Self::Http(error) => Some(error),
        }
    }
}

impl From<CheckError> for HttpError {
    fn from(error: CheckError) -> Self {
        Self::Check(error)
    }
}

impl From<EncodeError> for HttpError {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl From<http::Error> for HttpError {
    fn from(error: http::Error) -> Self {
        Self::Http(error)
    }
}

/// Makes the request with a URL. The `content-length` is left to the client, which knows the body.
pub(crate) fn to_http<R: Request>(
    request: &R,
    url: &str,
    token: Option<&str>,
) -> Result<http::Request<Vec<u8>>, HttpError> {
    let mut builder = http::Request::builder().method(R::METHOD).uri(url);
    if let Some((name, token)) = token_header::<R>(token)? {
        let name = HeaderName::try_from(name).map_err(http::Error::from)?;
        let mut value = HeaderValue::from_str(token).map_err(http::Error::from)?;
        value.set_sensitive(true);
        builder = builder.header(name, value);
    }
    if let Some(value) = R::CONTENT_TYPE {
        builder = builder.header(CONTENT_TYPE, HeaderValue::from_static(value));
    }
    Ok(builder.body(request.body_vec()?.unwrap_or_default())?)
}

/// The URL of a request below a base URL.
pub(super) fn url_below<R: Request>(request: &R, base: &str) -> String {
    let mut url = base.trim_end_matches('/').to_string();
    url.push_str(&request.path_and_query_string());
    url
}

/// Reads the reply to a request of the type `R` inside the body of an [`http::Response`]. Feature `http`.
///
/// # Errors
///
/// As [`read_reply`].
///
/// ```
/// use offline_push::exchange::read_http;
/// use offline_push::vivo::{Advice, Notification};
///
/// let mut response = http::Response::new(br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#.to_vec());
/// let reply = read_http::<Notification>(&mut response)?;
/// assert_eq!(reply.advice_for(None), Advice::DropToken);
/// # Ok::<(), offline_push::ReplyError>(())
/// ```
pub fn read_http<R: Request>(response: &mut http::Response<Vec<u8>>) -> Result<R::Response<'_>, ReplyError> {
    read_reply(response.status(), response.body_mut())
}
