//! What a sender would hardly write: whether intents are equal, hosts and paths, short names of classes, forms of URIs.

use offline_push::intent::{Component, Data, Form, Intent, LaunchFlags, Text};
use offline_push::{ClickAction, IntentUri};
use proptest::prelude::*;

use super::{android, cases, strategies, written};

fn fields(fields: &str) -> String {
    format!("intent:#Intent;{fields}end")
}

fn same(one: &str, other: &str) -> bool {
    let (one, other) = (Intent::parse(one).unwrap(), Intent::parse(other).unwrap());
    let (one_way, other_way) = (one == other, other == one);
    assert_eq!(one_way, other_way);
    one_way
}

#[test]
fn flags_join_once_each_and_show_as_uris_have_them() {
    let (task, top) = (LaunchFlags::ACTIVITY_NEW_TASK, LaunchFlags::ACTIVITY_CLEAR_TOP);
    assert_eq!(task | top | task, LaunchFlags::new(0x1400_0000));
    let mut joined = task;
    joined |= task;
    assert_eq!(joined, task);
    assert_eq!(format!("{:?}", task | top), "LaunchFlags(0x14000000)");
}

#[test]
fn a_number_shows_as_it_is_written() {
    let uri = fields("d.number=1.50;");
    let intent = Intent::parse(&uri).unwrap();
    let shown = format!("{:?}", intent.extras.get("number").unwrap());
    assert!(shown.contains("Number(1.50)"), "{shown}");
}

#[test]
fn intents_that_android_reads_alike_are_equal() {
    for (one, other) in [
        ("", "action=android.intent.action.VIEW;"),
        ("S.a=1;S.b=2;", "S.b=2;S.a=1;"),
        ("S.a=1;i.a=2;", "i.a=2;"),
        ("category=a;category=b;category=a;", "category=b;category=a;"),
        ("S.%61=%31;", "S.a=1;"),
        ("B.a=%54RUE;", "B.a=true;"),
        ("B.a=yes;", "B.a=false;"),
        ("c.a=abc;", "c.a=a;"),
        ("i.a=+1;", "i.a=01;"),
        ("component=com.x/.A;", "component=com.x%2Fcom.x.A;"),
        ("component=com.x;", ""),
        ("component=com.x/A;component=;", ""),
        ("sourceBounds=1 2 3;", ""),
        ("sourceBounds=1 2 3 -0;", "sourceBounds=1%202%203%200;"),
        ("launchFlags=0xc3;", ""),
        ("launchFlags=0x10000043;", "launchFlags=0x10000000;"),
        ("launchFlags=-1;", "launchFlags=-0xc4;"),
        ("package=p;SEL;action=a;", "package=p;"),
        ("SEL;action=a;SEL;action=b;", "SEL;action=b;"),
        ("SEL;launchFlags=1;", "SEL;"),
        ("scheme=a;scheme=b;", "scheme=b;"),
    ] {
        assert!(same(&fields(one), &fields(other)), "{one} {other}");
    }
    for (one, other) in [
        ("intent:b#Intent;scheme=a;end", "intent:a:b#Intent;end"),
        ("intent:x", "intent:x#Intent;scheme=intent;end"),
        ("intent:#Intent;end", "intent:#Intent;endless"),
        ("android-app:x", "intent:#Intent;end"),
        ("android-app://p", "android-app://p/"),
        ("android-app://p", "android-app://p#Intent;action=android.intent.action.MAIN;end"),
        ("android-app://p", "android-app://p#Intent;package=q;end"),
        ("android-app://p", "android-app://p#Intent;scheme=a;end"),
        ("android-app://p/a", "android-app://p/#Intent;scheme=a;end"),
        ("android-app://p/a", "android-app://p/a/b"),
        ("android-app://p/a/b/", "android-app://%70/%61/%62/"),
        ("a:b", "a:b#Intent;end"),
    ] {
        assert!(same(one, other), "{one} {other}");
    }
}

