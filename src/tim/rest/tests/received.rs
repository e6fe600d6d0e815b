//! Replies off the wire.

use core::error::Error;
use std::string::ToString;

use crate::json::DecodeErrorKind;
use crate::tim::rest::{
    Outcome, PushBatch, ReplyError, Request, Response, SendMessage, SendMessageResponse, read_reply,
};

fn read(status: u16, body: &str) -> Result<i32, ReplyError> {
    let mut body = body.as_bytes().to_vec();
    read_reply::<SendMessageResponse<'_>>(status, &mut body).map(|reply| reply.error_code.get())
}

#[test]
fn status_200_goes_with_success_and_with_failures() {
    assert_eq!(read(200, r#"{"ActionStatus":"OK","ErrorCode":0}"#), Ok(0));
    assert_eq!(read(200, r#"{"ActionStatus":"FAIL","ErrorCode":90012}"#), Ok(90012));
}

#[test]
fn any_other_status_is_a_gateway_s_whatever_the_body() {
    for status in [0, 199, 201, 301, 404, 500, 502, u16::MAX] {
        for body in ["", r#"{"ActionStatus":"OK","ErrorCode":0}"#, "<html>"] {
            assert_eq!(read(status, body), Err(ReplyError::Status(status)));
        }
    }
    assert_eq!(ReplyError::Status(502).to_string(), "HTTP status 502");
    assert!(ReplyError::Status(502).source().is_none());
}

#[test]
fn a_body_that_is_no_json_says_where() {
    let error = read(200, r#"{"ErrorCode":<"#).unwrap_err();
    let ReplyError::Decode(inner) = error else { unreachable!("{error:?}") };
    assert_eq!((inner.kind(), inner.offset()), (DecodeErrorKind::UnexpectedByte, 13));
    assert_eq!(error.to_string(), inner.to_string());
    assert!(error.source().is_some());
}

#[test]
fn a_generic_client_reads_the_reply_that_belongs_to_its_request() {
    fn done<R: Request>(body: &str) -> bool {
        let mut body = body.as_bytes().to_vec();
        let reply: R::Response<'_> = read_reply(200, &mut body).unwrap();
        matches!(reply.outcome(), Outcome::Done)
    }
    let partly =
        r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"a\u0062","ErrorCode":70107}]}"#;
    assert!(!done::<PushBatch<'_>>(partly));
    assert!(done::<SendMessage<'_>>(partly));
}
