//! What a sender would hardly write: whether intents are equal, hosts, short names of classes, forms of URIs.

use offline_push::intent::{Component, Data, Form, Intent, LaunchFlags, Text};
use offline_push::json::Revealed;

use super::intents::holds;
use super::{android, written};

fn fields(fields: &str) -> String {
    format!("intent:#Intent;{fields}end")
}

/// Two intents are equal if and only if Android reads the same from both. The copy of Android's reader says whether it does.
#[test]
fn eq_of_intents_is_what_android_reads() {
    for group in [
        &[
            "", "action=android.intent.action.VIEW;", "action=;", "component=com.x;",
            "component=com.x/A;component=;",
        ][..],
        &["", "sourceBounds=1 2 3;", "launchFlags=0xc3;", "type=;", "package=;", "identifier=;", "scheme=;"],
        &["S.a=1;S.b=2;", "S.b=2;S.a=1;", "S.a=2;S.b=1;", "S.a=1;", "S.%61=%31;", "i.a=1;", "s.a=1;"],
        &["S.a=1;i.a=2;", "i.a=2;", "i.a=+1;", "i.a=01;", "d.a=1;", "f.a=1;", "c.a=abc;", "c.a=a;"],
        &["B.a=%54RUE;", "B.a=true;", "B.a=yes;", "B.a=false;", "action=a;", "action=A;"],
        &["category=a;category=b;category=a;", "category=b;category=a;", "category=a;"],
        &["component=com.x/.A;", "component=com.x%2Fcom.x.A;", "component=com.x/A;", "component=com.x./A;"],
        &["sourceBounds=1 2 3 -0;", "sourceBounds=1%202%203%200;", "sourceBounds=1 2 3 4;", ""],
        &["launchFlags=0x10000043;", "launchFlags=0x10000000;", "launchFlags=4;", "launchFlags=8;", ""],
        &["launchFlags=-1;", "launchFlags=-0xc4;", "extendedLaunchFlags=1;", ""],
        &["package=p;SEL;action=a;", "package=p;", "SEL;", "SEL;launchFlags=1;", ""],
        &["SEL;action=a;SEL;action=b;", "SEL;action=b;", "SEL;action=android.intent.action.VIEW;", "SEL;"],
        &["SEL;scheme=;", "SEL;", "SEL;S.a=1;", "SEL;S.a=2;", "scheme=a;scheme=b;", "scheme=b;", "scheme=B;"],
    ] {
        for (one, other) in group.iter().flat_map(|one| group.iter().map(move |other| (one, other))) {
            holds(&format!("{}\n{}", fields(one), fields(other))).unwrap();
        }
    }
    for group in [
        &["intent:b#Intent;scheme=a;end", "intent:a:b#Intent;end", "a:b", "a:b#Intent;end", "a:B"][..],
        &["intent:x", "intent:x#Intent;scheme=intent;end", "intent:a%62", "intent:ab"],
        &["intent:#Intent;end", "intent:#Intent;endless", "android-app:x"],
        &[
            "android-app://p",
            "android-app://p/",
            "android-app://p//",
            "android-app://p#Intent;action=android.intent.action.MAIN;end",
            "android-app://p#Intent;action=android.intent.action.VIEW;end",
            "android-app://p#Intent;package=q;end",
            "android-app://p#Intent;scheme=a;end",
        ],
        &["android-app://p/a", "android-app://p/#Intent;scheme=a;end", "android-app://p/a/b"],
        &[
            "android-app://p/a/b/",
            "android-app://%70/%61/%62/",
            "intent://b/#Intent;scheme=a;package=p;end",
            "android-app://p//h/x",
        ],
    ] {
        for (one, other) in group.iter().flat_map(|one| group.iter().map(move |other| (one, other))) {
            holds(&format!("{one}\n{other}")).unwrap();
        }
    }
    let equal = |one: &str, other: &str| Intent::parse(one).unwrap() == Intent::parse(other).unwrap();
    assert!(equal("android-app://p", "android-app://p#Intent;package=q;end"));
    assert!(!equal("intent:a%62", "intent:ab"));
}

#[test]
fn component_is_shortened_by_its_package_and_a_dot_alone() {
    for (package, class, short) in [
        ("com.x", "com.x.A", "com.x/.A"),
        ("com.x", ".A", "com.x/.A"),
        ("com.x", "com.xA", "com.x/com.xA"),
        ("com.x", "com.x", "com.x/com.x"),
        ("com.x", "com.x.", "com.x/."),
        ("com.x", "com.x..A", "com.x/..A"),
        ("com.x", "Com.x.A", "com.x/Com.x.A"),
        ("com.x", "com.x.com.x.A", "com.x/.com.x.A"),
        ("", ".A", "/.A"),
        ("", "A", "/A"),
        ("a", "a.b/c", "a/.b/c"),
    ] {
        let component = Component::try_new(package, class).unwrap();
        assert_eq!(component.to_string(), short);
        assert_eq!(format!("{component:?}"), format!("Component({short:?})"));
        let full: String = component.class_name().collect();
        assert_eq!(android::flatten(package, &full), short);
        let uri = fields(&format!("component={short};"));
        assert_eq!(Intent::parse(&uri).unwrap().component, Some(component));
        assert_eq!(Component::try_new(package, &full).unwrap(), component);
    }
}

