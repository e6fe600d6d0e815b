//! The owned forms in the formats of serde: any deserializer into JSON text, and JSON text into any serializer.

use core::fmt::{self, Write as _};
use core::marker::PhantomData;

use ::serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use ::serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Unescaped, expecting, serialize_json_text};
use crate::bytes::copy;
use crate::json::error::DecodeErrorKind;
use crate::json::owned::{Message, Stored};
use crate::json::utf8::utf8;
use crate::json::writer::{Drain, Sink, Writer, string_end};
use crate::json::{MAX_DEPTH, mark};

/// JSON that was checked before, its escapes resolved or not, as a value of any human-readable format.
pub(super) struct Json<'a>(pub(super) &'a str);

impl<'a> Json<'a> {
    /// The first value of the text, without white space before it, and what follows the value.
    fn split(text: &'a str) -> (Self, &'a str) {
        let text = text.trim_start_matches([' ', '\t', '\n', '\r']);
        let bytes = text.as_bytes();
        let (mut at, mut depth) = (0usize, 0usize);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => at = string_end(bytes, at + 1),
                b'}' | b']' if depth > 0 => (at, depth) = (at + 1, depth - 1),
                b'}' | b']' => break,
                b'{' | b'[' => {
                    (at, depth) = (at + 1, depth + 1);
                    continue;
                }
                b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => break,
                _ => match mark::span(bytes, at, bytes.len()) {
                    Some((_, _, next)) => at = next,
                    None => {
                        at += 1;
                        continue;
                    }
                },
            }
            if depth == 0 {
                break;
            }
        }
        let (value, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        (Self(value), rest)
    }

    /// The rest after a comma, or after the colon of a member.
    fn behind(rest: &'a str, byte: char) -> Option<&'a str> {
        rest.trim_start_matches([' ', '\t', '\n', '\r']).strip_prefix(byte)
    }

    /// The items between the brackets. An object has its keys and its values in turn.
    fn items(self) -> impl Iterator<Item = (Self, bool)> {
        let inner = self.0.get(1..self.0.len().saturating_sub(1)).unwrap_or_default();
        let mut rest =
            Some(inner.trim_end_matches([' ', '\t', '\n', '\r'])).filter(|inner| !inner.is_empty());
        core::iter::from_fn(move || {
            let (item, behind) = Self::split(rest?);
            let is_key = Self::behind(behind, ':');
            rest = is_key.or_else(|| Self::behind(behind, ','));
            Some((item, is_key.is_some()))
        })
    }

    /// Writes a string, with its escapes or without them.
    fn string<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.0.as_bytes();
        match mark::span(bytes, 0, bytes.len()) {
            Some((start, end, _)) => serializer.serialize_str(self.0.get(start..end).unwrap_or_default()),
            None => {
                let inner = self.0.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
                Unescaped(inner.unwrap_or_default()).serialize(serializer)
            }
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (Self(text), _) = Self::split(self.0);
        match text.as_bytes().first() {
            Some(b'{') => {
                let mut map = serializer.serialize_map(None)?;
                for (item, is_key) in Self(text).items() {
                    if is_key {
                        map.serialize_key(&item)?;
                    } else {
                        map.serialize_value(&item)?;
                    }
                }
                map.end()
            }
            Some(b'[') => {
                let mut seq = serializer.serialize_seq(None)?;
                Self(text).items().try_for_each(|(item, _)| seq.serialize_element(&item))?;
                seq.end()
            }
            Some(b't') => serializer.serialize_bool(true),
            Some(b'f') => serializer.serialize_bool(false),
            Some(b'n') | None => serializer.serialize_unit(),
            Some(b'-' | b'0'..=b'9') => {
                if let Ok(number) = text.parse::<u64>() {
                    serializer.serialize_u64(number)
                } else if let Some(number) = text.parse::<i64>().ok().filter(|number| *number != 0) {
                    // Not minus zero, which only floats have.
                    serializer.serialize_i64(number)
                } else {
                    match text.parse::<f64>() {
                        Ok(number) if number.is_finite() => serializer.serialize_f64(number),
                        _ => Err(S::Error::custom("a number beyond all floats")),
                    }
                }
            }
            Some(_) => Self(text).string(serializer),
        }
    }
}

impl<M: Message, S: AsRef<[u8]>> Serialize for Stored<M, S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        if serializer.is_human_readable() {
            Json(self.text()).serialize(serializer)
        } else {
            serialize_json_text(self, serializer)
        }
    }
}

/// How deep a value may be nested: that of a message, and [`MAX_DEPTH`](crate::json::MAX_DEPTH) levels of an unknown value in it.
const MAX_NESTED: usize = 2 * MAX_DEPTH;

/// Writes whatever a deserializer has as JSON text, with a comma after it.
struct ToJson<'w, 'b> {
    writer: &'w mut Writer<'b>,
    /// How many levels may follow.
    levels: usize,
    /// True for the key of a member, which is text in JSON.
    key: bool,
}

