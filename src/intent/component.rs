//! The class and package that an intent is for.

use core::fmt::{self, Write as _};
use core::hash::{Hash, Hasher};

use super::error::BuildError;
use super::text::{Characters, Chars, Text};
#[cfg(feature = "defmt")]
use crate::json::show::Shown;
use crate::json::show::{self, Reveal, Show};

/// A class and its package: Android's `ComponentName`.
///
/// The class name may be short: `.ChatActivity` is relative to the package. Components are compared by the full name, and written
/// with the short name if possible (`flattenToShortString`).
///
/// ```
/// use offline_push::intent::Component;
///
/// let short = Component::try_new("com.example", ".ChatActivity")?;
/// let long = Component::try_new("com.example", "com.example.ChatActivity")?;
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
    /// Checks a component.
    ///
    /// # Errors
    ///
    /// [`BuildError::Component`] for an empty class, and for a package with a `/`.
    pub const fn try_new(package: &'a str, class: &'a str) -> Result<Self, BuildError> {
        let mut rest = package.as_bytes();
        while let [first, tail @ ..] = rest {
            if *first == b'/' {
                return Err(BuildError::Component);
            }
            rest = tail;
        }
        if class.is_empty() {
            return Err(BuildError::Component);
        }
        Ok(Self { package: Text::new(package), class: Text::new(class) })
    }

    /// Splits `package/class`. `None` without a `/`, or with nothing after it, as Android's `unflattenFromString`.
    pub(super) fn split(text: Text<'a>) -> Option<Self> {
        // Android decodes first, so an escaped slash is a separator too.
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

    /// The class as given: the full name, or a short name that starts with `.`.
    #[must_use]
    pub const fn class(&self) -> Text<'a> {
        self.class
    }

    /// The characters of the class's full name.
    pub fn class_name(&self) -> impl Iterator<Item = char> + Clone + use<'a> {
        let prefix = if self.is_short() { self.package } else { Text::new("") };
        prefix.chars().chain(self.class.chars())
    }

    /// `package/class`, with the short name if possible.
    pub(super) fn chars(&self) -> impl Iterator<Item = char> + Clone + use<'a> {
        let class = self.own_class().unwrap_or(self.class.chars());
        self.package.chars().chain("/".chars()).chain(class)
    }

    fn is_short(&self) -> bool {
        self.class.chars().next() == Some('.')
    }

    /// The part of the class name after the package, from the dot on.
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

impl Hash for Component<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.package.hash(state);
        self.class_name().for_each(|character| character.hash(state));
        state.write_u8(0xff);
    }
}

impl fmt::Display for Component<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chars().try_for_each(|character| f.write_char(character))
    }
}

impl Show for Component<'_> {
    fn show(&self, reveal: Reveal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show::tuple("Component", &Characters(self.chars()), reveal, f)
    }

    /// The parts are as in the URI, without decoding.
    #[cfg(feature = "defmt")]
    fn log(&self, reveal: Reveal, f: defmt::Formatter<'_>) {
        defmt::write!(f, "Component({}, {})", Shown(self.package, reveal), Shown(self.class, reveal));
    }
}

/// Shows the names of the package and of the class, because they come from the app and not from a user.
impl fmt::Debug for Component<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(Reveal::Public, f)
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Component<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        self.log(Reveal::Public, f);
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Component<'a> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Self::try_new(u.arbitrary()?, u.arbitrary()?).map_err(|_| arbitrary::Error::IncorrectFormat)
    }
}
