//! Text for an app's Android project: entries of `AndroidManifest.xml`, and rules for the obfuscator.
//!
//! Paste the text, print it from a build script, or compare it with the files of an app. The guide shows this text as samples
//! that you edit by hand: in its steps 3.2 and 3.3, in "Open specific app interface" and in its FAQ. Here the samples are
//! `Display` values with the app's own id, key and classes; nothing is allocated. By default they print what the guide prints,
//! except for the wording of comments. Optional fields add what newer Android versions need.
//!
//! The guide's text does not build in an app that targets API level 31 (Android 12) or higher: the receiver and the activity have
//! an intent filter, so they must have `android:exported`. [`ReceiverEntry::for_target_sdk`] and [`ActivityEntry::for_target_sdk`]
//! add this attribute. [`PushEntries`] already has it. The example `manifest` prints a whole manifest.
//!
//! ```
//! use offline_push::vivo::android::{ActivityEntry, ClassName, KeepRules, PushEntries, ReceiverEntry};
//!
//! // The values in the guide.
//! let entries = PushEntries::new(11178, "a90685ff-ebad-4df3-a265-3d4bb8e3a389");
//! entries.check()?;
//! let class = ClassName::try_new("com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl")?;
//! let receiver = ReceiverEntry::new(class).for_target_sdk(35);
//! let screen = ClassName::try_new("com.tencent.qcloud.tim.demo.chat.ChatActivity")?;
//! let host = "com.tencent.qcloud.tim";
//! let activity = ActivityEntry::new(screen, "pushscheme", host, "/detail").for_target_sdk(35);
//! activity.check()?;
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
//! assert!(rules.ends_with("VIVOPushMessageReceiverImpl { *; }"));
//! # Ok::<(), offline_push::CheckError>(())
//! ```
//!
//! # Values
//!
//! | step | value | place |
//! |---|---|---|
//! | 3.2 | [`PushEntries`] | in `<application>` |
//! | 3.3 | [`ReceiverEntry`] | in `<application>` |
//! | Open specific app interface | [`ActivityEntry`] | in `<application>` |
//! | FAQ, obfuscation | [`KeepRules`] | `proguard-rules.pro` |
//!
//! # Text in attributes
//!
//! No text can end its attribute: `&`, `<`, `>` and quotes are written as entities; tab, newline and carriage return are written
//! as character references. XML 1.0 cannot represent most control characters, U+FFFE and U+FFFF. For these, `check` returns
//! [`Rule::NotXml`](crate::Rule::NotXml); without a check they are written as U+FFFD, so that the manifest still parses.
//!
//! The special syntax of Android's build tools is written unchanged, because apps use it: `${…}` is a placeholder of the build,
//! `@…` and `?…` at the beginning refer to a resource, and `\` starts an escape.

mod attribute;
mod class_name;
mod keep_rules;
mod manifest;

pub use class_name::ClassName;
pub use keep_rules::KeepRules;
pub use manifest::{ActivityEntry, EXPORTED_REQUIRED_FROM, PushEntries, ReceiverEntry};

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
