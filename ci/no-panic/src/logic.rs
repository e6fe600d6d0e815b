//! What servers and gateways do beside: signs, tokens, replies, URLs, codes, and one API's push in the words of another.

use core::hint::black_box;

use offline_push::diagnose::{self, Diagnosis, Facts};
use offline_push::exchange::{self, ChunkError};
use offline_push::json::{EncodeError, List};
use offline_push::tim::convert::{Converted, Dropped, DroppedIter};
use offline_push::tim::rest::{self, PushBatch, PushBatchResponse, Region, SendMessage, Url};
use offline_push::tim::{
    ErrorCode, OfflinePushInfo, OfflinePushSettings, ReportAdvice, SendAdvice, WebPushInfo,
};
use offline_push::vivo::{
    self, Advice, AttemptOutcome, Attempts, AuthOutcome, AuthResponse, AuthToken, AuthTokenLife,
    AuthTokenNumber, AuthTokenStep, Certificate, Classification, Fate, Next, Notification, Pace, Pacing,
    PushState, Quota, Quotas, Receipt, ReceiptReason, ReceiptType, Repeat, ResultCode, SendResponse, Sign,
    StateAdvice, Statistics, StatisticsRequest, UserStatus,
};
use offline_push::{BufferFull, CheckError};
use offline_push::{ReplyError, Request, read_reply};

use crate::used;

linked! {
    fn info_to_web<'a>(
        info: &OfflinePushInfo<'a>,
        scratch: &'a mut [u8],
    ) -> Result<Converted<WebPushInfo<'a>>, BufferFull> {
        info.to_web(scratch)
    }
    fn info_to_settings<'a>(
        info: &OfflinePushInfo<'a>,
        scratch: &'a mut [u8],
    ) -> Result<Converted<OfflinePushSettings<'a>>, BufferFull> {
        info.to_settings(scratch)
    }
    fn request_body_len(push: &Notification<'_>) -> Option<usize> { push.body_len() }
    fn request_encode_body<'b>(push: &Notification<'_>, buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>, EncodeError> {
        push.encode_body(buffer)
    }
    fn rest_request_fits(message: &SendMessage<'_>) -> bool { rest::fits(message) }
    fn vivo_reply(status: u16, body: &mut [u8]) -> Result<SendResponse<'_>, ReplyError> { read_reply(status, body) }
    fn rest_reply(status: u16, body: &mut [u8]) -> Result<PushBatchResponse<'_>, ReplyError> {
        read_reply(status, body)
    }
    fn statistics_check(request: &StatisticsRequest<'_>) -> Result<(), CheckError> { request.check() }
    fn statistics_path_and_query<'b>(request: &StatisticsRequest<'_>, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        request.path_and_query(buffer)
    }
}

