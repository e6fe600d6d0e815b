//! The messages in the formats of serde.
//!
//! # Shapes
//!
//! In a human-readable format a message looks as it does on the wire: absent fields are left out, and `serde_json` writes
//! the same bytes as this crate. ([`Raw`] values are an exception: `serde_json` writes the same value, with a number that is not
//! an integer of 64 bits as the nearest `f64`.)
//!
//! In any other format (postcard) a message that serde can read is the tuple of all its fields. No field is left out. The
//! slot of newer members is one string of JSON. A message that serde cannot read is one string: its JSON.
//!
//! These shapes are stable within a minor version of the crate.
//!
//! # Which messages serde can read
//!
//! Reading borrows text from the input, as everywhere in the crate. A [`List`], a [`Map`], a [`Keyed`] and a [`Raw`] value have no
//! bound. They are views of JSON text, and a human-readable format gives no such text to serde. So they do not implement
//! [`ReadSerde`], and neither does a message with a field of such a type: it has no `Deserialize`.
//!
//! # Errors
//!
//! The error of a deserializer may show the value that it is about, and a field may hold a secret. So every value is read
//! with the name of its field ([`ReadSerde::read_serde`]), and an error that comes from the deserializer is replaced by one that
//! says the name and what is expected.

mod owned;

use core::fmt::{self, Write as _};
use core::marker::PhantomData;

use ::serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use ::serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use self::owned::Json;
use super::error::EncodeError;
use super::escape;
use super::keyed::Keyed;
use super::list::List;
use super::map::{Map, MapValue};
use super::raw::{Members, Raw};
use super::utf8::valid_up_to;
use super::value::{ReadValue, WriteValue};
use super::writer::{Drain, Sink, Writer, measure};
use crate::ext::Ext;

/// A value that serde can read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read through serde",
    label = "a value of this type, or of one of its fields, is a view of JSON text",
    note = "read such a message with `offline_push::json::from_slice_in_place` and its kin"
)]
pub trait ReadSerde<'de>: Sized {
    /// What an error says is expected.
    const WANTED: &'static str;

    /// Reads the value of a field; an error names the field and does not show the value.
    fn read_serde<D: Deserializer<'de>>(field: &'static str, deserializer: D) -> Result<Self, D::Error>;
}

/// A message that serde can read, field by field.
pub(crate) trait ReadFields<'de>: Sized {
    const NAME: &'static str;
    /// Every field in a format that leaves none out: the wire names, and the slot as the last one.
    const FIELDS: &'static [&'static str];
    /// How many of them have a name on the wire.
    const COUNT: usize;
    /// The bit of each required field.
    const REQUIRED: u64;

    /// Without required fields.
    fn empty() -> Self;

    /// Reads a field into its place.
    fn read_field<D: Deserializer<'de>>(&mut self, index: usize, deserializer: D) -> Result<(), D::Error>;
}

/// What is wrong with a field.
struct Unreadable {
    field: &'static str,
    wanted: &'static str,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: cannot read {}", self.field, self.wanted)
    }
}

/// Replaces the error of a deserializer, which may show the value of the field.
#[cold]
fn replaced<E: ::serde::de::Error>(error: E, field: &'static str, wanted: &'static str) -> E {
    // An error of one byte (postcard, serde-json-core) is a kind. It has no room for a value, nor for a name.
    if size_of::<E>() <= 1 { error } else { E::custom(Unreadable { field, wanted }) }
}

/// Reads a value that has no fields.
fn leaf<'de, T: ReadSerde<'de>, E: ::serde::de::Error>(
    field: &'static str,
    result: Result<T, E>,
) -> Result<T, E> {
    result.map_err(|error| replaced(error, field, T::WANTED))
}

/// Writes `expecting` of a visitor. Only errors that are replaced show it.
macro_rules! expecting {
    ($what:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str($what)
        }
    };
}

use expecting;

impl<'de: 'a, 'a> ReadSerde<'de> for &'a str {
    const WANTED: &'static str = "text that borrows from the input (escaped or owned text cannot be borrowed: use \
                                  `offline_push::json`, or an owned message)";

    fn read_serde<D: Deserializer<'de>>(field: &'static str, deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = &'de str;

            expecting!(<&str>::WANTED);

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<&'de str, E> {
                Ok(text)
            }

            fn visit_borrowed_bytes<E: ::serde::de::Error>(self, bytes: &'de [u8]) -> Result<&'de str, E> {
                core::str::from_utf8(bytes).map_err(E::custom)
            }
        }

        leaf(field, deserializer.deserialize_str(Text))
    }
}

