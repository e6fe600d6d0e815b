//! The wire name of each field in the four forms, and the set of fields that a conversion dropped.

use core::fmt;

use crate::tim::Form;

/// Wire names in the settings, the info, the web form and the Java object; empty where the form has no such field.
type Names = [&'static str; 4];

macro_rules! fields {
    ($($field:ident = $settings:literal, $info:literal, $web:literal, $java:literal;)+) => {
        /// A field that at least one form has.
        #[derive(Clone, Copy)]
        pub(in crate::tim) enum Field { $($field,)+ }

        impl Field {
            pub(super) const ALL: &'static [(Self, Names)] =
                &[$((Self::$field, [$settings, $info, $web, $java]),)+];
        }
    };
}

fields! {
    Flag = "offline_push_config_flag", "PushFlag", "disablePush", "pushFlag";
    IsDisablePush = "", "", "isDisablePush", "";
    JavaFlag = "", "", "pushFlag", "";
    Title = "offline_push_config_title", "Title", "title", "title";
    Description = "offline_push_config_desc", "Desc", "desc", "description";
    Ext = "offline_push_config_ext", "Ext", "ext", "extension";
    Sound = "", "", "", "soundFilePath";
    IosTitle = "ios_offline_push_config_title", "ApnsInfo.Title", "", "apnsConfig.title";
    IosDescription = "", "", "", "apnsConfig.description";
    IosSound = "ios_offline_push_config_sound", "ApnsInfo.Sound", "iOSSound", "apnsConfig.soundFilePath";
    IosBadge = "ios_offline_push_config_ignore_badge", "ApnsInfo.BadgeMode", "ignoreIOSBadge",
        "apnsConfig.badgeMode";
    IosPushType = "ios_offline_push_config_push_type", "ApnsInfo.IsVoipPush", "iOSPushType",
        "apnsConfig.iOSPushType";
    DisableVoipPush = "", "", "disableVoipPush", "";
    IosImage = "ios_offline_push_config_image", "ApnsInfo.Image", "iOSImage", "apnsConfig.iOSImageUrl";
    IosInterruptionLevel = "ios_offline_push_config_interruption_level", "ApnsInfo.InterruptionLevel",
        "iOSInterruptionLevel", "apnsConfig.interruptionLevel";
    IosBackground = "ios_offline_push_config_enable_background_notification", "ApnsInfo.ContentAvailable",
        "enableIOSBackgroundNotification", "apnsConfig.backgroundNotification";
    IosSubTitle = "", "ApnsInfo.SubTitle", "", "";
    IosMutableContent = "", "ApnsInfo.MutableContent", "", "";
    IosLiveActivity = "", "ApnsInfo.LiveActivity", "", "";
    AndroidTitle = "android_offline_push_config_title", "", "", "androidConfig.title";
    AndroidDescription = "", "", "", "androidConfig.description";
    AndroidSound = "android_offline_push_config_sound", "AndroidInfo.Sound", "androidSound",
        "androidConfig.soundFilePath";
    NotifyMode = "android_offline_push_config_notify_mode", "", "", "androidConfig.notifyMode";
    PushStyle = "", "AndroidInfo.PushStyle", "", "";
    VivoClassification = "android_offline_push_config_vivo_classification", "AndroidInfo.VIVOClassification",
        "androidVIVOClassification", "androidConfig.vivoClassification";
    VivoCategory = "android_offline_push_config_vivo_category", "AndroidInfo.VIVOCategory",
        "androidVIVOCategory", "androidConfig.vivoCategory";
    OppoChannel = "android_offline_push_config_oppo_channel_id", "AndroidInfo.OPPOChannelID",
        "androidOPPOChannelID", "androidConfig.oppoChannelID";
    OppoCategory = "android_offline_push_config_oppo_category", "AndroidInfo.OPPOCategory",
        "androidOPPOCategory", "androidConfig.oppoCategory";
    OppoNotifyLevel = "android_offline_push_config_oppo_notify_level", "AndroidInfo.OPPONotifyLevel",
        "androidOPPONotifyLevel", "androidConfig.oppoNotifyLevel";
    FcmChannel = "android_offline_push_config_fcm_channel_id", "AndroidInfo.GoogleChannelID",
        "androidFCMChannelID", "androidConfig.fcmChannelID";
    FcmImage = "android_offline_push_config_fcm_image", "AndroidInfo.GoogleImage", "androidFCMImage",
        "androidConfig.fcmImageUrl";
    XiaomiChannel = "android_offline_push_config_xiaomi_channel_id", "AndroidInfo.XiaoMiChannelID",
        "androidXiaoMiChannelID", "androidConfig.xiaomiChannelID";
    HuaweiCategory = "android_offline_push_config_huawei_category", "AndroidInfo.HuaWeiCategory",
        "androidHuaWeiCategory", "androidConfig.huaweiCategory";
    HuaweiImage = "android_offline_push_config_huawei_image", "AndroidInfo.HuaWeiImage", "androidHuaWeiImage",
        "androidConfig.huaweiImageUrl";
    HuaweiChannel = "", "AndroidInfo.HuaWeiChannelID", "", "";
    HuaweiImportance = "", "AndroidInfo.HuaWeiImportance", "", "";
    HuaweiIntentParam = "", "AndroidInfo.ExtAsHuaweiIntentParam", "", "";
    HonorImage = "android_offline_push_config_honor_image", "AndroidInfo.HonorImage", "androidHonorImage",
        "androidConfig.honorImageUrl";
    HonorImportance = "android_offline_push_config_honor_importance", "AndroidInfo.HonorImportance",
        "androidHonorImportance", "androidConfig.honorImportance";
    MeizuNotifyType = "android_offline_push_config_meizu_notify_type", "AndroidInfo.MeiZuNoticeMsgType",
        "androidMeizuNotifyType", "androidConfig.meizuNotifyType";
    HarmonyTitle = "harmony_offline_push_config_title", "HarmonyInfo.Title", "", "harmonyConfig.title";
    HarmonyDescription = "", "", "", "harmonyConfig.description";
    HarmonyImage = "harmony_offline_push_config_image", "HarmonyInfo.Image", "harmonyImage",
        "harmonyConfig.imageUrl";
    HarmonyCategory = "harmony_offline_push_config_category", "HarmonyInfo.Category", "harmonyCategory",
        "harmonyConfig.category";
    HarmonyBadge = "harmony_offline_push_config_ignore_badge", "", "ignoreHarmonyBadge",
        "harmonyConfig.badgeMode";
    HarmonySound = "", "HarmonyInfo.Sound", "", "";
    HarmonySoundDuration = "", "HarmonyInfo.SoundDuration", "", "";
    CapitalAndroidSound = "", "", "AndroidSound", "";
    CapitalOppoChannel = "", "", "AndroidOPPOChannelID", "";
    CapitalOppoCategory = "", "", "AndroidOPPOCategory", "";
    CapitalOppoNotifyLevel = "", "", "AndroidOPPONotifyLevel", "";
    CapitalVivoCategory = "", "", "AndroidVIVOCategory", "";
    CapitalVivoClassification = "", "", "AndroidVIVOClassification", "";
    CapitalFcmChannel = "", "", "AndroidFCMChannelID", "";
    CapitalFcmImage = "", "", "AndroidFCMImage", "";
    CapitalXiaomiChannel = "", "", "AndroidXiaoMiChannelID", "";
    CapitalHuaweiCategory = "", "", "AndroidHuaWeiCategory", "";
    CapitalHuaweiImage = "", "", "AndroidHuaWeiImage", "";
    CapitalHonorImage = "", "", "AndroidHonorImage", "";
    CapitalHonorImportance = "", "", "AndroidHonorImportance", "";
    CapitalMeizuNotifyType = "", "", "AndroidMeizuNotifyType", "";
    CapitalHarmonyImage = "", "", "HarmonyImage", "";
    CapitalHarmonyCategory = "", "", "HarmonyCategory", "";
    FcmPriority = "fcmPriority", "AndroidInfo.GooglePriority", "fcmPriority", "fcmPriority";
    VivoNotifyType = "vivoNotifyType", "AndroidInfo.VIVONotifyType", "vivoNotifyType", "vivoNotifyType";
    OppoTemplateId = "oppoTemplateId", "AndroidInfo.OPPOPrivateMsgTemplateId", "oppoTemplateId",
        "oppoTemplateId";
    OppoTitleParam = "oppoTitleParam", "AndroidInfo.OPPOPrivateTitleParameters", "oppoTitleParam",
        "oppoTitleParam";
    OppoContentParam = "oppoContentParam", "AndroidInfo.OPPOPrivateContentParameters", "oppoContentParam",
        "oppoContentParam";
    VendorParams = "offline_push_config_vendor_params", "", "vendorParams", "vendorParams";
    Languages = "", "MultiLanguageContent", "", "";
    TemplateId = "", "PushTemplateId", "", "";
    TemplateParam = "", "PushTemplateParam", "", "";
    BadgeAdd = "", "BadgeAddNum", "", "";
    BadgeSet = "", "BadgeSetNum", "", "";
}

const _: () = assert!(Field::ALL.len() <= u128::BITS as usize, "one bit a field");

impl Field {
    /// The web form's name with a small letter, for a name with a capital letter.
    pub(in crate::tim) fn small_letter(capital: &str) -> Option<&'static str> {
        let mut names = Self::ALL.iter().map(|(_, [_, _, web, _])| *web);
        names.find(|name| *name != capital && name.eq_ignore_ascii_case(capital))
    }

    /// The wire name in the settings.
    pub(super) fn of_settings(self) -> &'static str {
        Self::ALL.get(self as usize).map_or("", |(_, [settings, ..])| settings)
    }
}

