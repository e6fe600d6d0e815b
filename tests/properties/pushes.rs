//! What holds for every delivery: the tables here say a second time who gets a push. A push keeps vivo's rules,
//! shows the start of the text, and opens what the certificate says, with the sender's ext.

use std::collections::BTreeMap;
use std::time::Duration;

use offline_push::delivery::{
    ComposeError, ComposeReport, Composed, DEFAULT_CONTENT, DEFAULT_TITLE, Delivery, Element, ExtDropped,
    ExtPolicy, NoPush, Presence, PushOptions, SCRATCH_LEN, TEXT_LEN, compose, compose_for_list,
};
use offline_push::json;
use offline_push::tap::Tap;
use offline_push::tim::{OfflinePushInfo, OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{Certificate, Classification, Notification, NotifyType, SavedCertificate};
use offline_push::{ClickAction, Ext, IntentUri, WebUrl};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::value::RawValue;

/// Whether a device gets a push, by the state of its app: the guide's step 5, and the format description. The most usual states
/// are in the table twice.
const PRESENCES: [(Presence, Option<NoPush>); 8] = [
    (Presence::Killed, None),
    (Presence::Background, None),
    (Presence::Online, Some(NoPush::Online)),
    (Presence::LoggedOut, Some(NoPush::LoggedOut)),
    (Presence::Kicked, Some(NoPush::Kicked)),
    (Presence::Expired, Some(NoPush::Expired)),
    (Presence::Killed, None),
    (Presence::Background, None),
];
/// Whether the sender turned push off, whether it is for online users only, whether the receiver muted it; and the first reason.
const SWITCHES: [([bool; 3], Option<NoPush>); 8] = [
    ([false, false, false], None),
    ([true, false, false], Some(NoPush::Disabled)),
    ([false, true, false], Some(NoPush::OnlineOnly)),
    ([false, false, true], Some(NoPush::Muted)),
    ([true, true, true], Some(NoPush::Disabled)),
    ([false, true, true], Some(NoPush::OnlineOnly)),
    ([false, false, false], None),
    ([false, false, false], None),
];
/// Seconds since a certificate was saved, and the seconds until it is in force.
const AGES: [(u64, u64); 7] = [(0, 600), (1, 599), (300, 300), (599, 1), (600, 0), (601, 0), (u64::MAX, 0)];
/// vivo's limit of 1024 units for keys and values, without the key `ext`.
const LONGEST_EXT: usize = 1021;
/// vivo's categories.
const CATEGORIES: [&str; 10] = [
    "IM", "ACCOUNT", "TODO", "DEVICE_REMINDER", "ORDER", "SUBSCRIPTION", "NEWS", "CONTENT", "MARKETING",
    "SOCIAL",
];
/// App ids of the certificate before and after an edit.
const APP_IDS: [u64; 2] = [11178, 22222];

/// A sender's options, and what a push must show of them.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    options: PushOptions<'a>,
    disabled: bool,
    title: &'a str,
    content: &'a str,
    ext: Option<Ext<'a>>,
    sound: &'a str,
    category: &'a str,
    classification: Option<Classification>,
    /// `None` if there is none, or if the text of the vendor parameters may be read in another way.
    notify_type: Option<NotifyType>,
    /// It is written, but it is not one of vivo's numbers.
    unreadable_notify_type: bool,
    /// Whether the vendor parameters cannot be read, if that is plain from the text.
    unreadable_params: Option<bool>,
    /// Template, languages, badge.
    dropped: [bool; 3],
    /// Nothing but a text and an ext, which never stop a push.
    plain: bool,
}

