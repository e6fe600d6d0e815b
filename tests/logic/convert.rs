//! Random pushes, there and back through another form: what was not dropped comes back, and vivo is wished the same.

use crate::common::documents::messages;
use crate::common::{encoded, kind, value};
use offline_push::delivery::PushOptions;
use offline_push::json::{self, Decode, Encode};
use offline_push::tim::convert::Dropped;
use offline_push::tim::{OfflinePushInfo, OfflinePushSettings, WebPushInfo};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Longer than any vendor parameters of these tests.
const ROOM: usize = 16 * 1024;

fn room() -> &'static mut [u8] {
    Vec::leak(vec![0; ROOM])
}

fn read<T: Decode<'static>>(text: &Value) -> T {
    json::from_slice_in_place(Vec::leak(text.to_string().into_bytes())).unwrap()
}

const PARAMS: [&str; 2] = ["offline_push_config_vendor_params", "vendorParams"];
const PARTS: [&str; 8] = [
    "offline_push_config_ios_config",
    "offline_push_config_android_config",
    "offline_push_config_harmony_config",
    "AndroidInfo",
    "ApnsInfo",
    "HarmonyInfo",
    "androidInfo",
    "apnsInfo",
];

/// Numbers near those that mean something: others would hardly ever meet one.
fn near(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            number.as_i64().map_or(Value::from(0), |number| (number.rem_euclid(4)).into())
        }
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| {
                    let keeps = name == "LiveActivity" || name.contains("Param");
                    let value = if keeps { without_floats(value) } else { near(value) };
                    (name, value)
                })
                .collect(),
        ),
        other => other,
    }
}

/// `serde_json` reads a float to within its last digit, so that it may become another when it is written and read again.
fn without_floats(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => Value::from(number.to_string()),
        Value::Array(items) => items.into_iter().map(without_floats).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, without_floats(value))).collect()
        }
        other => other,
    }
}

/// Random models of a kind, as the JSON that is written of them.
fn models(name: &'static str) -> impl Strategy<Value = Value> {
    let documents = messages(kind(name).description);
    documents.prop_filter_map("a message", move |document| {
        // serde_json has no value for numbers beyond all floats.
        serde_json::from_str(&kind(name).in_place(document.as_bytes()).ok()?).ok()
    })
}

/// Vendor parameters as text: mostly good, with OPPO's as objects or as text.
fn params() -> impl Strategy<Value = String> {
    let good =
        (models("tim.vendor-params"), any::<bool>(), any::<bool>()).prop_map(|(params, as_text, newer)| {
            let mut params = near(params);
            let members = params.as_object_mut().unwrap();
            if let Some(param) = members.get_mut("oppoTitleParam").filter(|_| as_text) {
                *param = Value::from(param.to_string());
            }
            if newer && as_text {
                members.insert("newer".into(), Value::from(1));
            }
            params.to_string()
        });
    prop_oneof![8 => good, 1 => Just("{".into()), 1 => any::<String>()]
}

fn tame(name: &'static str, params_name: Option<&'static str>) -> impl Strategy<Value = Value> {
    (models(name), proptest::option::of(params())).prop_map(move |(model, params)| {
        let mut model = near(model);
        let members = model.as_object_mut().unwrap();
        if let Some(name) = params_name {
            members.remove(name);
            members.extend(params.map(|params| (name.to_owned(), Value::from(params))));
        }
        model
    })
}

/// Without what was dropped, and without what says nothing.
fn without(mut push: Value, dropped: Dropped) -> Value {
    let members = push.as_object_mut().unwrap();
    for name in dropped {
        match name.split_once('.') {
            Some((part, name)) => _ = members[part].as_object_mut().unwrap().remove(name),
            None => remove(members, name),
        }
    }
    let common = members.get("offline_push_config_title").cloned();
    forget_level(members);
    for part in PARTS {
        let Some(part) = members.get_mut(part) else { continue };
        let part = part.as_object_mut().unwrap();
        forget_level(part);
        part.retain(|name, value| {
            let default = match name.as_str() {
                "android_offline_push_config_notify_mode"
                | "PushStyle"
                | "ExtAsHuaweiIntentParam"
                | "MutableContent" => *value == 0,
                "harmony_offline_push_config_ignore_badge" => *value == false,
                _ => false,
            };
            let title = name.ends_with("_offline_push_config_title") && Some(&*value) == common.as_ref();
            // The number is the same, whichever way it is written.
            if let Some(number) =
                value.as_str().filter(|_| name == "VIVONotifyType").and_then(|text| text.parse::<i32>().ok())
            {
                *value = Value::from(number.to_string());
            }
            !default && !title && !says_nothing(value)
        });
    }
    for name in PARAMS {
        let Some(text) = members.get(name).and_then(Value::as_str) else { continue };
        // What could not be read has been dropped.
        let mut params: Value = if text.is_empty() { Value::Null } else { value(text) };
        if let Value::Object(params) = &mut params {
            params.retain(|_, value| !says_nothing(value));
            for name in ["oppoTitleParam", "oppoContentParam"] {
                let held = params.get(name).and_then(Value::as_str).map(value);
                params.extend(held.map(|held| (name.to_owned(), held)));
            }
        }
        members.insert(name.into(), params);
    }
    members.retain(|name, value| {
        let part = PARTS.contains(&name.as_str()) || PARAMS.contains(&name.as_str());
        let empty =
            value.as_object().is_some_and(Map::is_empty) || value.as_array().is_some_and(Vec::is_empty);
        let default = name == "ignoreHarmonyBadge" && *value == false;
        !default && !says_nothing(value) && !(empty && (part || name == "MultiLanguageContent"))
    });
    push
}

