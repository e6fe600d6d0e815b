//! What a tap on the notification does.

use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::json::{MAX_OWNED_PAIRS, Map, MapError, MapValue};
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::{Notification, SkipType};

/// What a tap on the notification does: the *click event* of the IM console, `skipType` and `skipContent` of vivo.
///
/// Content passes through to the app ([`Ext`]) with "open app" and "open a screen" only, says the guide; so "open URL"
/// has no place for it.
///
/// ```
/// use offline_push::vivo::{Notification, SkipType};
/// use offline_push::{ClickAction, Ext, IntentUri};
///
/// let mut push = Notification::new("title", "content", "request-1");
/// let action = ClickAction::OpenScreen {
///     intent: IntentUri::new("intent://com.example/detail#Intent;scheme=pushscheme;end")?,
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
    /// Opens the app's home screen; the default.
    OpenApp {
        /// What the app is given.
        ext: Option<Ext<'a>>,
    },
    /// Opens the browser.
    OpenUrl(WebUrl<'a>),
    /// Opens a screen of the app ("specific app interface"). Its activity must be exported, else vivo's receipts say 2161.
    OpenScreen {
        /// Which one.
        intent: IntentUri<'a>,
        /// What the app is given.
        ext: Option<Ext<'a>>,
    },
    /// Hands free text to the app's receiver: vivo's `skipType` 3, which client SDK 480 and later no longer obey. The IM
    /// console does not offer it. At most 1024 UTF-16 units.
    Custom(&'a str),
}

impl<'a> ClickAction<'a> {
    /// Key of the ext among the pairs that the app is given (`upsNotificationMessage.getParams().get("ext")`).
    pub const EXT_KEY: &'static str = "ext";

    /// vivo's number.
    #[must_use]
    pub const fn skip_type(&self) -> SkipType {
        match self {
            Self::OpenApp { .. } => SkipType::OPEN_APP,
            Self::OpenUrl(_) => SkipType::OPEN_URL,
            Self::OpenScreen { .. } => SkipType::OPEN_SCREEN,
            Self::Custom(_) => SkipType::CUSTOM,
        }
    }

    /// What goes with the number.
    #[must_use]
    pub const fn skip_content(&self) -> Option<&'a str> {
        match self {
            Self::OpenApp { .. } => None,
            Self::OpenUrl(url) => Some(url.as_str()),
            Self::OpenScreen { intent, .. } => Some(intent.as_str()),
            Self::Custom(text) => Some(text),
        }
    }

    /// Whether content passes through to the app.
    #[must_use]
    pub const fn carries_ext(&self) -> bool {
        matches!(self, Self::OpenApp { .. } | Self::OpenScreen { .. })
    }

    /// The content that passes through.
    #[must_use]
    pub const fn ext(&self) -> Option<Ext<'a>> {
        match self {
            Self::OpenApp { ext } | Self::OpenScreen { ext, .. } => *ext,
            Self::OpenUrl(_) | Self::Custom(_) => None,
        }
    }

    /// The same action with other content, where it [carries](Self::carries_ext) any.
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

