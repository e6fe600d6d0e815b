//! Types of fields: text, numbers, flags, and optional ones.

use core::convert::Infallible;

use super::SMALL;
use super::description::Type;
use super::object::{Key, Names};
#[cfg(not(feature = "small"))]
use super::plain::Plain;
use super::reader::{At, Reader};
use super::source::Source;
use super::writer::{Sink, each};

/// A value that can be encoded. Only this crate implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a message",
    label = "not a type of JSON value that the codec writes",
    note = "see `json::value` for what can be a field"
)]
pub trait WriteValue {
    /// Longest encoding in bytes, if the type bounds it.
    const MAX_LEN: Option<usize>;

    /// True if a decoded value is written byte for byte. A list of such values is not read to be written.
    const VERBATIM: bool = false;

    /// Maximum depth of nested containers in it, including itself: what [`Pieces`](super::Pieces) has to store.
    const LEVELS: usize = 0;

    /// Writes the value.
    fn write<S: Sink>(&self, writer: &mut S);

    /// Writes the elements of a list, each with its comma.
    fn write_elements<S: Sink>(elements: &[Self], writer: &mut S)
    where
        Self: Sized,
    {
        each(elements, writer, |element, writer| element.write_member(Key::ELEMENT, writer));
    }

    /// Writes key, value and comma, or nothing if the value is absent.
    #[inline]
    fn write_member<S: Sink>(&self, key: Key, writer: &mut S) {
        writer.key(key);
        self.write(writer);
        writer.comma();
    }

    /// True if the message leaves this value out.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }
}

/// A value that can be decoded. Only this crate implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a message",
    label = "not a type of JSON value that the codec reads",
    note = "see `json::value` for what can be a field"
)]
pub trait ReadValue<'a>: Sized {
    /// The value of the field before anything is read.
    const EMPTY: Self;
    /// True for a required field.
    const REQUIRED: bool = true;
    /// The wire names of its fields, if it is a message.
    const NAMES: Names = &[];
    /// The description of the value, as data.
    const DESCRIPTION: &'static Type;

    /// Reads one value into its place, which holds [`EMPTY`](Self::EMPTY). A message is built where it will stay. With feature `small`,
    /// the caller handles the `null` of an optional field.
    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At>;

    /// [`EMPTY`](Self::EMPTY) written field by field, which is cheaper than a copy of the whole.
    #[inline]
    fn empty() -> Self {
        Self::EMPTY
    }

    /// The value that begins here, and what follows it, if it is written in the plain form (see [`plain`](super::plain)).
    /// [`fill`](Self::fill) accepts every such value, too, with the same result.
    #[cfg(not(feature = "small"))]
    #[inline(always)]
    fn plain<P: Plain<'a>>(input: &P, at: usize) -> Option<(Self, usize)> {
        let _ = (input, at);
        None
    }

    /// Passes consecutive values in the most common form, with nothing but a comma between them, as long as one is followed by
    /// another. Returns their number, and the place of the first one that is left.
    #[inline]
    fn pass<S: Source<'a>>(reader: &Reader<S>, at: At) -> (usize, At) {
        let _ = reader;
        (0, at)
    }

    /// [`fill_some`](Self::fill_some) for a field that may hold anything: a value of another type leaves it empty.
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn fill_lenient<S: Source<'a>>(slot: &mut Option<Self>, reader: &mut Reader<S>, at: At) -> Option<At> {
        let before = reader.before_lenient(at);
        let next = Self::fill_some(slot, reader, at);
        if next.is_some() {
            return next;
        }
        *slot = None;
        // With feature `small`, the reader of the object does the rest.
        if SMALL { None } else { reader.skip_instead(before) }
    }

    /// The caller's text as a value, if the type is text.
    fn of_text(text: &'a str) -> Option<Self> {
        let _ = text;
        None
    }

    /// Reads one optional value. After an error, the place may hold anything.
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn fill_some<S: Source<'a>>(slot: &mut Option<Self>, reader: &mut Reader<S>, at: At) -> Option<At> {
        if SMALL {
            return Self::fill_in_place(slot, reader, at);
        }
        if let Some(next) = reader.null(at)? {
            return Some(next);
        }
        let mut value = Self::empty();
        let next = value.fill(reader, at)?;
        *slot = Some(value);
        Some(next)
    }

    /// [`fill_some`](Self::fill_some) for types that are too large to copy. After an error, the place is not empty.
    #[inline]
    fn fill_in_place<S: Source<'a>>(slot: &mut Option<Self>, reader: &mut Reader<S>, at: At) -> Option<At> {
        if !SMALL {
            if let Some(next) = reader.null(at)? {
                return Some(next);
            }
        }
        slot.insert(Self::empty()).fill(reader, at)
    }
}

