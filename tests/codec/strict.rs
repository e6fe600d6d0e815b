//! Input that was made to be hard for a decoder: every escape, byte and token where it may stand and where it may not. What each
//! document must give, the interpreter says, kind and place of an error included.

use std::collections::HashSet;

use offline_push::json::DecodeErrorKind::{self, InvalidEscape, UnexpectedByte, WrongType};
use offline_push::json::description::Type;
use offline_push::json::{self, DecodeError, MAX_DEPTH, Members, Raw};
use offline_push::vivo::SendResponse;

use crate::common::spots::{Spot, class, different_spots, shortest, whole};
use crate::common::{KINDS, Kind, kind};
use crate::properties::decoding::is_read_as_interpreted;
use crate::properties::owning::is_kept_as_it_decodes;

fn holds(kind: &Kind, bytes: &[u8]) {
    if let Err(error) = is_read_as_interpreted(kind, bytes) {
        unreachable!("{error}");
    }
    is_kept_as_it_decodes(kind, bytes);
}

/// A message before and behind what is put inside of a string, or in place of a value.
struct Place {
    kind: &'static Kind,
    before: String,
    behind: String,
}

impl Place {
    fn of(spot: &Spot, around: &str) -> Self {
        let (before, behind) = around.split_once('§').unwrap();
        let (message, at) = spot.with(&format!("{before}{behind}"));
        let (before, behind) = message.split_at(at + before.len());
        Self { kind: spot.kind, before: before.to_owned(), behind: behind.to_owned() }
    }

    /// The message is as interpreted, alone, and with a member in front of it whose escape is resolved.
    fn holds(&self, inserted: &[u8]) {
        let message = [self.before.as_bytes(), inserted, self.behind.as_bytes()].concat();
        holds(self.kind, &message);
        let Type::Object(object) = self.kind.description else { return };
        let mut texts = object.fields.iter().filter(|field| matches!(field.value, Type::Text));
        if let Some(other) =
            texts.find(|field| !self.before.contains(field.wire) && !self.behind.contains(field.wire))
        {
            let member = format!("{{\"{}\":\"\\u0070\\n\",", other.wire);
            holds(self.kind, &[member.as_bytes(), &message[1..]].concat());
        }
    }
}

/// One field of each type, with what may stand around a `§` in it; and an unknown member.
fn places(around: fn(&Type) -> &'static [&'static str], unknown: &'static [&'static str]) -> Vec<Place> {
    let (spots, mut seen) = (different_spots(), HashSet::new());
    let mut places = Vec::new();
    for spot in spots.iter().filter(|spot| seen.insert((class(spot.value), spot.field.tolerance as u8))) {
        places.extend(around(spot.value).iter().map(|around| Place::of(spot, around)));
    }
    let spot = spots.iter().find(|spot| spot.kind.name == "vivo.send").unwrap();
    for around in unknown {
        let message = spot.behind(around, &shortest(spot.value));
        let (before, behind) = message.split_once('§').unwrap();
        places.push(Place { kind: spot.kind, before: before.to_owned(), behind: behind.to_owned() });
    }
    places
}

/// The insides of strings.
fn in_strings() -> Vec<Place> {
    places(
        |value| match value {
            Type::Text | Type::Integer { .. } => &["\"§\""],
            Type::Raw => &["[\"§\"]", "{\"§\":0}"],
            Type::Map => &["{\"k\":\"§\"}", "{\"§\":\"v\"}", "{\"k\":[\"§\"]}"],
            Type::List(Type::Text) => &["[\"a\",\"§\",\"z\"]"],
            Type::Keyed(_) => &["{\"§\":{}}"],
            _ => &[],
        },
        &["\"new\":[\"§\"]", "\"new\":{\"§\":0}", "\"new§\":0"],
    )
}

/// Values.
fn at_values() -> Vec<Place> {
    places(|_| &["§"], &["\"new\":§", "\"new\":{\"a\":[0,§]}"])
}

/// Escapes of RFC 8259 with surrogates at the ends of their range, halves of pairs, and JSON in JSON.
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
    r"\ud7ff\ue000\uffff",
    r"\ud83d\ude00",
    r"\ud800\udc00",
    r"\udbff\udfff",
    r"\ud83d",
    r"\ude00",
    r"\ud83d\ud83d\ude00",
    r"\ud83d\n",
    r"\ud83d\u0041",
    r#"{\"entity\":{\"content\":\"\\u4e0d \\\" 今晚 \\\\\"}}"#,
];

const NO_ESCAPES: &[&str] = &[
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
    r"\u 041",
    r"\u00 1",
    r"\uD83",
    r"\é",
    r"\u٠٠٠٠",
    "\\\n",
    r"\ud83d\u12",
    r"\ud83d\x",
    r"\n\x",
];

