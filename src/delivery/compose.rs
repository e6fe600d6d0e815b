//! Makes vivo's notification from options, token and certificate.

use core::fmt;
use core::time::Duration;

use super::decide::NoPush;
use super::ext::{ExtPolicy, passed};
use super::options::{PushOptions, non_blank};
use super::report::{ComposeReport, looks_like_test};
use crate::bytes::{BufferFull, trim_end};
use crate::check::{CheckError, Rule, ensure};
use crate::click::ClickAction;
use crate::json::Map;
use crate::limits::{TextLimits, Truncated, truncate, truncated_len};
use crate::tim::{OfflinePushToken, TokenType};
use crate::vivo::{Certificate, Classification, ListPayload, Notification, NotifyType};

/// Title of a push whose sender gives no title (the guide's step 3).
pub const DEFAULT_TITLE: &str = "a new message";
/// Content of a push whose sender gives no description, if the message has no text either. vivo requires content. IM's own text
/// for such a message is not documented, so this constant is the default title.
pub const DEFAULT_CONTENT: &str = DEFAULT_TITLE;
/// vivo's limits as Tencent applies them, in UTF-16 units. vivo's newest document counts characters, so it allows no less.
pub(super) const LIMITS: TextLimits = TextLimits::VIVO;
/// Length of a scratch buffer that is always long enough for [`compose`], in bytes: title and content, both truncated, at three
/// bytes for each UTF-16 unit.
pub const SCRATCH_LEN: usize = truncated_len(LIMITS.title) + truncated_len(LIMITS.content);

/// A push for vivo, and a report of what differs from the sender's options.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Composed<'a> {
    /// The request for vivo. It passes [`Notification::check_shape`], and [`Notification::check`] if the report names no unknown
    /// word.
    pub notification: Notification<'a>,
    /// What was truncated, dropped or filled in, and what vivo may refuse.
    pub report: ComposeReport,
}

impl<'a> Composed<'a> {
    /// Sets where vivo posts the receipt, as [`Notification::set_receipt`] does. The push still passes its checks.
    ///
    /// # Errors
    ///
    /// As [`Notification::set_receipt`].
    pub fn set_receipt(&mut self, url: &'a str, param: &'a str) -> Result<(), CheckError> {
        self.notification.set_receipt(url, param)
    }
}

/// A push for many devices, which vivo stores, and a report of what differs from the sender's options.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct ComposedList<'a> {
    /// The request that stores the push. It passes [`ListPayload::check_shape`], and [`ListPayload::check`] if the report names no
    /// unknown word. [`Notification::set_receipt`] of the notification in it sets where vivo posts the receipts.
    pub payload: ListPayload<'a>,
    /// What was truncated, dropped or filled in, and what vivo may refuse.
    pub report: ComposeReport,
}

/// Why there is no notification for vivo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ComposeError {
    /// The message is valid, but must not be pushed.
    NoPush(NoPush),
    /// A field breaks a rule of Tencent or vivo.
    Check(CheckError),
    /// The scratch buffer is too short for the truncated texts. [`SCRATCH_LEN`] bytes are always enough.
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
            Self::NoPush(reason) => Some(reason),
            Self::Check(error) => Some(error),
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

