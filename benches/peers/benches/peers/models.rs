//! The notification and the reply as the serde peers see them, generic over how texts are held.

use crate::pairs::Pairs;
use crate::payload::{self, Payload};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Texts borrowed from the input.
pub type Borrowed<'a> = Notification<&'a str, &'a str, Pairs<&'a str>>;

/// `S` holds identifiers, `L` longer texts, `M` the custom map.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification<S, L, M> {
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reg_id: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_type: Option<i32>,
    title: L,
    content: L,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_to_live: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip_type: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip_content: Option<L>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network_type: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    classification: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_custom_map: Option<M>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<Extra<S>>,
    request_id: S,
    #[serde(skip_serializing_if = "Option::is_none")]
    push_mode: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile_id: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    send_online: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foreground_show: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    add_badge: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timed_display: Option<TimedDisplay>,
    /// Opaque to us and never set here, so any type will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    audit_review: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_expression: Option<TagExpression<S>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_business_msg: Option<i32>,
}

#[derive(Serialize, Deserialize)]
struct Extra<S> {
    #[serde(skip_serializing_if = "Option::is_none")]
    callback: Option<S>,
    #[serde(rename = "callback.param", skip_serializing_if = "Option::is_none")]
    callback_param: Option<S>,
    #[serde(rename = "callback.id", skip_serializing_if = "Option::is_none")]
    callback_id: Option<S>,
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

/// Never set in the cases: a `Vec` is the smallest list to carry around, and stays unallocated.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TagExpression<S> {
    #[serde(skip_serializing_if = "Option::is_none")]
    or_tags: Option<Vec<S>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    and_tags: Option<Vec<S>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_tags: Option<Vec<S>>,
}

impl Borrowed<'static> {
    /// The notification with the values of a payload, for the encoders.
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

/// vivo's reply to a send.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply<S> {
    result: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    desc: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_id: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invalid_user: Option<InvalidUser<S>>,
}

#[derive(Serialize, Deserialize)]
struct InvalidUser<S> {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    userid: Option<S>,
}

/// A text that borrows where it can and owns where it was escaped.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
