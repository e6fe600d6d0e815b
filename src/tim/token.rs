//! What a device reports after login: where it can be reached.

use core::fmt;

use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule, at_most, ensure, present};
use crate::digits::hex;
use crate::json::{message, open_number};

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

    /// A token as it is reported to a C SDK up to version 6, which asks whether it is TPNS's.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::OfflinePushToken;
    ///
    /// let token = OfflinePushToken::new_v6(1234578, "xxxxx", false)?;
    /// let mut buffer = [0; 128];
    /// assert!(json::to_str(&token, &mut buffer)?.ends_with(r#""offline_push_token_is_tpns_token":false}"#));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn new_v6(business_id: u32, token: &'a str, is_tpns_token: bool) -> Result<Self, CheckError> {
        let token = Self { token, business_id, is_tpns_token: Some(is_tpns_token), ..Self::EMPTY };
        token.check()?;
        Ok(token)
    }

    /// A token as it is reported to a C SDK from version 7, which asks whose it is.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn new_v7(business_id: u32, token: &'a str, token_type: TokenType) -> Result<Self, CheckError> {
        let token = Self { token, business_id, token_type: Some(token_type), ..Self::EMPTY };
        token.check()?;
        Ok(token)
    }

    /// Holds the token against the SDK's rules.
    ///
    /// # Errors
    ///
    /// - An empty token (22003), one longer than 256 bytes (22004).
    /// - Certificate id 0, unless the token is TPNS's: "need not be filled in with TPNS", says the comment in the Unity SDK.
    /// - [`Rule::Conflict`] for a `token_type` that says otherwise than `is_tpns_token`. No SDK has both; which one it would
    ///   believe is not known.
    pub fn check(&self) -> Result<(), CheckError> {
        present(self.token, Self::TOKEN)?;
        at_most(self.token.len(), Self::MAX_TOKEN_LEN as u32, Self::TOKEN)?;
        let of_type = self.token_type.map(|kind| kind == TokenType::TPNS);
        let tpns = self.is_tpns_token == Some(true) || of_type == Some(true);
        ensure(self.business_id != 0 || tpns, "offline_push_token_business_id", Rule::Missing)?;
        let agree = self.is_tpns_token.is_none() || of_type.is_none() || self.is_tpns_token == of_type;
        ensure(agree, "offline_push_token_type", Rule::Conflict { with: "offline_push_token_is_tpns_token" })
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
    /// The bytes of a hex token, the way back from [`hex_token`](Self::hex_token), in `buffer`, which takes half as many.
    /// Digits may be of either case.
    ///
    /// # Errors
    ///
    /// Text that is not hex, a buffer that is too short.
    ///
    /// ```
    /// use offline_push::tim::{HexTokenError, OfflinePushToken};
    ///
    /// let mut buffer = [0; 32];
    /// assert_eq!(OfflinePushToken::raw_token("0aFF", &mut buffer)?, [0x0a, 0xff]);
    /// assert_eq!(OfflinePushToken::raw_token("0aF", &mut buffer), Err(HexTokenError::OddLength));
    /// # Ok::<(), HexTokenError>(())
    /// ```
    pub fn raw_token<'b>(hex: &str, buffer: &'b mut [u8]) -> Result<&'b [u8], HexTokenError> {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        if let Some(offset) = hex.bytes().position(|byte| digit(byte).is_none()) {
            return Err(HexTokenError::NotHex { offset });
        }
        if !hex.len().is_multiple_of(2) {
            return Err(HexTokenError::OddLength);
        }
        let needed = hex.len() / 2;
        let raw = buffer.get_mut(..needed).ok_or(HexTokenError::BufferFull(BufferFull { needed }))?;
        // No `chunks_exact`: where it is not inlined, it leaves a division that may panic.
        let mut digits = hex.bytes().filter_map(digit);
        for byte in &mut *raw {
            let (high, low) = (digits.next().unwrap_or(0), digits.next().unwrap_or(0));
            *byte = (high << 4 | low) as u8;
        }
        Ok(raw)
    }
}

/// Why text is no hex token, says [`OfflinePushToken::raw_token`]. The token does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum HexTokenError {
    /// A character that is no hex digit.
    NotHex {
        /// Where it begins, in bytes.
        offset: usize,
    },
    /// Half a byte too many, or too few.
    OddLength,
    /// The buffer is too short.
    BufferFull(BufferFull),
}

impl fmt::Display for HexTokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotHex { offset } => write!(f, "the token has no hex digit at byte {offset}"),
            Self::OddLength => f.write_str("the token has an odd number of hex digits"),
            Self::BufferFull(full) => full.fmt(f),
        }
    }
}

impl core::error::Error for HexTokenError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::BufferFull(full) => Some(full),
            _ => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
