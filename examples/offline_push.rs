//! One push, all the way: plays Tencent IM's guide "Offline Push (vivo)" from top to bottom and prints every payload as it
//! travels.
//!
//! ```text
//! cargo run --example offline_push
//! ```

use std::error::Error;

use offline_push::delivery::{self, Certificate};
use offline_push::json::{self, Encode};
use offline_push::tim::{AndroidPushSettings, OfflinePushSettings, OfflinePushToken};
use offline_push::vivo::{
    self, Advice, AuthRequest, AuthResponse, Notification, PushState, ResultCode, SendResponse, StateAdvice,
};
use offline_push::{ClickAction, Ext, IntentUri, WebUrl};
use serde::{Deserialize, Serialize};

/// From the guide: the certificate id (`VIVO_PUSH_BUZID`), what a tap opens, and the content that passes through.
const CERTIFICATE_ID: u32 = 6666;
const URL: &str = "https://cloud.tencent.com/document/product/269";
const INTENT: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
const EXT_CONTENT: &str = "ext content";

/// From vivo's server document: its examples, one app throughout.
const APP_ID: u64 = 10004;
const APP_KEY: &str = "25509283-3767-4b9e-83fe-b6e55ac6243e";
const APP_SECRET: &str = "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21";
const TIMESTAMP: u64 = 1_501_484_120_000;
const SIGN: &str = "fe3b46a2befc60334c2388676a752bd6";
const REG_ID: &str = "12345678901234567890123";
const REQUEST_ID: &str = "25509283-3767-4b9e-83fe-b6e55ac6b123";
const AUTHENTICATED: &str =
    r#"{"result": 0, "desc": "请求成功", "authToken": "24ojds98fu3jqrioeu982134jieds9fq43u09uaf" }"#;
const SENT: &str = r#"{"result":0,"desc":"请求成功","taskId":"121397329"}"#;
const REFUSED: &str = concat!(
    r#"{"result":10302,"desc":"regId不合法","#,
    r#""invalidUser":{"status":1,"userid":"15638535410301000000001"}}"#,
);

/// A type of the application's own, in the form that Tencent's demo apps give their ext.
#[derive(Debug, Serialize, Deserialize)]
struct ChatExt<'a> {
    #[serde(borrow)]
    entity: Chat<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Chat<'a> {
    sender: &'a str,
    nickname: &'a str,
    action: u32,
}

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    println!("One push through vivo: from the switch on the phone to the tap on the notification.");
    println!("A line that begins with {{ is a payload as it travels, to the byte.");

    step(1, "The IM console stores the app's certificate");
    note(&format!(
        "It holds the app's id, key and secret at vivo. App {APP_ID} becomes certificate {CERTIFICATE_ID}."
    ));

    turn_push_on();
    let token = report_token()?;
    let mut ext = [0; 128];
    let (plain, typed) = attach_settings(&mut ext)?;

    step(5, "The receiver's app is dead: IM composes a push for vivo");
    note("The certificate says where a tap leads; there are three ways. A URL takes no ext along, and");
    line("vivo plays no sounds of the app's own: behind each event stands what was changed on the way.");
    let [mut app, mut url, mut screen] = [[0; 1024]; 3];
    let to_app = ClickAction::OpenApp { ext: None };
    let to_url = ClickAction::OpenUrl(WebUrl::new(URL)?);
    let to_screen = ClickAction::OpenScreen { intent: IntentUri::new(INTENT)?, ext: None };
    let app = compose("Open app", &plain, &token, to_app, &mut app)?;
    let url = compose("Open URL", &typed, &token, to_url, &mut url)?;
    let screen = compose("Open specific app interface", &typed, &token, to_screen, &mut screen)?;

    authenticate(&certificate(to_app)?)?;
    read_replies()?;

    step(8, "The user taps, and the app reads the ext");
    note("The phone got the payloads of step 5. Decoding them inside the buffer that received them");
    line("takes the backslashes out of JSON in JSON: ext is what the sender wrote.");
    tap("Open app", app)?;
    tap("Open URL", url)?;
    tap("Open specific app interface", screen)
}

