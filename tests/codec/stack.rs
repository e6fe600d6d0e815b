//! How much stack decoding takes does not depend on its input.
//!
//! A stack that overflows ends the process, so each case runs in a process of its own: this program, started again for the
//! one test at the end. There, ballast takes stack away before the case begins. First, the test finds how much ballast leaves enough
//! stack for an input of a kibibyte. With a little less ballast, the stack must be enough for the longest input.
//!
//! On an emulated machine, a program cannot start itself again.

use std::env;
use std::hint::black_box;
use std::process::{Command, Output};
use std::thread;

use offline_push::intent::Intent;
use offline_push::json::{self, Decode, Members, Message, Owned, Raw};
use offline_push::tim::OfflinePushInfo;
use offline_push::tim::rest::SendMessage;
use offline_push::vivo::{ListPush, Notification, Receipts, SendResponse};

/// Tells the process that runs the case which case, length and ballast to use.
const CASE: &str = "OFFLINE_PUSH_STACK_CASE";
/// What that process prints at the end.
const DONE: &str = "the stack sufficed";
/// What the standard library prints if the stack did not suffice.
const OVERFLOWED: &str = "overflowed its stack";

const SHORT: usize = 1 << 10;
const LONG: [usize; 3] = [1 << 12, 1 << 15, 1 << 18];
/// Lengths of input whose end only the check for UTF-8 reads.
const NESTED: [usize; 3] = [1 << 12, 1 << 20, 1 << 23];

/// The stack of each thread that runs a case.
const STACK: usize = 1 << 21;
/// One piece of ballast takes this much stack, and a little more.
const PIECE: usize = 1 << 10;
/// How many fewer pieces of ballast a long input may bear than a short one: less than a byte for each level.
const LESS: usize = 4;

struct Case {
    name: &'static str,
    input: fn(usize) -> String,
    run: fn(&str),
    lengths: [usize; 3],
}

const fn case(name: &'static str, lengths: [usize; 3], run: fn(&str), input: fn(usize) -> String) -> Case {
    Case { name, input, run, lengths }
}

