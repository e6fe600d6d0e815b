//! Requests of the REST API, and their replies.

use std::fmt;

use offline_push::json::List;
use offline_push::tim::rest;
use serde::de::value::MapDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::{OfflinePushInfo, mirror};
use crate::common::mirror::{Int, Mirror, Pairs, Unknown};

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
        may {
            action_status: String = "ActionStatus",
            error_info: String = "ErrorInfo",
            msg_time: Int<u64> = "MsgTime",
            msg_key: String = "MsgKey",
            msg_id: String = "MsgId",
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
        may {
            action_status: String = "ActionStatus",
            error_info: String = "ErrorInfo",
            msg_key: String = "MsgKey",
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
        may {
            action_status: String = "ActionStatus",
            error_info: String = "ErrorInfo",
            msg_time: Int<u64> = "MsgTime",
            msg_seq: Int<u32> = "MsgSeq",
            msg_drop_reason: String = "MsgDropReason",
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
        may {
            action_status: String = "ActionStatus",
            error_info: String = "ErrorInfo",
            task_id: String = "TaskId",
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
        may {
            action_status: String = "ActionStatus",
            error_info: String = "ErrorInfo",
            task_id: String = "TaskId",
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
        may { error_info: String = "ErrorInfo", }
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
                let (mut msg_type, mut msg_content) = (None::<String>, None::<Loose>);
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
                    "TIMTextElem" => content.read().map(MessageElement::Text),
                    "TIMCustomElem" => content.read().map(MessageElement::Custom),
                    "TIMFaceElem" => content.read().map(MessageElement::Face),
                    "TIMLocationElem" => content.read().map(MessageElement::Location),
                    _ => Ok(MessageElement::Other(msg_type, content.into_value())),
                }
                .map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

/// Any value; an object with its members as they came, since one may come twice.
enum Loose {
    Members(Vec<(String, Value)>),
    Value(Value),
}

impl Loose {
    fn read<T: for<'de> Deserialize<'de>>(self) -> serde_json::Result<T> {
        match self {
            Self::Members(members) => T::deserialize(MapDeserializer::new(members.into_iter())),
            Self::Value(value) => T::deserialize(value),
        }
    }

    fn into_value(self) -> Value {
        match self {
            Self::Members(members) => Value::Object(members.into_iter().collect()),
            Self::Value(value) => value,
        }
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Loose;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E: Error>(self) -> Result<Loose, E> {
                Ok(Loose::Value(Value::Null))
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Loose, E> {
                Ok(Loose::Value(value.into()))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Loose, E> {
                Ok(Loose::Value(value.into()))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Loose, E> {
                Ok(Loose::Value(value.into()))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Loose, E> {
                Ok(Loose::Value(value.into()))
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Loose, E> {
                Ok(Loose::Value(value.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(Loose::Value(Value::Array(values)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Loose::Members(members))
            }
        }
        deserializer.deserialize_any(Visit)
    }
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
