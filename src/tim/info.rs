//! How a message shall be pushed, as the server sends it: the member `OfflinePushInfo` of the REST API.

use crate::check::{CheckError, Rule, at_most, ensure, within};
use crate::ext::Ext;
use crate::json::{List, Raw, message, open_number};
use crate::tim::settings::PushFlag;
use crate::uri::WebUrl;

mod android;
mod apns;
mod harmony;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub(super) use android::IMPORTANCE;
pub use android::{AndroidInfo, PushStyle};
pub(super) use apns::LEVELS as APNS_LEVELS;
pub use apns::{ApnsInfo, BadgeMode, LiveActivity};
pub use harmony::HarmonyInfo;

open_number! {
    /// A switch that the REST API writes as a number: `MutableContent`, say.
    pub struct Switch(i32) {
        /// No, as if the field were absent.
        OFF = 0 => "off",
        /// Yes.
        ON = 1 => "on",
    }
}

message! {
    /// How a message is pushed: a member of `v4/openim/sendmsg`, `batchsendmsg`, `send_group_msg`, `im_push` and
    /// `v4/timpush/batch`, of which the last alone requires it. With it, the push fields of a `TIMCustomElem` are
    /// ignored (33527). One that is malformed is refused with error 90043.
    ///
    /// All fields may be absent. Empty text counts as absent: "if not empty, it overrides the console's", say both pages.
    ///
    /// ```
    /// use offline_push::tim::{AndroidInfo, OfflinePushInfo};
    /// use offline_push::{Ext, json};
    ///
    /// let mut android = AndroidInfo::new();
    /// android.vivo_category = Some("IM");
    /// let mut info = OfflinePushInfo::new();
    /// info.title = Some("Alice");
    /// info.desc = Some("See you at seven");
    /// info.ext = Some(Ext::from(r#"{"entity":{"sender":"alice"}}"#));
    /// info.android_info = Some(android);
    /// info.check()?;
    ///
    /// let mut buffer = [0; 256];
    /// let text = json::to_str(&info, &mut buffer)?; // the value of the request's member `OfflinePushInfo`
    /// assert!(text.ends_with(r#""AndroidInfo":{"VIVOCategory":"IM"}}"#));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// Where the fields come from: *33527* is Tencent's page "Message Formats" (trtc.io/document/33527 =
    /// cloud.tencent.com/document/product/269/2720), which has its fields since 2019 to 2023, as each field says; *77715* is
    /// the newer page about `OfflinePushInfo` alone (trtc.io/document/77715 = cloud.tencent.com/document/product/269/128209
    /// and 269/133879), of 2024 to 2026. Which year 77715 took up a field is not known.
    ///
    /// Not here: whatever stands behind `"XiaoMi…` in the private message sample of 269/133879, a copy of which breaks off
    /// there. It is probably the template that Xiaomi wants for private messages since 2026 (its document 2314).
    pub struct OfflinePushInfo<'a> {
        /// Push or not; default 0. 33527 words 1 as "disable offline push", 77715 as "online messages only", which comes
        /// to the same. 2019.
        #[doc(alias = "PushFlag")]
        push_flag: Option<PushFlag> = "PushFlag",
        /// First line of the notification, for all vendors; a title in [`ApnsInfo`] or [`HarmonyInfo`] goes before it there.
        /// Without any, the push says "a new message" (the guide). Tencent cuts it, and puts "..." at its end, beyond so
        /// many UTF-16 units (77715): Huawei 60; Honor, Xiaomi, OPPO 50; vivo 40; Meizu 32. 2019.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// Text of the notification, in place of the one that IM makes from the message's elements. A message of one
        /// custom element, without this and without a text of its own, is not pushed (33527). Cut beyond so many UTF-16
        /// units (77715): Huawei 600, Honor 400, Xiaomi 128, OPPO 50 (128 with [`PushStyle::LARGE_TEXT`]), vivo and Meizu
        /// 100. 2019.
        #[doc(alias = "Desc")]
        desc: Option<&'a str> = "Desc",
        /// Title and text by language: the phone's system language picks one, and if there is none for it, `title` and
        /// `desc` count. Needs SDK 8.5.6870 (77715).
        #[doc(alias = "MultiLanguageContent")]
        multi_language_content: Option<List<'a, LanguageContent<'a>>> = "MultiLanguageContent",
        /// Id of a template made in the console, in the form `<SDKAppID>-<number>`: `1400000000-1`. Default the system's
        /// style. Templates with preset variables work for chat messages alone; `v4/timpush/…` answers with an error
        /// (77715).
        #[doc(alias = "PushTemplateId")]
        push_template_id: Option<&'a str> = "PushTemplateId",
        /// What fills the template's own variables: a JSON object of texts, passed on untouched. The server fills `timTitle`,
        /// `timDesc`, `timSenderNick` and `timGroupName` itself; they do not belong here (77715).
        #[doc(alias = "PushTemplateParam")]
        push_template_param: Option<Raw<'a>> = "PushTemplateParam",
        /// Passed through to the app that is opened by the tap. At most 3 KB together with `desc`, since APNs takes 4 KB in
        /// all (33527, 77715); 269/133879 advises 1 KB. Both pages want JSON text here, else some vendors (OPPO) drop the
        /// push; published samples hold plain text all the same. 2019.
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
        /// By how much the app's badge grows, 1 to 99: iPhones, Huawei, Honor and Harmony. `badge_set_num` goes before it.
        /// Default: on iPhones what [`BadgeMode`] says, elsewhere 1 (77715).
        #[doc(alias = "BadgeAddNum")]
        badge_add_num: Option<u32> = "BadgeAddNum",
        /// What the app's badge is set to: 0 to 999 on iPhones, 0 to 99 at Huawei, Honor and Harmony (77715).
        #[doc(alias = "BadgeSetNum")]
        badge_set_num: Option<u32> = "BadgeSetNum",
    }
}