/// Makes a push for vivo from the sender's options (`&OfflinePushSettings`, `&OfflinePushInfo`, `&WebPushInfo` or
/// [`PushOptions`]), the receiver's token and the app's certificate.
///
/// | vivo | from |
/// |---|---|
/// | `appId` | the certificate |
/// | `regId` | the token |
/// | `title` | the Android title, else the common one, else [`DEFAULT_TITLE`] |
/// | `content` | the description, else [`DEFAULT_CONTENT`] |
/// | `timeToLive` | [`PushOptions::time_to_live`]; else it is left out, and vivo's default applies |
/// | `skipType`, `skipContent` | the certificate's click event |
/// | `clientCustomMap` | the ext, under the key `ext`. An ext that vivo cannot pass to the app is dropped: [`ExtPolicy`] |
/// | `category` | the sender's category for vivo, even a category that this crate does not know |
/// | `classification` | without a category: the sender's, else 1 (system), which is Tencent's default. With a category, it is left out, because the category decides and SDKs fill in 1 by themselves |
/// | `notifyType` | the sender's (`VIVONotifyType`, `vivoNotifyType`), else 4 (ring and vibrate), which is Tencent's default |
/// | `requestId` | the argument: at most 64 characters, unique per push |
///
/// All other fields keep their defaults. Set them afterwards if needed, and call [`Notification::check_shape`] again;
/// [`Composed::set_receipt`] makes this check itself.
///
/// Blank text counts as absent, because SDKs send it for options that are not set. Leading white space is removed, as in vivo's
/// SDK. [`describe`] makes a description from the elements of a message, as the IM server does; [`Delivery`](super::Delivery)
/// does this by itself.
///
/// Titles over 40 and contents over 100 UTF-16 units are truncated as Tencent truncates them: to three units below the limit,
/// followed by `...` ([`limits::truncate`](crate::limits::truncate)). `scratch` holds the truncated texts.
///
/// [`describe`]: super::describe
///
/// # Errors
///
/// - [`ComposeError::NoPush`]: the sender has turned push off for this message.
/// - [`ComposeError::Check`]: the token is not a token of a phone vendor; or it belongs to another certificate
///   ([`Rule::Conflict`] of `offline_push_token_business_id` with `certificate.id`), unless
///   [`accept_tokens_of_other_certificates`](field@Certificate::accept_tokens_of_other_certificates) allows this; vivo does not
///   have this notify type (if a `VIVONotifyType` is not a number, the error names that field); the time to live is out of
///   range; with [`ExtPolicy::Refuse`], the ext cannot be passed; or another rule is broken.
/// - [`ComposeError::BufferFull`]: `scratch` is too short.
pub fn compose<'a>(
    options: impl Into<PushOptions<'a>>,
    token: &OfflinePushToken<'a>,
    certificate: &Certificate<'a>,
    request_id: &'a str,
    scratch: &'a mut [u8],
) -> Result<Composed<'a>, ComposeError> {
    compose_options(&options.into(), token, certificate, request_id, scratch)
}

/// The body of [`compose`], compiled once.
pub(super) fn compose_options<'a>(
    options: &PushOptions<'a>,
    token: &OfflinePushToken<'a>,
    certificate: &Certificate<'a>,
    request_id: &'a str,
    scratch: &'a mut [u8],
) -> Result<Composed<'a>, ComposeError> {
    check_options(options)?;
    check_token(token)?;
    certificate.check()?;
    let accepted = certificate.accepts(token.business_id);
    ensure(accepted, "offline_push_token_business_id", Rule::Conflict { with: Certificate::ID })?;
    let (mut notification, report) = fill(options, certificate, request_id, scratch)?;
    notification.reg_id = Some(token.token);
    notification.check_composed()?;
    Ok(Composed { notification, report })
}

/// Makes a push to many devices: [`compose`] without a token. vivo stores the push, and its reply to
/// [`payload`](ComposedList::payload) contains the task id for any number of [`ListPush`](crate::vivo::ListPush)es.
///
/// This function does not see the tokens, so it cannot check them as [`compose`] does. Check each token when you make the list: its
/// [`check`](OfflinePushToken::check) must pass, and [`Certificate::accepts`] must accept its certificate id. Otherwise tokens of
/// other vendors go to vivo, which refuses them one by one. [`ListPush::split`](crate::vivo::ListPush::split) cuts a long list into
/// parts.
///
/// ```
/// use offline_push::delivery::{SCRATCH_LEN, compose_for_list};
/// use offline_push::json::{List, Texts};
/// use offline_push::tim::{OfflinePushSettings, OfflinePushToken};
/// use offline_push::vivo::{Certificate, ListPush};
/// use offline_push::{ClickAction, Ext};
///
/// let certificate = Certificate::new(6666, 11178, "key", "secret", ClickAction::default());
/// let settings = OfflinePushSettings::new()
///     .description("See you at seven")
///     .ext(Ext::from("group_dev"));
/// let mut scratch = [0; SCRATCH_LEN];
/// let composed = compose_for_list(&settings, &certificate, "request-1", &mut scratch)?;
/// composed.payload.check()?; // POST it, and take the task id from the reply
///
/// // Leave out tokens of other certificates before the split, so that each part has two receivers or more.
/// let tokens = [(6666, "12345678901234567890121"), (6666, "12345678901234567890122"), (7777, "v2-other")]
///     .map(|(id, reg_id)| OfflinePushToken::new(id, reg_id));
/// let accepted: Vec<_> = tokens
///     .iter()
///     .filter(|token| certificate.accepts(token.business_id) && token.check().is_ok())
///     .collect();
/// for (number, part) in ListPush::split(&accepted).enumerate() {
///     let reg_ids = Texts::new(part, |token| token.token);
///     let request_id = format!("request-1-{number}"); // each part has its own
///     let push = ListPush::new("342982232646905856", &request_id)
///         .reg_ids(List::from_texts(&reg_ids));
///     push.check()?; // POST it
/// }
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
///
/// As [`compose`], without the errors of the token. The time to live must be at least 15 minutes.
pub fn compose_for_list<'a>(
    options: impl Into<PushOptions<'a>>,
    certificate: &Certificate<'a>,
    request_id: &'a str,
    scratch: &'a mut [u8],
) -> Result<ComposedList<'a>, ComposeError> {
    let options = options.into();
    check_options(&options)?;
    certificate.check()?;
    let (notification, report) = fill(&options, certificate, request_id, scratch)?;
    notification.check_composed_for_list()?;
    Ok(ComposedList { payload: ListPayload::new(notification), report })
}

