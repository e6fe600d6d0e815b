//! What a device logs: states, messages, errors and codes, with defmt. The decoded lines are to be those of `log.expected`.
#![no_std]
#![no_main]

use core::num::NonZeroU32;

// For its critical section, which the logger asks for.
use cortex_m as _;
use defmt_semihosting as _;
use offline_push::delivery::{SCRATCH_LEN, compose};
use offline_push::intent::Intent;
use offline_push::json::{self, Map, Revealed};
use offline_push::registration::{Event, RegId, Registration, UserId};
use offline_push::tap::Tap;
use offline_push::tim::{ErrorCode, OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{
    AuthResponse, Certificate, Notification, PushState, ResultCode, SendResponse, Sign,
};
use offline_push::{ClickAction, Ext};

/// No word of it may come through: the log is to have `***` in its place.
const SECRET: &str = "v2-SECRET";
/// What a user wrote: its length is logged. Without that, it would be a line of its own in the log.
const FORGED: &str = "PRIVATE), content: y\nERROR forged";
const URI: &str = "intent://com.example/detail#Intent;scheme=pushscheme;component=com.example/.Chat;S.title=%E6%A0%87PRIVATE;end";

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    firmware::board::exit(false)
}

fn main() -> bool {
    let done = registration().and_then(|()| token()).and_then(|()| push()).and_then(|()| replies());
    defmt::flush();
    done.is_some()
}

fn registration() -> Option<()> {
    let mut phone = Registration::new(NonZeroU32::new(6666)?);
    let turned_on = Event::TurnOn(PushState::new(0));
    defmt::debug!("{} -> {}", turned_on, phone.handle(turned_on));
    let reg_id = Event::RegId(RegId::try_new(SECRET).ok()?);
    defmt::debug!("{} -> {}", reg_id, phone.handle(reg_id));
    let login = Event::Login(UserId::new(SECRET));
    defmt::info!("{} -> {}", login, phone.handle(login));
    defmt::trace!("{}", phone);
    defmt::info!("{}", phone.state());
    Some(())
}

fn token() -> Option<()> {
    let token = OfflinePushToken::new(6666, SECRET);
    defmt::info!("{}", token);
    defmt::warn!("{}", OfflinePushToken::new(6666, "").check().err()?);
    defmt::warn!("{}", json::to_slice(&token, &mut [0; 8]).err()?);
    Some(())
}

fn push() -> Option<()> {
    let certificate = Certificate::new(6666, 10004, "key", SECRET, ClickAction::default());
    defmt::info!("{}", certificate);
    defmt::debug!("{}", Sign::new(10004, "key", 1_501_484_120_000, SECRET));
    let mut settings = OfflinePushSettings::new();
    settings.description = Some(FORGED);
    settings.ext = Some(Ext::from("PRIVATE c2c_alice"));
    let token = OfflinePushToken::new(6666, SECRET);
    let mut scratch = [0; SCRATCH_LEN];
    let push = compose(&settings, &token, &certificate, "request-1", &mut scratch).ok()?;
    defmt::info!("{}", settings);
    defmt::info!("{}", push.notification);
    defmt::debug!("{}", Revealed(&Notification::new("标题", "one\nERROR two", "request-1").reg_id(SECRET)));
    defmt::debug!("{}", push.report);
    defmt::info!("{}", Tap::from_notification(&push.notification, 480).ok()?);
    defmt::info!("{}", Intent::parse(URI).ok()?);
    let map = [("PRIVATE", FORGED)];
    defmt::info!("{} {}", Map::from_slice(&map), ClickAction::Custom(FORGED));
    defmt::warn!("{}", Intent::parse("intent:#Intent;i.n=x;end").err()?);
    Some(())
}

fn replies() -> Option<()> {
    let mut received =
        *br#"{"result":10302,"desc":"regId\u4e0d\nERROR","invalidUser":{"status":1,"userid":"v2-SECRET"}}"#;
    let reply: SendResponse<'_> = json::from_slice_in_place(&mut received).ok()?;
    defmt::info!("{}", reply);
    defmt::info!("{}", reply.result.advice());
    let mut received = *br#"{"result":0,"authToken":"v2-SECRET"}"#;
    defmt::info!("{}", json::from_slice_in_place::<AuthResponse<'_>>(&mut received).ok()?);
    defmt::error!("{}", json::from_str::<Notification<'_>>(r#"{"title":1"#).err()?);
    defmt::error!("{} {}", ResultCode::new(10070), ErrorCode::NO_CERTIFICATE);
    Some(())
}

firmware::start!(main);
