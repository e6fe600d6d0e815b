//! One push from setup to tap: follows Tencent IM's guide "Offline Push (vivo)" from top to bottom and prints every payload.
//!
//! ```text
//! cargo run --example offline_push
//! ```

mod page;

use std::error::Error;
use std::time::Duration;

use offline_push::delivery::{
    Delivery, Element, NoPush, Presence, PushOptions, SCRATCH_LEN, TEXT_LEN, compose,
};
use offline_push::ext::{ChatType, Entity, ExtContent, ExtInfo};
use offline_push::intent::{Component, Data, Intent, LaunchFlags};
use offline_push::json::{self, Encode, Map};
use offline_push::registration::{Event, RegId, Registration, RegistrationAction, State, Timing, UserId};
use offline_push::tap::{ReceivedExt, Tap};
use offline_push::tim::{
    AndroidInfo, AndroidPushSettings, OfflinePushInfo, OfflinePushSettings, OfflinePushToken,
};
use offline_push::vivo::android::{ClassName, KeepRules, ReceiverEntry};
use offline_push::vivo::{
    self, Advice, AuthRequest, AuthResponse, Certificate, Notification, PushState, ResultCode,
    SavedCertificate, SendResponse,
};
use offline_push::{CertificateIds, ClickAction, ClickEvent, Ext, Vendor};
use page::{block, line, note, receive, show, step};

/// From the guide: the certificate id (`VIVO_PUSH_BUZID`), the classes of its app, what a tap opens, and the custom
/// content.
const CERTIFICATE_ID: u32 = 6666;
const CERTIFICATES: CertificateIds<'_> = CertificateIds::new(&[(Vendor::VIVO, CERTIFICATE_ID)]);
const RECEIVER: &str = "com.tencent.qcloud.tim.demo.thirdpush.VIVOPushMessageReceiverImpl";
const URL: &str = "https://cloud.tencent.com/document/product/269";
const INTENT: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
    component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end";
const EXT_CONTENT: &str = "ext content";

/// The examples of vivo's server document, all of one app.
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

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    println!(
        "One push through vivo: from the console and the phone's switch to the tap on the notification."
    );
    println!("A line that begins with {{ is a payload as it travels, to the byte.");

    let mut uri = [0; 256];
    let to_app = ClickAction::from_console(ClickEvent::OpenApp, "")?;
    let to_url = ClickAction::from_console(ClickEvent::OpenUrl, URL)?;
    let to_screen = ClickAction::from_console(ClickEvent::OpenScreen, build_intent(&mut uri)?)?;
    store_certificate(&certificate(to_screen)?)?;

    let mut registration = turn_push_on()?;
    let token = report_token(&mut registration)?;
    let mut ext = [0; 256];
    let (plain, chat) = attach_settings(&mut ext)?;
    decide(&plain, &token, &certificate(to_app)?)?;

    step(6, "IM composes the push for vivo");
    note("The certificate says where a tap leads; there are three ways. A URL takes no ext along, and");
    line("vivo plays no sounds of the app's own: behind each event stands what was changed on the way.");
    let [mut app, mut url, mut screen] = [[0; 1024]; 3];
    let app = push(&plain, &token, to_app, &mut app)?;
    let url = push(&chat, &token, to_url, &mut url)?;
    let screen = push(&chat, &token, to_screen, &mut screen)?;
    same_push_over_the_rest_api(&chat)?;

    authenticate(&certificate(to_app)?)?;
    read_replies()?;

    step(9, "The user taps, and the app reads the ext");
    note("The phone got the payloads of step 6. Decoding them inside the buffer that received them");
    line("takes the backslashes out of JSON in JSON: ext is what the sender wrote.");
    tap(app)?;
    tap(url)?;
    tap(screen)?;
    other_vendors()
}

