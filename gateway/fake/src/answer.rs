//! One exchange: from the bytes of a request to the bytes of the reply.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use offline_push::json::{self, Encode, List};
use offline_push::vivo::{
    AUTH_HEADER, AuthRequest, AuthResponse, InvalidUser, ListPayload, ListPush, ListPushResponse,
    Notification, PushMode, ResultCode, SendResponse, Sign, TaskResponse, unix_millis,
};

use crate::state::code_of;
use crate::{Fault, Shared};

/// Clocks may differ by this much (10207).
const CLOCKS_DIFFER: u64 = 10 * 60 * 1000;

pub(crate) async fn answer(
    extract::State(shared): extract::State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut body = body.to_vec();
    let token = headers.get(AUTH_HEADER).and_then(|token| token.to_str().ok());
    let Answer { result, json, fault } = match uri.path() {
        AuthRequest::PATH => shared.authenticate(&mut body),
        Notification::PATH => shared.push(token, &mut body),
        ListPayload::PATH => shared.store(token, &mut body),
        ListPush::PATH => shared.push_to_list(token, &mut body),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    if !shared.rules.latency.is_zero() {
        tokio::time::sleep(shared.rules.latency).await;
    }
    match fault {
        Some(Fault::Status(status)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            return (status, [(header::CONTENT_TYPE, "text/html")], "<html>\r\n<h1>Failed</h1>")
                .into_response();
        }
        Some(Fault::ServerError) => return server_error(),
        Some(Fault::Hang(time)) => {
            tokio::time::sleep(time).await;
            return server_error();
        }
        Some(Fault::Late(time)) => tokio::time::sleep(time).await,
        _ => {}
    }
    *shared.state().totals.results.entry(result.get()).or_default() += 1;
    let mut json = json;
    if fault == Some(Fault::Cut) {
        json.truncate(json.len() / 2);
    }
    ([(header::CONTENT_TYPE, "application/json;charset=UTF-8")], json).into_response()
}

fn server_error() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "Internet server error!").into_response()
}

/// A reply, and how it is spoiled.
struct Answer {
    result: ResultCode,
    json: Vec<u8>,
    fault: Option<Fault>,
}

impl Answer {
    fn new(result: ResultCode, reply: &impl Encode, fault: Option<Fault>) -> Self {
        Self { result, json: json::to_vec(reply).unwrap_or_default(), fault }
    }
}

/// The code that a fault replies with; `Ok` if the request is handled in spite of the fault.
fn refuse(fault: Option<Fault>) -> Result<(), ResultCode> {
    match fault {
        Some(Fault::Code(code)) => Err(ResultCode::new(code)),
        Some(Fault::ExpireTokens) => Err(ResultCode::AUTHENTICATION_FAILED),
        // The code is not sent.
        Some(Fault::Status(_) | Fault::ServerError | Fault::Hang(_)) => Err(ResultCode::TEMPORARY_FAILURE),
        Some(Fault::Cut | Fault::Late(_)) | None => Ok(()),
    }
}

impl Shared {
    fn authenticate(&self, body: &mut [u8]) -> Answer {
        let mut fault = None;
        let mut token = || {
            let mut state = self.state();
            fault = state.auth_faults.pop_front();
            refuse(fault)?;
            if state.authenticates_too_fast(&self.rules) {
                return Err(ResultCode::AUTH_TOO_FAST);
            }
            let request: AuthRequest =
                json::from_slice_in_place(body).map_err(|_| ResultCode::TIMESTAMP_EMPTY)?;
            let Self { rules, .. } = self;
            let sign = Sign::new(rules.app_id, &rules.app_key, request.timestamp, &rules.app_secret);
            let now = unix_millis();
            match () {
                () if request.app_id != rules.app_id => Err(ResultCode::UNKNOWN_APP_ID),
                () if request.app_key != rules.app_key => Err(ResultCode::INVALID_APP_KEY),
                () if request.timestamp.abs_diff(now) > CLOCKS_DIFFER => Err(ResultCode::INVALID_TIMESTAMP),
                () if request.sign != sign.as_str() => Err(ResultCode::INVALID_SIGN),
                () => state.authenticate(rules),
            }
        };
        match token() {
            Ok(token) => {
                let reply = AuthResponse::new(ResultCode::SUCCESS).auth_token(&token);
                Answer::new(reply.result, &reply, fault)
            }
            Err(result) => Answer::new(result, &AuthResponse::new(result).desc("refused"), fault),
        }
    }

