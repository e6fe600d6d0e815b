//! What a gateway is made of, for the size of its code: each program `whole_*` has its part and those before it.

use core::hint::black_box;
use core::num::NonZeroU32;

use offline_push::delivery::{SCRATCH_LEN, compose};
use offline_push::registration::{Event, RegId, Registration, RegistrationAction, TokenReport, UserId};
use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{
    AttemptOutcome, Attempts, AuthRequest, AuthResponse, AuthToken, AuthTokenLife, Certificate, Next,
    Notification, PushState, SendResponse,
};
use offline_push::{ClickAction, Request, json, read_reply};

/// What came over the network, and where requests are written.
pub struct Buffers {
    pub received: [u8; 1024],
    pub sent: [u8; 1024],
}

/// Does the first parts.
pub fn run<const PARTS: usize>(buffers: &mut Buffers) -> bool {
    (PARTS < 1 || codec(buffers).is_some())
        && (PARTS < 2 || registration(buffers).is_some())
        && (PARTS < 3 || composition(buffers).is_some())
        && (PARTS < 4 || sign(buffers).is_some())
        && (PARTS < 5 || token(buffers).is_some())
        && (PARTS < 6 || attempts(buffers).is_some())
}

fn certificate() -> Certificate<'static> {
    black_box(Certificate::new(6666, 10004, "key", "secret", ClickAction::OpenApp { ext: None }))
}

/// Reads a job and the replies, writes the requests.
#[inline(never)]
pub fn codec(buffers: &mut Buffers) -> Option<usize> {
    let (token, rest) = json::from_prefix_in_place::<OfflinePushToken<'_>>(&mut buffers.received).ok()?;
    let settings: OfflinePushSettings<'_> = json::from_slice_in_place(rest).ok()?;
    black_box((&token, &settings));
    let reply: SendResponse<'_> = read_reply(black_box(200_u16), &mut buffers.received).ok()?;
    black_box(&reply);
    let reply: AuthResponse<'_> = read_reply(black_box(200_u16), &mut buffers.received).ok()?;
    black_box(&reply);
    let push: Notification<'_> = black_box(Notification::new("title", "content", "request-1"));
    let length = push.write_head(&mut buffers.sent, "token").ok()?.len()
        + json::to_slice(&push, &mut buffers.sent).ok()?.len();
    let request = black_box(AuthRequest::new(10004, "key", 1_501_484_120_000, "sign"));
    Some(
        length
            + request.write_head(&mut buffers.sent, None).ok()?.len()
            + json::to_slice(&request, &mut buffers.sent).ok()?.len(),
    )
}

/// Any event, and a report.
#[inline(never)]
pub fn registration(buffers: &mut Buffers) -> Option<usize> {
    let mut phone = black_box(Registration::new(NonZeroU32::MIN));
    let text = core::str::from_utf8(&buffers.received).ok()?;
    for event in black_box([
        Event::Started,
        Event::Initialized,
        Event::TurnOn(PushState::new(0)),
        Event::RegId(RegId::try_new(text).ok()?),
        Event::Login(UserId::new(text)),
        Event::Timer,
    ]) {
        if let RegistrationAction::Report(report) = phone.handle(event) {
            let mut token = [0; TokenReport::MAX_LEN];
            let (generation, length) = report.encode(&mut token).ok()?;
            black_box((generation, &token, length));
        }
    }
    Some(1)
}

/// A push out of settings and a token.
#[inline(never)]
pub fn composition(buffers: &mut Buffers) -> Option<usize> {
    let settings: OfflinePushSettings<'_> = json::from_slice_in_place(&mut buffers.received).ok()?;
    let token = black_box(OfflinePushToken::new(6666, "12345678901234567890123"));
    let mut scratch = [0; SCRATCH_LEN];
    let push = compose(&settings, &token, &certificate(), black_box("request-1"), &mut scratch).ok()?;
    Some(json::to_slice(&push.notification, &mut buffers.sent).ok()?.len())
}

/// A signed auth request.
#[inline(never)]
pub fn sign(buffers: &mut Buffers) -> Option<usize> {
    let now = black_box(1_501_484_120_000);
    let (certificate, sign) = (certificate(), certificate().sign(now));
    Some(json::to_slice(&certificate.auth_request(now, &sign), &mut buffers.sent).ok()?.len())
}

/// The life of the auth token.
#[inline(never)]
pub fn token(buffers: &mut Buffers) -> Option<usize> {
    let (mut life, now) = (black_box(AuthTokenLife::new()), black_box(1_501_484_120_000));
    let _ = black_box(life.before_call(now));
    let reply: AuthResponse<'_> = read_reply(black_box(200_u16), &mut buffers.received).ok()?;
    if let offline_push::vivo::AuthOutcome::Token(number) = life.replied(now, &reply) {
        let token: AuthToken = AuthToken::new(number, reply.auth_token?).ok()?;
        black_box(&token);
        let _ = black_box(life.refused(now, number));
    }
    let _ = black_box(life.not_replied(now));
    Some(1)
}

/// A call that is sent again.
#[inline(never)]
pub fn attempts(buffers: &mut Buffers) -> Option<usize> {
    let (mut life, now) = (black_box(AuthTokenLife::new()), black_box(1_501_484_120_000));
    let mut attempts = black_box(Attempts::new(1));
    let reply = read_reply::<SendResponse<'_>>(black_box(200_u16), &mut buffers.received);
    let outcome = match reply {
        Ok(reply) => AttemptOutcome::Replied(reply.advice_for(None)),
        Err(error) => AttemptOutcome::Failed(error),
    };
    let next = attempts.next(now, &mut life, outcome);
    Some(usize::from(black_box(next) == Next::Done) + 1)
}

/// The body of a program: the first parts.
macro_rules! whole_program {
    ($parts:literal $(, $job:expr)?) => {
        #[panic_handler]
        fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
            loop {}
        }

        fn main() -> bool {
            let mut buffers =
                core::hint::black_box(crate::parts::Buffers { received: [0; 1024], sent: [0; 1024] });
            crate::parts::run::<$parts>(&mut buffers) $(&& $job(&mut buffers).is_some())?
        }

        firmware::start!(main);
    };
}
