//! Rules for the obfuscator.

use core::fmt;

use super::class_name::ClassName;

/// Rules that stop the obfuscator (`ProGuard`, R8) from renaming or removing vivo's classes and the app's receiver (the guide's
/// FAQ). Android and the SDK find these classes by name.
///
/// ```
/// use offline_push::vivo::android::{ClassName, KeepRules};
///
/// let rules = KeepRules::new(ClassName::try_new("com.example.PushReceiver")?);
/// assert!(rules.to_string().ends_with("-keep class com.example.PushReceiver { *; }"));
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct KeepRules<'a> {
    /// The app's receiver, the same as in [`ReceiverEntry`](super::ReceiverEntry::class).
    pub receiver: ClassName<'a>,
}

impl<'a> KeepRules<'a> {
    /// Rules for an app with this receiver.
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
