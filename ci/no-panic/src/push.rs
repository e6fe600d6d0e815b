//! From the registration to the notification.

use core::hint::black_box;
use core::num::NonZeroU32;
use core::time::Duration;

use offline_push::BufferFull;
use offline_push::delivery::{
    ComposeError, Composed, ComposedList, Delivery, Element, NoPush, PendingPush, Presence, PushOptions,
    SCRATCH_LEN, TEXT_LEN, compose, compose_for_list, describe,
};
use offline_push::json::EncodeError;
use offline_push::limits::{TextLimits, Truncated, truncate, truncate_into, truncated_len};
use offline_push::registration::{
    Event, Generation, RegId, Registration, RegistrationAction, Snapshot, SnapshotError, Timing, TokenReport,
    UserId,
};
use offline_push::tim::{
    ErrorCode, HexTokenError, OfflinePushInfo, OfflinePushSettings, OfflinePushToken, PushStyle, TokenType,
    WebPushInfo,
};
use offline_push::vivo::android::{ActivityEntry, PushEntries};
use offline_push::vivo::{AuthRequest, Certificate, ListPush, PushState, SavedCertificate, Sign};
use offline_push::{CertificateIds, CheckError, ClickAction, ClickEvent, Ext, SdkStart, TokenError, Vendor};

use crate::used;

linked! {
    fn report_encode(report: &TokenReport<'_>, buffer: &mut [u8]) -> Result<(Generation, usize), EncodeError> {
        report.encode(buffer)
    }
    fn due_compose<'a>(due: &PendingPush<'a>, id: &'a str, scratch: &'a mut [u8]) -> Result<Composed<'a>, ComposeError> {
        due.compose(id, scratch)
    }
    fn delivery_compose<'a>(
        settings: &OfflinePushSettings<'a>,
        token: &OfflinePushToken<'a>,
        certificate: &Certificate<'a>,
        id: &'a str,
        scratch: &'a mut [u8],
    ) -> Result<Composed<'a>, ComposeError> {
        compose(settings, token, certificate, id, scratch)
    }
    fn delivery_compose_for_list<'a>(
        settings: &OfflinePushSettings<'a>,
        certificate: &Certificate<'a>,
        id: &'a str,
        scratch: &'a mut [u8],
    ) -> Result<ComposedList<'a>, ComposeError> {
        compose_for_list(settings, certificate, id, scratch)
    }
}

