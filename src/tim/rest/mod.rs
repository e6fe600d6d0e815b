//! Requests to Tencent IM's server that carry an [`OfflinePushInfo`](crate::tim::OfflinePushInfo), and its replies.
//!
//! ```
//! use offline_push::json::{self, List};
//! use offline_push::tim::OfflinePushInfo;
//! use offline_push::tim::rest::{self, MessageElement, Outcome, Region, RestApi, SendMessage, Url};
//! use offline_push::{ReplyError, Request, Response, read_reply};
//!
//! let mut info = OfflinePushInfo::new();
//! info.title = Some("Alice");
//! info.desc = Some("See you at seven");
//! let body = [MessageElement::text("See you at seven")];
//! let mut message = SendMessage::new("bob", 1_287_657, List::from_slice(&body));
//! message.from_account = Some("alice");
//! message.offline_push_info = Some(info);
//! message.check()?;
//!
//! // What the HTTP client is given.
//! let url = Url::new(Region::China.host(), 88_888_888, "admin", "xxx", 99_999_999);
//! let (mut line, mut packet) = ([0; 512], [0; 1024]);
//! assert_eq!(
//!     url.absolute::<SendMessage>(&mut line)?,
//!     "https://console.tim.qq.com/v4/openim/sendmsg\
//!      ?sdkappid=88888888&identifier=admin&usersig=xxx&random=99999999&contenttype=json",
//! );
//! assert!(rest::fits(&message));
//! let packet = json::to_slice(&message, &mut packet)?; // send it with SendMessage::METHOD
//!
//! // What it gives back, with status 200 for failures, too.
//! fn taken<R: Request<Api = RestApi>>(_request: &R, status: u16, received: &mut [u8]) -> Result<bool, ReplyError> {
//!     let reply: R::Response<'_> = read_reply(status, received)?;
//!     Ok(matches!(reply.outcome(), Outcome::Done))
//! }
//! let mut received = *br#"{"ActionStatus":"FAIL","ErrorInfo":"invalid To_Account","ErrorCode":90012}"#;
//! assert!(!taken(&message, 200, &mut received)?);
//! assert!(taken(&message, 502, &mut []).is_err()); // a gateway on the way
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! | request | path | to whom | `OfflinePushInfo` |
//! |---|---|---|---|
//! | [`SendMessage`] | `v4/openim/sendmsg` | one user | optional |
//! | [`BatchSendMessage`] | `v4/openim/batchsendmsg` | up to 500 users | optional |
//! | [`SendGroupMessage`] | `v4/group_open_http_svc/send_group_msg` | a group, or some of it | optional |
//! | [`AllMembersPush`] | `v4/all_member_push/im_push` | everybody, or who meets a condition | optional |
//! | [`PushBatch`] | `v4/timpush/batch` | up to 500 users or devices, without a chat message | required |
//!
//! Where the fields come from, by the numbers that Tencent's pages have at trtc.io/document/… and
//! tencentcloud.com/document/product/1047/…, with those at cloud.tencent.com/document/product/269/… behind: *34919* (2282)
//! is about `sendmsg`, *34920* (1612) about `batchsendmsg`, *34959* (1629) about `send_group_msg`, *37165* about `im_push`,
//! *67553* (108906) about `timpush/batch`, *33527* (2720) about the elements of a message, *34620* about what all requests
//! have in common, *34348* about error codes. Fields stand in the order in which the pages' samples have them.

mod all_members;
mod batch;
mod content;
mod degrees;
mod element;
mod group;
mod push_batch;
mod region;
mod reply;
mod rules;
mod send;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
mod url;

pub use all_members::{AllMembersPush, AllMembersPushResponse, Condition};
pub use batch::{BatchSendMessage, BatchSendMessageResponse};
pub use content::{CustomContent, FaceContent, LocationContent, TextContent};
pub use element::{MessageElement, OtherElement};
pub use group::{GroupAt, MsgPriority, SendGroupMessage, SendGroupMessageResponse};
pub use push_batch::{PushBatch, PushBatchResponse};
pub use region::Region;
pub use reply::{AccountError, ActionStatus, Outcome};
pub use send::{ForbidCallbackControl, SendMessage, SendMessageResponse, SendMsgControl, SyncOtherMachine};
pub use url::Url;

use crate::exchange::{Api, Request};
use crate::json::encoded_len;

/// Longest packet in bytes, by the pages of the requests: 34919 and 34920 with error
/// [93000](crate::tim::ErrorCode::REQUEST_TOO_LONG), 34959 with [80002](crate::tim::ErrorCode::MESSAGE_TOO_LONG).
pub const PACKET_LIMIT: usize = 12 * 1024;
/// Longest packet in bytes, by the page of error codes (34348): it says 8 KB for both of these, and has error
/// [90055](crate::tim::ErrorCode::BATCH_TOO_LONG) for batches beyond. (A push to all may have 10 KB, error
/// [90056](crate::tim::ErrorCode::PUSH_TOO_LONG).)
pub const LOWER_PACKET_LIMIT: usize = 8 * 1024;

/// Tencent IM's REST API, as the type of [`Request::Api`](crate::Request::Api): `R: Request<Api = RestApi>` is any request to it.
///
/// The calls are for the app's administrator, from a server: whoever has the [`usersig`](Url::usersig) may do anything. Each call
/// is limited to a number a second or a day, which depends on the app's edition. [`Url`] writes the query behind each path.
///
/// The HTTP status is 200 for failures, too, unless a gateway on the way fails (502). The [`Outcome`] says what became of a
/// request.
#[derive(Clone, Copy, Debug)]
pub enum RestApi {}

impl Api for RestApi {
    /// The host of [`Region::China`]; other regions have [their own](Region::host).
    const HOST: &'static str = Region::China.host();
    /// The pages name no header: `contenttype=json` of the query, which [`Url`] writes, says the same.
    const CONTENT_TYPE: &'static str = "application/json";
    const AUTH_HEADER: Option<&'static str> = None;
    const SERVER_ERROR: Option<&'static str> = None;
    type Outcome<'r> = Outcome<'r>;
}

/// True if the body is so short that no source forbids it: at most [`LOWER_PACKET_LIMIT`].
///
/// The sources disagree about the limit, 8 KB or 12 KB ([`PACKET_LIMIT`]), and do not say what counts: the ids of 500 receivers, 32
/// bytes each, take 17 KB alone. So `check` does not look at the length. [`encoded_len`] gives the length itself.
#[must_use]
pub fn fits<R: Request<Api = RestApi>>(request: &R) -> bool {
    request.body().is_none_or(|body| encoded_len(body) <= LOWER_PACKET_LIMIT)
}

/// Implements [`Response`](crate::Response) for a reply by its [`Outcome`].
macro_rules! response {
    ($reply:ident: |$self:ident| $outcome:expr) => {
        impl<'r> $crate::exchange::Response<'r> for $reply<'r> {
            type Api = $crate::tim::rest::RestApi;

            fn outcome(&self) -> $crate::tim::rest::Outcome<'r> {
                let $self = self;
                $outcome
            }

            fn is_success(&self) -> bool {
                matches!(self.outcome(), $crate::tim::rest::Outcome::Done)
            }

            fn description(&self) -> Option<&'r str> {
                self.error_info
            }
        }
    };
}

use response;