/// The fields of the source that a conversion dropped, because the target has no place for their values.
///
/// It lists wire names, never values. A member of `AndroidInfo`, `ApnsInfo` or `HarmonyInfo`, and of the Java object's `androidConfig`,
/// `apnsConfig` or `harmonyConfig`, has the name of its object as a prefix (`ApnsInfo.Title`). The names of the settings and those of the
/// vendor parameters are unique without a prefix. Members that this crate does not know are not listed: decoding already ignored them.
/// Those that may say not to push appear as one line, if [`Converted::with_source`](super::Converted::with_source) found some:
/// [`UNKNOWN_SWITCH`](Self::UNKNOWN_SWITCH). Members of another form appear as one line, too: [`other_form`](Self::other_form).
///
/// `Display` shows the names, separated by commas, or `nothing dropped`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Dropped {
    fields: u128,
    form: Form,
    unknown_switch: bool,
    other_form: Option<Form>,
}

impl Dropped {
    /// Stands for members of the source that this crate does not know, and whose names contain `disable` or `push`.
    pub const UNKNOWN_SWITCH: &'static str = "unknown member about push";

    /// The empty set.
    pub(in crate::tim) const fn nothing(form: Form) -> Self {
        Self { fields: 0, form, unknown_switch: false, other_form: None }
    }

