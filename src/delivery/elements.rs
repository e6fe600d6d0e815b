//! From a message's elements, as a request has them, to what a push shows of them.

use super::Element;
use crate::tim::rest::MessageElement;

/// What a push shows of an element. Of types whose content this crate does not look into, no text is documented: they have
/// none.
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
