//! What servers and gateways do beside: signs, tokens, replies, URLs, codes, and one API's push in the words of another.

use core::hint::black_box;

use offline_push::{Request, read_reply};
use offline_push::json::List;
use offline_push::tim::rest::{self, PushBatch, PushBatchResponse, Region, SendMessage, Url};
use offline_push::tim::{ErrorCode, OfflinePushInfo, OfflinePushSettings, WebPushInfo};
use offline_push::vivo::{
    self, AuthResponse, Notification, PushState, ResultCode, SendResponse, Sign, StatisticsRequest,
    Step, TokenLife, UserStatus, auth_header_value,
};

use crate::used;

pub fn each(text: &str) {
    signs(text);
    token_life(text);
    requests(text);
    replies(text);
    urls(text);
    codes();
    converted(text);
}

#[inline(never)]
fn signs(text: &str) {
    let sign = Sign::new(black_box(10004), text, black_box(1_501_484_120_000), text);
    used(sign.as_str().len());
}

#[inline(never)]
fn token_life(text: &str) {
    let mut life = TokenLife::new();
    let mut reply = AuthResponse::new(ResultCode::new(black_box(0)));
    reply.auth_token = Some(text);
    for now in black_box([0, u64::MAX, 5000, 90_000_000]) {
        if let Step::Use(number) | Step::UseAndRenew(number) = life.before_call(now) {
            used(life.refused(now, number));
        }
        used((life.replied(now, &reply), life.not_replied(now), life.state()));
        life.start_again();
    }
}

#[inline(never)]
fn requests(text: &str) {
    let mut buffer = [0; 128];
    used(auth_header_value(text).is_ok());
    let ids = [text, "2"];
    let statistics = StatisticsRequest::new(List::from_slice(&ids));
    used((statistics.check().is_ok(), statistics.path_and_query(&mut buffer).is_ok()));
    let push = Notification::new(text, text, text);
    used((push.path_and_query(&mut buffer).is_ok(), push.body_len()));
    used(push.encode_body(&mut buffer).is_ok());
}

#[inline(never)]
fn replies(text: &str) {
    for status in black_box([200, 500]) {
        let mut received = [b' '; 128];
        received.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
        used(read_reply::<SendResponse<'_>>(status, &mut received).is_ok());
        used(read_reply::<PushBatchResponse<'_>>(status, &mut received).is_ok());
    }
}

#[inline(never)]
fn urls(text: &str) {
    let mut buffer = [0; 256];
    let url = Url::new(black_box(Region::China).host(), black_box(1), text, text, black_box(2));
    used(url.absolute::<SendMessage<'_>>(&mut buffer).is_ok());
    used(url.path_and_query::<PushBatch<'_>>(&mut buffer).is_ok());
    used(rest::fits(&SendMessage::new(text, 1, List::from_slice(&[]))));
}

#[inline(never)]
fn codes() {
    for number in black_box([0, 101, 10000, 10302, 70107, i32::MAX, i32::MIN]) {
        let (result, state) = (ResultCode::new(number), PushState::new(number));
        used((result.advice().repeat(), result.quota(), result.meaning()));
        used((state.advice(), state.meaning()));
        used((UserStatus::new(number).advice(), UserStatus::new(number).meaning()));
        let error = ErrorCode::new(number);
        used((error.advice(), error.report_advice(), error.meaning(), error.is_custom()));
    }
}

#[inline(never)]
fn converted(text: &str) {
    let (mut first, mut second) = ([0; 64], [0; 64]);
    let mut settings = OfflinePushSettings::new();
    (settings.title, settings.vendor_params) = (Some(text), Some(text));
    if let Ok(info) = settings.to_info(&mut first) {
        used((info.value.title, info.dropped.iter().count()));
    }
    let web = settings.to_web();
    used((web.value.title, web.dropped.contains(text)));
    let mut info = OfflinePushInfo::new();
    (info.title, info.desc) = (Some(text), Some(text));
    used(info.to_settings(&mut first).is_ok());
    used(info.to_web(&mut second).is_ok());
    let mut web = WebPushInfo::new();
    web.title = Some(text);
    used((web.to_info(&mut first).is_ok(), web.to_settings().dropped.len(), web.nested().title));
}
