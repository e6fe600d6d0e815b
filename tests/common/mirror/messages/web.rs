//! How a message is pushed, in the web form.

use offline_push::tim;

use super::mirror;
use crate::common::mirror::{Int, Mirror, Unknown};

mirror! {
    WebPushInfo of tim::WebPushInfo<'_> {
        must {}
        may {
            title: String = "title",
            desc: String = "desc",
            ext: String = "ext",
            vendor_params: String = "vendorParams",
            disable_push: bool = "disablePush",
            ios_sound: String = "iOSSound",
            ignore_ios_badge: bool = "ignoreIOSBadge",
            ios_image: String = "iOSImage",
            ios_push_type: Int<i32> = "iOSPushType",
            ios_interruption_level: String = "iOSInterruptionLevel",
            enable_ios_background_notification: bool = "enableIOSBackgroundNotification",
            android_sound: String = "androidSound",
            android_oppo_channel_id: String = "androidOPPOChannelID",
            android_oppo_category: String = "androidOPPOCategory",
            android_oppo_notify_level: Int<i32> = "androidOPPONotifyLevel",
            android_vivo_category: String = "androidVIVOCategory",
            android_vivo_classification: Int<i32> = "androidVIVOClassification",
            android_fcm_channel_id: String = "androidFCMChannelID",
            android_fcm_image: String = "androidFCMImage",
            android_xiaomi_channel_id: String = "androidXiaoMiChannelID",
            android_huawei_category: String = "androidHuaWeiCategory",
            android_huawei_image: String = "androidHuaWeiImage",
            android_honor_image: String = "androidHonorImage",
            android_honor_importance: String = "androidHonorImportance",
            harmony_image: String = "harmonyImage",
            harmony_category: String = "harmonyCategory",
            ignore_harmony_badge: bool = "ignoreHarmonyBadge",
            description: String = "description",
            extension: String = "extension",
            disable_voip_push: bool = "disableVoipPush",
            android_info: WebAndroidInfo = "androidInfo",
            apns_info: WebApnsInfo = "apnsInfo",
        }
    }

    WebAndroidInfo of tim::WebAndroidInfo<'_> {
        must {}
        may {
            sound: String = "sound",
            xiaomi_channel_id: String = "XiaoMiChannelID",
            oppo_channel_id: String = "OPPOChannelID",
            fcm_channel_id: String = "FCMChannelID",
            vivo_classification: Int<i32> = "VIVOClassification",
            vivo_category: String = "VIVOCategory",
            huawei_category: String = "HuaWeiCategory",
            huawei_image: String = "HuaWeiImage",
            honor_image: String = "HonorImage",
            google_image: String = "GoogleImage",
        }
    }

    WebApnsInfo of tim::WebApnsInfo<'_> {
        must {}
        may {
            sound: String = "sound",
            ignore_ios_badge: bool = "ignoreIOSBadge",
            disable_voip_push: bool = "disableVoipPush",
            image: String = "image",
        }
    }
}
