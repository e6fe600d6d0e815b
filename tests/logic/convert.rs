//! Random pushes, through another form and back: the way back drops nothing, and from then on nothing changes.

use std::fmt::Debug;

use crate::common::documents::messages;
use crate::common::encoded;
use offline_push::delivery::PushOptions;
use offline_push::json::{self, Decode, Message};
use offline_push::tim::convert::Converted;
use offline_push::tim::{
    JavaPushInfo, OfflinePushInfo, OfflinePushSettings, VendorParams, WebPushInfo, detect,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

type Settings = OfflinePushSettings<'static>;
type Info = OfflinePushInfo<'static>;
type Web = WebPushInfo<'static>;
type Java = JavaPushInfo<'static>;

/// What a form asks of vivo.
trait Asks {
    fn options(&self) -> PushOptions<'static>;
}

impl Asks for Settings {
    fn options(&self) -> PushOptions<'static> {
        self.into()
    }
}

impl Asks for Info {
    fn options(&self) -> PushOptions<'static> {
        self.into()
    }
}

impl Asks for Web {
    fn options(&self) -> PushOptions<'static> {
        self.into()
    }
}

impl Asks for Java {
    fn options(&self) -> PushOptions<'static> {
        (&self.to_settings(room()).unwrap().value).into()
    }
}

/// Longer than any vendor parameters of these tests.
fn room() -> &'static mut [u8] {
    Vec::leak(vec![0; 16 * 1024])
}

fn read<T: Decode<'static>>(push: &Value) -> T {
    json::from_slice_in_place(Vec::leak(push.to_string().into_bytes())).unwrap()
}

/// Numbers near those that have a meaning: random numbers would hardly ever be one of them. No text is empty, because that means the
/// same as no text. OPPO's level is never one that means nothing.
fn near(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_i64().map_or(0, |number| number.rem_euclid(4)).into(),
        Value::Object(members) => {
            let member = |(name, value): (String, Value)| {
                let keeps = name == "LiveActivity" || name.contains("Param");
                let level = name.ends_with("OPPONotifyLevel") || name.ends_with("oppo_notify_level");
                let value = if keeps { value } else { near(value) };
                (name, if level { 16.into() } else { value })
            };
            Value::Object(members.into_iter().filter(|(_, value)| value != "").map(member).collect())
        }
        other => other,
    }
}

/// Random models, as JSON.
fn models<M: Message>() -> impl Strategy<Value = Value> {
    messages(<M::Of<'static> as Decode>::DESCRIPTION).prop_filter_map("a message", |document| {
        let mut document = document.into_bytes();
        let model = json::from_slice_in_place::<M::Of<'_>>(&mut document).ok()?;
        // `serde_json` has no value for numbers beyond all floats.
        Some(near(serde_json::from_str(&encoded(&model)).ok()?))
    })
}

