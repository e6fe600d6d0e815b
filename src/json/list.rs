//! Lists: a view of the caller's slice or of the input.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;

use super::description::Type;
use super::object::{Key, deeper};
use super::pieces::{VERBATIM_LEVELS, each_decoded};
use super::reader::{At, Cursor, Reader};
use super::show::{Reveal, Show, Shown, show_in_logs};
use super::source::{Checked, Source as Input};
use super::value::{ReadValue, WriteValue};
use super::writer::{Sink, Verbatim, verbatim};

/// A list of any length that needs no memory of its own. A list to encode borrows a slice, or the caller's own structs and a
/// function that returns the text of each ([`Texts`]). A decoded list borrows the checked input, and reads its elements
/// during the iteration.
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
    /// Texts of structs; without a type parameter, so that a list stays covariant.
    Texts {
        source: &'a (dyn Source + Sync),
        structs: usize,
        count: usize,
    },
    /// The brackets and everything between them, checked, with `count` elements. `write` is a pointer to the function that writes
    /// them, so that a program that decodes no list does not contain the function.
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

    /// The number of elements.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self.items {
            Items::Slice(slice) => slice.len(),
            Items::Texts { count, .. } | Items::Input { count, .. } => count,
        }
    }

    /// True if there are no elements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements, in order.
    #[must_use]
    pub fn iter(&self) -> ListIter<'a, T> {
        let (from, left) = match self.items {
            Items::Slice(slice) => (From::Slice(slice.iter()), slice.len()),
            Items::Texts { source, structs, count } => (From::Texts(source, 0..structs), count),
            Items::Input { span, count, .. } => (From::Input(elements(span)), count),
        };
        ListIter { from, left }
    }
}

impl<'a> List<'a, &'a str> {
    /// A list of the texts of structs, to encode.
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
    /// let names = Texts::new(&cities, |city| city.name);
    /// let coastal = Texts::new(&cities, |city| city.coastal.then_some(city.name));
    /// let mut expression = TagExpression::new();
    /// expression.or_tags = Some(List::from_texts(&names));
    /// expression.and_tags = Some(List::from_texts(&coastal));
    ///
    /// let mut buffer = [0; 64];
    /// let text = json::to_str(&expression, &mut buffer)?;
    /// assert_eq!(text, r#"{"orTags":["shenzhen","chengdu"],"andTags":["shenzhen"]}"#);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_texts<'t, T, F, R>(texts: &'a Texts<'t, T, F>) -> Self
    where
        T: Sync,
        F: Fn(&'t T) -> R + Sync,
        R: Into<Option<&'t str>>,
    {
        let structs = texts.structs.len();
        Self { items: Items::Texts { source: texts, structs, count: each(texts, 0..structs).count() } }
    }
}

/// Texts of the caller's structs. [`List::from_texts`] makes a list of any length from them, without an array of texts. The list
/// borrows the `Texts`.
///
/// The function is called once for each struct to count the texts, and once for each struct whenever the list is measured, written,
/// checked or iterated. With [`Pieces`](super::Pieces) it is called once more for each struct in which a piece ends. If the structs are
/// not in a slice, collect the texts and use [`List::from_slice`].
pub struct Texts<'t, T, F> {
    structs: &'t [T],
    text: F,
}

impl<'t, T, F, R> Texts<'t, T, F>
where
    F: Fn(&'t T) -> R,
    R: Into<Option<&'t str>>,
{
    /// Takes structs, and a function that returns the text of one struct: `&str`, or `Option<&str>` to leave some out. The function must
    /// return the same text for the same struct each time.
    #[must_use]
    pub const fn new(structs: &'t [T], text: F) -> Self {
        Self { structs, text }
    }
}

impl<T, F: Clone> Clone for Texts<'_, T, F> {
    fn clone(&self) -> Self {
        Self { structs: self.structs, text: self.text.clone() }
    }
}

impl<T, F> fmt::Debug for Texts<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The texts may be push tokens.
        f.write_str("Texts(..)")
    }
}

/// Texts of structs of any type. They are found by index, so an iterator over them needs no state but a number.
trait Source {
    fn text(&self, index: usize) -> Option<&str>;
}

