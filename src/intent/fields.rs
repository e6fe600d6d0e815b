//! The fields in the fragment of an intent URI.

use super::error::{IntentError, IntentErrorKind};
use super::text::Text;
use crate::bytes::split_at_byte;

/// Names of the fields, for reading and writing.
pub(super) mod name {
    pub(crate) const SCHEME: &str = "scheme";
    pub(crate) const ACTION: &str = "action";
    pub(crate) const CATEGORY: &str = "category";
    pub(crate) const TYPE: &str = "type";
    pub(crate) const IDENTIFIER: &str = "identifier";
    pub(crate) const LAUNCH_FLAGS: &str = "launchFlags";
    pub(crate) const EXTENDED_LAUNCH_FLAGS: &str = "extendedLaunchFlags";
    pub(crate) const PACKAGE: &str = "package";
    pub(crate) const COMPONENT: &str = "component";
    pub(crate) const SOURCE_BOUNDS: &str = "sourceBounds";
    /// Starts the selector's part. It has no value.
    pub(crate) const SELECTOR: &str = "SEL";
}

/// The fields `name=value;` up to `end`.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    rest: &'a str,
    /// Position of `rest` in the URI.
    offset: usize,
}

/// One field.
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    /// `None` if the field has no `=`.
    pub(super) value: Option<Text<'a>>,
    /// Position of the field in the URI.
    pub(super) offset: usize,
    /// Position of the value in the URI.
    pub(super) value_offset: usize,
}

impl<'a> Fields<'a> {
    pub(super) const fn new(text: &'a str, offset: usize) -> Self {
        Self { rest: text, offset }
    }

    /// The text of the remaining fields.
    pub(super) const fn rest(&self) -> &'a str {
        self.rest
    }

    /// Takes the next field; `None` at the end. As in Android, anything that starts with `end` is the end, and the text after it
    /// is ignored.
    pub(super) fn take(&mut self) -> Result<Option<Field<'a>>, IntentError> {
        if self.rest.starts_with("end") {
            return Ok(None);
        }
        let offset = self.offset;
        let Some((field, rest)) = split_at_byte(self.rest, b';') else {
            return Err(IntentError::new(IntentErrorKind::NoEnd, offset));
        };
        self.rest = rest;
        self.offset = offset.saturating_add(field.len()).saturating_add(1);
        let (name, value) =
            split_at_byte(field, b'=').map_or((field, None), |(name, value)| (name, Some(value)));
        let value_offset = offset.saturating_add(name.len()).saturating_add(1);
        Ok(Some(Field { name, value: value.map(Text::encoded), offset, value_offset }))
    }
}

/// The fields of one part of checked text. A selector starts another part.
#[derive(Clone)]
pub(super) struct CheckedFields<'a>(pub(super) Fields<'a>);

impl<'a> Iterator for CheckedFields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        self.0.take().ok().flatten().filter(|field| !field.is_selector())
    }
}

impl<'a> Field<'a> {
    /// `SEL;`
    pub(super) fn is_selector(&self) -> bool {
        self.name == name::SELECTOR && self.value.is_none()
    }

    /// The value, if the field has this name.
    pub(super) fn value_of(&self, name: &str) -> Option<Text<'a>> {
        self.value.filter(|_| self.name == name)
    }

    /// An error at the position of the field.
    pub(super) const fn error_at_name(&self, kind: IntentErrorKind) -> IntentError {
        IntentError::new(kind, self.offset)
    }

    /// An error at the position of the value, or of the field if it has no value.
    pub(super) fn error(&self, kind: IntentErrorKind) -> IntentError {
        let offset = if self.value.is_some() { self.value_offset } else { self.offset };
        IntentError::new(kind, offset)
    }
}
