//! The state that the client SDK reports on the phone, and what the app should do next.
//!
//! The client SDK answers `turnOnPush`, `turnOffPush`, `bindAlias`, `setTopic` and similar calls with one number, the argument
//! of `IPushActionListener.onStateChanged(int)`. [`PushState`] names the numbers; [`PushState::advice`] says what to do.
//!
//! The server's [`ResultCode`](crate::vivo::ResultCode) uses some of these numbers with another meaning: 10000 is an unknown
//! error on the phone and an invalid token on the server.
//!
//! Two numbers of the decompiled client have no name here, 2805 and 2806. The SDK does not pass them to the app, and their
//! meaning is not public.

use core::time::Duration;

crate::json::open_number! {
    /// The number that vivo's client SDK passes to `onStateChanged(int)`.
    ///
    /// The server's [`ResultCode`](crate::vivo::ResultCode) uses some of these numbers with another meaning. An unknown number
    /// is kept; its [`advice`](Self::advice) is [`StateAdvice::Unknown`].
    ///
    /// Each constant names its source:
    ///
    /// - *Client document*: mirrored text of vivo's client SDK document (SDK 3.0.0.4).
    /// - *Integration guide*: Tencent IM's "Offline Push (vivo)".
    /// - *Decompiled client*: the code of the client SDK; no document has this number.
    /// - *Tencent Cloud doc 1024/37006*: that vendor's page about failed registrations.
    ///
    /// ```
    /// use offline_push::vivo::{PushState, StateAdvice};
    ///
    /// let state = PushState::new(101); // the argument of onStateChanged
    /// assert_eq!(state, PushState::UNSUPPORTED);
    /// assert!(!state.is_success());
    /// assert_eq!(state.advice(), StateAdvice::Unsupported);
    ///
    /// let unknown = PushState::new(4242); // newer than this crate
    /// assert_eq!((unknown.get(), unknown.meaning()), (4242, None));
    /// ```
    #[doc(alias = "onStateChanged")]
    #[doc(alias = "IPushActionListener")]
    pub struct PushState(i32) {
        /// The call succeeded (client document, integration guide).
        SUCCESS = 0 => "success",
        /// The call succeeded; the state was set already (client document).
        ALREADY_SET = 1 => "success, was already set",
        /// This phone model or system version does not support vivo push (client document, integration guide).
        UNSUPPORTED = 101 => "the system does not support push",
        /// Push could not be initialized, for example without a context (client document).
        INIT_FAILED = 102 => "push was not initialized, initialize again",
        /// The user has not agreed to the privacy statement. Reported since SDK 3.4 (decompiled client only).
        PRIVACY_NOT_AGREED = 104 => "the privacy statement is not agreed to",
        /// Too many calls today (client document).
        TOO_MANY_TODAY = 1001 => "too many calls today",
        /// Less than two seconds have passed since the last call; see [`Self::MIN_CALL_INTERVAL`] (client document).
        TOO_FREQUENT = 1002 => "calls less than 2 s apart",
        /// The call timed out (client document).
        TIMEOUT = 1003 => "timed out",
        /// vivo has put the app on its block list (client document).
        BLOCKED = 1004 => "the app is on the block list",
        /// The push service of the phone is not available now (client document).
        SERVICE_UNAVAILABLE = 1005 => "the push service is not available now",
        /// A call came before `initialize()` (decompiled client, seen in 3.4.0.0 only).
        NOT_INITIALIZED = 8011 => "the SDK is not initialized",
        /// An error without a name (client document). On the server 10000 means an invalid token.
        UNKNOWN_ERROR = 10000 => "unknown error",
        /// The manifest has no app id or no app key (decompiled client only).
        APP_ID_OR_KEY_EMPTY = 10001 => "appId or appKey is empty",
        /// The app's package name differs from the one registered at vivo (Tencent Cloud doc 1024/37006; the client document
        /// does not list it).
        PACKAGE_NAME_MISMATCH = 10003 => "the package name does not match the registration",
        /// The app key is wrong (Tencent Cloud doc 1024/37006; not in the client document).
        WRONG_APP_KEY = 10004 => "appKey is wrong",
        /// The app id is wrong (Tencent Cloud doc 1024/37006; not in the client document).
        WRONG_APP_ID = 10005 => "appId is wrong",
        /// A topic call while push is off (client document).
        TOPIC_PUSH_OFF = 20001 => "topic: push is off",
        /// The topic is empty (client document).
        TOPIC_EMPTY = 20002 => "topic: empty",
        /// The topic has more than 70 characters (client document).
        TOPIC_TOO_LONG = 20003 => "topic: longer than 70 characters",
        /// Topics were set too often, or there are more than 500 (client document).
        TOPIC_LIMIT = 20004 => "topic: set too often, or more than 500",
        /// An alias call while push is off (client document).
        ALIAS_PUSH_OFF = 30001 => "alias: push is off",
        /// The alias is empty (client document).
        ALIAS_EMPTY = 30002 => "alias: empty",
        /// The alias has more than 70 characters (client document).
        ALIAS_TOO_LONG = 30003 => "alias: longer than 70 characters",
    }
}

