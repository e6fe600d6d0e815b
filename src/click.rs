//! What a tap on a notification does.

use core::fmt;

use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::{Rules, SkipType};

/// What a tap on a notification does: the *click event* of the IM console, and vivo's `skipType` and `skipContent`.
///
/// Only "open app" and "open a screen" pass an [`Ext`] to the app (the guide).
///
/// ```
/// use offline_push::vivo::{Notification, SkipType};
/// use offline_push::{ClickAction, Ext, IntentUri};
///
/// let mut push = Notification::new("title", "content", "request-1");
/// let action = ClickAction::OpenScreen {
///     intent: IntentUri::try_new("intent://com.example/detail#Intent;scheme=pushscheme;end")?,
///     ext: Some(Ext::from("ext content")),
/// };
/// push.set_click_action(action)?;
///
/// assert_eq!(push.skip_type, Some(SkipType::OPEN_SCREEN));
/// assert_eq!(push.skip_content, Some("intent://com.example/detail#Intent;scheme=pushscheme;end"));
/// assert_eq!(push.client_custom_map.as_ref().and_then(|map| map.text("ext")), Some("ext content"));
/// assert_eq!(push.click_action()?, action);
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ClickAction<'a> {
    /// Opens the app's home screen. The default.
    OpenApp {
        /// The ext that the app gets.
        ext: Option<Ext<'a>>,
    },
    /// Opens the browser.
    OpenUrl(WebUrl<'a>),
    /// Opens a screen of the app ("specific app interface"), named by an Android intent URI or a URI with the app's own scheme. The
    /// activity must be exported, or vivo's receipts report 2161.
    OpenScreen {
        /// The screen.
        intent: IntentUri<'a>,
        /// The ext that the app gets.
        ext: Option<Ext<'a>>,
    },
    /// Passes free text to the app's receiver: vivo's `skipType` 3. Client SDKs 480 and later ignore it, and the IM console does
    /// not offer it. At most 1024 UTF-16 units.
    Custom(&'a str),
}

/// The *click event* of the IM console: the choice for all pushes of the app, saved with the certificate. `Display` writes the
/// console's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ClickEvent {
    /// *Open app*. The default.
    #[default]
    OpenApp,
    /// *Open URL*, with a URL that starts with `http` or `https`.
    OpenUrl,
    /// *Open specific app interface*, with an intent URI.
    OpenScreen,
}

impl ClickEvent {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenApp => "open_app",
            Self::OpenUrl => "open_url",
            Self::OpenScreen => "open_screen",
        }
    }
}

impl fmt::Display for ClickEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OpenApp => "Open app",
            Self::OpenUrl => "Open URL",
            Self::OpenScreen => "Open specific app interface",
        })
    }
}

impl<'a> ClickAction<'a> {
    /// The action for the console's choice and its text field, which "open app" ignores. White space around the text is removed.
    ///
    /// # Errors
    ///
    /// The text is missing ([`Rule::Missing`]) or of the wrong kind ([`Rule::NotWebUrl`], [`Rule::NotIntentUri`]). IM itself reports
    /// an empty intent only when it pushes, with code -196.
    ///
    /// ```
    /// use offline_push::vivo::SkipType;
    /// use offline_push::{ClickAction, ClickEvent};
    ///
    /// let entered = "https://cloud.tencent.com/document/product/269";
    /// let action = ClickAction::from_console(ClickEvent::OpenUrl, entered)?;
    /// assert_eq!((action.skip_type(), action.skip_content()), (SkipType::OPEN_URL, Some(entered)));
    /// assert_eq!(action.click_event(), Some(ClickEvent::OpenUrl));
    /// assert!(ClickAction::from_console(ClickEvent::OpenScreen, "").is_err());
    /// # Ok::<(), offline_push::CheckError>(())
    /// ```
    pub fn from_console(event: ClickEvent, entered: &'a str) -> Result<Self, CheckError> {
        let skip_type = match event {
            ClickEvent::OpenApp => SkipType::OPEN_APP,
            ClickEvent::OpenUrl => SkipType::OPEN_URL,
            ClickEvent::OpenScreen => SkipType::OPEN_SCREEN,
        };
        Self::from_skip(Some(skip_type), Some(entered.trim()))
    }

