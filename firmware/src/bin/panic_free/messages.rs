//! Every message, decoded and encoded in every way; its lists, maps and checks.

use core::hint::black_box;

use offline_push::{Response};
use offline_push::ext::{ConversationExt, Entity, ExtInfo};
use offline_push::json::{self, Decode, Encode, List, Map, Members, Raw, Texts};
use offline_push::tim::rest::{
    AllMembersPush, AllMembersPushResponse, BatchSendMessage, BatchSendMessageResponse, MessageElement,
    Outcome, PushBatch, PushBatchResponse, SendGroupMessage, SendGroupMessageResponse, SendMessage,
    SendMessageResponse,
};
use offline_push::tim::{
    ApnsPayload, MessagePush, OfflinePushInfo, OfflinePushSettings, OfflinePushToken, VendorParams,
    WebPushInfo,
};
use offline_push::vivo::{
    AllPush, AuthRequest, AuthResponse, ListPayload, ListPush, ListPushResponse, Notification, Receipts,
    Rules, SendResponse, StatisticsResponse, TagPush, TaskResponse,
};

use crate::used;

/// Decodes the text as the message in every way, and goes on with what came of it.
fn decode<'a, T: Decode<'a> + Encode>(text: &'a str, room: &'a mut [u8], then: impl Fn(&T)) {
    let then = |decoded: Result<T, json::DecodeError>| match decoded {
        Ok(message) => {
            encode(&message);
            then(&message);
        }
        Err(error) => {
            used((error.kind().description(), error.offset(), error.field(), error.index()));
        }
    };
    then(json::from_str(text));
    then(json::from_slice(text.as_bytes()));
    then(json::from_prefix(text).map(|(message, rest)| {
        used(rest);
        message
    }));
    let Some((received, scratch)) = room.split_at_mut_checked(text.len()) else { return };
    received.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
    then(json::from_slice_in_place(received));
    then(json::from_slice_with_scratch(text.as_bytes(), scratch));
}

#[inline(never)]
fn encode<T: Encode>(message: &T) {
    let mut buffer = [0; 256];
    used(json::to_slice(message, &mut buffer).is_ok());
    used(json::to_str(message, &mut buffer).is_ok());
    used(json::to_heapless_vec::<_, 128>(message).is_ok());
    used(json::encoded_len(message));
}

/// One function for each message: what it has beside its fields.
macro_rules! messages {
    ($($function:ident: $message:ty, |$value:pat_param| $then:expr;)*) => {
        $(
            #[inline(never)]
            fn $function(text: &str) {
                let mut room = black_box([0; 512]);
                decode(text, &mut room, |$value: &$message| {
                    used($then);
                });
            }
        )*

        pub fn each(text: &str) {
            $($function(text);)*
            parts(text);
            written_lists(text);
        }
    };
}

