//! Optional members of replies: a value that is not what it should be reads as absent. A success stays a success.

use offline_push::json::DecodeErrorKind::{
    self, ControlCharacter, DuplicateField, EndOfInput, EscapedText, InvalidEscape, InvalidNumber, NotUtf8,
    TooDeep, TrailingText, UnexpectedByte,
};
use offline_push::json::{self, MAX_DEPTH, Owned};
use offline_push::vivo::{AuthResponse, ListPushResponse, SendResponse};
use serde_json::{Value, json};

use crate::common::{kind, value};
use crate::strict::harness::{reads, reads_in_place, refused, refused_in_place, refused_read_only};

/// All entry points read the text, and an owned message keeps all of it.
fn is_read(name: &str, text: &str, view: &Value) {
    if text.contains('\\') {
        reads_in_place(kind(name), text, view);
    } else {
        reads(kind(name), text, view);
    }
    is_kept(name, text, view);
}

/// An owned message gives the view each time, and keeps all of the text.
fn is_kept(name: &str, text: &str, view: &Value) {
    let kept = (kind(name).owned)(text.as_bytes()).unwrap();
    assert_eq!(value(&kept.view), *view, "{text}");
    assert_eq!(value(&kept.whole), value(text), "{text}");
    // What is sent on is kept as the same.
    let again = (kind(name).owned)(kept.whole.as_bytes()).unwrap();
    assert_eq!((again.view, &again.whole), (kept.view, &kept.whole), "{text}");
}

#[test]
fn decode_auth_reply_keeps_its_token_beside_a_wrong_valid_time() {
    let text = r#"{"result":0,"authToken":"x","validTime":-1}"#;
    is_read("vivo.auth.reply", text, &json!({"result": 0, "authToken": "x"}));
    let reply: AuthResponse = json::from_str(text).unwrap();
    assert_eq!(reply.auth_token, Some("x"));
}

