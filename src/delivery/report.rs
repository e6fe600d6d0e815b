//! What differs between the sender's options and the push.

use core::fmt;

use super::ext::ExtDropped;
#[cfg(doc)]
use super::{DEFAULT_CONTENT, DEFAULT_TITLE};

/// What [`compose`](super::compose) has truncated, dropped or filled in. `Display` writes a list in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct ComposeReport {
    /// The title is longer than vivo shows (40 UTF-16 units): its first 37 units and "..." were sent.
    pub title_truncated: bool,
    /// The description is longer than vivo shows (100 UTF-16 units): its first 97 units and "..." were sent.
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
    };

    const fn lines(&self) -> [(bool, &'static str); 9] {
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
        ]
    }

    /// True if the push has everything that the sender asked for, unchanged.
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
