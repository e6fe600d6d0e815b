//! Which field is which in the three forms, and the set of those that did not come along.

use core::fmt;

/// Whose names a field is called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(in crate::tim) enum Form {
    Settings,
    Info,
    Web,
}

/// Names in the settings, the info and the web form; empty where there is no such field.
type Names = [&'static str; 3];

/// What a sender can say, each with its names.
macro_rules! fields {
    ($($field:ident = $settings:literal, $info:literal, $web:literal;)+) => {
        /// Something that a sender can say.
        #[derive(Clone, Copy)]
        pub(in crate::tim) enum Field { $($field,)+ }

        impl Field {
            pub(super) const ALL: &'static [(Self, Names)] =
                &[$((Self::$field, [$settings, $info, $web]),)+];
        }
    };
}

fields! {
    Flag = "offline_push_config_flag", "PushFlag", "disablePush";
    Title = "offline_push_config_title", "Title", "title";
    Description = "offline_push_config_desc", "Desc", "desc";
    Ext = "offline_push_config_ext", "Ext", "ext";
    IosTitle = "ios_offline_push_config_title", "ApnsInfo.Title", "";
    IosSound = "ios_offline_push_config_sound", "ApnsInfo.Sound", "iOSSound";
    IosBadge = "ios_offline_push_config_ignore_badge", "ApnsInfo.BadgeMode", "ignoreIOSBadge";
    IosPushType = "ios_offline_push_config_push_type", "ApnsInfo.IsVoipPush", "iOSPushType";
    DisableVoipPush = "", "", "disableVoipPush";
    IosImage = "ios_offline_push_config_image", "ApnsInfo.Image", "iOSImage";
    IosInterruptionLevel = "ios_offline_push_config_interruption_level", "ApnsInfo.InterruptionLevel",
        "iOSInterruptionLevel";
    IosBackground = "ios_offline_push_config_enable_background_notification", "ApnsInfo.ContentAvailable",
        "enableIOSBackgroundNotification";
    IosSubTitle = "", "ApnsInfo.SubTitle", "";
    IosMutableContent = "", "ApnsInfo.MutableContent", "";
    IosLiveActivity = "", "ApnsInfo.LiveActivity", "";
    AndroidTitle = "android_offline_push_config_title", "", "";
    AndroidSound = "android_offline_push_config_sound", "AndroidInfo.Sound", "androidSound";
    NotifyMode = "android_offline_push_config_notify_mode", "", "";
    PushStyle = "", "AndroidInfo.PushStyle", "";
    VivoClassification = "android_offline_push_config_vivo_classification", "AndroidInfo.VIVOClassification",
        "androidVIVOClassification";
    VivoCategory = "android_offline_push_config_vivo_category", "AndroidInfo.VIVOCategory",
        "androidVIVOCategory";
    OppoChannel = "android_offline_push_config_oppo_channel_id", "AndroidInfo.OPPOChannelID",
        "androidOPPOChannelID";
    OppoCategory = "android_offline_push_config_oppo_category", "AndroidInfo.OPPOCategory",
        "androidOPPOCategory";
    OppoNotifyLevel = "android_offline_push_config_oppo_notify_level", "AndroidInfo.OPPONotifyLevel",
        "androidOPPONotifyLevel";
    FcmChannel = "android_offline_push_config_fcm_channel_id", "AndroidInfo.GoogleChannelID",
        "androidFCMChannelID";
    FcmImage = "android_offline_push_config_fcm_image", "AndroidInfo.GoogleImage", "androidFCMImage";
    XiaomiChannel = "android_offline_push_config_xiaomi_channel_id", "AndroidInfo.XiaoMiChannelID",
        "androidXiaoMiChannelID";
    HuaweiCategory = "android_offline_push_config_huawei_category", "AndroidInfo.HuaWeiCategory",
        "androidHuaWeiCategory";
    HuaweiImage = "android_offline_push_config_huawei_image", "AndroidInfo.HuaWeiImage", "androidHuaWeiImage";
    HuaweiChannel = "", "AndroidInfo.HuaWeiChannelID", "";
    HuaweiImportance = "", "AndroidInfo.HuaWeiImportance", "";
    HuaweiIntentParam = "", "AndroidInfo.ExtAsHuaweiIntentParam", "";
    HonorImage = "android_offline_push_config_honor_image", "AndroidInfo.HonorImage", "androidHonorImage";
    HonorImportance = "android_offline_push_config_honor_importance", "AndroidInfo.HonorImportance",
        "androidHonorImportance";
    MeizuNotifyType = "android_offline_push_config_meizu_notify_type", "AndroidInfo.MeiZuNoticeMsgType", "";
    HarmonyTitle = "harmony_offline_push_config_title", "HarmonyInfo.Title", "";
    HarmonyImage = "harmony_offline_push_config_image", "HarmonyInfo.Image", "harmonyImage";
    HarmonyCategory = "harmony_offline_push_config_category", "HarmonyInfo.Category", "harmonyCategory";
    HarmonyBadge = "harmony_offline_push_config_ignore_badge", "", "ignoreHarmonyBadge";
    HarmonySound = "", "HarmonyInfo.Sound", "";
    HarmonySoundDuration = "", "HarmonyInfo.SoundDuration", "";
    FcmPriority = "fcmPriority", "AndroidInfo.GooglePriority", "fcmPriority";
    VivoNotifyType = "vivoNotifyType", "AndroidInfo.VIVONotifyType", "vivoNotifyType";
    OppoTemplateId = "oppoTemplateId", "AndroidInfo.OPPOPrivateMsgTemplateId", "oppoTemplateId";
    OppoTitleParam = "oppoTitleParam", "AndroidInfo.OPPOPrivateTitleParameters", "oppoTitleParam";
    OppoContentParam = "oppoContentParam", "AndroidInfo.OPPOPrivateContentParameters", "oppoContentParam";
    VendorParams = "offline_push_config_vendor_params", "", "vendorParams";
    Languages = "", "MultiLanguageContent", "";
    TemplateId = "", "PushTemplateId", "";
    TemplateParam = "", "PushTemplateParam", "";
    BadgeAdd = "", "BadgeAddNum", "";
    BadgeSet = "", "BadgeSetNum", "";
}

const _: () = assert!(Field::ALL.len() <= u64::BITS as usize, "one bit a field");

/// The fields of the source that said something and could not be carried over, by their wire names. A member of
/// `AndroidInfo`, `ApnsInfo` and `HarmonyInfo` has the name of its object in front (`ApnsInfo.Title`); the names of the
/// settings, and those within the vendor parameters, are unmistakable by themselves. Shown as a list.
///
/// Only the codec's own names are in it, never what the fields held. A member that this crate does not know was passed over
/// when the source was decoded, and is not in it either. Shown as `nothing lost` if nothing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Lost {
    fields: u64,
    form: Form,
}

