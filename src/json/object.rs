//! One declaration per message: the macro that turns a struct with its wire names into encoder, decoder, exact length
//! and serde shapes.
//!
//! ```text
//! message! {
//!     /// What it is.
//!     pub struct Name<'a> {
//!         /// Unit, limit, default, source.
//!         field: Type = "wireName",
//!         request_id: &'a str = "requestId" as id,      // text that some senders write as a number
//!         ignore: Option<bool> = "ignore" as flag,      // a switch that some senders write as 1 or 0
//!         token: &'a str = "token" ..=256 [secret],     // at most 256 bytes; never shown by Debug and defmt
//!     }
//!     /// The slot of members that are newer than the crate.
//!     ..members: Option<Members<'a>>
//! }
//! ```
//!
//! Fields stand in the order in which the vendor's own samples and SDKs write them: the decoder tries them in this order
//! first, with one comparison a key, and falls back to a search from the first key that differs.

use super::reader::Reader;

/// A wire name, in the forms that the codec compares and copies: parts of one text.
#[derive(Clone, Copy)]
pub struct Key {
    /// `"name":"`
    pub(crate) quoted: &'static str,
}

impl Key {
    /// No key, for the elements of a list.
    pub(crate) const ELEMENT: Self = Self { quoted: "\"" };

    /// `name`
    pub(crate) fn name(self) -> &'static str {
        self.quoted.get(1..self.quoted.len().saturating_sub(3)).unwrap_or_default()
    }

    /// `"name":`
    #[inline]
    pub(crate) const fn bare(self) -> &'static [u8] {
        match self.quoted.as_bytes().split_last() {
            Some((_, bare)) => bare,
            None => &[],
        }
    }
}

/// The wire names of an object's members, in the order of the declaration: what the general search goes through.
pub(crate) type Names = &'static [&'static str];

/// What an object's members are read into.
pub(crate) trait Fields<'a> {
    /// Reads the value of a member into its place.
    fn read_field(&mut self, index: usize, reader: &mut Reader<'a>) -> Option<()>;
}

/// How far an object has been read.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
    /// The bit of each member that it had.
    pub(crate) seen: u32,
    /// The last of them; their number before the first.
    pub(crate) near: usize,
}

/// The member that decides what an object is.
pub struct Tag {
    pub(crate) name: &'static str,
    /// The members of the object: that one, and the other.
    pub(crate) members: Names,
    /// The texts of it that are known.
    pub(crate) cases: Names,
    /// What the object is for each of them.
    pub(crate) shapes: &'static [&'static Shape],
    /// What it is else.
    pub(crate) other: &'static Shape,
}

/// How deep messages nest in one another; the declarations are checked against it when they are compiled.
pub(crate) const MAX_SHAPE_DEPTH: usize = 6;

