//! Requests of the push service (`v4/timpush/…`) to Tencent IM's REST API, and their replies.
//!
//! Send them like those of [`rest`](crate::tim::rest): its [`Url`](crate::tim::rest::Url) makes the URL, and
//! [`read_reply`](crate::read_reply) reads the reply.
//!
//! ```
//! use offline_push::json::{self, List};
//! use offline_push::tim::OfflinePushInfo;
//! use offline_push::tim::rest::{Condition, Region, Url};
//! use offline_push::tim::timpush::{Push, PushResponse};
//! use offline_push::{Response, read_reply};
//!
//! let info = OfflinePushInfo::new().title("Sale").desc("Until Sunday");
//! let condition = Condition::new().tags_or(List::from_slice(&["GoldMember", "WeekPassUser"]));
//! let push = Push::new("administrator", 3_674_128, info).condition(condition);
//! push.check()?;
//!
//! let url = Url::new(Region::China.host(), 88_888_888, "admin", "xxx", 99_999_999);
//! let (mut line, mut packet) = ([0; 256], [0; 512]);
//! assert!(url.absolute::<Push>(&mut line)?.starts_with("https://console.tim.qq.com/v4/timpush/push?"));
//! let packet = json::to_slice(&push, &mut packet)?;
//!
//! let mut received = *br#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"TaskId":"657bf434_bc614e"}"#;
//! let reply: PushResponse = read_reply(200_u16, &mut received)?;
//! assert!(reply.is_success());
//! assert_eq!(reply.task_id, Some("657bf434_bc614e")); // for `Revoke`, and in `tim::callback`
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! | request | path, below `v4/timpush/` | what it does | calls | reply |
//! |---|---|---|---|---|
//! | [`Push`] | `push` | pushes to all users, or to those that meet a condition | 1 per s; 10 (free edition) or 100 per day | [`PushResponse`] |
//! | [`PushBatch`](crate::tim::rest::PushBatch) | `batch` | pushes to up to 500 users | 10, 30 or 40 per s, by edition | its own |
//! | [`Revoke`] | `revoke` | revokes a push | 1 per s | [`StatusResponse`] |
//! | [`AddTags`] | `add_tag` | adds or replaces tags of users | 100 per s | [`StatusResponse`] |
//! | [`RemoveTags`] | `remove_tag` | removes tags of users | 100 per s | [`StatusResponse`] |
//! | [`ClearTags`] | `clear_all_tags` | removes all tags of users | 100 per s | [`StatusResponse`] |
//! | [`GetTags`] | `get_tag` | reads the tags of users | 100 per s | [`GetTagsResponse`] |
//! | [`SetAttributes`] | `set_attr` | sets attributes of users | 100 per s | [`StatusResponse`] |
//! | [`RemoveAttributes`] | `remove_attr` | removes attributes of users | 100 per s | [`StatusResponse`] |
//! | [`GetAttributes`] | `get_attr` | reads the attributes of users | 100 per s | [`GetAttributesResponse`] |
//! | [`SetAttributeNames`] | `set_attr_name` | defines the app's attributes | 100 per s | [`StatusResponse`] |
//! | [`GetAttributeNames`] | `get_attr_name` | reads the app's attributes | 100 per s | [`GetAttributeNamesResponse`] |
//! | [`AddScheduledTask`] | `add_sched_task` | schedules a push | 5 per s | [`ScheduledTaskResponse`] |
//! | [`ModifyScheduledTask`] | `modify_sched_task` | changes a scheduled push | 5 per s | [`ScheduledTaskResponse`] |
//! | [`DeleteScheduledTask`] | `delete_sched_task` | deletes a scheduled push | 5 per s | [`ScheduledTaskResponse`] |
//! | [`GetScheduledTask`] | `get_sched_task` | reads a scheduled push | 5 per s | [`GetScheduledTaskResponse`] |
//! | [`ListScheduledTasks`] | `list_sched_task` | lists scheduled pushes | 5 per s | [`ListScheduledTasksResponse`] |
//! | [`WebPush`] | `webpush` | pushes to all browsers, or to those that meet a condition | 10 or 100 per day | [`PushResponse`] |
//! | [`WebBatch`] | `webbatch` | pushes to the browsers of up to 500 users | 30 per s, 500 users per s | [`PushBatchResponse`](crate::tim::rest::PushBatchResponse) |
//!
//! Everywhere, an account is a user's id or a device's `RegistrationID`. A `RegistrationID` is a UUID in capital letters that the
//! push SDK made, or the id that `setRegistrationID` set. It changes when the app is installed again.
//!
//! A reply can be `OK` although it rejects some accounts. Its outcome is then [`Partly`](crate::tim::rest::Outcome::Partly).
//!
//! # Sources
//!
//! Numbers identify Tencent's pages at trtc.io/document/… and tencentcloud.com/document/product/1047/…; the number in parentheses is the
//! page at cloud.tencent.com/document/product/269/…. *60561* (100634) is `push` for the push service, *67814* (45933) for Chat, *60571*
//! (105123) `revoke`, *60562* to *60570* and *67815* to *67823* attributes and tags, *78839* to *78843* (130279 to 130281) scheduled
//! pushes, *80440* and *80441* web pushes, *74196* (117847) the error codes. The fields are in the order of the samples on these pages.

mod attribute_names;
mod attributes;
mod push;
mod reply;
mod revoke;
mod scheduled;
mod tags;
mod web;

pub use attribute_names::{AccountType, GetAttributeNames, GetAttributeNamesResponse, SetAttributeNames};
pub use attributes::{
    GetAttributes, GetAttributesResponse, RemoveAttributes, SetAttributes, UserAttributeNames, UserAttributes,
};
pub use push::{Push, PushResponse};
pub use reply::StatusResponse;
pub use revoke::Revoke;
pub use scheduled::{
    AddScheduledTask, DeleteScheduledTask, GetScheduledTask, GetScheduledTaskResponse, ListScheduledTasks,
    ListScheduledTasksResponse, ModifyScheduledTask, OrderBy, ScheduledContent, ScheduledTask,
    ScheduledTaskResponse, ScheduledType,
};
pub use tags::{AddTags, ClearTags, GetTags, GetTagsResponse, RemoveTags, UserTags};
pub use web::{WebBatch, WebInfo, WebPush};

crate::json::owned_aliases! {
    Push => OwnedPush, BoxedPush;
    PushResponse => OwnedPushResponse, BoxedPushResponse;
    AddScheduledTask => OwnedAddScheduledTask, BoxedAddScheduledTask;
    ScheduledTaskResponse => OwnedScheduledTaskResponse, BoxedScheduledTaskResponse;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