impl<'de> ReadSerde<'de> for bool {
    const WANTED: &'static str = "`true` or `false`";

    fn read_serde<D: Deserializer<'de>>(field: &'static str, deserializer: D) -> Result<Self, D::Error> {
        struct Switch;

        impl Visitor<'_> for Switch {
            type Value = bool;

            expecting!(bool::WANTED);

            fn visit_bool<E>(self, value: bool) -> Result<bool, E> {
                Ok(value)
            }
        }

        leaf(field, deserializer.deserialize_bool(Switch))
    }
}

/// The integers of the wire.
struct Number<T>(PhantomData<T>);

impl<'de, T: ReadSerde<'de> + TryFrom<u64> + TryFrom<i64>> Visitor<'de> for Number<T> {
    type Value = T;

    expecting!(T::WANTED);

    fn visit_u64<E: ::serde::de::Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::custom(T::WANTED))
    }

    fn visit_i64<E: ::serde::de::Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::custom(T::WANTED))
    }
}

macro_rules! integers {
    ($($int:ty, $deserialize:ident, $wanted:literal;)+) => {$(
        impl<'de> ReadSerde<'de> for $int {
            const WANTED: &'static str = $wanted;

            fn read_serde<D: Deserializer<'de>>(
                field: &'static str,
                deserializer: D,
            ) -> Result<Self, D::Error> {
                leaf(field, deserializer.$deserialize(Number(PhantomData)))
            }
        }
    )+};
}

integers! {
    u32, deserialize_u32, "an integer from 0 to 4294967295";
    u64, deserialize_u64, "an integer from 0 to 18446744073709551615";
    i32, deserialize_i32, "an integer from -2147483648 to 2147483647";
    i64, deserialize_i64, "an integer from -9223372036854775808 to 9223372036854775807";
}

/// Text in human-readable formats, as on the wire; bytes in the others.
impl<'de: 'a, 'a> ReadSerde<'de> for Ext<'a> {
    const WANTED: &'static str = "an ext that borrows from the input (escaped or owned text cannot be borrowed: use \
                                  `offline_push::json`, or an owned message)";

    fn read_serde<D: Deserializer<'de>>(field: &'static str, deserializer: D) -> Result<Self, D::Error> {
        struct TextOrBytes;

        impl<'de> Visitor<'de> for TextOrBytes {
            type Value = Ext<'de>;

            expecting!(Ext::WANTED);

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Ext<'de>, E> {
                Ok(Ext::from(text))
            }

            fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Ext<'de>, E> {
                Ok(Ext::new(bytes))
            }
        }

        leaf(
            field,
            if deserializer.is_human_readable() {
                deserializer.deserialize_str(TextOrBytes)
            } else {
                deserializer.deserialize_bytes(TextOrBytes)
            },
        )
    }
}

impl<'de, T: ReadSerde<'de>> ReadSerde<'de> for Option<T> {
    const WANTED: &'static str = T::WANTED;

    fn read_serde<D: Deserializer<'de>>(field: &'static str, deserializer: D) -> Result<Self, D::Error> {
        struct Optional<'e, T> {
            field: &'static str,
            entered: &'e mut bool,
            value: PhantomData<T>,
        }

        impl<'de, T: ReadSerde<'de>> Visitor<'de> for Optional<'_, T> {
            type Value = Option<T>;

            expecting!(T::WANTED);

            fn visit_none<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_unit<E>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
                *self.entered = true;
                T::read_serde(self.field, deserializer).map(Some)
            }
        }

        let mut entered = false;
        let read =
            deserializer.deserialize_option(Optional { field, entered: &mut entered, value: PhantomData });
        // Errors from within name a field already, which may be an inner one.
        read.map_err(|error| if entered { error } else { replaced(error, field, T::WANTED) })
    }
}

/// The slot in formats that write it: those that are not human-readable.
pub(crate) struct Slot<'a>(pub(crate) Members<'a>);

