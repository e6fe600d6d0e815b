//! One push to many: a gateway keeps vivo's auth token valid, stores a body, pushes it to its users in pieces, and reads the
//! receipts. Prints every payload, and fails if something else happens.
//!
//! ```text
//! cargo run --example broadcast --features embedded-io-0_7
//! ```

use std::collections::HashSet;
use std::convert::Infallible;
use std::error::Error;

use embedded_io::{ErrorType, Write};
use offline_push::json::{self, List, Texts};
use offline_push::vivo::{
    self, Advice, AuthOutcome, AuthRequest, AuthTokenLife, AuthTokenNumber, AuthTokenStep, ListPayload,
    ListPush, Notification, NotificationExtra, NotifyType, Receipts, Sign, SkipType, StatisticsRequest,
};
use offline_push::{ReplyError, Request, read_reply};

/// From vivo's server document.
const APP_ID: u64 = 10004;
const APP_KEY: &str = "25509283-3767-4b9e-83fe-b6e55ac6243e";
const APP_SECRET: &str = "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21";
const TIMESTAMP: u64 = 1_501_484_120_000;
const RECEIVERS: usize = ListPush::MAX_RECEIVERS as usize;

const AUTHENTICATED: &str =
    r#"{"result":0,"desc":"请求成功","authToken":"24ojds98fu3jqrioeu982134jieds9fq43u09uaf"}"#;
const STORED: &str = r#"{"result":0,"desc":"请求成功","taskId":"342982232646905856"}"#;
const REFUSED: &str = r#"{"result":10000,"desc":"权限认证失败"}"#;
const PUSHED: &str = concat!(
    r#"{"requestId":"evening-list","result":0,"desc":"请求成功","invalidUsers":["#,
    r#"{"status":2,"userid":"12345678901234567890017"},{"status":3,"userid":"12345678901234567890018"}]}"#,
);
const FAILED: &str = "Internet server error!";
const SENT: &str = r#"{"result":0,"desc":"请求成功","taskId":"121397329"}"#;
const STATISTICS: &str = concat!(
    r#"{"result":0,"desc":"请求成功","statistics":[{"taskId":"342982232646905856","target":1000,"valid":998,"#,
    r#""send":990,"receive":970,"display":960,"click":20,"targetUnSub":1,"targetInActive":1}]}"#,
);
const RECEIPTS: &str = concat!(
    r#"{"342982232646905856":{"targets":"12345678901234567890000,12345678901234567890001","#,
    r#""ackTime":1501484180000,"param":"evening","ackType":"0"},"#,
    r#""121397329":{"targets":"12345678901234567891100","ackTime":1501484190000,"param":"evening","#,
    r#""ackType":"100","subAckType":"12000"}}"#,
);

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The gateway's own type for a user. It does not depend on this crate.
struct User {
    name: String,
    reg_id: Option<String>,
}

impl User {
    /// One in eleven has no vivo phone.
    fn new(number: u32) -> Self {
        let reg_id = (number % 11 != 10).then(|| format!("1234567890123456789{number:04}"));
        Self { name: format!("user {number}"), reg_id }
    }
}

