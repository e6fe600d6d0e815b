//! A device that plays the guide "Offline Push (vivo)" on bare metal, from the phone's switch to the tap: one function for
//! each step. It has no allocator, and 16 KiB of memory are enough.
//!
//! Every payload is printed as it travels, and held byte by byte against [`expected`]. The exit code is 0 only if all of it
//! is as it is written there; the console says which step is not.
#![no_std]
#![no_main]

mod console;
mod expected;

use console::{Failure, Outcome, in_step, insist, print_payload, same_bytes};
use heapless::Deque;
use offline_push::delivery::{SCRATCH_LEN, compose};
use offline_push::intent::{Component, Data, ExtraValue, Extras, Intent, IntentExtra, LaunchFlags};
use offline_push::json::{self, Owned};
use offline_push::registration::{Event, RegId, Registration, RegistrationAction, State, Timing, UserId};
use offline_push::tap::Tap;
use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{
    Advice, AuthResponse, Certificate, Notification, PushState, ResultCode, SendResponse,
};
use offline_push::{CertificateIds, ClickAction, ClickEvent, Ext, Vendor};
use semihosting::println;
use serde::{Deserialize, Serialize};

/// Of the guide: the certificate id (`VIVO_PUSH_BUZID`).
const CERTIFICATE_ID: u32 = 6666;
const CERTIFICATES: CertificateIds<'_> = CertificateIds::new(&[(Vendor::VIVO, CERTIFICATE_ID)]);
/// Of vivo's server document: its examples.
const APP_ID: u64 = 10004;
const APP_KEY: &str = "25509283-3767-4b9e-83fe-b6e55ac6243e";
const APP_SECRET: &str = "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21";
const TIMESTAMP: u64 = 1_501_484_120_000;
const REG_ID: &str = "12345678901234567890123";
const REQUEST_ID: &str = "25509283-3767-4b9e-83fe-b6e55ac6b123";
/// vivo's client SDK 3.0.0.0.
const CLIENT_SDK: u32 = 480;
/// What came over the network. A device's receive buffer is longer than what is in it.
const RECEIVE_BUFFER: usize = 256;

/// The ext of this device's own app: any serde type.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Visit<'a> {
    door: u8,
    visitor: &'a str,
}

const VISIT: Visit<'_> = Visit { door: 2, visitor: "张三" };

fn main() -> bool {
    let done = play();
    if done.is_some() {
        println!("\nevery byte is as expected");
    }
    done.is_some()
}

/// The guide. A step that fails ends it.
fn play() -> Option<()> {
    let mut phone = Registration::new(in_step("which phone", certificate_id())?);
    in_step("turn push on", turn_push_on(&mut phone))?;
    in_step("report the token", report_token(&mut phone))?;
    in_step("kicked and back", kicked_and_back(&mut phone))?;
    let mut uri = [0; 256];
    let uri = in_step("build the intent", build_intent(&mut uri))?;
    let certificate = in_step("certificate", certificate(uri))?;
    in_step("authenticate", authenticate(&certificate))?;
    let (mut ext, mut body) = ([0; 64], [0; 768]);
    let settings = in_step("attach settings", attach_settings(&mut ext))?;
    let token = in_step("token", phone.token().ok_or_else(|| Failure::new("there is none")))?;
    let body = in_step("push", push(&settings, &token, &certificate, &mut body))?;
    in_step("read vivo's reply", read_reply(expected::REFUSED))?;
    in_step("across tasks", across_tasks(expected::REFUSED))?;
    in_step("tap", tap(body))
}

/// Step 2 of the guide: each vendor has a certificate, and each certificate an id.
fn certificate_id() -> Outcome<core::num::NonZeroU32> {
    let vendor = Vendor::from_build("vivo", "vivo");
    CERTIFICATES.id(vendor).ok_or_else(|| Failure::new("no certificate for this phone"))
}

/// Step 3.4: `initialize()`, `turnOnPush()`, and what `onStateChanged` says.
fn turn_push_on(phone: &mut Registration) -> Outcome<()> {
    insist(phone.handle(Event::Started) == RegistrationAction::Initialize(Timing::Now), "started")?;
    insist(phone.handle(Event::Initialized) == RegistrationAction::TurnOn(Timing::Now), "initialized")?;
    insist(phone.handle(Event::TurnOn(PushState::new(0))) == RegistrationAction::ReadRegId, "turned on")?;
    insist(
        phone.handle(Event::RegId(RegId::try_new(REG_ID)?)) == RegistrationAction::Wait,
        "regId without login",
    )?;
    insist(phone.state() == State::Ready, "ready")
}

