//! Settings for Android phones, by vendor.

use super::{https, known, non_empty, object, word};
use crate::check::{Broken, CheckError, Rule, ensure};
use crate::json::{Raw, message, open_number};
use crate::tim::info::Switch;
use crate::tim::settings::{MeizuNotifyType, OppoNotifyLevel};
// Tencent passes on vivo's own numbers unchanged.
use crate::vivo::{Classification, NotifyType};

/// The words for the importance of a push, for Huawei and Honor.
pub(in crate::tim) const IMPORTANCE: [&str; 2] = ["LOW", "NORMAL"];

open_number! {
    /// How much text the notification shows: `PushStyle`. Huawei, Honor and OPPO support it.
    pub struct PushStyle(i32) {
        /// One line. The default.
        DEFAULT = 0 => "default",
        /// Several lines.
        LARGE_TEXT = 1 => "large text",
    }
}

message! {
    /// Settings for Android phones, by vendor. Text that is not empty overrides the setting in the IM console.
    ///
    /// The spelling of the wire names is Tencent's: `HuaWei`, `XiaoMi`, `OPPO`, `VIVO`, `MeiZu`, but
    /// `ExtAsHuaweiIntentParam`.
    pub struct AndroidInfo<'a> {
        /// Sound. 33527: "path of the sound file" (`android.mp3`). 77715: the name of a file under `res/raw`, without its
        /// suffix (`shake`). vivo does not support sounds of the app. 2019.
        #[doc(alias = "Sound")]
        sound: Option<&'a str> = "Sound" [public],
        /// One line of text, or several lines. Default: one line (77715).
        #[doc(alias = "PushStyle")]
        push_style: Option<PushStyle> = "PushStyle",
        /// Huawei: channel id, for EMUI 10 and later. 2020.
        #[doc(alias = "HuaWeiChannelID")]
        huawei_channel_id: Option<&'a str> = "HuaWeiChannelID",
        /// Xiaomi: channel id, for MIUI 10 and later. Without it, Android 8 and later get no push (269/133879). 2020.
        #[doc(alias = "XiaoMiChannelID")]
        xiaomi_channel_id: Option<&'a str> = "XiaoMiChannelID",
        /// OPPO: channel id, for Android 8 and later. 2019.
        #[doc(alias = "OPPOChannelID")]
        oppo_channel_id: Option<&'a str> = "OPPOChannelID",
        /// Google: channel id, for Android 8 and later; only with a certificate file, not with a server key (33527). 2020.
        #[doc(alias = "GoogleChannelID")]
        google_channel_id: Option<&'a str> = "GoogleChannelID",
        /// OPPO: `IM`, `ACCOUNT`, `MARKETING`, `NEWS`, `CONTENT`, … (77715)
        #[doc(alias = "OPPOCategory")]
        oppo_category: Option<&'a str> = "OPPOCategory" [public],
        /// vivo: operational or system message. Default: system. `vivo_category` has replaced it since 2023-04-03. Both pages
        /// have an integer, but Tencent's Java server SDK has `"0"` and `"1"`. The decoder accepts both, and the encoder writes
        /// the number. 2021.
        #[doc(alias = "VIVOClassification")]
        vivo_classification: Option<Classification> = "VIVOClassification",
        /// vivo: second-level category in capitals, as for
        /// [`Notification::category`](crate::vivo::Notification::category) (77715).
        #[doc(alias = "VIVOCategory")]
        vivo_category: Option<&'a str> = "VIVOCategory" [public],
        /// vivo: sound and vibration, `"1"` to `"4"`, default `"4"`. [`notify_type`](Self::notify_type) returns the number.
        /// 77715 has text; a Go SDK sends a number, because `vivoNotifyType` of the [vendor
        /// parameters](crate::tim::VendorParams) is a number. The decoder accepts both, and the encoder writes text.
        #[doc(alias = "VIVONotifyType")]
        vivo_notify_type: Option<&'a str> = "VIVONotifyType" as id [public],
        /// Huawei: `IM`, `MARKETING`, … 2023.
        #[doc(alias = "HuaWeiCategory")]
        huawei_category: Option<&'a str> = "HuaWeiCategory" [public],
        /// Huawei: importance, `NORMAL` or `LOW`. Default `NORMAL` (33527; 77715 has no default). 2021.
        #[doc(alias = "HuaWeiImportance")]
        huawei_importance: Option<&'a str> = "HuaWeiImportance" [public],
        /// Huawei: HTTPS URL of a picture, below 512 KB; JPG or PNG of 40 dp by 40 dp recommended (77715).
        #[doc(alias = "HuaWeiImage")]
        huawei_image: Option<&'a str> = "HuaWeiImage",
        /// Huawei, if the console's click event is "open a screen of the app": 0 puts the ext into the action of the intent
        /// (default), 1 makes it a parameter of the intent. 77715 does not have this field. 2021.
        #[doc(alias = "ExtAsHuaweiIntentParam")]
        ext_as_huawei_intent_param: Option<Switch> = "ExtAsHuaweiIntentParam",
        /// Honor: kind of message, `NORMAL` (service and communication) or `LOW` (marketing) (77715).
        #[doc(alias = "HonorImportance")]
        honor_importance: Option<&'a str> = "HonorImportance" [public],
        /// Honor: HTTPS URL of a picture, below 512 KB; 40 dp by 40 dp recommended (77715). The client SDK's header says
        /// below 100 KB.
        #[doc(alias = "HonorImage")]
        honor_image: Option<&'a str> = "HonorImage",
        /// Meizu: kind of message, 0 (public) or 1 (private) (77715, 269/133879). Chat messages are private; the page's older
        /// samples have 0 for them.
        #[doc(alias = "MeiZuNoticeMsgType")]
        meizu_notice_msg_type: Option<MeizuNotifyType> = "MeiZuNoticeMsgType",
        /// OPPO: id of the template, which private messages require. It has no effect for content and marketing categories
        /// (77715).
        #[doc(alias = "OPPOPrivateMsgTemplateId")]
        oppo_private_msg_template_id: Option<&'a str> = "OPPOPrivateMsgTemplateId",
        /// OPPO: values for the title of the template: a JSON object of texts, which is passed on unchanged.
        /// `{"city":"Beijing"}` is the value for `${city}$` (77715).
        #[doc(alias = "OPPOPrivateTitleParameters")]
        oppo_private_title_parameters: Option<Raw<'a>> = "OPPOPrivateTitleParameters",
        /// OPPO: values for the content of the template, in the same form (77715).
        #[doc(alias = "OPPOPrivateContentParameters")]
        oppo_private_content_parameters: Option<Raw<'a>> = "OPPOPrivateContentParameters",
        /// OPPO: notification level; requires an `oppo_category` (77715).
        #[doc(alias = "OPPONotifyLevel")]
        oppo_notify_level: Option<OppoNotifyLevel> = "OPPONotifyLevel",
        /// Google: URL of a picture, at most 1 MB, JPG or PNG. The page's example is an HTTPS URL, but its text requires HTTPS
        /// for the other vendors' pictures only (77715).
        #[doc(alias = "GoogleImage")]
        google_image: Option<&'a str> = "GoogleImage",
        /// Google: `normal` (in batches while the phone is in doze mode) or `high` (immediately) (77715).
        #[doc(alias = "GooglePriority")]
        google_priority: Option<&'a str> = "GooglePriority" [public],
    }
}

