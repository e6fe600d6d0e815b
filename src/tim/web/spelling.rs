//! Converts between Flutter's spelling and the others.

use super::{WebAndroidInfo, WebApnsInfo, WebPushInfo};
use crate::ext::Ext;
use crate::tim::Form;
use crate::tim::convert::{Dropped, Field};
use crate::tim::settings::{IosPushType, MeizuNotifyType, OppoNotifyLevel};
use crate::vivo::Classification;

/// A value that counts as absent if it is empty.
trait Value: Copy + PartialEq {
    fn is_set(&self) -> bool {
        true
    }
}

impl Value for &str {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl Value for Ext<'_> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl Value for bool {}
impl Value for Classification {}
impl Value for IosPushType {}
impl Value for OppoNotifyLevel {}
impl Value for MeizuNotifyType {}

/// The web SDK's value, or Flutter's if the web SDK's is not set.
fn either<T: Value>(web_sdk: Option<T>, flutter: Option<T>) -> Option<T> {
    web_sdk.filter(T::is_set).or(flutter)
}

/// The value under the name with a small letter, or that under the name with a capital letter if the first is not set.
fn small<T: Value>(small: Option<T>, capital: Option<T>) -> Option<T> {
    small.filter(T::is_set).or(capital).or(small)
}

/// True if a value is not the one that was taken.
fn differs<T: Value>(own: Option<T>, taken: Option<T>) -> bool {
    own.is_some_and(|own| own.is_set() && Some(own) != taken)
}

/// Calls a macro with each field that has a second name with a capital letter: the field, the one with the capital letter, and the
/// latter's row in the table of conversions.
macro_rules! with_capitals {
    ($macro:ident, $($argument:ident),+) => {
        $macro! {
            $($argument),+;
            android_sound capital_android_sound CapitalAndroidSound,
            android_oppo_channel_id capital_android_oppo_channel_id CapitalOppoChannel,
            android_oppo_category capital_android_oppo_category CapitalOppoCategory,
            android_oppo_notify_level capital_android_oppo_notify_level CapitalOppoNotifyLevel,
            android_vivo_category capital_android_vivo_category CapitalVivoCategory,
            android_vivo_classification capital_android_vivo_classification CapitalVivoClassification,
            android_fcm_channel_id capital_android_fcm_channel_id CapitalFcmChannel,
            android_fcm_image capital_android_fcm_image CapitalFcmImage,
            android_xiaomi_channel_id capital_android_xiaomi_channel_id CapitalXiaomiChannel,
            android_huawei_category capital_android_huawei_category CapitalHuaweiCategory,
            android_huawei_image capital_android_huawei_image CapitalHuaweiImage,
            android_honor_image capital_android_honor_image CapitalHonorImage,
            android_honor_importance capital_android_honor_importance CapitalHonorImportance,
            android_meizu_notify_type capital_android_meizu_notify_type CapitalMeizuNotifyType,
            harmony_image capital_harmony_image CapitalHarmonyImage,
            harmony_category capital_harmony_category CapitalHarmonyCategory,
        }
    };
}

/// The same push without names with a capital letter.
macro_rules! small_letters {
    ($info:ident; $($field:ident $capital:ident $row:ident,)+) => {
        WebPushInfo {
            $($field: small($info.$field, $info.$capital), $capital: None,)+
            ..$info.clone()
        }
    };
}

/// Adds the names with a capital letter whose values are not used.
macro_rules! add_overridden_capitals {
    ($info:ident, $flat:ident, $dropped:ident; $($field:ident $capital:ident $row:ident,)+) => {
        $($dropped.add_if(differs($info.$capital, $flat.$field), Field::$row);)+
    };
}

impl<'a> WebPushInfo<'a> {
    /// The same push in Flutter's spelling: the text is in `desc`, the ext in `ext`, a call in `iOSPushType`, and whether to push
    /// in `disablePush`. The names have a small letter, and there is no `androidInfo` and no `apnsInfo`. If several spellings have
    /// a value, the result has the web SDK's value, and "do not push" has precedence. A `pushFlag` other than 0 and 1 is dropped.
    #[must_use]
    pub fn flat(&self) -> Self {
        let own = with_capitals!(small_letters, self);
        let android = own.android_info.as_ref().unwrap_or(&WebAndroidInfo::EMPTY);
        let apns = self.apns_info.as_ref().unwrap_or(&WebApnsInfo::EMPTY);
        let disable_voip_push = either(apns.disable_voip_push, self.disable_voip_push);
        let push_type =
            disable_voip_push.map(|disable| if disable { IosPushType::APNS } else { IosPushType::VOIP });
        Self {
            desc: either(self.description, self.desc),
            ext: either(self.extension, self.ext),
            ios_sound: either(apns.sound, self.ios_sound),
            ignore_ios_badge: either(apns.ignore_ios_badge, self.ignore_ios_badge),
            ios_image: either(apns.image, self.ios_image),
            ios_push_type: either(push_type, self.ios_push_type),
            android_sound: either(android.sound, own.android_sound),
            android_oppo_channel_id: either(android.oppo_channel_id, own.android_oppo_channel_id),
            android_vivo_category: either(android.vivo_category, own.android_vivo_category),
            android_vivo_classification: either(android.vivo_classification, own.android_vivo_classification),
            android_fcm_channel_id: either(android.fcm_channel_id, own.android_fcm_channel_id),
            android_fcm_image: either(android.google_image, own.android_fcm_image),
            android_xiaomi_channel_id: either(android.xiaomi_channel_id, own.android_xiaomi_channel_id),
            android_huawei_category: either(android.huawei_category, own.android_huawei_category),
            android_huawei_image: either(android.huawei_image, own.android_huawei_image),
            android_honor_image: either(android.honor_image, own.android_honor_image),
            description: None,
            extension: None,
            disable_voip_push: None,
            android_info: None,
            apns_info: None,
            disable_push: self.switch(),
            is_disable_push: None,
            push_flag: None,
            ..own.clone()
        }
    }

