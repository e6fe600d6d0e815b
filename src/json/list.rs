//! Lists, as a view: of the caller's slice, or of the input.

use core::fmt;
use core::marker::PhantomData;

use super::object::{Key, Shape};
use super::reader::Reader;
use super::value::{ReadValue, WriteValue};
use super::writer::{Sink, Verbatim, verbatim};

/// A list of any length that costs no memory: to encode it borrows a slice, or texts that an iterator gives ([`Texts`]);
/// decoded, it borrows the checked input and reads its elements while it is iterated.
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
    /// What an iterator gives; it has no type parameter, so that a list stays covariant.
    Texts {
        source: &'a (dyn Source + Sync),
        count: usize,
    },
    /// The brackets and all between them, checked, with `count` elements; and how they are written, so that a program which
    /// decodes no list holds no code for it.
    Input {
        span: &'a str,
        count: usize,
        write: Verbatim,
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
            Items::Texts { count, .. } | Items::Input { count, .. } => count,
        }
    }

    /// True without elements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements, in order.
    ///
    /// For a list of [`Texts`] each step goes through their iterator from its start, as it cannot be kept here:
    /// [`for_each`](Self::for_each) does not.
    #[must_use]
    pub fn iter(&self) -> ListIter<'a, T> {
        let (from, left) = match self.items {
            Items::Slice(slice) => (From::Slice(slice.iter()), slice.len()),
            Items::Texts { source, count } => (From::Texts(source, 0), count),
            Items::Input { span, count, .. } => (From::Input(elements(span)), count),
        };
        ListIter { from, left }
    }
}

impl<'a> List<'a, &'a str> {
    /// A list of what an iterator gives, to encode.
    ///
    /// ```
    /// use offline_push::json::{self, List, Texts};
    /// use offline_push::vivo::TagExpression;
    ///
    /// struct City {
    ///     name: &'static str,
    ///     coastal: bool,
    /// }
    /// let cities = [City { name: "shenzhen", coastal: true }, City { name: "chengdu", coastal: false }];
    /// let coastal = Texts::new(cities.iter().filter(|city| city.coastal).map(|city| city.name));
    /// let mut expression = TagExpression::new();
    /// expression.or_tags = Some(List::from_texts(&coastal));
    ///
    /// let mut buffer = [0; 64];
    /// assert_eq!(json::to_str(&expression, &mut buffer)?, r#"{"orTags":["shenzhen"]}"#);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_texts<'t, I>(texts: &'a Texts<'t, I>) -> Self
    where
        I: Iterator<Item = &'t str> + Clone + Sync,
    {
        Self { items: Items::Texts { source: texts, count: texts.iter.clone().count() } }
    }
}

/// The texts that an iterator gives, each time anew: what a [`List`] of any length is made of without an array of them,
/// since it is gone through once to be counted, and once more whenever it is measured or written. The `List` borrows it: see
/// [`List::from_texts`].
#[derive(Clone)]
pub struct Texts<'t, I> {
    iter: I,
    // A reference to all this does not outlive the texts.
    text: PhantomData<&'t str>,
}

impl<'t, I: Iterator<Item = &'t str>> Texts<'t, I> {
    /// Holds an iterator. Its copies must give the same texts.
    #[must_use]
    pub const fn new(iter: I) -> Self {
        Self { iter, text: PhantomData }
    }
}

impl<I> fmt::Debug for Texts<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The texts may be push tokens.
        f.write_str("Texts(..)")
    }
}

/// Texts by way of any iterator.
trait Source {
    fn nth(&self, index: usize) -> Option<&str>;

    fn each<'s>(&'s self, visit: &mut dyn FnMut(&'s str));
}

impl<'t, I: Iterator<Item = &'t str> + Clone> Source for Texts<'t, I> {
    fn nth(&self, index: usize) -> Option<&str> {
        self.iter.clone().nth(index)
    }

