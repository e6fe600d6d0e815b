//! What apps and the IM SDK say to one another.

use offline_push::tim;
use serde_json::Value;

use super::mirror;
use crate::common::mirror::{Flag, Int, Mirror, Unknown};

mirror! {
    Token of tim::OfflinePushToken<'_> {
        must {
            token: String = "offline_push_token_token",
            business_id: Int<u32> = "offline_push_token_business_id",
        }
        may {
            is_tpns_token: bool = "offline_push_token_is_tpns_token",
            token_type: Int<i32> = "offline_push_token_type",
        }
    }

    Settings of tim::OfflinePushSettings<'_> {
        must {}
        may {
            title: String = "offline_push_config_title",
            description: String = "offline_push_config_desc",
            ext: String = "offline_push_config_ext",
            vendor_params: String = "offline_push_config_vendor_params",
            flag: Int<i32> = "offline_push_config_flag",
            ios: IosSettings = "offline_push_config_ios_config",
            android: AndroidSettings = "offline_push_config_android_config",
            harmony: HarmonySettings = "offline_push_config_harmony_config",
        }
    }

    IosSettings of tim::IosPushSettings<'_> {
        must {}
        may {
            title: String = "ios_offline_push_config_title",
            sound: String = "ios_offline_push_config_sound",
            ignore_badge: Flag = "ios_offline_push_config_ignore_badge",
            push_type: Int<i32> = "ios_offline_push_config_push_type",
            image: String = "ios_offline_push_config_image",
            interruption_level: String = "ios_offline_push_config_interruption_level",
            enable_background_notification: bool = "ios_offline_push_config_enable_background_notification",
        }
    }

    AndroidSettings of tim::AndroidPushSettings<'_> {
        must {}
        may {
            title: String = "android_offline_push_config_title",
            sound: String = "android_offline_push_config_sound",
            notify_mode: Int<i32> = "android_offline_push_config_notify_mode",
            vivo_classification: Int<i32> = "android_offline_push_config_vivo_classification",
            vivo_category: String = "android_offline_push_config_vivo_category",
            oppo_channel_id: String = "android_offline_push_config_oppo_channel_id",
            oppo_category: String = "android_offline_push_config_oppo_category",
            oppo_notify_level: Int<i32> = "android_offline_push_config_oppo_notify_level",
            fcm_channel_id: String = "android_offline_push_config_fcm_channel_id",
            fcm_image: String = "android_offline_push_config_fcm_image",
            xiaomi_channel_id: String = "android_offline_push_config_xiaomi_channel_id",
            huawei_category: String = "android_offline_push_config_huawei_category",
            huawei_image: String = "android_offline_push_config_huawei_image",
            honor_image: String = "android_offline_push_config_honor_image",
            honor_importance: String = "android_offline_push_config_honor_importance",
            meizu_notify_type: Int<i32> = "android_offline_push_config_meizu_notify_type",
        }
    }

    HarmonySettings of tim::HarmonyPushSettings<'_> {
        must {}
        may {
            title: String = "harmony_offline_push_config_title",
            image: String = "harmony_offline_push_config_image",
            category: String = "harmony_offline_push_config_category",
            ignore_badge: Flag = "harmony_offline_push_config_ignore_badge",
        }
    }

    VendorParams of tim::VendorParams<'_> {
        must {}
        may {
            fcm_priority: String = "fcmPriority",
            vivo_notify_type: Int<i32> = "vivoNotifyType",
            oppo_template_id: String = "oppoTemplateId",
            oppo_title_param: Value = "oppoTitleParam",
            oppo_content_param: Value = "oppoContentParam",
        }
    }
}