    /// The form of the source.
    pub(super) const fn form(&self) -> Form {
        self.form
    }

    pub(super) const fn add_unknown_switch(&mut self) {
        self.unknown_switch = true;
    }

    pub(super) const fn set_other_form(&mut self, form: Option<Form>) {
        self.other_form = form;
    }

    /// The form that the source probably has, if [`Converted::with_source`](super::Converted::with_source) found members of
    /// this form that the source's type does not have. Decode the text as this form.
    ///
    /// It is one line of [`iter`](Self::iter): `members of tim.java`.
    #[must_use]
    pub const fn other_form(&self) -> Option<Form> {
        self.other_form
    }

    pub(in crate::tim) fn add(&mut self, field: Field) {
        // At most 128 fields: asserted above.
        self.fields |= 1u128.wrapping_shl(field as u32);
    }

    pub(in crate::tim) fn add_if(&mut self, dropped: bool, field: Field) {
        if dropped {
            self.add(field);
        }
    }

    /// The union with the fields that a second conversion dropped, under the names of the first one's source.
    pub(super) const fn and(self, then: Self) -> Self {
        let unknown_switch = self.unknown_switch || then.unknown_switch;
        let other_form = if self.other_form.is_some() { self.other_form } else { then.other_form };
        Self { fields: self.fields | then.fields, form: self.form, unknown_switch, other_form }
    }

    /// True if no field was dropped.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.fields == 0 && !self.unknown_switch && self.other_form.is_none()
    }

    /// Number of dropped fields.
    #[must_use]
    pub const fn len(&self) -> usize {
        let lines = self.unknown_switch as usize + self.other_form.is_some() as usize;
        self.fields.count_ones() as usize + lines
    }

    /// True if the field with this wire name was dropped.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.iter().any(|dropped| dropped == name)
    }

    /// The wire names of the dropped fields.
    #[must_use]
    pub fn iter(&self) -> DroppedIter {
        DroppedIter { dropped: *self, rest: Field::ALL.iter() }
    }
}

impl IntoIterator for Dropped {
    type Item = &'static str;
    type IntoIter = DroppedIter;

    fn into_iter(self) -> DroppedIter {
        self.iter()
    }
}

impl IntoIterator for &Dropped {
    type Item = &'static str;
    type IntoIter = DroppedIter;

    fn into_iter(self) -> DroppedIter {
        self.iter()
    }
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing dropped");
        }
        let mut separator = "";
        for name in self.iter() {
            write!(f, "{separator}{name}")?;
            separator = ", ";
        }
        Ok(())
    }
}

/// Iterator over the wire names in a [`Dropped`].
#[derive(Clone)]
pub struct DroppedIter {
    dropped: Dropped,
    rest: core::slice::Iter<'static, (Field, Names)>,
}

impl Iterator for DroppedIter {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        loop {
            let Some((field, [settings, info, web, java])) = self.rest.next() else {
                if core::mem::take(&mut self.dropped.unknown_switch) {
                    return Some(Dropped::UNKNOWN_SWITCH);
                }
                return self.dropped.other_form.take().map(Form::members);
            };
            if self.dropped.fields & 1u128.wrapping_shl(*field as u32) != 0 {
                return Some(match self.dropped.form {
                    Form::Settings | Form::MessagePush => settings,
                    Form::Info => info,
                    Form::Web => web,
                    Form::Java | Form::JavaWrapper => java,
                });
            }
        }
    }
}

impl core::iter::FusedIterator for DroppedIter {}

/// Shows the names that are still to come.
impl fmt::Debug for DroppedIter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
