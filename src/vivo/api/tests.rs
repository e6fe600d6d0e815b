use std::format;
use std::string::String;
use std::vec;

use super::{AUTH_HEADER, CONTENT_TYPE, HOST, auth_header_value};
use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule};
use crate::exchange::{Request, Response, read_reply};
use crate::json::{EncodeError, List};
use crate::vivo::{
    AllPush, AuthRequest, ListPayload, ListPush, Notification, NotifyType, PushApi, SkipType,
    StatisticsRequest,
};

fn constants<R: Request>() -> (&'static str, &'static str, bool, bool) {
    assert_eq!(R::HOST, "api-push.vivo.com.cn");
    (R::METHOD, R::PATH, R::CONTENT_TYPE.is_some(), R::AUTH_HEADER.is_some())
}

#[test]
fn request_constants_match_the_document() {
    assert_eq!(constants::<AuthRequest<'_>>(), ("POST", "/message/auth", true, false));
    assert_eq!(constants::<Notification<'_>>(), ("POST", "/message/send", true, true));
    assert_eq!(constants::<ListPayload<'_>>(), ("POST", "/message/saveListPayload", true, true));
    assert_eq!(constants::<ListPush<'_>>(), ("POST", "/message/pushToList", true, true));
    assert_eq!(constants::<AllPush<'_>>(), ("POST", "/message/all", true, true));
    assert_eq!(constants::<StatisticsRequest<'_>>(), ("GET", "/report/getStatistics", false, true));
}

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

#[test]
fn header_constants_are_visible_ascii() {
    for text in [HOST, AUTH_HEADER, CONTENT_TYPE] {
        assert!(text.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{text:?}");
    }
}

/// Path and body of a request, from buffers of the exact length. A shorter buffer gives an error with that length.
fn sent<R: Request>(request: &R) -> (String, Option<String>) {
    let needed = request.path_and_query(&mut []).unwrap_err().needed;
    let mut buffer = vec![0; needed];
    let path = request.path_and_query(&mut buffer).unwrap();
    assert_eq!(path.len(), needed);

    let length = request.body_len().unwrap_or_default();
    let mut buffer = vec![0; length];
    let body = request.encode_body(&mut buffer).unwrap();
    assert_eq!(body.map(<[u8]>::len), request.body_len());
    let body = body.map(|body| String::from_utf8(body.to_vec()).unwrap());
    if let Some(shorter) = length.checked_sub(1) {
        let mut buffer = vec![0; shorter];
        assert_eq!(
            request.encode_body(&mut buffer),
            Err(EncodeError::BufferFull(BufferFull { needed: length }))
        );
    }
    assert_eq!(body.is_some(), R::CONTENT_TYPE.is_some());
    assert_eq!(body.is_some(), R::METHOD == "POST");
    (path.into(), body)
}

#[test]
fn path_and_body_of_every_request() {
    let posted = |path: &str, body: &str| (path.into(), Some(body.into()));
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
        ("/report/getStatistics?taskIds=1,2".into(), None)
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
