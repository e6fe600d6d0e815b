//! What a tap on a notification does.

use core::fmt;

use crate::bytes::trim;
use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::json::show::show;
use crate::uri::{IntentUri, WebUrl};

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
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClickAction<'a> {
    /// Opens the app's home screen. This is the default.
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
    /// Passes free text to the app's receiver: vivo's `skipType` 3. Client SDKs 480 and later ignore this text, and the IM
    /// console does not offer this action. The text has at most 1024 UTF-16 units.
    Custom(&'a str),
}

show! { enum ClickAction<'_> { OpenApp { ext }, OpenUrl(url), OpenScreen { intent, ext }, Custom(text) } }

/// The *click event* of the IM console: the choice for all pushes of the app, saved with the certificate. `Display` writes the
/// console's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ClickEvent {
    /// *Open app*. This is the default.
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
    /// The action for the console's choice and the text that was entered there. "Open app" ignores the text. White space
    /// around the text is removed.
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
        let entered = trim(entered);
        let present = if entered.is_empty() { None } else { Some(entered) };
        let content = present.ok_or(CheckError::new("skipContent", Rule::Missing));
        match event {
            ClickEvent::OpenApp => Ok(Self::OpenApp { ext: None }),
            ClickEvent::OpenUrl => WebUrl::try_new(content?).map(Self::OpenUrl),
            ClickEvent::OpenScreen => {
                Ok(Self::OpenScreen { intent: IntentUri::try_new(content?)?, ext: None })
            }
        }
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

    /// Key of the ext in the pairs that the app gets (`upsNotificationMessage.getParams().get("ext")`).
    pub const EXT_KEY: &'static str = "ext";

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

    /// The same action with another ext. This has no effect if the action does not [carry](Self::carries_ext) an ext.
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
pub(crate) mod tests;
