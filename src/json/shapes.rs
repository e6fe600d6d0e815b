//! The same messages in serde's formats.
//!
//! In a human-readable format a message looks as it does on the wire: absent fields are left out, and `serde_json`
//! writes the same bytes as this crate ([`Raw`] values excepted: the same value, with numbers that are no integers of 64
//! bits as the nearest `f64`). In any other format (postcard) no
//! field is left out; a list or raw value travels as one string of JSON, a map as one string of its pairs, each text behind
//! its length. That shape is stable within a minor version of the crate.
//!
//! Reading borrows text from the input, as everywhere in the crate. What has no bound ([`List`], [`Raw`], [`Members`])
//! cannot be kept while a human-readable format is read through serde, nor can a [`Map`] of more than
//! [`MAX_INSERTED_PAIRS`](super::MAX_INSERTED_PAIRS) pairs; there, messages that hold such a value are read by
//! [`from_str`](super::from_str) and its kin.

use core::fmt::{self, Write as _};
use core::marker::PhantomData;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::escape;
use super::framed::Framed;
use super::keyed::Keyed;
use super::list::List;
use super::map::{Map, MapValue};
use super::raw::{Members, Raw, read_whole};
use super::reader::Cursor;
use super::utf8::valid_up_to;
use super::value::{ReadValue, WriteValue};
use super::writer::{Drain, Writer};

/// The index of a field by its wire name; their number for a name that none has.
pub(crate) struct FieldIndex(pub(crate) &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for FieldIndex {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldIndex {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        Ok(self.0.iter().position(|field| *field == name).unwrap_or(self.0.len()))
    }

    fn visit_bytes<E: de::Error>(self, name: &[u8]) -> Result<usize, E> {
        Ok(self.0.iter().position(|field| field.as_bytes() == name).unwrap_or(self.0.len()))
    }

    fn visit_u64<E: de::Error>(self, index: u64) -> Result<usize, E> {
        Ok(usize::try_from(index).unwrap_or(self.0.len()))
    }
}

/// Writes the serde impls of a message; expanded by `message!`, whose items it uses.
macro_rules! serde_shapes {
    ($name:ident [$($own:lifetime)?] { $($field:ident: $type:ty = $wire:literal,)+ } { $($slot:ident)? }) => {
        /// Every field that travels where none is left out.
        const FIELDS: &[&str] = &[$($wire,)+ $(stringify!($slot),)?];

        impl<$($own)?> serde::Serialize for $name<$($own)?> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::{SerializeMap, SerializeStruct};
                if !serializer.is_human_readable() {
                    let mut fields = serializer.serialize_struct(stringify!($name), FIELDS.len())?;
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
                    $crate::json::shapes::serialize_members(members, &mut map)?;
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

        #[allow(dead_code)] // Only a slot asks who reads.
        struct Visit<T> {
            readable: bool,
            message: core::marker::PhantomData<T>,
        }

        impl<'de $(: $own, $own)?> serde::de::Visitor<'de> for Visit<$name<$($own)?>> {
            type Value = $name<$($own)?>;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!("a `", stringify!($name), "`"))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                use serde::de::Error;
                let mut value = $name::EMPTY;
                let mut seen = 0u64;
                while let Some(index) = map.next_key_seed($crate::json::shapes::FieldIndex(FIELDS))? {
                    let bit = if index < COUNT { 1u64 << index } else { 0 };
                    match index {
                        $(index if index == Field::$field as usize => {
                            if seen & bit != 0 {
                                return Err(A::Error::duplicate_field($wire));
                            }
                            value.$field = map.next_value()?;
                        })+
                        // To people the slot has no name.
                        $(COUNT if !self.readable => value.$slot = map.next_value()?,)?
                        _ => {
                            map.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                    seen |= bit;
                }
                match $name::REQUIRED & !seen {
                    0 => Ok(value),
                    missing => {
                        let name = FIELDS.get(missing.trailing_zeros() as usize);
                        Err(A::Error::missing_field(name.copied().unwrap_or_default()))
                    }
                }
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                use serde::de::Error;
                let mut value = $name::EMPTY;
                $(value.$field = match seq.next_element()? {
                    Some(element) => element,
                    None => return Err(A::Error::invalid_length(Field::$field as usize, &self)),
                };)+
                $(value.$slot = match seq.next_element()? {
                    Some(element) => element,
                    None => return Err(A::Error::invalid_length(COUNT, &self)),
                };)?
                Ok(value)
            }
        }

        impl<'de $(: $own, $own)?> serde::Deserialize<'de> for $name<$($own)?> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let visit = Visit { readable: deserializer.is_human_readable(), message: core::marker::PhantomData };
                deserializer.deserialize_struct(stringify!($name), FIELDS, visit)
            }
        }
    };
}

pub(crate) use serde_shapes;

