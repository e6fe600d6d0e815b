//! The macro that declares a message. It turns a struct with wire names into encoder, decoder, exact length, setters and serde
//! impls.
//!
//! ```text
//! message! {
//!     /// What it is.
//!     pub struct Name<'a> {
//!         /// Unit, limit, default, source.
//!         field: Type = "wireName",
//!         request_id: &'a str = "requestId" as id,      // text that some senders write as a number
//!         ignore: Option<bool> = "ignore" as flag,      // a switch that some senders write as 1 or 0
//!         desc: Option<&'a str> = "desc" as lenient,    // a value of another type is passed over
//!         token: &'a str = "token" ..=256 [secret],     // at most 256 bytes; Debug and defmt show `***`
//!         category: &'a str = "category" [public],      // a word of the protocol, which Debug and defmt show
//!     }
//!     /// The slot of members that are newer than the crate.
//!     ..members: Option<Members<'a>>
//! }
//! ```
//!
//! A text without a mark is private: `Debug` and `defmt` show its length. Mark it `[public]` only if it is a word of the protocol, and
//! no user or app wrote it. A message inside the field has its own marks.
//!
//! Declare fields in the order of the vendor's samples and SDKs. The decoder expects this order first, with one comparison for each
//! key. From the first key that differs, it looks keys up in a table.

use super::reader::{At, Reader};

/// A wire name, in the forms that the codec compares and copies. They are parts of one text.
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

/// The wire names of an object's members, in the order of the declaration.
pub(crate) type Names = &'static [&'static str];

/// A message has at most this many fields: each is one bit of a `u64`.
pub(crate) const MAX_FIELDS: usize = 64;

/// The decoder's description of an object.
pub(crate) struct Object {
    pub(crate) names: Names,
    /// The bits of required fields.
    pub(crate) required: Bits,
    /// The bits of fields that stay empty if their value has another type.
    // The loop of `small` reads it. The other one is made for each message.
    #[cfg_attr(not(feature = "small"), allow(dead_code))]
    pub(crate) lenient: Bits,
}

/// One bit for each field. With feature `small`, in two words.
#[cfg(not(feature = "small"))]
pub(crate) type Bits = u64;
#[cfg(feature = "small")]
pub(crate) type Bits = [u32; 2];

/// The bits of fields in the form that the reader uses.
pub(crate) const fn bits(all: u64) -> Bits {
    #[cfg(feature = "small")]
    return [all as u32, (all >> 32) as u32];
    #[cfg(not(feature = "small"))]
    all
}

#[cfg(not(feature = "small"))]
impl Object {
    /// The bits of required fields that were not seen.
    #[inline(always)]
    pub(crate) const fn missing(&self, seen: u64) -> u64 {
        self.required & !seen
    }
}

/// Receives the members of an object where the code for fields is not unrolled.
pub(crate) trait Fields<'a, S> {
    /// Reads the value of a member into its field. An allowed `null` was passed before.
    fn read_field(&mut self, index: usize, reader: &mut Reader<S>, at: At) -> Option<At>;
}

/// Messages with at most this many fields are read in the order of the declaration first. With more fields, walking past the absent
/// ones takes longer than looking each key up.
#[cfg(not(feature = "small"))]
pub(crate) const MAX_UNROLLED: usize = 24;

/// Messages of at most this many bytes are copied for a rare call, which is cheaper than keeping them in memory.
#[cfg(not(feature = "small"))]
pub(crate) const MAX_COPIED: usize = 128;

/// Maximum length of a wire name in bytes: the size of the buffer for a key with resolved escapes.
pub(crate) const MAX_NAME_LEN: usize = 64;

/// A compile error with these words if the name is in the names more than once.
#[allow(clippy::panic)] // While compiling, never at run time.
pub(crate) const fn assert_once(names: &[&str], name: &str, words: &str) {
    assert!(name.len() <= MAX_NAME_LEN, "a wire name has at most 64 bytes");
    let mut rest = names;
    let mut count = 0;
    while let Some((first, tail)) = rest.split_first() {
        count += is_same(first.as_bytes(), name.as_bytes()) as usize;
        rest = tail;
    }
    if count != 1 {
        panic!("{}", words);
    }
}

