//! What is refused, why, and where.

use offline_push::BufferFull;
use offline_push::intent::IntentErrorKind::*;
use offline_push::intent::{
    BuildError, Categories, Component, Data, ExtraValue, Extras, Form, Intent, IntentErrorKind, IntentExtra,
    MAX_ENTRIES, Number, Selector, Text,
};

/// The `^` in front of which the error stands is not part of the URI.
fn refused(marked: &str, kind: IntentErrorKind) {
    let (before, behind) = marked.split_once('^').expect("a mark");
    let uri = format!("{before}{behind}");
    let error = Intent::parse(&uri).expect_err(&uri);
    assert_eq!((error.kind(), error.offset()), (kind, before.len()), "{marked}");
    assert_eq!(error.to_string(), format!("{} at byte {}", kind.description(), before.len()));
}

#[test]
fn an_error_names_its_kind_and_its_place() {
    for (marked, kind) in [
        ("intent:#Intent;^", NoEnd),
        ("intent:#Intent;^en", NoEnd),
        ("intent:#Intent;^END", NoEnd),
        ("intent:#Intent;action=a;^S.a=b", NoEnd),
        ("intent:#Intent;SEL;^", NoEnd),
        ("标#Intent;S.题=题;^x", NoEnd),
        ("a:b#Intent;^ end", NoEnd),
        ("android-app://p#Intent;^", NoEnd),
        ("intent:#Intent;^;end", UnknownField),
        ("intent:#Intent;^=;end", UnknownField),
        ("intent:#Intent;^launchHwFlags=0x1;end", UnknownField),
        ("intent:#Intent;^Action=a;end", UnknownField),
        ("intent:#Intent;^action;end", UnknownField),
        ("intent:#Intent;^category;S.a=b;end", UnknownField),
        ("intent:#Intent;^SEL=;end", UnknownField),
        ("intent:#Intent;^ SEL;end", UnknownField),
        ("intent:#Intent;^S=a;end", UnknownField),
        ("intent:#Intent;^Sa=a;end", UnknownField),
        ("intent:#Intent;^S;end", UnknownField),
        ("intent:#Intent;^x.a=a;end", UnknownField),
        ("intent:#Intent;^é.a=a;end", UnknownField),
        ("intent:#Intent;scheme=a;SEL;^x.a=a;SEL;end", UnknownField),
        ("intent:#Intent;^S.;end", NoValue),
        ("intent:#Intent;^S.a;end", NoValue),
        ("intent:#Intent;^i.a;S.b=c;end", NoValue),
        ("intent:#Intent;launchFlags=^;end", NotANumber),
        ("intent:#Intent;launchFlags=^0x80000000;end", NotANumber),
        ("intent:#Intent;launchFlags=^08;end", NotANumber),
        ("intent:#Intent;extendedLaunchFlags=^0x;end", NotANumber),
        ("intent:#Intent;sourceBounds=^1 2 3 2147483648;end", NotANumber),
        ("intent:#Intent;b.a=^128;end", NotANumber),
        ("intent:#Intent;b.a=^-129;end", NotANumber),
        ("intent:#Intent;s.a=^32768;end", NotANumber),
        ("intent:#Intent;i.a=^2147483648;end", NotANumber),
        ("intent:#Intent;i.a=^-2147483649;end", NotANumber),
        ("intent:#Intent;i.a=^0x1;end", NotANumber),
        ("intent:#Intent;i.标=^1%20;end", NotANumber),
        ("intent:#Intent;l.a=^9223372036854775808;end", NotANumber),
        ("intent:#Intent;d.a=^;end", NotANumber),
        ("intent:#Intent;f.a=^1,5;end", NotANumber),
        ("intent:#Intent;i.a=^\u{661};end", NotANumber),
        ("intent:#Intent;SEL;i.a=^x;SEL;end", NotANumber),
        ("intent:#Intent;c.a=^;end", NotAChar),
        ("intent:#Intent;c.a=^😀;end", NotAChar),
        ("intent:#Intent;c.a=^\u{10000};end", NotAChar),
        ("intent:#Intent;c.a=^%F0%9F%98%80;end", NotAChar),
        ("android-app:^", NoPackage),
        ("android-app:/^", NoPackage),
        ("android-app:/^#Intent;end", NoPackage),
        ("android-app:^#Intent;S.a=b;end", NoPackage),
        ("a:b^#action(VIEW)", LegacyForm),
        ("^#categories(a)", LegacyForm),
        ("#Intent;end^#type(a)", LegacyForm),
        ("标^#launchFlags(4)", LegacyForm),
        ("intent:^#component(a!b)", LegacyForm),
        ("a:b^#extras(Sa=b)", LegacyForm),
    ] {
        refused(marked, kind);
    }
}

