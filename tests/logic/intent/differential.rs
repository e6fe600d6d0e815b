//! Compares the crate with Android's reader, and reads back what it writes: random URIs, built intents, arbitrary text, damaged samples.

use offline_push::intent::{BuildError, Data, ExtraValue, Form, Intent, IntentErrorKind};
use offline_push::{ClickAction, IntentUri};
use proptest::prelude::*;
use proptest::sample::select;

use super::intents::{comes_back, holds, names_the_needed_length};
use super::samples::SAMPLES;
use super::{android, cases, strategies};

/// Why an intent has no URI, if it has none.
fn refused(intent: &Intent) -> Option<BuildError> {
    let beyond = |intent: &Intent| {
        let value = |value| matches!(value, ExtraValue::Char(character) if character.len_utf16() > 1);
        intent.extras.iter().any(|extra| value(extra.value))
    };
    let text = |data: &Option<Data>| data.map(|data| data.to_string()).filter(|data| !data.is_empty());
    let rest = |data: &Option<Data>| -> Option<String> {
        let scheme = data.unwrap().scheme()?;
        text(data).unwrap().strip_prefix(&format!("{scheme}:")).map(str::to_owned)
    };
    match (intent.form, text(&intent.data)) {
        (Form::Own { .. }, Some(data)) if data.starts_with("intent:") || data.starts_with("android-app:") => {
            return Some(BuildError::Data);
        }
        (Form::AndroidApp, _) if intent.package.is_none() => return Some(BuildError::NoPackage),
        (Form::AndroidApp, Some(_)) => {
            let place = |rest: &str| {
                let authority = rest.strip_prefix("//")?;
                authority.chars().find(|character| "/\\?#".contains(*character)).filter(|end| *end == '/')
            };
            if !rest(&intent.data).is_some_and(|rest| rest.is_empty() || place(&rest).is_some()) {
                return Some(BuildError::Data);
            }
        }
        _ => {}
    }
    if beyond(intent) {
        return Some(BuildError::NotAChar);
    }
    let selector = intent.selector?.intent();
    if intent.package.is_some() && intent.form != Form::AndroidApp {
        return Some(BuildError::SelectorAndPackage);
    }
    let more = text(&selector.data).is_some() && rest(&selector.data).is_none_or(|rest| !rest.is_empty());
    if more { Some(BuildError::Data) } else { beyond(&selector).then_some(BuildError::NotAChar) }
}

/// A screen is a URI that a phone can read, with another scheme than the web's.
fn is_a_screen_or_none(uri: &str) -> Result<(), TestCaseError> {
    let clean = !uri.chars().any(|character| character == ' ' || character.is_control());
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    let named = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-._".contains(letter))
        && !["http", "https"].contains(&scheme.to_lowercase().as_str());
    let screen = IntentUri::try_new(uri);
    prop_assert_eq!(screen.is_ok(), clean && named && android::parse_uri(uri).is_ok(), "{}", uri);
    if let Ok(intent) = screen {
        prop_assert_eq!((intent.as_str(), intent.intent()), (uri, Intent::parse(uri)));
        prop_assert_eq!(ClickAction::OpenScreen { intent, ext: None }.skip_content(), Some(uri));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn parse_random_uri(uri in strategies::uri(), other in strategies::uri(), mutation in strategies::mutation()) {
        holds(&format!("{uri}\n{other}"))?;
        holds(&format!("{uri}\n{}", mutation.apply(&uri)))?;
        is_a_screen_or_none(&uri)?;
    }

    #[test]
    fn parse_any_text(text in any::<String>(), fields in "[SBbcdfils.aend=;%/ 0-9]{0,30}") {
        let text = text.replace('\n', "");
        holds(&text)?;
        holds(&format!("{text}#Intent;{fields}"))?;
        holds(&format!("intent:{text}#Intent;{fields};S.a={text};end"))?;
    }

    #[test]
    fn parse_damaged_sample((uri, _) in select(SAMPLES), mutation in strategies::mutation()) {
        holds(&mutation.apply(uri))?;
    }

    #[test]
    fn to_uri_of_a_built_intent(intent in strategies::intent()) {
        if let Some(error) = refused(&intent) {
            prop_assert_eq!(intent.uri_len(), Err(error));
            prop_assert_eq!(intent.to_uri(&mut [0; 4]).map(str::len), Err(error));
            return Ok(());
        }
        comes_back(&intent)?;
        let uri = super::written(&intent);
        is_a_screen_or_none(&uri)?;
        if uri.len() < 60 {
            names_the_needed_length(&intent)?;
        }
    }

    #[test]
    fn data_host_and_path_are_androids(
        uri in "[a-z]{0,3}:?/{0,3}([a-z@:0-9./?#\\[\\]\\\\-]|%2F){0,12}",
    ) {
        let data = Data::new(&uri);
        // Android takes any text before a `:` for a scheme.
        let scheme = uri.split_once(':').map(|(scheme, _)| scheme);
        if data.scheme().map(|scheme| scheme.to_string()).as_deref() == scheme {
            prop_assert_eq!(data.host(), android::host(&uri), "{}", uri);
            prop_assert_eq!(data.path(), android::path(&uri), "{}", uri);
        }
        prop_assert_eq!(data.to_string(), uri);
    }
}

/// The strategy is useful only if it makes enough of each.
#[test]
fn random_uris_are_of_every_kind() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    use std::collections::HashMap;

    let mut runner = TestRunner::deterministic();
    let mut seen: HashMap<Option<IntentErrorKind>, usize> = HashMap::new();
    let mut rich = 0;
    for _ in 0..3000 {
        let uri = strategies::uri().new_tree(&mut runner).unwrap().current();
        let read = Intent::parse(&uri);
        *seen.entry(read.map_err(|error| error.kind()).err()).or_default() += 1;
        rich += usize::from(read.is_ok_and(|intent| intent.selector.is_some() && !intent.extras.is_empty()));
    }
    let count = |kind| seen.get(&kind).copied().unwrap_or_default();
    assert!(count(None) > 1000 && rich > 50, "{seen:?} {rich}");
    use IntentErrorKind::*;
    for kind in [NoEnd, UnknownField, NoValue, NotANumber, NotAChar, NoPackage, LegacyForm] {
        assert!(count(Some(kind)) > 5, "{kind:?} {seen:?}");
    }
}
