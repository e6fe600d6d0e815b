//! What Tencent IM speaks.
//!
//! | who | to whom | type |
//! |---|---|---|
//! | the app | the IM SDK, after login | [`OfflinePushToken`] |
//! | a sender's app | the C SDK, with a message | [`OfflinePushSettings`], within a [`MessagePush`]; [`VendorParams`] within |
//! | a sender's app | the web SDK, or Flutter for the web | [`WebPushInfo`] |
//! | a sender's server | the REST API, with a message or without | [`OfflinePushInfo`], within a request of [`rest`] |
//! | Apple | the app | [`ApnsPayload`] |
//!
//! The three forms of one push become one another in [`convert`]. What a reply or the SDK's `onError` says is an
//! [`ErrorCode`], which knows what to do about it.
//!
//! Numbers like *33527* and *77715* name the pages that a field comes from: [`OfflinePushInfo`] and [`rest`] say where they
//! are.
//!
//! How large a buffer must be: [`OfflinePushToken`] names its longest JSON
//! ([`MAX_ENCODED_LEN`](crate::json::Encode::MAX_ENCODED_LEN), 1691 bytes). The others have fields for which no page gives a
//! limit, so that nothing could be named but a guess: [`json::encoded_len`](crate::json::encoded_len) has the exact length of
//! the message at hand. Published [`OfflinePushInfo`]s have up to 507 bytes, settings with every key 1825, requests of [`rest`]
//! up to 568 and replies 255: 1024 bytes for the reply to one, and 128 more an account in an
//! [error list](rest::AccountError), are on the safe side.

mod apns;
mod code;
pub mod convert;
mod info;
mod message;
pub mod rest;
mod settings;
mod token;
mod vendor_params;
mod web;

pub use apns::ApnsPayload;
pub use code::{ErrorCode, ReportAdvice, SendAdvice};
pub use info::{
    AndroidInfo, ApnsInfo, BadgeMode, HarmonyInfo, LanguageContent, LiveActivity, OfflinePushInfo, PushStyle,
    Switch,
};
pub use message::MessagePush;
pub use settings::{
    AndroidPushSettings, HarmonyPushSettings, IosPushSettings, IosPushType, MeizuNotifyType, NotifyMode,
    OfflinePushSettings, OppoNotifyLevel, PushFlag,
};
pub use token::{HexTokenError, OfflinePushToken, TokenType};
pub use vendor_params::VendorParams;
pub use web::{WebAndroidInfo, WebApnsInfo, WebPushInfo};
