//! Requests of the REST API, and their replies.

use offline_push::json::{List, Raw};
use offline_push::tim::ErrorCode;
use offline_push::tim::rest::{
    AccountError, AllMembersPush, AllMembersPushResponse, BatchSendMessage, BatchSendMessageResponse,
    Condition, CustomContent, FaceContent, GroupAt, LocationContent, MessageElement, OtherElement, PushBatch,
    PushBatchResponse, SendGroupMessage, SendGroupMessageResponse, SendMessage, SendMessageResponse,
};

use super::*;

fn number() -> impl Strategy<Value = Raw<'static>> {
    json_number().prop_map(|number| Raw::new(leak(number)).expect("a number"))
}

fn element() -> impl Strategy<Value = MessageElement<'static>> {
    let custom = vec(of(text()), 4).prop_map(|texts| {
        let mut content = CustomContent::new("");
        (content.data, content.desc, content.ext, content.sound) = (texts[0], texts[1], texts[2], texts[3]);
        MessageElement::Custom(content)
    });
    let face = (of(any::<i32>()), of(text())).prop_map(|(index, data)| {
        let mut content = FaceContent::new(0);
        (content.index, content.data) = (index, data);
        MessageElement::Face(content)
    });
    let location = (of(text()), of(number()), of(number())).prop_map(|(desc, latitude, longitude)| {
        let mut content = LocationContent::new(Raw::new("0").unwrap(), Raw::new("0").unwrap());
        (content.desc, content.latitude, content.longitude) = (desc, latitude, longitude);
        MessageElement::Location(content)
    });
    let other = (text(), raw()).prop_map(|(name, raw)| MessageElement::Other(OtherElement::new(name, raw)));
    prop_oneof![4 => text().prop_map(MessageElement::text), 1 => custom, 1 => face, 1 => location, 1 => other]
}

fn body() -> impl Strategy<Value = List<'static, MessageElement<'static>>> {
    vec(element(), 0..5).prop_map(|elements| List::from_slice(Vec::leak(elements)))
}

pub(crate) fn send_message() -> impl Strategy<Value = SendMessage<'static>> {
    let must = (text(), any::<u32>(), body());
    let texts = (of(text()), of(text()));
    let codes = (of(any::<i32>()), of(any::<i32>()), of(any::<i32>()));
    let numbers = (of(any::<u32>()), of(any::<u32>()), of(any::<u64>()));
    let open = (rarely(list()), rarely(list()), rarely(info()), rarely(members()));
    (must, texts, codes, numbers, open).prop_map(|(must, texts, codes, numbers, open)| {
        let mut message = SendMessage::new(must.0, must.1, must.2);
        (message.from_account, message.cloud_custom_data) = texts;
        message.sync_other_machine = codes.0.map(Into::into);
        message.support_message_extension = codes.1.map(Into::into);
        message.is_need_read_receipt = codes.2.map(Into::into);
        (message.msg_life_time, message.msg_seq, message.msg_time_stamp) = numbers;
        (message.forbid_callback_control, message.send_msg_control) = (open.0, open.1);
        (message.offline_push_info, message.members) = (open.2, open.3);
        message
    })
}

pub(crate) fn send_message_response() -> impl Strategy<Value = SendMessageResponse<'static>> {
    (any::<i32>(), vec(of(text()), 4), of(any::<u64>())).prop_map(|(code, texts, time)| {
        let mut reply = SendMessageResponse::new(ErrorCode::new(code));
        (reply.action_status, reply.error_info, reply.msg_key, reply.msg_id) =
            (texts[0], texts[1], texts[2], texts[3]);
        reply.msg_time = time;
        reply
    })
}

pub(crate) fn batch_send_message() -> impl Strategy<Value = BatchSendMessage<'static>> {
    let must = (list(), any::<u32>(), body());
    let texts = (of(text()), of(text()));
    let codes = (of(any::<i32>()), of(any::<i32>()), of(any::<i32>()));
    let numbers = (of(any::<u32>()), of(any::<u32>()));
    let open = (rarely(list()), rarely(info()), rarely(members()));
    (must, texts, codes, numbers, open).prop_map(|(must, texts, codes, numbers, open)| {
        let mut message = BatchSendMessage::new(must.0, must.1, must.2);
        (message.from_account, message.cloud_custom_data) = texts;
        message.sync_other_machine = codes.0.map(Into::into);
        message.online_only_flag = codes.1.map(Into::into);
        message.is_need_read_receipt = codes.2.map(Into::into);
        (message.msg_life_time, message.msg_seq) = numbers;
        (message.send_msg_control, message.offline_push_info, message.members) = open;
        message
    })
}

fn error_list() -> impl Strategy<Value = List<'static, AccountError<'static>>> {
    let account = (text(), any::<i32>(), of(text())).prop_map(|(account, code, info)| {
        let mut error = AccountError::new(account, ErrorCode::new(code));
        error.error_info = info;
        error
    });
    vec(account, 0..4).prop_map(|accounts| List::from_slice(Vec::leak(accounts)))
}

