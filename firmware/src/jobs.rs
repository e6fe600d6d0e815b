//! What is measured, each job by the library and by serde-json-core.

use core::hint::black_box;

use offline_push::json;
use offline_push::tim::OfflinePushToken;
use offline_push::vivo::{AuthResponse, Notification, SendResponse};

use crate::{payload, peers};

/// Everything that the jobs work on. Every program of a comparison holds all of it, so that only code differs.
pub struct Inputs {
    pub notification: &'static Notification<'static>,
    pub token: OfflinePushToken<'static>,
    pub peer_notification: peers::Notification<'static>,
    pub peer_token: peers::Token<'static>,
    pub reply: [u8; payload::REPLY.len()],
    pub auth_reply: [u8; payload::AUTH_REPLY.len()],
}

impl Inputs {
    #[inline(never)]
    pub fn new() -> Self {
        Self {
            notification: black_box(&payload::NOTIFICATION),
            token: black_box(payload::token()),
            peer_notification: black_box(peers::notification()),
            peer_token: black_box(peers::Token {
                token: payload::REG_ID,
                business_id: 6666,
                is_tpns_token: None,
                token_type: None,
            }),
            reply: black_box(*payload::REPLY),
            auth_reply: black_box(*payload::AUTH_REPLY),
        }
    }
}

impl Default for Inputs {
    fn default() -> Self {
        Self::new()
    }
}

#[inline(never)]
pub fn encode(value: &Notification<'_>, out: &mut [u8]) -> Option<usize> {
    Some(json::to_slice(value, out).ok()?.len())
}

#[inline(never)]
pub fn encode_token(value: &OfflinePushToken<'_>, out: &mut [u8]) -> Option<usize> {
    Some(json::to_slice(value, out).ok()?.len())
}

#[inline(never)]
pub fn decode_reply(received: &mut [u8]) -> Option<usize> {
    let reply: SendResponse<'_> = json::from_slice_in_place(received).ok()?;
    Some(black_box(&reply).desc?.len())
}

#[inline(never)]
pub fn decode_auth(received: &mut [u8]) -> Option<usize> {
    let reply: AuthResponse<'_> = json::from_slice_in_place(received).ok()?;
    Some(black_box(&reply).auth_token?.len())
}

#[inline(never)]
pub fn decode_notification(received: &mut [u8]) -> Option<usize> {
    let push: Notification<'_> = json::from_slice_in_place(received).ok()?;
    Some(black_box(&push).content.len())
}

#[inline(never)]
pub fn peer_encode(value: &peers::Notification<'_>, out: &mut [u8]) -> Option<usize> {
    serde_json_core::to_slice(value, out).ok()
}

#[inline(never)]
pub fn peer_encode_token(value: &peers::Token<'_>, out: &mut [u8]) -> Option<usize> {
    serde_json_core::to_slice(value, out).ok()
}

#[inline(never)]
pub fn peer_decode_reply(received: &mut [u8]) -> Option<usize> {
    let mut escapes = [0; 64];
    let reply: peers::Reply = serde_json_core::from_slice_escaped(received, &mut escapes).ok()?.0;
    Some(black_box(&reply).desc.as_ref()?.len())
}

#[inline(never)]
pub fn peer_decode_auth(received: &mut [u8]) -> Option<usize> {
    let mut escapes = [0; 64];
    let reply: peers::AuthReply = serde_json_core::from_slice_escaped(received, &mut escapes).ok()?.0;
    Some(black_box(&reply).auth_token.as_ref()?.len())
}

#[inline(never)]
pub fn peer_decode_reply_borrowed(received: &mut [u8]) -> Option<usize> {
    let reply: peers::BorrowedReply<'_> = serde_json_core::from_slice(received).ok()?.0;
    Some(black_box(&reply).desc?.len())
}

#[inline(never)]
pub fn peer_decode_auth_borrowed(received: &mut [u8]) -> Option<usize> {
    let reply: peers::BorrowedAuthReply<'_> = serde_json_core::from_slice(received).ok()?.0;
    Some(black_box(&reply).auth_token?.len())
}

#[inline(never)]
pub fn peer_decode_notification(received: &mut [u8]) -> Option<usize> {
    let push: peers::Notification<'_> = serde_json_core::from_slice(received).ok()?.0;
    Some(black_box(&push).content.len())
}

/// The body of a size program: all inputs and the buffer, and whatever jobs it has.
#[macro_export]
macro_rules! size_program {
    (|$inputs:ident, $out:ident| $($job:expr),*) => {
        #[panic_handler]
        fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
            loop {}
        }

        fn main() -> bool {
            let mut inputs = $crate::jobs::Inputs::new();
            let mut buffer = core::hint::black_box([0; 1024]);
            let ($inputs, $out) = (&mut inputs, &mut buffer);
            let _ = (&$inputs, &$out);
            $(if $job.is_none() { return false; })*
            core::hint::black_box((&inputs, &buffer));
            true
        }

        $crate::start!(main);
    };
}