/// What is not UTF-8: bytes that stand alone, ends that miss, characters that are too long, too high, or half of a pair.
const NOT_UTF8: &[&[u8]] = &[
    b"\x80",
    b"\xbf",
    b"\xc3",
    b"\xc0\x80",
    b"\xc1\xbf",
    b"\xe0\x80\x80",
    b"\xe4\xbd",
    b"\xe4\xbdx",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xf0\x80\x80\x80",
    b"\xf0\x9f\x98",
    b"\xf4\x90\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xfe",
    b"\xff\xfe",
];

#[test]
fn decode_escapes_and_their_faults_in_every_string() {
    for place in in_strings() {
        for text in ESCAPES.iter().chain(NO_ESCAPES) {
            place.holds(text.as_bytes());
            place.holds(format!("今晚{text}七点 in the old place, where we met").as_bytes());
        }
    }
}

/// Found by the vector code, too, wherever in a block it stands.
#[test]
fn decode_special_bytes_wherever_in_the_string_they_stand() {
    for place in in_strings().iter().filter(|place| place.kind.name.starts_with("vivo")) {
        for before in 0..70 {
            for special in [r"\ud83d\ude00", "\n", "\"", r"\x"] {
                place.holds(format!("{}{special}{}", "x".repeat(before), "y".repeat(70 - before)).as_bytes());
            }
        }
    }
}

/// Whatever a decoder writes over the bytes that an escape frees, it must not be taken for text.
#[test]
fn decode_text_with_every_control_character() {
    let controls: Vec<String> = (0..0x20).map(|control| format!(r"\u{control:04x}")).collect();
    for place in in_strings() {
        place.holds(controls.concat().as_bytes());
        for left_out in 0..controls.len() {
            let mut most = controls.clone();
            let one = most.remove(left_out);
            place.holds(most.concat().as_bytes());
            place.holds(format!("{one}{one}\u{7f}").as_bytes());
            place.holds(&[b'a', left_out as u8, b'z']);
        }
        place.holds("a\u{7f}\u{80}\u{9f}\u{2028}\u{fffd}\u{feff}\u{fffe}\u{10ffff}z {[:,]} /".as_bytes());
    }
}

#[test]
fn decode_bytes_that_are_not_utf8_in_every_string() {
    for place in in_strings() {
        for bad in NOT_UTF8 {
            for (before, behind) in
                [("", ""), ("今晚", ""), (r"a\n", ""), (r"a\ud83d\ude00", r"\n"), ("a", r"\u0041")]
            {
                place.holds(&[before.as_bytes(), bad, behind.as_bytes()].concat());
            }
        }
        // Two halves of a character do not meet because the escape between them is resolved.
        for halves in [&b"\xe4\\n\xbd\xa0"[..], b"\xe4\\u00bd\xa0", b"\xf0\x9f\\/\x98\x80"] {
            place.holds(halves);
        }
    }
}

/// Bytes that no JSON holds outside of a string: free for a decoder to mark what it did, as long as it tells its marks from the
/// sender's.
#[test]
fn decode_no_byte_stands_for_a_quote() {
    let marks = (0..b' ').filter(|byte| !b"\t\n\r".contains(byte)).chain([0x7f, 0xfe, 0xff]);
    for mark in marks {
        for place in in_strings() {
            let (before, behind) = (&place.before[..place.before.len() - 1], &place.behind[1..]);
            for fill in [1, 2, 6] {
                for inside in ["forged", r"a\n", "0000000000000006forged"] {
                    let fill = vec![mark; fill];
                    let all = [&[mark][..], inside.as_bytes(), &fill].concat();
                    holds(place.kind, &[before.as_bytes(), &all, behind.as_bytes()].concat());
                    let behind_it = [b"\"", inside.as_bytes(), b"\"", &fill].concat();
                    holds(place.kind, &[before.as_bytes(), &behind_it, behind.as_bytes()].concat());
                }
            }
        }
    }
}

