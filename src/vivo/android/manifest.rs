//! Entries of `AndroidManifest.xml`.

use core::fmt;

use super::attribute::{NAME, Value, attribute, carried};
use super::class_name::ClassName;
use crate::check::{CheckError, Rule, ensure};
use crate::digits::Digits;
use crate::json::show::show;

const EXPORTED: &str = "android:exported";

/// An app that targets this API level (Android 12) or a higher one does not install if a component with an intent filter has no
/// `android:exported` (developer.android.com, "Behavior changes: Apps targeting Android 12"). The guide is older and does not
/// set it.
pub const EXPORTED_REQUIRED_FROM: u32 = 31;

/// The value for an API level, unless there is one.
const fn exported(level: u32, given: Option<bool>, needed: bool) -> Option<bool> {
    match given {
        None if level >= EXPORTED_REQUIRED_FROM => Some(needed),
        given => given,
    }
}
const PERMISSION: &str = "android:permission";
const LAUNCH_MODE: &str = "android:launchMode";
const SCREEN_ORIENTATION: &str = "android:screenOrientation";
const WINDOW_SOFT_INPUT_MODE: &str = "android:windowSoftInputMode";
const SCHEME: &str = "android:scheme";
const HOST: &str = "android:host";
const PATH: &str = "android:path";

/// The components of vivo's SDK, and the app's id and key (the guide's step 3.2).
///
/// ```
/// use offline_push::vivo::android::PushEntries;
///
/// let mut entries = PushEntries::new(11178, "a90685ff-ebad-4df3-a265-3d4bb8e3a389");
/// entries.service_permission = Some(PushEntries::UPSTAGE_SERVICE);
/// entries.check()?;
/// let manifest = entries.to_string();
/// assert!(manifest.contains(r#"android:permission="com.push.permission.UPSTAGESERVICE""#));
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PushEntries<'a> {
    /// The app's id at vivo. An id of 2^31 or more is written with an escaped first digit (`\u0032147483648`), because the build
    /// tools would convert it to a float. Without an id, the SDK reports state
    /// [10001](crate::vivo::PushState::APP_ID_OR_KEY_EMPTY); with a wrong id, it reports
    /// [10005](crate::vivo::PushState::WRONG_APP_ID).
    #[doc(alias = "com.vivo.push.app_id")]
    pub app_id: u64,
    /// The app's key at vivo, or a placeholder of the build (`${VIVO_APPKEY}`). Without a key, the SDK reports state
    /// [10001](crate::vivo::PushState::APP_ID_OR_KEY_EMPTY); with a wrong key, it reports
    /// [10004](crate::vivo::PushState::WRONG_APP_KEY).
    #[doc(alias = "com.vivo.push.api_key")]
    pub app_key: &'a str,
    /// The permission that other apps need to start the exported service. The guide does not set it; integration documents for
    /// later SDKs (Easemob, `NetEase`) give [`UPSTAGE_SERVICE`](Self::UPSTAGE_SERVICE).
    #[doc(alias = "android:permission")]
    pub service_permission: Option<&'a str>,
}

show! { struct PushEntries<'_> { app_id, app_key [secret], service_permission [public] } }

impl<'a> PushEntries<'a> {
    /// The permission that documents for later SDKs use, as a value for [`service_permission`](Self::service_permission).
    pub const UPSTAGE_SERVICE: &'static str = "com.push.permission.UPSTAGESERVICE";

    const APP_ID: &'static str = "com.vivo.push.app_id";
    const API_KEY: &'static str = "com.vivo.push.api_key";

    /// The entries of an app, as in the guide. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(app_id: u64, app_key: &'a str) -> Self {
        Self { app_id, app_key, service_permission: None }
    }

    /// Checks that id and key are present, and that XML can represent the texts.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`] for an id of 0, an empty key or an empty permission; [`Rule::NotXml`]. The field is the name of the
    /// `<meta-data>` (`com.vivo.push.app_id`, `com.vivo.push.api_key`) or `android:permission`.
    pub fn check(&self) -> Result<(), CheckError> {
        ensure(self.app_id != 0, Self::APP_ID, Rule::Missing)?;
        carried(self.app_key, Self::API_KEY)?;
        carried_if_any(self.service_permission, PERMISSION)
    }
}

impl fmt::Display for PushEntries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r#"<!-- vivo push: service and activity of the SDK -->
<service
    {NAME}="com.vivo.push.sdk.service.CommandClientService""#
        )?;
        attribute(f, PERMISSION, self.service_permission)?;
        write!(
            f,
            r#"
    {EXPORTED}="true" />
<activity
    {NAME}="com.vivo.push.sdk.LinkProxyClientActivity"
    {EXPORTED}="false"
    {SCREEN_ORIENTATION}="portrait"
    android:theme="@android:style/Theme.Translucent.NoTitleBar" />
<!-- key and id of this app, both given by the vivo open platform -->
<meta-data
    {NAME}="{}"
    android:value="{}" />
<meta-data
    {NAME}="{}"
    android:value="{}" />
<!-- vivo push: end -->"#,
            Self::API_KEY,
            Value(self.app_key),
            Self::APP_ID,
            Integer(self.app_id)
        )
    }
}