/// The guide's step 3: `turnOnPush()`, and what `onStateChanged` says.
fn turn_push_on() {
    step(2, "The phone turns vivo push on");
    note("The vivo SDK answers turnOnPush() with a state.");
    println!();
    for number in [101, 0] {
        let state = PushState::new(number);
        let next = match state.advice() {
            StateAdvice::ReadRegId => "read the regId and report it",
            StateAdvice::Unsupported | StateAdvice::GiveUp => "use another channel, do not ask again",
            _ => "see StateAdvice",
        };
        line(&format!("{number:>3} {} -> {next}", state.meaning().unwrap_or("unknown")));
    }
    note(&format!("regId {REG_ID}"));
}

/// The guide's step 4: `setOfflinePushToken`.
fn report_token() -> Outcome<OfflinePushToken<'static>> {
    step(3, "The app reports to IM where it can be reached");
    note("Which app at vivo: the certificate id. Which phone: the regId. Tokens are bounded, so a buffer");
    line("of OfflinePushToken::MAX_ENCODED_LEN holds every one of them.");
    let token = OfflinePushToken::new(CERTIFICATE_ID, REG_ID)?;
    let mut buffer = [0; OfflinePushToken::MAX_ENCODED_LEN];
    show("OfflinePushToken", &token, &mut buffer)?;
    note("A regId is a secret. The wire needs it, a log does not, so Debug shows");
    line(&format!("{token:?}"));
    Ok(token)
}

/// "Custom Content Pass Through", the sender's side.
fn attach_settings(ext: &mut [u8]) -> Outcome<(OfflinePushSettings<'_>, OfflinePushSettings<'_>)> {
    step(4, "A sender attaches settings to a message");
    let mut buffer = [0; 512];

    note("The guide's sample: text as ext, and no title.");
    let mut plain = OfflinePushSettings::new();
    plain.description = Some("Are you there?");
    plain.ext = Some(Ext::from(EXT_CONTENT));
    show("OfflinePushSettings", &plain, &mut buffer)?;

    note("A type of the app's own as ext, which travels as JSON in JSON; and options for Android.");
    let chat = Chat { sender: "35186423", nickname: "Eamon", action: 1 };
    let mut android = AndroidPushSettings::new();
    android.sound = Some("shake");
    android.vivo_category = Some("IM");
    let mut typed = OfflinePushSettings::new();
    typed.title = Some("Eamon");
    typed.description = Some("今晚七点在老地方见 🍜");
    typed.ext = Some(Ext::write(&ChatExt { entity: chat }, ext)?);
    typed.android = Some(android);
    show("OfflinePushSettings", &typed, &mut buffer)?;
    Ok((plain, typed))
}

/// The guide's steps 1 and 2: what the console stores.
fn certificate(click: ClickAction<'_>) -> Outcome<Certificate<'_>> {
    Ok(Certificate::new(APP_ID, APP_KEY, APP_SECRET, click)?)
}

/// The guide's step 5, with one of its click events.
fn compose<'b>(
    event: &str,
    settings: &OfflinePushSettings<'_>,
    token: &OfflinePushToken<'_>,
    click: ClickAction<'_>,
    buffer: &'b mut [u8],
) -> Outcome<&'b mut [u8]> {
    // Takes titles and texts that have to be cut, because they are too long for vivo.
    let mut scratch = [0; delivery::SCRATCH_LEN];
    let composed = delivery::compose(settings, token, &certificate(click)?, REQUEST_ID, &mut scratch)?;
    note(&format!("[{event}] {}", composed.report));
    show("Notification", &composed.notification, buffer)
}

