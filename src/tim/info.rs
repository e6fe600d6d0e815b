//! How a message is pushed, in requests to the REST API: the member `OfflinePushInfo`.

use crate::check::{Broken, CheckAll, CheckError, Rule, at_most, ensure, within};
use crate::ext::Ext;
use crate::json::{List, Raw, message, open_number};
use crate::tim::settings::{OfflinePushSettings, PushFlag};
use crate::uri::WebUrl;

mod android;
mod apns;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub(super) use android::IMPORTANCE;
pub use android::{AndroidInfo, PushStyle};
pub(super) use apns::LEVELS as APNS_LEVELS;
pub use apns::{ApnsInfo, BadgeMode, LiveActivity};

open_number! {
    /// A switch that the REST API writes as a number, for example `MutableContent`.
    pub struct Switch(i32) {
        /// No; the same as an absent field.
        OFF = 0 => "off",
        /// Yes.
        ON = 1 => "on",
    }
}

message! {
    /// How a message is pushed: a member of `v4/openim/sendmsg`, `batchsendmsg`, `send_group_msg`, `im_push` and
    /// `v4/timpush/batch`. Only the last request requires it. It overrides the push fields of a `TIMCustomElem` (33527).
    /// The server rejects a malformed `OfflinePushInfo` with error 90043.
    ///
    /// All fields are optional. Empty text counts as absent. Both pages say: "if not empty, it overrides the console's".
    ///
    /// ```
    /// use offline_push::tim::{AndroidInfo, OfflinePushInfo};
    /// use offline_push::{Ext, json};
    ///
    /// let info = OfflinePushInfo::new()
    ///     .title("Alice")
    ///     .desc("See you at seven")
    ///     .ext(Ext::from(r#"{"entity":{"sender":"alice"}}"#))
    ///     .android_info(AndroidInfo::new().vivo_category("IM"));
    /// info.check()?;
    ///
    /// // The value of the request's member `OfflinePushInfo`.
    /// let mut buffer = [0; 256];
    /// let text = json::to_str(&info, &mut buffer)?;
    /// assert!(text.ends_with(r#""AndroidInfo":{"VIVOCategory":"IM"}}"#));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Sources
    ///
    /// *33527* is Tencent's page "Message Formats" (trtc.io/document/33527 = cloud.tencent.com/document/product/269/2720). The
    /// page got its fields between 2019 and 2023; the year at the end of a field's text here is the first year in which the
    /// page has the field. *77715* is the newer page about `OfflinePushInfo` alone (trtc.io/document/77715 =
    /// cloud.tencent.com/document/product/269/128209 and 269/133879), of 2024 to 2026. It is not known in which year 77715 got
    /// each field.
    ///
    /// One member is missing here: the member that begins with `"XiaoMi` in the private message sample of 269/133879. The
    /// known copy of the sample ends there. It is probably the template that Xiaomi has required for private messages since
    /// 2026 (its document 2314).
    pub struct OfflinePushInfo<'a> {
        /// Whether the message is pushed. Default: 0. 33527 calls 1 "disable offline push", 77715 calls it "online
        /// messages only", which means the same. 2019.
        #[doc(alias = "PushFlag")]
        push_flag: Option<PushFlag> = "PushFlag",
        /// First line of the notification, for all vendors. A title in [`ApnsInfo`] or [`HarmonyInfo`] overrides it there.
        /// Default: "a new message" (the guide). Tencent cuts a longer title and adds "...". The limits are, in UTF-16 units
        /// (77715): Huawei 60; Honor, Xiaomi, OPPO 50; vivo 40; Meizu 32. 2019.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// Text of the notification, instead of the text that IM makes from the elements of the message. A message of one
        /// custom element is pushed only if there is a text, either here or in the element (33527). Tencent cuts a longer
        /// text. The limits are, in UTF-16 units (77715): Huawei 600, Honor 400, Xiaomi 128, OPPO 50 (128 with
        /// [`PushStyle::LARGE_TEXT`]), vivo and Meizu 100. 2019.
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc",
        /// Title and text by language. The phone uses the entry for its system language. If there is none, it uses `title`
        /// and `desc`. Requires SDK 8.5.6870 (77715).
        #[doc(alias = "MultiLanguageContent")]
        multi_language_content: Option<List<'a, LanguageContent<'a>>> = "MultiLanguageContent",
        /// Id of a template from the console, in the form `<SDKAppID>-<number>`: `1400000000-1`. Default: the system's style.
        /// Templates with preset variables work for chat messages only; `v4/timpush/…` rejects them with an error (77715).
        #[doc(alias = "PushTemplateId")]
        push_template_id: Option<&'a str> = "PushTemplateId",
        /// Values for the template's own variables: a JSON object of texts, which is passed on unchanged. The server itself
        /// fills `timTitle`, `timDesc`, `timSenderNick` and `timGroupName`; do not put them here (77715).
        #[doc(alias = "PushTemplateParam")]
        push_template_param: Option<Raw<'a>> = "PushTemplateParam",
        /// The app's own data, for the app that a tap on the notification opens. At most 3 KB together with `desc`, because
        /// APNs accepts 4 KB in total (33527, 77715); 269/133879 recommends 1 KB. Both pages require JSON text, because some
        /// vendors (OPPO) drop the push otherwise. Published samples have plain text nevertheless. 2019.
        #[doc(alias = "Ext")]
        ext: Option<Ext<'a>> = "Ext",
        /// For Android phones. 2019.
        #[doc(alias = "AndroidInfo")]
        android_info: Option<AndroidInfo<'a>> = "AndroidInfo",
        /// For iPhones. 2019.
        #[doc(alias = "ApnsInfo")]
        apns_info: Option<ApnsInfo<'a>> = "ApnsInfo",
        /// For Harmony phones (77715).
        #[doc(alias = "HarmonyInfo")]
        harmony_info: Option<HarmonyInfo<'a>> = "HarmonyInfo",
        /// The number that is added to the app's badge number, 1 to 99: for iPhones, Huawei, Honor and Harmony.
        /// `badge_set_num` overrides it. Default: according to [`BadgeMode`] on iPhones, 1 elsewhere (77715).
        #[doc(alias = "BadgeAddNum")]
        badge_add_num: Option<u32> = "BadgeAddNum",
        /// The app's new badge number: 0 to 999 on iPhones, 0 to 99 on Huawei, Honor and Harmony (77715).
        #[doc(alias = "BadgeSetNum")]
        badge_set_num: Option<u32> = "BadgeSetNum",
    }
}

