//! A push gateway on bare metal. It reports its own push token to a hub, receives jobs from there, authenticates with vivo, composes
//! a push for each job, posts it over TCP and obeys the reply. The hub, which is a fake as vivo's server is
//! (`ci/embedded/fake_vivo.py`), is told the outcome of each job, and says at the end whether all are as expected.
//!
//! Functions with a large buffer are not inlined. RISC-V addresses the first 2047 bytes of a stack frame with one instruction and
//! what is behind them with three, and a function that is inlined adds its buffer to the frame of its caller.
#![no_std]
#![no_main]

use core::num::NonZeroU32;

use gateway::board::{self, decimal, print_line};
use gateway::http;
use gateway::net::{Closed, Line, Net};
use offline_push::delivery::{ComposeError, SCRATCH_LEN, compose};
use offline_push::exchange::{Head, http_date, join_chunks};
use offline_push::registration::{
    Event, RegId, Registration, RegistrationAction, Timing, TokenReport, UserId,
};
use offline_push::tim::{ErrorCode, OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{
    self, AttemptOutcome, Attempts, AuthOutcome, AuthToken, AuthTokenLife, Certificate, Next, Notification,
    PushState,
};
use offline_push::{ClickAction, ReplyError, Request, json, read_reply};

/// Of the guide: the certificate id (`VIVO_PUSH_BUZID`).
const CERTIFICATE_ID: NonZeroU32 = NonZeroU32::new(6666).unwrap();
/// Of vivo's server document: its examples.
const CERTIFICATE: Certificate<'_> = Certificate::new(
    CERTIFICATE_ID.get(),
    10004,
    "25509283-3767-4b9e-83fe-b6e55ac6243e",
    "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21",
    ClickAction::OpenApp { ext: None },
);
/// The regIds that the phone's vendor gives, one after the other.
const REG_IDS: [&str; 2] = ["12345678901234567890123", "v2-test-registration-id"];
/// The longest line of the hub: a token, and settings with an ext of more than a thousand bytes.
const LINE: usize = 2048;
/// The longest reply of vivo, and the longest head of a request.
const REPLY: usize = 1024;

const READERS: http::Readers = http::Readers {
    date: |value| http_date(value),
    join: |body| join_chunks(body).ok().map(|joined| joined.len()),
};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    board::print("FAILED: panic\n");
    board::exit(false)
}

/// Why the gateway stops.
enum Stop {
    /// The hub has gone.
    Hub,
    /// No date came.
    NoTime,
    /// The registration has no way on.
    Registration,
}

impl From<Closed> for Stop {
    fn from(_: Closed) -> Self {
        Self::Hub
    }
}

struct Gateway {
    net: Net,
    hub_port: u16,
    vivo_port: u16,
    /// Unix time in milliseconds at which the board was switched on.
    switched_on: u64,
    /// The last date that vivo sent.
    date: Option<u64>,
    life: AuthTokenLife,
    token: Option<AuthToken>,
    phone: Registration,
    /// Which of the regIds the phone has.
    reg_id: usize,
    pushes: u32,
}

impl Gateway {
    /// Unix time in milliseconds.
    fn now(&self) -> u64 {
        self.switched_on + board::uptime_millis()
    }

    fn set_clock(&mut self) -> bool {
        let Some(date) = self.date else { return false };
        self.switched_on = date.saturating_sub(board::uptime_millis());
        true
    }

    /// All jobs of the hub. True if it says that the outcomes are as expected.
    #[inline(never)]
    fn run(&mut self) -> Result<bool, Stop> {
        self.net.connect(Line::Hub, self.hub_port)?;
        self.phone(Event::Started)?;
        self.phone(Event::Login(UserId::new("gateway")))?;
        self.ask_time().ok_or(Stop::NoTime)?;
        let mut line = [0; LINE];
        loop {
            let line = self.hub_line(&mut line)?;
            match &*line {
                b"good" => return Ok(true),
                b"bad" => return Ok(false),
                _ => self.job(line)?,
            }
        }
    }

