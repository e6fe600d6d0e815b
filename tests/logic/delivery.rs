//! Whatever a sender wishes: no panic, and what is composed keeps vivo's rules.

#[allow(dead_code)] // A part is the fuzzers'.
#[path = "../properties/pushes.rs"]
mod pushes;

use std::time::Duration;

use offline_push::Ext;
use offline_push::delivery::{ComposeError, Delivery, Element, NoPush, Presence, SCRATCH_LEN, compose};
use offline_push::tim::{AndroidInfo, AndroidPushSettings, OfflinePushInfo, OfflinePushSettings};
use offline_push::vivo::Certificate;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use pushes::{Wanted, clicks, composes, is_due_only_if_it_may_be, token};

const REG_ID: &str = "12345678901234567890123";

/// Text around the limits, of signs of every length, and blanks.
fn text() -> impl Strategy<Value = String> {
    let sign = select(vec!["a", "é", "中", "😀", " ", "\n", "\"", "e\u{301}", "\u{10ffff}", "\0"]);
    let mixed = vec(sign.clone(), 0..8).prop_map(|signs| signs.concat());
    let near = (sign, 17..104usize, "[ a中😀]{0,4}").prop_map(|(sign, count, end)| sign.repeat(count) + &end);
    prop_oneof![2 => mixed, 3 => near, 1 => any::<String>()]
}

/// Mostly one of the values that are known.
fn number() -> impl Strategy<Value = i32> {
    prop_oneof![8 => 0..6, 1 => any::<i32>()]
}

fn category() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(vec!["", "IM", "MARKETING", " "]).prop_map(String::from), 1 => text()]
}

fn vendor_params() -> impl Strategy<Value = String> {
    let written = number().prop_map(|number| format!(r#"{{"vivoNotifyType":{number}}}"#));
    prop_oneof![4 => written, 1 => text(), 1 => Just(String::from("{}"))]
}

/// What can be wished for, owned.
#[derive(Clone, Debug)]
struct Wished {
    texts: Vec<Option<String>>,
    category: Option<String>,
    vendor_params: Option<String>,
    numbers: Vec<Option<i32>>,
    badge: Option<u32>,
}

fn wished() -> impl Strategy<Value = Wished> {
    (vec(of(text()), 5), of(category()), of(vendor_params()), vec(of(number()), 3), of(any::<u32>()))
        .prop_map(|(texts, category, vendor_params, numbers, badge)| Wished {
            texts,
            category,
            vendor_params,
            numbers,
            badge,
        })
}

impl Wished {
    fn text(&self, at: usize) -> Option<&str> {
        self.texts.get(at)?.as_deref()
    }

    fn number<T: From<i32>>(&self, at: usize) -> Option<T> {
        self.numbers.get(at).copied().flatten().map(T::from)
    }

    fn settings(&self) -> OfflinePushSettings<'_> {
        let mut settings = OfflinePushSettings::new();
        let mut android = AndroidPushSettings::new();
        (settings.title, settings.description) = (self.text(0), self.text(1));
        settings.ext = self.text(2).map(Ext::from);
        (android.title, android.sound) = (self.text(3), self.text(4));
        android.vivo_category = self.category.as_deref();
        android.vivo_classification = self.number(0);
        settings.flag = self.number(1);
        settings.vendor_params = self.vendor_params.as_deref();
        settings.android = self.badge.is_none().then_some(android);
        settings
    }

    fn info(&self) -> OfflinePushInfo<'_> {
        let mut info = OfflinePushInfo::new();
        let mut android = AndroidInfo::new();
        (info.title, info.desc) = (self.text(0), self.text(1));
        info.ext = self.text(2).map(Ext::from);
        (android.sound, android.vivo_notify_type) = (self.text(4), self.text(3));
        android.vivo_category = self.category.as_deref();
        android.vivo_classification = self.number(0);
        info.push_flag = self.number(1);
        info.badge_add_num = self.badge;
        info.android_info = Some(android);
        info
    }
}

fn certificate() -> impl Strategy<Value = Certificate<'static>> {
    (select(vec![11178, 11178, 11178, 0]), select(clicks()))
        .prop_map(|(app_id, click)| pushes::certificate(app_id, click))
}

