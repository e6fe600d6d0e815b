use std::format;
use std::string::String;

use super::Owned;
use crate::bytes::BufferFull;
use crate::exchange::{Request, read_reply};
use crate::json::{self, DecodeErrorKind, EncodeError, List, Members};
use crate::tim::rest::{MessageElement, OtherElement, PushBatch, RestApi};
use crate::vivo::{ListPush, Notification, Receipts, SendResponse, TimedDisplay};

const fn crosses_tasks<T: Send + Sync + Unpin + 'static>() {}
const _: () = crosses_tasks::<Owned<Notification<'static>, 1024>>();
const _: () = crosses_tasks::<Owned<ListPush<'static>, 1024>>();
const _: () = crosses_tasks::<Owned<Receipts<'static>, 1024>>();
const _: () = crosses_tasks::<Owned<TimedDisplay, 1024>>();
const _: () = crosses_tasks::<Owned<MessageElement<'static>, 1024>>();

#[cfg(feature = "defmt")]
const fn is_logged<T: defmt::Format>() {}
#[cfg(feature = "defmt")]
const _: () = is_logged::<Owned<Notification<'static>, 1024>>();

type Push<const N: usize> = Owned<Notification<'static>, N>;
type Reply = Owned<SendResponse<'static>, 128>;

#[test]
fn size_is_the_capacity_and_a_word() {
    const WORD: usize = size_of::<usize>();
    assert_eq!(size_of::<Push<1024>>(), 1024 + WORD);
    assert_eq!(size_of::<Push<1>>(), 2 * WORD);
}

#[test]
fn receive_one_byte_beyond_the_capacity_names_the_length() {
    let reply = format!(r#"{{"result":0,"desc":"{}"}}"#, "x".repeat(128 - 22));
    assert_eq!(reply.len(), 128);
    assert!(Reply::receive(reply.as_bytes()).is_ok());
    let error = Reply::receive(format!("{reply} ").as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::BufferFull, 129));
}

/// The marks of resolved escapes are in the text itself.
#[test]
fn new_text_with_every_ascii_character() {
    let all: String = (0..0x80).map(|byte| char::from(byte as u8)).collect();
    for text in [all.as_str(), &all[..0x1f], &all[1..]] {
        let push = Notification::new(text, "b", text);
        let owned = Push::<4096>::new(&push).unwrap();
        assert_eq!((owned.get(), owned.get()), (push.clone(), push.clone()));
        let (mut buffer, mut other) = ([0; 4096], [0; 4096]);
        assert_eq!(json::to_str(&owned, &mut buffer), json::to_str(&push, &mut other));
    }
}

#[test]
fn new_unknown_members_are_sent_on_but_not_in_the_view() {
    let mut push = Notification::new("a\n", "b", "c");
    push.members = Some(Members::new(r#"{"x-unknown": {"scene": "\u0061"}, "x":null}"#).unwrap());
    let owned = Push::<256>::new(&push).unwrap();
    assert_eq!(owned.get().members, None);
    let mut buffer = [0; 256];
    let whole = r#"{"title":"a\n","content":"b","requestId":"c","x-unknown":{"scene": "\u0061"},"x":null}"#;
    assert_eq!(json::to_str(&owned, &mut buffer), Ok(whole));
}

#[test]
fn new_message_that_cannot_be_kept_is_refused() {
    let mut push = Notification::new("a", "b", "c");
    let full = EncodeError::BufferFull(BufferFull { needed: 43 });
    assert_eq!(Push::<42>::new(&push), Err(full));
    assert!(Push::<43>::new(&push).is_ok());
    push.members = Some(Members::new(r#"{"title":"d"}"#).unwrap());
    assert_eq!(Push::<128>::new(&push), Err(EncodeError::Unreadable { field: "title" }));
    let element = MessageElement::Other(OtherElement::new("TIMTextElem", json::Raw::new("[1]").unwrap()));
    let element = Owned::<MessageElement<'static>, 128>::new(&element);
    assert_eq!(element, Err(EncodeError::Unreadable { field: "MsgContent" }));
    let text = |field| format!("{}", EncodeError::Unreadable { field });
    assert_eq!(text("title"), "the encoded message cannot be decoded because of `title`");
    assert_eq!(text(""), "the encoded message cannot be decoded");
}

#[test]
fn eq_compares_the_messages() {
    let receive = |text: &str| Reply::receive(text.as_bytes()).unwrap();
    let reply = receive(r#"{"result":0,"desc":"a"}"#);
    assert_eq!(reply, receive(r#"{ "desc":"\u0061", "new":1, "result":"0" }"#));
    assert_ne!(reply, receive(r#"{"result":0,"desc":"b"}"#));
}

#[test]
fn request_of_an_owned_message_is_that_of_the_message() {
    fn sent<R: Request>(request: &R) -> (&'static str, Option<usize>) {
        (R::PATH, request.body_len())
    }
    let push = Notification::new("a", "b", "c");
    let owned = Push::<128>::new(&push).unwrap();
    assert_eq!(sent(&owned), ("/message/send", Some(json::encoded_len(&push))));
    let mut reply = *br#"{"result":0,"taskId":"1"}"#;
    let reply: <Push<128> as Request>::Response<'_> = read_reply(200_u16, &mut reply).unwrap();
    assert_eq!(reply.task_id, Some("1"));

    fn path<R: Request<Api = RestApi>>(request: &R) -> (&'static str, bool) {
        (R::PATH, crate::tim::rest::fits(request))
    }
    let batch = PushBatch::new("a", List::from_slice(&["b"]), 1, crate::tim::OfflinePushInfo::new());
    let owned = Owned::<PushBatch<'static>, 256>::new(&batch).unwrap();
    assert_eq!(path(&owned), path(&batch));
}
