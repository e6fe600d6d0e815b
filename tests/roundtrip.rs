//! Random messages, there and back: through the codec, against `serde_json`, and in serde's formats.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use common::mirror::{Mirror, messages as mirror};
use common::strategies;
use common::{kind, value};
use offline_push::json::{self, Encode, EncodeError, MAX_OWNED_PAIRS, Raw};
use offline_push::{ext, tim, vivo};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;
use serde_json::Value;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// Longer than any message that the strategies make.
const ROOM: usize = 64 * 1024;
/// Longer than most of them.
const VEC: usize = 1024;

/// The encoded message; on the way, all ways to encode say the same.
fn encoded<T: Encode>(model: &T) -> Result<String, TestCaseError> {
    let length = json::encoded_len(model);
    let mut exact = vec![0; length];
    let written = json::to_slice(model, &mut exact).map(|written| written.to_vec());
    prop_assert_eq!(written.as_ref().map(Vec::len), Ok(length));
    let written = written.unwrap();

    let mut roomy = vec![0xee; length + 40];
    prop_assert_eq!(json::to_slice(model, &mut roomy).map(|written| &*written), Ok(written.as_slice()));
    let text = json::to_str(model, &mut roomy).unwrap().to_owned();
    prop_assert_eq!(text.as_bytes(), &written);
    let full = EncodeError::BufferFull { needed: length };
    let expected = if length <= VEC { Ok(text.clone().into_bytes()) } else { Err(full) };
    prop_assert_eq!(json::to_vec::<_, VEC>(model).map(|written| written.to_vec()), expected);
    Ok(text)
}

/// A buffer of any length below the needed one names that, and a longer one then takes the message.
fn names_the_needed_length<T: Encode>(model: &T) -> TestCaseResult {
    let needed = json::encoded_len(model);
    let full = Err(EncodeError::BufferFull { needed });
    let mut buffer = vec![0; needed];
    for length in 0..needed {
        prop_assert_eq!(json::to_slice(model, &mut buffer[..length]).map(|written| written.len()), full);
    }
    prop_assert_eq!(json::to_str(model, &mut buffer[..needed - 1]).map(str::len), full);
    prop_assert_eq!(json::to_vec::<_, 1>(model).map(|written| written.len()), full);
    prop_assert_eq!(json::to_slice(model, &mut buffer).map(|written| written.len()), Ok(needed));
    Ok(())
}

/// `serde_json` writes the same bytes; only raw values may be spelled in another way.
fn serde_writes_the_same<T: Serialize>(model: &T, text: &str, has_raw: bool) -> TestCaseResult {
    let written = serde_json::to_string(model).unwrap();
    if has_raw {
        prop_assert!(same(&value(&written), &value(text)), "{} for {}", written, text);
    } else {
        prop_assert_eq!(&written, text);
    }
    Ok(())
}

/// True for equal values; `serde_json` reads a float to within its last digit.
fn same(left: &Value, right: &Value) -> bool {
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

fn postcard<T: Serialize>(model: &T) -> Vec<u8> {
    let mut buffer = vec![0; ROOM];
    postcard::to_slice(model, &mut buffer).unwrap().to_vec()
}

/// True if the encoded message holds a raw value. In text the quotes would have backslashes.
fn has_raw(text: &str) -> bool {
    text.contains(r#","customData":"#) || text.contains(r#"{"customData":"#)
}

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

/// A message with values of any length.
trait Open: Clone {
    /// The message as decoding gives it: members from next month are passed over, and null is nothing.
    fn as_decoded(&self) -> Self;

    /// The JSON that it should be.
    fn expected(&self) -> Value;

    /// What serde has rules of its own for.
    fn parts(&self) -> Parts;
}

#[derive(Default)]
struct Parts {
    raw: bool,
    members: bool,
    list: bool,
    /// A list with text that JSON escapes.
    escaped_list: bool,
    long_map: bool,
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
}