/// Step 4: `setPushTokenToTIM()`, after login.
fn report_token(phone: &mut Registration) -> Outcome<()> {
    let RegistrationAction::Report(report) = phone.handle(Event::Login(UserId::new("alice"))) else {
        return Err(Failure::new("no report"));
    };
    let generation = report.generation;
    let encoded = json::to_heapless_vec::<_, 128>(&report.token)?;
    print_payload("OfflinePushToken", &encoded)?;
    same_bytes(&encoded, expected::TOKEN)?;
    insist(phone.handle(Event::ReportSucceeded(generation)) == RegistrationAction::Wait, "reported")?;
    insist(phone.state() == State::Bound, "bound")
}

/// Step 5: a user who was logged out gets no push, until the next login.
fn kicked_and_back(phone: &mut Registration) -> Outcome<()> {
    insist(phone.handle(Event::Kicked) == RegistrationAction::Wait, "kicked")?;
    insist(phone.state() == State::Ready, "ready")?;
    report_token(phone)
}

/// "Open specific app interface": the URI for the console, with two extras for the screen.
fn build_intent(buffer: &mut [u8]) -> Outcome<&str> {
    let extras = [
        IntentExtra::new("title", ExtraValue::from("门铃 & bell")),
        IntentExtra::new("room", ExtraValue::Int(15)),
    ];
    let mut intent = Intent::new();
    intent.data = Some(Data::new("pushscheme://com.tencent.qcloud.tim/detail"));
    intent.flags = LaunchFlags::ACTIVITY_CLEAR_TOP;
    intent.component = Some(Component::try_new(
        "com.tencent.qcloud.tim.tuikit",
        "com.tencent.qcloud.tim.demo.chat.ChatActivity",
    )?);
    intent.extras = Extras::from_slice(&extras);
    let uri = intent.to_uri(buffer)?;
    print_payload("Intent", uri.as_bytes())?;
    same_bytes(uri.as_bytes(), expected::INTENT)?;
    insist(Intent::parse(uri)? == intent, "parsed again")?;
    Ok(uri)
}

/// Steps 1 and 2: what the console stores.
fn certificate(uri: &str) -> Outcome<Certificate<'_>> {
    let click = ClickAction::from_console(ClickEvent::OpenScreen, uri)?;
    let certificate = Certificate::new(CERTIFICATE_ID, APP_ID, APP_KEY, APP_SECRET, click);
    certificate.check()?;
    Ok(certificate)
}

/// Every push goes with the token of an auth request, which is signed.
fn authenticate(certificate: &Certificate<'_>) -> Outcome<()> {
    let sign = certificate.sign(TIMESTAMP);
    let request = certificate.auth_request(TIMESTAMP, &sign);
    request.check()?;
    let mut body = [0; 192];
    let body = json::to_slice(&request, &mut body)?;
    print_payload("AuthRequest", body)?;
    same_bytes(body, expected::AUTH_REQUEST)?;

    let mut buffer = [0; RECEIVE_BUFFER];
    let reply: AuthResponse<'_> = json::from_slice_in_place(receive(expected::AUTHENTICATED, &mut buffer)?)?;
    insist(reply.result == ResultCode::SUCCESS && reply.desc == Some("请求成功"), "escapes resolved")?;
    insist(reply.auth_token == Some(expected::AUTH_TOKEN), "the auth token")
}

/// "Custom Content Pass Through", the sender's side: `settings.setExt(bytes)`.
fn attach_settings(buffer: &mut [u8]) -> Outcome<OfflinePushSettings<'_>> {
    let mut settings = OfflinePushSettings::new();
    settings.description = Some("今晚七点在老地方见 🍜");
    settings.ext = Some(Ext::from_serde(&VISIT, buffer)?);
    let mut encoded = [0; 192];
    let encoded = json::to_slice(&settings, &mut encoded)?;
    print_payload("OfflinePushSettings", encoded)?;
    same_bytes(encoded, expected::SETTINGS)?;
    Ok(settings)
}