#[test]
fn the_first_error_counts() {
    refused("android-app:#Intent;i.a=^x;end", NotANumber);
    refused("intent:#Intent;^x=1;i.a=x;", UnknownField);
}

#[test]
fn an_error_in_words() {
    let words = |uri| Intent::parse(uri).unwrap_err().to_string();
    assert_eq!(words("intent:#Intent;S.a=b"), "a field without `;`, or no `end`, at byte 15");
    assert_eq!(words("intent:#Intent;x=1;end"), "unknown field or type of extra at byte 15");
    assert_eq!(words("intent:#Intent;S.a;end"), "an extra without value at byte 15");
    assert_eq!(words("intent:#Intent;i.a=b;end"), "not a number of the field's type at byte 19");
    assert_eq!(words("intent:#Intent;c.a=;end"), "not one character at byte 19");
    assert_eq!(words("android-app:"), "no package behind android-app: at byte 12");
    assert_eq!(words("a#action(b)"), "the old form #action(…) is not supported, at byte 1");
    let many = format!("intent:#Intent;{}end", "category=a;".repeat(MAX_ENTRIES + 1));
    assert_eq!(words(&many), format!("too many extras or categories at byte {}", 15 + 11 * MAX_ENTRIES));
}

#[test]
fn entries_are_counted_by_kind_and_part() {
    let fields = |name: &str, count| format!("{name}=1;").repeat(count);
    let most = format!("{}{}", fields("S.a", MAX_ENTRIES), fields("category", MAX_ENTRIES));
    let uri = format!("intent:#Intent;{most}type=a;type=b;SEL;{most}SEL;{most}end");
    let intent = Intent::parse(&uri).unwrap();
    assert_eq!((intent.extras.iter().count(), intent.categories.iter().count()), (1, 1));
    for name in ["S.a", "category"] {
        for before in ["", "type=a;", "SEL;", "SEL;type=a;SEL;"] {
            let head = format!("intent:#Intent;{before}{}", fields(name, MAX_ENTRIES));
            assert!(Intent::parse(&format!("{head}end")).is_ok());
            refused(&format!("{head}^{name}=1;end"), TooMany);
        }
    }
}