impl<'b> ToJson<'_, 'b> {
    fn value<E: Error>(self, write: impl FnOnce(&mut Writer<'_>)) -> Result<(), E> {
        if self.key {
            return Err(E::custom("a key that is not text"));
        }
        write(self.writer);
        self.writer.put_byte(b',');
        Ok(())
    }

    fn display<E: Error>(self, value: impl fmt::Display) -> Result<(), E> {
        struct Put<'w, 'b>(&'w mut Writer<'b>);
        impl fmt::Write for Put<'_, '_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.0.put(text.as_bytes());
                Ok(())
            }
        }
        self.value(|writer| {
            // It cannot fail: `Put` takes everything.
            let _ = write!(Put(writer), "{value}");
        })
    }

    /// What writes the values inside of this one.
    fn inside<E: Error>(&mut self, key: bool) -> Result<ToJson<'_, 'b>, E> {
        match self.levels.checked_sub(1) {
            Some(levels) => Ok(ToJson { writer: &mut *self.writer, levels, key }),
            None => Err(E::custom(DecodeErrorKind::TooDeep.description())),
        }
    }
}

impl<'de> DeserializeSeed<'de> for ToJson<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.key { deserializer.deserialize_str(self) } else { deserializer.deserialize_any(self) }
    }
}

/// It takes every type, because the default methods of a visitor fail with an error that shows the value.
impl<'de> Visitor<'de> for ToJson<'_, '_> {
    type Value = ();

    expecting!("a value that JSON has");

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.display(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.value(|writer| writer.signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.value(|writer| writer.unsigned(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.display(value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.display(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if value.is_finite() {
            self.display(value)
        } else {
            Err(E::custom("a number that JSON does not have"))
        }
    }

    fn visit_char<E: Error>(self, value: char) -> Result<(), E> {
        self.visit_str(value.encode_utf8(&mut [0; 4]))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.writer.text(value.as_bytes());
        self.writer.put_byte(if self.key { b':' } else { b',' });
        Ok(())
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        match utf8(value) {
            Some(text) => self.visit_str(text),
            None => Err(E::custom("bytes that are not text")),
        }
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.value(|writer| writer.put(b"null"))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let opened = self.writer.open(b'[');
        while seq.next_element_seed(self.inside(false)?)?.is_some() {}
        self.writer.close(opened, b']');
        self.value(|_| {})
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let opened = self.writer.open(b'{');
        while map.next_key_seed(self.inside(true)?)?.is_some() {
            map.next_value_seed(self.inside(false)?)?;
        }
        self.writer.close(opened, b'}');
        self.value(|_| {})
    }
}

/// A storage that a deserializer can fill.
pub trait FromJson: AsRef<[u8]> + AsMut<[u8]> + Sized {
    /// Makes a storage that holds what `write` writes, and tells the length of that.
    #[doc(hidden)]
    fn fill<E>(write: impl FnOnce(&mut dyn Drain) -> Result<(), E>) -> Result<(Self, usize), E>;
}

impl<const N: usize> FromJson for [u8; N] {
    fn fill<E>(write: impl FnOnce(&mut dyn Drain) -> Result<(), E>) -> Result<(Self, usize), E> {
        struct Array<'a> {
            bytes: &'a mut [u8],
            length: usize,
        }
        impl Drain for Array<'_> {
            fn drain(&mut self, bytes: &[u8]) -> usize {
                copy(self.bytes.get_mut(self.length..).unwrap_or_default(), bytes);
                self.length = self.length.saturating_add(bytes.len());
                bytes.len()
            }
        }
        let mut bytes = [0; N];
        let mut array = Array { bytes: &mut bytes, length: 0 };
        write(&mut array)?;
        let length = array.length;
        Ok((bytes, length))
    }
}

#[cfg(feature = "alloc")]
impl Drain for alloc::vec::Vec<u8> {
    fn drain(&mut self, bytes: &[u8]) -> usize {
        self.extend_from_slice(bytes);
        bytes.len()
    }
}

#[cfg(feature = "alloc")]
impl FromJson for alloc::boxed::Box<[u8]> {
    fn fill<E>(write: impl FnOnce(&mut dyn Drain) -> Result<(), E>) -> Result<(Self, usize), E> {
        let mut bytes = alloc::vec::Vec::new();
        write(&mut bytes)?;
        let length = bytes.len();
        Ok((bytes.into_boxed_slice(), length))
    }
}

impl<'de, M: Message, S: FromJson> Deserialize<'de> for Stored<M, S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<M, S>(PhantomData<(M, S)>);

        impl<M: Message, S: FromJson> Visitor<'_> for Text<M, S> {
            type Value = Stored<M, S>;

            expecting!("the JSON of a message, as text");

            fn visit_str<E: Error>(self, text: &str) -> Result<Stored<M, S>, E> {
                let filled = S::fill(|drain| {
                    drain.drain(text.as_bytes());
                    Ok(())
                })?;
                received(filled)
            }
        }

        if !deserializer.is_human_readable() {
            return deserializer.deserialize_str(Text(PhantomData));
        }
        let filled = S::fill(|drain| {
            let mut buffer = [0; 64];
            let mut writer = Writer::draining(&mut buffer, drain);
            ToJson { writer: &mut writer, levels: MAX_NESTED, key: false }.deserialize(deserializer)?;
            writer.finish();
            Ok(())
        });
        let (storage, length) = filled?;
        // Without the comma after it.
        received((storage, length.saturating_sub(1)))
    }
}

/// Reads a storage with JSON of a length.
fn received<M: Message, S: FromJson, E: Error>((storage, length): (S, usize)) -> Result<Stored<M, S>, E> {
    Stored::receive_in(storage, |_| length).map_err(E::custom)
}