impl Field {
    /// The name in the settings.
    pub(super) fn of_settings(self) -> &'static str {
        Self::ALL.get(self as usize).map_or("", |(_, [settings, ..])| settings)
    }
}

impl Lost {
    /// The empty set.
    pub(in crate::tim) const fn nothing(form: Form) -> Self {
        Self { fields: 0, form }
    }

    pub(in crate::tim) fn add(&mut self, field: Field) {
        // At most 64 fields, see above.
        self.fields |= 1u64.wrapping_shl(field as u32);
    }

    pub(in crate::tim) fn add_if(&mut self, lost: bool, field: Field) {
        if lost {
            self.add(field);
        }
    }

    /// The same and what else was lost on a second way, by the names of the first one's source.
    pub(super) const fn and(self, then: Self) -> Self {
        Self { fields: self.fields | then.fields, form: self.form }
    }

    /// True if everything came along.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.fields == 0
    }

    /// How many fields did not.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.fields.count_ones() as usize
    }

    /// True if the field of that name is in it.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.iter().any(|lost| lost == name)
    }

    /// The names.
    #[must_use]
    pub fn iter(&self) -> LostIter {
        LostIter { lost: *self, rest: Field::ALL.iter() }
    }
}

impl IntoIterator for Lost {
    type Item = &'static str;
    type IntoIter = LostIter;

    fn into_iter(self) -> LostIter {
        self.iter()
    }
}

impl IntoIterator for &Lost {
    type Item = &'static str;
    type IntoIter = LostIter;

    fn into_iter(self) -> LostIter {
        self.iter()
    }
}

/// The names in a [`Lost`].
#[derive(Clone)]
pub struct LostIter {
    lost: Lost,
    rest: core::slice::Iter<'static, (Field, Names)>,
}

impl Iterator for LostIter {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        loop {
            let (field, [settings, info, web]) = self.rest.next()?;
            if self.lost.fields & 1u64.wrapping_shl(*field as u32) != 0 {
                return Some(match self.lost.form {
                    Form::Settings => settings,
                    Form::Info => info,
                    Form::Web => web,
                });
            }
        }
    }
}

impl core::iter::FusedIterator for LostIter {}

/// `nothing lost`, or the names with commas between.
impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing lost");
        }
        let mut separator = "";
        for name in self.iter() {
            write!(f, "{separator}{name}")?;
            separator = ", ";
        }
        Ok(())
    }
}
