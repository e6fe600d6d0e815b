//! QEMU's RISC-V board `virt`: clock, console, exit, and the memory that is left for the stack.

use core::ptr;
use core::time::Duration;

/// Counts ten million times a second.
const CLOCK: usize = 0x0200_bff8;
const TICKS_PER_MILLISECOND: u64 = 10_000;
/// When the timer asks for an interrupt, in ticks.
const TIMER: usize = 0x0200_4000;
const CONSOLE: usize = 0x1000_0000;
const TEST_DEVICE: usize = 0x0010_0000;
/// Where QEMU is told to put the two ports, behind the program's memory.
const PORTS: usize = 0x8040_0000;

/// What lies between the statics and the stack that is in use.
const PAINT: u32 = 0xc0de_cafe;

unsafe extern "C" {
    static mut __sheap: u32;
    static __ebss: u8;
    static __sdata: u8;
    static _stack_start: u8;
}

/// Time since the board was switched on.
pub fn uptime() -> Duration {
    Duration::from_millis(uptime_millis())
}

/// The same in milliseconds.
pub fn uptime_millis() -> u64 {
    let half = |place: usize| {
        // SAFETY: a register of the board, which may be read at any time.
        unsafe { ptr::read_volatile((CLOCK + place) as *const u32) }
    };
    loop {
        let (high, low) = (half(4), half(0));
        if half(4) == high {
            return ((u64::from(high) << 32) | u64::from(low)) / TICKS_PER_MILLISECOND;
        }
    }
}

/// Lets the processor sleep for a millisecond.
pub fn doze() {
    let end = (uptime_millis() + 1) * TICKS_PER_MILLISECOND;
    // SAFETY: registers of the board. Interrupts are off, so that the timer ends the sleep and nothing else.
    unsafe {
        ptr::write_volatile((TIMER + 4) as *mut u32, (end >> 32) as u32);
        ptr::write_volatile(TIMER as *mut u32, end as u32);
        riscv::register::mie::set_mtimer();
    }
    riscv::asm::wfi();
}

/// Prints text.
pub fn print(text: &str) {
    for byte in text.bytes() {
        // SAFETY: the console takes any byte at any time.
        unsafe { ptr::write_volatile(CONSOLE as *mut u8, byte) };
    }
}

/// Prints a line of several parts.
pub fn print_line(parts: &[&str]) {
    parts.iter().for_each(|part| print(part));
    print("\n");
}

/// The port of the hub, and that of vivo's server, on the host.
pub fn ports() -> (u16, u16) {
    // SAFETY: QEMU has written it before it started the program.
    let both = unsafe { ptr::read_volatile(PORTS as *const u32) };
    ((both >> 16) as u16, both as u16)
}

/// Ends QEMU, with exit code 0 if all went well.
pub fn exit(success: bool) -> ! {
    let word = if success { 0x5555 } else { 0x1_3333 };
    // SAFETY: the board's device for this purpose.
    unsafe { ptr::write_volatile(TEST_DEVICE as *mut u32, word) };
    loop {
        riscv::asm::wfi();
    }
}

/// Paints the stack that is not in use. Call it first of all.
#[inline(never)]
pub fn paint_stack() {
    let here = 0_u32;
    let top = ptr::addr_of!(here) as usize - 128;
    let mut place = ptr::addr_of_mut!(__sheap);
    while (place as usize) < top {
        // SAFETY: this memory is nobody's: above the statics, and below this function's frame.
        unsafe {
            place.write_volatile(PAINT);
            place = place.add(1);
        }
    }
}

/// Bytes of the statics, and the most that was in use of the stack.
pub fn memory() -> (usize, usize) {
    let end = ptr::addr_of!(_stack_start) as usize;
    let mut place = ptr::addr_of!(__sheap);
    // SAFETY: as in `paint_stack`; it is only read, and ends at the stack in use.
    while unsafe { place.read_volatile() } == PAINT {
        place = unsafe { place.add(1) };
    }
    (ptr::addr_of!(__ebss) as usize - ptr::addr_of!(__sdata) as usize, end - place as usize)
}

/// A number in decimal digits.
pub fn decimal(mut number: u64, digits: &mut [u8; 20]) -> &str {
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return core::str::from_utf8(&digits[at..]).unwrap_or_default();
        }
    }
}