    /// A line of the hub, without its end.
    fn hub_line<'b>(&mut self, buffer: &'b mut [u8]) -> Result<&'b mut [u8], Stop> {
        let mut length = 0;
        loop {
            length +=
                self.net.receive(Line::Hub, buffer.get_mut(length..).unwrap_or_default(), Some(b'\n'))?;
            if buffer.get(length - 1) == Some(&b'\n') {
                return buffer.get_mut(..length - 1).ok_or(Stop::Hub);
            }
        }
    }

    /// Tells the phone's state machine what has happened, and does what it asks for.
    fn phone(&mut self, mut event: Event<'_>) -> Result<(), Stop> {
        let mut report = [0; TokenReport::MAX_LEN];
        loop {
            let (timing, reported) = match self.phone.handle(event) {
                RegistrationAction::GiveUp(_) => return Err(Stop::Registration),
                RegistrationAction::Initialize(Timing::Now) => {
                    event = Event::Initialized;
                    continue;
                }
                RegistrationAction::TurnOn(Timing::Now) => {
                    event = Event::TurnOn(PushState::SUCCESS);
                    continue;
                }
                RegistrationAction::ReadRegId => {
                    let reg_id = REG_IDS.get(self.reg_id).ok_or(Stop::Registration)?;
                    event = Event::RegId(RegId::try_new(reg_id).map_err(|_| Stop::Registration)?);
                    continue;
                }
                RegistrationAction::Report(token) => {
                    (None, Some(token.encode(&mut report).map_err(|_| Stop::Registration)?))
                }
                later => (later.timing(), None),
            };
            event = match (reported, timing) {
                (Some((generation, length)), _) => {
                    self.net.send_all(Line::Hub, report.get(..length).unwrap_or_default())?;
                    self.net.send_all(Line::Hub, b"\n")?;
                    let code = self.hub_code()?;
                    let words = if code == ErrorCode::SUCCESS { "accepted" } else { "refused" };
                    print_line(&["token reported: ", words]);
                    if code == ErrorCode::SUCCESS {
                        Event::ReportSucceeded(generation)
                    } else {
                        Event::ReportFailed(generation, code)
                    }
                }
                (None, Some(Timing::After(pause))) => {
                    self.net.pause(pause);
                    Event::Timer
                }
                _ => return Ok(()),
            };
        }
    }

    /// The hub's answer to a report.
    fn hub_code(&mut self) -> Result<ErrorCode, Stop> {
        let mut line = [0; 16];
        let line = self.hub_line(&mut line)?;
        let code = core::str::from_utf8(line).ok().and_then(|digits| digits.parse::<i32>().ok());
        code.map(ErrorCode::new).ok_or(Stop::Hub)
    }

    /// Takes the time from the header `date` of any reply of vivo's server.
    #[inline(never)]
    fn ask_time(&mut self) -> Option<()> {
        let mut buffer = [0; REPLY];
        let head = Head::new("HEAD", vivo::HOST, "/").write(&mut buffer).ok()?.len();
        self.date = http::exchange(&mut self.net, self.vivo_port, &mut buffer, head, None, READERS)?.date;
        self.set_clock().then_some(())
    }

    /// One job: a token and settings, one behind the other.
    #[inline(never)]
    fn job(&mut self, line: &mut [u8]) -> Result<(), Stop> {
        self.pushes += 1;
        let parts = json::from_prefix_in_place::<OfflinePushToken<'_>>(line);
        let Ok((token, rest)) = parts else { return self.tell("unreadable", "token") };
        let Ok(settings) = json::from_slice_in_place::<OfflinePushSettings<'_>>(rest) else {
            return self.tell("unreadable", "settings");
        };
        // An id that is new after a restart, too: the time, and the number of the job in the last digits.
        let mut request_id = [0; 20];
        let request_id = decimal(self.now() * 1000 + u64::from(self.pushes % 1000), &mut request_id);
        let mut scratch = [0; SCRATCH_LEN];
        match &compose(&settings, &token, &CERTIFICATE, request_id, &mut scratch) {
            Ok(push) => {
                let end = self.deliver(&push.notification);
                self.tell(end.name(), if let Next::GiveUp(reason) = end { reason.name() } else { "" })?;
                match (end, RegId::try_new(push.notification.reg_id.unwrap_or_default())) {
                    (Next::DropToken, Ok(reg_id))
                        if self.phone.token().is_some_and(|own| own.token == reg_id.as_str()) =>
                    {
                        self.reg_id += 1;
                        self.phone(Event::TokenDropped(reg_id))
                    }
                    _ => Ok(()),
                }
            }
            Err(ComposeError::NoPush(reason)) => self.tell("no_push", reason.name()),
            Err(ComposeError::Check(error)) => self.tell("refused", error.field()),
            Err(_) => self.tell("refused", ""),
        }
    }

    /// Tells the hub and the console the outcome of a job.
    fn tell(&mut self, outcome: &str, detail: &str) -> Result<(), Stop> {
        let mut digits = [0; 20];
        let number = decimal(self.pushes.into(), &mut digits);
        print_line(&["job ", number, ": ", outcome, " ", detail]);
        for part in [outcome, " ", detail, "\n"] {
            self.net.send_all(Line::Hub, part.as_bytes())?;
        }
        Ok(())
    }

    /// Sends a push until it is delivered or hopeless.
    #[inline(never)]
    fn deliver(&mut self, push: &Notification<'_>) -> Next {
        let mut attempts = Attempts::new(self.pushes.wrapping_mul(0x9e37_79b9));
        let mut outcome = AttemptOutcome::NotSent;
        loop {
            let next = attempts.next(self.now(), &mut self.life, outcome);
            print_line(&["  ", next.name()]);
            outcome = match next {
                Next::SendWith(number) | Next::SendAndRenew(number) => {
                    let mut buffer = [0; REPLY];
                    let token = self.token.clone().filter(|token| token.number() == number);
                    let outcome = match self.call(push, token.as_ref().map(AuthToken::as_str), &mut buffer) {
                        None => AttemptOutcome::NoReply,
                        Some(Ok(reply)) => AttemptOutcome::Replied(reply.advice_for(None)),
                        Some(Err(error)) => AttemptOutcome::Failed(error),
                    };
                    if matches!(next, Next::SendAndRenew(_)) {
                        self.authenticate();
                    }
                    outcome
                }
                Next::Authenticate => {
                    self.authenticate();
                    AttemptOutcome::NotSent
                }
                Next::Wait(pause) => {
                    self.net.pause(pause);
                    AttemptOutcome::NotSent
                }
                end => return end,
            };
        }
    }

    /// Asks for an auth token, and keeps it.
    #[inline(never)]
    fn authenticate(&mut self) {
        let now = self.now();
        let sign = CERTIFICATE.sign(now);
        let mut buffer = [0; REPLY];
        let outcome = match self.call(&CERTIFICATE.auth_request(now, &sign), None, &mut buffer) {
            Some(Ok(reply)) => {
                let outcome = self.life.replied(self.now(), &reply);
                if let (AuthOutcome::Token(number), Some(text)) = (outcome, reply.auth_token) {
                    self.token = AuthToken::new(number, text).ok();
                }
                outcome
            }
            _ => self.life.not_replied(self.now()),
        };
        print_line(&["  auth: ", outcome.name()]);
        if matches!(outcome, AuthOutcome::SetClock(_)) {
            self.set_clock();
        }
    }

    /// One exchange over a connection of its own; `None` if there is no reply.
    fn call<'b, R: Request>(
        &mut self,
        request: &R,
        token: Option<&str>,
        buffer: &'b mut [u8; REPLY],
    ) -> Option<Result<R::Response<'b>, ReplyError>> {
        let head = request.write_head(buffer, token).ok()?.len();
        let body = request.body()?;
        let mut body = |sent, free: &mut [u8]| json::write_at(body, sent, free);
        let reply = http::exchange(&mut self.net, self.vivo_port, buffer, head, Some(&mut body), READERS)?;
        self.date = reply.date.or(self.date);
        Some(read_reply(reply.status, reply.body))
    }
}

