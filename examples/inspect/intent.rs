//! Inspects an intent URI: prints it as the crate writes it, or in parts.

use offline_push::intent::{BuildError, ExtraValue, Form, Intent};
use serde_json::{Map, Value, json};

/// The URI as the crate writes it.
pub(crate) fn canonical(intent: &Intent<'_>) -> Result<String, BuildError> {
    let mut buffer = vec![0; intent.uri_len()?];
    intent.to_uri(&mut buffer).map(str::to_owned)
}

/// The parts of the intent, as one JSON object.
pub(crate) fn parts(intent: &Intent<'_>) -> Value {
    let mut parts = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            parts.insert(name.into(), value);
        }
    };
    let text = |text: &dyn ToString| Value::String(text.to_string());
    let form = match intent.form {
        Form::Intent => Some("intent"),
        Form::Own { .. } => Some("own scheme"),
        Form::AndroidApp => Some("android-app"),
        _ => None,
    };
    put("form", form.map(Value::from));
    put("data", intent.data.map(|data| text(&data)));
    put("scheme", intent.data.and_then(|data| data.scheme()).map(|scheme| text(&scheme)));
    put("host", intent.data.and_then(|data| data.host()).map(Value::from));
    put("path", intent.data.map(|data| data.path()).filter(|path| !path.is_empty()).map(Value::from));
    put("action", intent.effective_action().map(|action| text(&action)));
    let categories: Vec<Value> = intent.categories.iter().map(|category| text(&category)).collect();
    put("categories", (!categories.is_empty()).then_some(Value::Array(categories)));
    put("type", intent.mime_type.map(|kind| text(&kind)));
    put("identifier", intent.identifier.map(|identifier| text(&identifier)));
    for (name, bits) in [("launchFlags", intent.flags.bits()), ("extendedLaunchFlags", intent.extended_flags)]
    {
        put(name, (bits != 0).then(|| format!("{bits:#x}").into()));
    }
    put("package", intent.package.map(|package| text(&package)));
    let component = intent.component.map(|component| {
        json!({"package": text(&component.package()), "class": component.class_name().collect::<String>()})
    });
    put("component", component);
    let bounds = intent.source_bounds.map(|side| json!([side.left, side.top, side.right, side.bottom]));
    put("sourceBounds", bounds);
    let extras: Vec<Value> = intent
        .extras
        .iter()
        .map(|extra| json!({"type": kind(&extra.value), "key": text(&extra.key), "value": value(&extra.value)}))
        .collect();
    put("extras", (!extras.is_empty()).then_some(Value::Array(extras)));
    put("selector", intent.selector.map(|selector| self::parts(&selector.intent())));
    Value::Object(parts)
}

fn kind(value: &ExtraValue<'_>) -> &'static str {
    match value {
        ExtraValue::String(_) => "String",
        ExtraValue::Boolean(_) => "boolean",
        ExtraValue::Byte(_) => "byte",
        ExtraValue::Char(_) => "char",
        ExtraValue::Double(_) => "double",
        ExtraValue::Float(_) => "float",
        ExtraValue::Int(_) => "int",
        ExtraValue::Long(_) => "long",
        ExtraValue::Short(_) => "short",
        _ => "other",
    }
}

fn value(value: &ExtraValue<'_>) -> Value {
    match value {
        ExtraValue::String(text) => text.to_string().into(),
        ExtraValue::Boolean(value) => (*value).into(),
        ExtraValue::Byte(value) => (*value).into(),
        ExtraValue::Char(value) => value.to_string().into(),
        // As text: JSON has no NaN, and not every digit of a float.
        ExtraValue::Double(value) | ExtraValue::Float(value) => value.to_string().into(),
        ExtraValue::Int(value) => (*value).into(),
        ExtraValue::Long(value) => (*value).into(),
        ExtraValue::Short(value) => (*value).into(),
        _ => Value::Null,
    }
}