    /// The same push in the web SDK's spelling. What the web SDK's page does not list stays in Flutter's spelling, and so does
    /// an `iOSPushType` other than 0 and 1. If both spellings have a value, the result has the web SDK's value.
    ///
    /// ```
    /// use offline_push::json;
    /// use offline_push::tim::{IosPushType, WebPushInfo};
    ///
    /// let info = WebPushInfo::new()
    ///     .desc("Hi")
    ///     .ios_push_type(IosPushType::VOIP)
    ///     .android_oppo_category("IM");
    /// let mut buffer = [0; 128];
    /// assert_eq!(
    ///     json::to_str(&info.nested(), &mut buffer)?,
    ///     "{\"androidOPPOCategory\":\"IM\",\"description\":\"Hi\",\
    ///      \"disableVoipPush\":false}",
    /// );
    /// # Ok::<(), json::EncodeError>(())
    /// ```
    #[must_use]
    pub fn nested(&self) -> Self {
        let flat = self.flat();
        let android = WebAndroidInfo {
            sound: flat.android_sound,
            xiaomi_channel_id: flat.android_xiaomi_channel_id,
            oppo_channel_id: flat.android_oppo_channel_id,
            fcm_channel_id: flat.android_fcm_channel_id,
            vivo_classification: flat.android_vivo_classification,
            vivo_category: flat.android_vivo_category,
            huawei_category: flat.android_huawei_category,
            huawei_image: flat.android_huawei_image,
            honor_image: flat.android_honor_image,
            google_image: flat.android_fcm_image,
        };
        let apns = WebApnsInfo {
            sound: flat.ios_sound,
            ignore_ios_badge: flat.ignore_ios_badge,
            disable_voip_push: None,
            image: flat.ios_image,
        };
        let disable_voip_push = match flat.ios_push_type {
            Some(IosPushType::APNS) => Some(true),
            Some(IosPushType::VOIP) => Some(false),
            _ => None,
        };
        Self {
            title: flat.title,
            vendor_params: flat.vendor_params,
            disable_push: flat.disable_push,
            ios_push_type: flat.ios_push_type.filter(|_| disable_voip_push.is_none()),
            ios_interruption_level: flat.ios_interruption_level,
            enable_ios_background_notification: flat.enable_ios_background_notification,
            android_oppo_category: flat.android_oppo_category,
            android_oppo_notify_level: flat.android_oppo_notify_level,
            android_honor_importance: flat.android_honor_importance,
            android_meizu_notify_type: flat.android_meizu_notify_type,
            harmony_image: flat.harmony_image,
            harmony_category: flat.harmony_category,
            ignore_harmony_badge: flat.ignore_harmony_badge,
            description: flat.desc,
            extension: flat.ext,
            disable_voip_push,
            android_info: (android != WebAndroidInfo::EMPTY).then_some(android),
            apns_info: (apns != WebApnsInfo::EMPTY).then_some(apns),
            ..Self::EMPTY
        }
    }

    /// The fields with another value in a spelling that has precedence.
    pub(in crate::tim) fn overridden(&self) -> Dropped {
        let flat = self.flat();
        let nested = self.apns_info.as_ref().and_then(|apns| apns.disable_voip_push);
        let voip = differs(self.disable_voip_push, either(nested, self.disable_voip_push));
        let mut dropped = Dropped::nothing(Form::Web);
        for (field, differs) in [
            (Field::Description, differs(self.desc, flat.desc)),
            (Field::Ext, differs(self.ext, flat.ext)),
            (Field::IosSound, differs(self.ios_sound, flat.ios_sound)),
            (Field::IosBadge, differs(self.ignore_ios_badge, flat.ignore_ios_badge)),
            (Field::IosPushType, differs(self.ios_push_type, flat.ios_push_type)),
            (Field::DisableVoipPush, voip),
            (Field::IosImage, differs(self.ios_image, flat.ios_image)),
            (Field::AndroidSound, differs(self.android_sound, flat.android_sound)),
            (
                Field::VivoClassification,
                differs(self.android_vivo_classification, flat.android_vivo_classification),
            ),
            (Field::VivoCategory, differs(self.android_vivo_category, flat.android_vivo_category)),
            (Field::OppoChannel, differs(self.android_oppo_channel_id, flat.android_oppo_channel_id)),
            (Field::FcmChannel, differs(self.android_fcm_channel_id, flat.android_fcm_channel_id)),
            (Field::FcmImage, differs(self.android_fcm_image, flat.android_fcm_image)),
            (Field::XiaomiChannel, differs(self.android_xiaomi_channel_id, flat.android_xiaomi_channel_id)),
            (Field::HuaweiCategory, differs(self.android_huawei_category, flat.android_huawei_category)),
            (Field::HuaweiImage, differs(self.android_huawei_image, flat.android_huawei_image)),
            (Field::HonorImage, differs(self.android_honor_image, flat.android_honor_image)),
        ] {
            dropped.add_if(differs, field);
        }
        with_capitals!(add_overridden_capitals, self, flat, dropped);
        self.add_overridden_switches(&flat, &mut dropped);
        dropped
    }
}