#[riscv_rt::entry]
fn main() -> ! {
    board::paint_stack();
    let success = play();
    let (statics, stack) = board::memory();
    let (mut first, mut second) = ([0; 20], [0; 20]);
    print_line(&[
        "memory: ",
        decimal(statics as u64, &mut first),
        " static, ",
        decimal(stack as u64, &mut second),
        " stack",
    ]);
    board::exit(success)
}

#[inline(never)]
fn play() -> bool {
    let (hub_port, vivo_port) = board::ports();
    let Some(net) = Net::start() else {
        board::print("FAILED: no network\n");
        return false;
    };
    let mut gateway = Gateway {
        net,
        hub_port,
        vivo_port,
        switched_on: 0,
        date: None,
        life: AuthTokenLife::new(),
        token: None,
        phone: Registration::new(CERTIFICATE_ID),
        reg_id: 0,
        pushes: 0,
    };
    match gateway.run() {
        Ok(good) => {
            board::print(if good {
                "all as expected\n"
            } else {
                "FAILED: the hub expected something else\n"
            });
            good
        }
        Err(stop) => {
            board::print(match stop {
                Stop::Hub => "FAILED: the hub has gone\n",
                Stop::NoTime => "FAILED: nobody says what time it is\n",
                Stop::Registration => "FAILED: registration\n",
            });
            false
        }
    }
}
