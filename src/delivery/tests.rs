//! Shared by the tests: the guide's app and a sender's settings.

#[cfg(feature = "alloc")]
mod boxed;
mod compose;
mod decide;
mod options;

use super::{ComposeError, Composed};
use crate::check::{CheckError, Rule};
use crate::click::ClickAction;
use crate::tim::{OfflinePushSettings, OfflinePushToken};
use crate::vivo::Certificate;

const SCREEN: &str = "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;end";

fn settings<'a>() -> OfflinePushSettings<'a> {
    OfflinePushSettings::new().title("title").description("description")
}

fn token() -> OfflinePushToken<'static> {
    OfflinePushToken::new(6666, "12345678901234567890123")
}

fn certificate(click: ClickAction<'_>) -> Certificate<'_> {
    Certificate::new(6666, 11178, "a90685ff-ebad-4df3-a265-3d4bb8e3a389", "secret", click)
}

fn composed<'a>(
    settings: &OfflinePushSettings<'a>,
    scratch: &'a mut [u8],
) -> Result<Composed<'a>, ComposeError> {
    super::compose(settings, &token(), &certificate(ClickAction::default()), "request-1", scratch)
}

fn missing(field: &'static str) -> ComposeError {
    ComposeError::Check(CheckError::new(field, Rule::Missing))
}
