//! Reads an intent from a URI.

use super::bounds::Bounds;
use super::component::Component;
use super::data::Data;
use super::entries::{Categories, Extras};
use super::error::{IntentError, IntentErrorKind};
use super::extra::IntentExtra;
use super::fields::{Field, Fields, name};
use super::flags::LaunchFlags;
use super::number::decode;
use super::text::Text;
use super::{Form, Intent, MAX_ENTRIES, Origin, Selector};
use crate::bytes::split_at_byte;

/// Start of the fields.
pub(super) const FRAGMENT: &str = "#Intent;";
/// Start of the fields before 2009, after the `#`.
const LEGACY: [&str; 6] = ["action(", "categories(", "type(", "launchFlags(", "component(", "extras("];
pub(super) const INTENT: &str = "intent:";
pub(super) const ANDROID_APP: &str = "android-app:";

impl<'a> Intent<'a> {
    /// Reads a URI. The [module](super) documents the grammar.
    ///
    /// # Errors
    ///
    /// [`IntentError`] if Android throws an exception, and for the format used before 2009, an extra without `=`, and more than
    /// [`MAX_ENTRIES`] extras or categories.
    #[doc(alias = "parseUri")]
    pub fn parse(uri: &'a str) -> Result<Self, IntentError> {
        let android_app = uri.starts_with(ANDROID_APP);
        let (data, fragment) = split(uri);
        let mut fields = match fragment {
            Some(fragment) if fragment.starts_with(FRAGMENT) => {
                let offset = data.len().saturating_add(FRAGMENT.len());
                Some(Fields::new(uri.get(offset..).unwrap_or_default(), offset))
            }
            Some(fragment) if !android_app && is_legacy(fragment) => {
                return Err(IntentError::new(IntentErrorKind::LegacyForm, data.len()));
            }
            _ => None,
        };
        let data = if fields.is_some() { data } else { uri };

        let mut intent = Self::new();
        let mut scheme = None;
        if let Some(fields) = &mut fields {
            let stop = read_part(&mut intent, &mut scheme, fields)?;
            read_selector(&mut intent, stop, fields)?;
        }
        match data.strip_prefix(INTENT) {
            // Without fields, it is not an intent but a URI with a scheme of this name.
            Some(_) if fields.is_none() => intent.data = Some(Data::new(uri)),
            Some(rest) => match scheme {
                Some(scheme) => intent.data = Some(Data::of_scheme(scheme, rest)),
                None => intent.data = (!rest.is_empty()).then_some(Data::new(rest)),
            },
            None if android_app => read_android_app(&mut intent, scheme, data)?,
            None => {
                intent.form = Form::Own { scheme };
                intent.data = (!data.is_empty()).then_some(Data::new(data));
            }
        }
        Ok(intent)
    }
}

/// Splits a URI before its last `#`.
pub(super) fn split(uri: &str) -> (&str, Option<&str>) {
    let hash = uri.bytes().rposition(|byte| byte == b'#');
    match hash.and_then(|hash| uri.split_at_checked(hash)) {
        Some((data, fragment)) => (data, Some(fragment)),
        None => (uri, None),
    }
}

/// True if the text after the last `#` of the data would be read as fields.
pub(super) fn reads_as_fields(data: &Data<'_>) -> bool {
    let mut characters = data.chars();
    let mut fragment = None;
    while let Some(character) = characters.next() {
        if character == '#' {
            fragment = Some(characters.clone());
        }
    }
    let Some(fragment) = fragment else { return false };
    let starts_with = |word: &str| word.chars().eq(fragment.clone().take(word.len()));
    FRAGMENT.strip_prefix('#').is_some_and(starts_with) || LEGACY.into_iter().any(starts_with)
}

/// True for the format of before 2009.
fn is_legacy(fragment: &str) -> bool {
    let fragment = fragment.strip_prefix('#').unwrap_or_default();
    LEGACY.iter().any(|word| fragment.starts_with(word))
}

/// Why the fields of a part end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    End,
    Selector,
}

