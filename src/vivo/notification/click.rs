//! What a tap on the push does, as a [`ClickAction`].

use super::Notification;
use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::ext::Ext;
use crate::json::{MAX_INSERTED_PAIRS, MapValue};

impl<'a> Notification<'a> {
    /// What a tap does. Reads `skipType`, `skipContent` and the pair `ext` of `clientCustomMap`.
    ///
    /// An action that carries no ext (a URL, custom text) ignores the pair `ext`.
    ///
    /// # Errors
    ///
    /// As [`ClickAction::from_skip`]. Also [`Rule::NotText`] for an `ext` that is not text; one of Tencent's own test scripts
    /// sends such an `ext`.
    pub fn click_action(&self) -> Result<ClickAction<'a>, CheckError> {
        let action = ClickAction::from_skip(self.skip_type, self.skip_content)?;
        match self.client_custom_map.as_ref().and_then(|map| map.get(ClickAction::EXT_KEY)) {
            Some(MapValue::Text(text)) => Ok(action.with_ext(Some(Ext::from(text)))),
            Some(MapValue::Raw(_)) if action.carries_ext() => {
                Err(CheckError::new("clientCustomMap", Rule::NotText))
            }
            _ => Ok(action),
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