#[test]
fn as_many_entries_are_written_as_are_read() {
    let keys: Vec<_> = (0..=MAX_ENTRIES).map(|index| index.to_string()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let extras: Vec<_> = keys.iter().map(|key| IntentExtra::new(key, ExtraValue::Boolean(true))).collect();
    let with = |categories: usize, extras_count: usize| {
        let mut intent = Intent::new();
        intent.categories = Categories::from_slice(&keys[..categories]);
        intent.extras = Extras::from_slice(&extras[..extras_count]);
        let mut with_selector = Intent::new();
        with_selector.selector = Some(Selector::new(&intent));
        let length = intent.uri_len();
        assert_eq!(with_selector.uri_len().is_ok(), length.is_ok());
        if let Ok(length) = length {
            let mut buffer = vec![0; length];
            assert_eq!(Intent::parse(intent.to_uri(&mut buffer).unwrap()), Ok(intent));
        }
        length.map(|_| ())
    };
    assert_eq!(with(MAX_ENTRIES, MAX_ENTRIES), Ok(()));
    assert_eq!(with(MAX_ENTRIES + 1, 0), Err(BuildError::TooMany));
    assert_eq!(with(0, MAX_ENTRIES + 1), Err(BuildError::TooMany));
}

#[test]
fn what_has_no_place_in_a_uri_is_not_written() {
    let with = |form, package: Option<&'static str>, data: Option<&'static str>| {
        let mut intent = Intent::new();
        intent.form = form;
        intent.package = package.map(Text::new);
        intent.data = data.map(Data::new);
        intent.uri_len().map(|_| ())
    };
    let own = Form::Own { scheme: None };
    for (form, package, data, expected) in [
        (Form::Intent, None, Some("intent:x"), Ok(())),
        (own, None, Some("intent:x"), Err(BuildError::Data)),
        (own, None, Some("android-app:x"), Err(BuildError::Data)),
        (own, None, Some("Intent:x"), Ok(())),
        (own, None, Some("intent"), Ok(())),
        (Form::Selector, None, None, Err(BuildError::Data)),
        (Form::AndroidApp, None, None, Err(BuildError::NoPackage)),
        (Form::AndroidApp, Some("p"), None, Ok(())),
        (Form::AndroidApp, Some("p"), Some(""), Ok(())),
        (Form::AndroidApp, Some("p"), Some("a"), Err(BuildError::Data)),
        (Form::AndroidApp, Some("p"), Some("a:"), Ok(())),
        (Form::AndroidApp, Some("p"), Some("a:b"), Err(BuildError::Data)),
        (Form::AndroidApp, Some("p"), Some("a:/b"), Err(BuildError::Data)),
        (Form::AndroidApp, Some("p"), Some("a://b"), Err(BuildError::Data)),
        (Form::AndroidApp, Some("p"), Some("a://b?c/"), Err(BuildError::Data)),
        (Form::AndroidApp, Some("p"), Some("a://b/"), Ok(())),
        (Form::AndroidApp, Some("p"), Some("a:///"), Ok(())),
    ] {
        assert_eq!(with(form, package, data), expected, "{form:?} {package:?} {data:?}");
    }
}

#[test]
fn a_selector_has_little_place_for_data_and_none_beside_a_package() {
    let with = |package: Option<&'static str>, data: Option<&'static str>| {
        let mut selected = Intent::new();
        selected.data = data.map(Data::new);
        let mut intent = Intent::new();
        intent.package = package.map(Text::new);
        intent.selector = Some(Selector::new(&selected));
        let plain = intent.uri_len().map(|_| ());
        intent.form = Form::AndroidApp;
        (plain, intent.uri_len().map(|_| ()))
    };
    assert_eq!(with(None, Some("mailto:")), (Ok(()), Err(BuildError::NoPackage)));
    assert_eq!(with(None, Some("")).0, Ok(()));
    assert_eq!(with(None, Some("mailto:a")).0, Err(BuildError::Data));
    assert_eq!(with(None, Some("mailto")).0, Err(BuildError::Data));
    assert_eq!(with(Some("p"), None), (Err(BuildError::SelectorAndPackage), Ok(())));
    assert_eq!(with(Some("p"), Some("a://")).1, Err(BuildError::Data));
}

#[test]
fn parts_that_cannot_be_are_not_built() {
    assert_eq!(Component::try_new("com.x", "").unwrap_err(), BuildError::Component);
    assert_eq!(Component::try_new("com/x", "a").unwrap_err(), BuildError::Component);
    assert!(Component::try_new("", "/").is_ok());
    assert_eq!(Number::try_new("one").unwrap_err(), BuildError::NotANumber);
    let extras = [IntentExtra::new("k", ExtraValue::Char('\u{10000}'))];
    let mut intent = Intent::new();
    intent.extras = Extras::from_slice(&extras);
    assert_eq!(intent.uri_len(), Err(BuildError::NotAChar));
    // One that another replaces is not written.
    let extras = [extras[0], IntentExtra::new("k", ExtraValue::Char('\u{ffff}'))];
    intent.extras = Extras::from_slice(&extras);
    assert_eq!(intent.uri_len(), Ok("intent:#Intent;c.k=%EF%BF%BF;end".len()));
}

#[test]
fn a_build_error_in_words() {
    use core::error::Error;

    let full = BuildError::from(BufferFull { needed: 7 });
    assert_eq!(full.to_string(), "the buffer is too short: 7 bytes are needed");
    assert_eq!(full.source().unwrap().to_string(), full.to_string());
    for (error, words) in [
        (BuildError::Component, "a component needs a package without `/`, and a class"),
        (BuildError::NotANumber, "no number as Java reads floats"),
        (BuildError::NotAChar, "no character of the basic plane"),
        (BuildError::NoPackage, "an android-app URI needs a package"),
        (BuildError::Data, "the data cannot be written in this form"),
        (BuildError::SelectorAndPackage, "a selector and a package exclude each other"),
        (BuildError::TooMany, "too many extras or categories"),
    ] {
        assert_eq!(error.to_string(), words);
        assert!(error.source().is_none());
    }
}
