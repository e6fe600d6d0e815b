//! Objects with any keys: a view of the caller's pairs or of the input, with a few pairs set or removed.

use core::{fmt, slice};

use super::description::Type;
use super::object::Key;
use super::pieces::VERBATIM_LEVELS;
use super::raw::Raw;
use super::reader::{At, Cursor, Reader};
use super::show::{Reveal, Show, Shown, show_in_logs};
use super::source::{Checked, Source};
use super::value::{ReadValue, WriteValue};
use super::writer::{Sink, Writer, each, verbatim};

/// The number of keys of a [`Map`] that [`Map::insert`] and [`Map::remove`] can change: each of these keys needs memory in the map.
/// [`Map::from_slice`] and decoding have no limit.
pub const MAX_INSERTED_PAIRS: usize = 2;

/// An object whose keys the sender chooses.
///
/// A map views any number of pairs: those of a slice, or those of the input. In addition, it holds at most [`MAX_INSERTED_PAIRS`]
/// keys that were set or removed. For more pairs, make a slice first: [`Map::from_slice`].
///
/// Values are text in all published samples. Some senders put objects there, so decoding keeps any value ([`MapValue`]).
///
/// ```
/// use offline_push::json::Map;
///
/// let mut map = Map::from_slice(&[("k1", "v1"), ("k2", "v2")]);
/// map.insert("ext", r#"{"level":15}"#)?;
/// map.insert("k1", "v3")?;
/// assert_eq!(map.text("ext"), Some(r#"{"level":15}"#));
/// assert_eq!(map, Map::from_slice(&[("k1", "v3"), ("k2", "v2"), ("ext", r#"{"level":15}"#)]));
/// # Ok::<(), offline_push::json::MapError>(())
/// ```
#[derive(Clone)]
pub struct Map<'a> {
    stored: Stored<'a>,
    edits: Edits<'a>,
}

#[derive(Clone, Copy)]
enum Stored<'a> {
    /// With edits, and how the map is written: pointers, so that a program that neither edits nor decodes maps holds no code
    /// for it.
    Slice(&'a [Pair<'a, &'a str>], Option<WriteMap>),
    /// The braces and everything between them, checked.
    Input(&'a str, WriteMap),
}

type Pair<'a, V> = (&'a str, V);
type WriteMap = fn(&Map<'_>, &mut Writer<'_>);

/// The used places come first.
type Edits<'a> = [Option<Edit<'a>>; MAX_INSERTED_PAIRS];

#[derive(Clone, Copy)]
struct Edit<'a> {
    key: &'a str,
    /// `None` if the key was removed.
    value: Option<&'a str>,
}

/// Why a [`Map`] could not be changed. The map is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum MapError {
    /// [`MAX_INSERTED_PAIRS`] other keys are already set or removed.
    Full,
}

impl fmt::Display for MapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => write!(f, "at most {MAX_INSERTED_PAIRS} keys of a map can be set or removed"),
        }
    }
}

impl core::error::Error for MapError {}

/// A value of a [`Map`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MapValue<'a> {
    /// Text.
    Text(&'a str),
    /// Any other JSON value, untouched.
    Raw(Raw<'a>),
}

/// Without the name of the case: text is in quotes, and other JSON is in `Raw(…)`.
impl Show for MapValue<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.show(reveal, f),
            Self::Raw(raw) => raw.show(reveal, f),
        }
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        match self {
            Self::Text(text) => text.log(reveal, f),
            Self::Raw(raw) => raw.log(reveal, f),
        }
    }
}

