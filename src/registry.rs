//! The list of all messages.

/// Calls a macro with every message that has an encoding of its own, once, by name: `"vivo.send" => vivo::Notification, …`.
/// The inspector, the tests, the fuzz targets and the proofs iterate over it. The modules `ext`, `tim` and `vivo` of this
/// crate must be in scope.
///
/// A reply's name ends with `.reply`: every optional member of a reply must be declared `as lenient`.
#[doc(hidden)]
#[macro_export]
macro_rules! __for_each_message {
    ($macro:ident) => {
        $macro! {
            "ext.info" => ext::ExtInfo,
            "ext.conversation" => ext::ConversationExt,
            "tim.token" => tim::OfflinePushToken,
            "tim.settings" => tim::OfflinePushSettings,
            "tim.info" => tim::OfflinePushInfo,
            "tim.web" => tim::WebPushInfo,
            "tim.vendor-params" => tim::VendorParams,
            "tim.message-push" => tim::MessagePush,
            "tim.apns-payload" => tim::ApnsPayload,
            "tim.sendmsg" => tim::rest::SendMessage,
            "tim.sendmsg.reply" => tim::rest::SendMessageResponse,
            "tim.batch" => tim::rest::BatchSendMessage,
            "tim.batch.reply" => tim::rest::BatchSendMessageResponse,
            "tim.group" => tim::rest::SendGroupMessage,
            "tim.group.reply" => tim::rest::SendGroupMessageResponse,
            "tim.all-members" => tim::rest::AllMembersPush,
            "tim.all-members.reply" => tim::rest::AllMembersPushResponse,
            "tim.timpush" => tim::rest::PushBatch,
            "tim.timpush.reply" => tim::rest::PushBatchResponse,
            "tim.timpush.push" => tim::timpush::Push,
            "tim.timpush.push.reply" => tim::timpush::PushResponse,
            "tim.timpush.revoke" => tim::timpush::Revoke,
            "tim.timpush.status.reply" => tim::timpush::StatusResponse,
            "tim.timpush.add-tag" => tim::timpush::AddTags,
            "tim.timpush.remove-tag" => tim::timpush::RemoveTags,
            "tim.timpush.clear-all-tags" => tim::timpush::ClearTags,
            "tim.timpush.get-tag" => tim::timpush::GetTags,
            "tim.timpush.get-tag.reply" => tim::timpush::GetTagsResponse,
            "tim.timpush.set-attr" => tim::timpush::SetAttributes,
            "tim.timpush.remove-attr" => tim::timpush::RemoveAttributes,
            "tim.timpush.get-attr" => tim::timpush::GetAttributes,
            "tim.timpush.get-attr.reply" => tim::timpush::GetAttributesResponse,
            "tim.timpush.set-attr-name" => tim::timpush::SetAttributeNames,
            "tim.timpush.get-attr-name.reply" => tim::timpush::GetAttributeNamesResponse,
            "tim.timpush.add-sched-task" => tim::timpush::AddScheduledTask,
            "tim.timpush.modify-sched-task" => tim::timpush::ModifyScheduledTask,
            "tim.timpush.delete-sched-task" => tim::timpush::DeleteScheduledTask,
            "tim.timpush.sched-task.reply" => tim::timpush::ScheduledTaskResponse,
            "tim.timpush.get-sched-task" => tim::timpush::GetScheduledTask,
            "tim.timpush.get-sched-task.reply" => tim::timpush::GetScheduledTaskResponse,
            "tim.timpush.list-sched-task" => tim::timpush::ListScheduledTasks,
            "tim.timpush.list-sched-task.reply" => tim::timpush::ListScheduledTasksResponse,
            "tim.timpush.webpush" => tim::timpush::WebPush,
            "tim.timpush.webbatch" => tim::timpush::WebBatch,
            "tim.callback.offline-push" => tim::callback::OfflinePushCallback,
            "tim.callback.all-member-push" => tim::callback::AllMemberPushCallback,
            "tim.callback.answer" => tim::callback::CallbackAnswer,
            "vivo.auth" => vivo::AuthRequest,
            "vivo.auth.reply" => vivo::AuthResponse,
            "vivo.send" => vivo::Notification,
            "vivo.send.reply" => vivo::SendResponse,
            "vivo.list-payload" => vivo::ListPayload,
            "vivo.list-push" => vivo::ListPush,
            "vivo.list-push.reply" => vivo::ListPushResponse,
            "vivo.all" => vivo::AllPush,
            "vivo.tag-push" => vivo::TagPush,
            "vivo.task.reply" => vivo::TaskResponse,
            "vivo.statistics.reply" => vivo::StatisticsResponse,
            "vivo.receipt" => vivo::Receipts,
        }
    };
}
