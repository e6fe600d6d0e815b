//! The end of the way: what a phone does when the user taps, and how the app comes by the ext.
//!
//! ```
//! use offline_push::Vendor;
//! use offline_push::ext::{Conversation, ExtContent};
//! use offline_push::json::{self, Map};
//! use offline_push::tap::{Handover, ReceivedExt, Tap};
//! use offline_push::vivo::Notification;
//!
//! // What vivo was sent, and what its phone makes of it.
//! let sent = r#"{"skipType":1,"title":"t","content":"c","requestId":"1",
//!     "clientCustomMap":{"ext":"ext content"}}"#;
//! let push: Notification = json::from_str(sent)?;
//! let Tap::StartsApp { ext: Some(ext), handover } = push.tap(480)? else { panic!("another tap") };
//! assert_eq!((ext.as_str(), handover), (Some("ext content"), Handover::LaunchIntent));
//!
//! // The app's side: the pairs it was given, whichever vendor's phone it runs on.
//! let extras = [("conversationID", "c2c_alice")]; // OPPO takes the ext apart
//! let received = ReceivedExt::from_pairs(Vendor::OPPO, &Map::from_slice(&extras)).ok_or("no ext")?;
//! let ExtContent::Conversation(chat) = received.content(&mut [])? else { panic!("another ext") };
//! assert_eq!(chat.conversation(), Conversation::C2c("alice"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::ext::{CONVERSATION_ID, ConversationExt, ENTITY, Ext, ExtContent};
use crate::intent::Intent;
use crate::json::{DecodeError, Map};
use crate::tim::ApnsPayload;
use crate::uri::WebUrl;
use crate::vendor::Vendor;
use crate::vivo::Notification;

/// What a vivo phone does when the user taps a notification.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[allow(clippy::large_enum_variant)] // There is no heap to move the intent to.
pub enum Tap<'a> {
    /// Starts the app at its home screen.
    StartsApp {
        /// What the app is given.
        ext: Option<Ext<'a>>,
        /// And how.
        handover: Handover,
    },
    /// Opens the browser. The app learns nothing, and gets no ext.
    OpensBrowser(WebUrl<'a>),
    /// Starts a screen of the app.
    StartsScreen {
        /// Which one; it may bring extras of its own.
        intent: Intent<'a>,
        /// What the app is given.
        ext: Option<Ext<'a>>,
        /// And how.
        handover: Handover,
    },
    /// Hands the custom text to the app's receiver, which decides: client SDKs before 480.
    CallsReceiver(&'a str),
    /// Custom text, which client SDKs from 480 on have no use for.
    Nothing,
}

/// How vivo's phone hands the ext to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Handover {
    /// `onNotificationMessageClicked` of the app's receiver is called, and the ext is in `getParams()` under `ext`.
    Callback,
    /// The intent that starts the app has an extra `ext`; the receiver is not called. Client SDKs from 480 on: 480 dropped
    /// the callback, 482 has it again, but users report that it stays silent.
    LaunchIntent,
}

impl<'a> Notification<'a> {
    /// What the phone does when the user taps.
    ///
    /// `client_sdk` is the version of vivo's client SDK in the app, the manifest's `sdk_version_vivo` (480 for 3.0.0.0).
    ///
    /// # Errors
    ///
    /// As [`click_action`](Self::click_action).
    pub fn tap(&self, client_sdk: u32) -> Result<Tap<'a>, CheckError> {
        let opens_directly = client_sdk >= 480;
        let handover = if opens_directly { Handover::LaunchIntent } else { Handover::Callback };
        Ok(match self.click_action()? {
            ClickAction::OpenApp { ext } => Tap::StartsApp { ext, handover },
            ClickAction::OpenUrl(url) => Tap::OpensBrowser(url),
            ClickAction::OpenScreen { intent, ext } => {
                let not_intent = |_| CheckError::new("skipContent", Rule::NotIntentUri);
                Tap::StartsScreen { intent: intent.intent().map_err(not_intent)?, ext, handover }
            }
            ClickAction::Custom(text) if !opens_directly => Tap::CallsReceiver(text),
            ClickAction::Custom(_) => Tap::Nothing,
        })
    }
}

/// The ext as it reaches an app, which is not the same on every vendor's phone.
///
/// | vendor | where the app finds it | |
/// |---|---|---|
/// | vivo | `getParams()` of the callback, or an extra of the launch intent: [`Handover`] | `ext` |
/// | Xiaomi | `getExtra()` of the `MiPushMessage` (extra `key_message` of the launch intent) | `ext` |
/// | Huawei, Honor, FCM | extras of the launch intent | `ext` |
/// | Meizu | extras of the launch intent; or `getSelfDefineContentString()`, which is the whole of it | `ext` |
/// | OPPO | extras of the launch intent: the ext's own members, which must be a JSON object | `entity`, … |
/// | Harmony | `Want.parameters` | `ext` |
/// | Apple | `userInfo` | `ext` |
///
/// So say the guide, Tencent's demos (`OfflineMessageDispatcher`, `ParseNotification`) and the format description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ReceivedExt<'a> {
    /// What the sender sent.
    Whole(Ext<'a>),
    /// The member `entity` of what the sender sent, without its container.
    Entity(Ext<'a>),
    /// The member `conversationID` of what the sender sent.
    ConversationId(&'a str),
}

impl<'a> ReceivedExt<'a> {
    /// Out of the pairs that the app was given, those of the [table](Self). An empty one counts as none.
    ///
    /// On OPPO's phones the members `entity` and `conversationID` are looked for, and others are the app's to look for.
    #[must_use]
    pub fn from_pairs(vendor: Vendor, pairs: &Map<'a>) -> Option<Self> {
        let found = |key: &str| pairs.text(key).filter(|text| !text.is_empty());
        Self::keys(vendor).iter().find_map(|key| Some(Self::under(key, found(key)?)))
    }

    /// Out of the extras of an intent URI; text with percent escapes is decoded into `buffer`, which is long enough if it
    /// has twice the bytes of the URI and one more (replacements of escapes that are none take the room).
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

    /// Out of an iPhone's `userInfo`.
    #[must_use]
    pub fn from_apns(payload: &ApnsPayload<'a>) -> Option<Self> {
        payload.ext.filter(|ext| !ext.is_empty()).map(Self::Whole)
    }

    /// Where to look, the likeliest first.
    const fn keys(vendor: Vendor) -> &'static [&'static str] {
        match vendor {
            Vendor::OPPO => &[ClickAction::EXT_KEY, ENTITY, CONVERSATION_ID],
            _ => &[ClickAction::EXT_KEY],
        }
    }

    /// What is found there.
    fn under(key: &str, text: &'a str) -> Self {
        match key {
            ENTITY => Self::Entity(Ext::from(text)),
            CONVERSATION_ID => Self::ConversationId(text),
            _ => Self::Whole(Ext::from(text)),
        }
    }

    /// What has arrived, as it is.
    #[must_use]
    pub fn as_ext(&self) -> Ext<'a> {
        match self {
            Self::Whole(ext) | Self::Entity(ext) => *ext,
            Self::ConversationId(id) => Ext::from(*id),
        }
    }

    /// What the ext says, the same on every phone; on OPPO's alone, an ext with a member `ext` of its own is taken for that
    /// member, as Tencent's demos do. An `entity` that is none is other JSON, text or bytes.
    ///
    /// # Errors
    ///
    /// A `scratch` that is too short, as for [`Ext::content`].
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
