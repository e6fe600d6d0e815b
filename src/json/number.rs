//! Numbers that a vendor may extend: known ones have names, unknown ones keep their value.

/// Declares a number that a vendor may extend: a newtype with a constant and a meaning for each known value.
///
/// ```text
/// open_number! {
///     /// What it counts.
///     pub struct NotifyType(i32) {
///         /// What it does.
///         RING = 2 => "ring",
///     }
/// }
/// ```
macro_rules! open_number {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($int:ty) {
            $($(#[$const_meta:meta])* $const:ident = $number:literal => $meaning:literal),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name($int);

        impl $name {
            $(
                $(#[$const_meta])*
                #[doc = ""]
                #[doc = concat!("The number ", stringify!($number), ".")]
                pub const $const: Self = Self($number);
            )+

            /// All known numbers.
            #[allow(dead_code)]
            pub(crate) const KNOWN: &'static [$int] = &[$($number),+];

            /// The value for any number, known or unknown.
            #[must_use]
            pub const fn new(number: $int) -> Self {
                Self(number)
            }

            /// The number on the wire.
            #[must_use]
            pub const fn get(self) -> $int {
                self.0
            }

            /// The name of the constant for this number, for metrics and logs: it never changes. `None` for a number that this crate
            /// does not know.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some(stringify!($const)),)+
                    _ => None,
                }
            }

            /// The meaning in human-readable words; `None` for a number that this crate does not know.
            #[must_use]
            pub const fn meaning(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some($meaning),)+
                    _ => None,
                }
            }
        }

        impl From<$int> for $name {
            fn from(number: $int) -> Self {
                Self(number)
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.meaning() {
                    Some(meaning) => write!(f, "{} ({meaning})", self.0),
                    None => write!(f, "{}", self.0),
                }
            }
        }

        #[cfg(feature = "defmt")]
        impl defmt::Format for $name {
            fn format(&self, f: defmt::Formatter<'_>) {
                defmt::write!(f, "{=str:a}({})", stringify!($name), self.0);
            }
        }

        $crate::json::show::show_plain! { $name }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                u.arbitrary().map(Self)
            }
        }

        $crate::json::serde::serde_number!($name($int));

        impl $crate::json::value::WriteValue for $name {
            const MAX_LEN: Option<usize> = <$int as $crate::json::value::WriteValue>::MAX_LEN;

            #[inline]
            fn write<S: $crate::json::writer::Sink>(&self, writer: &mut S) {
                self.0.write(writer);
            }

            #[inline]
            fn write_member<S: $crate::json::writer::Sink>(&self, key: $crate::json::object::Key, writer: &mut S) {
                self.0.write_member(key, writer);
            }
        }

        impl<'a> $crate::json::value::ReadValue<'a> for $name {
            const EMPTY: Self = Self(0);
            const DESCRIPTION: &'static $crate::json::description::Type =
                <$int as $crate::json::value::ReadValue<'a>>::DESCRIPTION;

            #[cfg_attr(not(feature = "small"), inline(always))]
            fn fill<S: $crate::json::source::Source<'a>>(
                &mut self,
                reader: &mut $crate::json::reader::Reader<S>,
                at: $crate::json::reader::At,
            ) -> Option<$crate::json::reader::At> {
                self.0.fill(reader, at)
            }

            #[cfg(not(feature = "small"))]
            #[inline(always)]
            fn plain<P: $crate::json::plain::Plain<'a>>(input: &P, at: usize) -> Option<(Self, usize)> {
                let (value, next) = <$int as $crate::json::value::ReadValue<'a>>::plain(input, at)?;
                Some((Self(value), next))
            }
        }
    };
}

pub(crate) use open_number;