fn main() -> Outcome<()> {
    let mut users: Vec<User> = (0..1101).map(User::new).collect();
    let mut gateway =
        Gateway { life: AuthTokenLife::new(), token: None, now: TIMESTAMP, socket: Socket(Vec::new()) };
    let mut buffer = [0; 1024];

    println!("1. The body is stored at vivo, which takes a token: there is none yet");
    let payload = ListPayload::new(evening("evening-body"));
    payload.check()?;
    let stored = gateway.call(&payload, (200, STORED), &mut buffer)??;
    let task = task_id(&stored)?.to_owned();

    println!("\n2. It is pushed to those who have a regId, out of the users' own structs");
    let reachable: Vec<&User> = users.iter().filter(|user| user.reg_id.is_some()).collect();
    let (many, rest) = reachable.split_at_checked(RECEIVERS).ok_or("fewer than 1000 users")?;
    let ids = Texts::new(many, |user| user.reg_id.as_deref());
    let mut push = ListPush::new(&task, "evening-list");
    push.reg_ids = Some(List::from_texts(&ids));
    push.check()?;
    let reply = gateway.call(&push, (200, REFUSED), &mut buffer)??;
    assert_eq!(reply.result.advice(), Advice::Reauthenticate);
    println!("   {}: the token was refused, so a new one is asked for, once", reply.result);
    gateway.refused()?;
    let reply = gateway.call(&push, (200, PUSHED), &mut buffer)??;
    assert!(reply.result.is_success());
    let mut dead = HashSet::new();
    for user in reply.invalid_users.iter().flatten() {
        let (status, id) = (user.status.ok_or("no status")?, user.userid.ok_or("no id")?);
        let advice = status.advice();
        println!("   left out: {status}: {advice:?}");
        if advice == Advice::DropToken {
            dead.insert(id.to_owned());
        }
    }

    println!("\n3. The one who is left over gets a push of their own, as a list takes two at least");
    let [left_over] = rest else { return Err("not one left over".into()) };
    let mut single = evening("evening-single");
    single.reg_id = left_over.reg_id.as_deref();
    single.check()?;
    let failed = gateway.call(&single, (500, FAILED), &mut buffer)?;
    assert_eq!(failed, Err(ReplyError::ServerError));
    println!("   HTTP 500: sent once more with the same request id, which shows it once at most");
    let reply = gateway.call(&single, (200, SENT), &mut buffer)??;
    let single_task = reply.task_id.ok_or("no task id")?.to_owned();

    println!("\n4. vivo is asked for numbers: a GET, all of it in its path");
    let tasks = [task.as_str(), &single_task];
    let request = StatisticsRequest::new(List::from_slice(&tasks));
    request.check()?;
    let reply = gateway.call(&request, (200, STATISTICS), &mut buffer)??;
    for task in reply.statistics.iter().flatten() {
        let (shown, target) = (task.display.unwrap_or_default(), task.target.unwrap_or_default());
        println!("   task {}: shown on {shown} of {target}", task.task_id.ok_or("no task id")?);
    }

    println!("\n5. vivo posts receipts to the gateway, which answers with status 200");
    let receipts: Receipts = json::from_slice_in_place(receive(RECEIPTS, &mut buffer)?)?;
    for (_, receipt) in receipts.iter() {
        for id in receipt.reg_ids() {
            let user = users.iter().find(|user| user.reg_id.as_deref() == Some(id));
            let name = user.map_or("somebody", |user| &user.name);
            match receipt.receipt_type().ok_or("no type")? {
                arrived if arrived.is_delivered() => println!("   {name} has it"),
                missed => {
                    let (reason, advice) = (receipt.reason(), missed.advice(receipt.reason()));
                    let why =
                        reason.map_or_else(|| "no reason given".to_owned(), |reason| reason.to_string());
                    println!("   {name} does not: {missed}; {why}: {advice:?}");
                }
            }
        }
    }

    println!("\n6. Dead regIds go");
    for user in &mut users {
        if user.reg_id.take_if(|id| dead.contains(id)).is_some() {
            println!("   {} has none any more", user.name);
        }
    }
    Ok(())
}

fn evening(request_id: &str) -> Notification<'_> {
    let mut extra = NotificationExtra::new();
    extra.callback_id = Some("1"); // the address that vivo's console knows by this id
    extra.callback_param = Some("evening");
    let mut notification = Notification::new("今晚七点", "在老地方见 🍜", request_id);
    notification.notify_type = Some(NotifyType::RING_AND_VIBRATE);
    notification.skip_type = Some(SkipType::OPEN_APP);
    notification.category = Some("IM");
    notification.extra = Some(extra);
    notification
}

struct Gateway {
    life: AuthTokenLife,
    token: Option<(AuthTokenNumber, String)>,
    now: u64,
    socket: Socket,
}

