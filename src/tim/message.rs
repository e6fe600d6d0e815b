//! The member of a C SDK message that holds the offline push settings.

use super::settings::OfflinePushSettings;
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure};
use crate::json::{Members, message};

message! {
    /// The offline push settings in a message of the cross-platform C SDK. Decoding ignores all other members of the message;
    /// encoding writes those in [`members`](field@Self::members).
    ///
    /// In all headers up to version 7.4, a letter was missing in the member's name: `message_offlie_push_config`. Core 7.5.4864
    /// corrected it (change log of Unity SDK 1.9.0, trtc.io/document/41800). Both names are decoded, and each is encoded as it
    /// was decoded.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::{MessagePush, OfflinePushSettings};
    ///
    /// let received = r#"{"message_sender":"alice",
    ///     "message_offlie_push_config":{"offline_push_config_flag":1}}"#;
    /// let message: MessagePush = json::from_str(received)?;
    /// assert!(message.settings().is_some_and(|settings| !settings.enabled()));
    ///
    /// let message = MessagePush::new(OfflinePushSettings::new().title("Alice"))
    ///     .members(json::Members::new(r#"{"message_conv_id":"bob"}"#)?);
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&message, &mut buffer)?,
    ///     "{\"message_offline_push_config\":{\"offline_push_config_title\":\"Alice\"},\
    ///      \"message_conv_id\":\"bob\"}",
    /// );
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "kTIMMsgOfflinePushConfig")]
    pub struct MessagePush<'a> {
        /// The settings, from core 7.5.4864 on.
        #[doc(alias = "message_offline_push_config")]
        offline_push_config: Option<OfflinePushSettings<'a>> = "message_offline_push_config",
        /// The settings, up to version 7.4.
        #[doc(alias = "message_offlie_push_config")]
        offlie_push_config: Option<OfflinePushSettings<'a>> = "message_offlie_push_config",
    }
    /// The rest of the message, which is encoded after the settings. Decoding leaves it `None`.
    ..members: Option<Members<'a>>
}

impl<'a> MessagePush<'a> {
    /// Settings for core 7.5.4864 and later.
    #[must_use]
    pub const fn new(settings: OfflinePushSettings<'a>) -> Self {
        Self { offline_push_config: Some(settings), offlie_push_config: None, members: None }
    }

    /// Settings for versions up to 7.4, with the misspelled name.
    #[must_use]
    pub const fn misspelled(settings: OfflinePushSettings<'a>) -> Self {
        Self { offline_push_config: None, offlie_push_config: Some(settings), members: None }
    }

    /// The settings under either name. If there are both, the result is the settings under the correct name: a sender that
    /// writes both names, for old receivers, is a new sender. No source says what the SDK does.
    #[must_use]
    pub const fn settings(&self) -> Option<&OfflinePushSettings<'a>> {
        match &self.offline_push_config {
            Some(settings) => Some(settings),
            None => self.offlie_push_config.as_ref(),
        }
    }

    /// Checks that the settings under both names are equal.
    ///
    /// # Errors
    ///
    /// [`Rule::Conflict`] if `message_offlie_push_config` differs from `message_offline_push_config`.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for MessagePush<'_> {
    fn check_each(&self, _broken: &mut impl Broken) -> Result<(), CheckError> {
        let agree = self.offlie_push_config.is_none() || self.offlie_push_config.as_ref() == self.settings();
        ensure(agree, "message_offlie_push_config", Rule::Conflict { with: "message_offline_push_config" })
    }
}

impl Default for MessagePush<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::MessagePush;
    use crate::check::{CheckError, Rule};
    use crate::json::{self, DecodeErrorKind, Members};
    use crate::tim::OfflinePushSettings;

    fn titled(title: &str) -> OfflinePushSettings<'_> {
        OfflinePushSettings::new().title(title)
    }

    #[test]
    fn decode_and_encode_keep_the_spelling() {
        for (message, text) in [
            (
                MessagePush::new(titled("a")),
                r#"{"message_offline_push_config":{"offline_push_config_title":"a"}}"#,
            ),
            (
                MessagePush::misspelled(titled("a")),
                r#"{"message_offlie_push_config":{"offline_push_config_title":"a"}}"#,
            ),
        ] {
            let mut buffer = [0; 128];
            assert_eq!(json::to_str(&message, &mut buffer), Ok(text));
            assert_eq!(json::from_str(text).as_ref(), Ok(&message));
            assert_eq!((message.settings(), message.check()), (Some(&titled("a")), Ok(())));
        }
        let neither: MessagePush<'_> = json::from_str("{}").unwrap();
        assert_eq!((neither.settings(), neither.check()), (None, Ok(())));
    }

    #[test]
    fn settings_correct_spelling_overrides_the_other() {
        let mut both = MessagePush::new(titled("right")).offlie_push_config(titled("wrong"));
        assert_eq!(both.settings(), Some(&titled("right")));
        let conflict = CheckError::new(
            "message_offlie_push_config",
            Rule::Conflict { with: "message_offline_push_config" },
        );
        assert_eq!(both.check(), Err(conflict));
        both.offlie_push_config = Some(titled("right"));
        assert_eq!(both.check(), Ok(()));
    }

    #[test]
    fn decode_ignores_and_encode_writes_the_rest() {
        let mut received = *br#"{"message_sender":"\u6807","message_elem_array":[{"elem_type":0}],
            "message_offline_push_config":{"offline_push_config_ext":"{\"k\":\"\\u6807\"}"},"message_seq":1}"#;
        let mut message: MessagePush<'_> = json::from_slice_in_place(&mut received).unwrap();
        let ext = message.settings().and_then(|settings| settings.ext);
        assert_eq!(ext.and_then(|ext| ext.as_str()), Some(r#"{"k":"\u6807"}"#));
        assert_eq!(message.members, None);
        message.members = Members::new(r#" { "message_seq": 1 } "#).ok();
        let mut buffer = [0; 128];
        assert!(json::to_str(&message, &mut buffer).unwrap().ends_with(r#"}"},"message_seq": 1}"#));
    }

    #[test]
    fn decode_error_in_the_settings_names_the_field() {
        let text = r#"{"message_offlie_push_config":{"offline_push_config_flag":true}}"#;
        let error = json::from_str::<MessagePush<'_>>(text).unwrap_err();
        assert_eq!(
            (error.kind(), error.field()),
            (DecodeErrorKind::WrongType, Some("offline_push_config_flag"))
        );
        let twice = r#"{"message_offlie_push_config":{},"message_offlie_push_config":{}}"#;
        let error = json::from_str::<MessagePush<'_>>(twice).unwrap_err();
        assert_eq!(error.kind(), DecodeErrorKind::DuplicateField);
    }
}
