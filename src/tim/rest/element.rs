//! The elements of a message: the member `MsgBody` of the requests.

use super::content::{CustomContent, FaceContent, LocationContent, TextContent};
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure, present};
use crate::json::{Raw, tagged};

tagged! {
    /// An element of a message. A message may have several elements, of any types.
    ///
    /// In JSON, an element is an object with a type (`MsgType`) and a content (`MsgContent`), in any order.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::rest::MessageElement;
    ///
    /// let mut received =
    ///     *br#"{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi, \"beauty\""}}"#;
    /// let element: MessageElement = json::from_slice_in_place(&mut received)?;
    /// assert_eq!(element, MessageElement::text("hi, \"beauty\""));
    ///
    /// let voice = r#"{"MsgType":"TIMSoundElem","MsgContent":{"UUID":"305c", "Size":623}}"#;
    /// let element: MessageElement = json::from_str(voice)?;
    /// let MessageElement::Other(other) = element else { panic!("not a known type") };
    /// assert_eq!(other.msg_content.as_str(), r#"{"UUID":"305c", "Size":623}"#);
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    #[doc(alias = "TIMMsgElement")]
    pub enum MessageElement<'a> {
        /// Text.
        Text(TextContent) = "TIMTextElem",
        /// The app's own content.
        Custom(CustomContent) = "TIMCustomElem",
        /// A picture from the app's own set.
        Face(FaceContent) = "TIMFaceElem",
        /// A place.
        Location(LocationContent) = "TIMLocationElem",
    }
    /// Any other type.
    else Other(
        /// An element of another type, with its content unchanged.
        pub struct OtherElement<'a> {
            /// Type of the element. The types of 33527 for which [`MessageElement`] has no variant are constants here.
            #[doc(alias = "MsgType")]
            msg_type: &'a str = "MsgType",
            /// Content of the element: a JSON object, which is passed on unchanged.
            #[doc(alias = "MsgContent")]
            msg_content: Raw<'a> = "MsgContent",
        }
    )
}

impl<'a> MessageElement<'a> {
    /// A text element.
    #[must_use]
    pub const fn text(text: &'a str) -> Self {
        Self::Text(TextContent::new(text))
    }

    /// Checks the element: the degrees of a [place](LocationContent::check); the type and the content of an [`OtherElement`]. Its
    /// type must not be empty, and must not be the type of another variant, because the receiver would read the element as that
    /// variant. Its content must be a JSON object.
    ///
    /// # Errors
    ///
    /// The field that breaks a rule. [`Rule::Conflict`] for `MsgType` if an [`OtherElement`] has the type of another variant.
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for MessageElement<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        const TYPE: &str = "MsgType";
        match self {
            Self::Text(_) | Self::Custom(_) | Self::Face(_) => Ok(()),
            Self::Location(content) => content.check_each(broken),
            Self::Other(other) => {
                present(other.msg_type, TYPE).or_else(&mut *broken)?;
                ensure(!other.passes_for_another(), TYPE, Rule::Conflict { with: "MsgContent" })
                    .or_else(&mut *broken)?;
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
    /// Several forwarded messages.
    #[doc(alias = "TIMRelayElem")]
    pub const RELAY: &'static str = "TIMRelayElem";

    /// An element of this type.
    #[must_use]
    pub const fn new(msg_type: &'a str, msg_content: Raw<'a>) -> Self {
        Self { msg_type, msg_content }
    }
}
