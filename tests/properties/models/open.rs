//! Messages with values of any length.

use offline_push::json::Raw;
use offline_push::{ext, tim, vivo};
use serde_json::Value;

use super::Model;
use crate::common::mirror::{Mirror, messages as mirror};
use crate::common::value;

fn value_or_nothing(raw: Option<Raw<'_>>) -> Option<Raw<'_>> {
    raw.filter(|raw| raw.as_str() != "null")
}

impl Model for vivo::Notification<'_> {
    fn as_decoded(&self) -> Self {
        let mut push = self.clone();
        push.members = None;
        push.audit_review = value_or_nothing(push.audit_review);
        push
    }

    fn expected(&self) -> Value {
        let mut expected = serde_json::to_value(mirror::Notification::of(self)).unwrap();
        if let Some(members) = &self.members {
            let Value::Object(members) = value(members.as_str()) else { unreachable!() };
            expected.as_object_mut().unwrap().extend(members);
        }
        expected
    }

    fn has_raw(&self) -> bool {
        self.audit_review.is_some() || self.members.is_some()
    }
}

impl Model for tim::OfflinePushInfo<'_> {
    fn as_decoded(&self) -> Self {
        let mut info = self.clone();
        info.push_template_param = value_or_nothing(info.push_template_param);
        if let Some(android) = &mut info.android_info {
            for raw in
                [&mut android.oppo_private_title_parameters, &mut android.oppo_private_content_parameters]
            {
                *raw = value_or_nothing(*raw);
            }
        }
        info
    }

    fn expected(&self) -> Value {
        serde_json::to_value(mirror::OfflinePushInfo::of(self)).unwrap()
    }

    fn has_raw(&self) -> bool {
        let android = self.android_info.as_ref();
        let live = self.apns_info.as_ref().and_then(|apns| apns.live_activity.as_ref());
        let raws = [
            self.push_template_param,
            android.and_then(|android| android.oppo_private_title_parameters),
            android.and_then(|android| android.oppo_private_content_parameters),
            live.map(|live| live.content_state),
        ];
        raws.iter().any(Option::is_some)
    }
}

impl Model for ext::ExtInfo<'_> {
    fn as_decoded(&self) -> Self {
        let mut info = self.clone();
        if let Some(entity) = &mut info.entity {
            entity.custom_data = value_or_nothing(entity.custom_data);
        }
        info
    }

    fn expected(&self) -> Value {
        serde_json::to_value(mirror::ExtInfo::of(self)).unwrap()
    }

    fn has_raw(&self) -> bool {
        self.entity.as_ref().is_some_and(|entity| entity.custom_data.is_some())
    }
}

impl Model for tim::VendorParams<'_> {
    fn as_decoded(&self) -> Self {
        let mut params = self.clone();
        params.oppo_title_param = value_or_nothing(params.oppo_title_param);
        params.oppo_content_param = value_or_nothing(params.oppo_content_param);
        params
    }

    fn expected(&self) -> Value {
        serde_json::to_value(mirror::VendorParams::of(self)).unwrap()
    }

    fn has_raw(&self) -> bool {
        self.oppo_title_param.is_some() || self.oppo_content_param.is_some()
    }
}

impl Model for vivo::Receipts<'_> {
    fn as_decoded(&self) -> Self {
        *self
    }

    fn expected(&self) -> Value {
        serde_json::to_value(mirror::Receipts::of(self)).unwrap()
    }

    fn has_raw(&self) -> bool {
        false
    }
}

/// Bodies for other endpoints are what the notification in them is.
macro_rules! open_as_the_notification {
    ($($name:ident)+) => {$(
        impl Model for vivo::$name<'_> {
            fn as_decoded(&self) -> Self {
                let mut push = self.clone();
                push.notification = push.notification.as_decoded();
                push
            }

            fn expected(&self) -> Value {
                self.notification.expected()
            }

            fn has_raw(&self) -> bool {
                self.notification.has_raw()
            }
        }
    )+};
}

open_as_the_notification!(ListPayload AllPush TagPush);

/// Messages with a list and nothing else that is open: their mirror.
macro_rules! open_by_lists {
    ($($name:ident)+) => {$(
        impl Model for vivo::$name<'_> {
            fn as_decoded(&self) -> Self {
                self.clone()
            }

            fn expected(&self) -> Value {
                serde_json::to_value(mirror::$name::of(self)).unwrap()
            }

            fn has_raw(&self) -> bool {
                false
            }
        }
    )+};
}

open_by_lists! { ListPush ListPushResponse StatisticsResponse }