impl<'de: 'a, 'a> ReadSerde<'de> for Slot<'a> {
    const WANTED: &'static str = "the JSON text of an object";

    fn read_serde<D: Deserializer<'de>>(field: &'static str, deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Slot<'de>;

            expecting!(Slot::WANTED);

            fn visit_borrowed_str<E: ::serde::de::Error>(self, text: &'de str) -> Result<Slot<'de>, E> {
                Members::new(text).map(Slot).map_err(E::custom)
            }
        }

        leaf(field, deserializer.deserialize_str(Text))
    }
}

/// What an error says is expected in the place of a message.
pub(crate) const OBJECT: &str = "an object with the fields of a message";

/// Reads a message in a field, or alone.
pub(crate) fn read_message<'de, T: ReadFields<'de>, D: Deserializer<'de>>(
    field: &'static str,
    deserializer: D,
) -> Result<T, D::Error> {
    let readable = deserializer.is_human_readable();
    let names = if readable { T::FIELDS.get(..T::COUNT).unwrap_or_default() } else { T::FIELDS };
    let mut entered = false;
    let visitor = VisitFields { names, readable, entered: &mut entered, message: PhantomData };
    let read = deserializer.deserialize_struct(T::NAME, names, visitor);
    // An inner error is about a field, or about the format.
    read.map_err(|error| if entered { error } else { replaced(error, field, OBJECT) })
}

struct VisitFields<'e, T> {
    /// The names of the fields in this format: in human-readable formats the slot has no name.
    names: &'static [&'static str],
    readable: bool,
    entered: &'e mut bool,
    message: PhantomData<T>,
}

impl<'de, T: ReadFields<'de>> Visitor<'de> for VisitFields<'_, T> {
    type Value = T;

    expecting!(OBJECT);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        *self.entered = true;
        let mut message = T::empty();
        // A bit for each of 64 fields, and one for the slot.
        let mut seen = 0u128;
        while let Some(index) = map.next_key_seed(FieldIndex(self.names))? {
            let Some(name) = self.names.get(index) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let bit = 1 << index;
            if seen & bit != 0 {
                return Err(A::Error::duplicate_field(name));
            }
            seen |= bit;
            map.next_value_seed(Field { message: &mut message, index })?;
        }
        let missing = u128::from(T::REQUIRED) & !seen;
        match self.names.get(missing.trailing_zeros() as usize) {
            Some(name) if missing != 0 => Err(A::Error::missing_field(name)),
            _ => Ok(message),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
        if self.readable {
            // Where absent fields are left out, a position has no meaning.
            return Err(A::Error::custom(OBJECT));
        }
        *self.entered = true;
        let mut message = T::empty();
        for (index, name) in self.names.iter().enumerate() {
            if seq.next_element_seed(Field { message: &mut message, index })?.is_none() {
                return Err(A::Error::missing_field(name));
            }
        }
        Ok(message)
    }
}

/// The index of a field by its wire name; their number for a name that none has.
struct FieldIndex(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for FieldIndex {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldIndex {
    type Value = usize;

    expecting!("a field name");

    fn visit_str<E: ::serde::de::Error>(self, name: &str) -> Result<usize, E> {
        self.visit_bytes(name.as_bytes())
    }

    fn visit_bytes<E>(self, name: &[u8]) -> Result<usize, E> {
        Ok(self.0.iter().position(|field| field.as_bytes() == name).unwrap_or(self.0.len()))
    }

    fn visit_u64<E>(self, index: u64) -> Result<usize, E> {
        Ok(usize::try_from(index).unwrap_or(self.0.len()))
    }
}

/// A field of a message, to be read into its place.
struct Field<'m, T> {
    message: &'m mut T,
    index: usize,
}

impl<'de, T: ReadFields<'de>> DeserializeSeed<'de> for Field<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.message.read_field(self.index, deserializer)
    }
}

/// Says at compile time whether serde can read a type: `Readable::<T>::YES`.
pub(crate) struct Readable<T>(PhantomData<T>);

/// The answer for any type, after the one that [`Readable`] itself has.
pub(crate) trait Unless {
    const YES: bool = false;
}

impl<T> Unless for Readable<T> {}

impl<T: ReadSerde<'static>> Readable<T> {
    pub(crate) const YES: bool = true;
}

