//! An ext as one of this crate's messages, and the detection of its kind.

use super::container::{ENTITY, ExtAction, ExtInfo};
use super::conversation::{CONVERSATION_ID, Conversation, ConversationExt};
use super::{Content, Ext};
use crate::json::show::show;
use crate::json::{self, Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Members, Raw, escape};

/// The kind of an ext, with its content. Made by [`Ext::content`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtContent<'a> {
    /// The container of `TUIKit`: an object whose `entity` is an object. [`ExtInfo::check`] tells whether an app can act on
    /// it.
    Chat(ExtInfo<'a>),
    /// The container of Flutter apps: an object whose `conversationID` is text.
    Conversation(ConversationExt<'a>),
    /// Other JSON, as it was sent. [`Ext::to_serde`] reads it as a type of the app.
    Json(Raw<'a>),
    /// Text that is not JSON, for example empty text.
    Text(&'a str),
    /// Bytes that are not UTF-8.
    Bytes(&'a [u8]),
}

show! { enum ExtContent<'_> { Chat(info), Conversation(ext), Json(json), Text(text), Bytes(bytes) } }

impl<'a> ExtContent<'a> {
    /// The chat to open. `None` if the ext names no chat, if an entity does not pass [`ExtInfo::check`], and for a call, which
    /// opens another screen.
    #[must_use]
    pub fn conversation(&self) -> Option<Conversation<'a>> {
        match self {
            Self::Chat(info) => {
                let entity = info.entity.as_ref().filter(|_| info.check().is_ok())?;
                entity.conversation().filter(|_| entity.action != Some(ExtAction::CALL))
            }
            Self::Conversation(ext) => (!ext.conversation_id.is_empty()).then(|| ext.conversation()),
            Self::Json(_) | Self::Text(_) | Self::Bytes(_) => None,
        }
    }
}

impl<'a> Ext<'a> {
    /// Detects the kind of the ext. It comes from another user, so it may be anything, and every ext has a result:
    ///
    /// - An object that looks like a container, but has a field of the wrong type or a duplicate field, is
    ///   [`ExtContent::Json`].
    /// - If an object looks like both containers, `entity` takes precedence.
    /// - Only what [`json`] accepts is JSON: text that nests deeper than [`MAX_DEPTH`](json::MAX_DEPTH) is
    ///   [`ExtContent::Text`].
    ///
    /// `scratch` is only needed for a container with escapes. The length of the ext is then enough.
    ///
    /// # Errors
    ///
    /// Only [`DecodeErrorKind::BufferFull`]: the offset of the error is the number of bytes needed.
    ///
    /// ```
    /// use offline_push::Ext;
    /// use offline_push::ext::{Conversation, ExtContent};
    ///
    /// let what = |ext: &'static str| Ext::from(ext).content(&mut []);
    /// assert_eq!(what("Passthrough content")?, ExtContent::Text("Passthrough content"));
    /// assert!(matches!(what(r#"{"level":15,"task":"TASK15"}"#)?, ExtContent::Json(_)));
    /// let ExtContent::Conversation(ext) = what(r#"{"conversationID":"group_dev"}"#)? else { panic!() };
    /// assert_eq!(ext.conversation(), Conversation::Group("dev"));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    pub fn content(self, scratch: &'a mut [u8]) -> Result<ExtContent<'a>, DecodeError> {
        self.content_in(Container::of, scratch)
    }

    /// As [`content`](Self::content), for an entity without its container.
    pub(crate) fn entity_content(self, scratch: &'a mut [u8]) -> Result<ExtContent<'a>, DecodeError> {
        let entity = |raw: Raw<'_>| raw.as_str().starts_with('{').then_some(Container::Entity);
        self.content_in(entity, scratch)
    }

    fn content_in(
        self,
        container: impl FnOnce(Raw<'a>) -> Option<Container>,
        scratch: &'a mut [u8],
    ) -> Result<ExtContent<'a>, DecodeError> {
        let Some(text) = self.as_str() else { return Ok(ExtContent::Bytes(self.as_bytes())) };
        let Ok(raw) = Raw::new(text) else { return Ok(ExtContent::Text(text)) };
        let json = Ext::from(raw.as_str());
        let content = match container(raw) {
            Some(Container::Chat) => json.to_message(scratch).map(ExtContent::Chat),
            Some(Container::Entity) => {
                json.to_message(scratch).map(|entity| ExtContent::Chat(ExtInfo::new(entity)))
            }
            Some(Container::Conversation) => json.to_message(scratch).map(ExtContent::Conversation),
            None => return Ok(ExtContent::Json(raw)),
        };
        match content {
            Err(error) if !matches!(error.kind(), DecodeErrorKind::BufferFull) => Ok(ExtContent::Json(raw)),
            content => content,
        }
    }

    /// Decodes the ext as a message of this crate: [`ExtInfo`], [`ConversationExt`], or an [`Entity`](super::Entity) without its
    /// container. For a type of the app, use [`to_serde`](Self::to_serde).
    ///
    /// The message borrows from the ext. If the ext has escapes, it borrows from `scratch`, which must then be as long as the
    /// ext.
    ///
    /// # Errors
    ///
    /// Those of [`json::from_slice_with_scratch`].
    ///
    /// ```
    /// use offline_push::Ext;
    /// use offline_push::ext::ExtInfo;
    ///
    /// let ext = Ext::from(r#"{"entity":{"sender":"alice","content":"\"\u4f60\u597d\"\n"}}"#);
    /// let mut scratch = [0; 128];
    /// let info: ExtInfo = ext.to_message(&mut scratch)?;
    /// assert_eq!(info.entity.unwrap().content, Some("\"你好\"\n"));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    #[doc(alias = "decode")]
    pub fn to_message<T: Decode<'a>>(self, scratch: &'a mut [u8]) -> Result<T, DecodeError> {
        let bytes = self.as_bytes();
        match self.content {
            _ if bytes.contains(&b'\\') => json::from_slice_with_scratch(bytes, scratch),
            Content::Text(text) => json::from_str(text),
            Content::Bytes(bytes) => json::from_slice(bytes),
        }
    }

    /// Encodes a message of this crate as an ext, into the start of a buffer. For a type of the app, use
    /// [`from_serde`](Self::from_serde).
    ///
    /// # Errors
    ///
    /// [`EncodeError::BufferFull`] with the number of bytes needed.
    #[doc(alias = "encode")]
    pub fn from_message<T: Encode + ?Sized>(message: &T, buffer: &'a mut [u8]) -> Result<Self, EncodeError> {
        json::to_str(message, buffer).map(Self::from)
    }
}

/// The container that a JSON value looks like.
enum Container {
    Chat,
    /// The entity without its container.
    Entity,
    Conversation,
}

impl Container {
    fn of(raw: Raw<'_>) -> Option<Self> {
        let mut found = None;
        for (key, value) in Members::new(raw.as_str()).ok()? {
            let is = |name, first| value.as_str().starts_with(first) && escape::equals(key.as_bytes(), name);
            if is(ENTITY, '{') {
                return Some(Self::Chat);
            }
            if is(CONVERSATION_ID, '"') {
                found = Some(Self::Conversation);
            }
        }
        found
    }
}
