//! The messages once more, owned, declared by hand for `serde_json`: an independent account of their wire names and of
//! what is tolerated.
//!
//! A mirror is made from a message ([`Mirror::of`]) or read by `serde_json`; written by it, it is the JSON that the
//! message should be.

pub(crate) mod messages;
mod tree;

use std::fmt;
use std::iter;
use std::marker::PhantomData;

use offline_push::Ext;
use offline_push::ext;
use offline_push::json::{List, Map, MapValue, Raw};
use offline_push::{tim, vivo};
use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;
pub(crate) use tree::Tree;

use crate::common::{mended, whole};

/// An owned copy of what a message holds.
pub(crate) trait Mirror<T> {
    fn of(original: &T) -> Self;
}

impl Mirror<&str> for String {
    fn of(original: &&str) -> Self {
        (*original).to_owned()
    }
}

impl Mirror<Ext<'_>> for String {
    fn of(original: &Ext<'_>) -> Self {
        original.as_str().expect("an ext out of JSON is text").to_owned()
    }
}

impl Mirror<Self> for bool {
    fn of(original: &Self) -> Self {
        *original
    }
}

impl<T, M: Mirror<T>> Mirror<Option<T>> for Option<M> {
    fn of(original: &Option<T>) -> Self {
        original.as_ref().map(M::of)
    }
}

/// An integer, which may come as a string, and with a fraction or an exponent that leaves it one.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(transparent)]
pub(crate) struct Int<T>(pub(crate) T);

impl<'de, T: TryFrom<i128>> Deserialize<'de> for Int<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = deserializer.deserialize_any(Scalar)?;
        T::try_from(number).map(Self).map_err(|_| D::Error::custom("out of range"))
    }
}

/// Reads an integer of any spelling.
struct Scalar;

impl Visitor<'_> for Scalar {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer, or one in a string")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i128, E> {
        Ok(number.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i128, E> {
        Ok(number.into())
    }

    // What `serde_json` makes of a fraction or an exponent, exact as long as the number is short.
    fn visit_f64<E: Error>(self, number: f64) -> Result<i128, E> {
        if number.fract() == 0.0 && number.abs() < 1e30 {
            return Ok(number as i128);
        }
        Err(E::custom("no integer"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i128, E> {
        whole(text).ok_or_else(|| E::custom("no integer in the string"))
    }
}

/// An id: text, which may come as a number.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(transparent)]
pub(crate) struct Id(pub(crate) String);

impl Mirror<&str> for Id {
    fn of(original: &&str) -> Self {
        Self((*original).to_owned())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => Ok(Self(text)),
            Value::Number(number) if number.is_u64() || number.is_i64() => Ok(Self(number.to_string())),
            // `serde_json` has no other `-0` than a float.
            Value::Number(number) if number.as_f64().is_some_and(is_minus_zero) => Ok(Self("-0".to_owned())),
            _ => Err(D::Error::custom("no id")),
        }
    }
}

fn is_minus_zero(number: f64) -> bool {
    number == 0.0 && number.is_sign_negative()
}

/// A message without its `Deserialize`: what an object's members make of it.
pub(crate) trait Members: Sized {
    fn of_members<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads an object, or the `[]` that PHP writes for an empty one.
pub(crate) fn object<'de, T: Members, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(ObjectOf(PhantomData))
}

struct ObjectOf<T>(PhantomData<T>);

impl<'de, T: Members> Visitor<'de> for ObjectOf<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::of_members(MapAccessDeserializer::new(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
        if seq.next_element::<IgnoredAny>()?.is_some() {
            return Err(A::Error::custom("an array with something in it"));
        }
        T::of_members(MapDeserializer::new(iter::empty::<(&str, &str)>()))
    }
}

/// Reads a field of a reply that reads as absent where it is not what it should be. What comes twice is refused all the same.
pub(crate) fn lenient<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    match Option::deserialize(Tree::deserialize(deserializer)?) {
        Ok(value) => Ok(value),
        Err(error) if error.to_string().starts_with("duplicate field") => Err(D::Error::custom(error)),
        Err(_) => Ok(None),
    }
}

/// A map of any keys, in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pairs(pub(crate) Vec<(String, Value)>);

impl Mirror<Map<'_>> for Pairs {
    fn of(original: &Map<'_>) -> Self {
        let owned = |value| match value {
            MapValue::Text(text) => Value::from(text),
            MapValue::Raw(raw) => Value::of(&raw),
            other => unreachable!("{other:?}"),
        };
        Self(original.iter().map(|(key, value)| (key.to_owned(), owned(value))).collect())
    }
}

/// Makes serde read and write an object with open keys as entries in their order, repeated keys and all.
macro_rules! entries {
    ($name:ident, $value:ty) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::common::mirror::object(deserializer)
            }
        }

        impl $crate::common::mirror::Members for $name {
            fn of_members<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visit;
                impl<'de> serde::de::Visitor<'de> for Visit {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut entries = Vec::new();
                        while let Some(entry) = map.next_entry::<String, $value>()? {
                            entries.push(entry);
                        }
                        Ok($name(entries))
                    }
                }
                deserializer.deserialize_map(Visit)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
            }
        }
    };
}

pub(crate) use entries;

entries!(Pairs, Value);

impl Mirror<List<'_, &str>> for Vec<String> {
    fn of(original: &List<'_, &str>) -> Self {
        original.iter().map(str::to_owned).collect()
    }
}

impl<'a> Mirror<List<'a, tim::LanguageContent<'a>>> for Vec<messages::LanguageContent> {
    fn of(original: &List<'a, tim::LanguageContent<'a>>) -> Self {
        original.iter().map(|content| Mirror::of(&content)).collect()
    }
}

impl Mirror<Raw<'_>> for Value {
    fn of(original: &Raw<'_>) -> Self {
        serde_json::from_slice(&mended(original.as_str().as_bytes()))
            .unwrap_or_else(|error| Self::from(format!("beyond {error}")))
    }
}

/// Members that nobody knows: checked, and forgotten.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Unknown;

impl<'de> Deserialize<'de> for Unknown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// A switch, which may come as 1 or 0.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(transparent)]
pub(crate) struct Flag(pub(crate) bool);

impl Mirror<bool> for Flag {
    fn of(original: &bool) -> Self {
        Self(*original)
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Bool(flag) => Ok(Self(flag)),
            other => match Int::<u32>::deserialize(other).map_err(D::Error::custom)? {
                Int(0) => Ok(Self(false)),
                Int(1) => Ok(Self(true)),
                Int(_) => Err(D::Error::custom("no switch")),
            },
        }
    }
}

macro_rules! int_mirrors {
    ($($int:ty = $($name:ty)*;)+) => {$(
        impl Mirror<$int> for Int<$int> {
            fn of(original: &$int) -> Self {
                Self(*original)
            }
        }
        $(impl Mirror<$name> for Int<$int> {
            fn of(original: &$name) -> Self {
                Self(original.get())
            }
        })*
    )+};
}

int_mirrors! {
    u32 =;
    u64 =;
    i64 =;
    i32 = ext::ChatType ext::ExtAction ext::FcmPushType ext::FcmNotificationType
        tim::PushFlag tim::PushStyle tim::BadgeMode tim::Switch tim::NotifyMode tim::IosPushType tim::OppoNotifyLevel tim::MeizuNotifyType tim::TokenType
        tim::ErrorCode tim::rest::SyncOtherMachine
        vivo::ResultCode vivo::UserStatus vivo::NotifyType vivo::SkipType vivo::NetworkType
        vivo::Classification vivo::PushMode;
}
