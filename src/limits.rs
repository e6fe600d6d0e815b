//! How much text each vendor shows, and how Tencent cuts what is longer.
//!
//! Tencent's IM server cuts title and content for the vendor it pushes through (trtc.io/document/77715). All lengths here are
//! in UTF-16 units, as that page counts: a character beyond U+FFFF, an emoji say, is two.
//!
//! ```
//! use offline_push::Vendor;
//! use offline_push::limits::{cut, cut_into, cut_len};
//! use offline_push::tim::PushStyle;
//!
//! let limits = Vendor::MEIZU.text_limits(PushStyle::DEFAULT).ok_or("no limits")?;
//! assert_eq!((limits.title, limits.content), (32, 100));
//!
//! let title = "A title that is a little too long for Meizu";
//! let mut buffer = [0; cut_len(32)];
//! assert_eq!(cut_into(title, limits.title, &mut buffer)?, "A title that is a little too ...");
//! assert_eq!(cut_into("short", limits.title, &mut buffer)?, "short");
//!
//! // Without a buffer: where it would be cut, if at all.
//! let shown = cut(title, limits.title).ok_or("not cut")?;
//! assert_eq!(shown.kept(), "A title that is a little too ");
//! assert_eq!(shown.to_string(), "A title that is a little too ...");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

use core::fmt;

use crate::bytes::BufferFull;
use crate::uri_writer::UriWriter;

/// Stands at the end of what was cut.
const ELLIPSIS: &str = "...";

/// How much of a title and a content a vendor shows, in UTF-16 units (trtc.io/document/77715).
///
/// | | Huawei | Honor | Xiaomi | OPPO | vivo | Meizu |
/// |---|---|---|---|---|---|---|
/// | `title` | 60 | 50 | 50 | 50 | 40 | 32 |
/// | `content` | 600 | 400 | 128 | 50, or 128 with [`PushStyle::LARGE_TEXT`] | 100 | 100 |
///
/// These are Tencent's numbers. The vendors' own differ in part: vivo's newest text counts characters, not units, so that
/// it shows no less; Xiaomi's speaks of less than 50 and less than 128.
///
/// [`Vendor::text_limits`](crate::Vendor::text_limits) picks one.
///
/// [`PushStyle::LARGE_TEXT`]: crate::tim::PushStyle::LARGE_TEXT
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct TextLimits {
    /// Of the title, in UTF-16 units.
    pub title: usize,
    /// Of the content, in UTF-16 units.
    pub content: usize,
}

impl TextLimits {
    /// Huawei's.
    pub const HUAWEI: Self = Self::new(60, 600);
    /// Honor's.
    pub const HONOR: Self = Self::new(50, 400);
    /// Xiaomi's.
    pub const XIAOMI: Self = Self::new(50, 128);
    /// OPPO's, with one line of text.
    pub const OPPO: Self = Self::new(50, 50);
    /// OPPO's, with [`PushStyle::LARGE_TEXT`](crate::tim::PushStyle::LARGE_TEXT).
    pub const OPPO_LARGE_TEXT: Self = Self::new(50, 128);
    /// vivo's.
    pub const VIVO: Self = Self::new(40, 100);
    /// Meizu's.
    pub const MEIZU: Self = Self::new(32, 100);

    /// Limits of one's own, in UTF-16 units.
    #[must_use]
    pub const fn new(title: usize, content: usize) -> Self {
        Self { title, content }
    }
}

/// A text longer than its limit, as Tencent shows it: its beginning, then three dots. `Display` writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Cut<'a> {
    kept: &'a str,
    dots: &'static str,
}

impl<'a> Cut<'a> {
    /// What is left of the text.
    #[must_use]
    pub const fn kept(&self) -> &'a str {
        self.kept
    }

    /// Bytes of the whole, dots and all; at most [`cut_len`].
    #[must_use]
    pub const fn byte_len(&self) -> usize {
        self.kept.len().saturating_add(self.dots.len())
    }

    /// Writes it to the start of a buffer.
    ///
    /// # Errors
    ///
    /// [`BufferFull`]; a buffer of [`cut_len`] never is.
    pub fn write<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        let mut output = UriWriter::new(buffer);
        output.put(self.kept);
        output.put(self.dots);
        output.finish()
    }
}

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kept)?;
        f.write_str(self.dots)
    }
}

/// Where a text longer than `limit` UTF-16 units is cut; `None` for one that is not.
///
/// The first `limit` - 3 units stay, and "..." follows (trtc.io/document/77715). The page does not say what becomes of a
/// character that would be cut in two: here it goes as a whole. Characters that combine into one sign may be parted. A
/// limit below 3, which no vendor has, leaves as many dots as it is.
///
/// ```
/// use offline_push::limits::cut;
///
/// assert_eq!(cut("seven", 5), None);
/// assert_eq!(cut("seven o'clock", 10).map(|cut| cut.to_string()).as_deref(), Some("seven o..."));
/// // An emoji is two units: five of them are ten, and of six the fourth does not fit into seven.
/// assert_eq!(cut(&"😀".repeat(5), 10), None);
/// assert_eq!(cut(&"😀".repeat(6), 10).map(|cut| cut.to_string()), Some("😀".repeat(3) + "..."));
/// ```
#[must_use]
pub fn cut(text: &str, limit: usize) -> Option<Cut<'_>> {
    let dots = ELLIPSIS.get(..limit).unwrap_or(ELLIPSIS);
    let (mut units, mut end) = (0usize, 0usize);
    for (at, character) in text.char_indices() {
        units = units.saturating_add(character.len_utf16());
        if units.saturating_add(dots.len()) <= limit {
            end = at.saturating_add(character.len_utf8());
        }
        if units > limit {
            return text.get(..end).map(|kept| Cut { kept, dots });
        }
    }
    None
}