impl<'t, T, F, R> Source for Texts<'t, T, F>
where
    F: Fn(&'t T) -> R,
    R: Into<Option<&'t str>>,
{
    fn text(&self, index: usize) -> Option<&str> {
        self.structs.get(index).and_then(|item| (self.text)(item).into())
    }
}

/// The texts of some structs, without those that are left out.
fn each<S: Source + ?Sized>(source: &S, structs: Range<usize>) -> impl Iterator<Item = &str> {
    structs.filter_map(|index| source.text(index))
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

/// A cursor at the first element of a checked list.
fn elements(span: &str) -> Cursor<Checked<'_>> {
    let mut cursor = Cursor::again(span);
    cursor.open(b'[');
    cursor
}

/// The elements of a [`List`].
pub struct ListIter<'a, T> {
    from: From<'a, T>,
    left: usize,
}

enum From<'a, T> {
    Slice(core::slice::Iter<'a, T>),
    /// The range is that of the structs that are left.
    Texts(&'a (dyn Source + Sync), Range<usize>),
    Input(Cursor<Checked<'a>>),
}

impl<'a, T: ReadValue<'a> + Clone> Iterator for ListIter<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        match &mut self.from {
            From::Slice(slice) => slice.next().cloned(),
            From::Texts(source, structs) => T::of_text(structs.find_map(|index| source.text(index))?),
            From::Input(cursor) => {
                let item = cursor.element()?;
                cursor.more(b']')?;
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

impl<T> fmt::Debug for ListIter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListIter").field("left", &self.left).finish_non_exhaustive()
    }
}

impl<'a, T: ReadValue<'a> + Clone + Show> Show for List<'a, T> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|item| Shown(item, reveal))).finish()
    }

    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        super::show::log_list(self.iter(), reveal, f);
    }
}

show_in_logs! { List<'a, T>, ['a, T: ReadValue<'a> + Clone + Show] }

impl<'a, T: ReadValue<'a> + Clone + PartialEq> PartialEq for List<'a, T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<'a, T: ReadValue<'a> + Clone + Eq> Eq for List<'a, T> {}

impl<'a, T: ReadValue<'a> + WriteValue + Clone> WriteValue for List<'a, T> {
    const MAX_LEN: Option<usize> = None;
    const LEVELS: usize = deeper(VERBATIM_LEVELS, T::LEVELS + 1);

    fn write<S: Sink>(&self, writer: &mut S) {
        // There are two branches on a constant, so that encoders of lists of text contain no decoder.
        match self.items {
            Items::Input { span, write, .. } if T::VERBATIM => {
                return writer.input(span.as_bytes(), |writer| write(writer, span));
            }
            _ => {}
        }
        if !writer.enter() {
            return;
        }
        let opened = writer.open(b'[');
        match self.items {
            Items::Slice(items) => T::write_elements(items, writer),
            Items::Texts { source, structs, .. } => {
                for index in writer.place()..structs {
                    if writer.is_full() {
                        break;
                    }
                    if let Some(text) = source.text(index) {
                        writer.text_element(text);
                    }
                    writer.pass_to(index + 1);
                }
            }
            Items::Input { .. } if T::VERBATIM => {}
            Items::Input { span, .. } if S::RESUMES => {
                each_decoded(span, *b"[]", writer, |cursor, writer| {
                    cursor.element::<T>()?.write_member(Key::ELEMENT, writer);
                    Some(())
                });
            }
            Items::Input { .. } => self.iter().for_each(|item| item.write_member(Key::ELEMENT, writer)),
        }
        writer.close(opened, b']');
    }
}

impl<'a, T: ReadValue<'a>> ReadValue<'a> for List<'a, T> {
    const EMPTY: Self = Self { items: Items::Slice(&[]) };
    const DESCRIPTION: &'static Type = &Type::List(T::DESCRIPTION);

    fn fill<S: Input<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (mut count, mut odd) = (0, 0);
        let kept = reader.keep(at);
        let (mut more, mut at) = reader.open(at, b'[')?;
        while more {
            let (passed, next) = T::pass(reader, at);
            count += passed;
            let Some(next) = reader.check::<T>(next, &mut odd) else { return reader.blame_element(count) };
            count += 1;
            (more, at) = reader.more(next, b']')?;
        }
        let (span, next) = reader.release(kept, at)?;
        self.items = Items::Input { span, count, write: verbatim, element: PhantomData };
        Some(next)
    }
}
