//! Deliveries of random options in random circumstances.

#[allow(dead_code)] // The fuzz target uses a part.
#[path = "../properties/pushes.rs"]
mod pushes;

use offline_push::delivery::{ComposeError, NoPush, SCRATCH_LEN, compose};
use offline_push::tim::{
    AndroidInfo, AndroidPushSettings, OfflinePushInfo, OfflinePushSettings, OfflinePushToken, PushFlag,
};
use offline_push::vivo::Certificate;
use offline_push::{ClickAction, Ext};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use pushes::{Choices, Wanted, is_delivered};

const REG_ID: &str = "12345678901234567890123";

/// Text around the limits, of characters of every length, and white space.
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

/// Everything that a sender can ask for, owned.
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

fn token() -> OfflinePushToken<'static> {
    OfflinePushToken::new(6666, REG_ID)
}

fn certificate(app_id: u64) -> Certificate<'static> {
    Certificate::new(6666, app_id, "key", "secret", ClickAction::default())
}

fn reg_id() -> impl Strategy<Value = String> {
    prop_oneof![6 => "[0-9]{23}", 1 => text()]
}

fn request_id() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-z0-9]{1,64}", 1 => text()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn settings_are_delivered_as_the_tables_say(
        wished in wished(),
        choices in any::<Choices>(),
        (text, reg_id, request_id) in (text(), reg_id(), request_id()),
    ) {
        is_delivered(choices, Wanted::of_settings(&wished.settings()), &text, &reg_id, &request_id)?;
    }

    #[test]
    fn an_info_is_delivered_as_the_tables_say(
        wished in wished(),
        choices in any::<Choices>(),
        text in text(),
    ) {
        is_delivered(choices, Wanted::of_info(&wished.info()), &text, REG_ID, "request-1")?;
    }
}

#[test]
fn an_error_says_what_it_comes_from_and_in_its_words() {
    let mut settings = OfflinePushSettings::new();
    let error = |settings: &OfflinePushSettings, app_id| {
        compose(settings, &token(), &certificate(app_id), "request-1", &mut []).unwrap_err()
    };
    let of =
        |error: ComposeError| (error.to_string(), std::error::Error::source(&error).map(ToString::to_string));
    settings.flag = Some(PushFlag::NO_PUSH);
    let (words, source) = of(error(&settings, 11178));
    assert_eq!(error(&settings, 11178), ComposeError::NoPush(NoPush::Disabled));
    assert_eq!((&words, source.as_ref()), (&NoPush::Disabled.to_string(), Some(&words)));
    settings.flag = None;

    let long = "x".repeat(200);
    settings.description = Some(&long);
    let (words, source) = of(error(&settings, 0));
    assert!(words.contains("appId") && source.as_ref() == Some(&words), "{words} {source:?}");
    let (words, source) = of(error(&settings, 11178));
    assert!(words.contains("100 bytes are needed") && source.is_some(), "{words} {source:?}");
}

/// Random options would prove nothing if none of them became a push, or if none were refused.
#[test]
fn many_random_options_become_a_push_and_many_do_not() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let wished = wished();
    let composed = (0..300).filter(|_| {
        let wished = wished.new_tree(&mut runner).unwrap().current();
        let settings = wished.settings();
        compose(&settings, &token(), &certificate(11178), "request-1", &mut [0; SCRATCH_LEN]).is_ok()
    });
    let composed = composed.count();
    assert!((30..=270).contains(&composed), "{composed} of 300");
}