    fn push(&self, token: Option<&str>, body: &mut [u8]) -> Answer {
        let push: Notification = match json::from_slice_in_place(body) {
            Ok(push) => push,
            Err(error) => return self.unreadable(error),
        };
        let reg_id = push.reg_id.unwrap_or_default();
        let mut state = self.state();
        let before = state.receive(push.request_id);
        let fault = state.fault(&self.rules, [reg_id].into_iter());
        let handle = || {
            refuse(fault)?;
            state.admit(&self.rules, token)?;
            self.check_app(push.app_id)?;
            push.check().map_err(code_of)?;
            if let Some(task_id) = before {
                return Ok((task_id, None));
            }
            if push.push_mode != Some(PushMode::TEST) {
                state.charge(&self.rules, push.classification_in_effect(), 1)?;
            }
            match state.deliver([reg_id].into_iter()).pop() {
                Some((status, _)) => Ok((String::new(), Some(status))),
                None => Ok((state.accept(push.request_id), None)),
            }
        };
        let reply = handle();
        let reply = match &reply {
            Ok((_, Some(status))) => SendResponse::new(ResultCode::INVALID_REG_ID)
                .desc("regId is invalid")
                .invalid_user(InvalidUser::new(*status, reg_id)),
            Ok((task_id, None)) => SendResponse::new(ResultCode::SUCCESS).desc("success").task_id(task_id),
            Err(result) => SendResponse::new(*result).desc("refused"),
        };
        Answer::new(reply.result, &reply, fault)
    }

    fn store(&self, token: Option<&str>, body: &mut [u8]) -> Answer {
        let payload: ListPayload = match json::from_slice_in_place(body) {
            Ok(payload) => payload,
            Err(error) => return self.unreadable(error),
        };
        let push = &payload.notification;
        let mut state = self.state();
        let before = state.receive(push.request_id);
        let fault = state.fault(&self.rules, [].into_iter());
        let handle = || {
            refuse(fault)?;
            state.admit(&self.rules, token)?;
            self.check_app(push.app_id)?;
            payload.check().map_err(code_of)?;
            // A payload that was forgotten is stored again, with another task id.
            match before.filter(|task_id| state.payloads.contains_key(task_id)) {
                Some(task_id) => Ok(task_id),
                None => state.store(&self.rules, push.request_id, push.classification_in_effect()),
            }
        };
        let task_id = handle();
        let reply = match &task_id {
            Ok(task_id) => TaskResponse::new(ResultCode::SUCCESS).desc("success").task_id(task_id),
            Err(result) => TaskResponse::new(*result).desc("refused"),
        };
        Answer::new(reply.result, &reply, fault)
    }

    fn push_to_list(&self, token: Option<&str>, body: &mut [u8]) -> Answer {
        let push: ListPush = match json::from_slice_in_place(body) {
            Ok(push) => push,
            Err(error) => return self.unreadable(error),
        };
        let reg_ids = || push.reg_ids.iter().flatten();
        let mut state = self.state();
        let before = state.receive(push.request_id);
        let fault = state.fault(&self.rules, reg_ids());
        let mut handle = || {
            refuse(fault)?;
            state.admit(&self.rules, token)?;
            self.check_app(push.app_id)?;
            push.check().map_err(code_of)?;
            let class = *state.payloads.get(push.task_id).ok_or(ResultCode::MESSAGE_NOT_FOUND)?;
            if before.is_some() {
                return Ok(Vec::new());
            }
            if push.push_mode != Some(PushMode::TEST) {
                let receivers = u32::try_from(reg_ids().count()).unwrap_or(u32::MAX);
                state.charge(&self.rules, class, receivers)?;
            }
            state.accept(push.request_id);
            Ok(state.deliver(reg_ids()))
        };
        let invalid = handle().map(|invalid| {
            let user = |(status, reg_id)| InvalidUser::new(status, reg_id);
            invalid.into_iter().map(user).collect::<Vec<_>>()
        });
        let reply = match &invalid {
            Ok(invalid) => {
                let reply = ListPushResponse::new(ResultCode::SUCCESS).request_id(push.request_id);
                reply.desc("success").invalid_users(List::from_slice(invalid))
            }
            Err(result) => ListPushResponse::new(*result).desc("refused"),
        };
        Answer::new(reply.result, &reply, fault)
    }

    fn check_app(&self, app_id: Option<u64>) -> Result<(), ResultCode> {
        let same = app_id.is_none_or(|app_id| app_id == self.rules.app_id);
        if same { Ok(()) } else { Err(ResultCode::APP_ID_MISMATCH) }
    }

    /// vivo treats a missing member like an empty one.
    fn unreadable(&self, error: json::DecodeError) -> Answer {
        let field =
            offline_push::CheckError::new(error.field().unwrap_or_default(), offline_push::Rule::Missing);
        let result = code_of(field);
        self.state().totals.pushes += 1;
        Answer::new(result, &SendResponse::new(result).desc("not readable"), None)
    }
}
