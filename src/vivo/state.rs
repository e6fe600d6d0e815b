//! Why turning vivo push on did or did not work on this phone, and what the app does next.
//!
//! The client SDK answers `turnOnPush`, `turnOffPush`, `bindAlias`, `setTopic` and their like with
//! one number, given to `IPushActionListener.onStateChanged(int)`. [`PushState`] names the numbers,
//! [`PushState::advice`] says what to do about each.
//!
//! These are the phone's numbers. The server's [`ResultCode`](crate::vivo::ResultCode) uses some of
//! the same ones for other things: 10000 is an unknown error here and a bad token there.
//!
//! Two numbers of the decompiled client have no name here: 2805 and 2806 stay within the SDK, and what they mean is not
//! public.

use core::time::Duration;

crate::json::open_number! {
    /// What the vivo client SDK reports to `onStateChanged(int)`.
    ///
    /// A number without a name here is kept as it is; [`advice`](Self::advice) answers
    /// [`StateAdvice::Unknown`] for it.
    ///
    /// Each constant says where its meaning comes from. *Client document* is the mirrored text of
    /// vivo's client SDK document (SDK 3.0.0.4); *integration guide* is Tencent IM's "Offline Push
    /// (vivo)"; *decompiled client* is read from the client SDK's own code and written nowhere;
    /// *Tencent Cloud doc 1024/37006* is that vendor's page about failed registrations.
    ///
    /// ```
    /// use offline_push::vivo::{PushState, StateAdvice};
    ///
    /// let state = PushState::new(101); // the argument of onStateChanged
    /// assert_eq!(state, PushState::UNSUPPORTED);
    /// assert!(!state.is_success());
    /// assert_eq!(state.advice(), StateAdvice::Unsupported);
    ///
    /// let news = PushState::new(4242); // newer than this crate
    /// assert_eq!((news.get(), news.meaning()), (4242, None));
    /// ```
    #[doc(alias = "onStateChanged")]
    #[doc(alias = "IPushActionListener")]
    pub struct PushState(i32) {
        /// The call worked (client document, integration guide).
        SUCCESS = 0 => "success",
        /// The call worked: what it asks for was already so (client document).
        ALREADY_SET = 1 => "success, was already set",
        /// This model or system version has no vivo push (client document, integration guide).
        UNSUPPORTED = 101 => "the system does not support push",
        /// Push could not be initialised, for instance for want of a context (client document).
        INIT_FAILED = 102 => "push was not initialised, initialise again",
        /// The user has not agreed to the privacy statement; reported from SDK 3.4 on
        /// (decompiled client only).
        PRIVACY_NOT_AGREED = 104 => "the privacy statement is not agreed to",
        /// Too many calls today (client document).
        TOO_MANY_TODAY = 1001 => "too many calls today",
        /// Less than two seconds since the last call, see [`Self::MIN_CALL_INTERVAL`] (client
        /// document).
        TOO_FREQUENT = 1002 => "calls less than 2 s apart",
        /// No answer in time (client document).
        TIMEOUT = 1003 => "timed out",
        /// vivo has put the app on its black list (client document).
        BLOCKED = 1004 => "the app is on the black list",
        /// The push service of the phone cannot be used right now (client document).
        SERVICE_UNAVAILABLE = 1005 => "the push service is not available now",
        /// A call came before `initialize()` (decompiled client, seen in 3.4.0.0 only).
        NOT_INITIALIZED = 8011 => "the SDK is not initialised",
        /// An error that vivo gives no name to (client document). The server's 10000 means a bad
        /// token instead.
        UNKNOWN_ERROR = 10000 => "unknown error",
        /// The manifest gives no app id or no app key (decompiled client only).
        APP_ID_OR_KEY_EMPTY = 10001 => "appId or appKey is empty",
        /// The app's package name is not the one registered with vivo (Tencent Cloud doc
        /// 1024/37006; the client document does not list it).
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
        /// Topics set too often, or more than 500 of them (client document).
        TOPIC_LIMIT = 20004 => "topic: set too often, or more than 500",
        /// An alias call while push is off (client document).
        ALIAS_PUSH_OFF = 30001 => "alias: push is off",
        /// The alias is empty (client document).
        ALIAS_EMPTY = 30002 => "alias: empty",
        /// The alias has more than 70 characters (client document).
        ALIAS_TOO_LONG = 30003 => "alias: longer than 70 characters",
    }
}

/// What the app does about a [`PushState`].
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
    /// The call worked. After `turnOnPush`, ask for the `regId` and report it with the certificate
    /// id. The number does not tell which call it answers: after `turnOffPush`, `bindAlias` or
    /// `setTopic` there is nothing to read.
    ReadRegId,
    /// This phone or system has no vivo push. Do not ask again; use another channel.
    Unsupported,
    /// Call `initialize()`, then repeat the call.
    InitializeAgain,
    /// Show the user the privacy statement; once it is agreed to, initialise with
    /// `PushConfig.Builder().agreePrivacyStatement(true)` and repeat the call.
    AskPrivacyConsent,
    /// The calls of this day are used up. Repeat the call tomorrow.
    TryTomorrow,
    /// Repeat the call after a while, and never sooner than [`PushState::MIN_CALL_INTERVAL`].
    WaitAndRetry,
    /// vivo has blocked the app. Calling again changes nothing: the app's owner has to ask vivo.
    GiveUp,
    /// The app is built or registered wrongly, and stays so until it is released anew.
    FixConfiguration {
        /// What is wrong: `"package name"`, `"appId"` (manifest entry `com.vivo.push.app_id`),
        /// `"appKey"` (manifest entry `com.vivo.push.api_key`) or `"appId or appKey"`.
        setting: &'static str,
    },
    /// Push is off. Call `turnOnPush`, and repeat the call when that has worked.
    TurnOnPush,
    /// The call was given something that the SDK refuses.
    FixArgument {
        /// Which argument: `"topic"` or `"alias"`.
        argument: &'static str,
    },
    /// This crate does not know the state.
    Unknown,
}

