//! What vivo's server speaks about pushes to many, and their statistics.

use offline_push::vivo::{
    AllPush, ListPayload, ListPush, ListPushResponse, PushMode, ResultCode, Statistics, StatisticsResponse,
    TagPush, TaskResponse,
};

use super::*;

pub(crate) fn list_payload() -> impl Strategy<Value = ListPayload<'static>> {
    notification().prop_map(ListPayload::new)
}

pub(crate) fn all_push() -> impl Strategy<Value = AllPush<'static>> {
    notification().prop_map(AllPush::new)
}

pub(crate) fn tag_push() -> impl Strategy<Value = TagPush<'static>> {
    notification().prop_map(TagPush::new)
}

pub(crate) fn task_response() -> impl Strategy<Value = TaskResponse<'static>> {
    (any::<i32>(), of(text()), of(text())).prop_map(|(result, desc, task_id)| {
        let mut reply = TaskResponse::new(ResultCode::new(result));
        (reply.desc, reply.task_id) = (desc, task_id);
        reply
    })
}

pub(crate) fn list_push() -> impl Strategy<Value = ListPush<'static>> {
    let ids = (of(list()), of(list()));
    (of(any::<u64>()), ids, text(), text(), of(any::<i32>())).prop_map(
        |(app_id, (reg_ids, aliases), task_id, request_id, mode)| {
            let mut push = ListPush::new(task_id, request_id);
            (push.app_id, push.reg_ids, push.aliases) = (app_id, reg_ids, aliases);
            push.push_mode = mode.map(PushMode::new);
            push
        },
    )
}

pub(crate) fn list_push_response() -> impl Strategy<Value = ListPushResponse<'static>> {
    let users = vec(invalid_user(), 0..4).prop_map(|users| List::from_slice(Vec::leak(users)));
    (of(text()), any::<i32>(), of(text()), of(users)).prop_map(|(request_id, result, desc, users)| {
        let mut reply = ListPushResponse::new(ResultCode::new(result));
        (reply.request_id, reply.desc, reply.invalid_users) = (request_id, desc, users);
        reply
    })
}

fn statistics() -> impl Strategy<Value = Statistics<'static>> {
    (of(text()), vec(of(any::<u64>()), 12)).prop_map(|(task_id, counts)| {
        let mut task = Statistics::new("");
        task.task_id = task_id;
        (task.target, task.valid, task.send) = (counts[0], counts[1], counts[2]);
        (task.receive, task.display, task.click) = (counts[3], counts[4], counts[5]);
        (task.target_invalid, task.target_un_sub, task.target_in_active) = (counts[6], counts[7], counts[8]);
        (task.covered, task.controlled, task.target_offline) = (counts[9], counts[10], counts[11]);
        task
    })
}

pub(crate) fn statistics_response() -> impl Strategy<Value = StatisticsResponse<'static>> {
    let tasks = vec(statistics(), 0..4).prop_map(|tasks| List::from_slice(Vec::leak(tasks)));
    (any::<i32>(), of(text()), of(tasks)).prop_map(|(result, desc, tasks)| {
        let mut reply = StatisticsResponse::new(ResultCode::new(result));
        (reply.desc, reply.statistics) = (desc, tasks);
        reply
    })
}
