//! Members that a form does not know, and that may say not to push.

use super::Converted;
#[cfg(doc)]
use super::Dropped;
use crate::json::description::Type;
use crate::json::{Decode, Members, escape};
use crate::tim::form;

/// The names of those members of a JSON object that `T` does not know, if the name contains `disable` or `push` in any letter
/// case. Each name is returned as it is written. Such a member may say not to push the message, in a spelling that is newer than
/// this crate. Decoding ignores it, like every unknown member.
///
/// `T` is one of the [forms](crate::tim::Form). Only members of the object itself count, not members of objects inside it. If `json`
/// is not a JSON object, there are no names.
///
/// ```
/// use offline_push::tim::WebPushInfo;
/// use offline_push::tim::convert::unknown_switches;
///
/// let json = r#"{"title":"Alice","disablePush":false,"noPush":true}"#;
/// assert!(unknown_switches::<WebPushInfo>(json).eq(["noPush"]));
/// ```
pub fn unknown_switches<'a, T: Decode<'a>>(json: &'a str) -> impl Iterator<Item = &'a str> + use<'a, T> {
    of(json, T::DESCRIPTION)
}

fn of<'a>(json: &'a str, form: &'static Type) -> impl Iterator<Item = &'a str> + use<'a> {
    let fields = if let Type::Object(object) = form { object.fields } else { &[] };
    let unknown = move |key: &&str| !fields.iter().any(|field| escape::equals(key.as_bytes(), field.wire));
    let members = Members::new(json).ok().into_iter().flatten();
    members.map(|(key, _)| key).filter(|key| is_about_push(key)).filter(unknown)
}

/// True if a key, which may have escapes, contains one of the words in any case.
fn is_about_push(key: &str) -> bool {
    ["disable", "push"].into_iter().any(|word| {
        // No beginning of a word is also its end, so a try that fails can only start again at the character where it failed.
        let mut rest = word.chars();
        escape::characters(key).any(|character| {
            let character = Some(character.to_ascii_lowercase());
            if rest.clone().next() != character {
                rest = word.chars();
            }
            if rest.clone().next() == character {
                rest.next();
            }
            rest.as_str().is_empty()
        })
    })
}

impl<T> Converted<T> {
    /// Adds to [`dropped`](field@Self::dropped) what decoding ignored in the text of the source, which the conversion alone
    /// cannot report:
    ///
    /// - one line if the source has [unknown members](unknown_switches) that may say not to push:
    ///   [`Dropped::UNKNOWN_SWITCH`];
    /// - one line if the source has members of another [form](crate::tim::detect): [`Dropped::other_form`]. In this case, the text
    ///   was decoded as the wrong type.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::{Form, WebPushInfo};
    ///
    /// let text = r#"{"title":"Alice","noPush":true}"#;
    /// let web: WebPushInfo = json::from_str(text)?;
    /// let settings = web.to_settings().with_source(text);
    /// assert_eq!(settings.dropped.to_string(), "unknown member about push");
    ///
    /// let text = r#"{"title":"Alice","androidConfig":{"oppoChannelID":"c1"},"pushFlag":0}"#;
    /// let web: WebPushInfo = json::from_str(text)?;
    /// let settings = web.to_settings().with_source(text);
    /// assert_eq!(settings.dropped.to_string(), "members of tim.java");
    /// assert_eq!(settings.dropped.other_form(), Some(Form::Java));
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    pub fn with_source(mut self, json: &str) -> Self {
        let own = self.dropped.form();
        let other = form::foreign(json, own);
        // A member of another form is known.
        let is_known = |key: &str| other.is_some_and(|other| other.has_name(key));
        if of(json, own.description()).any(|key| !is_known(key)) {
            self.dropped.add_unknown_switch();
        }
        self.dropped.set_other_form(other);
        self
    }
}
