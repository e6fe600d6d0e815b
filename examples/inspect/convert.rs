//! Converts a message to another kind. The table has every conversion of the library.

use std::ffi::OsStr;

use offline_push::delivery::{ComposeReport, PushOptions, SCRATCH_LEN, compose, compose_for_list};
use offline_push::json::Encode;
use offline_push::tim::convert::Converted;
use offline_push::tim::{JavaPushInfo, OfflinePushInfo, OfflinePushSettings, OfflinePushToken, WebPushInfo};
use offline_push::vivo::{Certificate, Notification};
use offline_push::{BufferFull, ClickAction};

use super::detect::Members;
use super::{Failure, Kind, Shown, canonical, decode};

/// The message in JSON, and what is lost.
type Outcome = Result<(String, Vec<String>), Failure>;

pub(crate) struct Conversion {
    from: &'static str,
    to: &'static str,
    convert: fn(&mut [u8], &str) -> Outcome,
}

macro_rules! conversions {
    ($($from:literal as $message:ty { $($to:literal => $convert:expr,)+ })+) => {
        const CONVERSIONS: &[Conversion] = &[$($(Conversion {
            from: $from,
            to: $to,
            convert: |json, source| {
                let convert: fn(&$message, &str) -> Outcome = $convert;
                convert(&decode::<$message>(json)?, source)
            },
        },)+)+];
    };
}

conversions! {
    "tim.settings" as OfflinePushSettings<'_> {
        "tim.info" => |it, json| converted(it.to_info(&mut room(json)), json),
        "tim.web" => |it, json| converted(Ok(it.to_web()), json),
        "tim.java" => |it, json| converted(Ok(it.to_java()), json),
        "vivo.send" => |it, _| send(it.into()),
        "vivo.list-payload" => |it, _| list_payload(it.into()),
    }
    "tim.info" as OfflinePushInfo<'_> {
        "tim.settings" => |it, json| converted(it.to_settings(&mut room(json)), json),
        "tim.web" => |it, json| converted(it.to_web(&mut room(json)), json),
        "tim.java" => |it, json| converted(it.to_java(&mut room(json)), json),
        "vivo.send" => |it, _| send(it.into()),
        "vivo.list-payload" => |it, _| list_payload(it.into()),
    }
    "tim.java" as JavaPushInfo<'_> {
        "tim.settings" => |it, json| converted(it.to_settings(&mut room(json)), json),
        "tim.info" => |it, json| converted(it.to_info(&mut room(json)), json),
        "tim.web" => |it, json| converted(it.to_web(&mut room(json)), json),
    }
    "tim.web" as WebPushInfo<'_> {
        "tim.settings" => |it, json| converted(Ok(it.to_settings()), json),
        "tim.info" => |it, json| converted(it.to_info(&mut room(json)), json),
        "tim.java" => |it, json| converted(Ok(it.to_java()), json),
        "tim.web.flat" => |it, _| Ok((canonical(&it.flat())?, Vec::new())),
        "tim.web.nested" => |it, _| Ok((canonical(&it.nested())?, Vec::new())),
        "vivo.send" => |it, _| send(it.into()),
        "vivo.list-payload" => |it, _| list_payload(it.into()),
    }
}

/// The conversion, or an error that lists the possible ones.
pub(crate) fn find(from: &str, to: &OsStr) -> Result<&'static Conversion, String> {
    let fits = |conversion: &&Conversion| conversion.from == from && to == conversion.to;
    CONVERSIONS.iter().find(fits).ok_or_else(|| {
        let mut possible =
            format!("error: {from} cannot be converted to {}; possible:\n", to.to_string_lossy());
        let known = CONVERSIONS.iter().any(|conversion| conversion.from == from);
        for Conversion { from, to, .. } in CONVERSIONS.iter().filter(|it| !known || it.from == from) {
            possible += &format!("{from} --as {to}\n");
        }
        possible
    })
}

impl Conversion {
    pub(crate) fn run(&self, kind: &Kind, json: &mut [u8], input: &[u8]) -> Result<Shown, Failure> {
        let (result, mut lost) = (self.convert)(json, &String::from_utf8_lossy(input))?;
        let unknown = Members::of(input, kind.description).unknown;
        lost.extend(unknown.into_iter().map(|path| format!("unknown member {path}")));
        let remarks = lost.into_iter().map(|lost| format!("lost: {lost}\n")).collect();
        Ok(Shown { result: result + "\n", remarks, status: 0 })
    }
}

/// A buffer for texts that a conversion writes: at most one JSON text in another, with every byte escaped.
fn room(source: &str) -> Vec<u8> {
    vec![0; 6 * source.len() + 1024]
}

fn converted<T: Encode>(push: Result<Converted<T>, BufferFull>, source: &str) -> Outcome {
    let push = push.map_err(|full| Failure::Encode(full.into()))?.with_source(source);
    Ok((canonical(&push.value)?, push.dropped.iter().map(str::to_owned).collect()))
}

// The app's data, the token and the request id are not in the sender's options.
const CERTIFICATE: Certificate<'_> =
    Certificate::new(1, 1, "key", "secret", ClickAction::OpenApp { ext: None });
const REG_ID: &str = "12345678901234567890123";
const REQUEST_ID: &str = "request-1";

fn send(options: PushOptions<'_>) -> Outcome {
    let (token, mut scratch) = (OfflinePushToken::new(1, REG_ID), [0; SCRATCH_LEN]);
    let composed =
        compose(options, &token, &CERTIFICATE, REQUEST_ID, &mut scratch).map_err(Failure::Compose)?;
    finish(composed.notification, &composed.report)
}

fn list_payload(options: PushOptions<'_>) -> Outcome {
    let mut scratch = [0; SCRATCH_LEN];
    let composed =
        compose_for_list(options, &CERTIFICATE, REQUEST_ID, &mut scratch).map_err(Failure::Compose)?;
    finish(composed.payload.notification, &composed.report)
}

fn finish(mut notification: Notification<'_>, report: &ComposeReport) -> Outcome {
    notification.app_id = None;
    let changed = (!report.is_empty()).then(|| report.to_string());
    Ok((canonical(&notification)?, changed.into_iter().collect()))
}
