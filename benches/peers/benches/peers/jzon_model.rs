//! The notification as jzon-rs sees it. Its derives know no generic texts and want the lifetime to be
//! called `'de`, so the models of the serde peers do not serve it.

use crate::pairs::Pairs;
use crate::payload::{self, Payload};
use jzon::{FromJson, ToJson};

#[derive(ToJson, FromJson)]
#[serde(rename_all = "camelCase")]
pub struct Notification<'de> {
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reg_id: Option<&'de str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<&'de str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_type: Option<i32>,
    title: &'de str,
    content: &'de str,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_to_live: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip_type: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip_content: Option<&'de str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network_type: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    classification: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'de str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_custom_map: Option<Pairs<&'de str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<Extra<'de>>,
    request_id: &'de str,
    #[serde(skip_serializing_if = "Option::is_none")]
    push_mode: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_id: Option<&'de str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    send_online: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foreground_show: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    add_badge: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timed_display: Option<TimedDisplay>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audit_review: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_expression: Option<TagExpression<'de>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_business_msg: Option<i32>,
}

#[derive(ToJson, FromJson)]
struct Extra<'de> {
    #[serde(skip_serializing_if = "Option::is_none")]
    callback: Option<&'de str>,
    #[serde(rename = "callback.param", skip_serializing_if = "Option::is_none")]
    callback_param: Option<&'de str>,
    #[serde(rename = "callback.id", skip_serializing_if = "Option::is_none")]
    callback_id: Option<&'de str>,
}

#[derive(ToJson, FromJson)]
#[serde(rename_all = "camelCase")]
struct TimedDisplay {
    #[serde(skip_serializing_if = "Option::is_none")]
    overtime_display: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show_start_time: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show_end_time: Option<u64>,
}

#[derive(ToJson, FromJson)]
#[serde(rename_all = "camelCase")]
struct TagExpression<'de> {
    #[serde(skip_serializing_if = "Option::is_none")]
    or_tags: Option<Vec<&'de str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    and_tags: Option<Vec<&'de str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_tags: Option<Vec<&'de str>>,
}

impl Notification<'static> {
    /// The notification with the values of a payload.
    pub fn of(payload: &Payload) -> Self {
        let full = payload.full;
        Self {
            app_id: full.then_some(payload::APP_ID),
            reg_id: Some(payload::REG_ID),
            alias: None,
            notify_type: full.then_some(payload::NOTIFY_TYPE),
            title: payload.title,
            content: payload.content,
            time_to_live: full.then_some(payload::TIME_TO_LIVE),
            skip_type: full.then_some(payload::SKIP_TYPE),
            skip_content: full.then_some(payload.skip_content),
            network_type: full.then_some(payload::NETWORK_TYPE),
            classification: full.then_some(payload::CLASSIFICATION),
            category: full.then_some(payload::CATEGORY),
            client_custom_map: full.then(|| payload.custom.iter().copied().collect()),
            extra: full.then_some(Extra {
                callback: Some(payload::CALLBACK),
                callback_param: Some(payload::CALLBACK_PARAM),
                callback_id: None,
            }),
            request_id: payload::REQUEST_ID,
            push_mode: full.then_some(payload::PUSH_MODE),
            notify_id: None,
            profile_id: None,
            send_online: None,
            foreground_show: None,
            add_badge: None,
            timed_display: None,
            audit_review: None,
            tag_expression: None,
            is_business_msg: None,
        }
    }
}
