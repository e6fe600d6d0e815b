//! There and back: built intents, arbitrary text, damaged samples.

use offline_push::intent::{BuildError, Data, ExtraValue, Form, Intent};
use proptest::prelude::*;
use proptest::sample::select;

use super::intents::{
    FORMS, comes_back, comes_back_in_another_form, is_read_as_android_reads_it, names_the_needed_length,
    selector_comes_back,
};
use super::{cases, strategies};

/// Why an intent has no URI, if it has none.
fn refused(intent: &Intent) -> Option<BuildError> {
    let selector = intent.selector.map(|selector| selector.intent());
    let beyond = |intent: &Intent| {
        intent
            .extras
            .iter()
            .any(|extra| matches!(extra.value, ExtraValue::Char(character) if character.len_utf16() > 1))
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
    let selector = selector?;
    if intent.package.is_some() && intent.form != Form::AndroidApp {
        return Some(BuildError::SelectorAndPackage);
    }
    let more = text(&selector.data).is_some() && rest(&selector.data).is_none_or(|rest| !rest.is_empty());
    if more { Some(BuildError::Data) } else { beyond(&selector).then_some(BuildError::NotAChar) }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn a_built_intent_comes_back_or_has_no_uri(intent in strategies::intent()) {
        match refused(&intent) {
            Some(error) => {
                prop_assert_eq!(intent.uri_len(), Err(error));
                prop_assert_eq!(intent.to_uri(&mut [0; 4]).map(str::len), Err(error));
            }
            None => comes_back(&intent)?,
        }
    }

    #[test]
    fn what_was_read_can_be_written(uri in strategies::uri()) {
        if let Ok(intent) = Intent::parse(&uri) {
            comes_back(&intent)?;
        }
    }

    #[test]
    fn any_text_that_can_be_read_can_be_written(text in any::<String>(), fields in "[SBbcdfils.aend=;%/ 0-9]{0,30}") {
        for uri in [&text, &format!("{text}#Intent;{fields}"), &format!("intent:{text}#Intent;S.a={text};end")] {
            if let Ok(intent) = Intent::parse(uri) {
                comes_back(&intent)?;
            }
        }
    }

    #[test]
    fn damaged_samples_are_read_as_android_reads_them_and_written(
        uri in select(SAMPLES),
        mutation in strategies::mutation(),
    ) {
        let uri = mutation.apply(uri);
        is_read_as_android_reads_it(&uri)?;
        if let Ok(intent) = Intent::parse(&uri) {
            comes_back(&intent)?;
        }
    }

    #[test]
    fn an_intent_in_another_form_is_written_as_well(uri in strategies::uri(), form in select(FORMS)) {
        let Ok(intent) = Intent::parse(&uri) else { return Ok(()) };
        comes_back_in_another_form(&intent, form)?;
    }

    #[test]
    fn a_selector_is_written_as_it_was_read(uri in strategies::uri()) {
        let Ok(intent) = Intent::parse(&uri) else { return Ok(()) };
        selector_comes_back(&intent)?;
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_short_buffer_names_the_needed_length(intent in strategies::intent()) {
        names_the_needed_length(&intent)?;
    }
}

const SAMPLES: &[&str] = &[
    "intent://com.tencent.qcloud.tim/detail?title=testTitle#Intent;scheme=pushscheme;launchFlags=0x4000000;\
     component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
    "tencent_im_push://com.example.app/message?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end",
    "intent://io.dcloud.unipush/?#Intent;scheme=unipush;launchFlags=0x4000000;S.UP-OL-SU=true;S.title=标题;end",
    "intent:#Intent;component=com.vivo/.Act;B.b=true;b.b=-1;c.c=%41;d.d=1.5;f.f=0x1p3;i.i=+1;l.l=1;s.s=1;end",
    "intent:#Intent;sourceBounds=1%20-2%203%204;extendedLaunchFlags=010;SEL;scheme=mailto;action=a;S.a=b;end",
    "android-app://com.x/http/host/p?q#Intent;action=a;category=b;end",
];