messages! {
    token: OfflinePushToken<'_>, |token| token.check();
    settings: OfflinePushSettings<'_>, |settings| settings.enabled();
    info: OfflinePushInfo<'_>, |info| (info.check(), info.enabled());
    web: WebPushInfo<'_>, |web| (web.check(), web.enabled(), web.description(), web.ext());
    params: VendorParams<'_>, |params| params.check();
    message: MessagePush<'_>, |message| message.check();
    apns: ApnsPayload<'_>, |payload| payload.ext;
    container: ExtInfo<'_>, |info| info.check();
    entity: Entity<'_>, |entity| {
        (entity.check(), entity.conversation(), entity.custom_data_bytes().map(Iterator::count))
    };
    conversation: ConversationExt<'_>, |ext| ext.conversation();

    notification: Notification<'_>, |push| notification_parts(push);
    auth: AuthRequest<'_>, |request| request.check();
    auth_reply: AuthResponse<'_>, |reply| reply.result.advice();
    send_reply: SendResponse<'_>, |reply| reply.invalid_user.as_ref().map(|user| user.userid);
    list_payload: ListPayload<'_>, |payload| payload.check();
    list_push: ListPush<'_>, |push| (push.check(), push.reg_ids.iter().flatten().count());
    list_push_reply: ListPushResponse<'_>, |reply| reply.invalid_users.iter().flatten().count();
    all_push: AllPush<'_>, |push| push.check();
    tag_push: TagPush<'_>, |push| push.check();
    task_reply: TaskResponse<'_>, |reply| reply.task_id;
    statistics_reply: StatisticsResponse<'_>, |reply| reply.statistics.iter().flatten().count();
    receipts: Receipts<'_>, |receipts| receipt_parts(receipts);

    send_message: SendMessage<'_>, |message| (message.check(), elements(&message.msg_body));
    send_message_reply: SendMessageResponse<'_>, |reply| outcome(reply);
    batch: BatchSendMessage<'_>, |message| (message.check(), elements(&message.msg_body));
    batch_reply: BatchSendMessageResponse<'_>, |reply| outcome(reply);
    group: SendGroupMessage<'_>, |message| (message.check(), elements(&message.msg_body));
    group_reply: SendGroupMessageResponse<'_>, |reply| outcome(reply);
    all_members: AllMembersPush<'_>, |message| (message.check(), elements(&message.msg_body));
    all_members_reply: AllMembersPushResponse<'_>, |reply| outcome(reply);
    push_batch: PushBatch<'_>, |push| (push.check(), push.to_account.iter().count());
    push_batch_reply: PushBatchResponse<'_>, |reply| outcome(reply);
}

#[inline(never)]
fn notification_parts(push: &Notification<'_>) {
    used((push.check(), push.check_against(Rules::JavaSdk), push.clone() == *push));
    if let Some(map) = &push.client_custom_map {
        pairs(map);
    }
    if let Some(tags) = &push.tag_expression {
        used(tags.or_tags.iter().flatten().count());
    }
}

#[inline(never)]
fn pairs(map: &Map<'_>) {
    for (key, value) in map {
        used((key, value.text()));
    }
    used((map.len(), map.is_empty(), map.get("ext"), map.text("ext")));
    let mut owned = map.clone();
    used((owned.insert("ext", "text"), owned.insert("other", "text"), owned.remove("ext")));
    used(owned == *map);
}

#[inline(never)]
fn receipt_parts(receipts: &Receipts<'_>) {
    for (task_id, receipt) in receipts {
        used((task_id, receipt.reg_ids().count(), receipt.receipt_type(), receipt.reason()));
        used(receipt.receipt_type().map(|kind| kind.advice(receipt.reason())));
    }
    used(receipts.get("1"));
}

#[inline(never)]
fn elements<'a>(elements: &List<'a, MessageElement<'a>>) {
    for element in elements {
        used(element.check().is_ok());
    }
}

#[inline(never)]
fn outcome<'r>(reply: &impl Response<'r>) {
    match reply.outcome() {
        Outcome::Partly(refused) => refused.iter().for_each(|one| {
            used((one.to_account, one.error_code.advice()));
        }),
        Outcome::Failed(code) => used(code.report_advice()),
        other => used(other),
    }
}

#[inline(never)]
fn parts(text: &str) {
    used(Raw::new(text).map(|raw| raw.as_str().len()).is_ok());
    used(Members::new(text).map(|members| members.iter().count()).is_ok());
}

/// Lists that are not decoded: of a slice, and of what an iterator gives.
#[inline(never)]
fn written_lists(text: &str) {
    let ids = black_box([text, "b", "c"]);
    let chosen = Texts::new(&ids, |id| Some(*id).filter(|id| !id.is_empty()));
    let mut push = ListPush::new(text, "request-1");
    for list in [List::from_slice(&ids), List::from_texts(&chosen)] {
        used((list.len(), list.iter().count()));
        push.reg_ids = Some(list);
        used(push.check().is_ok());
        encode(&push);
    }
}
