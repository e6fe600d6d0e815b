//! Input that was made to be hard for this decoder, which resolves escapes in place: special bytes at every place of a block, bytes
//! like its own marks, names like those it looks up. The interpreter says what each document must give.

use std::collections::HashSet;

use offline_push::json::DecodeErrorKind::{self, InvalidEscape, UnexpectedByte};
use offline_push::json::description::Type;
use offline_push::json::{self, DecodeError};
use offline_push::vivo::SendResponse;

use crate::common::spots::{Spot, class, different_spots, shortest, spots, whole};
use crate::common::{KINDS, Kind, kind};
use crate::properties::decoding::is_read_as_interpreted;
use crate::properties::owning::is_kept_as_it_decodes;

fn holds(kind: &Kind, bytes: &[u8]) {
    if let Err(error) = is_read_as_interpreted(kind, bytes) {
        unreachable!("{error}");
    }
    is_kept_as_it_decodes(kind, bytes);
}

/// The parts of a message before and behind the text that is put inside a string, or in place of a value.
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

    /// The codec reads the message as the interpreter does, as it is, and also with a member in front whose escape is resolved.
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

/// The insides of strings in one field of each type, and in an unknown member.
fn in_strings() -> Vec<Place> {
    let (different, mut seen) = (different_spots(), HashSet::new());
    let mut places = Vec::new();
    for spot in different.iter().filter(|spot| seen.insert((class(spot.value), spot.field.tolerance as u8))) {
        let around: &[&str] = match spot.value {
            Type::Text | Type::Integer { .. } => &["\"§\""],
            Type::Raw => &["[\"§\"]", "{\"§\":0}"],
            Type::Map => &["{\"k\":\"§\"}", "{\"§\":\"v\"}", "{\"k\":[\"§\"]}"],
            Type::List(Type::Text) => &["[\"a\",\"§\",\"z\"]"],
            Type::Keyed(_) => &["{\"§\":{}}"],
            _ => &[],
        };
        places.extend(around.iter().map(|around| Place::of(spot, around)));
    }
    let spot = spots().into_iter().find(|spot| spot.kind.name == "vivo.send").unwrap();
    for around in ["\"new\":[\"§\"]", "\"new\":{\"§\":0}", "\"new§\":0"] {
        let message = spot.behind(around, &shortest(spot.value));
        let (before, behind) = message.split_once('§').unwrap();
        places.push(Place { kind: spot.kind, before: before.to_owned(), behind: behind.to_owned() });
    }
    places
}

/// The vector code, too, finds it at every place of a block.
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

/// A decoder writes marks over the bytes that an escape frees. Whatever they are, it must not take them for text.
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

/// These bytes are in no JSON outside a string. A decoder may use them as marks, as long as it does not take a sender's bytes for its
/// own marks.
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

/// In a reply, a value of another type is skipped, and a malformed one is an error. Resolved escapes may be in front of it.
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
        r#","desc":"d\u0065\n"}"#, "}", "", "x", ",\"desc\":\0a\0}", ",\"a\":\"b\",\"desc\":\u{1}a\u{1}}",
        ",\u{7f}a\u{7f}:0}", ",\"new\":[\"b\",\u{2}a\u{2}]}",
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

/// A message of every kind with all of its members, in every rotation, backwards, and with unknown members between them.
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

/// Names that differ from a declared one at one place, or by an escape, in front of each field. They are unknown members. An object
/// that many messages contain is tried once.
#[test]
fn decode_keys_that_are_nearly_known() {
    let mut seen = HashSet::new();
    let is_new = |spot: &Spot| {
        let mut names = spot.path.rsplit('/');
        let (name, parent) = (names.next().unwrap(), names.next().filter(|parent| !parent.is_empty()));
        seen.insert((name.to_owned(), parent.unwrap_or(spot.kind.name).to_owned()))
    };
    for spot in spots().into_iter().filter(is_new) {
        let name = spot.field.wire;
        let (first, rest) = name.split_at(1);
        let (start, last) = name.split_at(name.len() - 1);
        let code = first.as_bytes()[0];
        for key in [
            name.to_uppercase(),
            start.to_owned(),
            rest.to_owned(),
            format!("{name}s"),
            format!(" {name}"),
            format!("~{rest}"),
            format!("{start}~"),
            format!("\\u0000{name}"),
            format!(r"{start}\\{last}"),
            format!(r"\\u{code:04x}{rest}"),
            format!(r"\u{code:04x}{rest}x"),
        ] {
            let value = shortest(spot.value);
            holds(spot.kind, spot.behind(&format!(r#""{key}":[0]"#), &value).as_bytes());
        }
    }
}

type Failure = (DecodeErrorKind, usize, Option<&'static str>, Option<usize>);

fn failure(error: DecodeError) -> Failure {
    (error.kind(), error.offset(), error.field(), error.index())
}

/// The interpreter does not say the field of a syntax error, so this table does.
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