/// OPPO's level is what Flutter reads out of nothing, or the default where there is no category.
fn forget_level(members: &mut Map<String, Value>) {
    let names = [
        ("android_offline_push_config_oppo_notify_level", "android_offline_push_config_oppo_category"),
        ("OPPONotifyLevel", "OPPOCategory"),
        ("androidOPPONotifyLevel", "androidOPPOCategory"),
    ];
    for (level, category) in names {
        let uncategorised = members.get(category).is_none_or(says_nothing);
        if members.get(level).is_some_and(|level| *level == 0 || (*level == 2 && uncategorised)) {
            members.remove(level);
        }
    }
}

fn says_nothing(value: &Value) -> bool {
    *value == "" || value.is_null()
}

/// Takes out a member, of the parts and of the vendor parameters, too. With the parameters as a whole, all that is unknown
/// in them.
fn remove(members: &mut Map<String, Value>, name: &str) {
    const KNOWN: [&str; 5] =
        ["fcmPriority", "vivoNotifyType", "oppoTemplateId", "oppoTitleParam", "oppoContentParam"];
    for part in PARTS {
        members.get_mut(part).and_then(Value::as_object_mut).map(|part| part.remove(name));
    }
    for params in PARAMS.iter().filter(|params| **params == name || KNOWN.contains(&name)) {
        let Some(text) = members.get(*params).and_then(Value::as_str) else { continue };
        let Ok(Value::Object(mut kept)) = serde_json::from_str(text) else {
            members.remove(*params);
            return;
        };
        kept.retain(|member, _| member != name && KNOWN.contains(&member.as_str()));
        members.insert((*params).into(), Value::Object(kept).to_string().into());
    }
    if !PARAMS.contains(&name) {
        members.remove(name);
    }
}

/// The second way loses nothing: what the other form could say, it can say back.
fn comes_back<T: Encode>(
    push: Value,
    dropped: Dropped,
    back: &T,
    again: Dropped,
) -> Result<(), TestCaseError> {
    prop_assert!(again.is_empty(), "{}", again);
    let back = without(value(&encoded(back)), again);
    prop_assert_eq!(without(push, dropped), back, "dropped {}", dropped);
    Ok(())
}

