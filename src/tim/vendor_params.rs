//! Parameters of single vendors, which a client attaches to a message as JSON text.

use super::info::{known, word};
use crate::check::{CheckError, Rule, ensure};
use crate::json::{DecodeError, Members, Raw, message};
// vivo's own number, which Tencent passes on as it is.
use crate::vivo::NotifyType;

message! {
    /// What stands, as JSON text, in [`OfflinePushSettings::vendor_params`](crate::tim::OfflinePushSettings::vendor_params),
    /// since SDK 8.7.7201. Sources: trtc.io/document/73940 = cloud.tencent.com/document/product/269/121188, and the note
    /// at `vendorParams` in the header of the iOS SDK.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::{OfflinePushSettings, VendorParams};
    /// use offline_push::vivo::NotifyType;
    ///
    /// let mut params = VendorParams::new();
    /// params.vivo_notify_type = Some(NotifyType::VIBRATE);
    /// let mut buffer = [0; 128];
    /// let mut settings = OfflinePushSettings::new();
    /// settings.vendor_params = Some(json::to_str(&params, &mut buffer)?);
    /// assert_eq!(settings.vendor_params, Some(r#"{"vivoNotifyType":3}"#));
    ///
    /// let received: VendorParams = json::from_str(settings.vendor_params.unwrap_or("{}"))?;
    /// assert_eq!(received, params);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[doc(alias = "vendorParams")]
    pub struct VendorParams<'a> {
        /// Google: `normal`, which may wait while the app is in the background, or `high`, at once. No default is given.
        #[doc(alias = "fcmPriority")]
        fcm_priority: Option<&'a str> = "fcmPriority",
        /// vivo: sound and vibration; default 4, both. A number here, text in
        /// [`AndroidInfo::vivo_notify_type`](crate::tim::AndroidInfo::vivo_notify_type) of the REST API; a number in a string is
        /// read too.
        #[doc(alias = "vivoNotifyType")]
        vivo_notify_type: Option<NotifyType> = "vivoNotifyType",
        /// OPPO: id of the template that private messages need. One may also be stored in the IM console, for chat messages of
        /// the category `IM`.
        #[doc(alias = "oppoTemplateId")]
        oppo_template_id: Option<&'a str> = "oppoTemplateId",
        /// OPPO: what fills the title of the template. A JSON object in the page's table and in the header
        /// (`{"title":"title"}`); a string that holds such an object in the page's code samples. Passed on untouched, so both
        /// are read, and written as they were.
        #[doc(alias = "oppoTitleParam")]
        oppo_title_param: Option<Raw<'a>> = "oppoTitleParam",
        /// OPPO: what fills the content of the template, in the same way. The keys are those of the template: `content` in
        /// the header, `desc` in the page.
        #[doc(alias = "oppoContentParam")]
        oppo_content_param: Option<Raw<'a>> = "oppoContentParam",
    }
}

impl VendorParams<'_> {
    const VIVO_NOTIFY_TYPE: &'static str = "vivoNotifyType";

    /// Nothing set yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// vivo's number alone, out of the JSON text: escapes in the fields of other vendors, and what is wrong there, do not
    /// stand in its way. An error's place is of no use.
    pub(crate) fn vivo_notify_type_in(text: &str) -> Result<Option<NotifyType>, DecodeError> {
        Members::new(text)?.get(Self::VIVO_NOTIFY_TYPE)?.map_or(Ok(None), Raw::to)
    }

    /// Holds the parameters against the page: `fcmPriority` is `normal` or `high`, `vivoNotifyType` 1 to 4,
    /// `oppoTitleParam` and `oppoContentParam` are objects, or strings, in which nothing is looked for.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    ///
    /// ```
    /// use offline_push::tim::VendorParams;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let mut params = VendorParams::new();
    /// params.fcm_priority = Some("urgent");
    /// assert_eq!(params.check(), Err(CheckError::new("fcmPriority", Rule::UnknownValue)));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        word(self.fcm_priority, &["normal", "high"], "fcmPriority")?;
        known(self.vivo_notify_type.map(NotifyType::meaning), Self::VIVO_NOTIFY_TYPE)?;
        object_or_text(self.oppo_title_param, "oppoTitleParam")?;
        object_or_text(self.oppo_content_param, "oppoContentParam")
    }
}

impl Default for VendorParams<'_> {
    fn default() -> Self {
        Self::new()
    }
}

fn object_or_text(value: Option<Raw<'_>>, field: &'static str) -> Result<(), CheckError> {
    let holds = |value: Raw<'_>| value.as_str().starts_with(['{', '"']);
    ensure(value.is_none_or(holds), field, Rule::NotObject)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
