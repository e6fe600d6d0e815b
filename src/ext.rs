//! Ext: the content that a push passes through to the receiving app. The content is bytes, a container of Tencent's own apps,
//! or a value of one of the app's own types.
//!
//! | the ext is | call |
//! |---|---|
//! | from another user, so it can be anything | [`Ext::content`] |
//! | a message of this crate: [`ExtInfo`], [`ConversationExt`] | [`Ext::from_message`], [`Ext::to_message`] |
//! | a serde type of the app | [`Ext::from_serde`], [`Ext::to_serde`] |
//! | text or bytes | [`Ext::from`], [`Ext::as_str`], [`Ext::as_bytes`] |
//!
//! ```
//! use offline_push::Ext;
//! use offline_push::ext::{ChatType, Conversation, Entity, ExtContent, ExtInfo};
//!
//! let entity = Entity::new(ChatType::GROUP, "@TGS#1G4QXDSOBN")
//!     .content("Alice says \"seven\" 😀");
//! let mut buffer = [0; 256];
//! let ext = Ext::from_message(&ExtInfo::new(entity), &mut buffer)?;
//!
//! // The user taps the notification, and the app gets the text.
//! let mut scratch = [0; 256];
//! let ExtContent::Chat(info) = ext.content(&mut scratch)? else { panic!("another ext") };
//! let entity = info.entity.unwrap();
//! assert_eq!(entity.content, Some("Alice says \"seven\" 😀"));
//! assert_eq!(entity.conversation(), Some(Conversation::Group("@TGS#1G4QXDSOBN")));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! vivo's client SDK before version 480 passes a tapped push to the app as an object, `UPSNotificationMessage`. Public sources show
//! the output of its `toString` (`UPSNotificationMessage{mTargetType=…`), but none shows it as JSON, so this crate has no type for it.
//! Its `getParams()` returns pairs of texts, which [`ReceivedExt::from_pairs`](crate::tap::ReceivedExt::from_pairs) reads.

mod container;
mod content;
mod conversation;
mod custom_data;
#[cfg(feature = "ext-serde")]
mod serde;

use core::fmt;
use core::hash::{Hash, Hasher};

use ::serde::ser::{self, Serialize, Serializer};

use crate::json::description::Type;
use crate::json::object::Key;
use crate::json::reader::{At, Reader};
use crate::json::show::{self, Reveal, Show, show_in_logs};
use crate::json::source::Source;
use crate::json::value::{ReadValue, WriteValue};
use crate::json::writer::Sink;

#[cfg(feature = "ext-serde")]
#[cfg_attr(docsrs, doc(cfg(feature = "ext-serde")))]
pub use self::serde::ExtError;
pub(crate) use container::ENTITY;
pub use container::{
    ChatType, Entity, ExtAction, ExtInfo, FcmNotificationType, FcmPushType, TimPushFeatures,
};
pub use content::ExtContent;
pub(crate) use conversation::CONVERSATION_ID;
pub use conversation::{Conversation, ConversationExt};
pub use custom_data::CustomData;

/// Content that a push passes through to the app, which gets it when the user taps the notification.
///
/// An ext is bytes in the Java SDK (`setExt(byte[])`), and text everywhere else. Published samples contain plain text as well as
/// JSON, so only [`to_serde`](Self::to_serde) and [`to_message`](Self::to_message) require JSON.
///
/// This table shows what arrives. "Any text" includes quotes, control characters and emoji; it arrives byte for byte.
///
/// | path | what passes | what happens to the rest |
/// |---|---|---|
/// | settings of the C SDK, web form, REST API, APNs payload, as JSON | any text | JSON has no type for bytes: [`EncodeError::NotUtf8`](crate::json::EncodeError::NotUtf8) names the field |
/// | serde in a binary format | any bytes | |
/// | [`compose`](crate::delivery::compose) for vivo: `clientCustomMap` | any text of at most 1021 UTF-16 units ([`MAX_EXT_LEN`](crate::ClickAction::MAX_EXT_LEN)), with "open app" and "open a screen" | the ext is dropped, or there is no push: [`ExtPolicy`](crate::delivery::ExtPolicy) |
/// | tap on vivo, Xiaomi, Huawei, Honor, Meizu, FCM, Harmony | the whole text, under the key `ext` | |
/// | tap on OPPO | the members of a JSON object, each under its own key | OPPO drops the push |
/// | tap on an iPhone | the whole text, in `userInfo` | APNs refuses a payload over 4 KB |
///
/// Tencent asks for at most 3 KB of description and ext together, because APNs accepts 4 KB in total (one page says 1 KB of ext).
/// Sources: the format description (product/1047/33527, trtc.io/document/77715), vivo's server document, Tencent's demos.
#[doc(alias = "setExt")]
#[doc(alias = "extension")]
#[derive(Clone, Copy)]
pub struct Ext<'a> {
    content: Content<'a>,
}

/// Remembers that the bytes are UTF-8, to avoid another validation.
#[derive(Clone, Copy)]
enum Content<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Ext<'a> {
    /// An ext of any bytes. For text, use `Ext::from`, which avoids a validation.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { content: Content::Bytes(bytes) }
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        match self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }

    /// The bytes as text; `None` if they are not UTF-8.
    #[must_use]
    pub const fn as_str(&self) -> Option<&'a str> {
        match self.content {
            Content::Text(text) => Some(text),
            Content::Bytes(bytes) => match core::str::from_utf8(bytes) {
                Ok(text) => Some(text),
                Err(_) => None,
            },
        }
    }

    /// True if the ext has no bytes. Many SDKs send an empty ext if no ext is set.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }
}

impl<'a> From<&'a str> for Ext<'a> {
    fn from(text: &'a str) -> Self {
        Self { content: Content::Text(text) }
    }
}

impl<'a> From<&'a [u8]> for Ext<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::new(bytes)
    }
}

impl PartialEq for Ext<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Ext<'_> {}

impl Hash for Ext<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl Show for Ext<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Some(text) => show::tuple("Ext", &text, reveal, f),
            None => show::tuple("Ext", &self.as_bytes(), reveal, f),
        }
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        match self.as_str() {
            Some(text) => show::log_tuple("Ext", &text, reveal, f),
            None => show::log_tuple("Ext", &self.as_bytes(), reveal, f),
        }
    }
}

show_in_logs! { Ext<'_> }

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Ext<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.arbitrary().map(Self::new)
    }
}

impl WriteValue for Ext<'_> {
    const MAX_LEN: Option<usize> = None;

    fn write<S: Sink>(&self, writer: &mut S) {
        match self.as_str() {
            Some(text) => text.write(writer),
            None => writer.refuse("ext"),
        }
    }

    fn write_member<S: Sink>(&self, key: Key, writer: &mut S) {
        match self.as_str() {
            Some(text) => text.write_member(key, writer),
            None => writer.refuse(key.name()),
        }
    }
}

impl<'a> ReadValue<'a> for Ext<'a> {
    const EMPTY: Self = Self { content: Content::Text("") };
    const DESCRIPTION: &'static Type = &Type::Text;

    #[inline]
    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (text, next) = reader.text(at)?;
        *self = Self::from(text);
        Some(next)
    }
}

/// Text in human-readable formats, as on the wire; bytes in other formats.
impl Serialize for Ext<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_bytes(self.as_bytes());
        }
        let text = self.as_str().ok_or_else(|| ser::Error::custom("the bytes of an ext are not UTF-8"))?;
        serializer.serialize_str(text)
    }
}
