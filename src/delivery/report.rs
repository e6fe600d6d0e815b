//! What became of the sender's wishes.

use core::fmt;

/// What was cut, dropped or filled in on the way to vivo. Shown as a list in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Report {
    /// The title is longer than vivo shows (40 UTF-16 units): its first 37 and "..." were sent.
    pub title_cut: bool,
    /// The description is longer than vivo shows (100 UTF-16 units): its first 97 and "..." were sent.
    pub content_cut: bool,
    /// There is no title: [`DEFAULT_TITLE`](super::DEFAULT_TITLE) was sent.
    pub default_title: bool,
    /// There is a sound for Android; vivo takes none, says the guide's FAQ.
    pub sound_dropped: bool,
    /// There is an ext, and a click event through which none passes ("open URL").
    pub ext_dropped: bool,
    /// There are `vendorParams` that cannot be read, so that a `vivoNotifyType` in them is lost.
    pub vendor_params_dropped: bool,
    /// There is a template of texts, which the IM server alone can fill in: title and description were sent as they are.
    pub template_dropped: bool,
    /// There are texts in other languages; which one the receiver wants, the IM server alone knows.
    pub languages_dropped: bool,
    /// There is a number for the badge, which Tencent sends to Apple, Huawei, Honor and Harmony only.
    pub badge_dropped: bool,
}

impl Report {
    fn lines(&self) -> [(bool, &'static str); 9] {
        [
            (self.title_cut, "title cut"),
            (self.content_cut, "content cut"),
            (self.default_title, "default title"),
            (self.sound_dropped, "sound dropped"),
            (self.ext_dropped, "ext dropped"),
            (self.vendor_params_dropped, "vendor parameters dropped"),
            (self.template_dropped, "template dropped"),
            (self.languages_dropped, "languages dropped"),
            (self.badge_dropped, "badge dropped"),
        ]
    }

    /// True if all was sent as the sender wished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines().iter().all(|(applies, _)| !applies)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("sent as it was");
        }
        let mut separator = "";
        for (_, line) in self.lines().into_iter().filter(|(applies, _)| *applies) {
            write!(f, "{separator}{line}")?;
            separator = ", ";
        }
        Ok(())
    }
}
