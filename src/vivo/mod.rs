//! What vivo's push service speaks.

pub mod android;
mod auth;
mod broadcast;
mod code;
mod list_push;
mod notification;
mod receipt;
mod receipt_code;
mod reply;
mod request;
mod response;
mod rules;
mod state;
mod statistics;
mod token_life;
mod user_status;

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
pub use reply::{ReplyError, read_reply};
pub use request::{Request, auth_header_value};
pub use response::{InvalidUser, ListPushResponse, SendResponse, TaskResponse};
pub use rules::Rules;
pub(crate) use rules::check_members;
pub use state::{PushState, StateAdvice};
pub use statistics::{Statistics, StatisticsRequest, StatisticsResponse};
pub use token_life::{AuthOutcome, Step, TokenLife, TokenNumber, TokenState};
pub use user_status::UserStatus;

/// Host of the server API, over HTTPS.
pub const HOST: &str = "api-push.vivo.com.cn";
/// Header that carries the auth token, on every call but [`AuthRequest`]'s.
pub const AUTH_HEADER: &str = "authToken";
/// Value of the `Content-Type` header, as the official Java SDK sends it.
pub const CONTENT_TYPE: &str = "application/json;charset=UTF-8";
