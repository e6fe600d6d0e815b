//! The sender's options for one push, independent of the API that they come from.

use core::time::Duration;

use super::ext::ExtPolicy;
use super::report::ComposeReport;
use crate::bytes::trim_start;
use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::json::show::{show, show_plain};
use crate::setters::setters;
use crate::tim::{OfflinePushInfo, OfflinePushSettings, VendorParams, WebPushInfo};
use crate::vivo::{Classification, NotifyType};

/// Removes leading white space; `None` if nothing is left. Text that starts with white space could be truncated to nothing else.
pub(super) fn non_blank(text: Option<&str>) -> Option<&str> {
    text.map(trim_start).filter(|text| !text.is_empty())
}

/// The sender's options for a push through vivo. They are made from the settings of any of Tencent's APIs: the client SDK's
/// [`OfflinePushSettings`], the web form [`WebPushInfo`], or the REST API's [`OfflinePushInfo`].
///
/// Blank text counts as absent, because SDKs send it for options that are not set.
///
/// ```
/// use offline_push::delivery::PushOptions;
/// use offline_push::tim::{OfflinePushInfo, OfflinePushSettings};
///
/// let settings = OfflinePushSettings::new().title("Alice");
/// let info = OfflinePushInfo::new().title("Alice");
/// assert_eq!(PushOptions::from(&settings), PushOptions::from(&info));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PushOptions<'a> {
    /// True if the message must not be pushed: flag 1, `disablePush`, `setEnabled(false)`.
    pub disabled: bool,
    /// Title. The Android title overrides the common one.
    pub title: Option<&'a str>,
    /// Text below the title.
    pub description: Option<&'a str>,
    /// Content for the receiving app.
    pub ext: Option<Ext<'a>>,
    /// Sound for Android.
    pub sound: Option<&'a str>,
    /// vivo's second-level message class.
    pub category: Option<&'a str>,
    /// vivo's first-level message class.
    pub classification: Option<Classification>,
    /// Whether a vivo phone rings or vibrates: `VIVONotifyType`, `vivoNotifyType`. If the `VIVONotifyType` of an
    /// [`OfflinePushInfo`] cannot be read, [`compose`](super::compose) fails, unless this field is set afterwards.
    pub notify_type: Option<NotifyType>,
    /// How long vivo keeps the push for a phone that is offline, in whole seconds: `timeToLive`. vivo allows one minute to seven
    /// days, and treats more than a day as one day. Default: vivo's own, which is one day, and 8 hours for operational messages.
    /// Tencent's APIs have no such option.
    #[doc(alias = "timeToLive")]
    pub time_to_live: Option<Duration>,
    /// What happens to an ext that vivo cannot pass to the app. Default: it is dropped, and the report says so.
    pub ext_policy: ExtPolicy,
    /// What the conversion from the API's type has dropped.
    pub(super) dropped: ComposeReport,
    /// The value that the conversion could not read.
    pub(super) fault: Option<CheckError>,
}

show! {
    struct PushOptions<'_> {
        disabled,
        title,
        description,
        ext,
        sound [public],
        category [public],
        classification,
        notify_type,
        time_to_live,
        ext_policy,
        dropped,
        fault,
    }
}

show_plain! { Duration, CheckError, ExtPolicy, ComposeReport }

impl<'a> PushOptions<'a> {
    /// No options: a push with all defaults.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            disabled: false,
            title: None,
            description: None,
            ext: None,
            sound: None,
            category: None,
            classification: None,
            notify_type: None,
            time_to_live: None,
            ext_policy: ExtPolicy::Drop,
            dropped: ComposeReport::EMPTY,
            fault: None,
        }
    }

    setters! {
        disabled: bool,
        title: &'a str as Some,
        description: &'a str as Some,
        ext: Ext<'a> as Some,
        sound: &'a str as Some,
        category: &'a str as Some,
        classification: Classification as Some,
        notify_type: NotifyType as Some,
        time_to_live: Duration as Some,
        ext_policy: ExtPolicy,
    }

    /// The part of the report that does not depend on the length of the texts.
    pub(super) fn report(&self) -> ComposeReport {
        ComposeReport {
            default_title: non_blank(self.title).is_none(),
            default_content: non_blank(self.description).is_none(),
            sound_dropped: non_blank(self.sound).is_some(),
            vendor_params_dropped: self.dropped.vendor_params_dropped && self.notify_type.is_none(),
            ..self.dropped
        }
    }
}

impl<'a> From<&OfflinePushSettings<'a>> for PushOptions<'a> {
    fn from(settings: &OfflinePushSettings<'a>) -> Self {
        let android = settings.android.as_ref();
        let params = non_blank(settings.vendor_params).map(VendorParams::vivo_notify_type_in).transpose();
        Self {
            disabled: !settings.enabled(),
            title: android.and_then(|android| non_blank(android.title)).or(settings.title),
            description: settings.description,
            ext: settings.ext,
            sound: android.and_then(|android| android.sound),
            category: android.and_then(|android| android.vivo_category),
            classification: android.and_then(|android| android.vivo_classification),
            notify_type: params.ok().flatten().flatten(),
            dropped: ComposeReport { vendor_params_dropped: params.is_err(), ..ComposeReport::EMPTY },
            ..Self::new()
        }
    }
}

impl<'a> From<&OfflinePushInfo<'a>> for PushOptions<'a> {
    fn from(info: &OfflinePushInfo<'a>) -> Self {
        let android = info.android_info.as_ref();
        let written = android.and_then(|android| non_blank(android.vivo_notify_type));
        let notify_type = android.and_then(|android| android.notify_type());
        let unreadable = written.is_some() && notify_type.is_none();
        Self {
            disabled: !info.enabled(),
            title: info.title,
            description: info.desc,
            ext: info.ext,
            sound: android.and_then(|android| android.sound),
            category: android.and_then(|android| android.vivo_category),
            classification: android.and_then(|android| android.vivo_classification),
            notify_type,
            dropped: ComposeReport {
                template_dropped: non_blank(info.push_template_id).is_some(),
                languages_dropped: info.multi_language_content.is_some_and(|content| !content.is_empty()),
                badge_dropped: info.badge_add_num.is_some() || info.badge_set_num.is_some(),
                ..ComposeReport::EMPTY
            },
            fault: unreadable.then_some(CheckError::new("VIVONotifyType", Rule::UnknownValue)),
            ..Self::new()
        }
    }
}

impl<'a> From<&WebPushInfo<'a>> for PushOptions<'a> {
    fn from(web: &WebPushInfo<'a>) -> Self {
        Self::from(&web.to_settings().value)
    }
}