impl<'a> Wanted<'a> {
    pub(crate) fn of_settings(settings: &OfflinePushSettings<'a>) -> Self {
        let android_settings = settings.android.as_ref();
        let title = android_settings.and_then(|android| android.title);
        let title = title.filter(|title| !title.trim().is_empty()).or(settings.title);
        let params = settings.vendor_params.map_or(Some(Ok(None)), params);
        Self {
            options: settings.into(),
            disabled: settings.flag.is_some_and(|flag| flag.get() == 1),
            title: title.unwrap_or_default(),
            content: settings.description.unwrap_or_default(),
            ext: settings.ext,
            sound: android_settings.and_then(|android| android.sound).unwrap_or_default(),
            category: android_settings.and_then(|android| android.vivo_category).unwrap_or_default(),
            classification: android_settings.and_then(|android| android.vivo_classification),
            notify_type: params.and_then(Result::ok).flatten(),
            unreadable_params: params.map(|params| params.is_err()),
            ..Self::default()
        }
    }

    pub(crate) fn of_info(info: &OfflinePushInfo<'a>) -> Self {
        let android = info.android_info.as_ref();
        let written = android.and_then(|android| android.vivo_notify_type);
        let notify_type = android.and_then(|android| android.notify_type());
        Self {
            options: info.into(),
            disabled: info.push_flag.is_some_and(|flag| flag.get() == 1),
            title: info.title.unwrap_or_default(),
            content: info.desc.unwrap_or_default(),
            ext: info.ext,
            sound: android.and_then(|android| android.sound).unwrap_or_default(),
            category: android.and_then(|android| android.vivo_category).unwrap_or_default(),
            classification: android.and_then(|android| android.vivo_classification),
            notify_type,
            unreadable_notify_type: written.is_some_and(|text| !text.trim().is_empty())
                && notify_type.is_none(),
            dropped: [
                info.push_template_id.is_some_and(|text| !text.trim().is_empty()),
                info.multi_language_content.is_some_and(|content| !content.is_empty()),
                info.badge_add_num.is_some() || info.badge_set_num.is_some(),
            ],
            unreadable_params: Some(false),
            plain: false,
        }
    }

    /// A description and an ext of any bytes.
    fn of_parts(content: &'a str, ext: &'a [u8]) -> Self {
        let ext = Ext::new(ext);
        let options = PushOptions::new().description(content).ext(ext);
        let unreadable_params = Some(false);
        Self { options, content, ext: Some(ext), unreadable_params, plain: true, ..Self::default() }
    }
}

/// The `vivoNotifyType` in the vendor parameters, or an error for what is no object. `None` for what `serde_json` may read as another
/// value: deep or double members, escapes, and numbers in another form.
fn params(text: &str) -> Option<Result<Option<NotifyType>, ()>> {
    if text.trim().is_empty() {
        return Some(Ok(None));
    }
    let name = "vivoNotifyType";
    if text.contains('\\') || text.matches(['[', '{']).count() > 30 || text.matches(name).count() > 1 {
        return None;
    }
    let Ok(members) = serde_json::from_str::<BTreeMap<&str, &RawValue>>(text) else { return Some(Err(())) };
    match members.get(name).map(|value| value.get()) {
        None | Some("null") => Some(Ok(None)),
        Some(number) => Some(Ok(Some(NotifyType::new(number.parse().ok()?)))),
    }
}

/// The click events, and whether each passes an ext to the app: the guide's step 2 and its section "Custom Content Pass Through".
pub(crate) fn clicks() -> Vec<(ClickAction<'static>, bool)> {
    let url = WebUrl::try_new("https://cloud.tencent.com/document/product/269").unwrap();
    let screen = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;end";
    let intent = IntentUri::try_new(screen).unwrap();
    vec![
        (ClickAction::OpenApp { ext: None }, true),
        (ClickAction::OpenUrl(url), false),
        (ClickAction::OpenScreen { intent, ext: None }, true),
        (ClickAction::Custom("text"), false),
        (ClickAction::OpenApp { ext: Some(Ext::new(b"stored")) }, true),
        (ClickAction::OpenScreen { intent, ext: Some(Ext::new(b"\xff")) }, true),
        (ClickAction::Custom(" "), false),
    ]
}

/// Bytes that choose the circumstances of a delivery. With zeros only, it is pushed.
pub(crate) type Choices = [u8; 8];

