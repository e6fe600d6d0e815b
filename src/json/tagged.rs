//! Objects that one of their members distinguishes: Tencent's message elements, with `MsgType` and `MsgContent`.
//!
//! The deciding member may be after the other one, so the code searches for it before it reads the object. If there is a broken
//! string before it, the search finds nothing. The object is then read as an unknown one, and this reports the error.

use super::object::{Fields, Key, Names, Object};
use super::reader::{At, Reader};
use super::source::Source;
use super::value::{ReadValue, WriteValue};
use super::writer::Sink;
use super::{escape, mark, scan};

/// The member that decides what an object is.
pub(crate) struct Tag {
    pub(crate) name: &'static str,
    /// The object: that member, and the other.
    pub(crate) object: &'static Object,
    /// Its known texts.
    pub(crate) cases: Names,
}

impl Tag {
    /// Which of the cases the object at `at` is; its strings may be marked up to an offset.
    pub(super) fn case(&self, bytes: &[u8], at: usize, marked: usize) -> Option<usize> {
        let mut look = Look { bytes, at: at.checked_add(1)?, resolved: marked };
        loop {
            let key = look.string()?;
            if look.token()? != b':' {
                return None;
            }
            look.space();
            if key.is(self.name) {
                let text = look.string()?;
                return self.cases.iter().position(|case| text.is(case));
            }
            look.value()?;
            if look.token()? != b',' {
                return None;
            }
        }
    }
}

/// A string, as it stands in the input or with its escapes resolved.
struct Found<'t> {
    bytes: &'t [u8],
    resolved: bool,
}

impl Found<'_> {
    fn is(&self, text: &str) -> bool {
        if self.resolved { self.bytes == text.as_bytes() } else { escape::equals(self.bytes, text) }
    }
}

/// Searches for a member, and does not check the rest.
struct Look<'t> {
    bytes: &'t [u8],
    at: usize,
    resolved: usize,
}

impl<'t> Look<'t> {
    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.here(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next byte that is not white space.
    fn token(&mut self) -> Option<u8> {
        self.space();
        let byte = self.here()?;
        self.at += 1;
        Some(byte)
    }

    /// A string in either form.
    fn string(&mut self) -> Option<Found<'t>> {
        self.space();
        let open = self.here()?;
        if open != b'"' {
            let (start, end, next) = mark::span(self.bytes, self.at, self.resolved)?;
            self.at = next;
            return Some(Found { bytes: self.bytes.get(start..end)?, resolved: true });
        }
        let start = self.at + 1;
        let mut end = scan::special_from(self.bytes, start);
        while self.bytes.get(end) == Some(&b'\\') {
            let (_, length) = escape::read(self.bytes, end).character()?;
            end = scan::special_from(self.bytes, end + length);
        }
        if self.bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        Some(Found { bytes: self.bytes.get(start..end)?, resolved: false })
    }

    /// A value, of which only the end is searched.
    fn value(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.here()? {
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                    while matches!(
                        self.here(),
                        Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z')
                    ) {
                        self.at += 1;
                    }
                }
                _ => {
                    self.string()?;
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}

impl<S> Reader<S> {
    /// Reads the content that belongs to a tag, from an object with both.
    pub(crate) fn tagged<'a, T: ReadValue<'a>>(&mut self, tag: &Tag, content: &mut T, at: At) -> Option<At>
    where
        S: Source<'a>,
    {
        self.object(&mut Tagged(content), tag.object, at)
    }
}

/// The content that belongs to a tag, in an object that has only these two.
struct Tagged<'t, T>(&'t mut T);

impl<'a, T: ReadValue<'a>, S: Source<'a>> Fields<'a, S> for Tagged<'_, T> {
    fn read_field(&mut self, index: usize, reader: &mut Reader<S>, at: At) -> Option<At> {
        match index {
            0 => reader.text(at).map(|(_, next)| next),
            1 => self.0.fill(reader, at),
            _ => reader.skip(at),
        }
    }
}

/// Writes such an object.
pub(crate) fn write_tagged(writer: &mut impl Sink, keys: (Key, Key), tag: &str, content: &impl WriteValue) {
    if !writer.enter() {
        return;
    }
    let opened = writer.open(b'{');
    tag.write_member(keys.0, writer);
    content.write_member(keys.1, writer);
    writer.close(opened, b'}');
}

