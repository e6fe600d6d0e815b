//! What apps pass through.

use offline_push::ext;

use super::*;

pub(crate) fn ext_info() -> impl Strategy<Value = ext::ExtInfo<'static>> {
    (of(entity()), of(push_features())).prop_map(|(entity, features)| {
        let mut info = ext::ExtInfo::new(ext::Entity::new(ext::ChatType::C2C, ""));
        (info.entity, info.tim_push_features) = (entity, features);
        info
    })
}

fn entity() -> impl Strategy<Value = ext::Entity<'static>> {
    // Null is nothing when it comes back.
    let custom_data = raw().prop_filter("null", |raw| raw.as_str() != "null");
    let custom_data = proptest::option::weighted(0.2, custom_data);
    (vec(of(text()), 4), vec(of(any::<i32>()), 3), of(any::<i64>()), custom_data).prop_map(
        |(texts, numbers, time, custom_data)| {
            let mut entity = ext::Entity::new(ext::ChatType::C2C, "");
            (entity.sender, entity.nickname, entity.face_url) = (texts[0], texts[1], texts[2]);
            (entity.content, entity.send_time, entity.custom_data) = (texts[3], time, custom_data);
            entity.version = numbers[0];
            entity.chat_type = numbers[1].map(Into::into);
            entity.action = numbers[2].map(Into::into);
            entity
        },
    )
}

fn push_features() -> impl Strategy<Value = ext::TimPushFeatures> {
    (of(any::<i32>()), of(any::<i32>())).prop_map(|(push_type, notification_type)| {
        let mut features = ext::TimPushFeatures::new();
        features.fcm_push_type = push_type.map(Into::into);
        features.fcm_notification_type = notification_type.map(Into::into);
        features
    })
}
