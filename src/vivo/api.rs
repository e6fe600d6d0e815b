//! vivo's server API: host and headers.

use super::{Advice, Classification, PushMode, ResultCode};
use crate::check::{CheckError, present, visible};
use crate::exchange::Api;

/// Host of the server API, over HTTPS.
pub const HOST: &str = "api-push.vivo.com.cn";
/// URL of the host, without a slash at the end.
pub const BASE_URL: &str = "https://api-push.vivo.com.cn";
/// Name of the header with the auth token. Every request has it, except [`AuthRequest`](super::AuthRequest). vivo's documents write
/// `authToken`; the names of headers ignore letter case, and `http::HeaderName::from_static` accepts only this spelling.
pub const AUTH_HEADER: &str = "authtoken";
/// Value of the `Content-Type` header, as the official Java SDK sends it.
pub const CONTENT_TYPE: &str = "application/json;charset=UTF-8";

/// vivo's server API, as the type of [`Request::Api`](crate::Request::Api). The bound `R: Request<Api = PushApi>` accepts any
/// request to vivo.
///
/// vivo answers both accepted and refused requests with HTTP status 200; the [`ResultCode`] distinguishes them. Status 500
/// comes with the plain text `Internet server error!` (source of both facts: vivo's server document).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PushApi {}

impl Api for PushApi {
    const HOST: &'static str = HOST;
    const BASE_URL: &'static str = BASE_URL;
    const CONTENT_TYPE: &'static str = CONTENT_TYPE;
    const AUTH_HEADER: Option<&'static str> = Some(AUTH_HEADER);
    const SERVER_ERROR: Option<&'static str> = Some("Internet server error!");
    type Outcome<'r> = ResultCode;
    type Advice = Advice;
    type Kind = PushKind;
}

/// The facts about a request that decide the meaning of its reply and its quota: [`Request::kind`](crate::Request::kind). Both are
/// `None` for requests that are not pushes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct PushKind {
    /// Formal or test push. The default is formal.
    pub push_mode: Option<PushMode>,
    /// The class whose quota and hours apply: [`Notification::classification_in_effect`](super::Notification::classification_in_effect).
    pub classification: Option<Classification>,
}

impl PushKind {
    /// True for a test push. vivo sends it to test devices only, and does not count it against the quotas.
    #[must_use]
    pub fn is_test(self) -> bool {
        self.push_mode == Some(PushMode::TEST)
    }
}

/// Checks that an auth token is safe as the value of the header [`AUTH_HEADER`], and returns it unchanged.
///
/// The token in the sample consists of letters and digits; no document says which characters are allowed. This function accepts
/// visible ASCII.
///
/// ```
/// use offline_push::vivo::auth_header_value;
///
/// assert_eq!(auth_header_value("24ojds98"), Ok("24ojds98"));
/// assert!(auth_header_value("24ojds98\r\nX: y").is_err());
/// ```
///
/// # Errors
///
/// [`Rule::Missing`](crate::Rule::Missing) for an empty token. [`Rule::UnknownValue`](crate::Rule::UnknownValue) for a token with
/// spaces, control characters or characters beyond ASCII. The error does not contain the token.
pub fn auth_header_value(token: &str) -> Result<&str, CheckError> {
    present(token, AUTH_HEADER)?;
    visible(token, AUTH_HEADER)?;
    Ok(token)
}

/// Implements [`Response`](crate::Response) for a reply that has `result` and `desc`. Its advice is that of the result, or a function
/// of the reply.
macro_rules! response {
    ($reply:ident) => {
        $crate::vivo::api::response! { $reply: |reply| reply.result.advice() }
    };
    ($reply:ident: |$self:ident| $advice:expr) => {
        impl<'r> $crate::exchange::Response<'r> for $reply<'r> {
            type Api = $crate::vivo::PushApi;

            fn outcome(&self) -> $crate::vivo::ResultCode {
                self.result
            }

            fn advice(&self) -> $crate::vivo::Advice {
                let $self = self;
                $advice
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