#[test]
fn intents_that_android_reads_differently_are_not_equal() {
    for (one, other) in [
        ("action=;", ""),
        ("action=a;", "action=A;"),
        ("type=;", ""),
        ("package=;", ""),
        ("identifier=;", ""),
        ("S.a=1;", "i.a=1;"),
        ("i.a=1;", "s.a=1;"),
        ("d.a=1;", "f.a=1;"),
        ("S.a=1;", "S.a=1;S.b=1;"),
        ("S.a=1;S.b=1;", "S.a=1;"),
        ("S.a=1;S.b=2;", "S.a=2;S.b=1;"),
        ("category=a;", "category=a;category=b;"),
        ("component=com.x/.A;", "component=com.x/A;"),
        ("component=com.x/.A;", "component=com.x./A;"),
        ("extendedLaunchFlags=1;", ""),
        ("launchFlags=4;", "launchFlags=8;"),
        ("sourceBounds=1 2 3 4;", ""),
        ("SEL;", ""),
        ("SEL;action=android.intent.action.VIEW;", "SEL;"),
        ("SEL;scheme=;", "SEL;"),
        ("SEL;S.a=1;", "SEL;S.a=2;"),
        ("scheme=;", ""),
        ("scheme=a;", "scheme=A;"),
    ] {
        assert!(!same(&fields(one), &fields(other)), "{one} {other}");
    }
    for (one, other) in [
        ("a:b", "intent:b#Intent;scheme=a;end"),
        ("android-app://p/a/b/", "intent://b/#Intent;scheme=a;package=p;end"),
        ("android-app://p", "android-app://p//"),
        ("android-app://p", "android-app://p#Intent;action=android.intent.action.VIEW;end"),
        ("a:b", "a:B"),
        ("intent:a%62", "intent:ab"),
    ] {
        assert!(!same(one, other), "{one} {other}");
    }
}

#[test]
fn the_empty_scheme_of_an_android_app_uri_is_kept() {
    let intent = Intent::parse("android-app://p//").unwrap();
    assert_eq!(intent.data.unwrap(), ":");
    assert_eq!(written(&intent), "android-app://p//");
    let intent = Intent::parse("android-app://p//h/x").unwrap();
    assert_eq!(intent.data.unwrap(), "://h/x");
    assert_eq!(written(&intent), "android-app://p//h/x");
}

#[test]
fn a_class_is_shortened_by_its_package_and_a_dot_alone() {
    for (package, class, short) in [
        ("com.x", "com.x.A", "com.x/.A"),
        ("com.x", ".A", "com.x/.A"),
        ("com.x", "com.x.a.B", "com.x/.a.B"),
        ("com.x", "com.xA", "com.x/com.xA"),
        ("com.x", "com.x", "com.x/com.x"),
        ("com.x", "com.x.", "com.x/."),
        ("com.x", "com.x..A", "com.x/..A"),
        ("com.x", "Com.x.A", "com.x/Com.x.A"),
        ("com.x", "com.x.com.x.A", "com.x/.com.x.A"),
        ("com.x", "A", "com.x/A"),
        ("", ".A", "/.A"),
        ("", "A", "/A"),
        ("a", "a.b/c", "a/.b/c"),
    ] {
        let component = Component::try_new(package, class).unwrap();
        assert_eq!(component.to_string(), short);
        assert_eq!(format!("{component:?}"), format!("Component({short})"));
        let full: String = component.class_name().collect();
        assert_eq!(android::flatten(package, &full), short);
        let uri = fields(&format!("component={};", short.replace(' ', "%20")));
        assert_eq!(Intent::parse(&uri).unwrap().component, Some(component));
        assert_eq!(Component::try_new(package, &full).unwrap(), component);
    }
}

#[test]
fn a_slash_that_a_broken_escape_takes_along_divides_nothing() {
    let parts = |value: &str| {
        let uri = fields(&format!("component={value};"));
        let component = Intent::parse(&uri).unwrap().component?;
        Some((component.package().to_string(), component.class().to_string()))
    };
    let pair = |package: &str, class: &str| Some((package.to_owned(), class.to_owned()));
    assert_eq!(parts("a%/b"), None);
    assert_eq!(parts("a%/b/c"), pair("a\u{fffd}\0b", "c"));
    assert_eq!(parts("a%4/b/c"), pair("a\u{fffd}\u{4}b", "c"));
    assert_eq!(parts("%E6/%A0%87"), pair("\u{fffd}", "\u{fffd}\u{fffd}"));
    assert_eq!(parts("a%2fb%2Fc"), pair("a", "b/c"));
}