/// Vendor parameters as text: mostly good, with OPPO's as objects or as text, and with a newer one.
fn params() -> impl Strategy<Value = String> {
    let good = (models::<VendorParams<'static>>(), any::<bool>(), any::<bool>());
    let good = good.prop_map(|(mut params, as_text, newer)| {
        let members = params.as_object_mut().unwrap();
        if let Some(param) = members.get_mut("oppoTitleParam").filter(|_| as_text) {
            *param = param.to_string().into();
        }
        members.extend((newer && as_text).then(|| ("newer".to_owned(), 1.into())));
        params.to_string()
    });
    prop_oneof![8 => good, 1 => Just("{".into()), 1 => any::<String>()]
}

fn with_params<M: Message>(params_name: &'static str) -> impl Strategy<Value = Value> {
    (models::<M>(), proptest::option::of(params())).prop_map(move |(mut model, params)| {
        let members = model.as_object_mut().unwrap();
        members.remove(params_name);
        members.extend(params.map(|params| (params_name.to_owned(), params.into())));
        model
    })
}

fn settings() -> impl Strategy<Value = Value> {
    with_params::<Settings>("offline_push_config_vendor_params")
}

fn web() -> impl Strategy<Value = Value> {
    with_params::<Web>("vendorParams")
}

fn java() -> impl Strategy<Value = Value> {
    with_params::<Java>("vendorParams")
}

/// If nothing was dropped, both forms ask the same of vivo.
fn comes_back<A: PartialEq + Debug + Asks, B: PartialEq + Debug + Asks>(
    push: &A,
    there: impl Fn(&A) -> Converted<B>,
    back: impl Fn(&B) -> Converted<A>,
) -> TestCaseResult {
    let once = there(push);
    let returned = back(&once.value);
    let again = there(&returned.value);
    prop_assert!(returned.dropped.is_empty() && again.dropped.is_empty(), "{}", returned.dropped);
    prop_assert_eq!(&again.value, &once.value);
    prop_assert_eq!(back(&again.value).value, returned.value);
    prop_assert_eq!(again.value.options(), once.value.options());
    if once.dropped.is_empty() {
        prop_assert_eq!(push.options(), once.value.options());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn settings_come_back_from_all_forms(push in settings()) {
        let push: Settings = read(&push);
        comes_back(&push, |it| it.to_info(room()).unwrap(), |info: &Info| info.to_settings(room()).unwrap())?;
        comes_back(&push, Settings::to_web, Web::to_settings)?;
        comes_back(&push, Settings::to_java, |java: &Java| java.to_settings(room()).unwrap())?;
        // The Java object has a place for everything.
        prop_assert!(push.to_java().dropped.is_empty());
    }

    #[test]
    fn info_comes_back_from_all_forms(push in models::<Info>()) {
        let push: Info = read(&push);
        comes_back(&push, |it| it.to_settings(room()).unwrap(), |it: &Settings| it.to_info(room()).unwrap())?;
        comes_back(&push, |it| it.to_web(room()).unwrap(), |web: &Web| web.to_info(room()).unwrap())?;
        comes_back(&push, |it| it.to_java(room()).unwrap(), |java: &Java| java.to_info(room()).unwrap())?;
    }

    #[test]
    fn java_object_comes_back_from_all_forms(push in java()) {
        let push: Java = read(&push);
        comes_back(&push, |it| it.to_settings(room()).unwrap(), Settings::to_java)?;
        comes_back(&push, |it| it.to_info(room()).unwrap(), |info: &Info| info.to_java(room()).unwrap())?;
        comes_back(&push, |it| it.to_web(room()).unwrap(), Web::to_java)?;
    }

    /// Whatever an object of a form says, `detect` finds no other form for it.
    #[test]
    fn detect_finds_the_form_or_none(
        (name, push) in prop_oneof![
            settings().prop_map(|push| ("tim.settings", push)),
            models::<Info>().prop_map(|push| ("tim.info", push)),
            java().prop_map(|push| ("tim.java", push)),
        ]
    ) {
        // The web form may have all members that an object has in its own form.
        let form = detect(&push.to_string()).map(|form| form.name());
        prop_assert!(form.is_none_or(|form| form == name || form == "tim.web"), "{form:?}");
    }

    #[test]
    fn web_form_comes_back_in_flutters_spelling(push in web()) {
        let push: Web = read(&push);
        let back = push.to_settings().value.to_web();
        prop_assert_eq!((back.value, back.dropped.is_empty()), (push.flat(), true));
        prop_assert!(push.flat().to_settings().dropped.is_empty());
        prop_assert_eq!(PushOptions::from(&push), PushOptions::from(&push.to_settings().value));
        comes_back(&push.flat(), |it| it.to_info(room()).unwrap(), |info: &Info| info.to_web(room()).unwrap())?;
    }

    #[test]
    fn web_form_says_the_same_in_either_spelling(push in web()) {
        let push: Web = read(&push);
        let (flat, nested) = (push.flat(), push.nested());
        prop_assert_eq!((nested.vendor_params, flat.vendor_params), (push.vendor_params, push.vendor_params));
        prop_assert_eq!((flat.flat(), nested.nested()), (flat.clone(), nested.clone()));
        prop_assert_eq!((flat.nested().flat(), nested.flat().nested()), (nested.flat(), flat.nested()));
        prop_assert!(nested.to_settings().dropped.is_empty());
        prop_assert_eq!(PushOptions::from(&push), PushOptions::from(&flat));
    }
}

/// Random pushes would prove little if one of these cases never happened.
#[test]
fn random_settings_say_something_and_lose_little() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let (mut runner, pushes) = (TestRunner::deterministic(), settings());
    let (mut silent, mut whole, mut params) = (0, 0, 0);
    for _ in 0..300 {
        let settings: Settings = read(&pushes.new_tree(&mut runner).unwrap().current());
        let info = settings.to_info(room()).unwrap();
        silent += usize::from(info.value == Info::new());
        whole += usize::from(info.dropped.is_empty());
        params += usize::from(info.value.android_info.is_some_and(|it| it.vivo_notify_type.is_some()));
    }
    assert!(silent < 30 && whole > 30 && params > 30, "{silent} {whole} {params}");
}
