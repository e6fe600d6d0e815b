//! An ext as one of this crate's messages, and the question which one it is.

use super::container::{Action, ENTITY, ExtInfo};
use super::conversation::{CONVERSATION_ID, Conversation, ConversationExt};
use super::{Ext, Held};
use crate::json::{self, Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Members, Raw, escape};

/// What an ext is, see [`Ext::content`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ExtContent<'a> {
    /// The container of `TUIKit`: an object whose `entity` is an object. [`ExtInfo::check`] says whether an app can act
    /// on it.
    Chat(ExtInfo<'a>),
    /// The container of Flutter apps: an object whose `conversationID` is text.
    Conversation(ConversationExt<'a>),
    /// Other JSON, as it was sent: read it with [`Ext::parse`] as a type of yours.
    Json(Raw<'a>),
    /// Text that is no JSON; also the empty one.
    Text(&'a str),
    /// Bytes that are no text.
    Bytes(&'a [u8]),
}

impl<'a> ExtContent<'a> {
    /// The chat to open, if the ext names one that this app can act on: of a message, after [`ExtInfo::check`]; `None` also
    /// for a call, whose entity leads elsewhere.
    #[must_use]
    pub fn conversation(&self) -> Option<Conversation<'a>> {
        match self {
            Self::Chat(info) => {
                let entity = info.entity.as_ref().filter(|_| info.check().is_ok())?;
                entity.conversation().filter(|_| entity.action != Some(Action::CALL))
            }
            Self::Conversation(ext) => (!ext.conversation_id.is_empty()).then(|| ext.conversation()),
            Self::Json(_) | Self::Text(_) | Self::Bytes(_) => None,
        }
    }
}

impl<'a> Ext<'a> {
    /// What the ext is. It came from another user, so it may be anything, and anything has an answer:
    ///
    /// - An object that looks like a container, but has a field of another type or one that comes twice, is
    ///   [`ExtContent::Json`].
    /// - Of an object that looks like both containers, the `entity` counts.
    /// - JSON is what [`json`] takes for JSON; so what nests deeper than [`MAX_DEPTH`](json::MAX_DEPTH) is
    ///   [`ExtContent::Text`].
    ///
    /// `scratch` is needed for a container with escapes alone, and then as long as the ext.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::BufferFull`], whose offset is the number of bytes needed, and nothing else.
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

    /// The same of a container's entity that comes without the container.
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
            Some(Container::Chat) => json.decode(scratch).map(ExtContent::Chat),
            Some(Container::Entity) => {
                json.decode(scratch).map(|entity| ExtContent::Chat(ExtInfo::new(entity)))
            }
            Some(Container::Conversation) => json.decode(scratch).map(ExtContent::Conversation),
            None => return Ok(ExtContent::Json(raw)),
        };
        match content {
            Err(error) if !matches!(error.kind(), DecodeErrorKind::BufferFull) => Ok(ExtContent::Json(raw)),
            content => content,
        }
    }

    /// Reads one of this crate's messages: [`ExtInfo`], [`ConversationExt`], or an [`Entity`](super::Entity) that comes
    /// without its container. For types of your own there is [`parse`](Self::parse).
    ///
    /// The message borrows from the ext; where that has escapes, from `scratch`, which then must be as long as the ext.
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
    /// let info: ExtInfo = ext.decode(&mut scratch)?;
    /// assert_eq!(info.entity.unwrap().content, Some("\"你好\"\n"));
    /// # Ok::<(), offline_push::json::DecodeError>(())
    /// ```
    pub fn decode<T: Decode<'a>>(self, scratch: &'a mut [u8]) -> Result<T, DecodeError> {
        let bytes = self.as_bytes();
        match self.held {
            _ if bytes.contains(&b'\\') => json::from_slice_with_scratch(bytes, scratch),
            Held::Text(text) => json::from_str(text),
            Held::Bytes(bytes) => json::from_slice(bytes),
        }
    }

    /// Writes one of this crate's messages into the start of a buffer. For types of your own there is
    /// [`write`](Self::write).
    ///
    /// # Errors
    ///
    /// [`EncodeError::BufferFull`] says how many bytes are needed.
    pub fn encode<T: Encode + ?Sized>(message: &T, buffer: &'a mut [u8]) -> Result<Self, EncodeError> {
        json::to_str(message, buffer).map(Self::from)
    }
}

/// Which container a JSON value looks like.
enum Container {
    Chat,
    /// The member of it alone.
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
