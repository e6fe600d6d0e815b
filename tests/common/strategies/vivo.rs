//! What vivo's server speaks.

use offline_push::vivo::{
    self, AuthRequest, AuthResponse, InvalidUser, Notification, NotificationExtra, Receipt, Receipts,
    ResultCode, SendResponse, TagExpression, TimedDisplay, UserStatus,
};

use super::*;

pub(crate) fn auth_request() -> impl Strategy<Value = AuthRequest<'static>> {
    (any::<u64>(), text(), any::<u64>(), text())
        .prop_map(|(id, key, timestamp, sign)| AuthRequest::new(id, key, timestamp, sign))
}

pub(crate) fn auth_response() -> impl Strategy<Value = AuthResponse<'static>> {
    (any::<i32>(), of(text()), of(text())).prop_map(|(result, desc, auth_token)| {
        let mut reply = AuthResponse::new(ResultCode::new(result));
        (reply.desc, reply.auth_token) = (desc, auth_token);
        reply
    })
}

pub(crate) fn invalid_user() -> impl Strategy<Value = InvalidUser<'static>> {
    (of(any::<i32>()), of(text())).prop_map(|(status, userid)| {
        let mut user = InvalidUser::new(UserStatus::new(1), "");
        (user.status, user.userid) = (status.map(UserStatus::new), userid);
        user
    })
}

pub(crate) fn send_response() -> impl Strategy<Value = SendResponse<'static>> {
    (any::<i32>(), of(text()), of(text()), of(invalid_user())).prop_map(|(result, desc, task_id, user)| {
        let mut reply = SendResponse::new(ResultCode::new(result));
        (reply.desc, reply.task_id, reply.invalid_user) = (desc, task_id, user);
        reply
    })
}

fn extra() -> impl Strategy<Value = NotificationExtra<'static>> {
    (of(text()), of(text()), of(text())).prop_map(|(callback, param, id)| {
        let mut extra = NotificationExtra::new();
        (extra.callback, extra.callback_param, extra.callback_id) = (callback, param, id);
        extra
    })
}

fn timed_display() -> impl Strategy<Value = TimedDisplay> {
    (of(any::<bool>()), of(any::<u64>()), of(any::<u64>())).prop_map(|(overtime, start, end)| {
        let mut window = TimedDisplay::new(false, 0, 0);
        (window.overtime_display, window.show_start_time, window.show_end_time) = (overtime, start, end);
        window
    })
}

fn tag_expression() -> impl Strategy<Value = TagExpression<'static>> {
    (of(list()), of(list()), of(list())).prop_map(|(any, all, none)| {
        let mut tags = TagExpression::new();
        (tags.or_tags, tags.and_tags, tags.not_tags) = (any, all, none);
        tags
    })
}

pub(crate) fn notification() -> impl Strategy<Value = Notification<'static>> {
    let number = || of(any::<i32>());
    let texts = (text(), text(), text(), of(text()), of(text()), of(text()), of(text()), of(text()));
    let codes = (number(), number(), number(), number(), number(), number());
    let numbers = (of(any::<u64>()), of(any::<u32>()), of(any::<u32>()));
    let switches = (of(any::<bool>()), of(any::<bool>()), of(any::<bool>()));
    let parts = (of(map()), of(extra()), of(timed_display()), of(tag_expression()));
    let open = (rarely(raw()), rarely(members()));
    (texts, codes, numbers, switches, parts, open).prop_map(
        |(texts, codes, numbers, switches, parts, open)| {
            let mut push = Notification::new(texts.0, texts.1, texts.2);
            (push.reg_id, push.alias, push.skip_content) = (texts.3, texts.4, texts.5);
            (push.category, push.profile_id) = (texts.6, texts.7);
            push.notify_type = codes.0.map(Into::into);
            push.skip_type = codes.1.map(Into::into);
            push.network_type = codes.2.map(Into::into);
            push.classification = codes.3.map(Into::into);
            push.push_mode = codes.4.map(vivo::PushMode::new);
            push.is_business_msg = codes.5;
            (push.app_id, push.time_to_live, push.notify_id) = numbers;
            (push.send_online, push.foreground_show, push.add_badge) = switches;
            (push.client_custom_map, push.extra, push.timed_display, push.tag_expression) = parts;
            (push.audit_review, push.members) = open;
            push
        },
    )
}

pub(crate) fn receipts() -> impl Strategy<Value = Receipts<'static>> {
    let receipt = (of(text()), of(any::<u64>()), of(text()), of(text()), of(text())).prop_map(
        |(targets, time, param, kind, reason)| {
            let mut receipt = Receipt::new();
            (receipt.targets, receipt.ack_time) = (targets, time);
            (receipt.param, receipt.ack_type, receipt.sub_ack_type) = (param, kind, reason);
            receipt
        },
    );
    // As JSON values objects have each key once.
    btree_map(text(), receipt, 0..5)
        .prop_map(|receipts| Receipts::from_slice(Vec::leak(receipts.into_iter().collect())))
}