impl<'a> Notification<'a> {
    /// What a tap does: a view of `skipType`, `skipContent` and the pair `ext` of `clientCustomMap`.
    ///
    /// Where nothing passes through (a URL), a pair `ext` is no part of the view.
    ///
    /// # Errors
    ///
    /// `skipType` missing or not 1 to 4, `skipContent` missing where it is needed, or not of the kind needed; an `ext`
    /// that is not text, as one of Tencent's own test scripts sends it.
    pub fn click_action(&self) -> Result<ClickAction<'a>, CheckError> {
        const CONTENT: CheckError = CheckError::new("skipContent", Rule::Missing);
        let content = self.skip_content.filter(|content| !content.is_empty());
        let ext = match self.client_custom_map.as_ref().and_then(|map| map.get(ClickAction::EXT_KEY)) {
            None => Ok(None),
            Some(MapValue::Text(text)) => Ok(Some(Ext::from(text))),
            Some(MapValue::Raw(_)) => Err(CheckError::new("clientCustomMap", Rule::NotText)),
        };
        match self.skip_type {
            None => Err(CheckError::new("skipType", Rule::Missing)),
            Some(SkipType::OPEN_APP) => Ok(ClickAction::OpenApp { ext: ext? }),
            Some(SkipType::OPEN_URL) => WebUrl::new(content.ok_or(CONTENT)?).map(ClickAction::OpenUrl),
            Some(SkipType::OPEN_SCREEN) => {
                Ok(ClickAction::OpenScreen { intent: IntentUri::new(content.ok_or(CONTENT)?)?, ext: ext? })
            }
            Some(SkipType::CUSTOM) => content.map(ClickAction::Custom).ok_or(CONTENT),
            Some(_) => Err(CheckError::new("skipType", Rule::OutOfRange { min: 1, max: 4 })),
        }
    }

    /// Says what a tap does: sets `skipType`, `skipContent` and the pair `ext` of `clientCustomMap`, whose other pairs
    /// stay. An action without ext takes the pair away.
    ///
    /// # Errors
    ///
    /// The notification is left as it was where `clientCustomMap` has no room for the pair (it owns
    /// [`MAX_OWNED_PAIRS`]) or holds values that are not text, or the ext is not text ([`Rule::NotText`]).
    pub fn set_click_action(&mut self, action: ClickAction<'a>) -> Result<(), CheckError> {
        const MAP: &str = "clientCustomMap";
        let text = match action.ext() {
            Some(ext) => Some(ext.as_str().ok_or(CheckError::new(MAP, Rule::NotText))?),
            None => None,
        };
        let had = self.client_custom_map.as_ref().is_some_and(|map| map.get(ClickAction::EXT_KEY).is_some());
        if had || text.is_some() {
            let refused = |error| {
                let rule = match error {
                    MapError::NotText => Rule::NotText,
                    _ => Rule::TooMany { max: MAX_OWNED_PAIRS as u32 },
                };
                CheckError::new(MAP, rule)
            };
            let others = |map: &Map<'a>| map.owned(|key| key != ClickAction::EXT_KEY);
            let mut pairs =
                self.client_custom_map.as_ref().map_or(Ok(Map::new()), others).map_err(refused)?;
            if let Some(text) = text {
                pairs.insert(ClickAction::EXT_KEY, text).map_err(refused)?;
            }
            self.client_custom_map = (!pairs.is_empty()).then_some(pairs);
        }
        self.skip_type = Some(action.skip_type());
        self.skip_content = action.skip_content();
        Ok(())
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
mod tests {
    use super::ClickAction;
    use crate::check::{CheckError, Rule};
    use crate::ext::Ext;
    use crate::json::{self, MAX_OWNED_PAIRS, Map};
    use crate::uri::{IntentUri, WebUrl};
    use crate::vivo::{Notification, SkipType};

    fn actions() -> [ClickAction<'static>; 6] {
        let ext = Some(Ext::from(r#"{"level":15}"#));
        let intent = IntentUri::new("intent:#Intent;end").unwrap();
        [
            ClickAction::OpenApp { ext: None },
            ClickAction::OpenApp { ext },
            ClickAction::OpenUrl(WebUrl::new("https://cloud.tencent.com/").unwrap()),
            ClickAction::OpenScreen { intent, ext: None },
            ClickAction::OpenScreen { intent, ext },
            ClickAction::Custom("text"),
        ]
    }

    #[test]
    fn every_action_is_read_as_it_was_set_whatever_was_there_before() {
        let mut push = Notification::new("title", "content", "id");
        for before in actions() {
            for action in actions() {
                push.set_click_action(before).unwrap();
                push.set_click_action(action).unwrap();
                assert_eq!(push.click_action(), Ok(action));
                assert_eq!(push.client_custom_map.is_some(), action.ext().is_some());
            }
        }
    }

    #[test]
    fn a_url_carries_no_ext_and_the_other_pairs_stay() {
        let mut push = Notification::new("title", "content", "id");
        push.client_custom_map = Some(Map::from_slice(&[("k1", "v1"), ("ext", "old"), ("k2", "v2")]));
        for action in actions() {
            push.set_click_action(action).unwrap();
            let map = push.client_custom_map.as_ref().unwrap();
            assert_eq!(map.text("ext").map(Ext::from), action.ext());
            assert_eq!((map.text("k1"), map.text("k2")), (Some("v1"), Some("v2")));
        }
        let url = actions()[2];
        assert_eq!(url.with_ext(Some(Ext::from("x"))), url);
    }

    #[test]
    fn what_the_view_cannot_read_it_names() {
        let refused = |skip_type: i32, content: Option<&'static str>| {
            let mut push = Notification::new("title", "content", "id");
            push.skip_type = Some(SkipType::new(skip_type));
            push.skip_content = content;
            push.click_action().unwrap_err()
        };
        for skip_type in [2, 3, 4] {
            for content in [None, Some("")] {
                assert_eq!(refused(skip_type, content), CheckError::new("skipContent", Rule::Missing));
            }
        }
        assert_eq!(refused(2, Some("intent:#Intent;end")).rule, Rule::NotWebUrl);
        assert_eq!(refused(4, Some("https://a")).rule, Rule::NotIntentUri);
        assert_eq!(refused(5, None), CheckError::new("skipType", Rule::OutOfRange { min: 1, max: 4 }));
        let push = Notification::new("title", "content", "id");
        assert_eq!(push.click_action(), Err(CheckError::new("skipType", Rule::Missing)));

        let sent =
            r#"{"title":"t","content":"c","requestId":"1","skipType":1,"clientCustomMap":{"ext":{"a":""}}}"#;
        let push: Notification<'_> = json::from_str(sent).unwrap();
        assert_eq!(push.click_action(), Err(CheckError::new("clientCustomMap", Rule::NotText)));
    }

    #[test]
    fn an_action_that_does_not_fit_leaves_the_notification_as_it_was() {
        let pairs: std::vec::Vec<_> = (0..MAX_OWNED_PAIRS).map(|index| std::format!("{index}")).collect();
        let pairs: std::vec::Vec<_> = pairs.iter().map(|key| (key.as_str(), "")).collect();
        let mut push = Notification::new("title", "content", "id");
        push.client_custom_map = Some(Map::from_slice(&pairs));
        let before = push.clone();
        let full = push.set_click_action(actions()[1]).unwrap_err();
        assert_eq!(full, CheckError::new("clientCustomMap", Rule::TooMany { max: 16 }));
        let bytes = push.set_click_action(ClickAction::OpenApp { ext: Some(Ext::new(b"\xff")) }).unwrap_err();
        assert_eq!(bytes, CheckError::new("clientCustomMap", Rule::NotText));
        assert_eq!(push, before);
    }
}