    /// The choice in the console; `None` for [`Custom`](Self::Custom), which the console does not offer.
    #[must_use]
    pub const fn click_event(&self) -> Option<ClickEvent> {
        match self {
            Self::OpenApp { .. } => Some(ClickEvent::OpenApp),
            Self::OpenUrl(_) => Some(ClickEvent::OpenUrl),
            Self::OpenScreen { .. } => Some(ClickEvent::OpenScreen),
            Self::Custom(_) => None,
        }
    }

    /// The action for vivo's `skipType` and `skipContent`, without ext.
    ///
    /// # Errors
    ///
    /// - [`Rule::Missing`] for a missing `skipType`, and for a missing `skipContent` with any type except "open app".
    /// - [`Rule::OutOfRange`] for a `skipType` other than 1 to 4.
    /// - [`Rule::NotWebUrl`] or [`Rule::NotIntentUri`] for a `skipContent` of the wrong kind.
    pub fn from_skip(skip_type: Option<SkipType>, skip_content: Option<&'a str>) -> Result<Self, CheckError> {
        let content = skip_content.filter(|content| !content.is_empty());
        let content = content.ok_or(CheckError::new("skipContent", Rule::Missing));
        match skip_type {
            None => Err(CheckError::new("skipType", Rule::Missing)),
            Some(SkipType::OPEN_APP) => Ok(Self::OpenApp { ext: None }),
            Some(SkipType::OPEN_URL) => WebUrl::try_new(content?).map(Self::OpenUrl),
            Some(SkipType::OPEN_SCREEN) => {
                Ok(Self::OpenScreen { intent: IntentUri::try_new(content?)?, ext: None })
            }
            Some(SkipType::CUSTOM) => content.map(Self::Custom),
            Some(_) => Err(CheckError::new("skipType", Rule::OutOfRange { min: 1, max: 4 })),
        }
    }

    /// Checks the length of URL, URI or text against a version of vivo's rules. The types ensure the rest.
    ///
    /// # Errors
    ///
    /// [`Rule::TooLong`] with the limit of these [`Rules`]; [`Rule::Missing`] for a blank custom text.
    pub fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
        rules.check_skip(Some(self.skip_type()), self.skip_content())
    }

    /// Key of the ext in the pairs that the app gets (`upsNotificationMessage.getParams().get("ext")`).
    pub const EXT_KEY: &'static str = "ext";

    /// vivo's `skipType`.
    #[must_use]
    pub const fn skip_type(&self) -> SkipType {
        match self {
            Self::OpenApp { .. } => SkipType::OPEN_APP,
            Self::OpenUrl(_) => SkipType::OPEN_URL,
            Self::OpenScreen { .. } => SkipType::OPEN_SCREEN,
            Self::Custom(_) => SkipType::CUSTOM,
        }
    }

    /// vivo's `skipContent`; `None` for "open app".
    #[must_use]
    pub const fn skip_content(&self) -> Option<&'a str> {
        match self {
            Self::OpenApp { .. } => None,
            Self::OpenUrl(url) => Some(url.as_str()),
            Self::OpenScreen { intent, .. } => Some(intent.as_str()),
            Self::Custom(text) => Some(text),
        }
    }

    /// True if the app gets an ext with this action.
    #[must_use]
    pub const fn carries_ext(&self) -> bool {
        matches!(self, Self::OpenApp { .. } | Self::OpenScreen { .. })
    }

    /// The ext that the app gets.
    #[must_use]
    pub const fn ext(&self) -> Option<Ext<'a>> {
        match self {
            Self::OpenApp { ext } | Self::OpenScreen { ext, .. } => *ext,
            Self::OpenUrl(_) | Self::Custom(_) => None,
        }
    }

    /// The same action with another ext. Without effect if the action does not [carry](Self::carries_ext) one.
    #[must_use]
    pub const fn with_ext(self, ext: Option<Ext<'a>>) -> Self {
        match self {
            Self::OpenApp { .. } => Self::OpenApp { ext },
            Self::OpenScreen { intent, .. } => Self::OpenScreen { intent, ext },
            Self::OpenUrl(_) | Self::Custom(_) => self,
        }
    }
}

impl Default for ClickAction<'_> {
    fn default() -> Self {
        Self::OpenApp { ext: None }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for ClickAction<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(match u.int_in_range(0..=3)? {
            0 => Self::OpenApp { ext: u.arbitrary()? },
            1 => Self::OpenUrl(u.arbitrary()?),
            2 => Self::OpenScreen { intent: u.arbitrary()?, ext: u.arbitrary()? },
            _ => Self::Custom(u.arbitrary()?),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
