//! The same messages as serde-json-core and heapless have them: structs with the same fields.

use heapless::{LinearMap, String, Vec};
use serde::{Deserialize, Serialize};

use crate::payload;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reg_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_type: Option<i32>,
    title: &'a str,
    pub content: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_to_live: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip_type: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip_content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network_type: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    classification: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    client_custom_map: Option<LinearMap<&'a str, &'a str, 16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<Extra<'a>>,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    push_mode: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    send_online: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foreground_show: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    add_badge: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timed_display: Option<TimedDisplay>,
    /// It has no type for a value that passes through; a switch is the least there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    audit_review: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_expression: Option<TagExpression<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_business_msg: Option<i32>,
}

#[derive(Serialize, Deserialize)]
struct Extra<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    callback: Option<&'a str>,
    #[serde(rename = "callback.param", skip_serializing_if = "Option::is_none")]
    callback_param: Option<&'a str>,
    #[serde(rename = "callback.id", skip_serializing_if = "Option::is_none")]
    callback_id: Option<&'a str>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TimedDisplay {
    #[serde(skip_serializing_if = "Option::is_none")]
    overtime_display: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show_start_time: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show_end_time: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TagExpression<'a> {
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    or_tags: Option<Vec<&'a str, 4>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    and_tags: Option<Vec<&'a str, 4>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    not_tags: Option<Vec<&'a str, 4>>,
}

/// The notification of [`payload::NOTIFICATION`].
pub fn notification() -> Notification<'static> {
    let mut map = LinearMap::new();
    let inserted = map.insert("ext", "c2c_u2").is_ok();
    Notification {
        app_id: Some(10_004),
        reg_id: Some(payload::REG_ID),
        alias: None,
        notify_type: Some(4),
        title: payload::TITLE,
        content: payload::CONTENT,
        time_to_live: Some(86_400),
        skip_type: Some(4),
        skip_content: Some(payload::SKIP_CONTENT),
        network_type: Some(-1),
        classification: Some(1),
        category: Some("IM"),
        client_custom_map: Some(map).filter(|_| inserted),
        extra: Some(Extra {
            callback: Some(payload::CALLBACK),
            callback_param: Some("vivo"),
            callback_id: None,
        }),
        request_id: payload::REQUEST_ID,
        push_mode: Some(0),
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

#[derive(Serialize, Deserialize)]
pub struct Token<'a> {
    #[serde(rename = "offline_push_token_token")]
    pub token: &'a str,
    #[serde(rename = "offline_push_token_business_id")]
    pub business_id: u32,
    #[serde(rename = "offline_push_token_is_tpns_token", skip_serializing_if = "Option::is_none")]
    pub is_tpns_token: Option<bool>,
    #[serde(rename = "offline_push_token_type", skip_serializing_if = "Option::is_none")]
    pub token_type: Option<i32>,
}

/// The reply to a send. Text is owned: it has escapes, which are resolved into a buffer of the reader's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    pub result: i32,
    pub desc: Option<String<64>>,
    pub task_id: Option<String<64>>,
    pub invalid_user: Option<InvalidUser>,
}

#[derive(Deserialize)]
pub struct InvalidUser {
    pub status: Option<i32>,
    pub userid: Option<String<64>>,
}

/// The reply to an auth request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthReply {
    pub result: i32,
    pub desc: Option<String<64>>,
    pub auth_token: Option<String<64>>,
    pub valid_time: Option<u64>,
}

/// The replies with borrowed text, which is right only where it has no escape.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BorrowedReply<'a> {
    pub result: i32,
    pub desc: Option<&'a str>,
    pub task_id: Option<&'a str>,
    #[serde(borrow)]
    pub invalid_user: Option<BorrowedInvalidUser<'a>>,
}

#[derive(Deserialize)]
pub struct BorrowedInvalidUser<'a> {
    pub status: Option<i32>,
    pub userid: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BorrowedAuthReply<'a> {
    pub result: i32,
    pub desc: Option<&'a str>,
    pub auth_token: Option<&'a str>,
    pub valid_time: Option<u64>,
}
