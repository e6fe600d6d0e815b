//! Which form of a push a JSON object is.

use core::fmt;

use super::{JavaPushInfo, JavaPushWrapper, MessagePush, OfflinePushInfo, OfflinePushSettings, WebPushInfo};
use crate::json::description::Type;
use crate::json::{Decode, Members, Raw, escape};

/// A form of the settings of a push, and the type that decodes it. [`detect`] finds out which one a JSON object is, and
/// [`convert`](super::convert) converts between four of them.
///
/// `Display` shows the [`name`](Self::name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Form {
    /// [`OfflinePushSettings`]: the C SDK.
    Settings,
    /// [`MessagePush`]: a message of the C SDK that contains the settings.
    MessagePush,
    /// [`OfflinePushInfo`]: the REST API.
    Info,
    /// [`WebPushInfo`]: the web SDK, Flutter, and others.
    Web,
    /// [`JavaPushInfo`]: the Java SDK's object, as Gson writes it.
    Java,
    /// [`JavaPushWrapper`]: the object around the Java SDK's object.
    JavaWrapper,
}

/// A set of forms.
type Forms = u8;

impl Form {
    const ALL: [Self; 6] =
        [Self::Settings, Self::MessagePush, Self::Info, Self::Web, Self::Java, Self::JavaWrapper];

