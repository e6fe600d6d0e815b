//! The elements of a message, and the text that a push shows of them.

use super::compose::LIMITS;
use super::options::non_blank;
use crate::bytes::copy;
use crate::json::show::show;
use crate::tim::rest::MessageElement;

/// An element of a message, reduced to the text that a push shows of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Element<'a> {
    /// `TIMTextElem`: its text.
    Text(&'a str),
    /// `TIMFaceElem`: shown as `[Face]`.
    Face,
    /// `TIMLocationElem`: shown as `[Location]`.
    Location,
    /// `TIMCustomElem`: its own description (`Desc`), if it has one. The format description says both that `Desc` is ignored if
    /// there is an `OfflinePushInfo`, and that a push needs one of the two. So `Desc` is used where the sender's description is
    /// missing.
    Custom {
        /// The element's `Desc`.
        description: Option<&'a str>,
    },
    /// Any other element. No text is documented for it: the push shows the text given here (for example `[Voice]`), or no
    /// text.
    Other {
        /// The text to show.
        text: Option<&'a str>,
    },
}

show! { enum Element<'_> { Text(text), Face, Location, Custom { description }, Other { text } } }

/// Converts an element of a REST request. Elements that this crate does not know become [`Element::Other`] without text, since
/// no text is documented for them.
///
/// ```
/// use offline_push::delivery::{Element, TEXT_LEN, describe};
/// use offline_push::json;
/// use offline_push::tim::rest::SendMessage;
///
/// let mut received = *br#"{"To_Account":"bob","MsgRandom":1,"MsgBody":[
///     {"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}},
///     {"MsgType":"TIMFaceElem","MsgContent":{"Index":1,"Data":"content"}}]}"#;
/// let message: SendMessage = json::from_slice_in_place(&mut received)?;
///
/// let mut elements = [Element::Other { text: None }; 8];
/// for (place, element) in elements.iter_mut().zip(&message.msg_body) {
///     *place = Element::from(&element);
/// }
/// let mut text = [0; TEXT_LEN];
/// assert_eq!(describe(&elements, &mut text), Some("hello[Face]"));
/// # Ok::<(), json::DecodeError>(())
/// ```
impl<'a> From<&MessageElement<'a>> for Element<'a> {
    fn from(element: &MessageElement<'a>) -> Self {
        match element {
            MessageElement::Text(content) => Self::Text(content.text),
            MessageElement::Face(_) => Self::Face,
            MessageElement::Location(_) => Self::Location,
            MessageElement::Custom(content) => Self::Custom { description: content.desc },
            MessageElement::Other(_) => Self::Other { text: None },
        }
    }
}

/// Length of the buffer for [`describe`], in bytes: the text that vivo shows, at three bytes for each UTF-16 unit, and one more
/// character.
pub const TEXT_LEN: usize = 3 * LIMITS.content + char::MAX.len_utf8();

/// Makes the description of a message that has none: the texts of its elements, joined without a separator (format
/// description, product/1047/33527).
///
/// The result is at most one character longer than the text that a push can show, so it is truncated exactly as the whole text
/// would be. Leading white space is removed, as in vivo's SDK. `None` if the elements have no text.
///
/// ```
/// use offline_push::delivery::{Element, TEXT_LEN, describe};
///
/// let mut buffer = [0; TEXT_LEN];
/// let elements = [Element::Text("See you at "), Element::Location, Element::Face];
/// assert_eq!(describe(&elements, &mut buffer), Some("See you at [Location][Face]"));
/// assert_eq!(describe(&[Element::Custom { description: None }], &mut buffer), None);
/// ```
pub fn describe<'b>(elements: &[Element<'_>], buffer: &'b mut [u8; TEXT_LEN]) -> Option<&'b str> {
    let texts = elements.iter().map(|element| match element {
        Element::Text(text) => text,
        Element::Face => "[Face]",
        Element::Location => "[Location]",
        Element::Custom { description: text } | Element::Other { text } => text.unwrap_or_default(),
    });
    let (mut length, mut units) = (0usize, 0usize);
    for character in texts.flat_map(str::chars).skip_while(|character| character.is_whitespace()) {
        let mut bytes = [0; 4];
        let bytes = character.encode_utf8(&mut bytes).as_bytes();
        let place = buffer.get_mut(length..).and_then(|rest| rest.get_mut(..bytes.len()));
        // One character beyond the limit shows that the text is too long.
        let Some(place) = place.filter(|_| units <= LIMITS.content) else { break };
        copy(place, bytes);
        length = length.saturating_add(bytes.len());
        units = units.saturating_add(character.len_utf16());
    }
    non_blank(core::str::from_utf8(buffer.get(..length)?).ok())
}