/// Writes the members of the slot into the message's own map.
pub(crate) fn serialize_members<M: SerializeMap>(members: &Members<'_>, map: &mut M) -> Result<(), M::Error> {
    members.iter().try_for_each(|(key, value)| map.serialize_entry(&Unescaped(key), &value))
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
            return serializer.collect_str(&JsonText(self));
        }
        let mut seq = serializer.serialize_seq(Some(self.len()))?;
        self.iter().try_for_each(|item| seq.serialize_element(&item))?;
        seq.end()
    }
}

impl<'a, T: ReadValue<'a> + WriteValue + Clone + Serialize> Serialize for Keyed<'a, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.collect_str(&JsonText(self));
        }
        let mut map = serializer.serialize_map(Some(self.len()))?;
        self.iter().try_for_each(|(key, value)| map.serialize_entry(key, &value))?;
        map.end()
    }
}

impl Serialize for Map<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.collect_str(&Framed(self));
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
        let text = self.as_str();
        if !serializer.is_human_readable() {
            return serializer.serialize_str(text);
        }
        match text.as_bytes().first() {
            Some(b'{') => {
                let mut map = serializer.serialize_map(None)?;
                if let Ok(members) = Members::new(text) {
                    serialize_members(&members, &mut map)?;
                }
                map.end()
            }
            Some(b'[') => {
                let mut seq = serializer.serialize_seq(None)?;
                let mut cursor = Cursor::new(text);
                let mut more = cursor.open(b'[').unwrap_or(false);
                while let Some(item) = more.then(|| cursor.read::<Raw<'_>>()).flatten() {
                    seq.serialize_element(&item)?;
                    more = cursor.more(b']').unwrap_or(false);
                }
                seq.end()
            }
            Some(b'"') => {
                let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
                Unescaped(inner.unwrap_or_default()).serialize(serializer)
            }
            Some(b't') => serializer.serialize_bool(true),
            Some(b'f') => serializer.serialize_bool(false),
            Some(b'n') | None => serializer.serialize_unit(),
            Some(_) => {
                if let Ok(number) = text.parse::<u64>() {
                    serializer.serialize_u64(number)
                } else if let Some(number) = text.parse::<i64>().ok().filter(|number| *number != 0) {
                    // Not minus zero, which only floats have.
                    serializer.serialize_i64(number)
                } else {
                    match text.parse::<f64>() {
                        Ok(number) if number.is_finite() => serializer.serialize_f64(number),
                        _ => Err(ser::Error::custom("a number beyond all floats")),
                    }
                }
            }
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

/// Reads a value that travels as one string of JSON; not to be had from a human-readable format.
struct FromJsonText<T>(PhantomData<T>);

/// What a value without bound is made from.
trait FromText<'a>: Sized {
    fn from_text(text: &'a str) -> Result<Self, super::DecodeError>;
}

impl<'de: 'a, 'a, T: FromText<'a>> Visitor<'de> for FromJsonText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("borrowed JSON text (read human-readable input with `offline_push::json`)")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<T, E> {
        T::from_text(text).map_err(de::Error::custom)
    }
}

fn from_json_text<'de: 'a, 'a, T: FromText<'a>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    if deserializer.is_human_readable() {
        return Err(de::Error::custom("a list or raw value: read this input with `offline_push::json`"));
    }
    deserializer.deserialize_str(FromJsonText(PhantomData))
}

impl<'a, T: ReadValue<'a>> FromText<'a> for List<'a, T> {
    fn from_text(text: &'a str) -> Result<Self, super::DecodeError> {
        read_whole(text)
    }
}

impl<'a, T: ReadValue<'a>> FromText<'a> for Keyed<'a, T> {
    fn from_text(text: &'a str) -> Result<Self, super::DecodeError> {
        read_whole(text)
    }
}

impl<'a> FromText<'a> for Raw<'a> {
    fn from_text(text: &'a str) -> Result<Self, super::DecodeError> {
        Self::new(text)
    }
}

impl<'a> FromText<'a> for Members<'a> {
    fn from_text(text: &'a str) -> Result<Self, super::DecodeError> {
        Self::new(text)
    }
}

impl<'de: 'a, 'a, T: ReadValue<'a>> Deserialize<'de> for List<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_json_text(deserializer)
    }
}

impl<'de: 'a, 'a, T: ReadValue<'a>> Deserialize<'de> for Keyed<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_json_text(deserializer)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_json_text(deserializer)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_json_text(deserializer)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Map<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct VisitPairs<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for VisitPairs<'a> {
            type Value = Map<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of text to text, or its pairs in one borrowed text")
            }

            fn visit_borrowed_str<E: de::Error>(self, framed: &'de str) -> Result<Map<'a>, E> {
                Map::from_framed(framed).ok_or(E::custom("not the pairs of a map"))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Map<'a>, A::Error> {
                let mut map = Map::new();
                while let Some((key, value)) = access.next_entry::<&'de str, &'de str>()? {
                    map.insert(key, value).map_err(de::Error::custom)?;
                }
                Ok(map)
            }
        }

        if !deserializer.is_human_readable() {
            return deserializer.deserialize_str(VisitPairs(PhantomData));
        }
        deserializer.deserialize_map(VisitPairs(PhantomData))
    }
}
