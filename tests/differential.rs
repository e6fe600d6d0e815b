//! The decoder against `serde_json`, on random documents: they accept the same and read the same out of it, but for
//! what is documented; and all entry points agree with one another.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::documents::{bytes, damaged, messages, token_soup};
use common::mirror::{Mirror, messages as mirror};
use common::strategies::{json_value, spaced};
use offline_push::json::{self, DecodeError, DecodeErrorKind, MAX_DEPTH, Raw};
use offline_push::{ext, tim, vivo};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// The entry points of a message, each with an owned copy of what it decoded, and `serde_json`'s reading of the same.
struct Readings<M> {
    in_place: Result<M, DecodeError>,
    escaped: Result<M, DecodeError>,
    from_slice: Result<M, DecodeError>,
    /// None for bytes that are not text.
    from_str: Option<Result<M, DecodeError>>,
    from_prefix: Option<Result<(M, String), DecodeError>>,
    serde_json: Result<M, serde_json::Error>,
}

macro_rules! readings {
    ($bytes:expr, $model:ty, $mirror:ty) => {{
        let bytes: &[u8] = $bytes;
        let text = str::from_utf8(bytes).ok();
        let own = |model: $model| <$mirror>::of(&model);
        Readings {
            in_place: json::from_slice_in_place(&mut bytes.to_vec()).map(own),
            escaped: json::from_slice_escaped(bytes, &mut vec![0; bytes.len()]).map(own),
            from_slice: json::from_slice(bytes).map(own),
            from_str: text.map(|text| json::from_str(text).map(own)),
            from_prefix: text
                .map(|text| json::from_prefix(text).map(|(model, rest)| (own(model), rest.to_owned()))),
            serde_json: serde_json::from_slice(bytes),
        }
    }};
}

/// What the two may decide differently: how deep values nest, and numbers that `serde_json` keeps as floats only, where
/// digits and the difference between `-0` and `-0.0` are lost.
fn is_beyond_comparison(bytes: &[u8], theirs: Option<&serde_json::Error>) -> bool {
    let mut depth = 0usize;
    let mut deepest = 0;
    for byte in bytes {
        depth = match byte {
            b'[' | b'{' => depth + 1,
            b']' | b'}' => depth.saturating_sub(1),
            _ => depth,
        };
        deepest = deepest.max(depth);
    }
    let float_zero =
        bytes.windows(3).any(|three| three.starts_with(b"-0") && matches!(three[2], b'.' | b'e' | b'E'));
    let many_digits = bytes.split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() >= 19);
    let range = theirs.is_some_and(|error| error.to_string().contains("number out of range"));
    deepest > MAX_DEPTH || float_zero || many_digits || range
}

fn decide_alike<M: PartialEq + std::fmt::Debug>(bytes: &[u8], readings: &Readings<M>) -> TestCaseResult {
    match (&readings.in_place, &readings.serde_json) {
        (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs),
        (Err(_), Err(_)) => {}
        (ours, theirs) => {
            let beyond = is_beyond_comparison(bytes, theirs.as_ref().err());
            prop_assert!(beyond, "ours {:?}, theirs {:?}", ours, theirs);
        }
    }
    Ok(())
}

fn agree<M: PartialEq + std::fmt::Debug>(bytes: &[u8], readings: &Readings<M>) -> TestCaseResult {
    let in_place = &readings.in_place;
    prop_assert_eq!(in_place, &readings.escaped);
    if let Err(error) = in_place {
        prop_assert_ne!(error.kind(), DecodeErrorKind::EscapedText);
        prop_assert!(error.offset() <= bytes.len());
    }
    let (Some(from_str), Some(from_prefix)) = (&readings.from_str, &readings.from_prefix) else {
        let valid = str::from_utf8(bytes).unwrap_err().valid_up_to();
        let error = readings.from_slice.as_ref().unwrap_err();
        prop_assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::NotUtf8, valid));
        let error = in_place.as_ref().unwrap_err();
        prop_assert!(error.kind() != DecodeErrorKind::NotUtf8 || error.offset() == valid, "{}", error);
        return Ok(());
    };
    prop_assert_eq!(from_str, &readings.from_slice);
    match from_str {
        // Only read-only input is refused so, and only for an escape.
        Err(error) if error.kind() == DecodeErrorKind::EscapedText => {
            prop_assert_eq!(bytes.get(error.offset()), Some(&b'\\'));
        }
        _ => prop_assert_eq!(from_str, in_place),
    }
    match (from_str, from_prefix) {
        (Ok(whole), Ok((message, rest))) => {
            prop_assert_eq!(whole, message);
            prop_assert!(rest.bytes().all(|byte| b" \t\r\n".contains(&byte)), "{:?}", rest);
        }
        (Err(error), Ok((_, rest))) => {
            prop_assert_eq!(error.kind(), DecodeErrorKind::TrailingText);
            prop_assert!(bytes.ends_with(rest.as_bytes()) && error.offset() >= bytes.len() - rest.len());
        }
        (from_str, Err(error)) => prop_assert_eq!(from_str.as_ref().err(), Some(error)),
    }
    Ok(())
}

