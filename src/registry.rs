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
            "vivo.tag-add" => vivo::TagAdd,
            "vivo.tag-update" => vivo::TagUpdate,
            "vivo.tag-add-members" => vivo::TagAddMembers,
            "vivo.tag-remove-members" => vivo::TagRemoveMembers,
            "vivo.tag-group-add" => vivo::TagGroupAdd,
            "vivo.tag-group-update" => vivo::TagGroupUpdate,
            "vivo.tag-group-add-to-group" => vivo::TagGroupAddToGroup,
            "vivo.tag-segment-add" => vivo::TagSegmentAdd,
            "vivo.tag-segment-update" => vivo::TagSegmentUpdate,
            "vivo.tag.reply" => vivo::TagResponse,
            "vivo.invalid-user-check" => vivo::InvalidUserCheck,
            "vivo.invalid-user-check.reply" => vivo::InvalidUserCheckResponse,
            "vivo.live-message-send" => vivo::live::LiveMessageSend,
            "vivo.live-message" => vivo::live::LiveMessage,
            "vivo.marketing" => vivo::Marketing,
            "vivo.audit-review" => vivo::AuditReview,
            "vivo.receipt" => vivo::Receipts,
        }
    };
}