#[test]
fn hosts_and_paths_of_odd_data() {
    for (data, host, path) in [
        ("", None, ""),
        ("a", None, "a"),
        ("a/b?c", None, "a/b"),
        ("//h/p", Some("h"), "/p"),
        ("a:", None, ""),
        ("mailto:a@b", None, ""),
        ("a:/p", None, "/p"),
        ("a:/p//h", None, "/p//h"),
        ("a://", None, ""),
        ("a:///p", None, "/p"),
        ("a://h", Some("h"), ""),
        ("a://h?q/p", Some("h"), ""),
        ("a://h#f/p", Some("h"), ""),
        ("a://h/p?q#f", Some("h"), "/p"),
        ("a://h\\p/q", Some("h"), "\\p/q"),
        ("a://u:w@h:80/p", Some("h"), "/p"),
        ("a://u@v@h/p", Some("h"), "/p"),
        ("a://good@evil/p", Some("evil"), "/p"),
        ("a://h:/p", Some("h"), "/p"),
        ("a://h:x/p", Some("h:x"), "/p"),
        ("a://:80/p", None, "/p"),
        ("a://u@/p", None, "/p"),
        ("a://[::1]/p", Some("[::1]"), "/p"),
        ("a://[::1]:80/p", Some("[::1]"), "/p"),
        ("a://h%2F/p%3F", Some("h%2F"), "/p%3F"),
        ("标://h/p", None, "标://h/p"),
        ("a_b+c-d.e1://h/p", Some("h"), "/p"),
    ] {
        let read = Data::new(data);
        assert_eq!((read.host(), read.path()), (host, path), "{data}");
    }
    let app = Intent::parse("android-app://p/http/u%40h:80/p?q").unwrap();
    let data = app.data.unwrap();
    assert_eq!((data.host(), data.path()), (None, "/p"));
    assert_eq!(data, "http://u@h:80/p?q");
    let app = Intent::parse("android-app://p/http/h:80/p?q").unwrap();
    assert_eq!(app.data.unwrap().host(), Some("h"));
}

#[test]
fn data_is_the_same_in_one_piece_or_two() {
    let whole = Intent::parse("intent:a:b/c#Intent;end").unwrap().data.unwrap();
    let parts = Intent::parse("intent:b/c#Intent;scheme=a;end").unwrap().data.unwrap();
    assert_eq!(whole, parts);
    assert_eq!(whole.scheme(), parts.scheme());
    assert_eq!(format!("{whole:?}"), "Data(a:b/c)");
    assert_eq!(whole, Data::from("a:b/c"));
    assert_ne!(whole, "a:b");
    assert_eq!(Data::new("标:x").scheme(), None);
    assert_eq!(Data::new(":x").scheme(), None);
}

#[test]
fn data_that_looks_like_fields_is_followed_by_fields() {
    for (uri, canonical) in [
        ("a:b#Intent;end#Intent;end", "a:b#Intent;end#Intent;end"),
        ("a:b#action(VIEW)#Intent;end", "a:b#action(VIEW)#Intent;end"),
        ("a:b#frag#Intent;end", "a:b#frag"),
        ("Intent;end#Intent;end", "Intent;end"),
        ("android-app://p/a/b/c#Intent;x#Intent;end", "android-app://p/a/b/c#Intent;x#Intent;end"),
    ] {
        assert_eq!(written(&Intent::parse(uri).unwrap()), canonical);
    }
    // With a scheme of the field taken into data of one piece.
    let mut intent = Intent::parse("intent:;end#Intent;scheme=x%23Intent;end").unwrap();
    intent.form = Form::Own { scheme: None };
    assert_eq!(written(&intent), "x#Intent:;end");
    let mut intent = Intent::parse("intent:;end#Intent;scheme=x%23Intent%3By;end").unwrap();
    intent.form = Form::Own { scheme: None };
    assert_eq!(written(&intent), "x#Intent;y:;end#Intent;end");
    assert_eq!(Intent::parse("x#Intent;y:;end#Intent;end").unwrap(), intent);
}

