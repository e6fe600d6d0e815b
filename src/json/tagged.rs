//! Objects whose shape one of their members decides: Tencent's message elements, with `MsgType` and `MsgContent`.
//!
//! The deciding member may stand behind the other one, so it is looked for before the object is read. Where an object
//! holds a broken string before it, none is found, both times that it is looked for: what is wrong is then seen by
//! whoever reads the object as any other.

#[cfg(not(feature = "small"))]
use super::object::Shape;
use super::object::{Fields, Key, Tag};
use super::reader::Reader;
use super::value::{ReadValue, WriteValue};
use super::writer::Sink;
use super::{escape, mark, scan};
use crate::work::{compared, looked_at};

impl Tag {
    /// The shape of the object that opens at `at`, before its escapes are resolved.
    #[cfg(not(feature = "small"))]
    pub(super) fn shape_of(&self, bytes: &[u8], at: usize) -> &'static Shape {
        self.case(bytes, at, 0).and_then(|case| self.shapes.get(case)).copied().unwrap_or(self.other)
    }

    /// Which of the cases the object at `at` is; its strings are resolved up to an offset.
    fn case(&self, bytes: &[u8], at: usize, resolved: usize) -> Option<usize> {
        let mut look = Look { bytes, at: at.checked_add(1)?, resolved };
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
        compared!(self.bytes, text.as_bytes());
        if self.resolved { self.bytes == text.as_bytes() } else { escape::equals(self.bytes, text) }
    }
}

/// Looks for a member, taking the rest for what it seems to be.
struct Look<'t> {
    bytes: &'t [u8],
    at: usize,
    resolved: usize,
}

