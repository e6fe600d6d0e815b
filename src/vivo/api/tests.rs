use std::format;
use std::string::String;
use std::vec;
use std::vec::Vec;

use super::{HOST, auth_header_value};
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::exchange::{Request, Response, read_reply};
use crate::json::{EncodeError, List};
use crate::vivo::{
    AllPush, AuthRequest, ListPayload, ListPush, Notification, NotifyType, PushApi, SkipType,
    StatisticsRequest,
};

#[test]
fn auth_header_value_accepts_visible_ascii_only() {
    let token = "24ojds98fu3jqrioeu982134jieds9fq43u09uaf";
    assert_eq!(auth_header_value(token), Ok(token));
    assert_eq!(auth_header_value(""), Err(CheckError::new("authtoken", Rule::Missing)));
    for code in 0..=0x100u32 {
        let character = char::from_u32(code).unwrap();
        let odd = format!("a{character}b");
        let expected = match character {
            '!'..='~' => Ok(&*odd),
            _ => Err(CheckError::new("authtoken", Rule::UnknownValue)),
        };
        assert_eq!(auth_header_value(&odd), expected, "{character:?}");
    }
}

/// Path and body of a request, from buffers of the exact length. A shorter buffer gives an error with that length.
fn sent<R: Request>(request: &R) -> (&'static str, String, Option<String>) {
    assert_eq!((R::HOST, R::AUTH_HEADER.is_some()), (HOST, R::PATH != "/message/auth"));
    let needed = request.path_and_query(&mut []).unwrap_err().needed;
    let mut buffer = vec![0; needed];
    let path = request.path_and_query(&mut buffer).unwrap();
    assert_eq!((path.len(), path.starts_with(R::PATH)), (needed, true));

    let length = request.body_len().unwrap_or_default();
    let mut buffer = vec![0; length];
    let body = request.encode_body(&mut buffer).unwrap().map(<[u8]>::to_vec);
    assert_eq!(body.as_ref().map(Vec::len), request.body_len());
    if let Some(shorter) = length.checked_sub(1) {
        let full = request.encode_body(buffer.get_mut(..shorter).unwrap());
        assert_eq!(full, Err(EncodeError::BufferFull(BufferFull { needed: length })));
    }
    assert_eq!(body.is_some(), R::CONTENT_TYPE.is_some());
    (R::METHOD, path.into(), body.map(|body| String::from_utf8(body).unwrap()))
}

#[test]
fn path_and_body_of_every_request() {
    let posted = |path: &str, body: &str| ("POST", path.into(), Some(body.into()));
    let push =
        || Notification::new("t", "c", "r").notify_type(NotifyType::RING).skip_type(SkipType::OPEN_APP);
    assert_eq!(
        sent(&AuthRequest::new(1, "k", 2, "s")),
        posted("/message/auth", r#"{"appId":1,"appKey":"k","timestamp":2,"sign":"s"}"#)
    );
    assert_eq!(
        sent(&Notification::new("t", "c", "r")),
        posted("/message/send", r#"{"title":"t","content":"c","requestId":"r"}"#)
    );
    let body = r#"{"notifyType":2,"title":"t","content":"c","skipType":1,"requestId":"r"}"#;
    assert_eq!(sent(&ListPayload::new(push())), posted("/message/saveListPayload", body));
    assert_eq!(sent(&AllPush::new(push())), posted("/message/all", body));
    assert_eq!(
        sent(&ListPush::new("1", "r")),
        posted("/message/pushToList", r#"{"taskId":"1","requestId":"r"}"#)
    );
    assert_eq!(
        sent(&StatisticsRequest::new(List::from_slice(&["1", "2"]))),
        ("GET", "/report/getStatistics?taskIds=1,2".into(), None)
    );
}

#[test]
fn outcome_and_description_of_every_reply() {
    fn said<R: Request<Api = PushApi>>() {
        let mut body = *br#"{"result":10000,"desc":"\u6743"}"#;
        let reply: R::Response<'_> = read_reply(200_u16, &mut body).unwrap();
        assert_eq!((reply.outcome().get(), reply.description()), (10000, Some("\u{6743}")), "{}", R::PATH);
        let mut body = *br#"{"result":0}"#;
        let reply: R::Response<'_> = read_reply(200_u16, &mut body).unwrap();
        assert_eq!((reply.is_success(), reply.description()), (true, None), "{}", R::PATH);
    }
    said::<AuthRequest<'_>>();
    said::<Notification<'_>>();
    said::<ListPayload<'_>>();
    said::<ListPush<'_>>();
    said::<AllPush<'_>>();
    said::<StatisticsRequest<'_>>();
}
