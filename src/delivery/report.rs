//! What differs between the sender's options and the push.

use core::fmt;

use super::ext::ExtDropped;
#[cfg(doc)]
use super::{DEFAULT_CONTENT, DEFAULT_TITLE};
use crate::bytes::trim;

/// What [`compose`](super::compose) has truncated, dropped or filled in, and what vivo may refuse. `Display` writes a list in
/// words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct ComposeReport {
    /// The title is longer than vivo shows (40 UTF-16 units): its first 37 units and `...` were sent.
    pub title_truncated: bool,
    /// The description is longer than vivo shows (100 UTF-16 units): its first 97 units and `...` were sent.
    pub content_truncated: bool,
    /// There is no title: [`DEFAULT_TITLE`] was sent.
    pub default_title: bool,
    /// There is no description, and no text in the message: [`DEFAULT_CONTENT`] was sent.
    pub default_content: bool,
    /// There is a sound for Android. vivo does not support sounds (the guide's FAQ).
    pub sound_dropped: bool,
    /// There is an ext, but it was not sent, for this reason.
    pub ext_dropped: Option<ExtDropped>,
    /// The `vendorParams` cannot be read. A `vivoNotifyType` in them is lost.
    pub vendor_params_dropped: bool,
    /// There is a template for the texts. Only the IM server can fill it in: title and description were sent as they are.
    pub template_dropped: bool,
    /// There are texts in other languages. Only the IM server knows the receiver's language.
    pub languages_dropped: bool,
    /// There is a badge number. Tencent sends it to Apple, Huawei, Honor and Harmony only.
    pub badge_dropped: bool,
    /// This crate does not know the category. It was sent, because vivo may have added it. If not, vivo answers with 10096.
    pub unknown_category: bool,
    /// This crate does not know the classification. It was sent, because vivo may have added it. If not, vivo refuses it.
    pub unknown_classification: bool,
    /// The title or the content looks like a test: vivo may answer with 10104 ([`TEST_LIKE_TEXT`](crate::vivo::ResultCode::TEST_LIKE_TEXT))
    /// or 10085. The text has only digits and symbols, or it contains `测试`, or it is one pair of brackets, such as `[图片]`. vivo does not
    /// publish its rule. Sources: <https://developer.aliyun.com/ask/587094>, <https://help.aliyun.com/document_detail/611820>, and a public
    /// sender (`doit05/push_sdks`, `vivopush/client.go`), which also names texts that consist of Latin letters only.
    pub test_like_text: bool,
}

impl ComposeReport {
    /// Nothing was truncated, dropped or filled in.
    pub(super) const EMPTY: Self = Self {
        title_truncated: false,
        content_truncated: false,
        default_title: false,
        default_content: false,
        sound_dropped: false,
        ext_dropped: None,
        vendor_params_dropped: false,
        template_dropped: false,
        languages_dropped: false,
        badge_dropped: false,
        unknown_category: false,
        unknown_classification: false,
        test_like_text: false,
    };

    const fn lines(&self) -> [(bool, &'static str); 12] {
        [
            (self.title_truncated, "title truncated"),
            (self.content_truncated, "content truncated"),
            (self.default_title, "default title"),
            (self.default_content, "default content"),
            (self.sound_dropped, "sound dropped"),
            (self.vendor_params_dropped, "vendor parameters dropped"),
            (self.template_dropped, "template dropped"),
            (self.languages_dropped, "languages dropped"),
            (self.badge_dropped, "badge dropped"),
            (self.unknown_category, "unknown category"),
            (self.unknown_classification, "unknown classification"),
            (self.test_like_text, "text looks like a test"),
        ]
    }

    /// True if the push has everything that the sender asked for, unchanged, and nothing that vivo may refuse.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ext_dropped.is_none() && self.lines().iter().all(|(applies, _)| !applies)
    }
}

impl fmt::Display for ComposeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("unchanged");
        }
        let mut separator = "";
        for (_, line) in self.lines().into_iter().filter(|(applies, _)| *applies) {
            write!(f, "{separator}{line}")?;
            separator = ", ";
        }
        match self.ext_dropped {
            Some(reason) => write!(f, "{separator}ext dropped: {reason}"),
            None => Ok(()),
        }
    }
}

/// True for a text that vivo may treat as a test: [`ComposeReport::test_like_text`].
pub(super) fn looks_like_test(text: &str) -> bool {
    const TEST: &[u8] = "测试".as_bytes();
    let text = trim(text);
    let in_brackets = |open: &str, close: &str| text.starts_with(open) && text.ends_with(close);
    text.as_bytes().windows(TEST.len()).any(|part| part == TEST)
        || in_brackets("[", "]")
        || in_brackets("【", "】")
        || in_brackets("{", "}")
        || text.chars().all(is_digit_or_symbol)
}

/// True for digits, symbols, punctuation and spaces, in ASCII and in the Unicode blocks that Chinese text uses.
const fn is_digit_or_symbol(character: char) -> bool {
    match character {
        '\0'..='\u{7f}' => !character.is_ascii_alphabetic(),
        '\u{2000}'..='\u{206f}' // General Punctuation
        | '\u{3000}'..='\u{303f}' // CJK Symbols and Punctuation
        | '\u{ff00}'..='\u{ff20}' | '\u{ffe0}'..='\u{ffee}' => true, // full-width digits and symbols
        _ => false,
    }
}
