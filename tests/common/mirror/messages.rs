//! The mirrors of the messages, with their wire names.

use offline_push::{ext, tim, vivo};
use serde_json::Value;

use super::{Flag, Id, Int, Mirror, Pairs, Unknown};

/// Declares the mirror of a message: the fields it must have, and those it may have.
macro_rules! mirror {
    ($(
        $name:ident of $original:ty {
            must { $($field:ident: $type:ty = $wire:literal,)* }
            may { $($option:ident: $option_type:ty = $option_wire:literal,)* }
        }
    )+) => {$(
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub(crate) struct $name {
            $(#[serde(rename = $wire)] pub(crate) $field: $type,)*
            $(
                #[serde(rename = $option_wire, default, skip_serializing_if = "Option::is_none")]
                pub(crate) $option: Option<$option_type>,
            )*
            #[serde(flatten, skip_serializing)]
            unknown: Unknown,
        }

        impl Mirror<$original> for $name {
            fn of(original: &$original) -> Self {
                Self {
                    $($field: Mirror::of(&original.$field),)*
                    $($option: Mirror::of(&original.$option),)*
                    unknown: Unknown,
                }
            }
        }
    )+};
}

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

    ExtInfo of ext::ExtInfo<'_> {
        must {}
        may {
            entity: Entity = "entity",
            tim_push_features: TimPushFeatures = "timPushFeatures",
        }
    }

    Entity of ext::Entity<'_> {
        must {}
        may {
            version: Int<i32> = "version",
            chat_type: Int<i32> = "chatType",
            action: Int<i32> = "action",
            sender: Id = "sender",
            nickname: String = "nickname",
            face_url: String = "faceUrl",
            content: String = "content",
            send_time: Int<i64> = "sendTime",
            custom_data: Value = "customData",
        }
    }

    TimPushFeatures of ext::TimPushFeatures {
        must {}
        may {
            fcm_push_type: Int<i32> = "fcmPushType",
            fcm_notification_type: Int<i32> = "fcmNotificationType",
        }
    }

    AuthRequest of vivo::AuthRequest<'_> {
        must {
            app_id: Int<u64> = "appId",
            app_key: String = "appKey",
            timestamp: Int<u64> = "timestamp",
            sign: String = "sign",
        }
        may {}
    }

    AuthResponse of vivo::AuthResponse<'_> {
        must { result: Int<i32> = "result", }
        may {
            desc: String = "desc",
            auth_token: String = "authToken",
            valid_time: Int<u64> = "validTime",
        }
    }

    SendResponse of vivo::SendResponse<'_> {
        must { result: Int<i32> = "result", }
        may {
            desc: String = "desc",
            task_id: Id = "taskId",
            invalid_user: InvalidUser = "invalidUser",
        }
    }

    InvalidUser of vivo::InvalidUser<'_> {
        must {}
        may {
            status: Int<i32> = "status",
            userid: Id = "userid",
        }
    }

    Notification of vivo::Notification<'_> {
        must {
            title: String = "title",
            content: String = "content",
            request_id: Id = "requestId",
        }
        may {
            app_id: Int<u64> = "appId",
            reg_id: String = "regId",
            alias: String = "alias",
            notify_type: Int<i32> = "notifyType",
            time_to_live: Int<u32> = "timeToLive",
            skip_type: Int<i32> = "skipType",
            skip_content: String = "skipContent",
            network_type: Int<i32> = "networkType",
            classification: Int<i32> = "classification",
            category: String = "category",
            client_custom_map: Pairs = "clientCustomMap",
            extra: Extra = "extra",
            push_mode: Int<i32> = "pushMode",
            notify_id: Int<u32> = "notifyId",
            profile_id: String = "profileId",
            send_online: bool = "sendOnline",
            foreground_show: bool = "foregroundShow",
            add_badge: bool = "addBadge",
            timed_display: TimedDisplay = "timedDisplay",
            audit_review: Value = "auditReview",
            tag_expression: TagExpression = "tagExpression",
            is_business_msg: Int<i32> = "isBusinessMsg",
        }
    }

    Extra of vivo::Extra<'_> {
        must {}
        may {
            callback: String = "callback",
            callback_param: String = "callback.param",
            callback_id: Id = "callback.id",
        }
    }

    TimedDisplay of vivo::TimedDisplay {
        must {}
        may {
            overtime_display: bool = "overtimeDisplay",
            show_start_time: Int<u64> = "showStartTime",
            show_end_time: Int<u64> = "showEndTime",
        }
    }

    TagExpression of vivo::TagExpression<'_> {
        must {}
        may {
            or_tags: Vec<String> = "orTags",
            and_tags: Vec<String> = "andTags",
            not_tags: Vec<String> = "notTags",
        }
    }
}
