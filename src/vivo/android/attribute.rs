//! Attributes of XML elements with values from the caller.

use core::fmt::{self, Write};

use crate::check::{CheckError, Rule, ensure, present};

/// Attribute that names a component's class.
pub(super) const NAME: &str = "android:name";

/// Text as the value of an attribute, between quotes of either kind.
pub(super) struct Value<'a>(pub(super) &'a str);

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&apos;"),
            // Without references, a parser would replace them with spaces.
            '\t' => f.write_str("&#9;"),
            '\n' => f.write_str("&#10;"),
            '\r' => f.write_str("&#13;"),
            _ if is_xml(character) => f.write_char(character),
            _ => f.write_char(char::REPLACEMENT_CHARACTER),
        })
    }
}

/// Writes an attribute of an element in the first column, if there is a value.
pub(super) fn attribute(f: &mut fmt::Formatter<'_>, name: &str, value: Option<&str>) -> fmt::Result {
    value.map_or(Ok(()), |value| write!(f, "\n    {name}=\"{}\"", Value(value)))
}

/// Checks that a text is not empty and that XML can represent it.
pub(super) fn carried(text: &str, field: &'static str) -> Result<(), CheckError> {
    present(text, field)?;
    ensure(text.chars().all(is_xml), field, Rule::NotXml)
}

/// The `Char` of XML 1.0. A `char` is never a surrogate.
const fn is_xml(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
