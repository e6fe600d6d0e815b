//! The URIs that Tencent's, vivo's, Huawei's and others' documents print, and what comes of them.

use offline_push::intent::{
    Bounds, Component, Data, ExtraValue, Form, Intent, IntentExtra, LaunchFlags, Selector, Text,
};
use offline_push::intent::{Categories, Extras};

use super::written;

/// Reads a sample, whose canonical text is the other one.
fn read<'a>(uri: &'a str, canonical: &str) -> Intent<'a> {
    let intent = Intent::parse(uri).unwrap();
    assert_eq!(written(&intent), canonical);
    let again = Intent::parse(canonical).unwrap();
    assert_eq!(again, intent);
    assert_eq!(written(&again), canonical);
    intent
}

/// Reads a sample that is canonical already.
fn read_canonical(uri: &str) -> Intent<'_> {
    read(uri, uri)
}

fn component<'a>(package: &'a str, class: &'a str) -> Option<Component<'a>> {
    Some(Component::try_new(package, class).unwrap())
}

#[test]
fn the_guides_uri() {
    let intent = read_canonical(
        "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
         component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
    );
    assert_eq!(intent.form, Form::Intent);
    let data = intent.data.unwrap();
    assert_eq!(data, "pushscheme://com.tencent.qcloud.tim/detail");
    assert_eq!((data.host(), data.path()), (Some("com.tencent.qcloud.tim"), "/detail"));
    assert_eq!(intent.action, None);
    assert_eq!(intent.effective_action().unwrap(), "android.intent.action.VIEW");
    assert_eq!(intent.flags, LaunchFlags::ACTIVITY_CLEAR_TOP);
    assert_eq!(
        intent.component,
        component("com.tencent.qcloud.tim.tuikit", "com.tencent.qcloud.tim.demo.chat.ChatActivity")
    );
    assert!(intent.extras.is_empty() && intent.categories.is_empty() && intent.selector.is_none());
}

#[test]
fn the_guides_java_prints_its_uri() {
    let mut intent = Intent::new();
    intent.data = Some(Data::new("pushscheme://com.tencent.qcloud.tim/detail"));
    intent.flags |= LaunchFlags::ACTIVITY_CLEAR_TOP;
    intent.component =
        component("com.tencent.qcloud.tim.tuikit", "com.tencent.qcloud.tim.demo.chat.ChatActivity");
    assert_eq!(
        written(&intent),
        "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
         component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end"
    );
    // As Java, where the action is set by `new Intent(Intent.ACTION_VIEW, …)`: the default is not written.
    intent.action = Some(Text::new(Intent::ACTION_VIEW));
    assert!(!written(&intent).contains("action="));
}

#[test]
fn the_uri_of_the_xiaomi_page_has_a_query() {
    let intent = read_canonical(
        "intent://com.tencent.qcloud.tim/detail?title=testTitle#Intent;scheme=pushscheme;launchFlags=0x4000000;\
         component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
    );
    let data = intent.data.unwrap();
    assert_eq!(data, "pushscheme://com.tencent.qcloud.tim/detail?title=testTitle");
    assert_eq!((data.host(), data.path()), (Some("com.tencent.qcloud.tim"), "/detail"));
}

#[test]
fn the_uri_of_the_integration_without_ui() {
    let intent = read_canonical(
        "intent://com.tencent.qcloud/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
         component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.main.MainActivity;end",
    );
    let class = intent.component.unwrap();
    assert_eq!(class.class(), "com.tencent.qcloud.tim.demo.main.MainActivity");
}

#[test]
fn the_uri_of_uni_app_has_no_component() {
    let intent = read_canonical(
        "intent://com.tencent.qcloud.uniapp/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end",
    );
    assert_eq!(intent.component, None);
}

#[test]
fn the_uris_of_flutter_are_of_the_apps_own_scheme_and_keep_their_field() {
    for (uri, data) in [
        (
            "tencent_im_push://${your package name}/message?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end",
            "tencent_im_push://${your package name}/message?",
        ),
        (
            "tencent_im_push://com.example.app/honorMessage?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end",
            "tencent_im_push://com.example.app/honorMessage?",
        ),
    ] {
        let intent = read_canonical(uri);
        assert_eq!(intent.form, Form::Own { scheme: Some(Text::new("tencent_im_push")) });
        let read = intent.data.unwrap();
        assert_eq!(read, data);
        assert_eq!(read.scheme().unwrap(), "tencent_im_push");
        assert_eq!(intent.flags, LaunchFlags::ACTIVITY_CLEAR_TOP);
    }
}