impl AndroidInfo<'_> {
    /// An info with nothing set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// The number in [`vivo_notify_type`](field@Self::vivo_notify_type); `None` if it is absent or not a number.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::AndroidInfo;
    /// use offline_push::vivo::NotifyType;
    ///
    /// for text in [r#"{"VIVONotifyType":"4"}"#, r#"{"VIVONotifyType":4}"#] {
    ///     let android: AndroidInfo = json::from_str(text)?;
    ///     assert_eq!(android.notify_type(), Some(NotifyType::RING_AND_VIBRATE));
    /// }
    /// # Ok::<(), json::DecodeError>(())
    /// ```
    #[must_use]
    pub fn notify_type(&self) -> Option<NotifyType> {
        self.vivo_notify_type?.parse().ok().map(NotifyType::new)
    }

    pub(super) fn check_each(&self, broken: &mut impl Broken) -> Result<(), CheckError> {
        known(self.push_style.map(PushStyle::meaning), "PushStyle").or_else(&mut *broken)?;
        known(self.vivo_classification.map(Classification::meaning), "VIVOClassification")
            .or_else(&mut *broken)?;
        let notify_type =
            non_empty(self.vivo_notify_type).map(|_| self.notify_type().and_then(NotifyType::meaning));
        known(notify_type, "VIVONotifyType").or_else(&mut *broken)?;
        word(self.huawei_importance, &IMPORTANCE, "HuaWeiImportance").or_else(&mut *broken)?;
        https(self.huawei_image, "HuaWeiImage").or_else(&mut *broken)?;
        known(self.ext_as_huawei_intent_param.map(Switch::meaning), "ExtAsHuaweiIntentParam")
            .or_else(&mut *broken)?;
        word(self.honor_importance, &IMPORTANCE, "HonorImportance").or_else(&mut *broken)?;
        https(self.honor_image, "HonorImage").or_else(&mut *broken)?;
        known(self.meizu_notice_msg_type.map(MeizuNotifyType::meaning), "MeiZuNoticeMsgType")
            .or_else(&mut *broken)?;
        object(self.oppo_private_title_parameters, "OPPOPrivateTitleParameters").or_else(&mut *broken)?;
        object(self.oppo_private_content_parameters, "OPPOPrivateContentParameters").or_else(&mut *broken)?;
        if let Some(level) = self.oppo_notify_level {
            known(Some(level.meaning()), "OPPONotifyLevel").or_else(&mut *broken)?;
            ensure(non_empty(self.oppo_category).is_some(), "OPPOCategory", Rule::Missing)
                .or_else(&mut *broken)?;
        }
        word(self.google_priority, &["normal", "high"], "GooglePriority")
    }
}

impl Default for AndroidInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}