/// [`ReadValue::fill`] without a copy of its code.
#[cfg_attr(not(feature = "small"), inline(never))]
pub(crate) fn fill_far<'a, T: ReadValue<'a>, S: Source<'a>>(
    value: &mut T,
    reader: &mut Reader<S>,
    at: At,
) -> Option<At> {
    value.fill(reader, at)
}

/// An id: text that some senders write as a number.
pub(crate) trait ReadId<'a>: ReadValue<'a> {
    /// Reads the id into its field.
    fn read_id<S: Source<'a>>(slot: &mut Self, reader: &mut Reader<S>, at: At) -> Option<At>;
}

/// A flag: `true` or `false`, which some senders write as 1 or 0.
pub(crate) trait ReadFlag<'a>: ReadValue<'a> {
    /// Reads the flag into its field.
    fn read_flag<S: Source<'a>>(slot: &mut Self, reader: &mut Reader<S>, at: At) -> Option<At>;
}

impl WriteValue for &str {
    const MAX_LEN: Option<usize> = None;
    const VERBATIM: bool = true;

    fn write<S: Sink>(&self, writer: &mut S) {
        writer.text(self.as_bytes());
    }

    #[inline]
    fn write_member<S: Sink>(&self, key: Key, writer: &mut S) {
        writer.quoted(key.quoted.as_bytes(), self, b',');
    }

    fn write_elements<S: Sink>(elements: &[Self], writer: &mut S) {
        each(elements, writer, |text, writer| writer.text_element(text));
    }
}

impl<'a> ReadValue<'a> for &'a str {
    const EMPTY: Self = "";
    const DESCRIPTION: &'static Type = &Type::Text;

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (value, next) = reader.text(at)?;
        *self = value;
        Some(next)
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn fill_some<S: Source<'a>>(slot: &mut Option<Self>, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (text, next) = reader.optional_text(at)?;
        *slot = text;
        Some(next)
    }

    /// A number is accepted as an id.
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn fill_lenient<S: Source<'a>>(slot: &mut Option<Self>, reader: &mut Reader<S>, at: At) -> Option<At> {
        if SMALL {
            return ReadId::read_id(slot, reader, at);
        }
        let before = reader.before_lenient(at);
        let next = ReadId::read_id(slot, reader, at);
        if next.is_some() {
            return next;
        }
        reader.skip_instead(before)
    }

    #[cfg(not(feature = "small"))]
    #[inline(always)]
    fn plain<P: Plain<'a>>(input: &P, at: usize) -> Option<(Self, usize)> {
        input.text(at)
    }

    #[inline]
    fn pass<S: Source<'a>>(reader: &Reader<S>, at: At) -> (usize, At) {
        reader.pass_texts(at)
    }

    #[inline]
    fn of_text(text: &'a str) -> Option<Self> {
        Some(text)
    }
}

impl<'a> ReadId<'a> for &'a str {
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn read_id<S: Source<'a>>(slot: &mut Self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (value, next) = reader.id(at)?;
        *slot = value;
        Some(next)
    }
}

/// A message that never exists: the body type of a request without a body.
impl WriteValue for Infallible {
    const MAX_LEN: Option<usize> = Some(0);

    fn write<S: Sink>(&self, _: &mut S) {
        match *self {}
    }
}

super::codec! { encode Infallible }

impl WriteValue for bool {
    const MAX_LEN: Option<usize> = Some(5);

    #[inline]
    fn write<S: Sink>(&self, writer: &mut S) {
        writer.put(if *self { b"true" } else { b"false" });
    }
}