/// Declares an enum of objects that a member distinguishes, and the type of any other such object.
///
/// ```text
/// tagged! {
///     /// What it is.
///     pub enum MessageElement<'a> {
///         /// Words.
///         Text(TextContent) = "TIMTextElem",
///     }
///     /// Whatever else there is.
///     else Other(
///         /// The same, untouched.
///         pub struct OtherElement<'a> {
///             /// Which one.
///             msg_type: &'a str = "MsgType",
///             /// What is in it.
///             msg_content: Raw<'a> = "MsgContent",
///         }
///     )
/// }
/// ```
macro_rules! tagged {
    (
        $(#[$meta:meta])*
        pub enum $name:ident<$life:lifetime> {
            $($(#[$case_meta:meta])* $case:ident($content:ident) = $text:literal,)+
        }
        $(#[$else_meta:meta])*
        else $else:ident(
            $(#[$other_meta:meta])*
            pub struct $other:ident<$other_life:lifetime> {
                $(#[$tag_meta:meta])*
                $tag:ident: $tag_type:ty = $tag_wire:literal,
                $(#[$raw_meta:meta])*
                $raw:ident: $raw_type:ty = $raw_wire:literal $(,)?
            }
        )
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name<$life> {
            $($(#[$case_meta])* $case($content<$life>),)+
            $(#[$else_meta])*
            $else($other<$life>),
        }

        $crate::json::object::message! {
            $(#[$other_meta])*
            pub struct $other<$other_life> {
                $(#[$tag_meta])*
                $tag: $tag_type = $tag_wire [public],
                $(#[$raw_meta])*
                $raw: $raw_type = $raw_wire,
            }
        }

        $crate::json::show::show! { enum $name<'_> { $($case(content),)+ $else(other) } }

        impl<$life> $name<$life> {
            #[doc = concat!("The text of `", $tag_wire, "`.")]
            #[must_use]
            pub const fn $tag(&self) -> &$life str {
                match self {
                    $(Self::$case(_) => $text,)+
                    Self::$else(other) => other.$tag,
                }
            }
        }

        $(
            impl<$life> From<$content<$life>> for $name<$life> {
                fn from(content: $content<$life>) -> Self {
                    Self::$case(content)
                }
            }
        )+

        impl $other<'_> {
            /// Whether it would be decoded as one of the others, because it has the tag of one.
            #[allow(dead_code)] // Not every enum has rules.
            fn passes_for_another(&self) -> bool {
                matches!(self.$tag, $($text)|+)
            }
        }

        const _: () = {
            use $crate::json::description::{TaggedType, Type};
            use $crate::json::object::{Key, Object, bits, deeper};
            use $crate::json::reader::{At, Reader};
            use $crate::json::source::Source;
            use $crate::json::tagged::Tag;
            use $crate::json::value::{ReadValue, WriteValue};
            use $crate::json::writer::Sink;

            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Case { $($case,)+ }

            const FIELDS: &[&str] = &[$tag_wire, $raw_wire];
            const KEYS: (Key, Key) =
                (Key { quoted: concat!("\"", $tag_wire, "\":\"") }, Key { quoted: concat!("\"", $raw_wire, "\":\"") });
            const TAG: &Tag = &Tag {
                name: $tag_wire,
                object: &Object { names: FIELDS, required: bits(0b11), lenient: bits(0) },
                cases: &[$($text),+],
            };

            impl WriteValue for $name<'_> {
                const MAX_LEN: Option<usize> = None;
                const LEVELS: usize = {
                    let levels = <$other<'_> as WriteValue>::LEVELS;
                    $(let levels = deeper(levels, 1 + <$content<'_> as WriteValue>::LEVELS);)+
                    levels
                };

                fn write<S: Sink>(&self, writer: &mut S) {
                    match self {
                        $(Self::$case(content) => $crate::json::tagged::write_tagged(writer, KEYS, $text, content),)+
                        Self::$else(other) => other.write(writer),
                    }
                }
            }

            impl<$life> ReadValue<$life> for $name<$life> {
                const EMPTY: Self = Self::$else($other::EMPTY);
                const DESCRIPTION: &'static Type = &Type::Tagged(&TaggedType {
                    tag: $tag_wire,
                    content: $raw_wire,
                    cases: &[$(($text, <$content<$life> as ReadValue<$life>>::DESCRIPTION)),+],
                    other: <$other<$life> as ReadValue<$life>>::DESCRIPTION,
                });

                fn fill<S: Source<$life>>(&mut self, reader: &mut Reader<S>, at: At) -> Option<At> {
                    match reader.case(TAG, at) {
                        $(Some(case) if case == Case::$case as usize => {
                            let mut content = <$content<$life> as ReadValue<$life>>::empty();
                            let next = reader.tagged(TAG, &mut content, at)?;
                            *self = Self::$case(content);
                            Some(next)
                        })+
                        _ => {
                            let mut other = <$other<$life> as ReadValue<$life>>::empty();
                            let next = other.fill(reader, at)?;
                            *self = Self::$else(other);
                            Some(next)
                        }
                    }
                }
            }

            $crate::json::codec! { encode $name<'_> }
            $crate::json::codec! { decode $life $name<$life> }
            impl $crate::json::Message for $name<'static> {
                type Of<$life> = $name<$life>;
            }

            #[cfg(feature = "arbitrary")]
            impl<$life> arbitrary::Arbitrary<$life> for $name<$life> {
                fn arbitrary(u: &mut arbitrary::Unstructured<$life>) -> arbitrary::Result<Self> {
                    const CASES: usize = TAG.cases.len();
                    Ok(match u.int_in_range(0..=CASES)? {
                        $(case if case == Case::$case as usize => Self::$case(u.arbitrary()?),)+
                        _ => Self::$else(u.arbitrary()?),
                    })
                }
            }

            $crate::json::serde::serde_tagged! {
                $name { $($case,)+ } $else; $tag = $tag_wire, $raw = $raw_wire
            }
        };
    };
}

pub(crate) use tagged;