/// Whether there may be a push at all.
fn check_options(options: &PushOptions<'_>) -> Result<(), ComposeError> {
    if options.disabled {
        return Err(NoPush::Disabled.into());
    }
    match options.fault {
        Some(fault) if options.notify_type.is_none() => Err(fault.into()),
        _ => Ok(()),
    }
}

/// The push without a recipient, unchecked, and the report.
fn fill<'a>(
    options: &PushOptions<'a>,
    certificate: &Certificate<'a>,
    request_id: &'a str,
    scratch: &'a mut [u8],
) -> Result<(Notification<'a>, ComposeReport), ComposeError> {
    let mut report = options.report();
    let title = non_blank(options.title).unwrap_or(DEFAULT_TITLE);
    let content = non_blank(options.description).unwrap_or(DEFAULT_CONTENT);

    let (short_title, short_content) = (truncate(title, LIMITS.title), truncate(content, LIMITS.content));
    report.title_truncated = short_title.is_some();
    report.content_truncated = short_content.is_some();
    let length = |short: Option<Truncated<'_>>| short.map_or(0, |short| short.byte_len());
    let needed = length(short_title) + length(short_content);
    let parts = scratch.get_mut(..needed).and_then(|all| all.split_at_mut_checked(length(short_title)));
    let too_short = ComposeError::BufferFull(BufferFull { needed });
    let (for_title, for_content) = parts.ok_or(too_short)?;
    let title = short_title.map_or(Ok(title), |short| short.write(for_title));
    let content = short_content.map_or(Ok(content), |short| short.write(for_content));
    let (title, content) = (title.map_err(|_| too_short)?, content.map_err(|_| too_short)?);

    let mut notification = Notification::new(title, content, request_id);
    notification.app_id = Some(certificate.app_id);
    notification.notify_type = Some(options.notify_type.unwrap_or(NotifyType::RING_AND_VIBRATE));
    notification.category = non_blank(options.category).map(trim_end);
    if notification.category.is_none() {
        notification.classification = Some(options.classification.unwrap_or(Classification::SYSTEM));
    }

    // Beyond `u32` it is out of range, too.
    let seconds = |lifetime: Duration| u32::try_from(lifetime.as_secs()).unwrap_or(u32::MAX);
    notification.time_to_live = options.time_to_live.map(seconds);

    notification.skip_type = Some(certificate.click.skip_type());
    notification.skip_content = certificate.click.skip_content();
    match passed(&certificate.click, options.ext) {
        Ok(ext) => notification.client_custom_map = ext.map(|ext| Map::of_pair(ClickAction::EXT_KEY, ext)),
        Err(reason) if options.ext_policy == ExtPolicy::Refuse => return Err(reason.error().into()),
        Err(reason) => report.ext_dropped = Some(reason),
    }
    report.unknown_category = notification.has_unknown_category();
    report.unknown_classification = notification.has_unknown_classification();
    report.test_like_text = looks_like_test(title) || looks_like_test(content);
    Ok((notification, report))
}

/// Refuses tokens of TPNS and Apple: vivo does not know them.
fn check_token(token: &OfflinePushToken<'_>) -> Result<(), CheckError> {
    token.check()?;
    let of_vendor = token.token_type.is_none_or(|kind| kind == TokenType::VENDOR);
    ensure(of_vendor, "offline_push_token_type", Rule::NotAllowed)?;
    ensure(token.is_tpns_token != Some(true), "offline_push_token_is_tpns_token", Rule::NotAllowed)
}
