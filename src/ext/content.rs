//! An ext as one of this crate's messages, and the detection of its kind.

use super::container::{ENTITY, Entity, ExtAction, ExtInfo, TimPushFeatures};
use super::conversation::{CONVERSATION_ID, Conversation, ConversationExt};
use super::custom_data::text_of;
use super::{Content, Ext};
use crate::bytes::copy;
use crate::json::show::show;
use crate::json::{self, Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Members, Raw, escape};

/// Wire name of the options for the push.
const FEATURES: &str = "timPushFeatures";

/// The kind of an ext, with its content. [`Ext::content`] returns it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtContent<'a> {
    /// The container of `TUIKit`: an object whose `entity` is an object, or text that contains the JSON of an object.
    /// [`ExtInfo::check`] tells whether an app can act on it.
    Chat(ExtInfo<'a>),
    /// Only options for the push: an object with `timPushFeatures` and no other member, as `TUICallKit`'s page for uni-app
    /// shows it. A tap opens the app, but no chat.
    Features(TimPushFeatures),
    /// The container of Flutter apps: an object whose `conversationID` is text.
    Conversation(ConversationExt<'a>),
    /// Other JSON, as it was sent. [`Ext::to_serde`] reads it as a type of the app.
    Json(Raw<'a>),
    /// Text that is not JSON, for example empty text.
    Text(&'a str),
    /// Bytes that are not UTF-8.
    Bytes(&'a [u8]),
}

show! { enum ExtContent<'_> { Chat(info), Features(features), Conversation(ext), Json(json), Text(text), Bytes(bytes) } }

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
            Self::Features(_) | Self::Json(_) | Self::Text(_) | Self::Bytes(_) => None,
        }
    }
}

impl<'a> Ext<'a> {
    /// Detects the kind of the ext. An ext comes from another user, so it may be anything. Therefore, every ext has a result:
    ///
    /// - An object that looks like a container, but has a field of the wrong type or a duplicate field, is
    ///   [`ExtContent::Json`].
    /// - If an object looks like both containers, `entity` takes precedence.
    /// - `entity` and `timPushFeatures` may be text that contains the JSON of an object. `TUIKit` itself refuses this (Gson), but a
    ///   comment in its source shows this form.
    /// - Only what [`json`] accepts is JSON: text that is nested deeper than [`MAX_DEPTH`](json::MAX_DEPTH) is
    ///   [`ExtContent::Text`].
    ///
    /// `scratch` is only needed for a container with escapes or with an entity that is text. The length of the ext is then
    /// enough.
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
        container: impl FnOnce(Raw<'a>) -> Option<Container<'a>>,
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
            Some(Container::ChatText) => chat_of_texts(raw, scratch).map(ExtContent::Chat),
            Some(Container::Features(features)) => features.to().map(ExtContent::Features),
            None => return Ok(ExtContent::Json(raw)),
        };
        match content {
            Err(error) if !matches!(error.kind(), DecodeErrorKind::BufferFull) => Ok(ExtContent::Json(raw)),
            content => content,
        }
    }

    /// Decodes the ext as a message of this crate: [`ExtInfo`], [`ConversationExt`], or an [`Entity`] without its
    /// container. For a type of the app, use [`to_serde`](Self::to_serde).
    ///
    /// The message borrows from the ext. If the ext has escapes, the message borrows from `scratch`, which must then be as long as the ext.
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
enum Container<'a> {
    Chat,
    /// The entity is text.
    ChatText,
    /// Nothing but this value of `timPushFeatures`.
    Features(Raw<'a>),
    /// The entity without its container.
    Entity,
    Conversation,
}

impl<'a> Container<'a> {
    fn of(raw: Raw<'a>) -> Option<Self> {
        let (mut entity, mut features, mut conversation) = (None, None, false);
        let mut members = 0;
        for (key, value) in Members::new(raw.as_str()).ok()? {
            members += 1;
            let is = |name, first| value.as_str().starts_with(first) && escape::equals(key.as_bytes(), name);
            if is(ENTITY, '{') {
                return Some(Self::Chat);
            }
            if is(ENTITY, '"') {
                entity = entity.or(text_of(value));
            } else if is(CONVERSATION_ID, '"') {
                conversation = true;
            } else if is(FEATURES, '{') {
                features = Some(value);
            }
        }
        let opens =
            |text| escape::characters(text).find(|character| !character.is_ascii_whitespace()) == Some('{');
        match features {
            _ if entity.is_some_and(opens) => Some(Self::ChatText),
            _ if conversation => Some(Self::Conversation),
            Some(features) if members == 1 => Some(Self::Features(features)),
            _ => None,
        }
    }
}

/// A container whose entity, or also whose options, are text with the JSON of an object.
fn chat_of_texts<'a>(raw: Raw<'a>, scratch: &'a mut [u8]) -> Result<ExtInfo<'a>, DecodeError> {
    let needed = raw.as_str().len();
    if scratch.len() < needed {
        return Err(DecodeError::at(DecodeErrorKind::BufferFull, needed));
    }
    let members = Members::new(raw.as_str())?;
    let mut info = ExtInfo::default();
    let (features, scratch) = match members.get(FEATURES)? {
        Some(value) => match text_of(value) {
            Some(text) => {
                let (text, rest) = unescape(text, scratch);
                (Some(json::from_slice(text)?), rest)
            }
            None if value.as_str() == "null" => (None, scratch),
            None => (Some(value.to()?), scratch),
        },
        None => (None, scratch),
    };
    info.tim_push_features = features;
    if let Some(text) = members.get(ENTITY)?.and_then(text_of) {
        let (text, _) = unescape(text, scratch);
        info.entity = Some(json::from_slice_in_place::<Entity<'a>>(text)?);
    }
    Ok(info)
}

/// Decodes the inside of a JSON string, and copies the text into the start of a buffer that is at least as long. Returns the copy
/// and the rest of the buffer.
fn unescape<'b>(text: &str, buffer: &'b mut [u8]) -> (&'b mut [u8], &'b mut [u8]) {
    let mut length = 0;
    for character in escape::characters(text) {
        let mut bytes = [0; 4];
        let bytes = character.encode_utf8(&mut bytes).as_bytes();
        let place = buffer.get_mut(length..).and_then(|rest| rest.get_mut(..bytes.len()));
        let Some(place) = place else { break };
        copy(place, bytes);
        length += bytes.len();
    }
    buffer.split_at_mut_checked(length).unwrap_or_default()
}
