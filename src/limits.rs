//! How much text each vendor shows, and how Tencent truncates longer text.
//!
//! Tencent's IM server truncates title and content for the vendor of the receiver's phone (trtc.io/document/77715). All lengths
//! here are in UTF-16 units, as on that page: a character beyond U+FFFF, such as an emoji, counts as two.
//!
//! ```
//! use offline_push::Vendor;
//! use offline_push::limits::{truncate, truncate_into, truncated_len};
//! use offline_push::tim::PushStyle;
//!
//! let limits = Vendor::MEIZU.text_limits(PushStyle::DEFAULT).ok_or("no limits")?;
//! assert_eq!((limits.title, limits.content), (32, 100));
//!
//! let title = "A title that is a little too long for Meizu";
//! let mut buffer = [0; truncated_len(32)];
//! let shown = truncate_into(title, limits.title, &mut buffer)?;
//! assert_eq!(shown, "A title that is a little too ...");
//! assert_eq!(truncate_into("short", limits.title, &mut buffer)?, "short");
//!
//! // Without a buffer.
//! let truncated = truncate(title, limits.title).ok_or("short enough")?;
//! assert_eq!(truncated.kept(), "A title that is a little too ");
//! assert_eq!(truncated.to_string(), "A title that is a little too ...");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

use core::fmt;

use crate::bytes::BufferFull;
use crate::uri_writer::UriWriter;

/// End of a truncated text.
const ELLIPSIS: &str = "...";

/// Maximum lengths of title and content that a vendor shows, in UTF-16 units (trtc.io/document/77715).
///
/// | | Huawei | Honor | Xiaomi | OPPO | vivo | Meizu |
/// |---|---|---|---|---|---|---|
/// | `title` | 60 | 50 | 50 | 50 | 40 | 32 |
/// | `content` | 600 | 400 | 128 | 50, or 128 with [`PushStyle::LARGE_TEXT`] | 100 | 100 |
///
/// These are Tencent's numbers. Some numbers of the vendors differ: vivo's newest document counts characters instead of
/// units, which never allows less text; Xiaomi's document says less than 50 and less than 128.
///
/// [`Vendor::text_limits`](crate::Vendor::text_limits) returns the limits for a vendor.
///
/// [`PushStyle::LARGE_TEXT`]: crate::tim::PushStyle::LARGE_TEXT
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct TextLimits {
    /// Maximum length of the title, in UTF-16 units.
    pub title: usize,
    /// Maximum length of the content, in UTF-16 units.
    pub content: usize,
}

impl TextLimits {
    /// Huawei.
    pub const HUAWEI: Self = Self::new(60, 600);
    /// Honor.
    pub const HONOR: Self = Self::new(50, 400);
    /// Xiaomi.
    pub const XIAOMI: Self = Self::new(50, 128);
    /// OPPO, with one line of text.
    pub const OPPO: Self = Self::new(50, 50);
    /// OPPO, with [`PushStyle::LARGE_TEXT`](crate::tim::PushStyle::LARGE_TEXT).
    pub const OPPO_LARGE_TEXT: Self = Self::new(50, 128);
    /// vivo.
    pub const VIVO: Self = Self::new(40, 100);
    /// Meizu.
    pub const MEIZU: Self = Self::new(32, 100);

    /// Other limits, in UTF-16 units.
    #[must_use]
    pub const fn new(title: usize, content: usize) -> Self {
        Self { title, content }
    }
}

/// A text over its limit, as Tencent shows it: its start and three dots. `Display` writes both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Truncated<'a> {
    kept: &'a str,
    ellipsis: &'static str,
}

impl<'a> Truncated<'a> {
    /// The part of the text that is kept.
    #[must_use]
    pub const fn kept(&self) -> &'a str {
        self.kept
    }

    /// Length of the truncated text in bytes, including the dots; at most [`truncated_len`].
    #[must_use]
    pub const fn byte_len(&self) -> usize {
        self.kept.len().saturating_add(self.ellipsis.len())
    }

    /// Writes the truncated text to the start of a buffer.
    ///
    /// # Errors
    ///
    /// [`BufferFull`]. A buffer of [`truncated_len`] bytes is always long enough.
    pub fn write<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        let mut writer = UriWriter::new(buffer);
        writer.put(self.kept);
        writer.put(self.ellipsis);
        writer.finish()
    }
}

