//! The long messages as the peers see them, with texts that borrow. Each is declared once and derived twice: jzon-rs wants
//! the lifetime to be called `'de`, which serde keeps for itself.

macro_rules! models {
    ($life:lifetime, $($derive:path),+) => {
        use crate::ids::{ID_COUNT, TASK_COUNT, TASK_ID, reg_ids, task_ids};
        use crate::pairs::{Entries, Pairs};
        use crate::payload;

        /// A push to many.
        #[derive($($derive),+)]
        #[serde(rename_all = "camelCase")]
        pub struct ListPush<$life> {
            #[serde(skip_serializing_if = "Option::is_none")]
            pub app_id: Option<u64>,
            pub reg_ids: Vec<&$life str>,
            pub task_id: &$life str,
            pub request_id: &$life str,
            #[serde(skip_serializing_if = "Option::is_none")]
            pub push_mode: Option<i32>,
        }

        impl ListPush<'static> {
            pub fn full() -> Self {
                Self {
                    app_id: Some(payload::APP_ID),
                    reg_ids: reg_ids().to_vec(),
                    task_id: TASK_ID,
                    request_id: payload::REQUEST_ID,
                    push_mode: Some(payload::PUSH_MODE),
                }
            }
        }

        /// The reply to it.
        #[derive($($derive),+)]
        #[serde(rename_all = "camelCase")]
        pub struct ListPushReply<$life> {
            pub request_id: &$life str,
            pub result: i32,
            pub desc: &$life str,
            pub invalid_users: Vec<InvalidUser<$life>>,
        }

        #[derive($($derive),+)]
        pub struct InvalidUser<$life> {
            pub status: i32,
            pub userid: &$life str,
        }

        impl ListPushReply<'static> {
            pub fn full() -> Self {
                let users = reg_ids().iter().take(ID_COUNT).map(|userid| InvalidUser { status: 1, userid });
                Self {
                    request_id: payload::REQUEST_ID,
                    result: 0,
                    desc: "请求成功",
                    invalid_users: users.collect(),
                }
            }
        }

        /// What became of one task.
        #[derive($($derive),+)]
        #[serde(rename_all = "camelCase")]
        pub struct Receipt<$life> {
            pub targets: &$life str,
            pub ack_time: u64,
            pub param: &$life str,
            pub ack_type: &$life str,
        }

        pub fn receipts() -> Entries<&'static str, Receipt<'static>> {
            let receipt = |targets: &'static str| Receipt {
                targets,
                ack_time: 1_501_484_120_000,
                param: payload::CALLBACK_PARAM,
                ack_type: "0",
            };
            task_ids().iter().copied().zip(reg_ids().iter().copied().map(receipt)).take(TASK_COUNT).collect()
        }

        /// How a message is pushed, with every field.
        #[derive($($derive),+)]
        #[serde(rename_all = "PascalCase")]
        pub struct Info<$life> {
            pub push_flag: i32,
            pub title: &$life str,
            pub desc: &$life str,
            pub multi_language_content: Vec<Language<$life>>,
            pub push_template_id: &$life str,
            pub push_template_param: Pairs<&$life str>,
            pub ext: &$life str,
            pub android_info: AndroidInfo<$life>,
            pub apns_info: ApnsInfo<$life>,
            pub harmony_info: HarmonyInfo<$life>,
            pub badge_add_num: u32,
            pub badge_set_num: u32,
        }

        #[derive($($derive),+)]
        #[serde(rename_all = "PascalCase")]
        pub struct Language<$life> {
            pub language: &$life str,
            pub title: &$life str,
            pub desc: &$life str,
        }

        #[derive($($derive),+)]
        #[serde(rename_all = "PascalCase")]
        pub struct AndroidInfo<$life> {
            pub sound: &$life str,
            pub push_style: i32,
            #[serde(rename = "HuaWeiChannelID")]
            pub huawei_channel_id: &$life str,
            #[serde(rename = "XiaoMiChannelID")]
            pub xiaomi_channel_id: &$life str,
            #[serde(rename = "OPPOChannelID")]
            pub oppo_channel_id: &$life str,
            #[serde(rename = "GoogleChannelID")]
            pub google_channel_id: &$life str,
            #[serde(rename = "OPPOCategory")]
            pub oppo_category: &$life str,
            #[serde(rename = "VIVOClassification")]
            pub vivo_classification: i32,
            #[serde(rename = "VIVOCategory")]
            pub vivo_category: &$life str,
            #[serde(rename = "VIVONotifyType")]
            pub vivo_notify_type: &$life str,
            #[serde(rename = "HuaWeiCategory")]
            pub huawei_category: &$life str,
            #[serde(rename = "HuaWeiImportance")]
            pub huawei_importance: &$life str,
            #[serde(rename = "HuaWeiImage")]
            pub huawei_image: &$life str,
            pub ext_as_huawei_intent_param: i32,
            pub honor_importance: &$life str,
            pub honor_image: &$life str,
            #[serde(rename = "MeiZuNoticeMsgType")]
            pub meizu_notice_msg_type: i32,
            #[serde(rename = "OPPOPrivateMsgTemplateId")]
            pub oppo_private_msg_template_id: &$life str,
            #[serde(rename = "OPPOPrivateTitleParameters")]
            pub oppo_private_title_parameters: Pairs<&$life str>,
            #[serde(rename = "OPPOPrivateContentParameters")]
            pub oppo_private_content_parameters: Pairs<&$life str>,
            #[serde(rename = "OPPONotifyLevel")]
            pub oppo_notify_level: i32,
            pub google_image: &$life str,
            pub google_priority: &$life str,
        }

        #[derive($($derive),+)]
        #[serde(rename_all = "PascalCase")]
        pub struct ApnsInfo<$life> {
            pub sound: &$life str,
            pub badge_mode: i32,
            pub title: &$life str,
            pub sub_title: &$life str,
            pub image: &$life str,
            pub mutable_content: i32,
            pub interruption_level: &$life str,
            pub content_available: i32,
            pub is_voip_push: i32,
            pub live_activity: LiveActivity<$life>,
        }

        #[derive($($derive),+)]
        #[serde(rename_all = "PascalCase")]
        pub struct LiveActivity<$life> {
            pub la_id: &$life str,
            pub event: &$life str,
            pub content_state: Pairs<&$life str>,
            pub dismissal_date: u64,
        }

        #[derive($($derive),+)]
        #[serde(rename_all = "PascalCase")]
        pub struct HarmonyInfo<$life> {
            pub title: &$life str,
            pub category: &$life str,
            pub image: &$life str,
            pub sound: &$life str,
            pub sound_duration: u32,
        }

        impl Info<'static> {
            pub fn full() -> Self {
                let language = |language, title, desc| Language { language, title, desc };
                Self {
                    push_flag: 0,
                    title: "Eamon",
                    desc: "今晚七点在老地方见",
                    multi_language_content: vec![
                        language("zh-hant", "Eamon", "今晚七點在老地方見"),
                        language("en", "Eamon", "See you at seven at the old place"),
                    ],
                    push_template_id: "1400000000-1",
                    push_template_param: [("city", "Beijing")].into_iter().collect(),
                    ext: "c2c_35186423",
                    android_info: AndroidInfo {
                        sound: "shake",
                        push_style: 1,
                        huawei_channel_id: "huawei_channel_id",
                        xiaomi_channel_id: "xiaomi_channel_id",
                        oppo_channel_id: "oppo_channel_id",
                        google_channel_id: "google_channel_id",
                        oppo_category: "IM",
                        vivo_classification: 1,
                        vivo_category: "IM",
                        vivo_notify_type: "4",
                        huawei_category: "IM",
                        huawei_importance: "NORMAL",
                        huawei_image: "https://www.image.com/huawei.png",
                        ext_as_huawei_intent_param: 1,
                        honor_importance: "NORMAL",
                        honor_image: "https://www.image.com/honor.png",
                        meizu_notice_msg_type: 1,
                        oppo_private_msg_template_id: "template-1",
                        oppo_private_title_parameters: [("city", "Beijing")].into_iter().collect(),
                        oppo_private_content_parameters: [("time", "seven")].into_iter().collect(),
                        oppo_notify_level: 16,
                        google_image: "https://www.image.com/google.png",
                        google_priority: "high",
                    },
                    apns_info: ApnsInfo {
                        sound: "apns.mp3",
                        badge_mode: 1,
                        title: "apns title",
                        sub_title: "apns subtitle",
                        image: "www.image.com",
                        mutable_content: 1,
                        interruption_level: "time-sensitive",
                        content_available: 1,
                        is_voip_push: 1,
                        live_activity: LiveActivity {
                            la_id: "timpush",
                            event: "end",
                            content_state: [("k1", "v1"), ("k2", "v2")].into_iter().collect(),
                            dismissal_date: 1_739_502_750,
                        },
                    },
                    harmony_info: HarmonyInfo {
                        title: "harmony title",
                        category: "IM",
                        image: "https://www.image.com/harmony.png",
                        sound: "alert.mp3",
                        sound_duration: 30,
                    },
                    badge_add_num: 1,
                    badge_set_num: 9,
                }
            }
        }
    };
}

pub mod of_serde {
    models!('a, serde::Serialize, serde::Deserialize);
}

/// Of these, only what is encoded is made.
#[allow(dead_code)]
pub mod of_jzon {
    models!('de, jzon::ToJson, jzon::FromJson);
}