/// The circumstances that the bytes choose.
struct Circumstances {
    certificate: Certificate<'static>,
    passes_ext: bool,
    saved: SavedCertificate<'static>,
    /// The app id in force, or the time until there is one.
    in_force: Result<u64, Duration>,
    token_id: u32,
    token_type: Option<i32>,
    has_token: bool,
    switches: ([bool; 3], Option<NoPush>),
    presence: (Presence, Option<NoPush>),
    ext_policy: ExtPolicy,
    time_to_live: Option<u64>,
}

impl Circumstances {
    fn new([click, ids, token, switches, presence, saved, options, lifetime]: Choices) -> Self {
        let clicks = clicks();
        let (click, passes_ext) = clicks[usize::from(click) % clicks.len()];
        let app_id = if ids & 15 == 15 { 0 } else { APP_IDS[0] };
        let mut certificate = Certificate::new(6666, app_id, "key", "secret", ClickAction::default());
        // Set by hand, so it is not checked.
        certificate.click = click;
        certificate.accept_tokens_of_other_certificates = ids & 16 != 0;

        let (age, wait) = AGES[usize::from(saved / 4) % AGES.len()];
        let (age, wait) = (Duration::from_secs(age), Duration::from_secs(wait));
        let waits = !wait.is_zero();
        let (saved, in_force) = match saved % 4 {
            0 | 1 => (SavedCertificate::from(certificate), Ok(app_id)),
            2 => (SavedCertificate::Added { certificate, age }, if waits { Err(wait) } else { Ok(app_id) }),
            _ => {
                let (before, mut after) = (certificate, certificate);
                after.app_id = APP_IDS[1];
                let id = if waits { app_id } else { APP_IDS[1] };
                (SavedCertificate::Edited { before, after, age }, Ok(id))
            }
        };
        Self {
            certificate,
            passes_ext,
            saved,
            in_force,
            token_id: if ids & 32 == 0 { 6666 } else { 15518 },
            token_type: (token % 4).checked_sub(1).map(Into::into),
            has_token: token & 28 != 28,
            switches: SWITCHES[usize::from(switches) % SWITCHES.len()],
            presence: PRESENCES[usize::from(presence) % PRESENCES.len()],
            ext_policy: if options & 1 == 0 { ExtPolicy::Drop } else { ExtPolicy::Refuse },
            time_to_live: (lifetime & 3 == 3).then(|| u64::from(lifetime).pow(2) * 10),
        }
    }

    /// Whether nothing is wrong with the parts of a push. False if this is not obvious.
    fn allow(&self, wanted: &Wanted<'_>, token: &OfflinePushToken<'_>, request_id: &str) -> bool {
        let certificate = &self.certificate;
        wanted.plain
            && !wanted.disabled
            && certificate.app_id != 0
            && (token.business_id == certificate.id || certificate.accept_tokens_of_other_certificates)
            && self.token_type.is_none_or(|kind| kind == 0)
            && self.time_to_live.is_none()
            && self.ext_policy == ExtPolicy::Drop
            && !matches!(certificate.click, ClickAction::Custom(" "))
            && token.token == "12345678901234567890123"
            && request_id == "request-1"
    }

    fn token<'a>(&self, reg_id: &'a str) -> OfflinePushToken<'a> {
        let mut token = OfflinePushToken::new(self.token_id, reg_id);
        token.token_type = self.token_type.map(Into::into);
        token
    }
}

