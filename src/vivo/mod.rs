//! vivo's push API: requests, replies, receipts and their codes.
//!
//! ```
//! use offline_push::json::{self, List, Texts};
//! use offline_push::read_reply;
//! use offline_push::vivo::{Advice, ListPush, ListPushResponse};
//!
//! struct User {
//!     reg_id: &'static str,
//!     muted: bool,
//! }
//!
//! let users = [
//!     User { reg_id: "12345678901234567890121", muted: false },
//!     User { reg_id: "12345678901234567890122", muted: false },
//!     User { reg_id: "12345678901234567890123", muted: true },
//! ];
//! // The task id comes from the reply to a list payload.
//! let reg_ids = Texts::new(&users, |user| (!user.muted).then_some(user.reg_id));
//! let push = ListPush::new("342982232646905856", "request-1")
//!     .reg_ids(List::from_texts(&reg_ids));
//! push.check()?;
//! let mut buffer = [0; 256];
//! let body = json::to_slice(&push, &mut buffer)?; // POST it to ListPush::PATH
//!
//! let mut received =
//!     *br#"{"result":0,"invalidUsers":[{"status":2,"userid":"12345678901234567890122"}]}"#;
//! let reply: ListPushResponse = read_reply(200_u16, &mut received)?;
//! assert_eq!(reply.result.advice(), Advice::Done);
//! // The push was accepted, but vivo left out one recipient:
//! for refused in reply.invalid_users.iter().flatten() {
//!     let advice = refused.status.map(|status| status.advice());
//!     assert_eq!(refused.userid, Some(users[1].reg_id));
//!     assert_eq!(advice, Some(Advice::DropToken));
//! }
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Requests and replies
//!
//! | recipients | request | reply |
//! |---|---|---|
//! | one device | [`Notification`] | [`SendResponse`]: task id, the refused id |
//! | one device, with an atomic notification | [`live::LiveMessageSend`] | [`SendResponse`] |
//! | 2 to 1000 devices | [`ListPayload`] once, then any number of [`ListPush`]es | [`TaskResponse`]: task id; [`ListPushResponse`]: the refused ids |
//! | all devices | [`AllPush`] | [`TaskResponse`]: task id |
//! | devices with a tag | [`TagPush`] | [`TaskResponse`]: task id |
//! | | [`TagAdd`], [`TagUpdate`], [`TagAddMembers`], [`TagRemoveMembers`] | [`TagResponse`] |
//! | | [`TagGroupAdd`], [`TagGroupUpdate`], [`TagGroupAddToGroup`] | [`TagResponse`] |
//! | | [`TagSegmentAdd`], [`TagSegmentUpdate`] | [`TagResponse`] |
//! | | [`InvalidUserCheck`] | [`InvalidUserCheckResponse`]: the ids that are not valid |
//! | | [`StatisticsRequest`] | [`StatisticsResponse`]: the results of pushes, by task id |
//! | | [`AuthRequest`] | [`AuthResponse`]: the auth token |
//!
//! Each request, except [`AuthRequest`] itself, needs an auth token; [`AuthTokenLife`] decides when to request one. The trait
//! [`Request`](crate::Request) gives the method, the path and the headers, so one function can send every request.
//! [`read_reply`](crate::read_reply) reads the reply, and the [`ResultCode`] in it says what to do next.
//!
//! Five state machines without IO make the decisions of a sender. The caller passes the time and what happened:
//!
//! | state machine | one for | decides |
//! |---|---|---|
//! | [`AuthTokenLife`] | app | when to authenticate |
//! | [`Pacing`] | app | whether a call may be sent now, before vivo refuses |
//! | [`Quotas`] | app | the same, after vivo has refused |
//! | [`Attempts`] | call | whether, when and with which token to send again |
//! | [`Fate`] | push | what is known about a push |
//!
//! On a server, `Call` combines these state machines for one call, and makes HTTP requests for any client. `ListCall` does the same
//! for a push to many devices. `SharedApp` holds what all tasks share. All three need the features `http` and `sign`.
//!
//! To learn the outcome of a push, send a [`StatisticsRequest`] with its task id, or read the [`Receipts`] that vivo posts to
//! the address in [`NotificationExtra`].
//!
//! # Derives
//!
//! Numbers, advice and other plain values implement `Debug`, `Clone`, `Copy`, `PartialEq`, `Eq` and `Hash`. Messages implement
//! `Debug`, `Clone`, `PartialEq` and `Eq`. Messages without required fields also implement `Default`.
//!
//! # Buffer sizes
//!
//! A request that passes `check()` is never longer than the constant in this table; [`json::encoded_len`](crate::json::encoded_len) gives the
//! exact length of one message.
//!
//! | request | constant | not included | published samples |
//! |---|---|---|--:|
//! | [`AuthRequest`] | [`AuthRequest::MAX_CHECKED_LEN`] | the app key | 135 |
//! | [`Notification`], [`ListPayload`], [`AllPush`], [`TagPush`] | [`Notification::MAX_CHECKED_LEN`] | the fields without a limit | 718 |
//! | [`ListPush`] | [`ListPush::max_checked_len`] | the task id | 145 |
//!
//! Of the bytes of [`Notification::MAX_CHECKED_LEN`], 12 KB is for a `skipContent` and a `clientCustomMap` of maximum length. A regId
//! of 23 digits adds 26 bytes to a list push.
//!
//! No document limits the length of a reply, and its `desc` is free text. The table gives the longest published sample and a
//! safe buffer size:
//!
//! | reply | published samples | buffer |
//! |---|--:|--:|
//! | [`AuthResponse`], [`SendResponse`], [`TaskResponse`] | 123 | 512 |
//! | [`ListPushResponse`] | 331 | 512, plus 128 for each recipient, because vivo may refuse all of them |
//! | [`StatisticsResponse`] | 376 | 512, plus 512 for each task |
//! | [`Receipts`] | 165 | the maximum body length of your HTTP server |
//!
//! A truncated reply is an error ([`EndOfInput`](crate::json::DecodeErrorKind::EndOfInput)), never a partial reply.