impl fmt::Display for Truncated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kept)?;
        f.write_str(self.ellipsis)
    }
}

/// Truncates a text to at most `limit` UTF-16 units. `None` if the text is short enough.
///
/// The first `limit` - 3 units are kept, and `...` follows (trtc.io/document/77715). A character of two units is never split: it is
/// dropped if only one unit fits (the page does not document this case). Characters that combine into one glyph may be separated.
/// With a limit below 3, which no vendor has, only `limit` dots remain.
///
/// ```
/// use offline_push::limits::truncate;
///
/// assert_eq!(truncate("seven", 5), None);
/// let shown = |text| truncate(text, 10).map(|truncated| truncated.to_string());
/// assert_eq!(shown("seven o'clock").as_deref(), Some("seven o..."));
/// // An emoji is two units: five are 10 units; of six, only three fit into 7 units.
/// assert_eq!(shown("😀😀😀😀😀"), None);
/// assert_eq!(shown("😀😀😀😀😀😀").as_deref(), Some("😀😀😀..."));
/// ```
#[must_use]
pub fn truncate(text: &str, limit: usize) -> Option<Truncated<'_>> {
    let ellipsis = ELLIPSIS.get(..limit).unwrap_or(ELLIPSIS);
    let (mut units, mut end) = (0usize, 0usize);
    for (at, character) in text.char_indices() {
        units = units.saturating_add(character.len_utf16());
        if units.saturating_add(ellipsis.len()) <= limit {
            end = at.saturating_add(character.len_utf8());
        }
        if units > limit {
            return text.get(..end).map(|kept| Truncated { kept, ellipsis });
        }
    }
    None
}

/// Truncates a text to at most `limit` UTF-16 units, as [`truncate`] does, and writes it to the start of a buffer. A text that is
/// short enough is returned as it is.
///
/// # Errors
///
/// [`BufferFull`] if the text is too long and the buffer is too short. [`truncated_len`] bytes are always long enough.
///
/// ```
/// use offline_push::limits::{TextLimits, truncate_into, truncated_len};
///
/// const TITLE: usize = TextLimits::VIVO.title;
/// let mut buffer = [0; truncated_len(TITLE)];
/// let long = "今晚七点在老地方见".repeat(5);
/// let shown = truncate_into(&long, TITLE, &mut buffer)?;
/// assert_eq!(shown, "今晚七点在老地方见".repeat(4) + "今...");
/// assert_eq!(truncate_into("今晚", TITLE, &mut [])?, "今晚");
/// assert!(truncate_into(&long, TITLE, &mut []).is_err());
/// # Ok::<(), offline_push::BufferFull>(())
/// ```
pub fn truncate_into<'t>(text: &'t str, limit: usize, buffer: &'t mut [u8]) -> Result<&'t str, BufferFull> {
    match truncate(text, limit) {
        Some(truncated) => truncated.write(buffer),
        None => Ok(text),
    }
}