impl<'t> Look<'t> {
    fn here(&self) -> Option<u8> {
        looked_at!(1);
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.here(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next byte that is no white space.
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
            if self.at >= self.resolved || !mark::is_mark(open) {
                return None;
            }
            let (start, end, next) = mark::span(self.bytes, self.at, self.resolved);
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

    /// A value, in so far as it has an end.
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

impl<'a> Reader<'a> {
    /// Which of a tag's cases the object is that begins here; `None` if it is none of them.
    pub(crate) fn case(&self, tag: &Tag) -> Option<usize> {
        if self.here() != b'{' {
            return None;
        }
        tag.case(self.source.as_bytes(), self.pos, self.resolved)
    }

    /// Reads what goes with a tag out of an object of the two.
    pub(crate) fn tagged<T: ReadValue<'a>>(&mut self, tag: &Tag, content: &mut T) -> Option<()> {
        self.object(&mut Tagged(content), tag.members, 0b11)
    }
}

/// What goes with a tag, in an object that holds just the two.
struct Tagged<'t, T>(&'t mut T);

impl<'a, T: ReadValue<'a>> Fields<'a> for Tagged<'_, T> {
    fn read_field(&mut self, index: usize, reader: &mut Reader<'a>) -> Option<()> {
        match index {
            0 => reader.text().map(|_| ()),
            1 => self.0.fill(reader),
            _ => reader.skip(),
        }
    }
}

/// Writes such an object.
pub(crate) fn write_tagged(writer: &mut impl Sink, keys: (Key, Key), tag: &str, content: &impl WriteValue) {
    let opened = writer.open(b'{');
    tag.write_member(keys.0, writer);
    content.write_member(keys.1, writer);
    writer.close(opened, b'}');
}

/// Declares an enum of objects that a member tells apart, and what any other object of the kind is.
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
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
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
                $tag: $tag_type = $tag_wire,
                $(#[$raw_meta])*
                $raw: $raw_type = $raw_wire,
            }
        }

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
            /// Whether it comes back as one of the others, having the tag of one.
            #[allow(dead_code)] // Not every enum has rules.
            fn passes_for_another(&self) -> bool {
                matches!(self.$tag, $($text)|+)
            }
        }

        const _: () = {
            use $crate::json::object::{Key, Shape, Tag};
            use $crate::json::reader::Reader;
            use $crate::json::value::{ReadValue, WriteValue};
            use $crate::json::writer::Sink;

            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            enum Case { $($case,)+ }

            const FIELDS: &[&str] = &[$tag_wire, $raw_wire];
            const KEYS: (Key, Key) =
                (Key { quoted: concat!("\"", $tag_wire, "\":\"") }, Key { quoted: concat!("\"", $raw_wire, "\":\"") });
            const TAG: &Tag = &Tag {
                name: $tag_wire,
                members: FIELDS,
                cases: &[$($text),+],
                shapes: &[$(
                    &Shape::Object(FIELDS, &[&Shape::Text, <$content<'static> as ReadValue<'static>>::SHAPE]),
                )+],
                other: <$other<'static> as ReadValue<'static>>::SHAPE,
            };

            impl WriteValue for $name<'_> {
                const MAX_LEN: Option<usize> = None;

                fn write<S: Sink>(&self, writer: &mut S) {
                    match self {
                        $(Self::$case(content) => $crate::json::tagged::write_tagged(writer, KEYS, $text, content),)+
                        Self::$else(other) => other.write(writer),
                    }
                }
            }

            impl<$life> ReadValue<$life> for $name<$life> {
                const EMPTY: Self = Self::$else($other::EMPTY);
                const SHAPE: &'static Shape = &Shape::Tagged(TAG);

                fn fill(&mut self, reader: &mut Reader<$life>) -> Option<()> {
                    match reader.case(TAG) {
                        $(Some(case) if case == Case::$case as usize => {
                            let mut content = <$content<$life> as ReadValue<$life>>::empty();
                            reader.tagged(TAG, &mut content)?;
                            *self = Self::$case(content);
                        })+
                        _ => *self = Self::$else(ReadValue::read(reader)?),
                    }
                    Some(())
                }
            }

            impl $crate::json::sealed::Sealed for $name<'_> {}
            impl $crate::json::Encode for $name<'_> {}
            impl<$life> $crate::json::Decode<$life> for $name<$life> {}
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

            impl serde::Serialize for $name<'_> {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    use serde::ser::SerializeStruct;
                    let mut fields = serializer.serialize_struct(stringify!($name), FIELDS.len())?;
                    fields.serialize_field($tag_wire, self.$tag())?;
                    match self {
                        $(Self::$case(content) => fields.serialize_field($raw_wire, content)?,)+
                        Self::$else(other) => fields.serialize_field($raw_wire, &other.$raw)?,
                    }
                    fields.end()
                }
            }

            struct Visit;

            impl<'de> serde::de::Visitor<'de> for Visit {
                type Value = $name<'de>;

                fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    f.write_str(concat!("a `", stringify!($name), "` with its `", $tag_wire, "` in front"))
                }

                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                    use serde::de::Error;
                    let (mut tag, mut value) = (None, None);
                    while let Some(index) = map.next_key_seed($crate::json::shapes::FieldIndex(FIELDS))? {
                        match (index, tag) {
                            (0, None) => tag = Some(map.next_value::<&'de str>()?),
                            (0, _) => return Err(A::Error::duplicate_field($tag_wire)),
                            (1, None) => return Err(A::Error::missing_field($tag_wire)),
                            (1, _) if value.is_some() => return Err(A::Error::duplicate_field($raw_wire)),
                            (1, Some(tag)) => value = Some(match tag {
                                $($text => $name::$case(map.next_value()?),)+
                                $tag => $name::$else($other { $tag, $raw: map.next_value()? }),
                            }),
                            _ => {
                                map.next_value::<serde::de::IgnoredAny>()?;
                            }
                        }
                    }
                    value.ok_or_else(|| A::Error::missing_field($raw_wire))
                }

                fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                    use serde::de::Error;
                    let short = |length| A::Error::invalid_length(length, &Visit);
                    let tag: &'de str = seq.next_element()?.ok_or_else(|| short(0))?;
                    Ok(match tag {
                        $($text => $name::$case(seq.next_element()?.ok_or_else(|| short(1))?),)+
                        $tag => {
                            $name::$else($other { $tag, $raw: seq.next_element()?.ok_or_else(|| short(1))? })
                        }
                    })
                }
            }

            impl<'de: $life, $life> serde::Deserialize<'de> for $name<$life> {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_struct(stringify!($name), FIELDS, Visit)
                }
            }
        };
    };
}

pub(crate) use tagged;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, unreachable_pub)]
mod tests;
