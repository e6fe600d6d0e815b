//! What a tap on the push does: [`ClickAction`] as vivo's fields, both ways.

use super::{Notification, SkipType, len};
use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::ext::Ext;
use crate::intent::Intent;
use crate::json::{MAX_INSERTED_PAIRS, MapValue};
use crate::uri::{IntentUri, WebUrl};
use crate::vivo::rules::Rules;

/// What a tap opens, as read from vivo's fields: the action, and for a screen the intent that was read to check its URI.
#[allow(clippy::large_enum_variant)] // There is no heap to move the intent to.
pub(crate) enum Opened<'a> {
    App,
    Url(WebUrl<'a>),
    Screen(IntentUri<'a>, Intent<'a>),
    Custom(&'a str),
}

impl<'a> Opened<'a> {
    fn read(skip_type: Option<SkipType>, skip_content: Option<&'a str>) -> Result<Self, CheckError> {
        let content = skip_content.filter(|content| !content.is_empty());
        let content = content.ok_or(CheckError::new("skipContent", Rule::Missing));
        match skip_type {
            None => Err(CheckError::new("skipType", Rule::Missing)),
            Some(SkipType::OPEN_APP) => Ok(Self::App),
            Some(SkipType::OPEN_URL) => WebUrl::try_new(content?).map(Self::Url),
            Some(SkipType::OPEN_SCREEN) => {
                IntentUri::read(content?).map(|(uri, intent)| Self::Screen(uri, intent))
            }
            Some(SkipType::CUSTOM) => content.map(Self::Custom),
            Some(_) => Err(CheckError::new("skipType", Rule::OutOfRange { min: 1, max: 4 })),
        }
    }

    /// The action, without ext.
    const fn action(&self) -> ClickAction<'a> {
        match self {
            Self::App => ClickAction::OpenApp { ext: None },
            Self::Url(url) => ClickAction::OpenUrl(*url),
            Self::Screen(uri, _) => ClickAction::OpenScreen { intent: *uri, ext: None },
            Self::Custom(text) => ClickAction::Custom(text),
        }
    }
}

/// The action as vivo's `skipType` and `skipContent`.
impl<'a> ClickAction<'a> {
    /// Maximum length of an ext, in UTF-16 units: vivo's limit for all keys and values of `clientCustomMap`, without the key `ext`.
    pub const MAX_EXT_LEN: u32 = len::MAP - Self::EXT_KEY.len() as u32;

    /// The action for vivo's `skipType` and `skipContent`, without ext.
    ///
    /// # Errors
    ///
    /// - [`Rule::Missing`] for a missing `skipType`, and for a missing `skipContent` with any type except "open app".
    /// - [`Rule::OutOfRange`] for a `skipType` other than 1 to 4.
    /// - [`Rule::NotWebUrl`] or [`Rule::NotIntentUri`] for a `skipContent` of the wrong kind.
    pub fn from_skip(skip_type: Option<SkipType>, skip_content: Option<&'a str>) -> Result<Self, CheckError> {
        Opened::read(skip_type, skip_content).map(|opened| opened.action())
    }

    /// Checks the length of URL, URI or text against a version of vivo's rules. The types already ensure the other rules.
    ///
    /// # Errors
    ///
    /// [`Rule::TooLong`] with the limit of these [`Rules`]; [`Rule::Missing`] for a blank custom text.
    pub fn check_against(&self, rules: Rules) -> Result<(), CheckError> {
        rules.check_skip(Some(self.skip_type()), self.skip_content())
    }

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
}

impl<'a> Notification<'a> {
    /// What a tap does. Reads `skipType`, `skipContent` and the pair `ext` of `clientCustomMap`.
    ///
    /// For an action that carries no ext (a URL, custom text), the pair `ext` is ignored.
    ///
    /// # Errors
    ///
    /// As [`ClickAction::from_skip`], and [`Rule::NotText`] for an `ext` that is not text; one of Tencent's own test scripts
    /// sends such an `ext`.
    pub fn click_action(&self) -> Result<ClickAction<'a>, CheckError> {
        let (opened, ext) = self.opened()?;
        Ok(opened.action().with_ext(ext))
    }

    /// What a tap opens, and the ext that the app gets.
    pub(crate) fn opened(&self) -> Result<(Opened<'a>, Option<Ext<'a>>), CheckError> {
        let opened = Opened::read(self.skip_type, self.skip_content)?;
        if !opened.action().carries_ext() {
            return Ok((opened, None));
        }
        match self.client_custom_map.as_ref().and_then(|map| map.get(ClickAction::EXT_KEY)) {
            Some(MapValue::Text(text)) => Ok((opened, Some(Ext::from(text)))),
            Some(MapValue::Raw(_)) => Err(CheckError::new("clientCustomMap", Rule::NotText)),
            None => Ok((opened, None)),
        }
    }

    /// Sets what a tap does: `skipType`, `skipContent` and the pair `ext` of `clientCustomMap`. The other pairs stay. An
    /// action without ext removes the pair.
    ///
    /// ```
    /// use offline_push::vivo::{Notification, SkipType};
    /// use offline_push::{ClickAction, Ext};
    ///
    /// let mut push = Notification::new("title", "content", "request-1");
    /// let action = ClickAction::OpenApp { ext: Some(Ext::from("c2c_alice")) };
    /// push.set_click_action(action)?;
    /// assert_eq!(push.skip_type, Some(SkipType::OPEN_APP));
    /// assert_eq!(push.click_action()?, action);
    /// # Ok::<(), offline_push::CheckError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Rule::NotText`] if the ext is not UTF-8 text. [`Rule::TooMany`] if [`MAX_INSERTED_PAIRS`] other keys of
    /// `clientCustomMap` were already inserted or removed. In both cases the notification is unchanged.
    pub fn set_click_action(&mut self, action: ClickAction<'a>) -> Result<(), CheckError> {
        const MAP: &str = "clientCustomMap";
        let text = match action.ext() {
            Some(ext) => Some(ext.as_str().ok_or(CheckError::new(MAP, Rule::NotText))?),
            None => None,
        };
        let full = |_| CheckError::new(MAP, Rule::TooMany { max: MAX_INSERTED_PAIRS as u32 });
        match (text, &mut self.client_custom_map) {
            (Some(text), map) => {
                map.get_or_insert_default().insert(ClickAction::EXT_KEY, text).map_err(full)?;
            }
            (None, Some(map)) if map.get(ClickAction::EXT_KEY).is_some() => {
                map.remove(ClickAction::EXT_KEY).map_err(full)?;
                if map.is_empty() {
                    self.client_custom_map = None;
                }
            }
            _ => {}
        }
        self.skip_type = Some(action.skip_type());
        self.skip_content = action.skip_content();
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