show_in_logs! { MapValue<'_> }

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
    /// An empty map, into which you can [`insert`](Self::insert) pairs.
    #[must_use]
    pub const fn new() -> Self {
        Self::from_slice(&[])
    }

    /// A map to encode. Keys are written as they are. The map does not look for duplicate keys; a message's `check` does.
    #[must_use]
    pub const fn from_slice(pairs: &'a [(&'a str, &'a str)]) -> Self {
        Self { stored: Stored::Slice(pairs, None), edits: [None; MAX_INSERTED_PAIRS] }
    }

    /// A map with one pair, as [`insert`](Self::insert) makes it of an empty one.
    pub(crate) const fn of_pair(key: &'a str, value: &'a str) -> Self {
        let edits = [Some(Edit { key, value: Some(value) }), None];
        Self { stored: Stored::Slice(&[], Some(write_edits)), edits }
    }

    /// Sets a key. The new value replaces the old one; a new key comes last. The pairs that the map views are not copied. If
    /// they contain the key more than once, the first place is kept.
    ///
    /// # Errors
    ///
    /// [`MapError::Full`] beyond [`MAX_INSERTED_PAIRS`]. Setting the same key again is not an error.
    pub fn insert(&mut self, key: &'a str, value: &'a str) -> Result<(), MapError> {
        self.edit(Edit { key, value: Some(value) })
    }

    /// Removes a key and its duplicates. Removing an inserted pair makes room for another one. Removing a pair that the map
    /// views needs the room of one inserted pair.
    ///
    /// # Errors
    ///
    /// [`MapError::Full`] beyond [`MAX_INSERTED_PAIRS`]. Removing an absent key is not an error.
    pub fn remove(&mut self, key: &str) -> Result<(), MapError> {
        if let Some((key, _)) = self.stored.iter().find(|(name, _)| *name == key) {
            return self.edit(Edit { key, value: None });
        }
        for place in &mut self.edits {
            *place = place.filter(|edit| edit.key != key);
        }
        let [first, second] = &mut self.edits;
        *first = first.or_else(|| second.take());
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'a>) -> Result<(), MapError> {
        let mut places = self.edits.iter_mut();
        let place = places.find(|place| place.is_none_or(|old| old.key == edit.key));
        *place.ok_or(MapError::Full)? = Some(edit);
        match &mut self.stored {
            Stored::Slice(_, write) => *write = Some(write_edited),
            Stored::Input(_, write) => *write = write_edited,
        }
        Ok(())
    }

    /// The pairs, in order.
    #[must_use]
    pub fn iter(&self) -> MapIter<'a> {
        MapIter { pairs: Edited { stored: self.stored.iter(), edits: self.edits } }
    }

    /// The value of a key; the first value of a duplicate key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<MapValue<'a>> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The text of a key, if its value is text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(MapValue::text)
    }

    /// The number of pairs, in linear time.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// True if there are no pairs.
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

impl<'a> IntoIterator for &Map<'a> {
    type Item = (&'a str, MapValue<'a>);
    type IntoIter = MapIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The pairs of a [`Map`].
pub struct MapIter<'a> {
    pairs: Edited<'a, StoredIter<'a>>,
}

impl<'a> Iterator for MapIter<'a> {
    type Item = (&'a str, MapValue<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.pairs.next()
    }
}

impl core::iter::FusedIterator for MapIter<'_> {}

impl fmt::Debug for MapIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MapIter(..)")
    }
}

/// Stored pairs without those that were removed and with those that were set.
struct Edited<'a, I> {
    stored: I,
    /// When a value has been returned, it is removed from its edit: the edit then removes the other pairs with this key.
    edits: Edits<'a>,
}

impl<'a, I: Iterator<Item = Pair<'a, MapValue<'a>>>> Iterator for Edited<'a, I> {
    type Item = Pair<'a, MapValue<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        for (key, value) in &mut self.stored {
            match self.edits.iter_mut().flatten().find(|edit| edit.key == key) {
                None => return Some((key, value)),
                Some(Edit { value: set, .. }) => {
                    if let Some(text) = set.take() {
                        return Some((key, MapValue::Text(text)));
                    }
                }
            }
        }
        self.edits.iter_mut().flatten().find_map(|edit| Some((edit.key, MapValue::Text(edit.value.take()?))))
    }
}

impl<'a> Stored<'a> {
    fn iter(self) -> StoredIter<'a> {
        match self {
            Self::Slice(pairs, _) => StoredIter::Slice(pairs.iter()),
            Self::Input(span, _) => {
                let mut cursor = Cursor::again(span);
                let more = cursor.open(b'{').unwrap_or(false);
                if more { StoredIter::Input(cursor) } else { StoredIter::Slice([].iter()) }
            }
        }
    }
}

enum StoredIter<'a> {
    Slice(slice::Iter<'a, Pair<'a, &'a str>>),
    Input(Cursor<Checked<'a>>),
}

impl<'a> Iterator for StoredIter<'a> {
    type Item = Pair<'a, MapValue<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Slice(pairs) => pairs.next().map(as_value),
            Self::Input(cursor) => {
                let (key, value, next) = read_pair(&mut cursor.reader, cursor.at)?;
                cursor.at = next;
                if cursor.more(b'}') != Some(true) {
                    *self = Self::Slice([].iter());
                }
                Some((key, value))
            }
        }
    }
}

fn as_value<'a>(&(key, text): &Pair<'a, &'a str>) -> Pair<'a, MapValue<'a>> {
    (key, MapValue::Text(text))
}

