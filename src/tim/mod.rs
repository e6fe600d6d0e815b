//! What Tencent IM speaks.

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
