//! How the app starts the push SDK of each vendor on the phone (the guide's step 3.4).

use super::Vendor;

/// How the app starts a vendor's push SDK on the phone: the Java call, where the SDK gets the values of the vendor's console,
/// and which method delivers the token. [`Vendor::start`] returns this for each vendor.
///
/// Every call also takes a `Context`, and most calls take a callback. These arguments are left out here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct SdkStart {
    /// Class and method to call, in `onCreate` and in the main process only. A method of an object is written after the name
    /// of its class.
    pub call: &'static str,
    /// The values of the vendor's console that the call takes as arguments, in this order.
    pub arguments: &'static [ConsoleValue],
    /// The values that the SDK reads from the manifest instead: the `android:name` of a `meta-data` entry, and its value.
    pub manifest: &'static [(&'static str, ConsoleValue)],
    /// A file from the vendor's console that must be in the app, and that contains the values.
    pub file: Option<&'static str>,
    /// Class and method that deliver the token. The app passes the token as
    /// [`Event::RegId`](crate::registration::Event::RegId).
    pub token: &'static str,
}

/// A value that a vendor's console shows for an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ConsoleValue {
    /// The app id: `APP ID` or `APPID`.
    AppId,
    /// The app key: `APP key` or `APPKEY`.
    AppKey,
    /// The app secret: `AppSecret`. OPPO's SDK needs it on the phone. It is not OPPO's `MasterSecret`, which belongs to the
    /// server alone.
    AppSecret,
}

impl ConsoleValue {
    /// A stable name for metrics and logs, in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppId => "app_id",
            Self::AppKey => "app_key",
            Self::AppSecret => "app_secret",
        }
    }
}

impl SdkStart {
    const fn new(call: &'static str, token: &'static str) -> Self {
        Self { call, arguments: &[], manifest: &[], file: None, token }
    }

    const fn arguments(mut self, arguments: &'static [ConsoleValue]) -> Self {
        self.arguments = arguments;
        self
    }

    const fn manifest(mut self, manifest: &'static [(&'static str, ConsoleValue)]) -> Self {
        self.manifest = manifest;
        self
    }

    const fn file(mut self, file: &'static str) -> Self {
        self.file = Some(file);
        self
    }
}

impl Vendor {
    /// How the app starts the vendor's push SDK: which call, with which values of the vendor's console. `None` for NIO, whose
    /// call no public text names, and for a vendor that this crate does not know. An app that has several SDKs starts only
    /// the SDK of the phone's vendor, as the guide's sample does.
    ///
    /// *IM page* is Tencent's page "Offline Push (Android)" of 2021, which shows the call and the callback for each vendor except Honor.
    ///
    /// | vendor | values | source |
    /// |---|---|---|
    /// | Xiaomi | app id, app key | guide, step 3.4 |
    /// | Huawei | app id; the SDK's own file contains it as `client/app_id`. The second argument is `"HCM"`. | IM page; apps that use the SDK. The guide's `HMSAgent.init` belongs to an SDK before 3.0. |
    /// | Google | the file | IM page, which names the older `FirebaseInstanceId`; apps that use the SDK |
    /// | Meizu | app id, app key | guide, step 3.4; callback: IM page |
    /// | OPPO | app key, app secret. Call `HeytapPushManager.init` first. | IM page; TIMSDK's `register_push_params.json` contains these two values |
    /// | vivo | the manifest; then `turnOnPush`, which [`Registration`](crate::registration::Registration) asks for | guide, steps 3.2 to 3.4 |
    /// | Honor | the manifest. The second argument is `true`: the SDK then also reads the token. | Honor's client demo; Tencent's page for uni-app shows the manifest entry |
    ///
    /// ```
    /// use offline_push::{ConsoleValue, Vendor};
    ///
    /// let xiaomi = Vendor::XIAOMI.start().ok_or("unknown vendor")?;
    /// assert_eq!(xiaomi.call, "MiPushClient.registerPush");
    /// assert_eq!(xiaomi.arguments, [ConsoleValue::AppId, ConsoleValue::AppKey]);
    ///
    /// let vivo = Vendor::VIVO.start().ok_or("unknown vendor")?;
    /// assert_eq!(vivo.call, "PushClient.initialize");
    /// assert_eq!(vivo.manifest[1], ("com.vivo.push.app_id", ConsoleValue::AppId));
    /// # Ok::<(), &str>(())
    /// ```
    #[doc(alias = "registerPush")]
    #[must_use]
    pub const fn start(self) -> Option<SdkStart> {
        use ConsoleValue::{AppId, AppKey, AppSecret};
        Some(match self {
            Self::XIAOMI => {
                SdkStart::new("MiPushClient.registerPush", "PushMessageReceiver.onReceiveRegisterResult")
                    .arguments(&[AppId, AppKey])
            }
            Self::HUAWEI => SdkStart::new("HmsInstanceId.getToken", "HmsMessageService.onNewToken")
                .arguments(&[AppId])
                .file("agconnect-services.json"),
            Self::GOOGLE => {
                SdkStart::new("FirebaseMessaging.getToken", "FirebaseMessagingService.onNewToken")
                    .file("google-services.json")
            }
            Self::MEIZU => SdkStart::new("PushManager.register", "MzPushMessageReceiver.onRegisterStatus")
                .arguments(&[AppId, AppKey]),
            Self::OPPO => SdkStart::new("HeytapPushManager.register", "ICallBackResultService.onRegister")
                .arguments(&[AppKey, AppSecret]),
            Self::VIVO => {
                SdkStart::new("PushClient.initialize", "OpenClientPushMessageReceiver.onReceiveRegId")
                    .manifest(&[("com.vivo.push.api_key", AppKey), ("com.vivo.push.app_id", AppId)])
            }
            Self::HONOR => SdkStart::new("HonorPushClient.init", "HonorMessageService.onNewToken")
                .manifest(&[("com.hihonor.push.app_id", AppId)]),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ConsoleValue, Vendor};

    #[test]
    fn start_exists_for_each_named_vendor_but_nio() {
        for number in 1990..2020 {
            let vendor = Vendor::new(number);
            let named = vendor.meaning().is_some() && vendor != Vendor::NIO;
            assert_eq!(vendor.start().is_some(), named, "{number}");
        }
    }

    #[test]
    fn start_every_sdk_gets_a_value_or_a_file() {
        for number in 2000..=2006 {
            let Some(start) = Vendor::new(number).start() else { continue };
            let values = start.arguments.len() + start.manifest.len();
            assert!(values > 0 || start.file.is_some(), "{number}");
            for name in [start.call, start.token] {
                assert_eq!(name.split('.').count(), 2, "{name}: a class and a method");
            }
        }
    }

    #[test]
    fn console_value_names_are_in_snake_case() {
        let names =
            [ConsoleValue::AppId, ConsoleValue::AppKey, ConsoleValue::AppSecret].map(ConsoleValue::name);
        assert_eq!(names, ["app_id", "app_key", "app_secret"]);
    }
}
