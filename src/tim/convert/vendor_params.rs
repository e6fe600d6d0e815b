//! Parameters of single vendors: JSON text in the settings and in the web form, members of `AndroidInfo` in the REST API.

use super::lost::{Field, Lost};
use super::scratch::Scratch;
use crate::bytes::BufferFull;
use crate::json::{self, Members, Raw, escape};
use crate::tim::info::given;
use crate::tim::{AndroidInfo, VendorParams};
use crate::vivo::NotifyType;

const KNOWN: [Field; 5] = [
    Field::FcmPriority,
    Field::VivoNotifyType,
    Field::OppoTemplateId,
    Field::OppoTitleParam,
    Field::OppoContentParam,
];

/// Puts what the JSON text says into its members of `AndroidInfo`. A parameter that cannot be read stands in no other's way.
pub(super) fn read<'a>(
    text: &'a str,
    android: &mut AndroidInfo<'a>,
    lost: &mut Lost,
    scratch: &'a mut [u8],
) -> Result<(), BufferFull> {
    let Ok(members) = Members::new(text) else {
        lost.add(Field::VendorParams);
        return Ok(());
    };
    // What is unescaped of a text is no longer than the text.
    let mut parameters = Parameters { members, lost, scratch: Scratch::new(scratch, text.len()) };
    android.google_priority = parameters.text(Field::FcmPriority)?;
    android.vivo_notify_type = parameters.notify_type();
    android.oppo_private_msg_template_id = parameters.text(Field::OppoTemplateId)?;
    android.oppo_private_title_parameters = parameters.object(Field::OppoTitleParam)?;
    android.oppo_private_content_parameters = parameters.object(Field::OppoContentParam)?;
    let known = |key: &str| KNOWN.iter().any(|field| escape::equals(key.as_bytes(), field.of_settings()));
    lost.add_if(members.iter().any(|(key, _)| !known(key)), Field::VendorParams);
    Ok(())
}

struct Parameters<'a, 'l> {
    members: Members<'a>,
    lost: &'l mut Lost,
    scratch: Scratch<'a>,
}

impl<'a> Parameters<'a, '_> {
    /// What a member holds; one that comes twice is lost.
    fn member(&mut self, field: Field) -> Option<Raw<'a>> {
        let member = self.members.get(field.of_settings());
        self.lost.add_if(member.is_err(), field);
        said(member.ok().flatten())
    }

    fn text(&mut self, field: Field) -> Result<Option<&'a str>, BufferFull> {
        let Some(value) = self.member(field) else { return Ok(None) };
        let text = self.scratch.unescaped(value)?;
        self.lost.add_if(text.is_none(), field);
        Ok(given(text))
    }

    /// The digits, which the REST API wants as text. An integer that is written otherwise (`2.0`) is lost.
    fn notify_type(&mut self) -> Option<&'a str> {
        let value = self.member(Field::VivoNotifyType)?;
        let digits = value.as_str();
        let digits = digits.strip_prefix('"').and_then(|digits| digits.strip_suffix('"')).unwrap_or(digits);
        let plain = digits.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
        let digits = Some(digits).filter(|_| plain && value.to::<NotifyType>().is_ok());
        self.lost.add_if(digits.is_none(), Field::VivoNotifyType);
        digits
    }

    /// An object, which may stand in a string.
    fn object(&mut self, field: Field) -> Result<Option<Raw<'a>>, BufferFull> {
        let Some(value) = self.member(field) else { return Ok(None) };
        let value = match self.scratch.unescaped(value)? {
            Some("") => return Ok(None),
            Some(text) => Raw::new(text).ok(),
            None => Some(value),
        };
        let object = value.filter(is_object);
        self.lost.add_if(object.is_none(), field);
        Ok(object)
    }
}

/// A value that is not null.
pub(super) fn said(value: Option<Raw<'_>>) -> Option<Raw<'_>> {
    value.filter(|value| value.as_str() != "null")
}

fn is_object(value: &Raw<'_>) -> bool {
    value.as_str().starts_with('{')
}

/// The JSON text of what `AndroidInfo` says in its members; `None` if it says nothing there.
pub(super) fn write<'a>(
    android: &AndroidInfo<'a>,
    lost: &mut Lost,
    scratch: &'a mut [u8],
) -> Result<Option<&'a str>, BufferFull> {
    let mut object = |value: Option<Raw<'a>>, field| {
        let object = value.filter(is_object);
        lost.add_if(said(value).is_some() && object.is_none(), field);
        object
    };
    let params = VendorParams {
        fcm_priority: given(android.google_priority),
        vivo_notify_type: android.notify_type(),
        oppo_template_id: given(android.oppo_private_msg_template_id),
        oppo_title_param: object(android.oppo_private_title_parameters, Field::OppoTitleParam),
        oppo_content_param: object(android.oppo_private_content_parameters, Field::OppoContentParam),
    };
    let unread = given(android.vivo_notify_type).is_some() && params.vivo_notify_type.is_none();
    lost.add_if(unread, Field::VivoNotifyType);
    if params == VendorParams::EMPTY {
        return Ok(None);
    }
    let needed = json::encoded_len(&params);
    json::to_str(&params, scratch).map(Some).map_err(|_| BufferFull { needed })
}
