//! A job: what a caller posts. It is checked at the door and becomes an [`Item`], so the engine gets nothing that vivo must refuse.

use std::collections::{BTreeMap, HashSet};

use offline_push::delivery::{
    ComposeError, ComposeReport, OwnedCertificate, PushOptions, SCRATCH_LEN, compose, compose_for_list,
};
use offline_push::json::{self, Decode, DecodeError, List};
use offline_push::tim::{OfflinePushInfo, OfflinePushSettings, OfflinePushToken, TokenType};
use offline_push::vivo::{BoxedListPayload, ListPush};
use offline_push::{CheckError, Rule};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::queue::{Item, JobInfo, Work};

/// How many characters a request id has, at most. vivo permits 64; the parts of a list need some of them.
pub const MAX_ID_LEN: usize = 48;

const BUSINESS_ID: &str = "offline_push_token_business_id";

/// The JSON of a job.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form<'a> {
    /// Letters, digits, `-`, `_` and `.`.
    request_id: String,
    /// The client SDK's form of a push. Either this or `info`.
    #[serde(borrow)]
    settings: Option<&'a RawValue>,
    /// The REST API's form of a push.
    #[serde(borrow)]
    info: Option<&'a RawValue>,
    /// The receivers' tokens, all of one certificate.
    #[serde(borrow)]
    tokens: Vec<&'a RawValue>,
    /// The `MsgKey` of the message in Tencent IM, to match its webhooks.
    msg_key: Option<String>,
}

/// Why a job is refused. Never shows a text of the job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The line, counted from 1, if the body has several jobs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule: a name that never changes.
    pub rule: String,
    /// The place of the error itself, or of the part that breaks a rule, in bytes from the start of the job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<usize>,
    /// The reason in words.
    pub message: String,
}

/// What the door knows about all jobs.
pub struct Rules {
    /// The certificates by their ids.
    pub certificates: BTreeMap<u32, OwnedCertificate>,
    /// Where vivo posts receipts.
    pub receipt_url: Option<String>,
}

impl Rules {
    /// Reads and checks a job. `now` is the time when it is accepted, and `trace` is its `traceparent`. Returns the item for the queue, and
    /// in words what differs between the push and what the sender asked for.
    ///
    /// # Errors
    ///
    /// The first rule that the job breaks.
    pub fn read(&self, text: &[u8], now: u64, trace: String) -> Result<(Item, Option<String>), Refusal> {
        let form: Form<'_> = serde_json::from_slice(text).map_err(|error| not_a_job(&error, text))?;
        let at = |part: &RawValue| part.get().as_ptr().addr().checked_sub(text.as_ptr().addr());
        let refuse = |field: &'static str, rule: Rule| Refusal::from(CheckError::new(field, rule));

        let id = form.request_id.as_str();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        match id.len() {
            0 => return Err(refuse("request_id", Rule::Missing)),
            1..=MAX_ID_LEN if id.bytes().all(plain) => {}
            1..=MAX_ID_LEN => return Err(refuse("request_id", Rule::UnknownValue)),
            _ => return Err(refuse("request_id", Rule::TooLong { max: MAX_ID_LEN as u32 })),
        }

        let mut copies: Vec<_> = form.tokens.iter().map(|part| part.get().as_bytes().to_vec()).collect();
        let mut tokens: Vec<OfflinePushToken<'_>> = Vec::with_capacity(copies.len());
        let mut seen = HashSet::with_capacity(copies.len());
        for (copy, part) in copies.iter_mut().zip(&form.tokens) {
            let token: OfflinePushToken<'_> = decode(copy, at(part))?;
            check_token(&token).map_err(|error| Refusal::from(error).at(at(part)))?;
            // One job is sent with one certificate.
            if tokens.first().is_some_and(|first| first.business_id != token.business_id) {
                let rule = Rule::Conflict { with: "tokens[0].offline_push_token_business_id" };
                return Err(refuse(BUSINESS_ID, rule).at(at(part)));
            }
            if seen.insert(token.token) {
                tokens.push(token);
            }
        }
        let (Some(token), Some(part)) = (tokens.first(), form.tokens.first()) else {
            return Err(refuse("tokens", Rule::Missing));
        };
        let certificate = self.certificates.get(&token.business_id);
        let certificate = certificate.ok_or_else(|| refuse(BUSINESS_ID, Rule::UnknownValue).at(at(part)))?;

        let (part, mut copy) = match (form.settings, form.info) {
            (Some(part), None) | (None, Some(part)) => (part, part.get().as_bytes().to_vec()),
            (None, None) => return Err(refuse("settings", Rule::Missing)),
            (Some(_), Some(_)) => return Err(refuse("settings", Rule::Conflict { with: "info" })),
        };
        let (settings, info);
        let options = if form.settings.is_some() {
            settings = decode::<OfflinePushSettings<'_>>(&mut copy, at(part))?;
            settings.check().map_err(|error| Refusal::from(error).at(at(part)))?;
            PushOptions::from(&settings)
        } else {
            info = decode::<OfflinePushInfo<'_>>(&mut copy, at(part))?;
            info.check().map_err(|error| Refusal::from(error).at(at(part)))?;
            PushOptions::from(&info)
        };
        let composed = self.compose(options, &tokens, certificate, id);
        let (work, report) = composed.map_err(|error| Refusal::from(error).at(at(part)))?;

        let job = JobInfo {
            id: id.to_owned(),
            business_id: token.business_id,
            trace_id: trace.get(3..35).unwrap_or_default().to_owned(),
            traceparent: trace,
            msg_key: form.msg_key,
            accepted_at: now,
        };
        let report = (!report.is_empty()).then(|| report.to_string());
        Ok((Item { id: id.to_owned(), job, work }, report))
    }

