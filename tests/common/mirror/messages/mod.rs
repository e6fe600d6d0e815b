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

/// Declares the mirror of a message: the fields it must have, and those it may have.
macro_rules! mirror {
    ($(
        $name:ident of $original:ty {
            must { $($field:ident: $type:ty = $wire:literal,)* }
            may { $($option:ident: $option_type:ty = $option_wire:literal,)* }
        }
    )+) => {$(
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub(crate) struct $name {
            $(#[serde(rename = $wire)] pub(crate) $field: $type,)*
            $(
                #[serde(rename = $option_wire, default, skip_serializing_if = "Option::is_none")]
                pub(crate) $option: Option<$option_type>,
            )*
            #[serde(flatten, skip_serializing)]
            unknown: Unknown,
        }

        impl Mirror<$original> for $name {
            fn of(original: &$original) -> Self {
                Self {
                    $($field: Mirror::of(&original.$field),)*
                    $($option: Mirror::of(&original.$option),)*
                    unknown: Unknown,
                }
            }
        }
    )+};
}

pub(crate) use mirror;

pub(crate) use crate::common::mirror::entries;