#[test]
fn decode_what_is_no_value_and_every_number_at_every_value() {
    let values = [
        "",
        ",",
        ":",
        "]",
        "}",
        "[1,]",
        "[1,\t]",
        "[,1]",
        "[,]",
        "[1,,2]",
        "[1 2]",
        "[1:2]",
        "[1}",
        "[}",
        r#"{"a":1,}"#,
        r#"{,"a":1}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a" 1}"#,
        r#"{"a"::1}"#,
        r#"{"a":}"#,
        r#"{"a":1]"#,
        "{]",
        "{a:1}",
        "{1:2}",
        r#"{["a"]:1}"#,
        "'a'",
        "nuLl",
        "True",
        "fals3",
        "NaN",
        "/* c */1",
        "\u{b}1",
        "\u{a0}1",
        "\u{feff}1",
        "01",
        "-01",
        "--1",
        "-.5",
        "1.",
        "1.e5",
        "1..5",
        "1e",
        "1e+",
        "1e+-5",
        "-1.5e",
        "+1",
        ".5",
        "٣",
        "1a",
        "0x10",
        "1_000",
        "1 000",
        "1-1",
        "0.0",
        "-1.25",
        "1E-5",
        "1.0e00",
        "18446744073709551616",
        "-9223372036854775809",
        "\"9999999999999999999999\"",
        r#""\u0031\u002e""#,
        r#"["b""\u002c1,"]"#,
        r#""\u0061""\u002c""#,
        r#"{"\u0061""\u003a1,":2}"#,
        "\n[\t1 ,\r2 ]\n",
        r#" { "a" : 1 , "b" : [ ] } "#,
    ];
    for place in at_values() {
        values.iter().for_each(|value| place.holds(value.as_bytes()));
        for levels in [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 2000] {
            place.holds(format!("{}{}", "[".repeat(levels), "]".repeat(levels)).as_bytes());
            place
                .holds(format!("{}0{}", r#"[{"\n":"#.repeat(levels / 2), "}]".repeat(levels / 2)).as_bytes());
        }
    }
}

/// In a reply, what is of another type is passed over, and what is malformed is not: in front of it may be resolved escapes.
#[test]
fn decode_wrong_values_of_replies_behind_resolved_escapes() {
    let users = [
        r#"[{"status":1,"userid":"\u0061\n"},7,{"status":2,"userid":"\u0062\n"}]"#,
        r#"[{"userid":"\ud83d\ude00\u0000\u0001"},{"userid":"\\"},["\""],{"userid":"\\\""}]"#,
        r#"[ {"\u0075serid":"\n","new":["\n"]} , "\n" , "\u0022" , null ]"#,
        r#"[{"userid":"\u0061 long enough to reach behind what follows: \u0062\u0063"},0]"#,
        r#"[{"status":1,"userid":"u","status":1}]"#,
        r#"[{},{"userid":[0],"status":"x","userid":"u"}]"#,
        r#"[{"a":[0,{"b"}]},0]"#,
        r#"[0,"\ud83d\u12"]"#,
    ];
    let ends = [
        r#","desc":"d\u0065\n"}"#,
        "}",
        "",
        "x",
        ",\"desc\":\0a\0}",
        ",\"a\":\"b\",\"desc\":\u{1}a\u{1}}",
        ",\u{7f}a\u{7f}:0}",
        ",\"new\":[\"b\",\u{2}a\u{2}]}",
    ];
    for users in users {
        for end in ends {
            for front in
                [r#"{"result":0,"invalidUsers":"#, r#"{"requestId":"r\n","result":0,"invalidUsers":"#]
            {
                let whole = format!("{front}{users}{end}");
                holds(kind("vivo.list-push.reply"), whole.as_bytes());
                for cut in front.len()..whole.len() {
                    holds(kind("vivo.list-push.reply"), &whole.as_bytes()[..cut]);
                }
            }
        }
    }
}

/// A message of every kind with all of its members, in every rotation, backwards, and with unknown members between.
#[test]
fn decode_members_in_any_order() {
    for kind in KINDS {
        let Type::Object(object) = kind.description else { continue };
        let members: Vec<_> = object
            .fields
            .iter()
            .map(|field| format!("\"{}\":{}", field.wire, whole(field.value, "\"t\"")))
            .collect();
        let canonical = kind.in_place(format!("{{{}}}", members.join(",")).as_bytes()).unwrap();
        for start in 0..members.len() {
            let mut order = members.clone();
            order.rotate_left(start);
            for order in [order.clone(), order.into_iter().rev().collect()] {
                for between in [",", " , ", r#","new":{"a":["\n"]},"#] {
                    let document = format!("{{{}}}", order.join(between));
                    assert_eq!(kind.in_place(document.as_bytes()).as_ref(), Ok(&canonical), "{document}");
                }
            }
        }
    }
}

#[test]
fn decode_keys_that_are_nearly_known() {
    let keys = [
        "RESULT",
        "resul",
        "results",
        "result ",
        " result",
        "\\u0000result",
        "resul\\\\t",
        "\\u0052esult",
        "\\\\u0072esult",
        "",
        "新",
    ];
    for key in keys {
        for text in [format!(r#"{{"{key}":1,"result":0}}"#), format!(r#"{{"result":0,"{key}":1,"{key}":2}}"#)]
        {
            assert_eq!(
                kind("vivo.send.reply").in_place(text.as_bytes()).as_deref(),
                Ok(r#"{"result":0}"#),
                "{text}"
            );
            holds(kind("vivo.send.reply"), text.as_bytes());
        }
    }
    for key in [r"\u0072esult", r"resul\u0074", r"\u0072\u0065\u0073\u0075\u006C\u0074"] {
        let text = format!(r#"{{"{key}":7}}"#);
        assert_eq!((kind("vivo.send.reply").from_str)(&text).as_deref(), Ok(r#"{"result":7}"#));
    }
}

#[test]
fn decode_white_space_between_all_tokens() {
    for kind in KINDS {
        let document = kind.in_place(whole(kind.description, "\"t\"").as_bytes()).unwrap();
        for space in [" ", " \r\n\t ", "\0", "\u{b}", "\u{a0}", "\u{feff}", "\u{3000}"] {
            let tokens: String = document
                .chars()
                .map(|character| {
                    if "{}[]:,".contains(character) {
                        format!("{space}{character}{space}")
                    } else {
                        character.to_string()
                    }
                })
                .collect();
            holds(kind, tokens.as_bytes());
        }
    }
}

type Failure = (DecodeErrorKind, usize, Option<&'static str>, Option<usize>);

fn failure(error: DecodeError) -> Failure {
    (error.kind(), error.offset(), error.field(), error.index())
}

/// Of a syntax error, the interpreter does not say the field.
#[test]
fn decode_syntax_error_names_the_innermost_field() {
    let faults: [(&str, &str, Failure); 12] = [
        ("vivo.send.reply", r#"{,"result":0}"#, (UnexpectedByte, 1, None, None)),
        ("vivo.send.reply", r#"{"result":0 "desc":"d"}"#, (UnexpectedByte, 12, None, None)),
        ("vivo.send.reply", r#"{"result" 0}"#, (UnexpectedByte, 10, None, None)),
        ("vivo.send.reply", r#"{"result":x}"#, (UnexpectedByte, 10, Some("result"), None)),
        ("vivo.send.reply", r#"{"new":x}"#, (UnexpectedByte, 7, None, None)),
        (
            "vivo.send.reply",
            r#"{"invalidUser":{,"status":1}}"#,
            (UnexpectedByte, 16, Some("invalidUser"), None),
        ),
        ("vivo.send.reply", r#"{"invalidUser":{"status":x}}"#, (UnexpectedByte, 25, Some("status"), None)),
        ("vivo.list-push", r#"{"regIds":["a" "b"]}"#, (UnexpectedByte, 15, Some("regIds"), None)),
        ("vivo.list-push", r#"{"regIds":["a",]}"#, (UnexpectedByte, 15, Some("regIds"), Some(1))),
        (
            "vivo.send",
            r#"{"clientCustomMap":{"a" "b"}}"#,
            (UnexpectedByte, 24, Some("clientCustomMap"), None),
        ),
        ("vivo.send", r#"{"clientCustomMap":{1:"b"}}"#, (UnexpectedByte, 20, Some("clientCustomMap"), None)),
        ("vivo.send", r#"{"extra":{"callback":"\x"}}"#, (InvalidEscape, 22, Some("callback"), None)),
    ];
    for (name, text, expected) in faults {
        for outcome in [(kind(name).from_str)(text), kind(name).in_place(text.as_bytes())] {
            assert_eq!(outcome.map_err(failure), Err(expected), "{text}");
        }
    }
}

#[test]
fn decode_error_in_words_has_field_element_and_offset() {
    let text = r#"{"title":"t","content":"c","requestId":"r","tagExpression":{"orTags":["a",1]}}"#;
    let shown = (kind("vivo.send").from_str)(text).unwrap_err().to_string();
    assert!(["`orTags`", "element 1", "byte 74"].iter().all(|part| shown.contains(part)), "{shown}");
    let error = json::from_str::<SendResponse>("").unwrap_err();
    assert!(size_of_val(&error) <= 48, "{}", size_of_val(&error));
    let _: &dyn core::error::Error = &error;
}

#[test]
fn decode_with_scratch_wants_as_much_as_the_input() {
    let input = br#"{"result":0,"desc":"\n"}"#;
    for length in 0..input.len() {
        let error = json::from_slice_with_scratch::<SendResponse>(input, &mut vec![0; length]).unwrap_err();
        assert_eq!(failure(error), (DecodeErrorKind::BufferFull, input.len(), None, None));
    }
    let mut scratch = vec![0xee; 1000];
    let reply: SendResponse = json::from_slice_with_scratch(input, &mut scratch).unwrap();
    assert_eq!(reply.desc, Some("\n"));
}

#[test]
fn members_new_takes_objects_alone() {
    for (text, at) in [("1", 0), ("[]", 0), ("null", 0), (r#""{}""#, 0), (" [1] ", 1)] {
        let error = Members::new(text).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (WrongType, at), "{text}");
        assert!(Raw::new(text).is_ok());
    }
    assert_eq!(Members::new(" {} ").unwrap().as_str(), "{}");
}