/// Writes the serde impls of a message; expanded by `message!`, whose items it uses.
macro_rules! serde_message {
    ($name:ident [$($own:lifetime)?] { $($field:ident: $type:ty = $wire:literal,)+ } { $($slot:ident)? }) => {
        impl<$($own)?> ::serde::Serialize for $name<$($own)?> {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::{SerializeMap, SerializeStruct};
                #[allow(unused_imports)] // One of the two answers.
                use $crate::json::serde::{Readable, Unless};
                if !serializer.is_human_readable() {
                    if !Readable::<$crate::json::serde::serde_message!(@static $name $($own)?)>::YES {
                        return $crate::json::serde::serialize_json_text(self, serializer);
                    }
                    const FIELDS: usize = COUNT $(+ { let _ = stringify!($slot); 1 })?;
                    let mut fields = serializer.serialize_struct(stringify!($name), FIELDS)?;
                    $(fields.serialize_field($wire, &self.$field)?;)+
                    $(fields.serialize_field(stringify!($slot), &self.$slot)?;)?
                    return fields.end();
                }
                let members: Option<&$crate::json::Members<'_>> = None;
                $(let members = members.or(self.$slot.as_ref());)?
                if let Some(members) = members {
                    let mut map = serializer.serialize_map(None)?;
                    $(if !self.$field.is_absent() {
                        map.serialize_entry($wire, &self.$field)?;
                    })+
                    $crate::json::serde::serialize_members(members, &mut map)?;
                    return map.end();
                }
                let present = 0 $(+ usize::from(!self.$field.is_absent()))+;
                let mut fields = serializer.serialize_struct(stringify!($name), present)?;
                $(if self.$field.is_absent() {
                    fields.skip_field($wire)?;
                } else {
                    fields.serialize_field($wire, &self.$field)?;
                })+
                fields.end()
            }
        }

        impl<'de $(: $own, $own)?> $crate::json::serde::ReadFields<'de> for $name<$($own)?>
        where
            $($type: $crate::json::serde::ReadSerde<'de>,)+
        {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [&'static str] = &[$($wire,)+ $(stringify!($slot),)?];
            const COUNT: usize = COUNT;
            const REQUIRED: u64 = Self::REQUIRED;

            fn empty() -> Self {
                Self::EMPTY
            }

            fn read_field<D: ::serde::Deserializer<'de>>(
                &mut self,
                index: usize,
                deserializer: D,
            ) -> Result<(), D::Error> {
                use $crate::json::serde::ReadSerde;
                match index {
                    $(index if index == Field::$field as usize => {
                        self.$field = ReadSerde::read_serde($wire, deserializer)?;
                    })+
                    $(COUNT => {
                        let slot = Option::<$crate::json::serde::Slot<'_>>::read_serde(stringify!($slot), deserializer)?;
                        self.$slot = slot.map(|slot| slot.0);
                    })?
                    _ => {}
                }
                Ok(())
            }
        }

        impl<'de $(: $own, $own)?> $crate::json::serde::ReadSerde<'de> for $name<$($own)?>
        where
            $($type: $crate::json::serde::ReadSerde<'de>,)+
        {
            const WANTED: &'static str = $crate::json::serde::OBJECT;

            fn read_serde<D: ::serde::Deserializer<'de>>(
                field: &'static str,
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::json::serde::read_message(field, deserializer)
            }
        }

        /// Only for a message whose every field serde can read. One with a list or a raw value has no `Deserialize`: read
        /// it with [`json`]($crate::json).
        impl<'de $(: $own, $own)?> ::serde::Deserialize<'de> for $name<$($own)?>
        where
            Self: $crate::json::serde::ReadSerde<'de>,
        {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::serde::ReadSerde::read_serde(stringify!($name), deserializer)
            }
        }
    };

    (@static $name:ident) => { $name };
    (@static $name:ident $own:lifetime) => { $name<'static> };
}

/// Writes the serde impl of an enum of objects that a member distinguishes; expanded by `tagged!`. Its last case holds a raw
/// value, so serde cannot read it.
macro_rules! serde_tagged {
    ($name:ident { $($case:ident,)+ } $else:ident; $tag:ident = $tag_wire:literal, $raw:ident = $raw_wire:literal) => {
        impl ::serde::Serialize for $name<'_> {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeStruct;
                if !serializer.is_human_readable() {
                    return $crate::json::serde::serialize_json_text(self, serializer);
                }
                let mut fields = serializer.serialize_struct(stringify!($name), 2)?;
                fields.serialize_field($tag_wire, self.$tag())?;
                match self {
                    $(Self::$case(content) => fields.serialize_field($raw_wire, content)?,)+
                    Self::$else(other) => fields.serialize_field($raw_wire, &other.$raw)?,
                }
                fields.end()
            }
        }
    };
}

