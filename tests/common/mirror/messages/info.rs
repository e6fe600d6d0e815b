//! How a message is pushed, in the REST API.

use offline_push::tim;
use serde_json::Value;

use super::mirror;
use crate::common::mirror::{Id, Int, Mirror, Unknown};

mirror! {
    OfflinePushInfo of tim::OfflinePushInfo<'_> {
        must {}
        may {
            push_flag: Int<i32> = "PushFlag",
            title: String = "Title",
            desc: String = "Desc",
            multi_language_content: Vec<LanguageContent> = "MultiLanguageContent",
            push_template_id: String = "PushTemplateId",
            push_template_param: Value = "PushTemplateParam",
            ext: String = "Ext",
            android_info: AndroidInfo = "AndroidInfo",
            apns_info: ApnsInfo = "ApnsInfo",
            harmony_info: HarmonyInfo = "HarmonyInfo",
            badge_add_num: Int<u32> = "BadgeAddNum",
            badge_set_num: Int<u32> = "BadgeSetNum",
        }
    }

    LanguageContent of tim::LanguageContent<'_> {
        must {}
        may {
            language: String = "Language",
            title: String = "Title",
            desc: String = "Desc",
        }
    }

    AndroidInfo of tim::AndroidInfo<'_> {
        must {}
        may {
            sound: String = "Sound",
            push_style: Int<i32> = "PushStyle",
            huawei_channel_id: String = "HuaWeiChannelID",
            xiaomi_channel_id: String = "XiaoMiChannelID",
            oppo_channel_id: String = "OPPOChannelID",
            google_channel_id: String = "GoogleChannelID",
            oppo_category: String = "OPPOCategory",
            vivo_classification: Int<i32> = "VIVOClassification",
            vivo_category: String = "VIVOCategory",
            vivo_notify_type: Id = "VIVONotifyType",
            huawei_category: String = "HuaWeiCategory",
            huawei_importance: String = "HuaWeiImportance",
            huawei_image: String = "HuaWeiImage",
            ext_as_huawei_intent_param: Int<i32> = "ExtAsHuaweiIntentParam",
            honor_importance: String = "HonorImportance",
            honor_image: String = "HonorImage",
            meizu_notice_msg_type: Int<i32> = "MeiZuNoticeMsgType",
            oppo_private_msg_template_id: String = "OPPOPrivateMsgTemplateId",
            oppo_private_title_parameters: Value = "OPPOPrivateTitleParameters",
            oppo_private_content_parameters: Value = "OPPOPrivateContentParameters",
            oppo_notify_level: Int<i32> = "OPPONotifyLevel",
            google_image: String = "GoogleImage",
            google_priority: String = "GooglePriority",
        }
    }

    ApnsInfo of tim::ApnsInfo<'_> {
        must {}
        may {
            sound: String = "Sound",
            badge_mode: Int<i32> = "BadgeMode",
            title: String = "Title",
            sub_title: String = "SubTitle",
            image: String = "Image",
            mutable_content: Int<i32> = "MutableContent",
            interruption_level: String = "InterruptionLevel",
            content_available: Int<i32> = "ContentAvailable",
            is_voip_push: Int<i32> = "IsVoipPush",
            live_activity: LiveActivity = "LiveActivity",
        }
    }

    LiveActivity of tim::LiveActivity<'_> {
        must {
            la_id: String = "LaId",
            event: String = "Event",
            content_state: Value = "ContentState",
        }
        may {
            dismissal_date: Int<u64> = "DismissalDate",
        }
    }

    HarmonyInfo of tim::HarmonyInfo<'_> {
        must {}
        may {
            title: String = "Title",
            category: String = "Category",
            image: String = "Image",
            sound: String = "Sound",
            sound_duration: Int<u32> = "SoundDuration",
        }
    }
}
