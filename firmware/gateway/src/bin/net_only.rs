//! The network of the gateway without the library: reads a line of the hub, posts bytes to vivo's server, and reads the reply.
#![no_std]
#![no_main]

use gateway::net::{Line, Net};
use gateway::{board, http};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    board::exit(false)
}

const NOTHING: http::Readers = http::Readers { date: |_| None, join: |_| None };
const HEAD: &[u8] = b"POST /message/send HTTP/1.1\r\nhost: api-push.vivo.com.cn\r\ncontent-length: 2\r\n\r\n";
const BODY: &[u8] = b"{}";

fn play(net: &mut Net) -> Option<()> {
    let (hub, vivo) = board::ports();
    let mut buffer = [0; 1024];
    net.connect(Line::Hub, hub).ok()?;
    net.send_all(Line::Hub, b"{}\n").ok()?;
    let length = net.receive(Line::Hub, &mut buffer, Some(b'\n')).ok()?;
    board::print(core::str::from_utf8(buffer.get(..length)?).ok()?);
    net.pause(core::time::Duration::from_millis(1));
    buffer.get_mut(..HEAD.len())?.copy_from_slice(HEAD);
    let mut body = |sent, free: &mut [u8]| {
        let rest = BODY.get(sent..).unwrap_or_default();
        let length = free.len().min(rest.len());
        free[..length].copy_from_slice(&rest[..length]);
        length
    };
    let reply = http::exchange(net, vivo, &mut buffer, HEAD.len(), Some(&mut body), NOTHING)?;
    board::print(core::str::from_utf8(reply.body).ok()?);
    (reply.status == 200).then_some(())
}

#[riscv_rt::entry]
fn main() -> ! {
    board::exit(Net::start().is_some_and(|mut net| play(&mut net).is_some()))
}