proved! {
    fn http_date(value: &[u8]) -> Option<u64> { exchange::http_date(value) }
    fn join_chunks(body: &mut [u8]) -> Result<&mut [u8], ChunkError> { exchange::join_chunks(body) }
    fn sign_new(id: u64, key: &str, timestamp: u64, secret: &str) -> Sign { Sign::new(id, key, timestamp, secret) }
    fn sign_as_str(sign: &Sign) -> &str { sign.as_str() }
    fn auth_header_value(token: &str) -> Result<&str, CheckError> { vivo::auth_header_value(token) }
    fn token_life_before_call(life: &mut AuthTokenLife, now: u64) -> AuthTokenStep { life.before_call(now) }
    fn token_life_replied(life: &mut AuthTokenLife, now: u64, reply: &AuthResponse<'_>) -> AuthOutcome {
        life.replied(now, reply)
    }
    fn token_life_not_replied(life: &mut AuthTokenLife, now: u64) -> AuthOutcome { life.not_replied(now) }
    fn token_life_refused(life: &mut AuthTokenLife, now: u64, token: AuthTokenNumber) -> AuthTokenStep {
        life.refused(now, token)
    }
    fn token_life_renewing_after(life: AuthTokenLife, time: core::time::Duration) -> AuthTokenLife {
        life.renewing_after(time)
    }
    fn token_life_abandoned(life: &mut AuthTokenLife) { life.abandoned() }
    fn token_life_adopt(life: &mut AuthTokenLife, now: u64, issued_at: u64) -> AuthTokenNumber {
        life.adopt(now, issued_at)
    }
    fn token_life_snapshot(life: &AuthTokenLife) -> [u8; AuthTokenLife::SNAPSHOT_LEN] { life.snapshot() }
    fn token_life_restore(bytes: &[u8; AuthTokenLife::SNAPSHOT_LEN]) -> Option<AuthTokenLife> {
        AuthTokenLife::restore(bytes)
    }
    fn auth_token_new(number: AuthTokenNumber, text: &str) -> Result<AuthToken<48>, CheckError> {
        AuthToken::new(number, text)
    }
    fn attempts_next(attempts: &mut Attempts, now: u64, life: &mut AuthTokenLife, outcome: AttemptOutcome) -> Next {
        attempts.next(now, life, outcome)
    }
    fn pacing_next(pacing: &mut Pacing<20>, now: u64) -> Pace { pacing.next(now) }
    fn pacing_next_push(pacing: &mut Pacing<20>, now: u64, class: Classification, reg_id: &str) -> Pace {
        pacing.next_push(now, class, reg_id)
    }
    fn pacing_admit(pacing: &mut Pacing<20>, now: u64, class: Classification, reg_id: &str) -> Pace {
        pacing.admit(now, class, reg_id)
    }
    fn pacing_next_to_all(pacing: &mut Pacing<20>, now: u64, class: Classification) -> Pace {
        pacing.next_to_all(now, class)
    }
    fn pacing_replied(pacing: &mut Pacing<20>, now: u64, code: ResultCode) { pacing.replied(now, code) }
    fn quotas_before_call(quotas: &Quotas, now: u64, path: &str, class: Option<Classification>) -> Pace {
        quotas.before_call(now, path, class)
    }
    fn quotas_replied(quotas: &mut Quotas, now: u64, path: &str, class: Option<Classification>, code: ResultCode) {
        quotas.replied(now, path, class, code)
    }
    fn quotas_snapshot(quotas: &Quotas) -> [u8; Quotas::SNAPSHOT_LEN] { quotas.snapshot() }
    fn quotas_restore(bytes: &[u8; Quotas::SNAPSHOT_LEN]) -> Option<Quotas> { Quotas::restore(bytes) }
    fn fate_new(request_id: &str) -> Result<Fate, CheckError> { Fate::new(request_id) }
    fn fate_replied(fate: &mut Fate, reply: &SendResponse<'_>) { fate.replied(reply) }
    fn fate_receipt(fate: &mut Fate, task_id: &str, receipt: &Receipt<'_>) -> bool { fate.receipt(task_id, receipt) }
    fn fate_counted(fate: &mut Fate, statistics: &Statistics<'_>) -> bool { fate.counted(statistics) }
    fn fate_task_id(fate: &Fate) -> Option<&str> { fate.task_id() }
    fn diagnose_facts(facts: &Facts<'_>) -> Diagnosis { diagnose::diagnose(facts) }
    fn request_path_and_query<'b>(push: &Notification<'_>, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        push.path_and_query(buffer)
    }
    fn url_absolute<'b>(url: &Url<'_>, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        url.absolute::<SendMessage<'_>>(buffer)
    }
    fn url_path_and_query<'b>(url: &Url<'_>, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        url.path_and_query::<PushBatch<'_>>(buffer)
    }
    fn region_hosts(region: Region) -> (&'static str, &'static str) { (region.host(), region.backup_host()) }
    fn result_code(code: ResultCode) -> (Advice, Repeat, Option<Quota>, Option<&'static str>) {
        (code.advice(), code.advice().repeat(), code.quota(), code.meaning())
    }
    fn push_state(state: PushState) -> (StateAdvice, Option<&'static str>) { (state.advice(), state.meaning()) }
    fn user_status(status: UserStatus) -> (Advice, Option<&'static str>) { (status.advice(), status.meaning()) }
    fn receipt_advice(kind: ReceiptType, reason: Option<ReceiptReason>) -> Advice { kind.advice(reason) }
    fn error_code(code: ErrorCode) -> (SendAdvice, ReportAdvice, Option<&'static str>, bool) {
        (code.advice(), code.report_advice(), code.meaning(), code.is_custom())
    }
    fn settings_to_info<'a>(
        settings: &OfflinePushSettings<'a>,
        scratch: &'a mut [u8],
    ) -> Result<Converted<OfflinePushInfo<'a>>, BufferFull> {
        settings.to_info(scratch)
    }
    fn settings_to_web<'a>(settings: &OfflinePushSettings<'a>) -> Converted<WebPushInfo<'a>> { settings.to_web() }
    fn web_to_info<'a>(
        web: &WebPushInfo<'a>,
        scratch: &'a mut [u8],
    ) -> Result<Converted<OfflinePushInfo<'a>>, BufferFull> {
        web.to_info(scratch)
    }
    fn web_to_settings<'a>(web: &WebPushInfo<'a>) -> Converted<OfflinePushSettings<'a>> { web.to_settings() }
    fn web_nested<'a>(web: &WebPushInfo<'a>) -> WebPushInfo<'a> { web.nested() }
    fn web_flat<'a>(web: &WebPushInfo<'a>) -> WebPushInfo<'a> { web.flat() }
    fn dropped_contains(dropped: &Dropped, name: &str) -> bool { dropped.contains(name) }
    fn dropped_next(iter: &mut DroppedIter) -> Option<&'static str> { iter.next() }
}

pub(crate) fn each(text: &str) {
    used(sign_as_str(&sign_new(black_box(10004), text, black_box(1_501_484_120_000), text)).len());
    token_life(text);
    senders(text);
    requests(text);
    replies(text);
    codes();
    converted(text);
}

