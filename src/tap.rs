//! What a phone does when the user taps a notification, and where the app finds the ext (step 6 of "The path of a push" in the crate's
//! documentation).
//!
//! ```
//! use offline_push::Vendor;
//! use offline_push::ext::{Conversation, ExtContent};
//! use offline_push::json::{self, Map};
//! use offline_push::tap::{ExtSource, ReceivedExt, Tap};
//! use offline_push::vivo::Notification;
//!
//! // The request to vivo, and what a vivo phone does with it.
//! let sent = r#"{"skipType":1,"title":"t","content":"c","requestId":"1",
//!     "clientCustomMap":{"ext":"ext content"}}"#;
//! let push: Notification = json::from_str(sent)?;
//! let Tap::StartsApp { ext: Some(ext), source } = Tap::from_notification(&push, 480)? else {
//!     panic!("another tap")
//! };
//! assert_eq!(ext.as_str(), Some("ext content"));
//! assert_eq!(source, ExtSource::LaunchIntent);
//!
//! // The app reads the pairs that it gets, on a phone of any vendor.
//! let extras = [("conversationID", "c2c_alice")]; // OPPO splits the ext
//! let pairs = Map::from_slice(&extras);
//! let received = ReceivedExt::from_pairs(Vendor::OPPO, &pairs).ok_or("no ext")?;
//! let ExtContent::Conversation(chat) = received.content(&mut [])? else {
//!     panic!("another ext")
//! };
//! assert_eq!(chat.conversation(), Conversation::C2c("alice"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::bytes::BufferFull;
use crate::check::CheckError;
use crate::click::ClickAction;
use crate::ext::{CONVERSATION_ID, ConversationExt, ENTITY, Ext, ExtContent};
use crate::intent::Intent;
use crate::json::show::{show, show_plain};
use crate::json::{DecodeError, Map};
use crate::tim::ApnsPayload;
use crate::uri::WebUrl;
use crate::vendor::Vendor;
use crate::vivo::{Notification, Opened};

/// What a vivo phone does when the user taps a notification.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant)] // There is no heap to move the intent to.
pub enum Tap<'a> {
    /// Starts the app at its home screen.
    StartsApp {
        /// The ext that the app gets.
        ext: Option<Ext<'a>>,
        /// Where the app finds the ext.
        source: ExtSource,
    },
    /// Opens the browser. The app is not told and gets no ext.
    OpensBrowser(WebUrl<'a>),
    /// Starts a screen of the app.
    StartsScreen {
        /// The intent that starts the screen. It may have its own extras.
        intent: Intent<'a>,
        /// The ext that the app gets.
        ext: Option<Ext<'a>>,
        /// Where the app finds the ext.
        source: ExtSource,
    },
    /// Passes the custom text to the app's receiver, which decides what to do (client SDKs before 480).
    CallsReceiver(&'a str),
    /// Does nothing: client SDKs 480 and later ignore custom text.
    Nothing,
}

show! {
    enum Tap<'_> {
        StartsApp { ext, source },
        OpensBrowser(url),
        StartsScreen { intent, ext, source },
        CallsReceiver(text),
        Nothing,
    }
}

/// Where the app finds the ext on a vivo phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ExtSource {
    /// The phone calls `onNotificationMessageClicked` of the app's receiver; `getParams()` returns the ext under the key `ext`.
    Callback,
    /// The intent that starts the app has an extra `ext`; the receiver is not called. This applies to client SDKs 480 and
    /// later: version 480 removed the callback. Version 482 has it again, but users report that it is not called.
    LaunchIntent,
}

show_plain! { ExtSource }

impl<'a> Tap<'a> {
    /// What the phone does when the user taps this notification.
    ///
    /// `client_sdk` is the version of vivo's client SDK in the app: `sdk_version_vivo` in its manifest (480 for 3.0.0.0).
    ///
    /// # Errors
    ///
    /// As [`Notification::click_action`].
    pub fn from_notification(notification: &Notification<'a>, client_sdk: u32) -> Result<Self, CheckError> {
        let opens_directly = client_sdk >= 480;
        let source = if opens_directly { ExtSource::LaunchIntent } else { ExtSource::Callback };
        let (opened, ext) = notification.opened()?;
        Ok(match opened {
            Opened::App => Self::StartsApp { ext, source },
            Opened::Url(url) => Self::OpensBrowser(url),
            Opened::Screen(_, intent) => Self::StartsScreen { intent, ext, source },
            Opened::Custom(text) if !opens_directly => Self::CallsReceiver(text),
            Opened::Custom(_) => Self::Nothing,
        })
    }
}

