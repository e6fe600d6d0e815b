//! What holds for any bytes that are decoded as a message: the crate accepts what `serde_json` accepts and reads the same
//! out of it, but for what is documented; all entry points agree with one another; and what was read is written and read
//! again as the same.

use offline_push::json::{self, DecodeError, DecodeErrorKind, MAX_DEPTH};
use offline_push::{ext, tim, vivo};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;
use serde_json::Value;

use crate::common::mirror::{Mirror, messages as mirror};
use crate::common::{Kind, may_be_first_not_utf8, mended};

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
            escaped: json::from_slice_with_scratch(bytes, &mut vec![0; bytes.len()]).map(own),
            from_slice: json::from_slice(bytes).map(own),
            from_str: text.map(|text| json::from_str(text).map(own)),
            from_prefix: text
                .map(|text| json::from_prefix(text).map(|(model, rest)| (own(model), rest.to_owned()))),
            // Its one difference in grammar: it refuses half a surrogate pair.
            serde_json: serde_json::from_slice(&mended(bytes)),
        }
    }};
}

/// What the two may decide differently: how deep values nest, and numbers that `serde_json` keeps as floats only, where
/// digits and the difference between `-0` and `-0.0` are lost. A float of at most 15 digits and a short exponent is exact enough
/// to tell an integer.
pub(crate) fn is_beyond_comparison(bytes: &[u8], theirs: Option<&serde_json::Error>) -> bool {
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
    let in_number = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    let inexact = bytes.split(|byte| !in_number(byte)).any(|number| {
        let mut parts = number.split(|byte| b"eE".contains(byte));
        let digits = |part: Option<&[u8]>| {
            part.unwrap_or_default().iter().filter(|byte| byte.is_ascii_digit()).count()
        };
        let (mantissa, exponent) = (digits(parts.next()), digits(parts.next()));
        (mantissa > 15 && number.iter().any(|byte| b".eE".contains(byte))) || exponent > 2
    });
    let range = theirs.is_some_and(|error| error.to_string().contains("number out of range"));
    deepest > MAX_DEPTH || float_zero || many_digits || inexact || range
}

fn decide_alike<M: PartialEq + std::fmt::Debug>(bytes: &[u8], readings: &Readings<M>) -> TestCaseResult {
    match (&readings.in_place, &readings.serde_json) {
        (Ok(ours), Ok(theirs)) if ours == theirs => {}
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
        prop_assert_eq!((error.kind(), error.field(), error.index()), (DecodeErrorKind::NotUtf8, None, None));
        prop_assert!(may_be_first_not_utf8(bytes, error.offset()), "{}", error);
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

/// What was decoded is written as the JSON that it should be, and read again as the same.
fn comes_back(kind: &Kind, text: &str, mirror: &impl Serialize) -> TestCaseResult {
    // serde_json has no value for numbers beyond all floats.
    if let Ok(written) = serde_json::from_slice::<Value>(&mended(text.as_bytes())) {
        prop_assert_eq!(written, serde_json::to_value(mirror).unwrap());
    }
    prop_assert_eq!(kind.in_place(text.as_bytes()), Ok(text.to_owned()));
    Ok(())
}

/// Holds a message of a kind against `serde_json`, and the entry points against one another.
pub(crate) fn is_read_as_by_serde_json(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
    compare(kind, bytes, true)
}

/// Holds the entry points against one another.
pub(crate) fn is_read_alike_everywhere(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
    compare(kind, bytes, false)
}

macro_rules! comparisons {
    ($($kind:pat => $model:ty, $mirror:ty;)+) => {
        fn compare(kind: &Kind, bytes: &[u8], to_serde_json: bool) -> TestCaseResult {
            match kind.name {
                $($kind => {
                    let readings = readings!(bytes, $model, $mirror);
                    agree(bytes, &readings)?;
                    if !to_serde_json {
                        return Ok(());
                    }
                    decide_alike(bytes, &readings)?;
                    match (&readings.in_place, kind.in_place(bytes)) {
                        (Ok(mirror), Ok(text)) => comes_back(kind, &text, mirror),
                        _ => Ok(()),
                    }
                })+
                other => unreachable!("{other} has no mirror"),
            }
        }
    };
}

comparisons! {
    "tim.token" => tim::OfflinePushToken, mirror::Token;
    "tim.settings" => tim::OfflinePushSettings, mirror::Settings;
    "tim.info" => tim::OfflinePushInfo, mirror::OfflinePushInfo;
    "tim.vendor-params" => tim::VendorParams, mirror::VendorParams;
    "ext.info" => ext::ExtInfo, mirror::ExtInfo;
    "vivo.auth" => vivo::AuthRequest, mirror::AuthRequest;
    "vivo.auth.reply" => vivo::AuthResponse, mirror::AuthResponse;
    "vivo.send" => vivo::Notification, mirror::Notification;
    "vivo.send.reply" => vivo::SendResponse, mirror::SendResponse;
    "vivo.receipt" => vivo::Receipts, mirror::Receipts;
    "vivo.list-payload" => vivo::ListPayload, mirror::Notification;
    "vivo.task.reply" => vivo::TaskResponse, mirror::TaskResponse;
    "vivo.list-push" => vivo::ListPush, mirror::ListPush;
    "vivo.list-push.reply" => vivo::ListPushResponse, mirror::ListPushResponse;
    "vivo.all" => vivo::AllPush, mirror::Notification;
    "vivo.tag-push" => vivo::TagPush, mirror::Notification;
    "vivo.statistics.reply" => vivo::StatisticsResponse, mirror::StatisticsResponse;
    "tim.sendmsg" => tim::rest::SendMessage, mirror::SendMessage;
    "tim.sendmsg.reply" => tim::rest::SendMessageResponse, mirror::SendMessageResponse;
    "tim.batch" => tim::rest::BatchSendMessage, mirror::BatchSendMessage;
    "tim.batch.reply" => tim::rest::BatchSendMessageResponse, mirror::BatchSendMessageResponse;
    "tim.group" => tim::rest::SendGroupMessage, mirror::SendGroupMessage;
    "tim.group.reply" => tim::rest::SendGroupMessageResponse, mirror::SendGroupMessageResponse;
    "tim.all-members" => tim::rest::AllMembersPush, mirror::AllMembersPush;
    "tim.all-members.reply" => tim::rest::AllMembersPushResponse, mirror::AllMembersPushResponse;
    "tim.timpush" => tim::rest::PushBatch, mirror::PushBatch;
    "tim.timpush.reply" => tim::rest::PushBatchResponse, mirror::PushBatchResponse;
    "tim.web" => tim::WebPushInfo, mirror::WebPushInfo;
}
