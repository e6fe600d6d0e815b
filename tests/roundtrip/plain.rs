//! Messages of text, numbers and switches.

use offline_push::{ext, tim, vivo};

use super::*;

/// The tests of messages that hold text, numbers and switches alone, and at most a raw value that `has_raw` knows.
macro_rules! plain_messages {
    ($($name:ident: $model:ty, $mirror:ty;)+) => {$(
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(cases(128))]

                #[test]
                fn decodes_to_what_was_encoded(model in strategies::$name()) {
                    let mut bytes = encoded(&model)?.into_bytes();
                    prop_assert_eq!(json::from_slice_in_place::<$model>(&mut bytes), Ok(model));
                }

                #[test]
                fn is_the_json_it_should_be(model in strategies::$name()) {
                    let expected = serde_json::to_value(<$mirror>::of(&model)).unwrap();
                    prop_assert_eq!(value(&encoded(&model)?), expected);
                }

                #[test]
                fn is_read_and_written_by_serde_json(model in strategies::$name()) {
                    let text = encoded(&model)?;
                    serde_writes_the_same(&model, &text, has_raw(&text))?;
                    // Escaped text cannot be borrowed: an error then, and never another text.
                    match serde_json::from_str::<$model>(&text) {
                        Ok(read) => prop_assert_eq!(read, model),
                        Err(error) => prop_assert!(text.contains('\\') || has_raw(&text), "{}", error),
                    }
                }

                #[test]
                fn travels_through_postcard(model in strategies::$name()) {
                    let bytes = postcard(&model);
                    prop_assert_eq!(postcard::from_bytes::<$model>(&bytes), Ok(model));
                }
            }

            proptest! {
                #![proptest_config(cases(24))]

                #[test]
                fn crosses_to_another_thread(model in strategies::$name()) {
                    let owned = crossed::<$model>(&model)?;
                    prop_assert_eq!(owned.get(), model);
                }

                #[test]
                fn a_short_buffer_names_the_needed_length(model in strategies::$name()) {
                    names_the_needed_length(&model)?;
                }
            }
        }
    )+};
}

plain_messages! {
    token: tim::OfflinePushToken, mirror::Token;
    settings: tim::OfflinePushSettings, mirror::Settings;
    ext_info: ext::ExtInfo, mirror::ExtInfo;
    auth_request: vivo::AuthRequest, mirror::AuthRequest;
    auth_response: vivo::AuthResponse, mirror::AuthResponse;
    send_response: vivo::SendResponse, mirror::SendResponse;
    task_response: vivo::TaskResponse, mirror::TaskResponse;
    send_message_response: tim::rest::SendMessageResponse, mirror::SendMessageResponse;
    send_group_message_response: tim::rest::SendGroupMessageResponse, mirror::SendGroupMessageResponse;
    all_members_push_response: tim::rest::AllMembersPushResponse, mirror::AllMembersPushResponse;
    web: tim::WebPushInfo, mirror::WebPushInfo;
}