macro_rules! differential {
    ($($name:ident: $kind:literal, $model:ty, $mirror:ty;)+) => {$(
        mod $name {
            use super::*;

            fn compare(bytes: &[u8]) -> TestCaseResult {
                let readings = readings!(bytes, $model, $mirror);
                decide_alike(bytes, &readings)?;
                agree(bytes, &readings)
            }

            proptest! {
                #![proptest_config(cases(400))]

                #[test]
                fn on_messages(text in spaced(messages($kind))) {
                    compare(text.as_bytes())?;
                }

                #[test]
                fn on_damaged_messages(bytes in damaged(messages($kind))) {
                    compare(&bytes.0)?;
                }

                #[test]
                fn on_any_json(text in json_value()) {
                    compare(text.as_bytes())?;
                }

                #[test]
                fn on_any_bytes(bytes in bytes()) {
                    compare(&bytes.0)?;
                }
            }
        }
    )+};
}

differential! {
    token: "tim.token", tim::OfflinePushToken, mirror::Token;
    settings: "tim.settings", tim::OfflinePushSettings, mirror::Settings;
    info: "tim.info", tim::OfflinePushInfo, mirror::OfflinePushInfo;
    vendor_params: "tim.vendor-params", tim::VendorParams, mirror::VendorParams;
    ext_info: "tim.ext", ext::ExtInfo, mirror::ExtInfo;
    auth_request: "vivo.auth", vivo::AuthRequest, mirror::AuthRequest;
    auth_response: "vivo.auth.reply", vivo::AuthResponse, mirror::AuthResponse;
    notification: "vivo.send", vivo::Notification, mirror::Notification;
    send_response: "vivo.send.reply", vivo::SendResponse, mirror::SendResponse;
    receipts: "vivo.receipt", vivo::Receipts, mirror::Receipts;
    list_payload: "vivo.list-payload", vivo::ListPayload, mirror::Notification;
    task_response: "vivo.list-payload.reply", vivo::TaskResponse, mirror::TaskResponse;
    list_push: "vivo.list-push", vivo::ListPush, mirror::ListPush;
    list_push_response: "vivo.list-push.reply", vivo::ListPushResponse, mirror::ListPushResponse;
    all_push: "vivo.all", vivo::AllPush, mirror::Notification;
    tag_push: "vivo.tag-push", vivo::TagPush, mirror::Notification;
    statistics_response: "vivo.statistics.reply", vivo::StatisticsResponse, mirror::StatisticsResponse;
    send_message: "tim.sendmsg", tim::rest::SendMessage, mirror::SendMessage;
    send_message_response: "tim.sendmsg.reply", tim::rest::SendMessageResponse, mirror::SendMessageResponse;
    batch_send_message: "tim.batch", tim::rest::BatchSendMessage, mirror::BatchSendMessage;
    batch_send_message_response: "tim.batch.reply", tim::rest::BatchSendMessageResponse, mirror::BatchSendMessageResponse;
    send_group_message: "tim.group", tim::rest::SendGroupMessage, mirror::SendGroupMessage;
    send_group_message_response: "tim.group.reply", tim::rest::SendGroupMessageResponse, mirror::SendGroupMessageResponse;
    all_members_push: "tim.all-members", tim::rest::AllMembersPush, mirror::AllMembersPush;
    all_members_push_response: "tim.all-members.reply", tim::rest::AllMembersPushResponse, mirror::AllMembersPushResponse;
    push_batch: "tim.timpush", tim::rest::PushBatch, mirror::PushBatch;
    push_batch_response: "tim.timpush.reply", tim::rest::PushBatchResponse, mirror::PushBatchResponse;
    web: "tim.web", tim::WebPushInfo, mirror::WebPushInfo;
}

/// Random messages would prove nothing if none of them were good, or none bad.
#[test]
fn many_random_messages_are_good_and_many_are_bad() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    for kind in common::KINDS {
        let messages = messages(kind.name);
        let good = (0..200).filter(|_| {
            let message = messages.new_tree(&mut runner).unwrap().current();
            kind.in_place(message.as_bytes()).is_ok()
        });
        let good = good.count();
        assert!((50..=190).contains(&good), "{good} of 200 {} are good", kind.name);
    }
}

fn raw_and_serde_json_decide_alike(text: &str) -> TestCaseResult {
    let (ours, theirs) = (Raw::new(text), serde_json::from_str::<Value>(text));
    if ours.is_ok() != theirs.is_ok() {
        let beyond = is_beyond_comparison(text.as_bytes(), theirs.as_ref().err());
        prop_assert!(beyond, "ours {:?}, theirs {:?}", ours, theirs);
    }
    if let Ok(raw) = ours {
        prop_assert_eq!(raw.as_str(), text.trim_matches([' ', '\t', '\r', '\n']));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_raw_value_is_what_serde_json_takes_for_a_value(text in spaced(json_value())) {
        raw_and_serde_json_decide_alike(&text)?;
    }

    #[test]
    fn a_raw_value_is_no_damaged_value(bytes in damaged(json_value())) {
        if let Ok(text) = str::from_utf8(&bytes.0) {
            raw_and_serde_json_decide_alike(text)?;
        }
    }

    #[test]
    fn a_raw_value_is_seldom_a_heap_of_tokens(text in token_soup()) {
        raw_and_serde_json_decide_alike(&text)?;
    }

    #[test]
    fn a_raw_value_is_seldom_any_text(text in any::<String>()) {
        raw_and_serde_json_decide_alike(&text)?;
    }
}
