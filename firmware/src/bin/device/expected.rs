//! What every payload is, to the byte; and what the network brings.

pub const TOKEN: &[u8] =
    br#"{"offline_push_token_token":"12345678901234567890123","offline_push_token_business_id":6666}"#;

pub const INTENT: &[u8] =
    b"intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;\
    S.title=%E9%97%A8%E9%93%83%20%26%20bell;i.room=15;end";

pub const AUTH_REQUEST: &[u8] = b"{\"appId\":10004,\"appKey\":\"25509283-3767-4b9e-83fe-b6e55ac6243e\",\
    \"timestamp\":1501484120000,\"sign\":\"fe3b46a2befc60334c2388676a752bd6\"}";

pub const EXT: &[u8] = "{\"door\":2,\"visitor\":\"张三\"}".as_bytes();

/// The same ext of a sender that escapes what is not ASCII.
pub const ESCAPED_EXT: &[u8] = br#"{"visitor":"\u5f20\u4e09","door":2}"#;

pub const SETTINGS: &[u8] = concat!(
    r#"{"offline_push_config_desc":"今晚七点在老地方见 🍜","#,
    r#""offline_push_config_ext":"{\"door\":2,\"visitor\":\"张三\"}"}"#,
)
.as_bytes();

pub const NOTIFICATION: &[u8] = concat!(
    r#"{"appId":10004,"regId":"12345678901234567890123","notifyType":4,"title":"a new message","#,
    r#""content":"今晚七点在老地方见 🍜","skipType":4,"#,
    r#""skipContent":"intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;"#,
    "component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;",
    r#"S.title=%E9%97%A8%E9%93%83%20%26%20bell;i.room=15;end","classification":1,"#,
    r#""clientCustomMap":{"ext":"{\"door\":2,\"visitor\":\"张三\"}"},"#,
    r#""requestId":"25509283-3767-4b9e-83fe-b6e55ac6b123"}"#,
)
.as_bytes();

pub const AUTH_TOKEN: &str = "24ojds98fu3jqrioeu982134jieds9fq43u09uaf";
pub const AUTHENTICATED: &[u8] = concat!(
    r#"{"result": 0, "desc": "\u8bf7\u6c42\u6210\u529f", "#,
    r#""authToken": "24ojds98fu3jqrioeu982134jieds9fq43u09uaf" }"#,
)
.as_bytes();

pub const REFUSED: &[u8] = concat!(
    r#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5","#,
    r#""invalidUser":{"status":1,"userid":"15638535410301000000001"}}"#,
)
.as_bytes();
