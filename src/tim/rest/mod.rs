//! Requests to Tencent IM's REST API that send a message or a push, and their replies.
//!
//! ```
//! use offline_push::json::{self, List};
//! use offline_push::tim::OfflinePushInfo;
//! use offline_push::tim::rest::{MessageElement, Outcome, Region, SendMessage, Url};
//! use offline_push::tim::rest::{RestApi, fits};
//! use offline_push::{ReplyError, Request, Response, read_reply};
//!
//! let info = OfflinePushInfo::new().title("Alice").desc("See you at seven");
//! let body = [MessageElement::text("See you at seven")];
//! let message = SendMessage::new("bob", 1_287_657, List::from_slice(&body))
//!     .from_account("alice")
//!     .offline_push_info(info);
//! message.check()?;
//! assert!(fits(&message));
//!
//! // Give the HTTP client the method (SendMessage::METHOD), the URL and the body.
//! let url = Url::new(Region::China.host(), 88_888_888, "admin", "xxx", 99_999_999);
//! let (mut line, mut packet) = ([0; 512], [0; 1024]);
//! assert_eq!(
//!     url.absolute::<SendMessage>(&mut line)?,
//!     "https://console.tim.qq.com/v4/openim/sendmsg?sdkappid=88888888\
//!      &identifier=admin&usersig=xxx&random=99999999&contenttype=json",
//! );
//! let packet = json::to_slice(&message, &mut packet)?;
//!
//! // The HTTP client returns the status and the body. The status is 200 for failures, too.
//! fn accepted<R: Request<Api = RestApi>>(
//!     _request: &R,
//!     status: u16,
//!     received: &mut [u8],
//! ) -> Result<bool, ReplyError> {
//!     let reply: R::Response<'_> = read_reply(status, received)?;
//!     Ok(matches!(reply.outcome(), Outcome::Done))
//! }
//! let mut received = *br#"{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":90012}"#;
//! assert!(!accepted(&message, 200, &mut received)?);
//! assert!(accepted(&message, 502, &mut []).is_err()); // from a gateway
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! | request | path | receivers | `OfflinePushInfo` |
//! |---|---|---|---|
//! | [`SendMessage`] | `v4/openim/sendmsg` | one user | optional |
//! | [`BatchSendMessage`] | `v4/openim/batchsendmsg` | up to 500 users | optional |
//! | [`SendGroupMessage`] | `v4/group_open_http_svc/send_group_msg` | a group, or some of its members | optional |
//! | [`AllMembersPush`] | `v4/all_member_push/im_push` | all users, or those that meet a condition | optional |
//! | [`PushBatch`] | `v4/timpush/batch` | up to 500 users or devices, without a chat message | required |
//!
//! # Sources
//!
//! Numbers identify Tencent's pages at trtc.io/document/… and tencentcloud.com/document/product/1047/…; the number in parentheses is the
//! page at cloud.tencent.com/document/product/269/…. *34919* (2282) is `sendmsg`, *34920* (1612) `batchsendmsg`, *34959* (1629)
//! `send_group_msg`, *37165* `im_push`, *67553* (108906) `timpush/batch`, *33527* (2720) the elements of a message, *34620* the common
//! parts of all requests, *34348* the error codes. The fields are in the order of the samples on these pages.

mod all_members;
mod batch;
mod content;
mod element;
mod group;
mod push_batch;
mod reply;
mod send;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
mod url;

pub use all_members::{AllMembersPush, AllMembersPushResponse, Condition};
pub(in crate::tim) use all_members::{check_tag, check_tags};
pub use batch::{BatchSendMessage, BatchSendMessageResponse};
pub use content::{CustomContent, FaceContent, LocationContent, TextContent};
pub use element::{MessageElement, OtherElement};
pub use group::{GroupAt, MsgPriority, SendGroupMessage, SendGroupMessageResponse};
pub use push_batch::{PushBatch, PushBatchResponse};
pub(in crate::tim) use reply::outcome;
pub use reply::{AccountError, ActionStatus, Outcome};
pub use send::{ForbidCallbackControl, SendMessage, SendMessageResponse, SendMsgControl, SyncOtherMachine};
pub use url::{Region, Url};

use crate::check::{Broken, CheckAll, CheckError, Rule, ensure, present, within};
use crate::exchange::{Api, Request};
use crate::json::{List, encoded_len};
use crate::tim::{OfflinePushInfo, SendAdvice};

