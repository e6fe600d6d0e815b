//! Tencent IM: its messages, the requests and replies of its REST API, and its error codes.
//!
//! ```
//! use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
//! use offline_push::{Ext, json};
//!
//! // The app reports its token after login.
//! let token = OfflinePushToken::new(6666, "12345678901234567890123");
//! token.check()?;
//!
//! // A sender attaches settings to a message. The sender's server sends them through the REST API.
//! let settings = OfflinePushSettings::new()
//!     .title("Alice")
//!     .ext(Ext::from(r#"{"sender":"alice"}"#));
//! let info = settings.to_info(&mut [])?.value;
//! info.check()?;
//! let mut buffer = [0; 128];
//! assert_eq!(
//!     json::to_str(&info, &mut buffer)?,
//!     r#"{"Title":"Alice","Ext":"{\"sender\":\"alice\"}"}"#,
//! );
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! | sender | receiver | type |
//! |---|---|---|
//! | the app | the IM SDK, after login | [`OfflinePushToken`] |
//! | a sender's app | the C SDK, with a message | [`MessagePush`] with [`OfflinePushSettings`], which may contain [`VendorParams`] |
//! | a sender's app | the web SDK, or Flutter for the web | [`WebPushInfo`] |
//! | a sender's app for Android | its own server or storage, with `Gson` | [`JavaPushInfo`], in [`JavaPushWrapper`] or not |
//! | a sender's server | the REST API, with or without a message | a request of [`rest`] with [`OfflinePushInfo`] |
//! | APNs | the app | [`ApnsPayload`] |
//!
//! [`convert`] converts between the four forms of one push, and [`detect`] says which form a JSON object has. [`ErrorCode`] is the code in
//! a reply of the REST API or in the SDK's `onError`, with advice on what to do.
//!
//! # Sources
//!
//! Numbers such as *33527* and *77715* identify the page that documents a field. [`OfflinePushInfo`] and [`rest`] list the
//! addresses.
//!
//! # Buffer sizes
//!
//! [`OfflinePushToken`] has a maximum length ([`MAX_ENCODED_LEN`](crate::json::Encode::MAX_ENCODED_LEN)), and so have settings
//! that pass their check ([`MAX_CHECKED_LEN`](OfflinePushSettings::MAX_CHECKED_LEN)). Tencent's pages give no limits for some fields
//! of the other messages. [`json::encoded_len`](crate::json::encoded_len) returns the exact length of a
//! message. The longest published [`OfflinePushInfo`] is 507 bytes long. Settings with all keys are 1825 bytes long. Requests
//! of [`rest`] are up to 568 bytes long, and replies up to 255. For a reply, 1024 bytes are enough, plus 128 bytes for each account in an
//! [error list](rest::AccountError).

mod apns;
pub mod callback;
mod code;
pub mod convert;
mod form;
mod info;
mod java;
mod message;
pub mod rest;
mod settings;
pub mod timpush;
mod token;
mod vendor_params;
mod web;

pub use apns::ApnsPayload;
pub use code::{ErrorCode, ReportAdvice, SendAdvice};
pub use form::{Form, detect};
pub use info::{
    AndroidInfo, ApnsInfo, BadgeMode, HarmonyInfo, LanguageContent, LiveActivity, OfflinePushInfo, PushStyle,
    Switch,
};
pub use java::{
    JavaAndroidConfig, JavaApnsConfig, JavaBytes, JavaHarmonyConfig, JavaPushInfo, JavaPushWrapper,
};
pub use message::MessagePush;
pub use settings::{
    AndroidPushSettings, HarmonyPushSettings, IosPushSettings, IosPushType, MeizuNotifyType, NotifyMode,
    OfflinePushSettings, OppoNotifyLevel, PushFlag,
};
pub use token::{HexTokenError, OfflinePushToken, TokenType};
pub use vendor_params::VendorParams;
pub use web::{WebAndroidInfo, WebApnsInfo, WebPushInfo};

crate::json::owned_aliases! {
    OfflinePushToken => OwnedToken, BoxedToken;
    OfflinePushSettings => OwnedSettings, BoxedSettings;
    OfflinePushInfo => OwnedInfo, BoxedInfo;
    WebPushInfo => OwnedWebInfo, BoxedWebInfo;
    JavaPushInfo => OwnedJavaInfo, BoxedJavaInfo;
    MessagePush => OwnedMessagePush, BoxedMessagePush;
}
