//! Names of Java classes.

use core::fmt;
use core::hash::{Hash, Hasher};

use super::attribute::NAME;
use crate::check::{CheckError, Rule, ensure, present};
use crate::intent::{Component, Text};
use crate::json::show::show_plain;
#[cfg(feature = "defmt")]
use crate::json::show::{Reveal, Shown};

/// The full name of a Java class, with its package. The name of a nested class has a `$`: `com.example.Outer$Inner`.
///
/// A value of this type is always a valid name. The rules of the obfuscator have no quoting, so an invalid name could add
/// wildcards or more rules. A name without a package is refused, because it has different meanings in the manifest (the app's
/// package) and in the rules (no package).
///
/// ```
/// use offline_push::Rule;
/// use offline_push::vivo::android::ClassName;
///
/// let class = ClassName::try_new("com.example.PushReceiver")?;
/// assert_eq!(class.to_string(), "com.example.PushReceiver");
///
/// for name in [".PushReceiver", "com.example.*", "com.example.A{*;}\n-dontobfuscate"] {
///     assert_eq!(ClassName::try_new(name).unwrap_err().rule(), Rule::NotClassName);
/// }
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ClassName<'a> {
    /// The package of a short class name, else empty.
    package: Text<'a>,
    name: Text<'a>,
}

impl<'a> ClassName<'a> {
    /// Checks a name: two or more identifiers, separated by dots. An identifier consists of letters of any script, `_`, `$`,
    /// and the digits 0 to 9; it does not start with a digit.
    ///
    /// The Java language also accepts other currency signs, combining marks and digits of other scripts; they are refused here.
    /// Reserved words of Java are accepted.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] for an empty name, else [`Rule::NotClassName`]. The field is `android:name`.
    pub fn try_new(name: &'a str) -> Result<Self, CheckError> {
        present(name, NAME)?;
        ensure(is_full_name(name.chars()), NAME, Rule::NotClassName)?;
        Ok(Self { package: Text::new(""), name: Text::new(name) })
    }

    /// The class of an intent's component. A short name, such as `.ChatActivity` of the package `com.example`, is expanded. The
    /// `$` may be escaped in the URI.
    ///
    /// # Errors
    ///
    /// [`Rule::NotClassName`], as in [`try_new`](Self::try_new).
    pub fn from_component(component: &Component<'a>) -> Result<Self, CheckError> {
        ensure(is_full_name(component.class_name()), NAME, Rule::NotClassName)?;
        let name = component.class();
        let is_short = name.chars().next() == Some('.');
        Ok(Self { package: if is_short { component.package() } else { Text::new("") }, name })
    }

    fn chars(&self) -> impl Iterator<Item = char> + use<'a> {
        self.package.chars().chain(self.name.chars())
    }
}

impl PartialEq for ClassName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.chars().eq(other.chars())
    }
}

impl Eq for ClassName<'_> {}

impl Hash for ClassName<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.chars().for_each(|character| character.hash(state));
        // Ends the name, as for `str`.
        state.write_u8(u8::MAX);
    }
}

impl<'a> TryFrom<&'a str> for ClassName<'a> {
    type Error = CheckError;

    fn try_from(name: &'a str) -> Result<Self, CheckError> {
        Self::try_new(name)
    }
}

impl fmt::Display for ClassName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.package, self.name)
    }
}

/// A name of a class is of letters, digits and the like, so it needs no escapes.
impl fmt::Debug for ClassName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClassName(\"{self}\")")
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for ClassName<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(
            f,
            "ClassName({}, {})",
            Shown(self.package, Reveal::Public),
            Shown(self.name, Reveal::Public)
        );
    }
}

show_plain! { ClassName<'_> }

/// True for two or more identifiers, separated by dots.
fn is_full_name(characters: impl Iterator<Item = char>) -> bool {
    let (mut dots, mut begins) = (false, true);
    for character in characters {
        if character == '.' {
            if begins {
                return false;
            }
            (dots, begins) = (true, true);
            continue;
        }
        let letter = character.is_alphabetic() || matches!(character, '_' | '$');
        if !letter && (begins || !character.is_ascii_digit()) {
            return false;
        }
        begins = false;
    }
    dots && !begins
}