impl<'a> ReadValue<'a> for bool {
    const EMPTY: Self = false;
    const DESCRIPTION: &'static Type = &Type::Boolean;

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (value, next) = reader.boolean(at)?;
        *self = value;
        Some(next)
    }
}

impl<'a> ReadFlag<'a> for bool {
    fn read_flag<S: Source<'a>>(slot: &mut Self, reader: &mut Reader<S>, at: At) -> Option<At> {
        let (value, next) = reader.flag(at)?;
        *slot = value;
        Some(next)
    }
}

/// The integers of the wire. `$wide` is what the writer accepts and the reader returns.
macro_rules! integers {
    ($($int:ty, $max_len:literal, $write:ident, $write_member:ident as $wide:ty;)+) => {$(
        impl WriteValue for $int {
            const MAX_LEN: Option<usize> = Some($max_len);

            #[inline]
            fn write<S: Sink>(&self, writer: &mut S) {
                writer.$write(<$wide>::from(*self));
            }

            #[inline]
            fn write_member<S: Sink>(&self, key: Key, writer: &mut S) {
                writer.$write_member(key.bare(), <$wide>::from(*self));
            }
        }

        impl<'a> ReadValue<'a> for $int {
            const EMPTY: Self = 0;
            const DESCRIPTION: &'static Type =
                &Type::Integer { min: <$int>::MIN as i64, max: <$int>::MAX as u64 };

            #[cfg_attr(not(feature = "small"), inline(always))]
            fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
                let (bits, next) = reader.integer(at, <$int>::MAX as u64, <$int>::MIN != 0)?;
                *self = bits as Self;
                Some(next)
            }

            #[cfg(not(feature = "small"))]
            #[inline(always)]
            fn plain<P: Plain<'a>>(input: &P, at: usize) -> Option<(Self, usize)> {
                let (value, next) = input.integer(at, <$int>::MAX as u64)?;
                Some((value as Self, next))
            }
        }
    )+};
}

integers! {
    u32, 10, unsigned, unsigned_member as u64;
    u64, 20, unsigned, unsigned_member as u64;
    i32, 11, signed, signed_member as i64;
    i64, 20, signed, signed_member as i64;
}

impl<T: WriteValue> WriteValue for Option<T> {
    const MAX_LEN: Option<usize> = T::MAX_LEN;
    const LEVELS: usize = T::LEVELS;

    fn write<S: Sink>(&self, writer: &mut S) {
        match self {
            Some(value) => value.write(writer),
            None => writer.put(b"null"),
        }
    }

    #[inline]
    fn write_member<S: Sink>(&self, key: Key, writer: &mut S) {
        if let Some(value) = self {
            value.write_member(key, writer);
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<'a, T: ReadValue<'a>> ReadValue<'a> for Option<T> {
    const EMPTY: Self = None;
    const REQUIRED: bool = false;
    const DESCRIPTION: &'static Type = T::DESCRIPTION;

    #[inline]
    fn empty() -> Self {
        None
    }

    #[cfg_attr(not(feature = "small"), inline(always))]
    fn fill<S: Source<'a>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
        T::fill_some(self, reader, at)
    }

    #[cfg(not(feature = "small"))]
    #[inline(always)]
    fn plain<P: Plain<'a>>(input: &P, at: usize) -> Option<(Self, usize)> {
        let (value, next) = T::plain(input, at)?;
        Some((Some(value), next))
    }
}

impl<'a> ReadId<'a> for Option<&'a str> {
    #[cfg_attr(not(feature = "small"), inline(always))]
    fn read_id<S: Source<'a>>(slot: &mut Self, reader: &mut Reader<S>, at: At) -> Option<At> {
        if !SMALL {
            if let Some(next) = reader.null(at)? {
                return Some(next);
            }
        }
        let (value, next) = reader.id(at)?;
        *slot = Some(value);
        Some(next)
    }
}

impl<'a> ReadFlag<'a> for Option<bool> {
    fn read_flag<S: Source<'a>>(slot: &mut Self, reader: &mut Reader<S>, at: At) -> Option<At> {
        if !SMALL {
            if let Some(next) = reader.null(at)? {
                return Some(next);
            }
        }
        let (value, next) = reader.flag(at)?;
        *slot = Some(value);
        Some(next)
    }
}
