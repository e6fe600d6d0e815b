//! vivo's rules: which text applies, and the checks that several requests share.

use super::notification::len;
use super::notification::{PushMode, SkipType};
use crate::bytes::trim_start;
use crate::check::{CheckError, Rule, at_most, ensure, present, visible, within};

/// The version of vivo's rules that a check uses. The rules changed over the years, and no text says which version the
/// server enforces.
///
/// ```
/// use offline_push::vivo::{Notification, NotifyType, Rules, SkipType};
///
/// let title = "今晚七点在老地方见，不见不散，请带上你的相机";
/// let push = Notification::new(title, "content", "request-1")
///     .reg_id("12345678901234567890123")
///     .notify_type(NotifyType::RING)
///     .skip_type(SkipType::OPEN_APP);
/// assert!(push.check().is_ok()); // the same as Rules::Newest
/// assert!(push.check_against(Rules::JavaSdk).is_err()); // counts each of these characters twice
/// ```
///
/// | field | [`Newest`](Self::Newest) | [`JavaSdk`](Self::JavaSdk) | result if broken |
/// |---|---|---|---|
/// | `appId` | not 0, if set | the same | 10094 |
/// | `regId` | visible ASCII, at most 256 | the same | 10050, 10302 |
/// | `alias`, without `regId` | at most 70 | 40 | 10050, 10301 |
/// | `notifyType`, `skipType` | required, 1 to 4 | the same | 10054, 10060 |
/// | `title` | 1 to 40 characters; each counts as 1 | 40; CJK counts as 2 | 10055, 10056 |
/// | `content` | 1 to 100, counted in the same way | 100, counted in the same way | 10057, 10058 |
/// | `timeToLive` | 60 to 604800 (the text treats more than a day as one day) | the same, or 0 | 10059 |
/// | `timeToLive` of a push to many | 900 to 604800 | the same, or 0 | 10059 |
/// | `skipContent` of a URL | required, `http(s)://…`, at most 2048 | 1000 | 10061, 10062 |
/// | `skipContent` of custom text | required, at most 1024 | 1024 | 10063, 10064 |
/// | `skipContent` of a screen | required, a URI, at most 2048 | 1024 | 10068, 10069 |
/// | `networkType` | -1 or 1 | the same | 10065 |
/// | `classification` | 0 or 1 | the same | 10051, 11000 |
/// | `category` | a known one that fits `classification` | the same | 10096, 10097 |
/// | `clientCustomMap` | texts, no duplicate key, at most 1024 for all keys and values, at most 32 pairs (a limit of this crate; the text gives none) | the same, but at most 10 pairs | 10066, 10067 |
/// | `callback`, `callback.param` | at most 128, 192 | 128, 64 | 10305, 10306 |
/// | `requestId` | 1 to 64 | the same | 10352, 10353 |
/// | `pushMode` | 0 or 1 | the same | |
/// | `notifyId` | 1 to 2147483647 | the same | 10095 |
/// | `profileId` | at most 64 | the same | |
/// | `timedDisplay` | `overtimeDisplay` required; starts before it ends, shorter than 120 minutes | the same | |
/// | `tagExpression` of a push by tag | `orTags` or `andTags`, no blank tag | the same | |
/// | `tagExpression` of another push | without tags | the same | |
/// | `regId`, `alias`, `profileId` of a push to many | absent | the same | |
///
/// A push to many is a list payload, a push to all or a push by tag.
///
/// Lengths are in UTF-16 units where the table names no other unit. This is how the SDK counts, and it is the stricter reading of
/// "characters". Blank text is treated as missing.
///
/// Two rules of the texts are not checked:
///
/// - `appId` is required in the newest text, but neither the SDK nor any published request sends it.
/// - The SDK requires a regId of 23 characters. This old rule made pushes fail when `v2-…` ids appeared.
///
/// One extra rule is in no text: tags are rejected on endpoints that ignore them, because a push to all with tags was meant
/// for fewer users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Rules {
    /// The document's text of 2024 and later.
    Newest,
    /// The checks of the official Java server SDK, which match the document's older text.
    JavaSdk,
}

impl Rules {
    /// Length of a title or content.
    pub(super) fn text_len(self, text: &str) -> usize {
        match self {
            Self::Newest => len_with(text, 0),
            Self::JavaSdk => weighted_len(text),
        }
    }

    /// The limit of this version.
    pub(super) const fn pick(self, newest: u32, java_sdk: u32) -> u32 {
        match self {
            Self::Newest => newest,
            Self::JavaSdk => java_sdk,
        }
    }

