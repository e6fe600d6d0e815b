//! Random pushes, through another form and back: the way back drops nothing, and from then on nothing changes.

use std::fmt::Debug;

use crate::common::documents::messages;
use crate::common::kind;
use offline_push::delivery::PushOptions;
use offline_push::json::{self, Decode};
use offline_push::tim::convert::Converted;
use offline_push::tim::{OfflinePushInfo, OfflinePushSettings, WebPushInfo};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

type Settings = OfflinePushSettings<'static>;
type Info = OfflinePushInfo<'static>;
type Web = WebPushInfo<'static>;

/// Longer than any vendor parameters of these tests.
fn room() -> &'static mut [u8] {
    Vec::leak(vec![0; 16 * 1024])
}

fn read<T: Decode<'static>>(push: &Value) -> T {
    json::from_slice_in_place(Vec::leak(push.to_string().into_bytes())).unwrap()
}

/// Numbers near those that mean something: others would hardly ever meet one. No text is empty, which says as much as none, and
/// OPPO's level is none of those that say nothing.
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

/// Random models of a kind, as JSON.
fn models(name: &'static str) -> impl Strategy<Value = Value> {
    messages(kind(name).description).prop_filter_map("a message", move |document| {
        // serde_json has no value for numbers beyond all floats.
        let model = serde_json::from_str(&kind(name).in_place(document.as_bytes()).ok()?).ok()?;
        Some(near(model))
    })
}

/// Vendor parameters as text: mostly good, with OPPO's as objects or as text, and with a newer one.
fn params() -> impl Strategy<Value = String> {
    let good = (models("tim.vendor-params"), any::<bool>(), any::<bool>());
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

fn with_params(name: &'static str, params_name: &'static str) -> impl Strategy<Value = Value> {
    (models(name), proptest::option::of(params())).prop_map(move |(mut model, params)| {
        let members = model.as_object_mut().unwrap();
        members.remove(params_name);
        members.extend(params.map(|params| (params_name.to_owned(), params.into())));
        model
    })
}

fn settings() -> impl Strategy<Value = Value> {
    with_params("tim.settings", "offline_push_config_vendor_params")
}

fn web() -> impl Strategy<Value = Value> {
    with_params("tim.web", "vendorParams")
}

/// Vivo is asked for the same where nothing was dropped.
fn comes_back<A: PartialEq + Debug, B: PartialEq + Debug>(
    push: &A,
    there: impl Fn(&A) -> Converted<B>,
    back: impl Fn(&B) -> Converted<A>,
) -> TestCaseResult
where
    for<'p> PushOptions<'static>: From<&'p A> + From<&'p B>,
{
    let once = there(push);
    let returned = back(&once.value);
    let again = there(&returned.value);
    prop_assert!(returned.dropped.is_empty() && again.dropped.is_empty(), "{}", returned.dropped);
    prop_assert_eq!(&again.value, &once.value);
    prop_assert_eq!(back(&again.value).value, returned.value);
    prop_assert_eq!(PushOptions::from(&again.value), PushOptions::from(&once.value));
    if once.dropped.is_empty() {
        prop_assert_eq!(PushOptions::from(push), PushOptions::from(&once.value));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn settings_come_back_from_both_forms(push in settings()) {
        let push: Settings = read(&push);
        comes_back(&push, |it| it.to_info(room()).unwrap(), |info: &Info| info.to_settings(room()).unwrap())?;
        comes_back(&push, Settings::to_web, Web::to_settings)?;
    }

    #[test]
    fn info_comes_back_from_both_forms(push in models("tim.info")) {
        let push: Info = read(&push);
        comes_back(&push, |it| it.to_settings(room()).unwrap(), |it: &Settings| it.to_info(room()).unwrap())?;
        comes_back(&push, |it| it.to_web(room()).unwrap(), |web: &Web| web.to_info(room()).unwrap())?;
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

/// Random pushes would prove little if one of these never happened.
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
