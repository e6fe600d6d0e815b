//! The places at which every case is tried.

use crate::place::{Place, Takes};

const fn place(
    name: &'static str,
    kind: &'static str,
    takes: Takes,
    template: &'static str,
    view: &'static str,
    absent: &'static str,
) -> Place {
    Place { name, kind, template, view, absent, takes, levels: 0 }
}

/// A place whose value nobody reads, so many levels deep in a value that nobody reads.
const fn unread(
    name: &'static str,
    kind: &'static str,
    takes: Takes,
    levels: isize,
    template: &'static str,
    absent: &'static str,
) -> Place {
    Place { levels, ..place(name, kind, takes, template, absent, absent) }
}

/// A member of a push, written as it is read.
const fn member(name: &'static str, takes: Takes, template: &'static str) -> Place {
    place(name, "vivo.send", takes, template, template, PUSH)
}

/// A value whose own outermost level is none that nobody asked for.
const fn container(name: &'static str, takes: Takes, template: &'static str) -> Place {
    Place { levels: -1, ..member(name, takes, template) }
}

const PUSH: &str = r#"{"title":"t","content":"c","requestId":"r"}"#;
const I32: (i128, i128) = (i32::MIN as i128, i32::MAX as i128);
const U32: (i128, i128) = (0, u32::MAX as i128);
const U64: (i128, i128) = (0, u64::MAX as i128);
/// A reply takes a number for text.
const LENIENT_TEXT: Takes = Takes::Lenient(&Takes::Id);