impl OfflinePushInfo<'_> {
    /// Maximum length of [`desc`](field@Self::desc) and [`ext`](field@Self::ext) together, in bytes.
    pub const MAX_TEXT_LEN: usize = OfflinePushSettings::MAX_TEXT_LEN;

    /// An info with nothing set: a push with all defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Whether the message is pushed: true unless [`push_flag`](field@Self::push_flag) is [`PushFlag::NO_PUSH`].
    #[must_use]
    pub const fn enabled(&self) -> bool {
        !matches!(self.push_flag, Some(PushFlag::NO_PUSH))
    }

    /// Checks the info against the rules of Tencent's pages:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `PushFlag`, `PushStyle`, `VIVOClassification`, `ExtAsHuaweiIntentParam`, `MeiZuNoticeMsgType`, `BadgeMode`, `MutableContent`, `ContentAvailable`, `IsVoipPush` | 0 or 1 |
    /// | `Desc`, `Ext` | at most 3 KB together (the error names `Ext` if there is one); `Ext` is text |
    /// | `PushTemplateParam`, `OPPOPrivateTitleParameters`, `OPPOPrivateContentParameters` | a JSON object |
    /// | `BadgeAddNum`, `BadgeSetNum` | 1 to 99, 0 to 999 |
    /// | `OPPONotifyLevel` | 1, 2 or 16, and only with an `OPPOCategory` |
    /// | `VIVONotifyType` | 1 to 4 |
    /// | `HuaWeiImportance`, `HonorImportance` | `LOW` or `NORMAL` |
    /// | `HuaWeiImage`, `HonorImage`, `HarmonyInfo`'s `Image` | an HTTPS URL |
    /// | `GooglePriority` | `normal` or `high` |
    /// | `InterruptionLevel` | `active`, `critical`, `passive` or `time-sensitive` |
    /// | `LaId`, `Event`, `ContentState` | 1 to 64 bytes; `update` or `end`; a JSON object |
    /// | `DismissalDate` | only with `Event` `end` |
    /// | `SoundDuration` | 1 to 60, and only with a `Sound` |
    ///
    /// This does not check what the server corrects (titles that are too long), what only some vendors reject (a badge
    /// number above 99, an ext that is not JSON), and categories, because the vendors keep adding some.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule. The rule for `OPPOCategory` and `Sound` is
    /// [`Rule::Missing`] if another field requires them.
    ///
    /// ```
    /// use offline_push::tim::{HarmonyInfo, OfflinePushInfo};
    /// use offline_push::{CheckError, Rule};
    ///
    /// let harmony = HarmonyInfo::new().sound_duration(30);
    /// let info = OfflinePushInfo::new().harmony_info(harmony);
    /// assert_eq!(info.check(), Err(CheckError::new("Sound", Rule::Missing)));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for OfflinePushInfo<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.push_flag.map(PushFlag::meaning), "PushFlag").or_else(&mut *broken)?;
        object(self.push_template_param, "PushTemplateParam").or_else(&mut *broken)?;
        let ext = self.ext.unwrap_or(Ext::new(b""));
        ensure(ext.as_str().is_some(), "Ext", Rule::NotText).or_else(&mut *broken)?;
        let length = ext.as_bytes().len().saturating_add(self.desc.unwrap_or_default().len());
        at_most(length, Self::MAX_TEXT_LEN as u32, if ext.is_empty() { "Desc" } else { "Ext" })
            .or_else(&mut *broken)?;
        self.android_info.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        self.apns_info.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        self.harmony_info.as_ref().map_or(Ok(()), |part| part.check_each(broken)).or_else(&mut *broken)?;
        within(self.badge_add_num.map(i64::from), 1, 99, "BadgeAddNum").or_else(&mut *broken)?;
        within(self.badge_set_num.map(i64::from), 0, 999, "BadgeSetNum")
    }
}

