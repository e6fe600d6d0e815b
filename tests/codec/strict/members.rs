//! The members of an object: their order, those that nobody knows, those that come twice.

use offline_push::json::DecodeErrorKind::{DuplicateField, InvalidEscape, WrongType};
use offline_push::json::{self, MapValue};
use offline_push::vivo::Notification;
use serde_json::json;

use crate::common::{kind, value};
use crate::strict::harness::{reads, refused};

/// All orders of some members.
fn orders(members: &[String]) -> Vec<Vec<String>> {
    if members.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in 0..members.len() {
        let mut rest = members.to_vec();
        let member = rest.remove(first);
        for mut order in orders(&rest) {
            order.insert(0, member.clone());
            all.push(order);
        }
    }
    all
}

#[test]
fn keys_come_in_any_order() {
    let canonical = json!({
        "result": 10302, "desc": "d", "taskId": "7", "invalidUser": {"status": 1, "userid": "u"},
    });
    for inner in [r#"{"status":1,"userid":"u"}"#, r#"{"userid":"u","status":1}"#] {
        let members = [
            r#""result":10302"#.to_owned(),
            r#""desc":"d""#.to_owned(),
            r#""taskId":"7""#.to_owned(),
            format!(r#""invalidUser":{inner}"#),
            r#""new":[0]"#.to_owned(),
        ];
        for order in orders(&members) {
            reads(kind("vivo.send.reply"), &format!("{{{}}}", order.join(",")), &canonical);
        }
    }
}

#[test]
fn every_rotation_of_a_long_message_is_the_message() {
    let push = r#"{"appId":1,"regId":"r","alias":"a","notifyType":1,"title":"t","content":"c","timeToLive":2,"skipType":3,"skipContent":"s","networkType":-1,"classification":1,"category":"IM","clientCustomMap":{"k":"v"},"extra":{"callback":"b"},"requestId":"i","pushMode":0,"notifyId":4,"profileId":"p","sendOnline":true,"foregroundShow":false,"addBadge":true,"timedDisplay":{"showStartTime":5},"auditReview":[],"tagExpression":{"orTags":[]},"isBusinessMsg":0}"#;
    let canonical = value(push);
    let members: Vec<_> =
        canonical.as_object().unwrap().iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
    assert_eq!(members.len(), 25, "every field of the message");
    for start in 0..members.len() {
        let mut order = members.clone();
        order.rotate_left(start);
        reads(kind("vivo.send"), &format!("{{{}}}", order.join(",")), &canonical);
        order.reverse();
        reads(kind("vivo.send"), &format!("{{{}}}", order.join(",")), &canonical);
    }
}

#[test]
fn an_unknown_key_is_passed_over_wherever_it_stands() {
    let canonical = json!({"result": 0, "desc": "d", "invalidUser": {"status": 1}});
    for unknown in
        [r#""new":0"#, r#""":"""#, r#""results":1"#, r#""resul":1"#, r#""Result":1"#, r#""新":{"a":[null]}"#]
    {
        for message in [
            format!(r#"{{{unknown},"result":0,"desc":"d","invalidUser":{{"status":1}}}}"#),
            format!(r#"{{"result":0,{unknown},"desc":"d","invalidUser":{{"status":1}}}}"#),
            format!(r#"{{"result":0,"desc":"d","invalidUser":{{{unknown},"status":1}}}}"#),
            format!(r#"{{"result":0,"desc":"d","invalidUser":{{"status":1,{unknown}}}}}"#),
            format!(r#"{{"result":0,"desc":"d","invalidUser":{{"status":1}},{unknown}}}"#),
        ] {
            reads(kind("vivo.send.reply"), &message, &canonical);
        }
    }
}

#[test]
fn any_number_of_unknown_keys_is_passed_over() {
    for count in [2, 3, 31, 32, 33, 1000] {
        let unknown: String = (0..count).map(|number| format!("\"new{number}\":{number},")).collect();
        for name in ["vivo.send.reply", "vivo.auth.reply"] {
            reads(kind(name), &format!("{{{unknown}\"result\":0}}"), &json!({"result": 0}));
        }
    }
}

#[test]
fn an_unknown_key_may_come_twice() {
    let text = r#"{"new":1,"result":0,"new":2,"new":{"a":1,"a":2}}"#;
    reads(kind("vivo.send.reply"), text, &json!({"result": 0}));
}

#[test]
fn a_known_key_that_comes_twice_is_refused() {
    let faults = [
        (r#"{"result":0,"desc":"d","result":0}"#, "result", 23),
        (r#"{"result":0,"result":0}"#, "result", 12),
        (r#"{"result":0,"result":"x"}"#, "result", 12),
        (r#"{"desc":"d","result":0,"desc":"d"}"#, "desc", 23),
        (r#"{"result":0,"desc":null,"desc":"d"}"#, "desc", 24),
        (r#"{"result":0,"desc":"d","desc":null}"#, "desc", 23),
        (r#"{"result":0,"new":[],"desc":"d","new":0,"desc":"d"}"#, "desc", 40),
        (r#"{"result":0,"invalidUser":{},"invalidUser":{}}"#, "invalidUser", 29),
        (r#"{"result":0,"invalidUser":{"status":1,"userid":"u","status":1}}"#, "status", 51),
    ];
    for (text, field, at) in faults {
        let text = text.replace('§', "");
        refused(kind("vivo.send.reply"), &text, (DuplicateField, at, Some(field), None));
    }
}

#[test]
fn a_known_key_twice_is_refused_in_every_spelling() {
    let faults = [
        (r#"{"result":0,"r\u0065sult":0}"#, 12),
        (r#"{"r\u0065sult":0,"result":0}"#, 17),
        (r#"{"r\u0065sult":0,"r\u0065sult":0}"#, 17),
        (r#"{"result":0,"\u0072\u0065\u0073\u0075\u006c\u0074":0}"#, 12),
    ];
    for (text, at) in faults {
        refused(kind("vivo.send.reply"), text, (DuplicateField, at, Some("result"), None));
    }
}

#[test]
fn a_key_with_a_fault_is_no_second_of_its_kind() {
    let text = r#"{"result":0,"resul\u74":0}"#;
    refused(kind("vivo.send.reply"), text, (InvalidEscape, 18, None, None));
}

#[test]
fn keys_are_case_sensitive_and_compared_as_a_whole() {
    let text = r#"{"result":0,"RESULT":1,"Desc":2,"desc ":3," desc":4,"taskid":5,"invaliduser":6}"#;
    reads(kind("vivo.send.reply"), text, &json!({"result": 0}));
    // A key of an inner message is no key of the outer one, nor the other way round.
    let text = r#"{"result":0,"status":[],"invalidUser":{"result":[],"status":1}}"#;
    reads(kind("vivo.send.reply"), text, &json!({"result": 0, "invalidUser": {"status": 1}}));
    // A dot in a key is a dot.
    let text = r#"{"title":"t","content":"c","requestId":"r","callback":0,"extra":{"callback":{"param":1}}}"#;
    refused(kind("vivo.send"), text, (WrongType, 76, Some("callback"), None));
}

#[test]
fn the_custom_map_has_any_keys_in_their_order_also_twice() {
    let text = r#"{"title":"t","content":"c","requestId":"r","clientCustomMap":{"title":"1","":"2","k":"3","k":"4"}}"#;
    let push: Notification = json::from_str(text).unwrap();
    let map = push.client_custom_map.unwrap();
    let pairs: Vec<_> = map.iter().map(|(key, value)| (key, value.text().unwrap())).collect();
    assert_eq!(pairs, [("title", "1"), ("", "2"), ("k", "3"), ("k", "4")]);
    assert_eq!((map.len(), map.text("k")), (4, Some("3")));
}

#[test]
fn the_custom_map_keeps_values_that_are_not_text() {
    let values = ["null", "true", "-1.5e3", "[1, 2]", r#"{"a": "\u0041"}"#];
    for raw in values {
        let text = format!(
            r#"{{"title":"t","content":"c","requestId":"r","clientCustomMap":{{"k": {raw} ,"l":"\u006c"}}}}"#
        );
        let mut input = text.into_bytes();
        let push: Notification = json::from_slice_in_place(&mut input).unwrap();
        let map = push.client_custom_map.unwrap();
        assert!(matches!(map.get("k"), Some(MapValue::Raw(value)) if value.as_str() == raw), "{map:?}");
        assert_eq!((map.text("k"), map.text("l")), (None, Some("l")));
    }
}
