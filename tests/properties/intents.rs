//! What holds for any text that may be an intent: the crate reads what Android reads, and writes an intent that both read as the
//! same one.

use offline_push::BufferFull;
use offline_push::intent::{BuildError, ExtraValue, Form, Intent, Selector};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::android::{self, Read, Value};

/// The intent as the crate writes it.
pub(crate) fn written(intent: &Intent) -> String {
    let mut buffer = vec![0; intent.uri_len().expect("an intent that can be written")];
    intent.to_uri(&mut buffer).expect("as long as uri_len says").to_owned()
}

/// The parts of an intent as the reference has them.
pub(crate) fn parts(intent: &Intent) -> Read {
    let mut categories: Vec<_> = intent.categories.iter().map(|category| category.to_string()).collect();
    categories.sort();
    let mut extras: Vec<_> =
        intent.extras.iter().map(|extra| (extra.key.to_string(), value(&extra.value))).collect();
    extras.sort_by(|one, other| one.0.cmp(&other.0));
    let text = |text: Option<offline_push::intent::Text>| text.map(|text| text.to_string());
    Read {
        data: intent.data.map(|data| data.to_string()).filter(|data| !data.is_empty()),
        action: text(intent.effective_action()),
        categories,
        mime_type: text(intent.mime_type),
        identifier: text(intent.identifier),
        flags: intent.flags.bits().cast_signed(),
        extended_flags: intent.extended_flags.cast_signed(),
        package: text(intent.package),
        component: intent
            .component
            .map(|component| (component.package().to_string(), component.class_name().collect())),
        bounds: intent.source_bounds.map(|bounds| [bounds.left, bounds.top, bounds.right, bounds.bottom]),
        extras,
        selector: intent.selector.map(|selector| Box::new(parts(&selector.intent()))),
    }
}

fn value(value: &ExtraValue) -> Value {
    match value {
        ExtraValue::String(text) => Value::String(text.to_string()),
        ExtraValue::Boolean(value) => Value::Boolean(*value),
        ExtraValue::Byte(value) => Value::Byte(*value),
        ExtraValue::Char(value) => Value::Char(*value),
        ExtraValue::Double(number) => Value::Double(number.to_string()),
        ExtraValue::Float(number) => Value::Float(number.to_string()),
        ExtraValue::Int(value) => Value::Int(*value),
        ExtraValue::Long(value) => Value::Long(*value),
        ExtraValue::Short(value) => Value::Short(*value),
        other => unreachable!("{other:?}"),
    }
}

/// The crate and Android read the same, or both refuse for the same reason.
pub(crate) fn is_read_as_android_reads_it(uri: &str) -> TestCaseResult {
    let read = Intent::parse(uri);
    let parts = read.as_ref().map(parts).map_err(|error| error.kind());
    prop_assert_eq!(parts, android::parse_uri(uri), "{}", uri);
    if let Err(error) = read {
        prop_assert!(
            error.offset() <= uri.len() && uri.is_char_boundary(error.offset()),
            "{} {}",
            error,
            uri
        );
    }
    Ok(())
}

/// The crate and Android read an intent that can be written as the same intent, and its text stays as it is.
pub(crate) fn comes_back(intent: &Intent) -> TestCaseResult {
    let uri = written(intent);
    let read = Intent::parse(&uri);
    prop_assert_eq!(read.as_ref(), Ok(intent), "{}", uri);
    prop_assert_eq!(written(&read.unwrap()), &*uri);
    prop_assert_eq!(android::parse_uri(&uri), Ok(parts(intent)), "{}", uri);
    prop_assert!(intent.form != Form::Intent || uri.starts_with("intent:"));
    Ok(())
}

/// An intent can be written in another form, too, if that form has a place for all of it.
pub(crate) fn comes_back_in_another_form(intent: &Intent, form: Form) -> TestCaseResult {
    let mut intent = *intent;
    intent.form = form;
    let Ok(length) = intent.uri_len() else { return Ok(()) };
    let text = written(&intent);
    prop_assert_eq!(text.len(), length);
    prop_assert_eq!(Intent::parse(&text), Ok(intent), "{}", text);
    Ok(())
}

/// The selector is an intent of its own that has no URI, and builds the same selector again.
pub(crate) fn selector_comes_back(intent: &Intent) -> TestCaseResult {
    let Some(selector) = intent.selector else { return Ok(()) };
    let selected = selector.intent();
    prop_assert_eq!(selected.form, Form::Selector);
    prop_assert_eq!(selected.uri_len(), Err(BuildError::Data));
    prop_assert_eq!(Selector::new(intent).intent().selector, None, "there is one behind SEL, and no more");
    let mut other = *intent;
    other.selector = Some(Selector::new(&selected));
    prop_assert_eq!(written(&other), written(intent));
    prop_assert_eq!(other, *intent);
    Ok(())
}

/// If a buffer is too short, by any length, the error says the needed length.
pub(crate) fn names_the_needed_length(intent: &Intent) -> TestCaseResult {
    let Ok(needed) = intent.uri_len() else { return Ok(()) };
    let full = Err(BuildError::BufferFull(BufferFull { needed }));
    let mut buffer = vec![0; needed + 7];
    for length in 0..needed {
        prop_assert_eq!(intent.to_uri(&mut buffer[..length]), full);
    }
    prop_assert_eq!(intent.to_uri(&mut buffer[..needed]).map(str::len), Ok(needed));
    prop_assert_eq!(intent.to_uri(&mut buffer).map(str::to_owned), Ok(written(intent)));
    Ok(())
}

pub(crate) const FORMS: &[Form] = &[Form::Intent, Form::Own { scheme: None }, Form::AndroidApp];

/// Checks all of this for the first line. Also checks that the rest is an equal intent if and only if Android reads the same from both.
pub(crate) fn holds(lines: &str) -> TestCaseResult {
    let (uri, other) = lines.split_once('\n').unwrap_or((lines, ""));
    is_read_as_android_reads_it(uri)?;
    let Ok(intent) = Intent::parse(uri) else { return Ok(()) };
    comes_back(&intent)?;
    selector_comes_back(&intent)?;
    for form in FORMS {
        comes_back_in_another_form(&intent, *form)?;
    }
    if uri.len() < 100 {
        names_the_needed_length(&intent)?;
    }
    let Ok(other) = Intent::parse(other) else { return Ok(()) };
    prop_assert_eq!(intent == other, intent.form == other.form && parts(&intent) == parts(&other));
    Ok(())
}
