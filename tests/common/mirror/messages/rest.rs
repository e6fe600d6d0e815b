//! Requests of the REST API, and their replies.

use std::fmt;

use offline_push::json::List;
use offline_push::tim::rest;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::{OfflinePushInfo, mirror};
use crate::common::mirror::{Id, Int, Mirror, Pairs, Tree, Unknown};

mirror! {
    SendMessage of rest::SendMessage<'_> {
        must {
            to_account: String = "To_Account",
            msg_random: Int<u32> = "MsgRandom",
            msg_body: Vec<MessageElement> = "MsgBody",
        }
        may {
            sync_other_machine: Int<i32> = "SyncOtherMachine",
            from_account: String = "From_Account",
            msg_life_time: Int<u32> = "MsgLifeTime",
            msg_seq: Int<u32> = "MsgSeq",
            msg_time_stamp: Int<u64> = "MsgTimeStamp",
            forbid_callback_control: Vec<String> = "ForbidCallbackControl",
            send_msg_control: Vec<String> = "SendMsgControl",
            cloud_custom_data: String = "CloudCustomData",
            support_message_extension: Int<i32> = "SupportMessageExtension",
            offline_push_info: OfflinePushInfo = "OfflinePushInfo",
            is_need_read_receipt: Int<i32> = "IsNeedReadReceipt",
        }
    }

    SendMessageResponse of rest::SendMessageResponse<'_> {
        must { error_code: Int<i32> = "ErrorCode", }
        may {}
        lenient {
            action_status: Id = "ActionStatus",
            error_info: Id = "ErrorInfo",
            msg_time: Int<u64> = "MsgTime",
            msg_key: Id = "MsgKey",
            msg_id: Id = "MsgId",
        }
    }

    BatchSendMessage of rest::BatchSendMessage<'_> {
        must {
            to_account: Vec<String> = "To_Account",
            msg_random: Int<u32> = "MsgRandom",
            msg_body: Vec<MessageElement> = "MsgBody",
        }
        may {
            sync_other_machine: Int<i32> = "SyncOtherMachine",
            from_account: String = "From_Account",
            online_only_flag: Int<i32> = "OnlineOnlyFlag",
            msg_life_time: Int<u32> = "MsgLifeTime",
            msg_seq: Int<u32> = "MsgSeq",
            send_msg_control: Vec<String> = "SendMsgControl",
            cloud_custom_data: String = "CloudCustomData",
            offline_push_info: OfflinePushInfo = "OfflinePushInfo",
            is_need_read_receipt: Int<i32> = "IsNeedReadReceipt",
        }
    }

    BatchSendMessageResponse of rest::BatchSendMessageResponse<'_> {
        must { error_code: Int<i32> = "ErrorCode", }
        may {}
        lenient {
            action_status: Id = "ActionStatus",
            error_info: Id = "ErrorInfo",
            msg_key: Id = "MsgKey",
            error_list: Vec<AccountError> = "ErrorList",
        }
    }

    SendGroupMessage of rest::SendGroupMessage<'_> {
        must {
            group_id: String = "GroupId",
            random: Int<u32> = "Random",
            msg_body: Vec<MessageElement> = "MsgBody",
        }
        may {
            from_account: String = "From_Account",
            send_msg_control: Vec<String> = "SendMsgControl",
            msg_priority: String = "MsgPriority",
            forbid_callback_control: Vec<String> = "ForbidCallbackControl",
            online_only_flag: Int<i32> = "OnlineOnlyFlag",
            to_account: Vec<String> = "To_Account",
            group_at_info: Vec<GroupAt> = "GroupAtInfo",
            cloud_custom_data: String = "CloudCustomData",
            support_message_extension: Int<i32> = "SupportMessageExtension",
            offline_push_info: OfflinePushInfo = "OfflinePushInfo",
            topic_id: String = "TopicId",
        }
    }

    SendGroupMessageResponse of rest::SendGroupMessageResponse<'_> {
        must { error_code: Int<i32> = "ErrorCode", }
        may {}
        lenient {
            action_status: Id = "ActionStatus",
            error_info: Id = "ErrorInfo",
            msg_time: Int<u64> = "MsgTime",
            msg_seq: Int<u32> = "MsgSeq",
            msg_drop_reason: Id = "MsgDropReason",
        }
    }

    AllMembersPush of rest::AllMembersPush<'_> {
        must {
            msg_random: Int<u32> = "MsgRandom",
            msg_body: Vec<MessageElement> = "MsgBody",
        }
        may {
            from_account: String = "From_Account",
            msg_life_time: Int<u32> = "MsgLifeTime",
            condition: Condition = "Condition",
            offline_push_info: OfflinePushInfo = "OfflinePushInfo",
        }
    }

    AllMembersPushResponse of rest::AllMembersPushResponse<'_> {
        must { error_code: Int<i32> = "ErrorCode", }
        may {}
        lenient {
            action_status: Id = "ActionStatus",
            error_info: Id = "ErrorInfo",
            task_id: Id = "TaskId",
        }
    }

    PushBatch of rest::PushBatch<'_> {
        must {
            from_account: String = "From_Account",
            to_account: Vec<String> = "To_Account",
            msg_random: Int<u32> = "MsgRandom",
            offline_push_info: OfflinePushInfo = "OfflinePushInfo",
        }
        may { data_id: String = "DataId", }
    }

    PushBatchResponse of rest::PushBatchResponse<'_> {
        must { error_code: Int<i32> = "ErrorCode", }
        may {}
        lenient {
            action_status: Id = "ActionStatus",
            error_info: Id = "ErrorInfo",
            task_id: Id = "TaskId",
            error_list: Vec<AccountError> = "ErrorList",
        }
    }

    Condition of rest::Condition<'_> {
        must {}
        may {
            tags_or: Vec<String> = "TagsOr",
            tags_and: Vec<String> = "TagsAnd",
            attrs_or: Pairs = "AttrsOr",
            attrs_and: Pairs = "AttrsAnd",
        }
    }

    GroupAt of rest::GroupAt<'_> {
        must {}
        may {
            group_at_all_flag: Int<i32> = "GroupAtAllFlag",
            group_at_account: String = "GroupAt_Account",
        }
    }

    AccountError of rest::AccountError<'_> {
        must {
            to_account: String = "To_Account",
            error_code: Int<i32> = "ErrorCode",
        }
        may {}
        lenient {
            error_info: Id = "ErrorInfo",
        }
    }

    TextContent of rest::TextContent<'_> {
        must { text: String = "Text", }
        may {}
    }

    CustomContent of rest::CustomContent<'_> {
        must {}
        may {
            data: String = "Data",
            desc: String = "Desc",
            ext: String = "Ext",
            sound: String = "Sound",
        }
    }

    FaceContent of rest::FaceContent<'_> {
        must {}
        may {
            index: Int<i32> = "Index",
            data: String = "Data",
        }
    }

    LocationContent of rest::LocationContent<'_> {
        must {}
        may {
            desc: String = "Desc",
            latitude: Value = "Latitude",
            longitude: Value = "Longitude",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MessageElement {
    Text(TextContent),
    Custom(CustomContent),
    Face(FaceContent),
    Location(LocationContent),
    Other(String, Value),
}

impl Mirror<rest::MessageElement<'_>> for MessageElement {
    fn of(original: &rest::MessageElement<'_>) -> Self {
        match original {
            rest::MessageElement::Text(content) => Self::Text(Mirror::of(content)),
            rest::MessageElement::Custom(content) => Self::Custom(Mirror::of(content)),
            rest::MessageElement::Face(content) => Self::Face(Mirror::of(content)),
            rest::MessageElement::Location(content) => Self::Location(Mirror::of(content)),
            rest::MessageElement::Other(other) => {
                Self::Other(other.msg_type.to_owned(), Mirror::of(&other.msg_content))
            }
            other => unreachable!("{other:?}"),
        }
    }
}

