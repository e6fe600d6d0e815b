use std::format;
use std::string::String;

use super::{Message, Owned};
use crate::bytes::BufferFull;
use crate::exchange::{Request, read_reply};
use crate::json::{self, DecodeErrorKind, EncodeError, List, Members};
use crate::tim::OfflinePushToken;
use crate::tim::rest::{CustomContent, MessageElement, OtherElement, PushBatch, RestApi, SendMessage};
use crate::vivo::{AuthResponse, ListPush, Notification, Receipts, SendResponse, TimedDisplay};

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
fn it_takes_its_capacity_and_a_word() {
    const WORD: usize = size_of::<usize>();
    assert_eq!(size_of::<Push<1024>>(), 1024 + WORD);
    assert_eq!(size_of::<Push<1>>(), 2 * WORD);
    assert_eq!(size_of::<Owned<TimedDisplay, 64>>(), 64 + WORD);
}

#[test]
fn the_exact_capacity_suffices_and_one_byte_less_names_it() {
    let token = OfflinePushToken::new(6666, "12345678901234567890123");
    assert_eq!(Owned::<OfflinePushToken<'static>, 92>::new(&token).unwrap().get(), token);
    let short = Owned::<OfflinePushToken<'static>, 91>::new(&token);
    assert_eq!(short, Err(EncodeError::BufferFull(BufferFull { needed: 92 })));

    let reply = format!(r#"{{"result":0,"desc":"{}"}}"#, "x".repeat(128 - 22));
    assert_eq!(reply.len(), 128);
    assert!(Reply::receive(reply.as_bytes()).is_ok());
    let error = Reply::receive(format!("{reply} ").as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::BufferFull, 129));
}

#[test]
fn text_with_escapes_reads_the_same_any_number_of_times() {
    let all: String = (0..0x80).map(|byte| char::from(byte as u8)).collect();
    for text in ["a \"quote\"\n", "\u{1}", "\u{7f}\n", "中\t文", all.as_str(), &all[..0x1f], &all[1..]] {
        let mut push = Notification::new(text, "b", text);
        push.profile_id = Some("\\");
        let owned = Push::<4096>::new(&push).unwrap();
        for _ in 0..3 {
            assert_eq!(owned.get(), push);
        }
        let moved = [owned.clone(), owned];
        assert_eq!(moved[1].get(), push);
        let (mut buffer, mut other) = ([0; 4096], [0; 4096]);
        assert_eq!(json::to_str(&moved[0], &mut buffer), json::to_str(&push, &mut other));
    }
}

#[test]
fn members_that_no_model_knows_are_sent_on_but_are_not_in_the_view() {
    let mut push = Notification::new("a\n", "b", "c");
    push.members = Some(Members::new(r#"{"x-unknown": {"scene": "\u0061"}, "x":null}"#).unwrap());
    let owned = Push::<256>::new(&push).unwrap();
    assert_eq!(owned.get().members, None);
    let mut buffer = [0; 256];
    let whole = r#"{"title":"a\n","content":"b","requestId":"c","x-unknown":{"scene": "\u0061"},"x":null}"#;
    assert_eq!(json::to_str(&owned, &mut buffer), Ok(whole));
    assert_eq!(json::encoded_len(&owned), whole.len());

    let received = "{ \"new\" : [1, 2] , \"result\" : \"1\" ,\r\n\"desc\":\"\\u0061\"}";
    let owned = Reply::receive(received.as_bytes()).unwrap();
    assert_eq!(json::to_str(&owned, &mut buffer), Ok(r#"{"new":[1, 2],"result":"1","desc":"a"}"#));
}

#[test]
fn new_message_that_would_not_be_read_back_is_refused() {
    let mut push = Notification::new("a", "b", "c");
    push.members = Some(Members::new(r#"{"title":"d"}"#).unwrap());
    assert_eq!(Push::<128>::new(&push), Err(EncodeError::Unreadable { field: "title" }));
    assert!(push.check().is_err());

    let element = MessageElement::Other(OtherElement::new("TIMTextElem", json::Raw::new("[1]").unwrap()));
    let element = Owned::<MessageElement<'static>, 128>::new(&element);
    assert_eq!(element, Err(EncodeError::Unreadable { field: "MsgContent" }));
    let text = |field| format!("{}", EncodeError::Unreadable { field });
    assert_eq!(text("title"), "the encoded message cannot be decoded because of `title`");
    assert_eq!(text(""), "the encoded message cannot be decoded");
}

#[test]
fn receive_malformed_is_refused_at_its_place() {
    for (bytes, kind, offset, field) in [
        (&b""[..], DecodeErrorKind::EndOfInput, 0, None),
        (b"{\"result\":0}x", DecodeErrorKind::TrailingText, 12, None),
        (b"{\"result\":0,\"desc\":\"\xff\"}", DecodeErrorKind::NotUtf8, 20, None),
        // Where it is once the escape in front of it is resolved.
        (b"{\"result\":0,\"desc\":\"\\n\xff\"}", DecodeErrorKind::NotUtf8, 21, None),
        (b"{\"result\":0,\"desc\":\"\\x\"}", DecodeErrorKind::InvalidEscape, 20, Some("desc")),
        (b"{\"result\":0,\"desc\":\x01a\x01}", DecodeErrorKind::UnexpectedByte, 19, Some("desc")),
        (
            b"{\"result\":0,\"taskId\":\"\\n\",\"desc\":\x01a\x01}",
            DecodeErrorKind::UnexpectedByte,
            33,
            Some("desc"),
        ),
        (b"{\"desc\":\"\"}", DecodeErrorKind::MissingField, 10, Some("result")),
    ] {
        let error = Reply::receive(bytes).unwrap_err();
        assert_eq!(
            (error.kind(), error.offset(), error.field()),
            (kind, offset, field),
            "{}",
            bytes.escape_ascii()
        );
        assert_eq!(
            Reply::receive_with(|buffer| {
                buffer.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
                bytes.len()
            }),
            Err(error)
        );
    }
}

#[test]
fn two_are_equal_if_their_messages_are() {
    let receive = |text: &str| Reply::receive(text.as_bytes()).unwrap();
    let reply = receive(r#"{"result":0,"desc":"a"}"#);
    assert_eq!(reply, receive(r#"{ "desc":"\u0061", "new":1, "result":"0" }"#));
    assert_ne!(reply, receive(r#"{"result":0,"desc":"b"}"#));
    assert_ne!(reply, receive(r#"{"result":1,"desc":"a"}"#));
}

#[test]
fn a_secret_does_not_show() {
    let token = AuthResponse::new(0.into());
    let secret = Owned::<AuthResponse<'static>, 64>::receive(br#"{"result":0,"authToken":"hush"}"#).unwrap();
    assert_ne!(secret.get(), token);
    let shown = format!("{secret:?}");
    assert_eq!(shown, format!("{:?}", secret.get()));
    assert!(shown.contains("***") && !shown.contains("hush"), "{shown}");
}

#[test]
fn another_task_sends_it_as_the_request_that_it_is() {
    fn sent<R: Request>(request: &R) -> (&'static str, Option<usize>) {
        (R::PATH, request.body_len())
    }
    let mut push = Notification::new("a", "b", "c");
    push.members = Some(Members::new(r#"{"x-unknown":{}}"#).unwrap());
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

#[test]
fn lists_and_elements_are_read_out_of_it_with_their_escapes_resolved() {
    let reg_ids = ["a\u{1}", "b\n", "c"];
    let mut push = ListPush::new("1", "2");
    push.reg_ids = Some(List::from_slice(&reg_ids));
    let owned = Owned::<ListPush<'static>, 128>::new(&push).unwrap();
    assert!(owned.get().reg_ids.unwrap().iter().eq(reg_ids));

    let body = [
        MessageElement::Custom(CustomContent::new("\"")),
        MessageElement::Other(OtherElement::new("New\n", json::Raw::new(r#"["\u0061"]"#).unwrap())),
    ];
    let message = SendMessage::new("a", 1, List::from_slice(&body));
    let owned = Owned::<SendMessage<'static>, 512>::new(&message).unwrap();
    assert!(owned.get().msg_body.iter().eq(body));
}

#[test]
fn the_capacity_bounds_what_is_written() {
    fn of<M: Message>(text: &str) -> usize {
        json::encoded_len(&Owned::<M, 256>::receive(text.as_bytes()).unwrap())
    }
    assert_eq!(
        of::<SendResponse<'static>>("{\"result\":0,\"desc\":\"\\u0001\\u0008\\/\\u0022\\u0041\"}"),
        12 + 8 + 6 + 2 + 1 + 2 + 1 + 2
    );
}
