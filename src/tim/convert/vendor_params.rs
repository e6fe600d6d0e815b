//! Vendor parameters: JSON text in the settings and in the web form, members of `AndroidInfo` in the REST API.

use core::mem;

use super::dropped::{Dropped, Field};
use crate::bytes::BufferFull;
use crate::json::{self, Members, Raw, escape};
use crate::tim::info::non_empty;
use crate::tim::{AndroidInfo, VendorParams};
use crate::uri_writer::UriWriter;
use crate::vivo::NotifyType;

const KNOWN: [Field; 5] = [
    Field::FcmPriority,
    Field::VivoNotifyType,
    Field::OppoTemplateId,
    Field::OppoTitleParam,
    Field::OppoContentParam,
];

/// Copies the parameters in the JSON text to the members of `AndroidInfo`. A parameter that cannot be read does not affect the
/// others.
pub(super) fn read<'a>(
    text: &'a str,
    android: &mut AndroidInfo<'a>,
    dropped: &mut Dropped,
    scratch: &'a mut [u8],
) -> Result<(), BufferFull> {
    let Ok(members) = Members::new(text) else {
        dropped.add(Field::VendorParams);
        return Ok(());
    };
    // Unescaped texts are never longer than the text that contains them.
    let scratch = Scratch { free: scratch, enough: text.len() };
    let mut parameters = Parameters { members, dropped, scratch };
    android.google_priority = parameters.text(Field::FcmPriority)?;
    android.vivo_notify_type = parameters.notify_type();
    android.oppo_private_msg_template_id = parameters.text(Field::OppoTemplateId)?;
    android.oppo_private_title_parameters = parameters.object(Field::OppoTitleParam)?;
    android.oppo_private_content_parameters = parameters.object(Field::OppoContentParam)?;
    let known = |key: &str| KNOWN.iter().any(|field| escape::equals(key.as_bytes(), field.of_settings()));
    dropped.add_if(members.iter().any(|(key, _)| !known(key)), Field::VendorParams);
    Ok(())
}

struct Parameters<'a, 'd> {
    members: Members<'a>,
    dropped: &'d mut Dropped,
    scratch: Scratch<'a>,
}

impl<'a> Parameters<'a, '_> {
    /// The value of a member; a duplicate member is dropped.
    fn member(&mut self, field: Field) -> Option<Raw<'a>> {
        let member = self.members.get(field.of_settings());
        self.dropped.add_if(member.is_err(), field);
        not_null(member.ok().flatten())
    }

    fn text(&mut self, field: Field) -> Result<Option<&'a str>, BufferFull> {
        let Some(value) = self.member(field) else { return Ok(None) };
        let text = self.scratch.unescape(value)?;
        self.dropped.add_if(text.is_none(), field);
        Ok(non_empty(text))
    }

    /// The digits, which the REST API expects as text. An integer written in another way (`2.0`) is dropped.
    fn notify_type(&mut self) -> Option<&'a str> {
        let value = self.member(Field::VivoNotifyType)?;
        let digits = value.as_str();
        let digits = digits.strip_prefix('"').and_then(|digits| digits.strip_suffix('"')).unwrap_or(digits);
        let plain = digits.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
        let digits = Some(digits).filter(|_| plain && value.to::<NotifyType>().is_ok());
        self.dropped.add_if(digits.is_none(), Field::VivoNotifyType);
        digits
    }

    /// An object, or a string that contains one.
    fn object(&mut self, field: Field) -> Result<Option<Raw<'a>>, BufferFull> {
        let Some(value) = self.member(field) else { return Ok(None) };
        let value = match self.scratch.unescape(value)? {
            Some("") => return Ok(None),
            Some(text) => Raw::new(text).ok(),
            None => Some(value),
        };
        let object = value.filter(is_object);
        self.dropped.add_if(object.is_none(), field);
        Ok(object)
    }
}

/// The caller's buffer for unescaped texts.
struct Scratch<'a> {
    free: &'a mut [u8],
    /// A length that is enough for all texts.
    enough: usize,
}

impl<'a> Scratch<'a> {
    fn take(&mut self, length: usize) -> Result<&'a mut [u8], BufferFull> {
        let full = BufferFull { needed: self.enough };
        let (taken, rest) = mem::take(&mut self.free).split_at_mut_checked(length).ok_or(full)?;
        self.free = rest;
        Ok(taken)
    }

    /// The text of a JSON string; `None` for another value. Only a string with escapes takes room, at most its own length.
    fn unescape(&mut self, value: Raw<'a>) -> Result<Option<&'a str>, BufferFull> {
        let inner = value.as_str().strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let Some(inner) = inner else { return Ok(None) };
        if !inner.as_bytes().contains(&b'\\') {
            return Ok(Some(inner));
        }
        let mut length = UriWriter::new(&mut []);
        length.put_chars(escape::characters(inner));
        let mut text = UriWriter::new(self.take(length.length())?);
        text.put_chars(escape::characters(inner));
        text.finish().map(Some)
    }
}

pub(super) fn not_null(value: Option<Raw<'_>>) -> Option<Raw<'_>> {
    value.filter(|value| value.as_str() != "null")
}

fn is_object(value: &Raw<'_>) -> bool {
    value.as_str().starts_with('{')
}

/// Writes the parameters in the members of `AndroidInfo` as JSON text; `None` if there are none.
pub(super) fn write<'a>(
    android: &AndroidInfo<'a>,
    dropped: &mut Dropped,
    scratch: &'a mut [u8],
) -> Result<Option<&'a str>, BufferFull> {
    let mut object = |value: Option<Raw<'a>>, field| {
        let object = value.filter(is_object);
        dropped.add_if(not_null(value).is_some() && object.is_none(), field);
        object
    };
    let params = VendorParams {
        fcm_priority: non_empty(android.google_priority),
        vivo_notify_type: android.notify_type(),
        oppo_template_id: non_empty(android.oppo_private_msg_template_id),
        oppo_title_param: object(android.oppo_private_title_parameters, Field::OppoTitleParam),
        oppo_content_param: object(android.oppo_private_content_parameters, Field::OppoContentParam),
        ..VendorParams::EMPTY
    };
    let unread = non_empty(android.vivo_notify_type).is_some() && params.vivo_notify_type.is_none();
    dropped.add_if(unread, Field::VivoNotifyType);
    if params == VendorParams::EMPTY {
        return Ok(None);
    }
    let needed = json::encoded_len(&params);
    json::to_str(&params, scratch).map(Some).map_err(|_| BufferFull { needed })
}