/// Reads the fields up to the next selector or the end. The scheme is returned separately: it is a part of the data.
fn read_part<'a>(
    intent: &mut Intent<'a>,
    scheme: &mut Option<Text<'a>>,
    fields: &mut Fields<'a>,
) -> Result<Stop, IntentError> {
    intent.categories = Categories::from_fields(fields.rest());
    intent.extras = Extras::from_fields(fields.rest());
    let (mut categories, mut extras) = (0, 0);
    while let Some(field) = fields.take()? {
        if field.is_selector() {
            return Ok(Stop::Selector);
        }
        if field.value_of(name::CATEGORY).is_some() {
            categories += 1;
        } else if !read_field(intent, scheme, &field)? {
            IntentExtra::read(&field)?;
            extras += 1;
        }
        if categories.max(extras) > MAX_ENTRIES {
            return Err(field.error_at_name(IntentErrorKind::TooMany));
        }
    }
    Ok(Stop::End)
}

/// Reads a field, except a category or an extra. False if it is not such a field.
fn read_field<'a>(
    intent: &mut Intent<'a>,
    scheme: &mut Option<Text<'a>>,
    field: &Field<'a>,
) -> Result<bool, IntentError> {
    let Some(value) = field.value else { return Ok(false) };
    let bits = || decode(value).map(i32::cast_unsigned).ok_or(field.error(IntentErrorKind::NotANumber));
    match field.name {
        name::SCHEME => *scheme = Some(value),
        name::ACTION => intent.action = Some(value),
        name::TYPE => intent.mime_type = Some(value),
        name::IDENTIFIER => intent.identifier = Some(value),
        name::LAUNCH_FLAGS => intent.flags = LaunchFlags::new(bits()?),
        name::EXTENDED_LAUNCH_FLAGS => intent.extended_flags = bits()?,
        name::PACKAGE => intent.package = Some(value),
        name::COMPONENT => intent.component = Component::split(value),
        name::SOURCE_BOUNDS => {
            intent.source_bounds = Bounds::read(value).map_err(|kind| field.error(kind))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Checks the selectors. The last one is used, or none if there is a package.
fn read_selector<'a>(
    intent: &mut Intent<'a>,
    mut stop: Stop,
    fields: &mut Fields<'a>,
) -> Result<(), IntentError> {
    while stop == Stop::Selector {
        let text = fields.rest();
        stop = read_part(&mut Intent::new(), &mut None, fields)?;
        intent.selector = intent.package.is_none().then_some(Selector(Origin::Fields(text)));
    }
    Ok(())
}

/// The intent in the checked fields of a selector.
pub(super) fn selector(fields: &str) -> Intent<'_> {
    let mut intent = Intent { form: Form::Selector, ..Intent::new() };
    let mut scheme = None;
    // Checked fields have no errors.
    let _ = read_part(&mut intent, &mut scheme, &mut Fields::new(fields, 0));
    intent.data = scheme.map(|scheme| Data::of_scheme(scheme, ""));
    intent
}

/// Reads `android-app://package/scheme/authority/path`. As in Android, an authority without a path is dropped, and the field
/// `scheme` is used if nothing follows the slash after the package.
fn read_android_app<'a>(
    intent: &mut Intent<'a>,
    scheme: Option<Text<'a>>,
    data: &'a str,
) -> Result<(), IntentError> {
    let rest = data.strip_prefix(ANDROID_APP).unwrap_or_default();
    if rest.is_empty() || rest == "/" {
        return Err(IntentError::new(IntentErrorKind::NoPackage, data.len()));
    }
    let Some(rest) = rest.strip_prefix("//") else { return Ok(()) };
    intent.form = Form::AndroidApp;
    let (package, rest) =
        split_at_byte(rest, b'/').map_or((rest, None), |(package, rest)| (package, Some(rest)));
    intent.package = Some(Text::encoded(package));
    let Some(rest) = rest else { return Ok(()) };
    if rest.is_empty() {
        intent.data = scheme.map(|scheme| Data::of_scheme(scheme, ""));
        return Ok(());
    }
    let (scheme, rest) = split_at_byte(rest, b'/').unwrap_or((rest, ""));
    let scheme = Text::encoded(scheme);
    let path = rest.bytes().position(|byte| byte == b'/').and_then(|slash| rest.split_at_checked(slash));
    intent.data = Some(match path {
        Some((authority, path)) => Data::of_authority(scheme, Text::encoded(authority), path),
        None => Data::of_scheme(scheme, ""),
    });
    Ok(())
}