#[test]
fn huaweis_uri_has_extras_and_flags_with_or_without_a_zero() {
    let canonical = "intent://com.huawei.codelabpush/deeplink?#Intent;scheme=pushscheme;launchFlags=0x4000000;\
                     i.age=180;S.name=abc;end";
    let intent = read_canonical(canonical);
    let extras =
        [IntentExtra::new("age", ExtraValue::Int(180)), IntentExtra::new("name", ExtraValue::from("abc"))];
    assert!(intent.extras.iter().eq(extras));
    assert_eq!(intent.extras.get("age"), Some(ExtraValue::Int(180)));
    assert_eq!(intent.text_extra("name").unwrap(), "abc");
    assert_eq!(intent.text_extra("age"), None);
    let with_zero = "intent://com.huawei.codelabpush/deeplink?#Intent;scheme=pushscheme;launchFlags=0x04000000;\
                     i.age=180;S.name=abc;end";
    assert_eq!(read(with_zero, canonical), intent);
}

#[test]
fn the_raw_text_of_uni_push_is_escaped() {
    let intent = read(
        "intent://io.dcloud.unipush/?#Intent;scheme=unipush;launchFlags=0x4000000;\
         component=jade.pinhong.app/io.dcloud.PandoraEntry;S.UP-OL-SU=true;S.title=标题;S.content=内容;\
         S.payload=test;end",
        "intent://io.dcloud.unipush/?#Intent;scheme=unipush;launchFlags=0x4000000;\
         component=jade.pinhong.app/io.dcloud.PandoraEntry;S.UP-OL-SU=true;S.title=%E6%A0%87%E9%A2%98;\
         S.content=%E5%86%85%E5%AE%B9;S.payload=test;end",
    );
    let pairs = [("UP-OL-SU", "true"), ("title", "标题"), ("content", "内容"), ("payload", "test")];
    assert!(
        intent.extras.iter().eq(pairs.map(|(key, value)| IntentExtra::new(key, ExtraValue::from(value))))
    );
}

#[test]
fn the_fields_of_uni_push_for_oppo_are_put_in_order() {
    let intent = read(
        "intent:#Intent;launchFlags=0x04000000;action=android.intent.action.oppopush;\
         component=io.dcloud.HBuilder/io.dcloud.PandoraEntry;S.UP-OL-SU=true;end",
        "intent:#Intent;action=android.intent.action.oppopush;launchFlags=0x4000000;\
         component=io.dcloud.HBuilder/io.dcloud.PandoraEntry;S.UP-OL-SU=true;end",
    );
    assert_eq!(intent.action.unwrap(), "android.intent.action.oppopush");
    assert_eq!(intent.data, None);
}

#[test]
fn vivos_demo() {
    let intent = read_canonical(
        "intent://com.vivo.pushtest/detail?#Intent;scheme=vpushscheme;launchFlags=0x14000000;\
         component=pkg/.Activity;S.key1=xxx;i.key2=2;end",
    );
    assert_eq!(intent.flags, LaunchFlags::ACTIVITY_NEW_TASK | LaunchFlags::ACTIVITY_CLEAR_TOP);
    assert_eq!(intent.component, component("pkg", "pkg.Activity"));
    assert_eq!(intent.extras.get("key2"), Some(ExtraValue::Int(2)));
}

#[test]
fn easemobs_uri_is_a_component_alone() {
    let intent = read_canonical("intent:#Intent;component=pkg/cls;end");
    assert_eq!(intent.component, component("pkg", "cls"));
}

#[test]
fn the_shortest_uri_is_an_empty_intent() {
    assert_eq!(read_canonical("intent:#Intent;end"), Intent::new());
}

