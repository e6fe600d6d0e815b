//! Lists, as a view: of the caller's slice, or of the input.

use core::fmt;
use core::marker::PhantomData;

use super::object::{Key, Shape};
use super::reader::Reader;
use super::value::{ReadValue, WriteValue};
use super::writer::Writer;

/// A list of any length that costs no memory: to encode it borrows a slice; decoded, it borrows the checked input and
/// reads its elements while it is iterated.
///
/// ```
/// use offline_push::json::{self, List};
/// use offline_push::vivo::TagExpression;
///
/// let cities = ["shenzhen", "guangzhou"];
/// let mut expression = TagExpression::new();
/// expression.or_tags = Some(List::from_slice(&cities));
///
/// let mut buffer = [0; 64];
/// let text = json::to_str(&expression, &mut buffer)?;
/// assert_eq!(text, r#"{"orTags":["shenzhen","guangzhou"]}"#);
///
/// let read: TagExpression = json::from_str(text)?;
/// assert!(read.or_tags.unwrap().iter().eq(cities));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub struct List<'a, T> {
    items: Items<'a, T>,
}

enum Items<'a, T> {
    Slice(&'a [T]),
    /// The brackets and all between them, checked, with `count` elements.
    Input {
        span: &'a str,
        count: usize,
        element: PhantomData<fn() -> T>,
    },
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<T> Clone for Items<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Items<'_, T> {}

impl<'a, T> List<'a, T> {
    /// A list to encode.
    #[must_use]
    pub const fn from_slice(items: &'a [T]) -> Self {
        Self { items: Items::Slice(items) }
    }

    /// Number of elements.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self.items {
            Items::Slice(slice) => slice.len(),
            Items::Input { count, .. } => count,
        }
    }

    /// True without elements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements, in order.
    #[must_use]
    pub fn iter(&self) -> ListIter<'a, T> {
        match self.items {
            Items::Slice(slice) => ListIter { slice: slice.iter(), reader: None, left: slice.len() },
            Items::Input { span, count, .. } => {
                ListIter { slice: [].iter(), reader: Some(elements(span)), left: count }
            }
        }
    }
}

impl<'a, T: ReadValue<'a> + Clone> IntoIterator for List<'a, T> {
    type Item = T;
    type IntoIter = ListIter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T: ReadValue<'a> + Clone> IntoIterator for &List<'a, T> {
    type Item = T;
    type IntoIter = ListIter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Stands on the first element of a checked list.
fn elements(span: &str) -> Reader<'_> {
    let mut reader = Reader::with_resolved(span, span.len());
    reader.open(b'[', b']');
    reader
}

/// The elements of a [`List`].
pub struct ListIter<'a, T> {
    slice: core::slice::Iter<'a, T>,
    reader: Option<Reader<'a>>,
    left: usize,
}

impl<'a, T: ReadValue<'a> + Clone> Iterator for ListIter<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let Some(reader) = &mut self.reader else {
            let item = self.slice.next().cloned();
            self.left = self.slice.len();
            return item;
        };
        self.left = self.left.checked_sub(1)?;
        let item = T::read(reader)?;
        reader.more(b']')?;
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<'a, T: ReadValue<'a> + Clone> ExactSizeIterator for ListIter<'a, T> {}
impl<'a, T: ReadValue<'a> + Clone> core::iter::FusedIterator for ListIter<'a, T> {}

impl<'a, T: ReadValue<'a> + Clone + fmt::Debug> fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a, T: ReadValue<'a> + Clone + PartialEq> PartialEq for List<'a, T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<'a, T: ReadValue<'a> + Clone + Eq> Eq for List<'a, T> {}

#[cfg(feature = "defmt")]
impl<'a, T: ReadValue<'a> + Clone + defmt::Format> defmt::Format for List<'a, T> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "[");
        for item in self {
            defmt::write!(f, "{}, ", item);
        }
        defmt::write!(f, "]");
    }
}

impl<'a, T: ReadValue<'a> + WriteValue + Clone> WriteValue for List<'a, T> {
    const MAX_LEN: Option<usize> = None;

    fn write(&self, writer: &mut Writer<'_>) {
        // Two branches on a constant: encoders of lists of text so carry no decoder.
        match self.items {
            Items::Input { span, .. } if T::VERBATIM => return writer.verbatim(span),
            _ => {}
        }
        let opened = writer.open(b'[');
        match self.items {
            Items::Slice(items) => items.iter().for_each(|item| item.write_member(Key::ELEMENT, writer)),
            Items::Input { .. } if T::VERBATIM => {}
            Items::Input { .. } => self.iter().for_each(|item| item.write_member(Key::ELEMENT, writer)),
        }
        writer.close(opened, b']');
    }
}

impl<'a, T: ReadValue<'a>> ReadValue<'a> for List<'a, T> {
    const EMPTY: Self = Self { items: Items::Slice(&[]) };
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);

    fn fill(&mut self, reader: &mut Reader<'a>) -> Option<()> {
        let mut count = 0;
        let start = reader.position();
        let mut more = reader.open(b'[', b']')?;
        while more {
            if T::read(reader).is_none() {
                reader.blame_element(count);
                return None;
            }
            count += 1;
            more = reader.more(b']')?;
        }
        let span = reader.text_since(start)?;
        self.items = Items::Input { span, count, element: PhantomData };
        Some(())
    }
}
