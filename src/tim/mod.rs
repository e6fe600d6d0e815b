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