/// What the app should do about a [`PushState`].
///
/// ```
/// use offline_push::vivo::{PushState, StateAdvice};
///
/// let say = |state: i32| match PushState::new(state).advice() {
///     StateAdvice::ReadRegId => "getRegId() and report it",
///     StateAdvice::Unsupported | StateAdvice::GiveUp => "use another channel",
///     StateAdvice::FixConfiguration { setting } => setting,
///     _ => "later",
/// };
/// assert_eq!(say(0), "getRegId() and report it");
/// assert_eq!(say(101), "use another channel");
/// assert_eq!(say(10003), "package name");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum StateAdvice {
    /// The call succeeded. After `turnOnPush`, read the `regId` and report it with the certificate id. The number does not say
    /// which call it answers: after `turnOffPush`, `bindAlias` or `setTopic` there is no `regId` to read.
    ReadRegId,
    /// This phone or system does not support vivo push. Do not call again; use another channel.
    Unsupported,
    /// Call `initialize()`, then repeat the call.
    InitializeAgain,
    /// Show the privacy statement to the user. When the user agrees, initialize with
    /// `PushConfig.Builder().agreePrivacyStatement(true)` and repeat the call.
    AskPrivacyConsent,
    /// Today's calls are used up. Repeat the call tomorrow.
    TryTomorrow,
    /// Repeat the call after a pause of at least [`PushState::MIN_CALL_INTERVAL`].
    WaitAndRetry,
    /// vivo has blocked the app. Another call does not help: the owner of the app has to contact vivo.
    GiveUp,
    /// The app is built or registered with a wrong setting. Only a new release of the app fixes this.
    FixConfiguration {
        /// What is wrong: `"package name"`, `"appId"` (manifest entry `com.vivo.push.app_id`),
        /// `"appKey"` (manifest entry `com.vivo.push.api_key`) or `"appId or appKey"`.
        setting: &'static str,
    },
    /// Push is off. Call `turnOnPush`, and repeat the call when that has succeeded.
    TurnOnPush,
    /// The SDK refuses an argument of the call.
    FixArgument {
        /// Which argument: `"topic"` or `"alias"`.
        argument: &'static str,
    },
    /// This crate does not know the number.
    Unknown,
}

impl StateAdvice {
    /// A stable name in `snake_case`, for metrics and logs. It never changes. The fields are not part of it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReadRegId => "read_reg_id",
            Self::Unsupported => "unsupported",
            Self::InitializeAgain => "initialize_again",
            Self::AskPrivacyConsent => "ask_privacy_consent",
            Self::TryTomorrow => "try_tomorrow",
            Self::WaitAndRetry => "wait_and_retry",
            Self::GiveUp => "give_up",
            Self::FixConfiguration { .. } => "fix_configuration",
            Self::TurnOnPush => "turn_on_push",
            Self::FixArgument { .. } => "fix_argument",
            Self::Unknown => "unknown",
        }
    }
}

impl PushState {
    /// Minimum time between two calls: two seconds (client document). An earlier call results in
    /// [`TOO_FREQUENT`](Self::TOO_FREQUENT).
    pub const MIN_CALL_INTERVAL: Duration = Duration::from_secs(2);

