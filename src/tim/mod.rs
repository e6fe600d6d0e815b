//! What Tencent IM speaks.

mod apns;
mod code;
mod info;
pub mod rest;
mod settings;
mod token;
mod vendor_params;

pub use apns::ApnsPayload;
pub use code::{ErrorCode, ReportAdvice, SendAdvice};
pub use info::{
    AndroidInfo, ApnsInfo, BadgeMode, HarmonyInfo, LanguageContent, LiveActivity, OfflinePushInfo, PushStyle,
    Switch,
};
pub use settings::{
    AndroidPushSettings, HarmonyPushSettings, IosPushSettings, IosPushType, MeizuNotifyType, NotifyMode,
    OfflinePushSettings, OppoNotifyLevel, PushFlag,
};
pub use token::{OfflinePushToken, TokenType};
pub use vendor_params::VendorParams;
