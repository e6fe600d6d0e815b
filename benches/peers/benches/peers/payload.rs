//! The values every contender works on: one full vivo notification in three texts, a short one and a long one.

/// The values that the three notifications share.
pub const APP_ID: u64 = 10_004;
pub const REG_ID: &str = "15638535410301000000001";
pub const NOTIFY_TYPE: i32 = 4;
pub const TIME_TO_LIVE: u32 = 86_400;
pub const SKIP_TYPE: i32 = 4;
pub const NETWORK_TYPE: i32 = -1;
pub const CLASSIFICATION: i32 = 1;
pub const CATEGORY: &str = "IM";
pub const CALLBACK: &str = "https://im.cn/vivo";
pub const CALLBACK_PARAM: &str = "vivo";
pub const REQUEST_ID: &str = "25509283-3767-4b9e-83fe-b6e55ac6243e";
pub const PUSH_MODE: i32 = 0;

/// vivo's answer to a send that was refused because of the registration id.
pub const REPLY: &str =
    r#"{"result":10302,"desc":"regId不合法","invalidUser":{"status":1,"userid":"15638535410301000000001"}}"#;

/// The values in which the three notifications differ.
pub struct Payload {
    /// What the names of the cases end in.
    pub name: &'static str,
    pub title: &'static str,
    pub content: &'static str,
    pub skip_content: &'static str,
    /// Sorted by key, so that maps which sort write the same bytes as those which keep the order.
    pub custom: &'static [(&'static str, &'static str)],
    /// False leaves out every member that a notification may lack, but for the registration id.
    pub full: bool,
}

const INTENT: &str =
    "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end";

/// Chinese text: three bytes a character, written raw, nothing to escape.
pub const ZH: Payload = Payload {
    name: "zh",
    title: "张三在“项目讨论组”里提到你，请尽快查看",
    content: "各位同事，今天下午三点的产品评审会议改到四点举行，地点仍在三楼第二会议室，请提前准备好材料并准时参加，会后将发会议纪要。",
    skip_content: INTENT,
    custom: &[("ext", "c2c_u2")],
    full: true,
};

/// English text of as many characters.
pub const ASCII: Payload = Payload {
    name: "ascii",
    title: "Alice mentioned you!",
    content: "The product review moved to 4 pm, third floor meeting room 2",
    skip_content: INTENT,
    custom: &[("ext", "c2c_u2")],
    full: true,
};

/// Text full of characters that JSON must escape, with JSON texts inside the JSON.
pub const ESC: Payload = Payload {
    name: "esc",
    title: "\"Team\"\tsays: \"hi\"",
    content: "line 1\nline 2:\t\"quoted\"\n\\\\server\\share\\a.txt\n\t- \"x\"\n\t- \"y\"\n",
    skip_content: r#"{"page":"chat","args":{"dir":"C:\\im\\in","nick":"\"Bob\""}}"#,
    custom: &[("ext", r#"{"entity":{"action":1,"sender":"u2","text":"a\nb\t\"c\""}}"#)],
    full: true,
};

/// The least that is sent: four members, 122 bytes.
pub const SHORT: Payload =
    Payload { name: "short", title: "张三", content: "在吗", skip_content: "", custom: &[], full: false };

/// A text far beyond what a phone shows: [`ZH`] with 2 KB of content.
pub fn long() -> Payload {
    Payload { name: "long", content: ZH.content.repeat(12).leak(), ..ZH }
}
