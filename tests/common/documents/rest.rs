//! Requests of the REST API, and their replies.

use proptest::prelude::*;
use proptest::sample::select;

use super::Shape::{Any, Elements, Int, Map, Object, Objects, Text, Texts};
use super::{Field, json_string, json_value, member, object, value};

// What else is in it, messages of its own kind have.
const PUSH: &[Field] = &[("PushFlag", Int), ("Title", Text), ("Ext", Text)];
pub(super) const SEND_MESSAGE: &[Field] = &[
    ("SyncOtherMachine", Int),
    ("From_Account", Text),
    ("To_Account", Text),
    ("MsgRandom", Int),
    ("MsgTimeStamp", Int),
    ("ForbidCallbackControl", Texts),
    ("MsgBody", Elements),
    ("CloudCustomData", Text),
    ("OfflinePushInfo", Object(PUSH)),
];
pub(super) const SEND_MESSAGE_RESPONSE: &[Field] = &[
    ("ActionStatus", Text),
    ("ErrorInfo", Text),
    ("ErrorCode", Int),
    ("MsgTime", Int),
    ("MsgKey", Text),
    ("MsgId", Text),
];
pub(super) const BATCH_SEND_MESSAGE: &[Field] = &[
    ("SyncOtherMachine", Int),
    ("To_Account", Texts),
    ("OnlineOnlyFlag", Int),
    ("MsgSeq", Int),
    ("MsgRandom", Int),
    ("SendMsgControl", Texts),
    ("MsgBody", Elements),
    ("OfflinePushInfo", Object(PUSH)),
];
const ACCOUNT_ERROR: &[Field] = &[("ErrorCode", Int), ("To_Account", Text), ("ErrorInfo", Text)];
pub(super) const BATCH_SEND_MESSAGE_RESPONSE: &[Field] = &[
    ("ActionStatus", Text),
    ("ErrorCode", Int),
    ("ErrorInfo", Text),
    ("MsgKey", Text),
    ("ErrorList", Objects(ACCOUNT_ERROR)),
];
const GROUP_AT: &[Field] = &[("GroupAtAllFlag", Int), ("GroupAt_Account", Text)];
pub(super) const SEND_GROUP_MESSAGE: &[Field] = &[
    ("GroupId", Text),
    ("Random", Int),
    ("MsgPriority", Text),
    ("OnlineOnlyFlag", Int),
    ("MsgBody", Elements),
    ("To_Account", Texts),
    ("GroupAtInfo", Objects(GROUP_AT)),
    ("OfflinePushInfo", Object(PUSH)),
    ("TopicId", Text),
];
pub(super) const SEND_GROUP_MESSAGE_RESPONSE: &[Field] = &[
    ("ActionStatus", Text),
    ("ErrorInfo", Text),
    ("ErrorCode", Int),
    ("MsgTime", Int),
    ("MsgSeq", Int),
    ("MsgDropReason", Text),
];
const CONDITION: &[Field] = &[("TagsOr", Texts), ("TagsAnd", Texts), ("AttrsOr", Map), ("AttrsAnd", Map)];
pub(super) const ALL_MEMBERS_PUSH: &[Field] = &[
    ("From_Account", Text),
    ("MsgRandom", Int),
    ("MsgLifeTime", Int),
    ("Condition", Object(CONDITION)),
    ("MsgBody", Elements),
    ("OfflinePushInfo", Object(PUSH)),
];
pub(super) const ALL_MEMBERS_PUSH_RESPONSE: &[Field] =
    &[("ActionStatus", Text), ("ErrorInfo", Text), ("ErrorCode", Int), ("TaskId", Text)];
pub(super) const PUSH_BATCH: &[Field] = &[
    ("From_Account", Text),
    ("To_Account", Texts),
    ("MsgRandom", Int),
    ("OfflinePushInfo", Object(PUSH)),
    ("DataId", Text),
];
pub(super) const PUSH_BATCH_RESPONSE: &[Field] = &[
    ("ErrorCode", Int),
    ("ErrorInfo", Text),
    ("ActionStatus", Text),
    ("TaskId", Text),
    ("ErrorList", Objects(ACCOUNT_ERROR)),
];

const TEXT: &[Field] = &[("Text", Text)];
const CUSTOM: &[Field] = &[("Data", Text), ("Desc", Text), ("Ext", Text), ("Sound", Text)];
const FACE: &[Field] = &[("Index", Int), ("Data", Text)];
const LOCATION: &[Field] = &[("Desc", Text), ("Latitude", Any), ("Longitude", Any)];

/// An element of a message: its type mostly fits its content, and stands in front or behind.
pub(super) fn element() -> BoxedStrategy<String> {
    let kinds = select(vec!["TIMTextElem", "TIMCustomElem", "TIMFaceElem", "TIMLocationElem"]);
    let known = kinds.prop_flat_map(|name| {
        let fields = match name {
            "TIMTextElem" => TEXT,
            "TIMCustomElem" => CUSTOM,
            "TIMFaceElem" => FACE,
            _ => LOCATION,
        };
        (Just(format!("\"{name}\"")), prop_oneof![40 => value(Object(fields)), 1 => object(CUSTOM)])
    });
    let other = (json_string(), json_value());
    let either = prop_oneof![4 => known, 1 => other];
    let members = either.prop_flat_map(|(msg_type, msg_content)| {
        let msg_type = prop_oneof![60 => Just(msg_type), 1 => json_value()].boxed();
        (member("MsgType", msg_type), member("MsgContent", Just(msg_content).boxed()), 0..24u8)
    });
    members
        .prop_map(|(msg_type, msg_content, order)| match order {
            0..16 => format!("{{{msg_type},{msg_content}}}"),
            16..23 => format!("{{{msg_content},{msg_type}}}"),
            _ => format!("{{{msg_content},\"new\":[\"MsgType\"],{msg_type}}}"),
        })
        .boxed()
}
