//! Objects with any keys whose values are all messages of one type: a view of the caller's slice or of the input.

use core::fmt;
use core::marker::PhantomData;

use super::description::Type;
use super::map::write_entry;
use super::pieces::each_decoded;
use super::reader::{At, Cursor, Reader};
use super::show::{Reveal, Show, Shown, show_in_logs};
use super::source::{Checked, Source};
use super::value::{ReadValue, WriteValue};
use super::writer::{Sink, each};

/// An object of any length: the sender chooses the keys, and the values are messages of one type. It needs no memory of its own. To encode,
/// it borrows a slice of pairs. After decoding, it borrows the checked input and reads the entries during the iteration.
///
/// Duplicate keys are not refused, because finding them would take memory or more than linear time. All entries are returned, in
/// their order.
///
/// ```
/// use offline_push::json;
/// use offline_push::vivo::Receipts;
///
/// let body = r#"{"342982232646905856":{"targets":"v2-abc","ackTime":1501484120000,"ackType":"0"}}"#;
/// let receipts: Receipts = json::from_str(body)?;
/// let (task_id, receipt) = receipts.iter().next().unwrap();
/// assert_eq!(task_id, "342982232646905856");
/// assert_eq!(receipt.ack_time, Some(1_501_484_120_000));
/// # Ok::<(), json::DecodeError>(())
/// ```
pub struct Keyed<'a, T> {
    entries: Entries<'a, T>,
}

enum Entries<'a, T> {
    Slice(&'a [(&'a str, T)]),
    /// The braces and everything between them, checked, with `count` entries.
    Input {
        span: &'a str,
        count: usize,
        value: PhantomData<fn() -> T>,
    },
}

impl<T> Clone for Keyed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Keyed<'_, T> {}

impl<T> Clone for Entries<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Entries<'_, T> {}

impl<'a, T> Keyed<'a, T> {
    /// An object to encode. Keys are written as they are.
    #[must_use]
    pub const fn from_slice(entries: &'a [(&'a str, T)]) -> Self {
        Self { entries: Entries::Slice(entries) }
    }

    /// The number of entries.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self.entries {
            Entries::Slice(slice) => slice.len(),
            Entries::Input { count, .. } => count,
        }
    }

    /// True if there are no entries.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keys and values, in order.
    #[must_use]
    pub fn iter(&self) -> KeyedIter<'a, T> {
        match self.entries {
            Entries::Slice(slice) => KeyedIter { slice: slice.iter(), cursor: None, left: slice.len() },
            Entries::Input { span, count, .. } => {
                let mut cursor = Cursor::again(span);
                cursor.open(b'{');
                KeyedIter { slice: [].iter(), cursor: Some(cursor), left: count }
            }
        }
    }
}

impl<'a, T: ReadValue<'a> + Clone> Keyed<'a, T> {
    /// The value of a key; the first value of a duplicate key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<T> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }
}

impl<'a, T: ReadValue<'a> + Clone> IntoIterator for Keyed<'a, T> {
    type Item = (&'a str, T);
    type IntoIter = KeyedIter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T: ReadValue<'a> + Clone> IntoIterator for &Keyed<'a, T> {
    type Item = (&'a str, T);
    type IntoIter = KeyedIter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The entries of a [`Keyed`].
pub struct KeyedIter<'a, T> {
    slice: core::slice::Iter<'a, (&'a str, T)>,
    cursor: Option<Cursor<Checked<'a>>>,
    left: usize,
}

impl<'a, T: ReadValue<'a> + Clone> Iterator for KeyedIter<'a, T> {
    type Item = (&'a str, T);

    fn next(&mut self) -> Option<Self::Item> {
        let Some(cursor) = &mut self.cursor else {
            let entry = self.slice.next().cloned();
            self.left = self.slice.len();
            return entry;
        };
        self.left = self.left.checked_sub(1)?;
        let (key, value) = cursor.reader.text_key(cursor.at)?;
        cursor.at = value;
        let entry = (key, cursor.element()?);
        cursor.more(b'}')?;
        Some(entry)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<'a, T: ReadValue<'a> + Clone> ExactSizeIterator for KeyedIter<'a, T> {}
impl<'a, T: ReadValue<'a> + Clone> core::iter::FusedIterator for KeyedIter<'a, T> {}

/// A key may be a text of a user, so its length is shown, too.
impl<'a, T: ReadValue<'a> + Clone + Show> Show for Keyed<'a, T> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.iter().map(|(key, value)| (Shown(key, reveal), Shown(value, reveal)));
        f.debug_map().entries(entries).finish()
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        super::show::log_map(self.iter(), reveal, f);
    }
}

show_in_logs! { Keyed<'a, T>, ['a, T: ReadValue<'a> + Clone + Show] }

impl<'a, T: ReadValue<'a> + Clone + PartialEq> PartialEq for Keyed<'a, T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<'a, T: ReadValue<'a> + Clone + Eq> Eq for Keyed<'a, T> {}

impl<'a, T: ReadValue<'a> + WriteValue + Clone> WriteValue for Keyed<'a, T> {
    const MAX_LEN: Option<usize> = None;
    const LEVELS: usize = T::LEVELS + 1;

    fn write<S: Sink>(&self, writer: &mut S) {
        if !writer.enter() {
            return;
        }
        let opened = writer.open(b'{');
        match self.entries {
            Entries::Slice(entries) => {
                each(entries, writer, |(key, value), writer| write_entry(key, value, writer));
            }
            Entries::Input { span, .. } if S::RESUMES => {
                each_decoded(span, *b"{}", writer, |cursor, writer| {
                    let (key, value) = cursor.reader.text_key(cursor.at)?;
                    cursor.at = value;
                    write_entry(key, &cursor.element::<T>()?, writer);
                    Some(())
                });
            }
            Entries::Input { .. } => self.iter().for_each(|(key, value)| write_entry(key, &value, writer)),
        }
        writer.close(opened, b'}');
    }
}

impl<'a, T: ReadValue<'a>> ReadValue<'a> for Keyed<'a, T> {
    const EMPTY: Self = Self { entries: Entries::Slice(&[]) };
    const DESCRIPTION: &'static Type = &Type::Keyed(T::DESCRIPTION);

    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (mut count, mut odd, mut length) = (0, 0, 0);
        let kept = reader.keep(at);
        let (mut more, mut at) = reader.open(at, b'{')?;
        while more {
            let key = reader.key_as_last(at, &mut length);
            let entry = key.and_then(|value| reader.check::<T>(value, &mut odd));
            let Some(next) = entry else { return reader.blame_element(count) };
            count += 1;
            (more, at) = reader.more(next, b'}')?;
        }
        let (span, next) = reader.release(kept, at)?;
        self.entries = Entries::Input { span, count, value: PhantomData };
        Some(next)
    }
}

super::codec! { encode Keyed<'a, T>, ['a, T: ReadValue<'a> + WriteValue + Clone] }
super::codec! { decode 'a Keyed<'a, T>, [T: ReadValue<'a> + WriteValue + Clone] }