/// The guide's steps 1 and 2: what the console stores.
fn certificate(click: ClickAction<'_>) -> Outcome<Certificate<'_>> {
    let certificate = Certificate::new(CERTIFICATE_ID, APP_ID, APP_KEY, APP_SECRET, click);
    certificate.check()?;
    Ok(certificate)
}

/// "Open specific app interface": what the guide's Java prints.
fn build_intent(buffer: &mut [u8]) -> Outcome<&str> {
    let mut intent = Intent::new();
    intent.data = Some(Data::new("pushscheme://com.tencent.qcloud.tim/detail"));
    intent.flags = LaunchFlags::ACTIVITY_CLEAR_TOP;
    intent.component = Some(Component::try_new(
        "com.tencent.qcloud.tim.tuikit",
        "com.tencent.qcloud.tim.demo.chat.ChatActivity",
    )?);
    let uri = intent.to_uri(buffer)?;
    assert_eq!(uri, INTENT, "the URI in the guide");
    Ok(uri)
}

fn store_certificate(certificate: &Certificate<'_>) -> Outcome<()> {
    step(1, "The IM console stores the app's certificate, and the app is built");
    note(&format!("App {APP_ID} at vivo becomes a certificate, in force ten minutes after it was saved:"));
    line(&format!("{certificate:?}"));
    note("What goes into the app's manifest, and past its obfuscator:");
    let receiver = ClassName::try_new(RECEIVER)?;
    let activity = certificate.activity_entry()?.ok_or("the click event opens no screen")?;
    block(&certificate.push_entries()?.to_string());
    block(&ReceiverEntry::new(receiver).to_string());
    block(&activity.to_string());
    block(&KeepRules::new(receiver).to_string());
    Ok(())
}

/// The guide's step 3: which vendor's phone it is, `initialize()`, `turnOnPush()`, and what `onStateChanged` says.
fn turn_push_on() -> Outcome<Registration> {
    step(2, "The phone turns vivo push on");
    let vendor = Vendor::from_build("vivo", "vivo");
    let id = CERTIFICATES.id(vendor).ok_or("no certificate for this phone")?;
    note(&format!("Build.BRAND says vivo, which is vendor {vendor}, which is certificate {id}."));
    note("The vivo SDK answers turnOnPush() with a state; the registration knows what to do.");
    println!();
    let mut registration = Registration::new(id);
    assert_eq!(registration.handle(Event::Started), RegistrationAction::Initialize(Timing::Now));
    assert_eq!(registration.handle(Event::Initialized), RegistrationAction::TurnOn(Timing::Now));
    for number in [101, 0] {
        let state = PushState::new(number);
        let next = match registration.handle(Event::TurnOn(state)) {
            RegistrationAction::GiveUp(_) => "use another channel, do not ask again",
            RegistrationAction::ReadRegId => "read the regId",
            other => return Err(format!("{other:?}").into()),
        };
        line(&format!("{number:>3} {} -> {next}", state.meaning().unwrap_or("unknown")));
    }
    note(&format!("regId {REG_ID}: nobody is logged in yet, so the registration waits."));
    assert_eq!(registration.handle(Event::RegId(RegId::try_new(REG_ID)?)), RegistrationAction::Wait);
    Ok(registration)
}

/// The guide's step 4: `setOfflinePushToken`.
fn report_token(registration: &mut Registration) -> Outcome<OfflinePushToken<'_>> {
    step(3, "The user logs in, and the app reports to IM where it can be reached");
    note("Which app at vivo: the certificate id. Which phone: the regId. Tokens are bounded, so a buffer");
    line("of OfflinePushToken::MAX_ENCODED_LEN holds every one of them.");
    let RegistrationAction::Report(report) = registration.handle(Event::Login(UserId::new("alice"))) else {
        return Err("no report".into());
    };
    show("OfflinePushToken", &report.token, &mut [0; OfflinePushToken::MAX_ENCODED_LEN])?;
    note("A regId is a secret. The wire needs it, a log does not, so Debug shows");
    line(&format!("{:?}", report.token));
    let generation = report.generation;
    assert_eq!(registration.handle(Event::ReportSucceeded(generation)), RegistrationAction::Wait);
    assert_eq!(registration.state(), State::Bound);
    note("IM took it, and the registration is bound: until a logout, or another regId.");
    line("(`cargo run --example registration` plays a whole day.)");
    Ok(registration.token().ok_or("no token")?)
}

/// "Custom Content Pass Through", the sender's side.
fn attach_settings(ext: &mut [u8]) -> Outcome<(OfflinePushSettings<'_>, OfflinePushSettings<'_>)> {
    step(4, "A sender attaches settings to a message");
    let mut buffer = [0; 512];

    note("The guide's sample: text as ext, and no title.");
    let mut plain = OfflinePushSettings::new();
    plain.ext = Some(Ext::from(EXT_CONTENT));
    show("OfflinePushSettings", &plain, &mut buffer)?;

    note("The ext of Tencent's demo apps, which travels as JSON in JSON; and options for Android.");
    let mut entity = Entity::new(ChatType::C2C, "35186423");
    entity.nickname = Some("Eamon");
    entity.content = Some("\"今晚七点\" 🍜");
    let mut android = AndroidPushSettings::new();
    android.sound = Some("shake");
    android.vivo_category = Some("IM");
    let mut chat = OfflinePushSettings::new();
    chat.title = Some("Eamon");
    chat.description = Some("今晚七点在老地方见 🍜");
    chat.ext = Some(Ext::from_message(&ExtInfo::new(entity), ext)?);
    chat.android = Some(android);
    show("OfflinePushSettings", &chat, &mut buffer)?;
    Ok((plain, chat))
}

