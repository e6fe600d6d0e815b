//! Parameters for individual vendors, which a client attaches to a message as JSON text.

use super::info::{known, word};
use crate::check::{Broken, CheckAll, CheckError, Rule, ensure};
use crate::json::{DecodeError, Members, Raw, message};
// Tencent passes on vivo's own number unchanged.
use crate::vivo::NotifyType;

message! {
    /// The JSON object in the text of
    /// [`OfflinePushSettings::vendor_params`](field@crate::tim::OfflinePushSettings::vendor_params), since SDK 8.7.7201.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::{OfflinePushSettings, VendorParams};
    /// use offline_push::vivo::NotifyType;
    ///
    /// let params = VendorParams::new().vivo_notify_type(NotifyType::VIBRATE);
    /// let mut buffer = [0; 128];
    /// let text = json::to_str(&params, &mut buffer)?;
    /// assert_eq!(text, r#"{"vivoNotifyType":3}"#);
    /// let settings = OfflinePushSettings::new().vendor_params(text);
    ///
    /// let received = settings.vendor_params.unwrap_or("{}");
    /// assert_eq!(json::from_str(received), Ok(params));
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    ///
    /// Sources: trtc.io/document/73940 = cloud.tencent.com/document/product/269/121188, the comment at `vendorParams` in the
    /// header of the iOS SDK, and cloud.tencent.com/document/product/269/128836 for the template.
    #[doc(alias = "vendorParams")]
    pub struct VendorParams<'a> {
        /// Google: `normal` (may be delayed while the app is in the background) or `high` (immediately). No default is
        /// documented.
        #[doc(alias = "fcmPriority")]
        fcm_priority: Option<&'a str> = "fcmPriority" [public],
        /// vivo: sound and vibration; default 4, both. It is a number here, but text in
        /// [`AndroidInfo::vivo_notify_type`](field@crate::tim::AndroidInfo::vivo_notify_type) of the REST API. The decoder also
        /// accepts a number in a string.
        #[doc(alias = "vivoNotifyType")]
        vivo_notify_type: Option<NotifyType> = "vivoNotifyType",
        /// OPPO: id of the template, which private messages require. For chat messages of the category `IM` it can also be
        /// stored in the IM console.
        #[doc(alias = "oppoTemplateId")]
        oppo_template_id: Option<&'a str> = "oppoTemplateId",
        /// OPPO: values for the title of the template. This is a JSON object in the page's table and in the header
        /// (`{"title":"title"}`), but a string that contains such an object in the page's code samples. It is passed on
        /// unchanged, so both are possible.
        #[doc(alias = "oppoTitleParam")]
        oppo_title_param: Option<Raw<'a>> = "oppoTitleParam",
        /// OPPO: values for the content of the template, in the same form. The keys are those of the template: `content` in the
        /// header, `desc` in the page.
        #[doc(alias = "oppoContentParam")]
        oppo_content_param: Option<Raw<'a>> = "oppoContentParam",
        /// Id of a template of the IM console (269/128836):
        /// [`push_template_id`](field@crate::tim::OfflinePushInfo::push_template_id) of the REST API.
        #[doc(alias = "pushTemplateId")]
        push_template_id: Option<&'a str> = "pushTemplateId",
        /// Values for this template: text that contains a JSON object, or a JSON object. They are passed on unchanged.
        #[doc(alias = "pushTemplateParam")]
        push_template_param: Option<Raw<'a>> = "pushTemplateParam",
    }
}

impl VendorParams<'_> {
    const VIVO_NOTIFY_TYPE: &'static str = "vivoNotifyType";

    /// Parameters with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// Reads only vivo's number from the JSON text. Escapes and errors in the fields of other vendors have no effect. The
    /// offset in an error is meaningless.
    pub(crate) fn vivo_notify_type_in(text: &str) -> Result<Option<NotifyType>, DecodeError> {
        Members::new(text)?.get(Self::VIVO_NOTIFY_TYPE)?.map_or(Ok(None), Raw::to)
    }

    /// Checks the parameters against the page: `fcmPriority` is `normal` or `high`, `vivoNotifyType` is 1 to 4,
    /// `oppoTitleParam`, `oppoContentParam` and `pushTemplateParam` are objects or strings. The text in such a string is not
    /// checked.
    ///
    /// # Errors
    ///
    /// The first field, in the order of the declaration, that breaks a rule.
    ///
    /// ```
    /// use offline_push::tim::VendorParams;
    /// use offline_push::{CheckError, Rule};
    ///
    /// let params = VendorParams::new().fcm_priority("urgent");
    /// assert_eq!(params.check(), Err(CheckError::new("fcmPriority", Rule::UnknownValue)));
    /// ```
    pub fn check(&self) -> Result<(), CheckError> {
        self.check_each(&mut Err)
    }
}

