//! What an app's Android project needs for vivo push: entries of `AndroidManifest.xml` and rules for the obfuscator,
//! as text to paste, to print from a build script, or to compare with what an app has.
//!
//! The guide's steps 3.2 and 3.3, its "Open specific app interface" and its FAQ give these as samples to edit by hand.
//! Here they are `Display` values that take the app's own id, key and classes; nothing is allocated. With nothing else set
//! they say what the guide prints, in words of their own where the guide has comments. What newer Android versions
//! want beyond that is a field, off by default.
//!
//! | step | value | place |
//! |---|---|---|
//! | 3.2 | [`PushEntries`] | in `<application>` |
//! | 3.3 | [`ReceiverEntry`] | in `<application>` |
//! | Open specific app interface | [`ActivityEntry`] | in `<application>` |
//! | FAQ, obfuscation | [`KeepRules`] | `proguard-rules.pro` |
//!
//! ```
//! use offline_push::vivo::android::{ActivityEntry, ClassName, KeepRules, PushEntries, ReceiverEntry};
//!
//! // The guide's values.
//! let entries = PushEntries::new(11178, "a90685ff-ebad-4df3-a265-3d4bb8e3a389")?;
//! let class = ClassName::new("com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl")?;
//! let mut receiver = ReceiverEntry::new(class);
//! receiver.exported = Some(false); // the app targets Android 12
//! let screen = ClassName::new("com.tencent.qcloud.tim.demo.chat.ChatActivity")?;
//! let mut activity = ActivityEntry::new(screen, "pushscheme", "com.tencent.qcloud.tim", "/detail")?;
//! activity.exported = Some(true);
//!
//! let manifest = format!("{entries}\n{receiver}\n{activity}\n");
//! assert!(manifest.contains(r#"
//! <meta-data
//!     android:name="com.vivo.push.app_id"
//!     android:value="11178" />"#));
//! assert!(manifest.contains(r#"
//! <receiver
//!     android:name="com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl"
//!     android:exported="false">"#));
//! let rules = KeepRules::new(class).to_string();
//! assert!(rules.contains("-keep class com.vivo.push.** { *; }"));
//! assert!(rules.ends_with("-keep class com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl { *; }"));
//! # Ok::<(), offline_push::CheckError>(())
//! ```
//!
//! # Text in attributes
//!
//! No text can end its attribute: `&`, `<`, `>` and quotes are written as entities, tab, newline and carriage return as
//! character references. Characters that XML 1.0 has no way to write (most control characters, U+FFFE, U+FFFF) are
//! refused by `new` and `check` with [`Rule::NotXml`](crate::Rule::NotXml); should a field be given one afterwards, it is
//! written as U+FFFD, so that the manifest still parses.
//!
//! What Android's build tools read into a value on their own goes through as it is, since apps use it: `${…}` is a
//! placeholder of the build, `@…` and `?…` at the beginning refer to a resource, `\` escapes.

mod attribute;
mod class_name;
mod keep_rules;
mod manifest;

pub use class_name::ClassName;
pub use keep_rules::KeepRules;
pub use manifest::{ActivityEntry, PushEntries, ReceiverEntry};

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
