//! What Tencent IM means by its error codes, and what the app does about a refused report.
//!
//! ```
//! use offline_push::tim::{ErrorCode, ReportAdvice};
//!
//! let code = ErrorCode::new(6012); // the code that onError was given
//! assert_eq!(code, ErrorCode::TIMEOUT);
//! assert_eq!(code.report_advice(), ReportAdvice::BackOff);
//! assert_eq!(ErrorCode::TOKEN_TOO_LONG.report_advice(), ReportAdvice::GiveUp);
//! ```

use super::token::OfflinePushToken;
use crate::check::{CheckError, Rule};

crate::json::open_number! {
    /// A code of Tencent IM: what the IM SDK gives to `onError` of a failed call.
    ///
    /// A number without a name here is kept as it is. The meanings are those of the IM documentation's page "Error
    /// Codes". Where a code says what to do depends on the call: [`report_advice`](Self::report_advice) is for the call
    /// that reports a token (`setOfflinePushToken`).
    #[doc(alias = "BaseConstants")]
    #[doc(alias = "onError")]
    pub struct ErrorCode(i32) {
        /// The SDK waited for the server in vain. Whether the request has arrived is not known.
        TIMEOUT = 6012 => "request timed out",
        /// A token was reported before login; the guide's step 4 wants a successful login first.
        NOT_LOGGED_IN = 21005 => "the token was reported before login",
        /// The IM console has no certificate for offline push. One that was saved less than ten minutes ago may not have
        /// taken effect yet (the guide's step 2).
        NO_CERTIFICATE = 22001 => "no offline push certificate is uploaded",
        /// The network failed while a token was reported.
        NETWORK = 22002 => "network failure",
        /// The reported token is empty.
        TOKEN_EMPTY = 22003 => "the token is empty",
        /// The reported token has more than 256 bytes
        /// ([`MAX_TOKEN_LEN`](crate::tim::OfflinePushToken::MAX_TOKEN_LEN)).
        TOKEN_TOO_LONG = 22004 => "the token is longer than 256 bytes",
        /// The data of the login request has more than 1024 bytes.
        LOGIN_DATA_TOO_LONG = 22005 => "the login data is longer than 1024 bytes",
        /// Tokens were reported too often.
        TOO_FREQUENT = 22006 => "reported too often",
    }
}

/// What the app does about a refused report of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ReportAdvice {
    /// Report again after a pause, and pause longer each time.
    BackOff,
    /// Report again after the next login, not before.
    NextLogin,
    /// The same report would be refused again: the app, its token or its certificate has to change first.
    GiveUp,
}

impl ErrorCode {
    /// The code that the SDK would answer a token with, which [`OfflinePushToken::check`] (or
    /// [`RegId::new`](crate::registration::RegId::new)) has refused before it was sent. `None` for an error of another kind.
    ///
    /// ```
    /// use offline_push::registration::RegId;
    /// use offline_push::tim::ErrorCode;
    ///
    /// let code = |reg_id: &str| RegId::new(reg_id).err().and_then(|error| ErrorCode::of_token(&error));
    /// assert_eq!(code(&"x".repeat(257)), Some(ErrorCode::TOKEN_TOO_LONG));
    /// assert_eq!(code(""), Some(ErrorCode::TOKEN_EMPTY));
    /// ```
    #[must_use]
    pub fn of_token(error: &CheckError) -> Option<Self> {
        match error.rule {
            _ if error.field != OfflinePushToken::TOKEN => None,
            Rule::Missing => Some(Self::TOKEN_EMPTY),
            Rule::TooLong { max } if max == OfflinePushToken::MAX_TOKEN_LEN as u32 => {
                Some(Self::TOKEN_TOO_LONG)
            }
            _ => None,
        }
    }

    /// What to do if this code refuses the report of a token.
    ///
    /// No document prescribes it; it follows from the meanings. A code that this crate does not know is taken for one
    /// that passes: a report costs little, a phone without push costs every message.
    #[must_use]
    pub const fn report_advice(self) -> ReportAdvice {
        match self {
            Self::NOT_LOGGED_IN => ReportAdvice::NextLogin,
            Self::NO_CERTIFICATE | Self::TOKEN_EMPTY | Self::TOKEN_TOO_LONG | Self::LOGIN_DATA_TOO_LONG => {
                ReportAdvice::GiveUp
            }
            _ => ReportAdvice::BackOff,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ErrorCode, OfflinePushToken, ReportAdvice};
    use crate::check::{CheckError, Rule};
    use crate::registration::RegId;

    #[test]
    fn what_lies_in_the_token_or_the_certificate_is_not_reported_again_as_it_is() {
        for number in 0..=30_000 {
            let gives_up = ErrorCode::new(number).report_advice() == ReportAdvice::GiveUp;
            assert_eq!(gives_up, matches!(number, 22001 | 22003 | 22004 | 22005), "{number}");
        }
    }

    #[test]
    fn only_a_report_before_login_waits_for_login() {
        for number in 0..=30_000 {
            let waits = ErrorCode::new(number).report_advice() == ReportAdvice::NextLogin;
            assert_eq!(waits, number == 21005, "{number}");
        }
    }

    #[test]
    fn an_unknown_code_keeps_its_number_and_is_worth_another_try() {
        for number in [i32::MIN, -1, 22000, 22007, i32::MAX] {
            let code = ErrorCode::new(number);
            assert_eq!((code.get(), code.meaning()), (number, None));
            assert_eq!(code.report_advice(), ReportAdvice::BackOff);
        }
    }

    #[test]
    fn a_token_refused_before_it_is_sent_has_the_code_of_the_sdk() {
        let too_long = "x".repeat(257);
        for (token, code) in [("", ErrorCode::TOKEN_EMPTY), (&*too_long, ErrorCode::TOKEN_TOO_LONG)] {
            for error in [OfflinePushToken::new(6666, token).unwrap_err(), RegId::new(token).unwrap_err()] {
                assert_eq!(ErrorCode::of_token(&error), Some(code));
            }
            assert_eq!(code.report_advice(), ReportAdvice::GiveUp);
        }
        assert_eq!((ErrorCode::TOKEN_EMPTY.get(), ErrorCode::TOKEN_TOO_LONG.get()), (22003, 22004));
    }

    #[test]
    fn an_error_about_something_else_has_no_code_of_a_token() {
        let no_id = OfflinePushToken::new(0, "x").unwrap_err();
        // The buffer is too short here, and not the token too long.
        let no_room = OfflinePushToken::hex_token(&[0; 32], &mut [0; 63]).unwrap_err();
        let others = [
            no_id,
            no_room,
            CheckError::new("regId", Rule::Missing),
            CheckError::new("regId", Rule::TooLong { max: 256 }),
            CheckError::new("", Rule::Missing),
            CheckError::new(OfflinePushToken::TOKEN, Rule::NotText),
            CheckError::new(OfflinePushToken::TOKEN, Rule::OutOfRange { min: 0, max: 256 }),
        ];
        for error in others {
            assert_eq!(ErrorCode::of_token(&error), None, "{error}");
        }
    }
}
