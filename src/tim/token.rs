//! What a device reports to Tencent IM after login: its device token and the certificate id.

use core::fmt;

use crate::bytes::BufferFull;
use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure, present};
use crate::digits::hex;
use crate::json::{message, open_number};

open_number! {
    /// The push service that issued a token: `offline_push_token_type`, from version 7 of the C SDK.
    pub struct TokenType(i32) {
        /// The phone vendor's push service, or APNs. The default.
        VENDOR = 0 => "vendor",
        /// Tencent's TPNS.
        TPNS = 1 => "TPNS",
        /// APNs, for calls: the token with which the phone rings.
        VOIP = 2 => "VoIP",
    }
}

message! {
    /// Device token and certificate id, as the app passes them to the IM SDK after login. With both, IM can push to the device
    /// while the app is not running. The keys are those of the cross-platform C SDK (`TIMMsgSetOfflinePushToken`).
    ///
    /// ```
    /// use offline_push::{TimOfflinePushToken, json};
    ///
    /// // The guide's VIVO_PUSH_BUZID, and the regId from vivo's SDK.
    /// let token = TimOfflinePushToken::new(6666, "12345678901234567890123");
    /// token.check()?;
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&token, &mut buffer)?,
    ///     "{\"offline_push_token_token\":\"12345678901234567890123\",\
    ///      \"offline_push_token_business_id\":6666}",
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// The C SDK expects one more member, which depends on its version:
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::{OfflinePushToken, TokenType};
    ///
    /// let token = OfflinePushToken::new(1234578, "xxxxx");
    /// let up_to_6 = token.clone().is_tpns_token(false);
    /// let from_7 = token.token_type(TokenType::VENDOR);
    /// let mut buffer = [0; 128];
    /// let json = json::to_str(&up_to_6, &mut buffer)?;
    /// assert!(json.ends_with(r#""offline_push_token_is_tpns_token":false}"#));
    /// let json = json::to_str(&from_7, &mut buffer)?;
    /// assert!(json.ends_with(r#""offline_push_token_type":0}"#));
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    #[doc(alias = "TIMOfflinePushToken")]
    #[doc(alias = "V2TIMOfflinePushConfig")]
    pub struct OfflinePushToken<'a> {
        /// The device token, for example a vivo regId. On iOS the token is raw bytes, which the C SDK expects in hex:
        /// [`hex_token`](Self::hex_token). Not empty (SDK error 22003), at most 256 bytes (22004). `Debug` shows it as `***`.
        token: &'a str = "offline_push_token_token" ..=256 [secret],
        /// The certificate id, which the IM console assigns to an uploaded certificate. It takes effect ten minutes after the
        /// certificate was saved. An unsigned integer (Java `long`, C `uint32`, iOS `int`); no range is public. 0 means unset
        /// in the demos.
        #[doc(alias = "bussid")]
        #[doc(alias = "businessID")]
        business_id: u32 = "offline_push_token_business_id",
        /// Whether TPNS issued the token. The SDK has this field up to version 6.
        #[doc(alias = "isTPNSToken")]
        is_tpns_token: Option<bool> = "offline_push_token_is_tpns_token",
        /// Which push service issued the token. The SDK has this field from version 7 on; the default is the vendor's
        /// service.
        token_type: Option<TokenType> = "offline_push_token_type",
    }
}

impl<'a> OfflinePushToken<'a> {
    /// Maximum length of a token, in bytes (SDK error 22004 beyond).
    pub const MAX_TOKEN_LEN: usize = 256;

    /// Name of the token's field, in errors.
    pub(crate) const TOKEN: &'static str = "offline_push_token_token";

    /// A certificate id and a device token. Nothing is checked: see [`check`](Self::check).
    #[must_use]
    pub const fn new(business_id: u32, token: &'a str) -> Self {
        Self { token, business_id, ..Self::EMPTY }
    }

    /// Checks the token against the SDK's rules.
    ///
    /// # Errors
    ///
    /// - [`Rule::Missing`] for an empty token (22003), [`Rule::TooLong`] for one longer than 256 bytes (22004).
    /// - [`Rule::Missing`] for certificate id 0, unless TPNS issued the token: "need not be filled in with TPNS", says a
    ///   comment in the Unity SDK.
    /// - [`Rule::Conflict`] if `token_type` and `is_tpns_token` contradict each other. No SDK has both. It is not known which one
    ///   an SDK would use.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }

    /// Writes raw APNs token bytes as the lower-case hex text that the C SDK expects, into the start of `buffer`.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] if `buffer` has fewer than two bytes for each byte of the token.
    ///
    /// ```
    /// use offline_push::tim::OfflinePushToken;
    ///
    /// let mut buffer = [0; 64];
    /// assert_eq!(OfflinePushToken::hex_token(&[0x0a, 0xff], &mut buffer)?, "0aff");
    /// # Ok::<(), offline_push::BufferFull>(())
    /// ```
    pub fn hex_token<'b>(raw: &[u8], buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        hex(raw, buffer).ok_or(BufferFull { needed: raw.len().saturating_mul(2) })
    }

    /// Writes the bytes of a hex token into the start of `buffer`, which needs one byte for every two digits. This is
    /// the reverse of [`hex_token`](Self::hex_token). Digits may be in either letter case.
    ///
    /// # Errors
    ///
    /// [`HexTokenError`] for text that is not hex, and for a buffer that is too short.
    ///
    /// ```
    /// use offline_push::tim::{HexTokenError, OfflinePushToken};
    ///
    /// let mut buffer = [0; 32];
    /// assert_eq!(OfflinePushToken::raw_token("0aFF", &mut buffer)?, [0x0a, 0xff]);
    ///
    /// let odd = OfflinePushToken::raw_token("0aF", &mut buffer);
    /// assert_eq!(odd, Err(HexTokenError::OddLength));
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

impl CheckAll for OfflinePushToken<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        present(self.token, Self::TOKEN).or_else(&mut *broken)?;
        at_most(self.token.len(), Self::MAX_TOKEN_LEN as u32, Self::TOKEN).or_else(&mut *broken)?;
        let of_type = self.token_type.map(|kind| kind == TokenType::TPNS);
        let tpns = self.is_tpns_token == Some(true) || of_type == Some(true);
        ensure(self.business_id != 0 || tpns, "offline_push_token_business_id", Rule::Missing)
            .or_else(&mut *broken)?;
        let agree = self.is_tpns_token.is_none() || of_type.is_none() || self.is_tpns_token == of_type;
        ensure(agree, "offline_push_token_type", Rule::Conflict { with: "offline_push_token_is_tpns_token" })
    }
}

/// Why [`OfflinePushToken::raw_token`] rejected a text. The error does not contain the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum HexTokenError {
    /// A character that is not a hex digit.
    NotHex {
        /// Where the character begins, in bytes.
        offset: usize,
    },
    /// The number of digits is odd.
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
