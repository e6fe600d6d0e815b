//! Everything of ours: the other modules know neither our models nor our functions.

use crate::check;
use crate::in_place::{passed_through, received};
use crate::measure::Contender;
use crate::payload::{self, Payload};
use crate::reader::{Input, reader};
use offline_push::json::{self, DecodeError, Encode, Map};
use offline_push::vivo::{
    Classification, NetworkType, Notification, NotificationExtra, NotifyType, PushMode, SendResponse,
    SkipType,
};
use serde_json::Value;
use std::hint::black_box;

pub const NAME: &str = "ours";

pub fn notification(payload: &Payload) -> Notification<'static> {
    let mut notification = Notification::new(payload.title, payload.content, payload::REQUEST_ID);
    notification.reg_id = Some(payload::REG_ID);
    if !payload.full {
        return notification;
    }
    notification.app_id = Some(payload::APP_ID);
    notification.notify_type = Some(NotifyType::new(payload::NOTIFY_TYPE));
    notification.time_to_live = Some(payload::TIME_TO_LIVE);
    notification.skip_type = Some(SkipType::new(payload::SKIP_TYPE));
    notification.skip_content = Some(payload.skip_content);
    notification.network_type = Some(NetworkType::new(payload::NETWORK_TYPE));
    notification.classification = Some(Classification::new(payload::CLASSIFICATION));
    notification.category = Some(payload::CATEGORY);
    notification.client_custom_map = Some(Map::from_slice(payload.custom));
    let mut extra = NotificationExtra::new();
    extra.callback = Some(payload::CALLBACK);
    extra.callback_param = Some(payload::CALLBACK_PARAM);
    notification.extra = Some(extra);
    notification.push_mode = Some(PushMode::new(payload::PUSH_MODE));
    notification
}

/// What was decoded, as our encoder writes it: the cases of encoding check that one.
pub fn value_of<T: Encode>(decoded: &Result<T, DecodeError>) -> Value {
    let message = decoded.as_ref().expect("the document decodes");
    let mut buffer = vec![0; json::encoded_len(message)];
    let written = json::to_slice(message, &mut buffer).expect("the buffer suffices");
    serde_json::from_slice(written).expect("our encoder writes JSON")
}

pub fn encode<'a, T: Encode + 'a>(value: T, expected: &str) -> Contender<'a> {
    encode_as(NAME, value, expected)
}

fn encode_as<'a, T: Encode + 'a>(name: &'static str, value: T, expected: &str) -> Contender<'a> {
    let mut buffer = vec![0; 2 * expected.len()];
    let written = json::to_slice(&value, &mut buffer).expect("the buffer suffices");
    check::same_bytes(name, written, expected);
    Contender::new(name, move || {
        black_box(&json::to_slice(black_box(&value), &mut buffer));
    })
}

/// The length alone, beside encoding in full.
pub fn length<'a, T: Encode + Clone + 'a>(value: T, expected: &str) -> [Contender<'a>; 2] {
    assert_eq!(json::encoded_len(&value), expected.len(), "{NAME} counted other bytes");
    let again = value.clone();
    let count = Contender::new(NAME, move || {
        black_box(json::encoded_len(black_box(&value)));
    });
    [count, encode_as("to_slice", again, expected)]
}

pub fn decode_str<'a>(input: Input<'a>, expected: &str) -> Contender<'a> {
    reader(NAME, input, expected, json::from_str::<Notification<'_>>, value_of)
}

pub fn decode_slice<'a>(input: Input<'a>, expected: &str) -> Contender<'a> {
    let decode = |document: &'a str| json::from_slice::<Notification<'_>>(document.as_bytes());
    reader(NAME, input, expected, decode, value_of)
}

pub fn decode_reply(document: &str) -> Contender<'_> {
    reader(NAME, document, document, json::from_str::<SendResponse<'_>>, value_of)
}

pub fn decode_in_place<'a>(document: &'a str, expected: &str) -> Contender<'a> {
    received!(
        NAME,
        document,
        expected,
        |buffer| json::from_slice_in_place::<Notification<'_>>(buffer),
        value_of
    )
}

pub fn decode_reply_in_place(document: &str) -> Contender<'_> {
    received!(
        NAME,
        document,
        document,
        |buffer| json::from_slice_in_place::<SendResponse<'_>>(buffer),
        value_of
    )
}

pub fn pass_through(document: &str) -> Contender<'_> {
    passed_through!(NAME, document, |buffer, target| {
        let message: Notification<'_> = json::from_slice_in_place(buffer).expect("the document decodes");
        json::to_slice(&message, target).expect("the buffer suffices")
    })
}