fn authenticate(certificate: &Certificate<'_>) -> Outcome<()> {
    step(6, "IM authenticates at vivo");
    note("The sign is the MD5 of appId + appKey + timestamp + appSecret. The values are those of vivo's");
    line("document, and so is the sign. The length is known before a byte is encoded.");
    let sign = certificate.sign(TIMESTAMP);
    assert_eq!(sign.as_str(), SIGN, "the sign in vivo's document");
    let request = certificate.auth_request(TIMESTAMP, &sign);
    note(&format!("{} https://{}{}", AuthRequest::METHOD, vivo::HOST, AuthRequest::PATH));
    line(&format!("Content-Type: {}", vivo::CONTENT_TYPE));
    line(&format!("Content-Length: {}", json::encoded_len(&request)));
    show("AuthRequest", &request, &mut [0; 256])?;

    let mut buffer = [0; 256];
    let reply: AuthResponse<'_> = json::from_slice_in_place(receive(AUTHENTICATED, &mut buffer)?)?;
    note("The token is good for a day. Every push goes with it:");
    note(&format!("{} https://{}{}", Notification::METHOD, vivo::HOST, Notification::PATH));
    line(&format!("{}: {}", vivo::AUTH_HEADER, reply.auth_token.ok_or("no token came")?));
    Ok(())
}

fn read_replies() -> Outcome<()> {
    step(7, "vivo answers, and the number says what to do");
    for reply in [SENT, REFUSED] {
        let mut buffer = [0; 256];
        let reply: SendResponse<'_> = json::from_slice_in_place(receive(reply, &mut buffer)?)?;
        println!();
        explain(reply.result);
        if let Some(status) = reply.invalid_user.and_then(|user| user.status) {
            let meaning = status.meaning().unwrap_or("unknown");
            line(&format!("invalidUser {}: {meaning} -> {}", status.get(), words(status.advice())));
        }
    }
    note("Some of the other numbers:");
    println!();
    for number in [10000, 10056, 10070, 10072] {
        explain(ResultCode::new(number));
    }
    Ok(())
}

fn explain(result: ResultCode) {
    let meaning = result.meaning().unwrap_or("unknown");
    line(&format!("{}: {meaning} -> {}", result.get(), words(result.advice())));
}

fn words(advice: Advice) -> String {
    match advice {
        Advice::Done => "done".into(),
        Advice::Reauthenticate => "get a new token, send once more".into(),
        Advice::BackOff => "send again, after a pause".into(),
        Advice::DropToken => "forget this regId".into(),
        Advice::StopForToday => "send nothing more today".into(),
        Advice::FixRequest { field } => format!("mend `{field}`"),
        other => format!("{other:?}"),
    }
}

/// "Custom Content Pass Through", the receiver's side.
fn tap(event: &str, received: &mut [u8]) -> Outcome<()> {
    let push: Notification<'_> = json::from_slice_in_place(received)?;
    let action = push.click_action()?;
    note(&format!("[{event}]"));
    match action {
        ClickAction::OpenUrl(url) => line(&format!("opens {}", url.as_str())),
        ClickAction::OpenScreen { intent, .. } => line(&format!("opens {}", intent.as_str())),
        _ => line("opens the app"),
    }
    let Some(ext) = action.ext() else {
        line("ext   none");
        return Ok(());
    };
    line(&format!("ext   {}", ext.as_str().ok_or("the ext is not text")?));
    // The scratch buffer is for escapes inside the ext. This one has none.
    match ext.parse::<ChatExt<'_>>(&mut []) {
        Ok(chat) => line(&format!("typed {chat:?}")),
        Err(error) => line(&format!("typed no: {error}")),
    }
    Ok(())
}

fn step(number: u32, title: &str) {
    println!("\n\n{number}. {title}");
}

fn note(text: &str) {
    println!();
    line(text);
}

fn line(text: &str) {
    println!("   {text}");
}

/// Encodes a message into a buffer and prints it.
fn show<'b>(name: &str, message: &impl Encode, buffer: &'b mut [u8]) -> Outcome<&'b mut [u8]> {
    let room = buffer.len();
    let json = json::to_slice(message, buffer)?;
    note(&format!("{name}: {} bytes in a buffer of {room}", json.len()));
    println!("{}", str::from_utf8(json)?);
    Ok(json)
}

/// Prints a reply and puts it where the network would.
fn receive<'b>(reply: &str, buffer: &'b mut [u8]) -> Outcome<&'b mut [u8]> {
    note(&format!("received: {} bytes in a buffer of {}", reply.len(), buffer.len()));
    println!("{reply}");
    let received = buffer.get_mut(..reply.len()).ok_or("the receive buffer is too short")?;
    received.copy_from_slice(reply.as_bytes());
    Ok(received)
}
