//! Maps with open keys, as a view of the caller's pairs or of the input, or owned within a bound.

use core::fmt;

use super::object::{Key, Shape};
use super::raw::Raw;
use super::reader::Reader;
use super::value::{ReadValue, WriteValue};
use super::writer::{Sink, Verbatim, verbatim};

/// How many pairs a [`Map`] can own ([`Map::insert`], and reading through serde). The view of a slice or of the input
/// has no bound. vivo's old text allows 10 pairs, the newer one gives no number.
pub const MAX_OWNED_PAIRS: usize = 16;

/// An object whose keys are the sender's: vivo's `clientCustomMap`.
///
/// vivo wants text for every value; senders have put objects there, so decoding keeps any value ([`MapValue`]).
///
/// ```
/// use offline_push::json::Map;
///
/// let mut map = Map::new();
/// map.insert("ext", r#"{"level":15}"#)?;
/// assert_eq!(map.text("ext"), Some(r#"{"level":15}"#));
/// assert_eq!(map.text("EXT"), None);
///
/// let pairs = [("k1", "v1"), ("k2", "v2")];
/// assert_eq!(Map::from_slice(&pairs).len(), 2);
/// # Ok::<(), offline_push::json::MapError>(())
/// ```
#[derive(Clone)]
pub struct Map<'a> {
    pairs: Pairs<'a>,
}

#[derive(Clone)]
#[allow(clippy::large_enum_variant)] // There is no heap to move the pairs to.
enum Pairs<'a> {
    Slice(&'a [(&'a str, &'a str)]),
    // A plain array: `heapless::Vec` has a destructor, which would keep constructors from being `const`.
    Owned([(&'a str, &'a str); MAX_OWNED_PAIRS], usize),
    /// The braces and all between them, checked; and how they are written, so that a program which decodes no map holds no
    /// code for it.
    Input(&'a str, Verbatim),
}

/// Why a [`Map`] could not be changed; it is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum MapError {
    /// It owns [`MAX_OWNED_PAIRS`] pairs already.
    Full,
    /// It views input with a value that is not text, which it cannot own.
    NotText,
}

impl fmt::Display for MapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => write!(f, "a map owns at most {MAX_OWNED_PAIRS} pairs"),
            Self::NotText => f.write_str("a value of the map is not text"),
        }
    }
}

impl core::error::Error for MapError {}

/// What a key of a [`Map`] leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum MapValue<'a> {
    /// Text, as vivo wants it.
    Text(&'a str),
    /// Any other JSON value, as it was received.
    Raw(Raw<'a>),
}

impl<'a> MapValue<'a> {
    /// The text, if it is text.
    #[must_use]
    pub const fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Raw(_) => None,
        }
    }
}

impl<'a> Map<'a> {
    /// An empty map, to [`insert`](Self::insert) pairs.
    #[must_use]
    pub const fn new() -> Self {
        Self { pairs: Pairs::Owned([("", ""); MAX_OWNED_PAIRS], 0) }
    }

    /// A map to encode. Keys are written as they are; a repeated key is the caller's mistake
    /// ([`Notification::check`](crate::vivo::Notification::check) finds it).
    #[must_use]
    pub const fn from_slice(pairs: &'a [(&'a str, &'a str)]) -> Self {
        Self { pairs: Pairs::Slice(pairs) }
    }

    /// Sets a key, in a map that owns its pairs; a view of text pairs is copied first.
    ///
    /// # Errors
    ///
    /// [`MapError::Full`] beyond [`MAX_OWNED_PAIRS`], [`MapError::NotText`] where a viewed map holds a value of another type.
    pub fn insert(&mut self, key: &'a str, value: &'a str) -> Result<(), MapError> {
        if !matches!(self.pairs, Pairs::Owned(..)) {
            *self = self.owned(|_| true)?;
        }
        if let Pairs::Owned(pairs, len) = &mut self.pairs {
            let place = pairs.iter().take(*len).position(|(name, _)| *name == key).unwrap_or(*len);
            *pairs.get_mut(place).ok_or(MapError::Full)? = (key, value);
            *len = (*len).max(place + 1);
        }
        Ok(())
    }

    /// Takes a key out, in a map that owns its pairs; a view of text pairs is copied first.
    ///
    /// # Errors
    ///
    /// As [`insert`](Self::insert), where a view has to be copied.
    pub fn remove(&mut self, key: &str) -> Result<(), MapError> {
        *self = self.owned(|name| name != key)?;
        Ok(())
    }