fn token_life(text: &str) {
    let mut life = token_life_renewing_after(AuthTokenLife::new(), black_box(core::time::Duration::MAX));
    let mut reply = AuthResponse::new(ResultCode::new(black_box(0)));
    reply.auth_token = Some(text);
    for now in black_box([0, u64::MAX, 5000, 90_000_000]) {
        if let AuthTokenStep::Use(number) | AuthTokenStep::UseAndRenew(number) =
            token_life_before_call(&mut life, now)
        {
            used(token_life_refused(&mut life, now, number));
        }
        used((
            token_life_replied(&mut life, now, &reply),
            token_life_not_replied(&mut life, now),
            life.state(),
        ));
        life.start_again();
    }
}

fn senders(text: &str) {
    let mut life = AuthTokenLife::new();
    let (mut attempts, mut pacing, mut quotas) =
        (Attempts::new(black_box(7)), Pacing::new().per_second(black_box(0)), Quotas::new());
    let code = ResultCode::new(black_box(10070));
    let class = Classification::new(black_box(0));
    for now in black_box([0, u64::MAX, 5000]) {
        let number = token_life_adopt(&mut life, now, black_box(7));
        used(auth_token_new(number, text).map(|token| token.as_str().len()));
        token_life_abandoned(&mut life);
        used(token_life_restore(&token_life_snapshot(&life)).map(|life| life.issued_at()));
        used(attempts_next(&mut attempts, now, &mut life, black_box(AttemptOutcome::NotSent)));
        used(attempts_next(&mut attempts, now, &mut life, AttemptOutcome::Replied(code.advice())));
        used((pacing_next(&mut pacing, now), pacing_next_push(&mut pacing, now, class, text)));
        used((pacing_admit(&mut pacing, now, class, text), pacing_next_to_all(&mut pacing, now, class)));
        pacing_replied(&mut pacing, now, code);
        quotas_replied(&mut quotas, now, text, Some(class), code);
        used(quotas_before_call(&quotas, now, text, Some(class)));
        used(quotas_restore(&quotas_snapshot(&quotas)));
    }
    let receipt = Receipt::new().ack_type(text).sub_ack_type(text).param(text);
    if let Ok(mut fate) = fate_new(text) {
        fate_replied(&mut fate, &SendResponse::new(code).task_id(text));
        used((fate_receipt(&mut fate, text, &receipt), fate_counted(&mut fate, &Statistics::new(text))));
        used((fate_task_id(&fate), fate.advice(None)));
    }
    let certificate =
        Certificate::new(black_box(6666), black_box(1), text, text, offline_push::ClickAction::default());
    let facts = Facts::new()
        .certificate(&certificate)
        .send(code)
        .receipt(receipt)
        .push_state(PushState::new(black_box(1)));
    used(diagnose_facts(&facts));
}

fn requests(text: &str) {
    let mut buffer = [0; 256];
    used(auth_header_value(text).is_ok());
    let ids = black_box([text, "2"]);
    let statistics = StatisticsRequest::new(List::from_slice(&ids));
    used((statistics_check(&statistics), statistics_path_and_query(&statistics, &mut buffer).is_ok()));
    let push = Notification::new(text, text, text);
    used((request_path_and_query(&push, &mut buffer).is_ok(), request_body_len(&push)));
    used(request_encode_body(&push, &mut buffer).is_ok());
    used((http_date(text.as_bytes()), join_chunks(&mut buffer).is_ok()));
    let (host, _) = region_hosts(black_box(Region::China));
    let url = Url::new(host, black_box(1), text, text, black_box(2));
    used((url_absolute(&url, &mut buffer).is_ok(), url_path_and_query(&url, &mut buffer).is_ok()));
    used(rest_request_fits(&SendMessage::new(text, 1, List::from_slice(&[]))));
}

fn replies(text: &str) {
    for status in black_box([200, 500]) {
        let mut received = [b' '; 256];
        received.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
        used(vivo_reply(status, &mut received).is_ok());
        used(rest_reply(status, &mut received).is_ok());
    }
}

fn codes() {
    for number in black_box([0, 101, 10000, 10302, 70107, i32::MAX, i32::MIN]) {
        used((result_code(ResultCode::new(number)), push_state(PushState::new(number))));
        used((user_status(UserStatus::new(number)), error_code(ErrorCode::new(number))));
        used(receipt_advice(ReceiptType::new(number), Some(ReceiptReason::new(number))));
    }
}

fn converted(text: &str) {
    let mut scratch = [[0; 64]; 4];
    let [first, second, third, fourth] = &mut scratch;
    let mut settings = OfflinePushSettings::new();
    (settings.title, settings.vendor_params) = (Some(text), Some(text));
    if let Ok(converted) = settings_to_info(&settings, first) {
        used((dropped_contains(&converted.dropped, text), dropped_next(&mut converted.dropped.iter())));
    }
    used(settings_to_web(&settings).dropped.len());
    let mut info = OfflinePushInfo::new();
    (info.title, info.desc) = (Some(text), Some(text));
    used((info_to_settings(&info, second).is_ok(), info_to_web(&info, third).is_ok()));
    let mut web = WebPushInfo::new();
    web.title = Some(text);
    used((web_to_info(&web, fourth).is_ok(), web_to_settings(&web).dropped.len()));
    used((web_nested(&web).title, web_flat(&web).title, web.enabled()));
}