    fn each<'s>(&'s self, visit: &mut dyn FnMut(&'s str)) {
        for text in self.iter.clone() {
            visit(text);
        }
    }
}

impl<'a, T: ReadValue<'a> + Clone> List<'a, T> {
    /// Goes through the elements once, in order.
    pub fn for_each(&self, mut visit: impl FnMut(T)) {
        match self.items {
            Items::Texts { source, .. } => source.each(&mut |text| {
                if let Some(element) = T::of_text(text) {
                    visit(element);
                }
            }),
            _ => self.iter().for_each(visit),
        }
    }
}

impl<'a, T: ReadValue<'a> + Clone> List<'a, T> {
    /// [`for_each`](Self::for_each) up to the first error.
    pub(crate) fn try_for_each<E>(&self, mut visit: impl FnMut(T) -> Result<(), E>) -> Result<(), E> {
        let mut result = Ok(());
        self.for_each(|element| {
            if result.is_ok() {
                result = visit(element);
            }
        });
        result
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
    from: From<'a, T>,
    left: usize,
}

enum From<'a, T> {
    Slice(core::slice::Iter<'a, T>),
    /// With how many were given.
    Texts(&'a (dyn Source + Sync), usize),
    Input(Reader<'a>),
}

impl<'a, T: ReadValue<'a> + Clone> Iterator for ListIter<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        match &mut self.from {
            From::Slice(slice) => slice.next().cloned(),
            From::Texts(source, given) => {
                let text = source.nth(*given)?;
                *given += 1;
                T::of_text(text)
            }
            From::Input(reader) => {
                let item = T::read_again(reader)?;
                reader.more(b']')?;
                Some(item)
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<'a, T: ReadValue<'a> + Clone> ExactSizeIterator for ListIter<'a, T> {}
impl<'a, T: ReadValue<'a> + Clone> core::iter::FusedIterator for ListIter<'a, T> {}

impl<'a, T: ReadValue<'a> + Clone + fmt::Debug> fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        self.for_each(|item| {
            list.entry(&item);
        });
        list.finish()
    }
}

impl<'a, T: ReadValue<'a> + Clone + PartialEq> PartialEq for List<'a, T> {
    /// Goes through `other` by [`iter`](Self::iter): put a list of [`Texts`] on the left.
    fn eq(&self, other: &Self) -> bool {
        let mut others = other.iter();
        let mut equal = self.len() == other.len();
        self.for_each(|item| equal = equal && others.next() == Some(item));
        equal
    }
}

impl<'a, T: ReadValue<'a> + Clone + Eq> Eq for List<'a, T> {}

#[cfg(feature = "defmt")]
impl<'a, T: ReadValue<'a> + Clone + defmt::Format> defmt::Format for List<'a, T> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "[");
        self.for_each(|item| defmt::write!(f, "{}, ", item));
        defmt::write!(f, "]");
    }
}

impl<'a, T: ReadValue<'a> + WriteValue + Clone> WriteValue for List<'a, T> {
    const MAX_LEN: Option<usize> = None;

    fn write<S: Sink>(&self, writer: &mut S) {
        // Two branches on a constant: encoders of lists of text so carry no decoder.
        match self.items {
            Items::Input { span, write, .. } if T::VERBATIM => return writer.input(write, span),
            _ => {}
        }
        let opened = writer.open(b'[');
        match self.items {
            Items::Slice(items) => T::write_elements(items, writer),
            Items::Texts { source, .. } => source.each(&mut |text| writer.text_element(text)),
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
        let begun = reader.begin();
        let mut more = reader.open(b'[', b']')?;
        while more {
            count += T::pass(reader);
            if T::read(reader).is_none() {
                reader.blame_element(count);
                return None;
            }
            count += 1;
            more = reader.more(b']')?;
        }
        let span = reader.end(begun)?;
        self.items = Items::Input { span, count, write: verbatim, element: PhantomData };
        Some(())
    }
}