proved! {
    fn registration_handle<'r>(registration: &'r mut Registration, event: Event<'_>) -> RegistrationAction<'r> {
        registration.handle(event)
    }
    fn registration_restore(id: NonZeroU32, snapshot: &Snapshot, elapsed: Duration) -> Registration {
        Registration::restore(id, snapshot, elapsed)
    }
    fn registration_snapshot(registration: &Registration) -> Snapshot {
        registration.snapshot()
    }
    fn snapshot_from_bytes(bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
        Snapshot::from_bytes(bytes)
    }
    fn registration_token(registration: &Registration) -> Option<OfflinePushToken<'_>> {
        registration.token()
    }
    fn action_timing(action: &RegistrationAction<'_>) -> Option<Timing> {
        action.timing()
    }
    fn timing_delay(when: Timing) -> Option<Duration> {
        when.delay()
    }
    fn reg_id_new(text: &str) -> Result<RegId<'_>, CheckError> {
        RegId::try_new(text)
    }
    fn vendor_from_build(brand: &str, manufacturer: &str) -> Vendor {
        Vendor::from_build(brand, manufacturer)
    }
    fn vendor_start(vendor: Vendor) -> Option<SdkStart> {
        vendor.start()
    }
    fn vendor_text_limits(vendor: Vendor, style: PushStyle) -> Option<TextLimits> {
        vendor.text_limits(style)
    }
    fn certificates_id(certificates: &CertificateIds<'_>, vendor: Vendor) -> Option<NonZeroU32> {
        certificates.id(vendor)
    }
    fn certificates_token<'t>(
        certificates: &CertificateIds<'_>,
        vendor: Vendor,
        reg_id: &'t str,
    ) -> Result<OfflinePushToken<'t>, TokenError> {
        certificates.token(vendor, reg_id)
    }
    fn token_new(id: u32, token: &str) -> OfflinePushToken<'_> { OfflinePushToken::new(id, token) }
    fn token_check(token: &OfflinePushToken<'_>) -> Result<(), CheckError> { token.check() }
    fn token_hex<'b>(raw: &[u8], buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> {
        OfflinePushToken::hex_token(raw, buffer)
    }
    fn token_raw<'b>(hex: &str, buffer: &'b mut [u8]) -> Result<&'b [u8], HexTokenError> {
        OfflinePushToken::raw_token(hex, buffer)
    }
    fn certificate_new<'a>(
        id: u32,
        app_id: u64,
        key: &'a str,
        secret: &'a str,
        click: ClickAction<'a>,
    ) -> Certificate<'a> {
        Certificate::new(id, app_id, key, secret, click)
    }
    fn certificate_check(certificate: &Certificate<'_>) -> Result<(), CheckError> {
        certificate.check()
    }
    fn composed_set_receipt<'a>(push: &mut Composed<'a>, url: &'a str, param: &'a str) -> Result<(), CheckError> {
        push.set_receipt(url, param)
    }
    fn list_push_split(receivers: &[u8]) -> usize {
        ListPush::split(receivers).map(|part| part.len()).max().unwrap_or(0)
    }
    fn certificate_push_entries<'a>(certificate: &Certificate<'a>) -> Result<PushEntries<'a>, CheckError> {
        certificate.push_entries()
    }
    fn certificate_activity_entry<'a>(certificate: &Certificate<'a>) -> Result<Option<ActivityEntry<'a>>, CheckError> {
        certificate.activity_entry()
    }
    fn certificate_sign(certificate: &Certificate<'_>, timestamp: u64) -> Sign { certificate.sign(timestamp) }
    fn certificate_auth_request<'s>(certificate: &Certificate<'s>, timestamp: u64, sign: &'s Sign) -> AuthRequest<'s> {
        certificate.auth_request(timestamp, sign)
    }
    fn wishes_of_settings<'a>(settings: &OfflinePushSettings<'a>) -> PushOptions<'a> { settings.into() }
    fn wishes_of_info<'a>(info: &OfflinePushInfo<'a>) -> PushOptions<'a> { info.into() }
    fn wishes_of_web<'a>(web: &WebPushInfo<'a>) -> PushOptions<'a> { web.into() }
    fn delivery_decide<'d>(delivery: &'d Delivery<'_>, text: &'d mut [u8; TEXT_LEN]) -> Result<PendingPush<'d>, NoPush> {
        delivery.decide(text)
    }
    fn delivery_describe<'b>(elements: &[Element<'_>], buffer: &'b mut [u8; TEXT_LEN]) -> Option<&'b str> {
        describe(elements, buffer)
    }
    fn limits_truncate(text: &str, limit: usize) -> Option<Truncated<'_>> { truncate(text, limit) }
    fn limits_truncate_into<'t>(text: &'t str, limit: usize, buffer: &'t mut [u8]) -> Result<&'t str, BufferFull> {
        truncate_into(text, limit, buffer)
    }
    fn limits_truncated_len(limit: usize) -> usize { truncated_len(limit) }
    fn cut_write<'b>(cut: &Truncated<'_>, buffer: &'b mut [u8]) -> Result<&'b str, BufferFull> { cut.write(buffer) }
}

pub(crate) fn each(text: &str) {
    registration(text);
    vendors(text);
    tokens(text);
    wishes(text);
    delivery(text);
    limits(text);
}

fn registration(text: &str) {
    let Some(id) = NonZeroU32::new(black_box(6666)) else { return };
    let mut phone = Registration::new(id);
    for number in black_box([101, 1005, 0, 1001, 7]) {
        used(
            action_timing(&registration_handle(&mut phone, Event::TurnOn(PushState::new(number))))
                .map(timing_delay),
        );
        if let Ok(reg_id) = reg_id_new(text) {
            used(registration_handle(&mut phone, Event::RegId(reg_id)));
            used(registration_handle(&mut phone, Event::TokenDropped(black_box(reg_id))));
            used(registration_handle(&mut phone, Event::RegId(reg_id)));
        }
        let login = Event::Login(UserId::new(text));
        let off = [Event::Started, Event::Initialized, Event::TurnedOff, Event::NoRegId];
        for event in black_box([login, Event::Timer, Event::Kicked, login].into_iter().chain(off)) {
            if let RegistrationAction::Report(report) = registration_handle(&mut phone, event) {
                let generation = black_box(report.generation);
                used(report_encode(&report, black_box(&mut [0; 128])));
                let failed = Event::ReportFailed(generation, ErrorCode::new(number));
                used(action_timing(&registration_handle(&mut phone, failed)));
                used(registration_handle(&mut phone, Event::ReportSucceeded(generation)));
            }
        }
        used((registration_token(&phone), phone.state(), phone.is_logged_in()));
        let snapshot = registration_snapshot(&phone);
        used(snapshot_from_bytes(text.as_bytes()).err());
        if let Ok(snapshot) = snapshot_from_bytes(black_box(snapshot.as_bytes())) {
            phone = registration_restore(id, &snapshot, black_box(Duration::from_secs(7)));
        }
    }
}