    /// True if the call succeeded: 0, or 1 for "was set already".
    ///
    /// The sample in the integration guide tests for 0 only, so it treats 1 as a failure.
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self, Self::SUCCESS | Self::ALREADY_SET)
    }

    /// What the app should do next.
    ///
    /// No document prescribes it; it follows from the meaning of the number. One open-source server treats 1001 to 1003 as
    /// "still pending"; here the advice says how long to wait.
    ///
    /// ```
    /// use offline_push::vivo::{PushState, StateAdvice};
    ///
    /// assert_eq!(PushState::ALREADY_SET.advice(), StateAdvice::ReadRegId);
    /// assert_eq!(PushState::TOO_FREQUENT.advice(), StateAdvice::WaitAndRetry);
    /// assert_eq!(PushState::MIN_CALL_INTERVAL.as_secs(), 2);
    /// assert_eq!(
    ///     PushState::WRONG_APP_KEY.advice(),
    ///     StateAdvice::FixConfiguration { setting: "appKey" },
    /// );
    /// assert_eq!(PushState::new(4242).advice(), StateAdvice::Unknown);
    /// ```
    #[must_use]
    pub const fn advice(self) -> StateAdvice {
        const fn fix(setting: &'static str) -> StateAdvice {
            StateAdvice::FixConfiguration { setting }
        }
        match self {
            Self::SUCCESS | Self::ALREADY_SET => StateAdvice::ReadRegId,
            Self::UNSUPPORTED => StateAdvice::Unsupported,
            Self::INIT_FAILED | Self::NOT_INITIALIZED => StateAdvice::InitializeAgain,
            Self::PRIVACY_NOT_AGREED => StateAdvice::AskPrivacyConsent,
            Self::TOO_MANY_TODAY => StateAdvice::TryTomorrow,
            Self::TOO_FREQUENT | Self::TIMEOUT | Self::SERVICE_UNAVAILABLE | Self::UNKNOWN_ERROR => {
                StateAdvice::WaitAndRetry
            }
            Self::BLOCKED => StateAdvice::GiveUp,
            Self::APP_ID_OR_KEY_EMPTY => fix("appId or appKey"),
            Self::PACKAGE_NAME_MISMATCH => fix("package name"),
            Self::WRONG_APP_KEY => fix("appKey"),
            Self::WRONG_APP_ID => fix("appId"),
            Self::TOPIC_PUSH_OFF | Self::ALIAS_PUSH_OFF => StateAdvice::TurnOnPush,
            Self::TOPIC_EMPTY | Self::TOPIC_TOO_LONG | Self::TOPIC_LIMIT => {
                StateAdvice::FixArgument { argument: "topic" }
            }
            Self::ALIAS_EMPTY | Self::ALIAS_TOO_LONG => StateAdvice::FixArgument { argument: "alias" },
            _ => StateAdvice::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PushState, StateAdvice};
    use crate::vivo::{Advice, ResultCode};

    #[test]
    fn name_exists_for_documented_states_only() {
        let documented = [
            0, 1, 101, 102, 104, 1001, 1002, 1003, 1004, 1005, 8011, 10000, 10001, 10003, 10004, 10005,
            20001, 20002, 20003, 20004, 30001, 30002, 30003,
        ];
        for number in -2..=40_000 {
            assert_eq!(PushState::new(number).name().is_some(), documented.contains(&number), "{number}");
        }
    }

    #[test]
    fn advice_is_known_for_named_states_only() {
        for number in (-2..=40_000).chain([i32::MIN, i32::MAX]) {
            let state = PushState::new(number);
            let advised = state.advice() != StateAdvice::Unknown;
            assert_eq!(advised, state.meaning().is_some(), "{number}");
        }
    }

    #[test]
    fn is_success_and_read_reg_id_are_for_0_and_1_only() {
        for number in -2..=40_000 {
            let state = PushState::new(number);
            let reads = state.advice() == StateAdvice::ReadRegId;
            assert_eq!(state.is_success(), matches!(number, 0 | 1), "{number}");
            assert_eq!(state.is_success(), reads, "{number}");
        }
    }

    #[test]
    fn advice_unsupported_and_blocked_are_final() {
        assert_eq!(PushState::new(101).advice(), StateAdvice::Unsupported);
        assert_eq!(PushState::new(1004).advice(), StateAdvice::GiveUp);
    }

    #[test]
    fn advice_fix_configuration_names_the_setting() {
        for (number, setting) in
            [(10001, "appId or appKey"), (10003, "package name"), (10004, "appKey"), (10005, "appId")]
        {
            let advice = PushState::new(number).advice();
            assert_eq!(advice, StateAdvice::FixConfiguration { setting });
        }
    }

    #[test]
    fn advice_push_off_is_not_an_argument_error() {
        for number in [20001, 30001] {
            assert_eq!(PushState::new(number).advice(), StateAdvice::TurnOnPush);
        }
        for (number, argument) in [(20004, "topic"), (30003, "alias")] {
            let advice = PushState::new(number).advice();
            assert_eq!(advice, StateAdvice::FixArgument { argument });
        }
    }

    #[test]
    fn push_state_and_result_code_differ_for_a_number() {
        let (phone, server) = (PushState::new(10000), ResultCode::new(10000));
        assert_eq!(phone.advice(), StateAdvice::WaitAndRetry);
        assert_eq!(server.advice(), Advice::Reauthenticate);
        assert_ne!(phone.meaning(), server.meaning());

        assert!(PushState::new(10003).meaning().is_some());
        assert_eq!(ResultCode::new(10003).meaning(), None);
        assert!(PushState::new(1).is_success() && !ResultCode::new(1).is_success());
    }
}