const CASES: &[Case] = &[
    case("lists in one another", NESTED, any, |length| nested(length, "[", "]")),
    case("objects in one another", NESTED, any, |length| nested(length, r#"{"a":"#, "}")),
    case("open lists", NESTED, any, |length| nested(length, "[", "")),
    case("both with escapes", LONG, any, |length| nested(length, r#"[{"\n":"#, "}]")),
    case("elements in one another", LONG, message::<SendMessage<'static>>, elements_in_elements),
    case("receipts in one another", LONG, message::<Receipts<'static>>, |length| {
        nested(length, r#"{"1":"#, "}")
    }),
    case("escapes", LONG, any, |length| text(&r"\n\u4e2d\\".repeat(length / 10))),
    case("backslashes", LONG, any, |length| text(&r"\".repeat(length))),
    case("a long text", LONG, any, |length| text(&"a".repeat(length))),
    case("unknown members", LONG, any, |length| object(&r#","x":{"y":[]}"#.repeat(length / 13))),
    case("white space", LONG, any, |length| object(&" ".repeat(length))),
    case("digits", LONG, any, |length| object(&format!(r#","x":{}"#, "1".repeat(length)))),
    case("many ids", LONG, message::<ListPush<'static>>, |length| list("regIds", r#""a\n","#, length)),
    case("many elements", LONG, message::<SendMessage<'static>>, |length| list("MsgBody", ELEMENT, length)),
    case("a message that owns its bytes", OWNED, owned, |length| nested(length, "[", "]")),
    case("selectors of an intent", LONG, uri, |length| intent(&"SEL;".repeat(length / 4))),
    case("fields of an intent", LONG, uri, |length| intent(&"type=%E6%A0%87;".repeat(length / 15))),
    case("extras of an intent", LONG, uri, |length| intent(&"S.a=%zz;".repeat(length / 8))),
    case("data of an intent", LONG, uri, |length| format!("intent:{}#Intent;end", "#%23".repeat(length / 4))),
];

/// This case must fail: so the test can find a failure in the others.
const RECURSIVE: Case = case("recursion", LONG, recursive, |length| nested(length, "[", "]"));

/// An owned message is on the stack with all its bytes.
const OWNED_LEN: usize = 1 << 16;
const OWNED: [usize; 3] = [1 << 12, 1 << 14, OWNED_LEN - 128];

const ELEMENT: &str = r#"{"MsgContent":{"Text":"\n"},"MsgType":"TIMTextElem"},"#;

fn object(members: &str) -> String {
    format!(r#"{{"title":"t","content":"c","requestId":"r","result":0{members}}}"#)
}

fn text(text: &str) -> String {
    object(&format!(r#","skipContent":"{text}","desc":"{text}","{text}":"{text}""#))
}

fn nested(length: usize, open: &str, close: &str) -> String {
    let levels = length / (open.len() + close.len());
    object(&format!(r#","x":{}0{}"#, open.repeat(levels), close.repeat(levels)))
}

fn elements_in_elements(length: usize) -> String {
    let open = r#"{"MsgContent":{"Text":"\n","MsgBody":["#;
    let close = r#"]},"MsgType":"TIMTextElem"}"#;
    let levels = length / (open.len() + close.len());
    let (open, close) = (open.repeat(levels), close.repeat(levels));
    format!(r#"{{"To_Account":"a","MsgRandom":1,"MsgBody":[{open}{close}]}}"#)
}

fn list(name: &str, unit: &str, length: usize) -> String {
    let units = unit.repeat(length / unit.len());
    let units = units.trim_end_matches(',');
    format!(r#"{{"To_Account":"a","MsgRandom":1,"taskId":"1","requestId":"r","{name}":[{units}]}}"#)
}

fn intent(fields: &str) -> String {
    format!("intent://host/path#Intent;{fields}end")
}

/// Every way to decode some messages of different shapes, and values of any shape.
fn any(input: &str) {
    message::<Notification<'static>>(input);
    message::<SendResponse<'static>>(input);
    message::<OfflinePushInfo<'static>>(input);
    let _ = black_box(Raw::new(input));
    if let Ok(members) = Members::new(input) {
        black_box(members.iter().count());
    }
}

fn message<M: Message>(input: &str) {
    fn seen<'a, T: Decode<'a> + std::fmt::Debug>(read: Result<T, json::DecodeError>) {
        use std::fmt::Write as _;
        struct Nowhere;
        impl std::fmt::Write for Nowhere {
            fn write_str(&mut self, text: &str) -> std::fmt::Result {
                black_box(text);
                Ok(())
            }
        }
        // This reads everything in it.
        write!(Nowhere, "{read:?}").unwrap();
    }
    seen(json::from_str::<M::Of<'_>>(input));
    seen(json::from_prefix::<M::Of<'_>>(input).map(|(message, _)| message));
    seen(json::from_slice::<M::Of<'_>>(input.as_bytes()));
    seen(json::from_slice_in_place::<M::Of<'_>>(&mut input.as_bytes().to_vec()));
    seen(json::from_slice_with_scratch::<M::Of<'_>>(input.as_bytes(), &mut vec![0; input.len()]));
}

fn owned(input: &str) {
    let notification = Owned::<Notification<'static>, OWNED_LEN>::receive(input.as_bytes());
    black_box(notification.map(|owned| owned.get().title.len()).ok());
    let reply = Owned::<SendResponse<'static>, OWNED_LEN>::receive(input.as_bytes());
    black_box(reply.map(|owned| owned.get().desc.map(str::len)).ok());
}

fn uri(input: &str) {
    let Ok(intent) = Intent::parse(input) else { return };
    black_box((intent.extras.iter().count(), intent.categories.iter().count(), intent.uri_len().ok()));
    black_box(intent.selector.map(|selector| selector.intent() == intent));
}

fn recursive(input: &str) {
    fn depth(rest: &[u8]) -> usize {
        match rest.split_first() {
            Some((b'[', rest)) => 1 + black_box(depth(black_box(rest))),
            _ => 0,
        }
    }
    let open = input.bytes().position(|byte| byte == b'[').unwrap();
    assert!(depth(&input.as_bytes()[open..]) > 0);
}

/// Runs a case in a process of its own; false if its stack overflows there.
fn bears(case: &Case, length: usize, ballast: usize) -> bool {
    let Output { status, stdout, stderr } = Command::new(env::current_exe().unwrap())
        .args(["--exact", "stack::case_runs_in_a_thread_of_its_own", "--nocapture"])
        .env(CASE, format!("{}/{length}/{ballast}", case.name))
        .output()
        .unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    let done = status.success() && stdout.contains(DONE);
    assert!(done || (!status.success() && stderr.contains(OVERFLOWED)), "{}: {stdout}{stderr}", case.name);
    done
}

/// The most ballast that an input of a kibibyte bears.
fn most(case: &Case) -> usize {
    let (mut borne, mut too_much) = (0, STACK / PIECE);
    assert!(bears(case, SHORT, borne) && !bears(case, SHORT, too_much), "{}", case.name);
    while too_much - borne > 1 {
        let middle = (borne + too_much) / 2;
        if bears(case, SHORT, middle) {
            borne = middle;
        } else {
            too_much = middle;
        }
    }
    borne
}

#[test]
fn stack_of_the_longest_input_is_that_of_a_short_one() {
    for case in CASES {
        let most = most(case);
        for length in case.lengths {
            assert!(bears(case, length, most - LESS), "{}, {length}, {most}", case.name);
        }
    }
}

#[test]
fn stack_of_recursion_would_be_seen() {
    let most = most(&RECURSIVE);
    assert!(bears(&RECURSIVE, SHORT, most - LESS));
    for length in RECURSIVE.lengths {
        assert!(!bears(&RECURSIVE, length, most - LESS), "{length}, {most}");
    }
}

/// Runs on the stack that this number of pieces leaves.
fn above(ballast: usize, run: &dyn Fn()) {
    let piece = [0u8; PIECE];
    black_box(&piece);
    match ballast.checked_sub(1) {
        Some(less) => above(less, run),
        None => run(),
    }
    black_box(&piece);
}

/// The other half of `bears`; without a case it has nothing to do.
#[test]
fn case_runs_in_a_thread_of_its_own() {
    let Ok(named) = env::var(CASE) else { return };
    let [name, length, ballast] = named.split('/').collect::<Vec<_>>().try_into().unwrap();
    let case = CASES.iter().chain([&RECURSIVE]).find(|case| case.name == name).unwrap();
    let (input, run) = ((case.input)(length.parse().unwrap()), case.run);
    let ballast = ballast.parse().unwrap();
    let thread = thread::Builder::new().stack_size(STACK);
    thread.spawn(move || above(ballast, &|| run(&input))).unwrap().join().unwrap();
    println!("{DONE}");
}