/// Length of a buffer for any text truncated to `limit` UTF-16 units, in bytes: three for each unit that is kept (no character
/// takes more), and one for each dot.
#[must_use]
pub const fn truncated_len(limit: usize) -> usize {
    let dots = if limit < ELLIPSIS.len() { limit } else { ELLIPSIS.len() };
    limit.saturating_sub(dots).saturating_mul(3).saturating_add(dots)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::string::{String, ToString};

    use proptest::prelude::*;

    use super::{TextLimits, Truncated, truncate, truncate_into, truncated_len};
    use crate::Vendor;
    use crate::bytes::BufferFull;
    use crate::tim::PushStyle;

    fn units(text: &str) -> usize {
        text.encode_utf16().count()
    }

    #[test]
    fn text_limits_equal_tencents_table() {
        let large = PushStyle::LARGE_TEXT;
        for (vendor, style, title, content) in [
            (Vendor::HUAWEI, PushStyle::DEFAULT, 60, 600),
            (Vendor::HUAWEI, large, 60, 600),
            (Vendor::HONOR, PushStyle::DEFAULT, 50, 400),
            (Vendor::HONOR, large, 50, 400),
            (Vendor::XIAOMI, PushStyle::DEFAULT, 50, 128),
            (Vendor::XIAOMI, large, 50, 128),
            (Vendor::OPPO, PushStyle::DEFAULT, 50, 50),
            (Vendor::OPPO, PushStyle::new(2), 50, 50),
            (Vendor::OPPO, large, 50, 128),
            (Vendor::VIVO, PushStyle::DEFAULT, 40, 100),
            (Vendor::VIVO, large, 40, 100),
            (Vendor::MEIZU, PushStyle::DEFAULT, 32, 100),
            (Vendor::MEIZU, large, 32, 100),
        ] {
            assert_eq!(vendor.text_limits(style), Some(TextLimits::new(title, content)), "{vendor}");
        }
        for vendor in [Vendor::GOOGLE, Vendor::NIO, Vendor::new(2008), Vendor::new(0)] {
            assert_eq!((vendor.text_limits(large), vendor.text_limits(PushStyle::DEFAULT)), (None, None));
        }
    }

    #[test]
    fn truncate_at_the_limit_of_each_vendor() {
        for number in 2000..=2006 {
            let Some(limits) = Vendor::new(number).text_limits(PushStyle::DEFAULT) else { continue };
            for limit in [limits.title, limits.content] {
                for sign in ["a", "é", "中"] {
                    assert_eq!(truncate(&sign.repeat(limit), limit), None);
                    let shown = truncate(&sign.repeat(limit + 1), limit).unwrap().to_string();
                    assert_eq!(shown, sign.repeat(limit - 3) + "...");
                }
            }
        }
    }

    #[test]
    fn truncate_never_splits_a_character() {
        let odd = String::from("a") + &"😀".repeat(25);
        assert_eq!(truncate(&"😀".repeat(26), 50).unwrap().kept(), "😀".repeat(23), "46 of 47 units");
        assert_eq!(
            truncate(&odd, 50).unwrap().kept(),
            String::from("a") + &"😀".repeat(23),
            "47 of 47 units"
        );
    }

    #[test]
    fn truncate_limit_below_three_leaves_dots() {
        let shown = |limit| truncate("long", limit).map(|truncated| truncated.to_string());
        let dots = ["", ".", "..", "..."];
        for (limit, dots) in dots.into_iter().enumerate() {
            assert_eq!(shown(limit).as_deref(), Some(dots));
        }
        assert_eq!(shown(4), None);
        assert_eq!(truncate("", 0), None);
    }

    #[test]
    fn truncated_len_is_exact_for_the_longest_text() {
        for limit in 0..130 {
            let longest = truncate_into(&"中".repeat(limit + 1), limit, &mut [0; 400]).map(str::len);
            assert_eq!(longest, Ok(truncated_len(limit)), "{limit}");
        }
        assert_eq!(truncated_len(usize::MAX), usize::MAX);
    }

    #[test]
    fn truncate_into_short_buffer_tells_the_bytes_needed() {
        let text = "中".repeat(41);
        for length in 0..=114 {
            let mut buffer = [0; 114];
            let shown = truncate_into(&text, 40, buffer.get_mut(..length).unwrap()).map(str::len);
            assert_eq!(shown, if length < 114 { Err(BufferFull { needed: 114 }) } else { Ok(114) });
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn truncate_keeps_as_much_as_fits(
            text in prop_oneof!["[a中é😀\u{301}]{0,80}", any::<String>()],
            limit in 0..70usize,
        ) {
            let mut buffer = [0; truncated_len(70)];
            match truncate(&text, limit) {
                None => {
                    prop_assert!(units(&text) <= limit);
                    prop_assert_eq!(truncate_into(&text, limit, &mut []), Ok(&*text));
                }
                Some(truncated) => {
                    prop_assert!(units(&text) > limit);
                    let shown = truncated.to_string();
                    prop_assert_eq!(truncate_into(&text, limit, &mut buffer), Ok(&*shown));
                    prop_assert_eq!(shown.len(), truncated.byte_len());
                    prop_assert!(truncated.byte_len() <= truncated_len(limit));
                    let Truncated { kept, ellipsis } = truncated;
                    prop_assert!(text.starts_with(kept) && ellipsis.len() == limit.min(3));
                    // The next character would not fit.
                    let next = text.get(kept.len()..).unwrap().chars().next().unwrap();
                    let missing = limit - units(&shown);
                    prop_assert!(missing < next.len_utf16());
                }
            }
        }
    }
}