/// What vivo is wished, but for what stands in no form alike: `desc` that is empty and one that is not there.
fn same_wishes(left: PushOptions<'_>, right: PushOptions<'_>, dropped: Dropped) -> Result<(), TestCaseError> {
    let matters = [
        "android_offline_push_config_title",
        "offline_push_config_flag",
        "PushFlag",
        "vivoNotifyType",
        "offline_push_config_vendor_params",
        "vendorParams",
        "AndroidInfo.VIVONotifyType",
        "MultiLanguageContent",
        "PushTemplateId",
        "BadgeAddNum",
        "BadgeSetNum",
    ];
    if !dropped.iter().any(|name| matters.contains(&name)) {
        prop_assert_eq!(left, right, "dropped {}", dropped);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn settings_come_back_from_an_info(push in tame("tim.settings", Some(PARAMS[0]))) {
        let settings: OfflinePushSettings = read(&push);
        let info = settings.to_info(room()).unwrap();
        let back = info.value.to_settings(room()).unwrap();
        comes_back(push, info.dropped, &back.value, back.dropped)?;
        same_wishes((&settings).into(), (&info.value).into(), info.dropped)?;
    }

    #[test]
    fn settings_come_back_from_the_web_form(push in tame("tim.settings", Some(PARAMS[0]))) {
        let settings: OfflinePushSettings = read(&push);
        let web = settings.to_web();
        let back = web.value.to_settings();
        prop_assert_eq!(back.value.vendor_params, settings.vendor_params);
        let unread = |mut push: Value| { push.as_object_mut().unwrap().remove(PARAMS[0]); push };
        let bare = OfflinePushSettings::clone(&back.value);
        prop_assert!(back.dropped.is_empty());
        prop_assert_eq!(without(unread(push), web.dropped), without(unread(value(&encoded(&bare))), back.dropped));
        same_wishes((&settings).into(), (&web.value).into(), web.dropped)?;
    }

    #[test]
    fn an_info_comes_back_from_settings(push in tame("tim.info", None)) {
        let info: OfflinePushInfo = read(&push);
        let settings = info.to_settings(room()).unwrap();
        let back = settings.value.to_info(room()).unwrap();
        comes_back(push, settings.dropped, &back.value, back.dropped)?;
        same_wishes((&info).into(), (&settings.value).into(), settings.dropped)?;
    }

    #[test]
    fn an_info_comes_back_from_the_web_form(push in tame("tim.info", None)) {
        let info: OfflinePushInfo = read(&push);
        let web = info.to_web(room()).unwrap();
        let back = web.value.to_info(room()).unwrap();
        comes_back(push, web.dropped, &back.value, back.dropped)?;
        same_wishes((&info).into(), (&web.value).into(), web.dropped)?;
    }

    #[test]
    fn a_web_form_comes_back_from_settings_in_flutters_spelling(push in tame("tim.web", Some(PARAMS[1]))) {
        let web: WebPushInfo = read(&push);
        let settings = web.to_settings();
        let back = settings.value.to_web();
        prop_assert!(back.dropped.is_empty(), "{}", back.dropped);
        prop_assert_eq!(back.value, web.flat());
        prop_assert_eq!(settings.dropped, web.to_settings().dropped);
        prop_assert!(web.flat().to_settings().dropped.is_empty());
        prop_assert_eq!(PushOptions::from(&web), PushOptions::from(&settings.value));
    }

    #[test]
    fn a_web_form_comes_back_from_an_info_in_flutters_spelling(push in tame("tim.web", Some(PARAMS[1]))) {
        let web: WebPushInfo = read::<WebPushInfo>(&push).flat();
        let info = web.to_info(room()).unwrap();
        let back = info.value.to_web(room()).unwrap();
        comes_back(value(&encoded(&web)), info.dropped, &back.value, back.dropped)?;
        same_wishes((&web).into(), (&info.value).into(), info.dropped)?;
    }

    #[test]
    fn either_spelling_says_the_same(push in tame("tim.web", Some(PARAMS[1]))) {
        let mut web: WebPushInfo = read(&push);
        prop_assert_eq!(web.flat().vendor_params, web.vendor_params);
        prop_assert_eq!(web.nested().vendor_params, web.vendor_params);
        web.vendor_params = None;
        let (flat, nested) = (web.flat(), web.nested());
        // Empty text gives way to nothing, which says as much.
        let silent = |web: &WebPushInfo| without(value(&encoded(web)), WebPushInfo::new().to_settings().dropped);
        prop_assert_eq!(silent(&flat.flat()), silent(&flat));
        prop_assert_eq!(silent(&nested.nested()), silent(&nested));
        prop_assert_eq!(silent(&flat.nested()), silent(&nested));
        prop_assert_eq!(silent(&nested.flat()), silent(&flat));
        prop_assert!(nested.to_settings().dropped.is_empty());
        prop_assert_eq!(PushOptions::from(&web), PushOptions::from(&flat));
    }
}

/// Random pushes would prove little if one of these never happened.
#[test]
fn most_random_settings_say_something_and_some_lose_nothing() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let pushes = tame("tim.settings", Some(PARAMS[0]));
    let (mut silent, mut whole, mut params) = (0, 0, 0);
    for _ in 0..300 {
        let settings: OfflinePushSettings = read(&pushes.new_tree(&mut runner).unwrap().current());
        let info = settings.to_info(room()).unwrap();
        silent += usize::from(info.value == OfflinePushInfo::new());
        whole += usize::from(info.dropped.is_empty());
        params +=
            usize::from(info.value.android_info.is_some_and(|android| android.vivo_notify_type.is_some()));
    }
    assert!(silent < 30 && whole > 30 && params > 30, "{silent} {whole} {params}");
}
