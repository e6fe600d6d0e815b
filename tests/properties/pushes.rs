//! What holds for any wishes of a sender: the push keeps vivo's rules, shows the beginning of what was to be shown, and
//! reaches the phone with the sender's ext; and nothing is pushed that must not be.

use std::time::Duration;

use offline_push::delivery::{
    ComposeError, ComposeReport, Composed, DEFAULT_TITLE, Delivery, Element, Presence, PushOptions,
    SCRATCH_LEN, TEXT_LEN, compose,
};
use offline_push::json;
use offline_push::tap::Tap;
use offline_push::tim::{OfflinePushInfo, OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{Certificate, Notification};
use offline_push::{ClickAction, Ext, IntentUri, WebUrl};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

/// A sender's wishes, and what of them is to be seen.
pub(crate) struct Wanted<'a> {
    pub(crate) wishes: PushOptions<'a>,
    title: &'a str,
    content: &'a str,
    ext: Option<Ext<'a>>,
}

impl<'a> Wanted<'a> {
    pub(crate) fn of_settings(settings: &OfflinePushSettings<'a>) -> Self {
        let android = settings.android.as_ref().and_then(|android| android.title);
        let title = android.filter(|title| !title.trim().is_empty()).or(settings.title);
        Self {
            wishes: settings.into(),
            title: title.unwrap_or_default(),
            content: settings.description.unwrap_or_default(),
            ext: settings.ext,
        }
    }

    pub(crate) fn of_info(info: &OfflinePushInfo<'a>) -> Self {
        Self {
            wishes: info.into(),
            title: info.title.unwrap_or_default(),
            content: info.desc.unwrap_or_default(),
            ext: info.ext,
        }
    }
}

/// What a tap can do.
pub(crate) fn clicks() -> Vec<ClickAction<'static>> {
    let url = WebUrl::try_new("https://cloud.tencent.com/document/product/269").unwrap();
    let screen = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;end";
    vec![
        ClickAction::default(),
        ClickAction::OpenApp { ext: Some(Ext::new(b"stored")) },
        ClickAction::OpenApp { ext: Some(Ext::new(b"\xff")) },
        ClickAction::OpenUrl(url),
        ClickAction::OpenScreen { intent: IntentUri::try_new(screen).unwrap(), ext: None },
        ClickAction::Custom("text"),
        ClickAction::Custom(" "),
    ]
}

/// With fields set by hand, which nobody has checked.
pub(crate) fn certificate(app_id: u64, click: ClickAction<'_>) -> Certificate<'_> {
    let mut certificate =
        Certificate::new(11178, "a90685ff-ebad-4df3-a265-3d4bb8e3a389", "secret", ClickAction::default());
    (certificate.app_id, certificate.click) = (app_id, click);
    certificate
}

/// The same of a token.
pub(crate) fn token(reg_id: &str, kind: Option<i32>) -> OfflinePushToken<'_> {
    let mut token = OfflinePushToken::new(6666, "12345678901234567890123");
    (token.token, token.token_type) = (reg_id, kind.map(Into::into));
    token
}

/// Makes the push with a scratch buffer of a length; whether there is one.
pub(crate) fn composes(
    wanted: &Wanted<'_>,
    token: &OfflinePushToken<'_>,
    certificate: &Certificate<'_>,
    request_id: &str,
    length: usize,
) -> Result<bool, TestCaseError> {
    let mut scratch = vec![0; length];
    match compose(wanted.wishes, token, certificate, request_id, &mut scratch) {
        Ok(composed) => {
            keeps_the_rules(&composed, wanted.title, wanted.content)?;
            arrives(&composed, wanted.ext, certificate)?;
            return Ok(true);
        }
        Err(ComposeError::BufferFull(offline_push::BufferFull { needed })) => {
            prop_assert!(length < needed && needed <= SCRATCH_LEN);
            let mut enough = vec![0; needed];
            let composed = compose(wanted.wishes, token, certificate, request_id, &mut enough);
            prop_assert!(!matches!(composed, Err(ComposeError::BufferFull(_))), "{:?}", composed);
        }
        Err(error) => {
            // For whatever reason, it is the same with all the room there is.
            let mut enough = vec![0; SCRATCH_LEN];
            let again = compose(wanted.wishes, token, certificate, request_id, &mut enough);
            prop_assert_eq!(again, Err(error));
        }
    }
    Ok(false)
}

/// The part of a text in front of the dots, if it was cut.
fn is_shown(shown: &str, whole: &str, limit: usize, cut: bool) -> TestCaseResult {
    let units = |text: &str| text.encode_utf16().count();
    let whole = whole.trim_start();
    prop_assert_eq!(cut, units(whole) > limit);
    if !cut {
        prop_assert_eq!(shown, whole);
        return Ok(());
    }
    let beginning = shown.strip_suffix("...").unwrap_or_default();
    prop_assert!(whole.starts_with(beginning));
    let missing = limit - units(shown);
    prop_assert!(
        missing == 0
            || missing == 1
                && whole.get(beginning.len()..).unwrap().starts_with(|next: char| next.len_utf16() == 2)
    );
    Ok(())
}