/// A number as the value of a `<meta-data>`. The build tools make an integer of digits only up to 2^31 - 1, and a float of a longer
/// number, which loses digits (seen with aapt2 2.19). A first digit that is escaped keeps it text.
struct Integer(u64);

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = Digits::new();
        let digits = str::from_utf8(digits.of(self.0)).unwrap_or_default();
        match digits.split_at_checked(1) {
            Some((first, rest)) if self.0 > i32::MAX as u64 => write!(f, "\\u003{first}{rest}"),
            _ => f.write_str(digits),
        }
    }
}

/// The app's receiver, a subclass of vivo's `OpenClientPushMessageReceiver` (the guide's step 3.3).
///
/// ```
/// use offline_push::vivo::android::{ClassName, ReceiverEntry};
///
/// let receiver = ReceiverEntry::new(ClassName::try_new("com.example.PushReceiver")?);
/// assert_eq!(
///     receiver.to_string(),
///     r#"<!-- the receiver that vivo's SDK calls -->
/// <receiver
///     android:name="com.example.PushReceiver">
///     <intent-filter>
///         <action android:name="com.vivo.pushclient.action.RECEIVE" />
///     </intent-filter>
/// </receiver>"#,
/// );
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct ReceiverEntry<'a> {
    /// The receiver.
    pub class: ClassName<'a>,
    /// Whether other apps may send messages to the receiver. The guide does not set it; before Android 12 the default is true,
    /// because there is an intent filter. An app that targets API level 31 (Android 12) or higher does not build without a
    /// value; [`for_target_sdk`](Self::for_target_sdk) sets it. Published values differ: `JPush`, for SDK 4.0.4, uses `false`,
    /// the stricter value; `NetEase` uses `true`.
    #[doc(alias = "android:exported")]
    pub exported: Option<bool>,
}

impl<'a> ReceiverEntry<'a> {
    /// The entry of a receiver, as in the guide.
    #[must_use]
    pub const fn new(class: ClassName<'a>) -> Self {
        Self { class, exported: None }
    }

    /// The entry for an app that targets this API level (`targetSdkVersion`): from [`EXPORTED_REQUIRED_FROM`] on,
    /// [`exported`](field@Self::exported) is set to false unless it has a value. vivo's service inside the app sends the messages to the
    /// receiver, so no other app has to do so.
    #[must_use]
    pub const fn for_target_sdk(mut self, level: u32) -> Self {
        self.exported = exported(level, self.exported, false);
        self
    }
}

impl fmt::Display for ReceiverEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<!-- the receiver that vivo's SDK calls -->\n<receiver")?;
        write!(f, "\n    {NAME}=\"{}\"", self.class)?;
        attribute(f, EXPORTED, self.exported.map(boolean))?;
        write!(
            f,
            r#">
    <intent-filter>
        <action {NAME}="com.vivo.pushclient.action.RECEIVE" />
    </intent-filter>
</receiver>"#
        )
    }
}

