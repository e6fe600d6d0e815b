//! Rules for the obfuscator.

use core::fmt;

use super::class_name::ClassName;

/// Keeps the obfuscator (`ProGuard`, R8) from renaming or removing vivo's classes and the app's receiver, which are looked
/// up by name: the guide's FAQ.
///
/// ```
/// use offline_push::vivo::android::{ClassName, KeepRules};
///
/// let rules = KeepRules::new(ClassName::new("com.example.PushReceiver")?);
/// assert!(rules.to_string().ends_with("-keep class com.example.PushReceiver { *; }"));
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct KeepRules<'a> {
    /// The app's receiver, the same as in [`ReceiverEntry`](super::ReceiverEntry::class).
    pub receiver: ClassName<'a>,
}

impl<'a> KeepRules<'a> {
    /// The rules for an app with this receiver.
    #[must_use]
    pub const fn new(receiver: ClassName<'a>) -> Self {
        Self { receiver }
    }
}

impl fmt::Display for KeepRules<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "# vivo push
-dontwarn com.vivo.push.**
-keep class com.vivo.push.** {{ *; }}
-keep class com.vivo.vms.** {{ *; }}
# the receiver of this app
-keep class {} {{ *; }}",
            self.receiver
        )
    }
}