impl Default for OfflinePushInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}

message! {
    /// Title and text for one language, an element of
    /// [`multi_language_content`](OfflinePushInfo::multi_language_content) (77715).
    pub struct LanguageContent<'a> {
        /// The language, as in the table at tencentcloud.com/document/product/1047/52154: `en`, `zh-hant`.
        #[doc(alias = "Language")]
        language: Option<&'a str> = "Language" [public],
        /// First line of the notification.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// Text of the notification.
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc",
    }
}

impl<'a> LanguageContent<'a> {
    /// Title and text for a language.
    #[must_use]
    pub const fn new(language: &'a str, title: &'a str, desc: &'a str) -> Self {
        Self { language: Some(language), title: Some(title), desc: Some(desc) }
    }
}

impl Default for LanguageContent<'_> {
    fn default() -> Self {
        Self::EMPTY
    }
}

message! {
    /// Settings for Harmony phones (77715).
    pub struct HarmonyInfo<'a> {
        /// Overrides the common title.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// The system's message category; overrides the console's.
        #[doc(alias = "Category")]
        category: Option<&'a str> = "Category" [public],
        /// HTTPS URL of a large icon.
        #[doc(alias = "Image")]
        image: Option<&'a str> = "Image",
        /// File under `resources/rawfile` with its suffix (`alert.mp3`): MP3, WAV or MPEG, cut after 30 seconds. Default: the
        /// system's sound. Watches, televisions and PCs do not support sounds of the app.
        #[doc(alias = "Sound")]
        sound: Option<&'a str> = "Sound" [public],
        /// How long the sound plays, in seconds: 1 to 60. A shorter sound is repeated. Has no effect without a `sound`.
        #[doc(alias = "SoundDuration")]
        sound_duration: Option<u32> = "SoundDuration",
    }
}

impl HarmonyInfo<'_> {
    /// An info with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        https(self.image, "Image").or_else(&mut *broken)?;
        let silent = self.sound_duration.is_some() && non_empty(self.sound).is_none();
        ensure(!silent, "Sound", Rule::Missing).or_else(&mut *broken)?;
        within(self.sound_duration.map(i64::from), 1, 60, "SoundDuration")
    }
}

impl Default for HarmonyInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// Accepts an absent number, or one with a known meaning.
pub(super) fn known(meaning: Option<Option<&str>>, field: &'static str) -> Result<(), CheckError> {
    ensure(meaning != Some(None), field, Rule::UnknownValue)
}

/// Accepts absent text, or one of these words.
pub(super) fn word(text: Option<&str>, words: &[&str], field: &'static str) -> Result<(), CheckError> {
    ensure(non_empty(text).is_none_or(|text| words.contains(&text)), field, Rule::UnknownValue)
}

/// Text that is not empty: empty text counts as absent.
pub(super) fn non_empty(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// Accepts absent text, or an HTTPS URL.
pub(super) fn https(url: Option<&str>, field: &'static str) -> Result<(), CheckError> {
    const SCHEME: &str = "https:";
    let holds = |url: &str| {
        let scheme = url.get(..SCHEME.len());
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME)) && WebUrl::try_new(url).is_ok()
    };
    ensure(non_empty(url).is_none_or(holds), field, Rule::NotHttpsUrl)
}

/// Accepts an absent value, or a JSON object.
fn object(value: Option<Raw<'_>>, field: &'static str) -> Result<(), CheckError> {
    ensure(value.is_none_or(|value| value.as_str().starts_with('{')), field, Rule::NotObject)
}
