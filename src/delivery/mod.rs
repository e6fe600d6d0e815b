//! From the sender's settings to vivo's request: the step that IM's server takes while the receiver's app is dead.
//!
//! [`Delivery::decide`] says whether there is a push at all; [`compose`] makes it, for those who have decided.
//!
//! ```
//! use offline_push::delivery;
//! use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
//! use offline_push::vivo::Certificate;
//! use offline_push::{ClickAction, Ext, IntentUri, json};
//!
//! // What the IM console stores: the app at vivo, and that a tap opens the chat.
//! let intent = IntentUri::new(
//!     "intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
//!      component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end",
//! )?;
//! let click = ClickAction::OpenScreen { intent, ext: None };
//! let certificate = Certificate::new(11178, "a90685ff-ebad-4df3-a265-3d4bb8e3a389", "secret", click);
//!
//! // What the receiver's phone has reported, and what the sender attached to the message.
//! let token = OfflinePushToken::new(6666, "12345678901234567890123");
//! let mut settings = OfflinePushSettings::new();
//! settings.description = Some("今晚七点在老地方见");
//! settings.ext = Some(Ext::from("ext content"));
//!
//! let mut scratch = [0; delivery::SCRATCH_LEN];
//! let composed = delivery::compose(&settings, &token, &certificate, "request-1", &mut scratch)?;
//! assert!(composed.report.default_title);
//!
//! let mut body = [0; 1024];
//! assert_eq!(
//!     json::to_str(&composed.notification, &mut body)?,
//!     "{\"appId\":11178,\"regId\":\"12345678901234567890123\",\"notifyType\":4,\"title\":\"a new message\",\
//!      \"content\":\"今晚七点在老地方见\",\"skipType\":4,\
//!      \"skipContent\":\"intent://com.tencent.qcloud.tim/detail#Intent;scheme=pushscheme;launchFlags=0x4000000;\
//!      component=com.tencent.qcloud.tim.tuikit/com.tencent.qcloud.tim.demo.chat.ChatActivity;end\",\
//!      \"classification\":1,\"clientCustomMap\":{\"ext\":\"ext content\"},\"requestId\":\"request-1\"}",
//! );
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod decide;
mod elements;
mod report;
mod text;
mod wishes;

use core::fmt;

pub use decide::{Delivery, Due, Element, NoPush, Presence, TEXT_LEN, describe};
pub use report::Report;
pub use wishes::Wishes;

use crate::bytes::BufferFull;
use crate::check::{CheckError, Rule, ensure};
use crate::limits::{Cut, TextLimits, cut, cut_len};
use crate::tim::{OfflinePushToken, TokenType};
use crate::vivo::{Certificate, Classification, Notification, NotifyType};

/// Title of a push whose sender gives none (the guide's step 3).
pub const DEFAULT_TITLE: &str = "a new message";
/// vivo's limits as Tencent applies them, in UTF-16 units; vivo's newest text counts characters, which are no more.
const LIMITS: TextLimits = TextLimits::VIVO;
/// A scratch buffer of this many bytes suffices for any settings: both texts cut, at three bytes a UTF-16 unit.
pub const SCRATCH_LEN: usize = cut_len(LIMITS.title) + cut_len(LIMITS.content);

/// A push for vivo, and what became of the sender's wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Composed<'a> {
    /// What goes to vivo. It passes [`Notification::check`].
    pub notification: Notification<'a>,
    /// What was cut, dropped or filled in.
    pub report: Report,
}

/// Why there is no notification for vivo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ComposeError {
    /// Nothing is wrong, and nothing is to be sent.
    NoPush(NoPush),
    /// A field breaks a rule of Tencent's or vivo's.
    Check(CheckError),
    /// The scratch buffer is too short for the texts that have to be cut. [`SCRATCH_LEN`] bytes are always enough.
    BufferFull(BufferFull),
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPush(reason) => reason.fmt(f),
            Self::Check(error) => error.fmt(f),
            Self::BufferFull(full) => full.fmt(f),
        }
    }
}

impl core::error::Error for ComposeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Check(error) => Some(error),
            Self::NoPush(reason) => Some(reason),
            Self::BufferFull(full) => Some(full),
        }
    }
}

impl From<NoPush> for ComposeError {
    fn from(reason: NoPush) -> Self {
        Self::NoPush(reason)
    }
}

impl From<CheckError> for ComposeError {
    fn from(error: CheckError) -> Self {
        Self::Check(error)
    }
}