/// Writes the serde impls of a number that a vendor may extend; expanded by `open_number!`.
macro_rules! serde_number {
    ($name:ident($int:ty)) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> $crate::json::serde::ReadSerde<'de> for $name {
            const WANTED: &'static str = <$int as $crate::json::serde::ReadSerde<'de>>::WANTED;

            fn read_serde<D: ::serde::Deserializer<'de>>(
                field: &'static str,
                deserializer: D,
            ) -> Result<Self, D::Error> {
                <$int as $crate::json::serde::ReadSerde<'de>>::read_serde(field, deserializer).map(Self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::serde::ReadSerde::read_serde(stringify!($name), deserializer)
            }
        }
    };
}

pub(crate) use {serde_message, serde_number, serde_tagged};

impl<'de: 'a, 'a> Deserialize<'de> for Ext<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read_serde("Ext", deserializer)
    }
}

/// Writes the members of the slot into the message's own map.
pub(crate) fn serialize_members<M: SerializeMap>(members: &Members<'_>, map: &mut M) -> Result<(), M::Error> {
    members.iter().try_for_each(|(key, value)| map.serialize_entry(&Unescaped(key), &value))
}

/// Writes a value as one string: the JSON that it is on the wire.
pub(crate) fn serialize_json_text<T: WriteValue, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut measure = measure();
    value.write(&mut measure);
    match measure.refused() {
        Some(field) => Err(S::Error::custom(EncodeError::NotUtf8 { field })),
        None => serializer.collect_str(&JsonText(value)),
    }
}

/// A value shown as the JSON that it is on the wire.
struct JsonText<'v, T>(&'v T);

impl<T: WriteValue> fmt::Display for JsonText<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Pieces<'f, 'g> {
            to: &'f mut fmt::Formatter<'g>,
            result: fmt::Result,
        }
        impl Drain for Pieces<'_, '_> {
            fn drain(&mut self, bytes: &[u8]) -> usize {
                let whole = valid_up_to(bytes);
                let text = bytes.get(..whole).and_then(|bytes| core::str::from_utf8(bytes).ok());
                if self.result.is_ok() {
                    self.result = self.to.write_str(text.unwrap_or_default());
                }
                whole
            }
        }
        let mut pieces = Pieces { to: f, result: Ok(()) };
        let mut buffer = [0; 64];
        let mut writer = Writer::draining(&mut buffer, &mut pieces);
        self.0.write(&mut writer);
        writer.finish();
        pieces.result
    }
}

/// JSON text of a string, shown with its escapes resolved.
struct Unescaped<'a>(&'a str);

impl fmt::Display for Unescaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((plain, _)) = rest.split_once('\\') {
            f.write_str(plain)?;
            let (character, length) =
                escape::read(rest.as_bytes(), plain.len()).character().ok_or(fmt::Error)?;
            f.write_char(character)?;
            rest = rest.get(plain.len() + length..).unwrap_or_default();
        }
        f.write_str(rest)
    }
}

impl Serialize for Unescaped<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'a, T: ReadValue<'a> + WriteValue + Clone + Serialize> Serialize for List<'a, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serialize_json_text(self, serializer);
        }
        let mut seq = serializer.serialize_seq(Some(self.len()))?;
        self.iter().try_for_each(|item| seq.serialize_element(&item))?;
        seq.end()
    }
}

impl<'a, T: ReadValue<'a> + WriteValue + Clone + Serialize> Serialize for Keyed<'a, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serialize_json_text(self, serializer);
        }
        let mut map = serializer.serialize_map(Some(self.len()))?;
        self.iter().try_for_each(|(key, value)| map.serialize_entry(key, &value))?;
        map.end()
    }
}

impl Serialize for Map<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serialize_json_text(self, serializer);
        }
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            match value {
                MapValue::Text(text) => map.serialize_entry(key, text)?,
                MapValue::Raw(raw) => map.serialize_entry(key, &raw)?,
            }
        }
        map.end()
    }
}

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            Json(self.as_str()).serialize(serializer)
        } else {
            serializer.serialize_str(self.as_str())
        }
    }
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_str(self.as_str());
        }
        let mut map = serializer.serialize_map(None)?;
        serialize_members(self, &mut map)?;
        map.end()
    }
}