impl Gateway {
    /// Sends any request with a valid token, and reads the reply.
    fn call<'b, R: Request>(
        &mut self,
        request: &R,
        (status, reply): (u16, &str),
        buffer: &'b mut [u8],
    ) -> Outcome<Result<R::Response<'b>, ReplyError>> {
        if R::AUTH_HEADER.is_some() {
            self.now += 1000;
            match self.life.before_call(self.now) {
                AuthTokenStep::Use(_) => {}
                // There is only one connection: renew first.
                AuthTokenStep::Authenticate | AuthTokenStep::UseAndRenew(_) => self.authenticate()?,
                other => return Err(format!("{other:?}").into()),
            }
        }
        self.head(request)?;
        if let Some(body) = request.body() {
            json::to_embedded_writer(body, &mut self.socket, &mut [0; 256])?;
        }
        self.socket.show();
        Ok(read_reply(status, receive(reply, buffer)?))
    }

    fn head<R: Request>(&mut self, request: &R) -> Outcome<()> {
        let mut path = [0; 256];
        let path = request.path_and_query(&mut path)?;
        write!(self.socket, "{} {path} HTTP/1.1\r\nHost: {}\r\n", R::METHOD, R::HOST)?;
        if let (Some(value), Some(length)) = (R::CONTENT_TYPE, request.body_len()) {
            write!(self.socket, "Content-Type: {value}\r\nContent-Length: {length}\r\n")?;
        }
        if let (Some(name), Some((_, token))) = (R::AUTH_HEADER, &self.token) {
            write!(self.socket, "{name}: {}\r\n", vivo::auth_header_value(token)?)?;
        }
        Ok(write!(self.socket, "\r\n")?)
    }

    fn authenticate(&mut self) -> Outcome<()> {
        let sign = Sign::new(APP_ID, APP_KEY, self.now, APP_SECRET);
        let request = AuthRequest::new(APP_ID, APP_KEY, self.now, sign.as_str());
        let mut buffer = [0; 256];
        let reply = match self.call(&request, (200, AUTHENTICATED), &mut buffer)? {
            Ok(reply) => reply,
            Err(error) => return Err(format!("{error}: {:?}", self.life.not_replied(self.now)).into()),
        };
        match self.life.replied(self.now, &reply) {
            AuthOutcome::Token(number) => {
                self.token = Some((number, reply.auth_token.ok_or("no token")?.to_owned()));
                Ok(())
            }
            other => Err(format!("{}: {other:?}", reply.result).into()),
        }
    }

    /// vivo answered 10000 to a call.
    fn refused(&mut self) -> Outcome<()> {
        let (number, _) = self.token.take().ok_or("no token was sent")?;
        self.now += 1000;
        match self.life.refused(self.now, number) {
            AuthTokenStep::Authenticate => self.authenticate(),
            other => Err(format!("{other:?}").into()),
        }
    }
}

/// Takes the place of a connection over TLS. Prints what is sent, without the middle of long lines.
struct Socket(Vec<u8>);

impl Socket {
    fn show(&mut self) {
        let sent = String::from_utf8_lossy(&self.0).into_owned();
        for line in sent.lines() {
            match (line.get(..200), line.get(line.len().saturating_sub(100)..)) {
                (Some(first), Some(last)) if line.len() > 300 => println!("{first} … {last}"),
                _ => println!("{line}"),
            }
        }
        self.0.clear();
    }
}

impl ErrorType for Socket {
    type Error = Infallible;
}

impl Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Prints what the other side sends, and puts it into the buffer.
fn receive<'b>(text: &str, buffer: &'b mut [u8]) -> Outcome<&'b mut [u8]> {
    println!("{text}");
    let received = buffer.get_mut(..text.len()).ok_or("the receive buffer is too short")?;
    received.copy_from_slice(text.as_bytes());
    Ok(received)
}

fn task_id<'r>(reply: &vivo::TaskResponse<'r>) -> Outcome<&'r str> {
    match reply.result.advice() {
        Advice::Done => Ok(reply.task_id.ok_or("no task id")?),
        other => Err(format!("{}: {other:?}", reply.result).into()),
    }
}
