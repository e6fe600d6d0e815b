//! Links only if no panic is reachable: the panic handler calls a function that nobody defines. What the library does is in
//! it, on inputs that the compiler knows nothing of: the functions of `ci/no-panic`, built for bare metal and for size. Types
//! of the app's own in ext are not: they go through serde-json-core, which may panic. Nor are `Debug` and `Display`:
//! `core::fmt` has a panic of its own in it.
//!
//! The feature `may-panic` puts one index out of bounds into it, to see that it then does not link.
#![no_std]
#![no_main]

/// `ci/no-panic` looks at each function alone; here they are one program.
macro_rules! linked {
    ($($function:item)*) => { $(#[inline(never)] $function)* };
}

macro_rules! proved {
    ($($function:item)*) => { $(#[inline(never)] $function)* };
}

#[path = "../../../../ci/no-panic/src/exts.rs"]
mod exts;
#[path = "../../../../ci/no-panic/src/intents.rs"]
mod intents;
#[path = "../../../../ci/no-panic/src/logic.rs"]
mod logic;
#[path = "../../../../ci/no-panic/src/messages.rs"]
mod messages;
#[path = "../../../../ci/no-panic/src/push.rs"]
mod push;
#[path = "../../../../ci/no-panic/src/views.rs"]
mod views;

use core::hint::black_box;

unsafe extern "C" {
    fn a_panic_is_reachable() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: it is never called, as a program that has it does not link.
    unsafe { a_panic_is_reachable() }
}

/// Texts of all kinds, most of which are not what they are taken for.
const TEXTS: [&str; 6] = [
    "",
    r#"{"result":0,"desc":"\u8bf7\u6c42","authToken":"a","ErrorList":[{"To_Account":"a","ErrorCode":1}]}"#,
    r#"{"title":"t","content":"c","requestId":"1","skipType":1,"clientCustomMap":{"ext":"{\"a\":1}","n":2}}"#,
    r#"{"1":{"targets":"a,b","ackType":"1","ackTime":1}}"#,
    "intent://a/b#Intent;scheme=c;S.ext=%7B%22a%22%3A1%7D;i.n=-1;f.f=1.5;SEL;action=d;end",
    "今晚七点在老地方见，今晚七点在老地方见，今晚七点在老地方见，今晚七点在老地方见",
];

/// Takes a result as if something came of it.
fn used<T>(result: T) {
    let _ = black_box(result);
}

fn main() -> bool {
    for text in TEXTS {
        let text = black_box(text);
        messages::each(text);
        views::each(text);
        intents::each(text);
        exts::each(text);
        push::each(text);
        logic::each(text);
    }
    #[cfg(feature = "may-panic")]
    used(TEXTS.map(|text| text.as_bytes()[black_box(1000)]));
    true
}

firmware::start!(main);
