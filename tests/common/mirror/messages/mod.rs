//! The mirrors of the messages, with their wire names.

mod broadcast;
mod ext;
mod info;
mod rest;
mod tim;
mod vivo;
mod web;

pub(crate) use broadcast::*;
pub(crate) use ext::*;
pub(crate) use info::*;
pub(crate) use rest::*;
pub(crate) use tim::*;
pub(crate) use vivo::*;
pub(crate) use web::*;

/// Declares the mirror of a message: the fields it must have, those it may have, and those of a reply that read as absent
/// where they are not what they should be.
macro_rules! mirror {
    ($(
        $name:ident of $original:ty {
            must { $($field:ident: $type:ty = $wire:literal,)* }
            may { $($option:ident: $option_type:ty = $option_wire:literal,)* }
            $(lenient { $($lenient:ident: $lenient_type:ty = $lenient_wire:literal,)+ })?
        }
    )+) => {$(
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(remote = "Self")]
        pub(crate) struct $name {
            $(#[serde(rename = $wire)] pub(crate) $field: $type,)*
            $(
                #[serde(rename = $option_wire, default, skip_serializing_if = "Option::is_none")]
                pub(crate) $option: Option<$option_type>,
            )*
            $($(
                #[serde(
                    rename = $lenient_wire,
                    default,
                    skip_serializing_if = "Option::is_none",
                    deserialize_with = "crate::common::mirror::lenient"
                )]
                pub(crate) $lenient: Option<$lenient_type>,
            )+)?
            #[serde(flatten, skip_serializing)]
            unknown: Unknown,
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::common::mirror::object(deserializer)
            }
        }

        impl $crate::common::mirror::Members for $name {
            fn of_members<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }

        impl Mirror<$original> for $name {
            fn of(original: &$original) -> Self {
                Self {
                    $($field: Mirror::of(&original.$field),)*
                    $($option: Mirror::of(&original.$option),)*
                    $($($lenient: Mirror::of(&original.$lenient),)+)?
                    unknown: Unknown,
                }
            }
        }
    )+};
}

pub(crate) use mirror;

pub(crate) use crate::common::mirror::entries;
