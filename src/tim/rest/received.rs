//! A reply off the wire: HTTP status first, then JSON. See [`read_reply`].

use core::fmt;

use crate::json::{self, Decode, DecodeError};

/// Reads a reply inside its buffer, as [`json::from_slice_in_place`] does, after a look at the HTTP status.
///
/// Tencent IM answers 200 for success and for failures alike. Another status comes from a gateway on the way, 502 for
/// example, and has no JSON for a body.
///
/// ```
/// use offline_push::tim::rest::{self, Outcome, ReplyError, Response, SendMessageResponse};
///
/// let mut body = *br#"{"ActionStatus":"FAIL","ErrorInfo":"invalid To_Account","ErrorCode":90012}"#;
/// let reply: SendMessageResponse = rest::read_reply(200, &mut body)?;
/// assert_eq!(reply.outcome(), Outcome::Failed(90012.into())); // HTTP 200 all the same
///
/// let mut body = *b"<html><h1>502 Bad Gateway</h1></html>";
/// assert_eq!(rest::read_reply::<SendMessageResponse>(502, &mut body), Err(ReplyError::Status(502)));
/// # Ok::<(), ReplyError>(())
/// ```
///
/// # Errors
///
/// [`ReplyError`]. A refused request is none: it is in the [outcome](super::Response::outcome).
pub fn read_reply<'a, T: Decode<'a>>(status: u16, body: &'a mut [u8]) -> Result<T, ReplyError> {
    match status {
        200 => json::from_slice_in_place(body).map_err(ReplyError::Decode),
        _ => Err(ReplyError::Status(status)),
    }
}

/// Why there is no reply to act on. Whether Tencent IM took the request is then not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ReplyError {
    /// Another HTTP status than 200, a gateway's: 502, for one. The body was not looked at. Send again after a pause, as
    /// it was: for how long the random number then keeps it from coming twice, each request says.
    Status(u16),
    /// The body is not the JSON of this reply.
    Decode(DecodeError),
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "HTTP status {status}"),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ReplyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::Status(_) => None,
        }
    }
}
