//! The messages that are measured: the full notification of the host's benchmarks, its token, and vivo's two replies.

use offline_push::json::Map;
use offline_push::tim::OfflinePushToken;
use offline_push::vivo::{
    Classification, NetworkType, Notification, NotificationExtra, NotifyType, PushMode, SkipType,
};

pub const TITLE: &str = "张三在“项目讨论组”里提到你，请尽快查看";
pub const CONTENT: &str = "各位同事，今天下午三点的产品评审会议改到四点举行，地点仍在三楼第二会议室，请提前准备好材料并准时参加，会后将发会议纪要。";
pub const SKIP_CONTENT: &str =
    "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end";
pub const REG_ID: &str = "15638535410301000000001";
pub const REQUEST_ID: &str = "25509283-3767-4b9e-83fe-b6e55ac6243e";
pub const CALLBACK: &str = "https://im.cn/vivo";

/// The notification, 683 bytes as JSON.
pub static NOTIFICATION: Notification<'static> = {
    let mut push = Notification::new(TITLE, CONTENT, REQUEST_ID);
    push.app_id = Some(10_004);
    push.reg_id = Some(REG_ID);
    push.notify_type = Some(NotifyType::RING_AND_VIBRATE);
    push.time_to_live = Some(86_400);
    push.skip_type = Some(SkipType::OPEN_SCREEN);
    push.skip_content = Some(SKIP_CONTENT);
    push.network_type = Some(NetworkType::ANY);
    push.classification = Some(Classification::SYSTEM);
    push.category = Some("IM");
    push.client_custom_map = Some(Map::from_slice(&[("ext", "c2c_u2")]));
    let mut extra = NotificationExtra::new();
    extra.callback = Some(CALLBACK);
    extra.callback_param = Some("vivo");
    push.extra = Some(extra);
    push.push_mode = Some(PushMode::FORMAL);
    push
};

/// The registration as it is reported.
pub fn token() -> OfflinePushToken<'static> {
    OfflinePushToken::new(6666, REG_ID)
}

/// vivo's reply to a send, with the escapes that its server writes.
pub const REPLY: &[u8; 111] = br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5","invalidUser":{"status":1,"userid":"15638535410301000000001"}}"#;

/// vivo's reply to an auth request.
pub const AUTH_REPLY: &[u8; 101] =
    br#"{"result":0,"desc":"\u8bf7\u6c42\u6210\u529f","authToken":"24ojds98fu3jqrioeu982134jieds9fq43u09uaf"}"#;