    /// The name of the form's type in this crate's list of messages: `tim.settings`, `tim.message-push`, `tim.info`, `tim.web`,
    /// `tim.java` or `tim.java-wrapper`. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settings => "tim.settings",
            Self::MessagePush => "tim.message-push",
            Self::Info => "tim.info",
            Self::Web => "tim.web",
            Self::Java => "tim.java",
            Self::JavaWrapper => "tim.java-wrapper",
        }
    }

    /// What the report of a conversion calls members of this form in a text of another one.
    pub(in crate::tim) const fn members(self) -> &'static str {
        match self {
            Self::Settings => "members of tim.settings",
            Self::MessagePush => "members of tim.message-push",
            Self::Info => "members of tim.info",
            Self::Web => "members of tim.web",
            Self::Java => "members of tim.java",
            Self::JavaWrapper => "members of tim.java-wrapper",
        }
    }

    pub(in crate::tim) const fn description(self) -> &'static Type {
        match self {
            Self::Settings => OfflinePushSettings::DESCRIPTION,
            Self::MessagePush => MessagePush::DESCRIPTION,
            Self::Info => OfflinePushInfo::DESCRIPTION,
            Self::Web => WebPushInfo::DESCRIPTION,
            Self::Java => JavaPushInfo::DESCRIPTION,
            Self::JavaWrapper => JavaPushWrapper::DESCRIPTION,
        }
    }

    const fn bit(self) -> Forms {
        1_u8.wrapping_shl(self as u32)
    }

    /// True if the form has a member with this name, which may have escapes.
    pub(in crate::tim) fn has_name(self, key: &str) -> bool {
        let Type::Object(object) = self.description() else { return false };
        object.fields.iter().any(|field| escape::equals(key.as_bytes(), field.wire))
    }

    /// True if the form has a member with this name and of this type.
    fn has(self, key: &str, value: Raw<'_>) -> bool {
        let Type::Object(object) = self.description() else { return false };
        let Some(field) = object.fields.iter().find(|field| escape::equals(key.as_bytes(), field.wire))
        else {
            return false;
        };
        match value.as_str().as_bytes().first() {
            Some(b'[') => !matches!(field.value, Type::Text),
            Some(b'"') => !matches!(field.value, Type::List(_)),
            _ => true,
        }
    }

    /// The forms that have this member.
    fn with(key: &str, value: Raw<'_>) -> Forms {
        let forms = Self::ALL.into_iter().filter(|form| form.has(key, value));
        forms.fold(0, |forms, form| forms | form.bit())
    }

    /// The form in a set of one.
    fn only(forms: Forms) -> Option<Self> {
        Self::ALL.into_iter().find(|form| forms == form.bit())
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Finds out which form a JSON object is, by the names of its members. Each form accepts members that it does not know, so decoding
/// an object as the wrong form may succeed, and lose most of its content.
///
/// | members | form |
/// |---|---|
/// | `offline_push_config_…` | [`Form::Settings`] |
/// | `message_offline_push_config`, `message_offlie_push_config` | [`Form::MessagePush`] |
/// | names that [`OfflinePushInfo`] has (`PushFlag`, `Title`, `Desc`, `Ext`, `AndroidInfo`, …) | [`Form::Info`] |
/// | names that only [`WebPushInfo`] has (`desc`, `ext`, `disablePush`, `androidInfo`, `iOSSound`, …), or `extension` with text | [`Form::Web`] |
/// | names that only [`JavaPushInfo`] has (`androidConfig`, `apnsConfig`, `harmonyConfig`, …), or `extension` with an array | [`Form::Java`] |
/// | `messageOfflinePushInfo` | [`Form::JavaWrapper`] |
/// | `pushFlag`, and none that only the web form has | [`Form::Java`]: Gson always writes it, and few others write it |
/// | `description`, and no `pushFlag` | [`Form::Web`] |
///
/// Members that no form has are ignored. The result is `None` if the text is not a JSON object, if no member shows the form
/// (`title` and `vendorParams` alone do not), or if two members belong to different forms.
///
/// ```
/// use offline_push::tim::{Form, detect};
///
/// let java = r#"{"androidConfig":{},"description":"hi","extension":[49],"pushFlag":0,"title":"Alice"}"#;
/// assert_eq!(detect(java), Some(Form::Java));
/// assert_eq!(detect(r#"{"description":"hi","extension":"1","title":"Alice"}"#), Some(Form::Web));
/// assert_eq!(detect(r#"{"PushFlag":0,"Title":"Alice"}"#), Some(Form::Info));
/// assert_eq!(detect(r#"{"PushFlag":0,"title":"Alice"}"#), None);
/// ```
#[must_use]
pub fn detect(json: &str) -> Option<Form> {
    let members = Members::new(json).ok()?;
    let (mut forms, mut has_flag, mut has_description) = (Forms::MAX, false, false);
    for (key, value) in members {
        let with = Form::with(key, value);
        if with != 0 {
            forms &= with;
        }
        has_flag |= escape::equals(key.as_bytes(), "pushFlag");
        has_description |= escape::equals(key.as_bytes(), "description");
    }
    let by_name = match (has_flag, has_description) {
        (true, _) => Some(Form::Java),
        (false, true) => Some(Form::Web),
        (false, false) => None,
    };
    Form::only(forms).or(by_name.filter(|form| forms & form.bit() != 0))
}

/// The form of a member that this form does not have: the form of the whole object if there is one, or else the first that has the
/// member.
pub(in crate::tim) fn foreign(json: &str, own: Form) -> Option<Form> {
    let members = Members::new(json).ok()?;
    let mut forms = members.into_iter().map(|(key, value)| Form::with(key, value));
    let foreign = forms.find(|forms| *forms != 0 && forms & own.bit() == 0)?;
    let whole = detect(json).filter(|form| *form != own);
    whole.or_else(|| Form::ALL.into_iter().find(|form| foreign & form.bit() != 0))
}

#[cfg(test)]
mod tests {
    use super::{Form, detect};

    #[test]
    fn detect_every_form_by_its_members() {
        for (json, form) in [
            (r#"{"offline_push_config_flag":0}"#, Some(Form::Settings)),
            (r#"{"message_sender":"a","message_offlie_push_config":{}}"#, Some(Form::MessagePush)),
            (r#"{"x":[],"ApnsInfo":{}}"#, Some(Form::Info)),
            (r#"{"title":"a","desc":"b"}"#, Some(Form::Web)),
            (r#"{"pushFlag":1,"desc":"b"}"#, Some(Form::Web)),
            (r#"{"extension":""}"#, Some(Form::Web)),
            (r#"{"\u0065xtension":[]}"#, Some(Form::Java)),
            (r#"{"extension":null,"harmonyConfig":{}}"#, Some(Form::Java)),
            (r#" {"messageOfflinePushInfo":{}} "#, Some(Form::JavaWrapper)),
        ] {
            assert_eq!(detect(json), form, "{json}");
        }
    }

    #[test]
    fn detect_members_of_two_forms_by_the_flag() {
        assert_eq!(detect(r#"{"pushFlag":1,"title":"a","description":"b"}"#), Some(Form::Java));
        assert_eq!(detect(r#"{"title":"a","description":"b","extension":null}"#), Some(Form::Web));
    }

    #[test]
    fn detect_what_says_nothing_or_too_much_is_none() {
        for json in [
            "", "[]", "{", "{}", r#"{"title":"a"}"#, r#"{"vendorParams":""}"#, r#"{"result":0}"#,
            r#"{"PushFlag":0,"pushFlag":0}"#, r#"{"androidConfig":{},"desc":""}"#,
        ] {
            assert_eq!(detect(json), None, "{json}");
        }
    }
}
