//! What is measured here and in `benches/instructions`: one notification with three texts, vivo's reply, settings, a push to a
//! list, receipts, a token, a certificate with each click event.

#![allow(dead_code)] // Each program uses a part.

use offline_push::json::Map;
use offline_push::tim::OfflinePushToken;
use offline_push::vivo::{
    Certificate, Classification, NetworkType, Notification, NotificationExtra, NotifyType, PushMode, SkipType,
};
use offline_push::{ClickAction, IntentUri, WebUrl};

pub(crate) struct Text {
    pub(crate) name: &'static str,
    title: &'static str,
    content: &'static str,
    skip_content: &'static str,
    custom: &'static [(&'static str, &'static str)],
}

pub(crate) const INTENT: &str =
    "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end";

/// Three bytes a character, nothing to escape.
pub(crate) const CHINESE: Text = Text {
    name: "chinese",
    title: "张三在“项目讨论组”里提到你，请尽快查看",
    content: "各位同事，今天下午三点的产品评审会议改到四点举行，地点仍在三楼第二会议室，请提前准备好材料并准时参加，\
              会后将发会议纪要。",
    skip_content: INTENT,
    custom: &[("ext", "c2c_u2")],
};

pub(crate) const ASCII: Text = Text {
    name: "ascii",
    title: "Alice mentioned you!",
    content: "The product review moved to 4 pm, third floor meeting room 2",
    skip_content: INTENT,
    custom: &[("ext", "c2c_u2")],
};

/// Quotes, tabs and line ends, and JSON inside JSON.
pub(crate) const ESCAPES: Text = Text {
    name: "escapes",
    title: "\"Team\"\tsays: \"hi\"",
    content: "line 1\nline 2:\t\"quoted\"\n\\\\server\\share\\a.txt\n\t- \"x\"\n\t- \"y\"\n",
    skip_content: r#"{"page":"chat","args":{"dir":"C:\\im\\in","nick":"\"Bob\""}}"#,
    custom: &[("ext", r#"{"entity":{"action":1,"sender":"u2","text":"a\nb\t\"c\""}}"#)],
};

pub(crate) const REPLY: &str = concat!(
    r#"{"result":10302,"desc":"regId不合法","#,
    r#""invalidUser":{"status":1,"userid":"15638535410301000000001"}}"#,
);

pub(crate) const SETTINGS: &str = concat!(
    r#"{"offline_push_config_title":"Alice","offline_push_config_desc":"今晚七点在老地方见","#,
    r#""offline_push_config_ext":"c2c_alice","offline_push_config_flag":0,"#,
    r#""offline_push_config_android_config":{"android_offline_push_config_vivo_category":"IM"}}"#,
);

pub(crate) const LIST_PUSH: &str = concat!(
    r#"{"regIds":["12345678901234567890121","12345678901234567890122","12345678901234567890123"],"#,
    r#""taskId":"342982232646905856","requestId":"25509283-3767-4b9e-83fe-b6e55ac6b123"}"#,
);

pub(crate) const RECEIPTS: &str = concat!(
    r#"{"342982232646905856":{"targets":"12345678901234567890121,12345678901234567890122","#,
    r#""ackTime":1501484120000,"param":"vivo","ackType":"0"},"#,
    r#""121397329":{"targets":"12345678901234567890123","param":"vivo","ackType":"104"}}"#,
);

/// Unix time in milliseconds, for the sign.
pub(crate) const TIMESTAMP: u64 = 1_501_484_120_000;

pub(crate) fn notification(text: &Text) -> Notification<'static> {
    let mut push = Notification::new(text.title, text.content, "25509283-3767-4b9e-83fe-b6e55ac6243e");
    push.app_id = Some(10004);
    push.reg_id = Some("15638535410301000000001");
    push.notify_type = Some(NotifyType::RING_AND_VIBRATE);
    push.time_to_live = Some(86_400);
    push.skip_type = Some(SkipType::OPEN_SCREEN);
    push.skip_content = Some(text.skip_content);
    push.network_type = Some(NetworkType::ANY);
    push.classification = Some(Classification::SYSTEM);
    push.category = Some("IM");
    push.client_custom_map = Some(Map::from_slice(text.custom));
    let mut extra = NotificationExtra::new();
    extra.callback = Some("https://im.cn/vivo");
    extra.callback_param = Some("vivo");
    push.extra = Some(extra);
    push.push_mode = Some(PushMode::FORMAL);
    push
}

pub(crate) fn token() -> OfflinePushToken<'static> {
    OfflinePushToken::new(6666, "15638535410301000000001")
}

pub(crate) fn certificate(click: ClickAction<'static>) -> Certificate<'static> {
    let key = "25509283-3767-4b9e-83fe-b6e55ac6243e";
    Certificate::new(6666, 10004, key, "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21", click)
}

/// The click events that a phone can be seen to obey, by name.
pub(crate) fn clicks() -> [(&'static str, ClickAction<'static>); 3] {
    let intent = IntentUri::try_new(INTENT).expect("a URI");
    let url = WebUrl::try_new("https://cloud.tencent.com/document/product/269").expect("a URL");
    [
        ("open_app", ClickAction::OpenApp { ext: None }),
        ("open_screen", ClickAction::OpenScreen { intent, ext: None }),
        ("open_url", ClickAction::OpenUrl(url)),
    ]
}
