//! What vivo's server speaks.

use offline_push::vivo;
use serde_json::Value;

use super::{entries, mirror};
use crate::common::mirror::{Id, Int, Mirror, Pairs, Unknown};

/// Entries by task id, in order. A key that comes twice is two entries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Receipts(pub(crate) Vec<(String, Receipt)>);

impl Mirror<vivo::Receipts<'_>> for Receipts {
    fn of(original: &vivo::Receipts<'_>) -> Self {
        Self(original.iter().map(|(key, receipt)| (key.to_owned(), Receipt::of(&receipt))).collect())
    }
}

entries!(Receipts, Receipt);

mirror! {
    Receipt of vivo::Receipt<'_> {
        must {}
        may {
            targets: String = "targets",
            ack_time: Int<u64> = "ackTime",
            param: String = "param",
            ack_type: Id = "ackType",
            sub_ack_type: Id = "subAckType",
        }
    }

    AuthRequest of vivo::AuthRequest<'_> {
        must {
            app_id: Int<u64> = "appId",
            app_key: String = "appKey",
            timestamp: Int<u64> = "timestamp",
            sign: String = "sign",
        }
        may {}
    }

    AuthResponse of vivo::AuthResponse<'_> {
        must { result: Int<i32> = "result", }
        may {}
        lenient {
            desc: Id = "desc",
            auth_token: Id = "authToken",
        }
    }

    SendResponse of vivo::SendResponse<'_> {
        must { result: Int<i32> = "result", }
        may {}
        lenient {
            desc: Id = "desc",
            task_id: Id = "taskId",
            invalid_user: InvalidUser = "invalidUser",
        }
    }

    InvalidUser of vivo::InvalidUser<'_> {
        must {}
        may {}
        lenient {
            status: Int<i32> = "status",
            userid: Id = "userid",
        }
    }

    Notification of vivo::Notification<'_> {
        must {
            title: String = "title",
            content: String = "content",
            request_id: Id = "requestId",
        }
        may {
            app_id: Int<u64> = "appId",
            reg_id: String = "regId",
            alias: String = "alias",
            notify_type: Int<i32> = "notifyType",
            time_to_live: Int<u32> = "timeToLive",
            skip_type: Int<i32> = "skipType",
            skip_content: String = "skipContent",
            network_type: Int<i32> = "networkType",
            classification: Int<i32> = "classification",
            category: String = "category",
            client_custom_map: Pairs = "clientCustomMap",
            extra: NotificationExtra = "extra",
            push_mode: Int<i32> = "pushMode",
            notify_id: Int<u32> = "notifyId",
            profile_id: String = "profileId",
            send_online: bool = "sendOnline",
            foreground_show: bool = "foregroundShow",
            add_badge: bool = "addBadge",
            timed_display: TimedDisplay = "timedDisplay",
            audit_review: Value = "auditReview",
            tag_expression: TagExpression = "tagExpression",
            is_business_msg: Int<i32> = "isBusinessMsg",
        }
    }

    NotificationExtra of vivo::NotificationExtra<'_> {
        must {}
        may {
            callback: String = "callback",
            callback_param: String = "callback.param",
            callback_id: Id = "callback.id",
        }
    }

    TimedDisplay of vivo::TimedDisplay {
        must {}
        may {
            overtime_display: bool = "overtimeDisplay",
            show_start_time: Int<u64> = "showStartTime",
            show_end_time: Int<u64> = "showEndTime",
        }
    }

    TagExpression of vivo::TagExpression<'_> {
        must {}
        may {
            or_tags: Vec<String> = "orTags",
            and_tags: Vec<String> = "andTags",
            not_tags: Vec<String> = "notTags",
        }
    }
}