/// A delivery that a fuzzer makes: the bytes that choose the circumstances, then the text in the message, settings or info as
/// JSON, a regId and a request id, with a NUL between them. A missing part has a default. A document that is not JSON is an ext.
pub(crate) fn holds(bytes: &[u8]) -> TestCaseResult {
    let mut choices = Choices::default();
    let (head, rest) = bytes.split_at(bytes.len().min(choices.len()));
    choices[..head.len()].copy_from_slice(head);
    let mut parts = rest.splitn(4, |byte| *byte == 0);
    let text = parts.next().unwrap_or_default();
    let original = parts.next().unwrap_or_default();
    let reg_id = parts.next().unwrap_or(b"12345678901234567890123");
    let request_id = parts.next().unwrap_or(b"request-1");
    let texts = (str::from_utf8(text), str::from_utf8(reg_id), str::from_utf8(request_id));
    let (Ok(text), Ok(reg_id), Ok(request_id)) = texts else { return Ok(()) };

    let mut document = original.to_vec();
    let (settings, info);
    let wanted = if choices[6] & 2 == 0 {
        settings = json::from_slice_in_place::<OfflinePushSettings>(&mut document);
        settings.as_ref().ok().map(Wanted::of_settings)
    } else {
        info = json::from_slice_in_place::<OfflinePushInfo>(&mut document);
        info.as_ref().ok().map(Wanted::of_info)
    };
    let wanted = wanted.unwrap_or(Wanted::of_parts(text, original));
    is_delivered(choices, wanted, text, reg_id, request_id)
}