/// The guide's step 5: who is pushed, and who is not.
fn decide(
    settings: &OfflinePushSettings<'_>,
    token: &OfflinePushToken<'_>,
    certificate: &Certificate<'_>,
) -> Outcome<()> {
    step(5, "IM decides whether the message is pushed");
    note("The sender gave no description, so the text of the message's elements is shown.");
    println!();
    let mut delivery = Delivery::new(settings, certificate, Some(token.clone()));
    delivery.elements = &[Element::Text("Are you there? "), Element::Face];
    let mut text = [0; TEXT_LEN];
    for presence in
        [Presence::Online, Presence::Background, Presence::LoggedOut, Presence::Kicked, Presence::Killed]
    {
        delivery.presence = presence;
        let answer = match delivery.decide(&mut text) {
            Ok(due) => {
                format!("pushed: {}", due.compose(REQUEST_ID, &mut [0; SCRATCH_LEN])?.notification.content)
            }
            Err(reason) => format!("not pushed: {reason}"),
        };
        line(&format!("{:<10} -> {answer}", format!("{presence:?}")));
    }
    delivery.certificate =
        SavedCertificate::Added { certificate: *certificate, age: Duration::from_secs(60) };
    assert_eq!(
        delivery.decide(&mut text).err(),
        Some(NoPush::CertificateNotInForce { wait: Duration::from_secs(540) })
    );
    line("A minute after the certificate was saved it would still be: not pushed, for nine minutes more.");
    Ok(())
}

/// The guide's step 5, with one of its click events.
fn push<'b>(
    settings: &OfflinePushSettings<'_>,
    token: &OfflinePushToken<'_>,
    click: ClickAction<'_>,
    buffer: &'b mut [u8],
) -> Outcome<&'b mut [u8]> {
    let mut scratch = [0; SCRATCH_LEN];
    let mut wishes = PushOptions::from(settings);
    wishes.description = wishes.description.or(Some("Are you there? [Face]"));
    let composed = compose(wishes, token, &certificate(click)?, REQUEST_ID, &mut scratch)?;
    let event = click.click_event().ok_or("no choice of the console")?;
    note(&format!("[{event}] {}", composed.report));
    show("Notification", &composed.notification, buffer)
}

/// The same push over the server API.
fn same_push_over_the_rest_api(settings: &OfflinePushSettings<'_>) -> Outcome<()> {
    let mut android = AndroidInfo::new();
    android.sound = Some("shake");
    android.vivo_category = Some("IM");
    let mut info = OfflinePushInfo::new();
    (info.title, info.desc, info.ext) = (settings.title, settings.description, settings.ext);
    info.android_info = Some(android);
    note("Over the REST API the same wishes are an OfflinePushInfo:");
    show("OfflinePushInfo", &info, &mut [0; 512])?;
    assert_eq!(PushOptions::from(&info), PushOptions::from(settings));
    Ok(())
}

fn authenticate(certificate: &Certificate<'_>) -> Outcome<()> {
    step(7, "IM authenticates at vivo");
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
    step(8, "vivo answers, and the number says what to do");
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

/// "Custom Content Pass Through", the receiver's side; the app has vivo's client SDK 3.0.0.0, version 480.
fn tap(received: &mut [u8]) -> Outcome<()> {
    let push: Notification<'_> = json::from_slice_in_place(received)?;
    println!();
    let ext = match Tap::from_notification(&push, 480)? {
        Tap::StartsApp { ext, source } => {
            line(&format!("starts the app; ext comes by {source:?}"));
            ext
        }
        Tap::StartsScreen { intent, ext, source } => {
            let component = intent.component.ok_or("no component")?;
            line(&format!("starts {component}; ext comes by {source:?}"));
            ext
        }
        Tap::OpensBrowser(url) => {
            line(&format!("opens {} in the browser; there is no ext", url.as_str()));
            None
        }
        other => return Err(format!("{other:?}").into()),
    };
    ext.map_or(Ok(()), |ext| read(ReceivedExt::Whole(ext)))
}

/// The same ext on phones of other vendors.
fn other_vendors() -> Outcome<()> {
    note("OPPO's phones take the ext apart and hand over its members; the app reads the same.");
    let extras = [("entity", r#"{"sender":"35186423","nickname":"Eamon","content":"\u4eca\u665a"}"#)];
    read(ReceivedExt::from_pairs(Vendor::OPPO, &Map::from_slice(&extras)).ok_or("no ext")?)
}

fn read(received: ReceivedExt<'_>) -> Outcome<()> {
    line(&format!("ext  {}", received.as_ext().as_str().ok_or("the ext is not text")?));
    let mut scratch = [0; 256];
    match received.content(&mut scratch)? {
        ExtContent::Chat(info) => {
            info.check()?;
            let entity = info.entity.ok_or("no entity")?;
            line(&format!(
                "chat {:?}, content {}",
                entity.conversation(),
                entity.content.unwrap_or_default()
            ));
        }
        ExtContent::Text(text) => line(&format!("text {text}")),
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}
