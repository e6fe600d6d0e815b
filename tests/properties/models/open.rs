//! Messages with values of any length.

use offline_push::json::{MAX_INSERTED_PAIRS, Raw};
use offline_push::{ext, tim, vivo};
use serde_json::Value;

use super::{Model, Parts};
use crate::common::mirror::{Mirror, messages as mirror};
use crate::common::value;

fn needs_escapes(text: &str) -> bool {
    text.chars().any(|character| character < ' ' || "\"\\".contains(character))
}

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

    fn parts(&self) -> Parts {
        let lists: Vec<_> = match &self.tag_expression {
            Some(tags) => [tags.or_tags, tags.and_tags, tags.not_tags].into_iter().flatten().collect(),
            None => Vec::new(),
        };
        Parts {
            raw: self.audit_review.is_some(),
            members: self.members.is_some(),
            list: !lists.is_empty(),
            escaped_list: lists.iter().flatten().any(needs_escapes),
            long_map: self.client_custom_map.as_ref().is_some_and(|map| map.len() > MAX_INSERTED_PAIRS),
        }
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

    fn parts(&self) -> Parts {
        let android = self.android_info.as_ref();
        let live = self.apns_info.as_ref().and_then(|apns| apns.live_activity.as_ref());
        let raws = [
            self.push_template_param,
            android.and_then(|android| android.oppo_private_title_parameters),
            android.and_then(|android| android.oppo_private_content_parameters),
            live.map(|live| live.content_state),
        ];
        let languages = self.multi_language_content;
        let mut texts = languages
            .into_iter()
            .flatten()
            .flat_map(|content| [content.language, content.title, content.desc])
            .flatten();
        Parts {
            raw: raws.iter().any(Option::is_some),
            list: languages.is_some(),
            escaped_list: texts.any(needs_escapes),
            ..Parts::default()
        }
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

    fn parts(&self) -> Parts {
        let raw = self.entity.as_ref().is_some_and(|entity| entity.custom_data.is_some());
        Parts { raw, ..Parts::default() }
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

    fn parts(&self) -> Parts {
        let raw = self.oppo_title_param.is_some() || self.oppo_content_param.is_some();
        Parts { raw, ..Parts::default() }
    }
}

impl Model for vivo::Receipts<'_> {
    fn as_decoded(&self) -> Self {
        *self
    }

    fn expected(&self) -> Value {
        serde_json::to_value(mirror::Receipts::of(self)).unwrap()
    }

    fn parts(&self) -> Parts {
        let texts = self.iter().flat_map(|(key, receipt)| {
            [Some(key), receipt.targets, receipt.param, receipt.ack_type, receipt.sub_ack_type]
        });
        let escaped_list = texts.flatten().any(needs_escapes);
        Parts { list: true, escaped_list, ..Parts::default() }
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

            fn parts(&self) -> Parts {
                self.notification.parts()
            }
        }
    )+};
}

open_as_the_notification!(ListPayload AllPush TagPush);

/// Messages with a list and nothing else that is open: their mirror, and the texts in the list.
macro_rules! open_by_lists {
    ($($name:ident($message:ident): $has_list:expr, $texts:expr;)+) => {$(
        impl Model for vivo::$name<'_> {
            fn as_decoded(&self) -> Self {
                self.clone()
            }

            fn expected(&self) -> Value {
                serde_json::to_value(mirror::$name::of(self)).unwrap()
            }

            fn parts(&self) -> Parts {
                let $message = self;
                Parts { list: $has_list, escaped_list: $texts.any(needs_escapes), ..Parts::default() }
            }
        }
    )+};
}

open_by_lists! {
    ListPush(push): push.reg_ids.is_some() || push.aliases.is_some(),
        [push.reg_ids, push.aliases].into_iter().flatten().flatten();
    ListPushResponse(reply): reply.invalid_users.is_some(),
        reply.invalid_users.into_iter().flatten().filter_map(|user| user.userid);
    StatisticsResponse(reply): reply.statistics.is_some(),
        reply.statistics.into_iter().flatten().filter_map(|task| task.task_id);
}