/// The activity that a tap opens, for the click event "Open specific app interface" (the section of the guide with this name).
/// The intent URI of the certificate has the same parts: `intent://{host}{path}#Intent;scheme={scheme};…;end`.
///
/// ```
/// use offline_push::vivo::android::{ActivityEntry, ClassName};
///
/// let class = ClassName::try_new("com.tencent.qcloud.tim.demo.chat.ChatActivity")?;
/// let host = "com.tencent.qcloud.tim";
/// let mut activity = ActivityEntry::new(class, "pushscheme", host, "/detail")
///     .for_target_sdk(35); // exported, as Android 12 and vivo's receipt 2161 require
/// activity.screen_orientation = None; // for tablets
/// activity.check()?;
/// let manifest = activity.to_string();
/// assert!(manifest.contains(r#"android:exported="true""#));
/// assert!(!manifest.contains("android:screenOrientation"));
/// # Ok::<(), offline_push::CheckError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ActivityEntry<'a> {
    /// The activity.
    pub class: ClassName<'a>,
    /// Scheme of the URI that opens the activity, without `:`. It is the app's own scheme. Android compares the scheme, the
    /// [`host`](Self::host) and the [`path`](Self::path) case-sensitively, and recommends lower case.
    #[doc(alias = "android:scheme")]
    pub scheme: &'a str,
    /// Host of the URI. The guide uses the package name of the app.
    #[doc(alias = "android:host")]
    pub host: &'a str,
    /// The whole path of the URI. Android requires a `/` at the beginning.
    #[doc(alias = "android:path")]
    pub path: &'a str,
    /// Whether vivo's service may start the activity. The guide does not set it; before Android 12 the default is true, because
    /// there is an intent filter. An app that targets API level 31 (Android 12) or higher does not build without a value;
    /// [`for_target_sdk`](Self::for_target_sdk) sets it. If the value is false, vivo's receipts have the reason 2161: the
    /// activity is not exported.
    #[doc(alias = "android:exported")]
    pub exported: Option<bool>,
    /// The launch mode. The default is `singleTask`, as in the guide.
    #[doc(alias = "android:launchMode")]
    pub launch_mode: Option<&'a str>,
    /// The screen orientation. The default is `portrait`, as in the guide.
    #[doc(alias = "android:screenOrientation")]
    pub screen_orientation: Option<&'a str>,
    /// The soft input mode. The default is `adjustResize|stateHidden`, as in the guide.
    #[doc(alias = "android:windowSoftInputMode")]
    pub window_soft_input_mode: Option<&'a str>,
    /// Whether the intent filter has the category `android.intent.category.DEFAULT`. The default is false, as in the guide,
    /// whose intent URI names the activity (`component=…`). If an intent names no activity, Android starts only an activity
    /// whose filter has this category. The URIs in Tencent's Flutter and uni-app documents name no activity.
    #[doc(alias = "android.intent.category.DEFAULT")]
    pub default_category: bool,
}

show! {
    struct ActivityEntry<'_> {
        class,
        scheme,
        host,
        path,
        exported,
        launch_mode [public],
        screen_orientation [public],
        window_soft_input_mode [public],
        default_category,
    }
}

impl<'a> ActivityEntry<'a> {
    /// The entry of an activity, as in the guide. Nothing is checked: call [`check`](Self::check).
    #[must_use]
    pub const fn new(class: ClassName<'a>, scheme: &'a str, host: &'a str, path: &'a str) -> Self {
        Self {
            class,
            scheme,
            host,
            path,
            exported: None,
            launch_mode: Some("singleTask"),
            screen_orientation: Some("portrait"),
            window_soft_input_mode: Some("adjustResize|stateHidden"),
            default_category: false,
        }
    }

    /// The entry for an app that targets this API level (`targetSdkVersion`): from [`EXPORTED_REQUIRED_FROM`] on,
    /// [`exported`](field@Self::exported) is set to true unless it has a value, because vivo's service is another app.
    #[must_use]
    pub const fn for_target_sdk(mut self, level: u32) -> Self {
        self.exported = exported(level, self.exported, true);
        self
    }

    /// Checks that no text is empty and that XML can represent the texts. The parts of the URI are not checked further, because
    /// they may be placeholders of the build.
    ///
    /// # Errors
    ///
    /// [`Rule::Missing`], [`Rule::NotXml`]. The field is the name of the attribute, for example `android:scheme`.
    pub fn check(&self) -> Result<(), CheckError> {
        carried(self.scheme, SCHEME)?;
        carried(self.host, HOST)?;
        carried(self.path, PATH)?;
        carried_if_any(self.launch_mode, LAUNCH_MODE)?;
        carried_if_any(self.screen_orientation, SCREEN_ORIENTATION)?;
        carried_if_any(self.window_soft_input_mode, WINDOW_SOFT_INPUT_MODE)
    }
}

impl fmt::Display for ActivityEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<activity")?;
        write!(f, "\n    {NAME}=\"{}\"", self.class)?;
        attribute(f, EXPORTED, self.exported.map(boolean))?;
        attribute(f, LAUNCH_MODE, self.launch_mode)?;
        attribute(f, SCREEN_ORIENTATION, self.screen_orientation)?;
        attribute(f, WINDOW_SOFT_INPUT_MODE, self.window_soft_input_mode)?;
        write!(
            f,
            r#">
    <intent-filter>
        <action {NAME}="android.intent.action.VIEW" />"#
        )?;
        if self.default_category {
            write!(f, "\n        <category {NAME}=\"android.intent.category.DEFAULT\" />")?;
        }
        write!(
            f,
            r#"
        <data
            {HOST}="{}"
            {PATH}="{}"
            {SCHEME}="{}" />
    </intent-filter>
</activity>"#,
            Value(self.host),
            Value(self.path),
            Value(self.scheme)
        )
    }
}

/// The value of a boolean attribute.
const fn boolean(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// Checks a text as [`carried`] does, if it is present.
fn carried_if_any(text: Option<&str>, field: &'static str) -> Result<(), CheckError> {
    text.map_or(Ok(()), |text| carried(text, field))
}
