//! What a sender wishes, whichever API said it.

use super::report::Report;
use super::text::given;
use crate::check::{CheckError, Rule};
use crate::ext::Ext;
use crate::tim::{OfflinePushInfo, OfflinePushSettings, VendorParams, WebPushInfo};
use crate::vivo::{Classification, NotifyType};

/// What a sender wishes of a push for vivo: the common ground of the client SDK's [`OfflinePushSettings`], the web form
/// ([`WebPushInfo`]) and the REST API's [`OfflinePushInfo`], from any of which it is made.
///
/// Blank text counts as absent, since SDKs send it so.
///
/// ```
/// use offline_push::delivery::Wishes;
/// use offline_push::tim::{OfflinePushInfo, OfflinePushSettings};
///
/// let mut settings = OfflinePushSettings::new();
/// settings.title = Some("Alice");
/// let mut info = OfflinePushInfo::new();
/// info.title = Some("Alice");
/// assert_eq!(Wishes::from(&settings), Wishes::from(&info));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Wishes<'a> {
    /// The message is not to be pushed: flag 1, `disablePush`, `setEnabled(false)`.
    pub disabled: bool,
    /// First line; the Android title goes before the common one.
    pub title: Option<&'a str>,
    /// Text below.
    pub description: Option<&'a str>,
    /// What is passed through to the app.
    pub ext: Option<Ext<'a>>,
    /// Sound for Android.
    pub sound: Option<&'a str>,
    /// vivo's second-level class.
    pub category: Option<&'a str>,
    /// vivo's first-level class.
    pub classification: Option<Classification>,
    /// How vivo's phone calls attention: `VIVONotifyType`, `vivoNotifyType`. A `VIVONotifyType` that cannot be read makes
    /// [`compose`](super::compose) fail, unless another one is set here.
    pub notify_type: Option<NotifyType>,
    /// What was lost already where the wishes come from.
    pub(super) lost: Report,
    /// What cannot be sent from there.
    pub(super) fault: Option<CheckError>,
}

impl<'a> Wishes<'a> {
    /// No wishes: a push with all defaults, which lacks a description.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Text, if it says something.
    pub(super) fn title(&self) -> Option<&'a str> {
        given(self.title)
    }

    pub(super) fn description(&self) -> Option<&'a str> {
        given(self.description)
    }

    pub(super) fn category(&self) -> Option<&'a str> {
        given(self.category)
    }

    /// What becomes of the wishes, as far as it is known before the texts are looked at.
    pub(super) fn report(&self) -> Report {
        Report {
            default_title: self.title().is_none(),
            sound_dropped: given(self.sound).is_some(),
            vendor_params_dropped: self.lost.vendor_params_dropped && self.notify_type.is_none(),
            ..self.lost
        }
    }
}

impl<'a> From<&OfflinePushSettings<'a>> for Wishes<'a> {
    fn from(settings: &OfflinePushSettings<'a>) -> Self {
        let android = settings.android.as_ref();
        let params = given(settings.vendor_params).map(VendorParams::vivo_notify_type_in).transpose();
        Self {
            disabled: !settings.enabled(),
            title: android.and_then(|android| given(android.title)).or(settings.title),
            description: settings.description,
            ext: settings.ext,
            sound: android.and_then(|android| android.sound),
            category: android.and_then(|android| android.vivo_category),
            classification: android.and_then(|android| android.vivo_classification),
            notify_type: params.ok().flatten().flatten(),
            lost: Report { vendor_params_dropped: params.is_err(), ..Report::default() },
            fault: None,
        }
    }
}

impl<'a> From<&OfflinePushInfo<'a>> for Wishes<'a> {
    fn from(info: &OfflinePushInfo<'a>) -> Self {
        let android = info.android_info.as_ref();
        let written = android.and_then(|android| given(android.vivo_notify_type));
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
            lost: Report {
                template_dropped: given(info.push_template_id).is_some(),
                languages_dropped: info.multi_language_content.is_some_and(|content| !content.is_empty()),
                badge_dropped: info.badge_add_num.is_some() || info.badge_set_num.is_some(),
                ..Report::default()
            },
            fault: unreadable.then_some(CheckError::new("VIVONotifyType", Rule::UnknownValue)),
        }
    }
}

impl<'a> From<&WebPushInfo<'a>> for Wishes<'a> {
    fn from(web: &WebPushInfo<'a>) -> Self {
        Self::from(&web.to_settings().value)
    }
}