#[test]
fn parse_component_with_a_slash_in_a_broken_escape() {
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
fn data_host_and_path() {
    for (data, host, path) in [
        ("a/b?c", None, "a/b"),
        ("//h/p", Some("h"), "/p"),
        ("mailto:a@b", None, ""),
        ("a:/p//h", None, "/p//h"),
        ("a://h?q/p", Some("h"), ""),
        ("a://h\\p/q", Some("h"), "\\p/q"),
        ("a://u:w@h:80/p", Some("h"), "/p"),
        ("a://good@evil/p", Some("evil"), "/p"),
        ("a://h:x/p", Some("h:x"), "/p"),
        ("a://:80/p", None, "/p"),
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
    assert_eq!(Data::new("标:x").scheme().or(Data::new(":x").scheme()), None);
}

#[test]
fn data_in_one_piece_equals_data_in_two() {
    let whole = Intent::parse("intent:a:b/c#Intent;end").unwrap().data.unwrap();
    let parts = Intent::parse("intent:b/c#Intent;scheme=a;end").unwrap().data.unwrap();
    assert_eq!((whole, whole.scheme()), (parts, parts.scheme()));
    assert_eq!(format!("{whole:?} {:?}", Revealed(&whole)), r#"Data("<5 chars>") Data("a:b/c")"#);
    assert_eq!(whole, Data::from("a:b/c"));
    assert_ne!(whole, "a:b");
}

#[test]
fn to_uri_data_like_fields_is_followed_by_fields() {
    for (uri, canonical) in [
        ("a:b#Intent;end#Intent;end", "a:b#Intent;end#Intent;end"),
        ("a:b#action(VIEW)#Intent;end", "a:b#action(VIEW)#Intent;end"),
        ("a:b#frag#Intent;end", "a:b#frag"),
        ("Intent;end#Intent;end", "Intent;end"),
        ("android-app://p/a/b/c#Intent;x#Intent;end", "android-app://p/a/b/c#Intent;x#Intent;end"),
    ] {
        assert_eq!(written(&Intent::parse(uri).unwrap()), canonical);
    }
    // The scheme of the field becomes a part of the data, which is then one piece.
    for (uri, own) in [
        ("intent:;end#Intent;scheme=x%23Intent;end", "x#Intent:;end"),
        ("intent:;end#Intent;scheme=x%23Intent%3By;end", "x#Intent;y:;end#Intent;end"),
    ] {
        let mut intent = Intent::parse(uri).unwrap();
        intent.form = Form::Own { scheme: None };
        assert_eq!(written(&intent), own);
        assert_eq!(Intent::parse(own).unwrap(), intent);
    }
}

#[test]
fn launch_flags_never_grant_access() {
    let (task, top) = (LaunchFlags::ACTIVITY_NEW_TASK, LaunchFlags::ACTIVITY_CLEAR_TOP);
    let mut joined = task | top;
    joined |= task;
    assert_eq!(format!("{joined:?} {:x}", joined.bits()), "LaunchFlags(0x14000000) 14000000");
    assert!(joined.contains(task) && !task.contains(joined) && LaunchFlags::NONE.contains(LaunchFlags::NONE));
    assert_eq!((LaunchFlags::new(!0).bits(), LaunchFlags::new(0xc3)), (0xffff_ff3c, LaunchFlags::NONE));
    let intent = Intent::parse("intent:#Intent;launchFlags=0xc3;SEL;launchFlags=195;end").unwrap();
    assert_eq!((intent.flags.bits(), intent.selector.unwrap().intent().flags.bits()), (0, 0));
}

#[test]
fn categories_keep_the_first_place_and_extras_the_last() {
    let intent =
        Intent::parse("intent:#Intent;category=a;S.x=1;category=b;d.y=1.50;category=%61;i.%78=3;end")
            .unwrap();
    assert!(intent.categories.iter().map(|category| category.to_string()).eq(["a", "b"]));
    assert!(intent.extras.into_iter().map(|extra| extra.key.to_string()).eq(["y", "x"]));
    assert_eq!(intent.text_extra("x"), None);
    assert!(format!("{:?}", Revealed(&intent.extras.get("y").unwrap())).contains(r#"Double("1.50")"#));
    assert_eq!(written(&intent), "intent:#Intent;category=a;category=b;d.y=1.50;i.x=3;end");
}

#[test]
fn selector_fields_are_not_the_intents() {
    let intent = Intent::parse("intent:#Intent;S.a=1;SEL;S.b=2;category=c;package=p;scheme=s;end").unwrap();
    assert_eq!(intent.extras.iter().count(), 1);
    assert!(intent.categories.is_empty() && intent.package.is_none() && intent.data.is_none());
    let selected = intent.selector.unwrap().intent();
    assert!(selected.extras.iter().map(|extra| extra.key).eq([Text::new("b")]));
    assert_eq!((selected.effective_action(), selected.data.unwrap()), (None, Data::new("s:")));
    assert_eq!(format!("{:?}", Revealed(&intent.selector.unwrap())), format!("{:?}", Revealed(&selected)));
}