pub mod android;
mod api;
mod attempts;
mod auth;
mod auth_token;
mod broadcast;
#[cfg(all(feature = "http", feature = "sign"))]
mod call;
mod certificate;
mod code;
mod fate;
mod invalid_user;
#[cfg(all(feature = "http", feature = "sign"))]
mod list_call;
mod list_push;
pub mod live;
mod marketing;
mod notification;
mod pace;
#[cfg(feature = "sign")]
mod pacing;
mod quotas;
mod receipt;
mod receipt_code;
mod response;
mod rules;
#[cfg(all(feature = "http", feature = "sign"))]
mod shared;
#[cfg(feature = "sign")]
mod sign;
mod state;
mod statistics;
mod tag;
mod tag_group;
mod tag_segment;
mod time;

pub use api::{AUTH_HEADER, BASE_URL, CONTENT_TYPE, HOST, PushApi, PushKind, auth_header_value};
pub use attempts::{AttemptOutcome, Attempts, AttemptsEnd, Next};
pub use auth::{AuthRequest, AuthResponse};
pub use auth_token::{AuthOutcome, AuthToken, AuthTokenLife, AuthTokenNumber, AuthTokenState, AuthTokenStep};
pub use broadcast::{AllPush, ListPayload, TagPush};
#[cfg(all(feature = "http", feature = "sign"))]
#[cfg_attr(docsrs, doc(cfg(all(feature = "http", feature = "sign"))))]
pub use call::{Call, CallReply, CallStep};
pub use certificate::{Certificate, SavedCertificate};
pub use code::{Advice, Quota, Repeat, ResultCode};
pub use fate::{Fate, FateState};
pub use invalid_user::{InvalidUserCheck, InvalidUserCheckResponse};
#[cfg(all(feature = "http", feature = "sign"))]
#[cfg_attr(docsrs, doc(cfg(all(feature = "http", feature = "sign"))))]
pub use list_call::{ListCall, ListCallReply};
pub use list_push::ListPush;
pub use marketing::{AuditReview, Marketing, MarketingButton, MarketingStyle};
pub(crate) use notification::Opened;
pub use notification::{
    Classification, NetworkType, Notification, NotificationExtra, NotifyType, PushMode, SkipType,
    TagExpression, TimedDisplay,
};
pub use pace::Pace;
#[cfg(feature = "sign")]
#[cfg_attr(docsrs, doc(cfg(feature = "sign")))]
pub use pacing::Pacing;
pub use quotas::Quotas;
pub use receipt::{Receipt, Receipts, RegIds};
pub use receipt_code::{ReceiptReason, ReceiptType};
pub use response::{InvalidUser, ListPushResponse, SendResponse, TaskResponse, UserStatus};
pub use rules::Rules;
pub(crate) use rules::utf16_len;
#[cfg(all(feature = "http", feature = "sign"))]
#[cfg_attr(docsrs, doc(cfg(all(feature = "http", feature = "sign"))))]
pub use shared::{Changed, SharedApp};
#[cfg(feature = "sign")]
#[cfg_attr(docsrs, doc(cfg(feature = "sign")))]
pub use sign::Sign;
pub use state::{PushState, StateAdvice};
pub use statistics::{Statistics, StatisticsRequest, StatisticsResponse};
pub use tag::{TagAdd, TagAddMembers, TagRemoveMembers, TagResponse, TagUpdate, UserType};
pub use tag_group::{TagGroupAdd, TagGroupAddToGroup, TagGroupType, TagGroupUpdate};
pub use tag_segment::{TagSegmentAdd, TagSegmentUpdate};
#[cfg(feature = "std")]
#[cfg_attr(docsrs, doc(cfg(feature = "std")))]
pub use time::unix_millis;

crate::json::owned_aliases! {
    AuthRequest => OwnedAuthRequest, BoxedAuthRequest;
    AuthResponse => OwnedAuthResponse, BoxedAuthResponse;
    Notification => OwnedNotification, BoxedNotification;
    SendResponse => OwnedSendResponse, BoxedSendResponse;
    ListPayload => OwnedListPayload, BoxedListPayload;
    ListPush => OwnedListPush, BoxedListPush;
    ListPushResponse => OwnedListPushResponse, BoxedListPushResponse;
    AllPush => OwnedAllPush, BoxedAllPush;
    TagPush => OwnedTagPush, BoxedTagPush;
    TaskResponse => OwnedTaskResponse, BoxedTaskResponse;
    StatisticsResponse => OwnedStatisticsResponse, BoxedStatisticsResponse;
    Receipts => OwnedReceipts, BoxedReceipts;
}