/// The ext in the form in which it reaches the app, which depends on the vendor of the phone.
///
/// | vendor | where the app finds it | key |
/// |---|---|---|
/// | vivo | `getParams()` of the callback, or an extra of the launch intent: [`ExtSource`] | `ext` |
/// | Xiaomi | `getExtra()` of the `MiPushMessage` (extra `key_message` of the launch intent) | `ext` |
/// | Huawei, Honor, FCM | extras of the launch intent | `ext` |
/// | Meizu | extras of the launch intent; or `getSelfDefineContentString()`, which is the whole ext | `ext` |
/// | OPPO | extras of the launch intent: the members of the ext, which must be a JSON object | `entity`, … |
/// | Harmony | `Want.parameters` | `ext` |
/// | Apple | `userInfo` | `ext` |
///
/// Sources: the guide, Tencent's demos (`OfflineMessageDispatcher`, `ParseNotification`) and the format description.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReceivedExt<'a> {
    /// The ext as it was sent.
    Whole(Ext<'a>),
    /// The member `entity` of the ext, without its container.
    Entity(Ext<'a>),
    /// The member `conversationID` of the ext.
    ConversationId(&'a str),
}

show! { enum ReceivedExt<'_> { Whole(ext), Entity(ext), ConversationId(id) } }

impl<'a> ReceivedExt<'a> {
    /// Finds the ext in the pairs that the app got (see [the table](Self)). An empty ext counts as none. [`Map::from_slice`] makes a map
    /// from the pairs.
    ///
    /// On OPPO's phones, only the members `entity` and `conversationID` are searched for; the app must search for other members
    /// itself.
    #[must_use]
    pub fn from_pairs(vendor: Vendor, pairs: &Map<'a>) -> Option<Self> {
        let found = |key: &str| pairs.text(key).filter(|text| !text.is_empty());
        Self::keys(vendor).iter().find_map(|key| Some(Self::under(key, found(key)?)))
    }

    /// Finds the ext in the extras of an intent. Text with percent escapes is decoded into `buffer`. A buffer of twice the
    /// length of the URI, plus one byte, is always long enough, even if every escape is invalid and is replaced.
    ///
    /// # Errors
    ///
    /// [`BufferFull`] with the number of bytes needed.
    pub fn from_intent(
        vendor: Vendor,
        intent: &Intent<'a>,
        buffer: &'a mut [u8],
    ) -> Result<Option<Self>, BufferFull> {
        let found = |key: &str| intent.text_extra(key).filter(|text| !text.is_empty());
        let Some((key, text)) = Self::keys(vendor).iter().find_map(|key| Some((key, found(key)?))) else {
            return Ok(None);
        };
        let text = match text.as_str() {
            Some(text) => text,
            None => text.copy_to(buffer)?,
        };
        Ok(Some(Self::under(key, text)))
    }

    /// Finds the ext in an iPhone's `userInfo`. An empty ext counts as none.
    #[must_use]
    pub fn from_apns(payload: &ApnsPayload<'a>) -> Option<Self> {
        payload.ext.filter(|ext| !ext.is_empty()).map(Self::Whole)
    }

    /// The keys to search for, the most likely first.
    const fn keys(vendor: Vendor) -> &'static [&'static str] {
        match vendor {
            Vendor::OPPO => &[ClickAction::EXT_KEY, ENTITY, CONVERSATION_ID],
            _ => &[ClickAction::EXT_KEY],
        }
    }

    /// The ext for a text found under this key.
    fn under(key: &str, text: &'a str) -> Self {
        match key {
            ENTITY => Self::Entity(Ext::from(text)),
            CONVERSATION_ID => Self::ConversationId(text),
            _ => Self::Whole(Ext::from(text)),
        }
    }

    /// The text that has arrived, as an ext.
    #[must_use]
    pub fn as_ext(&self) -> Ext<'a> {
        match self {
            Self::Whole(ext) | Self::Entity(ext) => *ext,
            Self::ConversationId(id) => Ext::from(*id),
        }
    }

    /// Detects the kind of the ext, with the same result on every phone. There is one exception: on OPPO's phones, if an ext has a
    /// member `ext`, that member is used instead, as in Tencent's demos. An invalid `entity` is returned as other JSON, text
    /// or bytes.
    ///
    /// # Errors
    ///
    /// As [`Ext::content`], if `scratch` is too short.
    pub fn content(&self, scratch: &'a mut [u8]) -> Result<ExtContent<'a>, DecodeError> {
        match self {
            Self::Whole(ext) => ext.content(scratch),
            Self::Entity(ext) => ext.entity_content(scratch),
            Self::ConversationId(id) => Ok(ExtContent::Conversation(ConversationExt::new(id))),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
