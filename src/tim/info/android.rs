//! What is for Android phones, vendor by vendor.

use super::{given, https, known, object, word};
use crate::check::{CheckError, Rule, ensure};
use crate::json::{Raw, message, open_number};
use crate::tim::info::Switch;
use crate::tim::settings::{MeizuNotifyType, OppoNotifyLevel};
// vivo's own numbers, which Tencent passes on as they are.
use crate::vivo::{Classification, NotifyType};

/// Words for how insistent a push is, of Huawei and Honor.
pub(in crate::tim) const IMPORTANCE: [&str; 2] = ["LOW", "NORMAL"];

open_number! {
    /// How much text the notification shows: `PushStyle`. Huawei, Honor and OPPO obey it.
    pub struct PushStyle(i32) {
        /// What fits a line; the default.
        DEFAULT = 0 => "default",
        /// Several lines.
        LARGE_TEXT = 1 => "large text",
    }
}

message! {
    /// What is for Android phones, vendor by vendor. Text that is not empty goes before what the IM console stores.
    ///
    /// The names are Tencent's, whose capitals follow no rule: `HuaWei`, `XiaoMi`, `OPPO`, `VIVO`, `MeiZu`, but
    /// `ExtAsHuaweiIntentParam`.
    pub struct AndroidInfo<'a> {
        /// Sound: in 33527 "path of the sound file" (`android.mp3`), in 77715 the name of a file under `res/raw`, without
        /// suffix (`shake`). vivo has no sounds of the app's own. 2019.
        #[doc(alias = "Sound")]
        sound: Option<&'a str> = "Sound",
        /// One line of text or several; default one (77715).
        #[doc(alias = "PushStyle")]
        push_style: Option<PushStyle> = "PushStyle",
        /// Huawei: channel id, for EMUI 10 and later. 2020.
        #[doc(alias = "HuaWeiChannelID")]
        huawei_channel_id: Option<&'a str> = "HuaWeiChannelID",
        /// Xiaomi: channel id, for MIUI 10 and later. By 269/133879 Android 8 and later get no push without. 2020.
        #[doc(alias = "XiaoMiChannelID")]
        xiaomi_channel_id: Option<&'a str> = "XiaoMiChannelID",
        /// OPPO: channel id, for Android 8 and later. 2019.
        #[doc(alias = "OPPOChannelID")]
        oppo_channel_id: Option<&'a str> = "OPPOChannelID",
        /// Google: channel id, for Android 8 and later; by 33527 only with a certificate file, not with a server key. 2020.
        #[doc(alias = "GoogleChannelID")]
        google_channel_id: Option<&'a str> = "GoogleChannelID",
        /// OPPO: `IM`, `ACCOUNT`, `MARKETING`, `NEWS`, `CONTENT`, … (77715)
        #[doc(alias = "OPPOCategory")]
        oppo_category: Option<&'a str> = "OPPOCategory",
        /// vivo: operational or system message; default system. Superseded by `vivo_category` since 2023-04-03. An integer in
        /// both pages, a choice of `"0"` and `"1"` in Tencent's Java server SDK: both are read, the number is written. 2021.
        #[doc(alias = "VIVOClassification")]
        vivo_classification: Option<Classification> = "VIVOClassification",
        /// vivo: second-level class in capitals, as for
        /// [`Notification::category`](crate::vivo::Notification::category) (77715).
        #[doc(alias = "VIVOCategory")]
        vivo_category: Option<&'a str> = "VIVOCategory",
        /// vivo: sound and vibration, `"1"` to `"4"`, default `"4"`; [`notify_type`](Self::notify_type) is the number. Text in
        /// 77715; a Go SDK sends a number, as `vivoNotifyType` of the [vendor parameters](crate::tim::VendorParams) is one.
        /// Both are read, text is written.
        #[doc(alias = "VIVONotifyType")]
        vivo_notify_type: Option<&'a str> = "VIVONotifyType" as id,
        /// Huawei: `IM`, `MARKETING`, … 2023.
        #[doc(alias = "HuaWeiCategory")]
        huawei_category: Option<&'a str> = "HuaWeiCategory",
        /// Huawei: how insistent, `NORMAL` or `LOW`; default `NORMAL` (33527; 77715 names none). 2021.
        #[doc(alias = "HuaWeiImportance")]
        huawei_importance: Option<&'a str> = "HuaWeiImportance",
        /// Huawei: HTTPS URL of a picture, below 512 KB, best 40 dp square as JPG or PNG (77715).
        #[doc(alias = "HuaWeiImage")]
        huawei_image: Option<&'a str> = "HuaWeiImage",
        /// Huawei, where the console says "open a screen of the app": 0, the ext goes into the intent's action (default); 1,
        /// it is a parameter of the intent. Gone from 77715. 2021.
        #[doc(alias = "ExtAsHuaweiIntentParam")]
        ext_as_huawei_intent_param: Option<Switch> = "ExtAsHuaweiIntentParam",
        /// Honor: class of message, `NORMAL` (service and communication) or `LOW` (marketing) (77715).
        #[doc(alias = "HonorImportance")]
        honor_importance: Option<&'a str> = "HonorImportance",
        /// Honor: HTTPS URL of a picture, below 512 KB, best 40 dp square (77715); the client SDK's header says below
        /// 100 KB.
        #[doc(alias = "HonorImage")]
        honor_image: Option<&'a str> = "HonorImage",
        /// Meizu: kind of message (77715). Its samples label the two numbers inconsistently; the table's words count here.
        #[doc(alias = "MeiZuNoticeMsgType")]
        meizu_notice_msg_type: Option<MeizuNotifyType> = "MeiZuNoticeMsgType",
        /// OPPO: id of the template that private messages need. Of no effect for categories of content and marketing (77715).
        #[doc(alias = "OPPOPrivateMsgTemplateId")]
        oppo_private_msg_template_id: Option<&'a str> = "OPPOPrivateMsgTemplateId",
        /// OPPO: what fills the title of the template: a JSON object of texts, passed on untouched. `{"city":"Beijing"}` is
        /// for `${city}$` (77715).
        #[doc(alias = "OPPOPrivateTitleParameters")]
        oppo_private_title_parameters: Option<Raw<'a>> = "OPPOPrivateTitleParameters",
        /// OPPO: what fills the content of the template, in the same way (77715).
        #[doc(alias = "OPPOPrivateContentParameters")]
        oppo_private_content_parameters: Option<Raw<'a>> = "OPPOPrivateContentParameters",
        /// OPPO: how to call attention; needs an `oppo_category` (77715).
        #[doc(alias = "OPPONotifyLevel")]
        oppo_notify_level: Option<OppoNotifyLevel> = "OPPONotifyLevel",
        /// Google: URL of a picture, at most 1 MB, JPG or PNG. The example is HTTPS, which the text demands of the other
        /// vendors' pictures only (77715).
        #[doc(alias = "GoogleImage")]
        google_image: Option<&'a str> = "GoogleImage",
        /// Google: `normal`, in batches while the phone dozes, or `high`, at once (77715).
        #[doc(alias = "GooglePriority")]
        google_priority: Option<&'a str> = "GooglePriority",
    }
}