impl Serialize for MessageElement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = |content: serde_json::Result<Value>| content.expect("a mirror is JSON");
        let (msg_type, msg_content) = match self {
            Self::Text(text) => ("TIMTextElem", content(serde_json::to_value(text))),
            Self::Custom(custom) => ("TIMCustomElem", content(serde_json::to_value(custom))),
            Self::Face(face) => ("TIMFaceElem", content(serde_json::to_value(face))),
            Self::Location(location) => ("TIMLocationElem", content(serde_json::to_value(location))),
            Self::Other(msg_type, raw) => (msg_type.as_str(), raw.clone()),
        };
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("MsgType", msg_type)?;
        map.serialize_entry("MsgContent", &msg_content)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for MessageElement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = MessageElement;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an element of a message")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MessageElement, A::Error> {
                let (mut msg_type, mut msg_content) = (None::<String>, None::<Tree>);
                while let Some(key) = map.next_key::<String>()? {
                    let again = match key.as_str() {
                        "MsgType" => msg_type.replace(map.next_value()?).is_some(),
                        "MsgContent" => msg_content.replace(map.next_value()?).is_some(),
                        // `IgnoredAny` would look at neither UTF-8 nor surrogates.
                        _ => map.next_value::<Value>().map(|_| false)?,
                    };
                    if again {
                        return Err(A::Error::custom("a member twice"));
                    }
                }
                let msg_type = msg_type.ok_or_else(|| A::Error::missing_field("MsgType"))?;
                let content = msg_content.ok_or_else(|| A::Error::missing_field("MsgContent"))?;
                match msg_type.as_str() {
                    "TIMTextElem" => read(content).map(MessageElement::Text),
                    "TIMCustomElem" => read(content).map(MessageElement::Custom),
                    "TIMFaceElem" => read(content).map(MessageElement::Face),
                    "TIMLocationElem" => read(content).map(MessageElement::Location),
                    _ => Ok(MessageElement::Other(msg_type, content.into_value())),
                }
                .map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

fn read<T: DeserializeOwned>(content: Tree) -> serde_json::Result<T> {
    T::deserialize(content)
}

impl<'a> Mirror<List<'a, rest::MessageElement<'a>>> for Vec<MessageElement> {
    fn of(original: &List<'a, rest::MessageElement<'a>>) -> Self {
        original.iter().map(|element| Mirror::of(&element)).collect()
    }
}

impl<'a> Mirror<List<'a, rest::GroupAt<'a>>> for Vec<GroupAt> {
    fn of(original: &List<'a, rest::GroupAt<'a>>) -> Self {
        original.iter().map(|mention| Mirror::of(&mention)).collect()
    }
}

impl<'a> Mirror<List<'a, rest::AccountError<'a>>> for Vec<AccountError> {
    fn of(original: &List<'a, rest::AccountError<'a>>) -> Self {
        original.iter().map(|account| Mirror::of(&account)).collect()
    }
}