/// One key and its value, and what follows.
#[inline]
fn read_pair<'a, S: Source<'a>>(reader: &mut Reader<S>, at: At) -> Option<(&'a str, MapValue<'a>, At)> {
    let (key, at) = reader.text_key(at)?;
    if reader.is_text(at) {
        let (text, next) = reader.text(at)?;
        return Some((key, MapValue::Text(text), next));
    }
    let mut raw = Raw::EMPTY;
    let next = raw.fill(reader, at)?;
    Some((key, MapValue::Raw(raw), next))
}

/// A key is a name that an app gave, so its length is shown, too.
impl Show for Map<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.iter().map(|(key, value)| (Shown(key, reveal), Shown(value, reveal)));
        f.debug_map().entries(entries).finish()
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        super::show::log_map(self.iter(), reveal, f);
    }
}

show_in_logs! { Map<'_> }

impl PartialEq for Map<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Map<'_> {}

/// One key and its value, with a comma.
pub(super) fn write_entry<T: WriteValue>(key: &str, value: &T, writer: &mut impl Sink) {
    writer.quoted(b"\"", key, b':');
    value.write_member(Key::ELEMENT, writer);
}

impl WriteValue for Map<'_> {
    const MAX_LEN: Option<usize> = None;
    const LEVELS: usize = VERBATIM_LEVELS;

    fn write<S: Sink>(&self, writer: &mut S) {
        if S::RESUMES {
            return write_part(self, writer);
        }
        match self.stored {
            Stored::Slice(pairs, None) => write_pairs(pairs.iter().map(as_value), writer),
            Stored::Slice(_, Some(write)) | Stored::Input(_, write) => {
                writer.input(&[], |writer| write(self, writer));
            }
        }
    }
}

/// Writes a map of the input as it is there.
fn write_input(map: &Map<'_>, writer: &mut Writer<'_>) {
    if let Stored::Input(span, _) = map.stored {
        verbatim(writer, as_object(span));
    }
}

/// Not the `[]` that PHP writes for an empty object.
fn as_object(span: &str) -> &str {
    if span.starts_with('{') { span } else { "{}" }
}

/// Writes a map so that writing can continue inside it. A map with edits is written from its start: to continue inside it, each
/// program that writes maps in pieces would need a decoder.
fn write_part<S: Sink>(map: &Map<'_>, writer: &mut S) {
    match map.stored {
        Stored::Slice(pairs, None) => {
            if writer.enter() {
                let opened = writer.open(b'{');
                each(pairs, writer, |(key, text), writer| write_entry(key, text, writer));
                writer.close(opened, b'}');
            }
        }
        Stored::Input(span, write) if map.edits.iter().all(Option::is_none) => {
            writer.input(as_object(span).as_bytes(), |writer| write(map, writer));
        }
        Stored::Slice(_, Some(write)) | Stored::Input(_, write) => {
            writer.input(&[], |writer| write(map, writer));
        }
    }
}

/// Writes a map with keys that were set or removed.
fn write_edited(map: &Map<'_>, writer: &mut Writer<'_>) {
    write_pairs(map.iter(), writer);
}

/// Writes a map that views no pairs.
fn write_edits(map: &Map<'_>, writer: &mut Writer<'_>) {
    write_pairs(Edited { stored: core::iter::empty(), edits: map.edits }, writer);
}

fn write_pairs<'a>(pairs: impl Iterator<Item = Pair<'a, MapValue<'a>>>, writer: &mut impl Sink) {
    let opened = writer.open(b'{');
    for (key, value) in pairs {
        match value {
            MapValue::Text(text) => write_entry(key, &text, writer),
            MapValue::Raw(raw) => write_entry(key, &raw, writer),
        }
    }
    writer.close(opened, b'}');
}

impl<'a> ReadValue<'a> for Map<'a> {
    const EMPTY: Self = Self::new();
    const DESCRIPTION: &'static Type = &Type::Map;

    #[inline]
    fn fill_some<S: Source<'a>>(slot: &mut Option<Self>, reader: &mut Reader<S>, at: At) -> Option<At> {
        Self::fill_in_place(slot, reader, at)
    }

    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let kept = reader.keep(at);
        let (mut more, mut at) = reader.open(at, b'{')?;
        while more {
            let (_, _, next) = read_pair(reader, at)?;
            (more, at) = reader.more(next, b'}')?;
        }
        let (span, next) = reader.release(kept, at)?;
        self.stored = Stored::Input(span, write_input);
        Some(next)
    }
}