impl AndroidInfo<'_> {
    /// Nothing set yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    /// The number in [`vivo_notify_type`](Self::vivo_notify_type); `None` for one that is absent, and for text that is no
    /// number.
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

    pub(super) fn check(&self) -> Result<(), CheckError> {
        known(self.push_style.map(PushStyle::meaning), "PushStyle")?;
        known(self.vivo_classification.map(Classification::meaning), "VIVOClassification")?;
        let notify_type =
            given(self.vivo_notify_type).map(|_| self.notify_type().and_then(NotifyType::meaning));
        known(notify_type, "VIVONotifyType")?;
        word(self.huawei_importance, &IMPORTANCE, "HuaWeiImportance")?;
        https(self.huawei_image, "HuaWeiImage")?;
        known(self.ext_as_huawei_intent_param.map(Switch::meaning), "ExtAsHuaweiIntentParam")?;
        word(self.honor_importance, &IMPORTANCE, "HonorImportance")?;
        https(self.honor_image, "HonorImage")?;
        known(self.meizu_notice_msg_type.map(MeizuNotifyType::meaning), "MeiZuNoticeMsgType")?;
        object(self.oppo_private_title_parameters, "OPPOPrivateTitleParameters")?;
        object(self.oppo_private_content_parameters, "OPPOPrivateContentParameters")?;
        if let Some(level) = self.oppo_notify_level {
            known(Some(level.meaning()), "OPPONotifyLevel")?;
            ensure(given(self.oppo_category).is_some(), "OPPOCategory", Rule::Missing)?;
        }
        word(self.google_priority, &["normal", "high"], "GooglePriority")
    }
}

impl Default for AndroidInfo<'_> {
    fn default() -> Self {
        Self::new()
    }
}
