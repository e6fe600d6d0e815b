//! Random messages, there and back: through the codec, against `serde_json`, and in serde's formats.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

#[allow(dead_code)] // A part is the fuzzers'.
#[path = "../properties/models/mod.rs"]
mod models;

use common::strategies;
use common::{ROOM, kind, value};
use models::{Model as _, encoded, serde_writes_the_same};
use offline_push::json::{self, Encode, EncodeError, Message, Owned};
use offline_push::{ext, tim, vivo};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// A buffer of any length below the needed one names that, and a longer one then takes the message.
fn names_the_needed_length<T: Encode>(model: &T) -> TestCaseResult {
    let needed = json::encoded_len(model);
    let full = Err(EncodeError::BufferFull(offline_push::BufferFull { needed }));
    let mut buffer = vec![0; needed];
    for length in 0..needed {
        prop_assert_eq!(json::to_slice(model, &mut buffer[..length]).map(|written| written.len()), full);
    }
    prop_assert_eq!(json::to_str(model, &mut buffer[..needed - 1]).map(str::len), full);
    prop_assert_eq!(json::to_heapless_vec::<_, 1>(model).map(|written| written.len()), full);
    prop_assert_eq!(json::to_slice(model, &mut buffer).map(|written| written.len()), Ok(needed));
    Ok(())
}

/// The message after it has crossed a channel to another thread, where it is looked at, and back.
fn crossed<M: Message>(model: &M::Of<'_>) -> Result<Box<Owned<M, ROOM>>, TestCaseError> {
    let owned = Box::new(Owned::<M, ROOM>::new(model)?);
    let (to, there) = std::sync::mpsc::channel();
    let (back, from) = std::sync::mpsc::channel();
    let other = std::thread::spawn(move || {
        let owned: Box<Owned<M, ROOM>> = there.recv().unwrap();
        let seen = common::encoded(&owned.get());
        back.send((owned, seen)).unwrap();
    });
    to.send(owned).unwrap();
    let (owned, seen) = from.recv().unwrap();
    other.join().unwrap();
    prop_assert_eq!(&common::encoded(&owned.get()), &seen, "the view is the same whenever it is taken");
    prop_assert!(json::encoded_len(&*owned) <= json::encoded_len(model));
    // What is sent on is all of it, down to members that the view does not have.
    prop_assert_eq!(value(&common::encoded(&*owned)), value(&common::encoded(model)));
    prop_assert_eq!(&owned, &owned.clone());
    Ok(owned)
}

fn postcard<T: Serialize>(model: &T) -> Vec<u8> {
    let mut buffer = vec![0; ROOM];
    postcard::to_slice(model, &mut buffer).unwrap().to_vec()
}

/// The tests of a message.
macro_rules! models {
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
                    serde_writes_the_same(&model, &encoded(&model)?, model.has_raw())?;
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

models! {
    token: "tim.token", tim::OfflinePushToken;
    settings: "tim.settings", tim::OfflinePushSettings;
    ext_info: "ext.info", ext::ExtInfo;
    auth_request: "vivo.auth", vivo::AuthRequest;
    auth_response: "vivo.auth.reply", vivo::AuthResponse;
    send_response: "vivo.send.reply", vivo::SendResponse;
    task_response: "vivo.task.reply", vivo::TaskResponse;
    send_message_response: "tim.sendmsg.reply", tim::rest::SendMessageResponse;
    send_group_message_response: "tim.group.reply", tim::rest::SendGroupMessageResponse;
    all_members_push_response: "tim.all-members.reply", tim::rest::AllMembersPushResponse;
    web: "tim.web", tim::WebPushInfo;
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

/// The tests of a message that serde can read.
macro_rules! read_by_serde {
    ($($name:ident: $model:ty;)+) => {
        mod read_by_serde {
            use super::*;

            proptest! {
                #![proptest_config(cases(192))]

                $(#[test]
                fn $name(model in strategies::$name()) {
                    let text = encoded(&model)?;
                    match serde_json::from_str::<$model>(&text) {
                        Ok(read) => prop_assert_eq!(&read, &model),
                        Err(error) => prop_assert!(text.contains('\\'), "{}", error),
                    }
                    let bytes = postcard(&model);
                    let read = postcard::from_bytes::<$model>(&bytes);
                    prop_assert_eq!(read, Ok(model));
                })+
            }
        }
    };
}

read_by_serde! {
    token: tim::OfflinePushToken;
    settings: tim::OfflinePushSettings;
    auth_request: vivo::AuthRequest;
    auth_response: vivo::AuthResponse;
    send_response: vivo::SendResponse;
    task_response: vivo::TaskResponse;
    send_message_response: tim::rest::SendMessageResponse;
    send_group_message_response: tim::rest::SendGroupMessageResponse;
    all_members_push_response: tim::rest::AllMembersPushResponse;
    web: tim::WebPushInfo;
}

/// The tests of a message that serde cannot read.
macro_rules! text_in_postcard {
    ($($name:ident;)+) => {
        mod text_in_postcard {
            use super::*;

            proptest! {
                #![proptest_config(cases(192))]

                $(#[test]
                fn $name(model in strategies::$name()) {
                    let (text, bytes) = (encoded(&model)?, postcard(&model));
                    prop_assert_eq!(postcard::from_bytes(&bytes), Ok(text.as_str()));
                })+
            }
        }
    };
}

text_in_postcard! {
    ext_info;
    notification;
    info;
    vendor_params;
    receipts;
    list_payload;
    all_push;
    tag_push;
    list_push;
    list_push_response;
    statistics_response;
    send_message;
    batch_send_message;
    batch_send_message_response;
    send_group_message;
    all_members_push;
    push_batch;
    push_batch_response;
}

#[test]
fn an_escape_is_written_wherever_in_the_text_it_stands() {
    for length in 0..70 {
        for at in 0..length {
            for special in ["\"", "\\", "\n", "\0", "\u{1f}", "\u{7f}", "é"] {
                let text = format!("{}{special}{}", "x".repeat(at), "y".repeat(length - at - 1));
                let expected = format!(
                    r#"{{"title":{0},"content":{0},"requestId":"r"}}"#,
                    serde_json::to_string(&text).unwrap()
                );
                let push = vivo::Notification::new(&text, &text, "r");
                let mut buffer = vec![0; expected.len()];
                assert_eq!(json::to_str(&push, &mut buffer), Ok(expected.as_str()));
            }
        }
    }
}