/// Maximum length of a packet in bytes, according to the pages of the requests: 34919 and 34920 with error
/// [93000](crate::tim::ErrorCode::REQUEST_TOO_LONG), 34959 with [80002](crate::tim::ErrorCode::MESSAGE_TOO_LONG).
pub const PACKET_LIMIT: usize = 12 * 1024;
/// Maximum length of a packet in bytes, according to the page of error codes (34348): 8 KB for both of these errors, and
/// [90055](crate::tim::ErrorCode::BATCH_TOO_LONG) for longer batches. (A push to all users may be 10 KB long: error
/// [90056](crate::tim::ErrorCode::PUSH_TOO_LONG).)
pub const LOWER_PACKET_LIMIT: usize = 8 * 1024;

/// Tencent IM's REST API, as the type of [`Request::Api`]: `R: Request<Api = RestApi>` means any request to this API.
///
/// Only an administrator of the app may call it, and only from a server: the [`usersig`](Url::usersig) gives access to
/// everything. The number of calls per second or per day is limited and depends on the app's edition. [`Url`] writes the query
/// after each path.
///
/// The HTTP status is 200 even for failures, unless a gateway fails (502). [`Outcome`] is the result of a request.
#[derive(Clone, Copy, Debug)]
pub enum RestApi {}

impl Api for RestApi {
    /// The host of [`Region::China`]; other regions have [their own](Region::host).
    const HOST: &'static str = Region::China.host();
    const BASE_URL: &'static str = "https://console.tim.qq.com";
    /// The pages do not mention this header. They have `contenttype=json` in the query, which [`Url`] writes.
    const CONTENT_TYPE: &'static str = "application/json";
    const AUTH_HEADER: Option<&'static str> = None;
    const SERVER_ERROR: Option<&'static str> = None;
    type Outcome<'r> = Outcome<'r>;
    type Advice = SendAdvice;
    type Kind = ();
}

/// True if the body is short enough for every source: at most [`LOWER_PACKET_LIMIT`].
///
/// The sources disagree about the limit, 8 KB or 12 KB ([`PACKET_LIMIT`]), and do not say what counts: the ids of 500 receivers,
/// 32 bytes each, already take 17 KB. So `check` does not check the length. [`encoded_len`] returns the length.
#[must_use]
pub fn fits<R: Request<Api = RestApi>>(request: &R) -> bool {
    request.body().is_none_or(|body| encoded_len(body) <= LOWER_PACKET_LIMIT)
}

/// Maximum time for which the server keeps a message, in seconds.
const MAX_LIFE_TIME: i64 = 604_800;

/// Accepts at least one element, and at most one `TIMCustomElem`.
pub(in crate::tim) fn check_body<'a>(
    elements: &List<'a, MessageElement<'a>>,
    broken: &mut impl Broken,
) -> Result<(), CheckError> {
    ensure(!elements.is_empty(), "MsgBody", Rule::Missing)?;
    let mut customs = 0usize;
    for element in elements {
        element.check_each(broken).or_else(&mut *broken)?;
        customs = customs.saturating_add(usize::from(matches!(element, MessageElement::Custom(_))));
    }
    ensure(customs <= 1, "TIMCustomElem", Rule::TooMany { max: 1 })
}

/// Accepts 1 to `max` accounts, none of them empty.
pub(in crate::tim) fn check_receivers(accounts: &List<'_, &str>, max: u32) -> Result<(), CheckError> {
    const FIELD: &str = "To_Account";
    ensure(!accounts.is_empty(), FIELD, Rule::Missing)?;
    ensure(u32::try_from(accounts.len()).is_ok_and(|count| count <= max), FIELD, Rule::TooMany { max })?;
    accounts.iter().try_for_each(|account| present(account, FIELD))
}

/// Accepts an absent sender, or one that is not empty.
pub(in crate::tim) fn check_sender(account: Option<&str>) -> Result<(), CheckError> {
    account.map_or(Ok(()), |account| present(account, "From_Account"))
}

/// Accepts at most 7 days.
fn check_life_time(seconds: Option<u32>) -> Result<(), CheckError> {
    within(seconds.map(i64::from), 0, MAX_LIFE_TIME, "MsgLifeTime")
}

pub(in crate::tim) fn check_push_info(
    info: Option<&OfflinePushInfo<'_>>,
    broken: &mut impl Broken,
) -> Result<(), CheckError> {
    info.map_or(Ok(()), |info| info.check_each(broken))
}

/// Implements [`Response`](crate::Response) for a reply, from its [`Outcome`].
macro_rules! response {
    ($reply:ident: |$self:ident| $outcome:expr) => {
        impl<'r> $crate::exchange::Response<'r> for $reply<'r> {
            type Api = $crate::tim::rest::RestApi;

            fn outcome(&self) -> $crate::tim::rest::Outcome<'r> {
                let $self = self;
                $outcome
            }

            fn advice(&self) -> $crate::tim::SendAdvice {
                self.outcome().advice()
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

pub(in crate::tim) use response;
