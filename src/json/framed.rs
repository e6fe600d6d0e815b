//! The pairs of a map as one text that can be lent: what serde's binary formats carry.
//!
//! A text stands behind its length and a sign, as in `3:ext2:ab1:k4=null`: `:` is text, `=` is JSON. So no text needs an
//! escape, and a map of any length is read without memory for its pairs.

use core::fmt;

use super::map::{Map, MapValue};
use super::raw::Raw;

/// Writes the pairs of a map.
pub(super) struct Framed<'m, 'a>(pub(super) &'m Map<'a>);

impl fmt::Display for Framed<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(key, value)| {
            let (sign, text) = match value {
                MapValue::Text(text) => (':', text),
                MapValue::Raw(raw) => ('=', raw.as_str()),
            };
            write!(f, "{}:{key}{}{sign}{text}", key.len(), text.len())
        })
    }
}

/// Takes a pair from the front. Nothing is left of text that is not as written here.
pub(super) fn pair<'a>(rest: &mut &'a str) -> Option<(&'a str, MapValue<'a>)> {
    let pair = core::mem::take(rest);
    let (b':', key, value) = text(pair)? else { return None };
    let (sign, value, behind) = text(value)?;
    let value = match sign {
        b':' => MapValue::Text(value),
        b'=' => MapValue::Raw(Raw::new(value).ok()?),
        _ => return None,
    };
    *rest = behind;
    Some((key, value))
}

/// A sign, the text behind it, and the rest.
fn text(framed: &str) -> Option<(u8, &str, &str)> {
    let digits = framed.bytes().take_while(u8::is_ascii_digit).count();
    let (length, framed) = framed.split_at_checked(digits)?;
    let sign = *framed.as_bytes().first()?;
    let (text, rest) = framed.get(1..)?.split_at_checked(length.parse().ok()?)?;
    Some((sign, text, rest))
}
