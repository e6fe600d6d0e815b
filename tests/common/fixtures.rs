//! The published samples: which kind of message each is, and what its trip through the crate changes.

use std::path::PathBuf;

use offline_push::json::DecodeErrorKind;

/// A sample and what becomes of it.
pub(crate) struct Sample {
    pub(crate) file: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) outcome: Outcome,
}

/// What decoding and encoding a sample again gives.
pub(crate) enum Outcome {
    /// The same JSON value, except for these changes.
    Same(&'static [Change]),
    /// An error of this kind in this field: the sender's library writes what vivo's document does not have.
    Refused(DecodeErrorKind, &'static str),
}

/// A difference between a sample and its canonical form. Places are JSON pointers.
pub(crate) enum Change {
    /// A number that was sent as a string is written as a number.
    Number(&'static str),
    /// A member that no model knows is skipped.
    Dropped(&'static str),
    /// The value is written in another way, as this JSON.
    Written(&'static str, &'static str),
    /// No change where one might expect one: an empty map or list is kept.
    Kept(&'static str),
}

use Change::{Dropped, Kept, Number, Written};
use Outcome::{Refused, Same};

const fn sample(file: &'static str, kind: &'static str, outcome: Outcome) -> Sample {
    Sample { file, kind, outcome }
}

/// Every fixture with a kind: adding one, or a new kind, is a line.
pub(crate) const SAMPLES: &[Sample] = &[
    sample("tencent/c_offline_push_token_v6.json", "tim.token", Same(&[])),
    sample("tencent/c_offline_push_token_v7.json", "tim.token", Same(&[])),
    sample("tencent/c_offline_push_config_all_keys.json", "tim.settings", Same(&[])),
    sample("tencent/c_offline_push_config_received_1.json", "tim.settings", Same(&[])),
    sample("tencent/c_offline_push_config_received_2.json", "tim.settings", Same(&[])),
    sample("tencent/offlinepushinfo_2019_cn.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_2019_en.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_2021_en.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_2021_jp.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_2021_ko.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_2021_zh.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_2026_marketing_cn.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_2026_marketing_en.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_2026_private_en.json", "tim.info", Same(&[Kept("/ApnsInfo")])),
    sample("tencent/offlinepushinfo_apns_silent.json", "tim.info", Same(&[Kept("/AndroidInfo")])),
    sample("tencent/offlinepushinfo_apns_voip.json", "tim.info", Same(&[Kept("/AndroidInfo")])),
    sample("tencent/offlinepushinfo_live_activity_end.json", "tim.info", Same(&[Kept("/AndroidInfo")])),
    sample("tencent/offlinepushinfo_live_activity_update.json", "tim.info", Same(&[Kept("/AndroidInfo")])),
    sample(
        "tencent/offlinepushinfo_multilanguage.json",
        "tim.info",
        Same(&[Kept("/AndroidInfo"), Kept("/ApnsInfo")]),
    ),
    sample("tencent/offlinepushinfo_template_custom.json", "tim.info", Same(&[])),
    sample("tencent/offlinepushinfo_template_preset.json", "tim.info", Same(&[])),
    sample("tencent/vendor_params_header.json", "tim.vendor-params", Same(&[])),
    sample("tencent/oppo_template_params_console.json", "tim.vendor-params", Same(&[])),
    sample("tencent/ext_container_bean_defaults.json", "ext.info", Same(&[])),
    sample("tencent/ext_entity_ios_sender.json", "ext.info", Same(&[])),
    sample("tencent/ext_push_ext_info_custom_data.json", "ext.info", Same(&[])),
    sample("tencent/ext_push_ext_info_defaults.json", "ext.info", Same(&[])),
    sample("vivo/auth-request-official-doc.json", "vivo.auth", Same(&[])),
    sample("vivo/constructed/auth-request-correct-sign.json", "vivo.auth", Same(&[])),
    sample(
        "vivo/constructed/auth-request-all-strings.json",
        "vivo.auth",
        Same(&[Number("/appId"), Number("/timestamp")]),
    ),
    // This library calls the field `app_id`.
    sample(
        "vivo/constructed/auth-request-floria-rust-app_id-key.json",
        "vivo.auth",
        Refused(DecodeErrorKind::MissingField, "appId"),
    ),
    sample("vivo/auth-response-ok-no-desc-python-test.json", "vivo.auth.reply", Same(&[])),
    sample("vivo/auth-response-ok-official-doc.json", "vivo.auth.reply", Same(&[])),
    sample("vivo/auth-response-ok-teamtalk-test.json", "vivo.auth.reply", Same(&[])),
    sample(
        "vivo/constructed/auth-response-with-validtime-doopush-struct.json",
        "vivo.auth.reply",
        Same(&[Dropped("/validTime")]),
    ),
    sample("vivo/send-request-official-doc.json", "vivo.send", Same(&[Number("/networkType")])),
    sample("vivo/send-request-official-doc-pdf-copy.json", "vivo.send", Same(&[Number("/networkType")])),
    sample("vivo/send-request-v2-regid-go-test.json", "vivo.send", Same(&[])),
    sample("vivo/send-request-yanxuan-skiptype4-scheme.json", "vivo.send", Same(&[])),
    sample("vivo/constructed/live-message-send-doc896-fields.json", "vivo.live-message-send", Same(&[])),
    sample(
        "vivo/constructed/livemessage-end.json",
        "vivo.live-message-send",
        Same(&[Kept("/liveMessage/templateData")]),
    ),
    sample("vivo/constructed/livemessage-update-template1.json", "vivo.live-message-send", Same(&[])),
    sample("vivo/constructed/livemessage-update-template2.json", "vivo.live-message-send", Same(&[])),
    sample("vivo/livemessage-object-aliyun-sdk-example.json", "vivo.live-message", Same(&[])),
    sample(
        "vivo/constructed/send-request-official-java-sdk-shape.json",
        "vivo.send",
        Same(&[
            Kept("/clientCustomMap"),
            Kept("/extra"),
            Kept("/tagExpression/andTags"),
            Kept("/tagExpression/notTags"),
            Kept("/tagExpression/orTags"),
        ]),
    ),
    sample("vivo/constructed/send-request-python-test-fields.json", "vivo.send", Same(&[])),
    sample(
        "vivo/constructed/send-request-tangsengdaodao-numbers-as-strings.json",
        "vivo.send",
        Same(&[Number("/classification"), Number("/notifyType"), Number("/pushMode"), Number("/skipType")]),
    ),
    // The fields that a library adds to its template, which has title and content.
    sample(
        "vivo/constructed/send-request-floria-rust-test-fields.json",
        "vivo.send",
        Refused(DecodeErrorKind::MissingField, "title"),
    ),
    sample("vivo/send-response-error-10000-teamtalk-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-error-10070-python-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-error-10070-teamtalk-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-error-10072-teamtalk-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-error-10302-invaliduser-official-doc.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-error-10302-mojibake-rust-floria-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-error-10302-real-dump-php.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-error-10302-teamtalk-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-ok-minimal-teamtalk-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-ok-no-desc-python-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-ok-official-doc.json", "vivo.send.reply", Same(&[])),
    sample("vivo/send-response-ok-teamtalk-test.json", "vivo.send.reply", Same(&[])),
    sample("vivo/constructed/receipt-callback-doopush-struct.json", "vivo.receipt", Same(&[])),
    sample("vivo/constructed/receipt-callback-two-tasks-old-shape.json", "vivo.receipt", Same(&[])),
    sample(
        "vivo/savelistpayload-request-official-doc.json",
        "vivo.list-payload",
        Same(&[Number("/networkType")]),
    ),
    sample("vivo/savelistpayload-request-jjcn-go-test.json", "vivo.list-payload", Same(&[])),
    sample("vivo/savelistpayload-response-ok-official-doc.json", "vivo.task.reply", Same(&[])),
    sample("vivo/pushtolist-request-official-doc.json", "vivo.list-push", Same(&[])),
    sample("vivo/constructed/pushtolist-request-aliases.json", "vivo.list-push", Same(&[])),
    sample("vivo/pushtolist-response-invalidusers-official-doc.json", "vivo.list-push.reply", Same(&[])),
    sample(
        "vivo/constructed/pushtolist-response-empty-invalidusers.json",
        "vivo.list-push.reply",
        Same(&[Kept("/invalidUsers")]),
    ),
    sample("vivo/sendall-request-official-doc.json", "vivo.all", Same(&[Number("/networkType")])),
    sample("vivo/sendall-response-ok-official-doc.json", "vivo.task.reply", Same(&[])),
    sample("vivo/all-response-error-10045-dev-notes.json", "vivo.task.reply", Same(&[])),
    sample(
        "vivo/constructed/tagpush-request-java-sdk-shape.json",
        "vivo.tag-push",
        Same(&[Kept("/clientCustomMap"), Kept("/extra"), Kept("/tagExpression/notTags")]),
    ),
    sample("vivo/tag-add-request-official-doc.json", "vivo.tag-add", Same(&[])),
    // The Java SDK writes the type also where the document has none.
    sample("vivo/constructed/tag-add-request-sdk33-bean.json", "vivo.tag-add", Same(&[Dropped("/type")])),
    sample("vivo/tag-update-request-official-doc.json", "vivo.tag-update", Same(&[])),
    sample("vivo/constructed/tag-addmembers-request-java-sdk-shape.json", "vivo.tag-add-members", Same(&[])),
    sample("vivo/constructed/tag-addmembers-request-sdk33-bean.json", "vivo.tag-add-members", Same(&[])),
    sample(
        "vivo/constructed/tag-removemembers-request-alias-sdk33-bean.json",
        "vivo.tag-remove-members",
        Same(&[]),
    ),
    // The document's table has an integer, its sample a text.
    sample(
        "vivo/taggroup-add-request-official-doc.json",
        "vivo.tag-group-add",
        Refused(DecodeErrorKind::WrongType, "type"),
    ),
    sample("vivo/taggroup-update-request-official-doc.json", "vivo.tag-group-update", Same(&[])),
    sample(
        "vivo/constructed/taggroup-addtogroup-request-sdk33-bean.json",
        "vivo.tag-group-add-to-group",
        Same(&[Dropped("/type")]),
    ),
    sample(
        "vivo/tagsegment-add-request-official-doc.json",
        "vivo.tag-segment-add",
        Same(&[Kept("/expression/andTags"), Kept("/expression/orTags")]),
    ),
    sample(
        "vivo/constructed/tagsegment-add-request-sdk33-bean.json",
        "vivo.tag-segment-add",
        Same(&[Kept("/expression/notTags")]),
    ),
    sample(
        "vivo/tagsegment-update-request-official-doc.json",
        "vivo.tag-segment-update",
        Same(&[Kept("/expression/andTags"), Kept("/expression/notTags")]),
    ),
    sample("vivo/tag-response-ok-official-doc.json", "vivo.tag.reply", Same(&[])),
    sample("vivo/constructed/tag-response-error-10614.json", "vivo.tag.reply", Same(&[])),
    sample("vivo/invaliduser-check-request-julive-php.json", "vivo.invalid-user-check", Same(&[])),
    sample("vivo/statistics-response-official-doc.json", "vivo.statistics.reply", Same(&[])),
    sample("tencent/all_member_push_flutter_doc.json", "tim.all-members", Same(&[])),
    sample("tencent/all_member_push_response.json", "tim.all-members.reply", Same(&[])),
    sample("tencent/all_member_push_with_offlinepush_en.json", "tim.all-members", Same(&[])),
    sample("tencent/all_member_push_with_offlinepush_zh.json", "tim.all-members", Same(&[])),
    sample("tencent/batchsendmsg_response_1.json", "tim.batch.reply", Same(&[])),
    sample("tencent/batchsendmsg_response_2.json", "tim.batch.reply", Same(&[])),
    sample("tencent/batchsendmsg_response_3.json", "tim.batch.reply", Same(&[])),
    sample("tencent/batchsendmsg_with_offlinepush_2019_cn.json", "tim.batch", Same(&[])),
    sample("tencent/batchsendmsg_with_offlinepush_2019_en.json", "tim.batch", Same(&[])),
    sample("tencent/batchsendmsg_with_offlinepush_en.json", "tim.batch", Same(&[])),
    sample("tencent/batchsendmsg_with_offlinepush_zh.json", "tim.batch", Same(&[])),
    sample("tencent/send_group_msg_with_offlinepush_2019_cn.json", "tim.group", Same(&[])),
    sample("tencent/send_group_msg_with_offlinepush_2019_en.json", "tim.group", Same(&[])),
    sample("tencent/send_group_msg_with_offlinepush_en.json", "tim.group", Same(&[])),
    sample("tencent/send_group_msg_with_offlinepush_zh.json", "tim.group", Same(&[])),
    sample("tencent/sendmsg_minimal_1.json", "tim.sendmsg", Same(&[])),
    sample("tencent/sendmsg_minimal_2.json", "tim.sendmsg", Same(&[])),
    sample("tencent/sendmsg_minimal_3.json", "tim.sendmsg", Same(&[])),
    sample("tencent/sendmsg_response_fail.json", "tim.sendmsg.reply", Same(&[])),
    sample("tencent/sendmsg_response_ok.json", "tim.sendmsg.reply", Same(&[])),
    sample("tencent/sendmsg_with_offlinepush_2019_cn.json", "tim.sendmsg", Same(&[])),
    sample("tencent/sendmsg_with_offlinepush_2019_en.json", "tim.sendmsg", Same(&[])),
    sample("tencent/sendmsg_with_offlinepush_en.json", "tim.sendmsg", Same(&[])),
    sample("tencent/sendmsg_with_offlinepush_msgtimestamp_en.json", "tim.sendmsg", Same(&[])),
    sample("tencent/sendmsg_with_offlinepush_zh.json", "tim.sendmsg", Same(&[])),
    sample("tencent/timpush_batch_request.json", "tim.timpush", Same(&[])),
    sample("tencent/timpush_batch_response_ok.json", "tim.timpush.reply", Same(&[])),
    sample("tencent/timpush_batch_response_partial.json", "tim.timpush.reply", Same(&[])),
    sample("tencent/all_member_push_attrs_and_request.json", "tim.all-members", Same(&[])),
    sample("tencent/all_member_push_tags_and_request.json", "tim.all-members", Same(&[])),
    sample("tencent/im_add_tag_request.json", "tim.timpush.add-tag", Same(&[])),
    sample("tencent/im_get_attr_name_response.json", "tim.timpush.get-attr-name.reply", Same(&[])),
    sample("tencent/im_get_attr_response.json", "tim.timpush.get-attr.reply", Same(&[])),
    sample("tencent/im_get_tag_response.json", "tim.timpush.get-tag.reply", Same(&[])),
    sample("tencent/im_remove_all_tags_request.json", "tim.timpush.clear-all-tags", Same(&[])),
    sample("tencent/im_remove_attr_request.json", "tim.timpush.remove-attr", Same(&[])),
    sample("tencent/im_set_attr_name_request.json", "tim.timpush.set-attr-name", Same(&[])),
    sample("tencent/im_set_attr_request.json", "tim.timpush.set-attr", Same(&[])),
    sample("tencent/timpush_add_sched_task_all.json", "tim.timpush.add-sched-task", Same(&[])),
    sample("tencent/timpush_add_sched_task_tag.json", "tim.timpush.add-sched-task", Same(&[])),
    sample("tencent/timpush_add_sched_task_user.json", "tim.timpush.add-sched-task", Same(&[])),
    sample("tencent/timpush_add_tag_replace_request.json", "tim.timpush.add-tag", Same(&[])),
    sample("tencent/timpush_add_tag_request.json", "tim.timpush.add-tag", Same(&[])),
    sample("tencent/timpush_add_tag_response_partial.json", "tim.timpush.status.reply", Same(&[])),
    sample("tencent/timpush_batch_dataid_constructed.json", "tim.timpush", Same(&[])),
    sample("tencent/timpush_batch_response_all_failed.json", "tim.timpush.reply", Same(&[])),
    sample("tencent/timpush_clear_all_tags_request.json", "tim.timpush.clear-all-tags", Same(&[])),
    sample("tencent/timpush_clear_all_tags_response_partial.json", "tim.timpush.status.reply", Same(&[])),
    sample("tencent/timpush_delete_sched_task_request.json", "tim.timpush.delete-sched-task", Same(&[])),
    sample("tencent/timpush_delete_sched_task_response_fail.json", "tim.timpush.sched-task.reply", Same(&[])),
    sample("tencent/timpush_delete_sched_task_response_ok.json", "tim.timpush.sched-task.reply", Same(&[])),
    sample("tencent/timpush_get_attr_name_response.json", "tim.timpush.get-attr-name.reply", Same(&[])),
    sample("tencent/timpush_get_attr_request.json", "tim.timpush.get-attr", Same(&[])),
    sample("tencent/timpush_get_attr_response.json", "tim.timpush.get-attr.reply", Same(&[])),
    sample("tencent/timpush_get_sched_task_request.json", "tim.timpush.get-sched-task", Same(&[])),
    sample("tencent/timpush_get_sched_task_response.json", "tim.timpush.get-sched-task.reply", Same(&[])),
    sample("tencent/timpush_get_tag_request.json", "tim.timpush.get-tag", Same(&[])),
    sample("tencent/timpush_get_tag_response.json", "tim.timpush.get-tag.reply", Same(&[])),
    sample("tencent/timpush_list_sched_task_request.json", "tim.timpush.list-sched-task", Same(&[])),
    sample(
        "tencent/timpush_list_sched_task_response_constructed.json",
        "tim.timpush.list-sched-task.reply",
        Same(&[]),
    ),
    sample("tencent/timpush_modify_sched_task_both.json", "tim.timpush.modify-sched-task", Same(&[])),
    sample("tencent/timpush_modify_sched_task_content.json", "tim.timpush.modify-sched-task", Same(&[])),
    sample("tencent/timpush_modify_sched_task_time.json", "tim.timpush.modify-sched-task", Same(&[])),
    sample("tencent/timpush_push_all.json", "tim.timpush.push", Same(&[])),
    sample("tencent/timpush_push_attrs_and.json", "tim.timpush.push", Same(&[])),
    sample("tencent/timpush_push_chat_msgbody.json", "tim.timpush.push", Same(&[])),
    sample("tencent/timpush_push_chat_online_only.json", "tim.timpush.push", Same(&[])),
    sample("tencent/timpush_push_online_only.json", "tim.timpush.push", Same(&[])),
    sample("tencent/timpush_push_response_ok_constructed.json", "tim.timpush.push.reply", Same(&[])),
    sample("tencent/timpush_push_tags_and.json", "tim.timpush.push", Same(&[])),
    sample("tencent/timpush_push_tags_or.json", "tim.timpush.push", Same(&[])),
    sample("tencent/timpush_push_tags_or_not.json", "tim.timpush.push", Same(&[])),
    sample("tencent/timpush_remove_attr_request.json", "tim.timpush.remove-attr", Same(&[])),
    sample("tencent/timpush_remove_attr_response_partial.json", "tim.timpush.status.reply", Same(&[])),
    sample("tencent/timpush_remove_tag_request.json", "tim.timpush.remove-tag", Same(&[])),
    sample("tencent/timpush_revoke_request_2024.json", "tim.timpush.revoke", Same(&[])),
    sample("tencent/timpush_revoke_request_2025.json", "tim.timpush.revoke", Same(&[])),
    sample("tencent/timpush_revoke_response_ok.json", "tim.timpush.status.reply", Same(&[])),
    sample("tencent/timpush_set_attr_name_request.json", "tim.timpush.set-attr-name", Same(&[])),
    sample("tencent/timpush_set_attr_name_response_fail.json", "tim.timpush.status.reply", Same(&[])),
    sample("tencent/timpush_set_attr_request.json", "tim.timpush.set-attr", Same(&[])),
    sample("tencent/timpush_set_attr_response_partial.json", "tim.timpush.status.reply", Same(&[])),
    sample("tencent/timpush_webbatch_request.json", "tim.timpush.webbatch", Same(&[])),
    sample("tencent/timpush_webbatch_response_ok_tail_made_up.json", "tim.timpush.reply", Same(&[])),
    sample("tencent/timpush_webpush_all.json", "tim.timpush.webpush", Same(&[])),
    sample("tencent/timpush_webpush_tags_and.json", "tim.timpush.webpush", Same(&[])),
    sample("tencent/callback_push_offlinepush.json", "tim.callback.offline-push", Same(&[])),
    sample("tencent/callback_push_allmemberpush.json", "tim.callback.all-member-push", Same(&[])),
    sample(
        "tencent/callback_push_allmemberpush_batch_globox.json",
        "tim.callback.all-member-push",
        Same(&[]),
    ),
    sample(
        "tencent/callback_push_allmemberpush_dataid_constructed.json",
        "tim.callback.all-member-push",
        Same(&[]),
    ),
    sample("tencent/callback_app_reply_ok.json", "tim.callback.answer", Same(&[])),
    sample("tencent/flutter_web_offline_push_info_all_keys.json", "tim.web", Same(&[])),
    sample("tencent/web_sdk_offline_push_info_all_keys.json", "tim.web", Same(&[])),
    sample("tencent/vivo_direct_send_test_script.json", "vivo.send", Same(&[])),
    sample("vivo-2026/pushtolist-request-sdk33-bean.json", "vivo.list-push", Same(&[])),
    sample("vivo-2026/send-request-sdk33-bean-minimal.json", "vivo.send", Same(&[Kept("/extra")])),
    sample("vivo-2026/send-request-sdk33-marketing.json", "vivo.send", Same(&[])),
    sample("vivo-2026/send-request-sdk33-new-members.json", "vivo.send", Same(&[])),
    sample("vivo-2026/statistics-response-sdk33-fields.json", "vivo.statistics.reply", Same(&[])),
    sample("tencent/vendor_params_push_template.json", "tim.vendor-params", Same(&[])),
    // `Ext::content` reads it.
    sample("reported/ext-entity-as-text.json", "ext.info", Refused(DecodeErrorKind::WrongType, "entity")),
    sample("reported/ext-features-alone.json", "ext.info", Same(&[])),
    sample("reported/ext-gson-doubles.json", "ext.info", Same(&[Written("/entity/chatType", "2")])),
    sample(
        "reported/info-php-empty-arrays.json",
        "tim.info",
        Same(&[Written("/AndroidInfo", "{}"), Written("/ApnsInfo", "{}")]),
    ),
    sample("reported/send-php-empty-map.json", "vivo.send", Same(&[Written("/clientCustomMap", "{}")])),
    sample("reported/send-reply-code-10040.json", "vivo.send.reply", Same(&[])),
    sample("reported/send-reply-code-10085.json", "vivo.send.reply", Same(&[])),
    sample(
        "reported/token-double-business-id.json",
        "tim.token",
        Same(&[Written("/offline_push_token_business_id", "15518")]),
    ),
    sample("reported/web-capital-android-keys.json", "tim.web", Same(&[])),
    sample("reported/web-is-disable-push.json", "tim.web", Same(&[])),
    sample("reported/java-gson-sdk6.json", "tim.java", Same(&[])),
    sample("reported/java-gson-sdk8.json", "tim.java", Same(&[])),
    sample("reported/java-gson-wrapper.json", "tim.java-wrapper", Same(&[])),
    sample("reported/web-java-sdk-gson.json", "tim.java", Same(&[])),
    sample("reported/web-java-sdk-push-flag.json", "tim.web", Same(&[])),
];

/// Fixtures that are read in other ways. These are the beginnings of their paths.
pub(crate) const OTHERS: &[&str] = &[
    "tencent/apns_payload_as_received.json",
    "tencent/ext_conversation_id_",
    "tencent/ext_deeplink.json",
    "tencent/ext_level_task.json",
    "tencent/xiaomi_extra_map.json",
    "vivo/auth-sign-vector-official.json",
    "tencent/msgbody_example_",
    "tencent/msgelem_",
    "reported/ext-lone-surrogate-",
    "reported/send-reply-lone-surrogate-",
    "tencent/callback_c2c_after_send_msg.json",
    "tencent/callback_sign_vector.json",
    "vivo/tag-expression-official-doc.json",
];

/// What apps send as ext.
pub(crate) const EXTS: &[&str] = &[
    "tencent/ext_container_bean_defaults.json",
    "tencent/ext_conversation_id_c2c.json",
    "tencent/ext_conversation_id_group.json",
    "tencent/ext_deeplink.json",
    "tencent/ext_entity_ios_sender.json",
    "tencent/ext_level_task.json",
    "tencent/ext_push_ext_info_custom_data.json",
    "tencent/ext_push_ext_info_defaults.json",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The text of a fixture.
pub(crate) fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| unreachable!("{file}: {error}"))
}

/// The paths of all fixtures.
pub(crate) fn all() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["reported", "tencent", "vivo", "vivo/constructed", "vivo-2026"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("a folder of fixtures") {
            let name = entry.expect("an entry").file_name().into_string().expect("a name in UTF-8");
            if name.ends_with(".json") {
                found.push(format!("{folder}/{name}"));
            }
        }
    }
    found
}