impl CheckAll for VendorParams<'_> {
    fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        word(self.fcm_priority, &["normal", "high"], "fcmPriority").or_else(&mut *broken)?;
        known(self.vivo_notify_type.map(NotifyType::meaning), Self::VIVO_NOTIFY_TYPE)
            .or_else(&mut *broken)?;
        object_or_text(self.oppo_title_param, "oppoTitleParam").or_else(&mut *broken)?;
        object_or_text(self.oppo_content_param, "oppoContentParam").or_else(&mut *broken)?;
        object_or_text(self.push_template_param, "pushTemplateParam")
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
mod tests {
    use std::string::String;
    use std::vec;

    use super::VendorParams;
    use crate::check::{CheckError, Rule};
    use crate::json::{self, Raw};
    use crate::tim::OfflinePushSettings;
    use crate::vivo::NotifyType;

    fn encoded(params: &VendorParams<'_>) -> String {
        let mut buffer = vec![0; json::encoded_len(params)];
        json::to_str(params, &mut buffer).unwrap().into()
    }

    #[test]
    fn decode_and_encode_oppo_objects_and_strings() {
        for text in [
            r#"{"oppoTitleParam":{"city":"Beijing"},"oppoContentParam":{"userName":"Tom","city":"Shenzhen"}}"#,
            // What the page's Java code writes: JSON inside JSON.
            r#"{"oppoTitleParam":"{\"title\":\"title\"}","oppoContentParam":"{\"desc\":\"\\u6807\"}"}"#,
        ] {
            let params: VendorParams<'_> = json::from_str(text).unwrap();
            assert_eq!(params.check(), Ok(()));
            assert_eq!(encoded(&params), text);
            let mut received = text.as_bytes().to_vec();
            assert_eq!(json::from_slice_in_place::<VendorParams<'_>>(&mut received).as_ref(), Ok(&params));
        }
    }

    #[test]
    fn decode_vivo_notify_type_from_number_and_string() {
        for text in [r#"{"vivoNotifyType":2}"#, r#"{"vivoNotifyType":"2"}"#] {
            let params: VendorParams<'_> = json::from_str(text).unwrap();
            assert_eq!(params.vivo_notify_type, Some(NotifyType::RING));
            assert_eq!(encoded(&params), r#"{"vivoNotifyType":2}"#);
        }
    }

    #[test]
    fn decode_from_text_in_the_settings() {
        let mut received = *br#"{"offline_push_config_vendor_params":
            "{\"fcmPriority\":\"high\",\"oppoTitleParam\":\"{\\\"title\\\":\\\"\\u6807\\\"}\"}"}"#;
        let settings: OfflinePushSettings<'_> = json::from_slice_in_place(&mut received).unwrap();
        let params: VendorParams<'_> = json::from_str(settings.vendor_params.unwrap()).unwrap();
        assert_eq!(params.fcm_priority, Some("high"));
        assert_eq!(params.oppo_title_param, Some(Raw::new(r#""{\"title\":\"\u6807\"}""#).unwrap()));
    }

    #[test]
    fn check_values() {
        let check = |change: &dyn Fn(&mut VendorParams<'static>)| {
            let mut params = VendorParams::default();
            change(&mut params);
            params.check()
        };
        let error = |field, rule| Err(CheckError::new(field, rule));
        for (word, holds) in [("", true), ("normal", true), ("high", true), ("HIGH", false)] {
            let expected = if holds { Ok(()) } else { error("fcmPriority", Rule::UnknownValue) };
            assert_eq!(check(&|params| params.fcm_priority = Some(word)), expected);
        }
        for number in 0..6 {
            let holds = (1..=4).contains(&number);
            let expected = if holds { Ok(()) } else { error("vivoNotifyType", Rule::UnknownValue) };
            assert_eq!(check(&|params| params.vivo_notify_type = Some(NotifyType::new(number))), expected);
        }
        for (text, holds) in [("{}", true), (r#""{}""#, true), ("null", false), ("1", false), ("[]", false)] {
            let raw = Some(Raw::new(text).unwrap());
            let expected = |field| if holds { Ok(()) } else { error(field, Rule::NotObject) };
            assert_eq!(check(&|params| params.oppo_title_param = raw), expected("oppoTitleParam"));
            assert_eq!(check(&|params| params.oppo_content_param = raw), expected("oppoContentParam"));
            assert_eq!(check(&|params| params.push_template_param = raw), expected("pushTemplateParam"));
        }
    }
}