    /// A single receiver gets an ordinary push. Several receivers get a list.
    fn compose(
        &self,
        options: PushOptions<'_>,
        tokens: &[OfflinePushToken<'_>],
        certificate: &OwnedCertificate,
        id: &str,
    ) -> Result<(Work, ComposeReport), ComposeError> {
        let (certificate, scratch) = (certificate.get(), &mut [0; SCRATCH_LEN]);
        let url = self.receipt_url.as_deref();
        if let [token] = tokens {
            let mut composed = compose(options, token, &certificate, id, scratch)?;
            if let Some(url) = url {
                composed.set_receipt(url, id)?;
            }
            let boxed = composed.to_boxed()?;
            return Ok((Work::Push(boxed.notification), boxed.report));
        }
        let mut composed = compose_for_list(options, &certificate, id, scratch)?;
        if let Some(url) = url {
            composed.payload.notification.set_receipt(url, id)?;
        }
        let reg_ids: Vec<_> = tokens.iter().map(|token| token.token).collect();
        for part in ListPush::split(&reg_ids) {
            // The task id comes later.
            ListPush::new("0", id).reg_ids(List::from_slice(part)).check()?;
        }
        let not_encoded = |_| CheckError::new("settings", Rule::NotText);
        let payload = BoxedListPayload::new(&composed.payload).map_err(not_encoded)?;
        let reg_ids = reg_ids.into_iter().map(str::to_owned).collect();
        Ok((Work::List { task_id: None, payload, reg_ids }, composed.report))
    }
}

/// The rules of `compose` for a token, also for the tokens of a list.
fn check_token(token: &OfflinePushToken<'_>) -> Result<(), CheckError> {
    token.check()?;
    let vendor = token.token_type.is_none_or(|kind| kind == TokenType::VENDOR);
    let not_allowed = CheckError::new("offline_push_token_type", Rule::NotAllowed);
    (vendor && token.is_tpns_token != Some(true)).then_some(()).ok_or(not_allowed)
}

/// Decodes a part in its copy. `start` is where the part begins in the job.
fn decode<'a, T: Decode<'a>>(copy: &'a mut [u8], start: Option<usize>) -> Result<T, Refusal> {
    json::from_slice_in_place(copy).map_err(|error| Refusal::from(error).at(start))
}

impl Refusal {
    /// In a part that begins there.
    fn at(self, start: Option<usize>) -> Self {
        let offset = start.map(|start| start + self.offset.unwrap_or(0));
        Self { offset, ..self }
    }
}

impl From<DecodeError> for Refusal {
    fn from(error: DecodeError) -> Self {
        let (field, message) = (error.field().map(str::to_owned), error.to_string());
        Self { field, rule: "json".into(), offset: Some(error.offset()), message, line: None }
    }
}

impl From<CheckError> for Refusal {
    fn from(error: CheckError) -> Self {
        let (field, rule) = (Some(error.field().to_owned()), error.rule().name().to_owned());
        Self { field, rule, message: error.to_string(), ..Self::default() }
    }
}

impl From<ComposeError> for Refusal {
    fn from(error: ComposeError) -> Self {
        let rule = match error {
            ComposeError::Check(error) => return error.into(),
            ComposeError::NoPush(reason) => reason.name(),
            _ => "compose",
        };
        Self { rule: rule.into(), message: error.to_string(), ..Self::default() }
    }
}

/// The error of the outermost object. serde_json counts lines and columns.
fn not_a_job(error: &serde_json::Error, text: &[u8]) -> Refusal {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n');
    let before: usize = lines.by_ref().take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
    let message = match error.is_data() {
        true => "a job is an object with `request_id`, `settings` or `info`, `tokens`, and perhaps `msg_key`",
        false => "the job is not JSON, or ends too early",
    };
    let offset = Some((before + error.column().saturating_sub(1)).min(text.len()));
    Refusal { rule: "json".into(), offset, message: message.into(), ..Refusal::default() }
}
