//! What to do about a code: for the sender of a message or a push, and for the phone that reported a token.

use super::ErrorCode;

/// What to do about an [`ErrorCode`]: on the server that sends, or in the app on the phone.
///
/// ```
/// use offline_push::tim::{ErrorCode, SendAdvice};
///
/// let say = |code: i32| match ErrorCode::new(code).advice() {
///     SendAdvice::Done => "sent",
///     SendAdvice::Retry | SendAdvice::BackOff => "once more, later",
///     SendAdvice::RenewUserSig => "a new signature, then once more",
///     SendAdvice::FixRequest { field } => field,
///     SendAdvice::CheckCertificate { part } => part,
///     SendAdvice::NotDelivered => "not to this receiver",
///     _ => "tell a human",
/// };
/// assert_eq!(say(0), "sent");
/// assert_eq!(say(70001), "a new signature, then once more");
/// assert_eq!(say(90026), "MsgLifeTime");
/// assert_eq!(say(70107), "not to this receiver");
/// assert_eq!(say(-196), "intent");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum SendAdvice {
    /// IM accepted the request, or had already done what the request asks for. The reply to a batch may still name receivers
    /// that IM left out.
    Done,
    /// IM, the network or the app's own callback failed. Send the same request again after a pause.
    Retry,
    /// The requests are too fast. Send again after a pause, and make each pause longer than the last.
    BackOff,
    /// The quota of the day is used up. Push nothing more of this kind today.
    StopForToday,
    /// The request is wrong and will fail again as it is. `ErrorInfo` of the reply may say more.
    FixRequest {
        /// What to fix: the wire name of a member; a parameter of the URL (`sdkappid`) or of the SDK's call (`appKey`,
        /// `token`); `"URL"`; `"UserID"` for any member that names an account; `"request"` if the code does not say which.
        field: &'static str,
    },
    /// IM rejected the words of the message. Send other words.
    FixText,
    /// Make a new `UserSig`, for the `identifier` in the URL and with the key of the app in the URL, and send again.
    RenewUserSig,
    /// Send as an administrator of the app.
    UseAdministrator,
    /// Something about the app must change in the IM console first: its plan, the push plug-in, a switch, the list of
    /// addresses that may call. Retrying does not help.
    FixAccount,
    /// The push failed at the vendor, or would fail there. Compare the certificate in the IM console with what the vendor's
    /// own console shows. A changed certificate takes effect ten minutes after it was saved.
    CheckCertificate {
        /// Which part: `"certificate"` (app id, key and secret, or no certificate at all), `"intent"` (of the click event),
        /// `"token"` (token and certificate id must be of the same vendor and app).
        part: &'static str,
    },
    /// The message does not reach this receiver or this group: the receiver or the group does not exist or refuses the
    /// sender, or the app's own callback refuses the message. Retrying gives the same result.
    NotDelivered,
    /// On the phone: log in first, then call again.
    LogIn,
    /// On the phone: the app is built or configured wrongly, or the phone has no push service. Retrying does not help.
    FixApp,
    /// On the phone: the user must allow notifications.
    AskUser,
    /// This crate does not know the code.
    Unknown,
}

impl SendAdvice {
    /// The name of the variant in `snake_case`, for metrics and logs. It is stable: it never changes.
    ///
    /// ```
    /// use offline_push::tim::ErrorCode;
    ///
    /// assert_eq!(ErrorCode::REST_TOO_FREQUENT.advice().name(), "back_off");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Retry => "retry",
            Self::BackOff => "back_off",
            Self::StopForToday => "stop_for_today",
            Self::FixRequest { .. } => "fix_request",
            Self::FixText => "fix_text",
            Self::RenewUserSig => "renew_user_sig",
            Self::UseAdministrator => "use_administrator",
            Self::FixAccount => "fix_account",
            Self::CheckCertificate { .. } => "check_certificate",
            Self::NotDelivered => "not_delivered",
            Self::LogIn => "log_in",
            Self::FixApp => "fix_app",
            Self::AskUser => "ask_user",
            Self::Unknown => "unknown",
        }
    }
}

/// What the app does after Tencent IM rejected the report of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ReportAdvice {
    /// Report again after a pause, and make each pause longer than the last.
    BackOff,
    /// Report again after the next login, not before.
    NextLogin,
    /// IM would reject the same report again: the app, its token or its certificate must change first.
    GiveUp,
}

