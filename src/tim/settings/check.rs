//! Limits of settings, and the length of a buffer for settings that are received.

use super::{AndroidPushSettings, HarmonyPushSettings, IosPushSettings, OfflinePushSettings};
use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure};
use crate::json::{self, description};

/// The whole configuration, where no single field is too long.
const ALL: &str = "message_offline_push_config";

impl<'a> OfflinePushSettings<'a> {
    /// Maximum length of [`description`](field@Self::description) and [`ext`](field@Self::ext) together, in bytes. Tencent says
    /// "3K", which may mean 3000 or 3072; this is the larger number.
    pub const MAX_TEXT_LEN: usize = 3 * 1024;

    /// Maximum length of all texts together, in bytes. Tencent gives no limit for titles, sounds, images and categories. Apple
    /// does: 4 KB for a whole push.
    pub const MAX_TEXTS_LEN: usize = 4 * 1024;

    /// Maximum length of the JSON of settings that pass [`check`](Self::check), in bytes, even from a sender that escapes
    /// all characters that are not ASCII. A buffer of this length receives what such senders write without white space.
    ///
    /// Three bytes for each byte of text is the worst case: a character of two bytes is an escape of six. A writer that leaves
    /// Chinese as it is, such as the SDK and this crate, needs two bytes at most, for a quote or a line break. White space and
    /// unknown members are not included. Refuse what does not fit into the buffer. The longest sample is 1825 bytes long, and IM
    /// accepts a message of at most 12 KB.
    ///
    /// ```
    /// use offline_push::tim::OfflinePushSettings;
    ///
    /// assert!(OfflinePushSettings::MAX_CHECKED_LEN < 15 * 1024);
    /// ```
    pub const MAX_CHECKED_LEN: usize =
        description::longest(<Self as json::Decode<'_>>::DESCRIPTION, &[]) + 3 * Self::MAX_TEXTS_LEN;

    /// Checks the lengths that Tencent and Apple allow, and that all texts can be passed on.
    ///
    /// Categories, channels and sounds are not compared with lists: vendors add to them.
    ///
    /// # Errors
    ///
    /// - `offline_push_config_ext` is [`Rule::NotText`] if it is not UTF-8.
    /// - `offline_push_config_ext`, or `offline_push_config_desc` where there is no ext, is [`Rule::TooLong`] if both together have
    ///   more than [`MAX_TEXT_LEN`](Self::MAX_TEXT_LEN) bytes.
    /// - `message_offline_push_config` is [`Rule::TooLong`] if all texts together have more than
    ///   [`MAX_TEXTS_LEN`](Self::MAX_TEXTS_LEN) bytes, and [`Rule::NotAllowed`] if one of them has a control character other
    ///   than a tab or a line break.
    ///
    /// ```
    /// use offline_push::tim::OfflinePushSettings;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let long = "好".repeat(1025);
    /// let settings = OfflinePushSettings::new().description(&long);
    /// let error = CheckError::new("offline_push_config_desc", Rule::TooLong { max: 3072 });
    /// assert_eq!(settings.check(), Err(error));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }

    /// All texts but the description and the ext.
    fn other_texts(&self) -> [Option<&'a str>; OTHER_TEXTS] {
        let ios = self.ios.as_ref().unwrap_or(&IosPushSettings::EMPTY);
        let android = self.android.as_ref().unwrap_or(&AndroidPushSettings::EMPTY);
        let harmony = self.harmony.as_ref().unwrap_or(&HarmonyPushSettings::EMPTY);
        [
            self.title, self.vendor_params, ios.title, ios.sound, ios.image, ios.interruption_level,
            android.title, android.sound, android.vivo_category, android.oppo_channel_id,
            android.oppo_category, android.fcm_channel_id, android.fcm_image, android.xiaomi_channel_id,
            android.huawei_category, android.huawei_image, android.honor_image, android.honor_importance,
            harmony.title, harmony.image, harmony.category,
        ]
    }
}

impl CheckAll for OfflinePushSettings<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        const EXT: &str = "offline_push_config_ext";
        let ext = self.ext.map_or(Some(""), |ext| ext.as_str());
        ensure(ext.is_some(), EXT, Rule::NotText).or_else(&mut *broken)?;
        let ext = ext.unwrap_or_default();
        let description = self.description.unwrap_or_default();
        let field = if ext.is_empty() { "offline_push_config_desc" } else { EXT };
        at_most(ext.len().saturating_add(description.len()), Self::MAX_TEXT_LEN as u32, field)
            .or_else(&mut *broken)?;
        let mut length = 0_usize;
        for text in self.other_texts().into_iter().flatten().chain([ext, description]) {
            length = length.saturating_add(text.len());
            ensure(text.bytes().all(is_short), ALL, Rule::NotAllowed).or_else(&mut *broken)?;
        }
        at_most(length, Self::MAX_TEXTS_LEN as u32, ALL)
    }
}

