//! The elements of a message: member `MsgBody` of the requests.

use super::content::{CustomContent, FaceContent, LocationContent, TextContent};
use crate::check::{CheckError, Rule, ensure, present};
use crate::json::{Raw, tagged};

tagged! {
    /// A part of a message; a message may have many, of any types.
    ///
    /// On the wire an object with the type (`MsgType`) and what is in it (`MsgContent`), in either order.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::rest::MessageElement;
    ///
    /// let mut received = *br#"{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi, \"beauty\""}}"#;
    /// let element: MessageElement = json::from_slice_in_place(&mut received)?;
    /// assert_eq!(element, MessageElement::text("hi, \"beauty\""));
    ///
    /// let voice = r#"{"MsgType":"TIMSoundElem","MsgContent":{"UUID":"305c0201", "Size":62351}}"#;
    /// let element: MessageElement = json::from_str(voice)?;
    /// let MessageElement::Other(other) = element else { panic!("passes untouched") };
    /// assert_eq!(other.msg_content.as_str(), r#"{"UUID":"305c0201", "Size":62351}"#);
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    #[doc(alias = "TIMMsgElement")]
    pub enum MessageElement<'a> {
        /// Words.
        Text(TextContent) = "TIMTextElem",
        /// The app's own content.
        Custom(CustomContent) = "TIMCustomElem",
        /// A picture out of the app's own set.
        Face(FaceContent) = "TIMFaceElem",
        /// A place.
        Location(LocationContent) = "TIMLocationElem",
    }
    /// Any other.
    else Other(
        /// An element of a type whose content this crate does not look into.
        pub struct OtherElement<'a> {
            /// Its type; those that 33527 has beside the [known](MessageElement) ones are constants here.
            #[doc(alias = "MsgType")]
            msg_type: &'a str = "MsgType",
            /// What is in it, an object, passed on untouched.
            #[doc(alias = "MsgContent")]
            msg_content: Raw<'a> = "MsgContent",
        }
    )
}

impl<'a> MessageElement<'a> {
    /// Some words.
    #[must_use]
    pub const fn text(text: &'a str) -> Self {
        Self::Text(TextContent::new(text))
    }

    /// Holds the element against what is known of it: the degrees of a [place](LocationContent::check); that an element of
    /// another type has a type, and an object for content. The type must be none of the four that have a case of their own,
    /// since the receiver reads the element as that one.
    ///
    /// # Errors
    ///
    /// The field that breaks a rule; `MsgType` with [`Rule::Conflict`] for an [`OtherElement`] that should be one of the
    /// other cases.
    pub fn check(&self) -> Result<(), CheckError> {
        const TYPE: &str = "MsgType";
        match self {
            Self::Text(_) | Self::Custom(_) | Self::Face(_) => Ok(()),
            Self::Location(content) => content.check(),
            Self::Other(other) => {
                present(other.msg_type, TYPE)?;
                ensure(!other.passes_for_another(), TYPE, Rule::Conflict { with: "MsgContent" })?;
                ensure(other.msg_content.as_str().starts_with('{'), "MsgContent", Rule::NotObject)
            }
        }
    }
}

impl<'a> OtherElement<'a> {
    /// A voice message.
    #[doc(alias = "TIMSoundElem")]
    pub const SOUND: &'static str = "TIMSoundElem";
    /// An image.
    #[doc(alias = "TIMImageElem")]
    pub const IMAGE: &'static str = "TIMImageElem";
    /// A file.
    #[doc(alias = "TIMFileElem")]
    pub const FILE: &'static str = "TIMFileElem";
    /// A video.
    #[doc(alias = "TIMVideoFileElem")]
    pub const VIDEO_FILE: &'static str = "TIMVideoFileElem";
    /// Messages that were forwarded together.
    #[doc(alias = "TIMRelayElem")]
    pub const RELAY: &'static str = "TIMRelayElem";

    /// An element of any type.
    #[must_use]
    pub const fn new(msg_type: &'a str, msg_content: Raw<'a>) -> Self {
        Self { msg_type, msg_content }
    }
}