fn vendors(text: &str) {
    let vendor = vendor_from_build(text, text);
    let ids = black_box([(Vendor::VIVO, 6666), (Vendor::OPPO, 0)]);
    let certificates = CertificateIds::new(&ids);
    used((certificates_id(&certificates, vendor), certificates_token(&certificates, vendor, text).is_ok()));
    used((vendor_text_limits(vendor, PushStyle::new(black_box(1))), vendor_start(vendor)));
}

fn tokens(text: &str) {
    let mut buffer = [0; 64];
    let token = token_new(black_box(1), text);
    used(token_check(&token).is_ok());
    used(token_check(&token.clone().is_tpns_token(black_box(true))).is_ok());
    used(token_check(&token.token_type(black_box(TokenType::VENDOR))).is_ok());
    used((token_hex(text.as_bytes(), &mut buffer).is_ok(), token_raw(text, &mut buffer).is_ok()));
}

fn wishes(text: &str) {
    let mut settings = OfflinePushSettings::new();
    settings.vendor_params = Some(text);
    let (mut info, mut web) = (OfflinePushInfo::new(), WebPushInfo::new());
    (info.title, web.title) = (Some(text), Some(text));
    used((wishes_of_settings(&settings), wishes_of_info(&info), wishes_of_web(&web)));
}

fn delivery(text: &str) {
    let mut settings = OfflinePushSettings::new();
    (settings.title, settings.ext) = (Some(text), Some(Ext::from(text)));
    let token = OfflinePushToken::new(black_box(6666), "12345678901234567890123");
    for event in black_box([ClickEvent::OpenApp, ClickEvent::OpenUrl, ClickEvent::OpenScreen]) {
        let Ok(click) = ClickAction::from_console(event, text) else { continue };
        let certificate = certificate_new(black_box(6666), black_box(10004), "key", "secret", click);
        if certificate_check(&certificate).is_err() {
            continue;
        }
        used((certificate_check(&certificate), certificate_push_entries(&certificate).is_ok()));
        used(certificate_activity_entry(&certificate).is_ok());
        let sign = certificate_sign(&certificate, black_box(1));
        used(certificate_auth_request(&certificate, black_box(1), &sign).timestamp);
        let elements =
            black_box([Element::Text(text), Element::Face, Element::Custom { description: Some(text) }]);
        let age = black_box(Duration::from_secs(700));
        let saved = black_box([
            SavedCertificate::Edited { before: certificate, after: certificate, age },
            SavedCertificate::Added { certificate, age },
        ]);
        used(saved.map(|saved| saved.check().is_ok()));
        let mut delivery = Delivery::new(&settings, saved[0], Some(token.clone()));
        delivery.elements = &elements;
        delivery.presence = black_box(Presence::Killed);
        let (mut shown, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
        used(delivery_describe(&elements, &mut shown));
        if let Ok(due) = delivery_decide(&delivery, &mut shown) {
            used(due_compose(&due, text, &mut scratch).is_ok());
        }
        used(delivery_compose_for_list(&settings, &certificate, text, &mut scratch).is_ok());
        used(list_push_split(text.as_bytes()));
        if let Ok(mut push) = delivery_compose(&settings, &token, &certificate, text, &mut scratch) {
            used(composed_set_receipt(&mut push, text, text).is_ok());
            used(push.notification.check_shape().is_ok());
        }
    }
}

fn limits(text: &str) {
    let mut buffer = [0; truncated_len(40)];
    for limit in black_box([0, 5, 40, usize::MAX]) {
        used((limits_truncate_into(text, limit, &mut buffer).is_ok(), limits_truncated_len(limit)));
        if let Some(cut) = limits_truncate(text, limit) {
            used(cut_write(&cut, &mut buffer).is_ok());
        }
    }
}