impl ReportAdvice {
    /// The name of the variant in `snake_case`, for metrics and logs. It is stable: it never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BackOff => "back_off",
            Self::NextLogin => "next_login",
            Self::GiveUp => "give_up",
        }
    }
}

impl ErrorCode {
    /// What to do about this code, for any call that returns it.
    ///
    /// If the pages say what to do ("generate a new one", "reduce the frequency", "try again"), the advice is the same. The
    /// rest follows from the meaning. This crate made six decisions:
    ///
    /// - A vendor's own error (-198) and a push that could not be built (-202) have the advice to check the certificate, because
    ///   that is what can be fixed in the console.
    /// - A failed callback of the app (80003) is worth a retry.
    /// - A missing or unknown `To_Account` (90003) is an error of the request.
    /// - A `To_Account` that was never imported (90012) is an error of the receiver.
    /// - A push that was revoked before (90050) is done.
    /// - The app's own codes ([`is_custom`](Self::is_custom)) have no advice.
    ///
    /// ```
    /// use offline_push::tim::{ErrorCode, SendAdvice};
    ///
    /// assert_eq!(ErrorCode::PUSH_NOT_ENABLED.advice(), SendAdvice::FixAccount);
    /// assert_eq!(
    ///     ErrorCode::NO_CERTIFICATE.advice(),
    ///     SendAdvice::CheckCertificate { part: "certificate" },
    /// );
    /// assert_eq!(ErrorCode::new(90999).advice(), SendAdvice::Unknown);
    /// ```
    #[must_use]
    pub const fn advice(self) -> SendAdvice {
        match self.get() {
            0 | 90050 => SendAdvice::Done,
            -200 | -199 | 6012 | 9523 | 10002 | 20004 | 20005 | 22002 | 60008 | 60013 | 60014 | 70169
            | 70202 | 70500 | 80003 | 90992 | 90994 | 90995 | 91000 | 800_004 | 800_008 | 800_010 => {
                SendAdvice::Retry
            }
            10006 | 10023 | 22006 | 60007 | 60011 | 60018 | 60019 | 90024 | 90051 => SendAdvice::BackOff,
            -203 | 90047 => SendAdvice::StopForToday,
            80001 => SendAdvice::FixText,
            6206 | 20002 | 60004 | 60005 | 70001..=70003 | 70005 | 70009 | 70013 | 70014 | 70016 | 70050 => {
                SendAdvice::RenewUserSig
            }
            10007 | 60010 | 70403 | 90009 => SendAdvice::UseAdministrator,
            10026 | 60016 | 60017 | 60020 | 60021 | 70051 | 90045 => SendAdvice::FixAccount,
            -195 | -197 | -198 | -202 | 22001 => SendAdvice::CheckCertificate { part: "certificate" },
            -196 => SendAdvice::CheckCertificate { part: "intent" },
            -201 => SendAdvice::CheckCertificate { part: "token" },
            10010 | 10015..=10017 | 10019 | 20003 | 20006 | 20007 | 20009..=20012 | 70107 | 90012 | 90048 => {
                SendAdvice::NotDelivered
            }
            -10106 | -10008 | -10005..=-10003 | -10001 | 6013 | 6014 | 6208 | 9503 | 21005 => {
                SendAdvice::LogIn
            }
            20008 | 22005 | 800_003 | 800_005..=800_007 | 800_009 | 800_011..=800_015 => SendAdvice::FixApp,
            800_016 => SendAdvice::AskUser,
            _ => match self.field() {
                Some(field) => SendAdvice::FixRequest { field },
                None => SendAdvice::Unknown,
            },
        }
    }

