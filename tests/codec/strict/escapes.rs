//! Escapes: which there are, where they are resolved, and that read-only input never gives wrong text.

use offline_push::json;
use offline_push::json::DecodeErrorKind::{ControlCharacter, EscapedText, InvalidEscape};
use offline_push::vivo::{Notification, SendResponse};
use serde_json::json;

use crate::common::{kind, value};
use crate::strict::harness::{
    IN_TEXT, IN_UNREAD, INTEGER, reads, reads_in_place, refused, refused_in_place, refused_read_only,
};

/// Every escape of RFC 8259, pairs of surrogates at the ends of their range, and text in between.
const ESCAPES: &[&str] = &[
    r#"\""#,
    r"\\",
    r"\/",
    r"\b",
    r"\f",
    r"\n",
    r"\r",
    r"\t",
    r"\u0000",
    r"\u001f",
    r"\u0041",
    r"\u00e9",
    r"\u4E0D",
    r"\u4e0d\u5408\u6cd5",
    r"\ud7ff\ue000\uffff",
    r"\ud83d\ude00",
    r"\uD83D\uDE00",
    r"\ud800\udc00",
    r"\udbff\udfff",
    r#"{\"entity\":{\"content\":\"\\u4e0d \\\" 今晚 \\\\\"}}"#,
];

#[test]
fn escapes_in_text_are_resolved_in_place() {
    for place in IN_TEXT {
        for escape in ESCAPES {
            place.reads_in_place(escape);
            place.reads_in_place(&format!("今晚{escape}七点 in the old place, where we met"));
        }
    }
}

#[test]
fn an_escape_is_resolved_wherever_in_the_string_it_stands() {
    for place in IN_TEXT {
        for before in 0..80 {
            place.reads_in_place(&format!(r"{}\ud83d\ude00{}", "x".repeat(before), "y".repeat(80 - before)));
        }
    }
}

/// Whatever a decoder writes over the bytes that an escape frees, it must not be taken for text.
#[test]
fn text_that_holds_every_control_character_is_resolved() {
    let controls: Vec<String> = (0..0x20).map(|control| format!(r"\u{control:04x}")).collect();
    let short =
        controls.concat().replace(r"\u0008", r"\b").replace(r"\u000c", r"\f").replace(r"\u000a", r"\n");
    for place in IN_TEXT {
        for text in
            [controls.concat(), short.clone(), format!(r"{short}{short}\u007f"), format!("今{short}晚")]
        {
            place.reads_in_place(&text);
        }
        for left_out in 0..controls.len() {
            let mut most = controls.clone();
            most.remove(left_out);
            place.reads_in_place(&most.concat());
            place.reads_in_place(&controls[left_out]);
            place.reads_in_place(&format!("{0}{0}\u{7f}", controls[left_out]));
        }
    }
}

#[test]
fn a_surrogate_pair_is_one_character() {
    let mut input = *br#"{"result":0,"desc":"\ud83d\ude00"}"#;
    let reply: SendResponse = json::from_slice_in_place(&mut input).unwrap();
    assert_eq!(reply.desc, Some("😀"));
}

