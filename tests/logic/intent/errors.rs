//! What is refused, why, and where.

use offline_push::intent::IntentErrorKind::*;
use offline_push::intent::{
    BuildError, Categories, Component, Data, ExtraValue, Extras, Form, Intent, IntentErrorKind, IntentExtra,
    MAX_ENTRIES, Number, Selector, Text,
};

/// The error is at the `^`, which is not part of the URI.
fn refused(marked: &str, kind: IntentErrorKind) {
    let (before, behind) = marked.split_once('^').expect("a mark");
    let uri = format!("{before}{behind}");
    let error = Intent::parse(&uri).expect_err(&uri);
    assert_eq!((error.kind(), error.offset()), (kind, before.len()), "{marked}");
    assert_eq!(error.to_string(), format!("{} at byte {}", kind.description(), before.len()));
}

#[test]
fn parse_field_error_has_kind_and_place() {
    let no_end = ["^", "^en", "^END", "action=a;^S.a=b", "SEL;^", "^ end"];
    let unknown = [
        "^;end", "^=;end", "^launchHwFlags=0x1;end", "^Action=a;end", "^action;end", "^category;S.a=b;end",
        "^SEL=;end", "^ SEL;end", "^S=a;end", "^Sa=a;end", "^S;end", "^x.a=a;end", "^é.a=a;end",
        "scheme=a;SEL;^x.a=a;SEL;end", "^x=1;i.a=x;",
    ];
    let no_value = ["^S.;end", "^S.a;end", "^i.a;S.b=c;end"];
    let no_number = [
        "launchFlags=^;end", "launchFlags=^0x80000000;end", "launchFlags=^08;end",
        "extendedLaunchFlags=^0x;end", "sourceBounds=^1 2 3 2147483648;end", "b.a=^128;end", "b.a=^-129;end",
        "s.a=^32768;end", "i.a=^2147483648;end", "i.a=^-2147483649;end", "i.a=^0x1;end", "i.标=^1%20;end",
        "l.a=^9223372036854775808;end", "d.a=^;end", "f.a=^1,5;end", "i.a=^\u{661};end",
        "SEL;i.a=^x;SEL;end",
    ];
    let no_char = ["c.a=^;end", "c.a=^😀;end", "c.a=^\u{10000};end", "c.a=^%F0%9F%98%80;end"];
    for (kind, fields) in [
        (NoEnd, &no_end[..]),
        (UnknownField, &unknown),
        (NoValue, &no_value),
        (NotANumber, &no_number),
        (NotAChar, &no_char),
    ] {
        fields.iter().for_each(|fields| refused(&format!("intent:#Intent;{fields}"), kind));
    }
}

#[test]
fn parse_uri_error_has_kind_and_place() {
    let no_end = ["标#Intent;S.题=题;^x", "android-app://p#Intent;^"];
    let no_package =
        ["android-app:^", "android-app:/^", "android-app:/^#Intent;end", "android-app:^#Intent;S.a=b;end"];
    let legacy = [
        "a:b^#action(VIEW)", "^#categories(a)", "#Intent;end^#type(a)", "标^#launchFlags(4)",
        "intent:^#component(a!b)", "a:b^#extras(Sa=b)",
    ];
    for (kind, uris) in [(NoEnd, &no_end[..]), (NoPackage, &no_package), (LegacyForm, &legacy)] {
        uris.iter().for_each(|marked| refused(marked, kind));
    }
    refused("android-app:#Intent;i.a=^x;end", NotANumber);
}

#[test]
fn parse_counts_entries_by_kind_and_part() {
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
fn to_uri_writes_as_many_entries_as_are_read() {
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
fn to_uri_data_without_a_place_is_an_error() {
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
fn to_uri_selector_with_data_or_beside_a_package() {
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
fn to_uri_parts_that_cannot_be() {
    assert_eq!(Component::try_new("com.x", "").unwrap_err(), BuildError::Component);
    assert_eq!(Component::try_new("com/x", "a").unwrap_err(), BuildError::Component);
    assert!(Component::try_new("", "/").is_ok());
    assert_eq!(Number::try_new("one").unwrap_err(), BuildError::NotANumber);
    let extras = [IntentExtra::new("k", ExtraValue::Char('\u{10000}'))];
    let mut intent = Intent::new();
    intent.extras = Extras::from_slice(&extras);
    assert_eq!(intent.uri_len(), Err(BuildError::NotAChar));
    // An extra that another one replaces is not written.
    let extras = [extras[0], IntentExtra::new("k", ExtraValue::Char('\u{ffff}'))];
    intent.extras = Extras::from_slice(&extras);
    assert_eq!(intent.uri_len(), Ok("intent:#Intent;c.k=%EF%BF%BF;end".len()));
}
