//! The URIs in the documents of Tencent, vivo, Huawei and others, and how the crate reads them.

use offline_push::intent::{
    Bounds, Categories, Component, Data, ExtraValue, Extras, Form, Intent, IntentExtra, LaunchFlags,
    Selector, Text,
};

use super::written;

const GUIDE: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
const UNI_PUSH: &str = "intent://io.dcloud.unipush/?#Intent;scheme=unipush;launchFlags=0x4000000;\
    component=jade.pinhong.app/io.dcloud.PandoraEntry;S.UP-OL-SU=true;S.title=标题;S.content=内容;S.payload=test;end";
const HUAWEI: &str = "intent://com.huawei.codelabpush/deeplink?#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    i.age=180;S.name=abc;end";

/// A published URI, and its canonical text if that differs.
pub(super) const SAMPLES: &[(&str, Option<&str>)] = &[
    // The guide; its page about Xiaomi, whose URI has a query; the integration without UI; uni-app.
    (GUIDE, None),
    (
        "intent://com.tencent.qcloud.tim/detail?title=testTitle#Intent;scheme=pushscheme;launchFlags=0x4000000;\
         component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
        None,
    ),
    (
        "intent://com.tencent.qcloud/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
         component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.main.MainActivity;end",
        None,
    ),
    ("intent://com.tencent.qcloud.uniapp/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end", None),
    // Flutter, in the app's own scheme.
    (
        "tencent_im_push://${your package name}/message?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end",
        None,
    ),
    (
        "tencent_im_push://com.example.app/honorMessage?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end",
        None,
    ),
    (HUAWEI, None),
    (
        "intent://com.huawei.codelabpush/deeplink?#Intent;scheme=pushscheme;launchFlags=0x04000000;\
         i.age=180;S.name=abc;end",
        Some(HUAWEI),
    ),
    // uni-push, with raw text; for OPPO, with fields in another order.
    (
        UNI_PUSH,
        Some(
            "intent://io.dcloud.unipush/?#Intent;scheme=unipush;launchFlags=0x4000000;\
             component=jade.pinhong.app/io.dcloud.PandoraEntry;S.UP-OL-SU=true;S.title=%E6%A0%87%E9%A2%98;\
             S.content=%E5%86%85%E5%AE%B9;S.payload=test;end",
        ),
    ),
    (
        "intent:#Intent;launchFlags=0x04000000;action=android.intent.action.oppopush;\
         component=io.dcloud.HBuilder/io.dcloud.PandoraEntry;S.UP-OL-SU=true;end",
        Some(
            "intent:#Intent;action=android.intent.action.oppopush;launchFlags=0x4000000;\
             component=io.dcloud.HBuilder/io.dcloud.PandoraEntry;S.UP-OL-SU=true;end",
        ),
    ),
    // vivo's demo, Easemob, Yanxuan.
    (
        "intent://com.vivo.pushtest/detail?#Intent;scheme=vpushscheme;launchFlags=0x14000000;\
         component=pkg/.Activity;S.key1=xxx;i.key2=2;end",
        None,
    ),
    ("intent:#Intent;component=pkg/cls;end", None),
    ("yanxuan://yxwebview?url=https%3A%2F%2Fa", None),
    // Android's documentation. A host counts as one only if something is behind it.
    ("android-app://com.example.app", None),
    ("android-app://com.example.app/http/example.com", Some("android-app://com.example.app/http")),
    ("android-app://com.example.app/http/example.com/foo?1234", None),
    (
        "android-app://com.example.app/#Intent;action=com.example.MY_ACTION;i.some_int=100;S.some_str=hello;end",
        Some(
            "android-app://com.example.app#Intent;action=com.example.MY_ACTION;i.some_int=100;S.some_str=hello;end",
        ),
    ),
    ("android-app://com.example.app/http/example.com/foo?1234#Intent;action=com.example.MY_ACTION;end", None),
    // All types of extras, a selector, and the shortest one.
    (
        "intent:#Intent;component=com.vivo/.Act;B.t=true;b.b=-1;c.c=%41;d.d=1.5;f.f=0x1p3;i.i=+1;l.l=1;s.s=1;end",
        Some(
            "intent:#Intent;component=com.vivo/.Act;B.t=true;b.b=-1;c.c=A;d.d=1.5;f.f=0x1p3;i.i=1;l.l=1;s.s=1;end",
        ),
    ),
    (
        "intent:#Intent;sourceBounds=1%20-2%203%204;extendedLaunchFlags=010;SEL;scheme=mailto;action=a;S.a=b;end",
        Some(
            "intent:#Intent;extendedLaunchFlags=0x8;sourceBounds=1%20-2%203%204;SEL;scheme=mailto;action=a;S.a=b;end",
        ),
    ),
    ("intent:#Intent;end", None),
];

/// Android's reader says what their parts are.
#[test]
fn parse_every_sample_and_write_it_again() {
    for (uri, canonical) in SAMPLES {
        super::intents::holds(uri).unwrap();
        assert_eq!(written(&Intent::parse(uri).unwrap()), canonical.unwrap_or(uri));
    }
}

#[test]
fn parse_the_guides_uri_and_build_it() {
    let intent = Intent::parse(GUIDE).unwrap();
    assert_eq!((intent.form, intent.flags), (Form::Intent, LaunchFlags::ACTIVITY_CLEAR_TOP));
    let data = intent.data.unwrap();
    assert_eq!(data, "pushscheme://com.tencent.qcloud.tim/detail");
    assert_eq!((data.host(), data.path()), (Some("com.tencent.qcloud.tim"), "/detail"));
    let (package, class) = ("com.tencent.qcloud.tim.tuikit", "com.tencent.qcloud.tim.demo.chat.ChatActivity");
    let component = Component::try_new(package, class).unwrap();
    assert_eq!(intent.component, Some(component));
    assert_eq!((intent.action, intent.effective_action().unwrap()), (None, Text::new(Intent::ACTION_VIEW)));

    // As the guide's Java builds it, by `new Intent(Intent.ACTION_VIEW, …)`: the default action is not written.
    let mut built = Intent::new();
    built.data = Some(Data::new("pushscheme://com.tencent.qcloud.tim/detail"));
    built.flags |= LaunchFlags::ACTIVITY_CLEAR_TOP;
    built.component = Some(component);
    built.action = Some(Text::new(Intent::ACTION_VIEW));
    assert_eq!(written(&built), GUIDE);
}

#[test]
fn extras_of_huawei_and_uni_push() {
    let intent = Intent::parse(HUAWEI).unwrap();
    assert_eq!(intent.extras.get("age"), Some(ExtraValue::Int(180)));
    assert_eq!((intent.text_extra("name").unwrap(), intent.text_extra("age")), (Text::new("abc"), None));
    let intent = Intent::parse(UNI_PUSH).unwrap();
    let pairs = [("UP-OL-SU", "true"), ("title", "标题"), ("content", "内容"), ("payload", "test")];
    assert!(
        intent.extras.iter().eq(pairs.map(|(key, value)| IntentExtra::new(key, ExtraValue::from(value))))
    );
}

#[test]
fn to_uri_every_field_has_its_place_and_its_escapes() {
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
    intent.component = Some(Component::try_new("com.x", "com.x.a/B$C").unwrap());
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