    /// The part of the request that is wrong.
    const fn field(self) -> Option<&'static str> {
        Some(match self.get() {
            10003 | 60002 | 60009 => "URL",
            10004 | 10005 | 10011 | 20001 | 60003 | 70402 | 90001 | 90055 | 90056 | 90104 | 93000 => {
                "request"
            }
            6017 => "parameter",
            10012 | 90008 => "From_Account",
            22003 | 22004 => "token",
            60006 | 60012 | 70020 => "sdkappid",
            60015 => "UserID",
            80002 | 90002 | 90007 | 90010 => "MsgBody",
            90003 | 90011 | 90018 | 90035 => "To_Account",
            90005 => "MsgRandom",
            90006 => "MsgTimeStamp",
            90020 | 90022 | 90030 | 90032..=90034 | 90039 | 90040 => "Condition",
            90026 | 90044 => "MsgLifeTime",
            90031 => "SyncOtherMachine",
            90043 | 90053 => "OfflinePushInfo",
            90049 | 90052 => "TaskId",
            90054 => "MsgKey",
            90057 => "DataId",
            90107 => "TaskID",
            800_001 => "appKey",
            800_002 => "sdkAppId",
            _ => return None,
        })
    }

    /// What to do if Tencent IM rejects the report of a token with this code.
    ///
    /// It follows from [`advice`](Self::advice), so the two do not contradict each other:
    ///
    /// | advice | report advice |
    /// |---|---|
    /// | `LogIn`, `RenewUserSig` | `NextLogin` |
    /// | `Retry`, `BackOff`, `StopForToday`, `Unknown` | `BackOff` |
    /// | `Done` | `BackOff`: 0 is not a rejection, and 90050 is not an answer to a report |
    /// | any other: something must change first | `GiveUp` |
    ///
    /// One code differs. After an invalid parameter (6017), the app waits for the next login: the token and the
    /// certificate id have been checked before, so another parameter of the SDK is invalid, and a login sets these
    /// parameters again.
    ///
    /// A code that this crate does not know is treated as temporary: a report costs little, but a phone without push misses
    /// every message. The source of the meanings that require a login is the page "Error Codes" ("log in again").
    ///
    /// ```
    /// use offline_push::tim::{ErrorCode, ReportAdvice};
    ///
    /// let kicked = ErrorCode::new(6208);
    /// assert_eq!(kicked.report_advice(), ReportAdvice::NextLogin);
    /// ```
    #[must_use]
    pub const fn report_advice(self) -> ReportAdvice {
        if is_one_of(self.get(), NEXT_LOGIN) {
            ReportAdvice::NextLogin
        } else if is_one_of(self.get(), GIVE_UP) {
            ReportAdvice::GiveUp
        } else {
            ReportAdvice::BackOff
        }
    }

    /// The same from [`advice`](Self::advice): what the two lists are made from.
    pub(super) const fn report_advice_from_advice(self) -> ReportAdvice {
        match self.advice() {
            _ if matches!(self, Self::SDK_INVALID_PARAMETER) => ReportAdvice::NextLogin,
            SendAdvice::LogIn | SendAdvice::RenewUserSig => ReportAdvice::NextLogin,
            SendAdvice::Done
            | SendAdvice::Retry
            | SendAdvice::BackOff
            | SendAdvice::StopForToday
            | SendAdvice::Unknown => ReportAdvice::BackOff,
            SendAdvice::FixRequest { .. }
            | SendAdvice::FixText
            | SendAdvice::UseAdministrator
            | SendAdvice::FixAccount
            | SendAdvice::CheckCertificate { .. }
            | SendAdvice::NotDelivered
            | SendAdvice::FixApp
            | SendAdvice::AskUser => ReportAdvice::GiveUp,
        }
    }
}

/// The known codes with these two report advices, found when the crate is compiled. A phone that only reports its token then has
/// the lists, which take less than half of the code of [`ErrorCode::advice`].
const NEXT_LOGIN: &[i32] =
    &codes_with::<{ codes_with::<0>(ReportAdvice::NextLogin).1 }>(ReportAdvice::NextLogin).0;
const GIVE_UP: &[i32] = &codes_with::<{ codes_with::<0>(ReportAdvice::GiveUp).1 }>(ReportAdvice::GiveUp).0;

/// The first known codes with an advice, and how many there are.
const fn codes_with<const MOST: usize>(advice: ReportAdvice) -> ([i32; MOST], usize) {
    let (mut codes, mut count) = ([0; MOST], 0);
    let mut known = ErrorCode::KNOWN;
    while let [code, rest @ ..] = known {
        known = rest;
        if ErrorCode::new(*code).report_advice_from_advice() as u8 == advice as u8 {
            if let Some((_, [place, ..])) = codes.split_at_mut_checked(count) {
                *place = *code;
            }
            count += 1;
        }
    }
    (codes, count)
}

const fn is_one_of(code: i32, mut codes: &[i32]) -> bool {
    while let [first, rest @ ..] = codes {
        if *first == code {
            return true;
        }
        codes = rest;
    }
    false
}
