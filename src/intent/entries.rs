//! Extras and categories, from a slice or from a URI. Those of a URI are read during the iteration.

use core::fmt;
use core::iter::FusedIterator;
use core::slice;

use super::extra::{ExtraValue, IntentExtra};
use super::fields::{CheckedFields, Fields, name};
use super::text::Text;
use crate::json::show::{Reveal, Show, Shown, show_in_logs};

/// The categories of an intent, without duplicates, in the order of their first occurrence.
#[derive(Clone, Copy)]
pub struct Categories<'a>(Entries<'a, &'a str>);

/// The extras of an intent, in their original order. Of extras with the same key, the last one is used, as in Android's `Bundle`.
#[derive(Clone, Copy)]
pub struct Extras<'a>(Entries<'a, IntentExtra<'a>>);

enum Entries<'a, T> {
    Slice(&'a [T]),
    /// Checked fields of a part of a URI.
    Fields(&'a str),
}

impl<T> Clone for Entries<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Entries<'_, T> {}

/// The entries that are not iterated yet.
enum Rest<'a, T> {
    Slice(slice::Iter<'a, T>),
    Fields(CheckedFields<'a>),
}

impl<T> Clone for Rest<'_, T> {
    fn clone(&self) -> Self {
        match self {
            Self::Slice(slice) => Self::Slice(slice.clone()),
            Self::Fields(fields) => Self::Fields(fields.clone()),
        }
    }
}

impl<'a, T> Entries<'a, T> {
    fn rest(&self) -> Rest<'a, T> {
        match *self {
            Self::Slice(slice) => Rest::Slice(slice.iter()),
            Self::Fields(fields) => Rest::Fields(CheckedFields(Fields::new(fields, 0))),
        }
    }
}

impl<'a> Iterator for Rest<'a, &'a str> {
    type Item = Text<'a>;

    fn next(&mut self) -> Option<Text<'a>> {
        match self {
            Self::Slice(slice) => slice.next().map(|category| Text::new(category)),
            Self::Fields(fields) => fields.find_map(|field| field.value_of(name::CATEGORY)),
        }
    }
}

impl<'a> Iterator for Rest<'a, IntentExtra<'a>> {
    type Item = IntentExtra<'a>;

    fn next(&mut self) -> Option<IntentExtra<'a>> {
        match self {
            Self::Slice(slice) => slice.next().copied(),
            Self::Fields(fields) => fields.find_map(|field| IntentExtra::read(&field).ok()),
        }
    }
}

impl<'a> Categories<'a> {
    /// Categories from a slice.
    #[must_use]
    pub const fn from_slice(categories: &'a [&'a str]) -> Self {
        Self(Entries::Slice(categories))
    }

    /// Iterates over the categories, without duplicates.
    #[must_use]
    pub fn iter(&self) -> CategoriesIter<'a> {
        CategoriesIter { all: self.0, rest: self.0.rest(), index: 0 }
    }
}

impl<'a> Extras<'a> {
    /// Extras from a slice.
    #[must_use]
    pub const fn from_slice(extras: &'a [IntentExtra<'a>]) -> Self {
        Self(Entries::Slice(extras))
    }

    /// Iterates over the extras: each key with its last value.
    #[must_use]
    pub fn iter(&self) -> ExtrasIter<'a> {
        ExtrasIter { rest: self.0.rest() }
    }

    /// The value for a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<ExtraValue<'a>> {
        self.last(Text::new(key))
    }

    fn last(&self, key: Text<'_>) -> Option<ExtraValue<'a>> {
        self.0.rest().filter(|extra| extra.key == key).last().map(|extra| extra.value)
    }
}

/// Iterator over [`Categories`].
#[derive(Clone)]
pub struct CategoriesIter<'a> {
    all: Entries<'a, &'a str>,
    rest: Rest<'a, &'a str>,
    /// Index of the next entry.
    index: usize,
}

impl<'a> Iterator for CategoriesIter<'a> {
    type Item = Text<'a>;

    fn next(&mut self) -> Option<Text<'a>> {
        loop {
            let category = self.rest.next()?;
            let before = self.index;
            self.index = before.saturating_add(1);
            if !self.all.rest().take(before).any(|earlier| earlier == category) {
                return Some(category);
            }
        }
    }
}

/// Iterator over [`Extras`].
#[derive(Clone)]
pub struct ExtrasIter<'a> {
    rest: Rest<'a, IntentExtra<'a>>,
}

impl<'a> Iterator for ExtrasIter<'a> {
    type Item = IntentExtra<'a>;

    fn next(&mut self) -> Option<IntentExtra<'a>> {
        loop {
            let extra = self.rest.next()?;
            if !self.rest.clone().any(|later| later.key == extra.key) {
                return Some(extra);
            }
        }
    }
}

/// The order does not matter, as in Android's sets.
impl PartialEq for Categories<'_> {
    fn eq(&self, other: &Self) -> bool {
        let is_subset = |some: &Self, all: &Self| {
            some.0.rest().all(|category| all.0.rest().any(|another| another == category))
        };
        is_subset(self, other) && is_subset(other, self)
    }
}

/// The order does not matter, as in Android's bundles.
impl PartialEq for Extras<'_> {
    fn eq(&self, other: &Self) -> bool {
        let mut count = 0usize;
        let in_other = |extra: IntentExtra<'_>| {
            count = count.saturating_add(1);
            other.last(extra.key) == Some(extra.value)
        };
        self.iter().all(in_other) && other.iter().count() == count
    }
}

/// What both types have.
macro_rules! view {
    ($view:ident, $iter:ident, $item:ty) => {
        impl<'a> $view<'a> {
            /// No entries.
            #[must_use]
            pub const fn new() -> Self {
                Self(Entries::Slice(&[]))
            }

            pub(super) const fn from_fields(fields: &'a str) -> Self {
                Self(Entries::Fields(fields))
            }

            /// Number of entries, including duplicates.
            pub(super) fn entries(&self) -> usize {
                self.0.rest().count()
            }

            /// True if there are no entries.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.iter().next().is_none()
            }
        }

        impl Default for $view<'_> {
            fn default() -> Self {
                Self::new()
            }
        }

        impl FusedIterator for $iter<'_> {}

        impl<'a> IntoIterator for $view<'a> {
            type Item = $item;
            type IntoIter = $iter<'a>;

            fn into_iter(self) -> $iter<'a> {
                self.iter()
            }
        }

        impl<'a> IntoIterator for &$view<'a> {
            type Item = $item;
            type IntoIter = $iter<'a>;

            fn into_iter(self) -> $iter<'a> {
                self.iter()
            }
        }

        impl Eq for $view<'_> {}

        impl Show for $view<'_> {
            fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.iter().map(|entry| Shown(entry, reveal))).finish()
            }

            #[cfg(feature = "defmt")]
            fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
                crate::json::show::log_list(self.iter(), reveal, f);
            }

            fn is_nothing(&self) -> bool {
                self.is_empty()
            }
        }

        show_in_logs! { $view<'_> }

        impl fmt::Debug for $iter<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($iter), "(..)"))
            }
        }
    };
}

view!(Categories, CategoriesIter, Text<'a>);
view!(Extras, ExtrasIter, IntentExtra<'a>);