    /// A copy that owns those of the pairs whose keys are wanted.
    pub(crate) fn owned(&self, wanted: impl Fn(&str) -> bool) -> Result<Self, MapError> {
        let mut owned = Self::new();
        for (key, value) in self.iter().filter(|(key, _)| wanted(key)) {
            owned.insert(key, value.text().ok_or(MapError::NotText)?)?;
        }
        Ok(owned)
    }

    /// The pairs, in order.
    #[must_use]
    pub fn iter(&self) -> MapIter<'_, 'a> {
        match &self.pairs {
            Pairs::Slice(pairs) => MapIter { pairs: pairs.iter(), reader: None },
            Pairs::Owned(pairs, len) => {
                MapIter { pairs: pairs.get(..*len).unwrap_or_default().iter(), reader: None }
            }
            Pairs::Input(span, _) => {
                let mut reader = Reader::with_resolved(span, span.len());
                let more = reader.open(b'{', b'}').unwrap_or(false);
                MapIter { pairs: [].iter(), reader: more.then_some(reader) }
            }
        }
    }

    /// The value of a key; the first one where a sender repeated it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<MapValue<'a>> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The text of a key, if its value is text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(MapValue::text)
    }

    /// Number of pairs; counted each time where the map views the input.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// True without pairs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl Default for Map<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'m, 'a> IntoIterator for &'m Map<'a> {
    type Item = (&'a str, MapValue<'a>);
    type IntoIter = MapIter<'m, 'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The pairs of a [`Map`].
pub struct MapIter<'m, 'a> {
    pairs: core::slice::Iter<'m, (&'a str, &'a str)>,
    reader: Option<Reader<'a>>,
}

impl<'a> Iterator for MapIter<'_, 'a> {
    type Item = (&'a str, MapValue<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let Some(reader) = &mut self.reader else {
            return self.pairs.next().map(|&(key, value)| (key, MapValue::Text(value)));
        };
        let pair = read_pair(reader);
        if pair.is_none() || reader.more(b'}') != Some(true) {
            self.reader = None;
        }
        pair
    }
}

impl core::iter::FusedIterator for MapIter<'_, '_> {}

/// A key that is text, and its colon.
pub(super) fn read_key<'a>(reader: &mut Reader<'a>) -> Option<&'a str> {
    if !reader.at_text() {
        return reader.unexpected(reader.position());
    }
    let key = reader.text()?;
    reader.colon()?;
    Some(key)
}

/// One key and its value.
fn read_pair<'a>(reader: &mut Reader<'a>) -> Option<(&'a str, MapValue<'a>)> {
    let key = read_key(reader)?;
    let value =
        if reader.at_text() { MapValue::Text(reader.text()?) } else { MapValue::Raw(Raw::read(reader)?) };
    Some((key, value))
}

impl fmt::Debug for Map<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl PartialEq for Map<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Map<'_> {}

#[cfg(feature = "defmt")]
impl defmt::Format for Map<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{{");
        for (key, value) in self {
            defmt::write!(f, "{}: {}, ", key, value);
        }
        defmt::write!(f, "}}");
    }
}

/// One key and its value, with a comma.
pub(super) fn write_entry<T: WriteValue>(key: &str, value: &T, writer: &mut impl Sink) {
    writer.quoted(b"\"", key, b':');
    value.write_member(Key::ELEMENT, writer);
}

impl WriteValue for Map<'_> {
    const MAX_LEN: Option<usize> = None;

    fn write<S: Sink>(&self, writer: &mut S) {
        let pairs = match &self.pairs {
            Pairs::Input(span, write) => return writer.input(*write, span),
            Pairs::Slice(pairs) => pairs,
            Pairs::Owned(pairs, len) => pairs.get(..*len).unwrap_or_default(),
        };
        let opened = writer.open(b'{');
        for (key, value) in pairs {
            write_entry(key, value, writer);
        }
        writer.close(opened, b'}');
    }
}

impl<'a> ReadValue<'a> for Map<'a> {
    const EMPTY: Self = Self { pairs: Pairs::Slice(&[]) };
    const SHAPE: &'static Shape = &Shape::Keyed(&Shape::Text);

    fn fill(&mut self, reader: &mut Reader<'a>) -> Option<()> {
        let begun = reader.begin();
        let mut more = reader.open(b'{', b'}')?;
        while more {
            read_pair(reader)?;
            more = reader.more(b'}')?;
        }
        self.pairs = Pairs::Input(reader.end(begun)?, verbatim);
        Some(())
    }
}