fn reg_id() -> impl Strategy<Value = String> {
    prop_oneof![6 => "[0-9]{23}", 1 => text()]
}

fn element() -> impl Strategy<Value = (u8, String)> {
    (0..5u8, text())
}

fn elements(made: &[(u8, String)]) -> Vec<Element<'_>> {
    made.iter()
        .map(|(kind, text)| match kind {
            0 => Element::Text(text),
            1 => Element::Face,
            2 => Element::Location,
            3 => Element::Custom { description: Some(text) },
            _ => Element::Other { text: Some(text) },
        })
        .collect()
}

fn presence() -> impl Strategy<Value = Presence> {
    select(vec![Presence::Killed, Presence::Killed, Presence::Background, Presence::Online])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn what_is_composed_of_settings_keeps_vivos_rules(
        wished in wished(),
        certificate in certificate(),
        (reg_id, kind) in (reg_id(), of(0..2)),
        request_id in prop_oneof![4 => "[a-z0-9]{1,64}", 1 => text()],
        length in prop_oneof![3 => Just(SCRATCH_LEN), 1 => 0..SCRATCH_LEN],
    ) {
        let settings = wished.settings();
        composes(&Wanted::of_settings(&settings), &token(&reg_id, kind), &certificate, &request_id, length)?;
    }

    #[test]
    fn what_is_composed_of_an_info_keeps_vivos_rules(
        wished in wished(),
        certificate in certificate(),
    ) {
        let info = wished.info();
        let token = token(REG_ID, None);
        composes(&Wanted::of_info(&info), &token, &certificate, "request-1", SCRATCH_LEN)?;
    }

    #[test]
    fn what_is_due_is_never_nothing_to_push(
        wished in wished(),
        certificate in certificate(),
        presence in presence(),
        (muted, no_token) in (prop::bool::weighted(0.1), prop::bool::weighted(0.1)),
        made in vec(element(), 0..4),
        saved in of(0..1200u64),
    ) {
        let elements = elements(&made);
        let token = (!no_token).then(|| token(REG_ID, None));
        let mut delivery = Delivery::new(&wished.settings(), &certificate, token);
        (delivery.presence, delivery.muted, delivery.elements) = (presence, muted, &elements);
        delivery.certificate_age = saved.map(Duration::from_secs);
        is_due_only_if_it_may_be(&delivery, "request-1", false)?;
    }
}

#[test]
fn an_error_says_what_it_comes_from_and_in_its_words() {
    let mut settings = OfflinePushSettings::new();
    let error = |settings: &OfflinePushSettings, app_id| {
        let certificate = pushes::certificate(app_id, Default::default());
        compose(settings, &token(REG_ID, None), &certificate, "request-1", &mut []).unwrap_err()
    };
    let of =
        |error: ComposeError| (error.to_string(), std::error::Error::source(&error).map(ToString::to_string));
    let (words, source) = of(error(&settings, 11178));
    assert_eq!(error(&settings, 11178), ComposeError::NoPush(NoPush::NoContent));
    assert_eq!((&words, source.as_ref()), (&NoPush::NoContent.to_string(), Some(&words)));

    let long = "x".repeat(200);
    settings.description = Some(&long);
    let (words, source) = of(error(&settings, 0));
    assert!(words.contains("appId") && source.as_ref() == Some(&words), "{words} {source:?}");
    let (words, source) = of(error(&settings, 11178));
    assert!(words.contains("100 bytes are needed") && source.is_some(), "{words} {source:?}");
}

/// Random wishes would prove nothing if none of them became a push, or none were refused.
#[test]
fn many_random_wishes_become_a_push_and_many_do_not() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let (wished, certificate) = (wished(), certificate());
    let composed = (0..300).filter(|_| {
        let wished = wished.new_tree(&mut runner).unwrap().current();
        let certificate = certificate.new_tree(&mut runner).unwrap().current();
        let settings = wished.settings();
        compose(&settings, &token(REG_ID, None), &certificate, "request-1", &mut [0; SCRATCH_LEN]).is_ok()
    });
    let composed = composed.count();
    assert!((30..=270).contains(&composed), "{composed} of 300");
}
