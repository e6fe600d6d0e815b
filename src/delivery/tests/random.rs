//! Whatever a sender wishes: no panic, and what is composed keeps vivo's rules.

use core::time::Duration;
use std::string::String;
use std::vec::Vec;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::SCREEN;
use crate::click::ClickAction;
use crate::delivery::{
    Certificate, ComposeError, Composed, DEFAULT_TITLE, Delivery, Element, Presence, Report, SCRATCH_LEN,
    TEXT_LEN, compose,
};
use crate::ext::Ext;
use crate::tim::{AndroidInfo, AndroidPushSettings, OfflinePushInfo, OfflinePushSettings, OfflinePushToken};
use crate::uri::{IntentUri, WebUrl};

/// Text around the limits, of signs of every length, and blanks.
fn text() -> impl Strategy<Value = String> {
    let sign = select(std::vec!["a", "é", "中", "😀", " ", "\n", "\"", "e\u{301}", "\u{10ffff}", "\0"]);
    let mixed = vec(sign.clone(), 0..8).prop_map(|signs| signs.concat());
    let near = (sign, 17..104usize, "[ a中😀]{0,4}").prop_map(|(sign, count, end)| sign.repeat(count) + &end);
    prop_oneof![2 => mixed, 3 => near, 1 => any::<String>()]
}

/// Mostly one of the values that are known.
fn number() -> impl Strategy<Value = i32> {
    prop_oneof![8 => 0..6, 1 => any::<i32>()]
}

fn category() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(std::vec!["", "IM", "MARKETING", " "]).prop_map(String::from), 1 => text()]
}

fn vendor_params() -> impl Strategy<Value = String> {
    let written = number().prop_map(|number| std::format!(r#"{{"vivoNotifyType":{number}}}"#));
    prop_oneof![4 => written, 1 => text(), 1 => Just(String::from("{}"))]
}

/// What can be wished for, owned.
#[derive(Clone, Debug)]
struct Wanted {
    texts: Vec<Option<String>>,
    category: Option<String>,
    vendor_params: Option<String>,
    numbers: Vec<Option<i32>>,
    badge: Option<u32>,
}

fn wanted() -> impl Strategy<Value = Wanted> {
    (vec(of(text()), 5), of(category()), of(vendor_params()), vec(of(number()), 3), of(any::<u32>()))
        .prop_map(|(texts, category, vendor_params, numbers, badge)| Wanted {
            texts,
            category,
            vendor_params,
            numbers,
            badge,
        })
}

impl Wanted {
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

fn click() -> impl Strategy<Value = ClickAction<'static>> {
    let url = WebUrl::new("https://cloud.tencent.com/document/product/269").unwrap();
    select(std::vec![
        ClickAction::default(),
        ClickAction::OpenApp { ext: Some(Ext::new(b"stored")) },
        ClickAction::OpenApp { ext: Some(Ext::new(b"\xff")) },
        ClickAction::OpenUrl(url),
        ClickAction::OpenScreen { intent: IntentUri::new(SCREEN).unwrap(), ext: None },
        ClickAction::Custom("text"),
        ClickAction::Custom(" "),
    ])
}

/// With fields set by hand, which nobody has checked.
fn certificate() -> impl Strategy<Value = Certificate<'static>> {
    (select(std::vec![11178, 11178, 11178, 0]), click()).prop_map(|(app_id, click)| {
        let mut certificate = super::certificate(ClickAction::default());
        (certificate.app_id, certificate.click) = (app_id, click);
        certificate
    })
}

/// The same of a token.
fn token_of(text: &str, kind: Option<i32>) -> OfflinePushToken<'_> {
    let mut token = super::token();
    (token.token, token.token_type) = (text, kind.map(Into::into));
    token
}

fn reg_id() -> impl Strategy<Value = String> {
    prop_oneof![6 => "[0-9]{23}", 1 => text()]
}

