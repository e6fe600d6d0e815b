//! The sockets of the gateway without the library: sends bytes to either port, and reads what comes back.
#![no_std]
#![no_main]

use gateway::board;
use gateway::net::{Closed, Line, Net};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    board::exit(false)
}

fn exchange(net: &mut Net, line: Line, port: u16) -> Result<(), Closed> {
    let mut buffer = [0; 1024];
    net.connect(line, port)?;
    net.send_all(line, b"GET / HTTP/1.1\r\n")?;
    net.send(line, |free| {
        let length = free.len().min(2);
        free[..length].copy_from_slice(&b"\r\n"[..length]);
        length
    })?;
    let length = net.receive(line, &mut buffer)?;
    board::print(core::str::from_utf8(&buffer[..length]).unwrap_or_default());
    net.cut(line);
    net.pause(core::time::Duration::from_millis(1));
    Ok(())
}

#[riscv_rt::entry]
fn main() -> ! {
    let (hub, vivo) = board::ports();
    let done = Net::start().is_some_and(|mut net| {
        exchange(&mut net, Line::Hub, hub).is_ok() && exchange(&mut net, Line::Vivo, vivo).is_ok()
    });
    board::exit(done)
}
