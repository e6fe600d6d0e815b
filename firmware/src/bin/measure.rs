//! Stack and instructions of each job, on a Cortex-M3: run by QEMU with `-icount shift=0`, where an instruction takes one
//! nanosecond and SysTick counts 80 of them at a time.
#![no_std]
#![no_main]

use core::hint::black_box;
use core::ptr;

use cortex_m::peripheral::{Peripherals, SYST, syst::SystClkSource};
use firmware::jobs::{self, Inputs};
use firmware::payload;
use semihosting::println;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    firmware::board::exit(false)
}

const PAINT: u32 = 0xc0de_cafe;
const TICK: u32 = 80;
const ROUNDS: u32 = 1000;

unsafe extern "C" {
    static mut __sheap: u32;
}

/// Paints what lies between the statics and the stack that is in use; the stack pointer.
#[inline(never)]
fn paint() -> usize {
    let top = cortex_m::register::msp::read() as usize;
    let mut place = ptr::addr_of_mut!(__sheap);
    while (place as usize) < top - 64 {
        // SAFETY: this memory is nobody's: above the statics, and below the stack pointer by more than this frame.
        unsafe {
            place.write_volatile(PAINT);
            place = place.add(1);
        }
    }
    top
}

/// How far below `top` the paint is gone.
#[inline(never)]
fn used(top: usize) -> usize {
    let mut place = ptr::addr_of!(__sheap);
    // SAFETY: as in `paint`; it is only read.
    while (place as usize) < top && unsafe { place.read_volatile() } == PAINT {
        place = unsafe { place.add(1) };
    }
    top - place as usize
}

fn measure(clock: &SYST, name: &str, mut job: impl FnMut() -> Option<usize>) -> bool {
    let top = paint();
    let done = job().is_some();
    let stack = used(top);
    let start = SYST::get_current();
    for _ in 0..ROUNDS {
        black_box(job());
    }
    let ticks = start.wrapping_sub(SYST::get_current()) & 0xff_ffff;
    let _ = clock;
    println!("{name} {stack} {}", ticks * TICK / ROUNDS);
    done
}

fn main() -> bool {
    let Some(mut peripherals) = Peripherals::take() else { return false };
    let clock = &mut peripherals.SYST;
    clock.set_clock_source(SystClkSource::Core);
    clock.set_reload(0xff_ffff);
    clock.clear_current();
    clock.enable_counter();

    let inputs = Inputs::new();
    let mut buffer = [0; 1024];
    // The buffer is filled anew each time, since decoding in place uses it up: a job without work says what that costs.
    let mut reply = [0; payload::REPLY.len()];
    let mut refill = |job: fn(&mut [u8]) -> Option<usize>| {
        reply = *black_box(payload::REPLY);
        job(black_box(&mut reply))
    };
    let mut all = measure(clock, "nothing", || Some(0));
    all &= measure(clock, "encode", || jobs::encode(black_box(inputs.notification), &mut buffer));
    all &= measure(clock, "encode_peer", || {
        jobs::peer_encode(black_box(&inputs.peer_notification), &mut buffer)
    });
    all &= measure(clock, "refill", || refill(|_| Some(0)));
    all &= measure(clock, "reply", || refill(jobs::decode_reply));
    all &= measure(clock, "reply_peer", || refill(jobs::peer_decode_reply));
    all &= measure(clock, "reply_peer_borrowed", || refill(jobs::peer_decode_reply_borrowed));
    let mut body = [0; 683];
    let mut again = |job: fn(&mut [u8]) -> Option<usize>| {
        let length = jobs::encode(inputs.notification, &mut body)?;
        job(body.get_mut(..length)?)
    };
    all &= measure(clock, "reencode", || again(|_| Some(0)));
    all &= measure(clock, "notification", || again(jobs::decode_notification));
    all &= measure(clock, "notification_peer", || again(jobs::peer_decode_notification));
    all
}

firmware::start!(main);
