//! What holds for any model: all ways to encode it say the same, which is the JSON that it should be, which decodes to the
//! model again; and serde writes the same.

mod open;
mod plain;
mod rest;

use offline_push::json::{self, Encode, EncodeError};
#[cfg(feature = "arbitrary")]
use offline_push::{ext, tim, vivo};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;
use serde_json::Value;

use crate::common::{Kind, mended, value};

/// A message, and what it should be.
pub(crate) trait Model: Clone {
    /// The message as decoding gives it: members from next month are passed over, and null is nothing.
    fn as_decoded(&self) -> Self;

    /// The JSON that it should be.
    fn expected(&self) -> Value;

    /// Whether it holds raw values or members, which `serde_json` may spell in another way.
    fn has_raw(&self) -> bool;
}

/// Longer than most of them.
const VEC: usize = 1024;

/// The encoded message; on the way, all ways to encode say the same.
pub(crate) fn encoded<T: Encode>(model: &T) -> Result<String, TestCaseError> {
    let length = json::encoded_len(model);
    let mut exact = vec![0; length];
    let written = json::to_slice(model, &mut exact).map(|written| written.to_vec());
    prop_assert_eq!(written.as_ref().map(Vec::len), Ok(length));
    let written = written.unwrap();

    let mut roomy = vec![0xee; length + 40];
    prop_assert_eq!(json::to_slice(model, &mut roomy).map(|written| &*written), Ok(written.as_slice()));
    let text = json::to_str(model, &mut roomy).unwrap().to_owned();
    prop_assert_eq!(text.as_bytes(), &written);
    let full = EncodeError::BufferFull(offline_push::BufferFull { needed: length });
    let expected = if length <= VEC { Ok(text.clone().into_bytes()) } else { Err(full) };
    prop_assert_eq!(json::to_heapless_vec::<_, VEC>(model).map(|written| written.to_vec()), expected);
    Ok(text)
}

/// `serde_json` writes the same bytes; only raw values may be spelled in another way.
pub(crate) fn serde_writes_the_same<T: Serialize>(model: &T, text: &str, has_raw: bool) -> TestCaseResult {
    let written = serde_json::to_string(model).unwrap();
    if has_raw {
        prop_assert!(same(&value(&written), &value(text)), "{} for {}", written, text);
    } else {
        prop_assert_eq!(&written, text);
    }
    Ok(())
}

/// True for equal values; `serde_json` reads a float to within its last digit.
pub(crate) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            let (exact, left, right) = (left == right, left.as_f64().unwrap(), right.as_f64().unwrap());
            exact || (left - right).abs() <= 1e-15 * left.abs()
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

/// The model is written as the JSON that it should be by the crate and by serde, and is read again as the same.
fn comes_back<T: Model + Encode + Serialize>(kind: &Kind, model: &T) -> TestCaseResult {
    let mut buffer = vec![0; json::encoded_len(model)];
    if let Err(EncodeError::NotUtf8 { field }) = json::to_slice(model, &mut buffer) {
        prop_assert!(field.to_lowercase().contains("ext"), "{}", field);
        return Ok(());
    }
    let text = encoded(model)?;
    // serde_json has no value for numbers beyond all floats, which a raw value may hold.
    if let Ok(written) = serde_json::from_slice::<Value>(&mended(text.as_bytes())) {
        prop_assert_eq!(written, model.expected());
        serde_writes_the_same(model, &text, model.has_raw())?;
    }
    prop_assert_eq!(kind.in_place(text.as_bytes()), Ok(encoded(&model.as_decoded())?));
    Ok(())
}

#[cfg(feature = "arbitrary")]
macro_rules! any_model {
    ($($kind:pat => $model:ty;)+) => {
        /// The same of the model of that kind that a fuzzer's bytes make, if they make one.
        pub(crate) fn any_model_comes_back(kind: &Kind, bytes: &[u8]) -> TestCaseResult {
            let mut bytes = arbitrary::Unstructured::new(bytes);
            match kind.name {
                $($kind => match bytes.arbitrary::<$model>() {
                    Ok(model) => comes_back(kind, &model),
                    Err(_) => Ok(()),
                },)+
                other => unreachable!("{other} has no model"),
            }
        }
    };
}

#[cfg(feature = "arbitrary")]
any_model! {
    "tim.token" => tim::OfflinePushToken;
    "tim.settings" => tim::OfflinePushSettings;
    "tim.info" => tim::OfflinePushInfo;
    "tim.vendor-params" => tim::VendorParams;
    "ext.info" => ext::ExtInfo;
    "vivo.auth" => vivo::AuthRequest;
    "vivo.auth.reply" => vivo::AuthResponse;
    "vivo.send" => vivo::Notification;
    "vivo.send.reply" => vivo::SendResponse;
    "vivo.receipt" => vivo::Receipts;
    "vivo.list-payload" => vivo::ListPayload;
    "vivo.task.reply" => vivo::TaskResponse;
    "vivo.list-push" => vivo::ListPush;
    "vivo.list-push.reply" => vivo::ListPushResponse;
    "vivo.all" => vivo::AllPush;
    "vivo.tag-push" => vivo::TagPush;
    "vivo.statistics.reply" => vivo::StatisticsResponse;
    "tim.sendmsg" => tim::rest::SendMessage;
    "tim.sendmsg.reply" => tim::rest::SendMessageResponse;
    "tim.batch" => tim::rest::BatchSendMessage;
    "tim.batch.reply" => tim::rest::BatchSendMessageResponse;
    "tim.group" => tim::rest::SendGroupMessage;
    "tim.group.reply" => tim::rest::SendGroupMessageResponse;
    "tim.all-members" => tim::rest::AllMembersPush;
    "tim.all-members.reply" => tim::rest::AllMembersPushResponse;
    "tim.timpush" => tim::rest::PushBatch;
    "tim.timpush.reply" => tim::rest::PushBatchResponse;
    "tim.web" => tim::WebPushInfo;
}
