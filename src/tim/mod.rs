//! What Tencent IM speaks.

mod code;
mod settings;
mod token;

pub use code::{ErrorCode, ReportAdvice};
pub use settings::{
    AndroidPushSettings, HarmonyPushSettings, IosPushSettings, IosPushType, MeizuNotifyType, NotifyMode,
    OfflinePushSettings, OppoNotifyLevel, PushFlag,
};
pub use token::{OfflinePushToken, TokenType};