#[test]
fn escapes_that_nobody_reads_pass_untouched() {
    for place in IN_UNREAD {
        for escape in ESCAPES {
            place.reads(escape);
        }
    }
    let text = r#"{"title":"t","content":"c","requestId":"r","auditReview":["\u4e0d\/\ud83d\ude00"]}"#;
    let push: Notification = json::from_str(text).unwrap();
    assert_eq!(push.audit_review.unwrap().as_str(), r#"["\u4e0d\/\ud83d\ude00"]"#);
    let mut input = text.replace(r#""t""#, r#""\u0074""#).into_bytes();
    let push: Notification = json::from_slice_in_place(&mut input).unwrap();
    assert_eq!(push.audit_review.unwrap().as_str(), r#"["\u4e0d\/\ud83d\ude00"]"#);
}

#[test]
fn escaped_text_in_read_only_input_is_an_error_and_never_wrong_text() {
    for place in IN_TEXT {
        for escape in ESCAPES {
            for before in ["", "a", "今晚七点在老地方见，不见不散"] {
                let text = format!("{before}{escape}z");
                let backslash = text.find('\\').unwrap();
                let (bytes, offset) = place.with(text);
                let expected = place.failure(EscapedText, offset + backslash);
                refused_read_only(kind("vivo.send"), &String::from_utf8(bytes).unwrap(), expected);
            }
        }
    }
}

#[test]
fn decode_escaped_digits_of_a_number_in_a_string() {
    for (text, canonical) in [
        (r#"{"result":"\u00311"}"#, json!({"result": 11})),
        (r#"{"result":"1\u0031"}"#, json!({"result": 11})),
        (r#"{"result":"\u0031"}"#, json!({"result": 1})),
        (r#"{"result":"-\u0032000"}"#, json!({"result": -2000})),
        (
            r#"{"invalidUser":{"status":"\u00311"},"result":11}"#,
            json!({"result": 11, "invalidUser": {"status": 11}}),
        ),
    ] {
        reads(kind("vivo.send.reply"), text, &canonical);
    }
}

#[test]
fn an_escaped_known_key_is_the_key() {
    let canonical = json!({"result": 10302, "desc": "d", "invalidUser": {"status": 1}});
    let keys = [
        (r"\u0072esult", "desc", r"\u0073tatus"),
        (r"resul\u0074", r"\u0064\u0065\u0073\u0063", "status"),
        (r"\u0072\u0065\u0073\u0075\u006C\u0074", r"d\u0065sc", r"statu\u0073"),
    ];
    for (result, desc, status) in keys {
        let text = format!(r#"{{"{result}":10302,"{desc}":"d","invalidUser":{{"{status}":1}}}}"#);
        reads(kind("vivo.send.reply"), &text, &canonical);
    }
    let text = r#"{"title":"t","content":"c","requestId":"r","extra":{"callback\u002eparam":"p"}}"#;
    let canonical = json!({"title": "t", "content": "c", "requestId": "r", "extra": {"callback.param": "p"}});
    reads(kind("vivo.send"), text, &canonical);
}

/// Read a second time, as the elements of lists are, and all that an `Owned` holds, such a key stands resolved in the buffer.
#[test]
fn a_key_that_reads_like_an_escape_is_unknown_each_time_that_it_is_read() {
    let unknown = [
        ("vivo.send.reply", r#"{"\\u0072esult":1,"result":0}"#, json!({"result": 0})),
        (
            "vivo.send.reply",
            r#"{"result":0,"\\u0074askId":"x","desc":"\u0064"}"#,
            json!({"result": 0, "desc": "d"}),
        ),
        ("vivo.receipt", r#"{"t":{"\\u0061ckTime":"x"}}"#, json!({"t": {}})),
        ("vivo.receipt", r#"{"t":{"ackType":"0","\\u0061ckType":"2"}}"#, json!({"t": {"ackType": "0"}})),
        (
            "vivo.list-push.reply",
            r#"{"result":0,"invalidUsers":[{"status":1,"userid":"\u0061","\\u0073tatus":2}]}"#,
            json!({"result": 0, "invalidUsers": [{"status": 1, "userid": "a"}]}),
        ),
    ];
    for (name, text, canonical) in unknown {
        reads_in_place(kind(name), text, &canonical);
        let kept = (kind(name).owned)(text.as_bytes()).unwrap();
        assert_eq!(value(&kept.view), canonical, "{text}");
    }
}

#[test]
fn an_escaped_key_that_only_begins_like_a_known_one_is_unknown() {
    for key in [r"resul\u0074s", r"resul\u0020", r"\u0000result", r"resul\\t", r"\u0052esult"] {
        let text = format!(r#"{{"result":0,"{key}":1}}"#);
        reads(kind("vivo.send.reply"), &text, &json!({"result": 0}));
    }
}

#[test]
fn a_bad_escape_is_refused_in_every_string() {
    let bad = [
        r"\x41",
        r"\a",
        r"\'",
        r"\0",
        r"\U0041",
        r"\ ",
        r"\u",
        r"\u12",
        r"\u123g",
        r"\u+041",
        r"\u-041",
        r"\u 041",
        r"\u00 1",
        r"\uD83",
        r"\é",
        r"\u٠٠٠٠",
        "\\\n",
    ];
    for place in IN_TEXT.iter().chain(IN_UNREAD) {
        for escape in bad {
            place.refuses(escape, InvalidEscape, 0);
            place.refuses(&format!("今{escape} and on"), InvalidEscape, 3);
        }
    }
}

/// The half itself is text; read-only input with it in text is refused for that before.
#[test]
fn decode_bad_escape_behind_half_a_pair_is_named_at_itself() {
    for bad in [r"\u12", r"\u00g0", r"\x"] {
        let text = format!(r"\ud83d{bad}");
        for place in IN_UNREAD {
            place.refuses(&text, InvalidEscape, 6);
        }
        for place in IN_TEXT {
            let (bytes, at) = place.with(&text);
            refused_in_place(kind("vivo.send"), &bytes, place.failure(InvalidEscape, at + 6));
            let text = str::from_utf8(&bytes).unwrap();
            refused_read_only(kind("vivo.send"), text, place.failure(EscapedText, at));
        }
    }
}

#[test]
fn a_bad_escape_in_a_number_sent_as_a_string_is_refused() {
    for place in INTEGER {
        place.refuses(r#""1\x""#, InvalidEscape, 2);
    }
}

#[test]
fn a_fault_behind_an_escape_is_named_in_place() {
    let faults = [("\n", ControlCharacter), (r"\x", InvalidEscape), (r"\u12", InvalidEscape)];
    for place in IN_TEXT {
        for escape in [r"\n", r"\u0041", r"\ud83d\ude00"] {
            for (fault, reason) in faults {
                let (bytes, offset) =
                    place.with(format!("今晚{escape}七点{fault} in the old place, where we met"));
                let backslash = offset + "今晚".len();
                let expected = place.failure(EscapedText, backslash);
                refused_read_only(kind("vivo.send"), str::from_utf8(&bytes).unwrap(), expected);
                let expected = place.failure(reason, backslash + escape.len() + "七点".len());
                refused_in_place(kind("vivo.send"), &bytes, expected);
            }
        }
    }
}

#[test]
fn the_first_of_two_faults_is_named() {
    // Read-only input stops at the first escape; in place it is resolved, and the next fault is the first.
    let text = r#"{"result":0,"desc":"\n","taskId":"\x"}"#;
    refused_read_only(kind("vivo.send.reply"), text, (EscapedText, 20, Some("desc"), None));
    refused_in_place(kind("vivo.send.reply"), text.as_bytes(), (InvalidEscape, 34, Some("taskId"), None));
    let text = r#"{"result":0,"desc":"\x","taskId":"\n"}"#;
    refused(kind("vivo.send.reply"), text, (InvalidEscape, 20, Some("desc"), None));
}
