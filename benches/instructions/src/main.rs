//! Runs each hot path once, alone in [`measured`], and prints its name. `ci/instructions.sh` runs this under callgrind, which
//! counts the instructions in that function, and compares them with those of `ci/instructions.txt`.

#![allow(clippy::expect_used)] // Without its values there is nothing to measure.

mod values;

use std::hint::black_box;
use std::num::NonZeroU32;

use offline_push::delivery::{SCRATCH_LEN, compose};
use offline_push::intent::Intent;
use offline_push::json;
use offline_push::registration::{Event, RegId, Registration, UserId};
use offline_push::tap::Tap;
use offline_push::tim::OfflinePushSettings;
use offline_push::vivo::{ListPush, Notification, PushState, Receipts, SendResponse};

const ROOM: usize = 1024;

/// What is counted: the script names this function.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
}

/// Does the work twice, and counts the second time: what happens only once in a process is not the path's.
fn measure<S>(name: &str, new_state: impl Fn() -> S, work: impl Fn(&mut S)) {
    work(&mut new_state());
    let mut state = new_state();
    let mut work = || work(&mut state);
    println!("{name}");
    measured(black_box(&mut work));
}

/// A document from each kind of input, into each kind of output.
macro_rules! codec {
    ($name:literal, $message:ident, $document:expr) => {{
        let document: &str = $document;
        let read = || json::from_str::<$message<'_>>(document).expect("a message");
        measure(
            concat!("decode/from_str/", $name),
            || (),
            |()| {
                black_box(&json::from_str::<$message<'_>>(black_box(document)));
            },
        );
        measure(
            concat!("decode/from_slice/", $name),
            || (),
            |()| {
                black_box(&json::from_slice::<$message<'_>>(black_box(document.as_bytes())));
            },
        );
        in_place!($name, $message, document);
        measure(
            concat!("encode/to_slice/", $name),
            || (read(), [0; ROOM]),
            |(message, buffer)| {
                black_box(json::to_slice(black_box(message), buffer).map(|json| json.len()).expect("room"));
            },
        );
        measure(concat!("encode/encoded_len/", $name), read, |message| {
            black_box(json::encoded_len(black_box(message)));
        });
    }};
}

/// In place, and as a gateway does: what was received is written again.
macro_rules! in_place {
    ($name:literal, $message:ident, $document:expr) => {{
        let received = || ($document.as_bytes().to_vec(), [0; ROOM]);
        measure(concat!("decode/from_slice_in_place/", $name), received, |(received, _)| {
            black_box(&json::from_slice_in_place::<$message<'_>>(black_box(received)).expect("a message"));
        });
        measure(concat!("pass_through/", $name), received, |(received, buffer)| {
            let message: $message<'_> = json::from_slice_in_place(black_box(received)).expect("a message");
            black_box(json::to_slice(&message, buffer).map(|json| json.len()).expect("room"));
        });
    }};
}

fn written(message: &impl json::Encode) -> String {
    let mut buffer = [0; ROOM];
    json::to_str(message, &mut buffer).expect("room").into()
}

fn codec() {
    codec!("notification", Notification, &written(&values::notification(&values::CHINESE)));
    codec!("notification_ascii", Notification, &written(&values::notification(&values::ASCII)));
    in_place!("notification_escapes", Notification, written(&values::notification(&values::ESCAPES)));
    codec!("reply", SendResponse, values::REPLY);
    codec!("settings", OfflinePushSettings, values::SETTINGS);
    codec!("list_push", ListPush, values::LIST_PUSH);
    codec!("receipts", Receipts, values::RECEIPTS);

    // A list and a map are views of their text, which is read again with each iteration.
    let push = || json::from_str::<ListPush<'_>>(values::LIST_PUSH).expect("a push");
    measure("read_again/list_push", push, |push| {
        black_box(push.reg_ids.iter().flatten().map(str::len).sum::<usize>());
    });
    let receipts = || json::from_str::<Receipts<'_>>(values::RECEIPTS).expect("receipts");
    measure("read_again/receipts", receipts, |receipts| {
        for (task_id, receipt) in &*black_box(receipts) {
            black_box((task_id, receipt.receipt_type(), receipt.reg_ids().count()));
        }
    });
}

fn push() {
    let settings: OfflinePushSettings<'_> = json::from_str(values::SETTINGS).expect("settings");
    let token = values::token();
    for (name, click) in values::clicks() {
        let certificate = values::certificate(click);
        measure(
            &format!("compose/{name}"),
            || [0; SCRATCH_LEN],
            |scratch| {
                let push = compose(black_box(&settings), &token, &certificate, "request-1", scratch);
                black_box(&push.expect("a push"));
            },
        );
        let mut scratch = [0; SCRATCH_LEN];
        let push = compose(&settings, &token, &certificate, "request-1", &mut scratch).expect("a push");
        measure(
            &format!("tap/{name}"),
            || (),
            |()| {
                black_box(&Tap::from_notification(black_box(&push.notification), 480).expect("a tap"));
            },
        );
    }
    let certificate = values::certificate(values::clicks()[0].1);
    measure(
        "sign/new",
        || (),
        |()| {
            black_box(certificate.sign(black_box(values::TIMESTAMP)));
        },
    );
}

fn intent() {
    measure(
        "intent/parse",
        || (),
        |()| {
            black_box(&Intent::parse(black_box(values::INTENT)).expect("a URI"));
        },
    );
    let intent = Intent::parse(values::INTENT).expect("a URI");
    measure(
        "intent/to_uri",
        || [0; 128],
        |buffer| {
            black_box(black_box(&intent).to_uri(buffer).expect("a URI"));
        },
    );
}

/// From the start of the app to a report, with one round of each event.
fn registration() {
    let reg_id = RegId::try_new("15638535410301000000001").expect("a regId");
    let events = [
        Event::Started,
        Event::Initialized,
        Event::Login(UserId::new("alice")),
        Event::TurnOn(PushState::SUCCESS),
        Event::RegId(reg_id),
    ];
    let machine = || Registration::new(NonZeroU32::MIN);
    measure("registration/handle", machine, |machine| {
        for event in black_box(events) {
            black_box(&machine.handle(event));
        }
    });
}

fn main() {
    codec();
    push();
    intent();
    registration();
}
