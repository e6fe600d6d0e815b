//! Messages with values of any length.

use offline_push::{tim, vivo};

use super::*;

/// A message with values of any length.
pub(crate) trait Open: Clone {
    /// The message as decoding gives it: members from next month are passed over, and null is nothing.
    fn as_decoded(&self) -> Self;

    /// The JSON that it should be.
    fn expected(&self) -> Value;

    /// What serde has rules of its own for.
    fn parts(&self) -> Parts;
}

#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) raw: bool,
    pub(crate) members: bool,
    pub(crate) list: bool,
    /// A list with text that JSON escapes.
    pub(crate) escaped_list: bool,
    pub(crate) long_map: bool,
}

fn needs_escapes(text: &str) -> bool {
    text.chars().any(|character| character < ' ' || "\"\\".contains(character))
}

fn value_or_nothing(raw: Option<Raw<'_>>) -> Option<Raw<'_>> {
    raw.filter(|raw| raw.as_str() != "null")
}

impl Open for vivo::Notification<'_> {
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
            long_map: self.client_custom_map.as_ref().is_some_and(|map| map.len() > MAX_OWNED_PAIRS),
        }
    }
}

impl Open for tim::OfflinePushInfo<'_> {
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

impl Open for tim::VendorParams<'_> {
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

impl Open for vivo::Receipts<'_> {
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
        impl Open for vivo::$name<'_> {
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
        impl Open for vivo::$name<'_> {
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

/// The tests of messages with values of any length.
macro_rules! open_messages {
    ($($name:ident: $kind:literal, $model:ty;)+) => {$(
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(cases(192))]

                #[test]
                fn decodes_to_what_was_encoded(model in strategies::$name()) {
                    let mut bytes = encoded(&model)?.into_bytes();
                    prop_assert_eq!(json::from_slice_in_place::<$model>(&mut bytes), Ok(model.as_decoded()));
                }

                #[test]
                fn what_was_decoded_encodes_to_the_same(model in strategies::$name()) {
                    let text = encoded(&model.as_decoded())?;
                    prop_assert_eq!(kind($kind).in_place(text.as_bytes()), Ok(text));
                }

                #[test]
                fn is_the_json_it_should_be(model in strategies::$name()) {
                    prop_assert_eq!(value(&encoded(&model)?), model.expected());
                }

                #[test]
                fn is_written_by_serde_json(model in strategies::$name()) {
                    let parts = model.parts();
                    serde_writes_the_same(&model, &encoded(&model)?, parts.raw || parts.members)?;
                }

                #[test]
                fn is_read_by_serde_json_if_it_is_bounded(model in strategies::$name()) {
                    let (text, parts) = (encoded(&model)?, model.parts());
                    match serde_json::from_str::<$model>(&text) {
                        Ok(read) => prop_assert_eq!(read, model.as_decoded()),
                        Err(error) => {
                            let unbounded = parts.raw || parts.list || parts.long_map;
                            prop_assert!(unbounded || text.contains('\\'), "{}", error);
                        }
                    }
                }

                #[test]
                fn travels_through_postcard(model in strategies::$name()) {
                    let (bytes, parts) = (postcard(&model), model.parts());
                    match postcard::from_bytes::<$model>(&bytes) {
                        Ok(read) => prop_assert_eq!(read, model),
                        Err(error) => prop_assert!(parts.escaped_list || parts.long_map, "{}", error),
                    }
                }
            }

            proptest! {
                #![proptest_config(cases(16))]

                #[test]
                fn crosses_to_another_thread(model in strategies::$name()) {
                    let owned = crossed::<$model>(&model)?;
                    prop_assert_eq!(owned.get(), model.as_decoded());
                }

                #[test]
                fn a_short_buffer_names_the_needed_length(model in strategies::$name()) {
                    names_the_needed_length(&model)?;
                }
            }
        }
    )+};
}

open_messages! {
    notification: "vivo.send", vivo::Notification;
    info: "tim.info", tim::OfflinePushInfo;
    vendor_params: "tim.vendor-params", tim::VendorParams;
    receipts: "vivo.receipt", vivo::Receipts;
    list_payload: "vivo.list-payload", vivo::ListPayload;
    all_push: "vivo.all", vivo::AllPush;
    tag_push: "vivo.tag-push", vivo::TagPush;
    list_push: "vivo.list-push", vivo::ListPush;
    list_push_response: "vivo.list-push.reply", vivo::ListPushResponse;
    statistics_response: "vivo.statistics.reply", vivo::StatisticsResponse;
    send_message: "tim.sendmsg", tim::rest::SendMessage;
    batch_send_message: "tim.batch", tim::rest::BatchSendMessage;
    batch_send_message_response: "tim.batch.reply", tim::rest::BatchSendMessageResponse;
    send_group_message: "tim.group", tim::rest::SendGroupMessage;
    all_members_push: "tim.all-members", tim::rest::AllMembersPush;
    push_batch: "tim.timpush", tim::rest::PushBatch;
    push_batch_response: "tim.timpush.reply", tim::rest::PushBatchResponse;
}
