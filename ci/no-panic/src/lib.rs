//! The library's entry points, each in a function of its own, so that what may panic has a name. See README.md.
#![no_std]
#![deny(dead_code)]

/// Functions that LLVM shows not to unwind, and the linker not to panic.
macro_rules! proved {
    ($($function:item)*) => {$(
        #[inline(never)]
        #[cfg_attr(panic = "unwind", no_panic::no_panic)]
        #[cfg_attr(panic = "abort", unsafe(no_mangle))]
        $function
    )*};
}

/// Functions that the linker alone shows not to panic: on their way is a call through a pointer, a `dyn` or an `fn`, and LLVM
/// takes that for one that may unwind, whatever it leads to.
macro_rules! linked {
    ($($function:item)*) => {$(
        #[inline(never)]
        #[cfg_attr(panic = "abort", unsafe(no_mangle))]
        $function
    )*};
}

mod exts;
mod intents;
mod logic;
// They are most of the work, and only the linker can check them.
#[cfg(panic = "abort")]
mod messages;
mod push;
mod views;

use core::hint::black_box;

/// Takes a result as if something came of it.
fn used<T>(result: T) {
    let _ = black_box(result);
}

/// Calls every function but the one that may panic.
pub fn each(text: &str) {
    #[cfg(panic = "abort")]
    messages::each(text);
    views::each(text);
    intents::each(text);
    exts::each(text);
    push::each(text);
    logic::each(text);
}

proved! {
    /// May panic, which both ways must find. No other function calls it.
    pub fn byte_at(text: &str, index: usize) -> u8 { text.as_bytes()[index] }
}

#[cfg(panic = "abort")]
mod handler {
    unsafe extern "C" {
        fn a_panic_is_reachable() -> !;
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        // SAFETY: it is never called, as what calls it does not link.
        unsafe { a_panic_is_reachable() }
    }
}
