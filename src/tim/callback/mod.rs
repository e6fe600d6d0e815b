//! Webhooks about pushes: Tencent IM's server tells your server what happened to each push.
//!
//! Your server parses the query of the URL, verifies its signature if you have entered a token in the console, and decodes the body:
//!
//! ```
//! use offline_push::Vendor;
//! use offline_push::tim::callback::{Callback, CallbackAnswer, PushStage, Query};
//! use offline_push::vivo::ResultCode;
//!
//! let query = Query::parse("SdkAppid=88888888&CallbackCommand=Push.OfflinePush&contenttype=json");
//! query.check(88_888_888)?;
//! # #[cfg(feature = "webhook-sign")]
//! # assert!(query.verify("token", 1_669_872_112, core::time::Duration::from_secs(300)).is_err());
//! let mut body = *br#"{"Events":[{"CallbackCommand":"Push.OfflinePush","EventType":1,
//!     "EventTime":1557481127,"From_Account":"user1","To_Account":"user2","PushPlatform":7,
//!     "PushStage":1,"ErrCode":10302,"ErrInfo":"regId is invalid"}]}"#;
//! match Callback::read(&query, &mut body)? {
//!     Callback::OfflinePush(callback) => {
//!         for event in &callback.events {
//!             assert_eq!(event.push_stage, Some(PushStage::SENT));
//!             let vendor = event.push_platform.and_then(|platform| platform.vendor());
//!             let code = event.err_code.and_then(|code| code.vendor());
//!             if let (Some(Vendor::VIVO), Some(code)) = (vendor, code) {
//!                 assert_eq!(ResultCode::new(code), ResultCode::INVALID_REG_ID);
//!             }
//!         }
//!     }
//!     Callback::AllMemberPush(_) => unreachable!("another command"),
//!     _ => {} // a command that this crate does not know: answer it, too
//! }
//! // The body of the answer, with HTTP status 200.
//! assert_eq!(CallbackAnswer::OK_BODY, r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! | command | about | type |
//! |---|---|---|
//! | `Push.OfflinePush` | pushes of ordinary messages | [`OfflinePushCallback`] |
//! | `Push.AllMemberPush` | pushes to all users, to users with a tag, and to lists of users: [`timpush`](crate::tim::timpush) | [`AllMemberPushCallback`] |
//!
//! **The two webhooks have the same members, but `EventType` has a different meaning in each.** So each has a type of its own.
//!
//! A member whose type is not the documented type is read as absent, so that the other events of the call are not lost.
//!
//! One call has 1 to 100 events. The server makes up to 1000 calls per second; it delays further calls and retries them. No page
//! says how often it retries, so handle an event that arrives twice. For other webhooks, the server waits 2 s for the answer.
//!
//! # Sources
//!
//! *67552* (trtc.io/document/67552) is the page about `Push.OfflinePush`. *67551* (trtc.io/document/67551 =
//! cloud.tencent.com/document/product/269/102568) is the page about `Push.AllMemberPush`. *Webhook overview* is
//! Tencent's page "Webhook Overview" in github.com/tencentyun/intlcloud-documents, the source of the signature.

mod all_member_push;
mod answer;
mod offline_push;
mod platform;
mod query;
#[cfg(feature = "webhook-sign")]
mod sign;

pub use all_member_push::{AllMemberPushCallback, AllMemberPushEvent, AllMemberPushEventType};
pub use answer::CallbackAnswer;
pub use offline_push::{OfflinePushCallback, OfflinePushEvent, OfflinePushEventType};
pub use platform::{PushErrorCode, PushPlatform, PushStage};
pub use query::Query;
#[cfg(feature = "webhook-sign")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhook-sign")))]
pub use sign::{CallbackSign, SignError};

use crate::check::{Broken, CheckError, Rule, ensure};
use crate::json::{self, DecodeError, List};

crate::json::owned_aliases! {
    OfflinePushCallback => OwnedOfflinePushCallback, BoxedOfflinePushCallback;
    AllMemberPushCallback => OwnedAllMemberPushCallback, BoxedAllMemberPushCallback;
}

/// The body of a webhook. The `CallbackCommand` of the URL says which one it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Callback<'a> {
    /// `Push.OfflinePush`: the results of the pushes of ordinary messages.
    OfflinePush(OfflinePushCallback<'a>),
    /// `Push.AllMemberPush`: the results of the pushes of a task.
    AllMemberPush(AllMemberPushCallback<'a>),
    /// A command that this crate does not know, or no command. The body is not decoded: [`read`](Self::read) leaves it as it
    /// was, in the caller's buffer.
    Other {
        /// The command, as in the URL; `None` if the URL has none.
        command: Option<&'a str>,
    },
}

impl<'a> Callback<'a> {
    /// Decodes the body of a webhook inside its buffer.
    ///
    /// Only the command in the URL decides how the body is read, so a body that does not belong to this command is an error. Verify
    /// the signature first, with `Query::verify` (feature `webhook-sign`). The signature does not cover the body.
    ///
    /// # Errors
    ///
    /// As [`json::from_slice_in_place`]. An unknown command is not an error: [`Callback::Other`].
    pub fn read(query: &Query<'a>, body: &'a mut [u8]) -> Result<Self, DecodeError> {
        Ok(match query.command {
            Some(OfflinePushCallback::COMMAND) => Self::OfflinePush(json::from_slice_in_place(body)?),
            Some(AllMemberPushCallback::COMMAND) => Self::AllMemberPush(json::from_slice_in_place(body)?),
            command => Self::Other { command },
        })
    }
}

/// Maximum number of events of a call (67551, 67552).
const MAX_EVENTS: u32 = 100;

/// Accepts 1 to 100 events, each of which passes.
fn check_events<'a, T: json::Decode<'a>, B: Broken>(
    events: &List<'a, T>,
    broken: &mut B,
    check: impl Fn(&T, &mut B) -> Result<(), CheckError>,
) -> Result<(), CheckError>
where
    for<'l> &'l List<'a, T>: IntoIterator<Item = T>,
{
    const FIELD: &str = "Events";
    ensure(!events.is_empty(), FIELD, Rule::Missing).or_else(&mut *broken)?;
    let few = u32::try_from(events.len()).is_ok_and(|count| count <= MAX_EVENTS);
    ensure(few, FIELD, Rule::TooMany { max: MAX_EVENTS }).or_else(&mut *broken)?;
    events.into_iter().try_for_each(|event| check(&event, broken).or_else(&mut *broken))
}

/// Accepts only the command of the callback.
fn check_command(command: Option<&str>, wanted: &str) -> Result<(), CheckError> {
    ensure(command.is_none_or(|command| command == wanted), "CallbackCommand", Rule::UnknownValue)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