#[test]
fn decode_send_reply_keeps_its_task_id_beside_a_wrong_user() {
    let absent = json!({"result": 0, "taskId": "1"});
    for wrong in [r#""""#, r#""\n""#, "0", "-1.5e3", "true", "[0]", r#"[{"status":1}]"#, "[[]]"] {
        is_read("vivo.send.reply", &format!(r#"{{"result":0,"taskId":"1","invalidUser":{wrong}}}"#), &absent);
        is_read("vivo.send.reply", &format!(r#"{{"invalidUser":{wrong},"taskId":"1","result":0}}"#), &absent);
    }
    // PHP's empty object is a user of whom nothing is said.
    let empty = json!({"result": 0, "taskId": "1", "invalidUser": {}});
    is_read("vivo.send.reply", r#"{"result":0,"taskId":"1","invalidUser":[]}"#, &empty);
}

#[test]
fn decode_send_reply_keeps_its_result_beside_a_wrong_text() {
    for wrong in ["{}", r#"{"a":"\n"}"#, "[]", r#"["\ud83d"]"#, "true", "1.5", "1e5"] {
        is_read("vivo.send.reply", &format!(r#"{{"result":0,"desc":{wrong}}}"#), &json!({"result": 0}));
        is_read("vivo.send.reply", &format!(r#"{{"desc":{wrong},"result":0}}"#), &json!({"result": 0}));
    }
}

#[test]
fn decode_lenient_text_takes_an_integer_as_its_digits() {
    for digits in ["0", "-7", "342982232646905856", "99999999999999999999999"] {
        let text = format!(r#"{{"result":0,"desc":{digits},"taskId":{digits}}}"#);
        is_kept("vivo.send.reply", &text, &json!({"result": 0, "desc": digits, "taskId": digits}));
        reads(kind("vivo.send.reply"), &text, &json!({"result": 0, "desc": digits, "taskId": digits}));
    }
}

#[test]
fn decode_wrong_user_with_half_a_pair_keeps_the_task_id() {
    let text = r#"{"result":0,"taskId":"1","invalidUser":{"status":"x","userid":{"a":["\ud83d\n"]}}}"#;
    let view = json!({"result": 0, "taskId": "1", "invalidUser": {}});
    reads(kind("vivo.send.reply"), text, &view);
    is_read("vivo.send.reply", text, &view);
    let owned = Owned::<SendResponse<'static>, 128>::receive(text.as_bytes()).unwrap();
    let mut whole = [0; 128];
    assert_eq!(json::to_str(&owned, &mut whole), Ok(text), "nobody has read it, so it is as it was");
}

/// Escapes in front of the wrong element are resolved by then, those behind it are not.
#[test]
fn decode_wrong_element_behind_escapes_leaves_out_the_list() {
    let users = [
        r#"{"status":1,"userid":"\u0061\n"},7,{"status":2,"userid":"\u0062\n"}"#,
        r#"{"userid":"\ud83d\ude00\u0000\u0001"},{"userid":"\\"},["\""],{"userid":"\\\""}"#,
        r#" {"\u0075serid":"\n","new":["\n"]} , "\n" , "\u0022" , null "#,
    ];
    for users in users {
        for (before, behind) in
            [("", r#","desc":"d\u0065\n","requestId":"r""#), (r#""requestId":"r\n","#, r#","desc":"d""#)]
        {
            let text = format!(r#"{{{before}"invalidUsers":[{users}],"result":0{behind}}}"#);
            let mut view = value(&text);
            view.as_object_mut().unwrap().shift_remove("invalidUsers");
            reads_in_place(kind("vivo.list-push.reply"), &text, &view);
            is_kept("vivo.list-push.reply", &text, &view);
            let mut received = text.clone().into_bytes();
            let reply: ListPushResponse = json::from_slice_in_place(&mut received).unwrap();
            assert_eq!((reply.invalid_users, reply.desc), (None, view["desc"].as_str()), "{text}");
        }
    }
}

#[test]
fn decode_list_with_a_missing_member_reads_as_absent() {
    for accounts in
        [r#"{"ErrorCode":1}"#, r#"{"To_Account":"\n","ErrorCode":1},{"To_Account":"b"}"#, "[]", "{}"]
    {
        let text = format!(r#"{{"ErrorCode":0,"ErrorList":[{accounts}],"MsgKey":"k"}}"#);
        is_read("tim.batch.reply", &text, &json!({"ErrorCode": 0, "MsgKey": "k"}));
    }
    let text = r#"{"ErrorCode":0,"ErrorList":[{"To_Account":"a","ErrorCode":1,"ErrorInfo":[]}]}"#;
    let view = json!({"ErrorCode": 0, "ErrorList": [{"To_Account": "a", "ErrorCode": 1}]});
    is_read("tim.batch.reply", text, &view);
}

#[test]
fn decode_lenient_number_out_of_range_reads_as_absent() {
    for wrong in ["-1", "18446744073709551616", "1.5", "1e-1", r#""-1""#, r#""x""#, r#""\u002d1""#, r#""\n""#]
    {
        let text = format!(r#"{{"result":0,"statistics":[{{"taskId":"1","send":{wrong},"target":2}}]}}"#);
        let view = json!({"result": 0, "statistics": [{"taskId": "1", "target": 2}]});
        reads(kind("vivo.statistics.reply"), &text, &view);
        is_read("vivo.statistics.reply", &text, &view);
    }
}

/// The offset is that of the fault, whatever is around it.
#[test]
fn decode_malformed_value_in_a_lenient_member_is_refused() {
    let faults = [
        ("01", InvalidNumber, 1),
        ("-", InvalidNumber, 1),
        ("nul", UnexpectedByte, 3),
        ("tru ", UnexpectedByte, 3),
        ("[1,]", UnexpectedByte, 3),
        (r#"{"a":[0,{"b"}]}"#, UnexpectedByte, 12),
        (r#"{"status":{"a" 1}}"#, UnexpectedByte, 15),
        (r#"[{"status":[1,]}]"#, UnexpectedByte, 14),
        (r#"[0,"\x"]"#, InvalidEscape, 4),
        (r#"[0,"\ud83d\u12"]"#, InvalidEscape, 10),
        ("[0,\"\n\"]", ControlCharacter, 4),
    ];
    for (text, reason, at) in faults {
        for (name, member) in [
            ("vivo.send.reply", "invalidUser"),
            ("vivo.send.reply", "desc"),
            ("vivo.list-push.reply", "invalidUsers"),
            ("vivo.statistics.reply", "statistics"),
        ] {
            let front = format!(r#"{{"result":0,"{member}":"#);
            for message in [format!("{front}{text}}}"), format!(r#"{front}{text},"new":"\n"}}"#)] {
                for outcome in [
                    (kind(name).from_str)(&message),
                    (kind(name).from_slice)(message.as_bytes()),
                    kind(name).in_place(message.as_bytes()),
                    kind(name).escaped(message.as_bytes()),
                    (kind(name).owned)(message.as_bytes()).map(|kept| kept.view),
                ] {
                    let error = outcome.unwrap_err();
                    assert_eq!((error.kind(), error.offset()), (reason, front.len() + at), "{message}");
                }
            }
        }
    }
}

#[test]
fn decode_lenient_member_that_comes_twice_is_refused() {
    for (first, second) in [("{}", "{}"), ("0", "{}"), ("{}", "0"), ("[0]", "null"), ("null", r#""""#)] {
        let front = format!(r#"{{"result":0,"invalidUser":{first},"#);
        let text = format!(r#"{front}"invalidUser":{second}}}"#);
        refused(kind("vivo.send.reply"), &text, (DuplicateField, front.len(), Some("invalidUser"), None));
    }
}

/// Whether it stands in a message or in a list, and whether text was read before it.
#[test]
fn decode_member_twice_within_a_lenient_one_is_refused() {
    for inside in [r#"{"status":1,"userid":"u","#, r#"{"userid":[0],"status":"x","#] {
        for (again, field) in [(r#""status":1}"#, "status"), (r#""userid":"u"}"#, "userid")] {
            let front = format!(r#"{{"result":0,"invalidUser":{inside}"#);
            let expected = (DuplicateField, front.len(), Some(field), None);
            refused(kind("vivo.send.reply"), &format!("{front}{again}}}"), expected);
            let front = format!(r#"{{"result":0,"invalidUsers":[{{}},{inside}"#);
            let expected = (DuplicateField, front.len(), Some(field), Some(1));
            refused(kind("vivo.list-push.reply"), &format!("{front}{again}]}}"), expected);
        }
    }
}

/// What is passed over is one of those values that nobody asked for.
#[test]
fn decode_wrong_lenient_value_nests_up_to_the_limit() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let front = r#"{"result":0,"desc":"#;
    is_read("vivo.send.reply", &format!("{front}{}}}", nested(MAX_DEPTH)), &json!({"result": 0}));
    let text = format!("{front}{}}}", nested(MAX_DEPTH + 1));
    refused(kind("vivo.send.reply"), &text, (TooDeep, front.len() + MAX_DEPTH, Some("desc"), None));
}

#[test]
fn from_str_escaped_lenient_text_is_refused() {
    let text = r#"{"result":0,"desc":"\n"}"#;
    refused_read_only(kind("vivo.send.reply"), text, (EscapedText, 20, Some("desc"), None));
    let text = r#"{"result":0,"invalidUsers":[{"userid":"\n"},0]}"#;
    refused_read_only(kind("vivo.list-push.reply"), text, (EscapedText, 39, Some("userid"), Some(0)));
    // Nobody reads what is behind the wrong element.
    let text = r#"{"result":0,"invalidUsers":[0,{"userid":"\n"}]}"#;
    reads(kind("vivo.list-push.reply"), text, &json!({"result": 0}));
}

/// The bytes that stand for the quotes of a resolved string are none where no string was resolved.
#[test]
fn decode_control_characters_behind_a_wrong_list_are_no_quotes() {
    let list = r#"[{"userid":"\u0061 long enough to reach behind what follows: \u0062\u0063"},0]"#;
    for mark in ['\0', '\u{1}', '\u{2}', '\u{7f}'] {
        for behind in [
            format!(r#","desc":{mark}a{mark}"#),
            format!(r#","a":"b","desc":{mark}a{mark}"#),
            format!(r#","requestId":"r","desc":"d","new":{mark}a{mark}"#),
            format!(r#","requestId":"r","new":["b",{mark}a{mark}]"#),
            format!(r#","requestId":"r",{mark}a{mark}:0"#),
        ] {
            let text = format!(r#"{{"result":0,"invalidUsers":{list}{behind}}}"#);
            let at = text.find(mark).unwrap();
            let reply = kind("vivo.list-push.reply");
            for outcome in [
                reply.in_place(text.as_bytes()),
                reply.escaped(text.as_bytes()),
                (reply.owned)(text.as_bytes()).map(|kept| kept.view),
            ] {
                let error = outcome.unwrap_err();
                assert_eq!((error.kind(), error.offset()), (UnexpectedByte, at), "{text:?}");
            }
        }
    }
}

#[test]
fn decode_bytes_not_utf8_in_a_wrong_lenient_value_are_refused() {
    for value in [&b"[\"\xff\"]"[..], b"{\"\xff\":0}", b"[0,[\"\\n\xff\"]]", b"[{\"userid\":\"\xff\"},0]"] {
        for name in ["desc", "invalidUsers"] {
            let text = [br#"{"result":0,""#, name.as_bytes(), br#"":"#, value, b"}"].concat();
            let at = text.iter().position(|byte| *byte == 0xff).unwrap();
            refused_in_place(kind("vivo.list-push.reply"), &text, (NotUtf8, at, None, None));
        }
    }
}

#[test]
fn decode_input_that_ends_in_a_wrong_lenient_value_is_refused() {
    let whole = r#"{"result":0,"invalidUsers":[{"userid":"\n"},{"a":["b\n",0]},7],"desc":{"c":1.5}}"#;
    let reply = kind("vivo.list-push.reply");
    assert!(reply.in_place(whole.as_bytes()).is_ok());
    for end in 0..whole.len() {
        let expected: (DecodeErrorKind, _) = (EndOfInput, end);
        let error = reply.in_place(&whole.as_bytes()[..end]).unwrap_err();
        assert_eq!((error.kind(), error.offset()), expected, "{}", &whole[..end]);
    }
    let error = reply.in_place(format!("{whole}x").as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (TrailingText, whole.len()));
}