/// Which strings of a value are text whose escapes want resolving.
pub enum Shape {
    /// A string here is text.
    Text,
    /// An object with known members, each of a shape.
    Object(Names, &'static [&'static Self]),
    /// A list of values of one shape.
    List(&'static Self),
    /// An object whose keys are text and whose values are of one shape.
    Keyed(&'static Self),
    /// An object whose shape the text of one of its members decides.
    Tagged(&'static Tag),
    /// Passed on untouched.
    Raw,
}

impl Shape {
    /// How deep containers of this shape nest.
    pub(crate) const fn depth(&self) -> usize {
        match self {
            Self::Text | Self::Raw => 0,
            Self::List(element) | Self::Keyed(element) => 1 + element.depth(),
            Self::Object(_, shapes) => 1 + deepest(shapes, 0),
            Self::Tagged(tag) => deepest(tag.shapes, tag.other.depth()),
        }
    }
}

#[cfg(not(feature = "small"))]
impl Shape {
    /// True if some of it is passed on untouched, or its keys lead to values that may be.
    pub(crate) const fn is_raw(&self) -> bool {
        match self {
            Self::Text => false,
            Self::Raw => true,
            Self::List(element) => element.is_raw(),
            Self::Keyed(value) => matches!(value, Self::Text) || value.is_raw(),
            Self::Object(_, shapes) => any_raw(shapes),
            Self::Tagged(tag) => tag.other.is_raw() || any_raw(tag.shapes),
        }
    }
}

#[cfg(not(feature = "small"))]
const fn any_raw(shapes: &[&Shape]) -> bool {
    let mut rest = shapes;
    while let Some((shape, tail)) = rest.split_first() {
        if shape.is_raw() {
            return true;
        }
        rest = tail;
    }
    false
}

/// The greatest depth among shapes, or another one.
const fn deepest(shapes: &[&Shape], mut other: usize) -> usize {
    let mut rest = shapes;
    while let Some((shape, tail)) = rest.split_first() {
        let depth = shape.depth();
        if depth > other {
            other = depth;
        }
        rest = tail;
    }
    other
}

/// Sum of two lengths where both are bounded.
pub(crate) const fn bounded(left: Option<usize>, right: Option<usize>) -> Option<usize> {
    match (left, right) {
        (Some(left), Some(right)) => left.checked_add(right),
        _ => None,
    }
}

/// Declares messages; the module's documentation has the form.
macro_rules! message {
    // A struct with text in it.
    (
        $(#[$meta:meta])*
        pub struct $name:ident<$life:lifetime> { $($fields:tt)* }
        $($slot:tt)*
    ) => {
        $crate::json::object::message! {
            @fields [$(#[$meta])*] $name [$life] [$life] { $($fields)* } { $($slot)* }
        }
    };
    // A struct of numbers and switches.
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $($fields:tt)* }
    ) => {
        $crate::json::object::message! { @fields [$(#[$meta])*] $name [] ['a] { $($fields)* } {} }
    };

    (@fields [$($meta:tt)*] $name:ident [$($own:lifetime)?] [$life:lifetime]
        {
            $(
                $(#[$field_meta:meta])*
                $field:ident: $type:ty = $wire:literal $(as $how:ident)? $(..=$max:literal)? $([$mark:ident])?
            ),+ $(,)?
        }
        { $($(#[$slot_meta:meta])* ..$slot:ident: $slot_type:ty)? }
    ) => {
        $($meta)*
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name<$($own)?> {
            $($(#[$field_meta])* pub $field: $type,)+
            $($(#[$slot_meta])* pub $slot: $slot_type,)?
        }

        const _: () = {
            use $crate::json::object::{Fields, Key, Names, Progress, Shape, bounded, message};
            use $crate::json::reader::Reader;
            use $crate::json::value::{ReadValue, WriteValue};
            use $crate::json::writer::Sink;

            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Field { $($field,)+ Count }

            const COUNT: usize = Field::Count as usize;
            // One bit a field says what the input held.
            const _: () = assert!(COUNT <= 32, "a message has at most 32 fields");

            const _: () = assert!(
                <message!(@static $name $($own)?) as ReadValue>::SHAPE.depth() <= $crate::json::object::MAX_SHAPE_DEPTH,
                "messages nest deeper than the in-place pass goes"
            );

            impl<$($own)?> $name<$($own)?> {
                /// Without required fields: what constructors start from.
                #[allow(dead_code)]
                pub(crate) const EMPTY: Self = Self {
                    $($field: <$type as ReadValue>::EMPTY,)+
                    $($slot: None,)?
                };

                const NAMES: Names = &[$($wire),+];

                const REQUIRED: u32 =
                    0 $(| (<$type as ReadValue>::REQUIRED as u32) << (Field::$field as u32))+;
            }

            impl<$($own)?> WriteValue for $name<$($own)?> {
                const MAX_LEN: Option<usize> = {
                    let length = Some(2);
                    $(let length = bounded(
                        length,
                        bounded(Some($wire.len() + 4), message!(@max [$type] $($max)?)),
                    );)+
                    length
                };

                fn write<S: Sink>(&self, writer: &mut S) {
                    let opened = writer.open(b'{');
                    $(message!(@write self.$field, $wire, writer);)+
                    $(if let Some(members) = &self.$slot {
                        members.write_into(writer);
                    })?
                    writer.close(opened, b'}');
                }
            }

            impl<$life> ReadValue<$life> for $name<$($own)?> {
                const EMPTY: Self = Self::EMPTY;
                const SHAPE: &'static Shape =
                    &Shape::Object(Self::NAMES, &[$(message!(@shape [$type] $($how)?)),+]);

                #[inline]
                fn empty() -> Self {
                    Self {
                        $($field: <$type as ReadValue>::empty(),)+
                        $($slot: None,)?
                    }
                }

                fn fill(&mut self, reader: &mut Reader<$life>) -> Option<()> {
                    if $crate::json::SMALL {
                        return reader.object(self, Self::NAMES, Self::REQUIRED);
                    }
                    let mut read = Progress { seen: 0, near: COUNT };
                    if !reader.open(b'{', b'}')? {
                        return reader.complete(Self::NAMES, Self::REQUIRED, read.seen);
                    }
                    // The sender's usual order: one comparison a key.
                    $(
                        if reader.at_key(Key { quoted: concat!("\"", $wire, "\":\"") }) {
                            const INDEX: usize = Field::$field as usize;
                            read = Progress { seen: read.seen | 1 << INDEX, near: INDEX };
                            if message!(@read self.$field, reader $(, $how)?).is_none() {
                                return reader.blame(Self::NAMES, INDEX);
                            }
                            if !reader.more(b'}')? {
                                return reader.complete(Self::NAMES, Self::REQUIRED, read.seen);
                            }
                        }
                    )+
                    reader.members(self, Self::NAMES, Self::REQUIRED, read, true)
                }
            }

            impl<$life> Fields<$life> for $name<$($own)?> {
                fn read_field(&mut self, index: usize, reader: &mut Reader<$life>) -> Option<()> {
                    match index {
                        $(index if index == Field::$field as usize => {
                            message!(@read_far self.$field, reader $(, $how)?)
                        })+
                        _ => reader.skip(),
                    }
                }
            }

            impl<$($own)?> $crate::json::sealed::Sealed for $name<$($own)?> {}
            impl<$($own)?> $crate::json::Encode for $name<$($own)?> {}
            impl<$life> $crate::json::Decode<$life> for $name<$($own)?> {}
            impl $crate::json::Message for message!(@static $name $($own)?) { type Of<$life> = $name<$($own)?>; }

            #[cfg(feature = "arbitrary")]
            impl<$life> arbitrary::Arbitrary<$life> for $name<$($own)?> {
                fn arbitrary(u: &mut arbitrary::Unstructured<$life>) -> arbitrary::Result<Self> {
                    Ok(Self {
                        $($field: u.arbitrary()?,)+
                        $($slot: u.arbitrary()?,)?
                    })
                }
            }

            $crate::json::object::message! {
                @formats $name [$($own)?] { $($field: $type = $wire [$($mark)?],)+ } { $($slot)? }
            }
            $crate::json::shapes::serde_shapes! {
                $name [$($own)?] { $($field: $type = $wire,)+ } { $($slot)? }
            }
        };
    };

    (@static $name:ident) => { $name };
    (@static $name:ident $own:lifetime) => { $name<'static> };

    (@write $self:ident.$field:ident, $wire:literal, $writer:ident) => {
        $self.$field.write_member(Key { quoted: concat!("\"", $wire, "\":\"") }, $writer)
    };

    (@read $value:ident.$field:ident, $reader:ident) => { ReadValue::fill(&mut $value.$field, $reader) };
    (@read $value:ident.$field:ident, $reader:ident, id) => { $crate::json::value::ReadId::read_id(&mut $value.$field, $reader) };
    (@read $value:ident.$field:ident, $reader:ident, flag) => { $crate::json::value::ReadFlag::read_flag(&mut $value.$field, $reader) };

    (@read_far $value:ident.$field:ident, $reader:ident) => {
        $crate::json::value::fill_far(&mut $value.$field, $reader)
    };
    (@read_far $value:ident.$field:ident, $reader:ident, $how:ident) => {
        message!(@read $value.$field, $reader, $how)
    };

    (@shape [$type:ty]) => { <$type as ReadValue>::SHAPE };
    (@shape [$type:ty] id) => { <$type as ReadValue>::SHAPE };
    // It may be sent as a string.
    (@shape [$type:ty] flag) => { &Shape::Text };

    (@max [$type:ty]) => { <$type as WriteValue>::MAX_LEN };
    // Every byte of a text may need a six-byte escape.
    (@max [$type:ty] $max:literal) => { Some(2 + 6 * $max) };

    (@formats $name:ident [$($own:lifetime)?]
        { $($field:ident: $type:ty = $wire:literal [$($mark:ident)?],)+ } { $($slot:ident)? }
    ) => {
        impl<$($own)?> core::fmt::Debug for $name<$($own)?> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($field), message!(@show self.$field $($mark)?)))+
                    $(.field(stringify!($slot), &self.$slot))?
                    .finish()
            }
        }

        #[cfg(feature = "defmt")]
        impl<$($own)?> defmt::Format for $name<$($own)?> {
            fn format(&self, f: defmt::Formatter<'_>) {
                defmt::write!(f, "{=str} {{ ", stringify!($name));
                $(defmt::write!(f, "{=str}: {}, ", stringify!($field), message!(@show self.$field $($mark)?));)+
                $(defmt::write!(f, "{=str}: {}, ", stringify!($slot), self.$slot);)?
                defmt::write!(f, "}}");
            }
        }
    };

    (@show $self:ident.$field:ident) => { &$self.$field };
    (@show $self:ident.$field:ident secret) => {
        &if $self.$field.is_absent() { $crate::json::Redacted::Nothing } else { $crate::json::Redacted::Secret }
    };
}

pub(crate) use message;
