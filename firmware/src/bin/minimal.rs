#![no_std]
#![no_main]

use cortex_m_rt::entry;
use offline_push::json::{self, Encode, Owned};
use offline_push::tim::OfflinePushToken;
use offline_push::vivo::{Advice, SendResponse};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// The regId goes to the IM SDK after login, as JSON. `buffer` is always long enough.
fn report<'b>(reg_id: &str, buffer: &'b mut [u8; OfflinePushToken::MAX_ENCODED_LEN]) -> Option<&'b [u8]> {
    let token = OfflinePushToken::new(6666, reg_id);
    token.check().ok()?;
    Some(json::to_slice(&token, buffer).ok()?)
}

/// What vivo's reply asks for, and the reply. Both may then go to another task: they own their bytes.
fn read(received: &[u8]) -> Option<(Advice, Owned<SendResponse<'static>, 512>)> {
    let owned = Owned::<SendResponse<'static>, 512>::receive(received).ok()?;
    Some((owned.get().result.advice(), owned))
}

#[entry]
fn main() -> ! {
    let mut buffer = [0; OfflinePushToken::MAX_ENCODED_LEN];
    let sent = core::hint::black_box(report("12345678901234567890123", &mut buffer));
    let next = read(core::hint::black_box(br#"{"result":10302,"desc":"regId\u4e0d\u5408\u6cd5"}"#));
    core::hint::black_box((sent, next.map(|(advice, _)| advice == Advice::DropToken)));
    loop {}
}
