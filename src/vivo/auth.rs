//! Authentication: the request for the token that every other call to vivo needs, and its reply. The signature is in `sign`.

use super::api::{PushApi, response};
use super::code::ResultCode;
use super::notification::len::EMPTY;
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure, present};
use crate::exchange::request;
use crate::json::description::longest;
use crate::json::message;
use crate::json::value::ReadValue;

/// Length of a sign in bytes: an MD5 digest in hex.
pub(super) const SIGN_LEN: usize = 32;

message! {
    /// Requests an auth token: the body of `/message/auth`.
    ///
    /// Since document 2.9.2, an app can authenticate 10 times a second (result 10093); before that, it could authenticate 10000
    /// times a day (10250). So authenticate in one place and keep the token; [`AuthTokenLife`](super::AuthTokenLife) decides
    /// when to authenticate.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{AuthRequest, AuthResponse, Sign};
    ///
    /// // The example of vivo's own document.
    /// let (app_id, timestamp) = (10004, 1_501_484_120_000);
    /// let app_key = "25509283-3767-4b9e-83fe-b6e55ac6243e";
    /// let app_secret = "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21";
    /// let sign = Sign::new(app_id, app_key, timestamp, app_secret);
    /// assert_eq!(sign.as_str(), "fe3b46a2befc60334c2388676a752bd6");
    ///
    /// let request = AuthRequest::new(app_id, app_key, timestamp, sign.as_str());
    /// request.check()?;
    /// let mut buffer = [0; 256];
    /// let body = json::to_slice(&request, &mut buffer)?; // POST it to AuthRequest::PATH
    ///
    /// let mut received = *br#"{"result":0,"authToken":"24ojds98fu3jqrioeu982134jieds9fq43u09uaf"}"#;
    /// let reply: AuthResponse = json::from_slice_in_place(&mut received)?;
    /// assert!(reply.result.is_success());
    /// assert_eq!(reply.auth_token.map(str::len), Some(40));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub struct AuthRequest<'a> {
        /// The app's id. The document says that it is an integer, but libraries that work send a string. Decoding accepts both;
        /// encoding writes the integer.
        #[doc(alias = "appId")]
        app_id: u64 = "appId",
        /// The app's key.
        #[doc(alias = "appKey")]
        app_key: &'a str = "appKey" [secret],
        /// Unix time in milliseconds (13 digits). It must be within ten minutes of vivo's clock (else 10207), and must be the
        /// same as in the sign.
        timestamp: u64 = "timestamp",
        /// The signature. [`Sign`](super::Sign), which needs the feature `sign`, computes it. Any text of 32 lower-case hex
        /// digits is accepted, so another implementation of MD5 can compute it, too. Shown as `***`.
        sign: &'a str = "sign" [secret],
    }
}

request! { AuthRequest => AuthResponse, PushApi, "/message/auth", auth_header: None }

impl<'a> AuthRequest<'a> {
    /// Maximum length of the JSON of a request that passes [`check`](Self::check), in bytes, without the app key. No text
    /// gives a length for the key, so add the length of your key. All known keys are UUIDs of 36 bytes.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::vivo::{AuthRequest, Sign};
    ///
    /// let key = "25509283-3767-4b9e-83fe-b6e55ac6243e";
    /// let sign = Sign::new(10004, key, 1_501_484_120_000, "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21");
    /// let request = AuthRequest::new(10004, key, 1_501_484_120_000, sign.as_str());
    /// let mut body = [0; AuthRequest::MAX_CHECKED_LEN + 36];
    /// assert!(json::to_slice(&request, &mut body).is_ok());
    /// ```
    pub const MAX_CHECKED_LEN: usize =
        longest(<Self as ReadValue>::DESCRIPTION, &[("sign", EMPTY + SIGN_LEN)]);

    /// A request with its signature. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(app_id: u64, app_key: &'a str, timestamp: u64, sign: &'a str) -> Self {
        Self { app_id, app_key, timestamp, sign }
    }

    /// Checks the request against vivo's rules.
    ///
    /// # Errors
    ///
    /// An id of 0 (server code 10200), an empty key (10201), a timestamp that does not have 13 digits (10207), or a sign that
    /// is not 32 lower-case hex digits (10206).
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for AuthRequest<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        const MIN: u64 = 1_000_000_000_000;
        const MAX: u64 = 9_999_999_999_999;
        ensure(self.app_id != 0, "appId", Rule::Missing).or_else(&mut *broken)?;
        present(self.app_key, "appKey").or_else(&mut *broken)?;
        ensure(
            (MIN..=MAX).contains(&self.timestamp),
            "timestamp",
            Rule::OutOfRange { min: MIN as i64, max: MAX as i64 },
        )
        .or_else(&mut *broken)?;
        let hex = self.sign.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        ensure(hex && self.sign.len() == SIGN_LEN, "sign", Rule::UnknownValue)
    }
}

message! {
    /// The reply to `/message/auth`.
    pub struct AuthResponse<'a> {
        /// 0 for success, else the reason.
        result: ResultCode = "result",
        /// The result in human-readable words. May be absent.
        desc: Option<&'a str> = "desc" as lenient [public],
        /// The token for the header [`AUTH_HEADER`](super::AUTH_HEADER) of every other call. Present on success only. It is
        /// valid for 24 hours, and several tokens can be valid at the same time. vivo asks a sender to keep it and to renew it
        /// every one or two hours. The sample has 40 characters `[a-z0-9]`; no document gives a length. Shown as `***`.
        #[doc(alias = "authToken")]
        auth_token: Option<&'a str> = "authToken" as lenient [secret],
    }
}

response! { AuthResponse }

impl AuthResponse<'_> {
    /// A reply with a result and no other field.
    #[must_use]
    pub const fn new(result: ResultCode) -> Self {
        Self { result, ..Self::EMPTY }
    }
}