/// Step 5: the body of the push, and the same read again.
fn push<'b>(
    settings: &OfflinePushSettings<'_>,
    token: &OfflinePushToken<'_>,
    certificate: &Certificate<'_>,
    body: &'b mut [u8],
) -> Outcome<&'b mut [u8]> {
    let mut scratch = [0; SCRATCH_LEN];
    let push = compose(settings, token, certificate, REQUEST_ID, &mut scratch)?;
    insist(push.report.default_title, "the default title")?;
    push.notification.check()?;
    let body = json::to_slice(&push.notification, body)?;
    print_payload("Notification", body)?;
    same_bytes(body, expected::NOTIFICATION)?;

    let mut copy = [0; 768];
    let again: Notification<'_> = json::from_slice_with_scratch(body, &mut copy)?;
    insist(again == push.notification, "decoded again")?;
    Ok(body)
}

/// vivo answers, and the number says what to do next.
fn read_reply(reply: &[u8]) -> Outcome<()> {
    let mut buffer = [0; RECEIVE_BUFFER];
    let reply: SendResponse<'_> = json::from_slice_in_place(receive(reply, &mut buffer)?)?;
    insist(reply.desc == Some("regId不合法"), "escapes resolved")?;
    let advice = reply.result.advice();
    println!("{}: {}", reply.result.get(), next(advice));
    insist(advice == Advice::DropToken, "what to do next")
}

/// The task that has the socket hands a reply on to the one that decides: it owns its bytes, and so outlives the buffer.
fn across_tasks(reply: &[u8]) -> Outcome<()> {
    // Any queue between tasks does; this one needs no atomics.
    let mut queue: Deque<Owned<SendResponse<'static>, RECEIVE_BUFFER>, 2> = Deque::new();
    {
        let mut buffer = [0; RECEIVE_BUFFER];
        let received = Owned::receive(receive(reply, &mut buffer)?)?;
        insist(queue.push_back(received).is_ok(), "room in the queue")?;
    }
    let owned = queue.pop_front().ok_or_else(|| Failure::new("nothing in the queue"))?;
    insist(owned.get().desc == Some("regId不合法"), "escapes resolved")?;
    insist(owned.get().result.advice() == Advice::DropToken, "what to do next")
}

fn next(advice: Advice) -> &'static str {
    match advice {
        Advice::Done => "done",
        Advice::Reauthenticate => "get a new auth token, send once more",
        Advice::BackOff => "send again after a pause",
        Advice::DropToken => "forget this regId",
        Advice::StopForToday => "send nothing more today",
        _ => "tell a human",
    }
}

/// The tap starts a screen, which reads its extras, and the ext as a type of its own.
fn tap(received: &mut [u8]) -> Outcome<()> {
    let push: Notification<'_> = json::from_slice_in_place(received)?;
    let Tap::StartsScreen { intent, ext: Some(ext), .. } = Tap::from_notification(&push, CLIENT_SDK)? else {
        return Err(Failure::new("it starts no screen with ext"));
    };
    read_extras(&intent)?;
    print_payload("ext", ext.as_bytes())?;
    same_bytes(ext.as_bytes(), expected::EXT)?;
    // Scratch is for ext with escapes: twice its length always suffices.
    let mut scratch = [0; 2 * expected::EXT.len()];
    insist(ext.to_serde::<Visit<'_>>(&mut scratch)? == VISIT, "the visit")?;
    let mut scratch = [0; 2 * expected::ESCAPED_EXT.len()];
    insist(
        Ext::new(expected::ESCAPED_EXT).to_serde::<Visit<'_>>(&mut scratch)? == VISIT,
        "the visit, escaped",
    )
}

/// Extras are decoded when they are read: text that has percent escapes into a buffer.
fn read_extras(intent: &Intent<'_>) -> Outcome<()> {
    let title = intent.text_extra("title").ok_or_else(|| Failure::new("no title"))?;
    let mut buffer = [0; 32];
    let title = title.copy_to(&mut buffer)?;
    println!("extra title: {title}");
    insist(title == "门铃 & bell", "the title")?;
    insist(intent.extras.get("room") == Some(ExtraValue::Int(15)), "the room")
}

/// Puts a reply where the network would.
fn receive<'b>(reply: &[u8], buffer: &'b mut [u8]) -> Outcome<&'b mut [u8]> {
    let received =
        buffer.get_mut(..reply.len()).ok_or_else(|| Failure::new("the receive buffer is too short"))?;
    received.copy_from_slice(reply);
    print_payload("received", received)?;
    Ok(received)
}

firmware::start!(main);