    /// Checks `skipType`, and presence and length of `skipContent`. It does not check that the content is a URL or URI: a
    /// [`ClickAction`](crate::ClickAction) holds nothing else, and a notification checks it separately.
    pub(crate) fn check_skip(
        self,
        skip_type: Option<SkipType>,
        skip_content: Option<&str>,
    ) -> Result<(), CheckError> {
        const CONTENT: &str = "skipContent";
        one_to_four(skip_type.map(|number| number.get()), "skipType")?;
        let content = skip_content.unwrap_or_default();
        let max = match skip_type {
            Some(SkipType::OPEN_URL) => self.pick(len::URI, 1000),
            Some(SkipType::OPEN_SCREEN) => self.pick(len::URI, 1024),
            Some(SkipType::CUSTOM) => len::CUSTOM,
            _ => return Ok(()),
        };
        filled(skip_content, CONTENT)?;
        utf16_at_most(content, max, CONTENT)
    }
}

/// Length of a text in UTF-16 units, as Java counts. Each character has one first byte, and one more unit if it has four bytes.
pub(crate) fn utf16_len(text: &str) -> usize {
    len_with(text, 1)
}

/// Number of characters, where one of four bytes counts `more` times again. `chars().count()` takes more code.
fn len_with(text: &str, more: usize) -> usize {
    text.bytes().map(|byte| usize::from(byte & 0xc0 != 0x80) + if byte >= 0xf0 { more } else { 0 }).sum()
}

/// An error if a text has more UTF-16 units. No text has more of them than bytes, so a text of few bytes is not counted:
/// counting the URI of a screen took longer than all the rest of a push.
pub(crate) fn utf16_at_most(text: &str, max: u32, field: &'static str) -> Result<(), CheckError> {
    match at_most(text.len(), max, field) {
        Ok(()) => Ok(()),
        Err(_) => at_most(utf16_len(text), max, field),
    }
}

/// Length of a title by the Java SDK's rule: UTF-16 units, where a Chinese unit counts 2. The SDK compares single units, so only
/// ideographs of the Basic Multilingual Plane count 2. Kana and hangul count 1.
pub(super) fn weighted_len(text: &str) -> usize {
    let wide = |character: &char| {
        matches!(character,
            '\u{2000}'..='\u{206f}' // General Punctuation
            | '\u{3000}'..='\u{303f}' // CJK Symbols and Punctuation
            | '\u{3400}'..='\u{4dbf}' // CJK Unified Ideographs Extension A
            | '\u{4e00}'..='\u{9fff}' // CJK Unified Ideographs
            | '\u{f900}'..='\u{faff}' // CJK Compatibility Ideographs
            | '\u{ff00}'..='\u{ffef}') // Halfwidth and Fullwidth Forms
    };
    utf16_len(text) + text.chars().filter(wide).count()
}

/// Checks that the app id is not 0. It may be absent: the Java SDK and all published requests have none.
pub(super) fn check_app_id(app_id: Option<u64>) -> Result<(), CheckError> {
    ensure(app_id != Some(0), "appId", Rule::Missing)
}

/// Checks a regId that is not empty.
pub(super) fn check_reg_id(reg_id: &str, field: &'static str) -> Result<(), CheckError> {
    at_most(reg_id.len(), len::REG_ID, field)?;
    visible(reg_id, field)
}

/// Checks an alias that is not empty.
pub(super) fn check_alias(alias: &str, rules: Rules, field: &'static str) -> Result<(), CheckError> {
    utf16_at_most(alias, rules.pick(len::ALIAS, 40), field)
}

pub(super) fn check_request_id(request_id: &str) -> Result<(), CheckError> {
    const FIELD: &str = "requestId";
    filled(Some(request_id), FIELD)?;
    utf16_at_most(request_id, len::REQUEST_ID, FIELD)
}

pub(super) fn check_push_mode(push_mode: Option<PushMode>) -> Result<(), CheckError> {
    one_of(push_mode, &[PushMode::FORMAL, PushMode::TEST], "pushMode")
}

/// Checks the id of a task. All ids that were seen are digits. A comma is rejected, because it separates ids.
pub(super) fn check_task_id(task_id: &str, field: &'static str) -> Result<(), CheckError> {
    present(task_id, field)?;
    visible(task_id, field)?;
    ensure(!task_id.bytes().any(|byte| byte == b','), field, Rule::UnknownValue)
}

/// Checks that a text is present and not blank.
pub(super) fn filled(text: Option<&str>, field: &'static str) -> Result<(), CheckError> {
    ensure(text.is_some_and(|text| !trim_start(text).is_empty()), field, Rule::Missing)
}

/// Checks that a number is present and in 1 to 4.
pub(super) fn one_to_four(number: Option<i32>, field: &'static str) -> Result<(), CheckError> {
    ensure(number.is_some(), field, Rule::Missing)?;
    within(number.map(i64::from), 1, 4, field)
}

/// Checks that a value is absent or one of those given.
pub(super) fn one_of<T: PartialEq>(
    value: Option<T>,
    values: &[T],
    field: &'static str,
) -> Result<(), CheckError> {
    ensure(value.is_none_or(|value| values.contains(&value)), field, Rule::UnknownValue)
}
