//! Names of Java classes.

use core::fmt;

use super::manifest::NAME;
use crate::check::{CheckError, Rule, ensure, present};

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
/// assert_eq!(class.as_str(), "com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl");
///
/// for name in [".VIVOPushMessageReceiverImpl", "com.example.*", "com.example.A{*;}\n-dontobfuscate"] {
///     assert_eq!(ClassName::new(name).unwrap_err().rule, Rule::NotClassName);
/// }
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ClassName<'a>(&'a str);

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
        let full = name.contains('.') && name.split('.').all(is_identifier);
        ensure(full, NAME, Rule::NotClassName)?;
        Ok(Self(name))
    }

    /// The name.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }
}

impl fmt::Display for ClassName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

fn is_identifier(text: &str) -> bool {
    let begins = |character: char| character.is_alphabetic() || matches!(character, '_' | '$');
    text.starts_with(begins) && text.chars().all(|character| begins(character) || character.is_ascii_digit())
}
