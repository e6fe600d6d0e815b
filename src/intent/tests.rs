use std::string::{String, ToString};
use std::vec::Vec;

use super::*;

fn canonical(uri: &str) -> String {
    let intent = Intent::parse(uri).unwrap();
    let mut buffer = std::vec![0; intent.uri_len().unwrap()];
    intent.to_uri(&mut buffer).unwrap().to_string()
}

#[test]
fn samples() {
    for (uri, out) in [
        (
            "intent://com.tencent.qcloud.tim/detail?title=testTitle#Intent;scheme=pushscheme;launchFlags=0x4000000;component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
            "",
        ),
        ("intent://com.tencent.qcloud.uniapp/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;end", ""),
        (
            "tencent_im_push://com.example.app/message?#Intent;scheme=tencent_im_push;launchFlags=0x4000000;end",
            "",
        ),
        (
            "intent://com.huawei.codelabpush/deeplink?#Intent;scheme=pushscheme;launchFlags=0x04000000;i.age=180;S.name=abc;end",
            "intent://com.huawei.codelabpush/deeplink?#Intent;scheme=pushscheme;launchFlags=0x4000000;i.age=180;S.name=abc;end",
        ),
        (
            "intent://io.dcloud.unipush/?#Intent;scheme=unipush;launchFlags=0x4000000;component=jade.pinhong.app/io.dcloud.PandoraEntry;S.UP-OL-SU=true;S.title=标题;S.content=内容;S.payload=test;end",
            "intent://io.dcloud.unipush/?#Intent;scheme=unipush;launchFlags=0x4000000;component=jade.pinhong.app/io.dcloud.PandoraEntry;S.UP-OL-SU=true;S.title=%E6%A0%87%E9%A2%98;S.content=%E5%86%85%E5%AE%B9;S.payload=test;end",
        ),
        (
            "intent:#Intent;launchFlags=0x04000000;action=android.intent.action.oppopush;component=io.dcloud.HBuilder/io.dcloud.PandoraEntry;S.UP-OL-SU=true;end",
            "intent:#Intent;action=android.intent.action.oppopush;launchFlags=0x4000000;component=io.dcloud.HBuilder/io.dcloud.PandoraEntry;S.UP-OL-SU=true;end",
        ),
        ("intent:#Intent;end", ""),
        ("yanxuan://yxwebview?url=x", ""),
        ("intent:#Intent;component=pkg/cls;end", ""),
        (
            "intent://a#Intent;component=com.vivo/com.vivo.Act;SEL;scheme=mailto;action=x;end",
            "intent://a#Intent;component=com.vivo/.Act;SEL;scheme=mailto;action=x;end",
        ),
        (
            "android-app://com.x/http/host:80/p?q#Intent;action=a;end",
            "android-app://com.x/http/host%3A80/p?q#Intent;action=a;end",
        ),
    ] {
        assert_eq!(canonical(uri), if out.is_empty() { uri } else { out });
        assert_eq!(Intent::parse(uri), Intent::parse(&canonical(uri)));
    }
    let intent = Intent::parse(
        "intent:#Intent;S.a=1;i.a=2;d.x=1.5e3f;c.c=%41x;sourceBounds=1%20-2%203%204;S.a=%ff;end",
    )
    .unwrap();
    let keys: Vec<_> = intent.extras.iter().map(|extra| extra.key.to_string()).collect();
    assert_eq!(keys, ["x", "c", "a"]);
    assert_eq!(intent.text_extra("a").unwrap(), "\u{fffd}");
}