const OTHER_TEXTS: usize = 21;

/// True for bytes that JSON writes in at most three bytes for each: no control character but those with a short escape.
fn is_short(byte: u8) -> bool {
    byte >= b' ' || matches!(byte, b'\x08' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ALL, IosPushSettings, OTHER_TEXTS, OfflinePushSettings};
    use crate::check::{CheckError, Rule};
    use crate::ext::Ext;
    use crate::json;
    use crate::json::description::Type;

    fn number_of_texts(value: &Type) -> usize {
        match value {
            Type::Text => 1,
            Type::Object(object) => object.fields.iter().map(|field| number_of_texts(field.value)).sum(),
            _ => 0,
        }
    }

    #[test]
    fn other_texts_are_all_texts_of_the_declaration() {
        let all = number_of_texts(<OfflinePushSettings<'_> as json::Decode<'_>>::DESCRIPTION);
        assert_eq!(all, OTHER_TEXTS + 2, "name the new text in `other_texts`");
    }

    #[test]
    fn check_sum_of_texts_and_control_characters() {
        let title = "é".repeat(512);
        let settings = OfflinePushSettings::new().title(&title).ext(Ext::new(&[b'"'; 3072]));
        assert_eq!(settings.check(), Ok(()));
        let sound = settings.clone().ios(IosPushSettings::new().sound("a"));
        assert_eq!(sound.check(), Err(CheckError::new(ALL, Rule::TooLong { max: 4096 })));
        let too_long = CheckError::new("offline_push_config_ext", Rule::TooLong { max: 3072 });
        assert_eq!(settings.clone().description("a").check(), Err(too_long));
        let control = OfflinePushSettings::new().title("a\n\u{1b}");
        assert_eq!(control.check(), Err(CheckError::new(ALL, Rule::NotAllowed)));
        let bytes = OfflinePushSettings::new().ext(Ext::new(&[0xff]));
        assert_eq!(bytes.check(), Err(CheckError::new("offline_push_config_ext", Rule::NotText)));
    }

    #[test]
    fn max_checked_len_holds_the_keys_and_the_worst_escapes() {
        let sample = include_str!("../../../tests/fixtures/tencent/c_offline_push_config_all_keys.json");
        let mut sample = sample.as_bytes().to_vec();
        let settings: OfflinePushSettings<'_> = json::from_slice_in_place(&mut sample).unwrap();
        let ext = settings.ext.unwrap().as_str().unwrap();
        let texts = settings.other_texts().into_iter().flatten().chain(settings.description).chain([ext]);
        let escapes = ext.bytes().filter(|byte| *byte == b'"').count();
        let texts = texts.map(str::len).sum::<usize>() + escapes;
        let structure = OfflinePushSettings::MAX_CHECKED_LEN - 3 * OfflinePushSettings::MAX_TEXTS_LEN;
        let of_the_sample = json::encoded_len(&settings) - texts;
        // The longest numbers are longer than those of the sample.
        assert!((of_the_sample..of_the_sample + 100).contains(&structure), "{of_the_sample} {structure}");
    }
}