pub(crate) fn batch_send_message_response() -> impl Strategy<Value = BatchSendMessageResponse<'static>> {
    (any::<i32>(), vec(of(text()), 3), rarely(error_list())).prop_map(|(code, texts, list)| {
        let mut reply = BatchSendMessageResponse::new(ErrorCode::new(code));
        (reply.action_status, reply.error_info, reply.msg_key) = (texts[0], texts[1], texts[2]);
        reply.error_list = list;
        reply
    })
}

fn mentions() -> impl Strategy<Value = List<'static, GroupAt<'static>>> {
    let mention = (of(any::<i32>()), of(text())).prop_map(|(flag, account)| {
        let mut mention = GroupAt::ALL;
        (mention.group_at_all_flag, mention.group_at_account) = (flag.map(Into::into), account);
        mention
    });
    vec(mention, 0..4).prop_map(|mentions| List::from_slice(Vec::leak(mentions)))
}

pub(crate) fn send_group_message() -> impl Strategy<Value = SendGroupMessage<'static>> {
    let must = (text(), any::<u32>(), body());
    let texts = (of(text()), of(text()), of(text()), of(text()));
    let codes = (of(any::<i32>()), of(any::<i32>()));
    let lists = (rarely(list()), rarely(list()), rarely(list()), rarely(mentions()));
    let open = (rarely(info()), rarely(members()));
    (must, texts, codes, lists, open).prop_map(|(must, texts, codes, lists, open)| {
        let mut message = SendGroupMessage::new(must.0, must.1, must.2);
        (message.from_account, message.msg_priority, message.cloud_custom_data, message.topic_id) = texts;
        message.online_only_flag = codes.0.map(Into::into);
        message.support_message_extension = codes.1.map(Into::into);
        (message.send_msg_control, message.forbid_callback_control) = (lists.0, lists.1);
        (message.to_account, message.group_at_info) = (lists.2, lists.3);
        (message.offline_push_info, message.members) = open;
        message
    })
}

pub(crate) fn send_group_message_response() -> impl Strategy<Value = SendGroupMessageResponse<'static>> {
    (any::<i32>(), vec(of(text()), 3), of(any::<u64>()), of(any::<u32>())).prop_map(
        |(code, texts, time, seq)| {
            let mut reply = SendGroupMessageResponse::new(ErrorCode::new(code));
            (reply.action_status, reply.error_info, reply.msg_drop_reason) = (texts[0], texts[1], texts[2]);
            (reply.msg_time, reply.msg_seq) = (time, seq);
            reply
        },
    )
}

fn condition() -> impl Strategy<Value = Condition<'static>> {
    (of(list()), of(list()), of(map()), of(map())).prop_map(|(any, all, any_of, all_of)| {
        let mut condition = Condition::new();
        (condition.tags_or, condition.tags_and) = (any, all);
        (condition.attrs_or, condition.attrs_and) = (any_of, all_of);
        condition
    })
}

pub(crate) fn all_members_push() -> impl Strategy<Value = AllMembersPush<'static>> {
    let must = (any::<u32>(), body());
    let open = (rarely(condition()), rarely(info()), rarely(members()));
    (must, of(text()), of(any::<u32>()), open).prop_map(|(must, sender, life, open)| {
        let mut push = AllMembersPush::new(must.0, must.1);
        (push.from_account, push.msg_life_time) = (sender, life);
        (push.condition, push.offline_push_info, push.members) = open;
        push
    })
}

pub(crate) fn all_members_push_response() -> impl Strategy<Value = AllMembersPushResponse<'static>> {
    (any::<i32>(), vec(of(text()), 3)).prop_map(|(code, texts)| {
        let mut reply = AllMembersPushResponse::new(ErrorCode::new(code));
        (reply.action_status, reply.error_info, reply.task_id) = (texts[0], texts[1], texts[2]);
        reply
    })
}

pub(crate) fn push_batch() -> impl Strategy<Value = PushBatch<'static>> {
    (text(), list(), any::<u32>(), info(), of(text()), rarely(members())).prop_map(
        |(sender, receivers, random, info, data_id, members)| {
            let mut push = PushBatch::new(sender, receivers, random, info);
            (push.data_id, push.members) = (data_id, members);
            push
        },
    )
}

pub(crate) fn push_batch_response() -> impl Strategy<Value = PushBatchResponse<'static>> {
    (any::<i32>(), vec(of(text()), 3), rarely(error_list())).prop_map(|(code, texts, list)| {
        let mut reply = PushBatchResponse::new(ErrorCode::new(code));
        (reply.action_status, reply.error_info, reply.task_id) = (texts[0], texts[1], texts[2]);
        reply.error_list = list;
        reply
    })
}