pub(crate) const PLACES: &[Place] = &[
    // What nobody asked for.
    unread(
        "unknown_first",
        "vivo.send",
        Takes::Anything,
        0,
        r#"{"new":§,"title":"t","content":"c","requestId":"r"}"#,
        PUSH,
    ),
    unread(
        "unknown_middle",
        "vivo.send",
        Takes::Anything,
        0,
        r#"{"title":"t","new":§,"content":"c","requestId":"r"}"#,
        PUSH,
    ),
    unread(
        "unknown_last",
        "vivo.send",
        Takes::Anything,
        0,
        r#"{"title":"t","content":"c","requestId":"r","new":§}"#,
        PUSH,
    ),
    unread("unknown_alone", "tim.info", Takes::Anything, 0, r#"{"new":§}"#, "{}"),
    unread(
        "unknown_of_a_reply",
        "vivo.send.reply",
        Takes::Anything,
        0,
        r#"{"result":0,"new":§}"#,
        r#"{"result":0}"#,
    ),
    unread(
        "unknown_in_an_unknown_array",
        "vivo.send",
        Takes::Anything,
        2,
        r#"{"new":[0,{"a":§}],"title":"t","content":"c","requestId":"r"}"#,
        PUSH,
    ),
    unread(
        "unknown_in_an_inner_message",
        "vivo.send",
        Takes::Anything,
        0,
        r#"{"title":"t","content":"c","extra":{"new":§,"callback":"b"},"requestId":"r"}"#,
        r#"{"title":"t","content":"c","extra":{"callback":"b"},"requestId":"r"}"#,
    ),
    unread(
        "unknown_in_a_list_of_messages",
        "vivo.list-push.reply",
        Takes::Anything,
        0,
        r#"{"result":0,"invalidUsers":[{"status":1,"new":§,"userid":"u"}]}"#,
        r#"{"result":0,"invalidUsers":[{"status":1,"userid":"u"}]}"#,
    ),
    unread(
        "unknown_in_a_receipt",
        "vivo.receipt",
        Takes::Anything,
        0,
        r#"{"t":{"new":§,"param":"p"}}"#,
        r#"{"t":{"param":"p"}}"#,
    ),
    unread(
        "unknown_in_a_message_element",
        "tim.sendmsg",
        Takes::Anything,
        0,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"new":§,"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}"#,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}"#,
    ),
    unread(
        "unknown_key_first",
        "vivo.send",
        Takes::AnyKey,
        0,
        r#"{§:0,"title":"t","content":"c","requestId":"r"}"#,
        PUSH,
    ),
    unread(
        "unknown_key_last",
        "vivo.send",
        Takes::AnyKey,
        0,
        r#"{"title":"t","content":"c","requestId":"r",§:0}"#,
        PUSH,
    ),
    unread(
        "unknown_key_in_an_unknown_object",
        "vivo.send",
        Takes::AnyKey,
        1,
        r#"{"new":{"a":[],§:0},"title":"t","content":"c","requestId":"r"}"#,
        PUSH,
    ),
    // Raw values.
    member("raw_last", Takes::Raw, r#"{"title":"t","content":"c","requestId":"r","auditReview":§}"#),
    place(
        "raw_first",
        "vivo.send",
        Takes::Raw,
        r#"{"auditReview":§,"title":"t","content":"c","requestId":"r"}"#,
        r#"{"title":"t","content":"c","requestId":"r","auditReview":§}"#,
        PUSH,
    ),
    place(
        "raw_content_of_a_message_element",
        "tim.sendmsg",
        Takes::RequiredRaw,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"MsgType":"x","MsgContent":§}]}"#,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"MsgType":"x","MsgContent":§}]}"#,
        "",
    ),
    place(
        "raw_content_before_its_type",
        "tim.sendmsg",
        Takes::RequiredRaw,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"MsgContent":§,"MsgType":"x"}]}"#,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"MsgType":"x","MsgContent":§}]}"#,
        "",
    ),
    place(
        "raw_degrees",
        "tim.sendmsg",
        Takes::Raw,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"MsgType":"TIMLocationElem","MsgContent":{"Latitude":§,"Longitude":2}}]}"#,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"MsgType":"TIMLocationElem","MsgContent":{"Latitude":§,"Longitude":2}}]}"#,
        r#"{"To_Account":"a","MsgRandom":1,"MsgBody":[{"MsgType":"TIMLocationElem","MsgContent":{"Longitude":2}}]}"#,
    ),
    // Text.
    member("text_required", Takes::RequiredText, r#"{"title":§,"content":"c","requestId":"r"}"#),
    place(
        "text_required_out_of_order",
        "vivo.send",
        Takes::RequiredText,
        r#"{"requestId":"r","content":"c","title":§}"#,
        r#"{"title":§,"content":"c","requestId":"r"}"#,
        "",
    ),
    member("text_last", Takes::Text, r#"{"title":"t","content":"c","requestId":"r","profileId":§}"#),
    place(
        "text_in_an_inner_message",
        "vivo.send",
        Takes::Text,
        r#"{"title":"t","content":"c","extra":{"callback":§},"requestId":"r"}"#,
        r#"{"title":"t","content":"c","extra":{"callback":§},"requestId":"r"}"#,
        r#"{"title":"t","content":"c","extra":{},"requestId":"r"}"#,
    ),
    place(
        "text_of_a_reply",
        "vivo.send.reply",
        LENIENT_TEXT,
        r#"{"result":0,"desc":§}"#,
        r#"{"result":0,"desc":§}"#,
        r#"{"result":0}"#,
    ),
    place(
        "text_in_a_receipt",
        "vivo.receipt",
        Takes::Text,
        r#"{"t":{"ackTime":1,"param":§}}"#,
        r#"{"t":{"ackTime":1,"param":§}}"#,
        r#"{"t":{"ackTime":1}}"#,
    ),
    // Numbers.
    member(
        "integer_i32",
        Takes::Integer(I32.0, I32.1),
        r#"{"notifyType":§,"title":"t","content":"c","requestId":"r"}"#,
    ),
    member(
        "integer_u32",
        Takes::Integer(U32.0, U32.1),
        r#"{"title":"t","content":"c","timeToLive":§,"requestId":"r"}"#,
    ),
    place(
        "integer_u64_out_of_order",
        "vivo.receipt",
        Takes::Integer(U64.0, U64.1),
        r#"{"t":{"param":"p","ackTime":§}}"#,
        r#"{"t":{"ackTime":§,"param":"p"}}"#,
        r#"{"t":{"param":"p"}}"#,
    ),
    place(
        "integer_required",
        "vivo.send.reply",
        Takes::RequiredInteger(I32.0, I32.1),
        r#"{"result":§,"desc":"d"}"#,
        r#"{"result":§,"desc":"d"}"#,
        "",
    ),
    place(
        "integer_in_a_list_of_messages",
        "vivo.list-push.reply",
        Takes::Lenient(&Takes::Integer(I32.0, I32.1)),
        r#"{"result":0,"invalidUsers":[{"status":§,"userid":"u"}]}"#,
        r#"{"result":0,"invalidUsers":[{"status":§,"userid":"u"}]}"#,
        r#"{"result":0,"invalidUsers":[{"userid":"u"}]}"#,
    ),
    // Ids and switches.
    place(
        "id_required",
        "vivo.send",
        Takes::RequiredId,
        r#"{"title":"t","content":"c","requestId":§}"#,
        r#"{"title":"t","content":"c","requestId":§}"#,
        "",
    ),
    place(
        "id_of_an_invalid_user",
        "vivo.list-push.reply",
        LENIENT_TEXT,
        r#"{"result":0,"invalidUsers":[{"status":1,"userid":§}]}"#,
        r#"{"result":0,"invalidUsers":[{"status":1,"userid":§}]}"#,
        r#"{"result":0,"invalidUsers":[{"status":1}]}"#,
    ),
    member("boolean", Takes::Boolean, r#"{"title":"t","content":"c","requestId":"r","sendOnline":§}"#),
    place(
        "flag",
        "tim.settings",
        Takes::Flag,
        r#"{"offline_push_config_ios_config":{"ios_offline_push_config_ignore_badge":§}}"#,
        r#"{"offline_push_config_ios_config":{"ios_offline_push_config_ignore_badge":§}}"#,
        r#"{"offline_push_config_ios_config":{}}"#,
    ),
    // Lists and maps.
    member(
        "element_of_a_list",
        Takes::RequiredText,
        r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"orTags":["a",§,"z"]}}"#,
    ),
    place(
        "element_of_a_list_last",
        "vivo.list-push",
        Takes::RequiredText,
        r#"{"regIds":["a","b",§],"taskId":"1","requestId":"r"}"#,
        r#"{"regIds":["a","b",§],"taskId":"1","requestId":"r"}"#,
        "",
    ),
    member(
        "map_value",
        Takes::MapValue,
        r#"{"title":"t","content":"c","clientCustomMap":{"k":§},"requestId":"r"}"#,
    ),
    member(
        "map_value_between",
        Takes::MapValue,
        r#"{"title":"t","content":"c","clientCustomMap":{"k":"v","l":§,"m":0},"requestId":"r"}"#,
    ),
    member(
        "map_key",
        Takes::RequiredText,
        r#"{"title":"t","content":"c","clientCustomMap":{§:"v"},"requestId":"r"}"#,
    ),
    place(
        "key_of_a_receipt",
        "vivo.receipt",
        Takes::RequiredText,
        r#"{§:{"param":"p"}}"#,
        r#"{§:{"param":"p"}}"#,
        "",
    ),
    place(
        "list",
        "vivo.send",
        Takes::Texts,
        r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"orTags":§}}"#,
        r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"orTags":§}}"#,
        r#"{"title":"t","content":"c","requestId":"r","tagExpression":{}}"#,
    ),
    container("map", Takes::Map, r#"{"title":"t","content":"c","clientCustomMap":§,"requestId":"r"}"#),
    Place {
        levels: -1,
        ..place(
            "message_of_a_reply",
            "vivo.send.reply",
            Takes::Lenient(&Takes::Message),
            r#"{"result":0,"invalidUser":§}"#,
            r#"{"result":0,"invalidUser":§}"#,
            r#"{"result":0}"#,
        )
    },
    Place {
        levels: -2,
        ..place(
            "list_of_messages_of_a_reply",
            "vivo.list-push.reply",
            Takes::Lenient(&Takes::Messages { required: false }),
            r#"{"result":0,"invalidUsers":§}"#,
            r#"{"result":0,"invalidUsers":§}"#,
            r#"{"result":0}"#,
        )
    },
    Place {
        levels: -2,
        ..place(
            "list_of_accounts_of_a_reply",
            "tim.batch.reply",
            Takes::Lenient(&Takes::Messages { required: true }),
            r#"{"ErrorList":§,"ErrorCode":0}"#,
            r#"{"ErrorCode":0,"ErrorList":§}"#,
            r#"{"ErrorCode":0}"#,
        )
    },
    place(
        "count_of_a_reply",
        "vivo.statistics.reply",
        Takes::Lenient(&Takes::Integer(U64.0, U64.1)),
        r#"{"result":0,"statistics":[{"target":§,"send":1},{"send":2}]}"#,
        r#"{"result":0,"statistics":[{"target":§,"send":1},{"send":2}]}"#,
        r#"{"result":0,"statistics":[{"send":1},{"send":2}]}"#,
    ),
    container("message", Takes::Message, r#"{"title":"t","content":"c","extra":§,"requestId":"r"}"#),
];
