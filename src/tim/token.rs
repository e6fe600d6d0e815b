//! What a device reports after login: where it can be reached.

use crate::check::{CheckError, Rule, at_most, ensure, present};
use crate::json::{hex, message, open_number};

open_number! {
    /// Which push service a token is of: `offline_push_token_type`, from version 7 of the C SDK.
    pub struct TokenType(i32) {
        /// The phone vendor's, or APNs; the default.
        VENDOR = 0 => "vendor",
        /// Tencent's TPNS.
        TPNS = 1 => "TPNS",
        /// The token with which APNs rings for a call.
        VOIP = 2 => "VoIP",
    }
}

message! {
    /// Certificate id and device token, as the app hands them to the IM SDK after login. With both reported, IM knows
    /// where to push while the app is dead. Keys of the cross-platform C SDK (`TIMMsgSetOfflinePushToken`).
    ///
    /// ```
    /// use offline_push::{TimOfflinePushToken, json};
    ///
    /// // The guide's VIVO_PUSH_BUZID and the regId that vivo gave.
    /// let token = TimOfflinePushToken::new(6666, "12345678901234567890123")?;
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&token, &mut buffer)?,
    ///     r#"{"offline_push_token_token":"12345678901234567890123","offline_push_token_business_id":6666}"#,
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "TIMOfflinePushToken")]
    #[doc(alias = "V2TIMOfflinePushConfig")]
    pub struct OfflinePushToken<'a> {
        /// The device's token: a vivo regId, say. On iOS the token is raw bytes, which the C SDK wants in hex
        /// ([`hex_token`](Self::hex_token)). Not empty (SDK error 22003), at most 256 bytes (22004). Shown as `***`.
        token: &'a str = "offline_push_token_token" ..=256 [secret],
        /// The certificate id that the IM console made for the uploaded certificate; valid ten minutes after saving. An
        /// unsigned integer (Java `long`, C `uint32`, iOS `int`); no range is public; 0 means unset in the demos.
        #[doc(alias = "bussid")]
        #[doc(alias = "businessID")]
        business_id: u32 = "offline_push_token_business_id",
        /// The token is TPNS's; up to version 6 of the SDK.
        #[doc(alias = "isTPNSToken")]
        is_tpns_token: Option<bool> = "offline_push_token_is_tpns_token",
        /// Whose token it is; from version 7 of the SDK, default the vendor's.
        token_type: Option<TokenType> = "offline_push_token_type",
    }
}

impl<'a> OfflinePushToken<'a> {
    /// Longest token in bytes (SDK error 22004 beyond).
    pub const MAX_TOKEN_LEN: usize = 256;

    /// Name of the token's field, in errors.
    pub(crate) const TOKEN: &'static str = "offline_push_token_token";

    /// A vendor token under its certificate id.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn new(business_id: u32, token: &'a str) -> Result<Self, CheckError> {
        let token = Self { token, business_id, ..Self::EMPTY };
        token.check()?;
        Ok(token)
    }

    /// Holds the token against the SDK's rules.
    ///
    /// # Errors
    ///
    /// An empty token (22003), one longer than 256 bytes (22004), certificate id 0.
    pub fn check(&self) -> Result<(), CheckError> {
        present(self.token, Self::TOKEN)?;
        at_most(self.token.len(), Self::MAX_TOKEN_LEN as u32, Self::TOKEN)?;
        ensure(self.business_id != 0, "offline_push_token_business_id", Rule::Missing)
    }

    /// Raw APNs token bytes as the hex text that the C SDK wants, in `buffer`, which takes twice as many bytes.
    ///
    /// # Errors
    ///
    /// [`Rule::TooLong`] with the number of bytes that fit.
    ///
    /// ```
    /// use offline_push::tim::OfflinePushToken;
    ///
    /// let mut buffer = [0; 64];
    /// assert_eq!(OfflinePushToken::hex_token(&[0x0a, 0xff], &mut buffer)?, "0aff");
    /// # Ok::<(), offline_push::CheckError>(())
    /// ```
    pub fn hex_token<'b>(raw: &[u8], buffer: &'b mut [u8]) -> Result<&'b str, CheckError> {
        let max = u32::try_from(buffer.len() / 2).unwrap_or(u32::MAX);
        let too_long = CheckError::new(Self::TOKEN, Rule::TooLong { max });
        hex(raw, buffer).ok_or(too_long)
    }
}
