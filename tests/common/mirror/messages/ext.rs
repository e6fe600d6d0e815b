//! What apps pass through.

use offline_push::ext;
use serde_json::Value;

use super::mirror;
use crate::common::mirror::{Id, Int, Mirror, Unknown};

mirror! {
    ExtInfo of ext::ExtInfo<'_> {
        must {}
        may {
            entity: Entity = "entity",
            tim_push_features: TimPushFeatures = "timPushFeatures",
        }
    }

    Entity of ext::Entity<'_> {
        must {}
        may {
            version: Int<i32> = "version",
            chat_type: Int<i32> = "chatType",
            action: Int<i32> = "action",
            sender: Id = "sender",
            nickname: String = "nickname",
            face_url: String = "faceUrl",
            content: String = "content",
            send_time: Int<i64> = "sendTime",
            custom_data: Value = "customData",
        }
    }

    TimPushFeatures of ext::TimPushFeatures {
        must {}
        may {
            fcm_push_type: Int<i32> = "fcmPushType",
            fcm_notification_type: Int<i32> = "fcmNotificationType",
        }
    }
}