/// Makes the push for vivo of a sender's wishes (`&OfflinePushSettings`, `&OfflinePushInfo`, [`Wishes`]), the receiver's token
/// and the app's certificate.
///
/// | vivo | from |
/// |---|---|
/// | `appId` | the certificate |
/// | `regId` | the token |
/// | `title` | the Android title, else the common one, else [`DEFAULT_TITLE`] |
/// | `content` | the description |
/// | `skipType`, `skipContent` | the certificate's click event |
/// | `clientCustomMap` | the ext, under the key `ext`, where the click event lets it pass |
/// | `category` | the sender's, for vivo |
/// | `classification` | without category: the sender's, else 1 (system), as Tencent's default is; with one it is left out, since the category decides and SDKs fill in 1 on their own |
/// | `notifyType` | the sender's (`VIVONotifyType`, `vivoNotifyType`), else 4 (ring and vibrate), Tencent's default |
/// | `requestId` | the argument: at most 64 characters, another one for every push |
///
/// Blank text counts as absent, since SDKs send it so, and white space in front is left out, as vivo's SDK trims it.
/// Without a description there is no push, whether or not there is a title: vivo wants content, and the text that IM
/// makes from the elements of a message comes from [`describe`].
///
/// Titles beyond 40 and contents beyond 100 UTF-16 units are cut as Tencent cuts them, see [`limits`](crate::limits::cut):
/// three units short of the limit, with "..." behind. The cut texts stand in `scratch`. What was cut, dropped or filled in is in the [`Report`]. Everything else of
/// the notification is left to its defaults and may be set afterwards.
///
/// # Errors
///
/// [`ComposeError::NoPush`] for a message that its sender does not want pushed, and one without description;
/// [`ComposeError::Check`] for a token that is not a phone vendor's or not of this certificate, an ext that is not text (also
/// one that is too long), a notify type that vivo does not have (a `VIVONotifyType` that is no number, by that name), and
/// whatever else breaks a rule; [`ComposeError::BufferFull`].
pub fn compose<'a>(
    wishes: impl Into<Wishes<'a>>,
    token: &OfflinePushToken<'a>,
    certificate: &Certificate<'a>,
    request_id: &'a str,
    scratch: &'a mut [u8],
) -> Result<Composed<'a>, ComposeError> {
    compose_wishes(&wishes.into(), token, certificate, request_id, scratch)
}

/// The one copy of [`compose`].
fn compose_wishes<'a>(
    wishes: &Wishes<'a>,
    token: &OfflinePushToken<'a>,
    certificate: &Certificate<'a>,
    request_id: &'a str,
    scratch: &'a mut [u8],
) -> Result<Composed<'a>, ComposeError> {
    if wishes.disabled {
        return Err(NoPush::Disabled.into());
    }
    if let Some(fault) = wishes.fault.filter(|_| wishes.notify_type.is_none()) {
        return Err(fault.into());
    }
    check_token(token)?;
    certificate.check()?;
    let of_certificate = certificate.id.is_none_or(|id| id.get() == token.business_id);
    ensure(of_certificate, "offline_push_token_business_id", Rule::Conflict { with: "certificate" })?;

    let content = wishes.description().ok_or(NoPush::NoContent)?;
    let mut report = wishes.report();
    let title = wishes.title().unwrap_or(DEFAULT_TITLE);

    let (short_title, short_content) = (cut(title, LIMITS.title), cut(content, LIMITS.content));
    report.title_cut = short_title.is_some();
    report.content_cut = short_content.is_some();
    let length = |short: Option<Cut<'_>>| short.map_or(0, |short| short.byte_len());
    let needed = length(short_title) + length(short_content);
    let parts = scratch.get_mut(..needed).and_then(|all| all.split_at_mut_checked(length(short_title)));
    let too_short = ComposeError::BufferFull(BufferFull { needed });
    let (for_title, for_content) = parts.ok_or(too_short)?;
    let title = short_title.map_or(Ok(title), |short| short.write(for_title));
    let content = short_content.map_or(Ok(content), |short| short.write(for_content));
    let (title, content) = (title.map_err(|_| too_short)?, content.map_err(|_| too_short)?);

    let mut notification = Notification::new(title, content, request_id);
    notification.app_id = Some(certificate.app_id);
    notification.reg_id = Some(token.token);
    notification.notify_type = Some(wishes.notify_type.unwrap_or(NotifyType::RING_AND_VIBRATE));
    notification.category = wishes.category();
    if notification.category.is_none() {
        notification.classification = Some(wishes.classification.unwrap_or(Classification::SYSTEM));
    }

    let mut click = certificate.click;
    if let Some(ext) = wishes.ext.filter(|ext| !ext.is_empty()) {
        report.ext_dropped = !click.carries_ext();
        ensure(report.ext_dropped || ext.as_str().is_some(), "ext", Rule::NotText)?;
        click = click.with_ext(Some(ext));
    }
    notification.set_click_action(click)?;
    notification.check()?;
    Ok(Composed { notification, report })
}

/// vivo knows nothing of TPNS's tokens and Apple's.
fn check_token(token: &OfflinePushToken<'_>) -> Result<(), CheckError> {
    token.check()?;
    let of_vendor = token.token_type.is_none_or(|kind| kind == TokenType::VENDOR);
    ensure(of_vendor, "offline_push_token_type", Rule::NotAllowed)?;
    ensure(token.is_tpns_token != Some(true), "offline_push_token_is_tpns_token", Rule::NotAllowed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