#[allow(clippy::indexing_slicing)] // While compiling, never at run time.
pub(crate) const fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut i = 0;
    while i < left.len() {
        if left[i] != right[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// The sum of two lengths, if both are bounded.
pub(crate) const fn bounded(left: Option<usize>, right: Option<usize>) -> Option<usize> {
    match (left, right) {
        (Some(left), Some(right)) => left.checked_add(right),
        _ => None,
    }
}

/// The larger of two numbers of levels.
pub(crate) const fn deeper(left: usize, right: usize) -> usize {
    if left < right { right } else { left }
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
            @each ([$(#[$meta])*] $name [$life] [$life] { $($slot)* }) {} $($fields)*
        }
    };
    // A struct of numbers and switches.
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $($fields:tt)* }
    ) => {
        $crate::json::object::message! { @each ([$(#[$meta])*] $name [] ['a] {}) {} $($fields)* }
    };

    // Parses one field after the other: an optional field, a required field, or a mistake.
    (@each ($($head:tt)*) { $($done:tt)+ }) => {
        $crate::json::object::message! { @fields $($head)* { $($done)+ } }
    };
    (@each $head:tt { $($done:tt)* }
        $(#[$meta:meta])*
        $field:ident: Option<$inner:ty> = $wire:literal $(as $how:ident)? $(..=$max:literal)? $([$mark:ident])?
        $(, $($rest:tt)*)?
    ) => {
        $crate::json::object::message! {
            @each $head
            {
                $($done)*
                { [$(#[$meta])*] $field [Option<$inner>] [$inner] [Some] $wire [$($how)?] [$($max)?] [$($mark)?] }
            }
            $($($rest)*)?
        }
    };
    (@each $head:tt { $($done:tt)* }
        $(#[$meta:meta])*
        $field:ident: $type:ty = $wire:literal $(as $how:ident)? $(..=$max:literal)? $([$mark:ident])?
        $(, $($rest:tt)*)?
    ) => {
        $crate::json::object::message! {
            @each $head
            {
                $($done)*
                { [$(#[$meta])*] $field [$type] [$type] [] $wire [$($how)?] [$($max)?] [$($mark)?] }
            }
            $($($rest)*)?
        }
    };
    (@each $head:tt { $($done:tt)* } $(#[$meta:meta])* $field:ident: $type:ty $(, $($rest:tt)*)?) => {
        compile_error!(concat!(
            "the field `", stringify!($field), "` has no wire name: write `",
            stringify!($field), ": ", stringify!($type), " = \"wireName\"`",
        ));
    };
    (@each $head:tt { $($done:tt)* } $(#[$meta:meta])* $field:ident $($rest:tt)*) => {
        compile_error!(concat!(
            "the field `", stringify!($field), "` is not declared as `name: Type = \"wireName\"`, ",
            "with `as id`, `as flag` or `as lenient`, `..=limit` and `[public]` or `[secret]` after it, in this order",
        ));
    };

    (@fields [$($meta:tt)*] $name:ident [$($own:lifetime)?] [$life:lifetime]
        { $($(#[$slot_meta:meta])* ..$slot:ident: Option<$slot_type:ty>)? }
        {
            $({
                [$(#[$field_meta:meta])*] $field:ident [$type:ty] [$inner:ty] [$($some:ident)?]
                $wire:literal [$($how:ident)?] [$($max:literal)?] [$($mark:ident)?]
            })+
        }
    ) => {
        $($meta)*
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name<$($own)?> {
            $($(#[$field_meta])* pub $field: $type,)+
            $($(#[$slot_meta])* pub $slot: Option<$slot_type>,)?
        }

        const _: () = {
            use $crate::json::description::{self, ObjectType, Type};
            use $crate::json::object::{self, Key, Names, bounded, message};
            #[cfg(not(feature = "small"))]
            use $crate::json::plain::Plain;
            use $crate::json::reader::{At, Reader};
            use $crate::json::source::Source;
            use $crate::json::value::{ReadValue, WriteValue};
            use $crate::json::writer::Sink;

            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Field { $($field,)+ Count }

            const COUNT: usize = Field::Count as usize;
            // One bit for each field says whether the input had it.
            const _: () = assert!(COUNT <= object::MAX_FIELDS, "a message has at most 64 fields");
            const WIRE_NAMES: Names = &[$($wire),+];
            $(
                message!(@known_tolerance $field $($how)?);
                message!(@known_mark $field $($mark)?);
                const _: () = object::assert_once(
                    WIRE_NAMES,
                    $wire,
                    concat!("the wire name \"", $wire, "\" of the field `", stringify!($field), "` is there twice"),
                );
            )+
            #[allow(dead_code)]
            const fn is_value<'a, T: ReadValue<'a> + WriteValue>() {}
            #[allow(dead_code)]
            #[allow(clippy::extra_unused_lifetimes)] // Not every message has text.
            const fn are_values<$life>() {
                $(is_value::<$inner>();)+
            }

            #[cfg(not(feature = "small"))]
            static TABLE: $crate::json::names::Table<{ $crate::json::names::slots(COUNT) }> =
                $crate::json::names::Table::new([$($wire),+]);

            impl<$($own)?> $name<$($own)?> {
                /// All fields are empty, including required ones: constructors start from it.
                #[allow(dead_code)]
                pub(crate) const EMPTY: Self = Self {
                    $($field: <$type as ReadValue>::EMPTY,)+
                    $($slot: None,)?
                };

                const NAMES: Names = WIRE_NAMES;

                const REQUIRED: u64 =
                    0 $(| (<$type as ReadValue>::REQUIRED as u64) << (Field::$field as u32))+;
            }

            #[allow(dead_code)] // The messages of tests are private.
            impl<$($own)?> $name<$($own)?> {
                $(
                    #[doc = concat!("Sets [`", stringify!($field), "`](field@Self::", stringify!($field), "), `", $wire, "` on the wire.")]
                    #[must_use]
                    #[inline]
                    pub const fn $field(mut self, $field: $inner) -> Self {
                        self.$field = message!(@set $field $($some)?);
                        self
                    }
                )+
                $(
                    #[doc = concat!("Sets [`", stringify!($slot), "`](field@Self::", stringify!($slot), ").")]
                    #[must_use]
                    #[inline]
                    pub const fn $slot(mut self, $slot: $slot_type) -> Self {
                        self.$slot = Some($slot);
                        self
                    }
                )?
            }

            const OBJECT: &object::Object = &object::Object {
                names: <message!(@static $name $($own)?)>::NAMES,
                required: object::bits(<message!(@static $name $($own)?)>::REQUIRED),
                lenient: object::bits(0 $(| message!(@lenient $($how)?) << (Field::$field as u32))+),
            };

            impl<$($own)?> WriteValue for $name<$($own)?> {
                const MAX_LEN: Option<usize> = {
                    let length = Some(2);
                    $(let length = bounded(
                        length,
                        bounded(Some($wire.len() + 4), message!(@max [$type] $($max)?)),
                    );)+
                    length
                };
                const LEVELS: usize = {
                    let levels = 0;
                    $(let levels = object::deeper(levels, <$type as WriteValue>::LEVELS);)+
                    levels + 1
                };

                fn write<S: Sink>(&self, writer: &mut S) {
                    if !writer.enter() {
                        return;
                    }
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
                const NAMES: Names = Self::NAMES;
                const DESCRIPTION: &'static Type = &Type::Object(&ObjectType {
                    name: stringify!($name),
                    fields: &[$(message!(@describe $field, $type, $wire, [$($how)?] [$($max)?] [$($mark)?])),+],
                    extensible: message!(@given $($slot)?),
                });

                #[inline]
                fn empty() -> Self {
                    Self {
                        $($field: <$type as ReadValue>::empty(),)+
                        $($slot: None,)?
                    }
                }

                #[inline]
                fn fill_some<S: Source<$life>>(
                    slot: &mut Option<Self>,
                    reader: &mut Reader<S>,
                    at: At,
                ) -> Option<At> {
                    Self::fill_in_place(slot, reader, at)
                }

                #[cfg(feature = "small")]
                fn fill<S: Source<$life>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
                    reader.object(self, OBJECT, at)
                }

                #[cfg(not(feature = "small"))]
                fn fill<S: Source<$life>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
                    let mut seen = 0u64;
                    let (mut more, mut at) = reader.open(at, b'{')?;
                    // Small messages are the elements of long lists: in the usual order, each key costs one comparison.
                    $(
                        if COUNT <= object::MAX_UNROLLED && more {
                            const KEY: Key = Key { quoted: concat!("\"", $wire, "\":\"") };
                            const INDEX: usize = Field::$field as usize;
                            if let Some(value) = reader.at_key(KEY, at) {
                                seen |= 1 << INDEX;
                                let Some(next) = message!(@read self.$field, reader, value $(, $how)?) else {
                                    return reader.blame(Self::NAMES, INDEX);
                                };
                                (more, at) = reader.more(next, b'}')?;
                            }
                        }
                    )+
                    while more {
                        // The hash finds the field, and one comparison confirms it.
                        let guess = reader.guess(&TABLE, at);
                        let next = match guess {
                            $(Some(index) if index == Field::$field as usize => {
                                const KEY: Key = Key { quoted: concat!("\"", $wire, "\":\"") };
                                const INDEX: usize = Field::$field as usize;
                                match reader.at_key(KEY, at) {
                                    Some(value) => {
                                        if !S::TRUSTED && seen >> INDEX & 1 != 0 {
                                            return reader.duplicate(Self::NAMES, INDEX, at);
                                        }
                                        seen |= 1 << INDEX;
                                        let Some(next) = message!(@read self.$field, reader, value $(, $how)?) else {
                                            return reader.blame(Self::NAMES, INDEX);
                                        };
                                        Some(next)
                                    }
                                    None => None,
                                }
                            })+
                            _ => None,
                        };
                        let next = match next {
                            Some(next) => next,
                            None => {
                                // This call takes the address of a message. A small one is copied for it, so that its fields
                                // stay in registers everywhere else: a list returns its elements by value, and a copy out of
                                // memory that was just written must wait for the writes.
                                let member = if S::TRUSTED && size_of::<Self>() <= object::MAX_COPIED {
                                    let mut copy = core::mem::replace(self, Self::EMPTY);
                                    let member = reader.member(&mut copy, OBJECT, guess, seen, at);
                                    *self = copy;
                                    member
                                } else {
                                    reader.member(self, OBJECT, guess, seen, at)
                                };
                                let (next, all) = member?;
                                seen = all;
                                next
                            }
                        };
                        (more, at) = reader.more(next, b'}')?;
                    }
                    // Also if everything was read before: a lenient list may be absent because of this.
                    reader.complete(OBJECT, seen, at)
                }

                #[cfg(not(feature = "small"))]
                #[inline(always)]
                fn plain<P: Plain<$life>>(input: &P, start: usize) -> Option<(Self, usize)> {
                    if COUNT > object::MAX_UNROLLED {
                        return None;
                    }
                    let mut message = Self::empty();
                    let mut seen = 0u64;
                    // A key follows the brace or a comma.
                    let (mut at, mut before) = (start, b'{');
                    $(
                        if let Some(value) = input.after_key(at, before, Key { quoted: concat!("\"", $wire, "\":\"") }) {
                            (message.$field, at) = ReadValue::plain(input, value)?;
                            before = b',';
                            seen |= 1 << (Field::$field as u32);
                        }
                    )+
                    let ends = before == b',' && input.byte(at) == Some(b'}');
                    if ends && OBJECT.missing(seen) == 0 { Some((message, at + 1)) } else { None }
                }
            }

            impl<$life, S: Source<$life>> object::Fields<$life, S> for $name<$($own)?> {
                #[inline(never)]
                fn read_field(&mut self, index: usize, reader: &mut Reader<S>, at: At) -> Option<At> {
                    match index {
                        $(index if index == Field::$field as usize => {
                            message!(@read_far self.$field, reader, at $(, $how)?)
                        })+
                        // Small programs know this already.
                        _ if $crate::json::SMALL => None,
                        _ => reader.skip(at),
                    }
                }
            }

            $crate::json::codec! { encode $name<$($own)?>, [$($own)?] }
            $crate::json::codec! { decode $life $name<$($own)?> }
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
            $crate::json::serde::serde_message! {
                $name [$($own)?] { $($field: $type = $wire,)+ } { $($slot)? }
            }
        };
    };

    (@static $name:ident) => { $name };
    (@static $name:ident $own:lifetime) => { $name<'static> };

    (@write $self:ident.$field:ident, $wire:literal, $writer:ident) => {
        $self.$field.write_member(Key { quoted: concat!("\"", $wire, "\":\"") }, $writer)
    };

    (@read $value:ident.$field:ident, $reader:ident, $at:ident) => { ReadValue::fill(&mut $value.$field, $reader, $at) };
    (@read $value:ident.$field:ident, $reader:ident, $at:ident, id) => { $crate::json::value::ReadId::read_id(&mut $value.$field, $reader, $at) };
    (@read $value:ident.$field:ident, $reader:ident, $at:ident, flag) => { $crate::json::value::ReadFlag::read_flag(&mut $value.$field, $reader, $at) };
    (@read $value:ident.$field:ident, $reader:ident, $at:ident, lenient) => {
        ReadValue::fill_lenient(&mut $value.$field, $reader, $at)
    };
    (@read $value:ident.$field:ident, $reader:ident, $at:ident, $other:ident) => { ReadValue::fill(&mut $value.$field, $reader, $at) };

    (@read_far $value:ident.$field:ident, $reader:ident, $at:ident) => {
        $crate::json::value::fill_far(&mut $value.$field, $reader, $at)
    };
    (@read_far $value:ident.$field:ident, $reader:ident, $at:ident, $how:ident) => {
        message!(@read $value.$field, $reader, $at, $how)
    };

    (@set $field:ident) => { $field };
    (@set $field:ident Some) => { Some($field) };

    (@describe $field:ident, $type:ty, $wire:literal, [$($how:ident)?] [$($max:literal)?] [$($mark:ident)?]) => {
        description::Field {
            name: stringify!($field),
            wire: $wire,
            value: <$type as ReadValue>::DESCRIPTION,
            required: <$type as ReadValue>::REQUIRED,
            tolerance: message!(@tolerance $($how)?),
            mark: $crate::json::show::mark!($($mark)?),
            limit: message!(@or None $(, Some($max))?),
        }
    };

    (@or $default:expr) => { $default };
    (@or $default:expr, $given:expr) => { $given };

    (@given) => { false };
    (@given $given:ident) => { true };

    // One of these reports an unknown word; the others ignore it.
    (@known_tolerance $field:ident) => {};
    (@known_tolerance $field:ident id) => {};
    (@known_tolerance $field:ident flag) => {};
    (@known_tolerance $field:ident lenient) => {};
    (@known_tolerance $field:ident $other:ident) => {
        compile_error!(concat!(
            "the field `", stringify!($field), "` is declared `as ", stringify!($other),
            "`: there are `as id`, `as flag` and `as lenient`",
        ));
    };
    (@known_mark $field:ident) => {};
    (@known_mark $field:ident public) => {};
    (@known_mark $field:ident secret) => {};
    (@known_mark $field:ident $other:ident) => {
        compile_error!(concat!(
            "the field `", stringify!($field), "` is marked `[", stringify!($other), "]`: there are `[public]` and `[secret]`",
        ));
    };

    (@tolerance id) => { description::Tolerance::Id };
    (@tolerance flag) => { description::Tolerance::Flag };
    (@tolerance lenient) => { description::Tolerance::Lenient };
    (@tolerance $($other:ident)?) => { description::Tolerance::None };

    (@lenient) => { 0 };
    (@lenient lenient) => { 1u64 };
    (@lenient $how:ident) => { 0 };

    (@max [$type:ty]) => { <$type as WriteValue>::MAX_LEN };
    // Every byte of a text may need a six-byte escape.
    (@max [$type:ty] $max:literal) => { Some(2 + 6 * $max) };

    (@formats $name:ident [$($own:lifetime)?]
        { $($field:ident: $type:ty = $wire:literal [$($mark:ident)?],)+ } { $($slot:ident)? }
    ) => {
        impl<$($own)?> $crate::json::show::Show for $name<$($own)?> {
            fn show(&self, reveal: $crate::json::show::Reveal, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::json::show::Object::new(stringify!($name), reveal, f)
                    $(.field(stringify!($field), &self.$field, $crate::json::show::mark!($($mark)?)))+
                    $(.field(stringify!($slot), &self.$slot, $crate::json::show::mark!()))?
                    .finish()
            }

            #[cfg(feature = "defmt")]
            fn log(&self, reveal: $crate::json::show::Reveal, f: defmt::Formatter<'_>) {
                $crate::json::show::Log::new(stringify!($name), reveal, f)
                    $(.field(stringify!($field), &self.$field, $crate::json::show::mark!($($mark)?)))+
                    $(.field(stringify!($slot), &self.$slot, $crate::json::show::mark!()))?
                    .finish();
            }
        }

        $crate::json::show::show_in_logs! { $name<$($own)?>, [$($own)?] }
    };
}

pub(crate) use message;

#[cfg(test)]
// The macro is in scope there because of its position, too.
#[allow(clippy::unwrap_used, clippy::indexing_slicing, unreachable_pub, unused_imports)]
mod tests;