impl OfflinePushInfo<'_> {
    /// Longest [`desc`](Self::desc) and [`ext`](Self::ext) together, in bytes. Tencent says "3K"; this is the larger of its
    /// readings.
    pub const MAX_TEXT_LEN: usize = 3 * 1024;

    /// Nothing set yet: push with all defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Whether the message is pushed at all: unless [`push_flag`](Self::push_flag) says no.
    #[must_use]
    pub const fn enabled(&self) -> bool {
        !matches!(self.push_flag, Some(PushFlag::NO_PUSH))
    }

    /// Holds the info against what Tencent's pages demand, which is:
    ///
    /// | field | rule |
    /// |---|---|
    /// | `PushFlag`, `PushStyle`, `VIVOClassification`, `ExtAsHuaweiIntentParam`, `MeiZuNoticeMsgType`, `BadgeMode`, `MutableContent`, `ContentAvailable`, `IsVoipPush` | 0 or 1 |
    /// | `Desc`, `Ext` | at most 3 KB together (else `Ext` is named, if there is one); `Ext` is text |
    /// | `PushTemplateParam`, `OPPOPrivateTitleParameters`, `OPPOPrivateContentParameters` | an object |
    /// | `BadgeAddNum`, `BadgeSetNum` | 1 to 99, 0 to 999 |
    /// | `OPPONotifyLevel` | 1, 2 or 16, and with an `OPPOCategory` |
    /// | `VIVONotifyType` | 1 to 4 |
    /// | `HuaWeiImportance`, `HonorImportance` | `LOW` or `NORMAL` |
    /// | `HuaWeiImage`, `HonorImage`, `HarmonyInfo`'s `Image` | an HTTPS URL |
    /// | `GooglePriority` | `normal` or `high` |
    /// | `InterruptionLevel` | `active`, `critical`, `passive` or `time-sensitive` |
    /// | `LaId`, `Event`, `ContentState` | given: at most 64 bytes, `update` or `end`, an object |
    /// | `DismissalDate` | only with `Event` `end` |
    /// | `SoundDuration` | 1 to 60, and with a `Sound` |
    ///
    /// Not demanded: what the server mends itself (titles that are too long), what only some of the vendors mind (a badge
    /// above 99, an ext that is no JSON), and lists of categories, which the vendors keep extending.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule. `OPPOCategory` and `Sound` are
    /// [`Rule::Missing`] if another field needs them.
    ///
    /// ```
    /// use offline_push::tim::{HarmonyInfo, OfflinePushInfo};
    /// use offline_push::{CheckError, Rule};
    ///
    /// let mut harmony = HarmonyInfo::new();
    /// harmony.sound_duration = Some(30);
    /// let mut info = OfflinePushInfo::new();
    /// info.harmony_info = Some(harmony);
    /// assert_eq!(info.check(), Err(CheckError::new("Sound", Rule::Missing)));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        known(self.push_flag.map(PushFlag::meaning), "PushFlag")?;
        object(self.push_template_param, "PushTemplateParam")?;
        let ext = self.ext.unwrap_or(Ext::new(b""));
        ensure(ext.as_str().is_some(), "Ext", Rule::NotText)?;
        let length = ext.as_bytes().len().saturating_add(self.desc.unwrap_or_default().len());
        at_most(length, Self::MAX_TEXT_LEN as u32, if ext.is_empty() { "Desc" } else { "Ext" })?;
        self.android_info.as_ref().map_or(Ok(()), AndroidInfo::check)?;
        self.apns_info.as_ref().map_or(Ok(()), ApnsInfo::check)?;
        self.harmony_info.as_ref().map_or(Ok(()), HarmonyInfo::check)?;
        within(self.badge_add_num.map(i64::from), 1, 99, "BadgeAddNum")?;
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
        /// Which language, as in the table at tencentcloud.com/document/product/1047/52154: `en`, `zh-hant`.
        #[doc(alias = "Language")]
        language: Option<&'a str> = "Language",
        /// First line.
        #[doc(alias = "Title")]
        title: Option<&'a str> = "Title",
        /// Text below.
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

/// Passes an absent number or one whose meaning is known.
pub(super) fn known(meaning: Option<Option<&str>>, field: &'static str) -> Result<(), CheckError> {
    ensure(meaning != Some(None), field, Rule::UnknownValue)
}

/// Passes absent text or one of the words given.
pub(super) fn word(text: Option<&str>, words: &[&str], field: &'static str) -> Result<(), CheckError> {
    ensure(given(text).is_none_or(|text| words.contains(&text)), field, Rule::UnknownValue)
}

/// Text that overrides something.
pub(super) fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

/// Passes absent text or a URL for HTTPS.
pub(super) fn https(url: Option<&str>, field: &'static str) -> Result<(), CheckError> {
    const SCHEME: &str = "https:";
    let holds = |url: &str| {
        let scheme = url.get(..SCHEME.len());
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME)) && WebUrl::try_new(url).is_ok()
    };
    ensure(given(url).is_none_or(holds), field, Rule::NotHttpsUrl)
}

/// Passes an absent value or an object.
fn object(value: Option<Raw<'_>>, field: &'static str) -> Result<(), CheckError> {
    ensure(value.is_none_or(|value| value.as_str().starts_with('{')), field, Rule::NotObject)
}