/// The text as Tencent shows it within `limit` UTF-16 units: itself, or cut (see [`cut`]) and written to the start of a
/// buffer.
///
/// # Errors
///
/// [`BufferFull`] if the text has to be cut and the buffer is too short; one of [`cut_len`] never is.
///
/// ```
/// use offline_push::limits::{TextLimits, cut_into, cut_len};
///
/// const TITLE: usize = TextLimits::VIVO.title;
/// let mut buffer = [0; cut_len(TITLE)];
/// let long = "今晚七点在老地方见".repeat(5);
/// assert_eq!(cut_into(&long, TITLE, &mut buffer)?, "今晚七点在老地方见".repeat(4) + "今...");
/// assert_eq!(cut_into("今晚", TITLE, &mut [])?, "今晚");
/// assert!(cut_into(&long, TITLE, &mut []).is_err());
/// # Ok::<(), offline_push::BufferFull>(())
/// ```
pub fn cut_into<'t>(text: &'t str, limit: usize, buffer: &'t mut [u8]) -> Result<&'t str, BufferFull> {
    match cut(text, limit) {
        Some(cut) => cut.write(buffer),
        None => Ok(text),
    }
}

/// Bytes that suffice for any text cut to `limit` UTF-16 units: three for each unit that stays (no character takes more), one
/// for each dot.
#[must_use]
pub const fn cut_len(limit: usize) -> usize {
    let dots = if limit < ELLIPSIS.len() { limit } else { ELLIPSIS.len() };
    limit.saturating_sub(dots).saturating_mul(3).saturating_add(dots)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::string::{String, ToString};

    use proptest::prelude::*;

    use super::{Cut, TextLimits, cut, cut_into, cut_len};
    use crate::Vendor;
    use crate::bytes::BufferFull;
    use crate::tim::PushStyle;

    fn units(text: &str) -> usize {
        text.encode_utf16().count()
    }

    #[test]
    fn the_table_is_tencents() {
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
        for vendor in [Vendor::GOOGLE, Vendor::new(2007), Vendor::new(0)] {
            assert_eq!((vendor.text_limits(large), vendor.text_limits(PushStyle::DEFAULT)), (None, None));
        }
    }

    #[test]
    fn every_vendor_shows_a_text_at_its_limit_and_cuts_one_beyond_it() {
        for number in 2000..=2006 {
            let Some(limits) = Vendor::new(number).text_limits(PushStyle::DEFAULT) else { continue };
            for limit in [limits.title, limits.content] {
                for sign in ["a", "é", "中"] {
                    assert_eq!(cut(&sign.repeat(limit), limit), None);
                    let shown = cut(&sign.repeat(limit + 1), limit).unwrap().to_string();
                    assert_eq!(shown, sign.repeat(limit - 3) + "...");
                }
            }
        }
    }

    #[test]
    fn a_character_of_two_units_is_kept_or_dropped_as_a_whole() {
        let odd = String::from("a") + &"😀".repeat(25);
        assert_eq!(cut(&"😀".repeat(26), 50).unwrap().kept(), "😀".repeat(23), "46 of 47 units");
        assert_eq!(cut(&odd, 50).unwrap().kept(), String::from("a") + &"😀".repeat(23), "47 of 47 units");
    }

    #[test]
    fn a_limit_below_three_leaves_that_many_dots() {
        let shown = |limit| cut("long", limit).map(|cut| cut.to_string());
        let dots = ["", ".", "..", "..."];
        for (limit, dots) in dots.into_iter().enumerate() {
            assert_eq!(shown(limit).as_deref(), Some(dots));
        }
        assert_eq!(shown(4), None);
        assert_eq!(cut("", 0), None);
    }

    #[test]
    fn the_longest_texts_fill_the_promised_buffer_and_no_other() {
        for limit in 0..130 {
            let longest = cut_into(&"中".repeat(limit + 1), limit, &mut [0; 400]).map(str::len);
            assert_eq!(longest, Ok(cut_len(limit)), "{limit}");
        }
        assert_eq!(cut_len(usize::MAX), usize::MAX);
    }

    #[test]
    fn a_short_buffer_is_an_error_that_says_how_long_it_must_be() {
        let text = "中".repeat(41);
        for length in 0..=114 {
            let mut buffer = [0; 114];
            let shown = cut_into(&text, 40, buffer.get_mut(..length).unwrap()).map(str::len);
            assert_eq!(shown, if length < 114 { Err(BufferFull { needed: 114 }) } else { Ok(114) });
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn whatever_is_cut_keeps_the_limit_and_as_much_as_fits(
            text in prop_oneof!["[a中é😀\u{301}]{0,80}", any::<String>()],
            limit in 0..70usize,
        ) {
            let mut buffer = [0; cut_len(70)];
            match cut(&text, limit) {
                None => {
                    prop_assert!(units(&text) <= limit);
                    prop_assert_eq!(cut_into(&text, limit, &mut []), Ok(&*text));
                }
                Some(cut) => {
                    prop_assert!(units(&text) > limit);
                    let shown = cut.to_string();
                    prop_assert_eq!(cut_into(&text, limit, &mut buffer), Ok(&*shown));
                    prop_assert_eq!(shown.len(), cut.byte_len());
                    prop_assert!(cut.byte_len() <= cut_len(limit));
                    let Cut { kept, dots } = cut;
                    prop_assert!(text.starts_with(kept) && dots.len() == limit.min(3));
                    // What is missing to the limit is less than the next character.
                    let next = text.get(kept.len()..).unwrap().chars().next().unwrap();
                    let missing = limit - units(&shown);
                    prop_assert!(missing < next.len_utf16());
                }
            }
        }
    }
}