#[test]
fn yanxuans_uri_is_data_alone() {
    let intent = read_canonical("yanxuan://yxwebview?url=https%3A%2F%2Fa");
    assert_eq!(intent.form, Form::Own { scheme: None });
    let data = intent.data.unwrap();
    assert_eq!(data, "yanxuan://yxwebview?url=https%3A%2F%2Fa");
    assert_eq!((data.host(), data.path()), (Some("yxwebview"), ""));
}

#[test]
fn the_examples_of_androids_documentation() {
    let intent = read_canonical("android-app://com.example.app");
    assert_eq!(intent.package.unwrap(), "com.example.app");
    assert_eq!(intent.effective_action().unwrap(), Intent::ACTION_MAIN);
    assert_eq!(intent.data, None);

    // Only with something behind it is a host one.
    let intent = read("android-app://com.example.app/http/example.com", "android-app://com.example.app/http");
    assert_eq!(intent.data.unwrap(), "http:");

    let intent = read_canonical("android-app://com.example.app/http/example.com/foo?1234");
    assert_eq!(intent.data.unwrap(), "http://example.com/foo?1234");
    assert_eq!(intent.effective_action().unwrap(), Intent::ACTION_VIEW);

    let intent = read(
        "android-app://com.example.app/#Intent;action=com.example.MY_ACTION;i.some_int=100;S.some_str=hello;end",
        "android-app://com.example.app#Intent;action=com.example.MY_ACTION;i.some_int=100;S.some_str=hello;end",
    );
    assert_eq!(intent.action.unwrap(), "com.example.MY_ACTION");

    let intent = read_canonical(
        "android-app://com.example.app/http/example.com/foo?1234#Intent;action=com.example.MY_ACTION;end",
    );
    assert_eq!(intent.data.unwrap().path(), "/foo");
}

#[test]
fn every_field_has_its_place_and_its_escapes() {
    let mut selected = Intent::new();
    selected.data = Some(Data::new("mailto:"));
    selected.action = Some(Text::new(Intent::ACTION_VIEW));
    selected.package = Some(Text::new("com.mail"));
    let extras = [
        IntentExtra::new("S;=", ExtraValue::from("a b/c;d=e#f%41+标😀'(~)*!-_.")),
        IntentExtra::new("B", ExtraValue::Boolean(true)),
        IntentExtra::new("b", ExtraValue::Byte(-128)),
        IntentExtra::new("c", ExtraValue::Char(';')),
        IntentExtra::new("i", ExtraValue::Int(i32::MIN)),
        IntentExtra::new("l", ExtraValue::Long(i64::MIN)),
        IntentExtra::new("s", ExtraValue::Short(-1)),
    ];
    let mut intent = Intent::new();
    intent.data = Some(Data::new("a:b c%20;标"));
    intent.action = Some(Text::new("act/ion"));
    intent.categories = Categories::from_slice(&["one", "t/wo", "one"]);
    intent.mime_type = Some(Text::new("text/plain;x"));
    intent.identifier = Some(Text::new("a/b"));
    intent.flags = LaunchFlags::new(0x8000_00c3);
    intent.extended_flags = 0xc3;
    intent.component = component("com.x", "com.x.a/B$C");
    intent.source_bounds = Some(Bounds { left: 1, top: -2, right: 3, bottom: i32::MIN });
    intent.extras = Extras::from_slice(&extras);
    intent.selector = Some(Selector::new(&selected));
    assert_eq!(
        written(&intent),
        "intent:b c%20;标#Intent;scheme=a;action=act%2Fion;category=one;category=t%2Fwo;type=text/plain%3Bx;\
         identifier=a/b;launchFlags=-0x80000000;extendedLaunchFlags=0xc3;component=com.x/.a/B%24C;\
         sourceBounds=1%20-2%203%20-2147483648;\
         S.S%3B%3D=a%20b%2Fc%3Bd%3De%23f%2541%2B%E6%A0%87%F0%9F%98%80'(~)*!-_.;B.B=true;b.b=-128;c.c=%3B;\
         i.i=-2147483648;l.l=-9223372036854775808;s.s=-1;\
         SEL;scheme=mailto;action=android.intent.action.VIEW;package=com.mail;end"
    );
    assert_eq!(Intent::parse(&written(&intent)).unwrap(), intent);
}
