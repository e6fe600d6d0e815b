#![no_std]
#![no_main]

#[macro_use]
mod parts;

use cortex_m as _;
use defmt_semihosting as _;
use offline_push::delivery::{SCRATCH_LEN, compose};
use offline_push::json;
use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{Certificate, SendResponse};
use parts::Buffers;

/// Logs a job, the push, what differs, and the reply.
#[inline(never)]
fn log(buffers: &mut Buffers) -> Option<()> {
    let (token, rest) = json::from_prefix_in_place::<OfflinePushToken<'_>>(&mut buffers.received).ok()?;
    let settings: OfflinePushSettings<'_> = json::from_slice_in_place(rest).ok()?;
    defmt::info!("{} {}", token, settings);
    let certificate =
        Certificate::new(6666, 10004, "key", "secret", offline_push::ClickAction::OpenApp { ext: None });
    let mut scratch = [0; SCRATCH_LEN];
    let push =
        compose(&settings, &token, core::hint::black_box(&certificate), "request-1", &mut scratch).ok()?;
    defmt::info!("{} {}", push.notification, push.report);
    defmt::info!("{}", json::from_slice_in_place::<SendResponse<'_>>(&mut buffers.sent).ok()?);
    Some(())
}

whole_program!(6, log);