/// What every push keeps to.
fn keeps_the_rules(composed: &Composed<'_>, title: &str, content: &str) -> TestCaseResult {
    let Composed { notification, report, .. } = composed;
    prop_assert_eq!(notification.check(), Ok(()));
    prop_assert!(notification.app_id.is_some() && notification.reg_id.is_some());
    prop_assert!(notification.category.is_some() != notification.classification.is_some());
    is_shown(notification.content, content, 100, report.content_truncated)?;
    prop_assert_eq!(report.default_title, title.trim().is_empty());
    let title = if report.default_title { DEFAULT_TITLE } else { title };
    is_shown(notification.title, title, 40, report.title_truncated)?;
    prop_assert_eq!(report.is_empty(), *report == ComposeReport::default());
    Ok(())
}

/// Over the wire it is the same push, and a tap does what the certificate says, with the sender's ext, else the stored one.
fn arrives(composed: &Composed<'_>, ext: Option<Ext<'_>>, certificate: &Certificate<'_>) -> TestCaseResult {
    let mut wire = vec![0; json::encoded_len(&composed.notification)];
    prop_assert!(json::to_slice(&composed.notification, &mut wire).is_ok());
    let received: Notification = json::from_slice_in_place(&mut wire)?;
    prop_assert_eq!(&received, &composed.notification);

    let sent = ext.filter(|ext| !ext.is_empty());
    prop_assert_eq!(composed.report.ext_dropped, sent.is_some() && !certificate.click.carries_ext());
    let (expected, tap) = (sent.or(certificate.click.ext()), Tap::from_notification(&received, 479));
    match (certificate.click, tap?) {
        (ClickAction::OpenApp { .. }, Tap::StartsApp { ext, .. }) => prop_assert_eq!(ext, expected),
        (ClickAction::OpenUrl(wanted), Tap::OpensBrowser(url)) => prop_assert_eq!(url, wanted),
        (ClickAction::OpenScreen { intent: wanted, .. }, Tap::StartsScreen { intent, ext, .. }) => {
            prop_assert_eq!(Some(intent), wanted.intent().ok());
            prop_assert_eq!(ext, expected);
        }
        (ClickAction::Custom(wanted), Tap::CallsReceiver(text)) => prop_assert_eq!(text, wanted),
        (click, tap) => prop_assert!(false, "{:?} does {:?}", click, tap),
    }
    Ok(())
}

/// A delivery of a fuzzer's making: seven bytes of circumstances; then, each up to a NUL, a regId, a request id and a
/// text in the message; then settings or an info as JSON.
pub(crate) fn holds(bytes: &[u8]) -> TestCaseResult {
    let Some((&[source, click, kind, length, present, hours, minutes], rest)) = bytes.split_first_chunk()
    else {
        return Ok(());
    };
    let parts: Vec<_> = rest.splitn(4, |byte| *byte == 0).collect();
    let [reg_id, request_id, text, document] = parts[..] else { return Ok(()) };
    let texts = (str::from_utf8(reg_id), str::from_utf8(request_id), str::from_utf8(text));
    let (Ok(reg_id), Ok(request_id), Ok(text)) = texts else { return Ok(()) };

    let clicks = clicks();
    let click = clicks[usize::from(click) % clicks.len()];
    let certificate = certificate(if source & 2 == 0 { 11178 } else { 0 }, click);
    let token = token(reg_id, (kind % 4).checked_sub(1).map(Into::into));
    let mut document = document.to_vec();
    let (settings, info);
    let wanted = if source & 1 == 0 {
        settings = json::from_slice_in_place::<OfflinePushSettings>(&mut document);
        settings.as_ref().map(Wanted::of_settings)
    } else {
        info = json::from_slice_in_place::<OfflinePushInfo>(&mut document);
        info.as_ref().map(Wanted::of_info)
    };
    let Ok(wanted) = wanted else { return Ok(()) };
    composes(&wanted, &token, &certificate, request_id, usize::from(length).min(SCRATCH_LEN))?;
    let composed = composes(&wanted, &token, &certificate, request_id, SCRATCH_LEN)?;

    let elements = [Element::Text(text), Element::Face, Element::Custom { description: Some(text) }];
    let mut delivery = Delivery::new(wanted.wishes, &certificate, (kind & 4 == 0).then_some(token));
    delivery.elements = &elements[..usize::from(present >> 4) % 4];
    delivery.muted = present & 1 == 1;
    delivery.presence =
        [Presence::Killed, Presence::Background, Presence::Online][usize::from(present >> 1) % 3];
    delivery.certificate_age =
        (present & 8 == 8).then(|| Duration::from_secs(3600 * u64::from(hours) + 60 * u64::from(minutes)));
    is_due_only_if_it_may_be(&delivery, request_id, composed)
}

/// What is decided to be pushed may be pushed, and is.
pub(crate) fn is_due_only_if_it_may_be(
    delivery: &Delivery<'_>,
    request_id: &str,
    composed: bool,
) -> TestCaseResult {
    let (mut text, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
    let Ok(due) = delivery.decide(&mut text) else { return Ok(()) };
    prop_assert!(!delivery.muted && delivery.token.is_some());
    prop_assert!(delivery.certificate_age.is_none_or(|saved| saved >= Duration::from_secs(600)));
    match due.compose(request_id, &mut scratch) {
        Ok(push) => prop_assert_eq!(push.notification.check(), Ok(())),
        Err(ComposeError::Check(_)) => prop_assert!(!composed || !delivery.elements.is_empty()),
        Err(error) => prop_assert!(false, "{}", error),
    }
    Ok(())
}
