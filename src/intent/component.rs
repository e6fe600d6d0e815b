//! Which class of which package an intent is for.

use core::fmt::{self, Write as _};

use super::error::BuildError;
use super::text::{Chars, Text};

/// A class of a package: Android's `ComponentName`.
///
/// The class may be short, `.ChatActivity` for the package's own; it is compared by its full name, and written short where
/// that is possible (`flattenToShortString`).
///
/// ```
/// use offline_push::intent::Component;
///
/// let short = Component::new("com.example", ".ChatActivity")?;
/// let long = Component::new("com.example", "com.example.ChatActivity")?;
/// assert_eq!(short, long);
/// assert_eq!(long.to_string(), "com.example/.ChatActivity");
/// assert!(short.class_name().eq("com.example.ChatActivity".chars()));
/// # Ok::<(), offline_push::intent::BuildError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Component<'a> {
    package: Text<'a>,
    class: Text<'a>,
}

impl<'a> Component<'a> {
    /// A component.
    ///
    /// # Errors
    ///
    /// [`BuildError::Component`] for an empty class, or a package with a `/`.
    pub fn new(package: &'a str, class: &'a str) -> Result<Self, BuildError> {
        if class.is_empty() || package.as_bytes().contains(&b'/') {
            return Err(BuildError::Component);
        }
        Ok(Self { package: Text::new(package), class: Text::new(class) })
    }

    /// Splits `package/class`; `None` without a `/`, or with nothing behind it, as Android's `unflattenFromString`.
    pub(super) fn split(text: Text<'a>) -> Option<Self> {
        // Android decodes first: an escaped slash divides too.
        let mut characters = text.chars();
        let package = loop {
            let before = characters.rest();
            if characters.next()? == '/' {
                break text.raw().strip_suffix(before)?;
            }
        };
        let class = text.part(characters.rest());
        (!class.is_empty()).then_some(Self { package: text.part(package), class })
    }

    /// The package.
    #[must_use]
    pub const fn package(&self) -> Text<'a> {
        self.package
    }

    /// The class as it is written: full, or short with a `.` in front.
    #[must_use]
    pub const fn class(&self) -> Text<'a> {
        self.class
    }

    /// The characters of the full name of the class.
    pub fn class_name(&self) -> impl Iterator<Item = char> + Clone + use<'a> {
        let prefix = if self.is_short() { self.package } else { Text::new("") };
        prefix.chars().chain(self.class.chars())
    }

    /// `package/class`, short where that is possible.
    pub(super) fn chars(&self) -> impl Iterator<Item = char> + Clone + use<'a> {
        let class = self.own_class().unwrap_or(self.class.chars());
        self.package.chars().chain("/".chars()).chain(class)
    }

    fn is_short(&self) -> bool {
        self.class.chars().next() == Some('.')
    }

    /// What stands behind the package's name in the class's, from the dot on.
    fn own_class(&self) -> Option<Chars<'a>> {
        let mut class = self.class.chars();
        if !self.is_short() && !self.package.chars().all(|character| class.next() == Some(character)) {
            return None;
        }
        (class.clone().next() == Some('.')).then_some(class)
    }
}

impl PartialEq for Component<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.package == other.package && self.class_name().eq(other.class_name())
    }
}

impl Eq for Component<'_> {}

impl fmt::Display for Component<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chars().try_for_each(|character| f.write_char(character))
    }
}

impl fmt::Debug for Component<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Component({self})")
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Component<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{}/{}", self.package, self.class);
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Component<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Self::new(u.arbitrary()?, u.arbitrary()?).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}
