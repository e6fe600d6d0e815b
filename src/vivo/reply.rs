//! A reply off the wire: HTTP status first, then JSON. See [`read_reply`].

use core::fmt;

use crate::json::{self, Decode, DecodeError};

/// What vivo writes instead of JSON when its server fails.
const SERVER_ERROR: &[u8] = b"Internet server error!";

/// Reads a reply inside its buffer, as [`json::from_slice_in_place`] does, after a look at the HTTP status.
///
/// ```
/// use offline_push::vivo::{self, ReplyError, SendResponse};
///
/// let mut body = *br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#;
/// let reply: SendResponse = vivo::read_reply(200, &mut body)?;
/// assert_eq!(reply.result.get(), 10302); // HTTP 200 all the same
///
/// let mut body = *b"Internet server error!";
/// let failed = vivo::read_reply::<SendResponse>(500, &mut body);
/// assert_eq!(failed, Err(ReplyError::ServerError));
/// # Ok::<(), ReplyError>(())
/// ```
///
/// # Errors
///
/// [`ReplyError`]. Business failures are none: they are in the reply's `result`.
pub fn read_reply<'a, T: Decode<'a>>(status: u16, body: &'a mut [u8]) -> Result<T, ReplyError> {
    let failed = body.trim_ascii() == SERVER_ERROR;
    match status {
        200 | 500 if failed => Err(ReplyError::ServerError),
        200 => json::from_slice_in_place(body).map_err(ReplyError::Decode),
        _ => Err(ReplyError::Status(status)),
    }
}

/// Why there is no reply to act on.
///
/// Whether vivo took the request is then not known. Sent again with the same `requestId` it is not shown twice: vivo drops
/// repetitions by it (server document).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ReplyError {
    /// vivo's server failed: HTTP 500 with the text `Internet server error!` (server document), or that text with 200.
    /// Send again after a pause.
    ServerError,
    /// Another HTTP status than 200; the body was not looked at. No document has it: a proxy's, likely.
    Status(u16),
    /// The body is not the JSON of this reply.
    Decode(DecodeError),
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServerError => f.write_str("vivo's server failed"),
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::string::ToString;

    use super::{ReplyError, read_reply};
    use crate::json::{self, DecodeErrorKind};
    use crate::vivo::{Notification, Request, ResultCode, SendResponse};

    fn read(status: u16, body: &str) -> Result<ResultCode, ReplyError> {
        read_reply::<SendResponse<'_>>(status, &mut body.as_bytes().to_vec()).map(|reply| reply.result)
    }

    #[test]
    fn status_200_goes_with_success_and_with_business_failures() {
        assert_eq!(read(200, r#"{"result":0}"#), Ok(ResultCode::SUCCESS));
        assert_eq!(read(200, r#"{"result":10302}"#), Ok(ResultCode::INVALID_REG_ID));
    }

    #[test]
    fn the_text_of_a_failed_server_is_known_with_500_and_with_200() {
        for body in ["Internet server error!", "Internet server error!\r\n", " Internet server error! "] {
            assert_eq!(read(500, body), Err(ReplyError::ServerError));
            assert_eq!(read(200, body), Err(ReplyError::ServerError));
            assert_eq!(read(502, body), Err(ReplyError::Status(502)));
        }
    }

    #[test]
    fn any_other_status_is_no_reply_whatever_the_body() {
        for status in [0, 100, 199, 201, 204, 301, 400, 401, 404, 429, 500, 503, u16::MAX] {
            for body in ["", r#"{"result":0}"#, "<html>"] {
                assert_eq!(read(status, body), Err(ReplyError::Status(status)));
            }
        }
    }

    #[test]
    fn a_body_that_is_no_json_says_where() {
        let error = json::from_str::<SendResponse<'_>>(r#"{"result":<"#).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::UnexpectedByte, 10));
        assert_eq!(read(200, r#"{"result":<"#), Err(ReplyError::Decode(error)));
        assert_eq!(ReplyError::Decode(error).to_string(), error.to_string());
        assert!(matches!(read(200, ""), Err(ReplyError::Decode(_))));
        assert!(matches!(read(200, "Internet server error"), Err(ReplyError::Decode(_))));
    }

    #[test]
    fn a_generic_client_reads_the_reply_that_belongs_to_its_request() {
        fn task<R: Request>(body: &mut [u8]) -> Result<R::Response<'_>, ReplyError> {
            read_reply(200, body)
        }
        let mut body = *br#"{"result":0,"taskId":"1"}"#;
        assert_eq!(task::<Notification<'_>>(&mut body).unwrap().task_id, Some("1"));
    }
}