impl PushState {
    /// Two calls closer together than this are refused with [`TOO_FREQUENT`](Self::TOO_FREQUENT):
    /// two seconds (client document).
    pub const MIN_CALL_INTERVAL: Duration = Duration::from_secs(2);

    /// Whether the call worked: 0, or 1 for "was already so".
    ///
    /// The integration guide's sample tests for 0 alone, and so would take 1 for a failure.
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self, Self::SUCCESS | Self::ALREADY_SET)
    }

    /// What the app does next.
    ///
    /// No document prescribes this: it follows from the meaning of each number. One open-source
    /// server counts 1001 to 1003 as "still pending"; here they say how long to wait.
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
    fn every_state_of_the_documents_is_a_named_constant_and_no_other_is() {
        let documented = [
            (0, PushState::SUCCESS),
            (1, PushState::ALREADY_SET),
            (101, PushState::UNSUPPORTED),
            (102, PushState::INIT_FAILED),
            (104, PushState::PRIVACY_NOT_AGREED),
            (1001, PushState::TOO_MANY_TODAY),
            (1002, PushState::TOO_FREQUENT),
            (1003, PushState::TIMEOUT),
            (1004, PushState::BLOCKED),
            (1005, PushState::SERVICE_UNAVAILABLE),
            (8011, PushState::NOT_INITIALIZED),
            (10000, PushState::UNKNOWN_ERROR),
            (10001, PushState::APP_ID_OR_KEY_EMPTY),
            (10003, PushState::PACKAGE_NAME_MISMATCH),
            (10004, PushState::WRONG_APP_KEY),
            (10005, PushState::WRONG_APP_ID),
            (20001, PushState::TOPIC_PUSH_OFF),
            (20002, PushState::TOPIC_EMPTY),
            (20003, PushState::TOPIC_TOO_LONG),
            (20004, PushState::TOPIC_LIMIT),
            (30001, PushState::ALIAS_PUSH_OFF),
            (30002, PushState::ALIAS_EMPTY),
            (30003, PushState::ALIAS_TOO_LONG),
        ];
        for (number, state) in documented {
            assert_eq!(state.get(), number);
        }
        for number in -2..=40_000 {
            let named = PushState::new(number).meaning().is_some();
            assert_eq!(named, documented.iter().any(|(of, _)| *of == number), "{number}");
        }
    }

    #[test]
    fn a_state_has_advice_exactly_when_it_has_a_name() {
        for number in (-2..=40_000).chain([i32::MIN, i32::MAX]) {
            let state = PushState::new(number);
            let advised = state.advice() != StateAdvice::Unknown;
            assert_eq!(advised, state.meaning().is_some(), "{number}");
        }
    }

    #[test]
    fn an_unknown_state_keeps_its_number() {
        for number in [i32::MIN, -1, 2, 10002, 2805, 2806, i32::MAX] {
            let state = PushState::new(number);
            assert_eq!((state.get(), state.meaning()), (number, None));
            assert_eq!(state.advice(), StateAdvice::Unknown);
            assert!(!state.is_success());
        }
    }

    #[test]
    fn only_0_and_1_are_success_and_only_they_lead_to_the_reg_id() {
        for number in -2..=40_000 {
            let state = PushState::new(number);
            let reads = state.advice() == StateAdvice::ReadRegId;
            assert_eq!(state.is_success(), matches!(number, 0 | 1), "{number}");
            assert_eq!(state.is_success(), reads, "{number}");
        }
    }

    #[test]
    fn no_vivo_push_and_a_blocked_app_are_never_retried() {
        assert_eq!(PushState::new(101).advice(), StateAdvice::Unsupported);
        assert_eq!(PushState::new(1004).advice(), StateAdvice::GiveUp);
    }

    #[test]
    fn a_wrong_configuration_is_named() {
        for (number, setting) in
            [(10001, "appId or appKey"), (10003, "package name"), (10004, "appKey"), (10005, "appId")]
        {
            let advice = PushState::new(number).advice();
            assert_eq!(advice, StateAdvice::FixConfiguration { setting });
        }
    }

    #[test]
    fn a_call_while_push_is_off_is_no_fault_of_its_argument() {
        for number in [20001, 30001] {
            assert_eq!(PushState::new(number).advice(), StateAdvice::TurnOnPush);
        }
        for (number, argument) in [(20004, "topic"), (30003, "alias")] {
            let advice = PushState::new(number).advice();
            assert_eq!(advice, StateAdvice::FixArgument { argument });
        }
    }

    #[test]
    fn the_phone_and_the_server_number_differently() {
        let (phone, server) = (PushState::new(10000), ResultCode::new(10000));
        assert_eq!(phone.advice(), StateAdvice::WaitAndRetry);
        assert_eq!(server.advice(), Advice::Reauthenticate);
        assert_ne!(phone.meaning(), server.meaning());

        assert!(PushState::new(10003).meaning().is_some());
        assert_eq!(ResultCode::new(10003).meaning(), None);
        assert!(PushState::new(1).is_success() && !ResultCode::new(1).is_success());
    }
}