#[test]
fn flags_that_grant_access_never_come_out_of_a_uri() {
    for bits in [0xc3, 0x1, 0x2, 0x40, 0x80] {
        assert_eq!(LaunchFlags::new(bits), LaunchFlags::NONE);
        let uri = fields(&format!("launchFlags={bits:#x};SEL;launchFlags={bits};"));
        let intent = Intent::parse(&uri).unwrap();
        assert_eq!(intent.flags.bits(), 0);
        assert_eq!(intent.selector.unwrap().intent().flags.bits(), 0);
    }
    assert_eq!(LaunchFlags::new(!0).bits(), 0xffff_ff3c);
    assert!(
        LaunchFlags::new(!0).contains(LaunchFlags::ACTIVITY_CLEAR_TASK | LaunchFlags::ACTIVITY_SINGLE_TOP)
    );
    assert!(!LaunchFlags::ACTIVITY_NEW_TASK.contains(LaunchFlags::new(!0)));
    assert!(LaunchFlags::NONE.contains(LaunchFlags::NONE));
}

#[test]
fn a_category_comes_where_it_came_first_and_an_extra_where_it_came_last() {
    let intent =
        Intent::parse("intent:#Intent;category=a;S.x=1;category=b;S.y=2;category=%61;i.%78=3;end").unwrap();
    let categories: Vec<_> = intent.categories.iter().map(|category| category.to_string()).collect();
    assert_eq!(categories, ["a", "b"]);
    let keys: Vec<_> = intent.extras.into_iter().map(|extra| extra.key.to_string()).collect();
    assert_eq!(keys, ["y", "x"]);
    assert_eq!(intent.text_extra("x"), None);
    assert_eq!(written(&intent), "intent:#Intent;category=a;category=b;S.y=2;i.x=3;end");
}

#[test]
fn fields_behind_a_selector_are_not_the_intents() {
    let intent = Intent::parse("intent:#Intent;S.a=1;SEL;S.b=2;category=c;package=p;scheme=s;end").unwrap();
    assert_eq!(intent.extras.iter().count(), 1);
    assert!(intent.categories.is_empty() && intent.package.is_none() && intent.data.is_none());
    let selected = intent.selector.unwrap().intent();
    assert_eq!(selected.extras.iter().map(|extra| extra.key).collect::<Vec<_>>(), [Text::new("b")]);
    assert_eq!(selected.effective_action(), None);
    assert_eq!(selected.data.unwrap(), "s:");
    assert_eq!(format!("{:?}", intent.selector.unwrap()), format!("{selected:?}"));
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn a_screen_is_a_uri_that_a_phone_can_read(uri in strategies::uri()) {
        let clean = !uri.chars().any(|character| character == ' ' || character.is_control());
        let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
        let named = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-._".contains(letter));
        let readable = android::parse_uri(&uri).is_ok();
        let screen = IntentUri::try_new(&uri);
        prop_assert_eq!(screen.is_ok(), clean && named && readable, "{}", uri);
        if let Ok(intent) = screen {
            prop_assert_eq!(intent.as_str(), &*uri);
            prop_assert_eq!(intent.intent(), Intent::parse(&uri));
            let action = ClickAction::OpenScreen { intent, ext: None };
            prop_assert_eq!(action.skip_content(), Some(&*uri));
        }
    }

    #[test]
    fn what_is_written_is_a_screen(intent in strategies::intent()) {
        let Ok(length) = intent.uri_len() else { return Ok(()) };
        let mut buffer = vec![0; length];
        let uri = intent.to_uri(&mut buffer).unwrap();
        let raw = |text: &str| text.chars().any(|character| character == ' ' || character.is_control());
        if intent.form == Form::Intent {
            let raw = intent.data.is_some_and(|data| raw(&data.to_string().replace(' ', "\0")) && raw(uri));
            prop_assert_eq!(IntentUri::try_new(uri).is_ok(), !raw, "{}", uri);
        }
    }
}
