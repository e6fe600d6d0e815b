//! From the registration to the tap.

use core::hint::black_box;
use core::num::NonZeroU32;
use core::time::Duration;

use offline_push::delivery::{Certificate, Delivery, Element, Presence, SCRATCH_LEN, TEXT_LEN, compose};
use offline_push::intent::{
    Component, Data, IntentExtra, ExtraValue, Extras, Intent, LaunchFlags, Number, Selector, Text,
};
use offline_push::json::Map;
use offline_push::limits::{truncate_into, truncated_len};
use offline_push::registration::{RegistrationAction, Event, RegId, Registration};
use offline_push::tap::{ReceivedExt, Tap};
use offline_push::tim::{ErrorCode, OfflinePushSettings, OfflinePushToken, PushStyle};
use offline_push::vivo::{Notification, PushState};
use offline_push::{CertificateIds, ClickAction, ClickEvent, Ext, IntentUri, Vendor, WebUrl};

use crate::used;

pub fn each(text: &str) {
    registration(text);
    vendor(text);
    intent(text);
    used(written_intent(text).is_some());
    delivery(text);
    clicks(text);
    ext(text);
    limits(text);
}

#[inline(never)]
fn registration(text: &str) {
    let Some(id) = NonZeroU32::new(black_box(6666)) else { return };
    let mut phone = Registration::new(id);
    for number in black_box([101, 1005, 0, 1001, 7]) {
        used(phone.handle(Event::TurnOn(PushState::new(number))).timing());
        if let Ok(reg_id) = RegId::try_new(text) {
            used(phone.handle(Event::RegId(reg_id)).when());
        }
        for event in black_box([Event::Login, Event::Timer, Event::Kicked, Event::Login]) {
            if let RegistrationAction::Report(report) = phone.handle(event) {
                let generation = black_box(report.generation);
                let delay = phone.handle(Event::ReportFailed(generation, ErrorCode::new(number))).timing();
                used(delay.and_then(|when| when.delay()));
                used(phone.handle(Event::ReportSucceeded(generation)).when());
            }
        }
        used((phone.token(), phone.state(), phone.is_logged_in()));
    }
}

#[inline(never)]
fn vendor(text: &str) {
    let vendor = Vendor::from_build(text, text);
    let certificates = CertificateIds::new(&[(Vendor::VIVO, 6666), (Vendor::OPPO, 0)]);
    used((certificates.id(vendor), certificates.token(vendor, text).is_ok()));
    used(vendor.text_limits(PushStyle::new(black_box(1))));
    let mut buffer = [0; 64];
    used(OfflinePushToken::raw_token(text, &mut buffer).is_ok());
    used(OfflinePushToken::hex_token(text.as_bytes(), &mut buffer).is_ok());
}

#[inline(never)]
fn intent(uri: &str) {
    let intent = match Intent::parse(uri) {
        Ok(intent) => intent,
        Err(error) => {
            used((error.kind().description(), error.offset()));
            return;
        }
    };
    let mut buffer = [0; 128];
    used((intent.to_uri(&mut buffer).is_ok(), intent.uri_len().is_ok(), intent == intent));
    for extra in intent.extras {
        used((extra.key.copy_to(&mut buffer).is_ok(), extra.value));
    }
    used(intent.text_extra("ext").map(|text| text.copy_to(&mut buffer).is_ok()));
    used((intent.categories.iter().count(), intent.effective_action()));
    used(intent.data.map(|data| (data.host(), data.path(), data.chars().count())));
    used(intent.component.map(|component| component.class_name().count()));
    used(intent.selector.map(|selector| selector.intent().extras.iter().count()));
    used(ReceivedExt::from_intent(black_box(Vendor::VIVO), &intent, &mut buffer).is_ok());
}

#[inline(never)]
fn written_intent(text: &str) -> Option<()> {
    let number = Number::try_new("1.5").or_else(|_| Number::try_new(text)).ok()?;
    let extras = [
        IntentExtra::new(text, ExtraValue::from(text)),
        IntentExtra::new("n", ExtraValue::Long(black_box(i64::MIN))),
        IntentExtra::new("f", ExtraValue::Double(number)),
    ];
    let mut selected = Intent::new();
    selected.action = Some(Text::new(text));
    let mut intent = Intent::new();
    intent.data = Some(Data::new(text));
    intent.flags = LaunchFlags::new(black_box(u32::MAX));
    intent.component = Component::try_new("com.example", text).ok();
    intent.extras = Extras::from_slice(&extras);
    intent.selector = Some(Selector::new(&selected));
    let mut buffer = [0; 256];
    used(intent.to_uri(&mut buffer).is_ok());
    Some(())
}

#[inline(never)]
fn delivery(text: &str) {
    let mut settings = OfflinePushSettings::new();
    settings.title = Some(text);
    settings.ext = Some(Ext::from(text));
    let Ok(token) = OfflinePushToken::new(black_box(6666), "12345678901234567890123") else { return };
    for event in black_box([ClickEvent::OpenApp, ClickEvent::OpenUrl, ClickEvent::OpenScreen]) {
        let Ok(click) = ClickAction::from_console(event, text) else { continue };
        let Ok(certificate) = Certificate::new(black_box(10004), "key", "secret", click) else { continue };
        used((certificate.push_entries().is_ok(), certificate.activity_entry().is_ok()));
        let mut delivery = Delivery::new(&settings, &certificate, Some(token.clone()));
        let elements = [Element::Text(text), Element::Face, Element::Custom { description: Some(text) }];
        delivery.elements = &elements;
        delivery.presence = black_box(Presence::Killed);
        delivery.certificate_age = black_box(Some(Duration::from_secs(700)));
        let (mut shown, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
        if let Ok(due) = delivery.decide(&mut shown) {
            used(due.compose("request-1", &mut scratch).is_ok());
        }
        used(compose(&settings, &token, &certificate, text, &mut scratch).is_ok());
    }
}

#[inline(never)]
fn clicks(text: &str) {
    used((WebUrl::try_new(text).is_ok(), IntentUri::try_new(text).is_ok()));
    for event in black_box([ClickEvent::OpenApp, ClickEvent::OpenUrl, ClickEvent::OpenScreen]) {
        let Ok(click) = ClickAction::from_console(event, text) else { continue };
        let mut push = Notification::new("title", "content", "request-1");
        used(push.set_click_action(click.with_ext(Some(Ext::from(text)))).is_ok());
        match Tap::from_notification(&push, black_box(480)) {
            Ok(
                Tap::StartsScreen { ext: Some(received), .. } | Tap::StartsApp { ext: Some(received), .. },
            ) => {
                ext(received.as_str().unwrap_or_default());
            }
            other => used(other.is_ok()),
        }
    }
}

/// The ext as it is, or as one of the library's containers.
#[inline(never)]
fn ext(text: &str) {
    let mut scratch = [0; 256];
    let pairs = [("ext", text), ("entity", text), ("conversationID", text)];
    for vendor in black_box([Vendor::VIVO, Vendor::OPPO]) {
        let Some(received) = ReceivedExt::from_pairs(vendor, &Map::from_slice(&pairs)) else { continue };
        used(received.content(&mut scratch).map(|content| content.conversation().is_some()).is_ok());
    }
    used(Ext::new(text.as_bytes()).as_str());
}

#[inline(never)]
fn limits(text: &str) {
    let mut buffer = [0; truncated_len(40)];
    for limit in black_box([0, 5, 40, usize::MAX]) {
        used(truncate_into(text, limit, &mut buffer).is_ok());
    }
}