/// What holds for a delivery, from the decision to the tap.
pub(crate) fn is_delivered(
    choices: Choices,
    mut wanted: Wanted<'_>,
    text: &str,
    reg_id: &str,
    request_id: &str,
) -> TestCaseResult {
    let circumstances = Circumstances::new(choices);
    let ([turned_off, online_only, muted], _) = circumstances.switches;
    wanted.options.disabled |= turned_off;
    wanted.disabled |= turned_off;
    wanted.options.ext_policy = circumstances.ext_policy;
    wanted.options.time_to_live = circumstances.time_to_live.map(Duration::from_secs);
    let token = circumstances.token(reg_id);
    let short = usize::from(choices[7]).min(SCRATCH_LEN);
    composes(&wanted, &circumstances, &token, request_id, short)?;
    let composed = composes(&wanted, &circumstances, &token, request_id, SCRATCH_LEN)?;

    let all = [Element::Custom { description: Some(text) }, Element::Text(text), Element::Face];
    let elements = match (choices[6] >> 2) % 6 {
        0 => &all[1..2],
        1 => &[],
        2 => &[Element::Custom { description: None }],
        3 => &all[..1],
        4 => &all[..2],
        _ => &all[..],
    };
    let mut delivery = Delivery::new(wanted.options, circumstances.saved, Some(token));
    (delivery.elements, delivery.presence) = (elements, circumstances.presence.0);
    (delivery.online_only, delivery.muted) = (online_only, muted);
    if !circumstances.has_token {
        delivery.token = None;
    }

    let (mut shown, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
    let decided = delivery.decide(&mut shown);
    let expected = reason_against(&wanted, &circumstances, elements);
    prop_assert_eq!(decided.as_ref().err(), expected.as_ref());
    let Ok(pending) = decided else { return Ok(()) };
    match pending.compose(request_id, &mut scratch) {
        Ok(push) => {
            prop_assert!(composed || circumstances.certificate.app_id == 0);
            prop_assert_eq!(push.notification.app_id.map(Ok), Some(circumstances.in_force));
            keeps_the_rules(&push, wanted.title, &shown_content(&wanted, elements))
        }
        Err(ComposeError::Check(_)) => {
            prop_assert!(!composed);
            Ok(())
        }
        Err(error) => {
            prop_assert!(false, "{}", error);
            Ok(())
        }
    }
}

/// The first reason against a push, in the order in which [`NoPush`] declares them.
fn reason_against(
    wanted: &Wanted<'_>,
    circumstances: &Circumstances,
    elements: &[Element<'_>],
) -> Option<NoPush> {
    let disabled = wanted.disabled.then_some(NoPush::Disabled);
    let no_token = (!circumstances.has_token).then_some(NoPush::NoToken);
    let custom = matches!(elements, [Element::Custom { .. }]);
    let no_content = (custom && shown_content(wanted, elements).is_empty()).then_some(NoPush::NoContent);
    let not_in_force = circumstances.in_force.err().map(|wait| NoPush::CertificateNotInForce { wait });
    disabled
        .or(circumstances.switches.1)
        .or(circumstances.presence.1)
        .or(no_token)
        .or(no_content)
        .or(not_in_force)
}

/// The description, else the texts of the elements; empty if there is neither.
fn shown_content(wanted: &Wanted<'_>, elements: &[Element<'_>]) -> String {
    let joined = elements.iter().map(|element| match element {
        Element::Text(text) | Element::Custom { description: Some(text) } => text,
        Element::Face => "[Face]",
        _ => "",
    });
    let content = wanted.content.trim_start();
    if content.is_empty() { joined.collect::<String>().trim_start().into() } else { content.into() }
}

/// Composes with a scratch buffer of a length. True if there is a push.
fn composes(
    wanted: &Wanted<'_>,
    circumstances: &Circumstances,
    token: &OfflinePushToken<'_>,
    request_id: &str,
    length: usize,
) -> Result<bool, TestCaseError> {
    let certificate = &circumstances.certificate;
    let mut scratch = vec![0; length];
    match compose(wanted.options, token, certificate, request_id, &mut scratch) {
        Ok(composed) => {
            prop_assert!(!wanted.disabled);
            prop_assert!(
                token.business_id == certificate.id || certificate.accept_tokens_of_other_certificates
            );
            prop_assert!(circumstances.token_type.is_none_or(|kind| kind == 0), "another service's token");
            keeps_the_rules(&composed, wanted.title, wanted.content)?;
            has_the_options(&composed, wanted)?;
            let seconds = composed.notification.time_to_live.map(u64::from);
            prop_assert_eq!(seconds, circumstances.time_to_live);
            arrives(&composed, wanted.ext, circumstances)?;
            if seconds.is_none_or(|seconds| seconds >= 900) {
                to_many_is_the_same(wanted, certificate, request_id, composed)?;
            }
            return Ok(true);
        }
        Err(ComposeError::BufferFull(offline_push::BufferFull { needed })) => {
            prop_assert!(length < needed && needed <= SCRATCH_LEN);
            let mut enough = vec![0; needed];
            let composed = compose(wanted.options, token, certificate, request_id, &mut enough);
            prop_assert!(!matches!(composed, Err(ComposeError::BufferFull(_))), "{:?}", composed);
        }
        Err(error) => {
            // An ext stops the push only if the policy says so.
            if let ComposeError::Check(error) = error {
                let field = error.field();
                prop_assert!(field != "clientCustomMap");
                prop_assert!(field != "ext" || circumstances.ext_policy == ExtPolicy::Refuse);
            }
            prop_assert!(!circumstances.allow(wanted, token, request_id), "{:?}: nothing is wrong", error);
            // A longer buffer does not change the error.
            let mut enough = vec![0; SCRATCH_LEN];
            let again = compose(wanted.options, token, certificate, request_id, &mut enough);
            prop_assert_eq!(again, Err(error));
        }
    }
    Ok(false)
}

/// A push to a list has everything that a push to one device has, except the device.
fn to_many_is_the_same(
    wanted: &Wanted<'_>,
    certificate: &Certificate<'_>,
    request_id: &str,
    one: Composed<'_>,
) -> TestCaseResult {
    let mut scratch = [0; SCRATCH_LEN];
    let many = compose_for_list(wanted.options, certificate, request_id, &mut scratch);
    let Composed { mut notification, report, .. } = one;
    notification.reg_id = None;
    let many = many.map(|many| (many.payload.check_shape(), many.payload.notification, many.report));
    prop_assert_eq!(many, Ok((Ok(()), notification, report)));
    Ok(())
}

/// The text, or its start with dots if it was truncated.
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

/// The rules that every push keeps.
fn keeps_the_rules(composed: &Composed<'_>, title: &str, content: &str) -> TestCaseResult {
    let Composed { notification, report, .. } = composed;
    prop_assert_eq!(notification.check_shape(), Ok(()));
    prop_assert_eq!(notification.check().is_err(), report.unknown_category || report.unknown_classification);
    let is_known = |category: &str| CATEGORIES.contains(&category);
    prop_assert_eq!(report.unknown_category, notification.category.is_some_and(|word| !is_known(word)));
    let is_class = |class: i32| class == 0 || class == 1;
    let class = notification.classification.map(|class| class.get());
    prop_assert_eq!(report.unknown_classification, class.is_some_and(|class| !is_class(class)));
    prop_assert!(notification.app_id.is_some() && notification.reg_id.is_some());
    prop_assert!(notification.category.is_some() != notification.classification.is_some());
    prop_assert_eq!(report.default_content, content.trim().is_empty());
    let content = if report.default_content { DEFAULT_CONTENT } else { content };
    is_shown(notification.content, content, 100, report.content_truncated)?;
    prop_assert_eq!(report.default_title, title.trim().is_empty());
    let title = if report.default_title { DEFAULT_TITLE } else { title };
    is_shown(notification.title, title, 40, report.title_truncated)?;
    prop_assert_eq!(report.is_empty(), *report == ComposeReport::default());
    prop_assert_eq!(report.to_string() == "unchanged", report.is_empty());
    Ok(())
}

/// The sender's class, category and way to notify are in the push, and the report names what vivo has no place for.
fn has_the_options(composed: &Composed<'_>, wanted: &Wanted<'_>) -> TestCaseResult {
    let Composed { notification, report, .. } = composed;
    prop_assert!(!wanted.unreadable_notify_type);
    let category = Some(wanted.category.trim()).filter(|category| !category.is_empty());
    prop_assert_eq!(notification.category.map(str::trim), category);
    if category.is_none() {
        let class = wanted.classification.unwrap_or(Classification::SYSTEM);
        prop_assert_eq!(notification.classification, Some(class));
    }
    if let Some(wanted) = wanted.notify_type {
        prop_assert_eq!(notification.notify_type, Some(wanted));
    }
    if let Some(unreadable) = wanted.unreadable_params {
        prop_assert_eq!(report.vendor_params_dropped, unreadable);
    }
    prop_assert_eq!(report.sound_dropped, !wanted.sound.trim().is_empty());
    let dropped = [report.template_dropped, report.languages_dropped, report.badge_dropped];
    prop_assert_eq!(dropped, wanted.dropped);
    Ok(())
}

/// The same push arrives, and a tap does what the certificate says: with the sender's ext, or the stored one if there is none, or no ext.
fn arrives(composed: &Composed<'_>, ext: Option<Ext<'_>>, circumstances: &Circumstances) -> TestCaseResult {
    let mut wire = vec![0; json::encoded_len(&composed.notification)];
    prop_assert!(json::to_slice(&composed.notification, &mut wire).is_ok());
    let received: Notification = json::from_slice_in_place(&mut wire)?;
    prop_assert_eq!(&received, &composed.notification);

    let click = circumstances.certificate.click;
    let given = |ext: &Ext<'_>| !ext.as_bytes().is_empty();
    let ext = ext.filter(given).or(click.ext().filter(given));
    let dropped = ext.and_then(|ext| match str::from_utf8(ext.as_bytes()) {
        _ if !circumstances.passes_ext => Some(ExtDropped::NotPassed),
        Err(_) => Some(ExtDropped::NotText),
        Ok(text) => {
            let length = text.encode_utf16().count();
            (length > LONGEST_EXT).then_some(ExtDropped::TooLong { length, max: LONGEST_EXT as u32 })
        }
    });
    prop_assert_eq!(composed.report.ext_dropped, dropped);
    prop_assert!(dropped.is_none() || circumstances.ext_policy == ExtPolicy::Drop);
    let expected = ext.filter(|_| dropped.is_none());
    let pairs = received.client_custom_map.as_ref().map(|map| (map.len(), map.text("ext").map(Ext::from)));
    prop_assert_eq!(pairs, expected.map(|ext| (1, Some(ext))));

    match (click, Tap::from_notification(&received, 479)?) {
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
