//! What vivo's push service speaks.
//!
//! | to whom | send | to be had from the reply |
//! |---|---|---|
//! | one device | [`Notification`] | [`SendResponse`]: task id, the refused id |
//! | 2 to 1000 devices | [`ListPayload`] once, then any number of [`ListPush`]es | [`TaskResponse`]: task id; [`ListPushResponse`]: refused ids |
//! | all devices | [`AllPush`] | [`TaskResponse`]: task id |
//! | devices with a tag | [`TagPush`] | [`TaskResponse`]: task id |
//!
//! All of them need the token of an [`AuthRequest`]; when to ask for it, [`TokenLife`] says. [`Request`] has what an HTTP
//! client needs to know, for all of them in one function; [`read_reply`](crate::read_reply) reads what it gives back, and the
//! [result](Response::result) of the reply knows what to do about it.
//! What has become of a push tell a [`StatisticsRequest`] by its task id, and the [`Receipts`] that vivo posts to an address
//! of yours ([`Extra`]).
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
//! let reg_ids = Texts::new(&users, |user| (!user.muted).then_some(user.reg_id));
//! let mut push = ListPush::new("342982232646905856", "request-1"); // the task id that a list payload brought
//! push.reg_ids = Some(List::from_texts(&reg_ids));
//! push.check()?;
//! let mut body = [0; 256];
//! let body = json::to_slice(&push, &mut body)?; // POST it to ListPush::PATH
//!
//! let mut received = *br#"{"result":0,"invalidUsers":[{"status":2,"userid":"12345678901234567890122"}]}"#;
//! let reply: ListPushResponse = read_reply(200_u16, &mut received)?;
//! assert_eq!(reply.result.advice(), Advice::Done); // and yet one was left out:
//! for refused in reply.invalid_users.iter().flatten() {
//!     assert_eq!(refused.userid, Some(users[1].reg_id));
//!     assert_eq!(refused.status.map(|status| status.advice()), Some(Advice::DropToken));
//! }
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # How large a buffer
//!
//! What passes `check()` is never longer than this; [`json::encoded_len`](crate::json::encoded_len) has the exact length of
//! the message at hand.
//!
//! | request | constant | bytes | published samples |
//! |---|---|--:|--:|
//! | [`AuthRequest`] | [`AuthRequest::MAX_CHECKED_LEN`] | 118, and the app key | 135 |
//! | [`Notification`], [`ListPayload`], [`AllPush`], [`TagPush`] | [`Notification::MAX_CHECKED_LEN`] | 17201, and the fields without a limit | 474 |
//! | [`ListPush`] | [`ListPush::max_checked_len`] | 490, the task id, and 515 a receiver | 145 |
//!
//! 12 KB of a notification are a `skipContent` and a `clientCustomMap` as long as they may be. A regId of 23 digits makes a
//! list push 26 bytes longer.
//!
//! No document bounds a reply, and its `desc` is for people. The samples, and what is on the safe side:
//!
//! | reply | published samples | buffer |
//! |---|--:|--:|
//! | [`AuthResponse`], [`SendResponse`], [`TaskResponse`] | 123 | 512 |
//! | [`ListPushResponse`] | 331 | 512, and 128 a receiver: each of them may be refused |
//! | [`StatisticsResponse`] | 376 | 512, and 512 a task |
//! | [`Receipts`] | 165 | as long as your HTTP server lets a body be |
//!
//! A reply that was cut is an error ([`EndOfInput`](crate::json::DecodeErrorKind::EndOfInput)), never half a reply.

pub mod android;
mod api;
mod auth;
mod broadcast;
mod code;
mod list_push;
mod notification;
mod receipt;
mod receipt_code;
mod response;
mod rules;
mod state;
mod statistics;
mod token_life;
mod user_status;

pub use api::{AUTH_HEADER, CONTENT_TYPE, HOST, PushApi, auth_header_value};
pub use auth::{AuthRequest, AuthResponse, Sign};
pub use broadcast::{AllPush, ListPayload, TagPush};
pub use code::{Advice, Quota, Repeat, ResultCode};
pub use list_push::ListPush;
pub use notification::{
    Classification, Extra, NetworkType, Notification, NotifyType, PushMode, SkipType, TagExpression,
    TimedDisplay,
};
pub use receipt::{Receipt, Receipts, RegIds};
pub use receipt_code::{ReceiptReason, ReceiptType};
pub use response::{InvalidUser, ListPushResponse, SendResponse, TaskResponse};
pub use rules::Rules;
pub use state::{PushState, StateAdvice};
pub use statistics::{Statistics, StatisticsRequest, StatisticsResponse};
pub use token_life::{AuthOutcome, Step, TokenLife, TokenNumber, TokenState};
pub use user_status::UserStatus;