/// The part of a text in front of the dots, if it was cut.
fn shown_of(shown: &str, whole: &str, limit: usize, cut: bool) -> Result<(), TestCaseError> {
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
fn keeps_the_rules(composed: &Composed<'_>, title: &str, content: &str) -> Result<(), TestCaseError> {
    let Composed { notification, report } = composed;
    prop_assert_eq!(notification.check(), Ok(()));
    prop_assert!(notification.app_id.is_some() && notification.reg_id.is_some());
    prop_assert!(notification.category.is_some() != notification.classification.is_some());
    shown_of(notification.content, content, 100, report.content_cut)?;
    let title = if report.default_title { DEFAULT_TITLE } else { title };
    shown_of(notification.title, title, 40, report.title_cut)?;
    prop_assert_eq!(report.is_empty(), *report == Report::default());
    Ok(())
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
    select(std::vec![Presence::Killed, Presence::Killed, Presence::Background, Presence::Online])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn what_is_composed_of_settings_keeps_vivos_rules(
        wanted in wanted(),
        certificate in certificate(),
        (reg_id, kind) in (reg_id(), of(0..2)),
        request_id in prop_oneof![4 => "[a-z0-9]{1,64}", 1 => text()],
        length in prop_oneof![3 => Just(SCRATCH_LEN), 1 => 0..SCRATCH_LEN],
    ) {
        let settings = wanted.settings();
        let token = token_of(&reg_id, kind);
        let mut scratch = [0; SCRATCH_LEN];
        let scratch = scratch.get_mut(..length).unwrap();
        match compose(&settings, &token, &certificate, &request_id, scratch) {
            Ok(composed) => {
                let android = settings.android.as_ref().and_then(|android| android.title);
                let title = android.filter(|title| !title.trim().is_empty()).or(settings.title);
                let content = settings.description.unwrap_or_default();
                keeps_the_rules(&composed, title.unwrap_or_default(), content)?;
            }
            Err(ComposeError::ScratchTooShort { needed }) => prop_assert!(length < needed && needed <= SCRATCH_LEN),
            Err(_) => {}
        }
    }

    #[test]
    fn what_is_composed_of_an_info_keeps_vivos_rules(
        wanted in wanted(),
        certificate in certificate(),
    ) {
        let info = wanted.info();
        let mut scratch = [0; SCRATCH_LEN];
        if let Ok(composed) = compose(&info, &super::token(), &certificate, "request-1", &mut scratch) {
            let (title, content) = (info.title.unwrap_or_default(), info.desc.unwrap_or_default());
            keeps_the_rules(&composed, title, content)?;
        }
    }

    #[test]
    fn what_is_due_is_never_nothing_to_push(
        wanted in wanted(),
        certificate in certificate(),
        presence in presence(),
        (muted, no_token) in (prop::bool::weighted(0.1), prop::bool::weighted(0.1)),
        made in vec(element(), 0..4),
        saved in of(0..1200u64),
    ) {
        let elements = elements(&made);
        let token = (!no_token).then(super::token);
        let mut delivery = Delivery::new(&wanted.settings(), &certificate, token);
        (delivery.presence, delivery.muted, delivery.elements) = (presence, muted, &elements);
        delivery.saved = saved.map(Duration::from_secs);
        let (mut text, mut scratch) = ([0; TEXT_LEN], [0; SCRATCH_LEN]);
        if let Ok(due) = delivery.decide(&mut text) {
            prop_assert!(!muted && !no_token && saved.is_none_or(|saved| saved >= 600));
            match due.compose("request-1", &mut scratch) {
                Ok(composed) => prop_assert_eq!(composed.notification.check(), Ok(())),
                Err(ComposeError::Check(_)) => {}
                Err(error) => prop_assert!(false, "{}", error),
            }
        }
    }
}

/// Random wishes would prove nothing if none of them became a push, or none were refused.
#[test]
fn many_random_wishes_become_a_push_and_many_do_not() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let (wanted, certificate) = (wanted(), certificate());
    let composed = (0..300).filter(|_| {
        let wanted = wanted.new_tree(&mut runner).unwrap().current();
        let certificate = certificate.new_tree(&mut runner).unwrap().current();
        let settings = wanted.settings();
        compose(&settings, &super::token(), &certificate, "request-1", &mut [0; SCRATCH_LEN]).is_ok()
    });
    let composed = composed.count();
    assert!((30..=270).contains(&composed), "{composed} of 300");
}
