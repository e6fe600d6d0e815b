//! vivo's server API: host, headers, and the requests with their replies.
//!
//! | request | method and path | reply |
//! |---|---|---|
//! | [`AuthRequest`](super::AuthRequest) | `POST /message/auth` | [`AuthResponse`](super::AuthResponse) |
//! | [`Notification`](super::Notification) | `POST /message/send` | [`SendResponse`](super::SendResponse) |
//! | [`ListPayload`](super::ListPayload) | `POST /message/saveListPayload` | [`TaskResponse`](super::TaskResponse) |
//! | [`ListPush`](super::ListPush) | `POST /message/pushToList` | [`ListPushResponse`](super::ListPushResponse) |
//! | [`AllPush`](super::AllPush) | `POST /message/all` | [`TaskResponse`](super::TaskResponse) |
//! | [`TagPush`](super::TagPush) | `POST /message/tagPush` | [`TaskResponse`](super::TaskResponse) |
//! | [`StatisticsRequest`](super::StatisticsRequest) | `GET /report/getStatistics` | [`StatisticsResponse`](super::StatisticsResponse) |

use super::ResultCode;
use super::rules::visible;
use crate::check::{CheckError, present};
use crate::exchange::Api;

/// Host of the server API, over HTTPS.
pub const HOST: &str = "api-push.vivo.com.cn";
/// Header that carries the auth token, on every call but [`AuthRequest`](super::AuthRequest)'s.
pub const AUTH_HEADER: &str = "authToken";
/// Value of the `Content-Type` header, as the official Java SDK sends it.
pub const CONTENT_TYPE: &str = "application/json;charset=UTF-8";

/// vivo's server API, as the type of [`Request::Api`](crate::Request::Api): `R: Request<Api = PushApi>` is any request to vivo.
///
/// vivo answers with HTTP status 200 for success and for refused requests alike; the [`ResultCode`] decides. Status 500 comes with
/// the plain text `Internet server error!` (both from vivo's server document).
#[derive(Clone, Copy, Debug)]
pub enum PushApi {}

impl Api for PushApi {
    const HOST: &'static str = HOST;
    const CONTENT_TYPE: &'static str = CONTENT_TYPE;
    const AUTH_HEADER: Option<&'static str> = Some(AUTH_HEADER);
    const SERVER_ERROR: Option<&'static str> = Some("Internet server error!");
    type Outcome<'r> = ResultCode;
}

/// An auth token as the value of [`Request::AUTH_HEADER`](crate::Request::AUTH_HEADER): the same text, if nothing in it can end the header.
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

/// Implements [`Response`](crate::Response) for a reply that has `result` and `desc`.
macro_rules! response {
    ($reply:ident) => {
        impl<'r> $crate::exchange::Response<'r> for $reply<'r> {
            type Api = $crate::vivo::PushApi;

            fn outcome(&self) -> $crate::vivo::ResultCode {
                self.result
            }

            fn is_success(&self) -> bool {
                self.result.is_success()
            }

            fn description(&self) -> Option<&'r str> {
                self.desc
            }
        }
    };
}

pub(super) use response;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
