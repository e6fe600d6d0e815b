//! What happens to an ext that vivo cannot pass to the app.

use core::fmt;

use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::ext::Ext;
use crate::vivo::utf16_len;

/// What [`compose`](super::compose) does with an ext that vivo cannot pass to the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ExtPolicy {
    /// The push is sent without the ext, and [`ComposeReport::ext_dropped`](super::ComposeReport) says why. The default.
    #[default]
    Drop,
    /// There is no push. The error names the field `ext`.
    Refuse,
}

/// Why an ext is not in the push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ExtDropped {
    /// The click event passes no ext to the app: this is so for "open URL" and for custom text.
    NotPassed,
    /// The bytes are not UTF-8. vivo's `clientCustomMap` contains texts only.
    NotText,
    /// The ext is longer than vivo's `clientCustomMap` allows.
    TooLong {
        /// Length of the ext, in UTF-16 units.
        length: usize,
        /// The maximum: [`ClickAction::MAX_EXT_LEN`].
        max: u32,
    },
}

impl ExtDropped {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotPassed => "not_passed",
            Self::NotText => "not_text",
            Self::TooLong { .. } => "too_long",
        }
    }

    /// The error of [`ExtPolicy::Refuse`].
    pub(super) const fn error(self) -> CheckError {
        let rule = match self {
            Self::NotPassed => Rule::NotAllowed,
            Self::NotText => Rule::NotText,
            Self::TooLong { max, .. } => Rule::TooLong { max },
        };
        CheckError::new("ext", rule)
    }
}

impl fmt::Display for ExtDropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPassed => f.write_str("the click event passes none"),
            Self::NotText => f.write_str("it is not text"),
            Self::TooLong { length, max } => write!(f, "it is longer than {max} UTF-16 units ({length})"),
        }
    }
}

/// The ext that the app gets: that of the sender, else that of the action.
pub(super) fn passed<'a>(
    click: &ClickAction<'a>,
    sent: Option<Ext<'a>>,
) -> Result<Option<&'a str>, ExtDropped> {
    // SDKs send an empty ext if none is set.
    let given = |ext: &Ext<'_>| !ext.is_empty();
    sent.filter(given).or(click.ext().filter(given)).map(|ext| passable(click, ext)).transpose()
}

fn passable<'a>(click: &ClickAction<'_>, ext: Ext<'a>) -> Result<&'a str, ExtDropped> {
    if !click.carries_ext() {
        return Err(ExtDropped::NotPassed);
    }
    let text = ext.as_str().ok_or(ExtDropped::NotText)?;
    let (length, max) = (utf16_len(text), ClickAction::MAX_EXT_LEN);
    let fits = u32::try_from(length).is_ok_and(|length| length <= max);
    if fits { Ok(text) } else { Err(ExtDropped::TooLong { length, max }) }
}
