#![no_std]
#![no_main]
use gateway::board;
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    board::exit(false)
}
#[riscv_rt::entry]
fn main() -> ! {
    board::exit(true)
}
