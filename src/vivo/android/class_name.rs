//! Names of Java classes.

use core::fmt;

use super::attribute::NAME;
use crate::check::{CheckError, Rule, ensure, present};
use crate::intent::{Component, Text};

/// The full name of a Java class, package and all. A nested class has a `$`: `com.example.Outer$Inner`.
///
/// The obfuscator's rules know no quoting, so a name that is none would be read as wildcards, or as further rules. In
/// the manifest a name without a package would belong to the app's package, in the rules to none, so it is refused.
///
/// ```
/// use offline_push::Rule;
/// use offline_push::vivo::android::ClassName;
///
/// let class = ClassName::new("com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl")?;
/// assert_eq!(class.to_string(), "com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl");
///
/// for name in [".VIVOPushMessageReceiverImpl", "com.example.*", "com.example.A{*;}\n-dontobfuscate"] {
///     assert_eq!(ClassName::new(name).unwrap_err().rule, Rule::NotClassName);
/// }
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ClassName<'a> {
    /// Empty, or what the short name of a class begins behind.
    package: Text<'a>,
    name: Text<'a>,
}

impl<'a> ClassName<'a> {
    /// Checks a name: two identifiers or more, with dots between them. An identifier has letters of any script, `_`, `$`,
    /// and, not at its beginning, the digits 0 to 9.
    ///
    /// The Java language also takes other currency signs, combining marks and digits of other scripts; they are refused
    /// here. Its reserved words are not looked for.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] for no name at all, [`Rule::NotClassName`]; the field is `android:name`.
    pub fn new(name: &'a str) -> Result<Self, CheckError> {
        present(name, NAME)?;
        ensure(is_full_name(name.chars()), NAME, Rule::NotClassName)?;
        Ok(Self { package: Text::new(""), name: Text::new(name) })
    }

    /// The class of an intent's component, which may be short (`.ChatActivity` of the package `com.example`), and has its
    /// `$` escaped in the URI.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of(component: &Component<'a>) -> Result<Self, CheckError> {
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

impl fmt::Display for ClassName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.package, self.name)
    }
}

impl fmt::Debug for ClassName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClassName({self})")
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for ClassName<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{}{}", self.package, self.name);
    }
}

/// Two identifiers or more, with dots between them.
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
